"""Label printers on TCP port 9100 that behave as their manuals say, and as badly as printers do.

Bytes that arrive are cut into labels and questions by the rules of the language; a label goes to the head, and what
the head has printed lies in :attr:`RawPrinter.out`, whatever the sender believes. Every fault of :class:`Faults` can be
set and mended at any moment, also while a job is under way. The labels are read by the strict interpreters of
:mod:`tests.printers`, which share no code with what writes them.
"""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import zxingcpp
from PIL import Image

from tests.printers import machines
from tests.printers.zpl import Refused

__all__ = ["CAUSES", "LANGUAGES", "Faults", "PrintedLabel", "RawPrinter"]

CAUSES = ("head_open", "paper_out", "ribbon_out", "jam", "cutter", "paused")
"""Why a printer may stand still until somebody mends it."""


@dataclass(frozen=True)
class PrintedLabel:
    """A label that came out."""

    data: bytes
    """Its bytes, from its first to its last command."""
    language: str
    dpi: int
    size: tuple[int, int]
    """Dots, of a language that does not say it itself."""

    def picture(self) -> Image.Image:
        """What is on it; raises :class:`~tests.printers.zpl.Refused` where the bytes are not of the language."""
        match self.language:
            case "zpl":
                return machines.zpl(self.data, self.dpi)
            case "tspl":
                return machines.tspl(self.data, self.dpi)
            case "sbpl":
                return machines.sbpl(self.data, self.dpi, self.size)
            case _:
                (one,) = machines.escpos(self.data)
                return one

    def codes(self) -> list[str]:
        """What a scanner reads on it."""
        picture = self.picture().convert("L")
        framed = Image.new("L", (picture.width + 80, picture.height + 80), 255)  # it lies on a white bench
        framed.paste(picture, (40, 40))
        found = zxingcpp.read_barcodes(framed, text_mode=zxingcpp.TextMode.Plain)
        return [code.text.removeprefix("\x1d") for code in found]


@dataclass
class Faults:
    """What is wrong with a printer; all quiet by default."""

    deaf_at: int | None = None
    """It takes connections, and reads no byte more after so many."""
    slow: float = 0.0
    """Seconds for every 512 bytes."""
    reset_at: int | None = None
    """It breaks the connection off after so many bytes."""
    close_at: int | None = None
    """It closes the connection politely after so many bytes."""
    hole: bool = False
    """It takes everything, says nothing and prints nothing."""
    mute: bool = False
    """It prints and says nothing."""
    garbage: bytes = b""
    """It says this to every question."""
    late: float = 0.0
    """Seconds before it answers."""
    lies: bool = False
    """It says that it is ready whatever is the matter."""
    causes: set[str] = field(default_factory=set)
    """It stands still: some of :data:`CAUSES`."""
    stops_after: tuple[int, str] | None = None
    """After so many more labels the cause arises by itself."""
    eats: bool = False
    """The label at the head is spoilt when a cause arises, and not printed again."""
    when_taken: Callable[[RawPrinter], None] | None = None
    """Happens once, when it has taken a whole label."""


# --- what the bytes say -------------------------------------------------------------------------------------------

Token = tuple[str, bytes]
"""``label`` or ``ask`` or ``rubbish`` with its bytes."""


def _zpl_token(data: bytes) -> Token | None:
    if data[:1] in b"\r\n " and data:
        return "space", data[:1]
    if data.startswith(b"~"):
        found = re.match(rb"~(HQES|HS|[A-Z]{2})\r?\n?", data)
        whole = found and (found.end() < len(data) or data.endswith(b"\n"))
        if found and (whole or found[1] == b"HS" or len(data) > 8):
            return "ask" if found[1] in (b"HQES", b"HS") else "rubbish", found[0]
        return None if len(data) < 9 else ("rubbish", data[:1])
    if data.startswith(b"^XA"):
        end = data.find(b"^XZ")
        return None if end < 0 else ("label", data[: end + 3])
    if len(data) < 3:
        return None
    return "rubbish", data[:1]


def _tspl_token(data: bytes) -> Token | None:
    if data.startswith(b"\x1b!"):
        return ("ask", data[:3]) if len(data) > 2 else None
    if data == b"\x1b":
        return None
    at = 0
    while at < len(data):
        bitmap = re.compile(rb"BITMAP \d+,\d+,(\d+),(\d+),0,").match(data, at)
        if bitmap:
            at = bitmap.end() + int(bitmap[1]) * int(bitmap[2])
        end = data.find(b"\r\n", at)
        if end < 0:
            return None
        here, at = data[at:end], end + 2
        if here.startswith(b"PRINT "):
            return "label", data[:at]
    return None


def _sbpl_token(data: bytes) -> Token | None:
    if data[:1] == b"\x05":
        return "ask", data[:1]
    if data.startswith(b"\x1bA"):
        end = data.find(b"\x1bZ")
        return None if end < 0 else ("label", data[: end + 2])
    if len(data) < 2:
        return None
    return "rubbish", data[:1]


def _escpos_token(data: bytes) -> Token | None:
    if data.startswith(b"\x10\x04"):
        return ("ask", data[:3]) if len(data) > 2 else None
    if len(data) < 2:
        return None
    at = 2 if data.startswith(b"\x1b@") else 0
    while data[at : at + 4] == b"\x1dv0\x00" and len(data) >= at + 8:
        across, down = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (4, 6))
        at += 8 + across * down
    if len(data) < at + 3:
        return None
    cut = re.compile(rb"\x1dVB\x00|\x1bd\x04").match(data, at)
    if cut:
        whole = data[: cut.end()]
        return "label", whole if whole.startswith(b"\x1b@") else b"\x1b@" + whole
    return None if data[at : at + 1] in b"\x1d\x1b" else ("rubbish", data[:1])


_TOKENS: dict[str, Callable[[bytes], Token | None]] = {
    "zpl": _zpl_token, "tspl": _tspl_token, "sbpl": _sbpl_token, "escpos": _escpos_token,
}  # fmt: skip
LANGUAGES = tuple(_TOKENS)


def _copies(language: str, data: bytes) -> int:
    """How often a label is to come out."""
    found = {
        "zpl": re.search(rb"\^PQ(\d+)", data),
        "tspl": re.search(rb"PRINT 1,(\d+)\r\n\Z", data),
        "sbpl": re.search(rb"\x1bQ(\d+)\x1bZ\Z", data),
    }.get(language)
    return int(found[1]) if found else 1


# --- what it says -------------------------------------------------------------------------------------------------


def _says(language: str, ask: bytes, causes: set[str], queue: int, left: int) -> bytes:
    """The answer to a question, as the maker's manual has it."""
    match language:
        case "zpl" if ask.startswith(b"~HS"):
            flags = {name: int(name in causes) for name in CAUSES}
            # A jam, an open head and a cutter stop a Zebra as a pause does.
            pause = int(bool(causes & {"paused", "jam", "cutter", "head_open"}))
            return (
                f"\x02030,{flags['paper_out']},{pause},1245,{queue:03d},0,0,0,000,0,0,0\x03\r\n"
                f"\x02000,0,{flags['head_open']},{flags['ribbon_out']},0,2,6,0,{left:08d},1,000\x03\r\n\x021234,0\x03\r\n"
            ).encode()
        case "zpl":
            masks = {"paper_out": 1, "ribbon_out": 2, "head_open": 4, "cutter": 8, "jam": 0x20000, "paused": 0x800000}
            errors = sum(masks[name] for name in causes)
            said = (
                f"ERRORS:         {int(bool(errors))} 00000000 {errors:08X}\r\n   WARNINGS:       0 00000000 00000000"
            )
            return f"\x02\r\n  PRINTER STATUS\r\n   {said}\r\n\x03\r\n".encode()
        case "tspl":
            masks = {"head_open": 1, "jam": 2, "paper_out": 4, "ribbon_out": 8, "paused": 0x10, "cutter": 0x80}
            return bytes([sum(masks[name] for name in causes) | (0x20 if left and not causes else 0)])
        case "sbpl":
            codes = {"head_open": "b", "paper_out": "c", "ribbon_out": "d", "jam": "e", "cutter": "j", "paused": "0"}
            code = next((codes[name] for name in CAUSES if name in causes), "G" if left else "A")
            return f"\x02  {code}{left:06d}\x03".encode()
        case _:
            flags = {
                1: 0x08 if causes else 0,
                2: (0x04 if "head_open" in causes else 0)
                | (0x20 if "paper_out" in causes else 0)
                | (0x40 if causes & {"jam", "cutter", "ribbon_out"} else 0),
                3: (0x08 if "cutter" in causes else 0) | (0x20 if causes & {"jam", "ribbon_out"} else 0),
                4: 0x60 if "paper_out" in causes else 0,
            }
            return bytes([0x12 | flags[ask[2]]])


# --- the machine --------------------------------------------------------------------------------------------------


class RawPrinter:
    """A label printer that listens on a port of this machine; several threads, ended by :meth:`close`."""

    def __init__(
        self,
        language: str = "zpl",
        dpi: int = 203,
        size: tuple[int, int] = (0, 0),
        *,
        seconds: float = 0.0,
        memory: int = 4 << 20,
        alone: bool = True,
        speaks: bool = True,
    ) -> None:
        """Switch it on.

        :param size: dots of its labels, for SBPL, which does not say them.
        :param seconds: for one label.
        :param memory: bytes of labels that it holds before it stops reading.
        :param alone: whether it serves one connection at a time, as small print servers do.
        :param speaks: whether it ever answers: many a print server passes nothing back.
        """
        self.language, self.dpi, self.size = language, dpi, size
        self.faults = Faults()
        self.out: list[PrintedLabel] = []
        """What came out, oldest first."""
        self.spoilt: list[PrintedLabel] = []
        """What a jam ate."""
        self.fed: list[tuple[PrintedLabel, bool]] = []
        """Every label that went through the head, and whether it is good."""
        self.lost: list[bytes] = []
        """What it had taken and forgot when its power went."""
        self.rubbish = b""
        """What it took that is not of its language."""
        self.taken = 0
        """Bytes that it read in its life."""
        self._seconds, self._memory, self._alone, self._speaks = seconds, memory, alone, speaks
        self._state = threading.Condition()
        self._queue: deque[bytes] = deque()
        self._left = 0
        self._life = 0
        self._closing = False
        self._connections: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._plugs: list[socket.socket] = []
        self.port = 0
        self.on()
        threading.Thread(target=self._head, daemon=True).start()

    @property
    def address(self) -> str:
        """``host:port``."""
        return f"127.0.0.1:{self.port}"

    # --- hands ---

    def on(self) -> None:
        """Switch it on, on the port that it had."""
        with self._state:
            if self._listener is not None:
                return
            self._life += 1
            self._listener = self._listen(16)
            threading.Thread(target=self._accept, args=(self._listener, self._life), daemon=True).start()

    def off(self) -> None:
        """Cut its power: it forgets what it has not printed, connections break, its port refuses."""
        with self._state:
            self._life += 1
            self.lost += self._queue
            self._queue.clear()
            self._left = 0
            listener, self._listener = self._listener, None
            connections, self._connections = self._connections, set()
            self._state.notify_all()
        for each in connections:
            _break(each)
        if listener is not None:
            _stop(listener)

    def power_cycle(self, seconds: float = 0.0) -> None:
        """Off and, when it has started up, on again, on a thread of its own where that takes time."""
        self.off()
        if not seconds:
            self.on()
            return
        timer = threading.Timer(seconds, self.on)
        timer.daemon = True
        timer.start()

    def vanish(self) -> None:
        """Take it off the network: nobody answers on its address, not even with a refusal."""
        self.off()
        full = self._listen(0)
        self._plugs.append(full)
        for _ in range(2):  # with its queue full the system drops further attempts without a word
            plug = socket.socket()
            plug.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                plug.connect(("127.0.0.1", self.port))
            self._plugs.append(plug)
        time.sleep(0.01)

    def mend(self) -> None:
        """Put everything right and switch it on; what it still holds comes out."""
        plugs, self._plugs = self._plugs, []
        for each in plugs:
            each.close()
        with self._state:
            self.faults = Faults()
            self._state.notify_all()
        self.on()

    def stop_for(self, cause: str) -> None:
        """Let it stand still for *cause* until it is mended."""
        with self._state:
            self.faults.causes.add(cause)

    @contextlib.contextmanager
    def broken(self, **faults: object) -> Iterator[RawPrinter]:
        """Have faults of :class:`Faults` for a while."""
        with self._state:
            self.faults = Faults(**faults)  # type: ignore[arg-type]
        try:
            yield self
        finally:
            self.mend()

    def close(self) -> None:
        """Carry it away."""
        self._closing = True
        for plug in self._plugs:
            plug.close()
        self.off()

    def __enter__(self) -> RawPrinter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def wait(self, labels: int, seconds: float = 5.0) -> bool:
        """Wait until so many labels have come out in all; whether they have."""
        with self._state:
            return self._state.wait_for(lambda: len(self.out) >= labels, seconds)

    @property
    def holds(self) -> int:
        """Labels that it has taken and not printed."""
        with self._state:
            return len(self._queue)

    # --- threads ---

    def _listen(self, backlog: int) -> socket.socket:
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        made.bind(("127.0.0.1", self.port))
        made.listen(backlog)
        self.port = made.getsockname()[1]
        return made

    def _accept(self, listener: socket.socket, life: int) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._state:
                if self._life != life:
                    _break(connection)
                    return
                self._connections.add(connection)
            if self._alone:
                self._serve(connection, life)
            else:
                threading.Thread(target=self._serve, args=(connection, life), daemon=True).start()

    def _serve(self, connection: socket.socket, life: int) -> None:
        held, here = b"", 0
        connection.settimeout(0.02)
        try:
            while self._life == life and not self._closing:
                faults = self.faults
                if faults.deaf_at is not None and here >= faults.deaf_at:
                    time.sleep(0.01)
                    continue
                if sum(map(len, self._queue)) > self._memory:  # its buffer is full: it stops reading
                    time.sleep(0.01)
                    continue
                most = 512 if faults.slow else 65_536
                for limit in (faults.deaf_at, faults.reset_at, faults.close_at):
                    if limit is not None:
                        most = max(1, min(most, limit - here))
                if faults.reset_at is not None and here >= faults.reset_at:
                    _break(connection)
                    return
                if faults.close_at is not None and here >= faults.close_at:
                    return
                try:
                    got = connection.recv(most)
                except TimeoutError:
                    continue
                if not got:
                    return
                here += len(got)
                self.taken += len(got)
                if faults.slow:
                    time.sleep(faults.slow)
                if not faults.hole:
                    held = self._read(held + got, connection, life)
        except OSError:
            return
        finally:
            with self._state:
                self._connections.discard(connection)
            connection.close()

    def _read(self, data: bytes, connection: socket.socket, life: int) -> bytes:
        """Work through what arrived; return what is not whole yet. A half label is forgotten with its connection."""
        cut = _TOKENS[self.language]
        while data and (token := cut(data)) is not None:
            kind, part = token
            used = len(part)
            if self.language == "escpos" and kind == "label" and not data.startswith(b"\x1b@"):
                used -= 2
            data = data[used:]
            match kind:
                case "label":
                    with self._state:
                        if self._life != life:
                            self.lost.append(part)
                            return b""
                        self._queue.extend([part] * (1 if self.language == "escpos" else _copies(self.language, part)))
                        self._left = len(self._queue)
                        self._state.notify_all()
                        then, self.faults.when_taken = self.faults.when_taken, None
                    if then is not None:
                        then(self)
                case "ask":
                    self._answer(part, connection)
                case "rubbish":
                    self.rubbish += part
        return data

    def _answer(self, ask: bytes, connection: socket.socket) -> None:
        faults = self.faults
        if faults.mute or not self._speaks:
            return
        if faults.late:
            time.sleep(faults.late)
        if faults.garbage:
            connection.sendall(faults.garbage)
            return
        with self._state:
            left = len(self._queue)
            causes = set() if faults.lies else set(faults.causes)
        said = (0, 0) if faults.lies else (max(0, left - 1), min(left, 1)) if self.language == "zpl" else (0, left)
        connection.sendall(_says(self.language, ask, causes, *said))

    def _head(self) -> None:
        while not self._closing:
            with self._state:
                self._state.wait_for(lambda: self._closing or (self._queue and not self.faults.causes), 0.05)
                if self._closing:
                    return
                faults, life = self.faults, self._life
                if not self._queue or faults.causes:
                    continue
            if self._seconds:
                time.sleep(self._seconds)
            with self._state:
                if self._life != life or self.faults.causes or not self._queue:
                    continue
                if faults.stops_after is not None and faults is self.faults:
                    after, cause = faults.stops_after
                    if after <= 0:
                        faults.causes.add(cause)
                        faults.stops_after = None
                        if faults.eats:
                            self.spoilt.append(self._label(self._queue.popleft()))
                            self.fed.append((self.spoilt[-1], False))
                        continue
                    faults.stops_after = after - 1, cause
                self.out.append(self._label(self._queue.popleft()))
                self.fed.append((self.out[-1], True))
                self._left = len(self._queue)
                self._state.notify_all()

    def _label(self, data: bytes) -> PrintedLabel:
        return PrintedLabel(data, self.language, self.dpi, self.size)

    def unreadable(self) -> list[PrintedLabel]:
        """Labels that came out and are none: their bytes are not of the language."""
        bad = []
        for label in self.out:
            try:
                label.picture()
            except Refused:
                bad.append(label)
        return bad


def _break(connection: socket.socket) -> None:
    """End a connection by a reset."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()


def _stop(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()
