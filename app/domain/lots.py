"""Lot, expiry and serial ロット・期限・シリアル of goods: from the code, from the shelf, or asked for.

A date is read in the forms that stand on goods in Japan and in GS1 codes. Where only month and year are printed the
last day of the month counts (GS1 General Specifications, application identifiers 15 and 17).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.domain.asking import AskKind
from app.domain.barcode import Gs1, Reading
from app.domain.bench import UNKNOWN, Details, KnownLot, Seen
from app.domain.products import Handling, LotFrom, LotPolicy

__all__ = [
    "answered",
    "days_left",
    "details_of",
    "doubted",
    "filled",
    "known_lot",
    "ledger_lot",
    "missing",
    "parse_day",
]

_MOST_CHARACTERS = 30
"""Longest lot or serial; GS1 allows 20, labels of makers without GS1 a little more."""

_LOT, _SERIAL = "10", "21"
"""GS1 application identifiers."""

_APART = re.compile(r"(\d{4}|\d{2})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})日?|月)?")
_WHOLE = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(\d{2})")


def parse_day(text: str) -> str | None:
    """Return a date as printed on goods as ``YYYY-MM-DD``; None where *text* is none.

    ``2027-03-31``, ``27.3.31``, ``2027年3月``, ``20270331``, ``270331``, ``202703`` (taken as year and month where the
    first two digits are 20 and the last two a month); a month alone means its last day.
    """
    text = text.strip()
    if not text.isascii() and not any(sign in text for sign in "年月日"):
        return None
    found = _APART.fullmatch(text)
    if found is None and (month := _MONTH.fullmatch(text)) and text.startswith("20") and 1 <= int(month[2]) <= 12:
        found = month
    found = found or _WHOLE.fullmatch(text)
    if found is None:
        return None
    year = int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
    number, last = int(found[2]), found[3] if found.lastindex and found.lastindex >= 3 else None
    if not (1 <= number <= 12 and 2000 <= year < 2100):
        return None
    day = int(last) if last else 0
    try:
        return date(year, number, day or monthrange(year, number)[1]).isoformat()
    except ValueError:
        return None


def details_of(reading: Reading, handling: Handling, known: Sequence[KnownLot] = ()) -> Details:
    """Return what the code itself says, as far as the product asks for it.

    Where a separator may have been lost, the last value may hold more than itself: then a lot counts only if it is
    one of the *known* ones, as it stands or as it would be with the separator; anything else is asked for.
    """
    policy = handling.lot_policy
    gs1 = next((kind for kind in reading.kinds if isinstance(kind, Gs1)), None)
    if gs1 is None or policy is LotPolicy.NONE:
        return UNKNOWN
    lot, expiry, serial = gs1.lot or "", gs1.expiry or "", gs1.serial or ""
    if gs1.doubtful and gs1.pairs:
        instead, last = dict(gs1.instead), gs1.pairs[-1][0]
        serial = "" if last == _SERIAL else serial
        names = {each.lot for each in known if each.lot}
        if last == _LOT and lot not in names:
            lot = instead.get(_LOT, "") if instead.get(_LOT) in names else ""
    return Details(
        lot=lot if policy.keeps_lot else "",
        expiry=expiry if policy.keeps_expiry else "",
        serial=serial if policy is LotPolicy.SERIAL else "",
    )


def doubted(reading: Reading, kind: AskKind) -> str:
    """Return the lot or serial of a code that may hold more than itself; empty where there is none or no doubt."""
    gs1 = next((each for each in reading.kinds if isinstance(each, Gs1)), None)
    if gs1 is None or not gs1.doubtful or not gs1.pairs:
        return ""
    last, value = gs1.pairs[-1]
    return value if last == {AskKind.LOT: _LOT, AskKind.SERIAL: _SERIAL}.get(kind) else ""


def ledger_lot(handling: Handling, details: Details) -> str:
    """Return the lot under which the ledger keeps the pieces; goods that keep only an expiry have the day as lot."""
    policy = handling.lot_policy
    if policy.keeps_lot:
        return details.lot
    return details.expiry if policy.keeps_expiry else ""


def known_lot(seen: Seen, handling: Handling, details: Details) -> KnownLot | None:
    """Return what is known of the lot in hand."""
    lot = ledger_lot(handling, details)
    return next((each for each in seen.lots if lot and each.lot == lot), None)


def filled(details: Details, handling: Handling, seen: Seen) -> Details:
    """Return *details* with what the shelf and the known lots say: one shelf with one lot gives it 一棚一期限."""
    policy = handling.lot_policy
    there = [each for each in seen.lots if each.pieces > 0]
    alone = there[0] if len(there) == 1 and handling.lot_from is LotFrom.AUTO else None
    if policy.keeps_lot and not details.lot and alone and alone.lot:
        if not details.expiry or not alone.expiry or details.expiry == alone.expiry:
            details = replace(details, lot=alone.lot)
    elif policy is LotPolicy.EXPIRY and not details.expiry and alone and alone.expiry:
        details = replace(details, expiry=alone.expiry)
    if policy is LotPolicy.LOT_EXPIRY and details.lot and not details.expiry:
        known = known_lot(seen, handling, details)
        details = replace(details, expiry=known.expiry if known else "")
    return details


def missing(details: Details, handling: Handling) -> AskKind | None:
    """Return what must be asked for next; None where everything is known."""
    policy = handling.lot_policy
    if policy.keeps_lot and not details.lot:
        return AskKind.LOT
    if policy.keeps_expiry and not details.expiry:
        return AskKind.EXPIRY
    return AskKind.SERIAL if policy is LotPolicy.SERIAL and not details.serial else None


def answered(kind: AskKind, details: Details, reading: Reading) -> Details | None:
    """Return *details* with what was scanned or typed for *kind*; None where it can't be that.

    A GS1 message says for itself what is lot and what is date; any other text is what was asked for.
    """
    gs1 = next((each for each in reading.kinds if isinstance(each, Gs1)), None)
    if gs1 is not None and (gs1.lot or gs1.expiry or gs1.serial):
        given = Details(details.lot or gs1.lot or "", details.expiry or gs1.expiry or "", gs1.serial or "")
        return given if getattr(given, str(kind)) else None
    text = reading.text.strip()
    if kind is AskKind.EXPIRY:
        day = parse_day(text)
        return replace(details, expiry=day) if day else None
    if not text or len(text) > _MOST_CHARACTERS or not text.isprintable() or "\x1d" in text:
        return None
    return replace(details, lot=text) if kind is AskKind.LOT else replace(details, serial=text)


def days_left(expiry: str, today: str) -> int | None:
    """Return how many days goods keep from *today*, today not counted; None where it can't be told."""
    try:
        return (date.fromisoformat(expiry) - date.fromisoformat(today)).days
    except ValueError:
        return None
