"""What printers answer when they are asked for their state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.printer_state import PrinterState as P
from app.printers import escpos, sbpl, tspl, zpl
from app.services.label_printing import languages

HS = (
    "\x02030,{paper},{pause},1245,{waiting},{full},0,0,000,0,0,{hot}\x03\r\n"
    "\x02000,0,{head},{ribbon},0,2,6,0,{left},1,000\x03\r\n\x021234,0\x03\r\n"
)
CALM = {"paper": 0, "pause": 0, "waiting": "000", "full": 0, "hot": 0, "head": 0, "ribbon": 0, "left": "00000000"}


def hs(**more: object) -> bytes:
    return HS.format(**{**CALM, **more}).encode()


def hqes(errors: int = 0, warnings: int = 0) -> bytes:
    said = f"ERRORS:         {int(bool(errors))} 00000000 {errors:08X}\r\n   WARNINGS:       {int(bool(warnings))}"
    return f"\x02\r\n  PRINTER STATUS\r\n   {said} 00000000 {warnings:08X}\r\n\x03\r\n".encode()


@pytest.mark.parametrize(
    ("reply", "states", "left"),
    [
        (hs(), (P.READY,), 0),
        (hs(paper=1), (P.PAPER_OUT,), 0),
        (hs(pause=1, left="00000012"), (P.PAUSED,), 12),
        (hs(head=1, ribbon=1), (P.HEAD_OPEN, P.RIBBON_OUT), 0),
        (hs(hot=1), (P.OVERHEATED,), 0),
        (hs(left="00000003"), (P.BUSY,), 3),
        (hs(waiting="002"), (P.BUSY,), 0),
        (hqes(), (P.READY,), None),
        (hqes(warnings=8), (P.READY,), None),
        (hqes(5), (P.HEAD_OPEN, P.PAPER_OUT), None),
        (hqes(8), (P.CUTTER,), None),
        (hqes(0x10), (P.OVERHEATED,), None),
        (hqes(0x20000), (P.JAM,), None),
        (hqes(0x40), (P.FAULT,), None),
        (hqes(1) + hs(paper=1, left="00000004"), (P.PAPER_OUT,), 4),
        (b"", (P.UNKNOWN,), None),
        (b"\x02030,0,0\x03\r\n", (P.UNKNOWN,), None),
        (b"HTTP/1.1 400 Bad Request\r\n", (P.UNKNOWN,), None),
    ],
)
def test_zebra_says(reply: bytes, states: tuple[P, ...], left: int | None) -> None:
    found = zpl.read_status(reply)
    assert (found.state, found.all, found.left) == (states[0], states, left)


@pytest.mark.parametrize(
    ("byte", "states"),
    [
        (0x00, (P.READY,)),
        (0x01, (P.HEAD_OPEN,)),
        (0x03, (P.HEAD_OPEN, P.JAM)),
        (0x04, (P.PAPER_OUT,)),
        (0x08, (P.RIBBON_OUT,)),
        (0x0D, (P.HEAD_OPEN, P.PAPER_OUT, P.RIBBON_OUT)),
        (0x10, (P.PAUSED,)),
        (0x20, (P.BUSY,)),
        (0x80, (P.FAULT,)),
    ],
)
def test_tsc_says(byte: int, states: tuple[P, ...]) -> None:
    assert tspl.read_status(bytes([byte])).all == states


@pytest.mark.parametrize(
    ("code", "state"),
    [("A", P.READY), ("B", P.READY), ("0", P.PAUSED), ("G", P.BUSY), ("S", P.BUSY), ("b", P.HEAD_OPEN),
     ("c", P.PAPER_OUT), ("d", P.RIBBON_OUT), ("e", P.JAM), ("j", P.CUTTER), ("k", P.FAULT), ("z", P.UNKNOWN)],
)  # fmt: skip
def test_sato_says(code: str, state: P) -> None:
    assert sbpl.read_status(f"\x02  {code}000000\x03".encode()).state is state
    longer = sbpl.read_status(f"\x0205{code}000098SATO            \x03".encode())
    assert longer.left == 98
    assert longer.state is (P.BUSY if state is P.READY else state)


@pytest.mark.parametrize(
    ("reply", "states"),
    [
        (b"\x12\x12\x12\x12", (P.READY,)),
        (b"\x1a\x16\x12\x12", (P.HEAD_OPEN,)),
        (b"\x1a\x32\x12\x72", (P.PAPER_OUT,)),
        (b"\x1a\x52\x1a\x12", (P.CUTTER,)),
        (b"\x1a\x52\x52\x12", (P.OVERHEATED,)),
        (b"\x1a\x12\x12\x12", (P.PAUSED,)),
        (b"\x12\x12\x12", (P.UNKNOWN,)),
        (b"\x00\x00\x00\x00", (P.UNKNOWN,)),
    ],
)
def test_epson_says(reply: bytes, states: tuple[P, ...]) -> None:
    assert escpos.read_status(reply).all == states


@given(st.binary(max_size=80))
def test_no_answer_is_taken_for_ready_by_chance_or_breaks_the_reading(reply: bytes) -> None:
    for tongue in languages().values():
        found = tongue.read_status(reply)
        if len(reply) not in (1, 4):
            assert found.state is P.UNKNOWN
