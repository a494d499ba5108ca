"""Serial scanners, by pseudo-terminals: pieces, noise, several at once, and a plug that is pulled."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.devices.readers import Hub, Scan, Trouble
from app.devices.scanner import WedgeScanner
from app.devices.serial import SerialScanner
from app.services.readers import Keyboard, Readers, Serial

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are needed for serial scanners")

if os.name == "posix":
    from tests.devices.lines import Line, Noisy


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


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    hub = Hub(WedgeScanner(), SerialScanner)
    hub.start()
    bench = Bench(hub, tmp_path)
    yield bench
    hub.stop()
    for line in bench.lines:
        line.close()


def test_a_scan_says_which_reader_it_was_and_how_long_since_its_last(bench: Bench) -> None:
    a, b = bench.plug(bench.serial("a"), bench.serial("b"))
    a.send(b"4901\r\n")
    bench.wait(lambda: len(bench.scans) == 1)
    b.send(b"\x1d0104912345678904\r")
    bench.wait(lambda: len(bench.scans) == 2)
    time.sleep(0.3)
    a.send(b"4902\n")
    bench.wait(lambda: len(bench.scans) == 3)
    first, other, again = bench.scans
    assert [(scan.text, scan.reader) for scan in bench.scans] == [
        ("4901", str(a.path)),
        ("\x1d0104912345678904", str(b.path)),
        ("4902", str(a.path)),
    ]
    assert (first.since, other.since) == (None, None)
    assert again.since is not None
    assert 280 <= again.since < 3_000
    assert len({scan.act for scan in bench.scans}) == 3


def test_the_time_between_two_scans_is_the_readers_not_the_windows(bench: Bench) -> None:
    """Both came while the window was busy: seen by its clock they would be one moment apart."""
    (line,) = bench.plug(bench.serial("a"))

    def scan_twice() -> None:
        line.send(b"4901\r")
        time.sleep(0.4)
        line.send(b"4901\r")

    sender = threading.Thread(target=scan_twice)
    sender.start()
    time.sleep(0.8)  # the window does nothing
    bench.wait(lambda: len(bench.scans) == 2)
    sender.join()
    assert bench.scans[1].since is not None
    assert 350 <= bench.scans[1].since < 700


def test_two_noisy_scanners_lose_nothing_and_never_merge(bench: Bench) -> None:
    """Two thousand scans in pieces, with noise, torn and endless ones between, while the window stalls."""
    send(bench, 1_000)


def send(bench: Bench, count: int) -> None:
    lines = bench.plug(bench.serial("a"), bench.serial("b"))
    senders = [Noisy(line, tag, count, seed) for seed, (line, tag) in enumerate(zip(lines, "AB", strict=True), 7)]
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


def test_a_pulled_plug_is_said_and_the_scanner_comes_back_by_itself(bench: Bench) -> None:
    a, b = bench.plug(bench.serial("a"), bench.serial("b"))
    a.send(b"490")
    time.sleep(0.05)
    a.pull()
    bench.wait(lambda: bench.hub.states[str(a.path)] == "lost")
    assert [trouble.key for trouble in bench.troubles] == ["readers.trouble.broken"]
    b.send(b"4902\r")  # the other one goes on
    bench.wait(lambda: bench.texts(b) == ["4902"])
    a.plug()
    bench.wait(lambda: bench.hub.states[str(a.path)] == "ready")
    a.send(b"4901\r")
    bench.wait(lambda: bench.texts(a) == ["4901"])
    assert [state for name, state in bench.states if name == str(a.path)] == ["ready", "lost", "ready"]


def test_a_scanner_that_is_plugged_in_later_is_used_then(bench: Bench) -> None:
    bench.hub.use(Readers(serial=(bench.serial("late"),)))
    name = str(bench.folder / "late")
    bench.wait(lambda: bench.hub.states[name] == "lost")
    assert bench.hub.reader(name).why  # type: ignore[union-attr]
    line = Line(Path(name))
    bench.lines.append(line)
    bench.wait(lambda: bench.hub.states[name] == "ready")
    line.send(b"4901\r")
    bench.wait(lambda: bench.texts(line) == ["4901"])


def test_a_change_of_settings_ends_only_what_changed(bench: Bench) -> None:
    kept, gone = bench.serial("a"), bench.serial("b")
    bench.plug(kept, gone)
    before = bench.hub.reader(kept.port)
    bench.hub.use(Readers(Keyboard(on=False), (kept,)))
    assert bench.hub.reader(kept.port) is before
    assert bench.hub.reader(gone.port) is None
    assert bench.states[-1] == (gone.port, "off")
    bench.lines[0].send(b"4901\r")
    bench.wait(lambda: [scan.text for scan in bench.scans] == ["4901"])


def test_what_a_reader_sends_around_a_code_is_taken_off_and_missed_where_it_must_be(bench: Bench) -> None:
    strict = bench.serial("a", prefix="\x02S", suffix="#")
    loose = bench.serial("b", prefix="S", strict=False)
    a, b = bench.plug(strict, loose)
    a.send(b"\x02S4901#\r4902\r")
    b.send(b"S4903\r4904\r")
    bench.wait(lambda: len(bench.scans) == 3 and len(bench.troubles) == 1)
    assert bench.texts(a) == ["4901"]
    assert bench.texts(b) == ["4903", "4904"]
    assert bench.troubles[0] == Trouble(str(a.path), "readers.trouble.affix", "4902")


def test_known_faults_are_mended_and_told(bench: Bench) -> None:
    bench.hub.repair = lambda text, faults: (text.swapcase(), faults)
    (line,) = bench.plug(bench.serial("a", repairs=("caps",)))
    line.send(b"ko-12\r")
    bench.wait(lambda: len(bench.scans) == 1)
    assert (bench.scans[0].text, bench.scans[0].raw, bench.scans[0].repaired) == ("KO-12", "ko-12", ("caps",))
