"""Templates of labels: read strictly, filled, and stretched to other sizes."""

from __future__ import annotations

import pytest

from app.domain.label import Box, Code, Line, Over, Picture, Symbology, Text
from app.domain.label_media import media_mm
from app.domain.label_sets import codes_of
from app.domain.label_template_reader import read_label_template
from app.domain.label_templates import ADDRESS, PLACE, PRODUCT, composed, filled, symbology_of
from app.errors import NotAllowed

BODY = """
title = { ja = "商品", en = "Product" }

[[size.60x40.items]]
text = { ja = "品名 {name}", en = "{name}" }
box = [2, 2, 56, 9]
letters = 3.6
least = 2.4
lines = 2
over = "cut"
bold = true

[[size.60x40.items]]
text = "{lot}"
box = [2, 12, 40, 5]
if = "lot and not copy"

[[size.60x40.items]]
code = "{gtin}"
symbology = "gtin"
box = [1, 18, 58, 16]
below = false

[[size.60x40.items]]
line = [2, 35, 56]

[[size.60x40.items]]
line = [58, 2, 10]
upright = true

[[size.60x40.items]]
frame = [1, 1, 58, 38]
thick = 0.5

[[size.4x6.items]]
text = "{name}"
box = [2, 2, 30, 9]
"""


def product(body: str = BODY):
    read = read_label_template(PRODUCT, body)
    assert read.faults == ()
    return read.template


def items(values, body: str = BODY, size=None, language="ja"):
    template = product(body)
    form, width, height = template.form_for(size)
    return composed(template, form.items, form, (width, height), values, language)[0]


def test_a_template_becomes_the_items_that_it_says() -> None:
    label = items({"name": "茶", "gtin": "4901234567894"})
    assert (label.width_mm, label.height_mm) == (60, 40)
    text, code, level, upright, frame = label.items
    assert text == Text(2, 2, 56, 9, "品名 茶", 3.6, True, "left", 2, 2.4, Over.CUT)
    assert code == Code(1, 18, 58, 16, "4901234567894", Symbology.EAN13, False)
    assert level == Line(2, 35, 56)
    assert upright == Line(58, 2, 10, upright=True)
    assert frame == Box(1, 1, 58, 38, 0.5)


def test_words_are_in_the_language_of_the_label_and_in_another_where_there_are_none() -> None:
    assert items({"name": "Tea"}, language="en").items[0].text == "Tea"
    assert items({"name": "Tea"}, language="fr").items[0].text == "品名 Tea"


def test_a_text_whose_fields_are_empty_does_not_stand_on_the_label() -> None:
    assert not any(isinstance(each, Text | Code) for each in items({}).items)


@pytest.mark.parametrize(
    ("values", "shown"), [({"lot": "L7"}, True), ({"lot": "L7", "copy": "再発行"}, False), ({}, False)]
)
def test_conditions_ask_for_fields_that_are_filled_or_not(values: dict[str, str], shown: bool) -> None:
    assert any(getattr(each, "text", "") == "L7" for each in items(values).items) is shown


def test_lines_of_empty_fields_are_left_out_and_braces_in_values_stay() -> None:
    words = "ロット {lot}\n期限 {expiry}"
    assert filled(words, {"expiry": "2027"}) == "期限 2027"
    assert filled(words, {"lot": "{expiry}", "expiry": "2027"}) == "ロット {expiry}\n期限 2027"
    assert filled("割れもの", {}) == "割れもの"


def test_a_picture_comes_with_the_values_and_none_is_no_hole() -> None:
    body = 'title = "x"\n[[size.60x40.items]]\npicture = "logo"\nbox = [1, 1, 20, 10]\n'
    read = read_label_template(ADDRESS, body)
    assert read.faults == ()
    form = read.template.forms["60x40"]
    logo = Picture(0, 0, 0, 0, 2, 2, b"\0\0\0\0")
    label, _ = composed(read.template, form.items, form, (60, 40), {}, "ja", {"logo": logo})
    assert label.items == (Picture(1, 1, 20, 10, 2, 2, b"\0\0\0\0"),)
    assert composed(read.template, form.items, form, (60, 40), {}, "ja")[0].items == ()


@pytest.mark.parametrize(
    ("size", "found"),
    [
        (None, (60, 40)),
        ((60.0, 40.0), (60, 40)),
        ((60.4, 39.7), (60, 40)),
        ((60.0, 0.0), (60, 40)),
        ((80.0, 50.0), (80, 50)),
        ((100.0, 150.0), (100, 150)),
        ((50.0, 0.0), (50, pytest.approx(33.3, abs=0.1))),
    ],
)
def test_a_label_of_another_size_is_the_one_most_like_it(size, found) -> None:
    _, width, height = product().form_for(size)
    assert (width, height) == found


def test_the_form_most_like_the_label_is_taken() -> None:
    template = product()
    assert template.form_for((100.0, 150.0))[0] == template.forms["4x6"]
    assert template.form_for((80.0, 50.0))[0] == template.forms["60x40"]


def test_boxes_are_stretched_and_letters_grow_as_far_as_both_sides_let_them() -> None:
    text = items({"name": "茶"}, size=(120.0, 60.0)).items[0]
    assert (text.x, text.y, text.width, text.height) == (4, 3, 112, 13.5)
    assert text.size_mm == pytest.approx(3.6 * 1.5)
    small = items({"name": "茶"}, size=(30.0, 20.0)).items[0]
    assert items({}, size=(30.0, 20.0)).items[-1].thickness == pytest.approx(0.25)
    assert (small.size_mm, small.least_mm) == (pytest.approx(1.8), pytest.approx(1.8))


def test_a_label_of_quite_another_shape_stays_white_at_its_end() -> None:
    text = items({"name": "茶"}, BODY.replace("4x6", "40x30"), size=(60.0, 150.0)).items[0]
    assert (text.width, text.height) == (56, pytest.approx(9 * 1.4))


@pytest.mark.parametrize(
    ("digits", "symbology"),
    [(8, Symbology.EAN8), (12, Symbology.UPCA), (13, Symbology.EAN13), (14, Symbology.ITF14)],
)
def test_a_trade_item_number_has_the_code_of_its_length(digits: int, symbology: Symbology) -> None:
    assert symbology_of("gtin", "4" * digits) is symbology


@pytest.mark.parametrize(
    ("media", "size"),
    [("4x6", (101.6, 152.4)), ("100x150", (100, 150)), ("62", (62, 0)), ("57.5x32", (57.5, 32)), ("A5", (148, 210)),
     ("", None), ("wide", None), ("x40", None), ("1000x20", None)],
)  # fmt: skip
def test_what_is_in_a_printer_says_how_large_labels_are(media: str, size) -> None:
    assert media_mm(media) == size


# --- what is wrong ------------------------------------------------------------------------------------------------

ITEM = '[[size.60x40.items]]\ntext = "{name}"\nbox = [2, 2, 20, 5]\n'


def changed(old: str, new: str) -> str:
    assert old in ITEM
    return ITEM.replace(old, new)


@pytest.mark.parametrize(
    ("body", "place", "key"),
    [
        ("size = ", "", "templates.fault.toml"),
        ("", "size", "label_template.fault.no_size"),
        (ITEM + "\n[colour]\n", "colour", "templates.fault.unknown"),
        ("titel = 'x'\n" + ITEM, "titel", "templates.fault.unknown_close"),
        ("title = { ja = 'x' }\n" + ITEM, "title", "label_template.fault.languages"),
        ("title = 3\n" + ITEM, "title", "templates.fault.text"),
        (changed("60x40", "A9"), "size.A9", "label_template.fault.size"),
        (changed("60x40", "62"), "size.62", "label_template.fault.size"),
        ("[size.60x40]\nitems = []\n", "size.60x40.items", "label_template.fault.items"),
        (changed('text = "{name}"\n', ""), "size.60x40.items[1]", "label_template.fault.item"),
        (ITEM + 'code = "{gtin}"\n', "size.60x40.items[1]", "label_template.fault.item"),
        (ITEM + "leters = 3\n", "size.60x40.items[1].leters", "templates.fault.unknown_close"),
        (ITEM + "letters = 200\n", "size.60x40.items[1].letters", "templates.fault.number"),
        (ITEM + "letters = nan\n", "size.60x40.items[1].letters", "templates.fault.number"),
        (ITEM + "least = 9\n", "size.60x40.items[1].least", "templates.fault.number"),
        (ITEM + 'bold = "yes"\n', "size.60x40.items[1].bold", "templates.fault.switch"),
        (ITEM + 'align = "middle"\n', "size.60x40.items[1].align", "templates.fault.choice"),
        (ITEM + 'over = "shrink"\n', "size.60x40.items[1].over", "templates.fault.choice"),
        (changed("[2, 2, 20, 5]", "[2, 2, 20]"), "size.60x40.items[1].box", "label_template.fault.box"),
        (changed("[2, 2, 20, 5]", "[2, 2, 0, 5]"), "size.60x40.items[1].box", "label_template.fault.box"),
        (changed("[2, 2, 20, 5]", "[2, 2, true, 5]"), "size.60x40.items[1].box", "label_template.fault.box"),
        (changed("[2, 2, 20, 5]", "[50, 2, 20, 5]"), "size.60x40.items[1].box", "label_template.fault.outside"),
        (changed("{name}", "{nmae}"), "size.60x40.items[1].text", "label_template.fault.field"),
        (changed("{name}", "{name"), "size.60x40.items[1].text", "label_template.fault.brace"),
        (changed("{name}", ""), "size.60x40.items[1].text", "templates.fault.text"),
        (ITEM + 'if = "lot or copy"\n', "size.60x40.items[1].if", "label_template.fault.condition"),
        (ITEM + 'if = "cod"\n', "size.60x40.items[1].if", "label_template.fault.field"),
        (ITEM + 'if = 3\n', "size.60x40.items[1].if", "label_template.fault.condition"),
        (ITEM + 'over = "next"\nlines = 1\ncalled = "x"\n', "size.60x40.items[1].lines",
         "label_template.fault.next_lines"),
        (ITEM + 'over = "next"\nlines = 2\n', "size.60x40.items[1].called", "label_template.fault.lacks"),
        ('[[size.60x40.items]]\nline = [1, 1]\n', "size.60x40.items[1].line", "label_template.fault.line"),
        ('[[size.60x40.items]]\npicture = "logo"\nbox = [1, 1, 5, 5]\n', "size.60x40.items[1].picture",
         "templates.fault.choice"),
        ('[[size.60x40.items]]\ncode = "{gtin}"\nsymbology = "pdf417"\nbox = [1, 1, 50, 9]\n',
         "size.60x40.items[1].symbology", "templates.fault.choice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(body: str, place: str, key: str) -> None:
    faults = read_label_template(PRODUCT, body).faults
    assert (faults[0].place, faults[0].key) == (place, key)


def test_every_fault_is_named_not_only_the_first() -> None:
    body = ITEM + "leters = 3\n" + changed("{name}", "{nmae}") + "align = 'x'\n"
    assert len(read_label_template(PLACE, body).faults) == 3


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ()),
        ("T-1", ("T-1",)),
        (" T-1, T-2、C-3\tT-1 ", ("T-1", "T-2", "C-3")),
        ("T-08..T-11", ("T-08", "T-09", "T-10", "T-11")),
        ("T-8…10 A", ("T-8", "T-9", "T-10", "A")),
        ("A-01-1..A-01-3", ("A-01-1", "A-01-2", "A-01-3")),
    ],
)
def test_codes_are_typed_one_by_one_or_as_a_row(text: str, codes: tuple[str, ...]) -> None:
    assert codes_of(text) == codes


@pytest.mark.parametrize("text", ["T-9..T-1", "T-1..C-9", "T-1..T-99999"])
def test_a_row_of_codes_has_a_beginning_an_end_and_a_bound(text: str) -> None:
    with pytest.raises(NotAllowed, match=r"labels\.bad_codes"):
        codes_of(text)
