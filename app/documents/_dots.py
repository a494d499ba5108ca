"""Dots of label printers: bars stand on whole ones, so that none is a dot wider than its neighbour."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["dot_modules", "dot_of", "label_page", "whole"]

_INCH = 25.4
_HAIR = 0.0002
"""Taken off a page of whole dots: who rounds its size up would give it one more."""


def dot_of(dpi: int) -> float:
    """Return the size of a dot, millimetres."""
    return _INCH / dpi


def whole(length: float, dot: float) -> float:
    """Return *length* in whole dots, millimetres."""
    return round(length / dot) * dot


def label_page(width: float, height: float, dot: float) -> tuple[float, float]:
    """Return the page of one label: a whole number of dots, or the printer's driver would stretch the bars."""
    return whole(width, dot) - _HAIR, whole(height, dot) - _HAIR


def dot_modules(modules: Sequence[float], dot: float) -> list[float]:
    """Return widths of the narrowest bar as whole dots, at least two of them, widest first."""
    return [dots * dot for dots in sorted({max(2, round(module / dot)) for module in modules}, reverse=True)]
