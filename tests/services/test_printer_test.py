"""The test label or page of a printer."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from app.domain.label import PrintOptions
from app.domain.printer_test import TestWords, code_of, test_label
from app.domain.printing import Printer, Transport
from app.printers import png
from app.printers._layout import checked
from app.services import printer_test
from app.services.pages import pages
from app.text import texts

WORDS = TestWords("テスト印刷 " * 8, "ZPL 203 dpi", "目盛は mm")


def label_printer(media, dpi=203):
    return Printer(12, "出荷ラベル 1号機 " * 3, Transport.RAW, "h", "zpl", dpi, media)


@pytest.mark.parametrize("media", ["100x150", "4x6", "62", "60x40", "60x25"])
@pytest.mark.parametrize("dpi", [203, 300])
def test_its_codes_are_read_from_the_dots(media, dpi):
    printer = label_printer(media, dpi)
    picture = Image.open(io.BytesIO(png.render((checked(test_label(printer, WORDS), dpi),), 1, PrintOptions())))
    assert {each.text for each in zxingcpp.read_barcodes(picture)} == {code_of(printer)} == {"TEST-12"}


@pytest.mark.parametrize("media", ["10x10", "12x80", "25x15", "30x20", "40x30", "200x10", "450x450", "A6", "A4", ""])
def test_every_size_of_label_can_be_printed(media):
    checked(test_label(label_printer(media), WORDS), 203)  # raises where something stops it


def test_the_ruler_is_as_long_as_it_says():
    label = checked(test_label(label_printer("100x150"), WORDS), 203)
    ticks = sorted(part.x for part in label.parts if getattr(part, "width", 9) == 1 and getattr(part, "height", 0) > 9)
    ticks = [each for each in ticks if each]
    assert len(ticks) == 91
    assert abs((ticks[-1] - ticks[0]) / 203 * 25.4 - 90) < 0.3


@pytest.mark.parametrize("language", ["ja", "en", "ja_easy"])
def test_an_office_printer_gets_a_page_of_its_paper(language):
    printer = Printer(3, "事務所", Transport.IPP, "ipp://h", "pdf", 0, "A4")
    (page,) = pages(printer_test.page(printer, texts(language)), 200)
    assert (page.width, page.height) == (1654, 2339)
    picture = Image.frombytes("L", (page.width, page.height), page.grey)
    assert {(str(each.format), each.text) for each in zxingcpp.read_barcodes(picture)} == {
        ("Code 128", "TEST-3"),
        ("QR Code", "TEST-3"),
    }


@pytest.mark.parametrize("language", ["zpl", "tspl", "sbpl", "escpos"])
def test_a_label_printer_gets_it_in_its_language(language):
    printer = Printer(3, "L", Transport.RAW, "h", language, 203, "60x40")
    assert len(printer_test.page(printer, texts("ja"))) > 300
