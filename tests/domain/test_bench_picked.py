"""Picked goods at the bench: what opens an order that was picked, where its goods come from, how they are scanned."""

from dataclasses import replace

import pytest

from app.domain.asking import AskKind, ask
from app.domain.barcode import read
from app.domain.bench import Bench, InPick, Papers, PickedGoods, Rules, Seen
from app.domain.facts import Asked, Closed, HandedBack, Opened, Packed, Undone, fold
from app.domain.orders import OrderState
from app.domain.outcome import Level
from app.domain.packing import decide
from app.domain.products import PLAIN, Handling, LotPolicy
from app.domain.stock import picked_place, shelf_place
from tests.makers import candidate, command, goods, known, line, order, text

RULES = Rules(station="1", today="2026-03-01")
TEA = line(1, wanted=3, picked=3)
PICKED = PickedGoods(1, "", 3, 1, TEA.code)
PLACE, SHELF = picked_place(7), shelf_place("A-01")


def bench(*lines, scan="unit", **more):
    papers = more.pop("papers", Papers(waybill=True))
    head = order(OrderState.PICKED, pack_scan=scan, papers=papers)
    return Bench(order=head, lines=lines or (TEA,), **more)


def places(outcome):
    return [(fact.source, fact.quantity) for fact in outcome.facts if isinstance(fact, Packed)]


# --- opening ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("job", "key"),
    [(InPick("12-3", "cart-1", "山田"), "order.being_picked"), (InPick("12-3"), "order.to_be_picked")],
)
def test_an_order_that_a_pick_job_has_is_refused_by_name(job, key):
    offer = candidate(state=OrderState.RELEASED, picking=True, in_pick=job)
    outcome = decide(Bench(), Seen(read("KO-12-034-1"), candidates=(offer,)), RULES)
    assert (outcome.say.key, outcome.facts) == (key, ())
    assert (outcome.say.args["job"], outcome.say.args["station"]) == ("12-3", job.station)


def test_a_leader_cannot_open_it_either_nor_take_it_over():
    offer = candidate(state=OrderState.RELEASED, holder="2", in_pick=InPick("12-3", "cart-1"))
    assert decide(Bench(), Seen(read("12-034"), candidates=(offer,)), RULES).say.key == "order.being_picked"


def test_an_empty_queue_says_that_orders_are_still_being_picked():
    assert decide(Bench(), replace(command("next"), being_picked=True), RULES).say.key == "next.being_picked"


def test_a_tote_opens_the_order_whose_goods_are_in_it():
    offer = candidate(TEA, state=OrderState.PICKED, totes=("T-3", "T-9"))
    outcome = decide(Bench(), Seen(read("KT-T-3"), candidates=(offer,)), RULES)
    assert outcome.say.key == "order.opened"
    assert fold(Bench(), outcome.facts, "a").order.totes == ("T-3", "T-9")


def test_a_cart_with_several_orders_is_refused_with_what_to_scan_instead():
    both = (candidate(), candidate(id=8, ship_number="12-035"))
    outcome = decide(Bench(), Seen(read("KC-C1"), candidates=both), RULES)
    assert (outcome.say.key, outcome.say.args["ship_numbers"]) == ("container.several", "12-034, 12-035")


@pytest.mark.parametrize("raw", ["KT-T-3", "KW-W-1", "KC-C1"])
def test_a_tote_in_which_nothing_is_says_so(raw):
    outcome = decide(Bench(), text(raw), RULES)
    assert (outcome.say.key, outcome.say.args["code"]) == ("container.empty", raw[3:])


def test_a_label_of_a_shelf_opens_nothing():
    assert decide(Bench(), text("KS-A-01"), RULES).say.key == "label.not_wanted"


# --- where goods come from ----------------------------------------------------------------------------------------


def test_goods_come_from_where_the_pick_put_them():
    outcome = decide(bench(), replace(goods(1), picked=(PICKED,)), RULES)
    assert places(outcome) == [(PLACE, 1)]


def test_goods_that_were_not_picked_come_from_the_shelf():
    assert places(decide(bench(), goods(1), RULES)) == [(SHELF, 1)]


def test_a_case_is_parted_where_the_pick_took_less():
    lines = (line(1, wanted=6, picked=4),)
    outcome = decide(bench(*lines), replace(goods(1, 6), picked=(replace(PICKED, pieces=4),)), RULES)
    assert places(outcome) == [(PLACE, 4), (SHELF, 2)]


def test_goods_of_another_lot_than_the_pick_booked_come_from_the_shelf():
    kept = Handling(LotPolicy.LOT)
    product = known(handling=kept)
    raw = f"01{product.code}10L2"
    seen = Seen(read(f"]C1{raw}"), products=(product,), picked=(replace(PICKED, lot="L1"),))
    outcome = decide(bench(line(1, wanted=3, picked=3, handling=kept)), seen, RULES)
    assert [(fact.lot, fact.source) for fact in outcome.facts if isinstance(fact, Packed)] == [("L2", SHELF)]


def test_without_stock_nothing_is_booked_from_anywhere():
    rules = replace(RULES, stock_tracked=False)
    assert places(decide(bench(), replace(goods(1), picked=(PICKED,)), rules)) == [("", 1)]


def test_nobody_is_sent_to_the_shelf_for_picked_goods():
    assert ask(bench(), RULES).plain()["shelf"] == ""
    assert decide(bench(), goods(2), RULES).say.args["wanted_shelf"] == ""
    assert ask(bench(line(1, wanted=3, picked=1, done=1)), RULES).plain()["shelf"] == "A-01"


# --- how they are scanned -----------------------------------------------------------------------------------------


def test_one_scan_fills_the_line_where_the_shop_scans_by_the_line():
    outcome = decide(bench(scan="line"), replace(goods(1), picked=(PICKED,)), RULES)
    assert outcome.say.key == "pack.all_in"
    assert [(fact.quantity, fact.how) for fact in outcome.facts if isinstance(fact, Packed)] == [(3, "line")]


@pytest.mark.parametrize("handling", [Handling(unit_scan=True), Handling(alike=True)], ids=["each piece", "look-alike"])
def test_goods_of_which_each_piece_is_scanned_still_are(handling):
    seen = Seen(goods(1).reading, products=(known(handling=handling),), picked=(PICKED,))
    outcome = decide(bench(replace(TEA, handling=handling), scan="line"), seen, RULES)
    assert places(outcome) == [(PLACE, 1)]


def test_what_the_pick_did_not_take_is_scanned_by_the_piece():
    here = bench(line(1, wanted=3, picked=1, done=1), scan="line")
    assert places(decide(here, goods(1), RULES)) == [(SHELF, 1)]


def test_one_scan_fills_no_other_line_of_the_same_goods():
    here = bench(TEA, line(2, 1, wanted=2, picked=2), scan="line")
    outcome = decide(here, replace(goods(1), picked=(replace(PICKED, pieces=5),)), RULES)
    assert [(fact.line, fact.quantity) for fact in outcome.facts if isinstance(fact, Packed)] == [(1, 3)]


def test_an_order_that_was_not_picked_is_scanned_by_the_piece():
    here = bench(scan="line")
    here = replace(here, order=replace(here.order, state=OrderState.RELEASED))
    assert places(decide(here, replace(goods(1), picked=(PICKED,)), RULES)) == [(PLACE, 1)]


def opened_in(*goods_, lines=(TEA,), **more):
    papers = Papers(waybill=True)
    offer = candidate(*lines, state=OrderState.PICKED, pack_scan="off", goods=goods_, papers=papers, **more)
    outcome = decide(Bench(), Seen(read("KO-12-034-1"), candidates=(offer,)), RULES)
    return outcome, fold(Bench(), outcome.facts, "a")


def test_what_was_scanned_at_the_shelf_is_in_when_the_order_opens():
    outcome, here = opened_in(PICKED)
    assert outcome.say.key == "order.opened_all_in"
    assert (here.done, ask(here, RULES).kind) == (3, AskKind.WAYBILL)
    assert [(fact.source, fact.how) for fact in outcome.facts[1:]] == [(PLACE, "picked")]


def test_what_was_not_scanned_there_is_still_to_be_scanned():
    outcome, here = opened_in(PICKED, lines=(TEA, line(2, wanted=1)))
    assert (outcome.say.key, outcome.say.args["packed"], outcome.say.args["left"]) == ("order.opened_in", 3, 1)
    assert ask(here, RULES).kind is AskKind.ITEM


def test_undo_takes_out_again_what_was_in_by_the_pick():
    _, here = opened_in(PICKED)
    outcome = decide(here, command("undo"), RULES)
    assert isinstance(outcome.facts[0], Undone)
    assert fold(here, outcome.facts, "b").done == 0


def test_the_slip_is_wanted_all_the_same():
    offer = candidate(TEA, state=OrderState.PICKED, pack_scan="off", goods=(PICKED,), papers=Papers(True, True))
    outcome = decide(Bench(), Seen(read("KT-3"), candidates=(offer,)), RULES)
    assert ask(fold(Bench(), outcome.facts, "a"), RULES).kind is AskKind.SLIP


@pytest.mark.parametrize(
    ("given", "lines", "more"),
    [
        (replace(PICKED, line=None), (TEA,), {}),
        (replace(PICKED, recalled=True), (TEA,), {}),
        (replace(PICKED, expiry="2026-02-28"), (TEA,), {}),
        (PICKED, (replace(TEA, handling=Handling(LotPolicy.SERIAL)),), {}),
        (PICKED, (TEA,), {"parcel": 5}),
        (PICKED, (TEA,), {"parked": True}),
    ],
    ids=["not scanned at the shelf", "recalled", "expired", "serial", "begun", "set aside"],
)
def test_nothing_is_in_that_must_be_scanned_here(given, lines, more):
    outcome, here = opened_in(given, lines=lines, **more)
    assert outcome.say.key in ("order.opened", "order.resumed")
    assert here.done == 0


def test_never_more_is_in_than_the_order_wants():
    _, here = opened_in(PICKED, replace(PICKED, lot="L2"))
    assert here.done == 3


# --- orders of one piece ------------------------------------------------------------------------------------------

ONE = line(1, wanted=1, picked=1)
NO_PAPERS, NOTHING = Papers(), Bench()


def scan_single(papers=NO_PAPERS, handling=PLAIN, on=NOTHING):
    lines = (replace(ONE, handling=handling),)
    offer = candidate(*lines, state=OrderState.PICKED, papers=papers, goods=(replace(PICKED, pieces=1),))
    seen = Seen(goods(1).reading, products=(known(handling=handling),), single=offer)
    outcome = decide(on, seen, RULES)
    return outcome, fold(on, outcome.facts, "a")


def test_any_of_the_goods_opens_an_order_of_one_piece_and_counts():
    outcome, here = scan_single()
    assert [type(fact) for fact in outcome.facts] == [Opened, Packed, Closed]
    assert outcome.say.key == "order.closed"
    assert places(outcome) == [(PLACE, 1)]
    assert here.order.state is OrderState.VERIFIED


def test_its_waybill_is_asked_for_next():
    outcome, here = scan_single(Papers(waybill=True))
    assert (outcome.say.key, ask(here, RULES).kind) == ("single.counted", AskKind.WAYBILL)


def test_its_slip_comes_first_where_one_is_wanted():
    outcome, here = scan_single(Papers(slip=True, waybill=True))
    assert (outcome.say.key, ask(here, RULES).kind) == ("single.opened", AskKind.SLIP)
    assert here.done == 0


def test_a_guard_that_refuses_the_piece_leaves_the_order_to_others():
    kept = Handling(LotPolicy.LOT_EXPIRY)
    raw = f"]C101{known().code}17260228" + "10L1"
    outcome, _ = scan_single(handling=kept)
    assert [type(fact) for fact in outcome.facts] == [Opened, Asked]
    offer = candidate(replace(ONE, handling=kept), state=OrderState.PICKED)
    seen = Seen(read(raw), products=(known(handling=kept),), single=offer)
    outcome = decide(Bench(), seen, RULES)
    assert (outcome.say.key, outcome.say.level, outcome.facts) == ("lot.expired", Level.REFUSED, ())


def test_the_next_single_opens_straight_after_a_close():
    _, closed = scan_single()
    outcome, _ = scan_single(on=closed)
    assert outcome.say.key == "order.closed"


# --- afterwards ---------------------------------------------------------------------------------------------------


def test_an_order_that_is_handed_back_stays_picked():
    outcome = decide(bench(), command("cancel"), RULES)
    assert outcome.facts == (HandedBack(state=OrderState.PICKED),)


def test_a_close_that_is_undone_leaves_the_order_picked():
    here = bench(replace(TEA, done=2), papers=Papers())
    closed = fold(here, decide(here, replace(goods(1), picked=(PICKED,)), RULES).facts, "a")
    assert closed.order.state is OrderState.VERIFIED
    again = fold(closed, decide(closed, command("undo"), RULES).facts, "b")
    assert (again.order, again.lines) == (here.order, here.lines)
