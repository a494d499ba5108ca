"""Pages in grey as dots, for papers that go to a label printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image

from app.domain.label_dots import Dots, LaidOut

__all__ = ["dotted"]

_BLACK_BELOW = 176
"""Greys below this are black: darker than half, or thin strokes of small grey text break. Bars that stand on whole dots
have no soft edges and stay as they are."""
_WHITE_FROM = 236
"""Greys from this on are white: the tint behind every other line of a table."""
_NEAR = 2
"""Dots around black ones that hold only the soft edge of letters."""
_APART = 16
"""Empty rows from which on what follows is a picture of its own: white needs no bytes."""


def dotted(
    width: int, height: int, grey: bytes, dpi: int, pictures: Sequence[tuple[int, int, int, int]] = ()
) -> LaidOut:
    """Return a page as a label in dots.

    Dark ink becomes black and bars keep their edges. What is drawn in a light colour, and pictures, become scattered
    dots, so that nothing vanishes.

    :param grey: one byte a dot, row by row; 0 is black.
    :param pictures: where pictures lie: left, top, right, bottom.
    """
    shades = np.frombuffer(grey, dtype=np.uint8).reshape(height, width)
    black = shades < _BLACK_BELOW
    light = (shades < _WHITE_FROM) & ~black
    if light.any():
        light &= ~_around(black)
        if light.any():
            black |= light & _scattered(np.where(light, shades, 255).astype(np.uint8))
    for left, top, right, bottom in pictures:
        if left < right and top < bottom:
            black[top:bottom, left:right] = _scattered(np.ascontiguousarray(shades[top:bottom, left:right]))
    return LaidOut(width, height, dpi, tuple(_bands(black)))


def _around(black: np.ndarray) -> np.ndarray:
    """The dots within `_NEAR` of a black one."""
    near = black.copy()
    for _ in range(_NEAR):
        wider = near.copy()
        wider[1:] |= near[:-1]
        wider[:-1] |= near[1:]
        wider[:, 1:] |= near[:, :-1]
        wider[:, :-1] |= near[:, 1:]
        near = wider
    return near


def _scattered(shades: np.ndarray) -> np.ndarray:
    """Greys as scattered dots (Floyd and Steinberg)."""
    return ~np.asarray(Image.fromarray(shades).convert("1"))


def _bands(black: np.ndarray) -> Iterator[Dots]:
    """What is black, in bands of rows between empty ones, each as narrow as it can be."""
    rows = np.flatnonzero(black.any(axis=1))
    if not len(rows):
        return
    for band in np.split(rows, np.flatnonzero(np.diff(rows) > _APART) + 1):
        top, bottom = int(band[0]), int(band[-1]) + 1
        columns = np.flatnonzero(black[top:bottom].any(axis=0))
        left, right = int(columns[0]), int(columns[-1]) + 1
        packed = np.packbits(black[top:bottom, left:right], axis=1)
        yield Dots(left, top, right - left, bottom - top, packed.tobytes())
