"""Anchors, proofs, replay and photos at the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin
from tests.makers import ean

TEA = ean(1)


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    """A shop with two orders, one of them packed with a refusal on the way."""
    made = Kenpin(tmp_path)
    products = made.file("products.csv", f"sku,name,code,shelf,stock\nTEA-050,緑茶 50g,{TEA},A-01,40\n")
    assert made("products", "import", products).status == 0
    day = made.orders("day.csv", *(f"{number},TEA-050,GREEN TEA,2" for number in ("7001", "7002")))
    assert made("import", day, "--shop", "UK").status == 0
    assert made("settings", "set", "scan.pace_ms", "0").status == 0
    assert made.keys("7001", TEA, "nonsense", TEA)[-1] == "order.closed"
    return made


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
