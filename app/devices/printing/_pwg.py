"""Pages as PWG raster (PWG 5102.4), for printers that take pictures of pages and no PDF."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable

from app.services.pages import Page

__all__ = ["pwg_raster"]

_HEADER = 1796
_GREY, _COLOUR = 18, 19
_RUNS = re.compile(rb"(.)\1{1,127}|(?:(.)(?!\2)){1,128}", re.DOTALL)
"""Dots that are alike, or dots that each differ from the next."""


def pwg_raster(pages: Iterable[Page], dpi: int, *, colours: int = 1) -> bytes:
    """Return the pages as one document.

    :param colours: 1 for grey dots, 3 for a printer that takes coloured ones only.
    """
    made = list(pages)
    return b"RaS2" + b"".join(_header(page, dpi, colours, len(made)) + _rows(page, colours) for page in made)


def _header(page: Page, dpi: int, colours: int, count: int) -> bytes:
    header = bytearray(_HEADER)
    header[0:9] = b"PwgRaster"

    def put(at: int, *numbers: int) -> None:
        struct.pack_into(f">{len(numbers)}I", header, at, *numbers)

    put(276, dpi, dpi)
    put(340, 1)  # copies
    put(352, round(page.width * 72 / dpi), round(page.height * 72 / dpi))
    put(372, page.width, page.height)
    put(384, 8, 8 * colours, page.width * colours)
    put(400, _GREY if colours == 1 else _COLOUR)
    put(420, colours)
    put(452, count)
    put(456, 1, 1)  # no mirror
    return bytes(header)


def _rows(page: Page, colours: int) -> bytes:
    made: list[bytes] = []
    rows = [page.grey[at : at + page.width] for at in range(0, page.width * page.height, page.width)]
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and end - at < 256 and rows[end] == rows[at]:
            end += 1
        made.append(bytes((end - at - 1,)) + _packed(rows[at], colours))
        at = end
    return b"".join(made)


def _packed(row: bytes, colours: int) -> bytes:
    made = bytearray()
    for run in _RUNS.finditer(row):
        dots = run[0]
        if run[1] is not None:
            made.append(len(dots) - 1)
            made += run[1] * colours
        elif len(dots) == 1:
            made.append(0)
            made += dots * colours
        else:
            made.append(257 - len(dots))
            made += b"".join(dots[at : at + 1] * colours for at in range(len(dots))) if colours > 1 else dots
    return bytes(made)
