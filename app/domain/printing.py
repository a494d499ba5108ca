"""Printers and what becomes of a print job: the values, and the rule of what may be believed.

A job goes ``waiting → sent → confirmed | unknown | failed``, beside it ``dropped``. ``sent`` and ``unknown`` are never
"printed": what came out is confirmed by the printer's own report, by a scan of the paper, or by a person who looked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.printer_state import PrinterReport

__all__ = ["MEDIA", "Delivery", "Fault", "PrintState", "Printer", "SettledBy", "Transport", "Verdict", "verdict"]

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
    """Its own number of the job, to ask about it later; empty where it has none."""
    where: str = ""
    """Where it came out, for people: a file's name, a queue, an address."""
    holds: bool = False
    """Whether a label printer answered behind the job's last byte and has been in reach since. Only then its word that
    nothing is left means that this job came out: one that was switched off meanwhile has nothing left either."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a job is now."""

    state: PrintState
    fault: Fault | None = None
    """Why; None where there is nothing to say."""
    ask_again: bool = False
    """Whether the printer is asked again what became of it."""


def verdict(delivery: Delivery, *, single: bool, answers: bool) -> Verdict:
    """Return what may be believed after a delivery.

    * The printer says that it came out: confirmed. It says that it did not: failed.
    * Nothing was taken, or a single label without its end: it cannot have come out, failed.
    * A part of several pages was taken: some may have come out, unknown.
    * All was taken: sent, and asked again; unknown where something went wrong meanwhile, or where a printer that
      answers fell silent.

    :param single: whether nothing can come out before the job's last byte: one label in a printer's language.
    :param answers: whether this printer has answered questions about its state before.
    """
    if delivery.out is True:
        return Verdict(PrintState.CONFIRMED, delivery.fault)
    if delivery.out is False:
        return Verdict(PrintState.FAILED, delivery.fault)
    if not delivery.whole:
        safe = delivery.taken == 0 or single
        return Verdict(PrintState.FAILED if safe else PrintState.UNKNOWN, delivery.fault)
    if delivery.fault is not None or (answers and delivery.report is None):
        return Verdict(PrintState.UNKNOWN, delivery.fault or Fault("print.no_answer"), ask_again=True)
    return Verdict(PrintState.SENT, None, ask_again=True)
