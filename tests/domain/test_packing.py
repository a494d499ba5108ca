"""What a scan at the bench means: one rule per test, and one table of every code at every question."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import boxes, closing, extras, guards, packing, weighing
from app.domain import goods as goods_rules
from app.domain import opening as opening_rules
from app.domain.asking import DETAILS, AskKind, ask
from app.domain.barcode import read
from app.domain.bench import Bench, Box, KnownCarton, Pending, Question, QuestionKind, Rules, Seen, Step, StepKind
from app.domain.facts import (
    Asked,
    Closed,
    Dismissed,
    Dropped,
    HandedBack,
    Opened,
    Packed,
    ReprintWanted,
    Shorted,
    SignedIn,
    Taught,
    Undone,
    fold,
)
from app.domain.gtin import has_good_check_digit
from app.domain.orders import OrderState, WaybillState
from app.domain.outcome import Level
from app.domain.packing import ANSWERS, decide
from app.domain.people import EVERYONE, Person, Right, Role
from app.domain.products import Handling, LotPolicy
from app.domain.seen import SeenKind, kind_of
from tests.makers import (
    candidate,
    carton,
    command,
    ean,
    extra,
    goods,
    itf,
    known,
    line,
    on_bench,
    order,
    text,
    tracking,
    waybill,
    weighed,
    with_papers,
)

RULES = Rules(station="1")
PACKER = Person(1, "P1", "山田", Role.PACKER)
LEADER = Person(2, "L1", "佐藤", Role.LEADER)
STRANGE = "0" + ean(99)


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


def asking(kind, **more):
    return Question(QuestionKind(kind), **more)


# --- every code at every question ---------------------------------------------------------------------------------

BENCHES = {
    AskKind.SIGN_IN: Bench(),
    AskKind.ORDER: Bench(),
    AskKind.ITEM: on_bench(line(wanted=2), line(2)),
    AskKind.CLOSE_SHORT: on_bench(line(wanted=2, done=2), line(2, short=1)),
    AskKind.SHORT_REASON: on_bench(line(wanted=2), line(2), question=asking("short_reason", line=1)),
    AskKind.REPRINT_REASON: on_bench(line(wanted=2), line(2), question=asking("reprint_reason", order=7)),
    AskKind.TAKE_OVER: Bench(question=asking("take_over", order=7)),
    AskKind.TEACH: on_bench(line(wanted=2), line(2), question=asking("teach", line=1, code=STRANGE)),
    AskKind.SLIP: with_papers(line(wanted=2), line(2), slips=()),
    AskKind.WAYBILL: with_papers(line(wanted=2, done=2), line(2, done=1)),
    AskKind.CLOSE: on_bench(line(wanted=2, done=2), line(2, done=1)),
    AskKind.LABEL: with_papers(line(done=1), state=OrderState.VERIFIED, question=asking("label", order=7)),
    AskKind.HAND_WAYBILL: with_papers(
        line(done=1),
        waybills=(waybill(number="", state=WaybillState.EXPORTED),),
        question=asking("hand_waybill", order=7, code=tracking(9)),
    ),
    AskKind.OVERRIDE_REASON: with_papers(line(done=1), question=asking("override_reason", order=7)),
    AskKind.SERVICE_REASON: with_papers(line(done=1), question=asking("service_reason", order=7)),
    AskKind.WHICH: on_bench(
        line(wanted=2), line(2), question=asking("which", pending=Pending("4901")), options=(known(1), known(2))
    ),
    AskKind.ONE_MORE: on_bench(
        line(wanted=2, done=1), line(2), question=asking("one_more", pending=Pending("0" + ean(1), 1))
    ),
    AskKind.LOT: on_bench(line(wanted=2), line(2), question=asking("lot", pending=Pending("0" + ean(1), 1))),
    AskKind.EXPIRY: on_bench(line(wanted=2), line(2), question=asking("expiry", pending=Pending("0" + ean(1), 1))),
    AskKind.SERIAL: on_bench(line(wanted=2), line(2), question=asking("serial", pending=Pending("0" + ean(1), 1))),
    AskKind.QUANTITY: on_bench(
        line(wanted=3, done=1), line(2), question=asking("quantity", line=1, pending=Pending("0" + ean(1), 1))
    ),
    AskKind.NO_CODE: on_bench(
        line(wanted=2), line(2), question=asking("no_code", line=1, pending=Pending("SKU-1", 1, how="no_code"))
    ),
    AskKind.ALLOW_REASON: on_bench(
        line(wanted=2), line(2), question=asking("allow_reason", code="serial", pending=Pending("0" + ean(1), 1))
    ),
    AskKind.INSERT: on_bench(line(wanted=2, done=2), line(2, done=1), extras=(extra(),)),
    AskKind.WEIGHT: Bench(order=order(weight_check="refuse"), lines=(line(wanted=2, done=2), line(2, done=1))),
    AskKind.BOX: on_bench(line(wanted=2), line(2), question=asking("box", order=7)),
    AskKind.MOVE: on_bench(
        line(wanted=2, done=1),
        line(2),
        question=asking("move", order=7),
        boxes=(Box(2),),
        box=2,
        trail=(Step("a", StepKind.PACK, 1, 1, quantity=1),),
    ),
}
LOTTED = {
    AskKind.LOT: LotPolicy.LOT,
    AskKind.EXPIRY: LotPolicy.EXPIRY,
    AskKind.SERIAL: LotPolicy.SERIAL,
}
"""What the product keeps about which it is asked."""
ABOUT = {
    kind: (known(1, handling=Handling(LOTTED.get(kind, LotPolicy.NONE))),)
    for kind in (*LOTTED, AskKind.QUANTITY, AskKind.NO_CODE, AskKind.ALLOW_REASON)
}
"""The goods that wait for the answer."""
SCANS = {
    SeenKind.NEXT: Seen(read("KP-NEXT"), candidates=(candidate(),)),
    SeenKind.DONE: command("done"),
    SeenKind.UNDO: command("undo"),
    SeenKind.SHORT: command("short"),
    SeenKind.CANCEL: command("cancel"),
    SeenKind.REPRINT: command("reprint"),
    SeenKind.TEACH: command("teach"),
    SeenKind.LATER: command("later"),
    SeenKind.PARCEL: Seen(read("KP-PARCEL"), most_pieces=9),
    SeenKind.SERVICE: command("service"),
    SeenKind.BOX: command("box"),
    SeenKind.SWITCH: command("switch"),
    SeenKind.MOVE: command("move"),
    SeenKind.MAKER: command("maker"),
    SeenKind.SPLIT: command("split"),
    SeenKind.NO_FIT: Seen(read("KP-R-NOFIT"), carton=KnownCarton("80", "Carton 80")),
    SeenKind.CARTON: carton("80"),
    SeenKind.INSERT: text("KN-57"),
    SeenKind.WEIGHT: weighed(500),
    SeenKind.QUANTITY: command("quantity"),
    SeenKind.NO_CODE: command("nocode"),
    SeenKind.ALLOW: command("allow"),
    SeenKind.CHOICE: command("1"),
    SeenKind.DETAIL: text("2"),
    SeenKind.REASON: command("r-missing"),
    SeenKind.PERSON: Seen(read("KU-P1"), person=PACKER),
    SeenKind.PRODUCT: goods(1),
    SeenKind.ORDER: Seen(read("A-1002"), candidates=(candidate(id=8, number="A-1002"),)),
    SeenKind.WAYBILL: text("A1234-5678-9013B"),
    SeenKind.LABEL: text("KS-A01"),
    SeenKind.UNKNOWN: text("nothing-has-this"),
}
EVERYWHERE = {
    SeenKind.NEXT: "answer.first",
    SeenKind.DONE: "answer.first",
    SeenKind.UNDO: "question.dismissed",
    SeenKind.SHORT: "answer.first",
    SeenKind.CANCEL: "question.dismissed",
    SeenKind.REPRINT: "answer.first",
    SeenKind.TEACH: "answer.first",
    SeenKind.LATER: "answer.first",
    SeenKind.PARCEL: "answer.first",
    SeenKind.SERVICE: "answer.first",
    SeenKind.BOX: "answer.first",
    SeenKind.SWITCH: "answer.first",
    SeenKind.MOVE: "answer.first",
    SeenKind.MAKER: "answer.first",
    SeenKind.SPLIT: "answer.first",
    SeenKind.NO_FIT: "answer.first",
    SeenKind.CARTON: "answer.first",
    SeenKind.INSERT: "answer.first",
    SeenKind.WEIGHT: "weight.not_asked",
    SeenKind.QUANTITY: "answer.first",
    SeenKind.NO_CODE: "answer.first",
    SeenKind.ALLOW: "answer.first",
    SeenKind.CHOICE: "choice.not_asked",
    SeenKind.REASON: "reason.not_asked",
    SeenKind.PERSON: "person.signed_in",
    SeenKind.PRODUCT: "answer.first",
    SeenKind.ORDER: "answer.first",
    SeenKind.WAYBILL: "waybill.not_wanted",
    SeenKind.LABEL: "label.not_wanted",
    SeenKind.UNKNOWN: "code.unknown",
}
"""What a code gets where a question stands, unless the question wants it."""
WORKING = EVERYWHERE | {
    SeenKind.NEXT: "next.while_open",
    SeenKind.UNDO: "undo.nothing",
    SeenKind.CANCEL: "order.handed_back",
    SeenKind.REPRINT: "reprint.ask",
    SeenKind.TEACH: "teach.nothing",
    SeenKind.LATER: "later.parked",
    SeenKind.PARCEL: "box.opened",
    SeenKind.SERVICE: "service.no_carrier",
    SeenKind.BOX: "box.ask",
    SeenKind.SWITCH: "box.only_one",
    SeenKind.MOVE: "box.only_one",
    SeenKind.MAKER: "carton.chosen",
    SeenKind.SPLIT: "split.all_in",
    SeenKind.NO_FIT: "carton.chosen",
    SeenKind.CARTON: "carton.chosen",
    SeenKind.INSERT: "insert.not_here",
    SeenKind.PRODUCT: "item.complete",
    SeenKind.ORDER: "order.other_open",
    SeenKind.QUANTITY: "quantity.nothing",
    SeenKind.NO_CODE: "nocode.nothing",
    SeenKind.ALLOW: "allow.nothing",
}
"""What a code gets while an order is open and no question stands."""
SLIP_FIRST = (SeenKind.DONE, SeenKind.SHORT, SeenKind.PRODUCT, SeenKind.BOX, SeenKind.SWITCH, SeenKind.MOVE,
              SeenKind.MAKER, SeenKind.SPLIT, SeenKind.NO_FIT, SeenKind.CARTON, SeenKind.INSERT)  # fmt: skip
"""What waits until the slip was scanned."""
CARRIED = {SeenKind.PARCEL: "parcel.added", SeenKind.SERVICE: "service.ask", SeenKind.ORDER: "slip.later_one"}
"""The same for an order that goes by a carrier."""
WANTED = {
    AskKind.SIGN_IN: dict.fromkeys(SeenKind, "signin.needed")
    | {SeenKind.PERSON: "person.signed_in", SeenKind.UNKNOWN: "code.unknown"},
    AskKind.ORDER: EVERYWHERE
    | {
        SeenKind.NEXT: "order.opened",
        SeenKind.DONE: "done.nothing_open",
        SeenKind.UNDO: "undo.nothing",
        SeenKind.SHORT: "short.nothing",
        SeenKind.CANCEL: "cancel.nothing_open",
        SeenKind.REPRINT: "reprint.nothing",
        SeenKind.TEACH: "teach.nothing",
        SeenKind.LATER: "later.nothing",
        SeenKind.PARCEL: "parcel.nothing",
        SeenKind.SERVICE: "service.nothing",
        SeenKind.BOX: "box.nothing",
        SeenKind.SWITCH: "box.nothing",
        SeenKind.MOVE: "box.nothing",
        SeenKind.MAKER: "box.nothing",
        SeenKind.SPLIT: "box.nothing",
        SeenKind.NO_FIT: "box.nothing",
        SeenKind.CARTON: "carton.nothing",
        SeenKind.INSERT: "insert.not_here",
        SeenKind.QUANTITY: "quantity.nothing",
        SeenKind.NO_CODE: "nocode.nothing",
        SeenKind.ALLOW: "allow.nothing",
        SeenKind.PRODUCT: "order.scan_first",
        SeenKind.ORDER: "order.opened",
    },
    AskKind.ITEM: WORKING
    | {SeenKind.DONE: "done.still_wanted", SeenKind.SHORT: "short.ask", SeenKind.PRODUCT: "pack.ok"}
    | {SeenKind.SPLIT: "split.nothing_packed"}
    | {
        SeenKind.LABEL: "label.shelf",
        SeenKind.QUANTITY: "quantity.scan_first",
        SeenKind.NO_CODE: "nocode.ask",
    },
    AskKind.CLOSE_SHORT: WORKING
    | {
        SeenKind.DONE: "order.closed_short",
        SeenKind.SHORT: "short.nothing",
        SeenKind.CANCEL: "order.handed_back_short",
        SeenKind.SPLIT: "split.done",
    },
    AskKind.INSERT: WORKING
    | {
        SeenKind.DONE: "insert.first",
        SeenKind.SHORT: "insert.short_ask",
        SeenKind.INSERT: "order.closed",
        SeenKind.WAYBILL: "insert.first",
        SeenKind.LABEL: "label.shelf",
    },
    AskKind.WEIGHT: WORKING
    | {
        SeenKind.DONE: "weight.first",
        SeenKind.SHORT: "short.all_in",
        SeenKind.WEIGHT: "order.closed",
        SeenKind.WAYBILL: "weight.first",
    },
    AskKind.BOX: EVERYWHERE
    | {
        SeenKind.PARCEL: "box.opened",
        SeenKind.SWITCH: "box.only_one",
        SeenKind.MOVE: "box.only_one",
        SeenKind.MAKER: "carton.chosen",
        SeenKind.NO_FIT: "carton.chosen",
        SeenKind.CARTON: "carton.chosen",
        SeenKind.REASON: "reason.another",
    },
    AskKind.MOVE: EVERYWHERE | {SeenKind.PRODUCT: "move.done"},
    AskKind.SLIP: WORKING | CARRIED | dict.fromkeys(SLIP_FIRST, "slip.first"),
    AskKind.WAYBILL: WORKING
    | CARRIED
    | {SeenKind.DONE: "override.ask", SeenKind.SHORT: "short.all_in", SeenKind.WAYBILL: "waybill.unknown"},
    AskKind.CLOSE: WORKING | {SeenKind.DONE: "order.closed", SeenKind.SHORT: "short.all_in"},
    AskKind.LABEL: EVERYWHERE | {SeenKind.LATER: "question.dismissed", SeenKind.WAYBILL: "waybill.unknown"},
    AskKind.HAND_WAYBILL: EVERYWHERE | {SeenKind.WAYBILL: "waybill.hand_ask"},
    AskKind.OVERRIDE_REASON: EVERYWHERE
    | {SeenKind.REASON: "order.closed_unlabelled", SeenKind.WAYBILL: "waybill.unknown"},
    AskKind.SERVICE_REASON: EVERYWHERE | {SeenKind.REASON: "reason.another"},
    AskKind.SHORT_REASON: EVERYWHERE | {SeenKind.REASON: "short.noted", SeenKind.PRODUCT: "pack.ok"},
    AskKind.REPRINT_REASON: EVERYWHERE | {SeenKind.REASON: "reprint.queued"},
    AskKind.TAKE_OVER: EVERYWHERE | {SeenKind.ORDER: "order.opened"},
    AskKind.TEACH: EVERYWHERE | {SeenKind.PRODUCT: "teach.done"},
    AskKind.WHICH: EVERYWHERE
    | {SeenKind.CHOICE: "pack.ok", SeenKind.PRODUCT: "pack.ok", SeenKind.LABEL: "which.not_told"},
    AskKind.ONE_MORE: EVERYWHERE | {SeenKind.PRODUCT: "pack.ok"},
    AskKind.LOT: EVERYWHERE
    | {SeenKind.CHOICE: "choice.none", SeenKind.PRODUCT: "lot.that_is_the_item", SeenKind.DETAIL: "pack.ok"}
    | {SeenKind.UNKNOWN: "code.empty", SeenKind.ALLOW: "allow.nothing"},
    AskKind.EXPIRY: EVERYWHERE
    | {SeenKind.CHOICE: "choice.none", SeenKind.PRODUCT: "expiry.that_is_the_item", SeenKind.UNKNOWN: "code.empty"}
    | {SeenKind.DETAIL: "expiry.unreadable", SeenKind.ALLOW: "allow.nothing"},
    AskKind.SERIAL: EVERYWHERE
    | {SeenKind.PRODUCT: "serial.that_is_the_item", SeenKind.DETAIL: "pack.ok", SeenKind.UNKNOWN: "code.empty"}
    | {SeenKind.ALLOW: "allow.nothing"},
    AskKind.QUANTITY: EVERYWHERE
    | {SeenKind.PRODUCT: "pack.ok", SeenKind.DETAIL: "pack.ok", SeenKind.UNKNOWN: "code.empty"},
    AskKind.NO_CODE: EVERYWHERE | {SeenKind.PRODUCT: "pack.ok", SeenKind.REASON: "pack.ok", SeenKind.PERSON: "pack.ok"},
    AskKind.ALLOW_REASON: EVERYWHERE | {SeenKind.REASON: "pack.ok"},
}
AS_DETAIL = {SeenKind.ORDER: text("KO-12-035-1"), SeenKind.UNKNOWN: text("")}
"""Any text answers a question for one: only a slip of ours and what can't be read do not."""


@pytest.mark.parametrize("seen", SeenKind)
@pytest.mark.parametrize("wanted", AskKind)
def test_every_code_has_its_answer_at_every_question(wanted, seen):
    rules = Rules(station="1", signin_required=wanted is AskKind.SIGN_IN, scale=wanted is AskKind.WEIGHT)
    bench, scan = BENCHES[wanted], SCANS[seen]
    if wanted in DETAILS:
        scan = AS_DETAIL.get(seen, scan)
    if (seen is SeenKind.DETAIL) != (wanted in DETAILS) and seen in (SeenKind.DETAIL, SeenKind.WAYBILL):
        assert kind_of(scan, wanted) is not seen
        return
    scan = replace(scan, asked=ABOUT.get(wanted, ()))
    assert (ask(bench, rules).kind, kind_of(scan, wanted)) == (wanted, seen)
    outcome = decide(bench, scan, rules)
    assert outcome.say.key == WANTED[wanted][seen]
    if outcome.say.level is Level.REFUSED:
        assert outcome.facts == ()


def test_no_entry_of_the_table_is_for_a_code_that_the_question_never_sees():
    assert all(wanted in AskKind and seen in SeenKind for wanted, seen in ANSWERS)


def test_every_key_that_the_core_can_say_stands_in_its_tests():
    modules = (packing, opening_rules, closing, goods_rules, guards, boxes, extras, weighing)
    source = "".join(Path(each.__file__).read_text(encoding="utf-8") for each in modules)
    said = set(re.findall(r'"((?:[a-z]+)\.[a-z_]+)"', source))
    assert len(said) > 120
    here = Path(__file__)
    names = ("packing", "bench_waybill", "bench_picked", "bench_boxes", "guards")
    files = [here.with_name(f"test_{name}.py") for name in names]
    tests = "".join(each.read_text(encoding="utf-8") for each in files)
    assert not {each for each in said if f'"{each}"' not in tests}


# --- opening ------------------------------------------------------------------------------------------------------


def opening(*candidates, raw="A-1001"):
    return Seen(read(raw), candidates=candidates)


def test_a_ready_order_is_opened_and_released_in_the_same_act():
    outcome = decide(Bench(), opening(candidate(line(wanted=2), line(2, wanted=3))), RULES)
    assert outcome.say.key == "order.opened"
    assert (outcome.say.args["lines"], outcome.say.args["pieces"]) == (2, 5)
    (fact,) = outcome.facts
    assert isinstance(fact, Opened)
    assert fact.release
    opened = fold(Bench(), outcome.facts, "act")
    assert opened.order.state is OrderState.RELEASED


def test_a_released_order_is_opened_without_a_second_release():
    (fact,) = decide(Bench(), opening(candidate(state=OrderState.RELEASED)), RULES).facts
    assert not fact.release


def test_a_ready_order_is_refused_where_opening_does_not_release():
    assert key(Bench(), opening(candidate()), Rules("1", release_at_open=False)) == "order.not_released"


def test_an_order_that_nobody_knows_is_refused():
    assert key(Bench(), text("KO-12-034")) == "order.unknown"
    assert key(on_bench(), text("KO-12-034")) == "order.unknown"


def test_a_number_of_several_orders_is_refused_with_their_ship_numbers():
    both = opening(candidate(), candidate(id=8, ship_number="", number="B-1"))
    outcome = decide(Bench(), both, RULES)
    assert outcome.say.key == "order.several"
    assert outcome.say.args["ship_numbers"] == "12-034, shop:B-1"


def test_a_slip_of_an_older_version_is_refused():
    released = candidate(state=OrderState.RELEASED, version=2)
    assert key(Bench(), opening(released, raw="KO-12-034-1")) == "order.old_version"
    assert key(Bench(), opening(released, raw="KO-12-034-2")) == "order.opened"
    assert key(Bench(), opening(released, raw="KO-12-034")) == "order.opened"


def test_a_slip_of_an_older_version_of_the_open_order_is_refused():
    bench = on_bench(line())
    assert key(bench, opening(candidate(), raw="KO-12-034-3")) == "order.old_version"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (OrderState.RECEIVED, "order.held"),
        (OrderState.CANCELLED, "order.cancelled"),
        (OrderState.VERIFIED, "order.already_verified"),
        (OrderState.SHIPPED, "order.already_verified"),
        (OrderState.REPORTED, "order.already_verified"),
        (OrderState.ACKNOWLEDGED, "order.already_verified"),
        (OrderState.RETURNED, "order.cannot_open"),
    ],
)
def test_an_order_that_may_not_be_packed_is_refused_by_its_state(state, said):
    assert key(Bench(), opening(candidate(state=state))) == said


def test_a_held_order_is_refused_with_its_holds():
    outcome = decide(Bench(), opening(candidate(state=OrderState.RELEASED, holds=("short", "by_hand"))), RULES)
    assert outcome.say.key == "order.held"
    assert outcome.say.args["holds"] == ["short", "by_hand"]


def test_a_cancelled_order_is_called_cancelled_even_if_it_is_held():
    assert key(Bench(), opening(candidate(state=OrderState.CANCELLED, holds=("by_hand",)))) == "order.cancelled"


def test_next_says_when_the_queue_is_empty():
    assert key(Bench(), command("next")) == "next.none"


def test_next_is_refused_while_an_order_is_open():
    assert key(on_bench(), command("next")) == "next.while_open"


def test_the_number_of_the_open_order_only_says_that_it_is_open():
    assert key(on_bench(), opening(candidate(state=OrderState.RELEASED))) == "order.already_open"


def test_another_order_is_refused_while_one_is_open():
    assert key(on_bench(), opening(candidate(id=8))) == "order.other_open"


def test_a_closed_order_lets_the_next_one_be_opened():
    closed = on_bench(line(done=1), state=OrderState.VERIFIED)
    assert key(closed, opening(candidate(id=8))) == "order.opened"


# --- take-over ----------------------------------------------------------------------------------------------------


def theirs(**more):
    return candidate(state=OrderState.RELEASED, holder="2", **more)


def test_an_order_of_another_station_is_refused_while_its_lease_runs():
    outcome = decide(Bench(), opening(theirs(leased=True)), RULES)
    assert outcome.say.key == "order.held_by"
    assert outcome.say.args["station"] == "2"


def test_after_the_lease_the_same_code_twice_takes_over():
    bench, keys = played(Bench(), opening(theirs()), opening(theirs()))
    assert keys == ["takeover.ask", "takeover.done"]
    assert bench.order.open
    assert bench.question is None


def test_the_take_over_names_whom_it_was_taken_from():
    bench, _ = played(Bench(), opening(theirs()))
    (fact,) = decide(bench, opening(theirs()), RULES).facts
    assert fact.taken_over == "2"


def test_another_code_does_not_confirm_a_take_over():
    bench, keys = played(Bench(), opening(theirs()), opening(candidate(id=8)))
    assert keys == ["takeover.ask", "order.opened"]
    assert bench.order.id == 8


def test_another_lapsed_order_asks_anew():
    bench, keys = played(Bench(), opening(theirs()), opening(theirs(id=8)))
    assert keys == ["takeover.ask", "takeover.ask"]
    assert bench.question.order == 8


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (theirs(leased=True), "order.held_by"),
        (theirs(holds=("by_hand",)), "order.held"),
        (candidate(state=OrderState.CANCELLED), "order.cancelled"),
        (candidate(state=OrderState.VERIFIED), "order.already_verified"),
        (candidate(state=OrderState.RELEASED), "order.opened"),
    ],
)
def test_a_take_over_is_judged_by_what_is_true_at_the_second_scan(meanwhile, said):
    _, keys = played(Bench(), opening(theirs()), opening(meanwhile))
    assert keys == ["takeover.ask", said]


def test_an_older_slip_does_not_confirm_a_take_over():
    asked, _ = played(Bench(), opening(theirs(version=2)))
    assert key(asked, opening(theirs(version=2), raw="KO-12-034-1")) == "order.old_version"


def test_without_the_right_nothing_is_taken_over():
    assert key(Bench(), opening(theirs()), Rules("1", rights=EVERYONE - {Right.TAKE_OVER})) == "order.held_by"


def test_a_station_resumes_its_own_order():
    assert key(Bench(), opening(theirs(leased=True)), Rules("2")) == "order.opened"


# --- goods --------------------------------------------------------------------------------------------------------


def test_a_wanted_piece_is_counted():
    outcome = decide(on_bench(line(wanted=3)), goods(1), RULES)
    assert outcome.say.key == "pack.ok"
    assert outcome.facts == (Packed(1, 1, "0" + ean(1), 1, "", "shelf:A-01"),)
    assert (outcome.say.args["line_done"], outcome.say.args["done"], outcome.say.args["wanted"]) == (1, 1, 3)


def test_full_width_digits_count_and_it_is_said():
    wide = ean(1).translate({ord(d): ord(d) - ord("0") + ord("０") for d in "0123456789"})
    assert key(on_bench(line(wanted=3)), goods(1, raw=wide)) == "pack.ok_widened"


def test_the_last_piece_closes_the_order():
    bench, keys = played(on_bench(line(wanted=2)), goods(1), goods(1))
    assert keys == ["pack.ok", "order.closed"]
    assert bench.order.state is OrderState.VERIFIED
    assert ask(bench, RULES).kind is AskKind.ORDER


def test_a_wrong_item_is_refused_with_what_is_wanted():
    outcome = decide(on_bench(line(wanted=3)), goods(2), RULES)
    assert outcome.say.key == "item.wrong"
    assert (outcome.say.args["sku"], outcome.say.args["wanted_sku"]) == ("SKU-2", "SKU-1")


def test_an_item_of_another_open_order_is_refused_with_its_ship_number():
    outcome = decide(on_bench(line()), goods(2, elsewhere="12-035"), RULES)
    assert outcome.say.key == "item.other_order"
    assert outcome.say.args["other"] == "12-035"


def test_a_complete_line_takes_no_more():
    assert key(on_bench(line(wanted=2, done=2), line(2)), goods(1)) == "item.complete"


def test_a_line_declared_short_takes_no_more_before_that_is_undone():
    assert key(on_bench(line(wanted=2, done=1, short=1), line(2)), goods(1)) == "item.complete_short"


def test_a_case_of_more_than_is_left_is_refused():
    outcome = decide(on_bench(line(wanted=8, done=3)), goods(1, 6), RULES)
    assert outcome.say.key == "item.too_many"
    assert (outcome.say.args["quantity"], outcome.say.args["left"]) == (6, 5)


def test_a_case_counts_its_pieces():
    bench, keys = played(on_bench(line(wanted=8)), goods(1, 6))
    assert keys == ["pack.ok"]
    assert bench.done == 6


def test_one_case_fills_two_lines_of_the_same_product():
    bench, keys = played(on_bench(line(1, 1, 4), line(2, 1, 2), line(3)), goods(1, 6))
    assert keys == ["pack.ok"]
    assert [each.done for each in bench.lines] == [4, 2, 0]


def test_a_case_goes_into_the_line_already_begun_first():
    bench, _ = played(on_bench(line(1, 1, 4), line(2, 1, 4, done=1)), goods(1, 6))
    assert [each.done for each in bench.lines] == [3, 4]


def test_one_undo_takes_back_a_whole_case_from_both_lines():
    start = on_bench(line(1, 1, 4), line(2, 1, 2), line(3))
    bench, keys = played(start, goods(1, 6), command("undo"))
    assert keys == ["pack.ok", "undo.packed"]
    assert bench == start


def test_a_code_of_two_products_that_are_not_wanted_is_refused_with_both():
    both = Seen(read(ean(1)), products=(known(1), known(2)))
    assert key(on_bench(line(2)), both) == "which.ask"
    outcome = decide(on_bench(line(3)), both, RULES)
    assert outcome.say.key == "code.ambiguous"
    assert outcome.say.args["skus"] == "SKU-1, SKU-2"


def test_a_sku_in_another_case_counts_like_the_sku():
    seen = Seen(read("sku-1"), products=(known(1, code="SKU-1", exact=False),))
    assert key(on_bench(line(wanted=2)), seen) == "pack.ok"


def test_a_text_that_is_a_product_and_an_order_is_what_the_question_wants():
    both = Seen(read("A-1002"), products=(known(1),), candidates=(candidate(id=8),))
    assert kind_of(both, AskKind.ITEM) is SeenKind.PRODUCT
    assert kind_of(both, AskKind.ORDER) is SeenKind.ORDER
    assert kind_of(both, AskKind.TAKE_OVER) is SeenKind.ORDER


def test_a_good_waybill_that_is_a_known_upc_counts_as_goods():
    numbers = (f"{n:011d}{n % 7}" for n in range(40_000_000_000, 40_000_001_000))
    number = next(each for each in numbers if has_good_check_digit(each))
    assert kind_of(text(number), AskKind.ITEM) is SeenKind.UNKNOWN  # a leader may teach it
    assert key(on_bench(line(wanted=2)), goods(1, raw=number)) == "pack.ok"
    plain = next(each for each in numbers if not has_good_check_digit(each))
    assert kind_of(text(plain), AskKind.ITEM) is SeenKind.WAYBILL


def test_half_a_wanted_code_that_looks_like_a_waybill_is_half_a_code():
    half = Seen(read("459999000101"), parts=("04599990001013",))
    assert kind_of(half, AskKind.ITEM) is SeenKind.WAYBILL
    assert key(on_bench(line(wanted=2)), half) == "code.half"
    assert key(on_bench(line(wanted=2)), Seen(read("459999000101"))) == "waybill.not_wanted"


def test_goods_before_an_order_are_refused():
    assert key(Bench(), goods(1)) == "order.scan_first"


def test_goods_after_the_close_are_refused_with_the_order_they_came_too_late_for():
    assert key(on_bench(line(done=1), state=OrderState.VERIFIED), goods(1)) == "order.complete_scan_next"


def test_a_lot_is_kept_only_where_the_product_asks_for_it():
    raw = f"(01)0{ean(1)}(10)LOT7"
    kept = Seen(read(raw), products=(known(1, handling=Handling(LotPolicy.LOT)),))
    dropped = Seen(read(raw), products=(known(1),))
    assert decide(on_bench(line(wanted=2)), kept, RULES).facts[0].lot == "LOT7"
    assert decide(on_bench(line(wanted=2)), dropped, RULES).facts[0].lot == ""


def test_goods_without_tracked_stock_come_from_nowhere():
    (fact,) = decide(on_bench(line(wanted=2)), goods(1), Rules("1", stock_tracked=False)).facts
    assert fact.source == ""


# --- codes that nothing has ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "code.empty"),
        ("  \r\n", "code.empty"),
        ("4599\ufffd1", "code.undecodable"),
        ("45990\x07000", "code.control_characters"),
        ("x" * 4000, "code.too_long"),
        ("4599000000013", "code.check_digit"),
        ("しおちゃ", "code.spoilt"),
        ("1920081045006", "code.second_code"),
        (f"(02)0{ean(1)}", "code.bad_count"),
        (ean(1) + ean(2), "code.two_codes"),
        ("KP-DANCE", "command.unknown"),
        ("KO-", "code.broken"),
        ("KS-", "code.broken"),
        ("hello", "code.unknown"),
        (ean(99), "code.unknown"),
    ],
)
@pytest.mark.parametrize("bench", [Bench(), on_bench(line(wanted=2))], ids=["no order", "open order"])
def test_what_is_no_code_is_refused_by_what_is_wrong_with_it(bench, raw, said):
    outcome = decide(bench, text(raw), RULES)
    assert outcome.say.key == said
    assert outcome.facts == ()
    assert len(str(outcome.say.args["code"])) <= 80


def test_half_a_wanted_code_is_called_half():
    for part in (ean(1)[:7], ean(1)[6:], "SKU-"):
        assert key(on_bench(line()), text(part, parts=("0" + ean(1), "SKU-1"))) == "code.half"


def test_half_a_code_is_half_before_its_check_digit_is_bad():
    half = ean(1)[5:]
    assert read(half).fault is not None
    assert key(on_bench(line()), text(half, parts=("0" + ean(1),))) == "code.half"


def test_an_unknown_jan_is_kept_for_teaching():
    assert decide(on_bench(line()), text(ean(99)), RULES).say.args["gtin"] == STRANGE
    assert decide(on_bench(line()), text("hello"), RULES).say.args["gtin"] == ""


# --- what happened meanwhile --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", [goods(1), command("undo"), command("cancel"), command("done"), text("hello")])
def test_a_cancelled_order_leaves_the_bench_at_the_next_scan(seen):
    outcome = decide(on_bench(state=OrderState.CANCELLED), seen, RULES)
    assert outcome.say.key == "order.cancelled_meanwhile"
    assert outcome.facts == (Dropped(),)
    assert fold(on_bench(), outcome.facts, "act").order is None


def test_a_hold_stops_everything_but_undo_and_handing_back():
    bench, _ = played(on_bench(line(wanted=3)), goods(1))
    held = Bench(order=bench.order, lines=bench.lines, trail=bench.trail, held=True)
    for seen in (goods(1), command("short"), command("done"), command("reprint"), text("hello")):
        assert key(held, seen) == "order.held_meanwhile"
    assert key(held, command("undo")) == "undo.packed"
    assert key(held, command("cancel")) == "order.handed_back"


def test_a_badge_is_read_whatever_happened_to_the_order():
    seen = Seen(read("KU-P1"), person=PACKER)
    assert key(on_bench(state=OrderState.CANCELLED), seen) == "person.signed_in"
    assert key(on_bench(held=True), seen) == "person.signed_in"


# --- undo ---------------------------------------------------------------------------------------------------------


def test_undo_goes_back_as_far_as_the_order_was_opened():
    start = on_bench(line(wanted=3), line(2, wanted=2))
    bench, keys = played(
        start, goods(1), goods(2), goods(1), *[command("short"), command("r-missing")], *[command("undo")] * 4
    )
    assert keys[-4:] == ["undo.short", "undo.packed", "undo.packed", "undo.packed"]
    assert bench == start
    assert key(bench, command("undo")) == "undo.nothing"


def test_undo_straight_after_the_close_opens_the_order_again():
    before, _ = played(on_bench(line(wanted=2)), goods(1))
    bench, keys = played(before, goods(1), command("undo"))
    assert keys == ["order.closed", "undo.reopened"]
    assert bench == before


def test_undo_after_a_short_close_takes_back_the_close_alone():
    start = on_bench(line(wanted=2))
    bench, keys = played(start, goods(1), command("short"), command("r-other"), command("done"), command("undo"))
    assert keys[-2:] == ["order.closed_short", "undo.reopened"]
    assert ask(bench, RULES).kind is AskKind.CLOSE_SHORT
    assert [step.kind for step in bench.trail] == [StepKind.PACK, StepKind.SHORT]


@pytest.mark.parametrize("state", [OrderState.SHIPPED, OrderState.REPORTED, OrderState.ACKNOWLEDGED])
def test_undo_after_the_hand_over_is_refused(state):
    closed, _ = played(on_bench(line()), goods(1))
    gone = Bench(order=order(state), lines=closed.lines, trail=closed.trail)
    assert key(gone, command("undo")) == "undo.handed_over"


def test_undo_while_a_question_stands_only_takes_the_question_back():
    bench, keys = played(on_bench(line(wanted=2)), goods(1), command("short"), command("undo"))
    assert keys[-1] == "question.dismissed"
    assert (bench.question, bench.done) == (None, 1)


def test_the_next_order_begins_without_a_trail():
    bench, keys = played(on_bench(line()), goods(1), opening(candidate(id=8)), command("undo"))
    assert keys == ["order.closed", "order.opened", "undo.nothing"]
    assert bench.order.id == 8


def test_undone_names_the_steps_of_one_act_only():
    bench, _ = played(on_bench(line(wanted=3)), goods(1), goods(1))
    (fact,) = decide(bench, command("undo"), RULES).facts
    assert isinstance(fact, Undone)
    assert fact.steps == bench.trail[-1:]


# --- short --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["missing", "damaged", "other"])
def test_a_line_is_declared_short_with_its_reason(reason):
    bench, keys = played(on_bench(line(wanted=3), line(2)), goods(1), command("short"))
    assert keys[-1] == "short.ask"
    outcome = decide(bench, command(f"r-{reason}"), RULES)
    assert outcome.say.key == "short.noted"
    assert outcome.facts == (Shorted(1, 2, reason),)


def test_when_only_shorts_remain_the_station_asks():
    bench, keys = played(on_bench(line(), line(2)), goods(1), command("short"), command("r-missing"))
    assert keys[-1] == "short.only_left"
    assert ask(bench, RULES).kind is AskKind.CLOSE_SHORT
    assert bench.order.open


def test_the_last_piece_beside_a_short_line_asks_instead_of_closing():
    bench, keys = played(on_bench(line(), line(2)), command("short"), command("r-missing"), goods(2))
    assert keys[-1] == "short.only_left"
    assert bench.order.state is OrderState.RELEASED


def test_done_closes_without_the_shorts():
    bench = on_bench(line(done=1), line(2, short=1))
    outcome = decide(bench, command("done"), RULES)
    assert outcome.say.key == "order.closed_short"
    assert outcome.facts == (Closed(short=True),)


def test_done_needs_the_right_to_close_short():
    bench = on_bench(line(done=1), line(2, short=1))
    assert key(bench, command("done"), Rules("1", rights=EVERYONE - {Right.CLOSE_SHORT})) == "done.leader_needed"


def test_an_empty_box_cannot_be_closed():
    assert key(on_bench(line(short=1)), command("done")) == "done.nothing_packed"


def test_done_is_refused_while_anything_is_wanted():
    outcome = decide(on_bench(line(wanted=2), line(2, short=1)), command("done"), RULES)
    assert outcome.say.key == "done.still_wanted"
    assert outcome.say.args["left"] == 2


def test_goods_that_turn_up_answer_the_question_for_the_reason():
    bench, keys = played(on_bench(line(wanted=2)), command("short"), goods(1))
    assert keys == ["short.ask", "pack.ok"]
    assert bench.question is None


def test_a_wrong_item_leaves_the_question_standing():
    bench, keys = played(on_bench(line(wanted=2)), command("short"), goods(2), command("r-missing"))
    assert keys == ["short.ask", "item.wrong", "short.only_left"]
    assert bench.lines[0].short == 2


# --- cancel -------------------------------------------------------------------------------------------------------


def test_cancel_hands_the_order_back():
    bench, _ = played(on_bench(line(wanted=3)), goods(1))
    outcome = decide(bench, command("cancel"), RULES)
    assert outcome.say.key == "order.handed_back"
    assert outcome.say.args["put_back"] == 1
    assert outcome.facts == (HandedBack(short=False),)
    assert ask(fold(bench, outcome.facts, "act"), RULES).kind is AskKind.ORDER


def test_cancel_with_something_short_hands_back_under_the_hold():
    outcome = decide(on_bench(line(done=1), line(2, short=1)), command("cancel"), RULES)
    assert outcome.say.key == "order.handed_back_short"
    assert outcome.facts == (HandedBack(short=True),)


@pytest.mark.parametrize(
    "question",
    [asking("short_reason", line=1), asking("reprint_reason", order=7), asking("teach", line=1, code=STRANGE)],
)
def test_cancel_only_dismisses_a_question(question):
    bench = on_bench(line(wanted=2), question=question)
    outcome = decide(bench, command("cancel"), RULES)
    assert outcome.say.key == "question.dismissed"
    assert outcome.facts == (Dismissed(),)
    assert fold(bench, outcome.facts, "act") == on_bench(line(wanted=2))


# --- reprint ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [OrderState.RELEASED, OrderState.VERIFIED])
def test_a_reprint_asks_its_reason_first(state):
    bench, keys = played(on_bench(line(wanted=2), state=state), command("reprint"))
    assert keys == ["reprint.ask"]
    outcome = decide(bench, command("r-damaged"), RULES)
    assert outcome.say.key == "reprint.queued"
    assert outcome.facts == (ReprintWanted(7, "damaged"),)


# --- teaching -----------------------------------------------------------------------------------------------------


def unknown_on(*lines, **more):
    return on_bench(*lines, unknown=STRANGE, **more)


def test_a_leaders_badge_after_an_unknown_jan_asks_which_product_it_is():
    outcome = decide(unknown_on(line(wanted=2)), Seen(read("KU-L1"), person=LEADER), RULES)
    assert outcome.say.key == "teach.ask"
    assert outcome.facts == (Asked(asking("teach", line=1, code=STRANGE)),)


def test_a_leaders_badge_teaches_although_a_packer_is_signed_in():
    rules = Rules("1", rights=EVERYONE - {Right.TEACH})
    bench = unknown_on(line(wanted=2), person=PACKER)
    assert key(bench, Seen(read("KU-L1"), person=LEADER), rules) == "teach.ask"


def test_a_packers_badge_after_an_unknown_jan_only_signs_in():
    outcome = decide(unknown_on(line(wanted=2)), Seen(read("KU-P1"), person=PACKER), RULES)
    assert outcome.say.key == "person.signed_in"
    assert outcome.facts == (SignedIn(PACKER),)


def test_teach_needs_an_unknown_code_and_an_open_line():
    assert key(on_bench(line(wanted=2)), command("teach")) == "teach.nothing"
    assert key(unknown_on(line(wanted=2, done=2)), command("teach")) == "teach.nothing"
    assert key(unknown_on(line(wanted=2)), command("teach")) == "teach.ask"


def test_teach_needs_the_right():
    rules = Rules("1", rights=EVERYONE - {Right.TEACH})
    assert key(unknown_on(line(wanted=2)), command("teach"), rules) == "teach.leader_needed"


TEACHING = asking("teach", line=1, code=STRANGE)


def test_the_same_code_again_ties_it_to_the_proposed_product():
    outcome = decide(on_bench(line(wanted=2), question=TEACHING), text(ean(99)), RULES)
    assert outcome.say.key == "teach.done"
    assert outcome.facts == (Taught(STRANGE, 1),)


def test_a_known_code_of_another_line_ties_it_to_that_product():
    outcome = decide(on_bench(line(), line(2), question=TEACHING), goods(2), RULES)
    assert outcome.facts == (Taught(STRANGE, 2),)


def test_another_unknown_code_teaches_nothing():
    bench = on_bench(line(wanted=2), question=TEACHING)
    assert key(bench, text(ean(98))) == "code.unknown"


def test_a_product_that_is_not_in_the_order_is_not_taught():
    assert key(on_bench(line(wanted=2), question=TEACHING), goods(5)) == "teach.not_in_order"


# --- sign-in ------------------------------------------------------------------------------------------------------


def test_where_sign_in_is_wanted_nothing_goes_before_a_badge():
    rules = Rules("1", signin_required=True)
    assert key(on_bench(line(wanted=2)), goods(1), rules) == "signin.needed"
    bench, keys = played(on_bench(line(wanted=2)), Seen(read("KU-P1"), person=PACKER), goods(1), rules=rules)
    assert keys == ["person.signed_in", "pack.ok"]
    assert bench.person == PACKER


def test_a_badge_that_nobody_has_is_refused():
    assert key(Bench(), text("KU-9")) == "person.unknown"
    assert key(Bench(), text("KU-9"), Rules("1", signin_required=True)) == "person.unknown"


def test_goods_of_a_case_are_named_by_the_code_that_was_scanned():
    (fact,) = decide(on_bench(line(wanted=8)), goods(1, 6), RULES).facts
    assert fact.code == itf(1)
