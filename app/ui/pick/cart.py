"""The cart カート: its places, the one that goods go into now lit, those that are complete ticked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.domain.jobs import Job
from app.domain.modes import Stage
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.pick.state import JobView
from app.ui.shapes import card, sign

__all__ = ["CartPanel", "PlaceState", "places_of"]


_LIT = ("shelf", "item", "confirm", "place", "totes", "new_tote")
"""Asks at which the place is known that goods go into, or that wants a tote."""
_LIT_AT_WALL = ("place", "new_tote")
"""The same at the wall, where any of the goods may come next."""


@dataclass(frozen=True, slots=True)
class PlaceState:
    """One place of a cart, or one slot of the wall, as it is drawn."""

    number: int
    label: str
    """Its tote or slot; empty while there is none."""
    ship_number: str
    state: str
    """``wanted``, ``done``, ``open``, ``stopped`` (its order is not picked any more), ``tote`` (a tote is missing)."""
    left: int
    """Pieces still to come; of the wanted one those that go in now."""
    totes: int = 1
    """Totes there: more than one where one was full."""


def places_of(view: JobView) -> tuple[PlaceState, ...]:
    """Return the places of the job as they are drawn."""
    job = view.job
    if job is None:
        return ()
    lit = _LIT_AT_WALL if job.stage is Stage.SORT else _LIT
    wanted = view.number("place") if view.ask in lit else 0
    return tuple(_state(view, job, each.number, wanted) for each in job.places)


def _state(view: JobView, job: Job, number: int, wanted: int) -> PlaceState:
    place = next(each for each in job.places if each.number == number)
    inside = [each for each in job.picks if each.slot == number]
    left = sum(each.left for each in inside)
    if number == wanted:
        state, left = ("tote" if view.ask in ("totes", "new_tote") else "wanted"), view.wants or left
    elif inside and all(each.stopped for each in inside):
        state = "stopped"
    else:
        state = "done" if inside and left == 0 else "open"
    return PlaceState(number, place.code, place.ship_number, state, left, max(1, len(place.codes)))


class CartPanel(Painted):
    """All places of the cart at once."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.shown: tuple[PlaceState, ...] = ()
        """The places."""
        self._title = ""

    def show_view(self, view: JobView) -> None:
        """Show the cart of a job."""
        self.shown, job, say = places_of(view), view.job, self.look.say
        cart = say("window.pick.cart", cart=job.cart) if job is not None and job.cart else say("window.pick.a_cart")
        self._title = f"{cart} ・ {say('window.pick.totes', count=len(self.shown))}"
        self.tell(" / ".join([self._title, *(f"{each.number} {self._words(each)}" for each in self.shown)]))
        self.paint_if_new(self._title, self.shown)

    def _words(self, place: PlaceState) -> str:
        say = self.look.say
        match place.state:
            case "wanted":
                return say("window.pick.pieces", count=place.left)
            case "tote":
                return say("window.pick.tote_here")
            case "stopped":
                return say("window.pick.stopped")
            case "done":
                return "✓"
        return say("window.pick.left", count=place.left)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, count = self.look, len(self.shown)
        self.draw_card(painter, box)
        inner = box.adjusted(look.px(14), look.px(8), -look.px(14), -look.px(12))
        head = QRectF(inner.left(), inner.top(), inner.width(), look.px(28))
        draw_fitted(painter, head, self._title, look.colour("ink"), look.px(19), look.px(12), most=1, bold=True)
        if not count:
            return
        area = QRectF(
            inner.left(), head.bottom() + look.px(6), inner.width(), inner.bottom() - head.bottom() - look.px(6)
        )
        rows = 1 if count <= 3 else 2 if count <= 12 else 3 if count <= 24 else 4
        columns = -(-count // rows)
        gap = float(look.px(8 if columns <= 6 else 5))
        wide, high = (area.width() - gap * (columns - 1)) / columns, (area.height() - gap * (rows - 1)) / rows
        for number, place in enumerate(self.shown):
            row, column = divmod(number, columns)
            cell = QRectF(area.left() + column * (wide + gap), area.top() + row * (high + gap), wide, high)
            self._draw_place(painter, cell, place)

    def _draw_place(self, painter: QPainter, cell: QRectF, place: PlaceState) -> None:
        look = self.look
        lit = place.state in ("wanted", "tote")
        kind = {"wanted": "ok", "tote": "info", "done": "ok", "stopped": "error"}.get(place.state, "")
        ground = look.colour(f"{kind}_ground") if kind else look.colour("paper")
        edge = look.colour(kind) if kind and place.state != "done" else look.colour("line")
        card(painter, cell, ground, edge, look.px(10), look.px(5) if lit else 1.2)
        inner = cell.adjusted(look.px(6), look.px(5), -look.px(6), -look.px(5))
        unit = inner.height() / 100
        ink = look.colour(kind) if kind else look.colour("ink")
        number = QRectF(inner.left(), inner.top(), inner.width(), unit * 32)
        draw_fitted(
            painter, number, str(place.number), ink, _within(look.px(30), number), look.px(10), most=1, bold=True,
            align="centre",
        )  # fmt: skip
        middle = QRectF(inner.left(), number.bottom(), inner.width(), unit * 42)
        if place.state == "done":
            side = min(middle.width(), middle.height()) * 0.8
            at = QRectF(middle.center().x() - side / 2, middle.center().y() - side / 2, side, side)
            sign(painter, at, "ok", ink)
        else:
            size = 40 if lit else 22
            colour = ink if lit or place.state == "stopped" else look.colour("soft")
            draw_fitted(
                painter, middle, self._words(place), colour, _within(look.px(size), middle), look.px(10), most=1,
                bold=lit,
                align="centre",
            )  # fmt: skip
        label = place.label + (f" +{place.totes - 1}" if place.totes > 1 else "")
        foot = QRectF(inner.left(), inner.bottom() - unit * 26, inner.width(), unit * 26)
        soft = QColor(ink) if kind else look.colour("soft")
        draw_fitted(
            painter, foot, label or place.ship_number, soft, _within(look.px(17), foot), look.px(9), most=1,
            align="centre", fixed=True,
        )  # fmt: skip


def _within(size: int, box: QRectF) -> int:
    """Return the size of letters that a box is high enough for, at most *size*."""
    return int(min(size, box.height() * 0.86))
