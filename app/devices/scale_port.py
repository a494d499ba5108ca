"""The serial port of a scale: its lines become weights and troubles, on a thread of their own.

The line's speed and parity are found by trying those that the protocol uses, each for a while, until lines come that
fit. A scale that sends by itself is only listened to; one that does not is asked, and only in a protocol that somebody
chose or that its own lines have shown: a command that a balance does not know may switch it off or alter its settings.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtSerialPort import QSerialPort

from app.devices.frames import CODE, LONG, Framer, text_of
from app.devices.port import Port, now
from app.devices.readers import LOST
from app.devices.watch import News, Watch
from app.domain.scale import Wire
from app.services.scales import AUTO, Maker, ScaleSettings, protocol, recognise, wires_of

__all__ = ["ScalePort"]

_PAUSE_MS = 150
"""A line whose next byte does not come for this long broke off."""
_LONGEST = 64
"""Bytes of a line; no protocol has half as many."""
_TICK_MS = 100
_ASK_MS = 250
"""A scale that has been silent for this long is asked."""
_TRY_MS = 1_500
"""How long each setting of the line is tried."""
_SEEN = 3
"""Lines running that must fit one protocol before it is taken for it."""
_MANY = 6
"""Lines that fit several protocols, after which somebody is asked which it is."""
_GIVE_UP_MS = 10_000
"""After so long without a line that fits, other settings of the line are tried again."""

_BITS = {7: QSerialPort.DataBits.Data7, 8: QSerialPort.DataBits.Data8}
_PARITY = {
    "none": QSerialPort.Parity.NoParity,
    "even": QSerialPort.Parity.EvenParity,
    "odd": QSerialPort.Parity.OddParity,
}
_STOPS = {1: QSerialPort.StopBits.OneStop, 2: QSerialPort.StopBits.TwoStop}


class ScalePort(Port):
    """A port whose bytes are lines of a scale."""

    shown = Signal(object)
    """A :class:`Reading`: every line that fits, for the live display."""
    news = Signal(object)
    """A :class:`News`: a weight that counts, or a trouble."""
    spoke = Signal(str, int)
    """Id of the protocol and speed, when they are found."""

    def __init__(self, settings: ScaleSettings) -> None:
        self._wires = wires_of(settings)
        super().__init__(settings.port, self._wires[0].baud)
        self._settings = settings
        self._maker: Maker | None = protocol(settings.protocol)
        self._framer = Framer("line", _LONGEST)
        self._watch = Watch(settings.division)
        if self._maker is not None:
            self._watch.exact = self._maker.EXACT
        self._settled = False
        self._at = self._tried = 0
        self._tried_at = self._asked_at = self._heard_at = self._fitted_at = 0
        self._lines: list[bytes] = []
        self._ticks: QTimer | None = None

    @Slot()
    def again(self) -> None:
        """Tell the next weight that stands even if it was told already."""
        self._watch.again()

    # --- the port ---

    def set_up(self) -> None:
        """Begin to look at the clock."""
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self.stands.connect(self._stands)
        self._ticks.start()

    def let_go(self) -> None:
        """Look at the clock no more."""
        if self._ticks is not None:
            self._ticks.stop()

    def opened(self) -> None:
        """Begin to listen."""
        moment = now()
        self._framer.silence()
        self._watch.begin(moment)
        self._tried = 0
        self._heard_at = self._fitted_at = self._asked_at = moment
        self._use(self._wires[self._at])

    def _use(self, wire: Wire) -> None:
        self._tried_at = now()
        self._lines.clear()
        port = self._port
        if port is not None:
            port.setBaudRate(wire.baud)
            port.setDataBits(_BITS[wire.bits])
            port.setParity(_PARITY[wire.parity])
            port.setStopBits(_STOPS[wire.stops])

    @Slot(str, str)
    def _stands(self, state: str, why: str) -> None:
        if state == LOST:
            self._tell(self._watch.lost(why))

    def came(self, data: bytes, moment: int) -> int:
        """Cut the bytes into lines."""
        self._heard_at = moment
        self._watch.heard(moment)
        for frame in self._framer.feed(data, moment):
            self._line(frame.data if frame.kind == CODE else None, text_of(frame.data), moment)
            if frame.kind == LONG:
                self._framer.silence()  # else all that comes without an end would be one line
        return _PAUSE_MS if self._framer.waiting else 0

    def broken_off(self) -> None:
        """Half a line is none."""
        for frame in self._framer.silence():
            self._line(None, text_of(frame.data), now())

    # --- lines ---

    def _line(self, data: bytes | None, text: str, moment: int) -> None:
        if self._maker is None and not self._recognised(data, text, moment):
            return
        reading = self._maker.read(data) if self._maker is not None and data is not None else None
        if reading is not None:
            self._fitted_at = moment
            self._settle()
            self.shown.emit(reading)
        if reading is not None or self._all_tried:
            self._tell(self._watch.line(reading, text, moment))

    def _recognised(self, data: bytes | None, text: str, moment: int) -> bool:
        """Learn from the lines which protocol it is."""
        if data is None or not recognise((data,)):
            self._lines.clear()
            if self._all_tried:
                self._tell(self._watch.line(None, text, moment))
            return False
        self._fitted_at = moment
        self._lines = [*self._lines, data][-_MANY:]
        found = recognise(self._lines)
        if len(found) == 1 and len(self._lines) >= _SEEN:
            self._maker = found[0]
            self._watch.exact = found[0].EXACT
            return True
        if len(found) > 1 and len(self._lines) >= _MANY:
            self._tell(self._watch.unclear(", ".join(each.ID for each in found)))
        return False

    @property
    def _all_tried(self) -> bool:
        """Whether what comes is garbage and not only sent in another way than it was listened to."""
        return self._settled or self._tried >= len(self._wires)

    def _settle(self) -> None:
        if not self._settled and self._maker is not None:
            self._settled = True
            self.spoke.emit(self._maker.ID, self._wires[self._at].baud)

    def _tell(self, news: News) -> None:
        if news.weight is not None or news.said is not None:
            self.news.emit(news)

    # --- time ---

    def _tick(self) -> None:
        if self._port is None or not self._port.isOpen():
            return
        moment = now()
        self._tell(self._watch.tick(moment))
        heard = moment - self._heard_at < _TRY_MS
        if self._settled and heard and moment - self._fitted_at > _GIVE_UP_MS and len(self._wires) > 1:
            self._settled = False
            if self._settings.protocol == AUTO:
                self._maker = None
        if not self._settled and moment - max(self._tried_at, self._fitted_at) >= _TRY_MS:
            self._tried += 1
            if len(self._wires) > 1:
                self._at = (self._at + 1) % len(self._wires)
                self._use(self._wires[self._at])
        ask = self._maker.ASK if self._maker is not None else b""
        if ask and moment - max(self._heard_at, self._asked_at) >= _ASK_MS:
            self._asked_at = moment
            self._port.write(ask)
