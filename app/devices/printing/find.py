"""Looking for printers everywhere at once, with an end to all of it.

No printer is sent anything that it might print: a name comes by IPP, by SNMP or by what it tells the network of itself.
"""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.devices.printing import _hosts, _mdns, _snmp, _worker
from app.devices.printing._ipp_call import call
from app.devices.printing._ipp_message import PRINTER, Kind, Value
from app.devices.printing._ipp_says import first
from app.devices.printing._net import BrokenOff
from app.devices.printing.ipp import printer_attributes
from app.domain.printer_address import IPP_PORT, RAW_PORT, Place, ipp_place
from app.domain.printing import Transport
from app.errors import PrinterUnreachable, StationError
from app.services.printers import Found

__all__ = ["find", "guess", "queues"]

_QUEUES = 0x4002
_LOCAL = Place(False, "localhost", IPP_PORT, "/")
_NAME_SECONDS, _IPP_SECONDS = 0.8, 2.0
"""How long a device gets to say its name in each of the two ways."""
_PATHS = ("/ipp/print", "/ipp", "/")
_LANGUAGES = (
    (re.compile(r"zebra|\bzpl|\bztc\b|\bzd\d{3}|\bzt\d{3}", re.IGNORECASE), "zpl"),
    (re.compile(r"\btsc\b|tspl|\bte2\d\d|\bttp-", re.IGNORECASE), "tspl"),
    (re.compile(r"\bsato\b|sbpl|\bscepter|\blesprit|\bcl4nx", re.IGNORECASE), "sbpl"),
    (re.compile(r"\btm-[a-z]|esc/?pos|\breceipt|star (tsp|mc)", re.IGNORECASE), "escpos"),
)
_DPI = re.compile(r"(203|300|600) ?dpi", re.IGNORECASE)


def guess(name: str) -> tuple[str, int]:
    """Return the language and the dots an inch that a printer's own name speaks of; empty and 0 where it does not."""
    language = next((language for words, language in _LANGUAGES if words.search(name)), "")
    found = _DPI.search(name)
    return language, int(found[1]) if found and language else 0


def find(seconds: float = 8.0) -> Sequence[Found]:
    """Look for printers; return what was found by then, without twins."""
    until = time.monotonic() + seconds
    looks: list[Callable[[float], Iterable[Found]]] = [_system, _network, _told, _serial, _devices]
    results: dict[int, list[Found]] = {}

    def look(number: int) -> None:
        try:
            results[number] = list(looks[number](until))
        except (StationError, OSError, ImportError):  # one way to look is not there: the others are
            results[number] = []

    # Threads of their own, and none that the end of the program waits for: a look may hang in the system.
    threads = [threading.Thread(target=look, args=(number,), daemon=True) for number in range(len(looks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until + 0.3 - time.monotonic()))
    found: dict[tuple[str, str], Found] = {}
    for number in sorted(results):
        for each in results[number]:
            found.setdefault((each.transport, each.address.lower()), each)
    return tuple(found.values())


def _left(until: float, most: float) -> float:
    return max(0.2, min(most, until - time.monotonic()))


# --- the system ---------------------------------------------------------------------------------------------------


def queues(seconds: float, place: Place = _LOCAL) -> list[Found]:
    """Return the queues of CUPS on this computer.

    :raises PrinterUnreachable: there is no CUPS.
    """
    wanted = {
        "requesting-user-name": Value(Kind.NAME, ("kenpin",)),
        "requested-attributes": Value(Kind.KEYWORD, ("printer-name", "printer-info", "printer-make-and-model")),
    }
    try:
        answer = call(place, _QUEUES, wanted, seconds=seconds)
    except BrokenOff as error:
        raise PrinterUnreachable(error.fault.key, **error.fault.args) from error
    found = []
    for each in answer.all_of(PRINTER):
        name = str(first(each, "printer-name", ""))
        model = str(first(each, "printer-make-and-model", ""))
        called = " – ".join(
            dict.fromkeys(part for part in (str(first(each, "printer-info", "")) or name, model) if part)
        )
        if name:
            uri = f"ipp://{place.host}:{place.port}/printers/{quote(name)}"
            found.append(Found(Transport.IPP, uri, called, "pdf"))
    return found


def _system(until: float) -> list[Found]:
    try:
        return queues(_left(until, 2.0))
    except PrinterUnreachable:
        pass
    try:
        names = _worker.run(_worker.names, seconds=_left(until, 8.0))
    except _worker.NotDone:
        return []
    return [Found(Transport.SPOOLER, str(name), str(name), "pdf") for name in names]


# --- the network --------------------------------------------------------------------------------------------------


def _network(until: float) -> list[Found]:
    there = _hosts.open_ports(_hosts.neighbours(_hosts.own_addresses()), (RAW_PORT, IPP_PORT), _left(until, 5.0))
    return of_hosts({host: {port: port for port in ports} for host, ports in there.items()}, until)


def of_hosts(there: dict[str, dict[int, int]], until: float, snmp: int = _snmp.PORT) -> list[Found]:
    """Return the printers behind open ports, by the names that they give themselves.

    :param there: hosts; for the usual port of a transport the one it has there.
    """
    said = _snmp.ask(list(there), _left(until, _NAME_SECONDS), snmp)
    found: list[Found] = []
    threads = []
    for host, ports in there.items():
        threads.append(threading.Thread(target=lambda *a: found.extend(_of_host(*a)), daemon=True,
                                        args=(host, ports, said.get(host, ""), until)))  # fmt: skip
        threads[-1].start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return sorted(
        found,
        key=lambda each: (
            [int(part) for part in re.findall(r"\d+", each.address)[:4]],
            each.transport != Transport.RAW,
        ),
    )


def _of_host(host: str, ports: dict[int, int], said: str, until: float) -> list[Found]:
    found: list[Found] = []
    for path in _PATHS if IPP_PORT in ports else ():
        place = Place(False, host, ports[IPP_PORT], path)
        try:
            model = str(first(printer_attributes(place, _left(until, _IPP_SECONDS)), "printer-make-and-model", ""))
        except PrinterUnreachable:
            continue
        found.append(Found(Transport.IPP, place.uri, model or said or host, "pdf"))
        break
    name = said or (found[0].name if found else "")
    language, dpi = guess(name)
    # An office printer that speaks IPP says what becomes of a job there; on 9100 it would not.
    if RAW_PORT in ports and (language or not found):
        port = ports[RAW_PORT]
        found.insert(
            0, Found(Transport.RAW, host if port == RAW_PORT else f"{host}:{port}", name or host, language, dpi)
        )
    return found


def _told(until: float) -> list[Found]:
    """Return the printers that tell of themselves by multicast DNS."""
    return of_heard(_mdns.ask(_left(until, 2.5), _hosts.own_addresses()))


def of_heard(heard: Iterable[_mdns.Heard]) -> list[Found]:
    """Return what was heard as printers; a queue that another computer shares is one too."""
    found: list[Found] = []
    for each in heard:
        model = each.texts.get("ty", "")
        name = " – ".join(dict.fromkeys(part for part in (each.name, model) if part))
        language, dpi = guess(f"{name} {each.texts.get('pdl', '')}")
        if each.kind == "raw":
            address = each.host if each.port == RAW_PORT else f"{each.host}:{each.port}"
            found.append(Found(Transport.RAW, address, name, language, dpi))
            continue
        path = "/" + each.texts.get("rp", "ipp/print").lstrip("/")
        uri = Place(each.kind == "ipps", each.host, each.port, path).uri
        try:
            ipp_place(uri)
        except StationError:  # a name that is no address
            continue
        found.append(Found(Transport.IPP, uri, name, "pdf"))
    plain = {(each.transport, each.name) for each in found if each.address.startswith("ipp:")}
    return [each for each in found if not (each.address.startswith("ipps:") and (each.transport, each.name) in plain)]


# --- this computer ------------------------------------------------------------------------------------------------


def _serial(until: float) -> list[Found]:  # noqa: ARG001 # the system answers at once
    from app.devices.port import ports

    return [Found(Transport.SERIAL, path, name or path, *guess(name)) for path, name in ports()]


def _devices(until: float) -> list[Found]:  # noqa: ARG001 # as above
    if sys.platform != "linux":
        return []
    return of_devices(Path("/dev/usb"), Path("/sys/class/usbmisc"))


def of_devices(folder: Path, classes: Path) -> list[Found]:
    """Return the printers at device files, by the names that they told the system."""
    found = []
    for path in sorted(folder.glob("lp*")) if folder.is_dir() else ():
        told = _id_of(classes / path.name / "device" / "ieee1284_id")
        name = " ".join(told[key] for key in ("MFG", "MDL") if key in told)
        language, dpi = guess(f"{name} {told.get('CMD', '')}")
        found.append(Found(Transport.USB, str(path), name or str(path), language, dpi))
    return found


def _id_of(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    names = {"MANUFACTURER": "MFG", "MODEL": "MDL", "COMMAND SET": "CMD"}
    pairs: dict[str, Any] = {}
    for part in text.split(";"):
        key, sign, value = part.strip().partition(":")
        if sign:
            pairs[names.get(key.strip().upper(), key.strip().upper())] = value.strip()
    return pairs
