"""Drawn shapes: rounded cards, coloured labels, signs of the four kinds, pictures of goods, icons of the rail."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QImageReader,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPixmapCache,
)

from app.ui.lettering import advance, draw_fitted
from app.ui.look import Look

__all__ = [
    "card",
    "draw_picture",
    "icon",
    "pictured",
    "pill",
    "pill_width",
    "pips",
    "read_picture",
    "side_of",
    "sign",
]


def card(painter: QPainter, box: QRectF, ground: QColor, edge: QColor, radius: float, thick: float = 1.0) -> None:
    """Draw a rounded card with its edge inside the box."""
    inset = thick / 2
    painter.setPen(QPen(edge, thick) if thick else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def pill_width(look: Look, text: str, size: float = 15) -> float:
    """Return how wide a coloured label is."""
    return advance(text, look.font(size, True)) + look.px(size * 1.7)


def pill(painter: QPainter, look: Look, left: float, middle: float, text: str, kind: str, size: float = 15) -> float:
    """Draw a coloured label and return its right edge."""
    ink, ground, _ = look.palette.kind(kind)
    wide, high = pill_width(look, text, size), float(look.px(size * 1.75))
    box = QRectF(left, middle - high / 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, high / 2, high / 2)
    inner = box.adjusted(high * 0.2, 0, -high * 0.2, 0)
    draw_fitted(painter, inner, text, QColor(ink), look.px(size), look.px(11), most=1, bold=True, align="centre")
    return box.right()


def pips(painter: QPainter, look: Look, right: float, top: float, done: int, wanted: int, room: float) -> None:
    """Draw one small bar per piece, or one long bar where there are many; right-aligned."""
    high, gap = float(look.px(8)), float(look.px(4))
    painter.setPen(Qt.PenStyle.NoPen)
    each = float(look.px(24))
    if wanted * (each + gap) > room or wanted < 1:
        whole = min(room, float(look.px(130)))
        left = right - whole
        painter.setBrush(look.colour("blank"))
        painter.drawRoundedRect(QRectF(left, top, whole, high), high / 2, high / 2)
        if done and wanted:
            painter.setBrush(look.colour("ok"))
            painter.drawRoundedRect(QRectF(left, top, max(high, whole * done / wanted), high), high / 2, high / 2)
        return
    left = right - wanted * each - (wanted - 1) * gap
    for number in range(wanted):
        painter.setBrush(look.colour("ok" if number < done else "blank"))
        painter.drawRoundedRect(QRectF(left + number * (each + gap), top, each, high), high * 0.35, high * 0.35)


def sign(painter: QPainter, box: QRectF, kind: str, colour: QColor) -> None:
    """Draw the sign of a signal (:mod:`app.services.signals`) or of a kind of colour; no two are the same shape.

    ✓ ok, ✓ in a box closed, × in a circle wrong and error, a bar in a circle enough, struck bars unreadable, a sheet
    with × paper, a shield with ! guard, an octagon with ! refused, ? in a lozenge question and warning, two bars pause,
    else i in a square.
    """
    side = min(box.width(), box.height())
    thick = side * 0.1
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    _SIGNS.get(kind, _draw_info)(painter, _Grid(box.center(), side / 2 - thick / 2))


class _Grid:
    """Places in a sign: -1 to 1 from edge to edge."""

    def __init__(self, centre: QPointF, half: float) -> None:
        self.centre, self.half = centre, half

    def __call__(self, x: float, y: float) -> QPointF:
        return QPointF(self.centre.x() + x * self.half, self.centre.y() + y * self.half)

    def line(self, *points: tuple[float, float]) -> list[QPointF]:
        return [self(x, y) for x, y in points]


def _draw_ok(painter: QPainter, at: _Grid) -> None:
    painter.drawPolyline(at.line((-0.8, 0.1), (-0.25, 0.65), (0.85, -0.65)))


def _draw_closed(painter: QPainter, at: _Grid) -> None:
    painter.drawPolygon(at.line((-1, -0.55), (1, -0.55), (1, 1), (-1, 1)))
    painter.drawLine(at(-1, -0.55), at(-0.6, -1))
    painter.drawLine(at(-0.6, -1), at(0.6, -1))
    painter.drawLine(at(0.6, -1), at(1, -0.55))
    painter.drawPolyline(at.line((-0.5, 0.25), (-0.12, 0.62), (0.55, -0.12)))


def _draw_cross(painter: QPainter, at: _Grid, wide: float) -> None:
    painter.drawLine(at(-wide, -wide), at(wide, wide))
    painter.drawLine(at(-wide, wide), at(wide, -wide))


def _draw_wrong(painter: QPainter, at: _Grid) -> None:
    painter.drawEllipse(at.centre, at.half, at.half)
    _draw_cross(painter, at, 0.36)


def _draw_enough(painter: QPainter, at: _Grid) -> None:
    painter.drawEllipse(at.centre, at.half, at.half)
    pen = painter.pen()
    pen.setWidthF(pen.widthF() * 2.2)
    painter.setPen(pen)
    painter.drawLine(at(-0.42, 0), at(0.42, 0))


def _draw_unreadable(painter: QPainter, at: _Grid) -> None:
    for x in (-0.9, -0.5, 0.0, 0.35, 0.9):
        painter.drawLine(at(x, -0.75), at(x, 0.75))
    painter.drawPolyline(at.line((-1, 0.3), (-0.35, -0.25), (0.3, 0.25), (1, -0.3)))


def _draw_paper(painter: QPainter, at: _Grid) -> None:
    painter.drawPolygon(at.line((-0.75, -1), (0.3, -1), (0.75, -0.55), (0.75, 1), (-0.75, 1)))
    _draw_cross(painter, _Grid(at(0, 0.2), at.half), 0.34)


def _draw_exclamation(painter: QPainter, at: _Grid, low: float) -> None:
    painter.drawLine(at(0, -0.45), at(0, low - 0.4))
    painter.drawPoint(at(0, low))


def _draw_guard(painter: QPainter, at: _Grid) -> None:
    path = QPainterPath(at(0, -1))
    path.quadTo(at(0.4, -0.65), at(0.85, -0.65))
    path.cubicTo(at(0.9, 0.2), at(0.6, 0.75), at(0, 1))
    path.cubicTo(at(-0.6, 0.75), at(-0.9, 0.2), at(-0.85, -0.65))
    path.quadTo(at(-0.4, -0.65), at(0, -1))
    painter.drawPath(path)
    _draw_exclamation(painter, at, 0.45)


def _draw_refused(painter: QPainter, at: _Grid) -> None:
    cut = 0.42
    corners = ((-cut, -1), (cut, -1), (1, -cut), (1, cut), (cut, 1), (-cut, 1), (-1, cut), (-1, -cut))
    painter.drawPolygon(at.line(*corners))
    _draw_exclamation(painter, at, 0.5)


def _draw_question(painter: QPainter, at: _Grid) -> None:
    painter.drawPolygon(at.line((0, -1), (1, 0), (0, 1), (-1, 0)))
    path = QPainterPath(at(-0.24, -0.22))
    path.cubicTo(at(-0.22, -0.56), at(0.3, -0.56), at(0.28, -0.2))
    path.cubicTo(at(0.27, 0.02), at(0, 0.0), at(0, 0.22))
    painter.drawPath(path)
    painter.drawPoint(at(0, 0.5))


def _draw_pause(painter: QPainter, at: _Grid) -> None:
    painter.drawLine(at(-0.35, -0.6), at(-0.35, 0.6))
    painter.drawLine(at(0.35, -0.6), at(0.35, 0.6))


def _draw_info(painter: QPainter, at: _Grid) -> None:
    painter.drawRoundedRect(QRectF(at(-0.92, -0.92), at(0.92, 0.92)), at.half * 0.3, at.half * 0.3)
    painter.drawPoint(at(0, -0.45))
    painter.drawLine(at(0, -0.08), at(0, 0.5))


_SIGNS = {
    "ok": _draw_ok,
    "closed": _draw_closed,
    "wrong": _draw_wrong,
    "error": _draw_wrong,
    "enough": _draw_enough,
    "unreadable": _draw_unreadable,
    "paper": _draw_paper,
    "guard": _draw_guard,
    "refused": _draw_refused,
    "question": _draw_question,
    "warning": _draw_question,
    "pause": _draw_pause,
}


def pictured(painter: QPainter, look: Look, box: QRectF, path: str, sku: str, radius: float) -> None:
    """Draw the picture of a product, or a calm shape with the first letters of its SKU."""
    wanted = QSizeF(box.width(), box.height()) * painter.device().devicePixelRatioF()
    draw_picture(painter, look, box, _picture(path, wanted) if path else None, sku, radius)


def draw_picture(painter: QPainter, look: Look, box: QRectF, found: QPixmap | None, sku: str, radius: float) -> None:
    """Draw a picture of a product that was read before; without one, a calm shape with the first letters of its SKU."""
    clip = QPainterPath()
    clip.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    if found is None:
        painter.fillRect(box, look.colour("blank"))
        high = box.height() * 0.4
        painter.restore()
        middle = QRectF(box.left() + box.width() * 0.08, box.center().y() - high / 2, box.width() * 0.84, high)
        draw_fitted(
            painter, middle, sku[:3], look.colour("ink"), int(high * 0.75), 8, most=1, bold=True, align="centre"
        )
        return
    painter.fillRect(box, QColor("#EEF2F4"))
    ratio = found.devicePixelRatioF()
    wide, high = found.width() / ratio, found.height() / ratio
    factor = min(box.width() / wide, box.height() / high)
    target = QRectF(0, 0, wide * factor, high * factor)
    target.moveCenter(box.center())
    painter.drawPixmap(target, found, QRectF(found.rect()))
    painter.restore()


def side_of(wanted: QSizeF) -> int:
    """Return the pixels of the longer side in which a picture is read that is shown in this size."""
    return max(32, 1 << (int(max(wanted.width(), wanted.height())) - 1).bit_length())


def read_picture(path: str, side: int) -> QImage:
    """Read a picture so that its longer side has about *side* pixels; a null one where it is broken or missing."""
    if not Path(path).is_file():
        return QImage()
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _picture(path: str, wanted: QSizeF) -> QPixmap | None:
    """Read a picture once at about the size it is shown in; a broken or missing one is None."""
    side = side_of(wanted)
    key = f"{path}@{side}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        image = read_picture(path, side)
        found = QPixmap(1, 1) if image.isNull() else QPixmap.fromImage(image)
        QPixmapCache.insert(key, found)
    return None if found.width() <= 1 else found


def icon(painter: QPainter, box: QRectF, name: str, colour: QColor) -> None:
    """Draw an icon of the rail, by the name of its screen."""
    side = min(box.width(), box.height())
    unit = side / 24
    left, top = box.center().x() - side / 2, box.center().y() - side / 2
    pen = QPen(colour, 2 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)

    def at(x: float, y: float) -> QPointF:
        return QPointF(left + x * unit, top + y * unit)

    if name == "orders":
        painter.drawRoundedRect(QRectF(at(4.5, 3), at(19.5, 21)), 2.5 * unit, 2.5 * unit)
        for y in (8.5, 12.5, 16.5):
            painter.drawLine(at(8.5, y), at(15.5 if y < 16 else 12.5, y))
    elif name == "intake":
        painter.drawPolyline([at(4, 13), at(4, 20.5), at(20, 20.5), at(20, 13)])
        painter.drawLine(at(12, 3), at(12, 15))
        painter.drawPolyline([at(7, 10.5), at(12, 15.5), at(17, 10.5)])
    elif name == "attention":
        painter.drawPolygon([at(12, 3.2), at(21.5, 20), at(2.5, 20)])
        painter.drawLine(at(12, 9.5), at(12, 14))
        painter.drawPoint(at(12, 17))
    elif name == "release":
        painter.drawLine(at(3.5, 12), at(18.5, 12))
        painter.drawPolyline([at(13, 6), at(19.5, 12), at(13, 18)])
        painter.drawLine(at(21.2, 4.5), at(21.2, 19.5))
    elif name == "batches":
        for x, y in ((7.5, 3.5), (3.5, 7.5)):
            painter.drawRoundedRect(QRectF(at(x, y), at(x + 13, y + 13)), 2 * unit, 2 * unit)
        painter.drawLine(at(6.8, 12), at(13.2, 12))
        painter.drawLine(at(6.8, 16), at(11, 16))
    elif name == "ship":
        painter.drawRect(QRectF(at(2.5, 6), at(14, 16.5)))
        painter.drawPolyline([at(14, 9.5), at(18.5, 9.5), at(21.5, 13), at(21.5, 16.5), at(14, 16.5)])
        for x in (7, 17.3):
            painter.drawEllipse(at(x, 17.6), 2.1 * unit, 2.1 * unit)
    elif name == "pick":
        painter.drawPolyline([at(2, 4), at(5, 4), at(7.6, 15.5), at(18.6, 15.5), at(21, 7.5), at(6, 7.5)])
        for x in (9.2, 17.2):
            painter.drawEllipse(at(x, 19.4), 1.7 * unit, 1.7 * unit)
    elif name == "sort":
        painter.drawRoundedRect(QRectF(at(3.5, 3.5), at(20.5, 20.5)), 2 * unit, 2 * unit)
        for share in (9.17, 14.83):
            painter.drawLine(at(share, 3.5), at(share, 20.5))
            painter.drawLine(at(3.5, share), at(20.5, share))
    elif name == "inserts":
        painter.drawRoundedRect(QRectF(at(5.5, 3), at(18.5, 21)), 1.6 * unit, 1.6 * unit)
        for y in (8.0, 12.0, 16.0):
            painter.drawLine(at(8.6, y), at(15.4, y))
    elif name == "map":
        painter.drawRoundedRect(QRectF(at(3, 3.5), at(21, 20.5)), 2 * unit, 2 * unit)
        for x in (7.5, 16.5):
            painter.drawLine(at(x, 8), at(x, 16))
        painter.drawPolyline([at(12, 20), at(12, 8), at(12, 12)])
    elif name == "rates":
        painter.drawEllipse(at(12, 12), 9 * unit, 9 * unit)
        painter.drawPolyline([at(8.2, 7), at(12, 12), at(15.8, 7)])
        painter.drawLine(at(12, 12), at(12, 17.5))
        for y in (12.6, 15.2):
            painter.drawLine(at(8.8, y), at(15.2, y))
    elif name == "masters":
        for y in (3.5, 13.5):
            for x in (3.5, 13.5):
                painter.drawRoundedRect(QRectF(at(x, y), at(x + 7, y + 7)), 1.6 * unit, 1.6 * unit)
    elif name == "printing":
        painter.drawPolyline([at(7, 9), at(7, 3), at(17, 3), at(17, 9)])
        painter.drawPolyline([at(7, 17), at(3, 17), at(3, 9), at(21, 9), at(21, 17), at(17, 17)])
        painter.drawRect(QRectF(at(7, 14), at(17, 21)))
    elif name == "mail":
        painter.drawRoundedRect(QRectF(at(2.5, 5), at(21.5, 19)), 2 * unit, 2 * unit)
        painter.drawPolyline([at(3.5, 6.5), at(12, 13.5), at(20.5, 6.5)])
    elif name == "products":
        painter.drawPolygon([at(3, 11.5), at(11.5, 3), at(20.5, 3.5), at(21, 12.5), at(12.5, 21)])
        painter.drawEllipse(at(16.6, 7.4), 1.6 * unit, 1.6 * unit)
    elif name == "cartons":
        painter.drawRect(QRectF(at(4.5, 11.5), at(19.5, 20.5)))
        painter.drawPolyline([at(4.5, 11.5), at(1.8, 6.5), at(9.5, 3.8), at(12, 11.5)])
        painter.drawPolyline([at(19.5, 11.5), at(22.2, 6.5), at(14.5, 3.8), at(12, 11.5)])
    elif name == "waves":
        for y in (6.5, 12.0, 17.5):
            path = QPainterPath(at(3, y))
            path.cubicTo(at(6, y - 4), at(9, y - 4), at(12, y))
            path.cubicTo(at(15, y + 4), at(18, y + 4), at(21, y))
            painter.drawPath(path)
    elif name == "returns":
        painter.drawRoundedRect(QRectF(at(9, 10), at(21, 21)), 2 * unit, 2 * unit)
        painter.drawLine(at(9, 14), at(21, 14))
        painter.drawPolyline([at(6.5, 2.5), at(2.5, 6), at(6.5, 9.5)])
        path = QPainterPath(at(2.8, 6))
        path.lineTo(at(12, 6))
        path.cubicTo(at(14, 6), at(15, 7), at(15, 8.5))
        painter.drawPath(path)
    elif name == "pack":
        painter.drawPolygon([at(12, 2.8), at(20.5, 7.2), at(20.5, 16.8), at(12, 21.2), at(3.5, 16.8), at(3.5, 7.2)])
        painter.drawPolyline([at(3.5, 7.2), at(12, 11.8), at(20.5, 7.2)])
        painter.drawLine(at(12, 11.8), at(12, 21))
        painter.drawLine(at(7.8, 5), at(16.2, 9.5))
    else:
        for y, x in ((6.0, 15.0), (12.0, 8.5), (18.0, 14.0)):
            painter.drawLine(at(3.5, y), at(20.5, y))
            painter.setBrush(QBrush(colour))
            painter.drawEllipse(at(x, y), 2.1 * unit, 2.1 * unit)
            painter.setBrush(Qt.BrushStyle.NoBrush)
