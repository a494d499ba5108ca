"""Spreadsheets where files are read: the sheet that is meant, places in reports, and everybody who opens a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app.carriers._choose import carrier
from app.carriers._file import open_returned
from app.channels._cartons import read_cartons
from app.channels._choose import matched
from app.channels._mapped import MappedChannel
from app.channels._products import read_products
from app.channels._source import END, open_source
from app.domain.intake import ReadOptions
from app.domain.orders import IncomingOrder, Problem
from app.domain.shipping import NumberRow
from app.errors import FileUnusable
from tests.carriers.making import sample
from tests.channels.reading import PLAIN, PLAIN_COLUMNS, Read
from tests.sheets.workbooks import cell, raw_xlsx, xls, xlsx

MINE = MappedChannel("mine", PLAIN + '[recognise]\ncolumns = ["order", "qty", "zip"]\n')
COVER = [["受注一覧"], ["2026-11-30"]]


def table(*rows: dict[str, object]) -> list[list[object]]:
    usual: dict[str, object] = {"order": "1001", "sku": "SKU-1", "name": "Thing", "qty": 1, "price": 100.0}
    return [list(PLAIN_COLUMNS), *[[(usual | row).get(name) for name in PLAIN_COLUMNS] for row in rows]]


def read(path: Path, mapping: MappedChannel = MINE) -> Read:
    reader, file = matched(open_source(path), [mapping])
    return Read(reader.read(file, ReadOptions()))


def test_orders_of_a_spreadsheet_are_those_of_its_text(tmp_path: Path) -> None:
    rows = table({"zip": 600001, "phone": "0300000000"}, {"order": 1002, "qty": 3})
    found = read(xlsx(tmp_path / "a.xlsx", {"受注": rows}))
    assert [(each.number, each.lines[0].quantity, each.lines[0].price, each.row) for each in found.orders] == [
        ("1001", 1, "100", 2),
        ("1002", 3, "100", 3),
    ]
    assert found.orders[0].ship_to.postcode == "060-0001"
    assert found.problem("cell.zeros_restored").row == 2


def test_a_number_that_lost_its_digits_is_told_as_it_is_in_a_text_file(tmp_path: Path) -> None:
    found = read(xlsx(tmp_path / "a.xlsx", {"受注": table({"order": 1234567890123456789})}))
    problem = found.problem("order.excel_damage")
    assert (problem.file, problem.row, problem.column, problem.value) == (
        *("a.xlsx", 2, "order"),
        "1.23456789012346E+18",
    )
    assert found.orders == []


def test_the_sheet_is_the_first_that_a_channel_knows_and_reports_name_it(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        {"表紙": COVER, "受注": table({}, {"order": 1002, "qty": "two"}), "控え": table({"order": "9"})},
    )
    assert open_source(path).sheets == ("表紙", "受注", "控え")
    found = read(path)
    assert [each.number for each in found.orders] == ["1001"]
    problem = found.problem("line.quantity_not_number")
    assert (problem.file, problem.row, problem.column, problem.value) == ("a.xlsx [受注]", 3, "qty", "two")
    named = MappedChannel("mine", MINE.body + '[file]\nsheet = "控え"\n')
    assert [each.number for each in read(path, named).orders] == ["9"]
    with pytest.raises(FileUnusable) as refused:
        matched(open_source(path), [MappedChannel("mine", MINE.body + '[file]\nsheet = "昨日"\n')], "mine")
    assert (refused.value.key, refused.value.args_["known"]) == ("file.no_sheet", "表紙、受注、控え")


def test_a_spreadsheet_that_nobody_knows_is_said_by_its_first_sheet(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        matched(open_source(xlsx(tmp_path / "a.xlsx", {"表紙": COVER})))
    assert (refused.value.key, refused.value.args_["columns"]) == ("file.not_recognised", "受注一覧")


def test_a_cell_without_a_value_is_told_and_holds_no_order_silently(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{"".join(cell(f"{chr(65 + at)}1", name) for at, name in enumerate(PLAIN_COLUMNS))}</row>'
        f'<row r="2">{cell("A2", "1001")}{cell("B2", "SKU-1")}<c r="D2"><f>1+1</f></c></row>'
    )
    found = read(raw_xlsx(tmp_path / "a.xlsx", rows))
    assert found.problem("cell.formula_empty").value == "=1+1"
    assert found.problem("cell.formula_empty").column == "D"
    assert found.problem("line.quantity_not_number").row == 2


def test_a_mapping_may_say_where_the_table_begins_and_letters_of_text_files_do_not_matter(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"受注": [*COVER, *table({})]})
    source = open_source(path).laid_out(encoding="cp932", delimiter="\t", header_row=3)
    assert (source.header[:2], source.skipped, source.encoding) == (("order", "sku"), 3, "utf-8")
    assert [row[0] for row in source.records()] == ["1001", END]


def test_products_and_numbers_of_carriers_come_in_spreadsheets_too(tmp_path: Path) -> None:
    path = xls(tmp_path / "p.xls", [["sku", "name", "weight_g"], ["SKU-1", "湯のみ", 120.0]])
    products = Read(read_products(open_source(path), ReadOptions())).products
    assert [(each.sku, each.weight_g) for each in products] == [("SKU-1", 120)]
    b2 = carrier("yamato_b2")
    shipments, account, today = sample("yamato_b2")
    written = list(csv.reader(io.StringIO(b2.write(shipments, account, today).data.decode("cp932"), newline="")))
    rows: list[list[object]] = [list(row) for row in written]
    rows[1][3] = 444413758703.0
    numbers = open_returned(xlsx(tmp_path / "n.xlsx", {"Sheet1": rows}))
    found = [each for each in b2.read_numbers(numbers) if isinstance(each, NumberRow)]
    assert (found[0].key, found[0].number, found[0].row) == (written[1][0], "444413758703", 2)


def test_the_text_lives_as_long_as_somebody_reads(tmp_path: Path) -> None:
    file = open_source(xlsx(tmp_path / "a.xlsx", {"受注": table({}, {"order": "2"})}))
    items = MINE.read(file, ReadOptions())
    content = file.content
    del file
    assert [each.number for each in items if isinstance(each, IncomingOrder)] == ["1001", "2"]
    del items
    assert not content.exists()


def test_a_damaged_spreadsheet_is_a_problem_of_the_file_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 half a download")
    with pytest.raises(FileUnusable, match=r"file\.sheet_broken"):
        open_source(path)


def test_a_list_of_cartons_tells_of_a_formula_without_a_value_too(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{cell("A1", "code")}{cell("B1", "name")}{cell("C1", "inner_l_mm")}</row>'
        f'<row r="2">{cell("A2", "C60")}{cell("B2", "60")}<c r="C2"><f>A1+1</f></c></row>'
    )
    items = list(read_cartons(open_source(raw_xlsx(tmp_path / "c.xlsx", rows)), {}))
    told = [each for each in items if isinstance(each, Problem) and each.key == "cell.formula_empty"]
    assert [(each.row, each.column, each.value) for each in told] == [(2, "C", "=A1+1")]
