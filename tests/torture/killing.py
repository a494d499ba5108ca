"""``kill -9`` at random moments: every answered act is there, nothing is half done, a repeated act counts once."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.torture.shop import (
    DATABASE,
    ROOT,
    Scan,
    audit,
    command,
    journal_of,
    judge,
    kenpin,
    make_script,
    make_shop,
    station,
)

__all__ = ["kill_imports", "kill_releases", "kill_scans"]

AHEAD = 60
"""Lines that are handed in before the first answer is looked at."""


@dataclass
class Killed:
    """What a rig saw."""

    kills: int = 0
    answered: int = 0
    kept: int = 0
    """Acts that were committed though nobody heard the answer."""
    refused: int = 0
    repeats: int = 0


def kill_scans(folder: Path, kills: int, seed: int) -> Killed:
    """Kill ``kenpin scan`` again and again; each new one takes up where the last was."""
    chance = random.Random(seed)
    script = make_script(make_shop(folder, kills * 6 + 12, seed), seed)
    seen = Killed()
    answers: dict[str, dict] = {}
    position = 0
    while seen.kills < kills:
        before = _before(script, position)
        batch = script[before : position + AHEAD]
        with station(folder) as at_work:
            at_work.send(batch)
            if chance.random() < 0.15:  # while it starts
                time.sleep(chance.uniform(0.0, 0.7))
                stop_after = 0
            else:
                stop_after = chance.randint(1, len(batch) - 1)
            heard = []
            while len(heard) < stop_after and (answer := at_work.answer()) is not None:
                heard.append(answer)
            time.sleep(chance.uniform(0.0, 0.002))
            at_work.kill()
            heard += at_work.rest()
        seen.kills += 1
        for scan, answer in zip(batch, heard, strict=False):
            _check(scan, answer, answers, seen)
        position = max(position, before + len(heard))
        _check_journal(folder, script, position, answers, seen)
    return _finish(folder, script, position, answers, seen)


def _before(script: list[Scan], position: int) -> int:
    """Where to begin again: with the last answered act, once more."""
    return max(0, position - 1)


def _check(scan: Scan, answer: dict, answers: dict[str, dict], seen: Killed) -> None:
    """The right answer, and where the act was answered before the same one."""
    wrong = judge(scan, answer)
    assert not wrong, wrong
    told = {name: value for name, value in answer.items() if name != "repeat"}
    if scan.act in answers:
        assert answer["repeat"], answer
        assert told == answers[scan.act], (told, answers[scan.act])
        seen.repeats += 1
        return
    assert not scan.repeat, scan
    answers[scan.act] = told
    seen.answered += 1
    seen.refused += answer["level"] == "refused"


def _check_journal(folder: Path, script: list[Scan], position: int, answers: dict[str, dict], seen: Killed) -> None:
    faults = audit(folder)
    assert not faults, faults
    stored = journal_of(folder)
    lost = answers.keys() - stored.keys()
    assert not lost, f"answered and gone: {sorted(lost)[:5]}"
    for act in answers:
        assert (stored[act]["level"], stored[act]["done"]) == (answers[act]["level"], answers[act]["done"]), act
    # What is stored is the beginning of the script, at most one act further than what was heard.
    acts = list(dict.fromkeys(scan.act for scan in script))
    assert list(stored) == acts[: len(stored)], "acts out of order"
    unheard = len(stored) - len({scan.act for scan in script[:position]})
    assert unheard in (0, 1), f"{unheard} acts were stored without an answer"
    seen.kept += unheard


def _finish(folder: Path, script: list[Scan], position: int, answers: dict[str, dict], seen: Killed) -> Killed:
    """Pack the order in hand to its end, undisturbed, and look at everything."""
    order = script[position].order
    end = next((at for at in range(position, len(script)) if script[at].order != order), len(script))
    batch = script[_before(script, position) : end]
    with station(folder) as at_work:
        at_work.send(batch)
        heard = [at_work.answer() for _ in batch]
        assert at_work.end() == 0, at_work.errors
    for scan, answer in zip(batch, heard, strict=True):
        assert answer is not None
        _check(scan, answer, answers, seen)
    verified = kenpin(folder, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    packed = {scan.order: scan.done for scan in script[:end]}
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        found = connection.execute(
            "SELECT o.number, sum(l.done), sum(l.wanted) FROM orders o JOIN order_lines l ON l.order_id = o.id "
            "WHERE o.state = 'verified' GROUP BY o.id"
        ).fetchall()
        moved = connection.execute("SELECT -sum(quantity) FROM balances WHERE place LIKE 'shelf:%'").fetchone()[0]
        opened = connection.execute("SELECT -sum(quantity) FROM balances WHERE place = 'supplier'").fetchone()[0]
    assert {number: done for number, done, _ in found} == packed
    assert all(done == wanted for _, done, wanted in found)
    assert opened + moved == sum(packed.values()), "stock"
    return seen


# --- imports and releases -----------------------------------------------------------------------------------------


def _kill_at(folder: Path, seconds: float, *arguments: str) -> int:
    """Run ``kenpin`` and kill it after a while; the exit status."""
    with subprocess.Popen(
        command(folder, *arguments), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            return process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            return process.wait()


def write_orders(path: Path, orders: int, seed: int) -> int:
    """An order file of the Online Retail form; the number of its lines."""
    chance = random.Random(seed)
    lines = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
        )
        for at in range(orders):
            for product in chance.sample(range(1, 400), chance.randint(1, 6)):
                row = (500_000 + at, f"X-{product:04d}", f"Thing {product}", chance.randint(1, 5))
                out.writerow((*row, "2010-12-01 08:26:00", "2.55", "17850.0", "Japan"))
                lines += 1
    return lines


def kill_imports(folder: Path, kills: int, seed: int, orders: int = 3000) -> Killed:
    """Kill ``kenpin import`` at random moments; what is there is whole, and a last undisturbed run brings the rest."""
    chance = random.Random(seed)
    file = folder / "orders.csv"
    lines = write_orders(file, orders, seed)
    arguments = ("import", str(file), "--create-products", "--json")
    seen = Killed()
    grown = [0]
    while seen.kills < kills:
        status = _kill_at(folder, chance.uniform(0.2, 1.4), *arguments)
        if status == 0:  # it was faster: begin again
            for left in folder.glob(f"{DATABASE}*"):
                left.unlink()
            grown = [0]
            continue
        assert status == -signal.SIGKILL, status
        seen.kills += 1
        if (folder / DATABASE).exists():
            faults = audit(folder)
            assert not faults, faults
            grown.append(_count(folder, "orders"))
            assert grown[-1] >= grown[-2], "orders went away"
            seen.kept += grown[-1] > grown[-2]
    done = kenpin(folder, *arguments)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)["orders"]
    assert report["added"] + report["same"] == orders, report
    assert report["same"] == grown[-1], (report, grown[-1])
    assert (_count(folder, "orders"), _count(folder, "order_lines")) == (orders, lines)
    again = json.loads(kenpin(folder, *arguments).stdout)["orders"]
    assert (again["added"], again["changed"], again["same"]) == (0, 0, orders), again
    assert not audit(folder)
    return seen


def _count(folder: Path, table: str) -> int:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def kill_releases(folder: Path, kills: int, seed: int, each: int = 40) -> Killed:
    """Kill ``kenpin orders release``: a batch is released whole, with its papers, or not at all."""
    chance = random.Random(seed)
    numbers = list(make_shop(folder, each, seed))
    began = time.monotonic()
    kenpin(folder, "orders", "list", "--limit", "1")
    start = time.monotonic() - began
    seen = Killed()
    for _ in range(kills):
        _kill_at(folder, chance.uniform(start * 0.6, start * 1.5), "orders", "release", *numbers)
        seen.kills += 1
        faults = audit(folder)
        assert not faults, faults
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            released = connection.execute("SELECT count(*), count(DISTINCT batch) FROM orders WHERE batch > 0")
            number, batches = released.fetchone()
            acts = connection.execute("SELECT count(*) FROM journal WHERE kind = 'release'").fetchone()[0]
            jobs = connection.execute("SELECT count(*) FROM print_jobs").fetchone()[0]
        assert (number, batches, min(acts, 1), min(jobs, 1)) in ((0, 0, 0, 0), (each, 1, 1, 1)), (
            number, batches, acts, jobs,
        )  # fmt: skip
        if number:  # done: begin again with fresh orders
            seen.kept += 1
            for left in folder.glob(f"{DATABASE}*"):
                left.unlink()
            make_shop(folder, each, seed)
    return seen
