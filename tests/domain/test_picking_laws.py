"""Laws of picking, tried by random walks on the pure core in every mode: no database, no clock."""

from dataclasses import replace

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.jobs import (
    AtShelf,
    Hand,
    InHand,
    JobFinished,
    JobPaused,
    JobRules,
    JobState,
    Picker,
    PickShort,
    PickUndone,
    Put,
    Rerouted,
    WalkRules,
    fold,
)
from app.domain.modes import PickStep, Stage
from app.domain.outcome import Level
from app.domain.pick_asking import PickAskKind, ask
from app.domain.picking import decide
from tests.makers import ean, itf
from tests.pickers import ALL_MODES, answer_to, job, pick, seen, taking
from tests.setup.test_texts import PLACEHOLDER, catalogue

PICKS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 3)), min_size=2, max_size=9
)  # product, order, quantity
COMMANDS = [
    *("KP-NEXT", "KP-DONE", "KP-UNDO", "KP-UNDO", "KP-SHORT", "KP-SHORT", "KP-CANCEL", "KP-LATER", "KP-PARCEL"),
    *("KP-QUANTITY", "KP-R-MISSING", "KP-R-DAMAGED", "KP-R-OTHER", "KP-TEACH", "0", "1", "2", "9"),
]
CODES = [
    *(ean(n) for n in range(1, 6)),
    *(ean(n) for n in range(1, 6)),
    *(f"KS-A-{n:02d}" for n in range(1, 6)),
    *("KT-T-1", "KT-T-2", "KT-T-3", "KT-T-9", "KW-A1", "KW-A2", "KW-A3", "KC-7", "KL-12-3", "KL-9-1", "12-002"),
    *("SKU-1", "hello", "", "4\x0055", "KP-DANCE"),
]


SENTENCES = {key: set(PLACEHOLDER.findall(sentence)) for key, sentence in catalogue("ja").items()}
"""What each sentence must be told."""
BEGIN = {
    "picks": PICKS,
    "mode": st.sampled_from([*sorted(ALL_MODES), "cart", "cart", "total", "zone"]),
    "scan": st.sampled_from(["unit", "unit", "unit", "line", "shelf", "off"]),
    "shelf": st.sampled_from(["required", "required", "optional", "off"]),
    "sort": st.booleans(),
    "totes": st.sampled_from([True, True, False]),
    "empty_check": st.booleans(),
}


class Walk(RuleBasedStateMachine):
    """One picker, one job, scans of every kind in any order."""

    @initialize(**BEGIN)
    def begin(self, **given):
        self.begin_job(**given)

    def begin_job(self, picks, mode, scan, shelf, sort, totes, empty_check):
        stage = Stage.SORT if sort and ALL_MODES[mode].sorts else Stage.PICK
        made = tuple(
            pick(n, product=product, order=order, wanted=1 if ALL_MODES[mode].singles else wanted)
            for n, (product, order, wanted) in enumerate(picks, 1)
        )
        rules = JobRules(shelf, scan)
        opened = job(*made, mode=mode, stage=stage, totes=totes or stage is Stage.SORT, rules=rules)
        self.rules = WalkRules(stage=stage, empty_check=empty_check)
        self.picker = Picker(opened)
        self.ledger: dict[tuple[str, int], int] = {}
        self.acts = 0
        self.before: list[tuple[Picker, dict[tuple[str, int], int]]] = []

    # --- scans ---

    def scan(self, text, **more):
        self.acts += 1
        act = f"act-{self.acts}"
        code = seen(text, others=(("B-01", 5),) if self.acts % 3 else (), on_shelf=2 if self.acts % 2 else None, **more)
        if self.picker.job is not None and text.startswith("KL-12-3"):
            code = taking(self.picker.job, text)
        before = self.picker
        outcome = decide(before, code, self.rules)
        key = outcome.say.key
        assert SENTENCES[key] <= set(outcome.say.args), f"{key} cannot be said"
        if outcome.say.level is Level.REFUSED:
            assert not outcome.facts
            return outcome
        for fact in outcome.facts:
            self.check(fact, text)
        after = fold(before, outcome.facts, act)
        if any(isinstance(fact, PickUndone) for fact in outcome.facts):
            self.undone(after)
        elif any(isinstance(fact, Put | PickShort) for fact in outcome.facts):
            self.before.append((before, dict(self.ledger)))
        self.book(outcome.facts)
        self.picker = after
        if after.job is None:  # handed back: whoever takes it goes on from here
            assert any(isinstance(fact, JobPaused) for fact in outcome.facts)
            self.picker = Picker(replace(before.job, hand=None), trail=before.trail)
        return outcome

    def check(self, fact, text):
        here = self.picker.job
        match fact:
            case Put():
                wanted = next(each for each in here.picks if each.id == fact.pick)
                bulk = here.mode.id == "total" and here.stage is Stage.PICK
                assert fact.target == (f"bulk:{here.id}" if bulk else f"picked:{wanted.order}")
                shelf = here.hand.shelf if here.hand is not None else wanted.shelf
                assert fact.source == (f"bulk:{here.follows}" if here.stage is Stage.SORT else f"shelf:{shelf}")
                if text.startswith("4599"):
                    assert text == ean(fact.product)
                if here.hand is not None:
                    assert text[3:] == here.place_of(wanted).code, "goods went into another tote than was scanned"
                assert (wanted.product, wanted.order, wanted.line) == (fact.product, fact.order, fact.line)
                assert 0 < fact.quantity <= wanted.left
                if PickStep.PLACE in here.steps:
                    assert here.place_of(wanted).code == fact.tote != ""
                standing = PickStep.SHELF in here.steps and here.rules.shelf == "required" and wanted.shelf
                if standing and here.rules.scan != "shelf" and here.hand is None:
                    assert here.shelf == wanted.shelf, "goods of another shelf"
            case InHand(hand=Hand() as hand):
                wanted = next(each for each in here.picks if each.id == hand.pick)
                assert here.hand is None or here.hand.pick == hand.pick
                assert hand.quantity <= wanted.left
                if text.startswith("4599"):
                    assert text == ean(wanted.product)
                elif text.startswith("KS-"):
                    assert text[3:] == wanted.shelf
            case AtShelf():
                assert text == f"KS-{fact.shelf}"
                asked = self.picker.question.shelf if self.picker.question else ""
                assert fact.shelf in {asked, *(each.shelf for each in here.picks if each.left > 0)}
            case PickShort():
                wanted = next(each for each in here.picks if each.id == fact.pick)
                held = here.hand.quantity if here.hand and here.hand.pick == fact.pick else 0
                assert 0 < fact.quantity <= wanted.left - held
            case Rerouted():
                assert fact.shelf == "B-01"
            case _:
                pass

    def book(self, facts):
        for fact in facts:
            if isinstance(fact, Put):
                self.move(fact.source, fact.target, fact.product, fact.quantity)
            elif isinstance(fact, PickUndone):
                for step in fact.steps:
                    if step.kind == "put":
                        self.move(step.target, step.source, step.product, step.quantity)

    def move(self, source, target, product, quantity):
        for place, sign in ((source, -1), (target, 1)):
            self.ledger[place, product] = self.ledger.get((place, product), 0) + sign * quantity

    def undone(self, after):
        """What an undo leaves is what was there before, but for where the picker went meanwhile."""
        if not self.before:
            return
        before, _ = self.before.pop()
        now = {each.id: (each.done, each.short) for each in after.job.picks}
        assert after.job.hand is None
        assert now == {each.id: (each.done, each.short) for each in before.job.picks}

    @rule(text=st.sampled_from(COMMANDS + CODES))
    def scan_anything(self, text):
        self.scan(text)

    @precondition(lambda self: self.picker.job.state is JobState.ACTIVE)
    @rule(number=st.integers(0, 99), kind=st.sampled_from(["goods", "goods", "case", "shelf", "tote", "tote"]))
    def scan_something_of_the_job(self, number, kind):
        """What lies near at hand: goods, shelves and totes of this very job, the right ones or not."""
        here = self.picker.job
        chosen = here.picks[number % len(here.picks)]
        place = here.place_of(chosen)
        if kind == "goods":
            self.scan(ean(chosen.product))
        elif kind == "case":
            self.scan(itf(chosen.product))
        elif kind == "shelf":
            self.scan(f"KS-{chosen.shelf}")
        elif place is not None and place.code:
            self.scan(f"{'KW' if here.stage is Stage.SORT else 'KT'}-{place.code}")

    @precondition(lambda self: self.picker.job.state is JobState.ACTIVE)
    @rule()
    def take_and_undo(self):
        for _ in range(5):
            text = answer_to(self.picker, self.rules)
            if not text or self.picker.job.state is not JobState.ACTIVE:
                return
            if any(isinstance(fact, Put) for fact in self.answered(text).facts):
                break
        if self.picker.job.state is JobState.ACTIVE:
            self.scan("KP-UNDO")

    @precondition(lambda self: self.picker.job.state is JobState.ACTIVE)
    @rule()
    def take_one_and_a_case(self):
        asked = ask(self.picker, self.rules)
        if asked.kind is PickAskKind.SHELF:
            self.answered(f"KS-{asked.pick.shelf}")
            asked = ask(self.picker, self.rules)
        if asked.kind is PickAskKind.ITEM:
            self.scan(ean(asked.pick.product))
            self.scan(itf(asked.pick.product))

    @precondition(lambda self: self.picker.job.state is JobState.ACTIVE)
    @rule(
        reason=st.sampled_from(["KP-R-MISSING", "KP-R-DAMAGED"]),
        then=st.sampled_from(["KP-DONE", "KP-SHORT", "KS-B-01"]),
    )
    def something_is_short(self, reason, then):
        self.scan("KP-SHORT")
        self.scan(reason)
        self.scan(then)

    @precondition(lambda self: self.picker.job.state is JobState.DONE)
    @rule(**BEGIN)
    def the_next_job(self, **given):
        self.begin_job(**given)

    @precondition(lambda self: self.picker.job.state is JobState.ACTIVE)
    @rule(times=st.integers(1, 4))
    def do_what_is_asked(self, times):
        for _ in range(times):
            text = answer_to(self.picker, self.rules)
            if not text or self.picker.job.state is not JobState.ACTIVE:
                return
            self.answered(text)

    def answered(self, text):
        """Do what was asked: it is taken, but for goods in hand that are enough already."""
        asked = ask(self.picker, self.rules)
        outcome = self.scan(text)
        assert outcome.say.level is not Level.REFUSED, (asked, text, outcome.say)
        return outcome

    @precondition(lambda self: self.picker.job.state is JobState.ACTIVE)
    @rule(number=st.integers(0, 9), why=st.sampled_from(["cancelled", "changed", "held"]))
    def an_order_stops(self, number, why):
        here = self.picker.job
        order = here.picks[number % len(here.picks)].order
        picks = tuple(replace(each, stopped=why) if each.order == order else each for each in here.picks)
        self.picker = replace(self.picker, job=replace(here, picks=picks))
        self.before.clear()  # an undo takes back only what is not stopped

    # --- laws ---

    @invariant()
    def never_more_than_wanted(self):
        if getattr(self, "picker", None) is None:
            return
        for each in self.picker.job.picks:
            assert each.done >= 0
            assert each.short >= 0
            assert each.done + each.short <= each.wanted

    @invariant()
    def goods_are_where_the_books_say(self):
        if getattr(self, "picker", None) is None:
            return
        taken = sum(each.done for each in self.picker.job.picks)
        assert sum(n for (place, _), n in self.ledger.items() if not place.startswith(("shelf:", "bulk:4"))) == taken
        assert sum(self.ledger.values()) == 0

    @invariant()
    def done_only_when_nothing_is_left(self):
        if getattr(self, "picker", None) is None:
            return
        here = self.picker.job
        finished = here.state is JobState.DONE
        assert finished == (ask(self.picker, self.rules).kind is PickAskKind.JOB)
        if finished:
            assert all(each.left == 0 for each in here.picks)
            assert here.hand is None

    def teardown(self):
        """Every job can be finished by doing what is asked."""
        if getattr(self, "picker", None) is None:
            return
        for _ in range(200):
            if self.picker.job.state is not JobState.ACTIVE:
                return
            text = answer_to(self.picker, self.rules)
            outcome = self.answered(text)
            if any(isinstance(fact, JobFinished) for fact in outcome.facts):
                return
        raise AssertionError(f"not finished: {ask(self.picker, self.rules)}")


Walk.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None, phases=[Phase.generate])
TestWalk = Walk.TestCase
