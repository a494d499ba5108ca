"""Settings, printers: the page over the real desk, and real ways to small printers on this computer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.devices.printing.ways import PrinterWays
from app.domain.printing import Printer, Transport
from app.services import printers as service
from app.services.desk import Desk
from app.services.printers import Found
from app.ui.dialogs import Confirm
from app.ui.fields import Segments, TextField
from app.ui.play import Player
from app.ui.settings.printer_find import FindDialog
from app.ui.settings.printers import PrintersPage
from tests.devices.printing.printers import Zpl, server

Add = Callable[..., None]


def press(player: Player, key: str) -> None:
    """Press a function key in the window."""
    QTest.keyClick(player.window.windowHandle(), getattr(Qt.Key, f"Key_{key}"))
    player.rest(0.05)


def page_of(player: Player, tmp_path: Path) -> PrintersPage:
    """The page, opened as a person opens it."""
    player.window.ways = PrinterWays(lambda: tmp_path / "papers")
    player.go("settings")
    press(player, "F5")
    screen = player.window.screens["settings"]
    player.wait(lambda: screen.page == "printers")
    page: PrintersPage = screen.pages.currentWidget()
    player.rest(0.1)
    return page


def added(desk: Desk, name: str = "ラベル", **more: Any) -> int:
    given = {"transport": Transport.RAW, "address": "192.0.2.1", "language": "zpl", "dpi": 203, "media": "60x40"} | more
    made = Printer(0, name, **given)
    return desk.do(frozenset({"printing"}), service.save, desk.station, str(uuid4()), made).result()


def typed(field: Any, text: str) -> None:
    assert isinstance(field, TextField)
    field.begin()
    field.setText(text)
    field.end()


def chosen(player: Player, page: PrintersPage, printer: int) -> None:
    player.wait(lambda: any(row.id == printer for row in page.items))
    page.grid.clearSelection()
    page.grid.choose({printer})
    player.wait(lambda: page.form.isVisible() and page.form.kept is not None and page.form.kept.id == printer)


def kept(desk: Desk, printer: int) -> Printer:
    return desk.read(service.one, printer).result()


def test_an_empty_list_says_what_to_do(player: Player, tmp_path: Path) -> None:
    page = page_of(player, tmp_path)
    assert "F3" in page.empty.text()
    assert page.empty.isVisible()
    assert not page.form.isVisible()


def test_a_printer_is_added_by_hand(player: Player, desk: Desk, tmp_path: Path) -> None:
    page = page_of(player, tmp_path)
    press(player, "F4")
    form = page.form
    player.wait(lambda: form.isVisible() and form.missing.isVisible())
    assert "アドレス" in form.missing.text()
    assert form.faults.text() == ""  # nothing was entered yet that could be wrong
    assert not form.add_button.isEnabled()
    typed(form.fields["name"], "出荷口")
    typed(form.fields["address"], "no address at all")
    player.wait(lambda: "no address at all" in form.faults.text())
    assert not form.add_button.isEnabled()
    typed(form.fields["address"], "192.0.2.7:9100")
    form.fields["media"].choose("100x150")
    player.wait(form.add_button.isEnabled)
    form.add_button.click()
    player.wait(lambda: page.form.kept is not None)
    assert [each.name for each in desk.read(service.every).result()] == ["出荷口"]
    assert page.grid.rows_chosen()[0].printer.address == "192.0.2.7:9100"


def test_a_change_is_kept_at_once_and_a_wrong_one_never(player: Player, desk: Desk, tmp_path: Path) -> None:
    printer = added(desk)
    page = page_of(player, tmp_path)
    chosen(player, page, printer)
    typed(page.form.fields["name"], "ラベル 2")
    player.wait(lambda: kept(desk, printer).name == "ラベル 2")
    page.form.fields["transport"].choose("ipp")  # its address is none of IPP
    player.wait(page.form.faults.isVisible)
    assert kept(desk, printer).transport is Transport.RAW
    typed(page.form.fields["address"], "ipp://printer.example/ipp/print")
    player.wait(lambda: kept(desk, printer).transport is Transport.IPP)
    assert not page.form.faults.isVisible()
    page.form.fields["transport"].choose("raw")
    player.wait(page.form.faults.isVisible)
    page.form.back_button.click()
    player.wait(lambda: page.form.fields["transport"].value == "ipp")
    assert not page.form.faults.isVisible()


def test_another_language_takes_what_it_cannot_have(player: Player, desk: Desk, tmp_path: Path) -> None:
    printer = added(desk, options={"gap_mm": "3"}, dpi=300)
    page = page_of(player, tmp_path)
    chosen(player, page, printer)
    page.form.fields["language"].choose("pdf")
    player.wait(lambda: kept(desk, printer).language == "pdf")
    assert kept(desk, printer).dpi == 0
    assert kept(desk, printer).options == {}
    assert not page.form.fields["gap_mm"].isVisible()
    assert page.form.fields["duplex"].isVisibleTo(page.form)


def test_printers_are_asked_beside_the_window_and_the_answer_is_kept(
    player: Player, desk: Desk, tmp_path: Path
) -> None:
    with server(Zpl(paper_out=True)) as port:
        there, gone = added(desk, address=f"127.0.0.1:{port}"), added(desk, "なし", address="127.0.0.1:1")
        page = page_of(player, tmp_path)
        player.wait(lambda: len(page.items) == 2)
        assert [row.printer.state for row in page.items] == ["", ""]
        before = time.monotonic()
        press(player, "F5")
        assert time.monotonic() - before < 1.0
        player.wait(lambda: kept(desk, there).state == "paper_out" and kept(desk, gone).state == "off")
        chosen(player, page, there)
        player.wait(lambda: page.form.head.kind == "error")
        assert any("用紙" in each.text() for each in page.form.lines if each.isVisible())
        chosen(player, page, gone)
        player.wait(lambda: "一度も" in " ".join(each.text() for each in page.form.lines))


def test_a_printer_of_another_station_is_not_asked(player: Player, desk: Desk, tmp_path: Path) -> None:
    added(desk, station="9", address="127.0.0.1:1")
    page = page_of(player, tmp_path)
    player.wait(lambda: len(page.items) == 1)
    page.act("printer_ask")
    player.rest(0.3)
    assert desk.read(service.every).result()[0].state == ""
    assert player.window.notice.isVisible()


class _Finding:
    """Ways that find what a test says, when it says so."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.found, self.go_on = found, Event()

    def find(self, _seconds: float) -> Sequence[Found]:
        self.go_on.wait(10)
        return self.found


def find_dialog(player: Player) -> FindDialog:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), FindDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FindDialog)
    return dialog


def test_a_found_printer_is_added_with_what_it_said(player: Player, desk: Desk, tmp_path: Path) -> None:
    added(desk, address="192.0.2.1")
    page = page_of(player, tmp_path)
    found = [Found("raw", "192.0.2.1", "known", "zpl", 203), Found("raw", "192.0.2.9", "TSC TE210", "tspl", 203)]
    player.window.ways = ways = _Finding(found)
    player.wait(lambda: len(page.items) == 1)
    press(player, "F3")
    dialog = find_dialog(player)
    assert dialog.looking
    assert not dialog.take_button.isEnabled()
    ways.go_on.set()
    player.wait(lambda: not dialog.looking)
    rows = dialog.grid.model_.rows
    assert [row.known for row in rows] == ["", "ラベル"]  # what is new stands first
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    form = page.form
    player.wait(lambda: form.draft is not None and form.draft.address == "192.0.2.9")
    assert (form.draft.language, form.draft.name) == ("tspl", "TSC TE210")
    form.fields["media"].choose("100x150")
    player.wait(form.add_button.isEnabled)
    form.add_button.click()
    player.wait(lambda: len(desk.read(service.every).result()) == 2)


def test_looking_can_be_stopped_and_what_comes_later_is_dropped(player: Player, tmp_path: Path) -> None:
    page = page_of(player, tmp_path)
    player.window.ways = ways = _Finding([Found("raw", "192.0.2.9", "late")])
    page.act("printer_find")
    dialog = find_dialog(player)
    QTest.keyClick(dialog, Qt.Key.Key_F5)
    assert not dialog.looking
    ways.go_on.set()
    player.rest(0.3)
    assert dialog.grid.model_.rows == []
    dialog.reject()


def test_a_printer_is_moved_and_taken_away(player: Player, desk: Desk, tmp_path: Path) -> None:
    first, second = added(desk, "一"), added(desk, "二")
    page = page_of(player, tmp_path)
    chosen(player, page, second)
    press(player, "F8")
    player.wait(lambda: [row.id for row in page.items] == [second, first])
    press(player, "F7")
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), Confirm))
    QApplication.activeModalWidget().yes_button.click()
    player.wait(lambda: [row.id for row in page.items] == [first])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_text_is_cut_with_forty_printers_and_long_names(
    player: Player, desk: Desk, tmp_path: Path, cut: list[str], language: str
) -> None:
    long = added(
        desk, "とても長い名前のラベルプリンター 2 階 梱包台の右側 予備 SATO CL4NX", address=f"{'a' * 60}.example"
    )
    for number in range(39):
        added(desk, f"棚 {number}", address=f"192.0.2.{number + 10}")
    player.window.speak(language)
    page = page_of(player, tmp_path)
    chosen(player, page, long)
    player.window.resize(1280, 720)
    player.rest(0.1)
    cut.clear()
    page.form.grab()
    player.window.bar.grab()
    assert cut == []
    for each in filter(QWidget.isVisible, page.form.findChildren(Segments)):
        assert each.width() >= each.minimumSizeHint().width(), each.accessibleName()


def test_the_code_on_a_test_page_says_that_it_can_be_read(player: Player, desk: Desk, tmp_path: Path) -> None:
    device, made = Zpl(), player.window
    with server(device) as port:
        printer = added(desk, address=f"127.0.0.1:{port}")
        page = page_of(player, tmp_path)
        chosen(player, page, printer)
        said = made.pack.view.said
        press(player, "F6")
        player.wait(lambda: f"TEST-{printer}" in page.tested.text())
        player.wait(lambda: b"^XZ" in device.job)
        assert made.screens["settings"].trying
        player.burst("4901234567894")
        player.wait(lambda: "4901234567894" in page.tested.text())
        player.burst(f"TEST-{printer}")
        player.wait(lambda: "203 dpi" in page.tested.text())
        assert not made.screens["settings"].trying
        assert made.pack.view.said is said  # nothing of it reached the bench


def test_a_test_page_that_cannot_be_sent_is_said_in_words(player: Player, desk: Desk, tmp_path: Path) -> None:
    printer = added(desk, address="127.0.0.1:1")
    page = page_of(player, tmp_path)
    chosen(player, page, printer)
    page.act("printer_test")
    player.wait(lambda: "テスト印刷ができませんでした" in page.tested.text())
    assert not page.trying
