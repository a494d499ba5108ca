"""GTINs: check digits, lengths, and what stands on the goods."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.gtin import check_digit, expand_upce, has_good_check_digit, is_digits, printable, to_14
from app.domain.instore import instore

VECTORS = Path(os.environ.get("KENPIN_SHARED", "../shared")) / "data/gs1/biip-vectors.tsv"


def vectors(file: str, test: str) -> list[list[str]]:
    if not VECTORS.exists():
        pytest.skip(f"no GS1 vectors at {VECTORS}; set KENPIN_SHARED")
    rows = [line.split("\t") for line in VECTORS.read_text("utf-8").splitlines()]
    found = [row[3:] for row in rows if row[0] == file and row[1] == test]
    assert found, (file, test)
    return found


@pytest.mark.parametrize("good", ["4901234567894", "49012347", "012345678905", "14901234567891", "9771234567898"])
def test_a_printed_gtin_has_a_good_check_digit(good: str) -> None:
    assert has_good_check_digit(good)
    assert to_14(good) == good.zfill(14)


def test_a_wrong_last_digit_is_noticed() -> None:
    assert [d for d in "0123456789" if has_good_check_digit("490123456789" + d)] == ["4"]


@given(st.text("0123456789", min_size=7, max_size=17), st.data())
def test_any_single_wrong_digit_is_noticed(body: str, data: st.DataObject) -> None:
    code = body + check_digit(body)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != code[place]]))
    assert not has_good_check_digit(code[:place] + other + code[place + 1 :])


@given(st.sampled_from([8, 12, 13, 14]), st.data())
def test_every_length_of_a_gtin_becomes_fourteen_digits(length: int, data: st.DataObject) -> None:
    body = data.draw(st.text("0123456789", min_size=length - 1, max_size=length - 1))
    code = body + check_digit(body)
    long = to_14(code)
    assert long is not None
    assert len(long) == 14
    assert long.endswith(code)
    assert has_good_check_digit(long)


@pytest.mark.parametrize(
    "bad", ["", "4", "490123456789", "49012345678940", "4901234567890", "abc", "106141412345678908"]
)
def test_what_is_no_gtin_has_no_fourteen_digits(bad: str) -> None:
    assert to_14(bad) is None


@pytest.mark.parametrize("odd", ["²", "٣٣", "４９", "①", "१"])
def test_only_the_ten_ascii_digits_are_digits(odd: str) -> None:
    assert not is_digits(odd)
    assert not has_good_check_digit("49" + odd)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("04252614", "042100005264"),
        ("14252611", "142100005261"),
        ("02345147", "023450000017"),
        ("08679339", "086700000939"),
        ("06397126", "063200009716"),
        ("01234133", "012300000413"),
        ("01234147", None),
        ("01234558", "012345000058"),
    ],
)
def test_a_upce_stands_for_a_upca(short: str, long: str | None) -> None:
    assert expand_upce(short) == long


def good_upce(system: str) -> str:
    """Eight digits that would be a UPC-E if there were such a number system."""
    return f"{system}425261" + check_digit(f"{system}4210000526")


@pytest.mark.parametrize("bad", ["24252614", good_upce("2"), "04252615", "2425261", "42526", "0425261²", ""])
def test_what_is_no_upce_stands_for_nothing(bad: str) -> None:
    assert expand_upce(bad) is None


def test_a_stored_gtin_is_shown_as_it_is_printed() -> None:
    assert printable("04901234567894") == "4901234567894"
    assert printable("00000049012347") == "49012347"
    assert printable("14901234567891") == "14901234567891"
    assert printable("00012345678905") == "0012345678905"
    assert printable("SKU-1") == "SKU-1"


@pytest.mark.parametrize("code", ["2000000000008", "2999999999994", "0212345123455", "20000004"])
def test_instore_numbers_are_told_apart(code: str) -> None:
    long = to_14(code[:-1] + check_digit(code[:-1]))
    assert long is not None
    assert instore(long)


@pytest.mark.parametrize("code14", ["04901234567894", "00012345678905", "12000000000005", "00000049012347", "TEXT"])
def test_other_numbers_are_not_instore(code14: str) -> None:
    assert not instore(code14)


def test_gtins_of_biip_agree() -> None:
    for test, length in (("test_as_gtin_12", 12), ("test_as_gtin_13", 13), ("test_as_gtin_14", 14)):
        for value, expected in vectors("gtin/test_encode.py", test):
            long = value.zfill(14)
            assert has_good_check_digit(long)
            assert long[-length:] == expected


def test_upce_of_biip_agree() -> None:
    for value, expected in vectors("upc/test_encode.py", "test_as_upc_a"):
        assert expand_upce(value) == expected


def test_check_digits_of_biip_agree() -> None:
    for value, expected in vectors("test_checksums.py", "test_gs1_standard_check_digit"):
        assert check_digit(value) == expected
