"""Orders that a release leaves out, as a list shows them."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.answers import sentence
from app.services.release import LeftOut
from app.ui.grid import Cell, Column
from app.ui.look import Look

__all__ = ["LEFT", "LeftRow", "left_cells"]

LEFT = (Column("number", 24), Column("shop", 18), Column("why", 52))
"""Columns, in their order."""


@dataclass(frozen=True, slots=True)
class LeftRow:
    """An order that is left out."""

    id: int
    left: LeftOut


def _why(look: Look, left: LeftOut) -> str:
    """Return why an order is left out, with what its carrier says."""
    if left.why.startswith("state."):
        return look.say(left.why)
    text = sentence(look.words, left.why, left.args)
    told = [
        sentence(look.words, fault.key, {**dict(fault.args), "field": look.say(fault.field_key)})
        for fault in left.faults
    ]
    return " ".join([text, *told])


def left_cells(look: Look, row: LeftRow) -> tuple[Cell, ...]:
    """Return the cells of an order that is left out."""
    why = _why(look, row.left)
    return (
        Cell(row.left.number, digits=True),
        Cell(row.left.shop, least=11),
        Cell(why, "error", least=11),
    )
