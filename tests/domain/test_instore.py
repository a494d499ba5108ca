"""In-store numbers: the item, the price or weight, and the number that stands for the goods."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.gtin import check_digit, to_14
from app.domain.instore import instore, measure, measure_check_digit
from app.errors import SettingsWrong
from app.settings import checked, defaults, instore_layouts


def number(body: str) -> str:
    return "0" + body + check_digit(body)


def laid(text: str) -> dict[str, str]:
    found = instore_layouts(text)
    assert found is not None
    return dict(found)


def test_by_default_five_digits_are_the_item_whatever_the_rest_is() -> None:
    default = laid(defaults()["scan.instore"])
    for prefix in ("02", *map(str, range(20, 30))):
        found = measure(number(f"{prefix}1234500498"), default)
        assert found is not None
        assert (found.item, found.base, found.sound) == ("12345", number(f"{prefix}1234500000"), True)
        assert found.price is found.weight_g is found.count is None


@pytest.mark.parametrize(
    ("layout", "body", "item", "price", "grams", "count"),
    [
        ("02=IIIIIPPPPP", "021234500498", "12345", 498, None, None),
        ("02=IIIIPPPPPP", "021234123456", "1234", 123456, None, None),
        ("21=IIIIIWWWWW", "211234500350", "12345", None, 350, None),
        ("21=IIIIIIW.WWW", "211234561086", "123456", None, 1086, None),
        ("20=IIIIIIPP.PP", "201234560239", "123456", Decimal("2.39"), None, None),
        ("25=IIIIICCCCC", "251234500012", "12345", None, None, 12),
    ],
)
def test_a_layout_says_what_the_digits_are(
    layout: str, body: str, item: str, price: object, grams: object, count: int | None
) -> None:
    found = measure(number(body), laid(layout))
    assert found is not None
    assert (found.item, found.price, found.weight_g, found.count) == (item, price, grams, count)


def test_a_price_with_a_check_digit_of_its_own_must_be_right() -> None:
    layouts = laid("02=IIIIIVPPPP; 22=IIIIVPPPPP")
    assert measure_check_digit("2875") == "9"
    assert measure_check_digit("14685") == "6"
    assert measure(number("021234592875"), layouts).sound  # type: ignore[union-attr]
    assert not measure(number("021234582875"), layouts).sound  # type: ignore[union-attr]
    assert measure(number("221234614685"), layouts).sound  # type: ignore[union-attr]


@pytest.mark.parametrize("digits", ["00000", "10000"])
def test_no_pieces_or_too_many_are_not_sound(digits: str) -> None:
    assert not measure(number(f"2512345{digits}"), laid("25=IIIIICCCCC")).sound  # type: ignore[union-attr]


@pytest.mark.parametrize("gtin14", ["04901234567894", "00000020123451"[:13] + "0", "24901234567898", "2", ""])
def test_other_numbers_are_left_alone(gtin14: str) -> None:
    assert measure(gtin14, laid("02,20-29=IIIIIXXXXX")) is None


def test_a_prefix_that_is_not_laid_out_is_left_alone() -> None:
    gtin14 = number("291234500498")
    assert instore(gtin14)
    assert measure(gtin14, laid("02=IIIIIPPPPP")) is None
    assert measure(gtin14, laid("")) is None
    assert to_14(gtin14[1:]) == gtin14


@pytest.mark.parametrize(
    "wrong",
    [
        "02",
        "02=",
        "49=IIIIIPPPPP",
        "02=IIIIIPPPP",
        "02=IIIIIPPPPPP",
        "02=PPPPPIIIII",
        "02=IIIIIPPPWW",
        "02=IIIVPPPPPP",
        "02=IIIIIPPPPP.",
        "02=IIIIIXX.XXX",
        "02=II.IIIPPPPP",
        "29-20=IIIIIPPPPP",
        "IIIIIPPPPP",
    ],
)
def test_a_layout_that_makes_no_sense_is_refused_by_the_setting(wrong: str) -> None:
    assert instore_layouts(wrong) is None
    with pytest.raises(SettingsWrong):
        checked("scan.instore", wrong)


def test_a_good_layout_is_kept_as_written() -> None:
    assert checked("scan.instore", " 02=IIIIIVPPPP; 21-23=IIIIIWWWWW ") == "02=IIIIIVPPPP; 21-23=IIIIIWWWWW"
    assert checked("scan.instore", "") == ""
