"""The loop at the bench on both databases: the slip opens, goods go in, the waybill closes; nothing else does."""

import json
import threading
from uuid import uuid4

import pytest

from app.domain.people import Role
from app.errors import StationError
from app.services import changes, packing, people, release, waybills
from app.services import merge as merging
from app.services import orders as orders_service
from app.services.answers import sentence
from app.services.explain import explain
from app.text import LANGUAGES, texts
from tests.makers import Station, change, faults_of, query, set_to
from tests.services.shipping import CUP, SAGAWA, TEA, YAMATO, Warehouse, order, tracking


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    yield made
    assert faults_of(database) == []


class Saying(Station):
    """A station whose every answer is said in every language."""

    def scan(self, raw, act=None):
        answer = super().scan(raw, act)
        for language in LANGUAGES:
            said = sentence(texts(language), answer.key, answer.args)
            assert "{" not in said
            assert said != answer.key
        return answer


@pytest.fixture
def bench(house):
    return Saying(house.database)


def released(house, *orders):
    """Take orders in and release them as one batch, in the order given; their waybills are numbered."""
    house.take_in(*orders)
    numbers = [each.number for each in orders]
    with house.database.transaction() as tx:
        made = release.at_once(tx, "leader", str(uuid4()), list(house.ids(*numbers)))
    assert len(made.ship_numbers) == len(orders), made.refused
    number_all(house)
    return made.ship_numbers


def number_all(house, export=1):
    """Give every waybill that waits its number, as if one carrier file had come back."""
    for place, (identity,) in enumerate(query(house.database, "SELECT id FROM waybills WHERE number = '' ORDER BY id")):
        change(
            house.database,
            "UPDATE waybills SET state = 'numbered', number = ?, export_id = ?, position = ?, numbered_at = 1 "
            "WHERE id = ? AND state <> 'void'",
            tracking(identity), export, place + 1, identity,
        )  # fmt: skip


def label(house, number, piece=1):
    """Tracking number of an order's living waybill."""
    found = [each.number for each in house.waybills(number) if each.state != "void" and each.piece == piece]
    return found[0]


def slip(house, number):
    ((batch, sequence, version),) = query(
        house.database, "SELECT batch, sequence, version FROM orders WHERE number = ?", number
    )
    return f"KO-{batch}-{sequence:03d}-{version}"


def waybill_states(house, number):
    return [(each.version, each.state) for each in house.waybills(number)]


def act(house, do, *args, **more):
    with house.database.transaction() as tx:
        return do(tx, "leader", str(uuid4()), *args, **more)


# --- the loop -----------------------------------------------------------------------------------------------------


def test_slip_goods_waybill(house, bench):
    released(house, order("1", ("SKU-1", 2)), order("2"))
    answers = [bench.scan(raw) for raw in (slip(house, "1"), TEA.piece, TEA.piece, label(house, "1"))]
    assert [each.key for each in answers] == ["order.opened", "pack.ok", "pack.all_in", "order.closed"]
    assert answers[2].ask["last4"] == label(house, "1")[-4:]
    assert answers[3].ask == {"kind": "order", "next": "1-002"}
    assert house.state("1") == "verified"
    assert query(house.database, "SELECT state, unlabelled FROM parcels") == [("closed", "")]
    ((state, parcel),) = [(each.state, each.parcel) for each in house.waybills("1")]
    assert (state, parcel) == ("attached", 1)
    assert bench.look().ask == {"kind": "order", "next": "1-002"}


def test_undo_takes_the_label_off_and_every_step_back_to_the_slip(house, bench):
    released(house, order("1"))
    bench.scans("1", slip(house, "1"), TEA.piece, label(house, "1"))
    undone = bench.scan("KP-UNDO")
    assert (undone.key, undone.ask["kind"]) == ("undo.reopened_label", "waybill")  # its slip need not be scanned again
    assert bench.look().ask == undone.ask
    assert (house.state("1"), house.waybills("1")[0].state, house.waybills("1")[0].parcel) == (
        "released",
        "numbered",
        None,
    )
    assert bench.scans("KP-UNDO", "KP-UNDO", "KP-UNDO") == ["undo.packed", "undo.slip", "undo.nothing"]
    assert query(house.database, "SELECT slips FROM parcels") == [("",)]
    assert bench.scans(slip(house, "1"), TEA.piece, label(house, "1")) == ["slip.ok", "pack.all_in", "order.closed"]


def test_slip_less_opening_by_queue_number_and_list_asks_for_the_slip(house, bench):
    released(house, order("1"), order("2"), order("3"))
    assert bench.scan("KP-NEXT").ask == {"kind": "slip", "ship_number": "1-001", "version": 1, "left": 1}
    assert bench.scans(TEA.piece, "KP-CANCEL", "KP-CANCEL") == ["slip.first", "refusal.dismissed", "order.handed_back"]
    for raw in ("1-002", "2", "shop:2"):
        assert bench.scan(raw).ask["kind"] == "slip"
        bench.scan("KP-CANCEL")
    assert bench.scan("KL-1").ship_number == "1-001"
    Station(house.database, "2").scan(slip(house, "2"))
    assert bench.scans("KP-CANCEL", slip(house, "1"), TEA.piece, label(house, "1")) == [
        "order.handed_back", "order.opened", "pack.all_in", "order.closed",
    ]  # fmt: skip
    assert bench.scan("KL-1").ship_number == "1-003"
    assert bench.scans("KP-CANCEL", "KL-7") == ["order.handed_back", "list.none"]


def test_one_shop_may_want_no_papers(house, bench):
    house.take_in(order("1"), shop="plain")
    change(house.database, "UPDATE shops SET settings = ? WHERE name = 'plain'", json.dumps(
        {"slip.required": "off", "waybill.required": "off"}
    ))  # fmt: skip
    released(house, order("2"))
    assert bench.scans("1", TEA.piece, "2", TEA.piece) == ["order.opened", "order.closed", "order.opened", "slip.first"]


def test_an_order_released_by_opening_gets_its_waybill_and_its_ship_number_on_record(house, bench):
    house.take_in(order("1"))
    assert bench.scan("1").ask["kind"] == "slip"
    assert query(house.database, "SELECT batch, sequence, version, taken_back FROM releases") == [(1, 1, 1, None)]
    assert [each.key for each in house.waybills("1")] == ["1-001-1"]
    assert bench.scans(slip(house, "1"), TEA.piece, tracking(5)) == ["slip.ok", "pack.all_in", "waybill.hand_ask"]
    assert bench.scan(tracking(5)).key == "order.closed"
    assert [(each.state, each.by_hand, each.number) for each in house.waybills("1")] == [
        ("attached", True, tracking(5))
    ]


# --- the wrong waybill --------------------------------------------------------------------------------------------


def test_a_waybill_is_refused_by_its_own_name_and_nothing_changes(house, bench):
    released(house, *[order(str(n)) for n in range(1, 7)])
    bench.scans(slip(house, "3"), TEA.piece)
    before = query(house.database, "SELECT * FROM waybills ORDER BY id")
    for number, said in (("4", "waybill.next_one"), ("2", "waybill.previous_one"), ("6", "waybill.other_order")):
        answer = bench.scan(label(house, number))
        assert (answer.key, answer.args["other"]) == (said, f"1-00{number}")
    assert bench.scan(tracking(999)).key == "waybill.unknown"
    assert query(house.database, "SELECT * FROM waybills ORDER BY id") == before
    assert bench.scan(label(house, "3")).key == "order.closed"


def test_rejected_labels_and_other_carriers_do_not_count_in_the_stack(house, bench):
    released(house, *[order(str(n)) for n in range(1, 6)])
    change(house.database, "UPDATE waybills SET state = 'rejected', number = '' WHERE sequence = 2")
    change(house.database, "UPDATE waybills SET export_id = 2, carrier = ? WHERE sequence = 3", SAGAWA)
    bench.scans(slip(house, "1"), TEA.piece)
    assert bench.scan(label(house, "4")).key == "waybill.next_one"
    assert bench.scan(label(house, "3")).key == "waybill.other_carrier_order"


def test_a_stack_that_is_off_by_one_is_recognised_at_the_second_order(house, bench):
    released(house, *[order(str(n)) for n in range(1, 6)])
    bench.scans(slip(house, "1"), TEA.piece)
    assert bench.scans(label(house, "2"), label(house, "2"), label(house, "1")) == [
        "waybill.next_one", "waybill.next_one", "order.closed",
    ]  # fmt: skip
    bench.scans(slip(house, "2"), TEA.piece)
    assert bench.scan(label(house, "3")).key == "waybill.stack_off"
    bench.scan(label(house, "2"))
    bench.scans(slip(house, "3"), TEA.piece, label(house, "3"), slip(house, "4"), TEA.piece)
    assert bench.scan(label(house, "5")).key == "waybill.next_one"  # one went right in between


def test_a_label_that_is_on_another_box_is_refused(house, bench):
    released(house, order("1"), order("2"))
    bench.scans(slip(house, "1"), TEA.piece, label(house, "1"), slip(house, "2"), TEA.piece)
    assert bench.scan(label(house, "1")).key == "waybill.on_another"


def test_an_old_a_void_and_a_cancelled_orders_label_are_refused(house, bench):
    released(house, order("1"), order("2"), order("3"))
    old = label(house, "1")
    act(house, lambda tx, *args: changes.new_version(tx, *args, house.id("1"), "pull.service_changed"))
    number_all(house, export=2)
    bench.scans(slip(house, "1"), TEA.piece)
    answer = bench.scan(old)
    assert (answer.key, answer.args["version"], answer.args["current"]) == ("waybill.old_version", 1, 2)
    cancelled = label(house, "2")
    act(house, orders_service.cancel, house.id("2"))
    assert bench.scan(cancelled).key == "waybill.cancelled"
    change(house.database, "UPDATE waybills SET state = 'void', reason = 'waybill.void.asked_again' WHERE sequence = 3")
    (void,) = [each.number for each in house.waybills("3")]
    answer = bench.scan(void)
    assert (answer.key, answer.args["why"]) == ("waybill.void", "waybill.void.asked_again")
    assert bench.scan(label(house, "1")).key == "order.closed"


def test_cash_and_pieces_that_the_carrier_printed_otherwise_are_refused(house, bench):
    released(house, order("1", cod_amount="1080"), order("2"))
    change(house.database, "UPDATE orders SET cod = 1080 WHERE number = '1'")
    change(house.database, "UPDATE waybills SET cod = 1080, carrier_cod = 1000 WHERE sequence = 1")
    change(house.database, "UPDATE waybills SET carrier_pieces = 3 WHERE sequence = 2")
    bench.scans(slip(house, "1"), TEA.piece)
    assert bench.scan(label(house, "1")).key == "waybill.cod_differs"
    bench.scans("KP-LATER", slip(house, "2"), TEA.piece)
    assert bench.scan(label(house, "2")).key == "waybill.pieces_differ"


def test_a_known_waybill_before_its_time_is_named(house, bench):
    released(house, order("1"), order("2"))
    assert bench.scan(label(house, "1")).key == "waybill.slip_first"
    bench.scan("1-001")
    assert bench.scan(label(house, "1")).key == "waybill.slip_first"
    bench.scan(slip(house, "1"))
    answer = bench.scan(label(house, "2"))
    assert (answer.key, answer.args["other"]) == ("waybill.goods_first", "1-002")


def test_a_number_that_is_not_here_yet_sets_the_parcel_aside_and_closes_it_later(house, bench):
    released(house, order("1"), order("2"))
    change(house.database, "UPDATE waybills SET state = 'exported', number = ''")
    leader(house)
    assert bench.scans(slip(house, "1"), TEA.piece, tracking(1), "KP-LATER") == [
        "order.opened", "pack.all_in", "waybill.not_numbered", "later.parked",
    ]  # fmt: skip
    assert query(house.database, "SELECT holder, parked FROM orders WHERE number = '1'") == [("", 1)]
    assert bench.scan("KP-NEXT").ship_number == "1-002"
    bench.scan("KP-CANCEL")
    number_all(house)
    answer = bench.scan(slip(house, "1"))
    assert (answer.key, answer.done, answer.ask["kind"]) == ("order.resumed", 1, "waybill")
    assert bench.scan(label(house, "1")).key == "order.closed"


# --- people -------------------------------------------------------------------------------------------------------


def leader(house):
    with house.database.transaction() as tx:
        people.add(tx, "leader", str(uuid4()), "佐藤", "L1", Role.LEADER)
    with house.database.transaction() as tx:
        people.add(tx, "leader", str(uuid4()), "山田", "P1", Role.PACKER)


def test_a_leaders_badge_writes_the_number_in_that_a_packer_may_not(house, bench):
    released(house, order("1"))
    change(house.database, "UPDATE waybills SET state = 'requested', number = ''")
    leader(house)
    assert bench.scans("KU-P1", slip(house, "1"), TEA.piece, tracking(8), "KU-L1", tracking(8)) == [
        "person.signed_in", "order.opened", "pack.all_in", "waybill.not_numbered", "waybill.hand_ask", "order.closed",
    ]  # fmt: skip
    assert house.waybills("1")[0].by_hand


def test_a_leader_closes_without_the_waybill_and_the_label_follows(house, bench):
    released(house, order("1"))
    leader(house)
    assert bench.scans("KU-P1", slip(house, "1"), TEA.piece, "KP-DONE", "KU-L1", "KP-DONE", "KP-R-DAMAGED") == [
        "person.signed_in", "order.opened", "pack.all_in", "override.leader_needed", "person.signed_in",
        "override.ask", "order.closed_unlabelled",
    ]  # fmt: skip
    assert query(house.database, "SELECT unlabelled FROM parcels") == [("damaged",)]
    assert bench.scans(slip(house, "1"), label(house, "1")) == ["label.ask", "label.attached"]
    assert query(house.database, "SELECT unlabelled, state FROM parcels") == [("", "closed")]
    assert bench.scan("KP-UNDO").key == "undo.label"
    assert query(house.database, "SELECT unlabelled FROM parcels") == [("damaged",)]
    assert bench.look().ask["kind"] == "label"
    assert bench.scans(label(house, "1"), slip(house, "1")) == ["label.attached", "order.already_verified"]


# --- at close -----------------------------------------------------------------------------------------------------


def test_where_waybills_are_made_at_the_close_it_is_requested_then_and_the_label_follows(house, bench):
    set_to(house.database, waybill_when="close")
    released(house, order("1"), order("2"))
    assert house.waybills("1") == []
    assert bench.scans(slip(house, "1"), TEA.piece) == ["order.opened", "order.closed_label_later"]
    assert waybill_states(house, "1") == [(1, "requested")]
    assert bench.scans("KP-UNDO", TEA.piece) == ["undo.reopened", "order.closed_label_later"]
    assert waybill_states(house, "1") == [(1, "requested")]
    assert bench.scan(slip(house, "1")).key == "label.not_yet"
    number_all(house)
    assert bench.scans(tracking(999), label(house, "1")) == ["waybill.unknown", "label.attached"]
    assert bench.scan(slip(house, "2")).key == "order.opened"
    assert waybill_states(house, "1") == [(1, "attached")]


# --- set aside, one piece more, another service -------------------------------------------------------------------


def test_a_parcel_that_was_set_aside_goes_on_at_another_station(house, bench):
    released(house, order("1", ("SKU-1", 3)))
    bench.scans(slip(house, "1"), TEA.piece, "KP-LATER")
    other = Station(house.database, "2")
    assert other.scans("KP-NEXT", slip(house, "1"), TEA.piece) == ["next.none", "order.resumed", "pack.ok"]
    assert other.look().done == 2
    assert other.scans("KP-UNDO", "KP-UNDO", "KP-CANCEL") == ["undo.packed", "undo.packed", "order.handed_back"]
    assert query(house.database, "SELECT sum(done) FROM order_lines") == [(0,)]
    assert query(house.database, "SELECT quantity FROM balances WHERE place = 'shelf:A-01'") == [(5000,)]
    assert bench.scan("KP-UNDO").key == "undo.nothing"


def test_orders_without_a_carrier_are_set_aside_as_well(house, bench):
    set_to(house.database, carrier_default="")
    house.take_in(order("1", ("SKU-1", 2)))
    assert bench.scans("1", TEA.piece, "KP-LATER", "1-001", TEA.piece) == [
        "order.opened", "pack.ok", "later.parked", "order.resumed", "order.closed",
    ]  # fmt: skip


def test_one_box_more_makes_a_new_version_with_new_waybills(house, bench):
    released(house, order("1", ("SKU-1", 2)))
    old_slip, old = slip(house, "1"), label(house, "1")
    assert bench.scans(old_slip, TEA.piece, "KP-PARCEL") == ["order.opened", "pack.ok", "parcel.added"]
    assert query(house.database, "SELECT version, parcel_count, parked, held FROM orders") == [(2, 2, 1, 0)]
    assert waybill_states(house, "1") == [(1, "void"), (2, "requested"), (2, "requested")]
    number_all(house, export=2)
    assert bench.scans(old_slip, slip(house, "1"), TEA.piece, old) == [
        "order.old_version", "order.resumed", "pack.all_in", "waybill.old_version",
    ]  # fmt: skip
    assert bench.scans(label(house, "1", 2), label(house, "1", 2), label(house, "1", 1)) == [
        "waybill.piece", "waybill.already", "order.closed",
    ]  # fmt: skip


def test_one_box_more_than_the_service_takes_waits_for_the_leader(house, bench):
    released(house, order("1", cod_amount="500"))
    change(house.database, "UPDATE orders SET cod = 500")
    assert bench.scans(slip(house, "1"), "KP-PARCEL") == ["order.opened", "parcel.service"]
    assert query(house.database, "SELECT hold, detail FROM holds WHERE lifted_at IS NULL") == [("service", "pieces")]
    assert bench.scan(slip(house, "1")).key == "order.held"


def test_too_thick_waits_for_another_service_and_goes_on_with_it(house, bench):
    released(house, order("1", ("SKU-1", 2)))
    assert bench.scans(slip(house, "1"), TEA.piece, "KP-SERVICE", "KP-R-THICK") == [
        "order.opened", "pack.ok", "service.ask", "service.parked",
    ]  # fmt: skip
    assert bench.scan(slip(house, "1")).key == "order.held"
    act(house, changes.change_service, house.id("1"), SAGAWA, "hikyaku")
    number_all(house, export=2)
    assert bench.scans(slip(house, "1"), TEA.piece, label(house, "1")) == [
        "order.resumed", "pack.all_in", "order.closed",
    ]  # fmt: skip


# --- merged -------------------------------------------------------------------------------------------------------


@pytest.fixture
def merged(house):
    house.take_in(order("1", ("SKU-1", 1)))
    house.take_in(order("2", ("SKU-2", 1)), shop="other")
    act(house, merging.merge, list(house.ids("1", "2")))
    act(house, release.at_once, list(house.ids("1", "2")))
    number_all(house)
    return house


def test_merged_orders_go_in_one_parcel_under_one_waybill(merged, bench):
    first, second = slip(merged, "1"), slip(merged, "2")
    assert bench.scans(second, TEA.piece, first, TEA.piece, CUP.piece) == [
        "order.opened", "slip.first", "slip.ok", "pack.ok", "pack.all_in",
    ]  # fmt: skip
    assert bench.look().order == "1"
    assert [len(merged.waybills(number)) for number in ("1", "2")] == [1, 0]
    assert bench.scan(label(merged, "1")).key == "order.closed"
    assert (merged.state("1"), merged.state("2")) == ("verified", "verified")
    assert query(merged.database, "SELECT count(*) FROM parcels") == [(1,)]
    assert bench.scan("KP-UNDO").key == "undo.reopened_label"
    assert query(merged.database, "SELECT state, holder FROM orders ORDER BY id") == [
        ("released", "1"),
        ("released", ""),
    ]
    assert bench.scans("KP-LATER", first, "KP-CANCEL") == ["later.parked", "order.resumed", "order.handed_back"]
    assert query(merged.database, "SELECT sum(done) FROM order_lines") == [(0,)]


def test_a_hold_on_either_half_stops_both(merged, bench):
    bench.scans(slip(merged, "1"), slip(merged, "2"))
    act(merged, orders_service.hold, [merged.id("2")])
    assert bench.scans(TEA.piece, "KP-CANCEL", "KP-CANCEL", slip(merged, "1")) == [
        "order.held_meanwhile", "refusal.dismissed", "order.handed_back", "order.held",
    ]  # fmt: skip


# --- changed meanwhile --------------------------------------------------------------------------------------------


def test_an_order_that_changed_while_it_was_open_is_set_aside_and_its_new_slip_goes_on(house, bench):
    released(house, order("1", ("SKU-1", 2)))
    old = slip(house, "1")
    bench.scans(old, TEA.piece)
    act(house, lambda tx, *args: changes.new_version(tx, *args, house.id("1"), "pull.service_changed"))
    number_all(house, export=2)
    assert bench.scans(TEA.piece, TEA.piece, old) == [
        "order.changed_meanwhile",
        "order.scan_first",
        "order.old_version",
    ]
    assert bench.scan(slip(house, "1")).done == 1
    assert bench.scans(TEA.piece, label(house, "1")) == ["pack.all_in", "order.closed"]


def test_a_closed_order_that_is_opened_again_by_the_office_is_told(house, bench):
    released(house, order("1"))
    bench.scans(slip(house, "1"), TEA.piece, label(house, "1"))
    act(house, lambda tx, *args: changes.new_version(tx, *args, house.id("1"), "pull.service_changed"))
    assert bench.scan("KP-UNDO").key == "order.changed_meanwhile"
    number_all(house, export=2)
    assert bench.scans(slip(house, "1"), label(house, "1")) == ["order.resumed", "order.closed"]


@pytest.mark.parametrize("packed", [0, 1])
@pytest.mark.parametrize("kind", ["cancelled", "changed"])
def test_what_is_told_of_the_last_order_says_that_the_next_slip_is_scanned_again(house, bench, kind, packed):
    released(house, order("1"), order("2"))
    bench.scans(slip(house, "1"), TEA.piece, *[label(house, "1")] * packed)
    if kind == "cancelled":
        act(house, orders_service.cancel, order=house.id("1"))
    else:
        act(house, lambda tx, *args: changes.new_version(tx, *args, house.id("1"), "pull.service_changed"))
    told = bench.scan(slip(house, "2"))
    assert (told.key, told.args["again"], told.ask["kind"]) == (f"order.{kind}_meanwhile", "1-002", "order")
    assert "scan slip 1-002 again" in sentence(texts("en"), told.key, told.args)
    assert bench.scan(slip(house, "2")).key == "order.opened"


def test_what_is_scanned_of_the_cancelled_order_itself_is_not_asked_for_again(house, bench):
    released(house, order("1"))
    bench.scans(slip(house, "1"), TEA.piece)
    act(house, orders_service.cancel, order=house.id("1"))
    told = bench.scan(slip(house, "1"))
    assert (told.key, "again" in told.args) == ("order.cancelled_meanwhile", False)
    assert "pull list" in sentence(texts("en"), told.key, told.args)


def test_a_close_by_the_waybill_says_so_and_one_without_says_to_close_the_box(house, bench):
    released(house, order("1"))
    labelled = [bench.scan(raw) for raw in (slip(house, "1"), TEA.piece, label(house, "1"))][-1]
    set_to(house.database, carrier_default="")
    house.take_in(order("2"))
    plain = [bench.scan(raw) for raw in ("2", TEA.piece)][-1]
    assert (labelled.key, plain.key) == ("order.closed", "order.closed")
    assert label(house, "1")[-4:] in sentence(texts("en"), labelled.key, labelled.args)
    assert "Close the box" not in sentence(texts("en"), labelled.key, labelled.args)
    assert "Close the box" in sentence(texts("en"), plain.key, plain.args)


def test_money_is_said_with_its_thousands_apart(house, bench):
    released(house, order("1", cod_amount="12800"))
    change(house.database, "UPDATE waybills SET cod = 12800, carrier_cod = 1080")
    told = [bench.scan(raw) for raw in (slip(house, "1"), TEA.piece, label(house, "1"))][-1]
    assert told.key == "waybill.cod_differs"
    for language in LANGUAGES:
        said = sentence(texts(language), told.key, told.args)
        assert "12,800" in said
        assert "1,080" in said


def test_the_slip_of_a_release_that_was_taken_back_is_refused_by_name(house, bench):
    released(house, order("1"))
    old = slip(house, "1")
    act(house, release.unrelease, orders=[house.id("1")])
    assert bench.scan(old).key == "slip.taken_back"
    act(house, release.at_once, [house.id("1")])
    answer = bench.scan(old)
    assert (answer.key, answer.args["current"]) == ("slip.replaced", "2-001")


# --- at the same instant ------------------------------------------------------------------------------------------


def asked_again(tx, house):
    """The office has the first order's waybill made again, with a new key."""
    return waybills.export(tx, "leader", str(uuid4()), YAMATO, orders=[house.id("1")], reason="torn")


def while_open(database, first, other, second):
    """Do *first* in a transaction, begin *second* on another connection, then commit; return what both gave."""
    found = []

    def run():
        try:
            with other.transaction() as tx:
                found.append(second(tx))
        except StationError as error:
            found.append(error)
        finally:
            other.release()

    thread = threading.Thread(target=run)
    with database.transaction() as tx:
        made = first(tx)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), "the second waits for the first"
    thread.join()
    return made, found[0]


def test_a_waybill_that_the_office_voids_in_the_instant_of_its_scan_is_refused_by_name(house, bench, open_another):
    released(house, order("1"))
    bench.scans(slip(house, "1"), TEA.piece)
    old = label(house, "1")
    scan = lambda tx: packing.scan(tx, bench.name, old, str(uuid4()))  # noqa: E731
    made, answer = while_open(house.database, lambda tx: asked_again(tx, house), open_another(), scan)
    assert len(made.files) == 1
    assert (answer.key, answer.level, answer.ask["kind"]) == ("waybill.void", "refused", "waybill")
    assert waybill_states(house, "1") == [(1, "void"), (1, "exported")]
    assert query(house.database, "SELECT state FROM parcels") == [("open",)]


def test_a_waybill_that_goes_on_its_box_in_that_instant_is_not_made_again(house, bench, open_another):
    released(house, order("1"))
    bench.scans(slip(house, "1"), TEA.piece)
    scan = lambda tx: packing.scan(tx, bench.name, label(house, "1"), str(uuid4()))  # noqa: E731
    answer, refused = while_open(house.database, scan, open_another(), lambda tx: asked_again(tx, house))
    assert answer.key == "order.closed"
    assert isinstance(refused, StationError)  # there is nothing to make
    assert waybill_states(house, "1") == [(1, "attached")]


# --- the stack of slips -------------------------------------------------------------------------------------------


def test_the_next_slip_is_announced_and_one_that_skips_it_is_named(house, bench):
    released(house, *[order(str(n)) for n in range(1, 6)])
    assert bench.scans(slip(house, "1"), slip(house, "2"), slip(house, "4")) == [
        "order.opened", "slip.next_one", "slip.later_one",
    ]  # fmt: skip
    act(house, orders_service.hold, [house.id("2")])
    assert bench.scans(TEA.piece, label(house, "1")) == ["pack.all_in", "order.closed"]
    assert bench.look().ask["next"] == "1-003"
    answer = bench.scan(slip(house, "5"))
    assert (answer.key, answer.level, answer.args["skipped"]) == ("order.opened_skipped", "info", "1-003")
    assert bench.scan(slip(house, "3")).key == "slip.earlier_one"


def test_after_a_box_is_set_aside_the_next_slip_on_the_stack_is_named(house, bench):
    released(house, order("1"), order("2"), order("3"))
    answer = [bench.scan(raw) for raw in (slip(house, "1"), TEA.piece, "KP-LATER")][-1]
    assert (answer.key, answer.ask) == ("later.parked", {"kind": "order", "next": "1-002"})
    assert bench.scan(slip(house, "2")).key == "order.opened"
    assert bench.scan("KP-LATER").ask["next"] == "1-003"
    assert [bench.scan(raw) for raw in (slip(house, "3"), "KP-LATER")][-1].ask == {"kind": "order"}


def test_every_act_of_the_loop_repeats_its_stored_answer(house, bench):
    released(house, order("1"))
    for raw in (slip(house, "1"), TEA.piece, label(house, "1"), "KP-UNDO", "KP-LATER"):
        identity = str(uuid4())
        first, again = bench.scan(raw, identity), bench.scan(raw, identity)
        assert (again.repeat, again.key, again.ask, dict(again.args)) == (True, first.key, first.ask, dict(first.args))


def test_a_code_is_explained_by_its_waybill_and_by_a_release_that_was_taken_back(house, bench):
    released(house, order("1"))
    old, number = slip(house, "1"), label(house, "1")
    with house.database.reading() as tx:
        assert explain(tx, f"A{number}A").waybills == (("1-001-1", "1-001", "yamato_b2", "numbered"),)
    act(house, release.unrelease, orders=[house.id("1")])
    with house.database.reading() as tx:
        assert explain(tx, old).withdrawn == "1"
        assert explain(tx, number).plain()["waybills"][0]["state"] == "void"
