"""SBPL: SATO, from the M-8400 on to the CL4NX and CT4-LX.

Bars are upright lines (``FW``), everything else is graphics in hexadecimal (``GH``): binary graphics would hold bytes
that a printer which is asked for its state at any time takes for the question. The language's codes and its kanji are
not used, and so no value of a label ever stands in a command.

The size of the label and the gap are left to the printer's own setting: in ``A1`` width comes first on some models and
height on others, and the sensor (``IG``) wants a stream of its own. Source: SATO, SBPL Programming Reference (GL4xxe;
"e" and Pro series), and the interface chapters of its printers for the answer to ENQ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.domain.label import DPIS, PrintOptions
from app.domain.label_dots import BarRow, Filled, LaidOut
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.printers._ink import Ink, inked

__all__ = ["DPIS", "ENDING", "ID", "STATUS_QUERY", "TITLE", "read_status", "render"]

ID = "sbpl"
TITLE = {"ja": "SBPL（SATO）", "en": "SBPL (SATO)"}
ENDING = "sbpl"
STATUS_QUERY = b"\x05"

_THICKEST = 99
"""Dots of the thickest line."""


def render(labels: Sequence[LaidOut], copies: int, options: PrintOptions) -> bytes:
    """Write the labels and how often they are printed."""
    several = len(labels) > 1
    once = [_label(laid, 1 if several else copies, options) for laid in labels]
    return "".join(once * (copies if several else 1)).encode("ascii")


def _label(laid: LaidOut, copies: int, options: PrintOptions) -> str:
    out = ["\x1bA"]
    for part in laid.parts:
        match part:
            case Filled(x, y, width, height):
                out += _filled(x, y, width, height)
            case BarRow():
                at = part.x
                for place, wide in enumerate(part.widths):
                    if place % 2 == 0:
                        out += _filled(at, part.y, wide, part.height)
                    at += wide
            case _:
                ink = inked(part)
                if ink is not None:
                    out.append(_graphic(ink))
    if options.cut is not None:
        # "Cut, label": so many labels between two cuts; with 0 "the cutter is inactive" (GL4xxe, page 4-54).
        out.append(f"\x1b~A{copies if options.cut else 0:04d}")
    out.append(f"\x1bQ{copies}\x1bZ")
    return "".join(out)


def _at(x: int, y: int) -> str:
    """Say where the next thing stands; the first dot is 1."""
    return f"\x1bV{y + 1:04d}\x1bH{x + 1:04d}"


def _filled(x: int, y: int, width: int, height: int) -> Iterator[str]:
    """Draw a rectangle as lines next to each other, along its longer side."""
    upright = height >= width
    for start in range(0, width if upright else height, _THICKEST):
        thick = min(_THICKEST, (width if upright else height) - start)
        if upright:
            yield f"{_at(x + start, y)}\x1bFW{thick:02d}V{height:04d}"
        else:
            yield f"{_at(x, y + start)}\x1bFW{thick:02d}H{width:04d}"


def _graphic(ink: Ink) -> str:
    """Draw dots; what lacks to whole blocks of 8 by 8 is white, which covers nothing."""
    across, down = ink.stride, -(-ink.height // 8)
    rows = ink.rows.hex().upper().ljust(across * down * 16, "0")
    return f"{_at(ink.x, ink.y)}\x1bGH{across:03d}{down:03d}{rows}"


# --- what the printer says ----------------------------------------------------------------------------------------

_REPLY = re.compile(rb"\x02(?:[\d ]{2})([0-9A-Za-z])(\d{6})(?:[\x20-\xff]{16})?\x03", re.DOTALL)
"""Job, state, labels left, and in "Status 4" the name of the job."""
_STATES = {
    "a": PrinterState.FAULT,  # receive buffer full
    "b": PrinterState.HEAD_OPEN,
    "c": PrinterState.PAPER_OUT,
    "d": PrinterState.RIBBON_OUT,
    "e": PrinterState.JAM,  # media error: the gap or mark is not where it should be
    "f": PrinterState.FAULT,  # sensor
    "g": PrinterState.FAULT,  # print head
    "h": PrinterState.HEAD_OPEN,  # cover
    "i": PrinterState.FAULT,  # card
    "j": PrinterState.CUTTER,
    "k": PrinterState.FAULT,
}
_OFFLINE, _WAITING, _WORKING = "01234", "ABCDE", "GHIJKMNOPQSTUVW"


def read_status(reply: bytes) -> PrinterReport:
    """Read the answer to ENQ, of the forms "Status 3" (11 bytes) and "Status 4" (27 bytes)."""
    found = _REPLY.fullmatch(reply)
    if found is None:
        return report({PrinterState.UNKNOWN})
    code, left = found[1].decode("ascii"), int(found[2])
    if code in _OFFLINE:
        return report({PrinterState.PAUSED}, left)
    if code in _WAITING:
        return report((), left)
    if code in _WORKING:
        return report({PrinterState.BUSY}, left)
    return report({_STATES.get(code, PrinterState.UNKNOWN)}, left)
