"""A scan where goods come back 返品: read, load, decide, record, journal. One transaction.

The same way as a scan at the bench (:mod:`app.services.packing`), with the core of returns in its middle::

    text --barcode.read--> Reading --look up--> ReturnSeen --returning.decide--> Outcome --record--> rows, journal
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from app.domain import barcode, returning
from app.domain import returns as core
from app.domain.barcode import (
    CartCode,
    Gs1,
    ListCode,
    OrderCode,
    PersonCode,
    Plain,
    Reading,
    ShelfCode,
    StationCode,
    ToteCode,
    WallCode,
)
from app.domain.bench import Seen
from app.domain.facts import Allowed
from app.domain.orders import OrderEvent, OrderState, next_state
from app.domain.outcome import Level, Outcome, Say, refused
from app.domain.people import rights_of
from app.domain.return_asking import ReturnAskKind, ask
from app.domain.returns import (
    BackHand,
    PieceBack,
    Receiver,
    ReturnCandidate,
    ReturnFact,
    ReturnOrder,
    ReturnQuestion,
    ReturnQuestionKind,
    ReturnRefused,
    ReturnRules,
    ReturnSeen,
)
from app.domain.seen import command_of, waybill_number
from app.domain.stock import counter
from app.services.answers import Answer
from app.services.scans import MINUTE, only_dismisses, storable, today
from app.services.settings import all_settings
from app.settings import defaults
from app.storage import bench as bench_storage
from app.storage import goods, overrides, people, stations
from app.storage import handover as handover_storage
from app.storage import packing as packing_storage
from app.storage import returns as storage
from app.storage.database import Transaction
from app.storage.stations import Entry, StationState

__all__ = ["Standing", "look", "scan", "standing"]

_MOST_ORDERS = 6
"""Orders of one number that are loaded; more are told by these."""


@dataclass(slots=True)
class _Work:
    """What one act carries from step to step."""

    tx: Transaction
    state: StationState
    settings: dict[str, str]
    rules: ReturnRules
    act: str
    receiver: Receiver
    taken_by: str = ""
    """Station that took the open return away meanwhile."""

    @property
    def person(self) -> int | None:
        """Who is signed in."""
        return self.receiver.person.id if self.receiver.person else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a station stands in its return, for a screen."""

    receiver: Receiver
    ask: Mapping[str, object]


def scan(tx: Transaction, station: str, raw: str, act: str, since: int | None = None) -> Answer:
    """Answer one scanned text where goods come back.

    :param act: id of the scan, made once by the reader; the same act delivered twice counts once.
    :param since: milliseconds since the scan before, by the reader's own clock; None where there is no such clock.
    """
    state = stations.enter(tx, station, act)
    if state.stored is not None:
        if state.stored.raw == storable(raw) and state.stored.station == station:
            return Answer.from_stored(raw, act, state.stored.answer)
        reused: Outcome[ReturnFact] = refused("act.reused", act=act)
        return _finish(_begin(tx, state, str(uuid4())), reused, raw, act)
    work = _begin(tx, state, act)
    reading = barcode.read(raw)
    before = work.receiver.order
    if work.taken_by:
        outcome = _lost(work, reading)
    elif only_dismisses(reading, state):
        outcome = Outcome(Say("refusal.dismissed", Level.INFO))
        work.receiver = replace(work.receiver, refused=None)
    else:
        outcome = returning.decide(work.receiver, _look_up(work, reading, since), work.rules)
    _record(work, outcome)
    return _finish(work, outcome, raw, act, before)


def look(tx: Transaction, station: str) -> Answer:
    """Return where a station stands, without an act: for a window that opens or is shown again."""
    work = _begin(tx, stations.enter(tx, station, ""), "")
    if work.taken_by:  # its next scan is told so
        work.receiver = replace(work.receiver, order=None, trail=(), question=None)
    return _answer(work, Say("", Level.INFO), "", "")


def standing(tx: Transaction, station: str) -> Standing:
    """Return the return that is open at a station as its screen draws it; nothing is locked."""
    identity, asked, person = storage.open_at(tx, station)
    order = json.loads(asked).get("order") if asked else None
    settings = all_settings(tx)
    rules = _rules(station, settings, tx.now, signin=bool(people.everyone(tx)))
    standing_, refused_ = _question(asked)
    receiver = Receiver(question=standing_, refused=refused_, person=person)
    loaded = storage.load_order(tx, order, lock=False) if identity is not None and order is not None else None
    if loaded is not None and (loaded.order.return_id, loaded.holder) == (identity, station):
        receiver = replace(receiver, order=loaded.order, trail=loaded.trail)
    elif identity is not None:
        receiver = replace(receiver, question=None)
    return Standing(receiver, ask(receiver, rules).plain())


# --- loading ------------------------------------------------------------------------------------------------------


def _rules(station: str, settings: Mapping[str, str], now: int, *, signin: bool) -> ReturnRules:
    return ReturnRules(
        station=station,
        signin_required=settings["signin.required"] == "on" and signin,
        today=today(settings["shop.timezone"], now // MINUTE),
        stock_tracked=settings["stock.tracked"] == "on",
        bad_shelf=settings["return.bad_shelf"],
    )


def _begin(tx: Transaction, state: StationState, act: str) -> _Work:
    settings = defaults() | state.settings
    rules = replace(
        _rules(state.name, settings, tx.now, signin=state.anybody), rights=rights_of(state.person, state.anybody)
    )
    asked, refused_ = _question(state.return_ask)
    order = json.loads(state.return_ask).get("order") if state.return_ask else None
    work = _Work(tx, state, settings, rules, act, Receiver(question=asked, refused=refused_, person=state.person))
    if state.return_id is not None:
        _load(work, state.return_id, order)
    return work


def _question(stored: str) -> tuple[ReturnQuestion | None, ReturnRefused | None]:
    body: dict[str, Any] = json.loads(stored) if stored else {}
    asked, stopped = body.get("question"), body.get("refused")
    question = None
    if asked:
        hand = BackHand(**asked["hand"]) if asked["hand"] else None
        question = ReturnQuestion(
            ReturnQuestionKind(asked["kind"]), hand, asked["code"], tuple(asked["products"]), asked["page"]
        )
    return question, ReturnRefused(stopped["guard"], BackHand(**stopped["hand"])) if stopped else None


def _load(work: _Work, identity: int, order: int | None) -> None:
    """Load the open return; where another station has it, or it was ended, this one has lost it."""
    loaded = storage.load_order(work.tx, order) if order is not None else None
    if loaded is None:
        work.state.return_id = None
        return
    work.receiver = replace(work.receiver, order=loaded.order, trail=loaded.trail)
    if loaded.order.return_id != identity or loaded.holder != work.state.name:
        work.taken_by = loaded.holder or "?"


def _lost(work: _Work, reading: Reading) -> Outcome[ReturnFact]:
    """The return was taken over: this late act is refused and listed, the station is free afterwards."""
    order = work.receiver.order
    assert order is not None
    overrides.add_late(work.tx, work.act, work.state.name, work.person, order.id, storable(reading.text))
    work.state.return_id = None
    work.receiver = replace(work.receiver, order=None, trail=(), question=None, refused=None)
    key = "return.gone" if work.taken_by == "?" else "return.lost"
    return refused(key, ship_number=order.ship_number, station=work.taken_by)


# --- what the code may mean ---------------------------------------------------------------------------------------

_OWN = (ShelfCode, ToteCode, WallCode, CartCode, ListCode, StationCode)
_NAMING = (ReturnAskKind.ORDER, ReturnAskKind.TAKE_OVER)


def _look_up(work: _Work, reading: Reading, since: int | None) -> ReturnSeen:
    tx = work.tx
    wanted = ask(work.receiver, work.rules).kind
    seen = Seen(reading, since=since)
    if command_of(reading) is not None or reading.kind(*_OWN):
        return ReturnSeen(seen)
    if any(isinstance(kind, PersonCode) for kind in reading.kinds):
        return ReturnSeen(replace(seen, person=bench_storage.find_person(tx, reading)))
    if wanted in _NAMING:
        return ReturnSeen(seen, _candidates(work, reading))
    if wanted is ReturnAskKind.SIGN_IN:
        return ReturnSeen(seen)
    asked = wanted not in (ReturnAskKind.LOT, ReturnAskKind.SERIAL)
    products = goods.find_products(tx, reading, asked and work.settings["scan.sku"] == "on")
    named = asked and not products and reading.text[:3].upper() != "KO-" and bool(_orders_named(tx, reading))
    return ReturnSeen(replace(seen, products=products), names_order=named)


def _orders_named(tx: Transaction, reading: Reading) -> dict[int, int]:
    """Return the orders that a code names with the box whose waybill it is: a waybill, a slip, an order number."""
    if any(isinstance(kind, Gs1) for kind in reading.kinds):
        return {}  # it says which goods it is on
    number = waybill_number(reading)
    found = storage.orders_with_number(tx, number) if number else {}
    return dict.fromkeys(bench_storage.find_order_ids(tx, reading), 0) | found


def _candidates(work: _Work, reading: Reading) -> tuple[ReturnCandidate, ...]:
    tx = work.tx
    found = _orders_named(tx, reading)
    if not found:
        found = dict.fromkeys(_with_serial(work, reading), 0)
    made = []
    for order, piece in sorted(found.items())[:_MOST_ORDERS]:
        loaded = storage.load_order(tx, order)
        if loaded is not None:
            named = loaded.order
            if piece:
                named = replace(named, waybill=waybill_number(reading), piece=piece)
            made.append(ReturnCandidate(named, loaded.holder, loaded.trail))
    return tuple(made)


def _with_serial(work: _Work, reading: Reading) -> Iterable[int]:
    """Return the order into which a serial number went: the newest, since one that came back may go out again."""
    tx = work.tx
    gs1 = next((kind for kind in reading.kinds if isinstance(kind, Gs1)), None)
    if gs1 is not None and gs1.serial:
        products = goods.find_products(tx, reading, with_sku=False)
        found = storage.orders_with_serial(tx, gs1.serial, products[0].product) if len(products) == 1 else []
        return found[-1:]
    if any(isinstance(kind, Plain) for kind in reading.kinds) and not reading.kind(OrderCode):
        return storage.orders_with_serial(tx, reading.text)
    return ()


# --- recording ----------------------------------------------------------------------------------------------------


def _record(work: _Work, outcome: Outcome[ReturnFact]) -> None:
    """Write what became true, and fold it into the snapshot."""
    before = len(work.receiver.trail)
    for fact in outcome.facts:
        _record_fact(work, fact)
        work.receiver = core.after(work.receiver, fact, work.act)
        opened = work.receiver.order
        if isinstance(fact, core.ReturnOpened) and opened is not None:
            work.receiver = replace(work.receiver, order=replace(opened, return_id=work.state.return_id))
    made = work.receiver.trail[before:] if any(isinstance(fact, PieceBack) for fact in outcome.facts) else ()
    order = work.receiver.order
    if made and order is not None and order.return_id is not None:
        storage.add_steps(work.tx, order.return_id, made)
        packing_storage.book(work.tx, work.act, order.id, core.moves_of(made))


def _record_fact(work: _Work, fact: ReturnFact) -> None:
    tx, state, order = work.tx, work.state, work.receiver.order
    match fact:
        case core.ReturnOpened():
            _open(work, fact.candidate)
        case core.ReturnUndone():
            assert order is not None
            assert order.return_id is not None
            packing_storage.book(tx, work.act, order.id, [counter(move) for move in core.moves_of(fact.steps)])
            storage.undo_steps(tx, order.return_id, fact.steps[0].act, work.act)
        case core.ReturnEmptied():
            assert order is not None
            assert order.return_id is not None
            packing_storage.book(tx, work.act, order.id, [counter(move) for move in core.moves_of(fact.steps)])
            storage.empty(tx, order.return_id, work.act)
            state.return_id = None
        case core.ReturnSetAside():
            assert order is not None
            assert order.return_id is not None
            storage.set_aside(tx, order.return_id)
            state.return_id = None
        case core.ReturnClosed():
            _close(work, whole=fact.whole)
        case core.ReturnSignedIn():
            state.person = fact.person
        case Allowed():
            overrides.add(tx, work.act, state.name, work.person, order.id if order else None, fact)
        case _:
            pass


def _open(work: _Work, candidate: ReturnCandidate) -> None:
    """Begin the return, or give the open one to this station; what came back in it before is loaded."""
    tx, order = work.tx, candidate.order
    if order.return_id is None:
        identity = storage.open_return(tx, order, work.state.name)
    else:
        identity = order.return_id
        storage.keep(tx, order, work.state.name)
    work.state.return_id = identity


def _close(work: _Work, *, whole: bool) -> None:
    """End the return; where everything is back, its orders and parcels are returned."""
    tx, order = work.tx, work.receiver.order
    assert order is not None
    assert order.return_id is not None
    storage.close(tx, order.return_id)
    work.state.return_id = None
    if not whole:
        return
    able = [each for each, state in order.members if next_state(state, OrderEvent.RETURN)]
    handover_storage.set_orders(tx, able, OrderState.RETURNED)
    storage.give_back(tx, order.id)


# --- the answer ---------------------------------------------------------------------------------------------------


def _finish(work: _Work, outcome: Outcome[ReturnFact], raw: str, act: str, before: ReturnOrder | None = None) -> Answer:
    state, here = work.state, work.receiver
    about = here.order or before
    stopped = _stopped(outcome, here.refused)
    body: dict[str, object] = {"order": here.order.id} if here.order else {}
    if here.question is not None:
        asked = here.question
        hand = _plain_hand(asked.hand) if asked.hand else None
        body["question"] = {"kind": str(asked.kind), "hand": hand, "code": asked.code,
                            "products": list(asked.products), "page": asked.page}  # fmt: skip
    if stopped is not None:
        body["refused"] = {"guard": stopped.guard, "hand": _plain_hand(stopped.hand)}
    state.return_ask = json.dumps(body, ensure_ascii=False) if body else ""
    answer = _answer(work, outcome.say, raw, act)
    entry = Entry(
        act=work.act,
        kind="return",
        raw=storable(raw),
        key=outcome.say.key,
        level=str(outcome.say.level),
        answer=answer.stored(),
        facts=json.dumps([_plain(fact) for fact in outcome.facts], ensure_ascii=False, separators=(",", ":")),
        order=about.id if about else None,
    )
    stations.append(work.tx, state, entry)
    stations.leave(work.tx, state)
    return answer


def _stopped(outcome: Outcome[ReturnFact], before: ReturnRefused | None) -> ReturnRefused | None:
    """Return what a leader may let pass now: what was just refused, or what still waits for the leader's badge."""
    args = outcome.say.args
    if outcome.say.level is Level.REFUSED and "allow" in args:
        hand: Any = args["hand"]
        return ReturnRefused(str(args["allow"]), BackHand(**hand))
    return before if outcome.say.key == "allow.leader_needed" else None


def _plain_hand(hand: BackHand) -> dict[str, object]:
    return {name: getattr(hand, name) for name in BackHand.__slots__}


def _answer(work: _Work, say: Say, raw: str, act: str) -> Answer:
    here, person = work.receiver, work.receiver.person
    order = here.order
    return Answer(
        code=raw,
        act=act,
        level=str(say.level),
        key=say.key,
        args=say.args,
        ask=ask(here, work.rules).plain(),
        order=order.number if order else None,
        order_id=order.id if order else None,
        ship_number=order.ship_number if order else "",
        done=here.back,
        wanted=order.wanted if order else 0,
        person={"name": person.name, "role": str(person.role), "language": person.language} if person else {},
    )


def _plain(fact: ReturnFact) -> dict[str, object]:
    """Return a fact as plain values for the journal."""
    body: dict[str, object] = {"fact": type(fact).__name__}
    match fact:
        case core.ReturnOpened():
            order = fact.candidate.order
            return body | {"order": order.id, "waybill": order.waybill, "taken_over": fact.taken_over}
        case core.ReturnUndone() | core.ReturnEmptied():
            return body | {"act": fact.steps[-1].act if fact.steps else "", "steps": len(fact.steps)}
        case core.ReturnAsked():
            return body | {"question": str(fact.question.kind)}
        case core.ReturnSignedIn():
            return body | {"person": fact.person.id}
        case _:
            return body | {name: getattr(fact, name) for name in type(fact).__slots__}
