"""GS1 messages: taken apart, made sense of, and never a wrong lot in silence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.barcode import Fault, Gs1, Gtin, Plain, read
from app.domain.gs1 import (
    SEPARATOR,
    amount,
    clashes,
    day_of,
    human,
    message,
    parts_of,
    split_human,
    split_message,
    time_of,
    unsound,
)
from app.domain.gs1_checks import CHECKS
from app.domain.gs1_dictionary import entry_at, entry_of
from app.domain.gs1_links import link_of, split_link
from app.domain.gtin import check_digit, expand_upce, shorten_upca
from app.domain.issuers import company_prefix, issuer, sscc_spaced
from app.domain.symbologies import symbology_name
from tests.bench.gs1 import DATA, differences, measure

JAN_14, CASE = "04901234567894", "14901234567891"
GS = SEPARATOR
LOTS = st.text(st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ-./0123456789"), min_size=1, max_size=20)


def gs1(text: str) -> Gs1:
    found = read(text).kind(Gs1)
    assert isinstance(found, Gs1), read(text)
    return found


# --- the dictionary ----------------------------------------------------------------------------------------------


def test_an_identifier_is_found_at_the_beginning_whatever_its_length() -> None:
    found = [entry_at(text) for text in ("011234", "2351", "31031", "8005")]
    assert [each.identifier for each in found if each] == ["01", "235", "3103", "8005"]
    assert entry_at("0") is entry_at("2x") is entry_at("") is entry_of("0100") is None


def test_no_identifier_begins_another_and_every_check_that_is_named_exists() -> None:
    known = [f"{n:0{width}d}" for width in (2, 3, 4) for n in range(10**width) if entry_of(f"{n:0{width}d}")]
    assert len(known) == 541
    assert not [(a, b) for a in known for b in known if a != b and b.startswith(a)]
    named = {check for each in known for part in entry_of(each).parts for check in part.checks}  # type: ignore[union-attr]
    assert named == set(CHECKS)


@pytest.mark.parametrize(
    ("element", "good"),
    [
        ("8007GB82WEST12345698765432", True),
        ("8007GB82WEST12345698765433", False),
        ("80131987654Ad4X4bL5ttr2310c2K", True),
        ("80131987654Ad4X4bL5ttr2310c2X", False),
        ("422392", True),
        ("422999", False),
        ("7030999ABC", True),
        ("43070JP"[:4] + "JP", True),
        ("4307AA", False),
        ("3911392100", True),
        ("391100010", False),
        ("800612345678901231" + "0102", True),
        ("800612345678901231" + "0302", False),
        ("17260230", False),
        ("17260200", True),
        ("7006260200", False),
        ("4300A%20B", True),
        ("4300A%2", False),
        ("72581/2", True),
        ("72582/1", False),
        ("80010001" + "00001" + "001" + "1" + "1", True),
        ("80010000" + "00001" + "001" + "1" + "1", False),
        ("4309" + "1800000000" + "3600000000", True),
        ("4309" + "1800000001" + "3600000000", False),
        ("43210", True),
        ("43212", False),
        ("4330000000-", True),
        ("4330000000X", False),
        ("801112", True),
        ("8011012", False),
        ("72529", True),
        ("72523", False),
        ("724110", True),
        ("724111", False),
        ("70401AB-", True),
        ("70401AB=", False),
        ("8003" + "0" + "4901234567894" + "A", True),
        ("8003" + "1" + "4901234567894" + "A", False),
        ("401490A", False),
        ("8017123456789012345675", True),
        ("725020260230", False),
        ("7251202602282360", False),
        ("80082602282259", True),
        ("800826022824", False),
        ("8008260228225960", False),
        ("00006141411234567890", True),
        ("00006141411234567891", False),
    ],
)
def test_values_are_checked_by_the_rules_of_their_identifier(element: str, good: bool) -> None:
    found = split_message(element)
    assert found.whole
    assert (unsound(found.pairs) == ()) is good


def test_dates_times_and_amounts_are_told() -> None:
    assert (day_of("15", "200200"), day_of("17", "000000"), day_of("10", "260101")) == ("2020-02-29", None, None)
    assert (time_of("7003", "2601021415"), time_of("8008", "26010214"), time_of("17", "260102")) == (
        "14:15:00",
        "14:00:00",
        None,
    )
    assert time_of("4324", "2601029999") is None
    assert amount("3103", "001250") == Decimal("1.250")
    assert amount("3932", "39212345") == Decimal("123.45")
    assert amount("10", "12") is None


def test_the_parts_of_a_value_are_cut_as_the_standard_has_them() -> None:
    known = entry_of("8003")
    assert known is not None
    assert parts_of(known, "0" + "4901234567894" + "A1") == ("0", "4901234567894", "A1")
    assert parts_of(known, "0") is None


# --- forms -------------------------------------------------------------------------------------------------------


def test_a_message_goes_to_every_form_and_back() -> None:
    pairs = (("01", JAN_14), ("17", "261231"), ("10", "A/1(b"), ("21", "X Y".replace(" ", "_")))
    assert split_message(message(pairs)).pairs == pairs
    assert split_human(human(pairs).replace("1(b", "1\\(b")).pairs == pairs  # type: ignore[union-attr]
    link = link_of(pairs)
    assert link == f"https://id.gs1.org/01/{JAN_14}/10/A%2F1%28b/21/X_Y?17=261231"
    found = split_link(link)
    assert found is not None
    assert found.proper
    assert sorted(found.elements.pairs) == sorted(pairs)


def test_a_link_that_is_not_as_the_standard_has_it_is_read_and_said() -> None:
    found = split_link(f"https://example.com/01/{JAN_14}?10=A1")
    assert found is not None
    assert not found.proper
    assert gs1(f"https://example.com/01/{JAN_14}?10=A1").lot == "A1"
    assert not split_link("https://example.com/253/4901234567894?21=A").proper  # type: ignore[union-attr]
    assert link_of((("253", "4901234567894"), ("21", "A"))) is None
    assert read(f"https://example.com/01/{JAN_14}/99/A").kind(Gs1) is None
    assert read(f"ftp://example.com/01/{JAN_14}").kind(Gs1) is None


def test_pairs_that_must_not_be_together_are_named() -> None:
    assert clashes((("01", JAN_14), ("10", "A"))) == ()
    assert clashes((("01", JAN_14), ("02", JAN_14), ("37", "2"))) != ()
    assert clashes((("37", "2"),)) == ("37",)
    assert clashes((("01", JAN_14), ("3103", "000100"), ("3102", "000100"))) == ("3103", "3102")
    assert clashes((("400", "A"), ("400", "B"))) == ("400",)
    assert clashes((("253", "4901234567894"), ("8030", "AAAA"))) == ("8030",)


# --- what it says of the goods -----------------------------------------------------------------------------------


def test_production_date_and_weight_are_kept_beside_the_rest() -> None:
    found = gs1(f"]C101{JAN_14}11260401" + "3103000500" + "10A1")
    assert (found.produced, found.weight_g, found.lot, found.count) == ("2026-04-01", 500, "A1", None)


def test_pieces_of_a_unit_multiply_and_those_of_variable_goods_replace() -> None:
    assert gs1(f"]C102{CASE}3724").pieces(6) == 144
    assert gs1(f"]C101{JAN_14}3012").pieces(6) == 12
    assert gs1(f"]C101{JAN_14}3103000500").pieces(6) == 6, "a weight counts nothing"


def test_a_count_beside_the_wrong_number_is_not_looked_at() -> None:
    found = gs1(f"]C101{JAN_14}3724")
    assert (found.count, found.pieces(6)) == (None, 6)
    assert gs1("]C1001061414123456789083012").count is None


def test_a_unit_that_does_not_say_how_many_are_inside_is_refused() -> None:
    assert (read(f"]C102{CASE}10A1").fault, read(f"]C102{CASE}").kinds) == (Fault.BAD_COUNT, ())


@pytest.mark.parametrize("count", ["0", "00000000", "10000", "99999999"])
def test_no_pieces_or_far_too_many_are_refused(count: str) -> None:
    for text in (f"]C101{JAN_14}30{count}", f"]C102{JAN_14}37{count}", f"01{JAN_14}30{count}"):
        assert (read(text).fault, read(text).kinds) == (Fault.BAD_COUNT, ())


@pytest.mark.parametrize(
    "rest",
    [
        f"02{CASE}3712",
        f"{GS}01{CASE}",
        f"10A{GS}10B",
        f"21A{GS}21B",
        "1726123117261230",
        "1526123115261230",
        "31030001003102000100",
        "1126010111260102",
    ],
)
def test_a_code_that_contradicts_itself_is_refused(rest: str) -> None:
    reading = read(f"]C101{JAN_14}{rest}")
    assert (reading.fault, reading.kind(Gs1)) == (Fault.TWO_CODES, None)


def test_the_same_thing_said_twice_is_no_contradiction() -> None:
    assert gs1(f"]C101{JAN_14}10A{GS}10A").lot == "A"


def test_a_composite_symbol_is_one_message() -> None:
    assert gs1(f"]E04901234567894|]e010A1{GS}21B") == Gs1(gtin14=JAN_14, lot="A1", serial="B")


# --- separators that were lost -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tail", "instead"),
    [
        ("10ABC12" + "17261231", (("10", "ABC12"), ("17", "261231"))),
        ("10ABC123" + "21XYZ", (("10", "ABC123"), ("21", "XYZ"))),
        ("21SER9" + "17261231", (("21", "SER9"), ("17", "261231"))),
        ("10A" + "3103000500", (("10", "A"), ("3103", "000500"))),
        ("10A" + "3012", (("10", "A"), ("30", "12"))),
        ("10A" + "11260401" + "17270401", (("10", "A"), ("11", "260401"), ("17", "270401"))),
    ],
)
def test_a_lost_separator_is_never_read_as_a_lot_in_silence(tail: str, instead: tuple[tuple[str, str], ...]) -> None:
    for text in (f"]C101{JAN_14}{tail}", f"01{JAN_14}{tail}"):
        found = gs1(text)
        assert found.doubtful
        assert found.instead == instead
        assert (found.lot or "") + (found.serial or "") == tail[2:], "the standard's reading stands until somebody asks"


@pytest.mark.parametrize(
    "tail",
    [
        "10ABC12",
        "10A99B",
        "10A17991399",
        "10A17261331",
        "10LOT-9",
        "1017261231"[:4],
        "21SN0042",
        "21S110945",
        "21SER910LOT",
        "10A3712",
    ],
)
def test_a_lot_that_hides_nothing_sound_is_not_doubted(tail: str) -> None:
    assert not gs1(f"]C101{JAN_14}{tail}").doubtful


def test_what_proves_that_separators_come_takes_the_doubt_away() -> None:
    tail = "10ABC12" + "17261231"
    assert gs1(f"]C101{JAN_14}{tail}").doubtful
    for text in (
        f"]C1240B{GS}01{JAN_14}{tail}",
        f"{GS}01{JAN_14}{tail}",
        f"]C101{JAN_14}{tail}{GS}",
        f"(01){JAN_14}(10)ABC1217261231",
        f"https://id.gs1.org/01/{JAN_14}/10/ABC1217261231",
    ):
        assert not gs1(text).doubtful, text
        assert gs1(text).lot == "ABC1217261231"


def test_a_value_longer_than_any_is_left_out_and_doubted() -> None:
    found = gs1(f"]C101{JAN_14}10{'A' * 15}17261231")
    assert (found.lot, found.expiry, found.doubtful, found.whole) == (None, None, True, False)


@given(LOTS, st.sampled_from(["17261231", "11260401", "21S1"]))
def test_every_lot_whose_separator_is_lost_is_doubted_or_left_out(lot: str, next_one: str) -> None:
    found = gs1(f"]C101{JAN_14}10{lot}{next_one}")
    assert found.doubtful
    assert gs1(f"]C101{JAN_14}10{lot}{GS}{next_one}").lot == lot


@given(LOTS, LOTS)
def test_with_separators_no_lot_or_serial_is_taken_for_something_else(lot: str, serial: str) -> None:
    found = gs1(f"]C101{JAN_14}10{lot}{GS}21{serial}")
    assert (found.lot, found.serial, found.expiry, found.count, found.doubtful) == (lot, serial, None, None, False)


# --- books and magazines -----------------------------------------------------------------------------------------

BOOK, PRICE = "9784101010014", "1920193012006"
BOOK = BOOK[:12] + check_digit(BOOK[:12])
PRICE = PRICE[:12] + check_digit(PRICE[:12])


def test_the_lower_code_of_a_book_is_refused_by_name() -> None:
    for text in (PRICE, "]E0" + PRICE, "191" + PRICE[3:12] + check_digit("191" + PRICE[3:12])):
        assert (read(text).fault, read(text).kinds) == (Fault.SECOND_CODE, ())


def test_both_codes_of_a_book_in_one_scan_are_the_book() -> None:
    assert read(BOOK + PRICE).kind(Gtin) == read(PRICE + BOOK).kind(Gtin) == Gtin("0" + BOOK, "ean13")
    assert read(BOOK + BOOK).fault is Fault.TWO_CODES
    assert read(BOOK + "4901234567894").fault is Fault.TWO_CODES


def test_the_add_on_of_a_magazine_is_kept_apart_with_and_without_identifier() -> None:
    magazine = "491012345678" + check_digit("491012345678")
    for text in (magazine + "01234", "]E3" + magazine + "01234"):
        assert read(text).kind(Gtin) == Gtin("0" + magazine, "ean13", "01234")
    assert read(magazine + "05").kind(Gtin) == Gtin("0" + magazine, "ean13", "05")
    assert read("4901234567894" + "01234").kinds == (Plain("490123456789401234"),)


# --- numbers -----------------------------------------------------------------------------------------------------


def test_a_upce_without_its_check_digit_counts_only_in_a_named_symbol() -> None:
    assert read("]E00425261").kind(Gtin) == read("]E0425261").kind(Gtin) == Gtin("00042100005264", "upce")
    assert read("425261").kind(Gtin) is None


@given(st.integers(0, 1_999_999))
def test_every_upce_comes_back_from_its_upca(number: int) -> None:
    body = f"{number:07d}"
    long = next((made for digit in "0123456789" if (made := expand_upce(body + digit))), None)
    if long is not None:
        short = shorten_upca(long)
        assert short is not None
        assert expand_upce(short) == long


def test_who_gave_out_a_number_is_known() -> None:
    assert (issuer(JAN_14), company_prefix("4569951116179")) == ("GS1 Japan", "456995111")
    assert issuer("00000096385074").startswith("G")
    assert sscc_spaced("157035381410375177") == "1 5703538 141037517 7"
    assert symbology_name("C1") == "GS1-128"
    assert (symbology_name("A0"), symbology_name(""), symbology_name("!1")) == ("Code 39", "", "")


# --- published vectors -------------------------------------------------------------------------------------------


def test_every_published_vector_agrees_or_differs_for_a_named_reason() -> None:
    if not DATA.exists():
        pytest.skip(f"no GS1 vectors at {DATA}; set KENPIN_SHARED")
    figures, lines = measure(DATA)
    assert lines == []
    assert figures["disagreed"] == 0
    assert figures["agreed"] >= 480, "what agreed once still does"  # type: ignore[operator]


def test_every_difference_has_a_reason() -> None:
    for each in differences():
        assert len(each.reason) > 40


def test_the_folder_of_the_vectors_may_be_any(tmp_path: Path) -> None:
    (tmp_path / "biip-vectors.tsv").write_text(
        "test_file\ttest\tparameter_names\tvalues...\n"
        "gtin/test_encode.py\ttest_as_gtin_13\tvalue,expected\t96385074\t0000096385074\n"
        "gtin/test_encode.py\ttest_as_gtin_13\tvalue,expected\t96385074\t9999999999999\n"
        "x.py\ttest_of_something_else\tvalue\t1\n",
        "utf-8",
    )
    (tmp_path / "gs1-syntax-engine-vectors.tsv").write_text(
        "source\ttest\targ1\targ2\targ3\targ4_and_more\nai.c\ttest_processAIdata\tfalse\t^0112345678901234\t\t\n",
        "utf-8",
    )
    figures, lines = measure(tmp_path)
    assert (figures["vectors"], figures["agreed"], figures["disagreed"], figures["skipped"]) == (4, 2, 1, 1)
    assert len(lines) == 1
