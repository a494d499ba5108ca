"""Faults of printers, injected one by one while a packer packs: what the outbox says against what lies in the tray.

For every fault: an order is opened and packed while the printer has it, and no scan waits. The outbox is watched all
the while: a job that it calls ``confirmed`` must lie in the tray, one that it calls ``failed`` must not, and must not
come out later by itself. Then the printer is mended. In the end every slip is there just once, or, where nobody could
know, a person looked and the second one carries COPY. Everything is written down in a :class:`Ledger`.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from app.domain.printing import PrintState
from app.errors import NotAllowed, NotFound
from tests.makers import query
from tests.printing.house import PrintHouse, hurried_house
from tests.printing.ipp_printer import IppPrinter
from tests.printing.ipp_server import ABORTED, CANCELED, IppServer
from tests.printing.jobs import HURRY
from tests.printing.raw_printer import CAUSES, RawPrinter

__all__ = ["Entry", "Ledger", "inject"]

BOOT = 12.0 / HURRY
"""Seconds that a printer needs to start up."""
LINGER = 0.35
"""Seconds that a fault is watched after the packer is done."""
SILENT = ("tspl", "escpos", "silent")
"""Printers that do not say how many labels are left, or nothing at all: what they took stays ``sent`` until the slip is
scanned."""
PATIENCE = 8.0
"""Seconds until a mended printer must have come to rest."""


@dataclass(frozen=True)
class Fault:
    """Something that happens to a printer."""

    name: str
    begin: Callable[[PrintHouse], None]
    """Before the packer opens the order."""
    liar: bool = False
    """Whether the printer itself says that it printed what it did not: nobody can know until the slip is missed."""


@dataclass
class Entry:
    """What became of one fault."""

    kind: str
    fault: str
    pages: int
    during: str = ""
    """State of the job at the end of the fault."""
    after: str = ""
    """Its state when the printer was mended and had come to rest."""
    out: int = 0
    """Pages of it that came out, copies aside."""
    copies: int = 0
    acts: tuple[str, ...] = ()
    """What a person did."""
    spooler_twins: int = 0
    """Pages that a killed CUPS sent once more by itself when it was back: it does not know that it had, nor do we."""
    wrong: tuple[str, ...] = ()
    """What must not be: empty."""
    scan: float = 0.0
    """The longest answer to a scan meanwhile, in seconds."""


@dataclass
class Ledger:
    """Every fault and what became of it."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def wrong(self) -> list[Entry]:
        """Entries that must not be."""
        return [entry for entry in self.entries if entry.wrong]

    def __str__(self) -> str:
        after = Counter(entry.after for entry in self.entries)
        acts = Counter(act for entry in self.entries for act in entry.acts)
        scans = sorted(entry.scan for entry in self.entries)
        worst = "\n".join(f"  {each}" for each in self.wrong[:12])
        return (
            f"{len(self.entries)} faults {dict(Counter(entry.kind for entry in self.entries))}; "
            f"when mended: {dict(after)}; a person's acts: {dict(acts)}; copies {sum(e.copies for e in self.entries)}; "
            f"twins by a killed spooler {sum(e.spooler_twins for e in self.entries)}; "
            f"slowest scan beside each fault: median {scans[len(scans) // 2] * 1000:.0f} ms, most "
            f"{scans[-1] * 1000:.0f} ms; wrong: {len(self.wrong)}\n{worst}"
        ).rstrip()


# --- the faults ---------------------------------------------------------------------------------------------------


def _raw(act: Callable[[RawPrinter], object]) -> Callable[[PrintHouse], None]:
    def begin(house: PrintHouse) -> None:
        assert isinstance(house.rig, RawPrinter)
        act(house.rig)

    return begin


def _set(**faults: object) -> Callable[[PrintHouse], None]:
    def begin(house: PrintHouse) -> None:
        for name, value in faults.items():
            setattr(house.rig.faults, name, value)  # type: ignore[union-attr]

    return begin


def raw_faults(chance: random.Random, size: int) -> Iterator[Fault]:
    """Endless faults of a label printer, each kind at a place of its own.

    :param size: bytes of a usual job.
    """
    while True:
        at = chance.randint(30, size + 40)
        label = chance.choice((0, 0, 1))
        cause = chance.choice(CAUSES)
        yield from (
            Fault("off", _raw(RawPrinter.off)),
            Fault("no route", _raw(RawPrinter.vanish)),
            Fault("deaf at 0", _set(deaf_at=0)),
            Fault(f"deaf at {at}", _set(deaf_at=at)),
            Fault("slow", _set(slow=0.4 * 512 / size)),
            Fault(f"reset at {at}", _set(reset_at=at)),
            Fault(f"reset at {size - 2}", _set(reset_at=size - 2)),
            Fault(f"closes at {at}", _set(close_at=at)),
            Fault("black hole", _set(hole=True)),
            Fault("mute", _set(mute=True)),
            Fault("garbage", _set(garbage=chance.randbytes(chance.randint(1, 60)))),
            Fault("late", _set(late=chance.uniform(0.05, 0.5))),
            Fault(f"{cause} before", _raw(partial(RawPrinter.stop_for, cause=cause))),
            Fault(f"{cause} at label {label}", _set(stops_after=(label, cause))),
            Fault(f"{cause} eats label {label}", _set(stops_after=(label, cause), eats=True)),
            Fault("switched off with the label in it", _set(stops_after=(0, cause), when_taken=_soon(RawPrinter.off))),
            Fault("restarted with the label in it", _set(stops_after=(0, cause), when_taken=_soon(_restart))),
            Fault("switched off when it had taken it", _set(when_taken=RawPrinter.off)),
            Fault("restarted before", _raw(_restart)),
            Fault("lies about its state", _set(stops_after=(0, "paper_out"), lies=True), liar=True),
        )


def _restart(printer: RawPrinter) -> None:
    printer.power_cycle(BOOT)


def _soon(act: Callable[[RawPrinter], None]) -> Callable[[RawPrinter], None]:
    """A little later, while it is asked what became of the label."""

    def then(printer: RawPrinter) -> None:
        timer = threading.Timer(0.1, act, (printer,))
        timer.daemon = True
        timer.start()

    return then


def ipp_faults(chance: random.Random, size: int) -> Iterator[Fault]:
    """Endless faults of an office printer that only the small server has."""

    def server(act: Callable[[IppServer], None]) -> Callable[[PrintHouse], None]:
        def begin(house: PrintHouse) -> None:
            assert isinstance(house.rig, IppServer)
            act(house.rig)

        return begin

    while True:
        reason = chance.choice(
            ("media-jam-error", "media-empty-error", "cover-open-error", "marker-supply-empty-error")
        )
        yield from (
            Fault("off", server(IppServer.off)),
            Fault("deaf", _set(deaf=True)),
            Fault("refuses", _set(refuses=chance.choice((0x040A, 0x0506, 0x0507, 0x0400, 0x0500, 0x0503)))),
            Fault("HTTP", _set(http=chance.choice((401, 403, 404, 426, 500, 503)))),
            Fault("half an answer", _set(half_answer=chance.randint(0, 40))),
            Fault("breaks off within", _set(break_at=chance.randint(200, max(201, size)))),
            Fault("swallows its answer", _set(swallow=True)),
            Fault("garbage", _set(garbage=True)),
            Fault("late", _set(late=chance.uniform(0.1, 0.5))),
            Fault("never done", _set(forever=True)),
            Fault("aborts", _set(ends=ABORTED)),
            Fault("cancels", _set(ends=CANCELED)),
            Fault(f"{reason}", _set(reasons=(reason,))),
            Fault("forgets its jobs", _set(forgets=True)),
            Fault("restarted", server(IppServer.power_cycle)),
            Fault("completed, not printed", _set(hole=True), liar=True),
        )


def real_faults(chance: random.Random, size: int, *, cups: bool) -> Iterator[Fault]:
    """Endless faults of the real printer program, and of the queue before it."""

    def real(act: Callable[[IppPrinter], None]) -> Callable[[PrintHouse], None]:
        def begin(house: PrintHouse) -> None:
            assert isinstance(house.rig, IppPrinter)
            act(house.rig)

        return begin

    def later(act: Callable[[IppPrinter], None]) -> Callable[[PrintHouse], None]:
        def begin(house: PrintHouse) -> None:
            assert isinstance(house.rig, IppPrinter)
            timer = threading.Timer(chance.uniform(0.02, 0.25), act, (house.rig,))
            timer.start()
            house.timers.append(timer)

        return begin

    while True:
        yield from (
            Fault("off", real(IppPrinter.off)),
            Fault("jam", real(partial(IppPrinter.mode, mode="jam"))),
            Fault("no paper", real(partial(IppPrinter.mode, mode="empty"))),
            Fault("mechanics fail", real(partial(IppPrinter.mode, mode="fail")), liar=cups),
            Fault("mechanics die", real(partial(IppPrinter.mode, mode="dies")), liar=cups),
            Fault("switched off meanwhile", later(IppPrinter.off)),
            Fault("says completed, prints nothing", real(partial(IppPrinter.mode, mode="hole")), liar=True),
        )
        if cups:
            yield from (
                Fault("spooler killed before", real(IppPrinter.cups_off)),
                Fault("spooler killed meanwhile", later(IppPrinter.cups_off)),
            )


# --- injecting ----------------------------------------------------------------------------------------------------


class _Watch(threading.Thread):
    """Looks all the while at what the outbox says of an order and at what lies in the tray."""

    def __init__(self, house: PrintHouse, number: str, *, liar: bool) -> None:
        super().__init__(daemon=True)
        self.house, self.number, self.liar = house, number, liar
        self.wrong: dict[str, None] = {}
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.02):
            self.look()

    def look(self) -> None:
        for id_, _ in query(self.house.database, "SELECT id, number FROM orders WHERE number = ?", self.number):
            for job in self.house.jobs(id_):  # first the word, then the tray: nothing goes away from there
                pages = {page.content for page in self.house.papers(id_)}
                by_itself = job.settled_by in ("", "printer")
                if job.state == PrintState.CONFIRMED and by_itself and not self.liar and len(pages) < job.pages:
                    self.wrong["confirmed, and not in the tray"] = None


def inject(
    folder: Path, faults: Mapping[str, int], seed: int, *, long_every: int = 4, only: Mapping[str, str] = {}
) -> Ledger:
    """Inject so many faults into a printer of each kind, one after the other in one shop; all the kinds at once.

    :param only: words that the names of the faults of a kind must have.
    """
    with hurried_house(), ExitStack() as open_, ThreadPoolExecutor(len(faults)) as pool:
        houses = [
            open_.enter_context(PrintHouse(folder / kind, kind, count + 1, long_every=long_every))
            for kind, count in faults.items()
        ]
        runs = [pool.submit(_day, house, faults[house.kind], seed, only.get(house.kind, "")) for house in houses]
        return Ledger([entry for run in runs for entry in run.result()])


def _day(house: PrintHouse, count: int, seed: int, only: str) -> list[Entry]:
    chance = random.Random(f"{seed}{house.kind}")
    numbers = iter(house.lines)
    first = house.pack(next(numbers))
    says_so = house.kind not in SILENT
    assert house.wait_for(first, PrintState.CONFIRMED if says_so else PrintState.SENT), house.jobs(first)
    if not says_so:
        house.scan_slip(first)
    house.counted = len(house.papers(first))
    entries = [_one(house, next(numbers), fault) for fault in _faults(house, chance, count, only)]
    _at_the_end(house, entries)
    return entries


def _faults(house: PrintHouse, chance: random.Random, count: int, only: str) -> list[Fault]:
    rig = house.rig
    if isinstance(rig, RawPrinter):
        endless = raw_faults(chance, len(rig.out[-1].data))
    elif isinstance(rig, IppServer):
        endless = ipp_faults(chance, len(rig.out[-1]))
    else:
        endless = real_faults(chance, 0, cups=house.kind == "cups")
    found: list[Fault] = []
    while len(found) < count:
        fault = next(endless)
        if only in fault.name:
            found.append(fault)
    return found


def _one(house: PrintHouse, number: str, fault: Fault) -> Entry:
    before = len(house.scans)
    watch = _Watch(house, number, liar=fault.liar)
    fault.begin(house)
    watch.start()
    order = house.pack(number)
    entry = Entry(house.kind, fault.name, 1, scan=max(house.scans[before:]))
    house.wait_for(order, "sent", "unknown", "failed", "confirmed", seconds=1.0)
    time.sleep(LINGER)
    wrong: list[str] = []
    entry.during = house.jobs(order)[-1].state
    failed = entry.during == PrintState.FAILED and house.jobs(order)[-1].state == PrintState.FAILED
    if failed and house.papers(order):
        wrong.append("failed, and in the tray")
    house.mend()
    _rest(house, order)
    entry.after = house.jobs(order)[-1].state
    entry.pages = house.jobs(order)[-1].pages
    watch.done.set()
    watch.join()
    watch.look()
    first = Counter(page.content for page in house.papers(order))
    entry.acts = tuple(_person(house, order, first))
    wrong += [*watch.wrong, *_judge(house, order, entry, first)]
    entry.wrong = tuple(wrong)
    return entry


def _rest(house: PrintHouse, order: int) -> None:
    """Wait until nothing moves any more: the job is done, or only a person can say what became of it."""
    patience = PATIENCE * 6 if house.kind == "cups" else PATIENCE  # it tries again when it likes
    end, still, seen = time.monotonic() + patience, 0.0, None
    while time.monotonic() < end:
        job = house.jobs(order)[-1]
        now = job.id, job.state, job.attempts, len(house.papers(order))
        if now != seen:
            seen, still = now, time.monotonic()
        # What waits or failed is tried again; what was sent or is unknown is asked about for a while.
        quiet = {PrintState.CONFIRMED: 0.05, PrintState.DROPPED: 0.05, PrintState.UNKNOWN: 0.7, PrintState.SENT: 0.7}
        if job.state in quiet and time.monotonic() - still > quiet[PrintState(job.state)]:
            if not house.holds:
                return
            still = time.monotonic()
        time.sleep(0.02)


def _person(house: PrintHouse, order: int, first: Counter[str]) -> Iterator[str]:
    """Look into the tray where the program does not know, or where the slip is missed, and act on the print board."""
    for _ in range(4):
        job = house.jobs(order)[-1]
        pages = Counter(page.content for page in house.papers(order))
        mine = {content for content in pages if content not in first} if job.copy else set(pages)
        whole = len(mine) >= job.pages
        open_ = job.state in (PrintState.UNKNOWN, PrintState.SENT)
        try:
            if open_ and whole and job.id % 2:
                house.say_came_out(job.id)
                yield "came out"
            elif open_ and whole:
                house.scan_slip(order)
                yield "scanned"
            elif open_:
                house.say_did_not(job.id)
                yield "did not"
            elif job.state == PrintState.CONFIRMED and not whole:
                house.reprint(job.id)
                yield "missed, reprinted"
            else:
                return
        except (NotAllowed, NotFound) as error:
            if error.key not in ("outbox.not_now", "outbox.nothing_open"):  # else the printer was quicker to say so
                raise
        _rest(house, order)


def _judge(house: PrintHouse, order: int, entry: Entry, first: Counter[str]) -> Iterator[str]:
    """Look at the end: is the whole slip there, once, and every further one marked?

    :param first: what was in the tray before a person did anything: none of it is a copy.
    """
    jobs, papers = house.jobs(order), house.papers(order)
    contents = Counter(page.content for page in papers)
    entry.copies = sum(1 for job in jobs if job.copy)
    entry.out = sum(contents[content] for content in first)
    for content in first:
        if contents[content] > 1 and entry.kind == "cups" and entry.fault == "spooler killed meanwhile":
            entry.spooler_twins += contents[content] - 1
        elif contents[content] > 1:
            yield f"unmarked twin: {content[:6]} {contents[content]} times"
    later = {content for content in contents if content not in first}
    reasons = {job.copy for job in jobs if job.copy}
    if len(later) > jobs[-1].pages * len(reasons):
        yield "came out by itself after a person had looked"
    if jobs[-1].state != PrintState.CONFIRMED:
        yield f"not done: {jobs[-1].state} {jobs[-1].error}"
    if len(contents) < jobs[-1].pages:
        yield "silently gone"
    marked = {page.content for page in papers if page.copy}
    if house.printer_says_copy and marked != later:
        yield "COPY is on another paper than on the second one"
    if entry.copies and not entry.acts:
        yield "a copy that nobody asked for"
    if len(first) > jobs[-1].pages:
        yield "more pages than it has"
    house.counted += len(papers)


def _at_the_end(house: PrintHouse, entries: list[Entry]) -> None:
    """Look over the whole day: later ghosts, other states than told, papers of nobody."""
    out, told = len(house.tray()), house.counted
    left = query(house.database, "SELECT count(*) FROM print_jobs WHERE state NOT IN ('confirmed', 'dropped')")[0][0]
    packed = query(house.database, "SELECT count(*) FROM orders WHERE state = 'verified'")[0][0]
    wrong = []
    if out != told:
        wrong.append(f"{out} pages in the tray in the evening, {told} when their orders were looked at")
    if left:
        wrong.append(f"{left} jobs are not done")
    if packed != len(entries) + 1:
        wrong.append(f"packed {packed}")
    if wrong:
        entries[-1].wrong += tuple(wrong)
