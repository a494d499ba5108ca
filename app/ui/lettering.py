"""Setting text: lines that break where Japanese breaks, in the largest size that fits, never cut silently.

Nothing here knows what a text means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.fonts import FAMILY_FIXED
from app.ui.look import make_font

__all__ = ["Setting", "draw", "draw_fitted", "elided_middle", "fitted", "phrases", "split_sentence"]

_CHUNK = re.compile(
    r"\n"
    r"|[「『（(【\[〈《]*"
    r"(?:[0-9０-９A-Za-zＡ-Ｚａ-ｚ#＃\-‐_./:：,%％+&'’–@]+(?: ?[点件品個番枚本箱円行台](?![一-鿿]))?"
    r"|[ァ-ヺー・ｦ-ﾟ]+"
    r"|(?:[こそあど]の)?[一-鿿々〆ヶ豈-﫿]+(?:[はがをにでともへ](?=[ぁ-ゖ]{2}(?!さい))|(?:(?!ください)[ぁ-ゖー])*)"
    r"|ください[ぁ-ゖー]*"
    r"|(?:(?!ください)[ぁ-ゖー])+"
    r"|[ \u3000]+"
    r"|.)"
    r"[」』）)】\]〉》、。，．！？!?：:]*"
)
"""A piece that stays on one line: a number with its unit, a katakana word, a kanji word with its kana."""


def phrases(text: str) -> list[str]:
    """Cut *text* into pieces that stay whole on a line."""
    return _CHUNK.findall(text)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text was set into a box."""

    pixels: int
    """Size of the letters."""
    lines: tuple[tuple[int, int], ...]
    """Start and end of each line in the text."""
    cut: bool
    """The text did not fit at the smallest size and ends with an ellipsis: show it whole as a tooltip."""


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
    size = max(largest, smallest, 6)
    while True:
        metrics = QFontMetricsF(make_font(size, bold, fixed))
        lines = _wrapped(text, metrics, width)
        room = max(1, min(most, int((height + 0.5) // _leading(size))))
        if len(lines) <= room:
            return Setting(size, _balanced(text, metrics, width, lines), False)
        if size <= max(smallest, 6):
            return Setting(size, lines[:room], True)
        size = max(smallest, min(size - 1, round(size * 0.93)), 6)


def _leading(size: int) -> float:
    return size * 1.22


def _wrapped(text: str, metrics: QFontMetricsF, width: float) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int]] = []
    start = end = at = 0
    for piece in phrases(text):
        stop = at + len(piece)
        if piece == "\n":
            lines.append((start, end))
            start = end = stop
        elif metrics.horizontalAdvance(text[start:stop].rstrip()) <= width:
            end = stop
        else:
            if end > start:
                lines.append((start, end))
            start, end = (stop, stop) if piece.isspace() else (at, stop)
            while metrics.horizontalAdvance(text[start:end].rstrip()) > width and end - start > 1:
                cut = _fitting(text, start, end, metrics, width)
                lines.append((start, cut))
                start = cut
        at = stop
    if end > start or not lines:
        lines.append((start, end))
    return tuple(lines)


def _balanced(
    text: str, metrics: QFontMetricsF, width: float, lines: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """Make the lines of a short text about equally long: no word alone on its line."""
    if not 2 <= len(lines) <= 3 or "\n" in text:
        return lines
    low, high, best = width * 0.45, width, lines
    for _ in range(6):
        middle = (low + high) / 2
        tried = _wrapped(text, metrics, middle)
        fits = all(metrics.horizontalAdvance(text[a:b].rstrip()) <= width for a, b in tried)
        if len(tried) == len(lines) and fits and not _splits(text, tried):
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


def _fitting(text: str, start: int, end: int, metrics: QFontMetricsF, width: float) -> int:
    """Return how far a piece longer than the line fits."""
    cut = start + 1
    while cut < end and metrics.horizontalAdvance(text[start : cut + 1]) <= width:
        cut += 1
    return cut


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
    return draw(painter, box, text, setting, font, colour, align, vertical, marks, mark_colours)


def draw(
    painter: QPainter,
    box: QRectF,
    text: str,
    setting: Setting,
    font: QFont,
    colour: QColor,
    align: str = "left",
    vertical: str = "centre",
    marks: tuple[tuple[int, int], ...] = (),
    mark_colours: tuple[QColor, QColor] | None = None,
) -> QRectF:
    """Draw a text that was set; *marks* are pieces of the text with a ground and a thick underline."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    leading = _leading(setting.pixels)
    total = leading * len(setting.lines)
    top = box.top() + (max(0.0, box.height() - total) / 2 if vertical == "centre" else 0.0)
    if vertical == "bottom":
        top = box.bottom() - total
    first = top
    for number, (start, end) in enumerate(setting.lines):
        line = text[start:end].rstrip()
        if setting.cut and number == len(setting.lines) - 1:
            line = metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, box.width())
        wide = metrics.horizontalAdvance(line)
        left = box.left()
        if align == "right":
            left = box.right() - wide
        elif align == "centre":
            left = box.left() + (box.width() - wide) / 2
        base = top + (leading - metrics.height()) / 2 + metrics.ascent()
        if mark_colours:
            _mark(painter, text, (start, start + len(line)), marks, mark_colours, metrics, left, base)
        painter.setPen(colour)
        painter.drawText(QPointF(left, base), line)
        if font.bold() and font.family() == FAMILY_FIXED:  # has no bold cut: drawn twice, a little apart
            painter.drawText(QPointF(left + setting.pixels * 0.028, base), line)
        top += leading
    return QRectF(box.left(), first, box.width(), total)


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
        painter.fillRect(QRectF(x - 1, base - high, wide + 2, high + thick * 1.6), ground)
        painter.fillRect(QRectF(x - 1, base + thick * 0.8, wide + 2, thick), stroke)


_SENTENCE = re.compile(r"(?<=[。！？])|(?<=[.!?]) ")


def split_sentence(text: str) -> tuple[str, str]:
    """Return the first sentence, without its full stop, and the rest."""
    parts = _SENTENCE.split(text, maxsplit=1)
    first = parts[0].strip()
    rest = parts[1].strip() if len(parts) > 1 else ""
    first = first.removesuffix("。")
    return (first.removesuffix(".") if not first.endswith("...") else first), rest
