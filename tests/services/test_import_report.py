"""The report of imports: problems found, sorted, counted and told apart, the orders touched, and what stands."""

import pytest

from app.services import import_report, imports
from app.services.desk import Desk
from app.services.import_report import SORTS, Filter
from tests.makers import Goods, faults_of, only_on_sqlite, set_to, stocked
from tests.services.test_imports import Office
from tests.services.test_intake import MAPPING

TEA = Goods(1, stock=50)
ADDRESSED = MAPPING.replace(
    'name = "to"', 'name = "to"\npostcode = "zip"\nprefecture = "pref"\ncity = "city"\nstreet = "street"'
)


@pytest.fixture
def shop(database, open_another, tmp_path):
    stocked(database, [TEA])
    desk = Desk(open_another(), "office")
    yield Office(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


def read(shop, function, *args, **named):
    return shop.desk.read(function, *args, **named).result()


def places(shop, ids, **wanted):
    found = read(shop, import_report.lines, ids, Filter(**wanted), limit=100)
    return [(each.row, each.value) for each in found]


def test_problems_of_several_imports_are_one_list_that_can_be_searched_sorted_and_counted(shop):
    shop.take_in({"sku": "NEW"}, {"order": "1002", "sku": "NEW"}, {"order": "1003", "qty": "x"})
    first = shop.last.id
    shop.take_in({"order": "2001", "sku": "Other_100%"})
    ids = (first, shop.last.id)
    assert [len(places(shop, ids, sort=sort)) for sort in SORTS] == [5] * len(SORTS)
    assert places(shop, ids, area="line", sort="place") == [(2, "NEW"), (2, "Other_100%"), (3, "NEW"), (4, "x")]
    assert places(shop, ids, text="r_100%") == [(2, "Other_100%")]
    assert places(shop, ids, text="1002") == [(3, "NEW")]
    assert places(shop, ids, levels=("warning",)) == []
    assert places(shop, (first,), sort="place", descending=True, area="line")[0] == (4, "x")
    head = read(shop, import_report.head, ids, True)
    assert (head.counts["added"], head.errors, dict(head.areas)) == (3, 5, {"line": 4, "order": 1})
    assert [row.id for row in head.imports] == list(reversed(ids))


def test_equal_ones_are_found_and_what_is_put_aside_counts_no_more(shop):
    shop.take_in({"sku": "NEW"}, {"order": "1002", "sku": "NEW"}, {"order": "1003", "sku": "OTHER"})
    ids = (shop.last.id,)
    first = read(shop, import_report.lines, ids, Filter(text="NEW"), limit=1)[0]
    alike = read(shop, import_report.alike, first.id, ids)
    assert len(alike) == 2
    standing = read(shop, import_report.standing)
    assert (standing.errors, standing.newest.id) == (3, ids[0])
    shop.do(imports.put_aside, first.id)
    assert read(shop, import_report.alike, first.id, ids) == alike[1:]
    assert read(shop, import_report.standing).errors == 2
    assert len(read(shop, import_report.lines, ids, Filter(open_only=False), limit=9)) == 3
    imports.take_back(shop.desk, ids[0])
    assert read(shop, import_report.standing).errors == 0


def test_the_orders_that_it_touched_are_listed_by_what_became_of_them(shop):
    shop.take_in({}, {"order": "1002"}, {"order": "1003", "state": "cancelled"})
    shop.take_in({"qty": "2"}, {"order": "1002"}, {"order": "1004", "sku": "NEW"})
    ids = (shop.last.id,)

    def numbers(what, **named):
        return [row.number for row in read(shop, import_report.touched, ids, what, limit=10, **named)]

    assert (numbers("added"), numbers("changed"), numbers("cancelled"), numbers("held")) == (
        ["1004"],
        ["1001"],
        [],
        ["1004"],
    )
    assert numbers("added", offset=1) == []


def test_the_newest_import_of_orders_or_goods_is_the_report_in_front(shop):
    assert read(shop, import_report.newest) == ()
    shop.take_in({})
    assert read(shop, import_report.newest) == (shop.last.id,)


@only_on_sqlite
def test_addresses_of_orders_that_say_nothing_new_are_still_to_be_mended_when_the_file_is_read_again(shop):
    set_to(shop.desk.database, carrier_default="yamato_b2/takkyubin")
    (shop.folder / "mapping.toml").write_text(ADDRESSED, encoding="utf-8")
    path = shop.folder / "addressed.csv"
    path.write_text(
        "order,box,note,state,sku,name,qty,to,zip,pref,city,street\n"
        "1001,,,,SKU-1,Thing,x,花子,1500001,東京都,渋谷区,神宮前1-2-3\n"
        "1002,,,,SKU-1,Thing,1,花子,1500001,北海道,渋谷区,神宮前1-2-3\n",
        encoding="utf-8",
    )
    shop.take_in(path=path)
    wrong = {each.key: each.id for each in shop.problems(open_only=True)}
    assert "fault.postcode_prefecture" in wrong
    faults = [each.id for each in shop.problems(open_only=True) if each.number == "1002"]
    shop.do(imports.mend, wrong["line.quantity_not_number"], "1")
    imports.run_again(shop.desk, shop.last.id)
    left = [each.id for each in shop.problems(open_only=True) if each.number == "1002"]
    assert left == faults
    assert read(shop, import_report.standing).errors == shop.last.errors
