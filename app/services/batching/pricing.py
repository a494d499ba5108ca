"""Carts that are shorter than their orders are worth: what may still improve a mixture of carts (column generation)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.services.batching.carts import Carts, Group, Ints

__all__ = ["Found", "Numbers", "Pricer", "varied"]

Numbers = npt.NDArray[np.float64]
Found = tuple[list[Group], Ints]
"""Carts, and the mm of their walks."""

_SHORTER = -0.5
"""Lengths are whole mm: less than half of one is rounding."""


class Pricer:
    """Finds such carts among all that are possible, by growing them and by exchanging orders; it may miss some."""

    def __init__(self, carts: Carts, seed: int) -> None:
        self._carts = carts
        # Two groups are the same if the sums of their orders' marks are.
        self._marks: Ints = np.random.default_rng(seed).integers(1, 1 << 62, (carts.count,), dtype=np.int64)

    def grow(self, worth: Numbers, width: int, most: int) -> Found:
        """Grow carts order by order and keep those of each size that are best for the prices (a beam search).

        :param worth: what each order is worth, in mm
        :param width: how many groups of each size are kept
        :param most: how many carts are returned at most
        """
        carts, live = self._carts, np.flatnonzero(worth > 0)
        sets, loads, price, marks = live[:, None], carts.orders.take(live), worth[live], self._marks[live]
        lengths = carts.lengths(loads)
        found: list[tuple[Ints, Ints, Numbers]] = []
        while len(sets):
            cost = lengths - price
            good = np.flatnonzero(cost < _SHORTER)
            found.append((sets[good], lengths[good], cost[good]))
            keep = np.argsort(cost, kind="stable")[:width]
            sets, loads, price, marks = sets[keep], loads.take(keep), price[keep], marks[keep]
            base, order = self._fresh(sets, loads.used, marks, live)
            marks = marks[base] + self._marks[order]
            loads = loads.take(base) | carts.orders.take(order)
            price = price[base] + worth[order]
            sets = np.concatenate([sets[base], order[:, None]], axis=1)
            lengths = carts.lengths(loads)
        if not found:
            return [], np.zeros(0, dtype=np.int64)
        sizes, longs, costs = zip(*found, strict=True)
        return varied(sizes, longs, costs, carts.count, most)

    def exchange(self, worth: Numbers, groups: Sequence[Group], most: int) -> Found:
        """Return such carts near these: one order more, or one instead of another."""
        carts, live = self._carts, np.flatnonzero(worth > 0)
        short = [group[:at] + group[at + 1 :] for group in groups if len(group) > 1 for at in range(len(group))]
        bases = list(dict.fromkeys([*groups, *short]))
        if not bases or not len(live):
            return [], np.zeros(0, dtype=np.int64)
        sets = np.full((len(bases), max(len(group) for group in bases)), -1, dtype=np.int64)
        for number, group in enumerate(bases):
            sets[number, : len(group)] = group
        loads = carts.loads(bases)
        price = np.where(sets >= 0, worth[sets], 0.0).sum(axis=1)
        marks = np.where(sets >= 0, self._marks[sets], 0).sum(axis=1)
        base, order = self._fresh(sets, loads.used, marks, live)
        lengths = carts.lengths(loads.take(base) | carts.orders.take(order))
        cost = lengths - price[base] - worth[order]
        good = np.flatnonzero(cost < _SHORTER)
        good = good[np.argsort(cost[good], kind="stable")[:most]]
        pairs = zip(base[good].tolist(), order[good].tolist(), strict=True)
        return [tuple(sorted((*bases[group], more))) for group, more in pairs], lengths[good]

    def _fresh(self, sets: Ints, used: Ints, marks: Ints, live: Ints) -> tuple[Ints, Ints]:
        """Return each group with each order that is not in it and fits; no two make the same group."""
        base = np.repeat(np.arange(len(sets)), len(live))
        order = np.tile(live, len(sets))
        fit = (used[:, base] + self._carts.orders.used[:, order] <= self._carts.limits).all(axis=0)
        inside = np.zeros((len(sets), self._carts.count + 1), dtype=bool)
        inside[np.arange(len(sets))[:, None], sets] = True  # a place that is not used (-1) marks the last column
        fit &= ~inside[base, order]
        base, order = base[fit], order[fit]
        together: Ints = marks[base] + self._marks[order]
        once = np.unique(together, return_index=True)[1]
        return base[once], order[once]


def varied(sets: Sequence[Ints], lengths: Sequence[Ints], costs: Sequence[Numbers], orders: int, most: int) -> Found:
    """Return the best groups, but so that each order is in some: those of one dear order are much alike.

    :param sets: groups of one size each, one row a group; with their lengths and what they cost beyond their worth
    """
    cost = np.concatenate(costs)
    best = np.argsort(cost, kind="stable")[: 20 * most]
    ends = np.cumsum([len(some) for some in costs])
    level = np.searchsorted(ends, best, side="right")
    row = best - (ends - [len(some) for some in costs])[level]
    share = max(1, 2 * most // max(1, orders))
    taken = [0] * orders
    groups: list[Group] = []
    long: list[int] = []
    for size, number in zip(level.tolist(), row.tolist(), strict=True):
        group = sets[size][number].tolist()
        if min(taken[order] for order in group) < share:
            for order in group:
                taken[order] += 1
            groups.append(tuple(sorted(group)))
            long.append(int(lengths[size][number]))
            if len(groups) >= most:
                break
    return groups, np.array(long, dtype=np.int64)
