"""Laws of the bench, tried by random shifts on the pure core: no database, no clock."""

from dataclasses import replace
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.barcode import read
from app.domain.bench import Ask, AskKind, Bench, Rules, Seen, ask
from app.domain.facts import (
    Closed,
    Dropped,
    HandedBack,
    Opened,
    Packed,
    Shorted,
    Undone,
    after,
    fold,
)
from app.domain.orders import OrderState
from app.domain.outcome import Level
from app.domain.packing import decide
from app.domain.people import EVERYONE, Person, Right, Role
from tests.makers import candidate, command, ean, goods, itf, line, text

UNDOABLE = (Packed, Shorted, Closed)
ASKED_AFTER = {
    "order.opened": {AskKind.ITEM},
    "takeover.done": {AskKind.ITEM},
    "pack.ok": {AskKind.ITEM},
    "pack.ok_widened": {AskKind.ITEM},
    "order.closed": {AskKind.ORDER},
    "order.closed_short": {AskKind.ORDER},
    "order.handed_back": {AskKind.ORDER},
    "order.handed_back_short": {AskKind.ORDER},
    "order.cancelled_meanwhile": {AskKind.ORDER},
    "short.ask": {AskKind.SHORT_REASON},
    "short.noted": {AskKind.ITEM},
    "short.only_left": {AskKind.CLOSE_SHORT},
    "reprint.ask": {AskKind.REPRINT_REASON},
    "teach.ask": {AskKind.TEACH},
    "takeover.ask": {AskKind.TAKE_OVER},
    "undo.packed": {AskKind.ITEM},
    "undo.short": {AskKind.ITEM},
    "undo.reopened": {AskKind.ITEM, AskKind.CLOSE_SHORT},
}
"""What must be asked after each sentence: the sentence never promises another thing than the screen shows."""

LINES = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([1, 1, 2, 3, 6, 8])), min_size=1, max_size=6
)  # product (the same one may stand on several lines) and quantity
PEOPLE = [Person(1, "P1", "packer", Role.PACKER), Person(2, "L1", "leader", Role.LEADER)]
COMMANDS = ["next", "done", "undo", "undo", "short", "cancel", "reprint", "teach", "r-missing", "r-damaged", "r-other"]
JUNK = ["", "hello", ean(88), ean(99), ean(1)[:6], ean(1) + ean(2), "KP-DANCE", "KO-", "KS-A", "x" * 4000, "4\x0055"]
CASES = {1: 2, 2: 6, 3: 4}


class Shift(RuleBasedStateMachine):
    """One packer, one order after the other, scans of every kind in any order."""

    def __init__(self):
        super().__init__()
        self.acts = count()
        self.bench = Bench()
        self.before = []  # what undo must restore, oldest first
        self.opened = None

    @initialize(
        wanted=LINES,
        leader=st.booleans(),
        strict=st.sampled_from([False, False, False, True]),
        ready=st.booleans(),
        taken=st.sampled_from(["", "", "other"]),
        at_once=st.sampled_from([True, True, True, False]),
    )
    def begin(self, wanted, leader, strict, ready, taken, at_once):
        rights = EVERYONE if leader else EVERYONE - {Right.CLOSE_SHORT, Right.TEACH}
        self.rules = Rules(station="1", rights=rights, signin_required=strict)
        lines = [line(number, product, pieces) for number, (product, pieces) in enumerate(wanted, 1)]
        state = OrderState.READY if ready and not taken else OrderState.RELEASED
        self.offer = candidate(*lines, state=state, holder=taken)
        if at_once:
            self.scan(Seen(read("KU-P1"), person=PEOPLE[0]))
            for _ in range(2 if taken else 1):
                self.scan(Seen(read("A-1001"), candidates=(self.offer,)))

    # --- scans of every kind ---

    @rule(product=st.integers(1, 4), raw=st.sampled_from(["piece", "piece", "piece", "case", "sku", "wide"]))
    def scan_goods(self, product, raw):
        quantity = CASES.get(product, 1) if raw == "case" else 1
        shown = {"case": itf(product), "sku": f"sku-{product}"}.get(raw, ean(product))
        if raw == "wide":
            shown = shown.replace("5", "５")
        elsewhere = "9-001" if product == 4 else ""
        self.scan(goods(product, quantity, raw=shown, elsewhere=elsewhere))

    @rule(times=st.integers(1, 8), data=st.data())
    def scan_what_is_wanted(self, times, data):
        wanted = [each.product for each in self.bench.lines if each.left] or [1]
        for _ in range(times):
            self.scan(goods(data.draw(st.sampled_from(wanted))))

    @rule(name=st.sampled_from(COMMANDS))
    def scan_command(self, name):
        found = (self.offer,) if name == "next" and not self.offer.holder else ()
        self.scan(Seen(read(f"KP-{name.upper()}"), candidates=found))

    @rule(number=st.sampled_from(["A-1001", "KO-12-034-1", "KO-12-034-2", "KO-12-034"]))
    def scan_order(self, number):
        state = self.bench.order.state if self.bench.order else self.offer.order.state
        found = replace(self.offer, order=replace(self.offer.order, state=state))
        self.scan(Seen(read(number), candidates=(found,)))

    @rule(raw=st.sampled_from(JUNK))
    def scan_junk(self, raw):
        seen = text(raw, parts=("0" + ean(1),))
        outcome = self.scan(seen)
        self.bench = replace(self.bench, unknown=str(outcome.say.args.get("gtin", "")))

    @rule(reason=st.sampled_from(["r-missing", "r-damaged", "r-other", "undo", "cancel", "goods"]))
    def declare_short(self, reason):
        self.scan(command("short"))
        wanted = next((each.product for each in self.bench.lines if each.left), 1)
        self.scan(goods(wanted) if reason == "goods" else command(reason))

    @precondition(lambda self: self.bench.order and self.bench.order.state is OrderState.VERIFIED)
    @rule()
    def open_the_next(self):
        self.scan(Seen(read("A-1001"), candidates=(self.offer,)))

    @rule(person=st.sampled_from(PEOPLE), held=st.sampled_from([False] * 5 + [True]))
    def scan_badge(self, person, held):
        self.scan(Seen(read(f"KU-{person.code}"), person=person))
        self.bench = replace(self.bench, held=held)

    @rule()
    def scan_two_products_with_one_code(self):
        one, other = goods(1).products[0], goods(4).products[0]
        self.scan(Seen(read(ean(1)), products=(one, other)))

    @precondition(lambda self: self.bench.order is not None)
    @rule(times=st.integers(1, 60))
    def undo_to_the_beginning(self, times):
        for _ in range(times):
            self.scan(command("undo"))

    @precondition(lambda self: self.bench.order and self.bench.order.state is OrderState.VERIFIED)
    @precondition(lambda self: self.bench.question is None)
    @rule()
    def hand_over(self):
        self.bench = replace(self.bench, order=replace(self.bench.order, state=OrderState.SHIPPED))
        assert self.scan(command("undo")).facts == ()
        self.bench, self.before = Bench(person=self.bench.person), []

    # --- the laws of one scan ---

    def scan(self, seen):
        bench = self.bench
        act = f"act-{next(self.acts)}"
        outcome = decide(bench, seen, self.rules)
        now = fold(bench, outcome.facts, act)
        shown = ask(now, self.rules)
        if outcome.say.level is Level.REFUSED:
            assert outcome.facts == ()
            assert now == bench
        elif outcome.facts:
            assert now.question is None or now.question != bench.question or outcome.say.level is Level.QUESTION
        self.check_facts(bench, outcome, seen)
        self.check_shown(outcome, now, shown)
        self.remember(bench, outcome, now)
        self.bench = now
        return outcome

    def check_facts(self, bench, outcome, seen):
        products = {known.product for known in seen.products}
        for fact in outcome.facts:
            if isinstance(fact, Packed):
                into = next(each for each in bench.lines if each.id == fact.line)
                assert fact.product == into.product, "goods went to a line of another product"
                assert {fact.product} == products, "not what was scanned"
                assert fact.quantity > 0
        packed = sum(fact.quantity for fact in outcome.facts if isinstance(fact, Packed))
        assert packed in (0, seen.products[0].quantity if seen.products else 0), "part of a scan was counted"
        if bench.held and bench.order and bench.order.open:
            assert not any(isinstance(fact, (*UNDOABLE, Opened)) for fact in outcome.facts)

    def check_shown(self, outcome, now, shown):
        assert isinstance(shown, Ask)
        if outcome.say.key in ASKED_AFTER and not (self.rules.signin_required and now.person is None):
            assert shown.kind in ASKED_AFTER[outcome.say.key], outcome.say.key
        if "done" in outcome.say.args:
            assert (outcome.say.args["done"], outcome.say.args["wanted"]) == (now.done, now.wanted)
        if shown.kind is AskKind.ITEM:
            assert shown.line.left > 0
        if shown.kind is AskKind.CLOSE_SHORT:
            assert any(each.short for each in now.lines)
        if any(isinstance(fact, Closed) for fact in outcome.facts):
            assert all(each.left == 0 for each in now.lines)
            assert now.done > 0

    def remember(self, bench, outcome, now):
        kept = (bench.order, bench.lines, bench.trail)
        if any(isinstance(fact, (Opened, HandedBack, Dropped)) for fact in outcome.facts):
            assert now.trail == (), "an order begins without a trail"
            self.before = []
            self.opened = (now.order, now.lines, now.trail)
        elif any(isinstance(fact, UNDOABLE) for fact in outcome.facts):
            self.before.append(kept)
        elif any(isinstance(fact, Undone) for fact in outcome.facts):
            assert (now.order, now.lines, now.trail) == self.before.pop(), "undo did not restore what was before"
        else:
            assert (now.order, now.lines, now.trail) == kept, "something changed that undo does not know"
        if not self.before and now.order is not None:
            assert (now.order, now.lines, now.trail) == self.opened, "not what was opened"

    # --- the laws that always hold ---

    @invariant()
    def never_more_than_wanted(self):
        for each in self.bench.lines:
            assert each.done >= 0
            assert each.short >= 0
            assert each.done + each.short <= each.wanted

    @invariant()
    def the_lines_are_what_the_trail_says(self):
        for each in self.bench.lines:
            mine = [step for step in self.bench.trail if step.line == each.id]
            assert each.done == sum(step.quantity for step in mine if step.kind == "pack")
            assert each.short == sum(step.quantity for step in mine if step.kind == "short")

    @invariant()
    def every_order_comes_to_an_end(self):
        """From any state: hand it back; where nothing holds it, finish it, or declare the rest short."""
        if self.bench.order is None or not self.bench.order.open:
            return
        assert "order.handed_back" in self.driven(["cancel", "cancel"])[-1]
        if not self.bench.held:
            wanted = [f"goods-{each.product}" for each in self.bench.lines for _ in range(each.left)]
            keys = self.driven(["cancel"] if self.bench.question else [], wanted)
            if any(each.short for each in self.bench.lines):
                self.drive_short(["cancel"] if self.bench.question else [], wanted)
            else:
                assert keys[-1] == "order.closed"
            shorts = ["short", "r-missing"] * sum(1 for each in self.bench.lines if each.left)
            self.drive_short(["cancel"] if self.bench.question else [], shorts)

    def drive_short(self, *steps):
        may = Right.CLOSE_SHORT in self.rules.rights
        keys = self.driven(*steps, ["done"])
        something = keys[-1] != "done.nothing_packed"
        assert keys[-1] == ("done.leader_needed" if not may else "order.closed_short" if something else keys[-1])
        if keys[-1] != "order.closed_short":
            assert self.driven(*steps, ["cancel"])[-1] == "order.handed_back_short"

    def driven(self, *steps):
        bench, keys = self.bench, [""]
        if self.rules.signin_required and bench.person is None:
            bench = replace(bench, person=PEOPLE[0])
        for step in [each for group in steps for each in group]:
            if bench.order is None:
                break
            seen = goods(int(step[6:])) if step.startswith("goods-") else command(step)
            outcome = decide(bench, seen, self.rules)
            keys.append(outcome.say.key)
            bench = fold(bench, outcome.facts, f"drive-{len(keys)}")
            assert bench.done or not any(isinstance(fact, Closed) for fact in outcome.facts), "an empty box was closed"
        return keys

    @invariant()
    def a_question_is_cleared_by_any_fact(self):
        if self.bench.question:
            assert after(self.bench, Dropped(), "x").question is None
            assert fold(self.bench, decide(self.bench, command("cancel"), self.rules).facts, "x").question is None


TestShift = Shift.TestCase
if settings.get_current_profile_name() == "ci":
    TestShift.settings = settings(max_examples=250)
