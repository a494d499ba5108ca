"""A printer of the system's own spooler (Windows, macOS), by the name that it has there.

The spooler says that it took a job. What came out of it is not to be had from Qt: that stays open, and a person or a
scan of the paper settles it.
"""

from __future__ import annotations

from app.devices.printing import _worker
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.domain.printing import Delivery, Fault, Printer
from app.errors import PrinterUnreachable

__all__ = ["SpoolerWay"]

_BEGIN = 4.0
"""Seconds more than a question itself gets: the process that asks must begin."""


class SpoolerWay:
    """The way to a printer over the system's spooler."""

    def __init__(self, printer: Printer) -> None:
        self._name = printer.address.strip()
        self._dpi = printer.dpi

    def state(self, seconds: float = 3.0) -> PrinterReport | None:
        """Ask the system how it is; None where it names no error: it knows its queue, not the printer."""
        try:
            said = _worker.run(_worker.state_of, self._name, seconds=seconds + _BEGIN)
        except _worker.NotDone as error:
            raise PrinterUnreachable("printers.off.spooler_silent", name=self._name) from error
        if said == "gone":
            raise PrinterUnreachable("printers.off.no_such_queue", name=self._name)
        return report({PrinterState.FAULT}) if said == "error" else None

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:
        """Draw the PDF on it; see :class:`~app.services.printers.Way`."""
        try:
            said = _worker.run(_worker.print_pdf, self._name, title, data, self._dpi, seconds=seconds + _BEGIN)
        except _worker.NotDone:
            # It was ended somewhere in the middle: what the spooler has by then, it may print.
            return Delivery(len(data), whole=True, fault=self._fault("printers.broke.spooler"), where=self._name)
        if said == "gone":
            return Delivery(0, whole=False, fault=self._fault("printers.off.no_such_queue"), where=self._name)
        if said == "unreadable":
            return Delivery(0, whole=False, fault=self._fault("printers.broke.unreadable"), where=self._name)
        if said:
            fault = self._fault("printers.broke.spooler_refused")
            return Delivery(len(data), whole=True, fault=fault, where=self._name)
        return Delivery(len(data), whole=True, where=self._name)

    def _fault(self, key: str) -> Fault:
        return Fault(key, {"name": self._name})

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:  # noqa: ARG002 # there is nothing to ask
        """Nothing more becomes known of it."""
        return delivery
