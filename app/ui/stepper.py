"""A number between two buttons: by touch, by arrow keys, or typed."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.dialogs import button
from app.ui.fields import TextField, Typing
from app.ui.look import Look

__all__ = ["Stepper"]


class Stepper(QWidget):
    """A whole number, or one with decimals where the step has some; what is typed is brought between its limits."""

    changed = Signal(float)
    """A person chose another number."""

    def __init__(
        self, look: Look, typing: Typing, value: float, low: float, high: float, step: float = 1, empty: str = ""
    ) -> None:
        """*empty* is what stands there for the lowest number, where that means none; empty shows the number."""
        super().__init__()
        self._low, self._high, self._step, self._empty = low, high, step, empty
        self.value = value
        """The number."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        self.less = button("−", "", lambda: self.choose(self.value - self._step))
        self.more = button("+", "", lambda: self.choose(self.value + self._step))
        self.field = TextField(typing, japanese=False)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setMinimumWidth(look.px(84))
        self.field.committed.connect(self._typed)
        for each in (self.less, self.more):
            each.setFixedWidth(look.px(52))
            each.setAutoRepeat(True)
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self.less, self.field, self.more):
            row.addWidget(part, 1 if part is self.field else 0)
        self.setFocusProxy(self.field)
        self._show()

    def put(self, value: float) -> None:
        """Show another number, without saying so."""
        self.value = value
        self._show()

    def choose(self, value: float) -> None:
        """Take a number as a person would."""
        value = round(min(self._high, max(self._low, value)), 3)
        if value != self.value:
            self.value = value
            self._show()
            self.changed.emit(value)
        else:
            self._show()

    def _show(self) -> None:
        self.field.setText(self._empty if self._empty and self.value == self._low else f"{self.value:g}")
        self.less.setEnabled(self.value > self._low)
        self.more.setEnabled(self.value < self._high)

    def _typed(self, text: str) -> None:
        try:
            number = float(text.strip().replace(",", "."))
        except ValueError:
            number = self.value
        if not math.isfinite(number):
            number = self.value
        self.choose(round(number) if self._step == int(self._step) else number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go up and down."""
        step = {Qt.Key.Key_Up: self._step, Qt.Key.Key_Down: -self._step}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self.value + step)
