"""A warehouse as it is drawn, and where its metres lie on the screen.

Everything is in metres in the system of the map's layout: x across the aisles, y along them, the front at the bottom.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from app.domain.warehouse import Layout, Shelf

__all__ = ["FloorPlan", "FloorView", "Lane", "Point", "Step", "floor_plan", "met_at"]

Point = tuple[float, float]
"""x and y, metres."""
Step = tuple[str, float, float]
"""A stop of a walk: the shelf, and where one stands before it."""

_STRETCH = 1.7
"""Most that one direction may be drawn larger than the other: a long narrow hall has to be readable as well."""


@dataclass(frozen=True, slots=True)
class Lane:
    """An aisle: shelves stand at both its sides."""

    name: str
    x: float
    front: float
    back: float
    one_way: int = 0
    """1: only from front to back; -1: only from back to front."""


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """What is drawn of a warehouse."""

    shelves: tuple[tuple[str, float, float], ...] = ()
    """Code, and where its goods lie: a shelf that is just on its lane is drawn at both sides."""
    lanes: tuple[Lane, ...] = ()
    crosses: tuple[tuple[float, float | None, float | None], ...] = ()
    """Cross-aisles: y, and x of both ends; None where they pass all lanes."""
    depot: Point | None = None
    turned: bool = False
    """The aisles run along the x of the map that was read: the picture shows them from left to right."""
    zones: tuple[tuple[str, str], ...] = ()
    """Zone of each shelf that has one."""


def floor_plan(layout: Layout, shelves: Iterable[Shelf]) -> FloorPlan:
    """Return what is drawn of *layout*, made of *shelves* (in the map's own system, mm)."""
    placed = [
        (each, each.y if layout.turned else each.x, each.x if layout.turned else each.y)
        for each in shelves
        if each.x is not None and each.y is not None
    ]
    rows = layout.cross_aisles
    stand = rows[layout.depot.row].y if layout.depot.row < len(rows) else 0
    return FloorPlan(
        tuple((each.code, (x or 0) / 1000, (y or 0) / 1000) for each, x, y in placed),
        tuple(Lane(each.name, each.x / 1000, each.front / 1000, each.back / 1000, each.one_way)
              for each in layout.aisles),
        tuple((each.y / 1000, _metres(each.left), _metres(each.right)) for each in rows),
        (layout.depot.x / 1000, stand / 1000) if layout.aisles else None,
        layout.turned,
        tuple((each.code, each.zone) for each, _, _ in placed if each.zone),
    )  # fmt: skip


def _metres(length: int | None) -> float | None:
    return None if length is None else length / 1000


def met_at(points: Sequence[Point], stops: Sequence[Step]) -> list[float]:
    """Return how far along a path each stop is met, in metres; a stop beside the path where the path is nearest.

    The stops come in the order of the walk: each is looked for from where the one before it was met.
    """
    at, met = 0.0, []
    for _, x, y in stops:
        walked, best, nearest = 0.0, at, float("inf")
        for (x0, y0), (x1, y1) in pairwise(points):
            long = abs(x1 - x0) + abs(y1 - y0)
            if walked + long >= at - 1e-6 and long:
                share = max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / (long * long)))
                share = max(share, min(1.0, (at - walked) / long))
                away = abs(x0 + share * (x1 - x0) - x) + abs(y0 + share * (y1 - y0) - y)
                if away < nearest - 1e-6:
                    nearest, best = away, walked + share * long
            walked += long
        at = best
        met.append(at)
    return met


class FloorView:
    """How metres become pixels: as large as the box allows, the front at the bottom."""

    def __init__(self, plan: FloorPlan, others: Sequence[Point], box: QRectF, margin: float) -> None:
        self._turned = plan.turned
        xs = [lane.x for lane in plan.lanes] or [x for _, x, _ in plan.shelves]
        ys = [y for _, _, y in plan.shelves] + [y for y, _, _ in plan.crosses]
        xs += [x for x, _ in others] + [x for _, x, _ in plan.shelves]
        ys += [y for _, y in others] + ([plan.depot[1]] if plan.depot else [])
        xs += [plan.depot[0]] if plan.depot else []
        self.empty = not xs or not ys
        if self.empty:
            return
        self.left, self.right, self.front = min(xs), max(xs), min(ys)
        apart = min((after.x - before.x for before, after in pairwise(plan.lanes)), default=3.0)
        self.half_lane = apart * 0.24
        """Half the width of a lane."""
        self.deep = apart * 0.49 - self.half_lane
        """Depth of the shelves at one side of a lane."""
        self.half_cross = self.half_lane
        self.blocks, self.bay = _blocks(plan, self.half_lane, self.deep)
        """For each shelf the left edges of its blocks and their middle; and how long a bay is."""
        room = self.half_lane + self.deep
        low, high = self.front - self.half_cross, max(ys) + self.half_cross
        self.edges = (self.left - room, low, self.right + room, high)
        """Left, front, right and back of what is drawn, metres."""
        inner = box.adjusted(margin, margin, -margin, -margin - (0 if plan.turned else margin))
        wide, long = self.edges[2] - self.edges[0], high - low
        if self._turned:
            wide, long = long, wide
        self._x, self._y = inner.width() / max(wide, 0.5), inner.height() / max(long, 0.5)
        self._x, self._y = min(self._x, self._y * _STRETCH), min(self._y, self._x * _STRETCH)
        self._left = inner.center().x() - wide * self._x / 2
        self._bottom = inner.center().y() + long * self._y / 2
        self.lane_pixels = 2 * self.half_lane * (self._y if self._turned else self._x)
        """Width of a lane on the screen."""

    def at(self, x: float, y: float) -> QPointF:
        """Return where a point of the warehouse is drawn."""
        across, up = x - self.edges[0], y - self.edges[1]
        if self._turned:
            across, up = up, across
        return QPointF(self._left + across * self._x, self._bottom - up * self._y)

    def metres(self, x: float, y: float) -> Point:
        """Return the point of the warehouse that is drawn at a place of the screen."""
        across, up = (x - self._left) / self._x, (self._bottom - y) / self._y
        if self._turned:
            across, up = up, across
        return across + self.edges[0], up + self.edges[1]

    def box(self, left: float, front: float, right: float, back: float) -> QRectF:
        """Return where a rectangle of the warehouse is drawn."""
        return QRectF(self.at(left, front), self.at(right, back)).normalized()


def _blocks(plan: FloorPlan, half_lane: float, deep: float) -> tuple[dict[str, tuple[tuple[float, ...], float]], float]:
    """Return the blocks of each shelf; how long a bay is, is the usual distance of two along an aisle."""
    lanes = sorted(lane.x for lane in plan.lanes)
    found: dict[str, tuple[tuple[float, ...], float]] = {}
    depths: dict[float, set[float]] = defaultdict(set)
    for code, x, y in plan.shelves:
        at = bisect_left(lanes, x)
        near = min(lanes[max(0, at - 1) : at + 1], key=lambda lane: abs(lane - x), default=x)
        depths[near].add(y)
        sides = ((near - half_lane - deep, x <= near + 0.01), (near + half_lane, x >= near - 0.01))
        found[code] = tuple(left for left, there in sides if there), y
    steps = sorted(after - before for each in depths.values() for before, after in pairwise(sorted(each)))
    return found, max(0.3, steps[len(steps) // 2] if steps else 1.0)
