"""The mails: screen, dialogs and what the foot says, over the real desk and database and a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.devices.mail import SmtpWays
from app.domain.printing import Fault
from app.services import mail_accounts, mails
from app.services.desk import Desk
from app.services.mail_passwords import Passwords
from app.ui.mail.dialogs import AgainDialog, MailsDialog, PreviewDialog
from app.ui.mail.screen import MailScreen
from app.ui.mail.trying import TryDialog
from app.ui.play import Player
from app.ui.printing.dialogs import ChoiceDialog
from app.ui.printing.history import HistoryDialog
from tests.mail_server import MailServer
from tests.services.mailing import MailShop
from tests.ui.mail_shop import LONG, every_state


@pytest.fixture(scope="module")
def post() -> Iterator[MailServer]:
    running = MailServer(login=("info", "geheim")).start()
    yield running
    running.stop()


@pytest.fixture
def shop(desk: Desk, tmp_path: Path, post: MailServer) -> MailShop:
    """Mails in every state; the account asks for a login."""
    post.clear()
    return every_state(desk, tmp_path, post)


@pytest.fixture
def screen(player: Player, shop: MailShop) -> MailScreen:
    player.window.mail_ways = SmtpWays
    player.go("mail")
    made: MailScreen = player.window.screens["mail"]
    made.chip_tapped(0, "all")
    player.wait(lambda: len(made.model.rows) == 8)
    return made


def choose(screen: MailScreen, number: str, kind: str = "received") -> Any:
    row = next(row for row in screen.model.rows if (row.number, row.kind) == (number, kind))
    screen.grid.clearSelection()
    screen.grid.choose({row.id})
    return row


def dialog(player: Player, kind: type[Any]) -> Any:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def states(desk: Desk) -> dict[str, str]:
    return {row.number: row.state for row in desk.read(mails.page).result() if row.kind == "received"}


def test_every_state_has_its_mark_and_its_reason_in_words(player: Player, screen: MailScreen) -> None:
    shown = {row.number: screen.model.cell(at, 3).pills[0] for at, row in enumerate(screen.model.rows)}
    assert shown["#1001"] == ("● 送信済み", "ok")
    assert shown["#1002"] == ("× 失敗", "error")
    assert shown["#1003"] == ("？ 不明", "warning")
    assert shown["249-1234567-7654321"] == ("○ 送信待ち", "info")
    choose(screen, "#1002")
    facts = [fact.words for fact in screen.facts()]
    assert any("サーバーに断られました（550 planned trouble）。アドレスを確かめて" in words for words in facts)
    assert any("確かに届いていません" in words for words in facts)
    choose(screen, "249-1234567-7654321")
    assert LONG in [fact.words for fact in screen.facts()]
    screen.chip_tapped(0, "failed")
    player.wait(lambda: {row.number for row in screen.model.rows} == {"#1002", "#1004"})
    screen.chip_tapped(0, "all")
    screen.search.setText("a-very")
    player.wait(lambda: [row.number for row in screen.model.rows] == ["249-1234567-7654321"])
    screen.search.setText("")
    screen.kind.choose("pay_info")
    player.wait(lambda: [row.state for row in screen.model.rows] == ["dropped"])
    assert player.window.rail.marks["mail"] == 2  # unknown, and failed for good: a person is wanted


def test_sending_again_asks_why_and_says_that_it_may_have_arrived(
    player: Player, screen: MailScreen, desk: Desk
) -> None:
    row = choose(screen, "#1003")
    screen.act("mail_again")
    asked = dialog(player, AgainDialog)
    assert "届いているかもしれません" in asked.warning.text()
    asked.take()
    assert asked.wrong.isVisible()
    assert asked.isVisible()  # not without a reason
    asked.reason.setText("お客様から届いていないとの連絡")
    QTest.keyClick(asked, Qt.Key.Key_F8)
    player.wait(lambda: len(desk.read(mails.page).result()) == 9)
    new, old = desk.read(mails.page).result()[0], desk.read(mails.show, row.id).result()
    assert (new.repeats, new.state, old.state) == (row.id, "waiting", "dropped")
    choose(screen, "#1001")
    screen.act("mail_arrived")
    assert "「届いていた」はできません" in player.window.notice.text
    choose(screen, "#1002")
    screen.act("mail_drop")
    dialog(player, ChoiceDialog).choose("yes")
    player.wait(lambda: states(desk)["#1002"] == "dropped")


def test_a_mail_is_shown_exactly_as_it_went_and_as_it_would_go(
    player: Player, screen: MailScreen, post: MailServer
) -> None:
    choose(screen, "#1001")
    screen.act("mail_see")
    seen: MailsDialog = dialog(player, MailsDialog)
    player.wait(lambda: seen.view.shown is not None)
    took = next(each for each in post.took if "#1001" in str(each.message["Subject"]))
    assert seen.view.text.toPlainText() == took.body.rstrip("\n")
    assert seen.view.heads.heads[2][1] == took.message["Subject"]
    seen.reject()
    choose(screen, "249-1234567-7654321")
    screen.act("mail_see")
    seen = dialog(player, MailsDialog)
    player.wait(lambda: seen.view.shown is not None)
    assert seen.view.told.text().startswith("まだ送っていません")
    assert "249-1234567-7654321" in seen.view.text.toPlainText()
    seen.reject()
    screen.act("mail_preview")
    tried: PreviewDialog = dialog(player, PreviewDialog)
    tried.kind.choose("shipped")
    tried.language.choose("en")
    player.wait(lambda: "Order number: " in tried.view.text.toPlainText())
    assert "送らない設定" in tried.view.told.text()  # this kind is off
    tried.order.begin()
    tried.order.setText("nothing of that name")
    tried.order.end()
    player.wait(lambda: tried.view.shown is None and "nothing of that name" in tried.view.none.text())
    tried.reject()


def test_a_shop_is_held_and_let_go(
    player: Player, screen: MailScreen, shop: MailShop, desk: Desk, post: MailServer
) -> None:
    other = next(each for each in screen.found.shops if each.name.startswith("みさき"))
    screen.act("mail_hold")
    dialog(player, ChoiceDialog).choose(str(other.id))
    player.wait(lambda: screen.found.held == {other.id})
    assert any("止めてあります" in fact.words for fact in screen.facts())
    before = len(post.took)
    shop.runner(desk).work_off()
    assert len(post.took) == before
    assert states(desk)["249-1234567-7654321"] == "waiting"
    screen.chip_tapped(1, str(other.id))
    player.wait(lambda: {row.shop for row in screen.model.rows} == {other.name})
    screen.act("mail_hold")
    dialog(player, ChoiceDialog).choose(str(other.id))
    player.wait(lambda: not screen.found.held)
    shop.runner(desk).work_off()
    assert states(desk)["249-1234567-7654321"] == "confirmed"


def test_trying_says_the_servers_own_words_and_wakes_what_waited(
    player: Player, screen: MailScreen, shop: MailShop, desk: Desk, tmp_path: Path, post: MailServer
) -> None:
    account = shop.read(mail_accounts.named, "info")
    Passwords(tmp_path).put(account, "wrong")
    runner = shop.runner(desk)
    runner.work_off()  # refused: the account rests
    player.wait(lambda: "ログインを断りました" in player.window.notice.text)
    screen.grid.clearSelection()
    screen.act("mail_try")
    tried: TryDialog = dialog(player, TryDialog)
    tried.try_it()
    player.wait(lambda: "535" in tried.said.text())
    player.wait(lambda: shop.read(mail_accounts.named, "info").state == "refused")
    Passwords(tmp_path).put(account, "geheim")
    tried.to.setText("me@example.jp")
    tried.try_it()
    player.wait(lambda: "me@example.jp" in tried.said.text())
    assert post.took[-1].recipient == "me@example.jp"
    player.wait(lambda: shop.read(mail_accounts.named, "info").state == "ok")
    tried.reject()
    waiting = states(desk)["#1007"]
    runner.work_off()
    assert (waiting, states(desk)["#1007"]) == ("waiting", "confirmed")


def test_trouble_is_told_once_and_good_news_too(player: Player, shop: MailShop, desk: Desk) -> None:
    window = player.window
    player.wait(lambda: "2 通あります" in window.notice.text)
    assert ("warning", "メール 要確認 2") in window.bar.state
    window.notice.clear()
    window.mail_watch.read()
    player.rest(0.2)
    assert not window.notice.text
    account = shop.read(mail_accounts.named, "info")
    with desk.database.transaction() as tx:
        mail_accounts.note(tx, account.id, Fault("mails.off.refused", {"host": "h", "port": 1}), "off")
    window.mail_watch.read()
    player.wait(lambda: "メールアカウント「info」で送れません" in window.notice.text)
    assert window.bar.state[2] == ("error", "メール info 不通（待ち 3）")
    with desk.database.transaction() as tx:
        mail_accounts.note(tx, account.id)
    window.mail_watch.read()
    player.wait(lambda: "送れるようになりました" in window.notice.text)
    window._bar_tapped("state")
    player.wait(lambda: window.stack.currentWidget() is window.screens["mail"])


def test_an_order_shows_its_mails(player: Player, shop: MailShop, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    player.go("orders")
    queue = player.window.screens["orders"]
    player.wait(lambda: bool(queue.model.rows))
    row = next(row for row in queue.model.rows if row.number == "#1007")
    queue.table.choose({row.id})
    player.wait(lambda: len(queue.detail.mails.mails) == 2)
    assert queue.detail.mails.accessibleName().startswith("お支払いのご案内 — 取りやめ")
    monkeypatch.setattr(queue, "refresh", lambda: pytest.fail("the whole queue was read again for a mail"))
    shop.runner(desk).work_off()
    player.wait(lambda: queue.detail.mails.mails[1].state == "confirmed")
    queue.act("printed")
    QTest.keyClick(dialog(player, HistoryDialog), Qt.Key.Key_F8)
    seen = dialog(player, MailsDialog)
    player.wait(lambda: seen.model.rowCount() == 2 and seen.view.shown is not None)
    seen.reject()


@pytest.mark.parametrize(
    ("size", "language", "theme"),
    [
        ((1280, 720), "ja", "light"),
        pytest.param((1280, 720), "en", "dark", marks=pytest.mark.long),
        pytest.param((1920, 1080), "en", "light", marks=pytest.mark.long),
    ],
)
def test_no_text_is_cut(
    player: Player, screen: MailScreen, cut: list[str], size: tuple[int, int], language: str, theme: str
) -> None:
    player.window.resize(*size)
    player.window.speak(language)
    player.window.wear(theme)
    player.rest(0.3)
    allowed = {cell.text for at in range(8) for cell in [screen.model.cell(at, 4)]}  # the panel says it whole
    for number in ("249-1234567-7654321", "#1003"):
        choose(screen, number)
        player.rest(0.1)
        screen.grab()
    del cut[:]
    screen.act("mail_again")
    asked = dialog(player, AgainDialog)
    asked.grab()
    asked.reject()
    for shown in (screen.panel, player.window.bar, player.window.rail):
        shown.grab()
    assert [text for text in cut if not any(text.rstrip("…") in said for said in allowed)] == []


def test_an_empty_shop_says_how_to_begin(player: Player) -> None:
    player.go("mail")
    made: MailScreen = player.window.screens["mail"]
    player.wait(made.empty.isVisible)
    assert made.empty.text() == "ここに出すメールはありません。"
    made.act("mail_try")
    assert "追加してください" in player.window.notice.text
    made.act("mail_preview")
    tried = dialog(player, PreviewDialog)
    player.wait(lambda: "まだ注文がありません" in tried.view.none.text())
    tried.reject()
