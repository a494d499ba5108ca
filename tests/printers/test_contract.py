"""What every language of printers has and does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.label import DPIS, Box, Code, Label, PrintOptions, Symbology, Text
from app.errors import NotAllowed
from app.printers import escpos, sbpl, tspl, zpl
from app.services.label_printing import Language, language, languages
from tests.printers import machines
from tests.printers.making import HOSTILE

ALL = list(languages().values())
PLAIN = PrintOptions()


def words(text: str, **more: object) -> Label:
    """A label of 100 × 50 mm with one text in a frame that is high enough for it."""
    return Label(100, 50, (Box(1, 1, 98, 48), Text(3, 3, 94, 44, text, 3.0, lines=9, cut=True)))


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
    assert tongue.render(label, 203, 2, PLAIN) == tongue.render(label, 203, 2, PLAIN)


@pytest.mark.parametrize("tongue", ALL, ids=lambda each: each.ID)
def test_a_code_that_does_not_fit_is_refused_by_name(tongue: Language) -> None:
    label = Label(30, 20, (Code(0, 0, 30, 20, "a very long code of letters"),))
    with pytest.raises(NotAllowed, match=r"label\.code_wide") as caught:
        tongue.render(label, 203, 1, PLAIN)
    assert caught.value.args_["name"] == "a very long code of let…"


@pytest.mark.parametrize("text", HOSTILE)
def test_commands_in_words_stay_words(text: str) -> None:
    label = words(text)
    size = (799, 400)
    pictures = [
        machines.zpl(zpl.render(label, 203, 1, PLAIN), 203),
        machines.tspl(tspl.render(label, 203, 1, PLAIN), 203),
        machines.sbpl(sbpl.render(label, 203, 1, PLAIN), 203, size),
        machines.escpos(escpos.render(label, 203, 1, PLAIN))[0].crop((0, 0, *size)),
    ]
    assert len({picture.tobytes() for picture in pictures}) == 1


@given(st.text(max_size=60))
def test_any_text_comes_out_as_words_in_every_language(text: str) -> None:
    label = words(text)
    machines.zpl(zpl.render(label, 203, 1, PLAIN), 203)
    machines.tspl(tspl.render(label, 203, 1, PLAIN), 203)
    machines.sbpl(sbpl.render(label, 203, 1, PLAIN), 203, (799, 400))
    machines.escpos(escpos.render(label, 203, 1, PLAIN))


@given(st.text(max_size=40), st.sampled_from(list(Symbology)))
def test_any_data_is_a_code_or_is_refused_by_name(data: str, symbology: Symbology) -> None:
    label = Label(100, 50, (Code(1, 1, 98, 48, data, symbology),))
    try:
        written = zpl.render(label, 203, 1, PLAIN)
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
    assert zpl.render(label, 203, 7, PLAIN).endswith(b"^PQ7^XZ\n")
    assert tspl.render(label, 203, 7, PLAIN).endswith(b"\r\nPRINT 1,7\r\n")
    assert sbpl.render(label, 203, 7, PLAIN).endswith(b"\x1bQ7\x1bZ")
    assert len(machines.escpos(escpos.render(label, 203, 7, PLAIN))) == 7
    assert len(machines.pdf(language("pdf").render(label, 203, 7, PLAIN), 203)) == 7


def test_gap_and_cutter_are_told() -> None:
    label, options = words("A"), PrintOptions(gap_mm=0, cut=True)
    written = tspl.render(label, 203, 1, options)
    assert b"GAP 0 mm,0 mm\r\n" in written
    machines.tspl(written, 203)
    assert b"SET CUTTER BATCH" in written
    assert b"^MMC" in zpl.render(label, 203, 1, options)
    assert escpos.render(label, 203, 1, options).endswith(b"\x1dVB\x00")


@pytest.mark.parametrize("text", ["W", "WW", "WWW", "MI", "I"])
def test_texts_side_by_side_do_not_rub_each_other_out_in_tspl(text: str) -> None:
    # Bitmaps are whole bytes and overwrite what is there; the left one, which comes last, reaches into the right one.
    right = Text(20, 2, 20, 4, "MMM", 3.1)
    left = Text(2, 2, 18, 4, text, 3.1, align="right")
    label = Label(60, 20, (right, left))
    meant = machines.zpl(zpl.render(label, 203, 1, PLAIN), 203)
    assert machines.tspl(tspl.render(label, 203, 1, PLAIN), 203).tobytes() == meant.tobytes()


@pytest.mark.parametrize(("dpi", "command"), [(203, True), (600, False)])
def test_bars_wider_than_by_lets_them_be_come_as_dots(dpi: int, command: bool) -> None:
    label = Label(100, 50, (Code(0, 0, 100, 40, "1", text_below=False),))
    written = zpl.render(label, dpi, 1, PLAIN)
    assert (b"^BCN" in written) is command
    machines.zpl(written, dpi)
