"""Random days: waves in every mode, walks, the wall, the bench and an office that changes its mind; the books agree."""

from random import Random

import pytest

from app.domain.modes import Stage
from app.errors import StationError
from app.services import changes, release
from tests.makers import ean, only_on_sqlite, query, set_to
from tests.services.picked import PickedWarehouse
from tests.services.shipping import order

MODES = ("paper", "single", "cart", "total", "zone", "singles")
STRAY = ("KP-UNDO", "KP-CANCEL", "KP-SHORT", "KP-R-MISSING", "KP-LATER", "KP-DONE", "KP-NEXT", ean(1), ean(2), ean(3))


class Day:
    """One day: what happens next is drawn, and the books are checked after each thing."""

    def __init__(self, house: PickedWarehouse, seed: int) -> None:
        self.house, self.random, self.seed = house, Random(seed), seed
        self.numbers: list[str] = []
        self.acts = 0
        self.asked = {"cart": house.pick("KP-NEXT"), "wall": house.pick("KP-NEXT", "wall", Stage.SORT)}
        scan = self.random.choice(["unit", "line", "off"])
        set_to(house.database, pack_scan=scan, stock_tracked=self.random.choice(["on", "on", "on", "off"]))

    def lines(self):
        products = self.random.sample([1, 2, 3], self.random.choice([1, 1, 2, 3]))
        return [(f"SKU-{number}", self.random.choice([1, 1, 2, 3])) for number in products]

    def act(self, what, *args, **more):
        """Do something in the office; what is not allowed is refused in words."""
        self.acts += 1
        try:
            with self.house.database.transaction() as tx:
                return what(tx, "office", f"act-{self.acts}", *args, **more)
        except StationError:
            return None

    def orders(self):
        for _ in range(self.random.randint(1, 4)):
            self.numbers.append(str(len(self.numbers) + 1))
            self.house.take_in(order(self.numbers[-1], *self.lines(), ordered_at=len(self.numbers)))

    def wave(self):
        ready = query(self.house.database, "SELECT number FROM orders WHERE state = 'ready'")
        if ready:
            chosen = [row[0] for row in ready if self.random.random() < 0.8] or [ready[0][0]]
            try:
                self.house.wave(self.random.choice(MODES), *chosen)
            except AssertionError:  # none of them has just one piece
                return

    def walk(self, station="cart", stage=Stage.PICK):
        for _ in range(self.random.randint(1, 5)):
            raw = self.house.answer_to(self.asked[station], station)
            if self.random.random() < 0.12:
                raw = self.random.choice(STRAY)
            self.asked[station] = self.house.pick(raw, station, stage)

    def sort(self):
        self.walk("wall", Stage.SORT)

    def bench(self):
        for _ in range(self.random.randint(1, 8)):
            last = self.house.bench.look()
            raw = "KP-NEXT"
            if last.ask["kind"] == "item" and self.random.random() < 0.9:
                raw = str(last.ask["product_code"])
            elif last.ask["kind"] == "close":
                raw = "KP-DONE"
            elif last.ask["kind"] == "order" and self.random.random() < 0.3:
                raw = self.random.choice([*STRAY, "KL-1-1", "KL-2-1", "KW-1", "KT-cart-1-1-1"])
            elif self.random.random() < 0.3:
                raw = self.random.choice(STRAY)
            self.house.bench.scan(raw)

    def one(self):
        """An order, those in work before others; None before there is one."""
        here = query(self.house.database, "SELECT number FROM orders WHERE state IN ('released', 'picked')")
        known = [row[0] for row in here] if here and self.random.random() < 0.8 else self.numbers
        return self.random.choice(known) if known else None

    def cancel(self):
        if number := self.one():
            self.act(changes.cancel, self.house.id(number))

    def change(self):
        if number := self.one():
            self.house.take_in(order(number, *self.lines()))

    def take_back(self):
        if number := self.one():
            self.act(release.unrelease, orders=[self.house.id(number)])

    def run(self, steps):
        likely = {
            self.orders: 4, self.wave: 4, self.walk: 9, self.sort: 5, self.bench: 6, self.cancel: 1, self.change: 3,
            self.take_back: 1,
        }  # fmt: skip
        for _ in range(steps):
            doing = self.random.choices(list(likely), list(likely.values()))[0]
            doing()
            assert self.house.faults() == [], (self.seed, doing.__name__)


@only_on_sqlite
def test_the_books_agree_after_everything_that_happens(database, open_another):
    house = PickedWarehouse(database, open_another)
    day = Day(house, 1)
    day.run(60)
    states = {row[0] for row in query(database, "SELECT DISTINCT state FROM orders")}
    assert {"verified", "cancelled"} <= states, "the day is too quiet"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_the_books_agree_on_many_days(database, open_another, seed):
    Day(PickedWarehouse(database, open_another), seed).run(150)
