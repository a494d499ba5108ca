"""What needs a person: the attention list, lifting at once, the contact list and every answer, in both databases."""

import json
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from app.domain.gate import fault_text
from app.domain.orders import Address, Hold
from app.domain.shipping import Fault
from app.errors import NotAllowed, NotFound
from app.services import attention, gate, release, reservation
from app.services.desk import Desk
from app.storage import carriers as carriers_storage
from app.storage import holds as holds_storage
from app.storage.carriers import LeadTime
from app.storage.database import Transaction
from app.text import LANGUAGES, texts
from tests.makers import Goods, add_goods, change, faults_of, incoming, query, set_to, take_in

TOKYO = ZoneInfo("Asia/Tokyo")
TO = Address("架空 花子", "150-0001", "東京都", "渋谷区見本町", "1-2-3", "090-0000-1234")


class Office:
    """A shop with orders, and somebody who looks after them."""

    def __init__(self, database):
        self.database = database
        self.now = int(datetime(2026, 1, 7, 10, tzinfo=TOKYO).timestamp()) * 1000
        with database.transaction() as tx:
            add_goods(tx, Goods(1, stock=10), Goods(2, stock=10), Goods(3, stock=10))

    def with_carrier(self):
        set_to(self.database, carrier_default="yamato_b2/takkyubin", ship_origin="東京都")
        with self.database.transaction() as tx:
            carriers_storage.put_lead_times(tx, [LeadTime("yamato_b2", "東京都", "東京都", 1)])

    def take(self, number="1001", goods=(("SKU-1", 2), ("SKU-2", 1)), **more):
        with self.database.transaction() as tx:
            take_in(tx, incoming(number, *goods, **({"ship_to": TO, "buyer": TO, "ordered_at": tx.now} | more)))
        return self.id(number)

    def id(self, number="1001", key=""):
        ((order,),) = query(self.database, "SELECT id FROM orders WHERE number = ? AND ship_to_key = ?", number, key)
        return order

    def act(self, function, *args, **more):
        with self.database.transaction() as tx:
            return function(tx, "office", str(uuid4()), *args, **more)

    def read(self, function, *args, **more):
        with self.database.reading() as tx:
            return function(tx, *args, **more)

    def hold(self, order, hold, detail=""):
        with self.database.transaction() as tx:
            holds_storage.add_hold(tx, order, hold, detail)
            holds_storage.settle(tx, order)

    def short(self, number="1001", sku="SKU-1", pieces=1, goods=(("SKU-1", 2), ("SKU-2", 1)), released=True):
        """An order of which a bench found pieces missing and which it handed back."""
        order = self.take(number, goods)
        if released:
            self.act(release.at_once, [order])
        change(
            self.database, "UPDATE order_lines SET short = ? WHERE order_id = ? AND sku = ?", pieces, order, sku
        )  # fmt: skip
        with self.database.transaction() as tx:
            holds_storage.add_hold(tx, order, Hold.SHORT)
            holds_storage.settle(tx, order)
            return order, attention.ask_about(tx, str(uuid4()), order, "short", f"{sku} ×{pieces}")

    def state(self, order):
        return query(self.database, "SELECT state, held, version FROM orders WHERE id = ?", order)[0]

    def standing(self, order):
        rows = query(self.database, "SELECT hold FROM holds WHERE order_id = ? AND lifted_at IS NULL", order)
        return {hold for (hold,) in rows}

    def lines(self, order):
        statement = "SELECT sku, wanted, done, short FROM order_lines WHERE order_id = ? ORDER BY position"
        return [tuple(row) for row in query(self.database, statement, order)]

    def stock(self, place):
        statement = "SELECT product_id, quantity FROM balances WHERE place = ? AND quantity <> 0 ORDER BY product_id"
        return dict(query(self.database, statement, place))


@pytest.fixture
def office(database, monkeypatch):
    """Wednesday, 7 January 2026, 10:00 in Tokyo; the clock is ``office.now``."""
    made = Office(database)
    monkeypatch.setattr(Transaction, "now", property(lambda _: made.now))
    return made


# --- the attention list -------------------------------------------------------------------------------------------


def test_every_order_on_hold_is_listed_with_what_to_do(office):
    order = office.take("1001")
    office.take("1002")
    office.hold(order, Hold.UNPAID)
    office.hold(order, Hold.UNKNOWN_PRODUCT)
    (row,) = office.read(attention.attention)
    assert row.order.number == "1001"
    assert {(each.hold, each.do, each.one_key) for each in row.reasons} == {
        ("unpaid", "gate.do.unpaid", True),
        ("unknown_product", "gate.do.unknown_product", False),
    }


def test_the_list_is_filtered_paged_and_counted(office):
    for at in range(5):
        office.hold(office.take(f"10{at}"), Hold.UNPAID if at % 2 else Hold.BY_HAND)
    assert office.read(attention.attention_counts) == {"by_hand": 3, "unpaid": 2}
    assert office.read(attention.attention_counts, "another shop") == {}
    assert [row.order.number for row in office.read(attention.attention, hold="unpaid")] == ["101", "103"]
    assert office.read(attention.attention, shop="another shop") == []
    first = office.read(attention.attention, limit=2)
    rest = office.read(attention.attention, limit=9, after=first[-1].order.sort)
    assert [row.order.number for row in first + rest] == ["100", "101", "102", "103", "104"]


def test_lifted_holds_and_orders_past_them_are_not_listed(office):
    order = office.take()
    office.hold(order, Hold.UNPAID)
    office.act(attention.lift_many, [order], "unpaid")
    assert office.read(attention.attention) == []
    office.hold(order, Hold.BY_HAND)
    change(office.database, "UPDATE orders SET state = 'cancelled' WHERE id = ?", order)
    assert office.read(attention.attention) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hold_says_what_to_do_in_every_language(language):
    words = texts(language)
    for hold in Hold:
        assert words.has(f"gate.do.{hold}"), hold


@pytest.mark.parametrize("language", LANGUAGES)
def test_details_are_said_in_words_and_never_as_they_are_stored(language):
    say = texts(language).say
    stored = fault_text(
        [Fault("fault.too_long", "to.address", (("value", "見本町"), ("overflow", "303"), ("limit", "48")))]
    )
    (sentence,) = attention.said("bad_address", stored, say)
    assert "303" in sentence
    assert "[[" not in sentence
    assert "{" not in sentence
    assert say("carrier.to.address") in sentence
    for hold in ("date_ahead", "pre_order", "date_impossible"):
        assert "2026-01-09" in attention.said(hold, "2026-01-09", say)[0]
    assert attention.said("changed", "d1ge5t", say) == []
    assert attention.said("service", "too thick", say) == ["too thick"]
    assert attention.said("unpaid", "", say) == []


# --- lifting at once ----------------------------------------------------------------------------------------------


def test_one_hold_of_many_orders_is_lifted_in_one_act_and_others_stay(office):
    several = [office.take(f"10{at}") for at in range(4)]
    for order in several[:3]:
        office.hold(order, Hold.REMARK)
    office.hold(several[2], Hold.UNPAID)
    lifted = office.act(attention.lift_many, several, "remark")
    assert (lifted.done, lifted.refused) == (3, ("103",))
    assert [office.state(order)[0] for order in several] == ["ready", "ready", "received", "ready"]
    assert office.standing(several[2]) == {"unpaid"}
    assert faults_of(office.database) == []


@pytest.mark.parametrize("hold", sorted(set(Hold) - attention.ONE_KEY))
def test_what_must_be_looked_at_one_by_one_is_not_lifted_at_once(office, hold):
    order = office.take()
    office.hold(order, hold)
    with pytest.raises(NotAllowed):
        office.act(attention.lift_many, [order], hold)
    assert office.standing(order) == {hold}


def test_the_same_lift_twice_counts_once(office):
    order = office.take()
    office.hold(order, Hold.REMARK)
    act = str(uuid4())
    for _ in range(2):
        with office.database.transaction() as tx:
            assert attention.lift_many(tx, "office", act, [order], "remark").done == 1


def test_lifting_an_impossible_date_gives_the_wished_day_up(office):
    office.with_carrier()
    order = office.take(wish="2026-01-07 14-16時")
    assert office.standing(order) == {"date_impossible"}
    office.act(attention.lift_many, [order], "date_impossible")
    rows = query(office.database, "SELECT state, wish_date, slot, ship_date FROM orders WHERE id = ?", order)
    assert rows == [("ready", "", "14-16", "2026-01-07")]
    assert office.read(attention.contacts) == []


# --- the contact list ---------------------------------------------------------------------------------------------


def test_nobody_is_asked_twice_about_one_thing(office):
    order, contact = office.short()
    with office.database.transaction() as tx:
        assert attention.ask_about(tx, "2", order, "short", "SKU-1 ×2") == contact
    (row,) = office.read(attention.contacts)
    assert (row.id, row.detail, row.asked) == (contact, "SKU-1 ×1", "架空 花子 090-0000-1234")


def test_a_customer_who_waits_is_waited_for_until_the_day(office, open_another):
    order, contact = office.short()
    office.act(attention.answer, contact, "wait", due="2026-01-09")
    assert office.standing(order) == {"short"}
    (row,) = office.read(attention.contacts)
    assert (row.answer, row.due) == ("wait", "2026-01-09")
    desk = Desk(open_another(), "leader")
    try:
        office.now += 86_400_000
        gate.recheck_due(desk)
        assert office.standing(order) == {"short"}
        office.now += 86_400_000
        gate.recheck_due(desk)
    finally:
        desk.stop()
    assert office.standing(order) == set()
    assert office.lines(order) == [("SKU-1", 2, 0, 0), ("SKU-2", 1, 0, 0)]
    assert office.read(attention.contacts) == []


def test_the_contact_list_is_brought_in_line_with_the_holds(office, open_another):
    order, contact = office.short()
    other, _ = office.short("1002")
    change(office.database, "DELETE FROM contacts WHERE order_id = ?", other)
    with office.database.transaction() as tx:
        holds_storage.lift_holds(tx, order, ["short"])
    assert office.read(attention.contacts) == [], "what nobody has to be asked about is not listed"
    desk = Desk(open_another(), "leader")
    try:
        gate.recheck_due(desk)
        assert [(row.order, row.detail) for row in office.read(attention.contacts)] == [(other, "SKU-1 ×1")]
        ((acts,),) = query(office.database, "SELECT count(*) FROM journal WHERE kind = 'contacts'")
        gate.recheck_due(desk)
    finally:
        desk.stop()
    assert acts == 1
    assert query(office.database, "SELECT count(*) FROM journal WHERE kind = 'contacts'") == [(1,)]
    assert query(office.database, "SELECT closed_at IS NULL FROM contacts WHERE id = ?", contact)[0][0] in (0, False)


@pytest.mark.parametrize("day", ["2026-01-06", "tomorrow", "2026-02-30"])
def test_nobody_waits_for_a_day_that_is_none_or_past(office, day):
    _, contact = office.short()
    with pytest.raises(NotAllowed):
        office.act(attention.answer, contact, "wait", due=day)


def test_split_sends_what_is_there_and_keeps_the_rest_for_stock(office):
    order, contact = office.short()
    with office.database.transaction() as tx:
        reservation.cover(tx, [order])
    version = office.state(order)[2]
    done = office.act(attention.answer, contact, "split", "agreed on the phone")
    assert office.lines(order) == [("SKU-1", 1, 0, 0), ("SKU-2", 1, 0, 0)]
    assert office.standing(order) == set()
    assert (done.version, office.state(order)[2]) == (version + 1, version + 1)
    assert done.new_order == office.id("1001", "+2")
    assert office.lines(done.new_order) == [("SKU-1", 1, 0, 0)]
    assert office.state(done.new_order)[:2] == ("received", 1)
    pieces = query(office.database, "SELECT line_count, pieces FROM orders ORDER BY id")
    assert pieces == [(2, 2), (1, 1)]
    assert office.read(attention.contacts) == []
    assert faults_of(office.database) == []


def test_the_parted_order_collects_no_cash_and_has_no_day_of_its_own(office):
    office.with_carrier()
    order = office.take(wish="2026-01-08", cod_amount="3980", payment="代金引換")
    change(office.database, "UPDATE order_lines SET short = 1 WHERE order_id = ? AND sku = 'SKU-1'", order)
    with office.database.transaction() as tx:
        holds_storage.add_hold(tx, order, Hold.SHORT)
        contact = attention.ask_about(tx, "a", order, "short")
    done = office.act(attention.answer, contact, "split")
    rows = query(office.database, "SELECT cod, wish_date, carrier FROM orders ORDER BY id")
    assert rows == [(3980, "2026-01-08", "yamato_b2"), (0, "", "yamato_b2")]
    assert office.standing(done.new_order) <= {"no_stock", "by_hand"}
    assert office.standing(done.new_order)


def test_a_second_split_gets_a_number_of_its_own(office):
    order, contact = office.short(goods=(("SKU-1", 3),), released=False)
    office.act(attention.answer, contact, "split")
    change(office.database, "UPDATE order_lines SET short = 1 WHERE order_id = ?", order)
    with office.database.transaction() as tx:
        holds_storage.add_hold(tx, order, Hold.SHORT)
        contact = attention.ask_about(tx, "a", order, "short")
    office.act(attention.answer, contact, "split")
    keys = query(office.database, "SELECT ship_to_key FROM orders ORDER BY id")
    assert keys == [("",), ("+2",), ("+3",)]


def test_a_file_read_again_leaves_a_parted_order_as_it_is(office):
    order, contact = office.short(released=False)
    office.act(attention.answer, contact, "split")
    with office.database.transaction() as tx:
        report = take_in(tx, incoming("1001", ("SKU-1", 2), ("SKU-2", 1), ship_to=TO, buyer=TO, ordered_at=tx.now))
    assert report.orders["same"] == 1
    assert office.lines(order) == [("SKU-1", 1, 0, 0), ("SKU-2", 1, 0, 0)]


def test_nothing_to_send_cannot_be_split(office):
    order, contact = office.short(pieces=2, goods=(("SKU-1", 2),))
    with pytest.raises(NotAllowed):
        office.act(attention.answer, contact, "split")
    assert office.lines(order) == [("SKU-1", 2, 0, 2)]


def test_substitute_sends_something_else_for_what_is_missing(office):
    order, contact = office.short()
    version = office.state(order)[2]
    done = office.act(attention.answer, contact, "substitute", sku="SKU-3")
    assert office.lines(order) == [("SKU-1", 1, 0, 0), ("SKU-2", 1, 0, 0), ("SKU-3", 1, 0, 0)]
    assert done.version == version + 1
    assert office.standing(order) == set()


def test_substitute_replaces_a_line_of_which_nothing_is_there(office):
    order, contact = office.short(sku="SKU-2")
    office.act(attention.answer, contact, "substitute", sku="SKU-3")
    assert office.lines(order) == [("SKU-1", 2, 0, 0), ("SKU-3", 1, 0, 0)]


def test_substitute_needs_a_product_and_where_several_lines_are_short_the_line(office):
    order, contact = office.short()
    with pytest.raises(NotFound):
        office.act(attention.answer, contact, "substitute", sku="SKU-99")
    change(office.database, "UPDATE order_lines SET short = 1 WHERE order_id = ?", order)
    with pytest.raises(NotAllowed):
        office.act(attention.answer, contact, "substitute", sku="SKU-3")
    ((line,),) = query(office.database, "SELECT id FROM order_lines WHERE order_id = ? AND sku = 'SKU-2'", order)
    office.act(attention.answer, contact, "substitute", sku="SKU-3", line=line)
    assert office.lines(order) == [("SKU-1", 2, 0, 1), ("SKU-3", 1, 0, 0)]
    assert office.standing(order) == {"short"}, "one line is still missing"
    assert len(office.read(attention.contacts)) == 1


def test_cancel_cancels_the_order_and_ends_the_contact(office):
    order, contact = office.short()
    office.act(attention.answer, contact, "cancel", "no longer wanted")
    assert office.state(order)[0] == "cancelled"
    assert office.read(attention.contacts) == []
    assert faults_of(office.database) == []


def test_an_answer_given_twice_is_done_once(office):
    _, contact = office.short()
    act = str(uuid4())
    made = []
    for _ in range(2):
        with office.database.transaction() as tx:
            made.append(attention.answer(tx, "office", act, contact, "split"))
    assert made[0] == made[1]
    assert query(office.database, "SELECT count(*) FROM orders") == [(2,)]


def test_an_answer_that_does_not_fit_or_comes_too_late_is_refused(office):
    order, contact = office.short()
    with pytest.raises(NotAllowed):
        office.act(attention.answer, contact, "refund")
    change(office.database, "UPDATE orders SET holder = '3' WHERE id = ?", order)
    with pytest.raises(NotAllowed, match=r"contact\.at_bench"):
        office.act(attention.answer, contact, "split")
    change(office.database, "UPDATE orders SET holder = '', state = 'shipped' WHERE id = ?", order)
    with pytest.raises(NotAllowed, match=r"contact\.too_late"):
        office.act(attention.answer, contact, "split")
    with pytest.raises(NotFound):
        office.act(attention.answer, 999, "wait")


# --- a day that cannot be met -------------------------------------------------------------------------------------


def test_a_new_day_agreed_upon_is_kept_and_judged(office):
    office.with_carrier()
    order = office.take(wish="2026-01-07")
    (contact,) = office.read(attention.contacts)
    with pytest.raises(NotAllowed, match=r"contact\.day_too_early"):
        office.act(attention.answer, contact.id, "wait", due="2026-01-07")
    with pytest.raises(NotAllowed):
        office.act(attention.answer, contact.id, "split")
    office.act(attention.answer, contact.id, "wait", due="2026-01-20")
    rows = query(office.database, "SELECT state, wish_date, ship_date FROM orders WHERE id = ?", order)
    assert rows == [("received", "2026-01-20", "2026-01-19")]
    assert office.standing(order) == {"date_ahead"}
    assert office.read(attention.contacts) == []
    content = json.loads(query(office.database, "SELECT content FROM orders WHERE id = ?", order)[0][0])
    assert (content["wish"], content["agreed"]) == ("2026-01-07", "2026-01-20")


def test_a_day_agreed_upon_that_is_missed_too_asks_again(office):
    office.with_carrier()
    order = office.take(wish="2026-01-07")
    (contact,) = office.read(attention.contacts)
    office.act(attention.answer, contact.id, "wait", due="2026-01-08")
    assert office.state(order)[0] == "ready"
    office.now += 86_400_000
    office.act(gate.recheck, [order])
    assert office.standing(order) == {"date_impossible"}
    assert len(office.read(attention.contacts)) == 1


def test_a_customer_whom_any_day_suits_gets_the_next_one(office):
    office.with_carrier()
    order = office.take(wish="2026-01-07")
    (contact,) = office.read(attention.contacts)
    office.act(attention.answer, contact.id, "wait")
    rows = query(office.database, "SELECT state, wish_date, ship_date FROM orders WHERE id = ?", order)
    assert rows == [("ready", "", "2026-01-07")]


# --- the hold shelf -----------------------------------------------------------------------------------------------


def shelved(office):
    order, contact = office.short()
    with office.database.transaction() as tx:
        reservation.cover(tx, [order])
    assert office.act(attention.to_hold_shelf, contact) == 2
    (row,) = office.read(attention.contacts)
    return order, contact, row.shelf


def test_goods_that_are_there_wait_on_a_labelled_shelf_and_are_promised_to_nobody_else(office):
    before = {shelf: office.stock(f"shelf:{shelf}") for shelf in ("A-01", "A-02")}
    _, contact, shelf = shelved(office)
    assert shelf == "1-001"
    assert sorted(office.stock(f"hold:{shelf}").values()) == [1, 1]
    free = query(office.database, "SELECT product_id, sum(quantity) FROM balances WHERE place LIKE 'shelf:%' "
                 "GROUP BY product_id ORDER BY product_id")  # fmt: skip
    promised = dict(query(office.database, "SELECT product_id, quantity FROM promised"))
    (first, tea), (second, cup), _ = free
    assert (tea, cup) == (9, 9)
    assert promised.get(second, 0) == 0
    assert promised.get(first, 0) <= 1
    assert all(before.values())
    with pytest.raises(NotAllowed, match=r"contact\.on_shelf"):
        office.act(attention.to_hold_shelf, contact)
    assert faults_of(office.database) == []


def test_goods_go_back_to_their_shelf_when_the_order_goes_on(office):
    order, contact, shelf = shelved(office)
    office.act(attention.answer, contact, "split")
    assert office.stock(f"hold:{shelf}") == {}
    assert list(office.stock("shelf:A-02").values()) == [10]
    rows = query(office.database, "SELECT reserved FROM order_lines WHERE order_id = ? ORDER BY position", order)
    assert rows == [(1,), (1,)]
    assert faults_of(office.database) == []


def test_goods_of_a_cancelled_order_go_from_the_hold_shelf_to_the_return_shelf(office):
    _, contact, shelf = shelved(office)
    office.act(attention.answer, contact, "cancel")
    assert office.stock(f"hold:{shelf}") == {}
    assert sum(office.stock("return").values()) == 2
    goods = query(office.database, "SELECT text, quantity FROM pulls WHERE kind = 'goods' ORDER BY text")
    assert goods == [("SKU-1", 1), ("SKU-2", 1)]
    assert faults_of(office.database) == []
