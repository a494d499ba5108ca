"""Addresses as people write them, all invented but for the places: what is called wrong, and what is proposed."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.address_check import check_address, faults_of, filled
from app.domain.addresses import phone_fault
from app.domain.intake import Level
from app.domain.orders import Address
from app.domain.postcodes import Place, Postcodes, fold_place
from app.services.postcodes import postcodes

NAME, PHONE = "見本 花子", "03-0000-1234"


@pytest.fixture(scope="module")
def table() -> Postcodes:
    return postcodes()


@pytest.fixture(scope="module")
def areas(table) -> list[Place]:
    return [each for each in table.every() if not each.company and each.town]


def at(postcode="150-0001", prefecture="東京都", city="渋谷区", street="神宮前1-2-3", name=NAME, phone=PHONE):
    return Address(name, postcode, prefecture, city, street, phone)


def keys(address, table, **more):
    return [each.key for each in check_address(address, table, **more)]


def proposed(address, table, key, **more):
    return [one.address for each in check_address(address, table, **more) if each.key == key for one in each.proposals]


# --- right addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        at(),
        at("1500001"),
        at("１５０－０００１", street="神宮前１丁目２番３号"),
        at("〒150-0001".removeprefix("〒"), "東京", "", "渋谷区神宮前1-2-3 見本ビル101"),
        at("100-0013", city="千代田区", street="霞ヶ関1-1-1"),
        at("100-0013", city="千代田区", street="霞ケ関一丁目1-1"),
        at("100-0013", city="", street="千代田区霞が関1-1"),
        at("190-1221", city="瑞穂町", street="箱根ケ崎1-2"),
        at("190-1221", city="西多摩郡瑞穂町", street="大字箱根ヶ崎1番地"),
        at("060-0042", "北海道", "札幌市中央区", "大通西2丁目1"),
        at("060-0001", "北海道", "札幌市中央区", "北1条西2丁目1"),
        at("060-0001", "北海道", "札幌市 中央区", "北一条西二丁目1"),
        at("604-0925", "京都府", "京都市中京区", "寺町通御池上る上本能寺前町488"),
        at("498-0000", "三重県", "桑名郡木曽岬町", "見本新田12"),
        at("100-6801", city="千代田区", street="大手町1-3-1 JAビル1階"),
        at("167-8534", city="杉並区", street="南荻窪4丁目40-11", name="東京電力パワーグリッド 荻窪支社"),
        at("907-1751", "沖縄県", "竹富町", "波照間12"),
        at("100-1401", city="八丈町", street="大賀郷1番地"),
        at("330-0061", "埼玉県", "さいたま市浦和区", "常盤6-4-4"),
        at(prefecture="東京", city="渋谷区 ", street="神宮前 1-2-3"),
    ],
)
def test_a_right_address_has_no_finding_however_it_is_written(address, table):
    assert check_address(address, table) == ()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_address_made_from_the_table_is_never_called_wrong(data, areas, table):
    place = areas[data.draw(st.integers(0, len(areas) - 1))]
    block = data.draw(st.sampled_from(["1-2-3", "１２", "3番地", "二丁目4-5"]))
    assert check_address(at(place.written, place.prefecture, place.city, place.town + block), table) == ()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_another_prefectures_postcode_is_always_an_error_and_the_right_one_is_proposed(data, areas, table):
    place, other = (areas[data.draw(st.integers(0, len(areas) - 1))] for _ in range(2))
    mine = {each.prefecture for each in table.places(other.postcode)}
    if place.prefecture in mine:
        return
    address = at(other.written, place.prefecture, place.city, place.town + "1-2")
    (finding,) = check_address(address, table)
    assert (finding.key, finding.level) == ("fault.postcode_prefecture", Level.ERROR)
    fixed = [one.address for one in finding.proposals]
    assert fixed
    assert all(not [each for each in faults_of(one, table) if each.level is Level.ERROR] for one in fixed)


def test_addresses_in_the_variants_that_people_write_are_hardly_ever_called_wrong(areas, table):
    """At most one in a thousand; ``tests/bench`` counts twenty thousand."""
    made = random.Random(20260107)
    wrong = [each for each in (variant(made.choice(areas), made) for _ in range(1500)) if faults_of(each, table)]
    assert len(wrong) <= 1, [(each, faults_of(each, table)) for each in wrong[:5]]


OLD = str.maketrans("沢竜国島浜辺広桜高崎斎", "澤龍國嶋濱邊廣櫻髙﨑齋")
NUMERALS = "〇一二三四五六七八九"


def variant(place: Place, made: random.Random) -> Address:
    """One address of a place, written as some person or shop does."""
    first, second, third = made.randint(1, 9), made.randint(1, 40), made.randint(1, 30)
    block = made.choice(
        [
            f"{first}-{second}-{third}", f"{first}丁目{second}番{third}号", f"{first}丁目{second}-{third}",
            f"{second}番地{third}", f"{second}", f"{NUMERALS[first]}丁目{second}-{third}", f"{second}－{third}",
        ]
    )  # fmt: skip
    building = made.choice(["", "", " 見本ハイツ101", "　サンプルマンション　３０２号室", "メゾン例示202"])
    city, town = place.city, place.town
    if made.random() < 0.3:
        city = re.sub(r"^[^市区]+?郡(?=.+[町村]$)", "", city)
    if made.random() < 0.2:
        city, town = city.translate(OLD), town.translate(OLD)
    if made.random() < 0.3:
        city, town = (re.sub("[ヶケが](?=.)", made.choice("ヶケが"), each) if "が" not in each[:1] else each
                      for each in (city, town))  # fmt: skip
    if made.random() < 0.1:
        town = "大字" + town
    if made.random() < 0.2:
        town = re.sub("[一二三四五六七八九](?=条|丁目|番町)", lambda found: str(NUMERALS.index(found[0])), town)
    street = town + made.choice(["", "", " "]) + block + building
    if made.random() < 0.3:
        street = street.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    code = made.choice([place.written, place.postcode, place.written.translate(
        {code: code + 0xFEE0 for code in range(0x2D, 0x3A)})])  # fmt: skip
    match made.randint(0, 4):
        case 0:
            return at(code, place.prefecture, "", city + street)
        case 1:
            return at(code, "", place.prefecture + city, street)
        case 2:
            return at(code, place.prefecture, city + " ", street)
        case _:
            return at(code, place.prefecture, city, street)


# --- postcode and place -----------------------------------------------------------------------------------------------


def test_a_wrong_prefecture_is_proposed_by_the_postcode_first(table):
    wrong = at(prefecture="大阪府")
    assert keys(wrong, table) == ["fault.postcode_prefecture"]
    assert proposed(wrong, table, "fault.postcode_prefecture")[0] == at()


def test_a_postcode_of_another_city_is_an_error_and_the_towns_own_is_proposed(table):
    wrong = at("160-0001")
    assert keys(wrong, table) == ["fault.postcode_city"]
    assert proposed(wrong, table, "fault.postcode_city") == [at(), at("160-0001", city="新宿区", street="片町1-2-3")]


def test_a_postcode_of_another_town_of_the_city_is_a_warning(table):
    (finding,) = check_address(at("150-0002"), table)
    assert (finding.key, finding.level) == ("fault.postcode_town", Level.WARNING)
    assert [one.address for one in finding.proposals] == [at(), at("150-0002", street="渋谷1-2-3")]


def test_a_code_that_does_not_exist_is_an_error_with_the_towns_code_proposed(table):
    assert keys(at("150-9991"), table) == ["fault.postcode_unknown"]
    assert proposed(at("150-9991"), table, "fault.postcode_unknown") == [at()]


def test_a_code_without_a_town_is_told_where_the_town_has_its_own(table):
    assert keys(at("150-0000"), table) == ["fault.postcode_town"]
    assert proposed(at("150-0000"), table, "fault.postcode_town")[0] == at()


def test_a_code_of_two_prefectures_is_right_in_both(table):
    assert keys(at("498-0000", "愛知県", "弥富市", "見本町1"), table) == []
    assert keys(at("498-0000", "東京都", "弥富市", "見本町1"), table) == ["fault.postcode_prefecture"]


def test_of_a_town_with_several_codes_that_of_the_block_is_proposed_first(table):
    wrong = at("060-9999", "北海道", "札幌市中央区", "大通西25丁目1-2")
    assert [one.postcode for one in proposed(wrong, table, "fault.postcode_unknown")] == ["064-0820", "060-0042"]


def test_of_a_high_building_the_floors_own_code_is_proposed_first(table):
    wrong = at("150-9991", city="港区", street="虎ノ門神谷町トラストタワー23F")
    assert proposed(wrong, table, "fault.postcode_unknown")[0].postcode == "105-6923"


def test_a_missing_prefecture_is_proposed_by_the_code(table):
    assert proposed(at(prefecture=""), table, "fault.no_prefecture") == [at()]


def test_a_city_in_the_field_of_the_prefecture_is_moved(table):
    wrong = at(prefecture="東京都渋谷区", city="")
    assert keys(wrong, table) == ["fault.bad_prefecture"]
    assert proposed(wrong, table, "fault.bad_prefecture")[0] == at()


def test_a_doubled_prefecture_is_told_and_left_out_once(table):
    wrong = at(city="東京都渋谷区")
    assert keys(wrong, table) == ["fault.prefecture_twice"]
    assert proposed(wrong, table, "fault.prefecture_twice") == [at()]


def test_a_ward_that_is_left_out_is_a_warning_with_the_ward_proposed(table):
    wrong = at("330-0061", "埼玉県", "さいたま市", "常盤6-4-4")
    assert keys(wrong, table) == ["fault.no_ward"]
    assert proposed(wrong, table, "fault.no_ward")[0].city == "さいたま市浦和区"


def test_a_city_that_was_renamed_is_a_warning_where_the_town_is_right(table):
    old = at("330-0061", "埼玉県", "浦和市", "常盤6-4-4")
    assert keys(old, table) == ["fault.city_unknown"]
    assert proposed(old, table, "fault.city_unknown")[0].city == "さいたま市浦和区"


def test_a_city_that_is_left_out_is_a_warning(table):
    wrong = at("100-0013", city="", street="霞ヶ関1-1")
    assert keys(wrong, table) == ["fault.no_city"]
    assert proposed(wrong, table, "fault.no_city")[0] == at("100-0013", city="千代田区", street="霞が関1-1")


@pytest.mark.parametrize("street", ["神宮前", "神宮前 見本ビル"])
def test_a_missing_block_number_is_a_warning(street, table):
    assert keys(at(street=street), table) == ["fault.no_block"]


@pytest.mark.parametrize("street", ["神宮前番地なし", "神宮前 渋谷郵便局留", "神宮前三丁目"])
def test_a_place_without_a_number_that_says_so_is_right(street, table):
    assert keys(at(street=street), table) == []


def test_places_abroad_are_no_places_of_the_table(table):
    assert keys(replace(at("94103", "CA", "San Francisco", "1 Market St"), country="US"), table) == ["fault.abroad"]


# --- names and phones -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["-99999", "入力待ち", "***", "＊＊＊", "●●", "-9999", "無効値"])
def test_a_masked_name_is_an_error_and_the_buyers_is_proposed(name, table):
    buyer = Address("試作 次郎", phone="070-0000-0001")
    assert keys(at(name=name), table) == ["fault.masked"]
    assert proposed(at(name=name), table, "fault.masked", buyer=buyer) == [at(name="試作 次郎")]


def test_a_masked_address_is_an_error_but_a_block_number_of_nines_is_not(table):
    assert keys(at(street="入力待ち"), table) == ["fault.masked"]
    assert keys(at(street="神宮前1-99999"), table) == []


@pytest.mark.parametrize(
    ("phone", "meant"),
    [
        ("+81-3-0000-1234", "0300001234"),
        ("+81 90 0000 1234", "09000001234"),
        ("0081-3-0000-1234", "0300001234"),
        ("300001234", "0300001234"),
        ("9000001234", "09000001234"),
    ],
)
def test_a_phone_number_that_can_be_read_is_proposed_as_it_is_meant(phone, meant, table):
    assert keys(at(phone=phone), table) == ["fault.bad_phone"]
    assert proposed(at(phone=phone), table, "fault.bad_phone") == [at(phone=meant)]


@pytest.mark.parametrize("phone", ["12", "090-0000-123", "03-0000-12345", "999-9999-9999", "abc", "00-0000-1234"])
def test_a_phone_number_that_cannot_be_is_an_error_and_the_buyers_is_proposed(phone, table):
    buyer = Address(NAME, phone="070-0000-0001")
    assert proposed(at(phone=phone), table, "fault.bad_phone", buyer=buyer) == [at(phone="070-0000-0001")]


@pytest.mark.parametrize("phone", ["000-0000-0000", "090-0000-0000", "0311111111", "00000000000"])
def test_a_filler_is_told_and_the_buyers_phone_proposed(phone, table):
    buyer = Address(NAME, phone="070-0000-0001")
    (finding,) = check_address(at(phone=phone), table, buyer=buyer)
    assert (finding.key, finding.level) == ("fault.filler_phone", Level.WARNING)
    assert [one.address.phone for one in finding.proposals] == ["070-0000-0001"]


@pytest.mark.parametrize("phone", ["0120-000-001", "0800-000-0001", "050-0000-0001", "0570-000-001", "0466-00-0001"])
def test_every_kind_of_japanese_number_is_a_number(phone):
    assert phone_fault(at(phone=phone)) is None


def test_a_service_without_phone_numbers_asks_for_none(table):
    assert keys(at(phone=""), table, phone=False) == []
    assert keys(at(phone=""), table) == ["fault.missing"]


# --- filling ----------------------------------------------------------------------------------------------------------


def test_a_company_with_its_own_code_fills_the_whole_place(table):
    (place,) = table.places("167-8534")
    made = filled(Address(NAME, "167-8534"), place)
    assert (made.prefecture, made.city, made.street) == ("東京都", "杉並区", "南荻窪4丁目40-11")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("霞ヶ関", "霞が関"), ("山之内", "山ノ内"), ("大字見本字例示", "見本例示"), ("二十四条", "24条"),
        ("北一〇条", "北10条"), ("澤田", "沢田"), ("ｻﾝﾌﾟﾙ", "サンプル"), ("見本 町", "見本町"),
        ("みほんが丘", "ミホンケ丘"),
    ],
)  # fmt: skip
def test_two_spellings_of_a_place_are_one(one, other):
    assert fold_place(one) == fold_place(other)


def test_without_a_table_only_the_form_is_judged():
    assert faults_of(at("160-0001"), None) == ()
