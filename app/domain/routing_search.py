"""The order of a walk where no exact method fits: one-way aisles, ranks walked after each other, many cross-aisles.

Distances may differ by direction. Each stop has a rank; no stop of a higher rank comes before one of a lower rank.
Where each rank has few stops, every order is compared (by Held and Karp's dynamic programme); else orders that are
given are improved by moving and turning stretches, and again after two stretches were exchanged. The same input gives
the same order, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

__all__ = ["best_order", "length_of_order"]

Lengths = Sequence[Sequence[float]]
"""From each place to each; the first place is where the walk begins, the second where it ends, then come the stops."""

_BEGIN, _END = 0, 1
_STOPS = 2
_MOST_EXACT = 9
"""Stops of one rank up to which every order is compared (about 20 ms)."""
_SHAKES = 200
"""How often the best order is shaken and improved again, at most."""
_EFFORT = 200_000
"""Shakes times the square of the stops, at most: about 0.1 s, however many stops there are."""
_NEAR = 8
"""Stops, at most, in each of the two stretches that a shake exchanges: near by, little else has to change."""
_LONGEST_MOVED = 3
"""Stops that are moved together (Or 1976)."""
_HAIR = 1e-9


def best_order(lengths: Lengths, ranks: Sequence[int], seeds: Iterable[Sequence[int]]) -> tuple[list[int], bool]:
    """Return the stops in the best order found, and whether it is proven to be the best.

    :param lengths: infinite where no way leads; from begin to end there is a way by all stops.
    :param ranks: of each stop, from 0 on; stops are numbered from 0.
    :param seeds: orders that are at least matched where they keep the ranks.
    """
    if not ranks:
        return [], True
    sizes = [len(group) for group in _by_rank(ranks)]
    if max(sizes) <= _MOST_EXACT:
        return _held_karp(lengths, _by_rank(ranks)), True
    starts = [_in_rank_order(seed, ranks) for seed in seeds]
    starts.append(_nearest_first(lengths, ranks))
    tours = [_improved(lengths, [_BEGIN, *(at + _STOPS for at in start), _END], sizes) for start in starts]
    best = min(tours, key=lambda tour: _length(lengths, tour))
    best = _shaken(lengths, best, sizes)
    return [place - _STOPS for place in best[1:-1]], False


def length_of_order(lengths: Lengths, order: Iterable[int]) -> float:
    """Return the length of a walk by the stops in this order."""
    return _length(lengths, [_BEGIN, *(at + _STOPS for at in order), _END])


def _length(lengths: Lengths, tour: Sequence[int]) -> float:
    return sum(lengths[before][after] for before, after in pairwise(tour))


def _by_rank(ranks: Sequence[int]) -> list[list[int]]:
    ordered = sorted(range(len(ranks)), key=lambda at: (ranks[at], at))
    return [list(group) for _, group in groupby(ordered, key=lambda at: ranks[at])]


def _in_rank_order(seed: Sequence[int], ranks: Sequence[int]) -> list[int]:
    return sorted(seed, key=lambda at: ranks[at])


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


# --- local search -----------------------------------------------------------------------------------------------


def _spans(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First position of each rank in a tour, and the one after its last."""
    first = 1
    for size in sizes:
        yield first, first + size
        first += size


def _improved(lengths: Lengths, tour: list[int], sizes: Sequence[int]) -> list[int]:
    """Turn and move stretches within each rank until nothing gains any more."""
    gained = True
    while gained:
        gained = False
        for first, after in _spans(sizes):
            while (turned := _turned(lengths, tour, first, after)) or (moved := _moved(lengths, tour, first, after)):
                tour = turned or moved
                gained = True
    return tour


def _turned(lengths: Lengths, tour: list[int], first: int, after: int) -> list[int]:
    """Return the tour with the one stretch turned that gains most; empty where none gains (2-opt)."""
    best, found = -_HAIR, (0, 0)
    for begin in range(first, after - 1):
        before, head = tour[begin - 1], tour[begin]
        forth = back = 0.0
        for end in range(begin + 1, after):
            last, place = tour[end - 1], tour[end]
            forth += lengths[last][place]
            back += lengths[place][last]
            onward = tour[end + 1]
            gain = lengths[before][place] + back + lengths[head][onward]
            gain -= lengths[before][head] + forth + lengths[place][onward]
            if gain < best:
                best, found = gain, (begin, end)
    begin, end = found
    return [*tour[:begin], *reversed(tour[begin : end + 1]), *tour[end + 1 :]] if begin else []


def _moved(lengths: Lengths, tour: list[int], first: int, after: int) -> list[int]:
    """Return the tour with the one short stretch moved elsewhere that gains most; empty where none gains (Or-opt)."""
    best, found = -_HAIR, (0, 0, 0, False)
    for size in range(1, min(_LONGEST_MOVED, after - first - 1) + 1):
        for begin in range(first, after - size + 1):
            before, head, tail, onward = tour[begin - 1], tour[begin], tour[begin + size - 1], tour[begin + size]
            taken = lengths[before][onward] - lengths[before][head] - lengths[tail][onward]
            if taken >= best:
                continue
            turn = sum(lengths[b][a] - lengths[a][b] for a, b in pairwise(tour[begin : begin + size]))
            from_tail, from_head = lengths[tail], lengths[head]
            for to in range(first, after + 1):  # between the positions to - 1 and to
                if begin <= to <= begin + size:
                    continue
                left, right = tour[to - 1], tour[to]
                split = taken - lengths[left][right]
                straight = split + lengths[left][head] + from_tail[right]
                turned = split + turn + lengths[left][tail] + from_head[right]
                if straight < best:
                    best, found = straight, (begin, size, to, False)
                if turned < best:
                    best, found = turned, (begin, size, to, True)
    begin, size, to, is_turned = found
    if not begin:
        return []
    stretch = tour[begin : begin + size]
    rest = tour[:begin] + tour[begin + size :]
    at = to if to < begin else to - size
    return [*rest[:at], *(reversed(stretch) if is_turned else stretch), *rest[at:]]


def _shaken(lengths: Lengths, tour: list[int], sizes: Sequence[int]) -> list[int]:
    """Exchange two stretches side by side, improve, keep what is shorter; which ones follows a fixed sequence."""
    spans = [span for span in _spans(sizes) if span[1] - span[0] > _LONGEST_MOVED]
    length = _length(lengths, tour)
    number = 1
    for shake in range(min(_SHAKES, _EFFORT // len(tour) ** 2) if spans else 0):
        first, after = spans[shake % len(spans)]
        cuts: list[int] = []
        for least, room in ((first, after - first - 1), (1, _NEAR), (1, _NEAR)):
            number = number * 16807 % 2147483647  # Park and Miller's sequence
            cuts.append((cuts[-1] if cuts else 0) + least + number % room)
        one, two, three = (min(cut, after) for cut in cuts)
        other = _improved(lengths, [*tour[:one], *tour[two:three], *tour[one:two], *tour[three:]], sizes)
        if (total := _length(lengths, other)) < length - _HAIR:
            tour, length = other, total
    return tour
