"""Taking back the file with the numbers of 10,000 waybills, against csv.reader and one executemany.

Both sides begin with a copy of the same database, in which every waybill has gone out to the carrier.
"""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from app.services import numbers as service
from app.services.desk import Desk
from app.storage.database import open_database
from tests.bench.measure import Row, Sample, interleaved
from tests.bench.shop import CONTENT, scratch, shop_with_products
from tests.day.carriers import good_number

WAYBILLS = 10_000
IN_BATCH = 500
MOST_SECONDS = 3.0
_COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
_KEY = f"printf('%d-%03d-1', (i - 1) / {IN_BATCH} + 1, (i - 1) % {IN_BATCH} + 1)"


def key_of(at: int) -> str:
    """Customer key of the waybill number *at*, from 1."""
    batch, sequence = divmod(at - 1, IN_BATCH)
    return f"{batch + 1}-{sequence + 1:03d}-1"


def _prepare(path: Path, number: int) -> None:
    """A shop with *number* released orders whose waybills went out in a file."""
    database = open_database(f"sqlite:///{path}")
    shop_with_products(database)
    database.close()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("BEGIN")
    batch, sequence = f"(i - 1) / {IN_BATCH} + 1", f"(i - 1) % {IN_BATCH} + 1"
    raw.execute(
        _COUNTING + "INSERT INTO orders (id, shop_id, number, ship_to_key, state, held, version, batch, sequence, "
        "received_at, ordered_at, cut_off, queue_at, rank, line_count, pieces, ship_name, prefecture, gift, content, "
        "digest, carrier, service) "
        f"SELECT i, 1, printf('N-%08d', i), '', 'released', 0, 1, {batch}, {sequence}, 1700000000000 + i, "
        "1700000000000 + i, 1800000000000, 1800000000000, 0, 1, 1, '見本 花子', '東京都', 0, ?, printf('%064x', i), "
        "'yamato_b2', 'takkyubin' FROM n",
        (number, CONTENT),
    )
    raw.execute(
        _COUNTING
        + f"INSERT INTO releases (batch, sequence, order_id, version) SELECT {batch}, {sequence}, i, 1 FROM n",
        (number,),
    )
    now = int(datetime.now(UTC).timestamp() * 1000)
    raw.execute(
        "INSERT INTO exports (id, act, at, station, batch, carrier, file, sha256, rows, state) "
        "VALUES (1, 'bench', ?, '1', NULL, 'yamato_b2', 'bench.csv', '', ?, 'written')",
        (now, number),
    )
    raw.execute(
        _COUNTING + "INSERT INTO waybills (order_id, batch, sequence, version, issue, key, piece, pieces, carrier, "
        "service, cod, state, export_id, position, requested_at) "
        f"SELECT i, {batch}, {sequence}, 1, 1, {_KEY}, 1, 1, 'yamato_b2', 'takkyubin', 0, 'exported', 1, i, ? FROM n",
        (number, now),
    )
    raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def write_file(path: Path, number: int) -> None:
    """Write 発行済データ of B2 with a number for every waybill."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for at in range(1, number + 1):
        row = [""] * 95
        row[0], row[1], row[3], row[4] = key_of(at), "0", good_number(44_000_000_000 + at), "2026/09/14"
        row[15], row[32] = "見本 花子", key_of(at)
        out.writerow(row)
    path.write_bytes(text.getvalue().encode("cp932"))


def measure(quick: bool, seed: int) -> list[Row]:
    """Numbers of 10,000 waybills in one file, and the same file once more, which adds nothing."""
    number, rounds = (2_000, 1) if quick else (WAYBILLS, 5)
    with scratch("numbers") as folder:
        first, file = folder / "first.db", folder / "numbers.csv"
        _prepare(first, number)
        write_file(file, number)
        copies = iter(range(1_000_000))
        again = Sample()

        def ours() -> float:
            path = shutil.copyfile(first, folder / f"ours-{next(copies)}.db")
            desk = Desk(open_database(f"sqlite:///{path}"), "1")
            began = perf_counter()
            service.take_numbers(desk, file)
            took = perf_counter() - began
            began = perf_counter()
            service.take_numbers(desk, file)
            again.times.append(perf_counter() - began)
            desk.stop()
            _all_numbered(path, number)
            return took

        def base() -> float:
            path = shutil.copyfile(first, folder / f"base-{next(copies)}.db")
            took = _plainly(path, file)
            _all_numbered(path, number)
            return took

        found = interleaved(rounds, seed, ours=ours, base=base)
    said = f"numbers of {number:,} waybills"
    limit = MOST_SECONDS * number / WAYBILLS
    return [
        Row.of(f"{said} / csv.reader + executemany", found["ours"], found["base"], None),
        Row.absolute("… the file itself", found["ours"], limit, by="p50"),
        Row.absolute("… the same file again", again, limit, by="p50"),
    ]


def _plainly(path: Path, file: Path) -> float:
    raw = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-65536"):
        raw.execute(f"PRAGMA {pragma}")
    began = perf_counter()
    with file.open(encoding="cp932", newline="") as opened:
        given = [(row[3], row[0]) for row in csv.reader(opened)]
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany("UPDATE waybills SET number = ?, state = 'numbered' WHERE key = ? AND state = 'exported'", given)
    raw.execute("COMMIT")
    took = perf_counter() - began
    raw.close()
    return took


def _all_numbered(path: Path, number: int) -> None:
    with sqlite3.connect(path) as raw:
        found = raw.execute("SELECT count(*), count(DISTINCT number) FROM waybills WHERE state = 'numbered'").fetchone()
    raw.close()
    assert found == (number, number), found
