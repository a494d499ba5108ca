"""The print board: every job with its true state, what may be done by key, and what the bench is told of printing."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.printer_state import PrinterState
from app.domain.printing import Fault, Printer, Transport
from app.services import people
from app.services.desk import Desk, new_act
from app.services.printing import PrinterLine
from app.ui.bar import STATE
from app.ui.play import Player
from app.ui.preview import PreviewDialog
from app.ui.printing.dialogs import ChoiceDialog
from app.ui.printing.history import HistoryDialog
from app.ui.printing.screen import _MEANS, PrintingScreen
from tests.makers import change, query
from tests.ui import makers
from tests.ui.print_shop import LABEL, OFFICE, SPARE, add_job, add_printers, released, says

Orders = Callable[..., None]
LONG = "とても長い名前のラベルプリンター 二階の奥の棚のとなりの予備機"


@pytest.fixture
def orders(player: Player, desk: Desk, add_orders: Orders) -> dict[str, int]:
    """Two released orders by number, and three printers 1, 2 and 3."""
    add_orders(makers.order("A-1", ("TEA-050", 2)), makers.order("A-2", ("CUP-BLU", 1)))
    assert add_printers(desk, LABEL, SPARE, OFFICE) == [1, 2, 3]
    return released(desk)


def press(player: Player, key: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.activeModalWidget() or player.window.windowHandle()
    QTest.keyClick(target, getattr(Qt.Key, f"Key_{key}"), modifier)
    player.rest(0.05)


def board(player: Player, rows: int, filter_: str = "open") -> PrintingScreen:
    player.go("printing")
    screen: PrintingScreen = player.window.screens["printing"]
    screen.chip_tapped(0, filter_)
    player.wait(lambda: len(screen.model.rows) == rows)
    return screen


def choose(player: Player, screen: PrintingScreen, job: int) -> None:
    screen.grid.clearSelection()
    screen.grid.choose({job})
    player.rest(0.02)


def dialog(player: Player, kind: type) -> Any:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def state_of(desk: Desk, job: int) -> tuple[Any, ...]:
    return tuple(query(desk.database, "SELECT state, settled_by, copy_reason FROM print_jobs WHERE id = ?", job)[0])


def test_jobs_are_listed_newest_first_with_their_true_state(player: Player, desk: Desk, orders: dict[str, int]) -> None:
    jam = Fault("label_printer.jam")
    add_job(desk, "confirmed", order=orders["A-1"], printer=1, settled_by="scan")
    add_job(desk, "unknown", order=orders["A-2"], printer=1, said=jam)
    add_job(desk, "failed", order=orders["A-1"], printer=3, attempts=4, paper="invoice")
    screen = board(player, 2)
    assert [row.state for row in screen.model.rows] == ["failed", "unknown"]
    assert [words for _, words in screen.chips()[0]] == ["未完了 2", "不明 1", "失敗 1", "すべて"]
    board(player, 3, "all")
    cells = [[screen.model.cell(row, at) for at in range(6)] for row in range(3)]
    assert [row[1].text for row in cells] == ["請求書・領収書", "納品書", "納品書"]
    assert [row[2].text for row in cells] == ["1-001", "1-002", "1-001"]
    assert [row[3].text for row in cells] == [OFFICE, LABEL, LABEL]
    assert [row[4].pills[0] for row in cells] == [
        ("× 出なかった", "error"), ("？ 出たか不明", "warning"), ("● 出た（スキャン）", "ok"),
    ]  # fmt: skip
    assert ("4 回目", "error") in cells[0][5].pills
    choose(player, screen, screen.model.rows[1].id)
    said = screen.panel.accessibleName()
    assert player.window.look.say(jam.key) in said
    assert "F5" in said  # what to do
    screen.chip_tapped(1, "3")
    player.wait(lambda: [row.printer for row in screen.model.rows] == [3])


def test_a_person_says_that_a_paper_came_out_or_did_not(player: Player, desk: Desk, orders: dict[str, int]) -> None:
    here = add_job(desk, "unknown", order=orders["A-1"], printer=1)
    gone = add_job(desk, "unknown", order=orders["A-2"], printer=1)
    screen = board(player, 2)
    press(player, "F5")  # nothing is chosen: said, not done
    assert "選んで" in player.window.notice.text
    choose(player, screen, here)
    press(player, "F5")
    player.wait(lambda: state_of(desk, here)[:2] == ("confirmed", "person"))
    choose(player, screen, gone)
    press(player, "F6")
    player.wait(lambda: state_of(desk, gone)[0] == "dropped")
    again = query(desk.database, "SELECT copy_reason FROM print_jobs WHERE repeats = ?", gone)
    assert again == [("not_out",)]  # it may have come out: the new one carries COPY


def test_printing_again_asks_why_and_carries_copy(player: Player, desk: Desk, orders: dict[str, int]) -> None:
    job = add_job(desk, "confirmed", order=orders["A-1"], printer=1, settled_by="printer")
    screen = board(player, 1, "all")
    choose(player, screen, job)
    press(player, "F5")  # it is confirmed already
    assert "できません" in player.window.notice.text
    press(player, "F9")
    assert dialog(player, ChoiceDialog).choices[1] == ("damaged", "こわれている")
    press(player, "F6")
    player.wait(lambda: len(screen.model.rows) == 2)
    assert screen.model.rows[0].copy_reason == "damaged"
    assert ("再発行", "warning") in screen.model.cell(0, 5).pills


def test_one_goes_to_another_printer_and_all_to_the_one_that_takes_over(
    player: Player, desk: Desk, orders: dict[str, int]
) -> None:
    one = add_job(desk, "waiting", order=orders["A-1"], printer=3)
    says(desk, 3, "toner_out")
    rest = [add_job(desk, "waiting", order=orders["A-2"], printer=1) for _ in range(2)]
    says(desk, 1, "paper_out")
    screen = board(player, 3)
    choose(player, screen, one)
    assert "トナー" in screen.panel.accessibleName()  # why it waits, and the remedy
    press(player, "F8")
    offered = [words for _, words in dialog(player, ChoiceDialog).choices]
    assert offered == [SPARE, f"{LABEL}（用紙切れ）", "PDF フォルダー"]  # not the one where it is
    press(player, "F5")
    player.wait(lambda: query(desk.database, "SELECT printer_id FROM print_jobs WHERE id = ?", one) == [(2,)])
    screen.grid.clearSelection()
    press(player, "F10")  # without a choice: the printer that is down
    dialog(player, ChoiceDialog)
    press(player, "F5")
    player.wait(lambda: query(desk.database, "SELECT DISTINCT printer_id FROM print_jobs") == [(2,)])
    player.wait(lambda: "2 件" in player.window.notice.text)
    player.wait(lambda: screen.model.rows[0].id == rest[1] and screen.model.rows[0].printer_name == SPARE)
    assert screen.model.cell(0, 3).text.startswith("▶")


def test_a_paper_that_is_scanned_at_the_board_is_confirmed(player: Player, desk: Desk, orders: dict[str, int]) -> None:
    job = add_job(desk, "sent", order=orders["A-1"], printer=1)
    screen = board(player, 1)
    player.burst("KO-1-001-1")
    player.wait(lambda: state_of(desk, job)[:2] == ("confirmed", "scan"))
    player.wait(lambda: screen.last[0] == "ok" and not screen.model.rows)
    player.burst("KO-1-001-1")  # nothing of it is open any more
    player.wait(lambda: screen.last[0] == "error")
    assert player.window.screens["printing"].isVisible()
    player.burst(makers.TEA)  # goods go to the bench
    player.wait(lambda: player.window.at_work)


def test_a_job_is_seen_as_it_comes_out(player: Player, desk: Desk, orders: dict[str, int]) -> None:
    job = add_job(desk, "waiting", order=orders["A-1"], printer=3)
    choose(player, board(player, 1), job)
    press(player, "F7")
    shown = dialog(player, PreviewDialog)
    player.wait(lambda: shown.preview.ready)
    sheet = shown.preview.state.sheet
    assert sheet is not None, shown.preview.state.problem
    assert [round(each) for each in sheet.size_mm] == [210, 297]
    assert min(sheet.grey) == 0
    press(player, "Escape")
    player.wait(lambda: QApplication.activeModalWidget() is None)


def test_a_label_printer_gets_black_and_white_dots_and_a_paper_too_large_is_said(
    player: Player, desk: Desk, orders: dict[str, int]
) -> None:
    large = add_job(desk, "waiting", order=orders["A-1"], printer=1)
    label = add_job(desk, "waiting", order=orders["A-1"], printer=1, paper="address_label")
    screen = board(player, 2)
    choose(player, screen, label)
    press(player, "F7")
    shown = dialog(player, PreviewDialog)
    player.wait(lambda: shown.preview.ready)
    sheet = shown.preview.state.sheet
    assert sheet is not None, shown.preview.state.problem
    assert sheet.dpi == 203
    assert set(sheet.grey) == {0, 255}
    press(player, "Escape")
    player.wait(lambda: QApplication.activeModalWidget() is None)
    choose(player, screen, large)
    press(player, "F7")
    shown = dialog(player, PreviewDialog)
    player.wait(lambda: shown.preview.ready)
    assert "100x150" in shown.preview.state.problem
    press(player, "Escape")


def test_packers_open_the_board_by_key_or_tap_and_do_what_they_see(
    player: Player, desk: Desk, orders: dict[str, int]
) -> None:
    desk.do(frozenset({"people"}), people.add, "3", new_act(), "花子", "H1", "packer", "ja").result()
    job = add_job(desk, "waiting", order=orders["A-1"], printer=1)
    says(desk, 1, "paper_out")
    player.scan("KU-H1")
    window = player.window
    assert "printing" not in window.rail.names
    press(player, "F9", Qt.KeyboardModifier.ShiftModifier)
    screen: PrintingScreen = window.screens["printing"]
    player.wait(lambda: screen.isVisible() and len(screen.model.rows) == 1)
    assert [entry.key for entry in screen.entries()] == ["F2", "F5", "F6", "F7", "F9", "F10"]
    choose(player, screen, job)
    press(player, "F11")  # giving up is not theirs
    assert QApplication.activeModalWidget() is None
    window.go("pack")
    player.wait(lambda: any(kind == "error" for kind, _ in window.bar.state))
    window.bar.grab()
    place = next(box for box, name in window.bar.places if name == STATE)
    QTest.mouseClick(window.bar, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    player.wait(screen.isVisible)


def test_the_foot_names_the_printer_that_is_worst_off_and_is_calm_when_all_is_well(
    player: Player, desk: Desk, orders: dict[str, int]
) -> None:
    window = player.window
    says(desk, 1, "ready")
    player.wait(lambda: window.bar.state[1] == ("ok", "印刷 準備OK"))
    assert window.bar.state[0][0] in ("ok", "warning")  # the readers stay
    says(desk, 2, "paper_low")
    player.wait(lambda: window.bar.state[1] == ("warning", f"{SPARE}：用紙わずか"))
    add_job(desk, "waiting", order=orders["A-1"], printer=3)
    says(desk, 3, "off")
    player.wait(lambda: window.bar.state[1] == ("error", f"{OFFICE}：つながらない・1件 +1"))
    job = add_job(desk, "unknown", order=orders["A-1"], printer=1)
    player.wait(lambda: window.bar.state[2] == ("warning", "出たか不明 1 件"))
    window.speak("en")
    player.wait(lambda: window.bar.state[1:] == (("error", f"{OFFICE}: off, 1 wait +1"), ("warning", "1 not sure")))
    says(desk, 1, "")  # it has answered before
    window.speak("ja")
    player.wait(lambda: window.bar.state[1] == ("error", f"{OFFICE}：つながらない・1件 +2"))  # what waits goes first
    says(desk, 3, "ready")
    player.wait(lambda: window.bar.state[1] == ("error", f"{LABEL}：返事なし +1"))
    window.speak("en")
    change(desk.database, "DELETE FROM print_jobs WHERE id >= ?", job - 1)
    for printer in (1, 2, 3):
        says(desk, printer, "ready")
    player.wait(lambda: window.bar.state[1] == ("ok", "printing ready"))


@pytest.mark.parametrize("language", ["ja", "en", "ja_easy"])
def test_the_foot_holds_every_trouble_of_printers_on_the_smallest_window(
    player: Player, desk: Desk, orders: dict[str, int], language: str, cut: list[str]
) -> None:
    window = player.window
    assert player.scan("KO-1-001-1") == "order.opened"  # the bar is full of commands
    window.resize(1280, 720)
    window.speak(language)
    player.rest(0.2)
    states = [str(state) for state in PrinterState] + ["off", ""]
    for name, state in itertools.product((LONG, "Label printer at the packing bench"), states):
        printer = Printer(1, name, Transport.RAW, "10.0.0.1", "zpl", state=state, answers=True)
        line = PrinterLine(printer, 1999, 0, 0, "")
        window.watch.lines, window.watch.counts = [line, line, line], {"unknown": 1000}
        window.show_state()
        cut.clear()
        window.bar.grab()
        assert cut == [], window.bar.state


def test_the_bench_is_told_once_of_a_printer_that_went_down_and_goes_on(
    player: Player, desk: Desk, orders: dict[str, int]
) -> None:
    window = player.window
    says(desk, 1, "jam")
    player.wait(lambda: LABEL in window.notice.text)
    assert window.notice.kind == "warning"
    for words in ("詰まって", "Shift+F9", "F10", SPARE):
        assert words in window.notice.text
    assert player.scan("1-001") == "slip.wanted" or window.pack.view.open_now  # the bench goes on
    window.notice.clear()
    says(desk, 1, "jam")
    add_job(desk, "waiting", order=orders["A-1"], printer=1)
    player.rest(0.5)
    assert not window.notice.text  # said once
    says(desk, 1, "paper_out")
    player.wait(lambda: "用紙がありません" in window.notice.text)
    says(desk, 1, "ready")
    player.wait(lambda: window.notice.kind == "ok" and LABEL in window.notice.text)


def test_scans_at_the_bench_never_read_how_printing_stands(
    player: Player, desk: Desk, orders: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert player.scan("KO-1-001-1") == "order.opened"
    player.rest(0.6)
    read: list[int] = []
    monkeypatch.setattr(player.window.watch, "_was_read", lambda _: read.append(1))
    assert player.scan(makers.TEA) == "pack.ok"
    assert player.scan(makers.CUP).startswith("item.")  # refused
    player.rest(0.6)
    assert not read
    says(desk, 1, "ready")
    player.wait(lambda: read == [1])


def test_the_bench_is_told_which_paper_nobody_is_sure_of(player: Player, desk: Desk, orders: dict[str, int]) -> None:
    window = player.window
    job = add_job(desk, "unknown", order=orders["A-2"], printer=1)
    player.wait(lambda: "納品書 1-002" in window.notice.text)
    change(desk.database, "UPDATE print_jobs SET state = 'confirmed' WHERE id = ?", job)
    says(desk, 1, "ready")
    player.wait(lambda: not window.notice.text)  # gone when it is known


def test_what_was_printed_for_an_order_is_shown_with_its_paper_and_printed_again(
    player: Player, desk: Desk, orders: dict[str, int]
) -> None:
    add_job(desk, "confirmed", order=orders["A-1"], printer=3, settled_by="person")
    add_job(desk, "confirmed", order=orders["A-2"], printer=3, settled_by="person")
    player.go("orders")
    queue: Any = player.window.screens["orders"]
    player.wait(lambda: len(queue.model.rows) == 2)
    queue.table.choose({orders["A-1"]})
    player.wait(lambda: queue.detail.full is not None)
    press(player, "F11")
    shown: HistoryDialog = dialog(player, HistoryDialog)
    player.wait(lambda: len(shown.model.rows) == 1 and shown.preview.ready and shown.preview.state.sheet is not None)
    assert shown.model.cell(0, 6).pills == (("● 出た（人が確認）", "ok"),)
    change(desk.database, "UPDATE orders SET version = 2 WHERE id = ?", orders["A-1"])
    shown.grid.clearSelection()
    shown.grid.selectRow(0)
    player.wait(lambda: "版 2" in shown.preview.told.accessibleName())  # what was printed is not what is drawn now
    press(player, "F9")
    dialog(player, ChoiceDialog)
    press(player, "F5")
    player.wait(lambda: len(shown.model.rows) == 2)
    assert shown.model.rows[0].copy_reason == "missing"
    shown.reject()


def test_ten_thousand_jobs_come_page_by_page(player: Player, desk: Desk, orders: dict[str, int]) -> None:
    last = add_job(desk, "confirmed", order=orders["A-1"], printer=1, settled_by="printer")
    columns = "act, at, station, sender, paper, order_id, version, state, attempts, printer_id, settled_by"
    change(
        desk.database,
        f"INSERT INTO print_jobs ({columns})"
        " WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n WHERE x < 10000)"
        f" SELECT 'a'||x, at, station, sender, paper, order_id, version, state, attempts, printer_id, settled_by"
        f" FROM print_jobs, n WHERE id = {last}",
    )
    screen = board(player, 200, "all")
    for pages in (2, 3):
        screen.grid.scrollToBottom()
        player.wait(lambda pages=pages: len(screen.model.rows) == 200 * pages)  # type: ignore[misc]
    ids = [row.id for row in screen.model.rows]
    assert ids == sorted(set(ids), reverse=True)


STATES = ("waiting", "sent", "unknown", "confirmed", "failed", "dropped")


def look_at_dialogs(player: Player, screen: PrintingScreen, language: str, cut: list[str]) -> None:
    """Open each dialog of the board and hold its words against their room."""
    window = player.window
    for act, kind in (("print_again", ChoiceDialog), ("preview", PreviewDialog), ("other_printer", ChoiceDialog)):
        row = next(at for at, each in enumerate(screen.model.rows) if act == "preview" or _MEANS[act] in each.acts)
        screen.grid.clearSelection()
        screen.grid.selectRow(row)
        screen.act(act)
        made = dialog(player, kind)
        player.rest(0.3)
        cut.clear()
        made.grab()
        assert cut == [], (language, act)
        for each in made.findChildren(QPushButton):
            wide = each.fontMetrics().horizontalAdvance(each.text())
            assert wide <= each.width() - 2 * window.look.px(18), (language, each.text())
        made.reject()
        player.wait(lambda: QApplication.activeModalWidget() is None)


@pytest.mark.parametrize(
    ("size", "dialogs"),
    [
        ((1280, 720), False),
        pytest.param((1280, 720), True, marks=pytest.mark.long),
        pytest.param((1920, 1080), True, marks=pytest.mark.long),
    ],
)
def test_no_text_of_the_board_is_cut(
    player: Player, desk: Desk, orders: dict[str, int], size: tuple[int, int], dialogs: bool, cut: list[str]
) -> None:
    change(desk.database, "UPDATE printers SET name = ? WHERE id = 1", LONG)
    for state, paper in itertools.product(STATES, ("packing_slip", "invoice", "return_slip", "address_label")):
        by = "printer" if state == "confirmed" else ""
        add_job(desk, state, order=orders["A-1"], printer=1, paper=paper, settled_by=by, attempts=3, copies=2)
    for by in ("scan", "person"):
        add_job(
            desk, "confirmed", batch=1, printer=2, routed_id=1, paper="job_list", settled_by=by, copy_reason="other"
        )
    for printer, state in ((1, "cover_open"), (2, "off"), (3, "paper_low")):
        says(desk, printer, state)
    window = player.window
    window.resize(*size)
    screen = board(player, 26, "all")
    for language, theme in (("ja", "light"), ("en", "dark"), ("ja_easy", "light")):
        window.speak(language)
        window.wear(theme)
        for chosen in (None, 0, 5):
            screen.grid.clearSelection()
            if chosen is not None:
                screen.grid.selectRow(chosen)
            player.rest(0.05)
            cut.clear()
            window.grab()
            assert cut == [], (language, chosen)
        if dialogs:
            look_at_dialogs(player, screen, language, cut)
