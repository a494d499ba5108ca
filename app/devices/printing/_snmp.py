"""What a device of the network calls itself, asked by SNMP: the only question that no printer prints on paper."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from collections.abc import Collection

__all__ = ["ask", "question", "read_answer"]

PORT = 161
_DESCRIPTION = bytes((0x06, 0x08, 0x2B, 6, 1, 2, 1, 1, 1, 0))
"""``sysDescr.0``"""


def _part(tag: int, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return bytes((tag, len(data))) + data


def question() -> bytes:
    """Return the question for a device's description (SNMP version 1, community ``public``)."""
    pair = _part(0x30, _DESCRIPTION, b"\x05\x00")
    request = _part(0xA0, b"\x02\x01\x01", b"\x02\x01\x00", b"\x02\x01\x00", _part(0x30, pair))
    return _part(0x30, b"\x02\x01\x00", _part(0x04, b"public"), request)


def read_answer(packet: bytes) -> str:
    """Return the description in an answer; empty where there is none."""
    at = packet.find(_DESCRIPTION)
    value = packet[at + len(_DESCRIPTION) :] if at >= 0 else b""
    if len(value) < 2 or value[0] != 0x04:
        return ""
    size, start = value[1], 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(value[2:start], "big")
    return " ".join(value[start : start + size].decode("utf-8", "replace").split())[:120]


def ask(hosts: Collection[str], seconds: float, port: int = PORT) -> dict[str, str]:
    """Ask many devices at once; return what those that answer call themselves."""
    found: dict[str, str] = {}
    until = time.monotonic() + seconds
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for host in hosts:
            with contextlib.suppress(OSError):
                line.sendto(question(), (host, port))
        while len(found) < len(hosts) and (left := until - time.monotonic()) > 0:
            if not select.select([line], [], [], left)[0]:
                break
            with contextlib.suppress(OSError):  # a device that has no SNMP says so as an error of the line
                packet, (host, _) = line.recvfrom(4096)
                if host in hosts and (said := read_answer(packet)):
                    found[host] = said
    return found
