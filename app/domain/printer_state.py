"""What a label printer says of itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["PrinterReport", "PrinterState", "report"]


class PrinterState(StrEnum):
    """States of a printer, the one that a person should mend first at the top."""

    HEAD_OPEN = "head_open"
    PAPER_OUT = "paper_out"
    RIBBON_OUT = "ribbon_out"
    JAM = "jam"
    CUTTER = "cutter"
    OVERHEATED = "overheated"
    FAULT = "fault"
    """Something else; its own display says more."""
    PAUSED = "paused"
    UNKNOWN = "unknown"
    """Its answer is none that its language knows."""
    BUSY = "busy"
    READY = "ready"

    @property
    def key(self) -> str:
        """Key of its sentence."""
        return f"label_printer.{self}"

    @property
    def prints(self) -> bool:
        """Whether a label that is sent now comes out by itself."""
        return self in (PrinterState.READY, PrinterState.BUSY)


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """The answer of a printer."""

    state: PrinterState
    """What matters most of it."""
    all: tuple[PrinterState, ...]
    """Everything that it says, what matters most first."""
    left: int | None = None
    """Labels that it has still to print; None where it does not say."""


_ORDER = {state: place for place, state in enumerate(PrinterState)}


def report(found: Collection[PrinterState], left: int | None = None) -> PrinterReport:
    """Put the states that were found in order; none found is ready, or busy with labels left."""
    states = set(found) or {PrinterState.BUSY if left else PrinterState.READY}
    ordered = tuple(sorted(states, key=_ORDER.__getitem__))
    return PrinterReport(ordered[0], ordered, left)
