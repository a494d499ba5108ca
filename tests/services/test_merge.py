"""Merging 同梱: what is proposed, what may be merged, and what becomes of a merge when one half goes."""

from dataclasses import replace
from uuid import uuid4

import pytest

from app.domain.merge import Mergeable, groups, lead_of, obstacle
from app.domain.orders import Hold
from app.errors import NotAllowed, NotFound
from app.services import handover, merge, proposals
from app.services import orders as orders_service
from tests.makers import Station, change, faults_of, query, set_to, take_in
from tests.services.shipping import CUP, HOME, SAGAWA, TEA, YAMATO, Warehouse, order, tracking

ELSEWHERE = replace(HOME, street="神宮前9-9-9")
SAME_OTHERWISE = replace(HOME, name="見本　花子", postcode="1500001", street="神宮前１丁目２番３号", phone="0312345678")
NUMBER = tracking(1)

# --- the rules ----------------------------------------------------------------------------------------------------

PLAIN = Mergeable(1, "1001", "key", True, "2026-12-01", "", "", "ambient", YAMATO, 0, gift=False)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, ""),
        ({"open": False}, "merge.released"),
        ({"key": "other"}, "merge.other_recipient"),
        ({"ship_date": "2026-12-02"}, "merge.other_date"),
        ({"slot": "am"}, "merge.other_date"),
        ({"temperature": "frozen"}, "merge.other_temperature"),
        ({"carrier": SAGAWA}, "merge.other_carrier"),
        ({"cod": 1200}, "merge.cod_with_prepaid"),
        ({"gift": True}, "merge.gift"),
    ],
)
def test_two_orders_may_share_a_parcel_or_there_is_one_reason_why_not(other, why):
    assert obstacle(PLAIN, replace(PLAIN, order=2, **other)) == why
    assert len(groups([PLAIN, replace(PLAIN, order=2, **other)])) == (0 if why else 1)


def test_orders_without_a_complete_address_are_never_merged():
    assert obstacle(replace(PLAIN, key=""), replace(PLAIN, key="", order=2)) == "merge.other_recipient"


def test_two_that_are_both_paid_on_delivery_may_share_one():
    assert obstacle(replace(PLAIN, cod=100), replace(PLAIN, cod=900, order=2)) == ""


@pytest.mark.parametrize("hold", [Hold.UNPAID, Hold.PRE_ORDER, Hold.GONE_FROM_SHOP])
def test_an_order_that_waits_for_something_else_keeps_no_other_waiting(hold):
    assert groups([PLAIN, replace(PLAIN, order=2, holds=frozenset({hold}))]) == []


def test_who_leads_already_leads_on_else_the_largest():
    assert lead_of([PLAIN, replace(PLAIN, order=2, size=80)]) == 2
    assert lead_of([PLAIN, replace(PLAIN, order=2, size=80), replace(PLAIN, order=3, lead=1)]) == 1


# --- in the house -------------------------------------------------------------------------------------------------


class House(Warehouse):
    """A warehouse and its first bench."""

    def __init__(self, database, another):
        super().__init__(database, another)
        set_to(database, merge_propose="on")
        self.bench = Station(database)

    def settle(self):
        with self.desk() as desk:
            return proposals.settle_all(desk)

    def do(self, function, *args):
        with self.database.transaction() as tx:
            return function(tx, "office", str(uuid4()), *args)

    def holds(self, *numbers):
        rows = query(
            self.database,
            "SELECT number FROM holds JOIN orders ON orders.id = order_id WHERE hold = 'merge_proposed' "
            "AND lifted_at IS NULL ORDER BY number",
        )
        return [row[0] for row in rows]

    def two(self, **more):
        """Two orders for one recipient, the second from another shop."""
        self.take_in(order("1001", ("SKU-1", 2)))
        self.take_in(order("1002", ("SKU-2", 1), **more), shop="other")

    def merged(self):
        self.two()
        self.do(merge.merge, self.ids("1001", "1002"))
        return self.lead

    @property
    def lead(self):
        return dict(query(self.database, "SELECT number, lead_id FROM orders"))

    def again(self, *orders, shop="shop"):
        with self.database.transaction() as tx:
            return take_in(tx, *orders, shop=shop)

    def numbered(self):
        change(self.database, "UPDATE waybills SET state = 'numbered', number = ? WHERE state = 'requested'", NUMBER)

    def pulls(self):
        rows = query(self.database, "SELECT kind, text FROM pulls WHERE done_at IS NULL ORDER BY id")
        return [tuple(row) for row in rows]

    def lies(self, place):
        found = query(
            self.database,
            "SELECT p.sku, sum(b.quantity) FROM balances b JOIN products p ON p.id = b.product_id "
            "WHERE b.place LIKE ? GROUP BY p.sku HAVING sum(b.quantity) <> 0 ORDER BY 1", place,
        )  # fmt: skip
        return {sku: int(number) for sku, number in found}


@pytest.fixture
def house(database, open_another):
    made = House(database, open_another)
    yield made
    assert faults_of(database) == []


def test_orders_of_two_shops_to_one_recipient_are_proposed_and_wait(house):
    house.two(ship_to=SAME_OTHERWISE)
    assert house.settle() == 2
    assert (house.holds(), house.state("1001"), house.state("1002")) == (["1001", "1002"], "received", "received")
    with house.database.reading() as tx:
        (proposal,) = merge.proposals_of(tx)
    assert {row.number for row in proposal.orders} == {"1001", "1002"}
    assert house.settle() == 0


def test_another_address_is_not_proposed(house):
    house.two(ship_to=ELSEWHERE)
    assert (house.settle(), house.holds()) == (0, [])


def test_where_a_shop_does_not_want_it_nothing_is_proposed(house):
    set_to(house.database, merge_propose="off")
    house.two()
    assert house.settle() == 0


def test_a_proposal_that_a_person_lifts_is_declined_and_lets_both_go(house):
    house.two()
    house.settle()
    house.do(orders_service.lift, house.id("1001"), ["merge_proposed"])
    assert (house.holds(), house.state("1001"), house.state("1002")) == ([], "ready", "ready")
    assert (house.settle(), house.holds()) == (0, [])


def test_a_proposal_goes_when_one_half_is_cancelled_or_moves_away(house):
    house.two()
    house.settle()
    house.do(orders_service.cancel, house.id("1002"))
    assert (house.holds(), house.state("1001")) == ([], "ready")
    house.take_in(order("1003"))
    house.settle()
    assert house.holds() == ["1001", "1003"]
    house.again(order("1003", ship_to=ELSEWHERE))
    house.settle()
    assert house.holds() == []


def test_merged_orders_have_one_lead_and_no_hold(house):
    house.two()
    house.settle()
    done = house.do(merge.merge, house.ids("1001", "1002"))
    assert (done.lead, done.orders) == (house.id("1001"), house.ids("1001", "1002"))
    assert house.lead == {"1001": None, "1002": house.id("1001")}
    assert (house.holds(), house.state("1002")) == ([], "ready")
    with house.database.reading() as tx:
        assert merge.merged(tx) == [done]


def test_a_third_order_joins_a_merge(house):
    house.merged()
    house.take_in(order("1003"))
    house.settle()
    assert house.holds() == ["1001", "1003"]
    house.do(merge.merge, house.ids("1003", "1001"))
    assert house.lead == {"1001": None, "1002": house.id("1001"), "1003": house.id("1001")}
    assert house.holds() == []


def test_a_merge_that_may_not_be_is_refused_with_its_reason(house):
    house.two(ship_to=ELSEWHERE)
    with pytest.raises(NotAllowed) as refusal:
        house.do(merge.merge, house.ids("1001", "1002"))
    assert refusal.value.args_["why"] == "merge.other_recipient"
    with pytest.raises(NotAllowed, match=r"merge\.one_order"):
        house.do(merge.merge, [house.id("1001")] * 2)


def test_released_orders_are_not_merged(house):
    house.two()
    house.release()
    with pytest.raises(NotAllowed) as refusal:
        house.do(merge.merge, house.ids("1001", "1002"))
    assert refusal.value.args_["why"] == "merge.released"


def test_a_merge_taken_apart_before_the_release_is_not_proposed_again(house):
    house.merged()
    house.do(merge.unmerge, house.id("1002"))
    assert house.lead == {"1001": None, "1002": None}
    assert (house.settle(), house.holds(), house.state("1001")) == (0, [], "ready")
    with pytest.raises(NotFound, match=r"merge\.not_merged"):
        house.do(merge.unmerge, house.id("1001"))


def test_a_merge_taken_apart_after_the_release_gives_each_its_own_waybill(house):
    house.merged()
    house.release()
    assert [each.state for each in house.waybills("1001")] == ["requested"]
    assert house.waybills("1002") == []
    house.do(merge.unmerge, house.id("1001"))
    assert [each.key for each in house.waybills("1001") if each.state != "void"] == ["1-001-2"]
    assert [each.key for each in house.waybills("1002")] == ["1-002-2"]
    assert house.bench.scans("KO-1-001-1", "KO-1-002-1") == ["order.old_version"] * 2


def test_a_merge_that_is_being_packed_is_not_taken_apart(house):
    house.merged()
    house.release()
    house.bench.scans("KO-1-001-1", "KO-1-002-1", TEA.piece)
    with pytest.raises(NotAllowed, match=r"merge\.begun"):
        house.do(merge.unmerge, house.id("1001"))


def packed(house):
    """Both orders in one box, closed."""
    house.merged()
    house.release()
    house.numbered()
    house.bench.scans("KO-1-001-1", "KO-1-002-1", TEA.piece, TEA.piece, CUP.piece)
    assert house.bench.scan(NUMBER).key == "order.closed"
    assert (house.state("1001"), house.state("1002")) == ("verified", "verified")


def test_merged_orders_are_packed_into_one_box_under_one_number(house):
    packed(house)
    assert house.lies("parcel:%") == {"SKU-1": 2, "SKU-2": 1}
    assert len(query(house.database, "SELECT id FROM parcels")) == 1
    house.do(handover.hand_over, [house.id("1001")])
    assert (house.state("1001"), house.state("1002")) == ("shipped", "shipped")


def test_before_the_release_a_cancelled_half_leaves_the_other_on_its_own(house):
    house.merged()
    house.do(orders_service.cancel, house.id("1001"))
    assert (house.lead["1002"], house.state("1002")) == (None, "ready")


def test_a_follower_cancelled_after_the_check_takes_its_goods_out_and_the_rest_gets_a_new_version(house):
    packed(house)
    house.do(orders_service.cancel, house.id("1002"))
    assert (house.lies("return"), house.lies("parcel:%")) == ({"SKU-2": 1}, {"SKU-1": 2})
    assert (house.state("1001"), house.state("1002")) == ("released", "cancelled")
    assert set(house.pulls()) == {
        ("goods", "SKU-2"), ("slip", "KO-1-001-1"), ("slip", "KO-1-002-1"), ("waybill", NUMBER),
    }  # fmt: skip
    change(house.database, "UPDATE waybills SET state = 'numbered', number = ? WHERE version = 2", tracking(2))
    house.bench.scan("KP-NEXT")
    assert house.bench.scans("KO-1-001-2", tracking(2))[-1] == "order.closed"


def test_a_lead_cancelled_after_the_check_leaves_its_box_to_the_next(house):
    packed(house)
    house.do(orders_service.cancel, house.id("1001"))
    assert (house.lies("return"), house.lies("parcel:%")) == ({"SKU-1": 2}, {"SKU-2": 1})
    assert (house.state("1001"), house.state("1002"), house.lead["1002"]) == ("cancelled", "released", None)
    owner = query(house.database, "SELECT number FROM orders JOIN parcels ON order_id = orders.id")
    assert [row[0] for row in owner] == ["1002"]
    assert [each.key for each in house.waybills("1002")] == ["1-002-2"]
    change(house.database, "UPDATE waybills SET state = 'numbered', number = ? WHERE version = 2", tracking(2))
    house.bench.scan("KP-NEXT")
    assert house.bench.scans("KO-1-002-2", tracking(2))[-1] == "order.closed"


def test_a_half_that_moves_away_after_the_release_leaves_the_parcel(house):
    house.merged()
    house.release()
    house.numbered()
    house.bench.scans("KO-1-001-1", "KO-1-002-1", CUP.piece)
    house.again(order("1002", ("SKU-2", 1), ship_to=ELSEWHERE), shop="other")
    assert house.lead["1002"] is None
    assert house.lies("return") == {"SKU-2": 1}
    assert [each.key for each in house.waybills("1001") if each.state == "requested"] == ["1-001-2"]
    assert [each.key for each in house.waybills("1002") if each.state == "requested"] == ["1-002-2"]


def test_lines_of_a_half_that_change_open_the_common_box_and_only_its_slip_is_new(house):
    packed(house)
    house.again(order("1002", ("SKU-2", 2)), shop="other")
    assert (house.state("1001"), house.state("1002")) == ("released", "released")
    versions = query(house.database, "SELECT version FROM orders ORDER BY number")
    assert [row[0] for row in versions] == [1, 2]
    assert house.lies("parcel:%") == {"SKU-1": 2, "SKU-2": 1}
    assert house.pulls() == [("slip", "KO-1-002-1")]
    house.bench.scan("KP-NEXT")
    house.bench.scans("KO-1-001-1", "KO-1-002-2", CUP.piece)
    assert house.bench.scan(NUMBER).key == "order.closed"


def test_cash_of_both_is_collected_on_the_one_waybill(house):
    self_paid = {"payment": "代金引換"}
    house.take_in(order("1001", ("SKU-1", 1), cod_amount="1000", **self_paid))
    house.take_in(order("1002", ("SKU-2", 1), cod_amount="2500", **self_paid), shop="other")
    house.do(merge.merge, house.ids("1001", "1002"))
    house.release()
    assert [each.cod for each in house.waybills("1001")] == [3500]
    house.do(orders_service.cancel, house.id("1002"))
    assert [each.cod for each in house.waybills("1001") if each.state != "void"] == [1000]
