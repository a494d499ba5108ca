"""The printed report of an import."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.documents import render
from app.domain.import_paper import ImportPaper, PaperProblem
from app.domain.intake import Level
from tests.documents.makers import EN, JA, page_texts, text_of

UNKNOWN = PaperProblem(
    level=Level.ERROR,
    file="rakuten_1124.csv",
    row=203,
    column="商品管理番号",
    value="tea-set-03",
    key="line.unknown_product",
    args={"row": "203", "number": "1124-0871", "value": "tea-set-03", "file": "rakuten_1124.csv", "column": "SKU"},
    number="1124-0871",
    fixed="TEA-SET-03",
    remedies=(("remedy.value", {"column": "商品管理番号"}),),
)
REPORT = ImportPaper(
    files=("rakuten_1124.csv", "yahoo_order.csv"),
    at=datetime(2026, 11, 24, 7, 32),
    shops=("見本商店",),
    figures=(("intake.card.orders.added", 186), ("intake.card.errors", 2)),
    problems=(UNKNOWN, replace(UNKNOWN, level=Level.INFO, row=0, column="", value="", fixed=None, remedies=())),
)


def test_it_names_place_value_and_remedy_of_each_problem() -> None:
    shown = text_of(render("import_report", REPORT, JA).pdf)
    for said in (
        "取り込み結果",
        "203 行目",
        "商品管理番号",
        "tea-set-03",
        "→ TEA-SET-03",
        "注文 1124-0871",
        "186",
        "見本商店",
    ):
        assert said in shown
    assert "ファイル全体" in shown
    assert "row 203" in text_of(render("import_report", REPORT, EN).pdf)


def test_long_values_and_many_problems_go_on_over_the_pages() -> None:
    long = replace(UNKNOWN, value="長い値" * 200, args=dict(UNKNOWN.args) | {"value": "長い値" * 40})
    pages = page_texts(render("import_report", replace(REPORT, problems=(long,) * 6, left_out=7), JA).pdf)
    assert len(pages) > 2
    assert all("取り込み結果" in page for page in pages)
    assert "ほか 7 件" in pages[-1]


def test_without_problems_it_says_so() -> None:
    assert "出すものはありません" in text_of(render("import_report", replace(REPORT, problems=()), JA).pdf)
