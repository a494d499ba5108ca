"""The gate's rules: which carrier, how cold, on which day, and what stands against it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.gate import (
    Case,
    Method,
    Policy,
    ProductFacts,
    estimated_size,
    fault_text,
    judge,
    local_day,
    next_departure,
    read_faults,
    whole_yen,
    with_faults,
)
from app.domain.intake import Level
from app.domain.orders import Address, Hold
from app.domain.shipping import Fault, Service, Slot, Temperature

TOKYO = ZoneInfo("Asia/Tokyo")
BOX = Service(
    "box",
    {"ja": "箱", "en": "Box"},
    cash_on_delivery=True,
    most_cod=300_000,
    temperatures=frozenset(Temperature),
    slots=frozenset({Slot.MORNING, Slot.T14_16}),
    most_pieces=99,
)
MAIL = Service("mail", {"ja": "メール", "en": "Mail"}, dated=False, phone=False)
CASH = Service("cash", {"ja": "代引", "en": "Cash"}, cash_on_delivery=True, cash_only=True, most_cod=50_000)
RED, BLUE = ("red", "box"), ("blue", "plain")
SERVICES = {
    RED: BOX,
    ("red", "mail"): MAIL,
    BLUE: replace(BOX, id="plain", cash_on_delivery=False),
    ("blue", "cash"): CASH,
}
TO = Address("架空 花子", "150-0001", "東京都", "渋谷区見本町", "1-2-3", "090-0000-1234")
LEAD = {("red", "東京都"): 1, ("red", "北海道"): 2, ("red", "沖縄県"): 3}
PICKUPS = {"red": ((14, 0), (17, 0)), "blue": ((16, 30),)}
POLICY = Policy(TOKYO, RED, services=SERVICES, pickups=PICKUPS, lead_days=LEAD)
NOW = "2026-01-07 10:00"  # a Wednesday


def ms(local: str, zone: ZoneInfo = TOKYO) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=zone).timestamp()) * 1000


def case(**more) -> Case:
    return Case(**({"ship_to": TO, "ordered_at": ms("2026-01-05 12:00")} | more))


def verdict(policy: Policy = POLICY, now: str = NOW, **more):
    return judge(case(**more), policy, ms(now, policy.zone))


def faults(found, hold=Hold.SERVICE):
    return [fault.key for fault in read_faults(found.holds.get(hold, ""))]


def with_(**more) -> Policy:
    return replace(POLICY, **more)


# --- carrier and service ------------------------------------------------------------------------------------------

METHODS = (Method("メール便", "red", "mail"), Method("宅配便", "blue", "plain"), Method("宅配便メール便", "red", "box"))


def chosen(delivery, methods=METHODS, **more):
    found = verdict(with_(methods=methods), delivery=delivery, **more)
    return found.carrier, found.service


def test_a_method_counts_where_it_is_the_whole_text_whatever_its_width():
    assert chosen("メール便") == ("red", "mail")
    assert chosen("ﾒｰﾙ便 ") == ("red", "mail")


def test_a_method_counts_as_a_part_of_the_text_and_the_longest_part_wins():
    assert chosen("宅配便（送料無料）") == BLUE
    assert chosen("送料無料 宅配便メール便 同梱") == RED


def test_the_shops_own_method_goes_before_the_houses():
    own = (Method("宅配便", "red", "mail"), *METHODS)
    assert chosen("宅配便", own) == ("red", "mail")
    assert chosen("宅配便 S", own) == ("red", "mail")


def test_a_method_that_no_row_names_goes_the_usual_way_and_without_one_by_no_carrier():
    assert chosen("自転車便") == RED
    assert verdict(with_(default=None, methods=METHODS), delivery="自転車便").carrier == ""


def test_a_method_may_go_without_a_carrier_and_then_nothing_is_asked_of_the_order():
    found = verdict(with_(methods=(Method("店頭受取", "", ""),)), delivery="店頭受取", wish="1/1", ship_to=Address())
    assert (found.carrier, dict(found.holds), found.ship_date) == ("", {}, None)


def test_what_a_person_chose_is_kept_and_what_it_lacks_is_said():
    found = verdict(chosen=("blue", "plain"), cod_amount="1000")
    assert (found.carrier, found.service, found.by_hand) == (*BLUE, True)
    assert faults(found) == ["fault.no_cod"]


def test_a_service_that_is_gone_holds_the_order():
    assert faults(verdict(with_(default=("red", "sled")))) == ["fault.no_service"]


# --- cash ---------------------------------------------------------------------------------------------------------


def test_cash_goes_by_the_same_carriers_service_that_collects_it():
    found = verdict(with_(default=("red", "mail")), cod_amount="3980")
    assert (found.service, found.cod) == ("box", 3980)


def test_cash_beyond_the_limit_or_too_cold_for_the_service_holds_the_order():
    assert faults(verdict(with_(default=BLUE), cod_amount="50001")) == ["fault.no_cod"]
    assert verdict(with_(default=BLUE), cod_amount="50000").service == "cash"
    assert faults(verdict(cod_amount="300001")) == ["fault.cod_limit"]


def test_an_order_that_pays_in_cash_without_an_amount_is_never_sent_for_free():
    assert faults(verdict(payment="代金引換")) == ["fault.cod_unknown"]
    assert faults(verdict(payment="クレジットカード")) == []


def test_a_service_that_cannot_name_the_sender_takes_no_gift():
    policy = with_(services={**SERVICES, ("red", "click"): replace(MAIL, id="click", sender=False)})
    gift = {"chosen": ("red", "click"), "sender": replace(TO, name="贈主 次郎")}
    assert faults(verdict(policy, **gift)) == ["fault.no_sender"]
    assert faults(verdict(policy, **gift | {"sender": None})) == []
    assert faults(verdict(policy, **gift | {"chosen": ("red", "mail")})) == []


@pytest.mark.parametrize(("text", "yen"), [("", 0), ("1080", 1080), ("1080.00", 1080), ("0", 0)])
def test_an_amount_is_whole_yen(text, yen):
    assert whole_yen(text) == yen


@pytest.mark.parametrize("text", ["1080.5", "-1", "x", "NaN", "1e30"])
def test_what_is_no_whole_amount_holds_the_order(text):
    assert whole_yen(text) is None
    assert faults(verdict(cod_amount=text)) == ["fault.cod_amount"]


# --- cold ---------------------------------------------------------------------------------------------------------


def goods(*temperatures: Temperature):
    return tuple((ProductFacts(each), 1) for each in temperatures)


def test_a_parcel_is_as_cold_as_its_coldest_goods():
    assert verdict().temperature is Temperature.AMBIENT
    assert verdict(products=goods(Temperature.AMBIENT, Temperature.CHILLED)).temperature is Temperature.CHILLED
    assert verdict(products=goods(Temperature.FROZEN, Temperature.CHILLED)).temperature is Temperature.FROZEN


@pytest.mark.parametrize(
    ("method", "temperature"),
    [("宅配便 冷蔵", Temperature.CHILLED), ("クール便", Temperature.CHILLED), ("クール便（冷凍）", Temperature.FROZEN)],
)
def test_the_delivery_method_can_ask_for_cold(method, temperature):
    assert verdict(delivery=method).temperature is temperature


def test_a_service_that_cannot_carry_the_cold_holds_the_order():
    found = verdict(with_(default=("red", "mail")), products=goods(Temperature.FROZEN))
    assert faults(found) == ["fault.no_frozen"]


# --- days ---------------------------------------------------------------------------------------------------------


def test_without_a_wish_an_order_goes_with_the_next_pickup_of_today():
    found = verdict()
    assert (found.ship_date, found.cut_off) == (date(2026, 1, 7), ms("2026-01-07 14:00"))
    assert verdict(now="2026-01-07 14:00").cut_off == ms("2026-01-07 17:00")


def test_after_the_last_pickup_an_order_goes_on_the_next_open_day_and_is_not_held_for_it():
    found = verdict(with_(closed_weekdays=frozenset({3})), now="2026-01-07 17:00")
    assert (found.ship_date, found.cut_off) == (date(2026, 1, 9), ms("2026-01-09 14:00"))
    assert Hold.DATE_AHEAD not in found.holds


def test_on_a_closed_day_an_order_waits_for_the_next_open_one():
    closed = with_(closed_days=frozenset({date(2026, 1, 7), date(2026, 1, 8)}))
    assert verdict(closed).ship_date == date(2026, 1, 9)


def test_without_pickups_there_is_no_cut_off_and_today_is_still_good():
    found = verdict(with_(pickups={}), now="2026-01-07 23:59")
    assert (found.ship_date, found.cut_off) == (date(2026, 1, 7), None)


def test_a_wish_is_shipped_the_lead_time_before():
    found = verdict(wish="2026-01-10", ship_to=replace(TO, prefecture="北海道", city="札幌市"))
    assert (found.wish_date, found.ship_date) == (date(2026, 1, 10), date(2026, 1, 8))
    assert found.holds == {Hold.DATE_AHEAD: "2026-01-08"}
    assert found.cut_off == ms("2026-01-08 14:00")


def test_a_wish_for_today_plus_lead_time_goes_today():
    found = verdict(wish="1月8日 午前中")
    assert (found.ship_date, found.slot, dict(found.holds)) == (date(2026, 1, 7), Slot.MORNING, {})


def test_the_ship_date_of_a_wish_is_walked_back_over_closed_days():
    closed = with_(closed_weekdays=frozenset({4, 5, 6}))
    assert verdict(closed, wish="2026-01-12").ship_date == date(2026, 1, 8)


def test_a_wish_that_can_no_longer_be_met_names_the_earliest_day():
    assert verdict(wish="2026-01-07").holds == {Hold.DATE_IMPOSSIBLE: "2026-01-08"}
    late = verdict(wish="2026-01-08", now="2026-01-07 17:00")
    assert late.holds == {Hold.DATE_IMPOSSIBLE: "2026-01-09"}
    assert late.ship_date == date(2026, 1, 8)


def test_new_year_is_walked_over_like_any_closed_days():
    closed = with_(closed_days=frozenset(date(2026, 1, 1) + timedelta(days=at) for at in range(-2, 4)))
    found = verdict(closed, wish="1/4", ordered_at=ms("2025-12-28 09:00"), now="2025-12-28 10:00")
    assert (found.wish_date, found.ship_date) == (date(2026, 1, 4), date(2025, 12, 29))
    late = verdict(closed, wish="1/4", ordered_at=ms("2025-12-29 18:00"), now="2025-12-29 18:00")
    assert late.holds == {Hold.DATE_IMPOSSIBLE: "2026-01-06"}


def test_the_leap_day_is_a_day_like_any_other():
    found = verdict(wish="2028-03-01", now="2028-02-28 10:00")
    assert found.ship_date == date(2028, 2, 29)
    assert verdict(wish="2028-02-29", now="2028-02-28 10:00").holds == {}


def test_without_a_lead_time_no_ship_date_is_guessed():
    found = verdict(wish="2026-01-20", ship_to=replace(TO, prefecture="愛知県", city="名古屋市"))
    assert faults(found) == ["fault.no_lead_time"]
    assert found.ship_date == date(2026, 1, 7)
    without = verdict(ship_to=replace(TO, prefecture="愛知県", city="名古屋市"))
    assert not without.holds


def test_a_wish_that_cannot_be_read_is_a_remark_with_the_words_and_only_where_a_carrier_goes():
    assert verdict(wish="1月10日以降").holds == {Hold.REMARK: "1月10日以降"}
    assert verdict(with_(default=None), wish="1月10日以降").holds == {}


def test_a_service_without_days_or_without_the_slot_holds_the_order():
    mail = with_(default=("red", "mail"))
    assert faults(verdict(mail, wish="2026-01-09")) == ["fault.no_day"]
    assert faults(verdict(wish="18-20時")) == ["fault.no_slot"]


def test_a_day_agreed_upon_goes_before_the_wish_and_a_waived_one_is_no_wish():
    agreed = verdict(wish="2026-01-07 14-16時", agreed=date(2026, 1, 10))
    assert (agreed.wish_date, agreed.slot, agreed.ship_date) == (date(2026, 1, 10), Slot.T14_16, date(2026, 1, 9))
    waived = verdict(wish="2026-01-07", wish_waived=True)
    assert (waived.wish_date, dict(waived.holds)) == (None, {})


def test_goods_not_on_sale_yet_wait_for_their_day():
    later = ((ProductFacts(on_sale_from=date(2026, 1, 15)), 1), (ProductFacts(on_sale_from=date(2026, 1, 9)), 1))
    found = verdict(products=later)
    assert found.holds == {Hold.PRE_ORDER: "2026-01-15"}
    assert (found.ship_date, found.cut_off) == (date(2026, 1, 15), ms("2026-01-15 14:00"))
    assert verdict(products=later, now="2026-01-15 09:00").holds == {}
    impossible = verdict(products=later, wish="2026-01-12")
    assert impossible.holds[Hold.DATE_IMPOSSIBLE] == "2026-01-16"


def test_a_pre_order_is_held_without_a_carrier_as_well():
    later = ((ProductFacts(on_sale_from=date(2026, 1, 15)), 1),)
    assert verdict(with_(default=None), products=later).holds == {Hold.PRE_ORDER: "2026-01-15"}


def test_a_pickup_that_the_file_demands_is_kept_until_it_has_passed():
    assert verdict(cut_off=ms("2026-01-07 12:00")).cut_off == ms("2026-01-07 12:00")
    assert verdict(cut_off=ms("2026-01-07 09:00")).cut_off == ms("2026-01-07 14:00")
    assert verdict(with_(default=None), cut_off=ms("2026-01-07 09:00")).cut_off == ms("2026-01-07 09:00")


# --- addresses ----------------------------------------------------------------------------------------------------


def test_addresses_and_phones_are_asked_only_where_a_carrier_goes():
    bad = replace(TO, postcode="", phone="")
    assert set(verdict(ship_to=bad).holds) == {Hold.BAD_ADDRESS, Hold.MISSING_PHONE}
    assert verdict(with_(default=None), ship_to=bad).holds == {}
    assert verdict(with_(check_address="off"), ship_to=bad).holds == {}
    assert set(verdict(with_(default=None, check_address="on"), ship_to=bad).holds) == {
        Hold.BAD_ADDRESS,
        Hold.MISSING_PHONE,
    }


def test_a_service_that_needs_no_phone_asks_for_none():
    assert verdict(with_(default=("red", "mail")), ship_to=replace(TO, phone="")).holds == {}


def test_an_address_that_is_awaited_is_not_judged():
    assert verdict(ship_to=Address(), awaited=True).holds == {}


def test_faults_are_sorted_into_holds_and_each_part_has_one():
    found = with_faults(
        verdict(),
        [
            Fault("fault.too_long", "to.address", (("overflow", "303"),)),
            Fault("fault.missing", "to.address"),
            Fault("fault.missing", "to.phone"),
            Fault("fault.too_many_seals", "seals"),
            Fault("fault.filler_phone", "to.phone", level=Level.WARNING),
        ],
    )
    assert faults(found, Hold.BAD_ADDRESS) == ["fault.too_long"]
    assert faults(found, Hold.MISSING_PHONE) == ["fault.missing"]
    assert faults(found) == ["fault.too_many_seals"]


def test_faults_come_back_from_the_detail_of_a_hold_and_other_details_hold_none():
    made = (Fault("fault.too_long", "to.address", (("value", "渋谷区"), ("limit", "32"))),)
    assert read_faults(fault_text(made)) == made
    for other in ("", "2026-01-08", "too thick", "[[", '[["x"]]', "[[1,2,3]]"):
        assert read_faults(other) == ()


# --- size ---------------------------------------------------------------------------------------------------------


def test_the_size_of_one_piece_is_the_sum_of_its_sides_and_more_pieces_need_more_room():
    one = ProductFacts(size_mm=(100, 300, 200))
    assert estimated_size([(one, 1)]) == 60
    assert estimated_size([(one, 4)]) == 90
    assert estimated_size([(one, 1), (ProductFacts(), 1)]) == 0
    assert estimated_size([]) == 0


# --- clocks -------------------------------------------------------------------------------------------------------


def test_the_day_of_a_moment_is_the_shops():
    late = ms("2026-01-07 23:30", ZoneInfo("UTC"))
    assert local_day(late, TOKYO) == date(2026, 1, 8)
    assert local_day(late, ZoneInfo("America/New_York")) == date(2026, 1, 7)


def test_another_time_zone_moves_the_pickups_with_it():
    there = with_(zone=ZoneInfo("Europe/Berlin"))
    assert verdict(there, now="2026-01-07 10:00").cut_off == ms("2026-01-07 14:00", ZoneInfo("Europe/Berlin"))


def test_a_pickup_in_the_hour_that_a_clock_change_skips_is_taken_after_it():
    berlin = ZoneInfo("Europe/Berlin")
    early = with_(zone=berlin, pickups={"red": ((2, 30),)})
    found = verdict(early, now="2026-03-29 00:00")
    assert found.cut_off is not None
    assert datetime.fromtimestamp(found.cut_off / 1000, UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


ZONES = st.sampled_from(
    ["Asia/Tokyo", "UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"]
)
TIMES = st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59)), max_size=4).map(tuple)
MOMENTS = st.integers(ms("2020-01-01 00:00"), ms("2040-01-01 00:00"))


@st.composite
def policies(draw):
    closed = draw(st.frozensets(st.integers(0, 6), max_size=6))
    base = draw(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
    holidays = frozenset(base + timedelta(days=at) for at in draw(st.lists(st.integers(0, 20), max_size=15)))
    times = draw(TIMES)
    zone = ZoneInfo(draw(ZONES))
    return with_(zone=zone, closed_weekdays=closed, closed_days=holidays, pickups={"red": times} if times else {})


@given(policies(), MOMENTS, st.integers(-3, 40))
def test_no_ship_date_is_closed_or_past_and_no_cut_off_is_past(policy, now, ahead):
    today = local_day(now, policy.zone)
    asked = replace(case(), agreed=today + timedelta(days=ahead), ordered_at=now)
    for each in (asked, case(ordered_at=now)):
        found = judge(each, policy, now)
        assert found.ship_date is not None
        assert policy.is_open(found.ship_date)
        assert found.ship_date >= today
        assert found.cut_off is None or found.cut_off > now
        if found.cut_off is not None:
            assert local_day(found.cut_off, policy.zone) == found.ship_date
        if Hold.DATE_IMPOSSIBLE in found.holds:
            assert found.wish_date is not None
            earliest = date.fromisoformat(found.holds[Hold.DATE_IMPOSSIBLE])
            assert earliest > found.wish_date
            # What is said to be possible is possible.
            again = judge(replace(asked, agreed=earliest), policy, now)
            assert Hold.DATE_IMPOSSIBLE not in again.holds
        elif found.wish_date is not None:
            assert found.ship_date + timedelta(days=1) <= found.wish_date


@given(policies(), MOMENTS)
def test_the_next_departure_is_the_earliest_there_is(policy, now):
    today = local_day(now, policy.zone)
    day, _ = next_departure(policy, "red", now)
    earlier = [today + timedelta(days=at) for at in range((day - today).days)]
    passed_over = [each for each in earlier if policy.is_open(each)]
    assert passed_over in ([], [today])
    assert not passed_over or policy.pickups, "only a last pickup makes today too late"
