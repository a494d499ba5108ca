"""The scale of the station, as the window holds it: what it weighs, and what is wrong with it.

It can be made before anything is known of a port; the library of serial ports is loaded when there is one.
"""

from __future__ import annotations

import signal as signals
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from app.devices.watch import News, Said
from app.domain.scale import Reading, ScaleFault, grams
from app.services.scales import Heard, ScaleSettings

if TYPE_CHECKING:  # a station without a scale does not load it
    from app.devices.port import PortThread
    from app.devices.scale_port import ScalePort

__all__ = ["FAULT", "OK", "UNSET", "Scale", "follow", "ports"]

UNSET, OK, FAULT = "", "ok", "fault"
"""How a scale stands: none is set up, it works as far as is known, it cannot weigh now."""


class Scale(QObject):
    """The station's scale; lives on the window's thread."""

    shown = Signal(object)
    """A :class:`Reading`: every line that fits, for the live display."""
    weighed = Signal(int)
    """A weight that stands, in grams; once, until it has changed or was asked for again. An empty scale is none."""
    trouble = Signal(str, dict)
    """Key of a sentence and its arguments, once until it changes; an empty key when the trouble is over."""
    state_changed = Signal(str)
    """:data:`UNSET`, :data:`OK` or :data:`FAULT`."""
    spoke = Signal(str, int)
    """Id of the protocol and speed, when they are found."""
    _asked_again = Signal()

    def __init__(self, settings: ScaleSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings or ScaleSettings()
        """Port, protocol, speed, division."""
        self.reading: Reading | None = None
        """The last line that fitted; None before the first one, and while nothing comes."""
        self.found: tuple[str, int] | None = None
        """Protocol and speed as they were found; None before."""
        self.said: tuple[str, dict[str, str]] = ("", {})
        """The trouble that stands: key of its sentence and arguments; an empty key for none."""
        self._state = UNSET
        self._started = False
        self._thread: PortThread | None = None
        self._port: ScalePort | None = None

    @property
    def state(self) -> str:
        """How it stands."""
        return self._state

    def use(self, settings: ScaleSettings) -> None:
        """Work by these settings from now on."""
        if settings == self.settings:
            return
        started = self._started
        self.stop()
        self.settings = settings
        if started:
            self.start()

    def start(self) -> None:
        """Open its port, where one is set."""
        self._started = True
        if self._thread is not None or not self.settings.port:
            return
        try:
            from app.devices.port import PortThread
            from app.devices.scale_port import ScalePort
        except ImportError as error:  # a system library is missing: everything else works
            self._come(News(None, Said(ScaleFault.UNPLUGGED, str(error))))
            return
        self._port = port = ScalePort(self.settings)
        port.shown.connect(self._show, Qt.ConnectionType.QueuedConnection)
        port.news.connect(self._come, Qt.ConnectionType.QueuedConnection)
        port.spoke.connect(self._spoke, Qt.ConnectionType.QueuedConnection)
        self._asked_again.connect(port.again)
        self._set(OK)
        self._thread = PortThread(port, f"kenpin-scale {self.settings.port}")

    def stop(self) -> None:
        """Let go of the port."""
        self._started = False
        thread, port = self._thread, self._port
        self._thread = self._port = None
        if thread is not None and port is not None:
            for signal in (port.shown, port.news, port.spoke, self._asked_again):
                signal.disconnect()
            thread.end()
        self.reading = self.found = None
        self.said = ("", {})
        self._set(UNSET)

    def again(self) -> None:
        """Tell the next weight that stands even if it was told already; what lies on it now is weighed anew."""
        self._asked_again.emit()

    @Slot(object)
    def _show(self, reading: Reading) -> None:
        self.reading = reading
        self.shown.emit(reading)

    @Slot(str, int)
    def _spoke(self, protocol: str, baud: int) -> None:
        self.found = (protocol, baud)
        self.spoke.emit(protocol, baud)

    @Slot(object)
    def _come(self, news: News) -> None:
        if news.said is not None:
            fault = news.said.fault
            if fault in (ScaleFault.UNPLUGGED, ScaleFault.SILENT, ScaleFault.GARBAGE):
                self.reading = None
            named = {"port": self.settings.port, "what": news.said.detail[:40]}
            self.said = (f"scale.fault.{fault}", named) if fault is not None else ("", {})
            self.trouble.emit(*self.said)
            self._set(OK if fault is None else FAULT)
        if news.weight is not None:
            self.weighed.emit(news.weight)

    def _set(self, state: str) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


class _Follower(QObject):
    """Hands on what a scale says, in a program that has nothing else to do."""

    def __init__(self, scale: Scale, tell: Callable[[Heard], bool]) -> None:
        super().__init__()
        self._tell = tell
        self.error: BaseException | None = None
        """What ended it, if it was an error; Qt would only print one that leaves a slot."""
        scale.shown.connect(self._shown)
        scale.weighed.connect(lambda weight: self._hear(Heard(weighed=weight)))
        scale.trouble.connect(lambda key, args: self._hear(Heard(key=key, args=args)))
        scale.spoke.connect(lambda protocol, baud: self._hear(Heard(found=(protocol, baud))))

    def _shown(self, reading: Reading) -> None:
        weight = None if reading.milligrams is None else grams(reading.milligrams)
        self._hear(Heard(weight, reading.stable is False))

    def _hear(self, heard: Heard) -> None:
        try:
            go_on = self._tell(heard)
        except BaseException as error:  # noqa: BLE001 - raised again where the loop was begun
            self.end(error)
        else:
            if not go_on:
                self.end()

    def end(self, error: BaseException | None = None) -> None:
        """Leave the loop."""
        self.error = self.error or error
        QCoreApplication.exit(0)


def follow(settings: ScaleSettings, tell: Callable[[Heard], bool]) -> None:
    """Hear a scale until *tell* returns False; for a program without a window.

    :raises KeyboardInterrupt: a person ended it.
    """
    application = QCoreApplication.instance() or QCoreApplication(["kenpin"])
    scale = Scale(settings)
    follower = _Follower(scale, tell)
    before = signals.signal(signals.SIGINT, lambda *_: follower.end(KeyboardInterrupt()))
    breath = QTimer()  # Python hears a signal only when it is called
    breath.timeout.connect(lambda: None)
    breath.start(100)
    try:
        scale.start()
        application.exec()
    finally:
        breath.stop()
        scale.stop()
        signals.signal(signals.SIGINT, before)
    if follower.error is not None:
        raise follower.error


def ports() -> list[tuple[str, str]]:
    """Return path and description of every serial port of this computer; none where its library is missing."""
    try:
        from app.devices.port import ports
    except ImportError:
        return []
    return ports()
