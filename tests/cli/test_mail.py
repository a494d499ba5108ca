"""``kenpin mail``: accounts, passwords, previews, the list, sending, and what people do, against a real server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.storage.database import open_database
from tests.cli.kenpin import Kenpin
from tests.mail_server import MailServer
from tests.makers import change, query

ORDERS = "注文番号,SKU,商品名,数量,単価,注文者,メール,注文日\n1001,A-1,見本茶,2,100,見本 花子,hanako@example.jp,{day}\n"
MAPPING = """[order]
number = "注文番号"
ordered_at = "注文日"
email = "メール"
[buyer]
name = "注文者"
[line]
sku = "SKU"
name = "商品名"
quantity = "数量"
price = "単価"
"""


@pytest.fixture(scope="module")
def post():
    running = MailServer().start()
    yield running
    running.stop()


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    return Kenpin(tmp_path / "data")


def test_accounts_are_entered_tried_and_removed(kenpin: Kenpin, post: MailServer, tmp_path: Path) -> None:
    post.clear()
    more = ("--address", "info@shop.example.jp", "--host", "127.0.0.1", "--port", str(post.port), "--security", "none")
    assert kenpin("mail", "accounts", "add", "info", *more[:-2], "--security", "tls", "--login", "me").status == 0
    assert kenpin("mail", "accounts", "add", "info", *more).status == 1
    done = kenpin("mail", "password", "info", given=b"geheim\n")
    assert (done.status, "geheim" in done.out + done.error) == (0, False)
    kept = tmp_path / "data" / "mail-passwords.json"
    assert "geheim" in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0
    assert kenpin("mail", "accounts", "change", "info", "--security", "none", "--port", str(post.port), "--login",
                  "").status == 0  # fmt: skip
    (account,) = kenpin("mail", "accounts", "list", "--json").json
    assert (account["login"], account["station"], "geheim" in str(account)) == ("", "1", False)
    assert kenpin("mail", "try", "info", "--to", "me@example.jp").status == 0
    assert post.recipients() == ["me@example.jp"]
    assert kenpin("mail", "try", "info", "--to", "nobody").status == 1
    assert kenpin("mail", "accounts", "remove", "info").status == 0
    assert kenpin("mail", "try", "info").status == 1


def test_a_mail_is_looked_at_sent_and_sent_again(kenpin: Kenpin, post: MailServer, tmp_path: Path) -> None:
    post.clear()
    kenpin("mail", "accounts", "add", "info", "--address", "info@shop.example.jp", "--host", "127.0.0.1", "--port",
           str(post.port), "--security", "none")  # fmt: skip
    for key, value in (("mail.kinds", "received"), ("mail.account", "info"), ("shop.name", "くも商店")):
        assert kenpin("settings", "set", key, value).status == 0
    file, mapping = tmp_path / "orders.csv", tmp_path / "made.toml"
    file.write_text(ORDERS.format(day=datetime.now(UTC).strftime("%Y/%m/%d")), encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    done = kenpin("import", str(file), "--mapping", str(mapping), "--create-products")
    assert done.status == 0, done.error
    preview = kenpin("mail", "preview", "1001", "received")
    assert "見本 花子 様" in preview.out
    assert "・見本茶　2点　200円" in preview.out
    assert "Dear 見本 花子" in kenpin("mail", "preview", "1001", "received", "--language", "en").out
    assert kenpin("mail", "preview", "9999", "received").status == 1
    (row,) = kenpin("mail", "list", "--json").json
    assert (row["state"], row["to"], row["acts"]) == ("waiting", "hanako@example.jp", ["drop"])
    assert kenpin("mail", "show", str(row["mail"])).out == preview.out
    assert kenpin("mail", "run", "--json").json == {"sent": 1, "failed": 0, "unknown": 0, "dropped": 0}
    assert kenpin("mail", "send-again", "1", "--reason", "届かないとのこと").status == 0
    assert kenpin("mail", "run", "--json").json["sent"] == 1
    assert post.recipients() == ["hanako@example.jp"] * 2
    assert kenpin("mail", "drop", "1").status == 1
    assert kenpin("verify").status == 0
    database = open_database(f"sqlite:///{tmp_path / 'data' / 'kenpin.db'}")
    try:
        assert query(database, "SELECT repeats FROM mails ORDER BY id") == [(None,), (1,)]
        change(database, "UPDATE mails SET message_id = '', body = '' WHERE id = 2")
    finally:
        database.close()
    assert kenpin("verify").status == 1
