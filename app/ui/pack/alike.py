"""Goods that look like the wanted ones, shown before anybody takes them: what differs is marked on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.difference import Spans, word_differences
from app.domain.gtin import printable
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.state import BenchView
from app.ui.shapes import card, pictured

if TYPE_CHECKING:  # comes with the database's library, which is loaded after the first paint
    from app.services.alikes import Head

__all__ = ["alike_of", "draw_alike", "name_marks", "named"]

_MOST_MARKED = 0.6
"""Share of a name from which its marks tell nothing: the shop calls the goods otherwise than the shelf does."""


def alike_of(view: BenchView) -> Head | None:
    """Return the look-alike of the goods that are wanted next, where they have one."""
    line = view.line() if view.ask == "item" else None
    if line is None or line.product is None or view.parcel is None:
        return None
    near = view.parcel.alikes.get(line.product)
    return near.other if near else None


def named(look: Look, head: Head) -> str:
    """Return the name of a look-alike in the language in use."""
    return (head.name_en if look.language == "en" else "") or head.name


def name_marks(name: str, other: str) -> Spans:
    """Return the words of *name* that *other* has not; none where that is most of it."""
    marks, _ = word_differences(name, other)
    return marks if sum(end - start for start, end in marks) <= len(name) * _MOST_MARKED else ()


def draw_alike(painter: QPainter, look: Look, box: QRectF, head: Head, name: str) -> None:
    """Draw the look-alike as a warning.

    :param name: how the wanted goods are called.
    """
    ink, ground = look.colour("warning"), look.colour("warning_ground")
    card(painter, box, ground, ink, look.px(10), look.px(2))
    inner = box.adjusted(look.px(8), look.px(6), -look.px(10), -look.px(6))
    side = min(inner.height(), inner.width() * 0.34)
    picture = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
    pictured(painter, look, picture, head.picture, head.sku, look.px(7))
    left = picture.right() + look.px(10)
    text = QRectF(left, inner.top(), inner.right() - left, inner.height())
    title = QRectF(text.left(), text.top(), text.width(), text.height() * 0.3)
    said = look.say("window.ask.alike")
    draw_fitted(painter, title, said, ink, look.px(22), look.px(13), most=2, bold=True)
    foot = QRectF(text.left(), text.bottom() - text.height() * 0.22, text.width(), text.height() * 0.22)
    code = printable(head.code) or head.sku
    draw_fitted(painter, foot, code, ink, look.px(20), look.px(11), most=1, fixed=True)
    middle = QRectF(text.left(), title.bottom(), text.width(), foot.top() - title.bottom())
    other = named(look, head)
    draw_fitted(
        painter, middle, other, look.colour("ink"), look.px(25), look.px(13), most=3, bold=True,
        marks=name_marks(other, name), mark_colours=(look.colour("paper"), ink),
    )  # fmt: skip
