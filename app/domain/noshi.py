"""Gifts ギフト: what a buyer wishes for the paper, the wrapping and the card, and what goes together on a noshi のし.

Shops write such wishes as lines ``key: value`` among remarks and options. What is understood is understood whole: a
line of which one word stays over is kept as it was written for a person, with what was understood as a proposal.

Which knot 水引 goes with which title 表書き follows the lists of 公益財団法人日本習字教育財団, 「冠婚葬祭表書き一覧」
(nihon-shuji.or.jp), and of the gift shop 久原本家, 「のし・水引」 (kubara.jp): a bow 蝶結び for what may come again, a
tight knot 結び切り for what must not (ten cords for weddings, five for illness), yellow or black and white for
mourning, yellow rather in the west. Customs differ by region, so that what does not go together is a warning only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

__all__ = [
    "GIFT",
    "LONGEST_MESSAGE",
    "LONGEST_NAME",
    "LONGEST_TITLE",
    "MOST_NAMES",
    "NO_GIFT",
    "TITLES",
    "Cover",
    "GiftWish",
    "Knot",
    "cords",
    "faults",
    "has_ornament",
    "knots_for",
    "names_of",
    "read_gift",
    "warnings",
    "wish_from_data",
    "wish_of",
]

GIFT = "gift_wish"
"""Where an order's content keeps what a person decided about its gift."""

LONGEST_TITLE = 20
"""Characters of a title that can still be read on the paper."""
LONGEST_NAME = 30
"""Characters of one name."""
MOST_NAMES = 3
"""Names side by side 連名; more of them are written as 一同 by custom."""
LONGEST_MESSAGE = 500
"""Characters of a message that fit a card."""
LONGEST_WRAPPING = 60


class Knot(StrEnum):
    """Kind of noshi paper, by its knot."""

    BOW = "bow"
    """紅白蝶結び."""
    TIED = "tied"
    """紅白結び切り."""
    YELLOW = "yellow"
    """黄白結び切り."""
    BLACK = "black"
    """黒白結び切り."""
    PLAIN = "plain"
    """無地: no knot."""


class Cover(StrEnum):
    """Where the paper goes."""

    ANY = ""
    INNER = "inner"
    """内のし: on the box, below the wrapping."""
    OUTER = "outer"
    """外のし: on the wrapping."""


_B, _T, _Y, _K = Knot.BOW, Knot.TIED, Knot.YELLOW, Knot.BLACK
_BOWS = (
    *("御中元", "御歳暮", "御年賀", "暑中御見舞", "残暑御見舞", "寒中御見舞", "御出産御祝", "出産内祝", "御入学御祝"),
    *("入学内祝", "御卒業御祝", "御就職御祝", "御新築御祝", "新築内祝", "御開店御祝", "御誕生日御祝", "還暦御祝"),
    *("長寿御祝", "御餞別", "御挨拶", "粗品", "記念品", "感謝", "寸志", "母の日", "父の日", "敬老の日"),
)
TITLES: Mapping[str, tuple[Knot, ...]] = {
    **dict.fromkeys(("御祝", "内祝", "御礼"), (_B, _T)),
    "寿": (_T, _B),
    **dict.fromkeys(_BOWS, (_B,)),
    **dict.fromkeys(("御結婚御祝", "結婚内祝", "快気祝", "快気内祝", "御見舞"), (_T,)),
    **dict.fromkeys(("志", "満中陰志", "粗供養", "御供", "御仏前"), (_Y, _K)),
    **dict.fromkeys(("偲び草", "御霊前", "御玉串料"), (_K, _Y)),
}
"""Known titles with the knots that go with them, the usual one first. A title with one knot names it by itself."""

_ILLNESS = frozenset(("快気祝", "快気内祝", "御見舞"))
_WRITTEN = {
    "お祝い": "御祝", "お祝": "御祝", "御祝い": "御祝", "内祝い": "内祝", "お礼": "御礼", "壽": "寿",
    "お中元": "御中元", "お歳暮": "御歳暮", "お年賀": "御年賀", "お見舞い": "御見舞", "お見舞": "御見舞",
    "御見舞い": "御見舞", "快気祝い": "快気祝", "ご挨拶": "御挨拶", "お供え": "御供", "御供え": "御供",
    "お供": "御供", "ご仏前": "御仏前", "ご霊前": "御霊前", "御佛前": "御仏前",
    "結婚祝い": "御結婚御祝", "結婚祝": "御結婚御祝", "御結婚祝": "御結婚御祝", "御結婚祝い": "御結婚御祝",
    "ご結婚祝い": "御結婚御祝", "ご結婚御祝": "御結婚御祝", "ご結婚お祝い": "御結婚御祝", "祝御結婚": "御結婚御祝",
    "結婚内祝い": "結婚内祝", "出産祝い": "御出産御祝", "出産祝": "御出産御祝", "御出産祝": "御出産御祝",
    "御出産祝い": "御出産御祝", "ご出産祝い": "御出産御祝", "出産内祝い": "出産内祝", "入学祝い": "御入学御祝",
    "御入学祝": "御入学御祝", "御入学祝い": "御入学御祝", "入学内祝い": "入学内祝", "卒業祝い": "御卒業御祝",
    "御卒業祝": "御卒業御祝", "就職祝い": "御就職御祝", "新築祝い": "御新築御祝", "御新築祝": "御新築御祝",
    "開店祝い": "御開店御祝", "誕生日祝い": "御誕生日御祝", "還暦祝い": "還暦御祝", "長寿祝い": "長寿御祝",
    "暑中お見舞い": "暑中御見舞", "残暑お見舞い": "残暑御見舞", "寒中お見舞い": "寒中御見舞",
}  # fmt: skip
"""Other ways in which titles are written."""


@dataclass(frozen=True, slots=True)
class GiftWish:
    """What is wished for a gift."""

    noshi: bool = False
    """A noshi paper is wished."""
    knot: Knot | None = None
    """Its kind; None where it is not known."""
    cover: Cover = Cover.ANY
    title: str = ""
    """表書き, above the knot."""
    names: tuple[str, ...] = ()
    """名入れ, below the knot, the highest in rank first (at the right)."""
    wrapping: str = ""
    """How it is wrapped, in the buyer's or the shop's words; empty for not."""
    message: str = ""
    """What a card says; empty for no card."""
    unread: tuple[str, ...] = ()
    """Lines that only a person can read, as they were written; the other fields are a proposal then."""

    @property
    def asked(self) -> bool:
        """Whether anything is wished at all."""
        return self.noshi or bool(self.wrapping) or bool(self.message) or bool(self.unread)

    def as_data(self) -> dict[str, object]:
        """Return it as plain values; what is empty is left out."""
        made: dict[str, object] = {
            "knot": str(self.knot) if self.knot else "",
            "cover": str(self.cover),
            "title": self.title,
            "names": list(self.names),
            "wrapping": self.wrapping,
            "message": self.message,
            "unread": list(self.unread),
        }
        return ({"noshi": True} if self.noshi else {}) | {name: value for name, value in made.items() if value}


NO_GIFT = GiftWish()
"""Nothing is wished."""


def wish_from_data(data: Mapping[str, object]) -> GiftWish:
    """Return the wish that :meth:`GiftWish.as_data` made plain values of."""
    return GiftWish(
        noshi=bool(data.get("noshi")),
        knot=Knot(str(data["knot"])) if data.get("knot") else None,
        cover=Cover(str(data.get("cover", ""))),
        title=str(data.get("title", "")),
        names=_texts(data.get("names")),
        wrapping=str(data.get("wrapping", "")),
        message=str(data.get("message", "")),
        unread=_texts(data.get("unread")),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()


# --- what goes together -------------------------------------------------------------------------------------------


def knots_for(title: str) -> tuple[Knot, ...]:
    """Return the knots that go with a title, the usual one first; none where the title is not known."""
    return TITLES.get(_WRITTEN.get(title, title), ())


def cords(knot: Knot, title: str) -> int:
    """Return how many cords the knot has: ten for weddings, else five; none without a knot."""
    if knot is Knot.PLAIN:
        return 0
    return 10 if knot is Knot.TIED and title not in _ILLNESS else 5


def has_ornament(knot: Knot, title: str) -> bool:
    """Whether the folded noshi is drawn at the top right: never for mourning, nor for the sick."""
    return knot in (Knot.BOW, Knot.TIED) and title != "御見舞"


def warnings(wish: GiftWish) -> tuple[str, ...]:
    """Return the keys of what is unusual about a noshi; a person may want it all the same."""
    if not wish.noshi or wish.knot is None:
        return ()
    found = []
    knots = knots_for(wish.title)
    if knots and wish.knot is not Knot.PLAIN and wish.knot not in knots:
        found.append("noshi.warn.knot")
    if not wish.title and wish.knot is not Knot.PLAIN:
        found.append("noshi.warn.no_title")
    return tuple(found)


def faults(wish: GiftWish) -> tuple[tuple[str, dict[str, object]], ...]:
    """Return what keeps a wish from being printed: key of the sentence and its arguments."""
    found: list[tuple[str, dict[str, object]]] = []
    if wish.noshi and wish.knot is None:
        found.append(("noshi.no_kind", {"known": ", ".join(Knot)}))
    if len(wish.title) > LONGEST_TITLE:
        found.append(("noshi.long_title", {"title": wish.title, "most": LONGEST_TITLE}))
    if len(wish.names) > MOST_NAMES:
        found.append(("noshi.many_names", {"names": "、".join(wish.names), "most": MOST_NAMES}))
    long = [name for name in wish.names if len(name) > LONGEST_NAME]
    found += [("noshi.long_name", {"name": name, "most": LONGEST_NAME}) for name in long]
    if len(wish.message) > LONGEST_MESSAGE:
        found.append(("noshi.long_message", {"most": LONGEST_MESSAGE}))
    return tuple(found)


# --- reading ------------------------------------------------------------------------------------------------------

_WIDE = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20, 0xFF5E: 0x301C}
_HALF_KANA = re.compile("[\uff61-\uff9f]+")
_LINE = re.compile(r"[\[【■●◆・*\s]*([^:\n]{1,24}?)[\]】\s]*:\s*(.*)")
_NOSHI = "(?:のし|熨斗)"
_KEYS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("message", "(?:ギフト)?メッセージ(?:カード)?(?:の?(?:内容|本文|文面))?"),
        ("message", "gift[-_ ]?message(?:[-_ ]text)?|message[-_ ]?card"),
        ("cover", f"{_NOSHI}の?(?:掛け方|かけ方|かけかた|位置)|(?:内|外){_NOSHI}"),
        ("name", f"{_NOSHI}?の?(?:お?名入れ(?:内容|氏名)?|下段|贈り主名?|お名前)|noshi[-_ ]?name"),
        ("title", f"{_NOSHI}?の?(?:表書き?|上書き?|上段|題字)|noshi[-_ ]?title"),
        ("noshi", f"{_NOSHI}(?:紙|がみ)?の?(?:希望|指定|種類|有無|水引)?|水引の?(?:種類)?"),
        ("noshi", "noshi(?:[-_ ]?(?:type|kind))?"),
        ("wrapping", "(?:ギフト|プレゼント)?(?:ラッピング|包装)(?:紙|の?種類|の?希望)?"),
        ("wrapping", "gift[-_ ]?wrap(?:ping)?(?:[-_ ]type)?|wrapping"),
    )
)
_NO = re.compile("なし|無し?|不要|希望しない|いらない|つけない|付けない|しない|いいえ|no|none|false|0", re.IGNORECASE)
_YES = re.compile(
    "(?:を|に)?(?:ご?希望(?:する|します)?|あり|有り?|要|つける|付ける|はい|お願い(?:いた|致)?します|yes|true|on|1)",
    re.IGNORECASE,
)
_COVERS = (
    (re.compile("内(?:のし|熨斗)|内(?:側|掛け)?$"), Cover.INNER),
    (re.compile("外(?:のし|熨斗)|外(?:側|掛け)?$"), Cover.OUTER),
)
_KNOTS = (
    (re.compile("黄白(?:の?(?:結び?切り?|水引))?"), Knot.YELLOW),
    (re.compile("(?:黒白|藍銀)(?:の?(?:結び?切り?|水引))?"), Knot.BLACK),
    (re.compile(r"(?:紅白|赤白)?の?結び?切り?(?:\(?(?:5|10|五|十)本\)?)?"), Knot.TIED),
    (re.compile("(?:紅白|赤白)?の?(?:蝶|花|ちょう)結び"), Knot.BOW),
    (re.compile("無地(?:のし|熨斗)?"), Knot.PLAIN),
)
_NO_NAME = re.compile("(?:お?名入れ|名前)(?:は)?(?:なし|無し?|不要)")
_NO_TITLE = re.compile("(?:表書き?|上書き?)(?:は)?(?:なし|無し?|不要)")
_TITLE_WORDS = sorted((*TITLES, *_WRITTEN), key=len, reverse=True)
_FILL = re.compile(r"(?:のし|熨斗)紙?|水引|表書き?|上書き?|お?名入れ|[\s。:|()\[\]【】「」『』<>]+")
_NAME = re.compile(r"[^\W\d_](?:[^\W_]|[ ・ー\-.'’]){0,29}")
_PROSE = re.compile("希望|ください|下さい|お願い|ます|です|して|付け|つけ|様$|さま$|不要|なし$|円|別|同じ")
_BETWEEN = re.compile(r"[、,;/&\n]+")


def read_gift(*texts: str, usual: Mapping[str, Knot] = MappingProxyType({})) -> GiftWish:
    """Read the wishes for a gift from remarks, wishes and options of an order.

    Only lines ``key: value`` whose key is about noshi, wrapping or a card are looked at; prose is not.

    :param usual: the knot that this shop takes for a title with which several go, where none is named.
    """
    found = _Found(usual)
    for kind, value, written in _wishes(texts):
        found.take(kind, value, written)
    return found.wish()


def _wishes(texts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wished: kind of the key, value, and the line as it was written. A message goes on in next lines."""
    for text in texts:
        message: list[str] | None = None
        for written in text.splitlines():
            line = _LINE.fullmatch(_normal(written))
            kind = _kind(line[1]) if line else ""
            if line is None and message is not None:
                message.append(written.strip())
                continue
            if message is not None:
                yield "message", "\n".join(message).strip(), ""
                message = None
            if line is None or not kind:
                continue
            if kind == "message":
                message = [written.partition("：" if "：" in written and ":" not in written else ":")[2].strip()]
                continue
            yield kind, line[2].strip(), written.strip()
        if message is not None:
            yield "message", "\n".join(message).strip(), ""


def _kind(key: str) -> str:
    plain = key.strip().casefold()
    return next((kind for kind, pattern in _KEYS if pattern.fullmatch(plain)), "")


def _normal(text: str) -> str:
    """One width; nothing else is changed, since names keep their old forms."""
    return _HALF_KANA.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text.translate(_WIDE)).strip()


class _Found:
    """Gathers what the lines of an order say."""

    def __init__(self, usual: Mapping[str, Knot]) -> None:
        self._usual = usual
        self._wish = GiftWish()
        self._written: list[str] = []
        self._bad: list[str] = []
        self._untitled = False

    def take(self, kind: str, value: str, written: str) -> None:
        """Take one line in."""
        if kind == "message":
            if value and not _NO.fullmatch(value):
                self._put(message=value[:LONGEST_MESSAGE])
                if len(value) > LONGEST_MESSAGE:
                    self._bad.append(value[:40])
        elif kind == "wrapping":
            if value and not _NO.fullmatch(value):
                self._put(wrapping=self._joined(value))
        else:
            self._written.append(written)
            self._noshi(kind, value, written)

    def _joined(self, value: str) -> str:
        known = self._wish.wrapping
        return known if value in known.split("、") else "、".join(filter(None, (known, value)))[:LONGEST_WRAPPING]

    def _put(self, **values: object) -> None:
        self._wish = replace(self._wish, **values)  # type: ignore[arg-type]

    def _noshi(self, kind: str, value: str, written: str) -> None:
        if _NO.fullmatch(value) or not value:
            self._untitled |= kind == "title" and bool(value)
            return
        self._put(noshi=True)
        if _YES.fullmatch(value):
            return
        if kind == "title":
            title = _WRITTEN.get(value, value)
            self._title(title, written)
        elif kind == "name":
            self._names(value, written)
        else:
            self._parts(value, written)

    def _title(self, title: str, written: str) -> None:
        if (
            len(title) > LONGEST_TITLE
            or (self._wish.title and self._wish.title != title)
            or (title not in TITLES and _PROSE.search(title))
        ):
            self._bad.append(written)
        else:
            self._put(title=title)

    def _names(self, value: str, written: str) -> None:
        names = names_of(value)
        sound = all(_NAME.fullmatch(name) and not _PROSE.search(name) for name in names)
        if not sound or len(names) > MOST_NAMES or (self._wish.names and self._wish.names != names):
            self._bad.append(written)
        self._put(names=(self._wish.names or names)[:MOST_NAMES] if sound else self._wish.names)

    def _parts(self, value: str, written: str) -> None:
        """A value that may hold knot, title, cover and name side by side."""
        rest = value
        for pattern, cover in _COVERS:
            if pattern.search(rest):
                self._put(cover=cover)
                rest = pattern.sub(" ", rest)
        if _NO_NAME.search(rest):
            rest = _NO_NAME.sub(" ", rest)
        if _NO_TITLE.search(rest):
            self._untitled, rest = True, _NO_TITLE.sub(" ", rest)
        knots = []
        for pattern, knot in _KNOTS:
            if pattern.search(rest):
                knots.append(knot)
                rest = pattern.sub(" ", rest)
        if len(knots) > 1 or (knots and self._wish.knot not in (None, knots[0])):
            self._bad.append(written)
        elif knots:
            self._put(knot=knots[0])
        title = next((word for word in _TITLE_WORDS if word in rest), "")
        if title:
            self._title(_WRITTEN.get(title, title), written)
            rest = rest.replace(title, " ", 1)
        rest = _FILL.sub(" ", rest).strip(" 、,・;/&")
        rest = _YES.sub("", rest).strip() if _YES.fullmatch(rest) else rest
        if not rest:
            return
        if title or self._wish.title:
            self._names(rest, written)
        else:
            self._bad.append(written)

    def wish(self) -> GiftWish:
        """Return what all lines together say."""
        wish = self._wish
        if not wish.noshi:
            return replace(wish, unread=tuple(dict.fromkeys(self._bad)))
        bad = list(self._bad)
        if wish.knot is None:
            knots = (self._usual[wish.title],) if wish.title in self._usual else knots_for(wish.title)
            wish = replace(wish, knot=knots[0] if knots else None)
            if len(knots) != 1:  # a wedding's 御祝 has another knot than a birth's
                bad = bad or self._written
        if not wish.title and wish.knot is not Knot.PLAIN and not self._untitled:
            bad = bad or self._written
        return replace(wish, unread=tuple(dict.fromkeys(bad)))


def names_of(text: str) -> tuple[str, ...]:
    """Part names that are written in one text; ``・`` parts family names only: it stands within foreign names too."""
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) == 1 and "・" in text:
        inner = [part.strip() for part in text.split("・") if part.strip()]
        if all(len(part) <= 4 and not re.search("[ァ-ヶーa-zA-Z]", part) for part in inner):
            parts = inner
    return tuple(parts)


def wish_of(
    content: Mapping[str, Any], options: Iterable[str] = (), usual: Mapping[str, Knot] | None = None
) -> GiftWish:
    """Return what is wished for a gift: what a person decided, else what remark, wishes and options say."""
    decided = content.get(GIFT)
    if decided is not None:
        return wish_from_data(decided)
    return read_gift(content.get("note", ""), content.get("wish", ""), *options, usual=usual or {})
