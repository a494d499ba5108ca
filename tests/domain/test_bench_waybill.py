"""Slips and waybills at the bench: one rule per test. The right label on the right box, or its own sentence."""

from dataclasses import replace

import pytest

from app.domain.asking import AskKind, ask
from app.domain.barcode import read
from app.domain.bench import Bench, Papers, Question, QuestionKind, Rules, Seen, Withdrawn, papers_of
from app.domain.facts import (
    Asked,
    Attached,
    BoxOpened,
    Closed,
    Dropped,
    HandedBack,
    HandNumbered,
    LabelWanted,
    Opened,
    Parked,
    PieceAdded,
    ServiceWanted,
    SignedIn,
    SlipScanned,
    fold,
)
from app.domain.orders import OrderState, WaybillState
from app.domain.outcome import Level
from app.domain.packing import decide
from app.domain.people import EVERYONE, Person, Right, Role
from app.domain.seen import SeenKind, kind_of, waybill_number
from tests.makers import (
    SLIP_AND_WAYBILL,
    candidate,
    command,
    found,
    goods,
    known,
    line,
    on_bench,
    order,
    text,
    tracking,
    waybill,
    with_papers,
)

RULES = Rules(station="1")
PACKER = Rules(station="1", rights=frozenset({Right.PACK, Right.CLOSE_SHORT, Right.TAKE_OVER}))
LEADER = Person(2, "L1", "佐藤", Role.LEADER)
MINE = tracking(341)
CARRIED = {"carrier": "yamato_b2", "papers": SLIP_AND_WAYBILL}
UNNUMBERED = waybill(number="", state=WaybillState.EXPORTED)


def key(bench, seen, rules=RULES):
    return decide(bench, seen, rules).say.key


def played(bench, *scans, rules=RULES):
    keys = []
    for number, seen in enumerate(scans):
        outcome = decide(bench, seen, rules)
        keys.append(outcome.say.key)
        bench = fold(bench, outcome.facts, f"act-{number}-{len(bench.trail)}")
    return bench, keys


def of(slip, *lines, **more):
    """Return the slip (or number) of an order that goes by a carrier, with that order."""
    usual = CARRIED | {"state": OrderState.RELEASED} | more
    return Seen(read(slip), candidates=(candidate(*lines, **usual),))


def another(**more):
    """Return a waybill of another order, under the number that :func:`text` is scanned with."""
    return waybill(35, **({"order": 8, "ship_number": "12-035", "key": "12-035-1", "id": 351} | more))


def scanned(other, **more):
    return Seen(read(other.number), waybills=(found(other, **more),))


# --- what the shop decided ----------------------------------------------------------------------------------------


def test_papers_are_wanted_by_themselves_for_orders_with_a_carrier():
    assert papers_of({}, "yamato_b2") == Papers(slip=True, waybill=True)
    assert papers_of({}, "") == Papers()


def test_a_shop_may_want_slips_without_a_carrier_and_no_waybill_without_one():
    both = {"slip.required": "on", "waybill.required": "on"}
    assert papers_of(both, "") == Papers(slip=True)
    assert papers_of({"slip.required": "off", "waybill.required": "off"}, "yamato_b2") == Papers()


def test_a_slip_that_is_not_printed_at_the_release_is_not_wanted():
    assert not papers_of({"slip.required": "on", "slip.when": "close"}, "yamato_b2").slip


# --- the slip opens -----------------------------------------------------------------------------------------------


def test_a_slip_opens_and_the_goods_come_next():
    bench, keys = played(Bench(), of("KO-12-034-1", line(wanted=2)))
    assert keys == ["order.opened"]
    assert ask(bench, RULES).kind is AskKind.ITEM
    assert bench.slips == ("12-034-1",)


@pytest.mark.parametrize("raw", ["12-034", "A-1001", "KP-NEXT", "KL-12"])
def test_what_else_opens_asks_for_the_slip_before_the_goods(raw):
    bench, keys = played(Bench(), of(raw, line(wanted=2)), goods(1), of("KO-12-034-1"), goods(1))
    assert keys == ["order.opened", "slip.first", "slip.ok", "pack.ok"]
    assert bench.done == 1


def test_an_order_whose_shop_wants_no_slip_goes_on_to_the_goods():
    opened, _ = played(Bench(), of("A-1001", papers=Papers(waybill=True)))
    assert ask(opened, RULES).kind is AskKind.ITEM


def test_the_question_says_whose_slip_it_wants():
    shown = ask(with_papers(line(), slips=()), RULES)
    assert shown.plain() == {"kind": "slip", "ship_number": "12-034", "version": 1, "left": 1}


def test_a_number_without_version_is_no_slip():
    assert key(with_papers(line(), slips=()), of("KO-12-034")) == "slip.scan_its_code"


def test_an_old_slip_does_not_answer_for_the_new_one():
    bench = with_papers(line(), slips=("12-034-1",))
    bench = replace(bench, order=replace(bench.order, version=2))
    assert ask(bench, RULES).kind is AskKind.SLIP
    assert key(bench, of("KO-12-034-1", version=2)) == "order.old_version"
    assert key(bench, of("KO-12-034-2", version=2)) == "slip.ok"


def test_a_slip_scan_is_undone_like_every_step():
    start = with_papers(line(), slips=())
    bench, keys = played(start, of("KO-12-034-1"), command("undo"))
    assert keys == ["slip.ok", "undo.slip"]
    assert bench == start


@pytest.mark.parametrize(
    ("ship_number", "next_slip", "said"),
    [
        ("12-035", "12-035", "slip.next_one"),
        ("12-036", "12-035", "slip.later_one"),
        ("12-033", "12-035", "slip.earlier_one"),
        ("13-001", "12-035", "order.other_open"),
    ],
)
def test_another_slip_while_one_is_open_is_named_by_its_place_in_the_stack(ship_number, next_slip, said):
    bench = with_papers(line(wanted=2), next_slip=next_slip)
    outcome = decide(bench, of(f"KO-{ship_number}-1", id=8, ship_number=ship_number), RULES)
    assert outcome.say.key == said
    assert outcome.say.args.get("other", ship_number) == ship_number


def test_another_order_is_told_as_before_where_no_slips_are_used():
    bench = on_bench(line(wanted=2), next_slip="12-035")
    assert key(bench, of("12-035", id=8, ship_number="12-035")) == "order.other_open"


def test_the_own_slip_at_the_waybill_says_that_the_waybill_comes_now():
    assert key(with_papers(line(done=1)), of("KO-12-034-1")) == "slip.waybill_now"
    assert key(with_papers(line(wanted=2)), of("KO-12-034-1")) == "order.already_open"


def closed(**more):
    return with_papers(line(done=1), state=OrderState.VERIFIED, **({"next_slip": "12-035"} | more))


def test_after_the_close_the_next_slip_of_the_stack_is_announced():
    assert ask(closed(), RULES).plain() == {"kind": "order", "next": "12-035"}


def test_a_slip_that_skips_the_next_one_opens_and_names_it():
    outcome = decide(closed(), of("KO-12-036-1", id=9, ship_number="12-036"), RULES)
    assert (outcome.say.key, outcome.say.level, outcome.say.args["skipped"]) == (
        "order.opened_skipped", Level.INFO, "12-035",
    )  # fmt: skip
    assert isinstance(outcome.facts[0], Opened)


@pytest.mark.parametrize(
    ("raw", "ship"),
    [("KO-12-035-1", "12-035"), ("KO-12-030-1", "12-030"), ("KO-13-009-1", "13-009"), ("A-9", "12-036")],
)
def test_the_next_an_earlier_or_another_batchs_slip_skips_nothing(raw, ship):
    assert key(closed(), of(raw, id=9, ship_number=ship)) == "order.opened"


def test_a_slip_whose_release_was_taken_back_is_refused_by_name():
    old = Withdrawn("12-034", "A-1001")
    assert key(Bench(), text("KO-12-034-1", withdrawn=old)) == "slip.taken_back"
    again = decide(Bench(), text("KO-12-034-1", withdrawn=replace(old, current="13-002")), RULES)
    assert (again.say.key, again.say.args["current"]) == ("slip.replaced", "13-002")
    assert key(with_papers(line(wanted=2)), text("KO-12-034-1", withdrawn=old)) == "slip.taken_back"


def test_a_list_of_which_nothing_waits_says_so_and_a_shelf_does_not_open():
    assert key(Bench(), text("KL-12")) == "list.none"
    assert key(Bench(), text("KS-A01")) == "label.not_wanted"


# --- merged orders ------------------------------------------------------------------------------------------------

SECOND = order(id=8, number="B-7", ship_number="12-035", **CARRIED)


def merged(raw, *lines):
    return of(raw, *(lines or (line(1), line(2))), followers=(SECOND,))


def test_every_slip_of_a_merge_is_scanned_and_its_lines_go_in_one_parcel():
    bench, keys = played(
        Bench(), merged("KO-12-035-1"), goods(1), merged("KO-12-035-1"), merged("KO-12-034-1"), goods(2), goods(1)
    )
    assert keys == ["order.opened", "slip.first", "slip.already", "slip.ok", "pack.ok", "pack.all_in"]
    assert bench.order.id == 7


def test_a_slip_of_a_merge_names_the_next_that_is_missing():
    bench, _ = played(Bench(), merged("A-1001"))
    outcome = decide(bench, merged("KO-12-034-1"), RULES)
    assert (outcome.say.key, outcome.say.args["wanted"], outcome.say.args["left"]) == ("slip.one_more", "12-035", 1)
    assert outcome.facts == (SlipScanned("12-034-1"),)


def test_an_old_slip_of_a_merged_order_is_refused_by_its_own_version():
    newer = replace(SECOND, version=2)
    seen = of("KO-12-035-1", line(1), followers=(newer,))
    outcome = decide(Bench(), seen, RULES)
    assert (outcome.say.key, outcome.say.args["current"]) == ("order.old_version", 2)


def test_merged_orders_are_closed_and_opened_again_together():
    start = with_papers(line(done=1), followers=(SECOND,), slips=("12-034-1", "12-035-1"))
    bench, keys = played(start, text(MINE), command("undo"))
    assert keys == ["order.closed", "undo.reopened_label"]
    assert bench == start
    closed_, _ = played(start, text(MINE))
    assert [each.state for each in closed_.members] == [OrderState.VERIFIED] * 2


# --- the waybill closes -------------------------------------------------------------------------------------------


def test_the_last_goods_ask_for_the_waybill_and_its_scan_closes():
    bench, keys = played(with_papers(line(wanted=2)), goods(1), goods(1), text(MINE))
    assert keys == ["pack.ok", "pack.all_in", "order.closed"]
    assert bench.order.state is OrderState.VERIFIED
    assert bench.waybills[0].state is WaybillState.ATTACHED


def test_the_question_shows_the_last_four_digits():
    shown = ask(with_papers(), RULES).plain()
    assert (shown["kind"], shown["waybill"], shown["last4"], shown["left"]) == ("waybill", MINE, MINE[-4:], 1)


@pytest.mark.parametrize("raw", [MINE, f"A{MINE}A", f"d{MINE}d", f"{MINE[:4]}-{MINE[4:8]}-{MINE[8:]}", f"A{MINE}"])
def test_a_waybill_is_read_with_and_without_letters_and_hyphens(raw):
    outcome = decide(with_papers(), text(raw), RULES)
    assert outcome.facts == (Attached(341, MINE), Closed())


@pytest.mark.parametrize("raw", ["12345678901", "EF123456785JP", "A12345678901B"])
def test_a_number_of_another_length_that_is_known_is_not_refused(raw):
    number = waybill_number(read(raw))
    assert key(with_papers(waybills=(waybill(number=number),)), text(raw)) == "order.closed"


def test_the_waybill_of_an_order_that_is_goods_as_well_is_the_waybill():
    both = Seen(read(MINE), products=(known(1),), waybills=(found(another()),))
    assert kind_of(both, AskKind.WAYBILL) is SeenKind.WAYBILL
    assert kind_of(both, AskKind.ITEM) is SeenKind.PRODUCT


def test_undo_straight_after_the_close_takes_the_label_off_and_opens_again():
    start = with_papers()
    bench, keys = played(start, text(MINE), command("undo"))
    assert keys == ["order.closed", "undo.reopened_label"]
    assert bench == start


def test_nothing_of_a_shipment_is_undone_once_a_piece_is_with_the_carrier():
    bench, _ = played(with_papers(), text(MINE))
    gone = replace(bench.waybills[0], state=WaybillState.HANDED_OVER)
    assert decide(replace(bench, waybills=(gone,)), command("undo"), Rules()).say.key == "undo.handed_over"


def pieces(number=3, **more):
    return tuple(waybill(34, piece, pieces=number, **more) for piece in range(1, number + 1))


def test_every_piece_is_scanned_in_any_order_and_the_last_one_closes():
    bench = with_papers(waybills=pieces(), parcel_count=3)
    scans = [text(each.number) for each in (bench.waybills[1], bench.waybills[0], bench.waybills[2])]
    after, keys = played(bench, *scans)
    assert keys == ["waybill.piece", "waybill.piece", "order.closed"]
    outcome = decide(bench, scans[0], RULES)
    assert (outcome.say.args["piece"], outcome.say.args["pieces"], outcome.say.args["left"]) == (2, 3, 2)
    assert all(each.attached for each in after.waybills)


def test_the_same_piece_twice_is_refused():
    bench, keys = played(with_papers(waybills=pieces(), parcel_count=3), *[text(MINE)] * 2)
    assert keys == ["waybill.piece", "waybill.already"]
    assert sum(each.attached for each in bench.waybills) == 1


def test_pieces_that_share_one_number_are_scanned_once_each():
    bench = with_papers(waybills=pieces(number_of := 3), parcel_count=3)
    bench = replace(bench, waybills=tuple(replace(each, number=MINE) for each in bench.waybills))
    _, keys = played(bench, *[text(MINE)] * number_of)
    assert keys == ["waybill.piece", "waybill.piece", "order.closed"]


def test_the_letters_of_a_shared_number_tell_the_first_piece_from_the_others():
    bench = with_papers(waybills=pieces(3), parcel_count=3)
    bench = replace(bench, waybills=tuple(replace(each, number=MINE) for each in bench.waybills))
    first, other = text(f"A{MINE}A"), text(f"d{MINE}d")
    after, keys = played(bench, first, first, other)
    assert keys == ["waybill.piece", "waybill.already", "waybill.piece"]
    assert [each.attached for each in after.waybills] == [True, True, False]
    assert key(after, first) == "waybill.already"
    assert key(after, other) == "order.closed"
    assert key(after, text(MINE)) == "order.closed"
    _, keys = played(bench, other, other, other, first)
    assert keys == ["waybill.piece", "waybill.piece", "waybill.already", "order.closed"]


def test_letters_say_nothing_of_numbers_of_their_own():
    bench = with_papers(waybills=pieces(2), parcel_count=2)
    scans = [text(f"A{each.number}A") for each in reversed(bench.waybills)]
    assert played(bench, *scans)[1] == ["waybill.piece", "order.closed"]


def test_one_undo_takes_one_piece_off():
    start = with_papers(waybills=pieces(2), parcel_count=2)
    bench, keys = played(start, text(MINE), command("undo"))
    assert keys == ["waybill.piece", "undo.label"]
    assert bench == start


def test_a_waybill_with_another_amount_of_cash_is_refused():
    printed = decide(with_papers(waybills=(waybill(cod=1080, carrier_cod=1000),), cod=1080), text(MINE), RULES)
    assert printed.say.key == "waybill.cod_differs"
    assert (printed.say.args["printed"], printed.say.args["wanted"]) == (1000, 1080)
    assert key(with_papers(waybills=(waybill(cod=1000),), cod=1080), text(MINE)) == "waybill.cod_differs"
    assert key(with_papers(waybills=(waybill(cod=1080, carrier_cod=1080),), cod=1080), text(MINE)) == "order.closed"
    assert key(with_papers(waybills=(waybill(cod=0, carrier_cod=500),)), text(MINE)) == "waybill.cod_differs"


def test_the_cash_of_a_merge_is_the_sum():
    second = replace(SECOND, cod=80)
    bench = with_papers(waybills=(waybill(cod=1080),), cod=1000, followers=(second,), slips=("12-034-1", "12-035-1"))
    assert key(bench, text(MINE)) == "order.closed"


def test_the_cash_may_stand_on_the_first_piece_only():
    two = tuple(replace(each, cod=1080, carrier_cod=1080 if each.piece == 1 else 0) for each in pieces(2))
    bench = with_papers(waybills=two, cod=1080, parcel_count=2)
    _, keys = played(bench, text(two[0].number), text(two[1].number))
    assert keys == ["waybill.piece", "order.closed"]


def test_a_waybill_for_another_number_of_pieces_is_refused():
    assert key(with_papers(waybills=(waybill(carrier_pieces=2),)), text(MINE)) == "waybill.pieces_differ"
    assert key(with_papers(parcel_count=2), text(MINE)) == "waybill.pieces_differ"
    assert key(with_papers(waybills=(waybill(carrier_pieces=1),)), text(MINE)) == "order.closed"


def test_a_waybill_of_another_carrier_is_refused():
    outcome = decide(with_papers(carrier="sagawa_e3"), text(MINE), RULES)
    assert outcome.say.key == "waybill.other_carrier"
    assert (outcome.say.args["carrier"], outcome.say.args["wanted_carrier"]) == ("yamato_b2", "sagawa_e3")


# --- a waybill that belongs elsewhere -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "more", "said"),
    [
        (another(), {}, "waybill.other_order"),
        (another(), {"offset": 1}, "waybill.next_one"),
        (another(), {"offset": -1}, "waybill.previous_one"),
        (another(), {"offset": 4}, "waybill.other_order"),
        (another(carrier="sagawa_e3"), {}, "waybill.other_carrier_order"),
        (another(state=WaybillState.ATTACHED), {}, "waybill.on_another"),
        (another(state=WaybillState.HANDED_OVER), {}, "waybill.handed_over"),
        (another(state=WaybillState.VOID), {}, "waybill.void"),
        (another(state=WaybillState.REJECTED), {}, "waybill.rejected"),
        (another(), {"order_version": 2}, "waybill.old_version"),
        (another(state=WaybillState.VOID), {"order_version": 2}, "waybill.old_version"),
        (another(state=WaybillState.VOID), {"order_state": OrderState.CANCELLED}, "waybill.cancelled"),
        (another(order=7, ship_number="12-034", state=WaybillState.VOID), {}, "waybill.void"),
        (another(order=7, ship_number="12-034", state=WaybillState.VOID), {"order_version": 2}, "waybill.old_version"),
    ],
)
def test_every_wrong_waybill_has_its_own_sentence(other, more, said):
    outcome = decide(with_papers(), scanned(other, **more), RULES)
    assert outcome.say.key == said
    assert outcome.say.args["other"] == other.ship_number
    assert outcome.facts == ()


def test_a_void_waybill_says_why():
    void = another(state=WaybillState.VOID, reason="waybill.void.asked_again")
    assert decide(with_papers(), scanned(void), RULES).say.args["why"] == "waybill.void.asked_again"
    assert decide(with_papers(), scanned(replace(void, reason="")), RULES).say.args["why"] == "waybill.why.office"


def test_of_two_waybills_with_one_number_the_living_one_is_named():
    """Carriers give numbers out again after some months."""
    gone = another(ship_number="3-001", order=3, id=9, state=WaybillState.VOID)
    both = Seen(read(gone.number), waybills=(found(gone), found(another())))
    assert decide(with_papers(), both, RULES).say.args["other"] == "12-035"


def test_the_second_neighbour_in_a_row_at_another_order_says_that_the_stack_is_off():
    bench = with_papers(off_by=1, off_order=6)
    outcome = decide(bench, scanned(another(), offset=1), RULES)
    assert (outcome.say.key, outcome.say.args["count"]) == ("waybill.stack_off", 1)


@pytest.mark.parametrize(("off_by", "off_order"), [(1, 7), (-1, 6), (0, None), (1, None)])
def test_one_neighbour_alone_or_twice_at_one_order_is_no_stack_that_is_off(off_by, off_order):
    bench = with_papers(off_by=off_by, off_order=off_order)
    assert key(bench, scanned(another(), offset=1)) == "waybill.next_one"


def test_a_stack_that_is_off_by_more_is_recognised_as_well():
    bench = with_papers(off_by=-3, off_order=6)
    outcome = decide(bench, scanned(another(), offset=-3), RULES)
    assert (outcome.say.key, outcome.say.args["count"]) == ("waybill.stack_off", 3)


# --- a number that nobody knows -----------------------------------------------------------------------------------


def test_an_unknown_number_is_refused_with_the_digits_that_are_wanted():
    outcome = decide(with_papers(), text(tracking(999)), RULES)
    assert (outcome.say.key, outcome.say.args["last4"]) == ("waybill.unknown", MINE[-4:])


def test_a_misread_number_is_called_misread():
    wrong = MINE[:-1] + str((int(MINE[-1]) + 1) % 7)
    assert key(with_papers(), text(wrong)) == "waybill.misread"


def test_half_of_the_wanted_number_is_called_half():
    assert key(with_papers(), text(MINE[:9])) == "code.half"


def test_an_order_whose_waybill_was_never_requested_says_so():
    bench = replace(with_papers(), waybills=())
    assert key(bench, text(MINE)) == "waybill.none"


def test_a_number_that_was_not_imported_yet_is_refused_and_the_parcel_can_be_set_aside():
    bench = with_papers(waybills=(UNNUMBERED,))
    assert key(bench, text(MINE), PACKER) == "waybill.not_numbered"
    assert key(bench, command("later"), PACKER) == "later.parked"


def test_a_waybill_that_the_carrier_rejected_says_why():
    refused = waybill(number="", state=WaybillState.REJECTED, reason="お届け先電話番号")
    outcome = decide(with_papers(waybills=(refused,)), text(MINE), PACKER)
    assert (outcome.say.key, outcome.say.args["why"]) == ("waybill.rejected", "お届け先電話番号")


def test_goods_at_the_waybill_are_answered_as_goods():
    assert key(with_papers(), goods(1)) == "item.complete"
    assert key(with_papers(), goods(5)) == "item.wrong"


@pytest.mark.parametrize(
    ("bench", "said"),
    [
        (Bench(), "waybill.slip_first"),
        (with_papers(line(), slips=()), "waybill.slip_first"),
        (with_papers(line(wanted=2)), "waybill.goods_first"),
        (with_papers(line(done=1), line(2, short=1)), "waybill.goods_first"),
    ],
)
def test_a_waybill_before_its_time_is_named_and_waits(bench, said):
    outcome = decide(bench, scanned(another()), RULES)
    assert (outcome.say.key, outcome.say.args["other"]) == (said, "12-035")


# --- written by hand ----------------------------------------------------------------------------------------------


def test_a_number_is_written_in_by_right_when_it_is_scanned_twice():
    bench = with_papers(waybills=(UNNUMBERED,))
    asked = decide(bench, text(tracking(7)), RULES)
    assert asked.say.key == "waybill.hand_ask"
    assert asked.facts == (Asked(Question(QuestionKind.HAND_WAYBILL, order=7, code=tracking(7))),)
    bench = fold(bench, asked.facts, "a")
    given = decide(bench, text(tracking(7)), RULES)
    assert given.say.key == "order.closed"
    assert given.facts == (HandNumbered(341, tracking(7)), Attached(341, tracking(7)), Closed())


@pytest.mark.parametrize("raw", ["12345678901", "123456789012", "EF123456785JP"])
def test_a_number_of_an_odd_form_is_confirmed_and_not_refused(raw):
    _, keys = played(with_papers(waybills=(UNNUMBERED,)), text(raw), text(raw))
    assert keys == ["waybill.hand_ask_odd", "order.closed"]


def test_another_number_does_not_confirm():
    bench, keys = played(with_papers(waybills=(UNNUMBERED,)), text(tracking(7)), text(tracking(8)))
    assert keys == ["waybill.hand_ask", "waybill.hand_ask"]
    assert bench.question.code == tracking(8)


def test_a_number_that_is_known_is_never_written_in():
    asked, _ = played(with_papers(waybills=(UNNUMBERED,)), text(another().number))
    assert key(asked, scanned(another())) == "waybill.other_order"


def test_a_leaders_badge_straight_after_the_number_asks_whether_it_is_written_in():
    bench = with_papers(waybills=(UNNUMBERED,), unknown=tracking(7))
    outcome = decide(bench, Seen(read("KU-L1"), person=LEADER), PACKER)
    assert outcome.say.key == "waybill.hand_ask"
    packer = Person(1, "P1", "山田", Role.PACKER)
    assert key(bench, Seen(read("KU-P1"), person=packer), PACKER) == "person.signed_in"


def test_without_the_right_nothing_is_written_in():
    _, keys = played(with_papers(waybills=(UNNUMBERED,)), *[text(tracking(7))] * 2, rules=PACKER)
    assert keys == ["waybill.not_numbered"] * 2


def test_the_pieces_of_one_hand_written_waybill_are_asked_for_one_by_one():
    blank = tuple(replace(each, number="", state=WaybillState.REQUESTED) for each in pieces(2))
    _, keys = played(with_papers(waybills=blank, parcel_count=2), *[text(tracking(7))] * 4)
    assert keys == ["waybill.hand_ask", "waybill.piece", "waybill.hand_ask", "order.closed"]


# --- closed without -----------------------------------------------------------------------------------------------


def test_a_leader_closes_without_the_waybill_with_a_reason():
    bench, keys = played(with_papers(), command("done"), command("r-damaged"))
    assert keys == ["override.ask", "order.closed_unlabelled"]
    assert bench.trail[-1].reason == "damaged"
    undone, keys = played(bench, command("undo"))
    assert keys == ["undo.reopened"]
    assert ask(undone, RULES).kind is AskKind.WAYBILL


def test_closing_without_the_waybill_needs_the_right():
    assert key(with_papers(), command("done"), PACKER) == "override.leader_needed"


def test_the_waybill_that_turns_up_answers_the_question_for_the_reason():
    _, keys = played(with_papers(), command("done"), text(MINE))
    assert keys == ["override.ask", "order.closed"]


def test_reasons_of_another_question_do_not_answer():
    asked, _ = played(with_papers(), command("done"))
    assert key(asked, command("r-thick")) == "reason.another"
    short, _ = played(with_papers(line(wanted=2)), command("short"))
    assert key(short, command("r-heavy")) == "reason.another"
    again, _ = played(with_papers(), command("reprint"))
    assert key(again, command("r-heavy")) == "reason.another"


# --- short goods and the waybill ----------------------------------------------------------------------------------


def short_bench():
    return with_papers(line(done=1), line(2, short=1))


def test_going_on_without_the_shorts_asks_for_the_waybill_which_closes_short():
    bench, keys = played(short_bench(), command("done"), text(MINE))
    assert keys == ["short.accepted", "order.closed_short"]
    assert bench.order.state is OrderState.VERIFIED


def test_going_on_without_the_shorts_is_undone_by_itself():
    start = short_bench()
    bench, keys = played(start, command("done"), command("undo"))
    assert keys == ["short.accepted", "undo.accepted"]
    assert bench == start


def test_nothing_is_short_once_everything_is_in():
    assert key(with_papers(), command("short")) == "short.all_in"


# --- the label that follows the close -----------------------------------------------------------------------------

LATER = Papers(slip=True, waybill=True, at_close=True)


def test_where_waybills_are_made_at_the_close_the_last_goods_close_and_request():
    outcome = decide(with_papers(line(wanted=1), papers=LATER), goods(1), RULES)
    assert outcome.say.key == "order.closed_label_later"
    assert outcome.facts[-1] == Closed(request=True)
    short = with_papers(line(done=1), line(2, short=1), papers=LATER)
    assert decide(short, command("done"), RULES).facts == (Closed(short=True, request=True),)


def test_a_parcel_that_was_filled_before_it_was_set_aside_is_closed_by_a_word():
    bench = with_papers(papers=LATER)
    assert ask(bench, RULES).kind is AskKind.CLOSE
    assert decide(bench, command("done"), RULES).facts == (Closed(request=True),)
    assert key(on_bench(line(done=1)), command("done")) == "order.closed"
    empty = on_bench(line(short=1), line(2, wanted=0))
    assert key(empty, command("done")) == "done.nothing_packed"


def waiting(*waybills, **more):
    return of(
        "KO-12-034-1", line(done=1), state=OrderState.VERIFIED, parcel=5, unlabelled=True,
        waybills=waybills or (waybill(),), **more,
    )  # fmt: skip


def test_the_slip_of_a_closed_parcel_without_label_asks_for_the_label_and_its_scan_attaches():
    outcome = decide(Bench(), waiting(), RULES)
    assert outcome.say.key == "label.ask"
    assert isinstance(outcome.facts[0], LabelWanted)
    bench, keys = played(Bench(), waiting(), text(MINE))
    assert keys == ["label.ask", "label.attached"]
    assert bench.order.state is OrderState.VERIFIED
    assert ask(bench, RULES).kind is AskKind.ORDER


def test_every_piece_of_a_closed_parcel_is_labelled():
    two = pieces(2)
    _, keys = played(Bench(), waiting(*two, parcel_count=2), text(two[0].number), text(two[1].number))
    assert keys == ["label.ask", "waybill.piece", "label.attached"]


def test_a_label_that_follows_is_undone_and_wanted_again():
    bench, keys = played(Bench(), waiting(), text(MINE), command("undo"))
    assert keys[-1] == "undo.label"
    assert ask(bench, RULES).kind is AskKind.LABEL
    assert bench.waybills[0].state is WaybillState.NUMBERED


def test_a_label_whose_number_is_not_here_yet_says_so():
    bench, keys = played(Bench(), waiting(UNNUMBERED), text(MINE), rules=PACKER)
    assert keys == ["label.not_yet", "waybill.not_numbered"]
    assert key(bench, command("later")) == "question.dismissed"


def test_a_badge_at_the_label_leaves_it_wanted():
    bench, _ = played(Bench(), waiting())
    outcome = decide(bench, Seen(read("KU-L1"), person=LEADER), RULES)
    assert outcome.facts == (SignedIn(LEADER), Asked(Question(QuestionKind.LABEL, order=7)))


def test_a_parcel_that_left_meanwhile_is_not_labelled():
    bench, _ = played(Bench(), waiting())
    gone = replace(bench, order=replace(bench.order, state=OrderState.SHIPPED))
    outcome = decide(gone, text(MINE), RULES)
    assert (outcome.say.key, outcome.facts) == ("label.gone", (Dropped(),))


def test_a_held_parcel_is_not_labelled():
    bench, _ = played(Bench(), waiting())
    assert key(replace(bench, held=True), text(MINE)) == "order.held_meanwhile"
    assert key(Bench(), waiting(holds=("by_hand",))) == "order.already_verified"


# --- set aside, one piece more, another service -------------------------------------------------------------------


@pytest.mark.parametrize(
    "bench",
    [
        on_bench(line(wanted=2, done=1)),
        with_papers(line(), slips=()),
        with_papers(line(wanted=2, done=1)),
        with_papers(line(done=1), line(2, short=1)),
        with_papers(),
        with_papers(line(wanted=2, done=1), held=True),
    ],
)
def test_a_parcel_is_set_aside_at_any_time(bench):
    outcome = decide(bench, command("later"), RULES)
    assert (outcome.say.key, outcome.facts) == ("later.parked", (Parked(),))
    assert ask(fold(bench, outcome.facts, "a"), RULES).kind is AskKind.ORDER


def test_nothing_is_set_aside_where_nothing_is_open():
    assert key(Bench(), command("later")) == "later.nothing"
    assert key(Bench(), command("parcel")) == "parcel.nothing"
    assert key(Bench(), command("service")) == "service.nothing"


def test_a_parcel_that_was_set_aside_goes_on_where_it_stood():
    aside = of("KO-12-034-1", line(wanted=3, done=2), parked=True, parcel=5, slips=("12-034-1",))
    outcome = decide(Bench(), aside, RULES)
    assert (outcome.say.key, outcome.say.args["left"]) == ("order.resumed", 1)
    assert fold(Bench(), outcome.facts, "a").done == 2


def test_one_piece_more_makes_a_new_version_where_the_service_takes_it():
    outcome = decide(with_papers(), Seen(read("KP-PARCEL"), most_pieces=5), RULES)
    assert (outcome.say.key, outcome.facts) == (
        "parcel.added",
        (PieceAdded(2), BoxOpened(2, 1, new=True, by_hand=True), Parked()),
    )


def test_one_piece_more_waits_for_the_leader_where_the_service_does_not():
    outcome = decide(with_papers(), Seen(read("KP-PARCEL"), most_pieces=1), RULES)
    assert (outcome.say.key, outcome.facts) == ("parcel.service", (ServiceWanted("pieces"), Parked()))


@pytest.mark.parametrize("reason", ["thick", "heavy", "other"])
def test_another_service_is_asked_for_with_a_reason(reason):
    bench, keys = played(with_papers(line(wanted=2, done=1)), command("service"))
    assert keys == ["service.ask"]
    outcome = decide(bench, command(f"r-{reason}"), RULES)
    assert (outcome.say.key, outcome.facts) == ("service.parked", (ServiceWanted(reason), Parked()))


def test_orders_without_a_carrier_have_no_service_to_change():
    assert key(on_bench(), command("service")) == "service.no_carrier"
    assert key(on_bench(), command("parcel")) == "box.opened"


def test_handing_back_with_labels_on_says_that_they_come_off():
    bench, _ = played(with_papers(waybills=pieces(2), parcel_count=2), text(MINE))
    outcome = decide(bench, command("cancel"), RULES)
    assert (outcome.say.key, outcome.facts) == ("order.handed_back_label", (HandedBack(),))


# --- what happened meanwhile --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", [goods(1), command("undo"), command("done"), command("cancel"), text(MINE)])
def test_an_order_that_has_another_version_now_is_set_aside_at_the_next_scan(seen):
    outcome = decide(with_papers(changed=True), seen, RULES)
    assert (outcome.say.key, outcome.facts) == ("order.changed_meanwhile", (Parked(),))


def test_an_order_that_the_office_took_away_leaves_the_bench():
    outcome = decide(with_papers(lost=True), goods(1), RULES)
    assert (outcome.say.key, outcome.facts) == ("order.changed_meanwhile", (Dropped(),))


def test_without_rights_of_a_leader_everything_else_of_the_loop_is_done():
    assert Right.WAYBILL_OVERRIDE not in PACKER.rights
    assert PACKER.rights < EVERYONE
    _, keys = played(Bench(), of("KO-12-034-1", line(), waybills=(waybill(),)), goods(1), text(MINE), rules=PACKER)
    assert keys == ["order.opened", "pack.all_in", "order.closed"]
