"""Several packing slips in one file, as a release prints them; each keeps its own page numbers, with break sheets."""

from __future__ import annotations

from collections.abc import Callable

from app.documents._sheet import Sheet
from app.documents._slip import draw_slip
from app.documents.break_sheet import draw_break
from app.domain.papers import Rendered, SlipBatch
from app.text import Texts

__all__ = ["ID", "render"]

ID = "slips"
"""Name of the paper."""


def render(value: SlipBatch, words: Texts, between: Callable[[], None] = lambda: None) -> Rendered:
    """Draw all slips, one after the other, each break sheet before its slip.

    :param between: called after each slip: hundreds of them take seconds, and others may need the processor sooner.
    """
    sheet = Sheet(f"{words.say('paper.slip.title')} {value.batch}", words)
    breaks = dict(value.breaks)
    for place, slip in enumerate(value.slips):
        if place in breaks:
            draw_break(sheet, breaks[place], words)
        draw_slip(sheet, slip, words)
        between()
    return sheet.finish()
