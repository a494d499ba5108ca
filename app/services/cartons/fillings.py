"""Chooses, of all the ways in which a bin was ever filled, as few as possible that hold every piece (set covering).

That is the integer programme of Gilmore & Gomory's cutting stock (1961), with the fillings that the search came by for
its columns. It is worth solving where many pieces are alike: then one filling serves again and again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import highspy
import numpy as np

from app.domain.cartons import Size
from app.services.cartons.search import Placed
from app.services.highs import INTEGER, Highs

__all__ = ["Fillings"]

FEW = 12
"""Kinds of pieces up to which fillings are kept."""
NODES = 200
"""Nodes of the programme's search: it ends in the same way on every machine."""


class Fillings:
    """The fillings that a search came by."""

    def __init__(self, kinds: Mapping[int, Sequence[Size]]) -> None:
        """:param kinds: for each piece how it may lie; pieces for which that is the same are alike"""
        self.of_kind: dict[tuple[Size, ...], list[int]] = {}
        """The pieces of each kind."""
        for number, sizes in kinds.items():
            self.of_kind.setdefault(tuple(sizes), []).append(number)
        self.few = len(self.of_kind) <= FEW and len(self.of_kind) < len(kinds)
        """Whether they are worth keeping."""
        self._kind = {number: at for at, numbers in enumerate(self.of_kind.values()) for number in numbers}
        self._known: dict[tuple[int, ...], list[Placed]] = {}

    def note(self, filling: list[Placed]) -> None:
        """Keep a filling, where such a one is not known yet."""
        if self.few:
            held = Counter(self._kind[placed.number] for placed in filling)
            self._known.setdefault(tuple(held[at] for at in range(len(self.of_kind))), filling)

    def with_one_more(self, most: int) -> Iterator[tuple[int, ...]]:
        """Yield pieces for fillings that are not known, *most* at the most.

        Those of a kind alone, one more than any filling holds; then those of the largest fillings with one piece more.
        """
        largest = _largest(list(self._known))
        kinds = range(len(self.of_kind))
        alone = (tuple(max(held[at] for held in largest) + 1 if at == kind else 0 for at in kinds) for kind in kinds)
        fuller = (tuple(held[at] + (at == kind) for at in kinds) for held in largest for kind in kinds)
        for counts in dict.fromkeys((*alone, *fuller)):
            there = all(count <= len(numbers) for count, numbers in zip(counts, self.of_kind.values(), strict=True))
            if there and sum(counts) <= most and counts not in self._known:
                parts = zip(self.of_kind.values(), counts, strict=True)
                yield tuple(number for numbers, count in parts for number in numbers[:count])

    def fewest(self) -> list[list[Placed]] | None:
        """Return the fewest fillings that hold every piece once; None where none of the programme's are found."""
        held = _largest(list(self._known))
        wanted = [len(numbers) for numbers in self.of_kind.values()]
        used = _solved(held, wanted)
        if used is None:
            return None
        left = [list(numbers) for numbers in self.of_kind.values()]
        bins: list[list[Placed]] = []
        for counts, times in zip(held, used, strict=True):
            bins += [self._with_pieces(self._known[counts], left) for _ in range(times)]
        return [filling for filling in bins if filling]

    def _with_pieces(self, filling: Sequence[Placed], left: Sequence[list[int]]) -> list[Placed]:
        """Return a filling with pieces of those that are *left*, its places empty where none is."""
        found = []
        for placed in filling:
            alike = left[self._kind[placed.number]]
            if alike:
                found.append(Placed(alike.pop(), placed.box))
        return found


def _largest(held: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Leave out what holds no more of any kind than another does."""
    found: list[tuple[int, ...]] = []
    for counts in sorted(held, key=lambda counts: (-sum(counts), counts)):
        if not any(all(one <= other for one, other in zip(counts, more, strict=True)) for more in found):
            found.append(counts)
    return found


def _solved(held: Sequence[tuple[int, ...]], wanted: Sequence[int]) -> list[int] | None:
    """Return how often each filling is used so that there are as few as possible."""
    solver, count = Highs(), len(held)
    rows, endless = len(wanted), np.full(len(wanted), highspy.kHighsInf)
    none = np.zeros(0, dtype=np.int32)
    solver.addRows(rows, np.array(wanted, dtype=np.float64), endless, 0, np.zeros(rows, np.int32), none, np.zeros(0))
    values = np.array(held, dtype=np.float64)
    solver.addCols(
        count,
        np.ones(count),
        np.zeros(count),
        np.full(count, highspy.kHighsInf),
        values.size,
        np.arange(0, values.size, rows, dtype=np.int32),
        np.tile(np.arange(rows, dtype=np.int32), count),
        values.ravel(),
    )
    columns = np.arange(count, dtype=np.int32)
    solver.changeColsIntegrality(count, columns, np.full(count, INTEGER, dtype=np.uint8))
    solver.setOptionValue("mip_max_nodes", NODES)
    solver.run()
    used = np.array(solver.getSolution().col_value)
    if len(used) != count or solver.getInfo().primal_solution_status != highspy.kSolutionStatusFeasible:
        return None
    return [round(value) for value in used]
