"""The print runner on both databases: printers, faults, take-over, scans, people, and what screens show."""

import threading
import time
from dataclasses import dataclass
from uuid import uuid4

import pytest

from app.domain.printer_state import PrinterState
from app.domain.printing import Fault, Printer, Transport
from app.errors import NotAllowed, NotFound
from app.services import print_room, print_rules, print_runner, print_said, printing, printing_data
from app.services.desk import Desk
from app.services.drawing import Paper
from app.services.print_rules import Routed
from app.services.printing_data import Work
from app.storage import printers as printers_storage
from app.storage import printing as storage
from app.storage import proof as proof_storage
from app.storage.printing import NewJob
from app.text import texts
from tests.makers import Station, change, faults_of, query, set_to
from tests.printing_ways import Device, HouseWays, drawn_as_sheets, said
from tests.services.shipping import Warehouse, order


@dataclass(frozen=True)
class Note:
    """A paper for nobody in particular."""

    number: str
    copy_reason: str


class House:
    """A station with printers "A" and "B"; jobs are hand-over lists with made-up numbers unless they are of orders."""

    def __init__(self, database, another):
        self.database, self._another = database, another
        self.ways = HouseWays({"A": Device(), "B": Device()})
        with database.transaction() as tx:
            self.b = printers_storage.add(tx, Printer(0, "B", Transport.RAW, "b", "pdf"))
            self.a = printers_storage.add(tx, Printer(0, "A", Transport.RAW, "a", "pdf"))
        self.desk = Desk(another(), "1")
        self.runner = printing.PrintRunner(self.desk, self.ways)

    @property
    def device(self):
        return self.ways.devices["A"]

    def again(self):
        """Begin the program anew."""
        self.desk.stop()
        self.desk = Desk(self._another(), "1")
        self.runner = printing.PrintRunner(self.desk, self.ways)

    def put(self, *jobs):
        with self.database.transaction() as tx:
            storage.add_jobs(tx, str(uuid4()), "1", list(jobs))

    def note(self, *numbers):
        self.put(*[NewJob("handover_list", batch=number) for number in numbers])

    def work(self):
        return self.runner.work_off(10)

    def later(self, seconds=100):
        """Time passes: what waits is due, and printers are asked again."""
        change(self.database, "UPDATE print_jobs SET not_before = 0")
        for worker in self.runner._workers.values():
            worker._rest_until = 0.0
            if worker._down_since is not None:
                worker._down_since -= seconds
            for each in worker._followed.values():
                each.next_at, each.since = 0.0, each.since - seconds
            worker.look_after()

    def jobs(self, columns="state", where="1 = 1"):
        rows = query(self.database, f"SELECT {columns} FROM print_jobs WHERE {where} ORDER BY id")
        return [row[0] if len(row) == 1 else row for row in rows]

    def do(self, function, *args, act=None):
        with self.database.transaction() as tx:
            return function(tx, "1", act or str(uuid4()), *args)

    def read(self, function, *args, **named):
        with self.database.reading() as tx:
            return function(tx, *args, **named)


@pytest.fixture
def house(database, open_another, monkeypatch):
    monkeypatch.setattr(Work, "draw", drawn_as_sheets)
    monkeypatch.setattr(print_runner, "_LAST_WORD_SECONDS", 0.05)
    real = printing_data.work_of

    def work_of(tx, job, printer=None):
        if job.paper != "handover_list":
            return real(tx, job, printer)
        return Work(Paper("note", Note(str(job.batch), job.copy_reason), "ja"), printer, job.copies)

    monkeypatch.setattr(printing_data, "work_of", work_of)
    made = House(database, open_another)
    monkeypatch.setattr(print_rules, "route", lambda tx, job: (Routed(made.a),))
    yield made
    made.desk.stop()


# --- printers -----------------------------------------------------------------------------------------------------


def test_a_printer_that_hangs_keeps_back_only_its_own_jobs(house, monkeypatch):
    stalled, go_on = threading.Event(), threading.Event()

    def hang():
        stalled.set()
        assert go_on.wait(20)

    house.device.before = hang
    monkeypatch.setattr(print_rules, "route", lambda tx, job: (Routed(house.a if job.batch < 3 else house.b),))
    house.note(1, 2, 3, 4)
    house.runner.start()
    try:
        assert stalled.wait(10)
        until = time.monotonic() + 10
        while len(house.ways.devices["B"].titles) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        assert [each.of for each in house.ways.devices["B"].out] == ["note 3 v0", "note 4 v0"]
        begun = time.monotonic()
        with house.database.transaction() as tx:  # nothing is locked while it hangs
            storage.add_jobs(tx, str(uuid4()), "1", [NewJob("handover_list", batch=5)])
        assert time.monotonic() - begun < 1
        assert house.jobs("state", "batch = 1") == ["sent"]
    finally:
        go_on.set()
        house.runner.stop()
    assert [each.of for each in house.device.out][:1] == ["note 1 v0"]


def test_jobs_of_a_printer_come_out_in_their_order(house):
    house.note(3, 1, 2)
    assert len(house.work()) == 3
    assert [each.of for each in house.device.out] == ["note 3 v0", "note 1 v0", "note 2 v0"]
    assert house.jobs("state, settled_by") == [("confirmed", "printer")] * 3


@pytest.mark.parametrize("trouble", ["off", "jam"])
def test_what_is_for_a_printer_that_is_down_waits_and_counts_as_no_attempt(house, trouble):
    if trouble == "off":
        house.device.off = True
    else:
        house.device.trouble = PrinterState.JAM
    house.note(1)
    assert house.work() == []
    assert house.jobs("state, attempts") == [("waiting", 0)]
    assert query(house.database, "SELECT state FROM printers WHERE id = ?", house.a) == [(trouble,)]
    house.device.mend()
    house.later()
    assert len(house.work()) == 1
    assert query(house.database, "SELECT state FROM printers WHERE id = ?", house.a) == [("ready",)]


def test_a_printer_that_is_down_is_asked_again_within_seconds_however_long_it_lasts(house):
    house.device.off = True
    house.note(1)
    house.work()
    worker = house.runner._worker(house.a)
    for _ in range(10):
        assert worker.resting
        assert worker._rest_until - time.monotonic() <= 5.0
        worker._rest_until = 0.0
        house.work()
    house.device.mend()
    worker._rest_until = 0.0
    assert len(house.work()) == 1


def test_what_failed_is_tried_again_with_growing_pauses(house):
    house.device.refuses = True
    house.note(1)
    pauses = []
    for attempt in range(1, 4):
        house.work()
        ((state, attempts, pause),) = house.jobs("state, attempts, not_before - settled_at")
        assert (state, attempts) == ("failed", attempt)
        pauses.append(pause)
        change(house.database, "UPDATE print_jobs SET not_before = 0")
    assert pauses == [2_000, 4_000, 8_000]
    house.device.mend()
    house.work()
    assert house.jobs("state, attempts") == [("confirmed", 4)]


def test_a_failed_paper_keeps_back_its_batch_but_not_for_ever_and_nothing_else(house):
    house.put(NewJob("handover_list", batch=7), NewJob("handover_list", batch=7), NewJob("handover_list", batch=8))
    house.device.refuses = True
    house.runner._read_printers()
    house.runner._route_all()
    worker = house.runner._worker(house.a)
    assert worker.step() == ""
    house.device.mend()
    while worker.step() is not None:
        pass
    assert house.jobs() == ["failed", "waiting", "confirmed"]
    change(house.database, "UPDATE print_jobs SET attempts = 5 WHERE state = 'failed'")
    while worker.step() is not None:
        pass
    assert house.jobs() == ["failed", "confirmed", "confirmed"]


def test_what_was_on_its_way_when_the_program_ended_is_unknown_and_never_printed_again(house):
    house.note(1)
    house.device.after = lambda: (_ for _ in ()).throw(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        house.work()
    assert house.jobs("state, settled_at") == [("sent", None)]
    house.device.after = None
    house.again()
    assert house.work() == []
    assert house.jobs("state, error") == [("unknown", said("program_ended"))]
    assert len(house.device.out) == 1


def test_a_printer_that_answers_and_does_not_confirm_leaves_its_job_unknown_after_a_while(house):
    house.device.says = False
    house.note(1)
    house.work()
    assert house.jobs() == ["sent"]
    house.later(4 * 60)
    assert house.jobs() == ["sent"]
    house.later(2 * 60)
    assert house.jobs("state, error") == [("unknown", said("no_word"))]


def test_what_a_printer_says_later_counts(house):
    house.device.says_later = True
    house.note(1)
    house.work()
    house.later(1)
    assert house.jobs("state, settled_by") == [("confirmed", "printer")]


def test_a_printer_that_can_never_answer_leaves_its_job_sent(house):
    house.device.answers = False
    house.note(1)
    assert len(house.work()) == 1
    house.later(3_000)
    assert house.jobs("state, error") == [("sent", "")]


def test_a_printer_that_fell_silent_gets_no_job(house):
    house.note(1)
    house.work()
    house.device.answers = False
    house.note(2)
    house.work()
    assert house.jobs() == ["confirmed", "waiting"]


def test_the_database_may_be_away_when_something_came_out(house, monkeypatch):
    from app.errors import DatabaseOffline
    from app.storage import outbox

    real, failed = outbox.settle, []

    def settle(*args, **named):
        if not failed:
            failed.append(1)
            raise DatabaseOffline("database.offline", name="x", why="y")
        return real(*args, **named)

    monkeypatch.setattr(outbox, "settle", settle)
    house.note(1)
    house.work()
    house.later(1)
    assert house.jobs() == ["confirmed"]
    assert len(house.device.out) == 1


@pytest.mark.parametrize("where", ["drawn", "routed"])
def test_a_paper_that_cannot_be_made_keeps_back_no_other(house, monkeypatch, where):
    real_route, real_work = print_rules.route, printing_data.work_of

    def work_of(tx, job, printer=None):
        if where == "drawn" and job.batch == 1:
            raise KeyError("broken")
        return real_work(tx, job, printer)

    def route(tx, job):
        if where == "routed" and job.batch == 1:
            raise KeyError("broken")
        return real_route(tx, job)

    monkeypatch.setattr(printing_data, "work_of", work_of)
    monkeypatch.setattr(print_rules, "route", route)
    house.note(1, 2)
    assert len(house.work()) == 1
    assert house.jobs("state, attempts") == [("failed", 1), ("confirmed", 1)]
    assert "broken" in house.jobs("error")[0]
    where = ""
    change(house.database, "UPDATE print_jobs SET not_before = 0")
    assert len(house.work()) == 1


# --- take-over ----------------------------------------------------------------------------------------------------


def stand_in(house):
    change(house.database, "UPDATE printers SET takeover_id = ? WHERE id = ?", house.b, house.a)


def test_another_printer_takes_over_after_a_while_and_new_jobs_go_back(house):
    stand_in(house)
    house.device.off = True
    house.note(1)
    house.work()
    house.later(10)
    assert house.jobs("printer_id") == [house.a]
    house.later(30)
    house.work()
    assert house.jobs("state, printer_id, routed_id") == [("confirmed", house.b, house.a)]
    house.device.mend()
    house.later()
    house.note(2)
    house.work()
    assert house.jobs("printer_id", "batch = 2") == [house.a]


def test_nothing_that_may_have_come_out_is_given_to_another_printer(house):
    stand_in(house)
    house.device.takes = 45
    house.note(1)
    house.work()
    house.device.off = True
    house.note(2)
    house.work()
    house.later(100)
    house.work()
    assert house.jobs("state, printer_id") == [("unknown", house.a), ("confirmed", house.b)]


@pytest.mark.parametrize("why", ["off", "medium", "never"])
def test_nobody_takes_over_who_cannot_or_may_not(house, why):
    stand_in(house)
    if why == "off":
        house.ways.devices["B"].off = True
    elif why == "medium":
        change(house.database, "UPDATE printers SET media = CASE name WHEN 'A' THEN 'A4' ELSE 'A5' END")
    else:
        set_to(house.database, print_takeover_after="0")
    house.device.off = True
    house.note(1)
    house.work()
    house.later(100)
    house.work()
    assert house.jobs("state, printer_id") == [("waiting", house.a)]


def test_one_key_gives_everything_to_the_printer_that_takes_over(house):
    house.device.off = True
    house.note(1, 2)
    house.work()
    with pytest.raises(NotAllowed):
        house.do(printing.move_all, house.a)
    stand_in(house)
    act = str(uuid4())
    assert house.do(printing.move_all, house.a, act=act) == 2
    assert house.do(printing.move_all, house.a, act=act) == 2
    house.work()
    assert house.jobs("state, printer_id") == [("confirmed", house.b)] * 2


def test_what_is_for_a_printer_that_is_gone_waits_and_says_so(house):
    house.note(1)
    house.runner._read_printers()
    house.runner._route_all()
    change(house.database, "UPDATE printers SET active = 0 WHERE id = ?", house.a)
    house.again()
    house.work()
    assert house.jobs("state, error") == [("waiting", said("no_printer"))]
    with pytest.raises(NotAllowed):
        house.do(printing.move, house.jobs("id")[0], house.a)
    house.do(printing.move, house.jobs("id")[0], 0)
    house.work()
    assert house.jobs("state, printer_id") == [("confirmed", 0)]
    assert len(house.ways.files) == 1


@pytest.mark.parametrize("how", ["off", "gone"])
def test_a_running_worker_brings_nothing_to_a_printer_that_was_switched_off_or_taken_away(house, how):
    house.note(1)
    house.work()
    house.note(2)
    house.runner._route_all()
    if how == "off":
        change(house.database, "UPDATE printers SET active = 0 WHERE id = ?", house.a)
    else:
        change(house.database, "DELETE FROM printers WHERE id = ?", house.a)
    house.runner._read_at = -100.0
    house.runner._read_printers()
    assert house.runner._worker(house.a).step() is None
    house.work()
    assert house.jobs("state") == ["confirmed", "waiting"]
    assert len(house.device.titles) == 1


def test_labels_come_out_where_somebody_wants_them(house):
    house.put(NewJob("handover_list", batch=1, subject=f'{{"printer":{house.b}}}'))
    house.work()
    assert house.jobs("state, printer_id, routed_id") == [("confirmed", house.b, house.b)]


def test_the_station_of_a_printer_brings_its_jobs_out(house):
    change(house.database, "UPDATE printers SET station = '2' WHERE id = ?", house.a)
    house.note(1)
    assert house.work() == []
    assert house.jobs("state, station, sender") == [("waiting", "1", "2")]
    with_two = Desk(house._another(), "2")
    try:
        assert len(printing.PrintRunner(with_two, house.ways).work_off(10)) == 1
    finally:
        with_two.stop()


# --- people -------------------------------------------------------------------------------------------------------


def unknown_job(house):
    house.device.takes = 45
    house.note(1)
    house.work()
    house.device.mend()
    ((job, state),) = house.jobs("id, state")
    assert state == "unknown"
    return job


def test_a_person_says_that_it_came_out(house):
    job, act = unknown_job(house), str(uuid4())
    house.do(printing.came_out_for_sure, job, act=act)
    house.do(printing.came_out_for_sure, job, act=act)
    assert house.jobs("state, settled_by") == [("confirmed", "person")]
    assert query(house.database, "SELECT kind, act FROM journal") == [("print_came_out", act)]
    with pytest.raises(NotAllowed):
        house.do(printing.did_not, job)


def test_what_may_have_come_out_is_printed_again_as_a_copy(house):
    job, act = unknown_job(house), str(uuid4())
    new = house.do(printing.did_not, job, act=act)
    assert house.do(printing.did_not, job, act=act) == new
    house.work()
    assert house.jobs("id, state, settled_by, repeats") == [
        (job, "dropped", "person", None), (new, "confirmed", "printer", job),
    ]  # fmt: skip
    assert [each.marked for each in house.device.out] == [False, True]


def test_what_surely_failed_is_tried_at_once_and_is_no_copy(house):
    house.device.refuses = True
    house.note(1)
    house.work()
    house.device.mend()
    (job,) = house.jobs("id")
    assert house.do(printing.did_not, job) == job
    house.work()
    assert house.jobs("state, copy_reason") == [("confirmed", "")]


@pytest.mark.parametrize(("reason", "first"), [("missing", "dropped"), ("damaged", "confirmed")])
def test_a_reprint_needs_a_reason_which_tells_what_became_of_the_first(house, reason, first):
    job = unknown_job(house)
    with pytest.raises(NotAllowed):
        house.do(printing.reprint_job, job, "  ")
    house.do(printing.reprint_job, job, reason)
    house.work()
    assert house.jobs("state, copy_reason") == [(first, ""), ("confirmed", reason)]


def test_what_a_person_gave_up_stays_given_up_whatever_the_printer_says_later(house):
    house.device.says_later = True
    house.note(1)
    worker_out = house.work()
    assert worker_out
    change(house.database, "UPDATE print_jobs SET state = 'sent', settled_by = ''")
    house.do(printing.give_up, house.jobs("id")[0])
    house.later(1)
    assert house.jobs("state, settled_by") == [("dropped", "person")]


def test_what_does_not_exist_is_said(house):
    for function in (printing.came_out_for_sure, printing.did_not, printing.give_up):
        with pytest.raises(NotFound):
            house.do(function, 99)


# --- what there is to say -----------------------------------------------------------------------------------------


def test_each_reader_sees_what_is_wrong_in_their_language_and_old_rows_too():
    kept = print_said.stored([Fault("outbox.missing", {"characters": "𝄞"}), "plain words"])
    japanese, english = (print_said.sentences(texts(language), kept) for language in ("ja", "en"))
    assert japanese != english
    assert "𝄞" in japanese[0]
    assert "𝄞" in english[0]
    assert japanese[1] == english[1] == "plain words"
    assert print_said.faults_in("held") == (Fault("outbox.held"),)
    assert print_said.sentences(texts("en"), "missing: x\nsomething") == ("missing: x", "something")
    assert print_said.faults_in("") == ()
    assert print_said.faults_in('{"not": "a list"}')[0].key == "outbox.plain"
    long = print_said.stored(["word " * 100 for _ in range(40)])
    assert len(long) <= 4_000
    assert print_said.faults_in(long)


def test_verify_sees_a_twin_and_a_reprint_without_a_mark(house):
    house.note(1)
    house.work()
    assert not faults_of(house.database)
    change(house.database, "UPDATE print_jobs SET repeats = 99")
    assert faults_of(house.database) == ["verify.print_repeats", "verify.print_unmarked"]
    change(house.database, "UPDATE print_jobs SET repeats = NULL, settled_by = ''")
    assert faults_of(house.database) == ["verify.print_unsaid"]
    change(house.database, "UPDATE print_jobs SET state = 'unknown', sent_at = NULL")
    assert faults_of(house.database) == ["verify.print_unsent"]


def test_the_board_pages_and_the_foot_counts(house):
    house.note(1, 2, 3)
    house.work()
    house.device.off = True
    house.note(4, 5)
    house.work()
    rows = house.read(printing.board, limit=2)
    assert [row.batch for row in rows] == [5, 4]
    assert [row.batch for row in house.read(printing.board, before=rows[-1].id, limit=2)] == [3, 2]
    assert [row.batch for row in house.read(printing.board, states=("confirmed",))] == [3, 2, 1]
    assert rows[0].printer_name == "A"
    assert rows[0].acts == ("move", "give_up")
    lines = {line.printer.name: line.waiting for line in house.read(printing.printer_lines, "1")}
    assert lines == {"A": 2, "B": 0}
    assert house.read(printing.open_counts) == {"waiting": 2}


# --- orders, scans ------------------------------------------------------------------------------------------------


@pytest.fixture
def shop(house):
    """The house with a batch of three orders, whose slips were printed."""
    warehouse = Warehouse(house.database, house._another)
    warehouse.take_in(*[order(str(number)) for number in (1, 2, 3)])
    warehouse.release()
    change(house.database, "UPDATE print_jobs SET sender = '1', station = '1'")
    house.device.answers = False
    house.work()
    house.scans = lambda: (setattr(house.runner._scans, "_looked_at", -100.0), house.runner._scans.look())
    return house


def test_the_scan_of_a_slip_confirms_it_and_a_batch_counts_its_orders(shop):
    assert shop.jobs("state", "paper = 'slips'") == ["sent"]
    bench = Station(shop.database, "bench")
    for number in (1, 2):
        assert bench.scan(f"KO-1-00{number}-1").key in ("order.opened", "order.held_open", "order.finish_first")
        change(shop.database, "UPDATE stations SET order_id = NULL")
        change(shop.database, "UPDATE orders SET holder = ''")
    shop.scans()
    (row,) = [each for each in shop.read(printing.board) if each.paper == "slips"]
    assert (row.state, row.scanned, row.papers) == ("sent", 2, 3)
    bench.scan("KO-1-003-1")
    shop.scans()
    assert shop.jobs("state, settled_by", "paper = 'slips'") == [("confirmed", "scan")]


def test_a_slip_scanned_at_the_print_board_counts(shop):
    done = shop.do(printing.confirm_by_scan, "KO-1-001-1")
    assert done.key == "outbox.scanned_part"
    assert (done.args["count"], done.args["of"]) == (1, 3)
    shop.do(printing.confirm_by_scan, "KO-1-002-1")
    assert shop.do(printing.confirm_by_scan, "KO-1-003-1").key == "outbox.scanned"
    assert shop.jobs("state, settled_by", "paper = 'slips'") == [("confirmed", "scan")]
    with pytest.raises(NotFound):
        shop.do(printing.confirm_by_scan, "KO-1-003-1")
    with pytest.raises(NotFound):
        shop.do(printing.confirm_by_scan, "4901234567894")


def test_a_pick_list_is_confirmed_by_its_code(shop):
    assert shop.do(printing.confirm_by_scan, "KL-1").key == "outbox.scanned"
    assert shop.jobs("state, settled_by", "paper = 'pick_list'") == [("confirmed", "scan")]


def test_a_scan_before_the_paper_was_sent_confirms_nothing(shop):
    Station(shop.database, "bench").scan("KO-1-001-1")
    change(shop.database, "UPDATE print_jobs SET sent_at = sent_at + 3600000")
    shop.scans()
    assert shop.jobs("state", "paper = 'slips'") == ["sent"]


def test_the_slip_of_one_order_is_confirmed_by_a_scan_after_it_was_sent_and_of_its_version(shop):
    (identity,) = query(shop.database, "SELECT id FROM orders WHERE sequence = 1")[0]
    shop.put(NewJob("packing_slip", identity, version=1, copy_reason="missing"))
    shop.work()
    bench = Station(shop.database, "bench")
    bench.scan("KO-1-001-1")
    change(shop.database, "UPDATE print_jobs SET sent_at = sent_at + 3600000 WHERE paper = 'packing_slip'")
    shop.scans()
    assert shop.jobs("state", "paper = 'packing_slip'") == ["sent"]
    change(shop.database, "UPDATE print_jobs SET sent_at = sent_at - 7200000, version = 2 WHERE paper = 'packing_slip'")
    shop.scans()
    assert shop.jobs("state", "paper = 'packing_slip'") == ["sent"], "another version is another paper"
    change(shop.database, "UPDATE print_jobs SET version = 1 WHERE paper = 'packing_slip'")
    shop.scans()
    assert shop.jobs("state, settled_by", "paper = 'packing_slip'") == [("confirmed", "scan")]


def test_the_first_slip_does_not_say_that_its_copy_came_out_which_surely_did_not(shop):
    (identity,) = query(shop.database, "SELECT id FROM orders WHERE sequence = 1")[0]
    shop.put(NewJob("packing_slip", identity, version=1, copy_reason="damaged"))
    shop.device.refuses = True
    shop.work()
    assert shop.jobs("state", "paper = 'packing_slip'") == ["failed"]
    shop.do(printing.confirm_by_scan, "KO-1-001-1")
    assert shop.jobs("state", "paper = 'packing_slip'") == ["failed"]
    change(shop.database, "UPDATE print_jobs SET copy_reason = ''")
    shop.do(printing.confirm_by_scan, "KO-1-001-1")
    assert shop.jobs("state", "paper = 'packing_slip'") == ["confirmed"]


def test_a_slip_that_was_given_up_for_a_copy_does_not_come_out_once_more_with_its_batch(shop):
    (identity,) = query(shop.database, "SELECT id FROM orders WHERE sequence = 1")[0]
    change(shop.database, "UPDATE print_jobs SET state = 'waiting', not_before = 9999999999999 WHERE paper = 'slips'")
    shop.device.out.clear()
    shop.put(NewJob("packing_slip", identity, version=1))
    shop.work()
    shop.do(printing.did_not, shop.jobs("id", "paper = 'packing_slip'")[0])
    change(shop.database, "UPDATE print_jobs SET not_before = 0")
    shop.work()
    assert sorted((each.of, each.marked) for each in shop.device.out) == [
        ("slip 1-001 v1", False), ("slip 1-001 v1", True), ("slip 1-002 v1", False), ("slip 1-003 v1", False),
    ]  # fmt: skip


def test_papers_that_nobody_confirmed_leave_the_outbox_a_day_after_their_parcels_left(shop):
    (identity,) = query(shop.database, "SELECT id FROM orders WHERE sequence = 1")[0]
    shop.put(NewJob("address_label", identity, version=1))
    shop.work()
    assert set(shop.jobs()) == {"sent"}
    change(shop.database, "UPDATE print_jobs SET settled_at = settled_at - 90000000")
    change(shop.database, "UPDATE orders SET state = 'shipped' WHERE sequence = 1")
    shop.runner._let_go()
    assert shop.jobs("paper, state, settled_by") == [
        ("pick_list", "sent", ""), ("slips", "sent", ""), ("address_label", "dropped", "person"),
    ]  # fmt: skip
    change(shop.database, "UPDATE orders SET state = 'shipped' WHERE sequence = 2")
    change(shop.database, "UPDATE orders SET state = 'cancelled' WHERE sequence = 3")
    shop.runner._let_go_at = -1000.0
    shop.runner._let_go()
    assert set(shop.jobs()) == {"dropped"}
    assert set(shop.jobs("error")) == {said("left_house")}


def test_an_order_that_was_cancelled_is_not_waited_for(shop):
    change(shop.database, "UPDATE orders SET state = 'cancelled' WHERE sequence = 3")
    for number in (1, 2):
        shop.do(printing.confirm_by_scan, f"KO-1-00{number}-1")
    assert shop.jobs("state", "paper = 'slips'") == ["confirmed"]


def test_the_code_of_a_label_is_the_slips_where_there_is_one(shop):
    (identity,) = query(shop.database, "SELECT id FROM orders WHERE sequence = 1")[0]
    shop.put(NewJob("address_label", identity, version=1))
    shop.work()
    shop.do(printing.confirm_by_scan, "KO-1-001-1")
    assert shop.jobs("state", "paper = 'address_label'") == ["sent"]


def test_a_batch_is_split_by_printers_and_each_order_is_on_one(shop, monkeypatch):
    shop.device.answers = True
    orders = [row[0] for row in query(shop.database, "SELECT id FROM orders ORDER BY sequence")]
    split = (Routed(shop.a, orders=tuple(orders[:2])), Routed(shop.b, copies=2, orders=(orders[2],)))
    monkeypatch.setattr(print_rules, "route", lambda tx, job: split)
    shop.device.out.clear()
    shop.do(printing.reprint_batch, 1, "slips", "missing")
    shop.work()
    rows = shop.jobs("state, printer_id, copies", "paper = 'slips' AND copy_reason <> ''")
    assert rows == [("confirmed", shop.a, 1), ("confirmed", shop.b, 2)]
    assert [each.of for each in shop.device.out] == ["slip 1-001 v1", "slip 1-002 v1"]
    assert [each.of for each in shop.ways.devices["B"].out] == ["slip 1-003 v1"]
    assert all(each.marked for each in shop.ways.devices["B"].out)
    # A part that is printed again is that part.
    part = shop.jobs("id", f"printer_id = {shop.b}")[-1]
    shop.ways.devices["B"].out.clear()
    shop.do(printing.reprint_job, part, "damaged")
    shop.work()
    assert [each.of for each in shop.ways.devices["B"].out] == ["slip 1-003 v1"]
    history = shop.read(printing.history, order=orders[0])
    assert [row.paper for row in history].count("slips") == 2
    # The proof of a parcel names the papers that its order is on, and no other part's.
    assert [len(shop.read(proof_storage.papers_of, [each])) for each in orders] == [2, 2, 3]


def test_bytes_that_nothing_comes_out_of_end_before_the_first_command_that_prints():
    zpl = printing_data.Data(b"^XA^FDx^FS^XZ^XA^XZ", "zpl", "zpl", 2, False)
    assert print_room.holds_of(zpl) == 10
    assert print_room.holds_of(printing_data.Data(b"SIZE\r\nPRINT 1,1\r\n", "tspl", "prn", 1, True)) == 6
    assert print_room.holds_of(printing_data.Data(b"%PDF", "pdf", "pdf", 1, False)) == 0
    assert print_room.holds_of(printing_data.Data(b"no end", "zpl", "zpl", 1, False)) == 0
