"""``kenpin print rules``: rules from the command line and from files, and why an order's papers come out so."""

import pytest

from tests.cli.kenpin import Kenpin
from tests.cli.test_inserts import PRODUCTS, take_in


@pytest.fixture
def kenpin(tmp_path):
    made = Kenpin(tmp_path / "data", ("--lang", "ja"))
    made.folder.mkdir()
    (tmp_path / "products.csv").write_text(PRODUCTS, encoding="utf-8")
    assert made("products", "import", tmp_path / "products.csv").status == 0
    take_in(made, tmp_path, {})
    return made


def test_rules_are_kept_listed_explained_written_and_read(kenpin, tmp_path):
    assert "slip.when" in kenpin("print", "rules", "list").error
    added = kenpin("print", "rules", "add", "海外", "packing_slip", "--when", "start", "--set", "countries=abroad")
    assert (added.status, "「海外」" in added.out) == (0, True)
    kenpin(
        "print",
        "rules",
        "add",
        "楽天",
        "packing_slip",
        "--when",
        "close",
        "--set",
        "shops=rakuten",
        "--set",
        "copies=2",
    )
    kenpin("print", "rules", "add", "代引き", "packing_slip", "--set", "cod=yes", "--set", "shops=rakuten")
    listed = kenpin("print", "rules", "list")
    assert "箱を閉じるとき" in listed.out
    assert "「代引き」は使われません" in listed.error
    assert kenpin("print", "rules", "move", "代引き", "1").status == 0
    assert "使われません" not in kenpin("print", "rules", "list").error
    order = "999999-20260914-0000000001"
    why = kenpin("print", "rules", "why", order, "--json").json
    slip = why["papers"][0]
    assert (slip["when"], slip["copies"], slip["rule"]) == ("close", 2, "楽天")
    assert [(each["rule"], each["applies"]) for each in slip["rules"]] == [
        ("代引き", False),
        ("海外", False),
        ("楽天", True),
    ]
    said = kenpin("print", "rules", "why", order).out
    assert "納品書：箱を閉じるとき、2 部" in said
    assert "届け先の国が abroad（この注文は JP）" in said
    file = tmp_path / "rules.csv"
    assert kenpin("print", "rules", "export", file).status == 0
    for name in ("海外", "楽天", "代引き"):
        assert kenpin("print", "rules", "remove", name).status == 0
    assert kenpin("print", "rules", "import", file).status == 0
    names = [each["name"] for each in kenpin("print", "rules", "list", "--json").json]
    assert names == ["代引き", "海外", "楽天"]


def test_what_makes_no_sense_is_said_in_whole_sentences(kenpin):
    said = kenpin("print", "rules", "add", "x", "napkin", "--printer", "P9", "--set", "pieces=many")
    assert said.status == 1
    for part in ("「napkin」は使えません", "「P9」というプリンターはありません", "「many」は数の範囲として読めません"):
        assert part in said.error
    assert kenpin("print", "rules", "change", "nobody", "--set", "copies=2").status != 0
    assert kenpin("print", "rules", "add", "x", "invoice", "--set", "color=red").status != 0
