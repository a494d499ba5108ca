"""Imports on record: problems kept and mended, files read again, remedies done, wrong imports taken back."""

import contextlib
import json
import shutil
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import FileUnusable, NotAllowed, NotFound, StationError
from app.services import imports
from app.services import orders as orders_service
from app.services.desk import Desk
from app.services.imports import ImportState
from app.services.products import import_products
from app.services.release import at_once
from app.storage import changes as changes_storage
from app.storage.database import open_database
from tests.makers import Goods, faults_of, only_on_sqlite, set_to, stocked
from tests.services.test_intake import MAPPING, Shop

TEA, CUP = Goods(1, stock=50), Goods(2, stock=50)
TOPICS = frozenset({"orders"})


class Office(Shop):
    """A desk with files to take in, and their record."""

    def rows(self, **more):
        return self.desk.read(imports.page, limit=50, **more).result()

    @property
    def last(self):
        return self.rows()[0]

    def problems(self, import_id=None, **more):
        return self.desk.read(imports.problems, import_id or self.last.id, limit=3000, **more).result()

    def do(self, function, *args):
        return self.desk.do(TOPICS, function, "office", str(uuid4()), *args).result()

    def orders(self):
        """Everything that is kept of orders, without ids of lines, clocks and the record of imports."""
        names = (
            "number, ship_to_key, state, held, version, cut_off, rank, line_count, pieces, ship_name, content, digest"
        )
        heads = self.ask(f"SELECT id, {names}, carrier, service, merge_key, lead_id FROM orders ORDER BY id")
        lines = "order_id, position, sku, name, product_id, wanted, done, short, price, options, sold, reserved"
        return (
            heads,
            self.ask(f"SELECT {lines} FROM order_lines ORDER BY order_id, position"),
            self.ask("SELECT order_id, hold, detail, lifted_at FROM holds ORDER BY order_id, hold"),
            self.ask("SELECT * FROM promised WHERE quantity <> 0 ORDER BY 1"),
        )


@pytest.fixture
def shop(database, open_another, tmp_path):
    stocked(database, [TEA, CUP])
    desk = Desk(open_another(), "office")
    yield Office(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


# --- on record ------------------------------------------------------------------------------------------------------


def test_an_import_keeps_its_figures_its_orders_and_what_was_odd(shop):
    shop.take_in({}, {"order": "1002", "sku": "NEW"}, {"order": "1003", "state": "cancelled"})
    row = shop.last
    assert (row.state, row.kind, row.file) == (ImportState.DONE, "orders", "orders.csv")
    assert (row.station, row.shop) == ("office", "shop")
    assert row.paths == (str(shop.folder / "orders.csv"),)
    assert (row.counts["added"], row.counts["cancelled"], row.lines, row.problems, row.errors) == (2, 1, 2, 2, 1)
    (found,) = shop.problems(levels=("error",))
    assert (found.key, found.row, found.value) == ("line.unknown_product", 3, "NEW")
    assert (found.number, found.done) == ("1002", False)
    assert found.order_id == shop.id("1002")
    assert shop.ask("SELECT what, count(*) FROM import_orders GROUP BY what") == [("added", 3)]


@only_on_sqlite
def test_a_changed_order_is_kept_as_it_was(shop):
    shop.take_in({})
    shop.take_in({"qty": "3"})
    ((what, before),) = shop.ask("SELECT what, before FROM import_orders WHERE import_id = ?", shop.last.id)
    assert what == "changed"
    assert json.loads(before)["lines"][0]["wanted"] == 1


@only_on_sqlite
def test_problems_are_kept_up_to_a_limit_and_all_are_counted(shop, monkeypatch):
    monkeypatch.setattr("app.services.intake_record.MOST_PROBLEMS", 3)
    shop.take_in(*({"order": str(n), "sku": f"X-{n}"} for n in range(5)))
    assert (shop.last.problems, len(shop.problems())) == (5, 3)


def test_problems_are_sorted_filtered_and_paged(shop):
    shop.take_in({"qty": "２"}, {"order": "1002", "sku": "NEW"}, {"order": "1003", "qty": "３"})
    assert [each.row for each in shop.problems()] == [2, 3, 4]
    assert [each.row for each in shop.problems(sort="row", descending=True)] == [4, 3, 2]
    assert next(each.level for each in shop.problems(sort="level")) == "error"
    assert [each.row for each in shop.problems(levels=("error",))] == [3]
    page = shop.desk.read(imports.problems, shop.last.id, limit=1, offset=1).result()
    assert [each.row for each in page] == [3]


@only_on_sqlite
def test_a_file_that_cannot_be_used_is_on_record_as_refused(shop):
    path = shop.folder / "bad.csv"
    path.write_bytes(b"\x00\x01\x02PK")
    shop.take_in(path=path)
    assert (shop.last.state, shop.last.kind, shop.last.errors) == (ImportState.REFUSED, "refused", 1)
    assert shop.problems()[0].key == "file.binary"


@only_on_sqlite
def test_an_import_that_was_killed_on_the_way_shows_as_unfinished(shop, monkeypatch):
    monkeypatch.setattr("app.services.intake._close", lambda *_: None)
    shop.take_in({})
    assert (shop.last.state, shop.last.can_take_back) == (ImportState.BEGUN, True)


@only_on_sqlite
def test_a_product_file_is_on_record(shop):
    path = shop.folder / "products.csv"
    path.write_text("sku,name,weight\nPOT,Pot,abc\nCAN,Can,12\n", encoding="utf-8")
    report = import_products(shop.desk, [path])
    assert report.imports == [shop.last.id]
    assert (shop.last.kind, shop.last.counts["added"], shop.last.problems) == ("products", 2, len(report.problems))
    assert [each.key for each in shop.problems()] == [each.key for each in report.problems]


# --- mended and read again ------------------------------------------------------------------------------------------


def again(shop, import_id=None, **more):
    return imports.run_again(shop.desk, import_id or shop.last.id, **more)


@only_on_sqlite
def test_a_mended_cell_counts_when_the_file_is_read_again(shop):
    shop.take_in({}, {"order": "1002", "sku": "NEW", "qty": "2"})
    first, (found,) = shop.last, shop.problems()
    assert shop.holds("1002") == ["unknown_product"]
    shop.do(imports.mend, found.id, "SKU-2")
    report = again(shop)
    assert (report.orders["changed"], report.orders["same"]) == (1, 1)
    assert shop.holds("1002") == []
    assert shop.ask("SELECT sku FROM order_lines WHERE order_id = ?", shop.id("1002")) == [("SKU-2",)]
    assert [each.done for each in shop.problems(first.id)] == [True]
    assert (shop.last.again, shop.desk.read(imports.show, first.id).result().later) == (first.id, shop.last.id)
    assert again(shop, first.id).orders["changed"] == 0  # the newest import counts, with everything that was mended


def test_what_a_later_file_changed_stays_unless_the_mended_cell_says_something_new(shop):
    first_file = shop.file({}, {"order": "1002", "sku": "NEW"}, name="first.csv")
    shop.take_in(path=first_file)
    first, (found,) = shop.last, shop.problems()
    shop.take_in({"qty": "5"})
    shop.do(imports.mend, found.id, "SKU-2")
    report = again(shop, first.id)
    assert (report.orders["changed"], report.orders["same"]) == (1, 1)
    assert shop.ask("SELECT wanted FROM order_lines WHERE order_id = ?", shop.id("1001")) == [(5,)]


@only_on_sqlite
def test_what_was_put_aside_stays_aside(shop):
    shop.take_in({"sku": "NEW"}, {"order": "1002", "sku": "NEWER"})
    one, other = shop.problems()
    shop.do(imports.put_aside, one.id)
    assert [each.id for each in shop.problems(open_only=True)] == [other.id]
    again(shop)
    assert [each.value for each in shop.problems(open_only=True)] == ["NEWER"]


@only_on_sqlite
def test_a_file_that_changed_or_is_gone_is_not_read_again(shop):
    path = shop.file({})
    shop.take_in(path=path)
    path.write_text(path.read_text(encoding="utf-8") + "1009,,SKU-1,Thing,1,,花子,\n", encoding="utf-8")
    with pytest.raises(FileUnusable, match="file_changed"):
        again(shop)
    moved = path.rename(shop.folder / "away.csv")
    with pytest.raises(FileUnusable, match="file_gone"):
        again(shop)
    moved.write_text("\n".join(moved.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    assert again(shop, paths=[moved]).orders["same"] == 1


@only_on_sqlite
def test_a_problem_without_a_cell_cannot_be_mended(shop):
    path = shop.folder / "bad.csv"
    path.write_bytes(b"")
    shop.take_in(path=path)
    with pytest.raises(NotAllowed, match="no_cell"):
        shop.do(imports.mend, shop.problems()[0].id, "x")


# --- remedies -------------------------------------------------------------------------------------------------------


def names(problem):
    return [each.name for each in problem.remedies]


@only_on_sqlite
def test_a_product_that_is_missing_is_made_and_the_order_goes_on(shop):
    shop.take_in({"sku": "NEW", "name": "Pot"}, {"order": "1002", "sku": "NEW"})
    one, _ = shop.problems()
    assert names(one) == ["make_product", "tie_product", "value"]
    done = imports.apply(shop.desk, one.id, "make_product")
    assert (done.again, done.settled) == (False, True)
    assert shop.holds("1001") == shop.holds("1002") == []
    assert shop.ask("SELECT name FROM products WHERE sku = 'NEW'") == [("Pot",)]
    assert shop.problems(open_only=True) == []


def test_a_code_is_tied_to_a_product_that_is_there(shop):
    shop.take_in({"sku": "mall-7"})
    (found,) = shop.problems()
    with pytest.raises(NotAllowed, match="needs_value"):
        imports.apply(shop.desk, found.id, "tie_product")
    with pytest.raises(NotFound):
        imports.apply(shop.desk, found.id, "tie_product", "nothing")
    imports.apply(shop.desk, found.id, "tie_product", "SKU-2")
    assert shop.holds() == []
    shop.take_in({"order": "1002", "sku": "mall-7"})
    assert shop.holds("1002") == []


@only_on_sqlite
def test_a_remedy_that_is_not_there_is_refused(shop):
    shop.take_in({"sku": "NEW"})
    with pytest.raises(NotFound, match="no_such_remedy"):
        imports.apply(shop.desk, shop.problems()[0].id, "cancel")
    with pytest.raises(NotFound, match="problem_not_found"):
        imports.apply(shop.desk, 999, "value", "x")


# --- taken back -----------------------------------------------------------------------------------------------------


def back(shop, import_id=None):
    return imports.take_back(shop.desk, import_id or shop.last.id)


def test_a_wrong_import_is_taken_back_whole(shop):
    shop.take_in({}, {"order": "1002", "qty": "2"}, {"order": "1003"})
    before = shop.orders()
    wrong = [{"qty": "7"}, {"order": "1002", "state": "cancelled"}, {"order": "1004"}, {"order": "1005", "sku": "X"}]
    path = shop.file(*wrong, name="wrong.csv")
    shop.take_in(path=path)
    assert shop.orders() != before
    done = back(shop)
    assert (done.removed, done.restored, done.kept) == (("1004", "1005"), ("1001", "1002"), ())
    assert shop.orders() == before
    assert (shop.last.state, shop.last.can_take_back) == (ImportState.TAKEN_BACK, False)
    with pytest.raises(NotAllowed, match="taken_back_before"):
        back(shop)
    report = shop.take_in(path=path)
    assert (report.orders["added"], report.orders["changed"], report.orders["cancelled"]) == (2, 1, 1)


def test_what_happened_since_stays_and_is_named_with_its_reason(shop):
    shop.take_in(*({"order": str(n), "to": f"客{n}"} for n in range(1001, 1007)))
    first = shop.last
    shop.desk.do(TOPICS, orders_service.hold, "office", str(uuid4()), [shop.id("1002")], "wait").result()
    shop.take_in({"order": "1003", "qty": "9", "to": "客1003"})
    shop.office("cancel", order=shop.id("1004"))
    done = back(shop, first.id)
    assert done.removed == ("1001", "1005", "1006")
    assert {(each.number, each.key) for each in done.kept} == {
        ("1002", "imports.kept.touched"),
        ("1003", "imports.kept.later"),
        ("1004", "imports.kept.touched"),
    }


@only_on_sqlite
def test_a_merged_order_stays(shop):
    shop.take_in({"order": "1001"}, {"order": "1002"})
    one, two = shop.id("1001"), shop.id("1002")
    shop.desk.do(TOPICS, lambda tx: changes_storage.set_lead(tx, two, one)).result()
    assert {each.key for each in back(shop).kept} == {"imports.kept.merged"}


def test_a_released_order_stays_and_the_shops_list_counts_no_more(shop):
    shop.take_in({}, {"order": "1002", "to": "太郎"})
    first = shop.last
    released(shop, "1001")
    done = back(shop, first.id)
    assert done.removed == ("1002",)
    assert [(each.number, each.key) for each in done.kept] == [("1001", "imports.kept.released")]


def test_orders_that_a_wrong_list_held_as_gone_are_let_go(shop):
    shop.take_in(*({"order": str(n), "to": f"客{n}"} for n in range(1001, 1004)))
    before = shop.orders()
    shop.take_in({"order": "1001", "to": "客1001"}, complete=True)
    assert shop.holds("1002") == ["gone_from_shop"]
    assert back(shop).restored == ("1002", "1003")
    assert shop.orders() == before


def released(shop, *numbers):
    asked = [shop.id(number) for number in numbers]
    shop.desk.do(TOPICS, lambda tx: at_once(tx, "office", str(uuid4()), asked)).result()


ROW = st.fixed_dictionaries(
    {
        "order": st.sampled_from([str(number) for number in range(1001, 1007)]),
        "qty": st.sampled_from(["1", "2", "60"]),
        "sku": st.sampled_from(["SKU-1", "SKU-2", "NEW"]),
        "state": st.sampled_from(["", "", "", "cancelled", "unpaid"]),
        "note": st.sampled_from(["", "急ぎ"]),
    }
)
FILE = st.lists(ROW, min_size=1, max_size=6, unique_by=lambda row: row["order"])
ACT = st.sampled_from(["hold", "cancel", "lift", "release", "file", "product"])


HAPPENED = st.lists(st.tuples(ACT, st.integers(0, 5)), max_size=4)


@settings(max_examples=6)
@given(first=FILE, wrong=FILE, happened=HAPPENED)
def test_whatever_happened_since_what_nobody_touched_is_as_it_was(url_for, first, wrong, happened):
    takes_back_what_nobody_touched(url_for, first, wrong, happened)


@pytest.mark.long
@settings(max_examples=300)
@given(first=FILE, wrong=FILE, happened=HAPPENED)
def test_the_same_of_many_more(url_for, first, wrong, happened):
    takes_back_what_nobody_touched(url_for, first, wrong, happened)


def takes_back_what_nobody_touched(url_for, first, wrong, happened):
    with url_for() as shop:
        shop.take_in(path=shop.file(*(row | {"to": f"客{row['order']}"} for row in first), name="first.csv"))
        before = by_order(shop)
        shop.take_in(path=shop.file(*(row | {"to": f"客{row['order']}"} for row in wrong), name="wrong.csv"))
        imported = shop.last
        touched = set()
        for act, place in happened:
            touched |= happens(shop, act, str(1001 + place))
        now = by_order(shop)
        done = back(shop, imported.id)
        after = by_order(shop)
        kept = {each.number for each in done.kept}
        assert kept <= touched
        assert set(done.removed) <= now.keys() - before.keys()
        for number in now:
            if number not in touched:
                assert after.get(number) == before.get(number), number
        assert {number for number, (*_, lead) in after.items() if lead is not None} == set()
        assert faults_of(shop.desk.database) == []


def happens(shop, act, number):
    """Do something to an order, as far as it is possible; return the orders that it touched."""
    there = shop.ask("SELECT id, state FROM orders WHERE number = ?", number)
    if act == "file":
        shop.take_in(path=shop.file({"order": number, "qty": "5", "to": "別"}, name=f"later-{uuid4()}.csv"))
        return {number}
    if act == "product":
        shop.take_in(path=shop.file({"order": "9999", "sku": "NEW", "to": "別"}, name="p.csv"), create_products=True)
        return {"9999", *(n for (n,) in shop.ask("SELECT number FROM orders JOIN order_lines ON orders.id = order_id "
                                                  "WHERE sku = 'NEW'"))}  # fmt: skip
    if not there:
        return set()
    with contextlib.suppress(StationError):
        if act == "hold":
            shop.do(orders_service.hold, [there[0][0]], "wait")
        elif act == "release":
            released(shop, number)
        else:
            shop.office(act, order=there[0][0])
        return {number}
    return set()


def by_order(shop):
    """What is kept of each order; what follows from stock and from other orders is worked out anew, and left out."""
    found = {}
    computed = "('no_stock', 'merge_proposed')"
    for order, number, content, digest, lead in shop.ask("SELECT id, number, content, digest, lead_id FROM orders"):
        lines = shop.ask(
            "SELECT sku, product_id, wanted, done FROM order_lines WHERE order_id = ? ORDER BY position", order
        )
        holds = shop.ask(f"SELECT hold, detail, lifted_at FROM holds WHERE order_id = ? AND hold NOT IN {computed} "
                         "ORDER BY hold", order)  # fmt: skip
        ((cancelled,),) = shop.ask("SELECT state = 'cancelled' FROM orders WHERE id = ?", order)
        found[number] = (order, content, digest, tuple(lines), tuple(holds), bool(cancelled), lead)
    return found


@pytest.fixture
def url_for(sqlite_template, tmp_path):
    """A shop of its own for every example."""

    @contextlib.contextmanager
    def made():
        folder = tmp_path / str(uuid4())
        folder.mkdir()
        shutil.copyfile(sqlite_template, folder / "kenpin.db")
        database = open_database(f"sqlite:///{folder / 'kenpin.db'}")
        stocked(database, [TEA, CUP])
        database.release()
        desk = Desk(database, "office")
        yield Office(desk, folder)
        desk.stop()

    return made


@only_on_sqlite
def test_orders_that_could_share_a_parcel_are_told_and_packed_together_at_once(shop):
    mapping = MAPPING.replace('name = "to"', 'name = "to"\npostcode = "box"\nstreet = "note"')
    (shop.folder / "mapping.toml").write_text(mapping.replace('ship_to_key = "box"\nnote = "note"\n', ""), "utf-8")
    set_to(shop.desk.database, carrier_default="yamato_b2/takkyubin", ship_origin="東京都", address_check="off")
    there = {"box": "100-0001", "note": "東京都架空町1-1", "to": "架空 花子"}
    shop.take_in({"order": "1001", **there}, {"order": "1002", **there}, {"order": "1003"})
    (found,) = shop.problems(levels=("info",))
    assert (found.key, found.args["others"], shop.last.problems) == ("order.merge_proposed", "1002", 1)
    (remedy, *_) = found.remedies
    assert (remedy.name, remedy.args) == ("merge", {"orders": "1001, 1002"})
    imports.apply(shop.desk, found.id, "merge")
    assert shop.ask("SELECT count(*) FROM orders WHERE lead_id IS NOT NULL") == [(1,)]
    assert shop.problems(open_only=True) == []
