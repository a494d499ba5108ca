"""Walks by the rules of thumb that pickers know: S-shape, return, largest gap, combined. They are there to be compared.

One block: C. G. Petersen, An evaluation of order picking routeing policies, International Journal of Operations &
Production Management 17 (1997) 1098-1111. Several blocks, and combined: K. J. Roodbergen, R. de Koster, Routing methods
for warehouses with multiple cross aisles, International Journal of Production Research 39 (2001) 1865-1883: the
leftmost aisle with picks is walked up to the farthest block with picks; this block and then each one nearer is picked,
beginning at whichever of its outer aisles with picks is nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import inf

from app.domain.routing_path import in_block
from app.domain.warehouse import Depot, Layout
from app.domain.warehouse_graph import Point

__all__ = ["POLICIES", "policy_walk"]

_Block = Mapping[int, Sequence[int]]
"""For each aisle with picks in a block, by x, the y of its picks, ascending."""


class _Pen:
    """Where the picker is, and the corners of the walk so far."""

    def __init__(self, at: Point) -> None:
        self.points = [at]

    @property
    def x(self) -> int:
        return self.points[-1][0]

    def across(self, x: int) -> None:
        self._to((x, self.points[-1][1]))

    def along(self, y: int) -> None:
        self._to((self.x, y))

    def into(self, y: int) -> None:
        """Into the aisle and back."""
        back = self.points[-1]
        self.along(y)
        self._to(back)

    def _to(self, point: Point) -> None:
        if point != self.points[-1]:
            self.points.append(point)


_Policy = Callable[[_Pen, _Block, Sequence[int], tuple[int, int], bool], None]
"""Picks a block: pen, block, its aisles in the order to take, y of its front and back, whether one comes from the back.
At the end the picker stands in front of the block."""


def policy_walk(
    layout: Layout, places: Mapping[int, Sequence[int]], start: Depot, end: Depot, name: str
) -> list[Point]:
    """Return the corners of the walk by one of `POLICIES`.

    :param layout: a regular map without one-way aisles.
    :param places: for each aisle by x the y of its picks, ascending; between the first and the last cross-aisle.
    """
    rows = [row.y for row in layout.cross_aisles]
    if 2 * start.row <= len(rows) - 1:
        return _walk(rows, places, (start.x, rows[start.row]), (end.x, rows[end.row]), POLICIES[name])
    upside_down = {x: [-y for y in reversed(found)] for x, found in places.items()}
    begins, ends = (start.x, -rows[start.row]), (end.x, -rows[end.row])
    points = _walk([-y for y in reversed(rows)], upside_down, begins, ends, POLICIES[name])
    return [(x, -y) for x, y in points]


def _walk(
    rows: Sequence[int], places: Mapping[int, Sequence[int]], start: Point, end: Point, pick: _Policy
) -> list[Point]:
    pen = _Pen(start)
    blocks = [
        {x: here for x in sorted(places) if (here := in_block(places[x], rows, row))} for row in range(len(rows) - 1)
    ]
    farthest = max((row for row, block in enumerate(blocks) if block), default=-1)
    if farthest >= 0:
        pen.across(min(places))
        pen.along(rows[farthest])
        low, high = sorted((start[1], rows[farthest]))
        for row, block in enumerate(blocks):  # what was met on the way there needs no second visit
            if low <= rows[row] and rows[row + 1] <= high:
                block.pop(pen.x, None)
    nearest = min((row for row, block in enumerate(blocks) if block), default=len(blocks))
    for row in range(farthest, nearest - 1, -1):
        aisles = sorted(blocks[row])
        from_back = row < farthest
        if not aisles:
            pen.along(rows[row])
            continue
        if from_back and abs(aisles[-1] - pen.x) < abs(aisles[0] - pen.x):
            aisles.reverse()
        pick(pen, blocks[row], aisles, (rows[row], rows[row + 1]), from_back)
    pen.along(end[1])
    pen.across(end[0])
    return pen.points


def _s_shape(pen: _Pen, block: _Block, aisles: Sequence[int], edges: tuple[int, int], from_back: bool) -> None:
    """Walk through every aisle; there and back only in the last one, where one would end at the back."""
    front, back = edges
    at_back = from_back
    for x in aisles:
        pen.across(x)
        if x == aisles[-1] and not at_back:
            pen.into(block[x][-1])
        else:
            pen.along(front if at_back else back)
            at_back = not at_back


def _return(pen: _Pen, block: _Block, aisles: Sequence[int], edges: tuple[int, int], from_back: bool) -> None:
    """Go into every aisle from the front and back; only the first is walked through where one comes from the back."""
    for x in aisles:
        pen.across(x)
        if from_back and x == aisles[0]:
            pen.along(edges[0])
        else:
            pen.into(block[x][-1])


def _largest_gap(pen: _Pen, block: _Block, aisles: Sequence[int], edges: tuple[int, int], from_back: bool) -> None:
    """Go into each aisle from both sides as far as its largest gap; walk through the outer ones."""
    if len(aisles) == 1 and not from_back:
        _return(pen, block, aisles, edges, from_back)
        return
    front, back = edges
    from_front: list[tuple[int, int]] = []
    for x in aisles[:-1]:
        pen.across(x)
        if x == aisles[0] and not from_back:
            pen.along(back)
            continue
        near, far = max(pairwise([front, *block[x], back]), key=lambda gap: gap[1] - gap[0])
        if far < back:
            pen.into(far)
        if near > front:
            from_front.append((x, near))
    pen.across(aisles[-1])
    pen.along(front)
    for x, near in reversed(from_front):
        pen.across(x)
        pen.into(near)


def _combined(pen: _Pen, block: _Block, aisles: Sequence[int], edges: tuple[int, int], from_back: bool) -> None:
    """Walk through each aisle or go in and back, whichever makes the block shortest: a dynamic programme."""
    front, back = edges
    lengths: tuple[float, float] = (inf, 0) if from_back else (0, inf)
    choices: list[tuple[bool, bool]] = []
    """For each aisle whether one walks through it, where one then stands in front, and where one stands at the back."""
    for x in aisles:
        through, at_front, at_back = back - front, 2 * (block[x][-1] - front), 2 * (back - block[x][0])
        ends_front = (lengths[0] + at_front, lengths[1] + through)
        ends_back = (lengths[1] + at_back, lengths[0] + through)
        lengths = min(ends_front), min(ends_back)
        choices.append((ends_front[1] < ends_front[0], ends_back[1] < ends_back[0]))
    stands_back = False
    ways: list[bool] = []
    for choice in reversed(choices):
        ways.append(choice[stands_back])
        stands_back ^= choice[stands_back]
    at_back = from_back
    for x, through in zip(aisles, reversed(ways), strict=True):
        pen.across(x)
        if through:
            pen.along(front if at_back else back)
            at_back = not at_back
        else:
            pen.into(block[x][0] if at_back else block[x][-1])


POLICIES: dict[str, _Policy] = {
    "s_shape": _s_shape,
    "return": _return,
    "largest_gap": _largest_gap,
    "combined": _combined,
}
