"""One order from its scan to the paper, by raw port 9100 and by a real IPP queue; what came out is read back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from app.domain.barcode import read
from app.domain.own_codes import OrderCode
from app.services import label_jobs, print_acts
from app.services.label_jobs import LabelWish
from app.services.pages import PDFIUM
from tests.makers import change, query
from tests.printing.house import PrintHouse, hurried_house
from tests.printing.ipp_printer import IppPrinter, why_not
from tests.printing.raw_printer import RawPrinter

CODES = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.EAN13)


def codes_on(picture: Image.Image) -> set[str]:
    """What a scanner reads on a paper that lies on a white bench."""
    framed = Image.new("L", (picture.width + 80, picture.height + 80), 255)
    framed.paste(picture.convert("L"), (40, 40))
    return {code.text for code in zxingcpp.read_barcodes(framed, formats=CODES)}


def ship_number(house: PrintHouse, order: int) -> tuple[int, int, int]:
    return tuple(query(house.database, "SELECT batch, sequence, version FROM orders WHERE id = ?", order)[0])


def is_of(code: str, number: tuple[int, int, int]) -> bool:
    """Whether a code is that of the slip of a ship number."""
    found = [kind.ship_number for kind in read(code).kinds if isinstance(kind, OrderCode)]
    return [(each.batch, each.sequence, each.version) for each in found] == [number]


def ask(house: PrintHouse, act: Callable[..., object], *more: object) -> None:
    """Do something at the print board."""
    with house.database.transaction() as tx:
        act(tx, "1", str(uuid4()), *more)
    house._wake()


def test_an_order_comes_out_of_a_label_printer_and_reads_back(tmp_path: Path) -> None:
    with hurried_house(), PrintHouse(tmp_path / "shop", "zpl", 1) as house:
        assert isinstance(house.rig, RawPrinter)
        order = house.pack("N-0001")
        assert house.wait_for(order, "confirmed")
        (job,) = house.jobs(order)
        assert job.settled_by == "printer"
        (slip,) = house.rig.out
        (code,) = codes_on(slip.picture())
        assert is_of(code, ship_number(house, order))

        house.reprint(job.id, "damaged")
        assert house.rig.wait(2)
        copy = house.rig.out[1]
        assert codes_on(copy.picture()) == {code}
        assert copy.picture().tobytes() != slip.picture().tobytes(), "COPY is on it"
        assert house.wait_for(order, "confirmed")

        ask(house, label_jobs.order, LabelWish("product", ("SKU-1",), size="100x150"), house.printer)
        assert house.rig.wait(3)
        goods = next(iter(house.lines.values()))[0]
        assert codes_on(house.rig.out[2].picture()) == {goods}
        assert house.desk.scan(goods).result().key != "code.unknown"
        assert (house.rig.rubbish, house.rig.unreadable()) == (b"", [])


@pytest.mark.skipif(bool(why_not()), reason=f"the real IPP printer: {why_not()}")
def test_an_order_comes_out_of_a_real_queue_and_reads_back(tmp_path: Path) -> None:
    with hurried_house(), PrintHouse(tmp_path / "shop", "cups", 1) as house:
        assert isinstance(house.rig, IppPrinter)
        order = house.pack("N-0001")
        assert house.rig.wait(1)
        number = ship_number(house, order)
        slip, text = looked_at(house.rig.out[0])
        (code,) = codes_on(slip)
        assert is_of(code, number)
        assert "再発行" not in text
        assert house.wait_for(order, "confirmed", seconds=20), house.jobs(order)

        ask(house, print_acts.reprint_order, order, "packing_slip", "missing")
        assert house.rig.wait(2)
        copy, text = looked_at(house.rig.out[1])
        assert codes_on(copy) == {code}
        assert "再発行" in text


def looked_at(data: bytes) -> tuple[Image.Image, str]:
    """The first page at the printer's resolution, and its text."""
    with PDFIUM, closing(pypdfium2.PdfDocument(data)) as document, closing(document[0]) as page:
        with closing(page.get_textpage()) as words:
            text = words.get_text_range()
        with closing(page.render(scale=300 / 72, grayscale=True)) as bitmap:
            return bitmap.to_pil().copy(), text


# --- personal data ------------------------------------------------------------------------------------------------

CANARIES = ("架空院 幻之介", "カクウイン", "999-0123", "幻想県架空郡夢見町九丁目", "090-0000-9999")


def with_canaries(house: PrintHouse) -> None:
    """Give every order a name and an address that stand nowhere else."""
    name, _, postcode, street, phone = CANARIES
    change(
        house.database,
        "UPDATE orders SET ship_name = ?, content = json_set(content, '$.ship_to', json(?), '$.buyer', json(?))",
        name, *[_address(name, postcode, street, phone)] * 2,
    )  # fmt: skip


def _address(name: str, postcode: str, street: str, phone: str) -> str:
    import json

    made = {"name": name, "postcode": postcode, "street": street, "phone": phone, "prefecture": "", "city": ""}
    return json.dumps(made | {"country": "JP"}, ensure_ascii=False)


def leaks(data: bytes) -> list[str]:
    """Canaries that stand in some bytes in a form that a person can read."""
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "cp932")
    return [each for each in CANARIES if any(each.encode(form) in data for form in encodings)]


@pytest.mark.parametrize("kind", ["zpl", "ipp", pytest.param("cups", marks=pytest.mark.skipif(
    bool(why_not()), reason=f"the real IPP printer: {why_not()}"))])  # fmt: skip
def test_no_name_is_in_titles_spool_file_names_or_logs(
    tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with hurried_house(), PrintHouse(tmp_path / "shop", kind, 2) as house:
        with_canaries(house)
        order = house.pack("N-0001")
        assert house.wait_for(order, "confirmed", seconds=20), house.jobs(order)
        if isinstance(house.rig, IppPrinter):
            text = "".join(looked_at(house.rig.out[0])[1].split())
            assert "架空院幻之介" in text, "the paper itself has the name"
        if kind == "zpl":
            house.rig.stop_for("jam")  # type: ignore[union-attr]
        else:
            house.rig.off()  # type: ignore[union-attr]
        second = house.pack("N-0002")  # and what is said of a fault
        house.wait_for(second, "failed", "unknown", seconds=1.0)
        said = [job.error for job in (*house.jobs(order), *house.jobs(second))]
        if isinstance(house.rig, IppPrinter):
            for path in house.rig.spooled():
                assert leaks(path.name.encode()) == []
                if path.suffix == ".log" or path.parent.name in ("log", "cache"):
                    assert leaks(path.read_bytes()) == [], path
        titles = getattr(house.rig, "titles", [])
    assert leaks("\n".join([*said, *titles, caplog.text]).encode()) == []
    assert kind != "ipp" or any("order-" in title for title in titles)
    for path in tmp_path.rglob("*"):
        assert leaks(path.name.encode()) == []
