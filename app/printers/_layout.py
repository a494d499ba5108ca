"""A label laid out with the shipped fonts and the library that makes matrix codes, or refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from PIL import ImageFont

from app import fonts
from app.domain.gs1 import split_message
from app.domain.label import Label, Symbology
from app.domain.label_dots import LaidOut, laid_out, stopping
from app.errors import NotAllowed

__all__ = ["advances", "checked", "font", "lay_out"]


@cache
def font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """Return the font of labels in a size in dots.

    Its characters are set one by one, without ligatures and kerning: drawn alike on every computer, and drawn once.
    """
    file = fonts.bold() if bold else fonts.regular()
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


class _Advances(dict[str, int]):
    """How many dots each character of a size takes on its line; looked up thousands of times for one label."""

    def __init__(self, size: int, bold: bool) -> None:
        super().__init__()
        self._font = font(size, bold)

    def __missing__(self, char: str) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[char] = found = round(self._font.getlength(char))
        return found


_MOST_KEPT = 8192


@lru_cache(maxsize=512)
def advances(size: int, bold: bool) -> Mapping[str, int]:
    """Return how many dots characters take on their line, in a size in dots."""
    return _Advances(size, bold)


def _width(text: str, size: int, bold: bool) -> int:
    return sum(map(advances(size, bold).__getitem__, text))


_DARK = b"1" + b"0" * 255
"""From the library's greys, of which 0 is black, to cells."""


@lru_cache(maxsize=1024)
def _matrix(symbology: Symbology, data: str) -> tuple[str, ...] | None:
    import zxingcpp  # takes a moment to load, and most labels have bars only

    gs1 = symbology is Symbology.GS1_DATAMATRIX
    try:
        if symbology is Symbology.QR:
            code = zxingcpp.create_barcode(data, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        else:
            text = _bracketed(data) if gs1 else data
            code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, **({"gs1": True} if gs1 else {}))
    except ValueError:
        return None
    view = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type] # gives a buffer
    high, wide = view.shape or (0, 0)
    cells = view.tobytes().translate(_DARK).decode("ascii")
    return tuple(cells[row * wide : (row + 1) * wide] for row in range(high))


def _bracketed(message: str) -> str:
    """Return a GS1 message as the library takes it: a bracket within a value would begin the next identifier."""
    return "".join(f"({name})" + value.replace("(", "\\(") for name, value in split_message(message).pairs)


class _Tools:
    """What the layout asks for."""

    def width(self, text: str, size: int, bold: bool) -> float:
        return _width(text, size, bold)

    def printable(self, text: str) -> tuple[str, tuple[str, ...]]:
        return fonts.printable(text)

    def matrix(self, symbology: Symbology, data: str) -> tuple[str, ...] | None:
        return _matrix(symbology, data)


_TOOLS = _Tools()


def lay_out(label: Label, dpi: int) -> LaidOut:
    """Lay a label out, whatever is wrong with it."""
    return laid_out(label, dpi, _TOOLS)


def checked(label: Label, dpi: int) -> LaidOut:
    """Lay a label out to print it.

    :raises NotAllowed: it has a fault that stops it, by the key of that fault.
    """
    laid = lay_out(label, dpi)
    fault = stopping(laid.faults)
    if fault is not None:
        raise NotAllowed(fault.key, **fault.args)
    return laid
