"""Asks for a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.ui.dialogs import Dialog, button
from app.ui.fields import TextField
from app.ui.para import Para

__all__ = ["NameDialog"]

_WIDTH = 560


class NameDialog(Dialog):
    """One field for a name; F8 or its button takes it."""

    def __init__(self, window: Any, title: str, text: str, done: Callable[[str], object]) -> None:
        """*window* is the main window; *done* gets the name."""
        look = window.look
        super().__init__(look, window, title)
        self._done = done
        words = Para(look, 18)
        words.setText(text)
        words.setMinimumHeight(words.heightForWidth(look.px(_WIDTH - 60)))
        self.name = TextField(window)
        self.yes_button = button(look.say("window.choose.take"), "main", self.take)
        self.column.addWidget(words)
        self.column.addWidget(self.name)
        self.column.addStretch(1)
        self.foot(button(look.say("window.no"), "", self.reject), self.yes_button)
        self.setMinimumWidth(look.px(_WIDTH))
        self.name.setFocus()

    def take(self) -> None:
        """Take the name."""
        self.name.end()
        if self.name.text().strip():
            self.accept()
            self._done(self.name.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 takes the name."""
        if event.key() == Qt.Key.Key_F8:
            self.take()
        else:
            super().keyPressEvent(event)
