"""The tests of the GS1 Syntax Engine (C, ``ai.c``, ``dl.c``, ``scandata.c``) by their function's name.

A vector begins with what the test expects, ``true`` or ``false``; ``^`` stands for FNC1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.domain.barcode import Gs1, Gtin, read
from app.domain.gs1 import (
    SEPARATOR,
    Pair,
    excluded,
    incomplete,
    is_there,
    message,
    repeated,
    split_human,
    split_message,
    unsigned,
    unsound,
)
from app.domain.gs1_links import CANONICAL, escaped, link_of, split_link, unescaped
from app.domain.gtin import check_digit, has_good_check_digit, is_digits
from app.domain.symbologies import GS1_MESSAGES, symbology_name
from tests.bench.gs1_vectors import Unsuited, plain

__all__ = ["ENGINE"]

_VARIABLES = {"buf", "inbuf", "expbuf", "outbuf"}


def _arguments(vector: Any, count: int) -> list[str]:
    cells = [*vector.arguments, *[""] * count][:count]
    if _VARIABLES.intersection(cells):
        raise Unsuited("the value is a variable of the C test, which the file does not hold")
    return [plain(cell) for cell in cells]


# The data of this one test, which the file holds by its name only.
_DATA = {
    "dataStr1": "(01)12345678901231",
    "dataStr2": "(98)DEF(97)GHI(96)JKL(95)MNO",
    "dataStr3": "(01)12345678901231(235)ABC123(8002)123456",
}


def _exists(vector: Any) -> bool:
    expected, name, pattern, rest = _arguments(vector, 4)
    ignored, _, match = (None if part == "NULL" else part for part in rest.partition(" | "))
    if name not in _DATA:
        raise Unsuited("the data is a variable of the C test, which the file does not hold")
    found = split_human(_DATA[name])
    there = [identifier for identifier, _ in found.pairs if identifier != ignored] if found else []
    first = next((each for each in there if is_there(pattern, [each])), None)
    return (first is not None) == (expected == "true") and (match is None or first == match)


def _parse(vector: Any) -> bool:
    expected, given, data = _arguments(vector, 3)
    found = split_human(given)
    good = found is not None and not unsound(found.pairs)
    if expected == "false":
        return not good
    return found is not None and good and "^" + message(found.pairs, "^") == data


def _process(vector: Any) -> bool:
    expected, data = _arguments(vector, 2)
    found = split_message(data[1:].replace("^", SEPARATOR))
    good = data[:1] == "^" and found.whole and bool(found.pairs) and not unsound(found.pairs)
    return good == (expected == "true")


_RULES: dict[str, Callable[[tuple[Pair, ...]], tuple[str, ...]]] = {
    "validateAImutex": excluded,
    "validateAIrequisites": incomplete,
    "validateAIrepeats": repeated,
    "validateDigSigRequiresSerialisedKey": unsigned,
}


def _validate(vector: Any) -> bool:
    expected, rule, given = _arguments(vector, 3)
    if rule not in _RULES:
        raise Unsuited(f"the rule {rule} is not known")
    found = split_human(given)
    good = found is not None and not _RULES[rule](found.pairs)
    return good == (expected == "true")


def _escape(vector: Any) -> bool:
    given, path, query = _arguments(vector, 3)
    return (escaped(given, query=False), escaped(given, query=True)) == (path, query)


def _unescape(vector: Any) -> bool:
    given, path, query = _arguments(vector, 3)
    return (unescaped(given, query=False) or "", unescaped(given, query=True) or "") == (path, query)


def _read_link(vector: Any) -> bool:
    expected, given, data = _arguments(vector, 3)
    found = split_link(given)
    good = found is not None and found.proper and not unsound(found.elements.pairs)
    if expected == "false":
        return not good
    return found is not None and good and "^" + message(found.elements.pairs, "^") == data


def _write_link(vector: Any) -> bool:
    expected, stem, given, link = _arguments(vector, 4)
    found = split_human(given)
    made = link_of(found.pairs, CANONICAL if stem == "NULL" else stem) if found else None
    return made == link if expected == "true" else made is None


# --- what scanners send ------------------------------------------------------------------------------------------

Content = tuple[Pair, ...] | str
_NAMES = {
    "EAN-13 / UPC": {"EAN13", "UPCA", "UPCE"},
    "EAN-8": {"EAN8"},
    "GS1-128": {"GS1_128_CCA", "GS1_128_CCC"},
    "GS1 QR Code": {"QR"},
    "QR Code": {"QR"},
    "GS1 DataMatrix": {"DM"},
    "DataMatrix": {"DM"},
    "DotCode": {"DotCode"},
    "GS1 DotCode": {"DotCode"},
    "GS1 DataBar": {
        "DataBarExpanded",
        "DataBarOmni",
        "DataBarTruncated",
        "DataBarStacked",
        "DataBarStackedOmni",
        "DataBarLimited",
        "GS1_128_CCA",
        "GS1_128_CCC",
    },
}
"""What the station calls a symbol, and which symbols of the engine send that identifier."""


def _received(scan: str) -> tuple[set[str], Content] | None:
    """Return symbols and content of a scan as the station reads it; None where it refuses it or knows no symbol."""
    reading = read(scan)
    symbols = _NAMES.get(symbology_name(reading.symbology), set())
    if not symbols or reading.fault:
        return None
    if reading.symbology[0] == "E":
        gs1, gtin = reading.kind(Gs1), reading.kind(Gtin)
        if isinstance(gs1, Gs1):
            return None if unsound(gs1.pairs) or not gs1.whole else (symbols, gs1.pairs)
        return (symbols, (("01", gtin.gtin14),)) if isinstance(gtin, Gtin) else None
    if reading.text[:4].lower() == "http":
        link = split_link(reading.text)
        good = link is not None and link.proper and not unsound(link.elements.pairs)
        return (symbols, reading.text) if good else None
    if reading.symbology not in GS1_MESSAGES:
        return symbols, reading.text
    found = split_message(reading.text)
    return (symbols, found.pairs) if found.whole and not unsound(found.pairs) else None


def _content(symbol: str, data: str) -> Content:
    """Return what the engine's own form of a symbol's data says."""
    if symbol in {"QR", "DM", "DotCode"} and data[:1] != "^":
        return data[1:] if data.lstrip("\\")[:1] == "^" else data
    linear, _, above = data.partition("|")
    if linear[:1] != "^":
        whole = linear if has_good_check_digit(linear) else linear + (check_digit(linear) if is_digits(linear) else "")
        first: tuple[Pair, ...] = (("01", whole.zfill(14)),)
    else:
        first = split_message(linear[1:].replace("^", SEPARATOR)).pairs
    return first + split_message(above[1:].replace("^", SEPARATOR)).pairs


def _scanned(vector: Any) -> bool:
    expected, scan, symbol, data = _arguments(vector, 4)
    got = _received(scan)
    if expected == "false":
        return got is None
    return got is not None and symbol in got[0] and got[1] == _content(symbol, data)


_BARE = {"EAN13": "]E0", "UPCA": "]E00", "UPCE": "]E00", "EAN8": "]E4", "QR": "]Q1", "DM": "]d1", "DotCode": "]J0"}


def _sent(vector: Any) -> bool:
    """The other way round: what such a symbol sends is read as what is in it, and what it cannot hold is refused."""
    symbol, data, scan = _arguments(vector, 3)
    if scan != "NULL":
        got = _received(scan)
        return got is not None and symbol in got[0] and got[1] == _content(symbol, data)
    start = "]e001" if symbol.startswith("DataBar") else "]C1" if symbol.startswith("GS1") else _BARE.get(symbol, "")
    return _received(start + data.removeprefix("^01").removeprefix("^")) is None


ENGINE: dict[str, Callable[[Any], bool]] = {
    "test_existsInAIdata": _exists,
    "test_parseAIdata": _parse,
    "test_processAIdata": _process,
    "test_validateAIs": _validate,
    "test_URIescape": _escape,
    "test_URIunescape": _unescape,
    "test_parseDLuri": _read_link,
    "test_testGenerateDLuri": _write_link,
    "test_testGenerateScanData": _sent,
    "test_testProcessScanData": _scanned,
}
