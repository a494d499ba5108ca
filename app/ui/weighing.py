"""The scale at the bench: while the station asks for a weight, one that stands is taken like a scan.

What lies on the scale when the question comes is weighed anew, unless it has just been the answer to another one: the
next box is another box. A weight that cannot be taken just now (a dialog is open, another screen is in front) is asked
for again a moment later. A scale that is out of order lets packing go on at once, by the text that stands for it; what
a hand can mend (overload, below zero, not at rest) first gets time to be mended.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.scale import FAULT_TEXT, weight_text
from app.services.answers import Answer
from app.ui.machines import Weighed

__all__ = ["Weighing"]

_AGAIN_MS = 700
_SOON_MS = 200
"""How a scale stands is kept when it has come to something: other settings stop and start it."""
_SAID_MS = 12_000
_MEND_MS = 20_000
"""Time to mend what a hand can mend; then the box goes on unweighed."""
_HANDS = ("scale.fault.overload", "scale.fault.negative", "scale.fault.unstable")
"""Troubles of what lies on the scale."""


class Weighing(QObject):
    """Brings what the scale says to the bench, and how the scale stands to the database."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window; it has a scale."""
        super().__init__(window)
        self._window = window
        self._asked: object = None
        self._answered = False
        self._kept: str | None = None
        self._again, self._mend, self._soon = QTimer(self), QTimer(self), QTimer(self)
        for timer, milliseconds, then in (
            (self._again, _AGAIN_MS, self._ask_again),
            (self._mend, _MEND_MS, self._give_up),
            (self._soon, _SOON_MS, self._keep_state),
        ):
            timer.setSingleShot(True)
            timer.setInterval(milliseconds)
            timer.timeout.connect(then)
        scale = window.scale
        scale.weighed.connect(self._weighed)
        scale.trouble.connect(self._troubled)
        scale.trouble.connect(self.keep_state)
        scale.state_changed.connect(self.keep_state)

    @property
    def asked(self) -> bool:
        """Whether the bench asks for a weight."""
        answer = self._window.pack.view.answer
        return answer is not None and answer.ask.get("kind") == "weight"

    def answered(self, answer: Answer) -> None:
        """The bench has said something, and may ask for a weight now."""
        before, self._asked = self._asked, (answer.order_id, answer.ask) if self.asked else None
        if self._asked is None:
            self._mend.stop()
        elif self._asked != before:
            if self._window.scale.said[0]:
                self._troubled(*self._window.scale.said)
            elif not self._answered:
                self._window.scale.again()

    def keep_state(self, *_: object) -> None:
        """Say in the database, soon, whether a scale stands here that works; the bench asks for weights by that."""
        self._soon.start()

    def _keep_state(self) -> None:
        window, state = self._window, self._window.scale.state
        if window.scale.said[0] in _HANDS:
            state = "ok"  # the scale is well
        if window.desk is None or state == self._kept:
            return
        from app.services.weighing import put_scale

        self._kept = state
        window.bridge.ask(window.desk.do(frozenset({"scale"}), put_scale, window.desk.station, state), self._told)

    def stop(self) -> None:
        """Ask no more: the window is going."""
        for timer in (self._again, self._mend, self._soon):
            timer.stop()

    def _told(self, _: object) -> None:
        self._window.pack.look_again()  # what is asked may be another question now

    def _ask_again(self) -> None:
        scale = self._window.scale
        if not self.asked:
            return
        if scale.said[0]:
            self._troubled(*scale.said)
        else:
            scale.again()

    def _weighed(self, grams: int) -> None:
        self._mend.stop()
        self._answered = self.asked and self._sent(weight_text(grams))

    def _troubled(self, key: str, args: dict[str, str]) -> None:
        if not key:
            self._mend.stop()
            return
        if self.asked or key not in _HANDS:
            self._window.notice.say("warning", self._window.look.say(key, **args), _SAID_MS)
        if not self.asked:
            return
        if key not in _HANDS:
            self._sent(FAULT_TEXT)
        elif not self._mend.isActive():
            self._mend.start()

    def _give_up(self) -> None:
        if self.asked and self._window.scale.said[0]:
            self._sent(FAULT_TEXT)

    def _sent(self, text: str) -> bool:
        """Take a text as a scan, and return whether it could be taken; else the scale is asked again in a moment."""
        window = self._window
        if window.stack.currentWidget() is not window.pack or QApplication.activeModalWidget() is not None:
            self._again.start()
            return False
        from uuid import uuid4

        window.take(Weighed(text, str(uuid4()), raw=text))
        return True
