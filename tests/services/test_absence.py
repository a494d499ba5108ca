"""Orders that a complete file of their shop does not list any more: stop and ask, and never on half a file."""

from uuid import uuid4

import pytest

from app.services import handover
from app.services import orders as orders_service
from app.services import settings as settings_service
from app.services.absence import Ids
from app.services.desk import Desk
from app.services.intake import import_files
from tests.makers import Goods, change, faults_of, query, stocked

MAPPING = """
[order]
number = "order"
ordered_at = "day"
[ship_to]
name = "to"
[line]
sku = "sku"
name = "name"
quantity = "qty"
[rules]
cancelled = [{ column = "state", equals = "cancelled" }]
"""
TEA = Goods(1, stock=500)


class Shop:
    """A desk, and files of orders numbered by the day they were placed."""

    def __init__(self, desk, folder):
        self.desk, self.folder = desk, folder
        (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")

    def file(self, *numbers, more=(), qty="1"):
        rows = [f"{n},2026-01-{n:02d},花子,SKU-1,Tea,{qty}," if isinstance(n, int) else n for n in (*numbers, *more)]
        path = self.folder / f"{uuid4()}.csv"
        path.write_text("\n".join(["order,day,to,sku,name,qty,state", *rows]) + "\n", encoding="utf-8")
        return path

    def take_in(self, *numbers, **more):
        path = self.file(*numbers, **{key: more.pop(key) for key in ("more", "qty") if key in more})
        more.setdefault("complete", True)
        return import_files(self.desk, [path], mapping=str(self.folder / "mapping.toml"), shop="shop", **more)

    def told(self, *numbers, **more):
        report = self.take_in(*numbers, **more)
        return report.orders["gone"], [(each.key, each.value) for each in report.problems]

    def held(self):
        rows = query(
            self.desk.database,
            "SELECT number FROM holds JOIN orders ON orders.id = order_id WHERE hold = 'gone_from_shop' "
            "AND lifted_at IS NULL ORDER BY number",
        )
        return [int(row[0]) for row in rows]

    def state(self, number):
        return query(self.desk.database, "SELECT state FROM orders WHERE number = ?", str(number))[0][0]

    def id(self, number):
        return query(self.desk.database, "SELECT id FROM orders WHERE number = ?", str(number))[0][0]

    def office(self, kind, **what):
        act = getattr(orders_service, kind)
        return self.desk.do(frozenset({"orders"}), act, "office", str(uuid4()), **what).result()

    def scans(self, *raws):
        return [self.desk.scan(raw).result().key for raw in raws]


@pytest.fixture
def shop(database, open_another, tmp_path):
    stocked(database, [TEA])
    desk = Desk(open_another(), "1")
    yield Shop(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


def test_an_order_that_is_gone_is_held_and_said(shop):
    shop.take_in(1, 2, 3)
    assert shop.told(1, 3, 4) == (1, [("order.gone", "2")])
    assert (shop.held(), shop.state(2)) == ([2], "received")


def test_an_order_being_packed_that_is_gone_stops_at_the_bench(shop):
    shop.take_in(1, 2, qty="2")
    shop.scans("1", TEA.piece)
    assert shop.told(2, 3, qty="2") == (1, [("order.gone_released", "1")])
    assert (shop.held(), shop.state(1)) == ([1], "released")
    assert shop.scans(TEA.piece) == ["order.held_meanwhile"]


def test_a_closed_box_whose_order_is_gone_is_not_handed_over(shop):
    shop.take_in(1, 2)
    shop.scans("1", TEA.piece)
    shop.take_in(2)
    assert shop.state(1) == "verified"
    with pytest.raises(Exception, match=r"cannot_hand_over|not_"):
        shop.office("hand_over", orders=[shop.id(1)])


def test_a_shipped_order_that_is_gone_before_its_report_is_only_noted(shop):
    shop.take_in(1, 2)
    shop.scans("1", TEA.piece)
    shop.desk.do(frozenset({"orders"}), handover.hand_over, "office", str(uuid4()), [shop.id(1)]).result()
    assert shop.told(2) == (0, [("order.gone_shipped", "1")])
    assert (shop.held(), shop.state(1)) == ([], "shipped")


def test_a_file_that_is_not_complete_misses_nothing(shop):
    shop.take_in(1, 2, 3)
    assert shop.told(1, 3, complete=False) == (0, [])
    assert shop.told(1, 3, complete=None) == (0, [])


def test_the_setting_of_the_shop_makes_its_files_complete(shop):
    shop.take_in(1, 2, 3)
    shop.desk.do(frozenset(), settings_service.put, "office", str(uuid4()), {"intake.complete": "on"}, 1).result()
    assert shop.told(1, 3, complete=None) == (1, [("order.gone", "2")])


def test_an_older_file_says_nothing_of_orders_that_came_after_it(shop):
    shop.take_in(1, 2, 3)
    assert shop.told(1, 2) == (0, [])
    assert shop.held() == []


def test_the_same_file_twice_holds_nothing_new(shop):
    shop.take_in(1, 2, 3)
    shop.take_in(1, 3)
    assert shop.told(1, 3) == (0, [])
    assert shop.held() == [2]


def test_what_is_listed_again_goes_on(shop):
    shop.take_in(1, 2, 3)
    shop.take_in(1, 3)
    shop.take_in(1, 2, 3, complete=False)
    assert (shop.held(), shop.state(2)) == ([], "ready")


def test_an_older_file_brings_nothing_back(shop):
    shop.take_in(1, 2)
    shop.take_in(1, 3)
    assert shop.held() == [2]
    shop.take_in(1, 2)
    assert shop.held() == [2]


def test_one_that_a_person_let_go_stays_free_until_it_was_listed_again(shop):
    shop.take_in(1, 2, 3)
    shop.take_in(1, 3)
    shop.office("lift", order=shop.id(2))
    assert (shop.told(1, 3), shop.state(2)) == ((0, []), "ready")
    shop.take_in(1, 2, 3)
    assert shop.told(1, 3)[0] == 1


def test_a_file_with_a_broken_row_is_not_complete(shop):
    shop.take_in(1, 2, 3)
    gone, told = shop.told(1, 3, more=[",2026-01-02,花子,SKU-1,Tea,1,"])
    assert gone == 0
    assert ("intake.not_whole", "") in told


def test_a_dry_run_says_what_is_gone_and_holds_nothing(shop):
    shop.take_in(1, 2, 3)
    assert shop.told(1, 3, dry_run=True) == (1, [("order.gone", "2")])
    assert shop.held() == []


def test_a_stopped_import_misses_nothing(shop):
    shop.take_in(1, 2, 3)
    report = shop.take_in(1, 3, cancelled=lambda: True)
    assert (report.stopped, report.orders["gone"], shop.held()) == (True, 0, [])
    assert query(shop.desk.database, "SELECT complete FROM imports ORDER BY id") == [(1,), (0,)]


def test_a_file_that_misses_most_is_doubted_unless_a_person_is_sure(shop):
    shop.take_in(*range(1, 29))
    shop.desk.do(frozenset(), settings_service.put, "office", str(uuid4()), {"intake.complete": "on"}, 1).result()
    gone, told = shop.told(1, 28, complete=None)
    assert (gone, [key for key, _ in told], shop.held()) == (0, ["intake.complete_doubted"], [])
    assert shop.told(1, 28)[0] == 26


def test_orders_of_another_shop_are_not_missed(shop):
    path = shop.file(1, 2)
    import_files(shop.desk, [path], mapping=str(shop.folder / "mapping.toml"), shop="other")
    shop.take_in(1, 2, 3)
    assert shop.told(1, 3)[0] == 1
    assert query(shop.desk.database, "SELECT count(*) FROM holds") == [(1,)]


def test_an_order_cancelled_by_the_file_is_not_gone(shop):
    shop.take_in(1, 2, 3)
    gone, _ = shop.told(1, 3, more=["2,2026-01-02,花子,SKU-1,Tea,1,cancelled"])
    assert (gone, shop.state(2)) == (0, "cancelled")


def test_what_was_split_off_here_is_in_no_file_and_never_gone(shop):
    shop.take_in(1, 2, 3)
    change(shop.desk.database, "UPDATE orders SET ship_to_key = '+2', digest = digest || '+2' WHERE number = ?", "2")
    assert shop.told(1, 3) == (0, [])
    assert shop.held() == []


def test_ids_are_a_set_in_a_bit_each():
    ids, wanted = Ids(), {1, 2, 1023, 1024, 5_000_000}
    ids.update(wanted)
    assert {each for each in (*range(1026), 4_999_999, 5_000_000) if each in ids} == wanted
