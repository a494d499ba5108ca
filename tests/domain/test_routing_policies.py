"""The rules of thumb, walked by hand in small warehouses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.routing_path import length_of, met_along
from app.domain.routing_policies import POLICIES, policy_walk
from app.domain.warehouse import Aisle, CrossAisle, Depot, Layout, Spot
from tests.walks import check_walk

HEIGHT = 10


def block(*, rows: tuple[int, ...] = (0, HEIGHT), depot: Depot | None = None) -> Layout:
    aisles = tuple(Aisle(str(at), 5 * at, 0, rows[-1]) for at in range(4))
    return Layout(aisles, tuple(CrossAisle(y) for y in rows), depot or Depot(0))


def walked(layout: Layout, places: dict[int, list[int]], name: str) -> int:
    points = policy_walk(layout, places, layout.depot, layout.depot, name)
    met = [Spot(x // 5, y) for x, y in met_along(points, places)]
    assert {(spot.aisle * 5, spot.y) for spot in met} == {(x, y) for x, found in places.items() for y in found}
    check_walk(layout, points, met, layout.depot, layout.depot, length_of(points))
    return length_of(points)


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("s_shape", 10 + 5 + 10 + 5 + 2 * 9 + 10),  # up the first, down the second, into the third and back
        ("return", 2 * (8 + 9 + 9) + 2 * 10),
        ("largest_gap", 10 + 5 + 2 * 1 + 5 + 10 + 5 + 2 * 2 + 5),  # the gap in the middle aisle is left out
        ("combined", 2 * 8 + 5 + 10 + 5 + 10 + 10),  # into the first and back, through the others
    ],
)
def test_one_block(name: str, length: int) -> None:
    assert walked(block(), {0: [8], 5: [2, 9], 10: [9]}, name) == length


def test_combined_goes_in_and_back_where_that_is_shorter() -> None:
    places = {0: [1], 5: [9], 10: [9]}
    assert walked(block(), places, "s_shape") == 10 + 10 + 2 * 9 + 2 * 10
    assert walked(block(), places, "combined") == 2 * 1 + 10 + 10 + 2 * 10


def test_one_aisle_is_gone_into_and_back() -> None:
    for name in POLICIES:
        assert walked(block(), {10: [3]}, name) == 2 * (10 + 3)


def test_a_depot_at_the_back_turns_the_warehouse_round() -> None:
    for name in POLICIES:
        at_back = walked(block(depot=Depot(0, 1)), {0: [2], 5: [1, 8], 10: [1]}, name)
        assert at_back == walked(block(), {0: [8], 5: [2, 9], 10: [9]}, name)


def test_two_blocks_are_walked_the_farther_one_first() -> None:
    """Up the leftmost aisle past both its picks, the far block, then the near one on the way back."""
    layout = block(rows=(0, 10, 20))
    places = {0: [4], 5: [13, 6], 10: [12]}
    places = {x: sorted(found) for x, found in places.items()}
    points = policy_walk(layout, places, layout.depot, layout.depot, "s_shape")
    assert points == [(0, 0), (0, 10), (5, 10), (5, 20), (10, 20), (10, 10), (5, 10), (5, 0), (0, 0)]


@given(
    rows=st.sets(st.integers(1, 29), max_size=3),
    picks=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30)), max_size=25),
    start=st.tuples(st.integers(0, 15), st.integers(0, 4)),
)
def test_every_pick_is_met_on_a_legal_walk(
    rows: set[int], picks: list[tuple[int, int]], start: tuple[int, int]
) -> None:
    ys = (0, *sorted(rows), 30)
    layout = block(rows=ys, depot=Depot(start[0], start[1] % len(ys)))
    places: dict[int, list[int]] = {}
    for aisle, y in sorted(set(picks)):
        places.setdefault(5 * aisle, []).append(y)
    for name in POLICIES:
        walked(layout, places, name)
