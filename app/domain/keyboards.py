"""Keyboard layouts: what comes of a code when the scanner types for one keyboard and the computer expects another.

A scanner that types sends keys, not characters: the place of the key and whether Shift is held. The layout set in the
scanner says which key stands for a character, the layout set in the computer which character a key stands for.

Keys are named by their place as in ISO/IEC 9995-1: row ``E`` has the digits, ``D`` Q, ``C`` A, ``B`` Z, counted from
the left. The layouts are those of JIS X 6002 (106 and 109 keys), ANSI INCITS 154 and BS 4822 as Windows (``kbd106``,
``kbdus``, ``kbduk``) and the X Window System (``jp``, ``us``, ``gb`` of xkeyboard-config) ship them. Where the two
systems differ, the computer's layout is there twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

__all__ = ["COMPUTERS", "PRINTABLE", "SCANNERS", "control", "mending", "pairs", "stroke", "typed", "unsure"]

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
"""Every character that codes are made of."""

Layout = Mapping[str, str]
"""Place of a key -> its characters, without and with Shift; a missing one gives nothing."""


def _row(row: str, first: int, *keys: str) -> dict[str, str]:
    return {f"{row}{number:02}": each for number, each in enumerate(keys, first)}


_LETTERS = {
    **_row("D", 1, *(f"{c}{c.upper()}" for c in "qwertyuiop")),
    **_row("C", 1, *(f"{c}{c.upper()}" for c in "asdfghjkl")),
    **_row("B", 1, *(f"{c}{c.upper()}" for c in "zxcvbnm"), ",<", ".>", "/?"),
    "A03": "  ",
}
_US = {
    **_LETTERS,
    **_row("E", 0, "`~", "1!", "2@", "3#", "4$", "5%", "6^", "7&", "8*", "9(", "0)", "-_", "=+"),
    **_row("D", 11, "[{", "]}"),
    **_row("C", 10, ";:", "'\"", "\\|"),
    "B00": "\\|",  # not on the keyboard itself, but known to the system
}
_UK = _US | {"E00": "`¬", "E02": '2"', "E03": "3£", "C11": "'@", "C12": "#~", "B00": "\\|"}
_JIS = {
    **_LETTERS,
    # E00 turns the input method on and off.
    **_row("E", 1, "1!", '2"', "3#", "4$", "5%", "6&", "7'", "8(", "9)", "0", "-=", "^~", "\\|"),
    **_row("D", 11, "@`", "[{"),
    **_row("C", 10, ";+", ":*", "]}"),
    "B11": "\\_",
}

SCANNERS: Mapping[str, Layout] = MappingProxyType({"us": _US, "uk": _UK, "jis": _JIS})
"""Layouts that scanners are set to."""

COMPUTERS: Mapping[str, Layout] = MappingProxyType(
    {
        **SCANNERS,
        "us_x11": _US | {"B00": "<>"},
        "jis_x11": _JIS | {"E10": "0~", "B00": "<>"},
    }
)
"""Layouts that computers are set to; with ``_x11`` as the X Window System has it where Windows has it otherwise."""


@cache
def _strokes(layout: str) -> Mapping[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for place, keys in SCANNERS[layout].items():
        for shift, char in enumerate(keys):
            if place != "B00" or layout != "us":
                found.setdefault(char, (place, shift))
    return MappingProxyType(found)


def stroke(char: str, layout: str) -> tuple[str, bool] | None:
    """Return the key of *char* and whether Shift is held; None where the layout has no such key."""
    found = _strokes(layout).get(char)
    return (found[0], bool(found[1])) if found else None


def _given(char: str, scanner: str, computer: str) -> str:
    key = _strokes(scanner).get(char)
    if key is None:  # not typed by key: what comes is what was sent
        return char
    place, shift = key
    return COMPUTERS[computer].get(place, "")[shift : shift + 1]


def typed(text: str, scanner: str, computer: str) -> str:
    """Return what comes of *text*; characters whose key the computer does not know are missing."""
    return "".join(_given(char, scanner, computer) for char in text)


def control(char: str, scanner: str, computer: str) -> str:
    """Return what comes of a control character sent as Ctrl with the key that stands 64 above it in ASCII.

    Systems make the character by the same rule backwards, from the key's character without Shift; Ctrl does nothing to
    a key whose character is no such letter.
    """
    given = _given(chr(ord(char) + 0x40), scanner, computer)
    return chr(ord(given) & 0x1F) if given and "@" <= given <= "~" else given


@cache
def mending(scanner: str, computer: str) -> Mapping[str, str]:
    """Return what each character that comes stands for, where that is certain.

    A character that may stand for several is left out, and so is one that no key of this scanner gives: a text with
    such a character can't be mended.
    """
    sources: dict[str, set[str]] = {}
    for char in PRINTABLE:
        sources.setdefault(_given(char, scanner, computer), set()).add(char)
    return MappingProxyType({came: min(meant) for came, meant in sources.items() if came and len(meant) == 1})


@cache
def unsure(scanner: str, computer: str) -> str:
    """Return the characters of codes that do not come, or that come as what another one comes as."""
    sure = mending(scanner, computer).values()
    return "".join(char for char in PRINTABLE if char not in sure)


def pairs() -> Iterable[tuple[str, str]]:
    """Return every scanner's layout with every computer's, those that agree first."""
    every = [(scanner, computer) for scanner in SCANNERS for computer in COMPUTERS]
    return sorted(every, key=lambda pair: pair[0] != pair[1].removesuffix("_x11"))
