"""The table change × state of DESIGN.md, section 6: every cell, on both databases, with nothing lost in the ledger.

An order of two teas and a cup is brought into a state, then the same order comes again changed. Goods, papers and
the bench are looked at, and ``verify`` finds nothing afterwards.
"""

import itertools
import json
import random
import threading
from dataclasses import replace
from uuid import uuid4

import pytest

from app.domain.orders import Hold
from app.domain.people import Role
from app.errors import NotAllowed, StationError
from app.services import changes, drawing, handover, hold_shelf, merge, people, pulls, reservation
from app.services import orders as orders_service
from app.services.desk import Desk
from app.services.printing import PrintRunner
from app.storage import attention as attention_storage
from app.storage import holds
from tests.makers import Station, change, faults_of, itf, query, set_to, take_in
from tests.printing_ways import FolderWays, said
from tests.services.shipping import CUP, HOME, SAGAWA, TEA, YAMATO, Warehouse, order, tracking

WANTED = (("SKU-1", 2), ("SKU-2", 1))
FIRST = order("1001", *WANTED)
SLIP, NEW_SLIP = "KO-1-001-1", "KO-1-001-2"
NUMBER = tracking(1)
SERVICE = "hikyaku"
OTHER_HOME = replace(HOME, street="神宮前4-5-6")
AHEAD = "2099-12-24"


class House(Warehouse):
    """A warehouse with one order, and its first bench."""

    def __init__(self, database, another, *, labels):
        super().__init__(database, another)
        set_to(database, waybill_required="auto" if labels else "off")
        self.bench, self.labels = Station(database), labels

    def again(self, *orders, dry=False):
        """Take orders in once more; return the report."""
        with self.database.transaction() as tx:
            return take_in(tx, *orders, dry=dry)

    def told(self, *orders):
        """The same; return what counted and what was said."""
        report = self.again(*orders)
        return {key for key, number in report.orders.items() if number}, [each.key for each in report.problems]

    def bring(self, state):
        """Bring the order into a state."""
        self.take_in(FIRST)
        if state == "ready":
            return
        self.release()
        if self.labels:
            change(self.database, "UPDATE waybills SET state = 'numbered', number = ?", NUMBER)
        if state == "released":
            return
        assert self.bench.scans(SLIP, TEA.piece) == ["order.opened", "pack.ok"]
        if state == "begun":
            return
        self.bench.scans(TEA.piece, CUP.piece)
        if self.labels:
            assert self.bench.scan(NUMBER).key == "order.closed"
        assert self.state("1001") == "verified"
        if state == "shipped":
            self.do(handover.hand_over, [self.id("1001")])
            assert self.state("1001") == "shipped"

    def do(self, function, *args, **named):
        with self.database.transaction() as tx:
            return function(tx, "office", str(uuid4()), *args, **named)

    def ask(self, statement, *values):
        return query(self.database, statement, *values)

    def row(self, columns="state, version, parked, holder", number="1001"):
        return tuple(self.ask(f"SELECT {columns} FROM orders WHERE number = ?", number)[0])

    def pulls(self, *kinds):
        rows = self.ask("SELECT kind, text, quantity FROM pulls WHERE done_at IS NULL ORDER BY id")
        return [tuple(row) for row in rows if not kinds or row[0] in kinds]

    def lines(self, number="1001"):
        found = self.ask(
            "SELECT l.sku, l.wanted, l.done, l.reserved FROM order_lines l JOIN orders o ON o.id = l.order_id "
            "WHERE o.number = ? ORDER BY l.position", number,
        )  # fmt: skip
        return [tuple(row) for row in found]

    def lies(self, place):
        """What lies at a place, as pieces by SKU."""
        found = self.ask(
            "SELECT p.sku, sum(b.quantity) FROM balances b JOIN products p ON p.id = b.product_id "
            "WHERE b.place LIKE ? GROUP BY p.sku HAVING sum(b.quantity) <> 0 ORDER BY 1", place,
        )  # fmt: skip
        return {sku: int(number) for sku, number in found}

    def holds(self, number="1001"):
        found = self.ask(
            "SELECT hold FROM holds JOIN orders ON orders.id = order_id WHERE number = ? AND lifted_at IS NULL "
            "ORDER BY hold", number,
        )  # fmt: skip
        return [row[0] for row in found]

    def slips(self):
        """Slips of one order that wait to be printed, by version."""
        found = self.ask(
            "SELECT version FROM print_jobs WHERE paper = 'packing_slip' AND state = 'waiting' ORDER BY id"
        )
        return [row[0] for row in found]


class Sender:
    """A printer that prints everything."""

    def __init__(self):
        self.sent = []

    def send(self, title, pdf):
        self.sent.append(title)
        return title


@pytest.fixture
def house(database, open_another):
    """Boxes need no waybill here: goods and papers alone."""
    made = House(database, open_another, labels=False)
    yield made
    assert faults_of(database) == []


@pytest.fixture
def labelled(database, open_another):
    """Every box needs its waybill."""
    made = House(database, open_another, labels=True)
    yield made
    assert faults_of(database) == []


def cancelled():
    return replace(FIRST, cancelled=True)


def reserve(house):
    house.do(reservation.reserve, [house.id("1001")])


# --- cancel -------------------------------------------------------------------------------------------------------


def test_cancelled_before_the_release_it_is_cancelled_and_its_reservation_is_free(house):
    house.bring("ready")
    reserve(house)
    assert house.lines() == [("SKU-1", 2, 0, 2), ("SKU-2", 1, 0, 1)]
    assert house.told(cancelled()) == ({"cancelled"}, [])
    assert (house.state("1001"), house.lines(), house.pulls()) == (
        "cancelled", [("SKU-1", 2, 0, 0), ("SKU-2", 1, 0, 0)], [],
    )  # fmt: skip


def test_cancelled_after_the_release_its_slip_and_waybill_are_on_the_pull_list(labelled):
    labelled.bring("released")
    assert labelled.told(cancelled()) == ({"cancelled", "flagged"}, ["order.cancel_released"])
    assert labelled.state("1001") == "cancelled"
    assert labelled.pulls() == [("slip", SLIP, 0), ("waybill", NUMBER, 0)]
    assert labelled.bench.scan(SLIP).key == "order.cancelled"


def test_cancelled_before_its_waybill_was_exported_there_is_only_the_slip_to_pull(labelled):
    labelled.take_in(FIRST)
    labelled.release()
    labelled.again(cancelled())
    assert labelled.pulls() == [("slip", SLIP, 0)]
    assert [each.state for each in labelled.waybills("1001")] == ["void"]


def test_a_waybill_that_was_exported_and_never_numbered_is_pulled_by_its_key(labelled):
    labelled.take_in(FIRST)
    labelled.release()
    change(labelled.database, "UPDATE waybills SET state = 'exported'")
    labelled.again(cancelled())
    assert labelled.pulls("waybill") == [("waybill", "1-001-1", 0)]


def test_cancelled_while_a_bench_has_it_open_its_goods_go_to_the_return_shelf(house):
    house.bring("begun")
    assert house.told(cancelled())[1] == ["order.cancel_released"]
    assert house.bench.scan(TEA.piece).key == "order.cancelled_meanwhile"
    assert (house.lies("return"), house.lies("parcel:%")) == ({"SKU-1": 1}, {})
    assert house.pulls() == [("goods", "SKU-1", 1), ("slip", SLIP, 0)]
    assert house.lines() == [("SKU-1", 2, 0, 0), ("SKU-2", 1, 0, 0)]


def test_cancelled_after_the_check_its_box_is_pulled_and_everything_goes_back(labelled):
    labelled.bring("verified")
    labelled.again(cancelled())
    assert labelled.row() == ("cancelled", 1, 0, "")
    assert labelled.lies("return") == {"SKU-1": 2, "SKU-2": 1}
    assert sorted(kind for kind, _, _ in labelled.pulls()) == ["goods", "goods", "slip", "waybill"]
    assert [row[0] for row in labelled.ask("SELECT state FROM parcels")] == ["pulled"]
    with pytest.raises(NotAllowed):
        labelled.do(handover.hand_over, [labelled.id("1001")])


def test_cancelled_after_the_hand_over_it_is_refused_as_a_return(house):
    house.bring("shipped")
    assert house.told(cancelled()) == ({"same", "flagged"}, ["order.cancel_shipped"])
    with pytest.raises(NotAllowed, match=r"order\.cannot_cancel"):
        house.do(orders_service.cancel, house.id("1001"))
    assert (house.state("1001"), house.pulls()) == ("shipped", [])


def test_the_pull_list_stays_until_slip_waybill_and_goods_are_scanned_out(labelled):
    labelled.bring("verified")
    labelled.do(orders_service.cancel, labelled.id("1001"))
    for text, left in ((SLIP, 3), (NUMBER, 2), (TEA.piece, 1), (CUP.piece, 0)):
        assert labelled.do(pulls.scan, text).left == left
    assert labelled.pulls() == []
    assert (labelled.lies("return"), labelled.lies("shelf:%")["SKU-1"]) == ({}, TEA.stock)


# --- address, service, cash, parcels ------------------------------------------------------------------------------

MOVED = replace(FIRST, ship_to=OTHER_HOME)
NOTED = replace(FIRST, note="熨斗をつけてください")
CASH = replace(FIRST, cod_amount="3300", payment="代金引換")
LABEL_CHANGES = {
    "address": MOVED,
    "cash": CASH,
    "wished day": replace(FIRST, wish="2099-01-05 午前中"),
}


@pytest.mark.parametrize("what", LABEL_CHANGES)
def test_before_the_release_what_a_label_says_is_replaced(labelled, what):
    labelled.bring("ready")
    assert labelled.told(LABEL_CHANGES[what])[0] >= {"changed"}
    assert labelled.row("version") == (0,)
    assert (labelled.pulls(), labelled.waybills("1001")) == ([], [])


def test_an_address_changed_before_the_release_is_the_one_on_the_label(labelled):
    labelled.bring("ready")
    labelled.told(MOVED)
    assert "4-5-6" in labelled.row("content")[0]


@pytest.mark.parametrize("what", LABEL_CHANGES)
def test_after_the_release_a_label_change_makes_a_new_version_with_a_new_waybill(labelled, what):
    labelled.bring("released")
    counted, told = labelled.told(LABEL_CHANGES[what])
    assert counted >= {"changed", "flagged"}
    assert told == ["order.changed_released"]
    assert labelled.row() == ("released", 2, 0, "")
    assert labelled.pulls() == [("slip", SLIP, 0), ("waybill", NUMBER, 0)]
    assert [(each.key, each.state) for each in labelled.waybills("1001")] == [
        ("1-001-1", "void"),
        ("1-001-2", "requested"),
    ]
    assert labelled.slips() == [2]


def test_the_old_slip_and_the_old_waybill_are_refused_by_name(labelled):
    labelled.bring("released")
    labelled.again(MOVED)
    assert labelled.bench.scan(SLIP).key == "order.old_version"
    assert labelled.bench.scans(NEW_SLIP, TEA.piece, TEA.piece, CUP.piece)[0] == "order.opened"
    refusal = labelled.bench.scan(NUMBER)
    assert (refusal.level, labelled.state("1001")) == ("refused", "released")


def test_cash_that_changed_is_on_the_new_waybill_only(labelled):
    labelled.bring("released")
    labelled.again(CASH)
    assert [(each.state, each.cod) for each in labelled.waybills("1001")] == [("void", 0), ("requested", 3300)]


def test_while_a_bench_has_it_open_a_label_change_sets_the_box_aside_with_its_goods(labelled):
    labelled.bring("begun")
    labelled.again(MOVED)
    assert labelled.row() == ("released", 2, 1, "")
    assert labelled.bench.scan(TEA.piece).key == "order.changed_meanwhile"
    assert labelled.lies("parcel:%") == {"SKU-1": 1}
    opened = labelled.bench.scan(NEW_SLIP)
    assert (opened.key, opened.done) == ("order.resumed", 1)
    labelled.bench.scans(TEA.piece, CUP.piece)
    change(labelled.database, "UPDATE waybills SET state = 'numbered', number = ? WHERE version = 2", tracking(2))
    assert labelled.bench.scan(tracking(2)).key == "order.closed"


def test_after_the_check_a_label_change_opens_the_box_again(labelled):
    labelled.bring("verified")
    assert labelled.told(MOVED)[1] == ["order.reopened"]
    assert labelled.row() == ("released", 2, 1, "")
    assert labelled.pulls() == [("slip", SLIP, 0), ("waybill", NUMBER, 0)]
    assert [row[0] for row in labelled.ask("SELECT state FROM parcels")] == ["parked"]
    assert labelled.lies("return") == {}
    change(labelled.database, "UPDATE waybills SET state = 'numbered', number = ? WHERE version = 2", tracking(2))
    labelled.bench.scan("KP-NEXT")  # the bench still shows the box that was closed on it
    assert labelled.bench.scans(NEW_SLIP, tracking(2)) == ["order.resumed", "order.closed"]
    assert labelled.lies("parcel:%") == {"SKU-1": 2, "SKU-2": 1}


def test_of_a_box_that_is_opened_again_only_the_packing_stands_and_can_be_taken_back(labelled):
    labelled.bring("verified")
    labelled.again(MOVED)
    assert [row[0] for row in labelled.ask("SELECT kind FROM steps WHERE undone = '' ORDER BY id")] == ["pack"] * 3
    labelled.bench.scan("KP-NEXT")
    assert labelled.bench.scans(NEW_SLIP, "KP-UNDO")[0] == "order.resumed"
    labelled.bench.scan("KP-UNDO")
    assert labelled.lines()[1][:3] == ("SKU-2", 1, 0)


def test_after_the_hand_over_settings_that_changed_are_no_change_of_the_order(labelled):
    labelled.bring("shipped")
    set_to(labelled.database, carrier_default=f"{SAGAWA}/{SERVICE}")
    assert labelled.told(NOTED) == ({"same"}, [])


def test_after_the_hand_over_a_label_change_is_refused_and_said(labelled):
    labelled.bring("shipped")
    before = labelled.row("content, digest, version")
    assert labelled.told(MOVED) == ({"same", "flagged"}, ["order.changed_shipped"])
    assert labelled.row("content, digest, version") == before


def test_another_service_by_hand_makes_a_new_version_and_answers_the_bench(labelled):
    labelled.bring("begun")
    identity = labelled.id("1001")
    with labelled.database.transaction() as tx:
        holds.add_hold(tx, identity, Hold.SERVICE, "too_thick")
    assert labelled.do(changes.change_service, identity, SAGAWA, SERVICE, 2) == 2
    assert labelled.row("carrier, service, service_by, parcel_count") == (SAGAWA, SERVICE, "hand", 2)
    assert labelled.holds() == []
    assert [(each.carrier, each.piece) for each in labelled.waybills("1001")][1:] == [(SAGAWA, 1), (SAGAWA, 2)]
    assert labelled.bench.scan(TEA.piece).key == "order.changed_meanwhile"


@pytest.mark.parametrize(
    ("more", "carrier", "service", "pieces", "key"),
    [
        ({"cod_amount": "3000"}, YAMATO, "takkyubin", 2, "service.too_many_parcels"),  # B2 takes cash in one piece only
        ({"cod_amount": "3000"}, YAMATO, "nekopos", 1, "service.no_cash"),
        ({"wish": "2030-01-10 12-14時"}, YAMATO, "takkyubin", 1, "service.no_wish"),
        ({"wish": "2030-01-10"}, YAMATO, "nekopos", 1, "service.no_wish"),
        ({}, YAMATO, "nekopos", 2, "service.too_many_parcels"),
    ],
)
def test_a_service_that_does_not_take_the_order_is_refused_before_any_paper_is_made(
    house, more, carrier, service, pieces, key
):
    set_to(house.database, carrier_default=f"{SAGAWA}/{SERVICE}")
    house.take_in(order("1001", *WANTED, **more))
    before = house.row("carrier, service, version, parcel_count")
    with pytest.raises(NotAllowed) as told:
        house.do(changes.change_service, house.id("1001"), carrier, service, pieces)
    assert told.value.key == key
    assert house.row("carrier, service, version, parcel_count") == before


def test_another_service_is_refused_after_the_hand_over(labelled):
    labelled.bring("shipped")
    with pytest.raises(NotAllowed, match=r"order\.cannot_change"):
        labelled.do(changes.change_service, labelled.id("1001"), SAGAWA, SERVICE)


def test_settings_changed_meanwhile_move_no_released_order(labelled):
    labelled.bring("released")
    set_to(labelled.database, carrier_default=f"{SAGAWA}/{SERVICE}")
    labelled.again(replace(FIRST, lines=order("1001", ("SKU-1", 3)).lines))
    assert labelled.row("carrier, service") == (YAMATO, "takkyubin")


def test_a_wished_day_ahead_stops_a_released_order(labelled):
    labelled.bring("begun")
    change(labelled.database, "INSERT INTO lead_times (carrier, origin, prefecture, days) VALUES (?, ?, ?, 1)",
           YAMATO, "", "東京都")  # fmt: skip
    labelled.again(replace(FIRST, wish=AHEAD))
    assert "date_ahead" in labelled.holds()
    labelled.bench.scan(TEA.piece)
    assert labelled.bench.scan(NEW_SLIP).key == "order.held"


# --- lines --------------------------------------------------------------------------------------------------------


def with_lines(*wanted):
    return order("1001", *wanted)


def test_lines_changed_before_the_release_are_replaced_and_the_reservation_is_free(house):
    house.bring("ready")
    reserve(house)
    assert house.told(with_lines(("SKU-1", 5)))[0] >= {"changed"}
    assert (house.lines(), house.row("version")) == ([("SKU-1", 5, 0, 0)], (0,))


def test_more_of_a_line_after_the_release_is_wanted_on_top_of_what_is_done(house):
    house.bring("begun")
    reserve(house)
    assert house.told(with_lines(("SKU-1", 4), ("SKU-2", 1)))[1] == ["order.changed_released"]
    assert house.lines() == [("SKU-1", 4, 1, 4), ("SKU-2", 1, 0, 1)]
    assert house.pulls() == [("slip", SLIP, 0)]
    assert house.bench.scan(TEA.piece).key == "order.changed_meanwhile"
    opened = house.bench.scan(NEW_SLIP)
    assert (opened.key, opened.done, opened.wanted) == ("order.resumed", 1, 5)
    assert house.bench.scans(TEA.piece, TEA.piece, TEA.piece, CUP.piece)[-1] == "order.closed"
    assert house.lies("parcel:%") == {"SKU-1": 4, "SKU-2": 1}


def test_fewer_pieces_after_the_release_take_only_the_surplus_out(house):
    house.bring("begun")
    house.bench.scan(TEA.piece)
    house.again(with_lines(("SKU-1", 1), ("SKU-2", 1)))
    assert house.lines()[0][:3] == ("SKU-1", 1, 1)
    assert (house.lies("return"), house.lies("parcel:%")) == ({"SKU-1": 1}, {"SKU-1": 1})
    assert house.pulls() == [("goods", "SKU-1", 1), ("slip", SLIP, 0)]
    house.bench.scan(CUP.piece)
    assert house.bench.scans(NEW_SLIP, TEA.piece, CUP.piece) == ["order.resumed", "item.complete", "order.closed"]


def test_a_case_of_which_some_is_kept_leaves_the_rest_as_a_step_that_undo_takes_back(house):
    change(house.database, "INSERT INTO product_codes (product_id, code, fold, kind, quantity) "
           "SELECT id, '14599000000019', '14599000000019', 'gtin', 6 FROM products WHERE sku = 'SKU-1'")  # fmt: skip
    house.take_in(with_lines(("SKU-1", 8), ("SKU-2", 1)))
    house.release()
    code = house.ask("SELECT code FROM product_codes WHERE quantity = 6")[0][0]
    change(house.database, "UPDATE product_codes SET code = ?, fold = ? WHERE code = ?", itf(1), itf(1), code)
    assert house.bench.scans(SLIP, itf(1)) == ["order.opened", "pack.ok"]
    house.again(with_lines(("SKU-1", 4), ("SKU-2", 1)))
    assert (house.lines()[0][:3], house.lies("return")) == (("SKU-1", 4, 4), {"SKU-1": 2})
    house.bench.scan("KP-UNDO")
    assert house.bench.scans(NEW_SLIP, "KP-UNDO")[0] == "order.resumed"
    assert house.lies("shelf:%")["SKU-1"] + house.lies("return")["SKU-1"] + house.lies("parcel:%").get("SKU-1", 0) \
        == TEA.stock  # fmt: skip


def test_a_line_that_is_gone_takes_its_goods_out_and_a_new_one_is_wanted(house):
    house.bring("begun")
    house.again(with_lines(("SKU-3", 1), ("SKU-2", 1)))
    assert [line[:3] for line in house.lines()] == [("SKU-3", 1, 0), ("SKU-2", 1, 0)]
    assert (house.lies("return"), house.lies("parcel:%")) == ({"SKU-1": 1}, {})


def test_lines_changed_after_the_check_open_the_box_and_only_the_difference_is_scanned(labelled):
    labelled.bring("verified")
    assert labelled.told(with_lines(("SKU-1", 3), ("SKU-2", 1)))[1] == ["order.reopened"]
    assert labelled.lines() == [("SKU-1", 3, 2, 3), ("SKU-2", 1, 1, 1)]
    change(labelled.database, "UPDATE waybills SET state = 'numbered', number = ? WHERE version = 2", tracking(2))
    labelled.bench.scan("KP-NEXT")
    assert labelled.bench.scans(NEW_SLIP, TEA.piece, tracking(2)) == ["order.resumed", "pack.all_in", "order.closed"]


def test_fewer_pieces_after_the_check_go_back_and_the_rest_closes_with_its_new_waybill(labelled):
    labelled.bring("verified")
    labelled.again(with_lines(("SKU-1", 1), ("SKU-2", 1)))
    assert labelled.lies("return") == {"SKU-1": 1}
    change(labelled.database, "UPDATE waybills SET state = 'numbered', number = ? WHERE version = 2", tracking(2))
    labelled.bench.scan("KP-NEXT")
    assert labelled.bench.scans(NEW_SLIP, tracking(2)) == ["order.resumed", "order.closed"]


def test_lines_changed_after_the_hand_over_are_refused_and_said(house):
    house.bring("shipped")
    assert house.told(with_lines(("SKU-1", 9)))[1] == ["order.changed_shipped"]
    assert house.lines()[0][:3] == ("SKU-1", 2, 2)


def test_a_shortage_that_was_declared_stays_as_far_as_there_is_room(house):
    house.bring("begun")
    house.bench.scans("KP-SHORT", "KP-R-MISSING")
    assert house.ask("SELECT short FROM order_lines ORDER BY position")[0][0] == 1
    house.again(with_lines(("SKU-1", 1), ("SKU-2", 1)))
    assert tuple(house.ask("SELECT done, short FROM order_lines ORDER BY position")[0]) == (1, 0)


def test_when_nothing_is_left_after_a_change_the_new_slip_still_leads_to_a_closed_box(house):
    house.bring("begun")
    house.again(with_lines(("SKU-1", 1)))
    house.bench.scan(TEA.piece)
    assert house.bench.scans(NEW_SLIP, "KP-DONE")[0] == "order.resumed"
    assert (house.state("1001"), house.lies("parcel:%")) == ("verified", {"SKU-1": 1})


# --- words --------------------------------------------------------------------------------------------------------


def test_a_remark_after_the_release_makes_a_new_slip(house):
    house.bring("released")
    house.again(NOTED)
    assert (house.row("version")[0], house.pulls(), house.slips()) == (2, [("slip", SLIP, 0)], [2])


def test_a_remark_after_the_check_leaves_the_box_closed_and_is_said(house):
    house.bring("verified")
    assert house.told(NOTED)[1] == ["order.changed_words"]
    assert (house.row("state, version"), house.pulls()) == (("verified", 1), [])
    assert "熨斗" in house.row("content")[0]


def test_what_no_paper_shows_makes_no_new_version(house):
    house.bring("released")
    assert house.told(replace(FIRST, priority=5)) == ({"changed"}, [])
    assert (house.row("version, rank"), house.pulls(), house.slips()) == ((1, -5), [], [])


def test_an_order_that_is_unpaid_now_stops_where_it_is(house):
    house.bring("begun")
    house.again(replace(FIRST, holds=(Hold.UNPAID,)))
    assert house.holds() == ["unpaid"]
    assert house.bench.scan(TEA.piece).key == "order.held_meanwhile"
    house.again(FIRST)
    assert house.holds() == []
    assert house.bench.scan(TEA.piece).key == "pack.ok"


# --- all changes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["ready", "released", "begun", "verified"])
@pytest.mark.parametrize(
    "coming",
    [cancelled(), MOVED, with_lines(("SKU-1", 1)), NOTED],
    ids=["cancel", "address", "lines", "note"],
)
def test_the_same_change_twice_adds_nothing(labelled, state, coming):
    labelled.bring(state)
    labelled.again(coming)
    tables = ("orders", "order_lines", "holds", "pulls", "waybills", "print_jobs", "parcels", "moves")
    before = {table: labelled.ask(f"SELECT * FROM {table} ORDER BY 1") for table in tables}
    assert labelled.again(coming).orders["same"] == 1
    assert {table: labelled.ask(f"SELECT * FROM {table} ORDER BY 1") for table in tables} == before


@pytest.mark.parametrize("state", ["ready", "released", "begun", "verified", "shipped"])
@pytest.mark.parametrize("coming", [cancelled(), MOVED, with_lines(("SKU-1", 1))], ids=["cancel", "address", "lines"])
def test_a_dry_run_says_the_same_and_changes_nothing(labelled, state, coming):
    labelled.bring(state)
    tables = ("orders", "order_lines", "holds", "pulls", "waybills", "print_jobs", "parcels", "moves", "journal")
    before = {table: labelled.ask(f"SELECT * FROM {table} ORDER BY 1") for table in tables}
    tried = labelled.again(coming, dry=True)
    assert {table: labelled.ask(f"SELECT * FROM {table} ORDER BY 1") for table in tables} == before
    real = labelled.again(coming)
    assert (tried.orders, [each.key for each in tried.problems]) == (real.orders, [each.key for each in real.problems])


def test_every_further_change_counts_on(labelled):
    labelled.bring("released")
    labelled.again(MOVED)
    labelled.again(replace(MOVED, note="急ぎ"))
    assert labelled.row("version") == (3,)
    assert labelled.pulls("slip") == [("slip", SLIP, 0), ("slip", NEW_SLIP, 0)]
    assert [each.key for each in labelled.waybills("1001") if each.state == "requested"] == ["1-001-3"]


def test_old_papers_that_wait_to_be_printed_do_not_come_out(house, tmp_path):
    house.bring("released")
    house.again(NOTED)
    house.again(replace(NOTED, note="急ぎ"))

    sender = Sender()
    change(house.database, "UPDATE print_jobs SET state = 'confirmed' WHERE paper <> 'packing_slip'")
    with house.desk("office") as desk:
        PrintRunner(desk, FolderWays(sender)).work_off(5)
    found = house.ask("SELECT version, state, error FROM print_jobs WHERE paper = 'packing_slip' ORDER BY id")
    assert [tuple(row) for row in found] == [(2, "dropped", said("old_version")), (3, "confirmed", "")]
    assert len(sender.sent) == 1


def test_papers_of_a_held_order_wait_and_those_of_a_cancelled_one_are_dropped(house):
    house.bring("released")
    house.again(NOTED)
    house.do(orders_service.hold, [house.id("1001")])

    sender = Sender()
    change(house.database, "UPDATE print_jobs SET state = 'confirmed' WHERE paper <> 'packing_slip'")
    with house.desk("office") as desk:
        PrintRunner(desk, FolderWays(sender)).work_off(5)
        assert tuple(house.ask("SELECT state, error FROM print_jobs WHERE version = 2")[0]) == ("waiting", said("held"))
        house.do(orders_service.cancel, house.id("1001"))
        change(house.database, "UPDATE print_jobs SET not_before = 0")
        PrintRunner(desk, FolderWays(sender)).work_off(5)
    assert tuple(house.ask("SELECT state, error FROM print_jobs WHERE version = 2")[0]) == (
        "dropped",
        said("cancelled"),
    )


def drawn_slips(monkeypatch):
    """Keep which orders the papers of a batch are drawn for."""
    drawn = {}
    real = drawing.render

    def keep(paper, value, words, **more):
        if paper in ("slips", "pick_list"):
            drawn[paper] = value
        return real(paper, value, words, **more)

    monkeypatch.setattr(drawing, "render", keep)
    return drawn


def test_the_slips_of_a_batch_come_without_those_that_changed_are_held_or_cancelled(house, monkeypatch):
    house.take_in(FIRST, *[order(str(number), ("SKU-1", 1)) for number in (1002, 1003, 1004)])
    house.release()
    house.again(NOTED, order("1002", ("SKU-1", 1), cancelled=True))
    house.do(orders_service.hold, [house.id("1003")])
    drawn, sender = drawn_slips(monkeypatch), Sender()
    with house.desk("leader") as desk:
        PrintRunner(desk, FolderWays(sender)).work_off(20)
        assert [slip.order_number for slip in drawn["slips"].slips] == ["1004"]
        taken = {taker.number for row in drawn["pick_list"].rows for taker in row.takers}
        assert len(taken) == 3
        house.do(orders_service.lift, house.id("1003"))
        change(house.database, "UPDATE print_jobs SET not_before = 0")
        PrintRunner(desk, FolderWays(sender)).work_off(20)
    with house.desk("office") as desk:
        PrintRunner(desk, FolderWays(sender)).work_off(20)
    found = house.ask(
        "SELECT o.number, j.version, j.state FROM print_jobs j JOIN orders o ON o.id = j.order_id ORDER BY 1"
    )
    assert [tuple(row) for row in found] == [("1001", 2, "confirmed"), ("1003", 1, "confirmed")]


def test_a_batch_of_which_every_order_was_cancelled_prints_nothing(house):
    house.bring("released")
    house.again(cancelled())
    sender = Sender()
    with house.desk("leader") as desk:
        PrintRunner(desk, FolderWays(sender)).work_off(20)
    assert sender.sent == []
    states = {row[0] for row in house.ask("SELECT state FROM print_jobs")}
    assert states == {"dropped"}


# --- who may ------------------------------------------------------------------------------------------------------


def test_holds_are_set_and_lifted_by_right(house):
    house.bring("ready")
    with house.database.transaction() as tx:
        people.add(tx, "office", str(uuid4()), "見本 一郎", "9", Role.PACKER, "ja")
    house.do(orders_service.hold, [house.id("1001")])
    Station(house.database, "office").scan("KU-9")
    for do in (orders_service.lift, lambda tx, station, act, order: orders_service.hold(tx, station, act, [order])):
        with pytest.raises(NotAllowed, match=r"right\.missing"):
            house.do(do, house.id("1001"))
    assert house.holds() == ["by_hand"]


# --- ship-tos that a file names only now and then -----------------------------------------------------------------


def keys_of(house):
    return sorted(house.ask("SELECT number, ship_to_key, state FROM orders"))


@pytest.mark.parametrize("state", ["ready", "begun", "shipped"])
def test_an_order_whose_ship_to_is_named_later_is_the_same_order(house, state):
    house.bring(state)
    before = house.row("version, state")
    assert "added" not in house.told(order("1001", *WANTED, ship_to_key="55"))[0]
    assert house.row("version, state") == before
    assert [row[:2] for row in keys_of(house)] == [("1001", "55")]
    assert "added" not in house.told(order("1001", *WANTED))[0]
    assert [row[:2] for row in keys_of(house)] == [("1001", "55")]


def test_a_second_ship_to_is_an_order_of_its_own(house):
    house.take_in(FIRST)
    parts = order("1001", ("SKU-1", 2), ship_to_key="55"), order("1001", ("SKU-2", 1), ship_to_key="56")
    assert house.told(*parts)[0] == {"added", "changed"}
    assert [row[:2] for row in keys_of(house)] == [("1001", "55"), ("1001", "56")]
    assert house.told(*parts)[0] == {"same"}


def test_a_file_that_does_not_say_which_ship_to_it_means_is_not_taken_in(house):
    house.take_in(order("1001", ("SKU-1", 2), ship_to_key="55"), order("1001", ("SKU-2", 1), ship_to_key="56"))
    assert house.told(FIRST) == ({"skipped"}, ["order.which_ship_to"])
    assert len(keys_of(house)) == 2


# --- a piece of several is with the carrier -----------------------------------------------------------------------


@pytest.fixture
def half_gone(database, open_another):
    """An order of two pieces, packed; the driver has taken one of them."""
    house = House(database, open_another, labels=True)
    house.take_in(FIRST)
    house.do(changes.change_service, house.id("1001"), YAMATO, "takkyubin", 2)
    house.release()
    for piece in (1, 2):
        change(database, "UPDATE waybills SET state = 'numbered', number = ? WHERE piece = ?", tracking(piece), piece)
    house.bench.scans(SLIP, TEA.piece, TEA.piece, CUP.piece, tracking(1), tracking(2))
    assert house.do(handover.scan_out, tracking(1)).key == "dock.piece"
    yield house
    assert faults_of(database) == []


def test_what_is_partly_with_the_carrier_is_neither_cancelled_nor_changed(half_gone):
    house = half_gone
    identity = house.id("1001")
    for refused in (
        lambda: house.do(changes.cancel, identity),
        lambda: house.do(changes.change_service, identity, SAGAWA, SERVICE),
    ):
        with pytest.raises(NotAllowed, match=r"order\.partly_shipped"):
            refused()
    assert house.bench.scans("KP-UNDO") == ["undo.handed_over"]
    assert house.row("state, version, held") == ("verified", 1, 0)
    assert house.pulls() == []
    assert house.do(handover.scan_out, tracking(2)).key == "dock.handed_over"


def test_what_a_shop_changes_of_it_stops_the_rest_until_a_person_lets_it_go(half_gone):
    house = half_gone
    moved = order("1001", *WANTED, ship_to=OTHER_HOME)
    assert house.told(order("1001", *WANTED, note="ありがとう")) == ({"same"}, [])
    for _ in range(2):
        assert house.told(moved) == ({"same", "held", "flagged"}, ["order.changed_partly_shipped"])
    assert (house.row("state, version"), house.holds()) == (("verified", 1), ["changed"])
    assert house.do(handover.scan_out, tracking(2)).key == "dock.held"
    house.do(orders_service.lift, house.id("1001"))
    house.told(moved)
    assert house.holds() == [], "the same change does not stop it again"
    assert house.do(handover.scan_out, tracking(2)).key == "dock.handed_over"


def test_what_a_shop_cancels_of_it_stops_the_rest(half_gone):
    house = half_gone
    cancelled = order("1001", *WANTED, cancelled=True)
    assert house.told(cancelled) == ({"same", "held", "flagged"}, ["order.changed_partly_shipped"])
    assert (house.row("state, version"), house.holds()) == (("verified", 1), ["cancel_requested"])
    house.do(orders_service.lift, house.id("1001"))
    house.told(cancelled)
    assert house.holds() == []


# --- what people did, and other stations ---------------------------------------------------------------------------


def short_and_answered(house, answer):
    """The second tea is missing, and the customer said what to do."""
    house.bring("begun")
    house.bench.scans("KP-SHORT", "KP-R-MISSING")
    house.bench.scans("KP-CANCEL", "KP-CANCEL")
    with house.database.transaction() as tx:
        contact = attention_storage.ask_about(tx, str(uuid4()), house.id("1001"), "short")
        attention_storage.answer_contact(tx, contact, answer, "", closed=True)
    change(house.database, "UPDATE order_lines SET wanted = 1, short = 0, reserved = 0 WHERE sku = 'SKU-1'")
    return contact


def test_lines_that_were_changed_for_the_customer_stay_and_a_person_compares(house):
    short_and_answered(house, "split")
    assert house.told(replace(FIRST, note="急ぎ"))[1] == ["order.changed_by_hand"]
    assert house.lines()[0][:2] == ("SKU-1", 1)
    assert "changed" in house.holds()
    house.do(orders_service.lift, house.id("1001"))
    assert house.told(replace(FIRST, note="急ぎ"))[0] == {"same"}


def test_what_was_split_off_is_cancelled_with_its_order(house):
    house.bring("ready")
    house.take_in(replace(FIRST, number="rest", ship_to_key="+2"))
    change(house.database, "UPDATE orders SET number = '1001', digest = digest || '+2' WHERE ship_to_key = '+2'")
    house.again(cancelled())
    assert [row[0] for row in house.ask("SELECT state FROM orders")] == ["cancelled", "cancelled"]


def test_goods_on_a_hold_shelf_come_back_when_the_order_is_cancelled(house):
    house.bring("ready")
    with house.database.transaction() as tx:
        act = str(uuid4())
        contact = attention_storage.ask_about(tx, act, house.id("1001"), "short")
        assert hold_shelf.put_on(tx, act, contact, house.id("1001"), "H-1") == 3
    house.again(cancelled())
    assert (house.lies("hold:%"), house.lies("return")) == ({}, {"SKU-1": 2, "SKU-2": 1})
    assert house.pulls() == [("goods", "SKU-1", 2), ("goods", "SKU-2", 1)]
    assert house.ask("SELECT answer FROM contacts") == [("cancel",)]


def together(*calls):
    """Run the calls at the same moment; return what each gave or raised."""
    gate, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(at, call):
        gate.wait()
        try:
            found[at] = call()
        except StationError as error:
            found[at] = error

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def desks(open_another):
    """Two desks on the same database: a bench and the office."""
    made = [Desk(open_another(), name) for name in ("1", "office")]
    yield made
    for desk in made:
        desk.stop()


COMINGS = {"cancel": cancelled(), "address": MOVED, "fewer": with_lines(("SKU-1", 1), ("SKU-2", 1))}


@pytest.mark.parametrize("kind", COMINGS)
@pytest.mark.parametrize("turn", range(3))
def test_a_change_while_the_last_piece_is_scanned_loses_nothing(house, desks, kind, turn):
    house.bring("begun")
    house.bench.scan(TEA.piece)
    bench, office = desks
    scanned, changed = together(
        lambda: bench.scan(CUP.piece).result(),
        lambda: office.do(frozenset({"orders"}), take_in, COMINGS[kind]).result(),
    )
    assert scanned.key in ("order.closed", "order.changed_meanwhile", "order.cancelled_meanwhile")
    assert changed.orders["cancelled" if kind == "cancel" else "changed"] == 1
    assert house.row("version") == (1 if kind == "cancel" else 2,)
    there = sum(house.lies(place).get("SKU-1", 0) for place in ("shelf:A-01", "return", "parcel:%"))
    assert there == TEA.stock
    boxed = sum(house.lies("parcel:%").values())
    done = house.ask("SELECT sum(done) FROM order_lines")[0][0]
    assert (
        boxed
        == done
        == {"cancel": 0, "address": 2, "fewer": 1}[kind] + (scanned.key == "order.closed" and kind != "cancel")
    )


@pytest.mark.parametrize("turn", range(3))
def test_a_cancellation_while_the_parcel_is_handed_over_is_one_or_the_other(house, desks, turn):
    house.bring("verified")
    identity = house.id("1001")
    bench, office = desks
    handed, changed = together(
        lambda: bench.do(frozenset(), handover.hand_over, "1", str(uuid4()), [identity]).result(),
        lambda: office.do(frozenset(), take_in, cancelled()).result(),
    )
    if isinstance(handed, StationError):
        assert (house.state("1001"), changed.orders["cancelled"]) == ("cancelled", 1)
        assert house.lies("return") == {"SKU-1": 2, "SKU-2": 1}
    else:
        assert (house.state("1001"), [each.key for each in changed.problems]) == ("shipped", ["order.cancel_shipped"])
        assert house.lies("return") == {}


@pytest.mark.parametrize("turn", range(3))
def test_two_offices_take_the_same_change_in_at_once(labelled, desks, turn):
    labelled.bring("verified")
    reports = together(*[lambda desk=desk: desk.do(frozenset(), take_in, MOVED).result() for desk in desks])
    assert sorted(each.orders["changed"] for each in reports) == [0, 1]
    assert labelled.row("version, parked") == (2, 1)
    assert labelled.pulls() == [("slip", SLIP, 0), ("waybill", NUMBER, 0)]


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 12))])
def test_any_mix_of_scans_and_changes_keeps_every_piece_and_every_paper(database, open_another, seed):
    """Two orders, merged in every other turn, a bench, an office and a pull list in any sequence."""
    chance = random.Random(seed)
    house = House(database, open_another, labels=bool(seed & 2))
    house.take_in(FIRST, order("1002", ("SKU-1", 1), ("SKU-2", 2)))
    if seed % 2:
        house.do(merge.merge, house.ids("1001", "1002"))
    house.release()
    numbers = itertools.count(1)
    for _ in range(45):
        _any_step(house, chance, numbers)
        boxed = sum(house.lies("parcel:%").values())
        assert boxed == (house.ask("SELECT sum(done) FROM order_lines")[0][0] or 0)
        for sku, stock in (("SKU-1", TEA.stock), ("SKU-2", CUP.stock)):
            assert sum(house.lies(place).get(sku, 0) for place in ("shelf:%", "return", "parcel:%")) == stock
    assert faults_of(database) == []
    living = house.ask("SELECT count(*) FROM waybills w JOIN orders o ON o.id = w.order_id "
                       "WHERE w.state <> 'void' AND (w.version <> o.version OR o.state = 'cancelled')")  # fmt: skip
    assert tuple(living[0]) == (0,)


def _any_step(house, chance, numbers):
    number = chance.choice(("1001", "1002"))
    step = chance.choice(("scan",) * 12 + ("file",) * 4 + ("cancel", "hold", "lift", "pull", "pull"))
    change(
        house.database, "UPDATE waybills SET state = 'numbered', number = ? WHERE id = (SELECT min(id) FROM waybills "
        "WHERE state = 'requested')", tracking(next(numbers)),
    )  # fmt: skip
    if step == "scan":
        slips = house.ask("SELECT batch, sequence, version FROM orders")
        labels = house.ask("SELECT number FROM waybills WHERE number <> ''")
        codes = [f"KO-{batch}-{at:03d}-{version}" for batch, at, version in slips] * 2
        codes += [TEA.piece, CUP.piece] * 3 + ["KP-UNDO", "KP-CANCEL", "KP-DONE", "KP-NEXT", "KP-LATER"]
        house.bench.scan(chance.choice(codes + [row[0] for row in labels] * 2))
    elif step == "file":
        wanted = [(sku, chance.randint(1, 3)) for sku in chance.sample(("SKU-1", "SKU-2"), chance.randint(1, 2))]
        home = chance.choice((HOME, HOME, OTHER_HOME))
        house.again(order(number, *wanted, ship_to=home, note=chance.choice(("", "急ぎ"))))
    elif step == "pull" and (listed := house.pulls()):
        house.do(pulls.scan, chance.choice(listed)[1])
    elif step == "cancel" and chance.random() < 0.3 and house.state(number) != "cancelled":
        house.do(orders_service.cancel, house.id(number))
    elif step == "hold" and house.state(number) != "cancelled":
        house.do(orders_service.hold, [house.id(number)])
    elif step == "lift":
        house.do(orders_service.lift, house.id(number))


# --- the buyer's mail address -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["ready", "released", "begun", "verified", "shipped"])
def test_an_address_that_only_now_becomes_known_is_kept_and_changes_nothing(house, state):
    house.bring(state)
    rows = "SELECT state, held, version, digest, carrier, merge_key FROM orders"
    before, pulls_before = house.ask(rows), house.ask("SELECT count(*) FROM pulls")
    for address in ("hanako@example.com", "hanako@example.jp"):
        assert house.told(replace(FIRST, email=address)) == ({"same"}, [])
        assert json.loads(house.ask("SELECT content FROM orders")[0][0])["email"] == address
    assert house.told(FIRST) == ({"same"}, [])  # a file without the column takes no address away
    assert json.loads(house.ask("SELECT content FROM orders")[0][0])["email"] == "hanako@example.jp"
    assert (house.ask(rows), house.ask("SELECT count(*) FROM pulls")) == (before, pulls_before)
    assert house.ask("SELECT count(*) FROM holds") == [(0,)]


@pytest.mark.parametrize("state", ["ready", "released"])
def test_an_address_stays_when_the_order_changes_in_a_file_without_it(house, state):
    house.bring(state)
    house.again(replace(FIRST, email="hanako@example.com"))
    counted, _ = house.told(replace(FIRST, ship_to=OTHER_HOME))
    assert "changed" in counted
    assert json.loads(house.ask("SELECT content FROM orders")[0][0])["email"] == "hanako@example.com"
