"""A shop whose slips come out of one printer of the rig: real database, real desk, real print runner and ways.

A packer opens an order and packs it; the slip is a job of the outbox. :class:`PrintHouse` knows what the outbox says of
each order's slip (:meth:`PrintHouse.jobs`) and what physically came out (:meth:`PrintHouse.papers`), and never mixes
the two up.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4

import pypdfium2
import zxingcpp
from PIL import Image

from app.devices.printing import ipp
from app.devices.printing.ways import PrinterWays
from app.domain.printing import Delivery, Printer, Transport
from app.services import print_acts, print_runner, print_worker, printers
from app.services.desk import Desk
from app.services.pages import PDFIUM
from app.services.print_runner import PrintRunner
from app.services.printers import Found, Way, Ways
from app.storage.database import open_database
from tests.makers import Goods, change, incoming, query, set_to, stocked
from tests.printing.ipp_printer import IppPrinter
from tests.printing.ipp_server import IppServer
from tests.printing.jobs import HURRY, hurried
from tests.printing.raw_printer import PrintedLabel, RawPrinter

__all__ = ["KINDS", "Job", "Paper", "PrintHouse", "hurried_house"]

KINDS = ("zpl", "tspl", "sbpl", "escpos", "silent", "ipp", "ippeve", "cups")
"""Languages of label printers over raw 9100; ``silent``: one in ZPL that never answered a question; ``ipp``: the small
faulty server; ``ippeve``: the real printer program; ``cups``: a real CUPS queue before it."""
STALL = 0.6
"""Seconds without progress after which a job counts as stalled, where the warehouse's are 60."""
LONG_LINES = 14
"""Lines of an order whose slip needs several labels."""
_SIZES = {"ipp": "A5", "ippeve": "A5", "cups": "A5"}
_PAGE_DOTS = (round(100 * 203 / 25.4), round(150 * 203 / 25.4))

Rig = RawPrinter | IppServer | IppPrinter


@dataclass(frozen=True)
class Job:
    """A row of the outbox."""

    id: int
    order: int
    state: str
    copy: str
    attempts: int
    pages: int
    settled_by: str
    error: str


@dataclass(frozen=True)
class Paper:
    """A page or label that came out."""

    code: str
    """What a scanner reads on it; empty where it reads nothing."""
    content: str
    """Fingerprint of all that is on it."""
    copy: bool
    """Whether COPY stands on it, where that can be read (PDF)."""


# --- shorter waits ------------------------------------------------------------------------------------------------


class _HurriedWay:
    """A way whose deadlines are those of the rig."""

    def __init__(self, way: Way) -> None:
        self._way = way

    def state(self, seconds: float = 3.0) -> Any:
        return self._way.state(min(seconds, STALL))

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:
        return self._way.send(title, data, seconds=min(seconds, STALL))

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:
        return self._way.follow(delivery, min(seconds, STALL))


class HurriedWays:
    """The real ways with the rig's deadlines."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways

    def to(self, printer: Printer) -> Way:
        return _HurriedWay(self._ways.to(printer))

    def folder(self) -> Way:
        return self._ways.folder()

    def find(self, seconds: float = 8.0) -> Sequence[Found]:
        return self._ways.find(seconds)


@contextlib.contextmanager
def hurried_house() -> Iterator[None]:
    """Let the ways, the workers and the runner wait :data:`~tests.printing.jobs.HURRY` times shorter."""
    real_pause = print_worker.pause_ms

    def shorter(*pair: float) -> tuple[float, ...]:
        return tuple(each / HURRY for each in pair)

    with (
        hurried(),
        mock.patch.multiple(
            print_worker,
            _ASK_AGAIN_SECONDS=shorter(*print_worker._ASK_AGAIN_SECONDS),
            _FOLLOW_SECONDS=shorter(*print_worker._FOLLOW_SECONDS),
            _IDLE_ASK_SECONDS=print_worker._IDLE_ASK_SECONDS / HURRY,
            pause_ms=lambda attempts: real_pause(attempts) // HURRY,
        ),
        mock.patch.multiple(print_runner, _IDLE_SECONDS=0.05, _GATHER_SECONDS=0.01),
        mock.patch.multiple(ipp, _AFTER=ipp._AFTER / HURRY * 2, _AGAIN=ipp._AGAIN / HURRY),
    ):
        yield


# --- the house ----------------------------------------------------------------------------------------------------


class PrintHouse:
    """One shop with one printer of a kind, and a packer at station 1."""

    def __init__(self, folder: Path, kind: str, orders: int, *, long_every: int = 0, run: bool = True) -> None:
        """
        :param long_every: so often an order has so many lines that its slip needs several labels; 0 for never.
        :param run: whether its own runner works; else a test starts a program of its own.
        """
        self.kind, self.folder = kind, folder
        folder.mkdir(parents=True, exist_ok=True)
        self.url = f"sqlite:///{folder / 'kenpin.db'}"
        self.database = open_database(self.url)
        self.size = _SIZES.get(kind, "100x150")
        self._goods = [Goods(number, stock=100_000) for number in range(1, LONG_LINES + 1)]
        long = [bool(long_every) and at % long_every == 0 for at in range(1, orders + 1)]
        wanted = [self._goods if each else self._goods[:1] for each in long]
        self.lines = {f"N-{at:04d}": [each.piece for each in goods] for at, goods in enumerate(wanted, 1)}
        made = [
            incoming(number, *((each.sku, 1) for each in goods), ordered_at=1_700_000_000_000 + at)
            for at, (number, goods) in enumerate(zip(self.lines, wanted, strict=True))
        ]
        stocked(self.database, self._goods, *made)
        set_to(self.database, slip_size=self.size, slip_required="off")
        self.rig = self._rig()
        with self.database.transaction() as tx:
            self.printer = printers.save(tx, "1", str(uuid4()), self._printer())
        if kind != "silent":
            change(self.database, "UPDATE printers SET answers = 1")  # it was in use before
        self.desk = Desk(open_database(self.url), "1")
        self.runner: PrintRunner | None = None
        if run:
            self.start_runner()
        self.counted = 0
        """Pages that were looked at, for a rig that keeps count of them."""
        self.timers: list[threading.Timer] = []
        """What is still to happen to the printer."""
        self.scans: list[float] = []
        """Seconds from each scan to its answer."""

    def start_runner(self) -> None:
        """Begin the runner of the packer's station."""
        self.runner = PrintRunner(self.desk, HurriedWays(PrinterWays(lambda: self.folder / "papers")))
        self.runner.start()

    def _rig(self) -> Rig:
        match self.kind:
            case "ipp":
                return IppServer()
            case "ippeve":
                return IppPrinter()
            case "cups":
                return IppPrinter(cups=True)
            case "silent":
                return RawPrinter("zpl", 203, speaks=False)
            case _:
                return RawPrinter(self.kind, 203, _PAGE_DOTS)

    def _printer(self) -> Printer:
        if isinstance(self.rig, RawPrinter):
            return Printer(0, "rig", Transport.RAW, self.rig.address, self.rig.language, 203, self.size)
        address = self.rig.queue if isinstance(self.rig, IppPrinter) and self.kind == "cups" else self.rig.address
        return Printer(0, "rig", Transport.IPP, address, "pdf", 0, self.size)

    def close(self) -> None:
        """Close the shop."""
        if self.runner is not None:
            self.runner.stop()
        self.desk.stop()
        self.database.close()
        self.rig.close()

    def __enter__(self) -> PrintHouse:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- the printer ---

    def mend(self) -> None:
        """Put the printer right, and all that stands before it."""
        for timer in self.timers:
            timer.join()
        self.timers = []
        if isinstance(self.rig, IppPrinter):
            self.rig.mode("ok")
            self.rig.on()
            if self.kind == "cups":
                self.rig.cups_on()
                self.rig.cups_queue()  # a killed one may have stopped or lost its queues
            return
        self.rig.mend()

    @property
    def printer_says_copy(self) -> bool:
        """Whether COPY can be read on what comes out: on pages of a PDF, not on dots."""
        return not isinstance(self.rig, RawPrinter)

    @property
    def holds(self) -> int:
        """Jobs or labels that the printer has and did not print yet, as far as that can be seen."""
        return self.rig.holds

    # --- the packer ---

    def pack(self, number: str) -> int:
        """Open an order, which prints its slip, and pack it; return its id. Every scan must be taken, and is timed."""
        keys = [self._scan(code) for code in (number, *self.lines[number])]
        assert keys[0] == "order.opened", (number, keys)
        assert keys[-1] == "order.closed", (number, keys)
        return int(query(self.database, "SELECT id FROM orders WHERE number = ?", number)[0][0])

    def _scan(self, code: str) -> str:
        began = time.perf_counter()
        answer = self.desk.scan(code).result(timeout=20)
        self.scans.append(time.perf_counter() - began)
        return str(answer.key)

    # --- what the program says ---

    def jobs(self, order: int) -> list[Job]:
        """The jobs of an order's slip, oldest first."""
        rows = query(
            self.database,
            "SELECT id, order_id, state, copy_reason, attempts, subject, settled_by, error FROM print_jobs "
            "WHERE order_id = ? ORDER BY id", order,
        )  # fmt: skip
        return [
            Job(*row[:5], pages=int(json.loads(row[5] or "{}").get("pages", 1)), settled_by=row[6], error=row[7])
            for row in rows
        ]

    def wait_for(self, order: int, *states: str, seconds: float = 6.0) -> bool:
        """Wait until the newest job of an order is in one of the states."""
        end = time.monotonic() + seconds
        while not (found := self.jobs(order)) or found[-1].state not in states:
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        return True

    # --- what a person at the print board does ---

    def scan_slip(self, order: int) -> None:
        """Scan the code of the slip in hand, to say that it came out."""
        end = time.monotonic() + 3
        while not (pages := self.papers(order)) and time.monotonic() < end:
            time.sleep(0.01)
        code = pages[-1].code
        with self.database.transaction() as tx:
            print_acts.confirm_by_scan(tx, "1", str(uuid4()), code)

    def say_came_out(self, job: int) -> None:
        with self.database.transaction() as tx:
            print_acts.came_out_for_sure(tx, "1", str(uuid4()), job)
        self._wake()

    def say_did_not(self, job: int) -> None:
        with self.database.transaction() as tx:
            print_acts.did_not(tx, "1", str(uuid4()), job)
        self._wake()

    def reprint(self, job: int, reason: str = "missing") -> None:
        with self.database.transaction() as tx:
            print_acts.reprint_job(tx, "1", str(uuid4()), job, reason)
        self._wake()

    def _wake(self) -> None:
        if self.runner is not None:
            self.runner._wake.set()

    # --- what lies in the tray ---

    def papers(self, order: int) -> list[Paper]:
        """The pages of an order that came out, oldest first."""
        rows = query(self.database, "SELECT batch, sequence FROM orders WHERE id = ?", order)
        if not rows or rows[0][0] is None:
            return []
        start = f"KO-{rows[0][0]}-{rows[0][1]:03d}-"
        return [each for each in self.tray() if each.code.startswith(start)]

    def tray(self) -> list[Paper]:
        """Everything that came out; a further page has the code of its first one."""
        if isinstance(self.rig, RawPrinter):
            fed = [(_label(label), good) for label, good in list(self.rig.fed)]
        else:
            fed = [(page, True) for data in list(self.rig.out) for page in _pages(data)]
        found, code = [], ""
        for page, good in fed:
            code = page.code or code
            if good:
                found.append(replace(page, code=code))
        return found


_FORMATS = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128)


def _code(picture: Image.Image) -> str:
    found = [code.text for code in zxingcpp.read_barcodes(picture, formats=_FORMATS)]
    return next((text for text in found if text.startswith("KO-")), "")


@functools.cache
def _label(label: PrintedLabel) -> Paper:
    picture = label.picture().convert("L")
    framed = Image.new("L", (picture.width + 80, picture.height + 80), 255)
    framed.paste(picture, (40, 40))
    return Paper(_code(framed), hashlib.sha256(label.data).hexdigest(), copy=False)


@functools.cache
def _pages(data: bytes) -> tuple[Paper, ...]:
    found = []
    with PDFIUM, closing(pypdfium2.PdfDocument(io.BytesIO(data))) as document:
        for number in range(len(document)):
            with closing(document[number]) as page:
                with closing(page.get_textpage()) as words:
                    text = words.get_text_range()
                with closing(page.render(scale=150 / 72, grayscale=True)) as bitmap:
                    picture = bitmap.to_pil().copy()
            content = hashlib.sha256(f"{number}{text}".encode()).hexdigest()
            found.append(Paper(_code(picture), content, "再発行" in text or "COPY" in text))
    return tuple(found)
