"""Laws of the bench, tried by random shifts on the pure core: no database, no clock."""

from collections import Counter
from dataclasses import replace
from itertools import count
from random import Random

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.asking import Ask, AskKind, ask, next_waybill, slip_wanted
from app.domain.barcode import read
from app.domain.bench import (
    Bench,
    FoundWaybill,
    KnownCarton,
    Papers,
    Pending,
    PickedGoods,
    QuestionKind,
    Refused,
    Rules,
    Seen,
    StepKind,
)
from app.domain.boxes import inside
from app.domain.facts import (
    Asked,
    Attached,
    BoxOpened,
    CartonChosen,
    Closed,
    Dropped,
    HandedBack,
    HandNumbered,
    InsertPacked,
    InsertShort,
    LabelWanted,
    Moved,
    Opened,
    Packed,
    Parked,
    ShortAccepted,
    Shorted,
    SlipScanned,
    SplitOff,
    Undone,
    Weighed,
    after,
    fold,
)
from app.domain.orders import OrderState, WaybillState
from app.domain.outcome import Level
from app.domain.packing import decide
from app.domain.people import EVERYONE, Person, Right, Role
from tests.makers import (
    candidate,
    carton,
    command,
    ean,
    extra,
    goods,
    itf,
    line,
    order,
    plan,
    text,
    tracking,
    waybill,
    weighed,
)

UNDOABLE = (
    *(Packed, Shorted, SlipScanned, ShortAccepted, Attached, Closed),
    *(InsertPacked, InsertShort, BoxOpened, CartonChosen, Moved, Weighed),
)
GONE = (HandedBack, Dropped, Parked)
WORK = {
    *(AskKind.SLIP, AskKind.ITEM, AskKind.CLOSE_SHORT, AskKind.INSERT, AskKind.WEIGHT, AskKind.WAYBILL),
    AskKind.CLOSE,
}
PACKING = WORK - {AskKind.SLIP}
ASKED_AFTER = {
    "order.opened": WORK,
    "order.opened_skipped": WORK,
    "order.opened_in": WORK,
    "order.opened_all_in": WORK - {AskKind.ITEM},
    "order.resumed": WORK,
    "takeover.done": WORK,
    "slip.ok": PACKING,
    "slip.one_more": {AskKind.SLIP},
    "pack.ok": {AskKind.ITEM},
    "pack.ok_widened": {AskKind.ITEM},
    "pack.all_in": {AskKind.WAYBILL},
    "pack.inserts_now": {AskKind.INSERT},
    "insert.ok": {AskKind.INSERT},
    "insert.ok_early": {AskKind.ITEM},
    "insert.all_in": {AskKind.WAYBILL},
    "insert.short_ask": {AskKind.SHORT_REASON},
    "short.inserts_now": {AskKind.INSERT},
    "pack.weigh_now": {AskKind.WEIGHT},
    "insert.weigh_now": {AskKind.WEIGHT},
    "short.weigh_now": {AskKind.WEIGHT},
    "weight.next_box": {AskKind.WEIGHT},
    "weight.ok": {AskKind.WAYBILL},
    "weight.warned": {AskKind.WEIGHT, AskKind.WAYBILL},
    "weight.no_scale": {AskKind.WEIGHT, AskKind.WAYBILL},
    "allow.weight": {AskKind.ALLOW_REASON},
    "box.ask": {AskKind.BOX},
    "box.opened": WORK,
    "box.switched": PACKING,
    "carton.chosen": PACKING,
    "carton.service": {AskKind.ORDER},
    "carton.follows": {AskKind.ORDER},
    "move.ask": {AskKind.MOVE},
    "move.done": PACKING,
    "split.done": {AskKind.ORDER},
    "waybill.piece": {AskKind.WAYBILL, AskKind.LABEL},
    "waybill.hand_ask": {AskKind.HAND_WAYBILL},
    "waybill.hand_ask_odd": {AskKind.HAND_WAYBILL},
    "label.ask": {AskKind.LABEL},
    "label.not_yet": {AskKind.LABEL},
    "label.attached": {AskKind.ORDER},
    "override.ask": {AskKind.OVERRIDE_REASON},
    "service.ask": {AskKind.SERVICE_REASON},
    "order.closed": {AskKind.ORDER},
    "order.closed_short": {AskKind.ORDER},
    "order.closed_unlabelled": {AskKind.ORDER},
    "order.closed_label_later": {AskKind.ORDER},
    "order.handed_back": {AskKind.ORDER},
    "order.handed_back_short": {AskKind.ORDER},
    "order.handed_back_label": {AskKind.ORDER},
    "order.cancelled_meanwhile": {AskKind.ORDER},
    "order.changed_meanwhile": {AskKind.ORDER},
    "later.parked": {AskKind.ORDER},
    "parcel.added": {AskKind.ORDER},
    "parcel.service": {AskKind.ORDER},
    "service.parked": {AskKind.ORDER},
    "short.ask": {AskKind.SHORT_REASON},
    "short.noted": {AskKind.ITEM},
    "short.only_left": {AskKind.CLOSE_SHORT},
    "short.accepted": {AskKind.WAYBILL},
    "reprint.ask": {AskKind.REPRINT_REASON},
    "teach.ask": {AskKind.TEACH},
    "takeover.ask": {AskKind.TAKE_OVER},
    "undo.packed": {AskKind.ITEM, AskKind.SLIP},  # goods that were in by the pick may go out before the second slip
    "undo.short": {AskKind.ITEM},
    "undo.slip": {AskKind.SLIP},
    "undo.accepted": {AskKind.CLOSE_SHORT},
    "undo.insert": PACKING,
    "undo.insert_short": {AskKind.INSERT},
    "undo.box": WORK,
    "undo.carton": PACKING,
    "undo.moved": PACKING,
    "undo.weight": {AskKind.WEIGHT},
    "undo.label": {AskKind.WAYBILL, AskKind.LABEL},
    "undo.reopened": PACKING,
    "undo.reopened_label": {AskKind.WAYBILL},
}
"""What must be asked after each sentence: the sentence never promises another thing than the screen shows."""

LINES = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([1, 1, 2, 3, 6, 8])), min_size=1, max_size=6
)  # product (the same one may stand on several lines) and quantity
PEOPLE = [Person(1, "P1", "packer", Role.PACKER), Person(2, "L1", "leader", Role.LEADER)]
COMMANDS = ["next", "done", "undo", "undo", "short", "cancel", "reprint", "teach", "r-missing", "r-damaged", "r-other"]
LOOP = ["later", "later", "parcel", "service", "done", "r-thick", "r-heavy", "r-other", "r-missing"]
PAPERS = [
    Papers(),
    Papers(),
    Papers(slip=True, waybill=True),
    Papers(slip=True, waybill=True),
    Papers(slip=True, waybill=True, at_close=True),
    Papers(waybill=True),
    Papers(slip=True),
]
OTHERS = [
    waybill(35, id=351, order=8, ship_number="12-035"),
    waybill(36, id=361, order=9, ship_number="12-036", state=WaybillState.ATTACHED),
    waybill(33, id=331, order=7, ship_number="12-034", version=0, state=WaybillState.VOID),
    waybill(32, id=321, order=7, ship_number="12-034", state=WaybillState.VOID),
    waybill(31, id=311, order=3, ship_number="12-031", carrier="sagawa_e3"),
]
"""Waybills that never belong on the parcel of these shifts."""
CARTONS = ["60", "80", "100", "OWN", ""]
BOX_COMMANDS = ["box", "box", "switch", "switch", "move", "maker", "r-thick", "r-nofit", "split", "parcel", "parcel"]
LEAFLET = 5
"""Product that goes in beside the goods; line 1 may want the same."""
JUNK = ["", "hello", ean(88), ean(99), ean(1)[:6], ean(1) + ean(2), "KP-DANCE", "KO-", "KS-A", "x" * 4000, "4\x0055"]
CASES = {1: 2, 2: 6, 3: 4}


def planned(lines, cartons):
    """Cartons proposed for *lines*, their pieces dealt out to them in turn; None for none."""
    pieces = [each.id for each in lines for _ in range(each.wanted)]
    if not cartons or not pieces:
        return None
    dealt = [Counter(pieces[number::cartons]) for number in range(cartons)]
    return plan(*((code, list(each.items())) for code, each in zip(CARTONS, dealt, strict=False) if each))


class Shift(RuleBasedStateMachine):
    """One packer, one order after the other, scans of every kind in any order."""

    def __init__(self):
        super().__init__()
        self.acts = count()
        self.looks = count()
        self.bench = Bench()
        self.before = []  # what undo must restore, oldest first
        self.opened = None
        self.on_boxes = {}  # waybill -> parcel that it sticks on
        self.parcel = 1
        self.parted = False
        self.said = Counter()

    @initialize(
        wanted=LINES,
        leader=st.booleans(),
        strict=st.sampled_from([False, False, False, True]),
        ready=st.booleans(),
        taken=st.sampled_from(["", "", "other"]),
        at_once=st.sampled_from([True, True, True, False]),
        papers=st.sampled_from(PAPERS),
        blank=st.lists(st.sampled_from([False, False, True]), min_size=1, max_size=3),
        second=st.booleans(),
        picked=st.sampled_from(["", "", "unit", "line", "off"]),
        beside=st.lists(st.sampled_from([None, LEAFLET, LEAFLET, 1]), max_size=3),
        cartons=st.sampled_from([0, 0, 1, 2, 3]),
        check=st.sampled_from(["", "", "off", "refuse", "refuse", "warn"]),
    )
    def begin(
        self,
        wanted,
        leader,
        strict,
        ready,
        taken,
        at_once,
        papers,
        blank,
        second,
        picked,
        beside=(),
        cartons=0,
        check="",
    ):
        rights = EVERYONE if leader else frozenset({Right.PACK, Right.TAKE_OVER})
        self.rules = Rules(
            station="1",
            rights=rights,
            signin_required=strict,
            scale=bool(check),
            overridable=frozenset({"weight"} if leader else ()),
        )
        lines = [line(number, product, pieces) for number, (product, pieces) in enumerate(wanted, 1)]
        papers_too = tuple(
            extra(50 + number, product, wanted=2 if product == LEAFLET else 1) for number, product in enumerate(beside)
        )
        state = OrderState.READY if ready and not taken else OrderState.RELEASED
        waits = ()
        if picked:  # sometimes one line less than was wanted, as where the shelf was empty
            state = OrderState.PICKED
            whole = len(lines) - len(lines) % 2
            lines = [replace(each, picked=each.wanted) for each in lines[:whole]] + lines[whole:]
            waits = tuple(PickedGoods(each.product, "", each.picked, each.id, each.code) for each in lines[:whole])
        waybills = tuple(
            waybill(34, piece, pieces=len(blank), **({"number": "", "state": WaybillState.EXPORTED} if without else {}))
            for piece, without in enumerate(blank, 1)
        )
        carried = {"carrier": "yamato_b2" if papers.waybill else "", "papers": papers, "parcel_count": len(blank)}
        carried |= {"pack_scan": picked or "unit", "weight_check": check or "off", "plan": planned(lines, cartons)}
        others = (order(state, id=8, ship_number="12-035", **carried),) if second else ()
        self.first = self.offer = candidate(
            *lines,
            state=state,
            holder=taken,
            followers=others,
            waybills=waybills if papers.waybill else (),
            goods=waits,
            extras=papers_too,
            **carried,
        )
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
        free = not self.offer.holder and not self.offer.parked and self.bench.order is None
        found = (self.offer,) if name == "next" and free else ()
        self.scan(Seen(read(f"KP-{name.upper()}"), candidates=found))

    @rule(times=st.integers(1, 15))
    def go_on(self, times):
        """Scan what is asked for."""
        for _ in range(times):
            seen = self.answer(self.bench, ask(self.bench, self.rules), shorts=False)
            if seen is None or self.bench.held:
                return
            self.scan(seen)

    @rule(name=st.sampled_from(BOX_COMMANDS), next_one=st.sampled_from(CARTONS), suits=st.booleans())
    def scan_command_of_boxes(self, name, next_one, suits):
        known = KnownCarton(next_one, next_one, suits)
        self.scan(Seen(read(f"KP-{name.upper()}"), carton=known if next_one else None, most_pieces=9))

    @rule(code=st.sampled_from(CARTONS), suits=st.sampled_from([True, True, False]))
    def scan_carton(self, code, suits):
        follow = "yamato_b2/takkyubin" if code == "100" else ""
        self.scan(carton(code, suits=suits, follow=follow) if code else text("KX-NOBODY"))

    @rule(product=st.integers(1, 4))
    def move_a_piece(self, product):
        self.scan(command("move"))
        self.scan(goods(product))

    @rule(number=st.integers(49, 53), leaflet=st.booleans())
    def scan_what_goes_in_beside(self, number, leaflet):
        self.scan(goods(LEAFLET) if leaflet else text(f"KN-{number}"))

    @rule(grams=st.sampled_from([0, 450, 500, 550, None]), then=st.sampled_from(["", "allow", "badge"]))
    def weigh(self, grams, then):
        self.scan(text("KG-FAULT") if grams is None else weighed(grams))
        if then:
            self.scan(command("allow") if then == "allow" else Seen(read("KU-L1"), person=PEOPLE[1]))
            self.scan(command("r-other"))

    @rule(reason=st.sampled_from(["r-missing", "r-damaged", "r-thick", "undo"]))
    def close_without(self, reason):
        self.scan(command("done"))
        self.scan(command(reason))

    @rule(name=st.sampled_from(LOOP), most=st.sampled_from([1, 9]))
    def scan_command_of_the_loop(self, name, most):
        self.scan(Seen(read(f"KP-{name.upper()}"), most_pieces=most))

    @rule(number=st.sampled_from(["A-1001", "KO-12-034-1", "KO-12-034-1", "KO-12-035-1", "KO-12-034-2", "KO-12-034"]))
    def scan_order(self, number):
        self.scan(Seen(read(number), candidates=(self.found(),)))

    def found(self):
        """The order as the database has it now."""
        here = self.bench
        if here.order is None:
            return self.offer
        closed = here.order.state is OrderState.VERIFIED
        unlabelled = closed and here.order.papers.waybill and not all(each.attached for each in here.waybills)
        return replace(
            self.offer, order=here.order, followers=here.followers, lines=here.lines, trail=here.trail,
            slips=here.slips, waybills=here.waybills, unlabelled=unlabelled, parked=False, holder="",
            extras=here.extras, boxes=here.boxes, box=here.box, free=here.free,
        )  # fmt: skip

    @rule(piece=st.integers(0, 2), letters=st.sampled_from(["", "A", "d"]))
    def scan_own_waybill(self, piece, letters):
        mine = [each.number for each in self.bench.waybills if each.number]
        if mine:
            self.scan(text(f"{letters}{mine[piece % len(mine)]}{letters}"))

    @rule(other=st.sampled_from(OTHERS), offset=st.integers(-1, 2), state=st.sampled_from(["released", "cancelled"]))
    def scan_a_waybill_of_another(self, other, offset, state):
        version = 1 if other.order != 7 or other.version else 2
        found = FoundWaybill(other, OrderState(state) if other.order != 7 else OrderState.RELEASED, version, offset)
        self.scan(Seen(read(other.number), waybills=(found,)))

    @rule(number=st.sampled_from([tracking(7), tracking(8), "12345678901"]), times=st.integers(1, 2))
    def scan_a_number_that_nobody_knows(self, number, times):
        for _ in range(times):
            if any(each.number == number for each in self.bench.waybills):
                return
            outcome = self.scan(text(number))
            self.bench = replace(self.bench, unknown=str(outcome.say.args.get("by_hand", "")))

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
    @precondition(lambda self: self.bench.question is None)
    @rule()
    def open_the_next(self):
        self.another()
        self.scan(Seen(read("A-1001"), candidates=(self.offer,)))
        if self.bench.order is None or not self.bench.order.open:
            self.bench = replace(self.bench, order=None, question=None, lines=(), trail=(), waybills=(), followers=())

    def another(self):
        """Offer another order of the same goods, with waybills of its own."""
        self.parcel += 1
        more = tuple(
            replace(each, id=each.id + 100_000 * self.parcel, number=each.number and tracking(each.id + self.parcel))
            for each in self.first.waybills
        )
        self.offer = self.first = replace(self.first, waybills=more, holder="")

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
        self.another()

    # --- the laws of one scan ---

    def scan(self, seen):
        bench = self.bench
        act = f"act-{next(self.acts)}"
        outcome = decide(bench, seen, self.rules)
        self.said[outcome.say.key] += 1
        now = fold(bench, outcome.facts, act)
        shown = ask(now, self.rules)
        if outcome.say.level is Level.REFUSED:
            assert outcome.facts == ()
            assert now == bench
        elif outcome.facts:
            asked = any(isinstance(fact, Asked) for fact in outcome.facts)
            assert now.question is None or asked or isinstance(outcome.facts[0], LabelWanted)
        self.check_facts(bench, outcome, seen)
        self.check_labels(bench, outcome, seen)
        self.check_weights(bench, outcome, seen)
        self.check_shown(outcome, now, shown)
        self.remember(bench, outcome, now)
        guard, pending = outcome.say.args.get("allow"), outcome.say.args.get("pending")
        if outcome.say.key != "allow.leader_needed":
            refused = Refused(guard, Pending(pending["code"], quantity=pending["quantity"])) if guard else None
            now = replace(now, refused=refused)
        self.bench = now
        return outcome

    def check_facts(self, bench, outcome, seen):
        products = {known.product for known in seen.products}
        before = fold(bench, tuple(fact for fact in outcome.facts if isinstance(fact, Opened)), "")
        for fact in outcome.facts:
            if isinstance(fact, Packed):
                into = next(each for each in before.lines if each.id == fact.line)
                assert fact.product == into.product, "goods went to a line of another product"
                assert {fact.product} == products or fact.how == "picked", "not what was scanned"
                assert fact.how not in ("line", "picked") or fact.quantity <= into.picked - into.done, "not picked"
                assert fact.quantity > 0
            if isinstance(fact, InsertPacked):
                into = next(each for each in before.extras if each.id == fact.extra)
                assert fact.product == into.product, "something else went in beside the goods"
                assert seen.reading.text == into.paper or {fact.product} == products, "not what was scanned"
            if isinstance(fact, Moved):
                assert inside(bench.trail)[fact.line, fact.from_box] >= fact.quantity, "moved what is not there"
        by_hand = [fact for fact in outcome.facts if isinstance(fact, Packed) and fact.how not in ("line", "picked")]
        packed = sum(fact.quantity for fact in by_hand)
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
            assert now.short
        if shown.kind in (AskKind.ITEM, AskKind.WAYBILL):
            assert not slip_wanted(now), "goods were asked for before the slip"
        if any(isinstance(fact, Closed) for fact in outcome.facts):
            assert all(each.left == 0 for each in (*now.lines, *now.extras))
            assert now.done > 0
            if self.rules.scale and now.order.weight_check != "off":
                assert all(now.box_at(piece).weighed for piece in range(1, now.box_count + 1)), "not weighed"
            assert {each.state for each in now.members} == {OrderState.VERIFIED}

    def check_weights(self, bench, outcome, seen):
        """A box never passes with a wrong weight, unless the shop only warns or somebody with the right let it pass."""
        for fact in outcome.facts:
            if not isinstance(fact, Weighed):
                continue
            assert not bench.box_at(fact.box).weighed, "weighed twice"
            if fact.why == "no_scale":
                assert seen.weighing is None
            elif fact.why == "warned":
                assert bench.order.weight_check == "warn"
            elif fact.why:
                assert bench.question.kind is QuestionKind.ALLOW_REASON
                assert self.rules.overridable
            else:
                assert seen.weighing.verdict.ok, "a wrong weight passed"

    def check_labels(self, bench, outcome, seen):
        """Never a wrong, old, void or missing waybill, unless somebody with the right decided so."""
        given = {fact.waybill: fact.number for fact in outcome.facts if isinstance(fact, HandNumbered)}
        assert (
            not given or Right.WAYBILL_BY_HAND in self.rules.rights or bench.question.kind is QuestionKind.HAND_WAYBILL
        )
        for fact in outcome.facts:
            match fact:
                case Attached():
                    mine = {each.id: each for each in bench.waybills}
                    number = given.get(fact.waybill, mine[fact.waybill].number)
                    assert number == fact.number
                    assert number in seen.reading.text, "not what was scanned"
                    assert fact.waybill not in self.on_boxes, "one waybill on two parcels"
                    self.on_boxes[fact.waybill] = self.parcel
                case Undone():
                    for step in fact.steps:
                        if step.waybill is not None:
                            del self.on_boxes[step.waybill]
                case HandedBack():
                    for each in bench.waybills:
                        self.on_boxes.pop(each.id, None)
                case Closed():
                    papers = bench.order.papers
                    if papers.waybill and not papers.at_close:
                        labelled = bench.waybills and all(each.id in self.on_boxes for each in bench.waybills)
                        assert labelled or (fact.unlabelled and Right.WAYBILL_OVERRIDE in self.rules.rights)
                    assert not slip_wanted(bench), "closed without its slip"
                case _:
                    pass

    def remember(self, bench, outcome, now):
        kept = self.undoable(bench)
        if any(isinstance(fact, Parked) for fact in outcome.facts):
            aside = fold(bench, outcome.facts[:-1], f"act-{len(bench.trail)}-aside")
            if aside.trail != bench.trail:
                self.before.append(kept)
            self.offer = replace(
                self.offer, order=aside.order, followers=aside.followers, lines=aside.lines, trail=aside.trail,
                slips=aside.slips, waybills=aside.waybills, parked=True, holder="",
                extras=aside.extras, boxes=aside.boxes, box=aside.box, free=aside.free,
            )  # fmt: skip
            self.aside, self.before = None if self.parted else self.before, []
            if any(isinstance(fact, SplitOff) for fact in outcome.facts):
                self.part()
        elif any(isinstance(fact, Opened) for fact in outcome.facts):
            opened = fold(bench, outcome.facts[:1], "")
            assert opened.trail == self.offer.trail
            self.parted = False
            if self.offer.parked:
                self.before = self.aside
                if self.before is None:
                    self.parted, self.before = True, []
                    return
                if self.before:
                    return
            else:
                self.before = [self.undoable(opened)] if len(outcome.facts) > 1 else []  # goods were in by the pick
            self.opened = self.undoable(opened)
        elif any(isinstance(fact, LabelWanted) for fact in outcome.facts):
            assert self.undoable(now) == kept
        elif any(isinstance(fact, GONE) for fact in outcome.facts):
            self.before = []
            self.offer = replace(self.first, holder="")
        elif self.parted:
            return
        elif any(isinstance(fact, UNDOABLE) for fact in outcome.facts):
            self.before.append(kept)
        elif any(isinstance(fact, Undone) for fact in outcome.facts):
            assert self.undoable(now) == self.before.pop(), "undo did not restore what was before"
        else:
            assert self.undoable(now) == kept, "something changed that undo does not know"
        if not self.before and not self.parted and now.order is not None:
            assert self.undoable(now) == self.opened, "not what was opened"

    def part(self):
        """What was not in the parcel that was just set aside is an order of its own now: the office's work."""
        kept = tuple(replace(each, wanted=each.done, short=0) for each in self.offer.lines if each.done)
        dropped = (StepKind.SHORT, StepKind.ACCEPT, StepKind.ATTACH, StepKind.WEIGH)
        trail = tuple(step for step in self.offer.trail if step.kind not in dropped)
        loose = tuple(
            replace(each, state=WaybillState.NUMBERED) if each.attached else each for each in self.offer.waybills
        )
        boxes = tuple(replace(each, weight_g=None, why="") for each in self.offer.boxes)
        for each in loose:
            self.on_boxes.pop(each.id, None)
        self.offer = replace(self.offer, lines=kept, trail=trail, waybills=loose, boxes=boxes)
        self.aside = None  # there is no way back behind it

    def undoable(self, bench):
        """What undo brings back: a number that was written in by hand stays written."""
        on = tuple(each.id for each in bench.waybills if each.attached)
        packed = (bench.order, bench.followers, bench.lines, bench.trail, on)
        return (*packed, bench.extras, bench.boxes, bench.box, bench.free)

    # --- the laws that always hold ---

    @invariant()
    def never_more_than_wanted(self):
        for each in (*self.bench.lines, *self.bench.extras):
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
    def each_piece_lies_in_exactly_one_box(self):
        bench = self.bench
        there = inside(bench.trail)
        assert all(pieces >= 0 for pieces in there.values())
        assert all(1 <= box <= bench.box_count for (_, box), pieces in there.items() if pieces)
        for each in bench.lines:
            assert each.done == sum(pieces for (at, _), pieces in there.items() if at == each.id)
        for each in bench.extras:
            mine = [step for step in bench.trail if step.extra == each.id]
            assert each.done == sum(step.quantity for step in mine if step.kind is StepKind.INSERT)
            assert each.short == sum(step.quantity for step in mine if step.kind is StepKind.NO_INSERT)

    @invariant()
    def what_sticks_on_the_parcel_is_what_the_trail_says(self):
        if self.bench.order is None:
            return
        steps = {step.waybill for step in self.bench.trail if step.kind is StepKind.ATTACH}
        assert steps == {each.id for each in self.bench.waybills if each.attached}
        assert {step.code for step in self.bench.trail if step.kind is StepKind.SLIP} <= set(self.bench.slips)

    @invariant()
    def every_order_comes_to_an_end(self):
        """From any state: hand it back or set it aside; where nothing holds it, finish it or declare the rest short."""
        bench = self.bench
        if self.rules.signin_required and bench.person is None:
            bench = replace(bench, person=PEOPLE[0])
        if bench.question:
            bench = fold(bench, decide(bench, command("cancel"), self.rules).facts, "answered")
        if bench.order is None or not bench.order.open:
            return
        assert decide(bench, command("cancel"), self.rules).say.key.startswith("order.handed_back")
        assert decide(bench, command("later"), self.rules).facts == (Parked(),)
        if not bench.held and next(self.looks) % 3 == 0:
            self.finish(bench, shorts=next(self.looks) % 2 == 0)

    def finish(self, bench, shorts):
        """Answer every question as a packer would until the order is closed, or waits for somebody with the right."""
        for number in range(200):
            wanted = ask(bench, self.rules)
            if wanted.kind is AskKind.ORDER:
                assert bench.order.state is OrderState.VERIFIED
                return
            seen = self.answer(bench, wanted, shorts)
            if seen is None:
                return
            outcome = decide(bench, seen, self.rules)
            assert outcome.facts, (wanted, outcome.say)
            bench = fold(bench, outcome.facts, f"finish-{number}")
            assert bench.done or not any(isinstance(fact, Closed) for fact in outcome.facts), "an empty box was closed"
        raise AssertionError("no end")

    def answer(self, bench, wanted, shorts):
        """Return the scan that goes on; None where only handing back, setting aside or a leader does."""
        rights = self.rules.rights
        match wanted.kind:
            case AskKind.SLIP:
                whole = replace(self.offer, order=bench.order, followers=bench.followers)
                return Seen(read(f"KO-{wanted.slip.slip}"), candidates=(whole,))
            case AskKind.ITEM:
                return command("short") if shorts else goods(wanted.line.product)
            case AskKind.INSERT:
                inside_ = text(wanted.extra.paper) if wanted.extra.paper else goods(wanted.extra.product)
                return command("short") if shorts else inside_
            case AskKind.WEIGHT:
                return weighed(500)
            case AskKind.BOX | AskKind.MOVE:
                return command("cancel")
            case AskKind.SHORT_REASON | AskKind.OVERRIDE_REASON:
                return command("r-missing")
            case AskKind.CLOSE_SHORT:
                return command("done") if Right.CLOSE_SHORT in rights and bench.done else None
            case AskKind.WAYBILL:
                loose = next_waybill(bench)
                if loose and loose.number:
                    return text(loose.number)
                return command("done") if Right.WAYBILL_OVERRIDE in rights else None
            case _:
                return command("done") if bench.done else None

    @invariant()
    def a_question_is_cleared_by_any_fact(self):
        if self.bench.question:
            assert after(self.bench, Dropped(), "x").question is None
            assert fold(self.bench, decide(self.bench, command("cancel"), self.rules).facts, "x").question is None


TestShift = Shift.TestCase
if settings.get_current_profile_name() == "ci":
    TestShift.settings = settings(max_examples=80, phases=[Phase.generate, Phase.shrink])


# --- long days ----------------------------------------------------------------------------------------------------

RAWS = ["A-1001", "KO-12-034-1", "KO-12-034-1", "KO-12-035-1", "KO-12-034-2", "KO-12-034"]


DAYS = 320
"""As many as reach every answer."""


def next_step(shift, random):
    """Do one thing, what goes on more often than what goes wrong."""
    here = shift.bench
    closed = here.order is not None and here.order.state is OrderState.VERIFIED and here.question is None
    if closed and random.random() < 0.5:
        return shift.open_the_next()
    if here.order is None or (here.order.state is OrderState.VERIFIED and random.random() < 0.4):
        return shift.scan_order(random.choice(RAWS))
    likely = {
        "go on": 8, "undo": 4, "own": 4, "other": 3, "nobody": 2, "command": 2, "loop": 2, "goods": 2, "order": 2,
        "without": 1, "short": 2, "badge": 1, "all back": 1,
        "boxes": 2, "carton": 1, "move": 1, "beside": 2, "weigh": 1,
    }  # fmt: skip
    if ask(here, shift.rules).kind is AskKind.WEIGHT:
        likely["weigh"] = 8
    match random.choices(list(likely), list(likely.values()))[0]:
        case "go on":
            shift.go_on(random.randint(1, 6))
        case "undo":
            shift.scan(command("undo"))
        case "own":
            shift.scan_own_waybill(random.randrange(3), random.choice(["", "A"]))
        case "other":
            state = random.choice(["released", "cancelled"])
            shift.scan_a_waybill_of_another(random.choice(OTHERS), random.randint(-1, 2), state)
        case "nobody":
            shift.scan_a_number_that_nobody_knows(random.choice([tracking(7), "12345678901"]), random.randint(1, 2))
        case "command":
            shift.scan_command(random.choice(COMMANDS))
        case "loop":
            shift.scan_command_of_the_loop(random.choice(LOOP), random.choice([1, 9]))
        case "goods":
            shift.scan_goods(random.randint(1, 4), random.choice(["piece", "case"]))
        case "order":
            shift.scan_order(random.choice(RAWS))
        case "without":
            shift.close_without(random.choice(["r-missing", "r-other", "undo"]))
        case "short":
            shift.declare_short(random.choice(["r-missing", "goods", "undo"]))
        case "boxes":
            shift.scan_command_of_boxes(random.choice(BOX_COMMANDS), random.choice(CARTONS), random.random() < 0.9)
        case "carton":
            shift.scan_carton(random.choice(CARTONS), random.random() < 0.7)
        case "move":
            shift.move_a_piece(random.randint(1, 3))
        case "beside":
            shift.scan_what_goes_in_beside(random.randint(49, 53), random.random() < 0.5)
        case "weigh":
            shift.weigh(random.choice([0, 450, 500, 550, None]), random.choice(["", "allow", "badge"]))
        case "badge":
            shift.scan_badge(random.choice(PEOPLE), random.random() < 0.1)
        case _:
            shift.undo_to_the_beginning(random.randint(1, 20))
    return None


@pytest.mark.parametrize("days", [DAYS, pytest.param(1500, marks=pytest.mark.long)])
def test_the_laws_hold_on_long_days_and_every_answer_is_reached(days):
    said = Counter()
    for seed in range(days):
        random = Random(seed)
        shift = Shift()
        shift.said = said
        shift.begin(
            wanted=[(random.randint(1, 3), random.choice([1, 1, 2, 6])) for _ in range(random.randint(1, 3))],
            leader=random.random() < 0.5,
            strict=random.random() < 0.2,
            ready=random.random() < 0.3,
            taken=random.choice(["", "", "other"]),
            at_once=random.random() < 0.8,
            papers=random.choice(PAPERS[1:]),
            blank=[random.random() < 0.2 for _ in range(random.randint(1, 3))],
            second=random.random() < 0.3,
            picked=random.choice(["", "", "", "unit", "line", "off"]),
            beside=random.choice([[], [None], [LEAFLET], [1, None, LEAFLET]]),
            cartons=random.choice([0, 0, 1, 2, 3]),
            check=random.choice(["", "", "refuse", "refuse", "warn"]),
        )
        for _ in range(60):
            next_step(shift, random)
            for law in LAWS:
                getattr(shift, law)()
    reached = set(said)
    wanted = set(ASKED_AFTER) - {"order.cancelled_meanwhile", "order.changed_meanwhile", "teach.ask"}
    wanted -= {"order.opened_skipped", "pack.ok_widened", "reprint.ask"}
    wanted |= {"waybill.already", "waybill.not_numbered", "waybill.next_one", "waybill.void", "waybill.on_another"}
    missing = sorted(wanted - reached)
    assert not missing, "the days reach too little"


LAWS = (
    "never_more_than_wanted",
    "the_lines_are_what_the_trail_says",
    "each_piece_lies_in_exactly_one_box",
    "what_sticks_on_the_parcel_is_what_the_trail_says",
    "every_order_comes_to_an_end",
    "a_question_is_cleared_by_any_fact",
)
