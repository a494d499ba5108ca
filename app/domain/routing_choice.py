"""Which of several shelves goods are taken from, so that the whole walk is short: chosen together with the walk.

The shelf that is nearest to its neighbours may lie in an aisle that is walked anyway, or not. So every choice is judged
by the length of the shortest walk by all that was chosen: each is made in turn where it costs least, then changed,
alone and in pairs, while that makes the walk shorter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from app.domain.routing_exact import exact_length
from app.domain.routing_path import length_of
from app.domain.routing_policies import policy_walk
from app.domain.warehouse import Depot, Layout, Spot

__all__ = ["covers", "nearest_shelves"]

_MOST_ROWS = 4
"""Cross-aisles up to which the exact length is quick enough to be asked for hundreds of times."""
_FEW_ROWS = 3
"""The same for thousands of times."""
_MOST_COVERS = 30
"""Ways to take one line that are compared."""
_MOST_PAIRS = 60
"""Pairs of choices that are changed together."""
_LOST = 10**9
"""Millimetres."""

Option = tuple[str, ...]
"""The shelves that one line is taken from."""


def covers(quantity: int, supplies: Sequence[tuple[str, int]]) -> list[Option]:
    """Return the ways to take *quantity* pieces from as few shelves as can be, at most 30.

    :param supplies: shelves with the pieces on them, those to be preferred first.
    """
    for size in range(1, len(supplies) + 1):
        found: list[Option] = []
        for some in combinations(supplies, size):
            if sum(pieces for _, pieces in some) >= quantity:
                found.append(tuple(shelf for shelf, _ in some))
                if len(found) == _MOST_COVERS:
                    break
        if found:
            return found
    return []


def nearest_shelves(
    layout: Layout,
    fixed: Iterable[str],
    choices: Sequence[Sequence[Option]],
    *,
    start: Depot | None = None,
    end: Depot | None = None,
) -> list[Option]:
    """Return for each line the shelves that make the walk by all of them shortest.

    One-way aisles count as walked both ways here. Shelves that are not on the map, or that nobody can walk to, are
    taken only where there are no others.

    :param fixed: shelves that are walked to anyway.
    :param choices: for each line its options, at least one; the first of those that cost the same is taken.
    """
    begins = start or layout.depot
    judge = _Judge(layout, fixed, begins, end or begins)
    made: dict[int, Option] = {at: options[0] for at, options in enumerate(choices) if len(options) == 1}
    by_options = sorted((at for at, options in enumerate(choices) if len(options) > 1), key=lambda at: len(choices[at]))
    for at in by_options:
        made[at] = min(choices[at], key=lambda option: judge.total([*made.values(), option]))
    _change(judge, made, [[(at, option) for option in choices[at]] for at in by_options])
    return [made[at] for at in range(len(choices))]


def _change(judge: _Judge, made: dict[int, Option], lines: Sequence[Sequence[tuple[int, Option]]]) -> None:
    """Change single choices, and pairs of them where lengths are known quickly, while that makes the walk shorter."""
    pairs = list(combinations(lines, 2))[:_MOST_PAIRS] if judge.quick else []
    tries = [[change] for line in lines for change in line]
    tries += [[one, other] for first, second in pairs for one in first for other in second]
    shortest = judge.total(made.values())
    gained = True
    while gained:
        gained = False
        for changes in tries:
            total = judge.total({**made, **dict(changes)}.values())
            if total < shortest:
                shortest, gained = total, True
                made.update(changes)


class _Judge:
    """Lengths of walks, each computed once."""

    def __init__(self, layout: Layout, fixed: Iterable[str], start: Depot, end: Depot) -> None:
        self._layout, self._start, self._end = layout, start, end
        self._both_ways = replace(layout, aisles=tuple(replace(aisle, one_way=0) for aisle in layout.aisles))
        self._spots = layout.spots
        self._always = [spot for shelf in fixed if (spot := self._spots.get(shelf)) is not None]
        self._known: dict[frozenset[Spot], int] = {}
        self.quick = len(layout.cross_aisles) <= _FEW_ROWS

    def total(self, options: Iterable[Option]) -> int:
        """Length of the walk by all *options*; a shelf that nobody can walk to counts more than any walk."""
        spots = set(self._always)
        lost = 0
        for option in options:
            for shelf in option:
                spot = self._spots.get(shelf)
                if spot is None:
                    lost += _LOST
                else:
                    spots.add(spot)
        return lost + self._length(frozenset(spots))

    def _length(self, spots: frozenset[Spot]) -> int:
        if spots not in self._known:
            self._known[spots] = self._measured(spots)
        return self._known[spots]

    def _measured(self, spots: frozenset[Spot]) -> int:
        if len(self._layout.cross_aisles) <= _MOST_ROWS:
            return exact_length(self._both_ways, spots, self._start, self._end)
        places: dict[int, list[int]] = {}
        for spot in sorted(spots, key=lambda each: each.y):
            places.setdefault(self._layout.aisles[spot.aisle].x, []).append(spot.y)
        return length_of(policy_walk(self._layout, places, self._start, self._end, "combined"))
