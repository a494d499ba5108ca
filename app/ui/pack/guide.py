"""What the bench shows at the left while no order is open: the whole work in three pictures, for a newcomer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.lettering import draw_fitted
from app.ui.pack.state import BenchView
from app.ui.painted import Painted
from app.ui.shapes import card, icon, sign

__all__ = ["Guide"]

_STEPS = ("slip", "goods", "box")


class Guide(Painted):
    """① scan the slip ② scan each piece ③ close the box, by its waybill where it needs one."""

    _labelled = False

    def show_view(self, view: BenchView) -> None:
        """Show the guide while nothing is open."""
        self.setVisible(view.full is None and not view.open_now)
        self.tell(" ".join(self.look.say(f"window.guide.{step}") for step in _STEPS))
        self._labelled = view.with_waybill
        self.paint_if_new(self._labelled)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        gap = float(look.px(12))
        high = min((box.height() - 2 * gap) / 3, float(look.px(170)))
        for number, step in enumerate(_STEPS):
            row = QRectF(box.left(), box.top() + number * (high + gap), box.width(), high)
            self.draw_card(painter, row)
            side = min(high - look.px(28), float(look.px(104)))
            picture = QRectF(row.left() + look.px(22), row.center().y() - side / 2, side, side)
            card(painter, picture, look.colour("chosen"), look.colour("chosen"), look.px(13))
            self._picture(painter, picture.adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2), step)
            left = picture.right() + look.px(24)
            head = QRectF(left, row.top() + high * 0.14, row.right() - left - look.px(16), high * 0.42)
            title = f"{number + 1}  {look.say(f'window.guide.{step}')}"
            draw_fitted(
                painter, head, title, look.colour("brand"), look.px(28), look.px(15), most=1, bold=True,
                vertical="bottom",
            )  # fmt: skip
            under = QRectF(left, head.bottom() + look.px(4), head.width(), high * 0.38)
            labelled = step == "box" and self._labelled
            text = look.say("window.guide.box_waybill" if labelled else f"window.guide.{step}_more")
            draw_fitted(painter, under, text, look.colour("soft"), look.px(19), look.px(13), most=2, vertical="top")

    def _picture(self, painter: QPainter, box: QRectF, step: str) -> None:
        look = self.look
        brand = look.colour("brand")
        if step == "box":
            icon(painter, box, "pack", brand)
            side = box.width() * 0.46
            disc = QRectF(box.right() - side * 0.7, box.bottom() - side * 0.8, side, side)
            card(painter, disc, look.colour("ok_fill"), look.colour("ok_fill"), side / 2, 0)
            inset = side * 0.26
            sign(painter, disc.adjusted(inset, inset, -inset, -inset), "ok", QColor("#FFFFFF"))
            return
        thick = max(2.0, box.width() * 0.07)
        painter.setPen(QPen(brand, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if step == "slip":
            painter.drawRoundedRect(box.adjusted(box.width() * 0.1, 0, -box.width() * 0.1, 0), 4, 4)
            for share in (0.5, 0.66, 0.82):
                at = box.top() + box.height() * share
                end = box.right() - box.width() * (0.28 if share < 0.8 else 0.45)
                painter.drawLine(QPointF(box.left() + box.width() * 0.28, at), QPointF(end, at))
        bars = box.adjusted(box.width() * 0.26, box.height() * 0.14, -box.width() * 0.26, -box.height() * 0.62)
        if step == "goods":
            corner = box.width() * 0.26
            for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                tip = QPointF(box.center().x() + x * box.width() / 2, box.center().y() + y * box.height() / 2)
                painter.drawLine(tip, QPointF(tip.x() - x * corner, tip.y()))
                painter.drawLine(tip, QPointF(tip.x(), tip.y() - y * corner))
            bars = box.adjusted(box.width() * 0.14, box.height() * 0.18, -box.width() * 0.14, -box.height() * 0.18)
        left = bars.left()
        for number, wide in enumerate((2, 1, 1, 1, 3, 1, 1, 2, 2)):
            each = bars.width() * wide / 14
            if number % 2 == 0:
                painter.fillRect(QRectF(left, bars.top(), each, bars.height()), brand)
            left += each
