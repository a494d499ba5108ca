"""The lines 明細 of the order: done ones readable, the current one always in view, however many there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip

from app.domain.gtin import printable
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.state import BenchView
from app.ui.painted import Painted
from app.ui.shapes import pictured, pips, sign

if TYPE_CHECKING:  # comes with the database's library, which is loaded after the first paint
    from app.services.orders import LineRow

__all__ = ["LinesList", "name_of"]

_ROOMY, _DENSE = 92, 66
"""Heights of a row."""


def name_of(line: LineRow, language: str) -> str:
    """Return the product's name in the reader's language, where there is one."""
    return line.name_en if language == "en" and line.name_en else line.master_name or line.name


class _Rows(Painted):
    """All rows, one below the other."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.lines: tuple[LineRow, ...] = ()
        self.current = -1
        """Place of the current line; -1 for none."""
        self.dense = False
        self.lines_of: Mapping[int, str] = {}
        """Line -> ship number of its order, where several orders share the parcel."""

    @property
    def step(self) -> float:
        """Distance from one row to the next."""
        return float(self.look.px(_DENSE if self.dense else _ROOMY) + self.look.px(10))

    def row_box(self, number: int) -> QRectF:
        """Return the box of a row."""
        return QRectF(0, number * self.step, self.width(), self.step - self.look.px(10))

    def event(self, event: QEvent) -> bool:
        """Show a row's whole name as a tooltip: long ones are shortened on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = int(event.pos().y() // self.step)
            if 0 <= number < len(self.lines):
                line = self.lines[number]
                QToolTip.showText(event.globalPos(), f"{name_of(line, self.look.language)}\n{line.sku}", self)
                return True
        return super().event(event)

    def draw(self, painter: QPainter, _box: QRectF) -> None:
        """Draw the rows that can be seen."""
        seen = self.visibleRegion().boundingRect()
        first = max(0, int(seen.top() // self.step))
        last = min(len(self.lines), int(seen.bottom() // self.step) + 1)
        for number in range(first, last):
            self._row(painter, self.row_box(number), self.lines[number], number == self.current)

    def _row(self, painter: QPainter, box: QRectF, line: LineRow, current: bool) -> None:
        look = self.look
        done = line.done + line.short >= line.wanted
        ground = "chosen" if current else "paper"
        edge = "brand" if current else "line"
        if done:
            ground = "warning_ground" if line.short else "ok_ground"
            edge = ground
        self.draw_card(painter, box, ground, edge, look.px(3) if current else 1)
        pad = float(look.px(12 if self.dense else 14))
        side = box.height() - 2 * pad
        picture = QRectF(box.left() + pad, box.top() + pad, side, side)
        pictured(painter, look, picture, line.picture, line.sku, look.px(8))
        right = self._counts(painter, box, line, current)
        left = picture.right() + look.px(14)
        foot = float(look.px(20))
        name = QRectF(left, box.top() + pad - look.px(3), right - left - look.px(12), side - foot + look.px(5))
        draw_fitted(
            painter, name, name_of(line, look.language), look.colour("ink"),
            look.px(20), look.px(13), most=2 if name.height() > look.px(32) else 1, bold=True,
        )  # fmt: skip
        code = printable(line.main_code) if line.main_code else line.sku
        under = " ・ ".join(text for text in (self.lines_of.get(line.id, ""), code, line.shelf) if text)
        at = QRectF(left, name.bottom(), name.width(), foot)
        draw_fitted(painter, at, under, look.colour("soft"), look.px(15), look.px(11), most=1, fixed=True)

    def _counts(self, painter: QPainter, box: QRectF, line: LineRow, current: bool) -> float:
        """Draw ``✓ 3 / 3`` with its bars at the right; return its left edge."""
        look = self.look
        pad = float(look.px(16))
        right = box.right() - pad
        size = 28 if self.dense else 34
        text = f"{line.done} / {line.wanted}"
        font = look.font(size, True)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        complete = line.done + line.short >= line.wanted
        ink = "ok" if complete and not line.short else "warning" if line.short else "brand" if current else "soft"
        high = float(look.px(size * 1.1))
        top = box.center().y() - high / 2 - look.px(7)
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        painter.drawText(QRectF(right - wide, top, wide + 1, high), Qt.AlignmentFlag.AlignVCenter, text)
        under = top + high + look.px(2)
        bars = min(float(look.px(130)), line.wanted * look.px(28.0))
        left = right - max(wide, bars)
        if line.short:
            said = look.say("window.pack.line_short", count=line.short)
            at = QRectF(right - look.px(150), under - look.px(4), look.px(150), look.px(19))
            draw_fitted(
                painter, at, said, look.colour("warning"), look.px(15), look.px(11), most=1, bold=True, align="right"
            )
            left = min(left, at.left())
        else:
            pips(painter, look, right, under, line.done, line.wanted, float(look.px(130)))
        if complete and not line.short:
            side = float(look.px(24))
            tick = QRectF(right - wide - side - look.px(10), top + (high - side) / 2, side, side)
            sign(painter, tick, "ok", look.colour("ok"))
            left = min(left, tick.left())
        return left


class LinesList(QScrollArea):
    """Scrolls the rows so that the current one is in view."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.rows = _Rows(look)
        """The painted rows."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.rows)
        self.setWidgetResizable(False)

    def show_view(self, view: BenchView) -> None:
        """Show the lines of the order."""
        rows = self.rows
        rows.lines = view.full.lines if view.full else ()
        rows.lines_of = view.parcel.lines_of if view.parcel else {}
        line = view.line()
        rows.current = rows.lines.index(line) if line in rows.lines else -1
        language = rows.look.language
        rows.tell("\n".join(f"{name_of(x, language)} {x.done}/{x.wanted}" for x in rows.lines))
        self._fit()

    def _fit(self) -> None:
        rows = self.rows
        if not rows.lines:  # the viewport is not even asked for: that would cost the start a third of its time
            rows.resize(1, 1)
            return
        rows.dense = False
        rows.dense = rows.step * len(rows.lines) > self.viewport().height()
        rows.resize(self.viewport().width(), max(1, int(rows.step * len(rows.lines))))
        if rows.current >= 0:
            box = rows.row_box(rows.current)
            margin = int(min(self.viewport().height() / 2, rows.step * 1.5))
            self.ensureVisible(0, int(box.center().y()), 0, margin)
        rows.paint_if_new(rows.lines, rows.current, rows.dense, rows.lines_of)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current line in view."""
        super().resizeEvent(event)
        self._fit()
