"""GS1 Digital Links: web addresses that hold a GS1 message, such as ``https://id.gs1.org/01/04901234567894/10/A1``.

As the GS1 Digital Link standard (URI syntax) has them: a key, its qualifiers in their order in the path, everything
else behind the question mark. Short GTINs and the names of earlier editions (``/gtin/``) are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import quote, quote_plus, unquote

from app.domain.gs1 import Elements, Pair, parts_of
from app.domain.gs1_dictionary import Entry, entry_of
from app.domain.gtin import is_digits

__all__ = ["CANONICAL", "Link", "escaped", "link_of", "split_link", "unescaped"]

CANONICAL = "https://id.gs1.org"
"""Where the canonical form of a link begins."""

_ADDRESS = re.compile(
    r"(?:https?|HTTPS?)://([A-Za-z0-9.\-:\[\]]+)(/[^?#]*)(?:\?([^#]*))?(?:#.*)?",
    re.ASCII,
)
_ALLOWED = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.ASCII)
_ESCAPE = re.compile("%00")
_SHORT_GTINS = (8, 12, 13)
_NAMES: Mapping[str, str] = {
    "sscc": "00",
    "gtin": "01",
    "lot": "10",
    "ser": "21",
    "cpv": "22",
    "gdti": "253",
    "glnx": "254",
    "gcn": "255",
    "ginc": "401",
    "gsin": "402",
    "gln": "414",
    "payto": "415",
    "party": "417",
    "grai": "8003",
    "giai": "8004",
    "itip": "8006",
    "cpid": "8010",
    "cpsn": "8011",
    "gmn": "8013",
    "gsrnp": "8017",
    "gsrn": "8018",
    "srin": "8019",
    "refno": "8020",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A Digital Link taken apart."""

    elements: Elements
    proper: bool
    """False where the standard has something else: a qualifier behind the question mark, an identifier twice."""


def unescaped(text: str, *, query: bool) -> str | None:
    """Return *text* without percent signs, and in a query without plus signs; None where a zero byte is in it."""
    if _ESCAPE.search(text):
        return None
    return unquote(text.replace("+", " ") if query else text, encoding="latin-1")


def escaped(text: str, *, query: bool) -> str:
    """Return *text* as it stands in an address; in a query a space is a plus sign."""
    return quote_plus(text, encoding="latin-1") if query else quote(text, safe="", encoding="latin-1")


def split_link(text: str) -> Link | None:
    """Take apart a Digital Link; None where *text* is none."""
    found = _ADDRESS.fullmatch(text)
    if found is None or not _ALLOWED.fullmatch(text):
        return None
    path = _path(found[2])
    if path is None:
        return None
    pairs, proper = path
    keys = [identifier for identifier, _ in pairs]
    for name, value in _query(found[3] or ""):
        entry = entry_of(name)
        if entry is None:
            return None
        pair = _pair(entry, unescaped(value, query=True))
        if pair is None:
            return None
        proper = proper and entry.attribute and name not in dict(pairs) and not _belongs_to_path(keys, name)
        pairs.append(pair)
    return Link(Elements(tuple(pairs), whole=True), proper)


def _path(path: str) -> tuple[list[Pair], bool] | None:
    """Return key and qualifiers of a path: its last pairs from a key on, and whether their order is right."""
    pieces = path.split("/")
    pairs: list[Pair] = []
    while len(pieces) >= 3:
        value, name = pieces.pop(), pieces.pop()
        entry = entry_of(_NAMES.get(name.lower(), name))
        pair = _pair(entry, unescaped(value, query=False)) if entry else None
        if entry is None or pair is None:
            return None
        pairs.insert(0, pair)
        if entry.qualifiers is not None:
            rest = tuple(identifier for identifier, _ in pairs[1:])
            return (pairs, True) if _in_order(entry, rest) else None
    return None


def _query(query: str) -> list[tuple[str, str]]:
    """Return what a query says of identifiers; other names and words without a value are none of ours."""
    words = [word.partition("=") for word in query.split("&") if word]
    return [(name, value) for name, equals, value in words if equals and is_digits(name)]


def _pair(entry: Entry, value: str | None) -> Pair | None:
    if value is None:
        return None
    if entry.identifier == "01" and len(value) in _SHORT_GTINS:
        value = value.zfill(14)
    return None if parts_of(entry, value) is None else (entry.identifier, value)


def _in_order(entry: Entry, qualifiers: tuple[str, ...]) -> bool:
    ways = entry.qualifiers or ((),)
    return any(qualifiers in combinations(way, len(qualifiers)) for way in ways) or not qualifiers


def _belongs_to_path(keys: list[str], name: str) -> bool:
    """Return whether the path could take *name* as one more qualifier: then it must stand there."""
    entry = entry_of(keys[0])
    assert entry is not None
    places = range(1, len(keys) + 1)
    return any(_in_order(entry, (*keys[1:place], name, *keys[place:])) for place in places)


def link_of(pairs: tuple[Pair, ...], stem: str = CANONICAL) -> str | None:
    """Return the Digital Link of *pairs* under *stem*; None where no key or something not allowed is among them.

    The first key leads, with as many of its qualifiers as are there; attributes follow, those of fixed length first.
    """
    known = [(identifier, value, entry) for identifier, value in pairs if (entry := entry_of(identifier))]
    key = next((entry for _, _, entry in known if entry.qualifiers is not None), None)
    if key is None:
        return None
    values = dict(reversed(pairs))
    ways = key.qualifiers or ((),)
    way = max(ways, key=lambda each: sum(name in values for name in each))
    path = [key.identifier, *(name for name in way if name in values)]
    rest = [(name, entry) for name, _, entry in known if name not in path]
    if not all(entry.attribute for _, entry in rest):
        return None
    ordered = sorted(rest, key=lambda each: each[1].separated)
    query = "&".join(f"{name}={escaped(values[name], query=True)}" for name in dict.fromkeys(n for n, _ in ordered))
    address = stem.rstrip("/") + "".join(f"/{name}/{escaped(values[name], query=False)}" for name in path)
    return f"{address}?{query}" if query else address
