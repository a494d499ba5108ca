"""Labels of places: what a label printer burns is what scanners read, and what people read is large."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from app.documents import render
from app.documents.place_labels import bars_fit
from app.domain.barcode import read
from app.domain.label_forms import LabelForm
from app.domain.own_codes import ShelfCode
from app.domain.place_labels import LabelKind, PlaceLabel, PlaceLabels, Zone, ZoneSigns
from app.text import Texts
from tests.documents.makers import (
    EN,
    JA,
    LANGUAGES,
    PLACE_LABELS,
    page_texts,
    pictures,
    text_of,
    zbar_codes,
    zxing_codes,
)

SHELF = PlaceLabel(LabelKind.SHELF, "A-01-2", "1F", "A", "01", "2", "up")
LONG = PlaceLabel(LabelKind.SHELF, "ZONE-WEST-014-032-05", "West hall", "014", "032", "05", "up")
JAPANESE = PlaceLabel(LabelKind.SHELF, "冷蔵庫-あ-03", "冷蔵")
DPI = {LabelForm.A4_10: 203, LabelForm.A4_24: 203, LabelForm.SINGLE: 203, LabelForm.ROLL: 300}


def _grey(label: PlaceLabel, form: LabelForm) -> Image.Image:
    """The first page as the printer's dots see it, grey where an edge lies inside a dot."""
    pdf = render("place_labels", PlaceLabels((label,), form), JA).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=DPI[form] / 72, grayscale=True).to_pil().convert("L")


def _qr_codes(picture: Image.Image) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)}


def _bars(picture: Image.Image) -> tuple[list[int], int, int]:
    """Dots of one row through the bars, where the first bar begins and the last ends."""
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)
    at = found.position
    y = (at.top_left.y + at.bottom_left.y) // 2
    row = [picture.getpixel((x, y)) for x in range(picture.width)]
    return row, at.top_left.x, at.top_right.x


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
@pytest.mark.parametrize("form", LabelForm)
def test_every_code_is_read_back_on_every_form(form: LabelForm, words: Texts) -> None:
    labels = (*PLACE_LABELS.labels, LONG)
    done = render("place_labels", PlaceLabels(labels, form), words)
    assert done.missing == ()
    bars = {text for page in pictures(done.pdf, DPI[form]) for text in zxing_codes(page)}
    squares = {text for page in pictures(done.pdf, DPI[form]) for text in _qr_codes(page)}
    assert bars | squares == {label.text for label in labels}
    assert bars >= {label.text for label in PLACE_LABELS.labels}
    assert bars == {text for page in pictures(done.pdf, DPI[form]) for text in zbar_codes(page)}


@pytest.mark.parametrize("form", [LabelForm.SINGLE, LabelForm.ROLL])
@pytest.mark.parametrize("label", [SHELF, PlaceLabel(LabelKind.TOTE, "T-001"), PlaceLabel(LabelKind.SHELF, "B-112-14")])
def test_bars_stand_on_whole_dots_of_a_label_printer(label: PlaceLabel, form: LabelForm) -> None:
    row, begin, end = _bars(_grey(label, form))
    assert all(value <= 2 or value >= 253 for value in row[begin - 1 : end + 2])
    changes = [x for x in range(begin - 1, end + 2) if abs(row[x] - row[x - 1]) > 200]
    widths = [after - before for before, after in pairwise(changes)]
    assert all(width % min(widths) == 0 for width in widths)
    assert min(widths) >= 2


@pytest.mark.parametrize("form", LabelForm)
@pytest.mark.parametrize("label", [SHELF, LONG, PlaceLabel(LabelKind.TOTE, "1234567890123456")])
def test_no_code_eats_its_quiet_zone(label: PlaceLabel, form: LabelForm) -> None:
    if not bars_fit(label, form):
        assert label is LONG
        assert form in (LabelForm.ROLL, LabelForm.A4_24)
        return
    row, begin, end = _bars(_grey(label, form))
    module = next(dots for dots in range(1, 40) if row[begin + dots] > 127) / 2  # the first bar of a Code 128 has two
    quiet = round(10 * module) - 1
    assert min(row[begin - quiet : begin - 1] + row[end + 2 : end + quiet]) >= 253
    assert begin >= quiet


def test_a_japanese_code_is_a_qr_code_only_and_is_read_as_its_shelf() -> None:
    assert not bars_fit(JAPANESE, LabelForm.A4_10)
    picture = pictures(render("place_labels", PlaceLabels((JAPANESE,)), JA).pdf)[0]
    assert zxing_codes(picture) == {}
    (text,) = _qr_codes(picture)
    assert read(text).kind(ShelfCode) == ShelfCode("冷蔵庫-あ-03")


@pytest.mark.parametrize("form", LabelForm)
def test_a_qr_code_may_stand_beside_the_bars(form: LabelForm) -> None:
    picture = pictures(render("place_labels", PlaceLabels((SHELF,), form, qr=True), JA).pdf, DPI[form])[0]
    assert set(zxing_codes(picture)) == _qr_codes(picture) == {"KS-A-01-2"}


def test_where_both_do_not_fit_the_bars_stay() -> None:
    value = PlaceLabels((LONG,), LabelForm.A4_10, qr=True)
    picture = pictures(render("place_labels", value, JA).pdf)[0]
    assert (set(zxing_codes(picture)), _qr_codes(picture)) == ({LONG.text}, set())


@pytest.mark.parametrize("form", LabelForm)
def test_a_usual_code_is_readable_from_two_metres(form: LabelForm) -> None:
    """Letters of 1/400 of the distance, 5 mm, are read by people who see well enough to drive."""
    pdf = render("place_labels", PlaceLabels((PlaceLabel(LabelKind.SHELF, "A-012-03"),), form, qr=True), JA).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        found = document[0].get_textpage()
        at = found.get_text_range().index("A-012-03")
        heights = []
        for place in range(found.count_chars()):
            if found.get_text_range(place, 1) == "A":
                _, bottom, _, top = found.get_charbox(place)
                heights.append((top - bottom) / 72 * 25.4)
    assert at >= 0
    assert max(heights) >= 5


def test_a_label_says_where_it_hangs_in_the_readers_language() -> None:
    assert "ゾーン 1F" in text_of(render("place_labels", PlaceLabels((SHELF,)), JA).pdf)
    shown = text_of(render("place_labels", PlaceLabels((SHELF, *PLACE_LABELS.labels)), EN).pdf)
    for part in ("Zone 1F", "Aisle A", "Bay 01", "Level 2", "Tote", "Cart", "Sorting wall W1", "KW-W1-B5"):
        assert part in shown, part


def test_an_arrow_points_to_the_level() -> None:
    up, down, none = (
        _grey(PlaceLabel(LabelKind.SHELF, "A1", arrow=arrow), LabelForm.SINGLE) for arrow in ("up", "down", "")
    )
    widest = [_widest_row(page) for page in (up, down)]
    assert widest[0] < widest[1]  # the head of the arrow above, and below
    assert _dark(none) == []


def _dark(label: Image.Image) -> list[int]:
    """How much of each row of the arrow's corner is dark; rows that are white left out."""
    corner = label.crop((round(label.width * 0.84), round(label.height * 0.16), label.width, round(label.height * 0.6)))
    rows = [corner.crop((0, y, corner.width, y + 1)).histogram() for y in range(corner.height)]
    return [dark for row in rows if (dark := sum(row[:128]))]


def _widest_row(label: Image.Image) -> float:
    rows = _dark(label)
    return rows.index(max(rows)) / len(rows)


def test_sheets_hold_as_many_as_the_form_says() -> None:
    many = tuple(PlaceLabel(LabelKind.TOTE, f"T-{n:03d}") for n in range(1, 42))
    pages = {form: page_texts(render("place_labels", PlaceLabels(many, form), JA).pdf) for form in LabelForm}
    assert [len(pages[form]) for form in LabelForm] == [5, 2, 41, 41]
    for shown in pages.values():
        assert all(f"KT-T-{n:03d}" in "".join(shown) for n in range(1, 42))


def test_a_zone_has_a_page_with_its_aisles() -> None:
    zones = (Zone("冷蔵", ("A", "B"), 1200), Zone("Receiving overflow west", tuple(str(n) for n in range(60)), 3))
    shown = page_texts(render("zone_sign", ZoneSigns(zones), JA).pdf)
    assert len(shown) == 2
    assert "冷蔵" in shown[0]
    assert "A・B" in shown[0]
    assert "1,200" in shown[0]
    assert "overflow" in shown[1]
