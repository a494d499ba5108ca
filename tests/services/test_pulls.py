"""The pull list 抜き取り: what a scan takes off it, what it refuses, and the list of numbers for the carrier."""

from uuid import uuid4

import pytest

from app.errors import NotAllowed, NotFound
from app.services import orders as orders_service
from app.services import pulls
from tests.makers import Station, change, faults_of, query
from tests.services.shipping import SAGAWA, YAMATO, Warehouse, order, tracking

NUMBERS = {"1001": tracking(1), "1002": tracking(2)}


class House(Warehouse):
    """Two released orders with printed waybills; the first one's goods are in its box."""

    def __init__(self, database, another):
        super().__init__(database, another)
        self.take_in(order("1001", ("SKU-1", 2)), order("1002", ("SKU-2", 1)))
        self.release()
        for number, waybill in NUMBERS.items():
            change(database, "UPDATE waybills SET state = 'numbered', number = ? WHERE order_id = ?", waybill,
                   self.id(number))  # fmt: skip
        self.slip = {number: f"KO-1-{at:03d}-1" for at, number in enumerate(self.sequence(1), 1)}

    def cancel(self, number):
        with self.database.transaction() as tx:
            orders_service.cancel(tx, "office", str(uuid4()), self.id(number))

    def scan(self, text, act=""):
        with self.database.transaction() as tx:
            return pulls.scan(tx, "office", act or str(uuid4()), text)

    def open(self):
        with self.database.reading() as tx:
            return pulls.open_pulls(tx)

    def lies(self, place):
        found = query(self.database, "SELECT quantity FROM balances WHERE place = ? AND quantity <> 0", place)
        return [row[0] for row in found]


@pytest.fixture
def house(database, open_another):
    made = House(database, open_another)
    yield made
    assert faults_of(database) == []


def test_an_order_that_is_well_has_nothing_to_pull(house):
    assert house.open() == []
    with pytest.raises(NotFound, match=r"pull\.unknown"):
        house.scan(house.slip["1001"])


def test_slip_waybill_and_goods_of_a_cancelled_order_are_listed_with_where_they_go(house):
    Station(house.database).scans(house.slip["1001"], *(["4599000000012"] * 2))
    house.cancel("1001")
    found = {row.kind: row for row in house.open()}
    assert set(found) == {"slip", "waybill", "goods"}
    assert (found["goods"].quantity, found["goods"].shelf, found["goods"].text) == (2, "A-01", "SKU-1")
    assert (found["waybill"].text, found["waybill"].carrier, found["waybill"].ship_name) == (
        NUMBERS["1001"], YAMATO, "見本 花子",
    )  # fmt: skip
    assert found["slip"].reason == "pull.cancelled"


def test_a_slip_is_taken_out_by_its_code_or_by_its_ship_number(house):
    house.cancel("1001")
    done = house.scan(house.slip["1001"])
    assert (done.kind, done.number, done.left, done.key) == ("slip", "1001", 1, "pull.done_slip")
    house.cancel("1002")
    assert house.scan(house.slip["1002"].removeprefix("KO-").removesuffix("-1")).kind == "slip"


def test_a_waybill_is_taken_out_by_its_bar_code_with_or_without_start_letters(house):
    house.cancel("1001")
    assert house.scan(f"A{NUMBERS['1001']}A").kind == "waybill"
    house.cancel("1002")
    number = NUMBERS["1002"]
    assert house.scan(f"{number[:4]}-{number[4:8]}-{number[8:]}").kind == "waybill"


def test_goods_go_back_to_their_shelf_by_any_code_they_have(house):
    Station(house.database).scans(house.slip["1001"], "4599000000012")
    house.cancel("1001")
    assert house.lies("return") == [1]
    done = house.scan("SKU-1")
    assert (done.kind, done.quantity, done.shelf) == ("goods", 1, "A-01")
    assert (house.lies("return"), house.lies("shelf:A-01")) == ([], [5000])


def test_what_cannot_be_scanned_is_confirmed_by_its_row(house):
    house.cancel("1001")
    row = next(row for row in house.open() if row.kind == "waybill")
    assert house.scan(f"#{row.id}").text == NUMBERS["1001"]
    with pytest.raises(NotFound):
        house.scan("#999999")


def test_a_thing_is_taken_out_once(house):
    house.cancel("1001")
    house.scan(house.slip["1001"])
    with pytest.raises(NotAllowed, match=r"pull\.already"):
        house.scan(house.slip["1001"])


def test_one_act_delivered_twice_takes_one_thing_out(house):
    Station(house.database).scans(house.slip["1001"], "4599000000012")
    house.cancel("1001")
    act = str(uuid4())
    assert house.scan("SKU-1", act) == house.scan("SKU-1", act)
    assert house.lies("shelf:A-01") == [5000]


def test_a_slip_of_another_order_is_left_where_it_is(house):
    house.cancel("1001")
    for text in (house.slip["1002"], NUMBERS["1002"], "4599000000029", "nonsense"):
        with pytest.raises(NotFound, match=r"pull\.unknown"):
            house.scan(text)
    assert len(house.open()) == 2


def test_goods_without_booked_stock_are_taken_off_the_list_and_move_nothing(database, open_another):
    change(database, "INSERT INTO settings (key, value) VALUES ('stock.tracked', 'off')")
    house = House(database, open_another)
    Station(database).scans(house.slip["1001"], "4599000000012")
    house.cancel("1001")
    assert house.scan("SKU-1").quantity == 1
    assert (house.lies("return"), house.lies("shelf:A-01")) == ([], [5000])


def test_the_void_list_has_issued_numbers_only_and_says_which_are_taken_out(house):
    house.cancel("1001")
    house.cancel("1002")
    house.scan(NUMBERS["1002"])
    with house.database.reading() as tx:
        found = {row.number: row.pulled for row in pulls.void_list(tx, YAMATO)}
        assert found == {NUMBERS["1001"]: False, NUMBERS["1002"]: True}
        assert pulls.void_list(tx, SAGAWA) == []
        assert len(pulls.void_list(tx, "", limit=1)) == 1
