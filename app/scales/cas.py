"""CAS indicators and scales, the 22-byte form: ``ST,GS,1‥, 0013.50 kg``.

State (ST stable, US moving, OL overload), gross or net, one byte for the number of the device and one for its lamps
(its highest bit is always set), the weight in eight places, a blank, the unit.

Source: the manuals of CAS NT-200, CI-400, CI-600D, PDI and Caston-III, which agree. Sure of the line; ``01RW`` asks
device 1 in the command mode of the NT-500 family and is less sure: the manuals print it with blanks between. The
handshake of the price scales (ENQ, DC1) is another protocol and not read.
"""

from __future__ import annotations

import re

from app.domain.scale import Reading, ScaleFault, Wire, number_of, weighed

__all__ = ["ASK", "EXACT", "ID", "TITLE", "WIRES", "read"]

ID = "cas"
TITLE = {"ja": "CAS", "en": "CAS"}
WIRES = (Wire(9600),)
ASK = b"01RW\r\n"
EXACT = True

_LINE = re.compile(rb"(ST|US|OL),(?:GS|NT),[^\r\n][\x80-\xff],([ +\-\d.]{8}) ([ A-Za-z][A-Za-z])")


def read(line: bytes) -> Reading | None:
    """Return what a line says, its end taken off; None where it does not fit."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    if found[1] == b"OL":
        return Reading(None, False, ScaleFault.OVERLOAD)
    number = number_of(found[2])
    return None if number is None else weighed(number, found[3].decode("ascii"), found[1] == b"ST")
