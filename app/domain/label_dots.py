"""From a label in millimetres to the whole dots of one printer, with everything that is wrong with it.

Nothing is cut, left out or printed over something else without a fault that says so. Bars and cells are whole dots, the
widest that their box allows, and never narrower than `NARROWEST_MM`. Measuring text and finding the cells of a matrix
code is handed in: it needs fonts and a library.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.label import (
    Align,
    Box,
    Code,
    Item,
    Label,
    LabelFault,
    Line,
    Over,
    Picture,
    Symbology,
    Text,
)
from app.domain.label_bars import Bars, bars_of, gs1_text
from app.domain.line_breaks import break_lines

__all__ = [
    "INCH_MM",
    "BarRow",
    "CellGrid",
    "Dots",
    "Filled",
    "LaidOut",
    "Part",
    "Shades",
    "TextLine",
    "Tools",
    "laid_out",
    "stopping",
]

INCH_MM = 25.4
NARROWEST_MM = 0.249
"""Narrowest bar: what the GS1 General Specifications (5.12.3, table 1) let printers on demand do with an EAN code at
80 %, and what laser scanners read at arm's length. Two dots at 203 an inch, three at 300, six at 600."""
WIDEST_RETAIL_MM, WIDEST_MM = 0.66, 1.016
"""Widest bar of an EAN or UPC code, and of all others (the same tables)."""
LOW_BARS_MM, LOWEST_BARS_MM = 5.0, 2.0
"""Lower bars than 5 mm miss the beam of a scanner that is held askew (ISO/IEC 15417, 4.5); 2 mm are no code."""
LEADING = 1.2
"""From line to line, in sizes."""
_BELOW_MM, _BELOW_LEAST_MM, _GAP_MM = 2.8, 1.8, 0.4
_RETAIL = frozenset({Symbology.EAN13, Symbology.EAN8, Symbology.UPCA})
_QUIET_CELLS = {Symbology.QR: 4, Symbology.DATAMATRIX: 1, Symbology.GS1_DATAMATRIX: 1}
"""ISO/IEC 18004 and 16022."""
_SLACK_MM = 0.05
_NAMED = 24


class Tools(Protocol):
    """What the layout cannot know by itself."""

    def width(self, text: str, size: int, bold: bool) -> float:
        """Width of *text* in dots, in a size in dots."""

    def printable(self, text: str) -> tuple[str, tuple[str, ...]]:
        """*text* as it can be drawn, and the characters that the font lacks."""

    def matrix(self, symbology: Symbology, data: str) -> tuple[str, ...] | None:
        """Rows of cells, ``1`` is dark; None where it cannot be such a code."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text. The size is that of a character cell, the base line is 0.98 sizes below *y*."""

    x: int
    y: int
    width: int
    text: str
    size: int
    bold: bool


@dataclass(frozen=True, slots=True)
class BarRow:
    """A linear code."""

    x: int
    y: int
    height: int
    widths: tuple[int, ...]
    """Bar, gap, bar …, in dots."""
    module: int
    """Width of a narrow bar in dots."""
    wide: int
    """Width of a wide one; of a code with modules the same as *module*."""
    bars: Bars
    symbology: Symbology


@dataclass(frozen=True, slots=True)
class CellGrid:
    """A matrix code."""

    x: int
    y: int
    cell: int
    """Side of a cell in dots."""
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A black rectangle."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shades:
    """A picture, made *width* × *height* dots large."""

    x: int
    y: int
    width: int
    height: int
    picture: Picture


@dataclass(frozen=True, slots=True)
class Dots:
    """A picture that is black and white already."""

    x: int
    y: int
    width: int
    height: int
    rows: bytes = field(repr=False)
    """Row by row, 8 dots a byte from the left, 1 is black; the bits beyond the width are 0."""


Part = TextLine | BarRow | CellGrid | Filled | Shades | Dots
_Rect = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A label in dots."""

    width: int
    height: int
    dpi: int
    parts: tuple[Part, ...]
    faults: tuple[LabelFault, ...] = ()
    """With one that stops, the parts are not to be printed."""
    rest: tuple[tuple[int, str], ...] = ()
    """What goes on on the next label: which item, and its words."""

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height in mm, of whole dots."""
        return self.width * INCH_MM / self.dpi, self.height * INCH_MM / self.dpi


def laid_out(label: Label, dpi: int, tools: Tools) -> LaidOut:
    """Lay a label out for a printer of *dpi* dots an inch."""
    work = _Layout(label, dpi, tools)
    for number, item in enumerate(label.items):
        work.add(number, item)
    work.look_for_overprints()
    width, height = work.dots(label.width_mm), work.dots(label.height_mm)
    return LaidOut(width, height, dpi, tuple(work.parts), tuple(work.faults), tuple(work.rest))


class _Layout:
    def __init__(self, label: Label, dpi: int, tools: Tools) -> None:
        self._label = label
        self._dpi = dpi
        self._tools = tools
        self.parts: list[Part] = []
        self.faults: list[LabelFault] = []
        self.rest: list[tuple[int, str]] = []
        self._inked: list[tuple[int, _Rect]] = []
        """What each item takes for itself, a code with its white."""
        self._item = 0

    def dots(self, length: float) -> int:
        return round(length * self._dpi / INCH_MM)

    def add(self, number: int, item: Item) -> None:
        self._item = number
        width, height = _size(item)
        beyond = max(-item.x, -item.y, item.x + width - self._label.width_mm, item.y + height - self._label.height_mm)
        if beyond > _SLACK_MM:
            self._fault("label.outside", over=_mm(beyond))
            return
        match item:
            case Text():
                self._text(item)
            case Code():
                self._code(item)
            case Line():
                thick = max(1, self.dots(item.thickness))
                long = self.dots(item.length)
                self._fill(self.dots(item.x), self.dots(item.y), *((thick, long) if item.upright else (long, thick)))
            case Box():
                self._box(item)
            case Picture():
                self._picture(item)

    def look_for_overprints(self) -> None:
        """Say which two items lie on each other; a frame may hold others."""
        said: set[tuple[int, int]] = set()
        for at, (one, first) in enumerate(self._inked):
            for other, second in self._inked[at + 1 :]:
                if one != other and (one, other) not in said and _meet(first, second):
                    said.add((one, other))
                    self._item = one
                    self._fault("label.overprint", other=_name(self._label.items[other]))

    def _fault(self, key: str, *, stops: bool = True, **args: str | float) -> None:
        name = _name(self._label.items[self._item])
        self.faults.append(LabelFault(key, {"name": name, **args}, self._item, stops))

    def _fill(self, x: int, y: int, width: int, height: int) -> None:
        if width > 0 and height > 0:
            self.parts.append(Filled(x, y, width, height))
            self._inked.append((self._item, (x, y, x + width, y + height)))

    def _box(self, item: Box) -> None:
        left, top = self.dots(item.x), self.dots(item.y)
        right, bottom = self.dots(item.x + item.width), self.dots(item.y + item.height)
        thick = max(1, self.dots(item.thickness))
        self._fill(left, top, right - left, thick)
        self._fill(left, bottom - thick, right - left, thick)
        self._fill(left, top + thick, thick, bottom - top - 2 * thick)
        self._fill(right - thick, top + thick, thick, bottom - top - 2 * thick)

    def _picture(self, item: Picture) -> None:
        if min(item.pixels_wide, item.pixels_high) < 1 or len(item.grey) != item.pixels_wide * item.pixels_high:
            self._fault("label.bad_picture")
            return
        room, high = self.dots(item.width), self.dots(item.height)
        scale = min(room / item.pixels_wide, high / item.pixels_high)
        wide, tall = max(1, int(item.pixels_wide * scale)), max(1, int(item.pixels_high * scale))
        x, y = self.dots(item.x) + (room - wide) // 2, self.dots(item.y) + (high - tall) // 2
        self.parts.append(Shades(x, y, wide, tall, item))
        self._inked.append((self._item, (x, y, x + wide, y + tall)))

    # --- text -------------------------------------------------------------------------------------------------------

    def _text(self, item: Text) -> None:
        shown, lacking = self._tools.printable(item.text)
        if lacking:
            self._fault("label.no_glyph", stops=False, characters=" ".join(lacking))
        shown = shown.strip()
        if not shown:
            return
        left, top = self.dots(item.x), self.dots(item.y)
        room, high = self.dots(item.x + item.width) - left, self.dots(item.y + item.height) - top
        least = max(1, self.dots(min(item.least_mm, item.size_mm)))
        size = max(least, self.dots(item.size_mm))
        if item.one_line_mm and (one := self._on_one_line(shown, item, size, room, high)):
            self._lines([shown], left, top, room, one, item.bold, item.align)
            return
        while True:
            lines = self._broken(shown, size, item, room)
            fitting = min(item.lines, int(high / _leading(size)))
            if len(lines) <= fitting:
                break
            if size == least:
                lines = self._too_much(item, lines, fitting, size, room)
                break
            size = max(least, int(size * 0.93))
        self._lines(lines, left, top, room, size, item.bold, item.align)

    def _on_one_line(self, text: str, item: Text, size: int, room: int, high: int) -> int:
        """The size in which words that are to stay together fit one line; 0 where that would be too small."""
        least = max(1, self.dots(item.one_line_mm))
        while size >= least and "\n" not in text:
            if self._tools.width(text, size, item.bold) <= room and _leading(size) <= high:
                return size
            size = int(size * 0.96)
        return 0

    def _broken(self, text: str, size: int, item: Text, room: int) -> list[str]:
        if item.lines == 1:
            text = " ".join(text.split("\n"))
            # Two lines stand for one that is too wide: it is to become smaller, not to be broken.
            return [text] if self._tools.width(text, size, item.bold) <= room else [text, ""]
        return break_lines(text, room, lambda piece: self._tools.width(piece, size, item.bold))

    def _too_much(self, item: Text, lines: list[str], fitting: int, size: int, room: int) -> list[str]:
        """Cut what does not fit where the item lets it, and say so."""
        if fitting < 1:
            lacking = _leading(size) - self.dots(item.height)
            self._fault("label.box_low", over=_mm(lacking * INCH_MM / self._dpi))
            return []
        rest = "".join(lines[fitting:])
        over = self._tools.width(rest, size, item.bold) if rest else self._tools.width(lines[0], size, item.bold) - room
        millimetres = _mm(over * INCH_MM / self._dpi)
        if item.over is Over.NEXT:
            self._fault("label.goes_on", stops=False)
            return self._goes_on(item, fitting, size, room)
        if item.over is Over.STOP:
            self._fault("label.text_long", over=millimetres)
            return []
        self._fault("label.text_cut", stops=False, over=millimetres)
        last = lines[fitting - 1]
        while last and self._tools.width(last + "…", size, item.bold) > room:
            last = last[:-1]
        return [*lines[: fitting - 1], last.rstrip() + "…"]

    def _goes_on(self, item: Text, fitting: int, size: int, room: int) -> list[str]:
        """Keep what fits above the words that say that it goes on; the rest is for the next label."""
        text = self._tools.printable(item.text)[0].strip()
        lines = break_lines(text, room, lambda piece: self._tools.width(piece, size, item.bold))
        kept = lines[: fitting - 1]
        # Breaking leaves out blanks only: what was kept is counted in characters.
        left = sum(len("".join(line.split())) for line in kept)
        at = 0
        while left:
            left -= not text[at].isspace()
            at += 1
        self.rest.append((self._item, text[at:].strip()))
        more = item.more if self._tools.width(item.more, size, item.bold) <= room else ""
        return [*kept, more or "…"]

    def _lines(self, lines: list[str], left: int, top: int, room: int, size: int, bold: bool, align: Align) -> None:
        for line in lines:
            if line:
                wide = math.ceil(self._tools.width(line, size, bold))
                x = left + {"left": 0, "centre": (room - wide) // 2, "right": room - wide}[align]
                self.parts.append(TextLine(x, top, wide, line, size, bold))
                self._inked.append((self._item, (x, top, x + wide, top + _leading(size))))
            top += _leading(size)

    # --- codes ------------------------------------------------------------------------------------------------------

    def _code(self, item: Code) -> None:
        if item.symbology.matrix:
            self._cells(item)
            return
        bars = bars_of(item.symbology, item.data)
        if isinstance(bars, str):
            self._fault(bars)
            return
        left, top = self.dots(item.x), self.dots(item.y)
        room, high = self.dots(item.x + item.width) - left, self.dots(item.y + item.height) - top
        found = next((each for each in self._modules(item.symbology, bars) if each[2] <= room), None)
        if found is None:
            *_, (_, _, needed) = self._modules(item.symbology, bars)
            self._fault("label.code_wide", over=_mm((needed - room) * INCH_MM / self._dpi), dpi=self._dpi)
            return
        module, wide, needed = found
        at = left + {"left": 0, "centre": (room - needed) // 2, "right": room - needed}[item.align]
        inner = at + bars.quiet[0] * module, needed - sum(bars.quiet) * module
        below = self._text_below(bars, inner, left, top + high, room) if item.text_below else 0
        tall = high - below
        if tall < self.dots(LOWEST_BARS_MM):
            self._fault("label.code_lower", least=LOWEST_BARS_MM)
            return
        if tall < self.dots(LOW_BARS_MM):
            self._fault("label.code_low", stops=False, least=LOW_BARS_MM)
        widths = tuple((wide if each == 2 else module) if bars.two_widths else each * module for each in bars.widths)
        self.parts.append(BarRow(at + bars.quiet[0] * module, top, tall, widths, module, wide, bars, item.symbology))
        self._inked.append((self._item, (at, top, at + needed, top + tall)))
        if item.symbology is Symbology.ITF14:
            # Bearer bars above and below keep a scan that runs out of the symbol from being read short; twice the
            # narrow bar where no printing plate is used (GS1 General Specifications 5.3.2.4).
            self._fill(at, top, needed, 2 * module)
            self._fill(at, top + tall - 2 * module, needed, 2 * module)

    def _modules(self, symbology: Symbology, bars: Bars) -> Iterator[tuple[int, int, int]]:
        """Widths in dots of narrow bars, of wide ones, and of all with its white, the widest first."""
        dot = INCH_MM / self._dpi
        widest = int((WIDEST_RETAIL_MM if symbology in _RETAIL else WIDEST_MM) / dot)
        narrow = sum(1 for width in bars.widths if width == 1)
        for module in range(widest, math.ceil(NARROWEST_MM / dot) - 1, -1):
            white = sum(bars.quiet) * module
            if not bars.two_widths:
                yield module, module, sum(bars.widths) * module + white
                continue
            # Wide bars are 3 narrow ones, or 2.5 where those are whole dots: what ISO/IEC 16390 and 16388 allow.
            for wide in (3 * module, *((5 * module // 2,) if module % 2 == 0 else ())):
                yield module, wide, narrow * module + (len(bars.widths) - narrow) * wide + white

    def _text_below(self, bars: Bars, inner: tuple[int, int], left: int, bottom: int, room: int) -> int:
        """Set the text below the bars and return how high it is with its gap.

        :param inner: where the bars begin, and how wide they are: the text stands in their middle where it can.
        """
        size, least = self.dots(_BELOW_MM), self.dots(_BELOW_LEAST_MM)
        while self._tools.width(bars.text, size, False) > room and size > least:
            size -= 1
        wide = self._tools.width(bars.text, size, False)
        if wide > room:
            self._fault("label.text_long", over=_mm((wide - room) * INCH_MM / self._dpi))
            return 0
        begin = inner[0] + (inner[1] - math.ceil(wide)) // 2
        begin = max(left, min(begin, left + room - math.ceil(wide)))
        self._lines([bars.text], begin, bottom - _leading(size), math.ceil(wide), size, False, "left")
        return _leading(size) + self.dots(_GAP_MM)

    def _cells(self, item: Code) -> None:
        gs1 = item.symbology is Symbology.GS1_DATAMATRIX
        if gs1 and gs1_text(item.data) is None:
            self._fault("label.bad_gs1")
            return
        # zbar and some wedges end at a NUL, and a scanner set to send keys would press what control characters mean.
        if not gs1 and (not item.data or any(char < " " and char not in "\t\r\n" for char in item.data)):
            self._fault("label.bad_matrix")
            return
        rows = self._tools.matrix(item.symbology, item.data)
        if rows is None:
            self._fault("label.bad_matrix")
            return
        left, top = self.dots(item.x), self.dots(item.y)
        room, high = self.dots(item.x + item.width) - left, self.dots(item.y + item.height) - top
        quiet = _QUIET_CELLS[item.symbology]
        across, down = len(rows[0]) + 2 * quiet, len(rows) + 2 * quiet
        dot = INCH_MM / self._dpi
        cell = min(room // across, high // down, int(1.5 * WIDEST_MM / dot))
        least = math.ceil(NARROWEST_MM / dot)
        if cell < least:
            over = max(across * least - room, down * least - high)
            self._fault("label.code_wide", over=_mm(over * dot), dpi=self._dpi)
            return
        x = left + {"left": 0, "centre": (room - across * cell) // 2, "right": room - across * cell}[item.align]
        y = top + (high - down * cell) // 2
        self.parts.append(CellGrid(x + quiet * cell, y + quiet * cell, cell, rows))
        self._inked.append((self._item, (x, y, x + across * cell, y + down * cell)))


def _leading(size: int) -> int:
    return math.ceil(size * LEADING)


def _mm(length: float) -> float:
    """A length as sentences say it: a tenth of a millimetre, and never nothing."""
    return max(0.1, math.ceil(length * 10 - 1e-6) / 10)


def _size(item: Item) -> tuple[float, float]:
    if isinstance(item, Line):
        return (item.thickness, item.length) if item.upright else (item.length, item.thickness)
    return item.width, item.height


def _name(item: Item) -> str:
    """What an item is called in a sentence: its own words, as far as they can be read."""
    said = item.text if isinstance(item, Text) else item.data if isinstance(item, Code) else ""
    plain = "".join(char if char.isprintable() else " " for char in said).strip()
    if len(plain) > _NAMED:
        plain = plain[: _NAMED - 1] + "…"
    return plain or f"({item.x:g}, {item.y:g})"


def _meet(one: _Rect, other: _Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def stopping(faults: Iterable[LabelFault]) -> LabelFault | None:
    """Return the first fault with which a label is not printed."""
    return next((fault for fault in faults if fault.stops), None)
