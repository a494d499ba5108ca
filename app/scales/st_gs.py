"""The comma form of weighing indicators: ``ST,GS,+0012.34kg``, by A&D, CAS, Excell, T-Scale and many others.

State (ST stable, US moving, OL out of range), gross or net, sign and weight in eight places, unit.

Source: the manuals of A&D AD-4329A (format 1), CAS CI-600D ("18 bytes"), Excell AM4, Tiger TI-02 (a comma before the
unit) and T-Scale ROW. Sure for these; other makers say the same and fill with blanks or with zeros, both of which are
read. Nothing is asked: most send by themselves, and what asks differs from maker to maker.
"""

from __future__ import annotations

import re

from app.domain.scale import Reading, ScaleFault, Wire, number_of, weighed

__all__ = ["ASK", "EXACT", "ID", "TITLE", "WIRES", "read"]

ID = "st-gs"
TITLE = {"ja": "指示計 ST,GS", "en": "Indicators ST,GS"}
WIRES = (Wire(9600), Wire(2400, 7, "even"), Wire(2400), Wire(4800))
ASK = b""
EXACT = False  # the k of a kg that was lost leaves a line of g

_LINE = re.compile(rb"(ST|US|OL),(?:GS|NT|G |N ),(.{8}),? {0,3}([A-Za-z%]{1,3})")
_OVER = re.compile(rb"[ +\-\d.]{8}")


def read(line: bytes) -> Reading | None:
    """Return what a line says, its end taken off; None where it does not fit."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    if found[1] == b"OL":
        if _OVER.fullmatch(found[2]) is None:
            return None
        return Reading(None, False, ScaleFault.NEGATIVE if b"-" in found[2] else ScaleFault.OVERLOAD)
    number = number_of(found[2])
    return None if number is None else weighed(number, found[3].decode("ascii"), found[1] == b"ST")
