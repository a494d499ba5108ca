"""Reading a code: from the text that a scanner or camera sent to everything that it may mean.

:func:`read` never raises and decides nothing: a text that fits several kinds keeps all of them, in the order in which
they are tried, and the question asked at the bench chooses. A fault beside kinds is advice for the case that nothing
is found by them; a fault without kinds is the refusal itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from app.domain.command_names import CommandName
from app.domain.gs1 import Elements, split_human, split_message
from app.domain.gs1_facts import Gs1, facts
from app.domain.gs1_links import split_link
from app.domain.gtin import (
    expand_upce,
    has_good_check_digit,
    is_digits,
    is_lower_book_code,
    is_part_of,
    printable,
    to_14,
)
from app.domain.orders import ShipNumber
from app.domain.own_codes import (
    CartCode,
    CartonCode,
    InsertCode,
    ListCode,
    OrderCode,
    PersonCode,
    ShelfCode,
    StationCode,
    ToteCode,
    WallCode,
    WeightCode,
)
from app.domain.symbologies import GS1_MESSAGES

__all__ = [
    "CartCode",
    "CartonCode",
    "Command",
    "CommandName",
    "Fault",
    "Gs1",
    "Gtin",
    "InsertCode",
    "Kind",
    "ListCode",
    "OrderCode",
    "PersonCode",
    "Plain",
    "Reading",
    "ShelfCode",
    "StationCode",
    "ToteCode",
    "WallCode",
    "Waybill",
    "WeightCode",
    "is_part_of",
    "printable",
    "read",
]

MOST_CHARACTERS = 200
"""Longest text that is a code."""
MOST_MESSAGE_CHARACTERS = 1000
"""Longest GS1 message or web address."""


class Fault(StrEnum):
    """What is wrong with a text as a code; each has its own sentence."""

    EMPTY = "empty"
    """Nothing but spaces and terminators."""
    UNDECODABLE = "undecodable"
    """Characters were lost before they came here: the scanner and the computer do not agree on the encoding."""
    CONTROL_CHARACTERS = "control_characters"
    """Control characters that belong to no code."""
    TOO_LONG = "too_long"
    """Too long for a code."""
    BAD_CHECK_DIGIT = "bad_check_digit"
    """Digits that look like a GTIN, with a wrong check digit."""
    TWO_CODES = "two_codes"
    """Two codes that ran together."""
    COMMAND_UNKNOWN = "command_unknown"
    """A command code that this program does not have."""
    CODE_BROKEN = "code_broken"
    """One of our own prefixes, with nothing or nothing sensible after it."""
    BAD_COUNT = "bad_count"
    """A GS1 message that counts no pieces, far too many, or two numbers of them, or that hides how many are inside."""
    SECOND_CODE = "second_code"
    """The lower one of the two codes on a Japanese book: its class and price, and not the book."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command code, such as ``KP-DONE``."""

    name: CommandName


@dataclass(frozen=True, slots=True)
class Waybill:
    """A carrier's number 送り状番号: 12 digits, the last one the rest of the others by seven."""

    number: str
    letters: str = ""
    """Start and stop letters as read, upper case; a hint only, some scanners drop them."""


@dataclass(frozen=True, slots=True)
class Gtin:
    """A GTIN with a good check digit."""

    gtin14: str
    was: Literal["ean13", "ean8", "upca", "upce", "itf14"]
    """How it was read."""
    add_on: str = ""
    """Two or five more digits beside it: the issue of a magazine, the price of a book."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Any printable text: a SKU, else an order number."""

    text: str


Kind: TypeAlias = (
    Command
    | OrderCode
    | ShelfCode
    | ToteCode
    | CartCode
    | WallCode
    | ListCode
    | PersonCode
    | StationCode
    | CartonCode
    | InsertCode
    | WeightCode
    | Waybill
    | Gtin
    | Gs1
    | Plain
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text may mean."""

    raw: str
    """As received; may hold what a database refuses (NUL, lone surrogates), see :attr:`text`."""
    text: str
    """After width normalisation, without symbology identifier, surrounding spaces and terminators; safe to store."""
    kinds: tuple[Kind, ...] = ()
    """In reading order; empty where the text can't be a code."""
    fault: Fault | None = None
    widened: bool = False
    """Full-width characters or other dashes were read as plain ones: say so."""
    symbology: str = ""
    """Symbology identifier without the bracket, such as ``C1``; empty where the scanner sends none."""

    def kind(self, *wanted: type[Kind]) -> Kind | None:
        """Return the first kind that is one of *wanted*."""
        return next((kind for kind in self.kinds if isinstance(kind, wanted)), None)


_GS = "\x1d"
_EDGE = " \t\r\n\v\f\0\x02\x03\x04\x1d\u3000\u00a0\u2028\u2029\ufeff\u0085"
_HYPHENS = {ord(dash): "-" for dash in "‐‑‒–—―−ー─━⁃﹘"}

_COMPOSITE = "|]e0"
_SYMBOLOGY = re.compile(r"\](Y[0-9A-Za-z]{2}|[A-XZcdeopsz][0-9A-Za-z])")

_COMMANDS = {name.value: name for name in CommandName}
_NAMED: dict[str, Callable[[str], Kind]] = {
    "S": ShelfCode,
    "T": ToteCode,
    "C": CartCode,
    "W": WallCode,
    "L": ListCode,
    "U": PersonCode,
    "B": StationCode,
    "X": CartonCode,
    "N": InsertCode,
}
_PREFIX = re.compile(r"[Kk][POSTCWLUBXNGpostcwlubxng]-")
_GRAMS = re.compile(r"[0-9]{1,6}", re.ASCII)
# As printed: a sequence has three digits, or more without a leading zero; a postcode such as 150-0001 is none.
_ORDER = re.compile(r"(?:[Kk][Oo]-)?([1-9][0-9]{0,5})-([0-9]{3}|[1-9][0-9]{3,5})(?:-([1-9][0-9]{0,2}))?")
_WAYBILL = re.compile(r"([A-Da-d]?)([0-9]{4})(-?)([0-9]{4})\3([0-9]{4})([A-Da-d]?)")
_HUMAN_START = re.compile(r"\([0-9]{2,4}\)")
# Kinds that prove themselves, unlike a shelf or tote, after whose prefix anything may stand.
_PROVEN = (Command, OrderCode, Waybill, Gtin)
_BREAK = re.compile(r"[\x00-\x20\x7f]+")
_PICTURES = {**{code: 0x2400 + code for code in range(0x20)}, 0x7F: 0x2421}
_HALF_LENGTHS = (8, 12, 13, 14, 16)
# Faults after which nothing is looked up, not even a SKU of the same text.
_REFUSED = frozenset({Fault.TOO_LONG, Fault.CONTROL_CHARACTERS, Fault.BAD_COUNT, Fault.SECOND_CODE})
# Books and magazines, which may have two or five more digits beside their number.
_PRINTED_MATTER = ("491", "977", "978", "979")


def read(text: str) -> Reading:
    """Return everything that *text* may mean. Never raises."""
    raw = text
    text = text.strip(_EDGE)
    if not text:
        return Reading(raw, "", fault=Fault.EMPTY)
    widened = False
    if not text.isascii():
        # What is longer than any message is only shown, so its beginning is enough.
        given = text[: MOST_MESSAGE_CHARACTERS + 1]
        if "\ufffd" in given or any("\ud800" <= c <= "\udfff" for c in given):
            lost = given.encode("utf-8", "replace").decode("utf-8", "replace")
            return Reading(raw, _shown(lost[:MOST_MESSAGE_CHARACTERS]), fault=Fault.UNDECODABLE)
        normal = unicodedata.normalize("NFKC", given)
        widened = normal != unicodedata.normalize("NFC", given)
        text = normal.strip(_EDGE)
        if not text:
            return Reading(raw, "", fault=Fault.EMPTY, widened=widened)
    if len(text) > MOST_MESSAGE_CHARACTERS:
        return Reading(raw, _shown(text[:MOST_MESSAGE_CHARACTERS]), fault=Fault.TOO_LONG, widened=widened)
    symbology = ""
    if text[0] == "]" and (found := _SYMBOLOGY.match(text)):
        symbology = found[1]
        text = text[found.end() :].strip(_EDGE)
        if not text:
            return Reading(raw, "", fault=Fault.EMPTY, widened=widened, symbology=symbology)
    separated = _GS in raw
    if _COMPOSITE in text and symbology[:1] == "E" and (gtin14 := to_14(text.partition(_COMPOSITE)[0])):
        # A second symbol above an EAN: together they are one message about the goods with this number.
        text, separated = "01" + gtin14 + text.partition(_COMPOSITE)[2], True
    if not text.isprintable() and _has_control(text):
        fault = Fault.TWO_CODES if _separate_codes(text) else Fault.CONTROL_CHARACTERS
        return Reading(raw, _shown(text), (), fault, widened, symbology)

    announced = separated or symbology in GS1_MESSAGES
    if is_digits(text) and len(text) < 16 and not announced:
        kinds, fault_found = _number_kinds(text, symbology)
        folded = False
    else:
        kinds, fault_found, folded = _kinds(text, symbology, announced, separated)
    if fault_found in _REFUSED or (_GS in text and not kinds):
        return Reading(raw, _shown(text), (), fault_found, widened, symbology)
    if _GS not in text:
        kinds.append(Plain(text))
    return Reading(raw, text, tuple(kinds), fault_found, widened or folded, symbology)


def _kinds(text: str, symbology: str, announced: bool, separated: bool) -> tuple[list[Kind], Fault | None, bool]:
    """Return kinds (without Plain), fault, and whether a dash was folded, for anything but a short run of digits."""
    gs1, gs1_fault = _gs1(text, announced, separated) if announced or _may_be_gs1(text) else (None, None)
    if len(text) > MOST_CHARACTERS and gs1 is None and text[:4].lower() != "http":
        return [], Fault.TOO_LONG, False
    if gs1_fault is Fault.BAD_COUNT or (gs1 is None and _GS in text):
        return [], gs1_fault or Fault.CONTROL_CHARACTERS, False

    plain = text if text.isascii() else text.translate(_HYPHENS)
    folded = False
    kinds: list[Kind] = []
    fault: Fault | None = None
    if is_digits(text):
        kinds, fault = _number_kinds(text, symbology)
    elif _PREFIX.match(plain):
        own, fault = _own_code(plain, text)
        if own is not None:
            kinds.append(own)
        folded = plain[2] != text[2] or (own is not None and plain != text and _uses_folded(own, text))
    elif found := _ORDER.fullmatch(plain):
        if (order := _order_code(found)) is not None:
            kinds.append(order)
            folded = plain != text
    elif (found := _WAYBILL.fullmatch(plain)) and (waybill := _waybill(found)) is not None:
        kinds.append(waybill)
        folded = plain != text
    if any(isinstance(kind, _PROVEN) for kind in kinds):
        fault = None
    elif not announced and _two_codes(plain, gs1 is not None):
        # Digits that are twice the same code are no message, whatever they begin with.
        return kinds, Fault.TWO_CODES, folded
    if gs1 is not None:
        return [*kinds, gs1], None, folded
    return kinds, gs1_fault or fault, folded


def _number_kinds(text: str, symbology: str) -> tuple[list[Kind], Fault | None]:
    """Return what digits may be. The symbol, where the scanner names it, rules out what can't be in it."""
    kinds: list[Kind] = []
    length = len(text)
    if length == 12 and symbology[:1] != "E" and int(text[:11]) % 7 == int(text[11]):
        kinds.append(Waybill(text))
    if length in {8, 12, 13, 14} and not (symbology[:1] == "F" and kinds):
        if has_good_check_digit(text) and not (length == 14 and symbology[:1] == "E"):
            if is_lower_book_code(text):
                return [], Fault.SECOND_CODE
            if length == 13:
                kinds.append(Gtin("0" + text, "ean13"))
            elif length == 12:
                kinds.append(Gtin("00" + text, "upca"))
            elif length == 14:
                kinds.append(Gtin(text, "itf14"))
            else:
                kinds.append(Gtin("000000" + text, "ean8"))
        if length == 8 and symbology != "E4" and (upca := expand_upce(text)) is not None:
            kinds.append(Gtin("00" + upca, "upce"))
        if not kinds:
            return kinds, Fault.BAD_CHECK_DIGIT
    elif length in {6, 7} and symbology in {"E0", "E3"} and (upca := expand_upce(text)) is not None:
        kinds.append(Gtin("00" + upca, "upce"))
    elif length in {15, 18, 26} and has_good_check_digit(text[:13]):
        return _printed_matter(text, symbology), None
    return kinds, None


def _printed_matter(text: str, symbology: str) -> list[Kind]:
    """Return the book or magazine of a number with an add-on, or with the book's lower code read behind it."""
    first, rest = text[:13], text[13:]
    if len(rest) == 13:
        if is_lower_book_code(first):
            first, rest = rest, first
        if not (first.startswith(("978", "979")) and has_good_check_digit(first) and is_lower_book_code(rest)):
            return []
        rest = ""
    elif symbology != "E3" and not first.startswith(_PRINTED_MATTER):
        return []
    return [Gtin("0" + first, "ean13", rest)]


def _own_code(plain: str, text: str) -> tuple[Kind | None, Fault | None]:
    """Read a text that begins with one of our prefixes; *plain* is *text* with dashes folded."""
    letter = plain[1].upper()
    if letter == "P":
        name = _COMMANDS.get(plain.upper()) if plain.isascii() else None
        return (None, Fault.COMMAND_UNKNOWN) if name is None else (Command(name), None)
    if letter == "O":
        found = _ORDER.fullmatch(plain)
        order = _order_code(found) if found else None
        return (None, Fault.CODE_BROKEN) if order is None else (order, None)
    if letter == "G":
        rest = plain[3:].upper()
        if rest == "FAULT":
            return WeightCode(None), None
        return (WeightCode(int(rest)), None) if _GRAMS.fullmatch(rest) else (None, Fault.CODE_BROKEN)
    # A long vowel mark is a dash among ASCII only: コーヒー keeps its own.
    rest = plain[3:].strip() if plain.isascii() else text[3:].strip()
    if not rest:
        return None, Fault.CODE_BROKEN
    return _NAMED[letter](rest), None


def _uses_folded(own: Kind, text: str) -> bool:
    if isinstance(own, Command | OrderCode):
        return True
    return getattr(own, "code", "") not in text


def _order_code(found: re.Match[str]) -> OrderCode | None:
    sequence = int(found[2])
    if sequence == 0:
        return None
    return OrderCode(ShipNumber(int(found[1]), sequence, int(found[3]) if found[3] else None))


def _waybill(found: re.Match[str]) -> Waybill | None:
    number = found[2] + found[4] + found[5]
    if int(number[:11]) % 7 != int(number[11]):
        return None
    return Waybill(number, (found[1] + found[6]).upper())


def _shown(text: str) -> str:
    """Return *text* with control characters as their pictures, so that it can be shown and stored.

    Others that are not seen but change how a text looks (direction marks) are shown as lost ones.
    """
    if text.isprintable():
        return text
    return "".join("\ufffd" if _is_control(each) else each for each in text.translate(_PICTURES))


def _has_control(text: str) -> bool:
    """Return whether *text* has characters that can't be printed, other than the separator of GS1 messages."""
    return any(each != _GS and _is_control(each) for each in text)


def _is_control(character: str) -> bool:
    return not character.isprintable() and unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}


# --- two codes in one text ---------------------------------------------------------------------------------------


def _separate_codes(text: str) -> bool:
    parts = _BREAK.split(text)
    return len(parts) > 1 and all(_good(part) for part in parts)


def _two_codes(text: str, is_gs1: bool) -> bool:
    """Return whether *text* falls into two codes, each good by itself."""
    length = len(text)
    half = length // 2
    twice = length % 2 == 0 and text[:half].casefold() == text[half:].casefold() and _good(text[:half])
    if twice or is_gs1:
        return twice
    if length > MOST_CHARACTERS or not text.isascii():
        return False
    if " " in text:
        return _separate_codes(text)
    cuts = {n for n in _HALF_LENGTHS if n < length} | {length - n for n in _HALF_LENGTHS if n < length}
    cuts.update(found.start() for found in _PREFIX.finditer(text, 1))
    for cut in cuts:
        first, second = text[:cut], text[cut:]
        if _PREFIX.match(first) and first[1] not in "POpo":
            # Anything may follow such a prefix, so what comes after must be sure.
            if len(first) > 3 and (_PREFIX.match(second) or len(second) == 13) and _good(second):
                return True
        elif _good(first) and _good(second):
            return True
    return False


def _good(text: str) -> bool:
    """Return whether *text* is a whole code that proves itself."""
    if is_digits(text):
        # One in five numbers of eight digits is a good EAN-8 or UPC-E, so only the first of them counts here.
        kinds, _ = _number_kinds(text, "E4" if len(text) == 8 else "")
        return bool(kinds)
    if not text.isascii():
        return False
    if _PREFIX.match(text):
        return _own_code(text, text)[0] is not None
    if found := _WAYBILL.fullmatch(text):
        return _waybill(found) is not None
    return (order := _ORDER.fullmatch(text)) is not None and _order_code(order) is not None


# --- GS1 ---------------------------------------------------------------------------------------------------------


def _may_be_gs1(text: str) -> bool:
    """Return whether *text* can be a GS1 message although nothing announces one."""
    if text[0] == "(":
        return _HUMAN_START.match(text) is not None
    if text[0] in "hH":
        return text[:8].lower().startswith(("http://", "https://"))
    if len(text) < 16:
        return False
    if text[:2] in {"01", "02"}:
        return has_good_check_digit(text[2:16])
    return text[:2] == "00" and has_good_check_digit(text[2:20]) and len(text) >= 20


def _gs1(text: str, surely: bool, certain: bool) -> tuple[Gs1 | None, Fault | None]:
    """Read a GS1 message; *surely* where the scanner says that it is one, then a spoilt end costs only the end.

    *certain* where separators came with it, so that the ends of its values are sure.
    """
    if not text.isascii():
        return None, None
    parts: Elements | None
    if text[0] == "(" and _HUMAN_START.match(text):
        parts, certain = split_human(text), True
    elif text[:4].lower() == "http":
        link = split_link(text)
        parts, certain = (link.elements if link else None), True
    else:
        parts = split_message(text)
        if not surely and not parts.whole:
            parts = None
    if parts is None:
        return None, None
    gs1, wrong = facts(parts, certain=certain)
    return gs1, Fault(wrong) if wrong else None
