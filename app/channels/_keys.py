"""Free text in which a shop's own forms say things: lines ``name: value`` (formats.md, A1).

Which names mean what is the shop's setting ``intake.keys``; what carries none of them stays as it was written. What is
found is worded as every channel words it, so that whoever reads notes and wishes needs to know no shop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.intake import fold_name

__all__ = ["Said", "said", "said_in_tags"]

_LINE = re.compile(r"[\s\[【■●◆・*]*([^:：=＝\]】]+?)[\]】\s]*[:：=＝](.*)")
_YES = {"true", "yes", "1", "on", "はい", "あり", "有", "有り", "希望", "希望する", "する"}
_NO = {"", "false", "no", "0", "off", "いいえ", "なし", "無", "無し", "不要", "希望しない", "しない"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a text said by the shop's own names."""

    wish: tuple[str, ...] = ()
    """Wished day and time, one a line."""
    presents: tuple[str, ...] = ()
    """``のし: …`` and ``ギフトメッセージ: …``."""
    gift: bool = False
    rest: str = ""
    """Everything else, as it was written."""


def said(text: str, keys: Mapping[str, str]) -> Said:
    """Take *text* apart by the shop's own names.

    :param keys: folded name -> ``date``, ``time``, ``gift``, ``noshi``, ``message`` or ``ignore``.
    """
    if not text or not keys:
        return Said(rest=text)
    wish: list[str] = []
    presents: list[str] = []
    rest: list[str] = []
    gift = False
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        meaning = keys.get(fold_name(found[1])) if found else None
        value = found[2].strip() if found else ""
        if meaning is None:
            rest.append(line)
        elif meaning == "gift":
            wanted = value.casefold()
            gift = gift or wanted not in _NO
            if wanted not in _YES | _NO:  # it says more than yes or no: a person reads it
                rest.append(line)
        elif value and meaning in _WORDED:
            (wish if meaning in {"date", "time"} else presents).append(f"{_WORDED[meaning]}: {value}")
    return Said(tuple(wish), tuple(presents), gift, "\n".join(rest).strip())


_WORDED = {"date": "配達希望日", "time": "時間帯", "noshi": "のし", "message": "ギフトメッセージ"}


def said_in_tags(tags: str, keys: Mapping[str, str]) -> Said:
    """Take tags apart, which are parted by commas; what carries none of the names is the shop's own affair."""
    lines: Iterable[str] = (tag.strip() for tag in tags.split(","))
    found = said("\n".join(lines), keys)
    return Said(found.wish, found.presents, found.gift)
