"""All groups of orders that fit a cart, where there are few enough to look at each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.services.batching.carts import Carts, Group, Ints, Loads
from app.services.batching.pricing import Found, Numbers, varied

__all__ = ["Everything", "every_group"]

_SHORTER = -0.001
"""In mm: far more than the linear programme's rounding, and all carts of a plan together less than one mm."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Every group that fits a cart, by its size: one row a group."""

    sets: tuple[Ints, ...]
    lengths: tuple[Ints, ...]

    @property
    def count(self) -> int:
        """How many groups there are."""
        return sum(len(some) for some in self.lengths)

    def reduced(self, worth: Numbers) -> list[Numbers]:
        """Return how much longer each walk is than its orders are worth."""
        return [some - worth[sets].sum(axis=1) for sets, some in zip(self.sets, self.lengths, strict=True)]

    def search(self, worth: Numbers, most: int) -> Found:
        """Return up to ``most`` of the groups that are shorter than their orders are worth; none: there is none."""
        sets, lengths, costs = [], [], []
        for some, long, cost in zip(self.sets, self.lengths, self.reduced(worth), strict=True):
            good = np.flatnonzero(cost < _SHORTER)
            sets.append(some[good])
            lengths.append(long[good])
            costs.append(cost[good])
        return varied(sets, lengths, costs, len(worth), most)

    def within(self, worth: Numbers, gap: float) -> Found:
        """Return the groups that may be in a plan less than ``gap`` longer than all orders are worth."""
        found = [
            (sets[cost < gap], some[cost < gap])
            for sets, some, cost in zip(self.sets, self.lengths, self.reduced(worth), strict=True)
        ]
        groups: list[Group] = [tuple(group) for sets, _ in found for group in sets.tolist()]
        return groups, np.concatenate([some for _, some in found])


def every_group(carts: Carts, most: int) -> Everything | None:
    """Return all groups that fit a cart, or none where there are more than ``most``."""
    sets: list[Ints] = [np.arange(carts.count, dtype=np.int64)[:, None]]
    used: list[Ints] = [carts.orders.used]
    while len(sets[-1]):
        last = sets[-1][:, -1]
        ahead = carts.count - 1 - last
        if int(ahead.sum()) > 10 * most:
            return None
        base = np.repeat(np.arange(len(last)), ahead)
        order = np.arange(len(base)) - np.repeat(np.cumsum(ahead) - ahead, ahead) + np.repeat(last, ahead) + 1
        together = used[-1][:, base] + carts.orders.used[:, order]
        fit = np.flatnonzero((together <= carts.limits).all(axis=0))
        if sum(len(some) for some in sets) + len(fit) > most:
            return None
        sets.append(np.concatenate([sets[-1][base[fit]], order[fit][:, None]], axis=1))
        used.append(together[:, fit])
    sets, used = sets[:-1], used[:-1]
    return Everything(tuple(sets), tuple(_measured(carts, some, load) for some, load in zip(sets, used, strict=True)))


def _measured(carts: Carts, sets: Ints, used: Ints) -> Ints:
    lengths = np.empty(len(sets), dtype=np.int64)
    for begin in range(0, len(sets), 8192):
        some = sets[begin : begin + 8192]
        words = carts.orders.words[:, some[:, 0]]
        for column in some.T[1:]:
            words |= carts.orders.words[:, column]
        lengths[begin : begin + 8192] = carts.lengths(Loads(words, used[:, begin : begin + 8192]))
    return lengths
