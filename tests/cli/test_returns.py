"""``kenpin scan --at return`` and ``kenpin returns``: what came back, why, and what became of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app.storage.database import open_database
from tests.cli.kenpin import Kenpin
from tests.makers import Goods, change, stocked
from tests.services.dock import Dock, number_of
from tests.services.test_returns import ship

TEA, CUP = Goods(1, stock=50), Goods(2, stock=50)
A, B = number_of(1), number_of(2)


@pytest.fixture(scope="module")
def kenpin(tmp_path_factory: pytest.TempPathFactory) -> Kenpin:
    """Two orders are with their buyers; a tea of the first came back broken, the second unopened."""
    made = Kenpin(tmp_path_factory.mktemp("returns"))
    database = open_database(f"sqlite:///{made.folder / 'kenpin.db'}")
    stocked(database, [TEA, CUP])
    dock = Dock(database)
    ship(dock, "A-1", (TEA, 2), (CUP, 1))
    ship(dock, "A-2", (CUP, 1), waybill=B)
    change(database, "UPDATE products SET name = '=SUM(A1)' WHERE sku = ?", CUP.sku)
    database.close()
    codes = [A, TEA.piece, "KP-2", "KP-2", "KP-DONE", B, "KP-DONE", "KP-1", "KP-DONE", "A-1"]
    result = made.run("scan", "--at", "return", given="\n".join(codes) + "\n")
    assert [line["key"] for line in result.lines] == [
        "return.opened", "return.reason", "return.grade", "return.back", "return.closed_part",
        "return.opened", "return.whole", "return.whole_back", "return.closed", "return.opened",
    ]  # fmt: skip
    return made


def test_returns_are_listed_open_ones_first(kenpin: Kenpin) -> None:
    rows = kenpin("returns", "list", "--json").json
    assert [(row["number"], row["open"], row["pieces"], row["wanted"]) for row in rows] == [
        ("A-1", True, 0, 3), ("A-2", False, 1, 1), ("A-1", False, 1, 3),
    ]  # fmt: skip
    assert [row["reasons"] for row in rows] == [{}, {"refused": 1}, {"defective": 1}]
    assert [row["unopened"] for row in rows] == [False, True, False]
    assert (rows[1]["order_state"], rows[2]["bad"]) == ("returned", 1)
    said = kenpin("returns", "list").out
    assert "Faulty or damaged 1" in said
    assert len(kenpin("returns", "list", "--open", "--json").json) == 1
    assert len(kenpin("returns", "list", "--limit", "2", "--json").json) == 2


def test_a_return_is_shown_piece_by_piece(kenpin: Kenpin) -> None:
    (opened, done) = kenpin("returns", "show", "A-1", "--json").json
    assert (opened["open"], opened["steps"]) == (True, [])
    (step,) = done["steps"]
    assert (step["sku"], step["reason"], step["grade"], step["place"]) == (
        TEA.sku, "defective", "bad", "unsaleable:RETURN-BAD",
    )  # fmt: skip
    assert kenpin("orders", "show", "A-2", "--json").json["came_back"] == 1
    said = kenpin("returns", "show", "A-2").out
    assert "Taken back unopened" in said
    assert "A-02" in said
    wrong = kenpin("returns", "show", "A-9")
    assert wrong.status != 0
    assert "Nothing of order A-9 came back" in wrong.error


def test_reasons_by_product_are_a_table_and_a_csv(kenpin: Kenpin, tmp_path: Path) -> None:
    assert kenpin("returns", "reasons", "--json").json[0] == {
        "sku": TEA.sku, "name": "Thing 1", "name_en": "", "reason": "defective", "pieces": 1, "good": 0, "bad": 1,
        "orders": 1,
    }  # fmt: skip
    target = tmp_path / "reasons.csv"
    assert "Wrote 2 rows" in kenpin("returns", "reasons", "-o", target).error
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert head == ["SKU", "Product", "Reason", "Pieces back", "Good", "Bad", "Orders"]
    assert rows[1] == [CUP.sku, "'=SUM(A1)", "Refused or not at home", "1", "1", "0", "1"]
    assert kenpin("returns", "reasons", "--days", "0", "--json").json == []


def test_where_nothing_came_back_it_says_so(tmp_path: Path) -> None:
    kenpin = Kenpin(tmp_path)
    for command in ("list", "reasons"):
        assert "There are no returns." in kenpin("returns", command).error
