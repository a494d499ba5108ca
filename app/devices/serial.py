"""A scanner at a serial port, also one that USB or radio shows as such; the port itself is :mod:`app.devices.port`."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.devices.frames import CODE, Frame, Framer, text_of
from app.devices.port import Port, PortThread, ports
from app.devices.readers import OFF, fresh_act
from app.services.readers import Serial

__all__ = ["SerialScanner", "ports"]

_PAUSE_MS = 150
"""A code whose next byte does not come for this long broke off, or is whole where only a pause ends it."""


class _Codes(Port):
    """A port whose bytes are codes."""

    code = Signal(object)
    """A :class:`Frame`."""

    def __init__(self, settings: Serial) -> None:
        super().__init__(settings.port, settings.baud)
        self._framer = Framer(settings.end)

    def came(self, data: bytes, moment: int) -> int:
        """Cut the bytes into codes."""
        for frame in self._framer.feed(data, moment):
            self.code.emit(frame)
        return _PAUSE_MS if self._framer.waiting else 0

    def broken_off(self) -> None:
        """A code without its end is a part of one, or whole where only a pause ends it."""
        for frame in self._framer.silence():
            self.code.emit(frame)


class SerialScanner(QObject):
    """One serial reader, as the hub knows it."""

    scanned = Signal(str, str)
    """Text, and a fresh act id."""
    state_changed = Signal(str)
    """Whether the port is open."""
    trouble = Signal(str, str)
    """Key of a sentence, and what came."""

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
        self._thread: PortThread | None = None
        self._port: _Codes | None = None

    @property
    def state(self) -> str:
        """How it stands."""
        return self._state

    def start(self) -> None:
        """Open the port, on its thread."""
        if self._thread is not None:
            return
        self._port = _Codes(self.settings)
        self._port.code.connect(self._came, Qt.ConnectionType.QueuedConnection)
        self._port.stands.connect(self._stands, Qt.ConnectionType.QueuedConnection)
        self._thread = PortThread(self._port, f"kenpin-serial {self.settings.title}")

    def stop(self) -> None:
        """Close the port and end its thread."""
        thread, port = self._thread, self._port
        if thread is None or port is None:
            return
        self._thread = self._port = None
        for signal in (port.code, port.stands):
            signal.disconnect()
        thread.end()
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
