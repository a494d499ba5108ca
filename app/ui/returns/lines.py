"""What stands beside the question: the goods of the open return, or open and recent returns, or how the work goes."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.lettering import advance, draw_fitted
from app.ui.look import Look
from app.ui.pack.goods_drawings import draw_thing
from app.ui.painted import Painted
from app.ui.returns.state import ReturnsView
from app.ui.shapes import card, pictured, pill

__all__ = ["LinesPanel", "RecentPanel", "ReturnsGuide", "ReturnsSide"]

_ROW, _LEAST = 84.0, 46.0
_STEPS = (("scan", "label"), ("why", "piece"), ("shelf", "shelf"))
"""Steps of the work, and what is drawn for each."""


class _Panel(Painted):
    """A card with a title and rows; what does not fit is counted in the last row."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._title = ""

    def _rows(self, painter: QPainter, box: QRectF, count: int) -> list[QRectF]:
        """Draw the card; return a box for each row that is shown."""
        look = self.look
        self.draw_card(painter, box)
        inner = box.adjusted(look.px(14), look.px(8), -look.px(14), -look.px(10))
        head = QRectF(inner.left(), inner.top(), inner.width(), look.px(30))
        draw_fitted(painter, head, self._title, look.colour("ink"), look.px(20), look.px(12), most=1, bold=True)
        area = QRectF(inner.left(), head.bottom() + look.px(4), inner.width(), inner.bottom() - head.bottom())
        if not count:
            return []
        fitting = max(1, int(area.height() // look.px(_LEAST)))
        shown = count if count <= fitting else max(1, fitting - 1)
        high = min(float(look.px(_ROW)), area.height() / (shown + (count > shown)))
        if count > shown:
            rest = QRectF(area.left(), area.top() + shown * high, area.width(), high)
            more = look.say("window.more", count=count - shown)
            draw_fitted(painter, rest, more, look.colour("soft"), look.px(17), look.px(11), most=1, align="centre")
        return [QRectF(area.left(), area.top() + row * high, area.width(), high) for row in range(shown)]


class LinesPanel(_Panel):
    """The goods of the parcel: how many were in it, how many came back, where they went."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = ReturnsView()

    def show_view(self, view: ReturnsView) -> None:
        """Show the open return; what was just taken in stands first where not all fit."""
        self.view = view
        lines = view.lines
        back, wanted = sum(each.back for each in lines), sum(each.wanted for each in lines)
        self._title = self.look.say("window.returns.lines", back=back, wanted=wanted)
        names = [view.short_name_of(each.product, each.name, self.look.language) for each in lines]
        told = [f"{name} {each.back}/{each.wanted}" for name, each in zip(names, lines, strict=True)]
        self.tell(" / ".join([self._title, *told]))
        self.paint_if_new(self._title, tuple(lines), tuple(names), len(view.goods))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        lines = sorted(self.view.lines, key=lambda each: not each.now)
        for cell, each in zip(self._rows(painter, box, len(lines)), lines, strict=False):
            look, done = self.look, each.back >= each.wanted
            kind = "ok" if done else ""
            if each.now:
                card(painter, cell.adjusted(0, 2, 0, -2), look.colour("chosen"), look.colour("brand"), look.px(8),
                     look.px(2))  # fmt: skip
            elif done:
                card(painter, cell.adjusted(0, 2, 0, -2), look.colour("ok_ground"), look.colour("paper"), look.px(8), 0)
            inner = cell.adjusted(look.px(8), look.px(5), -look.px(10), -look.px(5))
            side = min(inner.height(), float(look.px(64)))
            picture = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            pictured(painter, look, picture, self.view.picture_of(each.product), each.sku, look.px(6))
            count = f"{each.back}/{each.wanted}"
            wide = max(float(look.px(64)), advance(count, look.font(28, True)) + look.px(4))
            at = QRectF(inner.right() - wide, inner.top(), wide, inner.height())
            ink = look.colour(kind) if kind else look.colour("ink")
            draw_fitted(painter, at, count, ink, look.px(28), look.px(13), most=1, bold=True, align="right")
            left = picture.right() + look.px(12)
            text = QRectF(left, inner.top(), at.left() - left - look.px(8), inner.height())
            self._draw_text(painter, text, each)

    def _draw_text(self, painter: QPainter, box: QRectF, each: object) -> None:
        from app.services.return_views import ReturnLine

        assert isinstance(each, ReturnLine)
        look, say = self.look, self.look.say
        labels = [(say("window.returns.good", count=each.good), "ok")] if each.good else []
        labels += [(say("window.returns.bad", count=each.bad), "warning")] if each.bad else []
        labels += [(say("window.returns.shelf", shelf=each.shelf), "info")] if each.now and each.shelf else []
        name = QRectF(box.left(), box.top(), box.width(), box.height() * (0.6 if labels else 1))
        called = self.view.short_name_of(each.product, each.name, look.language)
        draw_fitted(painter, name, called, look.colour("ink"), look.px(20), look.px(10), most=2, bold=True)
        left, middle = box.left(), name.bottom() + (box.bottom() - name.bottom()) / 2
        for words, kind in labels:
            if left + advance(words, look.font(15, True)) + look.px(24) > box.right():
                break
            left = pill(painter, look, left, middle, words, kind) + look.px(8)


class RecentPanel(_Panel):
    """Open and recent returns with their reasons, for leaders and the office."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = ReturnsView()

    def show_view(self, view: ReturnsView) -> None:
        """Show the list."""
        self.view = view
        self._title = self.look.say("window.returns.recent" if view.recent else "window.returns.none")
        told = [f"{row.ship_number or row.number} {self._state(row)} {self._why(row)}" for row in view.recent]
        self.tell(" / ".join([self._title, *told]))
        self.paint_if_new(self._title, tuple(told))

    def _state(self, row: object) -> str:
        from app.services.return_views import ReturnRow

        assert isinstance(row, ReturnRow)
        say = self.look.say
        if row.open:
            return say("window.returns.at_station", station=row.station) if row.station else say("window.returns.waits")
        return say("window.returns.whole_back") if row.order_state == "returned" else say("window.returns.part_back")

    def _why(self, row: object) -> str:
        from app.services.return_views import ReturnRow

        assert isinstance(row, ReturnRow)
        say = self.look.say
        reasons = [f"{say(f'returns.reason.{reason}')} {number}" for reason, number in row.reasons.items()]
        return say("list.comma").join([*reasons, *([say("overrides.what.unopened")] if row.unopened else [])])

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, rows = self.look, self.view.recent
        for cell, row in zip(self._rows(painter, box, len(rows)), rows, strict=False):
            painter.fillRect(QRectF(cell.left(), cell.top(), cell.width(), 1), look.colour("line"))
            inner = cell.adjusted(look.px(4), look.px(5), -look.px(4), -look.px(4))
            top = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.54)
            kind = "info" if row.open else "ok" if row.order_state == "returned" else "warning"
            state = self._state(row)
            wide = min(top.width() * 0.42, advance(state, look.font(16, True)) + look.px(26))
            pill(painter, look, top.right() - wide, top.center().y(), state, kind, 16)
            count = f"{row.pieces}/{row.wanted}"
            figure = advance(count, look.font(22, True)) + look.px(12)
            at = QRectF(top.right() - wide - figure - look.px(8), top.top(), figure, top.height())
            ink = look.colour("ink")
            draw_fitted(painter, at, count, ink, look.px(22), look.px(12), most=1, bold=True, align="right")
            name = QRectF(top.left(), top.top(), at.left() - top.left() - look.px(8), top.height())
            words = f"{row.ship_number or row.number}  {row.number if row.ship_number else ''}"
            draw_fitted(painter, name, words, ink, look.px(22), look.px(12), most=1, bold=True)
            under = QRectF(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
            clock = look.clock(row.closed_at or row.opened_at)
            said = " ・ ".join(text for text in (clock, row.ship_to, self._why(row)) if text)
            draw_fitted(painter, under, said, look.colour("soft"), look.px(17), look.px(11), most=2)


class ReturnsGuide(Painted):
    """① scan the parcel's label ② scan the goods and say why ③ lay them on their shelf."""

    def show_view(self, _view: ReturnsView) -> None:
        """Show how the work goes."""
        self.tell(" ".join(self.look.say(f"window.returns.guide.{step}") for step, _ in _STEPS))
        self.paint_if_new()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, gap = self.look, float(self.look.px(12))
        high = (box.height() - 2 * gap) / 3
        for number, (step, thing) in enumerate(_STEPS):
            row = QRectF(box.left(), box.top() + number * (high + gap), box.width(), high)
            self.draw_card(painter, row)
            side = min(high - look.px(24), row.width() * 0.3)
            picture = QRectF(row.left() + look.px(18), row.center().y() - side / 2, side, side)
            card(painter, picture, look.colour("chosen"), look.colour("chosen"), look.px(12), 0)
            inset = side * 0.12
            draw_thing(painter, look, picture.adjusted(inset, inset, -inset, -inset), thing)
            left = picture.right() + look.px(18)
            head = QRectF(left, row.top() + high * 0.1, row.right() - left - look.px(12), high * 0.46)
            title = f"{number + 1}  {look.say(f'window.returns.guide.{step}')}"
            draw_fitted(
                painter, head, title, look.colour("brand"), look.px(27), look.px(14), most=2, bold=True,
                vertical="bottom",
            )  # fmt: skip
            under = QRectF(left, head.bottom() + look.px(3), head.width(), high * 0.38)
            text = look.say(f"window.returns.guide.{step}_more")
            draw_fitted(painter, under, text, look.colour("soft"), look.px(18), look.px(12), most=3, vertical="top")


class ReturnsSide(QWidget):
    """The goods of the open return; without one the list of returns, or for packers how the work goes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines, self.recent, self.guide = LinesPanel(look), RecentPanel(look), ReturnsGuide(look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.lines, self.recent, self.guide):
            layout.addWidget(part)

    def show_view(self, view: ReturnsView, leads: bool) -> None:
        """Show what belongs to the return, or to none.

        :param leads: whether the person may see lists.
        """
        self.lines.setVisible(view.open_now)
        self.recent.setVisible(not view.open_now and leads)
        self.guide.setVisible(not view.open_now and not leads)
        for part in (self.lines, self.recent, self.guide):
            part.show_view(view)
