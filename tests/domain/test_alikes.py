"""Look-alike goods: what speaks for a pair, and that every pair is found without comparing each with each."""

import random
import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.alikes import LEAST, MOST_EACH, Alike, Goods, Why, alike_pairs, likeness, weighed
from app.domain.gtin import check_digit
from app.domain.numbering import COUNTED_UP, near_numbers
from app.domain.shelves import neighbours
from app.domain.variants import parted


def goods(*names: str, shelf: str = "") -> list[Goods]:
    return [Goods(number, f"SKU{number * 7919:07d}", name, shelf=shelf) for number, name in enumerate(names, 1)]


def why(a: Goods, b: Goods, confused: int = 0) -> set[str]:
    low, high = sorted((a.id, b.id))
    found = alike_pairs([a, b], {(low, high): confused} if confused else {})
    return {str(reason) for reason in found[(low, high)].why} if found else set()


def pair(name: str, other: str, **more: str) -> set[str]:
    return why(*[Goods(number, f"Q{number * 31}X", text, **more) for number, text in ((1, name), (2, other))])


def gtin(body: str) -> str:
    return (body + check_digit(body)).zfill(14)


# --- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("有機抹茶パウダー 50g", "有機抹茶パウダー 100g"),
        ("有機抹茶パウダー ５０ｇ", "有機抹茶パウダー100g"),
        ("コットンTシャツ ホワイト S", "コットンTシャツ ホワイト M"),
        ("コットンTシャツ ホワイト", "コットンTシャツ ブラック"),
        ("マグカップ 赤", "マグカップ 青"),
        ("赤マグカップ", "青マグカップ"),
        ("レッドマグカップ", "ブルーマグカップ"),
        ("ﾏｸﾞｶｯﾌﾟ 大", "マグカップ 小"),
        ("サーバー v1", "サーバ v2"),
        ("USBケーブル 1.5m", "USBケーブル 3m"),
        ("Hoodie - Blue", "Hoodie - Red"),
        ("Morphine 10mg tablet", "Morphine 30mg tablet"),
        ("Battery type A", "Battery type B"),
        ("Racing game II", "Racing game III"),
    ],
)
def test_names_that_differ_in_size_colour_number_or_version_are_alike(name: str, other: str) -> None:
    assert pair(name, other) == {"variant"}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Bravo Chicken Soup", "Bravo Chicken Noodle Soup"),
        ("FLAG OF ST GEORGE CUSHION", "FLAG OF ST GEORGE CUSHON"),
        ("さくら堂 しっとり化粧水 詰替", "さくら堂 さっぱり化粧水 詰替"),
        ("ツバキ シャンプー つめかえ用", "ツバキ トリートメント つめかえ用"),
    ],
)
def test_names_that_are_nearly_one_are_alike(name: str, other: str) -> None:
    assert pair(name, other) == {"name"}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("大豆 500g", "小豆 500g"),
        ("Mayonnaise", "Kewpie mayonnaise"),
        ("Fort West Cheese Crackers", "Plato Orange Juice"),
        ("Red", "Blue"),
        ("50g", "100g"),
        ("陶器の急須 藍", "ガラスの花瓶 藍"),
    ],
)
def test_names_of_different_things_are_not_alike(name: str, other: str) -> None:
    assert pair(name, other) == set()


def test_one_name_on_two_products_is_the_nearest_there_is() -> None:
    assert pair("Milk  Chocolate", "milk chocolate") == {"same_name"}
    assert (
        likeness(parted("Milk Chocolate"), parted("MILK CHOCOLATE"))[1]
        > likeness(parted("Milk 1"), parted("Milk 2"))[1]
    )


def test_a_name_in_english_counts_as_well() -> None:
    a = Goods(1, "A-1", "抹茶 缶", "Matcha tin 50g")
    b = Goods(2, "K-9", "お茶の粉", "Matcha tin 100g")
    assert why(a, b) == {"variant"}


def test_a_name_is_parted_into_what_the_thing_is_and_its_variant() -> None:
    assert parted("コットンTシャツ ホワイト L").stem == ("コットン", "シャツ")
    assert parted("コットンTシャツ ホワイト L").variant == ("t", "ホワイト", "l")
    assert parted("大豆").stem == ("大", "豆")
    assert parted("大袋 豆").variant == ("大",)


# --- numbers, shelves, history ------------------------------------------------------------------------------------


def test_gtins_with_a_digit_that_is_easily_misread_are_near_although_their_check_digits_differ() -> None:
    a, b = gtin("490123456789"), gtin("490128456789")
    assert a[-1] != b[-1]
    assert why(Goods(1, "AB", "急須", gtins=(a,)), Goods(2, "XY", "花瓶", gtins=(b,))) == {"code"}


def test_gtins_with_a_digit_that_nobody_misreads_only_support_a_name() -> None:
    a, b = (gtin("490123456789"),), (gtin("490124456789"),)
    assert why(Goods(1, "AB", "急須", gtins=a), Goods(2, "XY", "花瓶", gtins=b)) == set()
    name, other = "SET OF 4 POLKADOT PLACEMATS", "SET OF 4 CAROUSEL PLACEMATS"
    assert why(Goods(1, "AB", name, gtins=a), Goods(2, "XY", other, gtins=b)) == {"name", "code"}


def test_gtins_with_two_digits_turned_are_near() -> None:
    a, b = gtin("490123456789"), gtin("490123546789")
    assert why(Goods(1, "AB", "急須", gtins=(a,)), Goods(2, "XY", "花瓶", gtins=(b,))) == {"code"}


def test_numbers_given_one_after_the_other_are_no_pair_by_themselves() -> None:
    made = [
        Goods(at, f"SKU-{at:03d}", name, gtins=(gtin(f"4901234567{at:02d}"),)) for at, name in enumerate("急花箱皿")
    ]
    assert alike_pairs(made, {}) == {}


def test_numbers_that_were_counted_up_say_nothing() -> None:
    numbers = {at: (f"{at:04d}",) for at in range(1000)}
    assert near_numbers(numbers) == {}
    few = {at: (f"{at:04d}",) for at in (0, 7, 70)}
    assert near_numbers(few) == {(0, 7): COUNTED_UP, (0, 70): COUNTED_UP, (7, 70): 2}


def test_near_numbers_are_those_that_comparing_each_with_each_finds() -> None:
    dice = random.Random(5)
    numbers = {at: ("".join(dice.choice("0189") for _ in range(dice.choice((5, 6)))),) for at in range(60)}

    def near(a: str, b: str) -> bool:
        if len(a) != len(b):
            return False
        at = [place for place, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        turned = len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]
        return len(at) < 2 or turned

    pairs = [pair for pair in combinations(numbers, 2) if near(numbers[pair[0]][0], numbers[pair[1]][0])]
    others = {
        at: {numbers[b if at == a else a][0] for a, b in pairs if at in (a, b)} - {numbers[at][0]} for at in numbers
    }
    crowded = {at for at in numbers if len(others[at]) > COUNTED_UP}
    assert set(near_numbers(numbers)) == {pair for pair in pairs if crowded.isdisjoint(pair)}


def test_skus_a_letter_apart_support_a_name_that_is_not_enough_by_itself() -> None:
    name, other = "SET OF 4 POLKADOT PLACEMATS", "SET OF 4 CAROUSEL PLACEMATS"
    assert pair(name, other) == set()
    assert why(Goods(1, "84509C", name), Goods(2, "84509E", other)) == {"name", "sku"}


def test_letters_that_read_as_digits_make_skus_near() -> None:
    name, other = "SET OF 4 POLKADOT PLACEMATS", "SET OF 4 CAROUSEL PLACEMATS"
    assert "sku" in why(Goods(1, "AO1-I5", name), Goods(2, "A01-1S", other))


def test_a_place_side_by_side_supports_a_name_that_is_not_enough_by_itself() -> None:
    name, other = "Charger for ThinkPad laptop", "Charger laptop Lenovo slim type"
    assert pair(name, other) == set()
    for shelf, there in (("A-1-09", "A-1-09"), ("A-1-09", "A-1-10")):
        assert why(Goods(1, "Q", name, shelf=shelf), Goods(2, "Z", other, shelf=there)) == {"name", "shelf"}
    assert why(Goods(1, "Q", name, shelf="A-1-09"), Goods(2, "Z", other, shelf="A-2-01")) == set()


def test_a_place_side_by_side_says_nothing_of_different_things() -> None:
    assert why(Goods(1, "Q", "急須", shelf="A-1"), Goods(2, "Z", "花瓶", shelf="A-1")) == set()


def test_a_room_is_no_shelf() -> None:
    name, other = "Charger for ThinkPad laptop", "Charger laptop Lenovo slim type"
    crowd = [Goods(at, f"C{at * 977}", f"x{at}y", shelf="ROOM") for at in range(10, 60)]
    assert alike_pairs([Goods(1, "Q", name, shelf="ROOM"), Goods(2, "Z", other, shelf="ROOM"), *crowd], {}) == {}


def test_shelves_follow_each_other_within_a_bay_and_by_number() -> None:
    assert neighbours(["A-1-10", "A-1-9", "A-2-1", "B-1-1", ""]) == {"A-1-9": "A-1-10"}
    assert neighbours(["A-1-C", "A-1-A"]) == {"A-1-A": "A-1-C"}
    assert neighbours(["A-01", "a-1"]) == {}
    assert neighbours(["A-1", "A-3", "A-6"]) == {"A-1": "A-3"}


def test_goods_confused_often_are_a_pair_whatever_they_are_called() -> None:
    a, b = Goods(1, "Q", "急須"), Goods(2, "Z", "花瓶")
    assert [why(a, b, times) for times in (1, 2, 3)] == [set(), set(), {"confused"}]


def test_goods_confused_twice_are_a_pair_where_anything_else_speaks_for_it() -> None:
    a, b = Goods(1, "Q", "POLKADOT PEN"), Goods(2, "Z", "POLKADOT SMALL BAG")
    assert why(a, b) == set()
    assert why(a, b, 2) == {"name", "confused"}


def test_a_confusion_with_a_product_that_is_gone_is_passed_over() -> None:
    assert alike_pairs([Goods(1, "Q", "急須")], {(1, 2): 9, (3, 4): 9}) == {}


@given(
    st.integers(0, 1000), st.integers(0, 12), st.integers(0, 12), st.booleans(), st.integers(0, 9), st.integers(0, 900)
)
def test_more_that_speaks_for_a_pair_never_makes_it_less_certain(
    alike: int, code: int, sku: int, beside: bool, confused: int, less: int
) -> None:
    score = weighed((Why.NAME, alike), code, sku, beside, confused).score
    assert 0 <= score <= 1000
    assert score <= weighed((Why.NAME, alike), code, sku, beside, confused + 1).score
    assert weighed((Why.NAME, alike), 0, sku, beside, confused).score <= score
    assert weighed((Why.NAME, alike), code, sku, False, confused).score <= score


# --- all of them --------------------------------------------------------------------------------------------------

_WORDS = ("soy", "sauce", "dark", "milk", "tea", "green", "cup", "抹茶", "マグ", "カップ", "赤", "50g", "100g", "sweet")


@given(st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5), min_size=2, max_size=12), st.randoms())
def test_what_is_found_is_what_comparing_each_with_each_finds_and_follows_no_order(
    names: list[list[str]], dice: random.Random
) -> None:
    made = goods(*(" ".join(words) for words in names))
    found = alike_pairs(made, {})
    for a, b in combinations(made, 2):
        said, alike = likeness(parted(a.name), parted(b.name))
        score = weighed((said, alike), 0, 0, False, 0).score
        if (a.id, b.id) in found:
            assert found[(a.id, b.id)] == Alike((said,), score)
        elif said is not Why.NAME:
            assert score < LEAST or len(made) > MOST_EACH
    dice.shuffle(made)
    assert alike_pairs(made, {}) == found


def test_of_many_variants_only_the_nearest_are_kept_but_each_has_one() -> None:
    made = goods(*(f"Wood screw steel {size}mm" for size in range(400)))
    found = alike_pairs(made, {})
    assert {one for pair in found for one in pair} == {each.id for each in made}
    assert len(found) <= MOST_EACH * len(made)


def test_many_products_are_no_square_of_work() -> None:
    def seconds(number: int) -> float:
        dice = random.Random(1)
        made = goods(
            *(f"{dice.choice('ABCDEFGH') * 3} brand{dice.randrange(200)} thing{at % 997} {at}g" for at in range(number))
        )
        begin = time.process_time()
        alike_pairs(made, {})
        return time.process_time() - begin

    few, many = seconds(1000), seconds(8000)
    assert many < few * 8 * 4, "eight times the products took more than four times eight times the work"
