"""ESC/POS: receipt and roll printers of Epson, Star, Citizen and others, 58 to 80 mm wide, also small label printers.

The label is one picture (``GS v 0``), in bands that fit a small buffer. A roll has no labels: the paper is cut after
each copy where that is asked for, and is fed as far as it takes to tear it off otherwise. Source: Epson, ESC/POS
Command Reference.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.label import DPIS as _LABEL_DPIS
from app.domain.label import PrintOptions
from app.domain.label_dots import LaidOut
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.printers._ink import Ink, whole

__all__ = ["DPIS", "ENDING", "ID", "STATUS_QUERY", "TITLE", "read_status", "render"]

ID = "escpos"
TITLE = {"ja": "ESC/POS（レシート・ロール紙）", "en": "ESC/POS (receipts and rolls)"}
ENDING = "bin"
DPIS = (180, *_LABEL_DPIS)
"""180 are the TM-T88 and others of its kind."""
STATUS_QUERY = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
"""Four questions that are answered at once by a byte each: printer, cause of being off line, errors, paper."""

_BAND = 256
"""Rows of one picture."""


def render(labels: Sequence[LaidOut], copies: int, options: PrintOptions) -> bytes:
    """Write the labels, once for each copy."""
    end = b"\x1dV\x42\x00" if options.cut else b"\x1bd\x04"
    return b"\x1b@" + b"".join(_bands(whole(laid)) + end for laid in labels) * copies


def _bands(ink: Ink) -> bytes:
    out = []
    for top in range(0, ink.height, _BAND):
        rows = min(_BAND, ink.height - top)
        head = b"\x1dv0\x00" + ink.stride.to_bytes(2, "little") + rows.to_bytes(2, "little")
        out.append(head + ink.rows[top * ink.stride : (top + rows) * ink.stride])
    return b"".join(out)


_CAUSES = ((0x04, PrinterState.HEAD_OPEN), (0x20, PrinterState.PAPER_OUT))
_ERRORS = ((0x08, PrinterState.CUTTER), (0x20, PrinterState.FAULT), (0x40, PrinterState.OVERHEATED))
"""The last one recovers by itself, which above all a hot print head does."""


def read_status(reply: bytes) -> PrinterReport:
    """Read the four bytes of the answer: bits 1 and 4 are set in each, bits 0 and 7 never."""
    if len(reply) != 4 or any(byte & 0x93 != 0x12 for byte in reply):
        return report({PrinterState.UNKNOWN})
    printer, offline, errors, paper = reply
    found = {state for mask, state in _CAUSES if offline & mask}
    found |= {state for mask, state in _ERRORS if errors & mask}
    if paper & 0x60 == 0x60:
        found.add(PrinterState.PAPER_OUT)
    if printer & 0x08 and not found:
        found.add(PrinterState.PAUSED if not offline & 0x40 else PrinterState.FAULT)
    return report(found)
