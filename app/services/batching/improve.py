"""Local search: orders change carts in pairs of carts until no exchange makes the walks shorter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from app.services.batching.carts import Carts, Group, Ints, Loads

__all__ = ["Improver"]

_Exchange = tuple[int, Group, Group, int, int]
"""The mm that the best exchange of two carts saves, both carts after it, and their lengths."""


@dataclass(slots=True)
class _Cart:
    group: Group
    length: int
    parts: list[Group]
    """Sets of its orders that may leave it together, the empty one first."""
    part: Loads
    """What each of them carries and picks."""
    rest: Loads
    """What stays when it leaves."""


class Improver:
    """Exchanges of up to ``depth`` orders from each side between two carts, best first."""

    def __init__(self, carts: Carts) -> None:
        self._carts = carts
        self._cache: dict[tuple[Group, int], _Cart] = {}
        self._pairs: dict[tuple[Group, Group, int], _Exchange] = {}
        self.seen: dict[Group, int] = {}
        """The carts of every plan that was one exchange better than another, with the mm of their walks."""

    def improve(self, groups: list[Group], depth: int, over: Callable[[], bool] = lambda: False) -> list[Group]:
        """Return a plan that no exchange makes shorter."""
        current = list(groups)
        while not over():
            self._measure(current, depth)
            gains = sorted(
                (
                    (self._pairs[self._key(one, other, depth)], one, other)
                    for one, other in combinations(sorted(current), 2)
                ),
                key=lambda entry: -entry[0][0],
            )
            used: set[Group] = set()
            for (gain, first, second, long_first, long_second), one, other in gains:
                if gain <= 0:
                    break
                if one in used or other in used:
                    continue
                used |= {one, other}
                current.remove(one)
                current.remove(other)
                for group, length in ((first, long_first), (second, long_second)):
                    if group:
                        current.append(group)
                        self.seen[group] = length
            if not used:
                break
        return current

    @staticmethod
    def _key(one: Group, other: Group, depth: int) -> tuple[Group, Group, int]:
        return (one, other, depth) if one < other else (other, one, depth)

    def _cart(self, group: Group, depth: int) -> _Cart:
        key = (group, depth)
        found = self._cache.get(key)
        if found is None:
            parts = [part for size in range(min(depth, len(group)) + 1) for part in combinations(group, size)]
            part = self._carts.loads(parts)
            rest = self._carts.loads([tuple(order for order in group if order not in part) for part in parts])
            whole = self._carts.loads([group])
            found = _Cart(group, int(self._carts.lengths(whole)[0]), parts, part, rest)
            self._cache[key] = found
        return found

    def _measure(self, groups: list[Group], depth: int) -> None:
        """Find the best exchange of each pair of carts that was not looked at before, all at once."""
        fresh = [
            (self._cart(one, depth), self._cart(other, depth))
            for one, other in combinations(sorted(groups), 2)
            if (one, other, depth) not in self._pairs
        ]
        chunk: list[tuple[_Cart, _Cart]] = []
        size = 0
        for pair in fresh:
            chunk.append(pair)
            size += len(pair[0].parts) * len(pair[1].parts)
            if size > 8000:
                self._measure_some(chunk, depth)
                chunk, size = [], 0
        if chunk:
            self._measure_some(chunk, depth)

    def _measure_some(self, pairs: list[tuple[_Cart, _Cart]], depth: int) -> None:
        limits = self._carts.limits
        lefts: list[Loads] = []
        rights: list[Loads] = []
        shapes: list[Ints] = []
        for one, other in pairs:
            # After the exchange the first holds what stays of it and what leaves the other.
            used_one = one.rest.used[:, :, None] + other.part.used[:, None, :]
            used_other = other.rest.used[:, None, :] + one.part.used[:, :, None]
            fit = (used_one <= limits[:, :, None]).all(axis=0) & (used_other <= limits[:, :, None]).all(axis=0)
            left, right = np.nonzero(fit)
            changed = (left > 0) | (right > 0)  # the empty set leaves each cart first
            left, right = left[changed], right[changed]
            shapes.append(np.stack([left, right]))
            lefts.append(Loads(one.rest.words[:, left] | other.part.words[:, right], used_one[:, left, right]))
            rights.append(Loads(other.rest.words[:, right] | one.part.words[:, left], used_other[:, left, right]))
        first = self._carts.lengths(_side_by_side(lefts))
        second = self._carts.lengths(_side_by_side(rights))
        at = 0
        for (one, other), shape in zip(pairs, shapes, strict=True):
            count = shape.shape[1]
            entry: _Exchange = (0, (), (), 0, 0)
            if count:
                after = first[at : at + count] + second[at : at + count]
                best = int(after.argmin())
                gain = one.length + other.length - int(after[best])
                if gain > 0:
                    gone, came = one.parts[shape[0, best]], other.parts[shape[1, best]]
                    entry = (
                        gain,
                        tuple(sorted((set(one.group) - set(gone)) | set(came))),
                        tuple(sorted((set(other.group) - set(came)) | set(gone))),
                        int(first[at + best]),
                        int(second[at + best]),
                    )
            self._pairs[one.group, other.group, depth] = entry
            at += count


def _side_by_side(loads: list[Loads]) -> Loads:
    return Loads(
        np.concatenate([some.words for some in loads], axis=1), np.concatenate([some.used for some in loads], axis=1)
    )
