"""Rules as the office handles them: entered, taken in from a file, ordered, switched, looked ahead."""

import pytest

from app.domain.intake import placeholders
from app.domain.people import Role
from app.errors import NotAllowed, NotFound
from app.services import insert_rules, people
from app.text import texts
from tests.makers import add_goods, change, query
from tests.services.shipping import Warehouse, order
from tests.services.test_inserts import LEAFLET, SAMPLE

RULES = """ルール名,種類,商品コード,店舗,金額以上,注文回数,数,いっしょに入れないルール
夏チラシ,チラシ,SKU-11,shop,3000,,1,
はじめて,サンプル,sku-12,*,,初回,2,夏チラシ
"""


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    with database.transaction() as tx:
        made.products = add_goods(tx, LEAFLET, SAMPLE)
    made.take_in(order("1", ("SKU-1", 3)), order("2", ("SKU-1", 60)))
    return made


def save(house, act="a", rule=0, **texts_):
    with house.database.transaction() as tx:
        return insert_rules.save(tx, "leader", act, texts_, rule)


def names(house):
    with house.database.reading() as tx:
        return [each.rule.name for each in insert_rules.rule_items(tx)]


LEAF = {"name": "leaf", "kind": "insert", "sku": "SKU-11", "shops": "shop"}


def test_a_rule_is_entered_and_changed_field_by_field(house):
    kept = save(house, **LEAF, amount_from="1000")
    save(house, "b", kept, quantity="3")
    with house.database.reading() as tx:
        (item,) = insert_rules.rule_items(tx)
    assert (item.rule.quantity, item.rule.conditions.amount_from, item.shops, item.row.sku) == (
        3,
        1000,
        ("shop",),
        "SKU-11",
    )
    assert (item.row.stock, item.applied, item.is_out) == (500, 0, False)
    with pytest.raises(NotFound):
        save(house, "c", 999, quantity="3")


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"sku": "NONE"}, "inserts.fault.sku_unknown"),
        ({"any_of": "SKU-1;NONE"}, "inserts.fault.sku_unknown"),
        ({"shops": "nobody"}, "inserts.fault.shop_unknown"),
        ({"shops": ""}, "inserts.fault.no_shop"),
        ({"sku": ""}, "inserts.fault.no_product"),
        ({"quantity": "x"}, "inserts.bad.number"),
        ({"not_with": "nothing"}, "inserts.fault.unknown_rule"),
    ],
)
def test_what_makes_no_sense_is_refused_once_and_by_name(house, wrong, key):
    with house.database.reading() as tx:
        found = insert_rules.wrongs(tx, {**LEAF, **wrong})
    assert [each.key for each in found] == [key]
    assert "{" not in texts("ja").say(key, **found[0].args)
    with pytest.raises(NotAllowed):
        save(house, **{**LEAF, **wrong})


def test_two_shops_of_one_name_are_told_apart_by_their_channel(house):
    change(house.database, "INSERT INTO shops (channel, name) VALUES ('rakuten', 'shop')")
    with house.database.reading() as tx:
        assert [each.key for each in insert_rules.wrongs(tx, LEAF)] == ["inserts.fault.shop_unclear"]
        assert insert_rules.wrongs(tx, {**LEAF, "shops": "rakuten:shop"}) == ()


def test_who_may_not_change_settings_may_not_change_rules(house):
    with house.database.transaction() as tx:
        people.add(tx, "leader", "p", "見本 太郎", "7", Role.PACKER)
    change(house.database, "UPDATE stations SET person_id = (SELECT id FROM people)")
    with pytest.raises(NotAllowed, match="right"):
        save(house, **LEAF)


def test_order_switch_and_removal(house):
    first, second = save(house, **LEAF), save(house, "b", **{**LEAF, "name": "two", "not_with": "leaf"})
    with house.database.transaction() as tx:
        insert_rules.move(tx, "leader", "m", second, 1)
        insert_rules.switch(tx, "leader", "s", first, on=False)
    assert names(house) == ["two", "leaf"]
    assert query(house.database, "SELECT active FROM insert_rules WHERE id = ?", first)[0][0] == 0
    save(house, "n", first, name="blatt")
    with house.database.transaction() as tx:
        assert insert_rules.drafts(tx)["two"].rule.conditions.not_with == ("blatt",)
        insert_rules.drop(tx, "leader", "d", second)
        with pytest.raises(NotFound):
            insert_rules.drop(tx, "leader", "d2", second)
    assert names(house) == ["blatt"]


def test_a_file_adds_and_changes_rules_and_again_adds_nothing(house, tmp_path):
    path = tmp_path / "rules.csv"
    path.write_text(RULES, encoding="utf-8")
    with house.desk() as desk:
        dry = insert_rules.import_rules(desk, path, dry_run=True)
        assert (dry.added, dry.changed, dry.written) == (("夏チラシ", "はじめて"), (), False)
        assert names(house) == []
        done = insert_rules.import_rules(desk, path)
        assert done.written
        again = insert_rules.import_rules(desk, path)
        assert (again.added, again.changed) == ((), ("夏チラシ", "はじめて"))
    assert names(house) == ["夏チラシ", "はじめて"]


def test_one_wrong_cell_keeps_the_whole_file_out_and_is_named_by_row_and_column(house, tmp_path):
    path = tmp_path / "rules.csv"
    path.write_text(
        RULES + "夏チラシ,チラシ,SKU-11,shop,,,1,\n外,チラシ,NONE,nobody,x,,0,無い\n,サンプル,SKU-12,*,,,1,\n",
        encoding="utf-8",
    )
    with house.desk() as desk:
        report = insert_rules.import_rules(desk, path)
    assert not report.written
    found = [(each.row, each.column, each.key) for each in report.problems]
    assert found == [
        (4, "ルール名", "inserts.bad.twice"),
        (5, "金額以上", "inserts.bad.number"),
        (6, "ルール名", "inserts.fault.no_name"),
    ]
    assert all("{" not in texts("en").say(each.key, **placeholders(each)) for each in report.problems)
    assert names(house) == []


def test_how_often_a_rule_applied_and_what_has_run_out(house):
    save(house, **LEAF, amount_from="1000")
    save(house, "b", name="sample", kind="sample", sku="SKU-12", shops="*", quantity="4")
    house.release()
    with house.database.reading() as tx:
        leaf, sample = insert_rules.rule_items(tx)
        assert (leaf.applied, sample.applied) == (1, 2)
        assert sample.is_out
        assert [(each.rule, each.sku, each.stock) for each in insert_rules.run_out(tx)] == [("sample", "SKU-12", 3)]


def test_a_preview_names_the_orders_that_would_get_it(house):
    with house.database.reading() as tx:
        found = insert_rules.preview(tx, {**LEAF, "amount_from": "1000", "active": "no"})
    assert (found.looked_at, found.orders) == (2, ("2",))
    assert query(house.database, "SELECT count(*) FROM insert_rules")[0][0] == 0
