"""The picking core: what one scan of a picker means, whatever the way of picking.

A mode is data (:class:`~app.domain.modes.Mode`): its steps say which question stands, :data:`ANSWERS` says which
function answers what to it; a missing entry is the refusal. Laws (tests/domain/test_picking_laws.py): a refusal changes
nothing; never more than wanted, never the wrong goods, shelf or tote; undo restores; every job can be finished, shorted
or handed back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from app.domain.barcode import (
    CommandName,
    Gs1,
    Gtin,
)
from app.domain.jobs import (
    HandDropped,
    JobFinished,
    JobState,
    Pick,
    PickAsked,
    PickDismissed,
    Picker,
    PickFact,
    PickQuestionKind,
    PickSeen,
    PickSignedIn,
    PickUndone,
    Told,
    WalkRules,
    fold,
)
from app.domain.outcome import Outcome, info, ok, question, refused
from app.domain.pick_asking import PickAskKind, ask, in_hand, surplus_in_hand, untold
from app.domain.pick_goods import (
    confirm,
    into_place,
    item,
    keyed,
    list_done,
    listed,
    more_in_hand,
    put_first,
    quantity_ask,
    shelf,
)
from app.domain.pick_jobs import (
    bind_cart,
    bind_tote,
    full,
    named_job,
    new_tote,
    next_job,
    next_while_open,
    other_job,
    pause,
    take_over,
)
from app.domain.pick_outcome import Answer, about, all_done, finished_key, names, then_tell
from app.domain.pick_seen import PickSeenKind, kind_of
from app.domain.pick_short import (
    found,
    is_empty,
    later,
    no_other_shelf,
    not_empty,
    reason,
    short,
    short_line,
    short_line_ask,
    to_other_shelf,
)
from app.domain.seen import command_of
from app.domain.unreadable import unreadable

__all__ = ["ANSWERS", "decide"]


def decide(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """Return what a scanned code means.

    What stopped meanwhile (cancelled, changed) is told first, once, and the scan does not count: the picker must know
    before the goods of that order are touched again.
    """
    stopped = untold(picker)
    if stopped and command_of(seen.seen.reading) is not CommandName.CANCEL:
        return _tell(picker, stopped)
    job = picker.job
    if job is not None and job.open and job.hand is not None and surplus_in_hand(job):
        facts = fold(picker, (HandDropped(),), "")
        finished = (JobFinished(),) if all_done(facts) else ()
        args = {"put_back": job.hand.quantity, "shelf": job.hand.shelf}
        return question("pick.hand_changed", HandDropped(), *finished, **args)
    if job is not None and job.open and all_done(picker):
        # The office took the rest out of it: whatever is scanned, the job is done first.
        return ok(finished_key(job), JobFinished(), **names(job), missing=job.short)
    picker = _past_a_yes(picker, seen)
    wanted = ask(picker, rules)
    answer = ANSWERS.get((wanted.kind, kind_of(seen, wanted.kind)))
    return answer(picker, seen, rules) if answer else _misplaced(picker, seen, rules)


_STOPPED: Mapping[str, str] = {
    "cancelled": "pick.stopped_cancelled",
    "changed": "pick.stopped_changed",
    "held": "pick.stopped_held",
}


def _tell(picker: Picker, stopped: tuple[Pick, ...]) -> Outcome[PickFact]:
    job = picker.job
    assert job is not None
    first = stopped[0]
    group = tuple(each for each in stopped if each.order == first.order and each.stopped == first.stopped)
    place = job.place_of(first)
    done = sum(each.done for each in job.picks if each.order == first.order)
    facts: list[PickFact] = [Told(tuple(each.id for each in group))]
    held = in_hand(job)
    if held is not None and held in group:
        facts.append(HandDropped())
    if all_done(fold(picker, tuple(facts), "")):
        facts.append(JobFinished())
    args = {"ship_number": first.ship_number, "place": place.number if place else 0, "put_back": done}
    return question(_STOPPED[first.stopped], *facts, **args, tote=place.code if place else "")


def _past_a_yes(picker: Picker, seen: PickSeen) -> Picker:
    """Whether a shelf is empty need not be answered: going on with the work says yes."""
    asked = picker.question
    if asked is None or asked.kind is not PickQuestionKind.EMPTY:
        return picker
    answers = (CommandName.DONE, CommandName.SHORT, CommandName.CANCEL, CommandName.UNDO)
    return picker if command_of(seen.seen.reading) in answers else replace(picker, question=None)


def _undo(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """Take back the last thing: what is in hand, else what the last act put or declared short."""
    job = picker.job
    if job is None:
        return refused("undo.nothing")
    held, hand = in_hand(job), job.hand
    if held is not None and hand is not None:
        return then_tell(picker, "undo.hand", HandDropped(), **about(held), put_back=hand.quantity)
    if not picker.trail or job.state is not JobState.ACTIVE:
        return refused("undo.nothing_job" if job.state is JobState.ACTIVE else "undo.job_done", job=job.number)
    last = picker.trail[-1].act
    steps = tuple(each for each in picker.trail if each.act == last)
    chosen = {step.pick for step in steps}
    if any(each.stopped for each in job.picks if each.id in chosen):
        return refused("undo.nothing_job", job=job.number)  # what was taken for it is on its way back already
    pick = next(each for each in job.picks if each.id == steps[-1].pick)
    key = "undo.pick_short" if steps[-1].kind == "short" else "undo.put" if steps[-1].tote else "undo.picked"
    quantity = sum(each.quantity for each in steps)
    args = {**about(pick), "quantity": quantity, "tote": steps[-1].tote}
    return then_tell(picker, key, PickUndone(steps), **args)


def _dismiss(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    return info("question.dismissed", PickDismissed())


def _badge(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    person = seen.seen.person
    if person is None:
        return refused("person.unknown", code=seen.seen.reading.text[:80])
    again = (PickAsked(picker.question),) if picker.question else ()
    return ok("person.signed_in", PickSignedIn(person), *again, name=person.name, role=str(person.role))


def _simple(key: str) -> Answer:
    def refuse(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
        return refused(key, code=seen.seen.reading.text[:80])

    return refuse


def _misplaced(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """A code that does not answer what is asked: say what is wrong with it, and what is wanted instead."""
    reading = seen.seen.reading
    wanted = ask(picker, rules)
    kind = kind_of(seen, wanted.kind)
    code = reading.text[:80]
    if kind is PickSeenKind.UNKNOWN:
        if reading.fault is not None:
            return unreadable(reading.fault, code)
        gtin = next((k.gtin14 for k in reading.kinds if isinstance(k, (Gtin, Gs1)) and k.gtin14), "")
        return refused("code.unknown", code=code, gtin=gtin)
    if wanted.kind is PickAskKind.SIGN_IN:
        return refused("signin.needed", code=code)
    pick = wanted.pick
    if wanted.kind is PickAskKind.SHELF and pick is not None:
        return refused("shelf.first", code=code, wanted_shelf=pick.shelf)
    if wanted.kind is PickAskKind.JOB:
        return refused("job.first", code=code)
    if wanted.kind is PickAskKind.TOTES:
        return refused("tote.first", code=code, place=wanted.place.number if wanted.place else 0)
    if wanted.kind is PickAskKind.LIST:
        return refused("list.first", code=code)
    return refused("answer.first", code=code)


_WALK = (PickAskKind.SHELF, PickAskKind.ITEM, PickAskKind.CONFIRM)
"""Asks at a stop with empty hands."""


_OPEN = (PickAskKind.TOTES, PickAskKind.LIST, *_WALK)
"""Asks while a job is open, nothing is in hand and no question stands."""


_QUESTIONS = (
    PickAskKind.SHORT_REASON,
    PickAskKind.SHORT_LINE,
    PickAskKind.FOUND,
    PickAskKind.OTHER_SHELF,
    PickAskKind.EMPTY,
    PickAskKind.NEW_TOTE,
    PickAskKind.TAKE_OVER,
    PickAskKind.QUANTITY,
)


_JOB_CODES = (PickSeenKind.LIST, PickSeenKind.CART, PickSeenKind.TOTE, PickSeenKind.SLOT, PickSeenKind.ORDER)


ANSWERS: Mapping[tuple[PickAskKind, PickSeenKind], Answer] = MappingProxyType(
    {(PickAskKind.JOB, PickSeenKind.NEXT): next_job, (PickAskKind.JOB, PickSeenKind.UNDO): _undo}
    | {(PickAskKind.JOB, kind): named_job for kind in _JOB_CODES}
    | {(PickAskKind.TAKE_OVER, kind): take_over for kind in (*_JOB_CODES, PickSeenKind.NEXT)}
    | {(kind, PickSeenKind.NEXT): next_while_open for kind in (*_OPEN, PickAskKind.PLACE)}
    | {
        (kind, code): other_job
        for kind in (*_OPEN, PickAskKind.PLACE)
        for code in (PickSeenKind.LIST, PickSeenKind.ORDER)
    }
    | {(kind, PickSeenKind.CART): bind_cart for kind in (*_OPEN, PickAskKind.PLACE)}
    | {(kind, PickSeenKind.UNDO): _undo for kind in (*_OPEN, PickAskKind.PLACE, *_QUESTIONS)}
    | {(kind, PickSeenKind.CANCEL): pause for kind in (*_OPEN, PickAskKind.PLACE, PickAskKind.STOPPED)}
    | {(kind, PickSeenKind.CANCEL): _dismiss for kind in _QUESTIONS}
    | {(kind, PickSeenKind.SHORT): short for kind in (*_WALK, PickAskKind.PLACE)}
    | {(kind, PickSeenKind.LATER): later for kind in _WALK}
    | {(kind, PickSeenKind.FULL): full for kind in (*_WALK, PickAskKind.PLACE)}
    | {(kind, PickSeenKind.SHELF): shelf for kind in _WALK}
    | {(kind, PickSeenKind.PERSON): _badge for kind in PickAskKind}
    | {
        (PickAskKind.TOTES, PickSeenKind.TOTE): bind_tote,
        (PickAskKind.LIST, PickSeenKind.LIST): listed,
        (PickAskKind.LIST, PickSeenKind.DONE): list_done,
        (PickAskKind.LIST, PickSeenKind.SHORT): short_line_ask,
        (PickAskKind.ITEM, PickSeenKind.PRODUCT): item,
        (PickAskKind.ITEM, PickSeenKind.QUANTITY): quantity_ask,
        (PickAskKind.CONFIRM, PickSeenKind.DONE): confirm,
        (PickAskKind.CONFIRM, PickSeenKind.PRODUCT): item,
        (PickAskKind.PLACE, PickSeenKind.TOTE): into_place,
        (PickAskKind.PLACE, PickSeenKind.SLOT): into_place,
        (PickAskKind.PLACE, PickSeenKind.PRODUCT): more_in_hand,
        (PickAskKind.PLACE, PickSeenKind.QUANTITY): quantity_ask,
        (PickAskKind.PLACE, PickSeenKind.SHELF): put_first,
        (PickAskKind.PLACE, PickSeenKind.DONE): put_first,
        (PickAskKind.PLACE, PickSeenKind.LATER): put_first,
        (PickAskKind.SHORT_REASON, PickSeenKind.REASON): reason,
        (PickAskKind.SHORT_LINE, PickSeenKind.PRODUCT): short_line,
        (PickAskKind.SHORT_LINE, PickSeenKind.SHELF): short_line,
        (PickAskKind.SHORT_LINE, PickSeenKind.SLOT): short_line,
        (PickAskKind.FOUND, PickSeenKind.NUMBER): found,
        (PickAskKind.OTHER_SHELF, PickSeenKind.DONE): to_other_shelf,
        (PickAskKind.OTHER_SHELF, PickSeenKind.SHELF): to_other_shelf,
        (PickAskKind.OTHER_SHELF, PickSeenKind.SHORT): no_other_shelf,
        (PickAskKind.EMPTY, PickSeenKind.DONE): is_empty,
        (PickAskKind.EMPTY, PickSeenKind.SHORT): not_empty,
        (PickAskKind.NEW_TOTE, PickSeenKind.TOTE): new_tote,
        (PickAskKind.QUANTITY, PickSeenKind.NUMBER): keyed,
    }
)
"""What is wanted and what was scanned give the function that answers; a missing entry is the refusal."""
