"""The order of a walk where no exact method fits: one-way aisles, ranks walked after each other, many cross-aisles.

Distances may differ by direction. Each stop has a rank; no stop of a higher rank comes before one of a lower rank.
Where each rank has few stops, every order is compared (by Held and Karp's dynamic programme); else orders that are
given are improved by moving and turning stretches, and again after two stretches were exchanged. The same input gives
the same order, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby, pairwise

from app.domain.routing_improve import Lengths, Tour, tour_length

__all__ = ["best_order", "length_of_order"]

_BEGIN, _END = 0, 1
_STOPS = 2
_MOST_EXACT = 9
"""Stops of one rank up to which every order is compared (about 20 ms)."""
_SHAKES = 6
"""How often, for each stop, the best order is shaken and improved again (0.5 ms each)."""
_MOST_SHAKES = 600
"""The same altogether: a walk of hundreds of stops is found in a second."""
_NEAR = 8
"""Stops, at most, in each of the two stretches that a shake exchanges: near by, little else has to change."""
_HAIR = 1e-9


def best_order(lengths: Lengths, ranks: Sequence[int], seeds: Iterable[Sequence[int]]) -> tuple[list[int], bool]:
    """Return the stops in the best order found, and whether it is proven to be the best.

    :param lengths: from each place to each; the first is where the walk begins, the second where it ends, then come the
        stops.
    :param ranks: of each stop, from 0 on; stops are numbered from 0.
    :param seeds: orders that keep the ranks; the one that is found is not longer than any of them.
    """
    if not ranks:
        return [], True
    sizes = [len(group) for group in _by_rank(ranks)]
    if max(sizes) <= _MOST_EXACT:
        return _held_karp(lengths, _by_rank(ranks)), True
    starts = [*seeds, _nearest_first(lengths, ranks)]
    best = min((_improved(lengths, start, sizes) for start in starts), key=lambda tour: tour.length)
    return [place - _STOPS for place in _shaken(best, sizes)[1:-1]], False


def length_of_order(lengths: Lengths, order: Iterable[int]) -> float:
    """Return the length of a walk by the stops in this order."""
    return tour_length(lengths, [_BEGIN, *(at + _STOPS for at in order), _END])


def _by_rank(ranks: Sequence[int]) -> list[list[int]]:
    ordered = sorted(range(len(ranks)), key=lambda at: (ranks[at], at))
    return [list(group) for _, group in groupby(ordered, key=lambda at: ranks[at])]


def _nearest_first(lengths: Lengths, ranks: Sequence[int]) -> list[int]:
    order: list[int] = []
    here = _BEGIN
    for group in _by_rank(ranks):
        left = set(group)
        while left:
            nearest = min(left, key=lambda at: (lengths[here][at + _STOPS], at))
            left.remove(nearest)
            order.append(nearest)
            here = nearest + _STOPS
    return order


def _held_karp(lengths: Lengths, groups: Sequence[Sequence[int]]) -> list[int]:
    """Compare all orders within each rank, rank after rank: what counts of a rank is only where it ended."""
    ends: dict[int, tuple[float, tuple[int, ...]]] = {_BEGIN: (0.0, ())}
    for group in groups:
        places = [at + _STOPS for at in group]
        layer: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        for at, place in enumerate(places):
            length, order = min((known + lengths[end][place], so_far) for end, (known, so_far) in ends.items())
            layer[1 << at, at] = length, (*order, group[at])
        for _ in range(len(places) - 1):
            layer = _one_more(lengths, places, group, layer)
        ends = {places[last]: found for (_, last), found in layer.items()}
    return list(min((known + lengths[end][_END], order) for end, (known, order) in ends.items())[1])


def _one_more(
    lengths: Lengths,
    places: Sequence[int],
    group: Sequence[int],
    layer: dict[tuple[int, int], tuple[float, tuple[int, ...]]],
) -> dict[tuple[int, int], tuple[float, tuple[int, ...]]]:
    longer: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
    for (seen, last), (length, order) in layer.items():
        onward = lengths[places[last]]
        for at, place in enumerate(places):
            if seen >> at & 1:
                continue
            key, total = (seen | 1 << at, at), length + onward[place]
            if key not in longer or total < longer[key][0]:
                longer[key] = total, (*order, group[at])
    return longer


# --- search -----------------------------------------------------------------------------------------------------


def _spans(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """First position of each rank in a tour, and the one after its last."""
    return list(pairwise(accumulate(sizes, initial=1)))


def _improved(lengths: Lengths, order: Sequence[int], sizes: Sequence[int]) -> Tour:
    tour = Tour(lengths, [_BEGIN, *(at + _STOPS for at in order), _END], _spans(sizes))
    tour.improve()
    return tour


def _shaken(tour: Tour, sizes: Sequence[int]) -> list[int]:
    """Exchange two stretches side by side, improve, keep what is not longer; which ones follows a fixed sequence."""
    best, length = list(tour.order), tour.length
    spans = [span for span in _spans(sizes) if span[1] - span[0] > 2]
    number = 1
    for shake in range(min(_SHAKES * len(best), _MOST_SHAKES) if spans else 0):
        first, after = spans[shake % len(spans)]
        cuts: list[int] = []
        for least, room in ((first, after - first - 1), (1, _NEAR), (1, _NEAR)):
            number = number * 16807 % 2147483647  # Park and Miller's sequence
            cuts.append((cuts[-1] if cuts else 0) + least + number % room)
        one, two, three = (min(cut, after) for cut in cuts)
        tour.exchange(one, two, three)
        tour.improve(best[cut + side] for cut in (one, two, three) for side in (-1, 0))
        if tour.length < length + _HAIR:
            best, length = list(tour.order), tour.length
        else:
            tour.take(best)
    return best
