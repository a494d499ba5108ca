"""Anchors, proofs, replay and photos at the command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin
from tests.makers import ean

TEA = ean(1)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with two orders, one of them packed with a refusal on the way."""
    made = Kenpin(tmp_path_factory.mktemp("packed"))
    products = made.file("products.csv", f"sku,name,code,shelf,stock\nTEA-050,緑茶 50g,{TEA},A-01,40\n")
    assert made("products", "import", products).status == 0
    day = made.orders("day.csv", *(f"{number},TEA-050,GREEN TEA,2" for number in ("7001", "7002")))
    assert made("import", day, "--shop", "UK").status == 0
    assert made("settings", "set", "scan.pace_ms", "0").status == 0
    assert made.keys("7001", TEA, "nonsense", TEA)[-1] == "order.closed"
    return made.folder


@pytest.fixture
def kenpin(packed: Path, tmp_path: Path) -> Kenpin:
    """A copy of the shop for each test."""
    shutil.copytree(packed, tmp_path, dirs_exist_ok=True)
    return Kenpin(tmp_path)


def change(kenpin: Kenpin, *statements: str) -> None:
    (path,) = kenpin.folder.glob("*.db")
    with sqlite3.connect(path, isolation_level=None) as raw:
        for statement in statements:
            raw.execute(statement)


def last_of(kenpin: Kenpin) -> int:
    """Number of the last journal row of the shop's only station."""
    return int(kenpin("anchor", "--json").json["stations"]["1"]["seq"])


def test_an_anchor_is_kept_shown_and_copied(kenpin, tmp_path):
    first = kenpin("anchor", "--print", "-o", tmp_path / "stick.jsonl")
    assert first.status == 0
    assert f"station 1: {last_of(kenpin)} " in first.out
    assert (tmp_path / "stick.jsonl").read_bytes() == (tmp_path / "anchors.jsonl").read_bytes()
    again = kenpin("anchor", "--json").json
    assert (again["new"], again["database"]) == (
        False,
        json.loads((tmp_path / "anchors.jsonl").read_text())["database"],
    )
    assert again["hash"] == json.loads((tmp_path / "anchors.jsonl").read_text())["hash"]


def test_verify_says_whether_there_was_an_anchor_to_hold_the_journal_against(kenpin):
    without = kenpin("verify")
    assert (without.status, "No anchors are kept" in without.out) == (0, True)
    kenpin("anchor")
    found = kenpin("verify", "--json").json
    assert (found["ok"], found["anchors"]) == (True, 1)


def test_verify_names_a_cut_tail_and_fails(kenpin, tmp_path):
    last = last_of(kenpin)
    change(
        kenpin,
        "DROP TRIGGER journal_no_delete",
        f"DELETE FROM journal WHERE station = '1' AND seq = {last}",
        f"UPDATE stations SET seq = {last - 1}, "
        f"head = (SELECT hash FROM journal WHERE station = '1' AND seq = {last - 1}) WHERE name = '1'",
    )
    wrong = kenpin("verify")
    assert wrong.status == 1
    assert f"“1”: entries {last} to {last} were there on 20" in wrong.error
    (tmp_path / "anchors.jsonl").rename(tmp_path / "kept.jsonl")
    assert kenpin("verify").status == 0
    assert kenpin("verify", "--anchor", tmp_path / "kept.jsonl").status == 1
    missing = kenpin("verify", "--anchor", tmp_path / "none.jsonl")
    assert (missing.status, "none.jsonl" in missing.error) == (1, True)


def test_a_proof_is_written_and_its_file_known_until_it_is_changed(kenpin, tmp_path):
    paper = tmp_path / "proof.pdf"
    made = kenpin("proof", "7001", "-o", paper, "--json").json
    assert (made["order"], made["pages"], len(made["sha256"])) == ("7001", 1, 64)
    assert paper.read_bytes().startswith(b"%PDF")
    good = kenpin("proof", "--check", paper)
    assert (good.status, "Unchanged" in good.out, "still say the same" in good.out) == (0, True, True)
    paper.write_bytes(paper.read_bytes() + b" ")
    wrong = kenpin("proof", "--check", paper, "--json")
    assert (wrong.status, wrong.json["ok"]) == (1, False)
    assert "no proof made here" in kenpin("proof", "--check", paper).error


def test_the_content_alone_is_shown_as_json_without_an_act(kenpin):
    before = last_of(kenpin)
    found = kenpin("proof", "7001", "--json").json
    assert [each["level"] for each in found["scans"]] == ["ok", "ok", "refused", "ok"]
    assert last_of(kenpin) == before
    assert kenpin("proof", "7001", "-o", kenpin.folder / "proof.pdf", "--language", "ja").status == 0
    assert last_of(kenpin) == before + 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("proof",), 2, "Name an order"),
        (("proof", "7001"), 2, "-o FILE"),
        (("proof", "7002", "-o", "x.pdf"), 1, "not packed yet"),
        (("proof", "9999", "--json"), 1, "9999"),
        (("proof", "--check", "no such.pdf"), 1, "cannot be read"),
        (("replay", "9999"), 1, "9999"),
        (("photos", "export", "7001", "-o", "x"), 1, "No photo of this order"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_remedy(kenpin, arguments, status, said):
    result = kenpin(*arguments)
    assert (result.status, said in result.error) == (status, True), result


def test_an_order_is_played_in_text_and_as_json(kenpin):
    text = kenpin("replay", "7001").out
    assert "4 acts, 1 refused" in text
    assert text.count("✓ OK") == 3
    assert "× refused  nonsense" in text
    found = kenpin("replay", "7001", "--json").json
    assert [each["done"] for each in found["moments"]] == [0, 1, 1, 2]
    assert found["moments"][0]["pause_ms"] is None
    assert found["moments"][2]["text"]


def test_photos_are_listed_and_tidied(kenpin):
    assert "no photos" in kenpin("photos", "list").out
    assert kenpin("photos", "list", "7001", "--json").json == []
    assert kenpin("photos", "tidy", "--json").json == {"gone": 0, "bytes": 0, "held": 0}
