"""A printer at the device file that the system makes for it, such as ``/dev/usb/lp0``."""

from __future__ import annotations

import errno
import os
import select
import time

from app.devices.printing._net import BrokenOff
from app.devices.printing._talk import LineWay
from app.domain.printing import Fault, Printer
from app.errors import PrinterUnreachable

__all__ = ["Device", "usb_way"]

_CHUNK = 4_096


def usb_way(printer: Printer) -> LineWay:
    """Return the way to a printer at a device file."""
    return LineWay(printer, lambda _seconds: Device(printer.address.strip()))


class Device:
    """A device file as a line to a printer."""

    def __init__(self, path: str) -> None:
        self._path = path
        try:
            self.file: int = os.open(path, os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
        except FileNotFoundError as error:
            raise PrinterUnreachable("printers.off.no_device", device=path) from error
        except PermissionError as error:
            raise PrinterUnreachable("printers.off.denied", device=path) from error
        except OSError as error:
            # A printer's device that another program has open is busy; one that was pulled out has no device.
            gone = error.errno in (errno.ENODEV, errno.ENXIO, errno.EIO)
            key = "printers.off.no_device" if gone else "printers.off.device"
            more = {} if gone else {"why": error.strerror or str(error)}
            raise PrinterUnreachable(key, device=path, **more) from error

    @property
    def where(self) -> str:
        """Path of the device."""
        return self._path

    def write(self, data: bytes, stall: float) -> int:
        """Send all of it; see :class:`~app.devices.printing._talk.Line`."""
        sent, moved = 0, time.monotonic()
        while sent < len(data):
            try:
                _, writable, _ = select.select([], [self.file], [], 0.25)
                count = os.write(self.file, data[sent : sent + _CHUNK]) if writable else 0
            except BlockingIOError:
                count = 0
            except OSError as error:
                raise self._broke(error, sent) from error
            sent += count
            if count:
                moved = time.monotonic()
            elif time.monotonic() - moved > stall:
                raise BrokenOff(
                    Fault("printers.broke.stalled", {"where": self._path, "seconds": round(stall), "bytes": sent}), sent
                )
        return sent

    def _broke(self, error: OSError, sent: int) -> BrokenOff:
        return BrokenOff(
            Fault("printers.broke.reset", {"where": self._path, "bytes": sent, "why": error.strerror or str(error)}),
            sent,
        )

    def read(self, seconds: float) -> bytes | None:
        """Return what the printer says; see :class:`~app.devices.printing._talk.Line`."""
        until = time.monotonic() + seconds
        while True:
            try:
                readable, _, _ = select.select([self.file], [], [], max(0.0, until - time.monotonic()))
                said = os.read(self.file, _CHUNK) if readable else b""
            except BlockingIOError:
                said = b""
            except OSError as error:
                raise self._broke(error, 0) from error
            # The device of a printer that has nothing to say is readable all the time and gives nothing.
            if said or time.monotonic() >= until:
                return said
            time.sleep(min(0.02, max(0.0, until - time.monotonic())))

    def finish(self) -> None:
        """A device has no end to say."""

    def close(self) -> None:
        """Give the device back."""
        os.close(self.file)

    def abort(self) -> None:
        """Give the device back; of a serial port what was not sent is thrown away, else closing would wait for it."""
        if os.isatty(self.file):
            import termios

            termios.tcflush(self.file, termios.TCIOFLUSH)
        os.close(self.file)
