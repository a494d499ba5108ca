"""Distances through the aisles of a warehouse, not as the crow flies.

The graph has a node wherever an aisle meets a cross-aisle, and one for each depot. It respects one-way aisles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise
from math import inf

from app.domain.warehouse import Aisle, CrossAisle, Depot, Layout, Place, Spot

__all__ = ["Graph", "Point", "graph_of"]

Point = tuple[int, int]
"""x and y, mm."""


def graph_of(layout: Layout, places: Iterable[Place] = ()) -> Graph:
    """Return the graph of a map, with the depots among *places* beside the map's own."""
    depots = dict.fromkeys([layout.depot, *(place for place in places if isinstance(place, Depot))])
    return _graph(layout.aisles, layout.cross_aisles, tuple(depots))


@lru_cache(maxsize=8)
def _graph(aisles: tuple[Aisle, ...], cross_aisles: tuple[CrossAisle, ...], depots: tuple[Depot, ...]) -> Graph:
    return Graph(aisles, cross_aisles, depots)


class Graph:
    """What can be walked, and how far it is."""

    def __init__(self, aisles: Sequence[Aisle], cross_aisles: Sequence[CrossAisle], depots: Sequence[Depot]) -> None:
        self._aisles = aisles
        self._points: list[Point] = []
        self._onward: list[list[tuple[int, int]]] = []
        self._of_aisle: list[list[int]] = [[] for _ in aisles]
        """Nodes of each aisle from front to back."""
        self._of_depot: dict[Depot, int] = {}
        self._trees: dict[int, tuple[list[float], list[int]]] = {}
        for row, cross in enumerate(cross_aisles):
            self._add_row(cross, [depot for depot in depots if depot.row == row])
        for aisle, nodes in zip(aisles, self._of_aisle, strict=True):
            for front, back in pairwise(nodes):
                length = self._points[back][1] - self._points[front][1]
                if aisle.one_way >= 0:
                    self._onward[front].append((back, length))
                if aisle.one_way <= 0:
                    self._onward[back].append((front, length))

    def _add_row(self, cross: CrossAisle, depots: Sequence[Depot]) -> None:
        met = [
            (aisle.x, at, None)
            for at, aisle in enumerate(self._aisles)
            if cross.passes(aisle.x) and aisle.front <= cross.y <= aisle.back
        ]
        stands = [(depot.x, -1, depot) for depot in depots if cross.passes(depot.x)]
        before: int | None = None
        for x, at, depot in sorted([*met, *stands], key=lambda each: each[:2]):
            node = len(self._points)
            self._points.append((x, cross.y))
            self._onward.append([])
            if depot is None:
                self._of_aisle[at].append(node)
            else:
                self._of_depot[depot] = node
            if before is not None:
                length = x - self._points[before][0]
                self._onward[before].append((node, length))
                self._onward[node].append((before, length))
            before = node

    def distance(self, start: Place, end: Place) -> float:
        """Return how far it is from *start* to *end* in mm, without a depot's approach; infinite where no way leads."""
        return self._shortest(start, end)[0]

    def way(self, start: Place, end: Place) -> list[Point]:
        """Return the corners of the shortest way, both ends included; empty where no way leads."""
        length, nodes = self._shortest(start, end)
        if length == inf:
            return []
        middle: list[Point] = []
        if nodes:
            first, at = nodes
            behind = self._tree(first)[1]
            while at >= 0:
                middle.append(self._points[at])
                at = behind[at]
        return [self.point(start), *reversed(middle), self.point(end)]

    def point(self, place: Place) -> Point:
        """Where on the map *place* is."""
        if isinstance(place, Depot):
            return self._points[self._of_depot[place]]
        return self._aisles[place.aisle].x, place.y

    def knows(self, place: Place) -> bool:
        """Whether *place* lies on something that can be walked."""
        return place in self._of_depot if isinstance(place, Depot) else place.aisle < len(self._aisles)

    def _shortest(self, start: Place, end: Place) -> tuple[float, tuple[int, int] | None]:
        best, through = inf, None
        if isinstance(start, Spot) and isinstance(end, Spot) and start.aisle == end.aisle:
            rise, one_way = end.y - start.y, self._aisles[start.aisle].one_way
            if rise * one_way >= 0:
                best = abs(rise)
        for leaves, out in self._joints(start, 1):
            lengths = self._tree(leaves)[0]
            for enters, into in self._joints(end, -1):
                length = out + lengths[enters] + into
                if length < best:
                    best, through = length, (leaves, enters)
        return best, through

    def _joints(self, place: Place, sense: int) -> list[tuple[int, int]]:
        """The nodes next to *place* by which one leaves it (sense 1) or comes to it (-1), and how far they are."""
        if isinstance(place, Depot):
            return [(self._of_depot[place], 0)]
        one_way = sense * self._aisles[place.aisle].one_way
        nodes = [(node, self._points[node][1] - place.y) for node in self._of_aisle[place.aisle]]
        behind = [(node, rise) for node, rise in nodes if rise >= 0][:1]
        before = [(node, rise) for node, rise in nodes if rise <= 0][-1:]
        return [(node, abs(rise)) for node, rise in {*behind, *before} if rise * one_way >= 0]

    def _tree(self, source: int) -> tuple[list[float], list[int]]:
        """Lengths from a node to all, and from where each is reached; by Dijkstra, once for each node."""
        if source in self._trees:
            return self._trees[source]
        lengths: list[float] = [inf] * len(self._points)
        behind = [-1] * len(self._points)
        lengths[source] = 0
        heap = [(0.0, source)]
        while heap:
            length, node = heappop(heap)
            if length > lengths[node]:
                continue
            for after, step in self._onward[node]:
                if length + step < lengths[after]:
                    lengths[after] = length + step
                    behind[after] = node
                    heappush(heap, (length + step, after))
        self._trees[source] = lengths, behind
        return lengths, behind
