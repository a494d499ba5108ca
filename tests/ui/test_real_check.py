"""The scanner check against real keyboards: the X Window System turns key codes into characters, not a table of ours.

Another program presses the keys that a scanner presses, under every layout and with an input method on. Where the
programs for it are not installed the tests are skipped, and counted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.keyboards import control, stroke, typed
from app.domain.reader_faults import SEPARATOR
from app.domain.scanner_check import SHEET
from tests.ui.test_real_window import ROOT, display, environment_of, hiragana, needs

__all__ = ["display", "hiragana"]

pytestmark = pytest.mark.long

SYSTEM = {"us": "us", "uk": "gb", "jis": "jp"}
"""Layout -> its name in the X Window System."""
CODES = [code for code in SHEET if code.id != "qr"]  # Japanese is not typed by keys


def _codes(row: str, first: int, least: int, count: int) -> dict[str, int]:
    return {f"{row}{number:02}": least + number - first for number in range(first, first + count)}


KEY_CODES = {
    "E00": 49, **_codes("E", 1, 10, 12), "E13": 132, **_codes("D", 1, 24, 12), **_codes("C", 1, 38, 11), "C12": 51,
    "B00": 94, **_codes("B", 1, 52, 10), "B11": 97, "A03": 65,
}  # fmt: skip
"""Place of a key -> its code in the X Window System (evdev)."""


def keys(text: str, scanner: str) -> list[str]:
    """Return for xdotool what a scanner presses for *text*."""
    pressed = []
    for char in text:
        found = stroke("]" if char == SEPARATOR else char, scanner)
        assert found is not None
        held = "ctrl+" if char == SEPARATOR else "shift+" if found[1] else ""
        pressed.append(f"{held}{KEY_CODES[found[0]]}")
    return [*pressed, "Return"]


class Page:
    """The page's process, and a scanner."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.environment, self._out = environment, folder / "said.txt"
        data = folder / "station"
        data.mkdir()
        with self._out.open("wb") as out, (folder / "errors.txt").open("wb") as errors:
            command = [sys.executable, "-m", "tests.ui.real_check", str(data)]
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=errors)
        self._errors = folder / "errors.txt"
        self.wait(lambda: any(line.startswith("UP") for line in self._lines()), 60)
        number = next(line for line in self._lines() if line.startswith("UP")).split()[1]
        self.run("xdotool", "windowfocus", number)
        time.sleep(0.5)

    def _lines(self) -> list[str]:
        return self._out.read_text(encoding="utf-8").splitlines()

    def found(self) -> list[object]:
        said = [line for line in self._lines() if line.startswith("FOUND")]
        return list(json.loads(said[-1].partition(" ")[2])) if said else [{}, "", "", "", {}]

    def wait(self, until: Callable[[], bool], seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not until():
            assert self._process.poll() is None, self._errors.read_text(encoding="utf-8", errors="replace")
            assert time.monotonic() < end, self._out.read_text(encoding="utf-8")
            time.sleep(0.05)

    def run(self, *words: str) -> None:
        subprocess.run(words, env=self.environment, check=True, timeout=60)

    def scan(self, code: str, text: str, scanner: str) -> None:
        self.run("xdotool", "key", "--delay", "8", *keys(text, scanner))
        self.wait(lambda: code in self.found()[0])  # type: ignore[operator]
        time.sleep(0.7)  # what comes sooner belongs to the same code

    def again(self) -> None:
        self.run("xdotool", "key", "F5")
        self.wait(lambda: not self.found()[0])

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture
def page(tmp_path: Path, display: str) -> Iterator[Callable[..., Page]]:
    needs("setxkbmap")
    made: list[Page] = []

    def start(**environment: str) -> Page:
        made.append(Page(tmp_path, environment_of(display) | environment))
        return made[-1]

    yield start
    for each in made:
        each.close()
    subprocess.run(["setxkbmap", "us"], env=environment_of(display), check=True, timeout=30)


@pytest.mark.parametrize("computer", SYSTEM)
def test_the_layouts_are_found_at_a_real_keyboard(page: Callable[..., Page], computer: str) -> None:
    at = page()
    at.run("setxkbmap", SYSTEM[computer])
    time.sleep(0.3)
    for scanner in SYSTEM:
        at.again()
        for code in CODES:
            at.scan(code.id, code.text, scanner)
        came, found_scanner, found_computer, separator, faults = at.found()
        assert isinstance(came, dict)
        assert isinstance(faults, dict)
        x11 = computer if computer == "uk" else f"{computer}_x11"
        signs = CODES[1].text
        if scanner == computer:
            assert came == {code.id: code.text for code in CODES}
            assert (found_scanner, separator) == ("", SEPARATOR)
            assert {fault for each in faults.values() for fault in each} == {"identifier"}
        else:
            assert came["code128"].replace("\ufffd", "") == typed(signs, scanner, x11)
            assert typed(signs, str(found_scanner), str(found_computer)) == typed(signs, scanner, x11)
            assert "layout" in faults["code128"]
            assert not any("other" in each for each in faults.values())
            stands = control(SEPARATOR, scanner, x11)
            assert separator == stands
            assert ("separator" in faults["gs1"]) == (stands != SEPARATOR)


def test_caps_lock_is_found_at_a_real_keyboard(page: Callable[..., Page]) -> None:
    at = page()
    at.run("setxkbmap", "us")
    at.run("xdotool", "key", "Caps_Lock")
    try:
        at.scan("code128", CODES[1].text, "us")
        faults = at.found()[4]
    finally:
        at.run("xdotool", "key", "Caps_Lock")
    assert faults == {"code128": ["caps_lock", "identifier"]}


def test_a_real_input_method_is_found(page: Callable[..., Page], hiragana: dict[str, str]) -> None:
    at = page(**hiragana)
    at.run("xdotool", "type", "--delay", "12", CODES[0].text)
    at.run("xdotool", "key", "Return")
    at.wait(lambda: bool(at.found()[4]))
    faults = at.found()[4]
    assert isinstance(faults, dict)
    assert all("input_method" in each for each in faults.values())
