"""The stops of a job as a list: what was taken is ticked, what is short marked, the one in hand lit."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.lettering import draw_fitted, fewest_lines
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.pick.state import JobView, Stop, stops_of
from app.ui.shapes import card, sign

__all__ = ["StopsPanel"]

_ROW = 54.0
"""Height of a row where there is room for all of them."""
_LEAST = 30.0
"""Least height of a row: what does not fit is counted, not squeezed."""


class StopsPanel(Painted):
    """Shelf, goods, number: as many stops as there is room for, from the one in hand on."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.stops: tuple[Stop, ...] = ()
        """All stops, in the order of the walk."""
        self._names: tuple[str, ...] = ()
        self._now = -1
        self._all = False

    def show_view(self, view: JobView) -> None:
        """Show the stops of a job."""
        job, pick = view.job, view.pick
        self.stops = stops_of(job) if job is not None else ()
        self._names = tuple(view.name_of(each.product, each.name, self.look.language) for each in self.stops)
        self._all = view.ask == "list"
        key = (pick.shelf, pick.product, pick.lot) if pick is not None and not self._all else None
        places = [(each.shelf, each.product, each.lot) for each in self.stops]
        self._now = places.index(key) if key in places else -1
        said = [f"{each.shelf} {name} {self._count(each)}" for each, name in zip(self.stops, self._names, strict=True)]
        self.tell(" / ".join([self._title(), *said]))
        self.paint_if_new(self.stops, self._names, self._now, self._all)

    def _title(self) -> str:
        say = self.look.say
        done = sum(each.left <= 0 for each in self.stops)
        if self._all:
            return say("window.pick.lines", count=len(self.stops))
        return say("window.pick.stops", done=done, count=len(self.stops))

    def _count(self, stop: Stop) -> str:
        say = self.look.say
        if stop.stopped:
            return say("window.pick.stopped")
        if stop.short:
            return say("window.pick.short_of", done=stop.done, wanted=stop.wanted)
        return f"{stop.done}/{stop.wanted}" if 0 < stop.done < stop.wanted else str(stop.wanted)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        self.draw_card(painter, box)
        inner = box.adjusted(look.px(14), look.px(8), -look.px(14), -look.px(10))
        head = QRectF(inner.left(), inner.top(), inner.width(), look.px(28))
        draw_fitted(painter, head, self._title(), look.colour("ink"), look.px(19), look.px(12), most=1, bold=True)
        area = QRectF(
            inner.left(), head.bottom() + look.px(4), inner.width(), inner.bottom() - head.bottom() - look.px(4)
        )
        count = len(self.stops)
        if not count:
            return
        fitting = max(1, int(area.height() // look.px(_LEAST)))
        first = 0
        shown = min(count, fitting)
        if count > fitting:
            shown = max(1, fitting - 1)  # the last row says how many more there are
            begin = self._now if self._now >= 0 else next((at for at, s in enumerate(self.stops) if s.left > 0), 0)
            first = max(0, min(begin - 1, count - shown))
        high = min(float(look.px(_ROW)), area.height() / (shown + (count > fitting)))
        for row in range(shown):
            cell = QRectF(area.left(), area.top() + row * high, area.width(), high)
            self._draw_row(painter, cell, first + row)
        if count > fitting:
            rest = QRectF(area.left(), area.top() + shown * high, area.width(), high)
            more = look.say("window.more", count=count - shown)
            draw_fitted(painter, rest, more, look.colour("soft"), look.px(17), look.px(11), most=1, align="centre")

    def _draw_row(self, painter: QPainter, cell: QRectF, number: int) -> None:
        look, stop, now = self.look, self.stops[number], number == self._now
        done = stop.left <= 0
        kind = "error" if stop.stopped else "warning" if stop.short else "ok" if done else ""
        if now:
            card(
                painter, cell.adjusted(0, 1, 0, -1), look.colour("chosen"), look.colour("brand"), look.px(7), look.px(2)
            )
        elif kind:
            card(
                painter, cell.adjusted(0, 1, 0, -1), look.colour(f"{kind}_ground"), look.colour("paper"), look.px(7), 0
            )
        inner = cell.adjusted(look.px(8), 0, -look.px(8), 0)
        ink = look.colour(kind) if kind else look.colour("brand" if now else "ink")
        side = cell.height() * 0.5
        if kind:
            name = {"ok": "ok", "warning": "warning", "error": "error"}[kind]
            sign(painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), name, ink)
        left = inner.left() + side + look.px(8)
        large = min(cell.height() / look.px(_ROW), 1.0)
        shelf = QRectF(left, inner.top(), inner.width() * 0.27, inner.height())
        words = stop.shelf or look.say("window.pick.no_shelf_short")
        draw_fitted(painter, shelf, words, ink, look.px(20 + 5 * large), look.px(11), most=1, bold=True)
        wide = inner.width() * 0.2
        count = QRectF(inner.right() - wide, inner.top(), wide, inner.height())
        draw_fitted(painter, count, self._count(stop), ink, look.px(22), look.px(11), most=1, bold=True, align="right")
        name_box = QRectF(
            shelf.right() + look.px(8), inner.top(), count.left() - shelf.right() - look.px(14), inner.height()
        )
        name, size = self._names[number], look.px(17 + 4 * large)
        most = fewest_lines(name, name_box, size, look.px(14), 2)
        size = size if most == 1 else int(min(size, cell.height() * 0.36))
        draw_fitted(painter, name_box, name, ink, size, look.px(10), most=most)
