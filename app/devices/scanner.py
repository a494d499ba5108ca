"""The keyboard wedge: a scanner that types. One filter for the whole application tells it from a person by speed.

Keys closer together than a person can type are a burst: every key of it is swallowed, whatever has the focus, so that
a scan never presses a button nor lands in a field. A first key is held back for a moment; when no burst follows it is
handed on as if nothing had been. Gaps are measured by the events' own time stamps: while the program is busy a clock
would read nonsense. Each burst becomes one :attr:`WedgeScanner.scanned` with a fresh act id.

States (keep in step with ``_key``)::

    idle --key--> held --fast key--> held … 3 fast keys --> burst --Enter, Tab or a pause--> scanned
                  held --slow key, Enter, time over--> handed on, or collected where no field has the focus
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow

__all__ = ["WedgeScanner", "WedgeSettings"]

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
_FEWEST = 3
"""Keys that make a burst."""
_FEWEST_IN_FIELD = 6
"""Keys that make a burst without an end while a person types into a field: fingers roll over two or three."""
_FORGET_MS = 20_000
"""How long digits typed into no field wait for the next one."""


@dataclass(frozen=True, slots=True)
class WedgeSettings:
    """How fast a scanner types, in milliseconds."""

    gap: int = 35
    """Longest gap between two keys at the beginning of a burst."""
    hold: int = 50
    """How long a first key is held back."""
    pause: int = 150
    """A burst without Enter or Tab ends after this long."""


def _new_act() -> str:
    from uuid import uuid4  # takes longer to load than a window may take to show itself

    return str(uuid4())


class WedgeScanner(QObject):
    """Turns bursts of keys into scans. Install it with :meth:`start`; nothing else sees those keys."""

    scanned = Signal(str, str)
    """Text as typed, and a fresh act id."""
    typed = Signal(str)
    """What a person has typed so far where no field has the focus; empty when sent or dropped."""

    def __init__(self, settings: WedgeSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings or WedgeSettings()
        """Speeds."""
        self.in_field = False
        """A field takes a person's typing: slow keys are handed on, nothing is collected."""
        self.collecting = False
        """Slow keys into no field are gathered as a number typed by hand, ended by Enter."""
        self.command: Callable[[int], bool] = lambda _key: False
        """Asked about every key without text (function keys, Esc); True swallows it."""
        self._keys: list[QKeyEvent] = []
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._pressed: set[int] = set()
        self._burst = False
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

    def start(self) -> None:
        """Begin to listen."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """Listen no more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._timer.stop()
        self._forget.stop()

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
            return self._burst
        if kind == QEvent.Type.KeyRelease:
            return self._release(watched, event)
        return self._key(watched, event)

    def _key(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        if event.isAutoRepeat():  # a key held down repeats as fast as a scanner types
            self._hand_on()
            return self._collect(event)
        ends, text = event.key() in _ENDS, event.text()
        if (not ends and not text) or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            return self._no_text(event)
        gap = event.timestamp() - self._last
        self._last = event.timestamp()
        if self._burst:
            return self._in_burst(event, ends)
        if self._held:
            return self._after_first(window, event, gap, ends)
        if ends:
            return self._lone_end(event)
        self._hold(window, event)
        return True

    def _no_text(self, event: QKeyEvent) -> bool:
        if self._burst:  # a scanner that sends a stray key: the code goes on
            self._pressed.add(event.key())
            return True
        self._hand_on()
        if self._collect_edit(event.key()):
            return True
        if self.command(event.key()):
            self._pressed.add(event.key())
            return True
        return False

    def _in_burst(self, event: QKeyEvent, ends: bool) -> bool:
        self._pressed.add(event.key())
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
            self._hold(window, event)
            return True
        self._hold(window, event)
        if len(self._keys) >= _FEWEST:
            self._burst = True
            self._pressed.update(key.key() for key in self._keys)
            self._held.clear()
            self._arm(self.settings.pause)
        return True

    def _lone_end(self, event: QKeyEvent) -> bool:
        if self._ended and event.timestamp() - self._ended <= self.settings.gap:  # the second half of CR LF
            self._pressed.add(event.key())
            return True
        if self.collecting and not self.in_field and self._hand:
            self._pressed.add(event.key())
            text, self._hand = self._hand, ""
            self._forget.stop()
            self.typed.emit("")
            self.scanned.emit(text, _new_act())
            return True
        return False

    def _release(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in self._pressed and not event.isAutoRepeat():
            self._pressed.discard(event.key())
            return True
        if self._held and any(key.key() == event.key() for key in self._keys):
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
        self._held.clear()
        text = "".join(key.text() for key in keys)
        unended = not self._ended or keys[-1].timestamp() > self._ended
        if self.in_field and unended and len(keys) < _FEWEST_IN_FIELD:
            self._replay_keys(keys)
            return
        self.drop_typed()
        self.scanned.emit(text, _new_act())

    def _hand_on(self) -> None:
        """No burst: these keys were a person's."""
        self._timer.stop()
        held, self._held, self._keys = self._held, [], []
        for window, event in held:
            if event.type() == QEvent.Type.KeyPress and self._collect(event):
                self._pressed.add(event.key())
            elif event.type() == QEvent.Type.KeyRelease and event.key() in self._pressed:
                self._pressed.discard(event.key())
            else:
                self._replay(window, event)

    def _replay_keys(self, keys: list[QKeyEvent]) -> None:
        from PySide6.QtGui import QGuiApplication

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
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if self._hand or not text.isspace():
            self._hand = (self._hand + text)[-200:]
            self._forget.start(_FORGET_MS)
            self.typed.emit(self._hand)
        return True

    def _collect_edit(self, key: int) -> bool:
        if not self._hand or self.in_field or key not in (Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            return False
        self._pressed.add(key)
        self._hand = self._hand[:-1] if key == Qt.Key.Key_Backspace else ""
        self.typed.emit(self._hand)
        return True
