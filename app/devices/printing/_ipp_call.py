"""One question of IPP over HTTP and its answer, with an end to everything."""

from __future__ import annotations

import contextlib
import http.client
import ssl
import threading
import time
from collections.abc import Mapping, Sequence

from app.devices.printing._ipp_message import OLDER, OPERATION, Answer, BadAnswer, Kind, Value, encode, parse
from app.devices.printing._net import BrokenOff, connect
from app.domain.printer_address import Place
from app.domain.printing import Fault
from app.errors import PrinterUnreachable

__all__ = ["call"]

_CHUNK = 32_768
_WRONG_VERSION = 0x0503
_LARGEST = 4_000_000
"""Bytes of an answer; a list of a thousand jobs has less."""


class _Watch:
    """Shuts a line down when nothing moved for too long, whoever waits in it."""

    def __init__(self, line: http.client.HTTPConnection, seconds: float) -> None:
        self._line, self._seconds = line, seconds
        self._until = time.monotonic() + seconds
        self._ended = threading.Event()
        self.bit = False
        """Whether it had to."""
        threading.Thread(target=self._look, name="kenpin-ipp-watch", daemon=True).start()

    def moved(self) -> None:
        """Something went on."""
        self._until = time.monotonic() + self._seconds

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()

    def _look(self) -> None:
        while not self._ended.wait(max(0.02, self._until - time.monotonic())):
            if time.monotonic() >= self._until:
                self.bit = True
                with contextlib.suppress(OSError):
                    self._line.sock.shutdown(2)
                return


def call(
    place: Place,
    operation: int,
    attributes: Mapping[str, Value],
    more: Sequence[tuple[int, Mapping[str, Value]]] = (),
    *,
    document: bytes = b"",
    seconds: float,
) -> Answer:
    """Ask a printer or queue something.

    :param attributes: of the operation, behind those that each has.
    :param document: what is printed.
    :param seconds: for a question altogether; for a document without progress.
    :raises PrinterUnreachable: it is not there, or is no printer of IPP.
    :raises BrokenOff: the line broke; ``taken`` counts bytes of the document.
    """
    began = time.monotonic()
    groups = [(OPERATION, _operation(place.uri) | dict(attributes)), *more]
    answer = _exchange(place, encode(operation, 1, groups), document, seconds)
    if answer.status != _WRONG_VERSION:
        return answer
    left = seconds if document else max(0.2, seconds - (time.monotonic() - began))
    return _exchange(place, encode(operation, 1, groups, OLDER), document, left)


def _exchange(place: Place, head: bytes, document: bytes, seconds: float) -> Answer:
    began = time.monotonic()
    line = _line(place, seconds)
    watch = _Watch(line, seconds if document else max(0.05, seconds - (time.monotonic() - began)))
    sent = 0
    try:
        line.putrequest("POST", place.path, skip_accept_encoding=True)
        line.putheader("Content-Type", "application/ipp")
        line.putheader("Content-Length", str(len(head) + len(document)))
        line.endheaders()
        line.sock.sendall(head)
        view = memoryview(document)
        while sent < len(document):
            sent += line.sock.send(view[sent : sent + _CHUNK])
            watch.moved()
        answer = line.getresponse()
        body = answer.read(_LARGEST)
    except (OSError, http.client.HTTPException) as error:
        raise _broken(error, place, sent, len(document), seconds, watch) from error
    finally:
        watch.end()
        line.close()
    if answer.status != 200:
        raise _refused(place, answer.status)
    try:
        return parse(body)
    except BadAnswer as error:
        if document:
            # It took the document; that it cannot be understood does not mean that nothing comes out.
            raise BrokenOff(Fault("printers.broke.no_ipp", {"where": place.uri}), sent, whole=True) from error
        raise PrinterUnreachable("printers.off.no_ipp", where=place.uri) from error


def _operation(uri: str) -> dict[str, Value]:
    return {
        "attributes-charset": Value(Kind.CHARSET, ("utf-8",)),
        "attributes-natural-language": Value(Kind.LANGUAGE, ("en",)),
        "printer-uri": Value(Kind.URI, (uri,)),
    }


def _line(place: Place, seconds: float) -> http.client.HTTPConnection:
    line = http.client.HTTPConnection(place.host, place.port)
    socket = connect(place.host, place.port, seconds)
    # A slice of time: a printer that takes nothing is watched from outside, one that ends is noticed here.
    socket.settimeout(seconds)
    if place.secure:
        context = ssl.create_default_context()
        # Printers make their own certificates: nobody could check them. The line is still not to be read by others.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        try:
            socket = context.wrap_socket(socket, server_hostname=place.host)
        except OSError as error:
            socket.close()
            raise PrinterUnreachable("printers.off.no_tls", where=place.uri, why=str(error)) from error
    line.sock = socket
    return line


def _broken(
    error: Exception, place: Place, sent: int, size: int, seconds: float, watch: _Watch
) -> PrinterUnreachable | BrokenOff:
    if not size:
        if watch.bit or isinstance(error, TimeoutError):
            return PrinterUnreachable("printers.off.silent", where=place.uri, seconds=round(seconds))
        return PrinterUnreachable("printers.off.no_ipp", where=place.uri)
    if watch.bit or isinstance(error, TimeoutError):
        fault = Fault("printers.broke.stalled", {"where": place.uri, "seconds": round(seconds), "bytes": sent})
    else:
        fault = Fault("printers.broke.reset", {"where": place.uri, "bytes": sent, "why": str(error) or "–"})
    return BrokenOff(fault, sent, whole=sent == size)


def _refused(place: Place, status: int) -> PrinterUnreachable:
    if status in (401, 403):
        return PrinterUnreachable("printers.off.not_allowed", where=place.uri)
    if status in (404, 405, 400):
        return PrinterUnreachable("printers.off.no_queue", where=place.uri)
    if status in (426, 421):
        return PrinterUnreachable("printers.off.wants_tls", where=place.uri)
    return PrinterUnreachable("printers.off.http", where=place.uri, status=status)
