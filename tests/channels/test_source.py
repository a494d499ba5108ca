from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from app.channels._choose import recognised
from app.channels._orders import MOST_LINES
from app.channels._source import END, open_source
from app.domain.intake import LONGEST_KEY
from app.errors import FileUnusable, StationError
from tests.channels.reading import PLAIN, plain, read_goods, read_plain, written

TEXT = "order,sku\n1,日本\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("cp932"), "cp932"),
        ("order,sku\n1,髙﨑①㈱~\n".encode("cp932"), "cp932"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
    ],
)
def test_an_encoding_is_found_by_trying_the_whole_file(tmp_path: Path, content: bytes, encoding: str) -> None:
    source = open_source(written(tmp_path, content))
    assert source.encoding == encoding
    assert source.header == ("order", "sku")
    assert list(source.records())[-1] == [END]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_the_one_that_splits_the_header_best(tmp_path: Path, delimiter: str) -> None:
    text = delimiter.join(("order", '"a,b;c\td"', "sku")) + "\n"
    source = open_source(written(tmp_path, text + delimiter.join("123")))
    assert (source.delimiter, len(source.header)) == (delimiter, 3)


def test_blank_lines_before_the_header_are_counted_as_rows(tmp_path: Path) -> None:
    source = open_source(written(tmp_path, "\n,,\norder,sku\n1,A\n"))
    assert source.header == ("order", "sku")
    assert source.skipped == 3


def test_blank_lines_before_the_header_stay_before_it_however_the_file_is_read(tmp_path: Path) -> None:
    source = open_source(written(tmp_path, '\n\norder,sku\n1,"A\n')).laid_out(quoted=False)
    assert (source.header, source.skipped) == (("order", "sku"), 3)
    assert list(source.records()) == [["1", '"A'], [END]]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "file.empty"),
        (b"\n \n\r\n", "file.empty"),
        (codecs.BOM_UTF8, "file.empty"),
        (b"PK\x03\x04rest of a workbook", "file.sheet_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old workbook", "file.sheet_broken"),
        (b"%PDF-1.7", "file.binary"),
        (b"order,sku\n1,\x00\n", "file.binary"),
        ("order,sku\n".encode("utf-16-le"), "file.binary"),
        (b"order,sku\n1,\xff\xff\n", "file.encoding"),
    ],
)
def test_a_file_that_is_no_table_of_text_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    with pytest.raises(FileUnusable) as refused:
        open_source(written(tmp_path, content))
    assert refused.value.key == key
    assert refused.value.args_["file"] == "orders.csv"


def test_a_file_in_no_encoding_is_refused_with_the_place(tmp_path: Path) -> None:
    content = "注文,sku\n".encode() * 3 + b"1,\xff\xff\n"
    with pytest.raises(FileUnusable) as refused:
        open_source(written(tmp_path, content))
    assert refused.value.args_ == {"file": "orders.csv", "position": content.index(b"\xff"), "row": 4}


def test_a_wrong_byte_far_into_a_large_file_is_named_exactly(tmp_path: Path) -> None:
    content = ("あ" * 20 + "\n").encode() * 40_000
    with pytest.raises(FileUnusable) as refused:
        open_source(written(tmp_path, content + b"\xff\xff"))
    assert refused.value.args_["position"] == len(content)
    assert refused.value.args_["row"] == 40_001


def test_a_file_above_the_limit_is_refused_with_its_size_and_the_limit(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        open_source(written(tmp_path, b"a,b\n" * 500_000), max_bytes=1_000_000)
    assert refused.value.key == "file.too_large"
    assert refused.value.args_ == {"file": "orders.csv", "size": "2.0 MB", "limit": "1.0 MB"}


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(StationError) as refused:
            open_source(path)
        assert refused.value.key == "file.missing"


def test_a_file_with_a_header_only_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        read_plain(tmp_path, plain())
    assert refused.value.key == "file.no_rows"


def test_a_file_of_no_known_shop_is_refused_with_its_columns(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        recognised(open_source(written(tmp_path, "foo,bar\n1,2\n")))
    assert refused.value.key == "file.not_recognised"
    assert refused.value.args_["columns"] == "foo, bar"


def test_every_missing_column_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        read_plain(tmp_path, "order,name,at,note,to,zip,phone,country,state\n1,,,,,,,,\n")
    assert refused.value.key == "header.missing_columns"
    assert refused.value.args_["columns"] == "sku, qty, price"


def test_a_doubled_column_is_reported_and_the_first_is_read(tmp_path: Path) -> None:
    mapping = '[order]\nnumber = "order"\n[line]\nsku = "sku"\nquantity = "qty"\n'
    read = read_plain(tmp_path, "order,sku,qty,QTY\n1,A,2,9\n", mapping)
    assert read.problem("header.duplicate_column").column == "qty"
    assert read.orders[0].lines[0].quantity == 2


# --- damaged rows ------------------------------------------------------------------------------------------------


def test_a_row_cut_off_at_the_end_is_reported_and_its_order_held(tmp_path: Path) -> None:
    whole = plain({"sku": "A"}, {"sku": "B"})
    read = read_plain(tmp_path, whole[: whole.rindex("B") + 1])
    assert read.problem("row.truncated").row == 3
    assert [line.sku for line in read.orders[0].lines] == ["A"]
    assert read.orders[0].holds == ("by_hand",)


def test_a_row_cut_off_inside_the_order_number_holds_the_order_before_it(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"order": "1001"}) + "10")
    assert read.problem("row.truncated").value == "10"
    assert read.orders[0].holds == ("by_hand",)


def test_a_last_row_whose_empty_cells_are_missing_is_used_where_a_line_break_follows(tmp_path: Path) -> None:
    short = ",".join(("1002", "A", "Thing", "3"))
    nowhere = {"order": "1001", "price": "", "country": ""}
    read = read_plain(tmp_path, plain(nowhere) + short + "\n")
    assert read.problem("row.short").row == 3
    assert [(order.number, order.holds) for order in read.orders] == [("1001", ()), ("1002", ())]
    cut = read_plain(tmp_path, plain(nowhere) + short)
    assert cut.problem("row.truncated").row == 3
    assert [order.number for order in cut.orders] == ["1001"]


def test_a_row_without_cells_that_other_rows_have_is_not_used(tmp_path: Path) -> None:
    short = ",".join(("1002", "A", "Thing", "3"))  # a cell in the middle may be the one that is missing
    read = read_plain(tmp_path, plain({"order": "1001"}) + short + "\n")
    assert read.problem("row.truncated").row == 3
    assert [(order.number, order.holds) for order in read.orders] == [("1001", ("by_hand",))]


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("place", range(4))
def test_a_quote_that_is_never_closed_is_reported_at_its_row(tmp_path: Path, end: str, place: int) -> None:
    cells = ["1001", "B", "Thing", "1", "", "", "", "", "", "", "", ""]
    cells = cells[: place + 1] if place < 3 else cells
    cells[-1] = '"' + cells[-1]
    read = read_plain(tmp_path, plain({"order": "1000"}, {"sku": "A"}) + ",".join(cells) + "\nmore,rows" + end)
    assert read.problem("row.truncated").row == 4
    assert END not in repr(read.items)
    assert [order.number for order in read.orders] == ["1000", "1001"]
    assert read.orders[1].holds == ("by_hand",)


def test_a_row_with_too_many_columns_is_left_out_and_the_orders_around_it_are_held(tmp_path: Path) -> None:
    rows = ({"sku": "A"}, {"sku": "B", "state": "open,extra"}, {"order": "1002"}, {"order": "1003"})
    read = read_plain(tmp_path, plain(*rows))
    assert read.problem("row.too_many_columns").row == 3
    # What is damaged may be two rows that ran into one: then the next order lacks its first.
    held = [(order.number, order.holds) for order in read.orders]
    assert held == [("1001", ("by_hand",)), ("1002", ("by_hand",)), ("1003", ())]


def test_empty_cells_after_the_last_column_of_every_row_are_no_problem(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"state": "open,,"}, {"order": "1002", "state": ",,"}))
    assert read.keys == []
    assert len(read.orders) == 2


def test_empty_cells_after_the_last_column_of_one_row_say_that_it_has_shifted(tmp_path: Path) -> None:
    rows = ({"order": "1"}, {"order": "2", "name": "Cup, large", "country": ""}, {"order": "3"}, {"order": "4"})
    read = read_plain(tmp_path, plain(*rows))
    assert read.problem("row.too_many_columns").row == 3
    assert [(order.number, bool(order.holds)) for order in read.orders] == [("1", True), ("3", True), ("4", False)]


@pytest.mark.parametrize("name", ['"Cup "L", white"', '"Cup', 'Cup "L"'])
def test_a_quotation_mark_too_many_takes_no_rows_with_it_in_silence(tmp_path: Path, name: str) -> None:
    """In *name* it is unclosed: the rows up to the next mark are in its cell."""
    rows = [{"order": str(at), "sku": f"S{at}"} for at in range(1, 8)]
    rows[2]["name"], rows[4]["name"] = name, '"Saucer"'
    rows.insert(5, {"order": "5", "sku": "S5b"})
    read = read_plain(tmp_path, plain(*rows))
    free = {order.number: [line.sku for line in order.lines] for order in read.orders if not order.holds}
    whole = {str(at): [f"S{at}", "S5b"] if at == 5 else [f"S{at}"] for at in range(1, 8)}
    assert {number: whole[number] for number in free} == free
    assert ("row.misquoted" in read.keys) == (name[0] == '"')
    assert {"1", "7"} <= set(free)


@pytest.mark.parametrize("torn", ["10\n02", "10\u20282", "10\u00ad02", "1002;", '"1002"x'])
def test_an_order_whose_number_was_torn_in_one_row_is_held(tmp_path: Path, torn: str) -> None:
    usual = plain({"order": "1001"}, {"order": "1002"}, {"order": "1002", "sku": "B"}, {"order": "1002", "sku": "C"})
    usual += plain({"order": "1003"}, {"order": "1004"}).split("\n", 1)[1]
    content = usual.replace(",", ";").replace("\n1002;SKU-1", f"\n{torn};SKU-1", 1)
    free = {order.number: len(order.lines) for order in read_plain(tmp_path, content).orders if not order.holds}
    assert free.get("1002", 3) == 3
    assert free["1004"] == 1


def test_a_row_of_goods_without_a_number_holds_the_orders_around_it(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({}, {"order": "", "sku": "B"}, {"order": "1002"}, {"order": "1003"}))
    assert read.problem("row.no_order_number").row == 3
    assert [(order.number, bool(order.holds)) for order in read.orders] == [
        *(("1001", True), ("1002", True), ("1003", False)),
    ]
    total = read_plain(tmp_path, plain({}) + ",,合計,,100,,,,,,,\n")
    assert [order.holds for order in total.orders] == [()]


def test_the_mark_of_the_byte_order_where_two_files_were_put_together_is_no_letter(tmp_path: Path) -> None:
    first, second = (plain({"order": number}, {"order": number, "sku": "B"}) for number in ('"1001"', '"1002"'))
    body = second.split("\n", 1)[1]
    read = read_plain(tmp_path, ("\ufeff\ufeff" + first + "\ufeff" + body).encode())
    assert [(order.number, len(order.lines), order.holds) for order in read.orders] == [
        ("1001", 2, ()),
        ("1002", 2, ()),
    ]


def test_a_cell_beyond_the_limit_loses_its_row_only(tmp_path: Path) -> None:
    content = plain({"order": "1000"}, {"order": "1001", "note": "x" * 200_000}, {"order": "1002"})
    read = read_plain(tmp_path, content)
    assert read.problem("row.field_too_large").row == 3
    assert [order.number for order in read.orders] == ["1000", "1002"]


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    first, second = plain({"note": '"two\nlines"'}), plain({"order": "1002", "qty": "x"})
    content = first + "\n" + second.split("\n", 1)[1]
    assert read_plain(tmp_path, content).problem("line.quantity_not_number").row == 4


def test_old_macintosh_line_breaks_are_read(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({}, {"order": "1002"}).replace("\n", "\r"))
    assert [order.number for order in read.orders] == ["1001", "1002"]


def test_the_same_file_can_be_read_twice(tmp_path: Path) -> None:
    content = plain({}, {"order": "1002"})
    assert read_plain(tmp_path, content, PLAIN).items == read_plain(tmp_path, content, PLAIN).items


def test_a_file_of_damaged_rows_is_refused_before_anything_of_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        read_plain(tmp_path, plain({}) + "1002,A\n" * 1_001)
    assert (refused.value.key, refused.value.args_["rows"]) == ("file.damaged", 1_001)


def test_an_order_of_more_lines_than_any_order_has_is_not_taken_in(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"order": "1000"}) + plain({}).split("\n")[1].join(["", "\n"]) * (MOST_LINES + 2))
    assert read.problem("order.too_many_lines").value == "1001"
    assert [order.number for order in read.orders] == ["1000"]


@pytest.mark.parametrize("column", ["order", "sku"])
def test_a_number_or_code_longer_than_any_is_none(tmp_path: Path, column: str) -> None:
    read = read_plain(tmp_path, plain({"order": "1000"}, {column: "9" * (LONGEST_KEY + 1)}, {"order": "1002"}))
    assert (read.problem("row.key_too_long").row, read.problem("row.key_too_long").column) == (3, column)
    assert ("1002", True) in [(order.number, bool(order.holds)) for order in read.orders] or column == "sku"
    assert max(len(order.number) for order in read.orders) == 4
    goods = read_goods(tmp_path, f"sku,name\n{'9' * (LONGEST_KEY + 1)},Thing\nA,Cup\n")
    assert ([each.sku for each in goods.products], goods.keys) == (["A"], ["row.key_too_long"])


def test_a_short_row_that_says_that_it_is_no_line_holds_its_order(tmp_path: Path) -> None:
    usual = {"price": "", "country": "", "qty": "1"}
    rows = plain(usual, usual | {"order": "1002", "sku": "B"}) + "1002,C,Thing,0\n"
    read = read_plain(tmp_path, rows + plain(usual | {"order": "1003"}).split("\n", 1)[1])
    assert [(order.number, bool(order.holds)) for order in read.orders] == [
        *(("1001", False), ("1002", True), ("1003", False)),
    ]


def test_rows_that_may_have_run_into_the_header_hold_the_first_order(tmp_path: Path) -> None:
    header, *rows = plain({}, {"order": "1001", "sku": "B"}, {"order": "1002"}).split("\n")
    read = read_plain(tmp_path, "\n".join([header + ",1001,SKU-1,Thing,1", *rows[1:]]))
    assert [(order.number, bool(order.holds)) for order in read.orders] == [("1001", True), ("1002", False)]
