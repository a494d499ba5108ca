"""The ways to printers by their transport; each one's module is loaded when the first printer of it is met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.domain.printing import Printer, Transport
from app.services.printers import Found, Way

__all__ = ["PrinterWays"]


class PrinterWays:
    """Ways to the printers of the house, as this station reaches them."""

    def __init__(self, papers: Callable[[], Path]) -> None:
        """
        :param papers: gives the station's own folder for papers, as it is set at that moment.
        """
        self._papers = papers

    def to(self, printer: Printer) -> Way:
        """Return the way to a printer; opens nothing yet.

        :raises NotAllowed: its address cannot be read.
        """
        match printer.transport:
            case Transport.RAW:
                from app.devices.printing.raw import raw_way

                return raw_way(printer)
            case Transport.IPP:
                from app.devices.printing.ipp import IppWay

                return IppWay(printer)
            case Transport.SPOOLER:
                from app.devices.printing.spooler import SpoolerWay

                return SpoolerWay(printer)
            case Transport.SERIAL:
                from app.devices.printing.serial import serial_way

                return serial_way(printer)
            case Transport.USB:
                from app.devices.printing.usb import usb_way

                return usb_way(printer)
            case Transport.FOLDER:
                from app.devices.printing.folder import FolderWay

                return FolderWay(Path(printer.address), printer.language)

    def folder(self) -> Way:
        """Return the way to the station's own folder: where papers go that have no printer, as PDF files."""
        from app.devices.printing.folder import FolderWay

        return FolderWay(self._papers())

    def find(self, seconds: float = 8.0) -> Sequence[Found]:
        """Look for printers everywhere at once. Blocks up to *seconds*: not on Qt's thread."""
        from app.devices.printing.find import find

        return find(seconds)
