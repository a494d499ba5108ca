"""What is wrong with the form of an address, and when two addresses are one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.addresses import PREFECTURES, address_faults, phone_fault, prefecture_of, recipient_key
from app.domain.orders import Address

GOOD = Address("架空 花子", "150-0001", "東京都", "渋谷区見本町", "1-2-3", "090-0000-1234")


def keys(**changes):
    return [(fault.key, fault.field) for fault in address_faults(replace(GOOD, **changes))]


def test_a_good_address_has_no_fault():
    assert keys() == []
    assert keys(postcode="1500001", prefecture="東京") == []
    assert keys(prefecture="", city="東京都渋谷区見本町") == []


@pytest.mark.parametrize("code", ["150-001", "15000011", "abc", "999-9999", "000-0000", "150 0001"])
def test_a_postcode_has_seven_digits_and_is_no_filler(code):
    assert keys(postcode=code) == [("fault.bad_postcode", "to.postcode")]


def test_an_absent_part_is_named():
    assert keys(postcode="") == [("fault.missing", "to.postcode")]
    assert keys(name=" ") == [("fault.missing", "to.name")]
    assert keys(prefecture="", city="", street="") == [("fault.missing", "to.address")]


def test_the_prefecture_is_one_of_the_47():
    assert len(PREFECTURES) == 47
    assert keys(prefecture="江戸") == [("fault.bad_prefecture", "to.address")]
    assert keys(prefecture="") == [("fault.no_prefecture", "to.address")]


def test_two_prefectures_contradict_each_other_and_one_twice_does_not():
    assert keys(city="大阪府大阪市") == [("fault.two_prefectures", "to.address")]
    assert keys(city="東京都渋谷区") == []


def test_a_prefecture_alone_is_no_address():
    assert keys(city="", street="") == [("fault.no_town", "to.address")]
    assert keys(city="東京都", street="") == [("fault.no_town", "to.address")]


def test_an_address_abroad_is_said_to_be_one_and_nothing_else_is_asked_of_it():
    assert keys(country="US", postcode="90210", prefecture="CA") == [("fault.abroad", "to.country")]
    assert keys(country="JP") == keys(country="日本") == []


@pytest.mark.parametrize("phone", ["03-0000-0000", "0300000000", "(03)0000-0000", "０９０－００００－１２３４"])
def test_a_phone_number_is_0_and_nine_or_ten_more_digits(phone):
    assert phone_fault(replace(GOOD, phone=phone)) is None


@pytest.mark.parametrize(
    ("phone", "key"), [("", "fault.missing"), ("1234", "fault.bad_phone"), ("9000001234", "fault.bad_phone")]
)
def test_a_phone_number_that_nobody_can_call_is_named(phone, key):
    fault = phone_fault(replace(GOOD, phone=phone))
    assert fault is not None
    assert (fault.key, fault.field) == (key, "to.phone")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "架空　花子"},
        {"name": "架空花子"},
        {"postcode": "1500001"},
        {"street": "１−２−３"},
        {"street": "1丁目2番3号"},
        {"street": "一丁目2番地3"},
        {"prefecture": "東京"},
        {"city": "東京都渋谷区見本町", "prefecture": ""},
        {"phone": ""},
    ],
)
def test_one_receiver_written_in_two_ways_is_one_receiver(changes):
    assert recipient_key(replace(GOOD, **changes)) == recipient_key(GOOD) != ""


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "架空 太郎"},
        {"street": "1-23"},
        {"street": "12-3"},
        {"street": "1-2-3 101"},
        {"street": "1-2-31"},
        {"postcode": "150-0002"},
        {"city": "渋谷区別町"},
        {"prefecture": "神奈川県"},
    ],
)
def test_another_receiver_or_another_door_is_another_key(changes):
    assert recipient_key(replace(GOOD, **changes)) != recipient_key(GOOD)


@pytest.mark.parametrize("missing", ["name", "postcode", "street"])
def test_an_address_in_doubt_has_no_key_so_that_it_is_never_merged(missing):
    changes = {missing: ""} | ({"city": ""} if missing == "street" else {})
    assert recipient_key(replace(GOOD, **changes)) == ""


@given(st.sampled_from(PREFECTURES))
def test_every_prefecture_is_known_by_its_whole_name_and_by_its_stem(name):
    assert prefecture_of(f" {name} ") == name
    assert name == "北海道" or prefecture_of(name[:-1]) == name


@given(st.builds(Address, *[st.text(max_size=20)] * 6))
def test_whatever_stands_in_the_cells_something_is_answered(address):
    assert all(fault.field.startswith("to.") for fault in address_faults(address))
    recipient_key(address)
