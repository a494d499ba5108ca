"""What is drawn on and beside pieces in a carton: faces to write on, arrows, lines of measure, signs of care."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import atan2, cos, degrees, hypot, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from app.ui.carton_scene import Face, Scene

__all__ = ["Room", "arrow_shape", "draw_glass", "draw_measure", "draw_up", "hatch", "inset"]


class Room:
    """A face of a piece as paper to draw on: upright, in pixels along its edges."""

    def __init__(self, scene: Scene, face: Face, skin: float) -> None:
        core = inset(scene, face, skin)
        start, right, down = core[0], core[1] - core[0], core[3] - core[0]
        self.wide, self.high = max(1e-6, hypot(right.x(), right.y())), max(1e-6, hypot(down.x(), down.y()))
        self._lean = QTransform(
            right.x() / self.wide, right.y() / self.wide, down.x() / self.high, down.y() / self.high,
            start.x(), start.y(),
        )  # fmt: skip
        slant = abs(right.x() * down.y() - right.y() * down.x()) / (self.wide * self.high)
        self.worth = min(self.wide * 0.7, self.high) * slant
        """How well something can be shown on it."""

    @property
    def box(self) -> QRectF:
        """The whole face."""
        return QRectF(0, 0, self.wide, self.high)

    def seen(self, box: QRectF) -> QPolygonF:
        """Return where a part of the face lies on the screen."""
        return self._lean.map(QPolygonF([box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]))

    @contextmanager
    def on(self, painter: QPainter) -> Iterator[None]:
        """Draw on the face as if it were upright."""
        painter.save()
        painter.setTransform(self._lean, True)
        yield
        painter.restore()


def inset(scene: Scene, face: Face, skin: float) -> list[QPointF]:
    """Return a face without the skin along its edges; a thin piece keeps some of itself."""
    whole = scene.face(face)
    start, right, down = whole[0], whole[1] - whole[0], whole[3] - whole[0]
    sides = [max(1e-6, *(abs(a - b) for a, b in zip(face[0], end, strict=True))) for end in face[1:]]
    across, along = (min(0.36, skin / side) for side in sides)
    corner = start + right * across + down * along
    wide, high = right * (1 - 2 * across), down * (1 - 2 * along)
    return [corner, corner + wide, corner + wide + high, corner + high]


def hatch(painter: QPainter, shape: Sequence[QPointF], pen: QPen, step: float) -> None:
    """Fill the box round a shape with slanted lines; the caller clips them."""
    box = QPolygonF(shape).boundingRect()
    painter.setPen(pen)
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += step


def draw_measure(painter: QPainter, start: QPointF, end: QPointF, ink: QColor) -> None:
    """Draw a line of measure with a tick at each end."""
    painter.setPen(QPen(ink, 1.2))
    painter.drawLine(start, end)
    lean = atan2(end.y() - start.y(), end.x() - start.x())
    tick = QPointF(-sin(lean), cos(lean)) * 3.5
    for spot in (start, end):
        painter.drawLine(spot - tick, spot + tick)


def arrow_shape(start: QPointF, tip: QPointF, thick: float) -> QPolygonF:
    """Return the outline of a broad arrow."""
    way = tip - start
    long = max(1e-6, hypot(way.x(), way.y()))
    head = min(thick * 1.6, long * 0.6)
    shape = [(0.0, -thick / 2), (long - head, -thick / 2), (long - head, -thick * 1.25), (long, 0.0)]
    shape += [(x, -y) for x, y in reversed(shape[:-1])]
    turned = QTransform()
    turned.translate(start.x(), start.y())
    turned.rotate(degrees(atan2(way.y(), way.x())))
    return turned.map(QPolygonF([QPointF(x, y) for x, y in shape]))


# --- signs of care (ISO 780) --------------------------------------------------------------------------------------


def draw_glass(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """Draw the wine glass of fragile goods, a crack in it."""
    side = min(box.width(), box.height())

    def at(x: float, y: float) -> QPointF:
        return QPointF(box.center().x() + (x - 0.5) * side, box.center().y() + (y - 0.5) * side)

    bowl = QPainterPath(at(0.24, 0.04))
    bowl.cubicTo(at(0.2, 0.42), at(0.32, 0.58), at(0.46, 0.6))
    bowl.lineTo(at(0.46, 0.86))
    bowl.lineTo(at(0.28, 0.96))
    bowl.lineTo(at(0.72, 0.96))
    bowl.lineTo(at(0.54, 0.86))
    bowl.lineTo(at(0.54, 0.6))
    bowl.cubicTo(at(0.68, 0.58), at(0.8, 0.42), at(0.76, 0.04))
    bowl.lineTo(at(0.58, 0.04))
    for x, y in ((0.5, 0.16), (0.6, 0.24), (0.48, 0.38), (0.44, 0.26), (0.36, 0.18), (0.42, 0.04)):
        bowl.lineTo(at(x, y))
    bowl.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPath(bowl)


def draw_up(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """Draw the two arrows of what has to stay upright, on their line."""
    side = min(box.width(), box.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    left, top = box.center().x() - side / 2, box.center().y() - side / 2
    for middle in (0.3, 0.7):
        shape = ((0, 0.06), (0.17, 0.34), (0.07, 0.34), (0.07, 0.8), (-0.07, 0.8), (-0.07, 0.34), (-0.17, 0.34))
        painter.drawPolygon(QPolygonF([QPointF(left + (middle + x) * side, top + y * side) for x, y in shape]))
    painter.drawRect(QRectF(left + 0.1 * side, top + 0.87 * side, 0.8 * side, 0.09 * side))
