"""How long a walk is, and how long the same stops are by the rules of thumb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted

__all__ = ["Compared"]

_POLICIES = ("s_shape", "largest_gap", "return", "combined")
_ROW = 25


class Compared(Painted):
    """A bar for this walk and one for each rule of thumb, all in one scale; beside each what it costs more."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.rows: tuple[tuple[str, float], ...] = ()
        """Name (``ours`` first) and metres of each."""

    def put(self, walk: Mapping[str, Any]) -> None:
        """Show a job's walk: ``metres`` and, by the names of the rules, theirs."""
        found = [("ours", walk.get("metres")), *((name, walk.get(name)) for name in _POLICIES)]
        self.rows = tuple((name, float(metres)) for name, metres in found if metres is not None)
        self.tell(" / ".join(f"{self._words(name)} {self._metres(metres)}" for name, metres in self.rows))
        self.setFixedHeight(self.look.px(_ROW) * len(self.rows))
        self.setVisible(bool(self.rows))
        self.update()

    def _words(self, name: str) -> str:
        return self.look.say(f"window.map.walk.{name}")

    def _metres(self, metres: float) -> str:
        return self.look.say("window.map.metres", metres=f"{metres:.0f}")

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        if not self.rows:
            return
        look, high = self.look, box.height() / len(self.rows)
        ours, longest = self.rows[0][1], max(metres for _, metres in self.rows) or 1.0
        name_wide, figure_wide = box.width() * 0.36, box.width() * 0.32
        room = box.width() - name_wide - figure_wide - look.px(12)
        for at, (name, metres) in enumerate(self.rows):
            row = QRectF(box.left(), box.top() + at * high, box.width(), high)
            first = name == "ours"
            words = QRectF(row.left(), row.top(), name_wide - look.px(6), high)
            ink = look.colour("ok" if first else "ink")
            draw_fitted(painter, words, self._words(name), ink, look.px(15), look.px(10), most=1, bold=first)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("ok_fill" if first else "soft"))
            thick = high * 0.36
            bar = QRectF(row.left() + name_wide, row.center().y() - thick / 2, room * metres / longest, thick)
            painter.drawRoundedRect(bar, thick / 2, thick / 2)
            figure = self._metres(metres)
            if not first and round(metres) != round(ours):
                figure += f" ({round(metres) - round(ours):+d})"
            at_right = QRectF(row.right() - figure_wide, row.top(), figure_wide, high)
            draw_fitted(painter, at_right, figure, ink, look.px(15), look.px(10), most=1, bold=first, align="right")
