"""Readers in the window: the page of the settings, the foot, and what is said of what is no scan."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.services.readers import Readers, Serial
from app.services.station import load
from app.ui.play import Player
from app.ui.settings.readers import ReadersPage
from tests.ui.makers import TEA, order

Add = Callable[..., None]


@pytest.fixture
def line(tmp_path: Path) -> Iterator["Line"]:  # type: ignore[name-defined] # noqa: F821, UP037 - of POSIX only
    if os.name != "posix":
        pytest.skip("pseudo-terminals are needed for serial scanners")
    from tests.devices.lines import Line

    made = Line(tmp_path / "scanner")
    yield made
    made.close()


def page_of(player: Player) -> ReadersPage:
    """The page, opened as a person opens it."""
    player.go("settings")
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F9)
    player.rest(0.1)
    screen = player.window.screens["settings"]
    assert screen.trying
    return screen.readers  # type: ignore[no-any-return]


def use(player: Player, *serial: Serial) -> None:
    player.window.keep_readers(Readers(player.window.readers.settings.keyboard, serial))
    player.wait(lambda: all(player.window.readers.states[each.port] == "ready" for each in serial))


def test_a_serial_scan_goes_to_the_bench_and_counts(player: Player, add_orders: Add, line) -> None:  # type: ignore[no-untyped-def]
    add_orders(order("A-1", ("TEA-050", 2)))
    use(player, Serial(port=str(line.path)))
    player.key("F2")
    player.go("settings")
    line.send(TEA.encode() + b"\r\n")
    player.wait(lambda: player.window.pack.view.said.key == "pack.ok")
    assert player.window.stack.currentWidget() is player.window.pack
    assert player.window.pack.view.answer.done == 1


def test_on_the_page_scans_are_shown_and_never_reach_the_bench(player: Player, add_orders: Add, line) -> None:  # type: ignore[no-untyped-def]
    add_orders(order("A-1", ("TEA-050", 2)))
    use(player, Serial(port=str(line.path), name="Radio", prefix="S"))
    player.key("F2")
    said = player.window.pack.view.said
    page = page_of(player)
    echo = page.echo_card
    player.burst(TEA)
    player.wait(lambda: "TEA-050" in echo.meaning.text())
    assert echo.code.text == TEA
    assert "キーボード式スキャナ" in echo.whence.text()
    line.send(b"S" + TEA.encode() + b"\r")
    player.wait(lambda: "Radio" in echo.whence.text() and "TEA-050" in echo.meaning.text())
    assert f"S{TEA}" in echo.whence.text()  # as it was sent
    line.send(TEA.encode() + b"\r")
    player.wait(lambda: not echo.code.good)
    assert "Radio" in echo.whence.text()
    line.send(b"SKP-CANCEL\r")
    player.wait(lambda: echo.code.text == "KP-CANCEL")
    assert [row.good for row in echo.earlier.rows] == [True, False, True, True]
    player.rest(0.2)
    assert player.window.pack.view.said is said
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_Escape)
    assert not player.window.screens["settings"].trying
    assert player.scan(TEA) == "pack.ok"
    assert player.window.pack.view.answer.done == 1


def test_what_is_chosen_is_used_at_once_and_kept(player: Player, tmp_path: Path, line) -> None:  # type: ignore[no-untyped-def]
    page, readers = page_of(player), player.window.readers
    page.path.setText(str(line.path))
    page.add_button.click()
    player.wait(lambda: readers.states.get(str(line.path)) == "ready")
    card = page.cards[str(line.path)]
    card.fields["baud"].choose("115200")
    page.cards[str(line.path)].fields["end"].choose("etx")
    field = page.cards[str(line.path)].fields["prefix"]
    field.begin()
    field.setText(r"\x1dA")
    field.end()
    keyboard = page.cards["keyboard"]
    keyboard.fields["speed"].choose("slow")
    keyboard.fields["strict"].choose("off")
    kept = load(tmp_path).readers
    assert kept.serial == (Serial(port=str(line.path), baud=115200, end="etx", prefix="\x1dA"),)
    assert (kept.keyboard.gap, kept.keyboard.strict) == (80, False)
    assert player.window.scanner.settings.gap == 80
    player.wait(lambda: readers.states.get(str(line.path)) == "ready")
    line.send(b"\x02\x1dA123\x03")
    player.wait(lambda: page.echo_card.code.text == "123")
    remove = next(each for each in card.parentWidget().findChildren(QPushButton) if each.property("says"))
    remove.click()
    assert load(tmp_path).readers.serial == ()
    assert str(line.path) not in readers.states


def test_settings_that_cannot_be_are_refused_in_words(player: Player, tmp_path: Path) -> None:
    page = page_of(player)
    field = page.cards["keyboard"].fields["prefix"]
    field.begin()
    field.setText("x" * 21)
    field.end()
    assert player.window.notice.kind == "error"
    assert "keyboard.prefix" in player.window.notice.text
    assert player.window.readers.settings.keyboard.prefix == ""
    assert page.cards["keyboard"].fields["prefix"].text() == ""


def test_ports_that_are_plugged_in_are_offered_and_added_by_a_click(player: Player, line) -> None:  # type: ignore[no-untyped-def]
    there: list[tuple[str, str]] = []
    player.window.readers.ports = lambda: there
    page = page_of(player)
    assert page._offers.count() == 0
    there.append((str(line.path), "Honeywell 1472g"))
    player.wait(lambda: page._offers.count() == 1)
    page._offers.itemAt(0).widget().click()
    player.wait(lambda: player.window.readers.states.get(str(line.path)) == "ready")
    assert page.cards[str(line.path)].head.title == "Honeywell 1472g"
    assert page._offers.count() == 0


def test_the_page_is_worked_by_keys_alone(player: Player) -> None:
    page = page_of(player)
    reached = set()
    target = player.window.windowHandle()
    for _ in range(20):
        QTest.keyClick(target, Qt.Key.Key_Tab)
        player.rest(0.02)
        reached.add(QApplication.focusWidget())
    assert {*page.cards["keyboard"].fields.values(), page.path, page.add_button} <= reached
    page.cards["keyboard"].fields["on"].setFocus()
    QTest.keyClick(target, Qt.Key.Key_Right)
    assert player.window.readers.states["keyboard"] == "off"
    assert player.window.bar.state[0] == ("warning", "使う読み取り機がありません")


def test_a_lost_reader_is_said_at_the_foot_and_its_return_too(player: Player, add_orders: Add, line) -> None:  # type: ignore[no-untyped-def]
    add_orders(order("A-1", ("TEA-050", 2)))
    use(player, Serial(port=str(line.path), name="無線"))
    window = player.window
    assert window.bar.state[0] == ("ok", "読み取り機 2台 準備OK")
    line.pull()
    player.wait(lambda: window.bar.state[0][0] == "warning")
    assert "無線" in window.bar.state[0][1]
    assert "無線" in window.notice.text
    window.speak("en")
    assert window.bar.state[0] == ("warning", "not connected: 無線")
    player.key("F2")
    assert player.scan(TEA) == "pack.ok"  # the other reader works
    line.plug()
    player.wait(lambda: window.bar.state[0] == ("ok", "2 readers ready"))
    assert window.notice.text == "“無線” is connected again."
    line.send(TEA.encode() + b"\r")
    player.wait(lambda: window.pack.view.answer is not None and window.pack.view.answer.done == 2)


def test_half_a_code_is_refused_in_words_and_by_sound(player: Player, add_orders: Add, line) -> None:  # type: ignore[no-untyped-def]
    add_orders(order("A-1", ("TEA-050", 2)))
    use(player, Serial(port=str(line.path), name="無線"))
    player.key("F2")
    said, window = player.window.pack.view.said, player.window
    line.send(TEA.encode()[:7])
    player.wait(lambda: window.pack.view.refused_here == "readers.trouble.broken")
    assert window._sounds.played[-1] == "unreadable"
    assert "無線" in window.pack.band.head + window.pack.band.rest
    assert window.pack.view.said is said
    assert player.scan(TEA) == "pack.ok"
    assert window.pack.view.refused_here == ""
