"""Doubtful data of the product master: each kind is found where it is, and nothing where all is well."""

from dataclasses import replace

import pytest

from app.domain.cartons import Orientation
from app.domain.product_doubts import KINDS, DoubtedListing, DoubtedProduct, Finder
from app.domain.products import CodeKind, ProductCode
from tests.makers import ean

GOOD = ProductCode("04901234567894")
TEA = DoubtedProduct(1, "TEA", "煎茶 100g", (GOOD,), (100, 60, 40), 120, price="1000")
CUP = DoubtedProduct(2, "CUP", "茶碗", (ProductCode(f"0{ean(1)}"),), (90, 90, 70), 250)


def kinds(*products, listings=(), parts=None, exists=None):
    finder = Finder(parts or {}, exists)
    found = finder.look(products)
    found += finder.listings(listings)
    found += finder.together()
    return {(each.sku, each.kind) for each in found}


def test_good_products_are_not_doubted():
    listing = DoubtedListing(1, "Mall", "M-1", "1500")
    assert kinds(TEA, CUP, listings=[listing], exists=lambda _: True) == set()


ALONE = [
    ({"codes": (ProductCode("04901234567890"),)}, "bad_check_digit"),
    ({"codes": (ProductCode("4901234567890", 1, CodeKind.TEXT),)}, "bad_check_digit"),
    ({"codes": (ProductCode("14901234567891", 6),)}, "case_alone"),
    ({"codes": ()}, "no_code"),
    ({"size_mm": None}, "no_size"),
    ({"weight_g": None}, "no_weight"),
    ({"size_mm": (10, 6, 4)}, "unit"),
    ({"size_mm": (400, 300, 200), "weight_g": 5}, "too_light"),
    ({"weight_g": 40_000, "size_mm": (400, 300, 200)}, "too_large"),
    ({"size_mm": (1400, 500, 200), "weight_g": 5_000}, "too_large"),
    ({"liquid": True, "orientation": Orientation.LYING, "size_mm": (40, 60, 100)}, "contradiction"),
    ({"on_sale_from": "2026-05-01", "on_sale_to": "2026-04-01"}, "days_turned"),
    ({"on_sale_to": "2026-04-01", "last_ordered": "2026-04-02"}, "sold_after_end"),
    ({"pictures": ("/gone.png",)}, "picture_missing"),
]


@pytest.mark.parametrize(("more", "kind"), ALONE, ids=lambda value: str(value)[:40])
def test_what_is_odd_about_one_product_is_named_once(more, kind):
    assert kinds(replace(TEA, **more), exists=lambda _: False) == {("TEA", kind)}
    assert kinds(replace(TEA, **more, retired=True), exists=lambda _: False) == set()


def test_goods_on_which_nothing_is_printed_are_no_doubt():
    assert kinds(replace(TEA, codes=(), no_code=True)) == set()


def test_one_code_on_two_products_and_one_name_in_another_width_are_doubted_on_both():
    other = replace(CUP, codes=(GOOD,))
    assert kinds(TEA, other) == {("TEA", "code_shared"), ("CUP", "code_shared")}
    assert kinds(TEA, replace(CUP, name="１００ｇ　煎茶")) == {("TEA", "same_name"), ("CUP", "same_name")}
    assert kinds(TEA, replace(CUP, name="煎茶 200g")) == set()  # another size is another product


def test_a_set_is_asked_for_parts_or_a_code_but_not_for_its_size():
    bare = DoubtedProduct(3, "PAIR", "煎茶と茶碗のセット", no_code=True)
    assert ("PAIR", "set_without_parts") in kinds(bare)
    assert kinds(bare, TEA, CUP, parts={3: [1, 2]}) == set()
    assert kinds(bare, TEA, replace(CUP, retired=True), parts={3: [1, 2]}) == {("PAIR", "retired_part")}


def test_listings_that_cannot_be_meant_are_doubted():
    at = DoubtedListing(1, "Mall", "M-1")
    assert kinds(TEA, listings=[replace(at, price="99")]) == {("TEA", "price_far")}
    assert kinds(TEA, listings=[replace(at, price="2001")]) == {("TEA", "price_far")}
    assert kinds(TEA, CUP, listings=[replace(at, code="cup")]) == {("TEA", "listing_is_sku")}
    assert kinds(replace(TEA, retired=True), listings=[at]) == {("TEA", "retired_listed")}
    assert kinds(replace(TEA, retired=True), listings=[replace(at, active=False)]) == set()


def test_every_kind_is_shown_above():
    shown = {kind for _, kind in ALONE}
    shown |= {"code_shared", "same_name", "set_without_parts", "retired_part", "price_far"}
    assert shown | {"listing_is_sku", "retired_listed"} == set(KINDS)
