"""The exact shortest walk through several blocks: parallel aisles, crossed by any number of cross-aisles.

It knows plain numbers only. A *row* is a cross-aisle, counted from the front; a *block* is the stretch of an aisle
between two rows; a *crossing* is where an aisle and a row meet.

Sources: Ratliff and Rosenthal 1983 (one block); K. J. Roodbergen, R. de Koster, Routing order pickers in a warehouse
with a middle aisle, European Journal of Operational Research 133 (2001) 32-43 (two blocks); H. Cambazard, N. Catusse,
Fixed-parameter algorithms for rectilinear Steiner tree and rectilinear traveling salesman problem in the plane,
European Journal of Operational Research 270 (2018) 419-429, and L. Pansart, N. Catusse, H. Cambazard, Exact algorithms
for the order picking problem, Computers & Operations Research 100 (2018) 117-127 (any number of rows).

A walk is a connected graph in which each crossing has an even degree, where a walk from one place to another counts one
more edge from its end to its beginning. The graph grows by one block or one stretch of a cross-aisle at a time, from
left to right. Of what is there, only the *frontier* counts, the newest crossing of each row: not used (0), or used,
with an even or an odd degree, in a component that has a number. The cheapest graph of each frontier is kept.

===========  ========================================================================================================
in a block   nothing; through once; through twice; from the front row and back; from the back row and back; both,
             leaving out the widest gap between two picks
on a row     not, once or twice to the next column. A crossing that is left behind has an even degree, and its
             component goes on at another row, or was the whole walk
===========  ========================================================================================================

The number of frontiers grows with the rows only: 7, 25, 113, 569 and about 3,000 for two to six rows; a walk of 20
columns takes 0.2, 1, 5, 40 and 250 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import inf
from typing import NamedTuple

__all__ = ["Block", "Column", "Step", "shortest_walk"]

Frontier = tuple[int, ...]
"""For each row 0 (not used) or 2 n (even degree, component n) or 2 n + 1 (odd degree), components numbered by row."""

_DONE = -1
"""In each row of the frontier behind which the walk is complete."""
_NOTHING, _THROUGH, _DOUBLE, _FRONT, _BACK, _GAP = range(6)
_NAMES = ("nothing", "through", "double", "front", "back", "gap")


class Block(NamedTuple):
    """What the ways through one block cost; infinite where there is no such way."""

    nothing: float
    """0 where nothing is to be picked, else infinite."""
    through: float
    """Once from row to row."""
    front: float
    """From the front row to the farthest pick and back."""
    back: float
    """From the back row to the farthest pick and back."""
    gap: float
    """From both rows, leaving out the widest gap between two neighbouring picks."""


class Column(NamedTuple):
    """One aisle, or a place between aisles where the walk begins or ends."""

    blocks: tuple[Block, ...]
    """From front to back, one less than there are rows."""
    added: tuple[int, ...]
    """Degree that each crossing has beforehand: 1 where a walk begins or ends, 2 where it must come by, else 0."""
    onward: tuple[float, ...]
    """Length to the next column on each row; infinite where the row does not lead there."""


class Step(NamedTuple):
    """How the walk goes through one column and on to the next one."""

    blocks: tuple[str, ...]
    """For each block ``nothing``, ``through``, ``double``, ``front``, ``back`` or ``gap``."""
    onward: tuple[int, ...]
    """How often each row is walked to the next column."""


def shortest_walk(columns: Sequence[Column]) -> tuple[float, list[Step]]:
    """Return the shortest walk through `columns`: its length and its steps by column.

    The length is infinite, and there are no steps, where no walk exists.
    """
    frontiers = _frontiers(len(columns[0].added))
    cheapest = {frontiers.first: 0.0}
    history: list[dict[int, tuple[int, int]]] = []
    for column in columns:
        for kind, row, costs in _operations(column):
            cheapest, origin = _grown(cheapest, frontiers.moves(kind, row), costs)
            history.append(origin)
    length = cheapest.get(frontiers.done, inf)
    return length, _steps(columns, history, frontiers.done) if length < inf else []


def _operations(column: Column) -> Iterator[tuple[Kind, int, Sequence[float]]]:
    """Yield in which order a column is added: what must be passed, the blocks, the stretches to the next column."""
    for row, degree in enumerate(column.added):
        if degree:
            yield _added, row, (inf, 0.0, inf) if degree == 1 else (inf, inf, 0.0)
    for row, block in enumerate(column.blocks):
        nothing, through, front, back, gap = block
        if nothing:
            yield _picked, row, (nothing, through, 2 * through, front, back, gap)
        elif through < inf:
            yield _passed, row, (nothing, through, 2 * through)
    for row, length in enumerate(column.onward):
        yield _left, row, (0.0, length, 2 * length)


def _grown(
    cheapest: dict[int, float], moves: _Moves, costs: Sequence[float]
) -> tuple[dict[int, float], dict[int, tuple[int, int]]]:
    """Return the cheapest cost of each next frontier, and from which one by which option it comes."""
    grown: dict[int, float] = {}
    origin: dict[int, tuple[int, int]] = {}
    for frontier, cost in cheapest.items():
        for option, after in moves[frontier]:
            total = cost + costs[option]
            if total < grown.get(after, inf):
                grown[after] = total
                origin[after] = frontier, option
    return grown, origin


def _steps(columns: Sequence[Column], history: Sequence[dict[int, tuple[int, int]]], frontier: int) -> list[Step]:
    """Follow the walk back from the end."""
    at = len(history)
    steps: list[Step] = []
    for column in reversed(columns):
        blocks, onward = ["nothing"] * len(column.blocks), [0] * len(column.added)
        for kind, row, _ in reversed(list(_operations(column))):
            at -= 1
            frontier, option = history[at][frontier]
            if kind is _left:
                onward[row] = option
            elif kind is not _added:
                blocks[row] = _NAMES[option]
        steps.append(Step(tuple(blocks), tuple(onward)))
    return steps[::-1]


# --- frontiers, and how one grows out of another ----------------------------------------------------------------


Kind = Callable[[int, Frontier], list[tuple[int, Frontier]]]


class _Frontiers:
    """The frontiers of so many rows, numbered as they are met, and the moves between them."""

    def __init__(self, rows: int) -> None:
        self._numbers: dict[Frontier, int] = {}
        self._known: list[Frontier] = []
        self._moves: dict[tuple[Kind, int], _Moves] = {}
        self.first = self.number((0,) * rows)
        self.done = self.number((_DONE,) * rows)

    def number(self, frontier: Frontier) -> int:
        found = self._numbers.setdefault(frontier, len(self._known))
        if found == len(self._known):
            self._known.append(frontier)
        return found

    def moves(self, kind: Kind, row: int) -> _Moves:
        if (kind, row) not in self._moves:
            self._moves[kind, row] = _Moves(lambda at: self._after(kind, row, at))
        return self._moves[kind, row]

    def _after(self, kind: Kind, row: int, at: int) -> tuple[tuple[int, int], ...]:
        return tuple((option, self.number(_numbered(after))) for option, after in kind(row, self._known[at]))


class _Moves(dict[int, tuple[tuple[int, int], ...]]):
    """For each frontier the options and what each leads to, worked out once."""

    def __init__(self, work_out: Callable[[int], tuple[tuple[int, int], ...]]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, frontier: int) -> tuple[tuple[int, int], ...]:
        found = self[frontier] = self._work_out(frontier)
        return found


@cache
def _frontiers(rows: int) -> _Frontiers:
    return _Frontiers(rows)


def _added(row: int, frontier: Frontier) -> list[tuple[int, Frontier]]:
    """The option is the degree that is added."""
    if frontier[row] == _DONE:
        return []
    return [(degree, _with_degree(frontier, row, degree)) for degree in (1, 2)]


def _passed(row: int, frontier: Frontier) -> list[tuple[int, Frontier]]:
    """The option is a way through the block behind `row`, where nothing is to be picked."""
    if frontier[row] == _DONE:
        return [(_NOTHING, frontier)]
    once = _joined(_with_degree(_with_degree(frontier, row, 1), row + 1, 1), row)
    twice = _joined(_with_degree(_with_degree(frontier, row, 2), row + 1, 2), row)
    return [(_NOTHING, frontier), (_THROUGH, once), (_DOUBLE, twice)]


def _picked(row: int, frontier: Frontier) -> list[tuple[int, Frontier]]:
    """The option is a way through the block behind `row`, where something is to be picked."""
    if frontier[row] == _DONE:
        return []
    at_front, at_back = _with_degree(frontier, row, 2), _with_degree(frontier, row + 1, 2)
    at_both = _with_degree(at_front, row + 1, 2)
    return [*_passed(row, frontier)[1:], (_FRONT, at_front), (_BACK, at_back), (_GAP, at_both)]


def _left(row: int, frontier: Frontier) -> list[tuple[int, Frontier]]:
    """The option is how often the row is walked to the next column."""
    here = frontier[row]
    if here <= 0:
        return [(0, frontier)]
    if here % 2:
        return [(1, frontier)]  # the edge makes the old crossing even; the new one has this edge alone
    others = frontier[:row] + frontier[row + 1 :]
    if any(other // 2 == here // 2 for other in others):
        return [(0, (*frontier[:row], 0, *frontier[row + 1 :])), (2, frontier)]
    if not any(others):
        return [(0, (_DONE,) * len(frontier)), (2, frontier)]
    return [(2, frontier)]


def _with_degree(frontier: Frontier, row: int, degree: int) -> Frontier:
    """A crossing that was not used becomes a component of its own; its number is any that is free."""
    here = frontier[row] or 2 * (max(frontier) // 2 + 1)
    return (*frontier[:row], here ^ (degree % 2), *frontier[row + 1 :])


def _joined(frontier: Frontier, row: int) -> Frontier:
    """The components of a row and of the next one become one."""
    kept, gone = frontier[row] // 2, frontier[row + 1] // 2
    return tuple(2 * kept + each % 2 if each and each // 2 == gone else each for each in frontier)


def _numbered(frontier: Frontier) -> Frontier:
    """The same frontier with its components numbered in the order of the rows."""
    if frontier[0] == _DONE:
        return frontier
    numbers: dict[int, int] = {}
    return tuple(each and 2 * numbers.setdefault(each // 2, len(numbers) + 1) + each % 2 for each in frontier)
