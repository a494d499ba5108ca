"""Labels as print jobs, and what a printer is sent for any job, on a real database."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from app.domain.label_dots import TextLine
from app.domain.label_sets import named_printer
from app.domain.label_templates import ADDRESS, PLACE, PRODUCT
from app.domain.people import Role
from app.domain.printing import Printer, Transport
from app.errors import NotAllowed, NotFound
from app.services import label_jobs, people, print_rule_list, print_rules, printers, printing_data, templates
from app.services.drawing import Drawer
from app.services.label_drawing import laid_of
from app.services.label_jobs import LabelWish
from app.storage import outbox
from tests.makers import Goods, ean, only_on_sqlite, query, set_to, stocked
from tests.printers import machines
from tests.services.shipping import Warehouse, order

LABEL_PRINTER = Printer(0, "ラベル機", Transport.RAW, "192.0.2.1:9100", "zpl", 203, "100x50")
TEA = ean(1)


@pytest.fixture
def house(database, open_another):
    return Warehouse(database, open_another)


def act(database, function, *args):
    with database.transaction() as tx:
        return function(tx, "leader", str(uuid4()), *args)


def jobs(tx):
    """Every job, oldest first."""
    return [
        outbox.one(tx, int(row[0])) for row in tx.connection.exec_driver_sql("SELECT id FROM print_jobs ORDER BY id")
    ]


def newest(database):
    with database.reading() as tx:
        return jobs(tx)[-1]


def drawn(database, job, printer=None) -> printing_data.Data:
    with database.reading() as tx:
        work = printing_data.work_of(tx, job, printer)
    return work.draw(Drawer())


def codes(picture: Image.Image) -> list[str]:
    """What both readers read; DataMatrix is known to one of them."""
    seen = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
    found = sorted(code.text.removeprefix("\x1d") for code in seen)
    other = sorted(code.data.decode() for code in pyzbar.decode(picture))
    assert not other or other == found
    return found


def ordered(database, wish: LabelWish, printer: int | None = None):
    """Order labels; return their only job."""
    assert act(database, label_jobs.order, wish, printer) == 1
    return newest(database)


# --- ordering -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (LabelWish("shelf", ("A-01",)), "KS-A-01"),
        (LabelWish("tote", ("T-7",)), "KT-T-7"),
        (LabelWish("cart", ("C-2",)), "KC-C-2"),
        (LabelWish("slot", ("W1-A3",)), "KW-W1-A3"),
        (LabelWish("station", ("PACK-1",)), "KB-PACK-1"),
        (LabelWish("person", ("KU-7",)), "KU-7"),
        (LabelWish("product", ("SKU-1",)), TEA),
        (LabelWish("product", ("SKU-1",), "L7", "2027年3月31日", template="datamatrix"), f"010{TEA}1727033110L7"),
        (LabelWish("product", ("SKU-1",), "L7", template="gs1-128"), f"010{TEA}10L7"),
    ],
)
def test_labels_are_ordered_and_come_out_of_a_label_printer(database, wish: LabelWish, code: str) -> None:
    stocked(database, [Goods(1)])
    act(database, people.add, "髙橋", "7", Role.PACKER)
    data = drawn(database, ordered(database, wish), LABEL_PRINTER)
    assert (data.format, data.ending, data.pages, data.single) == ("zpl", "zpl", 1, True)
    assert codes(machines.zpl(data.data, 203)) == [code]


def test_many_labels_are_jobs_of_a_hundred_and_each_comes_out_as_often_as_wanted(database) -> None:
    wish = LabelWish("tote", tuple(f"T-{number}" for number in range(250)), copies=2)
    assert act(database, label_jobs.order, wish) == 3
    with database.reading() as tx:
        found = jobs(tx)
    assert [len(json.loads(job.subject)["codes"]) for job in found] == [100, 100, 50]
    data = drawn(database, found[-1], LABEL_PRINTER)
    assert (data.pages, data.single) == (50, False)
    labels = machines.split("zpl", data.data)
    assert len(labels) == 100
    assert codes(machines.zpl(labels[0], 203)) == codes(machines.zpl(labels[50], 203)) == ["KT-T-200"]


def test_the_same_act_orders_once(database) -> None:
    with database.transaction() as tx:
        assert label_jobs.order(tx, "1", "act", LabelWish("tote", ("T-1",))) == 1
    with database.transaction() as tx:
        assert label_jobs.order(tx, "1", "act", LabelWish("tote", ("T-1",))) == 0
    assert query(database, "SELECT count(*) FROM print_jobs")[0][0] == 1


@pytest.mark.parametrize(
    ("wish", "error", "key"),
    [
        (LabelWish("product", ("NOPE",)), NotFound, "label.no_product"),
        (LabelWish("product", ("SKU-1",), lot="L7"), NotAllowed, "label.template_has_no_lot"),
        (LabelWish("product", ("SKU-1",), template="own"), NotFound, "templates.none"),
        (LabelWish("product", ("SKU-1",), expiry="soon", template="gs1-128"), NotAllowed, "expiry.unreadable"),
        (LabelWish("person", ("9",)), NotFound, "label.no_person"),
        (LabelWish("station", ("",)), NotAllowed, "label.no_station"),
        (LabelWish("carton", ("NOPE",)), NotFound, "carton_list.unknown"),
        (LabelWish("truck", ("1",)), NotFound, "label.no_kind"),
        (LabelWish("tote", ()), NotAllowed, "label.bad_count"),
        (LabelWish("tote", ("T-1",), copies=0), NotAllowed, "label.bad_copies"),
    ],
)
def test_what_can_have_no_label_is_said_and_nothing_is_ordered(database, wish, error, key) -> None:
    stocked(database, [Goods(1)])
    with pytest.raises(error) as caught:
        act(database, label_jobs.order, wish)
    assert caught.value.key == key
    assert query(database, "SELECT count(*) FROM print_jobs")[0][0] == 0


def test_labels_come_out_of_the_printer_that_was_named(database) -> None:
    printer = act(database, printers.save, LABEL_PRINTER)
    other = act(database, printers.save, replace(LABEL_PRINTER, name="もう一台", address="192.0.2.2:9100"))
    job = ordered(database, LabelWish("tote", ("T-1",), copies=3), other)
    assert named_printer(job.paper, job.subject) == other
    with database.reading() as tx:
        (routed,) = print_rules.route(tx, job)
    assert (routed.printer, routed.copies) == (other, 3)
    assert printer != other


def test_the_shops_own_template_is_used(database) -> None:
    stocked(database, [Goods(1)])
    body = '[[size.60x40.items]]\ncode = "{sku}"\nsymbology = "qr"\nbox = [2, 2, 36, 36]\n'
    act(database, templates.save, PRODUCT, "棚札", body)
    data = drawn(database, ordered(database, LabelWish("product", ("SKU-1",), template="棚札")), LABEL_PRINTER)
    assert codes(machines.zpl(data.data, 203)) == ["SKU-1"]
    act(database, templates.save, PRODUCT, "standard", body)
    data = drawn(database, ordered(database, LabelWish("product", ("SKU-1",))), LABEL_PRINTER)
    assert codes(machines.zpl(data.data, 203)) == ["SKU-1"]


def test_a_template_of_a_label_is_checked_before_it_is_kept(database) -> None:
    with pytest.raises(templates.TemplateWrong) as caught:
        act(database, templates.save, PLACE, "own", '[[size.60x40.items]]\ntext = "{nmae}"\nbox = [1, 1, 9, 9]\n')
    assert caught.value.key == "label_template.fault.field"
    assert caught.value.args_["place"] == "size.60x40.items[1].text"
    with database.reading() as tx:
        assert ("label:place", "standard") in {(each.paper, each.name) for each in templates.items(tx)}


def test_print_rules_choose_among_the_templates_of_address_labels(database) -> None:
    act(database, templates.copy, ADDRESS, "standard", "簡易")
    with database.reading() as tx:
        assert templates.names(tx, "address_label") == ("standard", "簡易")
    act(database, print_rule_list.save, {"name": "宛名", "paper": "address_label", "template": "簡易"})
    with pytest.raises(NotAllowed) as caught:
        act(database, templates.remove, ADDRESS, "簡易")
    assert caught.value.key == "templates.used"


# --- address labels -----------------------------------------------------------------------------------------------


@only_on_sqlite
@pytest.mark.parametrize("language", ["zpl", "tspl", "sbpl", "escpos"])
def test_an_address_label_comes_out_in_the_language_of_its_printer(house, language: str) -> None:
    set_to(house.database, papers_with="slip,address_label")
    house.take_in(order("1", ("SKU-1", 1)))
    house.release()
    with house.database.reading() as tx:
        (job,) = [each for each in jobs(tx) if each.paper == "address_label"]
    data = drawn(house.database, job, replace(LABEL_PRINTER, language=language, media="100x150"))
    size = (799, 1199)
    pictures = {
        "zpl": lambda: machines.zpl(data.data, 203),
        "tspl": lambda: machines.tspl(data.data, 203),
        "sbpl": lambda: machines.sbpl(data.data, 203, size),
        "escpos": lambda: machines.escpos(data.data)[0],
    }
    assert codes(pictures[language]()) == ["KO-1-001-1"]
    assert data.single is (language != "escpos")
    office = drawn(house.database, job)
    assert office.format == "pdf"
    assert [codes(page) for page in machines.pdf(office.data, 203)] == [["KO-1-001-1"]]


def test_an_address_label_follows_the_template_of_its_job_and_one_that_is_gone_is_the_standard(house) -> None:
    set_to(house.database, papers_with="slip,address_label")
    house.take_in(order("1", ("SKU-1", 1)))
    house.release()
    body = '[[size.100x150.items]]\ncode = "{ship_number}"\nsymbology = "qr"\nbox = [2, 2, 36, 36]\n'
    act(house.database, templates.save, ADDRESS, "簡易", body)
    with house.database.reading() as tx:
        (job,) = [each for each in jobs(tx) if each.paper == "address_label"]
    printer = replace(LABEL_PRINTER, media="100x150")
    for name, code in (("簡易", "1-001"), ("消えた", "KO-1-001-1")):
        data = drawn(house.database, replace(job, subject=json.dumps({"template": name})), printer)
        assert codes(machines.zpl(data.data, 203)) == [code]


@only_on_sqlite
@pytest.mark.parametrize("language", ["zpl", "pdf"])
def test_a_second_copy_of_an_address_label_says_that_it_is_for_the_shop(house, language: str) -> None:
    set_to(house.database, papers_with="slip,address_label")
    house.take_in(order("1", ("SKU-1", 1)))
    house.release()
    with house.database.reading() as tx:
        (job,) = [each for each in jobs(tx) if each.paper == "address_label"]
        printer = replace(LABEL_PRINTER, language=language, media="100x150")
        work = printing_data.work_of(tx, replace(job, copies=3), printer)
    assert [label.file_copy for label in work.paper.value.labels] == [False, True, True]
    laid = laid_of(work.paper.value, "ja", 203)
    words = [{part.text for part in each.parts if isinstance(part, TextLine)} for each in laid]
    assert ["控え" in each for each in words] == [False, True, True]
    data = work.draw(Drawer())
    assert data.pages == 3
    if language == "zpl":
        assert [b"^PQ1^XZ" in each for each in machines.split("zpl", data.data)] == [True] * 3


# --- papers on label printers -------------------------------------------------------------------------------------


@only_on_sqlite
@pytest.mark.parametrize(
    ("size", "dpi", "media", "language"),
    [
        ("4x6", 203, "4x6", "zpl"),
        ("100x150", 203, "100x150", "tspl"),
        ("100x150", 203, "100x150", "sbpl"),
        ("100x150", 300, "", "zpl"),
        ("62", 300, "62", "tspl"),
    ],
)
def test_a_slip_comes_out_of_a_label_printer_as_dots_and_its_code_reads_back(
    house, size: str, dpi: int, media: str, language: str
) -> None:
    set_to(house.database, slip_size=size)
    house.take_in(order("1", ("SKU-1", 1)))
    house.release()
    with house.database.reading() as tx:
        (job,) = [each for each in jobs(tx) if each.paper == "slips"]
    printer = replace(LABEL_PRINTER, language=language, dpi=dpi, media=media)
    data = drawn(house.database, job, printer)
    (label,) = machines.split(language, data.data)
    with house.database.reading() as tx:
        wide, high = png_size(printing_data.work_of(tx, job, replace(printer, language="png")))
    picture = {
        "zpl": lambda: machines.zpl(label, dpi),
        "tspl": lambda: machines.tspl(label, dpi),
        "sbpl": lambda: machines.sbpl(label, dpi, (wide, high)),
    }[language]()
    assert picture.size == (wide, high)
    assert codes(picture) == ["KO-1-001-1"]


def png_size(work: printing_data.Work) -> tuple[int, int]:
    return Image.open(io.BytesIO(work.draw(Drawer()).data)).size


@only_on_sqlite
def test_a_page_that_is_larger_than_the_labels_is_refused_with_both_sizes(house) -> None:
    house.take_in(order("1", ("SKU-1", 1)))
    house.release()
    with house.database.reading() as tx:
        (job,) = [each for each in jobs(tx) if each.paper == "slips"]
    with pytest.raises(NotAllowed) as caught:
        drawn(house.database, job, replace(LABEL_PRINTER, media="4x6"))
    assert caught.value.key == "label.page_large"
    assert caught.value.args_["media"] == "4x6"
    assert caught.value.args_["width"] in (148, 210)


def test_the_options_of_the_printer_are_told_with_every_job(database) -> None:
    printer = replace(LABEL_PRINTER, options={"gap_mm": "2", "cut": "on"})
    data = drawn(database, ordered(database, LabelWish("tote", ("T-1",))), printer)
    assert b"^MMC^MNY" in data.data
