"""The live picture of a camera, with the codes that were found in it outlined."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import sign

__all__ = ["LivePicture"]

_SIDE = 28
"""Height of a code's name plate."""
_SMALL = 100
"""A picture less high than this has room for outlines only."""


class LivePicture(Tapped):
    """Shows what a camera sees: ✓ and green around what counts, ? and yellow around what is not sure."""

    def __init__(self, look: Look, words: str = "camera.live.waiting") -> None:
        """*words* is the key of what is said while there is no picture."""
        super().__init__(look)
        self._words = words
        self._image: QImage | None = None
        self._marks: tuple[Any, ...] = ()

    def show_picture(self, shown: Any) -> None:
        """Show a picture (:class:`app.devices.camera.Shown`), or nothing."""
        self._image = shown.image if shown is not None else None
        self._marks = shown.marks if shown is not None else ()
        self.tell(" ".join(self._said(mark) for mark in self._marks) or self.look.say("camera.live.title"))
        self.update()

    def _said(self, mark: Any) -> str:
        return str(mark.text if mark.confirmed else self.look.say("camera.live.unsure", code=mark.text))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw the picture as large as it fits, and the outlines on it."""
        look = self.look
        self.places = [(box, "live")]
        painter.fillRect(box, QColor("#14212B"))
        if self._image is None or self._image.isNull():
            draw_fitted(
                painter, box, look.say(self._words), QColor("#FFFFFF"), look.px(18), look.px(12), most=2, align="centre"
            )
            return
        size = self._image.size()
        factor = min(box.width() / size.width(), box.height() / size.height())
        target = QRectF(0, 0, size.width() * factor, size.height() * factor)
        target.moveCenter(box.center())
        painter.drawImage(target, self._image)
        for mark in self._marks:
            points = [QPointF(target.left() + x * factor, target.top() + y * factor) for x, y in mark.corners]
            self._outline(painter, target, points, mark)

    def _outline(self, painter: QPainter, target: QRectF, points: list[QPointF], mark: Any) -> None:
        look = self.look
        kind = "ok" if mark.confirmed else "warning"
        colour, ground = look.colour(kind), look.colour(f"{kind}_ground")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, ink in ((look.px(8), QColor("#FFFFFF")), (look.px(4), colour)):
            painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolygon(QPolygonF(points))
        if target.height() < look.px(_SMALL):
            return
        side = float(look.px(_SIDE))
        wide = min(target.width(), float(look.px(250)))
        left = min(max(min(point.x() for point in points), target.left()), target.right() - wide)
        top = min(max(point.y() for point in points) + look.px(8), target.bottom() - side)
        plate = QRectF(left, top, wide, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(plate, look.px(6), look.px(6))
        mark_box = QRectF(plate.left() + look.px(5), plate.top() + look.px(5), side - look.px(10), side - look.px(10))
        sign(painter, mark_box, kind, colour)
        text = plate.adjusted(side + look.px(2), 0, -look.px(5), 0)
        draw_fitted(painter, text, self._said(mark), look.colour("ink"), look.px(16), look.px(9), most=1, bold=True)
