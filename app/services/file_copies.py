"""Copies of a paper: every one beyond the first is marked 控え, so that nobody takes it for the one of the parcel."""

from __future__ import annotations

import io
import re
from contextlib import closing
from dataclasses import replace
from functools import cache

import pypdfium2

from app.documents._file_copy import stamp
from app.domain.papers import Rendered
from app.errors import FileUnusable
from app.services.pages import PDFIUM
from app.text import texts

__all__ = ["with_copies"]

_MM = 72 / 25.4
_ID = re.compile(rb"/ID\s*\[<[0-9A-Fa-f]{32}><[0-9A-Fa-f]{32}>\]")
_MOMENT = re.compile(rb"/CreationDate\s*\(D:([0-9]{14})")


@cache
def _stamp(width: float, height: float, language: str) -> bytes:
    return stamp((width, height), texts(language))


def with_copies(rendered: Rendered, copies: int, language: str, *, marked: bool = True) -> Rendered:
    """Return a paper with further copies behind it; ``pages`` are still those of one copy.

    :param copies: how many in all.
    :param language: of the mark.
    :param marked: whether copies beyond the first are marked; labels are not.
    :raises FileUnusable: ``pages.unreadable``: it is no PDF.
    """
    if copies <= 1:
        return rendered
    try:
        with (
            PDFIUM,
            closing(pypdfium2.PdfDocument(rendered.pdf)) as first,
            closing(pypdfium2.PdfDocument.new()) as made,
        ):
            made.import_pages(first)
            for _ in range(copies - 1):
                begin = len(made)
                made.import_pages(first)
                if marked:
                    for number in range(begin, len(made)):
                        _mark(made, number, language)
            file = io.BytesIO()
            made.save(file)
    except pypdfium2.PdfiumError as error:
        raise FileUnusable("pages.unreadable", why=str(error)) from error
    return replace(rendered, pdf=_settled(file.getvalue()))


def _settled(pdf: bytes) -> bytes:
    """Take the moment and the random number out that the library writes: the same paper gives the same bytes."""
    pdf = _MOMENT.sub(lambda found: found[0][:-14] + b"20000101000000", pdf)
    return _ID.sub(lambda found: re.sub(rb"[0-9A-Fa-f]{32}", b"0" * 32, found[0]), pdf)


def _mark(made: pypdfium2.PdfDocument, number: int, language: str) -> None:
    """Lay the mark over a page."""
    with closing(made[number]) as page:
        width, height = round(page.get_width() / _MM, 1), round(page.get_height() / _MM, 1)
        with closing(pypdfium2.PdfDocument(_stamp(width, height, language))) as over:
            page.insert_obj(over.page_as_xobject(0, made).as_pageobject())
        page.gen_content()
