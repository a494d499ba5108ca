"""Rules of inserts on screen: entered by fields with their sentence beside, ordered, switched; gifts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.noshi import Knot
from app.services import insert_rules
from app.services.desk import Desk
from app.ui.inserts.dialogs import ImportReport, RuleDialog
from app.ui.inserts.screen import InsertsScreen
from app.ui.orders.gift import GiftDialog
from app.ui.orders.screen import OrdersScreen
from app.ui.play import Player
from tests.makers import query
from tests.ui import makers

RULES = """ルール名,種類,商品コード,店舗,金額以上,注文回数,文,希望
夏のちらし,チラシ,TEA-050,*,3000,,,
はじめての方へ,サンプル,CUP-BLU,*,,初回,,
のし紙,のし,,*,,,,
包装,包装,,*,,,紙で包み、リボンをかける,包装
"""


@pytest.fixture
def rules(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "rules.csv"
    path.write_text(RULES, encoding="utf-8")
    assert insert_rules.import_rules(desk, path).written


@pytest.fixture
def screen(player: Player) -> InsertsScreen:
    player.go("inserts")
    made: InsertsScreen = player.window.screens["inserts"]
    player.rest(0.3)
    return made


def press(player: Player, key: Qt.Key) -> None:
    QTest.keyClick(player.window.windowHandle(), key)
    player.rest(0.1)


def dialog(player: Player, kind: type) -> object:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def names(screen: InsertsScreen) -> list[str]:
    return [each.item.rule.name for each in screen.model.rows]


def test_a_rule_is_entered_by_its_fields_and_said_as_a_sentence(
    player: Player, screen: InsertsScreen, add_orders: Callable[..., None]
) -> None:
    assert screen.empty.isVisibleTo(screen)
    assert "F5" in screen.empty.text()
    assert len(screen.facts()) == 3

    add_orders(makers.order("1001", ("TEA-050", 2)), makers.order("1002", ("CUP-BLU", 1)))
    press(player, Qt.Key.Key_F5)
    made = dialog(player, RuleDialog)
    assert isinstance(made, RuleDialog)
    player.wait(lambda: bool(made.wrong))
    assert not made.save_button.isEnabled()
    assert "店舗が選ばれていません" in made.faults.text()
    assert not made.fields["knots"].isVisibleTo(made)  # fields of another kind are not offered
    made.fields["kind"].choose("noshi")  # type: ignore[union-attr]
    assert made.fields["knots"].isVisibleTo(made)
    assert not made.fields["scanned"].isVisibleTo(made)
    made.fields["kind"].choose("insert")  # type: ignore[union-attr]
    made.fields["name"].setText("お茶のちらし")
    made.fields["sku"].setText("TEA-100")
    made.fields["any_of"].setText("TEA-050;TEA-100")
    made.shops.tapped.emit("*")
    player.wait(lambda: not made.wrong and made.save_button.isEnabled() and "1001" in made.ahead.text())
    assert made.said.text() == (
        "もし どの店舗でも、TEA-050、TEA-100 のどれかがあり なら、TEA-100 ×1（1 注文ごと）を入れる。"
    )
    assert "2 件のうち 1 件" in made.ahead.text()
    made.save()
    player.wait(lambda: names(screen) == ["お茶のちらし"])
    assert screen.model.rows[0].item.rule.conditions.any_of == ("TEA-050", "TEA-100")


def test_a_rule_is_changed_switched_moved_and_deleted(player: Player, rules: None, screen: InsertsScreen) -> None:
    player.wait(lambda: len(screen.model.rows) == 4)
    screen.grid.choose({screen.model.rows[1].id})
    press(player, Qt.Key.Key_F8)
    player.wait(lambda: names(screen)[0] == "はじめての方へ")
    press(player, Qt.Key.Key_F7)
    player.wait(lambda: not screen.model.rows[0].item.rule.active)
    press(player, Qt.Key.Key_F9)
    player.wait(lambda: names(screen)[1] == "はじめての方へ")
    press(player, Qt.Key.Key_F6)
    made = dialog(player, RuleDialog)
    assert isinstance(made, RuleDialog)
    made.fields["nth"].setText("2-")
    player.wait(lambda: "2 回目から" in made.said.text())
    made.save()
    player.wait(lambda: screen.model.rows[1].item.rule.conditions.nth_from == 2)
    screen._ask_drop(screen.model.rows[1].id, "はじめての方へ")
    confirm = QApplication.activeModalWidget()
    assert confirm is not None
    confirm.yes_button.click()  # type: ignore[attr-defined]
    player.wait(lambda: len(screen.model.rows) == 3)
    port = screen.grid.viewport()

    def middle(row: int) -> QPoint:
        return screen.grid.visualRect(screen.model.index(row, 1)).center()

    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=middle(2))
    QTest.mouseMove(port, middle(1))
    QTest.mouseMove(port, middle(0))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=middle(0))
    player.wait(lambda: names(screen)[0] == "包装")


def test_a_wrong_file_is_shown_row_by_row_and_everything_fits_in_both_languages(
    player: Player, rules: None, screen: InsertsScreen, tmp_path: Path, cut: list[str]
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(RULES + "x,チラシ,NONE,*,viel,,,\n", encoding="utf-8")
    screen.take_in(path)
    report = dialog(player, ImportReport)
    assert isinstance(report, ImportReport)
    report.accept()
    assert len(names(screen)) == 4
    screen.grid.choose({screen.model.rows[0].id})
    for language in ("ja", "en"):
        player.window.speak(language)
        player.rest(0.2)
        screen.grab()
        made = RuleDialog(player.window, screen.model.rows[0].item)
        made.open()
        player.rest(0.4)
        made.grab()
        made.reject()
    assert not [text for text in cut if text.startswith(("もし", "If"))]


# --- gifts --------------------------------------------------------------------------------------------------------


def test_a_gift_that_cannot_be_read_is_decided_on_the_orders_screen(
    player: Player, rules: None, desk: Desk, add_orders: Callable[..., None]
) -> None:
    add_orders(makers.order("1001", ("TEA-050", 2), note="のし: 御祝 見本", gift="1"))
    player.go("orders")
    orders: OrdersScreen = player.window.screens["orders"]
    player.wait(lambda: len(orders.model.rows) == 1)
    orders.table.choose({orders.model.rows[0].id})
    player.wait(lambda: orders.detail.full is not None)
    assert orders.detail.gift.isVisible()
    assert orders.detail.gift.wish.unread == ("のし: 御祝 見本",)
    orders.detail.gift.tapped.emit("gift")
    made = dialog(player, GiftDialog)
    assert isinstance(made, GiftDialog)
    assert (made.knot.value, made.title.text(), made.names[0].text()) == ("bow", "御祝", "見本")
    made.title.setText("御結婚御祝")
    assert "紅白結び切り がふつう" in made.told.text()
    made.knot.choose("tied")
    assert not made.told.isVisibleTo(made)
    made.names[1].setText("試作")
    made.message.setText("おめでとう／見本より")
    made.save()
    player.wait(lambda: orders.detail.gift.wish.knot is Knot.TIED)
    assert orders.detail.gift.wish.names == ("見本", "試作")
    assert orders.detail.gift.wish.message == "おめでとう\n見本より"
    content = query(desk.database, "SELECT content, held FROM orders")[0]
    assert '"gift_wish"' in content[0]
    orders.open_gift()
    again = dialog(player, GiftDialog)
    assert isinstance(again, GiftDialog)
    again.title.setText("祝" * 21)
    assert not again.save_button.isEnabled()
    again.reject()
