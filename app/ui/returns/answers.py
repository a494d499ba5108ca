"""Answers to a question as cards: words, a 2-D code to scan, the key; each far enough from the next for a beam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from app.ui.codes import draw_matrix
from app.ui.lettering import advance, draw_fitted, fewest_lines
from app.ui.look import Look
from app.ui.pack.papers import Place
from app.ui.returns.state import key_of
from app.ui.shapes import card, pictured

__all__ = ["AnswerCard", "draw_answers"]

_LARGE, _SMALL = 50, 18
_HIGH = 150
"""Height of a card from which on its picture stands above its words."""
_COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3}


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One answer."""

    code: str
    words: str
    more: str = ""
    """What else tells it, below."""
    kind: str = "brand"
    """Colour of its edge."""
    sku: str = ""
    """Whose picture stands on it; empty for none."""
    picture: str = ""


def draw_answers(painter: QPainter, look: Look, area: QRectF, cards: Sequence[AnswerCard], over: str) -> list[Place]:
    """Draw up to five answers; return the places that can be tapped."""
    if not cards:
        return []
    columns = _COLUMNS.get(len(cards), 3)
    rows = -(-len(cards) // columns)
    gap = float(look.px(14))
    wide, high = (area.width() - gap * (columns - 1)) / columns, (area.height() - gap * (rows - 1)) / rows
    places: list[Place] = []
    for number, each in enumerate(cards):
        row, column = divmod(number, columns)
        cell = QRectF(area.left() + column * (wide + gap), area.top() + row * (high + gap), wide, high)
        places.append((cell, each.code))
        _draw_card(painter, look, cell, each, over == each.code)
    return places


def _draw_card(painter: QPainter, look: Look, cell: QRectF, each: AnswerCard, over: bool) -> None:
    card(painter, cell, look.colour("chosen" if over else "paper"), look.colour(each.kind), look.px(10), look.px(3))
    inner = cell.adjusted(look.px(14), look.px(10), -look.px(12), -look.px(10))
    coded = min(inner.width() * (0.26 if each.sku else 0.34), float(look.px(120)), inner.height() * 0.8)
    right = QRectF(inner.right() - coded, inner.top(), coded, inner.height())
    _draw_coded(painter, look, right, each.code)
    text = QRectF(inner.left(), inner.top(), right.left() - inner.left() - look.px(12), inner.height())
    if each.sku:
        text = _pictured(painter, look, inner, text, each)
    ink = look.colour(each.kind) if each.kind != "brand" else look.colour("ink")
    share = (0.7 if each.sku else 0.6) if each.more else 1.0
    head = QRectF(text.left(), text.top(), text.width(), text.height() * share)
    size = _whole_words(look, each.words, head.width())
    most = fewest_lines(each.words, head, look.px(size), look.px(24), 4 if each.sku else 3, bold=True)
    draw_fitted(
        painter, head, each.words, ink, look.px(size), look.px(12), most=most, bold=True,
        vertical="bottom" if each.more else "centre",
    )  # fmt: skip
    if each.more:
        under = QRectF(text.left(), head.bottom() + 2, text.width(), text.bottom() - head.bottom() - 2)
        draw_fitted(
            painter, under, each.more, look.colour("ink"), look.px(32), look.px(12), most=2, bold=True, vertical="top"
        )


def _whole_words(look: Look, words: str, wide: float) -> int:
    """Return the size of letters at which no word of *words* has to be broken."""
    size = _LARGE
    while size > _SMALL and any(
        advance(word, look.font(size, True)) > wide for word in words.split() if word.isascii()
    ):
        size -= 2
    return size


def _pictured(painter: QPainter, look: Look, inner: QRectF, text: QRectF, each: AnswerCard) -> QRectF:
    """Draw the goods beside the words, or above them where the card is high; return what is left for the words."""
    if inner.height() < look.px(_HIGH):
        side = min(text.height(), text.width() * 0.3)
        picture = QRectF(text.left(), text.center().y() - side / 2, side, side)
        left = picture.right() + look.px(12)
        rest = QRectF(left, text.top(), text.right() - left, text.height())
    else:
        picture = QRectF(text.left(), text.top(), text.width(), text.height() * 0.36)
        rest = QRectF(text.left(), picture.bottom() + look.px(8), text.width(), text.bottom() - picture.bottom())
        rest.setHeight(text.bottom() - rest.top())
    pictured(painter, look, picture, each.picture, each.sku, look.px(8))
    return rest


def _draw_coded(painter: QPainter, look: Look, box: QRectF, code: str) -> None:
    """The 2-D code with its key below."""
    key_high = min(float(look.px(30)), box.height() * 0.3)
    side = min(box.width(), box.height() - key_high - look.px(6))
    top = box.center().y() - (side + key_high + look.px(6)) / 2
    draw_matrix(painter, QRectF(box.center().x() - side / 2, top, side, side), code)
    name, font = key_of(code), look.font(18, True)
    wide = max(float(look.px(54)), QFontMetricsF(font).horizontalAdvance(name) + look.px(16))
    key = QRectF(box.center().x() - wide / 2, top + side + look.px(6), wide, key_high)
    card(painter, key, look.colour("ground"), look.colour("soft"), look.px(7), 1.5)
    inner = key.adjusted(look.px(4), 0, -look.px(4), 0)
    draw_fitted(painter, inner, name, look.colour("ink"), look.px(18), look.px(11), most=1, bold=True, align="centre")
