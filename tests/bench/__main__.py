"""``python -m tests.bench [NAME…] [--quick] [--seed N]``: one table of what was measured in this run."""

from __future__ import annotations

import argparse
import os
import random
import sys
import traceback
from collections.abc import Callable

from tests.bench import (
    addresses,
    alikes,
    batching,
    board,
    cartons,
    channels,
    claims,
    decode,
    exports,
    intake,
    labels,
    numbers,
    papers,
    printing,
    queue,
    release,
    routing,
    scan,
    screen,
    sheets,
    waves,
    weights,
    window,
)
from tests.bench.measure import Row, note, show

MEASUREMENTS: dict[str, tuple[Callable[[bool, int], list[Row]], str]] = {
    "scan": (scan.measure_sqlite, "a scan on SQLite against the same statements in sqlite3"),
    "scan-postgresql": (scan.measure_postgresql, "a scan on PostgreSQL against the same statements in psycopg"),
    "queue": (queue.measure, "first page of the queue at 1,000,000 orders against 1,000"),
    "screen": (screen.measure, "last key to the repainted screen, with 1,000,000 orders in the file"),
    "window": (window.measure, "start to the painted window against a bare PySide6 window"),
    "import": (intake.measure, "import of 100,000 lines against csv.reader and executemany"),
    "channels": (channels.measure, "each shop's export taken in: orders a second and memory"),
    "sheets": (sheets.measure, "spreadsheets as text: seconds and memory of the limited child"),
    "addresses": (addresses.measure, "addresses of 10,000 orders checked; what the check gets wrong"),
    "exports": (exports.measure, "the carriers' files of 10,000 released orders"),
    "board": (board.measure, "a refresh of the leader's board at 100,000 open and 1,000,000 past orders"),
    "release": (release.measure, "release of 1,000 orders, papers and files included, with scans beside"),
    "numbers": (numbers.measure, "the numbers of 10,000 waybills against csv.reader and executemany"),
    "decode": (decode.measure, "codes in pictures and on own labels, against each decoder alone"),
    "alikes": (alikes.measure, "comparing 50,000 products for look-alikes, with scans beside"),
    "claims": (claims.measure, "the next job, claimed by 50 stations on one PostgreSQL"),
    "waves": (waves.measure, "a day of 5,000 orders released and planned as one wave, with scans beside"),
    "papers": (papers.measure, "packing slips against a bare ReportLab page"),
    "labels": (labels.measure, "labels in each language of printers, and their codes read back"),
    "printing": (
        printing.measure,
        "scans beside a dead, a stalled and a busy printer, a label to the paper, the footer",
    ),
    "routing": (routing.measure, "walks against proven lengths and rules of thumb"),
    "batching": (
        batching.measure_rows,
        "carts of orders against best known plans, savings and first come first served",
    ),
    "weights": (weights.measure, "the scale: wrong boxes found against right ones stopped"),
    "cartons": (cartons.measure, "cartons of orders and equal bins, each packing proved"),
}


def main() -> int:
    """Measure what was asked; a goal that is missed is shown, not failed."""
    told = "; ".join(f"{name}: {about}" for name, (_, about) in MEASUREMENTS.items())
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=told)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these: " + ", ".join(MEASUREMENTS))
    parser.add_argument("--quick", action="store_true", help="a few rounds: shows that it runs, not how fast it is")
    parser.add_argument("--seed", type=int, default=0, help="order of the rounds; 0 draws one")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - set(MEASUREMENTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))} (known: {', '.join(MEASUREMENTS)})")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    seed = chosen.seed or random.randrange(1, 1 << 31)
    rows: list[Row] = []
    broken = 0
    for name in chosen.names or list(MEASUREMENTS):
        note(name)
        try:
            rows += MEASUREMENTS[name][0](chosen.quick, seed)
        except Exception:  # noqa: BLE001 - the others are still measured; the exit status says so
            traceback.print_exc()
            rows.append(Row(name, "CRASHED"))
            broken += 1
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Kenpin, measured side by side on {os.cpu_count()} cores{load}; seed {seed}\n")
    show(rows)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
