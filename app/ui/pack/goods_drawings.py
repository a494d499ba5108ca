"""Drawn goods, labels and badges, so that what is wrong or wanted is known by its shape before a word is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.box_drawings import BOX_THINGS
from app.ui.pack.drawings import draw_stripes
from app.ui.shapes import card, icon, sign

__all__ = ["FIGURES", "PRINTS", "draw_disc", "draw_keys_pad", "draw_print", "draw_thing"]

_PAPER, _INK, _GREY, _SOFT = QColor("#FFFFFF"), QColor("#14212B"), QColor("#C4CFD6"), QColor("#44545F")
_BRAND, _LIT = QColor("#123B5D"), QColor("#FFE08A")
_OK, _ERROR = QColor("#08624A"), QColor("#A11F18")

PRINTS = ("lot", "expiry", "serial", "code")
"""What is printed on goods and may be asked for, from the top of the drawn package down."""


def draw_disc(painter: QPainter, box: QRectF, kind: str) -> None:
    """Draw a white sign on a full disc: ✓ for ``ok``, × for ``error``, ? for ``warning``."""
    colour = {"ok": _OK, "error": _ERROR}.get(kind, QColor("#6B4600"))
    side = min(box.width(), box.height())
    disc = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    card(painter, disc, colour, _PAPER, side / 2, max(2.0, side * 0.05))
    inset = side * (0.26 if kind == "ok" else 0.24)
    inner = disc.adjusted(inset, inset, -inset, -inset)
    if kind == "error":  # the cross alone: its circle is the disc
        painter.setPen(QPen(_PAPER, side * 0.1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.topRight(), inner.bottomLeft())
    else:
        sign(painter, inner, kind, _PAPER)


def _corners(painter: QPainter, box: QRectF, colour: QColor, thick: float) -> None:
    """Draw the corners of a view finder: here the scanner is to look."""
    painter.setPen(QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    arm = min(box.width(), box.height()) * 0.34
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        tip = QPointF(box.center().x() + x * box.width() / 2, box.center().y() + y * box.height() / 2)
        painter.drawLine(tip, QPointF(tip.x() - x * arm, tip.y()))
        painter.drawLine(tip, QPointF(tip.x(), tip.y() - y * arm))


def draw_print(painter: QPainter, look: Look, box: QRectF, mark: str) -> QRectF:
    """Draw a package with what is printed on it, a view finder round the print that is meant; return its box.

    :param mark: one of :data:`PRINTS`; empty for none.
    """
    high = min(box.height(), box.width() / 0.8)
    pack = QRectF(box.center().x() - high * 0.4, box.center().y() - high / 2, high * 0.8, high)
    card(painter, pack, _PAPER, look.colour("brand"), high * 0.05, max(2.0, high * 0.016))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GREY)
    painter.drawRoundedRect(
        QRectF(pack.left() + high * 0.08, pack.top() + high * 0.07, high * 0.64, high * 0.17), high * 0.03, high * 0.03
    )
    row = high * 0.125
    for number, name in enumerate(PRINTS[:3]):
        line = QRectF(pack.left() + high * 0.08, pack.top() + high * (0.29 + 0.145 * number), high * 0.64, row)
        if name == mark:
            painter.fillRect(line.adjusted(-high * 0.02, 0, high * 0.02, 0), _LIT)
        word = QRectF(line.left(), line.top(), line.width() * 0.42, line.height())
        ink = _INK if name == mark else _SOFT
        words = look.say(f"window.print.{name}")
        draw_fitted(painter, word, words, ink, int(row * 0.66), 6, most=1, bold=name == mark)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_INK if name == mark else _GREY)
        bar = QRectF(word.right(), line.top() + row * 0.36, line.width() * 0.56, row * 0.3)
        painter.drawRoundedRect(bar, row * 0.1, row * 0.1)
    bars = QRectF(pack.left() + high * 0.12, pack.top() + high * 0.76, high * 0.56, high * 0.17)
    draw_stripes(painter, bars, _INK if mark in ("code", "") else _GREY)
    if mark:
        at = PRINTS.index(mark)
        framed = QRectF(pack.left() + high * 0.02, pack.top() + high * (0.28 + 0.145 * at), high * 0.76, row * 1.15)
        if mark == "code":
            framed = bars.adjusted(-high * 0.06, -high * 0.035, high * 0.06, high * 0.035)
        _corners(painter, framed, QColor(look.palette.error_fill), max(3.0, high * 0.022))
    return pack


# --- things by their name -----------------------------------------------------------------------------------------


def _piece(painter: QPainter, look: Look, box: QRectF, words: str, crossed: bool = False) -> QRectF:
    """One piece of goods with its bar code, and below it what is said of it."""
    high = min(box.height(), box.width())
    pack = QRectF(box.center().x() - high * 0.42, box.center().y() - high / 2, high * 0.84, high)
    card(painter, pack, _PAPER, look.colour("brand"), high * 0.07, max(2.0, high * 0.028))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GREY)
    painter.drawRoundedRect(
        QRectF(pack.left() + high * 0.1, pack.top() + high * 0.11, high * 0.64, high * 0.3), high * 0.04, high * 0.04
    )
    bars = QRectF(pack.left() + high * 0.14, pack.top() + high * 0.5, high * 0.56, high * 0.22)
    draw_stripes(painter, bars, _GREY if crossed else _INK)
    if crossed:
        painter.setPen(QPen(_ERROR, high * 0.05, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(
            bars.topLeft() - QPointF(high * 0.04, high * 0.04), bars.bottomRight() + QPointF(high * 0.04, 0)
        )
    under = QRectF(pack.left() + high * 0.06, bars.bottom() + high * 0.03, pack.width() - high * 0.12, high * 0.2)
    draw_fitted(painter, under, words, _INK, int(high * 0.16), 6, most=1, bold=True, align="centre")
    return pack


def _pieces(painter: QPainter, look: Look, box: QRectF, _words: str) -> QRectF:
    """Three pieces side by side: each is scanned."""
    each = min(box.height() * 0.84, box.width() / 3.2)
    left = box.center().x() - each * 1.55
    for number in range(3):
        at = QRectF(left + number * each * 1.05, box.center().y() - each / 2, each, each)
        _piece(painter, look, at, "")
    return QRectF(left, box.center().y() - each / 2, each * 3.1, each)


def _case(painter: QPainter, look: Look, box: QRectF, words: str) -> QRectF:
    """A case with the label of its number of pieces."""
    side = min(box.height(), box.width())
    at = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    icon(painter, at, "pack", look.colour("brand"))
    label = QRectF(at.center().x() - side * 0.3, at.center().y() - side * 0.02, side * 0.6, side * 0.32)
    card(painter, label, _PAPER, _BRAND, side * 0.03, max(1.5, side * 0.016))
    draw_stripes(painter, label.adjusted(side * 0.06, side * 0.03, -side * 0.06, -side * 0.17), _INK)
    under = QRectF(label.left(), label.bottom() - side * 0.155, label.width(), side * 0.14)
    draw_fitted(painter, under, words, _INK, int(side * 0.12), 6, most=1, bold=True, align="centre")
    return at


def _shelf(painter: QPainter, look: Look, box: QRectF, words: str) -> QRectF:
    """A shelf board with a label on its edge."""
    high = min(box.height(), box.width() / 1.5)
    at = QRectF(box.center().x() - high * 0.75, box.center().y() - high / 2, high * 1.5, high)
    brand = look.colour("brand")
    painter.setPen(QPen(brand, high * 0.05, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for x in (0.06, 0.94):
        left = at.left() + at.width() * x
        painter.drawLine(QPointF(left, at.top() + high * 0.05), QPointF(left, at.bottom() - high * 0.05))
    for x in (0.2, 0.44, 0.68):
        box_ = QRectF(at.left() + at.width() * x, at.top() + high * 0.12, at.width() * 0.17, high * 0.28)
        card(painter, box_, _GREY, _GREY, high * 0.03, 0)
    board = QRectF(at.left() + at.width() * 0.03, at.top() + high * 0.4, at.width() * 0.94, high * 0.1)
    card(painter, board, brand, brand, high * 0.02, 0)
    label = QRectF(at.center().x() - at.width() * 0.3, board.bottom() - high * 0.02, at.width() * 0.6, high * 0.44)
    card(painter, label, _PAPER, _BRAND, high * 0.04, max(2.0, high * 0.025))
    draw_stripes(painter, label.adjusted(high * 0.08, high * 0.07, -high * 0.08, -high * 0.2), _INK)
    under = QRectF(label.left() + 2, label.bottom() - high * 0.19, label.width() - 4, high * 0.16)
    draw_fitted(painter, under, words, _INK, int(high * 0.14), 6, most=1, bold=True, align="centre", fixed=True)
    return at


def _label(painter: QPainter, look: Look, box: QRectF, words: str) -> QRectF:
    """A label of ours: bar code and words."""
    high = min(box.height(), box.width() / 1.7)
    at = QRectF(box.center().x() - high * 0.8, box.center().y() - high / 2, high * 1.6, high)
    card(painter, at, _PAPER, look.colour("brand"), high * 0.06, max(2.0, high * 0.025))
    draw_stripes(painter, at.adjusted(high * 0.16, high * 0.16, -high * 0.16, -high * 0.4), _INK)
    under = QRectF(at.left() + high * 0.08, at.bottom() - high * 0.36, at.width() - high * 0.16, high * 0.28)
    draw_fitted(painter, under, words, _INK, int(high * 0.2), 6, most=1, bold=True, align="centre", fixed=True)
    return at


def _tote(painter: QPainter, look: Look, box: QRectF, words: str) -> QRectF:
    """A basket with its label."""
    high = min(box.height(), box.width() / 1.3)
    at = QRectF(box.center().x() - high * 0.65, box.center().y() - high / 2, high * 1.3, high)
    brand, wide = look.colour("brand"), at.width()
    painter.setPen(QPen(brand, high * 0.05, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(_PAPER)
    rim = at.top() + high * 0.22
    corners = ((0.04, rim), (0.96, rim), (0.88, at.bottom() - high * 0.04), (0.12, at.bottom() - high * 0.04))
    painter.drawPolygon([QPointF(at.left() + wide * x, y) for x, y in corners])
    card(painter, QRectF(at.left(), at.top() + high * 0.12, wide, high * 0.14), brand, brand, high * 0.05, 0)
    label = QRectF(at.center().x() - wide * 0.3, at.top() + high * 0.38, wide * 0.6, high * 0.46)
    card(painter, label, _PAPER, _BRAND, high * 0.04, max(2.0, high * 0.025))
    draw_stripes(painter, label.adjusted(high * 0.08, high * 0.07, -high * 0.08, -high * 0.23), _INK)
    under = QRectF(label.left() + 2, label.bottom() - high * 0.21, label.width() - 4, high * 0.18)
    draw_fitted(painter, under, words, _INK, int(high * 0.16), 6, most=1, bold=True, align="centre", fixed=True)
    return at


def _slot(painter: QPainter, look: Look, box: QRectF, words: str) -> QRectF:
    """The sorting wall, the slot in its middle named."""
    high = min(box.height(), box.width() / 1.3)
    at = QRectF(box.center().x() - high * 0.65, box.center().y() - high / 2, high * 1.3, high)
    card(painter, at, _GREY, look.colour("brand"), high * 0.05, max(2.0, high * 0.03))
    wide, tall = at.width() / 3, at.height() / 3
    for number in range(9):
        row, column = divmod(number, 3)
        cell = QRectF(at.left() + column * wide, at.top() + row * tall, wide, tall)
        gap = high * 0.03
        card(painter, cell.adjusted(gap, gap, -gap, -gap), _PAPER, _PAPER, high * 0.03, 0)
    middle = QRectF(at.center().x() - wide * 0.8, at.center().y() - tall * 0.72, wide * 1.6, tall * 1.44)
    card(painter, middle, _LIT, _BRAND, high * 0.04, max(2.0, high * 0.03))
    draw_fitted(painter, middle, words, _INK, int(high * 0.3), 6, most=1, bold=True, align="centre")
    return at


def _list(painter: QPainter, look: Look, box: QRectF, words: str) -> QRectF:
    """A printed list: its bar code, its rows with boxes to tick."""
    high = min(box.height(), box.width() / 0.76)
    at = QRectF(box.center().x() - high * 0.38, box.center().y() - high / 2, high * 0.76, high)
    card(painter, at, _PAPER, look.colour("brand"), high * 0.05, max(2.0, high * 0.025))
    left, wide = at.left() + high * 0.09, high * 0.58
    draw_stripes(painter, QRectF(left, at.top() + high * 0.09, wide, high * 0.15), _INK)
    name = QRectF(left, at.top() + high * 0.25, wide, high * 0.12)
    draw_fitted(painter, name, words, _INK, int(high * 0.1), 6, most=1, bold=True, align="centre", fixed=True)
    for row in (0.44, 0.57, 0.7, 0.83):
        tick = QRectF(left, at.top() + high * row, high * 0.07, high * 0.07)
        card(painter, tick, _PAPER, _SOFT, high * 0.012, max(1.0, high * 0.012))
        bar = QRectF(tick.right() + high * 0.05, tick.top() + high * 0.01, wide - high * 0.12, high * 0.05)
        card(painter, bar, _GREY, _GREY, high * 0.02, 0)
    return at


def _badge(painter: QPainter, look: Look, box: QRectF, words: str) -> QRectF:
    """A badge on its strap: somebody's head, name and bar code."""
    high = min(box.height(), box.width() / 0.7)
    at = QRectF(box.center().x() - high * 0.31, box.center().y() - high / 2, high * 0.62, high)
    painter.setPen(QPen(look.colour("brand"), high * 0.03))
    middle = QPointF(at.center().x(), at.top() + high * 0.16)
    for x in (-0.16, 0.16):
        painter.drawLine(QPointF(at.center().x() + high * x, at.top()), middle)
    body = QRectF(at.left(), at.top() + high * 0.14, at.width(), high * 0.86)
    card(painter, body, _PAPER, look.colour("brand"), high * 0.06, max(2.0, high * 0.025))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_BRAND)
    painter.drawEllipse(QPointF(at.center().x(), at.top() + high * 0.32), high * 0.09, high * 0.09)
    chest = QRectF(at.center().x() - high * 0.16, at.top() + high * 0.43, high * 0.32, high * 0.3)
    painter.drawChord(chest, 0, 180 * 16)
    name = QRectF(at.left() + high * 0.04, at.top() + high * 0.595, at.width() - high * 0.08, high * 0.14)
    draw_fitted(painter, name, words, _INK, int(high * 0.115), 6, most=1, bold=True, align="centre")
    bars = QRectF(at.left() + high * 0.1, at.top() + high * 0.77, at.width() - high * 0.2, high * 0.14)
    draw_stripes(painter, bars, _INK)
    return at


FIGURES = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "←", "0", "OK")
"""Keys of the drawn keyboard, row by row: figures, one back, finished."""


def draw_keys_pad(painter: QPainter, look: Look, box: QRectF, over: str = "") -> list[tuple[QRectF, str]]:
    """Draw a keyboard of figures; return the box of each key with what it says.

    :param over: the key under the mouse.
    """
    high = min(box.height() * 0.96, box.width() * 1.32)
    each = high / 4.36
    left, top = box.center().x() - each * 1.62, box.center().y() - high / 2
    cells = []
    for number, figure in enumerate(FIGURES):
        row, column = divmod(number, 3)
        key = QRectF(left + column * each * 1.12, top + row * each * 1.12, each, each)
        ground = look.colour("chosen") if figure == over else _PAPER
        ink = look.colour("brand") if figure == over else _OK if figure == "OK" else _INK
        card(painter, key, ground, look.colour("brand"), each * 0.18, max(1.5, each * 0.06))
        size = int(each * (0.42 if figure == "OK" else 0.6))
        draw_fitted(painter, key, figure, ink, size, 6, most=1, bold=True, align="centre")
        cells.append((key, figure))
    return cells


def _keys(painter: QPainter, look: Look, box: QRectF, _words: str) -> QRectF:
    """The keyboard of figures."""
    cells = draw_keys_pad(painter, look, box)
    return cells[0][0].united(cells[-1][0])


Drawing = Callable[[QPainter, Look, QRectF, str], QRectF]

_THINGS: Mapping[str, Drawing] = {
    "piece": _piece,
    "bare": lambda painter, look, box, words: _piece(painter, look, box, words, crossed=True),
    "pieces": _pieces,
    "case": _case,
    "shelf": _shelf,
    "label": _label,
    "tote": _tote,
    "slot": _slot,
    "list": _list,
    "badge": _badge,
    "keys": _keys,
    **BOX_THINGS,
}


def draw_thing(painter: QPainter, look: Look, box: QRectF, name: str, words: str = "", kind: str = "") -> QRectF:
    """Draw a thing by its name, with a disc at its corner that says what is about it; return the box it takes.

    :param name: ``piece``, ``bare`` (without a code), ``pieces``, ``case``, ``shelf``, ``label``, ``tote``, ``slot``
        (of the wall), ``list``, ``badge``, ``keys``, one of :data:`~app.ui.pack.box_drawings.BOX_THINGS`, or
        ``print.`` and one of :data:`PRINTS`.
    :param words: what stands on it.
    :param kind: ``ok``, ``error`` or ``warning``; empty for no disc.
    """
    printed = name.removeprefix("print.")
    at = draw_print(painter, look, box, printed) if printed != name else _THINGS[name](painter, look, box, words)
    if kind:
        side = min(at.height() * 0.38, float(look.px(54)))
        disc = QRectF(min(at.right() - side * 0.62, box.right() - side), at.top() - side * 0.1, side, side)
        draw_disc(painter, disc, kind)
    return at
