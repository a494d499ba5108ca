"""GS1 messages taken apart: what scanners send, the form printed for people, and back.

Only texts that can be GS1 come here; :mod:`app.domain.barcode` decides that, :mod:`app.domain.gs1_facts` makes sense of
the parts, and :mod:`app.domain.gs1_links` reads and writes web addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from app.domain.gs1_checks import CHARACTERS, CHECKS, calendar_day
from app.domain.gs1_dictionary import Entry, entry_at, entry_of

__all__ = [
    "SEPARATOR",
    "Elements",
    "Pair",
    "amount",
    "clashes",
    "day_of",
    "excluded",
    "human",
    "incomplete",
    "is_there",
    "message",
    "parts_of",
    "repeated",
    "split_human",
    "split_message",
    "time_of",
    "unsigned",
    "unsound",
]

SEPARATOR = "\x1d"
"""The group separator, sent for FNC1 between two elements."""

Pair = tuple[str, str]
"""An application identifier and its value."""

_DECIMAL = re.compile(r"3[1-6]\d\d|39[0-4]\d", re.ASCII)
_DATES = frozenset({"11", "12", "13", "15", "16", "17", "4324", "4325", "4326", "7003", "7006", "7007", "7011", "8008"})
_ROUGH_DAY = re.compile(r"\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Elements:
    """The parts of a message in their order."""

    pairs: tuple[Pair, ...]
    whole: bool
    """False where the text goes on with something that can't be read."""
    run_on: bool = False
    """Whether it ended at a value longer than any may be: a separator was lost, and the value is left out."""


def parts_of(entry: Entry, value: str) -> tuple[str, ...] | None:
    """Cut a value into the parts of its identifier; None where length or characters do not fit.

    A date needs a month up to 12 and a day up to 31 here; whether there is such a day is for :func:`unsound`, since
    a date of zeros is met on real goods and must not cost the GTIN beside it.
    """
    parts: list[str] = []
    rest = value
    for part in entry.parts:
        if part.optional and not rest:
            break
        cut, rest = rest[: part.most], rest[part.most :]
        if len(cut) < part.least or not CHARACTERS[part.characters](cut):
            return None
        if ("yymmd0" in part.checks or "yymmdd" in part.checks) and not _ROUGH_DAY.fullmatch(cut):
            return None
        parts.append(cut)
    return None if rest or not parts else tuple(parts)


def split_message(text: str) -> Elements:
    """Take apart an element string such as ``0104901234567894`` + ``17261231``; what can't be read ends it."""
    pairs: list[Pair] = []
    rest = text.lstrip(SEPARATOR)
    while rest:
        entry = entry_at(rest)
        if entry is None:
            return Elements(tuple(pairs), whole=False)
        value, separator, after = rest[len(entry.identifier) :].partition(SEPARATOR)
        if not entry.separated:
            value, after = value[: entry.most], value[entry.most :] + separator + after
        if len(value) > entry.most:
            return Elements(tuple(pairs), whole=False, run_on=True)
        if parts_of(entry, value) is None:
            return Elements(tuple(pairs), whole=False)
        pairs.append((entry.identifier, value))
        rest = after.lstrip(SEPARATOR)
    return Elements(tuple(pairs), whole=True)


def split_human(text: str) -> Elements | None:
    r"""Take apart the form printed for people, ``(01)04901234567894(10)A1``; None where *text* is not of that form.

    An opening bracket within a value is written ``\(``.
    """
    pairs: list[Pair] = []
    rest = text
    while rest:
        identifier, closed, rest = rest[1:].partition(")") if rest[0] == "(" else ("", "", "")
        entry = entry_of(identifier)
        if entry is None or not closed:
            return None
        end = next((n for n, each in enumerate(rest) if each == "(" and rest[n - 1 : n] != "\\"), len(rest))
        value = rest[:end].replace("\\(", "(").strip()
        if parts_of(entry, value) is None:
            return None
        pairs.append((identifier, value))
        rest = rest[end:]
    return Elements(tuple(pairs), whole=True) if pairs else None


def message(pairs: Iterable[Pair], separator: str = SEPARATOR) -> str:
    """Return *pairs* as a scanner sends them, with a separator only after what needs one."""
    out = ""
    for identifier, value in pairs:
        out += identifier + value
        entry = entry_of(identifier)
        if entry is None or entry.separated:
            out += separator
    return out.removesuffix(separator)


def human(pairs: Iterable[Pair]) -> str:
    """Return *pairs* in the form printed for people."""
    return "".join(f"({identifier}){value}" for identifier, value in pairs)


def unsound(pairs: Iterable[Pair]) -> tuple[str, ...]:
    """Return the identifiers whose value breaks a rule of its own: check digit, day, country."""
    bad = []
    for identifier, value in pairs:
        entry = entry_of(identifier)
        parts = parts_of(entry, value) if entry else None
        if (
            entry is None
            or parts is None
            or not all(
                CHECKS[check](cut) for part, cut in zip(entry.parts, parts, strict=False) for check in part.checks
            )
        ):
            bad.append(identifier)
    return tuple(dict.fromkeys(bad))


def clashes(pairs: tuple[Pair, ...]) -> tuple[str, ...]:
    """Return the identifiers that the standard does not allow together, over all codes of one piece of goods."""
    return tuple(dict.fromkeys((*repeated(pairs), *excluded(pairs), *incomplete(pairs), *unsigned(pairs))))


def repeated(pairs: tuple[Pair, ...]) -> tuple[str, ...]:
    """Return the identifiers that are there twice with two values."""
    first = dict(reversed(pairs))
    return tuple(dict.fromkeys(identifier for identifier, value in pairs if first[identifier] != value))


def excluded(pairs: tuple[Pair, ...]) -> tuple[str, ...]:
    """Return the identifiers beside which another one must not be."""
    return tuple(
        entry.identifier
        for entry, others in _entries(pairs)
        if any(is_there(pattern, others) for pattern in entry.excludes)
    )


def incomplete(pairs: tuple[Pair, ...]) -> tuple[str, ...]:
    """Return the identifiers that must not be there without another one that is missing."""
    return tuple(
        entry.identifier
        for entry, others in _entries(pairs)
        if not all(any(all(is_there(one, others) for one in group) for group in groups) for groups in entry.requires)
    )


def unsigned(pairs: tuple[Pair, ...]) -> tuple[str, ...]:
    """Return the digital signature (8030) where the key that it signs lacks its serial part."""
    values = dict(pairs)
    bare = any(len(values.get(key, "")) in range(1, least + 1) for key, least in _SERIALLESS)
    return ("8030",) if bare and "8030" in values else ()


_SERIALLESS = (("253", 13), ("255", 13), ("8003", 14))
"""Keys that have a serial part only beyond so many characters."""


def _entries(pairs: tuple[Pair, ...]) -> list[tuple[Entry, list[str]]]:
    """Return what is known of each identifier, with the others."""
    there = list(dict.fromkeys(identifier for identifier, _ in pairs))
    known = [entry for identifier in there if (entry := entry_of(identifier))]
    return [(entry, [other for other in there if other != entry.identifier]) for entry in known]


def is_there(pattern: str, identifiers: list[str]) -> bool:
    """Return whether one of *identifiers* fits *pattern*, in which ``n`` stands for any digit at the end only."""
    fixed = pattern.rstrip("n")
    return bool(fixed) and any(len(each) == len(pattern) and each.startswith(fixed) for each in identifiers)


def day_of(identifier: str, value: str) -> str | None:
    """Return the day that a value names as ``YYYY-MM-DD``; None where it names none."""
    if identifier not in _DATES:
        return None
    found = calendar_day(value[:6], day_may_be_zero=True)
    return found.isoformat() if found else None


def time_of(identifier: str, value: str) -> str | None:
    """Return the time behind a date as ``HH:MM:SS``; None where there is none (99:99 stands for none as well)."""
    digits = value[6:]
    if identifier not in _DATES or identifier == "7007" or not digits:
        return None
    try:
        return time.fromisoformat(":".join(digits[n : n + 2] for n in range(0, len(digits), 2))).isoformat()
    except ValueError:
        return None


def amount(identifier: str, value: str) -> Decimal | None:
    """Return a measure or an amount with its decimals, which the identifier's last digit counts; None elsewhere."""
    if not _DECIMAL.fullmatch(identifier):
        return None
    entry = entry_of(identifier)
    parts = parts_of(entry, value) if entry else None
    return Decimal(parts[-1]).scaleb(-int(identifier[3])) if parts else None
