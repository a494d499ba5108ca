"""Several lines of text in the explicit typing mode; lines may be numbered, and marked where something is wrong."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from app.ui.fields import Typing
from app.ui.look import Look

__all__ = ["TextArea"]


class _Numbers(QWidget):
    """The numbers of the lines."""

    def __init__(self, area: TextArea) -> None:
        super().__init__(area)
        self._area = area

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        self._area.draw_numbers(event.rect())


class TextArea(QPlainTextEdit):
    """Text of several lines, typed after a click, Enter or the first key; Esc or leaving ends it and keeps the text."""

    committed = Signal(str)
    """The text, when typing ended and it has changed."""
    edited = Signal(str)
    """The text, while it is typed."""

    def __init__(self, look: Look, typing: Typing, *, numbers: bool = False, fixed: bool = False) -> None:
        """*numbers*: with the number of each line; *fixed*: in letters of one width."""
        super().__init__()
        self._look, self._typing = look, typing
        self._open = False
        self._before = ""
        self._wrong: frozenset[int] = frozenset()
        self._numbers: _Numbers | None = None
        self.setReadOnly(True)
        self.setProperty("fixed", "true" if fixed else "false")
        self.setTabChangesFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap if numbers else QPlainTextEdit.LineWrapMode.WidgetWidth)
        if numbers:
            self._numbers = _Numbers(self)
        self.textChanged.connect(self._edited)
        self.updateRequest.connect(self._scrolled)
        self.restyle()

    def restyle(self) -> None:
        """Take size and colours of the window."""
        self._room()
        self.mark(self._wrong)

    @property
    def typing_now(self) -> bool:
        """Whether the typing mode is on."""
        return self._open

    def show_text(self, text: str) -> None:
        """Show a text that nobody typed here."""
        if text != self.toPlainText():
            at = self.verticalScrollBar().value()
            self.blockSignals(True)  # nobody typed it
            self.setPlainText(text)
            self.blockSignals(False)
            self.verticalScrollBar().setValue(at)
            self._before = text

    def begin(self) -> None:
        """Open the typing mode."""
        if self._open:
            return
        self._open, self._before = True, self.toPlainText()
        self.setReadOnly(False)
        self._restyle()
        self._typing.begin()
        self.updateMicroFocus()

    def end(self) -> None:
        """Close the typing mode; the text is kept."""
        if not self._open:
            return
        self._open = False
        self.setReadOnly(True)
        self._restyle()
        self._typing.end()
        if self.toPlainText() != self._before:
            self.committed.emit(self.toPlainText())

    def _restyle(self) -> None:
        self.setProperty("typing", "true" if self._open else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def _edited(self) -> None:
        if self._open:
            self.edited.emit(self.toPlainText())

    # --- keys ---

    def event(self, event: QEvent) -> bool:
        """Tell the input method to stay away unless somebody types."""
        if isinstance(event, QInputMethodQueryEvent) and not self._open:
            event.setValue(Qt.InputMethodQuery.ImEnabled, False)
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the typing mode."""
        self.begin()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or the first letter opens, Esc ends."""
        if event.key() == Qt.Key.Key_Escape and self._open:
            self.end()
            return
        if not self._open and (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (event.text() and event.text().isprintable())
        ):
            self.begin()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving ends the typing mode."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.end()
        super().focusOutEvent(event)

    # --- lines ---

    def mark(self, lines: Collection[int]) -> None:
        """Mark lines, from 1, in which something is wrong."""
        self._wrong = frozenset(lines)
        marks = []
        for number in sorted(self._wrong):
            block = self.document().findBlockByNumber(number - 1)
            if block.isValid():
                made = QTextEdit.ExtraSelection()
                made.format.setBackground(self._look.colour("error_ground"))
                made.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
                made.cursor = QTextCursor(block)
                marks.append(made)
        self.setExtraSelections(marks)
        if self._numbers is not None:
            self._numbers.update()

    def go_to(self, line: int) -> None:
        """Bring a line, from 1, into view."""
        block = self.document().findBlockByNumber(line - 1)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    def _room(self) -> None:
        """Leave room for the numbers at the left, as wide as they are in the letters in use."""
        if self._numbers is not None:
            wide, inside = self.fontMetrics().horizontalAdvance("×9999") + self._look.px(10), self.contentsRect()
            self.setViewportMargins(wide, 0, 0, 0)
            self._numbers.setGeometry(QRect(inside.left(), inside.top(), wide, inside.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The numbers stand at the left."""
        super().resizeEvent(event)
        self._room()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters need other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._room()

    def _scrolled(self, _rect: QRect, _dy: int) -> None:
        if self._numbers is not None:
            self._numbers.update()

    def draw_numbers(self, box: QRect) -> None:
        """Draw the numbers of the lines in view."""
        assert self._numbers is not None
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        painter.fillRect(box, self._look.colour("ground"))
        block = self.firstVisibleBlock()
        while block.isValid():
            at = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if at.top() > box.bottom():
                break
            wrong = block.blockNumber() + 1 in self._wrong
            painter.setPen(self._look.colour("error" if wrong else "soft"))
            right = self._numbers.width() - self._look.px(6)
            place = QRect(0, round(at.top()), right, round(at.height()))
            words = f"×{block.blockNumber() + 1}" if wrong else str(block.blockNumber() + 1)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            block = block.next()
        painter.end()
