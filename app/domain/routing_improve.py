"""Local search over the order of stops: stretches are turned or moved while that makes the walk shorter.

2-opt and Or-opt (I. Or 1976) for distances that may differ by direction. Only what lies near a change is looked at
again, and only moves that bring a place beside one of its nearest (J. L. Bentley, Fast algorithms for geometric
traveling salesman problems, ORSA Journal on Computing 4 (1992) 387-411). Places move within their own span only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from heapq import nsmallest
from itertools import accumulate, pairwise

__all__ = ["Lengths", "Tour", "tour_length"]

Lengths = Sequence[Sequence[float]]
"""From each place to each."""

_NEAREST = 5
"""Places beside which a place is tried."""
_LONGEST_MOVED = 3
"""Places that are moved together."""
_HAIR = 1e-6
"""Less than this is no gain; it keeps the search from going round on rounding."""


def tour_length(lengths: Lengths, order: Iterable[int]) -> float:
    """Return the length of a walk by these places."""
    return sum(lengths[before][after] for before, after in pairwise(order))


class Tour:
    """An order of places that can be improved; the first and the last one stay where they are."""

    def __init__(self, lengths: Lengths, order: Sequence[int], spans: Iterable[tuple[int, int]]) -> None:
        """Take an order.

        :param spans: for each rank the position of its first place and the one after its last; together they are all
            positions but the first and the last.
        """
        self.order = list(order)
        self._lengths = lengths
        self._span: dict[int, tuple[int, int]] = {}
        self._near: dict[int, list[int]] = {}
        for first, after in spans:
            members = self.order[first:after]
            for place in members:
                self._span[place] = first, after
                others = (other for other in members if other != place)
                self._near[place] = nsmallest(_NEAREST, others, key=partial(self._apart, place))
        self._at = [0] * len(lengths)
        self._forth: list[float] = []
        self._back: list[float] = []
        self._measure()

    @property
    def length(self) -> float:
        """Its length now."""
        return self._forth[-1]

    def improve(self, near: Iterable[int] | None = None) -> None:
        """Make it shorter until no move around *near* (all places, where None) gains anything."""
        waiting = dict.fromkeys(place for place in (self.order if near is None else near) if place in self._span)
        while waiting:
            place = next(iter(waiting))
            del waiting[place]
            while (change := self._best_change(place)) is not None:
                first, after, places = change
                self._replace(first, after, places)
                touched = self.order[first - 1 : after + 1]
                waiting.update(dict.fromkeys(each for each in touched if each in self._span))

    def exchange(self, one: int, two: int, three: int) -> None:
        """Exchange the stretches between three ascending positions of one span."""
        self._replace(one, three, self.order[two:three] + self.order[one:two])

    def take(self, order: Sequence[int]) -> None:
        """Go back to an order that it had before."""
        self.order = list(order)
        self._measure()

    def _apart(self, one: int, other: int) -> tuple[float, int]:
        return min(self._lengths[one][other], self._lengths[other][one]), other

    def _replace(self, first: int, after: int, places: Sequence[int]) -> None:
        self.order[first:after] = places
        self._measure()

    def _measure(self) -> None:
        for position, place in enumerate(self.order):
            self._at[place] = position
        steps = list(pairwise(self.order))
        self._forth = list(accumulate((self._lengths[a][b] for a, b in steps), initial=0.0))
        self._back = list(accumulate((self._lengths[b][a] for a, b in steps), initial=0.0))

    def _best_change(self, place: int) -> tuple[int, int, list[int]] | None:
        """Return the part of the order that is best written anew, by its positions, and how."""
        best, found = -_HAIR, None
        for gain, first, after, cut, turned in self._changes(place):
            if gain < best:
                best, found = gain, (first, after, cut, turned)
        if found is None:
            return None
        first, after, cut, turned = found
        left, right = self.order[first:cut], self.order[cut:after]
        if turned == "both":
            return first, after, self.order[first:after][::-1]
        return first, after, (right[::-1] if turned == "right" else right) + (left[::-1] if turned == "left" else left)

    def _changes(self, place: int) -> Iterator[tuple[float, int, int, int, str]]:
        """Yield changes: gain (below 0 where there is one), positions from and to, the cut between, what is turned."""
        yield from self._turns(place)
        here = self._at[place]
        first, after = self._span[place]
        gaps = {first, after}
        for other in self._near[place]:
            gaps |= {self._at[other], self._at[other] + 1}
        for size in range(1, _LONGEST_MOVED + 1):
            for begin in {here, here - size + 1}:
                if begin >= first and begin + size <= after:
                    yield from self._moves(begin, begin + size, gaps)

    def _turns(self, place: int) -> Iterator[tuple[float, int, int, int, str]]:
        here = self._at[place]
        first, after = self._span[place]
        stretches = {(first, here), (here, after - 1)}  # which bring it beside another rank
        for other in self._near[place]:
            there = self._at[other]
            low, high = (here, there) if here < there else (there, here)
            stretches |= {(low, high - 1), (low + 1, high)}
        for begin, end in sorted(stretches):
            if begin < end:
                yield self._turn(begin, end), begin, end + 1, begin, "both"

    def _turn(self, begin: int, end: int) -> float:
        lengths, order = self._lengths, self.order
        before, head, tail, onward = order[begin - 1], order[begin], order[end], order[end + 1]
        within = (self._back[end] - self._back[begin]) - (self._forth[end] - self._forth[begin])
        return within + lengths[before][tail] + lengths[head][onward] - lengths[before][head] - lengths[tail][onward]

    def _moves(self, begin: int, end: int, gaps: Iterable[int]) -> Iterator[tuple[float, int, int, int, str]]:
        lengths, order = self._lengths, self.order
        before, head, tail, onward = order[begin - 1], order[begin], order[end - 1], order[end]
        taken = lengths[before][onward] - lengths[before][head] - lengths[tail][onward]
        turn = (self._back[end - 1] - self._back[begin]) - (self._forth[end - 1] - self._forth[begin])
        for gap in gaps:
            if begin <= gap <= end:
                continue
            left, right = order[gap - 1], order[gap]
            split = taken - lengths[left][right]
            straight = split + lengths[left][head] + lengths[tail][right]
            turned = split + turn + lengths[left][tail] + lengths[head][right]
            if gap < begin:
                yield straight, gap, end, begin, ""
                yield turned, gap, end, begin, "right"
            else:
                yield straight, begin, gap, end, ""
                yield turned, begin, gap, end, "left"
