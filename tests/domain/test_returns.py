"""What a scan means where goods come back, one rule a test."""

from dataclasses import replace

import pytest

from app.domain.facts import Allowed
from app.domain.orders import OrderState
from app.domain.outcome import Level
from app.domain.people import RIGHTS, Right, Role
from app.domain.return_asking import ReturnAskKind, ask
from app.domain.returns import (
    Came,
    PieceBack,
    Receiver,
    ReturnCandidate,
    ReturnClosed,
    ReturnEmptied,
    ReturnOpened,
    ReturnSetAside,
    moves_of,
    remaining,
)
from app.domain.stock import Move
from tests.makers import ean, itf, known
from tests.returners import EXPIRY, LEADER, LOT, PACKER, RULES, SERIAL, order, receiver, said, seen, shipped

PACKERS = replace(RULES, rights=RIGHTS[Role.PACKER])


def kind(here, rules=RULES):
    return ask(here, rules).kind


def facts_of(outcome, which):
    return [fact for fact in outcome.facts if isinstance(fact, which)]


def opening(*goods, text="KO-12-034-1", holder="", more=(), **named):
    made = (ReturnCandidate(order(*(goods or (shipped(),)), **named), holder), *more)
    return seen(text, orders=made)


# --- which order --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["KO-12-034-1", "12-034", "444413700016", "A-1001", "SER-9"])
def test_whatever_names_a_shipped_order_opens_its_return(text):
    here, outcome = said(Receiver(), opening(shipped(quantity=2), text=text))
    assert (outcome.say.key, outcome.say.args["wanted"]) == ("return.opened", 2)
    assert kind(here) is ReturnAskKind.ITEM


def test_an_open_return_is_gone_on_with_and_keeps_what_came_back():
    step = Came("a", 1, 1, 1)
    found = ReturnCandidate(order(shipped(quantity=2), return_id=5), "", (step,))
    here, outcome = said(Receiver(), seen("12-034", orders=(found,)))
    assert (outcome.say.key, here.back, here.trail) == ("return.resumed", 1, (step,))


@pytest.mark.parametrize(
    ("state", "key"),
    [
        (OrderState.READY, "return.not_shipped"),
        (OrderState.RELEASED, "return.not_shipped"),
        (OrderState.PICKED, "return.not_shipped"),
        (OrderState.VERIFIED, "return.on_dock"),
        (OrderState.CANCELLED, "return.cancelled"),
        (OrderState.RETURNED, "return.all_back_already"),
    ],
)
def test_what_has_not_left_the_house_cannot_come_back(state, key):
    _, outcome = said(Receiver(), opening(state=state))
    assert (outcome.say.level, outcome.say.key, outcome.facts) == (Level.REFUSED, key, ())


@pytest.mark.parametrize("state", [OrderState.SHIPPED, OrderState.REPORTED, OrderState.ACKNOWLEDGED])
def test_a_shipped_order_may_be_reported_already(state):
    _, outcome = said(Receiver(), opening(state=state))
    assert outcome.say.key == "return.opened"


def test_an_unknown_number_is_refused():
    _, outcome = said(Receiver(), seen("99-999"))
    assert outcome.say.key == "return.unknown"


def test_a_number_of_several_shipped_orders_is_refused_by_their_ship_numbers():
    other = ReturnCandidate(order(shipped(), id=8, ship_number="12-035"))
    _, outcome = said(Receiver(), opening(text="A-1001", more=(other,)))
    assert (outcome.say.key, outcome.say.args["numbers"]) == ("return.several", "12-034, 12-035")


def test_of_several_orders_the_only_shipped_one_is_meant():
    other = ReturnCandidate(order(shipped(), id=8, state=OrderState.READY))
    here, outcome = said(Receiver(), opening(text="A-1001", more=(other,)))
    assert (outcome.say.key, here.order.id) == ("return.opened", 7)


def test_an_order_of_which_nothing_was_packed_is_refused():
    _, outcome = said(Receiver(), seen("12-034", orders=(ReturnCandidate(order()),)))
    assert outcome.say.key == "return.nothing_packed"


def test_a_return_of_another_station_is_taken_over_by_scanning_again():
    held = opening(holder="2", return_id=5)
    here, outcome = said(Receiver(), held)
    assert (outcome.say.key, outcome.say.args["station"]) == ("return.take_over_ask", "2")
    assert here.order is None
    _, other = said(here, opening(holder="2", return_id=5, text="12-034"))
    assert other.say.key == "return.take_over_ask", "another code is another question"
    here, outcome = said(here, held)
    assert (outcome.say.key, facts_of(outcome, ReturnOpened)[0].taken_over) == ("return.taken_over", "2")
    assert here.order is not None


def test_who_may_take_nothing_over_is_told_who_has_it():
    _, outcome = said(Receiver(), opening(holder="2"), rules=replace(RULES, rights=frozenset({Right.PACK})))
    assert outcome.say.key == "return.held_by"


def test_another_order_waits_until_this_return_is_done():
    _, outcome = said(receiver(), "KO-12-099-1")
    assert outcome.say.key == "return.other_open"


# --- goods --------------------------------------------------------------------------------------------------------


def test_a_piece_comes_back_with_its_reason_and_goes_to_its_shelf():
    here, outcome = said(receiver(shipped(quantity=2)), ean(1))
    assert (outcome.say.key, kind(here)) == ("return.reason", ReturnAskKind.REASON)
    here, outcome = said(here, "KP-2")
    assert (outcome.say.key, kind(here)) == ("return.grade", ReturnAskKind.GRADE)
    here, outcome = said(here, "KP-1")
    (fact,) = facts_of(outcome, PieceBack)
    assert (fact.line, fact.quantity, fact.reason, fact.grade, fact.place) == (1, 1, "defective", "good", "shelf:A-01")
    assert (outcome.say.key, outcome.say.args["shelf"], outcome.say.args["left"]) == ("return.back", "A-01", 1)
    assert (kind(here), ask(here, RULES).plain()["lay"]["shelf"]) == (ReturnAskKind.ITEM, "A-01")
    assert moves_of(here.trail) == [Move(1, "", "customer", "shelf:A-01", 1)]


@pytest.mark.parametrize(
    ("code", "reason"),
    [("KP-1", "unwanted"), ("KP-2", "defective"), ("KP-3", "wrong_item"), ("KP-4", "refused"), ("KP-R-OTHER", "other")],
)
def test_each_code_gives_its_reason(code, reason):
    here, _ = said(receiver(), ean(1), code, "KP-2")
    assert here.trail[0].reason == reason


def test_what_cannot_be_sold_goes_where_no_order_is_promised_it():
    here, outcome = said(receiver(), ean(1), "KP-1", "KP-2")
    assert (here.trail[0].grade, here.trail[0].place) == ("bad", "unsaleable:RETURN-BAD")
    assert outcome.say.args["shelf"] == "RETURN-BAD"


def test_without_tracked_stock_nothing_is_booked():
    here, _ = said(receiver(), ean(1), "KP-1", "KP-1", rules=replace(RULES, stock_tracked=False))
    assert moves_of(here.trail) == []


def test_goods_that_were_not_in_the_parcel_are_refused():
    _, outcome = said(receiver(), ean(2))
    assert (outcome.say.key, outcome.facts) == ("return.not_in_parcel", ())


def test_no_more_comes_back_than_was_in_the_parcel():
    here, _ = said(receiver(shipped(1), shipped(2)), ean(1), "KP-1", "KP-1")
    _, outcome = said(here, ean(1))
    assert (outcome.say.key, outcome.say.args["wanted"]) == ("return.came_back_already", 1)


def test_what_came_back_in_an_earlier_return_counts():
    here = receiver(shipped(1), shipped(2), before=(Came("old", 1, 1, 1),))
    _, outcome = said(here, ean(1))
    assert outcome.say.key == "return.came_back_already"


def test_a_case_comes_back_in_one_scan_and_fills_lines():
    here, _ = said(receiver(shipped(1, 2), shipped(2, 2, product=1)), itf(1), "KP-1", "KP-1")
    assert [(step.line, step.quantity) for step in here.trail] == [(1, 2), (2, 1)]
    _, outcome = said(here, itf(1))
    assert (outcome.say.key, outcome.say.args["left"]) == ("return.too_many", 1)


def test_one_code_of_several_products_means_the_one_in_the_parcel():
    both = replace(seen(ean(1)), seen=replace(seen(ean(1)).seen, products=(known(1), known(2))))
    here, outcome = said(receiver(shipped(2)), both)
    assert (outcome.say.key, here.question.hand.product) == ("return.reason", 2)


def test_which_of_several_products_is_chosen_by_number():
    both = replace(seen(ean(1)), seen=replace(seen(ean(1)).seen, products=(known(1), known(2))))
    here, outcome = said(receiver(shipped(1), shipped(2), shipped(3)), both)
    assert (outcome.say.key, [o.goods.product for o in ask(here, RULES).options]) == ("return.which", [1, 2])
    _, refusal = said(here, "KP-3")
    assert refusal.say.key == "choice.none"
    here, _ = said(here, "KP-2")
    assert here.question.hand.product == 2


def test_goods_without_a_code_are_chosen_by_number_four_at_a_time():
    here, outcome = said(receiver(*(shipped(n) for n in range(1, 7))), "KP-NOCODE")
    assert (outcome.say.key, ask(here, RULES).more) == ("return.no_code", True)
    here, _ = said(here, "KP-NOCODE")
    assert [option.goods.product for option in ask(here, RULES).options] == [5, 6]
    here, outcome = said(here, "KP-1", "KP-1", "KP-1")
    assert here.trail[0].product == 5
    (told,) = facts_of(outcome, Allowed)
    assert (told.what, told.product) == ("no_code", 5)


def test_after_the_last_four_the_first_are_shown_again():
    here, _ = said(receiver(*(shipped(n) for n in range(1, 7))), "KP-NOCODE", "KP-NOCODE", "KP-NOCODE")
    assert [option.goods.product for option in ask(here, RULES).options] == [1, 2, 3, 4]


# --- lot, date, serial --------------------------------------------------------------------------------------------


def gs1(product, **values):
    marks = {"lot": "10", "expiry": "17", "serial": "21"}
    return f"]d2010{ean(product)}" + "\x1d".join(marks[name] + value for name, value in values.items())


def test_the_only_lot_that_was_packed_is_taken():
    here, _ = said(receiver(shipped(1, 2, lot="L1", handling=LOT)), ean(1), "KP-1", "KP-1")
    assert here.trail[0].lot == "L1"


def test_which_lot_is_chosen_by_number_where_several_were_packed():
    goods = (shipped(1, 1, lot="L1", handling=LOT), shipped(1, 1, lot="L2", handling=LOT))
    here, outcome = said(receiver(*goods), ean(1))
    assert (outcome.say.key, kind(here)) == ("return.lot", ReturnAskKind.LOT)
    chosen, _ = said(here, "KP-2", "KP-1", "KP-1")
    assert chosen.trail[0].lot == "L2"
    typed, _ = said(here, "L1", "KP-1", "KP-1")
    assert typed.trail[0].lot == "L1"
    coded, _ = said(receiver(*goods), gs1(1, lot="L2"), "KP-1", "KP-1")
    assert coded.trail[0].lot == "L2"


def test_a_date_may_be_typed_as_it_is_printed():
    goods = [shipped(1, 1, lot=day, expiry=day, handling=EXPIRY) for day in ("2027-03-31", "2027-04-30")]
    here, _ = said(receiver(*goods), ean(1), "27.4.30", "KP-1", "KP-1")
    assert here.trail[0].expiry == "2027-04-30"
    _, outcome = said(receiver(*goods), ean(1), "soon")
    assert outcome.say.key == "expiry.unreadable"


def test_another_lot_than_the_one_packed_is_refused_and_may_be_let_pass():
    goods = (shipped(1, 1, lot="L1", handling=LOT), shipped(1, 1, lot="L2", handling=LOT))
    _, outcome = said(receiver(*goods), gs1(1, lot="L9"))
    assert (outcome.say.key, outcome.say.args["shipped"]) == ("return.lot_other", "L1, L2")
    here, _ = said(refusal_stands(receiver(*goods), gs1(1, lot="L9")), "KP-ALLOW", "KP-1", "KP-1")
    assert [(step.lot, step.line) for step in here.trail] == [("L9", 1)]
    assert [option.goods.lot for option in ask(said(here, ean(1))[0], RULES).options] == ["L1", "L2"]
    here, _ = said(here, gs1(1, lot="L1"), "KP-1", "KP-1")
    assert here.all_back


def test_a_serial_must_be_the_one_that_was_shipped():
    goods = (shipped(1, serial="S1", handling=SERIAL), shipped(1, serial="S2", handling=SERIAL))
    here, outcome = said(receiver(*goods), ean(1))
    assert (outcome.say.key, kind(here)) == ("return.serial", ReturnAskKind.SERIAL)
    _, outcome = said(here, "S9")
    assert (outcome.say.key, outcome.say.args["shipped"]) == ("return.serial_other", "S1, S2")
    here, outcome = said(here, "S2", "KP-1", "KP-1")
    assert here.trail[0].serial == "S2"
    _, outcome = said(here, gs1(1, serial="S2"))
    assert outcome.say.key == "return.serial_back"


def refusal_stands(here, text):
    """Scan what is refused, and let the refusal stand as the service does."""
    from app.domain.returns import BackHand, ReturnRefused

    here, outcome = said(here, text)
    return replace(here, refused=ReturnRefused(outcome.say.args["allow"], BackHand(**outcome.say.args["hand"])))


def test_a_leader_lets_another_serial_pass():
    goods = (shipped(1, serial="S1", handling=SERIAL), shipped(1, serial="S2", handling=SERIAL))
    here = refusal_stands(receiver(*goods), gs1(1, serial="S9"))
    _, outcome = said(here, "KP-ALLOW", rules=PACKERS)
    assert outcome.say.key == "allow.leader_needed"
    here, outcome = said(here, "KP-ALLOW", "KP-1", "KP-1")
    assert (here.trail[0].serial, facts_of(outcome, Allowed)[0].what) == ("S9", "serial")
    here, _ = said(here, gs1(1, serial="S1"), "KP-1", "KP-1")
    assert here.all_back, "the piece let pass counts for the one that did not come"


def test_a_leaders_badge_straight_after_the_refusal_lets_it_pass():
    here = refusal_stands(receiver(shipped(1, serial="S1", handling=SERIAL)), gs1(1, serial="S9"))
    here, outcome = said(here, seen("KU-L1", person=LEADER), rules=PACKERS)
    assert (outcome.say.key, here.question.hand.by) == ("return.reason", LEADER.id)
    assert here.person is None


def test_without_a_refusal_there_is_nothing_to_allow():
    _, outcome = said(receiver(), "KP-ALLOW")
    assert outcome.say.key == "allow.nothing"


def test_a_case_has_not_one_serial():
    _, outcome = said(receiver(*(shipped(1, serial=f"S{n}", handling=SERIAL) for n in range(3))), itf(1))
    assert outcome.say.key == "return.each_serial"


# --- what may not be sold again -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "more"),
    [
        ("expired", {"lot": "2026-11-29", "expiry": "2026-11-29", "handling": EXPIRY}),
        ("recalled", {"lot": "L1", "recalled": True, "handling": LOT}),
        ("no_shelf", {"shelf": ""}),
    ],
)
def test_what_may_not_be_sold_again_never_goes_back_to_its_shelf(why, more):
    here, outcome = said(receiver(shipped(1, **more)), ean(1), "KP-1")
    assert (outcome.say.key, ask(here, RULES).why_not) == (f"return.grade_{why}", why)
    _, outcome = said(here, "KP-1")
    assert (outcome.say.level, outcome.say.key) == (Level.REFUSED, f"return.not_good_{why}")
    here, _ = said(here, "KP-2")
    assert here.trail[0].place == "unsaleable:RETURN-BAD"


def test_goods_that_expire_today_may_be_sold_today():
    _, outcome = said(receiver(shipped(1, lot="2026-11-30", expiry="2026-11-30", handling=EXPIRY)), ean(1), "KP-1")
    assert outcome.say.key == "return.grade"


# --- shelves ------------------------------------------------------------------------------------------------------


def test_the_label_of_the_right_shelf_confirms_and_another_is_refused():
    here, _ = said(receiver(shipped(1, 2)), ean(1), "KP-1", "KP-1")
    assert said(here, "KS-A-01")[1].say.key == "return.laid"
    _, outcome = said(here, "KS-B-01")
    assert (outcome.say.key, outcome.say.args["wanted_shelf"]) == ("return.shelf_wrong", "A-01")


def test_a_shelf_before_any_piece_is_refused():
    assert said(receiver(), "KS-A-01")[1].say.key == "return.shelf_no_piece"


# --- the whole parcel ---------------------------------------------------------------------------------------------


def test_an_unopened_parcel_is_taken_in_by_one_act():
    goods = (shipped(1, 2), shipped(2, 1, shelf=""))
    here, outcome = said(receiver(*goods), "KP-DONE")
    assert (outcome.say.key, kind(here), outcome.say.args["pieces"]) == ("return.whole", ReturnAskKind.WHOLE, 3)
    here, outcome = said(here, "KP-1")
    assert (outcome.say.key, outcome.say.args["bad"]) == ("return.whole_back_bad", 1)
    assert [(s.quantity, s.reason, s.grade) for s in here.trail] == [(2, "refused", "good"), (1, "refused", "bad")]
    (told,) = facts_of(outcome, Allowed)
    assert (told.what, told.quantity) == ("unopened", 3)
    assert kind(here) is ReturnAskKind.CLOSE
    assert said(here, "KS-RETURN-BAD")[1].say.key == "return.laid"
    assert said(here, "KS-A-01")[1].say.key == "return.laid"


def test_only_a_parcel_of_which_nothing_came_back_may_be_whole():
    here = receiver(shipped(1, 2), before=(Came("old", 1, 1, 1),))
    assert said(here, "KP-DONE")[1].say.key == "return.nothing_yet"


def test_of_several_boxes_the_one_whose_waybill_was_scanned_is_whole():
    goods = (shipped(1, 2, box=1), shipped(2, 1, box=2))
    here, _ = said(receiver(*goods, piece=2, pieces=2), "KP-DONE", "KP-DONE")
    assert [(step.line, step.quantity) for step in here.trail] == [(2, 1)]
    assert kind(here) is ReturnAskKind.ITEM


def test_where_it_is_not_known_what_was_in_the_box_its_pieces_are_scanned():
    here = receiver(shipped(1, 2), piece=2, pieces=2)
    assert said(here, "KP-DONE")[1].say.key == "return.nothing_yet"


# --- the end ------------------------------------------------------------------------------------------------------


def test_when_everything_is_back_the_end_is_asked_for():
    here, outcome = said(receiver(), ean(1), "KP-1", "KP-1")
    assert (outcome.say.key, kind(here)) == ("return.back_last", ReturnAskKind.CLOSE)
    here, outcome = said(here, "KP-DONE")
    assert (outcome.say.key, facts_of(outcome, ReturnClosed)) == ("return.closed", [ReturnClosed(True)])
    assert kind(here) is ReturnAskKind.ORDER


def test_a_part_may_come_back():
    here, _ = said(receiver(shipped(1, 3)), ean(1), "KP-1", "KP-1")
    _, outcome = said(here, "KP-DONE")
    assert (outcome.say.key, outcome.say.args["left"]) == ("return.closed_part", 2)
    assert facts_of(outcome, ReturnClosed) == [ReturnClosed(False)]


def test_undo_takes_back_the_last_act():
    here, _ = said(receiver(shipped(1, 3)), ean(1), "KP-1", "KP-1")
    more, _ = said(here, ean(1), "KP-2", "KP-2")
    back, outcome = said(more, "KP-UNDO")
    assert (outcome.say.key, back.trail, outcome.say.args["shelf"]) == ("return.undone", here.trail, "RETURN-BAD")
    assert said(receiver(), "KP-UNDO")[1].say.key == "return.undo_nothing"


@pytest.mark.parametrize("code", ["KP-UNDO", "KP-CANCEL"])
@pytest.mark.parametrize("scans", [(ean(1),), (ean(1), "KP-1"), ("KP-NOCODE",), ("KP-DONE",)])
def test_a_question_is_dropped_with_what_is_in_hand(scans, code):
    begun = receiver(shipped(1, 2))
    here, outcome = said(begun, *scans, code)
    assert (outcome.say.key, here) == ("question.dismissed", begun)


def test_giving_up_takes_everything_back():
    here, _ = said(receiver(shipped(1, 3)), ean(1), "KP-1", "KP-1")
    empty, outcome = said(here, "KP-CANCEL")
    assert (outcome.say.key, outcome.say.args["pieces"]) == ("return.emptied", 1)
    assert facts_of(outcome, ReturnEmptied)[0].steps == here.trail
    assert (empty.order, empty.trail) == (None, ())
    assert said(receiver(), "KP-CANCEL")[1].say.key == "return.left"


def test_a_return_may_wait():
    here, _ = said(receiver(shipped(1, 3)), ean(1), "KP-1", "KP-1")
    here, outcome = said(here, "KP-LATER")
    assert (outcome.say.key, facts_of(outcome, ReturnSetAside)) == ("return.later", [ReturnSetAside()])
    assert kind(here) is ReturnAskKind.ORDER


# --- out of place -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "text", "key"),
    [
        (Receiver(), "KP-DONE", "return.order_first"),
        (Receiver(), "KS-A-01", "return.order_first"),
        (receiver(), "KP-NEXT", "return.item_first"),
        (receiver(), "4512345678906", "return.code_unknown"),
        (receiver(), "4512345678905", "code.check_digit"),
        (said(receiver(), ean(1))[0], ean(1), "answer.first"),
        (said(receiver(), ean(1))[0], "KP-DONE", "answer.first"),
        (said(receiver(), ean(1), "KP-1", "KP-1")[0], "KP-NOCODE", "return.close_first"),
    ],
)
def test_a_code_out_of_place_is_told_what_is_wanted(here, text, key):
    _, outcome = said(here, text)
    assert (outcome.say.level, outcome.say.key, outcome.facts) == (Level.REFUSED, key, ())


def test_a_badge_is_wanted_first_where_the_shop_says_so():
    rules = replace(RULES, signin_required=True)
    assert said(Receiver(), "12-034", rules=rules)[1].say.key == "signin.needed"
    here, outcome = said(Receiver(), seen("KU-P1", person=PACKER), rules=rules)
    assert (outcome.say.key, kind(here, rules)) == ("person.signed_in", ReturnAskKind.ORDER)


def test_a_badge_leaves_the_question_standing():
    here, _ = said(receiver(), ean(1))
    after, _ = said(here, seen("KU-P1", person=PACKER))
    assert (after.question, after.person) == (here.question, PACKER)


# --- counting -----------------------------------------------------------------------------------------------------


def test_a_piece_let_pass_counts_after_all_that_are_just_what_was_shipped():
    goods = (shipped(1, serial="S1"), shipped(1, serial="S2"))
    came = (Came("a", 1, 1, 1, serial="S9"), Came("b", 1, 1, 1, serial="S1"))
    assert [each.left for each in remaining(goods, came)] == [0, 0]
    assert [each.left for each in remaining(goods, came[:1])] == [0, 1]
