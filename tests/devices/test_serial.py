"""Serial scanners, by pseudo-terminals: pieces, noise, several at once, and a plug that is pulled."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.devices.readers import Trouble
from app.services.readers import Keyboard, Readers

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are needed for serial scanners")

if os.name == "posix":
    from tests.devices.lines import Bench, Line, at_work, send_noisy


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator["Bench"]:  # noqa: UP037 - of POSIX only
    with at_work(tmp_path) as bench:
        yield bench


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
    assert first.since is None
    assert other.since is not None, "another reader counts by when its code arrived"
    assert 0 <= other.since < 3_000
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
    print(send_noisy(bench, 1_000, 7))


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
