"""Every export, with cells that a spreadsheet would run: those meant for Excel guard them, others never do."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.carriers._choose import carriers
from app.channels import _report, _shop_file
from app.channels._choose import channels, reporter
from app.domain.rates import Island, Rate, Zone
from app.domain.reports import ReportRow
from app.services import print_rule_list, rates, return_views
from app.storage.returns_list import ProductBack
from app.text import texts
from tests.carriers.making import sample

ROOT = Path(__file__).resolve().parents[2]
SIGNS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1")
every_sign = pytest.mark.parametrize("cell", SIGNS, ids=repr)

EXCEL = {"services/return_views.py", "services/rates.py", "services/print_rule_list.py", "channels/_shop_file.py"}
"""Write what people open in a spreadsheet (a shop's file: where its mapping says so)."""
PROGRAMS = {"carriers/_write.py", "channels/_report.py"}
"""Write what a program of a carrier or a shop reads."""
NOBODYS = {"services/demo.py", "ui/intake/play.py", "sheets/_child.py"}
"""Write demo files and what the program itself reads back."""


def test_every_place_that_writes_tables_is_known_to_be_for_people_or_for_programs() -> None:
    writes = re.compile(r"\bcsv\.(?:writer|DictWriter)\(|\bput = csv\.writer")
    found = {
        path.relative_to(ROOT / "app").as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }
    assert found == EXCEL | PROGRAMS | NOBODYS
    guarding = {name for name in found if "guarded(" in (ROOT / "app" / name).read_text(encoding="utf-8")}
    assert guarding == EXCEL


def _cells(data: bytes, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[str]:
    rows = csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter)
    return [each for row in rows for each in row]


# --- for people -----------------------------------------------------------------------------------------------------


@every_sign
def test_what_came_back_is_guarded(cell: str) -> None:
    row = ProductBack(cell, cell, cell, "other", 1, 1, 0, 1)
    for language in ("ja", "en"):
        cells = _cells(return_views.products_csv(texts(language), [row]))
        assert cells.count(f"'{cell}") == 2
        assert cell not in cells


@every_sign
def test_lists_of_rates_are_guarded(cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: dict[str, Any] = {
        "rates": Rate("yamato_b2", "takkyubin", 60, cell, cell, "2026-01-01", 900),
        "zones": Zone("yamato_b2", "東京都", cell),
        "islands": Island("yamato_b2", "1000", cell),
    }
    for kind, row in rows.items():
        monkeypatch.setattr(rates, "rows", lambda _tx, _kind, row=row: [row])
        cells = _cells(rates.export(SimpleNamespace(), kind))  # type: ignore[arg-type]
        assert f"'{cell}" in cells
        assert cell not in cells


@every_sign
def test_print_rules_are_guarded(cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_rule_list, "drafts", lambda _tx: {"x": None})
    monkeypatch.setattr(print_rule_list, "texts_of", lambda _draft: {"name": cell})
    cells = _cells(print_rule_list.export(SimpleNamespace()))  # type: ignore[arg-type]
    assert f"'{cell}" in cells
    assert cell not in cells


@every_sign
@pytest.mark.parametrize("guard", [True, False])
def test_a_shops_file_is_guarded_where_its_mapping_says_so(cell: str, guard: bool) -> None:
    body = _shop_file.shipped_text("example_products").replace("guard = true", f"guard = {str(guard).lower()}")
    mapping = _shop_file.mapping_from(body, "x")
    row = _shop_file.cells_of(mapping, {"listing.code": cell, "listing.title": cell, "product.sku": "A"})
    cells = _cells(_shop_file.written(mapping, [row]))
    assert cells.count(f"'{cell}" if guard else cell) == 2


# --- for programs ---------------------------------------------------------------------------------------------------


@every_sign
def test_reports_to_shops_are_never_guarded(cell: str) -> None:
    if cell[0] in "\t\r":
        pytest.skip("an order's number has no control characters")
    row = ReportRow(cell, "", "400000001004", "yamato_b2", "takkyubin", date(2026, 7, 14))
    table = _report.report_mapping("plain").report
    assert table is not None
    made = [_report.written([row], table)]
    made += [write([replace(row, ship_to_key=cell)]) for each in channels() if (write := reporter(each)) is not None]
    assert len(made) >= 4
    for data in made:
        assert f"'{cell}".encode() not in data
        assert cell.encode() in data


@pytest.mark.parametrize("identity", [each.ID for each in carriers()])
def test_files_for_carriers_are_never_guarded(identity: str) -> None:
    chosen = next(each for each in carriers() if identity == each.ID)
    shipments, account, today = sample(identity)
    for cell in ("=1+1", "@SUM(A1)", "-1+1"):
        odd = [replace(shipments[0], to=replace(shipments[0].to, name=f"{cell}花子"))]
        data = chosen.write(odd, account, today).data
        text = data.decode("cp932").translate(
            {ord(wide): plain for wide, plain in zip("＝＠－＋", "=@-+", strict=True)}
        )
        assert f"'{cell[0]}" not in text
        assert re.search(rf'(?:^|[",\n\t]){re.escape(cell[0])}', text), text[-300:]
