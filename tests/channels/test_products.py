from __future__ import annotations

from pathlib import Path

import pytest

from app.channels._product_columns import PRODUCT_COLUMNS
from app.channels._products import recognise_products
from app.channels._source import open_source
from app.domain.cartons import Orientation
from app.domain.gtin import check_digit, has_good_check_digit
from app.domain.products import CodeKind, LotPolicy, ProductCode
from app.domain.shipping import Temperature
from app.errors import FileUnusable
from tests.channels.reading import ROOT, read_goods, written

JAN = "4599990001013"
CASE = "14599990001010"


def test_a_whole_product_is_read(tmp_path: Path) -> None:
    header = (
        "sku,name,name_en,code,code2,weight_g,length_mm,width_mm,height_mm,picture,shelf,lot_policy,stock,stock_lot\n"
    )
    got = read_goods(tmp_path, header + f"T-1,お茶,Tea,{JAN},{CASE}=6,62,140,90,20,pictures/t.png,A-01-01,lot,84,L1\n")
    product = got.products[0]
    assert got.keys == []
    assert product.codes == (ProductCode(JAN.zfill(14)), ProductCode(CASE, 6))
    assert (product.weight_g, product.size_mm, product.shelf) == (62, (140, 90, 20), "A-01-01")
    assert (product.lot_policy, product.opening_stock, product.opening_lot) == (LotPolicy.LOT, 84, "L1")
    assert (product.name, product.name_en, product.picture, product.row) == ("お茶", "Tea", "pictures/t.png", 2)


def test_japanese_headers_in_cp932_are_read(tmp_path: Path) -> None:
    header = "商品コード,商品名,JANコード,入数,重さ(g),縦,横,高さ,棚番,ロット管理,在庫数"
    text = f'{header}\nT-1,お茶,{JAN},,1.2kg,14cm,90,20,A-1,期限,"1,200"\n'
    product = read_goods(tmp_path, text.encode("cp932")).products[0]
    assert (product.sku, product.weight_g, product.size_mm) == ("T-1", 1200, (140, 90, 20))
    assert (product.lot_policy, product.opening_stock) == (LotPolicy.EXPIRY, 1200)


def test_a_column_that_is_absent_or_empty_leaves_what_is_stored(tmp_path: Path) -> None:
    product = read_goods(tmp_path, "sku,name,shelf\nT-1,Tea,\n").products[0]
    assert (product.codes, product.shelf, product.weight_g, product.opening_stock) == (None, None, None, None)


@pytest.mark.parametrize(
    ("written_code", "code"),
    [
        (JAN, ProductCode(JAN.zfill(14))),
        ("45999900 01013".replace(" ", "-"), ProductCode(JAN.zfill(14))),
        ("4012345678901"[:-1] + "1", ProductCode("04012345678901")),
        ("036000291452", ProductCode("00036000291452")),
        ("96385074", ProductCode("00000096385074")),
        ("ABC-12", ProductCode("ABC-12", 1, CodeKind.TEXT)),
        ("12345", ProductCode("12345", 1, CodeKind.TEXT)),
        ("ABC=3", ProductCode("ABC", 3, CodeKind.TEXT)),
    ],
)
def test_a_code_is_a_gtin_or_a_text(tmp_path: Path, written_code: str, code: ProductCode) -> None:
    got = read_goods(tmp_path, f"sku,code\nT-1,{written_code}\n")
    assert got.products[0].codes == (code,)
    assert got.keys == []


def test_full_width_digits_are_a_gtin_too(tmp_path: Path) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in JAN)
    assert read_goods(tmp_path, f"sku,code\nT-1,{wide}\n").products[0].codes == (ProductCode(JAN.zfill(14)),)


@pytest.mark.parametrize(
    ("written_code", "key"),
    [
        ("4599990001014", "code.bad_check_digit"),
        ("4.59999E+12", "cell.excel_damage"),
        (f"{CASE}=0", "code.bad_quantity"),
        (f"{CASE}=six", "code.bad_quantity"),
    ],
)
def test_a_code_that_cannot_be_right_is_left_out_but_not_its_product(
    tmp_path: Path, written_code: str, key: str
) -> None:
    got = read_goods(tmp_path, f"sku,code\nT-1,{written_code}\n")
    assert got.keys == [key]
    assert got.products[0].codes == ()


@pytest.mark.parametrize(("short", "whole"), [("36000291452", "036000291452"), ("1234565", "01234565")])
def test_zeros_that_excel_dropped_are_put_back_where_the_check_digit_proves_it(
    tmp_path: Path, short: str, whole: str
) -> None:
    assert has_good_check_digit(whole)
    got = read_goods(tmp_path, f"sku,code\nT-1,{short}\n")
    assert dict(got.problem("code.zeros_restored").args)["restored"] == whole
    assert got.products[0].codes == (ProductCode(whole.zfill(14)),)


def test_codes_may_share_a_cell_and_take_the_pieces_of_the_row(tmp_path: Path) -> None:
    got = read_goods(tmp_path, f"sku,codes,入数\nT-1,{JAN}=1;{CASE},12\n")
    assert got.products[0].codes == (ProductCode(JAN.zfill(14)), ProductCode(CASE, 12))


def test_a_case_code_without_its_pieces_is_said(tmp_path: Path) -> None:
    assert read_goods(tmp_path, f"sku,code\nT-1,{CASE}\n").keys == ["code.case_without_quantity"]
    assert read_goods(tmp_path, f"sku,code\nT-1,{CASE}=1\n").keys == []


def test_one_code_on_two_products_is_reported_and_twice_in_a_row_is_taken_once(tmp_path: Path) -> None:
    got = read_goods(tmp_path, f"sku,code,code2\nT-1,{JAN},{JAN}\nT-2,{JAN},\n")
    assert got.keys == ["code.twice", "code.on_several_products"]
    assert dict(got.problems[1].args) == {"sku": "T-2", "other": "T-1"}
    assert [len(product.codes or ()) for product in got.products] == [1, 1]


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ("-5,,,,,,", "product.bad_number"),
        ("0,,,,,,", "product.impossible_weight"),
        ("900000,,,,,,", "product.impossible_weight"),
        (",10,10,0,,,", "product.impossible_size"),
        (",10,10,99999,,,", "product.impossible_size"),
        (",10,,10,,,", "product.size_incomplete"),
        (",10,wide,10,,,", "product.bad_number"),
        (",,,,sometimes,,", "product.bad_lot_policy"),
        (",,,,,-1,", "product.bad_number"),
        (",,,,,,../secret.png", "product.picture_outside"),
        (",,,,,,C:\\secret.png", "product.picture_outside"),
    ],
)
def test_what_cannot_be_is_reported_and_left_as_stored(tmp_path: Path, cells: str, key: str) -> None:
    got = read_goods(tmp_path, f"sku,weight_g,length_mm,width_mm,height_mm,lot_policy,stock,picture\nT-1,{cells}\n")
    assert got.keys == [key]
    product = got.products[0]
    assert (product.weight_g, product.size_mm, product.lot_policy, product.opening_stock, product.picture) == (
        None,
    ) * 5


def test_a_sku_is_needed_and_stands_once(tmp_path: Path) -> None:
    got = read_goods(tmp_path, "sku,name\n,Nameless\nT-1,Tea\nT-1,Tea again\n4.5E+11,x\n")
    assert got.keys == ["product.no_sku", "product.sku_twice", "cell.excel_damage"]
    assert [product.name for product in got.products] == ["Tea"]


@pytest.mark.parametrize("rest", ["T-2", "T-2,b,c,d", 'T-2,"b'])
def test_a_damaged_row_is_reported_and_the_others_are_read(tmp_path: Path, rest: str) -> None:
    got = read_goods(tmp_path, f"sku,name\nT-1,a\n{rest}\n")
    assert got.keys in (["row.truncated"], ["row.too_many_columns"])
    assert [product.sku for product in got.products] == ["T-1"]


def test_a_file_of_one_column_is_enough(tmp_path: Path) -> None:
    assert [product.sku for product in read_goods(tmp_path, "sku\nT-1\nT-2").products] == ["T-1", "T-2"]


def test_without_a_sku_column_or_without_rows_the_file_is_refused(tmp_path: Path) -> None:
    for content, key in (("name\nTea\n", "header.missing_columns"), ("sku,name\n", "file.no_rows")):
        with pytest.raises(FileUnusable) as refused:
            read_goods(tmp_path, content)
        assert refused.value.key == key


def test_no_name_of_a_column_belongs_to_two_fields() -> None:
    from app.domain.intake import fold_name

    names = [fold_name(name) for column in PRODUCT_COLUMNS for name in {column.field, *column.aliases}]
    unique = {(column.field, fold_name(name)) for column in PRODUCT_COLUMNS for name in (column.field, *column.aliases)}
    assert len(unique) == len({name for _, name in unique}), names


def test_an_order_file_is_no_product_file(tmp_path: Path) -> None:
    assert recognise_products(open_source(ROOT / "resources" / "demo" / "products.csv"))
    assert not recognise_products(open_source(ROOT / "resources" / "demo" / "rakuten.csv"))
    assert not recognise_products(open_source(ROOT / "resources" / "demo" / "shopify.csv"))
    assert not recognise_products(open_source(written(tmp_path, "sku,colour\nA,red\n")))


# --- sets, option texts, temperature, day of sale -----------------------------------------------------------------


def test_sets_option_texts_temperature_and_day_of_sale_are_read(tmp_path: Path) -> None:
    header = "商品コード,セット内容,選択肢,温度帯,発売日\n"
    got = read_goods(tmp_path, header + "GIFT,TEA-1=2；CUP;ティー＝３,SHIRT:色：赤;シャツ：サイズ:M,冷蔵,2026/7/4\n")
    product = got.products[0]
    assert product.parts == (("TEA-1", 2), ("CUP", 1), ("ティー", 3))
    assert product.option_texts == (("SHIRT", "色:赤"), ("シャツ", "サイズ:M"))
    assert (product.temperature, product.on_sale_from) == (Temperature.CHILLED, "2026-07-04")
    assert got.keys == ["line.quantity_normalised"]


def test_an_absent_column_leaves_sets_and_texts_and_an_empty_cell_takes_them_away(tmp_path: Path) -> None:
    product = read_goods(tmp_path, "sku,name\nT-1,Tea\n").products[0]
    assert (product.parts, product.option_texts, product.temperature, product.on_sale_from) == (None,) * 4
    product = read_goods(tmp_path, "sku,parts,option_texts,temperature,on_sale_from\nT-1,,,,\n").products[0]
    assert (product.parts, product.option_texts, product.temperature, product.on_sale_from) == ((), (), None, None)


@pytest.mark.parametrize("written_day", ["2026-07-14", "2026/7/14", "2026.7.14", "２０２６年７月１４日"])
def test_a_day_of_sale_has_several_forms(tmp_path: Path, written_day: str) -> None:
    assert read_goods(tmp_path, f"sku,on_sale_from\nT-1,{written_day}\n").products[0].on_sale_from == "2026-07-14"


@pytest.mark.parametrize("word", ["none", "なし", "-"])
def test_a_day_of_sale_is_taken_away_by_a_word(tmp_path: Path, word: str) -> None:
    assert read_goods(tmp_path, f"sku,on_sale_from\nT-1,{word}\n").products[0].on_sale_from == ""


@pytest.mark.parametrize(
    ("column", "cell", "key"),
    [
        ("parts", "TEA=0;CUP", "part.bad_quantity"),
        ("parts", "TEA=two", "part.bad_quantity"),
        ("parts", "=2", "part.bad_quantity"),
        ("parts", "CUP;4.5E+11", "cell.excel_damage"),
        ("temperature", "lukewarm", "product.bad_temperature"),
        ("on_sale_from", "2026-02-30", "product.bad_day"),
        ("on_sale_from", "soon", "product.bad_day"),
        ("on_sale_from", "46217", "product.bad_day"),
    ],
)
def test_what_cannot_be_in_the_new_columns_leaves_what_is_stored(
    tmp_path: Path, column: str, cell: str, key: str
) -> None:
    got = read_goods(tmp_path, f"sku,{column}\nT-1,{cell}\n")
    found = got.problem(key)
    assert (found.row, found.column) == (2, column)
    product = got.products[0]
    assert (product.parts, product.temperature, product.on_sale_from) == (None, None, None)


@pytest.mark.parametrize(
    ("cell", "key"), [("red", "option.no_parent"), (":red", "option.no_parent"), ("A:", "option.no_text")]
)
def test_an_option_text_that_lacks_a_half_is_left_out_and_the_others_stay(tmp_path: Path, cell: str, key: str) -> None:
    got = read_goods(tmp_path, f"sku,option_texts\nT-1,{cell};SHIRT:blue\n")
    assert got.keys == [key]
    assert got.products[0].option_texts == (("SHIRT", "blue"),)


def test_a_part_that_stands_twice_is_added_and_an_option_text_counts_once(tmp_path: Path) -> None:
    got = read_goods(tmp_path, "sku,parts,option_texts\nT-1,TEA;CUP;TEA=2,SHIRT:Ｒed;shirt: red\n")
    assert got.keys == ["part.twice", "option.twice"]
    assert got.products[0].parts == (("TEA", 3), ("CUP", 1))
    assert got.products[0].option_texts == (("SHIRT", "Ｒed"),)


def test_one_option_text_on_two_products_is_kept_by_the_first(tmp_path: Path) -> None:
    got = read_goods(tmp_path, "sku,option_texts\nT-1,SHIRT:red\nT-2,shirt:RED;shirt:blue\n")
    assert dict(got.problem("option.on_several_products").args) == {"sku": "T-2", "other": "T-1"}
    assert [product.option_texts for product in got.products] == [(("SHIRT", "red"),), (("shirt", "blue"),)]


def test_a_file_of_sets_alone_is_a_product_file(tmp_path: Path) -> None:
    assert recognise_products(open_source(written(tmp_path, "sku,parts\nGIFT,TEA;CUP\n")))
    assert recognise_products(open_source(written(tmp_path, "商品コード,選択肢\nT-1,SHIRT:red\n")))


def test_the_lower_code_of_a_book_is_left_out_and_said(tmp_path: Path) -> None:
    lower = "192019301200" + check_digit("192019301200")
    got = read_goods(tmp_path, f"sku,name,code\nB-1,Book,9784101010014;{lower}\n")
    assert got.keys[-1] == "code.lower_of_book"
    assert all(lower not in code.code for code in got.products[0].codes or ())


def test_any_number_of_codes_has_each_its_pieces(tmp_path: Path) -> None:
    got = read_goods(tmp_path, f"sku,name,code\nT-1,Tea,{JAN};{CASE}=24;TEA-BOX=6;2123450000005\n")
    assert [(code.code, code.quantity) for code in got.products[0].codes or ()] == [
        ("0" + JAN, 1),
        (CASE, 24),
        ("TEA-BOX", 6),
        ("02123450000005", 1),
    ]


CARE = "sku,割れ物,向き,液体,危険物,つぶした厚さ,緩衝材,メーカー箱,梱包メモ,梱包写真\n"


def test_how_a_product_is_packed_is_read(tmp_path: Path) -> None:
    product = read_goods(
        tmp_path, CARE + "T-1,はい,立てる,はい,いいえ,12,1.5cm,いいえ,薄紙で包む,pictures/how.png\n"
    ).products[0]
    assert (product.fragile, product.orientation, product.liquid) == (True, Orientation.UPRIGHT, True)
    assert (product.dangerous, product.pressed_mm, product.cushion_mm) == (False, 12, 15)
    assert (product.own_carton, product.pack_note, product.pack_picture) == (False, "薄紙で包む", "pictures/how.png")


def test_empty_cells_leave_how_a_product_is_packed(tmp_path: Path) -> None:
    product = read_goods(tmp_path, CARE + "T-1,,,,,,,,,\n").products[0]
    assert (product.fragile, product.orientation, product.pressed_mm, product.pack_note) == (None,) * 4


def test_the_word_none_takes_thickness_note_and_picture_away(tmp_path: Path) -> None:
    product = read_goods(tmp_path, CARE + "T-1,,,,,なし,none,,なし,-\n").products[0]
    assert (product.pressed_mm, product.cushion_mm, product.pack_note, product.pack_picture) == (-1, -1, "", "")


@pytest.mark.parametrize(
    ("field", "cell", "key"),
    [
        ("orientation", "sideways", "product.bad_orientation"),
        ("pressed_mm", "0", "product.bad_thickness"),
        ("pressed_mm", "thin", "product.bad_number"),
        ("cushion_mm", "60cm", "product.bad_thickness"),
        ("fragile", "perhaps", "product.bad_switch"),
        ("pack_note", "x" * 501, "product.long_note"),
        ("pack_picture", "../how.png", "product.picture_outside"),
    ],
)
def test_a_care_cell_that_cannot_be_right_is_said_and_not_used(tmp_path: Path, field: str, cell: str, key: str) -> None:
    got = read_goods(tmp_path, f"sku,{field}\nT-1,{cell}\n")
    assert got.keys == [key]
    assert getattr(got.products[0], field) is None


def test_a_product_whose_cells_have_shifted_is_not_used(tmp_path: Path) -> None:
    got = read_goods(
        tmp_path, "sku,name,name_en,weight_g,shelf\nA,Cup,Cup,100,\nB,Cup, large,Cup,100,\nC,Dish,Dish,200,\n"
    )
    assert ([each.sku for each in got.products], got.keys) == (["A", "C"], ["row.too_many_columns"])
    got = read_goods(tmp_path, "sku,name,shelf\nA,Cup,,\nB,Dish,,\n")
    assert ([each.sku for each in got.products], got.keys) == (["A", "B"], [])
