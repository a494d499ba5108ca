"""The scanner check: the codes of the sheet as key strokes into the real window, and what the page says of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.reader_faults import Profile, ReaderFault, repair
from app.domain.scanner_check import SHEET, SheetCode
from app.services.station import load
from app.ui.play import Player
from app.ui.settings.doctor import DoctorDialog
from app.ui.window import MainWindow
from tests.wires import Stroke, Wire, kana

F = ReaderFault
LAYOUTS = ("jis", "us", "uk")
OTHER = {"jis": "us", "us": "jis", "uk": "jis"}
"""Layout that the scanner is set to where it is not the computer's."""


class Check:
    """Somebody with a scanner before the page."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        window.check_scanner()
        page = QApplication.activeModalWidget()
        assert isinstance(page, DoctorDialog)
        self.page = page
        self._now = 100_000

    def wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not until():
            assert time.monotonic() < end
            QCoreApplication.processEvents()
            time.sleep(0.002)

    def keys(self, strokes: Iterable[Stroke], gap: int = 4) -> None:
        """Keys as the window system brings them: down and up, *gap* milliseconds apart by its own clock."""
        self._now += 900
        for stroke in strokes:
            self._now += gap
            control = Qt.KeyboardModifier.ControlModifier if stroke.control else Qt.KeyboardModifier.NoModifier
            held = control | (Qt.KeyboardModifier.ShiftModifier if stroke.shift else Qt.KeyboardModifier.NoModifier)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, self._key(stroke), held, stroke.text)
                event.setTimestamp(self._now)
                front = QApplication.activeModalWidget() or self.window
                target = front.windowHandle()
                assert target is not None
                QCoreApplication.sendEvent(target, event)

    @staticmethod
    def _key(stroke: Stroke) -> int:
        if stroke.end:
            return (Qt.Key.Key_Tab if stroke.text == "\t" else Qt.Key.Key_Return).value
        if not stroke.text:
            return Qt.Key.Key_unknown.value
        plain = chr(ord(stroke.text) | 0x40) if stroke.control and stroke.text < " " else stroke.text
        return ord(plain.upper()) if plain.isascii() else 0

    def scan(self, code: SheetCode, wire: Wire) -> None:
        """Scan a code and wait until the page has it, and nothing more of it can come."""
        before = self.page.came.get(code.id)
        self.keys(wire.strokes(code.text, code.identifiers[0]))
        self.wait(lambda: self.page.came.get(code.id) is not before)
        self.settle()

    def settle(self) -> None:
        """Let the time pass in which more of the same code may come."""
        self.page._quiet.setInterval(0)
        self.wait(lambda: not self.page._quiet.isActive())

    def says(self) -> str:
        """Everything that the page shows."""
        parts = [self.page.target.accessibleName(), *(row.accessibleName() for row in self.page.rows.values())]
        shown = self.page._area.widget()
        assert shown is not None
        return "\n".join(
            parts + [child.accessibleName() for child in shown.findChildren(type(self.page.target).__base__)]
        )

    def leave(self) -> None:
        """Close the page and let Qt forget it."""
        page = self.page
        page.reject()
        self.wait(lambda: QApplication.activeModalWidget() is None)
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)


@pytest.fixture
def check(window: MainWindow) -> Iterator[Check]:
    # The computer is busy with many tests: what counts here is the order of the keys, not how soon timers fire.
    window.readers.use(replace(window.readers.settings, keyboard=replace(window.readers.settings.keyboard, pause=60)))
    made = Check(window)
    yield made
    if QApplication.activeModalWidget() is made.page:
        made.leave()


# --- nine faults, three keyboards, four kinds of code -------------------------------------------------------------


@dataclass(frozen=True)
class Trouble:
    """A fault as it is made, and the codes at which it shows."""

    fault: ReaderFault
    wire: Callable[[str], Wire]
    seen: tuple[str, ...]
    """Codes that show it."""
    spoilt: tuple[str, ...] = ()
    """Codes that cannot be read then, or not whole."""
    mended: bool = False


ALL = ("jan", "code128", "gs1", "qr")
LETTERS = ("code128", "gs1", "qr")
TROUBLES = {
    "layout": Trouble(F.LAYOUT, lambda at: Wire(OTHER[at], at), ("code128", "qr"), mended=True),
    "caps_lock": Trouble(F.CAPS_LOCK, lambda at: Wire(at, at, caps=True, identifier=False), LETTERS, LETTERS),
    "caps_lock_proven": Trouble(F.CAPS_LOCK, lambda at: Wire(at, at, caps=True), LETTERS, mended=True),
    "no_end": Trouble(F.NO_END, lambda at: Wire(at, at, end=""), ALL, mended=True),
    "lost_separator": Trouble(F.SEPARATOR, lambda at: Wire(at, at, separator=""), ("gs1",), ("gs1",)),
    "other_separator": Trouble(F.SEPARATOR, lambda at: Wire(at, at, separator="|"), ("gs1",), mended=True),
    "identifier": Trouble(F.IDENTIFIER, lambda at: Wire(at, at, identifier=False), ALL),
    "full_width": Trouble(F.FULL_WIDTH, lambda at: Wire(at, at, full_width=True), ALL, mended=True),
    "prefix": Trouble(F.PREFIX, lambda at: Wire(at, at, prefix="~b"), ALL, mended=True),
}


@pytest.mark.parametrize("computer", LAYOUTS)
@pytest.mark.parametrize("name", TROUBLES)
def test_each_fault_is_found_at_every_keyboard_and_kind_of_code(check: Check, name: str, computer: str) -> None:
    trouble = TROUBLES[name]
    for code in SHEET:
        check.scan(code, trouble.wire(computer))
    found = check.page.found
    for result in found.results:
        assert (trouble.fault in result.faults) == (result.code in trouble.seen), result
        unmended = not (result.good or result.partly)
        assert unmended == (result.code in trouble.spoilt), result
    # The separator is Ctrl with a key that another layout has elsewhere.
    beside = {"layout": {F.SEPARATOR}, "caps_lock": {F.IDENTIFIER}}
    allowed = {trouble.fault} | beside.get(name, set())
    assert {trouble.fault} <= set(found.faults) <= allowed
    assert (trouble.fault in found.mended) == trouble.mended
    say = check.page.look.say
    assert (
        say("check.mended" if trouble.mended else "check.advice" if name == "identifier" else "check.fix")
        in check.says()
    )
    assert say(f"reader.remedy.{trouble.fault}", computer=say(f"reader.layout.{computer}")) in check.says()


@pytest.mark.parametrize("computer", LAYOUTS)
@pytest.mark.parametrize("code", SHEET, ids=lambda code: code.id)
def test_two_reads_without_an_end_between_are_called_joined(check: Check, code: SheetCode, computer: str) -> None:
    wire = Wire(computer, computer)
    keys = [each for each in wire.strokes(code.text, code.identifiers[0]) if not each.end]
    check.keys([*keys, *wire.strokes(code.text, code.identifiers[0])])
    check.wait(lambda: bool(check.page.came))
    assert F.JOINED in check.page.found.faults
    assert not check.page.found.good
    assert check.page.look.say("reader.fault.joined") in check.says()


@pytest.mark.parametrize("computer", LAYOUTS)
@pytest.mark.parametrize("code", SHEET, ids=lambda code: code.id)
def test_a_code_with_an_end_inside_is_called_split(check: Check, code: SheetCode, computer: str) -> None:
    keys = list(Wire(computer, computer).strokes(code.text, code.identifiers[0]))
    check.keys([*keys[:8], Stroke("\r", end=True)])
    check.keys(keys[8:])
    check.wait(
        lambda: len(check.page.came) == 1 and len(check.page.came.get(code.id, check.page.came.popitem()[1]).parts) == 2
    )
    (result,) = check.page.found.results
    assert result.code == code.id
    assert F.SPLIT in result.faults
    assert not result.good
    assert check.page.look.say("reader.remedy.split") in check.says()


@pytest.mark.parametrize("computer", LAYOUTS)
@pytest.mark.parametrize("code", SHEET, ids=lambda code: code.id)
def test_a_scanner_as_slow_as_a_person_is_called_split(check: Check, code: SheetCode, computer: str) -> None:
    keys = list(Wire(computer, computer).strokes(code.text, code.identifiers[0]))
    check.keys(keys, gap=90)
    check.wait(lambda: code.id in check.page.came)
    assert check.page.came[code.id].slow
    assert F.SPLIT in check.page.found.faults
    assert not check.page.found.good


def test_a_first_key_that_comes_too_early_stays_first(check: Check) -> None:
    code = SHEET[1]
    keys = list(Wire().strokes(code.text, code.identifiers[0]))
    check.keys(keys[:1])
    check.wait(lambda: check.page._slow != "")
    check.keys(keys[1:])
    check.wait(lambda: code.id in check.page.came)
    assert check.page.came[code.id].parts == ("]", "C0" + code.text)
    assert check.page.found.faults == (F.SPLIT,)


@pytest.mark.parametrize("computer", LAYOUTS)
@pytest.mark.parametrize("code", SHEET, ids=lambda code: code.id)
def test_an_input_method_that_takes_the_keys_is_named(check: Check, code: SheetCode, computer: str) -> None:
    """With one on no key comes; what it shows of the keys does."""
    target = check.page.target
    assert target.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is True
    text = kana(Wire(OTHER[computer], computer).text(code.text.replace("\x1d", "")))
    for upto in range(1, len(text) + 1):
        QCoreApplication.sendEvent(target, QInputMethodEvent(text[:upto], []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString(text)
    QCoreApplication.sendEvent(target, commit)
    check.settle()
    (result,) = check.page.found.results
    assert result.faults[0] is F.INPUT_METHOD
    assert result.came == text
    assert not result.good
    assert check.page.look.say("reader.remedy.input_method") in check.says()


# --- what follows from it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_scanner_that_is_set_right_is_said_to_be(check: Check, layout: str) -> None:
    for code in SHEET:
        assert check.page.look.say("check.ask", number=SHEET.index(code) + 1) in check.says()
        check.scan(code, Wire(layout, layout))
    assert check.page.found.faults == ()
    assert check.page.look.say("check.right") in check.says()


@pytest.mark.parametrize("scanner", LAYOUTS)
@pytest.mark.parametrize("computer", LAYOUTS)
def test_what_was_found_is_kept_and_mends_from_then_on(check: Check, scanner: str, computer: str) -> None:
    wire = Wire(scanner, computer, prefix="#", identifier=False)
    for code in SHEET:
        check.scan(code, wire)
    check.keys(wire.strokes("KP-DONE"))
    check.wait(lambda: QApplication.activeModalWidget() is None)
    window = check.window
    kept = load(window.station.config.folder).readers.keyboard
    assert kept == window.readers.settings.keyboard
    assert kept.prefix == wire.text("")[:1] == Wire(scanner, computer).text("#")
    assert (Profile.of(kept.repairs) == Profile()) == (scanner == computer)
    scans: list[tuple[str, tuple[str, ...]]] = []
    window.readers.repair = repair
    window.readers.scanned.connect(lambda scan: scans.append((scan.text, scan.repaired)))
    text = "010459999990010210L-7b\x1d21Nr:5"
    check.keys(wire.strokes(text))
    check.wait(lambda: bool(scans))
    assert scans[0][0] == text
    assert (F.LAYOUT in scans[0][1]) == (Wire(scanner, computer).text(":") != ":")


def test_leaving_without_keeping_changes_nothing(check: Check) -> None:
    check.scan(SHEET[1], Wire("us", "jis"))
    check.keys([Stroke(each) for each in "KP-CANCEL"] + [Stroke("\r", end=True)])
    check.wait(lambda: QApplication.activeModalWidget() is None)
    assert check.window.readers.settings.keyboard.repairs == ()
    assert load(check.window.station.config.folder).readers.keyboard.repairs == ()


def test_a_check_with_one_code_leaves_what_is_known_of_the_others(check: Check) -> None:
    for code in SHEET:
        check.scan(code, Wire("us", "jis", identifier=False))
    check.page.act("KP-DONE")
    known = check.window.readers.settings.keyboard.repairs
    assert Profile.of(known) == Profile("us", "jis", "\x1b")
    again = Check(check.window)
    again._now = check._now
    again.scan(SHEET[0], Wire("us", "jis", identifier=False))
    again.page.act("KP-DONE")
    assert check.window.readers.settings.keyboard.repairs == known


def test_nothing_of_the_check_reaches_the_bench(player: Player) -> None:
    before = player.window.pack.view.said
    at = Check(player.window)
    for code in SHEET:
        at.keys(Wire().strokes(code.text, code.identifiers[0]))
        at.wait(lambda code=code: code.id in at.page.came)
    at.page.act("again")
    assert at.page.came == {}
    at.leave()
    player.rest(0.2)
    assert player.window.pack.view.said is before


def test_the_sheet_is_printed_from_the_page(check: Check) -> None:
    check.page.act("sheet")
    target = check.window.station.config.papers_folder / "scanner-check.pdf"
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in check.says()


def test_ending_at_once_asks_for_a_code_first(check: Check) -> None:
    check.page.act("KP-DONE")
    assert check.page.look.say("check.nothing_yet") in check.says()
    assert QApplication.activeModalWidget() is check.page


def test_the_help_leads_to_the_check(window: MainWindow) -> None:
    window.help()
    page = QApplication.activeModalWidget()
    assert page is not None
    QCoreApplication.sendEvent(page, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier))
    check = QApplication.activeModalWidget()
    assert isinstance(check, DoctorDialog)
    check.reject()


@pytest.mark.parametrize(("key", "ends"), [(Qt.Key.Key_Escape, True), (Qt.Key.Key_F8, True), (Qt.Key.Key_F5, False)])
def test_every_act_has_a_key(check: Check, key: Qt.Key, ends: bool) -> None:
    check.scan(SHEET[0], Wire())
    target = check.page.windowHandle()
    assert target is not None
    QTest.keyClick(target, key)
    check.wait(lambda: (QApplication.activeModalWidget() is None) == ends and (ends or check.page.came == {}))
