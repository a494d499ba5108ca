"""Addresses by command: checked with proposals, corrected by one of them or part by part."""

from __future__ import annotations

from pathlib import Path

from tests.cli.kenpin import Kenpin

HEAD = "注文番号,商品コード,個数,送付先氏名,送付先郵便番号,送付先都道府県,送付先住所,送付先電話番号"
MAPPING = """id = "plain"
[order]
number = "注文番号"
[line]
sku = "商品コード"
quantity = "個数"
[ship_to]
name = "送付先氏名"
postcode = "送付先郵便番号"
prefecture = "送付先都道府県"
street = "送付先住所"
phone = "送付先電話番号"
"""


def test_an_address_is_checked_and_corrected_by_its_proposal(tmp_path: Path) -> None:
    kenpin = Kenpin(tmp_path)
    kenpin("products", "import", kenpin.file("products.csv", "sku,name,stock\nTEA,緑茶,9\n"))
    assert kenpin("settings", "set", "carrier.default", "yamato_b2/takkyubin").status == 0
    row = "A-1,TEA,1,見本 花子,150-0001,大阪府,渋谷区神宮前1-2-3,03-0000-1234"
    file = kenpin.file("orders.csv", f"{HEAD}\n{row}\n")
    mapping = kenpin.file("plain.toml", MAPPING)
    told = kenpin("import", file, "--mapping", mapping, "--shop", "見本", "--json").json
    problem = next(each for each in told["problems"] if each["key"] == "fault.postcode_prefecture")
    assert (problem["row"], problem["column"], problem["value"]) == (2, "送付先郵便番号", "150-0001")
    assert "東京都渋谷区神宮前" in problem["text"]

    (found,) = kenpin("addresses", "check", "--all-held", "--json").json
    assert [each["key"] for each in found["findings"]] == ["fault.postcode_prefecture"]
    assert "1. Prefecture 東京都" in kenpin("addresses", "check", "--order", "A-1").out
    assert kenpin("addresses", "correct", "A-1").status == 2
    assert kenpin("addresses", "correct", "A-1", "--take", "9").status == 1
    assert "東京都渋谷区神宮前1-2-3" in kenpin("addresses", "correct", "A-1", "--take", "1", "--why", "電話").out
    assert kenpin("addresses", "check", "--all-held", "--json").json == []
    assert kenpin("addresses", "correct", "A-1", "--phone", "070-0000-1234").status == 0
    (found,) = kenpin("addresses", "check", "--order", "A-1", "--json").json
    assert (found["address"]["phone"], found["shop"]["prefecture"]) == ("070-0000-1234", "大阪府")
    assert kenpin("import", file, "--mapping", mapping, "--shop", "見本", "--json").json["orders"]["same"] == 1
