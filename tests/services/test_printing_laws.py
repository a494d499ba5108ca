"""Laws of the outbox, whatever printers, programs and people do: no paper silently gone, no twin without a mark."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.domain.printer_state import PrinterState
from app.domain.printing import PrintAct, Printer, PrintState, Transport, acts_of
from app.services import print_runner, print_scans, print_worker, printing, printing_data
from app.services.desk import Desk
from app.storage import printers as printers_storage
from app.storage import printing as storage
from app.storage.database import open_database
from app.storage.printing import NewJob
from tests.conftest import FILES
from tests.makers import Station, change, faults_of, query
from tests.printing_ways import Device, HouseWays, drawn_as_sheets
from tests.services.shipping import Warehouse, order

ORDERS = 4
OPEN = ("waiting", "sent", "unknown", "failed")


class Died(BaseException):
    """The program ended here."""


class Clock:
    """Stands for the module ``time`` in the runner."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return 1_800_000_000 + self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture(scope="module")
def house_file(sqlite_template, tmp_path_factory):
    """A house with two printers and a released batch of four orders."""
    path = tmp_path_factory.mktemp("house") / "kenpin.db"
    shutil.copyfile(sqlite_template, path)
    opened = []

    def another():
        opened.append(open_database(f"sqlite:///{path}"))
        return opened[-1]

    house = Warehouse(another(), another)
    house.take_in(*[order(str(number)) for number in range(1, ORDERS + 1)])
    house.release()
    with opened[0].transaction() as tx:
        stand_in = printers_storage.add(tx, Printer(0, "B", Transport.RAW, "b", "pdf"))
        printers_storage.add(tx, Printer(0, "A", Transport.RAW, "a", "pdf", takeover=stand_in))
        change_printers = "UPDATE printers SET position = CASE name WHEN 'A' THEN 1 ELSE 2 END"
        tx.connection.exec_driver_sql(change_printers)
        tx.connection.exec_driver_sql("DELETE FROM print_jobs")
    for each in opened:
        each.close()
    return path


class Outbox(RuleBasedStateMachine):
    """One station with two printers, its people, and everything that can happen to them."""

    file: Path

    @initialize(numbers=st.sets(st.integers(1, ORDERS)), batch=st.booleans())
    def begin(self, numbers: set[int], batch: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=FILES))
        path = self.folder / "kenpin.db"
        shutil.copyfile(self.file, path)
        self.database = open_database(f"sqlite:///{path}")
        self.ways = HouseWays({"A": Device(), "B": Device()})
        self.clock = Clock()
        modules = (print_worker, print_scans, print_runner)
        self.patches = [patch.object(module, "time", self.clock) for module in modules]
        self.patches.append(patch.object(printing_data.Work, "draw", drawn_as_sheets))
        self.patches.append(patch.object(print_runner, "_LAST_WORD_SECONDS", 0.0))
        for each in self.patches:
            each.start()
        self.by_person: set[int] = set()
        self.by_scan: set[str] = set()
        self.settled: dict[int, str] = {}
        self.dying = 0
        self.desk = Desk(self.database, "leader")
        self.bench = Station(self.database, "bench")
        self._begin_program()
        for number in sorted(numbers):
            self.print_a_slip(number)
        if batch:
            self.print_the_batch()

    def _begin_program(self) -> None:
        self.desk._listeners.clear()
        self.runner = printing.PrintRunner(self.desk, self.ways)
        write = self.runner._room.write

        def dying_write(function):
            self._may_die()
            found = write(function)
            self._may_die()
            return found

        self.runner._room = _Room(self.runner._room, dying_write)
        self.runner._scans._room = self.runner._room

    def _may_die(self) -> None:
        if self.dying:
            self.dying -= 1
            if not self.dying:
                raise Died

    # --- what is to be printed ---

    def print_a_slip(self, number: int) -> None:
        """An order's own slip of its newest version, once: as after a change, at the bench or out of a hold."""
        sql = "SELECT id, version FROM orders WHERE number = ?"
        identity, version = query(self.database, sql, str(number))[0]
        known = "SELECT count(*) FROM print_jobs WHERE order_id = ? AND version = ? AND copy_reason = ''"
        whole = "SELECT count(*) FROM print_jobs WHERE paper = 'slips' AND state <> 'waiting'"
        if query(self.database, known, identity, version)[0][0]:
            return
        if version == 1 and query(self.database, whole)[0][0]:
            return
        with self.database.transaction() as tx:
            storage.add_jobs(tx, str(uuid4()), "leader", [NewJob("packing_slip", identity, version=version)])

    @rule(number=st.integers(1, ORDERS))
    def order_changes(self, number: int) -> None:
        change(self.database, "UPDATE orders SET version = version + 1 WHERE number = ?", str(number))
        self.print_a_slip(number)

    @rule()
    def print_the_batch(self) -> None:
        if not query(self.database, "SELECT count(*) FROM print_jobs WHERE paper = 'slips'")[0][0]:
            with self.database.transaction() as tx:
                storage.add_jobs(tx, str(uuid4()), "leader", [NewJob("slips", batch=1)])

    @rule(number=st.integers(1, ORDERS), on=st.booleans())
    def hold(self, number: int, on: bool) -> None:
        sql = "UPDATE orders SET held = ? WHERE number = ? AND state = 'released'"
        change(self.database, sql, int(on), str(number))

    # --- printers ---

    @rule(name=st.sampled_from("AB"), what=st.sampled_from(
        ("mend", "off", "jam", "stall", "refuse", "hole", "lie", "silent", "late", "mute", "trip")
    ), count=st.sampled_from((0, 10, 45, 110)), number=st.integers(1, ORDERS))  # fmt: skip
    def turn(self, name: str, what: str, count: int, number: int) -> None:
        self.order_changes(number)
        device = self.ways.devices[name]
        device.mend()
        match what:
            case "off":
                device.off = True
            case "jam":
                device.trouble = PrinterState.JAM
            case "stall":
                device.takes = count
            case "refuse":
                device.refuses = True
            case "hole":
                device.hole = True
            case "lie":
                device.hole = device.lies = True
            case "silent":
                device.answers = False
            case "late":
                device.says_later = True
            case "mute":
                device.says = False
            case "trip":
                device.trips = True
        self._work()

    # --- the program ---

    @rule(seconds=st.sampled_from((0.0, 3.0, 40.0, 400.0)))
    def work(self, seconds: float) -> None:
        """Time passes, and the runner does what is due."""
        self._pass(seconds)
        self._work()

    def _work(self) -> None:
        try:
            self.runner.work_off(60.0)
        except Died:
            self.dying = 0
            self._begin_program()

    @rule(after=st.integers(1, 8))
    def die(self, after: int) -> None:
        """The program ends around one of its next writes, before it or after it."""
        self.dying = after
        self._work()
        self.dying = 0

    @rule(name=st.sampled_from("AB"), before=st.booleans())
    def die_at_the_printer(self, name: str, before: bool) -> None:
        device = self.ways.devices[name]

        def end() -> None:
            raise Died

        if before:
            device.before = end
        else:
            device.after = end
        self._work()
        device.before = device.after = None

    def _pass(self, seconds: float) -> None:
        self.clock.now += seconds
        change(self.database, "UPDATE print_jobs SET not_before = not_before - ?", int(seconds * 1000))
        for worker in self.runner._workers.values():
            worker.look_after()

    # --- people ---

    def _open_jobs(self) -> list[tuple[int, str, str]]:
        return query(self.database, "SELECT id, state, settled_by FROM print_jobs ORDER BY id")

    @rule(pick=st.integers(0, 20), act=st.sampled_from(list(PrintAct)), reason=st.sampled_from(("missing", "damaged")))
    def person(self, pick: int, act: PrintAct, reason: str) -> None:
        may = [row for row in self._open_jobs() if act in acts_of(PrintState(row[1]), row[2])]
        if not may:
            return
        job = may[pick % len(may)][0]
        target = query(self.database, "SELECT id FROM printers ORDER BY name")[pick % 2][0]
        with self.database.transaction() as tx:
            match act:
                case PrintAct.CAME_OUT:
                    printing.came_out_for_sure(tx, "leader", str(uuid4()), job)
                case PrintAct.DID_NOT:
                    printing.did_not(tx, "leader", str(uuid4()), job)
                case PrintAct.REPRINT:
                    printing.reprint_job(tx, "leader", str(uuid4()), job, reason)
                case PrintAct.MOVE:
                    printing.move(tx, "leader", str(uuid4()), job, target)
                case PrintAct.GIVE_UP:
                    printing.give_up(tx, "leader", str(uuid4()), job)
        self.by_person.add(job)

    @rule(number=st.integers(1, ORDERS))
    def scan(self, number: int) -> None:
        """The slip of an order is scanned at a bench, where there is one."""
        code = query(self.database, "SELECT sequence, version FROM orders WHERE number = ?", str(number))[0]
        sheet = f"slip 1-{code[0]:03d} v{code[1]}"
        if any(each.of == sheet for each in self.ways.sheets()):
            self.by_scan.add(sheet)
            self.bench.scan(f"KO-1-{code[0]:03d}-{code[1]}")

    # --- laws ---

    @invariant()
    def no_twin_without_a_mark(self) -> None:
        if hasattr(self, "ways"):
            unmarked = Counter(sheet.of for sheet in self.ways.sheets() if not sheet.marked)
            assert not [of for of, count in unmarked.items() if count > 1], unmarked

    @invariant()
    def nothing_is_confirmed_without_a_word(self) -> None:
        if not hasattr(self, "ways"):
            return
        said = set().union(*(device.said_out for device in self.ways.devices.values()))
        said = {int(title.split("-")[0]) for title in said}
        rows = query(
            self.database,
            "SELECT j.id, settled_by, o.sequence, j.printer_id FROM print_jobs j "
            "LEFT JOIN orders o ON o.id = j.order_id WHERE j.state = 'confirmed'",
        )
        for job, by, sequence, printer in rows:
            match by:
                case "printer":
                    assert job in said or printer == 0
                case "scan":
                    if sequence is not None:
                        assert any(each.startswith(f"slip 1-{sequence:03d}") for each in self.by_scan)
                    else:
                        assert self.by_scan
                case _:
                    assert by == "person"
                    assert job in self.by_person

    @invariant()
    def what_is_settled_stays(self) -> None:
        if not hasattr(self, "ways"):
            return
        for job, state, by in self._open_jobs():
            if job in self.settled:
                assert state == self.settled[job], (job, self.settled[job], state)
            if by:
                self.settled[job] = state

    @invariant()
    def no_paper_is_silently_gone(self) -> None:
        """What never came out waits, failed or is unknown; else somebody said otherwise, or it must not come out."""
        if not hasattr(self, "ways"):
            return
        out = {sheet.of for sheet in self.ways.sheets()}
        lied = {int(t.split("-")[0]) for device in self.ways.devices.values() for t in device.said_out}
        rows = query(
            self.database,
            "SELECT j.id, j.state, settled_by, error, o.sequence, j.version FROM print_jobs j "
            "LEFT JOIN orders o ON o.id = j.order_id WHERE j.paper = 'packing_slip'",
        )
        for job, state, by, error, sequence, version in rows:
            # A copy is of whichever version is the newest then, and has the code of the first.
            slip = f"slip 1-{sequence:03d} v"
            came = f"{slip}{version}" in out if version else any(each.startswith(slip) for each in out)
            if came or state in OPEN:
                continue
            gone = by == "person" or "outbox.old_version" in error or (state == "confirmed" and job in lied)
            assert gone, (job, state, by, error)

    @precondition(lambda self: hasattr(self, "ways"))
    @invariant()
    def what_was_sent_says_when(self) -> None:
        assert not query(
            self.database,
            "SELECT id FROM print_jobs WHERE sent_at IS NULL "
            "AND (state IN ('sent', 'unknown') OR settled_by = 'printer')",
        )

    def teardown(self) -> None:
        """In the end every printer is mended: nothing is left that waits."""
        if not hasattr(self, "ways"):
            return
        try:
            for device in self.ways.devices.values():
                device.mend()
            change(self.database, "UPDATE orders SET held = 0")
            for _ in range(4):
                self._pass(400.0)
                self._work()
            left = query(self.database, "SELECT id, state, error FROM print_jobs WHERE state IN ('waiting', 'failed')")
            assert not left
            for law in (
                self.no_twin_without_a_mark,
                self.nothing_is_confirmed_without_a_word,
                self.what_is_settled_stays,
                self.no_paper_is_silently_gone,
            ):
                law()
            assert not [key for key in faults_of(self.database) if key.startswith("verify.print")]
        finally:
            for each in self.patches:
                each.stop()
            self.desk.stop()
            shutil.rmtree(self.folder, ignore_errors=True)


class _Room:
    """The runner's room, with a program that may end at each write."""

    def __init__(self, room, write):
        self._room, self.write = room, write

    def __getattr__(self, name):
        return getattr(self._room, name)


def run(file, examples, steps):
    class Here(Outbox):
        pass

    Here.file = file
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=examples < 100,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_whatever_happens_no_paper_is_gone_and_no_twin_is_unmarked(house_file):
    run(house_file, 12, 20)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_whatever_happens_much_longer(house_file):
    run(house_file, 200, 50)
