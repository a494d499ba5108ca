"""The paper of a print job in the dots that its printer gets, page by page, for the screen.

The same bytes as for the printer are made (:mod:`app.services.printing_data`); nothing is drawn a second way.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from app.domain.label_dots import LaidOut
from app.domain.papers import Rendered
from app.errors import NotFound
from app.services import label_printing, orders, printers, printing_data
from app.services.drawing import Drawer
from app.services.pages import Page, pages
from app.services.printing_data import Work
from app.storage import outbox
from app.storage.database import Transaction

__all__ = ["Read", "Seen", "draw", "read"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A job's paper as it comes out."""

    rendered: Rendered
    """The paper itself, with what must be said about it."""
    page: Callable[[int], Page]
    """Gives a page by its place from 0. Takes a moment: not on a thread that paints."""
    dpi: int
    """Dots an inch of the pages."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a job shows, as it is read."""

    work: Work
    version: int = 0
    """Version of its order that the job is for; 0 for the newest, or for no order."""
    now: int = 0
    """Version of its order that is drawn."""

    @property
    def outdated(self) -> bool:
        """Whether the job was for an older version, of which nothing is drawn any more."""
        return bool(self.version and self.now and self.version != self.now)


def read(tx: Transaction, job: int) -> Read:
    """Read what a job shows, and the printer that it is for.

    :raises NotFound: there is no such job, or no such order or batch any more.
    """
    row = outbox.one(tx, job)
    if row is None:
        raise NotFound("outbox.no_job", job=job)
    printer = printers.one(tx, row.printer) if row.printer else None
    work = printing_data.work_of(tx, row, printer)
    full = orders.show(tx, row.order) if row.order is not None else None
    return Read(work, row.version if full is not None else 0, full.version if full is not None else 0)


def draw(work: Work, paper_dpi: int, between: Callable[[], None] = lambda: None) -> Seen:
    """Draw it. Takes a while: not within a transaction, and on no thread that scans or paints.

    :param paper_dpi: dots an inch for the paper of an office printer, which has dots of its own.
    :param between: called now and then while a paper of many pages is drawn.
    :raises StationError: it cannot be drawn; in words. That a page is too large for what is in the printer is said by
        the page.
    """
    if work.dpi and work.of_labels:
        laid = work.labels()
        return Seen(Rendered(b"", len(laid)), lambda place: _dots(laid[place]), work.dpi)
    drawer = Drawer()
    try:
        rendered = work.pdf(drawer, between)
    finally:
        drawer.close()
    if not work.dpi:
        return Seen(rendered, lambda place: pages(rendered.pdf, paper_dpi, place, 1)[0], paper_dpi)
    dpi, media = work.dpi, work.printer.media if work.printer is not None else ""

    def page(place: int) -> Page:
        (laid,) = label_printing.of_pages(pages(rendered.pdf, dpi, place, 1), dpi, media)
        return _dots(laid)

    return Seen(rendered, page, dpi)


def _dots(laid: LaidOut) -> Page:
    """Return a label in the dots that its printer burns."""
    drawn = label_printing.draw("png", (laid,))
    with Image.open(io.BytesIO(drawn.data)) as image:
        grey = image.convert("L")
        return Page(grey.width, grey.height, grey.tobytes())
