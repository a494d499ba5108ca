"""Reading a code: every rule by name."""

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.barcode import (
    CartCode,
    Command,
    CommandName,
    Fault,
    Gs1,
    Gtin,
    Kind,
    ListCode,
    OrderCode,
    PersonCode,
    Plain,
    Reading,
    ShelfCode,
    StationCode,
    ToteCode,
    WallCode,
    Waybill,
    is_part_of,
    read,
)
from app.domain.gtin import check_digit
from app.domain.orders import ShipNumber

JAN = "4901234567894"
JAN_14 = "04901234567894"
JAN_B = "4512345678906"
ITF = "14901234567891"
WAYBILL = "444413758703"
GS = "\x1d"
ROOT = Path(__file__).parents[2]


def kinds(text: str) -> tuple[Kind, ...]:
    """Kinds without Plain."""
    return tuple(kind for kind in read(text).kinds if not isinstance(kind, Plain))


def gs1(text: str) -> Gs1:
    found = read(text).kind(Gs1)
    assert isinstance(found, Gs1), read(text)
    return found


def good(body: str) -> str:
    return body + check_digit(body)


def waybill(first: int) -> str:
    return f"{first:011d}{first % 7}"


# --- as received -------------------------------------------------------------------------------------------------


def test_the_raw_text_is_kept_and_terminators_go() -> None:
    assert read(f" {JAN}\r\n") == Reading(f" {JAN}\r\n", JAN, (Gtin(JAN_14, "ean13"), Plain(JAN)))


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "\r\n", "\x03", "\x04", "\0", "　", " ", GS])
def test_every_terminator_is_stripped(end: str) -> None:
    assert read(JAN + end).text == JAN
    assert kinds(JAN + end) == (Gtin(JAN_14, "ean13"),)


def test_full_width_characters_are_read_and_said() -> None:
    reading = read("４９０１２３４５６７８９４")
    assert reading.text == JAN
    assert reading.kind(Gtin) == Gtin(JAN_14, "ean13")
    assert reading.widened


def test_half_width_text_is_not_said_to_be_wide() -> None:
    assert not read(JAN).widened
    assert not read("抹茶-1").widened
    assert not read(JAN + "　").widened
    assert not read("か\u3099").widened, "composing alone is no width"


def test_a_lower_case_full_width_command_is_a_command() -> None:
    assert kinds("ｋｐ－ｄｏｎｅ") == (Command(CommandName.DONE),)


# --- commands and our own prefixes -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(CommandName))
def test_every_command_is_read_in_any_case(name: CommandName) -> None:
    for text in (name.value, name.value.lower(), name.value.title()):
        assert kinds(text) == (Command(name),)
        assert read(text).fault is None


def test_an_unknown_command_is_a_fault() -> None:
    assert read("KP-FLY").fault is Fault.COMMAND_UNKNOWN
    assert read("KP-").fault is Fault.COMMAND_UNKNOWN
    assert read("KP-FLY").kinds == (Plain("KP-FLY"),)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("KO-12-034-1", ShipNumber(12, 34, 1)),
        ("ko-12-034", ShipNumber(12, 34)),
        ("12-034", ShipNumber(12, 34)),
        ("12-034-2", ShipNumber(12, 34, 2)),
        ("KO-7-1234-10", ShipNumber(7, 1234, 10)),
    ],
)
def test_a_ship_number_opens_with_and_without_prefix_and_version(text: str, number: ShipNumber) -> None:
    assert kinds(text) == (OrderCode(number),)


def test_what_a_slip_carries_is_read_back() -> None:
    for batch, sequence, version in ((1, 1, 1), (999999, 9999, 12)):
        code = ShipNumber(batch, sequence).coded(version)
        assert kinds(code) == (OrderCode(ShipNumber(batch, sequence, version)),)


@pytest.mark.parametrize("text", ["150-0001", "12-34", "012-034", "12-000", "12-0345678901", "12-034-0", "12-034-1-1"])
def test_other_digits_with_dashes_are_no_ship_number(text: str) -> None:
    assert read(text).kinds == (Plain(text),)


@pytest.mark.parametrize("text", ["KO-", "KO-RED", "KO-12", "KO-12-034-", "KS-", "ku-", "KT-  "])
def test_an_own_prefix_with_nothing_sensible_after_it_is_a_fault(text: str) -> None:
    assert read(text).fault is Fault.CODE_BROKEN
    assert read(text).kinds == (Plain(text.strip()),)


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        ("S", ShelfCode),
        ("T", ToteCode),
        ("C", CartCode),
        ("W", WallCode),
        ("L", ListCode),
        ("U", PersonCode),
        ("B", StationCode),
    ],
)
def test_every_own_prefix_has_its_kind_and_the_rest_stays(letter: str, kind: type[ShelfCode]) -> None:
    assert kinds(f"K{letter}-A-01-02b") == (kind("A-01-02b"),)
    assert kinds(f"k{letter.lower()}-棚A") == (kind("棚A"),)
    assert read(f"K{letter}-A-01").kinds[-1] == Plain(f"K{letter}-A-01"), "a SKU may look like it"


# --- waybills and GTINs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["444413758703", "405548424886", "512547514334"])
@pytest.mark.parametrize(("start", "stop"), [("", ""), ("A", "A"), ("d", "d"), ("B", "")])
def test_a_waybill_is_read_with_and_without_letters(number: str, start: str, stop: str) -> None:
    assert Waybill(number, (start + stop).upper()) in kinds(start + number + stop)


def test_a_waybill_is_read_with_its_printed_dashes() -> None:
    assert kinds("4444-1375-8703") == (Waybill(WAYBILL),)
    assert kinds("A4444-1375-8703A") == (Waybill(WAYBILL, "AA"),)
    assert kinds("4444-13758703") == ()
    assert kinds("444-41375-8703") == ()


@pytest.mark.parametrize("bad", ["123456789012", "A123456789012A", "1234-5678-9012", "444413758704", "E444413758703E"])
def test_without_a_good_rest_by_seven_it_is_no_waybill(bad: str) -> None:
    assert read(bad).kind(Waybill) is None


@given(st.integers(0, 10**11 - 1))
def test_every_good_waybill_is_kept(first: int) -> None:
    assert kinds(waybill(first))[0] == Waybill(waybill(first))
    assert kinds(f"A{waybill(first)}A") == (Waybill(waybill(first), "AA"),)


def test_a_text_that_is_waybill_and_upca_keeps_both_in_this_order() -> None:
    both = [good(f"{n:011d}") for n in range(40000000000, 40000000200) if good(f"{n:011d}") == waybill(n)]
    assert both
    for text in both:
        assert read(text).kinds == (Waybill(text), Gtin("00" + text, "upca"), Plain(text))
        assert read(text).fault is None


def test_a_waybill_with_a_bad_gtin_digit_is_no_fault() -> None:
    assert kinds(WAYBILL) == (Waybill(WAYBILL),)
    assert read(WAYBILL).fault is None


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        (JAN, Gtin(JAN_14, "ean13")),
        ("49012347", Gtin("00000049012347", "ean8")),
        ("012345678905", Gtin("00012345678905", "upca")),
        ("04252614", Gtin("00042100005264", "upce")),
        (ITF, Gtin(ITF, "itf14")),
    ],
)
def test_a_gtin_says_how_it_was_read(text: str, gtin: Gtin) -> None:
    assert kinds(text) == (gtin,)


@given(st.sampled_from([8, 12, 13, 14]), st.data())
def test_every_gtin_with_a_good_check_digit_is_kept(length: int, data: st.DataObject) -> None:
    text = good(data.draw(st.text("0123456789", min_size=length - 1, max_size=length - 1)))
    was = {8: "ean8", 12: "upca", 13: "ean13", 14: "itf14"}[length]
    assert Gtin(text.zfill(14), was) in kinds(text)  # type: ignore[arg-type]
    assert read(text).fault is None


def test_eight_digits_that_are_ean8_and_upce_keep_both() -> None:
    both = [text for n in range(100000, 130000) if len(kinds(text := good(f"{n:07d}"))) == 2]
    assert both
    first, second = kinds(both[0])
    assert isinstance(first, Gtin)
    assert isinstance(second, Gtin)
    assert (first.was, second.was) == ("ean8", "upce")
    assert read(both[0]).fault is None


@pytest.mark.parametrize("bad", ["4901234567890", "123456789014", "14901234567890", "49012340"])
def test_digits_with_a_bad_check_digit_stay_plain_with_advice(bad: str) -> None:
    assert read(bad) == Reading(bad, bad, (Plain(bad),), Fault.BAD_CHECK_DIGIT)


@pytest.mark.parametrize("text", ["1234567", "123456789", "12345678901", "123456789012345", "0"])
def test_digits_of_other_lengths_are_plain(text: str) -> None:
    assert read(text) == Reading(text, text, (Plain(text),))


def test_any_printable_text_is_plain() -> None:
    for text in ("SKU-1", "抹茶", "a b", "#", "]", "]X", "K", "(", "()", "(01)", "http", "(12) x", "\ue000外字"):
        assert read(text).kinds == (Plain(text),)
        assert read(text).fault is None


# --- look-alikes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dash", "‐‑–—−ー―")
def test_dash_look_alikes_count_inside_our_codes_and_waybills(dash: str) -> None:
    for text, kind in (
        ("KP-R-MISSING", Command(CommandName.REASON_MISSING)),
        ("KO-12-034-1", OrderCode(ShipNumber(12, 34, 1))),
        ("12-034", OrderCode(ShipNumber(12, 34))),
        ("4444-1375-8703", Waybill(WAYBILL)),
        ("KS-A-01", ShelfCode("A-01")),
    ):
        reading = read(text.replace("-", dash))
        assert reading.kinds[0] == kind
        assert reading.widened


def test_a_long_vowel_in_a_shelf_name_is_no_dash() -> None:
    assert kinds("KS-コーヒー") == (ShelfCode("コーヒー"),)
    assert not read("KS-コーヒー").widened


def test_dash_look_alikes_elsewhere_stay() -> None:
    assert read("AB–1").kinds == (Plain("AB–1"),)
    assert read("490–1234567894").kinds == (Plain("490–1234567894"),)


@pytest.mark.parametrize("text", ["КP-DONE", "KР-DONE", "KS‑А".replace("K", "К"), "KΟ-12-034", "КО-12-034", "KP-DONЕ"])
def test_cyrillic_and_greek_letters_become_nothing_else(text: str) -> None:
    assert not any(isinstance(k, Command | OrderCode | ShelfCode) for k in read(text).kinds)


@pytest.mark.parametrize("digits", ["٤٩٠١٢٣٤٥٦٧٨٩٤", "४९०१२३४५६७८९४", "490123456789٤"])
def test_digits_of_other_scripts_are_no_digits(digits: str) -> None:
    assert kinds(digits) == ()
    assert read(digits).fault is None


def test_superscript_digits_are_read_by_width_normalisation_and_said() -> None:
    assert kinds("490123456789⁴") == (Gtin(JAN_14, "ean13"),)
    assert read("490123456789⁴").widened


# --- GS1 ---------------------------------------------------------------------------------------------------------

FULL = f"01{JAN_14}17261231" + "10ABC123" + GS + "21XYZ"
FULL_GS1 = Gs1(gtin14=JAN_14, lot="ABC123", expiry="2026-12-31", serial="XYZ")


@pytest.mark.parametrize("identifier", ["]C1", "]d2", "]Q3", "]e0", "]d8"])
def test_a_gs1_symbol_is_read_and_its_identifier_remembered(identifier: str) -> None:
    assert gs1(identifier + FULL) == FULL_GS1
    assert read(identifier + FULL).symbology == identifier[1:]
    assert read(identifier + FULL).text == FULL


def test_separators_make_a_text_gs1_without_identifier() -> None:
    assert gs1(FULL) == FULL_GS1
    assert gs1(GS + f"17261231{GS}10A") == Gs1(lot="A", expiry="2026-12-31")
    assert all(not isinstance(kind, Plain) for kind in read(FULL).kinds), "a separator is not printable"


def test_sixteen_digits_that_begin_with_a_gtin_are_gs1() -> None:
    assert gs1(f"01{JAN_14}") == Gs1(gtin14=JAN_14)
    assert gs1(f"02{ITF}3712") == Gs1(gtin14=ITF, count=12, contained=True)
    assert gs1("00106141412345678908") == Gs1(sscc="106141412345678908")
    assert read(f"01{JAN_14}").kinds[-1] == Plain(f"01{JAN_14}")


def test_without_identifier_a_message_must_be_good_to_its_end() -> None:
    assert kinds(f"01{JAN_14}ZZ") == ()
    assert kinds(f"01{JAN_14[:-1]}0") == ()
    assert kinds("010203-LONG-SKU-NAME") == ()


def test_with_identifier_a_spoilt_end_costs_only_the_end() -> None:
    assert gs1(f"]C101{JAN_14}ZZ") == Gs1(gtin14=JAN_14, whole=False)


def test_a_gtin_comes_before_gs1() -> None:
    assert kinds("9771234567898") == (Gtin("09771234567898", "ean13"),)
    text = good("101234567890")
    assert kinds(f"]C1{text}") == (Gtin("0" + text, "ean13"), Gs1(lot=text[2:]))


def test_a_gs1_message_with_a_bad_check_digit_is_a_fault() -> None:
    reading = read(f"]C101{JAN_14[:-1]}0")
    assert reading.fault is Fault.BAD_CHECK_DIGIT
    assert reading.kind(Gs1) is None
    assert read("]C100106141412345678900").fault is Fault.BAD_CHECK_DIGIT


def test_the_form_for_people_is_read() -> None:
    assert gs1(f"(01){JAN_14}(17)261231(10)ABC123(21)XYZ") == FULL_GS1
    assert gs1(f"(01) {JAN_14} (10) A1") == Gs1(gtin14=JAN_14, lot="A1")
    assert gs1(f"（01）{JAN_14}（10）A1") == Gs1(gtin14=JAN_14, lot="A1")
    assert kinds(f"(01){JAN_14}(10)") == ()
    assert kinds("(0100)4901234567894") == ()


def test_a_digital_link_is_read() -> None:
    assert gs1(f"https://id.gs1.org/01/{JAN_14}/10/ABC123/21/XYZ?17=261231") == FULL_GS1
    assert gs1(f"]Q1HTTPS://example.com/shop/01/{JAN}") == Gs1(gtin14=JAN_14)
    for address in ("https://example.com/01", "https://example.com/abc", "http://[", "https://", "http://a/01/x/y"):
        assert read(address).kinds == (Plain(address),)


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("260200", "2026-02-28"),
        ("280200", "2028-02-29"),
        ("261200", "2026-12-31"),
        ("260131", "2026-01-31"),
        ("790101", "2079-01-01"),
        ("990101", "1999-01-01"),
        ("000000", None),
        ("260231", None),
    ],
)
def test_day_zero_is_the_last_day_and_an_impossible_date_costs_only_itself(date: str, day: str | None) -> None:
    assert gs1(f"]C101{JAN_14}17{date}") == Gs1(gtin14=JAN_14, expiry=day)


def test_a_thirteenth_month_ends_the_message() -> None:
    assert gs1(f"]C101{JAN_14}17261300") == Gs1(gtin14=JAN_14, whole=False)


def test_use_by_goes_before_best_before() -> None:
    assert gs1(f"]C101{JAN_14}15270101").expiry == "2027-01-01"
    assert gs1(f"]C101{JAN_14}1527010117261231").expiry == "2026-12-31"


@pytest.mark.parametrize(("part", "grams"), [("3103000500", 500), ("3100000002", 2000), ("3105012345", None)])
def test_a_net_weight_is_whole_grams_or_nothing(part: str, grams: int | None) -> None:
    assert gs1(f"]C101{JAN_14}{part}").weight_g == grams


def test_counts_are_read() -> None:
    assert gs1(f"]C101{JAN_14}3012").count == 12
    assert gs1(f"]C102{JAN_14}3724").count == 24


def test_two_gtins_in_one_message_are_two_codes() -> None:
    text = f"]C101{JAN_14}{GS}01{ITF}"
    assert read(text).fault is Fault.TWO_CODES
    assert read(text).kinds == ()


def test_a_plain_symbol_is_stripped_and_remembered() -> None:
    for identifier in ("]E0", "]C0", "]Q1", "]d1"):
        reading = read(identifier + JAN)
        assert (reading.text, reading.symbology, reading.fault) == (JAN, identifier[1:], None)
        assert reading.kinds == (Gtin(JAN_14, "ean13"), Plain(JAN))


def test_the_symbol_rules_out_what_cannot_be_in_it() -> None:
    both = next(good(f"{n:011d}") for n in range(40000000000, 40000000200) if good(f"{n:011d}") == waybill(n))
    assert kinds("]E0" + both) == (Gtin("00" + both, "upca"),)
    assert kinds("]F0" + both) == (Waybill(both),)
    either = next(text for n in range(100000, 130000) if len(kinds(text := good(f"{n:07d}"))) == 2)
    assert kinds("]E4" + either) == (Gtin("000000" + either, "ean8"),)


def test_digits_beside_a_book_code_are_left_off() -> None:
    assert kinds("]E3978480481663204") == ()
    assert kinds("]E39780804816632" + "51995") == (Gtin("09780804816632", "ean13", "51995"),)


# --- faults ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\r\n", "\t　", GS, "]C1", "]Q3\r", "\ufeff"])
def test_nothing_is_the_fault_empty(text: str) -> None:
    assert read(text).fault is Fault.EMPTY
    assert read(text).kinds == ()


@pytest.mark.parametrize("text", ["49\ufffd1234", "\ud83d", "A\udc80B", "\ufffd" * 5000])
def test_lost_characters_are_the_fault_undecodable(text: str) -> None:
    reading = read(text)
    assert reading.fault is Fault.UNDECODABLE
    assert reading.kinds == ()
    reading.text.encode()


@pytest.mark.parametrize("text", ["490\x00123", "A\x1bB", "A\tB", "490\u200b1234567894", "A\u202eB", f"AB{GS}CD"])
def test_control_characters_inside_are_a_fault(text: str) -> None:
    reading = read(text)
    assert reading.fault is Fault.CONTROL_CHARACTERS
    assert reading.kinds == ()
    assert "\0" not in reading.text


def test_a_long_text_is_too_long() -> None:
    assert read("A" * 200).fault is None
    assert read("A" * 201) == Reading("A" * 201, "A" * 201, (), Fault.TOO_LONG)
    assert read("4" * 4000).fault is Fault.TOO_LONG
    assert read("\ufdfa" * 100).fault is Fault.TOO_LONG, "width normalisation makes it 18 times as long"


def test_messages_and_addresses_may_be_longer() -> None:
    assert read("https://example.com/" + "a" * 900).fault is None
    assert gs1(f"]C101{JAN_14}" + f"{GS}91{'A' * 90}" * 5).gtin14 == JAN_14
    assert read("https://example.com/" + "a" * 1000).fault is Fault.TOO_LONG


@pytest.mark.parametrize("unit", ["4", "A", "抹", "\ufdfa", "KP-", "(01)", "\x00", GS, "\ud800"])
def test_a_huge_text_is_answered_fast(unit: str) -> None:
    for text in (unit * 4000, f"]C1{unit * 300}", f"https://a/01/{unit * 300}", f"01{JAN_14}{unit * 300}"):
        read(text)
        begin = time.perf_counter()
        read(text)
        assert time.perf_counter() - begin < 0.1


@pytest.mark.parametrize(
    "text",
    [
        JAN + JAN,
        JAN + JAN_B,
        JAN + "49012347",
        "49012347" + JAN,
        ITF + ITF,
        ITF + JAN,
        WAYBILL + WAYBILL,
        f"A{WAYBILL}AA{WAYBILL}A",
        WAYBILL + JAN,
        "012345678905" * 2,
        "0012345678905" * 2,
        "49012347" * 2,
        "KP-DONEKP-DONE",
        "KP-DONEkp-undo",
        "KP-DONE" + JAN,
        JAN + "KP-DONE",
        "KO-12-034-1KO-12-034-1",
        "KO-12-034-1" + JAN,
        "12-03412-034",
        "KS-A-01KS-A-01",
        "KS-A-01KT-5",
        "KU-7KU-7",
        "KS-A-01" + JAN,
        JAN + "KS-A-01",
        f"{JAN} {JAN}",
        f"{JAN}\t{JAN_B}",
        f"{JAN}\r\n{JAN}\r\n",
    ],
)
def test_two_codes_that_ran_together_are_named(text: str) -> None:
    assert read(text).fault is Fault.TWO_CODES


@pytest.mark.parametrize(
    "text",
    [
        "4" * 30,
        "4901234567890" * 2,
        JAN + "4901234567890",
        "KS-A12-034",
        "ABC-1ABC-1",
        f"01{JAN_14}",
        "KO-12-034-1",
        WAYBILL,
        "KS-A-0120261231",
        "1234 5678",
    ],
)
def test_what_only_looks_long_is_not_two_codes(text: str) -> None:
    assert read(text).fault is not Fault.TWO_CODES


def test_a_upce_alone_is_too_common_to_be_half_of_two_codes() -> None:
    assert read("04252614" + "49012347").fault is None


def test_what_the_scanner_calls_a_message_is_not_cut_into_two_codes() -> None:
    twice = f"91KP-DONE{GS}92KP-DONE"
    assert read("]C1" + twice).fault is not Fault.TWO_CODES
    assert gs1(f"]C110{JAN}{GS}21{JAN}") == Gs1(lot=JAN, serial=JAN)
    assert read("]C1" + "0012345678905" * 2).fault is not Fault.TWO_CODES


def test_two_codes_keep_the_text_for_an_exact_sku() -> None:
    assert read(JAN + JAN).kinds == (Plain(JAN + JAN),)
    assert read("KS-BOOKS-1").kinds[0] == ShelfCode("BOOKS-1"), "advice takes nothing away"


@given(st.text(st.characters(exclude_categories=[]), max_size=300))
@example("]")
@example("]C")
@example("KP")
@example("K\u0000-")
@example("(")
@example("]Y9")
def test_reading_never_raises(text: str) -> None:
    reading = read(text)
    assert reading.raw == text
    assert reading.kinds or reading.fault, "kinds or a fault, never neither"
    reading.text.encode()


PIECES = [JAN, ITF, WAYBILL, "]C1", "]e0", "]Q3", "01", "02", "00", "10", "17", "3103", "310", "37", "(01)", "(", ")"]
PIECES += [
    GS,
    "https://",
    "http://[",
    "/01/",
    "/10/",
    "?17=",
    "KP-",
    "KO-",
    "KS-",
    "ー",
    "−",
    "000000",
    "8008",
    "99",
    "٣",
    " ",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=8).map("".join))
def test_reading_never_raises_on_texts_made_of_likely_pieces(text: str) -> None:
    reading = read(text)
    assert reading.kinds or reading.fault


@given(st.text(max_size=40))
def test_reading_the_normalised_text_again_changes_nothing(text: str) -> None:
    first = read(text)
    if first.fault is None and not first.symbology and GS not in text and first.text[:1] != "]":
        again = read(first.text)
        assert again.kinds == first.kinds


# --- half codes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("half", ["4901", "49012345678", "67894", "901234567894", "0490123456"])
def test_beginning_and_end_of_a_wanted_code_are_half_a_code(half: str) -> None:
    assert is_part_of(half, ["SKU-1", JAN_14])


@pytest.mark.parametrize("other", ["490", "894", "2345", JAN, JAN_14, "4901X", "0000", "", "490123456789412"])
def test_short_middle_or_whole_pieces_are_no_half_code(other: str) -> None:
    assert not is_part_of(other, ["SKU-1", JAN_14])


def test_the_zeros_before_a_short_gtin_are_no_half_code() -> None:
    assert not is_part_of("0000", ["00000049012347"])


def test_halves_of_other_codes_and_short_gtins_count() -> None:
    assert is_part_of("sku-", ["SKU-1"])
    assert is_part_of("KO-12-0", ["KO-12-034-1"])
    assert is_part_of("9012347", ["00000049012347"])
    assert is_part_of("01234567890", ["00012345678905"])
    assert not is_part_of("012345678905", ["00012345678905"])
    assert not is_part_of("4901", [])


# --- speed, floors --------------------------------------------------------------------------------------


def test_reading_codes_needs_no_biip() -> None:
    program = (
        "import sys; from app.domain.barcode import read\n"
        f"[read(t) for t in ('{JAN}', 'KP-DONE', '{WAYBILL}', 'KS-A-01', 'SKU-1', ']C101{JAN_14}10A')]\n"
        "assert 'biip' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60, cwd=ROOT)


def test_expressions_are_compiled_once_only() -> None:
    tree = ast.parse((ROOT / "app/domain/barcode.py").read_text("utf-8"))
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for call in ast.walk(function):
            assert not (isinstance(call, ast.Call) and ast.unparse(call.func).startswith("re.")), function.name
