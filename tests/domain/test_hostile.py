"""Codes printed to harm: read as what they are, refused or plain data, never as an order to the program."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.barcode import Command, Gs1, Reading
from app.domain.seen import waybill_number
from tests.fuzz.hostile import FOUND, HOSTILE, hostile
from tests.fuzz.laws import check_link, check_message, check_text

MANY = 6_000
DANGEROUS = st.sampled_from(
    [*"\0\x01\x02\x03\x04\t\n\r\x1b\x1d\x7f\x85\u200b\u202e\u2066\ufeff", *"'\";^~=+-@%&|<>{}$`\\/", "＝", "ー"]
)
TEXTS = st.lists(st.one_of(DANGEROUS, st.sampled_from(HOSTILE), st.text(max_size=6)), max_size=8).map("".join)


def orders_nothing(reading: Reading, text: str) -> None:
    """A command only where the text is one, spelled out whole; a waybill number only letters and digits."""
    for kind in reading.kinds:
        if isinstance(kind, Command):
            plain = unicodedata.normalize("NFKC", text).strip(" \t\r\n\v\f\0\x02\x03\x04\x1d\u2028\u2029\ufeff\x85")
            assert plain.removeprefix("]").casefold().endswith(kind.name.value.casefold())
            assert len(plain) - len(kind.name.value) in (0, 3), "nothing but an identifier of the symbol before it"
        if isinstance(kind, Gs1):
            assert all(said is None or (said.isascii() and said.isprintable()) for said in (kind.lot, kind.serial))
    number = waybill_number(reading)
    assert number.isascii()
    assert not number or number.isalnum()


def test_thousands_of_hostile_codes_are_refused_or_plain_data() -> None:
    made = hostile(MANY, seed=5)
    assert len(set(made)) == MANY
    for text in made:
        orders_nothing(check_text(text), text)


@pytest.mark.parametrize("text", FOUND)
def test_what_once_broke_something_breaks_nothing(text: str) -> None:
    check_text(text)


@settings(max_examples=400)
@given(TEXTS)
def test_no_text_orders_anything_that_it_does_not_spell_out(text: str) -> None:
    orders_nothing(check_text(text), text)


@given(TEXTS)
def test_messages_and_links_of_any_text_keep_their_laws(text: str) -> None:
    check_message(text)
    check_link("https://a/01/04901234567894/10/" + text)
    check_link(text)


def test_what_is_shown_has_nothing_unseen_in_it() -> None:
    assert check_text("SKU\u202e1").text == "SKU\ufffd1"
    assert check_text("\x1bE\x1b&l0O").text == "␛E␛&l0O"
    assert check_text("A" * 4096).text == "A" * 1000
