"""Boxes, cartons, what goes in beside the goods, and the scale at the bench: one rule a test."""

from dataclasses import replace

import pytest

from app.domain.asking import AskKind, ask, rank_of
from app.domain.barcode import read
from app.domain.bench import Bench, Box, KnownCarton, Pending, Refused, Rules, Seen, Step, StepKind
from app.domain.boxes import inside, instead_of
from app.domain.facts import (
    Allowed,
    Asked,
    BoxOpened,
    CartonChosen,
    Closed,
    InsertPacked,
    InsertShort,
    Moved,
    Packed,
    Parked,
    PieceAdded,
    ServiceChosen,
    ServiceWanted,
    ShortAccepted,
    SplitOff,
    Weighed,
    fold,
)
from app.domain.orders import OrderState
from app.domain.packing import decide
from app.domain.people import EVERYONE, Person, Right, Role
from app.domain.weight_suspects import Suspect, Suspicion
from app.domain.weights import Part
from tests.makers import (
    carton,
    command,
    ean,
    extra,
    goods,
    known,
    line,
    on_bench,
    order,
    plan,
    text,
    tracking,
    waybill,
    weighed,
    with_papers,
)

RULES = Rules(station="1")
SCALE = Rules(station="1", scale=True, overridable=frozenset({"weight"}))
LEADER = Person(2, "L1", "佐藤", Role.LEADER)
NO_FIT, THICK = "KP-R-NOFIT", "KP-R-THICK"


def key(bench, seen, rules=RULES):
    return decide(bench, seen, rules).say.key


def played(bench, *scans, rules=RULES):
    """Scan one after the other, each an act of its own; return the bench and the keys."""
    keys = []
    for number, seen in enumerate(scans):
        outcome = decide(bench, seen, rules)
        keys.append(outcome.say.key)
        bench = fold(bench, outcome.facts, f"act-{number}-{len(bench.trail)}")
    return bench, keys


def planned(*lines, boxes, instead=(), **more):
    """A bench with an open order and the cartons that were proposed for it."""
    own = {name: more.pop(name) for name in ("carrier", "parcel_count", "weight_check") if name in more}
    return Bench(order=order(plan=plan(*boxes, instead=instead), **own), lines=lines, **more)


def two_boxes():
    """One piece of line 1 in box 1, and box 2 in hand."""
    bench, _ = played(on_bench(line(wanted=3), line(2)), goods(1), command("parcel"))
    return bench


def listed(code, raw=NO_FIT, **more):
    """A reason against the carton, and the one that comes next in the list."""
    return Seen(read(raw), carton=KnownCarton(code, f"Carton {code}", **more))


# --- which box and which carton -----------------------------------------------------------------------------------


def test_the_goods_are_asked_for_with_their_box_and_carton():
    wanted = ask(planned(line(1), line(2), boxes=[("60", [(1, 1)]), ("80", [(2, 1)])]), RULES)
    assert (wanted.box, wanted.boxes, wanted.carton) == (1, 2, "60")
    assert wanted.plain()["carton"] == "60"


def test_an_order_of_one_box_without_a_proposal_says_nothing_of_boxes():
    assert "box" not in ask(on_bench(line(wanted=2)), RULES).plain()


def test_what_is_asked_about_the_box_names_its_carton():
    bench = planned(line(wanted=2), boxes=[("60", [(1, 2)])])
    outcome = decide(bench, command("box"), RULES)
    assert outcome.say.key == "box.ask"
    assert (outcome.say.args["box"], outcome.say.args["carton"]) == (1, "60")
    assert ask(fold(bench, outcome.facts, "a"), RULES).kind is AskKind.BOX


def test_another_carton_is_taken_by_its_code():
    bench = planned(line(wanted=2), boxes=[("60", [(1, 2)])])
    outcome = decide(bench, carton("100"), RULES)
    assert outcome.say.key == "carton.chosen"
    assert outcome.facts == (CartonChosen(1, "100", "", "60", ""),)
    assert ask(fold(bench, outcome.facts, "a"), RULES).carton == "100"


def test_a_second_choice_remembers_the_first_one():
    bench, _ = played(planned(line(wanted=2), boxes=[("60", [(1, 2)])]), carton("100"))
    assert decide(bench, carton("120"), RULES).facts == (CartonChosen(1, "120", "100", "", ""),)


def test_undo_brings_the_proposed_carton_back():
    start = planned(line(wanted=2), boxes=[("60", [(1, 2)])])
    bench, keys = played(start, carton("100"), command("undo"))
    assert keys[-1] == "undo.carton"
    assert bench == start
    assert bench.carton_of(1) == "60"


def test_the_carton_that_it_is_already_changes_nothing():
    outcome = decide(planned(line(wanted=2), boxes=[("60", [(1, 2)])]), carton("60"), RULES)
    assert (outcome.say.key, outcome.facts) == ("carton.same", ())


def test_a_carton_that_is_not_in_the_list_is_refused():
    assert key(on_bench(line(wanted=2)), text("KX-NOBODY")) == "carton.unknown"


def test_what_does_not_fit_takes_the_next_carton_of_the_list():
    bench = planned(line(wanted=2), boxes=[("60", [(1, 2)])], instead=("80", "100"))
    assert instead_of(bench) == "80"
    outcome = decide(bench, listed("80"), RULES)
    assert outcome.facts == (CartonChosen(1, "80", "", "60", "no_fit"),)
    assert instead_of(fold(bench, outcome.facts, "a")) == "100"


def test_a_carton_outside_the_list_has_no_next_one():
    bench, _ = played(planned(line(wanted=2), boxes=[("60", [(1, 2)])], instead=("80",)), carton("140"))
    assert instead_of(bench) == ""
    assert key(bench, command("r-nofit")) == "carton.no_other"


def test_nothing_comes_after_the_last_carton_of_the_list():
    bench, _ = played(planned(line(wanted=2), boxes=[("60", [(1, 2)])], instead=("80",)), listed("80"))
    assert instead_of(bench) == ""


def test_a_box_that_was_never_proposed_has_no_list():
    bench, _ = played(planned(line(wanted=2), boxes=[("60", [(1, 2)])], instead=("80",)), command("parcel"))
    assert (bench.box, instead_of(bench)) == (2, "")


def test_too_thick_is_said_after_the_box_was_named():
    bench = planned(line(wanted=2), boxes=[("mailer", [(1, 2)])], instead=("60",))
    assert key(bench, listed("60", THICK)) == "reason.not_asked"
    asked, _ = played(bench, command("box"))
    outcome = decide(asked, listed("60", THICK), RULES)
    assert outcome.facts == (CartonChosen(1, "60", "", "mailer", "thick"),)


def test_another_reason_is_none_about_a_box():
    asked, _ = played(on_bench(line(wanted=2)), command("box"))
    assert key(asked, command("r-heavy")) == "reason.another"


def test_the_makers_own_carton_is_one():
    outcome = decide(planned(line(wanted=2), boxes=[("60", [(1, 2)])]), command("maker"), RULES)
    assert outcome.say.key == "carton.chosen"
    assert outcome.facts == (CartonChosen(1, "OWN", "", "60", "maker"),)


def test_the_makers_own_carton_twice_changes_nothing():
    bench, _ = played(on_bench(line(wanted=2)), command("maker"))
    assert key(bench, command("maker")) == "carton.same"


def test_a_carton_that_the_service_does_not_take_waits_for_another_service():
    bench = planned(line(wanted=2), boxes=[("mailer", [(1, 2)])], carrier="yamato_b2")
    outcome = decide(bench, carton("60", suits=False), RULES)
    assert outcome.say.key == "carton.service"
    assert outcome.facts == (CartonChosen(1, "60", "", "mailer", ""), ServiceWanted("carton"), Parked())
    thick = decide(replace(bench, box=1), listed("60", suits=False), RULES)
    assert thick.facts[1] == ServiceWanted("no_fit")


def test_the_service_follows_a_carton_where_another_one_takes_the_order():
    bench = planned(line(wanted=2), boxes=[("mailer", [(1, 2)])], carrier="yamato_b2")
    outcome = decide(bench, carton("60", suits=False, follow="yamato_b2/takkyubin"), RULES)
    assert outcome.say.key == "carton.follows"
    assert outcome.facts[1:] == (ServiceChosen("yamato_b2/takkyubin"), Parked())


def test_an_order_without_a_carrier_takes_every_carton():
    assert key(on_bench(line(wanted=2)), carton("60", suits=False)) == "carton.chosen"


def test_a_box_that_was_weighed_keeps_its_carton():
    bench, _ = played(labelled_bench(), weighed(500), rules=SCALE)
    for seen in (carton("100"), listed("80"), command("maker")):
        assert key(bench, seen, SCALE) == "move.weighed"


# --- several boxes ------------------------------------------------------------------------------------------------


def test_one_more_box_is_opened_and_the_next_goods_go_into_it():
    bench, keys = played(on_bench(line(wanted=3)), goods(1), command("parcel"), goods(1))
    assert keys == ["pack.ok", "box.opened", "pack.ok"]
    assert inside(bench.trail) == {(1, 1): 1, (1, 2): 1}


def test_a_box_within_the_pieces_of_the_order_needs_no_new_waybill():
    bench = with_papers(line(wanted=2), parcel_count=2, waybills=(waybill(pieces=2), waybill(piece=2, pieces=2)))
    outcome = decide(bench, Seen(read("KP-PARCEL"), most_pieces=9), RULES)
    assert outcome.facts == (BoxOpened(2, 1, new=True, by_hand=True),)


def test_a_box_more_than_the_pieces_of_the_order_asks_for_new_waybills():
    bench = with_papers(line(wanted=2))
    outcome = decide(bench, Seen(read("KP-PARCEL"), most_pieces=9), RULES)
    assert outcome.facts == (PieceAdded(2), BoxOpened(2, 1, new=True, by_hand=True), Parked())


def test_a_box_more_than_the_service_takes_waits_for_another_service():
    outcome = decide(with_papers(line(wanted=2)), Seen(read("KP-PARCEL"), most_pieces=1), RULES)
    assert outcome.say.key == "parcel.service"
    assert outcome.facts == (ServiceWanted("pieces"), Parked())


def test_switching_goes_round_the_boxes():
    bench, keys = played(two_boxes(), command("switch"))
    assert (keys, bench.box) == (["box.switched"], 1)
    bench, _ = played(bench, command("switch"))
    assert bench.box == 2


def test_there_is_nothing_to_switch_to_where_there_is_one_box():
    assert key(on_bench(line(wanted=2)), command("switch")) == "box.only_one"


def test_undo_brings_the_box_before_back():
    start, _ = played(on_bench(line(wanted=3)), goods(1))
    bench, keys = played(start, command("parcel"), command("undo"))
    assert keys[-1] == "undo.box"
    assert bench == start
    there = two_boxes()
    switched, _ = played(there, command("switch"), command("undo"))
    assert switched == there


def test_the_proposal_opens_its_boxes_by_itself():
    bench = planned(line(1), line(2), line(3), boxes=[("60", [(1, 1)]), ("80", [(2, 1), (3, 1)])])
    bench, keys = played(bench, goods(1), goods(2))
    assert keys == ["pack.ok", "pack.ok"]
    assert inside(bench.trail) == {(1, 1): 1, (2, 2): 1}
    assert [step.kind for step in bench.trail] == [StepKind.PACK, StepKind.BOX, StepKind.PACK]
    assert (bench.box, bench.box_count, bench.free) == (2, 2, False)


def test_one_undo_takes_back_the_piece_and_the_box_it_opened():
    start, _ = played(planned(line(1), line(2), line(3), boxes=[("60", [(1, 1)]), ("80", [(2, 1), (3, 1)])]), goods(1))
    bench, keys = played(start, goods(2), command("undo"))
    assert keys[-1] == "undo.packed"
    assert bench == start


def test_goods_of_a_later_box_open_that_one_and_the_next_goods_go_back():
    bench = planned(line(1), line(2, wanted=2), boxes=[("60", [(1, 1)]), ("80", [(2, 2)])])
    bench, _ = played(bench, goods(2))
    assert (bench.box, ask(bench, RULES).box) == (2, 1)
    bench, _ = played(bench, goods(1))
    assert (bench.box, inside(bench.trail)) == (1, {(2, 2): 1, (1, 1): 1})


def test_a_box_far_behind_brings_those_before_it_and_one_undo_takes_all_of_them_back():
    start = planned(line(1), line(2), line(3), boxes=[("60", [(1, 1)]), ("60", [(2, 1)]), ("80", [(3, 1)])])
    bench, _ = played(start, goods(3))
    assert [each.piece for each in bench.boxes] == [2, 3]
    bench, _ = played(bench, command("undo"))
    assert bench == start


def test_undo_of_a_switch_keeps_the_box_that_was_switched_to():
    start, _ = played(two_boxes(), command("switch"))
    bench, keys = played(start, command("switch"), command("undo"))
    assert keys == ["box.switched", "undo.box"]
    assert bench == start


def test_a_packer_who_switches_parts_the_goods_by_himself():
    bench = planned(line(1), line(2, wanted=2), boxes=[("60", [(1, 1)]), ("80", [(2, 2)])])
    bench, _ = played(bench, goods(1), goods(2), command("switch"), goods(2))
    assert bench.free
    assert inside(bench.trail) == {(1, 1): 1, (2, 2): 1, (2, 1): 1}


def test_a_box_beyond_the_proposal_is_filled_although_the_proposal_knows_better():
    bench = planned(line(wanted=3), boxes=[("60", [(1, 3)])])
    bench, _ = played(bench, goods(1), command("parcel"), goods(1))
    assert inside(bench.trail) == {(1, 1): 1, (1, 2): 1}
    assert bench.free


def test_a_proposed_box_is_asked_for_and_the_proposal_still_stands():
    bench = planned(line(1), line(2), line(3), boxes=[("60", [(1, 1), (2, 1)]), ("80", [(3, 1)])])
    bench, _ = played(bench, goods(1), command("parcel"), goods(2))
    assert inside(bench.trail) == {(1, 1): 1, (2, 1): 1}
    assert (bench.free, bench.box_count, ask(bench, RULES).box) == (False, 2, 2)


def test_a_proposed_box_without_a_waybill_of_its_own_is_not_opened_by_itself():
    boxes = [("60", [(1, 1)]), ("80", [(2, 2)])]
    bench, _ = played(planned(line(1), line(2, wanted=2), boxes=boxes, carrier="yamato_b2"), goods(1), goods(2))
    assert inside(bench.trail) == {(1, 1): 1, (2, 1): 1}
    bench = planned(line(1), line(2, wanted=2), boxes=boxes, carrier="yamato_b2", parcel_count=2)
    bench, _ = played(bench, goods(1), goods(2))
    assert inside(bench.trail) == {(1, 1): 1, (2, 2): 1}


def test_one_product_on_several_lines_goes_into_the_box_that_is_asked_for():
    bench = planned(line(1, 1, 2), line(2, 1), line(3), boxes=[("60", [(2, 1), (1, 1)]), ("80", [(1, 1), (3, 1)])])
    for _ in range(3):
        asked = ask(bench, RULES)
        bench, _ = played(bench, goods(1))
        assert bench.trail[-1].line == asked.line.id
        assert bench.trail[-1].box == asked.box
    assert inside(bench.trail) == {(2, 1): 1, (1, 1): 1, (1, 2): 1}


def test_a_full_line_does_not_say_which_box_another_one_of_its_product_goes_into():
    bench = planned(line(1, 1, done=1), line(2, 1, 2), boxes=[("60", [(1, 1)]), ("80", [(2, 2)])])
    assert decide(bench, goods(1), RULES).facts[-1].box == 2


def test_pieces_of_which_the_proposal_knows_nothing_go_into_the_box_in_hand():
    bench = planned(line(1), line(9, wanted=2), boxes=[("60", [(1, 1)])])
    bench, keys = played(bench, goods(9))
    assert (keys, inside(bench.trail)) == (["pack.ok"], {(9, 1): 1})


def test_the_waybill_is_asked_for_with_the_box_it_sticks_on():
    bench = with_papers(
        line(done=1), parcel_count=2, waybills=(waybill(pieces=2), waybill(piece=2, pieces=2)), boxes=(Box(2),), box=2
    )
    assert ask(bench, RULES).box == 1
    bench, _ = played(bench, text(tracking(341)))
    assert ask(bench, RULES).box == 2


# --- a piece is moved ---------------------------------------------------------------------------------------------


def test_a_piece_is_moved_into_the_box_in_hand():
    bench, keys = played(two_boxes(), command("move"), goods(1))
    assert keys == ["move.ask", "move.done"]
    assert inside(bench.trail)[1, 2] == 1
    assert inside(bench.trail)[1, 1] == 0
    assert bench.lines[0].done == 1


def test_undo_puts_a_moved_piece_back():
    start = two_boxes()
    bench, keys = played(start, command("move"), goods(1), command("undo"))
    assert keys[-1] == "undo.moved"
    assert bench == start


def test_a_piece_that_lies_in_no_other_box_is_not_moved():
    asked, _ = played(two_boxes(), command("move"))
    assert key(asked, goods(2)) == "move.not_in_other"
    moved, _ = played(asked, goods(1))
    assert played(moved, command("move"), goods(1))[1] == ["move.ask", "move.not_in_other"]


def test_of_several_products_with_one_code_the_one_in_the_other_box_is_moved():
    asked, _ = played(two_boxes(), command("move"))
    both = Seen(read(ean(1)), products=(known(7), known(1)))
    assert decide(asked, both, RULES).facts == (Moved(1, 1, 1, 1, 2),)


def test_there_is_nothing_to_move_where_there_is_one_box():
    assert key(on_bench(line(wanted=2)), command("move")) == "box.only_one"


def test_nothing_is_moved_once_a_box_was_weighed():
    bench = weighing_bench(line(done=1), boxes=(Box(2),))
    bench, _ = played(bench, weighed(500), rules=SCALE)
    assert key(bench, command("move"), SCALE) == "move.weighed"


# --- what goes in beside the goods --------------------------------------------------------------------------------


def last_piece(**more):
    return on_bench(line(wanted=1), **more)


def test_after_the_last_piece_comes_what_goes_in_beside_it():
    outcome = decide(last_piece(extras=(extra(), extra(58, 8, 2))), goods(1), RULES)
    assert outcome.say.key == "pack.inserts_now"
    assert (outcome.say.args["insert"], outcome.say.args["inserts"]) == ("Paper 57", 3)
    wanted = ask(fold(last_piece(extras=(extra(),)), outcome.facts, "a"), RULES)
    assert (wanted.kind, wanted.extra.paper) == (AskKind.INSERT, "KN-57")


def test_a_leaflet_is_scanned_like_goods_and_comes_from_its_shelf():
    bench = on_bench(line(done=1), extras=(extra(58, 8, 2),))
    outcome = decide(bench, goods(8), RULES)
    assert outcome.say.key == "insert.ok"
    assert outcome.facts == (InsertPacked(58, 8, "0" + ean(8), 1, "shelf:A-08"),)


def test_the_last_leaflet_closes_an_order_without_a_waybill():
    bench, keys = played(on_bench(line(done=1), extras=(extra(58, 8),)), goods(8))
    assert keys == ["order.closed"]
    assert bench.order.state is OrderState.VERIFIED


def test_the_last_leaflet_goes_on_to_the_waybill():
    assert key(with_papers(line(done=1), extras=(extra(58, 8),)), goods(8)) == "insert.all_in"


def test_a_leaflet_may_go_in_before_the_goods():
    bench, keys = played(on_bench(line(wanted=2), extras=(extra(58, 8), extra())), goods(8), text("KN-57"))
    assert keys == ["insert.ok_early", "insert.ok_early"]
    assert ask(bench, RULES).kind is AskKind.ITEM


def test_a_paper_that_was_printed_for_the_order_goes_in_by_its_code():
    bench = on_bench(line(done=1), extras=(extra(),))
    assert decide(bench, text("KN-57"), RULES).facts[0] == InsertPacked(57, None, "KN-57", 1)


def test_the_paper_of_another_order_is_refused():
    outcome = decide(on_bench(line(done=1), extras=(extra(),)), text("KN-58"), RULES)
    assert (outcome.say.key, outcome.facts) == ("insert.not_here", ())


def test_the_same_paper_twice_changes_nothing():
    outcome = decide(on_bench(line(wanted=2), extras=(extra(done=1),)), text("KN-57"), RULES)
    assert (outcome.say.key, outcome.facts) == ("insert.already", ())


def test_more_leaflets_than_wanted_are_refused():
    bench = on_bench(line(done=1), extras=(extra(58, 8, 2),))
    assert key(bench, goods(8, 6)) == "item.too_many"
    full = on_bench(line(wanted=2), extras=(extra(58, 8, done=1),))
    outcome = decide(full, goods(8), RULES)
    assert (outcome.say.key, outcome.say.args["wanted"]) == ("item.complete", 1)


def test_goods_that_were_sold_go_before_the_same_goods_as_a_present():
    bench = on_bench(line(1, 8), extras=(extra(58, 8),))
    bench, keys = played(bench, goods(8), goods(8))
    assert keys == ["pack.inserts_now", "order.closed"]
    assert [step.kind for step in bench.trail][:2] == [StepKind.PACK, StepKind.INSERT]


def test_a_code_of_two_products_asks_which_where_one_of_them_goes_in_beside():
    both = Seen(read(ean(1)), products=(known(8), known(9)))
    assert key(on_bench(line(wanted=2), extras=(extra(58, 8),)), both) == "which.ask"


def test_a_leaflet_that_ran_out_is_passed_by_with_a_reason():
    bench = on_bench(line(done=1), extras=(extra(58, 8, 3), extra()))
    bench, keys = played(bench, goods(8), command("short"))
    assert keys[-1] == "insert.short_ask"
    outcome = decide(bench, command("r-missing"), RULES)
    assert outcome.facts == (InsertShort(58, 2, "missing"),)
    assert ask(fold(bench, outcome.facts, "a"), RULES).extra.paper == "KN-57"


def test_a_parcel_does_not_wait_for_the_last_leaflet():
    bench, keys = played(on_bench(line(done=1), extras=(extra(58, 8),)), command("short"), command("r-other"))
    assert keys == ["insert.short_ask", "order.closed"]
    assert bench.extras[0].short == 1


def test_a_reason_that_is_none_leaves_the_leaflet_wanted():
    asked, _ = played(on_bench(line(done=1), extras=(extra(58, 8),)), command("short"))
    assert key(asked, command("r-thick")) == "reason.another"


def test_a_leaflet_that_is_not_asked_for_any_more_cannot_run_out():
    asked, _ = played(on_bench(line(done=1), extras=(extra(58, 8), extra())), command("short"))
    assert key(replace(asked, extras=(extra(),)), command("r-missing")) == "insert.gone"


def test_a_leaflet_that_turns_up_answers_the_question_for_the_reason():
    bench, keys = played(on_bench(line(done=1), extras=(extra(58, 8), extra())), command("short"), goods(8))
    assert keys == ["insert.short_ask", "insert.ok"]
    assert bench.question is None


def test_nothing_closes_before_what_goes_in_beside_the_goods():
    bench = with_papers(line(done=1), extras=(extra(),))
    assert key(bench, command("done")) == "insert.first"
    assert key(bench, text(tracking(341))) == "insert.first"


def test_what_is_short_is_accepted_before_what_goes_in_beside():
    bench = on_bench(line(done=1), line(2, short=1), extras=(extra(),))
    assert ask(bench, RULES).kind is AskKind.CLOSE_SHORT
    outcome = decide(bench, command("done"), RULES)
    assert outcome.say.key == "short.inserts_now"
    assert outcome.facts == (ShortAccepted(),)
    closed = decide(fold(bench, outcome.facts, "a"), text("KN-57"), RULES)
    assert closed.say.key == "order.closed_short"


@pytest.mark.parametrize(("seen", "said"), [(text("KN-57"), "undo.insert"), (command("short"), "undo.insert_short")])
def test_undo_takes_an_insert_out_or_wants_it_again(seen, said):
    start = on_bench(line(done=1), extras=(extra(), extra(58, 8)))
    more = (command("r-missing"),) if said == "undo.insert_short" else ()
    bench, _ = played(start, seen, *more)
    outcome = decide(bench, command("undo"), RULES)
    assert outcome.say.key == said
    assert outcome.say.args["name"] == "Paper 57"
    assert fold(bench, outcome.facts, "u") == start


def test_an_insert_is_no_goods_of_another_order():
    bench = on_bench(line(wanted=2), extras=(extra(58, 8),))
    assert key(bench, goods(8, elsewhere="12-035")) == "insert.ok_early"


# --- the scale ----------------------------------------------------------------------------------------------------


def weighing_bench(*lines, check="refuse", **more):
    return Bench(order=order(weight_check=check), lines=lines or (line(done=1),), **more)


def labelled_bench(*lines, **more):
    bench = with_papers(*lines, **more)
    return replace(bench, order=replace(bench.order, weight_check="refuse"))


def suspicion(kind, name="茶漉し", pieces=1, other=""):
    return Suspicion(kind, "p1", name, Part.GOODS, pieces, 0.8, "p2" if other else "", other)


def test_the_last_piece_asks_for_the_weight_where_a_scale_stands():
    bench = weighing_bench(line(wanted=1))
    assert key(bench, goods(1), SCALE) == "pack.weigh_now"
    assert key(bench, goods(1), RULES) == "order.closed"


def test_a_shop_that_does_not_weigh_is_not_asked():
    assert key(weighing_bench(line(wanted=1), check="off"), goods(1), SCALE) == "order.closed"


def test_the_weight_comes_after_what_goes_in_beside():
    bench = weighing_bench(line(done=1), extras=(extra(),))
    assert ask(bench, SCALE).kind is AskKind.INSERT
    assert key(bench, text("KN-57"), SCALE) == "insert.weigh_now"


def test_the_weight_comes_after_what_is_short_was_accepted():
    bench = weighing_bench(line(done=1), line(2, short=1))
    outcome = decide(bench, command("done"), SCALE)
    assert outcome.say.key == "short.weigh_now"
    bench = fold(bench, outcome.facts, "a")
    assert key(bench, weighed(500), SCALE) == "order.closed_short"


def test_a_right_weight_goes_on_to_the_waybill():
    outcome = decide(labelled_bench(), weighed(510), SCALE)
    assert outcome.say.key == "weight.ok"
    assert outcome.facts == (Weighed(1, 510, 500, 20),)


def test_a_right_weight_closes_an_order_without_a_waybill():
    outcome = decide(weighing_bench(), weighed(500), SCALE)
    assert outcome.say.key == "order.closed"
    assert outcome.facts == (Weighed(1, 500, 500, 20), Closed())


def test_nothing_closes_before_the_box_was_on_the_scale():
    assert key(labelled_bench(), text(tracking(341)), SCALE) == "weight.first"
    assert key(labelled_bench(), command("done"), SCALE) == "weight.first"


def test_every_box_is_weighed_one_after_the_other():
    waybills = (waybill(pieces=2), waybill(piece=2, pieces=2))
    bench = labelled_bench(line(done=1), parcel_count=2, waybills=waybills, boxes=(Box(2),), box=2)
    assert ask(bench, SCALE).box == 1
    bench, keys = played(bench, weighed(500), rules=SCALE)
    assert (keys, ask(bench, SCALE).box) == (["weight.next_box"], 2)
    bench, keys = played(bench, weighed(300, 300), rules=SCALE)
    assert (keys, ask(bench, SCALE).kind) == (["weight.ok"], AskKind.WAYBILL)
    assert [each.weight_g for each in bench.boxes] == [500, 300]


def test_the_last_piece_names_the_box_that_goes_onto_the_scale_first():
    outcome = decide(weighing_bench(line(wanted=1), boxes=(Box(2),), box=2), goods(1), SCALE)
    assert outcome.say.key == "pack.weigh_now"
    assert (outcome.say.args["box"], outcome.say.args["boxes"]) == (1, 2)


def test_a_hand_on_the_scale_is_no_box():
    assert key(weighing_bench(), weighed(4), SCALE) == "weight.empty"


@pytest.mark.parametrize(
    ("grams", "suspects", "said"),
    [
        (450, (), "weight.light"),
        (550, (), "weight.heavy"),
        (450, (suspicion(Suspect.MISSING),), "weight.missing"),
        (450, (suspicion(Suspect.MISSING), suspicion(Suspect.CARTON)), "weight.missing_or"),
        (550, (suspicion(Suspect.EXTRA),), "weight.extra"),
        (550, (suspicion(Suspect.EXTRA), suspicion(Suspect.SWAPPED)), "weight.extra_or"),
        (450, (suspicion(Suspect.SWAPPED, other="急須"),), "weight.swapped"),
        (450, (suspicion(Suspect.SWAPPED, other="急須"), suspicion(Suspect.MISSING)), "weight.swapped_or"),
        (550, (suspicion(Suspect.CARTON, other="100"),), "weight.carton"),
        (550, (suspicion(Suspect.CARTON, other="100"), suspicion(Suspect.EXTRA)), "weight.carton_or"),
    ],
)
def test_a_wrong_weight_is_refused_with_what_is_most_likely_wrong(grams, suspects, said):
    outcome = decide(weighing_bench(), weighed(grams, suspects=suspects), SCALE)
    assert (outcome.say.key, outcome.facts) == (said, ())
    assert (outcome.say.args["grams"], outcome.say.args["difference"]) == (grams, 50)
    if suspects:
        assert outcome.say.args["item"] == "茶漉し"
        assert len(outcome.say.args["suspects"]) == len(suspects)


def test_every_kind_of_suspicion_has_its_sentence():
    for kind in Suspect:
        assert key(weighing_bench(), weighed(450, suspects=(suspicion(kind),)), SCALE).startswith("weight.")


def stopped(bench=None):
    """A bench whose box was refused by the scale, as the station keeps it."""
    bench = bench or weighing_bench()
    outcome = decide(bench, weighed(450), SCALE)
    assert outcome.say.args["allow"] == "weight"
    pending = outcome.say.args["pending"]
    return replace(bench, refused=Refused("weight", Pending(pending["code"], quantity=pending["quantity"])))


def test_a_leaders_badge_lets_a_box_pass_with_a_reason():
    bench = stopped()
    asked = decide(bench, Seen(read("KU-L1"), person=LEADER), SCALE)
    assert asked.say.key == "allow.weight"
    assert asked.say.args["leader"] == "佐藤"
    outcome = decide(fold(bench, asked.facts, "a"), command("r-other"), SCALE)
    assert outcome.facts == (
        Weighed(1, 450, 500, 20, "other", 2),
        Allowed("weight", None, 1, "other", 2, "450 g / 500 g"),
        Closed(),
    )


def test_whoever_has_the_right_lets_a_box_pass_by_a_code():
    bench, keys = played(replace(stopped(), person=LEADER), command("allow"), command("r-damaged"), rules=SCALE)
    assert keys == ["allow.weight", "order.closed"]
    assert bench.boxes[0].why == "damaged"


def test_a_packer_lets_no_box_pass():
    packer = replace(SCALE, rights=EVERYONE - {Right.ALLOW})
    assert key(stopped(), command("allow"), packer) == "allow.leader_needed"


def test_a_shop_may_let_nobody_pass_a_wrong_weight():
    outcome = decide(weighing_bench(), weighed(450), replace(SCALE, overridable=frozenset()))
    assert "allow" not in outcome.say.args


def test_a_reason_that_is_none_lets_no_box_pass():
    bench = stopped()
    asked = fold(bench, decide(bench, Seen(read("KU-L1"), person=LEADER), SCALE).facts, "a")
    assert key(asked, command("r-thick"), SCALE) == "reason.another"


def test_a_shop_may_only_warn():
    bench = replace(labelled_bench(), order=replace(labelled_bench().order, weight_check="warn"))
    outcome = decide(bench, weighed(450, suspects=(suspicion(Suspect.MISSING),)), SCALE)
    assert outcome.say.key == "weight.warned"
    assert outcome.facts == (
        Weighed(1, 450, 500, 20, "warned"),
        Allowed("weight", None, 1, "warned", None, "450 g / 500 g"),
    )


def test_a_scale_that_fails_stops_no_parcel():
    outcome = decide(labelled_bench(), text("KG-FAULT"), SCALE)
    assert outcome.say.key == "weight.no_scale"
    assert outcome.facts == (Weighed(1, None, why="no_scale"),)
    assert ask(fold(labelled_bench(), outcome.facts, "a"), SCALE).kind is AskKind.WAYBILL


def test_a_weight_that_nobody_asked_for_is_refused():
    assert key(on_bench(line(wanted=2)), weighed(500), SCALE) == "weight.not_asked"


def test_undo_weighs_the_box_again():
    start = labelled_bench()
    bench, keys = played(start, weighed(500), command("undo"), rules=SCALE)
    assert keys == ["weight.ok", "undo.weight"]
    assert bench == start


# --- in which order -----------------------------------------------------------------------------------------------


def test_goods_come_in_the_order_of_the_proposal():
    bench = planned(line(1), line(2), line(3), boxes=[("60", [(3, 1), (1, 1), (2, 1)])])
    asked = []
    for _ in range(3):
        wanted = ask(bench, RULES)
        asked.append(wanted.line.id)
        bench, _ = played(bench, goods(wanted.line.product))
    assert asked == [3, 1, 2]


def test_a_packer_may_scan_in_another_order_than_the_proposal():
    bench = planned(line(1), line(2), boxes=[("60", [(2, 1), (1, 1)])])
    assert key(bench, goods(1)) == "pack.ok"


def test_where_nothing_was_proposed_heavy_goods_come_first_and_fragile_ones_last():
    words = ("heavy_first", "fragile_last", "cold_last")
    ranks = [
        rank_of(words, False, 2_000, "ambient"),
        rank_of(words, False, 300, "ambient"),
        rank_of(words, True, 300, "ambient"),
        rank_of(words, False, 5_000, "chilled"),
        rank_of(words, True, 300, "frozen"),
    ]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)
    bench = on_bench(line(1, rank=ranks[2]), line(2, rank=ranks[1]), line(3, rank=ranks[0]))
    assert ask(bench, RULES).line.id == 3


def test_a_shop_without_words_packs_as_the_lines_stand():
    assert rank_of((), True, 9_000, "frozen") == 0


def test_a_line_already_begun_goes_on_before_heavier_goods():
    bench = on_bench(line(1, wanted=2, done=1, rank=3), line(2, rank=0))
    assert ask(bench, RULES).line.id == 1


def test_how_goods_are_packed_is_told_once_with_their_first_piece():
    bench = on_bench(line(1, wanted=2, note="立てて入れる"), line(2, wanted=2))
    first = decide(bench, goods(1), RULES)
    assert first.say.args["note"] == "立てて入れる"
    second = decide(fold(bench, first.facts, "a"), goods(1), RULES)
    assert "note" not in second.say.args


def test_what_is_short_of_a_set_names_the_set():
    asked, _ = played(on_bench(line(1, set_name="茶器セット"), line(2)), command("short"))
    assert decide(asked, command("r-missing"), RULES).say.args["set"] == "茶器セット"


# --- the rest goes later ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [(line(wanted=3, done=1),), (line(done=1), line(2, short=1))])
def test_what_is_not_packed_becomes_an_order_of_its_own(lines):
    outcome = decide(on_bench(*lines), command("split"), RULES)
    assert outcome.say.key == "split.done"
    assert outcome.facts == (SplitOff(), Parked())
    assert outcome.say.args["packed"] == 1


@pytest.mark.parametrize(
    ("bench", "said"),
    [
        (on_bench(line(wanted=2)), "split.nothing_packed"),
        (on_bench(line(done=1), line(2), followers=(order(id=8),)), "split.merged"),
        (on_bench(line(wanted=3, done=1, picked=3)), "split.picked"),
        (with_papers(line(done=1)), "split.all_in"),
    ],
)
def test_an_order_is_not_parted_where_that_makes_no_sense(bench, said):
    assert key(bench, command("split")) == said


def test_parting_an_order_needs_the_right_to_close_short():
    rules = Rules("1", rights=EVERYONE - {Right.CLOSE_SHORT})
    assert key(on_bench(line(wanted=3, done=1)), command("split"), rules) == "done.leader_needed"


# --- the record ---------------------------------------------------------------------------------------------------


def test_what_lies_where_is_read_from_the_trail():
    trail = (
        Step("a", StepKind.PACK, 1, 1, quantity=6, box=1),
        Step("b", StepKind.PACK, 2, 2, quantity=1, box=2),
        Step("c", StepKind.MOVE, 1, 1, quantity=1, source="1", box=2),
        Step("d", StepKind.SHORT, 2, quantity=1),
    )
    assert inside(trail) == {(1, 1): 5, (1, 2): 1, (2, 2): 1}


def test_a_parcel_that_was_set_aside_comes_back_with_its_boxes():
    bench, _ = played(two_boxes(), carton("80"))
    aside, _ = played(bench, command("later"))
    assert (aside.boxes, aside.box, aside.extras, aside.free) == ((), 1, (), False)


def test_an_order_that_was_handed_back_leaves_no_boxes():
    bench, _ = played(two_boxes(), command("cancel"))
    assert (bench.boxes, bench.box, bench.free) == ((), 1, False)


def test_a_question_about_boxes_is_answered_before_goods():
    asked, _ = played(on_bench(line(wanted=2)), command("box"))
    assert isinstance(decide(on_bench(line(wanted=2)), command("box"), RULES).facts[0], Asked)
    assert key(asked, goods(1)) == "answer.first"


def test_goods_say_into_which_box_they_went_where_there_are_several():
    assert decide(two_boxes(), goods(1), RULES).say.args["box"] == 2
    assert "box" not in decide(on_bench(line(wanted=3)), goods(1), RULES).say.args


def test_pieces_of_one_scan_go_into_one_box():
    bench = planned(line(wanted=8), line(2), boxes=[("60", [(1, 4)]), ("80", [(1, 4), (2, 1)])])
    packed = [fact for fact in decide(bench, goods(1, 6), RULES).facts if isinstance(fact, Packed)]
    assert [(fact.quantity, fact.box) for fact in packed] == [(6, 1)]
