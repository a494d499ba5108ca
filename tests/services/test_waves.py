"""Waves on both databases: release, plan in every mode, die in between, take back, and what the board says."""

import json
import threading

import pytest

from app.domain.stock import RETURN_SHELF, SUPPLIER, Move, picked_place, shelf_place
from app.errors import NotAllowed, NotFound
from app.plugins import modules_of
from app.services import release, wave_board, waves
from app.services.aside import Aside
from app.services.release import Choice
from app.storage import packing as packing_storage
from tests.makers import change, query, set_to
from tests.services.shipping import Warehouse, order

HOUR = 3_600_000
MODES = [module.MODE.id for module in modules_of("app.modes")]
every_mode = pytest.mark.parametrize("mode", MODES)


@pytest.fixture
def house(database, open_another):
    return Warehouse(database, open_another)


def wave(house, mode="cart", choice=None, **more):
    with house.desk() as desk:
        return waves.release_wave(desk, choice or Choice(), mode, **more)


def plan(house, batch, mode="", **more):
    with house.desk() as desk:
        return waves.plan(desk, batch, mode, **more)


def jobs(house, batch=1, live=True):
    rows = query(
        house.database,
        "SELECT sequence, state, stage, zone, blocked, after_id, slots, lines, pieces, rules, walk, due, id FROM jobs "
        "WHERE batch = ? ORDER BY sequence",
        batch,
    )
    names = (
        "sequence",
        "state",
        "stage",
        "zone",
        "blocked",
        "after",
        "slots",
        "lines",
        "pieces",
        "rules",
        "walk",
        "due",
    )
    found = [dict(zip((*names, "id"), row, strict=True)) for row in rows]
    return [each for each in found if not live or each["state"] != "taken_back"]


def picks(house, job):
    rows = query(
        house.database,
        "SELECT position, shelf, lot, picks.slot, wanted, number FROM picks JOIN orders ON orders.id = picks.order_id "
        "WHERE job_id = ? ORDER BY picks.position, picks.slot, picks.id",
        job["id"],
    )
    return [tuple(row) for row in rows]


def planned_pieces(house, batch=1):
    """Pieces by order number that the walks of a wave will take."""
    return dict(
        tuple(row)
        for row in query(
            house.database,
            "SELECT orders.number, sum(picks.wanted) FROM picks JOIN jobs ON jobs.id = picks.job_id "
            "JOIN orders ON orders.id = picks.order_id "
            "WHERE jobs.batch = ? AND jobs.stage = 'pick' AND jobs.state <> 'taken_back' GROUP BY orders.number",
            batch,
        )
    )


def picking(house):
    return {row[0]: row[1] for row in query(house.database, "SELECT number, picking FROM orders")}


def small_wave(house) -> None:
    house.take_in(
        order("1", ("SKU-1", 2)),
        order("2", ("SKU-2", 1), ("SKU-1", 1)),
        order("3", ("SKU-1", 1)),
    )


def pick_all(house, job, station="pick"):
    """Book what a job takes as its picker does: moves, steps, counts."""
    with house.database.transaction() as tx:
        rows = query_picks(house, job)
        for pick, order_id, _line, product, shelf, wanted in rows:
            packing_storage.book(
                tx, f"act-{pick}", order_id, [Move(product, "", shelf_place(shelf), picked_place(order_id), wanted)]
            )
    change(
        house.database,
        "INSERT INTO pick_steps (job_id, act, kind, pick_id, product_id, quantity, source, target) "
        "SELECT job_id, 'act', 'put', id, product_id, wanted, 'shelf:' || shelf, 'picked:' || order_id "
        "FROM picks WHERE job_id = ?",
        job["id"],
    )
    change(house.database, "UPDATE picks SET done = wanted WHERE job_id = ?", job["id"])
    change(
        house.database,
        "UPDATE order_lines SET picked = (SELECT sum(done) FROM picks WHERE picks.line_id = order_lines.id) "
        "WHERE id IN (SELECT line_id FROM picks WHERE job_id = ?)",
        job["id"],
    )
    change(
        house.database, "UPDATE jobs SET state = 'active', holder = ?, started_at = 1 WHERE id = ?", station, job["id"]
    )


def query_picks(house, job):
    return query(
        house.database,
        "SELECT id, order_id, line_id, product_id, shelf, wanted FROM picks WHERE job_id = ?",
        job["id"],
    )


# --- release and plan ---------------------------------------------------------------------------------------------


@every_mode
def test_every_piece_of_a_wave_is_planned_once_and_the_bench_leaves_it_alone(house, mode):
    small_wave(house)
    done = wave(house, mode)
    wanted = {"3": 1} if mode == "singles" else {"1": 2, "2": 2, "3": 1}
    assert planned_pieces(house) == wanted
    assert sorted(each.number for each in done.left_out) == (["1", "2"] if mode == "singles" else [])
    assert {each.why for each in done.left_out} <= {"wave.not_single"}
    assert {number for number, flag in picking(house).items() if flag} == set(wanted)
    assert query(house.database, "SELECT mode, state FROM waves") == [(mode, "open")]
    (made,) = done.planned
    assert (made.batch, made.orders, made.jobs) == (1, len(wanted), len(jobs(house)))


def test_a_job_has_its_walk_its_rules_and_the_places_of_its_orders(house):
    small_wave(house)
    set_to(house.database, pick_shelf="optional", pick_scan="line")
    wave(house)
    (job,) = jobs(house)
    assert (job["stage"], job["slots"], job["lines"], job["pieces"]) == ("pick", 3, 4, 5)
    assert json.loads(job["rules"]) == {"shelf": "optional", "scan": "line"}
    first = [(position, shelf, wanted) for position, shelf, _, _, wanted, _ in picks(house, job)]
    assert first == [(1, "A-01", 2), (1, "A-01", 1), (1, "A-01", 1), (2, "A-02", 1)]
    assert {slot for _, _, _, slot, _, _ in picks(house, job)} == {1, 2, 3}
    walk = json.loads(job["walk"])
    assert walk["without_place"] == ["A-01", "A-02"]
    assert walk["seconds"] == 24


def test_the_strictest_of_the_shops_in_a_job_counts(house):
    house.take_in(order("1"))
    house.take_in(order("2"), shop="other")
    set_to(house.database, pick_scan="shelf")
    change(house.database, "UPDATE shops SET settings = ? WHERE name = 'other'", json.dumps({"pick.scan": "unit"}))
    wave(house)
    assert json.loads(jobs(house)[0]["rules"])["scan"] == "unit"


def test_a_total_pick_takes_goods_together_and_sorts_them_afterwards(house):
    small_wave(house)
    wave(house, "total")
    walk, sort = jobs(house)
    assert (walk["stage"], walk["slots"], walk["blocked"]) == ("pick", 0, 0)
    assert (sort["stage"], sort["slots"], sort["blocked"], sort["after"]) == ("sort", 3, 1, walk["id"])
    assert {row[3] for row in picks(house, walk)} == {0}
    assert sum(row[4] for row in picks(house, sort)) == 5
    assert {row[1] for row in picks(house, sort)} == {""}


def test_lists_are_printed_for_each_job_and_not_for_the_batch(house):
    small_wave(house)
    set_to(house.database, pick_list_orders="2")
    wave(house, "paper")
    papers = query(house.database, "SELECT paper, batch, version FROM print_jobs WHERE paper <> 'slips' ORDER BY id")
    assert papers == [("job_list", 1, 1), ("job_list", 1, 2)]


def test_orders_that_share_a_parcel_are_picked_as_one(house):
    small_wave(house)
    change(house.database, "UPDATE orders SET lead_id = ? WHERE number = '3'", house.id("1"))
    wave(house)
    assert planned_pieces(house) == {"1": 3, "2": 2}
    assert picking(house) == {"1": 1, "2": 1, "3": 0}
    assert jobs(house)[0]["slots"] == 2


def test_singles_leave_out_parcels_of_more_than_one_piece(house):
    house.take_in(order("1"), order("2"), order("3"))
    change(house.database, "UPDATE orders SET lead_id = ? WHERE number = '3'", house.id("1"))
    done = wave(house, "singles")
    assert sorted((each.number, each.args["pieces"]) for each in done.left_out) == [("1", 2), ("3", 2)]
    assert planned_pieces(house) == {"2": 1}
    assert house.state("1") == "ready"


def test_a_wave_without_any_single_piece_releases_nothing(house):
    house.take_in(order("1", ("SKU-1", 2)))
    done = wave(house, "singles")
    assert (done.released.batch, done.planned) == (None, ())
    assert house.state("1") == "ready"


def test_zones_are_passed_on_and_the_next_one_waits(house):
    small_wave(house)
    change(house.database, "INSERT INTO shelves (code, zone) VALUES ('A-01', 'B'), ('A-02', 'A')")
    wave(house, "zone")
    first, second = jobs(house)
    assert [(each["zone"], each["blocked"], each["slots"]) for each in (first, second)] == [("A", 0, 3), ("B", 1, 3)]
    assert second["after"] == first["id"]
    slots = {number: slot for job in (first, second) for _, _, _, slot, _, number in picks(house, job)}
    assert len(set(slots.values())) == 3  # an order keeps its place on the cart from zone to zone


# --- rules --------------------------------------------------------------------------------------------------------


def test_a_wave_is_chosen_by_zone_single_line_and_priority(house):
    small_wave(house)
    change(house.database, "INSERT INTO shelves (code, zone) VALUES ('A-01', 'B'), ('A-02', 'A')")
    change(house.database, "UPDATE orders SET rank = -5 WHERE number = '1'")

    def chosen(**by):
        with house.database.reading() as tx:
            return sorted(each.number for each in release.preview(tx, Choice(**by)).orders)

    assert chosen(zone="B") == ["1", "3"]
    assert chosen(zone="A") == []
    assert chosen(single_line=True) == ["1", "3"]
    assert chosen(one_piece=True) == ["3"]
    assert chosen(priority=5) == ["1"]


def test_a_preview_writes_nothing_and_says_what_each_mode_takes(house):
    small_wave(house)
    with house.desk() as desk:
        found = waves.preview(desk, Choice(), ("cart", "single", "singles"))
    by_mode = {each.mode: each for each in found.modes}
    assert (by_mode["cart"].figures.jobs, by_mode["single"].figures.jobs) == (1, 3)
    assert (by_mode["cart"].figures.lines, by_mode["cart"].figures.pieces) == (4, 5)
    assert by_mode["cart"].figures.unplaced == ("A-01", "A-02")
    assert by_mode["singles"].figures.orders == 1
    assert len(by_mode["singles"].left_out) == 2
    assert query(house.database, "SELECT count(*) FROM waves") == [(0,)]
    assert house.state("1") == "ready"


def test_a_preview_names_the_pickups_that_cannot_be_met(house):
    small_wave(house)
    now = query(house.database, "SELECT max(at) FROM imports")[0][0]
    change(house.database, "UPDATE orders SET cut_off = ?, queue_at = ? WHERE number = '1'", now + 5000, now + 5000)
    set_to(house.database, pick_line_seconds="60")
    with house.desk() as desk:
        found = waves.preview(desk, Choice(orders=house.ids("1", "2")), ("single",))
    assert [(each.due, each.orders) for each in found.modes[0].late] == [(now + 5000, 1)]


def test_an_unknown_mode_is_refused_by_name(house):
    small_wave(house)
    with pytest.raises(NotFound, match=r"wave\.no_mode"):
        wave(house, "dance")


# --- shelves ------------------------------------------------------------------------------------------------------


def move_in(house, sku, shelf, pieces, lot=""):
    with house.database.transaction() as tx:
        product = tx.connection.exec_driver_sql(f"SELECT id FROM products WHERE sku = '{sku}'").scalar()
        packing_storage.book(tx, f"in-{shelf}-{lot}", None, [Move(product, lot, SUPPLIER, shelf_place(shelf), pieces)])
    return product


def test_goods_come_from_the_lot_that_expires_first_never_from_one_that_expired_or_was_recalled(house):
    house.take_in(order("1", ("SKU-1", 3)))
    product = move_in(house, "SKU-1", "B-01", 2, "L2")
    for shelf, lot in (("B-02", "OLD"), ("B-03", "BAD"), ("B-04", "L3")):
        move_in(house, "SKU-1", shelf, 5, lot)
    for lot, expiry, recalled in (
        ("L2", "2098-01-01", 0), ("OLD", "2001-01-01", 0), ("BAD", "2090-01-01", 1), ("L3", "2098-06-01", 0)
    ):  # fmt: skip
        change(
            house.database,
            "INSERT INTO lots (product_id, lot, expiry, recalled) VALUES (?, ?, ?, ?)",
            product, lot, expiry, recalled,
        )  # fmt: skip
    wave(house)
    found = sorted((shelf, lot, wanted) for _, shelf, lot, _, wanted, _ in picks(house, jobs(house)[0]))
    assert found == [("B-01", "L2", 2), ("B-04", "L3", 1)]


def test_what_a_job_will_take_is_not_planned_twice(house):
    small_wave(house)
    change(house.database, "DELETE FROM balances")
    move_in(house, "SKU-1", "B-01", 2)
    move_in(house, "SKU-1", "C-01", 9)
    set_to(house.database, pick_choice="emptiest")
    wave(house, choice=Choice(orders=house.ids("1")))
    wave(house, choice=Choice(orders=house.ids("3")))
    assert [row[1] for row in picks(house, jobs(house, 1)[0])] == ["B-01"]
    assert [row[1] for row in picks(house, jobs(house, 2)[0])] == ["C-01"]


def test_what_the_books_do_not_have_is_looked_for_on_its_own_shelf(house):
    house.take_in(order("1", ("SKU-1", 3)))
    house.release()
    change(house.database, "DELETE FROM balances")
    move_in(house, "SKU-1", "B-01", 1)
    plan(house, 1, "cart")
    assert sorted((row[1], row[4]) for row in picks(house, jobs(house)[0])) == [("A-01", 2), ("B-01", 1)]


# --- dying in between, changes meanwhile --------------------------------------------------------------------------


def test_a_program_that_dies_after_the_release_leaves_a_wave_that_can_be_planned(house, monkeypatch):
    small_wave(house)
    monkeypatch.setattr(waves, "plan", lambda *_args, **_named: (_ for _ in ()).throw(RuntimeError("power cut")))
    with pytest.raises(RuntimeError, match="power cut"):
        wave(house)
    monkeypatch.undo()
    assert jobs(house) == []
    assert set(picking(house).values()) == {1}
    assert plan(house, 1).orders == 3
    assert planned_pieces(house) == {"1": 2, "2": 2, "3": 1}
    again = plan(house, 1)
    assert (again.jobs, again.nothing) == (0, "wave.nothing_to_pick")
    assert len(jobs(house)) == 1


def test_the_same_call_again_goes_on_where_the_first_one_stopped(house, monkeypatch):
    small_wave(house)
    monkeypatch.setattr(waves, "plan", lambda *_args, **_named: (_ for _ in ()).throw(RuntimeError("power cut")))
    with pytest.raises(RuntimeError, match="power cut"):
        wave(house, "singles", act="the-call")
    monkeypatch.undo()
    done = wave(house, "singles", act="the-call")
    assert (done.released.ship_numbers, [each.orders for each in done.planned]) == (("1-001",), [1])
    assert query(house.database, "SELECT count(*) FROM waves") == [(1,)]


def test_a_release_that_was_no_wave_becomes_one(house):
    small_wave(house)
    house.release()
    assert set(picking(house).values()) == {0}
    change(house.database, "UPDATE orders SET holder = 'bench' WHERE number = '3'")
    assert plan(house, 1, "single").orders == 2
    assert planned_pieces(house) == {"1": 2, "2": 2}
    with pytest.raises(NotFound):
        plan(house, 99)


def test_jobs_that_nobody_began_are_planned_anew_and_others_stay(house):
    small_wave(house)
    wave(house, "single")
    first = jobs(house)[0]
    change(house.database, "UPDATE jobs SET state = 'active', started_at = 1 WHERE id = ?", first["id"])
    assert plan(house, 1, anew=True).orders == 2
    assert first["id"] in {job["id"] for job in jobs(house)}
    assert planned_pieces(house) == {"1": 2, "2": 2, "3": 1}
    with pytest.raises(NotAllowed, match=r"wave\.other_mode"):
        plan(house, 1, "cart")


def test_another_mode_as_long_as_nobody_began(house):
    small_wave(house)
    wave(house, "single")
    assert plan(house, 1, "cart").jobs == 1
    assert planned_pieces(house) == {"1": 2, "2": 2, "3": 1}
    assert query(house.database, "SELECT mode FROM waves") == [("cart",)]


def test_an_order_that_changes_while_it_is_planned_is_planned_as_it_is_then(house, monkeypatch):
    small_wave(house)
    house.release()
    computed = waves.jobs_of

    def meanwhile(task, mode, *more, **named):
        made = computed(task, mode, *more, **named)
        if not meanwhile.done:
            meanwhile.done = True
            change(house.database, "UPDATE orders SET version = version + 1 WHERE number = '2'")
            change(house.database, "UPDATE orders SET state = 'cancelled' WHERE number = '3'")
        return made

    meanwhile.done = False
    monkeypatch.setattr(waves, "jobs_of", meanwhile)
    done = plan(house, 1, "cart")
    assert done.orders == 2
    assert planned_pieces(house) == {"1": 2, "2": 2}
    versions = query(
        house.database,
        "SELECT DISTINCT picks.version FROM picks JOIN orders ON orders.id = order_id WHERE number = '2'",
    )
    assert versions == [(2,)]


def test_an_order_without_goods_goes_on_to_the_bench(house):
    small_wave(house)
    change(house.database, "UPDATE order_lines SET product_id = NULL WHERE order_id = ?", house.id("3"))
    house.release(Choice(orders=house.ids("1", "2", "3")))
    done = plan(house, 1, "cart")
    assert (done.orders, done.without_goods) == (2, 1)
    assert picking(house)["3"] == 0


def test_an_order_whose_job_is_of_an_older_version_is_planned_again_for_what_is_missing(house):
    small_wave(house)
    wave(house, "single")
    change(house.database, "UPDATE orders SET version = version + 1 WHERE number = '1'")
    change(house.database, "UPDATE order_lines SET picked = 1 WHERE order_id = ?", house.id("1"))
    assert plan(house, 1).orders == 1
    (last,) = picks(house, jobs(house)[-1])
    assert (last[4], last[5]) == (1, "1")


def test_where_stock_is_not_tracked_goods_are_taken_from_their_own_shelf(house):
    small_wave(house)
    set_to(house.database, stock_tracked="off")
    move_in(house, "SKU-1", "B-01", 9)
    set_to(house.database, pick_choice="emptiest")
    wave(house)
    assert {row[1] for row in picks(house, jobs(house)[0])} == {"A-01", "A-02"}


def test_an_order_on_hold_goes_to_the_bench_and_comes_into_the_wave_when_it_is_free(house):
    small_wave(house)
    house.release()
    change(house.database, "UPDATE orders SET held = 1 WHERE number = '3'")
    done = plan(house, 1, "cart")
    assert (done.orders, planned_pieces(house)) == (2, {"1": 2, "2": 2})
    assert (picking(house)["3"], plan(house, 1).without_goods) == (0, 0)
    change(house.database, "UPDATE orders SET held = 0 WHERE number = '3'")
    assert plan(house, 1).orders == 1
    assert planned_pieces(house) == {"1": 2, "2": 2, "3": 1}


def test_two_leaders_who_plan_at_once_plan_every_order_once(house):
    house.take_in(*(order(str(number), ("SKU-1", 1), ("SKU-2", 1)) for number in range(1, 41)))
    house.release()
    with house.desk("one") as one, house.desk("two") as two:
        started = threading.Barrier(2)
        done = []

        def work(desk):
            started.wait()
            done.append(waves.plan(desk, 1, "cart"))

        threads = [threading.Thread(target=work, args=(desk,)) for desk in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(each.orders for each in done) == 40
    assert planned_pieces(house) == {str(number): 2 for number in range(1, 41)}


def test_a_wave_is_planned_in_a_process_beside_the_scans(house):
    small_wave(house)
    beside, told = Aside(), []
    try:
        done = wave(house, "total", aside=beside, progress=lambda step, *_numbers: told.append(step))
    finally:
        beside.close()
    assert [each.jobs for each in done.planned] == [2]
    assert dict.fromkeys(told) == dict.fromkeys(("release", "batch", "write"))  # the walks are done too soon to be told
    assert planned_pieces(house) == {"1": 2, "2": 2, "3": 1}


# --- taking back --------------------------------------------------------------------------------------------------


def take_back(house, batch=1):
    with house.desk() as desk:
        return waves.take_back(desk, batch)


def balance(house, place):
    return {
        row[0]: row[1]
        for row in query(
            house.database,
            "SELECT sku, sum(quantity) FROM balances JOIN products ON products.id = product_id "
            "WHERE place = ? AND quantity <> 0 GROUP BY sku",
            place,
        )
    }


@every_mode
def test_a_wave_that_nobody_began_is_gone_as_if_it_had_not_been(house, mode):
    small_wave(house)
    wave(house, mode)
    done = take_back(house)
    assert done.refused == ()
    assert jobs(house) == []
    assert set(picking(house).values()) == {0}
    assert {house.state(number) for number in "123"} == {"ready"}
    assert query(house.database, "SELECT state FROM waves") == [("taken_back",)]
    again = wave(house, "cart")
    assert again.released.batch == 2


def test_what_was_picked_of_a_wave_goes_to_the_return_shelf_and_the_pull_list(house):
    small_wave(house)
    wave(house, "single")
    job = next(each for each in jobs(house) if each["pieces"] == 2 and each["lines"] == 2)
    pick_all(house, job)
    change(
        house.database,
        "INSERT INTO containers (kind, code, position, job_id, order_id) VALUES ('tote', 'T1', 1, ?, ?)",
        job["id"], house.id("2"),
    )  # fmt: skip
    change(house.database, "UPDATE orders SET state = 'picked' WHERE number = '2'")
    assert balance(house, picked_place(house.id("2"))) == {"SKU-1": 1, "SKU-2": 1}
    take_back(house)
    assert balance(house, picked_place(house.id("2"))) == {}
    assert balance(house, RETURN_SHELF) == {"SKU-1": 1, "SKU-2": 1}
    pulled = query(house.database, "SELECT text, quantity, shelf FROM pulls WHERE kind = 'goods' ORDER BY text")
    assert pulled == [("SKU-1", 1, "A-01"), ("SKU-2", 1, "A-02")]
    assert query(house.database, "SELECT job_id, order_id FROM containers") == [(None, None)]
    assert house.state("2") == "ready"
    assert query(house.database, "SELECT sum(picked) FROM order_lines") == [(0,)]
    assert {row[0] for row in query(house.database, "SELECT state FROM jobs")} == {"taken_back"}


def test_a_wave_that_was_picked_and_taken_back_whole_is_taken_back(house):
    small_wave(house)
    wave(house, "cart")
    pick_all(house, jobs(house)[0])
    change(house.database, "UPDATE jobs SET state = 'done', holder = '', done = pieces, done_at = 1")
    change(house.database, "UPDATE orders SET state = 'picked', picking = 0")
    plan(house, 1)
    assert query(house.database, "SELECT state FROM waves") == [("done",)]
    take_back(house)
    assert query(house.database, "SELECT state FROM waves") == [("taken_back",)]
    assert balance(house, RETURN_SHELF) == {"SKU-1": 4, "SKU-2": 1}


def test_an_order_that_the_bench_has_begun_stays_and_keeps_its_job(house):
    small_wave(house)
    wave(house, "single")
    change(house.database, "UPDATE orders SET holder = 'bench' WHERE number = '1'")
    done = take_back(house)
    assert [each.number for each in done.refused] == ["1"]
    assert planned_pieces(house) == {"1": 2}
    assert query(house.database, "SELECT state FROM waves") == [("open",)]


def test_one_order_taken_back_leaves_the_others_of_its_cart(house):
    small_wave(house)
    wave(house, "cart")
    with house.desk() as desk:
        release.take_back(desk, orders=house.ids("2"))
    assert planned_pieces(house) == {"1": 2, "3": 1}
    assert [(job["lines"], job["pieces"]) for job in jobs(house)] == [(2, 3)]


def test_there_is_no_wave_to_take_back(house):
    with pytest.raises(NotFound, match=r"wave\.not_found"):
        take_back(house, 7)


# --- the board ----------------------------------------------------------------------------------------------------


def board(house, **more):
    with house.database.reading() as tx:
        return wave_board.board(tx, **more)


def test_the_board_says_how_far_each_job_is_and_who_has_it(house):
    small_wave(house)
    wave(house, "total")
    walk = jobs(house)[0]
    change(
        house.database,
        "UPDATE jobs SET state = 'active', holder = 'cart 1', started_at = 1, done = 3, short = 1 WHERE id = ?",
        walk["id"],
    )
    change(house.database, "UPDATE picks SET done = wanted WHERE job_id = ? AND position = 1", walk["id"])
    (found,) = board(house)
    assert (found.mode, found.state, found.orders, found.unplanned) == ("total", "open", 3, 0)
    assert [found.count(state) for state in ("waiting", "active", "paused", "done")] == [1, 1, 0, 0]
    assert (found.pieces, found.done, found.short, found.lines, found.lines_done) == (5, 3, 1, 4, 3)
    first, second = found.jobs
    assert (first.number, first.holder, first.left_seconds) == ("1-1", "cart 1", round(24 / 5))
    assert (second.stage, second.waits_for, second.left_seconds) == ("sort", "1-1", 48)
    assert found.due is None


def test_a_wave_is_done_with_its_last_job_and_leaves_the_board(house):
    small_wave(house)
    wave(house, "cart")
    change(house.database, "UPDATE jobs SET state = 'done', done = pieces, done_at = 1")
    change(house.database, "UPDATE orders SET picking = 0, state = 'picked'")
    plan(house, 1)
    assert board(house) == ()
    (found,) = board(house, open_only=False)
    assert (found.state, found.left_seconds) == ("done", 0)


def test_orders_that_are_in_no_job_are_on_the_board(house):
    small_wave(house)
    house.release()
    change(house.database, "INSERT INTO waves (batch, act, at, mode) VALUES (1, 'x', 0, 'cart')")
    change(house.database, "UPDATE orders SET picking = 1")
    assert [each.unplanned for each in board(house)] == [3]
