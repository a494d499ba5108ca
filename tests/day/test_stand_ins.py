"""The invented files say what was meant, and the stand-ins of the carriers are as strict as the real programs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from app.carriers import sagawa_e3, yamato_b2
from app.carriers._file import open_returned
from app.channels import csv as by_mapping
from app.channels import rakuten, shopify
from app.channels._source import open_source
from app.domain.intake import ReadOptions
from app.domain.orders import Address, IncomingOrder, Problem
from app.domain.shipping import NumberRow, Shipment, Slot, Temperature, has_good_check_digit
from tests.day.carriers import B2, Ehiden3, Program, Run
from tests.day.orders import MAPPING, SHOPS, Day, Order, Person, make_day, write_orders

TODAY = date(2026, 9, 14)
DAY = make_day(TODAY)
READERS = {"rakuten": rakuten.read, "shopify": shopify.read, "csv": by_mapping.read}
PROGRAMS: list[tuple[ModuleType, type[Program]]] = [(yamato_b2, B2), (sagawa_e3, Ehiden3)]
ACCOUNT = {"customer_code": "090000000000", "class_code": "001"}


def came_in(folder: Path, shop: str) -> tuple[dict[tuple[str, str], IncomingOrder], list[Problem]]:
    path = write_orders(folder, DAY, shop, DAY.of(shop))
    options = ReadOptions(mapping_text=MAPPING if shop == "M" else "")
    orders: dict[tuple[str, str], IncomingOrder] = {}
    problems: list[Problem] = []
    for each in READERS[SHOPS[shop].channel](open_source(path), options):
        if isinstance(each, Problem):
            problems.append(each)
        else:
            orders[each.number, each.ship_to_key] = each
    return orders, problems


@pytest.mark.parametrize("shop", SHOPS)
def test_every_file_is_read_as_it_was_meant(shop: str, tmp_path: Path) -> None:
    found, problems = came_in(tmp_path, shop)
    wanted = [each for each in DAY.of(shop) if not each.shipped]
    assert found.keys() == {(each.number, each.ship_to) for each in wanted}
    for each in wanted:
        order = found[each.number, each.ship_to]
        assert [(line.sku, line.quantity) for line in order.lines] == [(line.sku, line.pieces) for line in each.sold]
        assert order.cancelled == each.cancelled
        assert int(order.cod_amount or 0) == each.to_collect
        assert ("unpaid" in order.holds) == each.unpaid
        assert ("remark" in order.holds) == bool(each.remark)
        assert order.gift == each.gift
        if not each.awaited:
            assert (order.ship_to.name, order.ship_to.phone) == (each.to.name, each.to.phone)
            assert order.ship_to.prefecture == each.to.prefecture
        assert (str(TODAY.year) in order.wish) == bool(each.wish)
    allowed = {
        *("order.waits_for_shop", "order.address_awaited", "order.already_shipped", "order.cancelled_in_shop"),
        *("cell.zeros_restored", "line.already_shipped", "order.no_lines", "order.remote_island"),
    }
    assert {each.key for each in problems} <= allowed


def test_the_day_has_every_trouble_in_it_and_the_same_seed_makes_it_again() -> None:
    again = make_day(TODAY)
    assert again.orders == DAY.orders
    assert len(DAY.orders) == 400
    assert Counter(each.shop for each in DAY.orders).keys() == set(SHOPS)
    held = Counter(each.stays for each in DAY.orders if each.stays)
    assert {"unpaid", "date_ahead", "remark", "pre_order", "no_stock", "missing_phone", "bad_address"} <= held.keys()
    assert sum(not each.stays for each in DAY.orders) > 300
    assert {"cod", "chilled", "frozen", "gift", "merge", "island", "okinawa", "set", "option"} <= {
        each.kind for each in DAY.orders
    }


# --- the carriers' programs ---------------------------------------------------------------------------------------


def address(person: Person) -> Address:
    return Address(person.name, person.postcode, person.prefecture, person.city, person.street, person.phone, "JP")


WAREHOUSE = Address("見本倉庫", "135-0001", "東京都", "架空区", "倉庫町1-1", "03-0000-0001", "JP")


def shipment(order: Order, at: int, **more: object) -> Shipment:
    usual: dict[str, object] = {
        "key": f"7-{at:03d}-1",
        "service": order.service,
        "ship_on": TODAY,
        "to": address(order.to),
        "sender": address(order.buyer) if order.gift else WAREHOUSE,
        "contents": "商品",
        "deliver_on": order.wish,
        "slot": Slot(order.slot) if order.slot else None,
        "temperature": Temperature(order.temperature),
        "cod": order.to_collect,
        "cod_tax": order.to_collect // 11,
        "remark": f"7-{at:03d}",
    }
    return Shipment(**(usual | more))  # type: ignore[arg-type]


def sendable(carrier: str) -> list[Order]:
    return [each for each in DAY.orders if each.carrier == carrier and not each.stays]


def written(module: ModuleType, day: Day = DAY) -> tuple[bytes, list[Shipment]]:
    given = [shipment(each, at) for at, each in enumerate(sendable(module.ID), 1)]
    data: bytes = module.write(given, ACCOUNT, day.today).data
    return data, given


@pytest.mark.parametrize(("module", "program"), PROGRAMS)
def test_the_stand_in_takes_every_order_of_the_day_that_may_go(module: ModuleType, program: type[Program]) -> None:
    data, given = written(module)
    run = program(TODAY).take(data)
    assert run.refused == []
    assert [label.key for label in run.labels] == [each.key for each in given]
    assert [label.cod for label in run.labels] == [each.cod for each in given]
    assert all(has_good_check_digit(label.number) for label in run.labels)
    assert len({label.number for label in run.labels}) == len(given)


@pytest.mark.parametrize(("module", "program"), PROGRAMS)
def test_what_the_stand_in_returns_is_read_as_it_was_printed(
    module: ModuleType, program: type[Program], tmp_path: Path
) -> None:
    data, _ = written(module)
    program_ = program(TODAY)
    run = program_.take(data)
    for header in (True, False) if module is yamato_b2 else (True,):
        path = tmp_path / f"numbers-{header}.csv"
        path.write_bytes(program_.returned(run.labels, header=header))
        rows = list(module.read_numbers(open_returned(path)))
        assert all(isinstance(row, NumberRow) for row in rows)
        assert [(row.key, row.number, row.cod) for row in rows] == [
            (label.key, label.number, label.cod) for label in run.labels
        ]


@pytest.mark.parametrize("pieces", [2, 3])
def test_several_pieces_have_a_number_each_at_yamato_and_one_at_sagawa(pieces: int) -> None:
    for module, program in PROGRAMS:
        order = next(each for each in sendable(module.ID) if each.kind == "plain")
        run = program(TODAY).take(module.write([shipment(order, 1, pieces=pieces)], ACCOUNT, TODAY).data)
        assert run.refused == []
        assert [label.piece for label in run.labels] == list(range(1, pieces + 1))
        assert len(run.numbers()["7-001-1"]) == (pieces if program is B2 else 1)
        bars = [label.bars[0] for label in run.labels]
        assert bars == (["A"] * pieces if program is B2 else ["A", *["D"] * (pieces - 1)])


def spoilt(data: bytes, row: int, column: int, cell: str) -> bytes:
    """The file with one cell changed; *row* 0 is the header, columns count from 1."""
    rows = list(csv.reader(io.StringIO(data.decode("cp932"), newline="")))
    rows[row][column - 1] = cell
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("cp932")


B2_DAMAGE = [
    (1, "12-001-1-20-77777"), (2, "1"), (2, "6"), (2, "2"), (3, "3"), (4, "444413758703"), (5, "20260914"),
    (5, "2026/09/13"), (5, "2026/10/15"), (6, "2026/09/14"), (7, "1214"), (9, ""), (9, "03-0000"), (11, "12"), (12, ""),
    (12, "長" * 33), (13, "長" * 17), (16, ""), (16, "名" * 17), (25, "名" * 17), (28, ""), (28, "品" * 26),
    (33, "記" * 23), (34, "1000"), (40, "123"), (42, ""),
]  # fmt: skip
EHIDEN_DAMAGE = [
    (3, ""), (3, "080-0000-0000-0"), (4, "1"), (5, ""), (5, "長" * 17), (6, "長" * 17), (8, ""), (8, "名" * 17),
    (10, "12-001-1-20-77777"), (25, ""), (25, "品" * 17), (42, "0"), (42, ""), (44, "004"), (44, "002"),
    (45, "20260930"), (45, "2026/09/20"), (46, "01"), (46, "0812"), (48, "1000"), (50, "1"), (52, "005"), (52, "999"),
    (58, "9"), (61, "20260913"), (62, "505000000000"),
]  # fmt: skip


def plain_file(module: ModuleType) -> bytes:
    order = next(each for each in sendable(module.ID) if each.kind == "plain" and not each.wish)
    data: bytes = module.write([shipment(order, 1)], ACCOUNT, TODAY).data
    return data


@pytest.mark.parametrize(("column", "cell"), B2_DAMAGE)
def test_b2_refuses_a_row_with_one_wrong_cell(column: int, cell: str) -> None:
    data = plain_file(yamato_b2)
    assert B2(TODAY).take(data).refused == []
    run = B2(TODAY).take(spoilt(data, 1, column, cell))
    assert [each.row for each in run.refused] == [2]
    assert run.labels == []


@pytest.mark.parametrize(("column", "cell"), EHIDEN_DAMAGE)
def test_ehiden_refuses_a_row_with_one_wrong_cell(column: int, cell: str) -> None:
    data = plain_file(sagawa_e3)
    assert Ehiden3(TODAY).take(data).refused == []
    run = Ehiden3(TODAY).take(spoilt(data, 1, column, cell))
    assert [each.row for each in run.refused] == [2]
    assert run.labels == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.removesuffix(b"\r\n"),
        lambda data: data.replace(b",", b"", 1),
    ],
)
@pytest.mark.parametrize(("module", "program"), PROGRAMS)
def test_a_file_in_another_form_is_refused_whole(
    module: ModuleType, program: type[Program], damage: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(AssertionError):
        program(TODAY).take(damage(plain_file(module)))


def test_a_column_too_few_in_one_row_is_refused_by_its_row() -> None:
    data = plain_file(yamato_b2)
    run: Run = B2(TODAY).take(data.removesuffix(b",\r\n") + b"\r\n")
    assert [(each.row, each.reason) for each in run.refused] == [(2, "94 columns, not 95")]
