"""Taking in a large order file with every check, while the bench goes on scanning.

Each side runs in a process of its own, so that its memory can be told; they take turns in random order.
"""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

from tests.bench.measure import Row, Sample
from tests.bench.shop import new_order, scratch, shop_with_products

COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
LINES = 100_000
PRODUCTS = 2_000
SCAN_EVERY = 0.1
"""Seconds between two scans while the import runs."""


def write_file(path: Path, lines: int, each: int) -> None:
    """Write a file of *lines* lines, *each* of them to an order."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for at in range(lines):
            order, place = divmod(at, each)
            if not place:
                products = chance.sample(range(1, PRODUCTS + 1), each)
            product, pieces = products[place], chance.randrange(1, 13)
            moment = f"2010-12-{1 + order % 28:02d} {8 + order % 10:02d}:{order % 60:02d}:00"
            price, customer = f"{chance.randrange(1, 2000) / 100:.2f}", f"{12_000 + order % 5000}.0"
            name = f"WHITE HANGING HEART {product}"
            out.writerow((600_000 + order, f"SKU-{product:05d}", name, pieces, moment, price, customer, "Japan"))


def measure(quick: bool, seed: int) -> list[Row]:
    """Import of orders of three lines, and of twenty as in the Online Retail data."""
    lines, rounds = (20_000, 1) if quick else (LINES, 5)
    rows: list[Row] = []
    with scratch("import") as folder:
        for each, said in ((3, "3 lines an order"), (20, "20 lines an order")):
            file = folder / f"orders-{each}.csv"
            write_file(file, lines, each)
            rows += _one_form(folder, file, f"{lines:,} lines, {said}", rounds, seed)
    return rows


def _one_form(folder: Path, file: Path, said: str, rounds: int, seed: int) -> list[Row]:
    chance = random.Random(seed)
    ours, base, scans, settled, grown = Sample(), Sample(), Sample(), [], []
    for at in range(rounds):
        order = ["ours", "base"]
        chance.shuffle(order)
        for side in order:
            target = folder / f"{side}-{file.stem}-{at}"
            target.mkdir()
            found = _child(side, target, file)
            (ours if side == "ours" else base).times.append(found["seconds"])
            if side == "ours":
                scans.times += found["scans"]
                settled.append(round(found["settled"], 2))
                grown.append(found["grown"])
    rows = [Row.of(f"import of {said} / csv.reader + executemany", ours, base, 4.0)]
    rows.append(Row.figure("… then merges proposed, stock reserved", sorted(settled)[len(settled) // 2], None, "s"))
    rows.append(Row.figure("… memory above start", max(grown), 128, "MiB"))
    rows.append(Row.absolute(f"… a scan meanwhile, {len(scans.times)} scans", scans, None))
    return rows


def _child(side: str, target: Path, file: Path) -> dict:
    command = [sys.executable, "-m", "tests.bench.intake", side, str(target), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


# --- in the child -------------------------------------------------------------------------------------------------


def _peak_mib() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1024 if sys.platform != "darwin" else used / (1 << 20)


def _now_mib() -> float:
    """Memory in use now; where the system does not tell, the peak so far."""
    import os

    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return _peak_mib()
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def _ours(target: Path, file: Path) -> dict:
    from app.services.desk import Desk
    from app.services.intake import import_files, settle
    from app.storage.database import open_database
    from tests.bench.scan import ORDER, codes

    database = open_database(f"sqlite:///{target / 'shop.db'}")
    shop_with_products(database, PRODUCTS)
    with database.transaction() as tx:
        new_order(tx, ORDER, [(at, 1_000_000) for at in range(1, 5)])
    database.release()
    desk = Desk(database, "bench-1")
    for code in (ORDER, *codes(50)):
        desk.scan(code, str(uuid4())).result()
    times: list[float] = []
    over = threading.Event()

    def scan_on() -> None:
        for code in codes(100_000):
            began = time.perf_counter()
            desk.scan(code).result()
            times.append(time.perf_counter() - began)
            if over.wait(SCAN_EVERY):
                return

    bench = threading.Thread(target=scan_on)
    before = _now_mib()
    bench.start()
    began = time.perf_counter()
    report = import_files(desk, [file], shop="bench", then_settle=False)
    took = time.perf_counter() - began
    began = time.perf_counter()
    settle(desk, report)
    settled = time.perf_counter() - began
    grown = _peak_mib() - before
    over.set()
    bench.join()
    desk.stop()
    with file.open(newline="", encoding="utf-8") as opened:
        numbers = [row[0] for row in csv.reader(opened)][1:]
    assert report.usable, report.problems[:3]
    assert report.orders["added"] == len(set(numbers)), report.orders
    assert report.lines == len(numbers), report.lines
    assert not report.problems, report.problems[:3]
    return {"seconds": took, "settled": settled, "scans": times, "grown": round(grown, 1)}


def _base(target: Path, file: Path) -> dict:
    raw = sqlite3.connect(target / "plain.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA cache_size=-65536")
    raw.execute(f"CREATE TABLE line (id INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")
    raw.execute("CREATE INDEX by_number ON line (InvoiceNo)")
    raw.execute("CREATE INDEX by_sku ON line (StockCode)")
    began = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    with file.open(newline="", encoding="utf-8") as opened:
        reader = csv.reader(opened)
        next(reader)
        marks = ", ".join("?" * len(COLUMNS))
        raw.executemany(f"INSERT INTO line ({', '.join(COLUMNS)}) VALUES ({marks})", reader)
    raw.execute("COMMIT")
    took = time.perf_counter() - began
    raw.close()
    return {"seconds": took}


if __name__ == "__main__":
    work = {"ours": _ours, "base": _base}[sys.argv[1]]
    print(json.dumps(work(Path(sys.argv[2]), Path(sys.argv[3]))))
