"""A box that weighs something else than it should: what the scale says, what was expected, and what may be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.services.answers import Answer
from app.ui.lettering import advance, draw_fitted
from app.ui.look import Look
from app.ui.pack.box_drawings import draw_carton
from app.ui.pack.boxed import extra_name, thing_of
from app.ui.pack.goods_drawings import draw_disc, draw_thing
from app.ui.pack.lines import name_of
from app.ui.pack.state import BenchView
from app.ui.shapes import card, pictured

__all__ = ["OFF", "draw_off", "is_off", "off_told", "suspects_told"]

OFF = (
    "weight.light",
    "weight.heavy",
    "weight.missing",
    "weight.missing_or",
    "weight.extra",
    "weight.extra_or",
    "weight.swapped",
    "weight.swapped_or",
    "weight.carton",
    "weight.carton_or",
)
"""Refusals of a weight."""
_MOST = 3


def is_off(error: Answer | None) -> bool:
    """Whether a refusal is about a weight that is off."""
    return error is not None and error.key in OFF


def _number(error: Answer, name: str) -> int:
    value = error.args.get(name)
    return value if isinstance(value, int) else 0


def _suspects(error: Answer) -> list[Mapping[str, Any]]:
    given = error.args.get("suspects")
    return [each for each in given if isinstance(each, Mapping)][:_MOST] if isinstance(given, list) else []


def _named(look: Look, view: BenchView, name: str) -> str:
    """Return what goods or an insert are called in the reader's language."""
    full, extras = view.full, view.parcel.boxes.extras if view.parcel is not None else ()
    for line in full.lines if full is not None else ():
        if name in (line.name, line.master_name):
            return name_of(line, look.language)
    return next((extra_name(each, look.language) for each in extras if each.name == name), name)


def _difference(look: Look, error: Answer) -> str:
    """Return how far it is off, with its sign."""
    less = _number(error, "grams") < _number(error, "expected")
    return look.say("window.weight.less" if less else "window.weight.more", grams=f"{_number(error, 'difference'):,}")


def suspects_told(look: Look, view: BenchView, error: Answer) -> list[tuple[str, str]]:
    """Return what may be wrong, the likeliest first: what it is about, and what happened to it."""
    found = []
    for each in _suspects(error):
        name, other = (_named(look, view, str(each[which] or "")) for which in ("name", "other"))
        about = look.say("window.weight.instead", name=name, other=other) if other else name
        found.append((about, look.say(f"window.weight.{each['kind']}", count=each["pieces"])))
    return found


def off_told(look: Look, view: BenchView, error: Answer) -> list[str]:
    """Return in words what is drawn."""
    say = look.say
    measured = say("window.weight.grams", grams=f"{_number(error, 'grams'):,}")
    expected = say("window.weight.grams", grams=f"{_number(error, 'expected'):,}")
    around = say("window.weight.around", grams=_number(error, "tolerance"))
    told = [say("window.weight.measured"), measured, say("window.weight.expected"), expected, around]
    return [*told, _difference(look, error), *(text for each in suspects_told(look, view, error) for text in each)]


def draw_off(painter: QPainter, look: Look, box: QRectF, view: BenchView, error: Answer) -> None:
    """Draw the scale's weight beside the expected one, their difference, and what may be wrong."""
    told = suspects_told(look, view, error)
    gap = float(look.px(12))
    share = 0.42 if told else 0.72
    top = QRectF(box.left(), box.top(), box.width(), box.height() * share)
    _draw_sums(painter, look, top, error)
    area = QRectF(box.left(), top.bottom() + gap, box.width(), box.bottom() - top.bottom() - gap)
    card(painter, area, look.colour("paper"), look.colour("paper"), look.px(13), 0)
    inner = area.adjusted(look.px(16), look.px(8), -look.px(16), -look.px(8))
    if not told:
        words = look.say("window.weight.look")
        draw_fitted(
            painter, inner, words, look.colour("ink"), look.px(34), look.px(16), most=2, bold=True, align="centre"
        )
        return
    head = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.15)
    draw_fitted(
        painter, head, look.say("window.weight.perhaps"), look.colour("error"), look.px(20), look.px(13),
        most=1, bold=True,
    )  # fmt: skip
    rows = QRectF(inner.left(), head.bottom(), inner.width(), inner.bottom() - head.bottom())
    high = min(rows.height() / len(told), float(look.px(110)))
    for number, (said, suspect) in enumerate(zip(told, _suspects(error), strict=True)):
        row = QRectF(rows.left(), rows.top() + number * high, rows.width(), high).adjusted(0, 2, 0, -2)
        _draw_suspect(painter, look, row, view, suspect, said, number == 0)


def _draw_sums(painter: QPainter, look: Look, box: QRectF, error: Answer) -> None:
    gap = float(look.px(14))
    middle = box.width() * 0.3
    side = (box.width() - middle - 2 * gap) / 2
    left = QRectF(box.left(), box.top(), side, box.height())
    right = QRectF(box.right() - side, box.top(), side, box.height())
    around = look.say("window.weight.around", grams=_number(error, "tolerance"))
    _draw_side(painter, look, left, "window.weight.measured", _number(error, "grams"), "", wanted=False)
    _draw_side(painter, look, right, "window.weight.expected", _number(error, "expected"), around, wanted=True)
    between = QRectF(left.right() + gap, box.top(), middle, box.height())
    white = QColor("#FFFFFF")
    difference = _difference(look, error)
    size = int(min(between.height() * 0.5, look.px(72.0)))
    draw_fitted(painter, between, difference, white, size, look.px(20), most=1, bold=True, align="centre")


def _draw_side(painter: QPainter, look: Look, box: QRectF, title: str, grams: int, note: str, *, wanted: bool) -> None:
    colour = look.colour("ok" if wanted else "error")
    card(painter, box, look.colour("paper"), colour if wanted else look.colour("paper"), look.px(13), look.px(5))
    inner = box.adjusted(look.px(14), look.px(8), -look.px(14), -look.px(8))
    unit = inner.height() / 100
    head = QRectF(inner.left(), inner.top(), inner.width(), unit * 24)
    draw_fitted(painter, head, look.say(title), colour, look.px(22), look.px(13), most=1, bold=True)
    words = look.say("window.weight.grams", grams=f"{grams:,}")
    big = QRectF(inner.left(), head.bottom(), inner.width(), unit * (50 if note else 70))
    size = int(min(big.height() / 1.24, look.px(64.0)))
    draw_fitted(painter, big, words, look.colour("ink"), size, look.px(18), most=1, bold=True)
    if note:
        under = QRectF(inner.left(), big.bottom(), inner.width(), inner.bottom() - big.bottom())
        draw_fitted(painter, under, note, look.colour("soft"), look.px(24), look.px(13), most=1)


def _draw_suspect(
    painter: QPainter,
    look: Look,
    box: QRectF,
    view: BenchView,
    suspect: Mapping[str, Any],
    said: tuple[str, str],
    likeliest: bool,
) -> None:
    """Draw one explanation: what it is about, in words, how likely."""
    side = min(box.height(), float(look.px(80)))
    picture = QRectF(box.left(), box.center().y() - side / 2, side, side)
    _draw_picture(painter, look, picture, view, str(suspect["kind"]), str(suspect["name"]), str(suspect["other"]))
    percent = look.say("window.weight.percent", percent=suspect["percent"])
    wide = advance(percent, look.font(26 if likeliest else 20, True)) + 4
    share = QRectF(box.right() - wide, box.top(), wide, box.height())
    draw_fitted(
        painter, share, percent, look.colour("soft"), look.px(26 if likeliest else 20), look.px(12),
        most=1, bold=True, align="right",
    )  # fmt: skip
    left = picture.right() + look.px(16)
    about, what = said
    name = QRectF(left, box.top(), share.left() - left - look.px(12), box.height() * 0.52)
    largest = min(look.px(28 if likeliest else 22), int(name.height() / 1.24))
    draw_fitted(painter, name, about, look.colour("ink"), largest, look.px(12), most=2, bold=True, vertical="bottom")
    under = QRectF(left, name.bottom(), name.width(), box.bottom() - name.bottom())
    largest = min(look.px(30 if likeliest else 22), int(under.height() / 1.24))
    draw_fitted(painter, under, what, look.colour("error"), largest, look.px(12), most=1, bold=True)


def _draw_picture(
    painter: QPainter, look: Look, box: QRectF, view: BenchView, kind: str, name: str, other: str
) -> None:
    """Draw what an explanation is about, with a sign for what happened to it."""
    full, extras = view.full, view.parcel.boxes.extras if view.parcel is not None else ()
    line = next((x for x in (full.lines if full is not None else ()) if name in (x.name, x.master_name)), None)
    extra = next((each for each in extras if each.name == name), None)
    if kind == "carton":
        draw_carton(painter, box, other[:8], 0.22)
    elif line is not None:
        pictured(painter, look, box, line.picture, line.sku, look.px(8))
    elif extra is not None and extra.picture:
        pictured(painter, look, box, extra.picture, extra.name, look.px(8))
    else:
        draw_thing(painter, look, box, thing_of(extra.kind) if extra is not None else "piece")
    small = box.width() * 0.4
    disc = QRectF(box.right() - small * 0.8, box.top() - small * 0.1, small, small)
    if kind in ("missing", "extra"):
        _draw_sign(painter, disc, plus=kind == "extra")
    else:
        draw_disc(painter, disc, "warning")


def _draw_sign(painter: QPainter, box: QRectF, *, plus: bool) -> None:
    """Draw plus or minus on a full disc."""
    white, side = QColor("#FFFFFF"), box.width()
    card(painter, box, QColor("#6B4600"), white, side / 2, max(2.0, side * 0.05))
    inset = side * 0.27
    inner = box.adjusted(inset, inset, -inset, -inset)
    painter.setPen(QPen(white, max(2.0, side * 0.12), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    middle = inner.center()
    painter.drawLine(QPointF(inner.left(), middle.y()), QPointF(inner.right(), middle.y()))
    if plus:
        painter.drawLine(QPointF(middle.x(), inner.top()), QPointF(middle.x(), inner.bottom()))
