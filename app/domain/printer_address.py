"""Addresses of printers, and what is checked of a printer before it is kept.

An address is read here once; the ways to printers and the settings use the same reading.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote, urlsplit

from app.domain.label_media import media_mm
from app.domain.printing import MEDIA, Fault, Printer, Transport
from app.errors import NotAllowed

__all__ = [
    "BAUDS",
    "IPP_PORT",
    "OPTIONS",
    "RAW_PORT",
    "Place",
    "Wrong",
    "host_of",
    "ipp_place",
    "printer_faults",
    "queue_of",
    "serial_port",
]

RAW_PORT = 9100
IPP_PORT = 631
_BAUD = 9600
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
"""Speeds of a serial port."""
_LONGEST = 200
OPTIONS: Mapping[str, re.Pattern[str]] = {
    "gap_mm": re.compile(r"[0-9]{1,2}(\.[0-9])?"),
    "cut": re.compile(r"yes|no"),
    "tray": re.compile(r"[\w .-]{1,40}"),
    "duplex": re.compile(r"no|long|short"),
    "flow": re.compile(r"hardware|software|none"),
}
"""What else a printer may be told, and what each must look like."""
_HOST = re.compile(r"[0-9A-Za-z]([0-9A-Za-z_.-]{0,251}[0-9A-Za-z])?\.?")
_V6 = re.compile(r"[0-9A-Fa-f]*(:[0-9A-Fa-f]*){2,7}")
_SMALLEST, _LARGEST = 10.0, 450.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printer that speaks IPP is."""

    secure: bool
    """Whether the line is encrypted (``ipps``)."""
    host: str
    port: int
    path: str
    """Path of the printer or queue on its host, with the slash."""

    @property
    def uri(self) -> str:
        """The printer's name in IPP itself."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'ipps' if self.secure else 'ipp'}://{host}:{self.port}{self.path}"


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a printer cannot be kept as it is written."""

    field: str
    """Which field of it."""
    fault: Fault


def host_of(address: str) -> tuple[str, int]:
    """Read ``host``, ``host:port`` or ``[v6]:port``.

    :raises NotAllowed: ``printers.fault.address_raw``.
    """
    text = address.strip()
    host, port = text, ""
    if text.startswith("["):
        host, bracket, port = text[1:].partition("]")
        good = bool(bracket) and (not port or port.startswith(":")) and re.fullmatch(r"[0-9A-Fa-f:.]+", host)
        port = port[1:]
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
        good = _HOST.fullmatch(host) if port else None
    else:
        good = _HOST.fullmatch(host) or ((host.count("::") == 1 or host.count(":") == 7) and _V6.fullmatch(host))
    if good and re.fullmatch(r"[0-9.]+", host) and not _is_v4(host):
        good = None
    if not good or (port and not (port.isdecimal() and port.isascii() and 0 < int(port) < 65536)):
        raise NotAllowed("printers.fault.address_raw", address=address)
    return host, int(port) if port else RAW_PORT


def _is_v4(host: str) -> bool:
    parts = host.rstrip(".").split(".")
    return len(parts) == 4 and all(part.isdecimal() and len(part) <= 3 and int(part) < 256 for part in parts)


def ipp_place(address: str) -> Place:
    """Read ``ipp://host:631/ipp/print``, ``ipps://…``, or ``http(s)://…`` as some printers show it.

    :raises NotAllowed: ``printers.fault.address_ipp``.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise NotAllowed("printers.fault.address_ipp", address=address) from error
    host = parts.hostname or ""
    known = {"ipp": (False, IPP_PORT), "ipps": (True, IPP_PORT), "http": (False, 80), "https": (True, 443)}
    # A query, a user or a blank would be sent on as it is; none of them names a printer.
    odd = (
        parts.query
        or parts.fragment
        or "@" in parts.netloc
        or port == 0
        or re.search(r"[\s\x00-\x1f]", address.strip())
    )
    if parts.scheme not in known or odd or not (_HOST.fullmatch(host) or ":" in host):
        raise NotAllowed("printers.fault.address_ipp", address=address)
    secure, usual = known[parts.scheme]
    return Place(secure, host, port or usual, parts.path or "/ipp/print")


def queue_of(place: Place) -> str:
    """Return the name of the queue on a CUPS server; empty for a printer itself."""
    start = "/printers/"
    return unquote(place.path[len(start) :]) if place.path.startswith(start) else ""


def serial_port(address: str) -> tuple[str, int]:
    """Read ``/dev/ttyUSB0``, ``COM3`` or either with ``@9600``.

    :raises NotAllowed: ``printers.fault.address_serial``.
    """
    name, sign, speed = address.strip().partition("@")
    good = re.fullmatch(r"COM[0-9]{1,3}|/dev/[\w./:-]+", name)
    if not good or (sign and not (speed.isdecimal() and speed.isascii() and int(speed) in BAUDS)):
        raise NotAllowed("printers.fault.address_serial", address=address, speeds=", ".join(map(str, BAUDS)))
    return name, int(speed) if sign else _BAUD


def _address_fault(printer: Printer) -> Fault | None:
    address = printer.address.strip()
    try:
        match printer.transport:
            case Transport.RAW:
                host_of(address)
            case Transport.IPP:
                ipp_place(address)
            case Transport.SERIAL:
                serial_port(address)
            case Transport.USB if not re.fullmatch(r"/dev/[\w./:-]+", address):
                return Fault("printers.fault.address_usb", {"address": address})
            case Transport.FOLDER if not re.match(r"/|[A-Za-z]:[\\/]|\\\\", address):
                return Fault("printers.fault.address_folder", {"address": address})
            case Transport.SPOOLER if not address:
                return Fault("printers.fault.address_spooler")
            case _:
                pass
    except NotAllowed as error:
        return Fault(error.key, {name: str(value) for name, value in error.args_.items()})
    return None


def printer_faults(
    printer: Printer, languages: Mapping[str, Collection[int]], others: Collection[Printer] = ()
) -> tuple[Wrong, ...]:
    """Return all that is wrong with a printer as it is written.

    :param languages: languages that printers are sent, each with its allowed dots an inch.
    :param others: the other printers of the house.
    """
    found: list[Wrong] = []

    def say(field: str, key: str, /, **args: str | int) -> None:
        found.append(Wrong(field, Fault(key, args)))

    name = printer.name.strip()
    if not name or len(name) > 60 or not name.isprintable():
        say("name", "printers.fault.name")
    elif any(each.name.casefold() == name.casefold() for each in others):
        say("name", "printers.fault.name_twice", name=name)
    if len(printer.address) > _LONGEST:
        say("address", "printers.fault.long", most=_LONGEST)
    elif fault := _address_fault(printer):
        found.append(Wrong("address", fault))
    dpis = languages.get(printer.language)
    if dpis is None:
        say("language", "printers.fault.language", language=printer.language, known=", ".join(languages))
    elif not printer.for_labels and printer.dpi:
        say("dpi", "printers.fault.dpi_office")
    elif printer.for_labels and printer.dpi not in dpis:
        say("dpi", "printers.fault.dpi", dpi=printer.dpi, known=", ".join(map(str, dpis)))
    if printer.transport is Transport.SPOOLER and printer.for_labels:
        say("language", "printers.fault.spooler_language")
    _of_media(printer, say)
    for key, value in printer.options.items():
        if key not in OPTIONS:
            say("options", "printers.fault.option", name=key, known=", ".join(OPTIONS))
        elif not OPTIONS[key].fullmatch(value):
            say("options", "printers.fault.option_value", name=key, value=value)
    if printer.takeover is not None:
        _of_takeover(printer, others, say)
    return tuple(found)


class _Say(Protocol):
    def __call__(self, field: str, key: str, /, **args: str | int) -> None: ...


def _of_media(printer: Printer, say: _Say) -> None:
    if not printer.media:
        if printer.for_labels:
            say("media", "printers.fault.media_missing")
        return
    size = media_mm(printer.media)
    # The height of a roll is 0.
    if size is None or not all(_SMALLEST <= side <= _LARGEST for side in size if side or not size[0]):
        say("media", "printers.fault.media", media=printer.media, known=", ".join(MEDIA))


def _of_takeover(printer: Printer, others: Collection[Printer], say: _Say) -> None:
    by_id = {each.id: each for each in others}
    other = by_id.get(printer.takeover or 0)
    if printer.takeover == printer.id or other is None:
        say("takeover", "printers.fault.takeover_unknown")
        return
    if other.for_labels != printer.for_labels:
        say("takeover", "printers.fault.takeover_kind", name=other.name)
        return
    seen: set[int] = set()
    step: Printer | None = other
    while step is not None and step.id not in seen:
        if step.takeover is not None and step.takeover == printer.id and printer.id:
            say("takeover", "printers.fault.takeover_circle", name=step.name)
            return
        seen.add(step.id)
        step = by_id.get(step.takeover or 0)
