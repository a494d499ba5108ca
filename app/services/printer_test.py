"""The test label or page of a printer: made in its own language, for the settings and ``kenpin printers test``."""

from __future__ import annotations

from app.domain.label import PrintOptions
from app.domain.printer_test import TestWords, code_of, test_label
from app.domain.printing import Delivery, Printer
from app.printers._layout import checked
from app.services import label_printing
from app.services.printer_languages import language
from app.services.printers import Way
from app.text import Texts

__all__ = ["code_of", "page", "send"]

_USUAL_DPI = 300
"""Dots an inch for the bars on an office printer's page."""


def page(printer: Printer, words: Texts) -> bytes:
    """Return the test label in the printer's language, for an office printer the test page as a PDF.

    :raises NotAllowed: it cannot be printed so, in words.
    """
    tongue = language(printer.language)
    dpi = printer.dpi or (_USUAL_DPI if not printer.for_labels else 203)
    facts = words.say(
        "printers.test.facts" if printer.for_labels else "printers.test.facts_office",
        language=tongue.TITLE.get(words.locale, tongue.ID),
        dpi=dpi,
        media=printer.media or "–",
    )
    said = TestWords(words.say("printers.test.title", code=code_of(printer)), facts, words.say("printers.test.ruler"))
    laid = (checked(test_label(printer, said), dpi),)
    options = PrintOptions.of(printer.options)
    return label_printing.draw(printer.language, laid, 1, options).data


def send(way: Way, printer: Printer, words: Texts, seconds: float = 20.0) -> Delivery:
    """Print it at once, past the outbox. Blocks: on no thread that scans or draws, in no transaction.

    :raises NotAllowed: as :func:`page`.
    """
    return way.send(f"test-{printer.id}", page(printer, words), seconds=seconds)
