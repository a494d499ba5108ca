"""Returns on a real database: orders, stock, journal and parcels follow what is scanned."""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import replace
from uuid import uuid4

import pytest

from app.domain.people import Role
from app.services import handover, orders, reservation, returns
from app.storage import people
from tests.makers import Goods, Station, change, faults_of, incoming, query, set_to, stocked, take_in
from tests.returners import ReturnStation
from tests.services.dock import Dock, number_of
from tests.services.test_statements import MOST, traced

TEA = Goods(1, per_case=3, stock=50)
CUP = Goods(2, stock=50)
LOT = Goods(3, more={"lot_policy": "lot", "lot_from": "scan"})
CAMERA = Goods(4, stock=50, more={"lot_policy": "serial"})
A, B = number_of(1), number_of(2)


@pytest.fixture
def dock(database) -> Dock:
    stocked(database, [TEA, CUP, LOT, CAMERA])
    return Dock(database)


def ship(dock, number, *wanted, codes=(), waybill=A):
    """Take an order in, pack it with its codes, and hand it over."""
    with dock.database.transaction() as tx:
        take_in(tx, incoming(number, *((goods.sku, pieces) for goods, pieces in wanted)))
    bench = Station(dock.database)
    assert bench.scan(number).key == "order.opened"
    codes = codes or [goods.piece for goods, pieces in wanted for _ in range(pieces)]
    assert [bench.scan(code).key for code in codes][-1] == "order.closed"
    dock.going(number)
    dock.label(number, waybill)
    assert dock.scan(waybill).key == "dock.handed_over"


@pytest.fixture
def back(dock) -> ReturnStation:
    """A station for returns; an order of two teas and a cup is with its buyer."""
    ship(dock, "A-1", (TEA, 2), (CUP, 1))
    return ReturnStation(dock.database)


def stock(database, goods, place=None):
    place = place or f"shelf:A-{goods.number:02d}"
    rows = query(
        database,
        "SELECT sum(b.quantity) FROM balances b JOIN products p ON p.id = b.product_id WHERE p.sku = ? AND b.place = ?",
        goods.sku, place,
    )  # fmt: skip
    return int(rows[0][0] or 0)


def good(back, goods):
    return back.scans(goods.piece, "KP-1", "KP-1")


def state(dock, number="A-1"):
    parcel = query(dock.database, "SELECT state FROM parcels WHERE order_id = ?", dock.order(number))
    return dock.state(number), parcel[-1][0]


# --- which order --------------------------------------------------------------------------------------------------


def test_waybill_slip_ship_number_and_order_number_open_the_return(back, dock):
    ship_number = back.scan("A-1").ship_number
    back.scan("KP-CANCEL")
    for code in (A, f"a{A}a", f"KO-{ship_number}-1", f"KO-{ship_number}", ship_number, "A-1", "shop:A-1"):
        answer = back.scan(code)
        assert (answer.key, answer.wanted, answer.order) == ("return.opened", 3, "A-1"), code
        back.scan("KP-CANCEL")
    assert faults_of(dock.database) == []


def test_a_serial_number_opens_the_return_of_the_order_it_went_into(back, dock):
    ship(dock, "A-2", (CAMERA, 1), codes=(CAMERA.piece, "SN-77"), waybill=B)
    assert back.scan("SN-77").order == "A-2"
    back.scan("KP-CANCEL")
    assert back.scan(f"]d2010{CAMERA.piece}21SN-77").order == "A-2"
    back.scan("KP-CANCEL")
    assert back.scan("SN-78").key == "return.unknown"


def test_what_has_not_left_is_told_what_to_do(back, dock):
    dock.fill("A-5", pieces=1)
    with dock.database.transaction() as tx:
        take_in(tx, incoming("A-6", (TEA.sku, 1)))
    assert [back.scan(code).key for code in ("A-5", "A-6", "A-7")] == [
        "return.on_dock", "return.not_shipped", "return.unknown",
    ]  # fmt: skip


def test_one_number_at_two_shops_is_refused_by_their_ship_numbers(back, dock):
    with dock.database.transaction() as tx:
        take_in(tx, incoming("A-1", (TEA.sku, 1)), shop="other")
    assert back.scan("A-1").key == "return.opened", "the other one never left"
    back.scan("KP-CANCEL")
    change(dock.database, "UPDATE orders SET state = 'shipped'")
    answer = back.scan("A-1")
    assert answer.key == "return.several"


# --- pieces -------------------------------------------------------------------------------------------------------


def test_a_good_piece_is_on_its_shelf_again_and_a_bad_one_is_promised_to_nobody(back, dock):
    before = stock(dock.database, TEA)
    back.scan(A)
    answer = good(back, TEA)
    assert (answer.key, answer.args["shelf"], answer.done, answer.wanted) == ("return.back", "A-01", 1, 3)
    assert stock(dock.database, TEA) == before + 1
    answer = back.scans(TEA.piece, "KP-2", "KP-2")
    assert answer.args["shelf"] == "RETURN-BAD"
    assert stock(dock.database, TEA) == before + 1
    assert stock(dock.database, TEA, "unsaleable:RETURN-BAD") == 1
    assert stock(dock.database, TEA, "customer") == 0
    rows = query(dock.database, "SELECT quantity, reason, grade, place FROM return_steps ORDER BY id")
    assert rows == [(1, "unwanted", "good", "shelf:A-01"), (1, "defective", "bad", "unsaleable:RETURN-BAD")]
    assert faults_of(dock.database) == []


def test_goods_that_came_back_are_promised_to_the_next_order_and_bad_ones_are_not(back, dock):
    with dock.database.transaction() as tx:
        take_in(tx, incoming("A-9", (CUP.sku, 1)))
    change(dock.database, "DELETE FROM balances WHERE place LIKE 'shelf:%'")
    order = [dock.order("A-9")]

    def reserved():
        with dock.database.transaction() as tx:
            reservation.reserve(tx, "office", str(uuid4()), order)
        return query(dock.database, "SELECT reserved FROM order_lines WHERE order_id = ?", *order)[0][0]

    back.scans(A, CUP.piece, "KP-2", "KP-2")
    assert reserved() == 0
    back.scan("KP-UNDO")
    good(back, CUP)
    assert reserved() == 1


def test_a_part_that_came_back_leaves_the_order_shipped_and_the_rest_may_follow(back, dock):
    back.scan(A)
    good(back, TEA)
    answer = back.scan("KP-DONE")
    assert (answer.key, answer.args["left"]) == ("return.closed_part", 2)
    assert state(dock) == ("shipped", "handed_over")
    with dock.database.reading() as tx:
        full = orders.show(tx, dock.order("A-1"))
    assert full is not None
    assert full.back == 1
    assert back.scan("A-1").args["before"] == 1
    assert good(back, TEA).key == "return.back"
    assert back.scan(TEA.piece).key == "return.came_back_already"
    assert good(back, CUP).key == "return.back_last"
    assert back.scan("KP-DONE").key == "return.closed"
    assert state(dock) == ("returned", "returned")
    assert faults_of(dock.database) == []


def test_when_everything_is_back_the_order_and_its_parcel_are_returned(back, dock):
    back.scan(A)
    for goods in (TEA, TEA, CUP):
        answer = good(back, goods)
    assert (answer.key, answer.ask["kind"]) == ("return.back_last", "close")
    assert back.scan("KP-DONE").key == "return.closed"
    assert state(dock) == ("returned", "returned")
    assert back.scan(A).key == "return.all_back_already"
    assert query(dock.database, "SELECT state, holder, waybill FROM returns") == [("done", "", A)]
    assert faults_of(dock.database) == []


@pytest.mark.parametrize("begun", ["shipped", "reported", "acknowledged"])
def test_a_reported_order_comes_back_as_well(back, dock, begun):
    change(dock.database, "UPDATE orders SET state = ? WHERE number = 'A-1'", begun)
    back.scans(A, "KP-DONE", "KP-DONE", "KP-DONE")
    assert state(dock) == ("returned", "returned")
    assert faults_of(dock.database) == []


def test_an_unopened_parcel_comes_back_in_one_act_and_leaders_are_told(back, dock):
    before = stock(dock.database, TEA)
    back.scan(A)
    answer = back.scan("KP-DONE")
    assert (answer.key, answer.ask["pieces"]) == ("return.whole", 3)
    assert back.scan("KP-1").key == "return.whole_back"
    assert stock(dock.database, TEA) == before + 2
    assert query(dock.database, "SELECT what, detail FROM overrides") == [("unopened", A)]
    acts = query(dock.database, "SELECT act, reason FROM return_steps")
    assert (len(acts), len(set(acts)), acts[0][1]) == (2, 1, "refused")
    assert faults_of(dock.database) == []


def test_a_lot_goes_back_under_its_own_number(back, dock):
    from app.domain.stock import SUPPLIER, Move, shelf_place
    from app.storage import packing as packing_storage

    (product,) = query(dock.database, "SELECT id FROM products WHERE sku = ?", LOT.sku)[0]
    with dock.database.transaction() as tx:
        for lot in ("L1", "L2"):
            moves = [Move(product, lot, SUPPLIER, shelf_place("A-03"), 5)]
            packing_storage.book(tx, str(uuid4()), None, moves)
    ship(dock, "A-2", (LOT, 2), codes=(LOT.piece, "L1", LOT.piece, "L2"), waybill=B)
    back.scan(B)
    answer = back.scan(LOT.piece)
    assert (answer.key, [each["lot"] for each in answer.ask["options"]]) == ("return.lot", ["L1", "L2"])
    back.scans("KP-2", "KP-1", "KP-1")
    back.scans(LOT.piece, "KP-1", "KP-1")
    rows = query(dock.database, "SELECT lot, quantity FROM balances WHERE place = 'shelf:A-03' AND product_id = ?",
                 product)  # fmt: skip
    assert dict(rows) == {"L1": 5, "L2": 5}
    assert faults_of(dock.database) == []


def test_a_leader_lets_another_serial_pass_and_it_is_listed(back, dock):
    with dock.database.transaction() as tx:
        people.add(tx, "Leader", "L1", Role.LEADER, "")
        people.add(tx, "Packer", "P1", Role.PACKER, "")
    ship(dock, "A-2", (CAMERA, 1), codes=(CAMERA.piece, "SN-77"), waybill=B)
    back.scans("KU-P1", B, CAMERA.piece)
    assert back.scan("SN-99").key == "return.serial_other"
    assert back.scan("KP-ALLOW").key == "allow.leader_needed"
    assert back.scan("KU-L1").key == "return.reason"
    answer = back.scans("KP-3", "KP-2")
    assert (answer.key, answer.person["name"]) == ("return.back_last", "Packer")
    assert query(dock.database, "SELECT what, detail FROM overrides WHERE what = 'serial'") == [("serial", "SN-99")]
    assert query(dock.database, "SELECT serial FROM return_steps") == [("SN-99",)]
    assert faults_of(dock.database) == []


def test_a_refusal_is_forgotten_by_the_next_scan(back, dock):
    ship(dock, "A-2", (CAMERA, 1), codes=(CAMERA.piece, "SN-77"), waybill=B)
    back.scans(B, CAMERA.piece, "SN-99", CUP.piece)
    assert back.scan("KP-ALLOW").key == "allow.nothing"


# --- going back ---------------------------------------------------------------------------------------------------


def test_undo_and_giving_up_are_counter_moves(back, dock):
    before = stock(dock.database, TEA), stock(dock.database, CUP), stock(dock.database, TEA, "customer")
    back.scan(A)
    good(back, TEA)
    good(back, CUP)
    assert back.scan("KP-UNDO").key == "return.undone"
    assert stock(dock.database, CUP) == before[1]
    assert faults_of(dock.database) == []
    answer = back.scan("KP-CANCEL")
    assert (answer.key, answer.args["pieces"]) == ("return.emptied", 1)
    assert (stock(dock.database, TEA), stock(dock.database, CUP), stock(dock.database, TEA, "customer")) == before
    assert query(dock.database, "SELECT count(*) FROM return_steps WHERE undone = ''") == [(0,)]
    assert faults_of(dock.database) == []


def test_a_return_waits_and_is_gone_on_with_at_another_station(back, dock):
    back.scan(A)
    good(back, TEA)
    assert back.scan("KP-LATER").key == "return.later"
    other = ReturnStation(dock.database, "other")
    answer = other.scan("A-1")
    assert (answer.key, answer.done) == ("return.resumed", 1)
    assert other.scan("KP-UNDO").key == "return.undone"
    assert faults_of(dock.database) == []


def test_a_return_is_taken_over_and_the_late_scan_is_refused_and_listed(back, dock):
    back.scan(A)
    good(back, TEA)
    other = ReturnStation(dock.database, "other")
    answer = other.scan(A)
    assert (answer.key, answer.args["station"]) == ("return.take_over_ask", "back")
    assert other.scan(A).key == "return.taken_over"
    late = back.scan(CUP.piece)
    assert (late.key, late.args["station"]) == ("return.lost", "other")
    assert query(dock.database, "SELECT what, detail FROM overrides") == [("late", CUP.piece)]
    assert back.scan(CUP.piece).key == "return.unknown", "the station is free"
    assert good(other, CUP).key == "return.back"
    assert faults_of(dock.database) == []


def test_a_station_whose_return_was_ended_elsewhere_is_told_so(back, dock):
    back.scan(A)
    change(dock.database, "UPDATE returns SET state = 'done', holder = ''")
    assert back.look().ask["kind"] == "order"
    assert back.scan(TEA.piece).key == "return.gone"
    assert back.scan(A).key == "return.opened"


# --- acts ---------------------------------------------------------------------------------------------------------


def test_the_same_act_twice_counts_once(back, dock):
    back.scans(A, TEA.piece, "KP-1")
    first, again = back.scan("KP-1", "act-1"), back.scan("KP-1", "act-1")
    assert again.repeat
    assert replace(again, repeat=False) == first
    assert query(dock.database, "SELECT count(*) FROM return_steps") == [(1,)]
    assert back.scan("KP-2", "act-1").key == "act.reused"


def test_every_scan_is_a_row_of_the_journal_refused_ones_too(back, dock):
    back.scans(A, "4512345678906", TEA.piece, "KP-1", "KP-1", "KP-DONE")
    rows = query(
        dock.database, "SELECT key, level, order_id, facts FROM journal WHERE kind = 'return' ORDER BY seq"
    )  # fmt: skip
    assert [row[0] for row in rows] == [
        "return.opened", "return.code_unknown", "return.reason", "return.grade", "return.back", "return.closed_part",
    ]  # fmt: skip
    assert {row[2] for row in rows} == {dock.order("A-1")}
    assert rows[1][3] == "[]"
    assert json.loads(rows[4][3])[0]["reason"] == "unwanted"
    assert faults_of(dock.database) == []


def test_cancel_after_a_refusal_only_dismisses_it(back):
    back.scans(A, "4512345678906")
    assert back.scan("KP-CANCEL").key == "refusal.dismissed"
    assert back.look().ask["kind"] == "item"


def test_no_scan_takes_more_than_a_dozen_statements(back, dock):
    ship(dock, "A-2", (CAMERA, 1), codes=(CAMERA.piece, "SN-77"), waybill=B)
    most: Counter[str] = Counter()

    def scan(code):
        act = str(uuid4())
        with traced(dock.database) as sent, dock.database.transaction() as tx:
            answer = returns.scan(tx, "back", code, act)
        most[answer.key] = max(most[answer.key], len(sent))
        return answer

    for code in ("SN-77", "KP-CANCEL", f"]d2010{CAMERA.piece}21SN-77", "KP-DONE", "KP-1", "KP-UNDO", CAMERA.piece,
                 "SN-9", "SN-77", "KP-1", "KP-2", "KS-RETURN-BAD", "KP-DONE", A, TEA.piece, "KP-1", "KP-1", TEA.case,
                 "KP-LATER", "12-999", "A-1", CUP.piece, "KP-1", "KP-1", A, "KP-CANCEL"):  # fmt: skip
        scan(code)
    # A serial number that went out again after it had come back takes one more, where rows are locked by a statement.
    assert most.pop("return.opened") <= MOST + 1
    assert {key: number for key, number in most.items() if number > MOST} == {}
    assert "return.closed" in most


def test_two_stations_that_scan_one_parcel_at_once_open_one_return(back, open_another):
    databases = [open_another(), open_another()]
    keys = []

    def scan(at):
        with databases[at].transaction() as tx:
            keys.append(returns.scan(tx, f"back-{at}", A, f"act-{at}").key)

    threads = [threading.Thread(target=scan, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(keys) == ["return.opened", "return.take_over_ask"]
    assert faults_of(back.database) == []


# --- several boxes ---------------------------------------------------------------------------------------------


def boxes_of(dock):
    """Ship an order of a tea and a cup in two boxes, the cup in the second one."""
    dock.fill("C-1", pieces=1)
    with dock.database.transaction() as tx:
        take_in(tx, incoming("C-2", (TEA.sku, 1), (CUP.sku, 1)))
    bench = Station(dock.database)
    assert [bench.scan(code).key for code in ("C-2", TEA.piece, CUP.piece)][-1] == "order.closed"
    change(dock.database, "UPDATE steps SET box = 2 WHERE order_id = ? AND code LIKE ?", dock.order("C-2"),
           f"%{CUP.piece}")  # fmt: skip
    dock.going("C-2", parcel_count=2)
    first, second = number_of(7), number_of(8)
    dock.label("C-2", first, 1, 2)
    dock.label("C-2", second, 2, 2)
    for number in (first, second):
        dock.scan(number)
    assert dock.state("C-2") == "shipped"
    return first, second


def test_one_of_two_boxes_comes_back_unopened_and_then_the_other(back, dock):
    first, second = boxes_of(dock)
    answer = back.scan(second)
    assert (answer.key, answer.wanted) == ("return.opened", 2)
    assert back.scan("KP-DONE").args["pieces"] == 1
    back.scans("KP-1", "KP-DONE")
    assert query(dock.database, "SELECT p.sku FROM return_steps r JOIN products p ON p.id = r.product_id") == [
        (CUP.sku,)
    ]  # fmt: skip
    assert dock.state("C-2") == "shipped"
    back.scans(first, "KP-DONE", "KP-1")
    assert back.scan("KP-DONE").key == "return.closed"
    assert dock.state("C-2") == "returned"
    assert faults_of(dock.database) == []


def test_where_a_piece_was_moved_between_boxes_the_goods_are_scanned(back, dock):
    _, second = boxes_of(dock)
    change(
        dock.database,
        "INSERT INTO steps (order_id, parcel_id, act, kind, quantity, box) "
        "SELECT order_id, parcel_id, 'm', 'move', 1, 2 FROM steps WHERE order_id = ? LIMIT 1",
        dock.order("C-2"),
    )  # fmt: skip
    back.scan(second)
    assert back.scan("KP-DONE").key == "return.nothing_yet"
    assert good(back, TEA).key == "return.back"


# --- merged orders ------------------------------------------------------------------------------------------------


def test_orders_that_shared_a_parcel_come_back_together(back, dock):
    dock.fill("B-1", pieces=1)
    dock.merge("B-1", "B-2")
    set_to(dock.database, stock_tracked="on")
    dock.going("B-1")
    dock.label("B-1", B)
    # Goods of the merged order are steps of its lead, as the bench writes them.
    change(dock.database, "UPDATE steps SET order_id = ? WHERE order_id = ?", dock.order("B-1"), dock.order("B-2"))
    assert dock.scan(B).key == "dock.handed_over"
    answer = back.scan("B-2")
    assert (answer.order, answer.wanted) == ("B-1", 2)
    back.scans("KP-DONE", "KP-1", "KP-DONE")
    assert [dock.state(number) for number in ("B-1", "B-2")] == ["returned", "returned"]


# --- what verify finds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "key"),
    [
        ("UPDATE return_steps SET quantity = 2", "verify.return_moves"),
        ("UPDATE return_steps SET quantity = 9, place = ''", "verify.return_more"),
        ("UPDATE returns SET holder = 'nobody'", "verify.return_holder"),
        ("UPDATE orders SET state = 'returned' WHERE number = 'A-1'", "verify.return_state"),
    ],
)
def test_verify_finds_a_return_that_does_not_agree(back, dock, damage, key):
    back.scan(A)
    good(back, TEA)
    assert faults_of(dock.database) == []
    change(dock.database, damage)
    assert key in faults_of(dock.database)


def test_handing_over_by_name_can_come_back_too(back, dock):
    dock.fill("C-1", pieces=1)
    dock.act(handover.hand_over, [dock.order("C-1")], unlabelled=True, stale_ok=True)
    assert back.scan("C-1").key == "return.opened"
