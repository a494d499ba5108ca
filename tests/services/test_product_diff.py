"""A product file beside the master: what it would change, and importing exactly that."""

import pytest

from app.errors import NotAllowed, SettingsWrong
from app.services import product_diff, products
from app.services.desk import Desk
from tests.makers import ean, faults_of, only_on_sqlite
from tests.services.shelf_shop import Master

ROWS = f"""sku,name,price,tax_rate,code,retired,code@Mall,parts,weight_g
TEA,煎茶,1200,8%,{ean(1)},いいえ,M-1;M-2,,abc
CUP,茶碗,500,10%,,,,,
PAIR,組,1500,,,,,TEA=2;CUP,
ODD,?,1,,,,,NONE,
"""


@pytest.fixture
def master(database, open_another, tmp_path):
    desk = Desk(open_another(), "1")
    yield Master(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


def shown(found):
    return {
        each.given.sku: (str(each.state), {one.field: (one.was, one.will_be) for one in each.differences})
        for each in found.products
    }


def test_differences_are_shown_field_by_field_and_then_exactly_they_are_imported(master):
    tea = master.add("TEA", price="1000", code=ean(1), weight_g="50")
    master.list(tea, master.shop("Mall"), "M-1")
    path = master.file("p.csv", ROWS)
    found = product_diff.compare(master.desk, [path])
    states = shown(found)
    assert states["TEA"] == (
        "changed",
        {"name": ("TEA", "煎茶"), "price": ("1000", "1200"), "tax_rate": ("", "0.08"), "code@Mall": ("M-1", "M-1;M-2")},
    )
    assert [states[sku][0] for sku in ("CUP", "PAIR", "ODD")] == ["new"] * 3
    assert [each.key for each in found.problems] == ["product.bad_number", "part.unknown"]
    assert master.ask("SELECT count(*) FROM products") == [(1,)]
    report = product_diff.import_shown(master.desk, found)
    assert (report.added, report.changed) == (3, 1)
    assert master.ask("SELECT price, tax_rate, weight_g FROM products WHERE sku = 'TEA'") == [("1200", "0.08", 50)]
    assert master.ask("SELECT code FROM listings ORDER BY code") == [("M-1",), ("M-2",)]
    after = product_diff.compare(master.desk, [path])
    assert {sku: state for sku, (state, _) in shown(after).items() if state != "same"} == {"ODD": "changed"}


def test_what_changed_since_in_a_shown_field_stops_the_import_and_other_fields_do_not(master):
    tea = master.add("TEA", price="1000")
    found = product_diff.compare(master.desk, [master.file("p.csv", "sku,price\nTEA,1200\n")])
    master.edit(tea, price="1100")
    with pytest.raises(NotAllowed) as refused:
        product_diff.import_shown(master.desk, found)
    assert (refused.value.key, refused.value.args_["skus"]) == ("product_diff.changed_since", "TEA")
    assert master.ask("SELECT price FROM products") == [("1100",)]
    master.edit(tea, price="1000", name="煎茶")
    assert product_diff.import_shown(master.desk, found).changed == 1
    assert master.ask("SELECT price, name FROM products") == [("1200", "煎茶")]


@only_on_sqlite
def test_a_change_between_the_last_look_and_the_chunk_is_left_out_and_said(master, monkeypatch):
    tea = master.add("TEA", price="1000")
    found = product_diff.compare(master.desk, [master.file("p.csv", "sku,price\nTEA,1200\nCUP,5\n")])
    whole = products.take_in

    def late(*args, **more):
        master.edit(tea, price="1100")
        return whole(*args, **more)

    monkeypatch.setattr(products, "take_in", late)
    report = product_diff.import_shown(master.desk, found)
    assert [(each.key, each.value) for each in report.problems] == [("product.changed_since", "TEA")]
    assert master.ask("SELECT sku, price FROM products ORDER BY sku") == [("CUP", "5"), ("TEA", "1100")]


@only_on_sqlite
def test_a_shops_own_columns_are_read_by_a_mapping_in_its_own_words(master):
    mapping = master.file(
        "m.toml",
        'kind = "products"\n[file]\ncolumns = [{ name = "品番", value = "product.sku" }, { name = "名", '
        'value = "product.name" }, { name = "冷", value = "product.temperature", values = { ambient = "0", '
        'chilled = "1" } }, { name = "重", value = "product.weight_g" }]\n',
    )
    path = master.file("p.csv", "品番,名,冷,重,ほか\nTEA,煎茶,1,2kg,x\nCUP,茶碗,9,0,y\n", "cp932")
    found = product_diff.compare(master.desk, [path], str(mapping))
    assert shown(found)["TEA"][1] == {
        "sku": ("", "TEA"), "name": ("", "煎茶"), "temperature": ("", "chilled"), "weight_g": ("", "2000")
    }  # fmt: skip
    assert [(each.row, each.column) for each in found.problems] == [(3, "重"), (3, "冷")]
    with pytest.raises(SettingsWrong):
        product_diff.compare(master.desk, [path], "no_such_mapping")


@only_on_sqlite
def test_a_file_that_cannot_be_read_and_a_shop_that_is_not_there_are_said(master):
    found = product_diff.compare(master.desk, [master.file("p.csv", "sku,code@Nowhere\nTEA,1\n"), master.folder / "no"])
    assert sorted(each.key for each in found.problems) == ["file.missing", "product.unknown_shop"]
