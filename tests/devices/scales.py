"""Scales without hardware: pseudo-terminals that say what lies on them, by themselves or when they are asked."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from tests.devices.lines import Line
from tests.scales.samples import PLAYED

_EVERY = 0.05


class Played(threading.Thread):
    """A scale: it says what lies on it, by itself or when it is asked."""

    def __init__(self, line: Line, kind: str, asked: bool = False) -> None:
        super().__init__(daemon=True)
        self.line = line
        self.maker, self._play = PLAYED[kind]
        self.says: Callable[[], bytes] = lambda: self._play(self.grams, self.stable)
        self.grams, self.stable = 0.0, True
        self.asked: list[bytes] = []
        self._asked, self._over = asked, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(OSError):  # the plug is pulled now and then
                if self._asked:
                    self._answer()
                else:
                    self.line.send(self.says())
            self._over.wait(0.01 if self._asked else _EVERY)

    def _answer(self) -> None:
        got = self.line.receive()
        if got:
            self.asked.append(got)
            self.line.send(self.says())

    def end(self) -> None:
        self._over.set()
        self.join()
