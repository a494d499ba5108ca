"""Scans through the whole path on a real database: stored once, refused ones too, told at the next scan."""

import json
from uuid import uuid4

import pytest

from app.domain.orders import OrderState
from app.errors import StationError
from app.services import orders as orders_service
from app.services import people, release
from app.storage import holds
from tests.makers import Goods, Station, change, ean, faults_of, incoming, query, set_to, stocked, take_in

TEA, CUP, BAG = Goods(1, per_case=6, stock=50), Goods(2, stock=50), Goods(3)


@pytest.fixture
def shop(database):
    stocked(
        database,
        [TEA, CUP, BAG],
        incoming("1001", ("SKU-1", 2), ("SKU-2", 1), ordered_at=1),
        incoming("1002", ("SKU-1", 6), ("SKU-1", 2), ordered_at=2),
        incoming("1003", ("SKU-3", 1), ordered_at=3),
    )
    return database


@pytest.fixture
def packer(shop):
    yield Station(shop)
    assert faults_of(shop) == []


def act_of(station, act, kind="hold", **more):
    with station.database.transaction() as tx:
        what = release.at_once if kind == "release" else getattr(orders_service, kind)
        return what(tx, "office", act, **more)


def order_id(database, number):
    return query(database, "SELECT id FROM orders WHERE number = ?", number)[0][0]


def state_of(database, number):
    return query(database, "SELECT state, holder FROM orders WHERE number = ?", number)[0]


def stock(database, number):
    found = query(
        database, "SELECT place, quantity FROM balances JOIN products ON products.id = product_id "
        "WHERE sku = ? AND quantity <> 0", f"SKU-{number}",
    )  # fmt: skip
    return dict(found)


# --- one act ------------------------------------------------------------------------------------------------------


def test_an_order_is_packed_from_the_queue_to_the_close(packer):
    answers = [packer.scan(raw) for raw in ("KP-NEXT", TEA.piece, TEA.piece, CUP.piece)]
    assert [each.key for each in answers] == ["order.opened", "pack.ok", "pack.ok", "order.closed"]
    assert [each.done for each in answers] == [0, 1, 2, 3]
    assert (answers[0].order, answers[0].ship_number) == ("1001", "1-001")
    assert answers[-1].ask == {"kind": "order"}
    assert state_of(packer.database, "1001") == ("verified", "")
    assert stock(packer.database, 1) == {"supplier": -50, "shelf:A-01": 48, "parcel:1": 2}


def test_the_same_act_twice_counts_once_and_gives_the_stored_answer(packer):
    packer.scan("1001")
    act = str(uuid4())
    first, second = packer.scan(TEA.piece, act), packer.scan(TEA.piece, act)
    assert (first.repeat, second.repeat) == (False, True)
    assert (second.key, second.done, second.ask, second.args) == (first.key, first.done, first.ask, dict(first.args))
    assert packer.look().done == 1


def test_a_repeat_after_later_acts_still_gives_its_own_answer(packer):
    packer.scan("1001")
    act = str(uuid4())
    packer.scan(TEA.piece, act)
    packer.scan(TEA.piece)
    again = packer.scan(TEA.piece, act)
    assert (again.repeat, again.done) == (True, 1)
    assert packer.look().done == 2


@pytest.mark.parametrize("changed", ["code", "station"])
def test_an_act_id_with_another_code_or_station_is_refused_and_kept(packer, changed):
    packer.scan("1001")
    act = str(uuid4())
    packer.scan(TEA.piece, act)
    station = packer if changed == "code" else Station(packer.database, "2")
    answer = station.scan(CUP.piece if changed == "code" else TEA.piece, act)
    assert (answer.key, answer.repeat, answer.act) == ("act.reused", False, act)
    assert packer.look().done == 1
    assert query(packer.database, "SELECT count(*) FROM journal WHERE key = 'act.reused'") == [(1,)]


RAW = ["", "\x00", "4\x07\x1b[A5", "x" * 9000, "a\ud800b", "４５９９", "'; DROP TABLE orders;--"]


@pytest.mark.parametrize("raw", RAW, ids=ascii)
def test_whatever_was_scanned_is_one_row_and_repeats(packer, raw):
    act = str(uuid4())
    first = packer.scan(raw, act)
    assert first.level == "refused"
    assert packer.scan(raw, act).repeat
    ((stored, facts),) = query(packer.database, "SELECT raw, facts FROM journal WHERE act = ?", act)
    assert stored.isprintable()
    assert json.loads(facts) == []


def test_a_refused_act_writes_its_row_and_nothing_else(packer):
    packer.scan("1001")
    tables = ("orders", "order_lines", "steps", "moves", "parcels", "print_jobs", "product_codes", "holds")

    def everything():
        return {table: query(packer.database, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}

    before = everything()
    refused = [CUP.case, BAG.piece, ean(77), "KP-DONE", "KP-NEXT", "1002", "KO-9-999", "KP-R-OTHER", "KP-X", "KU-9", ""]
    answers = [packer.scan(raw) for raw in refused]
    assert {each.level for each in answers} == {"refused"}
    assert everything() == before
    assert query(packer.database, "SELECT count(*) FROM journal WHERE level = 'refused'") == [(len(refused),)]


# --- dismissing ---------------------------------------------------------------------------------------------------


def test_cancel_after_a_refusal_only_dismisses_it_and_the_next_hands_back(packer):
    assert packer.scans("1001", BAG.piece, "KP-CANCEL", "KP-CANCEL") == [
        "order.opened", "item.wrong", "refusal.dismissed", "order.handed_back",
    ]  # fmt: skip


def test_a_good_scan_needs_no_answer_to_the_refusal_before(packer):
    assert packer.scans("1001", BAG.piece, TEA.piece) == ["order.opened", "item.wrong", "pack.ok"]


def test_an_act_of_the_office_at_this_station_does_not_hide_the_refusal(packer):
    packer.scans("1001", BAG.piece)
    with packer.database.transaction() as tx:
        orders_service.hold(tx, packer.name, str(uuid4()), [order_id(packer.database, "1002")])
    assert packer.scan("KP-CANCEL").key == "refusal.dismissed"


# --- goods --------------------------------------------------------------------------------------------------------


def test_a_case_fills_two_lines_of_one_sku_and_one_undo_empties_both(packer):
    assert packer.scans("1002", TEA.piece, TEA.case, "KP-UNDO", "KP-UNDO") == [
        "order.opened", "pack.ok", "pack.ok", "undo.packed", "undo.packed",
    ]  # fmt: skip
    assert query(packer.database, "SELECT sum(done) FROM order_lines") == [(0,)]
    assert stock(packer.database, 1) == {"supplier": -50, "shelf:A-01": 50}


def test_too_many_by_case_is_refused(packer):
    assert packer.scans("1001", TEA.case) == ["order.opened", "item.too_many"]


def test_a_sku_scans_in_any_case_unless_switched_off(packer):
    assert packer.scans("1001", "sku-1", "ＳＫＵ－１") == ["order.opened", "pack.ok", "pack.ok_widened"]
    set_to(packer.database, scan_sku="off")
    assert packer.scan("SKU-2").level == "refused"


def test_a_product_of_another_released_order_is_named(packer):
    Station(packer.database, "2").scan("1003")
    packer.scan("1001")
    answer = packer.scan(BAG.piece)
    assert (answer.key, answer.args["other"]) == ("item.other_order", "1-001")


def test_half_a_code_of_a_wanted_product_is_called_half(packer):
    assert packer.scans("1001", TEA.piece[:8]) == ["order.opened", "code.half"]


def test_real_goods_are_never_refused_for_book_stock(packer):
    assert packer.scans("1003", BAG.piece) == ["order.opened", "order.closed"]
    assert stock(packer.database, 3) == {"shelf:A-03": -1, "parcel:1": 1}


def test_untracked_stock_leaves_no_moves(packer):
    set_to(packer.database, stock_tracked="off")
    before = query(packer.database, "SELECT count(*) FROM moves")
    packer.scans("1001", TEA.piece, TEA.piece, CUP.piece, "KP-UNDO")
    assert query(packer.database, "SELECT count(*) FROM moves") == before


def test_switching_stock_off_half_way_still_undoes_what_was_booked(packer):
    packer.scans("1001", TEA.piece)
    set_to(packer.database, stock_tracked="off")
    assert packer.scans(TEA.piece, "KP-UNDO", "KP-UNDO") == ["pack.ok", "undo.packed", "undo.packed"]
    assert stock(packer.database, 1) == {"supplier": -50, "shelf:A-01": 50}


# --- undo, short, hand back ---------------------------------------------------------------------------------------


def test_undo_straight_after_the_close_reopens_until_another_order_is_opened(packer):
    packer.scans("1001", TEA.piece, TEA.piece, CUP.piece)
    assert packer.scan("KP-UNDO").key == "undo.reopened"
    assert state_of(packer.database, "1001") == ("released", "1")
    assert packer.scan(CUP.piece).key == "order.closed"
    assert packer.scans("1003", "KP-UNDO") == ["order.opened", "undo.nothing"]
    assert state_of(packer.database, "1001") == ("verified", "")


def test_undo_after_the_hand_over_is_refused(packer):
    packer.scans("1003", BAG.piece)
    act_of(packer, str(uuid4()), "hand_over", orders=[order_id(packer.database, "1003")])
    assert packer.scan("KP-UNDO").key == "undo.handed_over"
    assert stock(packer.database, 3) == {"shelf:A-03": -1, "customer": 1}


def test_a_short_order_goes_back_under_its_hold_and_comes_back_whole(packer):
    keys = packer.scans("1001", TEA.piece, "KP-SHORT", "KP-R-MISSING", "KP-CANCEL", "1001")
    assert keys[-2:] == ["order.handed_back_short", "order.held"]
    assert stock(packer.database, 1) == {"supplier": -50, "shelf:A-01": 50}
    act_of(packer, str(uuid4()), "lift", order=order_id(packer.database, "1001"))
    assert packer.scans("1001", TEA.piece, TEA.piece, CUP.piece)[-1] == "order.closed"


def test_shorts_alone_are_closed_by_done_and_the_slip_is_printed_again(packer):
    keys = packer.scans("1001", TEA.piece, TEA.piece, "KP-SHORT", "KP-R-DAMAGED", "KP-DONE")
    assert keys[-2:] == ["short.only_left", "order.closed_short"]
    assert query(packer.database, "SELECT paper, copy_reason FROM print_jobs ORDER BY id") == [
        ("packing_slip", ""), ("packing_slip", "short"),
    ]  # fmt: skip


def test_a_question_stands_over_a_restart_and_is_cleared_by_the_next_answer(packer):
    packer.scans("1001", "KP-SHORT")
    again = Station(packer.database)
    assert again.look().ask["kind"] == "short_reason"
    assert again.scan(TEA.piece).key == "pack.ok"
    assert again.look().ask["kind"] == "item"


def test_an_order_handed_back_is_wanted_again_with_nothing_done(packer):
    packer.scans("1001", TEA.piece, "KP-CANCEL")
    assert state_of(packer.database, "1001") == ("released", "")
    opened = packer.scan("KP-NEXT")
    assert (opened.order, opened.done, opened.ship_number) == ("1001", 0, "1-001")


# --- what happens elsewhere ---------------------------------------------------------------------------------------


def test_a_cancelled_order_is_told_at_the_next_scan_and_its_goods_lie_on_the_return_shelf(packer):
    packer.scans("1001", TEA.piece)
    act_of(packer, str(uuid4()), "cancel", order=order_id(packer.database, "1001"))
    assert stock(packer.database, 1) == {"supplier": -50, "shelf:A-01": 49, "return": 1}
    assert packer.scans(TEA.piece, TEA.piece) == ["order.cancelled_meanwhile", "order.scan_first"]


def test_a_hold_stops_the_bench_until_it_is_lifted(packer):
    packer.scans("1001", TEA.piece)
    identity = order_id(packer.database, "1001")
    act_of(packer, str(uuid4()), "hold", orders=[identity])
    assert packer.scans(TEA.piece, "KP-SHORT", "KP-UNDO") == ["order.held_meanwhile"] * 2 + ["undo.packed"]
    act_of(packer, str(uuid4()), "lift", order=identity)
    assert packer.scan(TEA.piece).key == "pack.ok"


def test_a_held_order_can_be_handed_back_and_not_opened_again(packer):
    packer.scans("1001", TEA.piece)
    act_of(packer, str(uuid4()), "hold", orders=[order_id(packer.database, "1001")])
    assert packer.scans("KP-CANCEL", "1001") == ["order.handed_back", "order.held"]


def test_another_station_is_refused_and_told_who_has_the_order(packer):
    packer.scan("1001")
    answer = Station(packer.database, "2").scan("1001")
    assert (answer.key, answer.args["station"]) == ("order.held_by", "1")
    assert Station(packer.database, "2").scan("KP-NEXT").order == "1002"


@pytest.mark.parametrize("other_had", ["nothing", "an order"])
def test_after_the_lease_another_station_takes_over_and_late_scans_are_refused_and_listed(packer, other_had):
    packer.scans("1001", TEA.piece)
    change(packer.database, "UPDATE orders SET lease_until = 1 WHERE number = '1001'")
    other = Station(packer.database, "2")
    if other_had == "an order":
        other.scans("1003", BAG.piece)
    assert other.scans("1001", "1001") == ["takeover.ask", "takeover.done"]
    assert other.look().done == 1
    late = packer.scan(TEA.piece)
    assert (late.key, late.args["station"]) == ("order.taken_over", "2")
    assert other.look().done == 1
    assert query(packer.database, "SELECT count(*) FROM journal WHERE key = 'order.taken_over'") == [(1,)]
    assert packer.scan("KP-NEXT").order == "1002"
    assert other.scans("KP-UNDO", TEA.piece, TEA.piece, CUP.piece)[-1] == "order.closed"


def test_a_lease_that_lapsed_without_a_taker_is_simply_renewed(packer):
    packer.scan("1001")
    change(packer.database, "UPDATE orders SET lease_until = 1 WHERE number = '1001'")
    assert packer.scan(TEA.piece).key == "pack.ok"
    assert Station(packer.database, "2").scan("1001").key == "order.held_by"


def test_a_take_over_is_refused_when_the_holder_came_back_in_time(packer):
    packer.scan("1001")
    change(packer.database, "UPDATE orders SET lease_until = 1 WHERE number = '1001'")
    other = Station(packer.database, "2")
    assert other.scan("1001").key == "takeover.ask"
    packer.scan(TEA.piece)
    assert other.scan("1001").key == "order.held_by"


def test_several_orders_of_one_number_are_refused_with_what_to_scan(packer):
    with packer.database.transaction() as tx:
        take_in(tx, incoming("1003", ("SKU-1", 1)), incoming("1003", ("SKU-1", 1), ship_to_key="b"))
    assert packer.scan("1003").key == "order.several"


def test_a_slip_of_an_older_version_is_refused(packer):
    packer.scans("1001", "KP-CANCEL")
    change(packer.database, "UPDATE orders SET version = 2 WHERE number = '1001'")
    assert packer.scans("KO-1-001-1", "KO-1-001-2") == ["order.old_version", "order.opened"]


def test_where_opening_does_not_release_the_queue_gives_released_orders_only(packer):
    set_to(packer.database, release_at_open="off")
    assert packer.scans("1001", "KP-NEXT") == ["order.not_released", "next.none"]
    act_of(packer, str(uuid4()), "release", orders=[order_id(packer.database, "1002")])
    assert packer.scan("KP-NEXT").order == "1002"


# --- people and teaching ------------------------------------------------------------------------------------------


def enter(station, name, code, role):
    with station.database.transaction() as tx:
        people.add(tx, "office", str(uuid4()), name, code, role)


def test_a_badge_signs_in_and_stays_signed_in(packer):
    enter(packer, "山田", "P1", "packer")
    set_to(packer.database, signin_required="on")
    assert packer.scans("1001", "KU-P1", "1001") == ["signin.needed", "person.signed_in", "order.opened"]
    assert query(packer.database, "SELECT count(*) FROM journal WHERE person_id IS NOT NULL") == [(2,)]


def test_a_leader_teaches_an_unknown_jan_by_badge(packer):
    enter(packer, "佐藤", "L1", "leader")
    assert packer.scans("1001", ean(50), "KU-L1", ean(50), ean(50)) == [
        "order.opened", "code.unknown", "teach.ask", "teach.done", "pack.ok",
    ]  # fmt: skip


def test_an_unknown_code_is_forgotten_by_the_next_act(packer):
    assert packer.scans("1001", ean(50), TEA.piece, "KP-TEACH")[-1] == "teach.nothing"


def test_short_close_can_be_kept_for_leaders(packer):
    enter(packer, "山田", "P1", "packer")
    enter(packer, "佐藤", "L1", "leader")
    set_to(packer.database, short_close="leader")
    keys = packer.scans("1001", TEA.piece, TEA.piece, "KP-SHORT", "KP-R-OTHER", "KP-DONE", "KU-L1", "KP-DONE")
    assert keys[-3:] == ["done.leader_needed", "person.signed_in", "order.closed_short"]


# --- what the back office may do ----------------------------------------------------------------------------------


def test_only_ready_orders_without_holds_are_released_and_the_rest_is_named(packer):
    ids = [order_id(packer.database, number) for number in ("1001", "1002", "1003")]
    act_of(packer, str(uuid4()), "hold", orders=[ids[1]])
    packer.scan("1003")
    made = act_of(packer, str(uuid4()), "release", orders=ids)
    assert made.ship_numbers == ("2-001",)
    assert {each.number for each in made.refused} == {"1002", "1003"}
    assert query(packer.database, "SELECT version FROM orders WHERE number = '1001'") == [(1,)]


def test_batch_numbers_never_start_again(packer):
    for number in ("1001", "1002"):
        act_of(packer, str(uuid4()), "release", orders=[order_id(packer.database, number)])
        change(packer.database, "UPDATE orders SET batch = NULL, sequence = NULL")
        change(packer.database, "DELETE FROM batches")
    packer.scan("1003")
    assert packer.look().ship_number == "3-001"


@pytest.mark.parametrize("kind", ["hold", "cancel", "hand_over", "release"])
def test_an_act_of_the_office_delivered_twice_counts_once_and_does_not_complain(packer, kind):
    packer.scans("1003", BAG.piece)
    identity = order_id(packer.database, "1003" if kind == "hand_over" else "1001")
    what = {"order": identity} if kind == "cancel" else {"orders": [identity]}
    act = str(uuid4())
    first = act_of(packer, act, kind, **what)
    rows = query(packer.database, "SELECT count(*) FROM journal")
    again = act_of(packer, act, kind, **what)
    assert again == first
    assert query(packer.database, "SELECT count(*) FROM journal") == rows


def test_what_left_the_house_cannot_be_cancelled_or_held(packer):
    packer.scans("1003", BAG.piece)
    identity = order_id(packer.database, "1003")
    act_of(packer, str(uuid4()), "hand_over", orders=[identity])
    with pytest.raises(StationError, match=r"order\.cannot_cancel"):
        act_of(packer, str(uuid4()), "cancel", order=identity)
    with pytest.raises(StationError, match=r"order\.cannot_hold"):
        act_of(packer, str(uuid4()), "hold", orders=[identity])


def test_hand_over_is_all_or_nothing(packer):
    packer.scans("1003", BAG.piece)
    ids = [order_id(packer.database, number) for number in ("1003", "1001")]
    with pytest.raises(StationError, match=r"order\.cannot_hand_over"):
        act_of(packer, str(uuid4()), "hand_over", orders=ids)
    assert state_of(packer.database, "1003") == ("verified", "")


def test_a_verified_order_that_is_held_does_not_leave(packer):
    packer.scans("1003", BAG.piece)
    identity = order_id(packer.database, "1003")
    act_of(packer, str(uuid4()), "hold", orders=[identity])
    with pytest.raises(StationError, match=r"order\.cannot_hand_over"):
        act_of(packer, str(uuid4()), "hand_over", orders=[identity])
    act_of(packer, str(uuid4()), "lift", order=identity)
    assert act_of(packer, str(uuid4()), "hand_over", orders=[identity]) == 1


def test_cancelling_a_verified_order_pulls_its_parcel(packer):
    packer.scans("1003", BAG.piece)
    row = act_of(packer, str(uuid4()), "cancel", order=order_id(packer.database, "1003"))
    assert row.state == OrderState.CANCELLED
    assert query(packer.database, "SELECT state FROM parcels") == [("pulled",)]
    assert stock(packer.database, 3) == {"shelf:A-03": -1, "return": 1}
    assert packer.scan("KP-UNDO").key == "order.cancelled_meanwhile"


def test_a_hold_set_and_lifted_moves_a_waiting_order_out_of_the_queue_and_back(packer):
    identity = order_id(packer.database, "1001")
    act_of(packer, str(uuid4()), "hold", orders=[identity], detail="ask")
    assert state_of(packer.database, "1001")[0] == "received"
    assert packer.scan("KP-NEXT").order == "1002"
    act_of(packer, str(uuid4()), "lift", order=identity, which=["unpaid"])
    assert state_of(packer.database, "1001")[0] == "received"
    assert act_of(packer, str(uuid4()), "lift", order=identity) == 1
    assert state_of(packer.database, "1001")[0] == "ready"


def test_a_lifted_hold_stays_on_record(packer):
    identity = order_id(packer.database, "1001")
    act_of(packer, str(uuid4()), "hold", orders=[identity])
    act_of(packer, str(uuid4()), "lift", order=identity)
    with packer.database.reading() as tx:
        assert [(row.hold, row.lifted) for row in holds.holds_of(tx, identity)] == [("by_hand", True)]
