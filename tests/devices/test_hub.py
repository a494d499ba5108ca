"""The hub says how long it was since the scan before, whichever reader that was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from app.devices import readers
from app.devices.readers import READY, Hub, Scan
from app.services.readers import Keyboard, Readers, Serial


class Machine(QObject):
    """A reader that says what it is told to, with a clock of its own."""

    scanned = Signal(str, str)
    state_changed = Signal(str)
    trouble = Signal(str, str)
    entered = Signal(str, str)
    why = ""
    state = READY

    def __init__(self, name: str, kind: str = "serial") -> None:
        super().__init__()
        self.id, self.kind, self.moment = name, kind, 0

    def use(self, _settings: Keyboard) -> None:
        """Nothing to set."""

    def start(self) -> None:
        """Nothing to begin."""

    def stop(self) -> None:
        """Nothing to end."""

    def read(self, text: str, moment: int) -> None:
        self.moment = moment
        self.scanned.emit(text, f"{self.id}-{moment}")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The computer's clock, in seconds."""
    now = [1_000.0]
    monkeypatch.setattr(readers.time, "monotonic", lambda: now[0])
    return now


def test_the_time_since_the_scan_before_is_told_for_one_reader_by_its_clock_and_between_two_by_arrival(
    qtbot: QtBot, clock: list[float]
) -> None:
    keyboard, machines = Machine("keyboard", "keyboard"), {}

    def serial(settings: Serial) -> Machine:
        return machines.setdefault(settings.port, Machine(settings.port))

    hub = Hub(keyboard, serial)
    hub.use(Readers(serial=(Serial(port="one"),)))
    scans: list[Scan] = []
    hub.scanned.connect(scans.append)
    keyboard.read("A", 50)
    clock[0] += 9.0  # the window was busy: the second code is late here, not at the keyboard
    keyboard.read("A", 130)
    clock[0] += 0.2
    machines["one"].read("A", 7_000)
    clock[0] += 5.0
    machines["one"].read("A", 12_000)
    assert [scan.since for scan in scans] == [None, 80, 200, 5_000]
