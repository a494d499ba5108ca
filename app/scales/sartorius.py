"""Sartorius balances, SBI: 16 characters (``+   1255.7 g  ``) or 22 with what is weighed before them (``N     +…``).

Sign, nine places for the weight, a blank, the unit in three; the unit stays blank while the weight moves. Digits that
are not verified may stand in brackets. ``H`` or ``High`` alone is overload, ``L`` or ``Low`` underload.

Source: the manuals of Sartorius CP, CPA, LE, GC, CB, FB, Master and Quintix, which agree. Sure. ``ESC P`` prints once.
Older ones leave the works with 1200 bps and odd parity, newer ones with 9600.
"""

from __future__ import annotations

import re

from app.domain.scale import Reading, ScaleFault, Wire, number_of, weighed

__all__ = ["ASK", "EXACT", "ID", "TITLE", "WIRES", "read"]

ID = "sartorius"
TITLE = {"ja": "ザルトリウス", "en": "Sartorius"}
WIRES = (Wire(9600, 8, "odd"), Wire(1200, 7, "odd"), Wire(9600))
ASK = b"\x1bP\r\n"
EXACT = True

_SHORT, _LONG = 14, 20
_WEIGHTS = (b"N", b"G", b"G#")
"""What stands before a weight in the long form: net and gross; tare and sums do not lie on the scale."""
_FIELD = re.compile(rb"([+\- ])([ \d.\[\]]{10})([A-Za-z%/ ]{3})")
_STATES = {
    b"H": ScaleFault.OVERLOAD,
    b"HH": ScaleFault.OVERLOAD,
    b"HIGH": ScaleFault.OVERLOAD,
    b"L": ScaleFault.NEGATIVE,
    b"LL": ScaleFault.NEGATIVE,
    b"LOW": ScaleFault.NEGATIVE,
}


def read(line: bytes) -> Reading | None:
    """Return what a line says, its end taken off; None where it does not fit."""
    if len(line) == _LONG:
        before, line = line[:6].rstrip(), line[6:]
        if before == b"Stat":
            return _state(line)
        if before not in _WEIGHTS:
            return None
    if len(line) != _SHORT:
        return None
    return _weight(line) or _state(line)


def _weight(line: bytes) -> Reading | None:
    found = _FIELD.fullmatch(line)
    number = number_of(found[1] + re.sub(rb"[\[\] ]+$|\[|\]", b"", found[2])) if found else None
    if found is None or number is None:
        return None
    unit = found[3].decode("ascii").strip()
    # The unit is blank on purpose while the weight moves: there is a number, but not of what.
    return weighed(number, unit, True) if unit else Reading(None, False)


def _state(line: bytes) -> Reading | None:
    word = line.strip().upper()
    return Reading(None, False, _STATES[word]) if word in _STATES else None
