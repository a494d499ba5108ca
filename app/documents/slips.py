"""Several packing slips in one file, as a release prints them; each slip keeps its own page numbers."""

from __future__ import annotations

from app.documents._sheet import Sheet
from app.documents._slip import draw_slip
from app.domain.papers import Rendered, SlipBatch
from app.text import Texts

__all__ = ["ID", "render"]

ID = "slips"
"""Name of the paper."""


def render(value: SlipBatch, words: Texts) -> Rendered:
    """Draw all slips, one after the other."""
    sheet = Sheet(f"{words.say('paper.slip.title')} {value.batch}", words)
    for slip in value.slips:
        draw_slip(sheet, slip, words)
    return sheet.finish()
