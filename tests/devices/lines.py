"""Serial scanners without hardware: pseudo-terminals that send codes whole, in pieces, torn and with noise."""

from __future__ import annotations

import os
import pty
import random
import threading
import time
import tty
from dataclasses import dataclass, field
from pathlib import Path


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
            time.sleep(0.6)
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
