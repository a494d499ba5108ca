"""``kenpin scan --at pick`` and ``--at sort``: one headless picker, and three at once on a wave of real orders."""

from __future__ import annotations

import csv
import json
import sqlite3
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.storage import verify
from app.storage.database import open_database
from tests.cli.kenpin import Kenpin
from tests.cli.test_waves import MAPPING, ORDERS, PRODUCTS

DAY = Path("data") / "orders" / "uci-online-retail-by-day" / "2010-12-05.csv"
MODES = ("paper", "single", "cart", "total", "zone", "singles")
DATABASE = "kenpin.db"


def code_for(answer: dict[str, Any]) -> str:
    """Return what somebody scans who does what the line says."""
    asked = answer["ask"]
    match asked["kind"]:
        case "job":
            return "KP-NEXT"
        case "totes":
            return f"KT-{answer['job']}-{asked['place']}"
        case "list":
            return f"KL-{answer['job']}"
        case "shelf":
            return f"KS-{asked['shelf']}"
        case "item":
            return str(asked["product_code"] or asked["sku"])
        case "place":
            if asked["held"] < asked["left"]:
                return str(asked["product_code"] or asked["sku"])
            return f"{'KW' if asked.get('wall') else 'KT'}-{asked['tote']}"
        case _:
            return "KP-DONE"


class Headless(threading.Thread):
    """A station as a process of its own, fed with what it asks for until nothing is left to take."""

    def __init__(self, kenpin: Kenpin, name: str, at: str) -> None:
        super().__init__(name=name)
        self.said: list[dict[str, Any]] = []
        self.process = kenpin.start("scan", "--at", at, "--station", name)

    def run(self) -> None:
        scan, answers = self.process.stdin, self.process.stdout
        assert scan is not None
        assert answers is not None
        code = "KP-NEXT"
        while True:
            scan.write(code.encode() + b"\n")
            scan.flush()
            line = answers.readline()
            if not line:
                return
            self.said.append(json.loads(line))
            if self.said[-1]["key"].endswith("none_waiting"):
                break
            code = code_for(self.said[-1])
        self.process.communicate(timeout=60)

    @property
    def jobs(self) -> list[str]:
        """Jobs that it took; on the totes of the zone before one is resumed."""
        return [each["job"] for each in self.said if each["key"] in ("job.taken", "job.resumed")]


def work(kenpin: Kenpin, at: str, stations: int) -> list[Headless]:
    """Let several stations work at once until nothing is left."""
    made = [Headless(kenpin, f"{at}-{number}", at) for number in range(stations)]
    for each in made:
        each.start()
    for each in made:
        each.join(timeout=300)
        assert each.process.returncode == 0
    return made


def ask(kenpin: Kenpin, statement: str, *values: object) -> list[Any]:
    with closing(sqlite3.connect(kenpin.folder / DATABASE)) as connection:
        return connection.execute(statement, values).fetchall()


def faults(kenpin: Kenpin) -> list[str]:
    database = open_database(f"sqlite:///{kenpin.folder / DATABASE}")
    with database.reading() as tx:
        found = [fault.key for fault in verify.faults(tx)]
    database.close()
    return found


def test_one_line_a_scan_and_one_object_a_line(tmp_path: Path) -> None:
    kenpin = Kenpin(tmp_path)
    kenpin("products", "import", kenpin.file("products.csv", PRODUCTS))
    kenpin(
        "import", kenpin.file("orders.csv", ORDERS), "--mapping", kenpin.file("plain.toml", MAPPING), "--shop", "shop"
    )
    assert kenpin("waves", "release", "--mode", "total").status == 0
    (walk,) = work(kenpin, "pick", 1)
    assert [each["level"] for each in walk.said[:-1]] == ["ok"] * (len(walk.said) - 1)
    assert walk.said[0]["text"] == "Job 1-1 begins. Orders: 3, pieces: 7."
    assert walk.said[-2]["key"] == "pick.finished"
    (wall,) = work(kenpin, "sort", 1)
    assert wall.said[-2]["key"] == "sort.finished"
    assert ask(kenpin, "SELECT DISTINCT state FROM orders") == [("picked",)]
    assert faults(kenpin) == []


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Kenpin:
    """A real shop's day, its goods on the shelves of a warehouse of eight aisles."""
    kenpin = Kenpin(tmp_path_factory.mktemp("day"))
    with (shared / DAY).open(encoding="utf-8", newline="") as file:
        names = {row["StockCode"]: row["Description"] for row in csv.DictReader(file)}
    done = kenpin("map", "layout", "--aisles", "8", "--bays", "30", "--levels", "3", "--cross", "3", "--json")
    assert done.status == 0, done.error
    shelves = [row[0] for row in ask(kenpin, "SELECT code FROM shelves ORDER BY code")]
    with closing(sqlite3.connect(kenpin.folder / DATABASE)) as connection:
        # Three zones, one behind the other, as of a warehouse that grew.
        connection.execute(
            "UPDATE shelves SET zone = CASE WHEN x_mm < 12000 THEN 'A' WHEN x_mm < 25000 THEN 'B' ELSE 'C' END"
        )
        connection.commit()
    rows = [
        f'{sku},"{(name or sku).replace(chr(34), "")}",{shelves[number * 7 % len(shelves)]},100000'
        for number, (sku, name) in enumerate(sorted(names.items()))
    ]
    products = kenpin.file("products.csv", "sku,name,shelf,stock\n" + "\n".join(rows) + "\n")
    assert kenpin("products", "import", products).status == 0
    assert kenpin("import", str(shared / DAY)).status == 0
    assert kenpin("settings", "set", "pick.scan", "line").status == 0
    assert kenpin("settings", "set", "pick.totes", "4").status == 0
    assert kenpin("settings", "set", "pick.list_orders", "4").status == 0
    assert kenpin("settings", "set", "wall.slots", "5").status == 0
    return kenpin


@pytest.mark.long
@pytest.mark.parametrize("mode", MODES)
def test_three_pickers_at_once_pick_a_wave_of_real_orders(day: Kenpin, mode: str) -> None:
    before = {row[0] for row in ask(day, "SELECT id FROM orders WHERE state = 'picked'")}
    limit = ("--limit", "10") if mode != "singles" else ()
    done = day("waves", "release", "--mode", mode, *limit, "--json")
    assert done.status == 0, done.error
    (wave,) = done.json["waves"]
    pickers = work(day, "pick", 3)
    walls = work(day, "sort", 2) if mode == "total" else []
    taken = Counter(job for each in (*pickers, *walls) for job in each.jobs)
    jobs = ask(day, "SELECT state, stage FROM jobs WHERE batch = ?", wave["batch"])
    assert {state for state, _ in jobs} == {"done"}
    assert len(taken) == len(jobs)
    assert set(taken.values()) == {1}, "two pickers had the same job"
    assert all(each["level"] != "refused" for one in (*pickers, *walls) for each in one.said[:-1])
    now = {row[0] for row in ask(day, "SELECT id FROM orders WHERE state = 'picked'")}
    assert len(now - before) == wave["orders"]
    wanted = ask(
        day,
        "SELECT count(*) FROM order_lines JOIN orders ON orders.id = order_id WHERE batch = ? AND picked <> wanted",
        wave["batch"],
    )
    assert wanted == [(0,)]
    assert faults(day) == []
