"""Settings, mails: what is sent, the accounts, the templates, over the real desk, database and a real mail server."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.devices.mail import SmtpWays
from app.services import mail_accounts, mails, settings, templates
from app.services.desk import Desk
from app.services.mail_passwords import Passwords
from app.ui.dialogs import Confirm
from app.ui.mail.trying import TryDialog
from app.ui.play import Player
from app.ui.settings.account_dialog import AccountDialog
from app.ui.settings.mail import MailPage
from tests.mail_server import MailServer
from tests.services.mailing import MailShop

LOGIN = ("info@shop.example.jp", "Geheim-9")


@pytest.fixture(scope="module")
def post() -> Iterator[MailServer]:
    running = MailServer(login=LOGIN).start()
    yield running
    running.stop()


@pytest.fixture
def page(player: Player) -> MailPage:
    player.window.mail_ways = SmtpWays
    player.go("settings")
    screen = player.window.screens["settings"]
    player.wait(lambda: bool(screen.values))
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F11)
    made: MailPage = screen.pages.currentWidget()
    assert isinstance(made, MailPage)
    return made


def dialog(player: Player, kind: type[Any]) -> Any:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def decided(desk: Desk, key: str, shop: int | None = None) -> str:
    return str(desk.read(settings.all_settings, shop).result()[key])


def test_kinds_are_switched_for_the_house_and_for_one_shop(
    player: Player, desk: Desk, tmp_path: Path, page: MailPage
) -> None:
    shop = MailShop(desk.database, tmp_path)
    shop.take("1001", shop="くもの雑貨店")
    screen = player.window.screens["settings"]
    kinds = screen.fields["mail.kinds"]
    assert not kinds.on  # off by default, and it is said why
    assert "二重に届いてしまう" in page.shops.why.text()
    kinds.setFocus()
    QTest.keyClick(kinds, Qt.Key.Key_Space)
    player.wait(lambda: decided(desk, "mail.kinds") == "received")
    kinds.switch("shipped")
    player.wait(lambda: decided(desk, "mail.kinds") == "received,shipped")
    page.refresh()
    player.wait(lambda: "アカウントがありません" in page.shops.warnings.text())
    screen.refresh()
    player.wait(lambda: bool(screen.known))
    house, number = kinds.value, screen.known[0].id
    screen._choose_shop(str(number))
    assert kinds.follows
    assert kinds.on == {"received", "shipped"}
    kinds.switch("received")
    player.wait(lambda: decided(desk, "mail.kinds", number) == "shipped")
    kinds.switch("shipped")
    player.wait(lambda: decided(desk, "mail.kinds", number) == "off")  # none, whatever the house has
    kinds.switch("")
    player.wait(lambda: decided(desk, "mail.kinds", number) == house)
    screen.fields["mail.language"].choose("en")
    player.wait(lambda: decided(desk, "mail.language", number) == "en")
    order = shop.take("1002", shop="くもの雑貨店")
    assert shop.read(mails.preview, order, "received").letter.language == "en"


def test_an_account_is_entered_tried_and_used_and_its_password_is_never_shown(
    player: Player, desk: Desk, tmp_path: Path, page: MailPage, post: MailServer
) -> None:
    page.show_part("accounts")
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F4)
    asked: AccountDialog = dialog(player, AccountDialog)
    player.wait(lambda: bool(asked.wrong))
    assert not asked.save_button.isEnabled()
    assert not asked.faults.isVisible()  # what is empty at first is no fault yet
    asked.fields["security"].choose("tls")
    assert asked.fields["port"].text() == "465"
    asked.fields["security"].choose("none")
    told = {"name": "店", "address": "info＠shop", "host": "127.0.0.1", "port": str(post.port), "login": LOGIN[0]}
    for name, text in told.items():
        asked.fields[name].setText(text)
    player.wait(asked.faults.isVisible)
    assert "差出人のアドレス" in asked.faults.text()
    asked.fields["address"].setText("info@shop.example.jp")
    player.wait(asked.save_button.isEnabled)
    field = asked.fields["password"]
    assert field.echoMode() == QLineEdit.EchoMode.Password
    field.setText("Ｇｅｈｅｉｍ-9")
    asked.save()
    assert "半角" in asked.faults.text()
    field.setText(LOGIN[1])
    QTest.keyClick(asked, Qt.Key.Key_F8)
    player.wait(lambda: [row.account.name for row in page.accounts.items] == ["店"])
    account = desk.read(mail_accounts.named, "店").result()
    assert Passwords(tmp_path).of(account) == LOGIN[1]
    assert stat.S_IMODE((tmp_path / "mail-passwords.json").stat().st_mode) == 0o600
    page.accounts.grid.choose({account.id})
    page.act("account_edit")
    again: AccountDialog = dialog(player, AccountDialog)
    assert again.fields["password"].text() == ""
    assert again.fields["password"].placeholderText().startswith("この台に入っています")
    again.reject()
    page.act("account_try")
    tried: TryDialog = dialog(player, TryDialog)
    tried.to.setText("me@example.jp")
    tried.try_it()
    player.wait(lambda: post.took != [] and "me@example.jp" in tried.said.text())
    tried.reject()
    screen = player.window.screens["settings"]
    player.wait(lambda: ("店", "店") in screen.fields["mail.account"].choices)
    screen.fields["mail.account"].choose("店")
    player.wait(lambda: decided(desk, "mail.account") == "店")
    page.act("account_drop")
    dialog(player, Confirm).yes_button.click()
    player.wait(lambda: "先に設定を変えてください" in player.window.notice.text)  # a shop uses it
    page.act("account_switch")
    player.wait(lambda: not desk.read(mail_accounts.named, "店").result().active)


def test_a_template_is_changed_beside_the_mail_that_it_makes_of_a_real_order(
    player: Player, desk: Desk, tmp_path: Path, page: MailPage
) -> None:
    page.show_part("templates")
    part = page.templates
    player.wait(lambda: part.ready and "まだ注文がありません" in part.letter.none.text())
    shop = MailShop(desk.database, tmp_path)
    order = shop.take("1001")
    part.paper_picker.choose("mail_received")
    player.wait(lambda: part.ready and part.letter.shown is not None)
    assert part.letter.text.toPlainText() == shop.read(mails.preview, order, "received").letter.body
    body = part.form.body
    body.setFocus()
    body.begin()
    body.setPlainText("{buyer}\n\nまことに感謝。\n{lines}")
    player.wait(lambda: part.letter.text.toPlainText().startswith("見本 花子 様\n\nまことに感謝。\n・"))
    assert "まことに感謝" not in desk.read(templates.body_of, "mail_received", "standard").result()  # not kept yet
    body.setPlainText("{buyer}\n\nまことに感謝、{nmber}。")
    player.wait(lambda: part.wrong.isVisible() and "nmber" in part.wrong.text())
    assert body.extraSelections()[0].cursor.blockNumber() == 2
    assert part.wrong.text().startswith("本文 3 行目")
    part.act("template_view")
    player.wait(lambda: part.view.value == "text")
    line = part.body.splitlines().index("まことに感謝、{nmber}。") + 1
    assert part.wrong.text().startswith(f"{line} 行目")  # of the whole text
    part.act("template_view")
    part.act("template_save")
    assert "まことに感謝" not in desk.read(templates.body_of, "mail_received", "standard").result()
    body.begin()
    body.setPlainText("まことに感謝、{number}。")
    body.end()
    player.wait(lambda: not part.wrong.isVisible())
    part.language.choose("en")
    part.form.subject.begin()
    part.form.subject.setText("Thanks for {number}")
    part.form.subject.end()
    player.wait(lambda: part.letter.heads.heads[-1][1] == "Thanks for 1001")
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F8)
    player.wait(lambda: part.body == part.kept and "店の書式" in part.state.text())
    kept = tomllib.loads(desk.read(templates.body_of, "mail_received", "standard").result())
    assert (kept["ja"]["body"], kept["en"]["subject"]) == ("まことに感謝、{number}。\n", "Thanks for {number}")
    assert shop.read(mails.preview, order, "received").letter.body == "まことに感謝、1001。"
    part.act("template_drop")
    dialog(player, Confirm).yes_button.click()
    player.wait(lambda: "Thanks for" not in part.body and bool(part.body))
    assert "ご注文" in shop.read(mails.preview, order, "received").letter.body


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.long)])
def test_no_text_is_cut(
    player: Player, desk: Desk, tmp_path: Path, page: MailPage, cut: list[str], language: str, post: MailServer
) -> None:
    shop = MailShop(desk.database, tmp_path)
    shop.on("received")
    shop.account(post, station=desk.station)
    shop.take("1001")
    player.window.resize(1280, 720)
    player.window.speak(language)
    for part in ("shops", "accounts", "templates"):
        page.show_part(part)
        player.rest(0.3)
        page.grab()
    page.show_part("accounts")
    page.act("account_new")
    asked = dialog(player, AccountDialog)
    asked.grab()
    asked.reject()
    player.window.bar.grab()
    assert cut == []
