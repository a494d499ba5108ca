"""The strip at the lower edge of a gift's paper: its code and ship number, to be cut off or folded away."""

from __future__ import annotations

from app.documents._sheet import ALERT, GREY, Sheet, Style
from app.domain.orders import ShipNumber
from app.text import Texts

__all__ = ["STRIP", "strip"]

STRIP = 17.0
"""Height of the strip, millimetres."""
_MODULES = (0.375, 0.338, 0.3, 0.254)
_DASH = 2.0
_EDGE = 4.5
"""Nearer to its edge no printer prints."""


def strip(
    sheet: Sheet, words: Texts, size: tuple[float, float], code: str, number: ShipNumber, said: str, copy_reason: str
) -> None:
    """Draw the strip below the paper's own face.

    :param said: what tells the paper from others, in one line.
    """
    width, height = size
    top = height - STRIP
    at = _EDGE
    while at < width - _EDGE:
        sheet.line(at, top, min(at + _DASH, width - _EDGE), top, 0.2, GREY)
        at += 2 * _DASH
    room = width * 0.45
    left, wide = sheet.code128(9, top + 2.4, code, room - 9, 7.6, _MODULES)
    small = Style(7, colour=GREY)
    sheet.text(left, top + 12.8, code, small)
    sheet.text(left + wide, top + 12.8, words.say("paper.gift.cut"), sheet.shrunk(
        words.say("paper.gift.cut"), small, wide - sheet.width(code, small) - 2, 0.4), "right")  # fmt: skip
    right = width - 6
    big = Style(20, True)
    sheet.text(right, top + 9.3, str(number), big, "right")
    beside = right - sheet.width(str(number), big) - 4
    start = left + wide + 6
    if copy_reason:
        stamp = words.say("paper.copy")
        sheet.text(start, top + 8.6, stamp, sheet.shrunk(stamp, Style(12, True, ALERT), beside - start), "left")
    line = said if not copy_reason else f"{said} / {copy_reason}"
    style, lines = sheet.fitted(line, Style(8), right - start, 4.2, 3.5)
    sheet.lines(start, top + 9.8, lines[:1], style)
