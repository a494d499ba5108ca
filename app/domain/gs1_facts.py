"""What a GS1 message says of the goods: GTIN, lot, dates, serial, pieces, and how far it can be trusted.

A scanner that loses the separators makes one value of several: after ``10AB12`` the bytes ``17261231`` may be an expiry
or a part of the lot. No rule can tell, so nothing is guessed: the lot is read as long as it is, as the standard has it,
and the message is marked :attr:`Gs1.doubtful` where

- no separator came with the message, so that nothing proves that this scanner sends them, and
- the last value may end with a separator (lot, serial and the like), and
- a piece of its end is, to the last character, one or more elements that belong to goods, are not there yet and are
  sound: dates that are days, GTINs with a good check digit, counts and weights beside a GTIN, a serial or a lot.

A serial that would hold a lot or a count is not doubted: one in a few running numbers has a 10 or a 30 in it, and it
tells pieces apart all the same.

Such a lot is one in a few dozen; whoever needs the lot asks then, or looks whether it is known (:attr:`Gs1.instead`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.domain.gs1 import Elements, Pair, amount, day_of, split_message, unsound
from app.domain.gs1_dictionary import entry_of
from app.domain.gtin import has_good_check_digit

__all__ = ["MOST_PIECES", "Gs1", "Wrong", "facts"]

MOST_PIECES = 9_999
"""Most pieces that one code may stand for."""

Wrong = Literal["two_codes", "bad_check_digit", "bad_count"]
"""Why a message is refused whole."""


@dataclass(frozen=True, slots=True)
class Gs1:
    """A GS1 message: a GTIN together with what else the code says."""

    gtin14: str | None = None
    """GTIN of the goods (01), or of what a logistic unit contains (02)."""
    lot: str | None = None
    expiry: str | None = None
    """``YYYY-MM-DD`` of use by (17), else best before (15), else 7003; day 00 is the month's last day."""
    serial: str | None = None
    count: int | None = None
    """Pieces: of goods of variable count (01 with 30), of what a unit contains (02 with 37)."""
    weight_g: int | None = None
    """Net weight (310x), where it is whole grams."""
    sscc: str | None = None
    """Number of a logistic unit (00)."""
    whole: bool = True
    """False where the message goes on with something that could not be read."""
    produced: str | None = None
    """``YYYY-MM-DD`` of production (11)."""
    contained: bool = False
    """Whether the GTIN is that of what is inside (02) and the count says how many of it (37)."""
    doubtful: bool = False
    """Whether a separator may have been lost, so that the last value may hold more than itself."""
    instead: tuple[Pair, ...] = ()
    """How the last value most likely reads if a separator was lost; there may be other ways."""
    pairs: tuple[Pair, ...] = field(default=(), compare=False, repr=False)
    """Every element as it stands in the message."""

    def pieces(self, quantity: int) -> int:
        """Return the pieces of one scan of a code that the product knows as *quantity* pieces.

        What a unit contains is counted in codes (37); goods of variable count say their pieces themselves (30).
        """
        if self.count is None:
            return quantity
        return self.count * quantity if self.contained else self.count


_SINGLE = frozenset({"00", "01", "02", "10", "11", "13", "15", "16", "17", "21", "30", "37"})
"""Said twice with two values, the message is of two things."""

_BESIDE_GOODS = ("00", "01", "02", "10", "11", "13", "15", "16", "17", "21", "30", "37", "240", "241", "7003")
"""What may have run into a lot or serial."""

_COUNTS = {"30": ("01", "02"), "37": ("02",)}
"""A count makes sense only beside one of these; elsewhere it is not looked at."""


def facts(elements: Elements, *, certain: bool) -> tuple[Gs1 | None, Wrong | None]:
    """Return what a message says, or why it is refused; neither where it says nothing of use.

    *certain*: the ends of the values are sure, since separators came along or the form for people has brackets.
    """
    known: dict[str, str] = {}
    weights: set[str] = set()
    for identifier, value in elements.pairs:
        if known.setdefault(identifier, value) != value and identifier in _SINGLE:
            return None, "two_codes"
        if identifier[:3] == "310":
            weights.add(identifier + value)
    gtins = {known[identifier] for identifier in ("01", "02") if identifier in known}
    if len(gtins) > 1 or len(weights) > 1:
        return None, "two_codes"
    if not all(has_good_check_digit(known[identifier]) for identifier in ("00", "01", "02") if identifier in known):
        return None, "bad_check_digit"
    counts = [
        int(known[one]) for one, beside in _COUNTS.items() if one in known and not known.keys().isdisjoint(beside)
    ]
    unknown = "02" in known and "37" not in known  # so many of them are in the unit, and nobody says how many
    if unknown or len(set(counts)) > 1 or not all(0 < count <= MOST_PIECES for count in counts):
        return None, "bad_count"
    instead = () if certain else _instead(elements)
    expiry = next((known[identifier] for identifier in ("17", "15", "7003") if identifier in known), None)
    gs1 = Gs1(
        gtin14=next(iter(gtins), None),
        lot=known.get("10"),
        expiry=day_of("17", expiry) if expiry else None,
        serial=known.get("21"),
        count=counts[0] if counts else None,
        weight_g=_grams(next(iter(weights), "")),
        sscc=known.get("00"),
        whole=elements.whole,
        produced=day_of("11", known["11"]) if "11" in known else None,
        contained="37" in known and "02" in known,
        doubtful=elements.run_on or bool(instead),
        instead=instead,
        pairs=elements.pairs,
    )
    said = (gs1.gtin14, gs1.lot, gs1.expiry, gs1.serial, gs1.count, gs1.weight_g, gs1.sscc, gs1.produced)
    return (None, None) if not any(said) and not gs1.doubtful else (gs1, None)


def _grams(element: str) -> int | None:
    kilograms = amount(element[:4], element[4:]) if element else None
    grams = None if kilograms is None else kilograms * 1000
    return int(grams) if grams is not None and grams == grams.to_integral_value() else None


def _instead(elements: Elements) -> tuple[Pair, ...]:
    """Return another reading of the last value, were a separator lost in it; empty where there is none."""
    if not elements.pairs or not elements.whole:
        return ()
    identifier, value = elements.pairs[-1]
    entry = entry_of(identifier)
    if entry is None or not entry.separated:
        return ()
    there = {known for known, _ in elements.pairs}
    readings: list[tuple[Pair, ...]] = []
    for cut in range(1, len(value)):
        if not value[cut : cut + 2].isdigit():
            continue
        rest = split_message(value[cut:])
        found = [known for known, _ in rest.pairs]
        fits = (
            rest.whole
            and _likely(identifier, rest.pairs)
            and all(_may_follow(known, there.union(found)) for known in found)
        )
        if fits and not there.intersection(found) and len(set(found)) == len(found) and not unsound(rest.pairs):
            readings.append(((identifier, value[:cut]), *rest.pairs))
    return min(readings, key=_open_ends, default=())


def _likely(identifier: str, pairs: tuple[Pair, ...]) -> bool:
    """Return whether *pairs* may have run into the value of *identifier*; a serial is not doubted for a lot in it."""
    open_ended = any(entry.separated for each, _ in pairs if (entry := entry_of(each)))
    return identifier != "21" or not open_ended


def _open_ends(pairs: tuple[Pair, ...]) -> int:
    """A reading is the likelier, the fewer of its elements could be of any length."""
    return sum(entry.separated for identifier, _ in pairs if (entry := entry_of(identifier)))


def _may_follow(identifier: str, there: set[str]) -> bool:
    beside = _COUNTS.get(identifier)
    if beside is not None:
        return not there.isdisjoint(beside)
    return identifier in _BESIDE_GOODS or identifier[:3] == "310"
