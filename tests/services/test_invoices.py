"""Papers of one order on a real database: which come out, when, in which language, and what is said about them."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp

from app.domain.invoice import InvoiceRefused
from app.domain.order_papers import AddressLabels, SlipBatch
from app.domain.orders import Hold, IncomingOrder, Totals
from app.services import drawing, invoices, orders, papers, printing, product_edit
from app.services.printing import PrintRunner
from app.storage import orders as orders_storage
from app.storage import settings as settings_storage
from tests.makers import Station, change, query, set_to, stocked
from tests.printing_ways import FolderWays, said
from tests.returners import ReturnStation
from tests.services.dock import Dock
from tests.services.shipping import HOME, Warehouse, order
from tests.services.test_returns import TEA, ship

ABROAD = replace(HOME, country="US", postcode="94103", prefecture="CA", city="San Francisco", street="1 Market St")


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    set_to(database, shop_registration="T7120001168421", carrier_default="")
    return made


def priced(number: str, rate: str = "0.1", **more) -> IncomingOrder:
    """An order that names its tax rate."""
    made = order(number, ("SKU-1", 2), **({"totals": Totals("200", "550", "", "", "", "68", "750")} | more))
    return replace(made, lines=tuple(replace(line, tax_rate=rate) for line in made.lines))


def value(house, paper, **of):
    """What a paper of a job shows."""
    with house.database.reading() as tx:
        return papers.paper_of_job(
            tx, paper, order=of.get("order"), batch=of.get("batch"), copy_reason=of.get("why", "")
        )


def kinds(batch: SlipBatch) -> list[str]:
    return [type(each).__name__ for each in batch.slips]


class Printer:
    """A printer that keeps the text of what it printed."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, title: str, pdf: bytes) -> str:
        with pypdfium2.PdfDocument(pdf) as document:
            self.sent.append((title, "".join(page.get_textpage().get_text_range() for page in document)))
        return title


def work_off(house, station="leader") -> Printer:
    printer = Printer()
    with house.desk(station) as desk:
        PrintRunner(desk, FolderWays(printer)).work_off(30)
    return printer


def jobs(house) -> list[tuple[str, str]]:
    found = query(
        house.database,
        "SELECT paper, coalesce(number, '') FROM print_jobs j LEFT JOIN orders o ON o.id = j.order_id ORDER BY j.id",
    )
    return [tuple(row) for row in found]


# --- at the release -----------------------------------------------------------------------------------------------


def test_a_shop_that_chose_nothing_gets_its_slips_as_before(house):
    house.take_in(priced("1"))
    house.release()
    assert jobs(house) == [("pick_list", ""), ("slips", "")]
    assert kinds(value(house, "slips", batch=1).value) == ["Slip"]


def test_the_sheets_of_each_order_lie_together_in_the_sequence_of_the_batch(house):
    set_to(house.database, papers_with="slip,invoice,return_slip", release_break_every="1")
    house.take_in(priced("1"), priced("2", gift=True))
    house.release()
    made = value(house, "slips", batch=1).value
    assert kinds(made) == ["Slip", "Invoice", "ReturnSlip", "Slip", "ReturnSlip"]
    assert [place for place, _ in made.breaks] == [0, 3]
    assert (made.breaks[0][1].count, str(made.breaks[1][1].first)) == (1, "1-002")


def test_a_gift_never_gets_a_price_whatever_the_shop_prints(house):
    set_to(house.database, papers_with="invoice,return_slip,address_label")
    house.take_in(priced("1", gift=True))
    house.release()
    printed = work_off(house).sent
    assert len(printed) == 3
    assert not any("¥" in text for title, text in printed if "pick_list" not in title)
    with house.database.reading() as tx, pytest.raises(InvoiceRefused) as told:
        papers.paper_of_job(tx, "invoice", order=house.id("1"), batch=None, copy_reason="")
    assert told.value.key == "invoice.gift"


def test_an_order_of_which_no_invoice_can_be_made_gets_its_slip_and_the_others_their_invoice(house):
    set_to(house.database, papers_with="invoice")
    house.take_in(priced("1", rate=""), priced("2"), priced("3", totals=Totals(currency="USD")))
    house.release()
    assert kinds(value(house, "slips", batch=1).value) == ["Slip", "Invoice", "Slip"]
    work_off(house)
    error = query(house.database, "SELECT error FROM print_jobs WHERE paper = 'slips'")[0][0]
    assert "1-001：領収書・請求書の代わりに納品書を出しました。SKU-1 の税率がわかりません" in error
    assert "1-003" in error
    assert "USD" in error
    assert "1-002" not in error


def test_a_products_tax_rate_stands_in_where_the_shops_file_names_none_and_only_there(house):
    set_to(house.database, papers_with="invoice")
    change(house.database, "UPDATE products SET tax_rate = '0.08' WHERE sku = 'SKU-1'")
    house.take_in(priced("1", rate=""), priced("2", rate="0.1"))
    house.release()
    batch = value(house, "slips", batch=1).value
    assert kinds(batch) == ["Invoice", "Invoice"]
    assert [[each.percent for each in slip.bill.rates] for slip in batch.slips] == [["10", "8"], ["10"]]
    assert query(house.database, "SELECT DISTINCT tax_rate FROM order_lines ORDER BY 1") == [("",), ("0.1",)]


def test_a_set_has_its_own_products_tax_rate(house):
    set_to(house.database, papers_with="invoice")
    with house.desk() as desk:
        product_edit.edit(desk, {"sku": "PAIR", "name": "Pair", "parts": "SKU-1=2", "tax_rate": "8%"})
    made = priced("1", rate="")
    house.take_in(replace(made, lines=tuple(replace(line, sku="PAIR") for line in made.lines)))
    house.release()
    (paper,) = value(house, "slips", batch=1).value.slips
    assert [(line.sku, line.tax_rate) for line in paper.slip.lines] == [("PAIR", "0.08")]


def test_an_amount_that_is_not_settled_is_named_as_the_paper_names_it(house):
    set_to(house.database, papers_with="invoice", shop_language="en")
    house.take_in(priced("1", totals=Totals(shipping="-9999")))
    house.release()
    assert "“Shipping” is not settled yet" in value(house, "slips", batch=1).value.warnings[0]


def test_another_total_than_the_shops_is_said_on_the_print_board(house):
    set_to(house.database, papers_with="invoice")
    house.take_in(priced("1", totals=Totals("200", "550", "", "", "", "", "999")))
    house.release()
    work_off(house)
    error = query(house.database, "SELECT state, error FROM print_jobs WHERE paper = 'slips'")[0]
    assert error[0] == "confirmed"
    assert "750 円" in error[1]
    assert "999 円" in error[1]


def test_goods_without_a_rate_take_the_one_that_the_shop_chose(house):
    set_to(house.database, papers_with="invoice", invoice_rate="8")
    house.take_in(priced("1", rate="", totals=Totals("200")))
    house.release()
    bill = value(house, "slips", batch=1).value.slips[0].bill
    assert [each.percent for each in bill.rates] == ["8"]


def test_what_a_shop_decides_about_its_invoices_holds_for_that_shop(house):
    set_to(house.database, papers_with="invoice")
    house.take_in(priced("1"))
    house.take_in(priced("2"), shop="other")
    own = '{"invoice.kind":"invoice","slip.size":"A5","papers.with":"slip,invoice"}'
    change(house.database, "UPDATE shops SET settings = ? WHERE name = 'other'", own)
    house.release()
    made = value(house, "slips", batch=1).value.slips
    assert [type(each).__name__ for each in made] == ["Invoice", "Slip", "Invoice"]
    assert [made[0].title, made[2].title] == ["receipt", "qualified"]
    assert [made[0].slip.page, made[1].page] == ["A4", "A5"]


def test_papers_speak_the_recipients_language_where_the_shop_wants_it(house):
    set_to(house.database, papers_with="slip,return_slip", slip_language="recipient", address_check="off")
    house.take_in(priced("1", ship_to=ABROAD), priced("2"))
    house.release()
    [(_, text)] = [each for each in work_off(house).sent if "slips" in each[0]]
    assert "Packing slip" in text
    assert "Return slip" in text
    assert "納品書" in text
    with house.database.reading() as tx:
        own = papers.slip_of(tx, house.id("1"), language="ja")
    with pypdfium2.PdfDocument(own.pdf) as document:
        assert "納品書" in document[0].get_textpage().get_text_range()


# --- address labels -----------------------------------------------------------------------------------------------


def test_address_labels_of_a_batch_come_out_in_one_job_of_their_own(house):
    set_to(house.database, papers_with="slip,address_label")
    with house.database.transaction() as tx:
        settings_storage.write(tx, {"address_label.size": "62"})
    house.take_in(priced("1"), priced("2"), priced("3"))
    house.take_in(priced("4"), shop="plain")
    change(house.database, "UPDATE shops SET settings = ? WHERE name = 'plain'", '{"papers.with":"slip"}')
    house.release()
    assert ("address_label", "") in jobs(house)
    made = value(house, "address_label", batch=1).value
    assert isinstance(made, AddressLabels)
    assert [str(label.number) for label in made.labels] == ["1-001", "1-002", "1-003"]
    assert made.size == "62"


def test_the_label_of_a_held_order_waits_by_itself(house):
    set_to(house.database, papers_with="slip,address_label")
    house.take_in(priced("1"), priced("2"))
    house.take_in(priced("3"), shop="plain")
    change(house.database, "UPDATE shops SET settings = ? WHERE name = 'plain'", '{"papers.with":"slip"}')
    house.release()
    with house.database.transaction() as tx:
        orders.hold(tx, "leader", str(uuid4()), [house.id("2"), house.id("3")], Hold.BY_HAND)
    printed = work_off(house).sent
    labels = [text for title, text in printed if "address_label" in title]
    assert len(labels) == 1
    assert "1-001" in labels[0]
    assert "1-002" not in labels[0]
    own = query(house.database, "SELECT paper, error FROM print_jobs WHERE order_id IS NOT NULL ORDER BY id")
    assert sorted(tuple(row) for row in own) == [
        ("address_label", said("held")), ("packing_slip", said("held")), ("packing_slip", said("held")),
    ]  # fmt: skip


def test_a_changed_address_gets_a_new_label_and_slip(house):
    set_to(house.database, papers_with="slip,address_label")
    house.take_in(priced("1"))
    house.release()
    house.take_in(priced("1", ship_to=replace(HOME, street="神宮前9-9-9")))
    assert jobs(house)[-2:] == [("packing_slip", "1"), ("address_label", "1")]
    assert "9-9-9" in value(house, "address_label", order=house.id("1")).value.labels[0].to.street


def test_each_box_has_a_label_and_an_order_in_another_ones_parcel_has_none(house):
    house.take_in(priced("1"))
    house.release()
    with house.database.reading() as tx:
        row = orders_storage.load(tx, house.id("1")).row
    slip = value(house, "packing_slip", order=house.id("1")).value
    labels = invoices.label_of(slip, replace(row, parcel_count=3))
    assert [(label.piece, label.pieces) for label in labels] == [(1, 3), (2, 3), (3, 3)]
    assert invoices.label_of(slip, replace(row, lead=9)) == ()


# --- at the bench -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["release", "close"])
def test_the_bench_prints_what_the_shop_gives_when_it_gives_it(house, when):
    set_to(house.database, papers_with="invoice,address_label", slip_when=when, release_at_open="on")
    house.take_in(priced("1"))
    bench = Station(house.database)
    assert bench.scan("1").key == "order.opened"
    assert jobs(house) == ([("packing_slip", "1"), ("address_label", "1")] if when == "release" else [])
    assert [bench.scan("SKU-1").key for _ in range(2)][-1] == "order.closed"
    assert jobs(house) == [("packing_slip", "1"), ("address_label", "1")]
    assert kinds(value(house, "packing_slip", order=house.id("1")).value) == ["Invoice"]


def test_a_shop_that_gives_no_sheet_prints_none(house):
    set_to(house.database, papers_with="", release_at_open="on")
    house.take_in(priced("1"), priced("2"))
    Station(house.database).scan("1")
    assert jobs(house) == []
    house.release()
    assert [paper for paper, _ in jobs(house)] == ["pick_list"]


def test_a_reprint_marks_every_sheet_as_a_copy(house):
    set_to(house.database, papers_with="slip,invoice,return_slip")
    house.take_in(priced("1"))
    house.release()
    with house.database.transaction() as tx:
        printing.reprint_order(tx, "leader", str(uuid4()), house.id("1"), "packing_slip", "damaged")
    made = value(house, "packing_slip", order=house.id("1"), why="damaged")
    assert made.id == "slips"
    assert made.draw().pages == 3
    with pypdfium2.PdfDocument(made.draw().pdf) as document:
        assert all("再発行" in page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("paper", ["invoice", "return_slip", "address_label"])
def test_each_paper_of_an_order_can_come_out_alone(house, paper):
    house.take_in(priced("1"))
    house.release()
    made = value(house, paper, order=house.id("1"))
    assert made.id == paper
    assert made.draw().pages == 1


def test_a_batch_of_many_sheets_is_drawn_aside(house):
    set_to(house.database, papers_with="slip,invoice,return_slip")
    house.take_in(*[priced(str(number)) for number in range(7)])
    house.release()
    assert value(house, "slips", batch=1).many
    assert drawing.MANY_SLIPS == 20


def test_the_code_of_the_return_slip_opens_the_return(database):
    stocked(database, [TEA])
    dock = Dock(database)
    ship(dock, "A-1", (TEA, 1))
    with database.reading() as tx:
        made = papers.paper_of_job(tx, "return_slip", order=dock.order("A-1"), batch=None, copy_reason="").draw()
    with pypdfium2.PdfDocument(made.pdf) as document:
        picture = document[0].render(scale=203 / 72, grayscale=True).to_pil()
    [code] = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert ReturnStation(database).scan(code.text).key == "return.opened"
