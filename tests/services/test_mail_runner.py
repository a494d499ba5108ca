"""The mail runner against a real server: every trouble, and a ledger of what it took against what we believe."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.mails import NEVER, Account, MailAct, MailDelivery, MailState, Taken
from app.domain.printing import Fault
from app.errors import DatabaseLocked, MailUnreachable
from app.services import changes, mail_accounts, mail_runner, mails
from app.services.desk import Desk
from app.services.mail_passwords import Passwords, variable_of
from app.storage import mails as storage
from app.storage.database import open_database
from tests.mail_server import MailServer, account_at
from tests.makers import change, faults_of, only_on_sqlite, query, set_to
from tests.services.mailing import MailShop

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def post():
    running = MailServer().start()
    yield running
    running.stop()


@pytest.fixture
def shop(database, tmp_path, post):
    post.clear()
    made = MailShop(database, tmp_path)
    made.on("received")
    made.account(post)
    return made


@pytest.fixture
def desk(shop, open_another):
    made = Desk(open_another(), "1")
    yield made
    made.stop()


def later(shop, minutes=200):
    """Let what waits to be tried again be due."""
    change(
        shop.database, "UPDATE mails SET not_before = 0 WHERE state IN ('waiting','failed') AND not_before < ?", NEVER
    )  # fmt: skip


def test_what_is_queued_goes_out_once_and_is_kept_as_it_was_sent(shop, desk, post):
    for number in ("1001", "1002"):
        shop.take(number)
    runner = shop.runner(desk)
    assert runner.work_off().sent == 2
    assert runner.work_off().sent == 0
    assert shop.states() == ["confirmed", "confirmed"]
    row = shop.read(mails.page)[0]
    took = post.took[-1]
    assert (took.recipient, took.message["Subject"], took.body.rstrip()) == (row.recipient, row.subject, row.body)
    assert took.message["From"] == "くも商店 <info@shop.example.jp>"
    assert (row.settled_by, row.account, row.attempts, row.acts) == ("server", "info", 1, (MailAct.SEND_AGAIN,))
    assert post.connections == 1
    assert shop.read(mail_accounts.named, "info").state == "ok"
    assert not faults_of(shop.database)


@only_on_sqlite
@pytest.mark.parametrize(
    ("trouble", "state", "again"),
    [
        ("rcpt:451", "failed", True),
        ("mail:421", "failed", True),
        ("close:rcpt", "failed", True),
        ("rcpt:550", "failed", False),
        ("data:552", "failed", False),
        ("mail:550", "failed", True),
        ("vanish", "unknown", False),
        ("lost", "unknown", False),
        ("garbage", "unknown", False),
    ],
)
def test_what_becomes_of_a_mail(shop, desk, post, trouble, state, again):
    post.plan.append(trouble)
    shop.take("1001")
    runner = shop.runner(desk)
    runner.work_off()
    assert shop.states() == [state]
    took = len(post.took)
    assert runner.work_off().sent == 0  # not at once
    later(shop)
    assert shop.runner(desk).work_off().sent == again
    assert len(post.took) == took + again
    assert len({each.message["Message-ID"] for each in post.took}) == min(1, len(post.took))
    assert not faults_of(shop.database)


@only_on_sqlite
def test_another_password_ends_the_pause_after_a_refusal(shop, desk):
    post = MailServer(login=("info", "right")).start()
    shop.account(post, name="other")
    set_to(shop.database, mail_account="other")
    account = shop.read(mail_accounts.named, "other")
    Passwords(shop.folder).put(account, "wrong")
    shop.take("1001")
    runner = shop.runner(desk)
    runner.work_off()
    assert shop.read(mail_accounts.named, "other").state == "refused"
    Passwords(shop.folder).put(account, "right")
    assert runner.work_off().sent == 0  # it rests: servers lock accounts that knock too often
    with shop.database.transaction() as tx:
        mail_accounts.forget(tx, account.id)
    assert runner.work_off().sent == 1
    assert shop.read(mail_accounts.named, "other").state == "ok"
    post.stop()


@only_on_sqlite
def test_a_refused_sender_rests_the_account_and_keeps_the_other_mails(shop, desk, post):
    post.plan.append("mail:550")
    for number in ("1001", "1002", "1003"):
        shop.take(number)
    shop.runner(desk).work_off()
    assert Counter(shop.states()) == {"waiting": 2, "failed": 1}
    account = shop.read(mail_accounts.named, "info")
    assert (account.state, account.told["key"]) == ("refused", "mails.send.sender")


@only_on_sqlite
def test_a_server_that_is_away_counts_no_attempt(shop, desk, post):
    account = shop.read(mail_accounts.named, "info")
    shop.do(mail_accounts.save, replace(account, port=1))
    shop.take("1001")
    runner = shop.runner(desk)
    runner.work_off()
    assert (shop.states(), shop.read(mails.page)[0].attempts) == (["waiting"], 0)
    assert shop.read(mail_accounts.named, "info").told["key"] == "mails.off.refused"
    shop.do(mail_accounts.save, replace(account, port=post.port))
    assert runner.work_off().sent == 1  # a changed account is tried at once


@only_on_sqlite
def test_a_person_frees_what_was_refused_with_another_address(shop, desk, post):
    post.plan.append("rcpt:550")
    shop.take("1001")
    shop.runner(desk).work_off()
    mail = shop.read(mails.page)[0]
    assert (mail.state, mail.said[0].key, mail.next_at) == ("failed", "mails.send.recipient", None)
    again = shop.do(mails.send_again, mail.id, "the buyer told it", to="new@example.jp")
    assert shop.runner(desk).work_off().sent == 1
    assert post.recipients() == ["new@example.jp"]
    assert [shop.read(mails.show, each).state for each in (mail.id, again)] == ["dropped", "confirmed"]


@only_on_sqlite
def test_what_a_person_frees_is_tried_once_more_itself(shop, desk, post):
    post.plan.append("rcpt:550")
    shop.take("1001")
    shop.runner(desk).work_off()
    mail = shop.read(mails.page)[0]
    assert shop.do(mails.send_again, mail.id, "the mailbox is empty again") == mail.id
    assert shop.runner(desk).work_off().sent == 1
    assert post.recipients() == [mail.recipient]


@only_on_sqlite
def test_what_must_not_go_out_any_more_is_dropped_with_its_reason(shop, desk, post):
    first, second, third = (shop.take(number) for number in ("1001", "1002", "1003"))
    change(shop.database, "UPDATE orders SET state = 'cancelled' WHERE id = ?", first)
    change(shop.database, "UPDATE mails SET at = at - 73 * 3600000 WHERE order_id = ?", second)
    change(shop.database, "UPDATE mails SET kind = 'paid' WHERE order_id = ?", third)
    assert shop.runner(desk).work_off().dropped == 3
    assert shop.why() == ["mails.why.cancelled", "mails.why.late", "mails.why.off"]
    assert not post.took


@only_on_sqlite
def test_an_order_cancelled_between_writing_and_taking_goes_nowhere(shop, desk, post):
    order = shop.take("1001")
    taking = storage.take

    def cancel_first(tx, *args, **named):
        tx.connection.exec_driver_sql("UPDATE orders SET state = 'cancelled' WHERE id = ?", (order,))
        return taking(tx, *args, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mail_runner.storage, "take", cancel_first)
        shop.runner(desk).work_off(5.0)
    assert shop.states() == ["dropped"]
    assert not post.took


@only_on_sqlite
def test_a_masked_address_waits_for_the_malls_own_account(shop, desk, post):
    shop.take("1001", email="a@pc.fw.rakuten.ne.jp")
    shop.take("1002")
    assert shop.runner(desk).work_off().sent == 1
    assert shop.states() == ["waiting", "confirmed"]
    assert shop.why() == ["mails.why.masked"]


@only_on_sqlite
def test_no_more_than_so_many_a_minute(shop, desk, post):
    account = shop.read(mail_accounts.named, "info")
    shop.do(mail_accounts.save, replace(account, per_minute=2))
    for number in range(5):
        shop.take(f"100{number}")
    runner = shop.runner(desk)
    assert runner.work_off().sent == 2
    for worker in runner._workers.values():
        worker.sent = deque(at - 61 for at in worker.sent)
    assert runner.work_off().sent == 2


@only_on_sqlite
def test_only_the_station_of_the_account_sends(shop, open_another, post):
    shop.take("1001")
    other = Desk(open_another(), "2")
    try:
        assert shop.runner(other).work_off().sent == 0
    finally:
        other.stop()
    assert shop.states() == ["waiting"]


def test_two_programs_of_a_station_send_each_mail_once(shop, desk, open_another, post):
    for number in range(12):
        shop.take(f"1{number:03d}")
    second = Desk(open_another(), "1")
    runners = [shop.runner(desk), shop.runner(second)]
    done: list[Any] = []
    threads = [threading.Thread(target=lambda each=each: done.append(each.work_off(20.0))) for each in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    second.stop()
    assert sum(each.sent for each in done) == 12 == len(post.took)
    assert len({each.message["Message-ID"] for each in post.took}) == 12
    assert set(shop.states()) == {"confirmed"}


@only_on_sqlite
def test_a_runner_beside_the_window_sends_what_an_act_queues(shop, desk, post):
    change(shop.database, "INSERT INTO shops (channel, name) VALUES ('csv', 'shop')")
    runner = shop.runner(desk)
    runner.start()
    try:
        time.sleep(0.2)
        shop.take("1001")
        desk.do(frozenset({"orders"}), lambda tx: None).result()
        until = time.monotonic() + 5
        while shop.states() != ["confirmed"] and time.monotonic() < until:
            time.sleep(0.02)
        assert shop.states() == ["confirmed"]
    finally:
        runner.stop()
    assert len(post.took) == 1


@only_on_sqlite
def test_what_a_server_said_is_kept_though_the_database_is_busy(shop, desk, post, monkeypatch):
    shop.take("1001")
    settling, tries = storage.settle, []

    def busy_first(*args):
        tries.append(1)
        if len(tries) < 3:
            raise DatabaseLocked("database.locked")
        return settling(*args)

    monkeypatch.setattr(mail_runner.storage, "settle", busy_first)
    monkeypatch.setattr(mail_runner, "_SETTLE_PAUSE", 0.01)
    assert shop.runner(desk).work_off().sent == 1
    assert shop.states() == ["confirmed"]


@only_on_sqlite
def test_a_mail_that_cannot_be_written_keeps_back_no_other(shop, desk, post):
    first = shop.take("1001")
    shop.take("1002")
    change(shop.database, 'UPDATE orders SET content = \'{"email": "a@example.jp", "totals": 7}\' WHERE id = ?', first)
    assert shop.runner(desk).work_off(10.0).sent == 1
    assert shop.states() == ["waiting", "confirmed"]
    assert shop.why() == ["mails.why.unwritable"]


# --- passwords ----------------------------------------------------------------------------------------------------


def test_passwords_are_the_owners_alone_and_for_one_server(tmp_path, monkeypatch):
    kept = Passwords(tmp_path)
    account = account_at(login="info")
    assert kept.of(account) is None
    kept.put(account, "geheim")
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert kept.of(account) == "geheim"
    assert kept.of(replace(account, host="elsewhere.example")) is None
    assert kept.of(replace(account, login="other")) is None
    monkeypatch.setenv(variable_of(account), "from outside")
    assert (variable_of(account), kept.of(account)) == ("KENPIN_MAIL_PASSWORD_INFO", "from outside")
    assert variable_of(replace(account, name="くも")) == "KENPIN_MAIL_PASSWORD_1"
    monkeypatch.delenv(variable_of(account))
    kept.put(account, "")
    assert kept.of(account) is None


@only_on_sqlite
def test_a_password_stands_in_no_row_and_no_log(shop, desk, post, caplog):
    login = MailServer(login=("info", "geheim123")).start()
    try:
        account = shop.read(mail_accounts.named, "info")
        changed = replace(account, port=login.port, login="info")
        shop.do(mail_accounts.save, changed)
        shop.take("1001")
        shop.runner(desk).work_off()
        assert shop.read(mail_accounts.named, "info").told["key"] == "mails.no_password"
        Passwords(shop.folder).put(changed, "geheim124")
        shop.runner(desk).work_off()
        assert shop.read(mail_accounts.named, "info").told["key"] in ("mails.off.password", "mails.off.no_login")
    finally:
        login.stop()
    text = "\n".join(str(row) for table in ("mail_accounts", "mails", "journal") for row in query(
        shop.database, f"SELECT * FROM {table}"))  # fmt: skip
    assert "geheim" not in text
    assert "geheim" not in "\n".join(each.getMessage() for each in caplog.records if each.name.startswith("app"))


# --- laws ---------------------------------------------------------------------------------------------------------


class Died(BaseException):
    """The program ended here."""


class Ledger:
    """Ways to a server in memory that takes mails or not, as its dice say, and may let the program die."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.took, self.dying = dice, Counter(), 0.1

    def open(self, account: Account, password: str, *, seconds: float = 20.0) -> Ledger:
        if self.dice.random() < 0.1:
            raise MailUnreachable("mails.off.refused", host=account.host, port=account.port)
        return self

    def ready(self) -> bool:
        return self.dice.random() > 0.1

    def close(self) -> None:
        pass

    def send(self, sender: str, recipient: str, message: bytes, *, seconds: float = 120.0) -> MailDelivery:
        mail = next(part for part in message.split(b"\r\n") if part.startswith(b"Message-ID: "))
        way = self.dice.choice(["taken"] * 4 + ["later", "refused", "account", "lost", "vanish", "die", "die_after"])
        if way in ("taken", "lost", "die_after"):
            self.took[mail] += 1
        if way.startswith("die"):
            raise Died
        fault = Fault("mails.send.later", {"reply": way})
        if way in ("lost", "vanish"):
            return MailDelivery(Taken.UNKNOWN, fault, closed=True)
        return MailDelivery(Taken(way), None if way == "taken" else fault)


def play(shop: MailShop, dice: random.Random, steps: int) -> None:
    """Let orders, servers, deaths, cancellations and people come as the dice say; hold the laws after every step."""
    ledger = Ledger(dice)
    database = shop.database
    authorised: Counter[int] = Counter()
    made = 0
    for step in range(steps):
        match dice.choice(["take", "run", "run", "run", "later", "cancel", "again", "arrived", "drop"]):
            case "take":
                made += 1
                shop.take(f"{made:05d}")
            case "run":
                desk = Desk(open_database(str(query_url(database))), "1")
                try:
                    shop.runner(desk, ledger).work_off(5.0)
                except Died:
                    pass
                finally:
                    desk.stop()
            case "later":
                later(shop)
            case "cancel":
                rows = query(database, "SELECT id FROM orders WHERE state <> 'cancelled'")
                if rows and step % 3 == 0:
                    shop.do(changes.cancel, dice.choice(rows)[0])
            case act:
                rows = shop.read(mails.page, limit=500)
                for row in dice.sample(rows, min(2, len(rows))):
                    if act == "again" and MailAct.SEND_AGAIN in row.acts and live(database, row.order):
                        shop.do(mails.send_again, row.id, "a person wants it")
                        authorised[row.order] += row.state != MailState.FAILED
                    elif act == "arrived" and MailAct.ARRIVED in row.acts:
                        shop.do(mails.arrived, row.id)
                    elif act == "drop" and MailAct.DROP in row.acts:
                        shop.do(mails.drop, row.id)
        hold(shop, ledger, authorised)


def query_url(database: Any) -> str:
    return f"sqlite:///{database.path}"


def live(database: Any, order: int) -> bool:
    return bool(query(database, "SELECT 1 FROM orders WHERE id = ? AND state <> 'cancelled'", order))


def hold(shop: MailShop, ledger: Ledger, authorised: Counter[int]) -> None:
    rows = query(shop.database, "SELECT id, order_id, state, settled_by, message_id, attempts FROM mails")
    taken = {row[0]: ledger.took[b"Message-ID: " + row[4].encode()] for row in rows if row[4]}
    by_order: Counter[int] = Counter()
    for mail, order, state, by, _, attempts in rows:
        times = taken.get(mail, 0)
        by_order[order] += times
        assert times <= 1, f"mail {mail} went {times} times"
        if state == "confirmed" and by == "server":
            assert times == 1, f"mail {mail} is confirmed and was not taken"
        if state in ("waiting", "failed"):
            assert times == 0, f"mail {mail} is {state} and was taken"
        if times and by != "person":
            assert state in ("confirmed", "unknown", "sent"), f"mail {mail} was taken and is {state}"
        assert attempts or not times
    for order, times in by_order.items():
        assert times <= 1 + authorised[order], f"order {order}: {times} mails, {authorised[order]} by people"
    assert sum(taken.values()) == sum(ledger.took.values())


@only_on_sqlite
def test_the_ledger_agrees_whatever_happens(shop):
    play(shop, random.Random(1), 60)
    assert not faults_of(shop.database)


@pytest.mark.long
@only_on_sqlite
@pytest.mark.parametrize("seed", range(100, 130))
def test_the_ledger_agrees_whatever_happens_for_long(shop, seed):
    play(shop, random.Random(seed), 300)
    assert not faults_of(shop.database)


TROUBLES = (
    "mail:421", "mail:451", "mail:452", "rcpt:421", "rcpt:450", "rcpt:451", "rcpt:550", "rcpt:552", "rcpt:553",
    "data:421", "data:451", "data:452", "data:550", "data:552", "data:554", "close:mail", "close:rcpt",
    "vanish", "lost", "garbage",
)  # fmt: skip


def faults_against(shop: MailShop, desk: Desk, post: MailServer, number: int, seed: int) -> None:
    """Meet *number* troubles of a real post, one mail each and then good weather; the ledger must agree."""
    dice = random.Random(seed)
    plan = [dice.choice(TROUBLES) for _ in range(number)]
    post.plan.extend(plan)
    for at in range(number):
        shop.take(f"{at:05d}", email=f"buyer{at}@example.jp")
    for _ in range(60):
        shop.runner(desk).work_off(60.0)
        if not query(
            shop.database, "SELECT 1 FROM mails WHERE state IN ('waiting','failed') AND not_before < ?", NEVER
        ):
            break
        later(shop)
    took = Counter(post.recipients())
    rows = query(shop.database, "SELECT recipient, state FROM mails")
    assert len(rows) == number
    for recipient, state in rows:
        expected = {"confirmed": (1,), "failed": (0,), "unknown": (0, 1)}[state]
        assert took[recipient] in expected, (recipient, state, took[recipient])
    unknown = sum(state == "unknown" for _, state in rows)
    assert unknown == sum(each in ("vanish", "lost", "garbage") for each in plan)
    assert not faults_of(shop.database)


@only_on_sqlite
def test_many_troubles_of_a_real_server(shop, desk, post):
    faults_against(shop, desk, post, 16, 1)


@pytest.mark.long
@only_on_sqlite
def test_three_hundred_troubles_of_a_real_server(shop, desk, post):
    faults_against(shop, desk, post, 300, 2)


# --- a sender that is killed --------------------------------------------------------------------------------------


def kill_a_sender(shop: MailShop, post: MailServer) -> None:
    """Kill a program just when the server has the mail and has not answered."""
    post.hanging.clear()
    post.plan.append("hang")
    command = [sys.executable, "-m", "app", "--data", str(shop.folder), "--database", query_url(shop.database)]
    child = subprocess.Popen(
        [*command, "mail", "run"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ.copy()
    )
    assert post.hanging.wait(30)
    child.send_signal(signal.SIGKILL)
    child.wait(10)


@only_on_sqlite
def test_a_killed_sender_leaves_it_unknown_and_only_a_person_sends_it_again(shop, desk, post):
    post.hang_seconds = 1.0
    shop.take("1001")
    kill_a_sender(shop, post)
    assert shop.states() == ["sent"]
    assert shop.runner(desk).work_off().sent == 0
    assert shop.states() == ["unknown"]
    assert shop.why() == ["mails.why.ended"]
    assert len(post.took) == 1
    mail = shop.read(mails.page)[0]
    assert MailAct.SEND_AGAIN in mail.acts
    shop.do(mails.send_again, mail.id, "it never came")
    assert shop.runner(desk).work_off().sent == 1
    first, second = post.took
    assert first.message["Message-ID"] != second.message["Message-ID"]


@pytest.mark.long
@only_on_sqlite
def test_senders_killed_again_and_again(shop, desk, post):
    post.hang_seconds = 0.5
    for at in range(20):
        shop.take(f"{at:04d}", email=f"buyer{at}@example.jp")
        kill_a_sender(shop, post)
        shop.runner(desk).work_off()
    assert Counter(post.recipients()) == {f"buyer{at}@example.jp": 1 for at in range(20)}
    assert set(shop.states()) == {"unknown"}
