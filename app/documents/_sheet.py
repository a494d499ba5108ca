"""What all papers share: fonts, colours, a sheet measured in millimetres from its top left corner, pages that flow.

Everything drawn goes through :class:`Sheet`, which embeds the fonts, breaks lines, notes characters the font lacks
and draws bar codes with their quiet zones. The same value gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache, lru_cache
from os import stat
from typing import Literal
from unicodedata import combining

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_precision
from PIL import Image
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.documents._pen import BOLD, REGULAR, Pen, bars_of, load_fonts, units
from app.domain.line_breaks import break_lines
from app.domain.papers import Rendered
from app.domain.templates import Colours
from app.errors import StationError
from app.fonts import printable
from app.text import Texts

__all__ = [
    "A4",
    "ALERT",
    "BRAND",
    "GREY",
    "HAIR",
    "INK",
    "MM",
    "QUIET",
    "Align",
    "Flow",
    "Sheet",
    "Style",
    "code128_module",
    "day",
    "line_drawer",
    "money",
    "number",
    "same_amount",
]

MM = 72 / 25.4
"""Points in a millimetre."""

A4 = (210.0, 297.0)

INK = "#14212B"
GREY = "#53636F"
HAIR = "#CBD5DB"
BRAND = "#123B5D"
ALERT = "#B3261E"

QUIET = 10
"""Modules left white on both sides of a Code 128."""

_ASCENT = 0.93
"""From the top of a line to its base line, in sizes."""
_MIDDLE = 0.38
"""From the base line to the middle of a kanji, in sizes."""
_PICTURE_PIXELS = 600
"""Longest side of a picture in the file: 300 dots per inch at 50 mm."""

_PICTURES = 8
"""Pictures that are kept ready: the logos of the shops."""

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text looks."""

    size: float
    """Size in points."""
    bold: bool = False
    """Whether the bold weight is used."""
    colour: str = INK
    """Colour as ``#RRGGBB``."""
    spread: float = 1.42
    """Distance of the base lines, in sizes."""

    @property
    def leading(self) -> float:
        """Distance of the base lines in millimetres."""
        return self.size * self.spread / MM

    def scaled(self, factor: float) -> Style:
        """Return the same style in another size."""
        return replace(self, size=self.size * factor)


@cache
def _colour(text: str) -> Color:
    return HexColor(text)


def _measure(text: str, style: Style) -> float:
    """Width of *text* in millimetres."""
    return units(text, style.bold) * style.size / 1000 / MM


_plain: set[str] = set()
"""Characters that are drawn as they are, whatever stands beside them."""


class Sheet:
    """A PDF in the making. Lengths are millimetres, ``y`` grows downwards, text stands on its base line."""

    def __init__(self, title: str, words: Texts) -> None:
        load_fonts()
        self._file = io.BytesIO()
        self._canvas = Canvas(
            self._file,
            pagesize=(0, 0),
            invariant=True,
            pageCompression=1,
            initialFontName=REGULAR,  # type: ignore[arg-type]  # the stubs are wrong; without it PDF names Helvetica
            lang=words.locale,
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor("Kenpin")
        self._canvas.setCreator("Kenpin")
        self._height = 0.0
        self._pages = 0
        self._pen = Pen(self._canvas)
        self._dyes: dict[str, str] = {}
        self._missing: dict[str, None] = {}
        self._pictures: dict[str, ImageReader | None] = {}

    # --- pages --------------------------------------------------------------------------------------------------

    def page(self, size: tuple[float, float]) -> None:
        """Begin a page of *size* in millimetres."""
        if self._pages:
            self._pen.end()
        self._pages += 1
        self._height = size[1]
        self._canvas.setPageSize((size[0] * MM, size[1] * MM))

    def dye(self, colours: Colours) -> None:
        """Draw in the colours of a template from now on."""
        self._dyes = {BRAND: colours.brand, INK: colours.ink, GREY: colours.grey}

    def finish(self) -> Rendered:
        """Return the finished paper; one without pages gets an empty one, which every printer takes."""
        if not self._pages:
            self.page(A4)
        self._pen.end()
        self._canvas.save()
        unusable = tuple(path for path, picture in self._pictures.items() if picture is None)
        return Rendered(self._file.getvalue(), self._pages, tuple(self._missing), unusable)

    # --- text ---------------------------------------------------------------------------------------------------

    def _shown(self, text: str) -> str:
        if _plain.issuperset(text):
            return text
        shown, missing = printable(text)
        if shown == text and not missing:
            _plain.update(char for char in text if not combining(char))
        for char in missing:
            self._missing[char] = None
        return shown

    def width(self, text: str, style: Style) -> float:
        """Width that *text* takes on one line."""
        return _measure(self._shown(text), style)

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """Break *text* into lines of at most *width*; an empty text gives no line."""
        if not text.strip():
            return []
        return break_lines(self._shown(text.strip()), width + 0.001, lambda piece: _measure(piece, style))

    def shrunk(self, text: str, style: Style, width: float, least: float = 0.55) -> Style:
        """Return *style*, made smaller until *text* fits *width* on one line, at the least *least* times as large."""
        wide = self.width(text, style)
        return style if wide <= width else style.scaled(max(least, width / wide))

    def fitted(
        self, text: str, style: Style, width: float, height: float, least: float = 6.0
    ) -> tuple[Style, list[str]]:
        """Break *text* into lines for a box, in the largest size that fits, at the least *least* points."""
        lines = self.wrap(text, style, width)
        while len(lines) * style.leading > height and style.size > least:
            style = replace(style, size=max(least, style.size * 0.92))
            lines = self.wrap(text, style, width)
        return style, lines

    def text(self, x: float, y: float, text: str, style: Style, align: Align = "left") -> None:
        """Draw one line of *text* on the base line *y*."""
        shown = self._shown(text)
        if align != "left":
            x -= _measure(shown, style) / (1 if align == "right" else 2)
        self._fill(style.colour)
        self._pen.text(x * MM, (self._height - y) * MM, shown, style.bold, style.size)

    def standing(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        *,
        turned: bool = False,
        wide: float = 1.0,
        high: float = 1.0,
    ) -> None:
        """Draw *text* with its middle at *x*, *y*, as vertical writing needs it.

        :param turned: a quarter to the right.
        :param wide: width, and *high* height, as a part of what the font has.
        """
        shown = self._shown(text)
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x * MM, (self._height - y) * MM)
        if turned:
            canvas.rotate(-90)
        canvas.scale(wide, high)
        canvas.setFillColor(_colour(self._dyes.get(style.colour, style.colour)))
        canvas.setFont(BOLD if style.bold else REGULAR, style.size)
        canvas.drawString(-_measure(shown, style) * MM / 2, -_MIDDLE * style.size, shown)
        canvas.restoreState()

    def lines(self, x: float, top: float, lines: Sequence[str], style: Style, align: Align = "left") -> float:
        """Draw *lines* from *top* down and return where they end."""
        for line in lines:
            self.text(x, top + style.size * _ASCENT / MM, line, style, align)
            top += style.leading
        return top

    def _fill(self, colour: str) -> None:
        self._pen.fill(self._dyes.get(colour, colour))

    def _stroke(self, colour: str, weight: float) -> None:
        self._pen.stroke(self._dyes.get(colour, colour), weight * MM)

    # --- shapes -------------------------------------------------------------------------------------------------

    def rule(self, x1: float, y: float, x2: float, weight: float = 0.15, colour: str = HAIR) -> None:
        """Draw a level line; *weight* in millimetres."""
        self.line(x1, y, x2, y, weight, colour)

    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.15, colour: str = HAIR) -> None:
        """Draw a straight line."""
        self._stroke(colour, weight)
        self._pen.line(x1 * MM, (self._height - y1) * MM, x2 * MM, (self._height - y2) * MM)

    def frame(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        weight: float = 0.3,
        colour: str = INK,
        corner: float = 1.5,
    ) -> None:
        """Draw an empty box with round corners."""
        self._stroke(colour, weight)
        self._canvas.roundRect(
            x * MM, (self._height - y - height) * MM, width * MM, height * MM, corner * MM, stroke=1, fill=0
        )

    def bar(self, x: float, y: float, width: float, height: float, colour: str = BRAND) -> None:
        """Draw a filled box."""
        self._fill(colour)
        self._pen.box(x * MM, (self._height - y - height) * MM, width * MM, height * MM)

    def mark(self, x: float, top: float, word: str, size: float) -> None:
        """Draw a word in a frame of its own, as a stamp does."""
        style = Style(size, True, ALERT)
        high = size / MM + 2.6
        self.frame(x, top, self.width(word, style) + 4, high, 0.45, ALERT, 1)
        self.text(x + 2, top + high - 1.75, word, style)

    def picture_size(self, path: str, width: float, height: float) -> tuple[float, float]:
        """Size of a picture made as large as fits; nothing for none and for one that cannot be read."""
        if not path:
            return 0.0, 0.0
        if path not in self._pictures:
            self._pictures[path] = _picture(path)
        picture = self._pictures[path]
        if picture is None:
            return 0.0, 0.0
        wide, high = picture.getSize()
        scale = min(width / wide, height / high)
        return wide * scale, high * scale

    def picture(self, path: str, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture, its top left at *x*, *y*, in the size that :meth:`picture_size` gave."""
        if picture := self._pictures.get(path):
            self._canvas.drawImage(picture, x * MM, (self._height - y - height) * MM, width * MM, height * MM)

    def code128(
        self,
        x: float,
        y: float,
        text: str,
        width: float,
        height: float,
        modules: Sequence[float],
        align: Align = "left",
        dot: float = 0.0,
    ) -> tuple[float, float]:
        """Draw a Code 128 with its bars inside *width*; returns where they begin and how wide they are.

        The caller leaves :data:`QUIET` modules white on both sides of the bars.

        :param modules: widths of the narrowest bar that may be used, best first.
        :param dot: size of the printer's dots; the first bar begins on a whole one. 0: anywhere.
        :raises StationError: ``paper.code_unusable`` when the text is not plain ASCII or too long for the width.
        """
        count = sum(bars_of(text))
        module = next((module for module in modules if count * module <= width), None)
        if module is None:
            raise StationError("paper.code_unusable", code=text)
        wide = count * module
        left = x + {"left": 0.0, "right": width - wide, "centre": (width - wide) / 2}[align]
        left = round(left / dot) * dot if dot else left
        self._pen.fill("#000000")
        self._pen.bars(left * MM, (self._height - y - height) * MM, text, module * MM, height * MM)
        return left, wide

    def shape(self, points: Sequence[tuple[float, float]], colour: str = INK) -> None:
        """Draw a filled shape with corners at *points*."""
        self._fill(colour)
        self._pen.shape(self._points(points))

    def track(self, points: Sequence[tuple[float, float]], weight: float = 0.5, colour: str = BRAND) -> None:
        """Draw a line with corners at *points*; *weight* in millimetres."""
        self._stroke(colour, weight)
        self._pen.track(self._points(points))

    def _points(self, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * MM, (self._height - y) * MM) for x, y in points]

    def disc(self, x: float, y: float, radius: float, colour: str = INK) -> None:
        """Draw a filled circle around *x*, *y*."""
        self._fill(colour)
        self._canvas.circle(x * MM, (self._height - y) * MM, radius * MM, stroke=0, fill=1)

    def cells(self, x: float, y: float, rows: Sequence[str], module: float, height: float) -> None:
        """Draw the dark cells of a code, its top left at *x*, *y*.

        :param rows: the rows of cells, ``1`` for a dark one; a single row stands for bars.
        :param module: width of a cell.
        :param height: height of a row.
        """
        self._pen.fill("#000000")
        self._pen.cells(x * MM, (self._height - y) * MM, tuple(rows), module * MM, height * MM)


def code128_module(text: str, room: float, modules: Sequence[float]) -> float | None:
    """Return the widest of *modules*, best first, with which the bars of *text* and their quiet zones fit *room*.

    None where even the narrowest is too wide, or the text cannot be a Code 128.
    """
    try:
        count = sum(bars_of(text)) + 2 * QUIET
    except StationError:
        return None
    return next((module for module in modules if count * module <= room), None)


_pictures: dict[str, tuple[tuple[int, int], ImageReader | None]] = {}
"""Pictures as they are drawn, with time and size of the file that each is of."""


def _picture(path: str) -> ImageReader | None:
    """Return a picture ready to be drawn, kept until its file changes; None for one that cannot be read."""
    try:
        found = stat(path)
    except (OSError, ValueError):
        return None
    stamp = (found.st_mtime_ns, found.st_size)
    kept = _pictures.get(path)
    if kept is None or kept[0] != stamp:
        if len(_pictures) >= _PICTURES:
            _pictures.clear()
        kept = _pictures[path] = (stamp, _opened(path))
    return kept[1]


def _opened(path: str) -> ImageReader | None:
    """A picture made smaller, on white."""
    try:
        with Image.open(path) as opened:
            opened.draft("RGB", (_PICTURE_PIXELS, _PICTURE_PIXELS))
            opened.thumbnail((_PICTURE_PIXELS, _PICTURE_PIXELS))
            drawn = opened.convert("RGBA")
        paper = Image.new("RGB", drawn.size, "white")
        paper.paste(drawn, mask=drawn.getchannel("A"))
        return ImageReader(paper)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


_SLACK = 3.0
"""Millimetres that the last block of a page may reach into what is kept free above the foot."""


class Flow:
    """Blocks that follow one another over pages. Drawing waits until the number of pages is known."""

    def __init__(self, first: float, later: float, bottom: float) -> None:
        """Lay out between *first* (top on the first page) or *later* (on the others) and *bottom*."""
        self.y = first
        """Where the next block begins."""
        self.bottom = bottom
        """Where blocks end."""
        self._later, self._floor = later, bottom
        self.pages: list[list[Callable[[], None]]] = [[]]
        """What is drawn on each page."""
        self.ends: list[float] = []
        """Where each finished page ended."""
        self.over = False
        """Whether a block went below the bottom."""

    @property
    def room(self) -> float:
        """Height left on this page."""
        return self.bottom - self.y

    @property
    def whole(self) -> float:
        """Height of an empty later page."""
        return self.bottom - self._later

    def turn(self) -> None:
        """Go on to the next page."""
        self.ends.append(self.y)
        self.pages.append([])
        self.y = self._later

    def put(self, height: float, draw: Callable[[float], None]) -> None:
        """Place a block here; *draw* gets its top."""
        top = self.y
        self.pages[-1].append(lambda: draw(top))
        self.y += height
        self.over = self.over or self.y > self._floor + _SLACK


def line_drawer(sheet: Sheet, x: float, text: str, style: Style) -> Callable[[float], None]:
    """Return what draws one line of text, once its top is known."""
    return lambda top: sheet.text(x, top + style.size * _ASCENT / MM, text, style)


# --- figures ----------------------------------------------------------------------------------------------------


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and value.adjusted() < 18 else None


def same_amount(text: str, other: int) -> bool:
    """Whether *text* is a decimal number equal to *other*."""
    return _decimal(text) == other


def money(text: str, currency: str, words: Texts, *, negative: bool = False) -> str:
    """Return an amount as a person reads it, such as ``¥1,234``; text that is no number comes back as it is.

    Nothing is rounded away: an amount finer than its currency keeps its digits.

    :param negative: whether the amount is taken off (the shops write discounts with and without a minus).
    """
    return _money(text.strip(), currency.strip().upper(), words.locale, negative)


@lru_cache(maxsize=4096)
def _money(text: str, currency: str, locale: str, negative: bool) -> str:
    value = _decimal(text)
    if value is None:
        return text
    if negative:
        value = -abs(value)
    if not currency:
        return format_decimal(value, locale=locale, decimal_quantization=False)
    places = get_currency_precision(currency)
    if value == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):
        shown = format_currency(value, currency, locale=locale)
    else:
        shown = format_currency(value, currency, locale=locale, currency_digits=False, decimal_quantization=False)
    return shown.replace("￥", "¥").replace("\xa0", " ")


def number(value: int, words: Texts) -> str:
    """Return a count with its thousands marked."""
    return _number(value, words.locale)


@lru_cache(maxsize=4096)
def _number(value: int, locale: str) -> str:
    return format_decimal(value, locale=locale)


def day(value: date, words: Texts) -> str:
    """Return a day as a person reads it, such as ``2026年7月14日``."""
    return format_date(value, format="long", locale=Locale.parse(words.locale))
