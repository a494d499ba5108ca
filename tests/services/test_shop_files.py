"""Files of products and stock for shops: by each shop's own mapping, only what is new, errors read back, crash-safe."""

import pytest

from app.errors import NotAllowed, SettingsWrong
from app.services import listing_files, people, shop_files, writing
from app.services.desk import Desk, new_act
from tests.makers import Goods, change, faults_of, only_on_sqlite, stocked
from tests.services.shelf_shop import Master

COMMA = """
kind = "products"
[file]
encoding = "cp932"
columns = [
  { name = "管理番号", value = "listing.code" }, { name = "商品名", value = "listing.title" },
  { name = "価格", value = "listing.price" },
  { name = "クール", value = "product.temperature", values = { ambient = "0", other = "1" } },
  { name = "区分", text = "u" }, { name = "タグ", value = "extra.tag" },
]
[errors]
code = "管理番号"
reason = "理由"
failed = [{ column = "結果", equals = "NG" }]
"""
TABS = """
kind = "products"
[file]
encoding = "utf-16"
delimiter = "\\t"
newline = "lf"
quote = "all"
columns = [{ name = "id", value = "listing.code" }, { name = "price", value = "listing.price" },
  { name = "name", value = "product.name" }]
"""
EXCEL = """
kind = "products"
[file]
guard = true
header = false
columns = [{ name = "a", value = "product.name" }, { name = "b", value = "product.price" },
  { name = "c", value = "listing.code" }]
"""
STOCK = """
kind = "stock"
[file]
columns = [{ name = "code", value = "listing.code" }, { name = "stock", value = "stock.offered" }]
"""


@pytest.fixture
def master(database, open_another, tmp_path):
    stocked(database, [Goods(1, stock=10), Goods(2, stock=4)])
    desk = Desk(open_another(), "1")
    yield Master(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


def write(master, shop, mapping, text, **more):
    """What the new file for a shop says; None where nothing is new."""
    path = master.file(f"{mapping}.toml", text)
    sent = shop_files.write(master.desk, shop, str(path), master.folder / "out", **more)
    assert len(sent.paths) == bool(sent.rows)
    return sent.paths[0].read_bytes() if sent.paths else None


def stock(master, shop, **more):
    found = write(master, shop, "stock", STOCK, **more)
    return dict(row.split(",") for row in found.decode().splitlines()[1:]) if found else {}


def test_one_edit_reaches_every_shops_file_each_by_its_own_mapping(master):
    tea = master.add("TEA", name="=煎茶", price="1000")
    shops = [master.shop(name) for name in ("一号店", "Two", "Three")]
    master.list(tea, shops[0], "R-1", title="宇治煎茶", extra={"tag": "茶"})
    master.list(tea, shops[1], "A-1", price="1100")
    master.list(tea, shops[2], "C-1")
    files = [("comma", COMMA), ("tabs", TABS), ("excel", EXCEL)]

    def written():
        return [write(master, shop, *file) for shop, file in zip(shops, files, strict=True)]

    first = written()
    assert first[0].decode("cp932") == "管理番号,商品名,価格,クール,区分,タグ\r\nR-1,宇治煎茶,1000,0,u,茶\r\n"
    assert first[1].decode("utf-16") == '"id"\t"price"\t"name"\n"A-1"\t"1100"\t"=煎茶"\n'
    assert first[2].decode() == "'=煎茶,1000,C-1\r\n"
    assert written() == [None, None, None]
    master.edit(tea, name="新茶", price="1200", temperature="chilled")
    second = written()
    assert "R-1,宇治煎茶,1200,1,u,茶" in second[0].decode("cp932")
    assert '"A-1"\t"1100"\t"新茶"' in second[1].decode("utf-16")
    assert second[2].decode() == "新茶,1200,C-1\r\n"
    master.edit(tea, note="nothing that a shop sees")
    assert written() == [None, None, None]
    assert b"R-1" in write(master, shops[0], "comma", COMMA, every=True)


def test_stock_is_what_lies_there_less_what_is_promised_and_kept_back_and_sets_go_by_their_parts(master):
    mall = master.shop("Mall")
    (tea,), (cup,) = master.ask("SELECT id FROM products ORDER BY sku")
    pair = master.add("PAIR", parts="SKU-1=3;SKU-2")
    for product, code, kept in ((tea, "T", 2), (cup, "C", 9), (pair, "P", 1), (master.add("NEW"), "N", 0)):
        master.list(product, mall, code, kept_back=kept)
    assert stock(master, mall) == {"T": "8", "C": "0", "P": "2"}  # nobody counts NEW here: no 0 takes it off sale
    master.orders("Mall", ("1", "P"), ("2", "T"))
    assert stock(master, mall) == {"T": "4", "P": "1"}
    master.edit(tea, retired="yes")
    assert stock(master, mall) == {"T": "0"}
    master.edit(tea, retired="no", on_sale_to="2020-01-01")
    assert stock(master, mall, every=True) == {"T": "0", "C": "0", "P": "1"}


def test_what_a_shop_refused_is_on_its_listing_and_sent_again(master):
    mall = master.shop("Mall")
    master.list(master.add("TEA", price="1000"), mall, "R-1")
    master.list(master.add("CUP", price="500"), mall, "R-2")
    write(master, mall, "comma", COMMA)
    mapping = str(master.folder / "comma.toml")
    errors = master.file("errors.csv", "管理番号,結果,理由\nr-1,NG,価格が高い\nR-2,OK,\nR-9,NG,?\n", "cp932")
    read = shop_files.read_errors(master.desk, errors, mall, mapping)
    assert [(each.code, each.sku, each.reason) for each in read.refused] == [("R-1", "TEA", "価格が高い")]
    assert [(each.row, each.key) for each in read.problems] == [(4, "shop_file.unknown_code")]
    assert master.ask("SELECT code, error FROM listings ORDER BY code") == [("R-1", "価格が高い"), ("R-2", "")]
    with pytest.raises(NotAllowed, match=r"report\.errors_seen"):
        shop_files.read_errors(master.desk, errors, mall, mapping)
    assert master.ask("SELECT errors FROM shop_files") == [(1,)]
    again = write(master, mall, "comma", COMMA).decode("cp932")
    assert [code in again for code in ("R-1", "R-2")] == [True, False]
    assert master.ask("SELECT error FROM listings WHERE code = 'R-1'") == [("",)]


@only_on_sqlite
def test_a_file_that_could_not_be_written_waits_and_is_never_written_twice(master, monkeypatch):
    mall = master.shop("Mall")
    master.list(master.add("TEA", price="1000"), mall, "R-1")
    path, out = str(master.file("comma.toml", COMMA)), master.folder / "out"
    with monkeypatch.context() as broken:
        broken.setattr(writing, "write_once", lambda *_: (_ for _ in ()).throw(OSError("no space")))
        with pytest.raises(OSError, match="no space"):
            shop_files.write(master.desk, mall, path, out)
    assert master.ask("SELECT state FROM shop_files") == [("made",)]
    for role in ("leader", "packer"):  # who comes last is signed in
        master.desk.do(frozenset(), people.add, "1", new_act(), role, role, role).result()
        master.desk.do(frozenset(), people.sign_in, "1", new_act(), role).result()
    with pytest.raises(NotAllowed, match=r"right\.missing"):
        shop_files.write_out(master.desk, 1, out)
    assert list(out.iterdir()) == []
    master.desk.do(frozenset(), people.sign_in, "1", new_act(), "leader").result()
    sent = shop_files.write(master.desk, mall, path, out)
    assert (sent.rows, len(sent.paths)) == (0, 1)
    assert master.ask("SELECT state, data FROM shop_files") == [("written", None)]
    with pytest.raises(NotAllowed, match=r"shop_file\.written"):
        shop_files.write_out(master.desk, 1, out)


@only_on_sqlite
def test_a_mapping_that_is_wrong_names_every_place(master):
    mall = master.shop("Mall")
    wrong = 'kind = "wares"\nsize = 1\n[file]\nencoding = "ascii"\ncolumns = [{ name = "a", value = "listing.colour" },'
    path = master.file("wrong.toml", wrong + ' { name = "b" }, { name = "b", text = "x" }]\n[errors]\nreason = "c"\n')
    with pytest.raises(SettingsWrong) as refused:
        shop_files.write(master.desk, mall, str(path), master.folder)
    said = refused.value.args_["wrong"]
    for place in ("size:", "kind:", "file.encoding:", "file.columns[1].value:", "file.columns[2]:",
                  "file.columns[3].name:", "file.columns:", "errors.code:"):  # fmt: skip
        assert place in said


@only_on_sqlite
def test_a_value_without_a_word_and_a_letter_without_a_code_are_refused_by_name(master):
    mall = master.shop("Mall")
    tea = master.add("TEA", name="☕")
    master.list(tea, mall, "R-1")
    with pytest.raises(NotAllowed, match=r"report\.cannot_encode"):
        write(master, mall, "comma", COMMA)
    with pytest.raises(NotAllowed) as refused:
        write(master, mall, "narrow", COMMA.replace('other = "1"', 'frozen = "2"').replace("ambient", "chilled"))
    assert refused.value.args_["value"] == "ambient"


def test_a_shops_own_file_is_read_in_by_the_same_mapping_and_differences_are_shown_first(master):
    mall = master.shop("Mall")
    tea = master.add("TEA", name="煎茶", price="1000", code="4901234567894")
    master.list(tea, mall, "R-1", price="900")
    master.orders("Mall", ("1", "R-2"))
    head = "管理番号,商品名,価格,クール,区分,タグ\n"
    text = f"{head}R-1,煎茶,1000,0,u,新\nR-2,煎茶 大,高い,0,u,\nSKU-1,Thing 1,10,0,u,\nX,,1,,,\n"
    path, mapping = master.file("own.csv", text, "cp932"), str(master.file("comma.toml", COMMA))
    found = listing_files.compare(master.desk, path, mall, mapping)
    assert [(each.key, each.row) for each in found.problems] == [
        ("listing_file.unknown_product", 3), ("listing_file.unknown_product", 5)
    ]  # fmt: skip
    first = found.changes[0]
    assert first.draft.code == "R-1"
    assert {one.field: (one.was, one.will_be) for one in first.differences} == {
        "price": ("900", ""), "extra.tag": ("", "新")
    }  # fmt: skip
    assert master.ask("SELECT count(*) FROM listings") == [(1,)]
    assert listing_files.import_shown(master.desk, found) == 2
    assert master.ask("SELECT code, price, title FROM listings ORDER BY code") == [("R-1", "", ""), ("SKU-1", "10", "")]
    with pytest.raises(NotAllowed, match=r"product_diff\.changed_since"):
        listing_files.import_shown(master.desk, found)


@only_on_sqlite
def test_the_example_reads_what_it_writes(master):
    mall = master.shop("Mall")
    for number in range(3):
        master.list(master.add(f"S{number}", name=f"-{number}", price="5"), mall, f"C{number}", kept_back=number)
    sent = shop_files.write(master.desk, mall, listing_files.EXAMPLE, master.folder / "out")
    found = listing_files.compare(master.desk, sent.paths[0], mall)
    assert (found.problems, found.count("same")) == ([], 3)
    change(master.desk.database, "DELETE FROM listings")
    again = listing_files.compare(master.desk, sent.paths[0], mall)
    assert listing_files.import_shown(master.desk, again) == 3
    assert master.ask("SELECT code, title, kept_back FROM listings ORDER BY code") == [
        ("C0", "", 0), ("C1", "", 1), ("C2", "", 2)
    ]  # fmt: skip
