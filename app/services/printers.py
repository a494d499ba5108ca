"""Printers of the house: which there are, how they are reached, what they said last.

How bytes travel is not known here: ``main`` hands in the ways (:class:`Ways`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.printer_state import PrinterReport
from app.domain.printing import Delivery, Printer

__all__ = ["Found", "Way", "Ways"]


@dataclass(frozen=True, slots=True)
class Found:
    """A printer that was found."""

    transport: str
    """A :class:`~app.domain.printing.Transport`."""
    address: str
    """In the words of its transport."""
    name: str
    """What it calls itself; its address where it does not say."""
    language: str = ""
    """The language that it said it speaks; empty where it did not say."""
    dpi: int = 0
    """Dots an inch that it said it has; 0 where it did not say."""


class Way(Protocol):
    """The way to one printer. Every call ends within its deadline, whatever the printer does.

    A way may be kept and is for one thread at a time.
    """

    def state(self, seconds: float = 3.0) -> PrinterReport | None:
        """Ask how it is; None where it cannot be asked, or does not answer although it takes connections.

        :raises PrinterUnreachable: it is off, its cable is out, its address is wrong; in words.
        """

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:
        """Bring a job to it. Never raises for what a printer does: that is in the delivery.

        :param title: name of the job without personal data.
        :param data: the whole job in the printer's language, with every copy in it.
        :param seconds: without progress for so long it counts as stalled.
        """

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:
        """Ask again what became of it. Never raises.

        :param delivery: what :meth:`send`, or the last call of this, returned: it also carries whether the printer's
            word may still be believed. One that is made anew with just its ``job`` is good for printers that number
            jobs (IPP), and settles nothing for the others.
        """


class Ways(Protocol):
    """Ways to printers, and those that can be found; handed in by ``main``."""

    def to(self, printer: Printer) -> Way:
        """Return the way to a printer; opens nothing yet."""

    def folder(self) -> Way:
        """Return the way to this station's own folder: where papers go that have no printer, as PDF files."""

    def find(self, seconds: float = 8.0) -> Sequence[Found]:
        """Look for printers: the system's queues, the network, serial ports and devices. Blocks: not on Qt's thread."""
