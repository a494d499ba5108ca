"""Rules of inserts, by sentences: when each applies, how many go in, and what contradicts."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.insert_rules import (
    MOST_PIECES,
    Conditions,
    Facts,
    InsertKind,
    InsertRule,
    Per,
    asks_buyer,
    buyer_keys,
    conditions_from_data,
    goods_total,
    judge,
    plan,
    rule_faults,
    searched,
)
from app.domain.noshi import GiftWish, Knot

FACTS = Facts(
    order=1, shop=1, ordered_on="2026-07-14", ship_on="2026-07-15", amount=5000, goods={"tea": 2, "cup": 1}, pieces=3,
    text=searched("クーポン: SUMMER26"), nth=1, prefecture="東京都", carrier="yamato_b2", service="takkyubin",
)  # fmt: skip
_ids = count(1)


def rule(kind=InsertKind.INSERT, *, name="leaflet", product=7, shops=(1,), quantity=1, per=Per.ORDER, text="", **when):
    more = {key: when.pop(key) for key in ("scanned", "active", "position") if key in when}
    shared = when.pop("shared", False)
    conditions = Conditions(shops=() if shared else shops, shared=shared, **when)
    more |= {"product": product, "quantity": quantity, "per": per, "text": text}
    return InsertRule(name, kind, conditions, id=more.pop("id", next(_ids)), **more)


def applies(made, facts=FACTS):
    return judge(made, facts).applies


def why_not(made, facts=FACTS):
    return [each.name for each in judge(made, facts).reasons if not each.holds]


# --- shops --------------------------------------------------------------------------------------------------------


def test_a_leaflet_goes_to_its_shop_only():
    assert applies(rule(shops=(1,)))
    assert why_not(rule(shops=(2, 3))) == ["shop"]


def test_a_rule_without_a_shop_means_nobody_unless_it_is_shared():
    assert why_not(rule(shops=())) == ["no_shop"]
    assert applies(rule(shared=True))


conditions = st.builds(
    Conditions,
    shops=st.lists(st.integers(1, 4), max_size=2).map(tuple),
    any_of=st.lists(st.sampled_from(["TEA", "ＣＵＰ", "x"]), max_size=2).map(tuple),
    amount_from=st.none() | st.integers(0, 9000),
    nth_to=st.none() | st.integers(1, 3),
    gift=st.none() | st.booleans(),
    campaign=st.lists(st.sampled_from(["summer", "none"]), max_size=1).map(tuple),
)


@given(
    st.lists(st.builds(InsertRule, st.text("abc", min_size=1), st.sampled_from(InsertKind), conditions, st.just(7))),
    st.integers(1, 4), st.integers(0, 3),
)  # fmt: skip
def test_never_another_shops_leaflet(rules, shop, nth):
    found = plan(rules, replace(FACTS, shop=shop, nth=nth), {7: 50})
    assert all(shop in each.rule.conditions.shops for each in found.wanted)


# --- each condition -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ({"any_of": ("TEA", "HAT")}, ""),
        ({"any_of": ("ｔｅａ",)}, ""),  # width and case do not matter
        ({"any_of": ("HAT",)}, "any_of"),
        ({"all_of": ("TEA", "CUP")}, ""),
        ({"all_of": ("TEA", "HAT")}, "all_of"),
        ({"any_of": ("TEA",), "pieces": 2}, ""),
        ({"any_of": ("TEA",), "pieces": 3}, "pieces"),
        ({"pieces": 3}, ""),
        ({"amount_from": 5000}, ""),
        ({"amount_from": 5001}, "amount"),
        ({"amount_to": 4999}, "amount"),
        ({"amount_from": 3000, "amount_to": 5000}, ""),
        ({"date_from": "2026-07-14", "date_to": "2026-07-14"}, ""),
        ({"date_from": "2026-07-15"}, "date_order"),
        ({"date_from": "2026-07-15", "date_of": "ship"}, ""),
        ({"date_to": "2026-07-14", "date_of": "ship"}, "date_ship"),
        ({"campaign": ("ｓｕｍｍｅｒ２６",)}, ""),
        ({"campaign": ("WINTER", "SUMMER 26")}, ""),
        ({"campaign": ("WINTER",)}, "campaign"),
        ({"language": "ja"}, ""),
        ({"language": "en"}, "language"),
        ({"nth_from": 1, "nth_to": 1}, ""),
        ({"nth_from": 2}, "nth"),
        ({"gift": False}, ""),
        ({"gift": True}, "gift"),
        ({"temperature": ("chilled", "frozen")}, "temperature"),
        ({"prefectures": ("東京都", "千葉県")}, ""),
        ({"prefectures": ("沖縄県",)}, "prefecture"),
        ({"carriers": ("yamato_b2",)}, ""),
        ({"carriers": ("yamato_b2/takkyubin",)}, ""),
        ({"carriers": ("yamato_b2/nekopos", "sagawa_e3")}, "carrier"),
        ({"fragile": True}, "fragile"),
        ({"cod": True}, "cod"),
        ({"cod": False}, ""),
        ({"wish": ("wrapping",)}, "wish_wrapping"),
        ({"active": False}, "active"),
    ],
)
def test_each_condition_lets_through_or_is_named(when, reason):
    assert why_not(rule(**when)) == ([reason] if reason else [])


def test_what_is_not_known_does_not_hold():
    unknown = replace(FACTS, amount=None, nth=None, ship_on="")
    assert why_not(rule(amount_to=9000), unknown) == ["amount"]
    assert why_not(rule(nth_from=2), unknown) == ["nth"]
    assert why_not(rule(date_from="2020-01-01", date_of="ship"), unknown) == ["date_ship"]


def test_an_order_without_a_carrier_goes_by_none():
    assert why_not(rule(carriers=("",)), replace(FACTS, carrier="", service="")) == ["carrier"]


def test_a_noshi_that_nobody_wished_is_never_printed():
    printed = rule(InsertKind.NOSHI, product=None)
    assert why_not(printed) == ["wish_noshi"]
    assert applies(printed, replace(FACTS, wish=GiftWish(noshi=True, knot=Knot.BOW)))
    assert why_not(printed, replace(FACTS, wish=GiftWish(noshi=True))) == ["noshi_known"]  # a person says it first
    assert why_not(rule(InsertKind.CARD, product=None)) == ["wish_message"]
    assert applies(rule(InsertKind.CARD, product=None, text="ありがとうございます"))


# --- how many -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("per", "when", "pieces"),
    [(Per.ORDER, {}, 2), (Per.BOX, {}, 6), (Per.PIECE, {}, 6), (Per.PIECE, {"any_of": ("TEA", "HAT")}, 4)],
)
def test_a_number_is_meant_for_the_order_each_box_or_each_piece(per, when, pieces):
    made = rule(InsertKind.COLD, quantity=2, per=per, **when)
    assert [each.quantity for each in plan([made], replace(FACTS, boxes=3), {}).wanted] == [pieces]


def test_a_box_that_another_order_has_gets_none():
    assert plan([rule(per=Per.BOX)], replace(FACTS, boxes=0), {}).wanted == ()


def test_many_pieces_are_held_below_a_hundred():
    assert plan([rule(per=Per.PIECE)], replace(FACTS, pieces=5000), {}).wanted[0].quantity == MOST_PIECES


def test_what_has_run_out_is_left_out_and_what_never_had_stock_is_not():
    made = rule(quantity=2)
    assert [each.out for each in plan([made], FACTS, {7: 1}).wanted] == [True]
    assert [each.out for each in plan([made], FACTS, {7: 2}).wanted] == [False]
    assert [each.out for each in plan([made], FACTS, {}).wanted] == [False]


def test_material_and_words_are_shown_only():
    assert rule(InsertKind.MATERIAL).shown
    assert rule(InsertKind.WRAP, product=None, text="青い紙").shown
    assert not rule(InsertKind.NOSHI, product=None).shown
    assert rule(InsertKind.COLD, scanned=False).shown
    assert not rule(InsertKind.COLD).shown


# --- contradictions -----------------------------------------------------------------------------------------------


def test_two_rules_that_exclude_each_other_are_named_and_the_first_is_taken():
    first, second = rule(name="a", position=1), rule(name="b", position=2, not_with=("a",))
    found = plan([second, first], FACTS, {})
    assert [each.rule.name for each in found.wanted] == ["a"]
    assert [(each.taken, each.left_out, each.key) for each in found.clashes] == [("a", "b", "inserts.clash.excluded")]
    assert [each.rule.name for each in plan([replace(first, active=False), second], FACTS, {}).wanted] == ["b"]


def test_two_noshi_for_one_order_are_named():
    made = [rule(InsertKind.NOSHI, name=name, position=at) for at, name in enumerate("ab")]
    found = plan(made, replace(FACTS, wish=GiftWish(noshi=True, knot=Knot.BOW)), {})
    assert [each.rule.name for each in found.wanted] == ["a"]
    assert found.clashes[0].key == "inserts.clash.two_noshi"


# --- rules that cannot be -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "key"),
    [
        (rule(name=" "), "inserts.fault.no_name"),
        (rule(name="there"), "inserts.fault.name_taken"),
        (rule(product=None), "inserts.fault.no_product"),
        (rule(InsertKind.WRAP, product=None), "inserts.fault.no_words"),
        (rule(quantity=0), "inserts.fault.quantity"),
        (rule(shops=()), "inserts.fault.no_shop"),
        (rule(amount_from=2, amount_to=1), "inserts.fault.span"),
        (rule(date_from="2026-08-01", date_to="2026-07-01"), "inserts.fault.span"),
        (rule(not_with=("leaflet",)), "inserts.fault.excludes_itself"),
        (rule(not_with=("nothing",)), "inserts.fault.unknown_rule"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_name(made, key):
    assert [each.key for each in rule_faults(made, ["there"])] == [key]


def test_a_sound_rule_has_no_faults():
    assert rule_faults(rule(not_with=("there",), amount_from=1, amount_to=1), ["there"]) == ()
    assert rule_faults(rule(InsertKind.NOSHI, product=None)) == ()


@given(conditions)
def test_conditions_survive_storing(when):
    assert conditions_from_data(when.as_data()) == when


# --- facts --------------------------------------------------------------------------------------------------------


def test_the_total_is_what_the_shop_says_else_the_sum_of_its_lines():
    assert goods_total("5400", [("1", 1)]) == 5400
    assert goods_total("", [("1200.50", 2), ("100", 1)]) == 2501
    assert goods_total("", [("", 2)]) is None
    assert goods_total("NaN", [("1e99", 2)]) is None


def test_a_buyer_is_known_by_name_and_phone_or_name_and_postcode():
    one = buyer_keys(1, "見本　花子", "03-1234-5678", "150-0001")
    assert one == buyer_keys(1, "見本花子", "０３（１２３４）５６７８", "1500001")
    assert len({*one, *buyer_keys(1, "見本 花子", "090-0000-1111", "150-0001")}) == 3  # moved phones: same postcode
    assert not {*one} & {*buyer_keys(2, "見本 花子", "03-1234-5678", "150-0001")}  # another shop
    assert buyer_keys(1, "", "03-1234-5678", "150-0001") == ()
    assert len(buyer_keys(1, "見本 花子", "03-****-5678", "150-0001")) == 1  # a mall masks it


def test_keys_fit_a_signed_column():
    assert all(0 <= key < 2**63 for key in buyer_keys(1, "a", "0312345678", "1500001"))


def test_only_rules_about_the_buyer_ask_for_them():
    assert asks_buyer([rule(nth_to=1)])
    assert not asks_buyer([rule()])
