"""A release of 1,000 orders to the last paper and the carriers' files, while the same program goes on scanning.

The orders are those of the test day: four shops, two carriers, cash, cold goods, gifts, sets.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from app.services import release, waybills
from app.services.desk import Desk
from app.services.printing import PrintRunner
from app.storage.database import Transaction
from tests.bench.measure import Row, Sample, note, percentile
from tests.bench.shop import gtin, new_order, scratch, shop_with_products
from tests.day.house import PICKUPS, House, morning, zone_of_morning
from tests.day.orders import make_day
from tests.printing_ways import FolderWays

ORDERS = 1_000
MOST_SECONDS = 20.0
SCAN_EVERY = 0.02
"""Seconds between two scans."""
BENCH_ORDER = "BENCH-1"
USUAL = "usual"


class _Scans(Sample):
    @property
    def p95(self) -> float:
        return percentile(self.times, 95)


class _Folder:
    """A printer: a folder of PDF files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.papers = 0

    def send(self, title: str, pdf: bytes) -> str:
        self.papers += 1
        path = self._folder / f"{title}.pdf"
        path.write_bytes(pdf)
        return str(path)


def measure(quick: bool, seed: int) -> list[Row]:
    """Reserve, release, draw every slip and write the carriers' files; scans before and beside it."""
    number, rounds = (150, 1) if quick else (ORDERS, 3)
    sys.setswitchinterval(0.001)  # as the station's own program does
    scans: dict[str, _Scans] = {}
    parts: dict[str, list[float]] = {}
    for at in range(rounds):
        with scratch("release") as folder:
            note(f"release of {number:,} orders, round {at + 1} of {rounds}")
            for name, seconds in _one_round(folder, number, seed + at, scans).items():
                parts.setdefault(name, []).append(seconds)
    middle = {name: sorted(found)[len(found) // 2] for name, found in parts.items()}
    whole = round(sum(middle.values()), 2)
    usual = scans[USUAL]
    beside = _Scans([each for name in middle if name in scans for each in scans[name].times])
    said = f"… a scan meanwhile ({len(beside.times)}) / a scan before ({len(usual.times)})"
    rows = [
        Row.figure(f"release of {number:,} orders, papers drawn and files written", whole, MOST_SECONDS, "s"),
        Row.of(said, beside, usual, 2.0, by="p95"),
    ]
    for name, seconds in middle.items():
        rows.append(Row.figure(f"… {name}", round(seconds, 2), None, "s"))
        if name in scans:
            rows.append(Row.of(f"… {name}: a scan meanwhile / before", scans[name], usual, None, by="p95"))
    return rows


def _one_round(folder: Path, number: int, seed: int, scans: dict[str, _Scans]) -> dict[str, float]:
    zone = zone_of_morning()
    day = make_day(morning(zone), seed, max(300, number * 5 // 4))
    house = House.opened(f"sqlite:///{folder / 'shop.db'}", folder / "files", day, zone)
    desk = house.desk
    bench = _Bench(desk, scans)
    try:
        house.take_in_all()
        shop_with_products(desk.database)
        desk.do(frozenset(), new_order, BENCH_ORDER, [(at, 1_000_000) for at in range(1, 5)]).result()
        desk.do(frozenset(), _begin).result()  # it is packed without a slip from a release
        opened = desk.scan(BENCH_ORDER).result()
        assert opened.level == "ok", opened
        bench.start()
        time.sleep(300 * SCAN_EVERY)
        return _release(desk, folder, number, bench)
    finally:
        bench.stop()
        house.stop()


def _begin(tx: Transaction) -> None:
    tx.connection.exec_driver_sql(f"UPDATE orders SET state = 'released', version = 1 WHERE number = '{BENCH_ORDER}'")


class _Bench:
    """A packer beside: scans a piece every now and then, and notes what was going on meanwhile."""

    def __init__(self, desk: Desk, scans: dict[str, _Scans]) -> None:
        self._desk = desk
        self._scans = scans
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.stage = USUAL

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        at = 0
        while not self._over.wait(SCAN_EVERY):
            at += 1
            stage, began = self.stage, time.perf_counter()
            answer = self._desk.scan(gtin(at % 4 + 1)).result()
            self._scans.setdefault(stage, _Scans()).times.append(time.perf_counter() - began)
            assert answer.key == "pack.ok", answer


def _release(desk: Desk, folder: Path, number: int, bench: _Bench) -> dict[str, float]:
    spent: dict[str, float] = {}
    bench.stage, began = "judge, reserve, release", time.perf_counter()
    done = release.release(desk, release.Choice(limit=number))
    spent[bench.stage] = time.perf_counter() - began
    assert len(done.ship_numbers) >= number, (len(done.ship_numbers), done.refused[:3])
    bench.stage, began = "draw every paper", time.perf_counter()
    printer = _Folder(folder)
    PrintRunner(desk, FolderWays(printer)).work_off()
    spent[bench.stage] = time.perf_counter() - began
    assert printer.papers >= 2, printer.papers
    bench.stage, began = "the carriers' files", time.perf_counter()
    rows = 0
    for carrier in PICKUPS:
        for file in waybills.export_many(desk, carrier, batch=done.batch).files:
            waybills.write_out(desk, file.id, folder / "carriers")
            rows += file.rows
    spent[bench.stage] = time.perf_counter() - began
    assert rows > number // 2, rows
    bench.stage = "afterwards"
    return spent
