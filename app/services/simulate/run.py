"""Running the simulation: many orders under sets of rules, and what became of every mispick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from random import Random

from app.domain.mispicks import MISPICKS, Control, Mispick, RuleSet, wilson
from app.services.simulate.goods import Goods, Order, make_goods, make_order
from app.services.simulate.packer import HABITS, Habits, Packed, Packer
from app.services.simulate.scale import Scale
from app.services.simulate.station import CoreStation, Station

__all__ = ["Fates", "Result", "rates_of", "simulate", "work"]


@dataclass(slots=True)
class Fates:
    """What became of one kind of mispick."""

    made: int = 0
    caught: int = 0
    """The station refused or asked, and it was put right."""
    missed: int = 0
    """It left the house with the parcel."""
    let: int = 0
    """The station saw it and let it pass; most of these are harmless, some are missed."""

    @property
    def harmless(self) -> int:
        """Made and not caught, and the parcel is right in spite of it."""
        return self.made - self.caught - self.missed


@dataclass(slots=True)
class Result:
    """What came out under one set of rules."""

    rules: RuleSet
    orders: int = 0
    lines: int = 0
    pieces: int = 0
    scans: int = 0
    wrong: int = 0
    """Parcels that left wrong."""
    stuck: int = 0
    """Orders that could not be finished."""
    asked: Counter[str] = field(default_factory=Counter)
    """Right pieces about which the station asked, by what it asked."""
    fates: dict[Mispick, Fates] = field(default_factory=lambda: {kind: Fates() for kind in Mispick})
    alarms: Counter[str] = field(default_factory=Counter)
    """Right work that was refused, by the answer's key; what the scale stops is counted apart."""
    weighed: int = 0
    """Boxes that were on the scale."""
    wrong_weighed: int = 0
    """Those with other goods than were ordered."""
    found: int = 0
    """Those of them that the scale stopped."""
    false_stops: int = 0
    """Right ones that it stopped."""

    @property
    def rate(self) -> float:
        """Share of parcels that left wrong."""
        return self.wrong / self.orders

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the rate of wrong parcels."""
        return wilson(self.wrong, self.orders)

    def count(self, packed: Packed) -> None:
        """Add one parcel."""
        self.orders += 1
        self.lines += packed.lines
        self.pieces += packed.pieces
        self.scans += packed.scans
        self.asked.update(packed.asked)
        self.stuck += packed.stuck
        self.wrong += bool(packed.wrong) and not packed.stuck
        self.alarms.update(packed.alarms)
        self.weighed += packed.weighed
        self.wrong_weighed += packed.wrong_weighed
        self.found += packed.stopped and packed.wrong_weighed
        self.false_stops += packed.stopped and not packed.wrong_weighed
        for made in packed.made:
            fate = self.fates[made.kind]
            fate.made += 1
            fate.let += made.let
            fate.caught += made.refused and not made.insisted
        for made in packed.missed:
            self.fates[made.kind].missed += 1


def rates_of(given: Mapping[Mispick, float], times: float = 1.0) -> dict[Mispick, float]:
    """Return the rate of every kind: those *given*, else the usual ones *times* as high, 1 at most."""
    return {kind: given.get(kind, min(1.0, about.rate * times)) for kind, about in MISPICKS.items()}


def work(
    goods: Goods,
    result: Result,
    station: Station | None,
    rates: Mapping[Mispick, float],
    habits: Habits,
    orders: Iterable[tuple[Order, Random]],
    scale: Scale | None = None,
) -> Iterator[Packed]:
    """Pack *orders* at *station*, count them in *result*, and give each when it is packed.

    :param station: None for a packer who has only paper.
    :param orders: each with its own chance; the last one only lies beside the one before it.
    :param scale: what stands at the station; None for none.
    """
    packer = Packer(goods, result.rules, rates, habits, station, scale)
    for (order, chance), (beside, _) in pairwise(orders):
        packed = packer.pack(order, beside, chance)
        result.count(packed)
        yield packed


def simulate(
    rules: RuleSet,
    rates: Mapping[Mispick, float],
    *,
    orders: int,
    seed: int,
    today: date,
    habits: Habits = HABITS,
    progress: Callable[[int], None] | None = None,
) -> Result:
    """Pack *orders* orders under *rules* and return what happened.

    The same *seed* gives the same orders and the same mispicks at the shelf under every set of rules.

    :param today: expiry dates are about it.
    :param progress: called now and then with the number of orders packed.
    """
    goods = make_goods(today, seed, rules.controls)
    scale = _scale_for(goods, seed) if Control.WEIGHT in rules.controls else None
    station = CoreStation(goods, rules, scale) if rules.controls else None
    result = Result(rules)
    made = (make_order(seed, number) for number in range(1, orders + 2))
    for _ in work(goods, result, station, rates, habits, made, scale):
        if progress is not None and result.orders % 1000 == 0:
            progress(result.orders)
    return result


def _scale_for(goods: Goods, seed: int) -> Scale:
    """Return a scale for *goods*: look-alikes differ by what is in them, goods with one code hardly at all."""
    scale = Scale(seed, (each.id for each in goods.products))
    for each in goods.products:
        if each.alike > each.id:
            scale.alike(each.id, each.alike)
        if each.sharing > each.id:
            scale.near(each.id, each.sharing)
    return scale
