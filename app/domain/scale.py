"""What a scale says: a weight in whole milligrams, whether it stands still, or what is wrong.

Weights are whole milligrams, so that a pound is exact as far as a scale shows it. Nothing here knows a wire; the
protocols of the makers are in :mod:`app.scales`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = [
    "FAULT_TEXT",
    "UNITS",
    "Reading",
    "ScaleFault",
    "Wire",
    "grams",
    "milligrams",
    "number_of",
    "weighed",
    "weight_text",
]

FAULT_TEXT = "KG-FAULT"
"""Stands for a scan where a weight is asked for and the scale cannot give one."""

UNITS: dict[str, Decimal] = {
    "mg": Decimal(1),
    "g": Decimal(1_000),
    "kg": Decimal(1_000_000),
    "lb": Decimal("453592.37"),
    "oz": Decimal("28349.523125"),
}
"""Units that are taken, each as milligrams: exact by the International Yard and Pound Agreement of 1959."""

_NUMBER = re.compile(rb" *([+-]?) *(\d+(?:[.,]\d+)?)")


class ScaleFault(StrEnum):
    """Why there is no weight."""

    OVERLOAD = "overload"
    """More lies on it than it can weigh."""
    NEGATIVE = "negative"
    """It stands still below zero: its zero is wrong, or its pan is off."""
    UNIT = "unit"
    """It counts pieces or shows a unit that is no weight here."""
    GARBAGE = "garbage"
    """What comes is no line of its protocol."""
    SILENT = "silent"
    """Nothing comes."""
    UNPLUGGED = "unplugged"
    """Its port is not there, or cannot be opened."""
    UNSTABLE = "unstable"
    """It does not come to rest."""
    UNCLEAR = "unclear"
    """What comes fits several protocols, so that somebody must say which."""


@dataclass(frozen=True, slots=True)
class Wire:
    """How bytes go over a serial line."""

    baud: int
    """Speed, in bits a second."""
    bits: int = 8
    """Data bits: 7 or 8."""
    parity: str = "none"
    """``none``, ``even`` or ``odd``."""
    stops: int = 1
    """Stop bits: 1 or 2."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of a scale that fits its protocol."""

    milligrams: int | None
    """The weight; None where the line gives none: a fault, or a scale that is still moving and says no more."""
    stable: bool | None
    """Whether it stands still; None where the protocol does not say."""
    fault: ScaleFault | None = None
    unit: str = ""
    """The unit as the scale shows it, where that is the fault."""


def milligrams(number: str, unit: str) -> int | None:
    """Return a weight in whole milligrams, halves to even; None where *unit* is not in :data:`UNITS`.

    :param number: digits with a point or none, with a sign or none.
    :param unit: as the scale shows it; capitals and blanks around it do not matter.
    """
    factor = UNITS.get(unit.strip().lower())
    return None if factor is None else int((Decimal(number) * factor).to_integral_value())


def weighed(number: str, unit: str, stable: bool | None) -> Reading:
    """Return the reading of a weight; another unit than of weight is a fault that names it."""
    weight = milligrams(number, unit)
    if weight is None:
        return Reading(None, stable, ScaleFault.UNIT, unit.strip())
    return Reading(weight, stable)


def number_of(field: bytes) -> str | None:
    """Return the number in a field of a line, or None: blanks, a sign, blanks, digits with a point or a comma."""
    found = _NUMBER.fullmatch(field)
    return None if found is None else (found[1] + found[2].replace(b",", b".")).decode("ascii")


def grams(weight: int) -> int:
    """Return whole grams of milligrams, halves away from zero."""
    whole = (abs(weight) + 500) // 1_000
    return whole if weight >= 0 else -whole


def weight_text(weight: int) -> str:
    """Return the text by which a weight in grams stands for a scan, as in ``KG-532``."""
    return f"KG-{weight}"
