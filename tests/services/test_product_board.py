"""The list of products: what lacks something, which shops sell it, what a scan means, what was done to one lately."""

import pytest

from app.domain.barcode import read
from app.errors import FileUnusable, SettingsWrong
from app.services import product_board, product_edit, shop_files
from app.services.desk import Desk, new_act
from tests.makers import ean, faults_of, only_on_sqlite
from tests.services.shelf_shop import Master


@pytest.fixture
def master(database, open_another, tmp_path):
    desk = Desk(open_another(), "1")
    yield Master(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


def listed(master, **asked):
    return [each.line.sku for each in master.desk.read(product_board.page, **asked).result()]


def test_what_lacks_something_is_counted_and_listed_and_shops_stand_beside(master):
    size = {"length_mm": "10", "width_mm": "10", "height_mm": "10"}
    master.add("CUP", code=ean(1), weight_g="80", picture="/p/cup.png", **size)
    tea = master.add("TEA", code="TEA-CODE")
    master.add("BAG", no_code="yes", weight_g="5", **size)
    master.add("SET", parts="CUP=2;TEA")  # sizes, weights and codes are those of its parts
    master.add("OLD", retired="yes")
    found = master.desk.read(product_board.figures).result()
    assert (found.sold, found.retired) == (4, 1)
    assert (found.picture, found.weight, found.size, found.code) == (3, 1, 1, 0)
    assert {name: listed(master, without=name) for name in product_board.WITHOUT} == {
        "picture": ["BAG", "SET", "TEA"], "weight": ["TEA"], "size": ["TEA"], "code": [],
    }  # fmt: skip
    master.edit(tea, code="")
    assert listed(master, without="code") == ["TEA"]
    assert listed(master, retired=True) == ["OLD"]
    north, south = master.shop("北"), master.shop("南")
    master.list(tea, north, "n-1")
    master.list(tea, north, "n-2")
    master.list(tea, south, "s-1", active=False)
    shops = {each.line.sku: each.shops for each in master.desk.read(product_board.page).result()}
    assert shops == {"BAG": (), "CUP": (), "SET": (), "TEA": ("北",)}
    assert master.desk.read(product_board.figures).result().changed_at >= found.changed_at > 0


@only_on_sqlite
def test_a_scan_means_the_products_that_have_its_code(master):
    cup, tea = master.add("CUP", code=f"{ean(1)};14901234567891=6"), master.add("TEA", code=ean(1))
    bag = master.add("BAG")

    def scanned(raw):
        return master.desk.read(product_board.scanned, raw).result()

    assert set(scanned(ean(1)).products) == {cup, tea}
    assert scanned("14901234567891").products == (cup,)
    assert scanned("]d2010" + ean(1)).code == ean(1)
    assert scanned("BAG").products == (bag,)
    assert scanned(ean(9)) == product_board.Scanned(ean(9), ())


def test_only_codes_of_goods_are_taken():
    for raw in (ean(1), "0" + ean(1), "SOME-SKU", "]d2010" + ean(1)):
        assert product_board.is_of_goods(read(raw)), raw
    for raw in ("KP-DONE", "KS-A-01", "KU-1", "150-001", ""):
        assert not product_board.is_of_goods(read(raw)), raw


def test_what_was_done_to_a_product_lately_is_told_the_newest_first(master):
    tea = master.add('T_A"1', code=ean(1))
    other = master.add('TXA"1')
    master.edit(tea, price="1080")
    master.list(tea, master.shop("北"), "n-1")
    master.desk.do(product_edit.TOPICS, product_edit.retire, "1", new_act(), tea, anyway=True).result()
    found = master.desk.read(product_board.history, 'T_A"1').result()
    assert [each.kind for each in found] == ["products", "listing", "products", "products"]
    assert found[0].facts["retired"] is True
    assert found[1].facts["code"] == "n-1"
    assert found[2].facts["fields"] == ["price"]
    assert found[3].facts["new"] is True
    assert len(master.desk.read(product_board.history, 'TXA"1').result()) == 1
    assert other != tea


@only_on_sqlite
def test_a_field_is_judged_while_the_sku_is_still_missing(master):
    found = master.desk.read(product_edit.wrongs, {"sku": " ", "weight_g": "12kgg", "code": "4901234567890"}).result()
    assert {each.field for each in found if each.stops} == {"sku", "weight_g", "code"}


@only_on_sqlite
def test_a_mapping_is_kept_under_the_name_of_its_file_and_a_wrong_one_is_not(master, tmp_path):
    example = shop_files.save_example(tmp_path / "new" / "folder")
    mine = example.rename(tmp_path / "mine.toml")
    assert shop_files.add_mapping(master.desk, mine) == "mine"
    assert ("products", "mine") in master.desk.read(shop_files.mapping_names).result()
    mine.write_text('id = "x"\nkind = "goods"\n', encoding="utf-8")
    with pytest.raises(SettingsWrong):
        shop_files.add_mapping(master.desk, mine)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileUnusable):
        shop_files.save_example(tmp_path / "file")
