from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.channels._choose import channel
from app.channels._mapping import mapping_from, shipped
from app.channels._source import open_source
from app.domain.intake import ReadOptions
from app.domain.orders import Hold, IncomingOrder
from app.errors import FileUnusable, SettingsWrong
from tests.channels.reading import PLAIN, PLAIN_COLUMNS, SAMPLES, plain, read, read_plain, written

SMALL = '[order]\nnumber = "no"\n[line]\nsku = "code"\nquantity = "qty"\n'


def test_everything_wrong_with_a_mapping_is_said_at_once() -> None:
    text = """
    colour = "red"
    [file]
    encoding = "klingon"
    header_row = "one"
    [order]
    number = 0
    shoe = "size"
    [line]
    sku = "code"
    [time]
    timezone = "Mars/Olympus"
    [rules]
    cancelled = [{ column = "state" }, { column = "state", equals = 3 }]
    [rules.sku]
    case = "title"
    [rules.non_goods]
    pattern = "("
    """
    with pytest.raises(SettingsWrong) as refused:
        mapping_from(text, "mine")
    assert refused.value.key == "mapping.wrong"
    places = [line.split(":")[0] for line in str(refused.value.args_["wrong"]).splitlines()]
    assert sorted(places) == sorted(
        [
            "colour",
            "file.encoding",
            "file.header_row",
            "line.quantity",
            "order.number",
            "order.shoe",
            "rules.cancelled[1]",
            "rules.cancelled[2].equals",
            "rules.non_goods.pattern",
            "rules.sku.case",
            "time.timezone",
        ]
    )
    assert refused.value.args_["count"] == 11


def test_what_is_no_toml_is_refused_with_the_reason() -> None:
    with pytest.raises(SettingsWrong) as refused:
        mapping_from("[order\n", "mine")
    assert refused.value.key == "mapping.not_toml"


def test_the_mappings_that_are_shipped_are_right_and_can_be_recognised() -> None:
    assert shipped()
    for table in shipped():
        assert table.recognise
        assert set(table.title) == {"ja", "en"}


def test_columns_may_be_numbers_in_a_file_without_a_header(tmp_path: Path) -> None:
    mapping = "[file]\nheader_row = 0\n[order]\nnumber = 1\n[line]\nsku = 3\nquantity = 2\n"
    got = read_plain(tmp_path, "1001,2,A\n1001,1,B\n1002,x,C\n1003,1\n", mapping)
    assert [(order.number, [(line.sku, line.quantity) for line in order.lines]) for order in got.orders] == [
        ("1001", [("A", 2), ("B", 1)])
    ]
    assert ("line.quantity_not_number", 3, "2") in [(each.key, each.row, each.column) for each in got.problems]
    assert ("row.truncated", 4) in [(each.key, each.row) for each in got.problems]


def test_rows_with_nothing_in_them_above_a_file_without_a_header_are_passed_over(tmp_path: Path) -> None:
    mapping = "[file]\nheader_row = 0\n[order]\nnumber = 1\n[line]\nsku = 3\nquantity = 2\n"
    got = read_plain(tmp_path, ",,\n,\n1001,2,A\n,,\n1002,1,B\n", mapping)
    assert [(order.number, order.row) for order in got.orders] == [("1001", 3), ("1002", 5)]
    assert not got.problems


def test_the_header_may_stand_further_down(tmp_path: Path) -> None:
    got = read_plain(tmp_path, "Orders of today\n\nno,code,qty\n1,A,2\n", "[file]\nheader_row = 3\n" + SMALL)
    assert got.orders[0].row == 4


def test_a_mapping_may_fix_the_delimiter_and_leave_quotes_alone(tmp_path: Path) -> None:
    got = read_plain(tmp_path, 'no|code|qty\n1|5" nail|2\n', '[file]\ndelimiter = "|"\nquotes = false\n' + SMALL)
    assert got.orders[0].lines[0].sku == '5" nail'


def test_a_mapping_may_fix_the_encoding(tmp_path: Path) -> None:
    name = '[file]\nencoding = "cp1252"\n' + SMALL + 'name = "name"\n'
    got = read_plain(tmp_path, "no,code,qty,name\n1,A,2,caf\u00e9s\n", name, encoding="cp1252")
    assert got.orders[0].lines[0].name == "caf\u00e9s"
    with pytest.raises(FileUnusable) as refused:
        read_plain(tmp_path, "no,code,qty\n1,日本,2\n", '[file]\nencoding = "utf-8"\n' + SMALL, encoding="cp932")
    assert refused.value.key == "file.encoding"


def test_fields_may_be_joined_fixed_or_whole_numbers(tmp_path: Path) -> None:
    mapping = (
        '[order]\nnumber = "no"\nordered_at = ["day", "time"]\nnote = ["n1", "n2"]\n'
        '[ship_to]\nname = "id"\nphone = { columns = ["p1", "p2", "p3"], join = "-" }\ncountry = { value = "JP" }\n'
        '[buyer]\nname = { column = "id", whole = true }\n'
        '[totals]\ntotal = { value = "1,500" }\ncurrency = { value = "GBP" }\n'
        '[line]\nsku = "code"\nquantity = { value = 1 }\ntax_rate = { value = "0.08" }\n'
    )
    header = "no,code,day,time,n1,n2,id,p1,p2,p3\n"
    got = read_plain(tmp_path, header + "1,A,2026-09-14,09:00,be,quick,17850.0,03,0000,0001\n", mapping)
    order = got.orders[0]
    assert got.keys == []
    assert order.ordered_at == 1789344000000
    assert (order.note, order.buyer.name, order.ship_to.name) == ("be quick", "17850", "17850.0")
    assert (order.ship_to.phone, order.ship_to.country) == ("03-0000-0001", "JP")
    assert (order.totals.total, order.totals.currency) == ("1500", "GBP")
    assert (order.lines[0].quantity, order.lines[0].tax_rate) == (1, "0.08")


def test_cut_off_priority_and_cash_on_delivery_are_mapped(tmp_path: Path) -> None:
    mapping = SMALL.replace("[line]", 'cut_off = "until"\npriority = "rush"\ncod_amount = "cod"\n[line]')
    mapping += '[time]\nformats = ["%d.%m.%Y %H:%M"]\ntimezone = "Europe/London"\n'
    got = read_plain(
        tmp_path, "no,code,qty,until,rush,cod\n1,A,2,14.07.2026 15:00,\uff12,980\n2,A,1,x,high,\n", mapping
    )
    first, second = got.orders
    assert first.cut_off == int(datetime(2026, 7, 14, 14, 0, tzinfo=UTC).timestamp()) * 1000
    assert (first.priority, first.cod_amount) == (2, "980")
    assert (second.cut_off, second.priority) == (None, 0)
    assert got.keys == ["cell.bad_date", "line.quantity_not_number"]


def test_several_ship_tos_are_told_apart_by_their_columns(tmp_path: Path) -> None:
    mapping = SMALL.replace("[line]", 'ship_to_key = ["to", "zip"]\n[line]')
    got = read_plain(tmp_path, "no,code,qty,to,zip\n1,A,1,Taro,1\n1,B,1,Jiro,2\n1,C,1,Taro,1\n", mapping)
    assert [(order.ship_to_key, len(order.lines)) for order in got.orders] == [("Jiro/2", 1), ("Taro/1", 2)]


def test_rules_cancel_skip_hold_and_mark(tmp_path: Path) -> None:
    mapping = (
        SMALL
        + """
[rules]
cancelled = [{ column = "state", one_of = ["cancelled", "void"] }]
not_an_order = [{ column = "no", starts_with = "ADJ" }]
unpaid = [{ column = "state", equals = "waiting" }]
by_hand = [{ column = "state", none_of = ["", "waiting", "cancelled", "void", "gift"] }]
gift = [{ column = "state", equals = "gift" }]
skip_line = [{ column = "kind", none_of = ["goods"] }]
[rules.non_goods]
codes = ["POST"]
prefixes = ["gift_"]
pattern = "fee-[0-9]+"
[rules.sku]
case = "upper"
width = "narrow"
strip_prefix = "x-"
"""
    )
    rows = [
        "1,x-\uff41\uff42,1,goods,waiting",
        "1,post,1,goods,",
        "1,GIFT_10,1,goods,",
        "1,fee-7,1,goods,",
        "1,C,1,service,",
        "2,A,1,goods,Void",
        "ADJ-1,A,1,goods,",
        "3,A,1,goods,odd",
        "4,A,1,goods,gift",
    ]
    got = read_plain(tmp_path, "no,code,qty,kind,state\n" + "\n".join(rows) + "\n", mapping)
    assert [line.sku for line in got.orders[0].lines] == ["AB"]
    assert got.keys == ["line.non_goods"] * 4 + ["order.cancelled_in_shop", "order.not_an_order"]
    assert [(order.number, order.holds) for order in got.orders] == [
        ("1", (Hold.UNPAID,)),
        ("2", ()),
        ("3", (Hold.BY_HAND,)),
        ("4", ()),
    ]
    assert [order.gift for order in got.orders] == [False, False, False, True]


def test_a_mapping_that_does_not_fit_names_every_missing_column(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        read_plain(tmp_path, "no,foo\n1,2\n", SMALL + '[rules]\ngift = [{ column = "present", equals = "1" }]\n')
    assert refused.value.args_["columns"] == "code, qty, present"


def test_the_shipped_mapping_reads_its_files_by_recognition(tmp_path: Path) -> None:
    header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    rows = "536365,85123A,WHITE  HOLDER ,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
    order = read(written(tmp_path, header + rows)).orders[0]
    assert order.lines[0].name == "WHITE  HOLDER"
    assert (order.buyer.name, order.totals.currency, order.ship_to.country) == ("17850", "GBP", "United Kingdom")


def test_without_a_fitting_mapping_the_file_is_refused(tmp_path: Path) -> None:
    from app.channels import csv
    from app.channels._source import open_source
    from app.domain.intake import ReadOptions

    with pytest.raises(FileUnusable) as refused:
        csv.read(open_source(written(tmp_path, plain({}))), ReadOptions())
    assert refused.value.key == "file.no_mapping"
    with pytest.raises(SettingsWrong) as unknown:
        csv.read(open_source(written(tmp_path, plain({}))), ReadOptions(mapping=str(tmp_path / "none.toml")))
    assert unknown.value.key == "mapping.unreadable"


def test_without_a_ship_to_the_buyers_address_is_the_one_that_rows_must_agree_on(tmp_path: Path) -> None:
    got = read_plain(tmp_path, "no,code,qty,land\n1,A,1,FR\n1,B,1,DE\n", SMALL + '[buyer]\ncountry = "land"\n')
    assert got.keys == ["order.inconsistent"]
    assert got.orders[0].holds == (Hold.BY_HAND,)


def test_shipped_orders_are_left_out_and_cash_is_collected_only_by_its_rule(tmp_path: Path) -> None:
    mapping = SMALL.replace('number = "no"', 'number = "no"\ncod_amount = "total"') + (
        '[rules]\nshipped = [{ column = "state", equals = "sent" }]\n'
        'cancelled = [{ column = "state", equals = "void" }]\n'
        'cod = [{ column = "pay", starts_with = ["代引", "代金"] }]\n'
    )
    rows = "no,code,qty,state,pay,total\n1,A,1,,代金引換,500\n2,A,1,,card,500\n3,A,1,sent,代引,500\n4,A,1,void,card,5\n"
    got = read_plain(tmp_path, rows, mapping)
    assert [(order.number, order.cod_amount, order.cancelled) for order in got.orders] == [
        ("1", "500", False),
        ("2", "", False),
        ("4", "", True),
    ]
    assert got.problem("order.already_shipped").value == "3"


@pytest.mark.parametrize(
    ("columns", "cells", "wanted"),
    [
        ('street = "a"', "東京都千代田区1", ("東京都", "", "千代田区1")),
        ('city = "b"\nstreet = "a"', "1,京都府京都市", ("京都府", "京都市", "1")),
        ('prefecture = "b"\nstreet = "a"', "京都府1,大阪", ("大阪府", "", "京都府1")),
        ('street = "a"', "千代田区1", ("", "", "千代田区1")),
        ('street = "a"\ncountry = { value = "GB" }', "東京都1", ("", "", "東京都1")),
    ],
)
def test_a_prefecture_is_found_in_the_text_of_an_address(
    tmp_path: Path, columns: str, cells: str, wanted: tuple[str, str, str]
) -> None:
    got = read_plain(tmp_path, f"no,code,qty,a,b\n1,A,1,{cells}\n", f"{SMALL}[ship_to]\n{columns}\n")
    ship_to = got.orders[0].ship_to
    assert (ship_to.prefecture, ship_to.city, ship_to.street) == wanted


@pytest.mark.parametrize(("name", "column"), [("nextengine", "受注数量"), ("logiless", "販売単価")])
def test_an_order_managers_file_that_lacks_a_column_is_refused_by_its_name(
    tmp_path: Path, name: str, column: str
) -> None:
    sample = SAMPLES / "csv" / f"{name}.csv"
    path = written(tmp_path, sample.read_text(encoding="cp932").replace(f'"{column}"', '"x"'), encoding="cp932")
    with pytest.raises(FileUnusable) as refused:
        read(path, ReadOptions(mapping=name), channel("csv"))
    assert refused.value.args_["columns"] == column


# --- mail addresses and the shop's own names ------------------------------------------------------------------------

MAIL = PLAIN.replace('note = "note"\n', 'note = "note"\nemail = "mail"\n')


def test_a_mapped_mail_address_is_read_and_a_file_without_it_is_no_worse(tmp_path: Path) -> None:
    with_mail = plain({}).replace("note,to", "note,to,mail", 1)
    row = with_mail.splitlines()[1].split(",")
    row.insert(PLAIN_COLUMNS.index("to") + 1, "a@example.jp")
    text = "\n".join((with_mail.splitlines()[0], ",".join(row))) + "\n"
    assert read_plain(tmp_path, text, MAIL).orders[0].email == "a@example.jp"
    got = read_plain(tmp_path, plain({}), MAIL)
    assert (got.keys, got.orders[0].email) == ([], "")


def test_the_shops_own_names_in_a_mapped_note(tmp_path: Path) -> None:
    path = written(tmp_path, plain({"note": '"熨斗: 御祝\n便: 午前中\nお急ぎ"'}))
    options = ReadOptions(mapping_text=PLAIN, keys={"熨斗": "noshi", "便": "time"})
    (order,) = [each for each in channel("csv").read(open_source(path), options) if isinstance(each, IncomingOrder)]
    assert (order.note, order.wish, order.holds) == ("のし: 御祝\nお急ぎ", "時間帯: 午前中", (Hold.REMARK,))
