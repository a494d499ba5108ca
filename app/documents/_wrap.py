"""Breaking text into lines as Japanese breaks, without ReportLab: between any two characters, except that

* some characters never begin a line (、。」) and some never end one (「（),
* Latin words and numbers stay whole as long as a line can hold them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from app.fonts import covers

__all__ = ["SUBSTITUTE", "break_lines", "printable"]

SUBSTITUTE = "〓"
"""Stands for a character that the font lacks, as printers have marked a missing type for a century."""

_NEVER_FIRST = frozenset(
    "、。，．,.・：；:;？！?!゛゜´｀¨ヽヾゝゞ々〻ー゠–〜～‐'’”)）〕]］}｝〉》」』】〙〗〟｠»°′″℃¢%％‰"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰ｡｣､･ﾞﾟ"
)
_NEVER_LAST = frozenset("‘“(（〔[［{｛〈《「『【〘〖〝｟«￥¥＄$£€＃#№〒@＠｢")

_COMBINED = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+")


@lru_cache(maxsize=4096)
def printable(text: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* as it can be drawn, and the characters for which :data:`SUBSTITUTE` stands.

    Split kana (``か`` and its marks as two characters, as some computers write them) are joined; whole-text
    normalising would replace the old forms that names are written with. Characters without a shape of their own are
    dropped, but a variant selector is reported: the name is then drawn in its common form.
    """
    if text.isascii() and text.isprintable():
        return text, ()
    joined = _COMBINED.sub(lambda found: unicodedata.normalize("NFC", found.group()), text)
    joined = joined.replace("\r\n", "\n").replace("\r", "\n")
    lacking = frozenset(covers(joined))
    shown: list[str] = []
    missing: dict[str, None] = {}
    for char in joined:
        point = ord(char)
        if char == "\n":
            shown.append(char)
        elif char in "\u2028\u2029\x0b\x0c\x85":
            shown.append("\n")
        elif 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF:
            missing[char] = None
        elif (category := unicodedata.category(char)) == "Cf":
            continue
        elif category == "Cc" or (category == "Zs" and char != "\u3000"):
            shown.append(" ")
        elif char in lacking:
            missing[char] = None
            shown.append(SUBSTITUTE)
        else:
            shown.append(char)
    return "".join(shown), tuple(missing)


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break *text* into lines of at most *width*; line breaks in the text are kept. Never returns an empty list.

    :param measure: width of a piece of text, in the unit of *width*.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_broken(paragraph, width, measure))
    return lines


def _broken(paragraph: str, width: float, measure: Callable[[str], float]) -> list[str]:
    if measure(paragraph) <= width:
        return [paragraph.rstrip()]
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(paragraph):
        wide = measure(piece)
        if used + wide <= width or (piece.isspace() and line):
            line, used = line + piece, used + wide
            continue
        if line.strip():
            lines.append(line.rstrip())
        line, used = "", 0.0
        if piece.isspace():
            continue
        if wide <= width:
            line, used = piece, wide
            continue
        for char in piece:  # longer than a whole line: only now inside a word
            one = measure(char)
            if line and used + one > width:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + char, used + one
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


@lru_cache(maxsize=4096)
def _pieces(paragraph: str) -> tuple[str, ...]:
    """Cut *paragraph* into pieces that stay whole: words, single characters with what clings to them, spaces."""
    pieces: list[str] = []
    clings = False
    for char in paragraph:
        space = char.isspace()
        if pieces and not space and not pieces[-1].isspace():
            last = pieces[-1][-1]
            if clings or char in _NEVER_FIRST or (_in_word(last) and _in_word(char)):
                pieces[-1] += char
                clings = char in _NEVER_LAST
                continue
        if space and pieces and pieces[-1].isspace():
            pieces[-1] += char
        else:
            pieces.append(char)
        clings = char in _NEVER_LAST
    return tuple(pieces)


def _in_word(char: str) -> bool:
    return ord(char) < 0x0530 and char != " "
