"""The cheapest set of parcels for one order.

Goods that may not travel together are parted first: by temperature, and dangerous products each alone. For what is left
to be packed together the question is which pieces share a parcel. Up to `EXACT` pieces, every way of parting them is
weighed: what a parcel costs at least (the cheapest carton that may hold its pieces, by weight, volume and sides) is a
bound, the cheapest parting by these bounds is looked at, its parcels are really packed, their bounds rise where they do
not fit, and so on until the cheapest parting is one that fits. More pieces are packed into the cheapest carton that
holds all, or into several: each kind of carton is filled again and again, and each parcel then gets the cheapest carton
that holds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from math import inf

from app.domain.carton_check import Fault, faults_of
from app.domain.carton_plausible import hindrances, problems_of
from app.domain.cartons import (
    CARE,
    Care,
    Carton,
    CartonKind,
    Item,
    Packing,
    Parcel,
    Placement,
    Problem,
    ProblemKind,
    Proposal,
    in_order,
)
from app.services.cartons.filling import fullest
from app.services.cartons.search import Placed, Work, may_fit, place
from app.services.cartons.shapes import cavities, pieces_for

__all__ = ["EXACT", "STEPS", "WrongPacking", "cartons_that_hold", "cheapest_carton", "propose"]

EXACT = 8
"""Pieces up to which every way of parting them is weighed."""
STEPS = 1_500
"""Pieces that may be placed in trying one carton."""
PARTINGS = 40
"""Ways of parting the pieces that are really packed before the cheapest that fits is taken."""
DEEP = 60
"""Pieces up to which a carton is searched; more are only filled in, which takes time enough."""


class WrongPacking(Exception):
    """The proof refused a packing: a bug of the search, for the crash report."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults
        """The rules that it breaks."""


def propose(items: Sequence[Item], cartons: Iterable[Carton], care: Care = CARE, steps: int = STEPS) -> Proposal:
    """Return the cheapest parcels found for *items*, and what is wrong with these.

    :param cartons: the warehouse's list, in any order
    :param steps: pieces placed in trying one carton: bounds the time, in the same way on every machine
    :raises WrongPacking: where the search made a mistake: nothing is proposed that the proof refuses
    """
    problems = problems_of(items)
    stopping = hindrances(problems)
    if stopping or not items:
        return Proposal(None, problems)
    usable = _by_cost(cartons)
    stopping = _unpackable(items, usable)
    if stopping:
        return Proposal(None, (*problems, *stopping))
    parcels: list[Parcel] = []
    for group in _groups(items):
        found = _cheapest(group, _left(usable, parcels), care, steps)
        if found is None:
            missing = Problem(ProblemKind.NO_CARTONS, tuple(item.key for item in group))
            return Proposal(None, (*problems, missing))
        parcels += found
    listed = {carton.code: carton for carton in usable}  # the search counts their stock down
    packing = Packing(tuple(replace(one, carton=listed[one.carton.code]) for one in parcels))
    faults = faults_of(packing, items, care)
    if faults:
        raise WrongPacking(faults)
    return Proposal(packing, problems)


def cheapest_carton(
    items: Sequence[Item], cartons: Iterable[Carton], care: Care = CARE, steps: int = STEPS
) -> Parcel | None:
    """Return one parcel for all *items*, which may travel together, in the cheapest carton found; None where none is.

    Of cartons that cost the same the smallest is taken.
    """
    return next(cartons_that_hold(items, cartons, care, steps), None)


def cartons_that_hold(
    items: Sequence[Item], cartons: Iterable[Carton], care: Care = CARE, steps: int = STEPS
) -> Iterator[Parcel]:
    """Yield all *items*, which may travel together, in each carton that was found to hold them, the cheapest first.

    What follows the first is what a packer may take instead; each is searched for only when it is asked for.
    """
    for carton in _by_cost(cartons):
        parcel = _packed(items, carton, care, steps)
        if parcel is not None:
            yield parcel


def _by_cost(cartons: Iterable[Carton]) -> list[Carton]:
    there = (carton for carton in cartons if carton.stock is None or carton.stock > 0)
    return sorted(there, key=lambda carton: (carton.cost_yen, carton.volume, carton.code))


def _left(cartons: Iterable[Carton], used: Iterable[Parcel]) -> list[Carton]:
    """Return the cartons that are left when *used* are taken from their stock."""
    taken = Counter(parcel.carton.code for parcel in used)
    rest = (
        carton if carton.stock is None else replace(carton, stock=carton.stock - taken[carton.code])
        for carton in cartons
    )
    return [carton for carton in rest if carton.stock is None or carton.stock > 0]


def _unpackable(items: Sequence[Item], cartons: Sequence[Carton]) -> tuple[Problem, ...]:
    """Return what no carton can take even alone."""
    if not cartons:
        return (Problem(ProblemKind.NO_CARTONS, tuple(item.key for item in items)),)
    large, heavy = [], []
    for item in items:
        holding = [carton for carton in cartons if _may_hold([item], carton, weigh=False)]
        if not holding:
            large.append(item.key)
        elif all(item.weight_g > carton.max_g for carton in holding):
            heavy.append(item.key)
    found = ((ProblemKind.TOO_LARGE, large), (ProblemKind.TOO_HEAVY, heavy))
    return tuple(Problem(kind, tuple(keys)) for kind, keys in found if keys)


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Part what may not share a parcel."""

    def apart(item: Item) -> tuple[str, str]:
        return item.temperature, item.product if item.dangerous else ""

    for _, group in groupby(sorted(items, key=apart), apart):
        yield list(group)


# --- one carton ---------------------------------------------------------------------------------------------------


def _may_hold(items: Sequence[Item], carton: Carton, *, weigh: bool = True) -> bool:
    if weigh and sum(item.weight_g for item in items) > carton.max_g:
        return False
    if carton.kind is CartonKind.ENVELOPE and any(item.fragile for item in items):
        return False
    pieces = pieces_for(items, carton.kind)
    return any(may_fit(pieces, space) for space in cavities(carton, pieces))


def _packed(items: Sequence[Item], carton: Carton, care: Care, steps: int) -> Parcel | None:
    """Return *items* packed into *carton*, or None where no way was found."""
    if not _may_hold(items, carton):
        return None
    pieces = pieces_for(items, carton.kind)
    work = Work(steps)
    for space in cavities(carton, pieces):
        if len(pieces) > DEEP:
            found = fullest(pieces, space, carton.max_g, care)
            placed = found if len(found) == len(pieces) else None
        else:
            placed = place(pieces, space, care, work)
        if placed is not None:
            return _parcel(items, carton, placed)
    return None


def _parcel(items: Sequence[Item], carton: Carton, placed: Iterable[Placed]) -> Parcel:
    return Parcel(
        carton,
        in_order(
            Placement(items[number], (x1, y1, z1), (x2 - x1, y2 - y1, z2 - z1))
            for number, (x1, y1, z1, x2, y2, z2) in placed
        ),
    )


# --- several ------------------------------------------------------------------------------------------------------


def _cheapest(items: Sequence[Item], cartons: Sequence[Carton], care: Care, steps: int) -> list[Parcel] | None:
    """Return the cheapest parcels found for goods that may travel together; None where the cartons run out."""
    if not cartons:
        return None
    if len(items) <= EXACT:
        found = _Partings(items, cartons, care, steps).cheapest()
    else:
        found = _of_many(items, cartons, care, steps)
    return found if found is None else _within_stock(found, cartons, care, steps)


def _within_stock(found: list[Parcel], cartons: Sequence[Carton], care: Care, steps: int) -> list[Parcel] | None:
    """Pack again, into others, what went into more cartons of a kind than there are."""
    kept: list[Parcel] = []
    again: list[Item] = []
    taken: Counter[str] = Counter()
    for parcel in sorted(found, key=lambda one: -one.fill):
        stock = parcel.carton.stock
        if stock is None or taken[parcel.carton.code] < stock:
            kept.append(parcel)
            taken[parcel.carton.code] += 1
        else:
            again += [placement.item for placement in parcel.placements]
    if not again:
        return found
    more = _cheapest(again, _left(cartons, kept), care, steps)
    return None if more is None else kept + more


class _Partings:
    """The ways of parting a few pieces into parcels; a set of pieces is a number with one bit a piece."""

    def __init__(self, items: Sequence[Item], cartons: Sequence[Carton], care: Care, steps: int) -> None:
        self._items, self._cartons, self._care, self._steps = items, cartons, care, steps
        self._all = (1 << len(items)) - 1
        kinds = [replace(item, key="") for item in items]
        self._class = [kinds.index(kind) for kind in kinds]
        """Pieces that are alike have the same number."""
        self._holding = [{at for at, carton in enumerate(cartons) if _may_hold([item], carton)} for item in items]
        """For each piece, the cartons that it fits into alone."""
        self._next: dict[int, int] = {}
        """For each set, the first carton that is not known to be too small; one more than there are where all are."""
        self._parcels: dict[int, Parcel] = {}
        """Sets that were packed, into the carton of `_next`."""
        self._useless: set[tuple[tuple[int, ...], int]] = set()
        """Pieces by their classes, and a carton that was not found to hold them."""

    def cheapest(self) -> list[Parcel] | None:
        """Return the cheapest parcels; None where a piece goes into no carton."""
        whole = self._pack(self._all)
        if whole is not None and whole.carton.cost_yen <= 2 * self._cartons[0].cost_yen:
            return [whole]
        for _ in range(PARTINGS):
            parting = self._best(self._bound)
            if parting is None:
                return None
            for part in parting:
                if part not in self._parcels and not self._try(part):
                    break
            else:
                return [self._parcels[part] for part in parting]
        for at in range(len(self._items)):
            self._pack(1 << at)
        known = self._best(lambda part: self._parcels[part].carton.cost_yen if part in self._parcels else inf)
        return None if known is None else [self._parcels[part] for part in known]

    def _members(self, part: int) -> list[int]:
        return [at for at in range(len(self._items)) if part >> at & 1]

    def _bound(self, part: int) -> float:
        """Return what a parcel of these pieces costs at least."""
        at = self._next.get(part)
        if at is None:
            at = self._next[part] = self._after(part, 0)
        return self._cartons[at].cost_yen if at < len(self._cartons) else inf

    def _after(self, part: int, start: int) -> int:
        """Return the first carton from *start* on that may hold the pieces."""
        members = self._members(part)
        holding = set.intersection(*(self._holding[at] for at in members))
        weight = sum(self._items[at].weight_g for at in members)
        classes = tuple(sorted(self._class[at] for at in members))
        for at in range(start, len(self._cartons)):
            if at in holding and weight <= self._cartons[at].max_g and (classes, at) not in self._useless:
                return at
        return len(self._cartons)

    def _try(self, part: int) -> bool:
        """Pack these pieces into the cheapest carton that may hold them; where it does not, it no longer may."""
        self._bound(part)
        at, members = self._next[part], self._members(part)
        parcel = _packed([self._items[member] for member in members], self._cartons[at], self._care, self._steps)
        if parcel is None:
            self._useless.add((tuple(sorted(self._class[member] for member in members)), at))
            self._next[part] = self._after(part, at + 1)
            return False
        self._parcels[part] = parcel
        return True

    def _pack(self, part: int) -> Parcel | None:
        """Pack these pieces into the cheapest carton that holds them."""
        while part not in self._parcels and self._bound(part) < inf:
            self._try(part)
        return self._parcels.get(part)

    def _best(self, cost: Callable[[int], float]) -> list[int] | None:
        """Return the parting whose parcels cost least by *cost*; None where every one is infinite."""
        least: list[float] = [0.0] * (self._all + 1)
        taken = [0] * (self._all + 1)
        costs = [inf, *(cost(part) for part in range(1, self._all + 1))]
        for pieces in range(1, self._all + 1):
            first, found = pieces & -pieces, inf
            part = pieces
            while part:
                if part & first:
                    value = costs[part] + least[pieces ^ part]
                    if value < found:
                        found, taken[pieces] = value, part
                part = (part - 1) & pieces
            least[pieces] = found
        if least[self._all] == inf:
            return None
        parting, pieces = [], self._all
        while pieces:
            parting.append(taken[pieces])
            pieces ^= taken[pieces]
        return parting


def _of_many(items: Sequence[Item], cartons: Sequence[Carton], care: Care, steps: int) -> list[Parcel] | None:
    """Return parcels for more pieces than can be parted in every way."""
    whole = cheapest_carton(items, cartons, care, steps)
    if whole is not None and whole.carton.cost_yen <= 2 * cartons[0].cost_yen:
        return [whole]
    best = [whole] if whole is not None else None
    for carton in sorted(cartons, key=lambda carton: -carton.volume):
        most = sum(parcel.carton.cost_yen for parcel in best) if best else inf
        found = _all_in(carton, items, cartons, care, steps, most)
        if found is not None and sum(parcel.carton.cost_yen for parcel in found) < most:
            best = found
    return best


def _all_in(
    carton: Carton, items: Sequence[Item], cartons: Sequence[Carton], care: Care, steps: int, most: float
) -> list[Parcel] | None:
    """Fill one carton of this kind after the other, then put what is in each into the cheapest that holds it.

    :param most: yen from which on the parcels are of no interest
    """
    parcels: list[Parcel] = []
    rest = list(items)
    cost = 0
    while rest:
        filled = _filled(rest, carton, care) or _largest_filled(rest, cartons, care)
        if filled is None:
            return None
        inside = [placement.item for placement in filled.placements]
        cheaper = [other for other in cartons if other.cost_yen < carton.cost_yen]
        parcels.append(cheapest_carton(inside, cheaper, care, steps) or filled)
        cost += parcels[-1].carton.cost_yen
        if cost >= most:
            return None
        keys = {item.key for item in inside}
        rest = [item for item in rest if item.key not in keys]
    return parcels


def _largest_filled(items: Sequence[Item], cartons: Sequence[Carton], care: Care) -> Parcel | None:
    """Fill the cheapest carton that takes the largest piece."""
    largest = max(items, key=lambda item: item.volume)
    for carton in cartons:
        if _may_hold([largest], carton):
            return _filled(items, carton, care)
    return None


def _filled(items: Sequence[Item], carton: Carton, care: Care) -> Parcel | None:
    """Return one carton with as much in it as goes in; None where nothing does."""
    items = [item for item in items if _may_hold([item], carton)]
    pieces = pieces_for(items, carton.kind)
    fillings = [fullest(pieces, space, carton.max_g, care) for space in cavities(carton, pieces)]
    best = max(fillings, key=lambda filling: sum(pieces[placed.number].volume for placed in filling), default=[])
    return _parcel(items, carton, best) if best else None
