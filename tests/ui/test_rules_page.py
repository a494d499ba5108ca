"""Settings, print rules: the page over the real desk and database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from shiboken6 import delete, isValid

from app.domain.printing import Printer, Transport
from app.services import print_rule_list, printers
from app.services.desk import Desk
from app.ui.dialogs import Confirm
from app.ui.play import Player
from app.ui.settings.rule_dialog import PrintRuleDialog
from app.ui.settings.rules import RulesPage
from tests.ui.makers import order

Add = Callable[..., None]


def page_of(player: Player) -> RulesPage:
    player.go("settings")
    screen = player.window.screens["settings"]
    screen.act("rules")
    page: RulesPage = screen.pages.currentWidget()
    player.rest(0.2)
    return page


def ruled(desk: Desk, **texts: str) -> int:
    given = {"paper": "packing_slip"} | texts
    return desk.do(frozenset(), print_rule_list.save, desk.station, str(uuid4()), given).result()


def printer(desk: Desk, name: str) -> int:
    made = Printer(0, name, Transport.RAW, "192.0.2.1", "zpl", 203, "100x150")
    return desk.do(frozenset(), printers.save, desk.station, str(uuid4()), made).result()


def dialog_of(player: Player) -> PrintRuleDialog:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), PrintRuleDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PrintRuleDialog)
    return dialog


def write(dialog: PrintRuleDialog, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        dialog.fields[name].setText(text)


def test_a_rule_is_written_in_fields_and_kept(player: Player, desk: Desk) -> None:
    printer(desk, "梱包台 1")
    page = page_of(player)
    assert page.empty.isVisible()
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F4)
    dialog = dialog_of(player)
    player.wait(lambda: bool(dialog.wrong))  # it has no name yet
    assert not dialog.save_button.isEnabled()
    write(dialog, {"name": "海外", "countries": "abroad", "copies": "2"})
    dialog.fields["gift"].choose("no")
    dialog.fields["printer"].choose("梱包台 1")
    player.wait(dialog.save_button.isEnabled)
    assert "2 部" in dialog.said.text()
    assert "ギフト以外" in dialog.said.text()
    QTest.keyClick(dialog, Qt.Key.Key_F8)
    player.wait(lambda: len(page.items) == 1)
    item = page.items[0].item
    assert (item.rule.copies, item.rule.conditions.gift, item.draft.printer) == (2, False, "梱包台 1")


def test_what_a_paper_cannot_have_is_not_offered(player: Player, desk: Desk) -> None:
    page = page_of(player)
    page.act("print_rule_new")
    dialog = dialog_of(player)
    dialog.fields["paper"].choose("handover_list")
    player.wait(lambda: not dialog.fields["countries"].isVisible())
    assert dialog.fields["stations"].isVisibleTo(dialog)
    assert not dialog.fields["when"].isVisibleTo(dialog)
    dialog.reject()


def test_an_answer_that_comes_after_the_dialog_was_closed_is_nobodys(player: Player, desk: Desk) -> None:
    page = page_of(player)
    page.act("print_rule_new")
    dialog = dialog_of(player)
    waiting: list[Callable[[object], None]] = []
    player.window.bridge.ask = lambda future, then, failed=None: waiting.append(then)  # type: ignore[method-assign]
    dialog._look()
    del player.window.bridge.ask
    dialog.reject()
    delete(dialog)
    (answer,) = waiting
    answer(((), (), [], []))  # would write into widgets that are gone
    assert not isValid(dialog)


def test_rules_are_switched_moved_and_taken_away(player: Player, desk: Desk) -> None:
    first, second = ruled(desk, name="一", gift="yes"), ruled(desk, name="二")
    page = page_of(player)
    player.wait(lambda: [row.id for row in page.items] == [first, second])
    page.grid.choose({second})
    page.act("print_rule_up")
    player.wait(lambda: [row.id for row in page.items] == [second, first])
    assert any("使われません" in fact.words for fact in page._rule_facts(page.items[1]))  # the wider one stands first
    page.act("print_rule_switch")
    player.wait(lambda: not page.items[0].item.rule.active)
    page.act("print_rule_drop")
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), Confirm))
    QApplication.activeModalWidget().yes_button.click()
    player.wait(lambda: [row.id for row in page.items] == [first])


def test_an_order_says_which_rule_decides_and_why(player: Player, desk: Desk, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1)))
    ruled(desk, name="ギフトだけ", gift="yes")
    ruled(desk, name="全部", copies="3")
    page = page_of(player)
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F3)
    assert page.number.typing_now
    page.number.setText("A-1")
    page.number.end()
    player.wait(lambda: page.explained is not None)
    facts = {fact.words: fact for fact in page.facts()}
    assert any("全部: このルールで決まり" in words and fact.kind == "ok" for words, fact in facts.items())
    assert any("ギフトだけ: × ギフト" in words for words in facts)
    assert any("ルール「全部」" in words and "3 部" in fact.value for words, fact in facts.items())


def test_an_order_that_nobody_knows_is_said(player: Player) -> None:
    page = page_of(player)
    page.number.begin()
    page.number.setText("NONE-1")
    page.number.end()
    player.wait(player.window.notice.isVisible)
    assert page.explained is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_dialog_has_room_for_its_words(player: Player, desk: Desk, cut: list[str], language: str) -> None:
    rule = ruled(desk, name="とても長い名前のルール " * 3, countries="abroad", size="80-100", gift="no", cod="yes")
    player.window.speak(language)
    page = page_of(player)
    player.wait(lambda: len(page.items) == 1)
    page.grid.choose({rule})
    player.window.resize(1280, 720)
    page.act("print_rule_edit")
    dialog = dialog_of(player)
    player.wait(lambda: bool(dialog.said.text()))
    cut.clear()
    dialog.grab()
    assert cut == []
    area = dialog.findChildren(QScrollArea)[0]
    assert area.horizontalScrollBar().maximum() == 0
    dialog.reject()
