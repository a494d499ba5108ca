"""OHAUS scales and indicators: ``    192.21 g`` and ``      0.01 g ?``.

The weight flush right in nine to twelve places by model, a blank, the unit, ``?`` while it moves, and G, N, NET or B/G.

Source: the OHAUS RS232 interface manual (Scout Pro, Navigator, 401/601/6000) and the manuals of Ranger 3000, Ranger RC,
Defender 3000 and Explorer. Sure of the fields; the manuals do not all say which blanks at the end are sent, so any
number of them is taken. ``IP`` asks for the weight now; the oldest (Scout II, Scout Pro) know only ``P``.
"""

from __future__ import annotations

import re

from app.domain.scale import Reading, Wire, number_of, weighed

__all__ = ["ASK", "EXACT", "ID", "TITLE", "WIRES", "read"]

ID = "ohaus"
TITLE = {"ja": "オーハウス", "en": "OHAUS"}
WIRES = (Wire(9600), Wire(2400, 7, "none", 2), Wire(2400))
ASK = b"IP\r\n"
EXACT = False  # the places differ by model, so that a lost byte may leave a line that fits

_LINE = re.compile(rb"([ -] *-?\d[\d.]*) ([A-Za-z%]{1,5}) *(\??) *(?:G|N|NET|B/G)? *")
_PLACES = range(9, 13)


def read(line: bytes) -> Reading | None:
    """Return what a line says, its end taken off; None where it does not fit."""
    found = _LINE.fullmatch(line)
    if found is None or len(found[1]) not in _PLACES:
        return None
    number = number_of(found[1])
    return None if number is None else weighed(number, found[2].decode("ascii"), not found[3])
