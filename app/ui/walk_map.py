"""The warehouse as it is drawn, and a picker's walk on it: for the map, the waves and the picker at the shelves.

Walks come in metres in the map's own system, as a job holds them; the front is at the bottom of the picture. Nothing
here knows what is picked or who walks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from app.ui.floor_plan import FloorPlan, FloorView, Lane, Point, Step, met_at
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import card, pill, pill_width

__all__ = ["WalkMap"]

_TINTS = ("info", "ok", "warning", "error", "soft")
"""Colours that the shelves of zones are tinted with, in the order of the zones' names."""


class WalkMap(Tapped):
    """Shelves as blocks beside their aisles, the depot, and a walk: done grey, ahead strong, the next stop large."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.plan = FloorPlan()
        """The warehouse."""
        self.points: tuple[Point, ...] = ()
        """Corners of the walk."""
        self.stops: tuple[Step, ...] = ()
        """Shelves where something is taken, in the order of the walk."""
        self.done: frozenset[str] = frozenset()
        """Shelves whose goods are taken."""
        self.here = ""
        """Shelf that comes next; empty for none."""
        self.named = True
        """Whether aisles are named, where there is room."""
        self.choosing = False
        """Whether a tap on any shelf tells its code; else only taps on stops do."""
        self.marked = ""
        """Shelf that is framed; empty for none."""
        self.told = ""
        """What is drawn, in words; empty: shelves and stops are counted."""
        self._view: FloorView | None = None
        self._view_of: object = None
        self._ground: QPixmap | None = None
        self._ground_of: object = None

    def put(
        self,
        plan: FloorPlan | None,
        points: Iterable[Sequence[float]] = (),
        stops: Iterable[Sequence[Any]] = (),
        done: Collection[str] = (),
        here: str = "",
    ) -> None:
        """Show a warehouse and, where *points* are given, a walk in it.

        :param plan: None keeps the warehouse that is shown.
        :param points: corners of the path, ``[x, y]`` each, as a job's walk holds them.
        :param stops: ``[shelf, x, y]`` each, in the order of the walk.
        :param done: shelves whose goods are taken.
        :param here: the shelf that comes next, where the picker goes.
        """
        if plan is not None:
            self.plan = plan
        self.points = tuple(self._laid(x, y) for x, y in points)
        self.stops = tuple((str(code), *self._laid(x, y)) for code, x, y in stops)
        self.done, self.here = frozenset(done), here
        words = [str(len(self.plan.shelves)), *(code for code, _, _ in self.stops)]
        self.tell(self.told or " ".join(words))
        self.paint_if_new(self.plan, self.points, self.stops, self.done, self.here)

    def _laid(self, x: Any, y: Any) -> Point:
        """Return a point of the map in the system of its layout, in which the aisles run along y."""
        return (float(y), float(x)) if self.plan.turned else (float(x), float(y))

    def mark(self, code: str) -> None:
        """Frame a shelf; nothing for an empty code."""
        self.marked = code
        self.update()

    def place_at(self, x: float, y: float) -> str:
        """Return the stop at a point or, where any shelf may be chosen, the shelf."""
        found = super().place_at(x, y)
        if found or not self.choosing or self._view is None or self._view.empty:
            return found
        view, (across, along) = self._view, self._view.metres(x, y)
        near = view.bay / 2
        for code, (lefts, middle) in view.blocks.items():
            if abs(along - middle) <= near and any(left <= across <= left + view.deep for left in lefts):
                return code
        return ""

    # --- drawing ---

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        self.places = []
        view = self._seen(box)
        if view.empty:
            return
        self._draw_ground(painter, view, box)
        self._draw_marked(painter, view)
        if not self.points:
            self._draw_zones(painter, view)
        self._draw_walk(painter, view)
        self._draw_depot(painter, view)
        self._draw_stops(painter, view)

    def _seen(self, box: QRectF) -> FloorView:
        """Return where things lie in *box*; worked out again only where something changed."""
        of = (self.plan, self.points, self.stops, box.size().toSize(), self.look.scale)
        if self._view is None or of != self._view_of:
            others = [*self.points, *((x, y) for _, x, y in self.stops)]
            self._view, self._view_of = FloorView(self.plan, others, box, self.look.px(10)), of
        return self._view

    # --- the warehouse ---

    def _draw_ground(self, painter: QPainter, view: FloorView, box: QRectF) -> None:
        """Draw shelves and lanes; kept as a picture, for there may be thousands of them."""
        look, ratio = self.look, painter.device().devicePixelRatioF()
        of = (self.plan, box.size().toSize(), view.edges, look.theme, look.scale, ratio, self.named)
        if self._ground is None or of != self._ground_of:
            self._ground = QPixmap((QSizeF(box.width(), box.height()) * ratio).toSize())
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(Qt.GlobalColor.transparent)
            brush = QPainter(self._ground)
            brush.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_lanes(brush, view)
            self._draw_shelves(brush, view)
            self._draw_names(brush, view)
            brush.end()
            self._ground_of = of
        painter.drawPixmap(box.topLeft(), self._ground)

    def _draw_lanes(self, painter: QPainter, view: FloorView) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour("ground"))
        for y, left, right in self.plan.crosses:
            ends = (view.left if left is None else left, view.right if right is None else right)
            painter.drawRect(view.box(ends[0] - view.half_lane, y - view.half_cross,
                                      ends[1] + view.half_lane, y + view.half_cross))  # fmt: skip
        for lane in self.plan.lanes:
            painter.drawRect(view.box(lane.x - view.half_lane, lane.front, lane.x + view.half_lane, lane.back))
            if lane.one_way:
                self._draw_one_way(painter, view, lane)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.look.colour("ground"))

    def _draw_one_way(self, painter: QPainter, view: FloorView, lane: Lane) -> None:
        """Arrow heads along a lane that is walked one way only."""
        for part in (0.25, 0.5, 0.75):
            y = lane.front + (lane.back - lane.front) * part
            tip, tail = view.at(lane.x, y), view.at(lane.x, y - lane.one_way)
            _arrow(painter, tail, tip, float(self.look.px(5)), self.look.colour("soft"))

    def _draw_shelves(self, painter: QPainter, view: FloorView) -> None:
        """Draw blocks, in tints by zone where there are several; each block once, however many levels it has."""
        painter.setPen(Qt.PenStyle.NoPen)
        gap = min(0.12, view.bay * 0.12)
        tints = self._tints()
        zone_of = dict(self.plan.zones)
        drawn: set[Point] = set()
        for code, (lefts, y) in view.blocks.items():
            for left in lefts:
                if (left, y) not in drawn:
                    drawn.add((left, y))
                    painter.setBrush(tints[zone_of.get(code, "")])
                    painter.drawRect(view.box(left, y - view.bay / 2 + gap, left + view.deep, y + view.bay / 2 - gap))

    def _tints(self) -> dict[str, QColor]:
        """Return the colour of each zone's shelves; one for all where there is only one zone."""
        blank = self.look.colour("blank")
        zones = sorted({zone for _, zone in self.plan.zones})
        tints = dict.fromkeys([*zones, ""], blank)
        if len(zones) > 1:
            for number, zone in enumerate(zones):
                tints[zone] = _mixed(blank, self.look.colour(_TINTS[number % len(_TINTS)]))
        return tints

    def _draw_zones(self, painter: QPainter, view: FloorView) -> None:
        """Name the zones in the middle of their shelves, where there are several."""
        members: dict[str, list[Point]] = defaultdict(list)
        where = {code: (x, y) for code, x, y in self.plan.shelves}
        for code, zone in self.plan.zones:
            members[zone].append(where[code])
        if len(members) < 2:
            return
        for zone, points in sorted(members.items()):
            xs, ys = sorted(x for x, _ in points), sorted(y for _, y in points)
            box = view.box(xs[0] - view.deep, ys[0], xs[-1] + view.deep, ys[-1])
            room = max(box.width(), self.look.px(70)) - self.look.px(26)
            metrics = QFontMetricsF(self.look.font(15, True))
            words = metrics.elidedText(zone, Qt.TextElideMode.ElideRight, room)
            wide = pill_width(self.look, words)
            pill(painter, self.look, box.center().x() - wide / 2, box.center().y(), words, "info")

    def _draw_marked(self, painter: QPainter, view: FloorView) -> None:
        lefts, y = view.blocks.get(self.marked, ((), 0.0))
        painter.setBrush(self.look.colour("ok_ground"))
        painter.setPen(QPen(self.look.colour("ok"), self.look.px(3)))
        for left in lefts:
            painter.drawRect(view.box(left, y - view.bay / 2, left + view.deep, y + view.bay / 2))

    def _draw_names(self, painter: QPainter, view: FloorView) -> None:
        """Name the lanes at the front, where the names can be read; with many lanes only some of them."""
        if not self.named or not self.plan.lanes:
            return
        look, size = self.look, self.look.px(13)
        room, last = float(look.px(34)), -1e9
        for lane in self.plan.lanes:
            at = view.at(lane.x, view.front)
            along = at.y() if self.plan.turned else at.x()
            if not lane.name or abs(along - last) < room:
                continue
            last = along
            name = QRectF(0, 0, room * 1.6, size * 1.4)
            name.moveCenter(
                QPointF(at.x() - room * 0.5, at.y()) if self.plan.turned else QPointF(at.x(), at.y() + size)
            )
            words = lane.name.split("+")[0].rpartition("/")[2]
            draw_fitted(painter, name, words, look.colour("soft"), size, look.px(9), most=1, align="centre")

    def _draw_depot(self, painter: QPainter, view: FloorView) -> None:
        if self.plan.depot is None:
            return
        side = float(self.look.px(16))
        box = QRectF(0, 0, side, side)
        box.moveCenter(view.at(*self.plan.depot))
        card(painter, box, self.look.colour("brand"), self.look.colour("paper"), side * 0.25, self.look.px(2))

    # --- the walk ---

    def _walked(self) -> float:
        """Return how far the picker has come, in metres: to the last shelf taken before the next one."""
        met = met_at(self.points, self.stops)
        codes = [code for code, _, _ in self.stops]
        if self.here in codes:
            before = codes.index(self.here)
            taken = [at for code, at in zip(codes[:before], met, strict=False) if code in self.done]
            return max(taken, default=0.0)
        if codes and self.done.issuperset(codes):  # on the way back to the end, or there
            return sum(abs(x1 - x0) + abs(y1 - y0) for (x0, y0), (x1, y1) in pairwise(self.points))
        return max((at for code, at in zip(codes, met, strict=True) if code in self.done), default=0.0)

    def _draw_walk(self, painter: QPainter, view: FloorView) -> None:
        if len(self.points) < 2:
            return
        look = self.look
        aside = min(float(look.px(4)), view.lane_pixels * 0.28)
        line = _beside([view.at(*point) for point in self.points], aside)
        before, after = _cut(self.points, line, self._walked())
        thick = float(look.px(4))
        past = look.colour("soft")
        past.setAlpha(110)
        for part, ink in ((before, past), (after, look.colour("info_fill" if look.theme == "light" else "info"))):
            if len(part) > 1:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(
                    QPen(ink, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
                )
                painter.drawPolyline(QPolygonF(part))
                self._draw_arrows(painter, part, ink)

    def _draw_arrows(self, painter: QPainter, line: Sequence[QPointF], colour: QColor) -> None:
        """An arrow head in the middle of each long leg says which way round."""
        for start, end in pairwise(line):
            if abs(end.x() - start.x()) + abs(end.y() - start.y()) > self.look.px(60):
                middle = (start + end) / 2
                _arrow(painter, start, middle, float(self.look.px(8)), colour)

    def _draw_stops(self, painter: QPainter, view: FloorView) -> None:
        look = self.look
        size = float(look.px(5 if len(self.stops) <= 60 else 3.5))
        for code, x, y in self.stops:
            ready, coming = code in self.done, code == self.here
            radius = size * 1.9 if coming else size
            fill = look.colour("ok_fill" if coming else "soft" if ready else "info_fill")
            painter.setPen(QPen(look.colour("paper"), max(1.5, radius * 0.3)))
            painter.setBrush(fill)
            at = view.at(x, y)
            painter.drawEllipse(at, radius, radius)
            self.places.append((QRectF(at.x() - radius * 2, at.y() - radius * 2, radius * 4, radius * 4), code))


def _beside(line: Sequence[QPointF], aside: float) -> list[QPointF]:
    """Return a path a little to its right, as people walk: there and back through one aisle stay two lines.

    Legs run along x or y; where a path turns round, both its lines are joined.
    """
    legs = [(start, end) for start, end in pairwise(line) if start != end]
    if not legs:
        return list(line)
    shifted = [(start + _right(start, end) * aside, end + _right(start, end) * aside) for start, end in legs]
    made = [shifted[0][0]]
    for (start, end), (after, _) in pairwise(shifted):
        upright = abs(end.x() - start.x()) < abs(end.y() - start.y())
        if abs(end.x() - after.x()) > 1e-6 and abs(end.y() - after.y()) > 1e-6:
            made.append(QPointF(end.x(), after.y()) if upright else QPointF(after.x(), end.y()))
        else:
            made += [end, after]
    return [*made, shifted[-1][1]]


def _right(start: QPointF, end: QPointF) -> QPointF:
    """Return the direction to the right of a leg, of length 1, as seen on the screen."""
    across, down = end.x() - start.x(), end.y() - start.y()
    long = max(1e-9, (across * across + down * down) ** 0.5)
    return QPointF(-down / long, across / long)


def _cut(points: Sequence[Point], line: Sequence[QPointF], walked: float) -> tuple[list[QPointF], list[QPointF]]:
    """Cut a drawn path where *walked* metres of it are done: the done part and the rest."""
    whole = sum(abs(x1 - x0) + abs(y1 - y0) for (x0, y0), (x1, y1) in pairwise(points))
    pixels = [abs(b.x() - a.x()) + abs(b.y() - a.y()) for a, b in pairwise(line)]
    if walked <= 0 or not whole:
        return [], list(line)
    left = sum(pixels) * min(1.0, walked / whole)
    for number, long in enumerate(pixels):
        if left <= long:
            share = left / max(long, 1e-9)
            at = line[number] + (line[number + 1] - line[number]) * share
            return [*line[: number + 1], at], [at, *line[number + 1 :]]
        left -= long
    return list(line), []


def _arrow(painter: QPainter, start: QPointF, tip: QPointF, size: float, colour: QColor) -> None:
    """Draw an arrow head at *tip*, coming from *start*."""
    side = _right(start, tip)
    ahead = QPointF(side.y(), -side.x())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip + ahead * size, tip + side * size * 0.8, tip - side * size * 0.8]))


def _mixed(one: QColor, other: QColor) -> QColor:
    """Return *one* with a quarter of *other* in it."""
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a * 0.74 + b * 0.26) for a, b in parts))
