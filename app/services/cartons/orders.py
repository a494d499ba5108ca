"""The boxes of one whole order: what its service allows, the maker's own cartons, what packers chose before, and what
may be taken instead.

Pure computing on plain values, so that many orders can be worked out in a process of their own. Pieces are numbered
``0``, ``1`` … here, so that orders for the same goods are the same work.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.domain.carton_list import ListedCarton
from app.domain.carton_plan import INSTEAD, OWN
from app.domain.cartons import Care, Carton, Item, Packing, Parcel, Placement, ProblemKind, Proposal
from app.services.cartons.choice import WrongPacking, cartons_that_hold, propose

__all__ = ["FAILED", "MANY", "MOST_PIECES", "Solved", "SolvedBox", "Stock", "Task", "solve", "solve_all"]

log = logging.getLogger(__name__)

MOST_PIECES = 300
"""Pieces of one order for which cartons are looked for."""
MANY = "too_many"
"""Problem of an order with more pieces: it is parted by eye."""
FAILED = "failed"
"""Problem of an order for which the search made a mistake, which the proof found; it stands in the log."""
_PLENTY = 20
"""Of so many cartons, it does not matter for one order how many there are."""
_BY_CARTONS = {ProblemKind.TOO_LARGE, ProblemKind.TOO_HEAVY, ProblemKind.NO_CARTONS}
"""Problems that other cartons may solve."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The cartons that there are to choose from."""

    listed: tuple[ListedCarton, ...]
    """Not retired, with what matters of their stock only."""
    care: Care

    @classmethod
    def of(cls, listed: Sequence[ListedCarton], care: Care) -> Stock:
        """Return what can be chosen from of a list."""
        usable = tuple(
            replace(each, name="", low=0, stock=None if each.stock is None or each.stock >= _PLENTY else each.stock)
            for each in listed
            if not each.retired and (each.stock is None or each.stock > 0)
        )
        return cls(usable, care)


@dataclass(frozen=True, slots=True)
class Task:
    """What one order wants; equal for orders for which the same is proposed."""

    items: tuple[Item, ...]
    """Their keys are ``0``, ``1`` …"""
    own: frozenset[str] = frozenset()
    """Keys of pieces that go out in their maker's carton."""
    service: str = ""
    """``carrier/service``; empty for none."""
    most_boxes: int = 99
    """Most pieces that the service takes in one shipment."""
    refused: frozenset[str] = frozenset()
    """Cartons that a packer said to be too small for this order."""
    learned: tuple[tuple[int, str], ...] = ()
    """Box and the carton that packers took for it, again and again."""


@dataclass(frozen=True, slots=True)
class SolvedBox:
    """One proposed box."""

    code: str
    """Code of its carton; `OWN`, or empty where a person has to choose one."""
    keys: tuple[str, ...]
    """Pieces in the order in which they go in."""
    parcel: Parcel | None = None
    """Where each lies; None where that is not known."""
    instead: tuple[str, ...] = ()
    """Other cartons that hold the same, the cheapest first."""
    learned: str = ""
    """``holds`` where packers chose it and it was proven, ``unproven`` where they chose it all the same; else empty."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What is proposed for one order."""

    boxes: tuple[SolvedBox, ...] = ()
    problems: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What is wrong, as the word of its kind and the keys of the pieces."""
    other_service: bool = False
    """Nothing that its service takes holds the goods: it should go by another one."""


def solve_all(tasks: Sequence[Task], stock: Stock, between: Callable[[], None] = lambda: None) -> list[Solved]:
    """Return what is proposed for each of *tasks*.

    :param between: called before each.
    """
    found = []
    for task in tasks:
        between()
        found.append(solve(task, stock))
    return found


def solve(task: Task, stock: Stock) -> Solved:
    """Return what is proposed for one order; a mistake of the search is logged and becomes a problem of the order."""
    try:
        return _Order(task, stock).solved()
    except WrongPacking:
        log.exception("a packing was refused by its proof: %r", task)
        return Solved(problems=((FAILED, tuple(item.key for item in task.items)),))


class _Order:
    """One order on its way to its boxes."""

    def __init__(self, task: Task, stock: Stock) -> None:
        self._task, self._care = task, stock.care
        left = [each for each in stock.listed if each.code not in task.refused]
        self._all = {each.code: each.carton for each in left}
        self._allowed = {each.code: each.carton for each in left if each.goes_by(task.service)}
        self._learned = dict(task.learned)
        self._own = [item for item in task.items if item.key in task.own]
        self._rest = [item for item in task.items if item.key not in task.own]

    def solved(self) -> Solved:
        """Return the boxes, the maker's own cartons last."""
        owned = tuple(_owned(item) for item in self._own)
        if not self._rest:
            return Solved(owned)
        if len(self._rest) > MOST_PIECES:
            return self._by_eye(((MANY, tuple(item.key for item in self._rest)),), owned)
        proposal = self._proposal(len(owned))
        problems = tuple((str(each.kind), each.items) for each in proposal.problems)
        if proposal.packing is None:
            return self._by_eye(problems, owned)
        boxes = tuple(self._box(number, parcel) for number, parcel in enumerate(proposal.packing, 1))
        other = any(box.code not in self._allowed and box.code != OWN for box in boxes)
        return Solved((*boxes, *owned), problems, other)

    def _by_eye(self, problems: tuple[tuple[str, tuple[str, ...]], ...], owned: tuple[SolvedBox, ...]) -> Solved:
        """Leave the carton to the packer; where others go in their maker's cartons, the rest still has a box."""
        if not owned:
            return Solved((), problems)
        inside = sorted(self._rest, key=lambda item: (item.fragile, -item.weight_g))
        return Solved((SolvedBox("", tuple(item.key for item in inside)), *owned), problems)

    def _proposal(self, owned: int) -> Proposal:
        """Return the cheapest parcels of what the service takes; of all cartons where that does not do."""
        proposal = propose(self._rest, self._allowed.values(), self._care)
        if len(self._all) == len(self._allowed):
            return proposal
        if proposal.packing is None and not all(kind in _BY_CARTONS for kind in _hindering(proposal)):
            return proposal
        boxes = _boxes(proposal.packing)
        if proposal.packing is not None and boxes + owned <= self._task.most_boxes:
            return proposal
        other = propose(self._rest, self._all.values(), self._care)
        return other if other.packing is not None and _boxes(other.packing) < boxes else proposal

    def _box(self, number: int, parcel: Parcel) -> SolvedBox:
        """Return one box, in the carton that packers take for it where they do."""
        keys = tuple(placement.item.key for placement in parcel.placements)
        code = parcel.carton.code
        learned = self._learned.get(number, code)
        if learned == code or (learned != OWN and learned not in self._all):
            return SolvedBox(code, keys, parcel, self._instead(parcel))
        others = (code, *self._instead(parcel))
        instead = tuple(each for each in others if each != learned)[:INSTEAD]
        if learned == OWN:
            return SolvedBox(OWN, keys, None, instead, "unproven")
        items = [placement.item for placement in parcel.placements]
        held = next(cartons_that_hold(items, [self._all[learned]], self._care), None)
        if held is None:
            return SolvedBox(learned, keys, None, instead, "unproven")
        return SolvedBox(learned, tuple(one.item.key for one in held.placements), held, instead, "holds")

    def _instead(self, parcel: Parcel) -> tuple[str, ...]:
        """Return what else holds a parcel: cheaper cartons were found not to."""
        code = parcel.carton.code
        known = self._allowed if code in self._allowed else self._all
        dearer = [each for each in known.values() if each.code != code and _rank(each) > _rank(parcel.carton)]
        items = [placement.item for placement in parcel.placements]
        return tuple(each.carton.code for each in islice(cartons_that_hold(items, dearer, self._care), INSTEAD))


def _rank(carton: Carton) -> tuple[int, int, str]:
    return carton.cost_yen, carton.volume, carton.code


def _boxes(packing: Packing | None) -> float:
    return float("inf") if packing is None else len(packing.parcels)


def _hindering(proposal: Proposal) -> list[ProblemKind]:
    return [each.kind for each in proposal.problems if each.kind is not ProblemKind.NO_WEIGHT]


def _owned(item: Item) -> SolvedBox:
    """Return the box of a piece that goes out as it came."""
    if min(item.size_mm) <= 0:
        return SolvedBox(OWN, (item.key,))
    bare = replace(item, cushion_mm=0)
    carton = Carton(OWN, item.size_mm, item.size_mm, 0, item.weight_g, 0)
    return SolvedBox(OWN, (item.key,), Parcel(carton, (Placement(bare, (0, 0, 0), item.size_mm),)))
