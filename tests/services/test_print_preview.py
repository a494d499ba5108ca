"""What a preview shows is what the printer gets, dot by dot."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.domain.printing import Printer, Transport
from app.errors import NotAllowed, NotFound
from app.services import label_jobs, print_preview
from app.services.drawing import Drawer
from app.services.label_jobs import LabelWish
from app.services.pages import pages
from app.storage import printers
from app.storage import printing as storage
from app.storage.printing import NewJob
from tests.makers import change, query
from tests.printers import machines
from tests.services.shipping import Warehouse, order

LABELS = Printer(0, "L", Transport.RAW, "10.0.0.1", "zpl", 203, "100x150")


@pytest.fixture
def house(database, open_another):
    house = Warehouse(database, open_another)
    house.take_in(order("A-1"))
    house.release()
    with database.transaction() as tx:
        assert printers.add(tx, LABELS)
    return house


def job_of(house: Warehouse, paper: str, printer: int = 0) -> int:
    with house.database.transaction() as tx:
        storage.add_jobs(tx, str(uuid4()), "1", [NewJob(paper, house.id("A-1"), version=1)])
    (job,) = query(house.database, "SELECT max(id) FROM print_jobs")[0]
    change(house.database, "UPDATE print_jobs SET printer_id = ? WHERE id = ?", printer, job)
    return int(job)


def seen(house: Warehouse, job: int) -> tuple[print_preview.Read, print_preview.Seen]:
    with house.database.reading() as tx:
        read = print_preview.read(tx, job)
    return read, print_preview.draw(read.work, 150)


def test_a_paper_is_the_page_of_the_pdf_that_is_sent(house):
    job = job_of(house, "packing_slip")
    read, found = seen(house, job)
    sent = read.work.draw(Drawer())
    assert (sent.format, found.rendered.pdf, found.dpi) == ("pdf", sent.data, 150)
    assert found.page(0) == pages(sent.data, 150)[0]


def test_a_label_is_what_a_printer_makes_of_the_bytes_that_are_sent(house):
    (printer,) = (row[0] for row in query(house.database, "SELECT id FROM printers"))
    read, found = seen(house, job_of(house, "address_label", printer))
    sent = read.work.draw(Drawer())
    assert (sent.format, sent.pages, found.rendered.pages, found.dpi) == ("zpl", 1, 1, 203)
    burnt = machines.zpl(sent.data, 203).convert("L")
    page = found.page(0)
    assert (page.width, page.height) == burnt.size
    assert page.grey == burnt.tobytes()


def test_labels_of_places_are_pages_one_by_one(house):
    (printer,) = (row[0] for row in query(house.database, "SELECT id FROM printers"))
    with house.database.transaction() as tx:
        label_jobs.order(tx, "1", str(uuid4()), LabelWish("tote", ("T-1", "T-2", "T-3")), printer)
    (job,) = query(house.database, "SELECT max(id) FROM print_jobs")[0]
    change(house.database, "UPDATE print_jobs SET printer_id = ? WHERE id = ?", printer, job)
    _, found = seen(house, job)
    assert found.rendered.pages == 3
    assert len({found.page(place).grey for place in range(3)}) == 3


def test_an_older_version_is_told_and_what_is_gone_is_said(house):
    job = job_of(house, "packing_slip")
    assert not seen(house, job)[0].outdated
    change(house.database, "UPDATE orders SET version = 2 WHERE number = 'A-1'")
    read, _ = seen(house, job)
    assert (read.outdated, read.version, read.now) == (True, 1, 2)
    with house.database.reading() as tx, pytest.raises(NotFound):
        print_preview.read(tx, job + 1)


def test_a_page_too_large_for_the_labels_is_said_by_the_page(house):
    (printer,) = (row[0] for row in query(house.database, "SELECT id FROM printers"))
    change(house.database, "UPDATE printers SET media = '60x40'")
    _, found = seen(house, job_of(house, "packing_slip", printer))
    with pytest.raises(NotAllowed, match="page_large"):
        found.page(0)
