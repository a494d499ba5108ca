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
from app.devices.printing._ipp_says import COMPLETED, Attributes, first, is_queue, judge, printer_report
from app.devices.printing._net import BrokenOff
from app.devices.printing._pwg import pwg_raster
from app.domain.label_media import media_mm
from app.domain.printer_address import Place, ipp_place
from app.domain.printer_state import PrinterReport, PrinterState
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
        self._pages: dict[str, int] = {}
        """Pages of the jobs that were sent here, by their number at the printer."""

    def state(self, seconds: float = 3.0) -> PrinterReport | None:
        """Ask how it is; see :class:`~app.services.printers.Way`."""
        return printer_report(printer_attributes(self._place, seconds))

    # --- sending ---

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:
        """Bring a job to it; see :class:`~app.services.printers.Way`."""
        refused = Delivery(0, whole=False, where=self._place.uri)
        try:
            there = printer_attributes(self._place, min(seconds, _LOOK))
        except PrinterUnreachable as error:
            return replace(refused, fault=_fault(error))
        said = printer_report(there)
        if not said.state.prints and said.state is not PrinterState.UNKNOWN:
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
        number = str(first(answer.of(JOB), "job-id", ""))
        self._pages[number] = pages
        return self._watch(Delivery(len(document), whole=True, job=number, where=self._place.uri, report=said))

    def _looked_up(self, sent: Delivery, title: str, pages: int) -> Delivery:
        """Look whether a job came of a document whose answer never came."""
        try:
            job = _job_named(self._place, title, _LOOK)
        except PrinterUnreachable:
            return sent
        if job is None:
            return sent
        number = str(first(job, "job-id", ""))
        self._pages[number] = pages if sent.whole else 0
        # The fault stays: the job is there, but nobody knows whether it is the whole document.
        return replace(sent, job=number)

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
            sent = self.follow(sent)
            if sent.out is not None or sent.fault is not None or time.monotonic() + _AGAIN > until:
                return sent
            time.sleep(_AGAIN)

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:
        """Ask again what became of it; see :class:`~app.services.printers.Way`."""
        if not delivery.job.isdecimal() or delivery.out is not None:
            return delivery
        until = time.monotonic() + seconds
        try:
            there = printer_attributes(self._place, seconds)
            job = _job(self._place, int(delivery.job), _rest(until))
        except PrinterUnreachable as error:
            return replace(delivery, fault=_fault(error), report=None)
        said = printer_report(there)
        if job is None:
            gone = Fault("printers.broke.job_gone", {"where": self._place.uri, "job": delivery.job})
            return replace(delivery, fault=gone, report=said)
        queue = is_queue(there, self._place.path)
        pages = self._pages.get(delivery.job, 0)
        told = judge(delivery, job, said, pages=pages, queue=queue)
        if queue and first(job, "job-state") == COMPLETED:
            return _behind(told, there, job, pages, until)
        return told


def _behind(told: Delivery, there: Attributes, job: Attributes, pages: int, until: float) -> Delivery:
    """Ask the printer behind a queue, where it speaks IPP, for the job that the queue passed on to it."""
    try:
        place = ipp_place(str(first(there, "device-uri", "")))
        if place.path.startswith("/printers/"):
            return told  # another queue, which knows no more than this one
        own = printer_report(printer_attributes(place, _rest(until)))
        found = _job_named(place, str(first(job, "job-name", "")), _rest(until))
    except (NotAllowed, PrinterUnreachable):
        return told
    if found is None:
        return _not_fine(told, own)
    judged = judge(replace(told, where=place.uri), found, own, pages=pages, queue=False)
    return replace(_not_fine(judged, own) if judged.out is None else judged, where=told.where)


def _not_fine(told: Delivery, own: PrinterReport) -> Delivery:
    if told.fault is None and not own.state.prints and own.state is not PrinterState.UNKNOWN:
        return replace(told, fault=Fault(own.state.key), report=own)
    return told


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
