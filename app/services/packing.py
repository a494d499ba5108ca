"""A scan at the bench: read, load, decide, record, journal. One transaction, no more than twelve statements.

The path of one scan (keep it in step with DESIGN: "One scan, there and back")::

    text --barcode.read--> Reading --look up--> Seen --packing.decide--> Outcome --record--> rows, journal
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace as changed
from uuid import uuid4

from app.domain import asking, barcode, facts, packing, shadow
from app.domain.barcode import Reading
from app.domain.bench import Bench, PickedGoods, Step, StepKind
from app.domain.carton_plan import OWN
from app.domain.facts import Fact
from app.domain.guards import plain_pending
from app.domain.orders import Hold, OrderState
from app.domain.outcome import Level, Outcome, Say, refused
from app.domain.print_rules import When
from app.domain.seen import command_of
from app.domain.stock import Move, counter, picked_place
from app.services import attention, changes, inserts, print_rules, waybills, weighing
from app.services.act import Work
from app.services.answers import Answer
from app.services.bench import begin, complete, look_up
from app.services.scans import only_dismisses, storable
from app.storage import attention as attention_storage
from app.storage import boxes, holds, labels, overrides, printing, stations
from app.storage import packing as storage
from app.storage import picked as picked_storage
from app.storage import products as products_storage
from app.storage import waybills as waybills_storage
from app.storage.database import Transaction
from app.storage.printing import NewJob
from app.storage.stations import Entry

__all__ = ["look", "scan"]


def scan(tx: Transaction, station: str, raw: str, act: str, since: int | None = None) -> Answer:
    """Answer one scanned text.

    :param act: id of the scan, made once by the reader; the same act delivered twice counts once.
    :param since: milliseconds since the scan before, by the reader's own clock; None where there is no such clock.
    """
    state = stations.enter(tx, station, act)
    if state.stored is not None:
        if state.stored.raw == storable(raw) and state.stored.station == station:
            return Answer.from_stored(raw, act, state.stored.answer)
        reused: Outcome[Fact] = refused("act.reused", act=act)
        return _finish(begin(tx, state, str(uuid4())), reused, raw, act)
    work = begin(tx, state, act)
    reading = barcode.read(raw)
    if work.taken_by:
        outcome = _lost(work, reading)
    elif only_dismisses(reading, state):
        outcome = Outcome(Say("refusal.dismissed", Level.INFO))
    else:
        seen = look_up(work, reading, since)  # may load more of the bench: the trail that an undo needs
        outcome = packing.decide(work.bench, seen, work.rules)
        if work.rules.shadow:
            outcome = shadow.let_pass(work.bench, seen, work.rules, outcome)
    _remember_goods(work, reading, outcome)
    _record(work, outcome)
    return _finish(work, outcome, raw, act)


def look(tx: Transaction, station: str) -> Answer:
    """Return where a station stands, without an act: for a window that opens or is shown again."""
    work = begin(tx, stations.enter(tx, station, ""), "")
    complete(work)
    return _answer(work, Say("", Level.INFO), "", "")


def _lost(work: Work, reading: Reading) -> Outcome[Fact]:
    """The order was taken over: this late act is refused and listed, the station is free afterwards."""
    order = work.bench.order
    assert order is not None
    person = work.state.person.id if work.state.person else None
    overrides.add_late(work.tx, work.act, work.state.name, person, order.id, storable(reading.text))
    work.state.order = work.state.parcel = None
    work.state.question = ""
    work.bench = changed(work.bench, order=None, lines=(), question=None)
    return refused("order.taken_over", number=order.number, ship_number=order.ship_number, station=work.taken_by)


# --- recording ----------------------------------------------------------------------------------------------------


def _record(work: Work, outcome: Outcome[Fact]) -> None:
    """Write what became true, and fold it into the snapshot."""
    _remember(work, outcome.say)
    if outcome.facts:
        work.state.question = ""
    last: list[Fact] = []
    made: list[Step] = []
    for fact in outcome.facts:
        if isinstance(fact, _LEAVING):  # what came before is of the parcel that leaves the bench now
            _flush(work, made, last)
        before = work.bench
        work.bench = facts.after(before, fact, work.act)
        if isinstance(fact, _STEPS):
            made.append(work.bench.trail[-1])
        match fact:
            case facts.Packed() | facts.Shorted() | facts.ShortAccepted() | facts.InsertPacked() | facts.InsertShort():
                pass  # written below, all of an act at once
            case facts.BoxOpened() | facts.CartonChosen() | facts.Weighed() | facts.Moved():
                _record_box(work, fact)
            case facts.SlipScanned():
                storage.put_slips(work.tx, _parcel(work), work.bench.slips)
            case facts.Undone():
                _record_undone(work, fact, before)
            case facts.Attached():
                waybills.attach(work.tx, fact.waybill, _parcel(work))
            case facts.Closed() | facts.Asked():
                last.append(fact)
            case _:
                _record_other(work, fact)
    _flush(work, made, last)


def _flush(work: Work, made: list[Step], last: list[Fact]) -> None:
    """Write the steps that were made, and then what has to come after them."""
    if made:
        _record_steps(work, made)
    for fact in last:
        _record_last(work, fact)
    made.clear()
    last.clear()


def _remember(work: Work, say: Say) -> None:
    """Keep what the next act must know of this refusal: what was unknown, how far a waybill was off in the stack."""
    state = work.state
    state.unknown = str(say.args.get("gtin", "") if say.key == "code.unknown" else say.args.get("by_hand", ""))
    offset = say.args.get("offset")
    if isinstance(offset, int) and work.bench.order is not None:
        state.off_by, state.off_order = offset, work.bench.order.id


def _remember_goods(work: Work, reading: Reading, outcome: Outcome[Fact]) -> None:
    """Keep what the next act must know of goods: which code was counted last, what a leader may allow."""
    state, say = work.state, outcome.say
    counted = command_of(reading) is None and any(isinstance(fact, facts.Packed) for fact in outcome.facts)
    state.last_code = reading.text if counted else ""
    if say.key == "allow.leader_needed":
        return  # the leader's badge comes next
    guard = say.args.get("allow")
    state.refused = json.dumps({"guard": guard, "pending": say.args["pending"]}) if guard else ""


_STEPS = (
    facts.SlipScanned,
    facts.Packed,
    facts.Shorted,
    facts.ShortAccepted,
    facts.Attached,
    facts.Closed,
    facts.InsertPacked,
    facts.InsertShort,
    facts.BoxOpened,
    facts.CartonChosen,
    facts.Moved,
    facts.Weighed,
)


def _parcel(work: Work) -> int:
    assert work.state.parcel is not None
    return work.state.parcel


def _order(work: Work) -> int:
    assert work.state.order is not None
    return work.state.order


_LEAVING = (facts.Parked, facts.HandedBack, facts.Dropped, facts.Opened)


def _record_steps(work: Work, made: Sequence[Step]) -> None:
    order, parcel = _order(work), _parcel(work)
    _count(work, made, 1)
    storage.add_steps(work.tx, order, parcel, made)
    storage.book(work.tx, work.act, order, storage.packed_moves(parcel, made))
    if any(step.kind is StepKind.ATTACH for step in made):
        _labelled(work)


def _count(work: Work, made: Sequence[Step], sign: int) -> None:
    """Count steps at their lines and at what goes in beside them; -1 takes them back."""
    lines = [(step.line, step) for step in made if step.line is not None and step.kind in _COUNTED]
    if lines:
        storage.count_lines(work.tx, [(line, *_counted(step, StepKind.PACK, sign)) for line, step in lines])
    extras = [(step.extra, step) for step in made if step.extra is not None]
    if extras:
        boxes.count_extras(work.tx, [(extra, *_counted(step, StepKind.INSERT, sign)) for extra, step in extras])


_COUNTED = (StepKind.PACK, StepKind.SHORT)


def _counted(step: Step, done: StepKind, sign: int) -> tuple[int, int]:
    """Return what a step adds to done and to short."""
    number = sign * step.quantity
    return (number, 0) if step.kind is done else (0, number)


def _record_box(work: Work, fact: facts.BoxOpened | facts.CartonChosen | facts.Weighed | facts.Moved) -> None:
    """Keep what is now known of boxes."""
    tx, parcel, here = work.tx, _parcel(work), work.bench
    match fact:
        case facts.BoxOpened():
            for piece in _made_by(here.trail[-1]):
                boxes.put_box(tx, parcel, here.box_at(piece))
            boxes.put_current(tx, parcel, here.box, here.free)
        case facts.CartonChosen():
            boxes.put_box(tx, parcel, here.box_at(fact.box))
            person = work.state.person.id if work.state.person else None
            given = {"station": work.state.name, "person": person, "order_": _order(work), "box": fact.box}
            chosen = {"proposed": fact.proposed or fact.before, "chosen": fact.carton, "reason": fact.reason}
            boxes.add_choice(tx, work.act, given | chosen)
        case facts.Weighed():
            boxes.put_box(tx, parcel, here.box_at(fact.box), fact.expected, fact.tolerance)
            if fact.grams is not None and fact.why != "warned":
                weighing.learn(work, fact.grams, work.contents, passed=bool(fact.why))
        case facts.Moved():
            pass  # a step says it


def _labelled(work: Work) -> None:
    """A waybill came on: the stack is right again, unless this very order was answered wrong before."""
    state, here = work.state, work.bench
    if state.off_order != state.order:
        state.off_by, state.off_order = 0, None
    closed = here.order is not None and here.order.state is OrderState.VERIFIED
    if closed and work.bench.trail[-1].kind is StepKind.ATTACH and all(each.attached for each in here.waybills):
        storage.put_unlabelled(work.tx, _parcel(work), "")  # its label followed


def _record_last(work: Work, fact: Fact) -> None:
    match fact:
        case facts.Closed():
            _record_close(work, fact)
        case facts.Asked():
            asked = fact.question
            body = {"kind": str(asked.kind), "line": asked.line, "order": asked.order, "code": asked.code}
            pending = plain_pending(asked.pending) if asked.pending else None
            work.state.question = json.dumps(body | ({"pending": pending} if pending else {}))
        case _:
            pass


def _record_close(work: Work, closed: facts.Closed) -> None:
    order = _order(work)
    _use_cartons(work, work.bench, 1)
    storage.close_parcel(work.tx, order, _parcel(work), closed.unlabelled)
    storage.book(work.tx, work.act, order, picked_storage.returns(work.tx, order, _left_over(work)))
    here = work.bench.order
    assert here is not None
    if closed.request and not labels.current_waybills(work.tx, here):
        waybills.request_for(work.tx, order)
    for member in work.bench.members:
        _print(work, print_rules.at_close(work.tx, member, work.state.settings, short=closed.short))


def _use_cartons(work: Work, closed: Bench, sign: int) -> None:
    """Keep which cartons a closed parcel took, and count them; -1 gives them back."""
    known = {piece: code for piece in range(1, closed.box_count + 1) if (code := closed.carton_of(piece))}
    if not known:
        return
    if sign > 0:
        boxes.fill_cartons(work.tx, _parcel(work), known)
    else:
        boxes.forget_filled(work.tx, _order(work), _parcel(work))
    used = Counter(code for code in known.values() if code != OWN)
    boxes.move_stock(work.tx, {code: sign * number for code, number in used.items()})


def _left_over(work: Work) -> list[PickedGoods]:
    """Return what was picked for the order and is not in its parcel now that it closes."""
    place = picked_place(_order(work))
    packed = Counter[tuple[int | None, str]]()
    for step in work.bench.trail:
        if step.act == work.act and step.kind is StepKind.PACK and step.source == place:
            packed[step.product, step.lot] += step.quantity
    left = [changed(each, pieces=each.pieces - packed[each.product, each.lot]) for each in work.picked]
    return [each for each in left if each.pieces > 0]


def _print(work: Work, jobs: list[NewJob]) -> None:
    if jobs:
        printing.add_jobs(work.tx, work.act, work.state.name, jobs)


def _record_other(work: Work, fact: Fact) -> None:
    state, tx = work.state, work.tx
    match fact:
        case facts.Opened():
            _record_opened(work, fact)
        case facts.LabelWanted():
            state.order, state.parcel = fact.candidate.order.id, fact.candidate.parcel
            state.question = json.dumps({"kind": "label", "line": None, "order": fact.candidate.order.id, "code": ""})
        case facts.HandedBack():
            storage.hand_back(tx, _order(work), _parcel(work), work.act, fact.state)
            if fact.short:
                holds.add_hold(tx, _order(work), Hold.SHORT)
                attention_storage.ask_about(tx, work.act, _order(work), "short")
            state.order = state.parcel = None
        case facts.Parked():
            storage.park(tx, _order(work), _parcel(work))
            state.order = state.parcel = None
        case facts.ServiceWanted():
            holds.add_hold(tx, _order(work), Hold.SERVICE, fact.reason)
        case facts.SplitOff():
            attention.split_at_bench(tx, state.name, work.act, _order(work))
        case facts.ServiceChosen():
            changes.follow_carton(tx, state.name, work.act, _order(work), fact.service)
        case facts.PieceAdded():
            storage.put_pieces(tx, _order(work), fact.pieces)
            changes.new_version(tx, state.name, work.act, _order(work), "pull.service_changed")
        case facts.Dropped():
            state.order = state.parcel = None
        case facts.HandNumbered():
            waybills_storage.set_number(tx, fact.waybill, fact.number, by_hand=True)
        case facts.ReprintWanted():
            for member in work.bench.members:
                _print(work, print_rules.again(member.papers, member.id, member.version, fact.reason))
        case facts.Allowed():
            overrides.add(tx, work.act, state.name, state.person.id if state.person else None, state.order, fact)
        case facts.Taught():
            products_storage.teach(tx, fact.code, fact.product)
        case facts.SignedIn():
            state.person = fact.person
        case _:
            pass


def _record_opened(work: Work, fact: facts.Opened) -> None:
    opened, parcel = storage.open_order(
        work.tx,
        fact.candidate,
        release=fact.release,
        act=work.act,
        station=work.state.name,
        lease_until=work.lease_until,
        slip=fact.slip,
    )
    order = opened.order
    work.picked = fact.candidate.goods
    work.state.order, work.state.parcel = order.id, parcel
    work.bench = changed(work.bench, order=order, followers=opened.followers)
    if not fact.release:
        for member in opened.members:
            _print(work, print_rules.at_start(work.tx, member, fact.candidate.extras, work.state.settings))
        return
    if order.papers.waybill and not order.papers.at_close:
        waybills.request_for(work.tx, order.id)
    _add_inserts(work, [member.id for member in opened.members])
    for member in opened.members:
        _print(work, print_rules.due(member.papers, member.id, member.version, When.RELEASE, When.START))


def _add_inserts(work: Work, orders: list[int]) -> None:
    """Say what goes into the box of orders that were released by being opened, and print the papers among it."""
    if work.state.settings.get(inserts.SWITCH) != "on":
        return
    renewed = inserts.renew(work.tx, orders, work.act, fresh=True)
    if renewed.made:
        inserts.print_papers(work.tx, work.act, work.state.name, renewed)
        work.bench = changed(work.bench, extras=boxes.extras_now(work.tx, orders))


def _record_undone(work: Work, fact: facts.Undone, before: Bench) -> None:
    tx, order, parcel = work.tx, _order(work), _parcel(work)
    kinds = {step.kind for step in fact.steps}
    if StepKind.CLOSE in kinds:
        assert work.bench.order is not None
        state = str(work.bench.order.state)  # what was picked is picked again
        storage.reopen_parcel(tx, order, parcel, work.state.name, work.lease_until, state)
    if StepKind.SLIP in kinds:
        storage.put_slips(tx, parcel, work.bench.slips)
    for step in fact.steps:
        if step.waybill is not None:
            waybills_storage.detach(tx, step.waybill)  # one that was voided meanwhile stays void
    if StepKind.ATTACH in kinds and StepKind.CLOSE not in kinds:
        why = next((step.reason for step in work.bench.trail if step.kind is StepKind.CLOSE), "")
        storage.put_unlabelled(tx, parcel, why)
    _count(work, fact.steps, -1)
    for step in reversed(fact.steps):
        _unbox(work, parcel, step)
    if StepKind.CLOSE in kinds:
        _use_cartons(work, before, -1)
    back: list[Move] = [counter(move) for move in storage.packed_moves(parcel, fact.steps)]
    storage.book(tx, work.act, order, back)
    storage.undo_steps(tx, order, fact.steps[0].act, work.act)


def _made_by(opening: Step) -> range:
    """Return the boxes that came with an opening: those before it too, where the goods of a later one came first."""
    return range(opening.box - opening.quantity + 1, opening.box + 1)


def _unbox(work: Work, parcel: int, step: Step) -> None:
    """Write what is known of a box once a step about it was taken back."""
    here = work.bench
    match step.kind:
        case StepKind.BOX:
            for piece in _made_by(step):
                boxes.drop_box(work.tx, parcel, piece)
            boxes.put_current(work.tx, parcel, here.box, here.free)
        case StepKind.CARTON:
            boxes.put_box(work.tx, parcel, here.box_at(step.box))
            boxes.forget_choices(work.tx, _order(work), step.act, work.act)
        case StepKind.WEIGH:
            boxes.put_box(work.tx, parcel, here.box_at(step.box))
        case _:
            pass


# --- the answer ---------------------------------------------------------------------------------------------------


def _finish(work: Work, outcome: Outcome[Fact], raw: str, act: str) -> Answer:
    say = outcome.say
    complete(work)
    if work.bench.order and any(isinstance(fact, facts.Opened) for fact in outcome.facts):
        say = changed(say, args={**say.args, "ship_number": work.bench.order.ship_number})
    answer = _answer(work, say, raw, act)
    entry = Entry(
        act=work.act,
        kind="scan",
        raw=storable(raw),
        key=say.key,
        level=str(say.level),
        answer=answer.stored(),
        facts=json.dumps([_plain(fact) for fact in outcome.facts], ensure_ascii=False, separators=(",", ":")),
        order=work.bench.order.id if work.bench.order else None,
    )
    stations.append(work.tx, work.state, entry)
    stations.leave(work.tx, work.state)
    return answer


def _answer(work: Work, say: Say, raw: str, act: str) -> Answer:
    order, person = work.bench.order, work.bench.person
    return Answer(
        code=raw,
        act=act,
        level=str(say.level),
        key=say.key,
        args=say.args,
        ask=asking.ask(work.bench, work.rules).plain(),
        order=order.number if order else None,
        order_id=order.id if order else None,
        ship_number=order.ship_number if order else "",
        done=work.bench.done,
        wanted=work.bench.wanted,
        totes=list(order.totes) if order and order.open else (),
        person={"name": person.name, "role": str(person.role), "language": person.language} if person else {},
    )


def _plain(fact: Fact) -> dict[str, object]:
    """Return a fact as plain values for the journal."""
    body: dict[str, object] = {"fact": type(fact).__name__}
    match fact:
        case facts.Opened():
            body |= {"order": fact.candidate.order.id, "release": fact.release, "taken_over": fact.taken_over}
            if fact.slip:
                body["slip"] = fact.slip
        case facts.LabelWanted():
            body |= {"order": fact.candidate.order.id}
        case facts.Undone():
            body |= {"act": fact.steps[0].act, "steps": len(fact.steps)}
        case facts.Asked():
            body |= {"question": str(fact.question.kind)}
        case facts.SignedIn():
            body |= {"person": fact.person.id}
        case _:
            body |= {name: getattr(fact, name) for name in fact.__slots__}
    return body
