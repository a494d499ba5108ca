"""A parcel as a picture in steps: the open carton, what lies in it, and where the piece in hand goes.

Every piece lies where its coordinates say (:mod:`app.ui.carton_scene`). What is to come is not drawn: the picture is
what the packer sees who looks into the carton.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.domain.cartons import CartonKind, Orientation, Parcel, Placement, Size
from app.ui.carton_marks import Room, arrow_shape, draw_glass, draw_measure, draw_up, hatch, inset
from app.ui.carton_scene import Box, Scene, Spot, back_to_front, corners, faces, hiders, outline
from app.ui.lettering import advance, draw_fitted, fitted
from app.ui.look import Look, make_font
from app.ui.painted import Painted
from app.ui.shapes import pictured

__all__ = ["CartonView", "Goods", "Tones", "draw_faces", "paint_boxes", "size_words", "title_words"]

Tones = tuple[QColor, QColor, QColor, QColor]
"""Colours of a box: its face seen from above, from the front, from the right, and its edges."""


@dataclass(frozen=True, slots=True)
class Goods:
    """What is shown of a product."""

    name: str
    picture: str = ""
    """Path of its picture; empty for none."""


Sign = Callable[[QPainter, QRectF, QColor], None]
"""Draws a sign of care."""


@dataclass(slots=True)
class _Label:
    """What a piece is known by, and where it stands."""

    face: int
    room: Room
    box: QRectF
    words: str
    """Empty for the picture."""
    largest: int


@dataclass(frozen=True, slots=True)
class _Paint:
    """Colours of one theme."""

    inner: tuple[str, str, str]
    """Inside of the carton: floor, far wall, left wall."""
    edge: str
    outer: str
    """Flaps and near walls."""
    put: tuple[str, str, str, str]
    """Pieces that are in."""
    put_ink: str
    plate: tuple[str, str, str]
    """Ground of a number on them, by the face."""
    now: tuple[str, str, str, str]
    """The piece in hand."""
    soft: str
    """Skin of a protected piece, laid over its colour."""
    sheet: str
    """Paper of an envelope."""


_PAINTS = {
    "light": _Paint(
        inner=("#E3CBA4", "#D8BB8D", "#CDAD7C"), edge="#8A6A3B", outer="#C89F63",
        put=("#E6EEF4", "#CBD8E2", "#B4C4D1", "#5D6F7D"), put_ink="#2B3A46",
        plate=("#E6EEF4", "#CBD8E2", "#B4C4D1"),
        now=("#1F6DB5", "#1A5A98", "#134A82", "#FFFFFF"), soft="#FFFFFF", sheet="#F7F3EA",
    ),
    "dark": _Paint(
        inner=("#6B573A", "#5C4A31", "#4F3F29"), edge="#C4A570", outer="#8A6E45",
        put=("#6F828F", "#5A6C79", "#4A5B67", "#C3D0D9"), put_ink="#FFFFFF",
        plate=("#4A5B67", "#44545F", "#3D4C57"),
        now=("#1F6DB5", "#1A5A98", "#164F8B", "#FFFFFF"), soft="#FFFFFF", sheet="#4C5A64",
    ),
}  # fmt: skip
_WHITE = QColor("#FFFFFF")
_PLACES = (
    (0.5, 0.5),
    (0.5, 0.25),
    (0.5, 0.75),
    (0.25, 0.5),
    (0.75, 0.5),
    (0.2, 0.25),
    (0.8, 0.25),
    (0.2, 0.75),
    (0.8, 0.75),
)
"""Where a number may stand on a face, shares of its width and height."""


def title_words(look: Look, code: str, kind: CartonKind) -> str:
    """Return what a carton is called on the screen."""
    return look.say("carton_view.envelope" if kind is CartonKind.ENVELOPE else "carton_view.carton", code=code)


def size_words(look: Look, inner_mm: Size, kind: CartonKind) -> str:
    """Return the inside of a carton in words; of a flat one, how thick it may become."""
    length, width, height = inner_mm
    key = "carton_view.size_flat" if kind.presses else "carton_view.size"
    return look.say(key, length=length, width=width, height=height)


def paint_boxes(
    painter: QPainter,
    scene: Scene,
    order: Sequence[tuple[int, Box]],
    boxes: Sequence[Box],
    draw_box: Callable[[QPainter, Scene, int], None],
) -> None:
    """Paint boxes over each other as they hide each other.

    :param order: of :func:`back_to_front` for *boxes*; some may be left out.
    :param draw_box: draws one box as a whole, by its number.
    """
    for number, part in order:
        if part == boxes[number]:
            draw_box(painter, scene, number)
            continue
        painter.save()
        seen = QPainterPath()
        seen.addPolygon(QPolygonF(scene.polygon(outline(part))))
        painter.setClipPath(seen, Qt.ClipOperation.IntersectClip)
        draw_box(painter, scene, number)
        painter.restore()


def draw_faces(painter: QPainter, scene: Scene, box: Box, tones: Tones, thick: float) -> None:
    """Draw the three faces of a box that are seen, each in its colour."""
    for face, tone in zip(faces(box), tones, strict=False):
        painter.setPen(QPen(tones[3], thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
                       if thick else QPen(tone, 0.6))  # fmt: skip
        painter.setBrush(tone)
        painter.drawPolygon(scene.face(face))


class CartonView(Painted):
    """The open carton with the pieces that are in, and the piece in hand at its place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.titled = True
        """Whether code and size stand above the picture."""
        self.ground = "paper"
        """Colour of what the view lies on."""
        self._parcel: Parcel | None = None
        self._code, self._kind, self._inner = "", CartonKind.BOX, (1, 1, 1)
        self._put: frozenset[str] = frozenset()
        self._now: str | None = None
        self._goods: Mapping[str, Goods] = {}
        self._boxes: tuple[Box, ...] = ()
        self._order: list[tuple[int, Box]] = []
        self._hiders: list[list[int]] = []
        self._labels: dict[int, _Label] = {}
        self._signs: dict[int, list[tuple[Room, QRectF, Sign]]] = {}

    def show_parcel(
        self, parcel: Parcel, placed: Sequence[str] | int, now: str | None, goods: Mapping[str, Goods] | None = None
    ) -> None:
        """Show a parcel at one step.

        :param placed: keys of the pieces that are in, or how many are, in the order of the parcel.
        :param now: key of the piece that goes in now; None for none.
        :param goods: what is shown of each product; one that is missing is named as in the parcel.
        """
        if parcel != self._parcel:
            self._parcel = parcel
            self._boxes = tuple((*one.at, *one.end) for one in parcel.placements)
            self._order, self._hiders = back_to_front(self._boxes), hiders(self._boxes)
        if isinstance(placed, int):
            placed = [one.item.key for one in parcel.placements[:placed]]
        self._put, self._now, self._goods = frozenset(placed), now, goods or {}
        carton = parcel.carton
        self._show(carton.code, carton.kind, carton.inner_mm)

    def show_empty(self, code: str, kind: CartonKind, inner_mm: Size) -> None:
        """Show a carton that no plan is there for."""
        self._parcel, self._boxes, self._order, self._hiders, self._now = None, (), [], [], None
        self._show(code, kind, inner_mm)

    def _show(self, code: str, kind: CartonKind, inner_mm: Size) -> None:
        self._code, self._kind, self._inner = code, kind, inner_mm
        words = [title_words(self.look, code, kind), size_words(self.look, inner_mm, kind)]
        coming = self._coming()
        if coming is not None:
            words.append(f"{coming + 1} {self._goods_of(coming).name}")
        self.tell(" ".join(words))
        self.paint_if_new(self._parcel, code, kind, inner_mm, self._put, self._now, tuple(self._goods.items()),
                          self.titled)  # fmt: skip

    # --- what there is ---

    @property
    def _placements(self) -> tuple[Placement, ...]:
        return self._parcel.placements if self._parcel is not None else ()

    def _coming(self) -> int | None:
        """Return the number of the piece in hand."""
        return next((at for at, one in enumerate(self._placements) if one.item.key == self._now), None)

    def _goods_of(self, number: int) -> Goods:
        product = self._placements[number].item.product
        return self._goods.get(product) or Goods(product)

    @property
    def _paint(self) -> _Paint:
        return _PAINTS.get(self.look.theme, _PAINTS["light"])

    # --- drawing ---

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        if not self._code:
            return
        if self.titled:
            high = min(max(box.height() * 0.15, float(self.look.px(26))), float(self.look.px(76)))
            self._draw_title(painter, QRectF(box.left(), box.top(), box.width(), high))
            box = box.adjusted(0, high, 0, 0)
        label = self._label_size(box)
        inner = box.adjusted(label * 2.5, label * 0.4, -label * 0.8, -label * 1.9)  # room for the sides in mm
        if inner.width() < 20 or inner.height() < 20:
            return
        scene = Scene(self._spots(), inner)
        parts = self._envelope if self._kind is CartonKind.ENVELOPE else self._carton
        parts(painter, scene, front=False)
        coming = self._coming()
        drawn = {at for at, one in enumerate(self._placements) if one.item.key in self._put or at == coming}
        order = [(at, part) for at, part in self._order if at in drawn]
        arrow = self._lay_out(scene, drawn, coming)
        paint_boxes(painter, scene, order, self._boxes, self._draw_piece)
        parts(painter, scene, front=True)
        self._draw_sizes(painter, scene, label)
        if coming is not None:
            self._draw_hidden(painter, scene, coming, drawn)
        for number in drawn:
            self._draw_label(painter, number)
        if coming is not None and arrow is not None:
            self._draw_arrow(painter, *arrow, coming + 1)

    def _label_size(self, box: QRectF) -> float:
        return min(float(self.look.px(19)), max(10.0, min(box.width(), box.height()) * 0.055))

    def _draw_title(self, painter: QPainter, box: QRectF) -> None:
        look = self.look
        head = QRectF(box.left(), box.top(), box.width() * 0.56, box.height())
        title = title_words(look, self._code, self._kind)
        largest = int(box.height() * 0.78)
        setting = fitted(title, int(head.width()), int(head.height()), largest, look.px(14), 1, bold=True)
        taken = draw_fitted(painter, head, title, look.colour("brand"), largest, look.px(14), most=1, bold=True)
        wide = advance(title, make_font(setting.pixels, True))
        left = taken.left() + min(wide, head.width()) + box.height() * 0.3
        rest = QRectF(left, box.top(), box.right() - left, box.height())
        words = size_words(look, self._inner, self._kind)
        draw_fitted(painter, rest, words, look.colour("soft"), int(box.height() * 0.46), look.px(10), most=2)

    # --- where things are ---

    def _sheet(self) -> tuple[float, float, float, float]:
        """Return the edges of a flat envelope: it reaches beyond its pieces by half of its thickness on every side."""
        thick = max((one.end[2] for one in self._placements), default=0)
        return -thick / 2, -thick / 2, self._inner[0] - thick / 2, self._inner[1] - thick / 2

    def _reach(self) -> float:
        """Return the length of flaps and of the arrow, mm."""
        return 0.22 * (self._inner[0] + self._inner[1]) / 2

    def _spots(self) -> list[Spot]:
        """Return the points that have to be on the picture at every step, so that it never jumps."""
        length, width, height = self._inner
        reach = self._reach()
        if self._kind is CartonKind.ENVELOPE:
            left, back, right, near = self._sheet()
            spots = [(x, y, 0.0) for x in (left, right + 2.2 * reach) for y in (back, near)]
            return [*spots, *((one.end[0], one.at[1], one.end[2]) for one in self._placements)]
        spots = [*corners((0, 0, 0, length, width, height))]
        for flap in self._flaps():
            spots += flap
        above = 1.75 * reach
        spots += [
            ((one.at[0] + one.end[0]) / 2, (one.at[1] + one.end[1]) / 2, one.end[2] + above) for one in self._placements
        ]
        return spots

    def _flaps(self) -> tuple[tuple[Spot, ...], ...]:
        """Return the flaps of a carton as polygons, the two far ones first; of a mailer its lid and its tongue."""
        length, width, height = self._inner
        reach = self._reach()
        if self._kind is CartonKind.MAILER:
            out, up, slip = -0.34 * width, 0.46 * width, 0.1 * width
            return (
                ((0, 0, height), (length, 0, height), (length, out, height + up), (0, out, height + up)),
                ((0, out, height + up), (length, out, height + up),
                 (length - slip, out - slip * 0.2, height + up + slip), (slip, out - slip * 0.2, height + up + slip)),
            )  # fmt: skip
        cut, sink = reach * 0.14, reach * 0.42
        return (
            ((0, 0, height), (length, 0, height), (length - cut, -reach, height - sink), (cut, -reach, height - sink)),
            ((0, 0, height), (0, width, height), (-reach, width - cut, height - sink), (-reach, cut, height - sink)),
            ((0, width, height), (length, width, height),
             (length - cut, width + reach, height - sink), (cut, width + reach, height - sink)),
            ((length, 0, height), (length, width, height),
             (length + reach, width - cut, height - sink), (length + reach, cut, height - sink)),
        )  # fmt: skip

    # --- carton and envelope ---

    def _carton(self, painter: QPainter, scene: Scene, front: bool) -> None:
        """Draw the far half of a carton, or the near half that one looks through."""
        paint = self._paint
        length, width, height = self._inner
        thick = max(1.2, self.look.scale * 1.6)
        pen = QPen(QColor(paint.edge), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        flaps = self._flaps()
        if not front:
            painter.setBrush(QColor(paint.outer))
            for flap in flaps[:2]:
                painter.drawPolygon(scene.polygon(flap))
            walls = (
                ((0, 0, 0), (length, 0, 0), (length, width, 0), (0, width, 0)),
                ((0, 0, height), (length, 0, height), (length, 0, 0), (0, 0, 0)),
                ((0, 0, height), (0, width, height), (0, width, 0), (0, 0, 0)),
            )
            for wall, tone in zip(walls, paint.inner, strict=True):
                painter.setBrush(QColor(tone))
                painter.drawPolygon(scene.polygon(wall))
            return
        glass = QColor(paint.outer)
        glass.setAlpha(20)
        painter.setBrush(glass)
        painter.drawPolygon(
            scene.polygon(((0, width, height), (length, width, height), (length, width, 0), (0, width, 0)))
        )
        painter.drawPolygon(
            scene.polygon(((length, 0, height), (length, width, height), (length, width, 0), (length, 0, 0)))
        )
        faint = QColor(paint.edge)
        faint.setAlpha(80)
        painter.setPen(QPen(faint, thick * 0.8))
        painter.setBrush(glass)
        for flap in flaps[2:]:
            painter.drawPolygon(scene.polygon(flap))

    def _envelope(self, painter: QPainter, scene: Scene, front: bool) -> None:
        """Draw the lower sheet of an envelope with its open flap, or the edges of the upper one."""
        paint = self._paint
        left, back, right, near = self._sheet()
        reach = self._reach()
        thick = max(1.2, self.look.scale * 1.6)
        pen = QPen(QColor(paint.edge), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        sheet = scene.polygon(((left, back, 0), (right, back, 0), (right, near, 0), (left, near, 0)))
        if front:
            high = max((one.end[2] for one in self._placements), default=0)
            upper = scene.polygon(((left, back, 0), (right, back, high), (right, near, high), (left, near, 0)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(upper)
            painter.drawPolygon(sheet)
            return
        cut = (near - back) * 0.08
        flap = ((right, back, 0), (right + reach, back + cut, 0), (right + reach, near - cut, 0), (right, near, 0))
        painter.setBrush(QColor(paint.outer))
        painter.drawPolygon(scene.polygon(flap))
        painter.setBrush(QColor(paint.sheet))
        painter.drawPolygon(sheet)
        glue = [
            (right + reach * share, y, 0.0)
            for share, y in ((0.62, back + cut), (0.86, back + cut * 1.4), (0.86, near - cut * 1.4), (0.62, near - cut))
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 130))
        painter.drawPolygon(scene.polygon(glue))

    def _draw_sizes(self, painter: QPainter, scene: Scene, size: float) -> None:
        """Write the sides of the inside along its edges."""
        length, width, height = self._inner
        x0 = y0 = 0.0
        x1, y1 = float(length), float(width)
        envelope = self._kind is CartonKind.ENVELOPE
        if envelope:
            x0, y0, x1, y1 = self._sheet()
        across_at = x0 if envelope else x1  # the flap is at the right
        edges = [(length, (x0, y1, 0.0), (x1, y1, 0.0)), (width, (across_at, y1, 0.0), (across_at, y0, 0.0))]
        if not self._kind.presses:
            edges.append((height, (x0, y1, 0.0), (x0, y1, float(height))))
        ink = self.look.colour("soft")
        centre = scene.at(((x0 + x1) / 2, (y0 + y1) / 2, 0.0))
        for value, start, end in edges:
            one, other = scene.at(start), scene.at(end)
            away = other - one
            long = hypot(away.x(), away.y())
            if long < size * 2.4:
                continue
            across = QPointF(-away.y(), away.x()) / long
            if QPointF.dotProduct((one + other) / 2 - centre, across) < 0:
                across = -across
            draw_measure(painter, one + across * size, other + across * size, ink)
            box = QRectF(0, 0, size * (0.6 * len(str(value)) + 0.5), size * 1.3)
            box.moveCenter((one + other) / 2 + across * size)
            painter.fillRect(box, self.look.colour(self.ground))
            draw_fitted(painter, box, str(value), ink, int(size), 8, most=1, align="centre")

    # --- pieces ---

    def _draw_piece(self, painter: QPainter, scene: Scene, number: int) -> None:
        """Draw one piece whole: its faces, its skin, what is on it."""
        paint = self._paint
        one, box = self._placements[number], self._boxes[number]
        now = number == self._coming()
        names = paint.now if now else paint.put
        tones: Tones = (QColor(names[0]), QColor(names[1]), QColor(names[2]), QColor(names[3]))
        thick = max(1.0, self.look.scale * (1.8 if now else 1.2))
        draw_faces(painter, scene, box, tones, thick)
        if one.item.cushion_mm:
            self._draw_skin(painter, scene, one, tones, thick)
        ink = tones[3] if now else QColor(paint.put_ink)
        for room, place, sign in self._signs.get(number, ()):
            with room.on(painter):
                sign(painter, place, ink)

    def _draw_skin(self, painter: QPainter, scene: Scene, one: Placement, tones: Tones, thick: float) -> None:
        """Draw the protection round a piece: each face hatched, the piece itself plain within."""
        skin = float(one.item.cushion_mm)
        soft = QColor(self._paint.soft)
        soft.setAlpha(72)
        for face, tone in zip(faces((*one.at, *one.end)), tones, strict=False):
            whole = scene.face(face)
            core = inset(scene, face, skin)
            ring = QPainterPath()
            ring.addPolygon(QPolygonF(whole))
            ring.closeSubpath()
            inner = QPainterPath()
            inner.addPolygon(QPolygonF(core))
            inner.closeSubpath()
            ring = ring.subtracted(inner)
            painter.fillPath(ring, soft)
            painter.save()
            painter.setClipPath(ring, Qt.ClipOperation.IntersectClip)
            hatch(painter, whole, QPen(tones[3], max(0.8, thick * 0.7)), max(4.0, self.look.px(6)))
            painter.restore()
            painter.setPen(QPen(tones[3], thick * 0.8))
            painter.setBrush(tone)
            painter.drawPolygon(core)

    def _draw_label(self, painter: QPainter, number: int) -> None:
        """Draw the picture, the name or the number of a piece on a plain ground."""
        label = self._labels.get(number)
        if label is None:
            return
        paint, now = self._paint, number == self._coming()
        with label.room.on(painter):
            if not label.words:
                goods = self._goods_of(number)
                pictured(painter, self.look, label.box, goods.picture, goods.name, label.box.height() * 0.06)
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor((paint.now if now else paint.plate)[label.face]))
            painter.drawRoundedRect(label.box, label.largest * 0.2, label.largest * 0.2)
            draw_fitted(
                painter, label.box, label.words, _WHITE if now else QColor(paint.put_ink), label.largest, 8, most=3,
                bold=True, align="centre",
            )  # fmt: skip

    # --- what stands where on the pieces ---

    def _lay_out(
        self, scene: Scene, drawn: set[int], coming: int | None
    ) -> tuple[QPointF, QPointF, float, float] | None:
        """Find room for labels and signs where no other piece hides them; return the arrow of the piece in hand."""
        self._labels, self._signs = {}, {}
        outlines = {at: QPolygonF(scene.polygon(outline(self._boxes[at]))) for at in drawn}
        arrow = None
        keep_off: list[QPolygonF] = []
        for number in sorted(drawn, key=lambda at: at != coming):  # the piece in hand first: its arrow keeps others off
            hiding = [*keep_off, *(outlines[at] for at in self._hiders[number] if at in drawn)]
            item, now = self._placements[number].item, number == coming
            rooms = [Room(scene, face, item.cushion_mm) for face in faces(self._boxes[number])]
            label = (self._whole_face(rooms, hiding) if now else None) or self._plate(rooms, hiding, number)
            if _signs_of(self._placements[number]):
                self._place_signs(rooms, hiding, label, number)
            if label is not None:
                self._labels[number] = self._worded(label, number, now)
            if now:
                arrow = self._arrow(scene, number, label)
                start, tip, thick, radius = arrow
                disc = QRectF(start.x() - radius, start.y() - radius, 2 * radius, 2 * radius)
                keep_off = [arrow_shape(start, tip, thick), QPolygonF(disc)]
        return arrow

    def _whole_face(self, rooms: Sequence[Room], hiding: Sequence[QPolygonF]) -> _Label | None:
        """Return the face with most room of those that nothing hides, but for what the arrow covers of it."""
        for face in sorted(range(3), key=lambda at: -rooms[at].worth):
            room = rooms[face]
            gap = min(room.wide, room.high) * 0.1
            above = room.high * 0.28 if face == 0 and self._kind is not CartonKind.ENVELOPE else 0.0
            box = room.box.adjusted(gap, gap + above, -gap, -gap)
            if min(box.width(), box.height()) >= 11 and _free(room, box, hiding):
                return _Label(face, room, box, "", 0)
        return None

    def _plate(self, rooms: Sequence[Room], hiding: Sequence[QPolygonF], number: int) -> _Label | None:
        """Return a place for a number: as large as it can be seen whole."""
        words = str(number + 1)
        by_worth = sorted(range(3), key=lambda at: -rooms[at].worth)
        for share, places in ((1.0, ((0.5, 0.5),)), (0.7, _PLACES), (0.45, _PLACES)):
            for face in by_worth:
                room = rooms[face]
                size = min(room.high * 0.62, room.wide * 0.5, float(self.look.px(40))) * share
                if size < 10:
                    continue
                box = QRectF(0, 0, size * (0.6 * len(words) + 0.4), size * 1.25)
                for x, y in places:
                    box.moveCenter(QPointF(room.wide * x, room.high * y))
                    if room.box.contains(box) and _free(room, box, hiding):
                        return _Label(face, room, box, words, int(size))
        return None

    def _place_signs(
        self, rooms: Sequence[Room], hiding: Sequence[QPolygonF], label: _Label | None, number: int
    ) -> None:
        """Find a side for the signs of care; where only the label's is free, they stand below the label."""
        signs = _signs_of(self._placements[number])
        for face in sorted((1, 2), key=lambda at: -min(rooms[at].wide, rooms[at].high)):
            room = rooms[face]
            side = min(room.high * 0.72, room.wide * 0.8 / len(signs), float(self.look.px(64)))
            row = QRectF(0, 0, side * 1.1 * len(signs), side)
            row.moveCenter(room.box.center())
            if (label is None or label.face != face) and side >= 9 and _free(room, row, hiding):
                break
        else:
            if label is None or label.face == 0:
                return  # lying arrows would say nothing
            room, face = label.room, label.face
            side = min(room.high * 0.34, room.wide * 0.8 / len(signs))
            row = QRectF(0, 0, side * 1.1 * len(signs), side)
            row.moveCenter(QPointF(room.wide / 2, room.high - side * 0.6))
            if side < 9 or not _free(room, row, hiding):
                return
            if label.words:
                label.box.translate(0, min(0.0, row.top() - label.box.bottom()))
            else:
                label.box.setBottom(row.top())
        self._signs[number] = [
            (room, QRectF(row.left() + at * side * 1.1, row.top(), side, side), sign) for at, sign in enumerate(signs)
        ]

    def _worded(self, label: _Label, number: int, now: bool) -> _Label:
        """Put the picture, else the name on a whole face; a name that would be cut is not begun there."""
        if label.words or not now:
            return label
        goods, box = self._goods_of(number), label.box
        if goods.picture:
            side = min(box.width(), box.height())
            frame = QRectF(0, 0, min(box.width(), side * 1.3), side)
            frame.moveCenter(box.center())
            label.box = frame
            return label
        label.largest = max(8, int(min(box.height() * 0.5, self.look.px(30))))
        least = self.look.px(11)
        named = fitted(goods.name, int(box.width()), int(box.height()), max(label.largest, least), least, 3, bold=True)
        if named.cut or named.height > box.height() + 1:
            label.words, label.largest = str(number + 1), int(min(box.height() * 0.8, box.width() * 0.5))
        else:
            label.words = goods.name
        return label

    # --- the piece in hand ---

    def _draw_hidden(self, painter: QPainter, scene: Scene, coming: int, drawn: set[int]) -> None:
        """Draw the edges of the piece in hand over what hides it."""
        box = self._boxes[coming]
        if drawn.isdisjoint(self._hiders[coming]):
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, thick in ((_WHITE, 4.0), (QColor(self._paint.now[1]), 2.2)):
            pen = QPen(colour, max(1.0, thick * self.look.scale))
            if thick < 4:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            for face in faces(box):
                painter.drawPolygon(scene.face(face))

    def _arrow(self, scene: Scene, coming: int, label: _Label | None) -> tuple[QPointF, QPointF, float, float]:
        """Return the way that the piece in hand goes, down or into the envelope's mouth: start, tip, width, and the
        radius of the number at its start."""
        one = self._placements[coming]
        reach = self._reach()
        across, along, top = (one.at[0] + one.end[0]) / 2, (one.at[1] + one.end[1]) / 2, one.end[2]
        if self._kind is CartonKind.ENVELOPE:
            right = self._sheet()[2]
            start = scene.at((right + 1.9 * reach, along, top))
            tip = scene.at((min(one.end[0], right) - 0.15 * reach, along, top))
        else:
            if label is not None and label.face == 0:
                along = one.at[1] + one.size[1] * 0.14  # the label stands below
            start = scene.at((across, along, top + 1.4 * reach))
            tip = scene.at((across, along, top))
        thick = max(5.0, min(float(self.look.px(17)), reach * scene.scale * 0.3))
        return start, tip, thick, max(10.0, min(float(self.look.px(23)), reach * scene.scale * 0.36))

    def _draw_arrow(
        self, painter: QPainter, start: QPointF, tip: QPointF, thick: float, radius: float, number: int
    ) -> None:
        """Draw the arrow with its number; its white edge stands out from any ground."""
        fill = QColor(self._paint.now[1])
        painter.setBrush(fill)
        painter.setPen(QPen(_WHITE, max(1.5, thick * 0.16), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                            Qt.PenJoinStyle.RoundJoin))  # fmt: skip
        painter.drawPolygon(arrow_shape(start, tip, thick))
        painter.setPen(QPen(_WHITE, max(1.5, radius * 0.12)))
        painter.drawEllipse(start, radius, radius)
        box = QRectF(start.x() - radius, start.y() - radius, 2 * radius, 2 * radius)
        draw_fitted(painter, box, str(number), _WHITE, int(radius * 1.15), 8, most=1, bold=True, align="centre")


def _free(room: Room, box: QRectF, hiding: Sequence[QPolygonF]) -> bool:
    """Whether a part of a face is seen whole."""
    seen = room.seen(box)
    return not any(seen.intersects(each) for each in hiding)


def _signs_of(one: Placement) -> list[Sign]:
    """Return the signs of care that a piece bears."""
    return [draw for draw, there in ((draw_glass, one.item.fragile), (draw_up, _upright(one))) if there]


def _upright(one: Placement) -> bool:
    return one.item.liquid or one.item.orientation is Orientation.UPRIGHT
