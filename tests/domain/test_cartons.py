"""The proof of a packing finds every broken rule, and the plausibility of goods every missing or wrong side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.carton_check import FaultKind, faults_of
from app.domain.carton_plausible import hindrances, problems_of
from app.domain.cartons import (
    Carton,
    CartonKind,
    Item,
    Orientation,
    Packing,
    Parcel,
    Placement,
    ProblemKind,
    Size,
    in_order,
)
from app.domain.shipping import Temperature

BOX = Carton("B", (200, 100, 100), (206, 106, 112), 90, 3_000, 700)
ENVELOPE = Carton("E", (200, 150, 30), (220, 170, 30), 15, 1_000, 200, CartonKind.ENVELOPE)
MAILER = Carton("N", (200, 150, 30), (206, 156, 33), 40, 1_000, 250, CartonKind.MAILER)
CUBE = Item("a", "cube", (50, 50, 50), 400)
BOOK = Item("b", "book", (100, 80, 20), 300)


def kinds(*placements: Placement, carton: Carton = BOX, items: tuple[Item, ...] | None = None) -> set[FaultKind]:
    wanted = tuple(placement.item for placement in placements) if items is None else items
    return {fault.kind for fault in faults_of(Packing((Parcel(carton, placements),)), wanted)}


def lies(item: Item, at: Size, size: Size | None = None) -> Placement:
    return Placement(item, at, size or item.size_mm)


def other(item: Item, **changes: object) -> Item:
    return replace(item, key=item.key + "2", **changes)


def test_a_good_packing_has_no_fault() -> None:
    """Side by side and one above the other, to the very walls."""
    two = other(CUBE)
    on_top = replace(CUBE, key="c")
    assert kinds(lies(CUBE, (0, 0, 0)), lies(two, (150, 50, 0)), lies(on_top, (0, 0, 50))) == set()


@pytest.mark.parametrize("at", [(-1, 0, 0), (151, 0, 0), (0, 51, 0)])
def test_out_of_bounds(at: Size) -> None:
    assert kinds(lies(CUBE, at)) == {FaultKind.BOUNDS}


def test_too_high() -> None:
    below, middle = other(CUBE), replace(CUBE, key="c")
    assert kinds(lies(below, (0, 0, 0)), lies(middle, (0, 0, 50)), lies(CUBE, (0, 0, 100))) == {FaultKind.BOUNDS}


def test_two_in_one_place() -> None:
    assert kinds(lies(CUBE, (0, 0, 0)), lies(other(CUBE), (49, 0, 0))) == {FaultKind.OVERLAP}


def test_sides_that_the_piece_does_not_have() -> None:
    assert kinds(lies(CUBE, (0, 0, 0), (50, 50, 49))) == {FaultKind.SIZE}


def test_the_cushion_belongs_to_the_sides() -> None:
    soft = replace(CUBE, cushion_mm=10)
    assert kinds(lies(soft, (0, 0, 0), (70, 70, 70))) == set()
    assert kinds(lies(soft, (0, 0, 0), (50, 50, 50))) == {FaultKind.SIZE}


@pytest.mark.parametrize(
    ("item", "size", "fault"),
    [
        (replace(BOOK, liquid=True), (100, 20, 80), True),
        (replace(BOOK, liquid=True), (80, 100, 20), False),
        (replace(BOOK, orientation=Orientation.UPRIGHT), (20, 80, 100), True),
        (replace(BOOK, orientation=Orientation.LYING), (20, 80, 100), True),
        (replace(BOOK, orientation=Orientation.LYING, size_mm=(20, 80, 100)), (100, 80, 20), False),
        (BOOK, (20, 80, 100), False),
    ],
)
def test_orientation(item: Item, size: Size, fault: bool) -> None:
    assert kinds(lies(item, (0, 0, 0), size)) == ({FaultKind.ORIENTATION} if fault else set())


def test_hanging_over_an_edge() -> None:
    """A piece needs three quarters of its base on what is below."""
    for length, fault in ((66, False), (67, True), (100, True)):
        board = Item("l", "board", (length, 50, 20), 100)
        assert kinds(lies(CUBE, (0, 0, 0)), lies(board, (0, 0, 50))) == ({FaultKind.SUPPORT} if fault else set())
    assert kinds(lies(BOOK, (0, 0, 40))) == {FaultKind.SUPPORT}


def test_too_heavy() -> None:
    assert kinds(lies(replace(CUBE, weight_g=3_001), (0, 0, 0))) == {FaultKind.WEIGHT}
    assert kinds(lies(replace(CUBE, weight_g=3_000), (0, 0, 0))) == set()


def test_a_fragile_piece_carries_light_goods_only() -> None:
    """Also through a piece between, and only where something lies above it."""
    glass = replace(CUBE, key="g", fragile=True)
    flat = Item("f", "flat", (50, 50, 10), 100)
    brick = Item("h", "brick", (50, 50, 40), 400)
    assert kinds(lies(glass, (0, 0, 0)), lies(flat, (0, 0, 50))) == set()
    assert kinds(lies(glass, (0, 0, 0)), lies(flat, (0, 0, 50)), lies(brick, (0, 0, 60))) == {FaultKind.CRUSHED}
    assert kinds(lies(glass, (0, 0, 0)), lies(brick, (50, 0, 0))) == set()
    assert kinds(lies(brick, (0, 0, 0)), lies(glass, (0, 0, 40))) == set()


def test_nothing_fragile_in_an_envelope() -> None:
    cup = Item("g", "cup", (60, 60, 20), 80, fragile=True)
    assert kinds(lies(cup, (0, 0, 0)), carton=ENVELOPE) == {FaultKind.CRUSHED}
    assert kinds(lies(cup, (0, 0, 0)), carton=MAILER) == set()


def test_an_envelope_loses_in_width_what_it_holds_in_thickness() -> None:
    thick = Item("t", "thick", (180, 120, 30), 100)
    assert kinds(lies(thick, (0, 0, 0)), carton=MAILER) == set()
    assert kinds(lies(thick, (0, 0, 0)), carton=ENVELOPE) == {FaultKind.BOUNDS}
    assert kinds(lies(replace(thick, size_mm=(170, 120, 30)), (0, 0, 0)), carton=ENVELOPE) == set()


def test_soft_goods_are_pressed_in_flat_cartons_only() -> None:
    shirt = Item("s", "shirt", (150, 100, 60), 200, pressed_mm=25)
    assert kinds(lies(shirt, (0, 0, 0), (150, 100, 25)), carton=MAILER) == set()
    assert kinds(lies(shirt, (0, 0, 0), (150, 25, 100)), carton=replace(MAILER, inner_mm=(200, 150, 100))) == {
        FaultKind.ORIENTATION
    }
    assert kinds(lies(shirt, (0, 0, 0), (150, 100, 25))) == {FaultKind.SIZE}
    assert kinds(lies(shirt, (0, 0, 0), (150, 100, 60))) == set()


def test_cold_and_ambient_apart() -> None:
    cold = other(CUBE, temperature=Temperature.CHILLED)
    assert kinds(lies(CUBE, (0, 0, 0)), lies(cold, (50, 0, 0))) == {FaultKind.TEMPERATURE}


def test_a_dangerous_product_alone() -> None:
    spray = Item("s", "spray", (50, 50, 50), 100, dangerous=True)
    assert kinds(lies(CUBE, (0, 0, 0)), lies(spray, (50, 0, 0))) == {FaultKind.DANGEROUS}
    assert kinds(lies(spray, (0, 0, 0)), lies(other(spray), (50, 0, 0))) == set()


def test_missing_twice_and_empty() -> None:
    assert kinds(lies(CUBE, (0, 0, 0)), items=(CUBE, BOOK)) == {FaultKind.MISSING}
    assert kinds(lies(CUBE, (0, 0, 0)), lies(CUBE, (50, 0, 0)), items=(CUBE,)) == {FaultKind.TWICE}
    assert kinds(items=()) == {FaultKind.EMPTY}


def test_no_more_cartons_than_there_are() -> None:
    rare = replace(BOX, stock=1)
    two = other(CUBE)
    parcels = (Parcel(rare, (lies(CUBE, (0, 0, 0)),)), Parcel(rare, (lies(two, (0, 0, 0)),)))
    assert [fault.kind for fault in faults_of(Packing(parcels), (CUBE, two))] == [FaultKind.STOCK]


def test_nothing_goes_in_below_what_lies_there() -> None:
    lower, upper = lies(CUBE, (0, 0, 0)), lies(other(CUBE), (0, 0, 50))
    assert kinds(upper, lower) == {FaultKind.SEQUENCE}
    assert in_order([upper, lower]) == (lower, upper)


def test_the_order_is_heavy_first_and_fragile_last() -> None:
    light, glass = other(CUBE, weight_g=10), replace(CUBE, key="g", fragile=True)
    ordered = in_order([lies(glass, (0, 0, 0)), lies(light, (50, 0, 0)), lies(CUBE, (100, 0, 0))])
    assert [one.item.key for one in ordered] == ["a", "a2", "g"]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (replace(CUBE, size_mm=(50, 0, 50)), ProblemKind.NO_SIZE),
        (replace(CUBE, weight_g=0), ProblemKind.NO_WEIGHT),
        (replace(CUBE, size_mm=(21, 15, 3)), ProblemKind.UNIT),  # a book of 400 g in cm
        (replace(CUBE, size_mm=(2100, 1500, 300)), ProblemKind.UNIT),  # the same in tenths of a mm
        (replace(BOOK, size_mm=(20, 80, 100), liquid=True, orientation=Orientation.LYING), ProblemKind.CONTRADICTION),
        (replace(CUBE, fragile=True, pressed_mm=20), ProblemKind.CONTRADICTION),
        (replace(CUBE, pressed_mm=51), ProblemKind.CONTRADICTION),
        (replace(CUBE, cushion_mm=-1), ProblemKind.CONTRADICTION),
    ],
)
def test_what_is_wrong_with_goods(item: Item, kind: ProblemKind) -> None:
    found = problems_of([BOOK, item])
    assert [(problem.kind, problem.items) for problem in found] == [(kind, (item.key,))]
    assert bool(hindrances(found)) == (kind is not ProblemKind.NO_WEIGHT)


def test_plausible_goods() -> None:
    """A feather pillow, a kettlebell, a roll of bubble wrap, a gold coin."""
    goods = [
        Item("1", "pillow", (600, 400, 150), 700),
        Item("2", "kettlebell", (280, 200, 180), 24_000),
        Item("3", "wrap", (1500, 500, 500), 2_000),
        Item("4", "coin", (32, 32, 3), 31),
    ]
    assert problems_of(goods) == ()
