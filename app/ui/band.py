"""A full band for the last answer: colour, sign and words, and how much of the work is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.ui.lettering import advance, draw_fitted, fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.shapes import card, sign

__all__ = ["AnswerBand"]

_NARROW = 440.0
"""A band less wide than this has no room for the count beside its words."""


class AnswerBand(Painted):
    """The last answer, always visible."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.kind = "idle"
        """Kind of colour; ``idle`` before the first answer, ``noted`` for what is only recorded."""
        self.sign = ""
        """Its sign, one of :data:`app.services.signals.SIGNALS`."""
        self.head = ""
        """Headline."""
        self.rest = ""
        """What else is said."""
        self.hint = ""
        """What is to be done otherwise next time."""
        self.counted: tuple[int, int] = (0, 0)
        """Pieces done, and wanted; nothing is drawn while none are."""
        self.whole = "window.band.whole"
        """Key of what the count is of."""

    def show_set(self) -> None:
        """Paint what was set, where it is new, and say it in words."""
        self.tell(f"{self.kind}: {self.head} {self.rest} {self.hint}".strip())
        self.setToolTip(f"{self.head}\n{self.rest}\n{self.hint}".strip())
        self.paint_if_new(self.kind, self.sign, self.head, self.rest, self.hint, self.counted)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        if self.hint:
            strip = QRectF(box.left(), box.bottom() - look.px(46), box.width(), look.px(46))
            box = QRectF(box.left(), box.top(), box.width(), strip.top() - box.top() - look.px(6))
            self._draw_hint(painter, strip)
        ink, ground, fill = look.palette.kind(self.kind)
        if self.kind == "idle":
            ground_colour, colour, edge = look.colour("paper"), look.colour("soft"), look.colour("line")
        elif self.kind == "noted":
            ground_colour, colour, edge = look.colour("blank"), look.colour("ink"), look.colour("soft")
        elif self.kind == "warning":
            ground_colour, colour, edge = QColor(ground), QColor(ink), QColor(ink)
        else:
            ground_colour, colour, edge = QColor(fill), QColor("#FFFFFF"), QColor(fill)
        thick = look.px(3) if self.kind == "warning" else 1
        card(painter, box, ground_colour, edge, look.px(13), thick)
        left = box.left() + look.px(20)
        if self.kind != "idle":
            side = min(float(look.px(72)), box.height() * 0.55)
            sign(painter, QRectF(left, box.center().y() - side / 2, side, side), self.sign, colour)
            left += side + look.px(20)
        right = self._total(painter, box, colour)
        pad = box.height() * 0.06
        room = QRectF(left, box.top() + pad, right - left, box.height() - 2 * pad)
        share = self._share(room)
        top = QRectF(room.left(), room.top(), room.width(), room.height() * share)
        draw_fitted(
            painter, top, self.head, colour, look.px(46), look.px(17), most=2, bold=True,
            vertical="bottom" if self.rest else "centre",
        )  # fmt: skip
        if self.rest:
            under = QRectF(room.left(), top.bottom() + look.px(2), room.width(), room.bottom() - top.bottom())
            draw_fitted(painter, under, self.rest, colour, look.px(23), look.px(14), most=3, vertical="top")

    def _share(self, room: QRectF) -> float:
        """Return how much of the height the headline takes: less where the rest would be cut for want of lines."""
        look = self.look
        if not self.rest:
            return 1.0
        under = int(room.height() * 0.36) - look.px(2)
        if not fitted(self.rest, int(room.width()), under, look.px(23), look.px(14), 3).cut:
            return 0.64
        return 0.5

    def _draw_hint(self, painter: QPainter, box: QRectF) -> None:
        look, ink = self.look, self.look.colour("warning")
        card(painter, box, look.colour("warning_ground"), ink, look.px(10), look.px(2))
        side = box.height() * 0.62
        left = box.left() + look.px(16)
        sign(painter, QRectF(left, box.center().y() - side / 2, side, side), "guard", ink)
        left += side + look.px(12)
        text = QRectF(left, box.top(), box.right() - left - look.px(14), box.height())
        draw_fitted(painter, text, self.hint, ink, look.px(23), look.px(13), most=2, bold=True)

    def _total(self, painter: QPainter, box: QRectF, colour: QColor) -> float:
        """Draw how much is done; return its left edge."""
        look, (done, wanted) = self.look, self.counted
        right = box.right() - look.px(20)
        if not wanted or box.width() < look.px(_NARROW):
            return right
        text = f"{done} / {wanted}"
        font = look.font(44, True)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        words = look.say(self.whole)
        named = advance(words, look.font(18)) + 2
        label = QRectF(right - named, box.center().y() - look.px(46), named, look.px(24))
        draw_fitted(painter, label, words, colour, look.px(18), look.px(12), most=1, align="right")
        painter.setFont(font)
        painter.setPen(colour)
        figures = QRectF(right - wide, label.bottom() - look.px(4), wide + 1, look.px(56))
        painter.drawText(figures, Qt.AlignmentFlag.AlignVCenter, text)
        return right - max(wide, named) - look.px(24)
