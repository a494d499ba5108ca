"""Copies of a paper: all come out, and every one beyond the first says that it is a file copy."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from app.domain.papers import Rendered
from app.domain.printing import Printer, Transport
from app.errors import FileUnusable
from app.services.drawing import Drawer, Paper
from app.services.file_copies import with_copies
from app.services.pages import pages
from app.services.printing_data import Work
from tests.documents.makers import EN, JA, SLIP
from tests.documents.makers import slip as many_lines

MARK = {"ja": "控え", "en": "FILE COPY"}


def texts_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def drawn(copies, value=SLIP, language="ja", printer=None):
    drawer = Drawer()
    try:
        return Work(Paper("packing_slip", value, language), printer, copies).draw(drawer)
    finally:
        drawer.close()


@pytest.mark.parametrize("words", [JA, EN], ids=["ja", "en"])
def test_each_copy_beyond_the_first_is_marked_and_is_the_same_otherwise(words):
    one, three = drawn(1, language=words.language), drawn(3, language=words.language)
    assert three.pages == one.pages == 1
    said = texts_of(three.data)
    assert [MARK[words.language] in text for text in said] == [False, True, True]
    assert said[0] == texts_of(one.data)[0]
    assert said[1].replace(MARK[words.language], "").split() == said[0].split()
    assert drawn(3, language=words.language).data == three.data, "the same paper gives the same bytes"


def test_the_code_of_a_copy_is_read_and_the_mark_covers_nothing():
    first, second = pages(drawn(2).data, 200)
    image = Image.frombytes("L", (second.width, second.height), second.grey)
    assert "KO-12-034-1" in {code.text for code in zxingcpp.read_barcodes(image)}
    # Whatever stood on the first page still stands there: the mark only adds ink where there was none.
    wiped = sum(1 for a, b in zip(first.grey, second.grey, strict=True) if a < 128 <= b)
    covered = sum(1 for a, b in zip(first.grey, second.grey, strict=True) if b < 128 and a < 250 and a >= 128)
    assert wiped == 0
    assert covered == 0


def test_a_paper_of_several_pages_comes_out_whole_again_and_again():
    long = replace(many_lines(), lines=tuple(SLIP.lines) * 40)
    one, two = drawn(1, long), drawn(2, long)
    said = texts_of(two.data)
    assert len(said) == 2 * one.pages > 2
    assert [MARK["ja"] in text for text in said] == [False] * one.pages + [True] * one.pages


def test_a_label_printer_gets_every_copy_in_its_dots():
    printer = Printer(1, "A", Transport.RAW, "a", "zpl", dpi=203)
    one, two = (drawn(copies, printer=printer) for copies in (1, 2))
    assert two.data.count(b"^XZ") == 2 * one.data.count(b"^XZ") > 0


def test_what_is_no_pdf_is_said():
    with pytest.raises(FileUnusable):
        with_copies(Rendered(b"no", 1), 2, "ja")
