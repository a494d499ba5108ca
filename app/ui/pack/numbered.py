"""Answers by number: the products that share a code and the lots on a shelf, each with its command code and key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.codes import draw_matrix
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.papers import Place, draw_key
from app.ui.pack.state import NUMBERS, BenchView
from app.ui.shapes import card, pictured

if TYPE_CHECKING:  # comes with the database's library, which is loaded after the first paint
    from app.services.products import ProductRow

__all__ = ["asked_of", "draw_keys", "draw_lots", "draw_options", "lot_words", "lots_of", "options_of"]


def asked_of(view: BenchView) -> Mapping[str, Any]:
    """Return what is asked, as the answer has it."""
    return view.answer.ask if view.answer is not None else {}


def lot_words(look: Look, lot: str, expiry: str) -> tuple[str, str]:
    """Return a lot in words: its date, or its name where it has none, and what else tells it; either may be empty.

    Goods that keep only a date have the day as their lot, which is not said twice.
    """
    named = look.say("window.lot.lot", lot=lot) if lot and lot != expiry else ""
    return (expiry, named) if expiry else (named, "")


def _grid(look: Look, box: QRectF, count: int) -> list[QRectF]:
    """Cut a box into cells for up to four answers, two side by side."""
    gap = float(look.px(14))
    columns = min(2, count)
    rows = -(-count // 2)
    wide, high = (box.width() - gap * (columns - 1)) / columns, (box.height() - gap * (rows - 1)) / rows
    return [
        QRectF(box.left() + column * (wide + gap), box.top() + row * (high + gap), wide, high)
        for row, column in (divmod(number, 2) for number in range(count))
    ]


def _coded(painter: QPainter, look: Look, box: QRectF, code: str) -> None:
    """Draw the 2-D code of a command with its key below."""
    key_high = min(float(look.px(30)), box.height() * 0.3)
    side = min(box.width(), box.height() - key_high - look.px(5), float(look.px(110)))
    top = box.center().y() - (side + key_high + look.px(5)) / 2
    draw_matrix(painter, QRectF(box.center().x() - side / 2, top, side, side), code)
    draw_key(painter, look, box.center().x(), top + side + look.px(5), key_high, code)


# --- products ------------------------------------------------------------------------------------------------------


class Option:
    """One product to choose."""

    def __init__(self, look: Look, given: Mapping[str, object], read: ProductRow | None) -> None:
        self.sku, self.name = str(given.get("sku", "")), str(given.get("name", ""))
        if read is not None and look.language == "en" and read.name_en:
            self.name = read.name_en
        shelf = str(given.get("shelf") or "")
        self.shelf = look.say("window.pack.shelf", shelf=shelf) if shelf else ""
        self.picture = read.picture if read is not None else ""
        self.marks: tuple[tuple[int, int], ...] = ()


def options_of(look: Look, view: BenchView) -> list[tuple[str, Option]]:
    """Return command code and product of each that may be chosen."""
    from app.domain.difference import word_differences

    given = asked_of(view).get("options")
    told = [each for each in given if isinstance(each, Mapping)] if isinstance(given, Sequence) else []
    made = [Option(look, each, view.options.get(int(each.get("product") or 0))) for each in told]
    for each in made:
        spans = {span for other in made if other is not each for span in word_differences(each.name, other.name)[0]}
        each.marks = tuple(sorted(spans))
    return list(zip(NUMBERS, made, strict=False))


def draw_options(painter: QPainter, look: Look, area: QRectF, view: BenchView, over: str) -> list[Place]:
    """Draw the products to choose among as cards, the words marked that tell them apart; return their places."""
    options = options_of(look, view)
    places: list[Place] = []
    for cell, (code, option) in zip(_grid(look, area, len(options)), options, strict=True):
        ground = look.colour("chosen" if over == code else "paper")
        card(painter, cell, ground, look.colour("warning"), look.px(10), look.px(2))
        places.append((cell, code))
        inner = cell.adjusted(look.px(12), look.px(10), -look.px(12), -look.px(10))
        wide = min(inner.width() * 0.3, float(look.px(110)))
        coded = QRectF(inner.right() - wide, inner.top(), wide, inner.height())
        rest = QRectF(inner.left(), inner.top(), coded.left() - inner.left() - look.px(10), inner.height())
        if inner.height() > look.px(170):
            picture = QRectF(rest.left(), rest.top(), rest.width(), rest.height() * 0.5)
            text = QRectF(rest.left(), picture.bottom() + look.px(6), rest.width(), rest.height() * 0.48)
        else:
            side = min(rest.height(), rest.width() * 0.3)
            picture = QRectF(rest.left(), rest.center().y() - side / 2, side, side)
            left = picture.right() + look.px(10)
            text = QRectF(left, rest.top(), rest.right() - left, rest.height())
        pictured(painter, look, picture, option.picture, option.sku, look.px(8))
        name = QRectF(text.left(), text.top(), text.width(), text.height() * 0.74)
        colours = look.colour("warning_ground"), look.colour("warning")
        draw_fitted(
            painter, name, option.name, look.colour("ink"), look.px(27), look.px(12), most=4, bold=True,
            marks=option.marks, mark_colours=colours,
        )  # fmt: skip
        under = QRectF(text.left(), name.bottom(), text.width(), text.height() - name.height())
        draw_fitted(painter, under, option.shelf, look.colour("ink"), look.px(22), look.px(13), most=1)
        _coded(painter, look, coded, code)
    return places


# --- lots ----------------------------------------------------------------------------------------------------------


def lots_of(look: Look, view: BenchView) -> list[tuple[str, str, str, str]]:
    """Return command code, date or name, the rest and the pieces of each lot that may be chosen."""
    given = asked_of(view).get("lots")
    told = [each for each in given if isinstance(each, Mapping)] if isinstance(given, Sequence) else []
    return [
        (
            code,
            *lot_words(look, str(each.get("lot") or ""), str(each.get("expiry") or "")),
            look.say("window.lot.on_shelf", count=each.get("pieces", 0)),
        )
        for code, each in zip(NUMBERS, told, strict=False)
    ]


def draw_lots(
    painter: QPainter, look: Look, area: QRectF, lots: list[tuple[str, str, str, str]], over: str
) -> list[Place]:
    """Draw the lots on the shelf as cards, the first to expire first; return their places."""
    places: list[Place] = []
    for number, (cell, (code, big, rest, pieces)) in enumerate(zip(_grid(look, area, len(lots)), lots, strict=True)):
        edge = look.colour("ok" if number == 0 else "line")
        card(painter, cell, look.colour("chosen" if over == code else "paper"), edge, look.px(10), look.px(3))
        places.append((cell, code))
        inner = cell.adjusted(look.px(12), look.px(8), -look.px(12), -look.px(8))
        wide = min(inner.height() * 0.74, inner.width() * 0.28, float(look.px(110)))
        _coded(painter, look, QRectF(inner.left(), inner.top(), wide, inner.height()), code)
        text = QRectF(
            inner.left() + wide + look.px(14), inner.top(), inner.width() - wide - look.px(14), inner.height()
        )
        unit = text.height() / (100 if rest else 76)
        head = QRectF(text.left(), text.top(), text.width(), unit * 26)
        words = " ・ ".join((look.say("window.lot.first"), pieces)) if number == 0 else pieces
        ink = look.colour("ok" if number == 0 else "ink")
        draw_fitted(painter, head, words, ink, look.px(21), look.px(12), most=1, bold=number == 0)
        at = QRectF(text.left(), head.bottom(), text.width(), unit * 48)
        draw_fitted(painter, at, big, look.colour("ink"), look.px(50), look.px(15), most=1, bold=True)
        under = QRectF(text.left(), at.bottom(), text.width(), text.bottom() - at.bottom())
        draw_fitted(painter, under, rest, look.colour("ink"), look.px(22), look.px(12), most=1)
    return places


# --- small ---------------------------------------------------------------------------------------------------------


def draw_keys(
    painter: QPainter, look: Look, box: QRectF, rows: Sequence[tuple[str, str, tuple[tuple[int, int], ...]]]
) -> None:
    """Draw answers small, one to a line, each behind its key."""
    step = box.height() / max(2, len(rows))
    colours = look.colour("warning_ground"), look.colour("warning")
    for number, (code, said, marks) in enumerate(rows):
        middle = box.top() + step * (number + 0.5)
        key_high = min(float(look.px(28)), step * 0.86)
        key = draw_key(painter, look, box.left() + look.px(29), middle - key_high / 2, key_high, code)
        at = QRectF(key.right() + look.px(12), middle - step / 2, box.right() - key.right() - look.px(12), step)
        draw_fitted(
            painter, at, said, look.colour("ink"), min(look.px(26), int(step * 0.76)), look.px(12), most=2, bold=True,
            marks=marks, mark_colours=colours,
        )  # fmt: skip
