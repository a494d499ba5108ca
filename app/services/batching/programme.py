"""The linear and the integer programme that choose carts of a pool so that every order is in one (set covering).

Taking an order out of a cart never makes its walk longer, so a choice in which an order is in two carts is no shorter
than one in which it is in one: covering may stand for partitioning, and its prices are never negative.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from app.services.batching.carts import Group, Ints
from app.services.batching.pricing import Found, Numbers
from app.services.highs import INTEGER, Highs

__all__ = ["Master", "Prices", "choose"]


@dataclass(frozen=True, slots=True)
class Prices:
    """An optimal solution of the linear programme over the carts known so far."""

    mm: float
    """Its length: over all possible carts it would be a lower bound of every plan."""
    orders: Numbers
    """What an order is worth, in mm: no cart known so far is shorter than its orders are worth."""
    shares: Numbers
    """How much of each cart it uses."""


class Master:
    """The linear programme, to which carts are added; each solution starts from the one before."""

    def __init__(self, orders: int, wanted: Sequence[int] | None = None) -> None:
        """:param wanted: the orders that have to be in a cart, where that is not all; the others are worth nothing"""
        self._solver = _rows(orders, wanted)
        # New carts leave the last solution possible, and only its prices wrong: the primal simplex goes on from there.
        self._solver.setOptionValue("simplex_strategy", 4)

    def add(self, groups: Sequence[Group], lengths: Ints) -> None:
        """Add carts with the mm of their walks."""
        _add_columns(self._solver, groups, lengths)

    def fix(self, numbers: Iterable[int]) -> None:
        """Use these carts, by the order in which they were added, as a whole."""
        for number in numbers:
            self._solver.changeColBounds(number, 1.0, highspy.kHighsInf)

    def release(self, numbers: Iterable[int]) -> None:
        """Take back `fix`."""
        for number in numbers:
            self._solver.changeColBounds(number, 0.0, highspy.kHighsInf)

    def solve(self) -> Prices:
        """Return the shortest mixture of the carts added so far; they have to hold every order."""
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"the linear programme ended as {self._solver.getModelStatus()}")
        solution = self._solver.getSolution()
        return Prices(
            self._solver.getObjectiveValue(),
            np.maximum(0.0, np.array(solution.row_dual)),
            np.array(solution.col_value),
        )


def choose(
    orders: int,
    found: Found,
    seconds: float,
    nodes: int,
    wanted: Sequence[int] | None = None,
) -> tuple[list[Group] | None, bool]:
    """Return the carts of the shortest choice in which every order is in at least one, and whether that is proven.

    None where no choice is found in time.

    :param seconds: wall clock at most
    :param nodes: nodes of the search at most, so that a search without a clock ends as well
    :param wanted: as for `Master`
    """
    groups, lengths = found
    solver, count = _rows(orders, wanted), len(groups)
    _add_columns(solver, groups, lengths)
    columns = np.arange(count, dtype=np.int32)
    solver.changeColsBounds(count, columns, np.zeros(count), np.ones(count))
    solver.changeColsIntegrality(count, columns, np.full(count, INTEGER, dtype=np.uint8))
    for option, value in (
        ("time_limit", max(0.01, seconds)),
        ("mip_max_nodes", nodes),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.5),  # lengths are whole mm
    ):
        solver.setOptionValue(option, value)
    # No plan is handed over to begin with: HiGHS 1.16 loses carts of it where its presolve removes their columns, and
    # then takes a choice without them for a plan. What a shorter plan cannot hold has been left out before.
    solver.run()
    values = np.array(solver.getSolution().col_value)
    if len(values) != count or solver.getInfo().primal_solution_status != highspy.kSolutionStatusFeasible:
        return None, False
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return [groups[number] for number in np.flatnonzero(values > 0.5)], proven


def _rows(orders: int, wanted: Sequence[int] | None) -> Highs:
    """Return a programme with a row for each order and no carts yet."""
    solver, least = Highs(), np.ones(orders)
    if wanted is not None:
        least[:] = 0.0
        least[list(wanted)] = 1.0
    none = np.zeros(0, dtype=np.int32)
    most = np.full(orders, highspy.kHighsInf)
    solver.addRows(orders, least, most, 0, np.zeros(orders, np.int32), none, np.zeros(0))
    return solver


def _add_columns(solver: highspy.Highs, groups: Sequence[Group], lengths: Ints) -> None:
    sizes = np.fromiter((len(group) for group in groups), dtype=np.int32, count=len(groups))
    starts = np.concatenate([np.zeros(1, np.int32), np.cumsum(sizes)[:-1].astype(np.int32)])
    rows = np.fromiter((order for group in groups for order in group), dtype=np.int32)
    solver.addCols(
        len(groups),
        lengths.astype(np.float64),
        np.zeros(len(groups)),
        np.full(len(groups), highspy.kHighsInf),
        len(rows),
        starts,
        rows,
        np.ones(len(rows)),
    )
