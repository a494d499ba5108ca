"""The price list in both databases: files in and out, the choice at the gate, with cartons, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.carton_list import ListedCarton
from app.domain.cartons import CartonKind
from app.domain.orders import Address
from app.domain.rate_choice import BY_HAND, choice_of
from app.domain.rates import Extra, Island, Rate, Zone
from app.domain.shipping import Temperature
from app.errors import NotAllowed, NotFound, SettingsWrong
from app.plugins import resource_root
from app.services import carton_plans, changes, gate, rates, release
from app.services.desk import Desk, new_act
from app.services.rates import Wanted
from app.storage import carriers as carriers_storage
from app.storage import carton_plans as plans_storage
from app.storage import cartons as cartons_storage
from app.storage import rates as storage
from app.storage.carriers import LeadTime
from tests.makers import (
    Goods,
    Station,
    add_goods,
    change,
    ean,
    faults_of,
    incoming,
    only_on_sqlite,
    query,
    set_to,
    take_in,
)

YAMATO, SAGAWA = "yamato_b2", "sagawa_e3"
DAY = "2020-01-01"
OSAKA = Address("架空 花子", "530-0001", "大阪府", "大阪市見本町", "1-2-3", "090-0000-1234")
S60 = ListedCarton("S60", (240, 160, 110), (246, 166, 122), 10_000, cost_yen=60)
FLAT = ListedCarton(
    "FLAT", (300, 215, 20), (305, 220, 25), 900, kind=CartonKind.MAILER, cost_yen=40, services=(f"{YAMATO}/nekopos",)
)
CARD = Goods(1, stock=500, more={"size_mm": (200, 140, 10), "weight_g": 100})
TEA = Goods(2, stock=500, more={"size_mm": (120, 80, 40), "weight_g": 400})
ICE = Goods(3, stock=500, more={"size_mm": (120, 80, 40), "weight_g": 400, "temperature": "frozen"})
BARE = Goods(4, stock=500)
THICK = Goods(5, stock=500, more={"size_mm": (200, 140, 24), "weight_g": 300})
"""Thin enough by itself for ネコポス, too thick for the only mailer."""


class House:
    """A shop in Tokyo that may send by Yamato and Sagawa, with a small price list."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.database = desk, desk.database
        set_to(self.database, carrier_default=f"{YAMATO}/takkyubin", ship_origin="東京都", address_check="off",
               carrier_order=f"{YAMATO},{SAGAWA}")  # fmt: skip
        with self.database.transaction() as tx:
            add_goods(tx, CARD, TEA, ICE, BARE, THICK)
            storage.put_zones(tx, [Zone(YAMATO, "東京都", "関東"), Zone(YAMATO, "大阪府", "関西")])
            made = [Rate(YAMATO, "takkyubin", size, "関東", "関西", DAY, 880 + size) for size in (60, 80, 100, 120)]
            made += [Rate(YAMATO, "nekopos", 0, "*", "*", DAY, 385), Rate(SAGAWA, "hikyaku", 60, "*", "*", DAY, 800)]
            storage.put_rates(tx, made)
            storage.put_extras(
                tx, [Extra(YAMATO, "", "cod", 0, 10_000, DAY, 330), Extra(YAMATO, "", "frozen", 60, 0, DAY, 660)]
            )

    def choose(self, how: str = "cheapest", **more: str) -> House:
        set_to(self.database, carrier_choose=how, **more)
        return self

    def order(self, *wanted: tuple[str, int], number: str = "1001", **more: object) -> int:
        with self.database.transaction() as tx:
            take_in(tx, incoming(number, *wanted, **({"ship_to": OSAKA} | more)))
        return self.id(number)

    def id(self, number: str = "1001") -> int:
        return int(query(self.database, "SELECT id FROM orders WHERE number = ?", number)[0][0])

    def goes(self, order: int) -> tuple[str, str, int | None]:
        return query(self.database, "SELECT service, service_by, rate FROM orders WHERE id = ?", order)[0]

    def choice(self, order: int):
        return choice_of(query(self.database, "SELECT choice FROM orders WHERE id = ?", order)[0][0])

    def why(self, order: int, name: str) -> list[str]:
        (found,) = [each for each in self.choice(order).candidates if each.name == name]
        return [reason.key.rpartition(".")[2] for reason in found.reasons]

    def cartons(self, *listed: ListedCarton) -> None:
        with self.database.transaction() as tx:
            for each in listed:
                cartons_storage.put(tx, each)
            plans_storage.list_changed(tx)

    def do(self, function, *args, **more):
        return self.desk.do(rates.TOPICS, function, self.desk.station, new_act(), *args, **more).result()

    def file(self, tmp_path, kind, *lines, **more):
        path = tmp_path / f"{kind}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return rates.import_file(self.desk, path, kind, **more)


@pytest.fixture
def house(open_another):
    desk = Desk(open_another(), "office")
    yield House(desk)
    desk.stop()


# --- at the gate --------------------------------------------------------------------------------------------------


def test_a_thin_order_goes_by_the_cheapest_and_the_reason_is_kept(house):
    order = house.choose().order(("SKU-1", 1))
    assert house.goes(order) == ("nekopos", "", 385)
    made = house.choice(order)
    assert [(each.name, each.yen) for each in made.candidates] == [
        (f"{YAMATO}/nekopos", 385), (f"{SAGAWA}/hikyaku", 800), (f"{YAMATO}/takkyubin", 940)
    ]  # fmt: skip
    assert (made.by, made.real) == ("price", False)
    assert query(house.database, "SELECT carrier, state, number FROM loads") == [(YAMATO, "ready", 1)]
    assert faults_of(house.database) == []


def test_by_method_nothing_changes_but_what_it_costs_is_known(house):
    order = house.order(("SKU-1", 1))
    assert house.goes(order) == ("takkyubin", "", 940)
    assert house.choice(order) is None


def test_within_the_carrier_that_was_paid_for(house):
    order = house.choose("cheapest_of_method").order(("SKU-2", 1))
    assert house.goes(order) == ("takkyubin", "", 940)
    assert {each.carrier for each in house.choice(order).candidates} == {YAMATO}


def test_what_cannot_be_is_said_for_each_service(house):
    order = house.choose().order(("SKU-3", 1), cod_amount="3000", wish="14-16時")
    assert house.goes(order) == ("takkyubin", "", 940 + 660 + 330)
    assert house.why(order, f"{YAMATO}/nekopos") == ["no_cod", "no_frozen", "no_slot", "too_thick"]
    assert house.goes(house.order(("SKU-2", 30), number="heavy"))[0] == "takkyubin"
    assert house.why(house.id("heavy"), f"{SAGAWA}/hikyaku") == ["no_price"]


def test_a_day_that_is_not_reached_does_not_win(house):
    with house.database.transaction() as tx:
        rows = [LeadTime(YAMATO, "東京都", "大阪府", 1), LeadTime(SAGAWA, "東京都", "大阪府", 9)]
        carriers_storage.put_lead_times(tx, rows)
        now = tx.now
    from datetime import UTC, datetime, timedelta

    wish = (datetime.fromtimestamp(now / 1000, UTC) + timedelta(days=4)).date().isoformat()
    order = house.choose().order(("SKU-2", 1), wish=wish)
    assert house.goes(order)[0] == "takkyubin"
    assert house.why(order, f"{SAGAWA}/hikyaku") == ["date"]


def test_without_a_size_or_a_price_it_goes_by_its_method(house):
    order = house.choose().order(("SKU-4", 1))
    assert house.goes(order) == ("takkyubin", "", None)
    assert house.why(order, f"{YAMATO}/takkyubin") == ["no_size"]


def test_islands_and_first_days(house, tmp_path):
    with house.database.transaction() as tx:
        storage.put_islands(tx, [Island(SAGAWA, "530", "見本島")])
        storage.put_rates(tx, [Rate(YAMATO, "takkyubin", 60, "関東", "関西", "2999-01-01", 1)])
    order = house.choose().order(("SKU-2", 1))
    assert house.goes(order) == ("takkyubin", "", 940)
    assert house.why(order, f"{SAGAWA}/hikyaku") == ["no_island_price"]


def test_limits_that_the_house_knows_better_go_before_the_programs(house):
    set_to(house.database, carrier_limits=f"{YAMATO}/nekopos=31.2x22.8x0.5")
    order = house.choose().order(("SKU-1", 1))
    assert house.goes(order)[0] == "hikyaku"
    assert house.why(order, f"{YAMATO}/nekopos") == ["too_thick"]
    for wrong in ("yamato_b2/nekopos=thin", "nobody/nothing=1x1x1"):
        set_to(house.database, carrier_limits=wrong)
        with pytest.raises(SettingsWrong):
            gate.recheck_open(house.desk)


def test_a_persons_choice_stays_and_its_price_is_known(house):
    order = house.choose().order(("SKU-1", 1))
    house.do(gate.choose_service, order, YAMATO, "takkyubin")
    gate.recheck_open(house.desk)
    assert house.goes(order) == ("takkyubin", "hand", 940)
    assert house.choice(order).by == BY_HAND
    house.do(gate.choose_service, order, "", "")
    assert house.goes(order) == ("nekopos", "", 385)


def test_new_prices_are_looked_at_for_orders_that_wait(house, tmp_path):
    order = house.choose().order(("SKU-2", 1))
    assert house.goes(order) == ("hikyaku", "", 800)
    house.file(
        tmp_path,
        "rates",
        "carrier,service,size,from_zone,to_zone,price,valid_from",
        f"{SAGAWA},hikyaku,60,*,*,990,{DAY}",
    )
    assert gate.recheck_open(house.desk) == 1
    assert house.goes(order) == ("takkyubin", "", 940)


@only_on_sqlite
def test_a_name_that_is_no_carrier_is_said(house):
    house.choose(carrier_order="yamato_b2, nobody")
    with pytest.raises(SettingsWrong) as refused:
        house.order(("SKU-1", 1))
    assert "nobody" in str(refused.value.args_["value"])


# --- with cartons -------------------------------------------------------------------------------------------------


def test_the_boxes_decide_again_and_other_boxes_follow(house):
    """By the estimate it is thin; no mailer holds it, so it needs a box, which does not go by ネコポス."""
    house.cartons(replace(S60, services=(f"{YAMATO}/takkyubin", f"{SAGAWA}/hikyaku")), FLAT)
    order = house.choose().order(("SKU-5", 1))
    assert house.goes(order) == ("nekopos", "", 385)
    carton_plans.settle(house.desk)
    assert house.goes(order) == ("hikyaku", "", 800)
    made = house.choice(order)
    assert (made.real, made.turns, made.boxes) == (True, 1, ("S60 24.6×16.6×12.2 cm 0.3 kg",))
    assert house.why(order, f"{YAMATO}/nekopos") == ["carton"]
    assert house.desk.read(carton_plans.read_guide, order).result().problems == ()  # the boxes are those of 飛脚宅配便
    before = house.goes(order)
    carton_plans.settle(house.desk)
    gate.recheck_open(house.desk)  # the proposal goes before the estimate
    assert house.goes(order) == before
    assert faults_of(house.database) == []


def test_what_fits_into_a_mailer_stays_with_it(house):
    house.cartons(S60, FLAT)
    order = house.choose().order(("SKU-1", 1))
    carton_plans.settle_of(house.desk, [order], 5)
    assert house.goes(order) == ("nekopos", "", 385)
    assert house.choice(order).boxes[0].startswith("FLAT")


def test_two_boxes_are_two_prices(house):
    house.cartons(S60)
    order = house.choose(carrier_order=f"{YAMATO}/takkyubin").order(("SKU-2", 20))
    carton_plans.settle(house.desk)
    chosen = house.choice(order).chosen
    assert chosen.pieces >= 2
    assert house.goes(order)[2] == chosen.yen == sum(part.yen for part in chosen.parts)


def test_an_order_with_other_goods_is_chosen_anew(house):
    house.cartons(S60, FLAT)
    order = house.choose().order(("SKU-5", 1))
    carton_plans.settle(house.desk)
    assert house.goes(order)[0] == "hikyaku"
    house.order(("SKU-1", 1))
    assert house.goes(order)[0] == "nekopos"  # the old boxes are not looked at any more
    carton_plans.settle(house.desk)
    assert house.choice(order).boxes[0].startswith("FLAT")


def test_boxes_for_other_goods_than_it_has_now_do_not_count(house):
    house.cartons(S60, FLAT)
    order = house.choose().order(("SKU-1", 1))
    carton_plans.settle(house.desk)
    assert house.choice(order).real
    change(house.database, "UPDATE order_lines SET wanted = 40 WHERE order_id = ?", order)
    gate.recheck_open(house.desk)
    assert not house.choice(order).real
    assert house.goes(order)[0] == "takkyubin"


def test_another_service_wants_other_boxes(house):
    house.cartons(S60, FLAT)
    order = house.choose().order(("SKU-1", 1))
    carton_plans.settle(house.desk)
    assert house.desk.read(plans_storage.due_of, [order]).result() == []
    house.do(gate.choose_service, order, SAGAWA, "hikyaku")
    assert house.desk.read(plans_storage.due_of, [order]).result() == [order]
    carton_plans.settle(house.desk)
    assert house.choice(order).boxes[0].startswith("S60")


def test_after_the_release_nothing_moves_by_itself(house):
    house.cartons(S60, FLAT)
    order = house.choose(slip_required="off", waybill_required="off").order(("SKU-5", 1))
    bench = Station(house.database)
    set_to(house.database, release_at__open="on")
    assert bench.scan("1001").key == "order.opened"
    carton_plans.plan_one(house.desk, order)
    assert house.goes(order)[0] == "nekopos"
    assert bench.scan(ean(5)).key == "order.closed"
    carton_plans.settle(house.desk)
    assert house.goes(order)[0] == "nekopos"


def test_a_release_of_one_carrier_leaves_out_what_another_carries_now(house):
    house.cartons(S60, FLAT)
    house.choose(slip_required="off", waybill_required="off").order(("SKU-5", 1))
    house.order(("SKU-1", 1), number="1002")
    done = release.release(house.desk, release.Choice(carrier=YAMATO), stale_ok=True)
    assert len(done.ship_numbers) == 1
    assert [(each.number, each.why, each.args["service"]) for each in done.refused] == [
        ("1001", "release.left.other_service", f"{SAGAWA}/hikyaku")
    ]
    assert house.goes(house.id("1002"))[0] == "nekopos"


def test_a_changed_service_after_the_release_has_its_price(house):
    order = house.choose().order(("SKU-1", 1))
    change(
        house.database, "UPDATE orders SET state = 'released', version = 1, batch = 1, sequence = 1 WHERE id = ?", order
    )
    assert house.do(changes.change_service, order, YAMATO, "takkyubin") == 2
    assert house.goes(order) == ("takkyubin", "hand", 940)
    assert house.choice(order).by == BY_HAND


# --- files --------------------------------------------------------------------------------------------------------

HEAD = "carrier,service,size,from_zone,to_zone,price,valid_from"


def test_a_file_is_taken_in_whole_or_not_at_all_and_every_wrong_row_is_named(house, tmp_path):
    before = house.desk.read(storage.all_rates).result()
    report = house.file(
        tmp_path, "rates", HEAD,
        f"{YAMATO},takkyubin,60,関東,=,900,2026-04-01",
        f"{YAMATO},nothing,60,関東,関西,900,2026-04-01",
        "nobody,takkyubin,60,関東,関西,900,2026-04-01",
        f"{YAMATO},takkyubin,large,関東,関西,900,2026-04-01",
        f"{YAMATO},takkyubin,60,関東,夢の国,900,2026-04-01",
        f"{YAMATO},takkyubin,60,関東,関西,-1,2026-04-01",
        f"{YAMATO},takkyubin,60,関東,関西,900,2026-02-30",
        f"{YAMATO},takkyubin,60,関東,=,901,2026-04-01",
    )  # fmt: skip
    keys = [(each.row, each.key.rpartition(".")[2]) for each in report.problems]
    assert keys == [
                        (3, "no_service"), (4, "no_carrier"), (5, "bad_size"), (6, "unknown_zone"), (7, "bad_price"),
                        (8, "bad_day"), (9, "twice")]  # fmt: skip
    assert not report.written
    assert house.desk.read(storage.all_rates).result() == before


def test_differences_are_shown_before_and_written_after(house, tmp_path):
    lines = (
        HEAD,
        f'{SAGAWA},飛脚宅配便,60,全国,全国,"1,000",{DAY}',
        f"{YAMATO},ネコポス,,,,385円,{DAY}",
        f"{YAMATO},宅急便,60サイズ,東京,＝,900,2026/4/1",
    )
    dry = house.file(tmp_path, "rates", *lines, dry_run=True)
    assert (len(dry.added), len(dry.changed), dry.same, dry.written) == (1, 1, 1, False)
    assert (dry.changed[0].before.price, dry.changed[0].after.price) == (800, 1000)
    assert dry.added == (Rate(YAMATO, "takkyubin", 60, "東京都", "=", "2026-04-01", 900),)
    assert house.file(tmp_path, "rates", *lines).written
    assert house.file(tmp_path, "rates", *lines).same == 3


def test_what_is_written_out_is_taken_in_as_it_is(house, tmp_path):
    with house.database.transaction() as tx:
        storage.put_islands(tx, [Island("", "1000", "伊豆"), Island(YAMATO, "90", "")])
    for kind in rates.FILES:
        path = tmp_path / f"{kind}.csv"
        path.write_bytes(house.desk.read(rates.export, kind).result())
        report = rates.import_file(house.desk, path, kind)
        assert (report.added, report.changed, report.removed, report.problems) == ((), (), (), ()), kind
        assert report.same == len(house.desk.read(rates.rows, kind).result()) > 0


def test_one_column_a_zone_is_read_too_and_shipped_zones_come_along(house, tmp_path):
    with house.database.transaction() as tx:
        storage.remove_zones(tx, storage.zones(tx))
    table = ("service,size,from_zone,関東,関西", "takkyubin,140,関東,1400,1500", "takkyubin,140,関西,1500,")
    report = house.file(tmp_path, "rates", *table, carrier=YAMATO, valid_from="2026-04-01")
    assert [(each.origin, each.zone, each.price) for each in report.added] == [
        ("関東", "関東", 1400), ("関東", "関西", 1500), ("関西", "関東", 1500)
    ]  # fmt: skip
    assert len(report.zones) == 47
    assert len(house.desk.read(rates.zones).result()) == 47


def test_the_shared_example_is_taken_in(house, shared):
    path = shared / "formats/masters/example_yamato_rate_60_compact.csv"
    report = rates.import_file(house.desk, path, carrier=YAMATO, valid_from="2025-05-01", dry_run=True)
    # Of the small list here only four prefectures have a zone: the zones of the example are unknown.
    assert not report.usable
    with house.database.transaction() as tx:
        storage.remove_zones(tx, storage.zones(tx))
    report = rates.import_file(house.desk, path, carrier=YAMATO, valid_from="2025-05-01")
    assert (len(report.added), len(report.zones), report.written) == (288, 47, True)
    shipped = resource_root() / "rates" / "zones_yamato_b2.csv"  # 沖縄 is the zone of 沖縄県 alone
    again = rates.import_file(house.desk, shipped, "zones")
    assert (again.same, again.problems) == (47, ())
    assert {each.service for each in report.added} == {"takkyubin", "compact"}


def test_extras_zones_and_islands_have_their_own_files(house, tmp_path):
    report = house.file(
        tmp_path,
        "extras",
        "carrier,種類,サイズ,金額まで,加算",
        f"{YAMATO},代引,,30000,440",
        f"{YAMATO},燃油,,,15",
        f"{YAMATO},冷蔵,60,5,220",
    )
    assert [(each.row, each.key) for each in report.problems] == [(4, "rates.step_of_cod")]
    assert house.file(
        tmp_path, "extras", "carrier,種類,サイズ,金額まで,加算", f"{YAMATO},代引,,30000,440", f"{YAMATO},燃油,,,▲15"
    ).written
    assert ("燃油", -15) in [(each.kind, each.price) for each in house.desk.read(rates.extras).result()]
    wrong = house.file(tmp_path, "islands", "郵便番号,名称", "1,見本島", "100-01,伊豆")
    assert [(each.row, each.key) for each in wrong.problems] == [(2, "rates.bad_postcode")]
    assert house.file(tmp_path, "islands", "郵便番号,名称", "100-01,伊豆").written
    assert house.file(tmp_path, "islands", "郵便番号,名称", "900,沖縄の島").removed == (Island("", "10001", "伊豆"),)
    wrong = house.file(tmp_path, "zones", "carrier,prefecture,zone", f"{SAGAWA},東京,関東", f"{SAGAWA},夢,関東")
    assert [(each.row, each.key) for each in wrong.problems] == [(3, "rates.no_prefecture")]


def test_a_list_is_dropped_by_its_first_day(house):
    assert house.do(rates.drop, YAMATO, "nekopos", DAY) == 1
    with pytest.raises(NotFound):
        house.do(rates.drop, YAMATO, "nekopos", DAY)
    assert ("nekopos" in {each.service for each in house.desk.read(rates.lists).result()}) is False


# --- asking -------------------------------------------------------------------------------------------------------


def test_a_parcel_is_quoted_without_an_order(house):
    asked = Wanted("大阪", (200, 150, 20), 500)
    made = house.desk.read(rates.quote, asked).result()
    assert (made.picked, made.rate) == (f"{YAMATO}/nekopos", 385)
    cold = house.desk.read(
        rates.quote, Wanted("大阪", (200, 150, 20), 500, temperature=Temperature.FROZEN, cod=1)
    ).result()
    assert (cold.picked, cold.rate) == (f"{YAMATO}/takkyubin", 940 + 660 + 330)
    with pytest.raises(NotAllowed):
        house.desk.read(rates.quote, Wanted("夢の国")).result()


def test_sums_count_parcels_that_went_out(house):
    house.choose().order(("SKU-1", 1))
    house.order(("SKU-2", 1), number="1002")
    house.order(("SKU-4", 1), number="1003")
    assert house.desk.read(rates.sums).result() == []
    change(house.database, "UPDATE orders SET state = 'shipped'")
    found = house.desk.read(rates.sums).result()
    assert [(each.service, each.orders, each.yen, each.unpriced) for each in found] == [
        ("hikyaku", 1, 800, 0), ("nekopos", 1, 385, 0), ("takkyubin", 1, 0, 1)
    ]  # fmt: skip
    assert house.desk.read(rates.why, house.id()).result().order.rate == 385
