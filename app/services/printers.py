"""Printers of the house: which there are, how they are reached, what they said last.

How bytes travel is not known here: ``main`` hands in the ways (:class:`Ways`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.people import Right
from app.domain.printer_address import Wrong, printer_faults
from app.domain.printer_state import PrinterReport
from app.domain.printing import Delivery, Fault, Printer
from app.errors import NotAllowed, NotFound, PrinterUnreachable
from app.services import acts
from app.services.printer_languages import languages
from app.storage import printers as storage
from app.storage.database import Transaction

__all__ = [
    "OFF",
    "Found",
    "Standing",
    "Way",
    "Ways",
    "Wrong",
    "ask",
    "drop",
    "every",
    "move",
    "named",
    "note_state",
    "of_station",
    "one",
    "save",
    "wrongs",
]

_PICTURE = "png"
"""Language of previews: no printer is sent it."""
OFF = "off"
"""State of a printer that cannot be reached."""


@dataclass(frozen=True, slots=True)
class Found:
    """A printer that was found."""

    transport: str
    """A :class:`~app.domain.printing.Transport`."""
    address: str
    """In the words of its transport."""
    name: str
    """What it calls itself; its address where it does not say."""
    language: str = ""
    """The language that it said it speaks; empty where it did not say."""
    dpi: int = 0
    """Dots an inch that it said it has; 0 where it did not say."""


class Way(Protocol):
    """The way to one printer. Every call ends within its deadline, whatever the printer does.

    A way may be kept and is for one thread at a time.
    """

    def state(self, seconds: float = 3.0) -> PrinterReport | None:
        """Ask how it is; None where it cannot be asked, or does not answer although it takes connections.

        :raises PrinterUnreachable: it is off, its cable is out, its address is wrong; in words.
        """

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:
        """Bring a job to it. Never raises for what a printer does: that is in the delivery.

        :param title: name of the job without personal data.
        :param data: the whole job in the printer's language, with every copy in it.
        :param seconds: without progress for so long it counts as stalled.
        """

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:
        """Ask again what became of it. Never raises.

        :param delivery: what :meth:`send`, or the last call of this, returned: it also carries whether the printer's
            word may still be believed. One that is made anew with just its ``job`` is good for printers that number
            jobs (IPP), and settles nothing for the others.
        """


class Ways(Protocol):
    """Ways to printers, and those that can be found; handed in by ``main``."""

    def to(self, printer: Printer) -> Way:
        """Return the way to a printer; opens nothing yet."""

    def folder(self) -> Way:
        """Return the way to this station's own folder: where papers go that have no printer, as PDF files."""

    def find(self, seconds: float = 8.0) -> Sequence[Found]:
        """Look for printers: the system's queues, the network, serial ports and devices. Blocks: not on Qt's thread."""


# --- the list -----------------------------------------------------------------------------------------------------


def every(tx: Transaction) -> tuple[Printer, ...]:
    """Return every printer of the house in its order, those that are switched off too."""
    return storage.every(tx)


def of_station(tx: Transaction, station: str) -> tuple[Printer, ...]:
    """Return the printers that a station may print on: those that are on, and not only another one's."""
    return tuple(each for each in storage.every(tx) if each.active and each.station in ("", station))


def one(tx: Transaction, printer: int) -> Printer:
    """Return a printer.

    :raises NotFound: ``printers.gone``.
    """
    found = storage.one(tx, printer)
    if found is None:
        raise NotFound("printers.gone")
    return found


def named(tx: Transaction, name: str) -> Printer:
    """Return the printer that people call so, in upper or lower case.

    :raises NotFound: ``printers.no_printer``.
    """
    known = storage.every(tx)
    for each in known:
        if each.name.casefold() == name.strip().casefold():
            return each
    raise NotFound("printers.no_printer", name=name, known="、".join(each.name for each in known) or "–")


def wrongs(tx: Transaction, draft: Printer) -> tuple[Wrong, ...]:
    """Return all that is wrong with a printer as it is written.

    :param draft: its ``id`` is 0 for a new one.
    """
    others = [each for each in storage.every(tx) if each.id != draft.id]
    spoken = {name: tongue.DPIS for name, tongue in languages().items() if name != _PICTURE}
    return printer_faults(draft, spoken, others)


def save(tx: Transaction, station: str, act: str, draft: Printer) -> int:
    """Add a printer, or change one; return its id. Its place in the order stays, and so does what it said last.

    :param draft: its ``id`` is 0 for a new one.
    :raises NotAllowed: something in it makes no sense, by the fault's key; or the person may not.
    :raises NotFound: the printer is gone.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    draft = replace(draft, name=draft.name.strip(), address=draft.address.strip(), station=draft.station.strip())
    before = one(tx, draft.id) if draft.id else None
    if found := wrongs(tx, draft):
        raise NotAllowed(found[0].fault.key, **{**found[0].fault.args, "field": found[0].field})
    if before is None:
        kept = storage.add(tx, draft)
    else:
        kept = draft.id
        same = ("transport", "address", "language")
        storage.change(tx, draft, forget=any(getattr(before, name) != getattr(draft, name) for name in same))
    facts = {"printer": kept, "name": draft.name, "address": draft.address, "active": draft.active}
    acts.end(tx, state, act, "printer", facts, result=kept)
    return kept


def drop(tx: Transaction, station: str, act: str, printer: int) -> None:
    """Take a printer away.

    :raises NotFound: it is gone already.
    :raises NotAllowed: ``printers.jobs_wait``, ``printers.rules_name_it``; or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    gone = one(tx, printer)
    if jobs := storage.waiting(tx, printer):
        raise NotAllowed("printers.jobs_wait", name=gone.name, count=jobs)
    if rules := storage.rules_of(tx, printer):
        raise NotAllowed("printers.rules_name_it", name=gone.name, rules="、".join(rules))
    storage.drop(tx, printer)
    acts.end(tx, state, act, "printer", {"printer": printer, "name": gone.name, "dropped": True})


def move(tx: Transaction, station: str, act: str, printer: int, place: int) -> None:
    """Put a printer at a place in the list, 1 for the first.

    :raises NotFound: it is gone.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    ids = [each.id for each in storage.every(tx)]
    if printer not in ids:
        raise NotFound("printers.gone")
    ids.remove(printer)
    ids.insert(max(0, place - 1), printer)
    storage.number(tx, ids)
    acts.end(tx, state, act, "printer", {"printer": printer, "place": place})


# --- what they say ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """How a printer stands, as it was just asked."""

    state: str
    """A :class:`~app.domain.printer_state.PrinterState`, :data:`OFF`, or empty where it takes connections and does not
    say."""
    fault: Fault | None = None
    """Why it cannot be reached."""
    report: PrinterReport | None = None
    """What it said."""

    @property
    def key(self) -> str:
        """Key of the sentence to show."""
        if self.fault is not None:
            return self.fault.key
        return self.report.state.key if self.report is not None else "printers.says_nothing"

    @property
    def args(self) -> Mapping[str, str | int]:
        """What fills that sentence."""
        return self.fault.args if self.fault is not None else {}


def ask(way: Way, seconds: float = 3.0) -> Standing:
    """Ask a printer how it is. Blocks up to *seconds*: on no thread that scans or draws, in no transaction."""
    try:
        said = way.state(seconds)
    except PrinterUnreachable as error:
        return Standing(OFF, Fault(error.key, {name: str(value) for name, value in error.args_.items()}))
    return Standing(str(said.state) if said is not None else "", report=said)


def note_state(tx: Transaction, printer: int, standing: Standing) -> bool:
    """Keep how a printer stands, for every station to see; False where it is gone. No act: nobody did it.

    A printer that has answered once is known to answer from then on: its silence means something.
    """
    told: dict[str, str] = {}
    if standing.fault is not None:
        told = {"key": standing.fault.key, **{name: str(value) for name, value in standing.fault.args.items()}}
    elif standing.report is not None and len(standing.report.all) > 1:
        told = {"all": " ".join(standing.report.all)}
    answered = standing.report is not None
    return storage.note_state(tx, printer, standing.state, told, answered=answered, seen=standing.state != OFF)
