"""Rules of inserts as people write them: one text a field, the same in files, on the command line and in the dialog.

Shops and goods are named; who knows them ties them to what is stored (:mod:`app.services.insert_rules`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.insert_rules import SIZES, USUAL_SIZE, WISHES, Conditions, InsertKind, InsertRule, Per
from app.domain.noshi import Knot
from app.domain.rule_texts import ALL_SHOPS, COLD, EVERY_SHOP, Mistake, RuleReader, said

__all__ = ["FIELDS", "RuleDraft", "draft_of", "texts_of"]

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


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule with its shops and goods by name."""

    rule: InsertRule
    sku: str = ""
    shops: tuple[str, ...] = ()


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
_KNOTS = {
    Knot.BOW: ("紅白蝶結び", "蝶結び", "花結び"),
    Knot.TIED: ("紅白結び切り", "結び切り", "結切り"),
    Knot.YELLOW: ("黄白結び切り", "黄白"),
    Knot.BLACK: ("黒白結び切り", "黒白"),
    Knot.PLAIN: ("無地",),
}
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


def draft_of(texts: Mapping[str, str], before: RuleDraft | None = None) -> tuple[RuleDraft, tuple[Mistake, ...]]:
    """Read a rule out of texts by :data:`FIELDS`; a field that is not there keeps its value of *before*."""
    reader = _Reader(dict(texts), texts_of(before) if before else {})
    draft = reader.draft(before)
    return draft, tuple(reader.mistakes)


class _Reader(RuleReader):
    def draft(self, before: RuleDraft | None) -> RuleDraft:
        """Return the rule; what makes no sense is left at its usual value, and told."""
        shops = self.several("shops")
        shared = any(each in EVERY_SHOP for each in shops)
        nth = self._nth()
        when = Conditions(
            shared=shared,
            any_of=self.several("any_of"),
            all_of=self.several("all_of"),
            pieces=self.number("pieces", 1),
            amount_from=self.number("amount_from"),
            amount_to=self.number("amount_to"),
            date_from=self._day("date_from"),
            date_to=self._day("date_to"),
            date_of=self.one("date_of", _DATES) or "order",
            campaign=self.several("campaign"),
            language=self.one("language", _LANGUAGES),
            nth_from=nth[0],
            nth_to=nth[1],
            gift=self.switch("gift"),
            wish=tuple(each for each in WISHES if each in self.some("wish", _WISHES)),
            temperature=self.some("temperature", COLD),
            prefectures=self.prefectures(),
            carriers=self.several("carriers"),
            fragile=self.switch("fragile"),
            cod=self.switch("cod"),
            not_with=self.several("not_with"),
        )
        kind = self.one("kind", _KINDS)
        if not self.text("kind"):
            self.wrong("kind", "inserts.bad.kind", ", ".join(InsertKind))
        rule = InsertRule(
            name=self.text("name"),
            kind=InsertKind(kind or InsertKind.INSERT),
            conditions=when,
            quantity=self._quantity(),
            per=Per(self.one("per", _PERS) or Per.ORDER),
            text=self.texts.get("text", "").strip(),
            size=self._size(),
            knots=self._knots(),
            scanned=self.switch("scanned") is not False,
            active=self.switch("active") is not False,
            position=before.rule.position if before else 0,
            id=before.rule.id if before else 0,
        )
        return RuleDraft(rule, self.text("sku"), () if shared else shops)

    def _quantity(self) -> int:
        if not self.text("quantity"):
            return 1
        found = self.number("quantity")
        return 1 if found is None else found

    def _day(self, field: str) -> str:
        plain = self.plain(field)
        if not plain:
            return ""
        found = _DAY.fullmatch(plain)
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else self._no_day(field)
        except ValueError:
            return self._no_day(field)

    def _no_day(self, field: str) -> str:
        self.wrong(field, "inserts.bad.day")
        return ""

    def _nth(self) -> tuple[int | None, int | None]:
        plain = self.plain("nth")
        if not plain:
            return None, None
        if plain in _NTHS:
            return _NTHS[plain]
        found = _NTH.fullmatch(plain)
        if found is None or not (found[1] or found[3]) or found[1] == "0" or found[3] == "0":
            self.wrong("nth", "inserts.bad.nth")
            return None, None
        low = int(found[1]) if found[1] else None
        high = int(found[3]) if found[3] else None
        return (low, high) if found[2] else (low, low)

    def _size(self) -> str:
        plain = unicodedata.normalize("NFKC", self.text("size")).upper() or USUAL_SIZE
        if plain not in SIZES:
            self.wrong("size", "inserts.bad.word", ", ".join(SIZES))
            return USUAL_SIZE
        return plain

    def _knots(self) -> dict[str, Knot]:
        made: dict[str, Knot] = {}
        for written in self.several("knots"):
            title, _, word = (part.strip() for part in written.replace("＝", "=").partition("="))
            knot = next((each for each, words in _KNOTS.items() if word == each or word in words), None)
            if not title or knot is None:
                self.wrong("knots", "inserts.bad.knots", ", ".join(Knot))
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
        "pieces": said(when.pieces),
        "amount_from": said(when.amount_from),
        "amount_to": said(when.amount_to),
        "date_from": when.date_from,
        "date_to": when.date_to,
        "date_of": when.date_of if when.date_from or when.date_to else "",
        "campaign": ";".join(when.campaign),
        "language": when.language,
        "nth": nth,
        "gift": said(when.gift),
        "wish": ";".join(when.wish),
        "temperature": ";".join(when.temperature),
        "prefectures": ";".join(when.prefectures),
        "carriers": ";".join(when.carriers),
        "fragile": said(when.fragile),
        "cod": said(when.cod),
        "not_with": ";".join(when.not_with),
        "text": rule.text,
        "size": rule.size if rule.printed else "",
        "knots": ";".join(f"{title}={knot}" for title, knot in rule.knots.items()),
        "scanned": "" if rule.scanned else "no",
        "active": "" if rule.active else "no",
    }
    return {field: text for field, text in made.items() if text}
