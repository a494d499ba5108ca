"""Order and product files into both databases: once, replaced, flagged, cancelled, held, freed; scans pass between."""

import threading
import time
from types import SimpleNamespace
from uuid import uuid4

import pytest

from app.errors import DatabaseLocked, StationError
from app.services import intake
from app.services import orders as orders_service
from app.services import settings as settings_service
from app.services.desk import Desk
from app.services.intake import import_files
from app.services.products import import_products
from app.storage import intake as storage
from tests.makers import Goods, add_goods, ean, faults_of, incoming, only_on_postgresql, query, stocked

MAPPING = """
[order]
number = "order"
ship_to_key = "box"
note = "note"
[ship_to]
name = "to"
[line]
sku = "sku"
name = "name"
quantity = "qty"
[rules]
cancelled = [{ column = "state", equals = "cancelled" }]
unpaid = [{ column = "state", equals = "unpaid" }]
"""
COLUMNS = ("order", "box", "sku", "name", "qty", "note", "to", "state")
TEA, CUP = Goods(1, stock=50), Goods(2, stock=50)


class Shop:
    """A desk with files to take in."""

    def __init__(self, desk, folder):
        self.desk, self.folder = desk, folder
        (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")

    def file(self, *rows, name="orders.csv"):
        usual = {"order": "1001", "sku": "SKU-1", "name": "Thing", "qty": "1", "to": "花子"}
        lines = [",".join(COLUMNS), *[",".join((usual | row).get(each, "") for each in COLUMNS) for row in rows]]
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def take_in(self, *rows, **more):
        path = more.pop("path", None) or self.file(*rows)
        return import_files(self.desk, [path], mapping=str(self.folder / "mapping.toml"), shop="shop", **more)

    def counts(self, *rows, **more):
        found = self.take_in(*rows, **more).orders
        return {key: number for key, number in found.items() if number}

    def ask(self, statement, *values):
        return query(self.desk.database, statement, *values)

    def state(self, number="1001"):
        ((state, held),) = self.ask("SELECT state, held FROM orders WHERE number = ?", number)
        return state, held

    def holds(self, number="1001"):
        rows = self.ask(
            "SELECT hold FROM holds JOIN orders ON orders.id = order_id WHERE number = ? AND lifted_at IS NULL "
            "ORDER BY hold", number,
        )  # fmt: skip
        return [hold for (hold,) in rows]

    def scans(self, *raws):
        return [self.desk.scan(raw).result().key for raw in raws]

    def decide(self, values):
        ((number,),) = self.ask("SELECT id FROM shops")
        self.desk.do(frozenset(), settings_service.put, "office", str(uuid4()), values, number).result()

    def office(self, kind, **what):
        act = getattr(orders_service, kind)
        return self.desk.do(frozenset({"orders"}), act, "office", str(uuid4()), **what).result()

    def id(self, number="1001"):
        return self.ask("SELECT id FROM orders WHERE number = ?", number)[0][0]

    def everything(self):
        tables = ("shops", "orders", "order_lines", "holds", "products", "product_codes", "journal", "imports")
        return {table: self.ask(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


@pytest.fixture
def shop(database, open_another, tmp_path):
    stocked(database, [TEA, CUP])
    desk = Desk(open_another(), "1")
    yield Shop(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


# --- once ---------------------------------------------------------------------------------------------------------


def test_the_same_file_twice_adds_nothing(shop):
    rows = [{"qty": "2"}, {"sku": "SKU-2"}, {"order": "1002"}]
    assert shop.counts(*rows) == {"added": 2}
    before = shop.everything()
    assert shop.counts(*rows) == {"same": 2}
    after = shop.everything()
    for table in ("orders", "order_lines", "holds", "products"):
        assert after[table] == before[table]
    assert len(after["imports"]) == len(before["imports"]) + 1


def test_a_good_order_is_ready_and_opens(shop):
    shop.take_in({})
    assert shop.state() == ("ready", 0)
    assert shop.scans("1001", TEA.piece) == ["order.opened", "order.closed"]


def test_orders_of_one_number_with_several_ship_tos_are_several(shop):
    rows = [{"box": "a"}, {"box": "b", "qty": "2"}, {"box": "b", "sku": "SKU-2"}]
    assert shop.counts(*rows) == {"added": 2}
    assert shop.ask("SELECT ship_to_key, line_count, pieces FROM orders ORDER BY 1") == [("a", 1, 1), ("b", 2, 3)]
    assert shop.counts(*rows) == {"same": 2}
    assert shop.scans("1001") == ["order.several"]


def test_one_sku_on_two_lines_stays_two_lines(shop):
    report = shop.take_in({"qty": "2"}, {"qty": "3"})
    assert shop.ask("SELECT position, wanted FROM order_lines ORDER BY 1") == [(1, 2), (2, 3)]
    assert report.lines == 2


def test_the_same_number_in_another_shop_is_another_order(shop):
    path = shop.file({})
    shop.take_in(path=path)
    other = import_files(shop.desk, [path], mapping=str(shop.folder / "mapping.toml"), shop="other")
    assert other.orders["added"] == 1


# --- changed ------------------------------------------------------------------------------------------------------


def test_a_changed_order_that_is_not_released_is_replaced(shop):
    shop.take_in({}, {"sku": "SKU-2"})
    assert shop.counts({"qty": "3"}) == {"changed": 1}
    assert shop.ask("SELECT sku, wanted FROM order_lines") == [("SKU-1", 3)]
    assert shop.ask("SELECT line_count, pieces, version FROM orders") == [(1, 3, 0)]
    assert shop.state() == ("ready", 0)


def test_the_holds_of_a_replaced_order_are_computed_anew(shop):
    shop.take_in({"state": "unpaid"})
    assert (shop.state(), shop.holds()) == (("received", 1), ["unpaid"])
    assert shop.counts({"state": "paid"}) == {"changed": 1}
    assert (shop.state(), shop.holds()) == (("ready", 0), [])
    assert shop.counts({"state": "unpaid"}) == {"changed": 1, "held": 1}
    assert shop.state() == ("received", 1)


def test_a_hold_set_by_hand_outlives_a_new_file(shop):
    shop.take_in({"state": "unpaid"})
    shop.office("hold", orders=[shop.id()])
    shop.take_in({"state": "paid", "to": "太郎"})
    assert (shop.state(), shop.holds()) == (("received", 1), ["by_hand"])


def test_a_lifted_hold_does_not_come_back_with_the_same_file(shop):
    shop.take_in({"state": "unpaid"})
    shop.office("lift", order=shop.id())
    assert shop.counts({"state": "unpaid"}) == {"same": 1}
    assert shop.state() == ("ready", 0)


def test_a_changed_order_that_is_released_has_a_new_version_once_and_the_bench_lets_go_of_it(shop):
    shop.take_in({"qty": "2"})
    assert shop.scans("1001", TEA.piece) == ["order.opened", "pack.ok"]
    report = shop.take_in({"qty": "3"})
    assert {key for key, number in report.orders.items() if number} == {"changed", "flagged"}
    assert [each.key for each in report.problems] == ["order.changed_released"]
    assert (shop.holds(), shop.ask("SELECT wanted, done FROM order_lines")) == ([], [(3, 1)])
    assert shop.scans(TEA.piece) == ["order.changed_meanwhile"]
    again = shop.take_in({"qty": "3"})
    assert (again.orders["flagged"], again.orders["same"], again.problems) == (0, 1, [])
    assert shop.scans("KO-1-001-1", "KO-1-001-2") == ["order.old_version", "order.resumed"]
    assert shop.scans(TEA.piece, TEA.piece) == ["pack.ok", "order.closed"]


def test_a_released_order_that_changes_once_more_has_one_more_version(shop):
    shop.take_in({"qty": "2"})
    shop.scans("1001")
    shop.take_in({"qty": "3"})
    assert shop.counts({"qty": "4"})["flagged"] == 1
    assert shop.ask("SELECT version FROM orders") == [(3,)]


def test_a_changed_order_that_was_shipped_stays_as_it_left(shop):
    shop.take_in({})
    shop.scans("1001", TEA.piece)
    shop.office("hand_over", orders=[shop.id()])
    assert shop.counts({"qty": "5"})["same"] == 1
    assert shop.state() == ("shipped", 0)


# --- cancelled ----------------------------------------------------------------------------------------------------

CANCELLED = {"state": "cancelled"}


def test_a_cancelled_order_never_reaches_the_queue(shop):
    assert shop.counts(CANCELLED) == {"cancelled": 1}
    assert shop.state() == ("cancelled", 0)
    assert shop.scans("KP-NEXT", "1001") == ["next.none", "order.cancelled"]


def test_a_known_order_is_cancelled_by_the_file_and_no_older_file_revives_it(shop):
    shop.take_in({})
    assert shop.counts(CANCELLED) == {"cancelled": 1}
    assert shop.state() == ("cancelled", 0)
    assert shop.counts({})["same"] == 1
    assert shop.counts({"qty": "2"})["same"] == 1
    assert shop.counts(CANCELLED) == {"same": 1}
    assert shop.state() == ("cancelled", 0)


def test_a_cancelled_order_in_an_older_file_with_other_content_is_named(shop):
    shop.take_in(CANCELLED)
    report = shop.take_in({"qty": "2"})
    assert report.orders["flagged"] == 1
    assert "order.was_cancelled" in [each.key for each in report.problems]


def test_a_held_order_is_cancelled_as_well(shop):
    shop.take_in({"sku": "NEW"})
    assert shop.counts({"sku": "NEW", "state": "cancelled"}) == {"cancelled": 1}
    assert shop.state()[0] == "cancelled"
    import_products(shop.desk, [product_file(shop, "NEW")])
    assert shop.state()[0] == "cancelled"


def test_a_cancellation_of_an_order_in_work_stops_the_bench_and_its_goods_lie_on_the_return_shelf(shop):
    shop.take_in({"qty": "2"})
    shop.scans("1001", TEA.piece)
    report = shop.take_in(CANCELLED)
    assert (report.orders["flagged"], [each.key for each in report.problems][-1]) == (1, "order.cancel_released")
    assert shop.scans(TEA.piece) == ["order.cancelled_meanwhile"]
    assert shop.take_in(CANCELLED).orders["flagged"] == 0
    assert shop.state() == ("cancelled", 0)
    assert shop.ask("SELECT quantity FROM balances WHERE place = 'return'") == [(1,)]


def test_a_cancellation_of_a_verified_order_keeps_it_in_the_house(shop):
    shop.take_in({})
    shop.scans("1001", TEA.piece)
    shop.take_in(CANCELLED)
    with pytest.raises(StationError, match=r"order\.cannot_hand_over"):
        shop.office("hand_over", orders=[shop.id()])


def test_a_cancellation_after_the_hand_over_is_only_told(shop):
    shop.take_in({})
    shop.scans("1001", TEA.piece)
    shop.office("hand_over", orders=[shop.id()])
    report = shop.take_in(CANCELLED)
    assert (report.orders["same"], report.orders["flagged"]) == (1, 1)
    assert "order.cancel_shipped" in [each.key for each in report.problems]
    assert shop.state() == ("shipped", 0)


# --- products -----------------------------------------------------------------------------------------------------


def product_file(shop, *skus, code=""):
    path = shop.folder / "products.csv"
    rows = [f"{sku},Name of {sku},{code}" for sku in skus]
    path.write_text("\n".join(["sku,name,code", *rows]) + "\n", encoding="utf-8")
    return path


def test_an_unknown_product_holds_its_order_and_is_reported_with_its_row(shop):
    report = shop.take_in({}, {"sku": "NEW"}, {"order": "1002"})
    assert (shop.state(), shop.holds()) == (("received", 1), ["unknown_product"])
    assert shop.state("1002") == ("ready", 0)
    (problem,) = [each for each in report.problems if each.key == "line.unknown_product"]
    assert (problem.file, problem.row, problem.value) == ("orders.csv", 3, "NEW")
    assert report.orders["held"] == 1


def test_an_unknown_product_cannot_be_lifted_away(shop):
    shop.take_in({"sku": "NEW"})
    with pytest.raises(StationError, match=r"hold\.needs_product"):
        shop.office("lift", order=shop.id())


@pytest.mark.parametrize("known_as", ["NEW-1", "new-1"])
def test_a_product_file_frees_the_orders_that_waited_for_it(shop, known_as):
    waiting = {"order": "1002", "sku": "NEW-1", "state": "unpaid"}
    shop.take_in({"sku": "NEW-1"}, waiting, {"order": "1003", "sku": "NEW-2"})
    report = import_products(shop.desk, [product_file(shop, known_as, code=ean(40))])
    assert report.added == 1
    assert shop.state("1001") == ("ready", 0)
    assert shop.holds("1002") == ["unpaid"]
    assert shop.holds("1003") == ["unknown_product"]
    assert shop.scans("1001", ean(40)) == ["order.opened", "order.closed"]


def test_a_mixed_case_sku_is_freed_by_its_product_too(shop):
    shop.take_in({"sku": "Tea-Xl"})
    import_products(shop.desk, [product_file(shop, "TEA-XL", code=ean(41))])
    assert shop.state() == ("ready", 0)


def test_creating_products_makes_each_once_and_its_sku_scans(shop):
    rows = [{"sku": "NEW"}, {"order": "1002", "sku": "NEW"}, {"order": "1003", "sku": "new"}]
    report = shop.take_in(*rows, create_products=True)
    assert (report.products, report.orders["held"]) == (1, 0)
    assert shop.ask("SELECT count(*) FROM products WHERE fold = 'new'") == [(1,)]
    assert shop.scans("1001", "NEW") == ["order.opened", "order.closed"]


def test_creating_products_frees_orders_of_an_earlier_file(shop):
    shop.take_in({"sku": "NEW"})
    assert shop.counts({"order": "1002", "sku": "NEW"}, create_products=True) == {"added": 1}
    assert shop.state() == ("ready", 0)


def test_a_sku_in_another_case_is_matched_and_reported(shop):
    report = shop.take_in({"sku": "sku-1"})
    (problem,) = report.problems
    assert (problem.key, problem.row, problem.value) == ("line.sku_case", 2, "sku-1")
    assert dict(problem.args)["stored"] == "SKU-1"
    assert shop.scans("1001", TEA.piece) == ["order.opened", "order.closed"]


def test_two_products_that_differ_by_case_only_are_never_guessed(shop):
    import_products(shop.desk, [product_file(shop, "Ab", "aB")])
    shop.take_in({"sku": "AB"}, {"order": "1002", "sku": "Ab"})
    assert (shop.holds("1001"), shop.state("1002")) == (["unknown_product"], ("ready", 0))


def test_a_product_file_read_again_books_no_stock_twice(shop):
    path = shop.folder / "stock.csv"
    path.write_text("sku,name,stock\nBOX,Box,7\n", encoding="utf-8")
    reports = [import_products(shop.desk, [path]) for _ in range(2)]
    assert [(each.added, each.changed, each.stocked) for each in reports] == [(1, 0, 1), (0, 1, 0)]
    assert shop.ask("SELECT quantity FROM balances WHERE place = 'shelf:' AND quantity <> 0") == [(7,)]


# --- dry run ------------------------------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_happen_and_changes_nothing(shop):
    shop.take_in({}, {"order": "1002"}, {"order": "1003"})
    shop.scans("1003")
    rows = [
        {"qty": "5"}, {"order": "1002", "state": "cancelled"}, {"order": "1003", "qty": "4"}, {"order": "1004"},
        {"order": "1005", "sku": "NEW"},
    ]  # fmt: skip
    before = shop.everything()
    trial = shop.counts(*rows, create_products=True, dry_run=True)
    assert shop.everything() == before
    assert trial == shop.counts(*rows, create_products=True)


# --- while the bench works ----------------------------------------------------------------------------------------

MANY = 2000


def test_scans_pass_between_the_chunks_of_an_import(shop):
    with shop.desk.database.transaction() as tx:
        add_goods(tx, *[Goods(number) for number in range(10, 60)])
    path = shop.file(*[{"order": f"n{n // 6}", "sku": f"SKU-{10 + n % 50}"} for n in range(MANY * 6)], name="many.csv")
    shop.take_in({"order": "mine", "qty": "9"})
    shop.scans("mine")
    done, waits = threading.Event(), []

    def take_in():
        shop.take_in(path=path)
        done.set()

    began = time.monotonic()
    importing = threading.Thread(target=take_in)
    importing.start()
    while not done.is_set():
        asked = time.monotonic()
        shop.desk.scan(TEA.piece if len(waits) < 8 else "nobody").result()
        waits.append(time.monotonic() - asked)
        time.sleep(0.002)
    importing.join()
    whole = time.monotonic() - began
    assert shop.ask("SELECT count(*) FROM orders WHERE number LIKE 'n%'") == [(MANY,)]
    assert len(waits) > 5
    waits.sort()
    assert waits[len(waits) * 9 // 10] < whole / 5, (waits[-3:], whole, len(waits))
    assert waits[-1] < whole / 2, (waits[-3:], whole, len(waits))


class Killed(BaseException):
    pass


@pytest.mark.parametrize("where", ["lines", "holds", "orders"])
def test_an_import_that_ends_between_or_inside_chunks_leaves_whole_orders_only(shop, monkeypatch, where):
    rows = [{"order": f"n{n // 2}", "sku": f"SKU-{1 + n % 2}", "state": "unpaid"} for n in range(600)]
    real, calls = storage.insert_rows, []

    def killed(tx, table, given):
        calls.append(table)
        real(tx, table, given)
        if calls.count(where) == 3 and table == where:
            raise Killed

    monkeypatch.setattr(storage, "insert_rows", killed)
    with pytest.raises(Killed):
        shop.take_in(*rows)
    monkeypatch.undo()
    ((taken,),) = shop.ask("SELECT count(*) FROM orders")
    assert 0 < taken < 300
    lines = "(SELECT count(*) FROM order_lines WHERE order_id = orders.id)"
    assert shop.ask(f"SELECT count(*) FROM orders WHERE line_count <> {lines}") == [(0,)]
    assert shop.ask("SELECT count(*) FROM holds") == [(taken,)]
    again = shop.take_in(*rows)
    assert (again.orders["added"], again.orders["same"]) == (300 - taken, taken)


def test_an_import_that_is_cancelled_keeps_what_was_taken_in(shop):
    rows = [{"order": f"n{n}"} for n in range(200)]
    report = shop.take_in(*rows, cancelled=lambda: True)
    assert report.stopped
    assert shop.ask("SELECT count(*) FROM orders") == [(report.orders["added"],)]
    assert 0 < report.orders["added"] < 200
    assert shop.ask("SELECT kind FROM imports") == [("stopped",)], "half a file makes no data new"


@only_on_postgresql  # SQLite is locked before an act begins, never in its middle
def test_a_chunk_that_is_run_again_counts_once(shop, monkeypatch):
    """The database was busy in the middle: figures, problems and made products are those of the try that stood."""
    real, tries = intake._add, []

    def fails_once(tx, run, new):
        added = real(tx, run, new)
        tries.append(1)
        if len(tries) == 1:
            raise DatabaseLocked("database.locked", name="x")
        return added

    monkeypatch.setattr(intake, "_add", fails_once)
    report = shop.take_in({"sku": "NEW"}, {"order": "1002", "sku": "sku-1"}, create_products=True)
    assert len(tries) == 2
    assert (report.orders["added"], report.products, report.lines) == (2, 1, 2)
    assert [each.key for each in report.problems] == ["line.sku_case"]
    assert shop.ask("SELECT count(*) FROM products WHERE sku = 'NEW'") == [(1,)]
    assert shop.ask("SELECT count(*) FROM imports") == [(1,)]
    assert shop.ask("SELECT count(*) FROM import_orders") == [(2,)]
    assert shop.ask("SELECT count(*) FROM import_problems") == [(1,)]
    assert shop.scans("1001", "NEW") == ["order.opened", "order.closed"]


def test_a_chunk_whose_commit_was_not_heard_of_keeps_its_figures(shop):
    file, record = SimpleNamespace(name="x.csv", size=1), intake.Record("office", "x.csv", (), 1)
    run = intake._Run("office", file, "csv", "shop", False, False, intake.Report(), record)
    mark, act = run.mark(), str(uuid4())
    for _ in range(2):
        shop.desk.chunk(frozenset(), intake._chunk, run, mark, [incoming("1", ("SKU-1", 1))], act).result()
    assert (run.report.orders["added"], run.report.orders["same"]) == (1, 0)


def test_a_file_that_cannot_be_used_is_reported_and_changes_nothing(shop):
    before = shop.everything()
    path = shop.folder / "bad.csv"
    for content in (b"", b"\x00\x01\x02PK", b"a,b\n1,2\n"):
        path.write_bytes(content)
        report = import_files(shop.desk, [path])
        assert (report.usable, len(report.problems)) == (False, 1)
    after = shop.everything()
    assert [row[:2] for row in shop.ask("SELECT kind, file FROM imports")] == [("refused", "bad.csv")] * 3
    assert all(after[table] == before[table] for table in after if table not in ("journal", "imports"))


# --- what the shop decides about its files ------------------------------------------------------------------------


def test_a_shops_own_names_and_codes_that_are_no_goods_are_read_as_it_has_them(shop):
    shop.take_in({"order": "0"})  # the shop is known
    shop.decide({"intake.keys": "noshi=熨斗; date=希望日", "intake.non_goods": "SKU-2, POSTAGE"})
    report = shop.take_in({"note": "熨斗: 御祝"}, {"sku": "POSTAGE", "note": "熨斗: 御祝"})
    assert [found.key for found in report.problems] == ["line.non_goods"]
    assert shop.holds() == []
    assert '"note":"のし: 御祝"' in shop.ask("SELECT content FROM orders WHERE number = '1001'")[0][0]
