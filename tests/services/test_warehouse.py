"""The map on both databases: taken in whole or not at all, checked, and made into the layout that walks go by."""

import pickle

import pytest

from app.channels._shelves import SHELF_COLUMNS
from app.domain.warehouse_layout import Parameters
from app.errors import FileUnusable, NotAllowed
from app.services import warehouse
from app.services.desk import Desk
from app.services.wave_plan import ground_of
from tests.makers import change, query, set_to


@pytest.fixture
def desk(open_another):
    made = Desk(open_another(), "leader")
    yield made
    made.stop()


@pytest.fixture
def file(tmp_path):
    def write(text, name="map.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def layout(database):
    with database.reading() as tx:
        return warehouse.layout(tx)


def test_a_file_becomes_the_map_and_the_next_one_replaces_it(database, desk, file):
    first = warehouse.import_map(desk, file("code,zone,aisle,bay,level,x,y\nA-1,Z,A,1,2,0,1.5\nA-2,Z,A,2,1,0,2.5\n"))
    assert (first.written, first.added) == (True, ("A-1", "A-2"))
    again = warehouse.import_map(desk, file("code,aisle,x,y\nA-2,A,0,9\nA-10,A,0,3\n"))
    assert (again.added, again.changed, again.removed) == (("A-10",), ("A-2",), ("A-1",))
    rows = query(database, "SELECT code, zone, aisle, bay, level, x_mm, y_mm FROM shelves ORDER BY code")
    assert rows == [("A-10", "", "A", "", "", 0, 3000), ("A-2", "", "A", "", "", 0, 9000)]
    assert query(database, "SELECT count(*) FROM journal WHERE kind = 'map'") == [(2,)]


def test_a_dry_run_writes_nothing(database, desk, file):
    report = warehouse.import_map(desk, file("code,x,y\nA-1,0,1\n"), dry_run=True)
    assert (report.written, report.usable, report.added) == (False, True, ("A-1",))
    assert query(database, "SELECT count(*) FROM shelves") == [(0,)]


def test_a_japanese_file_of_a_spreadsheet_is_read(database, desk, file):
    text = "ロケーション\tゾーン\t通路\t段\tX(m)\tY(m)\nあ－１\t冷蔵\t３\t２\t１．５\t２ｍ\n"
    report = warehouse.import_map(desk, file(text, encoding="cp932"))
    assert report.written, report.problems
    (row,) = query(database, "SELECT code, zone, aisle, level, x_mm, y_mm FROM shelves")
    assert row[1:] == ("冷蔵", "３", "２", 1500, 2000)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (",0,1", "shelf.no_code"),
        ("A-1,0,2", "shelf.code_twice"),
        ("B-1,near,2", "shelf.bad_metres"),
        ("B-1,0,", "shelf.half_a_place"),
        ("B" * 41 + ",0,2", "shelf.long_code"),
        ("B-1,0", "row.truncated"),
        ("B-1,0,1,9", "row.too_many_columns"),
    ],
)
def test_one_wrong_row_is_named_and_the_map_stays(database, desk, file, row, key):
    warehouse.import_map(desk, file("code,x,y\nOLD,0,1\n"))
    report = warehouse.import_map(desk, file(f"code,x,y\nA-1,0,1\n{row}\n"))
    assert (key, 3) in [(each.key, each.row) for each in report.problems]
    assert not report.written
    assert query(database, "SELECT code FROM shelves") == [("OLD",)]


def test_a_file_without_codes_or_without_rows_is_refused(desk, file):
    with pytest.raises(FileUnusable, match=r"header\.missing_columns"):
        warehouse.import_map(desk, file("name,x,y\nA-1,0,1\n"))
    with pytest.raises(FileUnusable, match=r"file\.no_rows"):
        warehouse.import_map(desk, file("code,x,y\n\n"))


def test_every_column_has_one_meaning():
    names = [name for found in SHELF_COLUMNS.values() for name in found]
    assert len(names) == len(set(names))


def test_shelves_without_a_place_and_used_ones_that_are_missing_are_listed(database, desk, file):
    change(database, "INSERT INTO products (sku, fold, name, shelf) VALUES ('S', 's', 'Thing', 'Q-7')")
    found = warehouse.import_map(desk, file("code,aisle,x,y\nA-10,A,,\nA-2,A,,\nA-1,A,0,1\n")).map
    assert (found.unplaced, found.unreachable, found.missing) == (("A-2", "A-10"), (), ("Q-7",))


def test_a_map_out_of_numbers_brings_its_cross_aisles_and_depot(database, desk):
    report = warehouse.lay_out(desk, Parameters(aisles=3, bays=4, cross_aisles=3, depot=2))
    assert (report.written, len(report.added)) == (True, 12)
    made = layout(database)
    assert len(made.cross_aisles) == 3
    assert (made.depot.x, made.depot.row, made.depot.approach) == (5000, 0, 0)
    assert made.unplaced == made.unreachable == ()
    with pytest.raises(NotAllowed, match=r"map\.bad_numbers"):
        warehouse.lay_out(desk, Parameters(aisles=0))


def test_settings_of_the_map_are_in_the_layout(database, desk, file):
    warehouse.import_map(desk, file("code,aisle,x,y\nA-1,A,0,2\nA-2,A,0,8\nB-1,B,4,2\nB-2,B,4,8\n"))
    set_to(database, map_cross="0; 5; 10", map_depot="4; -3", map_one_way="B=back")
    made = layout(database)
    assert [each.y for each in made.cross_aisles] == [0, 5000, 10_000]
    assert (made.depot.x, made.depot.row, made.depot.approach) == (4000, 0, 3000)
    assert [each.one_way for each in made.aisles] == [0, 1]


def test_the_depot_of_a_map_that_lies_on_its_side_is_where_the_file_says(database, desk, file):
    warehouse.import_map(desk, file("code,aisle,x,y\nA-1,A,2,0\nA-2,A,8,0\nB-1,B,2,4\nB-2,B,8,4\n"))
    set_to(database, map_depot="1; 4")
    made = layout(database)
    assert made.turned
    assert (made.depot.x, made.depot.row) == (4000, 0)


def test_the_layout_is_made_once_and_again_after_a_change(database, desk, file):
    warehouse.import_map(desk, file("code,aisle,x,y\nA-1,A,0,2\n"))
    first = layout(database)
    assert layout(database) is first
    set_to(database, map_cross="0; 9")
    assert layout(database) is not first


def test_what_is_planned_on_can_go_to_another_process(database, desk):
    warehouse.lay_out(desk, Parameters(aisles=2, bays=3))
    with database.reading() as tx:
        ground = ground_of(tx)
    assert pickle.loads(pickle.dumps(ground)) == ground
