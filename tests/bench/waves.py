"""A day of 5,000 orders released as one wave, its tours, walks and jobs planned and written, while people scan.

The orders are drawn by the seed: one to six lines of 2,000 products that lie anywhere in a warehouse of 20 aisles and
three cross-aisles, one product in twenty heavy. They are planned as the window does it, in a process beside it.
"""

from __future__ import annotations

import random
import threading
import time
from uuid import uuid4

from app.domain.products import CodeKind, IncomingProduct, ProductCode
from app.domain.stock import SUPPLIER, Move, shelf_place
from app.domain.warehouse_layout import Parameters, parametric_shelves
from app.services import warehouse, wave_board, waves
from app.services.aside import Aside
from app.services.desk import Desk
from app.services.release import Choice
from app.services.wave_plan import in_order, jobs_of, task_of, walk_of
from app.storage import intake, packing, products
from app.storage.database import Database, Transaction, open_database
from tests.bench.measure import Row, Sample, note
from tests.bench.shop import gtin, new_order, scratch

ORDERS, PRODUCTS = 5_000, 2_000
MOST_SECONDS = 60.0
MOST_SCAN_SECONDS = 0.05
SCAN_EVERY = 0.05
"""Seconds between two scans of a code that nobody knows: each is an act with its row in the journal."""
MAP = Parameters(aisles=20, bays=50, levels=2, cross_aisles=3)


def measure(quick: bool, seed: int) -> list[Row]:
    """Release and plan one wave in mode ``cart``."""
    number = 300 if quick else ORDERS
    with scratch("waves") as folder:
        database = open_database(f"sqlite:///{folder / 'shop.db'}")
        note(f"{number:,} orders")
        _fill(database, number, random.Random(seed))
        desk, aside = Desk(database, "leader"), Aside()
        try:
            warehouse.lay_out(desk, MAP)
            before = desk.read(_as_they_come).result()
            return _measured(desk, aside, number, before)
        finally:
            aside.close()
            desk.stop()


def _measured(desk: Desk, aside: Aside, number: int, before: float) -> list[Row]:
    told: list[tuple[str, float]] = []
    scans: list[float] = []
    stop = threading.Event()
    scanner = threading.Thread(target=_scan, args=(desk, scans, stop))
    scanner.start()
    note("wave released and planned")
    began = time.perf_counter()
    done = waves.release_wave(
        desk, Choice(), "cart", aside=aside, progress=lambda step, *_: told.append((step, time.perf_counter()))
    )
    seconds = time.perf_counter() - began
    stop.set()
    scanner.join()
    ends = dict(told)
    planned = ends.get("walk", ends["batch"])
    (board,) = desk.read(wave_board.board).result()
    assert sum(each.orders for each in done.planned) == number
    assert board.unplanned == 0
    return [
        Row.figure(f"wave of {number:,} orders, released and planned", round(seconds, 1), MOST_SECONDS, "s"),
        Row.figure("… released", round(ends["release"] - began, 1), None, "s"),
        Row.figure("… tours and walks computed", round(planned - ends["release"], 1), None, "s"),
        Row.figure("… jobs written", round(began + seconds - planned, 1), None, "s"),
        Row.figure("… walks, of what carts filled as orders come walk", round(100 * board.metres / before), None, "%"),
        Row.absolute(f"… a scan meanwhile ({len(scans)})", Sample(scans), MOST_SCAN_SECONDS),
    ]


def _scan(desk: Desk, scans: list[float], stop: threading.Event) -> None:
    while not stop.wait(SCAN_EVERY):
        began = time.perf_counter()
        desk.scan(f"NOBODY-{len(scans)}", str(uuid4())).result()
        scans.append(time.perf_counter() - began)


def _as_they_come(tx: Transaction) -> float:
    """Metres that carts walk which are filled in the order of the queue."""
    rows = tx.connection.exec_driver_sql("SELECT id FROM orders ORDER BY queue_at, rank, ordered_at, id").all()
    task = task_of(tx, [row[0] for row in rows])
    orders = [job.orders[0] for job in jobs_of(task, "single")]
    return sum(walk_of(task.ground, tour).metres for tour in in_order(orders, task.ground.limits.totes))


def _fill(database: Database, number: int, chance: random.Random) -> None:
    codes = [each.code for each in parametric_shelves(MAP)[0]]
    chance.shuffle(codes)
    with database.transaction() as tx:
        intake.shop_id(tx, "csv", "bench", make=True)
        for at in range(1, PRODUCTS + 1):
            code = ProductCode(f"0{gtin(at)}", 1, CodeKind.GTIN)
            weight = 6_000 if chance.random() < 0.05 else 300
            shelf = codes[at % len(codes)]
            made = IncomingProduct(f"SKU-{at:05d}", f"品物 {at}", codes=(code,), shelf=shelf, weight_g=weight)
            product, _ = products.save(tx, made)
            packing.book(tx, f"open-{at}", None, [Move(product, "", SUPPLIER, shelf_place(shelf), 1_000_000)])
    for start in range(0, number, 500):
        with database.transaction() as tx:
            for at in range(start, min(number, start + 500)):
                wanted = chance.sample(range(1, PRODUCTS + 1), chance.choice((1, 1, 2, 2, 3, 4, 6)))
                new_order(tx, f"W-{at:06d}", [(product, chance.choice((1, 1, 1, 2, 3))) for product in wanted])
