"""Leaders see the shelves that pickers found otherwise than the books, and enter what is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.desk import Desk
from app.ui.attention.counting import CountDialog
from app.ui.play import Player
from tests.makers import change, query
from tests.ui.test_alikes import attention


@pytest.fixture
def counting(player: Player, desk: Desk):
    product = "SELECT id FROM products WHERE sku = 'TEA-050'"
    change(
        desk.database,
        f"INSERT INTO counts (act, at, product_id, shelf, reason) VALUES ('a', 1, ({product}), 'A-01-1', 'short')",
    )
    screen = attention(player, "counts")
    player.wait(lambda: len(screen.model.rows) == 1)
    screen.grid.selectRow(0)
    return screen


def the_dialog(player: Player) -> CountDialog:
    found: list[CountDialog] = []

    def look() -> bool:
        found[:] = [each for each in player.window.findChildren(CountDialog) if each.isVisible()]
        return bool(found)

    player.wait(look)
    return found[0]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_leader_enters_what_is_on_the_shelf(player: Player, desk: Desk, counting, language: str) -> None:
    player.window.speak(language)
    say = player.window.look.say
    assert say("window.attention.about_counts") in counting.panel.accessibleName()
    counting.act("counted")
    dialog = the_dialog(player)
    dialog.pieces.setText("many")
    QTest.keyClick(dialog.pieces, Qt.Key.Key_Return)
    dialog._yes()
    assert query(desk.database, "SELECT done_at FROM counts") == [(None,)], "no number, no count"
    dialog.pieces.setText("7")
    dialog._yes()
    player.wait(lambda: query(desk.database, "SELECT counted FROM counts") == [(7,)])
    stock = "SELECT quantity FROM balances WHERE place = 'shelf:A-01-1'"
    assert query(desk.database, stock) == [(7,)]
    player.wait(lambda: not counting.model.rows)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_names_of_the_lists_fit(player: Player, counting, language: str) -> None:
    player.window.speak(language)
    player.wait(lambda: counting.tabs.width() >= counting.tabs.sizeHint().width())  # else they are cut
