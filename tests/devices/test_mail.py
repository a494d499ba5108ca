"""Mail servers of every temper, by real connections: what is believed, what is said, and that every wait ends."""

from __future__ import annotations

import socket
import time
from functools import partial

import pytest

from app.devices.mail import SmtpWays
from app.domain.mails import Security, Taken
from app.errors import MailUnreachable
from app.services.mail_message import build
from tests.mail_server import MailServer, account_at, black_hole, certificates, dripping, raw_server

BUYER = "hanako@example.jp"


@pytest.fixture(scope="module")
def server():
    running = MailServer().start()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _cleared(request):
    if "server" in request.fixturenames:
        request.getfixturevalue("server").clear()


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("certificate"))


def mail(account, subject="ご注文", body="本文\n", **more):
    usual = {"message_id": "<1@shop.example.jp>", "now": 1_700_000_000_000}
    return build(account, BUYER, subject, body, **usual | more)


def send(server, message=None, seconds=5.0, recipient=BUYER):
    account = account_at(server)
    line = SmtpWays().open(account, "")
    try:
        return line.send(account.address, recipient, message or mail(account), seconds=seconds)
    finally:
        line.close()


def why_not(account, password="", seconds=2.0, ways=None):
    with pytest.raises(MailUnreachable) as caught:
        (ways or SmtpWays()).open(account, password, seconds=seconds)
    return caught.value.key


def test_a_mail_arrives_whole(server):
    body = "お買い上げ\n.\n..二つの点\n" + "長い" * 2000 + "\nend"
    account = account_at(server, sender="くも商店")
    assert send(server, mail(account, "【くも商店】ご注文ありがとうございます" * 5, body)).taken is Taken.TAKEN
    (took,) = server.took
    assert took.body.rstrip("\n") == body
    assert took.message["Subject"] == "【くも商店】ご注文ありがとうございます" * 5
    assert took.message["From"] == "くも商店 <info@shop.example.jp>"
    assert took.message["Auto-Submitted"] == "auto-generated"
    assert max(map(len, took.raw.split(b"\r\n"))) <= 78
    assert took.raw.isascii()


def test_several_mails_go_over_one_connection(server):
    account = account_at(server)
    line = SmtpWays().open(account, "")
    server.plan.extend(["", "rcpt:550", ""])
    taken = []
    for _ in range(3):
        assert line.ready()
        taken.append(line.send(account.address, BUYER, mail(account)).taken)
    line.close()
    assert taken == [Taken.TAKEN, Taken.REFUSED, Taken.TAKEN]
    assert server.connections == 1


@pytest.mark.parametrize(
    ("trouble", "taken", "key", "stored"),
    [
        ("mail:451", Taken.LATER, "mails.send.later", 0),
        ("mail:421", Taken.LATER, "mails.send.later", 0),
        ("mail:550", Taken.ACCOUNT, "mails.send.sender", 0),
        ("mail:552", Taken.REFUSED, "mails.send.large", 0),
        ("rcpt:450", Taken.LATER, "mails.send.later", 0),
        ("rcpt:550", Taken.REFUSED, "mails.send.recipient", 0),
        ("rcpt:552", Taken.REFUSED, "mails.send.recipient", 0),
        ("data:451", Taken.LATER, "mails.send.later", 0),
        ("data:552", Taken.REFUSED, "mails.send.large", 0),
        ("data:554", Taken.REFUSED, "mails.send.content", 0),
        ("close:mail", Taken.LATER, "mails.send.broke", 0),
        ("close:rcpt", Taken.LATER, "mails.send.broke", 0),
        ("vanish", Taken.UNKNOWN, "mails.send.no_answer", 0),
        ("lost", Taken.UNKNOWN, "mails.send.no_answer", 1),
        ("garbage", Taken.UNKNOWN, "mails.send.odd_answer", 1),
        ("slow", Taken.TAKEN, "", 1),
    ],
)
def test_what_is_believed(server, trouble, taken, key, stored):
    server.plan.append(trouble)
    found = send(server)
    assert (found.taken, found.fault.key if found.fault else "", len(server.took)) == (taken, key, stored)


def test_no_answer_in_time_leaves_it_unknown(server):
    server.plan.append("hang")
    server.hang_seconds = 1.5
    began = time.monotonic()
    found = send(server, seconds=0.3)
    assert found.taken is Taken.UNKNOWN
    assert found.fault.args == {"why": "timeout"}
    assert found.closed
    assert time.monotonic() - began < 1.2


def test_a_line_cut_in_the_middle_of_the_mail_is_surely_not_taken():
    def talk(line):
        line.sendall(b"220 test\r\n")
        for answer in (b"250 test\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"):
            line.recv(4096)
            line.sendall(answer)
        line.recv(1000)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    with raw_server(talk) as port:
        account = account_at(port=port)
        line = SmtpWays().open(account, "")
        found = line.send(account.address, BUYER, mail(account, body="x" * 20_000_000), seconds=10.0)
        line.close()
    assert (found.taken, found.closed) == (Taken.LATER, True)


def test_too_large_a_mail_is_not_even_begun(server):
    found = send(server, mail(account_at(server), body="x" * 1_100_000))
    assert (found.taken, found.fault.key) == (Taken.REFUSED, "mails.send.large")
    assert not server.took


@pytest.mark.parametrize(
    ("talk", "key"),
    [
        (black_hole, "mails.off.timeout"),
        (dripping, "mails.off.timeout"),
        (lambda line: line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "mails.off.not_smtp"),
        (lambda line: line.sendall(bytes(range(256)) * 40), "mails.off.not_smtp"),
        (lambda line: line.sendall(b"2" * 20_000), "mails.off.not_smtp"),
        (lambda line: line.sendall(b"554 no\r\n"), "mails.off.refuses_us"),
        (lambda line: line.sendall(b"421 busy\r\n"), "mails.off.busy"),
        (lambda line: None, "mails.off.other"),
    ],
)
def test_what_is_no_mail_server_is_said_in_time(talk, key):
    with raw_server(talk) as port:
        began = time.monotonic()
        found = why_not(account_at(port=port), seconds=0.5)
        assert time.monotonic() - began < 1.5
    assert found in (key, "mails.off.other") if key == "mails.off.not_smtp" else found == key


def test_a_closed_port_and_an_unknown_name_are_told_apart():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert why_not(account_at(port=port)) == "mails.off.refused"
    assert why_not(account_at(host="nobody.invalid")) in ("mails.off.unknown_name", "mails.off.timeout")


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_encrypted_with_login_and_only_with_a_certificate_that_is_trusted(papers, security):
    running = MailServer(papers.server(), security, ("info", "right")).start()
    try:
        good = SmtpWays(papers.trusting)
        account = account_at(running, host="localhost")
        line = good.open(account, "right")
        assert line.send(account.address, BUYER, mail(account)).taken is Taken.TAKEN
        line.close()
        assert len(running.took) == 1
        assert why_not(account, "wrong", ways=good) == "mails.off.password"
        assert why_not(account, "right") == "mails.off.certificate"
        other = Security.STARTTLS if security is Security.TLS else Security.TLS
        crossed = why_not(account_at(running, host="localhost", security=other), "right", 0.7, good)
        assert crossed in ("mails.off.timeout", "mails.off.wrong_tls")
    finally:
        running.stop()


def test_a_server_without_encryption_gets_no_password(server):
    assert why_not(account_at(server, security=Security.STARTTLS, login="info"), "x") == "mails.off.no_starttls"
    assert why_not(account_at(server, login="info"), "x") == "mails.off.no_login"


def test_a_connection_that_went_away_is_seen(server):
    line = SmtpWays().open(account_at(server), "")
    assert line.ready()
    line._talk.break_off()
    assert not line.ready()
    line.close()


@pytest.mark.parametrize("text", ["x\r\nBcc: evil@example.com", "x\nDATA\n.\n", "\x00\x1b[31mred", "a\u2028b\x85c"])
def test_nothing_in_a_value_becomes_a_header_or_a_command(server, text):
    account = account_at(server, sender="Shop")
    made = partial(mail, account)
    assert send(server, made(f"Order {text}", f"Dear {text}", shop=text, reply_to=text)).taken is Taken.TAKEN
    (took,) = server.took
    names = [name.casefold() for name in took.message]
    assert "bcc" not in names
    assert len(names) == len(set(names))
    assert server.recipients() == [BUYER]
