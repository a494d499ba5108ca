"""Setting text: lines that break where Japanese breaks, in the largest size that fits, never cut silently.

A word of kanji that carries its reading (:data:`app.text.READING`) is set with the reading in small kana above it, the
two kept together on one line. Where a box is too low for that, the reading stands in brackets behind its word; where it
is too narrow for that as well, the word stands alone rather than cut.

Nothing here knows what a text means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.fonts import FAMILY_FIXED
from app.text import JOINER, READING
from app.ui.look import make_font

__all__ = [
    "Reading",
    "Setting",
    "advance",
    "draw",
    "draw_fitted",
    "draw_line",
    "elided_middle",
    "fewest_lines",
    "fitted",
    "phrases",
    "read_apart",
    "split_sentence",
]

_WORD = r"[一-鿿々〆ヶ豈-﫿]+(?:\([ぁ-ゖー]+\))?"
"""Kanji, and their reading where it stands behind them."""

_CHUNK = re.compile(
    r"\n"
    r"|[「『（(【\[〈《]*"
    r"(?:[0-9０-９A-Za-zＡ-Ｚａ-ｚ#＃\-‐_./:：,%％+&'’–@]+(?: ?(?:[点件品個番枚本箱円行台](?![一-鿿])|(?:k?g|mm)\b))?"
    r"|[ァ-ヺー・ｦ-ﾟ]+"
    rf"|(?:[こそあど]の)?{_WORD}(?:[りきみけしちび]{_WORD})*"
    r"(?:[はがをにでともへ](?=[ぁ-ゖ]{2}(?!さい))|(?:(?!ください)[ぁ-ゖー])*)"
    r"|ください[ぁ-ゖー]*"
    r"|(?:(?!ください)[ぁ-ゖー])+"
    r"|[ \u3000]+"
    r"|.)"
    r"[」』）)】\]〉》、。，．！？!?：:]*"
)
"""A piece that stays on one line: a number with its unit, a katakana word, a kanji word (also 送り状) with its kana."""


def phrases(text: str) -> list[str]:
    """Cut *text* into pieces that stay whole on a line."""
    return _CHUNK.findall(text)


Reading = tuple[int, int, str]
"""Start and end of a word, and its reading in kana."""


@lru_cache(maxsize=2048)
def read_apart(text: str) -> tuple[str, tuple[Reading, ...]]:
    """Return *text* without its readings, and the readings with the places of their words in it."""
    shown, readings, at = "", [], 0
    for found in READING.finditer(text):
        shown += text[at : found.start()]
        readings.append((len(shown), len(shown) + len(found[1]), found[2]))
        shown += found[1]
        at = found.end()
    return (shown + text[at:]).replace(JOINER, ""), tuple(readings)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text was set into a box."""

    pixels: int
    """Size of the letters."""
    lines: tuple[tuple[int, int], ...]
    """Start and end of each line in the text that is shown."""
    cut: bool
    """The text did not fit at the smallest size and ends with an ellipsis: show it whole as a tooltip."""
    shown: str
    """The text without the readings that stand above it."""
    readings: tuple[Reading, ...] = ()
    """What stands above it."""

    @property
    def height(self) -> float:
        """Height of all lines."""
        return _leading(self.pixels, bool(self.readings)) * len(self.lines)


class _Measure:
    """Widths of pieces of one text in one font, with room for readings that are wider than their words."""

    def __init__(self, shown: str, readings: tuple[Reading, ...], font: QFont) -> None:
        self.text, self.readings = shown, readings
        self.metrics = QFontMetricsF(font)
        self.small = make_font(_reading_size(font.pixelSize()), font.bold())
        small = QFontMetricsF(self.small)
        self.wide = [small.horizontalAdvance(kana) for _, _, kana in readings]
        """Width of each reading."""
        self.extra = [
            max(0.0, wide - self.metrics.horizontalAdvance(shown[start:end]) - self._overhang(start, end))
            for wide, (start, end, _) in zip(self.wide, readings, strict=True)
        ]
        """What each reading needs beyond the width of its word."""

    def _overhang(self, start: int, end: int) -> float:
        """A reading may stand out over kana beside its word, a quarter of its size on each side, never over kanji."""
        sides = (self.text[start - 1 : start] or " ", self.text[end : end + 1] or "一")
        return sum(self.small.pixelSize() * 0.25 for side in sides if not "一" <= side <= "鿿")

    def width(self, start: int, end: int) -> float:
        """Return the width of a piece, spaces at its end left out."""
        wide = self.metrics.horizontalAdvance(self.text[start:end].rstrip())
        if not self.readings:
            return wide
        inside = zip(self.extra, self.readings, strict=True)
        return wide + sum(extra for extra, (left, right, _) in inside if start <= left and right <= end)


def _reading_size(size: int) -> int:
    """Half the size of the letters (JIS X 4051), and never too small to be read from a chair."""
    return max(9, round(size * 0.5))


def _leading(size: int, read: bool = False) -> float:
    return size * 1.22 + (_reading_size(size) if read else 0)


@lru_cache(maxsize=2048)
def fitted(
    text: str,
    width: int,
    height: int,
    largest: int,
    smallest: int,
    most: int = 2,
    bold: bool = False,
    fixed: bool = False,
) -> Setting:
    """Set *text* as large as the box allows, between *largest* and *smallest* pixels, in at most *most* lines."""
    box = width, height, most, bold, fixed
    shown, readings = read_apart(text)
    if readings:
        low = max(smallest, round(largest * 0.6))
        above = _set(shown, readings, largest, low, *box)
        if not above.cut and _leading(above.pixels, True) * len(above.lines) <= height + 0.5:
            return above
        behind = _set(text.replace(JOINER, ""), (), largest, smallest, *box)
        if not behind.cut:
            return behind
    return _set(shown, (), largest, smallest, *box)


def fewest_lines(text: str, box: QRectF, largest: int, least: int, most: int, bold: bool = False) -> int:
    """Return 1 where *text* fits into *box* on one line of at least *least* pixels, else *most*: a short text is better
    read a little smaller than broken."""
    return most if fitted(text, int(box.width()), int(box.height()), largest, least, 1, bold).cut else 1


def _set(
    shown: str,
    readings: tuple[Reading, ...],
    largest: int,
    smallest: int,
    width: int,
    height: int,
    most: int,
    bold: bool,
    fixed: bool,
) -> Setting:
    size = max(largest, smallest, 6)
    while True:
        measure = _Measure(shown, readings, make_font(size, bold, fixed))
        lines = _wrapped(measure, width)
        room = max(1, min(most, int((height + 0.5) // _leading(size, bool(readings)))))
        high_enough = not readings or _leading(size, True) <= height + 0.5
        if len(lines) <= room and high_enough:
            return Setting(size, _balanced(measure, width, lines), False, shown, readings)
        if size <= max(smallest, 6):
            return Setting(size, lines[:room], len(lines) > room, shown, readings)
        size = max(smallest, min(size - 1, round(size * 0.93)), 6)


def _wrapped(measure: _Measure, width: float) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int]] = []
    start = end = at = 0
    for piece in phrases(measure.text):
        stop = at + len(piece)
        if piece == "\n":
            lines.append((start, end))
            start = end = stop
        elif measure.width(start, stop) <= width:
            end = stop
        else:
            if end > start:
                lines.append((start, end))
            start, end = (stop, stop) if piece.isspace() else (at, stop)
            while measure.width(start, end) > width and end - start > 1:
                cut = _fitting(measure, start, end, width)
                lines.append((start, cut))
                start = cut
        at = stop
    if end > start or not lines:
        lines.append((start, end))
    return tuple(lines)


def _balanced(measure: _Measure, width: float, lines: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Make the lines of a short text about equally long: no word alone on its line."""
    if not 2 <= len(lines) <= 3 or "\n" in measure.text:
        return lines
    low, high, best = width * 0.45, width, lines
    for _ in range(6):
        middle = (low + high) / 2
        tried = _wrapped(measure, middle)
        fits = all(measure.width(a, b) <= width for a, b in tried)
        if len(tried) == len(lines) and fits and not _splits(measure.text, tried):
            best, high = tried, middle
        else:
            low = middle
    return best


def _splits(text: str, lines: tuple[tuple[int, int], ...]) -> bool:
    """Whether a line ends within a piece."""
    ends, at = {0}, 0
    for piece in phrases(text):
        at += len(piece)
        ends.add(at)
    return any(end not in ends for _, end in lines)


def _fitting(measure: _Measure, start: int, end: int, width: float) -> int:
    """Return how far a piece longer than the line fits; a word stays with its reading."""
    cut = start + 1
    while cut < end and measure.width(start, cut + 1) <= width:
        cut += 1
    whole = next((left for left, right, _ in measure.readings if start < left < cut < right), cut)
    return next((right for left, right, _ in measure.readings if left == start and cut < right), whole)


def advance(text: str, font: QFont) -> float:
    """Return how wide *text* is on one line, its readings above it."""
    shown, readings = read_apart(text)
    return _Measure(shown, readings, font).width(0, len(shown))


def draw_line(painter: QPainter, at: QPointF, text: str, font: QFont, colour: QColor) -> float:
    """Draw *text* on one line with its readings above it, its baseline starting *at* a point; return its width."""
    shown, readings = read_apart(text)
    measure = _Measure(shown, readings, font)
    _draw_piece(painter, measure, (0, len(shown)), at, font, colour)
    return measure.width(0, len(shown))


def elided_middle(text: str, font: QFont, width: float) -> str:
    """Return *text* shortened in the middle: the ends of an order number tell it apart."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def draw_fitted(
    painter: QPainter,
    box: QRectF,
    text: str,
    colour: QColor,
    largest: int,
    smallest: int,
    *,
    most: int = 2,
    bold: bool = False,
    fixed: bool = False,
    align: str = "left",
    vertical: str = "centre",
    marks: tuple[tuple[int, int], ...] = (),
    mark_colours: tuple[QColor, QColor] | None = None,
) -> QRectF:
    """Set and draw *text*; return the box that it takes."""
    setting = fitted(text, int(box.width()), int(box.height()), largest, smallest, most, bold, fixed)
    font = make_font(setting.pixels, bold, fixed)
    return draw(painter, box, setting, font, colour, align, vertical, marks, mark_colours)


def draw(
    painter: QPainter,
    box: QRectF,
    setting: Setting,
    font: QFont,
    colour: QColor,
    align: str = "left",
    vertical: str = "centre",
    marks: tuple[tuple[int, int], ...] = (),
    mark_colours: tuple[QColor, QColor] | None = None,
) -> QRectF:
    """Draw a text that was set; *marks* are pieces of what is shown with a ground and a thick underline."""
    text, read = setting.shown, bool(setting.readings)
    measure = _Measure(text, setting.readings, font)
    metrics = measure.metrics
    leading = _leading(setting.pixels, read)
    total = leading * len(setting.lines)
    top = box.top() + (max(0.0, box.height() - total) / 2 if vertical == "centre" else 0.0)
    if vertical == "bottom":
        top = box.bottom() - total
    first = top
    for number, (start, stop) in enumerate(setting.lines):
        end = stop
        if setting.cut and number == len(setting.lines) - 1:
            text = text[:start] + metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, box.width())
            measure, end = _Measure(text, (), font), len(text)
        wide = measure.width(start, end)
        left = box.left()
        if align == "right":
            left = box.right() - wide
        elif align == "centre":
            left = box.left() + (box.width() - wide) / 2
        base = top + leading - _leading(setting.pixels) + (_leading(setting.pixels) - metrics.height()) / 2
        base += metrics.ascent()
        if mark_colours:
            shown = len(text[start:end].rstrip())
            _mark(painter, text, (start, start + shown), marks, mark_colours, metrics, left, base)
        _draw_piece(painter, measure, (start, end), QPointF(left, base), font, colour)
        top += leading
    return QRectF(box.left(), first, box.width(), total)


def _draw_piece(
    painter: QPainter, measure: _Measure, piece: tuple[int, int], at: QPointF, font: QFont, colour: QColor
) -> None:
    """Draw a piece of a text from its baseline on, each word in the middle below its reading."""
    start, end = piece
    painter.setPen(colour)
    x, size = at.x(), font.pixelSize()
    for number, (left, right, kana) in enumerate(measure.readings):
        if left < start or right > end:
            continue
        x += _draw_run(painter, measure, measure.text[start:left], QPointF(x, at.y()), font)
        word, extra = measure.text[left:right], measure.extra[number]
        room = measure.metrics.horizontalAdvance(word) + extra
        above = QPointF(x + (room - measure.wide[number]) / 2, at.y() - size * 0.94)
        painter.setFont(measure.small)
        painter.drawText(above, kana)
        _draw_run(painter, measure, word, QPointF(x + extra / 2, at.y()), font)
        x, start = x + room, right
    _draw_run(painter, measure, measure.text[start:end].rstrip(), QPointF(x, at.y()), font)


def _draw_run(painter: QPainter, measure: _Measure, text: str, at: QPointF, font: QFont) -> float:
    if not text:
        return 0.0
    painter.setFont(font)
    painter.drawText(at, text)
    if font.bold() and font.family() == FAMILY_FIXED:  # has no bold cut: drawn twice, a little apart
        painter.drawText(QPointF(at.x() + font.pixelSize() * 0.028, at.y()), text)
    return measure.metrics.horizontalAdvance(text)


def _mark(
    painter: QPainter,
    text: str,
    line: tuple[int, int],
    marks: tuple[tuple[int, int], ...],
    colours: tuple[QColor, QColor],
    metrics: QFontMetricsF,
    left: float,
    base: float,
) -> None:
    ground, stroke = colours
    for mark_start, mark_end in marks:
        start, end = max(mark_start, line[0]), min(mark_end, line[1])
        if start >= end:
            continue
        x = left + metrics.horizontalAdvance(text[line[0] : start])
        wide = metrics.horizontalAdvance(text[start:end])
        thick = max(3.0, metrics.height() * 0.1)
        high = metrics.ascent() * 1.02
        below = max(thick * 0.8, metrics.descent() + 1)  # under the tails of kana, never through them
        painter.fillRect(QRectF(x - 1, base - high, wide + 2, high + below + thick * 0.8), ground)
        painter.fillRect(QRectF(x - 1, base + below, wide + 2, thick), stroke)


_SENTENCE = re.compile(r"(?<=[。！？])|(?<=[.!?]) ")


def split_sentence(text: str) -> tuple[str, str]:
    """Return the first sentence, without its full stop, and the rest."""
    parts = _SENTENCE.split(text, maxsplit=1)
    first = parts[0].strip()
    rest = parts[1].strip() if len(parts) > 1 else ""
    first = first.removesuffix("。")
    return (first.removesuffix(".") if not first.endswith("...") else first), rest
