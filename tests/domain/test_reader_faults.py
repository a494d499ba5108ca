"""Mending scans: only what is certain, and then exactly; what cannot be mended is named."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain import barcode
from app.domain.barcode import Gtin, OrderCode
from app.domain.gtin import check_digit
from app.domain.keyboards import PRINTABLE, control, pairs, typed, unsure
from app.domain.reader_faults import (
    LOST,
    SEPARATOR,
    Profile,
    ReaderFault,
    is_repair,
    is_separator,
    repair,
    suspect,
)
from tests.wires import Wire, kana

PAIRS = st.sampled_from(pairs())
SERIALS = st.text("ABCXYZabcxyz0123456789-/.+_:", min_size=1, max_size=12)
BODIES = st.text("0123456789", min_size=13, max_size=13)


def profile_of(scanner: str, computer: str) -> Profile:
    """Return what the sheet would have found."""
    stands = control(SEPARATOR, scanner, computer)
    differs = typed(PRINTABLE, scanner, computer) != PRINTABLE
    return Profile(scanner if differs else "", computer if differs else "", stands if is_separator(stands) else "")


def own_in_small_letters(text: str) -> bool:
    return text[:1] == "k" and text[2:3] == "-"


def proves_itself(text: str) -> bool:
    """Whether *text* begins as only another fault, or no fault, makes it begin."""
    return own_in_small_letters(text) or text[:1] in ("]", "\\") or text.startswith("http")


@given(PAIRS, st.data())
def test_what_one_layout_spoils_is_mended_exactly(pair: tuple[str, str], data: st.DataObject) -> None:
    sure = "".join(char for char in PRINTABLE if char not in unsure(*pair))
    text = data.draw(st.text(sure, max_size=40))
    assume(not proves_itself(text))
    came = Wire(*pair).text(text)
    mended, faults = repair(came, profile_of(*pair).repairs)
    assert mended == text
    assert (ReaderFault.LAYOUT in faults) == (came != text)


@given(PAIRS, st.text(PRINTABLE, max_size=30))
def test_a_code_with_an_unsure_character_is_never_made_another_one(pair: tuple[str, str], text: str) -> None:
    assume(not proves_itself(text))
    came = Wire(*pair).text(text)
    mended = repair(came, profile_of(*pair).repairs)[0]
    assert mended in (text, came) or LOST in mended


@given(PAIRS, BODIES, SERIALS, SERIALS, st.booleans())
def test_a_message_keeps_its_separator_over_every_pair_of_layouts(
    pair: tuple[str, str], body: str, lot: str, serial: str, identifier: bool
) -> None:
    text = f"01{body}{check_digit(body)}10{lot}{SEPARATOR}21{serial}"
    assume(not set(text) & set(unsure(*pair)))
    came = Wire(*pair).text(text, "]C1" if identifier else "")
    mended, _ = repair(came, profile_of(*pair).repairs)
    assert mended == ("]C1" if identifier else "") + text


@given(PAIRS, st.text(PRINTABLE, min_size=1, max_size=30))
def test_full_width_characters_become_plain_also_where_the_layouts_differ(pair: tuple[str, str], text: str) -> None:
    assume(not proves_itself(text) and not set(text) & set(unsure(*pair)))
    came = Wire(*pair, full_width=True).text(text)
    assume(any(char.isascii() and char.isalnum() for char in Wire(*pair).text(text)))
    assume(typed(text, *pair).isascii())  # £ and ¬ are full-width by themselves as well
    mended, faults = repair(came, profile_of(*pair).repairs)
    assert mended == text
    assert ReaderFault.FULL_WIDTH in faults


@given(st.text(PRINTABLE + SEPARATOR + "あ検（ー", max_size=60))
def test_without_known_faults_a_plain_text_is_left_alone(text: str) -> None:
    assume(not proves_itself(text) and not text.startswith("]"))
    assume(any(char.isascii() and char.isprintable() for char in text) or not text)
    assert repair(text, ()) == (text, ())


@given(st.sampled_from("POSTCWLUB"), st.text(PRINTABLE, min_size=1, max_size=20), st.sampled_from(["", "]C0", "]d1"]))
def test_caps_lock_is_undone_where_our_own_prefix_proves_it(letter: str, rest: str, identifier: str) -> None:
    text = f"K{letter}-{rest}"
    mended, faults = repair(Wire(caps=True).text(text, identifier), ())
    assert mended == identifier + text
    assert faults == (ReaderFault.CAPS_LOCK,)
    assert repair(identifier + text, ()) == (identifier + text, ())


@given(st.sampled_from(["]C0", "]C1", "]Q1", "]A0", "]F0", "]I1"]), st.text(PRINTABLE, min_size=8, max_size=20))
def test_caps_lock_is_undone_where_the_identifier_proves_it(identifier: str, text: str) -> None:
    mended, faults = repair(Wire(caps=True).text(text, identifier), ())
    assert mended == identifier + text
    assert faults == (ReaderFault.CAPS_LOCK,)
    assume(not own_in_small_letters(text))
    assert repair(identifier + text, ()) == (identifier + text, ())


@pytest.mark.parametrize("text", ["]c0123456", "]e00104599999900102", "]d1ab", "]E04599999900102", "]C0ab"])
def test_an_identifier_that_may_be_right_proves_no_caps_lock(text: str) -> None:
    assert repair(text, ()) == (text, ())


@given(PAIRS, st.sampled_from(["]C0", "]E0", "]d2"]), st.text("AZaz09-/.,:+_", min_size=1, max_size=20))
def test_a_second_scanner_that_is_set_right_is_not_mended(pair: tuple[str, str], identifier: str, text: str) -> None:
    scanner, computer = pair
    assume(typed("]", scanner, computer) != "]" and not own_in_small_letters(text))
    right = Wire(computer.removesuffix("_x11"), computer).text(text, identifier)
    assert repair(right, profile_of(*pair).repairs)[0] == identifier + text


def test_the_ends_of_goods_codes_are_never_exchanged_by_caps_lock_alone() -> None:
    assert repair("abc-12", ()) == ("abc-12", ())


@pytest.mark.parametrize("stands", ["|", "^]", "{GS}", "~"])
def test_a_sign_for_the_separator_counts_in_gs1_messages_only(stands: str) -> None:
    known = Profile(separator=stands).repairs
    message = f"010459999990010210A{stands}21B"
    assert repair(message, known)[0] == f"010459999990010210A{SEPARATOR}21B"
    for plain in (f"AB{stands}12", f"0104599999900103{stands}21B", stands):
        assert repair(plain, known) == (plain, ())


def test_what_could_be_content_never_stands_for_the_separator() -> None:
    assert not any(is_separator(text) for text in ("", "A", "-", "<GS>", ",", SEPARATOR, LOST, "|" * 9))
    assert all(is_separator(text) for text in ("\x1b", "\x1c", "|", "#", "^]", "{GS}"))


def test_a_profile_is_kept_as_texts_and_read_again() -> None:
    for profile in (Profile(), Profile("us", "jis", "\x1b"), Profile("jis", "us_x11"), Profile(separator="| ")):
        assert Profile.of(profile.repairs) == profile
        assert all(is_repair(each) for each in profile.repairs)
    wrong = ("layout us", "layout us mars", "separator A", "separator ", "no_end", "")
    assert not any(is_repair(each) for each in wrong)
    assert Profile.of(wrong) == Profile()


def test_what_is_mended_is_read_as_the_code_that_it_is() -> None:
    known = Profile("us", "jis", "\x1b").repairs
    assert barcode.read(repair("[E04599999900102", known)[0]).kind(Gtin) is not None
    assert barcode.read(repair("ＫＯー１２ー０３４ー１", ())[0]).kind(OrderCode) is not None
    assert barcode.read(repair("ko-12-034-1", ())[0]).kind(OrderCode) is not None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (kana("KO-12-034-1a"), ReaderFault.INPUT_METHOD),
        (kana("4599999900102"), ReaderFault.FULL_WIDTH),
        ("ＴＥＡー０５０", ReaderFault.FULL_WIDTH),
        (Wire("us", "jis").text("4599999900102", "]E0"), ReaderFault.LAYOUT),
        (Wire("jis", "us").text("010459999990010210A", "]C1"), ReaderFault.LAYOUT),
        (Wire("jis", "uk").text("010459999990010210A", "]C1"), ReaderFault.LAYOUT),
        (Wire("us", "jis").text("https://id.gs1.org/01/04599999900102"), ReaderFault.LAYOUT),
        (Wire("jis", "us").text("https://id.gs1.org/01/04599999900102"), ReaderFault.LAYOUT),
        (Wire("us", "jis_x11").text("(01)04599999900102(10)A"), ReaderFault.LAYOUT),
        (Wire("jis", "us").text("(01)04599999900102(10)A"), ReaderFault.LAYOUT),
        (Wire("us", "uk").text("A#1"), ReaderFault.LAYOUT),
        (Wire(caps=True).text("AB-1", "]C0"), ReaderFault.CAPS_LOCK),
        (Wire(caps=True).text("4599999900102", "]Q1"), ReaderFault.CAPS_LOCK),
        ("010459999990010210A\x1b21B", ReaderFault.SEPARATOR),
        ("010459999990010210A<GS>21B", ReaderFault.SEPARATOR),
        ("F4599999900102", ReaderFault.PREFIX),
        ("~~4599999900102", ReaderFault.PREFIX),
        ("4599999900102$", ReaderFault.SUFFIX),
    ],
)
def test_a_text_that_nobody_knows_is_told_what_it_looks_like(text: str, fault: ReaderFault) -> None:
    assert suspect(text) is fault


@pytest.mark.parametrize(
    "text",
    [
        "", "TEA-050", "4599999900102", "有機抹茶 50g", "みさき珈琲 粉", "KO-12-034-1", "KS-A-01", "A123456789012A",
        "010459999990010210A\x1d21B", "https://id.gs1.org/01/04599999900102", "]C1010459999990010210A",
        "F4599999900103", "(01)04599999900102(10)A", "#12", "[new] cup", "]d2010459999990010210A",
        "]e00104599999900102",
    ],
)  # fmt: skip
def test_a_code_that_is_merely_unknown_is_suspected_of_nothing(text: str) -> None:
    assert suspect(text) is None
