"""What every language of printers has and does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.label import DPIS, Box, Code, Label, Over, PrintOptions, Symbology, Text
from app.errors import NotAllowed
from app.printers import escpos, sbpl, tspl, zpl
from app.printers._layout import checked
from app.services.label_printing import Language, language, languages
from tests.printers import machines
from tests.printers.making import HOSTILE, printed

ALL = list(languages().values())
PLAIN = PrintOptions()


def words(text: str, **more: object) -> Label:
    """A label of 100 × 50 mm with one text in a frame that is high enough for it."""
    return Label(100, 50, (Box(1, 1, 98, 48), Text(3, 3, 94, 44, text, 3.0, lines=9, over=Over.CUT)))


def test_the_six_languages_are_found() -> None:
    assert list(languages()) == ["escpos", "pdf", "png", "sbpl", "tspl", "zpl"]


@pytest.mark.parametrize("tongue", ALL, ids=lambda each: each.ID)
def test_a_language_has_its_parts(tongue: Language) -> None:
    assert set(tongue.TITLE) == {"ja", "en"}
    assert set(DPIS) <= set(tongue.DPIS)
    assert tongue.ENDING.isalnum()


@pytest.mark.parametrize("tongue", ALL, ids=lambda each: each.ID)
def test_the_same_label_gives_the_same_bytes(tongue: Language) -> None:
    label = Label(60, 40, (Text(2, 2, 50, 5, "有機ほうじ茶"), Code(2, 10, 56, 20, "KS-A-01")))
    assert printed(tongue, label, 203, 2, PLAIN) == printed(tongue, label, 203, 2, PLAIN)


@pytest.mark.parametrize("tongue", ALL, ids=lambda each: each.ID)
def test_a_code_that_does_not_fit_is_refused_by_name(tongue: Language) -> None:
    label = Label(30, 20, (Code(0, 0, 30, 20, "a very long code of letters"),))
    with pytest.raises(NotAllowed, match=r"label\.code_wide") as caught:
        printed(tongue, label, 203)
    assert caught.value.args_["name"] == "a very long code of let…"


@pytest.mark.parametrize("text", HOSTILE)
def test_commands_in_words_stay_words(text: str) -> None:
    label = words(text)
    size = (799, 400)
    pictures = [
        machines.zpl(printed(zpl, label, 203), 203),
        machines.tspl(printed(tspl, label, 203), 203),
        machines.sbpl(printed(sbpl, label, 203), 203, size),
        machines.escpos(printed(escpos, label, 203))[0].crop((0, 0, *size)),
    ]
    assert len({picture.tobytes() for picture in pictures}) == 1


@given(st.text(max_size=60))
def test_any_text_comes_out_as_words_in_every_language(text: str) -> None:
    label = words(text)
    machines.zpl(printed(zpl, label, 203), 203)
    machines.tspl(printed(tspl, label, 203), 203)
    machines.sbpl(printed(sbpl, label, 203), 203, (799, 400))
    machines.escpos(printed(escpos, label, 203))


@given(st.text(max_size=40), st.sampled_from(list(Symbology)))
def test_any_data_is_a_code_or_is_refused_by_name(data: str, symbology: Symbology) -> None:
    label = Label(100, 50, (Code(1, 1, 98, 48, data, symbology),))
    try:
        written = printed(zpl, label, 203)
    except NotAllowed as refusal:
        written = b""
        said = refusal.key
    else:
        said = ""
    if not written:
        assert said.startswith("label.")
        return
    machines.zpl(written, 203)


def test_copies_are_said_to_printers_and_repeated_where_they_cannot_count() -> None:
    label = words("A")
    assert printed(zpl, label, 203, 7, PLAIN).endswith(b"^PQ7^XZ\n")
    assert printed(tspl, label, 203, 7, PLAIN).endswith(b"\r\nPRINT 1,7\r\n")
    assert printed(sbpl, label, 203, 7, PLAIN).endswith(b"\x1bQ7\x1bZ")
    assert len(machines.escpos(printed(escpos, label, 203, 7, PLAIN))) == 7
    assert len(machines.pdf(printed(language("pdf"), label, 203, 7, PLAIN), 203)) == 7


def test_gap_and_cutter_are_told() -> None:
    label, options = words("A"), PrintOptions(gap_mm=0, cut=True)
    written = printed(tspl, label, 203, 1, options)
    assert b"GAP 0 mm,0 mm\r\n" in written
    machines.tspl(written, 203)
    assert b"SET CUTTER BATCH" in written
    assert b"^MMC^MNN" in printed(zpl, label, 203, 3, options)
    assert printed(zpl, label, 203, 3, options).endswith(b"^PQ3,3,0,Y^XZ\n")
    assert printed(sbpl, label, 203, 3, options).endswith(b"\x1b~A0003\x1bQ3\x1bZ")
    machines.zpl(printed(zpl, label, 203, 3, options), 203)
    assert printed(escpos, label, 203, 1, options).endswith(b"\x1dVB\x00")


def test_a_printer_that_once_cut_is_told_not_to_where_the_house_says_so() -> None:
    # ^MM, SET CUTTER and ~A stay in force until something else is said.
    label, options = words("A"), PrintOptions(gap_mm=2, cut=False)
    assert b"^MMT^MNY" in printed(zpl, label, 203, 2, options)
    assert printed(zpl, label, 203, 2, options).endswith(b"^PQ2^XZ\n")
    assert b"\r\nSET CUTTER OFF\r\n" in printed(tspl, label, 203, 2, options)
    assert printed(sbpl, label, 203, 2, options).endswith(b"\x1b~A0000\x1bQ2\x1bZ")
    assert printed(escpos, label, 203, 1, options) == printed(escpos, label, 203, 1, PLAIN)


def test_a_printer_of_which_the_house_decided_nothing_stays_as_it_is_set() -> None:
    label = words("A")
    assert not re.search(rb"\^M[MN]", printed(zpl, label, 203))
    assert not re.search(rb"GAP|CUTTER", printed(tspl, label, 203))
    assert b"\x1b~" not in printed(sbpl, label, 203)


def test_options_of_a_printer_are_read_and_what_says_nothing_is_not_told() -> None:
    assert PrintOptions.of({"gap_mm": "2.5", "cut": "on"}) == PrintOptions(2.5, True)
    assert PrintOptions.of({"gap_mm": "0", "cut": "off"}) == PrintOptions(0, False)
    assert PrintOptions.of({"gap_mm": "wide", "cut": "perhaps", "tray": "2"}) == PrintOptions()
    assert PrintOptions.of({"gap_mm": "nan"}) == PrintOptions.of({"gap_mm": "-1"}) == PrintOptions()


def test_several_labels_are_one_job() -> None:
    both = [checked(words("A"), 203), checked(words("B"), 203)]
    for name, tongue in (("zpl", zpl), ("tspl", tspl), ("sbpl", sbpl)):
        once = machines.split(name, tongue.render(both, 1, PLAIN))
        assert len(once) == 2
        assert machines.split(name, tongue.render(both, 3, PLAIN)) == once * 3
    assert len(machines.escpos(escpos.render(both, 2, PLAIN))) == 4
    assert len(machines.pdf(language("pdf").render(both, 2, PLAIN), 203)) == 4


@pytest.mark.parametrize("text", ["W", "WW", "WWW", "MI", "I"])
def test_texts_side_by_side_do_not_rub_each_other_out_in_tspl(text: str) -> None:
    # Bitmaps are whole bytes and overwrite what is there; the left one, which comes last, reaches into the right one.
    right = Text(20, 2, 20, 4, "MMM", 3.1)
    left = Text(2, 2, 18, 4, text, 3.1, align="right")
    label = Label(60, 20, (right, left))
    meant = machines.zpl(printed(zpl, label, 203), 203)
    assert machines.tspl(printed(tspl, label, 203), 203).tobytes() == meant.tobytes()


@pytest.mark.parametrize(("dpi", "command"), [(203, True), (600, False)])
def test_bars_wider_than_by_lets_them_be_come_as_dots(dpi: int, command: bool) -> None:
    label = Label(100, 50, (Code(0, 0, 100, 40, "1", text_below=False),))
    written = printed(zpl, label, dpi)
    assert (b"^BCN" in written) is command
    machines.zpl(written, dpi)
