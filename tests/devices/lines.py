"""Serial scanners without hardware: pseudo-terminals that send codes whole, in pieces, torn and with noise."""

from __future__ import annotations

import contextlib
import os
import pty
import random
import select
import threading
import time
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.devices.readers import Hub, Scan, Trouble
from app.devices.scanner import WedgeScanner
from app.devices.serial import SerialScanner
from app.services.readers import Readers, Serial


class Line:
    """A serial line under a name that stays, as a scanner's plug does; it can be pulled and plugged in again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._master = -1
        self.plug()

    def plug(self) -> None:
        master, slave = pty.openpty()
        tty.setraw(slave)
        self.path.symlink_to(os.ttyname(slave))
        os.close(slave)
        self._master = master

    def pull(self) -> None:
        self.path.unlink()
        os.close(self._master)
        self._master = -1

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._master, data) :]

    def receive(self) -> bytes:
        """What was sent to the machine; empty where nothing was."""
        ready, _, _ = select.select([self._master], [], [], 0)
        return os.read(self._master, 4096) if ready else b""

    def close(self) -> None:
        if self._master >= 0:
            self.pull()


@dataclass(eq=False)
class Noisy(threading.Thread):
    """Sends codes as bad lines do, and remembers which of them were whole."""

    line: Line
    tag: str
    count: int
    seed: int
    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    torn: int = 0
    noisy: int = 0
    long: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._random = random.Random(self.seed)

    def run(self) -> None:
        for number in range(self.count):
            self._one(f"{self.tag}{number:06d}")

    def _one(self, code: str) -> None:
        chance, end = self._random.random(), self._random.choice((b"\r", b"\n", b"\r\n"))
        if chance < 0.02:
            noise = bytes(self._random.choice((*range(1, 9), *range(14, 29), 30, 31, 255)) for _ in range(6))
            self.noisy += 1
            self.bad.append(code)
            self.line.send(noise + code.encode() + end)
        elif chance < 0.03:
            self.torn += 1
            self.bad.append(code)
            self.line.send(code.encode()[:4])
            time.sleep(0.3)
        elif chance < 0.04:
            self.long += 1
            self.bad.append(code)
            self.line.send(b"Z" * 6000 + code.encode() + end)
        else:
            self.good.append(code)
            self._in_pieces(code.encode() + end)

    def _in_pieces(self, data: bytes) -> None:
        while data:
            size = self._random.randrange(1, 6)
            self.line.send(data[:size])
            data = data[size:]
            if self._random.random() < 0.2:
                time.sleep(self._random.choice((0.0, 0.001, 0.004)))


class Bench:
    """A hub with serial readers, and what came through it."""

    def __init__(self, hub: Hub, folder: Path) -> None:
        self.hub, self.folder = hub, folder
        self.scans: list[Scan] = []
        self.troubles: list[Trouble] = []
        self.states: list[tuple[str, str]] = []
        self.lines: list[Line] = []
        hub.scanned.connect(self.scans.append)
        hub.trouble.connect(self.troubles.append)
        hub.changed.connect(lambda name, state: self.states.append((name, state)))

    def plug(self, *settings: Serial) -> list[Line]:
        """Plug scanners in, and let the hub use them."""
        self.lines += [Line(Path(each.port)) for each in settings]
        self.hub.use(Readers(serial=settings))
        self.wait(lambda: all(self.hub.states[each.port] == "ready" for each in settings))
        return self.lines

    def serial(self, name: str, **more: object) -> Serial:
        return Serial(port=str(self.folder / name), **more)  # type: ignore[arg-type]

    def wait(self, until: Callable[[], bool], seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, "it never came"
            QCoreApplication.processEvents()
            time.sleep(0.002)

    def texts(self, line: Line) -> list[str]:
        return [scan.text for scan in self.scans if scan.reader == str(line.path)]


@contextlib.contextmanager
def at_work(folder: Path) -> Iterator[Bench]:
    """A hub that works; everything is let go at the end."""
    hub = Hub(WedgeScanner(), SerialScanner)
    hub.start()
    bench = Bench(hub, folder)
    try:
        yield bench
    finally:
        hub.stop()
        for line in bench.lines:
            line.close()


def send_noisy(bench: Bench, count: int, seed: int) -> str:
    """Let two bad lines send *count* scans each while the window stalls; check that none is lost or merged."""
    lines = bench.plug(bench.serial("a"), bench.serial("b"))
    senders = [
        Noisy(line, tag, count, seed + number) for number, (line, tag) in enumerate(zip(lines, "AB", strict=True))
    ]
    for sender in senders:
        sender.start()
    stall = time.monotonic()
    while any(sender.is_alive() for sender in senders):
        QCoreApplication.processEvents()
        if time.monotonic() - stall > 1.0:
            time.sleep(0.3)
            stall = time.monotonic()
        time.sleep(0.002)
    wanted = sum(len(sender.good) + sender.noisy for sender in senders)
    bench.wait(lambda: len(bench.scans) >= wanted)
    bench.wait(lambda: len(bench.troubles) >= sum(sender.torn + sender.long for sender in senders))
    for sender in senders:
        got = bench.texts(sender.line)
        assert [text for text in got if text in set(sender.good)] == sender.good  # none lost, none twice, in order
        assert not set(got) & set(sender.bad)
        noisy = [text for text in got if text not in set(sender.good)]
        assert len(noisy) == sender.noisy  # what is noisy is sent on with its noise, and refused by name
        keys = [trouble.key for trouble in bench.troubles if trouble.reader == str(sender.line.path)]
        assert keys.count("readers.trouble.broken") == sender.torn
        assert keys.count("readers.trouble.long") == sender.long
    good, noisy = sum(len(sender.good) for sender in senders), sum(sender.noisy for sender in senders)
    torn, long = sum(sender.torn for sender in senders), sum(sender.long for sender in senders)
    return f"{good} scans, {noisy} noisy, {torn} torn, {long} endless: 0 lost, 0 merged (seed {seed})"
