"""What is in a label printer: the names of labels and how large they are."""

from __future__ import annotations

import re

__all__ = ["ROLL_62", "media_mm"]

_NAMED = {"4x6": (101.6, 152.4), "A4": (210.0, 297.0), "A5": (148.0, 210.0), "A6": (105.0, 148.0)}
_MEASURES = re.compile(r"(\d{1,3}(?:\.\d)?)(?:x(\d{1,3}(?:\.\d)?))?")
ROLL_62 = "62"
"""A roll of 62 mm: labels of any length."""


def media_mm(media: str) -> tuple[float, float] | None:
    """Return width and height in mm; the height of a roll is 0. None where *media* says no size.

    ``100x150`` and ``60x40`` are millimetres, ``62`` is a roll of that width, ``4x6`` are inches.
    """
    if media in _NAMED:
        return _NAMED[media]
    found = _MEASURES.fullmatch(media.strip())
    if found is None:
        return None
    return float(found[1]), float(found[2] or 0)
