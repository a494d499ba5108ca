"""Which column of a shop's file holds which part of the receiver's address."""

import csv
import os
from pathlib import Path

import pytest

from app.channels import csv as by_mapping
from app.channels._choose import receiver_columns as columns_of
from app.channels._mapped import MappedChannel
from app.channels._parts import receiver_columns
from app.channels._source import open_source
from app.domain.intake import ReadOptions

HEADERS = Path(os.environ.get("KENPIN_SHARED", Path(__file__).parents[3] / "shared")) / "formats" / "headers"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            "Name,Billing Zip,Billing Phone,Shipping Street,Shipping City,Shipping Zip,Shipping Phone",
            {"to.postcode": "Shipping Zip", "to.city": "Shipping City", "to.phone": "Shipping Phone",
             "to.address": "Shipping Street"},
        ),
        (
            "氏,郵便番号,電話番号,氏(配送先),郵便番号(配送先),都道府県(配送先),住所(配送先),電話番号(配送先)",
            {"to.postcode": "郵便番号(配送先)", "to.prefecture": "都道府県(配送先)", "to.phone": "電話番号(配送先)",
             "to.address": "住所(配送先)"},
        ),
        ("送付先郵便番号1,送付先郵便番号2,送付先住所都道府県", {"to.prefecture": "送付先住所都道府県",
                                                   "to.address": "送付先住所都道府県"}),
        ("番号,郵便番号,住所", {"to.postcode": "郵便番号", "to.address": "住所"}),
        ("sku,quantity", {}),
    ],
)  # fmt: skip
def test_the_receivers_columns_are_told_by_their_names_and_split_parts_have_none(header, found):
    assert receiver_columns(header.split(",")) == found


@pytest.mark.skipif(not HEADERS.is_dir(), reason="the formats of the shops are not here")
@pytest.mark.parametrize("name", ["shopify_orders_export.csv", "amazon_jp_unshipped.tsv", "yahoo_shopping_order.csv"])
def test_real_files_have_the_receivers_postcode_and_never_the_buyers(name):
    text = (HEADERS / name).read_text(encoding="utf-8-sig", errors="replace").splitlines()[0]
    columns = receiver_columns(next(csv.reader([text], delimiter="\t" if "\t" in text else ",")))
    assert columns["to.postcode"] in ("Shipping Zip", "ship-postal-code", "ShipZipCode")


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ('[ship_to]\nphone = "連絡先"\npostcode = ["〒1", "〒2"]\nstreet = ["所1", "所2"]\n',
         {"to.phone": "連絡先", "to.address": "所1"}),
        ('[buyer]\nphone = 4\nname = "客"\n', {"to.phone": "連絡先", "to.name": "客"}),
    ],
)  # fmt: skip
def test_a_mapping_says_itself_which_columns_are_the_receivers(more, found, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("番,品,数,連絡先,〒1,〒2,所1,所2,客\n1,A,1,,100,0001,千代田,1-1,見本\n", encoding="utf-8")
    body = '[order]\nnumber = "番"\n[line]\nsku = "品"\nquantity = "数"\n' + more
    file, options = open_source(path), ReadOptions(timezone="Asia/Tokyo", mapping_text=body)
    assert columns_of(by_mapping, file, options) == found
    assert columns_of(MappedChannel("mine", body), file, ReadOptions(timezone="Asia/Tokyo")) == found
