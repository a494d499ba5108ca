"""Waves ウェーブ: a release that is picked in one way. From which shelf each line is taken, and when its jobs are done.

What belongs to one walk is decided by the modes (:mod:`app.modes`); this is what comes before and after it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import assert_never

from app.domain.lots import days_left
from app.domain.modes import FAR, JobPlan, Limits, PickLine, PickOrder, Stage
from app.domain.routing import Stop, Wishes
from app.domain.routing_choice import Option, covers
from app.domain.shelves import shelf_key

__all__ = [
    "SCANS",
    "SHELF_SCANS",
    "Figures",
    "Late",
    "ShelfChoice",
    "Shelves",
    "Supply",
    "Want",
    "allot",
    "figures",
    "late",
    "positions",
    "ranked",
    "seconds_of",
    "stop_of",
    "strictest",
    "totes_for",
]

SHELF_SCANS = ("off", "optional", "required")
"""Values of the setting ``pick.shelf``, the strictest last."""
SCANS = ("off", "shelf", "line", "unit")
"""Values of the setting ``pick.scan``, the strictest last."""


def strictest(values: Iterable[str], order: Sequence[str]) -> str:
    """Return the one of *values* that stands last in *order*; the last of *order* where there is none."""
    return max(values, key=order.index, default=order[-1])


# --- from which shelf ---------------------------------------------------------------------------------------------


class ShelfChoice(StrEnum):
    """Which shelf goods are taken from that lie on several (setting ``pick.choice``)."""

    EXPIRY = "expiry"
    """Their own shelf first."""
    EMPTIEST = "emptiest"
    """The shelf with the fewest pieces first, so that it becomes free."""
    NEAREST = "nearest"
    """The shelf that makes the walk by all stops of the order shortest."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Pieces of a product on a shelf, by the books, that no pick is planned for."""

    shelf: str
    pieces: int
    lot: str = ""
    expiry: str = ""
    """``YYYY-MM-DD``; empty where it has none."""
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class Want:
    """What an order line wants taken from the shelves."""

    line: PickLine
    """With the product's own shelf, which may be empty."""
    min_days: int = 0
    """Days that the goods must keep from today at least."""


class Shelves:
    """What lies on the shelves while lines are given to them; every piece is given once."""

    def __init__(self, supplies: Mapping[int, Iterable[Supply]], today: str, zones: Mapping[str, str]) -> None:
        """*today* is ``YYYY-MM-DD`` in the shop's time zone, *zones* the zone of each shelf of the map."""
        self._left = {product: list(found) for product, found in supplies.items()}
        self._today = today
        self._zones = zones

    def usable(self, want: Want) -> list[Supply]:
        """Return what may be taken for *want*: never what is recalled, expired, or will not keep long enough."""
        return [each for each in self._left.get(want.line.product, ()) if each.pieces > 0 and self._keeps(each, want)]

    def _keeps(self, supply: Supply, want: Want) -> bool:
        left = days_left(supply.expiry, self._today) if supply.expiry else None
        return not supply.recalled and (left is None or left >= max(want.min_days, 0))

    def take(self, want: Want, ranked: Iterable[Supply]) -> tuple[PickLine, ...]:
        """Give *want* pieces of *ranked* in their order; what the books do not have is looked for on its own shelf."""
        missing = want.line.quantity
        taken: dict[tuple[str, str], int] = {}
        supplies = self._left.get(want.line.product, [])
        for each in ranked:
            pieces = min(missing, each.pieces)
            if pieces > 0:
                taken[each.shelf, each.lot] = taken.get((each.shelf, each.lot), 0) + pieces
                supplies[supplies.index(each)] = replace(each, pieces=each.pieces - pieces)
                missing -= pieces
        if missing:
            home = want.line.shelf, ""
            taken[home] = taken.get(home, 0) + missing
        return tuple(
            replace(want.line, shelf=shelf, lot=lot, quantity=pieces, zone=self._zones.get(shelf, ""))
            for (shelf, lot), pieces in taken.items()
        )


Nearest = Callable[[Sequence[str], Sequence[Sequence[Option]]], Sequence[Option]]
"""Which of the options of some lines make the shortest walk, beside the shelves that are walked to anyway."""


def allot(
    wants: Iterable[tuple[int, Sequence[Want]]],
    shelves: Shelves,
    choice: ShelfChoice,
    nearest: Nearest | None = None,
) -> dict[int, tuple[PickLine, ...]]:
    """Return for each order the shelves (and lots) that its lines are taken from.

    What keeps a date is taken in the order of the dates whatever the choice is (first expired, first out): only among
    shelves with the same date it is the choice that decides. A line is taken from several shelves where it must be.

    :param wants: orders with their lines, the most urgent first: it has the first pick.
    :param nearest: for :attr:`ShelfChoice.NEAREST`.
    """
    made: dict[int, tuple[PickLine, ...]] = {}
    for order, lines in wants:
        near = _near(lines, shelves, nearest) if nearest is not None and choice is ShelfChoice.NEAREST else {}
        taken: list[PickLine] = []
        for want in lines:
            rank = partial(_rank, want.line, choice, near.get(want.line.line, ()))
            by_rank = sorted(shelves.usable(want), key=rank)
            taken += shelves.take(want, by_rank)
        made[order] = tuple(taken)
    return made


def _near(lines: Sequence[Want], shelves: Shelves, nearest: Nearest) -> dict[int, Option]:
    """Return by line the shelves that make the walk of one order shortest, where there is something to choose."""
    fixed: list[str] = []
    choices: dict[int, list[Option]] = {}
    for want in lines:
        usable = shelves.usable(want)
        first = min((_date(each) for each in usable), default="")
        pieces: dict[str, int] = {}
        for each in usable:
            if _date(each) == first:
                pieces[each.shelf] = pieces.get(each.shelf, 0) + each.pieces
        own = want.line.shelf
        pieces = {own: pieces[own], **pieces} if own in pieces else pieces  # of those that cost the same its own
        options = covers(want.line.quantity, list(pieces.items()))
        if len(options) > 1:
            choices[want.line.line] = options
        else:
            fixed += options[0] if options else pieces or [want.line.shelf]
    return dict(zip(choices, nearest(fixed, list(choices.values())), strict=True)) if choices else {}


def _date(supply: Supply) -> str:
    return supply.expiry or "9999-12-31"


def _rank(line: PickLine, choice: ShelfChoice, near: Option, supply: Supply) -> tuple[object, ...]:
    away, part = supply.shelf != line.shelf, supply.pieces < line.quantity
    by_choice: tuple[object, ...]
    match choice:
        case ShelfChoice.EXPIRY:
            by_choice = (away, part, -supply.pieces)
        case ShelfChoice.EMPTIEST:
            by_choice = (supply.pieces, away)
        case ShelfChoice.NEAREST:
            by_choice = (supply.shelf not in near, away, part)
        case _:
            assert_never(choice)
    return (_date(supply), *by_choice, shelf_key(supply.shelf), supply.shelf, supply.lot)


def totes_for(lines: Iterable[PickLine], limits: Limits) -> int:
    """Return how many totes an order needs by the volume of its goods; at least 1, at most what a cart carries.

    Goods of unknown size count nothing: one tote then, which the picker splits when it is full.
    """
    if not limits.volume_mm3:
        return 1
    volume = sum(each.quantity * each.volume_mm3 for each in lines)
    return max(1, min(limits.totes, -(-volume // limits.volume_mm3)))


def stop_of(line: PickLine, wishes: Wishes) -> Stop:
    """Return the stop at which a line is taken; what the shop wishes nothing about makes no stop of its own."""
    return Stop(
        line.shelf,
        heavy=wishes.heavy_first and line.weight_g >= _HEAVY_G,
        fragile=wishes.fragile_last and line.fragile,
        cold=wishes.cold_last and line.temperature != _AMBIENT,
    )


def positions(job: JobPlan, wishes: Wishes) -> dict[tuple[Stop, int], int]:
    """Return the place in the walk of each stop and product, from 1 on: what is taken in one go has one place."""
    there: dict[Stop, set[int]] = {}
    for order in job.orders:
        for line in order.lines:
            there.setdefault(stop_of(line, wishes), set()).add(line.product)
    met = [(stop, product) for stop in job.walk.stops for product in sorted(there.get(stop, ()))]
    return {each: place for place, each in enumerate(met, 1)}


_HEAVY_G = 5_000
"""Goods of this weight go below others: about what a person notices in a tote."""
_AMBIENT = "ambient"


# --- what it comes to ---------------------------------------------------------------------------------------------


def seconds_of(job: JobPlan, limits: Limits) -> float:
    """Return how long a job takes: the way, and the time for each stop (for sorting: for each line)."""
    if job.stage is Stage.SORT:
        stops = sum(len(each.lines) for each in job.orders)
    else:
        stops = len({(line.shelf, line.product) for each in job.orders for line in each.lines})
    return job.walk.metres * 1000 / limits.pace_mm_s + stops * limits.line_s


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan comes to."""

    orders: int = 0
    """Parcels to be picked: orders, those that share a parcel counted once."""
    lines: int = 0
    """Lines by shelf: one that is taken from two shelves counts twice."""
    pieces: int = 0
    volume_mm3: int = 0
    """Of the goods whose size is known."""
    weight_g: int = 0
    """Of the goods whose weight is known."""
    jobs: int = 0
    mm: int = 0
    """Way of all walks."""
    seconds: int = 0
    """Work of all jobs, one after the other."""
    unplaced: tuple[str, ...] = ()
    """Shelves to be visited that have no place on the map, or that nobody can walk to; in shelf order."""


def figures(jobs: Sequence[JobPlan], limits: Limits, placed: Callable[[str], bool]) -> Figures:
    """Return what *jobs* come to.

    :param placed: whether a shelf can be walked to by the map.
    """
    picks = [job for job in jobs if job.stage is Stage.PICK]
    lines = [line for job in picks for order in job.orders for line in order.lines]
    missing = {line.shelf for line in lines if not placed(line.shelf)}
    return Figures(
        orders=len({order.order for job in picks for order in job.orders}),
        lines=len(lines),
        pieces=sum(line.quantity for line in lines),
        volume_mm3=sum(line.quantity * line.volume_mm3 for line in lines),
        weight_g=sum(line.quantity * line.weight_g for line in lines),
        jobs=len(jobs),
        mm=round(sum(job.walk.metres for job in picks) * 1000),
        seconds=round(sum(seconds_of(job, limits) for job in jobs)),
        unplaced=tuple(sorted(missing, key=lambda shelf: (shelf_key(shelf), shelf))),
    )


@dataclass(frozen=True, slots=True)
class Late:
    """A pickup that some orders will miss, as far as the pace tells."""

    due: int
    """The pickup, milliseconds since 1970 UTC."""
    orders: int
    ready: int
    """When the last of them is picked."""


def late(jobs: Sequence[JobPlan], limits: Limits, now: int) -> tuple[Late, ...]:
    """Return the pickups that cannot be met, by time.

    Each of :attr:`~app.domain.modes.Limits.pickers` takes the most urgent job that waits for no other as soon as it is
    free (earliest due date first); nobody has anything else to do.

    :param now: milliseconds since 1970 UTC.
    """
    finished: dict[int, float] = {}
    free = [float(now)] * max(1, limits.pickers)
    found: dict[int, tuple[dict[int, None], float]] = {}
    for at in sorted(range(len(jobs)), key=lambda each: (_due_of(jobs, each), each)):
        job = jobs[at]
        start = max(heapq.heappop(free), finished.get(job.after, now) if job.after is not None else now)
        finished[at] = start + seconds_of(job, limits) * 1000
        heapq.heappush(free, finished[at])
        for order in job.orders:
            if order.due < FAR and finished[at] > order.due:
                orders, until = found.get(order.due, ({}, 0.0))
                orders[order.order] = None
                found[order.due] = orders, max(until, finished[at])
    return tuple(Late(due, len(orders), round(until)) for due, (orders, until) in sorted(found.items()))


def _due_of(jobs: Sequence[JobPlan], at: int) -> tuple[int, int]:
    """A job is as urgent as what it carries; of a chain those before come first."""
    depth = 0
    after = jobs[at].after
    while after is not None:
        depth += 1
        after = jobs[after].after
    return jobs[at].due, depth


def ranked(orders: Iterable[PickOrder]) -> list[PickOrder]:
    """Return orders in the order of their urgency: pickup, priority, place in the batch."""
    return sorted(orders, key=lambda each: (each.due, each.rank, each.sequence))
