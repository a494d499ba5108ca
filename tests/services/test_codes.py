"""Codes of every kind on goods, through a real scan: which product, and how many pieces."""

from __future__ import annotations

import pytest

from app.domain.barcode import read
from app.domain.gtin import check_digit
from app.domain.products import CodeKind, IncomingProduct, ProductCode
from app.services.explain import explain
from app.storage import goods, products
from tests.makers import Station, ean, incoming, itf, query, set_to, take_in

GS = "\x1d"
PIECE, CASE = ean(1), itf(1)
FISH = "21234500000" + "0"
FISH = FISH + check_digit(FISH)
LOWER = "192019301200" + check_digit("192019301200")


def fish(price: str) -> str:
    body = "2123450" + price
    return body + check_digit(body)


@pytest.fixture
def shop(database):
    made = [
        IncomingProduct(
            "TEA",
            "Tea",
            codes=(
                ProductCode("0" + PIECE),
                ProductCode(CASE, 6),
                ProductCode("TEA-BOX-24", 24, CodeKind.TEXT),
                ProductCode("9" + PIECE[:-1] + check_digit("9" + PIECE[:-1]), 1),
            ),
            shelf="A-01",
        ),
        IncomingProduct("FISH", "Fish", codes=(ProductCode("0" + FISH),)),
        IncomingProduct("EEL", "Eel", codes=(ProductCode("0" + fish("04980")),)),
    ]
    with database.transaction() as tx:
        for each in made:
            products.save(tx, each)
        take_in(tx, incoming("1001", ("TEA", 30), ("FISH", 2)))
    return database


def found(database, code: str) -> list[tuple[str, int]]:
    with database.transaction() as tx:
        return [(known.sku, known.quantity) for known in goods.find_products(tx, read(code), True)]


@pytest.mark.parametrize(
    ("code", "pieces"),
    [
        (PIECE, 1),
        (f"]E0{PIECE}", 1),
        (CASE, 6),
        (f"]I1{CASE}", 6),
        (f"]C101{CASE}10A1", 6),
        (f"]d2010{PIECE}17270401", 1),
        (f"https://id.gs1.org/01/{CASE}/10/A1", 6),
        (f"(01){CASE}(10)A1", 6),
        ("TEA-BOX-24", 24),
        ("]A0TEA-BOX-24", 24),
        (f"]C102{CASE}3704{GS}10A", 24),
        (f"]C1020{PIECE}3710", 10),
        (f"]C1010{PIECE}3007", 7),
        (f"]C1010{PIECE}3103000500", 1),
        (f"]E0{PIECE}|]e010A1", 1),
        ("tea", 1),
    ],
)
def test_every_code_of_a_product_has_its_pieces_per_scan(shop, code, pieces):
    assert found(shop, code) == [("TEA", pieces)]


def test_a_scan_of_a_unit_counts_what_is_inside(shop):
    packer = Station(shop)
    packer.scan("1001")
    answer = packer.scan(f"]C102{CASE}3704")
    assert (answer.key, answer.done) == ("pack.ok", 24)
    assert packer.scan(f"]C1020{PIECE}3707").key != "pack.ok", "seven are more than the six that are wanted"
    assert packer.look().done == 24


@pytest.mark.parametrize("count", ["0", "99999999"])
def test_a_count_that_cannot_be_counts_nothing(shop, count):
    packer = Station(shop)
    packer.scan("1001")
    assert packer.scan(f"]C1010{PIECE}30{count}").key == "code.bad_count"
    assert packer.look().done == 0


def test_an_instore_number_is_looked_up_whole_first_then_by_its_item(shop):
    assert found(shop, fish("04980")) == [("EEL", 1)]
    assert found(shop, fish("00350")) == [("FISH", 1)]
    assert found(shop, FISH) == [("FISH", 1)]
    other = "229999900350" + check_digit("229999900350")
    assert found(shop, other) == []


def test_the_shop_says_how_its_numbers_are_laid_out(shop):
    set_to(shop, scan_instore="21=IIIIIIPPPP")
    assert found(shop, fish("00350")) == [("FISH", 1)], "six digits of item: 234500"
    assert found(shop, fish("10350")) == [], "234501 is another item"
    set_to(shop, scan_instore="")
    assert found(shop, fish("00350")) == []
    assert found(shop, FISH) == [("FISH", 1)]


def test_a_wrong_check_digit_of_the_price_is_no_sale(shop):
    set_to(shop, scan_instore="21=IIIIIVPPPP")
    base = "21" + "23450"
    good = base + "9" + "2875"
    assert found(shop, good + check_digit(good)) == [("FISH", 1)]
    bad = base + "8" + "2875"
    assert found(shop, bad + check_digit(bad)) == []


def test_the_lower_code_of_a_book_is_no_unknown_product(shop):
    packer = Station(shop)
    packer.scan("1001")
    assert packer.scan(LOWER).key == "code.second_code"
    assert query(shop, "SELECT count(*) FROM journal WHERE answer = 'code.unknown'")[0][0] == 0


# --- explained ---------------------------------------------------------------------------------------------------


def test_everything_in_a_code_is_explained(shop):
    with shop.transaction() as tx:
        told = explain(tx, f"]C101{CASE}1727040010A1" + "21260401").plain()
    (gs1,) = (kind for kind in told["kinds"] if kind["kind"] == "gs1")
    assert told["symbol"] == "GS1-128"
    assert [(each["identifier"], each.get("day")) for each in gs1["elements"]] == [
        ("01", None),
        ("17", "2027-04-30"),
        ("10", None),
    ]
    assert gs1["doubtful"] is True
    assert gs1["instead"] == "(10)A1(21)260401"
    assert gs1["link"] == f"https://id.gs1.org/01/{CASE}/10/A121260401?17=270400"
    assert told["products"][0] | {"name": ""} == {
        "sku": "TEA",
        "name": "",
        "quantity": 6,
        "code": CASE,
        "code_kind": "gtin",
        "shelf": "A-01",
        "asks_for": "none",
    }


def test_an_instore_number_is_explained_with_its_price(shop):
    set_to(shop, scan_instore="21=IIIIIPPPPP")
    with shop.transaction() as tx:
        told = explain(tx, fish("00350")).plain()
    assert told["kinds"][0]["instore"] == {"item": "23450", "price": "350", "goods": FISH, "sound": True}
    assert [each["sku"] for each in told["products"]] == ["FISH"]
