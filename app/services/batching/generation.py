"""Column generation: a pool of good carts grows by what the linear programme says its orders are worth.

The mixture of carts that it finds is a guide to whole plans: `dive` fixes the carts that it uses most, one after the
other, and `renew` takes a few carts of a plan apart and puts their orders together anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from app.services.batching.carts import Carts, Group
from app.services.batching.enumeration import Everything
from app.services.batching.pricing import Found, Pricer
from app.services.batching.programme import Master, Prices, choose

__all__ = ["Generation", "disjoint"]

_MOST = 300
"""Carts that are added at once."""
_NEARLY = 0.95
"""Used as much as this a cart is as good as whole."""
_CHANCE = 0.8
"""How much less than its share the chance of a cart may be."""


class Generation:
    """The pool of carts of one problem and the linear programme over it."""

    def __init__(self, carts: Carts, everything: Everything | None, over: Callable[[], bool], seed: int) -> None:
        """:param everything: all groups that fit a cart, where that is known
        :param over: whether the search is to end
        """
        self._carts, self._everything, self._over = carts, everything, over
        self._pricer = Pricer(carts, seed)
        self._master = Master(carts.count)
        self._random = np.random.default_rng(seed)
        self._numbers: dict[Group, int] = {}
        self._groups: list[Group] = []
        self._lengths: list[int] = []
        self._inside = np.zeros((1024, carts.count), dtype=bool)
        """One row a cart of the pool: which orders are in it."""
        self.add([(order,) for order in range(carts.count)], carts.lengths(carts.orders))

    def until(self, over: Callable[[], bool]) -> None:
        """Go on until this says so."""
        self._over = over

    @property
    def known(self) -> int:
        """How many carts are in the pool."""
        return len(self._groups)

    def add(self, groups: Sequence[Group], lengths: Iterable[int]) -> list[int]:
        """Add carts to the pool; return the numbers of those that are new."""
        fresh: dict[Group, int] = {}
        for group, length in zip(groups, lengths, strict=True):
            if group not in self._numbers:
                fresh[group] = int(length)
        begin = len(self._groups)
        numbers = list(range(begin, begin + len(fresh)))
        while begin + len(fresh) > len(self._inside):
            self._inside = np.concatenate([self._inside, np.zeros_like(self._inside)])
        for number, group in zip(numbers, fresh, strict=True):
            self._numbers[group] = number
            self._inside[number, list(group)] = True
        self._groups += fresh
        self._lengths += fresh.values()
        if fresh:
            self._master.add(list(fresh), np.array(list(fresh.values()), dtype=np.int64))
        return numbers

    def converge(self, width: int, rounds: int) -> tuple[Prices, bool]:
        """Add carts until none is found that is shorter than its orders are worth, and whether it came to that."""
        prices = self._master.solve()
        for _ in range(rounds):
            if self._over():
                break
            if not self._price(prices, width):
                return prices, True
            prices = self._master.solve()
        return prices, False

    def _price(self, prices: Prices, width: int) -> int:
        if self._everything is not None:
            return len(self.add(*self._everything.search(prices.orders, _MOST)))
        added = len(self.add(*self._pricer.grow(prices.orders, width, _MOST)))
        if added < _MOST // 15:
            near = np.argsort(self._reduced(prices), kind="stable")[:60]
            added += len(self.add(*self._pricer.exchange(prices.orders, [self._groups[n] for n in near], _MOST)))
        return added

    def _reduced(self, prices: Prices) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Return for each cart of the pool how much longer it is than its orders are worth."""
        return np.array(self._lengths) - self._inside[: len(self._groups)] @ prices.orders

    def dive(self, prices: Prices, width: int, rounds: int) -> list[Group]:
        """Return a plan: again and again use the cart that the mixture uses most, and let new ones fill the rest."""
        fixed: list[int] = []
        left = np.ones(self._carts.count, dtype=bool)
        while left.any():
            # A little chance: the next dive is another one.
            shares = prices.shares * self._random.uniform(_CHANCE, 1.0, len(prices.shares))
            shares[fixed] = 0.0
            most = int(shares.argmax())
            whole = np.flatnonzero(prices.shares > _NEARLY)
            take = [number for number in whole.tolist() if number not in fixed] or [most]
            if shares[most] < 1e-6:  # what is left lies in carts that are fixed: rounding
                break
            fixed += take
            left &= ~self._inside[take].any(axis=0)
            if self._over():
                break
            self._master.fix(take)
            prices = self.converge(width, rounds)[0]
        self._master.release(fixed)
        rest = [(order,) for order in np.flatnonzero(left).tolist()]
        return disjoint([*(self._groups[number] for number in fixed), *rest])

    def renew(self, plan: Sequence[Group], free: Sequence[Group], rounds: int, seconds: float) -> list[Group]:
        """Return the plan with these of its carts put together anew, where that is shorter."""
        orders = sorted(order for group in free for order in group)
        wanted = np.zeros(self._carts.count, dtype=bool)
        wanted[orders] = True
        self.add(free, self._carts.lengths(self._carts.loads(free)))
        within = np.flatnonzero(~self._inside[: len(self._groups), ~wanted].any(axis=1))
        master, numbers = Master(self._carts.count, orders), within.tolist()
        master.add([self._groups[n] for n in numbers], np.array([self._lengths[n] for n in numbers], dtype=np.int64))
        now = sum(self._lengths[self._numbers[group]] for group in free)
        prices = master.solve()
        for _ in range(rounds):
            fresh = self.add(*self._pricer.grow(prices.orders, 40, 100))
            fresh = [number for number in fresh if not self._inside[number, ~wanted].any()]
            if not fresh or self._over():
                break
            master.add([self._groups[n] for n in fresh], np.array([self._lengths[n] for n in fresh], dtype=np.int64))
            numbers += fresh
            prices = master.solve()
        gap = now - prices.mm
        if gap < 1.0:
            return list(plan)
        found = self._found(numbers, prices, gap)
        chosen, _ = choose(self._carts.count, found, seconds, 200, orders)
        if chosen is None:
            return list(plan)
        kept = [group for group in plan if group not in set(free)]
        return kept + disjoint(chosen)

    def _found(self, numbers: Sequence[int], prices: Prices, gap: float) -> Found:
        cost = self._reduced(prices)[list(numbers)]
        near = [numbers[row] for row in np.flatnonzero(cost < gap).tolist()]
        return [self._groups[number] for number in near], np.array([self._lengths[n] for n in near], dtype=np.int64)

    def finish(
        self, plan: Sequence[Group], prices: Prices, most: int, seconds: float, nodes: int
    ) -> tuple[list[Group], bool]:
        """Return the shortest plan of the carts that may be in one shorter than this, and whether all were looked at.

        :param prices: where all groups are known and `converge` came to its end, this proves the plan
        :param most: carts that are looked at, at most
        """
        lengths = self._carts.lengths(self._carts.loads(plan))
        gap = float(lengths.sum()) - prices.mm + 1.0  # one mm for the rounding of the prices
        if self._everything is not None:
            groups, long = self._everything.within(prices.orders, gap)
        else:
            groups, long = self._found(range(len(self._groups)), prices, gap)
        whole = self._everything is not None and len(groups) <= most
        if len(groups) > most:
            cost = long - np.array([prices.orders[list(group)].sum() for group in groups])
            near = np.argsort(cost, kind="stable")[:most]
            groups, long = [groups[number] for number in near.tolist()], long[near]
        known = set(groups)
        extra = [number for number, group in enumerate(plan) if group not in known]
        groups = groups + [plan[number] for number in extra]
        found = groups, np.concatenate([long, lengths[extra]])
        chosen, proven = choose(self._carts.count, found, seconds, nodes)
        return disjoint(plan if chosen is None else chosen), proven and whole


def disjoint(groups: Iterable[Group]) -> list[Group]:
    """Return the groups with each order in the first one only that has it."""
    seen: set[int] = set()
    found: list[Group] = []
    for group in groups:
        rest = tuple(order for order in group if order not in seen)
        seen.update(rest)
        if rest:
            found.append(rest)
    return found
