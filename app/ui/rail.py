"""The rail at the left: the screens."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import card, icon

__all__ = ["Rail"]

_ROOM = 82.0
"""Height of an entry and its gap, where there is room."""


class Rail(Tapped):
    """Screens by icon and word; the one in front on paper colour."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.names: tuple[str, ...] = ("orders", "pack", "settings")
        """Screens that this person sees."""
        self.current = "pack"
        """Screen in front."""
        self.restyle()

    def restyle(self) -> None:
        """Take the size of the window."""
        self.setFixedWidth(self.look.px(92))
        self.tell(" ".join(self.look.say(f"window.nav.{name}") for name in self.names))
        self.update()

    def choose(self, name: str) -> None:
        """Mark the screen in front."""
        self.current = name
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        painter.fillRect(box, look.colour("rail"))
        self.places = []
        top = float(look.px(10))
        step = min(float(look.px(_ROOM)), (box.height() - 2 * top) / max(1, len(self.names)))
        tight = step / look.px(_ROOM)
        for name in self.names:
            cell = QRectF(look.px(6), top, box.width() - look.px(12), step - look.px(8) * tight)
            front = name == self.current
            ground = look.colour("paper") if front else QColor(255, 255, 255, 28 if self.over == name else 0)
            card(painter, cell, ground, QColor(0, 0, 0, 0), look.px(10), 0)
            ink = look.colour("brand") if front else look.colour("rail_ink")
            side = look.px(28) * tight
            icon(painter, QRectF(cell.center().x() - side / 2, cell.top() + look.px(9) * tight, side, side), name, ink)
            under = cell.top() + look.px(39) * tight
            label = QRectF(cell.left() + 2, under, cell.width() - 4, cell.bottom() - under)
            text = look.say(f"window.nav.{name}")
            draw_fitted(painter, label, text, ink, look.px(16), look.px(10), most=1, bold=front, align="centre")
            self.places.append((cell, name))
            top += step
