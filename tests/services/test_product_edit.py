"""A product's fields as texts: read, judged at once, saved in one act, copied, retired, deleted."""

import pytest

from app.errors import NotAllowed, NotFound
from app.services import product_edit
from app.services.desk import Desk, new_act
from tests.makers import ean, faults_of, only_on_sqlite
from tests.services.shelf_shop import Master

FULL = {
    "sku": "TEA", "name": "煎茶", "name_en": "Green tea", "category": "お茶", "note": "一行目\n二行目",
    "code": f"{ean(1)};14901234567891=6", "price": "1,080円", "tax_rate": "8%", "on_sale_from": "2026/1/5",
    "on_sale_to": "2026-12-31", "weight_g": "0.2kg", "length_mm": "10cm", "width_mm": "50", "height_mm": "30",
    "fragile": "はい", "temperature": "冷蔵", "lot_policy": "期限", "min_days": "30", "pack_note": "上向き",
    "option_texts": "T-1:サイズ:M", "orientation": "立てる", "cushion_mm": "5", "shelf": "A-1",
    "picture": "/p/tea.png",
}  # fmt: skip
STORED = {
    "sku": "TEA", "name": "煎茶", "name_en": "Green tea", "category": "お茶", "note": "一行目\n二行目",
    "code": f"{ean(1)};14901234567891=6", "price": "1080", "tax_rate": "0.08", "on_sale_from": "2026-01-05",
    "on_sale_to": "2026-12-31", "weight_g": "200", "length_mm": "100", "width_mm": "50", "height_mm": "30",
    "fragile": "yes", "temperature": "chilled", "lot_policy": "expiry", "min_days": "30", "pack_note": "上向き",
    "option_texts": "t-1:サイズ:m", "orientation": "upright", "cushion_mm": "5", "shelf": "A-1",
    "picture": "/p/tea.png",
}  # fmt: skip


@pytest.fixture
def master(database, open_another, tmp_path):
    desk = Desk(open_another(), "1")
    yield Master(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


def texts(master, product):
    return master.desk.read(product_edit.read, product).result().texts


def keys(master, given, product=0):
    return {(each.field, each.key) for each in master.desk.read(product_edit.wrongs, given, product).result()}


def test_every_field_comes_back_as_it_was_written_and_can_be_taken_away(master):
    product = product_edit.edit(master.desk, FULL)
    found = texts(master, product)
    assert {name: found[name] for name in STORED} == STORED
    product_edit.edit(master.desk, found, product)  # what is shown can be saved as it is
    assert texts(master, product) == found
    product_edit.edit(master.desk, dict.fromkeys([name for name in found if name != "sku"], ""), product)
    bare = product_edit.edit(master.desk, {"sku": "BARE"})
    left = {name: text for name, text in texts(master, product).items() if name not in ("sku", "name")}
    assert left == {name: text for name, text in texts(master, bare).items() if name not in ("sku", "name")}
    assert texts(master, product)["name"] == "TEA"


@only_on_sqlite
def test_what_is_not_given_stays(master):
    product = product_edit.edit(master.desk, FULL)
    before = texts(master, product)
    product_edit.edit(master.desk, {"width_mm": "60", "price": "1200"}, product)
    assert {k: v for k, v in texts(master, product).items() if before[k] != v} == {"width_mm": "60", "price": "1200"}


@only_on_sqlite
def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_saved(master):
    given = {
        "sku": "X", "code": "4901234567890", "weight_g": "heavy", "length_mm": "5", "parts": "NONE=2",
        "on_sale_from": "2026-02-01", "on_sale_to": "2026-01-01", "colour": "red", "picture": "tea.png",
        "temperature": "warm", "price": "-5", "retired": "maybe",
    }  # fmt: skip
    assert keys(master, given) == {
        ("colour", "product_edit.unknown_field"),
        ("code", "product_edit.code_bad_check_digit"),
        ("weight_g", "product_edit.product_bad_number"),
        ("length_mm", "product_edit.product_size_incomplete"),
        ("parts", "product_edit.part_unknown"),
        ("on_sale_to", "product_edit.days_turned"),
        ("picture", "product_edit.picture_place"),
        ("temperature", "product_edit.product_bad_temperature"),
        ("price", "product_edit.product_bad_number"),
        ("retired", "product_edit.product_bad_switch"),
    }
    with pytest.raises(NotAllowed):
        product_edit.edit(master.desk, given)
    assert master.ask("SELECT count(*) FROM products") == [(0,)]


@only_on_sqlite
def test_a_sku_is_fixed_unique_and_looked_for_in_any_case(master):
    product = master.add("TEA")
    assert keys(master, {"sku": "TEA-2"}, product) == {("sku", "product_edit.sku_fixed")}
    assert keys(master, {"sku": "TEA"}) == {("sku", "product_edit.sku_taken")}
    assert keys(master, {"sku": "tea"}) == {("sku", "product_edit.sku_alike")}
    assert keys(master, {"sku": " "}) == {("sku", "product_edit.sku_missing")}
    assert master.desk.read(product_edit.by_sku, "tea").result() == product
    master.add("tea")
    with pytest.raises(NotFound, match=r"product_edit\.several"):
        master.desk.read(product_edit.by_sku, "Tea").result()


@only_on_sqlite
def test_a_set_that_contains_itself_is_refused_and_orders_of_a_good_one_are_read_again(master):
    tea = master.add("TEA")
    pair = master.add("PAIR", parts="TEA=2")
    assert keys(master, {"parts": "PAIR"}, tea) == {("parts", "product_edit.part_of_itself")}
    master.orders("Mall", ("1", "PAIR"))
    assert master.ask("SELECT sku, wanted FROM order_lines") == [("TEA", 2)]
    master.edit(pair, parts="TEA=3")
    assert master.ask("SELECT sku, wanted FROM order_lines") == [("TEA", 3)]


@only_on_sqlite
def test_an_order_that_waited_for_a_product_is_freed_when_it_is_entered(master):
    master.orders("Mall", ("1", "TEA"))
    assert master.meant("1") == (None, "received")
    master.add("TEA")
    assert master.meant("1") == ("TEA", "ready")


@only_on_sqlite
def test_a_copy_begins_without_what_only_one_product_can_have(master):
    found = master.desk.read(product_edit.copy_texts, product_edit.edit(master.desk, FULL)).result()
    assert (found["sku"], found["code"], found["option_texts"]) == ("", "", "")
    assert (found["name"], found["price"], found["fragile"]) == ("煎茶", "1080", "yes")


@only_on_sqlite
def test_retiring_is_refused_while_orders_need_it_unless_that_is_meant(master):
    product = master.add("TEA")
    master.orders("Mall", ("1", "TEA"))
    retire = (product_edit.TOPICS, product_edit.retire, "1")
    with pytest.raises(NotAllowed) as refused:
        master.desk.do(*retire, new_act(), product).result()
    assert (refused.value.key, refused.value.args_["orders"]) == ("product_edit.retired_in_use", "1")
    assert master.desk.do(*retire, new_act(), product, anyway=True).result()
    assert master.desk.read(product_edit.page).result() == []
    assert [each.sku for each in master.desk.read(product_edit.page, retired=True).result()] == ["TEA"]
    master.desk.do(*retire, new_act(), product, back=True).result()
    assert not master.desk.read(product_edit.read, product).result().retired


def test_only_what_nothing_ever_used_is_deleted(master):
    used, unused = master.add("TEA"), master.add("CUP", code=ean(2), option_texts="T:red", parts="TEA=2")
    master.orders("Mall", ("1", "TEA"))
    delete = (product_edit.TOPICS, product_edit.delete, "1")
    with pytest.raises(NotAllowed, match=r"product_edit\.was_used"):
        master.desk.do(*delete, new_act(), used).result()
    master.desk.do(*delete, new_act(), unused).result()
    assert master.ask("SELECT sku FROM products") == [("TEA",)]


def test_a_page_finds_by_part_of_a_name_by_code_and_by_a_shops_own_code(master):
    tea = master.add("TEA-1", name="宇治の煎茶", code=ean(7), category="お茶")
    master.add("CUP-1", name="100%の茶碗")
    master.list(tea, master.shop("Mall"), "M-77")

    def found(**wanted):
        return [each.sku for each in master.desk.read(product_edit.page, **wanted).result()]

    assert found(text="茶") == ["CUP-1", "TEA-1"]
    assert found(text="tea") == found(text=ean(7)) == found(text=ean(7)[:9]) == found(text="m-77") == ["TEA-1"]
    assert found(text="0%の") == ["CUP-1"]
    assert found(category="お茶") == found(doubtful=[tea]) == ["TEA-1"]
    assert found(limit=1, offset=1) == ["TEA-1"]


@only_on_sqlite
def test_the_same_act_twice_is_done_once(master):
    act = new_act()
    saved = [
        master.desk.do(product_edit.TOPICS, product_edit.save, "1", act, {"sku": "TEA"}).result() for _ in range(2)
    ]
    assert saved[0] == saved[1]
    assert master.ask("SELECT count(*) FROM products") == [(1,)]
