"""The rows of a file as it stands, and its columns, which are dragged to fields or chosen by keys.

Only what is in view is drawn: a file may have hundreds of columns, and a cell as much text as it likes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QSizePolicy

from app.domain.intake import read_line
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.shapes import card, sign

__all__ = ["FileColumn", "FileSheet", "one_line"]

_WIDE, _HEAD, _ROW, _GUTTER, _BAR = 150, 52, 25, 46, 12
"""Width of a column; height of its head and of a row; room for the rows' numbers and for the bars."""
_SHOWN = 120
"""Characters of a cell that can matter for what is drawn."""


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of a file."""

    key: str
    """What a mapping calls it."""
    words: str
    """What a person sees: the name in the file, with its number where the name alone does not tell it apart."""


def one_line(text: str) -> str:
    """Return the beginning of a cell's text for one line on screen, without characters that would turn it round."""
    return read_line(text[:_SHOWN])[0]


class FileSheet(Painted):
    """The file's columns with their first rows.

    A column is dragged by its head or its cells. By keys: left, right, Home, End and the page keys go to a column,
    Enter asks for its field, Delete takes it out of every field; up and down scroll the rows.
    """

    asked = Signal(int)
    """A column whose field is to be chosen."""
    cleared = Signal(int)
    """A column that is to be in no field any more."""
    dragged = Signal(str, QPoint)
    """Key of a column under way, and where on the screen it is."""
    dropped = Signal(str, QPoint)
    """Key of a column, and where on the screen it was let go."""
    given_up = Signal()
    """The column under way goes nowhere."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.columns: tuple[FileColumn, ...] = ()
        """The file's columns."""
        self.rows: tuple[tuple[str, ...], ...] = ()
        """Its first rows below the header."""
        self.first = 2
        """What a spreadsheet calls the first of them."""
        self.used: Mapping[str, str] = {}
        """Key of a column that is used -> the words of its field."""
        self.at = 0
        """The column that keys act on."""
        self._pressed: QPointF | None = None
        self._under_way = ""
        self.across, self.down = QScrollBar(Qt.Orientation.Horizontal, self), QScrollBar(Qt.Orientation.Vertical, self)
        for bar in (self.across, self.down):
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            bar.valueChanged.connect(lambda _: self.update())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setMouseTracking(True)

    # --- showing ---

    def show_sheet(self, columns: Sequence[FileColumn], rows: Sequence[Sequence[str]], first: int) -> None:
        """Show a file; *first* is what a spreadsheet calls the first of the rows."""
        self.columns, self.rows, self.first = tuple(columns), tuple(map(tuple, rows)), first
        self.at = min(self.at, max(0, len(self.columns) - 1))
        self._fit()
        self._tell()
        self.update()

    def show_used(self, used: Mapping[str, str]) -> None:
        """Mark the columns that fields use."""
        self.used = dict(used)
        self._tell()
        self.update()

    def restyle(self) -> None:
        """Take the size of the window."""
        self._fit()
        self.update()

    def _tell(self) -> None:
        say = self.look.say
        told = [f"{self.at + 1} / {len(self.columns)}"] if self.columns else []
        for number in (self.at,) if self.columns else ():
            column = self.columns[number]
            told.append(column.words)
            told.append(self.used.get(column.key) or say("window.channels.unused"))
            told += [one_line(row[number]) for row in self.rows[:3] if number < len(row)]
        self.tell(" / ".join(told))

    def sizeHint(self) -> QSize:
        """Return room for some rows."""
        return QSize(self.look.px(600), self.look.px(_HEAD + 4 * _ROW + _BAR))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which a column and two rows can be read."""
        return QSize(self.look.px(320), self.look.px(_HEAD + 2 * _ROW + _BAR))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bars stay at the edges."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px, bar = self.look.px, self.look.px(_BAR)
        inner = self.width() - px(_GUTTER) - bar
        high = self.height() - px(_HEAD) - bar
        self.across.setGeometry(px(_GUTTER), self.height() - bar, max(0, inner), bar)
        self.down.setGeometry(self.width() - bar, px(_HEAD), bar, max(0, high))
        self.across.setRange(0, max(0, len(self.columns) * px(_WIDE) - inner))
        self.across.setPageStep(max(1, inner))
        self.across.setSingleStep(px(_WIDE))
        self.down.setRange(0, max(0, len(self.rows) * px(_ROW) - high))
        self.down.setPageStep(max(1, high))
        self.down.setSingleStep(px(_ROW))
        self.across.setVisible(self.across.maximum() > 0)
        self.down.setVisible(self.down.maximum() > 0)

    # --- choosing and dragging ---

    def column_box(self, number: int) -> QRectF:
        """Return where a column's head is."""
        px = self.look.px
        left = px(_GUTTER) + number * px(_WIDE) - self.across.value()
        return QRectF(left, 0, px(_WIDE), px(_HEAD))

    def column_at(self, x: float) -> int:
        """Return the column at a place, -1 for none."""
        px = self.look.px
        if x < px(_GUTTER) or x > self.width() - px(_BAR):
            return -1
        number = int((x - px(_GUTTER) + self.across.value()) // px(_WIDE))
        return number if number < len(self.columns) else -1

    def go(self, number: int) -> None:
        """Go to a column, and bring it into view."""
        if not self.columns:
            return
        self.at = min(len(self.columns) - 1, max(0, number))
        wide = self.look.px(_WIDE)
        left, inner = self.at * wide, self.width() - self.look.px(_GUTTER) - self.look.px(_BAR)
        if left < self.across.value():
            self.across.setValue(left)
        elif left + wide > self.across.value() + inner:
            self.across.setValue(left + wide - inner)
        self._tell()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A column is taken hold of."""
        number = self.column_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self.go(number)
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A column that is held goes with the mouse."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            number = self.column_at(event.position().x())
            self.setToolTip(self._tip(number, event.position().y()) if number >= 0 else "")
            return
        way = (event.position() - self._pressed).manhattanLength()
        if not self._under_way and way >= QApplication.startDragDistance():
            self._under_way = self.columns[self.at].key
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._under_way:
            self.dragged.emit(self._under_way, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The column is let go."""
        key, self._under_way, self._pressed = self._under_way, "", None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if key:
            self.dropped.emit(key, event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the field of the column."""
        number = self.column_at(event.position().x())
        if number >= 0:
            self.go(number)
            self.asked.emit(number)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll: across with Shift or a wheel that goes across."""
        turn = event.angleDelta()
        across = turn.x() or (turn.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        bar = self.across if across else self.down
        bar.setValue(bar.value() - (across or turn.y()) * 3 * bar.singleStep() // 120)
        event.accept()

    def _tip(self, number: int, y: float) -> str:
        row = int((y - self.look.px(_HEAD) + self.down.value()) // self.look.px(_ROW))
        if y < self.look.px(_HEAD):
            return self.columns[number].words
        if 0 <= row < len(self.rows) and number < len(self.rows[row]):
            return self.rows[row][number][:1000]
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a column and choose its field."""
        key, px = Qt.Key(event.key()), self.look.px
        page = max(1, self.across.pageStep() // px(_WIDE))
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}.get(key)
        if self._under_way and key == Qt.Key.Key_Escape:
            self._under_way, self._pressed = "", None
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.given_up.emit()
        elif not self.columns:
            super().keyPressEvent(event)
        elif step is not None:
            self.go(self.at + step)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(0 if key == Qt.Key.Key_Home else len(self.columns) - 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.down.setValue(self.down.value() + px(_ROW) * (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self.at)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit(self.at)
        else:
            super().keyPressEvent(event)

    # --- drawing ---

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw the columns in view."""
        look, px = self.look, self.look.px
        self.draw_card(painter, box)
        head, gutter, bar = px(_HEAD), px(_GUTTER), px(_BAR)
        first = self.across.value() // px(_WIDE)
        last = min(len(self.columns), first + self.width() // px(_WIDE) + 2)
        low, high = self.down.value() // px(_ROW), (self.down.value() + self.height()) // px(_ROW) + 1
        rows = range(low, min(len(self.rows), high))
        font, fixed = look.font(15), look.font(14)
        metrics = QFontMetricsF(font)
        top_of = {row: head + row * px(_ROW) - self.down.value() for row in rows}
        painter.save()
        painter.setClipRect(QRectF(2, head, box.width() - bar - 2, box.height() - head - bar))
        painter.setFont(fixed)
        painter.setPen(look.colour("soft"))
        for row in rows:
            at = QRectF(0, top_of[row], gutter - px(6), px(_ROW))
            painter.drawText(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self.first + row))
        painter.setClipRect(QRectF(gutter, head, box.width() - gutter - bar, box.height() - head - bar))
        for number in range(first, last):
            left = self.column_box(number).left()
            if number == self.at and self.hasFocus():
                column = QRectF(left, head, px(_WIDE), box.height() - head)
                painter.fillRect(column, look.colour("chosen"))
            painter.setFont(font)
            painter.setPen(look.colour("ink"))
            for row in rows:
                if number < len(self.rows[row]):
                    at = QRectF(left + px(8), top_of[row], px(_WIDE) - px(12), px(_ROW))
                    text = metrics.elidedText(one_line(self.rows[row][number]), Qt.TextElideMode.ElideRight, at.width())
                    painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        for row in rows:
            line = QRectF(gutter, top_of[row] + px(_ROW) - 1, box.width(), 1)
            painter.fillRect(line, look.colour("line"))
        painter.setClipRect(QRectF(gutter, 0, box.width() - gutter - bar, head))
        for number in range(first, last):
            self._head(painter, self.column_box(number), number)
        painter.restore()

    def _head(self, painter: QPainter, box: QRectF, number: int) -> None:
        look, px, column = self.look, self.look.px, self.columns[number]
        said = self.used.get(column.key, "")
        here = self.hasFocus() and number == self.at
        inner = box.adjusted(px(2), px(3), -px(2), -px(3))
        edge = look.colour("warning" if here else "brand" if not said else "ok")
        card(painter, inner, look.colour("ok_ground" if said else "ground"), edge, px(8), 3 if here else 1)
        left = inner.left() + px(8)
        top = QRectF(left, inner.top() + px(2), inner.right() - left - px(6), inner.height() / 2)
        bold = look.font(15, True)
        painter.setFont(bold)
        painter.setPen(look.colour("ok" if said else "ink"))
        words = QFontMetricsF(bold).elidedText(column.words, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        under = QRectF(left, top.bottom(), top.width(), inner.bottom() - top.bottom() - px(2))
        if said:
            side = float(px(14))
            sign(painter, QRectF(left, under.center().y() - side / 2, side, side), "ok", look.colour("ok"))
            under.setLeft(left + side + px(5))
        small = look.font(13)
        painter.setFont(small)
        painter.setPen(look.colour("ok" if said else "soft"))
        below = said or look.say("window.channels.unused")
        below = QFontMetricsF(small).elidedText(below, Qt.TextElideMode.ElideRight, under.width())
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, below)
