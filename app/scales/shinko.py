"""Shinko Denshi (新光電子, ViBRA) balances and counting scales: ``+0123.45 G S``.

Sign, six or seven digits with their point in seven or eight places, the unit in two capitals, one place for the result
of a limit, S (stable), U (moving) or E (the number is none).

Source: the manuals of Shinko CT and AJ, ViBRA HJ-K, and Rice Lake IB, which is made by Shinko. Sure. ``O8`` asks once,
now. The state can be switched off on the scale; it must be on here.
"""

from __future__ import annotations

import re

from app.domain.scale import Reading, ScaleFault, Wire, number_of, weighed

__all__ = ["ASK", "EXACT", "ID", "TITLE", "WIRES", "read"]

ID = "shinko"
TITLE = {"ja": "新光電子", "en": "Shinko"}
WIRES = (Wire(1200, 8, "none", 2), Wire(9600), Wire(2400), Wire(4800))
ASK = b"O8\r\n"
EXACT = False  # with six digits a line has the length of one with seven that lost a byte

# T and U as the result of a limit mark a sum and the weight of a piece, which do not lie on the scale.
_LINE = re.compile(rb"([+\- ])( *[\d./]+ ?)([ A-Za-z%][A-Za-z%])[LGHd1-5 ]([SU])")
_ERROR = re.compile(rb"[+\- ].{7,8}[ A-Za-z%]{2}[LGHd1-5 ]E")
_PLACES = (7, 8)


def read(line: bytes) -> Reading | None:
    """Return what a line says, its end taken off; None where it does not fit."""
    if _ERROR.fullmatch(line) is not None:
        return Reading(None, False, ScaleFault.OVERLOAD)
    found = _LINE.fullmatch(line)
    if found is None or len(found[2]) not in _PLACES:
        return None
    number = number_of(found[1] + found[2].rstrip(b" ").replace(b"/", b"", 1))
    return None if number is None else weighed(number, found[3].decode("ascii"), found[4] == b"S")
