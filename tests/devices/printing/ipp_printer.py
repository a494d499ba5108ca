"""A printer, or a queue of CUPS, that speaks IPP as a test tells it."""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.devices.printing._ipp_message import JOB, OPERATION, PRINTER, Kind, Value, encode, parse

PRINT, VALIDATE, JOB_OF, JOBS, ABOUT, QUEUES = 0x02, 0x04, 0x09, 0x0A, 0x0B, 0x4002
_KINDS = {
    "printer-state": Kind.ENUM,
    "job-state": Kind.ENUM,
    "job-name": Kind.NAME,
    "printer-type": Kind.ENUM,
    "device-uri": Kind.URI,
    "document-format-supported": Kind.MIME,
    "time-at-processing": Kind.INTEGER,
}


def attributes(**given: Any) -> dict[str, Value]:
    """Attributes from plain values; ``_`` stands for ``-``."""
    made = {}
    for key, value in given.items():
        name = key.replace("_", "-")
        values = value if isinstance(value, tuple) else (value,)
        kind = (
            Kind.BOOLEAN
            if isinstance(values[0], bool)
            else Kind.INTEGER
            if isinstance(values[0], int)
            else Kind.KEYWORD
        )
        made[name] = Value(_KINDS.get(name, kind), values)
    return made


class Ipp:
    """What the printer is and does."""

    def __init__(self) -> None:
        self.state: dict[str, Any] = {
            "printer_state": 3,
            "printer_state_reasons": "none",
            "printer_is_accepting_jobs": True,
            "printer_make_and_model": "Sample 1000",
            "document_format_supported": ("application/pdf", "image/pwg-raster"),
            "media_supported": ("iso_a4_210x297mm",),
            "media_source_supported": ("auto", "main"),
            "print_scaling_supported": ("auto", "none"),
            "sides_supported": ("one-sided",),
        }
        self.after: list[dict[str, Any]] = [{"job_state": 9, "job_impressions_completed": 1}]
        """What it says of a job at each question; the last one stays."""
        self.status: dict[int, int] = {}
        """Status that it answers an operation with, where not all is well."""
        self.http = 200
        self.jobs: list[dict[str, Any]] = []
        self.documents: list[bytes] = []
        self.asked: list[tuple[int, dict[str, Any], dict[str, Any]]] = []
        """Operation, its attributes, the job's attributes."""
        self.hang: dict[int, threading.Event] = {}
        """Operations that are not answered until the event."""
        self.keeps = True
        """Whether it remembers a job."""
        self.oldest = False
        """Whether it knows the first version of the protocol only."""
        self.port = 0

    @property
    def place(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    def answer(self, body: bytes) -> bytes | None:
        operation = struct.unpack_from(">H", body, 2)[0]
        end = _end(body)
        read = parse(body[:end])
        self.asked.append((operation, read.of(OPERATION), read.of(JOB)))
        if operation in self.hang:
            self.hang[operation].wait(10)
            return None
        status = self.status.get(operation, 0) if not self.oldest or body[0] == 1 else 0x0503
        groups: list[tuple[int, dict[str, Value]]] = [(OPERATION, {})]
        if operation == ABOUT:
            groups.append((PRINTER, attributes(**self.state)))
        elif operation == PRINT and not status:
            self.documents.append(body[end:])
            self.jobs.append({"job_name": read.of(OPERATION)["job-name"][0], "job_id": len(self.jobs) + 1})
            groups.append((JOB, attributes(job_id=len(self.jobs), job_state=3)))
        elif operation in (JOB_OF, JOBS) and self.jobs and self.keeps:
            told = self.after.pop(0) if len(self.after) > 1 else self.after[0]
            if operation == JOB_OF or read.of(OPERATION)["which-jobs"] == ("completed",):
                groups.append((JOB, attributes(**self.jobs[-1], **told)))
        elif operation == JOB_OF:
            status = 0x0406
        return encode(status, 1, groups)


def _end(body: bytes) -> int:
    """Where the message ends and the document begins."""
    at = 8
    while body[at] != 3:
        if body[at] < 0x10:
            at += 1
            continue
        name = struct.unpack_from(">H", body, at + 1)[0]
        value = struct.unpack_from(">H", body, at + 3 + name)[0]
        at += 5 + name + value
    return at + 1


@contextmanager
def served(printer: Ipp) -> Iterator[Ipp]:
    """Serve a printer."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said = printer.answer(body)
            if said is None:
                self.close_connection = True
                return
            self.send_response(printer.http)
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: object) -> None:
            pass

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.daemon_threads = True
    printer.port = serving.server_address[1]
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield printer
    finally:
        for event in printer.hang.values():
            event.set()
        serving.shutdown()
        serving.server_close()
        thread.join(5)
