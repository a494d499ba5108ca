"""The command bar: key, word and 2-D code of each command that makes sense now; and what the machines say."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.ui.codes import draw_matrix
from app.ui.lettering import advance, draw_fitted, fewest_lines
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import card

__all__ = ["STATE", "CommandBar", "Entry"]

STATE = "state"
"""Told when what the machines say is tapped."""

_SMALLEST_CODE = 46
_TIGHT = 140
"""Width of what the machines say where the commands need the room."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One command in the bar."""

    name: str
    """What is told when it is tapped: the command code, or a screen's own word."""
    key: str
    """Its key."""
    words: str
    code: str = ""
    """Text of its 2-D code; empty for none."""


class CommandBar(Tapped):
    """Commands far apart, so that a scanner meets one code only."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.entries: tuple[Entry, ...] = ()
        self.typed = ""
        """Digits typed by hand so far."""
        self.state: tuple[tuple[str, str], ...] = ()
        """Lines about machines: kind of colour, words."""
        self._side = 0.0
        self.codes_ready = False
        """Codes are drawn only after the first paint: their library takes a moment."""

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show these commands."""
        self.entries = entries
        self.tell(" ".join(f"{entry.key} {entry.words}" for entry in entries))
        self.setFixedHeight(self.look.px(84))
        self.paint_if_new(entries)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        painter.fillRect(box, look.colour("paper"))
        painter.fillRect(QRectF(0, 0, box.width(), 1), look.colour("line"))
        self.places = []
        # As far apart as the width allows, but the words stay beside their own code.
        self._side = float(max(look.px(72), _SMALLEST_CODE))
        wide = [self._natural(entry) for entry in self.entries]
        left = box.left() + look.px(20)
        tight = left + sum(wide) > box.right() - look.px(64) - self._state_wide(tight=False)
        right = self._draw_state(painter, box, tight)
        if not self.entries:
            return
        room = right - left
        if sum(wide) > room:
            self._side = float(max(look.px(54), _SMALLEST_CODE))
            wide = [self._natural(entry) for entry in self.entries]
        gap = (room - sum(wide)) / max(1, len(wide))
        if gap < 0:
            wide, gap = [each * room / sum(wide) for each in wide], 0.0
        gap = min(gap, float(look.px(230)))
        for each, entry in zip(wide, self.entries, strict=True):
            self._draw_entry(painter, QRectF(left, box.top(), each, box.height()), entry)
            left += each + gap

    def _natural(self, entry: Entry) -> float:
        """Return the width of an entry with its words at full size."""
        look = self.look
        code = self._side + look.px(12) if entry.code else 0.0
        return code + advance(entry.words, look.font(21, True)) + look.px(26)

    def _draw_entry(self, painter: QPainter, cell: QRectF, entry: Entry) -> None:
        look = self.look
        hit = cell.adjusted(-look.px(6), look.px(5), -look.px(10), -look.px(5))
        if self.over == entry.name:
            card(painter, hit, look.colour("chosen"), look.colour("chosen"), look.px(10), 0)
        self.places.append((hit, entry.name))
        left = cell.left()
        if entry.code:
            at = QRectF(left, cell.center().y() - self._side / 2, self._side, self._side)
            if self.codes_ready:
                draw_matrix(painter, at, entry.code)
            else:
                card(painter, at, QColor("#FFFFFF"), look.colour("line"), 4)
            left = at.right() + look.px(12)
        high = float(look.px(24))
        font = look.font(15, True)
        wide = max(high, QFontMetricsF(font).horizontalAdvance(entry.key) + look.px(12))
        words = QRectF(left, cell.center().y() - look.px(39), cell.right() - left - look.px(12), look.px(40))
        most = fewest_lines(entry.words, words, look.px(21), look.px(15), 2, bold=True)
        draw_fitted(
            painter, words, entry.words, look.colour("ink"),
            look.px(21), look.px(13), most=most, bold=True, vertical="bottom",
        )  # fmt: skip
        key = QRectF(left, cell.center().y() + look.px(5), wide, high)
        card(painter, key, look.colour("ground"), look.colour("soft"), look.px(6), 1.2)
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, entry.key)

    def _state_wide(self, tight: bool) -> float:
        """Return how wide the words about machines are."""
        if tight:
            return float(self.look.px(_TIGHT))
        metrics = QFontMetricsF(self.look.font(15))
        return max((metrics.horizontalAdvance(words) for _, words in self.state), default=0.0)

    def _draw_state(self, painter: QPainter, box: QRectF, tight: bool) -> float:
        """Draw what the machines say, or the number being typed; return the left edge.

        :param tight: the commands need the room: of the machines only trouble is told, over several lines.
        """
        look = self.look
        right = box.right() - look.px(20)
        if self.typed:
            return self._draw_typed(painter, box, right)
        state = tuple(each for each in self.state if not tight or each[0] in ("error", "warning"))
        if not state:
            return right
        high = look.px(22.0) if not tight else min(float(look.px(66)), box.height() * 0.9 / len(state))
        top = box.center().y() - high * len(state) / 2
        wide = self._state_wide(tight)
        for kind, words in state:
            ink = look.palette.kind(kind)[0]
            row = QRectF(right - wide, top, wide + 1, high)
            draw_fitted(painter, row, words, QColor(ink), look.px(15), look.px(11), most=3 if tight else 1)
            side = float(look.px(10))
            dot = QRectF(row.left() - side - look.px(7), row.center().y() - side / 2, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink))
            if kind == "ok":
                painter.drawEllipse(dot)
            elif kind in ("error", "warning"):
                painter.drawPolygon([dot.bottomLeft(), dot.bottomRight(), QPointF(dot.center().x(), dot.top())])
            else:
                painter.drawRect(dot)
            top += high
        left = right - wide - look.px(24)
        self.places.append((QRectF(left, box.top(), box.right() - left, box.height()), STATE))
        return right - wide - look.px(34 if tight else 44)

    def _draw_typed(self, painter: QPainter, box: QRectF, right: float) -> float:
        look = self.look
        wide = float(look.px(310))
        at = QRectF(right - wide, box.center().y() - look.px(26), wide, look.px(52))
        card(painter, at, look.colour("info_ground"), look.colour("info"), look.px(10), 2)
        inner = at.adjusted(look.px(12), look.px(4), -look.px(12), -look.px(4))
        label = QRectF(inner.left(), inner.top(), inner.width(), look.px(17))
        draw_fitted(
            painter, label, look.say("window.typed"), look.colour("info"), look.px(14), look.px(11), most=1, bold=True
        )
        text = QRectF(inner.left(), label.bottom(), inner.width(), inner.bottom() - label.bottom())
        draw_fitted(
            painter, text, self.typed + "▏", look.colour("ink"), look.px(22), look.px(12), most=1, bold=True, fixed=True
        )
        return at.left() - look.px(20)
