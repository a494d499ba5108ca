"""Drawn inserts, boxes and scales, so that what goes in last, and where, is known by its shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.shapes import card

__all__ = ["BOX_THINGS", "draw_carton", "draw_scale"]

Drawing = Callable[[QPainter, Look, QRectF, str], QRectF]

_PAPER, _INK, _GREY = QColor("#FFFFFF"), QColor("#14212B"), QColor("#C4CFD6")
_RED, _GOLD, _ICE, _ICE_INK = QColor("#B3261E"), QColor("#B8903C"), QColor("#CFE6F7"), QColor("#185495")
_CARTON, _CARTON_SIDE, _CARTON_IN, _CARTON_EDGE = (
    QColor(name) for name in ("#D9B27C", "#C49A60", "#8F6B3A", "#6B4C22")
)
_STEEL, _STEEL_EDGE, _SHOWN = QColor("#E3E9ED"), QColor("#5B6B76"), QColor("#10241C")


def _sheet(box: QRectF, share: float) -> QRectF:
    """Return the largest sheet of this share of width to height in a box."""
    high = min(box.height(), box.width() / share)
    wide = high * share
    return QRectF(box.center().x() - wide / 2, box.center().y() - high / 2, wide, high)


def _bars(painter: QPainter, box: QRectF, shares: tuple[float, ...], thick: float) -> None:
    """Draw lines of writing, each so long."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GREY)
    step = box.height() / len(shares)
    for row, share in enumerate(shares):
        painter.drawRoundedRect(QRectF(box.left(), box.top() + row * step, box.width() * share, thick), 2, 2)


def _insert(painter: QPainter, look: Look, box: QRectF, _words: str) -> QRectF:
    """A folded leaflet with a picture on it."""
    at = _sheet(box, 0.78)
    unit = at.height()
    card(painter, at, _PAPER, look.colour("brand"), unit * 0.04, max(2.0, unit * 0.018))
    picture = QRectF(at.left() + unit * 0.09, at.top() + unit * 0.09, unit * 0.6, unit * 0.38)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#CFE0EE"))
    painter.drawRoundedRect(picture, unit * 0.03, unit * 0.03)
    painter.setBrush(QColor("#6F93B3"))
    hill = [(0.0, 1.0), (0.32, 0.42), (0.52, 0.72), (0.72, 0.5), (1.0, 1.0)]
    points = [QPointF(picture.left() + picture.width() * x, picture.top() + picture.height() * y) for x, y in hill]
    painter.drawPolygon(QPolygonF(points))
    painter.setBrush(QColor("#F2C14E"))
    painter.drawEllipse(QPointF(picture.right() - unit * 0.11, picture.top() + unit * 0.1), unit * 0.055, unit * 0.055)
    _bars(
        painter, QRectF(picture.left(), at.top() + unit * 0.55, unit * 0.6, unit * 0.38), (1.0, 1.0, 0.6), unit * 0.055
    )
    return at


def _noshi(painter: QPainter, look: Look, box: QRectF, _words: str) -> QRectF:
    """A noshi paper: its cords with their bow, the noshi at its corner, the title above."""
    at = _sheet(box, 0.86)
    unit = at.height()
    card(painter, at, _PAPER, look.colour("brand"), unit * 0.03, max(2.0, unit * 0.018))
    middle = QPointF(at.center().x(), at.top() + unit * 0.56)
    for number in range(5):
        painter.setPen(QPen(_RED if number < 3 else _GOLD, unit * 0.014))
        y = middle.y() + (number - 2) * unit * 0.021
        painter.drawLine(QPointF(at.left() + unit * 0.03, y), QPointF(at.right() - unit * 0.03, y))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_RED, unit * 0.026, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for way in (-1, 1):
        loop = QPainterPath(middle)
        loop.cubicTo(
            QPointF(middle.x() + way * unit * 0.3, middle.y() - unit * 0.22),
            QPointF(middle.x() + way * unit * 0.34, middle.y() + unit * 0.16),
            middle,
        )
        painter.drawPath(loop)
        painter.drawLine(middle, QPointF(middle.x() + way * unit * 0.17, middle.y() + unit * 0.24))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_RED)
    painter.drawEllipse(middle, unit * 0.035, unit * 0.035)
    corner = QPointF(at.right() - unit * 0.14, at.top() + unit * 0.15)
    star = [(0, -0.09), (0.07, -0.02), (0.04, 0.1), (-0.04, 0.1), (-0.07, -0.02)]
    painter.drawPolygon(QPolygonF([QPointF(corner.x() + unit * x, corner.y() + unit * y) for x, y in star]))
    painter.setBrush(_GOLD)
    painter.drawRect(QRectF(corner.x() - unit * 0.012, corner.y() - unit * 0.06, unit * 0.024, unit * 0.15))
    painter.setBrush(_INK)
    for top, high in ((0.12, 0.22), (0.72, 0.18)):
        painter.drawRoundedRect(
            QRectF(at.center().x() - unit * 0.03, at.top() + unit * top, unit * 0.06, unit * high), 3, 3
        )
    return at


def _card(painter: QPainter, look: Look, box: QRectF, _words: str) -> QRectF:
    """A message card with a heart."""
    at = _sheet(box, 1.4)
    unit = at.height()
    card(painter, at, QColor("#FFF8F2"), look.colour("brand"), unit * 0.06, max(2.0, unit * 0.025))
    heart = QPainterPath(QPointF(at.left() + unit * 0.36, at.top() + unit * 0.72))
    x, y = at.left() + unit * 0.36, at.top() + unit * 0.36
    heart.cubicTo(QPointF(x - unit * 0.4, y + unit * 0.06), QPointF(x - unit * 0.2, y - unit * 0.26), QPointF(x, y))
    heart.cubicTo(
        QPointF(x + unit * 0.2, y - unit * 0.26),
        QPointF(x + unit * 0.4, y + unit * 0.06),
        QPointF(x, at.top() + unit * 0.72),
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#C2477F"))
    painter.drawPath(heart)
    _bars(
        painter,
        QRectF(at.left() + unit * 0.74, at.top() + unit * 0.26, unit * 0.54, unit * 0.6),
        (1.0, 1.0, 0.55),
        unit * 0.07,
    )
    return at


def _cold(painter: QPainter, _look: Look, box: QRectF, _words: str) -> QRectF:
    """A cold pack with a flake of snow."""
    at = _sheet(box, 1.25)
    unit = at.height()
    card(painter, at, _ICE, _ICE_INK, unit * 0.16, max(2.0, unit * 0.03))
    painter.setPen(QPen(_ICE_INK, unit * 0.045, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.save()
    painter.translate(at.center())
    for _ in range(6):
        painter.drawLine(QPointF(0, 0), QPointF(0, -unit * 0.32))
        for way in (-1, 1):
            painter.drawLine(QPointF(0, -unit * 0.19), QPointF(way * unit * 0.09, -unit * 0.28))
        painter.rotate(60)
    painter.restore()
    return at


def _wrap(painter: QPainter, _look: Look, box: QRectF, _words: str) -> QRectF:
    """A present: wrapped, with a ribbon."""
    at = _sheet(box, 1.0)
    unit = at.height()
    body = QRectF(at.left() + unit * 0.06, at.top() + unit * 0.3, unit * 0.88, unit * 0.68)
    card(painter, body, QColor("#F3E3EF"), QColor("#7A2E6B"), unit * 0.04, max(2.0, unit * 0.025))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#7A2E6B"))
    painter.drawRect(QRectF(at.center().x() - unit * 0.06, body.top(), unit * 0.12, body.height()))
    painter.drawRect(QRectF(body.left(), body.center().y() - unit * 0.06, body.width(), unit * 0.12))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#7A2E6B"), unit * 0.05, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    knot = QPointF(at.center().x(), body.top())
    for way in (-1, 1):
        loop = QPainterPath(knot)
        loop.cubicTo(
            QPointF(knot.x() + way * unit * 0.42, knot.y() - unit * 0.08),
            QPointF(knot.x() + way * unit * 0.22, knot.y() - unit * 0.42),
            knot,
        )
        painter.drawPath(loop)
    return at


def draw_carton(painter: QPainter, box: QRectF, words: str = "", size: float = 0.34) -> QRectF:
    """Draw an open carton from the front with words on it; return its box.

    :param size: of the words, as a share of its height.
    """
    at = _sheet(box, 1.15)
    wide, high = at.width(), at.height()
    body = QRectF(at.left() + wide * 0.08, at.top() + high * 0.3, wide * 0.84, high * 0.68)

    def flap(*points: tuple[float, float]) -> QPolygonF:
        return QPolygonF([QPointF(at.left() + wide * x, at.top() + high * y) for x, y in points])

    pen = QPen(_CARTON_EDGE, max(1.5, high * 0.02), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(_CARTON_IN)
    painter.drawPolygon(flap((0.08, 0.3), (0.2, 0.16), (0.8, 0.16), (0.92, 0.3)))
    painter.setBrush(_CARTON_SIDE)
    painter.drawPolygon(flap((0.08, 0.3), (0.2, 0.16), (0.08, 0.05), (0.0, 0.18)))
    painter.drawPolygon(flap((0.92, 0.3), (0.8, 0.16), (0.92, 0.05), (1.0, 0.18)))
    painter.setBrush(_CARTON)
    painter.drawRect(body)
    if words:
        inner = body.adjusted(wide * 0.04, high * 0.04, -wide * 0.04, -high * 0.04)
        draw_fitted(painter, inner, words, _INK, int(high * size), 7, most=1, bold=True, align="centre")
    return at


def _box(painter: QPainter, _look: Look, box: QRectF, words: str) -> QRectF:
    return draw_carton(painter, box, words)


def draw_scale(painter: QPainter, box: QRectF, shown: str = "", boxed: str | None = "") -> QRectF:
    """Draw a bench scale; return its box.

    :param shown: what its display says.
    :param boxed: what stands on the box that lies on it; None for an empty scale.
    """
    at = _sheet(box, 0.92)
    wide, high = at.width(), at.height()
    plate = QRectF(at.left() + wide * 0.06, at.top() + high * 0.6, wide * 0.88, high * 0.06)
    foot = QRectF(at.left() + wide * 0.14, plate.bottom(), wide * 0.72, high * 0.3)
    if boxed is not None:
        draw_carton(painter, QRectF(at.left() + wide * 0.16, at.top(), wide * 0.68, high * 0.605), boxed)
    thick = max(2.0, high * 0.012)
    card(painter, foot, _STEEL, _STEEL_EDGE, high * 0.04, thick)
    card(painter, plate, _STEEL, _STEEL_EDGE, high * 0.02, thick)
    display = foot.adjusted(wide * 0.07, high * 0.06, -wide * 0.07, -high * 0.06)
    card(painter, display, _SHOWN, _STEEL_EDGE, high * 0.02, thick)
    words = QRectF(display.left() + wide * 0.03, display.top(), display.width() - wide * 0.06, display.height())
    colour = QColor("#B9F5D0")
    draw_fitted(
        painter, words, shown or "– – –", colour, int(display.height() * 0.74), 7,
        most=1, bold=True, fixed=True, align="right",
    )  # fmt: skip
    return at


def _scale(painter: QPainter, _look: Look, box: QRectF, words: str) -> QRectF:
    return draw_scale(painter, box, words)


def _no_scale(painter: QPainter, _look: Look, box: QRectF, words: str) -> QRectF:
    return draw_scale(painter, box, words, None)


def _sealed(painter: QPainter, _look: Look, box: QRectF, words: str) -> QRectF:
    """A carton that is shut, its tape in the middle."""
    at = _sheet(box, 1.15)
    wide, high = at.width(), at.height()
    body = QRectF(at.left() + wide * 0.06, at.top() + high * 0.14, wide * 0.88, high * 0.8)
    card(painter, body, _CARTON, _CARTON_EDGE, high * 0.02, max(2.0, high * 0.02))
    tape = QRectF(body.center().x() - wide * 0.07, body.top(), wide * 0.14, high * 0.34)
    card(painter, tape, QColor("#EFE3C8"), _CARTON_EDGE, 0, 1)
    under = QRectF(body.left(), tape.bottom(), body.width(), body.bottom() - tape.bottom())
    draw_fitted(painter, under, words, _INK, int(high * 0.28), 7, most=1, bold=True, align="centre")
    return at


BOX_THINGS: Mapping[str, Drawing] = {
    "insert": _insert,
    "noshi": _noshi,
    "card": _card,
    "cold": _cold,
    "wrap": _wrap,
    "box": _box,
    "sealed": _sealed,
    "scale": _scale,
    "no_scale": _no_scale,
}
"""Drawn things by their names."""
