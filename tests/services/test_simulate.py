"""The simulated packer: it meets every kind of mispick, and the real rules stop each time what they are to stop."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from app.domain import goods as goods_rules
from app.domain.asking import AskKind
from app.domain.bench import Rules
from app.domain.mispicks import MISPICKS, Mispick, rule_sets
from app.domain.weights import WeightRules, judge
from app.services.simulate import scale as scale_rules
from app.services.simulate.packer import ANSWERED, HABITS
from app.services.simulate.run import rates_of, simulate
from tests.services.simulated import ERRING, NOT_SKIPPING, STRICT, check_found, compare

DAY = date(2026, 4, 1)
SETS = {each.name: each for each in rule_sets()}
NARROW = WeightRules(min_g=0.1)
NOBODY_ERRS = dict.fromkeys(Mispick, 0.0)
UNSEEN = (Mispick.MISLABELLED, Mispick.DAMAGED, Mispick.SWAPPED_AFTER_SCAN)


def run(rules, rates=ERRING | NOT_SKIPPING, *, orders=600, seed=11, habits=STRICT):
    return simulate(SETS[rules], rates, orders=orders, seed=seed, today=DAY, habits=habits)


@pytest.mark.parametrize("rules", [name for name, each in SETS.items() if each.controls])
def test_what_a_control_catches_is_refused_each_time_and_right_work_never(rules):
    found = run(rules)
    check_found(found)
    assert found.orders == 600


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_no_code_tells_goes_out_under_every_rule(kind):
    for rules in SETS:
        if rules == "weight" and kind is not Mispick.DAMAGED:
            continue
        fate = run(rules, NOBODY_ERRS | {kind: 0.2}, orders=60).fates[kind]
        assert fate.made == fate.missed > 10


@pytest.mark.parametrize("kind", [kind for kind, about in MISPICKS.items() if about.caught_by])
def test_without_its_control_each_kind_gets_through(kind):
    """The rig sees what a missing control lets out: a test that could not fail would prove nothing."""
    names = list(SETS)
    with_it = next(at for at, each in enumerate(SETS.values()) if each.catches(kind))
    before = names[with_it - 1]
    rates = NOBODY_ERRS | {kind: max(0.2, ERRING[kind]), Mispick.WRONG_COUNT: 0.1}
    fate = run(before, rates, orders=250).fates[kind]
    assert before == "paper" or fate.let + fate.missed > 0
    if before == "paper" and not MISPICKS[kind].by_scanner:
        assert fate.made == fate.missed > 0


def test_guards_that_are_switched_off_in_the_core_are_seen(monkeypatch):
    monkeypatch.setattr(goods_rules, "guarded", lambda hand: None)
    found = run("waybill", orders=400)
    for kind in (Mispick.SCANNED_N_TIMES, Mispick.DOUBLE_SCAN, Mispick.WRONG_LOT, Mispick.WRONG_SERIAL):
        assert found.fates[kind].let > 0, kind
    with pytest.raises(AssertionError):
        check_found(found)


@pytest.mark.parametrize("rules", SETS)
def test_where_nobody_errs_nothing_is_refused_and_nothing_wrong_goes_out(rules):
    found = run(rules, NOBODY_ERRS, orders=250)
    assert (found.wrong, found.stuck, found.alarms.total()) == (0, 0, 0)
    assert not any(fate.made for fate in found.fates.values())


def test_a_hand_that_really_is_faster_than_the_guard_is_asked_and_counted_apart():
    found = run("waybill", NOBODY_ERRS, orders=200, habits=replace(STRICT, lift_ms=350.0))
    assert found.asked[AskKind.ONE_MORE] > 100
    assert (found.wrong, found.stuck, found.alarms.total()) == (0, 0, 0)


def test_a_person_who_waves_questions_through_lets_wrong_counts_out():
    rates = NOBODY_ERRS | {Mispick.SCANNED_N_TIMES: 1.0, Mispick.WRONG_COUNT: 0.3}
    heeding, insisting = (run("guards", rates, orders=400, habits=replace(STRICT, heeds=share)) for share in (1.0, 0.0))
    assert heeding.wrong == 0
    assert insisting.fates[Mispick.WRONG_COUNT].missed > 20
    assert insisting.fates[Mispick.SCANNED_N_TIMES].let == 0  # it was asked each time


def test_a_code_that_is_typed_in_covers_what_is_wrong():
    found = run("waybill", NOBODY_ERRS | {Mispick.SKIPPED_SCAN: 1.0, Mispick.WRONG_ITEM: 0.3}, orders=200)
    assert found.fates[Mispick.WRONG_ITEM].missed > 20


def test_the_same_seed_gives_the_same_figures_and_another_one_others():
    first, again, other = (run("lots", orders=150, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_every_set_of_rules_meets_the_same_mispicks_at_the_shelf():
    shelf = [
        kind
        for kind, about in MISPICKS.items()
        if not about.by_scanner and kind is not Mispick.WRONG_SERIAL  # which needs a piece that left the house
    ]
    found = [run(rules, orders=200) for rules in SETS]
    made = [[each.fates[kind].made for kind in shelf] for each in found]
    assert all(each == made[0] for each in made)


def test_each_control_makes_fewer_parcels_leave_wrong():
    wrong = [run(rules, rates_of({}, 5), orders=500, habits=HABITS).wrong for rules in ("paper", "unit", "waybill")]
    assert wrong[0] > 1.3 * wrong[1] > 1.3 * wrong[2] > 0


# --- the scale ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        {Mispick.MISLABELLED: 0.2},
        {Mispick.SWAPPED_AFTER_SCAN: 0.2},
        {Mispick.SKIPPED_SCAN: 1.0, Mispick.WRONG_ITEM: 0.3},
    ],
)
def test_the_scale_stops_most_of_what_no_scan_sees(made):
    without, with_it = (run(rules, NOBODY_ERRS | made, orders=150) for rules in ("waybill", "weight"))
    assert with_it.wrong < 0.4 * without.wrong
    assert with_it.wrong_weighed >= with_it.found > 0.6 * with_it.wrong_weighed
    assert without.weighed == without.found == 0


def test_the_scale_seldom_stops_a_right_box_though_it_begins_with_a_product_file():
    found = run("weight", NOBODY_ERRS, orders=400)
    assert (found.weighed, found.wrong_weighed, found.found) == (400, 0, 0)
    assert found.false_stops <= 4


def test_a_right_box_that_the_scale_stops_is_let_pass_by_a_leader(monkeypatch):
    monkeypatch.setattr(scale_rules.Scale, "judge", lambda self, inside, grams: judge(grams, (), NARROW))
    found = run("weight", NOBODY_ERRS, orders=60)
    assert found.false_stops == found.weighed == 60
    assert (found.wrong, found.stuck) == (0, 0)


def test_a_box_that_nobody_looks_into_goes_out_wrong_though_the_scale_stopped_it():
    rates = NOBODY_ERRS | {Mispick.SWAPPED_AFTER_SCAN: 0.2}
    looking, careless = (run("weight", rates, orders=150, habits=replace(STRICT, checks=share)) for share in (1.0, 0.0))
    assert careless.found > 10
    assert careless.wrong == careless.wrong_weighed
    assert looking.wrong == looking.wrong_weighed - looking.found


def test_a_scale_that_calls_every_box_right_is_seen(monkeypatch):
    monkeypatch.setattr(
        scale_rules, "judge", lambda grams, things, rules: replace(judge(grams, things, rules), ok=True)
    )
    found = run("weight", NOBODY_ERRS | {Mispick.SWAPPED_AFTER_SCAN: 0.2}, orders=100)
    assert found.wrong == found.wrong_weighed > 10
    assert found.found == 0


def test_fates_add_up():
    found = run("unit", rates_of({}, 10), orders=400, habits=HABITS)
    for kind, fate in found.fates.items():
        assert fate.made >= fate.caught + fate.missed, kind
        assert fate.harmless >= 0
    assert found.wrong <= sum(fate.missed for fate in found.fates.values())


# --- keeping step with the core -----------------------------------------------------------------------------------

_ASKED = {AskKind.ORDER, AskKind.SLIP, AskKind.ITEM, AskKind.WEIGHT, AskKind.WAYBILL, AskKind.QUANTITY}
"""What the packer does because the station asks for it."""
_NEVER = {
    AskKind.SIGN_IN,
    AskKind.CLOSE_SHORT,
    AskKind.CLOSE,
    AskKind.SHORT_REASON,
    AskKind.REPRINT_REASON,
    AskKind.TAKE_OVER,
    AskKind.TEACH,
    AskKind.LABEL,
    AskKind.HAND_WAYBILL,
    AskKind.OVERRIDE_REASON,
    AskKind.SERVICE_REASON,
    AskKind.NO_CODE,
    AskKind.ALLOW_REASON,
    AskKind.INSERT,
    AskKind.BOX,
    AskKind.MOVE,
}
"""What is asked only where something goes in beside the goods or into another box, where something is given up, or of
a leader; who lets a stopped box pass does it unasked."""
_SWITCHED = {"today", "pace_ms", "alike_units", "scale", "overridable"}
_USUAL = {
    "station", "rights", "release_at_open", "signin_required", "stock_tracked", "lot_order", "unknown_lot", "nocode",
    "people", "shadow",
}  # fmt: skip
"""Rules that the simulated shop leaves as they come."""


def test_the_packer_has_a_hand_for_every_question_of_the_station():
    """A new question (a tote, a picture) needs a hand in the packer, and with it a control of its own."""
    assert set(AskKind) == _ASKED | _NEVER | set(ANSWERED)


def test_every_rule_of_the_bench_is_switched_by_a_control_or_left_as_it_comes():
    assert {each.name for each in fields(Rules)} == _SWITCHED | _USUAL


# --- the same at the real desk ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_real_desk_answers_every_scan_as_the_core_and_stops_the_same(tmp_path: Path):
    found = compare(tmp_path, SETS["waybill"], orders=150, seed=4)
    check_found(found, rare=True)
    assert found.scans > 1500


@pytest.mark.slow
@pytest.mark.parametrize("rules", ["typed", "guards"])
def test_the_real_desk_does_so_with_fewer_controls(tmp_path: Path, rules: str):
    found = compare(tmp_path, SETS[rules], orders=40, seed=4)
    check_found(found, rare=True)
