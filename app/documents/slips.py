"""The sheets of several orders in one file, as a release prints them: packing slips, invoices, return slips.

Each keeps its own page numbers and its recipient's language; break sheets part them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.documents._sheet import Sheet
from app.documents._slip import draw_slip
from app.documents.break_sheet import draw_break
from app.documents.invoice import draw_invoice, warnings_of
from app.documents.return_slip import draw_return
from app.domain.invoice import Invoice
from app.domain.order_papers import ReturnSlip, SlipBatch
from app.domain.papers import Rendered
from app.text import Texts, texts

__all__ = ["ID", "render"]

ID = "slips"
"""Name of the paper."""


def render(value: SlipBatch, words: Texts, between: Callable[[], None] = lambda: None) -> Rendered:
    """Draw all sheets, one after the other, each break sheet before its slip.

    :param between: called after each sheet: hundreds of them take seconds, and others may need the processor sooner.
    """
    sheet = Sheet(f"{words.say('paper.slip.title')} {value.batch}", words)
    breaks = dict(value.breaks)
    warnings: list[str] = []
    for place, each in enumerate(value.slips):
        if place in breaks:
            draw_break(sheet, breaks[place], words)
        own = texts(each.language) if each.language else words
        if isinstance(each, Invoice):
            draw_invoice(sheet, each, own)
            warnings += warnings_of(each, words)
        elif isinstance(each, ReturnSlip):
            draw_return(sheet, each, own)
        else:
            draw_slip(sheet, each, own)
        between()
    return replace(sheet.finish(), warnings=(*value.warnings, *warnings))
