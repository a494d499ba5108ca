"""The way 道順 past the shelves: the walk on the map, what is done of it, how long it is and what that saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout

from app.domain.modes import Stage
from app.ui.floor_plan import FloorPlan
from app.ui.lettering import advance, draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.pick.state import JobView
from app.ui.walk_map import WalkMap

__all__ = ["WayPanel", "saved_metres"]

_ANY = 16_777_215
"""The most that Qt lets a widget be high."""
_SAVED_LEAST = 1.0
"""Metres from which on a saving is worth a word."""


def saved_metres(walk: Mapping[str, object]) -> float:
    """Return how many metres shorter a walk is than in S-shape; 0 where that is not known."""
    metres, others = walk.get("metres"), walk.get("s_shape")
    if isinstance(metres, (int, float)) and isinstance(others, (int, float)):
        return max(0.0, others - metres)
    return 0.0


class WayPanel(Painted):
    """Title with the figures, the map below it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.map = WalkMap(look)
        """The map with the walk."""
        self.map.named = False
        self._hall: FloorPlan | None = None
        self._texts = ("", "", "")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.map)

    def put_hall(self, plan: FloorPlan) -> None:
        """Draw the walk in this warehouse."""
        self._hall = plan

    def show_view(self, view: JobView) -> None:
        """Show the way of a job; hidden where it has none on the map."""
        walk, job, say = view.walk, view.job, self.look.say
        points = cast("Sequence[Sequence[float]]", walk.get("points") or ())
        self.setVisible(job is not None and job.stage is Stage.PICK and len(points) > 1)
        if job is None or len(points) < 2:
            return
        shelves = {each.shelf for each in job.picks if each.shelf}
        left = {each.shelf for each in job.picks if each.left > 0}
        metres, saved = walk.get("metres"), saved_metres(walk)
        title = say("window.pick.way", metres=f"{float(str(metres or 0)):.0f}")
        gain = say("window.pick.saved", metres=f"{saved:.0f}") if saved >= _SAVED_LEAST else ""
        self._texts = (title, gain, say("window.pick.shelves", done=len(shelves - left), count=len(shelves)))
        self.setMaximumHeight(self.look.px(44) if view.ask == "list" else _ANY)
        self.map.setVisible(view.ask != "list")  # the list's own paper shows it, and its lines need the room
        top = self.look.px(38)
        self._layout.setContentsMargins(self.look.px(10), top, self.look.px(10), self.look.px(8))
        stops = cast("Sequence[Sequence[object]]", walk.get("stops") or ())
        here = view.text("shelf") if view.open_now else ""
        self.map.put(self._hall, points, stops, shelves - left, here)
        self.tell(" ".join(self._texts))
        self.paint_if_new(self._texts)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw the card and its figures; the map draws itself."""
        look, (title, gain, shelves) = self.look, self._texts
        self.draw_card(painter, box)
        row = QRectF(box.left() + look.px(14), box.top() + look.px(6), box.width() - look.px(28), look.px(30))
        wide = min(row.width() * 0.4, advance(shelves, look.font(17)) + 2)
        at = QRectF(row.right() - wide, row.top(), wide, row.height())
        draw_fitted(painter, at, shelves, look.colour("ink"), look.px(17), look.px(11), most=1, align="right")
        room = at.left() - row.left() - look.px(10)
        wide = min(room, advance(title, look.font(19, True)) + 2)
        name = QRectF(row.left(), row.top(), wide, row.height())
        draw_fitted(painter, name, title, look.colour("ink"), look.px(19), look.px(12), most=1, bold=True)
        rest = QRectF(name.right() + look.px(10), row.top(), room - wide - look.px(10), row.height())
        if gain and rest.width() > look.px(40):
            draw_fitted(painter, rest, gain, look.colour("ok"), look.px(17), look.px(10), most=1, bold=True)
