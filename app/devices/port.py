"""A serial port on a thread of its own: opened, read, lost, and opened again; what the bytes mean is another matter.

A busy window neither joins two codes nor tears one, and a radio port which takes seconds to open holds nothing up.
When the port goes away that is said, and it is tried again every second until it is back.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QIODevice, QObject, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtSerialPort import QSerialPort, QSerialPortInfo

from app.devices.readers import LOST, READY

__all__ = ["Port", "PortThread", "now", "ports"]

_AGAIN_MS = 1_000
_ENOUGH_MS = 3_000
"""How long an end is waited for; a radio port may still be opening."""
_LATE_MS = 30
"""A silence measured this late is none: the program was busy, and bytes may wait."""
_NOT_FATAL = (
    QSerialPort.SerialPortError.NoError,
    QSerialPort.SerialPortError.TimeoutError,
    QSerialPort.SerialPortError.UnsupportedOperationError,
    QSerialPort.SerialPortError.NotOpenError,
)
_lingering: list[PortThread] = []
"""Those that hang in the opening of a port when their reader is ended: a thread at work must not be destroyed."""


def now() -> int:
    """Return milliseconds by a clock that never goes back."""
    return time.monotonic_ns() // 1_000_000


class Port(QObject):
    """The port itself; lives on a thread of its own. What reads it says what the bytes are."""

    stands = Signal(str, str)
    """State, and why where it is lost."""

    def __init__(self, name: str, baud: int) -> None:
        super().__init__()
        self._name, self._baud = name, baud
        self._port: QSerialPort | None = None
        self._silence: QTimer | None = None
        self._again: QTimer | None = None
        self._due = 0

    @Slot()
    def begin(self) -> None:
        """Make what must belong to this thread, and open the port."""
        self._silence, self._again = QTimer(self), QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setTimerType(Qt.TimerType.PreciseTimer)
        self._silence.timeout.connect(self._silent)
        self._again.timeout.connect(self._open)
        self._again.setInterval(_AGAIN_MS)
        self._port = QSerialPort(self)
        self._port.setPortName(self._name)
        self._port.setBaudRate(self._baud)
        self._port.readyRead.connect(self._read)
        self._port.errorOccurred.connect(self._failed)
        self.set_up()
        self._open()

    @Slot()
    def end(self) -> None:
        """Close the port and end the thread."""
        self.let_go()
        for timer in (self._silence, self._again):
            if timer is not None:
                timer.stop()
        if self._port is not None:
            self._port.close()
            self._port.deleteLater()
            self._port = None
        self.thread().quit()

    # --- what a reader of bytes adds ---

    def came(self, data: bytes, moment: int) -> int:
        """Take bytes; return after how many milliseconds without more a silence means something, 0 for never."""
        raise NotImplementedError

    def broken_off(self) -> None:
        """Nothing more came in that time, or the port is gone."""
        raise NotImplementedError

    def set_up(self) -> None:
        """Make what else must belong to this thread; `begin` itself is a slot and stays as it is."""

    def opened(self) -> None:
        """The port has just been opened."""

    def let_go(self) -> None:
        """End what was made there."""

    # --- the port ---

    def _open(self) -> None:
        port, again = self._port, self._again
        if port is None or again is None or port.isOpen():
            return
        if port.open(QIODevice.OpenModeFlag.ReadWrite):
            again.stop()
            self.opened()
            self.stands.emit(READY, "")
        else:
            self.stands.emit(LOST, port.errorString())
            again.start()

    def _failed(self, error: QSerialPort.SerialPortError) -> None:
        # On hang-up the port stays open by its own account; closing it inside its own signal would pull the rug away.
        if self._port is not None and self._port.isOpen() and error not in _NOT_FATAL:
            QTimer.singleShot(0, self, self._hang_up)

    def _hang_up(self) -> None:
        if self._port is None or self._again is None or not self._port.isOpen():
            return
        why = self._port.errorString()
        self._port.close()
        self.broken_off()
        self.stands.emit(LOST, why)
        self._again.start()

    def _read(self) -> None:
        if self._port is None or self._silence is None:
            return
        moment = now()
        pause = self.came(bytes(self._port.readAll().data()), moment)
        if pause:
            self._wait(pause)
        else:
            self._silence.stop()

    def _wait(self, milliseconds: int) -> None:
        if self._silence is not None:
            self._due = now() + milliseconds
            self._silence.start(milliseconds)

    def _silent(self) -> None:
        if now() - self._due > _LATE_MS or (self._port is not None and self._port.bytesAvailable()):
            self._wait(_LATE_MS)  # bytes that came meanwhile go first
        else:
            self.broken_off()


class PortThread(QObject):
    """A port at work on its thread, as its owner in the window's thread holds it."""

    _asked_to_begin = Signal()
    _asked_to_end = Signal()

    def __init__(self, port: Port, name: str) -> None:
        """Begin the work of *port*; its signals are to be connected before.

        :param name: of the thread, for whoever looks at the program.
        """
        super().__init__()
        self._thread, self._port = QThread(), port
        self._thread.setObjectName(name)
        port.moveToThread(self._thread)
        self._asked_to_begin.connect(port.begin)
        self._asked_to_end.connect(port.end)
        self._thread.start()
        self._asked_to_begin.emit()

    def end(self) -> None:
        """Close the port and end its thread; the owner takes its signals off before."""
        self._asked_to_end.emit()
        for signal in (self._asked_to_begin, self._asked_to_end):
            signal.disconnect()
        if not self._thread.wait(_ENOUGH_MS):
            _lingering.append(self)


def ports() -> list[tuple[str, str]]:
    """Return path and description of every serial port of this computer.

    On Linux the path is the one that stays the same when the machine is plugged in again, where there is one.
    """
    lasting = _lasting_paths()
    found = []
    for port in QSerialPortInfo.availablePorts():
        path = port.systemLocation()
        words = " ".join(part for part in (port.manufacturer(), port.description()) if part)
        found.append((lasting.get(path, path), words))
    return sorted(found)


def _lasting_paths() -> dict[str, str]:
    from pathlib import Path

    folder = Path("/dev/serial/by-id")
    try:
        return {str(link.resolve()): str(link) for link in sorted(folder.iterdir())}
    except OSError:
        return {}
