"""``kenpin alikes`` and ``kenpin overrides`` as people and scripts call them."""

import pytest

from tests.cli.kenpin import Kenpin
from tests.makers import ean, itf

PRODUCTS = f"""sku,name,name_en,code,code2,shelf,stock
TEA-050,有機抹茶 50g,Organic matcha 50 g,{ean(101)},{itf(101)}=6,A-1-1,60
TEA-100,有機抹茶 100g,Organic matcha 100 g,{ean(205)},{itf(205)}=6,A-1-2,60
CUP,湯のみ,Tea cup,{ean(309)},{itf(309)}=6,B-1-1,60
"""


@pytest.fixture
def kenpin(tmp_path):
    """A folder with two look-alike products and a third, each in cases of six."""
    made = Kenpin(tmp_path / "data")
    made.folder.mkdir()
    done = made("products", "import", made.file("products.csv", PRODUCTS))
    assert done.status == 0, done.error
    done = made("import", made.orders("o.csv", "1001,TEA-050,tea,6", "1001,CUP,cup,6"), "--shop", "shop")
    assert done.status == 0, done.error
    return made


def test_look_alikes_come_with_the_product_file_and_are_listed(kenpin):
    (pair,) = kenpin("alikes", "list", "--json").json
    assert [each["sku"] for each in pair["products"]] == ["TEA-050", "TEA-100"]
    assert pair["why"] == ["variant", "shelf"]
    assert (pair["stands"], pair["decided"], pair["confused"]) == (True, "auto", 0)
    said = kenpin("alikes", "list").out
    assert "Organic matcha 50 g / Organic matcha 100 g" in said
    assert "other size, colour, number, next shelf" in said
    assert "very alike" in said
    assert kenpin("alikes", "list", "--text", "cup").out == ""
    assert kenpin("alikes", "find", "--json").json == {"found": 0, "changed": 0, "gone": 0}


def test_what_a_person_decides_is_kept(kenpin):
    assert kenpin("alikes", "decide", "tea-050", "TEA-100", "no").status == 0
    assert kenpin("alikes", "decide", "TEA-050", "CUP", "yes", "--json").json == {
        "products": ["TEA-050", "CUP"], "decided": "yes"
    }  # fmt: skip
    assert kenpin("alikes", "find").status == 0
    found = {row["products"][1]["sku"]: row["stands"] for row in kenpin("alikes", "list", "--json").json}
    assert found == {"TEA-100": False, "CUP": True}
    assert "not alike (by hand)" in kenpin("alikes", "list", "--decided", "no").out
    assert len(kenpin("alikes", "list", "--decided", "auto", "--json").json) == 0


def test_wrong_words_are_said(kenpin):
    unknown = kenpin("alikes", "decide", "TEA-050", "NONE", "yes")
    assert unknown.status == 1
    assert "NONE" in unknown.error
    assert kenpin("alikes", "decide", "CUP", "CUP", "yes").status == 1
    assert kenpin("alikes", "decide", "CUP", "TEA-050", "perhaps").status == 2


def test_the_case_of_a_look_alike_is_refused_and_what_a_leader_allows_is_counted(kenpin):
    kenpin("people", "add", "Sato", "--code", "101", "--role", "leader")
    kenpin("people", "add", "Tanaka", "--code", "102", "--role", "packer")
    keys = kenpin.keys("KU-102", "1001", itf(309), itf(101), "KU-101", "KP-R-OTHER")
    assert keys[1:4] == ["order.opened", "pack.ok", "guard.unit_scan_alike"]
    assert keys[5] == "order.closed"
    (row,) = kenpin("overrides", "--json").json
    assert (row["what"], row["reason"], row["leader"], row["sku"]) == ("unit_scan", "other", "Sato", "TEA-050")
    assert row["number"] == "1001"
    counts = kenpin("overrides", "--counts", "--json").json
    assert counts["what"] == {"unit_scan": 1}
    assert counts["leader"] == {"Sato": 1}
    assert kenpin("overrides", "--what", "serial").out == ""
    assert "Whole case" in kenpin("overrides").out


def test_the_case_counts_where_a_person_said_that_nothing_looks_alike(kenpin):
    kenpin("alikes", "decide", "TEA-050", "TEA-100", "no")
    assert kenpin.keys("1001", itf(101), itf(309)) == ["order.opened", "pack.ok", "order.closed"]
