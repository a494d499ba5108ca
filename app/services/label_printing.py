"""Labels for label printers: which languages there are, and each label as the bytes of one of them.

How they reach a printer is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.label import LabelFault, PrintOptions
from app.domain.label_dots import INCH_MM, LaidOut
from app.domain.label_media import media_mm
from app.errors import NotAllowed
from app.printers._pages import dotted
from app.services.pages import Page
from app.services.printer_languages import Language, language, languages

__all__ = ["MOST_COPIES", "Drawn", "Language", "draw", "language", "languages", "of_pages"]

MOST_COPIES = 999
"""More copies of one label are a mistyped number."""


_MORE_MM = 1.0
"""A page may be so much larger than its label: the edge of a page is white."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A label as bytes, and what is to be said about it."""

    data: bytes
    notes: tuple[LabelFault, ...]
    """What is not as it was meant, without stopping the label."""


def of_pages(found: Iterable[Page], dpi: int, media: str = "") -> tuple[LaidOut, ...]:
    """Return the pages of a paper as labels: ink black, bars to the dot, pictures scattered.

    :param media: what is in the printer, as :attr:`~app.domain.printing.Printer.media` says it; empty for anything.
    :raises NotAllowed: ``label.page_large``: a page is larger than the labels in the printer.
    """
    room = media_mm(media)
    made: list[LaidOut] = []
    for number, page in enumerate(found, 1):
        wide, high = (dots * INCH_MM / dpi for dots in (page.width, page.height))
        if room is not None and (wide > room[0] + _MORE_MM or high > (room[1] or high) + _MORE_MM):
            raise NotAllowed("label.page_large", page=number, width=round(wide), height=round(high), media=media)
        made.append(dotted(page.width, page.height, page.grey, dpi, page.pictures))
    return tuple(made)


def draw(name: str, labels: Sequence[LaidOut], copies: int = 1, options: PrintOptions | None = None) -> Drawn:
    """Return labels in a language.

    :raises NotAllowed: the printer cannot have so many dots or copies.
    """
    tongue = language(name)
    for dpi in {label.dpi for label in labels}:
        if dpi not in tongue.DPIS:
            raise NotAllowed("label.no_dpi", dpi=dpi, dpis=", ".join(map(str, tongue.DPIS)))
    if not 0 < copies <= MOST_COPIES:
        raise NotAllowed("label.bad_copies", most=MOST_COPIES)
    data = tongue.render(labels, copies, options or PrintOptions())
    notes = [fault for label in labels for fault in label.faults if not fault.stops]
    return Drawn(data, tuple(each for at, each in enumerate(notes) if each not in notes[:at]))
