"""The packing slip 納品書 of one order."""

from __future__ import annotations

from app.documents._sheet import Sheet
from app.documents._slip import draw_slip
from app.domain.papers import Rendered, Slip
from app.text import Texts

__all__ = ["ID", "render"]

ID = "packing_slip"
"""Name of the paper."""


def render(value: Slip, words: Texts) -> Rendered:
    """Draw the slip."""
    sheet = Sheet(f"{words.say('paper.slip.title')} {value.number}", words)
    draw_slip(sheet, value, words)
    return sheet.finish()
