"""A&D (エー・アンド・デイ) balances and bench scales, "A&D standard format".

``ST,+00012.34  g``: two letters for the state (ST stable, US moving, QT pieces counted, OL out of range), with the
comparator switched on also HI/OK/LO, then sign and digits in nine places with leading zeros, then the unit in three.

Source: the manuals of EK-L, EK-i, EJ, GC, GX and FG, which agree word for word; ``Q`` asks for the weight now (GR, GC,
FG). Sure. 2400 bps, 7 bits, even parity is how they leave the works. Analytical balances with ten places are not read.
"""

from __future__ import annotations

import re

from app.domain.scale import Reading, ScaleFault, Wire, number_of, weighed

__all__ = ["ASK", "EXACT", "ID", "TITLE", "WIRES", "read"]

ID = "aandd"
TITLE = {"ja": "A&D", "en": "A&D"}
WIRES = (Wire(2400, 7, "even"), Wire(9600), Wire(9600, 7, "even"), Wire(2400))
ASK = b"Q\r\n"
EXACT = True

_LINE = re.compile(rb"(ST|US|QT),(?:(?:HI|OK|LO|--),)?([+-][\d.,]{8})([ A-Za-z%]{2}[A-Za-z%])")
_OVER = re.compile(rb"OL,(?:(?:HI|OK|LO|--),)?([+-])[\d.,E+]{8,11}(?:[ A-Za-z%]{2}[A-Za-z%])?")


def read(line: bytes) -> Reading | None:
    """Return what a line says, its end taken off; None where it does not fit."""
    over = _OVER.fullmatch(line)
    if over is not None:
        return Reading(None, False, ScaleFault.OVERLOAD if over[1] == b"+" else ScaleFault.NEGATIVE)
    found = _LINE.fullmatch(line)
    number = number_of(found[2]) if found else None
    if found is None or number is None:
        return None
    return weighed(number, found[3].decode("ascii"), found[1] != b"US")
