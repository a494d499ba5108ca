"""Rules as people write them: read whole, told field by field, and written back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.insert_draft import FIELDS, draft_of, texts_of
from app.domain.insert_rules import InsertKind, Per
from app.domain.noshi import Knot


def read(**texts):
    draft, mistakes = draft_of({"name": "x", "kind": "insert", **texts})
    assert mistakes == ()
    return draft


def wrong(**texts):
    return [(each.field, each.key) for each in draft_of({"name": "x", "kind": "insert", **texts})[1]]


def test_a_whole_rule_in_japanese_is_read():
    draft = read(
        kind="サンプル", sku="SAM-1", quantity="２", per="個口", shops="本店；楽天店", any_of="TEA-1;CUP", pieces="3",
        amount_from="¥5,000", date_from="2026年7月1日", date_to="2026/8/31", date_of="出荷日", campaign="夏;SUMMER",
        language="海外", nth="リピート", gift="はい", wish="のし;包装", temperature="冷蔵", prefectures="東京;千葉県",
        carriers="yamato_b2/takkyubin", fragile="no", cod="いいえ", not_with="y", text="二つ折り", scanned="no",
    )  # fmt: skip
    rule, when = draft.rule, draft.rule.conditions
    assert (rule.kind, draft.sku, rule.quantity, rule.per) == (InsertKind.SAMPLE, "SAM-1", 2, Per.BOX)
    assert (draft.shops, when.any_of, when.pieces, when.amount_from) == (("本店", "楽天店"), ("TEA-1", "CUP"), 3, 5000)
    assert (when.date_from, when.date_to, when.date_of) == ("2026-07-01", "2026-08-31", "ship")
    assert (when.language, when.nth_from, when.nth_to, when.gift) == ("en", 2, None, True)
    assert (when.wish, when.temperature, when.prefectures) == (
        ("noshi", "wrapping"),
        ("chilled",),
        ("東京都", "千葉県"),
    )
    assert (when.fragile, when.cod, rule.scanned, rule.active) == (False, False, False, True)


@pytest.mark.parametrize("text", ["*", "すべて", "all", "全店"])
def test_every_shop_is_said_in_words(text):
    draft = read(shops=text)
    assert draft.rule.conditions.shared
    assert draft.shops == ()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1", (1, 1)),
        ("初回", (1, 1)),
        ("2-", (2, None)),
        ("2-5", (2, 5)),
        ("-3", (None, 3)),
        ("3回目", (3, 3)),
        ("", (None, None)),
    ],
)
def test_how_manieth_order(text, span):
    when = read(nth=text).rule.conditions
    assert (when.nth_from, when.nth_to) == span


def test_knots_of_a_shop():
    assert read(kind="のし", knots="御祝=蝶結び; 寿=bow").rule.knots == {"御祝": Knot.BOW, "寿": Knot.BOW}


@pytest.mark.parametrize(
    ("texts", "mistake"),
    [
        ({"kind": ""}, ("kind", "inserts.bad.kind")),
        ({"kind": "poster"}, ("kind", "inserts.bad.word")),
        ({"per": "day"}, ("per", "inserts.bad.word")),
        ({"quantity": "two"}, ("quantity", "inserts.bad.number")),
        ({"amount_from": "-5"}, ("amount_from", "inserts.bad.number")),
        ({"pieces": "0"}, ("pieces", "inserts.bad.number")),
        ({"date_from": "2026-02-30"}, ("date_from", "inserts.bad.day")),
        ({"date_to": "summer"}, ("date_to", "inserts.bad.day")),
        ({"nth": "0"}, ("nth", "inserts.bad.nth")),
        ({"nth": "often"}, ("nth", "inserts.bad.nth")),
        ({"gift": "maybe"}, ("gift", "inserts.bad.switch")),
        ({"prefectures": "東京;Tokio"}, ("prefectures", "inserts.bad.prefecture")),
        ({"temperature": "warm"}, ("temperature", "inserts.bad.word")),
        ({"size": "A3"}, ("size", "inserts.bad.word")),
        ({"knots": "御祝"}, ("knots", "inserts.bad.knots")),
    ],
)
def test_what_makes_no_sense_is_told_by_field(texts, mistake):
    assert wrong(**texts) == [mistake]


def test_what_is_not_given_keeps_its_value():
    before = read(sku="SAM-1", quantity="3", gift="yes", shops="本店")
    draft, mistakes = draft_of({"quantity": "4", "gift": ""}, before)
    assert mistakes == ()
    assert (draft.rule.quantity, draft.rule.conditions.gift, draft.sku, draft.shops) == (4, None, "SAM-1", ("本店",))


TEXTS = {
    "kind": st.sampled_from(["insert", "card", "noshi", "cold", "material"]),
    "quantity": st.integers(1, 99).map(str),
    "per": st.sampled_from(["", "order", "box", "piece"]),
    "shops": st.sampled_from(["", "*", "a", "a;b"]),
    "any_of": st.sampled_from(["", "A", "A;B"]),
    "amount_from": st.none() | st.integers(0, 9999).map(str),
    "nth": st.sampled_from(["", "1", "2-", "-4", "2-5"]),
    "gift": st.sampled_from(["", "yes", "no"]),
    "wish": st.sampled_from(["", "noshi", "noshi;message"]),
    "text": st.sampled_from(["", "ab\ncd"]),
    "knots": st.sampled_from(["", "御祝=bow"]),
    "active": st.sampled_from(["", "no"]),
}


@given(st.fixed_dictionaries({"name": st.just("x"), **TEXTS}))
def test_a_rule_is_written_back_as_it_is_read(texts):
    draft, mistakes = draft_of({key: value for key, value in texts.items() if value})
    assert mistakes == ()
    assert draft_of(texts_of(draft)) == (draft, ())


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=20)))
def test_nothing_written_breaks_the_reader(texts):
    draft_of(texts)
