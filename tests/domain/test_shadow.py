"""Shadow mode: nothing is stopped, everything that would have been is noted."""

from dataclasses import replace

import pytest

from app.domain import shadow
from app.domain.asking import AskKind, ask
from app.domain.barcode import read
from app.domain.bench import Bench, Box, Extra, Question, QuestionKind, Rules, Seen
from app.domain.facts import Closed, HandedBack, InsertShort, Opened, Packed, SlipScanned, Weighed, fold
from app.domain.orders import OrderState, WaybillState
from app.domain.outcome import Level
from app.domain.packing import decide
from app.domain.people import Person, Role
from app.domain.products import Handling, LotPolicy
from tests.makers import candidate, command, goods, known, line, on_bench, order, text, tracking, waybill, with_papers

RULES = Rules(station="1", shadow=True, today="2026-11-30", pace_ms=400)


def shadowed(bench, seen, rules=RULES):
    return shadow.let_pass(bench, seen, rules, decide(bench, seen, rules))


def after(bench, seen, rules=RULES):
    outcome = shadowed(bench, seen, rules)
    return outcome.say, fold(bench, outcome.facts, "act")


def test_right_goods_are_answered_as_ever():
    say, bench = after(on_bench(line(wanted=2)), goods(1))
    assert (say.key, say.level, bench.done) == ("pack.ok", Level.OK, 1)


def test_wrong_goods_are_noted_and_change_nothing():
    before = on_bench(line(wanted=2))
    say, bench = after(before, goods(9))
    assert (say.key, say.level) == ("item.wrong", Level.NOTED)
    assert bench == before


def test_a_piece_too_many_is_noted_and_changes_nothing():
    before = on_bench(line(wanted=2, done=2), line(2))
    say, bench = after(before, goods(1))
    assert (say.key, say.level) == ("item.complete", Level.NOTED)
    assert bench == before


@pytest.mark.parametrize(
    ("handling", "raw", "key"),
    [
        (Handling(LotPolicy.EXPIRY), "(01){gtin}(17)200101", "lot.expired"),
        (Handling(LotPolicy.LOT), "", "lot.ask"),
        (Handling(LotPolicy.SERIAL), "", "serial.ask"),
    ],
)
def test_goods_that_a_guard_would_stop_or_ask_about_count(handling, raw, key):
    found = known(1, handling=handling)
    code = raw.format(gtin=found.code) or found.code
    say, bench = after(on_bench(line(wanted=2, handling=handling)), Seen(read(code), products=(found,)))
    assert (say.key, say.level, bench.done) == (key, Level.NOTED, 1)


def test_goods_in_a_hurry_count_without_a_question():
    before = on_bench(line(wanted=3, done=1), last_code=known(1).code)
    say, bench = after(before, goods(1, since=50))
    assert (say.key, say.level, bench.done) == ("pace.ask", Level.NOTED, 2)


def test_goods_before_the_slip_count_and_the_slip_counts_as_scanned():
    say, bench = after(with_papers(line(wanted=2), slips=()), goods(1))
    assert (say.key, say.level) == ("slip.first", Level.NOTED)
    assert (bench.done, bench.slips) == (1, ("12-034-1",))


def test_a_waybill_closes_what_was_not_scanned_whole():
    bench = with_papers(line(wanted=3, done=1), line(2, wanted=1), extras=(Extra(5, "insert", "leaflet", product=8),))
    say, now = after(bench, text(tracking(341)))
    assert (say.key, say.level) == ("waybill.not_wanted", Level.NOTED)
    assert now.order.state is OrderState.VERIFIED
    assert all(each.left == 0 for each in now.lines)
    assert now.waybills[0].state is WaybillState.ATTACHED
    unscanned = [fact for fact in shadowed(bench, text(tracking(341))).facts if isinstance(fact, Packed)]
    assert {(fact.line, fact.quantity, fact.how) for fact in unscanned} == {(1, 2, "shadow"), (2, 1, "shadow")}


def test_done_closes_a_box_that_is_not_complete():
    bench = on_bench(line(wanted=3, done=1), extras=(Extra(5, "insert", "leaflet", product=8),))
    outcome = shadowed(bench, command("done"))
    assert (outcome.say.key, outcome.say.level) == ("done.still_wanted", Level.NOTED)
    assert [type(fact) for fact in outcome.facts] == [Packed, InsertShort, Closed]


def test_the_next_slip_closes_the_box_before_and_opens_its_own():
    bench = with_papers(line(wanted=3, done=1))
    other = candidate(id=8, number="A-1002", ship_number="12-035", state=OrderState.RELEASED, version=1)
    outcome = shadowed(bench, Seen(read("KO-12-035-1"), candidates=(other,)))
    assert outcome.say.level is Level.NOTED
    assert [type(fact) for fact in outcome.facts] == [Packed, Closed, Opened]
    assert fold(bench, outcome.facts, "act").order.id == 8


def test_the_next_slip_hands_back_what_nobody_began():
    other = candidate(id=8, number="A-1002", ship_number="12-035", state=OrderState.RELEASED, version=1)
    outcome = shadowed(with_papers(line(wanted=3)), Seen(read("KO-12-035-1"), candidates=(other,)))
    assert [type(fact) for fact in outcome.facts] == [HandedBack, Opened]


def test_a_slip_that_cannot_be_opened_leaves_the_box_as_it_is():
    gone = candidate(id=8, number="A-1002", ship_number="12-035", state=OrderState.CANCELLED, version=1)
    bench = with_papers(line(wanted=3, done=1))
    outcome = shadowed(bench, Seen(read("KO-12-035-1"), candidates=(gone,)))
    assert (outcome.say.level, outcome.facts) == (Level.NOTED, ())


def test_the_waybill_of_another_order_is_noted_and_sticks_on_nothing():
    bench = with_papers(line(done=1))
    seen = text(tracking(351), waybills=())
    say, now = after(bench, seen)
    assert (say.key, say.level) == ("waybill.unknown", Level.NOTED)
    assert now == bench


def test_a_weight_passes_without_a_scale_reading():
    rules = replace(RULES, scale=True)
    bench = with_papers(line(done=1), waybills=(waybill(),))
    bench = replace(bench, order=replace(bench.order, weight_check="refuse"))
    assert ask(bench, rules).kind is AskKind.WEIGHT
    say, now = after(bench, text(tracking(341)), rules)
    assert (say.key, say.level) == ("weight.first", Level.NOTED)
    assert now.order.state is OrderState.VERIFIED
    assert now.boxes == (Box(1, why="shadow"),)
    assert any(isinstance(fact, Weighed) for fact in shadowed(bench, text(tracking(341)), rules).facts)


def test_every_open_order_leaves_by_the_next_slip_whatever_was_done():
    other = candidate(id=8, number="A-1002", ship_number="12-035", state=OrderState.RELEASED, version=1)
    for made in ((), (goods(1),), (goods(1), goods(9), text("KS-A01")), (goods(2), goods(2), goods(2))):
        bench = with_papers(line(wanted=2), line(2, wanted=2), slips=())
        for seen in made:
            _, bench = after(bench, seen)
        _, bench = after(bench, Seen(read("KO-12-035-1"), candidates=(other,)))
        assert bench.order.id == 8


@pytest.mark.parametrize(
    ("bench", "seen", "rules"),
    [
        (Bench(), goods(1), replace(RULES, signin_required=True)),
        (on_bench(line(), question=Question(QuestionKind.REPRINT_REASON, order=7)), command("short"), RULES),
        (on_bench(line()), command("next"), RULES),
        (on_bench(line()), text(""), RULES),
    ],
)
def test_what_checks_no_packing_is_refused_as_ever(bench, seen, rules):
    assert shadowed(bench, seen, rules) == decide(bench, seen, rules)
    assert shadowed(bench, seen, rules).say.level is Level.REFUSED


def test_an_order_that_was_cancelled_meanwhile_still_leaves_the_bench():
    bench = on_bench(line(wanted=2), state=OrderState.CANCELLED)
    assert shadowed(bench, goods(1)) == decide(bench, goods(1), RULES)


def test_nobody_is_left_out_of_shadow_mode_by_a_missing_right():
    bench = with_papers(line(done=1), person=Person(1, "P1", "山田", Role.PACKER))
    outcome = shadowed(bench, command("done"), replace(RULES, rights=frozenset()))
    assert outcome.facts == (Closed(unlabelled="shadow"),)


def test_the_slip_fact_is_only_made_for_slips_that_are_wanted():
    outcome = shadowed(with_papers(line(wanted=2), slips=()), command("done"))
    assert [fact for fact in outcome.facts if isinstance(fact, SlipScanned)] == [SlipScanned("12-034-1")]
    assert order().slip == "12-034-1"
