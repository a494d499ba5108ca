"""The lengths of the shortest walks of thousands of carts at once.

What an order picks is a column of words: for each piece of an aisle the set of its shelves as bits, cut into chunks.
What several orders pick together is the bitwise *or* of their columns. A table gives for each chunk of bits how far
from the front and from the back it reaches and its largest gap; from these follow the costs of each move in the aisle,
and from them, by the steps of `corridors`, the shortest walk. Everything is whole millimetres.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.services.batching.corridors import Network
from app.services.batching.recurrence import Costs, Moves, recurrence_of

__all__ = ["AisleWalks", "Ints", "Walks", "WithStart"]

Ints = npt.NDArray[np.int64]

_BITS = 12
"""Shelves in one chunk at most: a table of 4096 entries stays in the processor's cache."""
_AT_ONCE = 2048
"""Carts that are measured together: their classes stay in the processor's cache."""


class Walks(Protocol):
    """How long the walk of a cart is."""

    words: Ints
    """What each order picks, one column an order; the bitwise or of columns is what they pick together."""
    nothing: Ints
    """The column of a cart that picks nothing."""

    def lengths(self, words: Ints) -> Ints:
        """Return for each column the length of its shortest walk in mm; 0 where nothing is picked."""
        ...


class WithStart:
    """Walks that each begin with something that takes as long as walking so far (fetching a cart, setting it up)."""

    def __init__(self, walks: Walks, mm: int) -> None:
        self._walks, self._mm = walks, mm
        self.words, self.nothing = walks.words, walks.nothing

    def lengths(self, words: Ints) -> Ints:
        """Return for each column the length of its walk and its start in mm; 0 where nothing is picked."""
        found = self._walks.lengths(words)
        return np.where((words == self.nothing).all(axis=0), 0, found + self._mm)


class AisleWalks:
    """Exact shortest walks through parallel aisles with any small number of cross-aisles."""

    def __init__(self, network: Network, picks: Sequence[Sequence[tuple[int, int]]]) -> None:
        """:param picks: for each order the aisle's number and the place along it in mm of each shelf"""
        self._recurrence = recurrence_of(network)
        self._approach = 2 * network.entries[0][2] if len(network.entries) == 1 else 0
        pieces = len(network.crosses) - 1
        located = [[_piece(network, aisle, along) for aisle, along in order] for order in picks]
        places: list[set[int]] = [set() for _ in range(len(network.aisles) * pieces)]
        for order in located:
            for segment, offset in order:
                places[segment].add(offset)
        long = [
            network.crosses[segment % pieces + 1] - network.crosses[segment % pieces] for segment in range(len(places))
        ]
        self._long = np.array(long, dtype=np.int32)[:, None]
        # Each piece of an aisle has as many chunks as the fullest one: so all of them are looked up at once.
        most = max(map(len, places), default=0)
        self._chunks = max(1, -(-most // _BITS))
        bits = max(1, -(-most // self._chunks))
        columns: dict[tuple[int, int], tuple[int, int]] = {}
        tables: list[Costs] = []
        for chunk in range(self._chunks):
            for segment, offsets in enumerate(places):
                some = sorted(offsets)[chunk * bits : (chunk + 1) * bits]
                columns |= {(segment, offset): (len(tables), bit) for bit, offset in enumerate(some)}
                tables.append(_chunk_table(some, bits, long[segment]))
        self._tables = np.ascontiguousarray(np.concatenate(tables, axis=1))
        # Each table begins at a multiple of its size: the begin is itself part of the word, and is kept by the or.
        self.nothing = np.arange(len(tables), dtype=np.int64)[:, None] << bits
        self.words = np.repeat(self.nothing, len(picks), axis=1)
        for number, order in enumerate(located):
            for segment, offset in order:
                row, bit = columns[segment, offset]
                self.words[row, number] |= 1 << bit

    def lengths(self, words: Ints) -> Ints:
        """Return for each column the length of its shortest walk in mm."""
        found = np.empty(words.shape[1], dtype=np.int64)
        for begin in range(0, words.shape[1], _AT_ONCE):
            some = words[:, begin : begin + _AT_ONCE]
            found[begin : begin + _AT_ONCE] = self._recurrence.shortest(self._moves(some))
        return np.where((words == self.nothing).all(axis=0), 0, found + self._approach) if self._approach else found

    def _moves(self, words: Ints) -> Moves:
        """Return what each move in each piece of an aisle costs for each cart."""
        shape = (self._chunks, len(self._long), words.shape[1])
        front, back, last, inner = (table.take(words).reshape(shape) for table in self._tables)
        reach, behind, gap = last[0], back[0], np.maximum(front[0], inner[0])
        for chunk in range(1, self._chunks):
            np.maximum(gap, front[chunk] - reach, out=gap)
            np.maximum(gap, inner[chunk], out=gap)
            np.maximum(reach, last[chunk], out=reach)
            np.maximum(behind, back[chunk], out=behind)
        np.maximum(gap, self._long - reach, out=gap)
        return Moves(2 * reach, 2 * behind, 2 * (self._long - gap), (reach + behind) > 0)


def _piece(network: Network, aisle: int, along: int) -> tuple[int, int]:
    """Return the number of the piece of the aisle where a shelf is, and how far behind its front crossing."""
    pieces = len(network.crosses) - 1
    if not network.crosses[0] <= along <= network.crosses[-1] or not 0 <= aisle < len(network.aisles):
        raise ValueError(f"a shelf at aisle {aisle}, {along} mm lies outside the aisles")
    piece = min(pieces - 1, max(0, bisect_right(network.crosses, along) - 1))
    return aisle * pieces + piece, along - network.crosses[piece]


def _chunk_table(offsets: Sequence[int], bits: int, long: int) -> Costs:
    """Return for each set of these shelves its first, its reach from the back, its last and its largest gap."""
    size = 1 << bits
    sets = np.arange(size)
    first, last = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
    inner, back = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
    empty = np.ones(size, dtype=bool)
    for bit, offset in enumerate(offsets):
        has = (sets >> bit & 1).astype(bool)
        np.maximum(inner, offset - last, out=inner, where=has & ~empty)
        first[has & empty] = offset
        back[has & empty] = long - offset
        last[has] = offset
        empty &= ~has
    return np.stack([first, back, last, inner])
