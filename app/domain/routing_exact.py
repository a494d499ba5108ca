"""The exact shortest walk on a map without one-way aisles, ready to be walked."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf

from app.domain import routing_block, routing_blocks
from app.domain.routing_blocks import Block, Column, Step
from app.domain.routing_path import Crossing, in_block, path_of
from app.domain.warehouse import Aisle, Depot, Layout, Spot
from app.domain.warehouse_graph import Point

__all__ = ["MOST_ROWS", "exact_length", "exact_walk", "is_exact"]

MOST_ROWS = 6
"""Cross-aisles up to which a walk is found exactly, in a quarter of a second at most."""


def is_exact(layout: Layout) -> bool:
    """Whether `exact_walk` knows the shortest walks of *layout*: not with one-way aisles or more than `MOST_ROWS`."""
    return layout.both_ways and len(layout.cross_aisles) <= MOST_ROWS


def exact_walk(layout: Layout, spots: Iterable[Spot], start: Depot, end: Depot) -> tuple[int, list[Point]]:
    """Return the shortest walk from *start* by all *spots* to *end*: mm without approaches, and its corners.

    :param layout: one for which `is_exact` holds.
    :param spots: they can be walked to from *start*, and *end* too.
    """
    places = _places(layout, spots)
    if not places and start == end:
        return 0, [(start.x, layout.cross_aisles[start.row].y)]
    plan = _Plan(layout, places, start, end)
    length, steps = plan.block_tour() if plan.is_block_tour else plan.walk()
    return round(length), path_of(plan.xs, plan.rows, plan.depths, steps, plan.crossing(start))


def exact_length(layout: Layout, spots: Iterable[Spot], start: Depot, end: Depot) -> int:
    """Return the length of the shortest walk alone, in mm without approaches; the same holds as for `exact_walk`."""
    places = _places(layout, spots)
    if not places and start == end:
        return 0
    plan = _Plan(layout, places, start, end)
    return round(routing_block.block_length(plan.block_columns()) if plan.is_block_tour else plan.walk()[0])


def _places(layout: Layout, spots: Iterable[Spot]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for aisle, y in {(spot.aisle, spot.y) for spot in spots}:
        places[layout.aisles[aisle].x].append(y)
    for found in places.values():
        found.sort()
    return places


class _Plan:
    """The columns that matter for one walk, from left to right."""

    def __init__(self, layout: Layout, places: Mapping[int, list[int]], start: Depot, end: Depot) -> None:
        self._start, self._end = start, end
        self._rows = layout.cross_aisles
        self.rows = [row.y for row in self._rows]
        aisles = layout.aisle_at
        regular = layout.regular
        wanted = set(places) | {start.x, end.x}
        wanted |= _beside(list(aisles), (start.x, end.x)) if regular else set(aisles)
        self.xs = sorted(wanted)
        self._aisles = [aisles.get(x) for x in self.xs]
        self.depths: list[list[int]] = [places.get(x, []) for x in self.xs]
        inside = all(not found or self.rows[0] <= found[0] <= found[-1] <= self.rows[-1] for found in self.depths)
        self.is_block_tour = regular and inside and len(self.rows) == 2 and (start.x, start.row) == (end.x, end.row)

    def crossing(self, depot: Depot) -> Crossing:
        return bisect_left(self.xs, depot.x), depot.row

    # --- one block ---

    def block_columns(self) -> list[routing_block.Column]:
        front, back = self.rows
        picks: dict[float, list[int]] = {
            x: [y - front for y in found] for x, found in zip(self.xs, self.depths, strict=True) if found
        }
        at = bisect_left(self.xs, self._start.x)
        return routing_block.block_columns(
            picks, back - front, self._start.x, at_back=self._start.row == 1, on_aisle=self._aisles[at] is not None
        )

    def block_tour(self) -> tuple[float, list[Step]]:
        columns = self.block_columns()
        length, ways = routing_block.block_tour(columns)
        at, y = bisect_left(self.xs, self._start.x), self.rows[self._start.row]
        kept = {column.x for column in columns}
        self.depths = [found for x, found in zip(self.xs, self.depths, strict=True) if x in kept]
        self.xs = [x for x in self.xs if x in kept]
        at = bisect_left(self.xs, self._start.x)
        self.depths[at] = sorted([*self.depths[at], y])  # the depot is a place of its column there
        return length, [Step((way.aisle,), (way.on_front, way.on_back)) for way in ways]

    # --- any number of blocks ---

    def walk(self) -> tuple[float, list[Step]]:
        length, steps = routing_blocks.shortest_walk(self._columns())
        return length + self._beyond(), steps

    def _beyond(self) -> int:
        """Length of the ways to picks in front of the first and behind the last cross-aisle."""
        return sum(
            2 * (max(0, self.rows[0] - found[0]) + max(0, found[-1] - self.rows[-1])) for found in self.depths if found
        )

    def _columns(self) -> list[Column]:
        columns: list[Column] = []
        for at, (x, aisle, found) in enumerate(zip(self.xs, self._aisles, self.depths, strict=True)):
            after = self.xs[at + 1] if at + 1 < len(self.xs) else None
            onward = tuple(
                inf if after is None or not (row.passes(x) and row.passes(after)) else after - x for row in self._rows
            )
            blocks = tuple(
                _block(aisle, front, back, in_block(found, self.rows, row))
                for row, (front, back) in enumerate(pairwise(self.rows))
            )
            columns.append(Column(blocks, self._added(x, found), onward))
        return columns

    def _added(self, x: int, found: Sequence[int]) -> tuple[int, ...]:
        degrees = [0] * len(self.rows)
        if found and found[0] < self.rows[0]:
            degrees[0] += 2
        if found and found[-1] > self.rows[-1]:
            degrees[-1] += 2
        for depot in (self._start, self._end):
            if depot.x == x:
                degrees[depot.row] += 1
        return tuple(degree % 2 or min(degree, 2) for degree in degrees)


def _beside(aisles: Sequence[int], depots: Iterable[int]) -> set[int]:
    """The aisles next to a depot that lies between aisles: through those a walk may pass without picking there.

    Through any other empty aisle it may not be shorter: what is walked there could be moved to a column beside it.
    """
    found: set[int] = set()
    for x in depots:
        at = bisect_left(aisles, x)
        if at == len(aisles) or aisles[at] != x:
            found |= set(aisles[max(0, at - 1) : at + 1])
    return found


def _block(aisle: Aisle | None, front: int, back: int, found: Sequence[int]) -> Block:
    """The costs of the block between two rows; a lane may end before one of them."""
    if aisle is None:
        return Block(0, inf, inf, inf, inf)
    from_front, from_back = aisle.front <= front, aisle.back >= back
    through = back - front if from_front and from_back else inf
    if not found:
        return Block(0, through, inf, inf, inf)
    widest = max((after - before for before, after in pairwise(found)), default=0)
    return Block(
        inf,
        through,
        2 * (found[-1] - front) if from_front else inf,
        2 * (back - found[0]) if from_back else inf,
        2 * (back - front - widest) if from_front and from_back and widest else inf,
    )
