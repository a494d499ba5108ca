"""What is not as the plan says: goods that are short, another shelf, a stop put off, a shelf that is not empty."""

from __future__ import annotations

from dataclasses import replace

from app.domain.barcode import (
    CommandName,
)
from app.domain.jobs import (
    AtShelf,
    CountWanted,
    Job,
    Pick,
    PickAsked,
    PickDismissed,
    Picker,
    PickFact,
    PickQuestion,
    PickQuestionKind,
    PickSeen,
    PickShort,
    Rerouted,
    Skipped,
    WalkRules,
)
from app.domain.modes import Stage
from app.domain.outcome import Outcome, info, ok, question, refused
from app.domain.pick_asking import PickAskKind, in_hand, next_pick, stop_of
from app.domain.pick_outcome import about, job_of, missing, names, place_args, spread, then, then_tell
from app.domain.pick_seen import PickSeenKind, kind_of, label_of
from app.domain.seen import REASONS, command_of

__all__ = [
    "found",
    "is_empty",
    "later",
    "no_other_shelf",
    "not_empty",
    "reason",
    "short",
    "short_line",
    "short_line_ask",
    "to_other_shelf",
]


def short(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-SHORT`` at a stop; at the wall with empty hands it is asked which slot waits in vain."""
    job = job_of(picker)
    pick = in_hand(job) or next_pick(job)
    assert pick is not None
    waiting = [each for each in job.picks if each.left > 0]
    if job.stage is Stage.SORT and job.hand is None and len(waiting) > 1:
        return question("short.which_slot", PickAsked(PickQuestion(PickQuestionKind.SHORT_LINE)), **names(job))
    left = missing(job, pick)
    if left <= 0:
        return refused("hand.enough_short", **about(pick), **place_args(job, pick))
    asked = PickAsked(PickQuestion(PickQuestionKind.SHORT_REASON, pick=pick.id))
    return question("short.ask", asked, **about(pick), left=left)


def short_line_ask(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-SHORT`` on a printed list: of which goods?"""
    return question("short.which_line", PickAsked(PickQuestion(PickQuestionKind.SHORT_LINE)), **names(job_of(picker)))


def short_line(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """The goods of the list, by a code of theirs or by their shelf; at the wall by the slot that waits for them."""
    job = job_of(picker)
    if job.stage is Stage.SORT:
        return _short_slot(job, seen)
    products = {known.product for known in seen.seen.products}
    shelf = label_of(seen.seen.reading) if kind_of(seen, PickAskKind.SHORT_LINE) is PickSeenKind.SHELF else ""
    fitting = [each for each in job.picks if each.left > 0 and (each.product in products or each.shelf == shelf != "")]
    if not fitting:
        return refused("short.not_on_list", code=seen.seen.reading.text[:80])
    if len({each.product for each in fitting}) > 1:
        return refused("short.scan_goods", code=seen.seen.reading.text[:80])
    pick = fitting[0]
    asked = PickAsked(PickQuestion(PickQuestionKind.FOUND, pick=pick.id))
    left = sum(each.left for each in stop_of(job, pick))
    return question("short.found_ask", asked, **about(pick), left=left)


def _short_slot(job: Job, seen: PickSeen) -> Outcome[PickFact]:
    """What one slot waits for is not there: of several goods the first, each with its reason."""
    code = label_of(seen.seen.reading)
    products = {known.product for known in seen.seen.products}
    slots = {place.number for place in job.places if code in place.codes}
    pick = next(
        (each for each in job.picks if each.left > 0 and (each.slot in slots or each.product in products)), None
    )
    if pick is None:
        return refused("short.not_at_wall", code=seen.seen.reading.text[:80])
    asked = PickAsked(PickQuestion(PickQuestionKind.SHORT_REASON, pick=pick.id))
    return question("short.ask", asked, **about(pick), left=pick.left)


def found(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """How many of the goods were found."""
    job, asked = job_of(picker), picker.question
    assert asked is not None
    pick = next(each for each in job.picks if each.id == asked.pick)
    here = stop_of(job, pick)
    left, number = sum(each.left for each in here), int(seen.seen.reading.text)
    if number >= left:
        return refused("short.found_all", **about(pick), left=left)
    put = spread(job, here, number, pick.sku, pick.lot)
    asks = PickAsked(PickQuestion(PickQuestionKind.SHORT_REASON, pick=here[-1].id))
    return question("short.ask", *put, asks, **about(pick), left=left - number)


def reason(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """Why it is short; another shelf is offered at once where the books have one."""
    job, asked = job_of(picker), picker.question
    assert asked is not None
    reason = REASONS.get(command_of(seen.seen.reading) or CommandName.NEXT, "")
    if not reason:
        return refused("reason.another")
    pick = next(each for each in job.picks if each.id == asked.pick)
    count = CountWanted(pick.product, pick.shelf, "damaged" if reason == "damaged" else "short")
    other = next((each for each in seen.others if each.shelf != pick.shelf), None)
    if other is not None and job.stage is Stage.PICK:
        offer = PickQuestion(PickQuestionKind.OTHER_SHELF, pick=pick.id, shelf=other.shelf, reason=reason)
        return question("short.other_shelf", count, PickAsked(offer), **about(pick), other=other.shelf,
                        pieces=other.pieces)  # fmt: skip
    counted = (count,) if job.stage is Stage.PICK else ()
    return _is_short(picker, pick, reason, *counted)


def _is_short(picker: Picker, pick: Pick, reason: str, *before: PickFact) -> Outcome[PickFact]:
    job = job_of(picker)
    held = job.hand.quantity if job.hand is not None and job.hand.pick == pick.id else 0
    facts: list[PickFact] = []
    missing = 0
    for each in stop_of(job, pick):
        lacks = each.left - (held if each.id == pick.id else 0)
        if lacks > 0:
            facts.append(PickShort(each.id, each.product, each.order, each.line, lacks, reason))
            missing += lacks
    return then(picker, "short.noted", *before, *facts, **about(pick), quantity=missing, reason=reason)


def to_other_shelf(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-DONE``, or the label of the offered shelf: what is left is taken from there."""
    job, asked = job_of(picker), picker.question
    assert asked is not None
    pick = next(each for each in job.picks if each.id == asked.pick)
    scanned = kind_of(seen, PickAskKind.OTHER_SHELF) is PickSeenKind.SHELF
    if scanned and label_of(seen.seen.reading) != asked.shelf:
        return refused("shelf.wrong", code=label_of(seen.seen.reading), wanted_shelf=asked.shelf)
    facts: list[PickFact] = [Rerouted(tuple(each.id for each in stop_of(job, pick)), asked.shelf)]
    if scanned:
        facts.append(AtShelf(asked.shelf))
    return then(picker, "short.rerouted", *facts, **{**about(pick), "shelf": asked.shelf})


def no_other_shelf(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-SHORT`` again: it is not there either."""
    asked = picker.question
    assert asked is not None
    pick = next(each for each in job_of(picker).picks if each.id == asked.pick)
    return _is_short(picker, pick, asked.reason)


def later(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-LATER``: this stop comes last."""
    job = job_of(picker)
    pick = next_pick(job)
    assert pick is not None
    here = [each for each in job.picks if each.left > 0 and each.shelf == pick.shelf and each.product == pick.product]
    rest = [each for each in job.picks if each.left > 0 and each not in here]
    if not rest:
        return refused("later.last_stop", **about(pick))
    following = next_pick(replace(job, picks=tuple(rest)))
    assert following is not None
    facts = Skipped(tuple(each.id for each in here))
    return then_tell(picker, "later.skipped", facts, **about(pick), next_shelf=following.shelf)


def is_empty(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """The shelf is empty, as the books say."""
    return info("shelf.is_empty", PickDismissed(), shelf=picker.question.shelf if picker.question else "")


def not_empty(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """There is something left although the books say there is not: somebody counts it."""
    asked = picker.question
    assert asked is not None
    pick = next(each for each in job_of(picker).picks if each.id == asked.pick)
    return ok("shelf.count_noted", CountWanted(pick.product, asked.shelf, "not_empty"), **about(pick))
