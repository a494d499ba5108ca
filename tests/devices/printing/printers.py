"""Small printers for the tests of the ways to them: a server on a thread that does what a test tells it."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.domain.printing import Printer, Transport

LABEL = b"^XA^FO10,10^GB100,100,4^FS^PQ1^XZ"


def hs(waiting: int = 0, left: int = 0, *, paper_out: bool = False, pause: bool = False) -> bytes:
    """The answer of a ZPL printer to ``~HQES`` and ``~HS``."""
    return (
        b"\x02\r\n  PRINTER STATUS\r\n   ERRORS:         0 00000000 00000000\r\n"
        b"   WARNINGS:       0 00000000 00000000\r\n\x03\r\n"
        + f"\x02030,{int(paper_out)},{int(pause)},1245,{waiting:03},0,0,0,000,0,0,0\x03\r\n"
        f"\x02000,0,0,0,0,2,6,0,{left:08},1,000\x03\r\n\x021234,0\x03\r\n".encode()
    )


@contextmanager
def server(talk: Callable[[socket.socket], None], receive: int = 0) -> Iterator[int]:
    """Serve connections one after the other with *talk*; gives the port.

    :param receive: bytes that the system takes on behalf of the printer; 0 for as many as it likes.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    if receive:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    ending = threading.Event()

    def work() -> None:
        while not ending.is_set():
            with contextlib.suppress(OSError):
                line, _ = listening.accept()
                with line, contextlib.suppress(OSError):
                    talk(line)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        ending.set()
        with contextlib.suppress(OSError):
            socket.create_connection(listening.getsockname(), 1).close()
        listening.close()
        thread.join(5)


def reset(line: socket.socket) -> None:
    """Break a line off."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


class Zpl:
    """A label printer: takes labels, answers when it is asked, prints one label each time it is asked."""

    def __init__(self, **state: bool) -> None:
        self.state = state
        self.job = b""
        """All that came and was no question."""
        self.left = 0
        self.mute = False
        self.stuck = False
        """Whether what is in it stays in it."""
        self.lines = 0
        """Connections over which something came."""

    def __call__(self, line: socket.socket) -> None:
        kept, new = b"", 1
        while data := line.recv(4096):
            self.lines, new = self.lines + new, 0
            kept += data
            while (at := kept.find(b"~HQES\r\n~HS\r\n")) >= 0:
                self._take(kept[:at])
                kept = kept[at + 12 :]
                if not self.mute:
                    line.sendall(hs(0, self.left, **self.state))
                    if not self.stuck:
                        self.left = max(0, self.left - 1)
        self._take(kept)

    def _take(self, data: bytes) -> None:
        self.job += data
        self.left += data.count(b"^XZ")


def printer(port: int, language: str = "zpl", *, answers: bool = False, transport: str = "raw", **more) -> Printer:
    """A printer on this computer."""
    address = more.pop("address", f"127.0.0.1:{port}")
    return Printer(1, "P", Transport(transport), address, language, 203, "60x40", answers=answers, **more)
