"""The keyboard wedge: a scanner told from a person by speed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.devices.scanner import WedgeScanner
from app.services.readers import Keyboard


class Bench:
    """A window with a field and a button, and a keyboard with a clock of its own."""

    def __init__(self, scanner: WedgeScanner) -> None:
        self.widget = QWidget()
        self.field, self.button = QLineEdit(), QPushButton("press")
        column = QVBoxLayout(self.widget)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.pressed = self.shortcuts = 0
        self.button.clicked.connect(self._press)
        QShortcut("Ctrl+]", self.widget).activated.connect(self._shortcut)
        self.scanner = scanner
        self.scans: list[str] = []
        self.acts: list[str] = []
        self.typed: list[str] = []
        scanner.scanned.connect(lambda text, act: (self.scans.append(text), self.acts.append(act)))
        self.entered: list[str] = []
        self.troubles: list[str] = []
        scanner.entered.connect(lambda text, act: self.entered.append(text))
        scanner.trouble.connect(lambda key, text: self.troubles.append(key))
        scanner.typed.connect(self.typed.append)
        self.now = 1_000

    def _press(self) -> None:
        self.pressed += 1

    def _shortcut(self) -> None:
        self.shortcuts += 1

    def key(self, char: str, gap: int = 5, key: int | None = None, repeat: bool = False) -> None:
        """One key down and up, *gap* milliseconds after the one before, by the keyboard's clock."""
        self.now += gap
        code = key if key is not None else (ord(char.upper()) if char.isascii() else 0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, char, repeat)
            event.setTimestamp(self.now)
            QCoreApplication.sendEvent(self.widget.windowHandle(), event)

    def burst(self, text: str, end: bool = True, gap: int = 5) -> None:
        for number, char in enumerate(text):
            self.key(char, 400 if number == 0 else gap)
        if end:
            self.key("\r", gap, Qt.Key.Key_Return)

    def wait(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    scanner = WedgeScanner(Keyboard())
    bench = Bench(scanner)
    qtbot.addWidget(bench.widget)
    bench.widget.show()
    qtbot.waitExposed(bench.widget)
    scanner.start()
    yield bench
    scanner.stop()


def test_a_burst_is_a_scan_and_reaches_no_field(bench: Bench) -> None:
    bench.field.setFocus()
    bench.burst("4599990001013")
    bench.burst("4599990001013")
    bench.wait(80)
    assert bench.scans == ["4599990001013"] * 2
    assert len(set(bench.acts)) == 2
    assert bench.field.text() == ""


def test_spaces_and_shortcuts_of_a_burst_do_nothing_else(bench: Bench) -> None:
    bench.button.setFocus()
    bench.burst(" AB \x1d12 ")
    bench.wait(80)
    assert bench.scans == [" AB \x1d12 "]
    assert bench.pressed == bench.shortcuts == 0


def test_a_person_types_and_presses_as_ever(bench: Bench) -> None:
    bench.scanner.in_field = True
    bench.field.setFocus()
    for char in "Ab 1":
        bench.key(char, 120)
        bench.wait(60)
    assert bench.field.text() == "Ab 1"
    bench.button.setFocus()
    bench.key(" ", 300, Qt.Key.Key_Space)
    bench.wait(80)
    assert bench.pressed == 1
    assert bench.scans == []


def test_two_keys_rolled_over_are_a_persons(bench: Bench) -> None:
    bench.scanner.in_field = True
    bench.field.setFocus()
    bench.key("t", 400)
    bench.key("h", 12)
    bench.key("e", 140)
    bench.wait(80)
    assert bench.field.text() == "the"


def test_a_key_held_down_repeats_into_the_field(bench: Bench) -> None:
    bench.scanner.in_field = True
    bench.field.setFocus()
    bench.key("x", 400)
    for _ in range(5):
        bench.key("x", 30, repeat=True)
    bench.wait(80)
    assert bench.field.text() == "xxxxxx"
    assert bench.scans == []


def test_a_burst_without_an_end_is_sent_after_a_pause(bench: Bench) -> None:
    bench.burst("4599990001013", end=False)
    bench.wait(60)
    assert bench.scans == []
    bench.wait(220)
    assert bench.scans == ["4599990001013"]


def test_an_unended_flurry_of_fingers_in_a_field_stays_typing(bench: Bench) -> None:
    bench.scanner.in_field = True
    bench.field.setFocus()
    bench.burst("asdf", end=False, gap=20)
    bench.wait(300)
    assert bench.scans == []
    assert bench.field.text() == "asdf"


def test_carriage_return_and_line_feed_end_one_scan(bench: Bench) -> None:
    bench.button.setDefault(True)
    bench.burst("ABC123")
    bench.key("\r", 4, Qt.Key.Key_Enter)
    bench.wait(80)
    assert bench.scans == ["ABC123"]
    assert bench.pressed == 0


def test_tab_ends_a_scan_and_moves_no_focus(bench: Bench) -> None:
    bench.field.setFocus()
    bench.burst("ABC123", end=False)
    bench.key("\t", 5, Qt.Key.Key_Tab)
    assert bench.scans == ["ABC123"]
    assert bench.field.hasFocus()


def test_gaps_are_the_keyboards_not_the_programs(bench: Bench) -> None:
    """The program was busy for longer than a person needs for two keys; the scanner was not slower."""
    import time

    bench.key("A", 400)
    time.sleep(0.2)
    bench.key("B", 5)
    time.sleep(0.1)
    bench.key("C", 5)
    bench.key("\r", 5, Qt.Key.Key_Return)
    assert bench.scans == ["ABC"]


def test_keys_that_wait_while_the_program_is_busy_are_let_in_before_a_first_key_is_handed_on(bench: Bench) -> None:
    import time

    bench.field.setFocus()
    bench.key("A", 400)
    QTimer.singleShot(0, lambda: time.sleep(0.25))
    QTimer.singleShot(1, lambda: [bench.key(c, 5) for c in "BC"] and bench.key("\r", 5, Qt.Key.Key_Return))
    bench.wait(400)
    assert bench.scans == ["ABC"]
    assert bench.field.text() == ""


def test_a_number_typed_into_no_field_is_collected_and_sent_by_enter(bench: Bench) -> None:
    bench.scanner.collecting = True
    bench.button.setFocus()
    for char in "12 4":
        bench.key(char, 200)
        bench.wait(60)
    bench.key("", 200, Qt.Key.Key_Backspace)
    bench.key("3", 200)
    bench.wait(60)
    assert bench.typed[-1] == "12 3"
    bench.key("\r", 300, Qt.Key.Key_Return)
    assert bench.entered == ["12 3"]
    assert bench.scans == []
    assert bench.typed[-1] == ""
    assert bench.pressed == 0


def test_function_keys_pass_to_whoever_wants_them(bench: Bench) -> None:
    asked: list[int] = []
    bench.scanner.command = lambda key: bool(asked.append(key)) or key == Qt.Key.Key_F2.value
    bench.key("", 300, Qt.Key.Key_F2)
    bench.key("", 300, Qt.Key.Key_F3)
    assert asked == [Qt.Key.Key_F2.value, Qt.Key.Key_F3.value]
