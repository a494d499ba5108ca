"""Rules as people write them, one text a field: what a text means, the same in files, commands and dialogs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.addresses import prefecture_of
from app.domain.shipping import Temperature

__all__ = ["ALL_SHOPS", "COLD", "EVERY_SHOP", "Mistake", "RuleReader", "said"]

ALL_SHOPS = "*"
EVERY_SHOP = (ALL_SHOPS, "＊", "すべて", "全店", "全店舗", "all")
"""How people write every shop."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A text that makes no sense."""

    field: str
    value: str
    key: str
    known: str = ""
    """What may stand there."""


COLD: Mapping[str, tuple[str, ...]] = {
    Temperature.AMBIENT: ("常温",),
    Temperature.CHILLED: ("冷蔵",),
    Temperature.FROZEN: ("冷凍",),
}
"""Temperatures, with how people write them."""
_YES = ("yes", "on", "true", "1", "はい", "○", "〇", "する", "有効")
_NO = ("no", "off", "false", "0", "いいえ", "×", "しない", "無効")
_SPAN = re.compile(r"([0-9]{1,8})?([-~〜])?([0-9]{1,8})?")
_BETWEEN = re.compile(r"[;；\n]+")


class RuleReader:
    """Reads the fields of one rule; what makes no sense is left at its usual value, and told."""

    def __init__(self, texts: dict[str, str], before: Mapping[str, str]) -> None:
        self.texts = {**before, **texts}
        self.mistakes: list[Mistake] = []

    def wrong(self, field: str, key: str, known: str = "") -> None:
        """Say that a field makes no sense."""
        self.mistakes.append(Mistake(field, self.texts.get(field, ""), key, known))

    def text(self, field: str) -> str:
        """Return a field as one line."""
        return " ".join(self.texts.get(field, "").split())

    def plain(self, field: str) -> str:
        """Return a field as it is compared: without width and case."""
        return unicodedata.normalize("NFKC", self.text(field)).casefold()

    def several(self, field: str) -> tuple[str, ...]:
        """Return the words of a field, parted by semicolons."""
        return tuple(dict.fromkeys(each.strip() for each in _BETWEEN.split(self.texts.get(field, "")) if each.strip()))

    def one(self, field: str, known: Mapping[str, tuple[str, ...]]) -> str:
        """Return the one known word of a field; empty for none."""
        found = self.some(field, known)
        return found[0] if found else ""

    def some(self, field: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Return the known words of a field, by their own names.

        :param known: each with how people write it beside.
        """
        made = []
        for written in _BETWEEN.split(self.texts.get(field, "")):
            plain = unicodedata.normalize("NFKC", written).strip().casefold()
            if not plain:
                continue
            value = next((name for name, words in known.items() if plain == name or plain in words), None)
            if value is None:
                self.wrong(field, "inserts.bad.word", ", ".join(known))
                continue
            made.append(str(value))
        return tuple(dict.fromkeys(made))

    def number(self, field: str, least: int = 0) -> int | None:
        """Return the number of a field; None where it is empty."""
        plain = re.sub("[,¥円 ]", "", self.plain(field).replace("\\", ""))
        if not plain:
            return None
        if not (plain.isascii() and plain.isdigit() and least <= int(plain) <= 100_000_000):
            self.wrong(field, "inserts.bad.number")
            return None
        return int(plain)

    def span(self, field: str) -> tuple[int | None, int | None]:
        """Return a number from … to: ``3-5``, ``3-``, ``-5``, or just ``3``."""
        plain = re.sub("[,¥円 ]", "", self.plain(field).replace("\\", ""))
        if not plain:
            return None, None
        found = _SPAN.fullmatch(plain)
        if found is None or not (found[1] or found[3]):
            self.wrong(field, "print_rules.bad.span")
            return None, None
        low = int(found[1]) if found[1] else None
        high = int(found[3]) if found[3] else None
        return (low, high) if found[2] else (low, low)

    def switch(self, field: str) -> bool | None:
        """Return yes or no; None where the field is empty."""
        plain = self.plain(field)
        if not plain:
            return None
        if plain in _YES or plain in _NO:
            return plain in _YES
        self.wrong(field, "inserts.bad.switch")
        return None

    def prefectures(self) -> tuple[str, ...]:
        """Return the prefectures of the field ``prefectures``."""
        made = []
        for written in self.several("prefectures"):
            found = prefecture_of(written)
            if not found:
                self.wrong("prefectures", "inserts.bad.prefecture")
            else:
                made.append(found)
        return tuple(dict.fromkeys(made))


def said(value: int | bool | None) -> str:
    """Return a number or a switch as :class:`RuleReader` reads it; empty where it is not set."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
