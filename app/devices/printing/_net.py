"""TCP to a printer: names, connecting, sending and reading, each with an end.

What is sent is counted by what the other side acknowledged, where the system tells.
"""

from __future__ import annotations

import contextlib
import errno
import select
import socket
import struct
import sys
import threading
import time

from app.domain.printing import Fault
from app.errors import PrinterUnreachable

__all__ = ["BrokenOff", "Tcp", "address_faults", "connect", "resolve"]

_CHUNK = 65_536
_PARTING = 0.3
"""Seconds that a printer gets to close its side."""
_NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL)
_SIOCOUTQ = 0x5411
"""Linux: how many bytes the other side has not acknowledged."""


class BrokenOff(Exception):
    """The line broke, or nothing moved for too long."""

    def __init__(self, fault: Fault, taken: int, *, whole: bool = False) -> None:
        super().__init__(fault.key)
        self.fault = fault
        self.taken = taken
        """Bytes that went over."""
        self.whole = whole
        """Whether all of them may have."""


def address_faults(error: OSError, host: str, port: int) -> PrinterUnreachable:
    """Say why a connection did not come about."""
    if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
        return PrinterUnreachable("printers.off.timeout", host=host, port=port)
    if isinstance(error, ConnectionRefusedError):
        return PrinterUnreachable("printers.off.refused", host=host, port=port)
    if error.errno in _NO_ROUTE:
        return PrinterUnreachable("printers.off.no_route", host=host, port=port)
    return PrinterUnreachable("printers.off.other", host=host, port=port, why=error.strerror or str(error))


def resolve(host: str, port: int, seconds: float) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    """Return the addresses of a name. The system's own look-up knows no deadline, so it has a thread of its own.

    :raises PrinterUnreachable: nobody knows the name.
    """
    found: list[tuple[socket.AddressFamily, tuple[str, int]]] = []

    def look() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append((family, (str(address[0]), port)))

    thread = threading.Thread(target=look, name="kenpin-name", daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise PrinterUnreachable("printers.off.unknown_name", host=host)
    return list(found)


def connect(host: str, port: int, seconds: float) -> socket.socket:
    """Connect to a printer.

    :raises PrinterUnreachable: ``printers.off.…``: refused, no route, no answer in time, or the name is unknown.
    """
    until = time.monotonic() + seconds
    last: OSError = TimeoutError()
    for family, address in resolve(host, port, seconds):
        line = socket.socket(family, socket.SOCK_STREAM)
        line.settimeout(max(0.05, until - time.monotonic()))
        try:
            line.connect(address)
        except OSError as error:
            line.close()
            last = error
            continue
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line
    raise address_faults(last, host, port)


class Tcp:
    """A line to a printer over TCP."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        self._name = f"{host}:{port}"
        self._socket = connect(host, port, seconds)
        self._socket.setblocking(False)
        self._said = bytearray()
        self._gave = False

    @property
    def where(self) -> str:
        """Its address, for people."""
        return self._name

    def write(self, data: bytes, stall: float) -> int:
        """Send all of it and wait until the other side has it; return how many bytes that were.

        :param stall: seconds without progress after which it is given up.
        :raises BrokenOff: not all went over.
        """
        self._gave = True
        view, sent, moved, open_ = memoryview(data), 0, time.monotonic(), len(data)
        while True:
            left = self._unacknowledged()
            if sent == len(data) and not left:
                return sent
            if len(data) - sent + left < open_:
                open_, moved = len(data) - sent + left, time.monotonic()
            if time.monotonic() - moved > stall:
                raise self._gave_up(sent, left, len(data), stall)
            wants = [self._socket] if sent < len(data) else []
            readable, writable, _ = select.select([self._socket], wants, [], 0.25 if wants else 0.01)
            try:
                if readable and not self._take_in() and sent == len(data):
                    # It closed its side; what was sent and not acknowledged may still have come through.
                    raise BrokenOff(Fault("printers.broke.closed", {"where": self._name}), sent, whole=True)
                if writable:
                    sent += self._socket.send(view[sent : sent + _CHUNK])
            except BlockingIOError:
                continue
            except OSError as error:
                raise self._broke(error, sent, len(data)) from error

    def _gave_up(self, sent: int, left: int, size: int, stall: float) -> BrokenOff:
        taken = max(0, sent - left)
        fault = Fault("printers.broke.stalled", {"where": self._name, "seconds": round(stall), "bytes": taken})
        # All is on its way and unacknowledged: the end may have come through although nobody said so.
        return BrokenOff(fault, size if sent == size else taken, whole=sent == size)

    def _broke(self, error: OSError, sent: int, size: int) -> BrokenOff:
        why = error.strerror or str(error)
        fault = Fault("printers.broke.reset", {"where": self._name, "bytes": sent, "why": why})
        return BrokenOff(fault, sent, whole=sent == size)

    def _unacknowledged(self) -> int:
        if sys.platform != "linux":
            return 0
        import fcntl

        try:
            return int(struct.unpack("i", fcntl.ioctl(self._socket.fileno(), _SIOCOUTQ, b"\0\0\0\0"))[0])
        except OSError:
            return 0

    def _take_in(self) -> bool:
        """Take what the printer says; False once it has closed its side."""
        try:
            said = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return True
        self._said += said
        return bool(said)

    def read(self, seconds: float) -> bytes | None:
        """Return what the printer says within *seconds*; nothing where it is silent, None where it closed its side.

        :raises BrokenOff: the line broke.
        """
        if not self._said:
            try:
                readable, _, _ = select.select([self._socket], [], [], max(0.0, seconds))
                if readable and not self._take_in():
                    return None
            except OSError as error:
                raise self._broke(error, 0, 0) from error
        said, self._said = bytes(self._said), bytearray()
        return said

    def finish(self) -> None:
        """Say that nothing more comes; reading still works."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """End the line in peace: what the printer still says is taken, else the system would reset the line.

        A reset may reach a printer before it has read all that it was sent.
        """
        if self._gave:
            self.finish()
            until = time.monotonic() + _PARTING
            with contextlib.suppress(BrokenOff):
                while (left := until - time.monotonic()) > 0 and self.read(left) is not None:
                    pass
        self._socket.close()

    def abort(self) -> None:
        """End the line at once: what is still in the system's hands must not reach the printer later."""
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()
