"""The stop screen: an order is found by whatever is at hand, and stopped wherever it is."""

from dataclasses import replace
from uuid import uuid4

import pytest

from app.domain.orders import OrderState
from app.errors import NotAllowed
from app.services import handover, stop
from app.services.people import add as add_person
from tests.makers import Station, change, faults_of, set_to
from tests.services.shipping import HOME, TEA, Warehouse, order, tracking


class House(Warehouse):
    """Five orders of several people."""

    def __init__(self, database, another):
        super().__init__(database, another)
        set_to(database, waybill_required="off")
        names = {"1001": "見本 花子", "1002": "見本 太郎", "21001": "例示 次郎", "A-1001-9": "花子 見本店"}
        self.take_in(*[order(number, ship_to=replace(HOME, name=name)) for number, name in names.items()])
        self.bench = Station(database)

    def slip(self, number):
        return f"KO-1-{self.sequence(1).index(number) + 1:03d}-1"

    def find(self, text):
        with self.database.reading() as tx:
            return stop.find(tx, text)

    def numbers(self, text):
        return [each.row.number for each in self.find(text)]

    def stop(self, number, *, cancel=False, station="office", act=""):
        with self.database.transaction() as tx:
            return stop.stop(tx, station, act or str(uuid4()), self.id(number), "customer called", cancel)

    def means(self, number):
        return next(each.means for each in self.find(number) if each.row.number == number)


@pytest.fixture
def house(database, open_another):
    made = House(database, open_another)
    yield made
    assert faults_of(database) == []


def test_a_whole_number_goes_before_those_that_have_it_as_a_part(house):
    assert house.numbers("1001")[0] == "1001"
    assert set(house.numbers("1001")) == {"1001", "21001", "A-1001-9"}
    assert [each.by for each in house.find("1001")] == ["number", "part", "part"]


def test_a_slip_finds_its_order(house):
    house.release()
    first = house.sequence(1)[0]
    assert (house.numbers("KO-1-001-1")[0], house.find("KO-1-001-1")[0].by) == (first, "slip")
    assert house.numbers("1-001")[0] == first


def test_a_waybill_finds_its_order_also_after_it_was_voided(house):
    set_to(house.database, waybill_required="on")
    house.release()
    change(house.database, "UPDATE waybills SET state = 'void', number = ? WHERE order_id = ?", tracking(7),
           house.id("1002"))  # fmt: skip
    assert [(each.row.number, each.by) for each in house.find(f"A{tracking(7)}A")] == [("1002", "waybill")]


def test_a_name_is_found_by_a_part_with_or_without_its_space(house):
    assert set(house.numbers("見本")) == {"1001", "1002", "A-1001-9"}
    assert house.numbers("見本花子") == ["1001"]
    assert house.numbers("誰も") == house.numbers("  ") == []


def test_signs_of_a_search_pattern_are_themselves(house):
    assert house.numbers("%") == house.numbers("_") == house.numbers("\\") == []


def test_orders_in_the_house_go_before_those_that_are_over(house):
    house.stop("1001", cancel=True)
    assert house.numbers("見本")[-1] == "1001"


def test_no_more_than_twenty_are_shown(house):
    house.take_in(*[order(f"B-{number}") for number in range(30)])
    assert len(house.find("B-")) == 20


def test_it_says_what_stopping_would_mean_in_every_state(house):
    assert house.means("1001") == "stop.means_before"
    house.release()
    assert house.means("1001") == "stop.means_released"
    house.bench.scan(house.slip("1001"))
    assert house.means("1001") == "stop.means_in_work"
    house.bench.scan(TEA.piece)
    assert house.means("1001") == "stop.means_verified"
    with house.database.transaction() as tx:
        handover.hand_over(tx, "office", str(uuid4()), [house.id("1001")])
    assert (house.means("1001"), house.find("1001")[0].may_stop) == ("stop.means_shipped", False)
    house.stop("1002", cancel=True)
    assert house.means("1002") == "stop.means_over"


def test_a_stopped_order_is_held_with_the_words_and_the_bench_stops(house):
    house.release()
    house.bench.scan(house.slip("1001"))
    stopped = house.stop("1001")
    assert (stopped.row.holds, stopped.cancelled, stopped.pulls) == (("by_hand",), False, 0)
    assert house.bench.scan(TEA.piece).key == "order.held_meanwhile"


def test_a_stopped_and_cancelled_order_says_how_much_must_be_taken_out(house):
    house.release()
    house.bench.scans(house.slip("1002"), TEA.piece)
    stopped = house.stop("1002", cancel=True)
    assert (stopped.row.state, stopped.pulls) == (OrderState.CANCELLED, 2)


def test_what_has_left_the_house_cannot_be_stopped(house):
    house.release()
    house.bench.scans(house.slip("1001"), TEA.piece)
    with house.database.transaction() as tx:
        handover.hand_over(tx, "office", str(uuid4()), [house.id("1001")])
    for cancel in (False, True):
        with pytest.raises(NotAllowed):
            house.stop("1001", cancel=cancel)


def test_one_stop_delivered_twice_is_one(house):
    act = str(uuid4())
    assert house.stop("1001", act=act) == house.stop("1001", act=act)


def test_a_packer_without_the_right_stops_nothing(house):
    with house.database.transaction() as tx:
        add_person(tx, "office", str(uuid4()), "山田", "P1", "packer")
    house.bench.scan("KU-P1")
    for cancel in (False, True):
        with pytest.raises(NotAllowed, match=r"right\.missing"):
            house.stop("1001", cancel=cancel, station="1")
    assert house.state("1001") == "ready"
