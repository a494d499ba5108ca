"""The scanner sheet and what follows from it: known codes are printed, and what comes of them tells the faults.

:func:`diagnose` looks for the one pair of keyboard layouts, with or without Caps Lock, that turns what is printed into
exactly what came; a fault that it names is proven by that. What fits no explanation is called so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache

from app.domain.keyboards import pairs, typed, unsure
from app.domain.reader_faults import LOST, SEPARATOR, Profile, ReaderFault, is_separator, narrowed, repair

__all__ = ["SHEET", "Came", "Diagnosis", "End", "Result", "SheetCode", "diagnose", "which"]


@dataclass(frozen=True, slots=True)
class SheetCode:
    """One code of the sheet."""

    id: str
    """Its name; ``reader.code.…`` names it for people."""
    text: str
    """What it says; the separator of a GS1 message included, the symbology identifier not."""
    identifiers: tuple[str, ...]
    """Symbology identifiers that a scanner may rightly send for it (ISO/IEC 15424)."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The plain parts of the text, without separator and Japanese between them."""
        return tuple(_BETWEEN.split(self.text))


_SIGNS = "-Zz_09/:.+@#]{})\\"
"""Signs and letters that tell every pair of layouts from every other; ``)`` and ``\\`` tell Windows from X11."""
_BETWEEN = re.compile(f"{SEPARATOR}|[^\\x00-\\x7f]+")

SHEET: tuple[SheetCode, ...] = (
    SheetCode("jan", "4599999999908", ("]E0",)),
    SheetCode("code128", f"Aa{_SIGNS}", ("]C0",)),
    SheetCode("gs1", f"010459999990010210L-7b{SEPARATOR}215c", ("]C1",)),
    SheetCode("qr", f"Qq{_SIGNS}検品/7", ("]Q0", "]Q1", "]Q2")),
)
"""The codes in the order in which they are asked for."""

_CODES: Mapping[str, SheetCode] = {code.id: code for code in SHEET}


class End(StrEnum):
    """What ended a scan."""

    KEY = "key"
    """Enter or Tab."""
    PAUSE = "pause"
    """Nothing: no further key came."""
    OTHER = "other"
    """The reader has ends of its own, as on a serial line."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one code."""

    parts: tuple[str, ...]
    """The texts, several where it did not come as one scan."""
    end: End = End.OTHER
    """What ended the last part."""
    composed: bool = False
    """Whether an input method made the text."""
    slow: bool = False
    """Whether the keys came as slowly as a person's."""

    @property
    def text(self) -> str:
        """Everything that came."""
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one code, and what the station makes of it from now on."""

    code: str
    """Id of the code of the sheet."""
    came: str
    """What came, as it came."""
    faults: tuple[ReaderFault, ...] = ()
    """What is wrong with it, in the order of :class:`ReaderFault`."""
    good: bool = True
    """Whether the station reads what is printed, mended where needed."""
    partly: bool = False
    """Whether it would, but for characters that cannot be had back."""


_NO_PROFILE = Profile()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the scans of the sheet prove together."""

    results: tuple[Result, ...] = ()
    """One a code, in the order of the sheet; codes that were not scanned are left out."""
    faults: tuple[ReaderFault, ...] = ()
    """Every fault that was found, in the order of :class:`ReaderFault`."""
    mended: tuple[ReaderFault, ...] = ()
    """Those that cost nothing once the profile is kept."""
    profile: Profile = _NO_PROFILE
    """What mends texts."""
    prefix: str = ""
    """What stands before every code, where it can be taken off."""
    suffix: str = ""
    """What stands after every code, where it can be taken off."""
    around: tuple[str, str] = ("", "")
    """What stood before and after a code, whether or not it can be taken off."""
    unsure: str = ""
    """Characters that cannot be had back while the layouts differ."""
    separator: str = ""
    """What came for the separator; empty where nothing did."""

    @property
    def good(self) -> bool:
        """Whether the station reads every code that was scanned, as far as it can be had back."""
        return all(result.good or result.partly for result in self.results)

    def kept(self, before: Profile, prefix: str, suffix: str) -> tuple[Profile, str, str]:
        """Return what is known of the reader now: what was proven, and of the rest what was known *before*.

        :param prefix: what has been taken off until now; *suffix* likewise.
        """
        clear = {result.code for result in self.results if not _UNCLEAR & set(result.faults)}
        layouts = self.profile if clear & {"code128", "qr"} else before
        separator = self.profile if "gs1" in clear else before
        known = Profile(layouts.scanner, layouts.computer, separator.separator)
        return (known, self.prefix, self.suffix) if len(clear) >= _FEWEST_CODES else (known, prefix, suffix)


# --- one code under one explanation -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Way:
    """One explanation of how the texts changed: the layouts that met, and Caps Lock."""

    scanner: str
    computer: str
    caps: bool

    @property
    def same(self) -> bool:
        return self.scanner == self.computer.removesuffix("_x11")

    def pattern(self, text: str) -> str:
        """Return what *text* may come as: a key that the computer does not know gives nothing, or a mark for it."""
        each = (typed(char, self.scanner, self.computer) for char in text)
        return "".join(re.escape(came.swapcase() if self.caps else came) or f"{LOST}?" for came in each)


_WAYS = [_Way(scanner, computer, caps) for caps in (False, True) for scanner, computer in pairs()]


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a text fits one explanation."""

    before: str
    identifier: str
    """The symbology identifier as the scanner meant it."""
    between: str
    """What came for the separator, or for the Japanese text."""
    after: str


@cache
def _pattern(code: SheetCode, way: _Way) -> re.Pattern[str]:
    bracket = way.pattern("]")
    head, *rest = (way.pattern(part) for part in code.parts)
    tail = "".join(f"(?P<between>.{{0,8}}?){part}" for part in rest)
    return re.compile(
        f"(?P<before>.*?)(?P<identifier>(?:{bracket}[A-Za-z][0-9])?){SEPARATOR}?{head}{tail}(?P<after>.*)", re.DOTALL
    )


def _fit(code: SheetCode, text: str, way: _Way) -> _Fit | None:
    found = _pattern(code, way).fullmatch(text)
    if found is None:
        return None
    before, identifier, between = found["before"], found["identifier"][-2:], found.groupdict().get("between") or ""
    if before in (SEPARATOR, between) and SEPARATOR in code.text:  # some scanners send the FNC1 at the beginning, too
        before = ""
    meant = identifier.swapcase() if way.caps else identifier
    return _Fit(before, meant and f"]{meant}", between, found["after"])


def _likeliest(texts: Mapping[str, str]) -> _Way:
    """Return the explanation of most codes; of several the one with the least that is strange."""

    def cost(way: _Way) -> tuple[int, int, int]:
        fits = [_fit(_CODES[name], text, way) for name, text in texts.items()]
        around = sum(len(fit.before) + len(fit.after) for fit in fits if fit)
        return -sum(fit is not None for fit in fits), (not way.same) + way.caps, around

    return min(_WAYS, key=cost)


# --- the faults of one code ---------------------------------------------------------------------------------------

_KANA = re.compile("[ぁ-ゖァ-ヺ]")


def _faults(code: SheetCode, came: Came, fit: _Fit | None, way: _Way) -> tuple[ReaderFault, ...]:
    found = _text_faults(code, fit, way) if fit is not None else set()
    if came.composed or _KANA.search(came.text):
        found.add(ReaderFault.INPUT_METHOD)
    elif narrowed(came.text) != came.text:
        found.add(ReaderFault.FULL_WIDTH)
    if fit is None and ReaderFault.INPUT_METHOD not in found:
        found.add(ReaderFault.OTHER)
    if len(came.parts) > 1 or came.slow:
        found.add(ReaderFault.SPLIT)
    elif came.end is End.PAUSE:
        found.add(ReaderFault.NO_END)
    return tuple(fault for fault in ReaderFault if fault in found)


def _text_faults(code: SheetCode, fit: _Fit, way: _Way) -> set[ReaderFault]:
    found: set[ReaderFault] = set()
    plain = "".join(code.parts)
    if typed(plain, way.scanner, way.computer) != plain:
        found.add(ReaderFault.LAYOUT)
    if way.caps and plain.swapcase() != plain:
        found.add(ReaderFault.CAPS_LOCK)
    if fit.between != "".join(_BETWEEN.findall(code.text)):
        found.add(ReaderFault.SEPARATOR if SEPARATOR in code.text else ReaderFault.JAPANESE)
    if fit.identifier not in code.identifiers:
        found.add(ReaderFault.IDENTIFIER)
    if any(_pattern(other, way).search(fit.before + fit.after) for other in SHEET):
        found.add(ReaderFault.JOINED)
    else:
        found |= {ReaderFault.PREFIX} if fit.before else set()
        found |= {ReaderFault.SUFFIX} if fit.after else set()
    return found


_SIGNIFICANT = re.compile("[0-9a-z]")
_LEAST_ALIKE = 0.6


def which(text: str, asked: str) -> str:
    """Return the id of the sheet's code that *text* most probably is; *asked* where it is like none.

    People scan the codes in an order of their own; letters and digits survive most faults.
    """

    def core(given: str) -> str:
        return "".join(_SIGNIFICANT.findall(narrowed(given).lower()))

    def alike(code: SheetCode) -> float:
        wanted = core(code.text)
        matcher = SequenceMatcher(None, wanted, came, autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks())
        # Twice the code, or with more around it, is that code, too.
        return max(matcher.ratio(), 0.9 * same / len(wanted))

    came = core(text)
    best = max(SHEET, key=lambda code: (alike(code), code.id == asked))
    return best.id if alike(best) >= _LEAST_ALIKE else asked


# --- all codes together -------------------------------------------------------------------------------------------


def diagnose(came: Mapping[str, Came]) -> Diagnosis:
    """Return what is wrong with a reader, and what mends it.

    :param came: what came of each code of the sheet, by its id.
    """
    way = _likeliest({name: narrowed(each.text) for name, each in came.items()})
    fits = {name: _fit(_CODES[name], narrowed(each.text), way) for name, each in came.items()}
    found = {name: _faults(_CODES[name], came[name], fits[name], way) for name in came}
    every = {fault for faults in found.values() for fault in faults}
    differs = ReaderFault.LAYOUT in every
    stands = next((fit.between for name, fit in fits.items() if fit and SEPARATOR in _CODES[name].text), "")
    stands = "" if stands == LOST else stands
    profile = Profile(
        way.scanner if differs else "",
        way.computer if differs else "",
        stands if is_separator(stands) else "",
    )
    whole = [fit for name, fit in fits.items() if fit and ReaderFault.JOINED not in found[name]]
    proven = ReaderFault.FULL_WIDTH not in every
    prefix = _affix([fit.before for fit in whole]) if proven else ""
    suffix = _affix([fit.after for fit in whole]) if proven else ""
    results = [
        _result(code, came[code.id], found[code.id], profile, prefix, suffix) for code in SHEET if code.id in came
    ]
    mends = {
        ReaderFault.LAYOUT: differs,
        ReaderFault.SEPARATOR: bool(profile.separator),
        ReaderFault.PREFIX: bool(prefix),
        ReaderFault.SUFFIX: bool(suffix),
        ReaderFault.NO_END: True,
        **{
            fault: all(x.good or x.partly for x in results if fault in x.faults)
            for fault in (ReaderFault.FULL_WIDTH, ReaderFault.CAPS_LOCK)  # proven anew by each text
        },
    }
    return Diagnosis(
        tuple(results),
        tuple(fault for fault in ReaderFault if fault in every),
        tuple(fault for fault in ReaderFault if fault in every and mends.get(fault, False)),
        profile,
        prefix,
        suffix,
        (_first(fit.before for fit in whole), _first(fit.after for fit in whole)),
        unsure(way.scanner, way.computer) if differs else "",
        stands,
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _affix(texts: list[str]) -> str:
    """Return what can be taken off every code: the same at two codes at least, and nothing that may be of a number."""
    if len(texts) < _FEWEST_CODES or len(set(texts)) > 1 or len(texts[0]) > _LONGEST_AFFIX or texts[0].isdigit():
        return ""
    return texts[0]


_FEWEST_CODES, _LONGEST_AFFIX = 2, 20


def _result(
    code: SheetCode, came: Came, faults: tuple[ReaderFault, ...], profile: Profile, prefix: str, suffix: str
) -> Result:
    whole = not ({ReaderFault.SPLIT, ReaderFault.INPUT_METHOD} & set(faults))
    text = came.text
    inner = text[len(prefix) : len(text) - len(suffix)] if text.startswith(prefix) and text.endswith(suffix) else text
    good = whole and _bare(repair(inner, profile.repairs)[0], faults) == _bare(code.text, faults)
    partly = False
    if not good and whole and ReaderFault.LAYOUT in faults and not _SPOILING & set(faults):
        # The same code without the characters that cannot be had back.
        lost = unsure(profile.scanner, profile.computer)
        sure = "".join(char for char in code.text if char not in lost)
        partly = repair(typed(sure, profile.scanner, profile.computer), profile.repairs)[0] == sure
    return Result(code.id, text, faults, good, partly)


_UNCLEAR = {ReaderFault.OTHER, ReaderFault.INPUT_METHOD}
_SPOILING = {ReaderFault.CAPS_LOCK, ReaderFault.JOINED, ReaderFault.OTHER, ReaderFault.SPLIT}
_IDENTIFIER = re.compile(r"\][A-Za-z][0-9]")


def _bare(text: str, faults: tuple[ReaderFault, ...]) -> str:
    """Return a text as it is read: without its symbology identifier, and without Japanese where that does not come."""
    text = unicodedata.normalize("NFKC", text)
    found = _IDENTIFIER.match(text)
    text = (text[found.end() :] if found else text).lstrip(SEPARATOR)
    if ReaderFault.JAPANESE not in faults:
        return text
    head, tail = next(code.parts for code in SHEET if not code.text.isascii())
    return head + tail if text.startswith(head) and text.endswith(tail) else text
