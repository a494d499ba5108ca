"""Vertical writing 縦書き: one column of characters from the top down, in the largest size that fits.

Brackets, dashes and the long sound ー are turned, commas and small kana moved to the upper right, numbers of one or two
digits and short capitals stand upright, longer Latin words lie on their side. A character that the font lacks and that
is common in names is put together from its parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.documents._sheet import MM, Sheet, Style

__all__ = ["column", "column_size"]

_TURNED = frozenset("ー－–—―‐-〜～…‥：:；（）()「」『』【】〔〕〈〉《》［］[]｛｝＝=→")
_LOW = frozenset("、。，．,.")
_SMALL = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")
_RUN = re.compile(r"[0-9]{1,2}(?![0-9A-Za-z])|[A-Z]{1,4}(?![0-9A-Za-z])|[!-~]+(?: [!-~]+)*|.", re.DOTALL)
_COMPOSED = {"\U00020bb7": (("土", 0.0, -0.2, 1.0, 0.62), ("口", 0.0, 0.25, 0.86, 0.54))}
"""𠮷, the other form of 吉: its parts with their places and sizes, in ems from the middle."""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    turned: bool
    long: float
    """Height in ems."""


def _cells(sheet: Sheet, text: str) -> list[_Cell]:
    one = Style(100.0)
    found: list[_Cell] = []
    for part in _RUN.findall(" ".join(text.split())):
        if part.isspace():
            found.append(_Cell("", False, 0.5))
        elif len(part) == 1:
            turned = part in _TURNED
            found.append(_Cell(part, turned, sheet.width(part, one) * MM / 100 if turned and part.isascii() else 1.0))
        elif part.isdigit() and len(part) <= 2:
            found.append(_Cell(part, False, 1.0))
        elif part.isalpha() and part.isupper() and len(part) <= 4:
            found += [_Cell(char, False, 1.0) for char in part]
        else:
            found.append(_Cell(part, True, sheet.width(part, one) * MM / 100 + 0.15))
    return found


def _gap(cells: list[_Cell]) -> float:
    """Ems between characters: a short text is spread out, as it is written by hand."""
    return {1: 0.0, 2: 0.55, 3: 0.3}.get(len(cells), 0.08)


def column_size(sheet: Sheet, text: str, height: float, most: float) -> float:
    """Return the size in points in which *text* fits a column of *height* millimetres, at most *most*."""
    cells = _cells(sheet, text)
    ems = sum(cell.long for cell in cells) + _gap(cells) * max(0, len(cells) - 1)
    return min(most, height * MM / max(ems, 1.0))


def column(sheet: Sheet, x: float, top: float, text: str, style: Style, height: float = 0.0) -> None:
    """Draw *text* from *top* down around the line *x*.

    :param height: room to stand in the middle of; 0 begins at *top*.
    """
    cells = _cells(sheet, text)
    em, gap = style.size / MM, _gap(cells)
    whole = (sum(cell.long for cell in cells) + gap * max(0, len(cells) - 1)) * em
    at = top + max(0.0, (height - whole) / 2)
    for cell in cells:
        _draw(sheet, x, at + cell.long * em / 2, cell, style)
        at += (cell.long + gap) * em


def _draw(sheet: Sheet, x: float, y: float, cell: _Cell, style: Style) -> None:
    em, text = style.size / MM, cell.text
    if text in _COMPOSED:
        for part, right, down, wide, high in _COMPOSED[text]:
            sheet.standing(x + right * em, y + down * em, part, style, wide=wide, high=high)
    elif text in _LOW:
        sheet.standing(x + 0.6 * em, y - 0.6 * em, text, style)
    elif text in _SMALL:
        sheet.standing(x + 0.1 * em, y - 0.1 * em, text, style)
    elif text:
        wide = min(1.0, em / max(sheet.width(text, style), 0.01)) if not cell.turned else 1.0
        sheet.standing(x, y, text, style, turned=cell.turned, wide=wide)
