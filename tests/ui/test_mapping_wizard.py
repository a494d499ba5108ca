"""The mapping wizard over the real desk and database: real key strokes, a real mouse, real files."""

from __future__ import annotations

import csv
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services import channels, intake
from app.services.desk import Desk
from app.ui.bridge import Bridge
from app.ui.channels import open_wizard
from app.ui.channels.choose import ColumnsDialog, FieldDialog
from app.ui.channels.wizard import MappingWizard
from app.ui.dialogs import Confirm
from app.ui.newest import Newest
from app.ui.play import Player
from tests.ui.test_contrast import too_faint

HEADER = ("伝票", "品番", "品名", "個", "都", "番地", "受取人", "区分", "支払")
ROWS = (
    ("W-1", "TEA-050", "有機抹茶", "2", "東京都", "見本町 1-2-3", "見本 太郎", "通常", "カード"),
    ("W-1", "CUP-BLU", "湯のみ", "1", "東京都", "見本町 1-2-3", "見本 太郎", "通常", "カード"),
    ("W-2", "TEA-050", "有機抹茶", "1", "大阪府", "例町 4-5", "例 花子", "通常", "後払い"),
    ("W-2", "CUP-BLU", "湯のみ", "多め", "大阪府", "例町 4-5", "例 花子", "通常", "後払い"),
    ("W-3", "TEA-100", "有機抹茶", "1", "大阪府", "例町 4-5", "例 花子", "取消", "カード"),
)


def written(
    path: Path, rows: Sequence[Sequence[str]] = (HEADER, *ROWS), encoding: str = "utf-8", cut: str = ","
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=cut).writerows(rows)
    return path


def opened(player: Player, path: Path | None = None, name: str = "", **more: Any) -> MappingWizard:
    """Open the wizard, over the settings, and wait until the file is read."""
    player.go("settings")
    open_wizard(player.window, player.window.desk, path, name, **more)
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), MappingWizard))
    wizard = QApplication.activeModalWidget()
    assert isinstance(wizard, MappingWizard)
    if path is not None:
        player.wait(lambda: wizard.sheet is not None or bool(wizard._fault))
        settled(player, wizard)
    return wizard


def settled(player: Player, wizard: MappingWizard) -> None:
    """Wait until what was changed was tried out."""
    player.rest(0.05)
    player.wait(lambda: not (wizard._later.isActive() or wizard._read.busy or wizard._tries.busy))


def drag(player: Player, wizard: MappingWizard, start: QWidget, at: QPointF, end: QPoint) -> None:
    """Drag with the mouse from a place of a widget to a place on the screen."""
    inside = start.mapFromGlobal(end)
    QTest.mousePress(start, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at.toPoint())
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(start, at.toPoint() + (inside - at.toPoint()) * part)
        player.rest(0.01)
    assert wizard.columns.ghost.isVisible()
    QTest.mouseRelease(start, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside)
    assert not wizard.columns.ghost.isVisible()


def drag_to_field(player: Player, wizard: MappingWizard, column: int, field: str) -> None:
    """Drag a column to a field, as a person does: from its head to the field."""
    wizard.columns.sheet.go(column)
    wizard.columns.bring(wizard.columns.board.field_box(field))
    end = wizard.columns.board.mapToGlobal(wizard.columns.board.field_box(field).center().toPoint())
    drag(player, wizard, wizard.columns.sheet, wizard.columns.sheet.column_box(column).center(), end)


def keys(widget: QWidget, *pressed: Qt.Key | str) -> None:
    for each in pressed:
        if isinstance(each, str):
            for sign in each:  # QTest's own key strokes know no Japanese
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))
        else:
            QTest.keyClick(widget, each)


def drop_file(wizard: MappingWizard, path: Path) -> None:
    """Drag a file over the wizard and let it go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(300, 300), action, data, button, key)
    QApplication.sendEvent(wizard, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(wizard, QDropEvent(QPointF(300, 300), action, data, button, key))


def dialog_of(player: Player, kind: type) -> Any:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def emptied(wizard: MappingWizard) -> None:
    """Take what was guessed out again: the person says everything."""
    for number in range(len(wizard.columns.sheet.columns)):
        wizard.columns.sheet.cleared.emit(number)
    assert not wizard.draft.fields


def test_columns_are_dragged_to_fields_and_the_file_is_taken_in_by_the_new_channel(
    player: Player, desk: Desk, tmp_path: Path
) -> None:
    path = written(tmp_path / "伝票.csv")
    told: list[tuple[str, Path | None, bool]] = []
    wizard = opened(player, path, done=lambda *what: told.append(what))
    emptied(wizard)
    assert {each.name for each in wizard.columns.board.missing()} == {"order.number", "line.sku", "line.quantity"}
    assert not wizard.save_button.isEnabled()
    for column, field in (
        *((0, "order.number"), (1, "line.sku"), (3, "line.quantity"), (6, "ship_to.name"), (4, "ship_to.street")),
        (5, "ship_to.street"),
    ):
        drag_to_field(player, wizard, column, field)
    assert wizard.draft.fields["ship_to.street"] == ("都", "番地")
    assert wizard.columns.sheet.used["=伝票"] == "注文番号"
    assert not wizard.columns.board.missing()
    settled(player, wizard)
    assert [order.number for order in wizard.trial.orders] == ["W-1", "W-2", "W-3"]
    assert wizard.trial.orders[0].ship_to.prefecture == "東京都"  # joined, then taken apart
    (found,) = [each for each in wizard.trial.problems if each.key == "line.quantity_not_number"]
    assert (found.row, found.column) == (5, "個")
    wizard.name_field.setText("denpyo")
    keys(wizard, Qt.Key.Key_F9)
    player.wait(lambda: bool(told))
    assert told == [("denpyo", path, True)]
    assert "denpyo" in [each.id for each in desk.read(channels.channel_list).result() if each.own]
    report = intake.import_files(desk, [path], shop="見本店")
    assert report.orders["added"] == 3  # recognised by its columns, nobody named the channel


def test_a_column_goes_from_field_to_field_to_its_place_among_others_and_out_again(
    player: Player, tmp_path: Path
) -> None:
    wizard = opened(player, written(tmp_path / "a.csv"))
    emptied(wizard)
    for column in (4, 5):
        drag_to_field(player, wizard, column, "ship_to.street")
    board = wizard.columns.board

    def chip(field: str, number: int) -> QPointF:
        return board.chip_boxes(field)[number][0].center()

    first = board.mapToGlobal(board.chip_boxes("ship_to.street")[0][0].topLeft().toPoint() + QPoint(2, 4))
    drag(player, wizard, board, chip("ship_to.street", 1), first)
    assert wizard.draft.fields["ship_to.street"] == ("番地", "都")
    city = board.mapToGlobal(board.field_box("ship_to.city").center().toPoint())
    drag(player, wizard, board, chip("ship_to.street", 0), city)
    assert (wizard.draft.fields["ship_to.street"], wizard.draft.fields["ship_to.city"]) == (("都",), ("番地",))
    drag(player, wizard, board, chip("ship_to.city", 0), wizard.columns.sheet.mapToGlobal(QPoint(300, 20)))
    assert "ship_to.city" not in wizard.draft.fields


def test_esc_gives_up_a_drag_first_and_throws_no_work_away_unasked(player: Player, tmp_path: Path) -> None:
    wizard = opened(player, written(tmp_path / "a.csv"))
    before = wizard.draft
    sheet = wizard.columns.sheet
    at = sheet.column_box(2).center().toPoint()
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseMove(sheet, at + QPoint(0, 200))
    player.wait(wizard.columns.ghost.isVisible)
    keys(sheet, Qt.Key.Key_Escape)
    assert not wizard.columns.ghost.isVisible()
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(0, 200))
    assert wizard.isVisible()
    assert wizard.draft == before
    drag_to_field(player, wizard, 0, "order.number")
    keys(wizard, Qt.Key.Key_Escape)
    dialog_of(player, Confirm).no_button.click()
    player.wait(lambda: QApplication.activeModalWidget() is wizard)
    keys(wizard, Qt.Key.Key_Escape)
    dialog_of(player, Confirm).yes_button.click()
    player.wait(lambda: QApplication.activeModalWidget() is None)


def test_everything_is_done_by_keys_alone(player: Player, desk: Desk, tmp_path: Path) -> None:
    wizard = opened(player, written(tmp_path / "b.tsv", cut="\t"))
    emptied(wizard)
    assert wizard.columns.sheet.hasFocus()
    keys(wizard.columns.sheet, Qt.Key.Key_Home, Qt.Key.Key_Return)
    field = dialog_of(player, FieldDialog)
    number = next(words.split()[0] for name, words in field._fields if name == "order.number")
    keys(field.search, number, Qt.Key.Key_Return)  # by its number
    keys(wizard.columns.sheet, Qt.Key.Key_Right, Qt.Key.Key_Return)
    keys(dialog_of(player, FieldDialog).search, "商品コード", Qt.Key.Key_Return)  # by its name
    keys(wizard.columns.sheet, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    field = dialog_of(player, FieldDialog)
    keys(field.search, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)  # by arrow keys
    player.wait(lambda: QApplication.activeModalWidget() is wizard)
    assert wizard.draft.fields == {"order.number": ("伝票",), "line.sku": ("品番",), "line.quantity": ("個",)}
    wizard.columns.board.setFocus()
    wizard.columns.board.go("ship_to.street")
    keys(wizard.columns.board, Qt.Key.Key_Return)
    columns = dialog_of(player, ColumnsDialog)
    keys(columns.rows, *[Qt.Key.Key_Down] * 4, Qt.Key.Key_Space)
    keys(columns.search, "番地", Qt.Key.Key_Return)  # the first that is found
    assert columns.rows.on == ["=都", "=番地"]
    columns.rows.setFocus()
    keys(columns.rows, Qt.Key.Key_Minus, Qt.Key.Key_F8)
    assert wizard.draft.fields["ship_to.street"] == ("番地", "都")
    keys(wizard.columns.board, Qt.Key.Key_Delete)
    assert len(wizard.draft.fields["ship_to.street"]) == 1
    keys(wizard, Qt.Key.Key_F3)
    assert wizard.view == "rules"
    wizard.name_field.setFocus()
    keys(wizard.name_field, Qt.Key.Key_Return, "by_keys", Qt.Key.Key_Return)
    keys(wizard, Qt.Key.Key_F8)
    player.wait(lambda: "by_keys" in desk.read(channels.mapping_names, "orders").result())


def test_rules_are_chosen_by_the_values_that_stand_in_the_rows(player: Player, tmp_path: Path) -> None:
    wizard = opened(player, written(tmp_path / "c.csv"))
    emptied(wizard)
    for column, field in ((0, "order.number"), (1, "line.sku"), (3, "line.quantity")):
        drag_to_field(player, wizard, column, field)
    keys(wizard, Qt.Key.Key_F3)
    rules = wizard.rules
    rules.column.choose("=区分")
    assert [words for _, words in rules.values.names] == ["通常（4 行）", "取消（1 行）"]
    rules.test.choose("none_of")
    settled(player, wizard)
    assert not any(order.cancelled for order in wizard.trial.orders)  # no value was chosen yet
    rules.test.choose("one_of")
    rules.values.setFocus()
    keys(rules.values, Qt.Key.Key_Down, Qt.Key.Key_Space)
    rules.grid.choose({"unpaid"})
    rules.grid.selectRow(3)
    rules.column.choose("=支払")
    rules.other.begin()
    keys(rules.other, "後払い", Qt.Key.Key_Return)
    settled(player, wizard)
    by_number = {order.number: order for order in wizard.trial.orders}
    assert by_number["W-3"].cancelled
    assert not by_number["W-1"].cancelled
    assert "unpaid" in by_number["W-2"].holds
    assert "unpaid" not in by_number["W-1"].holds
    wizard.show_view("trial")
    found = [[each.key for each in row.problems] for row in wizard.orders.grid.model_.rows]
    assert found == [[], ["line.quantity_not_number"], ["order.cancelled_in_shop"]]
    wizard.orders.grid.selectRow(2)
    assert any("キャンセル" in fact.words for fact in wizard.orders.panel.facts)
    wizard.show_view("rules")
    rules.grid.selectRow(len(rules.grid.model_.rows) - 1)
    rules.values.switch("CUP-BLU")
    settled(player, wizard)
    assert [line.sku for line in wizard.trial.orders[0].lines] == ["TEA-050"]


def test_the_rows_follow_another_header_row_another_encoding_and_another_sheet(player: Player, tmp_path: Path) -> None:
    rows = (("受注一覧", "2026年11月"), HEADER, *ROWS)
    wizard = opened(player, written(tmp_path / "d.csv", rows, encoding="cp932"))
    wizard.reading.header_row.choose(2)
    player.wait(lambda: wizard.sheet is not None and wizard.sheet.header == HEADER)
    assert wizard.columns.sheet.first == 3
    assert [each.words for each in wizard.columns.sheet.columns] == list(HEADER)
    wizard.reading.encoding.choose("utf-16")
    player.wait(lambda: bool(wizard._fault))
    assert "UnicodeError" not in wizard.state.text()
    assert not wizard.take_button.isEnabled()
    wizard.reading.encoding.choose("cp932")
    settled(player, wizard)
    assert (wizard._fault, wizard.draft.encoding, wizard.sheet and wizard.sheet.header) == ("", "cp932", HEADER)
    book = Workbook()
    book.active.title = "表紙"
    book.active.append(["この表について"])
    page = book.create_sheet("受注")
    for row in (HEADER, *ROWS):
        page.append(row)
    path = tmp_path / "受注.xlsx"
    book.save(path)
    wizard.open_file(path)
    player.wait(lambda: wizard.sheet is not None and wizard.sheet.kind == "xlsx")
    assert wizard.reading.sheet.isVisible()
    wizard.reading.sheet.choose("受注")
    player.wait(lambda: wizard.sheet is not None and wizard.sheet.header == HEADER)
    assert wizard.draft.sheet == "受注"
    assert not wizard.reading.encoding.isVisible()


def hostile(path: Path) -> Path:
    """Two hundred columns, names twice and empty, long cells, characters that turn text round."""
    header = [f"列 {number}" for number in range(200)]
    header[0], header[1], header[2] = "番号", "", "番号"
    header[3] = "とても長い見出し" * 60
    header[4] = "\u202e逆さ\u200b"
    body = [[f"{row}-{number}" for number in range(200)] for row in range(60)]
    for row in body:
        row[3], row[5] = "長い文" * 170, "行\n送り\tとタブ"
    return written(path, (header, *body))


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.long)])
def test_a_hostile_header_is_shown_and_mapped(
    player: Player, desk: Desk, cut: list[str], tmp_path: Path, language: str
) -> None:
    player.window.resize(1280, 720)
    player.window.speak(language)
    wizard = opened(player, hostile(tmp_path / "e.csv"))
    emptied(wizard)
    assert len(wizard.columns.sheet.columns) == 200
    keys(wizard.columns.sheet, Qt.Key.Key_End)
    assert wizard.columns.sheet.at == 199
    for column, field in ((2, "order.number"), (1, "line.sku"), (199, "line.quantity"), (3, "ship_to.name")):
        drag_to_field(player, wizard, column, field)
    assert wizard.draft.fields["order.number"] == (3,)  # the name alone does not tell it: its number does
    assert wizard.draft.fields["line.sku"] == (2,)
    assert wizard.draft.fields["line.quantity"] == ("列 199",)
    settled(player, wizard)
    cut.clear()
    for view in ("columns", "rules", "trial"):
        wizard.show_view(view)
        player.rest(0.1)
    wizard.show_view("columns")
    wizard.columns.ask_columns("ship_to.name")
    player.rest(0.1)
    dialog_of(player, ColumnsDialog).reject()
    allowed = "長い文" * 5  # a file's own text may be too long for its cell; the program's words are not
    assert [text for text in cut if "長い" not in text and allowed not in text] == []


def test_a_file_without_anything_in_it_is_refused_in_words(player: Player, tmp_path: Path) -> None:
    wizard = opened(player)
    for number, text in enumerate(("", "\n\n", ",,,\n", "a\x00b,c\n1,2\n")):
        path = tmp_path / f"f{number}.csv"
        path.write_text(text, encoding="utf-8")
        drop_file(wizard, path)
        assert wizard._path == path
        settled(player, wizard)
        assert wizard.isVisible()
        assert not wizard.take_button.isEnabled()
        assert wizard.state.text()


def test_a_saved_mapping_is_changed_copied_and_not_replaced_unasked(player: Player, desk: Desk, tmp_path: Path) -> None:
    body = '[order]\nnumber = "伝票"\n[line]\nsku = "品番"\nquantity = "個"\n'
    body += '[report]\ncolumns = [{ name = "a", value = "tracking" }]\n'
    desk.do(frozenset(), channels.save_mapping, desk.station, "act-1", "orders", "shop_a", body).result()
    wizard = opened(player, name="shop_a")
    player.wait(lambda: bool(wizard.draft.fields))
    assert not wizard.name_field.isEnabled()
    wizard.open_file(written(tmp_path / "g.csv"))
    player.wait(lambda: wizard.tried)
    assert len(wizard.trial.orders) == 3
    drag_to_field(player, wizard, 6, "ship_to.name")
    keys(wizard, Qt.Key.Key_F8)
    player.wait(lambda: "受取人" in desk.read(channels.mapping_body, "orders", "shop_a").result())
    assert "tracking" in desk.read(channels.mapping_body, "orders", "shop_a").result()  # what it does not show stays
    copy = opened(player, name="shop_a", copy=True)
    player.wait(lambda: bool(copy.draft.fields))
    copy.name_field.setText("shop_a")
    keys(copy, Qt.Key.Key_F8)
    question = dialog_of(player, Confirm)
    question.no_button.click()
    copy.name_field.setText("rakuten")  # no mapping may have the name of a channel of the program
    keys(copy, Qt.Key.Key_F8)
    player.wait(lambda: "rakuten" in copy.state.text())
    copy.name_field.setText("shop_b")
    assert "rakuten" not in copy.state.text()
    keys(copy, Qt.Key.Key_F8)
    player.wait(lambda: desk.read(channels.mapping_names, "orders").result() == ["shop_a", "shop_b"])


def test_a_file_that_its_own_names_do_not_tell_is_taken_in_at_once(player: Player, desk: Desk, tmp_path: Path) -> None:
    rows = [("", "", ""), ("N-1", "TEA-050", "2"), ("N-2", "CUP-BLU", "1")]
    wizard = opened(player, written(tmp_path / "k.csv", rows))
    wizard.reading.header_row.choose(0)
    settled(player, wizard)
    player.wait(lambda: wizard.sheet is not None and wizard.sheet.header_row == 0)
    emptied(wizard)
    for column, field in ((0, "order.number"), (1, "line.sku"), (2, "line.quantity")):
        drag_to_field(player, wizard, column, field)
    settled(player, wizard)
    wizard.name_field.setText("numbered")
    keys(wizard, Qt.Key.Key_F9)
    player.wait(lambda: len(player.waiting_orders()) == 2)


def test_only_the_newest_question_is_answered(qtbot: QtBot) -> None:
    gates = [threading.Event() for _ in range(3)]
    ran: list[int] = []
    said: list[int] = []
    bridge = Bridge()
    newest = Newest(bridge, bridge)

    def ask(number: int) -> None:
        def run() -> int:
            ran.append(number)
            gates[number].wait(5)
            return number

        newest.ask(run, said.append, lambda error: None)

    for number in range(3):
        ask(number)
    gates[0].set()
    gates[2].set()
    qtbot.waitUntil(lambda: bool(said))
    qtbot.wait(50)
    assert (ran, said) == ([0, 2], [2])


@pytest.mark.parametrize("size", [(1280, 720), pytest.param((1920, 1080), marks=pytest.mark.long)])
@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.long)])
def test_every_view_has_room_for_its_words_and_stands_out(
    player: Player,
    cut: list[str],
    tmp_path: Path,
    language: str,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    player.window.resize(*size)
    player.window.speak(language)
    wizard = opened(player, written(tmp_path / "i.csv"))
    emptied(wizard)
    player.rest(0.1)
    faint = set(too_faint(wizard, monkeypatch))  # with what is missing
    for column, field in ((0, "order.number"), (1, "line.sku"), (3, "line.quantity"), (6, "ship_to.name")):
        drag_to_field(player, wizard, column, field)
    wizard.name_field.setText("denpyo")
    settled(player, wizard)
    for view in ("columns", "rules", "trial"):
        wizard.show_view(view)
        player.rest(0.1)
        faint |= set(too_faint(wizard, monkeypatch))
    for grid in (wizard.orders.grid, wizard.rules.grid):
        heads = [grid.model_.headerData(at, Qt.Orientation.Horizontal) for at in range(len(grid.model_.columns))]
        assert not any("window." in str(head) for head in heads)
    wizard.orders.grid.selectRow(1)
    player.rest(0.1)
    faint |= set(too_faint(wizard, monkeypatch))
    wizard.show_view("columns")
    for ask in (lambda: wizard.columns.ask_field(4), lambda: wizard.columns.ask_columns("ship_to.street")):
        ask()
        player.rest(0.1)
        dialog = QApplication.activeModalWidget()
        faint |= set(too_faint(dialog, monkeypatch))
        dialog.reject()
        player.wait(lambda: QApplication.activeModalWidget() is wizard)
    assert not faint
    assert not cut
