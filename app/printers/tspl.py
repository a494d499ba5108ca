"""TSPL and TSPL2: TSC, and the many that speak it too.

Bars are ``BAR`` rectangles and everything else is ``BITMAP``: the codes of the language (``BARCODE``, ``QRCODE``,
``DMATRIX``) differ between firmwares in what they add by themselves, and so no value of a label ever stands in a
command. Source: TSC, TSPL/TSPL2 Programming Language.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.label import DPIS, PrintOptions
from app.domain.label_dots import BarRow, Filled, LaidOut
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.printers._ink import Ink, inked, joined

__all__ = ["DPIS", "ENDING", "ID", "STATUS_QUERY", "TITLE", "read_status", "render"]

ID = "tspl"
TITLE = {"ja": "TSPL（TSC など）", "en": "TSPL (TSC and others)"}
ENDING = "tspl"
STATUS_QUERY = b"\x1b!?"
"""Answered at once, also by a printer that has stopped."""


def render(labels: Sequence[LaidOut], copies: int, options: PrintOptions) -> bytes:
    """Write the labels and how often they are printed."""
    several = len(labels) > 1
    once = [_label(laid, 1 if several else copies, options) for laid in labels]
    return b"".join(once * (copies if several else 1))


def _label(laid: LaidOut, copies: int, options: PrintOptions) -> bytes:
    width, height = laid.size_mm
    # What is told here stays set, the cutter even when the printer is off: it is told only what the house decided.
    head = [
        f"SIZE {width:.2f} mm,{height:.2f} mm",
        *([f"GAP {options.gap_mm:g} mm,0 mm"] if options.gap_mm is not None else []),
        "DIRECTION 0,0",
        "REFERENCE 0,0",
        *([f"SET CUTTER {'BATCH' if options.cut else 'OFF'}"] if options.cut is not None else []),
        "CLS",
    ]
    bars: list[str] = []
    inks: list[Ink] = []
    for part in laid.parts:
        match part:
            case Filled(x, y, width, height):
                bars.append(f"BAR {x},{y},{width},{height}")
            case BarRow():
                at = part.x
                for place, wide in enumerate(part.widths):
                    if place % 2 == 0:
                        bars.append(f"BAR {at},{part.y},{wide},{part.height}")
                    at += wide
            case _:
                ink = inked(part)
                if ink is not None:
                    inks.append(ink)
    # A bitmap overwrites all that lies under its whole bytes: bitmaps come first, and those that touch become one.
    out = [line.encode("ascii") for line in head]
    out += [_bitmap(ink) for ink in joined(inks)]
    out += [line.encode("ascii") for line in bars]
    return b"\r\n".join([*out, f"PRINT 1,{copies}".encode("ascii"), b""])


_WHITE = bytes(255 - byte for byte in range(256))
"""In this language a white dot is 1."""


def _bitmap(ink: Ink) -> bytes:
    return f"BITMAP {ink.x},{ink.y},{ink.stride},{ink.height},0,".encode("ascii") + ink.rows.translate(_WHITE)


_STATES = (
    (0x01, PrinterState.HEAD_OPEN),
    (0x02, PrinterState.JAM),
    (0x04, PrinterState.PAPER_OUT),
    (0x08, PrinterState.RIBBON_OUT),
    (0x10, PrinterState.PAUSED),
    (0x20, PrinterState.BUSY),
    (0x40, PrinterState.HEAD_OPEN),  # the cover, where it has a sensor of its own
    (0x80, PrinterState.FAULT),  # "other error", on some the temperature around it
)


def read_status(reply: bytes) -> PrinterReport:
    """Read the one byte of the answer."""
    if len(reply) != 1:
        return report({PrinterState.UNKNOWN})
    return report({state for mask, state in _STATES if reply[0] & mask})
