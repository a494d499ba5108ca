"""The price list: which row counts, extras, steps, islands; laws of time and of adding; cases worked out by hand."""

import csv
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.addresses import PREFECTURES
from app.domain.rates import Extra, Island, Journey, Quote, Rate, RateBook, Zone
from app.domain.shipping import Temperature
from app.domain.size_classes import Unfit

KANTO = ("東京都", "神奈川県")
ZONES = [*(Zone("y", each, "関東") for each in KANTO), Zone("y", "大阪府", "関西"), Zone("y", "沖縄県", "沖縄")]


def rate(price, origin="関東", zone="関西", size=60, service="s", day="2025-01-01"):
    return Rate("y", service, size, origin, zone, day, price)


def extra(kind, price, up_to=0, size=0, service="", day="2025-01-01"):
    return Extra("y", service, kind, size, up_to, day, price)


def quote(book, to="大阪府", sizes=(60,), origin="東京都", day="2026-01-07", **more):
    return book.quote("y", "s", sizes, Journey(origin, to, day, **more))


def yen(*args, **more):
    found = quote(*args, **more)
    return found.yen if isinstance(found, Quote) else found.key.removeprefix("rates.why.")


def test_within_the_prefecture_its_own_row_counts_and_elsewhere_in_the_zone_the_zones():
    book = RateBook([rate(940, zone="関東"), rate(880, zone="=")], ZONES)
    assert (yen(book, "東京都"), yen(book, "神奈川県")) == (880, 940)
    okinawa = RateBook([rate(940, "沖縄", "沖縄"), rate(880, "関東", "=")], ZONES)
    assert yen(okinawa, "沖縄県", origin="沖縄県") == 940  # no row "=" from there


def test_a_row_that_says_more_goes_first():
    book = RateBook(
        [rate(1, zone="*", origin="*"), rate(2, origin="*"), rate(3, zone="大阪府", origin="*"), rate(4)], ZONES
    )
    assert yen(book) == 3
    assert yen(RateBook([rate(5, size=0), rate(6)], ZONES)) == 6
    assert yen(RateBook([rate(5, size=0)], ZONES)) == 5


def test_the_newest_day_that_has_come_counts():
    book = RateBook([rate(900), rate(990, day="2026-04-01"), rate(950, day="2025-10-01")], ZONES)
    days = ("2024-12-31", "2025-09-30", "2025-10-01", "2026-03-31", "2026-04-01")
    assert [yen(book, day=day) for day in days] == ["no_price", 900, 950, 950, 990]


def test_a_cold_parcel_with_cash_on_an_island_by_hand():
    book = RateBook(
        [rate(1060, size=80)],
        ZONES,
        [extra("chilled", 220, size=60), extra("chilled", 330, size=80), extra("frozen", 440),
         *(extra("cod", fee, up_to) for up_to, fee in ((10_000, 330), (30_000, 440), (100_000, 660))),
         extra("island", 500), extra("discount", -60)],
        [Island("", "1000", "伊豆諸島")],
    )  # fmt: skip
    found = quote(book, sizes=(80,), temperature=Temperature.CHILLED, cod=10_001, postcode="1000101")
    assert found.yen == 1060 + 330 + 440 + 500 - 60
    assert {part.kind: part.yen for part in found.parts} == {
        "base": 1060, "chilled": 330, "cod": 440, "island": 500, "discount": -60
    }  # fmt: skip
    assert yen(book, sizes=(80,), cod=10_000) == 1060 - 60 + 330
    assert yen(book, sizes=(80,), cod=100_001) == "cod_step"
    assert yen(book, sizes=(100,), day="2026-01-07") == "no_price"
    bare = RateBook([rate(1060)], ZONES)
    assert [yen(bare, cod=1), yen(bare, temperature=Temperature.FROZEN)] == ["no_cod_price", "no_frozen_price"]


def test_two_boxes_pay_twice_and_cash_once():
    book = RateBook([rate(900), rate(1200, size=80)], ZONES, [extra("cod", 330), extra("pieces", -100)])
    assert yen(book, sizes=(60, 80), cod=1) == 900 + 1200 - 200 + 330
    assert yen(book, sizes=(60,), cod=1) == 900 + 330


def test_an_island_needs_a_price_of_its_own_even_of_nothing():
    book = RateBook([rate(900)], ZONES, [], [Island("y", "90", "")])
    assert yen(book, postcode="9012345") == "no_island_price"
    assert yen(replace_extras(book, extra("island", 0)), postcode="9012345") == 900
    assert yen(book, postcode="5300001") == 900


def replace_extras(book, *extras):
    return RateBook(book.rates, book.zones, extras, book.islands)


def test_newer_steps_take_the_place_of_the_older_ones_as_a_whole():
    book = RateBook([rate(900)], ZONES, [extra("cod", 330, 10_000), extra("cod", 440, 30_000),
                                         extra("cod", 500, 20_000, day="2026-01-01")])  # fmt: skip
    assert [yen(book, cod=cod) for cod in (5_000, 20_000, 30_000)] == [1400, 1400, "cod_step"]
    assert yen(book, cod=30_000, day="2025-12-31") == 1340


def test_what_is_not_known_is_said():
    book = RateBook([rate(900)], ZONES)
    assert yen(book, "") == "no_prefecture"
    assert yen(book, origin="") == "no_origin"
    assert book.quote("y", "other", (60,), Journey("東京都", "大阪府", "2026-01-07")) == Unfit(
        "rates.why.no_price", (("size", "60"), ("to", "大阪府"))
    )
    assert not RateBook()


# --- laws ---------------------------------------------------------------------------------------------------------

days = st.dates(date(2024, 1, 1), date(2027, 1, 1)).map(str)
places = st.sampled_from(["東京都", "大阪府", "沖縄県", "関東", "関西", "沖縄", "*"])
prices = st.builds(
    Rate,
    st.just("y"),
    st.just("s"),
    st.sampled_from([0, 60, 80]),
    places,
    places | st.just("="),
    days,
    st.integers(0, 3000),
)
kinds = st.sampled_from(["chilled", "frozen", "cod", "island", "pieces", "fuel"])
extras = st.builds(
    Extra,
    st.just("y"),
    st.sampled_from(["", "s"]),
    kinds,
    st.sampled_from([0, 60, 80]),
    st.just(0),
    days,
    st.integers(0, 900),
)
journeys = st.builds(
    Journey, st.just("東京都"), st.sampled_from(["東京都", "大阪府", "沖縄県"]), days, st.sampled_from(["", "1000101"]),
    st.sampled_from(list(Temperature)), st.sampled_from([0, 3000]),
)  # fmt: skip
boxes = st.lists(st.sampled_from([60, 80]), min_size=1, max_size=3)
ISLANDS = [Island("", "1000", "")]


@given(st.lists(prices, max_size=12), st.lists(extras, max_size=5), prices, journeys, boxes)
def test_a_row_that_begins_later_never_changes_an_earlier_day(rates, more, later, journey, sizes):
    before = RateBook(rates, ZONES, more, ISLANDS).quote("y", "s", sizes, journey)
    after = RateBook([*rates, later], ZONES, more, ISLANDS).quote("y", "s", sizes, journey)
    if later.valid_from > journey.day:
        assert before == after


@given(st.lists(prices, min_size=1, max_size=12), st.lists(extras, max_size=4), extras, journeys, boxes)
def test_adding_an_extra_of_a_new_kind_never_makes_it_cheaper(rates, more, new, journey, sizes):
    known = [each for each in more if each.kind != new.kind]
    before = RateBook(rates, ZONES, known, ISLANDS).quote("y", "s", sizes, journey)
    after = RateBook(rates, ZONES, [*known, new], ISLANDS).quote("y", "s", sizes, journey)
    if isinstance(before, Quote):
        assert isinstance(after, Quote)
        assert after.yen >= before.yen
        assert sum(part.yen for part in after.parts) == after.yen


@settings(max_examples=30)
@given(st.permutations([rate(900), rate(950, day="2025-06-01"), rate(880, zone="="), rate(700, size=0)]), journeys)
def test_the_order_of_the_rows_does_not_matter(rates, journey):
    sorted_ = RateBook(sorted(rates, key=lambda each: each.key), ZONES).quote("y", "s", (60,), journey)
    assert RateBook(rates, ZONES).quote("y", "s", (60,), journey) == sorted_


# --- the example --------------------------------------------------------------------------------------------------


def test_the_twelve_by_twelve_example_is_symmetric_and_prices_every_prefecture(shared):
    with (shared / "formats/masters/yamato_zone_by_prefecture.csv").open(encoding="utf-8-sig") as file:
        zones = [Zone("y", row["prefecture"], row["zone"]) for row in csv.DictReader(file)]
    with (shared / "formats/masters/example_yamato_rate_60_compact.csv").open(encoding="utf-8-sig") as file:
        rows = [
            Rate("y", "s", 60, row["from_zone"], row["to_zone"], "2025-05-01", int(row["price_jpy_tax_incl"]))
            for row in csv.DictReader(file)
            if row["size"] == "60"
        ]
    book = RateBook(rows, zones)
    table = {(a, b): yen(book, b, origin=a) for a in PREFECTURES for b in PREFECTURES}
    assert all(isinstance(price, int) for price in table.values())
    assert all(table[a, b] == table[b, a] for a, b in table)
    assert (table["東京都", "北海道"], table["東京都", "沖縄県"], table["東京都", "東京都"]) == (1460, 1460, 940)


@pytest.mark.parametrize("change", ["price", "valid_from"])
def test_rows_are_told_apart_by_all_but_the_price(change):
    one = rate(900)
    other = replace(one, **{change: 1 if change == "price" else "2026-01-01"})
    assert (one.key == other.key) is (change == "price")
