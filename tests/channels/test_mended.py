"""What a person mended is what the file says when it is read again: alone, joined, by its column or what it held."""

from app.channels._joined import joined
from app.channels._source import END, open_source
from app.domain.fixes import Fix


def file(folder, name, *rows):
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return open_source(path)


def fix(row, column, value, was="", name="a.csv"):
    return Fix(name, row, column, value, was)


def read(source):
    rows = list(source.records())
    assert rows.pop() == [END]
    return rows


def test_a_mended_cell_is_read_instead_of_the_files(tmp_path):
    source = file(tmp_path, "a.csv", "注文,SKU", "1,x", "2,y")
    mended = source.mended_with([fix(3, "ｓｋｕ", "z")])
    assert read(mended) == [["1", "x"], ["2", "z"]]
    assert read(source) == [["1", "x"], ["2", "y"]]
    assert mended.unplaced == []


def test_the_last_of_several_values_for_a_cell_counts(tmp_path):
    source = file(tmp_path, "a.csv", "a,b", "1,2")
    assert read(source.mended_with([fix(2, "b", "3"), fix(2, "b", "4")])) == [["1", "4"]]
    assert read(source.mended_with([fix(2, "b", "3")]).mended_with([fix(2, "a", "9")])) == [["9", "3"]]


def test_a_fix_of_another_file_changes_nothing(tmp_path):
    source = file(tmp_path, "a.csv", "a,b", "1,2")
    assert source.mended_with([fix(2, "b", "3", name="other.csv")]) is source


def test_of_two_columns_of_one_name_the_one_is_meant_that_held_the_value(tmp_path):
    source = file(tmp_path, "a.csv", "電話,電話", "03-0000-0001,03-0000-0002")
    assert read(source.mended_with([fix(2, "電話", "x", was="03-0000-0002")])) == [["03-0000-0001", "x"]]


def test_a_field_that_is_no_column_is_found_by_what_it_holds(tmp_path):
    source = file(tmp_path, "a.csv", "管理番号,数量", "TEA-１,2", "TEA-1,TEA-1")
    mended = source.mended_with([fix(2, "SKU", "TEA-2", was="TEA-1"), fix(3, "SKU", "TEA-3", was="TEA-1")])
    assert read(mended) == [["TEA-2", "2"], ["TEA-1", "TEA-1"]]
    assert [each.row for each in mended.unplaced] == [3]


def test_a_file_read_in_another_way_keeps_what_was_mended(tmp_path):
    source = file(tmp_path, "a.csv", "title", "a;b", "1;2")
    laid = source.mended_with([fix(3, "b", "3")]).laid_out(delimiter=";", header_row=2)
    assert read(laid) == [["1", "3"]]


def test_in_joined_files_a_line_is_mended_before_its_order_is_looked_up(tmp_path):
    lines = file(tmp_path, "l.csv", "order,sku", "X,tea", "2,cup")
    orders = file(tmp_path, "o.csv", "order,name", "1,花子", "2,太郎")
    both = joined(lines, orders, "order").mended_with([fix(2, "order", "1", name="l.csv + o.csv")])
    assert read(both) == [["1", "1", "花子", "1", "tea"], ["1", "2", "太郎", "2", "cup"]]
    assert list(both.unused("order")) == []


def test_a_mended_cell_of_the_second_file_counts_for_every_line_of_the_order(tmp_path):
    lines = file(tmp_path, "l.csv", "order,sku", "1,tea", "2,cup", "1,pot")
    orders = file(tmp_path, "o.csv", "order,name", "1,花子", "2,太郎")
    both = joined(lines, orders, "order").mended_with([fix(4, "name", "次郎", name="l.csv + o.csv")])
    assert [row[2] for row in read(both)] == ["次郎", "太郎", "次郎"]
    assert both.unplaced == []
