"""What a printer is sent for a print job: a PDF for an office printer, its own language for a label printer.

In two steps: :func:`work_of` reads what the job shows, within a transaction; :meth:`Work.draw` makes the bytes outside
of one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.domain.label import LabelFault, PrintOptions
from app.domain.label_dots import LaidOut
from app.domain.label_sets import PAPER, LabelSet
from app.domain.order_papers import AddressLabels
from app.domain.papers import Rendered
from app.domain.printing import Printer
from app.errors import NotAllowed
from app.services import label_drawing, label_jobs, label_printing, papers
from app.services.drawing import Drawer, Paper
from app.services.file_copies import with_copies
from app.services.looks import for_dots
from app.services.pages import Page, each
from app.storage.database import Transaction
from app.storage.printing import JobRow

__all__ = ["LOWEST_DPI", "Data", "Work", "work_of"]

PDF = "pdf"
_ONE_BY_ONE = ("zpl", "tspl", "sbpl")
"""Languages whose printers bring nothing out before a label's last byte."""
LOWEST_DPI = 203
"""Dots an inch of a label printer that does not say."""


@dataclass(frozen=True, slots=True)
class Data:
    """The bytes of a job for one printer."""

    data: bytes
    format: str
    """Id of the language that they are in: ``pdf``, ``zpl`` …"""
    ending: str
    """Of a file with such bytes, without the dot."""
    pages: int
    """Pages or labels of one copy."""
    single: bool
    """Whether nothing can come out before the last byte: one label in a printer's language."""
    missing: tuple[str, ...] = ()
    """Characters that the fonts lack."""
    unusable: tuple[str, ...] = ()
    """Pictures that could not be read."""
    warnings: tuple[str, ...] = ()
    """Sentences for a person of the shop."""
    notes: tuple[LabelFault, ...] = ()
    """What is not as it was meant on a label, without stopping it."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a job shows, and the printer that it is for."""

    paper: Paper
    printer: Printer | None
    copies: int = 1

    @property
    def of_labels(self) -> bool:
        """Whether it shows labels, which are laid out in dots, and no pages."""
        return isinstance(self.paper.value, AddressLabels | LabelSet)

    @property
    def dpi(self) -> int:
        """Dots an inch of its label printer; 0 for an office printer and the folder."""
        printer = self.printer
        return 0 if printer is None or printer.language == PDF else printer.dpi or LOWEST_DPI

    def pdf(self, drawer: Drawer, between: Callable[[], None] = lambda: None) -> Rendered:
        """Draw it as a PDF. Takes a while: not within a transaction.

        :param between: called now and then while a paper of many pages is drawn.
        """
        value = self.paper.value
        if isinstance(value, AddressLabels | LabelSet):
            return label_drawing.rendered(value, self.paper.language, self.printer.media if self.printer else "")
        return drawer.draw(self.paper, between)

    def labels(self) -> tuple[LaidOut, ...]:
        """Return its labels in the dots of its label printer; none where it shows pages."""
        value, printer = self.paper.value, self.printer
        if printer is None or not isinstance(value, AddressLabels | LabelSet):
            return ()
        return label_drawing.laid_of(value, self.paper.language, self.dpi, printer.media)

    def draw(self, drawer: Drawer, between: Callable[[], None] = lambda: None) -> Data:
        """Make the bytes. Takes a while: not within a transaction.

        :param between: called now and then while a paper of many pages is drawn.
        :raises StationError: it cannot be drawn, or is too large for what is in the printer; in words.
        """
        printer = self.printer
        if printer is None or printer.language == PDF:
            drawn_once = self.pdf(drawer, between)
            marked = not self.of_labels
            return _of_pdf(with_copies(drawn_once, self.copies, self.paper.language, marked=marked))
        dpi, copies = self.dpi, self.copies
        rendered = None
        if not self.of_labels:
            paper = for_dots(self.paper, dpi)
            rendered, copies = with_copies(drawer.draw(paper, between), copies, paper.language), 1
        if rendered is None:
            laid = self.labels()
        else:
            laid = label_printing.of_pages(_slowly(each(rendered.pdf, dpi), between), dpi, printer.media)
        if not laid:
            raise NotAllowed("label.nothing")
        drawn = label_printing.draw(printer.language, laid, copies, PrintOptions.of(printer.options))
        return Data(
            drawn.data,
            printer.language,
            label_printing.language(printer.language).ENDING,
            rendered.pages if rendered else len(laid),
            len(laid) == 1 and printer.language in _ONE_BY_ONE,
            tuple(rendered.missing) if rendered else (),
            tuple(rendered.unusable) if rendered else (),
            tuple(rendered.warnings) if rendered else (),
            drawn.notes,
        )


def _slowly(found: Iterable[Page], between: Callable[[], None]) -> Iterator[Page]:
    for page in found:
        between()
        yield page


def _of_pdf(rendered: Rendered) -> Data:
    said = tuple(rendered.missing), tuple(rendered.unusable), tuple(rendered.warnings)
    return Data(rendered.pdf, PDF, PDF, rendered.pages, False, *said)


def work_of(tx: Transaction, job: JobRow, printer: Printer | None = None) -> Work:
    """Read what a job shows.

    Every copy is in the bytes; those of a paper beyond the first are marked as file copies.

    :param printer: where it goes; None for a PDF, as the station's folder takes it.
    :raises NotFound: the order has no ship number any more, or there is no such pick job, or no such thing to label.
    """
    if job.paper == PAPER:
        return Work(label_jobs.paper_of_job(tx, job), printer, job.copies)
    said = json.loads(job.subject) if job.subject else {}
    paper = papers.paper_of_job(
        tx,
        job.paper,
        order=job.order,
        batch=job.batch,
        copy_reason=job.copy_reason,
        version=job.version,
        station=job.station,
        orders=said.get("orders"),
        template=str(said.get("template", "")),
    )
    if isinstance(paper.value, AddressLabels):
        made = label_jobs.with_template(tx, paper, str(said.get("template", "")))
        return Work(label_jobs.with_file_copies(made, job.copies), printer)
    return Work(paper, printer, job.copies)
