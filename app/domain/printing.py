"""Printers and what becomes of a print job: the values, and the rule of what may be believed.

A job goes ``waiting → sent → confirmed | unknown | failed``, beside it ``dropped``. ``sent`` and ``unknown`` are never
"printed": what came out is confirmed by the printer's own report, by a scan of the paper, or by a person who looked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.printer_state import PrinterReport

__all__ = [
    "FOLDER",
    "MEDIA",
    "Delivery",
    "Fault",
    "PrintAct",
    "PrintState",
    "Printer",
    "SettledBy",
    "Transport",
    "Verdict",
    "acts_of",
    "pause_ms",
    "stands_in",
    "verdict",
]

FOLDER = 0
"""Stands among the ids of printers for the station's own papers folder, where papers go that have no printer."""

MEDIA = ("A4", "A5", "A6", "4x6", "100x150", "62")
"""Papers and labels that forms are made for, by their ids. A label printer may say ``60x40`` (mm) instead."""


class PrintState(StrEnum):
    """Where a print job stands."""

    WAITING = "waiting"
    SENT = "sent"
    """It is on its way, or was taken by a printer that has not said yet that it came out."""
    UNKNOWN = "unknown"
    """It may have come out, or a part of it; a person looks, or scans the paper."""
    CONFIRMED = "confirmed"
    FAILED = "failed"
    """It surely did not come out; it is tried again by itself."""
    DROPPED = "dropped"
    """It must not come out any more, or a person gave it up."""


class SettledBy(StrEnum):
    """Who said that a paper came out."""

    PRINTER = "printer"
    SCAN = "scan"
    PERSON = "person"


class Transport(StrEnum):
    """How bytes reach a printer."""

    RAW = "raw"
    """TCP, usually port 9100: ``host:port``."""
    IPP = "ipp"
    """The Internet Printing Protocol, a printer itself or a CUPS queue: ``ipp://host:631/ipp/print``."""
    SPOOLER = "spooler"
    """The system's own spooler by the name of its queue (Windows, macOS)."""
    SERIAL = "serial"
    """A serial port: ``/dev/ttyUSB0`` or ``COM3``, with ``@9600`` behind it for a speed of its own."""
    USB = "usb"
    """A printer's own device: ``/dev/usb/lp0``."""
    FOLDER = "folder"
    """A folder that files are written to."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer that the house has."""

    id: int
    name: str
    """What people call it."""
    transport: Transport
    address: str
    """Where it is, in the words of its transport."""
    language: str
    """Id of the language that it is sent: a module of :mod:`app.printers`; ``pdf`` for office printers."""
    dpi: int = 0
    """Dots an inch of a label printer; 0 for an office printer."""
    media: str = ""
    """What is in it: one of :data:`MEDIA`, or ``60x40`` in mm; empty where that does not matter."""
    station: str = ""
    """The only station that reaches it; empty where every one does."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What else it is told: ``gap_mm``, ``cut``, ``tray``, ``duplex``."""
    takeover: int | None = None
    """The printer that prints for it while it is down."""
    active: bool = True
    position: int = 0
    state: str = ""
    """What it said last: a :class:`~app.domain.printer_state.PrinterState`, ``off`` where it cannot be reached, empty
    where it was never asked."""
    told: Mapping[str, str] = field(default_factory=dict)
    """Key and arguments of the sentence about that, where there is more to say."""
    seen_at: int | None = None
    """When it answered last, UTC in ms."""
    answers: bool = False
    """Whether it has ever answered a question about its state: its silence means something then."""

    @property
    def for_labels(self) -> bool:
        """Whether it is a label printer: it is sent dots, not pages."""
        return self.language not in ("pdf", "png")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a printer or the way to it has, as a sentence that names the place and the remedy."""

    key: str
    args: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known after a paper was brought to a printer. Nothing in it is guessed."""

    taken: int
    """Bytes that the other side accepted; they may still have been lost behind it."""
    whole: bool
    """Whether it accepted all of them, with what ends the job."""
    fault: Fault | None = None
    """What went wrong on the way or at the printer; None where nothing is known to."""
    out: bool | None = None
    """The printer's own word: True it came out, False it surely did not, None it said neither."""
    report: PrinterReport | None = None
    """What it said about itself last; None where it said nothing."""
    job: str = ""
    """Its own number of the job, with the pages that must come out of it (``17/2``), to ask about it later; empty where
    it has none."""
    where: str = ""
    """Where it came out, for people: a file's name, a queue, an address."""
    heard: float = 0.0
    """When a label printer answered last behind the job's last byte, in seconds of the monotonic clock; 0 where it did
    not. Its word that nothing is left means that this job came out only while it was in reach all the time since: one
    that was switched off meanwhile has nothing left either. Asking every few seconds keeps it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a job is now."""

    state: PrintState
    fault: Fault | None = None
    """Why; None where there is nothing to say."""
    ask_again: bool = False
    """Whether the printer is asked again what became of it."""


def verdict(delivery: Delivery, *, holds: int, answers: bool) -> Verdict:
    """Return what may be believed after a delivery.

    * The printer says that it did not come out: failed. It says that it did, and all of it was taken: confirmed.
    * It says that it did, but only a part was taken: a part came out, unknown.
    * Not enough was taken for anything to come out: failed. More, but not all: some of it may have come out, unknown.
    * All was taken: sent, and asked again; unknown where something went wrong meanwhile, or where a printer that
      answers fell silent.

    :param holds: how many bytes of the job can be taken before anything comes out: for labels everything before the
        first command that prints; 0 where already the first page may be printed while the rest is on its way.
    :param answers: whether this printer has answered questions about its state before.
    """
    if delivery.out is False:
        return Verdict(PrintState.FAILED, delivery.fault or Fault("outbox.not_out"))
    if not delivery.whole:
        safe = delivery.out is None and delivery.taken <= holds
        return Verdict(PrintState.FAILED if safe else PrintState.UNKNOWN, delivery.fault or Fault("outbox.broken_off"))
    if delivery.out is True:
        return Verdict(PrintState.CONFIRMED, delivery.fault)
    if delivery.fault is not None or (answers and delivery.report is None):
        return Verdict(PrintState.UNKNOWN, delivery.fault or Fault("outbox.no_answer"), ask_again=True)
    return Verdict(PrintState.SENT, None, ask_again=True)


class PrintAct(StrEnum):
    """What a person can do with a job."""

    CAME_OUT = "came_out"
    """Say that it came out: they have it in their hand."""
    DID_NOT = "did_not"
    """Say that it did not come out: it is printed once more."""
    REPRINT = "reprint"
    """Print it again for a reason; the new paper carries COPY."""
    MOVE = "move"
    """Let another printer print it."""
    GIVE_UP = "give_up"
    """Say that it need not come out any more."""


_ACTS: Mapping[PrintState, tuple[PrintAct, ...]] = {
    PrintState.WAITING: (PrintAct.MOVE, PrintAct.GIVE_UP),
    PrintState.SENT: (PrintAct.CAME_OUT, PrintAct.DID_NOT, PrintAct.REPRINT, PrintAct.GIVE_UP),
    PrintState.UNKNOWN: (PrintAct.CAME_OUT, PrintAct.DID_NOT, PrintAct.REPRINT, PrintAct.GIVE_UP),
    PrintState.FAILED: (PrintAct.CAME_OUT, PrintAct.DID_NOT, PrintAct.MOVE, PrintAct.GIVE_UP),
    PrintState.CONFIRMED: (PrintAct.REPRINT,),
    PrintState.DROPPED: (),
}


def acts_of(state: PrintState, settled_by: str = "") -> tuple[PrintAct, ...]:
    """Return what a person can do with a job; one that a person gave up can still be printed again.

    Nothing that may have come out is moved or simply sent once more: it is printed again with COPY on it.
    """
    if state is PrintState.DROPPED and settled_by == SettledBy.PERSON:
        return (PrintAct.REPRINT,)
    return _ACTS[state]


def stands_in(down: Printer, other: Printer) -> bool:
    """Whether *other* takes what was meant for *down*: it is in use, of the same kind, and has the same medium in it.

    A printer of which the medium is not known is believed to have the right one: a person made it the stand-in.
    """
    if other.id == down.id or not other.active or other.for_labels != down.for_labels:
        return False
    return not down.media or not other.media or down.media == other.media


_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS = 2_000, 60_000


def pause_ms(attempts: int) -> int:
    """Return how long a job that failed waits before it is tried again, growing with its attempts."""
    return min(_LONGEST_PAUSE_MS, _FIRST_PAUSE_MS << max(0, min(attempts - 1, 10)))
