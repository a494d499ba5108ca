"""Orders come in, are listed, shown, held, released, cancelled and handed over; every JSON has its promised shape."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin

PRODUCTS = """sku,name,code,code2,shelf,stock
TEA-050,緑茶 50g,4599990001013,14599990001010=6,A-01,40
TEA-100,緑茶 100g,4599990001020,,A-02,40
CUP-RED,湯のみ 赤,,,B-01,
"""


@pytest.fixture(scope="module")
def kenpin(tmp_path_factory: pytest.TempPathFactory) -> Kenpin:
    """A shop with a day's orders, worked on by the tests of this file in their order."""
    made = Kenpin(tmp_path_factory.mktemp("orders"))
    assert made("products", "import", made.file("products.csv", PRODUCTS)).status == 0
    return made


def test_an_import_reports_counts_and_every_problem_with_its_place(kenpin: Kenpin) -> None:
    file = kenpin.orders(
        "day.csv",
        "536365,TEA-050,GREEN TEA,2",
        "536365,tea-100,GREEN TEA LARGE,1",
        "536366,CUP-RED,CUP,1",
        "536367,NEW-1,SOMETHING NEW,3",
        "C536368,TEA-050,GREEN TEA,-2",
        "536369,TEA-050,GREEN TEA,0",
        "536370,TEA-050,GREEN TEA,4",
        "536370,POST,POSTAGE,1",
    )
    result = kenpin.run("import", file, "--shop", "UK", "--json")
    assert result.status == 0
    report = result.json
    assert set(report) >= {"orders", "lines", "problems"}
    assert set(report["orders"]) == {*("added", "changed", "same", "cancelled", "skipped", "held", "flagged", "gone")}
    counts = report["orders"]
    assert (counts["added"], counts["skipped"], counts["held"], counts["flagged"]) == (4, 1, 1, 0)
    assert report["lines"] == 5
    assert all(set(each) == {"file", "row", "column", "value", "key", "text"} for each in report["problems"])
    found = {(each["row"], each["key"]) for each in report["problems"]}
    assert {(3, "line.sku_case"), (5, "line.unknown_product"), (9, "line.non_goods")} <= found
    assert {each["file"] for each in report["problems"]} == {"day.csv"}
    assert not [each for each in report["problems"] if each["text"] in (each["key"], "")]


def test_the_same_file_twice_adds_nothing_and_a_trial_changes_nothing(kenpin: Kenpin) -> None:
    again = kenpin("import", kenpin.folder / "day.csv", "--shop", "UK", "--json").json["orders"]
    assert (again["added"], again["changed"], again["same"]) == (0, 0, 5)
    more = kenpin.orders("more.csv", "600001,NEW-2,NEW,1")
    assert kenpin("import", more, "--shop", "UK", "--dry-run", "--json").json["orders"]["added"] == 1
    assert kenpin("orders", "list", "--text", "600001", "--json").json == []


def test_lists_have_filters_a_limit_and_the_promised_shape(kenpin: Kenpin) -> None:
    every = kenpin("orders", "list", "--json").json
    assert all(
        set(row) == {"number", "shop", "channel", "state", "holds", "cut_off", "lines", "pieces"} for row in every
    )
    assert [row["number"] for row in every if row["state"] != "cancelled"] == ["536365", "536366", "536367", "536370"]
    assert [row["number"] for row in every if row["state"] == "cancelled"] == ["C536368"]
    assert every[0] == {
        "number": "536365", "shop": "UK", "channel": "csv", "state": "ready", "holds": [], "cut_off": None,
        "lines": 2, "pieces": 3,
    }  # fmt: skip
    held = kenpin("orders", "list", "--held", "--json").json
    assert [(row["number"], row["state"], row["holds"]) for row in held] == [
        ("536367", "received", ["unknown_product"])
    ]
    assert len(kenpin("orders", "list", "--free", "--limit", "2", "--json").json) == 2
    assert kenpin("orders", "list", "--state", "shipped", "--json").json == []
    shown = kenpin("orders", "list", "--limit", "2")
    assert "536365" in shown.out
    assert "536367" not in shown.out
    assert "--limit" in shown.error


def test_one_order_shows_lines_with_the_codes_that_count(kenpin: Kenpin) -> None:
    order = kenpin("orders", "show", "UK:536365", "--json").json
    assert set(order) == {"number", "ship_number", "shop", "channel", "state", "holds", "lines"}
    assert order["ship_number"] is None
    assert order["lines"][0] == {
        "sku": "TEA-050", "name": "GREEN TEA", "wanted": 2, "done": 0, "short": 0,
        "codes": [{"code": "4599990001013", "quantity": 1}, {"code": "14599990001010", "quantity": 6}],
    }  # fmt: skip
    text = kenpin("orders", "show", "536365").out
    assert "536365" in text
    assert "TEA-050" in text


def test_holds_are_set_and_lifted_and_an_unknown_product_cannot_be(kenpin: Kenpin) -> None:
    assert kenpin("orders", "hold", "536366", "--reason", "ask").status == 0
    assert kenpin("orders", "show", "536366", "--json").json["holds"] == ["by_hand"]
    assert kenpin("orders", "lift", "536366", "--hold", "nonsense").status == 2
    assert kenpin("orders", "lift", "536366", "--hold", "by_hand").status == 0
    assert kenpin("orders", "show", "536366", "--json").json["state"] == "ready"
    assert kenpin("orders", "lift", "536366").status == 1
    refused = kenpin("orders", "lift", "536367")
    assert refused.status == 1
    assert refused.error.startswith("kenpin: ")


def test_a_release_prints_slips_and_pick_list_before_it_returns(kenpin: Kenpin) -> None:
    assert kenpin("orders", "release").status == 2
    assert kenpin("orders", "release", "536365", "--all").status == 2
    done = kenpin("orders", "release", "--all", "--limit", "2", "--json").json
    assert done["ship_numbers"] == ["1-001", "1-002"]
    assert [Path(paper).name for paper in done["papers"]] == [
        "000001-pick_list-batch-1.pdf",
        "000002-slips-batch-1.pdf",
    ]
    assert all(Path(paper).read_bytes().startswith(b"%PDF") for paper in done["papers"])
    jobs = kenpin("print", "jobs", "--json").json
    assert [job["state"] for job in jobs] == ["confirmed", "confirmed"]
    mixed = kenpin("orders", "release", "1-001", "536370", "--json")
    assert mixed.status == 0
    assert [each["number"] for each in mixed.json["refused"]] == ["536365"]
    nothing = kenpin("orders", "release", "536367")
    assert nothing.status == 1
    assert "order.held_short" not in nothing.error
    target = kenpin.folder / "slip.pdf"
    assert kenpin("print", "slip", "1-001", "-o", target).status == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert kenpin("print", "pick-list", "1", "-o", target).status == 0
    assert kenpin("print", "slip", "536367", "-o", target).status == 1
    assert kenpin("print", "slip", "1-001", "-o", kenpin.folder / "no" / "slip.pdf").status == 1


def test_only_verified_orders_are_handed_over_and_shipped_ones_cannot_be_cancelled(kenpin: Kenpin) -> None:
    early = kenpin("handover", "536366")
    assert early.status == 1
    assert "state." not in early.error
    assert kenpin.keys("536366", "CUP-RED")[-1] == "order.closed"
    assert kenpin("handover", "1-002").status == 0
    assert kenpin("orders", "show", "1-002", "--json").json["state"] == "shipped"
    assert kenpin("orders", "cancel", "536366").status == 1
    assert kenpin("orders", "cancel", "536370").status == 0
    assert kenpin("orders", "show", "536370", "--json").json["state"] == "cancelled"


def test_a_number_that_several_orders_have_lists_them_and_is_wrong_usage(kenpin: Kenpin) -> None:
    other = kenpin.orders("other.csv", "536365,CUP-RED,CUP,1")
    assert kenpin("import", other, "--shop", "FR").status == 0
    several = kenpin.run("orders", "show", "536365")
    assert several.status == 2
    assert several.out == ""
    assert "1-001" in several.error
    assert "FR:536365" in several.error
    assert kenpin("orders", "show", "FR:536365", "--json").json["shop"] == "FR"
    assert kenpin("orders", "show", "999").status == 1


def test_files_that_cannot_be_used_are_named_and_good_ones_beside_them_are_taken(kenpin: Kenpin) -> None:
    bad = kenpin.file("bad.csv", "alpha,beta\n1,2\n")
    alone = kenpin("import", bad, "--json")
    assert alone.status == 1
    assert [each["key"] for each in alone.json["problems"]] == ["file.not_recognised"]
    text = kenpin("import", bad)
    assert text.status == 1
    assert "alpha" in text.out
    good = kenpin.orders("good.csv", "700001,CUP-RED,CUP,1")
    files = [bad, kenpin.file("empty.csv", ""), kenpin.file("picture.csv", b"\x89PNG\r\n\x1a\n\0\0"), good]
    both = kenpin("import", *files, kenpin.folder / "missing.csv", "--shop", "UK", "--json")
    assert both.status == 0
    assert both.json["orders"]["added"] == 1
    assert [each["key"] for each in both.json["problems"]] == [
        "file.not_recognised",
        "file.empty",
        "file.binary",
        "file.missing",
    ]
    assert kenpin("import", good, "--channel", "nonsense").status == 1
    if sys.platform == "linux":  # elsewhere names of files are always Unicode
        strange = kenpin.file(os.fsdecode(b"d\xe9.csv"), good.read_bytes())
        assert kenpin("import", strange, "--shop", "UK", "--json").json["orders"]["same"] == 1
    assert kenpin("import", good, "--mapping", str(kenpin.folder / "none.toml")).status == 1


def test_unknown_products_are_made_when_asked_and_free_their_orders(kenpin: Kenpin) -> None:
    new = kenpin.orders("new.csv", "800001,NEW-1,SOMETHING NEW,1")
    assert kenpin("import", new, "--shop", "UK", "--create-products").status == 0
    assert kenpin("orders", "show", "536367", "--json").json["state"] == "ready"
    products = kenpin("products", "list", "--text", "new-", "--json").json
    assert [product["sku"] for product in products] == ["NEW-1"]


def test_verify_passes_and_then_names_a_planted_fault(kenpin: Kenpin) -> None:
    good = kenpin.run("verify", "--json")
    assert good.status == 0
    assert good.json["ok"]
    assert kenpin("verify").status == 0
    with sqlite3.connect(kenpin.folder / "kenpin.db") as plain:
        plain.execute("UPDATE balances SET quantity = quantity + 1 WHERE product_id = 1")
        triggers = plain.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'")
        for name, _sql in triggers.fetchall():
            plain.execute(f'DROP TRIGGER "{name}"')
        plain.execute("UPDATE journal SET raw = 'something else' WHERE seq = 3")
    plain.close()
    wrong = kenpin("verify", "--json")
    assert wrong.status == 1
    assert {"verify.chain_changed", "verify.balance"} <= {fault["key"] for fault in wrong.json["faults"]}
    text = kenpin("verify")
    assert text.status == 1
    assert "3" in text.error.splitlines()[0]
