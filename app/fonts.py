"""The shipped fonts: where they lie, which characters they have, and what is drawn for the others.

Screens and papers use the same family, so that a name looks on the slip as it looks on the screen. Nothing of Qt or
ReportLab is needed here: :func:`covers` reads the font file's own character table.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path

from app.plugins import resource_root

__all__ = [
    "FAMILY",
    "FAMILY_FIXED",
    "FILES",
    "SUBSTITUTE",
    "bold",
    "covers",
    "fixed",
    "licence",
    "printable",
    "regular",
]

FAMILY = "BIZ UDPGothic"
"""Family of screens and papers: proportional, regular and bold."""

FAMILY_FIXED = "BIZ UDGothic"
"""Family for codes and numbers in columns: every character has the same width."""

FILES = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf", "BIZUDGothic-Regular.ttf")
"""Names of the font files, all of which a screen registers at its start."""

SUBSTITUTE = "〓"
"""Stands for a character that the font lacks, as printers have marked a missing type for a century."""

_COMBINED = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+")


def regular() -> Path:
    """Return the file of the proportional font, regular weight."""
    return _file(0)


def bold() -> Path:
    """Return the file of the proportional font, bold weight."""
    return _file(1)


def fixed() -> Path:
    """Return the file of the fixed-width font."""
    return _file(2)


def licence() -> Path:
    """Return the file of the fonts' licence (SIL Open Font License 1.1), which travels with them."""
    return resource_root() / "fonts" / "OFL.txt"


def covers(text: str) -> tuple[str, ...]:
    """Return the characters of *text* that the shipped font lacks, each once, in their order; empty when all is well.

    The three files have the same characters for this purpose. Line ends and tabs are not looked for. A variation
    selector (as in some names' kanji) counts as lacking: paper would print a box for it.
    """
    starts, ends = _ranges(regular())
    lacking: dict[str, None] = {}
    for char in text:
        code = ord(char)
        at = bisect_right(starts, code) - 1
        if (at < 0 or code > ends[at]) and char not in "\n\r\t":
            lacking[char] = None
    return tuple(lacking)


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


def _file(number: int) -> Path:
    return resource_root() / "fonts" / FILES[number]


@cache
def _ranges(path: Path) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """First and last code of every run of characters in the file's Unicode table."""
    codes: set[int] = set()
    cmap = _table(path, b"cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    for number in range(count):
        platform, _encoding, offset = struct.unpack_from(">HHL", cmap, 4 + 8 * number)
        (form,) = struct.unpack_from(">H", cmap, offset)
        if platform in (0, 3) and form == 4:
            codes |= _codes_of_form_4(cmap[offset:])
        elif platform in (0, 3) and form == 12:
            codes |= _codes_of_form_12(cmap[offset:])
    ordered = sorted(codes)
    starts = tuple(code for code in ordered if code - 1 not in codes)
    ends = tuple(code for code in ordered if code + 1 not in codes)
    return starts, ends


def _table(path: Path, tag: bytes) -> bytes:
    """One table of a TrueType file, without reading the megabytes of outlines."""
    with path.open("rb") as file:
        (count,) = struct.unpack(">4xH6x", file.read(12))
        for _ in range(count):
            name, offset, length = struct.unpack(">4s4xLL", file.read(16))
            if name == tag:
                file.seek(offset)
                return file.read(length)
    raise ValueError(f"{path}: no {tag!r} table")


def _codes_of_form_4(sub: bytes) -> set[int]:
    """Codes of the 16-bit form: segments that map by a difference or through a list of glyphs; glyph 0 is "none"."""
    (twice,) = struct.unpack_from(">H", sub, 6)
    half = f">{twice // 2}H"
    ends = struct.unpack_from(half, sub, 14)
    starts = struct.unpack_from(half, sub, 16 + twice)
    deltas = struct.unpack_from(half, sub, 16 + 2 * twice)
    offsets = struct.unpack_from(half, sub, 16 + 3 * twice)
    codes: set[int] = set()
    for index, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code + delta
            if offset:
                place = 16 + 3 * twice + 2 * index + offset + 2 * (code - start)
                (listed,) = struct.unpack_from(">H", sub, place)
                glyph = listed + delta if listed else 0
            if glyph & 0xFFFF:
                codes.add(code)
    return codes


def _codes_of_form_12(sub: bytes) -> set[int]:
    """Codes of the 32-bit form: plain groups of neighbours."""
    (count,) = struct.unpack_from(">L", sub, 12)
    codes: set[int] = set()
    for number in range(count):
        start, end, glyph = struct.unpack_from(">LLL", sub, 16 + 12 * number)
        codes.update(range(start + (glyph == 0), end + 1))
    return codes
