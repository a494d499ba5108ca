"""Ways to printers for tests: each printer is a Python object that takes what it is sent, and may do anything with it.

What comes out is kept as sheets, so that a test can hold the outbox against the paper. :func:`sheets` draws a paper as
one line a sheet: quick, and with all that matters: whose sheet it is, and whether it is marked as a copy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.orders import ShipNumber
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.domain.printing import Delivery, Fault, Printer
from app.errors import PrinterUnreachable
from app.services.print_said import stored
from app.services.printers import Found, Way
from app.services.printing_data import Data, Work

__all__ = ["Device", "Folder", "FolderWays", "HouseWays", "Sheet", "drawn_as_sheets", "said", "sheets"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper that came out."""

    of: str
    """Whose it is: the paper and its number."""
    marked: bool
    """Whether COPY or "file copy" stands on it."""


_LINE = 60
"""Bytes of a sheet; what is on it comes first."""


def said(*whys: str) -> str:
    """Return what the outbox keeps where papers do not come out for such a reason."""
    return stored(Fault(f"outbox.{why}") for why in whys)


def sheets(paper: str, value: Any) -> Iterator[Sheet]:
    """Return the sheets of a paper's value."""
    for name in ("slips", "labels", "papers", "cards"):
        parts = getattr(value, name, None)
        if isinstance(parts, tuple):
            for part in parts:
                yield from sheets(type(part).__name__, part)
            return
    inner = getattr(value, "slip", value)
    number = getattr(inner, "number", None)
    if number is None:
        number = getattr(value, "batch", "?")
    if isinstance(number, ShipNumber):
        number = str(number)
    copy = str(getattr(value, "copy_reason", "") or getattr(inner, "copy_reason", ""))
    kind = "slip" if paper in ("Slip", "Invoice", "packing_slip", "invoice") else paper
    yield Sheet(f"{kind} {number} v{getattr(inner, 'version', 0)}", bool(copy))


def drawn_as_sheets(work: Work, drawer: Any, between: Any = None) -> Data:
    """Draw a paper as one line a sheet; stands in for :meth:`Work.draw`."""
    lines = [
        json.dumps([each.of, each.marked]).ljust(_LINE - 1) + "\n" for each in sheets(work.paper.id, work.paper.value)
    ]
    data = "".join(lines).encode()
    return Data(data, "pdf", "pdf", max(1, len(lines)), False)


def read_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets that a printer brings out of what it took: it begins a sheet before its last byte came."""
    return [Sheet(*json.loads(line)) for line in data.decode().split("\n") if "]" in line]


@dataclass(slots=True)
class Device:
    """A printer that may do anything."""

    off: bool = False
    trouble: PrinterState = PrinterState.READY
    """What it says of itself."""
    answers: bool = True
    """Whether it answers questions."""
    takes: int | None = None
    """It stalls after so many bytes; None takes all."""
    refuses: bool = False
    """It takes the job, and says that it did not come out."""
    hole: bool = False
    """It takes everything, and nothing comes out."""
    lies: bool = False
    """It says that everything came out."""
    says: bool = True
    """Whether it says of a job that it came out, at once."""
    says_later: bool = False
    """It says so only when asked again."""
    trips: bool = False
    """Something goes wrong after the last byte."""
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None
    """Called before and after a job: a test ends the program there."""
    out: list[Sheet] = field(default_factory=list)
    """What came out, in its order."""
    titles: list[str] = field(default_factory=list)
    """Jobs that it was sent."""
    said_out: set[str] = field(default_factory=set)
    """Titles of the jobs of which it said that they came out."""

    def mend(self) -> None:
        """Do as a good printer does."""
        self.off = self.refuses = self.hole = self.lies = self.trips = self.says_later = False
        self.trouble, self.takes, self.answers, self.says = PrinterState.READY, None, True, True


class _Way:
    def __init__(self, device: Device) -> None:
        self._device = device

    def state(self, seconds: float = 3.0) -> PrinterReport | None:
        device = self._device
        if device.off:
            raise PrinterUnreachable("printers.off.refused", address="test")
        return report({device.trouble} if device.trouble is not PrinterState.READY else ()) if device.answers else None

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:
        device = self._device
        device.titles.append(title)
        if device.before:
            device.before()
        if device.off:
            return Delivery(0, False, Fault("printers.off.refused", {"address": "test"}))
        if device.refuses:
            return Delivery(len(data), True, Fault("printers.job.refused"), out=False, report=self.state_or_none())
        taken = data if device.takes is None else data[: device.takes]
        if not device.hole:
            device.out += read_sheets(taken)
        if device.after:
            device.after()
        whole = len(taken) == len(data)
        fault = Fault("printers.job.stalled") if not whole or device.trips else None
        made = Delivery(len(taken), whole, fault, report=self.state_or_none(), where="test")
        made = replace(made, job=title if device.answers else "")
        says = device.answers and (device.lies or (not device.hole and device.says and whole and not device.trips))
        if says and not device.says_later:
            device.said_out.add(title)
            return replace(made, out=True)
        return made

    def state_or_none(self) -> PrinterReport | None:
        return report(()) if self._device.answers and not self._device.off else None

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:
        device = self._device
        if device.off or not device.answers or not delivery.job:
            return replace(delivery, report=None)
        held = delivery.whole and device.titles and not device.hole
        if device.lies or (device.says_later and held and device.says):
            device.said_out.add(delivery.job)
            return replace(delivery, out=True, report=report(()))
        return replace(delivery, report=report(()))


class Folder:
    """The papers folder, as something that is called with each paper; where it raises, none came out."""

    def __init__(self, send: Callable[[str, bytes], Any]) -> None:
        self._send = send

    def state(self, seconds: float = 3.0) -> PrinterReport | None:
        """A folder says nothing."""
        return None

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:
        """Bring a paper out."""
        try:
            where = self._send(title, data)
        except OSError as error:
            return Delivery(0, False, Fault("outbox.not_written", {"why": str(error)}), out=False)
        return Delivery(len(data), True, out=True, where=str(where))

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:
        """There is nothing to ask."""
        return delivery


class HouseWays:
    """The ways to the printers of a house, by their names, and to its folder."""

    def __init__(self, devices: dict[str, Device] | None = None, folder: Callable[[str, bytes], Any] | None = None):
        self.devices = devices or {}
        self.files: list[tuple[str, bytes]] = []
        """What came into the folder."""
        self._folder = Folder(folder or self._keep)

    def _keep(self, title: str, data: bytes) -> str:
        self.files.append((title, data))
        return title

    def to(self, printer: Printer) -> Way:
        """Return the way to a printer."""
        return _Way(self.devices[printer.name])

    def folder(self) -> Way:
        """Return the way to the folder."""
        return self._folder

    def find(self, seconds: float = 8.0) -> Sequence[Found]:
        """There is nothing to find."""
        return ()

    def sheets(self) -> Iterable[Sheet]:
        """Everything that came out anywhere."""
        for device in self.devices.values():
            yield from device.out
        for _, data in self.files:
            yield from read_sheets(data)


class FolderWays(HouseWays):
    """A house without printers: every paper goes into the folder."""

    def __init__(self, sender: Any) -> None:
        """*sender*: has ``send(title, pdf) -> where``."""
        super().__init__(folder=sender.send)
