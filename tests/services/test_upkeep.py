"""What the station does by itself: time, settings and stock that came free change what may ship."""

from __future__ import annotations

import time

import pytest

from app.errors import SettingsWrong
from app.services.upkeep import Upkeep
from app.settings import checked, weekdays
from tests.makers import change, query, set_to
from tests.services.shipping import Warehouse, order


@pytest.fixture
def house(database, open_another):
    return Warehouse(database, open_another)


def state(house, number="A-1"):
    return query(house.database, "SELECT state, held FROM orders WHERE number = ?", number)[0]


def wait_for(true, seconds=15.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_nothing_due_writes_nothing(house, tmp_path):
    house.take_in(order("A-1"))
    with house.desk() as desk:
        Upkeep(desk, tmp_path).once()
        before = query(house.database, "SELECT count(*) FROM journal")
        assert Upkeep(desk, tmp_path).once() == 0
        assert query(house.database, "SELECT count(*) FROM journal") == before


def test_new_settings_are_worked_in_by_themselves(house, tmp_path):
    house.take_in(order("A-1"))
    with house.desk() as desk:
        upkeep = Upkeep(desk, tmp_path)
        upkeep.start()
        set_to(house.database, carrier_default="sagawa_e3/hikyaku")
        desk.do(frozenset({"settings"}), lambda tx: None).result()
        wait_for(lambda: query(house.database, "SELECT carrier FROM orders") == [("sagawa_e3",)])
        upkeep.stop()


def test_stock_that_came_in_goes_to_whoever_waits(house, tmp_path):
    house.take_in(order("A-1", ("SKU-1", 6_000)))
    with house.desk() as desk:
        upkeep = Upkeep(desk, tmp_path)
        from app.services import reservation

        reservation.reserve_waiting(desk)
        assert state(house) == ("received", 1)
        ((product,),) = query(house.database, "SELECT id FROM products WHERE sku = 'SKU-1'")
        change(
            house.database,
            "INSERT INTO moves (act, at, product_id, lot, source, target, quantity)"
            " VALUES ('in', 0, ?, '', 'supplier', 'shelf:', 1500)",
            product,
        )
        assert upkeep.once() == 1
        assert state(house) == ("ready", 0)


def test_a_setting_that_makes_no_sense_is_refused_when_it_is_made():
    assert checked("shop.timezone", " Asia/Tokyo ") == "Asia/Tokyo"
    assert checked("ship.closed_weekdays", "土日") == "土日"
    with pytest.raises(SettingsWrong):
        checked("shop.timezone", "Asia/Nowhere")
    with pytest.raises(SettingsWrong):
        checked("ship.closed_weekdays", "sat,someday")


@pytest.mark.parametrize(
    ("text", "days"),
    [("", set()), ("sat,sun", {5, 6}), ("土日", {5, 6}), ("日曜", {6}), ("Monday Friday", {0, 4}), ("nope", None)],
)
def test_weekdays_are_read_as_people_write_them(text, days):
    assert weekdays(text) == (None if days is None else frozenset(days))
