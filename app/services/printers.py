"""Printers of the house: which there are, how they are reached, what they said last.

How bytes travel is not known here: ``main`` hands in the ways (:class:`Ways`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.domain.printer_state import PrinterReport
from app.domain.printing import Delivery, Printer

__all__ = ["Found", "Way", "Ways"]

Found = tuple[str, str, str]
"""A printer that was found: transport, address, and what it calls itself."""


class Way(Protocol):
    """The way to one printer. Every call ends within its deadline, whatever the printer does."""

    def state(self, seconds: float = 3.0) -> PrinterReport | None:
        """Ask how it is; None where it cannot be asked, or does not answer although it takes connections.

        :raises PrinterUnreachable: it is off, its cable is out, its address is wrong; in words.
        """

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:
        """Bring a job to it. Never raises for what a printer does: that is in the delivery.

        :param title: name of the job without personal data.
        :param seconds: without progress for so long it counts as stalled.
        """

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:
        """Ask again what became of it."""


class Ways(Protocol):
    """Ways to printers, and those that can be found; handed in by ``main``."""

    def to(self, printer: Printer) -> Way:
        """Return the way to a printer; opens nothing yet."""

    def find(self, seconds: float = 8.0) -> Sequence[Found]:
        """Look for printers: the system's queues, the network, serial ports and devices. Blocks: not on Qt's thread."""
