"""The head of the queue: shops to filter by, and figures that are filters too."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.figures import FigureCard, FigureCards
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


class Figures(FigureCards):
    """Cards with the numbers of orders; a tap filters the table."""

    def show_counts(self, counts: Mapping[str, Mapping[str, int]], shop: str, chosen: str) -> None:
        """Show the numbers of one shop or all."""
        found: dict[str, int] = {}
        for name, states in counts.items():
            if not shop or name == shop:
                for state, number in states.items():
                    found[state] = found.get(state, 0) + number
        numbers = {name: sum(found.get(state, 0) for state in states) for name, (states, _) in FIGURES.items()}
        numbers["held"] = found.get("held", 0)
        say = self.look.say
        cards = [FigureCard(name, say(f"window.figure.{name}"), numbers[name], FIGURES[name][1]) for name in FIGURES]
        self.show_cards(cards, chosen)
