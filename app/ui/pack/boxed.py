"""Questions about the box: what goes in beside the goods, the scale, what is to be done about it, which piece moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.domain.carton_plan import OWN
from app.ui.codes import draw_matrix
from app.ui.lettering import advance, draw_fitted, draw_line, fewest_lines, split_sentence
from app.ui.look import Look, make_font
from app.ui.pack.box_drawings import draw_carton, draw_scale
from app.ui.pack.drawings import draw_code
from app.ui.pack.goods_drawings import draw_thing
from app.ui.pack.papers import Place, draw_key
from app.ui.pack.state import BenchView, choices_of
from app.ui.shapes import card, icon, pictured, sign

if TYPE_CHECKING:  # comes with the database's library, which is loaded after the first paint
    from app.services.pack_views import ExtraRow

__all__ = [
    "BOXED",
    "KIND_FILLS",
    "box_told",
    "boxed_short",
    "boxed_told",
    "draw_box_strip",
    "draw_boxed",
    "draw_boxed_small",
    "extra_name",
    "thing_of",
]

BOXED = ("insert", "weight", "box", "move")
"""Questions that are drawn here."""
_STRIPPED = ("item", "insert", "weight", "waybill", "label", "move")
"""Questions over which it stands which of several boxes is meant."""
KIND_FILLS: Mapping[str, str] = {
    "insert": "#185495",
    "sample": "#08624A",
    "card": "#8A2458",
    "noshi": "#7A2E6B",
    "wrap": "#7A2E6B",
    "cold": "#0B5573",
    "material": "#6B4600",
}
"""Full ground of each kind of what goes in beside the goods, under white letters."""
_THINGS: Mapping[str, str] = {"sample": "piece", "material": "case"}
"""Drawn things of kinds that have another name there."""
_WHITE = QColor("#FFFFFF")


def thing_of(kind: str) -> str:
    """Return what is drawn for a kind of insert."""
    return _THINGS.get(kind, kind if kind in KIND_FILLS else "insert")


def _ask(view: BenchView) -> Mapping[str, object]:
    return view.answer.ask if view.answer is not None else {}


def _text(view: BenchView, name: str) -> str:
    return str(_ask(view).get(name) or "")


def extra_name(extra: ExtraRow, language: str) -> str:
    """Return what an insert is called, in the reader's language where it has a name in it."""
    return extra.name_en if language == "en" and extra.name_en else extra.name


def _extra(view: BenchView) -> ExtraRow | None:
    """Return the insert that is asked for, as it was read."""
    extras = view.parcel.boxes.extras if view.parcel is not None else ()
    return next((each for each in extras if each.id == _ask(view).get("insert")), None)


def _named(look: Look, view: BenchView) -> str:
    extra = _extra(view)
    return extra_name(extra, look.language) if extra is not None else _text(view, "name")


# --- which box ----------------------------------------------------------------------------------------------------


def box_told(look: Look, view: BenchView) -> list[str]:
    """Return in words which of several boxes is meant, and its carton; nothing where there is one."""
    if view.boxes < 2 or view.ask not in _STRIPPED:
        return []
    key = "window.box.label" if view.ask in ("waybill", "label") else "window.box.of"
    if _changed(view):
        key = "window.box.now"
    return [look.say(key, box=view.box, boxes=view.boxes), _carton(look, view)]


def _changed(view: BenchView) -> bool:
    """Whether the next thing goes into another box than the last one did."""
    return view.ask in ("item", "insert") and view.box_before not in (0, view.box)


def _carton(look: Look, view: BenchView) -> str:
    code = _text(view, "carton")
    return look.say("window.pack.own_carton") if code == OWN else code


def draw_box_strip(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> QRectF:
    """Draw across the top which of several boxes is meant; return what is left below.

    Where it is another one than just before, the strip has the colour of a warning: the hand is over the wrong box.
    """
    told = box_told(look, view)
    if not told:
        return box
    words, carton = told
    strip = QRectF(box.left(), box.top(), box.width(), min(look.px(68.0), box.height() * 0.21))
    fill = QColor(look.palette.warning_fill if _changed(view) else look.palette.info_fill)
    card(painter, strip, fill, fill, look.px(10), 0)
    inner = strip.adjusted(look.px(14), look.px(3), -look.px(16), -look.px(3))
    side = min(inner.height(), float(look.px(44)))
    icon(painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), "pack", _WHITE)
    left, right = inner.left() + side + look.px(12), inner.right()
    largest = min(look.px(52), int(inner.height() / 1.2))
    if carton:
        wide = min(inner.width() * 0.4, advance(carton, make_font(int(largest * 0.8), True)) + 2)
        at = QRectF(right - wide, inner.top(), wide, inner.height())
        draw_fitted(painter, at, carton, _WHITE, int(largest * 0.8), look.px(14), most=1, bold=True, align="right")
        right -= wide + look.px(16)
    at = QRectF(left, inner.top(), right - left, inner.height())
    draw_fitted(painter, at, words, _WHITE, largest, look.px(15), most=1, bold=True)
    return QRectF(box.left(), strip.bottom() + look.px(12), box.width(), box.bottom() - strip.bottom() - look.px(12))


# --- in words -----------------------------------------------------------------------------------------------------


def _head(look: Look, view: BenchView) -> tuple[str, str]:
    return split_sentence(look.say(f"window.ask.{view.ask}", box=view.box))


def boxed_short(look: Look, view: BenchView) -> str:
    """Return the question as short as it goes, for the band below the prompt."""
    return look.say(f"window.ask.{view.ask}_short")


def boxed_told(look: Look, view: BenchView) -> list[str]:
    """Return in words what is drawn."""
    told = [*box_told(look, view), *_head(look, view)]
    if view.ask == "insert":
        told += [_kind(look, view), _named(look, view), _text(view, "insert_code"), _where(look, view)]
        told.append(look.say("window.ask.left", left=_ask(view).get("left", "")))
    elif view.ask == "weight":
        told.append(_grams(look, view))
    elif view.ask == "box":
        told += [look.say(f"window.choice.box.{code}") for code in choices_of(view)]
    return [text for text in told if text]


def _kind(look: Look, view: BenchView) -> str:
    return look.say(f"window.insert.{_text(view, 'insert_kind') or 'insert'}")


def _where(look: Look, view: BenchView) -> str:
    """Return where the insert lies: its shelf, or that it came out of the printer."""
    shelf = _text(view, "shelf")
    if shelf:
        return look.say("window.pack.shelf", shelf=shelf)
    return look.say("window.insert.printed") if _text(view, "insert_kind") in ("noshi", "card") else ""


def _grams(look: Look, view: BenchView) -> str:
    return look.say("window.weight.grams", grams=f"{view.grams:,}") if view.grams is not None else ""


# --- drawing ------------------------------------------------------------------------------------------------------


def draw_boxed(painter: QPainter, look: Look, box: QRectF, view: BenchView, over: str) -> list[Place]:
    """Draw the question over the whole prompt; return the places that can be tapped."""
    menu = view.ask == "box"
    ground, edge = ("warning_ground", "warning") if menu else ("paper", "line")
    card(painter, box, look.colour(ground), look.colour(edge), look.px(13), look.px(3) if menu else 1)
    pad = float(look.px(26))
    inner = box.adjusted(pad, pad * 0.8, -pad, -pad * 0.8)
    if menu:
        return _draw_menu(painter, look, inner, view, over)
    inner = draw_box_strip(painter, look, inner, view)
    if view.ask == "insert":
        _draw_insert(painter, look, inner, view)
    elif view.ask == "weight":
        _draw_weight(painter, look, inner, view)
    else:
        _draw_move(painter, look, inner, view)
    return []


def _filled(painter: QPainter, look: Look, left: float, middle: float, words: str, fill: str, size: float) -> float:
    """Draw a word white on its full colour; return its right edge."""
    wide, high = advance(words, look.font(size, True)) + look.px(size * 1.1), float(look.px(size * 1.7))
    at = QRectF(left, middle - high / 2, wide, high)
    card(painter, at, QColor(fill), QColor(fill), look.px(8), 0)
    draw_fitted(painter, at, words, _WHITE, look.px(size), look.px(12), most=1, bold=True, align="centre")
    return at.right()


def _draw_insert(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    extra, kind = _extra(view), _text(view, "insert_kind") or "insert"
    side = min(box.width() * 0.36, box.height())
    picture = QRectF(box.left(), box.center().y() - side / 2, side, side)
    if extra is not None and extra.picture:
        pictured(painter, look, picture, extra.picture, extra.name, look.px(13))
    else:
        draw_thing(
            painter, look, picture.adjusted(side * 0.06, side * 0.06, -side * 0.06, -side * 0.06), thing_of(kind)
        )
    left = picture.right() + look.px(28)
    text = QRectF(left, box.top(), box.right() - left, box.height())
    unit = text.height() / 100
    head = QRectF(text.left(), text.top(), text.width(), unit * 13)
    right = _filled(
        painter, look, head.left(), head.center().y(), _kind(look, view), KIND_FILLS.get(kind, "#185495"), 24
    )
    rest = QRectF(right + look.px(14), head.top(), head.right() - right - look.px(14), head.height())
    draw_fitted(painter, rest, _head(look, view)[0], look.colour("soft"), look.px(21), look.px(12), most=2)
    name = QRectF(text.left(), head.bottom() + unit * 2, text.width(), unit * 40)
    end = draw_fitted(
        painter, name, _named(look, view), look.colour("ink"), look.px(52), look.px(15), most=4, bold=True,
        vertical="top",
    )  # fmt: skip
    code = QRectF(text.left(), end.bottom() + unit * 1.5, text.width(), unit * 10)
    shown = _text(view, "insert_code")
    draw_code(painter, look, code, shown, 0 if shown.startswith("KN-") else 6, 30)
    where = QRectF(text.left(), code.bottom() + unit, text.width(), unit * 8)
    draw_fitted(painter, where, _where(look, view), look.colour("soft"), look.px(22), look.px(13), most=1)
    _draw_left(painter, look, QRectF(text.left(), text.bottom() - unit * 24, text.width(), unit * 24), view)


def _draw_left(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    """Draw how many are left, the number largest."""
    left = _ask(view).get("left", "")
    before, _, after = look.say("window.ask.left", left="\x00").partition("\x00")
    size = min(box.height() * 0.95, look.px(96))
    base, x = box.bottom() - size * 0.14, box.left()
    big = look.font(size / look.scale, True)
    for text, font, ink in (
        (before, look.font(24), "soft"),
        (str(left), big, "brand"),
        (after, look.font(30, True), "ink"),
    ):
        if text.strip():
            x += draw_line(painter, QPointF(x, base), text.strip(), font, look.colour(ink)) + look.px(14)


def _draw_weight(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    head, rest = _head(look, view)
    title = QRectF(box.left(), box.top(), box.width(), box.height() * 0.26)
    draw_fitted(painter, title, head, look.colour("ink"), look.px(46), look.px(18), most=2, bold=True)
    body = QRectF(box.left(), title.bottom() + look.px(8), box.width(), box.bottom() - title.bottom() - look.px(8))
    left = QRectF(body.left(), body.top(), body.width() * 0.44, body.height())
    grams = _grams(look, view)
    draw_scale(painter, left, grams, str(view.box) if view.boxes > 1 else "")
    right = QRectF(left.right() + look.px(22), body.top(), body.right() - left.right() - look.px(22), body.height())
    unit = right.height() / 100
    big = QRectF(right.left(), right.top() + unit * 6, right.width(), unit * 50)
    size = int(min(big.height() / 1.24, look.px(110.0)))
    ink = look.colour("brand" if grams else "soft")
    draw_fitted(painter, big, grams or "– – –", ink, size, look.px(24), most=1, bold=True)
    under = QRectF(right.left(), big.bottom() + unit * 2, right.width(), right.bottom() - big.bottom() - unit * 2)
    draw_fitted(painter, under, rest, look.colour("ink"), look.px(26), look.px(14), most=4, vertical="top")


def _arrow(painter: QPainter, start: QPointF, end: QPointF, colour: QColor, thick: float) -> None:
    painter.setPen(QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(start, end)
    tip = thick * 2.6
    painter.drawPolyline([QPointF(end.x() - tip, end.y() - tip), end, QPointF(end.x() - tip, end.y() + tip)])


def _draw_move(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    head, rest = _head(look, view)
    title = QRectF(box.left(), box.top(), box.width(), box.height() * 0.28)
    draw_fitted(painter, title, head, look.colour("ink"), look.px(46), look.px(18), most=2, bold=True)
    body = QRectF(box.left(), title.bottom(), box.width(), box.height() * 0.56)
    each = min(body.height() * 1.15, body.width() * 0.34)
    other = QRectF(body.left() + body.width() * 0.06, body.top(), each, body.height())
    here = QRectF(body.right() - body.width() * 0.06 - each, body.top(), each, body.height())
    draw_carton(painter, other, "?")
    draw_carton(painter, here, str(view.box))
    middle = body.center().y() + body.height() * 0.1
    gap = float(look.px(34))
    _arrow(
        painter, QPointF(other.right() + gap, middle), QPointF(here.left() - gap, middle), look.colour("brand"),
        look.px(9),
    )  # fmt: skip
    under = QRectF(box.left(), body.bottom(), box.width(), box.bottom() - body.bottom())
    draw_fitted(painter, under, rest, look.colour("soft"), look.px(24), look.px(13), most=2, align="centre")


def _draw_menu(painter: QPainter, look: Look, box: QRectF, view: BenchView, over: str) -> list[Place]:
    """What can be done about the box, each with its code; another carton is chosen by its own."""
    ink = look.colour("warning")
    head, rest = _head(look, view)
    top = QRectF(box.left(), box.top(), box.width(), box.height() * 0.3)
    side = min(top.height() * 0.8, look.px(70.0))
    sign(painter, QRectF(top.left(), top.center().y() - side / 2, side, side), "warning", ink)
    left = top.left() + side + look.px(20)
    title = QRectF(left, top.top(), top.right() - left, top.height() * 0.68)
    draw_fitted(painter, title, head, ink, look.px(52), look.px(18), most=1, bold=True, vertical="bottom")
    under = QRectF(left, title.bottom() + look.px(2), title.width(), top.bottom() - title.bottom() - look.px(2))
    draw_fitted(painter, under, rest, ink, look.px(23), look.px(13), most=2, vertical="top")
    gap, codes = float(look.px(10)), choices_of(view)
    area = QRectF(box.left(), top.bottom() + gap, box.width(), box.bottom() - top.bottom() - gap)
    rows = -(-len(codes) // 2)
    wide, high = (area.width() - gap) / 2, (area.height() - gap * (rows - 1)) / rows
    places: list[Place] = []
    for number, code in enumerate(codes):
        row, column = divmod(number, 2)
        cell = QRectF(area.left() + column * (wide + gap), area.top() + row * (high + gap), wide, high)
        card(painter, cell, look.colour("chosen" if over == code else "paper"), ink, look.px(10), 2)
        places.append((cell, code))
        _draw_choice(painter, look, cell.adjusted(look.px(8), look.px(6), -look.px(10), -look.px(6)), code)
    return places


def _draw_choice(painter: QPainter, look: Look, box: QRectF, code: str) -> None:
    side = min(box.height(), float(look.px(92)))
    draw_matrix(painter, QRectF(box.left(), box.center().y() - side / 2, side, side), code)
    left = box.left() + side + look.px(12)
    key_high = min(float(look.px(28)), box.height() * 0.36)
    key = draw_key(painter, look, left + look.px(29), box.top() + look.px(2), key_high, code)
    text = QRectF(left, key.bottom() + 2, box.right() - left, box.bottom() - key.bottom() - 2)
    words = look.say(f"window.choice.box.{code}")
    most = fewest_lines(words, text, look.px(25), look.px(19), 2, bold=True)
    draw_fitted(painter, text, words, look.colour("ink"), look.px(25), look.px(13), most=most, bold=True)


# --- small, below a refusal ---------------------------------------------------------------------------------------


def draw_boxed_small(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    """Draw the question small, below a refusal."""
    if view.ask not in ("insert", "weight"):
        words = look.say(f"window.ask.{view.ask}_short")
        draw_fitted(
            painter, box, words, look.colour("ink"), look.px(44), look.px(18), most=3, bold=True, align="centre"
        )
        return
    left = QRectF(box.left(), box.top(), min(box.height(), box.width() * 0.3), box.height())
    kind = _text(view, "insert_kind")
    if view.ask == "insert":
        draw_thing(painter, look, left, thing_of(kind))
    else:
        draw_scale(painter, left, _grams(look, view), str(view.box) if view.boxes > 1 else "")
    right = QRectF(left.right() + look.px(22), box.top(), box.right() - left.right() - look.px(22), box.height())
    unit = right.height() / 100
    head = QRectF(right.left(), right.top(), right.width(), unit * 26)
    if view.ask == "insert":
        shown = _kind(look, view)
        end = _filled(painter, look, head.left(), head.center().y(), shown, KIND_FILLS.get(kind, "#185495"), 22)
        rest = QRectF(end + look.px(12), head.top(), head.right() - end - look.px(12), head.height())
        metrics = QFontMetricsF(look.font(24, False, True))
        if metrics.horizontalAdvance(_text(view, "insert_code")) < rest.width():
            draw_fitted(
                painter, rest, _text(view, "insert_code"), look.colour("soft"), look.px(24), look.px(12),
                most=1, fixed=True,
            )  # fmt: skip
        words = _named(look, view)
    else:
        words = look.say("window.ask.weight_short")
        head.setHeight(0)
    big = QRectF(right.left(), head.bottom(), right.width(), right.bottom() - head.bottom())
    draw_fitted(painter, big, words, look.colour("ink"), look.px(44), look.px(16), most=3, bold=True)
