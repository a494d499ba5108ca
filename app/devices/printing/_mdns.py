"""Printers that tell the network of themselves: one multicast DNS question, and the answers of a second or two."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Collection
from dataclasses import dataclass, field

__all__ = ["SERVICES", "Heard", "ask", "question", "read_answers"]

_GROUP = ("224.0.0.251", 5353)
SERVICES = {"_ipp._tcp.local": "ipp", "_ipps._tcp.local": "ipps", "_pdl-datastream._tcp.local": "raw"}
"""What is asked for, and which way to a printer each is."""
_A, _PTR, _TXT, _SRV = 1, 12, 16, 33
_DIRECT = 0x8000
"""Answers come straight to whoever asked."""
_HOPS = 32


@dataclass(slots=True)
class Heard:
    """One service that was heard of."""

    kind: str
    """A value of :data:`SERVICES`."""
    name: str
    """What the printer calls itself there."""
    host: str = ""
    """Its address, or its name where no address was told."""
    port: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    """What it says besides, such as ``rp`` (its path) and ``ty`` (its model)."""


def question() -> bytes:
    """Return the question for every service."""
    asked = b"".join(_encoded(name) + struct.pack(">HH", _PTR, 1 | _DIRECT) for name in SERVICES)
    return struct.pack(">6H", 0, 0, len(SERVICES), 0, 0, 0) + asked


def _encoded(name: str) -> bytes:
    parts = [part.encode() for part in name.split(".")]
    return b"".join(bytes((len(part),)) + part for part in parts) + b"\0"


def ask(seconds: float, interfaces: Collection[str]) -> list[Heard]:
    """Ask the network on each of this computer's addresses and return who answers within *seconds*."""
    until = time.monotonic() + seconds
    lines: list[socket.socket] = []
    packets: list[bytes] = []
    for address in interfaces or ("",):
        with contextlib.suppress(OSError):
            line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            lines.append(line)
            line.setblocking(False)
            if address:
                line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
            line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
            line.sendto(question(), _GROUP)
    try:
        while (left := until - time.monotonic()) > 0:
            for line in lines:
                with contextlib.suppress(OSError):
                    packets.append(line.recv(9000))
            time.sleep(min(0.05, left))
    finally:
        for line in lines:
            line.close()
    return read_answers(packets)


def read_answers(packets: Collection[bytes]) -> list[Heard]:
    """Read what came; a packet that is damaged says nothing."""
    pointers: dict[str, str] = {}
    places: dict[str, tuple[str, int]] = {}
    texts: dict[str, dict[str, str]] = {}
    hosts: dict[str, str] = {}
    for packet in packets:
        with contextlib.suppress(ValueError, IndexError, struct.error):
            for name, kind, data, at in _records(packet):
                if kind == _PTR and name.lower() in SERVICES:
                    pointers[_name(packet, at)[0]] = SERVICES[name.lower()]
                elif kind == _SRV:
                    places[name] = (_name(packet, at + 6)[0], struct.unpack_from(">H", data, 4)[0])
                elif kind == _TXT:
                    texts[name] = _texts(data) or texts.get(name, {})
                elif kind == _A and len(data) == 4:
                    hosts[name.lower()] = socket.inet_ntoa(data)
    found = []
    for instance, way in sorted(pointers.items()):
        target, port = places.get(instance, ("", 0))
        if target:
            host = hosts.get(target.lower(), target.rstrip("."))
            name = instance.split("._")[0]
            # One of its services may say what another leaves out.
            told = texts.get(instance) or next((each for key, each in texts.items() if key.split("._")[0] == name), {})
            found.append(Heard(way, name, host, port, told))
    return found


def _records(packet: bytes) -> list[tuple[str, int, bytes, int]]:
    """Return name, type, data and its place of every record of an answer."""
    _, flags, questions, *counts = struct.unpack_from(">6H", packet)
    if not flags & 0x8000:
        return []
    at = 12
    for _ in range(questions):
        at = _name(packet, at)[1] + 4
    found = []
    for _ in range(min(sum(counts), 500)):
        name, at = _name(packet, at)
        kind, _, _, size = struct.unpack_from(">HHIH", packet, at)
        at += 10
        if at + size > len(packet):
            raise ValueError("cut short")
        found.append((name, kind, packet[at : at + size], at))
        at += size
    return found


def _name(packet: bytes, at: int) -> tuple[str, int]:
    """Read a name, which may go on elsewhere in the packet; return it and where it ends."""
    parts: list[str] = []
    end = 0
    for _ in range(_HOPS):
        size = packet[at]
        if size & 0xC0 == 0xC0:
            end = end or at + 2
            at = struct.unpack_from(">H", packet, at)[0] & 0x3FFF
        elif size:
            parts.append(packet[at + 1 : at + 1 + size].decode("utf-8", "replace"))
            at += 1 + size
        else:
            return ".".join(parts), end or at + 1
    raise ValueError("a name without an end")


def _texts(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(data):
        size = data[at]
        key, _, value = data[at + 1 : at + 1 + size].decode("utf-8", "replace").partition("=")
        if key:
            found.setdefault(key.lower(), value)
        at += 1 + size
    return found
