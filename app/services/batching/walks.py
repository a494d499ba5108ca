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

from app.services.batching.corridors import Move, Network, Step, steps_of

__all__ = ["AisleWalks", "Ints", "Walks", "WithStart"]

Ints = npt.NDArray[np.int64]
Costs = npt.NDArray[np.int32]

_BITS = 12
"""Shelves in one chunk: a table of 4096 entries stays in the processor's cache."""
_AT_ONCE = 2048
"""Carts that are measured together: their classes stay in the processor's cache."""
_NEVER = 30_000_000
"""More than any walk, in mm; several of them still fit into 32 bits."""


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
        self._steps, self._complete = steps_of(network)
        self._approach = 2 * network.entries[0][2] if len(network.entries) == 1 else 0
        pieces = len(network.crosses) - 1
        places: dict[int, set[int]] = {segment: set() for segment in range(len(network.aisles) * pieces)}
        located = [[_piece(network, aisle, along) for aisle, along in order] for order in picks]
        for order in located:
            for segment, offset in order:
                places[segment].add(offset)
        self._chunks: list[list[int]] = []
        self._long = [network.crosses[piece + 1] - network.crosses[piece] for piece in range(pieces)] * len(
            network.aisles
        )
        columns: dict[tuple[int, int], tuple[int, int]] = {}
        tables: list[Costs] = []
        for segment, offsets in places.items():
            ordered = sorted(offsets)
            self._chunks.append([])
            for begin in range(0, len(ordered), _BITS):
                chunk = ordered[begin : begin + _BITS]
                for bit, offset in enumerate(chunk):
                    columns[segment, offset] = (len(tables), bit)
                self._chunks[-1].append(len(tables))
                tables.append(_chunk_table(chunk, self._long[segment]))
        # Each table begins at a multiple of 4096: the begin is itself part of the word, and is kept by the or.
        self._tables = [
            np.ascontiguousarray(np.concatenate([table[kind] for table in tables]) if tables else np.zeros(1, np.int32))
            for kind in range(4)
        ]
        self.nothing = np.arange(len(tables), dtype=np.int64)[:, None] << _BITS
        self.words = np.repeat(self.nothing, len(picks), axis=1)
        for number, order in enumerate(located):
            for segment, offset in order:
                row, bit = columns[segment, offset]
                self.words[row, number] |= 1 << bit
        self._plan = [_Planned(step) for step in self._steps]

    def lengths(self, words: Ints) -> Ints:
        """Return for each column the length of its shortest walk in mm."""
        found = np.empty(words.shape[1], dtype=np.int64)
        for begin in range(0, words.shape[1], _AT_ONCE):
            found[begin : begin + _AT_ONCE] = self._some(words[:, begin : begin + _AT_ONCE])
        return np.where((words == self.nothing).all(axis=0), 0, found + self._approach) if self._approach else found

    def _some(self, words: Ints) -> Costs:
        count = words.shape[1]
        front, back, last, inner = (table.take(words) for table in self._tables)
        now = [np.zeros(count, dtype=np.int32)]
        spare = np.empty(count, dtype=np.int32)
        for plan in self._plan:
            costs: dict[Move, Costs | int] = {}
            if plan.segment is not None:
                costs = self._moves(plan.segment, front, back, last, inner)
            now = plan.run(now, costs, spare)
        best = now[self._complete[0]]
        for number in self._complete[1:]:
            best = np.minimum(best, now[number])
        return best

    def _moves(self, segment: int, front: Costs, back: Costs, last: Costs, inner: Costs) -> dict[Move, Costs | int]:
        """Return what each move in a piece of an aisle costs for each cart."""
        long, chunks = self._long[segment], self._chunks[segment]
        fixed: dict[Move, Costs | int] = {Move.PASS: long, Move.TWICE: 2 * long}
        if not chunks:
            return fixed | dict.fromkeys((Move.NONE, Move.FRONT, Move.BACK, Move.GAP), 0)
        first = chunks[0]
        reach, behind, gap = last[first], back[first], np.maximum(front[first], inner[first])
        for chunk in chunks[1:]:
            gap = np.maximum(gap, front[chunk] - reach)
            gap = np.maximum(gap, inner[chunk])
            reach = np.maximum(reach, last[chunk])
            behind = np.maximum(behind, back[chunk])
        gap = np.maximum(gap, long - reach)
        return fixed | {
            Move.NONE: np.where(behind + reach > 0, np.int32(_NEVER), np.int32(0)),
            Move.FRONT: 2 * reach,
            Move.BACK: 2 * behind,
            Move.GAP: 2 * (long - gap),
        }


class _Planned:
    """A step, its ways grouped by the class that they lead to and by what they cost: that is added once."""

    def __init__(self, step: Step) -> None:
        self.segment = step.segment
        self.into: list[list[tuple[Move, int, list[int]]]] = []
        for number in range(step.classes):
            groups: dict[tuple[Move, int], list[int]] = {}
            for before, after, move, cost in step.ways:
                if after == number:
                    groups.setdefault((move, cost), []).append(before)
            self.into.append([(move, cost, befores) for (move, cost), befores in groups.items()])

    def run(self, now: list[Costs], costs: dict[Move, Costs | int], spare: Costs) -> list[Costs]:
        """Return the shortest part walk of each class after this step."""
        after: list[Costs] = []
        for groups in self.into:
            best: Costs | None = None
            for move, fixed, befores in groups:
                here = now[befores[0]]
                for before in befores[1:]:
                    here = np.minimum(here, now[before], out=spare)
                here = np.add(here, fixed if move is Move.FREE else costs[move], out=spare)
                best = here.copy() if best is None else np.minimum(best, here, out=best)
            if best is None:
                raise ValueError("a class that nothing leads to")
            after.append(best)
        return after


def _piece(network: Network, aisle: int, along: int) -> tuple[int, int]:
    """Return the number of the piece of the aisle where a shelf is, and how far behind its front crossing."""
    pieces = len(network.crosses) - 1
    if not network.crosses[0] <= along <= network.crosses[-1] or not 0 <= aisle < len(network.aisles):
        raise ValueError(f"a shelf at aisle {aisle}, {along} mm lies outside the aisles")
    piece = min(pieces - 1, max(0, bisect_right(network.crosses, along) - 1))
    return aisle * pieces + piece, along - network.crosses[piece]


def _chunk_table(offsets: Sequence[int], long: int) -> Costs:
    """Return for each set of these shelves its first, its reach from the back, its last and its largest gap."""
    size = 1 << _BITS
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
