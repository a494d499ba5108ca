"""Option texts name products, sets are taken apart, and orders that are here already are read again."""

import pytest

from app.domain.orders import IncomingLine
from app.domain.sets import (
    Goods,
    GoodsLine,
    Master,
    OptionText,
    Part,
    StoredLine,
    cycle_of,
    goods_of,
    layers_of,
    option_fold,
    product_of,
    read_again,
)

TEA, CUP, BOX, PAIR, GIFT = 1, 2, 3, 4, 5
SKUS = {"TEA": (TEA, "TEA"), "CUP": (CUP, "CUP"), "PAIR": (PAIR, "PAIR"), "GIFT": (GIFT, "GIFT")}


def part(product: int, sku: str, quantity: int = 1) -> Part:
    return Part(product, sku, sku.title(), quantity)


PARTS = {PAIR: (part(CUP, "CUP", 2),), GIFT: (part(TEA, "TEA", 3), part(PAIR, "PAIR"), part(CUP, "CUP"))}
RED, BLUE = 11, 12
TEXTS = {
    "shirt": (
        OptionText(option_fold("色:赤"), RED, "S-RED"),
        OptionText(option_fold("色:赤 サイズ:M"), 13, "S-RED-M"),
        OptionText(option_fold("色:青"), BLUE, "S-BLUE"),
        OptionText(option_fold("S寸"), 14, "S-SMALL"),
    )
}
MASTER = Master(SKUS, TEXTS, PARTS)


def line(sku: str, quantity: int = 1, options: str = "", **more: str) -> IncomingLine:
    return IncomingLine(sku, f"Shop's {sku}", quantity, options=options, **more)


def shown(goods: Goods) -> list[tuple[str, int, int | None]]:
    return [(each.sku, each.quantity, each.sold) for each in goods.lines]


# --- option texts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", ["色:赤", "色：赤", "色: 赤", "  色 ：赤 / 袋:なし", "色:赤サイズ:L"])
def test_an_option_text_is_found_in_any_width_and_spacing(options: str) -> None:
    assert product_of(line("SHIRT", options=options), MASTER) == (RED, "S-RED", ())


def test_case_and_width_of_letters_do_not_matter() -> None:
    assert product_of(line("shirt", options="ｓ寸"), MASTER)[0] == 14


def test_the_longest_text_wins() -> None:
    assert product_of(line("SHIRT", options="色:赤 サイズ:M"), MASTER)[1] == "S-RED-M"


def test_two_equally_long_texts_of_different_products_are_ambiguous() -> None:
    found = goods_of([line("SHIRT", options="色:赤 裏の色:青")], MASTER)
    assert found.unknown
    assert found.ambiguous == ((line("SHIRT", options="色:赤 裏の色:青"), ("S-BLUE", "S-RED")),)


def test_two_equally_long_texts_of_one_product_are_not() -> None:
    texts = {"shirt": (OptionText("赤", RED, "S-RED"), OptionText("大", RED, "S-RED"))}
    assert product_of(line("SHIRT", options="赤大"), Master({}, texts, {}))[0] == RED


def test_the_text_of_another_code_says_nothing() -> None:
    assert product_of(line("TEA", options="色:赤"), MASTER) == (TEA, "TEA", ())


def test_without_a_text_that_fits_the_code_itself_is_the_product() -> None:
    master = Master({"SHIRT": (20, "SHIRT")}, TEXTS, {})
    assert product_of(line("SHIRT", options="色:白"), master) == (20, "SHIRT", ())
    assert product_of(line("SHIRT", options="色:白"), MASTER) == (None, "SHIRT", ())


def test_a_line_by_option_text_keeps_its_price_and_has_the_products_sku() -> None:
    (found,) = goods_of([line("SHIRT", 2, "色:青", price="1200", tax_rate="0.1")], MASTER).lines
    assert found == GoodsLine("S-BLUE", "Shop's SHIRT", BLUE, 2, "1200", "0.1", "色:青", None)


# --- sets ---------------------------------------------------------------------------------------------------------


def test_a_set_becomes_its_parts_and_the_line_as_sold_stays() -> None:
    sold = line("PAIR", 3, "のし:あり", price="900")
    goods = goods_of([line("TEA"), sold], MASTER)
    assert shown(goods) == [("TEA", 1, None), ("CUP", 6, 0)]
    assert (goods.sold, goods.pieces) == ((sold,), 7)
    assert goods.lines[1].price == ""
    assert goods.sold_as_data()[0] == {
        "sku": "PAIR", "name": "Shop's PAIR", "quantity": 3, "price": "900", "tax_rate": "", "options": "のし:あり"
    }  # fmt: skip


def test_a_set_in_a_set_is_taken_apart_as_well_and_its_pieces_are_added() -> None:
    assert shown(goods_of([line("GIFT", 2)], MASTER)) == [("TEA", 6, 0), ("CUP", 6, 0)]


def test_two_sets_and_a_single_piece_stay_lines_of_their_own() -> None:
    goods = goods_of([line("PAIR"), line("CUP"), line("PAIR")], MASTER)
    assert shown(goods) == [("CUP", 2, 0), ("CUP", 1, None), ("CUP", 2, 1)]


def test_a_set_that_is_picked_as_it_stands_is_one_line() -> None:
    goods = goods_of([line("GIFT")], Master(SKUS, {}, {GIFT: PARTS[GIFT]}))
    assert shown(goods) == [("TEA", 3, 0), ("PAIR", 1, 0), ("CUP", 1, 0)]


def test_an_option_text_may_mean_a_set() -> None:
    texts = {"shirt": (OptionText("二個", PAIR, "PAIR"),)}
    goods = goods_of([line("SHIRT", options="二個")], Master({}, texts, PARTS))
    assert shown(goods) == [("CUP", 2, 0)]
    assert goods.sold[0].sku == "SHIRT"


def test_a_set_that_contains_itself_is_never_taken_apart_for_ever() -> None:
    parts = {PAIR: (part(GIFT, "GIFT"),), GIFT: (part(PAIR, "PAIR"), part(CUP, "CUP"))}
    assert shown(goods_of([line("GIFT")], Master(SKUS, {}, parts))) == [("GIFT", 1, 0), ("CUP", 1, 0)]


@pytest.mark.parametrize(
    ("parts", "way"),
    [({1: [2], 2: [3]}, ()), ({1: [1]}, (1, 1)), ({1: [2], 2: [3, 1]}, (1, 2, 1)), ({2: [3], 3: [2], 1: [9]}, ())],
)
def test_a_set_in_itself_is_found(parts: dict[int, list[int]], way: tuple[int, ...]) -> None:
    assert cycle_of(1, parts) == way


@pytest.mark.parametrize(
    ("parts", "layers"), [({1: [2]}, 1), ({1: [2], 2: [3]}, 2), ({1: [2], 7: [1], 8: [7]}, 3), ({5: [1], 1: [2, 3]}, 2)]
)
def test_layers_count_what_is_above_and_below(parts: dict[int, list[int]], layers: int) -> None:
    assert layers_of(1, parts) == layers


# --- read again ---------------------------------------------------------------------------------------------------


def stored(*goods: GoodsLine, touched: bool = False) -> list[StoredLine]:
    return [StoredLine(100 + at, each, touched) for at, each in enumerate(goods)]


def again(
    lines: list[StoredLine], sold: tuple[IncomingLine, ...] = (), master: Master = MASTER, *, whole: bool = True
) -> tuple[list[tuple[int | None, str, int, int | None]], tuple[str, ...]]:
    made, kept = read_again(lines, sold, master, whole=whole)
    return [(at, each.sku, each.quantity, each.sold) for at, each in made], tuple(each.sku for each in kept)


def test_a_line_that_was_unknown_keeps_its_place_and_its_id() -> None:
    lines = stored(GoodsLine("X", "", 9, 1), GoodsLine("TEA", "", None, 2))
    assert again(lines, whole=False) == ([(100, "X", 1, None), (101, "TEA", 2, None)], ())
    assert read_again(lines, (), MASTER, whole=False)[0][1][1].product == TEA


def test_an_unknown_set_is_taken_apart_also_in_a_released_order() -> None:
    lines = stored(GoodsLine("PAIR", "Two", None, 2), GoodsLine("TEA", "", TEA, 1))
    assert again(lines, whole=False) == ([(None, "CUP", 4, 0), (101, "TEA", 1, None)], ("PAIR",))


def test_a_known_line_whose_product_became_a_set_changes_before_the_release_only() -> None:
    lines = stored(GoodsLine("PAIR", "", PAIR, 1))
    assert again(lines, whole=True) == ([(None, "CUP", 2, 0)], ("PAIR",))
    assert again(lines, whole=False) == ([(100, "PAIR", 1, None)], ())


def test_what_is_in_the_box_stays_as_it_is() -> None:
    assert again(stored(GoodsLine("PAIR", "", PAIR, 1), touched=True)) == ([(100, "PAIR", 1, None)], ())


def test_a_set_whose_parts_did_not_change_keeps_its_lines() -> None:
    lines = stored(GoodsLine("CUP", "Cup", CUP, 2, sold=0))
    assert again(lines, (line("PAIR"),)) == ([(100, "CUP", 2, 0)], ("PAIR",))


def test_a_set_whose_parts_changed_is_taken_apart_anew() -> None:
    lines = stored(GoodsLine("TEA", "", TEA, 1), GoodsLine("CUP", "Cup", CUP, 1, sold=0))
    assert again(lines, (line("PAIR"),)) == ([(100, "TEA", 1, None), (None, "CUP", 2, 0)], ("PAIR",))


def test_a_set_that_is_none_any_more_is_one_line_again() -> None:
    lines = stored(GoodsLine("CUP", "Cup", CUP, 2, sold=0))
    assert again(lines, (line("PAIR"),), Master(SKUS, {}, {})) == ([(None, "PAIR", 1, None)], ())


def test_a_code_that_was_a_product_means_another_once_its_option_text_is_known() -> None:
    lines = stored(GoodsLine("SHIRT", "", 20, 1, options="色:青"))
    assert again(lines, master=Master({"SHIRT": (20, "SHIRT")}, TEXTS, {})) == ([(100, "S-BLUE", 1, None)], ())


def test_a_product_that_a_person_gave_the_line_stays() -> None:
    lines = stored(GoodsLine("TEA", "", CUP, 1))
    assert read_again(lines, (), MASTER, whole=True)[0][0][1].product == CUP
