"""What a picker's scans mean, one rule a test."""

from dataclasses import replace

import pytest

from app.domain.jobs import (
    AtShelf,
    CountWanted,
    Hand,
    HandDropped,
    JobFinished,
    JobState,
    JobTaken,
    Picker,
    PickSeen,
    PickShort,
    PickUndone,
    Put,
    Rerouted,
    Skipped,
    Told,
    ToteBound,
    ToteInUse,
    WalkRules,
    fold,
)
from app.domain.modes import Stage
from app.domain.outcome import Level
from app.domain.people import EVERYONE, Right
from app.domain.pick_asking import PickAskKind, ask
from app.domain.picking import decide
from app.domain.products import Handling
from tests.makers import ean, itf
from tests.pickers import LEADER, job, pick, picker, seen, taking

RULES = WalkRules(station="cart-1")


def said(picker, *texts, rules=RULES, **more):
    """Scan texts one after the other; return the picker and the last outcome."""
    outcome = None
    for number, text in enumerate(texts):
        code = text if isinstance(text, PickSeen) else seen(text, **more)
        outcome = decide(picker, code, rules)
        picker = fold(picker, outcome.facts, f"act-{number}-{text if isinstance(text, str) else 'x'}")
    return picker, outcome


def facts_of(outcome, kind):
    return [fact for fact in outcome.facts if isinstance(fact, kind)]


# --- the way of one piece -----------------------------------------------------------------------------------------


def test_shelf_then_goods_then_tote():
    here = picker(pick(1, wanted=2), pick(2))
    assert ask(here, RULES).kind is PickAskKind.SHELF
    here, _ = said(here, "KS-A-01")
    assert (ask(here, RULES).kind, ask(here, RULES).quantity) == (PickAskKind.ITEM, 2)
    here, outcome = said(here, ean(1), ean(1))
    assert (outcome.say.key, ask(here, RULES).kind, ask(here, RULES).held) == ("hand.taken", PickAskKind.PLACE, 2)
    here, outcome = said(here, "KT-T-1")
    (put,) = facts_of(outcome, Put)
    assert (put.quantity, put.source, put.target, put.tote) == (2, "shelf:A-01", "picked:1", "T-1")
    assert ask(here, RULES).pick.shelf == "A-02"


def test_the_last_piece_ends_the_job():
    here, outcome = said(picker(pick()), "KS-A-01", ean(1), "KT-T-1")
    assert outcome.say.key == "pick.finished"
    assert facts_of(outcome, JobFinished)
    assert here.job.state is JobState.DONE
    assert ask(here, RULES).kind is PickAskKind.JOB


def test_goods_before_the_shelf_are_refused_where_the_shelf_is_required():
    _, outcome = said(picker(pick()), ean(1))
    assert (outcome.say.level, outcome.say.key, outcome.say.args["wanted_shelf"]) == (
        Level.REFUSED, "shelf.first", "A-01",
    )  # fmt: skip


def test_an_optional_shelf_may_be_left_out_but_not_be_the_wrong_one():
    here = picker(pick(), shelf="optional")
    assert said(here, ean(1))[1].say.key == "hand.taken"
    assert said(here, "KS-A-02")[1].say.key == "shelf.wrong"


def test_the_wrong_shelf_is_refused_and_one_that_comes_later_is_called_so():
    here = picker(pick(1), pick(2))
    assert said(here, "KS-A-09")[1].say.key == "shelf.wrong"
    assert said(here, "KS-A-02")[1].say.key == "shelf.comes_later"


def test_goods_of_another_shelf_are_named_with_their_shelf():
    _, outcome = said(picker(pick(1), pick(2)), "KS-A-01", ean(2))
    assert (outcome.say.key, outcome.say.args["other"]) == ("item.other_shelf", "A-02")


def test_two_kinds_on_one_shelf_may_be_taken_in_any_order():
    here = picker(pick(1, shelf="A-01"), pick(2, shelf="A-01"))
    here, outcome = said(here, "KS-A-01", ean(2), "KT-T-1")
    assert facts_of(outcome, Put)[0].pick == 2


def test_goods_that_are_in_no_pick_are_refused():
    _, outcome = said(picker(pick(1)), "KS-A-01", ean(5))
    assert (outcome.say.key, outcome.facts) == ("item.wrong_pick", ())


def test_one_piece_too_many_is_refused():
    _, outcome = said(picker(pick(1)), "KS-A-01", ean(1), ean(1))
    assert outcome.say.key == "hand.enough"


def test_a_case_counts_its_pieces_and_never_more_than_wanted():
    assert said(picker(pick(1, wanted=3)), "KS-A-01", itf(1))[1].say.args["held"] == 3
    assert said(picker(pick(1, wanted=2)), "KS-A-01", itf(1))[1].say.key == "item.too_many"


def test_the_wrong_tote_is_refused_with_the_order_that_it_is_for():
    here = picker(pick(1, order=1), pick(2, order=2))
    _, outcome = said(here, "KS-A-01", ean(1), "KT-T-2")
    assert (outcome.say.key, outcome.say.args["other"], outcome.say.args["other_ship"]) == ("place.wrong", 2, "12-002")
    assert said(here, "KS-A-01", ean(1), "KT-X-9")[1].say.key == "place.foreign"


@pytest.mark.parametrize("code", [ean(2), "KS-A-02", "KP-LATER", "KP-DONE"])
def test_what_is_in_hand_is_put_before_anything_else(code):
    here = picker(pick(1, wanted=2), pick(2))
    assert said(here, "KS-A-01", ean(1), code)[1].say.key == "hand.put_first"


def test_some_of_the_pieces_may_be_put_and_the_rest_taken_after():
    here, outcome = said(picker(pick(1, wanted=3)), "KS-A-01", ean(1), "KT-T-1")
    assert outcome.say.key == "put.ok"
    assert (ask(here, RULES).kind, ask(here, RULES).quantity) == (PickAskKind.ITEM, 2)


def test_one_scan_a_line_counts_all_of_it_where_the_shop_says_so():
    _, outcome = said(picker(pick(1, wanted=4), scan="line"), "KS-A-01", ean(1))
    assert outcome.say.args["held"] == 4


def test_goods_that_need_each_piece_scanned_are_never_counted_by_the_line():
    strict = seen(ean(1))
    known = replace(strict.seen.products[0], handling=Handling(unit_scan=True))
    strict = replace(strict, seen=replace(strict.seen, products=(known,)))
    _, outcome = said(picker(pick(1, wanted=4), scan="line"), "KS-A-01", strict)
    assert outcome.say.args["held"] == 1


def test_the_shelf_alone_is_enough_where_the_shop_says_so():
    here, outcome = said(picker(pick(1, wanted=4), scan="shelf"), "KS-A-01")
    assert outcome.say.args["held"] == 4
    assert ask(here, RULES).kind is PickAskKind.PLACE


# --- together -----------------------------------------------------------------------------------------------------


def test_a_total_pick_fills_one_order_after_the_other_and_goes_to_the_wall():
    here = picker(pick(1, 1, 2, order=1), pick(2, 1, 3, order=2), mode="total")
    assert said(here, "KS-A-01")[1].say.args["left"] == 5
    _, outcome = said(here, "KS-A-01", itf(1))
    assert [(put.order, put.quantity, put.target) for put in facts_of(outcome, Put)] == [
        (1, 2, "bulk:5"), (2, 1, "bulk:5"),
    ]  # fmt: skip


def test_an_undo_takes_back_everything_of_the_act():
    here = picker(pick(1, 1, 2, order=1), pick(2, 1, 3, order=2), mode="total")
    here, outcome = said(here, "KS-A-01", itf(1), "KP-UNDO")
    (undone,) = facts_of(outcome, PickUndone)
    assert [step.quantity for step in undone.steps] == [2, 1]
    assert here.job.done == 0


def test_the_wall_gives_goods_first_to_the_order_that_is_nearest_to_complete():
    rules = replace(RULES, stage=Stage.SORT)
    here = picker(pick(1, 1, order=1), pick(2, 2, order=1), pick(3, 1, order=2), mode="total", stage=Stage.SORT)
    here, outcome = said(here, ean(1), rules=rules)
    assert (outcome.say.args["place"], outcome.say.args["tote"]) == (2, "A2")
    _, outcome = said(here, "KW-A2", rules=rules)
    (put,) = facts_of(outcome, Put)
    assert (put.source, put.target, outcome.say.key) == ("bulk:4", "picked:2", "put.order_complete")


def test_a_slot_that_is_not_lit_is_refused():
    rules = replace(RULES, stage=Stage.SORT)
    here = picker(pick(1, 1, order=1), pick(2, 2, order=2), mode="total", stage=Stage.SORT)
    assert said(here, ean(1), "KW-A2", rules=rules)[1].say.key == "place.wrong"
    here, _ = said(here, ean(1), "KW-A1", rules=rules)
    assert said(here, "KW-A1", rules=rules)[1].say.level is Level.REFUSED, "a slot scanned twice counts once"


def test_at_the_wall_the_slot_that_waits_in_vain_is_asked_for():
    rules = replace(RULES, stage=Stage.SORT)
    here = picker(pick(1, 1, order=1), pick(2, 2, 2, order=2), mode="total", stage=Stage.SORT)
    here, outcome = said(here, "KP-SHORT", rules=rules)
    assert (outcome.say.key, ask(here, rules).kind) == ("short.which_slot", PickAskKind.SHORT_LINE)
    assert said(here, "KW-B9", rules=rules)[1].say.key == "short.not_at_wall"
    here, outcome = said(here, "KW-A2", "KP-R-MISSING", rules=rules)
    (short,) = facts_of(outcome, PickShort)
    assert (short.order, short.quantity, facts_of(outcome, CountWanted)) == (2, 2, [])
    assert said(here, "KP-SHORT", rules=rules)[1].say.key == "short.ask", "only one thing is left to be short"


def test_single_pieces_are_booked_on_the_orders_that_want_them():
    here = picker(pick(1, 1, order=1), pick(2, 1, order=2), mode="singles")
    _, outcome = said(here, "KS-A-01", ean(1))
    assert [(put.order, put.target) for put in facts_of(outcome, Put)] == [(1, "picked:1")]


# --- paper --------------------------------------------------------------------------------------------------------


def test_the_code_of_the_list_again_says_that_all_is_picked():
    here = picker(pick(1, wanted=2), pick(2), mode="paper")
    assert ask(here, RULES).kind is PickAskKind.LIST
    here, outcome = said(here, taking(here.job, "KL-12-3"))
    assert (here.job.done, outcome.say.key) == (3, "pick.finished")


def test_a_short_on_paper_is_told_by_its_goods_and_the_number_that_was_there():
    here = picker(pick(1, 1, 2, order=1), pick(2, 1, 3, order=2), pick(3, 3, 1, order=2), mode="paper")
    here, _ = said(here, "KP-SHORT", ean(1))
    assert ask(here, RULES).kind is PickAskKind.FOUND
    here, outcome = said(here, "4", "KP-R-MISSING")
    assert [(fact.order, fact.quantity) for fact in facts_of(outcome, PickShort)] == [(2, 1)]
    here, outcome = said(here, taking(here.job, "KL-12-3"))
    assert (outcome.say.key, here.job.done, here.job.short) == ("pick.finished_short", 5, 1)


# --- short, later, empty ------------------------------------------------------------------------------------------


def test_a_short_offers_the_other_shelf_at_once():
    here, outcome = said(picker(pick(1, wanted=2)), "KS-A-01", "KP-SHORT", "KP-R-MISSING", others=(("B-01", 5),))
    assert (outcome.say.key, outcome.say.args["other"]) == ("short.other_shelf", "B-01")
    assert facts_of(outcome, CountWanted)[0].shelf == "A-01"
    here, outcome = said(here, "KS-B-01")
    assert facts_of(outcome, Rerouted)
    assert facts_of(outcome, AtShelf)
    _, outcome = said(here, ean(1), "KT-T-1")
    assert facts_of(outcome, Put)[0].source == "shelf:B-01"


def test_what_was_found_before_the_short_keeps_its_own_shelf():
    here, _ = said(picker(pick(1, wanted=2)), "KS-A-01", ean(1), "KP-SHORT", "KP-R-MISSING", others=(("B-01", 5),))
    here, _ = said(here, "KP-DONE")
    assert (ask(here, RULES).kind, ask(here, RULES).quantity) == (PickAskKind.PLACE, 1)
    here, outcome = said(here, "KT-T-1")
    assert facts_of(outcome, Put)[0].source == "shelf:A-01"
    assert ask(here, RULES).pick.shelf == "B-01"


def test_without_another_shelf_the_rest_is_short_and_somebody_counts():
    here = picker(pick(1, wanted=3), pick(2))
    _, outcome = said(here, "KS-A-01", ean(1), "KT-T-1", "KP-SHORT", "KP-R-DAMAGED")
    assert facts_of(outcome, PickShort)[0].quantity == 2
    assert facts_of(outcome, CountWanted)[0].reason == "damaged"


def test_a_stop_that_is_put_off_comes_last():
    here, outcome = said(picker(pick(1), pick(2), pick(3)), "KP-LATER")
    assert (outcome.say.key, facts_of(outcome, Skipped)[0].picks) == ("later.skipped", (1,))
    assert ask(here, RULES).pick.id == 2
    here, _ = said(here, "KP-LATER", "KP-LATER")
    assert ask(here, RULES).pick.id == 1
    assert said(picker(pick(1)), "KP-LATER")[1].say.key == "later.last_stop"


def test_an_empty_shelf_is_asked_about_and_going_on_says_yes():
    rules = replace(RULES, empty_check=True)
    here = picker(pick(1), pick(2))
    here, outcome = said(here, "KS-A-01", ean(1), seen("KT-T-1", on_shelf=1), rules=rules)
    assert (outcome.say.key, ask(here, rules).kind) == ("shelf.empty_ask", PickAskKind.EMPTY)
    assert said(here, "KS-A-02", rules=rules)[1].say.key == "shelf.ok"
    assert facts_of(said(here, "KP-SHORT", rules=rules)[1], CountWanted)[0].reason == "not_empty"


# --- totes --------------------------------------------------------------------------------------------------------


def test_totes_are_put_on_the_cart_before_the_walk():
    here = picker(pick(1, order=1), pick(2, order=2), totes=False)
    assert (ask(here, RULES).kind, ask(here, RULES).place.number) == (PickAskKind.TOTES, 1)
    assert said(here, "KS-A-01")[1].say.key == "tote.first"
    here, outcome = said(here, "KT-R-1")
    assert facts_of(outcome, ToteBound)[0] == ToteBound(1, "R-1", 1)
    assert said(here, "KT-R-1")[1].say.key == "tote.already_here"


def test_a_tote_in_use_is_refused_by_name():
    here = picker(pick(1), totes=False)
    used = said(here, seen("KT-R-1", in_use=ToteInUse("R-1", job="9-1")))[1]
    assert (used.say.key, used.say.args["job"]) == ("tote.in_use", "9-1")
    full = said(here, seen("KT-R-1", in_use=ToteInUse("R-1", ship_number="9-004")))[1]
    assert (full.say.key, full.say.args["ship_number"]) == ("tote.full_of", "9-004")


def test_a_full_tote_is_split():
    here, _ = said(picker(pick(1, wanted=2)), "KS-A-01", ean(1), "KT-T-1", ean(1), "KP-PARCEL")
    assert ask(here, RULES).kind is PickAskKind.NEW_TOTE
    here, outcome = said(here, "KT-T-8")
    assert outcome.say.key == "tote.split"
    assert said(here, "KT-T-1")[1].say.key == "place.full_one"
    assert facts_of(said(here, "KT-T-8")[1], Put)[0].tote == "T-8"


# --- taking, handing back, losing ---------------------------------------------------------------------------------


def waiting(*picks, **more):
    return job(*(picks or (pick(1),)), **({"state": JobState.WAITING, "totes": False} | more))


def test_the_next_job_is_taken():
    here, outcome = said(Picker(), taking(waiting()))
    assert (outcome.say.key, here.job.state) == ("job.taken", JobState.ACTIVE)
    assert said(Picker(), "KP-NEXT")[1].say.key == "pick.none_waiting"


def test_a_job_that_another_station_has_is_taken_over_by_the_same_code_again():
    theirs = taking(waiting(state=JobState.ACTIVE), "KL-12-3", holder="cart-2", leased=True)
    here, outcome = said(Picker(), theirs)
    assert (outcome.say.key, outcome.say.level) == ("job.take_over_ask", Level.QUESTION)
    _, outcome = said(here, theirs)
    assert facts_of(outcome, JobTaken)[0].taken_over == "cart-2"
    rules = replace(RULES, rights=EVERYONE - {Right.TAKE_OVER})
    assert said(Picker(), theirs, rules=rules)[1].say.key == "job.held"


def test_a_job_whose_lease_ran_out_is_simply_taken():
    gone = taking(waiting(state=JobState.ACTIVE), "KL-12-3", holder="cart-2")
    assert facts_of(said(Picker(), gone)[1], JobTaken)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"state": JobState.DONE}, "job.done_already"),
        ({"state": JobState.TAKEN_BACK}, "job.taken_back"),
        ({"mode": "total", "stage": Stage.SORT}, "job.at_the_wall"),
    ],
)
def test_a_job_that_cannot_be_taken_says_why(more, key):
    assert said(Picker(), taking(waiting(**more), "KL-12-3"))[1].say.key == key


def test_a_job_that_waits_for_another_names_it():
    _, outcome = said(Picker(), taking(waiting(), "KL-12-3", blocked=True, after="12-2"))
    assert (outcome.say.key, outcome.say.args["after"]) == ("job.blocked", "12-2")


def test_a_sort_takes_free_slots_of_the_wall():
    rules = replace(RULES, stage=Stage.SORT)
    sort = waiting(pick(1, order=1), pick(2, order=2), mode="total", stage=Stage.SORT)
    here, outcome = said(Picker(), taking(sort, free_slots=("A1", "B3")), rules=rules)
    assert facts_of(outcome, JobTaken)[0].slots == ("A1", "B3")
    assert [place.code for place in here.job.places] == ["A1", "B3"]
    assert said(Picker(), taking(sort, free_slots=("A1",)), rules=rules)[1].say.key == "sort.no_slots"


def test_handing_back_puts_what_is_in_hand_back():
    here, outcome = said(picker(pick(1, wanted=2)), "KS-A-01", ean(1), "KP-CANCEL")
    assert (outcome.say.key, facts_of(outcome, HandDropped), here.job) == ("job.paused_hand", [HandDropped()], None)


def test_a_job_goes_on_just_where_it_was():
    there = job(pick(1, wanted=2, done=1), shelf="A-01", hand=Hand(1, 1, ean(1), shelf="A-01"), state=JobState.PAUSED)
    here, outcome = said(Picker(), taking(there, "KC-7"))
    assert (outcome.say.key, ask(here, RULES).kind, ask(here, RULES).held) == ("job.resumed", PickAskKind.PLACE, 1)


# --- changes on the way -------------------------------------------------------------------------------------------


def test_a_cancelled_order_is_told_once_before_anything_counts():
    here = picker(pick(1, order=1, done=1, wanted=2, stopped="cancelled"), pick(2, order=2))
    assert ask(here, RULES).kind is PickAskKind.STOPPED
    here, outcome = said(here, "KS-A-02")
    assert (outcome.say.key, outcome.say.args["put_back"], outcome.say.args["tote"]) == (
        "pick.stopped_cancelled", 1, "T-1",
    )  # fmt: skip
    assert facts_of(outcome, Told)
    assert said(here, "KS-A-02")[1].say.key == "shelf.ok"


def test_what_stopped_is_taken_out_of_the_hand_too():
    here, _ = said(picker(pick(1), pick(2)), "KS-A-01", ean(1))
    stopped = tuple(replace(each, stopped="held") if each.id == 1 else each for each in here.job.picks)
    here, outcome = said(replace(here, job=replace(here.job, picks=stopped)), "KT-T-1")
    assert facts_of(outcome, HandDropped)
    assert ask(here, RULES).pick.id == 2


def test_when_everything_stopped_the_job_ends():
    here, outcome = said(picker(pick(1, stopped="cancelled")), "KP-DONE")
    assert facts_of(outcome, JobFinished)
    assert here.job.state is JobState.DONE


def test_nothing_is_undone_of_an_order_that_stopped():
    here, _ = said(picker(pick(1), pick(2)), "KS-A-01", ean(1), "KT-T-1")
    stopped = tuple(replace(each, stopped="cancelled", told=True) if each.id == 1 else each for each in here.job.picks)
    assert said(replace(here, job=replace(here.job, picks=stopped)), "KP-UNDO")[1].say.key == "undo.nothing_job"


# --- people -------------------------------------------------------------------------------------------------------


def test_a_badge_signs_in_and_leaves_the_question():
    here, _ = said(picker(pick(1)), "KP-SHORT")
    here, outcome = said(here, seen("KU-L1", person=LEADER))
    assert (outcome.say.key, here.person, ask(here, RULES).kind) == (
        "person.signed_in", LEADER, PickAskKind.SHORT_REASON,
    )  # fmt: skip


def test_nobody_picks_without_a_badge_where_one_is_wanted():
    rules = replace(RULES, signin_required=True)
    assert said(picker(pick(1)), "KS-A-01", rules=rules)[1].say.key == "signin.needed"


def test_a_number_may_be_typed_only_for_goods_that_allow_it():
    allowed = seen("KP-QUANTITY")
    known = replace(seen(ean(1)).seen.products[0], handling=Handling(keyed=True))
    allowed = replace(allowed, seen=replace(allowed.seen, products=(known,)))
    here, _ = said(picker(pick(1, wanted=20)), "KS-A-01", ean(1))
    here, outcome = said(here, allowed)
    assert outcome.say.key == "quantity.ask_pick"
    assert said(here, "21")[1].say.key == "quantity.too_many"
    assert said(here, "18")[1].say.args["held"] == 18
    assert said(here, allowed, rules=replace(RULES, keyed=False))[1].say.level is Level.REFUSED
