"""``kenpin inserts`` and ``kenpin gift``: a gift order of a mall's file, from the import to its noshi paper."""

import csv
import io

import pypdfium2
import pytest
import zxingcpp

from tests.cli.kenpin import Kenpin

PRODUCTS = "sku,name,shelf,stock\nTEA-1,ほうじ茶,A-1,50\nLEAF,夏のちらし,Z-1,100\nSAM,試供品,Z-2,0\nFEW,残り,Z-3,1\n"
COLUMNS = (
    *("注文番号", "ステータス", "注文日時", "送付先ID", "商品明細ID", "商品番号", "商品名", "個数", "単価"),
    *("ギフト配送希望", "のし", "ラッピング名1", "コメント", "送付先一致フラグ", "注文者姓", "注文者名"),
    *(f"注文者電話番号{part}" for part in (1, 2, 3)),
    *("注文者郵便番号1", "注文者郵便番号2", "送付先姓", "送付先名", "送付先郵便番号1", "送付先郵便番号2"),
    *("送付先住所都道府県", "送付先住所郡市区", "送付先住所それ以降の住所"),
    *(f"送付先電話番号{part}" for part in (1, 2, 3)),
)
RULES = """name,kind,sku,shops,wish,text,amount_from
夏のちらし,insert,LEAF,rakuten,,,500
のし紙,noshi,,rakuten,,,
包装,wrap,,rakuten,wrapping,紙で包む,
"""


def orders(*given):
    """A file as a mall writes it; what is not given is empty."""
    file = io.StringIO()
    rows = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    rows.writeheader()
    for number, more in enumerate(given, 1):
        rows.writerow(
            {
                "注文番号": f"999999-20260914-{number:010d}", "ステータス": "300", "注文日時": "2026-09-14 10:00:00",
                "送付先ID": f"2000{number}", "商品明細ID": f"3000{number}", "商品番号": "TEA-1", "商品名": "ほうじ茶",
                "個数": "1", "単価": "900", "送付先一致フラグ": "0", "注文者姓": "見本", "注文者名": "花子",
                "注文者電話番号1": "03", "注文者電話番号2": "0000", "注文者電話番号3": "0001", "注文者郵便番号1": "100",
                "注文者郵便番号2": "0001", "送付先姓": "試作", "送付先名": "次郎", "送付先郵便番号1": "150",
                "送付先郵便番号2": "0001", "送付先住所都道府県": "東京都", "送付先住所郡市区": "渋谷区",
                "送付先住所それ以降の住所": "見本町1-2-3", "送付先電話番号1": "03", "送付先電話番号2": "0000",
                "送付先電話番号3": "0002",
            } | more
        )  # fmt: skip
    return file.getvalue()


@pytest.fixture
def kenpin(tmp_path):
    made = Kenpin(tmp_path / "data", ("--lang", "ja"))
    made.folder.mkdir()
    for name, text in (("products.csv", PRODUCTS), ("first.csv", orders()[:0]), ("rules.csv", RULES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert made("products", "import", tmp_path / "products.csv").status == 0
    return made


def take_in(kenpin, tmp_path, *given):
    (tmp_path / "orders.csv").write_text(orders(*given), encoding="cp932", errors="replace")
    done = kenpin("import", tmp_path / "orders.csv", "--json")
    assert done.status == 0, done.error
    return done.json


def ids(kenpin):
    return [each["id"] for each in kenpin("orders", "list", "--json").json]


def test_a_gift_order_comes_from_the_mall_and_its_noshi_goes_out(kenpin, tmp_path):
    take_in(kenpin, tmp_path, {"コメント": ""})  # the shop is known by its first order
    done = kenpin("inserts", "import", tmp_path / "rules.csv", "--json")
    assert done.json["added"] == ["夏のちらし", "のし紙", "包装"], done.out
    gift = {"ギフト配送希望": "1", "のし": "紅白蝶結び 御祝 髙橋", "ラッピング名1": "包装紙"}
    unclear = {"ギフト配送希望": "1", "のし": "御祝 見本"}
    take_in(kenpin, tmp_path, {}, gift, unclear)
    second, third = "999999-20260914-0000000002", "999999-20260914-0000000003"

    why = kenpin("inserts", "why", second)
    assert "✓ のし紙" in why.out
    assert "✓ 夏のちらし" in why.out
    assert kenpin("orders", "show", third, "--json").json["holds"] == ["remark"]
    shown = kenpin("gift", third)
    assert "のし：紅白蝶結び　表書き：御祝　名入れ：見本" in shown.out
    assert "のし: 御祝 見本" in shown.error
    told = kenpin("gift", third, "--noshi", "bow", "--title", "御結婚御祝", "--name", "見本", "--name", "試作")
    assert "紅白結び切り がふつうです" in told.error
    assert kenpin("gift", third, "--title", "御祝").status == 0

    assert kenpin("release", "--json", "--stale-ok").status == 0
    on_order = kenpin("inserts", "list", second, "--json").json
    assert [(each["kind"], each["shown"]) for each in on_order] == [("insert", False), ("noshi", False), ("wrap", True)]
    assert on_order[2]["text"] == "包装紙\n紙で包む"
    target = tmp_path / "noshi.pdf"
    assert kenpin("gift", second, "-o", target).status == 0
    page = pypdfium2.PdfDocument(target)[0]
    codes = [code.text for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    assert codes == [f"KN-{on_order[1]['id']}"]
    text = page.get_textpage().get_text_range()
    assert all(char in text for char in "御祝髙橋")
    assert kenpin("gift", second, "--reprint", "missing").status == 0
    assert kenpin("gift", "999999-20260914-0000000001", "-o", target).status == 1


def test_a_gift_slip_has_no_prices_and_the_buyer_is_the_sender(kenpin, tmp_path):
    take_in(kenpin, tmp_path, {"ギフト配送希望": "1"})
    assert kenpin("release", "--stale-ok").status == 0
    target = tmp_path / "slip.pdf"
    number = "999999-20260914-0000000001"
    assert kenpin("print", "slip", number, "-o", target).status == 0, kenpin("print", "--help").out
    text = pypdfium2.PdfDocument(target)[0].get_textpage().get_text_range()
    assert "ほうじ茶" in text
    assert "900" not in text
    assert "見本 花子" in text


def test_rules_are_entered_changed_and_listed(kenpin, tmp_path):
    take_in(kenpin, tmp_path, {})
    wrong = kenpin("inserts", "add", "x", "sample", "--sku", "NONE", "--set", "pieces=many")
    assert wrong.status == 1
    assert "pieces：「many」は数ではありません" in wrong.error
    assert "sku：商品「NONE」はまだ登録されていません" in wrong.error
    assert "shops：店舗が選ばれていません" in wrong.error
    assert kenpin("inserts", "add", "x", "sample", "--set", "nothing").status == 2
    kenpin("inserts", "add", "ちらし", "insert", "--sku", "leaf", "--shop", "*", "--set", "注文回数=初回")
    kenpin("inserts", "add", "試供品", "sample", "--sku", "SAM", "--shop", "rakuten", "--set", "quantity=2")
    assert kenpin("inserts", "change", "試供品", "--set", "quantity=3", "--set", "not_with=ちらし").status == 0
    assert kenpin("inserts", "change", "無い", "--set", "quantity=3").status == 1
    assert "試供品" in kenpin("inserts", "move", "試供品", "1").out
    rules = kenpin("inserts", "rules", "--json").json
    assert [(each["name"], each["quantity"], each.get("nth", "")) for each in rules] == [
        ("試供品", "3", ""), ("ちらし", "1", "1"),
    ]  # fmt: skip
    assert kenpin("inserts", "drop", "試供品").status == 0
    assert len(kenpin("inserts", "rules", "--json").json) == 1


def test_what_has_run_out_is_said_with_the_rules_and_the_order_goes_without(kenpin, tmp_path):
    take_in(kenpin, tmp_path, {})
    kenpin("inserts", "add", "残り", "sample", "--sku", "FEW", "--shop", "*", "--set", "quantity=2")
    assert "「残り」の FEW は在庫が 1 点しかありません" in kenpin("inserts", "rules").error
    assert kenpin("release", "--stale-ok").status == 0
    (row,) = kenpin("inserts", "list", "999999-20260914-0000000001", "--json").json
    assert (row["wanted"], row["short"]) == (2, 2)
    assert "在庫が 1 点しかありません" in kenpin("attention").error
