"""Boxes, cartons, inserts and the scale at the bench, as rows: on both databases, and `verify` is clean after each."""

from uuid import uuid4

import pytest

from app.domain.carton_plan import Plan, PlannedBox, plan_text
from app.services import changes, handover, release, weighing
from app.services import merge as merging
from app.services import orders as orders_service
from tests.makers import Goods, Station, add_goods, change, faults_of, query, set_to
from tests.services.shipping import CUP, SAGAWA, TEA, Warehouse, order, tracking

LEAFLET = Goods(5, stock=100)
CARTON = (
    "INSERT INTO cartons (code, name, kind, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm,"
    " outer_width_mm, outer_height_mm, tare_g, max_g, stock) VALUES (?, ?, 'box', 300, 200, 100, 310, 210, 110, 100,"
    " 9000, 50)"
)


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    with database.transaction() as tx:
        add_goods(tx, LEAFLET)
    for code in ("60", "80", "100"):
        change(database, CARTON, code, f"箱{code}")
    yield made
    assert faults_of(database) == []


@pytest.fixture
def bench(house):
    return Station(house.database)


def act(house, do, *args, **more):
    with house.database.transaction() as tx:
        return do(tx, "leader", str(uuid4()), *args, **more)


def beside(house, number, *given):
    """Want papers (``noshi``) and pieces of the leaflet beside an order's goods."""
    identity = house.id(number)
    for kind, wanted in given:
        product = None if kind == "noshi" else 4
        change(
            house.database,
            "INSERT INTO extras (order_id, position, kind, product_id, name, wanted) VALUES (?, 1, ?, ?, ?, ?)",
            identity, kind, product, kind, wanted,
        )  # fmt: skip
    change(house.database, "UPDATE orders SET extras = ? WHERE id = ?", len(given), identity)


def paper(house, number):
    """The code on the paper that was printed for an order."""
    rows = query(house.database, "SELECT id FROM extras WHERE order_id = ? AND product_id IS NULL", house.id(number))
    return f"KN-{rows[0][0]}"


def plan(house, number, *boxes):
    """Propose cartons: ``("60", {1: 2})`` is two pieces of the first line in a carton 60."""
    lines = query(
        house.database, "SELECT position, id FROM order_lines WHERE order_id = ? ORDER BY id", house.id(number)
    )
    of_place = dict(enumerate((row[1] for row in lines), 1))
    made = Plan(
        tuple(
            PlannedBox(code, tuple((of_place[place], pieces) for place, pieces in inside.items()), ("80", "100"))
            for code, inside in boxes
        )
    )
    change(house.database, "UPDATE orders SET plan = ? WHERE id = ?", plan_text(made), house.id(number))


def released(house, *orders, pieces=1, merged=False):
    house.take_in(*orders)
    numbers = [each.number for each in orders]
    change(house.database, "UPDATE orders SET parcel_count = ?", pieces)
    if merged:
        act(house, merging.merge, list(house.ids(*numbers)))
    assert len(act(house, release.at_once, list(house.ids(*numbers))).ship_numbers) == len(orders)
    number_all(house)


def number_all(house):
    """Give every waybill that waits its number."""
    for (identity,) in query(house.database, "SELECT id FROM waybills WHERE number = '' AND state <> 'void'"):
        change(
            house.database,
            "UPDATE waybills SET state = 'numbered', number = ?, export_id = 1, position = id WHERE id = ?",
            tracking(identity), identity,
        )  # fmt: skip


def slip(house, number):
    found = query(house.database, "SELECT batch, sequence, version FROM orders WHERE number = ?", number)
    batch, sequence, version = found[0]
    return f"KO-{batch}-{sequence:03d}-{version}"


def label(house, number, piece=1):
    return next(each.number for each in house.waybills(number) if each.state != "void" and each.piece == piece)


def with_scale(house, station="1"):
    """Let a scale stand at the bench; a tea weighs 200 g, a cup 300 g, a leaflet 10 g."""
    with house.database.transaction() as tx:
        weighing.put_scale(tx, station, "ok")
    for product, grams in ((1, 200), (2, 300), (4, 10)):
        change(house.database, "UPDATE products SET weight_g = ? WHERE id = ?", grams, product)


def boxes(house):
    """What is known of boxes: number, carton, weight and why."""
    return query(house.database, "SELECT piece, carton, weight_g, why FROM boxes ORDER BY parcel_id, piece")


def in_boxes(house):
    """The standing steps: what was done in which box."""
    found = query(house.database, "SELECT kind, box, quantity FROM steps WHERE undone = '' ORDER BY id")
    return [tuple(row) for row in found]


def leaflets(house):
    """Leaflets by place."""
    rows = query(house.database, "SELECT place, quantity FROM balances WHERE product_id = 4 AND quantity <> 0")
    return {place.partition(":")[0]: number for place, number in rows if place != "supplier"}


def extras(house):
    return query(house.database, "SELECT done, short FROM extras ORDER BY id")


STANDING = (
    "SELECT id, done, short FROM order_lines ORDER BY id",
    "SELECT id, done, short FROM extras ORDER BY id",
    "SELECT state, box, free, slips FROM parcels ORDER BY id",
    "SELECT piece, carton, weight_g, why FROM boxes WHERE carton <> '' OR piece > 1 OR weight_g IS NOT NULL "
    "OR why <> '' ORDER BY piece",
    "SELECT kind, line_id, extra_id, box, quantity, source, code FROM steps WHERE undone = '' ORDER BY id",
    "SELECT product_id, place, quantity FROM balances WHERE quantity <> 0 ORDER BY product_id, place",
    "SELECT code, stock FROM cartons ORDER BY code",
    "SELECT box, chosen, reason FROM carton_choices WHERE undone = '' ORDER BY id",
    "SELECT id, state, parcel_id FROM waybills ORDER BY id",
    "SELECT state, holder FROM orders ORDER BY id",
)


def standing(house):
    return {statement: query(house.database, statement) for statement in STANDING}


# --- the way there and back ---------------------------------------------------------------------------------------


def test_two_boxes_by_the_proposal_each_with_its_waybill(house, bench):
    released(house, order("1", ("SKU-1", 2), ("SKU-2", 1)), pieces=2)
    plan(house, "1", ("60", {1: 2}), ("80", {2: 1}))
    opened = bench.scan(slip(house, "1"))
    assert (opened.ask["box"], opened.ask["boxes"], opened.ask["carton"]) == (1, 2, "60")
    assert bench.scans(TEA.piece, TEA.piece) == ["pack.ok", "pack.ok"]
    assert bench.look().ask["box"] == 2
    last = bench.scan(CUP.piece)
    assert (last.key, last.ask["box"], last.ask["carton"]) == ("pack.all_in", 1, "60")
    assert bench.scans(label(house, "1"), label(house, "1", 2)) == ["waybill.piece", "order.closed"]
    packed = [("pack", 1, 1), ("pack", 1, 1), ("box", 2, 1), ("pack", 2, 1)]
    assert in_boxes(house) == [*packed, ("attach", 1, 0), ("attach", 2, 0), ("close", 1, 0)]
    assert boxes(house) == [(1, "60", None, ""), (2, "80", None, "")]
    stock = dict(query(house.database, "SELECT code, stock FROM cartons"))
    assert stock == {"60": 49, "80": 49, "100": 50}


def test_every_undo_restores_the_rows(house, bench):
    """A whole parcel with everything in it, and then back step by step to the open slip."""
    released(house, order("1", ("SKU-1", 2), ("SKU-2", 1)), pieces=2)
    plan(house, "1", ("60", {1: 2}), ("80", {2: 1}))
    beside(house, "1", ("insert", 2), ("noshi", 1), ("sample", 1))
    with_scale(house)
    scans = [
        TEA.piece, LEAFLET.piece, TEA.piece, "KX-80", CUP.piece, "KP-SWITCH", "KP-MOVE", CUP.piece,
        "KP-R-NOFIT", "KP-MAKER", LEAFLET.piece, paper(house, "1"), "KP-SHORT", "KP-R-MISSING",
        "KG-720", "KG-FAULT", label(house, "1"), label(house, "1", 2),
    ]  # fmt: skip
    bench.scan(slip(house, "1"))
    before = [standing(house)]
    said = []
    for raw in scans:
        answer = bench.scan(raw)
        assert answer.level in ("ok", "question", "info"), (raw, answer.key)
        said.append(answer.key)
        if answer.key not in ("move.ask", "insert.short_ask"):
            before.append(standing(house))
    assert said == [
        "pack.ok", "insert.ok_early", "pack.ok", "carton.chosen", "pack.inserts_now", "box.switched", "move.ask",
        "move.done", "carton.chosen", "carton.chosen", "insert.ok", "insert.ok", "insert.short_ask",
        "insert.weigh_now", "weight.next_box", "weight.no_scale", "waybill.piece", "order.closed",
    ]  # fmt: skip
    assert faults_of(house.database) == []
    while len(before) > 1:
        before.pop()
        answer = bench.scan("KP-UNDO")
        assert answer.level == "ok", answer.key
        assert standing(house) == before[-1], answer.key
        look = bench.look()
        assert (look.ask, look.done) == (answer.ask, answer.done)
    assert leaflets(house) == {"shelf": 100}
    assert faults_of(house.database) == []


def test_undo_of_the_piece_that_opened_a_box_and_closed_the_parcel(house, bench):
    set_to(house.database, waybill_required="off", slip_required="off")
    released(house, order("1", ("SKU-1", 1), ("SKU-2", 1)), pieces=2)
    plan(house, "1", ("60", {1: 1}), ("80", {2: 1}))
    bench.scans("1", TEA.piece)
    before = standing(house)
    assert bench.scan(CUP.piece).key == "order.closed"
    assert dict(query(house.database, "SELECT code, stock FROM cartons"))["80"] == 49
    assert bench.scan("KP-UNDO").key == "undo.reopened"
    assert standing(house) == before
    assert bench.scan(CUP.piece).key == "order.closed"


def test_an_undone_close_forgets_cartons_that_nobody_said(house, bench):
    set_to(house.database, waybill_required="off", slip_required="off")
    released(house, order("1"))
    plan(house, "1", ("60", {1: 1}))
    assert bench.scans("1", TEA.piece, "KP-UNDO") == ["order.opened", "order.closed", "undo.reopened"]
    plan(house, "1", ("100", {1: 1}))
    assert bench.look().ask["carton"] == "100"
    bench.scan(TEA.piece)
    assert boxes(house) == [(1, "100", None, "")]


# --- cartons ------------------------------------------------------------------------------------------------------


def test_another_carton_is_kept_as_a_choice_to_learn_from(house, bench):
    released(house, order("1", ("SKU-1", 2)))
    plan(house, "1", ("60", {1: 2}))
    assert bench.scans(slip(house, "1"), "KP-R-NOFIT", "KX-100") == ["order.opened", "carton.chosen", "carton.chosen"]
    choices = "SELECT proposed, chosen, reason, undone <> '' FROM carton_choices ORDER BY id"
    assert [tuple(row[:3]) for row in query(house.database, choices)] == [("60", "80", "no_fit"), ("80", "100", "")]
    assert bench.scan("KP-UNDO").key == "undo.carton"
    assert [bool(row[3]) for row in query(house.database, choices)] == [False, True]
    assert boxes(house) == [(1, "80", None, "")]


def test_the_list_of_cartons_ends(house, bench):
    released(house, order("1", ("SKU-1", 2)))
    plan(house, "1", ("60", {1: 2}))
    bench.scan(slip(house, "1"))
    said = bench.scans("KP-BOX", "KP-R-THICK", "KP-R-NOFIT", "KP-R-NOFIT", "KX-140")
    assert said == ["box.ask", "carton.chosen", "carton.chosen", "carton.no_other", "carton.unknown"]


def test_the_makers_carton_is_not_counted(house, bench):
    released(house, order("1"))
    bench.scans(slip(house, "1"), "KP-MAKER", TEA.piece, label(house, "1"))
    assert boxes(house) == [(1, "OWN", None, "")]
    assert {row[0] for row in query(house.database, "SELECT stock FROM cartons")} == {50}


# --- several boxes ------------------------------------------------------------------------------------------------


def test_one_more_box_makes_a_new_version_and_the_box_is_open_when_its_slip_comes(house, bench):
    released(house, order("1", ("SKU-1", 3)))
    assert bench.scans(slip(house, "1"), TEA.piece, "KP-PARCEL") == ["order.opened", "pack.ok", "parcel.added"]
    number_all(house)
    resumed = bench.scan(slip(house, "1"))
    assert (resumed.key, resumed.done, resumed.ask["box"], resumed.ask["boxes"]) == ("order.resumed", 1, 2, 2)
    assert bench.scans(TEA.piece, TEA.piece) == ["pack.ok", "pack.all_in"]
    assert in_boxes(house) == [("pack", 1, 1), ("box", 2, 1), ("pack", 2, 1), ("pack", 2, 1)]
    assert bench.scans(label(house, "1"), label(house, "1", 2)) == ["waybill.piece", "order.closed"]


def test_a_parcel_goes_on_at_another_station_just_where_it_was(house, bench):
    released(house, order("1", ("SKU-1", 2), ("SKU-2", 1)), pieces=2)
    beside(house, "1", ("insert", 2))
    bench.scans(slip(house, "1"), TEA.piece, LEAFLET.piece, "KP-PARCEL", "KX-80", "KP-LATER")
    other = Station(house.database, "2")
    resumed = other.scan(slip(house, "1"))
    assert (resumed.key, resumed.done, resumed.ask["box"], resumed.ask["carton"]) == ("order.resumed", 1, 2, "80")
    assert other.scan("KP-UNDO").key == "undo.carton"
    assert other.scans(TEA.piece, CUP.piece, LEAFLET.piece) == ["pack.ok", "pack.inserts_now", "insert.all_in"]
    assert other.scans(label(house, "1"), label(house, "1", 2)) == ["waybill.piece", "order.closed"]
    assert [row for row in in_boxes(house) if row[0] in ("pack", "insert")] == [
        ("pack", 1, 1), ("insert", 1, 1), ("pack", 2, 1), ("pack", 2, 1), ("insert", 2, 1),
    ]  # fmt: skip


# --- inserts ------------------------------------------------------------------------------------------------------


def test_inserts_are_packed_like_goods_and_their_stock_is_kept(house, bench):
    released(house, order("1"))
    beside(house, "1", ("insert", 2), ("noshi", 1))
    said = bench.scans(slip(house, "1"), TEA.piece, LEAFLET.piece, LEAFLET.piece, LEAFLET.piece, paper(house, "1"))
    assert said == [
        "order.opened", "pack.inserts_now", "insert.ok", "insert.ok", "item.complete", "insert.all_in",
    ]  # fmt: skip
    assert leaflets(house) == {"shelf": 98, "parcel": 2}
    assert bench.scan(label(house, "1")).key == "order.closed"


def test_the_paper_of_another_order_is_refused(house, bench):
    released(house, order("1"), order("2"))
    beside(house, "1", ("noshi", 1))
    beside(house, "2", ("noshi", 1))
    bench.scans(slip(house, "1"), TEA.piece)
    assert bench.scan(paper(house, "2")).key == "insert.not_here"


def test_what_was_accepted_as_short_stays_accepted_while_inserts_go_in(house, bench):
    set_to(house.database, waybill_required="off", slip_required="off")
    released(house, order("1", ("SKU-1", 1), ("SKU-2", 1)))
    beside(house, "1", ("insert", 2))
    said = bench.scans("1", TEA.piece, "KP-SHORT", "KP-R-MISSING", "KP-DONE", LEAFLET.piece, LEAFLET.piece)
    assert said[3:] == ["short.only_left", "short.inserts_now", "insert.ok", "order.closed_short"]


def test_handing_back_puts_inserts_back_and_forgets_boxes(house, bench):
    released(house, order("1", ("SKU-1", 2)), pieces=2)
    beside(house, "1", ("insert", 2), ("noshi", 1), ("sample", 1))
    change(house.database, "UPDATE extras SET short = 1 WHERE kind = 'sample'")  # it ran out before the release
    bench.scans(slip(house, "1"), TEA.piece, LEAFLET.piece, "KP-PARCEL", TEA.piece, paper(house, "1"))
    assert bench.scans("KP-SHORT", "KP-R-MISSING") == ["insert.short_ask", "insert.all_in"]
    assert bench.scan("KP-CANCEL").key == "order.handed_back"
    assert extras(house) == [(0, 0), (0, 0), (0, 1)]
    assert leaflets(house) == {"shelf": 100}
    again = bench.scan(slip(house, "1"))
    assert (again.key, again.done) == ("order.opened", 0)
    assert "box" not in again.ask


@pytest.mark.parametrize("when", ["open", "parked", "closed"])
def test_a_cancelled_order_gives_its_inserts_back(house, bench, when):
    released(house, order("1"))
    beside(house, "1", ("insert", 2), ("noshi", 1))
    bench.scans(slip(house, "1"), TEA.piece, LEAFLET.piece, LEAFLET.piece, paper(house, "1"))
    bench.scan({"parked": "KP-LATER", "closed": label(house, "1")}.get(when, "KP-R-HEAVY"))
    act(house, orders_service.cancel, house.id("1"))
    assert leaflets(house) == {"shelf": 98, "return": 2}
    pulled = query(house.database, "SELECT text, quantity FROM pulls WHERE kind = 'goods' ORDER BY text, id")
    assert sum(number for text, number in pulled if text == LEAFLET.sku) == 2
    if when == "open":
        assert bench.scan("KP-DONE").key == "order.cancelled_meanwhile"


def test_merged_orders_ask_for_the_inserts_of_both(house, bench):
    house.take_in(order("1"))
    house.take_in(order("2", ("SKU-2", 1)), shop="other")
    act(house, merging.merge, list(house.ids("1", "2")))
    act(house, release.at_once, list(house.ids("1", "2")))
    number_all(house)
    beside(house, "1", ("insert", 1))
    beside(house, "2", ("insert", 1), ("noshi", 1))
    bench.scans(slip(house, "1"), slip(house, "2"), TEA.piece, CUP.piece)
    assert bench.scans(LEAFLET.piece, LEAFLET.piece, paper(house, "2")) == ["insert.ok", "insert.ok", "insert.all_in"]
    assert extras(house) == [(1, 0), (1, 0), (1, 0)]
    assert bench.scan("KP-CANCEL").key == "order.handed_back"
    assert extras(house) == [(0, 0), (0, 0), (0, 0)]


@pytest.mark.parametrize("goes", ["1", "2"])
def test_an_order_that_leaves_a_merged_parcel_takes_its_own_inserts_out(house, bench, goes):
    house.take_in(order("1"))
    house.take_in(order("2", ("SKU-2", 1)), shop="other")
    act(house, merging.merge, list(house.ids("1", "2")))
    act(house, release.at_once, list(house.ids("1", "2")))
    number_all(house)
    beside(house, "1", ("insert", 1))
    beside(house, "2", ("insert", 1))
    bench.scans(slip(house, "1"), slip(house, "2"), TEA.piece, CUP.piece, LEAFLET.piece, LEAFLET.piece)
    act(house, orders_service.cancel, house.id(goes))
    assert leaflets(house) == {"shelf": 98, "parcel": 1, "return": 1}
    assert extras(house) == [(1, 0)]


# --- the same act twice -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "raw"),
    [
        (["SLIP"], LEAFLET.piece),
        (["SLIP"], "KX-80"),
        (["SLIP"], "KP-PARCEL"),
        (["SLIP", "KP-PARCEL"], "KP-SWITCH"),
        (["SLIP", TEA.piece, "KP-PARCEL", "KP-MOVE"], TEA.piece),
        (["SLIP", TEA.piece, TEA.piece, LEAFLET.piece], "KG-510"),
        (["SLIP", TEA.piece, TEA.piece, "KP-SHORT"], "KP-R-MISSING"),
    ],
)
def test_the_same_act_twice_counts_once(house, bench, before, raw):
    released(house, order("1", ("SKU-1", 2)), pieces=2)
    beside(house, "1", ("insert", 1))
    with_scale(house)
    for each in before:
        bench.scan(slip(house, "1") if each == "SLIP" else each)
    one = bench.scan(raw, "once")
    assert one.level in ("ok", "info"), one.key
    there = standing(house)
    again = bench.scan(raw, "once")
    assert (again.key, again.repeat) == (one.key, True)
    assert standing(house) == there


# --- the scale ----------------------------------------------------------------------------------------------------


def test_a_box_that_closed_on_its_weight_teaches(house, bench):
    released(house, order("1", ("SKU-1", 2)))
    plan(house, "1", ("60", {1: 2}))
    with_scale(house)
    bench.scans(slip(house, "1"), TEA.piece, TEA.piece)
    answer = bench.scan("KG-505")
    assert (answer.key, answer.args["expected"]) == ("weight.ok", 500)
    ((product, count, mean),) = query(house.database, "SELECT product_id, count, mean_mg FROM product_weights")
    assert (product, count) == (1, 1)
    assert 200_000 < mean <= 202_500
    expected = query(house.database, "SELECT weight_g, expected_g, why FROM boxes")
    assert expected == [(505, 500, "")]


def test_a_wrong_weight_stops_the_parcel_until_a_leader_lets_it_pass(house, bench):
    released(house, order("1", ("SKU-1", 2)))
    plan(house, "1", ("60", {1: 2}))
    with_scale(house)
    bench.scans(slip(house, "1"), TEA.piece, TEA.piece)
    answer = bench.scan("KG-300")
    assert (answer.level, answer.key) == ("refused", "weight.missing")
    assert answer.args["item"] == "Thing 1"
    assert bench.scan(label(house, "1")).key == "weight.first"
    bench.scan("KG-300")
    assert bench.scans("KP-ALLOW", "KP-R-OTHER", label(house, "1")) == ["allow.weight", "weight.ok", "order.closed"]
    assert query(house.database, "SELECT what, reason, detail FROM overrides") == [("weight", "other", "300 g / 500 g")]
    assert boxes(house) == [(1, "60", 300, "other")]


def test_a_scale_that_is_out_of_order_is_not_asked_for(house, bench):
    released(house, order("1"))
    with_scale(house)
    bench.scan(slip(house, "1"))
    with house.database.transaction() as tx:
        weighing.put_scale(tx, "1", "fault")
    assert bench.scan(TEA.piece).key == "pack.all_in"


def test_merged_orders_weigh_what_is_shown_for_both(house, bench):
    house.take_in(order("1"))
    house.take_in(order("2", ("SKU-2", 1)), shop="other")
    act(house, merging.merge, list(house.ids("1", "2")))
    act(house, release.at_once, list(house.ids("1", "2")))
    number_all(house)
    with_scale(house)
    beside(house, "2", ("material", 5))
    change(house.database, "UPDATE extras SET shown = 1")
    change(house.database, "UPDATE orders SET extras = 0")
    plan(house, "1", ("60", {1: 1}))
    bench.scans(slip(house, "1"), slip(house, "2"), TEA.piece, CUP.piece)
    answer = bench.scan("KG-650")
    assert (answer.key, answer.args["expected"]) == ("weight.ok", 650)


# --- changes in flight --------------------------------------------------------------------------------------------


def test_a_new_version_weighs_again_and_counts_cartons_once(house, bench):
    released(house, order("1"))
    plan(house, "1", ("60", {1: 1}))
    with_scale(house)
    bench.scans(slip(house, "1"), TEA.piece, "KG-300", label(house, "1"))
    assert house.state("1") == "verified"
    assert dict(query(house.database, "SELECT code, stock FROM cartons"))["60"] == 49
    act(house, changes.change_service, house.id("1"), SAGAWA, "hikyaku", 1)
    assert boxes(house) == [(1, "", None, "")]
    assert dict(query(house.database, "SELECT code, stock FROM cartons"))["60"] == 50
    number_all(house)
    assert bench.scan(slip(house, "1")).key == "order.changed_meanwhile"
    said = bench.scans(slip(house, "1"), label(house, "1"), "KG-300", label(house, "1"))
    assert said == ["order.resumed", "weight.first", "weight.ok", "order.closed"]
    assert dict(query(house.database, "SELECT code, stock FROM cartons"))["60"] == 49


def test_pieces_that_are_not_wanted_any_more_take_their_moves_with_them(house, bench):
    released(house, order("1", ("SKU-1", 3), ("SKU-2", 1)), pieces=2)
    bench.scans(slip(house, "1"), TEA.piece, TEA.piece, "KP-PARCEL", "KP-MOVE", TEA.piece, "KP-MOVE", TEA.piece)
    moves = "SELECT count(*) FROM steps WHERE kind = 'move' AND undone = ''"
    assert query(house.database, moves) == [(2,)]
    house.take_in(order("1", ("SKU-1", 1), ("SKU-2", 1)))
    assert query(house.database, moves) == [(1,)]
    assert faults_of(house.database) == []


# --- the rest goes later ------------------------------------------------------------------------------------------


def test_what_is_packed_goes_now_and_the_rest_becomes_an_order(house, bench):
    released(house, order("1", ("SKU-1", 3), ("SKU-2", 1)))
    bench.scans(slip(house, "1"), TEA.piece, TEA.piece)
    answer = bench.scan("KP-SPLIT")
    assert (answer.key, answer.args["packed"], answer.args["rest"]) == ("split.done", 2, 2)
    found = query(
        house.database,
        "SELECT o.ship_to_key, l.sku, l.wanted, l.done, l.short FROM order_lines l JOIN orders o ON o.id = l.order_id "
        "ORDER BY o.id, l.id",
    )
    assert found == [("", "SKU-1", 2, 2, 0), ("+2", "SKU-1", 1, 0, 0), ("+2", "SKU-2", 1, 0, 0)]
    assert faults_of(house.database) == []
    number_all(house)
    resumed = bench.scan("KO-1-001-2")
    assert (resumed.key, resumed.done, resumed.wanted) == ("order.resumed", 2, 2)
    (number,) = query(house.database, "SELECT number FROM waybills WHERE state = 'numbered'")[0]
    assert bench.scan(number).key == "order.closed"


def test_what_was_said_to_be_missing_is_part_of_the_rest(house, bench):
    released(house, order("1", ("SKU-1", 2), ("SKU-2", 1)))
    beside(house, "1", ("insert", 1))
    bench.scans(slip(house, "1"), TEA.piece, "KP-SHORT", "KP-R-MISSING", CUP.piece, LEAFLET.piece)
    assert bench.scan("KP-SPLIT").key == "split.done"
    assert query(house.database, "SELECT wanted, done, short FROM order_lines ORDER BY id")[-1] == (1, 0, 0)
    assert faults_of(house.database) == []


# --- verify -------------------------------------------------------------------------------------------------------


def test_verify_finds_an_insert_that_its_steps_do_not_say(house, bench):
    released(house, order("1"))
    beside(house, "1", ("insert", 2))
    bench.scans(slip(house, "1"), LEAFLET.piece)
    change(house.database, "UPDATE extras SET done = 2")
    assert faults_of(house.database) == ["verify.insert"]
    change(house.database, "UPDATE extras SET done = 1, short = 1")
    assert faults_of(house.database) == ["verify.insert"]
    change(house.database, "UPDATE extras SET short = 0")


def test_inserts_go_to_the_customer_with_the_goods(house, bench):
    released(house, order("1"))
    beside(house, "1", ("insert", 2))
    bench.scans(slip(house, "1"), TEA.piece, LEAFLET.piece, LEAFLET.piece, label(house, "1"))
    act(house, handover.scan_out, label(house, "1"))
    assert leaflets(house) == {"shelf": 98, "customer": 2}
