"""A scan at the bench: read, load, decide, record, journal. One transaction, no more than twelve statements.

The path of one scan (keep it in step with DESIGN: "One scan, there and back")::

    text --barcode.read--> Reading --look up--> Seen --packing.decide--> Outcome --record--> rows, journal
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from dataclasses import replace as changed
from uuid import uuid4

from app.domain import barcode, bench, packing
from app.domain.barcode import CommandName, PersonCode, Reading
from app.domain.bench import AskKind, Bench, Fact, Question, QuestionKind, Rules, Seen, Step, StepKind
from app.domain.orders import Hold, OrderState
from app.domain.outcome import Level, Outcome, Say, refused
from app.domain.people import rights_of
from app.domain.seen import command_of
from app.domain.stock import Move, counter
from app.services.answers import Answer
from app.settings import defaults
from app.storage import holds, printing, stations
from app.storage import packing as storage
from app.storage import products as products_storage
from app.storage.database import Transaction
from app.storage.printing import NewJob
from app.storage.stations import Entry, StationState

__all__ = ["look", "scan"]

_MINUTE = 60_000
"""Milliseconds."""
_LONGEST_RAW = 8_000
"""Characters of a scan that are kept in the journal."""


@dataclass(slots=True)
class _Work:
    """What one act carries from step to step."""

    tx: Transaction
    state: StationState
    settings: dict[str, str]
    rules: Rules
    act: str
    bench: Bench = field(default_factory=Bench)
    taken_by: str = ""
    """Station that took the open order away meanwhile."""

    @property
    def lease_until(self) -> int:
        return self.tx.now + int(self.settings["lease.minutes"]) * _MINUTE


def scan(tx: Transaction, station: str, raw: str, act: str) -> Answer:
    """Answer one scanned text.

    :param act: id of the scan, made once by the reader; the same act delivered twice counts once.
    """
    state = stations.enter(tx, station, act)
    if state.stored is not None:
        if state.stored.raw == _storable(raw) and state.stored.station == station:
            return Answer.from_stored(raw, act, state.stored.answer)
        reused: Outcome[Fact] = refused("act.reused", act=act)
        return _finish(_begin(tx, state, str(uuid4())), reused, raw, act)
    work = _begin(tx, state, act)
    reading = barcode.read(raw)
    if work.taken_by:
        outcome = _lost(work)
    elif _only_dismisses(reading, state):
        outcome = Outcome(Say("refusal.dismissed", Level.INFO))
    else:
        seen = _look_up(work, reading)  # may load more of the bench: the trail that an undo needs
        outcome = packing.decide(work.bench, seen, work.rules)
    _record(work, outcome)
    return _finish(work, outcome, raw, act)


def look(tx: Transaction, station: str) -> Answer:
    """Return where a station stands, without an act: for a window that opens or is shown again."""
    work = _begin(tx, stations.enter(tx, station, ""), "")
    return _answer(work, Say("", Level.INFO), "", "")


def _storable(raw: str) -> str:
    """Return the text as the journal keeps it: control characters and broken ones visibly, never dropped."""
    if raw.isascii() and raw.isprintable() and len(raw) <= _LONGEST_RAW:
        return raw
    shown = "".join(
        char if char.isprintable() else f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"
        for char in raw[:_LONGEST_RAW]
    )
    return shown if len(raw) <= _LONGEST_RAW else f"{shown}… ({len(raw)})"


# --- loading ------------------------------------------------------------------------------------------------------


def _begin(tx: Transaction, state: StationState, act: str) -> _Work:
    settings = defaults() | state.settings
    rules = Rules(
        station=state.name,
        rights=rights_of(state.person, state.anybody, settings["short.close"]),
        release_at_open=settings["release.at_open"] == "on",
        signin_required=settings["signin.required"] == "on" and state.anybody,
        stock_tracked=settings["stock.tracked"] == "on",
    )
    standing = Bench(person=state.person, unknown=state.unknown, question=_question(state.question))
    work = _Work(tx, state, settings, rules, act, standing)
    if state.order is not None:
        _load_bench(work, state.order)
    return work


def _load_bench(work: _Work, order: int) -> None:
    loaded = storage.load_order(work.tx, order)
    if loaded is None:
        work.state.order = work.state.parcel = None
        return
    work.bench = changed(
        work.bench,
        order=loaded.order,
        lines=loaded.lines,
        held=loaded.held,
    )
    if not loaded.order.open:
        return
    if loaded.holder != work.state.name:
        work.taken_by = loaded.holder or "?"
    elif loaded.lease_until - work.tx.now < int(work.settings["lease.minutes"]) * _MINUTE // 2:
        storage.renew_lease(work.tx, order, work.state.name, work.lease_until)


def _question(stored: str) -> Question | None:
    if not stored:
        return None
    body = json.loads(stored)
    return Question(QuestionKind(body["kind"]), body["line"], body["order"], body["code"])


def _lost(work: _Work) -> Outcome[Fact]:
    """The order was taken over: this late act is refused and listed, the station is free afterwards."""
    order = work.bench.order
    assert order is not None
    work.state.order = work.state.parcel = None
    work.state.question = ""
    work.bench = changed(work.bench, order=None, lines=(), question=None)
    return refused("order.taken_over", number=order.number, ship_number=order.ship_number, station=work.taken_by)


def _only_dismisses(reading: Reading, state: StationState) -> bool:
    """Whether this is やめる straight after a refusal: decided from the station's last act, not by the core."""
    return command_of(reading) is CommandName.CANCEL and state.last_level == Level.REFUSED


def _look_up(work: _Work, reading: Reading) -> Seen:
    """Load what the answer may need: no more than two look-ups for anything that can be accepted."""
    tx, on_bench = work.tx, work.bench
    wanted = bench.ask(on_bench, work.rules).kind
    command = command_of(reading)
    if command is CommandName.NEXT:
        following = storage.next_order_id(tx, work.rules.release_at_open) if wanted is AskKind.ORDER else None
        return Seen(reading, candidates=storage.candidates(tx, [following] if following else [], tx.now))
    if command is CommandName.UNDO and on_bench.order is not None:
        work.bench = changed(on_bench, trail=storage.load_trail(tx, on_bench.order.id))
    if command is not None:
        return Seen(reading)
    if any(isinstance(kind, PersonCode) for kind in reading.kinds):
        return Seen(reading, person=storage.find_person(tx, reading))
    return _look_up_goods(work, reading, wanted)


def _look_up_goods(work: _Work, reading: Reading, wanted: AskKind) -> Seen:
    tx, on_bench = work.tx, work.bench
    orders_first = wanted in (AskKind.ORDER, AskKind.TAKE_OVER)
    if orders_first:
        ids = storage.find_order_ids(tx, reading)
        if ids:
            return Seen(reading, candidates=storage.candidates(tx, ids, tx.now))
    products = storage.find_products(tx, reading, work.settings["scan.sku"] == "on")
    if products:
        elsewhere = ""
        order = on_bench.order
        if order and len(products) == 1 and all(line.product != products[0].product for line in on_bench.lines):
            elsewhere = storage.wanted_elsewhere(tx, products[0].product, order.id)
        return Seen(reading, products=products, elsewhere=elsewhere)
    if not orders_first:
        ids = storage.find_order_ids(tx, reading)
        if ids:
            return Seen(reading, candidates=storage.candidates(tx, ids, tx.now))
    parts = tuple(part for line in on_bench.lines for part in (line.code, line.sku) if part)
    return Seen(reading, parts=parts)


# --- recording ----------------------------------------------------------------------------------------------------


def _record(work: _Work, outcome: Outcome[Fact]) -> None:
    """Write what became true, and fold it into the snapshot."""
    work.state.unknown = str(outcome.say.args.get("gtin", "")) if outcome.say.key == "code.unknown" else ""
    if outcome.facts:
        work.state.question = ""
    before = len(work.bench.trail)
    closed: bench.Closed | None = None
    for fact in outcome.facts:
        work.bench = bench.after(work.bench, fact, work.act)
        match fact:
            case bench.Packed() | bench.Shorted():
                pass  # written below, all of an act at once
            case bench.Closed():
                closed = fact
            case _:
                _record_other(work, fact)
    made = work.bench.trail[before:] if any(isinstance(f, _STEPS) for f in outcome.facts) else ()
    if made:
        _record_steps(work, made)
    if closed is not None:
        _record_close(work, closed)


_STEPS = (bench.Packed, bench.Shorted, bench.Closed)


def _record_steps(work: _Work, made: tuple[Step, ...]) -> None:
    order, parcel = work.state.order, work.state.parcel
    assert order is not None
    assert parcel is not None
    storage.count_lines(work.tx, [_counted(step, 1) for step in made if step.line is not None])
    storage.add_steps(work.tx, order, parcel, made)
    storage.book(work.tx, work.act, order, storage.packed_moves(parcel, made))


def _counted(step: Step, sign: int) -> tuple[int, int, int]:
    assert step.line is not None
    packed = step.kind is StepKind.PACK
    return (step.line, sign * step.quantity if packed else 0, 0 if packed else sign * step.quantity)


def _record_close(work: _Work, closed: bench.Closed) -> None:
    order, parcel = work.state.order, work.state.parcel
    assert order is not None
    assert parcel is not None
    storage.close_parcel(work.tx, order, parcel)
    when = work.settings["slip.when"]
    if when == "close" or (when == "release" and closed.short):
        # A slip printed before the shortage was known would be a lie in the box.
        reason = "short" if when == "release" else ""
        _print(work, NewJob("packing_slip", order, version=_version(work), copy_reason=reason))


def _version(work: _Work) -> int:
    return work.bench.order.version if work.bench.order else 0


def _print(work: _Work, job: NewJob) -> None:
    printing.add_jobs(work.tx, work.act, work.state.name, [job])


def _record_other(work: _Work, fact: Fact) -> None:
    state, tx = work.state, work.tx
    match fact:
        case bench.Opened():
            _record_opened(work, fact)
        case bench.Undone():
            _record_undone(work, fact)
        case bench.HandedBack():
            assert state.order is not None
            assert state.parcel is not None
            storage.hand_back(tx, state.order, state.parcel, work.act, OrderState.RELEASED)
            if fact.short:
                holds.add_hold(tx, state.order, Hold.SHORT)
            state.order = state.parcel = None
        case bench.Dropped():
            state.order = state.parcel = None
        case bench.Asked():
            asked = fact.question
            body = {"kind": str(asked.kind), "line": asked.line, "order": asked.order, "code": asked.code}
            state.question = json.dumps(body)
        case bench.ReprintWanted():
            _print(work, NewJob("packing_slip", fact.order, version=_version(work), copy_reason=fact.reason))
        case bench.Taught():
            products_storage.teach(tx, fact.code, fact.product)
        case bench.SignedIn():
            state.person = fact.person
        case _:
            pass


def _record_opened(work: _Work, fact: bench.Opened) -> None:
    order, parcel = storage.open_order(
        work.tx,
        fact.candidate,
        release=fact.release,
        act=work.act,
        station=work.state.name,
        lease_until=work.lease_until,
    )
    work.state.order, work.state.parcel = order.id, parcel
    work.bench = changed(work.bench, order=order)
    if fact.release and work.settings["slip.when"] == "release":
        _print(work, NewJob("packing_slip", order.id, version=order.version))


def _record_undone(work: _Work, fact: bench.Undone) -> None:
    order, parcel = work.state.order, work.state.parcel
    assert order is not None
    assert parcel is not None
    if any(step.kind is StepKind.CLOSE for step in fact.steps):
        storage.reopen_parcel(work.tx, order, parcel, work.state.name, work.lease_until)
    storage.count_lines(work.tx, [_counted(step, -1) for step in fact.steps if step.line is not None])
    back: list[Move] = [counter(move) for move in storage.packed_moves(parcel, fact.steps)]
    storage.book(work.tx, work.act, order, back)
    storage.undo_steps(work.tx, order, fact.steps[0].act, work.act)


# --- the answer ---------------------------------------------------------------------------------------------------


def _finish(work: _Work, outcome: Outcome[Fact], raw: str, act: str) -> Answer:
    say = outcome.say
    if say.key in ("order.opened", "takeover.done") and work.bench.order:
        say = changed(say, args={**say.args, "ship_number": work.bench.order.ship_number})
    answer = _answer(work, say, raw, act)
    entry = Entry(
        act=work.act,
        kind="scan",
        raw=_storable(raw),
        key=say.key,
        level=str(say.level),
        answer=answer.stored(),
        facts=json.dumps([_plain(fact) for fact in outcome.facts], ensure_ascii=False, separators=(",", ":")),
        order=work.bench.order.id if work.bench.order else None,
    )
    stations.append(work.tx, work.state, entry)
    stations.leave(work.tx, work.state)
    return answer


def _answer(work: _Work, say: Say, raw: str, act: str) -> Answer:
    order, person = work.bench.order, work.bench.person
    return Answer(
        code=raw,
        act=act,
        level=str(say.level),
        key=say.key,
        args=say.args,
        ask=bench.ask(work.bench, work.rules).plain(),
        order=order.number if order else None,
        order_id=order.id if order else None,
        ship_number=order.ship_number if order else "",
        done=work.bench.done,
        wanted=work.bench.wanted,
        person={"name": person.name, "role": str(person.role), "language": person.language} if person else {},
    )


def _plain(fact: Fact) -> dict[str, object]:
    """Return a fact as plain values for the journal."""
    body: dict[str, object] = {"fact": type(fact).__name__}
    match fact:
        case bench.Opened():
            body |= {"order": fact.candidate.order.id, "release": fact.release, "taken_over": fact.taken_over}
        case bench.Undone():
            body |= {"act": fact.steps[0].act, "steps": len(fact.steps)}
        case bench.Asked():
            body |= {"question": str(fact.question.kind)}
        case bench.SignedIn():
            body |= {"person": fact.person.id}
        case _:
            body |= {name: getattr(fact, name) for name in fact.__slots__}
    return body
