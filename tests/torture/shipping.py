"""``kill -9`` on a shipping day: at each step a process dies, another finishes it, and no paper, number or box doubles.

The steps are those of a day with a carrier: import, release, carrier file, numbers, packing, hand-over, close-out,
report. The moments to die at are counted first on a day that nobody disturbs (:mod:`tests.torture.dying`).
"""

from __future__ import annotations

import csv
import itertools
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.kenpin import Kenpin
from tests.torture.shop import DATABASE, ROOT, audit

__all__ = ["STEPS", "KilledDay", "kill_days"]

STEPS = ("import", "release", "export", "numbers", "scan", "hand-over", "close", "report")

CARRIER = "yamato_b2"
SHOP = "通販店"
_ORDERS = (
    "Name", "Financial Status", "Currency", "Total", "Shipping Method", "Created at", "Lineitem quantity",
    "Lineitem name", "Lineitem price", "Lineitem sku", "Shipping Name", "Shipping Street", "Shipping Address1",
    "Shipping City", "Shipping Zip", "Shipping Province", "Shipping Country", "Shipping Phone",
    "Shipping Province Name", "Paid at", "Fulfillment Status", "Id",
)  # fmt: skip
_NUMBER = 3
"""Column of the carrier's number in the file of B2, counted from 0."""
_KEY = 0


@dataclass(frozen=True, slots=True)
class Moments:
    """What moments a step has."""

    count: int = 0
    last_rename: int = 0


@dataclass
class KilledDay:
    """What the rig saw."""

    kills: Counter[str] = field(default_factory=Counter)
    """By step."""
    moments: dict[str, Moments] = field(default_factory=dict)


def gtin(product: int) -> str:
    """EAN-13 of an invented product."""
    body = f"499990{product:06d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


def good_number(body: int) -> str:
    """Twelve digits, the last one the others modulo seven."""
    return f"{body:011d}{body % 7}"


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of the day."""

    name: str
    command: tuple[str, ...]
    check: Callable[[], None]
    """What must be true after it."""
    good: tuple[int, ...] = (0,)
    """Statuses that are good when it is run again after a kill."""
    feed: str = ""


@dataclass
class _Day:
    """One data folder and what must come of it."""

    folder: Path
    orders: int
    seed: int
    lines: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    # --- the shop, made by the program itself ---

    def make(self) -> None:
        """Products and settings; no orders yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        products = self.folder / "products.csv"
        rows = [("sku", "name", "code", "shelf", "stock"), *((f"P-{at}", f"品{at}", gtin(at), f"A-{at:02d}", "9000")
                                                            for at in range(1, 9))]  # fmt: skip
        _write(products, rows, "utf-8")
        self.run("products", "import", str(products))
        self.run("carriers", "account", CARRIER, "customer_code=090000000000")
        house = {
            "carrier.default": f"{CARRIER}/takkyubin", "ship.origin": "東京都", "shop.name": "見本商店",
            "shop.postcode": "100-0001", "shop.address": "東京都架空区見本町1-2-3", "shop.phone": "03-0000-0000",
            "intake.max_age": "0", "merge.propose": "off",
            "report.mapping": "plain",
        }  # fmt: skip
        for name, value in house.items():
            self.run("settings", "set", name, value)
        chance = random.Random(self.seed)
        rows = [_ORDERS]
        for at in range(1, self.orders + 1):
            number = f"#{self.seed % 1000:03d}{at:04d}"
            self.lines[number] = [
                (sku, chance.randint(1, 2)) for sku in chance.sample(range(1, 9), chance.randint(1, 2))
            ]
            for place, (sku, wanted) in enumerate(self.lines[number]):
                row = dict.fromkeys(_ORDERS, "") | {"Name": number, "Lineitem quantity": str(wanted)}
                row |= {"Lineitem sku": f"P-{sku}", "Lineitem name": f"品{sku}", "Lineitem price": "100"}
                if not place:
                    row |= {
                        "Financial Status": "paid", "Currency": "JPY", "Total": "100", "Shipping Method": "宅配便",
                        "Created at": "2026-09-14 09:00:05 +0900", "Paid at": "2026-09-14 09:00:05 +0900",
                        "Fulfillment Status": "unfulfilled", "Id": f"55{at:08d}", "Shipping Name": f"架空 {at}",
                        "Shipping Street": f"見本町{at}", "Shipping Address1": f"見本町{at}", "Shipping City": "架空区",
                        "Shipping Zip": "'100-0001", "Shipping Province": "JP-13", "Shipping Country": "JP",
                        "Shipping Phone": "03-0000-1000", "Shipping Province Name": "東京都",
                    }  # fmt: skip
                rows.append(tuple(row[name] for name in _ORDERS))
        _write(self.folder / "orders.csv", rows, "utf-8")

    # --- running ---

    def run(self, *arguments: str, feed: str = "", good: tuple[int, ...] = (0,)) -> str:
        """Run a command to its end; what it said."""
        done = Kenpin(self.folder).run(*arguments, given=feed) if feed else Kenpin(self.folder)(*arguments)
        assert done.status in good, f"{arguments}: {done.status} {done.out[-800:]} {done.error[-800:]}"
        return done.out + done.error

    def die(self, moment: int, *arguments: str, feed: str = "") -> tuple[int, Moments]:
        """Run a command that kills itself; its status, and what moments it had if it lived."""
        call = [sys.executable, "-m", "tests.torture.dying", str(moment), "--data", str(self.folder), "--lang", "en"]
        done = subprocess.run([*call, *arguments], cwd=ROOT, input=feed, capture_output=True, text=True, check=False)
        found = re.search(r"^moments (\d+) (\d+)$", done.stderr, re.MULTILINE)
        return done.returncode, Moments(int(found[1]), int(found[2])) if found else Moments()

    def sql(self, query: str, *values: object) -> list[tuple]:
        with closing(sqlite3.connect(self.folder / DATABASE)) as connection:
            return connection.execute(query, values).fetchall()

    # --- the steps ---

    def steps(self) -> Iterator[_Step]:
        """The steps of the day; what one needs is worked out when it is asked for."""
        orders, back, reports = (str(self.folder / name) for name in ("orders.csv", "back.csv", "reports"))
        yield _Step("import", ("import", orders, "--shop", SHOP), self.all_in)
        # A call that died after its commit leaves nothing to do for the one after it, which says so.
        yield _Step("release", ("release",), self.all_released, (0, 1))
        yield _Step("export", ("carriers", "export", "--open", CARRIER), self.one_row_each, (0, 1))
        self.fill_numbers()
        yield _Step("numbers", ("carriers", "numbers", back), self.all_numbered)
        yield _Step("scan", ("scan",), self.all_closed, feed=self.scans())
        count = ("--count", str(self.orders))
        yield _Step("hand-over", ("handover", "--carrier", CARRIER, *count), self.all_gone, (0, 1))
        yield _Step("close", ("handover", "--carrier", CARRIER, "--close"), self.all_gone, (0, 1))
        yield _Step("report", ("report", "write", "--shop", SHOP, "-o", reports), self.all_reported, (0, 1))

    def fill_numbers(self) -> None:
        """Do what B2 does: give every row of the carrier's files a number, and return them in one file."""
        rows = self.exported()
        with min((self.folder / "papers" / CARRIER).glob("*.csv")).open(encoding="cp932", newline="") as file:
            head = next(csv.reader(file))
        for at, row in enumerate(rows):
            row[_NUMBER] = good_number(40_000_000_000 + self.seed % 1000 * 1000 + at)
        _write(self.folder / "back.csv", [head, *rows], "cp932")

    def exported(self) -> list[list[str]]:
        """Rows of every carrier file in the folder."""
        rows = []
        for path in sorted((self.folder / "papers" / CARRIER).glob("*.csv")):
            with path.open(encoding="cp932", newline="") as file:
                rows += list(csv.reader(file))[1:]
        return rows

    def scans(self) -> str:
        """Every slip, its goods, another one's waybill, its own waybill; acts with ids, so that they may come twice."""
        made = self.sql(
            "SELECT o.number, o.batch, o.sequence, o.version, w.number FROM orders o JOIN waybills w "
            "ON w.order_id = o.id WHERE w.state <> 'void' ORDER BY o.batch, o.sequence"
        )
        lines = []
        for at, (number, batch, sequence, version, waybill) in enumerate(made):
            lines.append(f"KO-{batch}-{sequence:03d}-{version}")
            lines += [gtin(sku) for sku, wanted in self.lines[number] for _ in range(wanted)]
            lines += [made[(at + 1) % len(made)][4]] if len(made) > 1 else []
            lines.append(f"A{waybill}A")
        return "".join(f"{code}\tday-{at:06d}\n" for at, code in enumerate(lines))

    # --- what must be true ---

    def whole(self) -> None:
        """Nothing is half done: looked at after every kill."""
        faults = audit(self.folder)
        assert not faults, faults
        doubled = self.sql("SELECT key, piece, count(*) FROM waybills GROUP BY key, piece HAVING count(*) > 1")
        assert not doubled, doubled
        living = self.sql("SELECT order_id FROM waybills WHERE state <> 'void' GROUP BY order_id HAVING count(*) > 1")
        assert not living, living
        twice = Counter(row[_KEY] for row in self.exported())
        assert all(number == 1 for number in twice.values()), twice.most_common(3)

    def all_in(self) -> None:
        assert self.sql("SELECT count(*) FROM orders WHERE state = 'ready'") == [(self.orders,)]

    def all_released(self) -> None:
        numbers = self.sql("SELECT batch, sequence FROM orders WHERE state = 'released' AND version = 1")
        assert len(set(numbers)) == self.orders
        assert self.sql("SELECT count(*) FROM waybills WHERE state = 'requested'") == [(self.orders,)]
        for (batch,) in self.sql("SELECT DISTINCT batch FROM orders"):
            jobs = self.sql("SELECT count(*) FROM print_jobs WHERE batch = ? AND paper = 'slips'", batch)
            assert jobs == [(1,)], (batch, jobs)

    def one_row_each(self) -> None:
        wanted = [key for (key,) in self.sql("SELECT key FROM waybills WHERE state = 'exported' ORDER BY key")]
        assert len(wanted) == self.orders
        assert sorted(row[_KEY] for row in self.exported()) == wanted, "a carrier file is lost or doubled"
        left = [path.name for path in (self.folder / "papers" / CARRIER).iterdir() if path.suffix != ".csv"]
        assert not left, left

    def all_numbered(self) -> None:
        assert dict(self.sql("SELECT key, number FROM waybills WHERE state = 'numbered'")) == {
            row[_KEY]: row[_NUMBER] for row in self.back()
        }

    def back(self) -> list[list[str]]:
        with (self.folder / "back.csv").open(encoding="cp932", newline="") as file:
            return list(csv.reader(file))[1:]

    def all_closed(self) -> None:
        assert self.sql("SELECT count(*) FROM orders WHERE state = 'verified'") == [(self.orders,)]
        assert self.sql(
            "SELECT count(DISTINCT p.id) FROM parcels p JOIN waybills w ON w.parcel_id = p.id AND w.order_id = "
            "p.order_id WHERE p.state = 'closed' AND w.state = 'attached'"
        ) == [(self.orders,)]

    def all_gone(self) -> None:
        assert self.sql("SELECT count(*) FROM orders WHERE state = 'shipped'") == [(self.orders,)]
        assert self.sql("SELECT sum(counted) FROM handovers") == [(self.orders,)]
        gone = self.sql("SELECT sum(quantity) FROM balances WHERE place = 'customer'")
        assert gone == [(sum(wanted for lines in self.lines.values() for _, wanted in lines),)]

    def all_reported(self) -> None:
        assert self.sql("SELECT count(*) FROM orders WHERE state = 'reported'") == [(self.orders,)]
        told: Counter[str] = Counter()
        for path in (self.folder / "reports").iterdir():
            assert path.suffix == ".csv", path
            text = path.read_bytes().decode("utf-8-sig")
            told.update(number for number in self.lines if number in text)
        assert told == Counter(dict.fromkeys(self.lines, 1)), "a report is lost or doubled"


def _write(path: Path, rows: list, encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)


def kill_days(folder: Path, kills: int, seed: int, orders: int = 5) -> KilledDay:
    """Die *kills* times at random moments of a shipping day, its steps in turn; each is then done again, to its end.

    A day that nobody disturbs is kept as it was before each step; a kill begins with one of these. At last the carrier
    file and the report die over the last rename, when they are whole, told of in the database, and have no name yet.
    """
    seen = KilledDay()
    chance = random.Random(seed)
    still = _Day(folder / "still", orders, seed)
    still.make()
    made: dict[str, Path] = {}
    for step in still.steps():
        made[step.name] = folder / step.name
        shutil.copytree(still.folder, made[step.name])
        status, seen.moments[step.name] = still.die(0, *step.command, feed=step.feed)
        assert status == 0, (step.name, status)
        step.check()
    chosen = ((name, chance.randint(1, seen.moments[name].count)) for name in itertools.cycle(STEPS))
    late = [(name, seen.moments[name].last_rename) for name in ("export", "report")]
    for name, moment in itertools.chain(itertools.islice(chosen, kills), late):
        day = _Day(folder / "killed", orders, seed, still.lines)
        shutil.copytree(made[name], day.folder)
        try:
            seen.kills[name] += _kill(day, name, moment)
        except AssertionError as error:
            there = seen.moments[name].count
            raise AssertionError(f"{name} killed before moment {moment} of {there}: {error}") from error
        shutil.rmtree(day.folder)
    return seen


def _kill(day: _Day, name: str, moment: int) -> int:
    """Kill one step and go on with it in a process that lives; whether the first one died."""
    step = next(each for each in day.steps() if each.name == name)
    status, _ = day.die(moment, *step.command, feed=step.feed)
    assert status in (-signal.SIGKILL, *step.good), status
    day.whole()
    day.run(*step.command, feed=step.feed, good=step.good)
    day.whole()
    step.check()
    return int(status == -signal.SIGKILL)
