"""What lies between a code and the program: a scanner that types, a computer's keyboard, an input method.

Made from the layouts of :mod:`app.domain.keyboards`, which a test holds against those that the X Window System ships.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.keyboards import COMPUTERS, SCANNERS, stroke

_FULL = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {0x20: "\u3000"}
# Romaji as an input method turns it to kana, as far as the codes of the tests need it.
_KANA = {"a": "あ", "i": "い", "u": "う", "e": "え", "o": "お", "-": "ー", ".": "。", ",": "、", "/": "・"}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key going down."""

    text: str
    """Character that the computer makes of it; empty for a key it does not know."""
    shift: bool = False
    control: bool = False
    end: bool = False
    """Enter or Tab."""


@dataclass(frozen=True, slots=True)
class Wire:
    """How a scanner and a computer are set."""

    scanner: str = "jis"
    computer: str = "jis"
    caps: bool = False
    """Caps Lock is on."""
    full_width: bool = False
    """The input method makes full-width letters."""
    prefix: str = ""
    suffix: str = ""
    separator: str = "control"
    """What the scanner sends for FNC1: ``control`` (Ctrl and the bracket), empty, or other characters."""
    identifier: bool = True
    """Whether the symbology identifier is sent."""
    end: str = "\r"
    """What the scanner sends after a code."""
    japanese: bool = True
    """Whether Japanese comes at all."""

    def strokes(self, text: str, identifier: str = "") -> Iterator[Stroke]:
        """Return the keys of a code."""
        for char in self.prefix + (identifier if self.identifier else "") + text + self.suffix:
            if char == "\x1d":
                yield from self._separator()
            elif char.isascii():
                yield self._key(char)
            elif self.japanese:
                yield Stroke(char)
        for char in self.end:
            yield Stroke(char, end=True)

    def _separator(self) -> Iterator[Stroke]:
        if self.separator != "control":
            yield from (Stroke(char, end=True) if char in "\t\r" else self._key(char) for char in self.separator)
            return
        place = next(place for place, keys in SCANNERS[self.scanner].items() if keys[0] == "]")
        plain = COMPUTERS[self.computer][place][:1]
        yield Stroke(chr(ord(plain) & 0x1F) if "@" <= plain <= "~" else plain, control=True)

    def _key(self, char: str) -> Stroke:
        found = stroke(char, self.scanner)
        assert found is not None, char
        place, shift = found
        text = COMPUTERS[self.computer].get(place, "")[shift : shift + 1]
        text = text.swapcase() if self.caps else text
        return Stroke(text.translate(_FULL) if self.full_width else text, shift)

    def text(self, text: str, identifier: str = "") -> str:
        """Return what comes of a code, without its end; a key without a character is marked, as the wedge does."""
        return "".join(each.text or "\ufffd" for each in self.strokes(text, identifier) if not each.end)


def kana(text: str) -> str:
    """Return what an input method in hiragana mode shows of the keys of *text*."""
    return "".join(_KANA.get(char, char).translate(_FULL) if char.isascii() else char for char in text)
