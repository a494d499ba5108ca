"""A small map of the warehouse with the walk on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import hypot

from app.documents._sheet import BRAND, HAIR, INK, Sheet, Style
from app.domain.pick_papers import MapStop, Point, WalkMap

__all__ = ["draw_map", "map_size"]

_MARGIN = 3.0
_SHELF = 0.55
"""Half the side of a shelf's mark."""
_NUMBERED = 40
"""More stops than this would hide the way under their numbers; then they are dots."""
_APART = 3.2
"""Millimetres between two numbers: of stops that are nearer only the first has its number."""


def map_size(value: WalkMap, width: float, height: float) -> tuple[float, float]:
    """Return the size in mm of the map in a room of *width* by *height*, both axes in one scale."""
    (left, bottom, right, top), scale = _scale(value, width, height)
    return (right - left) * scale + 2 * _MARGIN, (top - bottom) * scale + 2 * _MARGIN


def draw_map(sheet: Sheet, value: WalkMap, x: float, y: float, width: float, height: float) -> None:
    """Draw the map with its top left at *x*, *y*: the front of the house is below, as on the wall of a hall."""
    (left, _, _, top), scale = _scale(value, width, height)

    def at(point: Point) -> Point:
        return x + _MARGIN + (point[0] - left) * scale, y + _MARGIN + (top - point[1]) * scale

    for point in value.shelves:
        place = at(point)
        sheet.bar(place[0] - _SHELF, place[1] - _SHELF, 2 * _SHELF, 2 * _SHELF, HAIR)
    if len(value.points) > 1:
        track = [at(point) for point in value.points]
        sheet.track(track, 0.55, BRAND)
        for start, end in _arrows(track):
            _arrow(sheet, start, end)
        sheet.bar(track[0][0] - 1.3, track[0][1] - 1.3, 2.6, 2.6, BRAND)
    _stops(sheet, value.stops, at)


def _scale(value: WalkMap, width: float, height: float) -> tuple[tuple[float, float, float, float], float]:
    points = [*value.shelves, *value.points, *(stop.at for stop in value.stops)] or [(0.0, 0.0)]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    room = (width - 2 * _MARGIN, height - 2 * _MARGIN)
    scale = min(room[0] / max(wide, 0.001), room[1] / max(high, 0.001))
    return (min(xs), min(ys), max(xs), max(ys)), scale


def _stops(sheet: Sheet, stops: Sequence[MapStop], at: Callable[[Point], Point]) -> None:
    numbered: list[Point] = []
    style = Style(6.5, True)
    for stop in stops:
        place = at(stop.at)
        sheet.disc(*place, 0.75, INK)
        near = any(hypot(place[0] - other[0], place[1] - other[1]) < _APART for other in numbered)
        if len(stops) <= _NUMBERED and not near:
            sheet.text(place[0] + 1.1, place[1] - 0.5, str(stop.number), style)
            numbered.append(place)


def _arrows(track: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Stretches that are long enough for an arrow."""
    return [(start, end) for start, end in pairwise(track) if hypot(end[0] - start[0], end[1] - start[1]) > 9]


def _arrow(sheet: Sheet, start: Point, end: Point) -> None:
    length = hypot(end[0] - start[0], end[1] - start[1])
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    # Not in the middle: a way that is gone there and back has two, apart.
    at = ((2 * start[0] + end[0]) / 3, (2 * start[1] + end[1]) / 3)
    tip = (at[0] + along[0] * 1.4, at[1] + along[1] * 1.4)
    back = (at[0] - along[0], at[1] - along[1])
    side = (-along[1] * 1.1, along[0] * 1.1)
    sheet.shape([tip, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])], BRAND)
