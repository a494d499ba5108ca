"""Where two codes or two names differ, so that a screen can mark exactly that."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

__all__ = ["Spans", "differing", "word_differences", "words"]

Spans = tuple[tuple[int, int], ...]
"""Pieces of a text as start and end, in order, never touching."""

_MOST_TOKENS = 300
"""Names with more words than this are marked as one piece: comparing takes the square of it."""

# A number keeps its unit (50g, 1.5L); a kanji is a word of its own, since Japanese has no spaces.
_TOKEN = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[A-Za-zＡ-Ｚａ-ｚ%％℃㎏㎝㎜㎖ℓ]*"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]+"
    r"|[\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f\u3099\u309a]+"
    r"|[\u3041-\u309f]+"
    r"|\S"
)


def differing(a: str, b: str) -> Spans:
    """Return the pieces of *b* that differ from *a*.

    Texts of one length are compared place by place, so the pieces hold for *a* as well. Otherwise everything between
    the common beginning and the common end differs; nothing is marked where *b* only lacks characters, so ask again
    the other way round for the marks of *a*.
    """
    if a == b:
        return ()
    if len(a) == len(b):
        return _joined([(i, i + 1) for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y])
    start, end = _common(a, b)
    return ((start, len(b) - end),) if start < len(b) - end else ()


def word_differences(name_a: str, name_b: str) -> tuple[Spans, Spans]:
    """Return the words that differ, as pieces of *name_a* and of *name_b*.

    Width and case make no difference (``５０Ｇ`` is ``50g``), nor do spaces.
    """
    if name_a == name_b:
        return (), ()
    places_a, words_a = words(name_a)
    places_b, words_b = words(name_b)
    start, end = _common(words_a, words_b)
    stop_a, stop_b = len(words_a) - end, len(words_b) - end
    if max(stop_a, stop_b) - start > _MOST_TOKENS:
        return _joined(_whole(places_a[start:stop_a])), _joined(_whole(places_b[start:stop_b]))
    matcher = SequenceMatcher(None, words_a[start:stop_a], words_b[start:stop_b], autojunk=False)
    in_a: list[tuple[int, int]] = []
    in_b: list[tuple[int, int]] = []
    for what, a0, a1, b0, b1 in matcher.get_opcodes():
        if what != "equal":
            in_a += places_a[start + a0 : start + a1]
            in_b += places_b[start + b0 : start + b1]
    return _joined(in_a), _joined(in_b)


def words(name: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Return the words of a name: where each stands, and each without width and case.

    A number keeps its unit; kanji are words of their own, katakana and hiragana are words by the run.
    """
    places, found = [], []
    for each in _TOKEN.finditer(name):
        places.append(each.span())
        found.append(unicodedata.normalize("NFKC", each.group()).casefold())
    return places, found


def _common(a: str | list[str], b: str | list[str]) -> tuple[int, int]:
    """Return how much of the beginning and, beyond that, of the end is the same."""
    shorter = min(len(a), len(b))
    start = 0
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return start, end


def _whole(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(places[0][0], places[-1][1])] if places else []


def _joined(places: list[tuple[int, int]]) -> Spans:
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
