"""The queue on screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from app.ui.dialogs import Confirm
from app.ui.orders.screen import OrdersScreen
from app.ui.play import Player
from tests.ui.makers import order

Add = Callable[..., None]


def queue(player: Player, count: int) -> OrdersScreen:
    player.go("orders")
    screen: OrdersScreen = player.window.screens["orders"]
    screen.refresh()
    player.wait(lambda: len(screen.model.rows) == count)
    return screen


def test_the_queue_goes_by_cut_off_and_filters_by_shop_text_and_figure(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1), to="佐藤"), order("A-2", ("TEA-050", 2), cut_off="2030-01-01 14:00"))
    add_orders(order("B-1", ("CUP-BLU", 1), note="急いで"), shop="別の店")
    screen = queue(player, 3)
    assert screen.model.rows[0].number == "A-2"
    screen.shops.tapped.emit("shop:別の店")
    player.wait(lambda: [row.number for row in screen.model.rows] == ["B-1"])
    screen.shops.tapped.emit("shop:")
    screen.search.setText("佐藤")
    player.wait(lambda: [row.number for row in screen.model.rows] == ["A-1"])
    screen.search.setText("")
    screen.figures.tapped.emit("held")
    player.wait(lambda: [row.number for row in screen.model.rows] == ["B-1"])
    assert screen.figures.counts == {
        "all": 3, "ready": 2, "working": 0, "verified": 0, "held": 1, "shipped": 0, "cancelled": 0,
    }  # fmt: skip


def test_a_hold_is_lifted_by_one_key(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1), note="急いで"))
    screen = queue(player, 1)
    screen.table.selectRow(0)
    player.wait(lambda: screen.detail.full is not None)
    assert screen.detail.holds.accessibleName() == "要望あり"
    assert screen.detail.note.text == "急いで"
    assert screen.command_key(player_key("F6"))
    player.wait(lambda: bool(screen.model.rows) and not screen.model.rows[0].holds)
    player.wait(lambda: not screen.detail.holds.isVisible())
    assert screen.table.rows_chosen()[0].number == "A-1"  # what was chosen stays chosen


def player_key(name: str) -> int:
    from app.ui.play import _KEYS

    return _KEYS[name].value


def test_orders_are_held_released_and_cancelled_after_asking(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1)), order("A-2", ("TEA-050", 1)))
    screen = queue(player, 2)
    screen.table.selectRow(0)
    screen.act("hold")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    assert dialog.reason is not None
    dialog.reason.setText("確認する")
    dialog.yes_button.click()
    player.wait(lambda: any(row.holds == ("by_hand",) for row in screen.model.rows))
    screen.table.selectAll()
    screen.act("release")
    QApplication.activeModalWidget().yes_button.click()
    player.wait(lambda: any(row.ship_number == "1-001" for row in screen.model.rows))
    assert "1 件は" in player.window.notice.text
    screen.table.selectAll()
    screen.act("cancel")
    QApplication.activeModalWidget().yes_button.click()
    player.wait(lambda: not screen.model.rows)
    assert screen.empty.isVisible()


def test_saying_no_changes_nothing(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1)))
    screen = queue(player, 1)
    screen.table.selectRow(0)
    screen.act("cancel")
    QApplication.activeModalWidget().no_button.click()
    player.rest(0.2)
    assert [row.state for row in screen.model.rows] == ["ready"]


def test_more_rows_are_read_when_scrolled_to(player: Player, add_orders: Add) -> None:
    add_orders(*[order(f"A-{number:03d}", ("TEA-050", 1)) for number in range(130)])
    player.go("orders")
    screen: OrdersScreen = player.window.screens["orders"]
    player.wait(lambda: len(screen.model.rows) >= 100)
    screen.table.scrollToBottom()
    player.wait(lambda: len(screen.model.rows) == 130)
