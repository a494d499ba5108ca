"""Forty scans in a row with the focus on any widget of any screen or dialog: none lost, nothing pressed or typed.

That no shortcut sees a key of a scan is tried on a real window system, in ``test_real_window``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodQueryEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

from app.services.attention import ContactRow
from app.services.readers import Keyboard
from app.ui.attention.answer import AnswerDialog
from app.ui.attention.service import ServiceDialog
from app.ui.batches.report import NumbersDialog
from app.ui.dialogs import Confirm, PathDialog
from app.ui.fields import Segments, TextField
from app.ui.help import HelpDialog
from app.ui.intake.dialog import ImportDialog
from app.ui.painted import Tapped
from app.ui.play import Player
from app.ui.ship.dock import CountDialog
from app.ui.station import SCREENS, WORK
from app.ui.textarea import TextArea
from app.ui.window import MainWindow
from tests.ui.makers import order

Add = Callable[..., None]
SCANS = 40


class Watched:
    """A window whose every press is counted, and a scanner with a clock of its own."""

    def __init__(self, player: Player) -> None:
        self.player, self.window = player, player.window
        self.window.scanner.settings = Keyboard()
        self.pressed: list[object] = []
        self.scans: list[str] = []
        self.troubles: list[str] = []
        self.window.readers.scanned.connect(lambda scan: self.scans.append(scan.text))
        self.window.readers.trouble.connect(lambda trouble: self.troubles.append(trouble.key))
        self._now = 1_000_000
        self.watch(self.window)

    def watch(self, inside: QWidget) -> None:
        for each in inside.findChildren(QAbstractButton):
            each.clicked.connect(lambda _=False, each=each: self.pressed.append(each))
        for tapped in inside.findChildren(Tapped):
            tapped.tapped.connect(lambda name, tapped=tapped: self.pressed.append((tapped, name)))
        for segments in inside.findChildren(Segments):
            segments.chosen.connect(lambda value, segments=segments: self.pressed.append((segments, value)))

    def key(self, char: str, code: int, gap: int, control: bool = False) -> None:
        """One key down and up, as the window system hands it to the window that has the keyboard."""
        self._now += gap
        modifiers = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, modifiers, char)
            event.setTimestamp(self._now)
            target = QApplication.activeModalWidget() or self.window
            QCoreApplication.sendEvent(target.windowHandle(), event)

    def burst(self, code: str) -> None:
        """Send one scan with spaces, and the separator of GS1 as Ctrl+] in it."""
        for number, char in enumerate(code):
            self.key(char, 0x5D if char == "\x1d" else ord(char.upper()), 5 if number else 60, control=char == "\x1d")
        self.key("\r", Qt.Key.Key_Return.value, 5)

    def forty(self, refocus: Callable[[], None], settle: Callable[[], None]) -> None:
        """Send forty scans to the widget in focus, with the program busy now and then; none may be lost."""
        self.scans.clear()
        codes = [f"N {number}\x1dS" for number in range(100, 100 + SCANS)]
        for number, code in enumerate(codes):
            if number % 10 == 0:
                refocus()  # a scan that went to the bench has taken the focus there
            self.burst(code)
            if number % 10 == 9:
                time.sleep(0.06)  # longer than a first key is held back
                QCoreApplication.processEvents()
        settle()
        assert self.scans == codes
        assert self.pressed == []
        assert self.troubles == []


def focusable(inside: QWidget) -> list[QWidget]:
    """Every widget that can have the focus."""
    return [
        each
        for each in (inside, *inside.findChildren(QWidget))
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.isVisible() and each.isEnabled()
    ]


def state_of(widget: QWidget) -> tuple[object, object]:
    """What a stray key would change."""
    text = widget.text() if isinstance(widget, QLineEdit | QAbstractButton) else None
    if isinstance(widget, TextArea):
        text = widget.toPlainText()
    return text, widget.value if isinstance(widget, Segments) else list(getattr(widget, "on", ()))


def front(window: MainWindow, screen: str) -> QWidget:
    """Bring a screen, or a page of the settings, to the front as fast as can be."""
    name, _, page = screen.partition(" ")
    if page and window.screens[name].page != page:
        window.screens[name].act(page)
    window.stack.setCurrentWidget(window.screens[name])
    return window.screens[name]  # type: ignore[no-any-return]


PAGES = tuple(f"settings {page}" for page in ("printers", "rules", "papers", "readers"))
LONG = [pytest.param(each, marks=pytest.mark.long) for each in (*SCREENS, *PAGES) if each != "pack"]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("screen", ["pack", *LONG])
def test_with_the_focus_on_any_widget_of_a_screen(player: Player, add_orders: Add, screen: str) -> None:
    add_orders(order("A 1", ("TEA-050", 3)))
    watched, window = Watched(player), player.window
    # The answers are the desk's business: here it is what arrives.
    sent: list[str] = []
    for name in WORK:
        window.screens[name].scan = lambda text, *_: sent.append(text)
    window.go(screen.partition(" ")[0])
    front(window, screen)
    player.rest(0.3)  # what a page shows is read first
    widgets = focusable(front(window, screen))
    assert widgets
    for widget in widgets:
        before = state_of(widget)

        def refocus(widget: QWidget = widget) -> None:
            front(window, screen)
            widget.setFocus()

        watched.forty(refocus, QCoreApplication.processEvents)
        assert state_of(widget) == before, widget
    if screen == "settings readers":
        assert sent == []
        assert len(window.screens["settings"].readers.echo_card.earlier.rows) > 0
    elif screen not in ("attention", "ship"):  # these two may take a scan themselves
        assert len(sent) == SCANS * len(widgets)


def test_at_the_real_desk_every_one_of_forty_is_answered(player: Player, add_orders: Add) -> None:
    add_orders(order("A 1", ("TEA-050", 3)))
    watched, answers = Watched(player), []
    sent = player.window.pack.sent

    def heard(answer) -> None:  # type: ignore[no-untyped-def]
        answers.append(answer.code)
        sent(answer)

    player.window.pack.sent = heard
    player.go("settings")
    field = player.window.screens["settings"].fields["shop.name"]
    field.setFocus()
    field.begin()
    watched.forty(lambda: None, lambda: player.wait(lambda: len(answers) == SCANS))
    assert answers == watched.scans
    assert field.text() == ""


def dialogs(window: MainWindow, done: list[int]) -> dict[str, Callable[[], QDialog]]:
    """Every dialog of the program; *done* hears when one was answered."""
    look = window.look
    asked = ContactRow(1, 1, "A-1", "1-001", "店", "ready", "date", "", "", "2026-12-01", "", "", None, None, 0, "")
    answered = lambda *_: done.append(1)  # noqa: E731
    return {
        "help": lambda: HelpDialog(look, window, window.check_scanner),
        "import": lambda: ImportDialog(window),
        "confirm": lambda: Confirm(look, window, "?", "?", "!", answered, window),
        "answer": lambda: AnswerDialog(look, window, asked, answered),
        "service": lambda: ServiceDialog(look, window, "1", 1, answered),
        "count": lambda: CountDialog(look, window, "?", answered),
        "numbers": lambda: NumbersDialog(look, window, []),
        "file": lambda: PathDialog(window, "?", lambda _: done.append(1)),
    }


@pytest.mark.timeout(300)
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.long)])
def test_with_any_dialog_open_each_is_refused_in_words_and_nothing_is_pressed(player: Player, every: bool) -> None:
    watched, window, done = Watched(player), player.window, []
    said = window.pack.view.said
    for name, make in dialogs(window, done).items():
        dialog = make()
        dialog.open()
        player.wait(lambda dialog=dialog: QApplication.activeModalWidget() is dialog)
        watched.watch(dialog)
        kinds = {type(widget): widget for widget in focusable(dialog)}
        for widget in focusable(dialog) if every else kinds.values():
            before = state_of(widget)
            window.pack.view.refused_here = ""
            watched.forty(widget.setFocus, QCoreApplication.processEvents)
            assert window.pack.view.refused_here == "window.scan_in_dialog", name
            assert dialog.isVisible(), name
            assert state_of(widget) == before, (name, widget)
        assert window._over is not None
        assert window._over.isVisible()
        dialog.close()
        player.rest(0.05)
    assert done == []
    assert window.pack.view.said is said


def test_while_a_scanner_is_checked_the_check_takes_them(player: Player) -> None:
    watched, window = Watched(player), player.window
    said = window.pack.view.said
    window.check_scanner()
    player.rest(0.2)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    for widget in focusable(dialog):
        watched.forty(widget.setFocus, QCoreApplication.processEvents)
    assert window.pack.view.said is said
    assert window.pack.view.refused_here == ""
    dialog.close()


def test_while_files_are_chosen_the_scanner_is_said_to_be_paused(player: Player, tmp_path: Path) -> None:
    (tmp_path / "注文.csv").write_text("x", encoding="utf-8")
    window, chosen = player.window, []
    dialog = PathDialog(window, "?", chosen.extend)
    dialog.setDirectory(str(tmp_path))
    dialog.open()
    player.wait(window.typing_strip.isVisible)
    assert any(each.text().startswith("開く") for each in dialog.findChildren(QAbstractButton))
    name = next(each for each in dialog.findChildren(QLineEdit) if each.isVisible())
    name.setText("注文.csv")
    dialog.accept()
    player.wait(lambda: not window.typing_strip.isVisible())
    assert chosen == [str(tmp_path / "注文.csv")]
    assert not window.scanner.in_field


def composes(widget: QWidget) -> bool:
    """Whether an input method may take the keys of a widget."""
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(widget, asked)
    return bool(asked.value(Qt.InputMethodQuery.ImEnabled))


def test_an_input_method_gets_keys_only_where_typing_is_open_and_said(player: Player) -> None:
    window, fields = player.window, 0
    screens = [window.go(name) or window.screens[name] for name in SCREENS]  # type: ignore[func-returns-value]
    dialogs_ = [make() for name, make in dialogs(window, []).items() if name != "file"]
    for widget in (each for inside in (*screens, *dialogs_) for each in (inside, *inside.findChildren(QWidget))):
        assert not (widget.focusPolicy() != Qt.FocusPolicy.NoFocus and composes(widget)), widget
        if isinstance(widget, QLineEdit):
            assert isinstance(widget, TextField), widget
            widget.begin()
            assert window.typing_strip.text, widget
            fields += composes(widget)
            widget.end(keep=False)
            assert not window.typing_strip.text
            assert not composes(widget)
    assert fields > 5  # those for Japanese text
    for dialog in dialogs_:
        dialog.close()
