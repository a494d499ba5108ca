"""What holds for every paper."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from babel.messages.pofile import read_po

from app.documents import papers, render
from app.domain.order_papers import SlipBatch
from app.domain.papers import Rendered
from app.plugins import resource_root
from app.text import Texts
from tests.documents.makers import (
    BADGE_SHEET,
    BREAK_SHEET,
    COMMAND_SHEET,
    GIFT_CARDS,
    HANDOVER_LIST,
    INVOICE,
    JA,
    JOB_LIST,
    LANGUAGES,
    NOSHI_PAPERS,
    PICK_LIST,
    PLACE_LABELS,
    PLACE_SHEET,
    RETURN_SLIP,
    SCANNER_SHEET,
    SLIP,
    ZONE_SIGNS,
    pictures,
    slip,
    zbar_codes,
    zxing_codes,
)
from tests.documents.test_import_report import REPORT
from tests.documents.test_proof_sheet import sheet_of

VALUES = {
    "packing_slip": SLIP,
    "slips": SlipBatch((SLIP, slip(gift=True)), 12, ((0, BREAK_SHEET),)),
    "break_sheet": BREAK_SHEET,
    "pick_list": PICK_LIST,
    "command_sheet": COMMAND_SHEET,
    "badge_sheet": BADGE_SHEET,
    "handover_list": HANDOVER_LIST,
    "scanner_sheet": SCANNER_SHEET,
    "place_labels": PLACE_LABELS,
    "job_list": JOB_LIST,
    "place_sheet": PLACE_SHEET,
    "zone_sign": ZONE_SIGNS,
    "proof_sheet": sheet_of(),
    "noshi": NOSHI_PAPERS,
    "gift_card": GIFT_CARDS,
    "invoice": INVOICE,
    "return_slip": RETURN_SLIP,
    "import_report": REPORT,
}
CODES = {
    "packing_slip": {"KO-12-034-1"},
    "slips": {"KO-12-034-1"},
    "break_sheet": set(),
    "pick_list": {"KL-12"},
    "command_sheet": {card.code for card in COMMAND_SHEET.cards},
    "badge_sheet": {"KU-0007", "KU-A1B2C3D4E5", "KU-9"},
    "handover_list": set(),
    "place_labels": {"KS-A-01-2", "KT-T-001", "KC-C-02", "KW-W1-B5"},
    "zone_sign": set(),
    "job_list": {"KL-12-3", "4901234567894", "LIN-KC", "CUP-9"},
    "place_sheet": {"KL-12-3"},
    "proof_sheet": set(),
    "noshi": {"KN-57", "KN-1234567"},
    "gift_card": {"KN-58"},
    "invoice": {"KO-12-034-1"},
    "return_slip": set(),
    "import_report": set(),
}
"""Code 128s of each paper; the scanner sheet has others besides and a test of its own."""
ROOT = Path(__file__).resolve().parents[2]


def test_the_folder_holds_exactly_the_papers_tested_here() -> None:
    assert set(papers()) == set(VALUES)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
@pytest.mark.parametrize("paper", VALUES)
def test_the_same_value_gives_the_same_bytes(paper: str, words: Texts) -> None:
    assert render(paper, VALUES[paper], words) == render(paper, VALUES[paper], words)


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from app.documents import render; from tests.documents.makers import JA, SLIP;"
        "print(hashlib.sha256(render('packing_slip', SLIP, JA).pdf).hexdigest())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout


def test_a_label_as_pdf_before_it_changes_no_paper() -> None:
    """Both use the shipped font files, and of one file ReportLab keeps the font that was registered first."""
    program = (
        "import sys; from app.printers import pdf, zpl; from app.printers._layout import lay_out;"
        "from app.domain.label import Label, PrintOptions, Text; from app.documents import render;"
        "from tests.documents.makers import JA; from tests.documents.test_every_paper import VALUES;"
        "label = lay_out(Label(60, 40, (Text(2, 2, 50, 8, '見本', bold=True),)), 203);"
        "assert pdf.render([label], 1, PrintOptions());"
        "print(all(render(name, VALUES[name], JA).pages for name in VALUES))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stdout == "True\n", run.stderr


def test_papers_may_be_drawn_by_several_threads_at_once() -> None:
    alone = render("packing_slip", SLIP, JA)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: render("packing_slip", SLIP, JA), range(24)))
    assert together == [alone] * 24


@pytest.mark.parametrize("paper", VALUES)
def test_every_font_is_embedded_and_ours(paper: str) -> None:
    pdf = render(paper, VALUES[paper], JA).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        fonts = {
            (_base_name(item), pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item)))
            for page in document
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
        }
    assert fonts
    assert all("BIZUDPGothic" in name and embedded == 1 for name, embedded in fonts)
    assert b"Helvetica" not in pdf


def _base_name(item: object) -> str:
    import ctypes

    buffer = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(item), buffer, 200)
    return buffer.value.decode()


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("paper", CODES)
def test_both_readers_read_every_code_of_a_coarse_print(paper: str, dpi: int) -> None:
    pages = pictures(render(paper, VALUES[paper], JA).pdf, dpi)
    by_zxing = {text for page in pages for text in zxing_codes(page)}
    by_zbar = {text for page in pages for text in zbar_codes(page)}
    assert by_zxing == CODES[paper]
    assert by_zbar == CODES[paper]


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
@pytest.mark.parametrize("paper", VALUES)
def test_nothing_is_missing_from_an_ordinary_paper(paper: str, words: Texts) -> None:
    done = render(paper, VALUES[paper], words)
    assert isinstance(done, Rendered)
    assert (done.missing, done.unusable) == ((), ())


@pytest.mark.parametrize("paper", VALUES)
def test_nothing_is_drawn_outside_the_page(paper: str) -> None:
    with pypdfium2.PdfDocument(render(paper, VALUES[paper], JA).pdf) as document:
        for page in document:
            width, height = page.get_size()
            for item in page.get_objects():
                left, bottom, right, top = item.get_bounds()
                assert left >= 8
                assert bottom >= 8
                assert right <= width - 8
                assert top <= height - 8


def test_the_texts_of_both_languages_have_the_same_keys_and_placeholders() -> None:
    ja, en = (_catalogue(language) for language in ("ja", "en"))
    assert ja.keys() == en.keys()
    for key in ja:
        assert ja[key].strip()
        assert en[key].strip()
        assert sorted(re.findall(r"{(\w+)}", ja[key])) == sorted(re.findall(r"{(\w+)}", en[key])), key


def test_every_text_is_used_and_every_used_text_exists() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "app/documents").glob("*.py"))
    assert set(re.findall(r'"(paper\.[a-z_.]+)"', code)) == set(_catalogue("ja"))


def _catalogue(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for area in ("papers", "pick_papers", "invoice", "carton_list", "outbox"):
        with (resource_root() / "texts" / language / f"{area}.po").open("rb") as file:
            found |= {item.id: item.string for item in read_po(file) if item.id and item.id.startswith("paper.")}
    return found
