"""Hostile codes through the real desk into a real database: nothing changes, and the journal shows every one."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest

from app.domain.barcode import Command, read
from app.services.desk import Desk
from tests.fuzz.hostile import HOSTILE
from tests.makers import Goods, faults_of, incoming, query, stocked

TABLES = ("orders", "order_lines", "products", "product_codes", "people", "settings", "moves", "print_jobs", "parcels")


def contents(database) -> dict[str, str]:
    every = {name: repr(query(database, f"SELECT * FROM {name}")) for name in TABLES}
    return {name: hashlib.sha256(rows.encode()).hexdigest() for name, rows in every.items()}


def told(codes: list[str]) -> list[str]:
    """Codes that order nothing; a real command with a space behind it is none of ours here."""
    return [code for code in codes if not any(isinstance(kind, Command) for kind in read(code).kinds)]


@pytest.fixture
def shop(database):
    stocked(database, [Goods(1, stock=50), Goods(2)], incoming("1001", ("SKU-2", 2)), incoming("1002", ("SKU-2", 1)))
    return database


def scan_all(shop, open_another, codes: list[str], folder: Path) -> None:
    desk = Desk(open_another(), "1")
    try:
        assert desk.scan("1001").result(20).key == "order.opened"
        before, files = contents(shop), sorted(folder.rglob("*"))
        answers = [desk.scan(code).result(60) for code in codes]
    finally:
        desk.stop()
    assert {answer.level for answer in answers} == {"refused"}
    assert contents(shop) == before
    made = [path for path in folder.rglob("*") if path not in files and not path.name.startswith("kenpin.db")]
    assert made == [], "no code is a file name"
    rows = query(shop, "SELECT raw FROM journal WHERE station = '1' ORDER BY seq")
    assert len(rows) == len(codes) + 1, "every one is in the journal"
    for (raw,), code in zip(rows[1:], codes, strict=True):
        assert not any(unicodedata.category(each) in {"Cc", "Cf", "Cs"} for each in raw), ascii(raw)
        if code.isascii() and code.isprintable() and len(code) < 200:
            assert raw == code
    assert faults_of(shop) == []


def test_the_corpus_changes_nothing_and_stays_visible_in_the_journal(shop, open_another, tmp_path):
    scan_all(shop, open_another, told(list(dict.fromkeys(HOSTILE))), tmp_path)
