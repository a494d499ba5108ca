"""Fields for typing and choosing.

Text that may be Japanese is typed in an explicit typing mode: only then may an input method take keys (it would eat a
scan), and the window says that the scanner is paused. A field without the mode takes no keys from an input method.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QInputMethodQueryEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.shapes import card

__all__ = ["Segments", "TextField", "Typing"]


_MANY = 3
"""Choices side by side that have room to spare."""
_HIGH = 42
"""Height of a line of choices."""
_NARROW = 300
"""A row of choices that is wider may go on in further lines where a window is small."""
_TIGHT = 0.85
"""How much smaller words may become before a further line is begun."""


class Typing(Protocol):
    """Hears when a person begins and ends typing."""

    def begin(self) -> None:
        """A field takes keys."""

    def end(self) -> None:
        """No field takes keys any more."""


class TextField(QLineEdit):
    """One line of text, typed after a click, Enter or the first key; Enter, Esc or leaving ends it."""

    committed = Signal(str)
    """The text, when typing ended and it has changed."""

    def __init__(self, typing: Typing, japanese: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typing, self._japanese = typing, japanese
        self._open = False
        self._before = ""
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    @property
    def typing_now(self) -> bool:
        """Whether the typing mode is on."""
        return self._open

    def begin(self) -> None:
        """Open the typing mode."""
        if self._open:
            return
        self._open, self._before = True, self.text()
        self._restyle()
        self.setReadOnly(False)
        self._typing.begin()
        self.updateMicroFocus()

    def end(self, keep: bool = True) -> None:
        """Close the typing mode; the text is kept or taken back."""
        if not self._open:
            return
        self._open = False
        if not keep:
            self.setText(self._before)
        self.setReadOnly(True)
        self.deselect()
        self._restyle()
        self._typing.end()
        if self.text() != self._before:
            self.committed.emit(self.text())

    def _restyle(self) -> None:
        self.setProperty("typing", "true" if self._open else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        """Tell the input method to stay away unless typing Japanese text."""
        if isinstance(event, QInputMethodQueryEvent) and not (self._open and self._japanese):
            event.setValue(Qt.InputMethodQuery.ImEnabled, False)
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the typing mode."""
        self.begin()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or the first letter opens, Enter and Esc end."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._open:
                self.end()
            else:
                self.begin()
                self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self._open:
            self.end(keep=False)
        else:
            if not self._open and event.text().isprintable() and event.text():
                self.begin()
                self.selectAll()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving ends the typing mode."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.end()
        super().focusOutEvent(event)


class Segments(QWidget):
    """A choice of a few, side by side; by click, touch or arrow keys."""

    chosen = Signal(str)
    """Value that a person chose."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.choices: tuple[tuple[str, str], ...] = ()
        """Values with their words."""
        self.value = ""
        """Value in force."""
        self.roomy = False
        """Whether many choices have room to spare, too: they are the tabs of a page."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def offer(self, choices: tuple[tuple[str, str], ...], value: str) -> None:
        """Offer choices with one in force."""
        self.choices, self.value = choices, value
        self.setAccessibleName(" / ".join(words for _, words in choices))
        self._fit()
        self.updateGeometry()
        self.update()

    def choose(self, value: str) -> None:
        """Take a value as a person would."""
        if value != self.value:
            self.value = value
            self.update()
            self.chosen.emit(value)

    def sizeHint(self) -> QSize:
        """Return room for all in one line."""
        return QSize(int(sum(self._wide())) + 2, self._look.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the words, a little smaller and perhaps over several lines, are not cut."""
        wide = self._wide()
        least = max(max(wide, default=0.0), min(sum(wide), float(self._look.px(_NARROW))))
        return QSize(int((least + 2) * _TIGHT), self._look.px(_HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the new width makes."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._look.px(_HIGH) * max(1, len(self._lines(self.width()))))

    def _wide(self) -> list[float]:
        metrics = QFontMetricsF(self._look.font(17, True))
        many = (
            len(self.choices) > _MANY and not self.roomy
        )  # then they stand closer, or a row of settings would not fit a small window
        least, beside = float(self._look.px(46 if many else 66)), self._look.px(8 if many else 26)
        return [max(least, metrics.horizontalAdvance(words) + beside) for _, words in self.choices]

    def _lines(self, width: int) -> list[list[float]]:
        """Return the widths of the choices of each line."""
        wide, lines = self._wide(), list[list[float]]()
        if sum(wide) * _TIGHT <= width + 1:
            return [wide]
        for each in wide:
            if lines and sum(lines[-1]) + each <= width:
                lines[-1].append(each)
            else:
                lines.append([each])
        return lines

    def _cells(self) -> list[QRectF]:
        lines, cells = self._lines(self.width()), []
        high = self.height() / max(1, len(lines))
        for number, line in enumerate(lines):
            factor, left = min(self.width() / max(1.0, sum(line)), 1.35 if len(lines) > 1 else 100.0), 0.0
            for each in line:
                cells.append(QRectF(left, number * high, each * factor, high))
                left += each * factor
        return cells

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw."""
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look.colour("warning" if self.hasFocus() else "line")
        box = QRectF(self.rect())
        card(painter, box, look.colour("ground"), edge, look.px(10), 2)
        for cell, (value, words) in zip(self._cells(), self.choices, strict=True):
            ink = look.colour("ink")
            if value == self.value:
                card(painter, cell.adjusted(3, 3, -3, -3), QColor("#123B5D"), QColor("#123B5D"), look.px(8), 0)
                ink = QColor("#FFFFFF")
            draw_fitted(
                painter, cell, words, ink, look.px(17), look.px(12), most=1, bold=value == self.value, align="centre"
            )
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was hit."""
        for cell, (value, _) in zip(self._cells(), self.choices, strict=True):
            if cell.contains(event.position()):
                self.choose(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go to the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        values = [value for value, _ in self.choices]
        if step is None or self.value not in values:
            super().keyPressEvent(event)
            return
        at = values.index(self.value) + step
        if 0 <= at < len(values):
            self.choose(values[at])
