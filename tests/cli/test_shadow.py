"""``kenpin shadow``: what would have been stopped, for a person and for a script."""

import pytest

from tests.cli.kenpin import Kenpin
from tests.makers import ean


@pytest.fixture
def kenpin(tmp_path):
    """A shop of two products and one order, in shadow mode."""
    made = Kenpin(tmp_path / "data")
    made.folder.mkdir()
    products = f"sku,name,code,shelf,stock\nTEA,抹茶,{ean(1)},A-1,9\nCUP,湯のみ,{ean(2)},B-1,9\n"
    assert made("products", "import", made.file("products.csv", products)).status == 0
    assert made("import", made.orders("o.csv", "1001,TEA,tea,2"), "--shop", "shop").status == 0
    assert made("settings", "set", "pack.check", "shadow").status == 0
    return made


def test_the_report_counts_what_would_have_been_stopped(kenpin):
    assert kenpin("shadow").out.startswith("In 7 days 0 parcels were closed; 0 orders would have been stopped")
    kenpin.scan("1001", ean(2), ean(1), "KP-DONE")
    report = kenpin("shadow", "--json").json
    assert (report["mode"], report["closed"], report["stopped"], report["per_thousand"]) == ("shadow", 1, 1, 1000.0)
    assert report["kinds"] == {"left_out": 1, "wrong": 1}
    assert {row["key"] for row in report["rows"]} == {"item.wrong", "done.still_wanted"}
    assert all(row["said"] and row["order"] == "1001" for row in report["rows"])
    said = kenpin("shadow").out
    assert "wrong goods" in said
    assert "Wrong item. Do not pack it." in said


def test_outside_shadow_mode_the_report_says_so(kenpin):
    kenpin("settings", "set", "pack.check", "on")
    assert "Shadow mode is off" in kenpin("shadow").error
