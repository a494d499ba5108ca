"""Which hosts of the networks around take print jobs. Only private networks are looked at, 254 hosts of each."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import selectors
import socket
import struct
import sys
import time
from collections.abc import Collection, Iterable

__all__ = ["neighbours", "open_ports", "own_addresses"]

_AT_ONCE = 200
_SIOCGIFADDR = 0x8915
_UNDER_WAY = (0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0))


def own_addresses() -> list[str]:
    """Return this computer's addresses in private networks."""
    found: list[str] = []
    with contextlib.suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.connect(("192.0.2.1", 9))  # sends nothing; the system only chooses the address it would send from
        found.append(str(line.getsockname()[0]))
    if sys.platform == "linux":
        import fcntl

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            for _, name in socket.if_nameindex():
                with contextlib.suppress(OSError):
                    asked = struct.pack("256s", name.encode()[:15])
                    answer = fcntl.ioctl(line.fileno(), _SIOCGIFADDR, asked)
                    found.append(socket.inet_ntoa(answer[20:24]))
    return [each for each in dict.fromkeys(found) if _is_ours(each)]


def _is_ours(address: str) -> bool:
    known = ipaddress.ip_address(address)
    return known.is_private and not known.is_loopback and not known.is_link_local and not known.is_unspecified


def neighbours(addresses: Iterable[str]) -> list[str]:
    """Return every other host of the networks (/24) that these addresses are in."""
    own = set(addresses)
    networks = dict.fromkeys(ipaddress.ip_network(f"{each}/24", strict=False) for each in own)
    return [str(host) for network in networks for host in network.hosts() if str(host) not in own]


def open_ports(hosts: Iterable[str], ports: Collection[int], seconds: float, each: float = 0.6) -> dict[str, set[int]]:
    """Return which of the ports each host takes connections on.

    :param each: seconds that one connection gets.
    """
    until = time.monotonic() + seconds
    left = iter([(host, port) for host in hosts for port in ports])
    found: dict[str, set[int]] = {}
    waiting: dict[socket.socket, tuple[str, int, float]] = {}
    more = True
    with selectors.DefaultSelector() as selector:
        while (more or waiting) and time.monotonic() < until:
            while more and len(waiting) < _AT_ONCE:
                if (place := next(left, None)) is None:
                    more = False
                elif line := _begun(place):
                    selector.register(line, selectors.EVENT_WRITE)
                    waiting[line] = (*place, time.monotonic() + each)
            for key, _ in selector.select(0.05) if waiting else ():
                ended = key.fileobj
                assert isinstance(ended, socket.socket)
                host, port, _ = waiting.pop(ended)
                if not ended.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    found.setdefault(host, set()).add(port)
                selector.unregister(ended)
                ended.close()
            for line in [line for line, (_, _, end) in waiting.items() if time.monotonic() > end]:
                del waiting[line]
                selector.unregister(line)
                line.close()
        for line in waiting:
            selector.unregister(line)
            line.close()
    return found


def _begun(place: tuple[str, int]) -> socket.socket | None:
    line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    line.setblocking(False)
    try:
        if line.connect_ex(place) in _UNDER_WAY:
            return line
    except OSError:  # the system has no more lines to give, or no such network
        pass
    line.close()
    return None
