"""Laws of returns, tried by random scans on the pure core: no database, no clock."""

from dataclasses import replace

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.outcome import Level
from app.domain.return_asking import ReturnAskKind, ask
from app.domain.returning import decide
from app.domain.returns import (
    BackHand,
    PieceBack,
    ReturnCandidate,
    ReturnClosed,
    ReturnEmptied,
    ReturnRefused,
    ReturnSetAside,
    ReturnUndone,
    fold,
    moves_of,
)
from app.domain.stock import balances, counter
from tests.makers import ean, itf
from tests.returners import EXPIRY, LEADER, LOT, PACKER, RULES, SERIAL, answer_to, order, seen, shipped
from tests.setup.test_texts import PLACEHOLDER, catalogue

KINDS = ("plain", "plain", "lot", "expiry", "old", "recalled", "serial", "homeless")
GOODS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(KINDS), st.integers(1, 3), st.integers(1, 2)), min_size=1, max_size=6
)  # product, kind, quantity, box
COMMANDS = [
    *("KP-DONE", "KP-DONE", "KP-UNDO", "KP-UNDO", "KP-CANCEL", "KP-LATER", "KP-NOCODE", "KP-NOCODE", "KP-ALLOW"),
    *("KP-1", "KP-1", "KP-2", "KP-3", "KP-4", "KP-R-OTHER", "KP-NEXT", "KP-TEACH", "KP-SHORT"),
]
CODES = [
    *(ean(n) for n in range(1, 6)),
    *(ean(n) for n in range(1, 6)),
    *(itf(n) for n in range(1, 4)),
    *(f"KS-A-{n:02d}" for n in range(1, 5)),
    *("KS-RETURN-BAD", "KO-12-034-1", "12-034", "12-099", "L1", "L2", "2027-03-31", "S1-1", "S1-2", "S9", "", "4\x005"),
    *(f"]d2010{ean(n)}10{lot}" for n in (1, 2) for lot in ("L1", "L9")),
    *(f"]d2010{ean(n)}21S{n}-{at}" for n in (1, 2) for at in (1, 2, 9)),
]
HANDLING = {"lot": LOT, "recalled": LOT, "expiry": EXPIRY, "old": EXPIRY, "serial": SERIAL}
SENTENCES = {key: set(PLACEHOLDER.findall(sentence)) for key, sentence in catalogue("ja").items()}
"""What each sentence must be told."""


def goods_of(line, product, kind, quantity, box):
    match kind:
        case "lot":
            return [shipped(line, quantity, product, box=box, lot=f"L{line % 2 + 1}", handling=LOT)]
        case "recalled":
            return [shipped(line, quantity, product, box=box, lot="L3", recalled=True, handling=LOT)]
        case "expiry":
            return [shipped(line, quantity, product, box=box, lot="2027-03-31", expiry="2027-03-31", handling=EXPIRY)]
        case "old":
            return [shipped(line, quantity, product, box=box, lot="2026-01-31", expiry="2026-01-31", handling=EXPIRY)]
        case "serial":
            return [
                shipped(line, 1, product, box=box, serial=f"S{product}-{line}{n}", handling=SERIAL)
                for n in range(quantity)
            ]
        case "homeless":
            return [shipped(line, quantity, product, box=box, shelf="")]
    return [shipped(line, quantity, product, box=box)]


class Back(RuleBasedStateMachine):
    """One station, one order, scans of every kind in any order."""

    @initialize(goods=GOODS, pieces=st.integers(1, 2), rights=st.booleans(), tracked=st.booleans())
    def begin(self, goods, pieces, rights, tracked):
        kinds: dict[int, str] = {}
        made = []
        for line, (product, kind, quantity, box) in enumerate(goods, 1):
            one = kinds.setdefault(product, kind)  # a product is of one kind
            made += goods_of(line, product, one, quantity, box if pieces > 1 else 1)
        self.handling = {product: HANDLING[kind] for product, kind in kinds.items() if kind in HANDLING}
        self.order = order(*made, return_id=5, pieces=pieces, piece=1 if pieces > 1 else 0)
        self.rules = RULES if rights else replace(RULES, rights=frozenset({next(iter(RULES.rights))}))
        self.rules = replace(self.rules, stock_tracked=tracked)
        self.moves = []
        self.acts = 0
        self.befores = []
        self.here = self.opened(())

    def opened(self, trail):
        _, outcome = None, decide(self.empty(), self.naming(trail), RULES)
        return fold(self.empty(), outcome.facts, "open")

    def empty(self):
        from app.domain.returns import Receiver

        return Receiver()

    def naming(self, trail):
        return seen("12-034", orders=(ReturnCandidate(self.order, "", trail),))

    def scan(self, text, **more):
        self.acts += 1
        act, before = f"act-{self.acts}", self.here
        code = seen(text, handling=self.handling, **more)
        outcome = decide(before, code, self.rules)
        key = outcome.say.key
        assert SENTENCES[key] <= set(outcome.say.args), f"{key} cannot be said"
        if outcome.say.level is Level.REFUSED:
            assert not outcome.facts
            args = outcome.say.args
            stands = ReturnRefused(args["allow"], BackHand(**args["hand"])) if "allow" in args else None
            self.here = replace(before, refused=stands or (before.refused if key == "allow.leader_needed" else None))
            return outcome
        for fact in outcome.facts:
            if isinstance(fact, PieceBack):
                self.check(before, fact, text)
            elif isinstance(fact, ReturnClosed):
                assert fact.whole == before.all_back
        pieces = sum(fact.quantity for fact in outcome.facts if isinstance(fact, PieceBack))
        if pieces and before.question.hand is not None:
            assert pieces == before.question.hand.quantity, "another number than was in hand"
        after = fold(before, outcome.facts, act)
        self.book(outcome, before, after, act)
        if after.order is None:
            trail = before.trail if any(isinstance(fact, ReturnSetAside) for fact in outcome.facts) else ()
            if any(isinstance(fact, ReturnEmptied) for fact in outcome.facts):
                assert self.moves_sum() == {}, "giving up takes everything back"
            if any(isinstance(fact, ReturnClosed) for fact in outcome.facts):
                self.order = replace(self.order, before=(*self.order.before, *before.trail))
                self.moves = []
            if not any(isinstance(fact, ReturnSetAside) for fact in outcome.facts):
                self.befores = []
            after = self.opened(trail)
        self.here = after
        return outcome

    def check(self, before, fact, text):
        goods = [each for each in before.goods if each.line == fact.line]
        assert goods[0].product == fact.product
        assert 0 < fact.quantity <= sum(each.left for each in goods), "more than was in the parcel"
        hand = before.question.hand if before.question else None
        if hand is not None and hand.code.startswith("4599"):
            assert hand.code == ean(fact.product), "other goods"
        same = [each for each in goods if (each.lot, each.serial) == (fact.lot, fact.serial)]
        assert same or (hand is not None and hand.how in ("lot", "serial")), "another lot or serial"
        if fact.grade == "good":
            assert all(not each.recalled and each.shelf for each in same)
            assert not fact.expiry or fact.expiry >= self.rules.today
        assert fact.reason

    def book(self, outcome, before, after, act):
        back = [step for step in after.trail if step.act == act]
        if back:
            self.befores.append(before.trail)
            self.moves += moves_of(back)
        for fact in outcome.facts:
            if isinstance(fact, ReturnUndone | ReturnEmptied):
                self.moves += [counter(move) for move in moves_of(fact.steps)]
            if isinstance(fact, ReturnUndone):
                assert after.trail == self.befores.pop(), "undo restores"

    def moves_sum(self):
        return balances(self.moves)

    @rule(text=st.sampled_from(COMMANDS + CODES))
    def scan_anything(self, text):
        self.scan(text)

    @rule(who=st.sampled_from([LEADER, PACKER, None]))
    def badge(self, who):
        self.scan("KU-X", person=who)

    @rule(number=st.integers(0, 20))
    def a_serial_of_the_parcel(self, number):
        serials = [each.serial for each in self.order.shipped if each.serial]
        if serials:
            self.scan(serials[number % len(serials)])

    @rule(
        number=st.integers(0, 20),
        how=st.sampled_from(["piece", "piece", "case", "case", "foreign", "no_code", "whole", "whole"]),
        grade=st.sampled_from(["KP-1", "KP-1", "KP-2"]),
        then=st.sampled_from(["", "", "KP-UNDO", "KP-CANCEL", "KP-LATER"]),
    )
    def take_in(self, number, how, grade, then):
        """Take something in, well or badly, and perhaps back again."""
        goods = self.order.shipped[number % len(self.order.shipped)]
        match how:
            case "piece":
                self.scan(ean(goods.product))
            case "case":
                self.scan(itf(goods.product))
            case "foreign":
                mark = "21S9" if goods.serial else "10L9"
                self.scan(f"]d2010{ean(goods.product)}{mark}")
                self.scan("KP-ALLOW")
            case "no_code":
                self.scan("KP-NOCODE")
            case "whole":
                self.scan("KP-DONE")
                self.scan("KP-DONE")
        for _ in range(3):
            wanted = ask(self.here, self.rules).kind
            if wanted in (ReturnAskKind.LINE, ReturnAskKind.LOT, ReturnAskKind.SERIAL, ReturnAskKind.REASON):
                self.scan(answer_to(self.here, self.rules))
        if ask(self.here, self.rules).kind is ReturnAskKind.GRADE:
            self.scan(grade)
        if then:
            self.scan(then)

    @rule(times=st.integers(1, 8))
    def go_on(self, times):
        """Do what the screen asks for."""
        for _ in range(times):
            if text := answer_to(self.here, self.rules):
                outcome = self.scan(text)
                assert outcome.say.level is not Level.REFUSED, (text, outcome.say)

    @invariant()
    def no_more_than_was_in_the_parcel(self):
        if hasattr(self, "here"):
            assert all(0 <= each.left <= each.quantity for each in self.here.goods)
            assert self.here.back <= self.order.wanted
            assert self.here.back + sum(each.left for each in self.here.goods) == self.order.wanted

    @invariant()
    def the_ledger_has_what_came_back(self):
        if hasattr(self, "here"):
            assert self.moves_sum() == balances(moves_of(self.here.trail))

    @invariant()
    def what_is_asked_can_be_written_down(self):
        if hasattr(self, "here"):
            wanted = ask(self.here, self.rules)
            assert wanted.plain()["kind"] == wanted.kind
            if wanted.kind in (ReturnAskKind.WHICH, ReturnAskKind.LINE, ReturnAskKind.LOT):
                assert 1 <= len(wanted.options) <= 4

    def teardown(self):
        """Whatever happened, the parcel can be taken in to its last piece and the return ended."""
        if not hasattr(self, "here"):
            return
        if self.here.question is not None:
            self.scan("KP-CANCEL")
        for _ in range(6 * self.order.wanted + 2):
            if self.here.all_back:
                break
            assert self.scan(answer_to(self.here, self.rules)).say.level is not Level.REFUSED
        assert self.here.all_back
        assert ask(self.here, self.rules).kind is ReturnAskKind.CLOSE
        if self.here.trail:
            assert self.scan("KP-DONE").say.key == "return.closed"


TestReturns = Back.TestCase
TestReturns.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, phases=[Phase.generate, Phase.shrink]
)
