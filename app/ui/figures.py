"""Cards with large figures in a row, each a filter: a tap chooses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped

__all__ = ["FigureCard", "FigureCards"]


@dataclass(frozen=True, slots=True)
class FigureCard:
    """One card."""

    name: str
    """Told when it is tapped; empty for nothing to tap."""
    words: str
    number: int
    colour: str
    """Colour of the palette for the figure."""


class FigureCards(Tapped):
    """Figures side by side, one of them in force."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.cards: tuple[FigureCard, ...] = ()
        """What is shown, from the left."""
        self.chosen = ""
        """Name of the one in force."""

    @property
    def counts(self) -> dict[str, int]:
        """The figures by the names of their cards."""
        return {each.name: each.number for each in self.cards}

    def show_cards(self, cards: Sequence[FigureCard], chosen: str) -> None:
        """Show these."""
        self.cards, self.chosen = tuple(cards), chosen
        self.setFixedHeight(self.look.px(82))
        self.tell(" ".join(f"{each.words} {each.number}" for each in cards))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        gap = float(look.px(12))
        each = (box.width() - gap * (len(self.cards) - 1)) / max(1, len(self.cards))
        self.places = []
        unit = look.say("window.figure.unit")
        for place, shown in enumerate(self.cards):
            cell = QRectF(box.left() + place * (each + gap), box.top(), each, box.height())
            front = bool(shown.name) and shown.name == self.chosen
            ground = "chosen" if front or (shown.name and self.over == shown.name) else "paper"
            self.draw_card(painter, cell, ground, "brand" if front else "line", look.px(2.6) if front else 1)
            inner = cell.adjusted(look.px(16), look.px(9), -look.px(8), -look.px(6))
            top = QRectF(inner.left(), inner.top(), inner.width(), look.px(22))
            draw_fitted(painter, top, shown.words, look.colour("soft"), look.px(16), look.px(11), most=1)
            number = str(shown.number)
            wide = QFontMetricsF(look.font(36, True)).horizontalAdvance(number)
            under = QRectF(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
            draw_fitted(painter, under, number, look.colour(shown.colour), look.px(36), look.px(16), most=1, bold=True)
            rest = QRectF(under.left() + wide + look.px(8), under.top() + look.px(8), look.px(60), under.height())
            if unit.strip() and rest.right() < cell.right() + look.px(20):
                draw_fitted(painter, rest, unit, look.colour("soft"), look.px(17), look.px(12), most=1)
            if shown.name:
                self.places.append((cell, shown.name))
