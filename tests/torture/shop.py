"""A shop in a folder, a script of scans with the answers that must come, the station as a process, an audit."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from app.services.verify import verify
from app.storage.database import open_database
from tests.bench.shop import gtin, new_order, shop_with_products

__all__ = [
    "DATABASE",
    "Line",
    "Scan",
    "Station",
    "audit",
    "journal_of",
    "judge",
    "kenpin",
    "make_script",
    "make_shop",
    "seed_of",
]

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "kenpin.db"
PRODUCTS = 24
STOCK = 100_000


def seed_of(name: str) -> int:
    """The seed of this run: drawn anew, or the one that is to be replayed (``KENPIN_SEED``). It is printed."""
    seed = int(os.environ.get("KENPIN_SEED", "0")) or random.randrange(1, 1 << 31)
    print(f"\n{name}: KENPIN_SEED={seed}", flush=True)
    return seed


# --- the shop -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order: the product's number and how many pieces."""

    product: int
    wanted: int


def make_shop(folder: Path, orders: int, seed: int) -> dict[str, tuple[Line, ...]]:
    """Make a shop with *orders* ready orders; return their lines by number."""
    chance = random.Random(seed)
    made: dict[str, tuple[Line, ...]] = {}
    database = open_database(f"sqlite:///{folder / DATABASE}")
    shop_with_products(database, PRODUCTS, STOCK)
    for start in range(0, orders, 200):
        with database.transaction() as tx:
            for at in range(start, min(start + 200, orders)):
                number = f"T-{at + 1:05d}"
                chosen = chance.sample(range(1, PRODUCTS + 1), chance.randint(1, 4))
                lines = [(product, chance.randint(1, 3)) for product in chosen]
                new_order(tx, number, lines)
                made[number] = tuple(Line(*each) for each in lines)
    database.close()
    return made


# --- the script ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scan:
    """One line for the station, and what it must answer."""

    code: str
    act: str
    level: str
    order: str | None
    done: int
    repeat: bool = False
    """The line before, delivered twice."""


def make_script(orders: Mapping[str, Sequence[Line]], seed: int, tag: str = "a") -> list[Scan]:
    """Pack every order in turn, with wrong items, extra scans, unknown codes, take-backs and double deliveries."""
    chance = random.Random(seed)
    script: list[Scan] = []

    def scan(code: str, level: str, order: str | None, done: int) -> None:
        script.append(Scan(code, f"{tag}-{len(script):06d}", level, order, done))
        if chance.random() < 0.05:
            last = script[-1]
            script.append(Scan(last.code, last.act, last.level, last.order, last.done, repeat=True))

    for number, lines in orders.items():
        done = 0
        scan(number, "ok", number, 0)
        inside = {line.product for line in lines}
        wanted = sum(line.wanted for line in lines)
        pieces = [line.product for line in lines for _ in range(line.wanted)]
        chance.shuffle(pieces)
        left = {line.product: line.wanted for line in lines}
        for piece in pieces:
            if chance.random() < 0.10:
                other = chance.choice([each for each in range(1, PRODUCTS + 1) if each not in inside])
                scan(gtin(other), "refused", number, done)
            if chance.random() < 0.05:
                scan(gtin(9000 + chance.randrange(900)), "refused", number, done)
            complete = [product for product, rest in left.items() if not rest]
            if complete and chance.random() < 0.10:
                scan(gtin(chance.choice(complete)), "refused", number, done)
            done += 1
            left[piece] -= 1
            scan(gtin(piece), "ok", number, done)
            if done < wanted and chance.random() < 0.04:
                scan("KP-UNDO", "ok", number, done - 1)
                scan(gtin(piece), "ok", number, done)
        if chance.random() < 0.10:
            scan(gtin(pieces[0]), "refused", number, done)
    return script


def judge(scan: Scan, answer: Mapping[str, Any]) -> list[str]:
    """What is wrong with an answer."""
    told = {"code": answer["code"], "act": answer["act"], "level": answer["level"]}
    must = {"code": scan.code, "act": scan.act, "level": scan.level}
    told |= {"order": answer["order"], "done": answer["done"]}
    must |= {"order": scan.order, "done": scan.done}
    return [f"{scan}: {name} is {told[name]!r} ({answer['key']})" for name in must if told[name] != must[name]]


# --- the station as a process -------------------------------------------------------------------------------------


def command(folder: Path, *arguments: str) -> list[str]:
    """The command line of ``kenpin`` on a folder."""
    return [sys.executable, "-m", "app", "--data", str(folder), "--lang", "en", *arguments]


def kenpin(
    folder: Path, *arguments: str, more: Mapping[str, str] | None = None, feed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run ``kenpin`` to its end."""
    env = {**os.environ, **(more or {})}
    return subprocess.run(
        command(folder, *arguments), cwd=ROOT, env=env, input=feed, capture_output=True, text=True, check=False
    )


class Station:
    """``kenpin scan`` as a process that can be fed, read and killed."""

    def __init__(self, folder: Path, *, more: Mapping[str, str] | None = None, name: str = "") -> None:
        options = ["--station", name] if name else []
        self._process = subprocess.Popen(
            command(folder, "scan", *options),
            cwd=ROOT,
            env={**os.environ, **(more or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._answers: Queue[dict[str, Any] | None] = Queue()
        self._errors: list[bytes] = []
        self._threads = [threading.Thread(target=self._read), threading.Thread(target=self._read_errors)]
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith(b"\n"):  # a killed station may leave half a line: that was no answer
                self._answers.put(json.loads(line))
        self._answers.put(None)

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        self._errors.append(self._process.stderr.read())

    def send(self, scans: Iterable[Scan]) -> None:
        """Hand in lines at once, as a scanner that does not wait."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write("".join(f"{scan.code}\t{scan.act}\n" for scan in scans).encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            pass

    def answer(self, timeout: float = 60.0) -> dict[str, Any] | None:
        """The next answer; None at the end of the process."""
        try:
            return self._answers.get(timeout=timeout)
        except Empty:
            raise AssertionError(f"no answer within {timeout} s; the station said: {self.errors}") from None

    def rest(self) -> Iterator[dict[str, Any]]:
        """Every further answer until the process ends."""
        while (found := self.answer()) is not None:
            yield found

    @property
    def errors(self) -> str:
        """What it said on standard error, once it has ended."""
        return b"".join(self._errors).decode(errors="replace")

    @property
    def running(self) -> bool:
        """Whether it lives."""
        return self._process.poll() is None

    def kill(self) -> None:
        """``kill -9``."""
        self._process.kill()

    def end(self) -> int:
        """Close the input and wait; the exit status."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        status = self._process.wait(timeout=120)
        for thread in self._threads:
            thread.join()
        self._process.stdout.close()
        self._process.stderr.close()
        return status


@contextmanager
def station(folder: Path, **more: Any) -> Iterator[Station]:
    """A station that is gone at the end of the block, whatever happens."""
    made = Station(folder, **more)
    try:
        yield made
    finally:
        if made.running:
            made.kill()
        made.end()


# --- the audit ----------------------------------------------------------------------------------------------------

_CHECKS = {
    "a step without its act": "SELECT s.act FROM steps s LEFT JOIN journal j USING (act) WHERE j.act IS NULL",
    "a move without its act": "SELECT m.act FROM moves m LEFT JOIN journal j USING (act) "
    "WHERE j.act IS NULL AND m.act NOT LIKE 'open-%'",
    "a print job without its act": "SELECT p.act FROM print_jobs p LEFT JOIN journal j USING (act) WHERE j.act IS NULL",
    "a batch without its act": "SELECT b.act FROM batches b LEFT JOIN journal j USING (act) WHERE j.act IS NULL",
    "an accepted piece without its step": "SELECT j.act FROM journal j LEFT JOIN steps s USING (act) "
    "WHERE j.kind = 'scan' AND j.facts LIKE '%\"Packed\"%' AND s.act IS NULL",
    "a refused scan with effects": "SELECT j.act FROM journal j JOIN steps s USING (act) WHERE j.level = 'refused'",
    "an order without all its lines": "SELECT o.number FROM orders o WHERE o.line_count <> "
    "(SELECT count(*) FROM order_lines l WHERE l.order_id = o.id)",
    "a line whose pieces are not its steps": "SELECT l.id FROM order_lines l WHERE l.done <> (SELECT "
    "coalesce(sum(s.quantity), 0) FROM steps s WHERE s.line_id = l.id AND s.kind = 'pack' AND s.undone = '')",
    "a verified order that is not complete": "SELECT o.number FROM orders o JOIN order_lines l ON l.order_id = o.id "
    "WHERE o.state = 'verified' AND l.done + l.short <> l.wanted",
    "a complete order that is not verified": "SELECT o.number FROM orders o WHERE o.state IN ('released', 'picked') "
    "AND o.carrier = '' AND NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.done < l.wanted)",
    "a balance that is not its moves": "SELECT b.product_id, b.place FROM balances b WHERE b.quantity <> "
    "(SELECT coalesce(sum(CASE WHEN m.target = b.place THEN m.quantity ELSE -m.quantity END), 0) FROM moves m "
    "WHERE m.product_id = b.product_id AND m.lot = b.lot AND b.place IN (m.source, m.target))",
    "a parcel that does not fit its order": "SELECT p.id FROM parcels p JOIN orders o ON o.id = p.order_id "
    "WHERE (p.state IN ('closed', 'handed_over')) <> (o.state IN ('verified', 'shipped', 'reported', 'acknowledged')) "
    "AND p.state <> 'pulled'",
    "a parcel with the carrier whose goods are here": "SELECT p.id FROM parcels p JOIN balances b ON b.place = "
    "'parcel:' || p.id WHERE p.state = 'handed_over' AND b.quantity <> 0",
    "two orders under one number": "SELECT number FROM waybills WHERE number <> '' AND state IN ('attached', "
    "'handed_over') GROUP BY number, carrier HAVING count(DISTINCT order_id) > 1",
    "a released order without a ship number": "SELECT number FROM orders WHERE state IN ('released', 'picked', "
    "'verified') AND (batch IS NULL OR sequence IS NULL)",
}


def audit_sql(connection: sqlite3.Connection) -> list[str]:
    """What is half done, by plain SQL that shares nothing with the program."""
    found = []
    for (said,) in connection.execute("PRAGMA integrity_check(3)"):
        if said != "ok":
            found.append(f"damaged: {said}")
    for what, query in _CHECKS.items():
        row = connection.execute(f"{query} LIMIT 1").fetchone()
        if row is not None:
            found.append(f"{what}: {row}")
    return found


def audit(folder: Path) -> list[str]:
    """Everything that is wrong in a shop: what ``kenpin verify`` looks at, and the checks of this file."""
    database = open_database(f"sqlite:///{folder / DATABASE}")
    try:
        with database.reading() as tx:
            _, faults = verify(tx)
    finally:
        database.close()
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return [f"{fault.key} {fault.args}" for fault in faults] + audit_sql(connection)


def journal_of(folder: Path, kind: str = "scan") -> dict[str, dict[str, Any]]:
    """Stored answers by act, in the order of the acts."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        rows = connection.execute("SELECT act, answer FROM journal WHERE kind = ? ORDER BY id", (kind,)).fetchall()
    return {act: json.loads(answer) for act, answer in rows}
