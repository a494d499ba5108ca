"""Rules of inserts as people write them: one text a field, the same in files, on the command line and in the dialog.

Shops and goods are named; who knows them ties them to what is stored (:mod:`app.services.insert_rules`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.addresses import prefecture_of
from app.domain.insert_rules import SIZES, USUAL_SIZE, WISHES, Conditions, InsertKind, InsertRule, Per
from app.domain.noshi import Knot
from app.domain.shipping import Temperature

__all__ = ["FIELDS", "Mistake", "RuleDraft", "draft_of", "texts_of"]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "ルール名", "名前", "rule"),
    "kind": ("kind", "種類"),
    "sku": ("sku", "商品コード", "同梱物", "商品"),
    "quantity": ("quantity", "数", "数量"),
    "per": ("per", "単位"),
    "shops": ("shops", "shop", "店舗"),
    "any_of": ("any_of", "どれかの商品", "対象商品"),
    "all_of": ("all_of", "すべての商品"),
    "pieces": ("pieces", "個数以上"),
    "amount_from": ("amount_from", "金額以上"),
    "amount_to": ("amount_to", "金額以下"),
    "date_from": ("date_from", "開始日"),
    "date_to": ("date_to", "終了日"),
    "date_of": ("date_of", "日付の種類"),
    "campaign": ("campaign", "キャンペーン"),
    "language": ("language", "言語", "届け先の国"),
    "nth": ("nth", "注文回数"),
    "gift": ("gift", "ギフト"),
    "wish": ("wish", "希望"),
    "temperature": ("temperature", "温度帯"),
    "prefectures": ("prefectures", "prefecture", "都道府県"),
    "carriers": ("carriers", "carrier", "配送"),
    "fragile": ("fragile", "割れ物"),
    "cod": ("cod", "代引き", "代引"),
    "not_with": ("not_with", "いっしょに入れないルール"),
    "text": ("text", "文", "表示"),
    "size": ("size", "用紙"),
    "knots": ("knots", "水引"),
    "scanned": ("scanned", "スキャン"),
    "active": ("active", "有効"),
}
"""Every field of a rule with the names that a file may have for its column; only the name and the kind are required."""

ALL_SHOPS = "*"


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule with its shops and goods by name."""

    rule: InsertRule
    sku: str = ""
    shops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """A text that makes no sense."""

    field: str
    value: str
    key: str
    known: str = ""
    """What may stand there."""


_KINDS: Mapping[str, tuple[str, ...]] = {
    InsertKind.INSERT: ("チラシ", "同梱物", "リーフレット", "leaflet"),
    InsertKind.SAMPLE: ("サンプル", "試供品"),
    InsertKind.CARD: ("カード", "メッセージカード"),
    InsertKind.NOSHI: ("のし", "熨斗", "のし紙"),
    InsertKind.WRAP: ("包装", "ラッピング", "wrapping"),
    InsertKind.COLD: ("保冷剤", "cold pack"),
    InsertKind.MATERIAL: ("緩衝材", "資材", "梱包材"),
}
_PERS: Mapping[str, tuple[str, ...]] = {
    Per.ORDER: ("注文", "1注文"),
    Per.BOX: ("箱", "個口", "1箱"),
    Per.PIECE: ("個", "点", "1個"),
}
_LANGUAGES = {"ja": ("日本", "日本語", "国内", "japan"), "en": ("海外", "英語", "abroad")}
_DATES = {"order": ("注文日",), "ship": ("出荷日", "発送日")}
_WISHES = {"noshi": ("のし", "熨斗"), "wrapping": ("包装", "ラッピング"), "message": ("メッセージ", "カード")}
_COLD: Mapping[str, tuple[str, ...]] = {
    Temperature.AMBIENT: ("常温",),
    Temperature.CHILLED: ("冷蔵",),
    Temperature.FROZEN: ("冷凍",),
}
_KNOTS = {
    Knot.BOW: ("紅白蝶結び", "蝶結び", "花結び"),
    Knot.TIED: ("紅白結び切り", "結び切り", "結切り"),
    Knot.YELLOW: ("黄白結び切り", "黄白"),
    Knot.BLACK: ("黒白結び切り", "黒白"),
    Knot.PLAIN: ("無地",),
}
_YES = ("yes", "on", "true", "1", "はい", "○", "〇", "する", "有効")
_NO = ("no", "off", "false", "0", "いいえ", "×", "しない", "無効")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_NTH = re.compile(r"(\d{1,3})?\s*([-~〜])?\s*(\d{1,3})?\s*(?:回目?)?")
_NTHS = {
    "first": (1, 1),
    "初回": (1, 1),
    "初めて": (1, 1),
    "repeat": (2, None),
    "リピート": (2, None),
    "2回目以降": (2, None),
}
_BETWEEN = re.compile(r"[;；\n]+")


def draft_of(texts: Mapping[str, str], before: RuleDraft | None = None) -> tuple[RuleDraft, tuple[Mistake, ...]]:
    """Read a rule out of texts by :data:`FIELDS`; a field that is not there keeps its value of *before*."""
    reader = _Reader(dict(texts), texts_of(before) if before else {})
    draft = reader.draft(before)
    return draft, tuple(reader.mistakes)


class _Reader:
    def __init__(self, texts: dict[str, str], before: Mapping[str, str]) -> None:
        self._texts = {**before, **texts}
        self.mistakes: list[Mistake] = []

    def draft(self, before: RuleDraft | None) -> RuleDraft:
        """Return the rule; what makes no sense is left at its usual value, and told."""
        shops = self._list("shops")
        shared = any(each in (ALL_SHOPS, "＊", "すべて", "全店", "全店舗", "all") for each in shops)
        nth = self._nth()
        when = Conditions(
            shared=shared,
            any_of=self._list("any_of"),
            all_of=self._list("all_of"),
            pieces=self._number("pieces", 1),
            amount_from=self._number("amount_from"),
            amount_to=self._number("amount_to"),
            date_from=self._day("date_from"),
            date_to=self._day("date_to"),
            date_of=self._one("date_of", _DATES) or "order",
            campaign=self._list("campaign"),
            language=self._one("language", _LANGUAGES),
            nth_from=nth[0],
            nth_to=nth[1],
            gift=self._switch("gift"),
            wish=tuple(each for each in WISHES if each in self._some("wish", _WISHES)),
            temperature=self._some("temperature", _COLD),
            prefectures=self._prefectures(),
            carriers=self._list("carriers"),
            fragile=self._switch("fragile"),
            cod=self._switch("cod"),
            not_with=self._list("not_with"),
        )
        kind = self._one("kind", _KINDS)
        if not self._text("kind"):
            self._wrong("kind", "inserts.bad.kind", ", ".join(InsertKind))
        rule = InsertRule(
            name=self._text("name"),
            kind=InsertKind(kind or InsertKind.INSERT),
            conditions=when,
            quantity=self._quantity(),
            per=Per(self._one("per", _PERS) or Per.ORDER),
            text=self._texts.get("text", "").strip(),
            size=self._size(),
            knots=self._knots(),
            scanned=self._switch("scanned") is not False,
            active=self._switch("active") is not False,
            position=before.rule.position if before else 0,
            id=before.rule.id if before else 0,
        )
        return RuleDraft(rule, self._text("sku"), () if shared else shops)

    def _wrong(self, field: str, key: str, known: str = "") -> None:
        self.mistakes.append(Mistake(field, self._texts.get(field, ""), key, known))

    def _text(self, field: str) -> str:
        return " ".join(self._texts.get(field, "").split())

    def _plain(self, field: str) -> str:
        return unicodedata.normalize("NFKC", self._text(field)).casefold()

    def _list(self, field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.strip() for each in _BETWEEN.split(self._texts.get(field, "")) if each.strip()))

    def _one(self, field: str, known: Mapping[str, tuple[str, ...]]) -> str:
        found = self._some(field, known)
        return found[0] if found else ""

    def _some(self, field: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        made = []
        for written in _BETWEEN.split(self._texts.get(field, "")):
            plain = unicodedata.normalize("NFKC", written).strip().casefold()
            if not plain:
                continue
            value = next((name for name, words in known.items() if plain == name or plain in words), None)
            if value is None:
                self._wrong(field, "inserts.bad.word", ", ".join(known))
                continue
            made.append(str(value))
        return tuple(dict.fromkeys(made))

    def _number(self, field: str, least: int = 0) -> int | None:
        plain = re.sub("[,¥円 ]", "", self._plain(field).replace("\\", ""))
        if not plain:
            return None
        if not (plain.isascii() and plain.isdigit() and least <= int(plain) <= 100_000_000):
            self._wrong(field, "inserts.bad.number")
            return None
        return int(plain)

    def _quantity(self) -> int:
        if not self._text("quantity"):
            return 1
        found = self._number("quantity")
        return 1 if found is None else found

    def _day(self, field: str) -> str:
        plain = self._plain(field)
        if not plain:
            return ""
        found = _DAY.fullmatch(plain)
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else self._no_day(field)
        except ValueError:
            return self._no_day(field)

    def _no_day(self, field: str) -> str:
        self._wrong(field, "inserts.bad.day")
        return ""

    def _nth(self) -> tuple[int | None, int | None]:
        plain = self._plain("nth")
        if not plain:
            return None, None
        if plain in _NTHS:
            return _NTHS[plain]
        found = _NTH.fullmatch(plain)
        if found is None or not (found[1] or found[3]) or found[1] == "0" or found[3] == "0":
            self._wrong("nth", "inserts.bad.nth")
            return None, None
        low = int(found[1]) if found[1] else None
        high = int(found[3]) if found[3] else None
        return (low, high) if found[2] else (low, low)

    def _switch(self, field: str) -> bool | None:
        plain = self._plain(field)
        if not plain:
            return None
        if plain in _YES or plain in _NO:
            return plain in _YES
        self._wrong(field, "inserts.bad.switch")
        return None

    def _prefectures(self) -> tuple[str, ...]:
        made = []
        for written in self._list("prefectures"):
            found = prefecture_of(written)
            if not found:
                self._wrong("prefectures", "inserts.bad.prefecture")
            else:
                made.append(found)
        return tuple(dict.fromkeys(made))

    def _size(self) -> str:
        plain = unicodedata.normalize("NFKC", self._text("size")).upper() or USUAL_SIZE
        if plain not in SIZES:
            self._wrong("size", "inserts.bad.word", ", ".join(SIZES))
            return USUAL_SIZE
        return plain

    def _knots(self) -> dict[str, Knot]:
        made: dict[str, Knot] = {}
        for written in self._list("knots"):
            title, _, word = (part.strip() for part in written.replace("＝", "=").partition("="))
            knot = next((each for each, words in _KNOTS.items() if word == each or word in words), None)
            if not title or knot is None:
                self._wrong("knots", "inserts.bad.knots", ", ".join(Knot))
            else:
                made[title] = knot
        return made


# --- the other way ------------------------------------------------------------------------------------------------


def texts_of(draft: RuleDraft) -> dict[str, str]:
    """Return a rule as :func:`draft_of` reads it; what is not set is left out."""
    rule, when = draft.rule, draft.rule.conditions
    low, high = when.nth_from, when.nth_to
    nth = "" if low is None and high is None else str(low) if low == high else f"{low or ''}-{high or ''}"
    made = {
        "name": rule.name,
        "kind": str(rule.kind),
        "sku": draft.sku,
        "quantity": str(rule.quantity),
        "per": str(rule.per),
        "shops": ALL_SHOPS if when.shared else ";".join(draft.shops),
        "any_of": ";".join(when.any_of),
        "all_of": ";".join(when.all_of),
        "pieces": _said(when.pieces),
        "amount_from": _said(when.amount_from),
        "amount_to": _said(when.amount_to),
        "date_from": when.date_from,
        "date_to": when.date_to,
        "date_of": when.date_of if when.date_from or when.date_to else "",
        "campaign": ";".join(when.campaign),
        "language": when.language,
        "nth": nth,
        "gift": _said(when.gift),
        "wish": ";".join(when.wish),
        "temperature": ";".join(when.temperature),
        "prefectures": ";".join(when.prefectures),
        "carriers": ";".join(when.carriers),
        "fragile": _said(when.fragile),
        "cod": _said(when.cod),
        "not_with": ";".join(when.not_with),
        "text": rule.text,
        "size": rule.size if rule.printed else "",
        "knots": ";".join(f"{title}={knot}" for title, knot in rule.knots.items()),
        "scanned": "" if rule.scanned else "no",
        "active": "" if rule.active else "no",
    }
    return {field: text for field, text in made.items() if text}


def _said(value: int | bool | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
