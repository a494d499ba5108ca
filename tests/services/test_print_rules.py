"""Print rules on a real database: what comes out when, how often and where, of one order and of a batch of many."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.domain.insert_rules import Conditions, InsertKind, InsertRule
from app.domain.orders import Hold
from app.domain.people import Role
from app.domain.printing import Printer, Transport
from app.errors import NotAllowed, NotFound
from app.services import (
    changes,
    inserts,
    orders,
    papers,
    people,
    print_rule_list,
    print_rules,
    printing_data,
    pulls,
    release,
)
from app.services.print_rules import Ruling
from app.services.printing import PrintRunner
from app.services.release import Choice
from app.storage import inserts as inserts_storage
from app.storage import print_rules as storage
from app.storage import printers as printers_storage
from app.storage import settings as settings_storage
from app.storage.printing import COLUMNS, JobRow, NewJob, add_jobs
from app.storage.tables import print_jobs
from tests.makers import Station, change, query, set_to
from tests.printing_ways import Device, HouseWays, drawn_as_sheets, read_sheets
from tests.services.shipping import HOME, Warehouse, order
from tests.services.test_inserts import only_on_sqlite, statements
from tests.services.test_invoices import priced

ABROAD = replace(HOME, country="US", postcode="94103", prefecture="CA", city="San Francisco", street="1 Market St")


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    set_to(database, carrier_default="")
    decide(made, "pick_list.print", "off")
    return made


def decide(house, key, value):
    with house.database.transaction() as tx:
        settings_storage.write(tx, {key: value})


def act(house, function, *args, **named):
    with house.database.transaction() as tx:
        return function(tx, "leader", str(uuid4()), *args, **named)


def add(house, name, paper="packing_slip", **texts):
    return act(house, print_rule_list.save, {"name": name, "paper": paper, **texts})


def printer(house, name, **more):
    given = {"transport": Transport.RAW, "address": name, "language": "pdf"} | more
    with house.database.transaction() as tx:
        return printers_storage.add(tx, Printer(0, name, **given))


def jobs(house, since=0):
    found = query(
        house.database,
        "SELECT paper, coalesce(number, ''), copy_reason FROM print_jobs j LEFT JOIN orders o ON o.id = j.order_id "
        "WHERE j.id > ? ORDER BY j.id",
        since,
    )
    return [" ".join(filter(None, row)) for row in found]


def rows(house) -> list[JobRow]:
    with house.database.reading() as tx:
        found = tx.connection.execute(select(*COLUMNS).order_by(print_jobs.c.id))
        return [JobRow(*row) for row in found]


def route(house, paper="slips", **of):
    job = next(job for job in reversed(rows(house)) if job.paper == paper)
    with house.database.reading() as tx:
        return print_rules.route(tx, replace(job, **of))


def numbers(house, routed):
    """What each part of a job comes out of: printer, copies, template, order numbers."""
    named = {row[0]: row[1] for row in query(house.database, "SELECT id, number FROM orders")}
    printers = {row[0]: row[1] for row in query(house.database, "SELECT id, name FROM printers")} | {None: "folder"}
    return [
        (printers[each.printer], each.copies, each.template, [named[order] for order in each.orders or ()])
        for each in routed
    ]


def value(house, paper, **of):
    with house.database.reading() as tx:
        return papers.paper_of_job(tx, paper, **({"order": None, "batch": None, "copy_reason": ""} | of)).value


def print_all(house, station="leader", **devices):
    """Work the outbox off; return what came out of each printer, sheet by sheet, and of the folder."""
    ways = HouseWays(devices)
    with patch.object(printing_data.Work, "draw", drawn_as_sheets), house.desk(station) as desk:
        PrintRunner(desk, ways).work_off(30)
    folder = [each.of for _, data in ways.files for each in read_sheets(data)]
    return {name: [each.of for each in device.out] for name, device in devices.items()} | {"folder": folder}


# --- at the release -----------------------------------------------------------------------------------------------


def test_a_paper_that_a_rule_wants_comes_out_for_its_orders_only(house):
    add(house, "abroad", "invoice", when="release", countries="abroad")
    house.take_in(priced("1"), priced("2", ship_to=ABROAD), priced("3", ship_to=ABROAD, gift=True))
    house.release()
    assert jobs(house) == ["slips"]
    made = value(house, "slips", batch=1)
    assert [type(each).__name__ for each in made.slips] == ["Slip", "Slip", "Invoice", "Slip"], "a gift shows no price"


def test_a_paper_that_a_rule_forbids_does_not_come_out(house):
    set_to(house.database, papers_with="slip,address_label")
    add(house, "no slip in gifts", when="never", gift="yes")
    house.take_in(order("1"), order("2", gift=True))
    house.release()
    assert jobs(house) == ["slips", "address_label"]
    assert [each.order_number for each in value(house, "slips", batch=1).slips] == ["1"]
    assert len(value(house, "address_label", batch=1).labels) == 2


def test_no_empty_job_comes_out_where_every_order_is_forbidden_one(house):
    add(house, "none", when="never")
    house.take_in(order("1"))
    house.release()
    assert jobs(house) == []


def test_each_shop_has_its_own_rules(house):
    house.take_in(order("1"))
    house.take_in(order("2"), shop="other")
    house.take_in(order("3"), shop="third")
    add(house, "other", when="close", shops="other")
    add(house, "third", when="start", shops="third")
    house.release()
    assert [each.order_number for each in value(house, "slips", batch=1).slips] == ["1"]


def test_a_sheet_with_its_own_printer_is_a_job_of_its_own_for_the_whole_batch(house):
    set_to(house.database, papers_with="slip,return_slip", release_break_every="2")
    printer(house, "office"), printer(house, "side")
    add(house, "returns", "return_slip", printer="side", gift="no")
    house.take_in(order("1"), order("2", gift=True), order("3"))
    house.release()
    assert jobs(house) == ["slips", "return_slip"]
    assert numbers(house, route(house, "return_slip")) == [("side", 1, "", [])]
    stack, returns = value(house, "slips", batch=1), value(house, "return_slip", batch=1)
    assert [type(each).__name__ for each in stack.slips] == ["Slip", "Slip", "ReturnSlip", "Slip"]
    assert [each.slip.order_number for each in returns.slips] == ["1", "3"]
    assert [sheet.count for _, sheet in returns.breaks] == [2]


def test_the_shop_says_in_which_order_the_papers_of_a_release_come(house):
    set_to(house.database, papers_with="slip,address_label", papers_order="noshi,address_label,slip")
    decide(house, "pick_list.print", "on")
    with house.database.transaction() as tx:
        inserts_storage.add_rule(tx, InsertRule("noshi", InsertKind.NOSHI, Conditions(shared=True, wish=("noshi",))))
    house.take_in(order("1", note="のし: 紅白蝶結び 御祝 髙橋"))
    house.release()
    assert jobs(house) == ["noshi", "address_label", "slips", "pick_list"]


def test_a_pick_list_comes_out_at_the_stations_that_want_one(house):
    decide(house, "pick_list.print", "on")
    add(house, "no list", "pick_list", when="never", stations="leader")
    house.take_in(order("1"))
    house.release()
    assert jobs(house) == ["slips"]


# --- which printer ------------------------------------------------------------------------------------------------


def test_without_printers_papers_go_into_the_folder(house):
    house.take_in(order("1"))
    house.release()
    assert route(house) == (print_rules.Routed(None),)


def test_without_rules_the_first_printer_that_fits_takes_a_paper(house):
    set_to(house.database, papers_with="slip,address_label")
    printer(house, "elsewhere", station="B")
    printer(house, "off", active=False)
    printer(house, "labels", language="zpl", dpi=203, media="100x150")
    printer(house, "A4"), printer(house, "A5", media="A5")
    house.take_in(order("1"))
    house.take_in(order("2"), shop="small")
    change(house.database, "UPDATE shops SET settings = ? WHERE name = 'small'", '{"slip.size":"A5"}')
    house.release()
    assert numbers(house, route(house)) == [("A4", 1, "", ["1"]), ("A5", 1, "", ["2"])]
    assert numbers(house, route(house, "address_label")) == [("labels", 1, "", [])]
    assert numbers(house, route(house, station="B"))[0][0] == "elsewhere", "only this one reaches it"


def test_a_label_is_never_sent_to_a_printer_that_would_cut_it_off(house):
    set_to(house.database, papers_with="address_label")
    printer(house, "tiny", language="zpl", dpi=203, media="60x40"), printer(house, "A4")
    house.take_in(order("1"))
    house.release()
    assert numbers(house, route(house, "address_label")) == [("folder", 1, "", [])]
    printer(house, "queue", media="100x150")
    assert numbers(house, route(house, "address_label")) == [("queue", 1, "", [])]


def test_a_batch_is_split_by_printer_copies_and_template(house):
    printer(house, "first"), printer(house, "second"), printer(house, "packing station", station="B")
    add(house, "gifts", printer="second", copies="2", gift="yes")
    add(house, "large", printer="packing station", pieces="3-")
    house.take_in(order("1"), order("2", gift=True), order("3", ("SKU-1", 3)), order("4"), order("5", gift=True))
    house.release()
    routed = route(house)
    assert numbers(house, routed) == [
        ("first", 1, "", ["1", "4"]), ("second", 2, "", ["2", "5"]), ("packing station", 1, "", ["3"]),
    ]  # fmt: skip
    for each in routed:
        made = value(house, "slips", batch=1, orders=each.orders)
        assert [int(slip.order_number) for slip in made.slips] == [house_order(house, one) for one in each.orders]


def house_order(house, order_):
    return int(query(house.database, "SELECT number FROM orders WHERE id = ?", order_)[0][0])


def test_break_sheets_are_right_in_every_part_of_a_batch(house):
    set_to(house.database, release_break_every="2")
    printer(house, "first"), printer(house, "second")
    add(house, "gifts", printer="second", gift="yes")
    house.take_in(*[order(str(number), gift=number % 2 == 0) for number in range(1, 8)])
    house.release()
    first, second = route(house)
    spans = []
    for each in (first, second):
        made = value(house, "slips", batch=1, orders=each.orders)
        spans.append([(place, str(sheet.first), str(sheet.last), sheet.count) for place, sheet in made.breaks])
    assert spans[0] == [(0, "1-001", "1-003", 2), (2, "1-005", "1-007", 2)]
    assert spans[1] == [(0, "1-002", "1-004", 2), (2, "1-006", "1-006", 1)]


def test_one_rule_for_all_splits_nothing(house):
    printer(house, "first"), printer(house, "second")
    add(house, "all", printer="second", copies="2")
    house.take_in(order("1"), order("2"))
    house.release()
    (routed,) = route(house)
    assert (routed.copies, routed.orders) == (2, None)


def test_a_printer_that_is_switched_off_lets_the_first_one_print(house):
    printer(house, "first")
    gone = printer(house, "second")
    add(house, "all", printer="second")
    house.take_in(order("1"))
    house.release()
    change(house.database, "UPDATE printers SET active = 0 WHERE id = ?", gone)
    assert numbers(house, route(house)) == [("first", 1, "", [])]
    with house.database.reading() as tx:
        (item,) = print_rule_list.rule_items(tx)
    assert [each.key for each in item.warnings] == ["print_rules.warn.printer_off"]


def test_whoever_wants_a_paper_again_wants_it_once(house):
    add(house, "two", copies="2")
    house.take_in(order("1"))
    house.release()
    assert [route(house, copy_reason=why)[0].copies for why in ("", "short", "damaged")] == [2, 2, 1]
    for why in ("", "short", "damaged"):
        act(house, _print_again, house.id("1"), why)
    assert [route(house, "packing_slip", copy_reason=why)[0].copies for why in ("", "short", "damaged")] == [2, 2, 1]


def _print_again(tx, station, act_, order_, why):
    add_jobs(tx, act_, station, [NewJob("packing_slip", order_, version=1, copy_reason=why)])


def test_a_station_may_have_its_own_printer_and_is_still_asked_when_as_all_others(house):
    printer(house, "first"), printer(house, "mine")
    add(house, "leader's", printer="mine", stations="leader")
    add(house, "abroad at the close", when="close", countries="abroad")
    house.take_in(order("1"), order("2", ship_to=ABROAD))
    house.release()
    assert numbers(house, route(house)) == [("mine", 1, "", [])]
    assert [each.order_number for each in value(house, "slips", batch=1, station="leader").slips] == ["1"]


@only_on_sqlite
def test_a_batch_of_hundreds_is_split_by_as_many_statements_as_a_small_one(house):
    """Each order is in just one part, and all of them are in some."""
    for name in ("first", "second", "third"):
        printer(house, name)
    add(house, "gifts", printer="second", gift="yes")
    add(house, "dear", printer="third", copies="2", pieces="2-")
    house.take_in(*[order(str(n), ("SKU-1", 1 + n % 3), gift=n % 5 == 0) for n in range(3)])
    house.release()
    few = statements(house.database, lambda: route(house))
    house.take_in(*[order(str(n), ("SKU-1", 1 + n % 3), gift=n % 5 == 0) for n in range(3, 300)])
    house.release(Choice(limit=500))
    many = statements(house.database, lambda: route(house))
    assert many <= few <= 16
    parts = [one for each in route(house) for one in each.orders]
    batch = query(house.database, "SELECT id FROM orders WHERE batch = 2 ORDER BY sequence")
    assert len(parts) == len(set(parts)) == len(batch) == 297
    assert set(parts) == {row[0] for row in batch}


def test_shops_and_gifts_and_orders_abroad_come_out_of_their_printers_in_the_end(house):
    """Two printers, three shops: each paper once, each from where its rule says, the rest from the first."""
    set_to(house.database, papers_with="slip,return_slip")
    printer(house, "P1"), printer(house, "P2")
    house.take_in(order("1"), order("2", gift=True), order("3", ship_to=ABROAD))
    house.take_in(order("4"), shop="other")
    house.take_in(order("5"), shop="third")
    add(house, "abroad", printer="P2", countries="abroad")
    add(house, "other", printer="P2", copies="2", shops="other")
    add(house, "third", when="never", shops="third")
    add(house, "no returns from abroad", "return_slip", when="never", countries="abroad")
    house.release()
    out = print_all(house, P1=Device(), P2=Device())
    assert sorted(out["P1"]) == sorted(
        ["slip 1-001 v1", "ReturnSlip 1-001 v1", "slip 1-002 v1", "ReturnSlip 1-002 v1", "ReturnSlip 1-004 v1",
         "ReturnSlip 1-005 v1"]
    )  # fmt: skip
    assert sorted(out["P2"]) == ["slip 1-003 v1", "slip 1-004 v1"]
    assert out["folder"] == []
    assert [row.copies for row in rows(house) if row.routed and row.copies != 1] == [2], "the printer makes both"


def test_slips_on_label_paper_and_other_labels_come_out_of_the_label_printer(house):
    set_to(house.database, slip_size="4x6")
    printer(house, "A4"), printer(house, "Z", language="zpl", dpi=203)
    house.take_in(order("1"))
    house.release()
    assert numbers(house, route(house)) == [("Z", 1, "", [])]
    label = replace(rows(house)[0], paper="label", batch=None, subject='{"label":"shelf","codes":["A-1"]}')
    with house.database.reading() as tx:
        assert numbers(house, print_rules.route(tx, label)) == [("Z", 1, "", [])]
    change(house.database, "UPDATE printers SET media = '60x40' WHERE name = 'Z'")
    with house.database.reading() as tx:
        assert numbers(house, print_rules.route(tx, label)) == [("Z", 1, "", [])], "they take the size of what is in it"
    add(house, "labels", "label", printer="A4", stations="leader")
    with house.database.reading() as tx:
        assert numbers(house, print_rules.route(tx, label)) == [("A4", 1, "", [])]


# --- held, changed, cancelled -------------------------------------------------------------------------------------


def test_the_papers_of_a_held_order_wait_by_themselves_and_only_those_that_it_gets(house):
    set_to(house.database, papers_with="slip,return_slip")
    printer(house, "P1"), printer(house, "P2")
    add(house, "never", when="never", gift="yes")
    add(house, "returns", "return_slip", printer="P2", gift="no")
    house.take_in(order("1"), order("2"), order("3", gift=True))
    house.release()
    with house.database.transaction() as tx:
        orders.hold(tx, "leader", str(uuid4()), [house.id("2"), house.id("3")], Hold.BY_HAND)
    out = print_all(house, P1=Device(), P2=Device())
    assert out == {"P1": ["slip 1-001 v1"], "P2": ["ReturnSlip 1-001 v1"], "folder": []}
    own = sorted((row.order, row.paper) for row in rows(house) if row.order is not None)
    two, three = house.ids("2", "3")
    assert own == [(two, "packing_slip"), (two, "return_slip"), (three, "packing_slip")], "the gift's return slip leads"
    with house.database.transaction() as tx:
        orders.lift(tx, "leader", str(uuid4()), two)
        orders.lift(tx, "leader", str(uuid4()), three)
    change(house.database, "UPDATE print_jobs SET not_before = 0")
    later = print_all(house, P1=Device(), P2=Device())
    assert later == {"P1": ["slip 1-002 v1", "ReturnSlip 1-003 v1"], "P2": ["return_slip 1-002 v1"], "folder": []}


def test_a_changed_order_gets_what_its_release_would_print_now(house):
    add(house, "abroad", "invoice", when="release", countries="abroad")
    add(house, "abroad close", when="close", countries="abroad")
    house.take_in(priced("1"))
    house.release()
    before = rows(house)[-1].id
    house.take_in(priced("1", ship_to=ABROAD))
    assert jobs(house, before) == ["invoice 1"], "the slip follows at the close"
    made = value(house, "invoice", order=house.id("1"), station="leader")
    assert [type(each).__name__ for each in made.slips] == ["Invoice"]


def pulled(house):
    with house.database.reading() as tx:
        return sorted((row.kind, row.text) for row in pulls.open_pulls(tx) if not row.done)


def test_an_old_address_label_is_pulled_like_the_slip(house):
    set_to(house.database, papers_with="slip,address_label")
    house.take_in(order("1"), order("2"))
    house.release()
    house.take_in(order("1", ship_to=replace(HOME, street="神宮前9-9-9")))
    assert pulled(house) == [("label", "KO-1-001-1"), ("slip", "KO-1-001-1")]
    slip = act(house, pulls.scan, "KO-1-001-1")
    assert (slip.kind, slip.left) == ("slip", 1)
    with pytest.raises(NotAllowed, match=r"pull\.already"):
        act(house, pulls.scan, "KO-1-001-1")  # the reader read it twice
    change(house.database, "UPDATE pulls SET done_at = done_at - 1500 WHERE kind = 'slip'")
    label = act(house, pulls.scan, "KO-1-001-1")
    assert (label.kind, label.left, label.key) == ("label", 0, "pull.done_label")
    assert pulled(house) == []


def test_a_cancelled_orders_label_is_pulled_and_one_that_never_had_one_has_none_there(house):
    set_to(house.database, papers_with="slip,address_label")
    house.take_in(order("1"))
    house.take_in(order("2"), shop="plain")
    change(house.database, "UPDATE shops SET settings = ? WHERE name = 'plain'", '{"papers.with":"slip"}')
    house.release()
    for number in ("1", "2"):
        act(house, changes.cancel, house.id(number))
    assert pulled(house) == [("label", "KO-1-001-1"), ("slip", "KO-1-001-1"), ("slip", "KO-1-002-1")]


def test_what_comes_out_at_the_start_or_the_close_is_pulled_only_once_it_did(house):
    add(house, "start", when="start")
    house.take_in(order("1"), order("2"))
    house.release()
    bench = Station(house.database, "A")
    assert bench.scans("1-001", "KP-CANCEL") == ["order.opened", "order.handed_back"]
    for number in ("1", "2"):
        act(house, changes.cancel, house.id(number))
    assert pulled(house) == [("slip", "KO-1-001-1")]


# --- at the start -------------------------------------------------------------------------------------------------


def test_a_slip_comes_out_when_the_bench_opens_its_order_and_only_then(house):
    set_to(house.database, slip_required="on")
    add(house, "start", when="start", gift="no")
    house.take_in(order("1"), order("2", gift=True))
    house.release()
    assert [each.order_number for each in value(house, "slips", batch=1).slips] == ["2"]
    before = rows(house)[-1].id
    bench = Station(house.database, "A")
    answer = bench.scan("1-001")
    assert answer.key == "order.opened"
    assert jobs(house, before) == ["packing_slip 1"]
    assert rows(house)[-1].station == "A"
    assert bench.scans("KP-CANCEL", "1-001", "SKU-1") == ["order.handed_back", "order.opened", "order.closed"]
    assert jobs(house, before) == ["packing_slip 1"], "opened again: nothing comes out twice, and no slip is asked for"


def test_an_order_that_is_released_by_being_opened_gets_the_papers_of_both_moments(house):
    set_to(house.database, papers_with="slip,return_slip")
    add(house, "start", "return_slip", when="start")
    house.take_in(order("1"))
    assert Station(house.database, "A").scans("1") == ["order.opened"]
    assert jobs(house) == ["packing_slip 1", "return_slip 1"]


def test_a_changed_order_gets_its_papers_at_its_next_start(house):
    add(house, "start", when="start")
    house.take_in(order("1"))
    house.release()
    bench = Station(house.database, "A")
    bench.scans("1-001", "KP-CANCEL")
    house.take_in(order("1", ship_to=replace(HOME, street="神宮前9-9-9")))
    assert jobs(house) == ["packing_slip 1"]
    bench.scan("1-001")
    assert jobs(house) == ["packing_slip 1", "packing_slip 1"]
    assert [row.version for row in rows(house)] == [1, 2]


def test_noshi_may_come_out_at_the_start_for_those_that_wish_one(house):
    with house.database.transaction() as tx:
        inserts_storage.add_rule(tx, InsertRule("noshi", InsertKind.NOSHI, Conditions(shared=True, wish=("noshi",))))
    add(house, "noshi", "noshi", when="start")
    house.take_in(order("1", note="のし: 紅白蝶結び 御祝 髙橋"), order("2"))
    house.release()
    assert jobs(house) == ["slips"]
    bench = Station(house.database, "A")
    bench.scans("1-001", "KP-CANCEL", "1-002", "KP-CANCEL", "1-001")
    assert jobs(house) == ["slips", "noshi 1"]
    assert inserts.PAPERS["noshi"] == "noshi"


# --- at the close -------------------------------------------------------------------------------------------------


def test_a_paper_comes_out_when_its_parcel_closes(house):
    set_to(house.database, papers_with="slip,address_label")
    add(house, "label", "address_label", when="close")
    house.take_in(order("1"))
    house.release()
    assert jobs(house) == ["slips"]
    assert Station(house.database, "A").scans("1-001", "SKU-1") == ["order.opened", "order.closed"]
    assert jobs(house) == ["slips", "address_label 1"]


@pytest.mark.parametrize("by_rule", [True, False])
def test_a_parcel_that_is_closed_again_gets_a_marked_copy(house, by_rule):
    if by_rule:
        add(house, "close", when="close")
    else:
        set_to(house.database, slip_when="close")
    house.take_in(order("1"))
    house.release()
    bench = Station(house.database, "A")
    assert bench.scans("1-001", "SKU-1", "KP-UNDO", "SKU-1")[1:] == ["order.closed", "undo.reopened", "order.closed"]
    assert jobs(house) == ["packing_slip 1", "packing_slip 1 other"]


def test_a_slip_printed_at_the_start_is_printed_again_where_pieces_are_short(house):
    add(house, "start", when="start")
    house.take_in(order("1", ("SKU-1", 2)))
    house.release()
    keys = Station(house.database, "A").scans("1-001", "SKU-1", "KP-SHORT", "KP-R-MISSING", "KP-DONE")
    assert keys[-1] == "order.closed_short"
    assert jobs(house) == ["packing_slip 1", "packing_slip 1 short"]


def test_a_paper_that_changed_rules_may_have_printed_before_is_marked(house):
    house.take_in(order("1"), order("2"))
    house.release()
    add(house, "late", when="start")
    bench = Station(house.database, "A")
    bench.scans("1-001", "KP-CANCEL")
    house.take_in(order("3"))
    change(house.database, "UPDATE batches SET at = at - 10")
    house.release()
    change(house.database, "UPDATE batches SET at = at + 10 WHERE id = 2")
    bench.scan("2-001")
    assert jobs(house) == ["slips", "packing_slip 1 other", "packing_slip 3"]


def test_a_reprint_at_the_bench_brings_every_sheet_again(house):
    set_to(house.database, papers_with="slip,return_slip,address_label")
    add(house, "returns", "return_slip", when="close")
    house.take_in(order("1"))
    house.release()
    before = rows(house)[-1].id
    assert Station(house.database, "A").scans("1-001", "KP-REPRINT", "KP-R-DAMAGED")[-1] == "reprint.queued"
    assert jobs(house, before) == ["packing_slip 1 damaged", "return_slip 1 damaged", "address_label 1 damaged"]


# --- many stations ------------------------------------------------------------------------------------------------


def test_rules_count_at_once_at_every_station_and_are_read_once(house):
    with house.database.transaction() as tx:
        assert Ruling(tx, "A").rules == ()
    kept = add(house, "one", when="close")
    other = Warehouse.__new__(Warehouse)
    other.database = house._another()
    with other.database.reading() as tx:
        assert [rule.name for rule in Ruling(tx, "B").rules] == ["one"]
    with patch.object(storage, "_read", side_effect=AssertionError("known already")), house.database.reading() as tx:
        assert [rule.name for rule in Ruling(tx, "A").rules] == ["one"]
    act(house, print_rule_list.switch, kept, on=False)
    with other.database.reading() as tx:
        assert Ruling(tx, "B").rules == ()
    other.database.close()


# --- the office ---------------------------------------------------------------------------------------------------


def test_rules_are_entered_changed_moved_and_removed(house):
    printer(house, "P1")
    one = add(house, "one", printer="p1", shops="shop") if house.take_in(order("1")) is None else 0
    two = add(house, "two", "invoice", when="close", countries="海外;US", size="-80", boxes="2-", amount="1,000-5000")
    act(house, print_rule_list.move, two, 1)
    with house.database.reading() as tx:
        items = print_rule_list.rule_items(tx)
    assert [each.rule.name for each in items] == ["two", "one"]
    assert (items[1].draft.printer, items[1].draft.shops) == ("P1", ("shop",))
    when = items[0].rule.conditions
    assert (when.countries, when.size_to, when.boxes_from, when.amount_to) == (("abroad", "US"), 80, 2, 5000)
    act(house, print_rule_list.save, {"copies": "3"}, one)
    with house.database.reading() as tx:
        assert print_rule_list.drafts(tx)["one"].rule.copies == 3
    act(house, print_rule_list.drop, one)
    with pytest.raises(NotFound, match=r"print_rules\.gone"):
        act(house, print_rule_list.drop, one)
    with house.database.reading() as tx:
        assert list(print_rule_list.drafts(tx)) == ["two"]


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        ({"shops": "nowhere"}, "inserts.fault.shop_unknown"),
        ({"printer": "gone"}, "printers.no_printer"),
        ({"carriers": "pigeon"}, "print_rules.fault.carrier"),
        ({"channels": "bazaar"}, "print_rules.fault.channel"),
        ({"template": "winter"}, "print_rules.fault.template"),
        ({"paper": "napkin"}, "inserts.bad.word"),
        ({"paper": ""}, "print_rules.bad.paper"),
        ({"when": "yesterday"}, "inserts.bad.word"),
        ({"when": "start", "stations": "A"}, "print_rules.fault.station_when"),
        ({"pieces": "few"}, "print_rules.bad.span"),
        ({"copies": "0"}, "print_rules.fault.copies"),
        ({"copies": "many"}, "inserts.bad.number"),
        ({"name": ""}, "print_rules.fault.no_name"),
        ({"name": "there"}, "print_rules.fault.name_taken"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name_and_nothing_is_kept(house, texts, key):
    add(house, "there")
    given = {"name": "new", "paper": "packing_slip", **texts}
    with house.database.reading() as tx:
        assert key in [each.key for each in print_rule_list.wrongs(tx, given)]
    with pytest.raises(NotAllowed):
        act(house, print_rule_list.save, given)
    with house.database.reading() as tx:
        assert list(print_rule_list.drafts(tx)) == ["there"]


def test_what_keeps_a_rule_from_doing_what_it_says_is_said(house):
    house.take_in(order("1"))
    add(house, "all", when="close")
    add(house, "never", gift="yes", stations="ghost")
    add(house, "gone", "invoice", shops="shop", when="close")
    change(
        house.database, "UPDATE print_rules SET conditions = '{\"shops\":[99]}', template = 'old' WHERE name = 'gone'"
    )
    with house.database.reading() as tx:
        said = {each.rule.name: [wrong.key for wrong in each.warnings] for each in print_rule_list.rule_items(tx)}
    assert said == {
        "all": [],
        "never": ["print_rules.warn.covered", "print_rules.warn.station"],
        "gone": ["print_rules.warn.shop_gone", "print_rules.warn.template_gone"],
    }


def test_a_file_of_rules_that_was_written_is_read_again(house, tmp_path):
    printer(house, "P1")
    add(house, "=one", when="start", gift="yes", wish="のし", pieces="2-3", cartons="M;L", copies="2", printer="P1")
    add(house, "two", "return_slip", prefectures="東京都;沖縄県", temperature="冷凍", cod="no", active="no")
    with house.database.reading() as tx:
        before = storage.every(tx)
        file = tmp_path / "rules.csv"
        file.write_bytes(print_rule_list.export(tx))
    assert b"'=one" in file.read_bytes()  # a spreadsheet would calculate with it
    for each in before:
        act(house, print_rule_list.drop, each.id)
    with house.desk() as desk:
        dry = print_rule_list.import_rules(desk, file, dry_run=True)
        assert (dry.added, dry.written) == (("=one", "two"), False)
        assert print_rule_list.import_rules(desk, file).written
        again = print_rule_list.import_rules(desk, file)
        assert (again.added, again.changed) == ((), ("=one", "two"))
    with house.database.reading() as tx:
        plain = [replace(each, id=0, position=0) for each in storage.every(tx)]
    assert plain == [replace(each, id=0, position=0) for each in before]


def test_half_a_file_of_rules_is_not_taken(house, tmp_path):
    file = tmp_path / "rules.csv"
    file.write_text("ルール名,紙,いつ\n海外,納品書,検品開始\n変,ナプキン,いつも\n", encoding="utf-8")
    with house.desk() as desk:
        report = print_rule_list.import_rules(desk, file)
    assert not report.written
    assert {(each.row, each.column, each.key) for each in report.problems} == {
        (3, "紙", "inserts.bad.word"), (3, "いつ", "inserts.bad.word"),
    }  # fmt: skip
    with house.database.reading() as tx:
        assert storage.every(tx) == ()


def test_why_says_the_rule_and_why_not_the_others(house):
    printer(house, "P1")
    add(house, "gifts", when="never", gift="yes")
    add(house, "home", when="close", countries="JP", printer="P1", copies="2")
    add(house, "rest", when="start")
    house.take_in(order("1"))
    with house.database.reading() as tx:
        found = print_rule_list.explain_order(tx, house.id("1"), "A")
    slip = next(each for each in found.papers if each.paper == "packing_slip")
    assert (slip.ruled.when, slip.ruled.copies, slip.printer, slip.ruled.rule.name) == ("close", 2, "P1", "home")
    assert [(each.rule.name, each.applies, each.decides) for each in slip.judged] == [
        ("gifts", False, False), ("home", True, True), ("rest", True, False),
    ]  # fmt: skip
    assert [why.name for why in slip.judged[0].reasons if not why.holds] == ["gift"]
    label = next(each for each in found.papers if each.paper == "address_label")
    assert (label.ruled.when, label.ruled.rule, label.out) == ("never", None, None)


def test_only_who_may_change_settings_changes_rules(house):
    kept = add(house, "one")
    with house.database.transaction() as tx:
        people.add(tx, "leader", "p", "見本 太郎", "7", Role.PACKER)
    change(house.database, "UPDATE stations SET person_id = (SELECT id FROM people)")
    for work in (
        lambda: add(house, "two"),
        lambda: act(house, print_rule_list.drop, kept),
        lambda: act(house, print_rule_list.move, kept, 1),
    ):
        with pytest.raises(NotAllowed):
            work()


def test_taking_a_release_back_leaves_no_paper_behind(house):
    add(house, "start", when="start")
    house.take_in(order("1"))
    house.release()
    with house.database.transaction() as tx:
        release.unrelease(tx, "leader", str(uuid4()), orders=house.ids("1"))
    assert print_all(house) == {"folder": []}
