"""The window as a whole: focus, dialogs, languages, colours, sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.devices.readers import Hub
from app.devices.scanner import WedgeScanner
from app.devices.serial import SerialScanner
from app.services import people
from app.services.desk import Desk
from app.services.station import StationConfig
from app.text import texts
from app.ui.help import HelpDialog
from app.ui.pack.state import COMMANDS
from app.ui.para import Para
from app.ui.play import Player
from app.ui.station import SCREENS
from app.ui.window import MainWindow
from tests.ui.conftest import SilentSounds
from tests.ui.makers import TEA, TEA_BIG, order

Add = Callable[..., None]


def test_a_scan_while_a_field_is_typed_into_goes_to_the_bench(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 3)))
    player.go("orders")
    search = player.window.screens["orders"].search
    search.setFocus()
    search.begin()
    assert player.window.typing_strip.isVisible()
    player.scan("A-1")
    assert search.text() == ""
    assert player.window.pack.view.said.key == "order.opened"
    assert not player.window.typing_strip.isVisible()


def test_slow_typing_reaches_the_field_whole(player: Player) -> None:
    player.window.scanner.settings = type(player.window.scanner.settings)()  # a person's and a scanner's speeds again
    player.go("settings")
    field = player.window.screens["settings"].fields["shop.name"]
    field.setFocus()
    target = player.window.windowHandle()
    for char in "Kumo no zakka 12":
        QTest.keyClick(target, char)
        player.rest(0.07)
    assert field.typing_now
    assert player.window.typing_strip.isVisible()
    QTest.keyClick(target, Qt.Key.Key_Backspace)
    QTest.keyClick(target, Qt.Key.Key_Return)
    player.wait(lambda: player.window.screens["settings"].values.get("shop.name") == "Kumo no zakka 1")
    assert not player.window.typing_strip.isVisible()


def test_a_number_typed_by_hand_at_the_bench_counts_after_enter(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    window = player.window
    window.scanner.settings = type(window.scanner.settings)()
    target = window.windowHandle()
    for char in TEA:
        QTest.keyClick(target, char)
        player.rest(0.06)
    assert window.bar.typed == TEA
    before = window.pack.view.said
    QTest.keyClick(target, Qt.Key.Key_Return)
    player.wait(lambda: window.pack.view.said is not before)
    assert window.pack.view.said.key == "pack.ok"
    assert window.bar.typed == ""


def test_a_scan_with_a_dialog_open_is_refused_in_words_and_changes_nothing(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    window = player.window
    said = window.pack.view.said
    player.go("orders")
    window.screens["orders"].act("import")
    player.rest(0.2)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    target = dialog.windowHandle()
    for char in TEA:
        QTest.keyClick(target, char)
    QTest.keyClick(target, Qt.Key.Key_Return)
    player.wait(lambda: window.pack.view.refused_here == "window.scan_in_dialog")
    assert window._over is not None
    assert window._over.isVisible()
    assert TEA in window._over.text
    assert window.pack.view.said is said
    dialog.close()
    player.rest(0.1)
    assert player.scan(TEA) == "pack.ok"
    assert window.pack.view.answer.done == 1


def test_the_language_changes_at_once_and_keeps_where_we_are(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    player.scan("4569951110016")
    window = player.window
    assert window.pack.refused.head == "知らないバーコードです"
    window.speak("en")
    assert window.pack.refused.head == "This bar code is unknown"
    assert window.bar.entries[0].words == texts("en").say("command.KP-TEACH")
    assert "Pack" in window.rail.accessibleName()
    assert window.pack.view.open_now
    player.go("settings")
    fields = window.screens["settings"].fields
    fields["station.language"].choose("ja")
    assert window.pack.refused.head == "知らないバーコードです"
    assert 'language = "ja"' in (window.station.config.folder / "station.toml").read_text(encoding="utf-8")


def test_a_badge_brings_its_language_and_hides_the_settings_from_packers(player: Player, desk) -> None:  # type: ignore[no-untyped-def]
    from app.services import people
    from app.services.desk import new_act

    for name, code, role, language in (("John", "J1", "packer", "en"), ("花子", "H1", "leader", "ja")):
        desk.do(frozenset({"people"}), people.add, "3", new_act(), name, code, role, language).result()
    window = player.window
    player.scan("KU-J1")
    player.wait(lambda: window.look.language == "en")
    assert window.rail.names == ("orders", "pick", "sort", "pack", "returns")
    assert "John" in window.pack.header.who
    player.go("orders")
    assert not window.screens["orders"].import_button.isVisible()
    player.scan("KU-H1")
    player.wait(lambda: window.look.language == "ja")
    assert "settings" in window.rail.names


def test_colours_change_at_once(player: Player) -> None:
    window = player.window
    player.go("settings")
    window.screens["settings"].fields["station.theme"].choose("dark")
    player.rest(0.1)
    assert window.look.theme == "dark"
    assert window.grab().toImage().pixelColor(window.width() - 300, 8).lightness() < 80
    window.wear("light")


@pytest.mark.parametrize(
    ("size", "language"),
    [((1280, 720), "ja"), ((1280, 720), "en"), ((1366, 768), "en"), ((1920, 1080), "ja"), ((3840, 2160), "en")],
)
def test_no_prompt_is_cut_at_any_size(
    player: Player, add_orders: Add, size: tuple[int, int], language: str, cut: list[str]
) -> None:
    add_orders(order("A-1", ("TEA-050", 2), ("CUP-BLU", 1)))
    window = player.window
    window.resize(*size)
    window.speak(language)
    player.key("F2")
    window.grab()
    for text in (TEA_BIG, "4569951110016", "KP-SHORT", "KP-CANCEL", TEA, "KP-NEXT", "KP-REPRINT", "KP-CANCEL"):
        player.scan(text)
        window.grab()
    assert cut == []


def test_everything_grows_with_the_window(player: Player) -> None:
    window = player.window
    window.resize(1366, 768)
    player.rest(0.1)
    small = window.bar.height()
    window.resize(2732, 1536)
    player.rest(0.1)
    assert window.bar.height() == pytest.approx(2 * small, abs=3)


def test_an_unexpected_error_is_said_and_work_goes_on(player: Player, add_orders: Add, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    add_orders(order("A-1", ("TEA-050", 2)))
    with monkeypatch.context() as patch:
        patch.setattr("app.services.packing.scan", lambda *_: 1 / 0)
        player.burst("KP-NEXT")
        player.wait(lambda: player.window.pack.view.refused_here != "")
    assert "ZeroDivisionError" in player.window.notice.text
    assert player.scan("KP-NEXT") == "order.opened"


def test_f1_explains_every_key_and_f1_closes_it(player: Player) -> None:
    window = player.window
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)
    player.wait(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HelpDialog)
    said = " ".join(each.text() for kind in (QLabel, Para) for each in dialog.findChildren(kind))
    for code, key in COMMANDS.items():
        assert key in said
        assert window.look.say(f"command.{code}") in said
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert QApplication.activeModalWidget() is None


def test_a_database_that_does_not_answer_is_said_while_it_is_waited_for(player: Player, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    window = player.window
    monkeypatch.setattr(window.desk, "busy_seconds", lambda: 3.5)
    window._say_silence()
    assert window.notice.text == window.look.say("window.silent")
    monkeypatch.setattr(window.desk, "busy_seconds", lambda: 0.0)
    window._say_silence()
    assert window.notice.text == ""


def test_who_is_signed_in_is_known_after_a_restart(player: Player, desk, qtbot, tmp_path) -> None:  # type: ignore[no-untyped-def]
    desk.do(frozenset({"people"}), people.add, desk.station, "p1", "Lan", "7", "packer", "en").result()
    player.scan("KU-7")
    other = MainWindow(StationConfig(tmp_path / "other"), player.window.readers, player.window._sounds)
    qtbot.addWidget(other)
    other.attach(desk)
    qtbot.waitUntil(lambda: other.station.person.get("name") == "Lan")
    assert other.look.language == "en"


def test_what_was_mended_in_a_scan_is_said_once(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 3)))
    player.window.readers.repair = lambda text, _faults: (text.removeprefix("~"), ("layout",) if "~" in text else ())
    player.scan("A-1")
    assert not player.window.notice.text
    player.scan("~KP-UNDO")
    assert player.window.notice.text == player.window.look.say("readers.mended.layout")
    player.window.notice.clear()
    player.scan("~KP-UNDO")
    assert not player.window.notice.text


def test_the_other_screens_are_made_while_nobody_waits(qtbot: QtBot, tmp_path: Path, desk: Desk) -> None:
    window = MainWindow(StationConfig(tmp_path, name="3"), Hub(WedgeScanner(), SerialScanner), SilentSounds())
    window.show()
    qtbot.waitExposed(window)
    window.attach(desk)
    qtbot.waitUntil(lambda: set(window.screens) == set(SCREENS), timeout=20_000)
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def test_screens_that_share_an_entry_of_the_rail_have_tabs_and_the_one_used_last_comes_back(player: Player) -> None:
    window = player.window
    assert "masters" in window.rail.names
    assert not {"cartons", "inserts", "map"} & set(window.rail.names)
    assert not window.tabs.isVisible()
    window.rail.tapped.emit("masters")
    assert window.stack.currentWidget() is window.screens[window.tabs.value]
    assert window.tabs.isVisible()
    window.tabs.choose("map")
    assert window.stack.currentWidget() is window.screens["map"]
    assert window.rail.current == "masters"
    player.go("orders")
    assert not window.tabs.isVisible()
    window.rail.tapped.emit("masters")
    assert window.stack.currentWidget() is window.screens["map"]
