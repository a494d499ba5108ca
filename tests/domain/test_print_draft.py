"""Print rules as people write them: read whole, told field by field, and written back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.print_draft import FIELDS, draft_of, texts_of
from app.domain.print_rules import PAPERS, When


def read(**texts):
    draft, mistakes = draft_of({"name": "x", "paper": "packing_slip", **texts})
    assert mistakes == ()
    return draft


def wrong(**texts):
    return [(each.field, each.key) for each in draft_of({"name": "x", "paper": "packing_slip", **texts})[1]]


WHOLE = {
    "paper": "宛名ラベル", "when": "箱を閉じるとき", "copies": "２", "printer": "ラベル 1", "template": "冬",
    "shops": "本店；楽天店", "channels": "rakuten",
    "carriers": "yamato_b2/takkyubin", "stations": "検品 1;検品 2", "countries": "海外;US",
    "prefectures": "東京;沖縄県", "gift": "はい", "cod": "いいえ", "temperature": "冷凍", "wish": "のし;メッセージ",
    "pieces": "2-", "amount": "¥1,000〜5,000", "cartons": "M;L", "size": "-80", "boxes": "1", "active": "no",
}  # fmt: skip


def test_a_whole_rule_in_japanese_is_read():
    draft = read(**WHOLE)
    rule, when = draft.rule, draft.rule.conditions
    assert (rule.paper, rule.when, rule.copies) == ("address_label", When.CLOSE, 2)
    assert (rule.template, rule.active) == ("冬", False)
    assert (draft.printer, draft.shops, when.channels) == ("ラベル 1", ("本店", "楽天店"), ("rakuten",))
    assert (when.carriers, when.stations) == (("yamato_b2/takkyubin",), ("検品 1", "検品 2"))
    assert (when.countries, when.prefectures) == (("abroad", "US"), ("東京都", "沖縄県"))
    assert (when.gift, when.cod, when.temperature, when.wish) == (True, False, ("frozen",), ("noshi", "message"))
    assert (when.pieces_from, when.pieces_to, when.amount_from, when.amount_to) == (2, None, 1000, 5000)
    assert (when.cartons, when.size_from, when.size_to) == (("M", "L"), None, 80)
    assert (when.boxes_from, when.boxes_to) == (1, 1)


def test_a_rule_is_written_back_as_it_is_read():
    draft = read(**WHOLE)
    assert draft_of(texts_of(draft)) == (draft, ())


def test_what_is_not_written_stays_as_it_was():
    before = read(**WHOLE)
    after, mistakes = draft_of({"copies": "3", "gift": ""}, before)
    assert mistakes == ()
    assert (after.rule.copies, after.rule.conditions.gift) == (3, None)
    assert {**texts_of(after), "copies": "2", "gift": "yes"} == texts_of(before)


@pytest.mark.parametrize("text", ["*", "すべて", "all", "全店"])
def test_every_shop_is_said_in_words(text):
    assert read(shops=text).shops == ()


@pytest.mark.parametrize(
    ("field", "text", "key"),
    [
        ("paper", "ナプキン", "inserts.bad.word"),
        ("paper", "", "print_rules.bad.paper"),
        ("when", "いつか", "inserts.bad.word"),
        ("copies", "-1", "inserts.bad.number"),
        ("gift", "たぶん", "inserts.bad.switch"),
        ("prefectures", "江戸", "inserts.bad.prefecture"),
        ("pieces", "3-2-1", "print_rules.bad.span"),
        ("size", "-", "print_rules.bad.span"),
        ("amount", "高い", "print_rules.bad.span"),
        ("temperature", "熱い", "inserts.bad.word"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_field(field, text, key):
    assert wrong(**{field: text}) == [(field, key)]


@given(st.dictionaries(st.sampled_from(list(FIELDS)), st.text(max_size=20)))
def test_nothing_written_breaks_the_reader(texts):
    draft, mistakes = draft_of(texts)
    assert draft.rule.paper in PAPERS
    again, more = draft_of(texts_of(draft))
    if not mistakes:
        assert more == ()
        assert again.rule.conditions == draft.rule.conditions
