"""Simulated annealing: carts meet in random pairs and exchange orders, at first freely, in the end only to be shorter.

All exchanges of one order, or of one against another, between the two carts of every pair are measured at once, and one
of each pair is drawn with a weight of ``exp(-mm longer / temperature)`` (a heat bath). Several plans cool side by side:
measuring more walks at once costs less for each, and good carts of different plans fit together (`generation`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.services.batching.carts import Carts, Group, Ints, Loads
from app.services.batching.pricing import Numbers

__all__ = ["Annealing"]


class Annealing:
    """Some plans that cool side by side."""

    def __init__(self, carts: Carts, start: Sequence[Group], plans: int, seed: int) -> None:
        self._carts, self._plans = carts, plans
        self._random = np.random.default_rng(seed)
        self._none = carts.count
        """Stands in a place of a cart that is empty."""
        used = carts.orders.used
        self._words = np.concatenate([carts.orders.words, carts.nothing], axis=1)
        self._used = np.concatenate([used, np.zeros_like(used[:, :1])], axis=1)
        self._room = len(start) + len(start) % 2
        places = max(len(group) for group in start) + 2
        table = np.full((plans, self._room, places), self._none, dtype=np.int64)
        for number, group in enumerate(start):
            table[:, number, : len(group)] = group
        self._table = table.reshape(-1, places)
        self._lengths = carts.lengths(self._loads(self._table))
        self.best = [tuple(sorted(group)) for group in start]
        self.best_mm = int(self._totals()[0])
        self.seen: dict[Group, int] = {}
        """Carts of the plans on their way, with the mm of their walks."""

    def _loads(self, table: Ints) -> Loads:
        return Loads(np.bitwise_or.reduce(self._words[:, table], axis=2), self._used[:, table].sum(axis=2))

    def _totals(self) -> Ints:
        totals: Ints = self._lengths.reshape(self._plans, self._room).sum(axis=1)
        return totals

    def note(self) -> None:
        """Keep the carts of all plans as they are now."""
        for places, length in zip(self._table.tolist(), self._lengths.tolist(), strict=True):
            group = tuple(sorted(order for order in places if order < self._none))
            if group:
                self.seen[group] = length

    def sweep(self, temperature: float) -> None:
        """Let each cart exchange with one other.

        :param temperature: mm that an exchange may cost and still be likely
        """
        one, other = self._partners()
        self._table[one] = np.sort(self._table[one], axis=1)
        self._table[other] = np.sort(self._table[other], axis=1)
        here, there = self._table[one], self._table[other]
        pair, left, right = np.nonzero(self._may(here, there))
        rest_here, rest_there = _without_each(self._words[:, here]), _without_each(self._words[:, there])
        words = np.concatenate(
            [
                rest_here[:, pair, left] | self._words[:, there[pair, right]],
                rest_there[:, pair, right] | self._words[:, here[pair, left]],
            ],
            axis=1,
        )
        first, second = np.split(self._carts.lengths(Loads(words, np.zeros((0, words.shape[1]), np.int64))), 2)
        longer = first + second - (self._lengths[one] + self._lengths[other])[pair]
        which = self._drawn(pair, longer, len(one), temperature)
        pairs, left, right = pair[which], left[which], right[which]
        self._table[one[pairs], left] = there[pairs, right]
        self._table[other[pairs], right] = here[pairs, left]
        self._lengths[one[pairs]], self._lengths[other[pairs]] = first[which], second[which]
        totals = self._totals()
        plan = int(totals.argmin())
        if totals[plan] < self.best_mm:
            self.best_mm = int(totals[plan])
            table = self._table.reshape(self._plans, self._room, -1)[plan].tolist()
            groups = (tuple(sorted(order for order in places if order < self._none)) for places in table)
            self.best = [group for group in groups if group]

    def _partners(self) -> tuple[Ints, Ints]:
        carts = np.broadcast_to(np.arange(self._room), (self._plans, self._room))
        mixed = self._random.permuted(carts, axis=1) + np.arange(self._plans)[:, None] * self._room
        return mixed[:, : self._room // 2].ravel(), mixed[:, self._room // 2 :].ravel()

    def _may(self, here: Ints, there: Ints) -> npt.NDArray[np.bool_]:
        """Return for each pair which places may be exchanged: both carts hold it, and it changes something."""
        used_here, used_there = self._used[:, here], self._used[:, there]
        more = used_there[:, :, None, :] - used_here[:, :, :, None]
        limits = self._carts.limits[:, :, None, None]
        free_here = limits - used_here.sum(axis=2)[:, :, None, None]
        free_there = limits - used_there.sum(axis=2)[:, :, None, None]
        may = ((more <= free_here) & (-more <= free_there)).all(axis=0)
        may &= self._first_free(here)[:, :, None] & self._first_free(there)[:, None, :]
        may &= (here < self._none)[:, :, None] | (there < self._none)[:, None, :]
        found: npt.NDArray[np.bool_] = may
        return found

    def _first_free(self, places: Ints) -> npt.NDArray[np.bool_]:
        """Return the places with an order and the first empty one: the other empty ones are as good."""
        taken: npt.NDArray[np.bool_] = places < self._none
        taken[:, 1:] |= taken[:, :-1].copy()
        taken[:, 0] = True
        return taken

    def _drawn(self, pair: Ints, longer: Ints, pairs: int, temperature: float) -> Ints:
        """Return the numbers of the exchanges that are made, at most one for a pair.

        The largest of ``-mm / temperature + Gumbel noise`` is each with its weight; staying as it is takes part.
        """
        score: Numbers = self._random.gumbel(size=len(pair)) - longer / temperature
        best: Numbers = self._random.gumbel(size=pairs)
        stays = best.copy()
        np.maximum.at(best, pair, score)
        return np.flatnonzero((score == best[pair]) & (score > stays[pair]))


def _without_each(words: Ints) -> Ints:
    """Return for each place of each cart what all its other places pick."""
    rest = np.empty_like(words)
    places = words.shape[2]
    before = words[:, :, places - 1].copy()
    rest[:, :, places - 1] = 0
    for place in range(places - 2, -1, -1):
        rest[:, :, place] = before
        before |= words[:, :, place]
    before = words[:, :, 0].copy()
    for place in range(1, places):
        rest[:, :, place] |= before
        before |= words[:, :, place]
    return rest
