"""Spreadsheets in a limited child: what cells say, what is refused and why, and that the limits are real."""

from __future__ import annotations

import csv
import gc
import os
import random
import struct
import sys
import tempfile
import time as time_module
import zipfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from app.errors import FileUnusable
from app.sheets import book as module
from app.sheets.book import Limits, Note, is_book, read_book, sweep
from tests.sheets.workbooks import MAIN, cell, ods, ods_row, ole, raw_xlsx, xls, xlsx


def rows_of(path: Path, sheet: int = 0) -> list[list[str]]:
    book = read_book(path, path.name)
    return list(csv.reader(book.sheets[sheet].path.read_text(encoding="utf-8").splitlines()))


def refused(path: Path, limits: Limits | None = None) -> FileUnusable:
    with pytest.raises(FileUnusable) as told:
        read_book(path, path.name, limits or Limits())
    assert told.value.args_["file"] == path.name
    return told.value


# --- what cells say -----------------------------------------------------------------------------------------------


def test_cells_say_what_a_person_sees(tmp_path: Path) -> None:
    day, noon = datetime(2026, 11, 30), datetime(2026, 11, 30, 12, 34, 56)
    cells = (
        *("0812", 5, 5.5, 0.1 + 0.2, 1200.0, -3, 0.00001, 4901234567894, 123456789012345, 1234567890123456789),
        *(day, noon, time(14, 0), timedelta(hours=30), True, None, "4.44E+11", "改行\nあり", "1,2"),
    )
    path = xlsx(tmp_path / "a.xlsx", {"受注": [cells]})
    book = read_book(path, "a.xlsx")
    with book.sheets[0].path.open(encoding="utf-8", newline="") as file:
        [row] = list(csv.reader(file))
    assert row == [
        *("0812", "5", "5.5", "0.3", "1200", "-3", "0.00001", "4901234567894", "123456789012345"),
        "1.23456789012346E+18",  # it has lost digits, and says so as a text file from a spreadsheet does
        *("2026-11-30", "2026-11-30 12:34:56", "14:00:00", "30:00:00", "TRUE", "", "4.44E+11", "改行\nあり", "1,2"),
    ]
    assert (book.kind, book.sheets[0].name, book.sheets[0].rows) == ("xlsx", "受注", 1)


def test_rows_and_columns_stay_where_they_are(tmp_path: Path) -> None:
    path = raw_xlsx(
        tmp_path / "a.xlsx", f'<row r="3">{cell("B3", "x")}{cell("C3", 1)}</row><row r="5">{cell("A5", "y")}</row>'
    )
    assert rows_of(path) == [[], [], ["", "x", "1"], [], ["y", "", ""]]


def test_a_formula_without_a_value_and_an_error_are_told_with_their_place(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>B1*2</f><v>6</v></c><c r="B1"><v>3</v></c></row>'
        '<row r="2"><c r="A2"><f>B2&amp;"&lt;"</f></c><c r="B2"><f>1+1</f><v></v></c>'
        '<c r="C2" t="e"><v>#N/A</v></c><c r="D2"><f t="shared" si="0"/></c><c r="E2"/></row>'
    )
    book = read_book(raw_xlsx(tmp_path / "a.xlsx", rows), "a.xlsx")
    assert book.sheets[0].notes == (
        Note(2, "A", "cell.formula_empty", '=B2&"<"'),
        Note(2, "B", "cell.formula_empty", "=1+1"),
        Note(2, "C", "cell.formula_error", "#N/A"),
        Note(2, "D", "cell.formula_empty", "="),
    )
    assert rows_of(tmp_path / "a.xlsx") == [["6", "3", ""], ['=B2&"<"', "=1+1", "#N/A", "="]]


def test_only_sheets_that_are_seen_and_hold_something_count(tmp_path: Path) -> None:
    sheets = {"空": [], "表紙": [["受注一覧"]], "隠し": [["x"]], "受注": [["番号"], ["A-1"]]}
    book = read_book(xlsx(tmp_path / "a.xlsx", sheets, hidden=["隠し"]), "a.xlsx")
    assert [(each.name, each.rows) for each in book.sheets] == [("表紙", 1), ("受注", 2)]


def test_old_excel_and_open_document_are_read_whatever_their_names_end_in(tmp_path: Path) -> None:
    table = [["番号", "数"], ["A-1", "2"]]
    assert rows_of(xls(tmp_path / "a.dat", [["番号", "数"], ["A-1", 2.0]])) == table
    blank = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    assert rows_of(ods(tmp_path / "b.xlsx", ods_row("番号", "数") + ods_row("A-1", 2) + blank)) == table
    assert all(is_book((tmp_path / name).read_bytes()[:8]) for name in ("a.dat", "b.xlsx"))
    assert not is_book(b"order,sku")


# --- what is refused ----------------------------------------------------------------------------------------------


def _entries(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for at in range(2_001):
            packed.writestr(f"xl/{at}.bin", b"")
    return path


def _locked(path: Path) -> Path:
    raw_xlsx(path, "")
    content = path.read_bytes()  # the flag of a password stands 8 bytes into each entry of the table of contents
    at = content.index(b"PK\x01\x02") + 8
    path.write_bytes(content[:at] + struct.pack("<H", 1) + content[at + 2 :])
    return path


def _zeros(path: Path) -> Path:
    return raw_xlsx(path, "", {"xl/media/image1.png": bytes(30_000_000)})


def _cut(path: Path) -> Path:
    raw_xlsx(path, cell("A1", "x") * 500)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _torn(path: Path) -> Path:
    """A whole table of contents, and in the middle of a part something else."""
    raw_xlsx(path, cell("A1", "x") * 5_000)
    content = bytearray(path.read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[at : at + 20] = b"\xff" * 20
    path.write_bytes(bytes(content))
    return path


def _noise(path: Path) -> Path:
    path.write_bytes(b"PK\x03\x04" + random.Random(7).randbytes(5_000))
    return path


_DTD = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
_XML = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("make", "key", "told"),
    [
        (_entries, "file.sheet_bomb", {"size": "2001"}),
        (_zeros, "file.sheet_bomb", {"part": "xl/media/image1.png"}),
        (_locked, "file.sheet_encrypted", {}),
        (_cut, "file.sheet_broken", {}),
        (_noise, "file.sheet_broken", {}),
        (_torn, "file.sheet_broken", {}),
        (lambda path: raw_xlsx(path, "", {"a.zip": b"PK\x03\x04"}), "file.sheet_nested", {"part": "a.zip"}),
        (lambda path: raw_xlsx(path, "", head=_DTD), "file.sheet_xml", {"part": "xl/worksheets/sheet1.xml"}),
        (
            lambda path: raw_xlsx(path, "", {"xl/styles.xml": _DTD.encode("utf-16")}),
            "file.sheet_xml",
            {"part": "xl/styles.xml"},
        ),
        (lambda path: raw_xlsx(path, "<row><c"), "file.sheet_broken", {}),
        (lambda path: raw_xlsx(path, "", {"xl/workbook.xml": "<workbook"}), "file.sheet_broken", {}),
        (lambda path: raw_xlsx(path, ""), "file.empty", {}),
        (
            lambda path: raw_xlsx(path, _XML.format(1, "A") + _XML.format(1_048_576, "XFD")),
            "file.sheet_far",
            {"cell": "XFD1048576", "sheet": "受注"},
        ),
        (lambda path: raw_xlsx(path, _XML.format(1_000_000, "A")), "file.sheet_far", {"cell": "A1000000"}),
        (lambda path: ods(path, ods_row("x", times=1_000_000)), "file.sheet_rows", {"rows": "1,000,000"}),
        (
            lambda path: ods(
                path,
                '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
                'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>',
            ),
            "file.sheet_memory",
            {},
        ),
        (lambda path: ods(path, "", "<encryption-data/>"), "file.sheet_encrypted", {}),
    ],
)
def test_what_cannot_be_a_table_is_refused_with_its_place(
    tmp_path: Path, make: Callable[[Path], Path], key: str, told: dict[str, str]
) -> None:
    error = refused(make(tmp_path / "a.xlsx"))
    assert error.key == key
    assert {name: error.args_[name] for name in told} == told


def test_too_many_rows_are_counted_by_what_the_sheet_says_of_itself(tmp_path: Path) -> None:
    rows = "".join(_XML.format(at, "A") for at in range(1, 1_202))
    path = raw_xlsx(tmp_path / "a.xlsx", rows)
    assert read_book(path, path.name, Limits(rows=1_201)).sheets[0].rows == 1_201
    error = refused(path, Limits(rows=1_200))
    assert (error.key, error.args_["rows"], error.args_["limit"]) == ("file.sheet_rows", "1,201", "1,200")
    content = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:C1000000"/><sheetData>{rows}</sheetData></worksheet>'
    raw_xlsx(path, "", {"xl/worksheets/sheet1.xml": content})
    assert refused(path, Limits(rows=1_200)).args_["rows"] == "1,000,000"


@pytest.mark.long
def test_a_sheet_of_a_million_rows_is_refused_in_time(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", "".join(map(_XML.format, range(1, 1_000_001), "ABCDEFGH" * 125_000)))
    began = time_module.monotonic()
    assert refused(path).key in {"file.sheet_rows", "file.sheet_far"}
    assert time_module.monotonic() - began < 10


def test_cells_that_have_a_form_only_do_not_count(tmp_path: Path) -> None:
    rows = f'<row r="1">{cell("A1", "x")}</row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert rows_of(raw_xlsx(tmp_path / "a.xlsx", rows)) == [["x"]]


def test_a_container_of_old_office_files_is_no_workbook_by_itself(tmp_path: Path) -> None:
    for name, key in (("EncryptedPackage", "file.sheet_encrypted"), ("WordDocument", "file.sheet_broken")):
        path = tmp_path / "a.xls"
        path.write_bytes(ole(b"x" * 5_000, name))
        assert refused(path).key == key


def test_a_zip_of_text_files_is_named_as_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "orders.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("orders.csv", "order,sku\n")
    assert (refused(path).key, refused(path).args_["kind"]) == ("file.binary", "zip")


# --- the limits ---------------------------------------------------------------------------------------------------


def test_the_child_gets_no_more_memory_than_it_may_have(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{cell("A1", "x" * 12_000_000)}</row>')
    assert refused(path, Limits(memory_mb=40, ratio=10_000)).key == "file.sheet_memory"
    assert read_book(path, path.name, Limits(ratio=10_000)).sheets[0].rows == 1


@pytest.mark.parametrize(
    ("child", "limits", "key"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Limits(), "file.sheet_died"),
        ("raise SystemExit(3)", Limits(), "file.sheet_died"),
        ("pass", Limits(), "file.sheet_died"),
        ("import os; os.abort()", Limits(), "file.sheet_memory"),
        ("import time; time.sleep(30)", Limits(patience=1), "file.sheet_time"),
        ("kept = bytes(range(256)) * 800_000; import time; time.sleep(30)", Limits(memory_mb=80), "file.sheet_memory"),
    ],
)
def test_a_child_that_dies_or_takes_too_much_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, child: str, limits: Limits, key: str
) -> None:
    script = tmp_path / "child.py"  # it limits nothing by itself, as on a system without such limits
    script.write_text(child, encoding="utf-8")
    monkeypatch.setattr(module, "_CHILD", script)
    assert refused(raw_xlsx(tmp_path / "a.xlsx", ""), limits).key == key


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of the processor's time")
def test_the_child_ends_itself_when_its_time_of_the_processor_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "child.py"
    limits = '{"memory_mb": 300, "seconds": 1, "out_mb": 1}'
    script.write_text(f"import runpy\nrunpy.run_path({str(module._CHILD)!r})['limit']({limits})\nwhile True: pass\n")
    monkeypatch.setattr(module, "_CHILD", script)
    assert refused(raw_xlsx(tmp_path / "a.xlsx", "")).key == "file.sheet_time"


def test_more_parts_than_the_limits_are_said_before_any_is_unpacked(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", "", {"xl/a.bin": os.urandom(1_500_000)})
    error = refused(path, Limits(unpacked_mb=1))
    assert (error.key, error.args_["part"], error.args_["limit"]) == ("file.sheet_large", "xl/a.bin", "1.0 MB")


# --- files that are left ------------------------------------------------------------------------------------------


def test_the_text_goes_with_the_book(tmp_path: Path) -> None:
    book = read_book(xlsx(tmp_path / "a.xlsx", {"受注": [["x"]]}), "a.xlsx")
    folder = book.folder
    assert sorted(each.name for each in folder.iterdir()) == ["0.csv", "told.json"]
    del book
    gc.collect()
    assert not folder.exists()
    refused(_noise(tmp_path / "b.xlsx"))
    assert [each.name for each in folder.parent.iterdir()] == ["lock"]


def test_what_a_killed_program_left_is_removed_and_what_a_running_one_needs_is_not(tmp_path: Path) -> None:
    book = read_book(xlsx(tmp_path / "a.xlsx", {"受注": [["x"]]}), "a.xlsx")
    left = Path(tempfile.mkdtemp(prefix="kenpin-sheets-"))
    (left / "lock").touch()
    (left / "0.csv").write_text("somebody's order", encoding="utf-8")
    sweep()
    assert left.exists()  # it may be somebody's who has not locked it yet
    for folder in (left, book.folder.parent):
        os.utime(folder, (0, 0))
    assert sweep() >= 1
    assert not left.exists()
    assert book.sheets[0].path.exists()
