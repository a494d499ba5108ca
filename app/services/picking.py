"""A scan of a picker, at the shelves or at the wall: read, load, decide, record, journal. One transaction.

The same way as a scan at the bench (:mod:`app.services.packing`), with the picking core in its middle::

    text --barcode.read--> Reading --look up--> PickSeen --picking.decide--> Outcome --record--> rows, journal
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import uuid4

from app.domain import barcode, jobs, lots, picking
from app.domain.barcode import (
    CartCode,
    CommandName,
    ListCode,
    OrderCode,
    PersonCode,
    Reading,
    ShelfCode,
    ToteCode,
    WallCode,
)
from app.domain.bench import Seen
from app.domain.jobs import (
    Job,
    JobCandidate,
    JobState,
    Picker,
    PickFact,
    PickQuestion,
    PickQuestionKind,
    PickSeen,
    PickStepDone,
    WalkRules,
)
from app.domain.modes import Mode, PickStep, Stage
from app.domain.outcome import Level, Outcome, Say, refused
from app.domain.people import Right, rights_of
from app.domain.pick_asking import PickAskKind, ask, in_hand, next_pick
from app.domain.products import KnownCode
from app.domain.seen import REASONS, command_of
from app.domain.stock import Move, counter
from app.plugins import modules_of
from app.services import pick_end
from app.services.answers import Answer
from app.services.scans import MINUTE, only_dismisses, storable, today
from app.services.settings import all_settings
from app.settings import defaults
from app.storage import bench as bench_storage
from app.storage import goods, overrides, people, stations
from app.storage import packing as packing_storage
from app.storage import picking as storage
from app.storage.database import Transaction
from app.storage.stations import Entry, StationState

__all__ = ["Standing", "look", "modes", "scan", "standing"]


@cache
def modes() -> Mapping[str, Mode]:
    """Return every way of picking by its id, the usual one of a small shop first."""
    found = sorted((module.MODE for module in modules_of("app.modes")), key=lambda mode: mode.rank)
    return {mode.id: mode for mode in found}


@dataclass(slots=True)
class _Work:
    """What one act carries from step to step."""

    tx: Transaction
    state: StationState
    settings: dict[str, str]
    rules: WalkRules
    act: str
    picker: Picker
    lease_until: int = 0
    taken_by: str = ""
    """Station that took the open job away meanwhile."""

    @property
    def person(self) -> int | None:
        """Who is signed in."""
        return self.picker.person.id if self.picker.person else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a station stands in its job, for a screen."""

    picker: Picker
    ask: Mapping[str, object]
    walk: Mapping[str, Any]
    """The way, as the wave planned it: ``points``, ``metres`` and what other ways would have taken."""


def scan(
    tx: Transaction, station: str, raw: str, act: str, since: int | None = None, stage: Stage = Stage.PICK
) -> Answer:
    """Answer one scanned text of a picker.

    :param act: id of the scan, made once by the reader; the same act delivered twice counts once.
    :param since: milliseconds since the scan before, by the reader's own clock; None where there is no such clock.
    :param stage: what the station takes when no job is open: jobs at the shelves, or at the wall.
    """
    state = stations.enter(tx, station, act)
    if state.stored is not None:
        if state.stored.raw == storable(raw) and state.stored.station == station:
            return Answer.from_stored(raw, act, state.stored.answer)
        reused: Outcome[PickFact] = refused("act.reused", act=act)
        return _finish(_begin(tx, state, str(uuid4()), stage), reused, raw, act)
    work = _begin(tx, state, act, stage)
    reading = barcode.read(raw)
    if work.taken_by:
        outcome = _lost(work, reading)
    elif only_dismisses(reading, state):
        outcome = Outcome(Say("refusal.dismissed", Level.INFO))
    else:
        seen = _look_up(work, reading, since)
        outcome = picking.decide(work.picker, seen, work.rules)
    _record(work, outcome)
    counted = any(isinstance(fact, jobs.InHand | jobs.Put) for fact in outcome.facts)
    work.picker = replace(work.picker, last_code=reading.text if counted and command_of(reading) is None else "")
    return _finish(work, outcome, raw, act)


def look(tx: Transaction, station: str, stage: Stage = Stage.PICK) -> Answer:
    """Return where a station stands, without an act: for a window that opens or is shown again."""
    work = _begin(tx, stations.enter(tx, station, ""), "", stage)
    if work.taken_by:  # its next scan is told so
        work.picker = replace(work.picker, job=None, question=None)
    return _answer(work, Say("", Level.INFO), "", "")


def standing(tx: Transaction, station: str, stage: Stage = Stage.PICK) -> Standing:
    """Return the job that is open at a station, or was just finished, as its screen draws it; nothing is locked."""
    found = storage.open_job(tx, station)
    settings = all_settings(tx)
    asked = settings["signin.required"] == "on" and bool(people.everyone(tx))
    rules = WalkRules(station=station, stage=stage, signin_required=asked)
    loaded = storage.load_job(tx, found.job, modes(), lock=False) if found.job is not None else None
    job = loaded.job if loaded is not None and loaded.holder in (station, "") else None
    picker = Picker(job, _question(found.picking), found.person)
    walk = storage.walk_of(tx, job.id) if job else {}
    return Standing(picker, ask(picker, rules).plain(), walk)


# --- loading ------------------------------------------------------------------------------------------------------


def _begin(tx: Transaction, state: StationState, act: str, stage: Stage) -> _Work:
    settings = defaults() | state.settings
    rights = rights_of(state.person, state.anybody, settings["short.close"], settings["quantity.keyed"])
    rules = WalkRules(
        station=state.name,
        stage=stage,
        rights=rights,
        signin_required=settings["signin.required"] == "on" and state.anybody,
        today=today(settings["shop.timezone"], tx.now // MINUTE),
        stock_tracked=settings["stock.tracked"] == "on",
        empty_check=settings["pick.empty_check"] == "on",
        lot_order=settings["lot.order"],
        pace_ms=int(settings["scan.pace_ms"]),
        keyed=Right.KEY_QUANTITY in rights,
    )
    body = json.loads(state.picking) if state.picking else {}
    picker = Picker(None, _question(state.picking), state.person, last_code=body.get("last_code", ""))
    lease = int(settings["lease.minutes"]) * MINUTE
    work = _Work(tx, state, settings, rules, act, picker, tx.now + lease)
    if state.job is not None:
        _load_job(work, state.job)
    return work


def _question(stored: str) -> PickQuestion | None:
    body = json.loads(stored).get("question") if stored else None
    return PickQuestion(**{**body, "kind": PickQuestionKind(body["kind"])}) if body else None


def _load_job(work: _Work, job: int) -> None:
    loaded = storage.load_job(work.tx, job, modes())
    if loaded is None:
        work.state.job = None
        return
    work.picker = replace(work.picker, job=loaded.job)
    if loaded.job.open and loaded.holder != work.state.name:
        work.taken_by = loaded.holder or "?"
    elif loaded.job.state is not JobState.ACTIVE and loaded.job.state is not JobState.DONE:
        work.taken_by = "?"  # a leader handed it back, or took it back with its wave
    elif not loaded.job.open and loaded.holder not in ("", work.state.name):
        work.picker = replace(work.picker, job=None)


def _lost(work: _Work, reading: Reading) -> Outcome[PickFact]:
    """The job was taken over or taken back: this late act is refused and listed, the station is free afterwards."""
    job = work.picker.job
    assert job is not None
    said = f"{job.number} {storable(reading.text)}"
    overrides.add_late(work.tx, work.act, work.state.name, work.person, None, said)
    work.state.job = None
    work.picker = replace(work.picker, job=None, question=None)
    if work.taken_by == "?":
        return refused("job.gone", job=job.number)
    return refused("job.lost", job=job.number, station=work.taken_by)


# --- what the code may mean ---------------------------------------------------------------------------------------


def _look_up(work: _Work, reading: Reading, since: int | None) -> PickSeen:
    tx, here = work.tx, work.picker
    wanted = ask(here, work.rules).kind
    command = command_of(reading)
    seen = Seen(reading, since=since)
    if command is not None:
        return _of_command(work, PickSeen(seen), command, wanted)
    if any(isinstance(kind, PersonCode) for kind in reading.kinds):
        return PickSeen(replace(seen, person=bench_storage.find_person(tx, reading)))
    if reading.kind(ToteCode) and wanted in (PickAskKind.TOTES, PickAskKind.NEW_TOTE):
        tote = next(kind.code for kind in reading.kinds if isinstance(kind, ToteCode))
        return PickSeen(seen, in_use=storage.tote_in_use(tx, tote))
    if reading.kind(ToteCode, WallCode) and wanted is PickAskKind.PLACE:
        return _with_book(work, PickSeen(seen))
    if reading.kind(ListCode, CartCode, ToteCode, WallCode, OrderCode):
        return _with_jobs(work, PickSeen(seen), storage.jobs_named(tx, reading))
    if reading.kind(ShelfCode):
        return PickSeen(seen)
    products = goods.find_products(tx, reading, work.settings["scan.sku"] == "on")
    return _with_goods(work, PickSeen(replace(seen, products=products)))


def _of_command(work: _Work, seen: PickSeen, command: CommandName, wanted: PickAskKind) -> PickSeen:
    tx, here = work.tx, work.picker
    if command is CommandName.NEXT and wanted in (PickAskKind.JOB, PickAskKind.TAKE_OVER):
        found = storage.next_job(tx, work.rules.stage)
        return _with_jobs(work, seen, [found] if found is not None else [])
    if command is CommandName.UNDO and here.job is not None and here.question is None and here.job.hand is None:
        work.picker = replace(here, trail=storage.load_trail(tx, here.job.id))
    if command in REASONS and here.question is not None and here.job is not None:
        pick = next((each for each in here.job.picks if each.id == here.question.pick), None)
        if pick is not None and here.job.stage is Stage.PICK and here.question.kind is PickQuestionKind.SHORT_REASON:
            return replace(seen, others=storage.other_shelves(tx, pick.product, pick.shelf))
    if command is CommandName.QUANTITY and here.last_code:
        products = goods.find_products(tx, barcode.read(here.last_code), work.settings["scan.sku"] == "on")
        return replace(seen, seen=replace(seen.seen, products=products))
    return seen


def _with_jobs(work: _Work, seen: PickSeen, found: Sequence[int]) -> PickSeen:
    """Load the jobs that a code names; for a sort that begins the slots that are free."""
    tx, here = work.tx, work.picker.job
    candidates = []
    for each in found:
        if here is not None and here.open and here.id == each:
            candidates.append(JobCandidate(here, work.state.name, leased=True))
            continue
        # Two pickers who scan each other's cart must not wait for each other's job in a ring.
        loaded = storage.load_job(tx, each, modes(), lock=here is None or not here.open)
        if loaded is not None:
            leased = loaded.job.open and loaded.lease_until > tx.now
            held = (loaded.holder if loaded.job.open else "", leased, loaded.blocked, loaded.after)
            candidates.append(JobCandidate(loaded.job, *held))
    slots: tuple[str, ...] = ()
    if candidates and candidates[0].job.stage is Stage.SORT and not candidates[0].blocked:
        slots = storage.free_slots(tx, len(candidates[0].job.places))
    return replace(seen, jobs=tuple(candidates), free_slots=slots)


def _with_goods(work: _Work, seen: PickSeen) -> PickSeen:
    """Add what is known of the lots of the goods, and of the shelf's book stock where it is asked for."""
    job = work.picker.job
    found = {known.product for known in seen.seen.products}
    if job is None or not job.open or len(found) != 1:
        return seen
    known = seen.seen.products[0]
    pick = next((each for each in job.picks if each.product == known.product and each.left > 0), None)
    if pick is None:
        return seen
    if known.handling.keeps_lots:
        given = lots.ledger_lot(known.handling, lots.details_of(seen.seen.reading, known.handling))
        seen = replace(seen, seen=replace(seen.seen, lots=goods.lots_on(work.tx, known.product, pick.shelf, given)))
    return seen if PickStep.PLACE in job.steps else _with_book(work, seen, known)


def _with_book(work: _Work, seen: PickSeen, known: KnownCode | None = None) -> PickSeen:
    """Add how much lies on the shelf by the books, where the picker is asked whether it is empty."""
    job = work.picker.job
    if not (work.rules.empty_check and work.rules.stock_tracked) or job is None or job.stage is not Stage.PICK:
        return seen
    held = in_hand(job) or next_pick(job)
    if held is None or (known is not None and known.product != held.product):
        return seen
    return replace(seen, on_shelf=storage.on_shelf(work.tx, held.product, held.shelf))


# --- recording ----------------------------------------------------------------------------------------------------


def _record(work: _Work, outcome: Outcome[PickFact]) -> None:
    """Write what became true, and fold it into the snapshot."""
    if not outcome.facts:
        return
    before = len(work.picker.trail)
    job_before = work.picker.job
    paused: Job | None = None
    for fact in outcome.facts:
        if isinstance(fact, jobs.JobPaused):
            paused = work.picker.job
        work.picker = jobs.after(work.picker, fact, work.act)
        _record_fact(work, fact, job_before)
    made = work.picker.trail[before:]
    undone = next((fact for fact in outcome.facts if isinstance(fact, jobs.PickUndone)), None)
    job = work.picker.job or job_before
    if job is None:
        return
    if undone is not None:
        _write_steps(work, job, undone.steps, -1)
        storage.undo_steps(work.tx, job.id, undone.steps[0].act, work.act)
    elif made:
        _write_steps(work, job, made, 1)
        storage.add_steps(work.tx, job.id, made)
    if paused is not None:
        storage.save(work.tx, replace(paused, state=JobState.PAUSED), "", 0, work.person)
        work.state.job = None
    elif work.picker.job is not None:
        _save(work, work.picker.job, outcome.facts)


def _save(work: _Work, job: Job, facts: Sequence[PickFact]) -> None:
    tx = work.tx
    finished = any(isinstance(fact, jobs.JobFinished) for fact in facts)
    holder, until = ("", 0) if finished else (work.state.name, work.lease_until)
    storage.save(tx, job, holder, until, work.person)
    work.state.job = job.id
    if finished:
        pick_end.end(tx, work.act, job)
    elif job.stage is Stage.SORT:
        touched = {fact.order for fact in facts if isinstance(fact, jobs.Put | jobs.PickShort)}
        pick_end.finish_orders(tx, work.act, job, touched)


def _record_fact(work: _Work, fact: PickFact, job_before: Job | None) -> None:
    tx, state = work.tx, work.state
    job = work.picker.job or job_before
    match fact:
        case jobs.JobTaken():
            taken = work.picker.job
            assert taken is not None
            state.job = taken.id
            for number, slot in enumerate(fact.slots, 1):
                place = next((each for each in taken.places if each.number == number), None)
                storage.bind(tx, "slot", slot, taken.id, number, place.order if place else None)
        case jobs.ToteBound():
            assert job is not None
            storage.bind(tx, "cart" if fact.cart else "tote", fact.tote, job.id, fact.slot, fact.order)
        case jobs.Rerouted():
            storage.reroute(tx, fact.picks, fact.shelf)
        case jobs.Skipped():
            assert job is not None
            storage.skip(tx, fact.picks, max(each.skipped for each in job.picks))
        case jobs.Told():
            storage.tell(tx, fact.picks)
        case jobs.CountWanted():
            assert job is not None
            storage.add_counts(tx, work.act, job.id, work.person, [(fact.product, fact.shelf, fact.reason)])
        case jobs.PickSignedIn():
            state.person = fact.person
        case _:
            pass


def _write_steps(work: _Work, job: Job, made: Sequence[PickStepDone], sign: int) -> None:
    """Count what was put or short, and book it; *sign* -1 takes it back."""
    tx = work.tx
    by_pick = {each.id: each for each in job.picks}
    puts = [step for step in made if step.kind == "put"]
    storage.count_picks(
        tx,
        [
            (s.pick, sign * s.quantity if s.kind == "put" else 0, 0 if s.kind == "put" else sign * s.quantity)
            for s in made
        ],
    )
    sorting = job.stage is Stage.SORT
    counted = [
        (
            by_pick[step.pick].line,
            0 if sorting or step.kind != "put" else sign * step.quantity,
            0 if step.kind == "put" else sign * step.quantity,
        )
        for step in made
    ]
    storage.count_lines(tx, [each for each in counted if each[1] or each[2]])
    if not work.rules.stock_tracked:
        return
    for step in puts:
        move = Move(step.product, step.lot, step.source, step.target, step.quantity)
        packing_storage.book(tx, work.act, by_pick[step.pick].order, [move if sign > 0 else counter(move)])


# --- the answer ---------------------------------------------------------------------------------------------------


def _finish(work: _Work, outcome: Outcome[PickFact], raw: str, act: str) -> Answer:
    state, here = work.state, work.picker
    asked = here.question
    body: dict[str, object] = {}
    if asked is not None:
        body["question"] = {name: getattr(asked, name) for name in PickQuestion.__slots__} | {"kind": str(asked.kind)}
    if here.last_code:
        body["last_code"] = here.last_code
    state.picking = json.dumps(body, ensure_ascii=False) if body else ""
    answer = _answer(work, outcome.say, raw, act)
    entry = Entry(
        act=work.act,
        kind="pick",
        raw=storable(raw),
        key=outcome.say.key,
        level=str(outcome.say.level),
        answer=answer.stored(),
        facts=json.dumps([_plain(fact) for fact in outcome.facts], ensure_ascii=False, separators=(",", ":")),
    )
    stations.append(work.tx, state, entry)
    stations.leave(work.tx, state)
    return answer


def _answer(work: _Work, say: Say, raw: str, act: str) -> Answer:
    job, person = work.picker.job, work.picker.person
    return Answer(
        code=raw,
        act=act,
        level=str(say.level),
        key=say.key,
        args=say.args,
        ask=ask(work.picker, work.rules).plain(),
        job=job.number if job else "",
        done=job.done if job else 0,
        wanted=job.wanted if job else 0,
        person={"name": person.name, "role": str(person.role), "language": person.language} if person else {},
    )


def _plain(fact: PickFact) -> dict[str, object]:
    """Return a fact as plain values for the journal."""
    body: dict[str, object] = {"fact": type(fact).__name__}
    match fact:
        case jobs.JobTaken():
            return body | {"job": fact.candidate.job.number, "taken_over": fact.taken_over, "slots": list(fact.slots)}
        case jobs.InHand():
            hand = fact.hand
            return body | {"pick": hand.pick, "quantity": hand.quantity, "lot": hand.lot}
        case jobs.PickUndone():
            return body | {"act": fact.steps[0].act, "steps": len(fact.steps)}
        case jobs.PickAsked():
            return body | {"question": str(fact.question.kind)}
        case jobs.PickSignedIn():
            return body | {"person": fact.person.id}
        case _:
            values = {name: getattr(fact, name) for name in type(fact).__slots__}
            return body | {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
