"""An order's address: held where it is wrong, corrected by a person, and what the shop's next file does to that."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from app.domain.gate import read_faults
from app.domain.orders import Address, Hold
from app.domain.people import Role
from app.errors import NotAllowed
from app.services import addresses, merge, people
from app.services import orders as orders_service
from app.services.gate import address_of
from tests.makers import Station, faults_of, only_on_sqlite, query, set_to
from tests.services.shipping import HOME, YAMATO, order
from tests.services.test_changes import House

pytestmark = only_on_sqlite
WRONG = replace(HOME, prefecture="大阪府")
MOVED = replace(HOME, street="神宮前4-5-6")


@pytest.fixture
def house(database, open_another):
    made = House(database, open_another, labels=True)
    yield made
    assert faults_of(database) == []


def correct(house, address, number="1001", why=""):
    return house.do(addresses.correct, house.id(number), address, why)


def seen(house, number="1001"):
    with house.database.reading() as tx:
        return addresses.of_order(tx, house.id(number))


def told(house, number="1001"):
    found = query(
        house.database, "SELECT detail FROM holds WHERE order_id = ? AND hold = 'bad_address'", house.id(number)
    )
    return [fault.key for (detail,) in found for fault in read_faults(detail)]


def test_an_address_that_is_not_its_postcodes_holds_the_order_and_is_in_the_report(house):
    report = house.again(order("1001", ship_to=WRONG), order("1002", ship_to=replace(HOME, street="神宮前"), row=7))
    assert (house.state("1001"), told(house)) == ("received", ["fault.postcode_prefecture"])
    assert [(each.key, dict(each.args)["number"]) for each in report.problems] == [
        ("fault.postcode_prefecture", "1001"),
        ("fault.no_block", "1002"),
    ]
    assert house.state("1002") == "ready"  # a warning holds nothing


def test_a_corrected_address_frees_the_order_and_stands_beside_the_shops(house):
    house.take_in(order("1001", ship_to=WRONG))
    (proposal,) = [p for each in seen(house).findings for p in each.proposals]
    correct(house, proposal.address, why="電話で確かめた")
    found = seen(house)
    assert (house.state("1001"), found.address, found.findings) == ("ready", HOME, ())
    assert (found.correction.shop, found.correction.why) == (WRONG, "電話で確かめた")
    ((facts,),) = query(house.database, "SELECT facts FROM journal WHERE kind = 'address'")
    assert json.loads(facts)["parts"] == ["prefecture"]
    assert "東京都" not in facts  # the journal outlives addresses


def test_the_same_file_again_does_not_undo_it_and_neither_does_another_remark(house):
    house.take_in(order("1001", ship_to=WRONG))
    correct(house, HOME)
    assert house.told(order("1001", ship_to=WRONG))[0] == {"same"}
    assert "changed" in house.told(order("1001", ship_to=WRONG, payment="銀行振込"))[0]
    assert (seen(house).address, seen(house).correction.shop, house.state("1001")) == (HOME, WRONG, "ready")


def test_another_address_from_the_shop_wins_and_holds_the_order(house):
    house.take_in(order("1001", ship_to=WRONG))
    correct(house, HOME)
    counted, said = house.told(order("1001", ship_to=MOVED))
    assert ("changed" in counted, said) == (True, ["order.address_overruled"])
    assert (seen(house).address, seen(house).correction) == (MOVED, None)
    assert house.holds() == ["changed"]


def test_a_shop_that_comes_to_the_same_address_is_no_news(house):
    house.take_in(order("1001", ship_to=WRONG))
    correct(house, HOME)
    house.told(order("1001"))
    assert (seen(house).address, seen(house).correction, house.holds()) == (HOME, None, [])


@pytest.mark.parametrize("state", ["released", "begun", "verified"])
def test_after_the_release_it_is_a_new_version_and_the_old_papers_are_pulled(house, state):
    house.bring(state)
    assert correct(house, MOVED) == 2
    assert house.row("state, version")[1] == 2
    assert {kind for kind, *_ in house.pulls()} >= {"waybill"}
    assert [each.state for each in house.waybills("1001")].count("requested") == 1
    content = json.loads(house.row("content")[0])
    assert address_of(content) == MOVED
    again = house.told(replace(order("1001", ("SKU-1", 2), ("SKU-2", 1)), note="急いで"))
    assert "changed" in again[0]
    assert seen(house).address == MOVED  # the shop still says what it said
    house.told(order("1001", ("SKU-1", 2), ("SKU-2", 1), ship_to=replace(HOME, street="神宮前7-8-9")))
    assert seen(house).address.street == "神宮前7-8-9"
    assert "changed" in house.holds()


def test_a_released_order_with_an_address_that_is_wrong_now_is_held(house):
    house.bring("released")
    correct(house, replace(HOME, phone="12"))
    assert house.holds() == ["missing_phone"]
    correct(house, HOME)
    assert (house.holds(), seen(house).correction) == ([], None)  # what the shop gave is no correction


def test_the_carriers_file_has_the_corrected_address(house, tmp_path):
    house.take_in(order("1001", ship_to=WRONG))
    correct(house, MOVED)
    house.release()
    house.export()
    (path,) = house.bring_out(YAMATO, tmp_path)
    text = path.read_bytes().decode("cp932")
    assert "神宮前4-5-6" in text
    assert "大阪府" not in text


def test_two_orders_of_one_parcel_part_when_one_goes_elsewhere(house):
    set_to(house.database, merge_propose="on")
    house.take_in(order("1001"), order("1002"))
    house.do(merge.merge, [house.id("1001"), house.id("1002")])
    correct(house, MOVED, "1002")
    assert query(house.database, "SELECT count(*) FROM orders WHERE lead_id IS NOT NULL")[0][0] == 0


def test_what_has_left_or_is_cancelled_is_not_corrected_and_a_packer_may_not(house):
    house.bring("shipped")
    with pytest.raises(NotAllowed, match="cannot_change"):
        correct(house, MOVED)
    house.take_in(order("1002"))
    house.do(orders_service.cancel, house.id("1002"))
    with pytest.raises(NotAllowed, match="cannot_change"):
        correct(house, MOVED, "1002")
    house.take_in(order("1003"))
    house.do(people.add, "見本 一郎", "9", Role.PACKER, "ja")
    Station(house.database, "office").scan("KU-9")
    with pytest.raises(NotAllowed, match=r"right\.missing"):
        correct(house, MOVED, "1003")


def test_the_same_act_twice_corrects_once(house):
    house.bring("released")
    act = str(uuid4())
    for _ in range(2):
        with house.database.transaction() as tx:
            assert addresses.correct(tx, "office", act, house.id("1001"), MOVED) == 2


def test_an_address_that_a_person_enters_for_a_gift_without_one_is_no_longer_awaited(house):
    none = Address("入力待ち", "999-9999", phone="999-9999-9999")
    house.take_in(order("1001", ship_to=none, holds=(Hold.ADDRESS_AWAITED,)))
    assert "address_awaited" in house.holds()
    correct(house, HOME)
    assert (house.holds(), house.state("1001")) == ([], "ready")
