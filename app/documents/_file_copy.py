"""The mark 控え of every copy beyond the first: laid over a page that was drawn already."""

from __future__ import annotations

from app.documents._sheet import Sheet, Style
from app.text import Texts

__all__ = ["stamp"]

_SMALL = 90.0
"""Pages narrower than this, in mm, get a smaller mark nearer to the edge."""


def stamp(size: tuple[float, float], words: Texts) -> bytes:
    """Return a PDF page of this size in mm with nothing but the mark, at the top in the middle.

    It stands in the margin, where no paper has anything, and where office printers still print.
    """
    sheet = Sheet(words.say("paper.file_copy"), words)
    sheet.page(size)
    word = words.say("paper.file_copy")
    points, top = (6.5, 1.2) if size[0] < _SMALL else (9.0, 4.6)
    sheet.mark((size[0] - sheet.width(word, Style(points, bold=True))) / 2 - 2, top, word, points)
    return sheet.finish().pdf
