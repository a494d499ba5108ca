"""METTLER TOLEDO, the standard interface command set MT-SICS: ``S S     100.00 g``.

S for a weight, then S (stable) or D (dynamic), the weight flush right in ten places, the unit. ``S +`` is overload,
``S -`` underload, ``S I`` a balance that is busy.

Source: the reference manual of MT-SICS and the operating instructions that quote it. Sure. ``SI`` asks for the weight
now; ``SIR`` makes it send by itself, which is read as well. Scales of OHAUS and A&D can be set to this form too.
"""

from __future__ import annotations

import re

from app.domain.scale import Reading, ScaleFault, Wire, number_of, weighed

__all__ = ["ASK", "EXACT", "ID", "TITLE", "WIRES", "read"]

ID = "mt-sics"
TITLE = {"ja": "メトラー・トレド", "en": "METTLER TOLEDO"}
WIRES = (Wire(9600), Wire(2400, 7, "even"), Wire(19200))
ASK = b"SI\r\n"
EXACT = False  # the k of a kg that was lost leaves a line of g

_LINE = re.compile(rb"S ([SD]) ( *-?\d[\d.]*) ([A-Za-z%]{1,5}) *")
_PLACES = 10
_WITHOUT = {
    b"S +": Reading(None, False, ScaleFault.OVERLOAD),
    b"S -": Reading(None, False, ScaleFault.NEGATIVE),
    b"S I": Reading(None, False),
}


def read(line: bytes) -> Reading | None:
    """Return what a line says, its end taken off; None where it does not fit."""
    if line in _WITHOUT:
        return _WITHOUT[line]
    found = _LINE.fullmatch(line)
    if found is None or len(found[2]) != _PLACES:
        return None
    number = number_of(found[2])
    return None if number is None else weighed(number, found[3].decode("ascii"), found[1] == b"S")
