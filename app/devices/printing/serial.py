"""A printer at a serial port: the system's own file where ports are files, Qt's port on Windows."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from app.devices.printing._net import BrokenOff
from app.devices.printing._talk import LineWay
from app.devices.printing.usb import Device
from app.domain.printer_address import serial_port
from app.domain.printing import Fault, Printer
from app.errors import PrinterUnreachable

if TYPE_CHECKING:  # loaded where it is needed
    from PySide6.QtSerialPort import QSerialPort

__all__ = ["serial_way"]

_CHUNK = 1_024
_LOOK_MS = 100


def serial_way(printer: Printer) -> LineWay:
    """Return the way to a printer at ``COM3``, ``/dev/ttyUSB0`` or either with ``@19200``.

    Its option ``flow`` says how it stops what comes: ``hardware`` (RTS/CTS, the usual), ``software`` or ``none``.

    :raises NotAllowed: its address cannot be read.
    """
    name, baud = serial_port(printer.address)
    flow = printer.options.get("flow", "hardware")
    if sys.platform == "win32":
        return LineWay(printer, lambda _seconds: QtPort(name, baud, flow))
    return LineWay(printer, lambda _seconds: _opened(name, baud, flow))


def _opened(name: str, baud: int, flow: str) -> Device:
    """Open a port that is a file and set it up: 8 bits, no parity, nothing changed on the way."""
    import termios

    line = Device(name)
    try:
        speed = getattr(termios, f"B{baud}")
        inputs = termios.IGNBRK | (termios.IXON | termios.IXOFF if flow == "software" else 0)
        control = termios.CS8 | termios.CREAD | termios.CLOCAL | (termios.CRTSCTS if flow == "hardware" else 0)
        chars = termios.tcgetattr(line.file)[6]
        termios.tcsetattr(line.file, termios.TCSANOW, [inputs, 0, control, 0, speed, speed, chars])
        termios.tcflush(line.file, termios.TCIFLUSH)
    except (termios.error, OSError) as error:
        line.close()
        raise PrinterUnreachable("printers.off.device", device=name, why=str(error.args[-1])) from error
    return line


class QtPort:
    """A serial port of Windows as a line to a printer. Qt's port needs an application object."""

    def __init__(self, name: str, baud: int, flow: str) -> None:
        from PySide6.QtSerialPort import QSerialPort

        self._name = name
        self._port = port = QSerialPort()
        port.setPortName(name)
        port.setBaudRate(baud)
        flows = QSerialPort.FlowControl
        port.setFlowControl(
            {"hardware": flows.HardwareControl, "software": flows.SoftwareControl}.get(flow, flows.NoFlowControl)
        )
        if not port.open(QSerialPort.OpenModeFlag.ReadWrite):
            raise self._closed(port)

    def _closed(self, port: QSerialPort) -> PrinterUnreachable:
        from PySide6.QtSerialPort import QSerialPort

        errors = QSerialPort.SerialPortError
        if port.error() == errors.DeviceNotFoundError:
            return PrinterUnreachable("printers.off.no_device", device=self._name)
        if port.error() == errors.PermissionError:
            return PrinterUnreachable("printers.off.denied", device=self._name)
        return PrinterUnreachable("printers.off.device", device=self._name, why=port.errorString())

    @property
    def where(self) -> str:
        """Name of the port."""
        return self._name

    def write(self, data: bytes, stall: float) -> int:
        """Send all of it; see :class:`~app.devices.printing._talk.Line`."""
        port, sent, moved = self._port, 0, time.monotonic()
        while True:
            waiting = int(port.bytesToWrite())
            if sent == len(data) and not waiting:
                return sent
            if sent < len(data) and waiting < _CHUNK:
                sent += max(0, int(port.write(data[sent : sent + _CHUNK])))
            before = int(port.bytesToWrite())
            port.waitForBytesWritten(_LOOK_MS)
            if int(port.bytesToWrite()) < before:
                moved = time.monotonic()
            self._check(sent - int(port.bytesToWrite()))
            if time.monotonic() - moved > stall:
                taken = sent - int(port.bytesToWrite())
                raise BrokenOff(
                    Fault("printers.broke.stalled", {"where": self._name, "seconds": round(stall), "bytes": taken}),
                    taken,
                )

    def _check(self, taken: int) -> None:
        from PySide6.QtSerialPort import QSerialPort

        fine = (QSerialPort.SerialPortError.NoError, QSerialPort.SerialPortError.TimeoutError)
        if self._port.error() not in fine:
            raise BrokenOff(
                Fault("printers.broke.reset", {"where": self._name, "bytes": taken, "why": self._port.errorString()}),
                taken,
            )

    def read(self, seconds: float) -> bytes | None:
        """Return what the printer says; see :class:`~app.devices.printing._talk.Line`."""
        if not self._port.bytesAvailable():
            self._port.waitForReadyRead(max(1, int(seconds * 1000)))
            self._check(0)
        return bytes(self._port.readAll().data())

    def finish(self) -> None:
        """A serial line has no end to say."""

    def close(self) -> None:
        """Give the port back."""
        self._port.close()

    def abort(self) -> None:
        """Throw away what was not sent and give the port back."""
        self._port.clear()
        self._port.close()
