"""A scan at the bench against the very statements that it runs, on the bare driver.

A tape is recorded first: the statements of each scan with their parameters. The base plays the tape on a copy of the
same database, inside its own BEGIN and COMMIT; so both sides ask the database for the same.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.services import packing
from app.services.desk import Desk
from app.storage.database import Database, open_database
from tests.bench.measure import Row, interleaved, note
from tests.bench.shop import gtin, new_order, scratch, shop_with_products

STATION = "bench-1"
LINES = 4
ORDER = "BENCH-1"

Tape = list[list[tuple[str, str, Any, str]]]
"""One list of statements a scan: what is called, text, parameters, how rows are fetched."""


class _Recorder:
    """A cursor that writes down what it is asked."""

    def __init__(self, cursor: Any, tape: list[tuple[str, str, Any, str]]) -> None:
        self._cursor = cursor
        self._tape = tape
        self.fetched = ""

    def execute(self, text: str, arguments: Any) -> None:
        self._tape.append(("execute", text, arguments, ""))
        self._cursor.execute(text, arguments)

    def executemany(self, text: str, arguments: Any) -> None:
        self._tape.append(("executemany", text, arguments, ""))
        self._cursor.executemany(text, arguments)

    def fetchall(self) -> Any:
        self._tape[-1] = (*self._tape[-1][:3], "fetchall")
        return self._cursor.fetchall()

    def fetchone(self) -> Any:
        self._tape[-1] = (*self._tape[-1][:3], "fetchone")
        return self._cursor.fetchone()

    @property
    def rowcount(self) -> int:
        return int(self._cursor.rowcount)


def prepare(database: Database) -> None:
    """A shop with one open order that takes any number of scans."""
    shop_with_products(database)
    with database.transaction() as tx:
        new_order(tx, ORDER, [(at, 1_000_000) for at in range(1, LINES + 1)])
        new_order(tx, "BENCH-2", [(at, 1_000_000) for at in range(LINES + 1, 2 * LINES + 1)])
    for code in (ORDER, *codes(LINES)):
        with database.transaction() as tx:
            packing.scan(tx, STATION, code, str(uuid4()))


def codes(number: int) -> list[str]:
    """Codes of goods that the open order wants, in turn."""
    return [gtin(at % LINES + 1) for at in range(number)]


def record(database: Database, number: int) -> tuple[Tape, list[tuple[str, str]]]:
    """Scan *number* pieces; return the tape and what was scanned."""
    tape: Tape = []
    scanned = [(code, str(uuid4())) for code in codes(number)]
    for code, act in scanned:
        part: list[tuple[str, str, Any, str]] = []
        with database.transaction() as tx:
            tx._cursor = _Recorder(tx._cursor, part)
            answer = packing.scan(tx, STATION, code, act)
        assert answer.key == "pack.ok", answer
        tape.append(part)
    return tape, scanned


def ours(database: Database, scanned: list[tuple[str, str]]) -> Callable[[], None]:
    """The scan as the desk runs it."""
    rest: Iterator[tuple[str, str]] = iter(scanned)

    def work() -> None:
        code, act = next(rest)
        with database.transaction() as tx:
            packing.scan(tx, STATION, code, act)

    return work


def player(cursor: Any, tape: Tape, begin: Callable[[], object], commit: Callable[[], object]) -> Callable[[], None]:
    """The same statements on the bare driver."""
    rest = iter(tape)

    def work() -> None:
        begin()
        for how, text, arguments, fetch in next(rest):
            if how == "execute":
                cursor.execute(text, arguments)
            else:
                cursor.executemany(text, arguments)
            if fetch == "fetchall":
                cursor.fetchall()
            elif fetch == "fetchone":
                cursor.fetchone()
        commit()

    return work


def _bare_sqlite(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-65536"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


def measure_sqlite(quick: bool, seed: int) -> list[Row]:
    """Scan on SQLite: once in a bare transaction of the service, once through the desk."""
    rounds = 300 if quick else 1500
    with scratch("scan") as folder:
        first = folder / "shop.db"
        database = open_database(f"sqlite:///{first}")
        prepare(database)
        database.close()
        paths = {name: folder / f"{name}.db" for name in ("tape", "ours", "desk", "raw")}
        for path in paths.values():
            shutil.copyfile(first, path)
        recorded = open_database(f"sqlite:///{paths['tape']}")
        tape, scanned = record(recorded, rounds + 50)
        recorded.close()
        database = open_database(f"sqlite:///{paths['ours']}")
        at_desk = open_database(f"sqlite:///{paths['desk']}")
        desk = Desk(at_desk, STATION)
        raw = _bare_sqlite(paths["raw"])
        cursor = raw.cursor()
        through = iter(scanned)
        works = {
            "ours": ours(database, scanned),
            "desk": lambda: desk.scan(*next(through)).result(),
            "raw": player(cursor, tape, lambda: cursor.execute("BEGIN IMMEDIATE"), raw.commit),
        }
        for work in works.values():
            for _ in range(50):
                work()
        found = interleaved(rounds, seed, **works)
        _same(raw, sqlite3.connect(paths["ours"]))
        raw.close()
        desk.stop()
        database.close()
        statements = max(len(part) for part in tape)
    rows = [
        Row.of("scan on SQLite WAL FULL / same statements in sqlite3", found["ours"], found["raw"], 2.0),
        Row.of("… through Desk.scan, thread hop included", found["desk"], found["raw"], None),
        Row.figure("… statements in a scan, BEGIN and COMMIT aside", statements, 12, "statements"),
    ]
    return [*rows, syncs()]


def _same(raw: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Both sides must have done the same work."""
    for table in ("journal", "moves", "steps"):
        one, two = (each.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for each in (raw, other))
        assert one == two, (table, one, two)
    other.close()


def measure_postgresql(quick: bool, seed: int) -> list[Row]:
    """Scan on PostgreSQL against bare psycopg."""
    import psycopg
    from sqlalchemy import make_url

    from tests.postgres import postgres

    name = "scan on PostgreSQL / same statements in psycopg"
    rounds = 300 if quick else 1500
    try:
        running = postgres()
        server = running.__enter__()
    except (RuntimeError, OSError) as error:
        return [Row.skipped(name, f"no PostgreSQL: {error}")]
    try:
        database = open_database(server.dsn_for("shop"))
        prepare(database)
        database.close()
        urls = {each: server.dsn_for(each, template="shop") for each in ("tape", "ours", "desk", "raw")}
        recorded = open_database(urls["tape"])
        tape, scanned = record(recorded, rounds + 50)
        recorded.close()
        database = open_database(urls["ours"])
        at_desk = open_database(urls["desk"])
        desk = Desk(at_desk, STATION)
        url = make_url(urls["raw"])
        raw = psycopg.connect(host=url.query["host"], port=url.query["port"], user=url.username, dbname=url.database)
        cursor = raw.cursor()
        through = iter(scanned)
        works = {
            "ours": ours(database, scanned),
            "desk": lambda: desk.scan(*next(through)).result(),
            "raw": player(cursor, tape, lambda: None, raw.commit),
        }
        for work in works.values():
            for _ in range(50):
                work()
        found = interleaved(rounds, seed, **works)
        raw.close()
        desk.stop()
        database.close()
        statements = max(len(part) for part in tape)
    finally:
        running.__exit__(None, None, None)
    return [
        Row.of(name, found["ours"], found["raw"], 1.5),
        Row.of("… through Desk.scan, thread hop and notice included", found["desk"], found["raw"], None),
        Row.figure("… statements in a scan, BEGIN and COMMIT aside", statements, 12, "statements"),
    ]


# --- syncs --------------------------------------------------------------------------------------------------------


def syncs() -> Row:
    """How often a scan makes the disk write, counted by the recorder of the power-cut rig."""
    from tests.torture.recorder import NoRecorder, recorded

    name = "… syncs in a scan"
    with scratch("syncs") as folder:
        database = open_database(f"sqlite:///{folder / 'shop.db'}")
        prepare(database)
        database.close()
        try:
            operations = recorded([sys.executable, "-m", "tests.bench.scan", str(folder / "shop.db")], folder)
        except NoRecorder as why:
            return Row.skipped(name, str(why))
        except subprocess.CalledProcessError as error:
            raise RuntimeError(error.stderr) from error
    found, here = [], 0
    for operation in operations:
        if operation.kind == "S":
            here += 1
        elif operation.kind == "A":
            found.append(here)
            here = 0
    note(f"syncs of {len(found) - 1} scans: {sorted(found[1:])}")
    return Row.figure(name, max(found[1:]), 1, "syncs")


def _scan_and_say(path: str) -> None:
    """Scan a few pieces, a line on standard output after each: the recorder sees both."""
    import os

    database = open_database(f"sqlite:///{path}")
    for code in codes(20):
        with database.transaction() as tx:
            packing.scan(tx, STATION, code, str(uuid4()))
        os.write(1, b"done\n")
    database.close()


if __name__ == "__main__":
    _scan_and_say(sys.argv[1])
