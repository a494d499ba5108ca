"""ZPL II: Zebra, and the many that speak it too.

Code 128, ITF, Code 39 and NW-7 are the printer's own (``^BC``, ``^B2``, ``^B3``, ``^BK``), placed so that their bars
are the layout's to the dot; of a Code 128 the sets are chosen here and said by invocation codes, so that its width is
known. The others are sent as dots, because firmware decides what they look like: ``^BE``, ``^B8`` and ``^BU`` lengthen
the guard bars into what stands below, by different lengths; ``^BQ`` and ``^BX`` choose version, encoding and mask, and
``^BQ`` is set lower by some. Text and pictures are ``^GFA`` with the run lengths that every firmware unpacks.

Data is written by ``^FH``: every character but letters, digits and the three that ``^BC`` gives a meaning by its code,
so that ``^``, ``~`` and ``_`` are plain characters.

Source: Zebra, ZPL II Programming Guide (P1099958), ``~HS`` and ``~HQES`` by its tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.domain.label import DPIS, PrintOptions, Symbology
from app.domain.label_bars import CODE_B, CODE_C, FNC1, START_C
from app.domain.label_dots import BarRow, Filled, LaidOut
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.printers._ink import Ink, barred, inked

__all__ = ["DPIS", "ENDING", "ID", "STATUS_QUERY", "TITLE", "read_status", "render"]

ID = "zpl"
TITLE = {"ja": "ZPL（Zebra など）", "en": "ZPL (Zebra and others)"}
ENDING = "zpl"
STATUS_QUERY = b"~HQES\r\n~HS\r\n"
"""Both: the first knows the faults, the second how many labels are left; each printer has at least one of them."""


def render(labels: Sequence[LaidOut], copies: int, options: PrintOptions) -> bytes:
    """Write the labels and how often they are printed."""
    several = len(labels) > 1
    once = [_label(laid, 1 if several else copies, options) for laid in labels]
    return "".join(once * (copies if several else 1)).encode("ascii")


def _label(laid: LaidOut, copies: int, options: PrintOptions) -> str:
    # ^LS and ^LT are what a person trimmed the printer by, and are left as they are.
    out = [f"^XA^CI28^PON^PMN^LRN^FWN^LH0,0^PW{laid.width}^LL{laid.height}{_told(options)}"]
    for part in laid.parts:
        match part:
            case Filled(x, y, width, height):
                out.append(f"^FO{x},{y}^GB{width},{height},{min(width, height)}^FS")
            case BarRow():
                out.append(_bars(part))
            case _:
                ink = inked(part)
                if ink is not None:
                    out.append(_graphic(ink))
    # "If the o parameter is set to Y, the printer cuts but does not pause", after each group: here all copies.
    out.append(f"^PQ{copies},{copies},0,Y^XZ\n" if options.cut else f"^PQ{copies}^XZ\n")
    return "\n".join(out)


def _told(options: PrintOptions) -> str:
    """Set what stays in force, ``^MM`` and ``^MN``: whoever ever says "cut" must say "tear off" too."""
    mode = "" if options.cut is None else "^MMC" if options.cut else "^MMT"
    media = "" if options.gap_mm is None else "^MNY" if options.gap_mm else "^MNN"
    return mode + media


# --- codes --------------------------------------------------------------------------------------------------------


_WIDEST_MODULE = 10
"""Dots of the widest narrow bar that ``^BY`` takes."""


def _bars(part: BarRow) -> str:
    high = part.height
    data = part.bars.data
    if part.module > _WIDEST_MODULE:
        return _graphic(barred(part))
    match part.symbology:
        case Symbology.CODE128 | Symbology.GS1_128:
            command, field = f"^BCN,{high},N,N,N,N", _code128(part.bars.values)
        case Symbology.ITF14:
            command, field = f"^B2N,{high},N,N,N", data
        case Symbology.CODE39:
            command, field = f"^B3N,N,{high},N,N", data
        case Symbology.NW7:
            command, field = f"^BKN,N,{high},N,N,{data[0]},{data[-1]}", data[1:-1]
        case _:
            return _graphic(barred(part))
    ratio = part.wide / part.module if part.wide > part.module else 3
    return f"^FO{part.x},{part.y}^BY{part.module},{ratio:.1f},{high}{command}^FH_^FD{_plain(field)}^FS"


_SPECIAL = {CODE_C: ">5", CODE_B: ">6", FNC1: ">8"}


def _code128(values: tuple[int, ...]) -> str:
    """Write symbol characters by invocation codes (Programming Guide, table "Code 128 Invocation Characters")."""
    in_c = values[0] == START_C
    out = [">;" if in_c else ">:"]
    for value in values[1:]:
        if value in _SPECIAL and (value != CODE_C or not in_c):
            out.append(_SPECIAL[value])
            in_c = value == CODE_C or (in_c and value == FNC1)
        elif in_c:
            out.append(f"{value:02d}")
        else:
            char = chr(value + 32)
            out.append(">0" if char == ">" else char)
    return "".join(out)


_SAFE = re.compile(r"[^0-9A-Za-z>:;]")


def _plain(text: str) -> str:
    """Write data for a field with ``^FH_``."""
    return _SAFE.sub(lambda found: "".join(f"_{byte:02X}" for byte in found[0].encode()), text)


# --- dots ---------------------------------------------------------------------------------------------------------


def _counted(count: int) -> str:
    """Write how often the next digit stands: G–Y are 1 to 19, g–z are 20 to 400 by twenties, and they add up."""
    out = ""
    while count >= 420:
        out += "z"
        count -= 400
    if count >= 20:
        out += chr(ord("f") + count // 20)
        count %= 20
    return out + (chr(ord("F") + count) if count else "")


_ZERO = "\x01"
"""Stands for the digit 0 behind a count, until all counts are written: it is no part of a longer run."""
_RUNS = tuple(("0" * count, _counted(count) + _ZERO) for count in (128, 32, 16, 8))
"""Runs of white digits as they are written, a long one in several parts. Looking for shorter ones takes longer than
sending them; those of black ones are short where letters are drawn, and stay."""


_MOST_BYTES = 99_999
"""Bytes of the largest graphic; of a larger one the printer takes as many."""


def _graphic(ink: Ink) -> str:
    """Write a picture, a large one in strips."""
    stride = ink.stride
    high = _MOST_BYTES // stride
    out = []
    for top in range(0, ink.height, high):
        rows = ink.rows[top * stride : (top + high) * stride]
        out.append(f"^FO{ink.x},{ink.y + top}^GFA,{len(rows)},{len(rows)},{stride},{_packed(rows, stride)}^FS")
    return "\n".join(out)


@lru_cache(maxsize=256)
def _packed(dots: bytes, stride: int) -> str:
    """Write dots by Zebra's run lengths: ``,`` is the rest of a row white, ``!`` black, ``:`` as before.

    The rest is whole bytes: "if the string ends in an odd number of zeros, one zero and a single comma is required"
    (A300 guide, page 85).
    """
    across = stride * 2
    digits = dots.hex().upper()
    rows: list[str] = []
    before = ""
    for at in range(0, len(digits), across):
        row = digits[at : at + across]
        if row == before:
            rows.append(":")
            continue
        before = row
        if row.endswith("00"):
            short = row.rstrip("0")
            rows.append(short + "0," if len(short) % 2 else short + ",")
        elif row.endswith("FF"):
            short = row.rstrip("F")
            rows.append(short + "F!" if len(short) % 2 else short + "!")
        else:
            rows.append(row)
    # The line ends keep runs from going on into the next row.
    packed = "\n".join(rows)
    for run, written in _RUNS:
        if run in packed:
            packed = packed.replace(run, written)
    return packed.replace(_ZERO, "0").replace("\n", "")


# --- what the printer says ----------------------------------------------------------------------------------------

_HS = re.compile(rb"\x02([\d,]+)\x03\r\n\x02([\w,]+)\x03\r\n\x02([\w,]*)\x03")
_HQES = re.compile(rb"ERRORS:\s*([01]) ([0-9A-F]{8}) ([0-9A-F]{8})")
_ERRORS = (
    (0x00000001, PrinterState.PAPER_OUT),
    (0x00000002, PrinterState.RIBBON_OUT),
    (0x00000004, PrinterState.HEAD_OPEN),
    (0x00000008, PrinterState.CUTTER),
    (0x00000030, PrinterState.OVERHEATED),  # print head, motor
    (0x000B0000, PrinterState.JAM),  # way of the paper not clear, feed error, jam while drawing back
    (0x00800000, PrinterState.PAUSED),
)


def read_status(reply: bytes) -> PrinterReport:
    """Read what came back for `STATUS_QUERY`: the answer to either half, or to both."""
    found: set[PrinterState] = set()
    left = None
    errors = _HQES.search(reply)
    if errors:
        flags = int(errors[3], 16)
        known = 0
        for mask, state in _ERRORS:
            known |= mask
            if flags & mask:
                found.add(state)
        if errors[1] == b"1" and (flags & ~known or int(errors[2], 16) or not found):
            found.add(PrinterState.FAULT)
    host = _HS.search(reply)
    if host:
        first, second = host[1].split(b","), host[2].split(b",")
        if len(first) < 12 or len(second) < 9:
            return report({PrinterState.UNKNOWN})
        for row, at, state in (
            (first, 1, PrinterState.PAPER_OUT),
            (first, 2, PrinterState.PAUSED),
            (first, 11, PrinterState.OVERHEATED),
            (second, 2, PrinterState.HEAD_OPEN),
            (second, 3, PrinterState.RIBBON_OUT),
        ):
            if row[at] == b"1":
                found.add(state)
        left = int(second[8]) if second[8].isdigit() else None
        if first[5] == b"1" or first[4].lstrip(b"0"):  # receive buffer full, formats that wait
            found.add(PrinterState.BUSY)
    if not errors and not host:
        return report({PrinterState.UNKNOWN})
    if left and not found:
        found.add(PrinterState.BUSY)
    return report(found, left)
