"""Wished delivery dates and times 配達希望日時, as shops and customers write them.

What is understood is understood whole: a wish of which one word stays over is kept as it is for a person to read, and
nothing is ever replaced by something near it. ``1月10日`` means the first such day on or after the day of the order;
where that is more than half a year away, it was probably meant otherwise and is not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.shipping import Slot

__all__ = ["NO_WISH", "Wish", "names_delivery", "read_wish"]

FARTHEST_DAYS = 180
"""A date without a year that would lie farther ahead than this is not read."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the customer wishes, and what of it could not be read."""

    day: date | None = None
    slot: Slot | None = None
    unread: str = ""
    """The words of a wish that nobody but a person can read, as they were written; empty where all was understood."""


NO_WISH = Wish()
"""No wish at all."""


def read_wish(wish: str, note: str, ordered: date) -> Wish:
    """Read a wish from the shop's own field and from the customer's remark.

    In the remark only lines count that are about the delivery: under the heading ``[配送日時指定:]``, behind a name
    such as ``配達希望日:``, or made of nothing but a date or time. A line of prose that names a date or time is unread:
    it may be the day of the wedding.

    :param ordered: day of the order in the shop's time zone; dates without a year follow it.
    """
    if not wish and not note:
        return NO_WISH
    days: set[date] = set()
    slots: set[Slot] = set()
    unread: list[str] = []
    for phrase, shown in _phrases(wish, note):
        found = _read(phrase, ordered)
        if found is None:
            unread.append(shown)
            continue
        days |= found[0]
        slots |= found[1]
    if len(days) > 1 or len(slots) > 1:  # first and second choice, or two answers: a person decides
        return Wish(unread="\n".join(shown for _, shown in _phrases(wish, note)))
    return Wish(next(iter(days), None), next(iter(slots), None), "\n".join(dict.fromkeys(unread)))


# --- which words are about the delivery ---------------------------------------------------------------------------

_HEADING = re.compile(r"\[([^\]\n]{1,20}):\](.*)")
_OF_DELIVERY = re.compile("配送日時指定|お?届け日時?指定|配達日時指定")
_NAMES = (
    r"(?:ご?希望)?(?:配達|配送|お?届け?|到着|着荷?)(?:ご?希望)?(?:指定)?(?:日時|日付|日|時間帯|時間|時刻|時間指定)"
    r"(?:ご?希望|指定)?|ご?希望(?:日時|日|時間帯|時間)|指定(?:日時|日|時間帯|時間)|日時指定|時間帯?指定|時間帯"
    r"|delivery[-_ ]?(?:date|day|time|time[-_ ]?slot)|(?:preferred|requested)[-_ ]delivery[-_ ](?:date|time)"
)
_NAMED = re.compile(rf"[\[【■●◆・*\s]*(?:{_NAMES})(?:[\]】\s]*[:=は]|[\]】])(.*)", re.IGNORECASE)
_TELLS_TIME = re.compile(
    r"\d{1,2}月\d{1,2}日|(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])|\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}|午前中|\d{1,2}時|\d{1,2}:\d\d"
)


def names_delivery(line: str) -> bool:
    """Whether *line* is a wish by its name, such as ``配達希望日: 2026-09-19``."""
    return _NAMED.fullmatch(_normal(line)) is not None


def _phrases(wish: str, note: str) -> Iterator[tuple[str, str]]:
    """Yield what may be a wish: normalised, and as it was written."""
    if wish.strip():
        for written in wish.splitlines():
            text = _normal(written)
            named = _NAMED.fullmatch(text)
            if text:
                yield (named[1] if named else text), written.strip()
    under_heading = False
    for written in note.splitlines():
        text = _normal(written)
        if heading := _HEADING.match(text):
            under_heading, text = bool(_OF_DELIVERY.search(heading[1])), heading[2].strip()
        if not text:
            continue
        if under_heading:
            # The block ends with its first line that tells no date or time: the customer's own words follow it.
            if _TELLS_TIME.search(text) or _is_wish(text):
                yield text, written.strip()
                continue
            under_heading = False
        elif named := _NAMED.fullmatch(text):
            yield named[1], written.strip()
            continue
        if _TELLS_TIME.search(text):
            yield text, written.strip()


def _is_wish(text: str) -> bool:
    return _read(text, date(2000, 1, 1)) is not None


_SIGNS = str.maketrans({"〜": "~", "～": "~", "∼": "~", "−": "-", "–": "-", "—": "-", "‐": "-", "－": "-", "・": " "})


def _normal(text: str) -> str:
    """One width, one kind of dash."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()


# --- one phrase ---------------------------------------------------------------------------------------------------

_WEEKDAY = r"(?:\s*(?:\(\s*([月火水木金土日])(?:曜日?)?(?:\s*祝)?\s*\)|([月火水木金土日])曜日?))?"
_FULL = re.compile(r"(?<!\d)(\d{4})(?:[-/.年]\s*)(\d{1,2})(?:[-/.月]\s*)(\d{1,2})日?(?!\d)" + _WEEKDAY)
_ERA = re.compile(r"(?:令和|r)\s*(\d{1,2}|元)[年.]\s*(\d{1,2})[月.]\s*(\d{1,2})日?(?!\d)" + _WEEKDAY)
_DENSE = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)" + _WEEKDAY)
_SHORT = re.compile(r"(?<![\d/])(\d{1,2})(?:月\s*(\d{1,2})日|/(\d{1,2})(?![\d/]))" + _WEEKDAY)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})"
    r"|([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))\b"
)
_HOUR = r"(\d{1,2})(?::00|時)?"
_RANGE = re.compile(rf"(?<![\d:]){_HOUR}\s*(?:[-~]|から)\s*{_HOUR}(?:まで)?(?:の間)?(?![\d:])")
_CODE = re.compile(r"(?<!\d)(0?8|1[2-9]|2[01])(1[2-9]|2[01])(?!\d)")
"""How carriers' codes write a slot: ``0812``, ``1416``, and ``812`` where a spreadsheet took the zero."""
_MORNING = re.compile(r"午前中?(?:\s*\(\s*0?8(?::00|時)?\s*[-~]\s*12(?::00|時)?\s*\))?|\b(?:am|morning)\b")
_SLOTS = {(8, 12): Slot.MORNING} | {
    tuple(int(hour) for hour in slot.split("-")): slot for slot in Slot if slot is not Slot.MORNING
}
_NOTHING = re.compile(
    r"(?:日時|日付|日|時間帯|時間)?(?:の)?(?:ご?希望|指定)?(?:は|を)?\s*(?:なし|無し|しない|しません|ありません|特になし|不要)"
    r"|最短(?:日|発送|お届け)?|(?:いつでも|お任せ|おまかせ)(?:可|良い|よい)?|未指定|\b(?:none|no|any|asap|n/?a)\b|^[-*]+$"
)
_WORDS = re.compile(
    r"(?:ご?希望|指定|配達|配送|お?届け|到着|着|日時|日付|時間帯|時間|第一|お願い(?:いた|致)?します|よろしく|です|ください|下さい)"
    r"|delivery|date|time|[にでをのはへ]|[\s,、。:;()\[\]【】「」/]"
)
"""Words around a date or time that change nothing about it; any other word leaves the wish unread."""
_DAYS = "月火水木金土日"


def _read(phrase: str, ordered: date) -> tuple[set[date], set[Slot]] | None:
    """Return the days and slots that *phrase* is made of; None where a word of it is not understood."""
    rest = phrase.casefold()
    days: set[date] = set()
    for pattern, make in ((_ERA, _of_era), (_FULL, _of_full), (_DENSE, _of_full), (_ENGLISH, _of_english)):
        for found in reversed(list(pattern.finditer(rest))):
            day = make(found)
            if day is None:
                return None
            days.add(day)
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    for found in reversed(list(_SHORT.finditer(rest))):
        day = _of_short(found, ordered)
        if day is None:
            return None
        days.add(day)
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    slots: set[Slot] = set()
    if _MORNING.search(rest):
        slots.add(Slot.MORNING)
        rest = _MORNING.sub(" ", rest)
    for pattern in (_RANGE, _CODE):
        for found in reversed(list(pattern.finditer(rest))):
            slot = _SLOTS.get((int(found[1]), int(found[2])))
            if slot is None:
                return None
            slots.add(slot)
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    left = rest if days and slots else _NOTHING.sub(" ", rest)  # 「時間指定なし」 may follow a day
    return None if _WORDS.sub("", left) else (days, slots)


def _of_full(found: re.Match[str]) -> date | None:
    return _with_weekday(_date(int(found[1]), int(found[2]), int(found[3])), found[4] or found[5])


def _of_era(found: re.Match[str]) -> date | None:
    """令和元年 is 2019."""
    year = 2018 + (1 if found[1] == "元" else int(found[1]))
    return _with_weekday(_date(year, int(found[2]), int(found[3])), found[4] or found[5])


def _of_english(found: re.Match[str]) -> date | None:
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    return _date(int(year), _MONTHS.index(month) + 1, int(day)) if month in _MONTHS else None


def _of_short(found: re.Match[str], ordered: date) -> date | None:
    """The first such day on or after *ordered*; the 29th of February may be years away and is not read then."""
    month, day = int(found[1]), int(found[2] or found[3])
    for year in (ordered.year, ordered.year + 1):
        made = _date(year, month, day)
        if made is not None and made >= ordered:
            near = (made - ordered).days <= FARTHEST_DAYS
            return _with_weekday(made, found[4] or found[5]) if near else None
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_weekday(day: date | None, named: str | None) -> date | None:
    """A day whose weekday is named wrongly contradicts itself and is not read."""
    if day is None or not named or _DAYS[day.weekday()] == named:
        return day
    return None
