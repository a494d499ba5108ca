"""A printer that speaks IPP, or a queue of CUPS: told what is to come out, and asked what became of it.

What it says is judged by :mod:`app.devices.printing._ipp_says`. Where a queue says that a job is completed, the printer
behind it is asked for a job of the same title, if it speaks IPP too.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.devices.printing._ipp_call import call
from app.devices.printing._ipp_message import JOB, PRINTER, Kind, Value
from app.devices.printing._ipp_says import (
    CANCELED,
    COMPLETED,
    Attributes,
    first,
    is_idle,
    is_queue,
    judge,
    printer_report,
)
from app.devices.printing._net import BrokenOff
from app.devices.printing._pwg import pwg_raster
from app.domain.label_media import media_mm
from app.domain.printer_address import Place, ipp_place, queue_of
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.domain.printing import Delivery, Fault, Printer
from app.errors import FileUnusable, NotAllowed, PrinterUnreachable
from app.services import pages as pictures

__all__ = ["IppWay", "printer_attributes"]

_PRINT_JOB, _VALIDATE_JOB, _JOB_ATTRIBUTES, _JOBS, _PRINTER_ATTRIBUTES = 0x02, 0x04, 0x09, 0x0A, 0x0B
_AFTER = 3.0
"""Seconds that a job is watched after it was sent."""
_AGAIN = 0.4
_LOOK = 4.0
"""Seconds for the questions before a job."""
_USER = "kenpin"
_ASKED = (
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "printer-make-and-model",
    "printer-type",
    "device-uri",
    "document-format-supported",
    "media-supported",
    "media-source-supported",
    "print-scaling-supported",
    "pwg-raster-document-resolution-supported",
    "pwg-raster-document-type-supported",
    "sides-supported",
)
_OF_JOB = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-state-message",
    "job-printer-state-message",
    "job-impressions-completed",
    "job-media-sheets-completed",
    "time-at-processing",
)
_PDF, _PWG, _BYTES = "application/pdf", "image/pwg-raster", "application/octet-stream"
_OF_LANGUAGE: Mapping[str, tuple[str, ...]] = {"zpl": ("application/vnd.zebra-zpl", "application/vnd.zebra.zpl")}
_RAW_QUEUE = "application/vnd.cups-raw"
_MEDIA = {
    "A4": "iso_a4_210x297mm",
    "A5": "iso_a5_148x210mm",
    "A6": "iso_a6_105x148mm",
    "4x6": "na_index-4x6_4x6in",
    "100x150": "om_small-photo_100x150mm",
}
_SIDES = {"no": "one-sided", "long": "two-sided-long-edge", "short": "two-sided-short-edge"}
_USUAL_DPI = 300


def printer_attributes(place: Place, seconds: float) -> Attributes:
    """Return what a printer or queue says of itself.

    :raises PrinterUnreachable: it is not there, or no printer.
    """
    wanted = {"requested-attributes": Value(Kind.KEYWORD, _ASKED)}
    try:
        answer = call(place, _PRINTER_ATTRIBUTES, wanted, seconds=seconds)
    except BrokenOff as error:  # only a document breaks off
        raise PrinterUnreachable(error.fault.key, **error.fault.args) from error
    if not answer.good:
        raise PrinterUnreachable("printers.off.no_queue", where=place.uri)
    return answer.of(PRINTER)


class IppWay:
    """The way to a printer or queue over IPP."""

    def __init__(self, printer: Printer) -> None:
        """
        :raises NotAllowed: its address cannot be read.
        """
        self._printer = printer
        self._place = ipp_place(printer.address)

    def state(self, seconds: float = 3.0) -> PrinterReport | None:
        """Ask how it is; see :class:`~app.services.printers.Way`. Behind a queue the printer itself is asked too."""
        until = time.monotonic() + seconds
        return self._standing(printer_attributes(self._place, seconds), until)[0]

    def _standing(self, there: Attributes, until: float) -> tuple[PrinterReport, bool]:
        """Return how the printer is, and whether a job can be sent now.

        :raises PrinterUnreachable: a queue answers, and the printer behind it is not there.
        """
        said, stands = printer_report(there), is_idle(there)
        if is_queue(there, self._place.path):
            if not stands and not said.state.prints:
                return said, False
            if (place := _device(there)) is None:
                # A queue that stands idle still names what the last job met; only who stopped it is true now.
                return (_calm(said), PrinterState.PAUSED not in said.all) if stands else (said, True)
            own = printer_attributes(place, _rest(until))
            paused = PrinterState.PAUSED in said.all
            said, stands = said if paused else printer_report(own), is_idle(own) and not paused
        # One that stands idle would begin at once, whatever else it remembers.
        return said, stands or said.state.prints or said.state is PrinterState.UNKNOWN

    # --- sending ---

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:
        """Bring a job to it; see :class:`~app.services.printers.Way`."""
        refused = Delivery(0, whole=False, where=self._place.uri)
        try:
            until = time.monotonic() + min(seconds, _LOOK)
            there = printer_attributes(self._place, _rest(until))
            said, may_send = self._standing(there, until)
        except PrinterUnreachable as error:
            return replace(refused, fault=_fault(error))
        if not may_send:
            return replace(refused, fault=Fault(said.state.key), report=said)
        try:
            kind, document, pages = self._document(data, there)
            wishes = self._wishes(there)
        except (NotAllowed, FileUnusable) as error:
            return replace(refused, fault=_fault(error), report=said)
        about = {
            "requesting-user-name": Value(Kind.NAME, (_USER,)),
            "job-name": Value(Kind.NAME, (title,)),
            "document-format": Value(Kind.MIME, (kind,)),
        }
        more = [(JOB, wishes)] if wishes else []
        try:
            may = call(self._place, _VALIDATE_JOB, about, more, seconds=min(seconds, _LOOK))
            if not may.good:
                return replace(refused, fault=_turned_down(may.status, self._place, kind), report=said)
            answer = call(self._place, _PRINT_JOB, about, more, document=document, seconds=seconds)
        except PrinterUnreachable as error:
            return replace(refused, fault=_fault(error), report=said)
        except BrokenOff as broken:
            sent = Delivery(broken.taken, broken.whole, broken.fault, where=self._place.uri)
            return self._looked_up(sent, title, pages)
        if not answer.good:
            # It said so itself and made no job of it.
            fault = _turned_down(answer.status, self._place, kind)
            return replace(refused, taken=len(document), fault=fault, out=False, report=said)
        number = _numbered(answer.of(JOB), pages)
        return self._watch(Delivery(len(document), whole=True, job=number, where=self._place.uri, report=said))

    def _looked_up(self, sent: Delivery, title: str, pages: int) -> Delivery:
        """Look whether a job came of a document whose answer never came."""
        try:
            job = _job_named(self._place, title, _LOOK)
        except PrinterUnreachable:
            return sent
        if job is None:
            return sent
        # The fault stays: the job is there, but nobody knows whether it is the whole document.
        return replace(sent, job=_numbered(job, pages if sent.whole else 0))

    def _document(self, data: bytes, there: Attributes) -> tuple[str, bytes, int]:
        """Return in which format it goes, as what, and how many pages it has (0: not known)."""
        known = there.get("document-format-supported", ())
        queue = is_queue(there, self._place.path)
        if self._printer.language != "pdf":
            wanted = (*_OF_LANGUAGE.get(self._printer.language, ()), *((_RAW_QUEUE,) if queue else ()), _BYTES)
            return next((each for each in wanted if each in known), _BYTES), data, 0
        if _PDF in known or not known:
            return _PDF, data, pictures.count(data)
        if _PWG not in known:
            formats = ", ".join(str(each) for each in known)
            raise NotAllowed("printers.broke.format", where=self._place.uri, known=formats)
        dpi = _dpi(there)
        types = there.get("pwg-raster-document-type-supported", ())
        made = pictures.pages(data, dpi)
        return _PWG, pwg_raster(made, dpi, colours=3 if types and "sgray_8" not in types else 1), len(made)

    def _wishes(self, there: Attributes) -> dict[str, Value]:
        """Return what the job asks of the printer, as far as it knows it."""
        made: dict[str, Value] = {}
        options = self._printer.options
        if "none" in there.get("print-scaling-supported", ()):
            made["print-scaling"] = Value(Kind.KEYWORD, ("none",))  # a bar code of another size has other dots
        if (side := _SIDES.get(options.get("duplex", "no"))) in there.get("sides-supported", ()):
            made["sides"] = Value(Kind.KEYWORD, (side,))
        if tray := options.get("tray"):
            known = there.get("media-source-supported", ())
            if tray not in known:
                names = ", ".join(str(each) for each in known) or "–"
                raise NotAllowed("printers.broke.no_tray", where=self._place.uri, tray=tray, known=names)
            source: dict[str, Value] = {"media-source": Value(Kind.KEYWORD, (tray,))}
            if (size := media_mm(self._printer.media)) and size[1]:
                sides = {
                    name: Value(Kind.INTEGER, (round(mm * 100),))
                    for name, mm in zip(("x-dimension", "y-dimension"), size, strict=True)
                }
                source["media-size"] = Value(Kind.COLLECTION, (sides,))
            made["media-col"] = Value(Kind.COLLECTION, (source,))
        elif (media := _MEDIA.get(self._printer.media)) in there.get("media-supported", ()):
            made["media"] = Value(Kind.KEYWORD, (media,))
        return made

    # --- what became of it ---

    def _watch(self, sent: Delivery) -> Delivery:
        until = time.monotonic() + _AFTER
        while True:
            sent, ended = self._followed(sent, _LOOK)
            if ended or time.monotonic() + _AGAIN > until:
                return sent
            time.sleep(_AGAIN)

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:
        """Ask again what became of it; see :class:`~app.services.printers.Way`."""
        return self._followed(delivery, seconds)[0]

    def _followed(self, delivery: Delivery, seconds: float) -> tuple[Delivery, bool]:
        """Return what is known of a job, and whether nothing more will be."""
        number, _, counted = delivery.job.partition("/")
        if not number.isdecimal() or delivery.out is not None:
            return delivery, True
        until = time.monotonic() + seconds
        try:
            there = printer_attributes(self._place, seconds)
            job = _job(self._place, int(number), _rest(until))
        except PrinterUnreachable as error:
            return replace(delivery, fault=_fault(error), report=None), False
        said = printer_report(there)
        if job is None:
            gone = Fault("printers.broke.job_gone", {"where": self._place.uri, "job": number})
            return replace(delivery, fault=gone, report=said), True
        pages = int(counted or 0)
        queue = is_queue(there, self._place.path)
        told = judge(delivery, job, said, pages=pages, queue=queue)
        ended = first(job, "job-state", 0) >= CANCELED
        if queue and first(job, "job-state") == COMPLETED:
            return _behind(told, there, job, pages, until)
        return told, ended


def _behind(told: Delivery, there: Attributes, job: Attributes, pages: int, until: float) -> tuple[Delivery, bool]:
    """Ask the printer behind a queue, where it speaks IPP, for the job that the queue passed on to it."""
    if (place := _device(there)) is None:
        return told, True
    try:
        own = printer_report(printer_attributes(place, _rest(until)))
        found = _job_named(place, str(first(job, "job-name", "")), _rest(until))
    except PrinterUnreachable as error:
        return replace(told, fault=_fault(error), report=None), False
    if found is None:
        return _not_fine(told, own), False
    judged = judge(replace(told, where=place.uri), found, own, pages=pages, queue=False)
    ended = first(found, "job-state", 0) >= CANCELED
    return replace(judged, where=told.where), ended


def _device(there: Attributes) -> Place | None:
    """Return where the printer behind a queue is, if it speaks IPP; another queue knows no more than this one."""
    try:
        place = ipp_place(str(first(there, "device-uri", "")))
    except NotAllowed:
        return None
    return None if queue_of(place) else place


def _calm(said: PrinterReport) -> PrinterReport:
    """Return what is left of a report without what stopped an earlier job."""
    kept = (PrinterState.PAUSED, PrinterState.OFFLINE)
    return report({each for each in said.all if each.prints or each in kept})


def _not_fine(told: Delivery, own: PrinterReport) -> Delivery:
    if told.fault is None and not own.state.prints and own.state is not PrinterState.UNKNOWN:
        return replace(told, fault=Fault(own.state.key), report=own)
    return told


def _numbered(job: Attributes, pages: int) -> str:
    """Return the printer's number of a job, and how many pages must come out of it: ``17/2``."""
    number = first(job, "job-id", "")
    return f"{number}/{pages}" if pages and number else str(number)


def _job(place: Place, number: int, seconds: float) -> Attributes | None:
    wanted = {
        "job-id": Value(Kind.INTEGER, (number,)),
        "requesting-user-name": Value(Kind.NAME, (_USER,)),
        "requested-attributes": Value(Kind.KEYWORD, _OF_JOB),
    }
    answer = _asked(place, _JOB_ATTRIBUTES, wanted, seconds)
    return answer[0] if answer else None


def _job_named(place: Place, title: str, seconds: float) -> Attributes | None:
    """Return the newest job of a title, done or not; None where the printer knows none."""
    found: list[Attributes] = []
    until = time.monotonic() + seconds
    for which in ("not-completed", "completed"):
        wanted = {
            "requesting-user-name": Value(Kind.NAME, (_USER,)),
            "which-jobs": Value(Kind.KEYWORD, (which,)),
            "requested-attributes": Value(Kind.KEYWORD, _OF_JOB),
        }
        found += [job for job in _asked(place, _JOBS, wanted, _rest(until)) if first(job, "job-name") == title]
    return max(found, key=lambda job: int(first(job, "job-id", 0)), default=None)


def _asked(place: Place, operation: int, wanted: Mapping[str, Value], seconds: float) -> list[dict[str, Any]]:
    try:
        answer = call(place, operation, wanted, seconds=seconds)
    except BrokenOff as error:
        raise PrinterUnreachable(error.fault.key, **error.fault.args) from error
    return answer.all_of(JOB) if answer.good else []


def _rest(until: float) -> float:
    return max(0.2, until - time.monotonic())


def _dpi(there: Attributes) -> int:
    """Return the resolution nearest to the usual one, of those that the printer takes."""
    known = [each[0] for each in there.get("pwg-raster-document-resolution-supported", ()) if each]
    return min(known, key=lambda dpi: abs(dpi - _USUAL_DPI), default=_USUAL_DPI)


_UNKNOWN_FORMAT, _BUSY, _NOT_ACCEPTING = 0x040A, 0x0507, 0x0506


def _turned_down(status: int, place: Place, kind: str) -> Fault:
    if status == _UNKNOWN_FORMAT:
        return Fault("printers.broke.format", {"where": place.uri, "known": f"≠ {kind}"})
    if status in (_BUSY, _NOT_ACCEPTING):
        return Fault("printers.broke.not_accepting", {"where": place.uri})
    return Fault("printers.broke.turned_down", {"where": place.uri, "status": f"0x{status:04x}"})


def _fault(error: PrinterUnreachable | NotAllowed | FileUnusable) -> Fault:
    return Fault(
        error.key, {name: value if isinstance(value, int) else str(value) for name, value in error.args_.items()}
    )
