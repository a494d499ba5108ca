"""The test label or page of a printer: what it is set to, a ruler to measure, and codes to scan."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.label import Box, Code, Item, Label, Line, Over, Symbology, Text
from app.domain.label_media import media_mm
from app.domain.printing import Printer

__all__ = ["TestWords", "code_of", "test_label"]

_USUAL = (60.0, 40.0)
_SHEET = (210.0, 297.0)
_ROLL_HEIGHT = 60.0
_WIDEST, _LOWEST = 120.0, 80.0
"""Of a large page only so much is used: the codes and the ruler in a corner say all."""
_LONGEST_RULER = 100
_CODE_WIDTH, _CODE_HEIGHT = 34.0, 11.0
_LOW, _VERY_LOW = 35.0, 18.0
"""Heights of labels on which the codes go before the words."""


@dataclass(frozen=True, slots=True)
class TestWords:
    """What stands on it in a person's language."""

    __test__ = False  # no test, whatever its name

    title: str
    """That it is a test."""
    facts: str
    """Language, resolution and medium of the printer."""
    ruler: str
    """How long the ruler is."""


def code_of(printer: Printer) -> str:
    """Return what the codes on it say."""
    return f"TEST-{printer.id}"


def test_label(printer: Printer, words: TestWords) -> Label:
    """Return the test label of a printer, as large as what is in it; of a small one only what fits."""
    width, height = media_mm(printer.media) or (_USUAL if printer.for_labels else _SHEET)
    height = height or _ROLL_HEIGHT
    margin = 2.0 if printer.for_labels else 12.0
    room, end = min(width - 2 * margin, _WIDEST), min(height - margin, margin + _LOWEST)
    items: list[Item] = [Box(margin / 2, margin / 2, width - margin, height - margin, 0.3)]
    y = margin + 0.5

    def write(text: str, size: float, *, bold: bool = False) -> None:
        nonlocal y
        if y + size <= end:
            items.append(Text(margin + 0.5, y, room - 1, size, text, size * 0.85, bold, least_mm=1.6, over=Over.CUT))
            y += size + 0.4

    if height >= _VERY_LOW or min(width, height) < 14:
        write(printer.name, 4.4, bold=True)
    if height >= _LOW:
        write(words.title, 3.2)
        write(words.facts, 3.2)
    long = min(int(room - 2) // 10 * 10, _LONGEST_RULER)
    if long >= 10 and y + 6 <= end - (0 if height >= _LOW else 10):
        items += _ruler(margin + 1, y, long)
        y += 6
        if y + 2.8 <= end - _CODE_HEIGHT:
            write(words.ruler, 2.6)
    square = min(end - y - 0.5, 24.0, room)
    if square >= 10:
        items.append(
            Code(margin + 0.5, y, square, square, code_of(printer), Symbology.QR, text_below=False, align="left")
        )
        left = margin + square + 1.5
        if room - square - 2 >= _CODE_WIDTH and square >= _CODE_HEIGHT:
            items.append(Code(left, y, room - square - 2, min(square, 16.0), code_of(printer), align="left"))
    return Label(width, height, tuple(items))


test_label.__test__ = False  # type: ignore[attr-defined] # as above


def _ruler(x: float, y: float, long: int) -> list[Item]:
    """Return a ruler of so many millimetres with a number at each ten."""
    made: list[Item] = [Line(x, y, float(long), 0.2)]
    for mm in range(long + 1):
        size = 3.0 if mm % 10 == 0 else 2.0 if mm % 5 == 0 else 1.2
        # Off the long line by a little: one thing lies on no other on a label.
        made.append(Line(x + mm - (0.15 if mm == long else 0.0), y + 0.35, size, 0.15, upright=True))
        if mm % 10 == 0 and 0 < mm < long:
            made.append(Text(x + mm - 3, y + 3.5, 6, 2.2, str(mm), 2.0, align="centre", least_mm=1.6, over=Over.CUT))
    return made
