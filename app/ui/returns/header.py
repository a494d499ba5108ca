"""The head of the screen of returns: which order, from which shop, when it left, how much is back, who works here."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.lettering import advance, draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.returns.state import ReturnsView
from app.ui.shapes import pill, pill_width

__all__ = ["ReturnsHeader"]


class ReturnsHeader(Painted):
    """Ship number, shop, day of the hand-over, pieces that came back, person."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = ReturnsView()
        self.who = ""
        """Person and station."""

    def show_view(self, view: ReturnsView, who: str) -> None:
        """Show a return, or none."""
        self.view, self.who = view, who
        told = [self._title(), *(text for text, _ in self._labels()), who]
        self.tell(" ".join(told))
        self.paint_if_new(told)

    def _title(self) -> str:
        view, say = self.view, self.look.say
        if not view.open_now:
            return say("window.returns.title")
        return say("window.returns.title_of", ship_number=view.text("ship_number") or view.text("number"))

    def _labels(self) -> list[tuple[str, str]]:
        view, say = self.view, self.look.say
        answer, read = view.answer, view.read
        if answer is None or not view.open_now:
            return []
        order = read.view.standing.receiver.order if read is not None else None
        labels = [(say("window.returns.counted", done=answer.done, wanted=answer.wanted), "quiet")]
        if order is not None:
            if order.pieces > 1:
                words = say("window.returns.box", box=order.piece, boxes=order.pieces)
                labels.append((words if order.piece else say("window.returns.boxes", boxes=order.pieces), "info"))
            if order.before:
                earlier = sum(step.quantity for step in order.before)
                labels.append((say("window.returns.before", count=earlier), "info"))
            if order.shipped_at:
                labels.append((say("window.returns.shipped", at=self.look.clock(order.shipped_at)), "quiet"))
            labels += [(text, "quiet") for text in (order.shop, order.number) if text]
        return labels

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        painter.fillRect(box, look.colour("paper"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), look.colour("line"))
        left, right = float(look.px(20)), box.right() - look.px(20)
        wide = min(advance(self.who, look.font(16)) + 2, (right - left) * 0.4)
        at = QRectF(right - wide, 0, wide, box.height())
        draw_fitted(painter, at, self.who, look.colour("ink"), look.px(16), look.px(12), most=2, align="right")
        right = at.left() - look.px(16)
        title, gap = self._title(), float(look.px(10))
        wide = min(advance(title, look.font(28, True)) + 2, right - left)
        name = QRectF(left, 0, wide, box.height())
        draw_fitted(painter, name, title, look.colour("ink"), look.px(28), look.px(15), most=1, bold=True)
        left += wide + look.px(14)
        for text, kind in self._labels():
            if left + pill_width(look, text) > right + 1:
                break
            left = pill(painter, look, left, box.center().y(), text, kind) + gap
