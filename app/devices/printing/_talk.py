"""Sending to a printer that is one line of bytes in and out: network, serial port, USB device.

What may be believed: that nothing of the job is left, said by the printer itself after it had all of it, and by a
printer that was in reach all the time since. Nothing else confirms a job here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Protocol

from app.devices.printing._net import BrokenOff
from app.domain.printer_state import PrinterReport, PrinterState
from app.domain.printing import Delivery, Fault, Printer
from app.errors import PrinterUnreachable
from app.services.printer_languages import Language, language

__all__ = ["Line", "LineWay"]

_CONNECT = 4.0
"""Seconds for a line to come about before a job."""
_REFUSED = 1.5
"""Seconds that a printer which refuses a line is tried before a job: some take one at a time, and free it late."""
_BEFORE = 2.0
"""Seconds that a printer gets to answer before a job, where it has answered before."""
_PERHAPS = 0.7
"""The same for one that never has."""
_AFTER = 3.0
"""Seconds that it is watched after a job on the same line."""
_AGAIN = 0.3
"""Pause between two questions on one line."""
_AWAY = 8.0
"""No printer starts up faster than this: one that answered before and after so short a gap was on all the time."""
_COUNTS = frozenset({"zpl", "sbpl"})
"""Languages whose answer says how many labels are left."""


class Line(Protocol):
    """A line to a printer."""

    @property
    def where(self) -> str:
        """Its address, for people."""

    def write(self, data: bytes, stall: float) -> int:
        """Send all of it; return how many bytes went over; raises BrokenOff."""

    def read(self, seconds: float) -> bytes | None:
        """Return what is said within *seconds*; None where the other side is closed; raises BrokenOff."""

    def finish(self) -> None:
        """Say that nothing more comes."""

    def close(self) -> None:
        """End in peace."""

    def abort(self) -> None:
        """End at once; nothing that is under way may arrive later."""


class LineWay:
    """The way to a printer over a line of bytes."""

    def __init__(self, printer: Printer, opener: Callable[[float], Line]) -> None:
        """
        :param opener: opens the line within so many seconds; raises PrinterUnreachable.
        """
        self._printer = printer
        self._open = opener

    @property
    def _tongue(self) -> Language:
        return language(self._printer.language)

    def state(self, seconds: float = 3.0) -> PrinterReport | None:
        """Ask how it is; see :class:`~app.services.printers.Way`."""
        until = time.monotonic() + seconds
        with closing(self._open(seconds)) as line:
            try:
                return self._ask(line, max(0.1, until - time.monotonic()))
            except BrokenOff:
                return None

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:  # noqa: ARG002 # has no titles
        """Bring a job to it; see :class:`~app.services.printers.Way`."""
        try:
            line = self._opened(min(seconds, _CONNECT))
            if self._tongue.STATUS_QUERY:
                line, refused = self._before(line)
                if refused is not None:
                    return refused
        except PrinterUnreachable as error:
            return Delivery(0, whole=False, fault=_fault(error))
        try:
            taken = line.write(data, seconds)
        except BrokenOff as broken:
            line.abort()
            return Delivery(broken.taken, broken.whole, broken.fault, where=line.where)
        with closing(line):
            done = Delivery(taken, whole=True, where=line.where)
            return self._watch(line, done) if self._tongue.STATUS_QUERY else self._goodbye(line, done)

    def _opened(self, seconds: float) -> Line:
        until = time.monotonic() + _REFUSED
        while True:
            try:
                return self._open(seconds)
            except PrinterUnreachable as error:
                if error.key != "printers.off.refused" or time.monotonic() > until:
                    raise
            time.sleep(_AGAIN)

    def _before(self, line: Line) -> tuple[Line, Delivery | None]:
        """Look before a job at how the printer is; return the line for the job, or why it must not be sent."""
        where = line.where
        try:
            said = self._ask(line, _BEFORE if self._printer.answers else _PERHAPS)
        except BrokenOff:
            said = None
        if said is None:
            if not self._printer.answers and self._tongue.ID not in _COUNTS:
                return line, None  # no answer in this language confirms anything, a late one neither
            line.abort()
            if self._printer.answers:
                # It always answers, and now it does not: a job would go into a hole.
                return line, Delivery(0, whole=False, fault=Fault("printers.broke.silent", {"where": where}))
            # A late answer to this question must not be taken for one to the question after the job.
            return self._opened(_CONNECT), None
        if said.state.prints or said.state is PrinterState.UNKNOWN:
            return line, None
        line.close()
        return line, Delivery(0, whole=False, fault=Fault(said.state.key), report=said)

    def _goodbye(self, line: Line, done: Delivery) -> Delivery:
        """End a job that the printer says nothing about, and wait until it has taken the end."""
        line.finish()
        try:
            until = time.monotonic() + 1.0
            while (left := until - time.monotonic()) > 0 and line.read(left) is not None:
                pass
        except BrokenOff as broken:
            return replace(done, fault=broken.fault)
        return done

    def _watch(self, line: Line, done: Delivery) -> Delivery:
        """Ask behind the job, on its own line, until nothing is left, something is wrong, or the time is over."""
        until, calm = time.monotonic() + _AFTER, 0
        while (left := until - time.monotonic()) > 0:
            try:
                said = self._ask(line, left)
            except BrokenOff as broken:
                return replace(done, fault=broken.fault, report=None, heard=0.0)
            if said is None:
                return replace(done, report=None)
            done = _heard(done, said)
            if done.fault is not None:
                return done
            if said.state is PrinterState.READY and said.left == 0:
                calm += 1
                # Just after a job some have not begun to count it: nothing left is believed the second time.
                if calm == 2:
                    return replace(done, out=True)
            else:
                calm = 1
            time.sleep(_AGAIN)
        return done

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:
        """Ask again what became of it; see :class:`~app.services.printers.Way`."""
        if not self._tongue.STATUS_QUERY or delivery.out is not None:
            return delivery
        try:
            said = self.state(seconds)
        except PrinterUnreachable as error:
            return replace(delivery, fault=_fault(error), report=None, heard=0.0)
        held = delivery.whole and delivery.heard > 0 and time.monotonic() - delivery.heard < _AWAY
        if said is None:
            return replace(delivery, report=None, heard=delivery.heard if held else 0.0)
        heard = _heard(delivery, said) if held else replace(_heard(delivery, said), heard=0.0)
        if heard.fault is not None or said.state is not PrinterState.READY or said.left != 0:
            return heard
        if held:
            return replace(heard, out=True)
        # It has nothing left, and may have been switched off with the job in it.
        return replace(heard, fault=Fault("printers.broke.away", {"where": delivery.where}))

    def _ask(self, line: Line, seconds: float) -> PrinterReport | None:
        """Ask over a line; None where no answer comes, or the line is closed."""
        tongue, until = self._tongue, time.monotonic() + seconds
        if not tongue.STATUS_QUERY:
            return None
        while line.read(0.0):  # what it said unasked
            pass
        line.write(tongue.STATUS_QUERY, seconds)
        reply, found = b"", None
        while (left := until - time.monotonic()) > 0:
            said = line.read(left)
            if said is None:
                break
            if said:
                reply += said
                found = tongue.read_status(reply)
                if found.state is not PrinterState.UNKNOWN and (found.left is not None or tongue.ID not in _COUNTS):
                    return found
        return found


def _fault(error: PrinterUnreachable) -> Fault:
    return Fault(
        error.key, {name: value if isinstance(value, int) else str(value) for name, value in error.args_.items()}
    )


def _heard(delivery: Delivery, said: PrinterReport) -> Delivery:
    """Note what a printer said behind a job."""
    fine = said.state.prints or said.state is PrinterState.UNKNOWN
    known = said.state is not PrinterState.UNKNOWN
    heard = time.monotonic() if known else delivery.heard
    return replace(delivery, report=said, fault=None if fine else Fault(said.state.key), heard=heard)
