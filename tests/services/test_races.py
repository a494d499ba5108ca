"""Read, pause, write: two at the same thing with a forced pause between, and nothing is lost on either database.

Each test that shows a lock at work has its control, in which the lock is taken away and the harm is seen.
"""

import threading
import time
from uuid import uuid4

import pytest

from app.errors import DatabaseLocked, StationError
from app.services import orders as orders_service
from app.services.desk import Desk
from app.storage import bench as bench_storage
from app.storage import packing as packing_storage
from app.storage import stations as stations_storage
from app.storage.prepared import Prepared
from tests.makers import (
    Goods,
    Station,
    change,
    ean,
    faults_of,
    incoming,
    only_on_postgresql,
    only_on_sqlite,
    query,
    stocked,
    take_in,
)

TEA = Goods(1, stock=20)
PAUSE = 0.15


@pytest.fixture
def shop(database):
    stocked(database, [TEA], *[incoming(str(1001 + n), ("SKU-1", 2), ordered_at=n) for n in range(3)])
    return database


@pytest.fixture
def paused(monkeypatch):
    """Wait after an order was read, before anything is written."""

    def slow(name):
        module = bench_storage if hasattr(bench_storage, name) else packing_storage
        real = getattr(module, name)

        def slowly(*args, **named):
            found = real(*args, **named)
            time.sleep(PAUSE)
            return found

        monkeypatch.setattr(module, name, slowly)

    return slow


def together(*calls):
    """Run the calls at the same moment; return each one's result or error, in their order."""
    gate, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        gate.wait()
        try:
            results[place] = call()
        except Exception as error:  # noqa: BLE001 - it is the result
            results[place] = error

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return results


def keys(results):
    return sorted(each.key for each in results)


def scanning(open_another, name, raw):
    database = open_another()

    def scan():
        try:
            return Station(database, name).scan(raw)
        finally:
            database.release()

    return scan


def test_two_windows_of_one_station_scan_the_last_piece(shop, open_another, paused):
    Station(shop).scans("1001", TEA.piece)
    paused("load_order")
    results = together(*[scanning(open_another, "1", TEA.piece) for _ in range(2)])
    assert keys(results) == ["order.closed", "order.complete_scan_next"]
    assert query(shop, "SELECT sum(quantity) FROM moves WHERE target LIKE 'parcel%'") == [(2,)]
    assert faults_of(shop) == []


def test_two_windows_count_every_piece(shop, open_another, paused):
    stocked(shop, [], incoming("9", ("SKU-1", 9)))
    Station(shop).scan("9")
    paused("load_order")
    results = together(*[scanning(open_another, "1", TEA.piece) for _ in range(4)])
    assert keys(results) == ["pack.ok"] * 4
    assert sorted(each.done for each in results) == [1, 2, 3, 4]
    assert query(shop, "SELECT sum(done) FROM order_lines") == [(4,)]
    assert faults_of(shop) == []


@pytest.mark.parametrize("number", ["1001", "KO-1-001"])
def test_two_stations_open_one_order(shop, open_another, paused, number):
    if number.startswith("KO"):
        Station(shop).scans("1001", "KP-CANCEL")
    paused("load_order")
    results = together(*[scanning(open_another, name, number) for name in ("1", "2", "3")])
    assert keys(results) == ["order.held_by", "order.held_by", "order.opened"]
    assert query(shop, "SELECT count(*) FROM batches") == [(1,)]
    assert query(shop, "SELECT count(*) FROM parcels WHERE state = 'open'") == [(1,)]
    assert faults_of(shop) == []


@pytest.mark.parametrize("where", ["next_order_id", "load_order"])
def test_two_stations_take_the_next_order_and_get_two(shop, open_another, paused, where):
    paused(where)
    results = together(*[scanning(open_another, name, "KP-NEXT") for name in ("1", "2")])
    assert sorted(each.order for each in results) == ["1001", "1002"]
    assert faults_of(shop) == []


def test_two_stations_take_over_the_same_order(shop, open_another, paused):
    Station(shop).scans("1001", TEA.piece)
    change(shop, "UPDATE orders SET lease_until = 1 WHERE number = '1001'")
    assert {Station(shop, name).scan("1001").key for name in ("2", "3")} == {"takeover.ask"}
    paused("load_order")
    results = together(*[scanning(open_another, name, "1001") for name in ("2", "3")])
    assert keys(results) == ["order.held_by", "takeover.done"]
    assert faults_of(shop) == []


def test_the_holder_scans_while_another_takes_over(shop, open_another, paused):
    Station(shop).scans("1001", TEA.piece)
    change(shop, "UPDATE orders SET lease_until = 1 WHERE number = '1001'")
    Station(shop, "2").scan("1001")
    paused("load_order")
    results = together(scanning(open_another, "1", TEA.piece), scanning(open_another, "2", "1001"))
    assert keys(results) in (
        ["order.taken_over", "takeover.done"],
        ["order.already_verified", "order.closed"],
    )
    assert faults_of(shop) == []


def test_what_an_opener_is_shown_is_what_is_true_when_it_gets_the_order(shop, open_another, paused):
    """Handed back with one piece done, opened by another at the same moment: the pieces are wanted again."""
    Station(shop).scans("1001", TEA.piece)
    paused("load_order")
    first = scanning(open_another, "1", "KP-CANCEL")
    second = scanning(open_another, "2", "1001")
    results = together(first, lambda: (time.sleep(PAUSE / 3), second())[1])
    assert results[0].key == "order.handed_back"
    assert results[1].key == "order.opened"
    assert (results[1].done, results[1].ask["left"]) == (0, 2)
    assert faults_of(shop) == []


def office(open_another, kind, **what):
    database = open_another()

    def act():
        try:
            with database.transaction() as tx:
                return getattr(orders_service, kind)(tx, "office", str(uuid4()), **what)
        finally:
            database.release()

    return act


def order_id(database, number):
    return query(database, "SELECT id FROM orders WHERE number = ?", number)[0][0]


def test_the_office_cancels_while_the_last_piece_is_scanned(shop, open_another, paused):
    Station(shop).scans("1001", TEA.piece)
    paused("load_order")
    cancel = office(open_another, "cancel", order=order_id(shop, "1001"))
    scanned, cancelled = together(scanning(open_another, "1", TEA.piece), cancel)
    assert scanned.key in ("order.closed", "order.cancelled_meanwhile")
    assert cancelled.state == "cancelled"
    somewhere = "SELECT sum(quantity) FROM balances WHERE place LIKE 'shelf:%' OR place = 'return'"
    assert query(shop, somewhere) == [(20,)]
    assert query(shop, "SELECT sum(quantity) FROM balances WHERE place LIKE 'parcel:%'") == [(0,)]
    assert faults_of(shop) == []


def test_the_parcel_is_handed_over_while_the_bench_takes_the_close_back(shop, open_another, paused):
    Station(shop).scans("1001", TEA.piece, TEA.piece)
    paused("load_trail")
    undone, handed = together(
        scanning(open_another, "1", "KP-UNDO"), office(open_another, "hand_over", orders=[order_id(shop, "1001")])
    )
    if isinstance(handed, StationError):
        assert (undone.key, handed.key) == ("undo.reopened", "order.cannot_hand_over")
    else:
        assert (undone.key, handed) == ("undo.handed_over", 1)
    assert faults_of(shop) == []


def test_one_act_that_arrives_twice_at_once_counts_once(shop, open_another, paused):
    """Two deliveries of one scan: both get an answer, one of them the stored one."""
    desks = [Desk(open_another(), "1") for _ in range(2)]
    desks[0].scan("1001").result()
    paused("load_order")
    act = str(uuid4())
    results = together(*[lambda desk=desk: desk.scan(TEA.piece, act).result() for desk in desks])
    assert sorted(each.repeat for each in results) == [False, True]
    assert {(each.key, each.done) for each in results} == {("pack.ok", 1)}
    for desk in desks:
        desk.stop()
    assert faults_of(shop) == []


def test_two_new_stations_of_one_name_begin_at_once(shop, open_another):
    desks = [Desk(open_another(), "new") for _ in range(3)]
    results = together(*[lambda desk=desk: desk.scan("hello").result() for desk in desks])
    assert keys(results) == ["code.unknown"] * 3
    for desk in desks:
        desk.stop()
    assert query(shop, "SELECT max(seq) FROM journal WHERE station = 'new'") == [(3,)]
    assert faults_of(shop) == []


def test_the_same_orders_are_taken_in_twice_at_once(shop, open_another):
    orders = [incoming(f"twice-{n}", ("NEW", 1)) for n in range(20)]
    desks = [Desk(open_another(), name) for name in ("1", "2")]
    reports = together(
        *[lambda desk=desk: desk.chunk(frozenset(), take_in, *orders, create=True).result() for desk in desks]
    )
    for desk in desks:
        desk.stop()
    assert sorted(each.orders["added"] for each in reports) == [0, 20]
    assert query(shop, "SELECT count(*) FROM orders WHERE number LIKE 'twice%'") == [(20,)]
    assert query(shop, "SELECT count(*) FROM products WHERE sku = 'NEW'") == [(1,)]
    assert faults_of(shop) == []


# --- controls -----------------------------------------------------------------------------------------------------


@only_on_sqlite
def test_control_a_plain_begin_would_lose_one_of_the_two(shop, open_another, paused):
    """SQLite's BEGIN without IMMEDIATE: the second to write fails at once, whatever it waits for."""
    Station(shop).scans("1001", TEA.piece)
    paused("load_order")

    def deferred():
        database = open_another()
        database._connection().execution_options(kenpin_reading=True)  # what readers say: BEGIN
        try:
            return Station(database).scan(TEA.piece)
        finally:
            database.release()

    results = together(deferred, deferred)
    assert [each for each in results if isinstance(each, DatabaseLocked)], "the control shows no harm"


@only_on_postgresql
def test_control_without_the_row_lock_two_stations_get_one_order(shop, open_another, paused, monkeypatch):
    for module, names in ((bench_storage, ("_LOAD", "_BY_NUMBER")), (stations_storage, ("_ENTER",))):
        for name in names:
            statement = getattr(module, name).statement._clone()
            statement._for_update_arg = None
            monkeypatch.setattr(module, name, Prepared(statement))
    paused("load_order")
    results = together(*[scanning(open_another, name, "1001") for name in ("1", "2")])
    assert keys(results) == ["order.opened", "order.opened"]
    assert query(shop, "SELECT count(*) FROM batches") == [(2,)], "the control shows no harm"


@only_on_postgresql
def test_a_scan_that_names_no_order_waits_for_nobody(shop, open_another):
    other = open_another()
    with shop.transaction() as tx:
        bench_storage.load_order(tx, 1)
        assert Station(other, "2").scan(ean(77)).key == "code.unknown"
