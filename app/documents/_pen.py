"""Writes the operators of a PDF page itself: text, bars, cells and lines.

ReportLab keeps the file, the fonts and their subsets. Its own drawing calls take most of the time of a page of text
(every number is formatted by a logarithm, every page turned into base 85), and 500 slips must not take a packer's
minute; what is drawn here is the same page in a third of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app import fonts
from app.errors import StationError

__all__ = ["BOLD", "REGULAR", "Pen", "bars_of", "load_fonts", "units"]

REGULAR, BOLD = "Kenpin-Regular", "Kenpin-Bold"

rl_config.useA85 = 0  # a file is no letter: base 85 makes it a quarter longer, and takes a third of the time

_fonts_lock = Lock()


@cache
def _font(name: str) -> Any:
    pdfmetrics.registerFont(TTFont(name, str(fonts.bold() if name == BOLD else fonts.regular()), asciiReadable=False))
    # Of one file ReportLab keeps only the first font that was registered, under whatever name: labels may have done so.
    return pdfmetrics.getFont(name)


def load_fonts() -> None:
    """Load both weights, once in a process."""
    with _fonts_lock:  # papers may be drawn from several threads
        _font(REGULAR)
        _font(BOLD)


class _Widths(dict[str, float]):
    """Width of each character, in thousandths of its size."""

    def __init__(self, bold: bool) -> None:
        load_fonts()
        face = _font(BOLD if bold else REGULAR).face
        self._known, self._default = face.charWidths, face.defaultWidth

    def __missing__(self, char: str) -> float:
        self[char] = width = float(self._known.get(ord(char), self._default))
        return width


_widths = cache(_Widths)


@lru_cache(maxsize=8192)
def units(text: str, bold: bool) -> float:
    """Width of *text* in thousandths of its size: the same words stand on every page of a batch."""
    return sum(map(_widths(bold).__getitem__, text))


@lru_cache(maxsize=1024)
def bars_of(text: str) -> tuple[int, ...]:
    """Widths of the bars and gaps of a Code 128 in modules, bars first.

    :raises StationError: ``paper.code_unusable`` when the text is not plain ASCII.
    """
    if not text or not text.isascii() or not text.isprintable():
        raise StationError("paper.code_unusable", code=text)  # ReportLab would leave such characters out silently
    symbol = Code128(text, quiet=False)
    symbol.validate()
    symbol.encode()
    return tuple("abcd".index(bar.lower()) + 1 for bar in symbol.decompose())


@lru_cache(maxsize=1024)
def _bar_path(text: str) -> str:
    """Bars of a Code 128, a module wide and one high."""
    made, at = [], 0
    for index, wide in enumerate(bars_of(text)):
        if index % 2 == 0:
            made.append(f"{at} 0 {wide} 1 re")
        at += wide
    return " ".join(made)


@lru_cache(maxsize=1024)
def _cell_path(rows: tuple[str, ...]) -> str:
    """Dark cells of a code, each one wide and one high, row after row from the top."""
    made = []
    for place, row in enumerate(rows):
        at = 0
        for dark, run in groupby(row):
            wide = len(list(run))
            if dark == "1":
                made.append(f"{at} {-place - 1} {wide} 1 re")
            at += wide
    return " ".join(made)


@cache
def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.4f}" for at in (1, 3, 5))


class Pen:
    """Draws on the pages of a canvas. Lengths are points, ``y`` grows upwards."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas: Any = canvas
        self._codes: dict[bool, dict[str, tuple[int, str]]] = {False: {}, True: {}}
        """The subset of the font that has a character, and its code in there."""
        self._written: dict[tuple[str, bool], tuple[tuple[str, str], ...]] = {}
        """Texts as they stand in the file: the font's name and the codes, piece by piece."""
        self.begin()

    def begin(self) -> None:
        """A page begins: nothing is set on it yet."""
        self._say = self._canvas._code.append
        self._filled = self._stroked = self._font = ""
        self._weight = 0.0

    def end(self) -> None:
        """The page is done."""
        self._canvas.showPage()
        page = self._canvas._doc.Pages.pages[-1]
        page.Contents = PDFStream(content=page.stream.encode("ascii"), filters=[PDFZCompress])
        self.begin()

    def fill(self, colour: str) -> None:
        """What is filled from now on has this colour."""
        if colour != self._filled:
            self._filled = colour
            self._say(f"{_rgb(colour)} rg")

    def stroke(self, colour: str, weight: float) -> None:
        """Lines from now on have this colour and weight."""
        if colour != self._stroked:
            self._stroked = colour
            self._say(f"{_rgb(colour)} RG")
        if weight != self._weight:
            self._weight = weight
            self._say(f"{weight:.3f} w")

    def text(self, x: float, y: float, text: str, bold: bool, size: float) -> None:
        """Draw text on the base line *y*."""
        pieces = self._written.get((text, bold)) or self._write(text, bold)
        said = f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"
        for name, codes in pieces:
            font = f"{name} {size:.3f} Tf"
            if font != self._font:
                self._font = font
                said += f" {font}"
            said += f" <{codes}> Tj"
        self._say(f"{said} ET")

    def _write(self, text: str, bold: bool) -> tuple[tuple[str, str], ...]:
        known = self._codes[bold]
        font, doc = _font(BOLD if bold else REGULAR), self._canvas._doc
        if new := "".join(char for char in dict.fromkeys(text) if char not in known):
            for char in new:
                ((subset, code),) = font.splitString(char, doc)
                known[char] = (subset, code.hex())
        pieces = []
        for subset, run in groupby(map(known.__getitem__, text), key=_subset):
            pieces.append((font.getSubsetInternalName(subset, doc), "".join([code for _, code in run])))
        made = self._written[text, bold] = tuple(pieces)
        return made

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a straight line."""
        self._say(f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S")

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a filled box, its bottom left at *x*, *y*."""
        self._say(f"{x:.4f} {y:.4f} {width:.4f} {height:.4f} re f")

    def shape(self, points: Sequence[tuple[float, float]]) -> None:
        """Draw a filled shape with these corners."""
        self._say(f"{_along(points)} h f")

    def track(self, points: Sequence[tuple[float, float]]) -> None:
        """Draw a line with these corners, round at ends and corners."""
        self._say(f"1 j 1 J {_along(points)} S 0 j 0 J")

    def bars(self, x: float, y: float, text: str, module: float, height: float) -> None:
        """Draw the bars of a Code 128, their bottom left at *x*, *y*."""
        self._say(f"q {module:.6f} 0 0 {height:.4f} {x:.5f} {y:.5f} cm {_bar_path(text)} f Q")

    def cells(self, x: float, y: float, rows: tuple[str, ...], module: float, height: float) -> None:
        """Draw the dark cells of a code, their top left at *x*, *y*."""
        self._say(f"q {module:.6f} 0 0 {height:.6f} {x:.5f} {y:.5f} cm {_cell_path(rows)} f Q")


def _subset(code: tuple[int, str]) -> int:
    return code[0]


def _along(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.3f} {y:.3f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points))
