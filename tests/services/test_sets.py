"""Sets and option texts through files into both databases: taken apart at intake, known later, changed, refused."""

import json
from uuid import uuid4

import pytest

from app.services import papers, release
from app.services.desk import Desk
from app.services.intake import import_files
from app.services.products import import_products
from tests.documents.makers import text_of
from tests.makers import Goods, faults_of, query, stocked

MAPPING = """
[order]
number = "order"
[ship_to]
name = "to"
[line]
sku = "sku"
name = "name"
quantity = "qty"
price = "price"
options = "options"
[rules]
gift = [{ column = "gift", equals = "yes" }]
"""
COLUMNS = ("order", "sku", "name", "qty", "price", "options", "to", "gift")
TEA, CUP = Goods(1, stock=50), Goods(2, stock=50)
PAIR = {"sku": "PAIR", "name": "A pair", "parts": "SKU-1=2;SKU-2"}


class Shop:
    """A desk with files to take in."""

    def __init__(self, desk, folder):
        self.desk, self.folder = desk, folder
        (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")

    def orders(self, *rows, **more):
        usual = {"order": "1001", "sku": "PAIR", "name": "Pair of tea", "qty": "1", "price": "900", "to": "花子"}
        lines = [",".join(COLUMNS), *[",".join((usual | row).get(each, "") for each in COLUMNS) for row in rows]]
        path = self.folder / "orders.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return import_files(self.desk, [path], mapping=str(self.folder / "mapping.toml"), shop="shop", **more)

    def products(self, *rows):
        names = list(dict.fromkeys(name for row in rows for name in row))
        lines = [",".join(names), *[",".join(row.get(name, "") for name in names) for row in rows]]
        path = self.folder / "products.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return import_products(self.desk, [path])

    def ask(self, statement, *values):
        return query(self.desk.database, statement, *values)

    def lines(self, number="1001"):
        return self.ask(
            "SELECT l.sku, l.wanted, l.price, l.sold FROM order_lines l JOIN orders o ON o.id = l.order_id "
            "WHERE o.number = ? ORDER BY l.position", number,
        )  # fmt: skip

    def head(self, number="1001"):
        """State, lines and pieces, and what was sold as SKU and quantity."""
        rows = self.ask("SELECT state, line_count, pieces, content FROM orders WHERE number = ?", number)
        ((state, lines, pieces, content),) = rows
        return state, lines, pieces, [(each["sku"], each["quantity"]) for each in json.loads(content).get("sold", ())]

    def release(self, order):
        return self.desk.do(frozenset(), release.at_once, "1", str(uuid4()), [order]).result()

    def slip(self):
        """What stands on the packing slip of the only order."""
        ((order,),) = self.ask("SELECT id FROM orders")
        with self.desk.database.reading() as tx:
            return text_of(papers.slip_of(tx, order).pdf)

    def parts(self):
        return self.ask(
            "SELECT s.sku, p.sku, quantity FROM product_parts JOIN products s ON s.id = set_id "
            "JOIN products p ON p.id = part_id ORDER BY 1, 2"
        )


@pytest.fixture
def shop(database, open_another, tmp_path):
    stocked(database, [TEA, CUP])
    desk = Desk(open_another(), "1")
    yield Shop(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


# --- at intake ----------------------------------------------------------------------------------------------------


def test_a_set_is_taken_apart_and_the_line_as_sold_is_kept(shop):
    shop.products(PAIR)
    assert shop.orders({"qty": "2"}, {"sku": "SKU-2", "price": "300"}).orders["added"] == 1
    assert shop.lines() == [("SKU-1", 4, "", 0), ("SKU-2", 2, "", 0), ("SKU-2", 1, "300", None)]
    assert shop.head() == ("ready", 3, 7, [("PAIR", 2)])
    ((content,),) = shop.ask("SELECT content FROM orders")
    assert json.loads(content)["sold"] == [
        {"sku": "PAIR", "name": "Pair of tea", "quantity": 2, "price": "900", "tax_rate": "", "options": ""}
    ]


def test_an_order_without_sets_says_nothing_of_them(shop):
    shop.orders({"sku": "SKU-1"})
    ((content,),) = shop.ask("SELECT content FROM orders")
    assert "sold" not in json.loads(content)


def test_the_same_file_again_is_the_same_order(shop):
    shop.products(PAIR)
    shop.orders({})
    before = shop.ask("SELECT * FROM order_lines ORDER BY id")
    found = shop.orders({}).orders
    assert (found["same"], found["changed"]) == (1, 0)
    assert shop.ask("SELECT * FROM order_lines ORDER BY id") == before


def test_a_changed_order_is_taken_apart_anew(shop):
    shop.products(PAIR)
    shop.orders({})
    assert shop.orders({"qty": "3"}).orders["changed"] == 1
    assert shop.head() == ("ready", 2, 9, [("PAIR", 3)])


def test_a_set_with_a_code_and_stock_of_its_own_is_picked_as_it_stands(shop):
    shop.products(PAIR | {"code": "4599000000012=1", "stock": "5"})
    shop.orders({})
    assert shop.head() == ("ready", 1, 1, [])


@pytest.mark.parametrize("own", [{"code": "4599000000012=1"}, {"stock": "5"}])
def test_a_set_with_only_one_of_the_two_is_taken_apart(shop, own):
    shop.products(PAIR | own)
    shop.orders({})
    assert shop.head() == ("ready", 2, 3, [("PAIR", 1)])


def test_an_option_text_is_the_product(shop):
    shop.products({"sku": "SKU-1", "option_texts": "SHIRT:色:赤"}, {"sku": "SKU-2", "option_texts": "SHIRT:色:赤 M"})
    report = shop.orders({"sku": "shirt", "options": "色：赤／S"}, {"sku": "SHIRT", "options": "袋なし 色: 赤M"})
    assert [line[0] for line in shop.lines()] == ["SKU-1", "SKU-2"]
    assert report.problems == []
    assert shop.head()[0] == "ready"


def test_options_that_fit_two_products_equally_hold_the_order_and_are_said(shop):
    shop.products({"sku": "SKU-1", "option_texts": "SHIRT:赤"}, {"sku": "SKU-2", "option_texts": "SHIRT:青"})
    report = shop.orders({"sku": "SHIRT", "options": "表:赤 裏:青"})
    (found,) = report.problems
    assert (found.key, found.row, found.value) == ("line.option_ambiguous", 2, "表:赤 裏:青")
    assert dict(found.args) == {"number": "1001", "sku": "SHIRT", "skus": "SKU-1, SKU-2"}
    assert shop.ask("SELECT hold FROM holds") == [("unknown_product",)]
    shop.products({"sku": "SKU-1", "option_texts": "SHIRT:表:赤"})
    assert (shop.head()[0], shop.lines()[0][0]) == ("ready", "SKU-1")


def test_no_product_is_made_for_a_code_whose_option_texts_are_known(shop):
    shop.products({"sku": "SKU-1", "option_texts": "SHIRT:赤"})
    report = shop.orders({"sku": "SHIRT", "options": "赤"}, {"order": "1002", "sku": "NEW"}, create_products=True)
    assert report.products == 1
    assert shop.ask("SELECT sku FROM products WHERE sku NOT LIKE 'SKU-%'") == [("NEW",)]
    report = shop.orders({"order": "1003", "sku": "SHIRT", "options": "白"}, create_products=True)
    assert report.products == 1
    assert [line[0] for line in shop.lines("1003")] == ["SHIRT"]


# --- known later --------------------------------------------------------------------------------------------------


def test_a_waiting_set_is_taken_apart_once_it_is_known(shop):
    shop.orders({}, {"sku": "SKU-2"})
    assert shop.head() == ("received", 2, 2, [])
    assert shop.products(PAIR).reread == 1
    assert shop.lines() == [("SKU-1", 2, "", 0), ("SKU-2", 1, "", 0), ("SKU-2", 1, "900", None)]
    assert shop.head() == ("ready", 3, 4, [("PAIR", 1)])


def test_an_option_text_that_becomes_known_frees_its_orders(shop):
    shop.orders({"sku": "SHIRT", "options": "色:赤"}, {"order": "1002", "sku": "SHIRT", "options": "色:白"})
    assert shop.products({"sku": "SKU-1", "option_texts": "SHIRT:赤"}).reread == 1
    assert (shop.head()[0], shop.head("1002")[0]) == ("ready", "received")
    assert shop.lines()[0][:3] == ("SKU-1", 1, "900")


def test_an_order_of_a_known_product_that_becomes_a_set_is_taken_apart_before_its_release(shop):
    shop.products({"sku": "PAIR", "name": "A pair"})
    shop.orders({}, {"order": "1002"})
    ((second,),) = shop.ask("SELECT id FROM orders WHERE number = '1002'")
    shop.release(second)
    assert shop.products(PAIR).reread == 1
    assert shop.head() == ("ready", 2, 3, [("PAIR", 1)])
    assert shop.head("1002") == ("released", 1, 1, [])


def test_a_set_with_other_parts_changes_its_waiting_orders_and_keeps_others(shop):
    shop.products(PAIR)
    shop.orders({}, {"order": "1002", "sku": "SKU-1"})
    before = shop.ask("SELECT id FROM order_lines WHERE sold IS NULL")
    assert shop.products(PAIR | {"parts": "SKU-2=5"}).reread == 1
    assert shop.head() == ("ready", 1, 5, [("PAIR", 1)])
    assert shop.ask("SELECT id FROM order_lines WHERE sold IS NULL") == before
    assert shop.products({"sku": "PAIR", "parts": ""}).reread == 1
    assert shop.head() == ("ready", 1, 1, [])


def test_the_same_product_file_again_touches_no_order(shop):
    shop.products(PAIR)
    shop.orders({})
    assert shop.products(PAIR).reread == 0


def test_what_a_set_took_is_given_back_when_it_changes(shop):
    shop.products(PAIR)
    shop.orders({"qty": "20"})
    shop.products(PAIR | {"parts": "SKU-1=3"})  # 60 are wanted, 50 are there
    assert shop.ask("SELECT detail FROM holds WHERE hold = 'no_stock'") == [("SKU-1 ×10",)]
    shop.products(PAIR | {"parts": "SKU-1=2"})
    assert shop.ask("SELECT reserved FROM order_lines") == [(40,)]
    assert shop.head()[0] == "ready"


# --- the product file ---------------------------------------------------------------------------------------------


def test_parts_may_stand_below_their_set_in_any_case(shop):
    report = shop.products(PAIR | {"parts": "sku-1;LATER=2"}, {"sku": "LATER", "parts": ""})
    assert report.problems == []
    assert shop.parts() == [("PAIR", "LATER", 2), ("PAIR", "SKU-1", 1)]


def test_an_unknown_part_is_said_and_the_set_stays_as_it_was(shop):
    shop.products(PAIR)
    report = shop.products(PAIR | {"parts": "SKU-1;NOBODY;NOTHING"})
    (found,) = report.problems
    assert (found.key, found.row, found.column, found.value) == ("part.unknown", 2, "parts", "NOBODY, NOTHING")
    assert shop.parts() == [("PAIR", "SKU-1", 2), ("PAIR", "SKU-2", 1)]


def test_sets_in_sets_are_taken_apart_down_to_the_goods(shop):
    shop.products({"sku": "BOX", "parts": "PAIR=2;SKU-2"}, PAIR)
    shop.orders({"sku": "BOX"})
    assert shop.lines() == [("SKU-1", 4, "", 0), ("SKU-2", 3, "", 0)]


def test_a_set_in_itself_is_refused_with_the_way(shop):
    report = shop.products({"sku": "A", "parts": "B"}, {"sku": "B", "parts": "C"}, {"sku": "C", "parts": "a"})
    (found,) = report.problems
    assert (found.key, found.row, found.value) == ("part.of_itself", 4, "C > A > B > C")
    assert shop.parts() == [("A", "B", 1), ("B", "C", 1)]


def test_sets_may_lie_three_deep_and_no_deeper(shop):
    rows = [{"sku": "A", "parts": "SKU-1"}, {"sku": "B", "parts": "A"}, {"sku": "C", "parts": "B"}]
    assert shop.products(*rows).problems == []
    (found,) = shop.products({"sku": "D", "parts": "C"}).problems
    assert (found.key, dict(found.args)) == ("part.too_deep", {"set": "D", "layers": "4", "most": "3"})
    shop.orders({"sku": "C"})
    assert shop.lines() == [("SKU-1", 1, "", 0)]


def test_an_option_text_that_another_product_had_moves_and_is_said(shop):
    shop.products({"sku": "SKU-1", "option_texts": "SHIRT:赤"})
    (found,) = shop.products({"sku": "SKU-2", "option_texts": "SHIRT:赤"}).problems
    assert (found.key, found.value, dict(found.args)) == (
        "option.moved",
        "SHIRT:赤",
        {"sku": "SKU-2", "other": "SKU-1"},
    )
    shop.orders({"sku": "SHIRT", "options": "赤"})
    assert shop.lines()[0][0] == "SKU-2"


def test_a_cold_product_and_a_pre_order_change_what_the_gate_says_of_waiting_orders(shop):
    shop.orders({"sku": "SKU-1"})
    shop.products({"sku": "SKU-1", "temperature": "冷凍", "on_sale_from": "2099-01-01"})
    assert shop.ask("SELECT state, temperature FROM orders") == [("received", "frozen")]
    assert shop.ask("SELECT hold FROM holds") == [("pre_order",)]
    shop.products({"sku": "SKU-1", "on_sale_from": "なし"})
    assert shop.ask("SELECT state, temperature FROM orders") == [("ready", "frozen")]


# --- at the bench and on paper ------------------------------------------------------------------------------------


def test_the_parts_are_scanned_and_the_slip_shows_the_set(shop):
    shop.products(PAIR)
    shop.orders({"price": "1980"})
    keys = [shop.desk.scan(raw).result().key for raw in ("1001", TEA.piece, TEA.piece, CUP.piece)]
    assert (keys[0], keys[-1]) == ("order.opened", "order.closed")
    assert shop.ask("SELECT sku, done FROM order_lines ORDER BY position") == [("SKU-1", 2), ("SKU-2", 1)]
    shown = shop.slip()
    for once in ("Pair of tea", "PAIR", "1,980", "Thing 1", "Thing 2", "SKU-1"):
        assert once in shown, once
    assert shown.index("PAIR") < shown.index("Thing 1") < shown.index("Thing 2")
    assert "900" not in shown


def test_a_gift_slip_shows_the_set_without_prices(shop):
    shop.products(PAIR)
    shop.orders({"price": "1980", "gift": "yes"})
    shop.desk.scan("1001").result()
    shown = shop.slip()
    assert "Pair of tea" in shown
    assert "Thing 2" in shown
    assert "980" not in shown


def test_the_pick_list_has_the_parts_and_not_the_set(shop):
    shop.products(PAIR)
    shop.orders({"qty": "3"}, {"sku": "SKU-1"})
    ((order,),) = shop.ask("SELECT id FROM orders")
    batch = shop.release(order).batch
    with shop.desk.database.reading() as tx:
        shown = text_of(papers.pick_list_of(tx, batch).pdf)
    assert "PAIR" not in shown
    assert "SKU-1" in shown
    assert "SKU-2" in shown
