"""A column on its way, under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.shapes import card

__all__ = ["Ghost"]

_WIDE = 180


class Ghost(Painted):
    """Shows what is being dragged; the mouse does not see it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = ""
        self.hide()

    def show_at(self, words: str, at: QPoint) -> None:
        """Show the column's words beside a place of the parent."""
        self._words = words
        self.tell(words)
        self.resize(self.look.px(_WIDE), self.look.px(34))
        self.move(at + QPoint(self.look.px(8), self.look.px(6)))
        self.show()
        self.raise_()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, px = self.look, self.look.px
        card(painter, box, look.colour("info_ground"), look.colour("brand"), px(8), 2)
        font = look.font(15, True)
        painter.setFont(font)
        painter.setPen(look.colour("info"))
        inner = box.adjusted(px(10), 0, -px(8), 0)
        text = QFontMetricsF(font).elidedText(self._words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
