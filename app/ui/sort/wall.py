"""The slots of the sorting wall 種まき棚, all at once: how many are missing, which is complete, which is wanted."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.floor_plan import FloorPlan
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.pick.cart import PlaceState, places_of
from app.ui.pick.guide import PickGuide
from app.ui.pick.state import JobView
from app.ui.shapes import card, sign

__all__ = ["Wall", "WallPanel", "rows_of"]

_NAMED = re.compile(r"(.*?)([0-9]+)$")
_MOST_ROWS = 8
_MOST_SLOTS = 48
"""Slots of a wall that is drawn whole."""


def rows_of(labels: list[str]) -> list[list[int | None]]:
    """Return how slots stand on the wall: rows of indices into *labels*, None for a slot that the job does not use.

    Slots named by row and number (``A1`` … ``B5``) stand as they are named, their gaps shown; others in rows of about
    equal length.
    """
    named = [_NAMED.fullmatch(label) for label in labels]
    if labels and all(named):
        rows: dict[str, dict[int, int]] = {}
        for at, found in enumerate(named):
            assert found is not None
            rows.setdefault(found[1], {})[int(found[2])] = at
        first = min(number for row in rows.values() for number in row)
        last = max(number for row in rows.values() for number in row)
        wide = last - first + 1
        if len(rows) <= _MOST_ROWS and wide <= 12 and (len(rows) > 1 or wide <= 6):
            return [[row.get(number) for number in range(first, last + 1)] for _, row in sorted(rows.items())]
    count = len(labels)
    high = 1 if count <= 4 else 2 if count <= 12 else 3 if count <= 21 else 4 if count <= 32 else 5
    wide = -(-count // high) if count else 1
    return [[at if at < count else None for at in range(row * wide, row * wide + wide)] for row in range(high)]


class Wall(Painted):
    """Every slot of the wall: those of the job, and the others faint."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.shown: tuple[PlaceState, ...] = ()
        """The slots of the job."""
        self.others: tuple[tuple[str, bool], ...] = ()
        """The other slots of the wall, and whether another order is in them."""
        self._labels: list[str] = []

    def show_view(self, view: JobView) -> None:
        """Show the slots of the sort in hand."""
        self.shown = places_of(view)
        mine = {self._label(each) for each in self.shown}
        wall = view.read.view.slots if view.read is not None else ()
        if len(wall) > _MOST_SLOTS:  # one of the large kind: what the job does not use would only make the rest small
            wall = tuple((code, used) for code, used in wall if code in mine)
        self.others = tuple((code, used) for code, used in wall if code not in mine)
        here = [code for code, _ in wall]
        self._labels = [*here, *(label for label in map(self._label, self.shown) if label not in here)]
        self.tell(" / ".join(f"{self._label(each)} {self._words(each)}" for each in self.shown))
        self.paint_if_new(self.shown, self.others)

    def _label(self, slot: PlaceState) -> str:
        return slot.label or str(slot.number)

    def _words(self, slot: PlaceState) -> str:
        say = self.look.say
        match slot.state:
            case "wanted":
                return say("window.pick.pieces", count=slot.left)
            case "done":
                return say("window.sort.done")
            case "stopped":
                return say("window.pick.stopped")
        return say("window.pick.left", count=slot.left)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        rows = rows_of(self._labels)
        columns = max(len(row) for row in rows)
        gap = float(look.px(12 if columns <= 6 else 7))
        wide, high = (box.width() - gap * (columns - 1)) / columns, (box.height() - gap * (len(rows) - 1)) / len(rows)
        mine, others = {self._label(each): each for each in self.shown}, dict(self.others)
        for y, row in enumerate(rows):
            for x, at in enumerate(row):
                cell = QRectF(box.left() + x * (wide + gap), box.top() + y * (high + gap), wide, high)
                label = self._labels[at] if at is not None else ""
                if label in mine:
                    self._draw_slot(painter, cell, mine[label])
                elif label:
                    self._draw_other(painter, cell, label, others[label])

    def _draw_other(self, painter: QPainter, cell: QRectF, label: str, used: bool) -> None:
        """A slot that is free, or holds an order of another job."""
        look = self.look
        painter.setPen(QPen(look.colour("blank"), 2, Qt.PenStyle.SolidLine if used else Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), look.px(11), look.px(11))
        pad, soft = min(float(look.px(12)), cell.width() * 0.08), look.colour("soft")
        inner = cell.adjusted(pad, pad * 0.7, -pad, -pad * 0.7)
        name = QRectF(inner.left(), inner.top(), inner.width(), min(float(look.px(34)), inner.height() * 0.3))
        draw_fitted(painter, name, label, soft, look.px(24), look.px(11), most=1, bold=True)
        body = QRectF(inner.left(), name.bottom(), inner.width(), inner.bottom() - name.bottom())
        words = look.say("window.sort.used" if used else "window.sort.free")
        size = int(min(look.px(24.0), body.height() * 0.7))
        draw_fitted(painter, body, words, soft, size, look.px(10), most=1, align="centre")

    def _draw_slot(self, painter: QPainter, cell: QRectF, slot: PlaceState) -> None:
        look, state = self.look, slot.state
        white = QColor("#FFFFFF")
        ground, edge, thick, ink = look.colour("paper"), look.colour("line"), 1.2, look.colour("ink")
        if state == "wanted":
            ground = edge = QColor(look.palette.ok_fill)
            ink = white
        elif state in ("done", "stopped"):
            kind = "ok" if state == "done" else "error"
            ground, edge, thick = look.colour(f"{kind}_ground"), look.colour(kind), float(look.px(3))
            ink = look.colour(kind)
        card(painter, cell, ground, edge, look.px(11), thick)
        pad = min(float(look.px(12)), cell.width() * 0.08)
        inner = cell.adjusted(pad, pad * 0.7, -pad, -pad * 0.7)
        top = min(float(look.px(34)), inner.height() * 0.3)
        name = QRectF(inner.left(), inner.top(), inner.width() * 0.46, top)
        draw_fitted(painter, name, self._label(slot), ink, look.px(27), look.px(12), most=1, bold=True)
        number = QRectF(name.right(), inner.top(), inner.right() - name.right(), top)
        soft = ink if state != "open" else look.colour("soft")
        draw_fitted(painter, number, slot.ship_number, soft, look.px(17), look.px(9), most=1, align="right")
        body = QRectF(inner.left(), name.bottom(), inner.width(), inner.bottom() - name.bottom())
        words = self._words(slot)
        if state == "done":
            side = min(body.height() * 0.5, body.width() * 0.3, float(look.px(40)))
            above = body.height() > side * 2.6
            at = QRectF(
                body.center().x() - side / 2 if above else body.left(),
                body.center().y() - (side * 1.05 if above else side / 2), side, side,
            )  # fmt: skip
            sign(painter, at, "ok", ink)
            rest = QRectF(body.left(), at.bottom(), body.width(), min(body.bottom() - at.bottom(), side * 1.1))
            if not above:
                rest = QRectF(
                    at.right() + look.px(4), body.top(), body.right() - at.right() - look.px(4), body.height()
                )
            draw_fitted(painter, rest, words, ink, look.px(28), look.px(11), most=1, bold=True, align="centre")
            return
        size = 84 if state == "wanted" else 36
        draw_fitted(
            painter, body, words, ink, min(look.px(size), int(body.height() * 0.8)), look.px(11), most=1, bold=True,
            align="centre",
        )  # fmt: skip


class WallPanel(QWidget):
    """The wall; while no sort is open how the work goes."""

    has_hall = True
    """No map is needed here."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.guide, self.wall = PickGuide(look), Wall(look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.guide)
        layout.addWidget(self.wall)

    def put_hall(self, plan: FloorPlan) -> None:
        """A wall lies on no map."""

    def show_view(self, view: JobView) -> None:
        """Show the wall of the sort in hand."""
        shown = view.job is not None and (view.open_now or view.finished)
        self.guide.setVisible(not shown)
        self.wall.setVisible(shown)
        self.guide.show_view(view)
        self.wall.show_view(view)
