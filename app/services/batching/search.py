"""The shortest plan that can be found in a given time: exact where all carts can be looked at, else a search.

1. Savings, and a local search from there.
2. Annealing: good plans, and a pool of good carts.
3. Column generation on that pool: what each order is worth, and a mixture of carts close to the best plan.
4. Dives from the mixture to whole plans, each followed by the local search; then parts of the best plan anew.
5. An integer programme over the carts that may still be in a shorter plan. Where all groups that fit a cart are known,
   this proves the plan.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.services.batching.annealing import Annealing
from app.services.batching.carts import Carts, Group, total
from app.services.batching.construct import savings
from app.services.batching.effort import Effort
from app.services.batching.enumeration import Everything, every_group
from app.services.batching.generation import Generation
from app.services.batching.improve import Improver
from app.services.batching.programme import Prices

__all__ = ["EVERY_GROUP", "Found", "shortest"]

log = logging.getLogger(__name__)

EVERY_GROUP = 200_000
"""Groups of orders up to which all that fit a cart are looked at."""

_PLANS = 5
"""Plans that cool side by side."""
_HOT, _COLD = 0.025, 0.003
"""Temperatures that annealing begins and ends with, in walks of a cart."""

_FEW = 5_000
"""Groups of orders up to which the integer programme hardly needs a good plan to begin with."""
_RENEWALS = 8
"""Parts of the plan that are made anew between two dives."""


@dataclass(frozen=True, slots=True)
class Found:
    """A plan: which orders share a cart."""

    groups: tuple[Group, ...]
    mm: int
    """What all carts walk together."""
    bound: int | None
    """No plan is shorter than this, where that is known."""
    columns: int | None
    """How many groups of orders fit a cart, where they could all be looked at."""


def shortest(carts: Carts, effort: Effort, seed: int = 1, start: Sequence[Group] | None = None) -> Found:
    """Return the shortest plan that is found within the effort.

    :param start: a plan to begin with; none is found that is longer
    """
    if not carts.count:
        return Found((), 0, 0, 0)
    return _Search(carts, effort, seed).run(start)


class _Search:
    """The state of one search: the best plan so far."""

    def __init__(self, carts: Carts, effort: Effort, seed: int) -> None:
        self._carts, self._effort, self._seed = carts, effort, seed
        self._random = np.random.default_rng(seed)
        self._improver = Improver(carts)
        self._best: list[Group] = []
        self._mm = 0
        self._size = 24.0
        """Orders that are put together anew at once."""

    def _used(self) -> float:
        return self._effort.used(self._carts.measured)

    def _over(self) -> bool:
        return self._used() >= 1.0

    def _take(self, plan: Sequence[Group], what: str) -> None:
        mm = total(self._carts, plan)
        if not self._best or mm < self._mm:
            self._best, self._mm = [tuple(sorted(group)) for group in plan], mm
        log.debug("%.2f %s: %d mm, best %d mm", self._used(), what, mm, self._mm)

    def _polish(self, plan: Sequence[Group], what: str) -> None:
        once = self._improver.improve(list(plan), 1, self._over)
        self._take(self._improver.improve(once, 2, self._over), what)

    def run(self, start: Sequence[Group] | None) -> Found:
        """Go through the steps as far as the effort goes."""
        carts = self._carts
        self._take(savings(carts) if start is None else start, "start")
        if not self._mm:
            return Found(tuple(sorted(self._best)), 0, 0, None)
        self._polish(self._best, "local search")
        everything = every_group(carts, min(EVERY_GROUP, self._effort.walks // 10))
        generation = Generation(carts, everything, self._until(0.6), self._seed)
        self._anneal(generation, self._cooling(everything))
        self._pool(generation)
        prices, ended = generation.converge(100, 1000)
        log.debug("%.2f mixture: %d mm, %d carts known", self._used(), prices.mm, generation.known)
        bound = int(np.ceil(prices.mm - 0.01)) if everything is not None and ended else None
        generation.until(self._over)
        if bound is not None and self._exact(generation, prices):
            bound = self._mm
        rounds = 1
        while not self._over() and (bound is None or bound < self._mm):
            self._polish(generation.dive(prices, 60, rounds), f"dive {rounds}")
            self._pool(generation)
            rounds = 0
            for _ in range(_RENEWALS):
                if self._over():
                    break
                self._renew(generation)
            prices, _ = generation.converge(100, 2)
        columns = everything.count if everything is not None else None
        return Found(tuple(sorted(self._best)), self._mm, bound, columns)

    def _until(self, part: float) -> Callable[[], bool]:
        return lambda: self._used() >= part

    def _cooling(self, everything: Everything | None) -> float:
        """Return until when to anneal: the more orders share a cart, the less a mixture of carts says."""
        if everything is not None:
            return 0.15 if everything.count > _FEW else 0.03
        return 0.25 if self._carts.count < 6 * len(self._best) else 0.5

    def _anneal(self, generation: Generation, until: float) -> None:
        begin = self._used()
        annealing = Annealing(self._carts, self._best, _PLANS, self._seed)
        mean, sweeps = self._mm / len(self._best), 0
        while (used := self._used()) < until:
            part = (used - begin) / (until - begin)
            annealing.sweep(mean * _HOT * (_COLD / _HOT) ** part)
            sweeps += 1
            if part > 0.3 and sweeps % 10 == 0:
                annealing.note()
        self._polish(annealing.best, f"annealing {sweeps}")
        generation.add(list(annealing.seen), annealing.seen.values())

    def _pool(self, generation: Generation) -> None:
        generation.add(list(self._improver.seen), self._improver.seen.values())
        self._improver.seen.clear()
        generation.add(self._best, self._carts.lengths(self._carts.loads(self._best)))

    def _exact(self, generation: Generation, prices: Prices) -> bool:
        seconds = self._effort.seconds_left() * 0.6
        plan, proven = generation.finish(self._best, prices, 4000, seconds, 100_000)
        self._take(plan, f"exact {proven}")
        return proven

    def _renew(self, generation: Generation) -> None:
        """Take some carts apart: more of them the longer nothing was found, fewer where that takes long."""
        free: list[Group] = []
        for group in self._related():
            if len(free) > 1 and sum(map(len, free)) + len(group) > self._size:
                break
            free.append(group)
        before, begin = self._mm, self._used()
        seconds = min(0.5, self._effort.seconds_left())
        self._take(generation.renew(self._best, free, 6, seconds), f"renew {len(free)} {sum(map(len, free))}")
        if self._mm < before:
            self._size = max(20.0, self._size - 5)
        elif self._used() - begin > 0.05:
            self._size = max(20.0, self._size - 2)
        else:
            self._size = min(80.0, self._size + 0.5)

    def _related(self) -> list[Group]:
        """Return the carts, a random one first and then those whose walks have most in common with its walk."""
        first = self._best[int(self._random.integers(len(self._best)))]
        others = [group for group in self._best if group != first]
        if not others:
            return [first]
        loads = self._carts.loads([first, *others])
        alone = self._carts.lengths(loads)
        both = self._carts.lengths(loads.take(np.arange(1, len(alone))) | loads.take(np.zeros(len(others), np.int64)))
        common = (alone[1:] + alone[0] - both) / alone[1:] * self._random.uniform(0.5, 1.0, len(others))
        return [first, *(others[number] for number in np.argsort(-common).tolist())]
