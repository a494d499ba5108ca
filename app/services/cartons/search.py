"""Places pieces in one space, by depth-first search over the empty spaces that are left.

Where a piece that is still to come fits into none of them any more, the search turns back at once. Some ways of
ordering the pieces get a short try each before any gets a long one: what fits is mostly found in the first descent of
one of them. Where these are at their end, every order is gone through for a while. The work is counted in pieces
placed, so that the same order gets the same answer on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.cartons import Care, Size
from app.services.cartons.shapes import Box, Piece
from app.services.cartons.spaces import ORDERS, RANKS, Order, Rank, cut, places, spares, stands, whole

__all__ = ["Placed", "Work", "may_fit", "place"]

_TRIES = (2, 8, 50, 500)
"""Pieces placed in one try, from try to try, as a multiple of how many there are."""
_IN_ANY_ORDER = 100
"""The same for the last try, in which any piece may be next."""


class Placed(NamedTuple):
    """Where a piece lies."""

    number: int
    """The number of the piece."""
    box: Box


class Work:
    """How much searching may still be done."""

    def __init__(self, steps: int) -> None:
        """:param steps: pieces that may be placed"""
        self.steps = self.left = steps


def place(pieces: Sequence[Piece], space: Size, care: Care, work: Work) -> list[Placed] | None:
    """Return where all *pieces* lie in *space*, or None where no way was found before *work* ran out."""
    if not may_fit(pieces, space):
        return None
    orders: list[Order] = list(ORDERS)
    for tries in _TRIES:
        for order in tuple(orders):
            ordered = sorted(pieces, key=order)
            for rank in RANKS:
                search = _Search(ordered, space, care, rank, min(tries * len(pieces), work.left))
                found = search.run()
                work.left -= search.used
                if found is not None:
                    return found
                if work.left <= 0:
                    return None
                if not search.cut_short:  # another rank would only come to the same end by another way
                    orders.remove(order)
                    break
    return _in_any_order(pieces, space, care, work)


def _in_any_order(pieces: Sequence[Piece], space: Size, care: Care, work: Work) -> list[Placed] | None:
    """Look on in every order: without rules of support or fragile goods nothing that fits is missed, given time."""
    steps = min(_IN_ANY_ORDER * len(pieces), work.left)
    search = _Search(sorted(pieces, key=ORDERS[0]), space, care, RANKS[0], steps, free=True)
    found = search.run()
    work.left -= search.used
    return found


def may_fit(pieces: Sequence[Piece], space: Size) -> bool:
    """Whether nothing speaks against it at once: volume, each piece alone, each pair side by side."""
    length, width, height = space
    if sum(piece.volume for piece in pieces) > length * width * height:
        return False
    least: list[Size] = []
    for sizes in [piece.sizes for piece in pieces]:
        fitting = [size for size in sizes if size[0] <= length and size[1] <= width and size[2] <= height]
        if not fitting:
            return False
        least.append((min(size[0] for size in fitting), min(size[1] for size in fitting), min(s[2] for s in fitting)))
    for at, one in enumerate(least):
        for other in least[at + 1 :]:
            if one[0] + other[0] > length and one[1] + other[1] > width and one[2] + other[2] > height:
                return False
    return True


class _Rest(NamedTuple):
    """Pieces that are still to come."""

    next: tuple[int, ...]
    """Those of which one is placed next."""
    least: int
    """The shortest side of any."""
    sizes: tuple[tuple[Size, ...], ...]
    """How each of them may lie, those that are alike once."""


class _Search:
    """One order of the pieces, one way to rank places for them."""

    def __init__(
        self, pieces: Sequence[Piece], space: Size, care: Care, rank: Rank, steps: int, *, free: bool = False
    ) -> None:
        """:param free: any piece may be next, instead of the first one that is left"""
        self._pieces, self._space, self._care, self._rank, self._steps = pieces, space, care, rank, steps
        self._free = free
        self.used = 0
        """Pieces placed."""
        self.cut_short = False
        """Whether ways were left when it ended."""
        self._breakable = any(piece.fragile for piece in pieces)
        kinds = [(piece.sizes, piece.weight, piece.fragile) for piece in pieces]
        self._kinds = [kinds.index(kind) for kind in kinds]
        """Pieces that are alike have the same number."""
        self._thin = [min(map(min, piece.sizes)) for piece in pieces]
        self._rests: dict[tuple[int, ...], _Rest] = {}
        self._seen: set[frozenset[tuple[int, ...]]] = set()
        """Boxes that lay together, each with the kind of its piece."""
        self._lying: list[tuple[int, Box]] = []

    def run(self) -> list[Placed] | None:
        """Return where the pieces lie, or None."""
        if not self._descend(tuple(range(len(self._pieces))), whole(self._space), frozenset()):
            return None
        return [Placed(self._pieces[at].number, box) for at, box in self._lying]

    def _descend(self, rest: tuple[int, ...], spaces: list[Box], here: frozenset[tuple[int, ...]]) -> bool:
        boxes = [box for _, box in self._lying]
        for at in self._rest(rest).next:
            after = tuple(other for other in rest if other != at)
            for box in places(self._pieces[at], spaces, self._rank):
                if not stands(box, boxes, self._care.support_percent):
                    continue
                so = here | {(*box, self._kinds[at])}
                if so in self._seen:
                    continue  # these pieces lay so before, put in in another order
                if self.used >= self._steps:
                    self.cut_short = True
                    return False
                self.used += 1
                self._seen.add(so)
                self._lying.append((at, box))
                if not self._breakable or self._spares():
                    if not after:
                        return True
                    left = cut(spaces, box, self._rest(after).least)
                    if self._may_go_on(after, left) and self._descend(after, left, so):
                        return True
                self._lying.pop()
        return False

    def _rest(self, rest: tuple[int, ...]) -> _Rest:
        found = self._rests.get(rest)
        if found is None:
            first = {self._kinds[at]: at for at in reversed(rest)} if self._free else {None: rest[0]}
            found = self._rests[rest] = _Rest(
                tuple(sorted(first.values())),
                min(self._thin[at] for at in rest),
                tuple(dict.fromkeys(self._pieces[at].sizes for at in rest)),
            )
        return found

    def _may_go_on(self, rest: tuple[int, ...], spaces: list[Box]) -> bool:
        """Whether each piece to come fits into some space."""
        for sizes in self._rest(rest).sizes:
            if not any(
                space[3] - space[0] >= length and space[4] - space[1] >= width and space[5] - space[2] >= height
                for length, width, height in sizes
                for space in spaces
            ):
                return False
        return True

    def _spares(self) -> bool:
        return spares([(self._pieces[at], box) for at, box in self._lying], self._care.light_g)
