"""Labels: from millimetres to whole dots, and everything that is said when something does not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.label import Box, Code, Item, Label, Line, Over, Picture, Symbology, Text
from app.domain.label_bars import bars_of, gs1_text
from app.domain.label_dots import BarRow, CellGrid, Filled, LaidOut, Shades, TextLine, laid_out, stopping

DOT = {203: 25.4 / 203, 300: 25.4 / 300, 600: 25.4 / 600}


class Square:
    """Every character is as wide as high, only ASCII has a glyph, every matrix code has 20 cells a side."""

    def width(self, text: str, size: int, bold: bool) -> float:
        return len(text) * size

    def printable(self, text: str) -> tuple[str, tuple[str, ...]]:
        lacking = tuple(dict.fromkeys(char for char in text if not char.isascii()))
        return "".join("#" if char in lacking else char for char in text), lacking

    def matrix(self, symbology: Symbology, data: str) -> tuple[str, ...] | None:
        return None if len(data) > 50 else ("10" * 10, "01" * 10) * 10


def laid(*items: Item, dpi: int = 203, size: tuple[float, float] = (100, 50)) -> LaidOut:
    return laid_out(Label(*size, items), dpi, Square())


def keys(found: LaidOut) -> list[str]:
    return [fault.key for fault in found.faults]


# --- text ---------------------------------------------------------------------------------------------------------


def test_a_text_that_fits_stands_in_its_size() -> None:
    (line,) = laid(Text(10, 5, 80, 6, "ABC", 4)).parts
    assert line == TextLine(80, 40, 96, "ABC", 32, False)


def test_a_text_is_aligned_in_its_box() -> None:
    for align, x in (("left", 80), ("centre", 351), ("right", 623)):
        (line,) = laid(Text(10, 5, 80, 6, "ABC", 4, align=align)).parts  # type: ignore[arg-type]
        assert isinstance(line, TextLine)
        assert line.x == x


def test_a_long_text_is_made_smaller_before_it_is_too_long() -> None:
    found = laid(Text(0, 0, 30, 6, "0123456789", 4, least_mm=2))
    (line,) = found.parts
    assert isinstance(line, TextLine)
    assert 16 <= line.size <= 24
    assert line.width <= 240
    assert not found.faults


def test_a_text_that_stays_too_long_stops_the_label_and_says_how_far() -> None:
    found = laid(Text(0, 0, 30, 6, "0123456789" * 2, 4, least_mm=2))
    (fault,) = found.faults
    assert (fault.key, fault.stops, found.parts) == ("label.text_long", True, ())
    assert fault.args == {"name": "0123456789" * 2, "over": pytest.approx(10.1, abs=0.1)}


def test_a_text_that_may_be_cut_is_cut_and_says_so() -> None:
    found = laid(Text(0, 0, 30, 6, "0123456789" * 2, 4, least_mm=2, over=Over.CUT))
    (line,) = found.parts
    assert isinstance(line, TextLine)
    assert line.text == "01234567890123…"
    assert [(fault.key, fault.stops) for fault in found.faults] == [("label.text_cut", False)]


def test_words_go_on_the_next_line_where_there_may_be_one() -> None:
    found = laid(Text(0, 0, 33, 12, "green tea bags", 4, lines=2))
    assert [part.text for part in found.parts if isinstance(part, TextLine)] == ["green", "tea bags"]
    assert not found.faults


def test_a_character_without_a_glyph_is_named() -> None:
    found = laid(Text(0, 0, 50, 6, "A𠮷B", 4))
    (fault,) = found.faults
    assert (fault.key, fault.stops, fault.args["characters"]) == ("label.no_glyph", False, "𠮷")


def test_a_box_lower_than_its_text_is_named() -> None:
    assert keys(laid(Text(0, 0, 50, 1, "A", 4))) == ["label.box_low"]


def test_an_empty_text_is_nothing() -> None:
    assert laid(Text(0, 0, 50, 6, "  \n ", 4)) == LaidOut(799, 400, 203, (), ())


# --- places -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "item",
    [
        Text(60, 0, 50, 6, "A"),
        Text(-1, 0, 50, 6, "A"),
        Line(10, 10, 91),
        Line(10, 10, 45, upright=True),
        Box(10, 10, 10, 45),
        Code(0, 40, 100, 11, "A"),
    ],
)
def test_what_lies_outside_the_label_is_named(item: Item) -> None:
    found = laid(item)
    assert keys(found) == ["label.outside"]
    assert not found.parts


def test_two_things_on_each_other_are_named_both() -> None:
    found = laid(Text(0, 0, 50, 6, "ABC", 4), Text(5, 2, 50, 6, "DEF", 4))
    (fault,) = found.faults
    assert (fault.key, fault.args) == ("label.overprint", {"name": "ABC", "other": "DEF"})


def test_a_line_through_the_quiet_zone_of_a_code_is_an_overprint() -> None:
    code = Code(10, 10, 60, 20, "KS-A-01", text_below=False)
    (bars,) = laid(code).parts
    assert isinstance(bars, BarRow)
    beside = (bars.x - 5 * bars.module) * DOT[203]
    assert keys(laid(code, Line(beside, 5, 30, upright=True))) == ["label.overprint"]
    clear = (bars.x - 11 * bars.module) * DOT[203] - 0.4
    assert not keys(laid(code, Line(clear, 5, 30, upright=True)))


def test_a_frame_may_stand_around_others() -> None:
    assert not keys(laid(Box(0, 0, 100, 50), Text(5, 5, 50, 6, "ABC", 4)))


def test_a_picture_keeps_its_sides_and_stands_in_the_middle_of_its_box() -> None:
    (part,) = laid(Picture(10, 10, 40, 20, 10, 10, bytes(100))).parts
    assert part == Shades(80 + 80, 80, 160, 160, part.picture)  # type: ignore[union-attr]
    assert keys(laid(Picture(10, 10, 40, 20, 10, 10, bytes(99)))) == ["label.bad_picture"]


def test_a_thin_line_is_one_dot_at_least() -> None:
    (line,) = laid(Line(0, 0, 50, 0.01)).parts
    assert line == Filled(0, 0, 400, 1)


# --- codes --------------------------------------------------------------------------------------------------------


LINEAR = {
    Symbology.CODE128: "KS-A-01",
    Symbology.GS1_128: "0104901234567894",
    Symbology.EAN13: "4901234567894",
    Symbology.EAN8: "49123456",
    Symbology.UPCA: "012345678905",
    Symbology.ITF14: "14901234567891",
    Symbology.CODE39: "ABC-1",
    Symbology.NW7: "A123B",
}


@pytest.mark.parametrize("dpi", DOT)
@pytest.mark.parametrize("symbology", LINEAR)
def test_bars_are_whole_dots_with_white_on_both_sides(dpi: int, symbology: Symbology) -> None:
    found = laid(Code(5, 5, 70, 20, LINEAR[symbology], symbology), dpi=dpi)
    assert not keys(found)
    bars = next(part for part in found.parts if isinstance(part, BarRow))
    before, behind = (each * bars.module for each in bars.bars.quiet)
    left, right = round(5 / DOT[dpi]), round(75 / DOT[dpi])
    assert bars.x - before >= left
    assert bars.x + sum(bars.widths) + behind <= right
    assert set(bars.widths) <= {bars.module, bars.wide, *(n * bars.module for n in (2, 3, 4))}
    assert bars.module * DOT[dpi] >= 0.249
    assert 2.5 <= bars.wide / bars.module <= 3 or bars.wide == bars.module


@given(st.floats(20, 100), st.sampled_from(list(DOT)))
def test_a_code_is_as_wide_as_its_box_allows_or_refused(width: float, dpi: int) -> None:
    found = laid(Code(0, 0, width, 20, "4901234567894", Symbology.EAN13, text_below=False), dpi=dpi)
    dots = round(width / DOT[dpi])
    if found.parts:
        (bars,) = found.parts
        assert isinstance(bars, BarRow)
        assert 113 * bars.module <= dots
        assert 113 * (bars.module + 1) > dots or (bars.module + 1) * DOT[dpi] > 0.66
    else:
        (fault,) = found.faults
        assert fault.key == "label.code_wide"
        narrowest = {203: 2, 300: 3, 600: 6}[dpi]
        assert 113 * narrowest > dots
        assert fault.args["over"] == pytest.approx((113 * narrowest - dots) * DOT[dpi], abs=0.11)


@pytest.mark.parametrize(
    ("symbology", "data", "key"),
    [
        (Symbology.CODE128, "検品", "label.bad_code128"),
        (Symbology.CODE128, "A\x00B", "label.bad_code128"),
        (Symbology.CODE128, "", "label.bad_code128"),
        (Symbology.CODE128, "A" * 81, "label.bad_code128"),
        (Symbology.GS1_128, "0104901234567890", "label.bad_gs1"),
        (Symbology.GS1_128, "no message", "label.bad_gs1"),
        (Symbology.GS1_128, "10" + "A" * 20 + "\x1d21" + "B" * 20 + "\x1d240" + "C" * 20, "label.long_gs1_128"),
        (Symbology.GS1_DATAMATRIX, "17991399", "label.bad_gs1"),
        (Symbology.EAN13, "4901234567890", "label.bad_ean13"),
        (Symbology.EAN13, "４９０１２３４５６７８９４", "label.bad_ean13"),
        (Symbology.EAN8, "4912345", ""),
        (Symbology.EAN8, "491234", "label.bad_ean8"),
        (Symbology.UPCA, "01234567890", ""),
        (Symbology.UPCA, "012345678900", "label.bad_upca"),
        (Symbology.ITF14, "1490123456789", ""),
        (Symbology.ITF14, "14901234567890", "label.bad_itf14"),
        (Symbology.CODE39, "abc", "label.bad_code39"),
        (Symbology.CODE39, "A*B", "label.bad_code39"),
        (Symbology.NW7, "12AB34", "label.bad_nw7"),
        (Symbology.NW7, "", "label.bad_nw7"),
        (Symbology.QR, "", "label.bad_matrix"),
        (Symbology.QR, "a\x00b", "label.bad_matrix"),
        (Symbology.DATAMATRIX, "x" * 51, "label.bad_matrix"),
    ],
)
def test_data_that_cannot_be_such_a_code_is_refused_by_name(symbology: Symbology, data: str, key: str) -> None:
    found = laid(Code(0, 0, 100, 50, data, symbology))
    assert keys(found) == ([key] if key else [])
    assert bool(found.parts) is not bool(key)


def test_the_check_digit_is_added_where_it_lacks() -> None:
    for symbology, data in LINEAR.items():
        if symbology in (Symbology.EAN13, Symbology.EAN8, Symbology.UPCA, Symbology.ITF14):
            whole, short = bars_of(symbology, data), bars_of(symbology, data[:-1])
            assert whole == short


def test_an_nw7_without_start_and_stop_gets_them() -> None:
    bare, whole = bars_of(Symbology.NW7, "123"), bars_of(Symbology.NW7, "A123A")
    assert bare == whole


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
def test_a_code128_says_its_text_with_as_few_characters_as_it_can(text: str) -> None:
    bars = bars_of(Symbology.CODE128, text)
    assert not isinstance(bars, str)
    in_c, said = bars.values[0] == 105, ""
    for value in bars.values[1:]:
        if value in (99, 100) and (value == 100 or not in_c):
            in_c = value == 99
        else:
            said += f"{value:02d}" if in_c else chr(value + 32)
    assert said == text
    assert len(bars.values) <= len(text) + 1
    if text.isdigit() and len(text) % 2 == 0:
        assert len(bars.values) == len(text) // 2 + 1


def test_cells_are_whole_dots_with_white_around() -> None:
    found = laid(Code(0, 0, 30, 30, "A", Symbology.QR))
    (grid,) = found.parts
    assert isinstance(grid, CellGrid)
    assert grid.cell == 240 // 28
    assert grid.x >= 4 * grid.cell
    assert keys(laid(Code(0, 0, 6, 6, "A", Symbology.QR))) == ["label.code_wide"]


def test_low_bars_are_said_and_lower_ones_refused() -> None:
    assert keys(laid(Code(0, 0, 100, 7, "A"))) == ["label.code_low"]
    assert keys(laid(Code(0, 0, 100, 5, "A"))) == ["label.code_lower"]
    assert stopping(laid(Code(0, 0, 100, 7, "A")).faults) is None


def test_an_itf14_has_bearer_bars_above_and_below() -> None:
    bars, above, below = laid(Code(0, 0, 100, 30, "14901234567891", Symbology.ITF14, text_below=False)).parts
    assert isinstance(bars, BarRow)
    assert isinstance(above, Filled)
    assert isinstance(below, Filled)
    assert (above.y, above.height) == (bars.y, 2 * bars.module)
    assert below.y + below.height == bars.y + bars.height
    assert above.width == sum(bars.widths) + 20 * bars.module


def test_words_that_are_to_stay_together_become_smaller_before_they_are_broken() -> None:
    broken = laid(Text(0, 0, 30, 20, "A-01-02-3", 8, lines=2))
    assert len([part for part in broken.parts if isinstance(part, TextLine)]) == 2
    (line,) = laid(Text(0, 0, 30, 20, "A-01-02-3", 8, lines=2, one_line_mm=3)).parts
    assert isinstance(line, TextLine)
    assert line.text == "A-01-02-3"
    too_small = laid(Text(0, 0, 30, 20, "A-01-02-3", 8, lines=2, one_line_mm=7.9))
    assert too_small.parts == broken.parts


def test_gs1_for_people() -> None:
    assert gs1_text("010490123456789410A1\x1d21B") == "(01)04901234567894(10)A1(21)B"
    assert gs1_text("\x1d0104901234567894") is None
