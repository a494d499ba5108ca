"""Reservation on both databases: earliest cut-off first, whole orders, held and freed, never more than there is."""

import threading
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.domain.orders import Hold
from app.domain.stock import ADJUSTMENT, SUPPLIER, Move, shelf_place
from app.errors import DatabaseLocked, NotAllowed
from app.services import orders as orders_service
from app.services import release, reservation
from app.services.desk import Desk
from app.storage import holds as holds_storage
from app.storage import order_life
from app.storage import packing as packing_storage
from app.storage.database import open_database
from tests.makers import (
    Goods,
    Station,
    add_goods,
    change,
    faults_of,
    incoming,
    only_on_postgresql,
    query,
    set_to,
    stocked,
    take_in,
)  # fmt: skip

TEA, CUP, UNCOUNTED = Goods(1, stock=5), Goods(2, stock=5), Goods(3)


class House:
    """Goods and orders, and what the office does with them."""

    def __init__(self, database, open_another):
        self.database, self._another = database, open_another

    def take_in(self, *orders):
        with self.database.transaction() as tx:
            take_in(tx, *orders)

    def id(self, number):
        return query(self.database, "SELECT id FROM orders WHERE number = ?", number)[0][0]

    def _numbers(self, done):
        def named(ids):
            return [query(self.database, "SELECT number FROM orders WHERE id = ?", each)[0][0] for each in ids]

        return named(done.covered), named(done.short)

    def reserve(self, *numbers, act=None):
        ids = [self.id(number) for number in numbers]
        with self.database.transaction() as tx:
            done = reservation.reserve(tx, "office", act or str(uuid4()), ids)
        return self._numbers(done)

    def reserve_waiting(self, progress=None):
        desk = Desk(self._another(), "desk")
        try:
            return self._numbers(reservation.reserve_waiting(desk, progress))
        finally:
            desk.stop()

    def free(self, number):
        with self.database.transaction() as tx:
            reservation.free(tx, [self.id(number)])

    def free_stock(self, goods):
        ((product,),) = query(self.database, "SELECT id FROM products WHERE sku = ?", goods.sku)
        with self.database.reading() as tx:
            return reservation.free_stock(tx, [product])[product]

    def book(self, goods, pieces, source=SUPPLIER):
        ((product, shelf),) = query(self.database, "SELECT id, shelf FROM products WHERE sku = ?", goods.sku)
        ends = (source, shelf_place(shelf)) if pieces > 0 else (shelf_place(shelf), source)
        with self.database.transaction() as tx:
            packing_storage.book(tx, str(uuid4()), None, [Move(product, "", *ends, abs(pieces))])

    def office(self, kind, number, **more):
        with self.database.transaction() as tx:
            what = {"order": self.id(number)} if kind in ("lift", "cancel") else {"orders": [self.id(number)]}
            return getattr(orders_service, kind)(tx, "office", str(uuid4()), **what, **more)

    def release(self, number):
        with self.database.transaction() as tx:
            release.at_once(tx, "office", str(uuid4()), [self.id(number)])

    def reserved(self, number):
        statement = "SELECT reserved FROM order_lines WHERE order_id = ? ORDER BY position"
        return [row[0] for row in query(self.database, statement, self.id(number))]

    def hold(self, number):
        """The state, and the detail of the hold no stock; None where it does not stand."""
        found = query(
            self.database, "SELECT detail FROM holds WHERE order_id = ? AND hold = 'no_stock' AND lifted_at IS NULL",
            self.id(number),
        )  # fmt: skip
        ((state,),) = query(self.database, "SELECT state FROM orders WHERE number = ?", number)
        return state, found[0][0] if found else None

    def agrees(self):
        assert faults_of(self.database) == []
        with self.database.reading() as tx:
            assert list(reservation.check(tx)) == []


@pytest.fixture
def house(database, open_another):
    stocked(database, [TEA, CUP, UNCOUNTED])
    made = House(database, open_another)
    yield made
    made.agrees()


# --- whole orders -------------------------------------------------------------------------------------------------


def test_an_order_that_stock_covers_is_promised_it(house):
    house.take_in(incoming("1", ("SKU-1", 2), ("SKU-2", 1)))
    assert house.reserve("1") == (["1"], [])
    assert house.reserved("1") == [2, 1]
    assert (house.free_stock(TEA), house.free_stock(CUP)) == (3, 4)
    assert house.hold("1") == ("ready", None)


def test_an_order_that_cannot_be_covered_whole_takes_nothing_and_says_what_is_missing(house):
    house.take_in(incoming("1", ("SKU-2", 1), ("SKU-1", 4), ("SKU-1", 3)))
    assert house.reserve("1") == ([], ["1"])
    assert house.reserved("1") == [0, 0, 0]
    assert house.hold("1") == ("received", "SKU-1 ×2")
    assert house.free_stock(CUP) == 5


def test_the_earliest_cut_off_goes_first_however_the_orders_are_named(house):
    house.take_in(
        incoming("late", ("SKU-1", 3), cut_off=2_000),
        incoming("never", ("SKU-1", 3)),
        incoming("soon", ("SKU-1", 3), cut_off=1_000),
    )
    assert house.reserve("never", "late", "soon") == (["soon"], ["late", "never"])


def test_a_later_order_gets_what_an_earlier_one_could_not_use(house):
    house.take_in(incoming("big", ("SKU-1", 6), cut_off=1_000), incoming("small", ("SKU-1", 5), cut_off=2_000))
    assert house.reserve("big", "small") == (["small"], ["big"])
    assert house.hold("big") == ("received", "SKU-1 ×1")


def test_goods_that_never_had_stock_booked_in_never_lack(house):
    house.take_in(incoming("1", ("SKU-3", 99)))
    assert house.reserve("1") == (["1"], [])
    assert house.reserved("1") == [0]


def test_a_scan_of_goods_that_are_not_counted_does_not_begin_a_count(house):
    house.take_in(incoming("1", ("SKU-3", 1)), incoming("2", ("SKU-3", 1)))
    assert Station(house.database).scans("1", UNCOUNTED.piece) == ["order.opened", "order.closed"]
    assert house.reserve("2") == (["2"], [])
    assert house.hold("2") == ("ready", None)


def test_where_stock_is_not_kept_nothing_lacks(house):
    house.take_in(incoming("1", ("SKU-1", 9)))
    house.reserve("1")
    set_to(house.database, stock_tracked="off")
    assert house.reserve_waiting() == (["1"], [])
    assert house.hold("1") == ("ready", None)


def test_the_same_act_twice_reserves_once_and_answers_alike(house):
    house.take_in(incoming("1", ("SKU-1", 2)), incoming("2", ("SKU-1", 9)))
    assert house.reserve("1", "2", act="a") == house.reserve("1", "2", act="a") == (["1"], ["2"])
    assert query(house.database, "SELECT count(*) FROM journal WHERE kind = 'reserve'") == [(1,)]


def test_reserving_again_promises_nothing_twice(house):
    house.take_in(incoming("1", ("SKU-1", 4)))
    house.reserve("1")
    assert house.reserve("1") == (["1"], [])
    assert house.free_stock(TEA) == 1


def test_an_unknown_line_asks_for_nothing_and_the_known_ones_are_promised(house):
    house.take_in(incoming("1", ("SKU-1", 2), ("NEW", 1)))
    assert house.reserve("1") == (["1"], [])
    assert house.reserved("1") == [2, 0]
    assert house.hold("1") == ("received", None)


def test_a_finished_or_cancelled_order_is_passed_over(house):
    house.take_in(incoming("1", ("SKU-1", 1)), incoming("2", ("SKU-1", 1)))
    Station(house.database).scans("1", TEA.piece)
    house.office("cancel", "2")
    assert house.reserve("1", "2") == ([], [])


# --- lifted by hand, in work --------------------------------------------------------------------------------------


def test_a_person_who_lifts_the_hold_gets_what_is_there(house):
    house.take_in(incoming("1", ("SKU-1", 7), ("SKU-2", 1)))
    house.reserve("1")
    house.office("lift", "1", which=["no_stock"])
    assert house.reserve_waiting() == ([], ["1"])
    assert house.reserved("1") == [5, 1]
    assert house.hold("1") == ("ready", None)
    house.book(TEA, 1)
    house.reserve_waiting()
    assert house.reserved("1") == [6, 1]
    house.book(TEA, 1)
    assert house.reserve_waiting() == (["1"], [])
    assert query(house.database, "SELECT count(*) FROM holds") == [(0,)]


def test_an_order_in_work_takes_what_is_there_and_is_not_held(house):
    house.take_in(incoming("1", ("SKU-1", 3)))
    house.release("1")
    assert house.reserved("1") == [3]
    change(house.database, "UPDATE order_lines SET wanted = 7")
    assert house.reserve("1") == ([], ["1"])
    assert house.reserved("1") == [5]
    assert house.hold("1") == ("released", None)


def test_pieces_already_in_the_box_are_not_lacking(house):
    house.take_in(incoming("1", ("SKU-1", 5)))
    station = Station(house.database)
    station.scans("1", *[TEA.piece] * 4)
    assert house.reserve("1") == (["1"], [])
    assert (house.reserved("1"), house.free_stock(TEA)) == ([5], 0)
    station.scan(TEA.piece)
    assert (house.hold("1"), house.free_stock(TEA)) == (("verified", None), 0)


def test_scanning_a_promised_piece_leaves_what_is_free_as_it_is(house):
    house.take_in(incoming("1", ("SKU-1", 3)))
    house.reserve("1")
    station = Station(house.database)
    for code in ("1", TEA.piece, TEA.piece, "KP-UNDO", TEA.piece, TEA.piece):
        station.scan(code)
        assert house.free_stock(TEA) == 2
    assert house.hold("1")[0] == "verified"


# --- freed, changed, again ----------------------------------------------------------------------------------------


def test_what_one_order_gives_back_the_next_one_gets(house):
    house.take_in(incoming("1", ("SKU-1", 5)), incoming("2", ("SKU-1", 1)))
    house.reserve("1", "2")
    house.office("hold", "1")
    assert house.reserve_waiting() == ([], ["2"])  # nothing is free
    house.free("1")
    house.office("cancel", "1")
    assert house.reserve_waiting() == (["2"], [])
    assert house.hold("2") == ("ready", None)


def test_stock_that_is_booked_in_covers_who_waited_longest(house):
    house.take_in(*[incoming(f"{n}", ("SKU-1", 5), ordered_at=n) for n in range(3)])
    assert house.reserve_waiting() == (["0"], ["1", "2"])
    house.book(TEA, 5, ADJUSTMENT)
    assert house.reserve_waiting() == (["1"], ["2"])
    assert [house.hold(f"{n}")[1] for n in range(3)] == [None, None, "SKU-1 ×5"]


def test_the_missing_pieces_are_said_anew_when_they_change(house):
    house.take_in(incoming("1", ("SKU-1", 9)))
    house.reserve("1")
    house.book(TEA, 3)
    assert house.reserve_waiting() == ([], ["1"])
    assert house.hold("1") == ("received", "SKU-1 ×1")


def test_a_hold_of_another_kind_keeps_the_order_waiting(house):
    house.take_in(incoming("1", ("SKU-1", 9), holds=(Hold.UNPAID,)))
    house.reserve("1")
    house.book(TEA, 5)
    house.reserve_waiting()
    assert house.hold("1") == ("received", None)
    assert query(house.database, "SELECT held FROM orders") == [(1,)]


def test_less_wanted_is_less_promised(house):
    house.take_in(incoming("1", ("SKU-1", 5)))
    house.reserve("1")
    change(house.database, "UPDATE order_lines SET wanted = 2")
    with house.database.transaction() as tx:
        reservation.fit(tx, [house.id("1")])
    assert (house.reserved("1"), house.free_stock(TEA)) == ([2], 3)


def test_an_order_closed_short_keeps_no_promise(house):
    house.take_in(incoming("1", ("SKU-1", 3)))
    house.reserve("1")
    keys = Station(house.database).scans("1", TEA.piece, "KP-SHORT", "KP-R-MISSING", "KP-DONE")
    assert keys[-1] == "order.closed_short"
    assert (house.reserved("1"), house.free_stock(TEA)) == ([1], 4)


def test_an_order_handed_back_short_promises_less_and_the_customer_is_asked_at_once(house):
    house.take_in(incoming("1", ("SKU-1", 3)))
    house.reserve("1")
    keys = Station(house.database).scans("1", TEA.piece, "KP-SHORT", "KP-R-MISSING", "KP-CANCEL")
    assert keys[-1] == "order.handed_back_short"
    assert house.reserved("1") == [1]
    assert query(house.database, "SELECT about, answer FROM contacts") == [("short", "")]


def test_nothing_is_touched_where_nothing_changes(house):
    house.take_in(incoming("1", ("SKU-1", 5)), incoming("2", ("SKU-1", 1)))
    house.reserve_waiting()
    before = query(house.database, "SELECT count(*) FROM journal")
    assert house.reserve_waiting() == ([], ["2"])
    assert query(house.database, "SELECT count(*) FROM journal") == before


def test_many_orders_go_in_chunks_that_say_how_far_they_are(house):
    house.book(TEA, 95)
    house.take_in(*[incoming(f"{n}", ("SKU-1", 1), ordered_at=n) for n in range(101)])
    told = []
    covered, short = house.reserve_waiting(lambda at, whole: told.append((at, whole)))
    assert (covered, short) == ([f"{n}" for n in range(100)], ["100"])
    assert len(told) > 1
    assert told[-1] == (101, 101)


# --- at the same time ---------------------------------------------------------------------------------------------


@only_on_postgresql
def test_stations_that_reserve_the_same_last_pieces_promise_exactly_as_many_as_there_are(house, url):
    house.book(TEA, 32)
    house.take_in(*[incoming(f"{n}", ("SKU-2", 1) if n % 9 == 0 else ("SKU-1", 1), ("SKU-1", 1)) for n in range(60)])
    ids = [row[0] for row in query(house.database, "SELECT id FROM orders ORDER BY id")]
    start, failed = threading.Barrier(6), []

    def work(number):
        database = open_database(url)
        try:
            start.wait(10)
            for at in range(0, 60, 10):
                part = [ids[(at + number * 7 + step * 11) % 60] for step in range(10)]
                for tries in range(5):
                    try:
                        with database.transaction() as tx:
                            reservation.reserve(tx, f"s{number}", str(uuid4()), part)
                        break
                    except DatabaseLocked:
                        if tries == 4:
                            raise
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    house.reserve_waiting()
    assert house.free_stock(TEA) in (0, 1), "less was promised than could be"
    whole = "SELECT sum(reserved) FROM order_lines l JOIN products p ON p.id = l.product_id WHERE p.sku = 'SKU-1'"
    assert query(house.database, whole)[0][0] == 37 - house.free_stock(TEA)
    broken = (
        "SELECT count(*) FROM (SELECT order_id FROM order_lines GROUP BY order_id "
        "HAVING sum(reserved) > 0 AND sum(reserved) < sum(wanted)) part"
    )
    assert query(house.database, broken) == [(0,)]


# --- any shift ----------------------------------------------------------------------------------------------------

LINES = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), min_size=1, max_size=3)
KINDS = ["reserve", "reserve", "reserve", "waiting", "cancel", "book", "book", "lift", "release", "fewer", "hold"]
_shifts = count(1)


def test_promises_are_kept_whatever_happens(database, open_another):
    """Never more promised than wanted, nor, by reserving alone, than there is; the books agree after every act."""
    with database.transaction() as tx:
        add_goods(tx, TEA, CUP, UNCOUNTED)
    house = House(database, open_another)
    desk = Desk(open_another(), "desk")

    @settings(max_examples=settings.default.max_examples // (6 if database.path else 12) + 1, phases=[Phase.generate])
    @given(wanted=st.lists(LINES, min_size=3, max_size=6), random=st.randoms(use_true_random=True))
    def shift(wanted, random):
        number = next(_shifts)
        change(database, "UPDATE order_lines SET reserved = 0")
        change(database, "UPDATE orders SET state = 'cancelled', holder = ''")
        change(database, "UPDATE stations SET order_id = NULL")
        names = [f"{number}-{place}" for place in range(len(wanted))]
        lines = [[(f"SKU-{product}", pieces) for product, pieces in each] for each in wanted]
        orders = [
            incoming(name, *each, cut_off=random.choice([None, 1_000, 2_000]))
            for name, each in zip(names, lines, strict=True)
        ]
        house.take_in(*orders)
        station = Station(database, f"s{number}")
        for _ in range(40):
            free = [house.free_stock(goods) for goods in (TEA, CUP)]
            kind, name = random.choice([*KINDS, *["scan"] * 8]), random.choice(names)
            _happen(house, desk, station, random, kind, name)
            if kind in ("reserve", "waiting"):
                for before, goods in zip(free, (TEA, CUP), strict=True):
                    assert house.free_stock(goods) >= min(before, 0), (kind, goods.sku)
        assert query(database, "SELECT count(*) FROM order_lines WHERE reserved > wanted OR reserved < 0") == [(0,)]
        reservation.reserve_waiting(desk)
        _none_waits_in_vain(house, names)
        house.agrees()

    try:
        shift()
    finally:
        desk.stop()


def _happen(house, desk, station, random, kind, name):
    order = house.id(name)
    if kind == "scan":
        codes = [name, TEA.piece, CUP.piece, UNCOUNTED.piece, "KP-UNDO", "KP-SHORT", "KP-R-MISSING", "KP-DONE"]
        station.scan(random.choice([*codes, *[TEA.piece, CUP.piece, UNCOUNTED.piece] * 2, "KP-CANCEL"]))
    elif kind == "waiting":
        reservation.reserve_waiting(desk)
    elif kind == "reserve":
        with house.database.transaction() as tx:
            reservation.reserve(
                tx, "office", str(uuid4()), [order, *([house.id(name)] if random.random() < 0.3 else [])]
            )
    elif kind == "book":
        house.book(random.choice([TEA, CUP]), random.choice([1, 2, 5, -1]), ADJUSTMENT)
    elif kind == "release":
        house.release(name)
    elif kind == "fewer":
        with house.database.transaction() as tx:
            order_life.lock(tx, order)
            tx.connection.exec_driver_sql(
                f"UPDATE order_lines SET wanted = wanted - 1 WHERE order_id = {order} AND wanted > done + short + 1"
            )
            reservation.fit(tx, [order])
    else:
        try:
            with house.database.transaction() as tx:
                what = {"order": order} if kind in ("lift", "cancel") else {"orders": [order]}
                getattr(orders_service, kind)(tx, "office", str(uuid4()), **what)
                if kind == "cancel":
                    reservation.free(tx, [order])
        except NotAllowed:
            pass  # the rules said no, and nothing changed


def _none_waits_in_vain(house, names):
    """After a reservation of everything, no order is held for stock that is free."""
    free = {"SKU-1": house.free_stock(TEA), "SKU-2": house.free_stock(CUP)}
    for name in names:
        state, detail = house.hold(name)
        if detail is None or state in ("cancelled", "verified", "shipped"):
            continue
        lacking = {}
        rows = query(
            house.database, "SELECT sku, wanted, short, reserved, done FROM order_lines WHERE order_id = ?",
            house.id(name),
        )  # fmt: skip
        for sku, wanted, short, reserved, done in rows:
            lacking[sku] = lacking.get(sku, 0) + max(wanted - short - max(reserved, done), 0)
        assert any(pieces > free.get(sku, 10**6) for sku, pieces in lacking.items()), (name, detail, free)


def test_the_hold_is_the_one_that_the_house_knows(house):
    house.take_in(incoming("1", ("SKU-1", 9)))
    house.reserve("1")
    with house.database.reading() as tx:
        (found,) = holds_storage.holds_of(tx, house.id("1"))
    assert (found.hold, found.lifted) == (str(Hold.NO_STOCK), False)
