"""What the scans of the sheet prove."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.domain.gtin import has_good_check_digit
from app.domain.keyboards import pairs, typed
from app.domain.reader_faults import SEPARATOR, Profile, ReaderFault
from app.domain.scanner_check import SHEET, Came, Diagnosis, End, diagnose, which
from tests.wires import Wire, kana

F = ReaderFault
CODES = {code.id: code for code in SHEET}


def scanned(wire: Wire, *names: str, end: End = End.KEY) -> dict[str, Came]:
    codes = [code for code in SHEET if not names or code.id in names]
    return {code.id: Came((wire.text(code.text, code.identifiers[0]),), end) for code in codes}


def good(found: Diagnosis) -> dict[str, bool]:
    return {result.code: result.good for result in found.results}


def test_the_codes_of_the_sheet_are_good_and_unlike_each_other() -> None:
    assert has_good_check_digit(CODES["jan"].text)
    assert has_good_check_digit(CODES["gs1"].text[2:16])
    assert CODES["gs1"].text.count(SEPARATOR) == 1
    for code in SHEET:
        assert all(which(code.text, asked.id) == code.id for asked in SHEET)


@pytest.mark.parametrize("layout", ["us", "uk", "jis"])
def test_a_scanner_that_is_set_right_has_no_fault(layout: str) -> None:
    found = diagnose(scanned(Wire(layout, layout)))
    assert found == diagnose(scanned(Wire()))
    assert found.faults == ()
    assert found.profile == Profile()
    assert found.good
    assert [result.code for result in found.results] == [code.id for code in SHEET]


@pytest.mark.parametrize("caps", [False, True])
@pytest.mark.parametrize(("scanner", "computer"), pairs())
def test_the_layouts_are_found_whatever_they_are(scanner: str, computer: str, caps: bool) -> None:
    found = diagnose(scanned(Wire(scanner, computer, caps=caps)))
    signs = CODES["code128"].text
    if typed(signs, scanner, computer) == signs:
        assert F.LAYOUT not in found.faults
        return
    assert F.LAYOUT in found.faults
    assert F.LAYOUT in found.mended
    other = found.profile.scanner, found.profile.computer
    assert typed(signs, *other) == typed(signs, scanner, computer)
    assert (F.CAPS_LOCK in found.faults) == caps
    assert F.OTHER not in found.faults
    if not caps:
        assert all(result.good or result.partly for result in found.results)
    assert all(
        result.good != bool(set(CODES[result.code].text) & set(found.unsure)) or caps for result in found.results
    )


@pytest.mark.parametrize("asked", ["jan", "qr"])
def test_a_code_is_known_whatever_is_wrong_with_it(asked: str) -> None:
    for scanner, computer in pairs():
        for wire in (Wire(scanner, computer), Wire(scanner, computer, caps=True, prefix="~x")):
            for code in SHEET:
                assert which(wire.text(code.text, code.identifiers[0]), asked) == code.id
    assert which(kana("4599999999908"), "qr") == "jan"
    assert which("something else", asked) == asked


def test_a_prefix_is_taken_off_only_when_two_codes_agree() -> None:
    one = diagnose(scanned(Wire(prefix="~"), "code128"))
    assert (one.faults, one.prefix, one.mended) == ((F.PREFIX,), "", ())
    assert not one.good
    every = diagnose(scanned(Wire(prefix="~", suffix="#")))
    assert (every.faults, every.prefix, every.suffix) == ((F.PREFIX, F.SUFFIX), "~", "#")
    assert every.mended == (F.PREFIX, F.SUFFIX)
    assert every.good


def test_a_prefix_of_digits_may_be_part_of_a_number_and_stays() -> None:
    found = diagnose(scanned(Wire(prefix="7", identifier=False)))
    assert F.PREFIX in found.faults
    assert found.prefix == ""
    assert found.around == ("7", "")
    assert not found.good


def test_a_letter_for_the_kind_of_code_differs_and_stays() -> None:
    came = scanned(Wire(prefix="F"), "jan") | scanned(Wire(prefix="j"), "code128")
    found = diagnose(came)
    assert (found.faults, found.prefix, found.mended) == ((F.PREFIX,), "", ())


@pytest.mark.parametrize(
    ("separator", "mended"), [("", False), ("|", True), ("^]", True), ("<GS>", False), (",", False)]
)
def test_the_separator_is_mended_where_it_cannot_be_content(separator: str, mended: bool) -> None:
    found = diagnose(scanned(Wire(separator=separator)))
    assert found.faults == (F.SEPARATOR,)
    assert found.separator == separator
    assert (F.SEPARATOR in found.mended) == mended == good(found)["gs1"]
    assert found.profile.separator == (separator if mended else "")


def test_an_fnc1_at_the_beginning_is_no_prefix() -> None:
    text = CODES["gs1"].text
    assert diagnose({"gs1": Came((f"]C1{SEPARATOR}{text}",))}).faults == ()
    assert diagnose({"gs1": Came((SEPARATOR + text,))}).faults == (F.IDENTIFIER,)


def test_a_lost_separator_that_left_a_mark_is_lost() -> None:
    found = diagnose({"gs1": Came(("]C1" + CODES["gs1"].text.replace(SEPARATOR, "\ufffd"),))})
    assert (found.faults, found.separator, found.mended) == ((F.SEPARATOR,), "", ())


def test_the_same_code_twice_in_one_is_two_that_ran_together() -> None:
    wire = Wire(identifier=False)
    for code in SHEET:
        assert which(wire.text(code.text) * 2, "jan") == code.id
        found = diagnose({code.id: Came((wire.text(code.text) * 2,))})
        assert F.JOINED in found.faults
        assert not found.good
        assert not {F.PREFIX, F.SUFFIX, F.OTHER} & set(found.faults)


def test_a_code_in_two_parts_is_split_and_not_mended() -> None:
    for code in SHEET:
        found = diagnose({code.id: Came((code.identifiers[0] + code.text[:6], code.text[6:]), End.KEY)})
        assert F.SPLIT in found.faults
        assert F.OTHER not in found.faults
        assert (found.good, found.mended) == (False, ())


def test_a_missing_end_costs_nothing() -> None:
    found = diagnose(scanned(Wire(), end=End.PAUSE))
    assert (found.faults, found.mended, found.good) == ((F.NO_END,), (F.NO_END,), True)


def test_full_width_texts_are_mended_and_kana_are_named() -> None:
    wide = diagnose(scanned(Wire(full_width=True)))
    assert wide.faults == (F.FULL_WIDTH,)
    assert wide.mended == (F.FULL_WIDTH,)
    assert all(good(wide).values())
    spoilt = diagnose({code.id: Came((kana(code.text.replace(SEPARATOR, "")),), composed=True) for code in SHEET})
    assert spoilt.faults[0] == F.INPUT_METHOD
    assert not {F.OTHER, F.FULL_WIDTH} & set(spoilt.faults)
    assert not any(good(spoilt).values())


def test_japanese_that_does_not_come_is_said_and_forgiven() -> None:
    found = diagnose(scanned(Wire(japanese=False)))
    assert (found.faults, found.mended, found.good) == ((F.JAPANESE,), (), True)


def test_a_missing_identifier_is_said_and_forgiven() -> None:
    found = diagnose(scanned(Wire(identifier=False)))
    assert (found.faults, found.mended, found.good) == ((F.IDENTIFIER,), (), True)


def test_a_gs1_code_that_is_told_as_a_plain_one_lacks_its_identifier() -> None:
    found = diagnose({"gs1": Came(("]C0" + CODES["gs1"].text,))})
    assert (found.faults, found.good) == ((F.IDENTIFIER,), True)


def test_what_is_known_of_a_reader_changes_only_where_something_was_proven() -> None:
    before = Profile("us", "jis", "\x1b")
    one = diagnose(scanned(Wire(), "jan"))
    assert one.kept(before, "~", "#") == (before, "~", "#")
    every = diagnose(scanned(Wire("jis", "us", prefix="~")))
    assert every.kept(before, "", "") == (Profile("jis", "us", "\x1c"), Wire("jis", "us").text("~"), "")
    assert diagnose(scanned(Wire())).kept(before, "~", "#") == (Profile(), "", "")
    lines = diagnose(scanned(Wire("jis", "us"), "code128"))
    assert lines.kept(before, "", "") == (Profile("jis", "us", "\x1b"), "", "")
    spoilt = diagnose({"code128": Came(("？",)), "gs1": Came(("あ",)), "jan": Came(("x",))})
    assert spoilt.kept(before, "~", "#") == (before, "~", "#")


def test_what_fits_no_explanation_is_called_so() -> None:
    found = diagnose({"code128": Came(("Aa-Zz_08/:.+@#]{})\\",))})
    assert found.faults == (F.OTHER,)
    assert not found.good


def test_nothing_scanned_is_nothing_wrong() -> None:
    empty: Mapping[str, Came] = {}
    assert diagnose(empty) == Diagnosis()
