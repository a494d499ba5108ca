"""Pages of a PDF as grey pictures: for previews on the screen, and for papers that go to a label printer as dots."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from math import ceil, floor
from threading import Lock

import pypdfium2
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from app.errors import FileUnusable

__all__ = ["PDFIUM", "Page", "count", "each", "pages", "png"]

_POINTS = 72
_MOST_DOTS = 120_000_000
"""Dots of the largest page: an A3 page at 600 dots an inch has 70 million. A larger one would fill the memory."""
PDFIUM = Lock()
"""The library may be used by one thread at a time only."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in grey."""

    width: int
    height: int
    grey: bytes = field(repr=False)
    """One byte a dot, row by row; 0 is black."""
    pictures: tuple[tuple[int, int, int, int], ...] = ()
    """Where pictures lie on it: left, top, right, bottom in dots."""


def pages(pdf: bytes, dpi: int, first: int = 0, count: int | None = None) -> tuple[Page, ...]:
    """Draw pages of a PDF, *dpi* dots an inch, as a printer would see them.

    A page whose size is a whole number of dots is drawn dot by dot: bars that stand on them have sharp edges.

    :param first: the first page that is drawn, from 0.
    :param count: how many, for a preview of a long paper; None for all that follow.
    :raises FileUnusable: ``pages.unreadable``: it is no PDF, is cut short or is locked; ``pages.large``: a page has
        too many dots.
    """
    made: list[Page] = []
    try:
        with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
            end = len(document) if count is None else min(len(document), first + count)
            for number in range(first, end):
                with closing(document[number]) as page:
                    made.append(_drawn(page, number, dpi))
    except pypdfium2.PdfiumError as error:
        raise FileUnusable("pages.unreadable", why=str(error)) from error
    return tuple(made)


def each(pdf: bytes, dpi: int) -> Iterator[Page]:
    """Draw the pages of a PDF one after another: those of 500 slips at once would fill the memory.

    :raises FileUnusable: as :func:`pages`.
    """
    for number in range(count(pdf)):
        yield from pages(pdf, dpi, number, 1)


def count(pdf: bytes) -> int:
    """Return how many pages a PDF has.

    :raises FileUnusable: ``pages.unreadable``: it is no PDF, is cut short or is locked.
    """
    try:
        with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
            return len(document)
    except pypdfium2.PdfiumError as error:
        raise FileUnusable("pages.unreadable", why=str(error)) from error


def _drawn(page: pypdfium2.PdfPage, number: int, dpi: int) -> Page:
    scale = dpi / _POINTS
    if page.get_width() * page.get_height() * scale * scale > _MOST_DOTS:
        raise FileUnusable("pages.large", page=number + 1, dpi=dpi)
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        dots = bytes(bitmap.buffer)
        wide, stride, high = bitmap.width, bitmap.stride, bitmap.height
    if stride != wide:
        dots = b"".join(dots[row * stride : row * stride + wide] for row in range(high))
    return Page(wide, high, dots, tuple(_pictures(page, scale, wide, high)))


def _pictures(page: pypdfium2.PdfPage, scale: float, wide: int, high: int) -> Iterator[tuple[int, int, int, int]]:
    for each in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = (length * scale for length in each.get_bounds())
        yield max(0, floor(left)), max(0, floor(high - top)), min(wide, ceil(right)), min(high, ceil(high - bottom))


def png(page: Page) -> bytes:
    """Return a page as a PNG file."""
    file = io.BytesIO()
    Image.frombytes("L", (page.width, page.height), page.grey).save(file, "PNG", compress_level=3)
    return file.getvalue()
