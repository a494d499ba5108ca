"""Cells of a file that a person mended: what they are to say, laid over the file whenever it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.intake import fold_name, narrow, problem

__all__ = ["Fix", "place_of"]


@dataclass(frozen=True, slots=True)
class Fix:
    """One mended cell."""

    file: str
    """Name of the file, as a problem names it."""
    row: int
    """Row as a spreadsheet counts."""
    column: str
    """Column as the problem names it."""
    value: str
    """What the cell is to say."""
    was: str = ""
    """What the problem showed of it; empty where that is not known."""


def place_of(header: Sequence[str], row: Sequence[str], fix: Fix, *, by_value: bool = True) -> int | None:
    """Return the place in *row* that a mended cell takes; None where it has none.

    The column decides; where the file has it more than once, the one that holds what the problem showed. A problem may
    name a field instead of a column (an SKU that several columns can hold): then the only cell that holds it is meant.

    :param by_value: whether a cell may be found by what it holds alone.
    """
    wanted = fold_name(fix.column)
    named = [place for place, name in enumerate(header) if fold_name(name) == wanted and place < len(row)]
    if len(named) == 1:
        return named[0]
    if not named and not (by_value and fix.was):
        return None
    holding = [place for place in named or range(len(row)) if _shown(row[place]) == _shown(fix.was)]
    if named:
        return (holding or named)[0]
    return holding[0] if len(holding) == 1 else None


def _shown(cell: str) -> str:
    """Return a cell as a problem shows it, in a form in which widths and spaces around do not matter."""
    return narrow(problem("", 0, "", cell, "").value)
