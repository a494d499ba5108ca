"""The keyboard wedge: a scanner that types. One filter for the whole application tells it from a person by speed.

Keys closer together than a person can type are a burst: every key of it is swallowed, whatever has the focus, so that
a scan never presses a button nor lands in a field. A first key is held back for a moment; when no burst follows it is
handed on as if nothing had been. Gaps are measured by the events' own time stamps: while the program is busy a clock
would read nonsense. Each burst becomes one :attr:`WedgeScanner.scanned` with a fresh act id.

The window system makes one keyboard of all that are plugged in. Two scanners that type at the same time are known by
keys that go down before others went up (:func:`overlapping`): such a burst is no code, and what follows at once is the
rest of the other one.

States (keep in step with ``_key``)::

    idle --key--> held --fast key--> held … 3 fast keys --> burst --Enter, Tab or a pause--> scanned
                  held --slow key, Enter, time over--> handed on, or collected where no field has the focus
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from app.devices.readers import LOST, OFF, READY, fresh_act
from app.services.readers import Keyboard

__all__ = ["WedgeScanner", "overlapping"]

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
_EDITS = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
"""Keys whose text is none of a code."""
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_LOST_CHARACTER = "\ufffd"
"""Stands for a key of a burst that says no character, such as F8: the code is not whole without it."""
_FEWEST = 3
"""Keys that make a burst."""
_FEWEST_IN_FIELD = 6
"""Keys that make a burst without an end while a person types into a field: fingers roll over two or three."""
_MOST_LEAD = 3
"""First keys of a scan that came slowly; more are a person's."""
_FORGET_MS = 20_000
"""How long digits typed into no field wait for the next one."""


def _text(event: QKeyEvent) -> str:
    """Return the character of a key; control characters also where the window system gives them no text."""
    if event.text():
        return event.text()
    if event.modifiers() & _CTRL and Qt.Key.Key_At <= event.key() <= Qt.Key.Key_Underscore:
        return chr(event.key() & 0x1F)
    return ""


def _place(event: QKeyEvent) -> int:
    """Return which key of the keyboard it is: with Shift let go between, its name differs at going down and up."""
    return event.nativeScanCode() or event.key()


def overlapping(down: Sequence[int], places: Sequence[int]) -> bool:
    """Whether the keys of a burst are those of two scanners.

    :param down: for each key, how many others were still down when it went down.
    :param places: which key of the keyboard each was.

    One scanner lets each key go before the next, or, if it is of a lazy kind, always only after the next. Both in one
    burst are two scanners. The same key twice says nothing: it must go up between.
    """
    told = [some for some, place, before in zip(down[1:], places[1:], places, strict=False) if place != before]
    return any(told) and not (all(told) and max(told) == 1)


class WedgeScanner(QObject):
    """Turns bursts of keys into scans. Install it with :meth:`start`; nothing else sees those keys."""

    scanned = Signal(str, str)
    """Text as typed, and a fresh act id."""
    entered = Signal(str, str)
    """A number typed by a person and ended by Enter, and a fresh act id."""
    typed = Signal(str)
    """What a person has typed so far where no field has the focus; empty when sent or dropped."""
    state_changed = Signal(str)
    """Whether it hears keys: only while a window of this program is in front."""
    trouble = Signal(str, str)
    """Key of a sentence, and what came."""

    id = "keyboard"
    kind = "keyboard"
    why = ""

    def __init__(self, settings: Keyboard | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings or Keyboard()
        """Speeds, and whether there is a scanner at all."""
        self.moment = 0
        """When the last scan began, by the keyboard's clock, in milliseconds."""
        self.unended = False
        """Whether the last scan had neither Enter nor Tab behind it, so that a pause ended it."""
        self.in_field = False
        """A field takes a person's typing: slow keys are handed on, nothing is collected."""
        self.collecting = False
        """Slow keys into no field are gathered as a number typed by hand, ended by Enter."""
        self.command: Callable[[int], bool] = lambda _key: False
        """Asked about every key without text (function keys, Esc); True swallows it."""
        self._state = OFF
        self._started = False
        self._keys: list[QKeyEvent] = []
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._lead: list[QKeyEvent] = []
        self._pressed: set[int] = set()
        self._down: set[int] = set()
        self._overlaps: list[int] = []
        self._burst = False
        self._garbled = False
        self._garbled_at = 0
        self._last = 0
        self._ended = 0
        self._replaying = False
        self._hand = ""
        self._armed = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._time_over)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.timeout.connect(self.drop_typed)

    @property
    def state(self) -> str:
        """How it stands."""
        return self._state

    def use(self, settings: Keyboard) -> None:
        """Go by these settings from now on."""
        self.settings = settings
        self._look()

    def start(self) -> None:
        """Begin to listen."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication) and not self._started:
            self._started = True
            application.installEventFilter(self)
            application.applicationStateChanged.connect(self._look)
            self._look()

    def stop(self) -> None:
        """Listen no more."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication) and self._started:
            self._started = False
            application.removeEventFilter(self)
            application.applicationStateChanged.disconnect(self._look)
        self._timer.stop()
        self._forget.stop()
        self._look()

    def _look(self, *_: object) -> None:
        active = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        state = (READY if active else LOST) if self._started and self.settings.on else OFF
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)

    def drop_typed(self) -> None:
        """Forget what was typed by hand."""
        if self._hand:
            self._hand = ""
            self.typed.emit("")

    # --- the filter ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take keys where they enter a window: exactly one event a key, before any widget."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride):
            return False
        if self._replaying or not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._override(event)
        if kind == QEvent.Type.KeyRelease:
            return self._release(watched, event)
        return self._key(watched, event)

    def _override(self, event: QKeyEvent) -> bool:
        """Claim a key that may be part of a scan before any shortcut sees it; it comes again as a key pressed."""
        control = event.modifiers() & _CTRL and not event.modifiers() & _ALT and len(_text(event)) == 1
        if not (self._burst or self._held or (control and self.settings.on)):
            return False
        event.accept()
        return True

    def _key(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        if event.isAutoRepeat():
            return self._repeated(event)
        text = _text(event)
        ends = event.key() in _ENDS or text == "\r" or (text == "\n" and self._just_ended(event))
        if (not ends and not text) or event.key() in _EDITS:
            return self._no_text(event)
        gap = event.timestamp() - self._last
        self._last = event.timestamp()
        if self._burst and gap > self.settings.pause:
            self._finish()  # that code was over; the program was too busy for its timer
        self._press(event)
        if self._burst:
            return self._in_burst(event, ends)
        if not self.settings.on:
            return self._lone_end(event) if ends else self._by_hand(event)
        if self._held:
            return self._after_first(window, event, gap, ends)
        if self._garbled_at and event.timestamp() - self._garbled_at < self.settings.pause:
            self._burst = self._garbled = True  # the rest of the other scanner's code
            return self._in_burst(event, ends)
        if ends:
            return self._lone_end(event)
        self._hold(window, event)
        return True

    def _press(self, event: QKeyEvent) -> None:
        """Keep how many keys are down at once."""
        if not self._keys:
            self._down, self._overlaps = set(), []
        self._overlaps.append(len(self._down - {_place(event)}))
        self._down.add(_place(event))

    def _repeated(self, event: QKeyEvent) -> bool:
        """A key held down by a person repeats as fast as a scanner types; in a burst two scanners hold the same one."""
        if self._burst:
            self._garbled = True
            return True
        self._hand_on()
        return self._collect(event)

    def _no_text(self, event: QKeyEvent) -> bool:
        if self._burst:
            self._press(event)
            return self._in_burst(event, ends=False)
        self._hand_on()
        if self._collect_edit(event):
            return True
        if self.command(event.key()):
            self._pressed.add(_place(event))
            return True
        return False

    def _in_burst(self, event: QKeyEvent, ends: bool) -> bool:
        self._pressed.add(_place(event))
        if ends:
            self._ended = event.timestamp()
            self._finish()
        else:
            self._keys.append(event.clone())
            self._arm(self.settings.pause)
        return True

    def _after_first(self, window: QWindow, event: QKeyEvent, gap: int, ends: bool) -> bool:
        if gap > self.settings.gap or (ends and len(self._keys) < _FEWEST):
            self._hand_on()
            if ends:
                return self._lone_end(event)
            self._press(event)
            self._hold(window, event)
            return True
        self._hold(window, event)
        if len(self._keys) >= _FEWEST:
            self._burst = True
            self._pressed.update(_place(key) for key in self._keys)
            self._held.clear()
            self._arm(self.settings.pause)
        return True

    def _lone_end(self, event: QKeyEvent) -> bool:
        self._lead = []  # what stood before an end belongs to no later code
        if self._just_ended(event):
            self._pressed.add(_place(event))
            return True
        if self.collecting and not self.in_field and self._hand:
            self._pressed.add(_place(event))
            text, self._hand = self._hand, ""
            self._forget.stop()
            self.typed.emit("")
            self.entered.emit(text, fresh_act())
            return True
        return False

    def _just_ended(self, event: QKeyEvent) -> bool:
        """Whether it is the second half of CR LF."""
        return not self._burst and bool(self._ended) and event.timestamp() - self._ended <= self.settings.gap

    def _by_hand(self, event: QKeyEvent) -> bool:
        if self._collect(event):
            self._pressed.add(_place(event))
            return True
        return False

    def _release(self, window: QWindow, event: QKeyEvent) -> bool:
        if not event.isAutoRepeat():
            self._down.discard(_place(event))
        if _place(event) in self._pressed and not event.isAutoRepeat():
            self._pressed.discard(_place(event))
            return True
        if self._held and any(_place(key) == _place(event) for key in self._keys):
            self._held.append((window, event.clone()))
            return True
        return False

    # --- keys held back ---

    def _hold(self, window: QWindow, event: QKeyEvent) -> None:
        copy = event.clone()
        self._keys.append(copy)
        self._held.append((window, copy))
        self._arm(self.settings.hold)

    def _arm(self, milliseconds: int) -> None:
        self._armed = time.monotonic() + milliseconds / 1000
        self._timer.start(milliseconds)

    def _time_over(self) -> None:
        if time.monotonic() - self._armed > 0.03:
            # The program was busy: keys that came meanwhile are still waiting, let them in first.
            self._arm(20)
        elif self._burst:
            self._finish()
        else:
            self._hand_on()

    def _finish(self) -> None:
        """The burst is over: it is a scan."""
        self._timer.stop()
        keys, self._keys, self._burst = self._keys, [], False
        garbled, self._garbled = self._garbled, False
        self._held.clear()
        text = "".join(_text(key) or _LOST_CHARACTER for key in keys)
        if keys and overlapping(self._overlaps, [_place(key) for key in keys]):
            garbled, self._garbled_at = True, keys[-1].timestamp()
        if garbled:
            self.drop_typed()
            if text:
                self.trouble.emit("readers.trouble.two_at_once", text)
            return
        unended = not self._ended or keys[-1].timestamp() > self._ended
        if self.in_field and unended and len(keys) < _FEWEST_IN_FIELD:
            self._replay_keys(keys)
            return
        lead = self._lead_of(keys[0])
        text = "".join(_text(key) for key in lead) + text
        self.moment, self.unended = (lead or keys)[0].timestamp(), unended
        self.drop_typed()
        self.scanned.emit(text, fresh_act())

    def _lead_of(self, first: QKeyEvent) -> list[QKeyEvent]:
        """Return the keys just before *first* that were taken for a person's and were not: radio scanners stutter.

        Nobody types a key and scans within the pause after it; while a field is typed into they are the field's.
        """
        lead, self._lead = self._lead, []
        soon = bool(lead) and first.timestamp() - lead[-1].timestamp() <= self.settings.pause
        return lead if soon and len(lead) <= _MOST_LEAD and not self.in_field else []

    def _hand_on(self) -> None:
        """No burst: these keys were a person's."""
        self._timer.stop()
        held, keys, self._held, self._keys = self._held, self._keys, [], []
        if keys:
            self._lead = [*self._lead_of(keys[0]), *keys]
        for window, event in held:
            if event.type() == QEvent.Type.KeyPress and self._collect(event):
                self._pressed.add(_place(event))
            elif event.type() == QEvent.Type.KeyRelease and _place(event) in self._pressed:
                self._pressed.discard(_place(event))
            else:
                self._replay(window, event)

    def _replay_keys(self, keys: list[QKeyEvent]) -> None:
        window = QGuiApplication.focusWindow()
        if window is not None:
            for event in keys:
                self._replay(window, event)

    def _replay(self, window: QWindow, event: QKeyEvent) -> None:
        self._replaying = True
        try:
            QCoreApplication.sendEvent(window, event)
        finally:
            self._replaying = False

    # --- typed by hand ---

    def _collect(self, event: QKeyEvent) -> bool:
        text = event.text()
        if self.in_field or not self.collecting or not text.isprintable() or not text:
            return False
        if event.modifiers() & (_CTRL | _ALT):
            return False
        if self._hand or not text.isspace():
            self._hand = (self._hand + text)[-200:]
            self._forget.start(_FORGET_MS)
            self.typed.emit(self._hand)
        return True

    def _collect_edit(self, event: QKeyEvent) -> bool:
        key = event.key()
        if not self._hand or self.in_field or key not in (Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            return False
        self._pressed.add(_place(event))
        self._hand = self._hand[:-1] if key == Qt.Key.Key_Backspace else ""
        self.typed.emit(self._hand)
        return True
