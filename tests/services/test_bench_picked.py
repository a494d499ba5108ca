"""Picked orders at the bench and in the office, on both databases: opened, packed, undone, changed, cancelled."""

from dataclasses import replace

import pytest

from app.domain.stock import SUPPLIER, Move, shelf_place
from app.errors import NotAllowed
from app.services import attention, changes, merge, packing, release, waves
from app.storage import bench as bench_storage
from app.storage import packing as packing_storage
from app.storage import picked as picked_storage
from tests.makers import Station, change, ean, query, set_to
from tests.services.picked import PickedWarehouse
from tests.services.shipping import HOME, order

TEA, CUP = ean(1), ean(2)


@pytest.fixture
def house(database, open_another):
    made = PickedWarehouse(database, open_another)
    yield made
    assert made.faults() == []


def two(house):
    house.take_in(order("1", ("SKU-1", 2), ("SKU-2", 1), ordered_at=1), order("2", ("SKU-1", 1), ordered_at=2))


@pytest.fixture
def picked(house):
    """Two orders that were picked to totes."""
    two(house)
    house.wave("cart")
    house.walk()
    assert (house.state("1"), house.state("2")) == ("picked", "picked")
    return house


def shelf(house, number):
    return house.places(f"SKU-{number}").get(f"shelf:A-0{number}", 0)


# --- the queue ----------------------------------------------------------------------------------------------------


def test_an_order_that_is_being_picked_is_no_work_for_the_bench(house):
    two(house)
    house.wave("cart", "1")
    assert house.bench.scan("KP-NEXT").order == "2"
    house.bench.scan(TEA)
    answer = house.bench.scan("KO-1-001-1")
    assert (answer.key, answer.args["job"]) == ("order.to_be_picked", "1-1")
    house.pick("KP-NEXT")
    answer = house.bench.scan("KO-1-001-1")
    assert (answer.key, answer.args["station"]) == ("order.being_picked", "cart")
    assert house.bench.scan("KP-NEXT").key == "next.being_picked"
    house.walk()
    house.bench.scans("KP-NEXT", TEA, TEA, CUP)
    assert house.bench.scan("KP-NEXT").key == "next.none"


def test_the_next_of_the_queue_is_found_by_its_index(picked):
    if picked.database.path is None:
        pytest.skip("SQLite only")
    with picked.database.reading() as tx:
        for statement in (bench_storage._NEXT_READY, bench_storage._NEXT_RELEASED):
            text, arguments = statement.arguments(tx.connection.dialect, {})
            plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", arguments).fetchall()
            assert "ix_orders_takeable" in str(plan)
            assert "TEMP B-TREE" not in str(plan)


def test_waves_of_the_past_cost_nothing(picked):
    if picked.database.path is None:
        pytest.skip("SQLite only")
    asked = {"order_": 1, "place_": "picked:1", "product_": 1}
    with picked.database.reading() as tx:
        for statement in (picked_storage._NEXT_SINGLE, picked_storage._PROVEN, picked_storage._TAKEN_FROM):
            text, arguments = statement.arguments(tx.connection.dialect, asked)
            plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", arguments).fetchall()
            scans = [row[3] for row in plan if row[3].startswith("SCAN")]
            assert all("ix_orders_released" in scan for scan in scans), plan


def test_orders_without_a_wave_are_as_ever(house):
    two(house)
    assert house.bench.scans("KP-NEXT", TEA, TEA, CUP) == ["order.opened", "pack.ok", "pack.ok", "order.closed"]
    assert house.places("SKU-1") == {"shelf:A-01": 4998, "parcel:1": 2}


# --- packing ------------------------------------------------------------------------------------------------------


def test_picked_goods_go_from_their_tote_into_the_parcel(picked):
    first = picked.id("1")
    assert picked.places("SKU-1") == {"shelf:A-01": 4997, f"picked:{first}": 2, f"picked:{picked.id('2')}": 1}
    said = [picked.bench.scan(raw) for raw in ("KP-NEXT", TEA, TEA, CUP)]
    assert said[-1].key == "order.closed"
    assert len(said[0].totes) == 1
    assert picked.places("SKU-2") == {"shelf:A-02": 4999, "parcel:1": 1}
    assert query(picked.database, "SELECT count(*) FROM containers WHERE order_id = ?", first) == [(0,)]
    assert query(picked.database, "SELECT count(*) FROM containers WHERE order_id IS NOT NULL") == [(1,)]


@pytest.mark.parametrize("act", ["undo", "cancel", "later", "close"])
def test_what_was_picked_stays_picked_whatever_is_done_at_the_bench(picked, act):
    picked.bench.scans("KP-NEXT", TEA, TEA)
    before = picked.places("SKU-1")
    match act:
        case "undo":
            picked.bench.scans("KP-UNDO")
            assert picked.places("SKU-1")[f"picked:{picked.id('1')}"] == 1
        case "cancel":
            assert picked.bench.scan("KP-CANCEL").key == "order.handed_back"
            assert picked.places("SKU-1")[f"picked:{picked.id('1')}"] == 2
        case "later":
            assert picked.bench.scan("KP-LATER").key == "later.parked"
            assert picked.places("SKU-1") == before
        case _:
            assert picked.bench.scans(CUP, "KP-UNDO") == ["order.closed", "undo.reopened"]
            assert picked.places("SKU-1") == before
    assert picked.state("1") == "picked"


def test_a_tote_opens_its_order_and_an_empty_one_says_so(picked):
    (tote,) = query(picked.database, "SELECT code FROM containers WHERE order_id = ?", picked.id("2"))[0]
    assert picked.bench.scan(f"KT-{tote}").order == "2"
    assert picked.bench.scans(TEA, f"KT-{tote}") == ["order.closed", "container.empty"]


def test_the_list_of_a_job_opens_its_orders_one_after_the_other(picked):
    (job,) = query(picked.database, "SELECT sequence FROM jobs")[0]
    answer = picked.bench.scan(f"KL-1-{job}")
    assert (answer.key, answer.order) == ("order.opened", "2")
    picked.bench.scan(TEA)
    assert picked.bench.scan(f"KL-1-{job}").order == "1"
    picked.bench.scans(TEA, TEA, CUP)
    assert picked.bench.scan(f"KL-1-{job}").key == "list.none"


def test_a_slot_of_the_wall_opens_its_order(house):
    two(house)
    house.wave("total")
    house.walk()
    assert house.places("SKU-1")["bulk:1"] == 3
    house.sort()
    (slot,) = query(house.database, "SELECT code FROM containers WHERE order_id = ?", house.id("2"))[0]
    assert house.bench.scan(f"KW-{slot}").order == "2"
    assert house.bench.scan(TEA).key == "order.closed"
    assert house.places("SKU-1")[f"picked:{house.id('1')}"] == 2


def test_a_cart_with_several_orders_says_what_to_scan_instead(house):
    two(house)
    house.wave("cart")
    house.pick("KP-NEXT")
    house.pick("KC-C1")
    house.walk()
    answer = house.bench.scan("KC-C1")
    assert (answer.key, answer.args["ship_numbers"]) == ("container.several", "1-001, 1-002")


def test_goods_of_another_lot_come_from_the_shelf_and_the_others_go_back(house):
    with house.database.transaction() as tx:
        (product,) = query(house.database, "SELECT id FROM products WHERE sku = 'SKU-1'")[0]
        packing_storage.book(tx, "stock", None, [move(product, lot, 50) for lot in ("L1", "L2")])
    change(house.database, "UPDATE products SET lot_policy = 'lot' WHERE sku = 'SKU-1'")
    house.take_in(order("1", ("SKU-1", 2)))
    house.wave("single")
    house.walk(most=2)
    for _ in range(2):
        house.pick(gs1("L1"))
    assert by_lot(house)["L1", f"picked:{house.id('1')}"] == 2
    house.bench.scan("KP-NEXT")
    assert house.bench.scan(gs1("L2")).key.startswith("pack.ok")
    assert house.bench.scan(gs1("L1")).key == "order.closed"
    assert by_lot(house) == {
        ("L1", "shelf:A-01"): 49, ("L1", "parcel:1"): 1, ("L2", "shelf:A-01"): 49, ("L2", "parcel:1"): 1,
    }  # fmt: skip


def move(product, lot, pieces):
    return Move(product, lot, SUPPLIER, shelf_place("A-01"), pieces)


def gs1(lot):
    return f"]C1010{TEA}10{lot}"


def by_lot(house):
    found = query(house.database, "SELECT lot, place, quantity FROM balances WHERE lot <> '' AND quantity <> 0")
    return {(lot, place): pieces for lot, place, pieces in found if place != "supplier"}


# --- how much is scanned ------------------------------------------------------------------------------------------


def test_one_scan_a_line_where_the_shop_wants_that(picked):
    set_to(picked.database, pack_scan="line")
    assert picked.bench.scans("KP-NEXT", TEA, CUP) == ["order.opened", "pack.ok", "order.closed"]
    assert query(picked.database, "SELECT how, quantity FROM steps WHERE kind = 'pack' ORDER BY id") == [
        ("line", 2), ("", 1),
    ]  # fmt: skip


def test_what_was_scanned_at_the_shelf_is_in_where_the_shop_wants_that(picked):
    set_to(picked.database, pack_scan="off")
    said = [picked.bench.scan(raw) for raw in ("KP-NEXT", "KP-DONE")]
    assert [each.key for each in said] == ["order.opened_all_in", "order.closed"]
    assert query(picked.database, "SELECT DISTINCT how FROM steps WHERE kind = 'pack'") == [("picked",)]
    assert picked.places("SKU-2") == {"shelf:A-02": 4999, "parcel:1": 1}


def test_what_a_list_said_was_scanned_by_nobody(house):
    two(house)
    house.wave("paper")
    house.walk()
    set_to(house.database, pack_scan="off")
    assert house.bench.scan("KP-NEXT").key == "order.opened"


# --- orders of one piece ------------------------------------------------------------------------------------------


def test_any_of_the_goods_opens_the_most_urgent_order_of_one_piece(house):
    house.take_in(*[order(str(n), ("SKU-1", 1), ordered_at=n) for n in (1, 2)], order("3", ("SKU-2", 1), ordered_at=3))
    house.wave("singles")
    house.walk()
    assert house.bench.scan(TEA).order == "1"
    assert house.bench.scan(CUP).order == "3"
    assert house.bench.scan(TEA).order == "2"
    assert house.bench.scan(TEA).key == "order.complete_scan_next"
    assert [house.state(number) for number in "123"] == ["verified"] * 3


def test_two_stations_never_get_the_same_single(house, open_another):
    if house.database.path is not None:
        pytest.skip("PostgreSQL only: on SQLite the writer is alone")
    house.take_in(*[order(str(n), ("SKU-1", 1), ordered_at=n) for n in (1, 2)])
    house.wave("singles")
    house.walk()
    other = Station(open_another(), "other")
    with house.database.transaction() as tx:
        first = packing.scan(tx, "bench", TEA, "one")
        second = other.scan(TEA)
    assert {first.order, second.order} == {"1", "2"}
    assert {first.key, second.key} == {"order.closed"}


# --- cancelled, changed, taken back -------------------------------------------------------------------------------


def cancel(house, number):
    with house.database.transaction() as tx:
        changes.cancel(tx, "office", f"cancel-{number}", house.id(number))


def pulled(house):
    return query(house.database, "SELECT text, quantity, shelf FROM pulls WHERE kind = 'goods' ORDER BY id")


def test_what_was_picked_of_a_cancelled_order_goes_to_the_return_shelf(picked):
    picked.bench.scans("KO-1-002-1", TEA)
    cancel(picked, "1")
    assert picked.places("SKU-1") == {"shelf:A-01": 4997, "return": 2, f"picked:{picked.id('2')}": 1}
    assert sorted(pulled(picked)) == [("SKU-1", 1, "A-01"), ("SKU-1", 1, "A-01"), ("SKU-2", 1, "A-02")]
    assert query(picked.database, "SELECT count(*) FROM containers WHERE order_id = ?", picked.id("1")) == [(0,)]
    assert picked.bench.scan(TEA).key == "order.cancelled_meanwhile"


def test_a_cancel_in_mid_walk_is_told_and_the_walk_goes_on(house):
    two(house)
    house.wave("cart")
    house.walk(most=5)
    cancel(house, "1")
    house.walk()
    assert house.state("2") == "picked"
    assert house.places("SKU-1").get(f"picked:{house.id('1')}", 0) == 0


def come_again(house, number, *lines):
    house.take_in(order(number, *lines, ordered_at=1))


def test_fewer_pieces_of_a_picked_order_put_the_others_back(picked):
    come_again(picked, "1", ("SKU-1", 1), ("SKU-2", 1))
    assert picked.state("1") == "picked"
    assert pulled(picked) == [("SKU-1", 1, "A-01")]
    assert picked.places("SKU-1")["return"] == 1
    assert picked.bench.scans("KO-1-002-2", TEA, CUP) == ["order.opened", "pack.ok", "order.closed"]


def test_a_line_that_goes_takes_its_pick_along(picked):
    come_again(picked, "1", ("SKU-2", 1))
    assert pulled(picked) == [("SKU-1", 2, "A-01")]
    assert query(picked.database, "SELECT lines, pieces, done FROM jobs") == [(2, 2, 2)]


def test_more_pieces_of_a_picked_order_are_packed_from_the_shelf(picked):
    come_again(picked, "1", ("SKU-1", 3), ("SKU-2", 1))
    assert picked.state("1") == "released"
    assert picked.bench.scans("KO-1-002-2", TEA, TEA, TEA, CUP)[-1] == "order.closed"
    assert picked.places("SKU-1") == {"shelf:A-01": 4996, "parcel:1": 3, f"picked:{picked.id('2')}": 1}


def test_a_change_in_mid_walk_changes_what_the_walk_takes(house):
    two(house)
    house.wave("cart")
    house.walk(most=4)
    come_again(house, "1", ("SKU-1", 1), ("SKU-2", 1), ("SKU-3", 2))
    assert query(house.database, "SELECT lines, pieces FROM jobs") == [(4, 5)]
    house.walk()
    assert house.state("1") == "picked"
    assert house.places("SKU-3") == {"shelf:A-03": 498, f"picked:{house.id('1')}": 2}


def test_a_changed_address_leaves_everything_picked(picked):
    picked.take_in(order("1", ("SKU-1", 2), ("SKU-2", 1), ordered_at=1, ship_to=replace(HOME, street="9-9-9")))
    assert picked.state("1") == "picked"
    assert pulled(picked) == []
    assert picked.bench.scans("KO-1-002-2", TEA, TEA, CUP)[-1] == "order.closed"


def test_a_closed_box_that_is_opened_again_is_picked_still(picked):
    picked.bench.scans("KO-1-002-1", TEA, TEA, CUP)
    come_again(picked, "1", ("SKU-1", 1), ("SKU-2", 1))
    assert picked.state("1") == "picked"
    assert pulled(picked) == [("SKU-1", 1, "A-01")]
    said = picked.bench.scans("KO-1-002-2", "KO-1-002-2", "KP-DONE")
    assert said == ["order.changed_meanwhile", "order.resumed", "order.closed"]


def test_a_release_that_is_taken_back_puts_the_goods_back(picked):
    with picked.desk() as desk:
        release.take_back(desk, orders=picked.ids("1"))
    assert picked.state("1") == "ready"
    assert picked.places("SKU-1") == {"shelf:A-01": 4997, "return": 2, f"picked:{picked.id('2')}": 1}


def test_a_merge_that_loses_its_lead_keeps_what_was_picked_for_the_others(house):
    two(house)
    with house.database.transaction() as tx:
        merge.merge(tx, "office", "merge", list(house.ids("1", "2")))
    house.wave("single")
    house.walk()
    assert house.places("SKU-1")[f"picked:{house.id('1')}"] == 3
    cancel(house, "1")
    assert house.places("SKU-1") == {"shelf:A-01": 4997, "return": 2, f"picked:{house.id('2')}": 1}
    assert house.state("2") == "picked"
    (tote,) = query(house.database, "SELECT code FROM containers WHERE order_id = ?", house.id("2"))[0]
    assert house.bench.scan(f"KT-{tote}").order == "2"
    assert house.bench.scan(TEA).key == "order.closed"


def test_picked_orders_are_not_taken_apart(house):
    two(house)
    with house.database.transaction() as tx:
        merge.merge(tx, "office", "merge", list(house.ids("1", "2")))
    house.wave("single")
    with pytest.raises(NotAllowed, match=r"merge\.begun"), house.database.transaction() as tx:
        merge.unmerge(tx, "office", "apart", house.id("1"))


def test_what_was_picked_together_and_not_parted_goes_to_the_return_shelf_as_well(house):
    two(house)
    house.wave("total")
    house.walk()
    cancel(house, "1")
    assert house.places("SKU-1") == {"shelf:A-01": 4997, "return": 2, "bulk:1": 1}
    house.sort()
    assert house.places("SKU-1")[f"picked:{house.id('2')}"] == 1
    assert house.state("2") == "picked"


def test_fewer_pieces_before_the_sort_are_taken_off_the_cart(house):
    two(house)
    house.wave("total")
    house.walk()
    come_again(house, "1", ("SKU-1", 1), ("SKU-2", 1))
    assert pulled(house) == [("SKU-1", 1, "A-01")]
    assert house.places("SKU-1") == {"shelf:A-01": 4997, "return": 1, "bulk:1": 2}
    house.sort()
    assert house.state("1") == "picked"
    assert house.places("SKU-1")[f"picked:{house.id('1')}"] == 1


def test_more_goods_before_the_walk_of_a_total_pick_are_walked_and_parted(house):
    two(house)
    house.wave("total")
    come_again(house, "1", ("SKU-1", 2), ("SKU-2", 1), ("SKU-3", 1))
    house.walk()
    house.sort()
    assert house.state("1") == "picked"
    assert house.places("SKU-3")[f"picked:{house.id('1')}"] == 1


def test_a_cancelled_order_of_which_another_lot_was_packed_leaves_both_lots_right(house):
    with house.database.transaction() as tx:
        (product,) = query(house.database, "SELECT id FROM products WHERE sku = 'SKU-1'")[0]
        packing_storage.book(tx, "stock", None, [move(product, lot, 50) for lot in ("L1", "L2")])
    change(house.database, "UPDATE products SET lot_policy = 'lot' WHERE sku = 'SKU-1'")
    house.take_in(order("1", ("SKU-1", 2)))
    house.wave("single")
    house.walk(most=2)
    for _ in range(2):
        house.pick(gs1("L1"))
    house.bench.scans("KP-NEXT", gs1("L2"))
    cancel(house, "1")
    assert by_lot(house) == {
        ("L1", "shelf:A-01"): 49, ("L1", "return"): 1, ("L2", "shelf:A-01"): 49, ("L2", "return"): 1,
    }  # fmt: skip
    assert sum(row[1] for row in pulled(house)) == 2
    house.bench.scan(TEA)  # the station learns of it


def test_goods_of_a_picked_order_that_is_short_wait_on_the_hold_shelf(house):
    set_to(house.database, pick_short="hold")
    house.take_in(order("1", ("SKU-1", 2), ("SKU-2", 1)))
    house.wave("single")
    said = house.walk(most=4)
    assert said[-1].ask["sku"] == "SKU-2"
    house.pick("KP-SHORT")
    house.pick("KP-R-MISSING")
    (contact,) = query(house.database, "SELECT id FROM contacts")[0]
    with house.database.transaction() as tx:
        assert attention.to_hold_shelf(tx, "office", "shelve", contact, "H1") == 2
    assert house.places("SKU-1") == {"shelf:A-01": 4998, "hold:H1": 2}
    assert house.state("1") == "released"
    with house.database.transaction() as tx:
        made = attention.answer(tx, "office", "split", contact, "split")
    assert house.places("SKU-1") == {"shelf:A-01": 5000}
    assert house.bench.scans(f"KO-1-001-{made.version}", TEA, TEA) == ["order.opened", "pack.ok", "order.closed"]


def test_a_short_pick_that_the_customer_takes_as_it_is_opens_as_picked(house):
    set_to(house.database, pick_short="hold")
    house.take_in(order("1", ("SKU-1", 2), ("SKU-2", 1)))
    house.wave("single")
    house.walk(most=4)
    house.pick("KP-SHORT")
    house.pick("KP-R-MISSING")
    (contact,) = query(house.database, "SELECT id FROM contacts")[0]
    with house.database.transaction() as tx:
        made = attention.answer(tx, "office", "split", contact, "split")
    assert house.state("1") == "picked"
    assert house.places("SKU-1") == {"shelf:A-01": 4998, f"picked:{house.id('1')}": 2}
    assert house.bench.scans(f"KO-1-001-{made.version}", TEA, TEA)[-1] == "order.closed"


def test_without_stock_picked_orders_are_packed_and_changed_as_well(house):
    set_to(house.database, stock_tracked="off")
    two(house)
    house.wave("cart")
    house.walk()
    come_again(house, "1", ("SKU-1", 1), ("SKU-2", 1))
    assert pulled(house) == [("SKU-1", 1, "A-01")]
    assert house.bench.scans("KO-1-002-2", TEA, CUP)[-1] == "order.closed"
    assert house.places("SKU-1") == {"shelf:A-01": 5000}


def test_a_slip_that_is_wanted_is_scanned_before_the_single_counts(house):
    set_to(house.database, slip_required="on")
    house.take_in(order("1", ("SKU-1", 1)))
    house.wave("singles")
    house.walk()
    assert house.bench.scans(TEA, TEA, "KO-1-001-1", TEA) == [
        "single.opened", "slip.first", "slip.ok", "order.closed",
    ]  # fmt: skip


def test_a_walk_of_which_a_change_takes_the_last_pieces_away_is_over(house):
    house.take_in(order("1", ("SKU-1", 2)))
    house.wave("single")
    house.walk(most=3)
    assert house.places("SKU-1")[f"picked:{house.id('1')}"] == 1
    come_again(house, "1", ("SKU-1", 1))
    assert house.state("1") == "picked"
    assert query(house.database, "SELECT state, pieces, done FROM jobs") == [("done", 1, 1)]
    assert query(house.database, "SELECT state FROM waves") == [("done",)]
    assert house.pick("KP-NEXT").key == "pick.none_waiting"


def test_without_stock_nothing_is_listed_twice_when_a_begun_order_is_cancelled(house):
    set_to(house.database, stock_tracked="off")
    house.take_in(order("1", ("SKU-1", 2)))
    house.wave("single")
    house.walk()
    house.bench.scans("KP-NEXT", TEA)
    cancel(house, "1")
    assert pulled(house) == [("SKU-1", 1, "A-01"), ("SKU-1", 1, "A-01")]
    house.bench.scan(TEA)


def test_an_order_whose_job_is_still_to_be_planned_waits_and_may_change(house):
    two(house)
    with house.desk() as desk:
        release.release(desk, release.Choice(), stale_ok=True, wave=release.NewWave("cart", "{}"))
    come_again(house, "1", ("SKU-1", 1))
    answer = house.bench.scan("KO-1-002-2")
    assert (answer.key, answer.args["job"]) == ("order.to_be_picked", "1")
    with house.desk() as desk:
        waves.plan(desk, 1)
    house.walk()
    assert house.bench.scans("KO-1-002-2", TEA) == ["order.opened", "order.closed"]


def test_an_order_that_leaves_a_merge_in_mid_walk_is_packed_from_the_shelf(house):
    two(house)
    with house.database.transaction() as tx:
        merge.merge(tx, "office", "merge", list(house.ids("1", "2")))
    house.wave("single")
    house.walk(most=4)
    house.take_in(order("2", ("SKU-1", 1), ordered_at=2, ship_to=replace(HOME, street="9-9-9")))
    assert query(house.database, "SELECT picking FROM orders WHERE number = '2'") == [(0,)]
    house.walk()
    assert (house.state("1"), house.state("2")) == ("picked", "released")
    slip = query(house.database, "SELECT batch, sequence, version FROM orders WHERE number = '2'")[0]
    assert house.bench.scans("KO-{}-{:03d}-{}".format(*slip), TEA) == ["order.opened", "order.closed"]


@pytest.mark.parametrize("begun", [0, 3])
def test_a_job_of_which_all_goods_are_replaced_is_gone_and_its_order_goes_to_the_bench(house, begun):
    house.take_in(order("1", ("SKU-1", 2)))
    house.wave("single")
    if begun:
        house.walk(most=begun)
    come_again(house, "1", ("SKU-2", 1))
    assert query(house.database, "SELECT state FROM jobs") == [("taken_back",)]
    assert query(house.database, "SELECT state FROM waves") != [("open",)]
    if begun:
        assert house.pick("KP-NEXT").key == "job.gone"  # the late scan of who walked it
    assert house.pick("KP-NEXT").key == "pick.none_waiting"
    assert house.bench.scans("KO-1-001-2", CUP) == ["order.opened", "order.closed"]


def test_the_last_goods_of_a_walk_that_are_replaced_end_it_for_the_other_orders(house):
    house.take_in(order("1", ("SKU-2", 1), ordered_at=1), order("2", ("SKU-1", 1), ordered_at=2))
    house.wave("cart")
    said = house.walk(most=5)
    assert said[-1].ask["sku"] == "SKU-2"
    come_again(house, "1", ("SKU-3", 1))
    assert (house.state("1"), house.state("2")) == ("released", "picked")
    assert query(house.database, "SELECT state FROM jobs") == [("done",)]
