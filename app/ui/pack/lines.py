"""The lines 明細 of the order, those of a set under its name, and below them what goes in beside the goods.

Done ones are readable, the current one is always in view, however many there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip

from app.domain.gtin import printable
from app.ui.lettering import advance, draw_fitted
from app.ui.look import Look
from app.ui.pack.boxed import KIND_FILLS, extra_name
from app.ui.pack.state import BenchView
from app.ui.painted import Painted
from app.ui.shapes import card, pictured, pips, sign

if TYPE_CHECKING:  # comes with the database's library, which is loaded after the first paint
    from app.services.orders import LineRow
    from app.services.pack_views import ExtraRow

__all__ = ["LinesList", "name_of"]

_ROOMY, _DENSE = 92, 66
"""Heights of a row."""
_HEAD, _EXTRA = 34, 58
"""Heights of the name of a set, and of what goes in beside the goods."""
_GAP = 10
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def name_of(line: LineRow, language: str) -> str:
    """Return the product's name in the reader's language, where there is one."""
    return line.name_en if language == "en" and line.name_en else line.master_name or line.name


@dataclass(frozen=True, slots=True)
class _Row:
    """One row and where it stands."""

    top: int
    high: int
    line: int = -1
    """Place of its line; -1 for none."""
    set_name: str = ""
    counted: tuple[int, int] = (0, 0)
    """Pieces of the set that are done, and wanted."""
    extra: ExtraRow | None = None


class _Rows(Painted):
    """All rows, one below the other."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.lines: tuple[LineRow, ...] = ()
        self.current = -1
        """Place of the current line; -1 for none."""
        self.current_extra = -1
        """Id of the insert that is asked for; -1 for none."""
        self.dense = False
        self.lines_of: Mapping[int, str] = {}
        """Line -> ship number of its order, where several orders share the parcel."""
        self.sets: Mapping[int, str] = {}
        """Line -> name of the set that it was sold in."""
        self.extras: Sequence[ExtraRow] = ()
        """What goes in beside the goods and is scanned."""
        self.boxes_of: Mapping[int, list[tuple[int, int]]] = {}
        """Line -> boxes that its pieces lie in, with their number; empty where there is one box."""
        self.rows: tuple[_Row, ...] = ()

    def lay_out(self) -> int:
        """Give every row its place; return how high all of them are."""
        look, made, top = self.look, [], 0
        high, gap = look.px(_DENSE if self.dense else _ROOMY), look.px(_GAP)
        for number, line in enumerate(self.lines):
            name = self.sets.get(line.id, "")
            if name and (number == 0 or self._set_of(number - 1) != (name, line.sold)):
                made.append(_Row(top, look.px(_HEAD), set_name=name, counted=self._counted(number)))
                top += look.px(_HEAD) + gap // 2
            made.append(_Row(top, high, line=number))
            top += high + gap
        for extra in self.extras:
            made.append(_Row(top, look.px(_EXTRA), extra=extra))
            top += look.px(_EXTRA) + gap
        self.rows = tuple(made)
        return top

    def _set_of(self, number: int) -> tuple[str, int | None]:
        line = self.lines[number]
        return self.sets.get(line.id, ""), line.sold

    def _counted(self, first: int) -> tuple[int, int]:
        """Return the pieces done and wanted of the set whose first line stands at *first*."""
        own = self._set_of(first)
        last = first
        while last < len(self.lines) and self._set_of(last) == own:
            last += 1
        part = self.lines[first:last]
        return sum(line.done for line in part), sum(line.wanted for line in part)

    def _box(self, row: _Row) -> QRectF:
        inset = float(self.look.px(14)) if row.line >= 0 and self.lines[row.line].id in self.sets else 0.0
        return QRectF(inset, row.top, self.width() - inset, row.high)

    def row_box(self, number: int) -> QRectF:
        """Return the box of a line's row."""
        return next((self._box(row) for row in self.rows if row.line == number), QRectF())

    def current_box(self) -> QRectF:
        """Return the box of what is asked for; empty where nothing here is."""
        asked = (row for row in self.rows if row.extra is not None and row.extra.id == self.current_extra)
        row = next(asked, None)
        return self._box(row) if row is not None else self.row_box(self.current) if self.current >= 0 else QRectF()

    def event(self, event: QEvent) -> bool:
        """Show a row's whole name as a tooltip: long ones are shortened on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = next((each for each in self.rows if each.top <= event.pos().y() < each.top + each.high), None)
            if row is not None:
                QToolTip.showText(event.globalPos(), self._whole(row), self)
                return True
        return super().event(event)

    def _whole(self, row: _Row) -> str:
        """Return what a row says, unshortened."""
        if row.line >= 0:
            line = self.lines[row.line]
            return f"{name_of(line, self.look.language)}\n{line.sku}"
        return row.set_name or (row.extra.name if row.extra is not None else "")

    def draw(self, painter: QPainter, _box: QRectF) -> None:
        """Draw the rows that can be seen."""
        seen = self.visibleRegion().boundingRect()
        for row in self.rows:
            if row.top > seen.bottom() or row.top + row.high < seen.top():
                continue
            if row.line >= 0:
                self._row(painter, self._box(row), self.lines[row.line], row.line == self.current)
            elif row.extra is not None:
                self._extra_row(painter, self._box(row), row.extra)
            else:
                self._set_row(painter, self._box(row), row)

    def _set_row(self, painter: QPainter, box: QRectF, row: _Row) -> None:
        """The name of a set over its parts, and how many of their pieces are done."""
        look, (done, wanted) = self.look, row.counted
        ink = look.colour("ok" if done >= wanted else "brand")
        text = f"{done} / {wanted}"
        wide = QFontMetricsF(look.font(22, True)).horizontalAdvance(text) + 4
        right = QRectF(box.right() - look.px(16) - wide, box.top(), wide, box.height())
        draw_fitted(painter, right, text, ink, look.px(22), look.px(13), most=1, bold=True, align="right")
        name = QRectF(box.left() + look.px(4), box.top(), right.left() - box.left() - look.px(14), box.height())
        words = look.say("window.pack.set", name=row.set_name)
        draw_fitted(painter, name, words, ink, look.px(19), look.px(12), most=1, bold=True)

    def _extra_row(self, painter: QPainter, box: QRectF, extra: ExtraRow) -> None:
        """Something that goes in last: its kind as a full coloured word, its name, how many are in."""
        look, current = self.look, extra.id == self.current_extra
        done = extra.done + extra.short >= extra.wanted
        ground = "chosen" if current else ("warning_ground" if extra.short else "ok_ground") if done else "paper"
        edge = "brand" if current else ground if done else "soft"
        inset = look.px(3 if current else 1) / 2
        pen = QPen(look.colour(edge), look.px(3) if current else 1.5)
        if not current and not done:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), look.px(13), look.px(13))
        words = look.say(f"window.insert.{extra.kind}")
        font = look.font(15, True)
        wide = advance(words, font) + look.px(16)
        pill = QRectF(box.left() + look.px(12), box.center().y() - look.px(14), wide, look.px(28))
        fill = QColor(KIND_FILLS.get(extra.kind, "#185495"))
        card(painter, pill, fill, fill, look.px(7), 0)
        draw_fitted(
            painter, pill, words, QColor("#FFFFFF"), look.px(15), look.px(10), most=1, bold=True, align="centre"
        )
        text = f"{extra.done} / {extra.wanted}"
        right = QFontMetricsF(look.font(26, True)).horizontalAdvance(text) + 4
        counts = QRectF(box.right() - look.px(16) - right, box.top(), right, box.height())
        ink = look.colour(
            "ok" if done and not extra.short else "warning" if extra.short else "brand" if current else "soft"
        )
        draw_fitted(painter, counts, text, ink, look.px(26), look.px(14), most=1, bold=True, align="right")
        left = pill.right() + look.px(12)
        end = counts.left() - look.px(10)
        if done and not extra.short:
            side = float(look.px(22))
            sign(painter, QRectF(end - side, box.center().y() - side / 2, side, side), "ok", look.colour("ok"))
            end -= side + look.px(8)
        name = QRectF(left, box.top() + 3, end - left, box.height() - 6)
        draw_fitted(
            painter, name, extra_name(extra, look.language), look.colour("ink"), look.px(19), look.px(12),
            most=2, bold=True,
        )  # fmt: skip

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
        at = QRectF(left, name.bottom(), name.width(), foot)
        lies = self.lies_in(line)
        if lies:
            wide = min(at.width() * 0.5, advance(lies, look.font(18, True)) + 2)
            boxes = QRectF(at.right() - wide, at.top(), wide, foot)
            draw_fitted(
                painter, boxes, lies, look.colour("brand"), look.px(18), look.px(11), most=1, bold=True, align="right"
            )
            at.setRight(boxes.left() - look.px(6))
        under = " ・ ".join(text for text in (self.lines_of.get(line.id, ""), code, line.shelf) if text)
        draw_fitted(painter, at, under, look.colour("soft"), look.px(15), look.px(11), most=1, fixed=True)

    def lies_in(self, line: LineRow) -> str:
        """Return which boxes the pieces of a line lie in, such as ``①×2 ②``; empty where there is one box."""
        return " ".join(
            (_CIRCLED[box - 1] if 0 < box <= len(_CIRCLED) else f"({box})") + (f"×{pieces}" if pieces > 1 else "")
            for box, pieces in self.boxes_of.get(line.id, ())
        )

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
        parcel, asked = view.parcel, view.answer.ask if view.answer else {}
        rows.lines_of = parcel.lines_of if parcel else {}
        rows.sets = parcel.sets if parcel else {}
        rows.extras = [each for each in parcel.boxes.extras if not each.shown] if parcel else []
        several = parcel is not None and view.boxes > 1
        rows.boxes_of = {x.id: parcel.boxes.boxes_of(x.id) for x in rows.lines} if several and parcel else {}
        line = view.line()
        rows.current = rows.lines.index(line) if line in rows.lines else -1
        insert = asked.get("insert")
        rows.current_extra = insert if view.ask == "insert" and isinstance(insert, int) else -1
        language = rows.look.language
        told = [f"{name_of(x, language)} {x.done}/{x.wanted} {rows.lies_in(x)}".strip() for x in rows.lines]
        told += [f"{rows.look.say(f'window.insert.{x.kind}')} {x.name} {x.done}/{x.wanted}" for x in rows.extras]
        rows.tell("\n".join(told))
        self._fit()

    def _fit(self) -> None:
        rows = self.rows
        if not rows.lines:  # the viewport is not even asked for: that would cost the start a third of its time
            rows.lay_out()
            rows.resize(1, 1)
            return
        rows.dense = False
        if rows.lay_out() > self.viewport().height():
            rows.dense = True
        rows.resize(self.viewport().width(), max(1, rows.lay_out()))
        box = rows.current_box()
        if not box.isEmpty():
            margin = int(min(self.viewport().height() / 2, box.height() * 1.6))
            self.ensureVisible(0, int(box.center().y()), 0, margin)
        rows.paint_if_new(
            rows.lines, rows.current, rows.current_extra, rows.dense, rows.lines_of, rows.rows, rows.boxes_of
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current line in view."""
        super().resizeEvent(event)
        self._fit()
