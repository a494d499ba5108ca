"""Count tasks: what a picker found otherwise than the books, and the books that follow."""

import pytest

from app.domain.stock import SUPPLIER, Move, shelf_place
from app.errors import NotAllowed, NotFound
from app.services import counts
from app.storage import packing as packing_storage
from tests.makers import faults_of, query
from tests.pickers import PickStation
from tests.services.shipping import Warehouse
from tests.services.test_picking import small_wave, to_the_item


@pytest.fixture
def short(database, open_another):
    """A shelf on which a picker found too little."""
    house = Warehouse(database, open_another)
    small_wave(house)
    station = PickStation(database)
    to_the_item(station, station.scan("KP-NEXT"), "SKU-3")
    station.scan("KP-SHORT")
    station.scan("KP-R-DAMAGED")
    return house


def count(house, pieces, *, number=1, lot="", act="the-count"):
    with house.database.transaction() as tx:
        return counts.counted(tx, "leader", act, number, pieces, lot)


def waiting(house):
    with house.database.reading() as tx:
        return counts.open_counts(tx)


def on_shelf(house, shelf):
    rows = query(house.database, "SELECT lot, quantity FROM balances WHERE place = ?", f"shelf:{shelf}")
    return {row[0]: row[1] for row in rows}


def test_a_short_shelf_waits_to_be_counted_with_what_the_books_say(short):
    (row,) = waiting(short)
    assert (row.shelf, row.sku, row.reason, row.job) == ("A-03", "SKU-3", "damaged", "1-1")
    assert row.books == on_shelf(short, "A-03")[""]


def test_the_books_follow_what_is_there_and_the_task_is_done(short):
    before = waiting(short)[0].books
    done = count(short, 3)
    assert (done.shelf, done.before, done.now) == ("A-03", before, 3)
    assert on_shelf(short, "A-03") == {"": 3}
    assert waiting(short) == []
    assert count(short, 3) == done, "the same act counts once"
    with pytest.raises(NotAllowed, match=r"count\.done_already"):
        count(short, 4, act="again")
    assert faults_of(short.database) == []


def test_a_count_that_agrees_books_nothing(short):
    moves = query(short.database, "SELECT count(*) FROM moves")
    count(short, waiting(short)[0].books)
    assert query(short.database, "SELECT count(*) FROM moves") == moves


def test_what_makes_no_sense_is_refused(short):
    with pytest.raises(NotFound, match=r"count\.not_found"):
        count(short, 1, number=99)
    with pytest.raises(NotAllowed, match=r"count\.bad_number"):
        count(short, -1)
    assert len(waiting(short)) == 1


def test_several_lots_on_a_shelf_are_counted_one_by_one(short):
    product = waiting(short)[0].product
    with short.database.transaction() as tx:
        packing_storage.book(tx, "lots", None, [Move(product, "L1", SUPPLIER, shelf_place("A-03"), 5)])
    with pytest.raises(NotAllowed, match=r"count\.which_lot"):
        count(short, 5)
    before = on_shelf(short, "A-03")[""]
    assert count(short, 4, lot="L1").before == 5
    assert on_shelf(short, "A-03") == {"": before, "L1": 4}


def test_a_shelf_is_asked_to_be_counted_once_only(short):
    station = PickStation(short.database)
    station.work(station.look())
    assert len(waiting(short)) == 1
