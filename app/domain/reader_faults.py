"""What goes wrong between a scanner and the computer, and what of it can be mended in the text of a scan.

:func:`repair` applies only what is certain. Which layouts meet and what stands for the separator was proven by the
scanner sheet (:mod:`app.domain.scanner_check`) and comes in as the reader's known faults; a text of full-width
characters only and one of our own prefixes in the wrong case prove themselves. Everything else is left as it came:
:func:`suspect` then names the fault that a text looks like, as advice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.domain.gtin import has_good_check_digit
from app.domain.keyboards import COMPUTERS, SCANNERS, mending

__all__ = [
    "LOST",
    "SEPARATOR",
    "Profile",
    "ReaderFault",
    "is_repair",
    "is_separator",
    "narrowed",
    "repair",
    "suspect",
]

SEPARATOR = "\x1d"
"""The group separator, sent for FNC1 between two elements of a GS1 message."""
LOST = "\ufffd"
"""Stands in a text for a key that gave no character."""


class ReaderFault(StrEnum):
    """A fault of a scanner's or the computer's settings; ``reader.fault.…`` names it, ``reader.remedy.…`` the cure."""

    INPUT_METHOD = "input_method"
    """The input method for Japanese takes the keys."""
    LAYOUT = "layout"
    """The scanner types for another keyboard than the computer expects."""
    CAPS_LOCK = "caps_lock"
    """Caps Lock is on: capital and small letters are exchanged."""
    NO_END = "no_end"
    """No Enter or Tab follows the code."""
    SEPARATOR = "separator"
    """The separator of GS1 messages (FNC1, GS) is missing or comes as something else."""
    IDENTIFIER = "identifier"
    """The scanner does not say what kind of bar code it was (no symbology identifier)."""
    SPLIT = "split"
    """One code comes in several parts."""
    JOINED = "joined"
    """Two codes come as one."""
    FULL_WIDTH = "full_width"
    """Full-width characters come instead of plain ones."""
    PREFIX = "prefix"
    """Something stands before each code."""
    SUFFIX = "suffix"
    """Something stands after each code."""
    JAPANESE = "japanese"
    """Japanese text of a 2-D code does not come."""
    OTHER = "other"
    """It comes otherwise than it is printed, in no way that is known."""


# --- what is known of a reader ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Profile:
    """How one reader changes codes on their way, as the sheet proved it."""

    scanner: str = ""
    """Layout that the scanner types for; empty where it is the computer's."""
    computer: str = ""
    """Layout that the computer expects."""
    separator: str = ""
    """What comes for the separator; empty where it comes as it is, or not at all."""

    @classmethod
    def of(cls, repairs: tuple[str, ...]) -> Profile:
        """Return what a reader's known faults say, as :attr:`repairs` writes them; others are passed over."""
        scanner = computer = separator = ""
        for each in repairs:
            name, _, value = each.partition(" ")
            if name == ReaderFault.LAYOUT and is_repair(each):
                scanner, _, computer = value.partition(" ")
            elif name == ReaderFault.SEPARATOR and is_repair(each):
                separator = value
        return cls(scanner, computer, separator)

    @property
    def repairs(self) -> tuple[str, ...]:
        """The same as the texts that the station's settings keep."""
        found = []
        if self.scanner:
            found.append(f"{ReaderFault.LAYOUT} {self.scanner} {self.computer}")
        if self.separator:
            found.append(f"{ReaderFault.SEPARATOR} {self.separator}")
        return tuple(found)


def is_repair(text: str) -> bool:
    """Return whether *text* is a known fault that :func:`repair` can use."""
    name, _, value = text.partition(" ")
    if name == ReaderFault.LAYOUT:
        scanner, _, computer = value.partition(" ")
        return scanner in SCANNERS and computer in COMPUTERS
    return name == ReaderFault.SEPARATOR and is_separator(value)


_GS1_DATA = frozenset("!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
"""Characters that GS1 messages are made of: GS1 General Specifications, figure 7.11-1 (character set 82)."""


def is_separator(text: str) -> bool:
    """Return whether what comes for a separator cannot be content of a GS1 message."""
    return 0 < len(text) <= 8 and text != SEPARATOR and LOST not in text and any(char not in _GS1_DATA for char in text)


_profile_of = lru_cache(maxsize=32)(Profile.of)


# --- mending ------------------------------------------------------------------------------------------------------

_WIDE = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)} | {
    ord(came): meant for came, meant in zip("\u3000￥￢￡ー。、・「」〜～’‘”“", " ¥¬£-.,/[]~~''\"\"", strict=True)
}
"""Characters that an input method makes of the keys of the plain ones."""
_WIDE_SIGNS = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_SWAPPED = re.compile(
    r"(?:\][A-Za-z0-9]{2})?k[postcwlub]-"  # our papers print the prefix in capitals
    # Identifiers that ISO/IEC 15424 does not know in small letters; ``]c`` is of codes of a few digits.
    r"|\][aqfi][0-6]|\]c[0-6](?![0-9]{0,7}$)"
)
_MEANT = re.compile(r"\][A-Zcdeopsz][0-6](?!$)|https?://")
_GS1_IDENTIFIER = re.compile(r"\](?:C1|d2|d5|Q3|Q4|e[0-2]|J1)")


def narrowed(text: str) -> str:
    """Return *text* with full-width characters, and what an input method makes of signs, as plain ones."""
    return text if text.isascii() else text.translate(_WIDE)


def repair(text: str, repairs: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return a scan's text as it is printed, as far as that is certain, and the faults that were mended.

    :param text: one scan, without what the reader sends around it.
    :param repairs: the reader's known faults, as :attr:`Profile.repairs` writes them.
    """
    mended: list[str] = []
    wide = narrowed(text)
    if wide != text and wide.isascii() and _WIDE_SIGNS.search(text) and not _has_plain(text):
        text = wide
        mended.append(ReaderFault.FULL_WIDTH)
    if repairs:
        profile = _profile_of(repairs)
        text, separated = _separated(text, profile)
        if separated:
            mended.append(ReaderFault.SEPARATOR)
        plain = _relaid(text, profile)
        if plain != text:
            text = plain
            mended.append(ReaderFault.LAYOUT)
    if _SWAPPED.match(text):
        text = text.swapcase()
        mended.append(ReaderFault.CAPS_LOCK)
    return text, tuple(mended)


def _has_plain(text: str) -> bool:
    return any(char.isascii() and char.isprintable() for char in text)


def _separated(text: str, profile: Profile) -> tuple[str, bool]:
    stands = profile.separator
    if not stands or stands not in text:
        return text, False
    # The bracket of an identifier may come as the same sign as the separator.
    begin = len(stands) + 2 if re.match(re.escape(stands) + "[A-Za-z][0-9]", text) else 0
    changed = text[:begin] + text[begin:].replace(stands, SEPARATOR)
    # A control character is never content; another sign may be, in codes that are no GS1 message.
    if all(not char.isprintable() for char in stands) or _is_message(_relaid(changed, profile)):
        return changed, True
    return text, False


def _is_message(text: str) -> bool:
    text = text.lstrip(SEPARATOR)
    if _GS1_IDENTIFIER.match(text):
        return True
    if text[:2] in {"01", "02"}:
        return has_good_check_digit(text[2:16]) and len(text) > 16
    return text[:2] == "00" and has_good_check_digit(text[2:20]) and len(text) > 20


def _relaid(text: str, profile: Profile) -> str:
    """Return *text* as the scanner meant it.

    It stays where one of its characters cannot have come from a key of such a scanner, or where only as it is it begins
    as codes do: another scanner at the same computer may be set right.
    """
    if not profile.scanner:
        return text
    table = mending(profile.scanner, profile.computer)
    known = all(char in table or not (char.isprintable() and char.isascii()) for char in text)
    meant = "".join(table.get(char, char) for char in text) if known else text
    return text if _MEANT.match(text) and not _MEANT.match(meant) else meant


# --- suspecting ---------------------------------------------------------------------------------------------------

_HIRAGANA = re.compile("[ぁ-ゖ]")
_KANJI = re.compile("[\u3400-\u9fff]")
_LINK = re.compile(r"https?[^:\w\s]//", re.IGNORECASE)
_BRACKETS = re.compile(r"(?:\)(?:0[0-2]|1[01357]|21)~?|\*(?:0[0-2]|1[01357]|21)\()[0-9]{6}")
# An identifier whose bracket another layout made something else: JIS and others have it on different keys.
_IDENTIFIER_SPOILT = re.compile(r"[\[\\#{|}~](?:C[0-4]|E[0-4]|Q[0-6]|d[0-6]|e[0-2]|A[0-7]|F[0-4]|I[0-3])(?=.{4})")
_LAYOUT_SIGNS = re.compile("[¬£]")
_AROUND = re.compile(r"([^0-9]{1,3})([0-9]{8}|[0-9]{12,14})|([0-9]{8}|[0-9]{12,14})([^0-9]{1,3})")
_SWAPPED_IDENTIFIER = re.compile(r"\](?:[caqfi]|D)[0-6][A-Za-z0-9]")
_BAD_SEPARATOR = re.compile(r"0[12][0-9]{14}.*(?:[\x1b\x1c]|\^\]|<GS>|\{GS\}|\\x1d|\\u001d)", re.IGNORECASE)


def suspect(text: str) -> ReaderFault | None:
    """Return the fault that a text nobody knows looks like: advice for the answer, never a reason to change it.

    :param text: one scan as it came.
    """
    if _HIRAGANA.search(text) and not _KANJI.search(text):
        return ReaderFault.INPUT_METHOD
    if _WIDE_SIGNS.search(text):
        return ReaderFault.FULL_WIDTH
    found = text.strip("\r\n\t ")
    if _IDENTIFIER_SPOILT.match(found) or _LINK.match(found) or _BRACKETS.match(found) or _LAYOUT_SIGNS.search(found):
        return ReaderFault.LAYOUT
    if _SWAPPED_IDENTIFIER.match(found) or _SWAPPED.match(found):
        return ReaderFault.CAPS_LOCK
    if _BAD_SEPARATOR.match(found):
        return ReaderFault.SEPARATOR
    if (around := _AROUND.fullmatch(found)) and has_good_check_digit(around[2] or around[3]):
        return ReaderFault.PREFIX if around[2] else ReaderFault.SUFFIX
    return None
