"""Addresses, accounts, what may be believed, and templates of mails."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.mail_templates import MAILS, fields_of, fill, plain_line, read_mail_template
from app.domain.mails import (
    KINDS,
    Account,
    MailDelivery,
    MailKind,
    MailState,
    Taken,
    account_faults,
    acts_of,
    mail_address,
    masked_refusal,
    pause_ms,
    verdict,
)
from app.settings import SETTINGS, masked_domains

GOOD = Account(0, "info", "info@example.jp", "smtp.example.jp", station="1")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("hanako@example.jp", "hanako@example.jp"),
        ("  Hanako@Example.JP ", "Hanako@example.jp"),
        ("ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ", "hanako@example.jp"),
        ("a..b.@docomo.example.jp", "a..b.@docomo.example.jp"),
        ("x+y@日本.example.jp", "x+y@xn--wgv71a.example.jp"),
        ("a@b", ""),
        ("a@192.168.1.1", ""),
        ("花子@example.jp", ""),
        ("a b@example.jp", ""),
        ("a@example.jp,b@example.jp", ""),
        ("Hanako <a@example.jp>", ""),
        ("a@example.jp\r\nBcc: b@example.jp", ""),
        ("a@-example.jp", ""),
        (f"{'a' * 65}@example.jp", ""),
        (f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 20}.jp", ""),
        ("", ""),
    ],
)
def test_an_address_is_one_that_can_be_sent_to(text, address):
    assert mail_address(text) == address


@given(st.text(max_size=80))
def test_no_text_becomes_an_address_that_could_say_more(text):
    found = mail_address(text)
    assert found == mail_address(found) or not found
    assert not set(found) & set(' \r\n\t<>,;:"\\()')


def test_masked_addresses_go_only_by_the_malls_own_server():
    rules = masked_domains("fw.rakuten.ne.jp=rakuten.ne.jp; relay.example=smtp.example")
    assert masked_refusal("a@pc.fw.rakuten.ne.jp", "smtp.example.jp", rules) == "rakuten.ne.jp"
    assert masked_refusal("a@fw.rakuten.ne.jp", "sub.fw.rakuten.ne.jp", rules) == ""
    assert masked_refusal("a@fw.rakuten.ne.jp", "notrakuten.ne.jp", rules) == "rakuten.ne.jp"
    assert masked_refusal("a@xfw.rakuten.ne.jp", "smtp.example.jp", rules) == ""
    assert masked_refusal("a@example.jp", "smtp.example.jp", rules) == ""
    assert masked_domains("x") is None
    assert masked_domains("") == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "OTHER"}, "name"),
        ({"address": "nobody"}, "address"),
        ({"sender": "a\nb"}, "sender"),
        ({"host": "smtp example"}, "host"),
        ({"port": 0}, "port"),
        ({"port": 70_000}, "port"),
        ({"security": "ssl"}, "security"),
        ({"security": "none", "login": "x"}, "security"),
        ({"station": ""}, "station"),
        ({"per_minute": -1}, "per_minute"),
    ],
)
def test_every_fault_of_an_account_is_named_by_its_field(change, field):
    assert account_faults(GOOD, [replace(GOOD, id=2, name="other")]) == ()
    assert [each.field for each in account_faults(replace(GOOD, **change), [replace(GOOD, id=2, name="other")])] == [
        field
    ]


def test_what_may_be_believed():
    assert verdict(MailDelivery(Taken.TAKEN), 1).state is MailState.CONFIRMED
    assert verdict(MailDelivery(Taken.UNKNOWN), 1).pause_ms < 0
    assert (verdict(MailDelivery(Taken.REFUSED), 1).state, verdict(MailDelivery(Taken.REFUSED), 1).pause_ms < 0) == (
        MailState.FAILED,
        True,
    )
    assert verdict(MailDelivery(Taken.LATER), 3).pause_ms == pause_ms(3) > pause_ms(2) > 0
    assert pause_ms(1000) == pause_ms(6)
    assert acts_of("sent", on_its_way=True) == ()
    assert all(acts_of(state) for state in MailState)


def test_the_settings_know_every_kind():
    assert SETTINGS["mail.kinds"].choices == (*KINDS, "off")
    assert all(f"template.mail_{kind}" in SETTINGS for kind in KINDS)


# --- templates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("", [("", "mails.fault.no_language")]),
        ("x = [", [("", "templates.fault.toml")]),
        ('[ja]\nsubject = "x"', [("ja.body", "mails.fault.missing")]),
        ('[ja]\nbody = "x"\nsubject = " "', [("ja.subject", "mails.fault.missing")]),
        ('[ja]\nsubject = "a\\r\\nBcc: b"\nbody = "x"', [("ja.subject", "mails.fault.one_line")]),
        ('[ja]\nsubject = "a\\u2028b"\nbody = "x"', [("ja.subject", "mails.fault.one_line")]),
        ('[ja]\nsubject = "x"\nbody = "a\\u0007"', [("ja.body", "mails.fault.control")]),
        ('[ja]\nsubject = "{lines}"\nbody = "x"', [("ja.subject", "mails.fault.not_in_subject")]),
        ('[ja]\nsubject = "x"\nbody = "a\\n{nummer}"', [("ja.body:2", "mails.fault.field")]),
        ('[ja]\nsubject = "x"\nbody = "a } b"', [("ja.body:1", "mails.fault.brace")]),
        ('[ja]\nsubject = "x"\nbody = "x"\nfont = 1', [("ja.font", "templates.fault.unknown")]),
        ('[ja]\nsubject = 1\nbody = "x"', [("ja.subject", "templates.fault.text")]),
        ('[de]\nsubject = "x"\nbody = "x"', [("de", "templates.fault.unknown")]),
        ('ja = "x"', [("ja", "templates.fault.table")]),
        ('[en]\nsubject = "{number} {{x}}"\nbody = "x"', []),
    ],
)
def test_a_template_is_read_strictly_and_every_fault_has_its_place(body, places):
    assert [(each.place, each.key) for each in read_mail_template("mail_received", body).faults] == places


def test_fields_are_those_of_the_kind():
    assert "tracking" in fields_of(MailKind.SHIPPED)
    assert "tracking" not in fields_of(MailKind.RECEIVED)
    assert read_mail_template("mail_received", '[ja]\nsubject = "x"\nbody = "{tracking}"').faults
    assert len(MAILS) == len(KINDS)


def test_lines_whose_fields_are_all_empty_are_left_out_without_a_hole():
    text = "{buyer}\n\nWish: {wish}\nPay: {payment} {total}\n\n{rest}\n\n{{plain}}\nend {wish}\n"
    values = {"buyer": "H", "wish": "", "payment": "", "total": "1", "rest": ""}
    assert fill(text, values) == "H\n\nPay:  1\n\n{plain}"
    assert fill("a\n\n■ Still to come\n{rest}\n\nb", {"rest": ""}) == "a\n\nb"
    assert fill("a\n\n■ Still to come\n{rest}\n\nb", {"rest": "x\ny"}) == "a\n\n■ Still to come\nx\ny\n\nb"


@given(st.text(max_size=60))
def test_a_value_is_one_line_and_opens_no_field(value):
    plain = plain_line(value)
    assert len(plain.splitlines()) <= 1
    assert fill("{buyer}", {"buyer": plain, "number": "SECRET"}) == plain.strip("\n")
