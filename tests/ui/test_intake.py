"""Files dropped on the window, their report, and everything that sets right what was odd in them, by real keys."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services import channels, folders, intake
from app.services.desk import Desk, new_act
from app.services.folders import FolderDraft
from app.ui.channels.wizard import MappingWizard
from app.ui.dialogs import Confirm
from app.ui.intake.dialog import ImportDialog
from app.ui.intake.product import ProductDialog
from app.ui.intake.screen import IntakeScreen
from app.ui.intake.taking_back import TakeBack
from app.ui.play import Player
from app.ui.printing.dialogs import ChoiceDialog
from tests.ui import makers
from tests.ui.makers import COLUMNS, MAPPING, order

Row = Mapping[str, object]


@pytest.fixture
def shop(player: Player, desk: Desk) -> Player:
    """A window whose shop has a channel of its own, by a saved mapping."""
    act = new_act()
    desk.do(frozenset(), channels.save_mapping, desk.station, act, "orders", "bench_orders", MAPPING).result()
    return player


def file_of(path: Path, *orders: Sequence[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for rows in orders:
            writer.writerows([{name: row.get(name, "") for name in COLUMNS} for row in rows])
    return path


def drop(player: Player, *paths: Path) -> None:
    """Drag files over the window and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(400, 300), action, data, button, key)
    QApplication.sendEvent(player.window, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(player.window, QDropEvent(QPointF(400, 300), action, data, button, key))


def report(player: Player, *paths: Path, rows: int) -> IntakeScreen:
    """Drop files and wait for their report in front."""
    drop(player, *paths)
    player.wait(lambda: "intake" in dict(player.window.screens))
    screen: IntakeScreen = player.window.screens["intake"]
    player.wait(lambda: player.window.stack.currentWidget() is screen and len(screen.model.rows) == rows)
    return screen


def press(player: Player, *keys: str) -> None:
    for key in keys:
        target = QApplication.activeModalWidget() or player.window.windowHandle()
        QTest.keyClick(target, getattr(Qt.Key, f"Key_{key}"))
        player.rest(0.06)


def typed(player: Player, text: str, end: str = "Return") -> None:
    """Type into the field that is open, as a person does, and press a key."""
    scanner = player.window.scanner
    player.wait(lambda: scanner.in_field)
    usual, scanner.settings = scanner.settings, replace(scanner.settings, gap=0, hold=10)
    target = (QApplication.activeModalWidget() or player.window).windowHandle()
    for char in text:
        QTest.keyClick(target, char)  # type: ignore[call-overload]
        player.rest(0.05)
    scanner.settings = usual
    if end:
        press(player, end)


def three_wrong(folder: Path) -> Path:
    """Two orders with the same unknown SKU, one whose quantity is no number, one that is good."""
    return file_of(
        folder / "wrong.csv",
        order("A-1", ("NO-SUCH", 1)),
        order("A-2", ("NO-SUCH", 1)),
        [*order("A-3", ("TEA-050", 1)), {**order("A-3", ("CUP-BLU", 1))[0], "qty": "二"}],
        order("A-4", ("TEA-050", 2)),
    )


def keys_of(screen: IntakeScreen) -> list[tuple[str, int, str]]:
    return [(row.key, row.row, row.value) for row in screen.model.rows]


def test_what_is_dropped_at_the_idle_bench_is_taken_in_and_its_report_comes_to_the_front(
    shop: Player, tmp_path: Path
) -> None:
    shop.go("pack")
    screen = report(shop, three_wrong(tmp_path), rows=3)
    assert keys_of(screen) == [
        ("line.unknown_product", 2, "NO-SUCH"),
        ("line.unknown_product", 3, "NO-SUCH"),
        ("line.quantity_not_number", 5, "二"),
    ]
    assert "新しい注文 4" in screen.figures.accessibleName()
    assert "直してください 3" in screen.figures.accessibleName()
    assert screen.problem == screen.model.rows[0]  # Enter works at once
    shop.wait(lambda: shop.window.rail.marks.get("intake") == 3)
    assert "取込 3" in shop.window.rail.accessibleName()


def test_the_report_stays_behind_while_somebody_packs(shop: Player, tmp_path: Path) -> None:
    report(shop, file_of(tmp_path / "good.csv", order("B-1", ("TEA-050", 3))), rows=0)
    shop.go("pack")
    shop.scan("B-1")
    drop(shop, three_wrong(tmp_path))
    shop.wait(lambda: "要修正 3" in shop.window.notice.text)
    assert shop.window.stack.currentWidget() is shop.window.pack
    assert shop.scan(makers.TEA) == "pack.ok"


def test_a_value_is_mended_in_its_row_and_counts_when_the_file_is_read_again(shop: Player, tmp_path: Path) -> None:
    screen = report(shop, three_wrong(tmp_path), rows=3)
    press(shop, "Down", "Down", "F6")
    assert screen.field.isVisible()
    assert "スキャナ停止中" in shop.window.typing_strip.text
    typed(shop, "3")
    shop.wait(lambda: bool(screen.head.fixes))
    assert "二 → 3" in screen.detail.accessibleName()
    assert screen.buttons["intake_again"].text() == "もう一度読む（直した値 1）"
    before = screen.head.ids
    press(shop, "F7")
    shop.wait(lambda: screen.head.ids != before and len(screen.model.rows) == 2)
    assert {row.value for row in screen.model.rows} == {"NO-SUCH"}
    assert "変更 1" in shop.window.notice.text


def test_enter_does_the_first_remedy_and_number_keys_the_others(shop: Player, tmp_path: Path) -> None:
    screen = report(shop, three_wrong(tmp_path), rows=3)
    assert [each.name for each in screen.model.rows[0].remedies] == ["make_product", "tie_product", "value"]
    press(shop, "2")
    shop.wait(lambda: isinstance(QApplication.activeModalWidget(), ProductDialog))
    typed(shop, "cup", "")
    dialog: Any = QApplication.activeModalWidget()
    shop.wait(lambda: [row.id for row in dialog.grid.model_.rows] == ["CUP-BLU"])
    press(shop, "Return")
    shop.wait(lambda: len(screen.model.rows) == 1)  # every other of the same code is done as well
    assert "直しました" in shop.window.notice.text
    press(shop, "Return")
    typed(shop, "4")
    shop.wait(lambda: list((screen.head.fixes or {}).values()) == ["4"])


def test_an_import_is_taken_back_and_says_what_stayed_and_why(shop: Player, tmp_path: Path) -> None:
    good = file_of(tmp_path / "good.csv", order("B-1", ("TEA-050", 1)), order("B-2", ("TEA-050", 2)))
    screen = report(shop, good, rows=0)
    shop.go("pack")
    shop.scan("B-1")
    shop.scan(makers.TEA)
    shop.go("intake")
    press(shop, "F11")
    dialog: Any = QApplication.activeModalWidget()
    assert isinstance(dialog, TakeBack)
    assert "新しく入った 2 件" in dialog.text.text()
    dialog.yes_button.click()
    shop.wait(lambda: not dialog.yes_button.isVisible())
    assert "消した注文 1 件" in dialog.text.text()
    assert "B-1" in dialog.kept.accessibleName()
    dialog.close()
    shop.wait(lambda: screen.head.imports[0].taken_back_at is not None)
    assert "取り消し済み" in screen.what.text()


def test_esc_and_leaving_keep_nothing_of_what_was_typed(shop: Player, tmp_path: Path) -> None:
    screen = report(shop, three_wrong(tmp_path), rows=3)
    for leave in ("Escape", "Down"):
        press(shop, "F6")
        typed(shop, "x", "")
        assert screen.field.text() == "x"
        if leave == "Escape":
            press(shop, leave)
        else:
            screen.search.setFocus()
        assert not screen.field.isVisible()
        assert not shop.window.scanner.in_field
    shop.rest(0.2)
    assert not screen.head.fixes


def test_several_that_say_the_same_are_put_aside_at_once(shop: Player, tmp_path: Path) -> None:
    screen = report(shop, three_wrong(tmp_path), rows=3)
    press(shop, "F8")
    shop.wait(lambda: isinstance(QApplication.activeModalWidget(), ChoiceDialog))
    dialog: Any = QApplication.activeModalWidget()
    assert "2 件すべて" in dialog.buttons[0].text()
    press(shop, "F5")
    shop.wait(lambda: len(screen.model.rows) == 1)
    assert screen.problem == screen.model.rows[0]
    assert "2 件を確認済みにしました" in shop.window.notice.text
    press(shop, "F8")
    shop.wait(lambda: not screen.model.rows)
    assert "直すものはありません" in screen.empty.text()
    screen.chip_tapped(0, "all")
    shop.wait(lambda: len(screen.model.rows) == 3)
    press(shop, "F8")
    assert shop.window.notice.text == "対応済みです。"


def test_the_list_is_sorted_by_heads_and_keys_and_filtered_by_figures_kinds_and_text(
    shop: Player, tmp_path: Path
) -> None:
    screen = report(shop, three_wrong(tmp_path), rows=3)
    screen.grid.horizontalHeader().sectionClicked.emit(2)  # the column of values
    shop.wait(lambda: [row.row for row in screen.model.rows] == [2, 3, 5])
    assert screen.model.headerData(2, Qt.Orientation.Horizontal) == "項目 ▲"
    press(shop, "F12")
    shop.wait(lambda: [row.row for row in screen.model.rows] == [5, 3, 2])
    screen.search.setText("NO-SUCH")
    shop.wait(lambda: len(screen.model.rows) == 2)
    screen.search.setText("")
    shop.wait(lambda: len(screen.model.rows) == 3)
    screen.card_tapped("warnings")
    shop.wait(lambda: not screen.model.rows)
    screen.card_tapped("added")
    shop.wait(lambda: screen.showing == "orders" and len(screen.model.rows) == 4)
    press(shop, "Escape")
    shop.wait(lambda: screen.showing == "problems" and len(screen.model.rows) == 3)


def test_two_thousand_problems_come_in_pages_and_soon(shop: Player, tmp_path: Path) -> None:
    many = file_of(tmp_path / "many.csv", *[order(f"M-{number}", ("NO-SUCH", 1)) for number in range(2_050)])
    screen = report(shop, many, rows=100)
    screen.grid.scrollToBottom()
    shop.wait(lambda: len(screen.model.rows) == 200)
    screen.chip_tapped(0, "all")
    shop.wait(lambda: len(screen.model.rows) == 200)  # as many as were there
    assert screen.head.errors == 2_000


def test_files_that_nobody_knows_offer_a_mapping_with_the_file(shop: Player, tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("a,b\n1,2\n", encoding="utf-8")
    screen = report(shop, odd, rows=1)
    assert keys_of(screen) == [("file.not_recognised", 0, "")]
    shop.wait(lambda: isinstance(QApplication.activeModalWidget(), Confirm))
    asked: Any = QApplication.activeModalWidget()
    asked.yes_button.click()
    shop.wait(lambda: isinstance(QApplication.activeModalWidget(), MappingWizard))
    wizard: Any = QApplication.activeModalWidget()
    shop.wait(lambda: wizard.sheet is not None)
    assert (wizard.sheet.name, wizard.sheet.header) == ("odd.csv", ("a", "b"))
    wizard.close()


def test_the_list_of_imports_opens_any_report(shop: Player, tmp_path: Path) -> None:
    report(shop, three_wrong(tmp_path), rows=3)
    screen = report(shop, file_of(tmp_path / "good.csv", order("B-1", ("TEA-050", 1))), rows=0)
    press(shop, "F10")
    shop.wait(lambda: [row.file for row in screen.model.rows] == ["good.csv", "wrong.csv", "products.csv"])
    press(shop, "Down", "Return")
    shop.wait(lambda: screen.showing == "problems" and len(screen.model.rows) == 3)


def test_the_report_is_printed_with_its_remedies(shop: Player, tmp_path: Path) -> None:
    report(shop, three_wrong(tmp_path), rows=3)
    press(shop, "F9")
    shop.wait(lambda: "PDF を作りました" in shop.window.notice.text)
    folder = Path(shop.window.station.config.papers_folder)
    (path,) = folder.glob("import-report-*.pdf")
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    assert "wrong.csv" in text
    assert "NO-SUCH" in text


def test_the_dialog_of_orders_is_a_way_to_the_same_report(shop: Player, tmp_path: Path) -> None:
    shop.go("orders")
    press(shop, "F5")
    dialog: Any = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    dialog.begin([three_wrong(tmp_path)])
    screen: Any = shop.window.screens["intake"]
    shop.wait(lambda: len(screen.model.rows) == 3 and shop.window.stack.currentWidget() is screen)
    assert QApplication.activeModalWidget() is None


def test_an_import_can_be_stopped_and_scans_go_on_meanwhile(shop: Player, tmp_path: Path) -> None:
    report(shop, file_of(tmp_path / "good.csv", order("B-1", ("TEA-050", 9))), rows=0)
    shop.go("pack")
    shop.scan("B-1")
    drop(shop, file_of(tmp_path / "many.csv", *[order(f"Z-{n}", ("TEA-050", 1)) for n in range(6_000)]))
    taking = shop.window.arrivals.taking
    shop.wait(lambda: taking.running and taking.count > 100)
    assert shop.window.arrivals.strip.isVisible()
    assert shop.scan(makers.TEA) == "pack.ok"
    shop.window.arrivals.strip.tapped.emit("stop")
    shop.wait(lambda: not taking.running)
    assert not shop.window.arrivals.strip.isVisible()
    assert taking.count < 6_000


def test_what_a_watched_folder_brought_is_said_and_its_report_shows_by_itself(
    shop: Player, desk: Desk, tmp_path: Path
) -> None:
    draft = FolderDraft("楽天", path=str(tmp_path), station=desk.station)
    folder = desk.do(frozenset(), folders.save, desk.station, new_act(), draft).result()
    shop.go("pack")
    shop.rest(0.1)
    intake.import_files(desk, [three_wrong(tmp_path)], reading=intake.Reading(folder=folder))
    shop.wait(lambda: "フォルダ「楽天」の wrong.csv に、直すものが 3 件" in shop.window.notice.text)
    assert shop.window.stack.currentWidget() is shop.window.pack
    shop.go("intake")
    screen: Any = shop.window.screens["intake"]
    shop.wait(lambda: len(screen.model.rows) == 3)
    assert "楽天" in screen._what_text
    another = file_of(tmp_path / "next.csv", order("C-1", ("NO-SUCH", 1)))
    intake.import_files(desk, [another], reading=intake.Reading(folder=folder))
    shop.wait(lambda: [row.file for row in screen.model.rows] == ["next.csv"])
    screen.show_report(screen.head.ids)  # a person chose it: it stays in front until nothing of it is left to mend
    intake.import_files(desk, [three_wrong(tmp_path)], reading=intake.Reading(folder=folder))
    shop.wait(lambda: "wrong.csv" in shop.window.notice.text)
    assert [row.file for row in screen.model.rows] == ["next.csv"]
    press(shop, "F8")
    shop.wait(lambda: len(screen.model.rows) == 3)


def test_packers_neither_see_it_nor_take_files_in(shop: Player, desk: Desk, tmp_path: Path) -> None:
    shop.window._signed_in({"name": "見本", "role": "packer", "language": "ja"})
    assert "intake" not in shop.window.rail.names
    drop(shop, three_wrong(tmp_path))
    assert "リーダーか事務" in shop.window.notice.text
    assert not shop.window.arrivals.taking.running


def test_products_are_told_from_orders_by_their_columns_and_come_first(shop: Player, tmp_path: Path) -> None:
    products = tmp_path / "new.csv"
    products.write_text("sku,name,code\nNO-SUCH,新しい商品,4599990009996\n", encoding="utf-8")
    screen = report(shop, three_wrong(tmp_path), products, rows=1)
    assert [row.kind for row in screen.head.imports] == ["orders", "products"]
    assert keys_of(screen) == [("line.quantity_not_number", 5, "二")]
