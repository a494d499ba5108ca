"""Settings, papers: the page over the real desk and database; what is shown is the real paper."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.services import settings, templates
from app.services.desk import Desk
from app.ui.dialogs import Confirm
from app.ui.fields import TextField
from app.ui.ordered import Ordered
from app.ui.play import Player
from app.ui.settings.name_dialog import NameDialog
from app.ui.settings.papers import PapersPage
from tests.ui.makers import order

Add = Callable[..., None]


def page_of(player: Player) -> PapersPage:
    player.go("settings")
    screen = player.window.screens["settings"]
    player.wait(lambda: bool(screen.values))
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F4)
    page: PapersPage = screen.pages.currentWidget()
    player.wait(lambda: page.ready)
    shown(player, page)
    return page


def shown(player: Player, page: PapersPage) -> bytes:
    """The dots that are shown once everything that was changed is."""
    player.rest(0.3)
    player.wait(lambda: page.preview.ready and not page._later.isActive())
    sheet = page.preview.state.sheet
    return sheet.grey if sheet is not None else b""


def typed(field: Any, text: str) -> None:
    assert isinstance(field, TextField)
    field.begin()
    field.setText(text)
    field.end()


def own(desk: Desk, paper: str, name: str = "standard") -> str:
    return desk.read(templates.body_of, paper, name).result()


def test_what_is_changed_in_a_field_is_seen_at_once_and_kept_by_a_key(player: Player, desk: Desk) -> None:
    page = page_of(player)
    before = shown(player, page)
    assert before
    typed(page.form.fields[("title", "ja")], "お買い上げ明細")
    after = shown(player, page)
    assert after != before
    assert tomllib.loads(page.body)["title"] == {"ja": "お買い上げ明細", "en": ""}
    assert tomllib.loads(own(desk, "packing_slip"))["title"] == ""  # not kept yet
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F8)
    player.wait(lambda: "お買い上げ明細" in own(desk, "packing_slip"))
    player.wait(lambda: page.body == page.kept and "店の書式" in page.state.text())
    page.act("template_drop")
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), Confirm))
    QApplication.activeModalWidget().yes_button.click()
    player.wait(lambda: "お買い上げ明細" not in page.body and bool(page.body))
    assert shown(player, page) == before


def test_words_are_seen_while_they_are_typed(player: Player) -> None:
    page = page_of(player)
    before = shown(player, page)
    field = page.form.fields[("footer", "ja")]
    assert isinstance(field, TextField)
    field.setFocus()
    field.begin()
    QTest.keyClicks(field, "Thanks")
    assert field.typing_now
    assert shown(player, page) != before
    field.end(keep=False)
    assert shown(player, page) == before
    assert page.body == page.kept


def test_fields_are_switched_and_put_in_order(player: Player) -> None:
    page = page_of(player)
    ordered = page.form.fields[("columns",)]
    assert isinstance(ordered, Ordered)
    assert ordered.on == ["row", "name", "quantity", "price", "amount"]
    before = shown(player, page)
    ordered.setFocus()
    QTest.keyClick(ordered, Qt.Key.Key_Space)  # the first one goes
    QTest.keyClick(ordered, Qt.Key.Key_Up)
    assert tomllib.loads(page.body)["columns"] == ["name", "quantity", "price", "amount"]
    ordered.tapped.emit("switch tick")
    ordered.tapped.emit("up tick")
    assert tomllib.loads(page.body)["columns"] == ["name", "quantity", "price", "tick", "amount"]
    assert shown(player, page) != before


def test_a_fault_in_the_text_is_named_by_its_line_and_nothing_is_kept(player: Player, desk: Desk) -> None:
    page = page_of(player)
    page.show_view("text")
    page.text.begin()
    page.text.setPlainText(page.body.replace('brand = "#123B5D"', 'brand = "blue"'))
    page.text.end()
    line = page.body.splitlines().index('brand = "blue"') + 1
    player.wait(page.wrong.isVisible)
    assert page.wrong.text().startswith(f"{line} 行目")
    assert page.text.extraSelections()[0].cursor.blockNumber() + 1 == line
    page.act("template_save")
    player.wait(player.window.notice.isVisible)
    assert "blue" not in own(desk, "packing_slip")
    page.text.begin()
    page.text.setPlainText("a = [")
    page.text.end()
    player.wait(lambda: "TOML" in page.wrong.text())
    page.act("template_drop")  # what was changed is given up
    player.wait(lambda: not page.wrong.isVisible())
    assert page.body == page.kept


def test_a_copy_gets_a_name_and_one_shop_goes_by_it(player: Player, desk: Desk, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1)), shop="楽天店")
    page = page_of(player)
    screen = player.window.screens["settings"]
    screen.refresh()
    player.wait(lambda: len(screen.known) == 1)
    screen.chips.tapped.emit(str(screen.known[0].id))
    page.act("template_copy")
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), NameDialog))
    dialog = QApplication.activeModalWidget()
    dialog.name.setText("赤")
    dialog.take()
    player.wait(lambda: page.name == "赤" and page.ready)
    assert screen.shop is not None
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F4)
    player.wait(lambda: screen.shop is not None and screen.shop.settings.get("template.packing_slip") == "赤")
    assert desk.read(settings.all_settings).result()["template.packing_slip"] == "standard"
    player.wait(lambda: "使用中" in page.state.text())


def test_every_paper_and_label_can_be_shown(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1)))
    page = page_of(player)
    papers = dict.fromkeys(item.paper for item in page.items)
    assert {"packing_slip", "invoice", "pick_list", "label:product"} <= set(papers)
    for paper in papers:
        page.choose(paper)
        player.wait(lambda: page.ready)
        assert shown(player, page), (paper, page.preview.state.problem)
        assert not page.faults, paper


def test_a_label_is_shown_in_the_dots_of_its_printer(player: Player) -> None:
    page = page_of(player)
    page.choose("label:product")
    player.wait(lambda: page.ready)
    shown(player, page)
    assert page.views.currentIndex() == 1  # its text: a label is no list of fields
    small = page.preview.state.sheet
    page.dpi.choose("300")
    shown(player, page)
    large = page.preview.state.sheet
    assert small is not None
    assert large is not None
    assert large.width == pytest.approx(small.width * 300 / 203, rel=0.02)


def test_a_logo_that_is_no_picture_is_named_under_the_page(player: Player, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(b"no picture")
    page = page_of(player)
    screen = player.window.screens["settings"]
    typed(screen.fields["shop.name"], "くもの雑貨店")  # a shop with a name stands on papers with its own logo
    typed(screen.fields["shop.logo"], str(file))
    player.wait(lambda: screen.values.get("shop.logo") == str(file))
    shown(player, page)
    assert any("logo.png" in fact.words for fact in page.preview.told.facts)
    Image.new("RGB", (40, 20), "red").save(file)
    page._look()
    shown(player, page)
    assert not any("logo.png" in fact.words for fact in page.preview.told.facts)


def test_an_order_that_nobody_knows_is_said_where_the_page_would_be(player: Player) -> None:
    page = page_of(player)
    typed(page.order, "NONE-1")
    shown(player, page)
    assert "NONE-1" in page.preview.state.problem


def test_what_was_not_kept_is_said_when_another_paper_is_chosen(player: Player, desk: Desk) -> None:
    page = page_of(player)
    typed(page.form.fields[("footer", "ja")], "またどうぞ")
    page.choose("invoice")
    player.wait(player.window.notice.isVisible)
    assert "保存していません" in player.window.notice.text
    assert "またどうぞ" not in own(desk, "packing_slip")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_text_is_cut(player: Player, desk: Desk, cut: list[str], language: str) -> None:
    player.window.speak(language)
    page = page_of(player)
    desk.do(frozenset(), templates.save, desk.station, str(uuid4()), "packing_slip", "長い名前" * 8, page.body).result()
    page.choose("packing_slip", "長い名前" * 8)
    player.window.resize(1280, 720)
    for view in ("fields", "text", "settings"):
        page.show_view(view)
        player.rest(0.1)
        cut.clear()
        page.grab()
        player.window.bar.grab()
        assert cut == []
        for each in page.views.currentWidget().findChildren(QLineEdit):
            assert each.width() >= 40
