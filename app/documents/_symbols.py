"""Symbols of bar codes as rows of cells, made by the library that also reads them."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from app.domain.gs1 import split_message
from app.errors import StationError

__all__ = ["QR_QUIET", "SymbolKind", "cells_of"]

SymbolKind = Literal["ean13", "code128", "gs1_128", "qr"]

QR_QUIET = 4
"""Cells left white around a QR code."""


@lru_cache(maxsize=1024)
def cells_of(kind: SymbolKind, text: str) -> tuple[tuple[str, ...], str]:
    """Return the rows of cells of a code, ``1`` for a dark one, and its text for people.

    One row where the code is made of bars; no quiet zone.

    :param text: what it says; with the separator of a GS1 message as U+001D.
    :raises StationError: ``paper.code_unusable`` when the text cannot be a code of its kind.
    """
    import zxingcpp  # takes a moment to load, and most papers need none of it

    kinds = {
        "ean13": zxingcpp.BarcodeFormat.EAN13,
        "code128": zxingcpp.BarcodeFormat.Code128,
        "gs1_128": zxingcpp.BarcodeFormat.Code128,
        "qr": zxingcpp.BarcodeFormat.QRCode,
    }
    gs1 = kind == "gs1_128"
    shown = text
    if gs1:
        shown = "".join(f"({identifier}){value}" for identifier, value in split_message(text).pairs)
    try:
        code = zxingcpp.create_barcode(shown, kinds[kind], **({"gs1": True} if gs1 else {}))
    except ValueError as error:
        raise StationError("paper.code_unusable", code=shown) from error
    view = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type] # gives a buffer
    high, wide = view.shape or (0, 0)
    flat = view.tobytes()
    rows = tuple("".join("0" if cell else "1" for cell in flat[row * wide : (row + 1) * wide]) for row in range(high))
    # Bars come with their picture's height; the first row of an EAN has all of them.
    return (rows if kind == "qr" else rows[:1]), shown
