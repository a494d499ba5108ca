"""Fifty pickers on one PostgreSQL take their next job, again and again, until none is left.

Every station is a connection and a thread of its own, in several processes. A claim is the whole scan of ``KP-NEXT``:
the job taken, loaded, journalled and committed. Each job is then handed back or worked off by its list, so that the
stations keep meeting at the head of the queue, far more often than people do who walk in between.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections import Counter
from uuid import uuid4

from app.domain.modes import Stage
from app.services import picking, waves
from app.services.desk import Desk
from app.services.release import Choice
from app.storage.database import Database, open_database
from tests.bench.measure import Row, Sample, note
from tests.makers import Goods, incoming, query, set_to, stocked
from tests.postgres import postgres

STATIONS = 50
PROCESSES = 5
JOBS = 1_500
MOST_SECONDS = 0.5
BETWEEN_SECONDS = 0.2
"""Time between two claims of one station: a walk, a hundred times as fast as it is."""

Claimed = list[tuple[str, str, float]]
"""Station, job, seconds."""


def measure(quick: bool, seed: int) -> list[Row]:
    """Claims of the next job by fifty stations at once."""
    name = f"claim of the next job, {STATIONS} stations on PostgreSQL"
    jobs = 200 if quick else JOBS
    try:
        running = postgres()
        server = running.__enter__()
    except (RuntimeError, OSError) as error:
        return [Row.skipped(name, f"no PostgreSQL: {error}")]
    try:
        url = server.dsn_for("claims")
        database = open_database(url)
        note(f"{jobs:,} jobs")
        _prepare(database, jobs)
        note(f"{STATIONS} stations")
        claimed = _race(url)
        rows = _judge(name, database, claimed, jobs)
        database.close()
        return rows
    finally:
        running.__exit__(None, None, None)


def _prepare(database: Database, jobs: int) -> None:
    orders = [incoming(f"C{number}", (f"SKU-{number % 40 + 1}", 1)) for number in range(jobs)]
    stocked(database, [Goods(number, stock=jobs) for number in range(1, 41)])
    for start in range(0, jobs, 200):
        stocked(database, [], *orders[start : start + 200])
    set_to(database, pick_list_orders="1", intake_max_age="0")
    desk = Desk(database, "leader")
    try:
        waves.release_wave(desk, Choice(), "paper")
    finally:
        desk.stop()


def _race(url: str) -> Claimed:
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        each = STATIONS // PROCESSES
        parts = pool.starmap(stations, [(url, number * each, each) for number in range(PROCESSES)])
    return [claim for part in parts for claim in part]


def stations(url: str, first: int, number: int) -> Claimed:
    """Run some of the stations in this process until no job is left; return what each claimed and how long it took."""
    claimed: Claimed = []
    threads = [
        threading.Thread(target=_station, args=(url, f"cart-{first + place}", claimed)) for place in range(number)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return claimed


def _station(url: str, name: str, claimed: Claimed) -> None:
    database = open_database(url)
    try:
        while True:
            began = time.perf_counter()
            answer = _scan(database, name, "KP-NEXT")
            took = time.perf_counter() - began
            if answer[0].endswith("none_waiting"):
                return
            claimed.append((name, answer[1], took))
            _scan(database, name, f"KL-{answer[1]}")
            time.sleep(BETWEEN_SECONDS)
    finally:
        database.close()


def _scan(database: Database, station: str, code: str) -> tuple[str, str]:
    with database.transaction() as tx:
        answer = picking.scan(tx, station, code, str(uuid4()), stage=Stage.PICK)
    return answer.key, answer.job


def _judge(name: str, database: Database, claimed: Claimed, jobs: int) -> list[Row]:
    took = Sample([seconds for _, _, seconds in claimed])
    doubles = sum(times - 1 for times in Counter(job for _, job, _ in claimed).values())
    share = Counter(station for station, _, _ in claimed)
    fewest, most = min(share.values(), default=0), max(share.values(), default=0)
    done = query(database, "SELECT count(*) FROM jobs WHERE state = 'done'")[0][0]
    fair = len(share) == STATIONS and fewest > 0
    return [
        Row.absolute(name, took, MOST_SECONDS),
        Row("  jobs claimed twice", str(doubles), goal="0", met=doubles == 0),
        Row("  jobs left over", str(jobs - done), goal="0", met=jobs == done),
        Row("  jobs of the station with fewest / most", f"{fewest} / {most}", goal="none starved", met=fair),
    ]
