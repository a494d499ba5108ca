"""Views of a picture: the picture itself, or made larger, sharper, upright; each knows where its pixels come from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageOps

from app.domain.decoding import Corners

__all__ = ["View", "padded", "scaled", "sharpened", "smoothed", "whole"]

Affine = tuple[float, float, float, float, float, float]
_SAME: Affine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class View:
    """A grey picture, and how to get from its pixels to those of the whole one."""

    image: Image.Image
    """In mode ``L``."""
    to_whole: Affine = _SAME
    """``x = a·u + b·v + c``, ``y = d·u + e·v + f``."""
    plain: bool = False
    """The picture as it came."""

    def corners(self, points: Sequence[tuple[float, float]]) -> Corners:
        """Return four points of this view as points of the whole picture."""
        a, b, c, d, e, f = self.to_whole
        first, second, third, fourth = ((round(a * u + b * v + c), round(d * u + e * v + f)) for u, v in points)
        return first, second, third, fourth


def whole(image: Image.Image) -> View:
    """Return the picture as it came, as a grey one; what is transparent is paper."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        over = image.convert("RGBA")
        paper = Image.new("RGBA", over.size, "white")
        paper.alpha_composite(over)
        image = paper
    if image.mode == "F" or image.mode.startswith("I"):
        image = _eight_bits(image)
    return View(image if image.mode == "L" else image.convert("L"), plain=True)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a deeper grey picture stretched over 8 bits; Pillow itself would cut it off at 255."""
    deep = image.convert("F")
    low, high = deep.getextrema()
    assert isinstance(low, float)
    assert isinstance(high, float)
    factor = 255 / (high - low) if high > low else 1.0
    return deep.point(lambda value: value * factor - low * factor).convert("L")


def padded(view: View, edge: int) -> View:
    """Return *view* with white around it: a quiet zone for symbols that were cut out without one."""
    a, b, c, d, e, f = view.to_whole
    image = ImageOps.expand(view.image, edge, fill=255)
    return View(image, (a, b, c - edge * (a + b), d, e, f - edge * (d + e)))


def scaled(view: View, factor: float) -> View:
    """Return *view* *factor* times as large."""
    width = max(1, math.ceil(view.image.width * factor))
    height = max(1, math.ceil(view.image.height * factor))
    way = Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.BOX
    a, b, c, d, e, f = view.to_whole
    across, down = view.image.width / width, view.image.height / height
    return View(view.image.resize((width, height), way), (a * across, b * down, c, d * across, e * down, f))


def sharpened(view: View, radius: float, percent: int) -> View:
    """Return *view* with its edges raised; *radius* in pixels."""
    return View(view.image.filter(ImageFilter.UnsharpMask(radius, percent, 0)), view.to_whole)


def smoothed(view: View, radius: float) -> View:
    """Return *view* without fine grain; *radius* in pixels."""
    return View(view.image.filter(ImageFilter.GaussianBlur(radius)), view.to_whole)
