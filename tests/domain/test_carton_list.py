"""The list of cartons: what is laid over what, and what cannot be right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.carton_list import (
    IncomingCarton,
    ListedCarton,
    changed_fields,
    is_code,
    merged,
    read_code,
    read_grams,
    read_kind,
    read_mm,
    read_size,
    wrongs_of,
)
from app.domain.cartons import CartonKind

S60 = ListedCarton("S60", (240, 160, 110), (246, 166, 122), 10_000, cost_yen=60, carriage_yen=700, stock=40, low=20)
SERVICES = frozenset({"yamato_b2/takkyubin", "yamato_b2/nekopos"})


def keys(carton: ListedCarton) -> list[tuple[str, str]]:
    return [(each.field, each.key.removeprefix("carton_list.")) for each in wrongs_of(carton, SERVICES)]


def test_a_good_carton_has_nothing_wrong() -> None:
    assert keys(S60) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"inner_mm": (0, 160, 110)}, ("inner_mm", "impossible_size")),
        ({"outer_mm": (246, 166, 3_001)}, ("outer_mm", "impossible_size")),
        ({"inner_mm": (24, 16, 11)}, ("inner_mm", "size_in_cm")),
        ({"outer_mm": (24, 16, 12)}, ("outer_mm", "size_in_cm")),
        ({"inner_mm": (2_400, 1_600, 1_100)}, ("outer_mm", "size_in_cm")),
        ({"inner_mm": (246, 170, 110)}, ("inner_mm", "inner_larger")),
        ({"outer_mm": (346, 166, 122)}, ("outer_mm", "walls")),
        ({"max_g": 0}, ("max_g", "carries_nothing")),
        ({"max_g": 25}, ("max_g", "weight_in_kg")),
        ({"max_g": 100_001}, ("max_g", "impossible_weight")),
        ({"tare_g": 20_001}, ("tare_g", "impossible_weight")),
        ({"cost_yen": -1}, ("cost_yen", "below_zero")),
        ({"name": "x" * 61}, ("name", "too_long")),
        ({"services": ("yamato_b2/takkyubin", "yamato_b2/mail")}, ("services", "unknown_service")),
    ],
)
def test_what_cannot_be_right_is_named_with_its_column(change: dict[str, object], found: tuple[str, str]) -> None:
    assert keys(replace(S60, **change)) == [found]


def test_a_size_in_cm_is_told_in_mm() -> None:
    (wrong,) = wrongs_of(replace(S60, inner_mm=(24, 16, 11)), SERVICES)
    assert wrong.args == (("mm", "240\u00d7160\u00d7110"),)


def test_what_is_not_given_stays() -> None:
    after = merged(S60, IncomingCarton("S60", stock=12))
    assert after == replace(S60, stock=12)
    assert changed_fields(S60, after) == ("stock",)


def test_a_new_carton_needs_its_inside_and_what_it_carries() -> None:
    assert merged(None, IncomingCarton("N", inner_mm=(100, 100, 100))) is None
    assert merged(None, IncomingCarton("N", max_g=1_000)) is None
    assert merged(None, IncomingCarton("N", inner_mm=(100, 90, 80), max_g=1_000)) is not None


def test_an_outside_that_nobody_gave_is_the_inside() -> None:
    new = merged(None, IncomingCarton("N", inner_mm=(100, 90, 80), max_g=1_000))
    assert new is not None
    assert new.outer_mm == (100, 90, 80)
    wider = merged(new, IncomingCarton("N", inner_mm=(110, 90, 80)))
    assert wider is not None
    assert wider.outer_mm == (110, 90, 80)


def test_a_carton_can_stop_being_counted() -> None:
    after = merged(S60, IncomingCarton("S60", stock=-1))
    assert after is not None
    assert after.stock is None


def test_a_carton_that_is_given_again_is_proposed_again() -> None:
    after = merged(replace(S60, retired=True), IncomingCarton("S60"))
    assert after is not None
    assert not after.retired


def test_stock_at_the_limit_is_low() -> None:
    assert replace(S60, stock=20).is_low
    assert not replace(S60, stock=21).is_low
    assert not replace(S60, stock=None).is_low
    assert not replace(S60, stock=0, retired=True).is_low


def test_a_carton_goes_by_the_services_that_are_named_or_by_any() -> None:
    flat = replace(S60, services=("yamato_b2/nekopos",))
    assert flat.goes_by("yamato_b2/nekopos")
    assert flat.goes_by("")
    assert not flat.goes_by("yamato_b2/takkyubin")
    assert S60.goes_by("yamato_b2/takkyubin")


def test_what_a_parcel_costs_is_the_carton_and_its_carriage() -> None:
    assert S60.carton.cost_yen == 760


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("300x200x150", (300, 200, 150)),
        ("３００×２００×１５０", (300, 200, 150)),
        ("30x20x15cm", (300, 200, 150)),
        ("30cm x 20cm x 15cm", (300, 200, 150)),
        ("300 * 200 * 150 mm", (300, 200, 150)),
        ("300x200", None),
        ("300x200xhigh", None),
        ("", None),
    ],
)
def test_a_size_is_read_as_people_write_it(text: str, size: tuple[int, int, int] | None) -> None:
    assert read_size(text) == size


def test_lengths_and_weights_may_name_their_unit() -> None:
    assert [read_mm(text) for text in ("240", "24cm", "24.5 cm", "x")] == [240, 240, 245, None]
    assert [read_grams(text) for text in ("500", "1.2kg", "20 kg", "x")] == [500, 1200, 20_000, None]


def test_a_code_has_one_form() -> None:
    assert [read_code(text) for text in (" kx-s60 ", "Ｓ６０", "s60-t")] == ["S60", "S60", "S60-T"]


@pytest.mark.parametrize("code", ["", "OWN", "-S60", "S 60", "箱", "X" * 21, 'S"60'])
def test_a_code_that_cannot_stand_on_a_label_is_none(code: str) -> None:
    assert not is_code(code)


def test_kinds_have_names_in_both_languages() -> None:
    assert [read_kind(text) for text in ("Box", "封筒", "メール便箱", "crate")] == [
        CartonKind.BOX,
        CartonKind.ENVELOPE,
        CartonKind.MAILER,
        None,
    ]
