"""Printing beside the packer: scans with a dead, a stalled and a busy printer, a label from order to paper, the footer.

The printers are those of the tests' rig: they listen on real ports and stand still, refuse or print as printers do.
The waits are those of the real program.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

from app.devices.printing.ways import PrinterWays
from app.domain.printing import Printer, Transport
from app.services import label_jobs, print_board, printers, release
from app.services.desk import Desk
from app.services.label_jobs import LabelWish
from app.services.print_runner import PrintRunner
from app.services.release import Choice
from app.storage.database import Database, open_database
from tests.bench.measure import Row, Sample, interleaved, note, percentile
from tests.bench.shop import scratch
from tests.makers import Goods, change, incoming, query, set_to, stocked
from tests.printing.ipp_server import IppServer
from tests.printing.raw_printer import RawPrinter

CLOSE_RATIO = 1.05
SLIPS = 500
BESIDE_SECONDS = 0.02
FOOTER_SECONDS = 0.005
OPEN_JOBS = 5_000
PIECES = 2
TEA = Goods(1, stock=1_000_000)


class _Scans(Sample):
    @property
    def p95(self) -> float:
        return percentile(self.times, 95)


def measure(quick: bool, seed: int) -> list[Row]:
    """All of it; the log of printers that are down is not shown."""
    logging.disable(logging.WARNING)
    sys.setswitchinterval(0.001)  # as the station's own program does
    try:
        return [*_closes(quick, seed), *_beside_slips(quick), *_label(quick), *_footer(quick)]
    finally:
        logging.disable(logging.NOTSET)


# --- shops --------------------------------------------------------------------------------------------------------


class _Shop:
    """A shop in a file, a packer, and a runner where it prints."""

    def __init__(self, folder: Path, orders: int, printer: Printer | None, *, slips: bool = True) -> None:
        folder.mkdir()
        self.url = f"sqlite:///{folder / 'kenpin.db'}"
        self.database: Database = open_database(self.url)
        made = [incoming(f"N-{at:05d}", ("SKU-1", PIECES), ordered_at=1_700_000_000_000 + at) for at in range(orders)]
        stocked(self.database, [TEA], *made)
        self.numbers = iter([each.number for each in made])
        set_to(self.database, slip_required="off", slip_size="100x150", slip_when="release" if slips else "off")
        if printer is not None:
            with self.database.transaction() as tx:
                self.printer = printers.save(tx, "1", str(uuid4()), printer)
            change(self.database, "UPDATE printers SET answers = 1")
        self.desk = Desk(open_database(self.url), "1")
        self.runner = PrintRunner(self.desk, PrinterWays(lambda: folder / "papers"))

    def open(self) -> None:
        """Open the next order and pack all but its last piece."""
        keys = [self.desk.scan(code).result().key for code in (next(self.numbers), *[TEA.piece] * (PIECES - 1))]
        assert keys[0] == "order.opened", keys

    def close_parcel(self) -> float:
        """Seconds that the last scan of an order takes, which closes its parcel."""
        self.open()
        began = time.perf_counter()
        answer = self.desk.scan(TEA.piece).result()
        took = time.perf_counter() - began
        assert answer.key == "order.closed", answer
        return took

    def stop(self) -> None:
        self.runner.stop()
        self.desk.stop()
        self.database.close()


def _zebra(address: str) -> Printer:
    return Printer(0, "rig", Transport.RAW, address, "zpl", 203, "100x150")


# --- a parcel is closed -------------------------------------------------------------------------------------------


def _closes(quick: bool, seed: int) -> Iterator[Row]:
    rounds = 20 if quick else 800
    note(f"{rounds} parcels closed beside each printer")
    with scratch("printing") as folder, ExitStack() as stack:
        dead = stack.enter_context(RawPrinter("zpl"))
        dead.off()
        stalled = stack.enter_context(RawPrinter("zpl"))
        stalled.faults.deaf_at = 200
        shops = {
            "none": _Shop(folder / "none", rounds + 8, None, slips=False),
            "dead": _Shop(folder / "dead", rounds + 8, _zebra(dead.address)),
            "stalled": _Shop(folder / "stalled", rounds + 8, _zebra(stalled.address)),
        }
        for name, shop in shops.items():
            stack.callback(shop.stop)
            if name != "none":
                shop.runner.start()
        works: dict[str, Callable[[], object]] = {name: shop.close_parcel for name, shop in shops.items()}
        for shop in shops.values():
            for _ in range(5):
                shop.close_parcel()
        end = time.monotonic() + 10
        while stalled.taken < 200 and time.monotonic() < end:  # until the job is on the line
            time.sleep(0.05)
        assert stalled.taken >= 200, "nothing was sent to the printer that stalls"
        found = interleaved(rounds, seed, **works)
        assert dead.out == stalled.out == []
        stalled.mend()
    yield Row.of("a parcel closed, printer off / nothing to print", found["dead"], found["none"], CLOSE_RATIO)
    yield Row.of("a parcel closed, printer stalled / nothing to print", found["stalled"], found["none"], CLOSE_RATIO)


# --- five hundred slips -------------------------------------------------------------------------------------------


def _beside_slips(quick: bool) -> Iterator[Row]:
    number = 60 if quick else SLIPS
    note(f"scans while {number} slips are drawn and printed as one job")
    with scratch("printing") as folder, IppServer() as office:
        shop = _Shop(folder / "shop", number, Printer(0, "rig", Transport.IPP, office.address, "pdf", 0, "A4"))
        set_to(shop.database, slip_size="A4")
        try:
            with _packer(shop.url, number) as scan:
                before, beside = _Scans(), _Scans()
                for _ in range(60):
                    before.times.append(scan())
                release.release(shop.desk, Choice())
                began = time.perf_counter()
                shop.runner.start()
                while not _confirmed(shop.database, "slips") and time.perf_counter() - began < 120:
                    beside.times.append(scan())
                    time.sleep(0.01)
                took = time.perf_counter() - began
            assert _confirmed(shop.database, "slips"), "the slips did not come out"
        finally:
            shop.stop()
    yield Row.figure(f"{number} slips in one job, drawn, sent and confirmed", round(took, 2), None, "s")
    yield Row.absolute(f"… a scan meanwhile ({len(beside.times)})", beside, BESIDE_SECONDS, by="p95")
    yield Row.of("… the same / a scan before", beside, before, None, by="p95")


@contextmanager
def _packer(url: str, known: int) -> Iterator[Callable[[], float]]:
    """A second bench that goes on scanning one piece in and out of an order of its own."""
    database = open_database(url)
    desk = Desk(database, "2")
    desk.scan(f"N-{known - 1:05d}").result()
    turns = count()

    def scan() -> float:
        began = time.perf_counter()
        answer = desk.scan("KP-UNDO" if next(turns) % 2 else TEA.piece).result()
        took = time.perf_counter() - began
        assert answer.key in ("pack.ok", "undo.packed"), answer
        return took

    try:
        yield scan
    finally:
        desk.stop()


def _confirmed(database: Database, paper: str) -> bool:
    rows = query(database, "SELECT state FROM print_jobs WHERE paper = ?", paper)
    return bool(rows) and all(row[0] == "confirmed" for row in rows)


# --- one label ----------------------------------------------------------------------------------------------------


def _label(quick: bool) -> Iterator[Row]:
    rounds = 5 if quick else 40
    note(f"{rounds} labels from their order to the paper")
    out, known = Sample(), Sample()
    with scratch("printing") as folder, RawPrinter("zpl") as zebra:
        shop = _Shop(folder / "shop", 1, Printer(0, "rig", Transport.RAW, zebra.address, "zpl", 203, "60x40"))
        shop.runner.start()
        try:
            for at in range(rounds + 2):
                began = time.perf_counter()
                with shop.database.transaction() as tx:
                    label_jobs.order(tx, "1", str(uuid4()), LabelWish("product", ("SKU-1",)), shop.printer)
                shop.runner._wake.set()  # as the desk does after the commit
                assert zebra.wait(at + 1, 20)
                took = time.perf_counter() - began
                while not _confirmed(shop.database, "label"):
                    time.sleep(0.002)
                if at >= 2:
                    out.times.append(took)
                    known.times.append(time.perf_counter() - began)
            assert [label.codes() for label in zebra.out] == [[TEA.piece]] * (rounds + 2)
        finally:
            shop.stop()
    yield Row.absolute("a ZPL label over port 9100, from the order to the paper", out, None)
    yield Row.absolute("… until the printer has said that it is out", known, None)


# --- the footer ---------------------------------------------------------------------------------------------------


def _footer(quick: bool) -> Iterator[Row]:
    note(f"the footer's question with {OPEN_JOBS:,} open jobs and twenty times as many done")
    sample = Sample()
    with scratch("printing") as folder:
        shop = _Shop(folder / "shop", 1, _zebra("127.0.0.1:9"))
        for state, number in (("waiting", OPEN_JOBS), ("confirmed", OPEN_JOBS * (2 if quick else 20))):
            change(
                shop.database,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                "INSERT INTO print_jobs (act, at, station, sender, paper, version, copy_reason, state, attempts, "
                "not_before, error, result) SELECT 'bench', 0, '1', '1', 'packing_slip', 0, '', ?, 0, 0, '', '' FROM n",
                number, state,
            )  # fmt: skip
        for _ in range(50 if quick else 300):
            began = time.perf_counter()
            with shop.database.reading() as tx:
                lines, counts = print_board.printer_lines(tx, "1"), print_board.open_counts(tx)
            sample.times.append(time.perf_counter() - began)
        assert len(lines) == 1
        assert counts["waiting"] == OPEN_JOBS
        shop.stop()
    yield Row.absolute(f"what the footer asks, {OPEN_JOBS:,} open jobs", sample, FOOTER_SECONDS, by="p50")
