"""What a printer or queue says in IPP, and what of it may be believed.

A queue of CUPS files a job as completed that the printer refused, or that jammed: its word confirms nothing. A
printer's own word does where it counted every page and names no error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.printer_state import PrinterReport, PrinterState, report
from app.domain.printing import Delivery, Fault

__all__ = ["ABORTED", "CANCELED", "COMPLETED", "Attributes", "first", "is_idle", "is_queue", "judge", "printer_report"]

Attributes = Mapping[str, tuple[Any, ...]]
"""Attributes of a printer or job by name."""
CANCELED, ABORTED, COMPLETED = 7, 8, 9
_IDLE, _PROCESSING, _STOPPED = 3, 4, 5
_SUFFIXES = ("-error", "-warning", "-report")

_ALWAYS: Mapping[str, PrinterState] = {
    "media-jam": PrinterState.JAM,
    "cover-open": PrinterState.COVER_OPEN,
    "door-open": PrinterState.COVER_OPEN,
    "interlock-open": PrinterState.COVER_OPEN,
    "offline": PrinterState.OFFLINE,
    "shutdown": PrinterState.OFFLINE,
    "timed-out": PrinterState.OFFLINE,
    "connecting-to-device": PrinterState.OFFLINE,
    "paused": PrinterState.PAUSED,
    "moving-to-paused": PrinterState.PAUSED,
    "fuser-over-temp": PrinterState.OVERHEATED,
}
"""Reasons that stop a printer whatever it thinks of them itself."""
_ERRORS: Mapping[str, tuple[PrinterState, PrinterState | None]] = {
    "media-empty": (PrinterState.PAPER_OUT, PrinterState.PAPER_LOW),
    "media-needed": (PrinterState.PAPER_OUT, PrinterState.PAPER_LOW),
    "media-low": (PrinterState.PAPER_LOW, PrinterState.PAPER_LOW),
    "input-tray-missing": (PrinterState.TRAY_MISSING, None),
    "output-area-full": (PrinterState.OUTPUT_FULL, None),
    "output-tray-missing": (PrinterState.TRAY_MISSING, None),
    "toner-empty": (PrinterState.TONER_OUT, PrinterState.TONER_LOW),
    "toner-low": (PrinterState.TONER_LOW, PrinterState.TONER_LOW),
    "marker-supply-empty": (PrinterState.TONER_OUT, PrinterState.TONER_LOW),
    "marker-supply-low": (PrinterState.TONER_LOW, PrinterState.TONER_LOW),
    "marker-supply-missing": (PrinterState.TONER_OUT, PrinterState.TONER_LOW),
    "developer-empty": (PrinterState.TONER_OUT, PrinterState.TONER_LOW),
    "developer-low": (PrinterState.TONER_LOW, PrinterState.TONER_LOW),
}
"""Reasons that stop it as an error or where it stands still; else the warning that they are: an empty second tray does
not keep the first one from printing."""


def first(attributes: Attributes, name: str, usual: Any = None) -> Any:
    """Return the first value of an attribute."""
    values = attributes.get(name, ())
    return values[0] if values and values[0] is not None else usual


def is_idle(attributes: Attributes) -> bool:
    """Whether it stands idle, takes jobs, and would begin one at once."""
    takes = bool(first(attributes, "printer-is-accepting-jobs", usual=True))
    return takes and bool(first(attributes, "printer-state", 0) == _IDLE)


def is_queue(attributes: Attributes, path: str) -> bool:
    """Whether this is a queue of CUPS and no printer."""
    return "printer-type" in attributes or "device-uri" in attributes or path.startswith(("/printers/", "/classes/"))


def printer_report(attributes: Attributes) -> PrinterReport:
    """Return what a printer or queue says of itself."""
    state = first(attributes, "printer-state", 0)
    stopped = state == _STOPPED
    found: set[PrinterState] = set()
    for each in attributes.get("printer-state-reasons", ()):
        if meant := _reason(str(each), stopped):
            found.add(meant)
    stops = any(not each.prints for each in found)
    if first(attributes, "printer-is-accepting-jobs", usual=True) is False and not stops:
        found.add(PrinterState.PAUSED)
    elif stopped and not stops:
        found.add(PrinterState.FAULT)
    elif state == _PROCESSING:
        found.add(PrinterState.BUSY)
    elif state not in (_IDLE, _STOPPED) and not found:
        found.add(PrinterState.UNKNOWN)
    return report(found)


def _reason(text: str, stopped: bool) -> PrinterState | None:
    base, suffix = text, ""
    for each in _SUFFIXES:
        if text.endswith(each):
            base, suffix = text.removesuffix(each), each
    if base in _ALWAYS:
        return _ALWAYS[base]
    severe = stopped or suffix in ("", "-error")
    if base in _ERRORS:
        return _ERRORS[base][0 if severe else 1]
    # Some name the part as well: ``toner-low-cyan``, ``tray-2-media-empty``.
    for name, (error, warning) in _ERRORS.items():
        if name in base:
            return error if severe else warning
    return PrinterState.FAULT if suffix == "-error" and base != "none" else None


def judge(delivery: Delivery, job: Attributes, said: PrinterReport | None, *, pages: int, queue: bool) -> Delivery:
    """Return what is known of a job now.

    :param pages: pages that must come out; 0 where that is not known.
    :param queue: whether a queue of CUPS says it, and no printer itself.
    """
    state = first(job, "job-state", 0)
    counted = _counted(job)
    reasons = [str(each) for each in job.get("job-state-reasons", ())]
    told = replace(delivery, report=said, fault=None, out=None)
    if state == COMPLETED:
        return _completed(told, counted, reasons, pages, queue)
    if state in (CANCELED, ABORTED):
        which = "printers.broke.canceled" if state == CANCELED else "printers.broke.aborted"
        fault = Fault(which, {"where": delivery.where, "why": _why(job, reasons)})
        # What a queue counts is what it passed on. A job that it never began is surely not out.
        begun = "time-at-processing" not in job or first(job, "time-at-processing") is not None
        # After a jam a sheet may hang out of a printer that counted none.
        jammed = said is not None and PrinterState.JAM in said.all
        surely = not begun if queue else counted == 0 and not jammed
        return replace(told, fault=fault, out=False if surely else None)
    if said is not None and not said.state.prints and said.state is not PrinterState.UNKNOWN:
        return replace(told, fault=Fault(said.state.key))
    return told


def _completed(told: Delivery, counted: int | None, reasons: Sequence[str], pages: int, queue: bool) -> Delivery:
    if queue:
        return told
    if any(each.startswith("job-completed-with-errors") for each in reasons):
        return replace(told, fault=Fault("printers.broke.with_errors", {"where": told.where}))
    if counted is None or not pages:
        return told
    if counted < pages:
        return replace(
            told, fault=Fault("printers.broke.few_pages", {"where": told.where, "count": counted, "pages": pages})
        )
    return replace(told, out=True)


def _counted(job: Attributes) -> int | None:
    found = first(job, "job-impressions-completed")
    return found if isinstance(found, int) else None


def _why(job: Attributes, reasons: Sequence[str]) -> str:
    words = [each for each in reasons if each != "none"]
    message = str(first(job, "job-state-message", "") or first(job, "job-printer-state-message", ""))
    return (message or ", ".join(words) or "–")[:120]
