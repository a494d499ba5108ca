"""The map on screen: made from numbers, taken in from a file after a look, what is wrong with it, a shelf by a tap."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.warehouse_layout import Parameters, layout_of, parametric_shelves
from app.services import warehouse
from app.services.desk import Desk
from app.ui.floor_plan import FloorView, floor_plan, met_at
from app.ui.label_dialog import LabelDialog
from app.ui.map.dialogs import ImportPreview, LayoutDialog
from app.ui.map.screen import MapScreen
from app.ui.play import Player
from tests.makers import query, set_to

HALL = Parameters(aisles=4, bays=6, levels=2)


@pytest.fixture
def screen(player: Player) -> MapScreen:
    player.go("map")
    made: MapScreen = player.window.screens["map"]
    player.wait(lambda: made.found is not None)
    return made


def press(player: Player, key: Qt.Key) -> None:
    QTest.keyClick(player.window.windowHandle(), key)
    player.rest(0.1)


def dialog(player: Player, kind: type) -> object:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def a_file(folder: Path, *rows: tuple[object, ...]) -> Path:
    path = folder / "shelves.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("棚番", "ゾーン", "通路", "x", "y"), *rows])
    return path


def test_without_a_map_the_screen_says_how_to_make_one(player: Player, screen: MapScreen) -> None:
    assert screen.empty.isVisibleTo(screen)
    assert "取り込むか" in screen.empty.text()
    assert not screen.map.isVisible()


def test_a_map_is_made_from_numbers_by_key(player: Player, screen: MapScreen, desk: Desk) -> None:
    press(player, Qt.Key.Key_F6)
    made = dialog(player, LayoutDialog)
    assert isinstance(made, LayoutDialog)
    made.numbers["aisles"].choose(4)
    made.numbers["depot"].choose(9)
    player.wait(lambda: "4 まで" in made.preview.said.text())
    assert not made.use_button.isEnabled()
    made.numbers["depot"].choose(2)
    player.wait(lambda: made.found is not None and made.use_button.isEnabled())
    assert len(made.preview.map.plan.lanes) == 4
    assert desk.read(warehouse.warehouse_map).result().shelves == ()  # only looked at
    QTest.keyClick(made, Qt.Key.Key_F8)
    player.wait(lambda: screen.found is not None and bool(screen.found.shelves))
    assert len(screen.found.layout.aisles) == 4
    assert screen.map.isVisible()
    assert screen.map.plan.depot == (5.0, 0.0)


def test_a_file_with_a_wrong_row_is_shown_and_leaves_the_map(
    player: Player, screen: MapScreen, desk: Desk, tmp_path: Path
) -> None:
    assert warehouse.lay_out(desk, HALL).written
    screen.look_at(a_file(tmp_path, ("Q-1", "", "Q", "1", "3.5999999999999996"), ("Q-2", "", "Q", "abc", "2")))
    made = dialog(player, ImportPreview)
    assert isinstance(made, ImportPreview)
    assert "abc" in made.preview.report.accessibleName()
    assert "3.59" not in made.preview.report.accessibleName()  # what a spreadsheet makes of 3.6
    assert not made.use_button.isEnabled()
    made.use()
    made.reject()
    assert len(desk.read(warehouse.warehouse_map).result().shelves) == 48


def test_a_file_becomes_the_map_and_what_is_to_mend_is_listed_first(
    player: Player, screen: MapScreen, desk: Desk, tmp_path: Path
) -> None:
    set_to(desk.database, map_cross="0; 20")
    rows = [(f"{aisle}-{bay}", zone, aisle, x, bay * 2) for aisle, zone, x in (("A", "常温", 0), ("B", "冷蔵", 4))
            for bay in range(1, 7)]  # fmt: skip
    screen.look_at(a_file(tmp_path, *rows, ("Z-9", "", "", "", "")))
    made = dialog(player, ImportPreview)
    assert isinstance(made, ImportPreview)
    assert "0; 20 m" in made.preview.noted.text()  # a file does not say where cross-aisles are
    made.use_button.click()
    player.wait(lambda: screen.found is not None and len(screen.found.shelves) == 13)
    troubles = {row.id: row.trouble for row in screen.model.rows}
    assert troubles["Z-9"] == "unplaced"
    assert troubles["A-01-01"] == "missing"  # goods lie there
    assert screen.model.rows[0].id == "Z-9"
    press(player, Qt.Key.Key_F7)  # only those without a place
    assert [row.id for row in screen.model.rows] == ["Z-9"]
    assert "座標のない棚" in screen.panel.accessibleName()


def test_shelves_that_nobody_can_walk_to_are_listed(player: Player, screen: MapScreen, desk: Desk) -> None:
    assert warehouse.lay_out(desk, HALL).written
    set_to(desk.database, map_one_way="A=back; B=back; C=back; D=back")  # in by the front, and never back
    screen.refresh()
    player.wait(lambda: screen.found is not None and bool(screen.found.unreachable))
    assert {row.trouble for row in screen.model.rows} == {"unreachable", "missing"}


def test_a_tap_on_the_drawing_chooses_the_shelf(player: Player, screen: MapScreen, desk: Desk) -> None:
    assert warehouse.lay_out(desk, HALL).written
    screen.refresh()
    player.wait(lambda: bool(screen.map.plan.shelves))
    player.rest(0.2)
    view = FloorView(screen.map.plan, [], QRectF(screen.map.rect()), screen.look.px(10))
    lefts, middle = view.blocks["C-04-1"]
    at = view.at(lefts[0] + view.deep / 2, middle)
    QTest.mouseClick(screen.map, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert [row.id for row in screen.grid.rows_chosen()] == ["C-04-1"]
    assert screen.map.marked == "C-04-1"
    assert "C-04-1" in screen.panel.accessibleName()


# --- the drawing itself -------------------------------------------------------------------------------------------


def test_labels_of_the_chosen_shelves_are_printed_by_key(player: Player, screen: MapScreen, desk: Desk) -> None:
    assert warehouse.lay_out(desk, HALL).written
    screen.refresh()
    player.wait(lambda: screen.found is not None and bool(screen.found.shelves))
    press(player, Qt.Key.Key_F9)
    assert "選んで" in player.window.notice.text
    codes = [each.id for each in screen.items[:2]]
    screen.choose(codes[0])
    screen.grid.choose(set(codes))
    press(player, Qt.Key.Key_F9)
    asked = dialog(player, LabelDialog)
    assert isinstance(asked, LabelDialog)
    player.wait(lambda: asked.preview.ready and asked.preview.state.sheet is not None)  # what comes out is seen first
    QTest.keyClick(asked, Qt.Key.Key_F8)
    player.wait(lambda: query(desk.database, "SELECT paper FROM print_jobs") == [("label",)])
    ((subject,),) = query(desk.database, "SELECT subject FROM print_jobs")
    assert sorted(json.loads(subject)["codes"]) == sorted(codes)


def test_a_stop_is_met_where_the_walk_passes_it_in_its_turn() -> None:
    points = [(0.0, 0.0), (0.0, 10.0), (5.0, 10.0), (5.0, 0.0), (0.0, 0.0)]
    stops = [("A", 0.0, 4.0), ("B", 5.0, 7.0), ("C", 5.0, 2.0)]
    assert met_at(points, stops) == [4.0, 18.0, 23.0]


def test_an_aisle_walked_in_and_back_is_met_on_the_way_in_first() -> None:
    points = [(0.0, 0.0), (0.0, 10.0), (0.0, 0.0)]
    assert met_at(points, [("far", 0.0, 10.0), ("near", 0.0, 3.0)]) == [10.0, 17.0]


@pytest.mark.parametrize("turned", [False, True])
def test_a_point_of_the_screen_is_the_point_of_the_warehouse_that_is_drawn_there(turned: bool) -> None:
    shelves, crosses, depot = parametric_shelves(HALL)
    if turned:
        shelves = [type(each)(each.code, each.zone, each.aisle, each.bay, each.level, each.y, each.x)
                   for each in shelves]  # fmt: skip
    layout = layout_of(shelves, cross_aisles=crosses, depot=depot)
    assert layout.turned is turned
    view = FloorView(floor_plan(layout, shelves), [], QRectF(0, 0, 600, 300), 10)
    at = view.at(7.5, 3.0)
    assert view.metres(at.x(), at.y()) == pytest.approx((7.5, 3.0))
    along, across = view.at(0.0, 5.0) - view.at(0.0, 0.0), view.at(5.0, 0.0) - view.at(0.0, 0.0)
    assert QPointF(along).x() == 0 if not turned else along.y() == 0  # aisles run up the picture, turned ones along it
    assert (across.x() > 0) is not turned
