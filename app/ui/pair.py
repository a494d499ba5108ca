"""Two products that look alike, side by side: pictures, and what differs in names and codes marked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.difference import differing, word_differences
from app.domain.gtin import printable
from app.services.alikes import Head
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.shapes import card, pictured

__all__ = ["PairCard", "Side", "draw_pair", "side_of"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    name: str
    code: str
    """As it stands on the goods."""
    sku: str
    shelf: str = ""
    picture: str = ""
    title: str = ""
    """Words above it; empty for none."""
    kind: str = "info"
    """Kind of colour of its marks and edge."""


def side_of(look: Look, head: Head, title: str = "", kind: str = "info") -> Side:
    """Return a product as one of the two, in the language in use."""
    name = (head.name_en if look.language == "en" else "") or head.name
    return Side(name, printable(head.code), head.sku, head.shelf, head.picture, title, kind)


def draw_pair(painter: QPainter, look: Look, box: QRectF, a: Side, b: Side) -> None:
    """Draw the two beside each other."""
    gap = float(look.px(10))
    half = (box.width() - gap) / 2
    left = QRectF(box.left(), box.top(), half, box.height())
    in_a, in_b = word_differences(a.name, b.name)
    for at, side, other, marks in ((left, a, b, in_a), (left.translated(half + gap, 0), b, a, in_b)):
        _draw_side(painter, look, at, side, other, marks)


def _draw_side(
    painter: QPainter, look: Look, box: QRectF, side: Side, other: Side, marks: tuple[tuple[int, int], ...]
) -> None:
    ink, marked = look.colour("ink"), (look.colour(f"{side.kind}_ground"), look.colour(side.kind))
    card(painter, box, look.colour("paper"), look.colour(side.kind), look.px(10), look.px(2))
    inner = box.adjusted(look.px(9), look.px(8), -look.px(9), -look.px(7))
    top = inner.top()
    if side.title:
        title = QRectF(inner.left(), top, inner.width(), look.px(22))
        draw_fitted(painter, title, side.title, look.colour(side.kind), look.px(16), look.px(11), most=1, bold=True)
        top = title.bottom() + look.px(4)
    low = float(look.px(20))
    foot = QRectF(inner.left(), inner.bottom() - low, inner.width(), low)
    code = foot.translated(0, -low - look.px(1))
    room = code.top() - top
    picture = QRectF(inner.left(), top, inner.width(), room * 0.56)
    pictured(painter, look, picture, side.picture, side.sku, look.px(8))
    name = QRectF(
        inner.left(), picture.bottom() + look.px(4), inner.width(), code.top() - picture.bottom() - look.px(6)
    )
    draw_fitted(
        painter, name, side.name, ink, look.px(19), look.px(11), most=4, bold=True, marks=marks, mark_colours=marked
    )
    digits = side.code or side.sku
    draw_fitted(
        painter, code, digits, ink, look.px(17), look.px(10), most=1, fixed=True,
        marks=differing(other.code or other.sku, digits), mark_colours=marked,
    )  # fmt: skip
    draw_fitted(painter, foot, side.shelf, look.colour("soft"), look.px(15), look.px(10), most=1)


class PairCard(Painted):
    """The two as a widget of its own."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.sides: tuple[Side, Side] | None = None
        """What is shown; None hides it."""
        self.hide()

    def show_pair(self, sides: tuple[Side, Side] | None) -> None:
        """Show two products, or nothing."""
        self.sides = sides
        self.setVisible(sides is not None)
        if sides is not None:
            self.setFixedHeight(self.look.px(250))
            self.tell(" ".join(f"{side.title} {side.name} {side.code} {side.shelf}".strip() for side in sides))
            self.paint_if_new(sides)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        if self.sides is not None:
            draw_pair(painter, self.look, box, *self.sides)
