"""What labels say: numbers of totes, slots of a wall, arrows, zones, and codes that a scanner would get wrong."""

from __future__ import annotations

import pytest

from app.domain.place_labels import (
    LabelKind,
    PlaceLabel,
    WallSlot,
    Zone,
    arrows,
    checked,
    numbered,
    wall_slots,
    zones_of,
)
from app.domain.warehouse import Shelf
from app.errors import NotAllowed


def test_numbers_have_zeros_before_them_and_grow_past_them() -> None:
    assert numbered("T-", 1, 3) == ("T-001", "T-002", "T-003")
    assert numbered("", 999, 2) == ("999", "1000")
    assert numbered("K", 0, 1, digits=1) == ("K0",)


@pytest.mark.parametrize(
    ("first", "count", "digits"), [(1, 0, 3), (1, 10_001, 3), (-1, 2, 3), (10**9, 1, 3), (1, 1, 0)]
)
def test_a_range_that_is_a_mistake_is_refused(first: int, count: int, digits: int) -> None:
    with pytest.raises(NotAllowed, match=r"labels\.bad_range"):
        numbered("T-", first, count, digits)


def test_a_wall_is_numbered_row_by_row() -> None:
    slots = wall_slots("", 2, 5)
    assert [slot.code for slot in slots] == ["A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "B4", "B5"]
    assert [slot.position for slot in slots] == list(range(1, 11))
    assert wall_slots("W1", 1, 1) == (WallSlot("W1-A1", "W1", 1),)


@pytest.mark.parametrize(("rows", "columns"), [(0, 5), (27, 1), (1, 0), (1, 100)])
def test_a_wall_that_cannot_be_is_refused(rows: int, columns: int) -> None:
    with pytest.raises(NotAllowed, match=r"labels\.bad_wall"):
        wall_slots("", rows, columns)


def test_a_slot_shows_its_place_in_the_wall_and_says_its_whole_code() -> None:
    label = PlaceLabel(LabelKind.SLOT, "W1-A1", within="W1")
    assert (label.shown, label.text) == ("A1", "KW-W1-A1")


def test_the_lowest_level_is_below_the_label_and_all_others_above() -> None:
    shelves = [Shelf(f"A-1-{level}", "1F", "A", "1", level) for level in ("10", "2", "9")] + [
        Shelf("A-2-1", "1F", "A", "2", "1"),  # the only level of its bay
        Shelf("B-1", "1F", "B", "1"),
    ]
    assert arrows(shelves) == {"A-1-2": "down", "A-1-9": "up", "A-1-10": "up"}


def test_zones_name_their_aisles_in_order() -> None:
    shelves = [Shelf(f"{aisle}-1", "2F", aisle) for aisle in ("B10", "B2", "B2")] + [Shelf("X"), Shelf("C", "1F")]
    assert zones_of(shelves) == (Zone("1F", (), 1), Zone("2F", ("B2", "B10"), 3))


def test_a_code_is_kept_in_plain_width() -> None:
    assert checked(LabelKind.TOTE, "Ｔ－００１ ") == "T-001"
    assert checked(LabelKind.SHELF, "冷蔵-1") == "冷蔵-1"


@pytest.mark.parametrize("code", ["", " ", "A\n1", "9" * 31, "A\u200bB\x00"])
def test_a_code_that_a_scanner_would_read_as_something_else_is_refused(code: str) -> None:
    with pytest.raises(NotAllowed, match=r"labels\.unreadable"):
        checked(LabelKind.SHELF, code)
