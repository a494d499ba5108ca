"""Finding where bars are and which way they stand, and turning them upright.

Bars are many edges of one direction. The structure tensor of small cells says how strong and how parallel their edges
are; neighbouring cells that agree make a region. A region cut out along its own direction is a view that decoders of
linear codes read well: upright, large enough, and each row a mean over a stretch of every bar.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image

from app.decoders._views import View

__all__ = ["Bars", "find_bars", "upright"]

_CELL = 8
"""Side of a cell in pixels of the reduced picture: wider than a bar, far smaller than a code."""
_LONGEST_SIDE = 800
"""The direction of bars is seen well enough at this size."""
_PARALLEL = 0.55
"""How alike the directions within a cell must be: 0 is noise, 1 straight bars."""
_BEND = 0.25
"""Difference of direction between neighbouring cells of one code (rad): bent cartons, slanted views."""
_FEWEST_CELLS = 6
_SHORTEST = 40
"""Narrowest code in pixels of the reduced picture: 95 modules cannot be told apart in less."""
_QUIET = 0.15
"""Room left on both sides of a region, as a share of its width."""
_WIDEST, _LARGEST = 900, 1800
"""A region is brought to at least the first width in pixels, four times enlarged at most, and at most to the second."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A region of parallel bars, in pixels of the picture."""

    x: float
    """Centre."""
    y: float
    width: float
    """Across the bars."""
    height: float
    """Along the bars."""
    angle: float
    """Direction across the bars (rad)."""


def find_bars(image: Image.Image, most: int = 4) -> list[Bars]:
    """Return up to *most* regions of bars in a grey picture, those with the strongest edges first."""
    import numpy as np  # takes 0.1 s to load, and most pictures are read without it

    factor = min(1.0, _LONGEST_SIDE / max(image.size))
    if factor < 1:
        size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
        image = image.resize(size, Image.Resampling.BOX)
    grey = np.asarray(image, dtype=np.float32)
    across = grey[:-1, 1:] - grey[:-1, :-1] + grey[1:, 1:] - grey[1:, :-1]
    down = grey[1:, :-1] - grey[:-1, :-1] + grey[1:, 1:] - grey[:-1, 1:]
    rows, columns = across.shape[0] // _CELL, across.shape[1] // _CELL
    if rows < 2 or columns < 2:
        return []

    def cells(values: Any) -> Any:
        whole = values[: rows * _CELL, : columns * _CELL]
        return whole.reshape(rows, _CELL, columns, _CELL).sum((1, 3))

    def around(values: Any) -> Any:
        edge = np.pad(values, 1)
        return sum(edge[y : y + rows, x : x + columns] for y in range(3) for x in range(3))

    xx, yy, xy = cells(across * across), cells(down * down), cells(across * down)
    near_xx, near_yy, near_xy = around(xx), around(yy), around(xy)
    strength = near_xx + near_yy + 1e-6
    parallel = np.hypot(near_xx - near_yy, 2 * near_xy) / strength
    direction = 0.5 * np.arctan2(2 * near_xy, near_xx - near_yy)
    strength /= 9 * _CELL * _CELL
    good = (parallel > _PARALLEL) & (strength > max(60.0, 0.1 * float(np.percentile(strength, 98))))

    found = []
    for members in _regions(good, direction, np.argsort(-(parallel * strength * good), axis=None)):
        at = np.array(members)
        ys, xs = at[:, 0], at[:, 1]
        angle = 0.5 * math.atan2(2 * float(xy[ys, xs].sum()), float((xx - yy)[ys, xs].sum()))
        cos, sin = math.cos(angle), math.sin(angle)
        u = (xs + 0.5) * _CELL * cos + (ys + 0.5) * _CELL * sin
        v = (ys + 0.5) * _CELL * cos - (xs + 0.5) * _CELL * sin
        left, right = float(u.min()) - _CELL, float(u.max()) + _CELL
        top, bottom = float(v.min()) - _CELL / 2, float(v.max()) + _CELL / 2
        if right - left < _SHORTEST:
            continue
        middle_u, middle_v = (left + right) / 2, (top + bottom) / 2
        bars = Bars(
            (middle_u * cos - middle_v * sin) / factor,
            (middle_u * sin + middle_v * cos) / factor,
            (right - left) / factor,
            (bottom - top) / factor,
            angle,
        )
        found.append((float((strength[ys, xs] * parallel[ys, xs]).sum()), bars))
    found.sort(key=lambda each: -each[0])
    return [bars for _, bars in found[:most]]


def _regions(good: Any, direction: Any, order: Any) -> Iterator[list[tuple[int, int]]]:
    """Yield groups of cells that are near each other and bend no more than a code does, as row and column."""
    columns = good.shape[1]
    free = {divmod(int(at), columns) for at in good.ravel().nonzero()[0]}
    turns = direction.tolist()
    for at in order[: len(free)]:
        start = divmod(int(at), columns)
        if start not in free:
            continue
        free.discard(start)
        members, edge = [start], [start]
        while edge:
            y, x = edge.pop()
            # Two cells far: the white between the halves of a code is no edge.
            for near in ((v, u) for v in range(y - 2, y + 3) for u in range(x - 2, x + 3)):
                if near in free:
                    turn = abs(turns[near[0]][near[1]] - turns[y][x]) % math.pi
                    if min(turn, math.pi - turn) < _BEND:
                        free.discard(near)
                        members.append(near)
                        edge.append(near)
        if len(members) >= _FEWEST_CELLS:
            yield members


def upright(view: View, bars: Bars, top: float = 0.0, bottom: float = 1.0, *, widest: int = _WIDEST) -> View:
    """Return a region cut out of *view* so that its bars stand, with room for the quiet zones.

    :param top: where along the bars to begin, as a share of their height; *bottom* where to end.
    :param widest: the region is enlarged up to this many pixels, at most four times.
    """
    wide = bars.width * (1 + 2 * _QUIET)
    factor = min(4.0, max(widest / wide, min(1.0, _LARGEST / wide)))
    size = max(1, round(wide * factor)), max(8, round(bars.height * (bottom - top) * factor))
    cos, sin = math.cos(bars.angle), math.sin(bars.angle)
    left, first = -wide / 2, bars.height * (top - 0.5)
    to_view = (
        cos / factor,
        -sin / factor,
        bars.x + left * cos - first * sin,
        sin / factor,
        cos / factor,
        bars.y + left * sin + first * cos,
    )
    image = view.image.transform(size, Image.Transform.AFFINE, to_view, Image.Resampling.BICUBIC, fillcolor=255)
    a, b, c, d, e, f = view.to_whole
    g, h, i, j, k, m = to_view
    return View(
        image,
        (a * g + b * j, a * h + b * k, a * i + b * m + c, d * g + e * j, d * h + e * k, d * i + e * m + f),
    )
