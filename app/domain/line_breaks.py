"""Breaking text into lines as Japanese breaks, for papers and labels alike: between any two characters, except that

* some characters never begin a line (、。」) and some never end one (「（),
* Latin words and numbers stay whole as long as a line can hold them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

__all__ = ["break_lines"]

_NEVER_FIRST = frozenset(
    "、。，．,.・：；:;？！?!゛゜´｀¨ヽヾゝゞ々〻ー゠–〜～‐'’”)）〕]］}｝〉》」』】〙〗〟｠»°′″℃¢%％‰"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰ｡｣､･ﾞﾟ"
)
_NEVER_LAST = frozenset("‘“(（〔[［{｛〈《「『【〘〖〝｟«￥¥＄$£€＃#№〒@＠｢")


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
