"""Rates on screen: lists and their table, a file taken in after a look, a price worked out, another service chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.plugins import resource_root
from app.services import gate, rates
from app.services.desk import Desk
from app.storage import settings as settings_storage
from app.ui.orders.price import ChoiceDialog
from app.ui.play import Player
from app.ui.rates.dialogs import QuoteDialog, RateImport
from app.ui.rates.screen import RatesScreen
from tests.makers import query
from tests.ui.makers import PRODUCTS, order

MORE = """carrier,service,size,from_zone,to_zone,price,valid_from
yamato_b2,ネコポス,,*,*,385,2025-05-01
yamato_b2,宅急便,60,関東,=,880,2025-05-01
yamato_b2,宅急便,80,関東,関東,1230,2025-05-01
yamato_b2,宅急便,60,関東,関東,1160,2999-01-01
sagawa_e3,飛脚宅配便,60,*,*,890,2025-05-01
"""
EXTRAS = """carrier,service,kind,size,up_to,price,valid_from
yamato_b2,,chilled,60,,275,2025-05-01
yamato_b2,,cod,,10000,330,2025-05-01
yamato_b2,,cod,,30000,440,2025-05-01
yamato_b2,,discount,,,-60,2025-05-01
"""


def fill(desk: Desk, folder: Path) -> None:
    """A house in Tokyo that chooses the cheapest of Yamato and Sagawa."""
    with desk.database.transaction() as tx:
        settings_storage.write(
            tx,
            {
                "carrier.default": "yamato_b2/takkyubin",
                "ship.origin": "東京都",
                "carrier.choose": "cheapest",
                "carrier.order": "yamato_b2,sagawa_e3",
                "address.check": "off",
            },
        )
    assert rates.import_file(desk, resource_root() / "rates" / "example_yamato_b2.csv").written
    for kind, text in (("rates", MORE), ("extras", EXTRAS)):
        path = folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        assert rates.import_file(desk, path, kind).written


def size_goods(desk: Desk) -> None:
    """Give every product a size that goes into a mailer."""
    with desk.database.transaction() as tx:
        tx.connection.exec_driver_sql(
            "UPDATE products SET length_mm = 200, width_mm = 140, height_mm = 10, weight_g = 150"
        )
    gate.recheck_open(desk)


@pytest.fixture
def filled(player: Player, desk: Desk, tmp_path: Path) -> RatesScreen:
    fill(desk, tmp_path)
    player.go("rates")
    screen: RatesScreen = player.window.screens["rates"]
    player.wait(lambda: screen.found is not None and bool(screen.found.lists))
    player.rest(0.1)
    return screen


def dialog(player: Player, kind: type) -> object:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def test_without_prices_the_screen_says_how_to_begin(player: Player) -> None:
    player.go("rates")
    screen: RatesScreen = player.window.screens["rates"]
    player.wait(lambda: screen.found is not None)
    assert "F5" in screen.empty.text()
    assert "適用開始" in screen.panel.toolTip()


def test_the_table_of_the_chosen_list_is_that_of_the_shops_place(
    player: Player, filled: RatesScreen, cut: list[str]
) -> None:
    assert [row.value.service for row in filled.model.rows] == [
        "hikyaku", "takkyubin", "takkyubin", "compact", "nekopos"
    ]  # fmt: skip
    filled.grid.clearSelection()
    filled.grid.choose({"yamato_b2/takkyubin/2025-05-01"})
    filled.show_panel()
    player.rest(0.1)
    table = filled.table.grid
    assert table.sizes == (60, 80)
    assert table.zones[:3] == ("=", "北海道", "北東北")
    assert (table.prices["=", 60], table.prices["関西", 60], table.prices["関東", 80]) == (880, 1060, 1230)
    filled.chip_tapped(1, "沖縄")
    assert filled.table.grid.prices["沖縄", 60] == 940
    for name, rows in (("extras", 4), ("zones", 47), ("islands", 0), ("lists", 5)):
        filled.chip_tapped(0, name)
        player.wait(lambda rows=rows: len(filled.model.rows) == rows)
    assert not cut


def test_a_file_is_looked_at_before_it_is_taken_in(player: Player, filled: RatesScreen, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text("service,size,from_zone,to_zone,price\nネコポス,,*,*,400\nネコポス,,*,夢,400\n", encoding="utf-8")
    filled.look_at(path)
    shown = dialog(player, RateImport)
    player.wait(lambda: shown.found is not None)
    assert not shown.use_button.isEnabled()
    assert [each.key for each in shown.found.problems][-1] == "rates.unknown_zone"
    shown.reject()
    path.write_text("service,size,from_zone,to_zone,price\nネコポス,,*,*,400\n", encoding="utf-8")
    filled.look_at(path)
    again = dialog(player, RateImport)
    player.wait(lambda: again.found is not None)
    again.day.setText("2025-05-01")
    again.look_again()
    player.wait(lambda: bool(again.found and again.found.changed))
    assert "¥385 → ¥400" in again.changes.text()
    QTest.keyClick(again, Qt.Key.Key_F8)
    player.wait(lambda: filled.found.lists[-1].range == (400, 400))


def test_a_price_is_worked_out(player: Player, filled: RatesScreen) -> None:
    filled.act("rate_quote")
    asked = dialog(player, QuoteDialog)
    asked.fields["prefecture"].setText("夢")
    asked.ask()
    player.wait(lambda: bool(asked.said.text()))
    for name, text in (("prefecture", "大阪"), ("size", "200x150x20"), ("weight", "0.5kg")):
        asked.fields[name].setText(text)
    QTest.keyClick(asked, Qt.Key.Key_F8)
    player.wait(lambda: bool(asked.answer.facts))
    assert asked.answer.facts[0].words == "ネコポス 325円 — 宅急便コンパクト より 325円 安い"
    asked.cold.choose("chilled")
    asked.ask()
    player.wait(lambda: "宅急便 60" in asked.answer.facts[0].words)
    assert "冷蔵 275" in asked.answer.facts[1].words
    asked.reject()


def test_a_person_takes_another_service_where_the_order_is_shown(
    player: Player, desk: Desk, tmp_path: Path, add_orders: Callable[..., None]
) -> None:
    fill(desk, tmp_path)
    add_orders(order("1001", (PRODUCTS[0][0], 1)))
    size_goods(desk)
    player.go("orders")
    screen = player.window.screens["orders"]
    player.wait(lambda: bool(screen.model.rows))
    screen.table.choose({screen.model.rows[0].id})
    player.wait(lambda: screen.detail.price.isVisibleTo(screen))
    assert screen.detail.price.words.startswith("ネコポス")
    screen.open_choice()
    shown = dialog(player, ChoiceDialog)
    shown.take("yamato_b2/takkyubin")
    player.wait(lambda: query(desk.database, "SELECT service, service_by FROM orders") == [("takkyubin", "hand")])
    player.wait(lambda: "人が選んだ" in screen.detail.price.words)
