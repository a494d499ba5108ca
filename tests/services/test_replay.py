"""Playing an order again: every act on it from shelf to dock, in order, with what was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.replay import Place
from app.errors import NotFound
from app.services import orders, replay
from app.text import texts
from tests.makers import set_to
from tests.services import packed
from tests.services.dock import Dock, dock_of
from tests.services.picked import PickedWarehouse
from tests.services.shipping import CUP, TEA, order


def of(database, number):
    with database.reading() as tx:
        return replay.of_order(tx, orders.find_one(tx, number))


def test_a_parcel_is_played_from_its_journal(database):
    packed.shop(database)
    packed.pack(database)
    found = of(database, "A-2001")
    assert found.refusals == 6
    assert [each.entry.raw for each in found.moments][:2] == ["A-2001", packed.GOODS[1].piece]
    assert [each.entry.at for each in found.moments] == sorted(each.entry.at for each in found.moments)
    assert found.moments[0].pause_ms is None
    assert {each.place for each in found.moments} == {Place.BENCH}
    last = found.moments[-1]
    assert (last.done, last.wanted, last.entry.person) == (39, 40, "佐藤 美咲")
    assert last.ask["kind"] != "item"


def test_what_was_said_is_said_again_in_any_language(database):
    packed.shop(database)
    packed.pack(database)
    refused = next(each for each in of(database, "A-2001").moments if each.refused)
    assert replay.told(texts("en"), refused).startswith("Wrong item.")
    assert replay.told(texts("ja"), refused).startswith("違う商品です。")


def test_acts_of_office_and_dock_are_moments_too(database):
    dock: Dock = dock_of(database, "1001")
    set_to(database, waybill_required="off", slip_required="off")
    dock.going("1001", cut_off=None)
    dock.label("1001", "444413700011")
    with database.transaction() as tx:
        orders.hold(tx, "office", "h", [dock.order("1001")], "look")
        orders.lift(tx, "office", "l", dock.order("1001"))
    assert dock.scan("444413700011").level == "ok", dock.scan("444413700011")
    found = of(database, "1001")
    assert [each.place for each in found.moments][-2:] == [Place.OFFICE, Place.DOCK]
    said = [replay.told(texts("en"), each) for each in found.moments[-2:]]
    assert said[0] == "hold lifted"
    assert "{" not in said[1]


@pytest.mark.parametrize(
    ("mode", "places"), [("cart", [Place.SHELF, Place.BENCH]), ("total", [Place.SHELF, Place.WALL, Place.BENCH])]
)
def test_what_was_picked_and_sorted_for_it_comes_first(database, open_another, mode, places):
    house = PickedWarehouse(database, open_another)
    house.take_in(order("A-1", ("SKU-1", 1), ("SKU-2", 1)), order("A-2", ("SKU-1", 1)))
    house.wave(mode)
    house.walk()
    if mode == "total":
        house.sort()
    house.bench.scans("A-1", TEA.piece, CUP.piece)
    found = of(database, "A-1")
    assert list(dict.fromkeys(each.place for each in found.moments)) == places
    assert found.moments[-1].entry.key.startswith("order.closed")
    assert "{" not in " ".join(replay.told(texts("en"), each) for each in found.moments)


def test_an_order_that_is_not_there_is_said(database):
    with database.reading() as tx, pytest.raises(NotFound):
        replay.of_order(tx, 99)


def test_pauses_are_said_as_people_say_them():
    said = [replay.pause_said(texts("en"), pause) for pause in (None, 1_500, 90_000, 7_200_000)]
    assert said == ["", "+1.5 s", "+2 min", "+2 h"]


def test_a_key_that_is_said_no_longer_is_shown_as_it_is(database):
    packed.shop(database)
    packed.pack(database)
    moment = of(database, "A-2001").moments[0]
    old = replace(moment, entry=replace(moment.entry, key="said.once"))
    assert "said.once" in replay.told(texts("en"), old)
