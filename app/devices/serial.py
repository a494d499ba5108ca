"""A scanner at a serial port, also one that USB or radio shows as such.

The port is read on a thread of its own, so that a busy window neither joins two codes nor tears one, and so that a
radio port which takes seconds to open holds nothing up. When the port goes away the reader says so and tries again
every second until it is back.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QIODevice, QObject, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtSerialPort import QSerialPort, QSerialPortInfo

from app.devices.frames import CODE, Frame, Framer, text_of
from app.devices.readers import LOST, OFF, READY, fresh_act
from app.services.readers import Serial

__all__ = ["SerialScanner", "ports"]

_PAUSE_MS = 150
"""A code whose next byte does not come for this long broke off, or is whole where only a pause ends it."""
_LATE_MS = 30
"""A silence measured this late is none: the program was busy, and bytes may wait."""
_AGAIN_MS = 1_000
_ENOUGH_MS = 3_000
"""How long an end is waited for; a radio port may still be opening."""
_NOT_FATAL = (
    QSerialPort.SerialPortError.NoError,
    QSerialPort.SerialPortError.TimeoutError,
    QSerialPort.SerialPortError.UnsupportedOperationError,
    QSerialPort.SerialPortError.NotOpenError,
)
_lingering: list[QThread] = []
"""Threads that hang in the opening of a port when their reader is ended: a thread at work must not be destroyed."""


def _now() -> int:
    return time.monotonic_ns() // 1_000_000


class _Port(QObject):
    """The port itself; lives on its reader's thread."""

    came = Signal(object)
    """A :class:`Frame`."""
    stands = Signal(str, str)
    """State, and why where it is lost."""
    ended = Signal()

    def __init__(self, settings: Serial) -> None:
        super().__init__()
        self._settings = settings
        self._port: QSerialPort | None = None
        self._framer = Framer(settings.end)
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
        self._port.setPortName(self._settings.port)
        self._port.setBaudRate(self._settings.baud)
        self._port.readyRead.connect(self._read)
        self._port.errorOccurred.connect(self._failed)
        self._open()

    @Slot()
    def end(self) -> None:
        """Close the port and end the thread."""
        for timer in (self._silence, self._again):
            if timer is not None:
                timer.stop()
        if self._port is not None:
            self._port.close()
            self._port.deleteLater()
            self._port = None
        self.thread().quit()

    def _open(self) -> None:
        port, again = self._port, self._again
        if port is None or again is None or port.isOpen():
            return
        if port.open(QIODevice.OpenModeFlag.ReadWrite):
            again.stop()
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
        self._broken_off()
        self.stands.emit(LOST, why)
        self._again.start()

    def _read(self) -> None:
        if self._port is None or self._silence is None:
            return
        now = _now()
        for frame in self._framer.feed(bytes(self._port.readAll().data()), now):
            self.came.emit(frame)
        if self._framer.waiting:
            self._wait(_PAUSE_MS)
        else:
            self._silence.stop()

    def _wait(self, milliseconds: int) -> None:
        if self._silence is not None:
            self._due = _now() + milliseconds
            self._silence.start(milliseconds)

    def _silent(self) -> None:
        if _now() - self._due > _LATE_MS or (self._port is not None and self._port.bytesAvailable()):
            self._wait(_LATE_MS)  # bytes that came meanwhile go first
        else:
            self._broken_off()

    def _broken_off(self) -> None:
        for frame in self._framer.silence():
            self.came.emit(frame)


class SerialScanner(QObject):
    """One serial reader, as the hub knows it."""

    scanned = Signal(str, str)
    """Text, and a fresh act id."""
    state_changed = Signal(str)
    """Whether the port is open."""
    trouble = Signal(str, str)
    """Key of a sentence, and what came."""
    _asked_to_begin = Signal()
    _asked_to_end = Signal()

    kind = "serial"

    def __init__(self, settings: Serial, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.id = settings.port
        """The path of the port."""
        self.settings = settings
        """Port, speed and what ends a code."""
        self.moment = 0
        """When the first byte of the last scan came, in milliseconds."""
        self.why = ""
        """The system's words for why it is lost."""
        self._state = OFF
        self._thread: QThread | None = None
        self._port: _Port | None = None

    @property
    def state(self) -> str:
        """How it stands."""
        return self._state

    def start(self) -> None:
        """Open the port, on its thread."""
        if self._thread is not None:
            return
        self._thread, self._port = QThread(), _Port(self.settings)
        self._thread.setObjectName(f"kenpin-serial {self.settings.title}")
        self._port.moveToThread(self._thread)
        self._port.came.connect(self._came, Qt.ConnectionType.QueuedConnection)
        self._port.stands.connect(self._stands, Qt.ConnectionType.QueuedConnection)
        self._asked_to_begin.connect(self._port.begin)
        self._asked_to_end.connect(self._port.end)
        self._thread.start()
        self._asked_to_begin.emit()

    def stop(self) -> None:
        """Close the port and end its thread."""
        thread, port = self._thread, self._port
        if thread is None or port is None:
            return
        self._thread = self._port = None
        self._asked_to_end.emit()
        for signal in (self._asked_to_begin, self._asked_to_end, port.came, port.stands):
            signal.disconnect()
        if not thread.wait(_ENOUGH_MS):
            _lingering.append(thread)
        self._stands(OFF, "")

    @Slot(object)
    def _came(self, frame: Frame) -> None:
        text = text_of(frame.data)
        if frame.kind == CODE:
            self.moment = frame.began
            self.scanned.emit(text, fresh_act())
        else:
            self.trouble.emit(f"readers.trouble.{frame.kind}", text[:40])

    @Slot(str, str)
    def _stands(self, state: str, why: str) -> None:
        self.why = why
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def ports() -> list[tuple[str, str]]:
    """Return path and description of every serial port of this computer.

    On Linux the path is the one that stays the same when the scanner is plugged in again, where there is one.
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
