"""A small IPP printer for faults that the real one cannot have: status codes, half answers, untrue job states.

It reads requests as RFC 8010 lays them out and shares no code with what writes them. What it printed lies in
:attr:`IppServer.out`, whatever it says about its jobs.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2

from app.services.pages import PDFIUM  # only one thread at a time may use the library

__all__ = ["ABORTED", "CANCELED", "COMPLETED", "HELD", "PENDING", "PROCESSING", "STOPPED", "IppFaults", "IppServer"]

PENDING, HELD, PROCESSING, STOPPED, CANCELED, ABORTED, COMPLETED = range(3, 10)
"""Job states of RFC 8011."""
_PRINT_JOB, _VALIDATE, _CREATE, _SEND, _CANCEL, _JOB, _JOBS, _PRINTER = 2, 4, 5, 6, 8, 9, 10, 11
_INT, _BOOL, _ENUM, _TEXT, _NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = (
    0x21, 0x22, 0x23, 0x41, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49,
)  # fmt: skip
_REASONS = {
    COMPLETED: "job-completed-successfully",
    ABORTED: "aborted-by-system",
    CANCELED: "job-canceled-by-user",
    STOPPED: "printer-stopped",
}
Value = tuple[int, object]


@dataclass
class IppFaults:
    """What is wrong with it; all quiet by default."""

    refuses: int = 0
    """Status code for a job, such as 0x040A, a format that it does not know."""
    http: int = 0
    """HTTP status for everything, such as 503."""
    half_answer: int | None = None
    """Bytes of an answer, then the connection ends."""
    deaf: bool = False
    """It takes connections and answers nothing."""
    break_at: int | None = None
    """It breaks the connection after so many bytes of a job."""
    swallow: bool = False
    """It breaks the connection after the whole job, which it prints, before it answers."""
    garbage: bool = False
    """It answers with bytes that are no IPP."""
    late: float = 0.0
    """Seconds before it answers."""
    hole: bool = False
    """It says that a job is completed and prints nothing."""
    forever: bool = False
    """A job stays under way for ever, though it came out."""
    ends: int = 0
    """State that a job ends in without being printed: aborted or cancelled."""
    reasons: tuple[str, ...] = ()
    """``printer-state-reasons``; with an error among them jobs stop until it is mended."""
    forgets: bool = False
    """It does not know its jobs any more."""


@dataclass
class _Job:
    id: int
    title: str
    user: str
    data: bytes = b""
    state: int = PROCESSING
    printed: bool = False
    closed: bool = False


@dataclass
class _Request:
    version: bytes
    operation: int
    number: int
    attributes: dict[str, list[Value]] = field(default_factory=dict)
    document: bytes = b""

    def text(self, name: str) -> str:
        found = self.attributes.get(name)
        return bytes(found[0][1]).decode("utf-8") if found else ""  # type: ignore[call-overload]

    def number_of(self, name: str) -> int:
        found = self.attributes.get(name)
        return int.from_bytes(found[0][1], "big") if found else 0  # type: ignore[arg-type]


class IppServer:
    """An office printer at ``ipp://127.0.0.1:port/ipp/print``."""

    def __init__(self, formats: tuple[str, ...] = ("application/pdf",), *, seconds: float = 0.0) -> None:
        self.faults = IppFaults()
        self.out: list[bytes] = []
        """Documents that came out, oldest first."""
        self.titles: list[str] = []
        """Names that its jobs were given, and their users': what anybody can read in its queue."""
        self.port = 0
        self._formats, self._seconds = formats, seconds
        self._jobs: dict[int, _Job] = {}
        self._state = threading.Condition()
        self._life = 0
        self._closing = False
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self.on()
        threading.Thread(target=self._print, daemon=True).start()

    @property
    def address(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    # --- hands ---

    def on(self) -> None:
        """Switch it on."""
        with self._state:
            if self._listener is not None:
                return
            self._life += 1
            made = socket.socket()
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(("127.0.0.1", self.port))
            made.listen(16)
            self.port = made.getsockname()[1]
            self._listener = made
            threading.Thread(target=self._accept, args=(made, self._life), daemon=True).start()

    def off(self) -> None:
        """Cut its power: it forgets its jobs."""
        with self._state:
            self._life += 1
            listener, self._listener = self._listener, None
            self._jobs = {}
            opened, self._open = self._open, set()
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for each in opened:
            with contextlib.suppress(OSError):
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                each.close()

    def power_cycle(self) -> None:
        """Off and on again."""
        self.off()
        self.on()

    def mend(self) -> None:
        """Put everything right; what was stopped comes out."""
        with self._state:
            self.faults = IppFaults()
            self._state.notify_all()
        self.on()

    def close(self) -> None:
        self._closing = True
        self.off()

    def __enter__(self) -> IppServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def broken(self, **faults: object) -> Iterator[IppServer]:
        """Have faults of :class:`IppFaults` for a while."""
        self.faults = IppFaults(**faults)  # type: ignore[arg-type]
        try:
            yield self
        finally:
            self.mend()

    def wait(self, documents: int, seconds: float = 5.0) -> bool:
        """Wait until so many documents have come out in all; whether they have."""
        with self._state:
            return self._state.wait_for(lambda: len(self.out) >= documents, seconds)

    @property
    def holds(self) -> int:
        """Jobs that it took and did not end."""
        with self._state:
            return sum(job.state < CANCELED and not job.printed for job in self._jobs.values())

    # --- threads ---

    def _accept(self, listener: socket.socket, life: int) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._state:
                self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection, life), daemon=True).start()

    def _serve(self, connection: socket.socket, life: int) -> None:
        connection.settimeout(20)
        try:
            file = connection.makefile("rb")
            while self._life == life and self._exchange(connection, file):
                pass
        except (OSError, ValueError):
            pass
        finally:
            with self._state:
                self._open.discard(connection)
            with contextlib.suppress(OSError):
                connection.close()

    def _exchange(self, connection: socket.socket, file: object) -> bool:
        line = file.readline()  # type: ignore[attr-defined]
        if not line.strip():
            return False
        head: dict[str, str] = {}
        while (row := file.readline().strip()) != b"":  # type: ignore[attr-defined]
            name, _, value = row.decode("latin-1").partition(":")
            head[name.strip().lower()] = value.strip()
        faults = self.faults
        if head.get("expect", "").lower() == "100-continue":
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self._body(connection, file, head, faults)
        if body is None or faults.deaf:
            while faults.deaf and self.faults is faults and not self._closing:
                time.sleep(0.02)
            return False
        if faults.late:
            time.sleep(faults.late)
        if faults.http:
            connection.sendall(f"HTTP/1.1 {faults.http} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            return False
        answer = self._answer(_parse(body), faults)
        if faults.swallow and body[2:4] in (b"\x00\x02", b"\x00\x06"):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if faults.garbage:
            answer = b"\xff\x00<html>not a printer</html>"
        whole = b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer
        if faults.half_answer is not None:
            connection.sendall(whole[: len(whole) - len(answer) + faults.half_answer])
            return False
        connection.sendall(whole)
        return head.get("connection", "").lower() != "close"

    @staticmethod
    def _body(connection: socket.socket, file: object, head: dict[str, str], faults: IppFaults) -> bytes | None:
        got, most = b"", faults.break_at
        left = int(head.get("content-length", "0"))
        chunked = head.get("transfer-encoding", "").lower() == "chunked"
        while chunked or left:
            if chunked:
                left = int(file.readline().split(b";")[0], 16)  # type: ignore[attr-defined]
            part = file.read(left if most is None else max(0, min(left, most - len(got))))  # type: ignore[attr-defined]
            got += part
            if most is not None and len(got) >= most and got[2:4] in (b"\x00\x02", b"\x00\x06"):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.shutdown(socket.SHUT_RDWR)
                return None
            if most is not None and len(part) < left:
                part = file.read(left - len(part))  # type: ignore[attr-defined]
                got += part
            if chunked:
                file.readline()  # type: ignore[attr-defined]
                if left == 0:
                    break
            left = 0
        return got

    def _answer(self, asked: _Request, faults: IppFaults) -> bytes:
        match asked.operation:
            case 11:
                return _reply(asked, 0, [(4, self._printer(faults))])
            case 2 | 4 | 5 if faults.refuses:
                return _reply(asked, faults.refuses, [])
            case 4:
                return _reply(asked, 0, [])
            case 2 | 5:
                with self._state:
                    job = _Job(len(self.titles) + 1, asked.text("job-name"), asked.text("requesting-user-name"))
                    self.titles += [job.title, job.user, asked.text("document-name")]
                    self._jobs[job.id] = job
                    if asked.operation == _PRINT_JOB:
                        self._take(job, asked.document)
                    return _reply(asked, 0, [(2, self._job(job, faults))])
            case 6:
                with self._state:
                    found = self._jobs.get(asked.number_of("job-id"))
                    if found is None:
                        return _reply(asked, 0x0406, [])
                    self._take(found, asked.document)
                    return _reply(asked, 0, [(2, self._job(found, faults))])
            case 8:
                with self._state:
                    found = self._jobs.get(asked.number_of("job-id"))
                    if found is None or found.printed:
                        return _reply(asked, 0x0404 if found else 0x0406, [])
                    found.state = CANCELED
                    return _reply(asked, 0, [])
            case 9:
                with self._state:
                    number = asked.number_of("job-id") or int(asked.text("job-uri").rpartition("/")[2] or 0)
                    found = self._jobs.get(number)
                    if found is None or faults.forgets:
                        return _reply(asked, 0x0406, [])
                    return _reply(asked, 0, [(2, self._job(found, faults))])
            case 10:
                with self._state:
                    return _reply(asked, 0, [(2, self._job(job, faults)) for job in self._jobs.values()])
            case _:
                return _reply(asked, 0x0501, [])

    def _take(self, job: _Job, document: bytes) -> None:
        job.data += document
        job.closed = True
        self._state.notify_all()

    def _printer(self, faults: IppFaults) -> list[tuple[str, list[Value]]]:
        stopped = bool(faults.reasons)
        return [
            ("printer-uri-supported", [(_URI, self.address)]),
            ("uri-security-supported", [(_KEYWORD, "none")]),
            ("uri-authentication-supported", [(_KEYWORD, "none")]),
            ("printer-name", [(_NAME, "rig")]),
            ("printer-info", [(_TEXT, "試験のプリンター")]),
            ("printer-make-and-model", [(_TEXT, "Rig")]),
            ("printer-state", [(_ENUM, 5 if stopped else 3)]),
            ("printer-state-reasons", [(_KEYWORD, each) for each in faults.reasons or ("none",)]),
            ("printer-is-accepting-jobs", [(_BOOL, True)]),
            ("queued-job-count", [(_INT, self.holds)]),
            ("ipp-versions-supported", [(_KEYWORD, "1.1"), (_KEYWORD, "2.0")]),
            ("operations-supported", [(_ENUM, each) for each in (2, 4, 5, 6, 8, 9, 10, 11)]),
            ("document-format-supported", [(_MIME, each) for each in self._formats]),
            ("document-format-default", [(_MIME, self._formats[0])]),
            ("charset-configured", [(_CHARSET, "utf-8")]),
            ("charset-supported", [(_CHARSET, "utf-8")]),
            ("natural-language-configured", [(_LANGUAGE, "en")]),
            ("media-supported", [(_KEYWORD, "iso_a4_210x297mm"), (_KEYWORD, "iso_a5_148x210mm")]),
            ("media-default", [(_KEYWORD, "iso_a4_210x297mm")]),
            ("pdl-override-supported", [(_KEYWORD, "attempted")]),
            ("compression-supported", [(_KEYWORD, "none")]),
        ]  # fmt: skip

    def _job(self, job: _Job, faults: IppFaults) -> list[tuple[str, list[Value]]]:
        state = job.state
        if faults.hole:
            state = COMPLETED
        if faults.forever and job.printed:
            state = PROCESSING
        reasons = _REASONS.get(state, "job-printing")
        return [
            ("job-id", [(_INT, job.id)]),
            ("job-uri", [(_URI, f"{self.address}/{job.id}")]),
            ("job-state", [(_ENUM, state)]),
            ("job-state-reasons", [(_KEYWORD, reasons)]),
            ("job-name", [(_NAME, job.title)]),
            ("job-impressions-completed", [(_INT, _pages(job.data) if job.printed else 0)]),
        ]

    def _print(self) -> None:
        while not self._closing:
            with self._state:
                faults, life = self.faults, self._life
                ready = [job for job in self._jobs.values() if job.closed and not job.printed and job.state < CANCELED]
                stopped = any(not each.endswith(("-report", "-warning")) for each in faults.reasons)
                for job in ready:
                    job.state = STOPPED if stopped else PROCESSING
                if not ready or stopped:
                    self._state.wait(0.02)
                    continue
                job = ready[0]
            if self._seconds:
                time.sleep(self._seconds)
            with self._state:
                if self._life != life or self.faults is not faults:
                    continue
                if faults.ends:
                    job.state = faults.ends
                elif faults.hole:
                    job.state, job.printed = COMPLETED, True
                else:
                    job.state, job.printed = COMPLETED, True
                    self.out.append(job.data)
                self._state.notify_all()


def _pages(data: bytes) -> int:
    """Pages of a document; 1 of what is no PDF that can be opened."""
    try:
        with PDFIUM, contextlib.closing(pypdfium2.PdfDocument(data)) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 1


# --- RFC 8010 -----------------------------------------------------------------------------------------------------


def _parse(body: bytes) -> _Request:
    asked = _Request(body[:2], *struct.unpack(">HI", body[2:8]))
    at, name = 8, ""
    while body[at] != 3:
        if body[at] < 0x10:  # a group begins
            at += 1
            continue
        tag = body[at]
        (length,) = struct.unpack(">H", body[at + 1 : at + 3])
        at += 3
        name = body[at : at + length].decode() or name
        at += length
        (size,) = struct.unpack(">H", body[at : at + 2])
        asked.attributes.setdefault(name, []).append((tag, body[at + 2 : at + 2 + size]))
        at += 2 + size
    asked.document = body[at + 1 :]
    return asked


def _reply(asked: _Request, status: int, groups: list[tuple[int, list[tuple[str, list[Value]]]]]) -> bytes:
    said = [asked.version, struct.pack(">HI", status, asked.number)]
    first = [("attributes-charset", [(_CHARSET, "utf-8")]), ("attributes-natural-language", [(_LANGUAGE, "en")])]
    for group, attributes in [(1, first), *groups]:
        said.append(bytes([group]))
        for name, values in attributes:
            for at, (tag, value) in enumerate(values):
                key = b"" if at else name.encode()
                data = (
                    struct.pack(">i", value) if tag in (_INT, _ENUM)
                    else bytes([bool(value)]) if tag == _BOOL
                    else str(value).encode()
                )  # fmt: skip
                said.append(bytes([tag]) + struct.pack(">H", len(key)) + key + struct.pack(">H", len(data)) + data)
    return b"".join([*said, b"\x03"])
