"""The plan that the bench reads: which box the next piece goes into."""

from __future__ import annotations

import pytest

from app.domain.carton_plan import OWN, Plan, PlannedBox, plan_of, plan_text

TWO = Plan((PlannedBox("S60", ((11, 2), (12, 1), (11, 1)), ("S80", "S100")), PlannedBox(OWN, ((13, 1),))))


def test_a_plan_reads_back_as_it_was_written() -> None:
    assert plan_of(plan_text(TWO)) == TWO


def test_the_text_of_a_plan_is_short() -> None:
    assert plan_text(TWO) == '[["S60",[[11,2],[12,1],[11,1]],["S80","S100"]],["OWN",[[13,1]],[]]]'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "7",
        "[]",
        "[[]]",
        '[["S60",[[11]],[]]]',
        '[["S60",[["x",1]],[]]]',
        '[["S60",[[11,0]],[]]]',
        "[[1,[],[]]]",
        '[["S60",[[1,true]],[]]]',
        '[["S60",[[11,1]],[3]]]',
        "[" * 100_000,
    ],
)
def test_an_empty_or_damaged_text_is_no_plan(text: str) -> None:
    assert plan_of(text) is None


def test_a_piece_goes_into_the_box_where_its_line_is_not_full() -> None:
    split = Plan((PlannedBox("S60", ((11, 2),)), PlannedBox("S80", ((11, 1),))))
    assert [split.box_of(11, done) for done in range(4)] == [1, 1, 2, 0]


def test_a_line_that_the_plan_does_not_know_has_no_box() -> None:
    assert TWO.box_of(99, 0) == 0


def test_the_next_piece_is_the_first_of_the_plan_that_is_not_in() -> None:
    left, done = {11: 3, 12: 1, 13: 1}, {11: 0, 12: 0, 13: 0}
    seen = []
    while (found := TWO.next_line(left, done)) is not None:
        seen.append(found)
        left[found[0]] -= 1
        done[found[0]] += 1
    assert seen == [(11, 1), (11, 1), (12, 1), (11, 1), (13, 2)]


def test_a_line_of_which_nothing_is_wanted_any_more_is_passed_over() -> None:
    assert TWO.next_line({11: 0, 12: 1}, {11: 1, 12: 0}) == (12, 1)


def test_pieces_beyond_the_plan_have_no_next_line() -> None:
    assert TWO.next_line({11: 1, 99: 2}, {11: 3}) is None
