"""The walks of orders on the map of a warehouse: measured at once for the search, exactly one by one for the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.routing import Stop, plan_walk
from app.domain.routing_exact import exact_length, is_exact
from app.domain.warehouse import Layout
from app.services.batching.corridors import Network
from app.services.batching.walks import AisleWalks

__all__ = ["Ground"]

_MOST_CROSSES = 4
"""Cross-aisles up to which thousands of walks a second are measured."""


class Ground:
    """A map, as far as walks go.

    The search counts on a regular map: every aisle crosses every cross-aisle, and is walked both ways. Where the map is
    another, its lengths are near; what a plan says is always measured on the map itself.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout, depot = layout, layout.depot
        xs = sorted({aisle.x for aisle in layout.aisles} | {depot.x})
        rows = _some(range(len(layout.cross_aisles)), depot.row)
        self._aisle = {number: xs.index(aisle.x) for number, aisle in enumerate(layout.aisles)}
        closed = frozenset(number for number, x in enumerate(xs) if x not in layout.aisle_at)
        self._network: Network | None = None
        if layout.aisles and len(rows) > 1:
            crosses = tuple(layout.cross_aisles[row].y for row in rows)
            entry = (xs.index(depot.x), rows.index(depot.row), depot.approach)
            self._network = Network(tuple(xs), crosses, (entry,), closed)

    def unplaced(self, shelves: Iterable[str]) -> tuple[str, ...]:
        """Return which of these shelves no walk leads to, in their order."""
        return tuple(dict.fromkeys(shelf for shelf in shelves if shelf not in self._layout.spots))

    def walks(self, orders: Sequence[Sequence[str]]) -> AisleWalks:
        """Return the walks for orders by the shelves of each; a shelf without a place is not walked to."""
        network = self._network or Network((0,), (0, 1), ((0, 0, 0),))
        return AisleWalks(network, [self._picks(network, shelves) for shelves in orders])

    def _picks(self, network: Network, shelves: Iterable[str]) -> list[tuple[int, int]]:
        if self._network is None:
            return []
        spots = (self._layout.spots[shelf] for shelf in shelves if shelf in self._layout.spots)
        front, back = network.crosses[0], network.crosses[-1]
        return [(self._aisle[spot.aisle], min(max(spot.y, front), back)) for spot in spots]

    def where(self, shelves: Iterable[str]) -> tuple[float, float]:
        """Return the x of the farthest aisle from the depot and the mean of all, in mm from the depot."""
        layout = self._layout
        xs = [layout.aisles[layout.spots[shelf].aisle].x - layout.depot.x for shelf in shelves if shelf in layout.spots]
        return (float(max(xs, key=abs)), sum(xs) / len(xs)) if xs else (0.0, 0.0)

    def length(self, shelves: Iterable[str]) -> int:
        """Return the mm of the shortest walk by these shelves; 0 where none has a place."""
        layout = self._layout
        placed = [shelf for shelf in dict.fromkeys(shelves) if shelf in layout.spots]
        if not placed:
            return 0
        if layout.regular and is_exact(layout):
            spots = [layout.spots[shelf] for shelf in placed]
            return exact_length(layout, spots, layout.depot, layout.depot) + 2 * layout.depot.approach
        return plan_walk(layout, [Stop(shelf) for shelf in placed]).length


def _some(rows: Sequence[int], home: int) -> list[int]:
    """Return the cross-aisles to count on: all, or the outer ones, the depot's and as many between as there may be."""
    if len(rows) <= _MOST_CROSSES:
        return list(rows)
    kept = {rows[0], rows[-1], home}
    step = (len(rows) - 1) / (_MOST_CROSSES - 1)
    for number in range(1, _MOST_CROSSES - 1):
        if len(kept) < _MOST_CROSSES:
            kept.add(rows[round(number * step)])
    return sorted(kept)
