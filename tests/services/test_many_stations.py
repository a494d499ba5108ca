"""Many stations take orders at once: no order twice, none unseen, the books right afterwards."""

import subprocess
import sys
import threading

import pytest

from app.services.desk import Desk
from app.storage import bench as packing
from app.storage.database import open_database
from tests.makers import Goods, faults_of, incoming, only_on_postgresql, query, stocked
from tests.services.taking import take_all

TEA = Goods(1, stock=400)
ORDERS = 160


@pytest.fixture
def shop(database):
    stocked(database, [TEA], *[incoming(str(1000 + n), ("SKU-1", 1), ordered_at=n) for n in range(ORDERS)])
    return database


def by_threads(url, number, prefix="t"):
    """Start stations as threads, each with its own connections; return what they will have taken."""
    taken, failed = [], []

    def work(name):
        desk = Desk(open_database(url), name)
        try:
            taken.append(take_all(desk, TEA.piece))
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)
        finally:
            desk.stop()

    threads = [threading.Thread(target=work, args=(f"{prefix}{n}",)) for n in range(number)]
    for each in threads:
        each.start()
    return threads, taken, failed


def every_order_once(database, taken):
    flat = [number for each in taken for number in each]
    assert len(flat) == len(set(flat)), "an order was claimed twice"
    assert len(flat) == ORDERS, "an order was not seen"
    assert query(database, "SELECT state, count(*) FROM orders GROUP BY state") == [("verified", ORDERS)]
    assert query(database, "SELECT count(*), max(sequence) FROM orders WHERE version = 1") == [(ORDERS, 1)]
    assert query(database, "SELECT count(*) FROM batches") == [(ORDERS,)]
    assert query(database, "SELECT sum(quantity) FROM balances WHERE place LIKE 'parcel:%'") == [(ORDERS,)]
    assert faults_of(database) == []


def test_fifty_stations_take_every_order_once(shop, url):
    threads, taken, failed = by_threads(url, 50)
    for each in threads:
        each.join()
    assert failed == [], "an error reached a person"
    every_order_once(shop, taken)
    assert sum(1 for each in taken if each) > 5, "one station had it all to itself"


def test_eight_programs_on_one_file_take_every_order_once(shop, url):
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.services.taking", url, f"p{n}", TEA.piece],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(8 if shop.path else 4)
    ]  # fmt: skip
    ended = [each.communicate(timeout=100) for each in started]
    assert [each.returncode for each in started] == [0] * len(started), ended[0][1]
    every_order_once(shop, [out.split() for out, _ in ended])


@only_on_postgresql
def test_a_station_that_stands_still_in_its_transaction_does_not_stop_the_queue(shop, open_another):
    first = Desk(open_another(), "1")
    with shop.transaction() as tx:
        assert packing.next_order_id(tx, True) is not None
        assert first.scan("KP-NEXT").result(timeout=2).order == "1001"
    first.stop()
