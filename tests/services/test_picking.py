"""Picking on both databases: every mode from the wave to the bench, and what goes wrong on the way."""

import json

import pytest

from app.domain.modes import Stage
from app.domain.stock import ADJUSTMENT, RETURN_SHELF, Move, shelf_place
from app.services import changes, picking, waves
from app.services.answers import sentence
from app.services.release import Choice
from app.storage import packing as packing_storage
from app.text import texts
from tests.makers import change, faults_of, query, set_to
from tests.pickers import ALL_MODES, PickStation, code_for
from tests.services.shipping import Warehouse, order
from tests.setup.test_texts import PLACEHOLDER

every_mode = pytest.mark.parametrize("mode", [mode for mode in ALL_MODES if mode != "singles"])


@pytest.fixture
def house(database, open_another):
    return Warehouse(database, open_another)


def wave(house, mode="cart", **more):
    with house.desk() as desk:
        return waves.release_wave(desk, Choice(), mode, **more)


def small_wave(house, mode="cart"):
    """Three orders of three kinds of goods, to be picked."""
    house.take_in(order("1", ("SKU-1", 2)), order("2", ("SKU-2", 1), ("SKU-1", 1)), order("3", ("SKU-3", 2)))
    return wave(house, mode)


def states(house):
    return {row[0]: (row[1], row[2]) for row in query(house.database, "SELECT number, state, picking FROM orders")}


def held(house, prefix):
    """Pieces by the ledger at places of one kind."""
    rows = query(
        house.database,
        "SELECT place, sum(quantity) FROM balances WHERE place LIKE ? GROUP BY place HAVING sum(quantity) <> 0",
        f"{prefix}%",
    )
    return {row[0]: int(row[1]) for row in rows}


def order_id(house, number):
    return query(house.database, "SELECT id FROM orders WHERE number = ?", number)[0][0]


@every_mode
def test_a_wave_is_picked_to_its_end_in_every_mode(house, mode):
    small_wave(house, mode)
    assert PickStation(house.database).work_off() >= 1
    if ALL_MODES[mode].sorts:
        assert set(held(house, "bulk:")) == {"bulk:1"}
        assert PickStation(house.database, "wall-1", Stage.SORT).work_off() >= 1
    assert states(house) == dict.fromkeys("123", ("picked", 0))
    assert held(house, "picked:") == {f"picked:{order_id(house, n)}": p for n, p in (("1", 2), ("2", 2), ("3", 2))}
    assert held(house, "bulk:") == {}
    assert query(house.database, "SELECT DISTINCT state FROM jobs") == [("done",)]
    assert query(house.database, "SELECT state FROM waves") == [("done",)]
    assert faults_of(house.database) == []


def test_three_pickers_share_a_wave_and_never_meet(house):
    set_to(house.database, pick_totes="1")
    small_wave(house)
    stations = [PickStation(house.database, f"cart-{n}") for n in range(3)]
    taken = [station.scan("KP-NEXT") for station in stations]
    assert len({answer.job for answer in taken}) == 3
    assert stations[0].scan(f"KL-{taken[1].job}").key == "job.other_open"
    for station, answer in zip(stations, taken, strict=True):
        station.work(answer)
    assert {state for state, _ in states(house).values()} == {"picked"}
    assert stations[0].scan("KP-NEXT").key == "pick.none_waiting"


def test_the_same_act_twice_counts_once(house):
    small_wave(house)
    station = PickStation(house.database)
    answer = station.scan("KP-NEXT")
    while answer.ask["kind"] != "item":
        answer = station.scan(code_for(answer))
    first = station.scan(code_for(answer), "one-act")
    again = station.scan(code_for(answer), "one-act")
    assert (again.repeat, again.key, again.ask) == (True, first.key, first.ask)
    assert station.look().ask["held"] == 1
    assert station.scan("KS-A-01", "one-act").key == "act.reused"


def test_an_undo_brings_the_goods_back_to_the_shelf(house):
    small_wave(house, "single")
    station = PickStation(house.database)
    answer = station.scan("KP-NEXT")
    while not held(house, "picked:"):
        answer = station.scan(code_for(answer))
    before = held(house, "shelf:")
    answer = station.scan("KP-UNDO")
    assert answer.key in ("undo.put", "undo.picked")
    assert held(house, "picked:") == {}
    assert sum(held(house, "shelf:").values()) == sum(before.values()) + answer.args["quantity"]
    assert faults_of(house.database) == []
    station.work(station.look())
    assert faults_of(house.database) == []


def test_a_picker_goes_on_just_where_the_power_went(house):
    small_wave(house)
    station = PickStation(house.database)
    answer = station.scan("KP-NEXT")
    while answer.ask["kind"] != "place":
        answer = station.scan(code_for(answer))
    again = PickStation(house.database).look()
    assert (again.ask, again.job, again.done) == (answer.ask, answer.job, answer.done)
    assert PickStation(house.database).work(again)[-1] == "pick.finished"


def test_a_question_stands_after_the_power_went(house):
    small_wave(house)
    station = PickStation(house.database)
    answer = station.scan("KP-NEXT")
    while answer.ask["kind"] != "item":
        answer = station.scan(code_for(answer))
    station.scan("KP-SHORT")
    assert PickStation(house.database).look().ask["kind"] == "short_reason"


def test_a_job_that_was_handed_back_is_found_by_its_cart_tote_list_or_slip(house):
    small_wave(house)
    station = PickStation(house.database)
    answer = station.scan("KP-NEXT")
    station.scan("KC-7")
    while answer.ask["kind"] == "totes":
        answer = station.scan(code_for(answer))
    tote = json.loads(query(house.database, "SELECT totes FROM jobs")[0][0])["1"][0]
    for code in ("KC-7", f"KT-{tote}", f"KL-{answer.job}", "12-001".replace("12", "1")):
        assert station.scan("KP-CANCEL").key == "job.paused"
        station = PickStation(house.database, f"other-{code}")
        assert station.scan(code).key == "job.resumed", code
    station.work(station.look())


def test_the_late_scan_of_a_picker_whose_job_was_taken_over_is_refused_and_kept(house):
    small_wave(house)
    mine, other = PickStation(house.database, "cart-1"), PickStation(house.database, "cart-2")
    answer = mine.scan("KP-NEXT")
    while answer.ask["kind"] != "item":
        answer = mine.scan(code_for(answer))
    assert other.scan(f"KL-{answer.job}").key == "job.take_over_ask"
    assert other.scan(f"KL-{answer.job}").key == "job.taken_over"
    late = mine.scan(code_for(answer))
    assert (late.level, late.key, late.args["station"]) == ("refused", "job.lost", "cart-2")
    assert query(house.database, "SELECT count(*) FROM journal WHERE key = 'job.lost' AND station = 'cart-1'") == [(1,)]
    rows = query(house.database, "SELECT what, station, detail FROM overrides")
    assert rows == [("late", "cart-1", f"{answer.job} {code_for(answer)}")]
    assert mine.look().ask["kind"] == "job"
    other.work(other.look())
    assert faults_of(house.database) == []


def test_the_late_scan_of_a_picker_whose_job_a_leader_handed_back_is_refused_and_kept(house):
    small_wave(house)
    mine = PickStation(house.database, "cart-1")
    mine.scan("KP-NEXT")
    change(house.database, "UPDATE jobs SET state = 'paused', holder = '', lease_until = 0")
    assert mine.look().ask["kind"] == "job"
    assert mine.scan("KT-1").key == "job.gone"
    assert mine.scan("KP-NEXT").key in ("job.taken", "job.resumed")


def test_a_job_whose_station_is_gone_is_given_out_again(house):
    small_wave(house)
    PickStation(house.database, "gone").scan("KP-NEXT")
    other = PickStation(house.database, "cart-2")
    assert other.scan("KP-NEXT").key == "pick.none_waiting"
    change(house.database, "UPDATE jobs SET lease_until = 1")
    assert other.scan("KP-NEXT").key == "job.taken"


def test_a_cancelled_order_stops_in_the_middle_of_the_walk(house):
    small_wave(house)
    station = PickStation(house.database)
    answer = station.scan("KP-NEXT")
    while not held(house, f"picked:{order_id(house, '1')}"):
        answer = station.scan(code_for(answer))
    with house.database.transaction() as tx:
        changes.cancel(tx, "office", "the-cancel", order_id(house, "1"))
    assert station.look().ask["kind"] == "stopped"
    told = station.scan(code_for(answer))
    assert (told.level, told.key) == ("question", "pick.stopped_cancelled")
    assert held(house, f"picked:{order_id(house, '1')}") == {}
    assert sum(held(house, RETURN_SHELF).values()) == 2
    said = station.work(station.look())
    assert said[-1] == "pick.finished"
    assert states(house) == {"1": ("cancelled", 0), "2": ("picked", 0), "3": ("picked", 0)}
    assert faults_of(house.database) == []


def test_an_order_that_is_cancelled_before_its_walk_is_left_out_of_it(house):
    small_wave(house)
    with house.database.transaction() as tx:
        changes.cancel(tx, "office", "the-cancel", order_id(house, "1"))
    station = PickStation(house.database)
    said = station.work(station.scan("KP-NEXT"))
    assert said[-1] == "pick.finished"
    assert held(house, f"picked:{order_id(house, '1')}") == {}
    assert faults_of(house.database) == []


def to_the_item(station, answer, sku):
    while not (answer.ask["kind"] == "item" and answer.ask["sku"] == sku):
        answer = station.scan(code_for(answer))
    return answer


def test_what_is_short_goes_on_to_the_bench_as_short(house):
    small_wave(house)
    station = PickStation(house.database)
    to_the_item(station, station.scan("KP-NEXT"), "SKU-3")
    assert station.scan("KP-SHORT").key == "short.ask"
    assert station.scan("KP-R-MISSING").key in ("short.noted", "pick.finished_short")
    station.work(station.look())
    rows = query(
        house.database,
        "SELECT wanted, short, picked FROM order_lines JOIN orders ON orders.id = order_id WHERE number = '3'",
    )
    assert rows == [(2, 2, 0)]
    assert states(house)["3"] == ("picked", 0)
    assert query(house.database, "SELECT reason, done_at FROM counts") == [("short", None)]
    assert faults_of(house.database) == []


def test_a_shop_that_wants_it_holds_what_is_short(house):
    small_wave(house)
    set_to(house.database, pick_short="hold")
    station = PickStation(house.database)
    to_the_item(station, station.scan("KP-NEXT"), "SKU-3")
    station.scan("KP-SHORT")
    station.scan("KP-R-MISSING")
    station.work(station.look())
    rows = query(house.database, "SELECT hold FROM holds JOIN orders ON orders.id = order_id WHERE number = '3'")
    assert rows == [("short",)]


def test_another_shelf_is_offered_and_booked(house):
    small_wave(house)
    product = query(house.database, "SELECT id FROM products WHERE sku = 'SKU-3'")[0][0]
    with house.database.transaction() as tx:
        packing_storage.book(tx, "more", None, [Move(product, "", ADJUSTMENT, shelf_place("B-09"), 7)])
    station = PickStation(house.database)
    to_the_item(station, station.scan("KP-NEXT"), "SKU-3")
    station.scan("KP-SHORT")
    offer = station.scan("KP-R-MISSING")
    assert (offer.key, offer.args["other"], offer.args["pieces"]) == ("short.other_shelf", "B-09", 7)
    answer = station.scan("KS-B-09")
    assert answer.ask["kind"] == "item"
    station.work(answer)
    assert held(house, "shelf:B-09") == {"shelf:B-09": 5}
    assert faults_of(house.database) == []


def test_a_total_pick_that_is_short_sorts_just_what_came(house):
    small_wave(house, "total")
    station = PickStation(house.database)
    to_the_item(station, station.scan("KP-NEXT"), "SKU-3")
    station.scan("KP-SHORT")
    station.scan("KP-R-MISSING")
    station.work(station.look())
    wall = PickStation(house.database, "wall-1", Stage.SORT)
    assert wall.work(wall.scan("KP-NEXT"))[-1] == "sort.finished"
    assert states(house)["3"] == ("picked", 0)
    assert faults_of(house.database) == []


def test_the_wall_cannot_begin_before_the_walk_is_done(house):
    small_wave(house, "total")
    wall = PickStation(house.database, "wall-1", Stage.SORT)
    assert wall.scan("KP-NEXT").key == "sort.none_waiting"
    assert wall.scan("KL-1-2").key == "job.blocked"
    assert wall.scan("KL-1-1").key == "job.at_the_shelves"


def test_an_order_is_free_for_the_bench_as_soon_as_its_slot_is_complete(house):
    small_wave(house, "total")
    PickStation(house.database).work_off()
    wall = PickStation(house.database, "wall-1", Stage.SORT)
    answer = wall.scan("KP-NEXT")
    seen = []
    while answer.ask["kind"] != "job":
        answer = wall.scan(code_for(answer))
        if answer.key == "put.order_complete":
            seen.append(sorted(states(house).values()).count(("picked", 0)))
    assert seen == [1, 2]


def test_a_slot_of_an_entered_wall_is_taken_and_freed_when_the_parcel_closes(house):
    for number, code in enumerate(("A1", "A2", "B1"), 1):
        change(
            house.database,
            "INSERT INTO containers (kind, code, within, position) VALUES ('slot', ?, 'A', ?)", code, number,
        )  # fmt: skip
    small_wave(house, "total")
    PickStation(house.database).work_off()
    PickStation(house.database, "wall-1", Stage.SORT).work_off()
    rows = query(house.database, "SELECT code, order_id IS NOT NULL, job_id FROM containers ORDER BY position")
    assert [(row[0], bool(row[1]), row[2]) for row in rows] == [
        ("A1", True, None),
        ("A2", True, None),
        ("B1", True, None),
    ]


def test_where_no_wall_was_entered_there_are_as_many_slots_as_are_wanted(house):
    for number in ("1", "2"):
        house.take_in(*(order(f"{number}{place}", ("SKU-1", 1), ("SKU-2", 1)) for place in range(int(number) + 1)))
        wave(house, "total")
        PickStation(house.database).work_off()
        assert PickStation(house.database, "wall-1", Stage.SORT).work_off() == 1
    rows = query(house.database, "SELECT code FROM containers WHERE kind = 'slot' AND order_id IS NOT NULL")
    assert {row[0] for row in rows} == {"1", "2", "3", "4", "5"}


def test_a_zone_passes_its_totes_on_to_the_next(house):
    for number, zone in ((1, "A"), (2, "B"), (3, "B")):
        change(house.database, "INSERT INTO shelves (code, zone) VALUES (?, ?)", f"A-{number:02d}", zone)
    small_wave(house, "zone")
    station = PickStation(house.database)
    first = station.scan("KP-NEXT")
    station.work(first)
    second = station.scan("KP-NEXT")
    assert second.job != first.job
    totes = [json.loads(row[0]) for row in query(house.database, "SELECT totes FROM jobs ORDER BY sequence")]
    shared = set(totes[0]) & set(totes[1])
    assert shared
    assert all(totes[0][place] == totes[1][place] for place in shared)
    station.work(second)
    assert {state for state, _ in states(house).values()} == {"picked"}
    assert faults_of(house.database) == []


def test_every_answer_can_be_said_in_every_language(house):
    small_wave(house)
    station = PickStation(house.database)
    said = [station.scan(code) for code in ("hello", "KP-NEXT", "KS-A-09", "KP-NEXT", "KT-1", "KT-1", "KT-2", "KT-3")]
    said += [station.scan(code) for code in ("KS-A-09", "KP-SHORT", "KP-CANCEL", "KP-LATER", "KP-CANCEL", "KL-1-1")]
    for answer in said:
        for language in ("ja", "en", "ja_easy"):
            words = sentence(texts(language), answer.key, answer.args)
            assert words != answer.key
            assert not PLACEHOLDER.search(words)


def test_the_screen_reads_where_the_station_stands_without_a_lock(house):
    small_wave(house)
    station = PickStation(house.database)
    answer = station.scan("KP-NEXT")
    with house.database.reading() as tx:
        standing = picking.standing(tx, station.name)
    assert standing.ask == answer.ask
    assert standing.picker.job is not None
    assert standing.picker.job.number == answer.job
    assert standing.walk["metres"] >= 0


def test_a_tote_that_holds_another_orders_goods_is_refused(house):
    small_wave(house)
    station = PickStation(house.database)
    station.work(station.scan("KP-NEXT"))
    tote = query(house.database, "SELECT code FROM containers WHERE order_id IS NOT NULL ORDER BY code")[0][0]
    house.take_in(order("9", ("SKU-1", 1)))
    wave(house)
    assert station.scan("KP-NEXT").ask["kind"] == "totes"
    assert station.scan(f"KT-{tote}").key == "tote.full_of"
