"""``kenpin scan`` is a station without a window: one answer a line, whatever comes in."""

from __future__ import annotations

import json
import sqlite3

import pytest

from tests.cli.kenpin import Kenpin

SHAPE = {"code", "act", "repeat", "level", "key", "text", "ask", "order", "done", "wanted"}


@pytest.fixture
def kenpin(tmp_path_factory: pytest.TempPathFactory, template: Kenpin) -> Kenpin:
    """A copy of a shop with orders that are ready."""
    made = Kenpin(tmp_path_factory.mktemp("scan"))
    with sqlite3.connect(template.folder / "kenpin.db") as source, sqlite3.connect(made.folder / "kenpin.db") as copy:
        source.backup(copy)
    copy.close()
    source.close()
    return made


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Kenpin:
    """Orders 1001 (A1 ×2, B1 ×1), 1002 (A1 ×1), 1003 twice, at two shops."""
    made = Kenpin(tmp_path_factory.mktemp("template"))
    first = made.orders("a.csv", "1001,A1,ALPHA,2", "1001,B1,BETA,1", "1002,A1,ALPHA,1", "1003,B1,BETA,1")
    second = made.orders("b.csv", "1003,A1,ALPHA,1")
    assert made("import", first, "--shop", "one", "--create-products").status == 0
    assert made("import", second, "--shop", "two").status == 0
    return made


def test_an_order_is_packed_and_its_slip_is_there_at_the_end(kenpin: Kenpin) -> None:
    answers = kenpin.scan("1001", "A1", "A1", "B1")
    assert all(set(answer) >= SHAPE for answer in answers)
    assert [answer["key"] for answer in answers] == ["order.opened", "pack.ok", "pack.ok", "order.closed"]
    assert {answer["level"] for answer in answers} == {"ok"}
    assert [(answer["done"], answer["wanted"]) for answer in answers] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert {answer["order"] for answer in answers} == {"1001"}
    assert answers[0]["ask"]["kind"] == "item"
    assert len({answer["act"] for answer in answers}) == 4
    assert not [answer for answer in answers if answer["text"] in ("", answer["key"])]
    papers = list((kenpin.folder / "papers").glob("*.pdf"))
    assert [paper.read_bytes()[:4] for paper in papers] == [b"%PDF"]
    assert kenpin("verify").status == 0


def test_wrong_goods_too_many_and_nonsense_are_refused_and_change_nothing(kenpin: Kenpin) -> None:
    codes: list[str | bytes] = ["1002", "B1", "NO-SUCH", "", "\t", b"\xff\xfe\x80", b"A1\xe3\x81", "A\x01B", "x" * 4000]
    answers = kenpin.scan(*codes, "y" * 200_000, "4599990001014", "A1", "A1", "KP-NONE", "KP-NEXT", "ａ1")
    keys = [answer["key"] for answer in answers]
    assert keys == [
        "order.opened",
        "item.wrong",
        "code.unknown",
        "code.empty",
        "code.empty",
        "code.undecodable",
        "code.undecodable",
        "code.control_characters",
        "code.too_long",
        "code.too_long",
        "code.check_digit",
        "order.closed",
        "order.complete_scan_next",
        "command.unknown",
        "order.opened",
        "pack.ok_widened",
    ]
    refused = [answer for answer in answers if answer["level"] == "refused"]
    assert len(refused) == 12
    assert answers[12]["order"] == "1002"
    assert (answers[-1]["order"], answers[-1]["done"]) == ("1001", 1)
    assert kenpin("verify").status == 0


def test_the_same_act_counts_once_and_another_code_under_its_id_is_refused(kenpin: Kenpin) -> None:
    answers = kenpin.scan("1001\topen-1", "A1\ta-1", "A1\ta-1", "B1\ta-1", "A1\t", "A1\ta b\u2028c", "B1\ta-1")
    assert [(answer["key"], answer["repeat"], answer["done"]) for answer in answers] == [
        ("order.opened", False, 0),
        ("pack.ok", False, 1),
        ("pack.ok", True, 1),
        ("act.reused", False, 1),
        ("pack.ok", False, 2),
        # What cannot be an act id makes the whole line a code.
        ("code.control_characters", False, 2),
        ("act.reused", False, 2),
    ]
    assert [answer["act"] for answer in answers[:3]] == ["open-1", "a-1", "a-1"]
    assert kenpin.scan("A1\ta-1")[0]["repeat"], "a later session knows the act too"
    assert kenpin("orders", "show", "1001", "--json").json["lines"][0]["done"] == 2


def test_the_end_of_input_keeps_the_order_and_the_same_station_goes_on(kenpin: Kenpin) -> None:
    assert kenpin.keys("1001", "A1") == ["order.opened", "pack.ok"]
    other = kenpin.scan("1001", more=("--station", "2"))[0]
    assert (other["key"], other["level"]) == ("order.held_by", "refused")
    assert "1" in other["text"]
    answers = kenpin.scan("A1", "KP-UNDO", "A1", "B1")
    assert [answer["key"] for answer in answers] == ["pack.ok", "undo.packed", "pack.ok", "order.closed"]
    assert answers[0]["done"] == 2


def test_a_number_that_several_orders_have_is_refused_with_what_tells_them_apart(kenpin: Kenpin) -> None:
    assert kenpin("orders", "release", "one:1003", "two:1003").status == 0
    # A shop's own number may look like a ship number: that is no less doubtful.
    assert kenpin("import", kenpin.orders("c.csv", "1-002,A1,ALPHA,1"), "--shop", "one").status == 0
    answers = kenpin.scan("1003", "1-002", "KO-1-002-1")
    assert [answer["key"] for answer in answers] == ["order.several", "order.several", "order.opened"]
    assert "1-001" in answers[0]["text"]
    assert "1-002" in answers[0]["text"]
    asked = kenpin("orders", "show", "1-002")
    assert asked.status == 2
    assert "KO-1-002, one:1-002" in asked.error
    assert kenpin("orders", "show", "one:1-002", "--json").json["state"] == "ready"


def test_shorts_ask_for_a_reason_and_wait_for_done(kenpin: Kenpin) -> None:
    answers = kenpin.scan("1001", "A1", "A1", "KP-DONE", "kp-short", "KP-R-MISSING", "KP-DONE")
    assert [(answer["key"], answer["level"]) for answer in answers] == [
        ("order.opened", "ok"),
        ("pack.ok", "ok"),
        ("pack.ok", "ok"),
        ("done.still_wanted", "refused"),
        ("short.ask", "question"),
        ("short.only_left", "question"),
        ("order.closed_short", "ok"),
    ]
    line = kenpin("orders", "show", "1001", "--json").json["lines"][1]
    assert (line["done"], line["short"]) == (0, 1)


def test_a_person_signs_in_by_option_or_badge(kenpin: Kenpin) -> None:
    assert kenpin("people", "add", "Sato", "--code", "101", "--role", "leader").status == 0
    assert kenpin("settings", "set", "signin.required", "on").status == 0
    assert kenpin.keys("1001", "KU-101", "1001") == ["signin.needed", "person.signed_in", "order.opened"]
    away = kenpin.run("scan", "--person", "999", given="1001\n")
    assert away.status == 1
    assert away.out == ""
    other = kenpin.scan("1002", more=("--station", "2", "--person", "101"))
    assert other[0]["key"] == "order.opened"
    assert kenpin("verify").status == 0


def test_every_answer_is_out_before_the_next_line_comes(kenpin: Kenpin) -> None:
    process = kenpin.start("scan")
    assert process.stdin is not None
    assert process.stdout is not None
    for code, key in (("1001\r", "order.opened"), ("A1", "pack.ok")):
        process.stdin.write(f"{code}\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["key"] == key
    # Without a line end the last line counts too.
    out, error = process.communicate(b"A1", timeout=30)
    assert json.loads(out)["done"] == 2
    assert error == b""
    assert process.returncode == 0


def test_a_reader_that_goes_away_ends_the_station_quietly(kenpin: Kenpin) -> None:
    process = kenpin.start("scan")
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(b"1001\n")
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(b"A1\n")
    process.stdin.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=30) == 141
    assert not list(kenpin.folder.glob("crash-*"))
    assert kenpin.keys("A1") == ["pack.ok"]


def test_stock_that_is_not_kept_books_nothing(kenpin: Kenpin) -> None:
    assert kenpin("settings", "set", "stock.tracked", "off").status == 0
    assert kenpin.keys("1002", "A1")[-1] == "order.closed"
    with sqlite3.connect(kenpin.folder / "kenpin.db") as plain:
        assert plain.execute("SELECT count(*) FROM moves").fetchone() == (0,)
    plain.close()


def test_goods_whose_own_code_is_required_are_not_taken_by_sku(kenpin: Kenpin) -> None:
    assert kenpin("settings", "set", "scan.sku", "off").status == 0
    assert kenpin.keys("1002", "A1") == ["order.opened", "code.unknown"]


def test_a_line_may_say_how_long_it_was_since_the_scan_before(kenpin: Kenpin) -> None:
    answers = kenpin.scan("1001", "A1\t+9000", "A1\tfirst\t+80", "A1\tsecond\t+900", "B1\t+80")
    assert [answer["key"] for answer in answers] == [
        "order.opened",
        "pack.ok",
        "pace.ask",
        "pack.ok",
        "order.closed",
    ]
    assert [answer["act"] for answer in answers[2:4]] == ["first", "second"]
