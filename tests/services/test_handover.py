"""The dock: the right parcels leave, each refusal has its sentence, the driver's figure is ours, nothing goes twice."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict

import pytest

from app.domain.orders import ShipNumber
from app.errors import NotAllowed, NotFound
from app.services import handover, orders, papers
from app.services.desk import Desk
from app.services.handover import said
from app.text import texts
from tests.documents.makers import text_of
from tests.makers import change, faults_of, query
from tests.services.dock import HOUR, SAGAWA, YAMATO, Dock, dock_of, later, number_of

A, B, C = number_of(1), number_of(2), number_of(3)


@pytest.fixture
def dock(database) -> Dock:
    """Three orders packed for Yamato, each with its waybill on."""
    made = dock_of(database, "A-1", "A-2", "A-3")
    for number, waybill in (("A-1", A), ("A-2", B), ("A-3", C)):
        made.going(number)
        made.label(number, waybill)
    return made


def at_customer(dock: Dock) -> int:
    return sum(row[0] for row in query(dock.database, "SELECT quantity FROM balances WHERE place = 'customer'"))


def sentences(scanned) -> list[str]:
    return [said(texts(language), scanned) for language in ("ja", "en")]


# --- by scan ------------------------------------------------------------------------------------------------------


def test_a_waybill_scan_hands_the_parcel_over_and_ships_the_order(dock):
    answer = dock.scan(A, carrier=YAMATO)
    assert (answer.key, answer.level) == ("dock.handed_over", "ok")
    assert (answer.piece, answer.pieces, answer.counted) == (1, 1, 1)
    assert (dock.state("A-1"), dock.waybill(A), dock.state("A-2")) == ("shipped", "handed_over", "verified")
    assert query(dock.database, "SELECT state, handover_id FROM parcels ORDER BY id")[0] == (
        "handed_over", answer.handover,
    )  # fmt: skip
    assert at_customer(dock) == 1
    assert dock.scan(B, carrier=YAMATO).counted == 2
    assert faults_of(dock.database) == []


@pytest.mark.parametrize("raw", [f"A{A}B", f"a{A}a", f"{A[:4]}-{A[4:8]}-{A[8:]}", f"]F0{A}"])
def test_a_waybill_is_read_with_letters_and_hyphens(dock, raw):
    assert dock.scan(raw).key == "dock.handed_over"


def test_the_same_act_twice_counts_once(dock):
    first = dock.scan(A, act="act-1")
    again = dock.scan(A, act="act-1")
    assert again.repeat
    assert asdict(again) | {"repeat": False} == asdict(first)
    assert query(dock.database, "SELECT counted FROM handovers") == [(1,)]


def test_an_act_id_that_meant_something_else_is_refused(dock):
    dock.scan(A, act="act-1")
    dock.act(orders.hold, [dock.order("A-2")], act="act-2")
    for code, act in ((B, "act-1"), (B, "act-2")):
        with pytest.raises(NotAllowed, match=r"act\.reused"):
            dock.scan(code, act=act)
    assert dock.state("A-2") == "verified"


def test_an_order_of_several_pieces_ships_with_its_last_one(dock):
    change(dock.database, "UPDATE waybills SET pieces = 3 WHERE number = ?", A)
    dock.label("A-1", number_of(11), 2, 3)
    dock.label("A-1", number_of(12), 3, 3)
    first, second = dock.scan(number_of(12)), dock.scan(A)
    assert [(each.key, each.piece, each.pieces) for each in (first, second)] == [
        ("dock.piece", 1, 3), ("dock.piece", 2, 3),
    ]  # fmt: skip
    assert dock.state("A-1") == "verified"
    assert at_customer(dock) == 0
    assert dock.scan(A).key == "dock.already"
    last = dock.scan(number_of(11))
    assert (last.key, last.piece, last.counted, dock.state("A-1")) == ("dock.handed_over", 3, 3, "shipped")
    assert at_customer(dock) == 1


def test_pieces_that_share_a_number_are_counted_by_their_scans(dock):
    dock.label("A-1", A, 2, 2)
    assert [dock.scan(A).piece for _ in range(2)] == [1, 2]
    assert dock.scan(A).key == "dock.already"


def test_two_parcels_of_an_order_go_one_by_one(dock):
    order = dock.order("A-1")
    change(
        dock.database,
        "INSERT INTO parcels (order_id, version, state, station, opened_at, closed_at) "
        "VALUES (?, 1, 'closed', '1', 1, 1)",
        order,
    )
    dock.label("A-1", number_of(21), 2, 2)
    assert dock.scan(A).key == "dock.piece"
    assert at_customer(dock) == 1, "the goods of the first box only"
    assert query(dock.database, "SELECT state FROM parcels WHERE order_id = ? ORDER BY id", order) == [
        ("handed_over",), ("closed",),
    ]  # fmt: skip
    assert dock.scan(number_of(21)).key == "dock.handed_over"
    assert dock.state("A-1") == "shipped"
    assert at_customer(dock) == 1


def test_a_slip_stands_for_the_only_piece_of_its_order(dock):
    slip = ShipNumber(dock.order("A-1", "batch"), 1)
    add_release(dock, "A-1")
    assert dock.scan(slip.coded(1)).key == "dock.handed_over"
    assert dock.waybill(A) == "handed_over"


def add_release(dock: Dock, number: str) -> None:
    """Slips are looked up among the releases, which the bench's own release may not have written."""
    ((order, batch, sequence, version),) = query(
        dock.database, "SELECT id, batch, sequence, version FROM orders WHERE number = ?", number
    )
    if not query(dock.database, "SELECT 1 FROM releases WHERE batch = ? AND sequence = ?", batch, sequence):
        change(
            dock.database,
            "INSERT INTO releases (batch, sequence, order_id, version) VALUES (?, ?, ?, ?)",
            batch, sequence, order, version,
        )  # fmt: skip


def test_orders_merged_into_a_parcel_ship_with_it(dock):
    dock.merge("A-1", "M-1")
    assert dock.scan(A).key == "dock.handed_over"
    assert (dock.state("A-1"), dock.state("M-1")) == ("shipped", "shipped")
    assert faults_of(dock.database) == []


def test_the_slip_of_a_merged_order_stands_for_the_parcel_it_went_into(dock):
    dock.merge("A-1", "M-1")
    assert dock.scan("M-1").key == "dock.handed_over"
    assert (dock.state("A-1"), dock.waybill(A)) == ("shipped", "handed_over")


def test_one_half_cancelled_stops_the_merged_parcel(dock):
    dock.merge("A-1", "M-1")
    change(dock.database, "UPDATE orders SET state = 'cancelled' WHERE number = 'M-1'")
    answer = dock.scan(A)
    assert (answer.key, answer.args["number"]) == ("dock.cancelled", "M-1")
    assert dock.count(3).agreed is False


def test_a_scan_of_nothing_known_is_refused_and_kept(dock):
    for raw in ("999999999999", "", "KO-99-001-1", "テスト"):
        answer = dock.scan(raw)
        assert (answer.key, answer.level) == ("dock.unknown", "refused")
    assert query(dock.database, "SELECT count(*) FROM journal WHERE station = 'dock' AND level = 'refused'") == [(4,)]
    assert faults_of(dock.database) == []


def refuse_cancelled(dock):
    change(dock.database, "UPDATE orders SET state = 'cancelled' WHERE number = 'A-1'")
    change(dock.database, "UPDATE waybills SET state = 'void' WHERE number = ?", A)


def refuse_old(dock):
    change(dock.database, "UPDATE waybills SET state = 'void' WHERE number = ?", A)


def refuse_version(dock):
    change(dock.database, "UPDATE orders SET version = version + 1 WHERE number = 'A-1'")


def refuse_open(dock):
    change(dock.database, "UPDATE orders SET state = 'released' WHERE number = 'A-1'")


def refuse_held(dock):
    change(dock.database, "UPDATE orders SET held = 1 WHERE number = 'A-1'")


def refuse_unattached(dock):
    change(dock.database, "UPDATE waybills SET state = 'numbered', parcel_id = NULL WHERE number = ?", A)


def refuse_shipped(dock):
    dock.scan(A)


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (refuse_cancelled, "dock.cancelled"),
        (refuse_old, "dock.old_waybill"),
        (refuse_version, "dock.old_waybill"),
        (refuse_open, "dock.not_closed"),
        (refuse_held, "dock.held"),
        (refuse_unattached, "dock.not_attached"),
        (refuse_shipped, "dock.already"),
    ],
)
def test_what_may_not_leave_is_refused_with_its_sentence(dock, spoil, key):
    spoil(dock)
    before = at_customer(dock)
    answer = dock.scan(A, carrier=YAMATO)
    assert (answer.key, answer.level, answer.handover) == (key, "refused", None)
    assert at_customer(dock) == before
    for sentence in sentences(answer):
        assert sentence != key
        assert "A-1" in sentence or str(dock.order("A-1", "batch")) in sentence
        assert not re.search(r"[{}]", sentence)


def test_another_carriers_parcel_is_refused_by_name(dock):
    dock.going("A-1", SAGAWA)
    change(dock.database, "UPDATE waybills SET carrier = ? WHERE number = ?", SAGAWA, A)
    answer = dock.scan(A, carrier=YAMATO)
    assert answer.key == "dock.other_carrier"
    assert "ヤマト運輸" in sentences(answer)[0]
    assert dock.state("A-1") == "verified"


def test_a_slip_of_several_pieces_asks_for_the_waybills(dock):
    dock.label("A-1", number_of(11), 2, 2)
    assert dock.scan("A-1").key == "dock.scan_waybills"


def test_an_old_or_taken_back_slip_is_refused(dock):
    add_release(dock, "A-1")
    slip = ShipNumber(dock.order("A-1", "batch"), 1)
    change(dock.database, "UPDATE orders SET version = 2 WHERE number = 'A-1'")
    assert dock.scan(slip.coded(1)).key == "dock.old_slip"
    change(dock.database, "UPDATE releases SET taken_back = 1")
    assert dock.scan(f"KO-{slip}").key == "dock.old_slip"


def test_a_parcel_without_its_waybill_goes_only_by_a_leaders_right(dock):
    change(dock.database, "UPDATE parcels SET unlabelled = 'torn' WHERE order_id = ?", dock.order("A-1"))
    refuse_unattached(dock)
    assert dock.scan("A-1").key == "dock.unlabelled"
    assert dock.scan("A-1", unlabelled=True).key == "dock.handed_over"
    assert dock.state("A-1") == "shipped"


@pytest.mark.parametrize("why", ["", "other"])
def test_a_piece_whose_label_is_not_on_yet_does_not_leave_with_the_others(dock, why):
    dock.fill("P-1")
    dock.going("P-1", parcel_count=2)
    dock.label("P-1", number_of(8), 1, 2)
    dock.label("P-1", number_of(9), 2, 2, state="numbered")
    change(dock.database, "UPDATE parcels SET unlabelled = ? WHERE order_id = ?", why, dock.order("P-1"))
    with dock.database.reading() as tx:
        assert [(each.number, each.pieces) for each in handover.lists(tx, YAMATO).unlabelled] == [("P-1", 2)]
    assert dock.scan("P-1", unlabelled=True).key == "dock.scan_waybills", "the piece that has its label goes first"
    gone = dock.scan(number_of(8))
    assert (gone.key, gone.piece, gone.pieces) == ("dock.piece", 1, 2)
    assert dock.state("P-1") == "verified"
    assert dock.scan(number_of(9)).key == "dock.not_attached"
    assert dock.scan("P-1").key == "dock.unlabelled"
    last = dock.scan("P-1", unlabelled=True)
    assert (last.key, last.piece, last.counted, dock.state("P-1")) == ("dock.handed_over", 2, 2, "shipped")
    assert faults_of(dock.database) == []


def test_who_may_not_hand_over_is_told_so(dock):
    dock.sign_in("packer")
    with pytest.raises(NotAllowed) as told:
        dock.scan(A)
    assert told.value.key == "right.missing"
    assert dock.state("A-1") == "verified"
    dock.sign_in("leader")
    assert dock.scan(A).key == "dock.handed_over"


def test_the_carriers_number_given_out_anew_means_the_parcel_that_stands_here(dock):
    dock.scan(A)
    dock.fill("N-1")
    dock.going("N-1")
    dock.label("N-1", A)
    assert dock.scan(A).args["number"] == "N-1"


# --- pickups and data age -----------------------------------------------------------------------------------------


def test_parcels_are_counted_in_the_pickup_that_they_should_catch(dock):
    cut_off = later(2)
    dock.going("A-1", cut_off=cut_off)
    dock.scan(A)
    dock.scan(B)
    assert query(dock.database, "SELECT pickup, counted FROM handovers ORDER BY id") == [(cut_off, 1), (0, 1)]


def test_a_pickup_that_is_closed_out_takes_nothing_more(dock):
    cut_off = later(2)
    dock.going("A-1", cut_off=cut_off)
    dock.going("A-2", cut_off=cut_off)
    dock.scan(A)
    assert dock.close(cut_off).left.waiting[0].number == "A-2"
    assert dock.scan(B, pickup=cut_off).key == "dock.pickup_closed"
    with pytest.raises(NotAllowed, match=r"handover\.closed_out"):
        dock.close(cut_off)
    with pytest.raises(NotAllowed, match=r"handover\.closed_out"):
        dock.count(1, cut_off)
    late = dock.scan(B)
    assert late.key == "dock.handed_over", "it goes, in no pickup in particular"


def test_old_orders_are_imported_again_before_anything_leaves(dock):
    dock.imported(dock.now() - 4 * HOUR)
    for leave in (lambda: dock.scan(A), lambda: dock.count(3), dock.close):
        with pytest.raises(NotAllowed) as told:
            leave()
        assert told.value.key == "handover.stale"
        assert told.value.args_["shops"] == "shop"
    assert dock.state("A-1") == "verified"
    dock.imported(dock.now() - HOUR)
    assert dock.scan(A).key == "dock.handed_over"


def test_orders_that_grew_old_while_the_driver_was_served_are_imported_again(dock):
    dock.imported(dock.now() - HOUR)
    assert dock.scan(A).key == "dock.handed_over"
    change(dock.database, "UPDATE imports SET at = at - ?", 3 * HOUR)
    change(dock.database, "UPDATE handovers SET at = at - ?", 3 * HOUR)
    with pytest.raises(NotAllowed, match=r"handover\.stale"):
        dock.scan(B)
    assert dock.state("A-2") == "verified"
    assert dock.scan(B, stale_ok=True).key == "dock.handed_over"


def test_orders_whose_only_file_is_of_the_future_are_imported_again(dock):
    dock.imported(dock.now() + 24 * HOUR)
    with pytest.raises(NotAllowed, match=r"handover\.stale"):
        dock.scan(A)
    dock.imported(dock.now() - HOUR)
    assert dock.scan(A).key == "dock.handed_over"


def test_a_hand_over_that_began_with_old_orders_by_right_goes_on(dock):
    dock.imported(dock.now() - 4 * HOUR)
    assert dock.scan(A, stale_ok=True).key == "dock.handed_over"
    assert dock.scan(B).key == "dock.handed_over"


def test_the_age_counts_to_the_pickup_not_to_the_next_morning(dock):
    pickup = dock.now() - 20 * HOUR
    for number in ("A-1", "A-2", "A-3"):
        dock.going(number, cut_off=pickup)
    dock.imported(pickup - 4 * HOUR)
    with pytest.raises(NotAllowed, match=r"handover\.stale"):
        dock.count(3, pickup)
    dock.imported(pickup - HOUR)
    assert dock.count(3, pickup).agreed


def test_a_person_with_the_right_may_go_on_with_old_orders(dock):
    dock.imported(dock.now() - 4 * HOUR)
    dock.sign_in("leader")
    assert dock.scan(A, stale_ok=True).key == "dock.handed_over"


def test_the_age_may_be_switched_off(dock):
    dock.imported(dock.now() - 400 * HOUR)
    change(dock.database, "INSERT INTO settings (key, value) VALUES ('intake.max_age', '0')")
    assert dock.count(3).agreed


# --- by count -----------------------------------------------------------------------------------------------------


def test_the_drivers_figure_hands_over_everything_of_the_pickup(dock):
    done = dock.count(3)
    assert (done.agreed, done.ours, done.orders, done.left.empty) == (True, 3, 3, True)
    assert {dock.state(each) for each in ("A-1", "A-2", "A-3")} == {"shipped"}
    assert query(dock.database, "SELECT counted, driver_count FROM handovers") == [(3, 3)]
    assert at_customer(dock) == 3
    assert faults_of(dock.database) == []


def test_a_figure_that_differs_hands_over_nothing_and_shows_where_it_may_lie(dock):
    change(dock.database, "UPDATE orders SET held = 1 WHERE number = 'A-2'")
    change(dock.database, "UPDATE parcels SET unlabelled = 'torn' WHERE order_id = ?", dock.order("A-3"))
    change(dock.database, "UPDATE waybills SET state = 'numbered', parcel_id = NULL WHERE number = ?", C)
    done = dock.count(3)
    assert (done.agreed, done.key, done.ours, done.driver) == (False, "handover.count_differs", 1, 3)
    assert [each.number for each in done.left.waiting] == ["A-1"]
    assert [(each.number, each.reason) for each in done.left.held] == [("A-2", "held")]
    assert [(each.number, each.reason) for each in done.left.unlabelled] == [("A-3", "torn")]
    assert at_customer(dock) == 0
    assert query(dock.database, "SELECT count(*) FROM handovers") == [(0,)]


def test_what_was_scanned_before_is_part_of_the_figure(dock):
    dock.scan(A)
    assert dock.count(2).agreed is False
    done = dock.count(3)
    assert (done.agreed, done.orders) == (True, 2)
    assert query(dock.database, "SELECT counted, driver_count FROM handovers") == [(3, 3)]


def test_the_same_count_delivered_twice_is_one_hand_over(dock):
    first = dock.count(3, act="one")
    assert dock.count(3, act="one").handover == first.handover
    assert at_customer(dock) == 3


def test_later_pickups_and_other_carriers_stay(dock):
    now = dock.now()
    dock.going("A-1", cut_off=now - 30 * HOUR)  # missed yesterday: goes with the next one
    dock.going("A-2", cut_off=now + HOUR)
    dock.going("A-3", cut_off=now + 5 * HOUR)
    assert dock.count(2, now + HOUR).agreed
    assert [dock.state(each) for each in ("A-1", "A-2", "A-3")] == ["shipped", "shipped", "verified"]


def test_parcels_without_waybill_are_counted_only_when_a_leader_says_so(dock):
    change(dock.database, "UPDATE parcels SET unlabelled = 'torn' WHERE order_id = ?", dock.order("A-1"))
    refuse_unattached(dock)
    assert dock.count(3).agreed is False
    dock.sign_in("leader")
    assert dock.count(3, unlabelled=True).agreed
    assert dock.state("A-1") == "shipped"


def test_pieces_count_not_orders(dock):
    dock.label("A-1", number_of(11), 2, 2)
    assert dock.count(3).ours == 4
    assert dock.count(4).agreed


def test_nothing_to_hand_over_is_said(dock):
    pickup = later(1)
    for number in ("A-1", "A-2", "A-3"):
        dock.going(number, cut_off=pickup)
    for leave in (lambda: dock.count(0, pickup - HOUR), lambda: dock.close(pickup - HOUR)):
        with pytest.raises(NotAllowed, match=r"handover\.nothing"):
            leave()
    with pytest.raises(NotFound, match=r"carrier\.unknown"):
        dock.count(0, None, "pigeon")


def test_what_two_stations_count_at_once_goes_once(dock, open_another):
    other = Dock(open_another())
    assert dock.count(3).agreed
    with pytest.raises(NotAllowed) as told:
        other.act(handover.hand_over_counted, YAMATO, 1, 3, station="dock 2")
    assert told.value.key == "handover.nothing"
    assert at_customer(dock) == 3


def test_two_docks_at_once_hand_every_parcel_over_once_in_one_hand_over(database, open_another):
    made = dock_of(database, *(f"N-{at}" for at in range(12)))
    waybills = [number_of(at) for at in range(12)]
    for at, waybill in enumerate(waybills):
        made.going(f"N-{at}")
        made.label(f"N-{at}", waybill)
    desks = [Desk(open_another(), name) for name in ("dock 1", "dock 2")]
    asked = [
        desk.do(frozenset({"orders"}), handover.scan_out, desk.station, f"{desk.station}-{waybill}", waybill)
        for waybill in waybills
        for desk in desks
    ]
    keys = Counter(each.result().key for each in asked)
    for desk in desks:
        desk.stop()
    assert keys == {"dock.handed_over": 12, "dock.already": 12}
    assert query(database, "SELECT counted FROM handovers") == [(12,)]
    assert at_customer(made) == 12
    assert faults_of(database) == []


# --- by name ------------------------------------------------------------------------------------------------------


def test_orders_handed_over_by_name_take_their_waybills_and_merged_orders_along(dock):
    dock.merge("A-1", "M-1")
    assert dock.act(orders.hand_over, [dock.order("A-1"), dock.order("A-2")]) == 2
    assert [dock.state(each) for each in ("A-1", "M-1", "A-2", "A-3")] == ["shipped", "shipped", "shipped", "verified"]
    assert (dock.waybill(A), dock.waybill(C)) == ("handed_over", "attached")
    assert query(dock.database, "SELECT pickup, counted FROM handovers WHERE closed_at IS NOT NULL") == [(None, 2)]
    assert faults_of(dock.database) == []


def test_one_that_may_not_go_stops_all_named(dock):
    change(dock.database, "UPDATE orders SET held = 1 WHERE number = 'A-2'")
    with pytest.raises(NotAllowed, match=r"order\.cannot_hand_over"):
        dock.act(orders.hand_over, [dock.order("A-1"), dock.order("A-2")])
    assert dock.state("A-1") == "verified"


def test_old_orders_are_imported_again_before_any_leaves_by_name(dock):
    dock.imported(dock.now() - 4 * HOUR)
    with pytest.raises(NotAllowed, match=r"handover\.stale"):
        dock.act(orders.hand_over, [dock.order("A-1")])
    assert dock.state("A-1") == "verified"
    assert dock.act(orders.hand_over, [dock.order("A-1")], stale_ok=True) == 1


def test_a_parcel_without_its_waybill_does_not_leave_by_name_alone(dock):
    change(dock.database, "UPDATE parcels SET unlabelled = 'torn' WHERE order_id = ?", dock.order("A-1"))
    refuse_unattached(dock)
    with pytest.raises(NotAllowed, match=r"dock\.unlabelled"):
        dock.act(orders.hand_over, [dock.order("A-2"), dock.order("A-1")])
    assert [dock.state(each) for each in ("A-1", "A-2")] == ["verified", "verified"]
    dock.sign_in("leader")
    assert dock.act(orders.hand_over, [dock.order("A-1")], unlabelled=True) == 1


# --- close-out ----------------------------------------------------------------------------------------------------


def test_the_close_out_lists_what_stayed_and_prints_the_paper(dock):
    pickup = later(1)
    for number in ("A-1", "A-2", "A-3"):
        dock.going(number, cut_off=pickup)
    dock.scan(A, pickup=pickup)
    change(dock.database, "UPDATE orders SET state = 'released' WHERE number = 'A-3'")
    change(dock.database, "UPDATE waybills SET state = 'numbered', parcel_id = NULL WHERE number = ?", C)
    change(
        dock.database,
        "INSERT INTO pulls (act, at, order_id, kind, text, carrier) VALUES ('p', 1, ?, 'waybill', '1', ?)",
        dock.order("A-2"), YAMATO,
    )  # fmt: skip
    done = dock.close(pickup, act="close")
    assert (done.counted, done.driver_count) == (1, None)
    assert [each.number for each in done.left.waiting] == ["A-2"]
    assert [(each.number, each.text) for each in done.left.labels] == [("A-3", C)]
    assert [(each.number, each.kind) for each in done.left.pulls] == [("A-2", "waybill")]
    assert query(dock.database, "SELECT paper, batch, station FROM print_jobs WHERE paper = 'handover_list'") == [
        ("handover_list", done.handover, "dock"),
    ]  # fmt: skip
    assert dock.close(pickup, act="close").handover == done.handover
    assert query(dock.database, "SELECT count(*) FROM print_jobs WHERE paper = 'handover_list'") == [(1,)]


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Europe/London"])
def test_the_paper_shows_what_was_handed_over_in_the_shops_own_time(dock, zone):
    pickup = 1_774_746_000_000  # 2026-03-29 01:00 UTC: London's clocks go from 01:00 to 02:00 at this moment
    change(dock.database, "INSERT INTO settings (key, value) VALUES ('shop.timezone', ?)", zone)
    dock.scan(A, pickup=pickup)
    dock.count(3, pickup)
    done = dock.close(pickup)
    with dock.database.reading() as tx:
        drawn = papers.paper_of_job(tx, "handover_list", order=None, batch=done.handover, copy_reason="").draw()
    shown = text_of(drawn.pdf)
    assert f"{A[:4]}-{A[4:8]}-{A[8:]}" in shown
    assert ("10:00" if zone == "Asia/Tokyo" else "02:00") in shown
    assert "ドライバーの数 3" in shown
    with dock.database.reading() as tx, pytest.raises(NotFound, match=r"handover\.not_found"):
        papers.handover_list_of(tx, 99)


def test_the_lists_change_nothing(dock):
    with dock.database.reading() as tx:
        found = handover.lists(tx, YAMATO)
    assert found.pieces == 3
    assert dock.state("A-1") == "verified"


def test_an_order_without_any_waybill_stands_for_the_pieces_it_was_asked_for(dock):
    change(dock.database, "DELETE FROM waybills WHERE number = ?", A)
    change(dock.database, "UPDATE orders SET parcel_count = 2 WHERE number = 'A-1'")
    assert dock.count(4).agreed
