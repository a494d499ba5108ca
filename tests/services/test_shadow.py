"""A shop's first days in shadow mode on a real database: nothing stops, the books hold, the report tells."""

import pytest

from app.services import shadow
from tests.makers import Station, change, ean, faults_of, query, set_to
from tests.services.shipping import Warehouse, order, tracking


@pytest.fixture
def house(database, open_another):
    """Six released orders with numbered waybills: three teas and two cups each."""
    made = Warehouse(database, open_another)
    made.take_in(*(order(str(number), ("SKU-1", 3), ("SKU-2", 2)) for number in range(1001, 1007)))
    made.release()
    made.export()
    for (identity,) in query(database, "SELECT id FROM waybills"):
        number = tracking(identity)
        change(database, "UPDATE waybills SET number = ?, state = 'numbered' WHERE id = ?", number, identity)
    set_to(database, pack_check="shadow")
    return made


def slip(house, number):
    ((batch, sequence),) = query(house.database, "SELECT batch, sequence FROM orders WHERE number = ?", str(number))
    return f"KO-{batch}-{sequence:03d}-1"


def number_of(house, number):
    return house.waybills(str(number))[0].number


def report(house, **more):
    with house.database.reading() as tx:
        return shadow.report(tx, **more)


def test_a_whole_week_of_slips_stops_nothing_and_is_counted(house):
    bench = Station(house.database)
    tea, cup, other = ean(1), ean(2), ean(3)
    # 1001 is packed right; 1002 gets wrong goods and one piece too many; 1003 is left half scanned and labelled;
    # 1004 gets the waybill of 1005; 1005 is never scanned; 1006 is closed by hand.
    levels = [bench.scan(code).level for code in (slip(house, 1001), tea, tea, tea, cup, cup, number_of(house, 1001))]
    assert set(levels) == {"ok"}
    said = {}
    for step in (
        slip(house, 1002), other, tea, tea, tea, tea, cup, cup, number_of(house, 1002),
        slip(house, 1003), tea, cup, number_of(house, 1003),
        slip(house, 1004), tea, tea, tea, cup, cup, number_of(house, 1005),
        slip(house, 1005),
        slip(house, 1006), tea, "KP-DONE",
    ):  # fmt: skip
        answer = bench.scan(step)
        assert answer.level != "refused", (step, answer.key)
        if answer.level == "noted":
            said[answer.key] = said.get(answer.key, 0) + 1
    assert said == {
        "item.wrong": 1, "item.complete": 1, "waybill.goods_first": 1, "waybill.next_one": 1,
        "slip.next_one": 2, "done.still_wanted": 1,
    }  # fmt: skip
    states = {number: house.state(str(number)) for number in range(1001, 1007)}
    assert states == dict.fromkeys((1001, 1002, 1003, 1004, 1006), "verified") | {1005: "released"}
    assert faults_of(house.database) == []
    found = report(house)
    assert (found.closed, found.stopped) == (5, 5)
    assert found.kinds["wrong"] == 1
    assert {"number", "left_out", "waybill"} <= set(found.kinds)
    assert sum(found.kinds.values()) == sum(said.values()) == len(found.rows)
    assert [row.key for row in report(house, key="item.wrong").rows] == ["item.wrong"]


def test_goods_that_nobody_scanned_are_in_the_books_of_the_parcel(house):
    bench = Station(house.database)
    bench.scans(slip(house, 1001), ean(1))
    assert bench.scan(number_of(house, 1001)).level == "noted"
    packed = query(
        house.database,
        "SELECT how, sum(quantity) FROM steps WHERE kind = 'pack' AND undone = '' GROUP BY how ORDER BY how",
    )
    assert [(how, int(pieces)) for how, pieces in packed] == [("", 1), ("shadow", 4)]
    assert faults_of(house.database) == []
    assert bench.scan("KP-UNDO").key == "undo.reopened_label"
    assert faults_of(house.database) == []


def test_the_same_slips_are_refused_once_the_checks_are_on(house):
    bench = Station(house.database)
    set_to(house.database, pack_check="on")
    assert [bench.scan(code).level for code in (slip(house, 1001), ean(3), number_of(house, 1001))] == [
        "ok", "refused", "refused"
    ]  # fmt: skip
    assert report(house).kinds == {}
