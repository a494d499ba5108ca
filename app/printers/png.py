"""A picture of the label, black and white, one pixel a dot: for previews, and for printers that take pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

from app.domain.label import DPIS, PrintOptions
from app.domain.label_dots import LaidOut
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.printers._ink import drawn

__all__ = ["DPIS", "ENDING", "ID", "STATUS_QUERY", "TITLE", "read_status", "render"]

ID = "png"
TITLE = {"ja": "画像（PNG）", "en": "Picture (PNG)"}
ENDING = "png"
STATUS_QUERY = b""


_APART = 24
"""Dots between two labels in one picture."""


def render(labels: Sequence[LaidOut], copies: int, options: PrintOptions) -> bytes:  # noqa: ARG001 # all take these
    """Draw the labels, one below the other with a grey strip between; who prints it sees to the copies."""
    pictures = [drawn(laid) for laid in labels]
    whole = pictures[0]
    if len(pictures) > 1:
        wide, high = max(each.width for each in pictures), sum(each.height + _APART for each in pictures) - _APART
        whole = Image.new("L", (wide, high), 128)
        at = 0
        for each in pictures:
            whole.paste(each, (0, at))
            at += each.height + _APART
    file = io.BytesIO()
    dpi = labels[0].dpi
    whole.save(file, "PNG", dpi=(dpi, dpi))
    return file.getvalue()


def read_status(reply: bytes) -> PrinterReport:  # noqa: ARG001 # a file says nothing
    """Nothing is asked, so nothing is known."""
    return report({PrinterState.UNKNOWN})
