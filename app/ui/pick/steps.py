"""What is to be scanned now: the steps of a stop, those that are done ticked, the one in hand large."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.domain.modes import Stage
from app.ui.lettering import draw_fitted, fewest_lines
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.pick.state import JobView, steps_of
from app.ui.shapes import sign

__all__ = ["StopSteps", "instruction", "place_words"]

_LARGE = 3.2
"""Width of the step in hand, where the others have 1."""


def place_words(look: Look, view: JobView) -> str:
    """Return the place that goods go into, in a few words."""
    if view.stage is Stage.SORT:
        return view.text("tote")
    return look.say("window.pick.place", place=view.number("place"))


def instruction(look: Look, view: JobView) -> str:
    """Return what is to be done next, in one sentence; empty while a question stands or no job is open."""
    say, ask = look.say, view.ask
    if ask == "item" and view.stage is Stage.SORT:
        return say("window.sort.do_item")
    if ask in ("shelf", "item", "list", "confirm"):
        return say(f"window.pick.do.{ask}")
    if ask == "place":
        more = view.number("left") > view.number("held") and view.stage is Stage.PICK
        key = "window.pick.do.place_more" if more else "window.pick.do.place"
        return say("window.sort.do_place" if view.stage is Stage.SORT else key, place=place_words(look, view))
    if ask == "totes":
        return say("window.pick.do.totes", place=view.number("place"))
    return ""


class StopSteps(Painted):
    """① shelf ② goods ③ tote: as many as the job asks for."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.steps: tuple[tuple[str, str], ...] = ()
        """The steps and their states."""
        self.said = ""
        """What is to be done now."""
        self._view = JobView()

    def show_view(self, view: JobView) -> None:
        """Show the steps; hidden while nothing is to be scanned at a stop."""
        self._view = view
        self.steps, self.said = steps_of(view), instruction(self.look, view)
        if not self.steps and self.said:
            self.steps = ((view.ask, "current"),)
        self.setVisible(bool(self.said))
        told = [self.said, *(f"{self._words(name)}: {state}" for name, state in self.steps)]
        self.tell(" / ".join(told))
        self.paint_if_new(tuple(told))

    def _words(self, name: str) -> str:
        if name == "place" and self._view.stage is Stage.SORT and self._view.ask != "place":
            return self.look.say("window.sort.step.slot")  # which one is known when the goods are
        if name == "place":
            return place_words(self.look, self._view)
        return self.look.say(f"window.pick.step.{name}") if name in ("shelf", "item", "confirm") else ""

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        gap = float(self.look.px(8))
        shares = [_LARGE if state == "current" else 1.0 for _, state in self.steps]
        unit = (box.width() - gap * (len(shares) - 1)) / max(1.0, sum(shares))
        left = box.left()
        for number, ((name, state), share) in enumerate(zip(self.steps, shares, strict=True), 1):
            cell = QRectF(left, box.top(), unit * share, box.height())
            self._draw_step(painter, cell, number if len(self.steps) > 1 else 0, name, state)
            left = cell.right() + gap

    def _draw_step(self, painter: QPainter, cell: QRectF, number: int, name: str, state: str) -> None:
        look, current, done = self.look, state == "current", state == "done"
        ground = "info_ground" if current else "ok_ground" if done else "paper"
        edge = "info_fill" if current else "ok_ground" if done else "line"
        self.draw_card(painter, cell, ground, edge, look.px(3) if current else 1)
        ink = look.colour("info" if current else "ok" if done else "soft")
        side = min(cell.height() * (0.62 if current else 0.38), float(look.px(56 if current else 30)))
        pad = float(look.px(18 if current else 8))
        text = cell.adjusted(pad, 0, -pad, 0)
        if number:
            if current:
                disc = QRectF(cell.left() + pad, cell.center().y() - side / 2, side, side)
                text.setLeft(disc.right() + look.px(16))
            else:
                disc = QRectF(cell.center().x() - side / 2, cell.top() + cell.height() * 0.1, side, side)
                text = QRectF(
                    cell.left() + pad / 2, disc.bottom(), cell.width() - pad, cell.bottom() - disc.bottom() - look.px(4)
                )
            self._draw_disc(painter, disc, number, state)
        words = self.said if current else self._words(name)
        size = (38, 17) if current else (18, 11)
        most = fewest_lines(words, text, look.px(size[0]), look.px(25), 2, bold=True) if current else 1
        draw_fitted(
            painter, text, words, ink, look.px(size[0]), look.px(size[1]), most=most, bold=True,
            align="left" if current else "centre",
        )  # fmt: skip

    def _draw_disc(self, painter: QPainter, disc: QRectF, number: int, state: str) -> None:
        look = self.look
        painter.setPen(Qt.PenStyle.NoPen)
        fill = {"current": "info_fill", "done": "ok_fill"}.get(state, "blank")
        painter.setBrush(look.colour(fill))
        painter.drawEllipse(disc)
        white = QColor("#FFFFFF")
        if state == "done":
            inset = disc.width() * 0.24
            sign(painter, disc.adjusted(inset, inset, -inset, -inset), "ok", white)
            return
        painter.setPen(white if state == "current" else look.colour("ink"))
        painter.setFont(look.font(disc.height() * 0.62 / look.scale, True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number))
