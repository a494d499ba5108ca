"""Settings, channels: the page over the real desk and database."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.services import channels, folders, intake
from app.services.desk import Desk
from app.services.folder_watch import FolderWatch
from app.services.folders import FolderDraft, FolderState
from app.ui.channels.wizard import MappingWizard
from app.ui.dialogs import Confirm, PathDialog
from app.ui.play import Player
from app.ui.settings.channels import ChannelsPage
from app.ui.settings.folder_dialog import FolderDialog
from tests.ui.test_contrast import too_faint
from tests.ui.test_mapping_wizard import written

BODY = """id = "minato"
[title]
ja = "みなと書店の注文"
en = "Orders of Minato Books"
[recognise]
columns = ["伝票", "品番", "個"]
[order]
number = "伝票"
[line]
sku = "品番"
quantity = "個"
"""


def page_of(player: Player) -> ChannelsPage:
    player.go("settings")
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F3)
    page: ChannelsPage = player.window.screens["settings"].pages.currentWidget()
    player.wait(lambda: bool(page.items))
    return page


def press(player: Player, key: Qt.Key) -> None:
    QTest.keyClick(player.window.windowHandle(), key)
    player.rest(0.05)


def dialog_of(player: Player, kind: type[QDialog]) -> Any:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def kept(desk: Desk, name: str = "minato", body: str = BODY) -> None:
    desk.do(frozenset({"settings"}), channels.save_mapping, desk.station, str(uuid4()), "orders", name, body).result()


def watched(desk: Desk, **more: Any) -> int:
    return desk.do(frozenset({"settings"}), folders.save, desk.station, str(uuid4()), FolderDraft(**more)).result()


def own(page: ChannelsPage) -> list[str]:
    return [row.id for row in page.items if row.item.own]


def test_every_channel_is_listed_with_its_shops(player: Player, desk: Desk, tmp_path: Path) -> None:
    kept(desk)
    intake.import_files(desk, [written(tmp_path / "a.csv")], shop="みなと書店")
    page = page_of(player)
    player.wait(lambda: own(page) == ["minato"])
    assert {"rakuten", "amazon", "shopify"} <= {row.id for row in page.items}
    page.grid.choose({"rakuten"})
    for key in (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8):  # what comes with the program stays
        press(player, key)
        assert QApplication.activeModalWidget() is None
    page.grid.clearSelection()
    page.grid.choose({"minato"})
    words = [fact.words for fact in page.facts()]
    assert "みなと書店の注文" in words
    assert "みなと書店" in words
    press(player, Qt.Key.Key_F7)  # a shop uses it: it cannot go
    dialog_of(player, Confirm).yes_button.click()
    player.wait(player.window.notice.isVisible)
    player.wait(lambda: "みなと書店" in player.window.notice.text)
    assert own(page) == ["minato"]


def test_one_of_its_own_is_opened_copied_taken_away_written_out_and_read_in(
    player: Player, desk: Desk, tmp_path: Path
) -> None:
    kept(desk)
    page = page_of(player)
    player.wait(lambda: own(page) == ["minato"])
    page.grid.choose({"minato"})
    press(player, Qt.Key.Key_F5)
    wizard = dialog_of(player, MappingWizard)
    player.wait(lambda: bool(wizard.draft.fields))
    assert wizard.title_field.text() == "みなと書店の注文"
    wizard.reject()
    player.wait(lambda: QApplication.activeModalWidget() is None)
    press(player, Qt.Key.Key_F6)
    wizard = dialog_of(player, MappingWizard)
    player.wait(lambda: bool(wizard.draft.fields))
    wizard.name_field.setText("minato_2")
    QTest.keyClick(wizard, Qt.Key.Key_F8)
    player.wait(lambda: own(page) == ["minato", "minato_2"])
    page.grid.clearSelection()
    page.grid.choose({"minato_2"})
    press(player, Qt.Key.Key_F7)
    dialog_of(player, Confirm).yes_button.click()
    player.wait(lambda: own(page) == ["minato"])
    page.grid.clearSelection()
    page.grid.choose({"minato"})
    for name in ("minato.toml", "minato-2.toml"):  # a file that is there stays
        press(player, Qt.Key.Key_F8)
        dialog = dialog_of(player, PathDialog)
        dialog.filesSelected.emit([str(tmp_path)])
        dialog.reject()
        path = tmp_path / name
        player.wait(path.exists)
        player.wait(lambda path=path: path.read_text(encoding="utf-8") == BODY)
    changed = BODY.replace("みなと書店の注文", "直した")
    (tmp_path / "minato.toml").write_text(changed, encoding="utf-8")
    page.take_in(tmp_path / "minato.toml")
    dialog_of(player, Confirm).yes_button.click()
    player.wait(lambda: desk.read(channels.mapping_body, "orders", "minato").result() == changed)
    (tmp_path / "wrong.toml").write_text('[order]\nnumber = "伝票"\n', encoding="utf-8")
    page.take_in(tmp_path / "wrong.toml")
    player.wait(lambda: "line.sku" in player.window.notice.text)
    assert own(page) == ["minato"]


def test_a_folder_is_watched_changed_switched_and_left(player: Player, desk: Desk, tmp_path: Path) -> None:
    kept(desk)
    page = page_of(player)
    press(player, Qt.Key.Key_F3)
    assert page.showing == "folders"
    press(player, Qt.Key.Key_F4)
    dialog = dialog_of(player, FolderDialog)
    player.wait(lambda: set(dialog.wrong) == {"name", "path"})
    assert not dialog.save_button.isEnabled()
    dialog.fields["name"].setText("みなと")
    dialog.fields["path"].setText(str(tmp_path / "in"))
    player.wait(lambda: "minato" in dict(dialog.fields["channel"].choices) and not dialog.wrong)
    dialog.fields["channel"].choose("minato")
    dialog.fields["create_products"].choose("yes")
    player.wait(lambda: dialog.save_button.isEnabled() and not dialog._later.isActive())
    QTest.keyClick(dialog, Qt.Key.Key_F8)
    player.wait(lambda: len(page.folders) == 1)
    draft = page.folders[0].draft
    assert (draft.name, draft.channel, draft.station, draft.create_products) == ("みなと", "minato", "3", True)
    page.grid.choose({page.folders[0].id})
    (tmp_path / "in").mkdir()
    written(tmp_path / "in" / "a.csv")
    watch = FolderWatch(desk, tmp_path)
    assert [watch.once(), watch.once()] == [0, 1]  # whole where two looks find it the same
    player.wait(lambda: page.folders[0].state is FolderState.GOOD)
    press(player, Qt.Key.Key_F8)
    player.wait(lambda: page.folders[0].state is FolderState.NEW)
    press(player, Qt.Key.Key_F6)
    player.wait(lambda: not page.folders[0].draft.active)
    press(player, Qt.Key.Key_F5)
    dialog = dialog_of(player, FolderDialog)
    dialog.fields["kind"].choose("errors")
    player.wait(lambda: "shop" in dialog.wrong)
    assert dialog.fields["shop"].isVisibleTo(dialog)
    assert not dialog.fields["create_products"].isVisibleTo(dialog)
    dialog.reject()
    player.wait(lambda: QApplication.activeModalWidget() is None)
    press(player, Qt.Key.Key_F7)
    dialog_of(player, Confirm).yes_button.click()
    player.wait(lambda: page.folders == [])


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.long)])
def test_the_page_has_room_for_its_words_and_they_stand_out(
    player: Player, desk: Desk, cut: list[str], tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(desk)
    row = watched(desk, name="楽天の注文", path=str(tmp_path / "rakuten"), channel="rakuten", shop="見本店")
    watched(desk, name="B2 の番号", path=str(tmp_path / "b2"), kind="numbers", active=False)
    player.window.resize(1280, 720)
    player.window.speak(language)
    page = page_of(player)
    player.wait(lambda: len(page.folders) == 2)
    cut.clear()
    faint = set(too_faint(player.window, monkeypatch))
    page.grid.choose({"minato"})
    player.rest(0.1)
    faint |= set(too_faint(player.window, monkeypatch))
    page.bring("folders")
    page.grid.choose({row})
    player.rest(0.1)
    faint |= set(too_faint(player.window, monkeypatch))
    page.act("folder_edit")
    dialog = dialog_of(player, FolderDialog)
    for kind in folders.FOLDER_KINDS:
        dialog.fields["kind"].choose(kind)
        player.rest(0.4)
        faint |= set(too_faint(dialog, monkeypatch))
    dialog.reject()
    assert not faint
    assert not cut
