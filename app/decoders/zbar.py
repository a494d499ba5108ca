"""zbar, by pyzbar: the second look. It finds some slanted bars that the first decoder does not.

Named symbols only: with all of them it reads numbers out of mere texture. No DataBar (false reads, and it writes on
standard error), and no QR with other than ASCII text, which it garbles.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from app.decoders._views import View
from app.domain.decoding import Look
from app.domain.gtin import expand_upce

__all__ = ["ID", "RANK", "WAYS", "available", "read"]

ID = "zbar"
RANK = 2
WAYS = ("",)

_LINEAR = {
    "EAN13": ("ean-13", "E0"),
    "EAN8": ("ean-8", "E4"),
    "UPCA": ("upc-a", "E0"),
    "UPCE": ("upc-e", "E0"),
    # zbar does not tell GS1-128 from Code 128, so it names no identifier.
    "CODE128": ("code-128", ""),
    "CODE39": ("code-39", "A0"),
    "CODE93": ("code-93", "G0"),
    "CODABAR": ("codabar", "F0"),
    "I25": ("itf", "I1"),
}
_MATRIX = {"QRCODE": ("qr", "Q1")}


def available() -> bool:
    """Return whether the library is there; zbar itself belongs to the system."""
    try:
        _library()
    except ImportError:
        return False
    return True


def read(view: View, way: str = WAYS[0], *, linear: bool = False) -> list[Look]:  # noqa: ARG001 - it has one way
    """Return what is seen in *view*; with *linear* only bars are looked for."""
    width, height = view.image.size
    found = _library().decode((view.image.tobytes(), width, height), symbols=_symbols(linear))
    return [look for each in found if (look := _look(view, each)) is not None]


def _look(view: View, each: Any) -> Look | None:
    symbology, identifier = {**_LINEAR, **_MATRIX}[each.type]
    if symbology == "qr" and not each.data.isascii():
        return None
    text = each.data.decode("utf-8", "replace")
    if symbology == "upc-a":
        text = "0" + text
    elif symbology == "upc-e":
        upca = expand_upce(text)
        if upca is None:
            return None
        text = "0" + upca
    left, top, width, height = each.rect
    # Bars seen along one line only have no height.
    right, bottom = left + max(width, 1), top + max(height, 1)
    corners = view.corners([(left, top), (right, top), (right, bottom), (left, bottom)])
    return Look(text, symbology, identifier, corners, view.plain, RANK)


@cache
def _library() -> Any:
    from pyzbar import pyzbar

    return pyzbar


@cache
def _symbols(linear: bool) -> Any:
    names = _LINEAR if linear else {**_LINEAR, **_MATRIX}
    return tuple(getattr(_library().ZBarSymbol, name) for name in names)
