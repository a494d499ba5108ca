"""The head of the queue: shops to filter by, and figures that are filters too."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import pill, pill_width

__all__ = ["FIGURES", "Figures", "Shops"]

FIGURES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "all": (("received", "ready", "released", "picked", "verified"), "ink"),
    "ready": (("ready",), "brand"),
    "working": (("released", "picked"), "info"),
    "verified": (("verified",), "ok"),
    "held": (("received", "released", "picked", "verified"), "error"),
    "shipped": (("shipped", "reported", "acknowledged"), "ok"),
    "cancelled": (("cancelled", "returned"), "soft"),
}
"""Figure -> states that it counts, colour."""


class Shops(Tapped):
    """One label per shop with its number of orders in hand; a tap filters."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.shops: list[tuple[str, int]] = []
        self.chosen = ""
        """Shop in force; empty for all."""

    def show_counts(self, counts: Mapping[str, Mapping[str, int]], chosen: str) -> None:
        """Show the shops."""
        live = FIGURES["all"][0]
        self.shops = [(shop, sum(found.get(state, 0) for state in live)) for shop, found in counts.items()]
        self.chosen = chosen
        self.tell(" ".join(f"{shop} {number}" for shop, number in self.shops))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, left = self.look, 0.0
        whole = sum(number for _, number in self.shops)
        self.places = []
        first = ("", look.say("window.orders.all_shops"), whole)
        every = [first, *((shop, shop, number) for shop, number in self.shops)]
        for name, words, number in every:
            text = f"{words} {number}"
            wide = pill_width(look, text)
            if left + wide > box.width():
                break
            kind = "info" if name == self.chosen else "quiet"
            pill(painter, look, left, box.center().y(), text, kind)
            self.places.append((QRectF(left, 0, wide, box.height()), f"shop:{name}"))
            left += wide + look.px(10)


class Figures(Tapped):
    """Cards with the numbers of orders; a tap filters the table."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.counts: dict[str, int] = {}
        self.chosen = "all"
        """Figure in force."""

    def show_counts(self, counts: Mapping[str, Mapping[str, int]], shop: str, chosen: str) -> None:
        """Show the numbers of one shop or all."""
        self.chosen = chosen
        found: dict[str, int] = {}
        for name, states in counts.items():
            if not shop or name == shop:
                for state, number in states.items():
                    found[state] = found.get(state, 0) + number
        self.counts = {name: sum(found.get(state, 0) for state in states) for name, (states, _) in FIGURES.items()}
        self.counts["held"] = found.get("held", 0)
        self.setFixedHeight(self.look.px(82))
        self.tell(" ".join(f"{self.look.say(f'window.figure.{name}')} {n}" for name, n in self.counts.items()))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        gap = float(look.px(12))
        each = (box.width() - gap * (len(FIGURES) - 1)) / len(FIGURES)
        self.places = []
        for place, (name, (_, colour)) in enumerate(FIGURES.items()):
            cell = QRectF(box.left() + place * (each + gap), box.top(), each, box.height())
            front = name == self.chosen
            ground = "chosen" if front or self.over == name else "paper"
            self.draw_card(painter, cell, ground, "brand" if front else "line", look.px(2.6) if front else 1)
            inner = cell.adjusted(look.px(16), look.px(9), -look.px(8), -look.px(6))
            top = QRectF(inner.left(), inner.top(), inner.width(), look.px(22))
            words = look.say(f"window.figure.{name}")
            draw_fitted(painter, top, words, look.colour("soft"), look.px(16), look.px(11), most=1)
            number = str(self.counts.get(name, 0))
            font = look.font(36, True)
            under = QRectF(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
            wide = QFontMetricsF(font).horizontalAdvance(number)
            draw_fitted(painter, under, number, look.colour(colour), look.px(36), look.px(16), most=1, bold=True)
            rest = QRectF(under.left() + wide + look.px(8), under.top() + look.px(8), look.px(60), under.height())
            unit = look.say("window.figure.unit")
            if unit.strip() and rest.right() < cell.right() + look.px(20):
                draw_fitted(painter, rest, unit, look.colour("soft"), look.px(17), look.px(12), most=1)
            self.places.append((cell, name))
