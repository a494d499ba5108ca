"""An independent look at walks: it adds a walk up leg by leg and shares no code with what finds walks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.domain.warehouse import Depot, Layout, Spot

__all__ = ["check_walk"]

Point = tuple[int, int]


def check_walk(
    layout: Layout, points: Sequence[Point], spots: Sequence[Spot], start: Depot, end: Depot, length: int
) -> None:
    """Fail unless the corners are a legal walk of this length that meets the spots in this order."""
    rows = layout.cross_aisles
    assert points[0] == (start.x, rows[start.row].y), f"begins at {points[0]}, not at {start}"
    assert points[-1] == (end.x, rows[end.row].y), f"ends at {points[-1]}, not at {end}"
    walked = 0
    stands: list[tuple[Point, int]] = [(points[0], 0)]
    for before, after in pairwise(points):
        _check_leg(layout, before, after)
        walked += abs(after[0] - before[0]) + abs(after[1] - before[1])
        stands.append((after, walked))
    assert walked == length, f"adds up to {walked}, not {length}"
    at = 0
    for spot in spots:
        where = (layout.aisles[spot.aisle].x, spot.y)
        at = _next_time(stands, where, at)


def _check_leg(layout: Layout, before: Point, after: Point) -> None:
    if before[0] == after[0]:
        low, high = min(before[1], after[1]), max(before[1], after[1])
        lanes = [lane for lane in layout.aisles if lane.x == before[0] and lane.front <= low and high <= lane.back]
        assert lanes, f"{before} to {after} is no aisle"
        rises = (after[1] > before[1]) - (after[1] < before[1])
        assert all(rises * lane.one_way >= 0 for lane in lanes), f"{before} to {after} against one-way"
    else:
        assert before[1] == after[1], f"{before} to {after} cuts a corner"
        low, high = min(before[0], after[0]), max(before[0], after[0])
        crosses = [
            row
            for row in layout.cross_aisles
            if row.y == before[1] and (row.left is None or row.left <= low) and (row.right is None or high <= row.right)
        ]
        assert crosses, f"{before} to {after} is no cross-aisle"


def _next_time(stands: Sequence[tuple[Point, int]], where: Point, earliest: int) -> int:
    """When the walk comes by *where* at *earliest* or later, as the length walked until then."""
    x, y = where
    if stands[0][0] == where and earliest == 0:
        return 0
    for ((x_from, y_from), begun), ((x_to, y_to), _) in pairwise(stands):
        if min(x_from, x_to) <= x <= max(x_from, x_to) and min(y_from, y_to) <= y <= max(y_from, y_to):
            time = begun + abs(x - x_from) + abs(y - y_from)
            if time >= earliest:
                return time
    raise AssertionError(f"does not come by {where} after {earliest}")
