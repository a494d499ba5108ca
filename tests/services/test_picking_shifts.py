"""Random shifts of two pickers, a wall, a bench and an office on one wave: the books agree after every one of them."""

from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.modes import Stage
from app.domain.stock import SUPPLIER, Move, shelf_place
from app.errors import NotAllowed, NotFound, StationError
from app.services import changes, waves
from app.services import orders as orders_service
from app.services.release import Choice
from app.storage import packing as packing_storage
from tests.makers import Station, change, faults_of, query, set_to
from tests.pickers import ALL_MODES, PickStation, code_for
from tests.services.shipping import Warehouse, order

SKUS = ("SKU-1", "SKU-2", "SKU-3")
LINES = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda x: x[0])
ORDERS = st.lists(LINES, min_size=2, max_size=5)
CODES = ["KP-UNDO", "KP-SHORT", "KP-R-MISSING", "KP-CANCEL", "KP-LATER", "KP-NEXT", "KP-PARCEL", "KP-DONE", "nonsense"]
CODES += ["KS-A-01", "KS-A-02", "KL-1-1", "KL-1-2", "KT-1-1-1", "KW-1"]
OFFICE = ["cancel", "hold", "lift", "lift", "fewer", "more", "lapse"]
STEP = st.one_of(
    st.tuples(st.just("asked"), st.sampled_from("abw"), st.integers(1, 6)),
    st.tuples(st.just("asked"), st.sampled_from("ab"), st.integers(1, 6)),
    st.tuples(st.just("code"), st.sampled_from("abw"), st.sampled_from(CODES)),
    st.tuples(st.just("bench"), st.just("p"), st.integers(1, 8)),
    st.tuples(st.just("office"), st.sampled_from(OFFICE), st.integers(0, 9)),
)
_shifts = count(1)


class Shift:
    """One wave, with everything that may happen to it."""

    def __init__(self, house, wanted, mode):
        self.house, self.database = house, house.database
        number = next(_shifts)
        # What the examples before left stays in the books and out of the way.
        change(
            self.database,
            "UPDATE orders SET held = held + 100 WHERE state IN ('received', 'ready', 'released', 'picked')",
        )
        change(
            self.database,
            "UPDATE jobs SET state = 'taken_back', holder = '' WHERE state IN ('waiting', 'active', 'paused')",
        )
        change(self.database, "UPDATE orders SET picking = 0")
        with self.database.transaction() as tx:
            for product in query(self.database, "SELECT id, shelf FROM products"):
                move = Move(product[0], "", SUPPLIER, shelf_place(product[1]), 100)
                packing_storage.book(tx, str(uuid4()), None, [move])
        self.numbers = [f"{number}-{place}" for place in range(len(wanted))]
        house.take_in(*(order(name, *lines) for name, lines in zip(self.numbers, wanted, strict=True)))
        with house.desk() as desk:
            done = waves.release_wave(desk, Choice(), mode)
        self.batch = done.released.batch
        self.stations = {
            "a": PickStation(self.database, f"a{number}"),
            "b": PickStation(self.database, f"b{number}"),
            "w": PickStation(self.database, f"w{number}", Stage.SORT),
        }
        self.bench = Station(self.database, f"p{number}")
        self.ids = dict(query(self.database, "SELECT number, id FROM orders WHERE number LIKE ?", f"{number}-%"))

    def step(self, what, who, how):
        if what == "asked":
            self.asked(self.stations[who], how)
        elif what == "code":
            code = how.replace("1-", f"{self.batch}-", 1) if how.startswith(("KL-", "KT-")) else how
            self.scan(self.stations[who], code)
        elif what == "bench":
            self.pack(how)
        else:
            self.office(who, self.numbers[how % len(self.numbers)])

    def scan(self, station, code):
        act = str(uuid4())
        answer = station.scan(code, act)
        again = station.scan(code, act)
        assert (again.repeat, again.key, again.ask) == (True, answer.key, answer.ask)
        assert 0 <= answer.done <= answer.wanted
        return answer

    def asked(self, station, times):
        answer = station.look()
        for _ in range(times):
            code = "KP-NEXT" if answer.ask["kind"] == "job" else code_for(answer)
            answer = self.scan(station, code)
            if answer.ask["kind"] == "job":
                return

    def pack(self, times):
        for _ in range(times):
            wanted = self.bench.look().ask
            said = {"order": "KP-NEXT", "close": "KP-DONE", "close_short": "KP-DONE"}.get(str(wanted["kind"]))
            self.bench.scan(said or str(wanted.get("product_code") or wanted.get("sku") or "KP-CANCEL"))

    def office(self, what, number):
        chosen = self.ids[number]
        try:
            with self.database.transaction() as tx:
                match what:
                    case "cancel":
                        changes.cancel(tx, "office", str(uuid4()), chosen)
                    case "hold":
                        orders_service.hold(tx, "office", str(uuid4()), orders=[chosen])
                    case "lift":
                        orders_service.lift(tx, "office", str(uuid4()), order=chosen)
                    case _:
                        pass
            if what in ("fewer", "more"):
                self.house.take_in(order(number, (SKUS[0], 1 if what == "fewer" else 4)))
            if what == "lapse":
                change(self.database, "UPDATE jobs SET lease_until = 1 WHERE state = 'active'")
        except (NotAllowed, NotFound, StationError):
            pass  # the rules say no: nothing may have changed

    def check(self):
        assert faults_of(self.database) == []
        rows = query(
            self.database,
            "SELECT picks.wanted, picks.done, picks.short FROM picks "
            "JOIN jobs ON jobs.id = picks.job_id WHERE batch = ?",
            self.batch,
        )
        assert all(done >= 0 and short >= 0 and done + short <= wanted for wanted, done, short in rows)
        below = query(
            self.database, "SELECT place, quantity FROM balances WHERE quantity < 0 AND place LIKE 'picked:%'"
        )
        assert below == []
        below = query(self.database, "SELECT place, quantity FROM balances WHERE quantity < 0 AND place LIKE 'bulk:%'")
        assert below == []

    def finish(self):
        """Whatever happened, pickers, wall and bench can bring the wave to its end."""
        change(self.database, "UPDATE jobs SET lease_until = 1 WHERE state = 'active'")
        for name in "abw":
            station = self.stations[name]
            answer = station.look()
            if answer.ask["kind"] != "job":
                station.work(answer)
        while self.stations["a"].work_off() + self.stations["w"].work_off():
            pass
        left = query(
            self.database,
            "SELECT jobs.state FROM jobs WHERE batch = ? AND jobs.state NOT IN ('done', 'taken_back')",
            self.batch,
        )
        assert left == []
        for number in self.numbers:
            state, picking = query(self.database, "SELECT state, picking FROM orders WHERE number = ?", number)[0]
            assert picking == 0
            assert state in ("released", "picked", "verified", "cancelled"), state


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    set_to(database, waybill_required="off", slip_required="off", release_at_open="off")
    return made


def run(house, wanted, mode, steps):
    shift = Shift(house, wanted, mode)
    for what, who, how in steps:
        shift.step(what, who, how)
    shift.check()
    shift.finish()
    shift.check()


MODES = st.sampled_from([mode for mode in ALL_MODES if mode != "singles"])


@settings(max_examples=12, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(wanted=ORDERS, mode=MODES, steps=st.lists(STEP, min_size=5, max_size=25))
def test_the_books_agree_after_any_shift(house, wanted, mode, steps):
    run(house, wanted, mode, steps)


@pytest.mark.long
@settings(max_examples=100, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(wanted=ORDERS, mode=MODES, steps=st.lists(STEP, min_size=10, max_size=50))
def test_the_books_agree_after_many_longer_shifts(house, wanted, mode, steps):
    run(house, wanted, mode, steps)
