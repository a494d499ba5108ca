"""Drawn papers, so that what is asked for is known by its shape: a slip, a label with bars, and stacks of labels."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.shapes import card, icon, sign

__all__ = [
    "big_pips",
    "draw_boxes",
    "draw_code",
    "draw_label",
    "draw_neighbours",
    "draw_shifted",
    "draw_slip",
    "draw_stamp",
    "draw_stripes",
    "grouped",
]

_PAPER, _INK, _GREY = QColor("#FFFFFF"), QColor("#14212B"), QColor("#C4CFD6")
_BARS = (3, 1, 2, 1, 1, 3, 2, 1, 3, 1, 1, 2, 1, 1, 2, 3, 1)


def grouped(number: str) -> str:
    """Return a waybill number as it is printed: twelve digits in groups of four."""
    if len(number) == 12 and number.isdecimal():
        return f"{number[:4]}-{number[4:8]}-{number[8:]}"
    return number


def draw_stripes(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw the stripes of a bar code that says nothing."""
    unit, left = box.width() / sum(_BARS), box.left()
    for number, wide in enumerate(_BARS):
        if number % 2 == 0:
            painter.fillRect(QRectF(left, box.top(), wide * unit, box.height()), colour)
        left += wide * unit


def draw_slip(painter: QPainter, look: Look, box: QRectF, ship_number: str = "") -> QRectF:
    """Draw a packing slip with its bar code and, where given, its ship number; return the sheet's box."""
    side = min(box.height(), box.width() / 0.76)
    paper = QRectF(box.center().x() - side * 0.38, box.center().y() - side / 2, side * 0.76, side)
    card(painter, paper, _PAPER, look.colour("brand"), look.px(8), look.px(3))
    wide = side * 0.56
    left = paper.left() + side * 0.1
    draw_stripes(painter, QRectF(left, paper.top() + side * 0.11, wide, side * 0.2), _INK)
    if ship_number:
        at = QRectF(left, paper.top() + side * 0.33, wide, side * 0.15)
        draw_fitted(painter, at, ship_number, QColor("#123B5D"), int(side * 0.14), 8, most=1, bold=True, align="centre")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GREY)
    for row, share in ((0.54, 1.0), (0.66, 1.0), (0.78, 0.65)):
        painter.drawRoundedRect(QRectF(left, paper.top() + side * row, wide * share, side * 0.05), 2, 2)
    return paper


def draw_label(painter: QPainter, look: Look, box: QRectF, last4: str, edge: str = "brand") -> QRectF:
    """Draw a waybill with its bars and the last four digits below them; return the sheet's box.

    :param last4: empty for a label whose number has not come: the bars are only outlined.
    """
    high = min(box.height(), box.width() / 0.74)
    paper = QRectF(box.center().x() - high * 0.37, box.center().y() - high / 2, high * 0.74, high)
    card(painter, paper, _PAPER, look.colour(edge), look.px(8), look.px(3))
    inner = paper.adjusted(high * 0.07, high * 0.07, -high * 0.07, -high * 0.06)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#123B5D"))
    painter.drawRoundedRect(QRectF(inner.left(), inner.top(), inner.width(), high * 0.09), 3, 3)
    painter.setBrush(_GREY)
    for row, share in ((0.2, 0.9), (0.29, 0.75), (0.38, 0.5)):
        painter.drawRoundedRect(
            QRectF(inner.left(), paper.top() + high * row, inner.width() * share, high * 0.045), 2, 2
        )
    bars = QRectF(inner.left(), paper.top() + high * 0.5, inner.width(), high * 0.23)
    under = QRectF(inner.left(), bars.bottom() + high * 0.025, inner.width(), high * 0.16)
    if last4:
        draw_stripes(painter, bars, _INK)
        frame = QRectF(under.right() - inner.width() * 0.58, under.top(), inner.width() * 0.58, under.height())
        dots = QRectF(under.left(), under.top(), under.width() - frame.width(), under.height())
        draw_fitted(painter, dots, "····", QColor("#44545F"), int(high * 0.13), 6, most=1, bold=True, align="centre")
        card(painter, frame, QColor("#FFF0CC"), QColor("#5C3D00"), look.px(4), max(1.5, high * 0.012))
        draw_fitted(painter, frame, last4, _INK, int(high * 0.13), 6, most=1, bold=True, fixed=True, align="centre")
    else:
        pen = QPen(QColor("#5B6B76"), max(1.5, high * 0.012), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bars)
        draw_fitted(
            painter, under, "– – – –", QColor("#44545F"), int(high * 0.13), 6, most=1, bold=True, align="centre"
        )
    return paper


def draw_stamp(painter: QPainter, look: Look, sheet: QRectF, words: str) -> None:
    """Stamp a word across a sheet, as a clerk marks a paper that must not be used."""
    size = look.px(26)
    painter.save()
    painter.translate(sheet.center())
    painter.rotate(-14)
    font = look.font(26, True)
    while QFontMetricsF(font).horizontalAdvance(words) > sheet.width() * 0.94 and size > 9:
        size -= 1
        font.setPixelSize(size)
    wide = QFontMetricsF(font).horizontalAdvance(words) + size * 0.7
    frame = QRectF(-wide / 2, -size * 0.8, wide, size * 1.6)
    colour = QColor("#8E1B14")  # on white paper in both themes
    card(painter, frame, QColor("#FFFFFF"), colour, size * 0.2, max(2.5, size * 0.13))
    painter.setPen(colour)
    painter.setFont(font)
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def big_pips(painter: QPainter, look: Look, box: QRectF, done: int, wanted: int, current: int = 0) -> None:
    """Draw one block per paper, left-aligned: full for done, framed for the one that is wanted now."""
    gap = float(look.px(6))
    each = min(float(look.px(44)), (box.width() - gap * (wanted - 1)) / max(1, wanted))
    for number in range(1, wanted + 1):
        at = QRectF(box.left() + (number - 1) * (each + gap), box.top(), each, box.height())
        full = number <= done and number != current
        edge = look.colour("brand" if number == current else "ok" if full else "soft")
        ground = look.colour("ok" if full else "chosen" if number == current else "blank")
        card(painter, at, ground, edge, look.px(4), look.px(3) if number == current else 1)


def draw_boxes(painter: QPainter, look: Look, box: QRectF, count: int, colour: QColor) -> None:
    """Draw so many boxes, at most eight, left-aligned."""
    shown = max(1, min(count, 8))
    side = min(box.height() * 0.9, box.width() / shown * 0.92, float(look.px(80)))
    for number in range(shown):
        icon(
            painter, QRectF(box.left() + number * side * 1.08, box.center().y() - side / 2, side, side), "pack", colour
        )


# --- stacks: what is off by one looks off by one ------------------------------------------------------------------


def _sheet(
    painter: QPainter, look: Look, box: QRectF, words: str, kind: str, bars: bool = True, left: bool = False
) -> None:
    """Draw one small label of a stack: ``wanted`` with ✓ and a thick edge, ``scanned`` with ×, else a quiet one."""
    colour = {"wanted": look.palette.ok_fill, "scanned": look.palette.error_fill}.get(kind, "#5B6B76")
    thick = float(look.px(4)) if kind in ("wanted", "scanned") else 1.5
    card(painter, box, _PAPER, QColor(colour), look.px(6), thick)
    inner = box.adjusted(box.width() * 0.1, box.height() * 0.14, -box.width() * 0.1, -box.height() * 0.1)
    if bars:
        ink = _INK if kind else _GREY
        draw_stripes(painter, QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.34), ink)
    share = 0.4 if bars else 0.0
    text = QRectF(inner.left(), inner.top() + inner.height() * share, inner.width(), inner.height() * (1 - share))
    draw_fitted(painter, text, words, QColor(colour), look.px(24), look.px(10), most=1, bold=True, align="centre")
    if kind in ("wanted", "scanned"):
        side = min(box.height() * 0.44, float(look.px(36)))
        disc = QRectF(
            box.left() - side * 0.28 if left else box.right() - side * 0.72, box.top() - side * 0.3, side, side
        )
        card(painter, disc, QColor(colour), _PAPER, side / 2, 2)
        inset = side * 0.26 if kind == "wanted" else 2.0
        sign(painter, disc.adjusted(inset, inset, -inset, -inset), "ok" if kind == "wanted" else "error", _PAPER)


def _arrow(painter: QPainter, start: QPointF, end: QPointF, colour: QColor, thick: float) -> None:
    painter.setPen(QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(start, end)
    way = 1 if end.x() >= start.x() else -1
    tip = thick * 3
    painter.drawPolyline(
        [QPointF(end.x() - way * tip, end.y() - tip), end, QPointF(end.x() - way * tip, end.y() + tip)]
    )


def draw_neighbours(painter: QPainter, look: Look, box: QRectF, wanted: str, scanned: str, after: bool) -> None:
    """Draw a fanned stack: the wanted label and, one place after or before it, the one that was scanned."""
    high, wide = box.height() * 0.8, min(box.width() / 4.6, box.height() * 1.7)
    step = wide * 1.12
    places = (("", ""), (wanted, "wanted"), (scanned, "scanned"), ("", ""))
    if not after:
        places = (("", ""), (scanned, "scanned"), (wanted, "wanted"), ("", ""))
    left = box.center().x() - (step * 3 + wide) / 2
    top = box.bottom() - high
    middles = {}
    for number, (words, kind) in enumerate(places):
        at = QRectF(left + number * step, top, wide, high)
        _sheet(painter, look, at, words, kind, left=number == 1)
        middles[kind] = at.center().x()
    high_up = top - box.height() * 0.08
    # From what was scanned back to the wanted one: which way to look in the stack.
    start, end = QPointF(middles["scanned"], high_up), QPointF(middles["wanted"], high_up)
    way = 1 if end.x() > start.x() else -1
    _arrow(painter, start + QPointF(way * wide * 0.1, 0), end - QPointF(way * wide * 0.25, 0), _PAPER, look.px(4))


def draw_shifted(
    painter: QPainter, look: Look, box: QRectF, wanted: str, scanned: str, after: bool, words: tuple[str, str]
) -> None:
    """Draw two rows, slips above labels, each slip tied to the label beside its own: the whole stack is off by one.

    :param words: what stands beside the rows: slips, labels.
    """
    aside = min(box.width() * 0.2, float(look.px(120)))
    row = box.height() * 0.38
    area = QRectF(box.left() + aside, box.top(), box.width() - aside, box.height())
    said = ("", wanted, scanned, "") if after else ("", scanned, wanted, "")
    step = area.width() / len(said)
    wide = min(step * 0.8, row * 2.8)
    for top, title in ((area.top(), words[0]), (area.bottom() - row, words[1])):
        at = QRectF(box.left(), top, aside - look.px(10), row)
        draw_fitted(painter, at, title, _PAPER, look.px(20), look.px(11), most=1, bold=True)
    middles = [area.left() + (number + 0.5) * step for number in range(len(said))]
    way = 1 if after else -1
    painter.setPen(QPen(_PAPER, look.px(5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for number, middle in enumerate(middles):
        if 0 <= number + way < len(said):
            end = QPointF(middles[number + way], area.bottom() - row)
            painter.drawLine(QPointF(middle, area.top() + row), end)
    for middle, text in zip(middles, said, strict=True):
        slip = QRectF(middle - wide / 2, area.top(), wide, row)
        _sheet(painter, look, slip, text, "wanted" if text == wanted else "", bars=False)
        label = QRectF(middle - wide / 2, area.bottom() - row, wide, row)
        _sheet(painter, look, label, text, "scanned" if text == scanned else "", bars=False)


def draw_code(painter: QPainter, look: Look, box: QRectF, code: str, strong: int = 6, size: float = 27.0) -> None:
    """Draw a code on one line, its last *strong* characters bold: by them goods are told apart; 0 draws it all bold.

    :param size: of the letters where there is room, in pixels of the base window.
    """
    cut = len(code) - strong if strong and len(code) > 8 else 0
    while QFontMetricsF(look.font(size, True, True)).horizontalAdvance(code + "  ") > box.width() and size > 12:
        size -= 1
    plain, bold = look.font(size, False, True), look.font(size, True, True)
    left = box.left()
    for text, font, ink in ((code[:cut], plain, "soft"), (code[cut:], bold, "ink")):
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, box.top(), box.width(), box.height()), flags, text)
        left += QFontMetricsF(font).horizontalAdvance(text) + (look.px(8) if text else 0)
