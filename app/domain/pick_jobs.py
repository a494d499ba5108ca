"""A picker takes a job, puts totes on the cart, hands the job back: everything but the goods."""

from __future__ import annotations

from dataclasses import replace

from app.domain.jobs import (
    HandDropped,
    Job,
    JobCandidate,
    JobFinished,
    JobPaused,
    JobState,
    JobTaken,
    PickAsked,
    Picker,
    PickFact,
    PickQuestion,
    PickQuestionKind,
    PickSeen,
    ToteBound,
    WalkRules,
    fold,
)
from app.domain.modes import PickStep, Stage
from app.domain.outcome import Outcome, info, ok, question, refused
from app.domain.people import Right
from app.domain.pick_asking import ask, in_hand, next_pick, untold
from app.domain.pick_outcome import about, all_done, finished_key, job_of, names, then
from app.domain.pick_seen import label_of

__all__ = [
    "bind_cart",
    "bind_tote",
    "full",
    "named_job",
    "new_tote",
    "next_job",
    "next_while_open",
    "other_job",
    "pause",
    "take_over",
]


def next_job(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-NEXT``: the job with the earliest pickup that nobody has."""
    if not seen.jobs:
        return refused("sort.none_waiting" if rules.stage is Stage.SORT else "pick.none_waiting")
    return _take(picker, seen, rules)


def named_job(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """A list, a cart, a tote or a slip names the job."""
    if not seen.jobs:
        return refused("job.unknown", code=seen.seen.reading.text[:80])
    return _take(picker, seen, rules)


def _take(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    candidate = seen.jobs[0]
    job = candidate.job
    args: dict[str, object] = {"job": job.number}
    stop = _why_not(candidate, rules)
    if stop is not None:
        return stop
    if candidate.holder and candidate.holder != rules.station:
        if candidate.leased and Right.TAKE_OVER not in rules.rights:
            return refused("job.held", **args, station=candidate.holder)
        if candidate.leased:
            asked = PickAsked(PickQuestion(PickQuestionKind.TAKE_OVER, job=job.id))
            return question("job.take_over_ask", asked, **args, station=candidate.holder)
    return _taken(candidate, seen, rules, "")


def _why_not(candidate: JobCandidate, rules: WalkRules) -> Outcome[PickFact] | None:
    job = candidate.job
    args: dict[str, object] = {"job": job.number}
    if job.stage is not rules.stage:
        return refused("job.at_the_wall" if job.stage is Stage.SORT else "job.at_the_shelves", **args)
    if job.state is JobState.DONE:
        return refused("job.done_already", **args)
    if job.state is JobState.TAKEN_BACK:
        return refused("job.taken_back", **args)
    if candidate.blocked:
        return refused("job.blocked", **args, after=candidate.after)
    return None


def _taken(candidate: JobCandidate, seen: PickSeen, rules: WalkRules, from_station: str) -> Outcome[PickFact]:
    job = candidate.job
    slots: tuple[str, ...] = ()
    if job.stage is Stage.SORT and any(not each.codes for each in job.places):
        slots = seen.free_slots[: len(job.places)]
        if len(slots) < len(job.places):
            return refused("sort.no_slots", job=job.number, wanted=len(job.places), free=len(slots))
    key = "job.resumed" if job.done or job.short or job.hand or any(each.codes for each in job.places) else "job.taken"
    if from_station:
        key = "job.taken_over"
    left = sum(each.left for each in job.picks)
    args = {"job": job.number, "left": left, "orders": len({each.order for each in job.picks})}
    taken = JobTaken(candidate, from_station, slots)
    opened = fold(Picker(), (taken,), "")
    if all_done(opened) and not untold(opened):
        return ok(finished_key(job), taken, JobFinished(), **names(job_of(opened)), missing=job.short)
    return ok(key, taken, **args, station=from_station)


def take_over(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """The same code again takes the job from the station that has it."""
    asked = picker.question
    assert asked is not None
    candidate = seen.jobs[0] if seen.jobs else None
    if candidate is None or candidate.job.id != asked.job:
        return next_job(replace(picker, question=None), seen, rules) if candidate else refused("answer.first")
    stop = _why_not(candidate, rules)
    return stop or _taken(candidate, seen, rules, candidate.holder)


def other_job(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """Another job's code while one is open."""
    job = job_of(picker)
    if seen.jobs and seen.jobs[0].job.id == job.id:
        return info("job.already_open", **names(job))
    return refused("job.other_open", **names(job), code=seen.seen.reading.text[:80])


def next_while_open(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-NEXT`` while a job is open."""
    return refused("job.finish_first", **names(job_of(picker)))


def pause(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-CANCEL``: the job is handed back as it is; whoever takes it goes on from here."""
    job = job_of(picker)
    held = in_hand(job)
    if held is not None and job.hand is not None:
        facts: tuple[PickFact, ...] = (HandDropped(), JobPaused())
        return ok("job.paused_hand", *facts, **names(job), **about(held), put_back=job.hand.quantity)
    return ok("job.paused", JobPaused(), **names(job))


def bind_tote(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """A tote for the next place of the cart, before the walk."""
    job = job_of(picker)
    place = ask(picker, rules).place
    assert place is not None
    tote = label_of(seen.seen.reading)
    stop = _tote_free(job, seen, tote)
    return stop or then(
        picker, "tote.on_place", ToteBound(place.number, tote, place.order), tote=tote, place=place.number,
        ship_number=place.ship_number,
    )  # fmt: skip


def _tote_free(job: Job, seen: PickSeen, tote: str) -> Outcome[PickFact] | None:
    here = next((each for each in job.places if tote in each.codes), None)
    if here is not None:
        return refused("tote.already_here", tote=tote, place=here.number)
    used = seen.in_use
    if used is not None and used.job and used.job != job.number:
        return refused("tote.in_use", tote=tote, job=used.job)
    if used is not None and used.ship_number:
        return refused("tote.full_of", tote=tote, ship_number=used.ship_number)
    return None


def bind_cart(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """The cart's own label: by it the job is found again."""
    job = job_of(picker)
    cart = label_of(seen.seen.reading)
    if job.cart == cart:
        return info("cart.already", cart=cart, **names(job))
    if seen.jobs and seen.jobs[0].job.id != job.id:
        return refused("cart.in_use", cart=cart, job=seen.jobs[0].job.number)
    return then(picker, "cart.bound", ToteBound(0, cart, None, cart=True), cart=cart)


def full(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-PARCEL``: the tote is full, another one goes on."""
    job = job_of(picker)
    pick = in_hand(job) or next_pick(job)
    place = job.place_of(pick) if pick is not None else None
    if place is None or PickStep.TOTES not in job.steps:
        return refused("tote.not_here")
    asked = PickAsked(PickQuestion(PickQuestionKind.NEW_TOTE, pick=pick.id if pick else None, slot=place.number))
    return question("tote.scan_new", asked, tote=place.code, place=place.number)


def new_tote(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """The tote that goes on where the other one is full."""
    job = job_of(picker)
    asked = picker.question
    assert asked is not None
    place = next(each for each in job.places if each.number == asked.slot)
    tote = label_of(seen.seen.reading)
    stop = _tote_free(job, seen, tote)
    bound = ToteBound(place.number, tote, place.order)
    return stop or then(picker, "tote.split", bound, tote=tote, full=place.code, place=place.number)
