"""The exact shortest tour of one block of parallel aisles between a front and a back cross-aisle.

It knows plain numbers only: positions along an aisle are counted from the front cross-aisle, all in one unit.

Source: H. D. Ratliff, A. S. Rosenthal, Order-Picking in a Rectangular Warehouse: A Solvable Case of the Traveling
Salesman Problem, Operations Research 31 (1983) 507-521.

A tour is a connected graph in which each crossing has an even degree. Columns are added from left to right, and of what
lies to the left only the class of its two crossings (front, back) in the newest column counts:

====  ======================================================================================
UU    both have an odd degree; one component
EE1   both have an even degree of two or more; one component
EE2   both have an even degree of two or more; two components, one at each crossing
F     only the front crossing is used, with an even degree; one component
B     the same at the back
====  ======================================================================================

Between two columns at the distance ``w`` (``w2`` = twice that), the cross-aisles are walked (times in front, times at
the back)::

    UU -(1,1)-> UU  + w2         F -(2,0)-> F  + w2            B -(0,2)-> B  + w2
    EE1 -(2,0)-> F  + w2         EE1 -(0,2)-> B  + w2
    EE1 -(2,2)-> EE1  + 2 w2     EE2 -(2,2)-> EE2  + 2 w2

In a column there are five ways to reach its picks: *through* (walked once from end to end), *front* and *back* (there
and back from that end), *gap* (from both ends, leaving out the widest gap between two picks), *double* (walked through
twice)::

    UU  + through -> EE1     UU  + front, back or gap -> UU
    EE1 + through -> UU      EE1 + front, back or gap -> EE1
    EE2 + through -> UU      EE2 + front, back or gap -> EE2      EE2 + double -> EE1
    F   + through -> UU      F + front -> F      F + back or gap -> EE2      F + double -> EE1
    B   + through -> UU      B + back -> B      B + front or gap -> EE2      B + double -> EE1

The first column begins from nothing: through -> UU, front -> F, back -> B, gap -> EE2, double -> EE1. The tour is the
cheapest of EE1, F and B after the last column. Empty aisles need no column: what is walked through one could be moved
to the next column on one of its sides, at no cost.

A depot in front is a pick at position 0 of its column (see `with_depot`), so that no state is needed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

__all__ = ["Column", "block_columns", "block_length", "block_tour", "column", "with_depot"]


class Column(NamedTuple):
    """What the ways through one aisle cost."""

    x: float
    """Where the aisle lies along the cross-aisles."""
    through: float
    """Once from end to end; infinite where nobody can walk through (a depot between two aisles)."""
    front: float
    """From the front to the farthest pick and back."""
    back: float
    """From the back to the farthest pick and back."""
    gap: float
    """From both ends, leaving out the widest gap between two neighbouring picks."""


def column(x: float, height: float, places: Sequence[float]) -> Column:
    """Return the costs of one aisle.

    :param height: from the front to the back cross-aisle.
    :param places: the picks, at least one, ascending, from 0 (front) to `height` (back).
    """
    widest = 0.0
    for before, after in pairwise(places):
        widest = max(widest, after - before)
    return Column(x, height, 2 * places[-1], 2 * (height - places[0]), 2 * (height - widest))


def with_depot(
    picks: Mapping[float, Iterable[float]], depot_x: float, height: float, *, at_back: bool = False
) -> dict[float, list[float]]:
    """Return the picks by column, ascending, with the depot as one more place of its column."""
    places = {x: sorted(found) for x, found in picks.items()}
    of_depot = places.setdefault(depot_x, [])
    of_depot.insert(len(of_depot) if at_back else 0, height if at_back else 0)
    return places


def block_columns(
    picks: Mapping[float, Iterable[float]],
    height: float,
    depot_x: float,
    *,
    at_back: bool = False,
    on_aisle: bool = True,
) -> list[Column]:
    """Return the columns of a pick list from left to right, the depot's among them.

    :param picks: the places along each aisle, by the aisle's x; each aisle has at least one.
    :param at_back: whether the depot lies on the back cross-aisle.
    :param on_aisle: whether the depot lies at the end of an aisle that can be walked.
    """
    if on_aisle:
        places = with_depot(picks, depot_x, height, at_back=at_back)
        return [column(x, height, found) for x, found in sorted(places.items())]
    depot = Column(depot_x, inf, inf if at_back else 0, 0 if at_back else inf, inf)
    return sorted([depot, *(column(x, height, sorted(found)) for x, found in picks.items())])


def block_length(columns: Sequence[Column]) -> float:
    """Return the length of the shortest tour through `columns` (at least one, by ascending x)."""
    _, e1, _, f, b = _values(columns)[-1]
    return min(e1, f, b)


def _values(columns: Sequence[Column]) -> list[tuple[float, float, float, float, float]]:
    """Return for each column the cheapest way to UU, EE1, EE2, F and B.

    This is the recurrence unrolled: batching asks for hundred thousands of lengths.
    """
    left, through, f, b, e2 = columns[0]
    uu, e1 = through, 2 * through
    kept = [(uu, e1, e2, f, b)]
    for x, through, front, back, gap in columns[1:]:
        w2 = 2 * (x - left)
        left = x
        f, b = min(f, e1) + w2, min(b, e1) + w2
        uu, e1, e2 = uu + w2, e1 + 2 * w2, e2 + 2 * w2
        least = min(front, back, gap)
        apart = min(f, b, e2)  # what walking through twice makes one component
        uu, e1, e2 = (
            min(uu + least, through + min(e1, apart)),
            min(uu + through, e1 + least, apart + 2 * through),
            min(e2 + least, f + min(back, gap), b + min(front, gap)),
        )
        f += front
        b += back
        kept.append((uu, e1, e2, f, b))
    return kept


class Way(NamedTuple):
    """How the shortest tour goes through one column and on to the next one."""

    aisle: str
    """One of ``through``, ``front``, ``back``, ``gap``, ``double``."""
    on_front: int
    """How often the front cross-aisle is walked from here to the next column; 0 at the last."""
    on_back: int
    """The same at the back."""


UU, EE1, EE2, F, B = range(5)
_SIDES = ("front", "back", "gap")
_AISLE = ("through", "double", "front", "back", "gap")
_BEGIN = (UU, EE1, F, B, EE2)
"""What each way through the first aisle begins."""
_CROSSED = (
    (UU, UU, 1, 1),
    (F, F, 2, 0),
    (EE1, F, 2, 0),
    (B, B, 0, 2),
    (EE1, B, 0, 2),
    (EE1, EE1, 2, 2),
    (EE2, EE2, 2, 2),
)
"""State before, state after, times in front, times at the back."""
_WALKED = (
    *((state, side, state) for state in (UU, EE1, EE2) for side in _SIDES),
    (F, "front", F),
    (F, "back", EE2),
    (F, "gap", EE2),
    (B, "back", B),
    (B, "front", EE2),
    (B, "gap", EE2),
    (UU, "through", EE1),
    *((state, "through", UU) for state in (EE1, EE2, F, B)),
    *((state, "double", EE1) for state in (EE2, F, B)),
)
"""State before, way through the aisle, state after."""
_FROM = {
    state: tuple(
        (before, on_front, on_back, _AISLE.index(way))
        for at, way, after in _WALKED
        if after == state
        for before, to, on_front, on_back in _CROSSED
        if to == at
    )
    for state in (UU, EE1, EE2, F, B)
}
"""For each state all ways to it: state before, times in front, times at the back, index in `_AISLE`."""


def block_tour(columns: Sequence[Column]) -> tuple[float, list[Way]]:
    """Return the length of the shortest tour and how it goes, column by column."""
    kept = _values(columns)
    values = kept[-1]
    state = min((EE1, F, B), key=values.__getitem__)
    return values[state], _ways(columns, kept, state)


def _ways(columns: Sequence[Column], kept: Sequence[Sequence[float]], state: int) -> list[Way]:
    """Follow the tour back from the last state."""
    ways: list[Way] = []
    on_front = on_back = 0
    for at in range(len(columns) - 1, 0, -1):
        x, through, to_front, to_back, gap = columns[at]
        costs = (through, 2 * through, to_front, to_back, gap)
        w2, values = 2 * (x - columns[at - 1].x), kept[at - 1]
        least, chosen = inf, _FROM[state][0]
        for each in _FROM[state]:
            before, front, back, aisle = each
            total = values[before] + (w2 if front + back == 2 else 2 * w2) + costs[aisle]
            if total < least:
                least, chosen = total, each
        ways.append(Way(_AISLE[chosen[3]], on_front, on_back))
        state, on_front, on_back, _ = chosen
    ways.append(Way(_AISLE[_BEGIN.index(state)], on_front, on_back))
    return ways[::-1]
