"""The rail at the left: the screens."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

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
        self.marks: dict[str, int] = {}
        """Number beside the name of a screen: what needs a person there; none where nothing does."""
        self.restyle()

    def mark(self, name: str, number: int) -> None:
        """Show a number beside a screen's name; 0 for none."""
        if self.marks.get(name, 0) != number:
            self.marks[name] = number
            self.restyle()

    def restyle(self) -> None:
        """Take the size of the window."""
        self.setFixedWidth(self.look.px(92))
        said = (f"{self.look.say(f'window.nav.{name}')} {self.marks.get(name) or ''}".strip() for name in self.names)
        self.tell(" ".join(said))
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
            if self.marks.get(name):
                right = QPointF(cell.right() - look.px(4), cell.top() + look.px(15) * tight)
                self._mark(painter, right, self.marks[name])
            self.places.append((cell, name))
            top += step

    def _mark(self, painter: QPainter, right: QPointF, number: int) -> None:
        """Draw a number in red, its right edge in the middle of a place."""
        look, text = self.look, str(number) if number < 100 else "99+"
        high = float(look.px(21))
        wide = max(high, QFontMetricsF(look.font(14, True)).horizontalAdvance(text) + look.px(10))
        box = QRectF(right.x() - wide, right.y() - high / 2, wide, high)
        red = look.colour("error_fill")
        card(painter, box, red, QColor("#FFFFFF"), high / 2, 1.4)
        draw_fitted(painter, box, text, QColor("#FFFFFF"), look.px(14), look.px(10), most=1, bold=True, align="centre")
