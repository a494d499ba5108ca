"""The gate in both databases: judged at intake, again with time, with settings, by hand; the age of data."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from app.domain.gate import read_faults
from app.domain.orders import Address, Hold
from app.domain.products import IncomingProduct
from app.domain.shipping import Temperature
from app.errors import NotAllowed, NotFound, SettingsWrong
from app.services import attention, carrier_settings, gate
from app.services import orders as orders_service
from app.services.desk import Desk
from app.storage import carriers as carriers_storage
from app.storage import holds as holds_storage
from app.storage import intake as intake_storage
from app.storage import products as products_storage
from app.storage.carriers import LeadTime, MethodRow
from app.storage.database import Transaction
from tests.makers import Goods, add_goods, change, faults_of, incoming, query, set_to, take_in

TOKYO = ZoneInfo("Asia/Tokyo")
TO = Address("架空 花子", "150-0001", "東京都", "渋谷区見本町", "1-2-3", "090-0000-1234")
BUYER = Address("見本 太郎", phone="03-0000-0000")
YAMATO = "yamato_b2"


class Clock:
    """The database's clock, for as long as a test lasts."""

    def __init__(self, text):
        self.set(text)

    def set(self, text):
        self.now = int(datetime.fromisoformat(text).replace(tzinfo=TOKYO).timestamp()) * 1000


@pytest.fixture
def clock(monkeypatch):
    """Wednesday, 7 January 2026, 10:00 in Tokyo."""
    made = Clock("2026-01-07 10:00")
    monkeypatch.setattr(Transaction, "now", property(lambda _: made.now))
    return made


class House:
    """A shop that ships by Yamato from Tokyo, with pickups at 14:00 and 17:00."""

    def __init__(self, database):
        self.database = database
        set_to(database, carrier_default=f"{YAMATO}/takkyubin", ship_origin="東京都")
        with database.transaction() as tx:
            carriers_storage.put_pickups(tx, YAMATO, ["14:00", "17:00"])
            rows = [LeadTime(YAMATO, "東京都", "東京都", 1), LeadTime(YAMATO, "東京都", "北海道", 2)]
            carriers_storage.put_lead_times(tx, rows)
            add_goods(tx, Goods(1, stock=50), Goods(2, stock=50))

    def take(self, number="1001", goods=(("SKU-1", 1),), **more):
        with self.database.transaction() as tx:
            given = {"ship_to": TO, "buyer": BUYER, "ordered_at": tx.now} | more
            return take_in(tx, incoming(number, *goods, **given))

    def act(self, function, *args, **more):
        with self.database.transaction() as tx:
            return function(tx, "office", str(uuid4()), *args, **more)

    def recheck(self):
        with self.database.transaction() as tx:
            found = gate.due(tx)
        return self.act(gate.recheck, found)

    def id(self, number="1001"):
        ((order,),) = query(self.database, "SELECT id FROM orders WHERE number = ? AND ship_to_key = ''", number)
        return order

    def order(self, number="1001"):
        names = "state, held, carrier, service, service_by, temperature, ship_date, wish_date, slot, cod, cut_off"
        rows = query(self.database, f"SELECT {names} FROM orders WHERE number = ? AND ship_to_key = ''", number)
        return dict(zip(names.split(", "), rows[0], strict=True))

    def holds(self, number="1001"):
        statement = "SELECT hold, detail FROM holds WHERE order_id = ? AND lifted_at IS NULL"
        return dict(query(self.database, statement, self.id(number)))


@pytest.fixture
def house(database, clock):
    return House(database)


def moment(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=TOKYO).timestamp()) * 1000


# --- at intake ----------------------------------------------------------------------------------------------------


def test_an_order_is_judged_as_it_comes_in(house):
    report = house.take(wish="2026-01-10 14-16時", cod_amount="3980")
    assert report.orders["held"] == 1
    found = house.order()
    assert (found["carrier"], found["service"], found["cod"]) == (YAMATO, "takkyubin", 3980)
    assert (found["ship_date"], found["wish_date"], found["slot"]) == ("2026-01-09", "2026-01-10", "14-16")
    assert found["cut_off"] == moment("2026-01-09 14:00")
    assert (found["state"], found["held"]) == ("received", 1)
    assert house.holds() == {"date_ahead": "2026-01-09"}
    assert faults_of(house.database) == []


def test_an_order_that_may_go_today_is_ready_with_the_next_pickup(house):
    house.take()
    found = house.order()
    assert (found["state"], found["ship_date"], found["cut_off"]) == ("ready", "2026-01-07", moment("2026-01-07 14:00"))
    assert query(house.database, "SELECT queue_at FROM orders") == [(found["cut_off"],)]
    assert query(house.database, "SELECT carrier, state, number FROM loads") == [(YAMATO, "ready", 1)]


def test_without_a_carrier_nothing_is_asked(house):
    set_to(house.database, carrier_default="")
    house.take(wish="1月10日以降", ship_to=Address("花子"))
    assert house.holds() == {}
    assert house.order()["ship_date"] == ""


def test_the_shops_own_table_goes_before_the_houses(house):
    house.take("1000")
    ((shop,),) = query(house.database, "SELECT id FROM shops")
    with house.database.transaction() as tx:
        carriers_storage.put_method(tx, MethodRow(0, "メール便", YAMATO, "nekopos"))
        carriers_storage.put_method(tx, MethodRow(shop, "メール便", "sagawa_e3", "hikyaku"))
    with house.database.transaction() as tx:
        assert [row.shop for row in carriers_storage.methods(tx)] == [shop, 0]
        assert gate.policy_of(tx, shop).methods[0].carrier == "sagawa_e3"
        assert [method.carrier for method in gate.policy_of(tx, shop + 1).methods] == [YAMATO]


def test_temperature_and_day_of_sale_come_from_the_products(house):
    with house.database.transaction() as tx:
        for sku, more in (("ICE", {"temperature": Temperature.FROZEN}), ("NEW", {"on_sale_from": "2026-01-15"})):
            products_storage.save(tx, IncomingProduct(sku, name=sku, **more))
    house.take(goods=(("SKU-1", 1), ("ICE", 1), ("NEW", 1)))
    assert house.order()["temperature"] == "frozen"
    assert house.holds() == {"pre_order": "2026-01-15"}


def test_an_address_too_long_for_the_carrier_is_named_with_what_finds_no_room(house):
    house.take(ship_to=Address(TO.name, TO.postcode, TO.prefecture, TO.city, "見本町" * 20, TO.phone))
    ((key, field, args),) = json.loads(house.holds()["bad_address"])
    assert (key, field) == ("fault.too_long", "to.address")
    assert args["overflow"]


def test_a_missing_phone_and_a_bad_postcode_are_two_holds(house):
    house.take(ship_to=Address(TO.name, "15-1", TO.prefecture, TO.city, TO.street))
    assert set(house.holds()) == {"bad_address", "missing_phone"}


def test_looking_products_up_costs_one_statement_a_chunk_and_none_an_order(house, monkeypatch):
    calls = []
    real = gate.storage.product_facts
    monkeypatch.setattr(gate.storage, "product_facts", lambda tx, ids: calls.append(1) or real(tx, ids))
    with house.database.transaction() as tx:
        orders = [incoming(str(at), ("SKU-1", 1), ("SKU-2", 1), ship_to=TO, wish="2026-01-10") for at in range(50)]
        assert take_in(tx, *orders).orders["added"] == 50
    assert len(calls) == 1


def test_a_change_of_the_wish_moves_the_ship_date_and_a_lift_ends_with_it(house):
    house.take(wish="2026-01-10")
    house.act(orders_service.lift, house.id(), ["date_ahead"])
    assert house.order()["state"] == "ready"
    house.take(wish="2026-01-10")
    assert house.order()["state"] == "ready", "the same content changes nothing"
    house.take(wish="2026-01-12")
    assert house.holds() == {"date_ahead": "2026-01-11"}
    assert house.order()["state"] == "received"


def test_a_service_chosen_by_hand_stays_when_the_order_comes_in_again(house):
    house.take()
    house.act(gate.choose_service, house.id(), YAMATO, "nekopos")
    house.take(goods=(("SKU-1", 2),))
    found = house.order()
    assert (found["service"], found["service_by"]) == ("nekopos", "hand")


# --- time ---------------------------------------------------------------------------------------------------------


def test_nothing_is_due_while_nothing_has_passed(house):
    house.take()
    house.take("1002", wish="2026-01-10")
    with house.database.transaction() as tx:
        assert gate.due(tx) == []


def test_a_passed_pickup_moves_the_order_to_the_next_one_and_then_to_the_next_day(house, clock):
    house.take()
    for at, pickup, day in (
        ("2026-01-07 14:00", "2026-01-07 17:00", "2026-01-07"),
        ("2026-01-07 17:00", "2026-01-08 14:00", "2026-01-08"),
        ("2026-01-09 09:00", "2026-01-09 14:00", "2026-01-09"),
    ):
        clock.set(at)
        assert house.recheck() == 1
        found = house.order()
        assert (found["cut_off"], found["ship_date"], found["state"]) == (moment(pickup), day, "ready")
        with house.database.transaction() as tx:
            assert gate.due(tx) == []


def test_an_order_dated_ahead_becomes_ready_when_its_day_is_next(house, clock):
    house.take(wish="2026-01-10")
    clock.set("2026-01-08 16:59")
    assert house.recheck() == 0
    assert house.order()["state"] == "received"
    clock.set("2026-01-08 17:00")
    assert house.recheck() == 1
    found = house.order()
    assert (found["state"], found["ship_date"], found["cut_off"]) == ("ready", "2026-01-09", moment("2026-01-09 14:00"))
    assert house.holds() == {}


def test_goods_on_sale_today_let_their_orders_go(house, clock):
    with house.database.transaction() as tx:
        products_storage.save(tx, IncomingProduct("NEW", name="NEW", on_sale_from="2026-01-09"))
    house.take(goods=(("NEW", 1),))
    clock.set("2026-01-09 00:00")
    assert house.recheck() == 1
    assert house.order()["state"] == "ready"


def test_a_clock_that_jumps_back_or_years_ahead_leaves_no_order_in_the_past(house, clock):
    house.take(wish="2026-01-10")
    house.take("1002")
    for at in ("2025-12-31 23:00", "2028-02-29 12:00", "2026-01-07 10:00"):
        clock.set(at)
        house.act(gate.recheck, [house.id(), house.id("1002")])
        for number in ("1001", "1002"):
            found = house.order(number)
            assert found["ship_date"] >= at[:10]
            assert found["cut_off"] > clock.now
    assert house.holds() == {"date_ahead": "2026-01-09"}


def test_a_day_missed_because_nobody_released_it_asks_for_the_customer(house, clock):
    house.take(wish="2026-01-08")
    assert house.order()["state"] == "ready"
    clock.set("2026-01-07 17:00")
    assert house.recheck() == 1
    assert house.holds() == {"date_impossible": "2026-01-09"}
    with house.database.transaction() as tx:
        (contact,) = attention.contacts(tx)
    assert (contact.about, contact.detail, contact.asked) == ("date", "2026-01-09", "見本 太郎 03-0000-0000")


def test_a_lifted_hold_stays_lifted_however_often_it_is_judged(house, clock):
    house.take(wish="2026-01-12")
    house.act(orders_service.lift, house.id(), ["date_ahead"])
    clock.set("2026-01-08 10:00")
    house.act(gate.recheck, [house.id()])
    assert house.holds() == {}
    assert house.order()["state"] == "ready"


def test_a_lift_outlasts_the_days_on_which_the_hold_would_not_have_stood(house, clock):
    house.take(wish="2026-01-12")
    house.act(orders_service.lift, house.id(), ["date_ahead"])
    for day in ("2026-01-11 10:00", "2026-01-08 10:00"):
        clock.set(day)
        house.act(gate.recheck, [house.id()])
    assert house.holds() == {}


def test_a_released_order_is_frozen(house, clock):
    house.take()
    change(house.database, "UPDATE orders SET state = 'released' WHERE id = ?", house.id())
    before = house.order()
    clock.set("2026-01-09 10:00")
    assert house.act(gate.recheck, [house.id()]) == 0
    assert house.order() == before


def test_the_same_act_twice_judges_once(house, clock):
    house.take()
    clock.set("2026-01-08 10:00")
    act = str(uuid4())
    for _ in range(2):
        with house.database.transaction() as tx:
            assert gate.recheck(tx, "office", act, [house.id()]) == 1
    assert query(house.database, "SELECT count(*) FROM journal WHERE kind = 'recheck'") == [(1,)]


def test_what_is_due_is_judged_in_chunks_at_the_desk_and_then_nothing_is_written(house, open_another, clock):
    with house.database.transaction() as tx:
        take_in(tx, *[incoming(str(at), ("SKU-1", 1), ship_to=TO) for at in range(230)])
    desk = Desk(open_another(), "leader")
    try:
        clock.set("2026-01-07 15:00")
        assert gate.recheck_due(desk) == 230
        ((acts,),) = query(house.database, "SELECT count(*) FROM journal WHERE kind = 'recheck'")
        assert acts >= 3  # fewer at a time where the machine is slow
        assert gate.recheck_due(desk) == 0
        assert query(house.database, "SELECT count(*) FROM journal WHERE kind = 'recheck'") == [(acts,)]
    finally:
        desk.stop()
    assert faults_of(house.database) == []


def test_settings_that_change_are_applied_to_every_waiting_order(house, open_another):
    house.take()
    set_to(house.database, carrier_default="")
    desk = Desk(open_another(), "leader")
    try:
        assert gate.recheck_open(desk) == 1
    finally:
        desk.stop()
    assert (house.order()["carrier"], house.order()["ship_date"]) == ("", "")
    assert query(house.database, "SELECT number FROM loads WHERE number <> 0") == []


# --- by hand ------------------------------------------------------------------------------------------------------


def test_a_service_chosen_by_hand_is_kept_and_judged_and_can_be_handed_back(house):
    house.take(wish="2026-01-08")
    house.act(gate.choose_service, house.id(), YAMATO, "nekopos")
    assert (house.order()["service"], house.order()["service_by"]) == ("nekopos", "hand")
    assert set(house.holds()) == {"service"}
    house.act(gate.choose_service, house.id(), "", "")
    found = house.order()
    assert (found["service"], found["service_by"], found["state"]) == ("takkyubin", "", "ready")


def test_a_service_cannot_be_chosen_after_the_release_nor_one_that_is_not_there(house):
    house.take()
    with pytest.raises(NotFound):
        house.act(gate.choose_service, house.id(), YAMATO, "sled")
    change(house.database, "UPDATE orders SET state = 'released' WHERE id = ?", house.id())
    with pytest.raises(NotAllowed, match=r"gate\.cannot_choose"):
        house.act(gate.choose_service, house.id(), YAMATO, "nekopos")


def test_the_benchs_own_wish_for_another_service_is_not_taken_away(house):
    house.take()
    with house.database.transaction() as tx:
        holds_storage.add_hold(tx, house.id(), Hold.SERVICE, "too thick")
    house.act(gate.recheck, [house.id()])
    assert house.holds() == {"service": "too thick"}


# --- what is laid down --------------------------------------------------------------------------------------------


def lead_file(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "lead.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_lead_time_table_is_read_with_japanese_or_english_names_of_columns(house, tmp_path):
    japanese = "# 見本\n運送会社,発地,着地,日数\nyamato_b2,東京,大阪府,1\nyamato_b2,東京都,沖縄県,３日\n"
    for text, encoding in ((japanese, "cp932"), ("days,to,from,carrier\n2,大阪,東京都,yamato_b2\n", "utf-8-sig")):
        report = house.act(carrier_settings.import_lead_times, lead_file(tmp_path, text, encoding))
        assert report.problems == []
    rows = query(house.database, "SELECT origin, prefecture, days FROM lead_times")
    assert rows == [("東京都", "大阪府", 2)], "a file replaces what it names"


@pytest.mark.parametrize(
    ("row", "key", "column", "value"),
    [
        ("black_cat,東京都,大阪府,1", "lead.unknown_carrier", "carrier", "black_cat"),
        ("yamato_b2,江戸,大阪府,1", "lead.no_prefecture", "origin", "江戸"),
        ("yamato_b2,東京都,,1", "lead.no_prefecture", "prefecture", ""),
        ("yamato_b2,東京都,大阪府,-1", "lead.bad_days", "days", "-1"),
        ("yamato_b2,東京都,大阪府,翌日", "lead.bad_days", "days", "翌日"),
        ("yamato_b2,東京都,大阪府", "lead.bad_days", "days", ""),
        ("yamato_b2,東京都,北海道,3", "lead.twice", "days", "3"),
    ],
)
def test_one_wrong_row_is_named_with_its_place_and_nothing_is_taken_in(house, tmp_path, row, key, column, value):
    text = f"carrier,origin,prefecture,days\nyamato_b2,東京都,北海道,2\n{row}\n"
    before = query(house.database, "SELECT * FROM lead_times")
    report = house.act(carrier_settings.import_lead_times, lead_file(tmp_path, text))
    (found,) = report.problems
    assert (found.row, found.column, found.value, found.key) == (3, column, value, key)
    assert report.rows == 0
    assert query(house.database, "SELECT * FROM lead_times") == before


def test_the_demos_table_says_that_it_is_invented_and_can_be_read(house):
    from app.plugins import resource_root

    path = resource_root() / "demo" / "lead_times.csv"
    assert "Invented" in path.read_text(encoding="utf-8").splitlines()[0]
    report = house.act(carrier_settings.import_lead_times, path)
    assert (report.rows, report.problems) == (94, [])


def test_values_of_an_account_have_to_fit_the_carrier(house):
    house.act(carrier_settings.put_account, YAMATO, {"customer_code": "０９０1234567８９"})
    with house.database.transaction() as tx:
        assert carriers_storage.account(tx, YAMATO, 7) == {"customer_code": "090123456789"}
    for wrong in ({"customer_code": "12"}, {"colour": "red"}):
        with pytest.raises(SettingsWrong):
            house.act(carrier_settings.put_account, YAMATO, wrong)
    house.act(carrier_settings.put_account, YAMATO, {"customer_code": "0300000000"}, 7)
    with house.database.transaction() as tx:
        assert carriers_storage.account(tx, YAMATO, 7) == {"customer_code": "0300000000"}
        assert carriers_storage.account(tx, YAMATO, 8) == {"customer_code": "090123456789"}


def test_pickups_are_times_of_day_in_order(house):
    assert house.act(carrier_settings.put_pickups, YAMATO, ["17時", "9:05", "17:00"]) == ("09:05", "17:00")
    with pytest.raises(SettingsWrong):
        house.act(carrier_settings.put_pickups, YAMATO, ["25:00"])
    assert house.act(carrier_settings.put_pickups, YAMATO, []) == ()


def test_days_are_closed_and_opened_one_by_one_or_as_a_span(house):
    assert house.act(carrier_settings.close_days, ["2025-12-30..2026-01-02", "2026/01/12"]) == 5
    assert house.act(carrier_settings.close_days, ["2026-01-02"]) == 0
    assert house.act(carrier_settings.open_days, ["2026-01-12"]) == 1
    with house.database.transaction() as tx:
        assert [each.day for each in carrier_settings.closed_days(tx, "2026-01-01")] == ["2026-01-01", "2026-01-02"]
    for wrong in ("2026-02-30", "2026-01-02..2026-01-01", "soon"):
        with pytest.raises(SettingsWrong):
            house.act(carrier_settings.close_days, [wrong])


def test_closed_weekdays_are_read_in_both_languages_and_a_slip_of_the_key_is_refused():
    assert (
        gate.closed_weekdays("sat,sun")
        == gate.closed_weekdays("土日")
        == gate.closed_weekdays("土曜、日曜日")
        == {5, 6}
    )
    assert gate.closed_weekdays("Saturday Sunday") == {5, 6}
    assert gate.closed_weekdays("") == frozenset()
    with pytest.raises(SettingsWrong):
        gate.closed_weekdays("sut,sun")


# --- gifts --------------------------------------------------------------------------------------------------------


def test_a_gift_whose_buyer_does_not_fit_on_a_waybill_is_held_by_name(house):
    wordy = replace(TO, name="あ" * 40, phone="")
    house.take("1", buyer=wordy, gift=True)
    house.take("2", buyer=wordy)
    house.take("3", buyer=replace(TO, phone=""), gift=True)
    assert [house.order(number)["held"] for number in "123"] == [1, 0, 0]
    ((hold, detail),) = house.holds("1").items()
    assert (hold, read_faults(detail)[0].field) == ("bad_address", "sender.name")
    assert house.act(gate.recheck, [house.id(number) for number in "123"]) == 0
    house.take("1", buyer=TO, gift=True)
    assert house.order("1")["state"] == "ready"


# --- the age of data ----------------------------------------------------------------------------------------------


def test_the_age_of_a_shops_data_is_that_of_its_newest_order_file(house, clock):
    house.take()
    with house.database.transaction() as tx:
        (age,) = gate.data_age(tx)
        assert (age.shop, age.at, age.minutes, age.stale) == ("shop", None, None, True)
        for kind in ("orders", "numbers"):
            given = {"file": "a.csv", "sha256": "", "channel": "csv", "shop": "shop", "result": "{}", "kind": kind}
            intake_storage.add_import(tx, act="1", **given)
            clock.now += 3_600_000
    clock.now += 3_600_000
    with house.database.transaction() as tx:
        (age,) = gate.data_age(tx)
        assert (age.minutes, age.stale) == (180, False)
    clock.now += int(timedelta(minutes=1).total_seconds()) * 1000
    with house.database.transaction() as tx:
        assert gate.data_age(tx)[0].stale


def test_a_file_that_a_wrong_clock_dates_ahead_makes_no_data_new(house, clock):
    house.take()
    given = {"file": "a.csv", "sha256": "", "channel": "csv", "shop": "shop", "result": "{}", "kind": "orders"}
    with house.database.transaction() as tx:
        intake_storage.add_import(tx, act="1", **given)
    clock.now += 86_400_000
    with house.database.transaction() as tx:
        intake_storage.add_import(tx, act="2", **given)
    clock.now -= 86_400_000 - 60_000
    with house.database.transaction() as tx:
        (age,) = gate.data_age(tx)
        assert (age.minutes, age.stale) == (1, False), "the one before still counts"
    clock.now += 4 * 3_600_000
    with house.database.transaction() as tx:
        assert gate.data_age(tx)[0].stale


def test_a_shop_without_a_carrier_or_without_a_limit_is_never_stale(house):
    house.take()
    set_to(house.database, intake_max_age="0")
    with house.database.transaction() as tx:
        assert not gate.data_age(tx)[0].stale
    set_to(house.database, intake_max_age="180", carrier_default="")
    with house.database.transaction() as tx:
        assert not gate.data_age(tx)[0].stale
