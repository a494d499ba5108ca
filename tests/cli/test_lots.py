"""``kenpin lots``: lots are entered, listed and recalled, and the bench goes by it at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin

GOODS = (
    "sku,name,code,shelf,lot_policy,stock,stock_lot,stock_expiry,min_days,keyed,no_code,unit_scan,lot_from\n"
    "TEA,Tea,4599990001013,A-01,ロット期限,9,L1,2079/3,30,はい,いいえ,yes,自動\n"
    "SALT,Salt,4599990003017,A-02,none,9,,,,maybe,,,often\n"
)


@pytest.fixture
def shop(tmp_path: Path) -> Kenpin:
    """A shop with one product that keeps lots."""
    made = Kenpin(tmp_path)
    goods = tmp_path / "goods.csv"
    goods.write_text(GOODS, encoding="utf-8")
    done = made("products", "import", goods, "--json")
    assert done.status == 0
    keys = [each["key"] for each in json.loads(done.out)["problems"]]
    assert sorted(keys) == [
        "product.bad_lot_from",
        "product.bad_switch",
    ]
    orders = made.orders("a.csv", "1001,TEA,Tea,3", "1001,SALT,Salt,1")
    assert made("import", orders, "--shop", "one").status == 0
    return made


def test_a_product_file_lays_lots_on_the_shelf_and_the_bench_takes_them_from_there(shop: Kenpin) -> None:
    answers = shop.scan("1001", "4599990001013")
    assert (answers[0]["ask"]["lot"], answers[0]["ask"]["expiry"]) == ("L1", "2079-03-31")
    assert answers[1]["key"] == "pack.ok"


def test_lots_are_entered_listed_and_recalled(shop: Kenpin) -> None:
    assert shop("lots", "put", "TEA", "L2", "--expiry", "790630").status == 0
    listed = json.loads(shop("lots", "list", "--json").out)
    assert [(each["lot"], each["expiry"], each["pieces"]) for each in listed] == [
        ("L1", "2079-03-31", 9),
        ("L2", "2079-06-30", 0),
    ]
    assert shop("lots", "recall", "TEA", "L1", "--reason", "glass").status == 0
    answers = shop.scan("1001", "4599990001013", "(01)04599990001013(17)790331(10)L1")
    assert [each["key"] for each in answers[1:]] == ["lot.recalled", "lot.recalled"]
    assert "glass" in answers[1]["text"]
    assert "glass" in shop("lots", "list", "--recalled").out
    assert shop("lots", "recall", "TEA", "L1", "--undo").status == 0
    assert shop.scan("4599990001013")[0]["key"] == "pack.ok"


def test_wrong_lots_are_named(shop: Kenpin) -> None:
    for given in (
        ("put", "NONE", "L1"),
        ("put", "SALT", "L1"),
        ("put", "TEA", "L1", "--expiry", "soon"),
        ("recall", "NONE", "L1"),
        ("list", "--until", "soon"),
    ):
        done = shop("lots", *given)
        assert done.status == 1, given
        assert done.error.startswith("kenpin: "), given
