"""The keyboard wedge: a scanner told from a person by speed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.devices.scanner import WedgeScanner
from app.domain import barcode
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

    def press(self, char: str, key: Qt.Key, control: bool = False, gap: int = 5) -> None:
        """One key down and up, with Ctrl held where asked."""
        self.now += gap
        modifiers = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, char)
            event.setTimestamp(self.now)
            QCoreApplication.sendEvent(self.widget.windowHandle(), event)

    def rest_of_burst(self, text: str) -> None:
        """Go on with a burst, and end it."""
        for char in text:
            self.key(char)
        self.key("\r", 5, Qt.Key.Key_Return)

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


def test_codes_without_an_end_stay_apart_however_busy_the_program_is(bench: Bench) -> None:
    for number in range(5):
        bench.burst(f"459999000100{number}", end=False)  # all of them at once, the timer never had its turn
    assert bench.scans == [f"459999000100{number}" for number in range(4)]
    QTest.qWait(400)
    assert bench.scans[4:] == ["4599990001004"]
    assert not bench.troubles


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


# --- what a burst may hold ---


def test_a_control_character_without_text_is_kept(bench: Bench) -> None:
    """Some systems give Ctrl+] no text; the separator of GS1 must not get lost, or two values run together."""
    bench.burst("]C110LOT", end=False)
    bench.press("", Qt.Key.Key_BracketRight, control=True)
    bench.rest_of_burst("21SER")
    assert bench.scans == ["]C110LOT\x1d21SER"]


def test_a_key_that_says_nothing_leaves_a_mark_by_which_the_code_is_refused(bench: Bench) -> None:
    asked: list[int] = []
    bench.scanner.command = lambda key: bool(asked.append(key))
    bench.burst("10LOT", end=False)
    bench.press("", Qt.Key.Key_F8)
    bench.rest_of_burst("21SER")
    assert bench.scans == ["10LOT\ufffd21SER"]
    assert asked == []


def test_ctrl_m_ends_a_scan_and_a_line_feed_after_it_is_nothing(bench: Bench) -> None:
    bench.burst("ABC123", end=False)
    bench.press("\r", Qt.Key.Key_M, control=True)
    bench.press("\n", Qt.Key.Key_J, control=True)
    bench.wait(80)
    assert bench.scans == ["ABC123"]


def test_a_line_feed_within_a_code_stays(bench: Bench) -> None:
    bench.burst("LINE1", end=False)
    bench.press("\n", Qt.Key.Key_J, control=True)
    bench.rest_of_burst("LINE2")
    assert bench.scans == ["LINE1\nLINE2"]


def test_with_the_scanner_off_fast_keys_are_a_persons(bench: Bench) -> None:
    bench.scanner.use(Keyboard(on=False))
    bench.scanner.in_field = True
    bench.field.setFocus()
    bench.burst("4599990001013")
    bench.wait(300)
    assert bench.scans == []
    assert bench.field.text() == "4599990001013"


def test_the_moment_of_a_scan_is_that_of_its_first_key(bench: Bench) -> None:
    bench.burst("ABC123")
    first = bench.scanner.moment
    bench.burst("ABC123")
    assert bench.scanner.moment - first == 400 + 6 * 5  # five gaps, Enter, and the pause between


# --- two scanners that type at once ---


class Typist:
    """One scanner: goes through its code, each key down for *held* of *period* milliseconds, then Enter."""

    def __init__(self, text: str, began: float, period: float, held: float) -> None:
        self.events: list[tuple[float, bool, str]] = []
        for number, (char, after) in enumerate(pairwise([*text, "\r", ""])):
            at = began + number * period
            lasts = min(held, period * 0.8) if char == after else held  # the same key must go up to go down again
            self.events += [(at, True, char), (at + lasts, False, char)]


def together(bench: Bench, *typists: Typist) -> None:
    """Send the keys of several scanners as they come."""
    events = sorted((event for typist in typists for event in typist.events), key=lambda event: event[0])
    began = bench.now + 1_000
    for at, down, char in events:
        key = Qt.Key.Key_Return if char == "\r" else ord(char)
        event = QKeyEvent(
            QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier, char
        )
        bench.now = began + round(at)
        event.setTimestamp(bench.now)
        QCoreApplication.sendEvent(bench.widget.windowHandle(), event)
    bench.wait(260)


A, B = "4599990001013", "4599990002027"


_PAIRS = given(
    start=st.floats(0, 120),
    periods=st.tuples(st.floats(4, 12), st.floats(4, 12)),
    held=st.tuples(st.floats(0.3, 0.7), st.floats(0.3, 0.7)),
)


@_PAIRS
@settings(max_examples=12, phases=[Phase.generate])
def test_two_at_once_are_refused_and_no_piece_of_them_is_taken_for_a_code(
    bench: Bench, start: float, periods: tuple[float, float], held: tuple[float, float]
) -> None:
    two_at_once(bench, start, periods, held)


@pytest.mark.long
@_PAIRS
@settings(max_examples=200)
def test_two_at_once_are_refused_at_two_hundred_paces(
    bench: Bench, start: float, periods: tuple[float, float], held: tuple[float, float]
) -> None:
    two_at_once(bench, start, periods, held)


def two_at_once(bench: Bench, start: float, periods: tuple[float, float], held: tuple[float, float]) -> None:
    bench.scans.clear()
    bench.button.setFocus()
    together(
        bench,
        Typist(A, 0, periods[0], periods[0] * held[0]),
        Typist(B, start, periods[1], periods[1] * held[1]),
    )
    for text in bench.scans:
        assert text in (A, B) or has_no_meaning(text), text
    assert bench.pressed == 0
    assert bench.field.text() == ""
    bench.burst(A)  # and the next scan is taken
    assert bench.scans[-1] == A


def has_no_meaning(text: str) -> bool:
    """Whether this is no code of goods: what slipped through undetected must at least be unknown."""
    return barcode.read(text).kind(barcode.Gtin) is None


def test_a_scanner_that_lets_go_each_key_only_after_the_next_is_one_scanner(bench: Bench) -> None:
    together(bench, Typist(A, 0, 6, 8))
    assert bench.scans == [A]
    assert bench.troubles == []


def test_the_rest_of_the_other_scanners_code_is_refused_too(bench: Bench) -> None:
    bench.button.setFocus()
    together(bench, Typist(A, 0, 8, 5), Typist(B, 60, 8, 5))
    assert bench.scans == []
    assert set(bench.troubles) == {"readers.trouble.two_at_once"}
    assert bench.pressed == 0


def test_it_says_that_it_hears_nothing_while_another_program_is_in_front(bench: Bench, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    states: list[str] = []
    bench.scanner.state_changed.connect(states.append)
    inactive, active = Qt.ApplicationState.ApplicationInactive, Qt.ApplicationState.ApplicationActive
    for now in (active, inactive, active):
        monkeypatch.setattr(QGuiApplication, "applicationState", lambda now=now: now)
        QGuiApplication.instance().applicationStateChanged.emit(now)
    bench.scanner.use(Keyboard(on=False))
    assert states[-3:] == ["lost", "ready", "off"]


@pytest.mark.parametrize("gaps", [(60,), (60, 90), (5, 60), (120, 5, 60)])
def test_a_scanner_that_stutters_at_the_beginning_loses_no_key(bench: Bench, gaps: tuple[int, ...]) -> None:
    bench.scanner.collecting = True
    code = "4599990001013"
    bench.key(code[0], 400)
    for char, gap in zip(code[1:], gaps, strict=False):
        bench.wait(gap)
        bench.key(char, gap)
    bench.rest_of_burst(code[1 + len(gaps) :])
    assert bench.scans == [code]
    assert bench.typed[-1:] in ([""], [])
    assert bench.entered == []


def test_what_a_person_typed_before_is_no_part_of_a_scan(bench: Bench) -> None:
    bench.scanner.collecting = True
    for char in "12":
        bench.key(char, 200)
        bench.wait(60)
    bench.burst("ABC123")
    assert bench.scans == ["ABC123"]


def test_what_was_ended_by_enter_is_no_part_of_a_scan_however_soon_it_comes(bench: Bench) -> None:
    bench.scanner.collecting = True
    bench.key("7", 200)
    bench.key("\r", 10, Qt.Key.Key_Return)
    for number, char in enumerate("ABC123"):
        bench.key(char, 40 if number == 0 else 5)
    bench.key("\r", 5, Qt.Key.Key_Return)
    assert (bench.entered, bench.scans) == (["7"], ["ABC123"])
