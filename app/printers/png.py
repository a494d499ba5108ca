"""A picture of the label, black and white, one pixel a dot: for previews, and for printers that take pictures."""

from __future__ import annotations

import io

from app.domain.label import DPIS, Label, PrintOptions
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.printers._ink import drawn
from app.printers._layout import checked

__all__ = ["DPIS", "ENDING", "ID", "STATUS_QUERY", "TITLE", "read_status", "render"]

ID = "png"
TITLE = {"ja": "画像（PNG）", "en": "Picture (PNG)"}
ENDING = "png"
STATUS_QUERY = b""


def render(label: Label, dpi: int, copies: int, options: PrintOptions) -> bytes:  # noqa: ARG001 # all languages take these
    """Draw the label; who prints the picture sees to the copies."""
    file = io.BytesIO()
    drawn(checked(label, dpi)).save(file, "PNG", dpi=(dpi, dpi))
    return file.getvalue()


def read_status(reply: bytes) -> PrinterReport:  # noqa: ARG001 # a file says nothing
    """Nothing is asked, so nothing is known."""
    return report({PrinterState.UNKNOWN})
