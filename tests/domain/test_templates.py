"""Templates of papers are read strictly; what is left out stays as shipped."""

from __future__ import annotations

import pytest

from app.domain.paper_sizes import PaperSize
from app.domain.templates import Code, Form, Template, TemplateRead, read_template

BASE = Template(
    "packing_slip",
    fields=("order_number", "payment"),
    columns=("row", "name", "quantity"),
    line=("sku",),
    forms={size: Form(5, stacked=size.measures[0] < 110) for size in PaperSize},
)
INVOICE = Template(
    "invoice",
    fields=("payment", "dealt_on"),
    columns=("name", "amount"),
    forms={size: Form(5, stacked=size.measures[0] < 110) for size in PaperSize},
)


def read(body: str, paper: str = "packing_slip") -> TemplateRead:
    return read_template(paper, body, INVOICE if paper == "invoice" else BASE, "mine")


def faults(body: str, paper: str = "packing_slip") -> list[tuple[str, str]]:
    return [(fault.place, fault.key.removeprefix("templates.fault.")) for fault in read(body, paper).faults]


def test_an_empty_template_is_the_shipped_one_under_its_own_name() -> None:
    found = read("")
    assert found.faults == ()
    assert found.template == Template(
        "packing_slip", "mine", fields=BASE.fields, columns=BASE.columns, line=BASE.line, forms=BASE.forms
    )


def test_a_text_is_for_every_language_or_for_each() -> None:
    assert read('title = "明細"').template.title == {"ja": "明細", "en": "明細"}
    assert read('title = { ja = "明細" }').template.title == {"ja": "明細"}
    assert read('title = " "').template.title == {}
    assert faults('title = { fr = "Bon" }') == [("title.fr", "unknown")]
    assert faults("title = 3") == [("title", "text")]
    assert faults(f'title = "{"長" * 31}"') == [("title", "text")]


def test_a_measure_at_the_top_is_for_every_size_and_one_under_a_size_for_that_alone() -> None:
    forms = read("body_pt = 7\n[size.A5]\nbody_pt = 9\nlines = 4").template.forms
    assert {size: form.body for size, form in forms.items()} == {size: 9 if size == "A5" else 7 for size in PaperSize}
    assert [size for size, form in forms.items() if form.lines] == [PaperSize.A5]


def test_a_width_of_one_column_leaves_the_others_as_they_were() -> None:
    found = read("[widths]\nrow = 5\n[size.A4.widths]\nquantity = 33").template.forms
    assert found[PaperSize.A4].columns == {"row": 5, "quantity": 33}
    assert found[PaperSize.A5].columns == {"row": 5}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("titel = 'x'", ("titel", "unknown_close")),
        ("zzz = 1", ("zzz", "unknown")),
        ('qr = "yes"', ("qr", "choice")),
        ("logo = true", ("logo", "choice")),
        ("totals = 'no'", ("totals", "switch")),
        ("stacked = 1", ("stacked", "switch")),
        ("fields = 'payment'", ("fields", "names")),
        ("fields = [1]", ("fields", "names")),
        ("fields = ['payment', 'price']", ("fields[2]", "unknown")),
        ("fields = ['payment', 'payment']", ("fields[2]", "twice")),
        ("columns = ['quantity']", ("columns", "no_name")),
        ("columns = []", ("columns", "no_name")),
        ("colours = 'red'", ("colours", "table")),
        ("[colours]\nink = 'black'", ("colours.ink", "colour")),
        ("[colours]\nink = '#EEEEEE'", ("colours.ink", "pale")),
        ("[colours]\ninks = '#000000'", ("colours.inks", "unknown_close")),
        ("size = 'A4'", ("size", "table")),
        ("[size.A3]\nbody_pt = 8", ("size.A3", "unknown")),
        ("[size.A4]\nbody = 8", ("size.A4.body", "unknown_close")),
        ("[size.A4]\nbody_pt = '8'", ("size.A4.body_pt", "number")),
        ("body_pt = true", ("body_pt", "number")),
        ("body_pt = nan", ("body_pt", "number")),
        ("body_pt = inf", ("body_pt", "number")),
        ("lines = 2.5", ("lines", "number")),
        ("lines = -1", ("lines", "number")),
        ("[widths]\nname = 30", ("widths.name", "unknown")),
        ("[widths]\nrow = 0", ("widths.row", "number")),
        ("[size.A4]\nmargin_mm = 40\nright_mm = 120", ("size.A4.right_mm", "no_room")),
        ("[size.A5.widths]\nquantity = 100\nrow = 20", ("size.A5.widths", "no_room")),
        ('qr = "link"', ("link", "link")),
        ('qr = "link"\nlink = "http://x.example/{number}"', ("link", "link")),
        ('qr = "link"\nlink = "https://x.example/あ"', ("link", "link")),
        ('qr = "link"\nlink = "https://x.example/{name}"', ("link", "placeholder")),
        ("title = ", ("", "toml")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(body: str, wrong: tuple[str, str]) -> None:
    assert faults(body) == [wrong]


def test_every_fault_is_named_not_only_the_first() -> None:
    assert len(faults('a = 1\nqr = 1\n[size.A4]\nbody_pt = 0\n[colours]\ngrey = "x"')) == 4


def test_what_is_wrong_at_the_top_is_said_once_for_all_sizes() -> None:
    assert faults("body_pt = 900\nstacked = 3") == [("body_pt", "number"), ("stacked", "switch")]


def test_where_something_is_wrong_the_shipped_value_stays() -> None:
    assert read("qr = 1\nfields = 3").template == read("").template


def test_a_link_with_placeholders_is_taken() -> None:
    found = read('qr = "link"\nlink = "https://shop.example/r/{number}?o={order}"')
    assert found.faults == ()
    assert found.template.code is Code.LINK


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ('shop = ["name"]', [("shop", "legal")]),
        ('shop = ["registration", "address"]', [("shop", "legal")]),
        ('fields = ["payment"]', [("fields", "legal")]),
        ('fields = ["dealt_on"]', [("fields", "payment")]),
        ('columns = ["name", "quantity"]', [("columns", "legal")]),
        ("rates = false", [("rates", "legal")]),
        ("reduced = false", [("reduced", "legal")]),
        ("addressee = false", [("addressee", "legal")]),
        ('title = "領収書"', [("title", "invoice_title")]),
        ("totals = false", [("totals", "unknown")]),
        ('shop = ["registration", "name", "phone"]\nfields = ["dealt_on", "payment", "note"]', []),
    ],
)
def test_what_the_law_wants_on_an_invoice_cannot_be_switched_off(body: str, wrong: list[tuple[str, str]]) -> None:
    assert faults(body, "invoice") == wrong


def test_a_gift_slip_has_no_column_of_money() -> None:
    base = Template("gift_slip", columns=("name",), forms=BASE.forms)
    (fault,) = read_template("gift_slip", 'columns = ["name", "price"]', base).faults
    assert (fault.place, fault.key) == ("columns[2]", "templates.fault.unknown")
    (fault,) = read_template("gift_slip", "totals = true", base).faults
    assert fault.place == "totals"


def test_a_list_of_the_house_has_title_words_and_colours_only() -> None:
    base = Template("pick_list")
    assert (
        read_template("pick_list", 'title = "集める"\n[colours]\nbrand = "#b00000"', base).template.colours.brand
        == "#B00000"
    )
    assert [fault.place for fault in read_template("pick_list", "qr = 'none'\nmargin_mm = 3", base).faults] == [
        "qr",
        "margin_mm",
    ]
