"""Texts that can be no code: what is said of them, at the bench and to a picker alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.barcode import Fault
from app.domain.outcome import Outcome, refused

__all__ = ["unreadable"]

_FAULT_KEYS: Mapping[Fault, str] = {
    Fault.EMPTY: "code.empty",
    Fault.UNDECODABLE: "code.undecodable",
    Fault.CONTROL_CHARACTERS: "code.control_characters",
    Fault.TOO_LONG: "code.too_long",
    Fault.BAD_CHECK_DIGIT: "code.check_digit",
    Fault.TWO_CODES: "code.two_codes",
    Fault.COMMAND_UNKNOWN: "command.unknown",
    Fault.CODE_BROKEN: "code.broken",
    Fault.BAD_COUNT: "code.bad_count",
    Fault.SECOND_CODE: "code.second_code",
}


def unreadable(fault: Fault, code: str) -> Outcome[Any]:
    """Refuse a text that can be no code, by what is wrong with it."""
    return refused(_FAULT_KEYS[fault], code=code)
