"""A scale at a serial port, played by a pseudo-terminal: every maker's, sending or asked; pulled, moving, garbled."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.devices import scale_port, watch
from app.devices.scale import FAULT, OK, UNSET, Scale
from app.services.scales import ScaleSettings, protocol
from tests.scales.samples import PLAYED

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are needed to play scales")

if os.name == "posix":
    from tests.devices.lines import Line
    from tests.devices.scales import Played


class Bench:
    """A scale as the window holds it, and what it told."""

    def __init__(self, folder: Path) -> None:
        self.line = Line(folder / "scale")
        self.scale = Scale()
        self.weights: list[int] = []
        self.troubles: list[tuple[str, dict[str, str]]] = []
        self.states: list[str] = []
        self.scale.weighed.connect(self.weights.append)
        self.scale.trouble.connect(lambda key, args: self.troubles.append((key, args)))
        self.scale.state_changed.connect(self.states.append)
        self.played: Played | None = None

    def play(self, kind: str, *, asked: bool = False, **settings: object) -> Played:
        self.played = Played(self.line, kind, asked)
        given = {"port": str(self.line.path), "protocol": self.played.maker} | settings
        self.scale.use(ScaleSettings(**given))  # type: ignore[arg-type]
        self.scale.start()
        return self.played

    def wait(self, until: Callable[[], bool], seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, f"it never came: {self.weights} {self.troubles}"
            QCoreApplication.processEvents()
            time.sleep(0.002)

    def rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.002)

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.troubles]


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(scale_port, "_TRY_MS", 300)
    monkeypatch.setattr(watch, "SILENT_MS", 1_200)
    made = Bench(tmp_path)
    yield made
    made.scale.stop()
    if made.played is not None:
        made.played.end()
    made.line.close()


@pytest.mark.parametrize("kind", PLAYED)
def test_a_scale_that_sends_by_itself_is_found_and_read(bench: Bench, kind: str) -> None:
    """The protocol is not set: it is known by its lines, and nothing is sent to it before."""
    played = bench.play(kind, protocol="auto")
    played.grams, played.stable = 530.0, False
    bench.wait(lambda: bench.scale.found is not None)
    assert bench.scale.found == (played.maker, 9600)
    bench.rest(0.3)
    assert bench.weights == []
    played.grams, played.stable = 532.0, True
    bench.wait(lambda: bench.weights[-1:] == [532])
    assert bench.troubles == []
    assert bench.states == [OK]


@pytest.mark.parametrize("kind", [kind for kind in PLAYED if protocol(PLAYED[kind][0]).ASK])  # type: ignore[union-attr]
def test_a_scale_that_waits_to_be_asked_is_asked_in_its_own_way(bench: Bench, kind: str) -> None:
    played = bench.play(kind, asked=True)
    played.grams = 1_250.0
    bench.wait(lambda: bench.weights == [1250])
    asks = protocol(played.maker).ASK  # type: ignore[union-attr]
    assert set(b"".join(played.asked).split(asks)) == {b""}
    assert bench.troubles == []


def test_a_scale_of_an_unknown_kind_is_never_asked(bench: Bench) -> None:
    played = bench.play("aandd", asked=True, protocol="auto")
    bench.wait(lambda: bench.keys == ["scale.fault.silent"])
    bench.rest(0.5)
    assert played.asked == []
    assert bench.states == [OK, FAULT]


def test_what_lies_on_it_is_told_again_when_it_is_asked_for(bench: Bench) -> None:
    played = bench.play("mt-sics")
    played.grams = 532.0
    bench.wait(lambda: bench.weights == [532])
    bench.rest(0.4)
    assert bench.weights == [532]
    bench.scale.again()
    bench.wait(lambda: bench.weights == [532, 532])


def test_a_pulled_plug_is_said_and_the_scale_comes_back_by_itself(bench: Bench) -> None:
    played = bench.play("aandd")
    played.grams = 532.0
    bench.wait(lambda: bench.weights == [532])
    bench.line.pull()
    bench.wait(lambda: bench.scale.state == FAULT)
    key, args = bench.troubles[-1]
    assert key == "scale.fault.unplugged"
    assert args["port"] == str(bench.line.path)
    assert args["what"]
    assert bench.scale.reading is None
    bench.line.plug()
    bench.wait(lambda: bench.scale.state == OK)
    bench.wait(lambda: bench.weights == [532, 532])
    assert bench.keys == ["scale.fault.unplugged", ""]


def test_a_scale_that_is_not_there_is_said_and_used_when_it_comes(bench: Bench) -> None:
    bench.line.pull()
    played = bench.play("st-gs")
    played.grams = 532.0
    bench.wait(lambda: bench.keys == ["scale.fault.unplugged"])
    bench.line.plug()
    bench.wait(lambda: bench.weights == [532])


def test_garbage_is_said_with_what_came_and_is_over_when_lines_come(bench: Bench) -> None:
    played = bench.play("mt-sics", baud=9600)
    sound, played.says = played.says, lambda: b"\xfe?x\x80y\r\n"
    bench.wait(lambda: bench.keys == ["scale.fault.garbage"])
    assert "?x" in bench.troubles[0][1]["what"]
    played.grams, played.says = 532.0, sound
    bench.wait(lambda: bench.weights == [532])
    assert bench.keys == ["scale.fault.garbage", ""]


def test_bytes_without_an_end_are_garbage_and_not_silence(bench: Bench) -> None:
    played = bench.play("mt-sics", baud=9600)
    played.says = lambda: b"\xfe\x80" * 20
    bench.wait(lambda: bench.keys == ["scale.fault.garbage"])
    bench.rest(1.5)
    assert bench.keys == ["scale.fault.garbage"]


def test_another_unit_is_said_by_its_name(bench: Bench) -> None:
    played = bench.play("aandd")
    sound, played.says = played.says, lambda: b"QT,+00000012 PC\r\n"
    bench.wait(lambda: bench.troubles == [("scale.fault.unit", {"port": str(bench.line.path), "what": "PC"})])
    played.grams, played.says = 532.0, sound
    bench.wait(lambda: bench.weights == [532])


def test_pounds_are_weighed_in_grams(bench: Bench) -> None:
    played = bench.play("aandd")
    played.says = lambda: b"ST,+00001.50 lb\r\n"
    bench.wait(lambda: bench.weights == [680])


def test_overload_is_said(bench: Bench) -> None:
    played = bench.play("shimadzu")
    played.says = lambda: b"U       oL   \r"
    bench.wait(lambda: bench.keys == ["scale.fault.overload"])


def test_lines_that_fit_two_protocols_are_not_guessed(bench: Bench) -> None:
    played = bench.play("ohaus", protocol="auto")
    played.says = lambda: b"   192.210 g  \r\n"
    bench.wait(lambda: bench.keys == ["scale.fault.unclear"])
    assert bench.troubles[0][1]["what"] == "ohaus, sartorius"
    assert bench.weights == []


def test_a_bad_wire_makes_no_weight_that_was_not_there(bench: Bench) -> None:
    """Noise, lost bytes, lost ends; the lines between them are read."""
    played = bench.play("aandd", baud=9600)
    sound, count = played.says, 0

    def bad() -> bytes:
        nonlocal count
        count += 1
        line = sound()
        return (b"\x00\xff" + line, line[:-4], line, line[1:], line[:8] + line[9:], line, line, line[:-2])[count % 8]

    played.grams, played.says = 532.0, bad
    bench.wait(lambda: count > 24)
    played.grams = 1_250.0
    at = count
    bench.wait(lambda: count > at + 24)
    assert set(bench.weights) == {532, 1250}


def test_without_a_port_nothing_is_opened(bench: Bench) -> None:
    bench.scale.start()
    bench.scale.again()
    assert bench.scale.state == UNSET
    assert bench.states == []


def test_other_settings_are_used_at_once(bench: Bench) -> None:
    played = bench.play("aandd", protocol="mt-sics", baud=9600)
    played.grams = 532.0
    bench.wait(lambda: bench.keys == ["scale.fault.garbage"])
    bench.scale.use(ScaleSettings(str(bench.line.path), "aandd"))
    bench.wait(lambda: bench.weights == [532])
    bench.scale.use(ScaleSettings())
    assert bench.states[-1] == UNSET
