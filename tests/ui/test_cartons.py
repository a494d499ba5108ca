"""The cartons on screen: taken in after a look, entered, changed, booked, retired, labels, what is running out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services import carton_list
from app.services.desk import Desk
from app.ui.cartons.dialogs import CartonDialog, ImportPreview
from app.ui.cartons.screen import CartonsScreen
from app.ui.play import Player
from tests.documents.makers import pictures, zxing_codes
from tests.makers import change

LIST = """箱コード,箱名,内寸,外寸,最大重量,箱代,送料,在庫数,発注点
S60,60サイズ,240x160x110,246x166x122,10kg,60,700,40,20
S80,80サイズ,320x230x180,326x236x192,15kg,90,900,10,20
"""


@pytest.fixture
def screen(player: Player) -> CartonsScreen:
    player.go("cartons")
    made: CartonsScreen = player.window.screens["cartons"]
    player.rest(0.2)
    return made


def a_list(folder: Path, text: str = LIST) -> Path:
    path = folder / "箱の一覧.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def listed(player: Player, screen: CartonsScreen, desk: Desk, tmp_path: Path) -> CartonsScreen:
    assert carton_list.import_cartons(desk, a_list(tmp_path)).written
    screen.refresh()
    player.wait(lambda: len(screen.items) == 2)
    return screen


def press(player: Player, key: Qt.Key) -> None:
    QTest.keyClick(player.window.windowHandle(), key)
    player.rest(0.1)


def dialog(player: Player, kind: type) -> object:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def stocks(desk: Desk) -> dict[str, int | None]:
    return {row.carton.code: row.carton.stock for row in desk.read(carton_list.page, retired=True).result()}


def test_without_cartons_the_screen_says_how_to_begin(screen: CartonsScreen) -> None:
    assert screen.empty.isVisibleTo(screen)
    assert "F5" in screen.empty.text()
    assert "内寸" in screen.panel.toolTip()


def test_a_dropped_list_is_shown_before_it_is_taken_in(
    player: Player, screen: CartonsScreen, desk: Desk, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(a_list(tmp_path)))])
    enter = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    screen.dragEnterEvent(enter)
    assert enter.isAccepted()
    screen.dropEvent(
        QDropEvent(
            QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    made = dialog(player, ImportPreview)
    assert isinstance(made, ImportPreview)
    assert stocks(desk) == {}
    QTest.keyClick(made, Qt.Key.Key_F8)
    player.wait(lambda: len(screen.items) == 2)
    assert stocks(desk) == {"S60": 40, "S80": 10}


def test_a_wrong_list_is_not_taken_in_and_says_where_it_is_wrong(
    player: Player, screen: CartonsScreen, desk: Desk, tmp_path: Path
) -> None:
    screen.look_at(a_list(tmp_path, LIST.replace("320x230x180", "32x23x18")))
    made = dialog(player, ImportPreview)
    assert isinstance(made, ImportPreview)
    assert "320×230×180" in made.report.accessibleName()
    assert not made.use_button.isEnabled()
    made.use()
    made.reject()
    assert stocks(desk) == {}


def test_what_is_running_out_stands_in_the_panel_and_in_red(player: Player, listed: CartonsScreen) -> None:
    assert "S80 10" in listed.panel.toolTip()
    cell = listed.model.cell(1, 6)
    assert cell.pills == (("10", "error"),)
    listed.chip_tapped(0, "low")
    assert [row.id for row in listed.model.rows] == ["S80"]
    listed.fact_tapped("S80")
    player.wait(lambda: "326" in listed.panel.toolTip())


def test_what_a_changed_list_changes_is_told_and_labels_are_written(
    player: Player, listed: CartonsScreen, tmp_path: Path
) -> None:
    listed.look_at(a_list(tmp_path, LIST.replace(",60,700,", ",65,700,")))
    made = dialog(player, ImportPreview)
    assert isinstance(made, ImportPreview)
    assert made.changes.text() == "S60 箱代(円)：60 → 65"
    made.reject()
    listed.grid.choose({"S80"})
    listed.print_labels()
    path = Path(player.window.station.config.papers_folder) / "cartons.pdf"
    player.wait(path.is_file)
    assert {code for picture in pictures(path.read_bytes()) for code in zxing_codes(picture)} == {"KX-S80"}


def test_a_carton_is_entered_by_key(player: Player, screen: CartonsScreen, desk: Desk) -> None:
    press(player, Qt.Key.Key_F6)
    made = dialog(player, CartonDialog)
    assert isinstance(made, CartonDialog)
    for name, text in (("code", "n1"), ("inner_mm", "30x20x15cm"), ("max_g", "20kg"), ("services", "ネコポス")):
        made.fields[name].setText(text)
    made.fields["stock"].setText("25")
    QTest.keyClick(made, Qt.Key.Key_F8)
    player.wait(lambda: len(screen.items) == 1)
    carton = screen.items[0].row.carton
    assert (carton.code, carton.inner_mm, carton.max_g, carton.stock) == ("N1", (300, 200, 150), 20_000, 25)
    assert carton.services == ("yamato_b2/nekopos",)


def test_a_form_that_cannot_be_right_says_so_and_stays(player: Player, screen: CartonsScreen, desk: Desk) -> None:
    press(player, Qt.Key.Key_F6)
    made = dialog(player, CartonDialog)
    assert isinstance(made, CartonDialog)
    for name, text in (("code", "N1"), ("inner_mm", "30x20"), ("max_g", "20kg")):
        made.fields[name].setText(text)
    made.save()
    assert "300x200x150" in made.said.text()
    made.fields["inner_mm"].setText("30x20x15")
    made.save()
    player.wait(lambda: "cm" in made.said.text())
    made.reject()
    assert stocks(desk) == {}


def test_stock_is_corrected_and_a_carton_retired_and_used_again_in_the_form(
    player: Player, listed: CartonsScreen, desk: Desk
) -> None:
    listed.grid.choose({"S80"})
    press(player, Qt.Key.Key_F7)
    made = dialog(player, CartonDialog)
    assert isinstance(made, CartonDialog)
    made.fields["stock"].setText("+200")
    made.save()
    player.wait(lambda: stocks(desk)["S80"] == 210)
    for wanted in (True, False):
        listed.chip_tapped(0, "all")
        listed.grid.clearSelection()
        listed.grid.choose({"S60"})
        listed.edit()
        made = dialog(player, CartonDialog)
        assert isinstance(made, CartonDialog)
        made.retire()
        player.wait(lambda wanted=wanted: listed.items[-1 if wanted else 0].row.carton.retired is wanted)


def test_a_form_left_as_it_is_changes_nothing(player: Player, listed: CartonsScreen, desk: Desk) -> None:
    before = [row.carton for row in desk.read(carton_list.page).result()]
    listed.grid.choose({"S80"})
    change(desk.database, "UPDATE cartons SET stock = 8 WHERE code = 'S80'")  # packed meanwhile
    listed.edit()
    made = dialog(player, CartonDialog)
    assert isinstance(made, CartonDialog)
    made.save()
    player.wait(lambda: QApplication.activeModalWidget() is None)
    after = [row.carton for row in desk.read(carton_list.page).result()]
    assert after[0] == before[0]
    assert after[1].stock == 8
