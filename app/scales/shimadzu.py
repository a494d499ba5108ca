"""Shimadzu (島津) balances, standard format ("EB type"): ``S   1000.00g ``.

S (stable) or U (moving) where that is switched on or was asked for, sign, eight places, unit in two or three. The line
ends with CR alone. Overload is ``oL`` in the places of the digits.

Source: the manuals of Shimadzu UP1023X and AUW120, and of CAS CBL, CUX and CBX, which are made by Shimadzu. Sure.
``D07`` asks once, with the sign of rest. A command that it does not know may change its settings, so it is asked only
where somebody chose this protocol, or its own lines have come.
"""

from __future__ import annotations

import re

from app.domain.scale import Reading, ScaleFault, Wire, number_of, weighed

__all__ = ["ASK", "EXACT", "ID", "TITLE", "WIRES", "read"]

ID = "shimadzu"
TITLE = {"ja": "島津", "en": "Shimadzu"}
WIRES = (Wire(1200), Wire(9600))
ASK = b"D07\r"
EXACT = True

_LINE = re.compile(rb"([SU]?)([ -])( *\d[\d.]*)([A-Za-z%][A-Za-z ]{1,2})")
_OVER = re.compile(rb"[SU]?([ -]) *[oO][lL] *")
_PLACES = 8


def read(line: bytes) -> Reading | None:
    """Return what a line says, its end taken off; None where it does not fit."""
    over = _OVER.fullmatch(line)
    if over is not None:
        return Reading(None, False, ScaleFault.OVERLOAD if over[1] == b" " else ScaleFault.NEGATIVE)
    found = _LINE.fullmatch(line)
    if found is None or len(found[3]) != _PLACES:
        return None
    number = number_of(found[2] + found[3])
    if number is None:
        return None
    return weighed(number, found[4].decode("ascii"), {b"S": True, b"U": False}.get(found[1]))
