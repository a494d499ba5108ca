"""Print rules as people write them: one text a field, the same in files, on the command line and in the dialog.

Shops and printers are named; who knows them ties them to what is stored (:mod:`app.services.print_rule_list`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.print_rules import ABROAD, PAPERS, WISHES, PrintConditions, PrintRule, When
from app.domain.rule_texts import COLD, EVERY_SHOP, Mistake, RuleReader, said

__all__ = ["FIELDS", "PrintDraft", "draft_of", "texts_of"]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "ルール名", "名前", "rule"),
    "paper": ("paper", "紙", "用紙の種類"),
    "when": ("when", "いつ", "印刷する時"),
    "copies": ("copies", "部数", "枚数"),
    "printer": ("printer", "プリンター", "プリンタ"),
    "template": ("template", "書式"),
    "shops": ("shops", "shop", "店舗"),
    "channels": ("channels", "channel", "モール"),
    "carriers": ("carriers", "carrier", "配送"),
    "stations": ("stations", "station", "端末"),
    "countries": ("countries", "country", "国", "届け先の国"),
    "prefectures": ("prefectures", "prefecture", "都道府県"),
    "gift": ("gift", "ギフト"),
    "cod": ("cod", "代引き", "代引"),
    "temperature": ("temperature", "温度帯"),
    "wish": ("wish", "希望"),
    "pieces": ("pieces", "個数"),
    "amount": ("amount", "金額"),
    "cartons": ("cartons", "carton", "箱"),
    "size": ("size", "サイズ"),
    "boxes": ("boxes", "個口"),
    "active": ("active", "有効"),
}
"""Every field of a rule with the names that its column may have in a file; only the name and the paper are required."""

_PAPERS: Mapping[str, tuple[str, ...]] = {
    "packing_slip": ("納品書", "slip"),
    "invoice": ("請求書", "領収書", "適格請求書", "納品書兼領収書"),
    "return_slip": ("返品用紙",),
    "address_label": ("宛名ラベル",),
    "noshi": ("のし", "のし紙", "熨斗"),
    "gift_card": ("カード", "メッセージカード"),
    "pick_list": ("ピックリスト", "ピッキングリスト"),
    "job_list": ("トータルピックリスト",),
    "place_sheet": ("かごの番号札",),
    "handover_list": ("引渡リスト",),
    "label": ("ラベル",),
}
_WHENS: Mapping[str, tuple[str, ...]] = {
    When.RELEASE: ("出荷指示", "出荷指示のとき"),
    When.START: ("開始", "検品開始", "検品を始めるとき"),
    When.CLOSE: ("完了", "検品完了", "箱を閉じるとき"),
    When.NEVER: ("出さない", "なし", "off"),
}
_WISHES = {"noshi": ("のし", "熨斗"), "message": ("メッセージ", "カード")}
_ABROAD = ("海外", "国外", "overseas", ABROAD)


@dataclass(frozen=True, slots=True)
class PrintDraft:
    """A rule with its shops and its printer by name."""

    rule: PrintRule
    shops: tuple[str, ...] = ()
    printer: str = ""


def draft_of(texts: Mapping[str, str], before: PrintDraft | None = None) -> tuple[PrintDraft, tuple[Mistake, ...]]:
    """Read a rule out of texts by :data:`FIELDS`; a field that is not there keeps its value of *before*."""
    reader = _Reader(dict(texts), texts_of(before) if before else {})
    draft = reader.draft(before)
    return draft, tuple(reader.mistakes)


class _Reader(RuleReader):
    def draft(self, before: PrintDraft | None) -> PrintDraft:
        """Return the rule; what makes no sense is left at its usual value, and told."""
        shops = self.several("shops")
        spans = {name: self.span(name) for name in ("pieces", "amount", "size", "boxes")}
        when = PrintConditions(
            channels=self.several("channels"),
            carriers=self.several("carriers"),
            stations=self.several("stations"),
            countries=tuple(ABROAD if each.casefold() in _ABROAD else each for each in self.several("countries")),
            prefectures=self.prefectures(),
            gift=self.switch("gift"),
            cod=self.switch("cod"),
            temperature=self.some("temperature", COLD),
            wish=tuple(each for each in WISHES if each in self.some("wish", _WISHES)),
            cartons=self.several("cartons"),
            **{f"{name}_from": low for name, (low, _) in spans.items()},  # type: ignore[arg-type]
            **{f"{name}_to": high for name, (_, high) in spans.items()},  # type: ignore[arg-type]
        )
        paper = self.one("paper", _PAPERS)
        if not self.text("paper"):
            self.wrong("paper", "print_rules.bad.paper", ", ".join(PAPERS))
        copies = self.number("copies") if self.text("copies") else 1
        rule = PrintRule(
            name=self.text("name"),
            paper=paper or PAPERS[0],
            conditions=when,
            when=When(self.one("when", _WHENS)),
            copies=1 if copies is None else copies,
            template=self.text("template"),
            active=self.switch("active") is not False,
            position=before.rule.position if before else 0,
            id=before.rule.id if before else 0,
        )
        return PrintDraft(rule, () if any(each in EVERY_SHOP for each in shops) else shops, self.text("printer"))


# --- the other way ------------------------------------------------------------------------------------------------


def texts_of(draft: PrintDraft) -> dict[str, str]:
    """Return a rule as :func:`draft_of` reads it; what is not set is left out."""
    rule, when = draft.rule, draft.rule.conditions
    made = {
        "name": rule.name,
        "paper": rule.paper,
        "when": str(rule.when),
        "copies": "" if rule.copies == 1 else str(rule.copies),
        "printer": draft.printer,
        "template": rule.template,
        "shops": ";".join(draft.shops),
        "channels": ";".join(when.channels),
        "carriers": ";".join(when.carriers),
        "stations": ";".join(when.stations),
        "countries": ";".join(when.countries),
        "prefectures": ";".join(when.prefectures),
        "gift": said(when.gift),
        "cod": said(when.cod),
        "temperature": ";".join(when.temperature),
        "wish": ";".join(when.wish),
        "pieces": _span(when.pieces_from, when.pieces_to),
        "amount": _span(when.amount_from, when.amount_to),
        "cartons": ";".join(when.cartons),
        "size": _span(when.size_from, when.size_to),
        "boxes": _span(when.boxes_from, when.boxes_to),
        "active": "" if rule.active else "no",
    }
    return {field: text for field, text in made.items() if text}


def _span(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    return str(low) if low == high else f"{said(low)}-{said(high)}"
