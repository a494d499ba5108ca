"""Boxes as an eye sees them that looks into a carton from its near right corner: where a point lies on the screen, and
which box is painted before which.

Axes are those of :mod:`app.domain.cartons`: x runs to the right, y towards the viewer, z up; all in mm. Parallel lines
stay parallel, so that pieces of one size are drawn in one size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, radians, sin

from PySide6.QtCore import QPointF, QRectF

__all__ = [
    "Box",
    "Face",
    "Scene",
    "Spot",
    "back_to_front",
    "corners",
    "covers",
    "faces",
    "flat",
    "hiders",
    "outline",
]

Box = tuple[float, float, float, float, float, float]
"""Two corners: ``x, y, z`` next to the origin and ``x, y, z`` away from it."""
Spot = tuple[float, float, float]
"""A point of the carton."""
Face = tuple[Spot, Spot, Spot]
"""A rectangle: its corner at the upper left as a text on it is read, and the ends of its upper and of its left edge."""

_TURN, _TILT = radians(34), radians(39)
"""How far the carton is turned about its height, and how far the eye stands above it."""
_X = cos(_TURN), sin(_TURN) * sin(_TILT)
_Y = -sin(_TURN), cos(_TURN) * sin(_TILT)
_Z = 0.0, -cos(_TILT)
_EDGES = _X, _Y, _Z
_TOUCH = 1e-6
"""Boxes that overlap by less only touch."""


def flat(spot: Spot) -> tuple[float, float]:
    """Return where a point is seen, in mm of the picture: to the right and down."""
    x, y, z = spot
    return x * _X[0] + y * _Y[0] + z * _Z[0], x * _X[1] + y * _Y[1] + z * _Z[1]


def corners(box: Box) -> tuple[Spot, ...]:
    """Return the eight corners of a box."""
    return tuple((x, y, z) for x in (box[0], box[3]) for y in (box[1], box[4]) for z in (box[2], box[5]))


def faces(box: Box) -> tuple[Face, Face, Face]:
    """Return the faces of a box that are seen: from above, from the front, from the right."""
    x1, y1, z1, x2, y2, z2 = box
    return (
        ((x1, y1, z2), (x2, y1, z2), (x1, y2, z2)),
        ((x1, y2, z2), (x2, y2, z2), (x1, y2, z1)),
        ((x2, y2, z2), (x2, y1, z2), (x2, y2, z1)),
    )


def outline(box: Box) -> tuple[Spot, ...]:
    """Return the six corners that a box is bounded by on the screen, in their order."""
    x1, y1, z1, x2, y2, z2 = box
    return (x1, y1, z2), (x2, y1, z2), (x2, y1, z1), (x2, y2, z1), (x1, y2, z1), (x1, y2, z2)


class Scene:
    """How mm of the carton become pixels: as large as a box on the screen allows, in its middle."""

    def __init__(self, spots: Iterable[Spot], box: QRectF) -> None:
        seen = [flat(spot) for spot in spots]
        left, right = min(x for x, _ in seen), max(x for x, _ in seen)
        top, bottom = min(y for _, y in seen), max(y for _, y in seen)
        self.scale = max(1e-6, min(box.width() / max(1e-6, right - left), box.height() / max(1e-6, bottom - top)))
        """Pixels of one mm of the picture."""
        self._left = box.center().x() - (left + right) / 2 * self.scale
        self._top = box.center().y() - (top + bottom) / 2 * self.scale

    def at(self, spot: Spot) -> QPointF:
        """Return where a point of the carton is drawn."""
        x, y = flat(spot)
        return QPointF(self._left + x * self.scale, self._top + y * self.scale)

    def polygon(self, spots: Iterable[Spot]) -> list[QPointF]:
        """Return where a polygon of the carton is drawn."""
        return [self.at(spot) for spot in spots]

    def face(self, face: Face) -> list[QPointF]:
        """Return where a rectangle of the carton is drawn."""
        start, right, down = (self.at(spot) for spot in face)
        return [start, right, right + down - start, down]


# --- what hides what ----------------------------------------------------------------------------------------------


def _spans(box: Box) -> tuple[tuple[float, float], ...]:
    """Return how far a box reaches on the screen across each of the three directions of its edges."""
    seen = [flat(corner) for corner in corners(box)]
    found = []
    for across, down in _EDGES:
        along = [across * y - down * x for x, y in seen]
        found.append((min(along), max(along)))
    return tuple(found)


def _meet(one: tuple[tuple[float, float], ...], other: tuple[tuple[float, float], ...]) -> bool:
    """Whether two boxes share pixels: their outlines have edges in three directions only, so these decide."""
    return all(
        low < other_high - _TOUCH and other_low < high - _TOUCH
        for (low, high), (other_low, other_high) in zip(one, other, strict=True)
    )


def _behind(one: Box, other: Box) -> bool:
    """Whether *one* lies behind, left of or below *other*, and in no direction the other way round.

    Boxes that lie apart in both ways never hide each other.
    """
    before = any(one[axis + 3] <= other[axis] + _TOUCH for axis in range(3))
    after = any(other[axis + 3] <= one[axis] + _TOUCH for axis in range(3))
    return before and not after


def covers(one: Box, other: Box) -> bool:
    """Whether *one* hides a part of *other*."""
    return _behind(other, one) and _meet(_spans(one), _spans(other))


def hiders(boxes: Sequence[Box]) -> list[list[int]]:
    """Return for each box the numbers of those that hide a part of it."""
    spans = [_spans(box) for box in boxes]
    return [
        [other for other, front in enumerate(boxes) if _behind(box, front) and _meet(spans[number], spans[other])]
        for number, box in enumerate(boxes)
    ]


def back_to_front(boxes: Sequence[Box]) -> list[tuple[int, Box]]:
    """Return boxes in an order in which each is painted over what it hides, as their numbers and what to paint.

    Three long pieces may hide each other in a ring; one of them then comes in two parts. Boxes that overlap in space,
    which no proved packing has, come in the order given.
    """
    parts = list(enumerate(boxes))
    while True:
        order, stuck = _sorted([box for _, box in parts])
        if not stuck:
            return [parts[at] for at in order]
        at, axis, where = _cut([parts[each][1] for each in stuck])
        number, box = parts[stuck[at]]
        near, far = list(box), list(box)
        far[axis + 3] = near[axis] = where
        parts[stuck[at]] = (number, (far[0], far[1], far[2], far[3], far[4], far[5]))
        parts.append((number, (near[0], near[1], near[2], near[3], near[4], near[5])))


def _sorted(boxes: Sequence[Box]) -> tuple[list[int], list[int]]:
    """Return an order from back to front, and what is in rings or before them."""
    spans = [_spans(box) for box in boxes]
    hides: list[list[int]] = [[] for _ in boxes]
    hidden_by = [0] * len(boxes)
    for one in range(len(boxes)):
        for other in range(one + 1, len(boxes)):
            if _meet(spans[one], spans[other]):
                for back, front in ((one, other), (other, one)):
                    if _behind(boxes[back], boxes[front]):
                        hides[back].append(front)
                        hidden_by[front] += 1
    ready = [at for at, count in enumerate(hidden_by) if not count]
    order: list[int] = []
    while ready:
        at = ready.pop(0)
        order.append(at)
        for front in hides[at]:
            hidden_by[front] -= 1
            if not hidden_by[front]:
                ready.append(front)
    done = set(order)
    return order, [at for at in range(len(boxes)) if at not in done]


def _cut(boxes: Sequence[Box]) -> tuple[int, int, float]:
    """Return which box to part, across which axis and where: in the plane of a face of another one.

    There is one: boxes none of which reaches across a face of another lie in a grid, and a grid has no rings.
    """
    return next(
        (at, axis, other[side])
        for at, box in enumerate(boxes)
        for other in boxes
        for axis in range(3)
        for side in (axis, axis + 3)
        if box[axis] + _TOUCH < other[side] < box[axis + 3] - _TOUCH
    )
