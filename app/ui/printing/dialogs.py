"""What is asked on the print board: why a paper is printed again, and which printer it goes to instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.ui.dialogs import Dialog, button
from app.ui.para import Para

__all__ = ["REASONS", "ChoiceDialog", "ask_reason"]

REASONS = ("missing", "damaged", "other")
"""Why something is printed again: the same as at the bench."""
_FIRST = 5
"""The first choice is on F5, as at the bench."""
_MOST = 8
"""Choices that have a key, F5 to F12."""
_WIDTH = 560


class ChoiceDialog(Dialog):
    """A question with a few answers, each on a key of its own."""

    def __init__(
        self, window: Any, title: str, text: str, choices: Sequence[tuple[str, str]], done: Callable[[str], object]
    ) -> None:
        """*window* is the main window.

        :param choices: name and words of each answer.
        :param done: gets the name of the one that was chosen.
        """
        look = window.look
        super().__init__(look, window, title)
        self._done = done
        self.choices = tuple(choices)
        """What can be chosen."""
        words = Para(look, 18)
        words.setText(text)
        words.setMinimumHeight(words.heightForWidth(look.px(_WIDTH - 60)))
        self.column.addWidget(words)
        self.buttons = []
        """A button for each."""
        for place, (name, said) in enumerate(self.choices):
            key = f"F{_FIRST + place}   " if place < _MOST else ""
            made = button(f"{key}{said}", "", partial(self.choose, name))
            self.buttons.append(made)
            self.column.addWidget(made)
        self.column.addStretch(1)
        self.foot(button(look.say("window.no"), "", self.reject))
        self.setMinimumWidth(look.px(_WIDTH))

    def choose(self, name: str) -> None:
        """Take an answer."""
        self.accept()
        self._done(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A choice's own key chooses it."""
        place = event.key() - Qt.Key.Key_F1.value - _FIRST + 1
        if 0 <= place < min(_MOST, len(self.choices)):
            self.choose(self.choices[place][0])
        else:
            super().keyPressEvent(event)


def ask_reason(window: Any, text: str, done: Callable[[str], object]) -> ChoiceDialog:
    """Ask why something is printed again.

    :param done: gets one of :data:`REASONS`.
    """
    say = window.look.say
    choices = [(reason, say(f"reason.{reason}")) for reason in REASONS]
    dialog = ChoiceDialog(window, say("window.act.print_again"), text, choices, done)
    dialog.open()
    return dialog
