"""The independent look at walks refuses what is no walk."""

from __future__ import annotations

import pytest

from app.domain.warehouse import Aisle, CrossAisle, Depot, Layout, Spot
from tests.walks import check_walk

LAYOUT = Layout(
    (Aisle("A", 0, 0, 10), Aisle("B", 5, 0, 10, one_way=1), Aisle("C", 9, 0, 12)),
    (CrossAisle(0), CrossAisle(10, right=7)),
    Depot(0),
)
GOOD = [(0, 0), (5, 0), (5, 10), (0, 10), (0, 0)]
SPOTS = [Spot(1, 4), Spot(0, 6), Spot(0, 2)]


def test_a_good_walk_passes() -> None:
    check_walk(LAYOUT, GOOD, SPOTS, LAYOUT.depot, LAYOUT.depot, 30)


@pytest.mark.parametrize(
    ("points", "spots", "length", "said"),
    [
        (GOOD, SPOTS, 29, "adds up to 30"),
        (GOOD, SPOTS[::-1], 30, "does not come by"),
        (GOOD, [Spot(2, 4)], 30, "does not come by"),
        (GOOD[1:], SPOTS, 25, "begins at"),
        (GOOD[:-1], SPOTS, 20, "ends at"),
        ([(0, 0), (5, 10), (0, 10), (0, 0)], [], 30, "cuts a corner"),
        (GOOD[::-1], [], 30, "against one-way"),
        ([(0, 0), (0, 11), (0, 0)], [], 22, "no aisle"),
        ([(0, 0), (3, 0), (3, 4), (3, 0), (0, 0)], [], 14, "no aisle"),
        ([(0, 0), (0, 10), (9, 10), (9, 0), (0, 0)], [], 38, "no cross-aisle"),
        ([(0, 0), (0, 5), (5, 5), (5, 10), (0, 10), (0, 0)], [], 30, "no cross-aisle"),
    ],
)
def test_what_is_no_walk_is_refused(points: list[tuple[int, int]], spots: list[Spot], length: int, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        check_walk(LAYOUT, points, spots, LAYOUT.depot, LAYOUT.depot, length)
