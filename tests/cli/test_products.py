"""``kenpin products``, ``listings`` and ``shopfiles``: entered, compared, listed, given to a shop, looked through."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin

MAPPING = """
kind = "products"
[file]
columns = [{ name = "code", value = "listing.code" }, { name = "price", value = "listing.price" }]
[errors]
code = "code"
reason = "why"
"""


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    """A shop that has taken one order in, of goods that nobody knows."""
    made = Kenpin(tmp_path)
    assert made("import", made.orders("a.csv", "1001,M-1,Tea,1"), "--shop", "Mall").status == 0
    return made


def test_a_product_is_entered_changed_copied_retired_and_deleted(kenpin: Kenpin) -> None:
    assert kenpin("products", "add", "TEA", "name=Tea", "price=1,000", "weight_g=200").status == 0
    wrong = kenpin("products", "set", "TEA", "weight_g=heavy", "colour=red")
    assert wrong.status == 1
    assert "× weight_g: “heavy” is no usable number" in wrong.error
    assert "× colour:" in wrong.error
    assert kenpin("products", "set", "tea", "price", "x").status == 1
    assert kenpin("products", "set", "tea", "price=1200", "weight_g=").status == 0
    fields = kenpin("products", "show", "TEA", "--json").json["fields"]
    assert (fields["price"], fields["weight_g"], fields["name"]) == ("1200", "", "Tea")
    assert kenpin("products", "copy", "TEA", "TEA-2", "name=Tea two").status == 0
    assert [each["sku"] for each in kenpin("products", "list", "--text", "two", "--json").json] == ["TEA-2"]
    kinds = {each["kind"] for each in kenpin("products", "doubts", "--json").json}
    assert kinds == {"no_code", "no_size", "no_weight"}
    assert kenpin("products", "retire", "TEA-2").status == 0
    assert kenpin("products", "delete", "TEA-2").status == 0
    assert "There is no product “TEA-2”" in kenpin("products", "show", "TEA-2").error


def test_a_listing_frees_its_orders_and_goes_to_its_shop_and_back(kenpin: Kenpin, tmp_path: Path) -> None:
    products = tmp_path / "p.csv"
    products.write_text("sku,name,price\nTEA,Tea,1000\n", encoding="utf-8")
    diff = kenpin("products", "diff", products, "--json").json
    assert (diff["counts"], diff["products"][0]["fields"]["price"]) == (
        {"new": 1, "changed": 0, "same": 0}, {"was": "", "will_be": "1000"}
    )  # fmt: skip
    assert kenpin("products", "list", "--json").json == []
    assert kenpin("products", "import", products).status == 0
    assert kenpin("orders", "list", "--json").json[0]["state"] == "received"
    assert kenpin("listings", "put", "mall", "m-1", "TEA", "--keep-back", "2").status == 0
    assert kenpin("orders", "list", "--json").json[0]["state"] == "ready"

    mapping, out = tmp_path / "m.toml", tmp_path / "out"
    mapping.write_text(MAPPING, encoding="utf-8")
    sent = kenpin("shopfiles", "write", "Mall", mapping, "--out", out, "--json").json
    assert Path(sent["files"][0]).read_text(encoding="utf-8") == "code,price\nm-1,1000\n"
    assert kenpin("shopfiles", "write", "Mall", mapping, "--out", out, "--json").json["rows"] == 0
    errors = tmp_path / "e.csv"
    errors.write_text("code,why\nM-1,no\n", encoding="utf-8")
    assert kenpin("shopfiles", "errors", "Mall", mapping, errors, "--json").json["refused"][0]["sku"] == "TEA"
    assert kenpin("listings", "list", "--errors", "--json").json[0]["error"] == "no"
    assert kenpin("shopfiles", "list", "--json").json[0]["errors"] == 1
    own = tmp_path / "own.csv"
    own.write_text("code,price\nm-1,900\n", encoding="utf-8")
    assert "price: – → 900" in kenpin("listings", "import", "Mall", own, "--mapping", mapping, "--dry-run").out
    assert kenpin("listings", "import", "Mall", own, "--mapping", mapping).status == 0
    assert kenpin("listings", "list", "--json").json[0]["price"] == "900"
    assert kenpin("listings", "drop", "Mall", "M-1").status == 0
    assert kenpin("orders", "list", "--json").json[0]["state"] == "received"
