"""A printer that takes bytes over TCP, usually on port 9100."""

from __future__ import annotations

from app.devices.printing._net import Tcp
from app.devices.printing._talk import LineWay
from app.domain.printer_address import host_of
from app.domain.printing import Printer

__all__ = ["raw_way"]


def raw_way(printer: Printer) -> LineWay:
    """Return the way to a printer at ``host:port``.

    :raises NotAllowed: its address cannot be read.
    """
    host, port = host_of(printer.address)
    return LineWay(printer, lambda seconds: Tcp(host, port, seconds))
