"""What a printer says of itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["PrinterReport", "PrinterState", "report"]


class PrinterState(StrEnum):
    """States of a printer, the one that a person should mend first at the top."""

    HEAD_OPEN = "head_open"
    COVER_OPEN = "cover_open"
    TRAY_MISSING = "tray_missing"
    PAPER_OUT = "paper_out"
    RIBBON_OUT = "ribbon_out"
    TONER_OUT = "toner_out"
    JAM = "jam"
    OUTPUT_FULL = "output_full"
    """The tray that the papers fall into is full."""
    CUTTER = "cutter"
    OVERHEATED = "overheated"
    FAULT = "fault"
    """Something else; its own display says more."""
    OFFLINE = "offline"
    """The queue says that it cannot reach its printer."""
    PAUSED = "paused"
    UNKNOWN = "unknown"
    """Its answer is none that its language knows."""
    BUSY = "busy"
    READY = "ready"
    PAPER_LOW = "paper_low"
    TONER_LOW = "toner_low"

    @property
    def key(self) -> str:
        """Key of its sentence."""
        return f"label_printer.{self}"

    @property
    def prints(self) -> bool:
        """Whether a label that is sent now comes out by itself."""
        return self in _PRINTS

    @property
    def warns(self) -> bool:
        """Whether it is a warning beside another state: it still prints."""
        return self in _WARNS


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """The answer of a printer."""

    state: PrinterState
    """What matters most of it."""
    all: tuple[PrinterState, ...]
    """Everything that it says, what matters most first."""
    left: int | None = None
    """Labels that it has still to print; None where it does not say."""


_WARNS = (PrinterState.PAPER_LOW, PrinterState.TONER_LOW)
_PRINTS = (PrinterState.READY, PrinterState.BUSY, *_WARNS)
_ORDER = {state: place for place, state in enumerate(PrinterState)}


def report(found: Collection[PrinterState], left: int | None = None) -> PrinterReport:
    """Put the states that were found in order; nothing but warnings is ready, or busy with labels left."""
    states = set(found)
    if states <= set(_WARNS):
        states.add(PrinterState.BUSY if left else PrinterState.READY)
    ordered = tuple(sorted(states, key=_ORDER.__getitem__))
    return PrinterReport(ordered[0], ordered, left)
