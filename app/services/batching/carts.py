"""Orders that are to share carts, as numbers: what each needs of a cart, and how long carts walk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.batching.walks import Ints, Walks

__all__ = ["Carts", "Group", "Ints", "Loads", "total"]

Group = tuple[int, ...]
"""Orders that share a cart, by their numbers, ascending."""


@dataclass(frozen=True, slots=True)
class Loads:
    """What groups of orders carry and pick: one column a group."""

    words: Ints
    """What they pick, as `Walks.words`."""
    used: Ints
    """What they need of each limit of the cart: one row a limit."""

    def take(self, which: Ints) -> Loads:
        """Return the groups with these numbers."""
        return Loads(self.words[:, which], self.used[:, which])

    def __or__(self, other: Loads) -> Loads:
        return Loads(self.words | other.words, self.used + other.used)


class Carts:
    """The orders of one problem."""

    def __init__(self, walks: Walks, demand: npt.ArrayLike, limits: Sequence[int]) -> None:
        """:param demand: for each limit of the cart what each order needs of it; an order that does not fit an empty
        cart has to be kept out before
        """
        self.limits: Ints = np.asarray(limits, dtype=np.int64)[:, None]
        self.orders = Loads(walks.words, np.asarray(demand, dtype=np.int64).reshape(len(limits), -1))
        self.count = self.orders.used.shape[1]
        self._walks = walks
        self.nothing: Ints = walks.nothing
        """The column of words of a cart that picks nothing."""
        self.measured = 0
        """Walks measured so far."""
        if self.count and not self.fits(self.orders).all():
            raise ValueError("an order does not fit an empty cart")

    def fits(self, loads: Loads) -> npt.NDArray[np.bool_]:
        """Return for each group whether a cart holds it."""
        held: npt.NDArray[np.bool_] = np.all(loads.used <= self.limits, axis=0)
        return held

    def lengths(self, loads: Loads) -> Ints:
        """Return for each group the mm of its walk."""
        self.measured += loads.used.shape[1]
        return self._walks.lengths(loads.words)

    def loads(self, groups: Sequence[Iterable[int]]) -> Loads:
        """Return what these groups carry and pick."""
        words = np.empty((self.orders.words.shape[0], len(groups)), dtype=np.int64)
        used = np.empty((len(self.limits), len(groups)), dtype=np.int64)
        for number, group in enumerate(groups):
            orders = list(group)
            words[:, number] = np.bitwise_or.reduce(self.orders.words[:, orders], axis=1)
            used[:, number] = self.orders.used[:, orders].sum(axis=1)
        return Loads(words, used)


def total(carts: Carts, groups: Sequence[Group]) -> int:
    """Return the mm that these carts walk together."""
    return int(carts.lengths(carts.loads(groups)).sum()) if groups else 0
