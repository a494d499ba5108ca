"""Print rules: each says one thing, the first that applies decides, and no paper is lost that nobody said never to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bench import papers_of
from app.domain.print_rules import (
    GIFT_PAPERS,
    OF_ORDER,
    PAPERS,
    WHENS,
    OrderPaper,
    PrintConditions,
    PrintFacts,
    PrintRule,
    When,
    conditions_from_data,
    country_of,
    covered_by,
    decide,
    explain,
    may_come_out_at_release,
    outs_of,
    rule_faults,
    usual_when,
)

FACTS = PrintFacts(
    order=1, station="A", shop=3, channel="rakuten", carrier="yamato_b2", service="takkyubin", prefecture="東京都",
    pieces=4, amount=5000, cartons=("M",), size=80, boxes=2,
)  # fmt: skip
ALL = {"papers.with": "slip,invoice,return_slip,address_label"}
S, N, R = OrderPaper.SLIP, OrderPaper.INVOICE, OrderPaper.RETURN_SLIP


def rule(paper: str = "packing_slip", position: int = 1, when: str = "never", **more) -> PrintRule:
    """A rule; what is not of a rule is one of its conditions."""
    own = {name: more.pop(name) for name in ("copies", "printer", "template", "active") if name in more}
    return PrintRule(
        f"rule {position}", paper, PrintConditions(**more), When(when), position=position, id=position, **own
    )  # fmt: skip


def applies(facts: PrintFacts = FACTS, **conditions) -> bool:
    return decide([rule(**conditions)], "packing_slip", facts, {}).when is When.NEVER


# --- conditions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conditions", "fits", "does_not"),
    [
        ({"shops": (3, 4)}, {}, {"shop": 5}),
        ({"channels": ("rakuten",)}, {}, {"channel": "yahoo"}),
        ({"carriers": ("yamato_b2",)}, {}, {"carrier": "sagawa_e3"}),
        ({"carriers": ("yamato_b2/takkyubin",)}, {}, {"service": "nekopos"}),
        ({"carriers": ("yamato_b2",)}, {}, {"carrier": ""}),
        ({"stations": ("A", "B")}, {}, {"station": "C"}),
        ({"countries": ("abroad",)}, {"country": "US"}, {"country": "JP"}),
        ({"countries": ("us", "FR")}, {"country": "US"}, {"country": "GB"}),
        ({"countries": ("日本",)}, {"country": "JP"}, {"country": "US"}),
        ({"prefectures": ("東京都", "沖縄県")}, {}, {"prefecture": "大阪府"}),
        ({"gift": True}, {"gift": True}, {"gift": False}),
        ({"gift": False}, {"gift": False}, {"gift": True}),
        ({"cod": True}, {"cod": True}, {"cod": False}),
        ({"temperature": ("frozen", "chilled")}, {"temperature": "frozen"}, {"temperature": "ambient"}),
        ({"wish": ("noshi", "message")}, {"noshi": True, "message": True}, {"noshi": True}),
        ({"pieces_from": 4, "pieces_to": 5}, {}, {"pieces": 6}),
        ({"amount_from": 5000}, {}, {"amount": 4999}),
        ({"amount_to": 5000}, {}, {"amount": None}),
        ({"cartons": ("M", "L")}, {}, {"cartons": ("S",)}),
        ({"size_to": 80}, {}, {"size": 81}),
        ({"size_to": 80}, {}, {"size": None}),
        ({"boxes_from": 2}, {}, {"boxes": 1}),
    ],
)
def test_a_rule_applies_where_its_condition_holds_and_nowhere_else(conditions, fits, does_not):
    when = {"printer": 7, "when": ""} if "stations" in conditions else {}
    for facts, holds in ((replace(FACTS, **fits), True), (replace(FACTS, **does_not), False)):
        ruled = decide([rule(**{**conditions, **when})], "packing_slip", facts, {})
        assert (ruled.rule is not None) is holds
        assert (ruled.when is When.NEVER) is (holds and not when)


def test_every_condition_must_hold():
    assert applies(gift=False, shops=(3,))
    assert not applies(gift=True, shops=(3,))


def test_a_rule_without_conditions_is_for_every_order():
    assert applies()


def test_a_rule_that_is_off_applies_to_none():
    assert not decide([rule(active=False)], "packing_slip", FACTS, {}).rule


def test_conditions_survive_storing():
    kept = PrintConditions(shops=(1, 2), countries=("abroad",), gift=False, size_to=80, boxes_from=2, wish=("noshi",))
    assert conditions_from_data(kept.as_data()) == kept
    assert conditions_from_data({**kept.as_data(), "long gone": 1}) == kept
    assert PrintConditions().as_data() == {}


@pytest.mark.parametrize("text", ["", " jp", "JPN", "日本", "Japan"])
def test_japan_is_written_in_many_ways_and_left_out_by_most_shops(text):
    assert country_of(text) == "JP"
    assert country_of("ｕｓ") == "US"


# --- the first one decides ----------------------------------------------------------------------------------------


def test_the_first_rule_that_applies_decides_all_of_it():
    rules = [rule(position=2, when="close", copies=3), rule(position=1, when="start", printer=7, gift=False)]
    ruled = decide(rules, "packing_slip", FACTS, {})
    assert (ruled.when, ruled.copies, ruled.printer, ruled.rule) == (When.START, 1, 7, rules[1])
    other = decide(rules, "packing_slip", replace(FACTS, gift=True), {})
    assert (other.when, other.copies, other.printer) == (When.CLOSE, 3, None)


def test_a_rule_of_another_paper_does_not_decide():
    assert decide([rule("invoice")], "packing_slip", FACTS, {}).when is When.RELEASE


def test_a_rule_that_does_not_say_when_leaves_it_to_the_shop():
    ruled = decide([rule(when="", printer=7, copies=2)], "packing_slip", FACTS, {"slip.when": "close"})
    assert (ruled.when, ruled.printer, ruled.copies, ruled.said) == (When.CLOSE, 7, 2, False)


def test_a_rule_for_a_station_says_where_and_the_next_one_for_all_says_when():
    rules = [rule(position=1, when="", stations=("A",), printer=7), rule(position=2, when="close", copies=2)]
    here = decide(rules, "packing_slip", FACTS, {})
    there = decide(rules, "packing_slip", replace(FACTS, station="B"), {})
    assert (here.when, here.printer, here.copies) == (When.CLOSE, 7, 1)
    assert (there.when, there.printer, there.copies) == (When.CLOSE, None, 2)


@given(st.permutations(range(4)), st.sampled_from("ABC"), st.sampled_from("ABC"))
def test_when_a_paper_comes_out_never_depends_on_the_station(order, one, other):
    """Which station opens an order is not known at its release: were it so, papers came out twice or not at all."""
    made = [
        rule(when="", stations=("A",), printer=1),
        rule(when="", stations=("B", "C"), printer=2),
        rule(when="start", gift=False),
        rule(when="close"),
    ]
    rules = [replace(each, position=place) for each, place in zip(made, order, strict=True)]
    found = {decide(rules, "packing_slip", replace(FACTS, station=each), {}).when for each in (one, other)}
    assert len(found) == 1


def test_explain_names_the_rule_that_decides_and_why_the_others_do_not():
    rules = [rule(position=1, gift=True), rule(position=2, shops=(3,)), rule(position=3), rule("invoice", 4)]
    first, second, third = explain(rules, "packing_slip", FACTS)
    assert [(each.name, each.holds) for each in first.reasons] == [("active", True), ("gift", False)]
    assert (first.applies, second.applies, third.applies) == (False, True, True)
    assert (first.decides, second.decides, third.decides) == (False, True, False)


# --- what the settings say ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "settings", "when"),
    [
        ("packing_slip", {}, "release"),
        ("packing_slip", {"slip.when": "close"}, "close"),
        ("packing_slip", {"slip.when": "off"}, "never"),
        ("packing_slip", {"papers.with": "invoice"}, "never"),
        ("invoice", {"papers.with": "invoice"}, "release"),
        ("address_label", {"papers.with": "slip,address_label", "slip.when": "close"}, "close"),
        ("address_label", {}, "never"),
        ("noshi", {"slip.when": "off"}, "release"),
        ("pick_list", {"pick_list.print": "off"}, "never"),
        ("handover_list", {}, "release"),
    ],
)
def test_without_a_rule_the_settings_decide_as_they_always_did(paper, settings, when):
    assert usual_when(paper, settings) == when
    assert decide([], paper, FACTS, settings).when == when


# --- the papers of one order --------------------------------------------------------------------------------------


def sheets(rules=(), settings=ALL, facts=FACTS):
    return [
        (out.paper, str(out.ruled.when), [sheet for sheet, _ in out.sheets]) for out in outs_of(rules, settings, facts)
    ]


def test_sheets_that_come_out_together_are_one_job_and_the_label_another():
    assert sheets() == [("packing_slip", "release", [S, N, R]), ("address_label", "release", [])]


def test_a_sheet_that_a_rule_sends_elsewhere_is_a_job_of_its_own():
    by_time = [rule("return_slip", when="close")]
    assert sheets(by_time)[:2] == [("packing_slip", "release", [S, N]), ("return_slip", "close", [R])]
    by_printer = [rule("invoice", when="", printer=7)]
    assert sheets(by_printer)[:2] == [("packing_slip", "release", [S, R]), ("invoice", "release", [N])]


def test_the_first_sheet_leads_where_there_is_no_slip():
    assert sheets([rule(), rule("invoice", 2)]) == [("packing_slip", "release", [R]), ("address_label", "release", [])]


def test_a_gift_gets_its_slip_in_place_of_its_invoice_unless_a_rule_says_never():
    gift = replace(FACTS, gift=True)
    with_invoice = {"papers.with": "invoice"}
    assert sheets((), with_invoice, gift) == [("packing_slip", "release", [S])]
    assert sheets([rule("invoice", when="close")], {"papers.with": ""}, gift) == [("packing_slip", "close", [S])]
    assert sheets([rule()], with_invoice, gift) == []


def test_the_shop_says_in_which_order_papers_come_out():
    order = ALL | {"papers.order": "address_label,return_slip,slip"}
    assert sheets((), order) == [("address_label", "release", []), ("packing_slip", "release", [R, S, N])]


def test_templates_are_those_of_each_sheet():
    rules = [rule(when="", template="winter"), rule("return_slip", 2, "", template="back")]
    (first, *_) = outs_of(rules, ALL, FACTS)
    assert first.sheets == ((S, "winter"), (N, ""), (R, "back"))


def test_noshi_are_among_them_only_where_they_come_out_at_the_start():
    assert sheets([rule("noshi", when="start")], {}) == [("packing_slip", "release", [S]), ("noshi", "start", [])]
    assert sheets([rule("noshi", when="", printer=7)], {}) == [("packing_slip", "release", [S])]


def test_a_slip_that_comes_out_after_the_release_is_not_asked_for():
    settings = {"slip.required": "on"}
    assert papers_of(settings, "").slip
    for when in ("start", "close", "never"):
        assert not papers_of(settings, "", outs_of([rule(when=when)], settings, FACTS)).slip
    later = settings | {"slip.when": "close"}
    assert papers_of(later, "", outs_of([rule(when="release")], later, FACTS)).slip


_CONDITIONS = st.builds(
    PrintConditions,
    shops=st.sampled_from([(), (3,), (9,)]),
    gift=st.sampled_from([None, True, False]),
    stations=st.sampled_from([(), ("A",), ("B",)]),
    countries=st.sampled_from([(), ("abroad",)]),
    pieces_from=st.sampled_from([None, 1, 9]),
)


@st.composite
def rule_sets(draw):
    """Rules as people may keep them: none that has a fault."""
    made = []
    for place in range(draw(st.integers(0, 6))):
        paper = draw(st.sampled_from(PAPERS))
        each = PrintRule(
            f"rule {place}", paper, draw(_CONDITIONS), draw(st.sampled_from(WHENS[paper])),
            copies=draw(st.integers(1, 3)), printer=draw(st.sampled_from([None, 1, 2])),
            position=draw(st.integers(0, 5)), id=place + 1,
        )  # fmt: skip
        if not rule_faults(each):
            made.append(each)
    return made


@given(
    rule_sets(),
    st.sampled_from(["release", "close", "off"]),
    st.sets(st.sampled_from([str(each) for each in OrderPaper])),
    st.booleans(),
    st.sampled_from(["A", "B", "C"]),
)
def test_rules_in_any_order_lose_no_paper_that_the_settings_ask_for_unless_one_says_never(
    rules, when, wanted, gift, station
):
    settings = {"slip.when": when, "papers.with": ",".join(sorted(wanted))}
    facts = replace(FACTS, gift=gift, station=station)
    outs = outs_of(rules, settings, facts)
    without = outs_of((), settings, facts)
    for paper in OF_ORDER:
        ruled = decide(rules, paper, facts, settings)
        times = sum(each.has(paper) for each in outs)
        assert times <= 1, "once, or not at all"
        if any(each.has(paper) for each in without) and not (ruled.said and ruled.when is When.NEVER):
            assert times == 1
        if times and ruled.when is not When.NEVER:
            assert next(each for each in outs if each.has(paper)).ruled.when is ruled.when
    assert not (gift and any(sheet is N for each in outs for sheet, _ in each.sheets)), "a gift shows no price"


@pytest.mark.parametrize(
    ("rules", "may"),
    [
        ([], True),
        ([rule(when="start")], False),
        ([rule(when="start", gift=True)], True),
        ([rule(when="start", shops=(3,))], False),
        ([rule(when="start", shops=(9,))], True),
        ([rule(when="start", shops=(3,)), rule(position=2, when="release")], False),
        ([rule(when="release", gift=True), rule(position=2)], True),
        ([rule(when="", stations=("A",)), rule(position=2)], False),
        ([rule(active=False)], True),
    ],
)
def test_what_may_have_come_out_at_the_release_is_known_by_shop(rules, may):
    assert may_come_out_at_release(rules, "packing_slip", {}, 3) is may


@given(rule_sets(), st.booleans(), st.sampled_from(["A", "C"]), st.integers(0, 10))
def test_a_paper_that_comes_out_at_the_release_of_some_order_may_come_out(rules, gift, station, pieces):
    facts = replace(FACTS, gift=gift, station=station, pieces=pieces)
    for paper in ("packing_slip", "invoice", "return_slip", "address_label"):
        if decide(rules, paper, facts, ALL).when is When.RELEASE:
            assert may_come_out_at_release(rules, paper, ALL, facts.shop)


# --- what is wrong with rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "key", "field"),
    [
        (replace(rule(), name=" "), "no_name", "name"),
        (replace(rule(), name="taken"), "name_taken", "name"),
        (replace(rule(), paper="napkin"), "paper", "paper"),
        (rule(copies=0), "copies", "copies"),
        (rule(copies=21), "copies", "copies"),
        (rule("noshi", when="close"), "when", "when"),
        (rule("handover_list", when="release"), "when", "when"),
        (rule(when="start", stations=("A",)), "station_when", "when"),
        (rule("pick_list", gift=True), "not_of_order", "paper"),
        (rule(size_from=100, size_to=80), "span", "size_from"),
    ],
)
def test_a_rule_that_makes_no_sense_is_said_with_its_field(made, key, field):
    assert [(each.key, each.field) for each in rule_faults(made, ["taken"])] == [(f"print_rules.fault.{key}", field)]


def test_a_station_may_have_its_own_pick_list_and_own_printers():
    assert not rule_faults(rule("pick_list", when="never", stations=("A",)))
    assert not rule_faults(rule(when="", stations=("A",), printer=7))
    assert all(not rule_faults(rule(paper, when=str(each))) for paper in PAPERS for each in WHENS[paper])


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ({}, {"gift": True}),
        ({"shops": (3, 4)}, {"shops": (4,)}),
        ({"carriers": ("yamato_b2",)}, {"carriers": ("yamato_b2/nekopos",)}),
        ({"countries": ("abroad",)}, {"countries": ("US", "fr")}),
        ({"countries": ("abroad", "JP")}, {"countries": ("日本",)}),
        ({"size_to": 100}, {"size_from": 10, "size_to": 80}),
        ({"amount_from": 100}, {"amount_from": 100}),
        ({"wish": ("noshi",)}, {"wish": ("noshi", "message")}),
    ],
)
def test_a_rule_behind_a_wider_one_never_applies_and_is_said(wide, narrow):
    first, second = rule(position=1, **wide), rule(position=2, **narrow)
    assert covered_by(second, [second, first]) == first
    assert covered_by(first, [second, first]) is None
    behind = replace(first, position=3)
    assert covered_by(second, [second, behind]) is None, "before it, it decides"
    if wide != narrow:
        assert covered_by(behind, [second, behind]) is None, "it is for more than the first"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"shops": (3,)}, {}),
        ({"gift": True}, {"gift": False}),
        ({"carriers": ("yamato_b2/nekopos",)}, {"carriers": ("yamato_b2",)}),
        ({"countries": ("US",)}, {"countries": ("abroad",)}),
        ({"size_to": 80}, {"size_to": 100}),
        ({"size_to": 80}, {}),
        ({"size_from": 0}, {}),
        ({"stations": ("A",), "when": ""}, {"when": ""}),
    ],
)
def test_a_rule_behind_a_narrower_one_still_has_its_orders(first, second):
    assert covered_by(rule(position=2, **second), [rule(position=1, **first)]) is None


@given(rule_sets(), st.booleans(), st.sampled_from("ABC"), st.sampled_from([3, 9]), st.integers(0, 10))
def test_a_rule_that_is_said_never_to_decide_never_does(rules, gift, station, shop, pieces):
    facts = replace(FACTS, gift=gift, station=station, shop=shop, pieces=pieces)
    for each in rules:
        if covered_by(each, rules) is not None:
            found = next(one for one in explain(rules, each.paper, facts) if one.rule is each)
            assert not found.decides


def test_the_papers_of_gifts_are_never_left_out_of_a_box():
    for paper in GIFT_PAPERS:
        assert When.NEVER not in WHENS[paper]
        assert When.CLOSE not in WHENS[paper]
