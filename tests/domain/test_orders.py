"""The lives of an order, a parcel and a waybill as tables, and what tells one order from another."""

from dataclasses import fields, replace

import pytest

from app.domain.orders import (
    COMPUTED_HOLDS,
    ORDER_LIFE,
    PARCEL_LIFE,
    QUEUED_STATES,
    WAYBILL_LIFE,
    Address,
    Hold,
    IncomingLine,
    IncomingOrder,
    OrderEvent,
    OrderState,
    ParcelEvent,
    ParcelState,
    ShipNumber,
    Totals,
    WaybillEvent,
    WaybillState,
    content_hash,
    next_state,
)

LIVES = {
    "order": (ORDER_LIFE, OrderState, OrderEvent, OrderState.RECEIVED),
    "parcel": (PARCEL_LIFE, ParcelState, ParcelEvent, ParcelState.OPEN),
    "waybill": (WAYBILL_LIFE, WaybillState, WaybillEvent, WaybillState.REQUESTED),
}
lives = pytest.mark.parametrize("name", LIVES)


def reached(life, start):
    found, ahead = {start}, [start]
    while ahead:
        state = ahead.pop()
        for (before, _), after in life.items():
            if before is state and after not in found:
                found.add(after)
                ahead.append(after)
    return found


def test_every_state_of_the_design_exists():
    words = "received ready released picked verified shipped reported acknowledged cancelled returned"
    assert set(OrderState) == set(words.split())
    assert set(ParcelState) == {"open", "closed", "handed_over", "parked", "pulled", "returned"}
    words = "requested exported accepted rejected numbered attached handed_over void"
    assert set(WaybillState) == set(words.split())


@lives
def test_every_state_can_be_reached(name):
    life, states, _, start = LIVES[name]
    assert reached(life, start) == set(states)


@lives
def test_the_table_is_made_of_its_own_states_and_events(name):
    life, states, events, _ = LIVES[name]
    assert all(before in states and event in events and after in states for (before, event), after in life.items())


def test_what_was_shipped_never_goes_back_into_the_house():
    out = [OrderState.SHIPPED, OrderState.REPORTED, OrderState.ACKNOWLEDGED]
    events = {event for state, event in ORDER_LIFE if state in out}
    assert events == {OrderEvent.REPORT, OrderEvent.REPORT_FAILED, OrderEvent.ACKNOWLEDGE, OrderEvent.RETURN}
    for state in out:
        assert reached(ORDER_LIFE, state) <= {*out, OrderState.RETURNED}


def test_nothing_is_reported_before_it_is_shipped():
    assert [state for state, event in ORDER_LIFE if event is OrderEvent.REPORT] == [OrderState.SHIPPED]


@pytest.mark.parametrize("state", [OrderState.CANCELLED, OrderState.RETURNED])
def test_cancelled_and_returned_are_ends(state):
    assert reached(ORDER_LIFE, state) == {state}


def test_everything_before_the_hand_over_can_be_cancelled():
    may = {state for state, event in ORDER_LIFE if event is OrderEvent.CANCEL}
    assert may == {OrderState(each) for each in ("received", "ready", "released", "picked", "verified")}


def test_a_verified_order_is_reopened_and_a_hand_over_ends_that():
    assert next_state(OrderState.VERIFIED, OrderEvent.REOPEN) is OrderState.RELEASED
    assert next_state(OrderState.SHIPPED, OrderEvent.REOPEN) is None


def test_what_is_no_step_of_the_life_is_refused():
    assert next_state(OrderState.RECEIVED, OrderEvent.RELEASE) is None
    assert next_state(OrderState.READY, OrderEvent.CLOSE) is None
    assert next_state(OrderState.CANCELLED, OrderEvent.HOLDS_EMPTY) is None


def test_the_bench_may_open_what_is_ready_or_in_work():
    assert set(QUEUED_STATES) == {OrderState.READY, OrderState.RELEASED, OrderState.PICKED}


def test_a_parcel_that_was_handed_over_can_only_come_back():
    assert reached(PARCEL_LIFE, ParcelState.HANDED_OVER) == {ParcelState.HANDED_OVER, ParcelState.RETURNED}


def test_a_waybill_can_be_void_until_it_leaves():
    may = {state for state, event in WAYBILL_LIFE if event is WaybillEvent.VOID}
    assert may == set(WaybillState) - {WaybillState.HANDED_OVER, WaybillState.VOID}


def test_computed_holds_are_those_that_go_by_themselves():
    assert set(Hold) - COMPUTED_HOLDS == {
        Hold.REMARK, Hold.SHORT, Hold.CANCEL_REQUESTED, Hold.CHANGED, Hold.SERVICE, Hold.BY_HAND
    }  # fmt: skip


def test_a_ship_number_is_short_enough_for_a_customer_key():
    assert str(ShipNumber(12, 34)) == "12-034"
    assert ShipNumber(12, 34).coded(1) == "KO-12-034-1"
    assert len(f"{ShipNumber(999_999, 9_999)}-999") <= 16


# --- same or changed ----------------------------------------------------------------------------------------------

ORDER = IncomingOrder("1001", (IncomingLine("A", "Thing", 2),))
CHANGED = {
    "number": "1002",
    "lines": (IncomingLine("A", "Thing", 3),),
    "ship_to_key": "b",
    "ordered_at": 5,
    "cut_off": 5,
    "priority": 1,
    "cancelled": True,
    "holds": (Hold.UNPAID,),
    "gift": True,
    "buyer": Address(phone="03"),
    "ship_to": Address(street="1-1"),
    "note": "ring",
    "payment": "card",
    "cod_amount": "100",
    "delivery": "mail",
    "wish": "today",
    "totals": Totals(points="5"),
}


@pytest.mark.parametrize("name", [each.name for each in fields(IncomingOrder) if each.name not in ("row", "email")])
def test_whatever_changes_about_an_order_changes_its_digest(name):
    assert content_hash(replace(ORDER, **{name: CHANGED[name]})) != content_hash(ORDER)


def test_a_mail_address_that_becomes_known_later_is_no_change_of_the_order():
    assert content_hash(replace(ORDER, email="buyer@example.com")) == content_hash(ORDER)


@pytest.mark.parametrize("part", [each.name for each in fields(Address)])
def test_every_part_of_an_address_counts(part):
    assert content_hash(replace(ORDER, ship_to=Address(**{part: "x"}))) != content_hash(ORDER)


@pytest.mark.parametrize("part", [each.name for each in fields(Totals)])
def test_every_total_counts(part):
    assert content_hash(replace(ORDER, totals=Totals(**{part: "x"}))) != content_hash(ORDER)


@pytest.mark.parametrize("part", ["sku", "name", "price", "tax_rate", "options"])
def test_every_part_of_a_line_counts(part):
    changed = replace(ORDER, lines=(replace(ORDER.lines[0], **{part: "x"}),))
    assert content_hash(changed) != content_hash(ORDER)


def test_the_row_in_the_file_does_not_count():
    moved = replace(ORDER, row=9, lines=(replace(ORDER.lines[0], row=9),))
    assert content_hash(moved) == content_hash(ORDER)
