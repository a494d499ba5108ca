"""The search for cartons: what it proposes always holds, and is the cheapest where that can be seen."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.carton_check import FaultKind, faults_of
from app.domain.cartons import CARE, GEOMETRY, Care, Carton, CartonKind, Item, Orientation, Packing, ProblemKind
from app.domain.shipping import Temperature
from app.services.cartons import choice
from app.services.cartons.choice import WrongPacking, cartons_that_hold, cheapest_carton, propose
from app.services.cartons.search import Placed
from tests.bench.carton_exhaustive import fits
from tests.bench.carton_orders import CARTONS, WAREHOUSE, careful_order, plain_order

BRICK = Item("a", "brick", (200, 100, 50), 900)
SMALL = Carton("S", (200, 100, 50), (206, 106, 62), 60, 5_000, 500)
DOUBLE = Carton("D", (200, 100, 100), (206, 106, 112), 90, 5_000, 800)
HUGE = Carton("H", (600, 400, 400), (610, 410, 420), 700, 20_000, 1_900)


def some(item: Item, count: int) -> list[Item]:
    return [replace(item, key=f"{item.key}{number}") for number in range(count)]


def cartons_of(items: list[Item], cartons: tuple[Carton, ...], care: Care = CARE) -> list[str]:
    packing = propose(items, cartons, care).packing
    assert packing is not None
    assert faults_of(packing, items, care) == ()
    return sorted(parcel.carton.code for parcel in packing)


sizes = st.tuples(*[st.integers(5, 260)] * 3)


@st.composite
def item(draw: st.DrawFn) -> Item:
    """Goods with any care that does not contradict itself."""
    size = draw(sizes)
    stiff = draw(st.booleans())
    return Item(
        "",
        draw(st.sampled_from("pqr")),
        size,
        draw(st.integers(max(1, size[0] * size[1] * size[2] // 1_000_000), 1_500 + size[0] * size[1] * size[2] // 200)),
        draw(st.sampled_from(Orientation)),
        fragile=stiff and draw(st.booleans()),
        dangerous=draw(st.integers(0, 9)) == 0,
        temperature=draw(st.sampled_from([Temperature.AMBIENT, Temperature.AMBIENT, Temperature.FROZEN])),
        pressed_mm=None if stiff else draw(st.integers(1, min(size))),
        cushion_mm=draw(st.sampled_from([0, 0, 5, 25])),
    )


@given(st.lists(item(), min_size=1, max_size=7), st.integers(0, 100), st.integers(0, 2_000))
@settings(max_examples=150, deadline=None)
def test_every_proposal_holds(items: list[Item], support: int, light: int) -> None:
    """The proof, which knows nothing of the search, finds no fault, whatever the goods and the care."""
    goods = [replace(item, key=str(number)) for number, item in enumerate(items)]
    care = Care(support, light)
    proposal = propose(goods, WAREHOUSE, care, steps=300)
    if proposal.packing is None:
        assert proposal.problems
    else:
        assert faults_of(proposal.packing, goods, care) == ()


def test_random_orders_hold() -> None:
    """Orders as a warehouse has them; `make bench-cartons` proves 100,000."""
    chance = random.Random(5)
    for _ in range(200):
        items = careful_order(chance)
        proposal = propose(items, WAREHOUSE)
        assert proposal.packing is not None
        assert faults_of(proposal.packing, items) == ()


def test_larger_orders_hold() -> None:
    chance = random.Random(6)
    for _ in range(4):
        items = careful_order(chance, 24)
        proposal = propose(items, WAREHOUSE, steps=200)
        assert proposal.packing is not None
        assert faults_of(proposal.packing, items) == ()


def test_the_same_order_gets_the_same_answer() -> None:
    items = careful_order(random.Random(11))
    assert propose(items, WAREHOUSE) == propose(items, reversed(WAREHOUSE))


def test_a_carton_that_fits_to_the_millimetre() -> None:
    assert cartons_of([BRICK], (HUGE, DOUBLE, SMALL)) == ["S"]
    assert cartons_of(some(BRICK, 2), (HUGE, DOUBLE, SMALL)) == ["D"]


def test_nothing_is_proposed_that_the_proof_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that lets a piece hang in the air is found out before anybody sees it."""
    monkeypatch.setattr(choice, "place", lambda *_: [Placed(0, (0, 0, 10, 200, 100, 60))])
    with pytest.raises(WrongPacking) as found:
        propose([BRICK], (DOUBLE,))
    assert [(fault.kind, fault.items) for fault in found.value.faults] == [(FaultKind.SUPPORT, ("a",))]


def test_what_a_packer_may_take_instead() -> None:
    parcels = list(cartons_that_hold([BRICK], (HUGE, DOUBLE, SMALL, replace(HUGE, code="0", stock=0))))
    assert [parcel.carton.code for parcel in parcels] == ["S", "D", "H"]
    assert all(faults_of(Packing((parcel,)), [BRICK]) == () for parcel in parcels)


def test_a_tight_puzzle() -> None:
    """Three pairs of 2 x 2 x 1 and three cubes fill 3 x 3 x 3 in one way only (Conway)."""
    goods = some(Item("s", "slab", (20, 20, 10), 10), 6) + some(Item("c", "cube", (10, 10, 10), 10), 3)
    cube = Carton("C", (30, 30, 30), (32, 32, 34), 5, 1_000, 100)
    parcel = cheapest_carton(goods, [cube], GEOMETRY)
    assert parcel is not None
    assert parcel.fill == 1


def test_an_order_in_which_no_largest_piece_may_come_first() -> None:
    """Found by a plain exhaustive search, missed as long as pieces only went in by size."""
    sizes = [(103, 76, 37), (146, 43, 43), (117, 75, 42), (122, 105, 56), (117, 94, 62), (117, 94, 62)]
    goods = [Item(str(number), "", size, 10) for number, size in enumerate(sizes)]
    assert cheapest_carton(goods, CARTONS[2:3], GEOMETRY) is not None


def test_small_orders_against_an_exhaustive_search() -> None:
    """Whatever a search with nothing in common finds, the real one finds as well."""
    chance = random.Random(8)
    compared = 0
    while compared < 12:
        items = plain_order(chance, 4)
        inner = chance.choice(CARTONS[:6]).inner_mm
        if fits([item.size_mm for item in items], inner, 0.2):
            compared += len(items) > 2
            carton = Carton("C", inner, inner, 0, 99_999, 1)
            assert cheapest_carton(items, [carton], GEOMETRY) is not None, (items, inner)


def test_two_parcels_where_they_are_cheaper() -> None:
    two = some(BRICK, 2)
    assert cartons_of(two, (SMALL, HUGE)) == ["S", "S"]
    assert cartons_of(two, (SMALL, replace(HUGE, cost_yen=1_000))) == ["H"]
    assert cartons_of(some(BRICK, 3), (SMALL, DOUBLE, HUGE)) == ["D", "S"]


def partings(items: list[Item]) -> Iterator[list[list[Item]]]:
    """Every way of parting a few pieces."""
    if not items:
        yield []
        return
    first, *rest = items
    for size in range(len(rest) + 1):
        for others in combinations(rest, size):
            left = [one for one in rest if one not in others]
            for more in partings(left):
                yield [[first, *others], *more]


def test_no_parting_is_cheaper() -> None:
    """Against every way of parting up to five pieces, with cartons of which two may be cheaper than one."""
    chance = random.Random(4)
    several = 0
    for _ in range(60):
        items = [one for one in careful_order(chance, 5) if one.temperature is Temperature.AMBIENT]
        items = [replace(one, dangerous=False) for one in items]
        cartons = [replace(one, cost_yen=50 + one.volume * chance.randint(5, 15) // 100_000) for one in WAREHOUSE]
        if not items:
            continue
        packing = propose(items, cartons).packing
        assert packing is not None
        several += len(packing.parcels) > 1
        best = min(
            sum(parcel.carton.cost_yen for parcel in parcels if parcel)
            for parting in partings(items)
            if all(parcels := [cheapest_carton(part, cartons) for part in parting])
        )
        assert packing.cost_yen <= best
    assert several > 5


def test_no_more_cartons_than_there_are() -> None:
    assert cartons_of(some(BRICK, 2), (replace(SMALL, stock=1), HUGE)) == ["H", "S"]
    gone = propose(some(BRICK, 2), (replace(SMALL, stock=1),))
    assert gone.packing is None
    assert gone.problems[-1].kind is ProblemKind.NO_CARTONS


def test_stock_counts_for_all_groups_together() -> None:
    """Cold and ambient goods share the shelf of cartons."""
    both = [BRICK, replace(BRICK, key="b", temperature=Temperature.FROZEN)]
    assert cartons_of(both, (replace(SMALL, stock=1), HUGE)) == ["H", "S"]


def test_weight_parts_what_would_fit() -> None:
    heavy = some(replace(BRICK, weight_g=3_000), 2)
    assert cartons_of(heavy, (SMALL, DOUBLE)) == ["S", "S"]


def test_soft_goods_go_into_the_mailer() -> None:
    shirt = Item("s", "shirt", (290, 200, 60), 220, pressed_mm=25)
    assert cartons_of([shirt], WAREHOUSE) == ["N"]
    assert cartons_of([replace(shirt, pressed_mm=None)], WAREHOUSE) == ["M-6"]


def test_an_envelope_is_narrower_when_it_is_thick() -> None:
    envelope = Carton("E", (310, 228, 30), (340, 248, 30), 20, 4_000, 370, CartonKind.ENVELOPE)
    paper = Item("p", "paper", (300, 212, 10), 500)
    assert cartons_of([paper], (envelope, HUGE)) == ["E"]
    assert cartons_of([replace(paper, size_mm=(300, 212, 20))], (envelope, HUGE)) == ["H"]


@pytest.mark.parametrize(
    ("size", "weight", "kind"),
    [((900, 10, 10), 50, ProblemKind.TOO_LARGE), ((300, 300, 300), 20_001, ProblemKind.TOO_HEAVY)],
)
def test_what_goes_into_no_carton_is_named(size: tuple[int, int, int], weight: int, kind: ProblemKind) -> None:
    proposal = propose([BRICK, Item("x", "x", size, weight)], (SMALL, HUGE))
    assert proposal.packing is None
    assert [(problem.kind, problem.items) for problem in proposal.problems] == [(kind, ("x",))]


def test_a_missing_weight_does_not_stop_a_proposal() -> None:
    proposal = propose([replace(BRICK, weight_g=0)], (SMALL,))
    assert proposal.packing is not None
    assert [problem.kind for problem in proposal.problems] == [ProblemKind.NO_WEIGHT]


def test_no_cartons_at_all() -> None:
    assert propose([BRICK], ()).problems[0].kind is ProblemKind.NO_CARTONS


def test_how_the_sides_are_written_does_not_matter() -> None:
    """A carton that holds an order of plain goods is found for the same order turned round, at the same cost."""
    chance = random.Random(3)
    for _ in range(40):
        items = plain_order(chance)
        turned = [replace(one, size_mm=(one.size_mm[2], one.size_mm[0], one.size_mm[1])) for one in items]
        first, second = cheapest_carton(items, CARTONS, GEOMETRY), cheapest_carton(turned, CARTONS, GEOMETRY)
        assert first is not None
        assert second is not None
        assert first.carton == second.carton
