"""The scanner sheet: what is printed is what the check expects, read back by both readers."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
import zxingcpp
from pyzbar import pyzbar

from app.documents import render
from app.domain.papers import CommandCard, ScannerCard, ScannerSheet
from app.domain.scanner_check import SHEET
from app.errors import StationError
from app.services import papers
from app.text import Texts
from tests.documents.makers import EN, JA, LANGUAGES, pictures, text_of

DPI = 203


def _read(words: Texts) -> list[zxingcpp.Barcode]:
    drawn = papers.scanner_sheet(words)
    assert drawn.pages == 1
    return list(zxingcpp.read_barcodes(pictures(drawn.pdf, DPI)[0]))


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
def test_a_printer_of_203_dpi_prints_what_the_check_expects(words: Texts) -> None:
    # Of a GS1 message the reader's text has brackets; its bytes are what a scanner sends.
    found = {
        code.bytes.decode() if code.symbology_identifier == "]C1" else code.text: code.symbology_identifier
        for code in _read(words)
    }
    assert found.pop("KP-DONE") == "]C0"
    assert set(found) == {code.text for code in SHEET}
    assert all(found[code.text] in code.identifiers for code in SHEET)


def test_the_other_reader_reads_the_bars_the_same() -> None:
    picture = pictures(papers.scanner_sheet(JA).pdf, DPI)[0]
    kinds = [pyzbar.ZBarSymbol.EAN13, pyzbar.ZBarSymbol.CODE128]
    found = {code.data.decode() for code in pyzbar.decode(picture, symbols=kinds)}
    assert found == {code.text for code in SHEET if code.id != "qr"} | {"KP-DONE"}


def test_a_beam_meets_one_code() -> None:
    centres = []
    for code in _read(JA):
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
        centres.append([sum(getattr(corner, axis) for corner in corners) / 4 / DPI * 25.4 for axis in "xy"])
    assert len(centres) == len(SHEET) + 1
    assert min(dist(one, other) for one, other in combinations(centres, 2)) >= 60


def test_the_sheet_says_what_each_code_is_and_what_to_do() -> None:
    for words in (JA, EN):
        shown = text_of(papers.scanner_sheet(words).pdf).replace("\n", "")
        assert "(01)04599999900102(10)L-7b(21)5c" in shown
        for code in SHEET:
            assert words.say(f"reader.code.{code.id}").replace(" ", "") in shown.replace(" ", "")


@pytest.mark.parametrize(("kind", "text"), [("ean13", "12a"), ("code128", "あ"), ("gs1_128", "10")])
def test_a_text_that_its_kind_cannot_hold_is_refused_by_name(kind: str, text: str) -> None:
    sheet = ScannerSheet((ScannerCard(kind, text, "x"),), CommandCard("KP-DONE", "y"))
    with pytest.raises(StationError) as refused:
        render("scanner_sheet", sheet, JA)
    assert refused.value.key == "paper.code_unusable"
