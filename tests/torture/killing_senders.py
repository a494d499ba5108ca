"""``kill -9`` of a station while it sends papers to a printer: each is there once, or its state says that nobody knows.

A real ``kenpin scan`` packs and prints on a slow label printer of the rig and dies at a random moment, mostly with half
a label on the line; now and then the printer loses its power with it. A second one takes up what was left; then a
person looks into the tray.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.printing import PrintState
from tests.makers import faults_of, query
from tests.printing.house import PrintHouse
from tests.printing.raw_printer import RawPrinter
from tests.torture.shop import ROOT

__all__ = ["KilledSenders", "kill_senders"]

_BYTES = 18_000
"""A station dies when its printer has taken so many bytes at most: a slip has fewer, and a question before it."""
_PATIENCE = 60.0


@dataclass
class KilledSenders:
    """What the rig saw."""

    kills: int = 0
    states: Counter[str] = field(default_factory=Counter)
    """Of the job that was in hand, as the next program found it."""
    out: int = 0
    """Labels that had come out although the program that sent them was dead."""
    copies: int = 0


def kill_senders(folder: Path, kills: int, seed: int) -> KilledSenders:
    """Kill so many stations while they print."""
    chance = random.Random(seed)
    seen = KilledSenders()
    with PrintHouse(folder / "senders", "zpl", kills, run=False) as house:
        for number in house.lines:
            assert isinstance(house.rig, RawPrinter)
            house.rig.faults.slow = 0.012
            order = _die(house, number, chance.randint(0, _BYTES))
            seen.kills += 1
            if chance.random() < 0.5:  # the fuse: what the system still had on the line is lost with the printer
                house.rig.power_cycle()
            house.mend()
            time.sleep(0.1)  # what the system still had on the line
            _work_off(house)
            _settle(house, order, seen)
        assert faults_of(house.database) == []
    return seen


def _program(house: PrintHouse) -> subprocess.Popen[str]:
    call = [sys.executable, "-m", "app", "--data", str(house.folder), "--lang", "en", "scan"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (house.folder / "said.txt").open("wb") as said:
        return subprocess.Popen(
            call,
            cwd=house.folder,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
        )


def _die(house: PrintHouse, number: str, after: int) -> int:
    """Open and pack an order; die when the printer has taken so many bytes, or when the slip is out."""
    assert isinstance(house.rig, RawPrinter)
    before, out = house.rig.taken, len(house.rig.out)
    with _program(house) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        for code in (number, *house.lines[number]):
            program.stdin.write(code + "\n")
            program.stdin.flush()
            assert program.stdout.readline(), (house.folder / "said.txt").read_text()
        end = time.monotonic() + _PATIENCE
        while house.rig.taken - before < after and len(house.rig.out) == out and time.monotonic() < end:
            time.sleep(0.002)
        program.send_signal(signal.SIGKILL)
        program.wait()
    return int(query(house.database, "SELECT id FROM orders WHERE number = ?", number)[0][0])


def _work_off(house: PrintHouse) -> None:
    """Begin the station anew; it ends when nothing is left to print."""
    with _program(house) as program:
        program.communicate("", timeout=60)
        assert program.returncode == 0


def _settle(house: PrintHouse, order: int, seen: KilledSenders) -> None:
    """Compare what the program says with the tray, and let a person answer what it does not know."""
    (job,) = house.jobs(order)
    pages = house.papers(order)
    assert len(pages) <= 1, "an unmarked twin"
    seen.states[job.state] += 1
    seen.out += job.state == PrintState.UNKNOWN and len(pages)
    if job.state == PrintState.CONFIRMED:
        assert pages, "confirmed, and not in the tray"
        return
    assert job.state == PrintState.UNKNOWN, job
    if pages:
        house.say_came_out(job.id)
        return
    house.say_did_not(job.id)
    _work_off(house)
    assert [each.state for each in house.jobs(order)] == [PrintState.DROPPED, PrintState.CONFIRMED]
    assert len(house.papers(order)) == 1
    seen.copies += 1
