"""Dispatch reports as files: Rakuten's six columns exactly, any other by a mapping, errors read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.channels import rakuten
from app.channels._choose import channels, reporter
from app.channels._mapping import mapping_from as intake_mapping
from app.channels._report import error_rows, mapping_from, report_mapping, written
from app.channels._source import open_source
from app.domain.orders import Problem
from app.domain.reports import ErrorRow, ReportRow
from app.errors import FileUnusable, NotAllowed, SettingsWrong

ROW = ReportRow("293847-20260713-0518264937", "4711", "444413700010", "yamato_b2", "takkyubin", date(2026, 7, 4))
PLAIN = """
[report]
columns = [{ name = "注文", value = "order_number" }, { name = "番号", value = "tracking_hyphens" },
           { name = "会社", value = "carrier" }, { name = "日", value = "ship_date" }, { name = "状態", text = "済" }]
carriers = { yamato_b2 = "ヤマト", "yamato_b2/nekopos" = "ネコポス", other = "他" }
date = "%Y/%m/%d"
encoding = "cp932"
newline = "lf"
"""


# --- Rakuten ------------------------------------------------------------------------------------------------------


def test_rakuten_gets_exactly_its_six_columns(shared: Path) -> None:
    data = rakuten.report([ROW, replace(ROW, tracking="555512345678", carrier="sagawa_e3", ship_to_key="")])
    assert data.decode("cp932") == (
        "注文番号,送付先ID,発送明細ID,お荷物伝票番号,配送会社,発送日\r\n"
        "293847-20260713-0518264937,4711,,444413700010,1001,2026-07-04\r\n"
        "293847-20260713-0518264937,,,555512345678,1002,2026-07-04\r\n"
    )
    header = (shared / "formats" / "headers" / "rakuten_rms_shipping_report_6.csv").read_bytes().strip()
    assert data.split(b"\r\n")[0] == header


@pytest.mark.parametrize(
    ("carrier", "service", "code"),
    [
        ("yamato_b2", "takkyubin", "1001"),
        ("yamato_b2", "nekopos", "1001"),
        ("yamato_b2", "yu_packet", "1030"),
        ("sagawa_e3", "", "1002"),
        ("japanpost_yupri", "", "1003"),
        ("pigeon", "", "1000"),
        ("", "", "1000"),
    ],
)
def test_rakuten_has_a_code_for_every_carrier(carrier: str, service: str, code: str) -> None:
    last = rakuten.report([replace(ROW, carrier=carrier, service=service)]).decode("cp932").split("\r\n")[1]
    assert last.split(",")[4] == code


def test_a_channel_reports_in_its_own_form_or_by_a_mapping() -> None:
    own = {each.ID for each in channels() if reporter(each) is not None}
    assert own == {"amazon", "eccube4", "rakuten"}


# --- by a mapping -------------------------------------------------------------------------------------------------


def table(text: str = PLAIN):
    found = mapping_from(text, "made").report
    assert found is not None
    return found


def test_a_mapping_decides_columns_names_dates_and_form() -> None:
    rows = [ROW, replace(ROW, service="nekopos", number="=2"), replace(ROW, carrier="sagawa_e3", tracking="RR1JP")]
    assert written(rows, table()).decode("cp932") == (
        "注文,番号,会社,日,状態\n"
        "293847-20260713-0518264937,4444-1370-0010,ヤマト,2026/07/04,済\n"
        "=2,4444-1370-0010,ネコポス,2026/07/04,済\n"
        "293847-20260713-0518264937,RR1JP,他,2026/07/04,済\n"
    )


def test_one_row_an_order_joins_its_numbers() -> None:
    text = (
        PLAIN.replace("tracking_hyphens", "tracking") + 'rows = "order"\njoin = " / "\nheader = false\nquote = "all"\n'
    )
    rows = [ROW, replace(ROW, tracking="2"), replace(ROW, ship_to_key="x", tracking="3")]
    lines = written(rows, table(text)).decode("cp932").splitlines()
    assert [line.split(",")[1] for line in lines] == ['"444413700010 / 2"', '"3"']


def test_a_carrier_without_a_name_stops_the_report() -> None:
    with pytest.raises(NotAllowed, match=r"report\.no_carrier_name"):
        written([replace(ROW, carrier="pigeon")], table(PLAIN.replace(', other = "他"', "")))


def test_without_names_the_carriers_own_id_stands() -> None:
    bare = mapping_from('[report]\ncolumns = [{ name = "c", value = "carrier" }]', "m").report
    assert bare is not None
    assert written([ROW], bare) == b"c\r\nyamato_b2\r\n"


def test_a_character_that_the_encoding_lacks_is_named_never_replaced() -> None:
    with pytest.raises(NotAllowed) as told:
        written([ROW, replace(ROW, number="𠮷-1")], table())
    assert told.value.key == "report.cannot_encode"
    assert (told.value.args_["char"], told.value.args_["row"]) == ("𠮷", 3)


def test_everything_wrong_with_a_mapping_is_said_at_once() -> None:
    wrong = """
[report]
columns = [{ name = "a", value = "weight" }, { value = "tracking" }, 3]
encoding = "sjis"
newline = "cr"
date = "%Y"
rows = "box"
header = "yes"
carriers = { yamato_b2 = 1001 }
colour = "red"
[report_errors]
number = 0
header_row = -1
failed = "x"
[other]
"""
    with pytest.raises(SettingsWrong) as told:
        mapping_from(wrong, "m")
    said = str(told.value.args_["wrong"])
    for place in (
        "report.columns[1].value", "report.columns[2]", "report.columns[3]", "report.encoding", "report.newline",
        "report.date", "report.rows", "report.header", "report.carriers", "report.colour", "report_errors.number",
        "report_errors.reason", "report_errors.header_row", "report_errors.failed", "other",
    ):  # fmt: skip
        assert f"{place}: " in said, place
    with pytest.raises(SettingsWrong, match=r"mapping\.not_toml"):
        mapping_from("[report", "m")
    with pytest.raises(SettingsWrong, match=r"mapping\.unreadable"):
        report_mapping("no such mapping")


def test_a_mapping_of_intake_may_say_how_to_report() -> None:
    text = '[order]\nnumber = "n"\n[line]\nsku = "s"\nquantity = "q"\n' + PLAIN
    assert intake_mapping(text, "both").cells["order.number"].columns == ("n",)
    assert mapping_from(text, "both").report is not None
    assert mapping_from(text.partition("[report]")[0], "none").report is None


@pytest.mark.parametrize("name", ["plain", "eccube4_shipping"])
def test_the_mappings_that_come_along_write(name: str) -> None:
    made = report_mapping(name).report
    assert made is not None
    first, second = written([ROW], made).decode(made.encoding).splitlines()
    assert first.count(",") == second.count(",")
    assert "444413700010" in second


def test_eccubes_shipment_file_is_as_it_wants_it(shared: Path) -> None:
    made = report_mapping("eccube4_shipping").report
    assert made is not None
    header = (shared / "formats" / "headers" / "eccube4_shipping_upload.csv").read_bytes().strip()
    assert written([ROW], made) == header + b"\r\n4711,444413700010,2026-07-04\r\n"


# --- errors -------------------------------------------------------------------------------------------------------

ERRORS = """
[report_errors]
number = "注文番号"
tracking = "伝票"
reason = ["結果", "内容"]
taken = [{ column = "結果", one_of = ["OK", "成功"] }]
"""


def errors(folder: Path, text: str, mapping: str = ERRORS, encoding: str = "cp932"):
    path = folder / "errors.csv"
    path.write_bytes(text.encode(encoding))
    found = mapping_from(mapping, "m").errors
    assert found is not None
    return list(error_rows(open_source(path), found))


def test_what_the_shop_refused_is_read_and_what_it_took_is_not(tmp_path: Path) -> None:
    text = "注文番号,伝票,結果,内容\r\nA-1,4444-1370-0010,NG,番号が不正\r\nA-2,1,OK,\r\n\r\nA-3,,NG,\r\n,2,NG,x\r\n"
    first, second, third = errors(tmp_path, text)
    assert first == ErrorRow(2, "A-1", "", "444413700010", "NG / 番号が不正")
    assert second == ErrorRow(5, "A-3", "", "", "NG")
    assert isinstance(third, Problem)
    assert (third.row, third.key) == (6, "row.no_order_number")


def test_only_rows_that_say_failed_count_where_the_mapping_says_so(tmp_path: Path) -> None:
    mapping = '[report_errors]\nnumber = 1\nreason = 3\nheader_row = 0\nfailed = [{ column = 2, equals = "E" }]\n'
    found = errors(tmp_path, "A-1,E,bad\nA-2,W,odd\nA-3,E,worse\n", mapping, "utf-8")
    assert [each.number for each in found] == ["A-1", "A-3"]


def test_a_file_of_another_kind_and_a_cut_one_are_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as told:
        errors(tmp_path, "a,b\n1,2\n", encoding="utf-8")
    assert told.value.args_["columns"] == "注文番号, 結果, 内容, 伝票"
    cut = errors(tmp_path, '注文番号,伝票,結果,内容\nA-1,1,NG,"half')
    assert [each.key for each in cut if isinstance(each, Problem)] == ["row.truncated"]
