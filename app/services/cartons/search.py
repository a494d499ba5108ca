"""Places pieces in one space, by depth-first search over the empty spaces that are left.

Where a piece that is still to come fits into none of them any more, the search turns back at once. Some ways of
ordering the pieces get a short try each before any gets a long one: what fits is mostly found in the first descent of
one of them. The work is counted in pieces placed, so that the same order gets the same answer on every machine.
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


class Placed(NamedTuple):
    """Where a piece lies."""

    number: int
    """The number of the piece."""
    box: Box


class Work:
    """How much searching may still be done."""

    def __init__(self, steps: int) -> None:
        """:param steps: pieces that may be placed"""
        self.left = steps


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
    return None


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


class _Search:
    """One order of the pieces, one way to rank places for them."""

    def __init__(self, pieces: Sequence[Piece], space: Size, care: Care, rank: Rank, steps: int) -> None:
        self._pieces, self._space, self._care, self._rank, self._steps = pieces, space, care, rank, steps
        self.used = 0
        """Pieces placed."""
        self.cut_short = False
        """Whether ways were left when it ended."""
        self._breakable = any(piece.fragile for piece in pieces)
        least = [min(min(size) for size in piece.sizes) for piece in pieces]
        self._least = [min(least[at:]) for at in range(len(least))]
        self._to_come = [tuple(dict.fromkeys(piece.sizes for piece in pieces[at:])) for at in range(len(pieces))]
        self._seen: set[frozenset[Box]] = set()
        self._boxes: list[Box] = []

    def run(self) -> list[Placed] | None:
        """Return where the pieces lie, or None."""
        if not self._descend(0, whole(self._space)):
            return None
        return [Placed(piece.number, box) for piece, box in zip(self._pieces, self._boxes, strict=True)]

    def _descend(self, at: int, spaces: list[Box]) -> bool:
        piece, boxes = self._pieces[at], self._boxes
        last = at + 1 == len(self._pieces)
        for box in places(piece, spaces, self._rank):
            if not stands(box, boxes, self._care.support_percent):
                continue
            if self.used >= self._steps:
                self.cut_short = True
                return False
            self.used += 1
            boxes.append(box)
            if not self._breakable or self._spares():
                if last:
                    return True
                left = cut(spaces, box, self._least[at + 1])
                if self._may_go_on(at + 1, left) and self._descend(at + 1, left):
                    return True
            boxes.pop()
        return False

    def _may_go_on(self, at: int, spaces: list[Box]) -> bool:
        """Whether each piece to come fits into some space, and these pieces were not here before."""
        for sizes in self._to_come[at]:
            if not any(
                space[3] - space[0] >= length and space[4] - space[1] >= width and space[5] - space[2] >= height
                for length, width, height in sizes
                for space in spaces
            ):
                return False
        here = frozenset(self._boxes)
        if here in self._seen:
            return False
        self._seen.add(here)
        return True

    def _spares(self) -> bool:
        return spares(list(zip(self._pieces, self._boxes, strict=False)), self._care.light_g)
