"""Dots of what is drawn by us: text, cells, pictures, and whole labels for languages that know nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from app.domain.label_dots import BarRow, CellGrid, Dots, Filled, LaidOut, Shades, TextLine
from app.printers._layout import advances, font

__all__ = ["BASE_LINE", "Ink", "barred", "drawn", "inked", "joined", "whole"]

BASE_LINE = 0.98
"""From the top of a line to its base line, in sizes."""
_BLACK_FROM = 112
"""From this grey of 255 on a dot at the edge of a letter is black: earlier than half, or thin strokes break."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A black and white picture at its place."""

    x: int
    y: int
    width: int
    height: int
    rows: bytes
    """Row by row, 8 dots a byte from the left, 1 is black; the bits beyond the width are 0."""

    @property
    def stride(self) -> int:
        """Bytes of a row."""
        return -(-self.width // 8)


def inked(part: TextLine | CellGrid | Shades | Dots) -> Ink | None:
    """Return the dots of a part; None where nothing of it is black."""
    match part:
        case TextLine():
            left, top, width, height, rows = _text(part.text, part.size, part.bold)
            return Ink(part.x + left, part.y + top, width, height, rows) if width else None
        case CellGrid():
            width, height, rows = _cells(part.rows, part.cell)
            return Ink(part.x, part.y, width, height, rows)
        case Shades():
            return Ink(part.x, part.y, part.width, part.height, _shades(part))
        case Dots():
            return Ink(part.x, part.y, part.width, part.height, part.rows)


_Glyph = tuple[int, int, int, int, "np.ndarray | None"]


class _Glyphs(dict[str, _Glyph]):
    """Characters of one size: left, top, right and bottom from their place on the base line, and their dots."""

    def __init__(self, size: int, bold: bool) -> None:
        super().__init__()
        self._face = font(size, bold)

    def __missing__(self, char: str) -> _Glyph:
        if len(self) >= _MOST_GLYPHS:
            self.clear()
        left, top, right, bottom = (int(each) for each in self._face.getbbox(char, anchor="ls"))
        dots = None
        if right > left and bottom > top:
            grey = Image.new("L", (right - left, bottom - top))
            ImageDraw.Draw(grey).text((-left, -top), char, 255, self._face, anchor="ls")
            dots = np.asarray(grey) >= _BLACK_FROM
        self[char] = found = left, top, right, bottom, dots
        return found


_MOST_GLYPHS = 2048


@lru_cache(maxsize=64)
def _glyphs(size: int, bold: bool) -> _Glyphs:
    return _Glyphs(size, bold)


@lru_cache(maxsize=1024)
def _text(text: str, size: int, bold: bool) -> tuple[int, int, int, int, bytes]:
    """Place within the line, width, height and rows of one line of text."""
    glyphs, wide = _glyphs(size, bold), advances(size, bold)
    placed: list[tuple[int, int, int, int, np.ndarray]] = []
    at, first, upper, end, lower = 0, 0, 0, 0, 0
    for char in text:
        left, top, right, bottom, dots = glyphs[char]
        if dots is not None:
            left, right = at + left, at + right
            if not placed:
                first, upper, end, lower = left, top, right, bottom
            else:
                first, end = min(first, left), max(end, right)
                upper, lower = min(upper, top), max(lower, bottom)
            placed.append((left, top, right, bottom, dots))
        at += wide[char]
    if not placed:
        return 0, 0, 0, 0, b""
    line = np.zeros((lower - upper, end - first), dtype=bool)
    reached = first
    for left, top, right, bottom, dots in placed:
        where = line[top - upper : bottom - upper, left - first : right - first]
        if left >= reached:
            where[...] = dots
        else:
            where |= dots
        reached = max(reached, right)
    return first, round(size * BASE_LINE) + upper, end - first, lower - upper, np.packbits(line, axis=1).tobytes()


@lru_cache(maxsize=256)
def _cells(rows: tuple[str, ...], cell: int) -> tuple[int, int, bytes]:
    wide = len(rows[0]) * cell
    stride = -(-wide // 8)
    out = []
    for row in rows:
        bits = "".join(char * cell for char in row).ljust(stride * 8, "0")
        out.append(int(bits, 2).to_bytes(stride, "big") * cell)
    return wide, len(rows) * cell, b"".join(out)


@lru_cache(maxsize=64)
def _shades(part: Shades) -> bytes:
    """A picture in dots, its greys by scattered dots (Floyd and Steinberg)."""
    picture = part.picture
    grey = Image.frombytes("L", (picture.pixels_wide, picture.pixels_high), picture.grey)
    scaled = grey.resize((part.width, part.height), Image.Resampling.LANCZOS)
    return scaled.point([255 - shade for shade in range(256)]).convert("1").tobytes()


def barred(part: BarRow) -> Ink:
    """Return the dots of a linear code."""
    row = "".join(("1", "0")[place % 2] * wide for place, wide in enumerate(part.widths))
    stride = -(-len(row) // 8)
    return Ink(
        part.x, part.y, len(row), part.height, int(row.ljust(stride * 8, "0"), 2).to_bytes(stride, "big") * part.height
    )


def joined(inks: list[Ink]) -> list[Ink]:
    """Return *inks* with those as one that share a byte of dots, for languages that overwrite whole bytes."""
    out: list[Ink] = []
    for ink in inks:
        one = ink
        while (other := next((each for each in out if _share(one, each)), None)) is not None:
            out.remove(other)
            one = _both(one, other)
        out.append(one)
    return out


def _share(one: Ink, other: Ink) -> bool:
    return (
        one.x < other.x + other.stride * 8
        and other.x < one.x + one.stride * 8
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _both(one: Ink, other: Ink) -> Ink:
    left, top = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    picture = Image.new("1", (right - left, max(one.y + one.height, other.y + other.height) - top))
    pen = ImageDraw.Draw(picture)
    for ink in (one, other):
        pen.bitmap((ink.x - left, ink.y - top), Image.frombytes("1", (ink.width, ink.height), ink.rows), fill=1)
    return Ink(left, top, picture.width, picture.height, picture.tobytes())


def drawn(laid: LaidOut) -> Image.Image:
    """Return the whole label as a black and white picture."""
    picture = Image.new("1", (laid.width, laid.height), 1)
    pen = ImageDraw.Draw(picture)
    for part in laid.parts:
        match part:
            case Filled(x, y, width, height):
                pen.rectangle((x, y, x + width - 1, y + height - 1), fill=0)
            case BarRow():
                at = part.x
                for place, wide in enumerate(part.widths):
                    if place % 2 == 0:
                        pen.rectangle((at, part.y, at + wide - 1, part.y + part.height - 1), fill=0)
                    at += wide
            case TextLine() | CellGrid() | Shades() | Dots():
                ink = inked(part)
                if ink is not None:
                    pen.bitmap((ink.x, ink.y), Image.frombytes("1", (ink.width, ink.height), ink.rows), fill=0)
    return picture


def whole(laid: LaidOut) -> Ink:
    """Return the whole label as dots."""
    # PIL's white is 1; the bits beyond the width must stay white for the printer, which is 0 there.
    black = drawn(laid).convert("L").point([255 - shade for shade in range(256)])
    return Ink(0, 0, laid.width, laid.height, black.convert("1", dither=Image.Dither.NONE).tobytes())
