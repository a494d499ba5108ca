"""The walk of a pick job ピック: in which order its shelves are met, along which path, and what that saves.

Exact where it can be: aisles walked both ways, no wishes about the order, up to six cross-aisles. Else a search, which
is never longer than any rule of thumb (see `app.domain.routing_policies`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from math import inf

from app.domain.routing_exact import exact_walk, is_exact
from app.domain.routing_path import corners, length_of, met_along
from app.domain.routing_policies import POLICIES, policy_walk
from app.domain.routing_search import best_order, length_of_order
from app.domain.shelves import shelf_key
from app.domain.warehouse import Depot, Layout, Place, Spot
from app.domain.warehouse_graph import Point, graph_of

__all__ = ["Method", "NoWay", "Stop", "Walk", "Wishes", "plan_walk"]


_Key = tuple[int, Spot]
"""Rank and spot: what is taken there is one stop of the search."""


class NoWay(ValueError):
    """Between the two places where a walk begins and ends nobody can walk; a mistake of the map."""


class Method(StrEnum):
    """How a walk was found."""

    EXACT = "exact"
    """It is proven that there is no shorter one."""
    SEARCH = "search"
    """The best that a search came to."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a shop wants of the order, beside a short walk.

    Goods with a wish are walked after each other, not mixed: all heavy ones lie in the totes before anything else is
    put in, fragile ones come on top of all others, cold ones leave the cold room last of all. Where wishes meet, cold
    counts more than fragile, and fragile more than heavy: what gets warm is lost, what lies under something may be.
    """

    heavy_first: bool = False
    fragile_last: bool = False
    cold_last: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """A shelf at which something is to be picked."""

    shelf: str
    heavy: bool = False
    fragile: bool = False
    cold: bool = False

    def rank(self, wishes: Wishes) -> int:
        """Return when it comes: a lower one before a higher one."""
        late = wishes.heavy_first and not self.heavy
        return 4 * (wishes.cold_last and self.cold) + 2 * (wishes.fragile_last and self.fragile) + late


@dataclass(frozen=True, slots=True)
class Walk:
    """A planned walk; lengths in mm, approaches to the depots included."""

    stops: tuple[Stop, ...]
    """Those on the path, in the order of the walk."""
    unplaced: tuple[Stop, ...]
    """Shelves without coordinates: picked after the walk, in shelf order."""
    unreachable: tuple[Stop, ...]
    """Shelves on the map to which nobody can walk: picked last of all, in shelf order, and said."""
    points: tuple[Point, ...]
    """Corners of the path, in the layout's own system (see `Layout.turned`)."""
    length: int
    method: Method
    compared: Mapping[str, int]
    """What the same stops cost by each rule of thumb, by its name in `routing_policies.POLICIES`."""

    @property
    def order(self) -> tuple[Stop, ...]:
        """All stops as the picker is to take them."""
        return self.stops + self.unplaced + self.unreachable

    @property
    def metres(self) -> float:
        """Its length in metres."""
        return self.length / 1000

    @property
    def saved(self) -> int:
        """What it saves of the S-shape, which is how people walk without a plan."""
        return self.compared["s_shape"] - self.length


def plan_walk(
    layout: Layout,
    stops: Iterable[Stop],
    wishes: Wishes | None = None,
    *,
    start: Depot | None = None,
    end: Depot | None = None,
) -> Walk:
    """Return the walk of a job from *start* by all *stops* to *end*.

    :param start: None: the map's depot.
    :param end: None: where it starts.
    :raises NoWay: nobody can walk from *start* to *end*.
    """
    begins = start or layout.depot
    job = _Job(layout, stops, wishes or Wishes(), begins, end or begins)
    return job.walk()


class _Job:
    """One walk while it is planned."""

    def __init__(self, layout: Layout, stops: Iterable[Stop], wishes: Wishes, start: Depot, end: Depot) -> None:
        self._layout, self._start, self._end = layout, start, end
        self._graph = graph_of(layout, (start, end))
        if not (self._graph.knows(start) and self._graph.knows(end) and self._reached(end)):
            raise NoWay(f"nobody can walk from {start} to {end} and back")
        self._unplaced: list[Stop] = []
        self._unreachable: list[Stop] = []
        self._before: dict[_Key, list[Stop]] = defaultdict(list)
        """The stops that one takes without a step between them."""
        gone = frozenset(layout.unreachable)
        for stop in sorted(
            dict.fromkeys(stops), key=lambda each: (each.rank(wishes), shelf_key(each.shelf), each.shelf)
        ):
            spot = layout.spots.get(stop.shelf)
            if spot is None:
                (self._unreachable if stop.shelf in gone else self._unplaced).append(stop)
            elif start == layout.depot or self._reached(spot):  # the map has only spots that its depot reaches
                self._before[stop.rank(wishes), spot].append(stop)
            else:
                self._unreachable.append(stop)
        self._keys = list(self._before)
        self._places: dict[int, list[int]] = defaultdict(list)
        for aisle, y in sorted({(spot.aisle, spot.y) for _, spot in self._keys}):
            self._places[layout.aisles[aisle].x].append(y)

    def _reached(self, place: Place) -> bool:
        return self._graph.distance(self._start, place) + self._graph.distance(place, self._start) < inf

    def walk(self) -> Walk:
        if not self._keys and self._start == self._end:
            return self._made([], [self._graph.point(self._start)], Method.EXACT, dict.fromkeys(POLICIES, 0))
        if not is_exact(self._layout):
            return self._searched([])
        _, points = exact_walk(self._layout, (spot for _, spot in self._keys), self._start, self._end)
        order = self._in_rank_order(self._order_along(points))
        if len({rank for rank, _ in self._keys}) <= 1:
            return self._made(order, points, Method.EXACT, self._compared())
        return self._searched([order])

    def _searched(self, seeds: list[list[int]]) -> Walk:
        by_policy = {name: self._in_rank_order(self._order_along(self._by_policy(name))) for name in POLICIES}
        ranks = [rank for rank, _ in self._keys]
        order, proven = best_order(self._lengths, ranks, [*by_policy.values(), *seeds])
        places: list[Place] = [self._start, *(self._keys[at][1] for at in order), self._end]
        points = [self._graph.point(self._start)]
        for before, after in pairwise(places):
            points += self._graph.way(before, after)[1:]
        compared = {
            name: round(length_of_order(self._lengths, found)) + self._approaches for name, found in by_policy.items()
        }
        return self._made(order, corners(points), Method.EXACT if proven else Method.SEARCH, compared)

    def _made(self, order: Iterable[int], points: Sequence[Point], method: Method, compared: dict[str, int]) -> Walk:
        stops = tuple(stop for at in order for stop in self._before[self._keys[at]])
        length = length_of(points) + self._approaches if self._keys or self._start != self._end else 0
        return Walk(stops, tuple(self._unplaced), tuple(self._unreachable), tuple(points), length, method, compared)

    # --- rules of thumb ---

    def _compared(self) -> dict[str, int]:
        """As they are walked; in a warehouse that they were not made for, the order that they give, shortly walked."""
        rows = self._layout.cross_aisles
        inside = all(rows[0].y <= found[0] and found[-1] <= rows[-1].y for found in self._places.values())
        return {
            name: self._approaches
            + (
                length_of(self._by_policy(name))
                if self._layout.regular and inside
                else round(length_of_order(self._lengths, self._order_along(self._by_policy(name))))
            )
            for name in POLICIES
        }

    def _by_policy(self, name: str) -> list[Point]:
        return policy_walk(self._layout, self._places, self._start, self._end, name)

    # --- orders ---

    def _order_along(self, points: Sequence[Point]) -> list[int]:
        """The numbers of the keys in the order in which a path meets them; what it does not meet comes last."""
        met = {point: at for at, point in enumerate(met_along(points, self._places))}
        return sorted(
            range(len(self._keys)), key=lambda at: met.get(self._graph.point(self._keys[at][1]), len(self._keys))
        )

    def _in_rank_order(self, order: Sequence[int]) -> list[int]:
        return sorted(order, key=lambda at: self._keys[at][0])

    @cached_property
    def _lengths(self) -> list[list[float]]:
        places: list[Place] = [self._start, self._end, *(spot for _, spot in self._keys)]
        return [[self._graph.distance(before, after) for after in places] for before in places]

    @property
    def _approaches(self) -> int:
        return self._start.approach + self._end.approach
