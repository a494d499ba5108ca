"""What the answers to a picker share: the words for a job and its goods, and that the last piece finishes the job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.gtin import printable
from app.domain.jobs import (
    Job,
    JobFinished,
    Pick,
    Picker,
    PickFact,
    PickSeen,
    Put,
    WalkRules,
    fold,
)
from app.domain.modes import Stage
from app.domain.outcome import Outcome, info, ok, question
from app.domain.pick_asking import stop_of
from app.domain.products import KnownCode
from app.domain.stock import bulk_place, picked_place, shelf_place

__all__ = [
    "Answer",
    "about",
    "all_done",
    "finished_key",
    "job_of",
    "missing",
    "names",
    "of_known",
    "place_args",
    "put_of",
    "spread",
    "then",
    "then_ask",
    "then_tell",
]

Answer = Callable[[Picker, PickSeen, WalkRules], "Outcome[PickFact]"]


def job_of(picker: Picker) -> Job:
    """Return the open job; only asked where there is one."""
    assert picker.job is not None
    return picker.job


def all_done(picker: Picker) -> bool:
    """Return whether nothing of the job is left and nothing is in hand."""
    job = picker.job
    return job is not None and job.hand is None and all(each.left <= 0 for each in job.picks)


def names(job: Job) -> dict[str, object]:
    """Return what sentences call a job by."""
    return {"job": job.number, "done": job.done, "wanted": job.wanted}


def about(pick: Pick) -> dict[str, object]:
    """Return what sentences and screens say of the goods of a pick."""
    return {"sku": pick.sku, "name": pick.name, "item_code": printable(pick.code), "shelf": pick.shelf}


def of_known(known: KnownCode) -> dict[str, object]:
    """Return what sentences and screens say of scanned goods."""
    return {"sku": known.sku, "name": known.name, "item_code": printable(known.code), "shelf": known.shelf}


def place_args(job: Job, pick: Pick) -> dict[str, object]:
    """Return what sentences say of the place that goods go into; at the wall its slot is all that is said."""
    place = job.place_of(pick)
    named = {"place": place.number, "tote": place.code} if place else {"place": 0, "tote": ""}
    wall = {"wall": True} if job.stage is Stage.SORT else {}
    return {**named, **wall, "ship_number": pick.ship_number}


def then(picker: Picker, key: str, *facts: PickFact, **args: object) -> Outcome[PickFact]:
    """Accept; where that was the last of the job, it is finished in the same act."""
    return _finishing(picker, facts, ok(key, *facts, **args))


def then_tell(picker: Picker, key: str, *facts: PickFact, **args: object) -> Outcome[PickFact]:
    """Accept what is neither right nor wrong, as :func:`then` does."""
    return _finishing(picker, facts, info(key, *facts, **args))


def then_ask(picker: Picker, key: str, *facts: PickFact, **args: object) -> Outcome[PickFact]:
    """Accept and ask something, as :func:`then` does; nothing is asked after the last piece."""
    return _finishing(picker, facts, question(key, *facts, **args))


_FINISHED = {
    Stage.PICK: ("pick.finished", "pick.finished_short"),
    Stage.SORT: ("sort.finished", "sort.finished_short"),
}


def finished_key(job: Job) -> str:
    """Return the key of what is said when a job is done."""
    return _FINISHED[job.stage][1 if job.short else 0]


def _finishing(picker: Picker, facts: tuple[PickFact, ...], outcome: Outcome[PickFact]) -> Outcome[PickFact]:
    after = fold(picker, facts, "")
    job = job_of(after)
    args = {**outcome.say.args, **names(job)}
    if not (job.open and all_done(after)):
        return replace(outcome, say=replace(outcome.say, args=args))
    key = finished_key(job)
    return ok(key, *facts, JobFinished(), **args, missing=job.short)


def put_of(job: Job, pick: Pick, quantity: int, code: str, lot: str, tote: str = "", shelf: str = "") -> Put:
    """Return the fact that pieces of a pick are in their tote, slot or on the cart, with the ledger's places.

    :param shelf: where they were taken, if not where the pick is taken now.
    """
    if job.stage is Stage.SORT:
        source = bulk_place(job.follows) if job.follows is not None else ""
    else:
        source = shelf_place(shelf or pick.shelf)
    target = bulk_place(job.id) if job.bulk and job.mode.sorts else picked_place(pick.order)
    place = None if job.bulk else job.place_of(pick)
    into = tote or (place.code if place else "")
    return Put(pick.id, pick.product, pick.order, pick.line, quantity, code, lot, source, target, into)


def spread(job: Job, here: Sequence[Pick], quantity: int, code: str, lot: str) -> tuple[Put, ...]:
    """One scan may fill several orders' picks where goods are taken together."""
    made = []
    for each in here:
        take = min(quantity, each.left)
        if take > 0:
            made.append(put_of(job, each, take, code, lot))
            quantity -= take
    return tuple(made)


def missing(job: Job, pick: Pick) -> int:
    """Pieces of a stop that are neither picked nor in hand."""
    held = job.hand.quantity if job.hand is not None and job.hand.pick == pick.id else 0
    return sum(each.left for each in stop_of(job, pick)) - held
