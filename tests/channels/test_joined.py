"""Two files read as one: the rows of lines beside those of their orders."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.channels._choose import recognised, together
from app.channels._joined import FOUND, joined, pairs
from app.channels._source import END, SourceFile, open_source
from app.domain.intake import Level, level_of
from app.errors import StationError
from tests.channels.reading import SAMPLES, read, written


def opened(folder: Path, name: str, text: str) -> SourceFile:
    return open_source(written(folder, text, name))


def test_the_columns_of_both_stand_beside_each_other_and_empty_cells_are_filled(tmp_path: Path) -> None:
    lines = opened(tmp_path, "l.csv", "id,sku,name\n1,A,\n2,B,own\n3,C,x\n")
    both = joined(lines, opened(tmp_path, "o.csv", "ID,Name,zip\n２,other,002\n1,first,001\n"), "id")
    assert both.header == (FOUND, "", "", "zip", "id", "sku", "name")
    assert list(both.records()) == [
        ["1", "1", "first", "001", "1", "A", "first"],
        ["1", "２", "other", "002", "2", "B", "own"],
        ["", "", "", "", "3", "C", "x"],
        [END],
    ]
    assert (both.name, [path.name for path in both.paths]) == ("l.csv + o.csv", ["l.csv", "o.csv"])
    assert list(both.unused("id")) == both.problems == []


def test_a_control_character_moves_no_cell(tmp_path: Path) -> None:
    lines = opened(tmp_path, "l.csv", "id,sku\n1,A\n")
    row = next(joined(lines, opened(tmp_path, "o.csv", "id,name,zip\n1,a\x1fb,002\n"), "id").records())
    assert (len(row), row[3]) == (6, "002")


def test_what_is_wrong_with_the_second_file_is_told_with_its_own_rows(tmp_path: Path) -> None:
    lines = opened(tmp_path, "l.csv", "id,sku\n1,A\n")
    text = "id,zip\n1,001\n1,001\n1,002\n,003\n4\n5,x,y\n6,006\n"
    both = joined(lines, opened(tmp_path, "o.csv", text), "id")
    assert [(each.file, each.row, each.key) for each in both.problems] == [
        ("o.csv", 4, "join.twice"),
        ("o.csv", 5, "row.no_order_number"),
        ("o.csv", 6, "row.truncated"),
        ("o.csv", 7, "row.too_many_columns"),
    ]
    lost = list(both.unused("id"))
    assert [(each.file, each.row, each.value, each.key) for each in lost] == [("o.csv", 8, "6", "join.no_lines")]
    assert dict(lost[0].args)["number"] == "6"  # so that it does not count as gone from its shop


@pytest.mark.parametrize(("lines", "orders"), [("ab", "cd"), ("ab", "c"), ("a", "cd")])
def test_files_are_paired_in_their_order_and_the_rest_stays(tmp_path: Path, lines: str, orders: str) -> None:
    files = [opened(tmp_path, f"{name}.csv", "id,sku\n1,A\n") for name in lines]
    files += [opened(tmp_path, f"{name}.csv", "id,zip\n1,2\n") for name in orders]
    found = [file.name for file in pairs(files, lambda file: file.head.has("sku"), "id")]
    wanted = {"abcd": ["a.csv + c.csv", "b.csv + d.csv"], "abc": ["a.csv + c.csv", "b.csv"]}
    assert found == wanted.get(lines + orders, ["a.csv + c.csv", "d.csv"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(["amazon/joined.txt", "yahoo/items.csv"]))
def test_two_files_cut_or_changed_anywhere_are_never_more_than_problems(
    tmp_path: Path, data: st.DataObject, name: str
) -> None:
    first = SAMPLES / name
    second = next(first.parent.glob(f"{first.stem}+*"))
    for path in (first, second):
        whole = path.read_bytes()
        place = data.draw(st.integers(0, len(whole)))
        change = data.draw(st.sampled_from([b"", b'"', b",", b"\t", b"\n", b"\x00", b"\xff"]))
        cut = data.draw(st.booleans())
        written(tmp_path, whole[:place] + change + (b"" if cut else whole[place:]), path.name)
    try:
        got = read(tmp_path / first.name)
    except StationError:
        return
    assert all(order.cancelled or order.lines for order in got.orders)
    assert all(level_of(each) in Level for each in got.problems)


def test_files_of_other_channels_stay_where_they_are() -> None:
    names = ("shopify/orders_export.csv", "amazon/joined+orders.txt", "rakuten/rms_cp932.csv", "amazon/joined.txt")
    found = [open_source(SAMPLES / name) for name in names]
    shown = [file.name for _, file in together([(recognised(file), file) for file in found])]
    assert shown == ["orders_export.csv", "joined.txt + joined+orders.txt", "rms_cp932.csv"]
