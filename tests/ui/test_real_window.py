"""A real window on a real window system: keys typed by another program, an input method switched on, two typists.

The window runs in a process of its own under Xvfb; xdotool types. Where they are not installed the tests are skipped,
and counted.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.makers import PRODUCTS, TEA, WHISK

ROOT = Path(__file__).resolve().parents[2]
ENGINE = Path("/usr/libexec/ibus-engine-anthy")
pytestmark = pytest.mark.long


def needs(*programs: str) -> None:
    for each in programs:
        if shutil.which(each) is None:
            pytest.skip(f"{each} is not installed")


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen of its own."""
    needs("Xvfb", "xdotool")
    got, give = os.pipe()
    command = ["Xvfb", "-displayfd", str(give), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[give], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(give)
    with os.fdopen(got) as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait(10)


class Real:
    """The window's process, and hands at its keyboard."""

    def __init__(self, folder: Path, environment: dict[str, str], screen: str, *how: str) -> None:
        self.environment, self._out = environment, folder / "said.txt"
        data = folder / "station"
        data.mkdir()
        command = [sys.executable, "-m", "tests.ui.real_window", str(data), screen, *how]
        with self._out.open("wb") as out, (folder / "errors.txt").open("wb") as errors:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=errors)
        self._errors = folder / "errors.txt"
        self.wait(lambda: bool(self.said("UP")), 60)
        self.hands("windowfocus", str(self.said("UP")[0]))
        time.sleep(0.5)

    def said(self, word: str) -> list[object]:
        lines = self._out.read_text(encoding="utf-8").splitlines()
        parts = [line.partition(" ") for line in lines]
        return [json.loads(rest) if rest else None for first, _, rest in parts if first == word]

    def wait(self, until: Callable[[], bool], seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not until():
            assert self._process.poll() is None, self._errors.read_text(encoding="utf-8", errors="replace")
            assert time.monotonic() < end, self._out.read_text(encoding="utf-8")
            time.sleep(0.05)

    def hands(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=60)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)


def environment_of(display: str) -> dict[str, str]:
    """The environment of a window that no input method reaches."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "XMODIFIERS"))}
    return kept | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "none", "PYTHONPATH": str(ROOT)}


@pytest.fixture
def real(tmp_path: Path, display: str) -> Iterator[Callable[..., Real]]:
    made: list[Real] = []

    def start(screen: str, *how: str, **environment: str) -> Real:
        made.append(Real(tmp_path, environment_of(display) | environment, screen, *how))
        return made[-1]

    yield start
    for each in made:
        each.close()


def script(path: Path, codes: list[str], delay: int, pauses: Callable[[], float] | None = None) -> Path:
    """Write for xdotool what a scanner types."""
    keys = {"\x1d": "ctrl+bracketright", "\ufffd": "F8"}
    lines: list[str] = []
    for code in codes:
        parts = [part for part in re.split("([\x1d\ufffd])", code) if part]
        lines += [
            f"key --delay {delay} {keys[part]}" if part in keys else f'type --delay {delay} "{part}"' for part in parts
        ]
        lines.append(f"key --delay {delay} Return")
        if pauses is not None:
            lines.append(f"sleep {pauses():.3f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_forty_scans_in_a_row_arrive_while_the_window_is_busy(real, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Each has keys that would press a focused button or are shortcuts, and comes right behind the one before."""
    window = real("settings", "busy")
    codes = [f"\x1dNO {number} \x1dSUCH\ufffd!" for number in range(100, 140)]
    window.hands(str(script(tmp_path / "keys", codes, 4)))
    window.wait(lambda: len(window.said("ANSWER")) >= 41)  # one is the state at the beginning
    assert window.said("SCAN") == codes
    assert window.said("PRESSED") == []
    assert window.said("TROUBLE") == []


def test_two_scanners_that_type_at_once_never_give_another_item(real, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window = real("pack")
    chance = random.Random(5)
    codes = [TEA, WHISK]
    scripts = [
        script(tmp_path / f"keys{number}", [code] * 40, 3, lambda: chance.randrange(1, 90) / 1000)
        for number, code in enumerate(codes)
    ]
    typists = [subprocess.Popen(["xdotool", str(each)], env=window.environment) for each in scripts]
    for each in typists:
        assert each.wait(60) == 0
    time.sleep(1)
    scans = [str(text) for text in window.said("SCAN")]
    assert set(scans) & set(codes)
    known = {str(cell).rjust(14, "0") for row in PRODUCTS for cell in row}
    slipped = [text for text in scans if text not in codes]
    assert [text for text in slipped if text.rjust(14, "0") in known] == []
    assert len(slipped) < 8  # of eighty: one key between two of the other's says nothing, and the code is unknown
    assert window.said("PRESSED") == []
    assert "readers.trouble.two_at_once" in window.said("TROUBLE")
    window.hands("type", "--delay", "4", TEA)
    window.hands("key", "Return")
    window.wait(lambda: window.said("SCAN")[-1:] == [TEA])


@pytest.fixture
def hiragana(display: str) -> Iterator[dict[str, str]]:
    """The Japanese input method of ibus, switched to hiragana; gives the environment of a program that uses it."""
    needs("dbus-daemon", "ibus-daemon", "ibus", "gsettings", str(ENGINE))
    # Not in a test's own folder: its path may be longer than the address of a socket can be (108 bytes).
    home = Path(tempfile.mkdtemp(prefix="kp-ime-"))
    (home / "run").mkdir(parents=True, mode=0o700)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL", "QT_"))}
    environment |= {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "GSETTINGS_BACKEND": "keyfile",
        "NO_AT_BRIDGE": "1",
        "PATH": "/usr/bin:/bin",  # the engine is written in the system's Python
        "LC_ALL": "C.UTF-8",
        "DISPLAY": display,
    }
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert bus.stdout is not None
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()

    def run(*command: str) -> str:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
        return done.stdout.strip()

    run("gsettings", "set", "org.freedesktop.ibus.engine.anthy.common", "input-mode", "0")
    run("ibus", "write-cache")
    daemon = subprocess.Popen(
        ["ibus-daemon", "-x", "--panel", "disable"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    end = time.monotonic() + 30
    while run("ibus", "engine") != "anthy":
        assert time.monotonic() < end, "the input method does not start"
        time.sleep(0.3)
        run("ibus", "engine", "anthy")
    kept = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "LC_ALL")
    yield {key: environment[key] for key in kept} | {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}
    run("ibus", "exit")
    daemon.wait(10)
    bus.terminate()
    bus.wait(10)
    shutil.rmtree(home, ignore_errors=True)
    bus.communicate(timeout=10)


def test_with_a_japanese_input_method_on_every_scan_is_read(real, hiragana, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window = real("pack", **hiragana)
    codes = [TEA if number % 2 else f"AB{number}7654321-KA" for number in range(100, 140)]
    window.hands(str(script(tmp_path / "keys", codes, 8, lambda: 0.05)))
    window.wait(lambda: len(window.said("SCAN")) >= 40)
    assert window.said("SCAN") == codes


def test_that_input_method_does_write_japanese_where_typing_is_open(real, hiragana) -> None:  # type: ignore[no-untyped-def]
    """Else the test above would prove nothing."""
    window = real("settings", "type", **hiragana)
    window.hands("type", "--delay", "120", "aiueo")
    window.hands("key", "Return")
    window.wait(lambda: window.said("FIELD")[-1:] == ["あいうえお"])
    assert window.said("SCAN") == []
