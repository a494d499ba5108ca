"""A picker's station killed again and again between scans and answers: nothing said is lost, nothing is done twice."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.cli.kenpin import Kenpin
from tests.cli.test_picking import DATABASE, code_for, faults
from tests.cli.test_waves import MAPPING

JUNK = ("", "hello", "4\x0055", "KP-UNDO", "KS-Z-9", "KT-XX", "KP-SHORT", "KP-CANCEL", "9" * 5000, "ｋｐ－ＮＥＸＴ")


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    """Twelve orders in two waves: carts, and a total pick with its sort."""
    made = Kenpin(tmp_path)
    chance = random.Random(7)
    lines = [
        f"{1000 + order},{letter}{chance.randrange(8)},{chance.randrange(1, 4)},P"
        for order in range(12)
        for letter in "ST"
    ]
    goods = [f"{letter}{n},thing {letter}{n},{'ABCD'[n % 4]}-0{n % 5 + 1}-1,400" for letter in "ST" for n in range(8)]
    assert made("map", "layout", "--aisles", "4", "--bays", "5").status == 0
    products = made.file("products.csv", "\n".join(("sku,name,shelf,stock", *goods, "")))
    assert made("products", "import", products).status == 0
    orders = made.file("orders.csv", "\n".join(("order,sku,qty,to", *lines, "")))
    done = made("import", orders, "--mapping", made.file("plain.toml", MAPPING), "--shop", "shop")
    assert done.status == 0, done.error
    for mode in ("cart", "total"):
        assert made("waves", "release", "--mode", mode, "--limit", "6").status == 0
    return made


class Picker:
    """Somebody who does what is asked, mostly, at a station whose plug is pulled."""

    def __init__(self, kenpin: Kenpin, at: str, chance: random.Random) -> None:
        self.kenpin, self.at, self.chance = kenpin, at, chance
        self.said: dict[str, str] = {}
        self.kills = 0

    def work(self) -> None:
        while not self._until_killed(self.chance.randrange(10, 90)):
            self.kills += 1

    def _until_killed(self, scans: int) -> bool:
        """Scan so many times and kill the station within the next; True where nothing was left to do before that."""
        process = self.kenpin.start("scan", "--at", self.at, "--station", f"{self.at}-1")
        assert process.stdin is not None
        assert process.stdout is not None

        def scan(line: str) -> dict[str, Any]:
            process.stdin.write(line.encode())  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return json.loads(process.stdout.readline())  # type: ignore[no-any-return, union-attr]

        last = scan("KP-LATER\n")  # says where the station stands; at most a stop is put off
        for _ in range(scans):
            code = self.chance.choice(JUNK) if self.chance.random() < 0.12 else code_for(last)
            act = str(uuid4())
            last = scan(f"{code}\t{act}\n")
            self.said[act] = last["key"]
            if self.chance.random() < 0.1:
                again = scan(f"{code}\t{act}\n")
                assert (again["repeat"], again["key"]) == (True, last["key"])
            if last["key"].endswith("none_waiting"):
                process.communicate(timeout=60)
                return True
        process.stdin.write(f"{code_for(last)}\t{uuid4()}\n".encode())
        process.stdin.flush()
        time.sleep(self.chance.random() * 0.01)
        process.kill()
        process.communicate()
        return False


@pytest.mark.torture
@pytest.mark.timeout(900)
def test_a_killed_picker_loses_nothing_and_every_wave_is_picked_to_its_end(kenpin: Kenpin) -> None:
    chance = random.Random(11)
    said: dict[str, str] = {}
    kills = 0
    for at in ("pick", "sort"):
        picker = Picker(kenpin, at, chance)
        picker.work()
        said |= picker.said
        kills += picker.kills
    assert kills > 1
    with closing(sqlite3.connect(kenpin.folder / DATABASE)) as connection:
        kept = dict(connection.execute("SELECT act, key FROM journal").fetchall())
        states = connection.execute("SELECT DISTINCT state, picking FROM orders").fetchall()
        lines = connection.execute("SELECT count(*) FROM order_lines WHERE picked + short <> wanted").fetchall()
    assert {act: kept.get(act) for act in said} == said
    assert states == [("picked", 0)]
    assert lines == [(0,)]
    assert faults(kenpin) == []
