"""Weights 重量: the scale as a second witness of what is in a box.

What a box should weigh is a sum of what is known of its goods, its carton and everything else in it. Each of them has a
mean, a **spread** (one piece differs from the next) and a **doubt** (how well the mean itself is known): ten pieces of
goods that a product file has 5 % too heavy are all too heavy, so that the doubt grows with the pieces and the spread
only with their root. :func:`judge` holds the scale against that sum. What may be wrong is told by
:mod:`app.domain.weight_suspects`, and what a good box teaches by :mod:`app.domain.weight_learning`.

Weights are whole milligrams where they are known and whole grams where a scale or a person says them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

__all__ = [
    "MG",
    "RULES",
    "Contents",
    "Expected",
    "KnownWeight",
    "Part",
    "Weighable",
    "WeightRules",
    "WeightVerdict",
    "believed",
    "expected",
    "judge",
    "prior",
    "scale_variance",
    "tolerance_mg",
]

MG = 1000
"""Milligrams in a gram."""
SPREAD_OF_DOUBT = 0.3
"""Spread of goods that were never weighed, as a share of the doubt in what a product file says of them."""
UNLIKELY = 5
"""So many times too heavy or too light is no scatter: another unit, or the weight of a case."""
_KG = 1000
"""What a weight in kilograms has to be multiplied by."""


class Part(StrEnum):
    """What a thing in a box is, as far as its weight may give it away."""

    GOODS = "goods"
    INSERT = "insert"
    """A leaflet, a sample, a card, noshi: what goes in beside what was sold."""
    CARTON = "carton"
    MATERIAL = "material"
    """Cushioning that is put in by the piece."""
    COLD = "cold"
    """A cold pack."""


@dataclass(frozen=True, slots=True)
class WeightRules:
    """How closely a box is held to its weight."""

    min_g: float = 8.0
    """Tolerance that every box has, for tape, paper and what else nobody counts."""
    percent: float = 1.0
    """Tolerance as a share of what the box should weigh."""
    sigmas: float = 3.0
    """Tolerance as a multiple of the standard deviation of what the box should weigh."""
    scale_division_g: float = 1.0
    """Smallest step of the scale."""
    doubt_percent: float = 5.0
    """How far what a product file says may be off: its standard deviation."""
    least_doubt_g: float = 2.0
    """The same at least."""


RULES = WeightRules()
"""What holds where the shop says nothing; a test holds it against the settings."""


@dataclass(frozen=True, slots=True)
class KnownWeight:
    """What is known of the weight of one piece, in milligrams."""

    mean_mg: int
    sd_mg: int
    """Spread: the standard deviation from one piece to the next."""
    count: int
    """Weighings that it rests on; 0: a product file or a list of cartons only."""
    doubt_mg: int
    """How well the mean is known, as its standard deviation."""

    def variance(self, pieces: int) -> float:
        """Return the variance of the weight of *pieces* of them, in mg²."""
        return pieces * self.sd_mg**2 + (pieces * self.doubt_mg) ** 2


@dataclass(frozen=True, slots=True)
class Weighable:
    """One kind of thing in a box, and how many there are."""

    key: str
    """Which it is; no other thing in the box has it."""
    name: str
    weight: KnownWeight | None
    """None: nobody knows."""
    pieces: int = 1
    part: Part = Part.GOODS

    @property
    def mean_mg(self) -> int:
        """What all its pieces weigh; 0 where nobody knows."""
        return self.pieces * self.weight.mean_mg if self.weight else 0

    @property
    def variance(self) -> float:
        """How sure that is, in mg²."""
        return self.weight.variance(self.pieces) if self.weight else 0.0


Contents = tuple[Weighable, ...]
"""Everything that is weighed with a box, its carton too."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a box should weigh."""

    mean_mg: int
    """Of all that is known."""
    sd_mg: int
    """Its standard deviation, with the step of the scale."""
    unknown: Contents
    """What nobody knows the weight of."""


def prior(weight_g: int | None, rules: WeightRules = RULES) -> KnownWeight | None:
    """Return what a weight from a product file or a list of cartons says of one piece; None for none, or nothing."""
    if weight_g is None or weight_g <= 0:
        return None
    doubt = max(weight_g * rules.doubt_percent / 100, rules.least_doubt_g) * MG
    return KnownWeight(weight_g * MG, round(doubt * SPREAD_OF_DOUBT), 0, round(doubt))


def scale_variance(rules: WeightRules) -> float:
    """Return the variance of a reading, in mg²: reading and zero are each rounded to a step of the scale."""
    return (rules.scale_division_g * MG) ** 2 / 6


def expected(contents: Iterable[Weighable], rules: WeightRules = RULES) -> Expected:
    """Return what a box with *contents* should weigh."""
    things = tuple(each for each in contents if each.pieces > 0)
    variance = scale_variance(rules) + sum(each.variance for each in things)
    unknown = tuple(each for each in things if each.weight is None)
    return Expected(sum(each.mean_mg for each in things), round(math.sqrt(variance)), unknown)


def tolerance_mg(wanted: Expected, rules: WeightRules = RULES) -> int:
    """Return how far a box may be from what it should weigh, in milligrams: the widest of the three rules."""
    share = wanted.mean_mg * rules.percent / 100
    return round(max(rules.min_g * MG, share, rules.sigmas * wanted.sd_mg))


# --- the verdict --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WeightVerdict:
    """What the scale says of a box."""

    ok: bool
    """The box may be closed: it weighs what it should, or something in it was never weighed."""
    measured_g: int
    expected_g: int
    """Of all whose weight is known; together with what is ``unknown`` the box weighs more."""
    tolerance_g: int
    contents: Contents
    """What was weighed, as far as it was believed: what a product file says in another unit is unknown here. A box that
    was closed on this verdict is handed on to :func:`app.domain.weight_learning.learned` with them."""
    unknown: Contents
    """What nobody knows the weight of: there is no verdict, and one of them is learned by this weighing."""
    blind: Contents
    """Goods and inserts of which a single missing piece would pass: it is lighter than the tolerance."""

    @property
    def difference_g(self) -> int:
        """What the box weighs more than it should; negative for less."""
        return self.measured_g - self.expected_g


def judge(measured_g: int, contents: Iterable[Weighable], rules: WeightRules = RULES) -> WeightVerdict:
    """Hold what the scale says against what should be in the box.

    Where something has no weight yet, only a box that is too light for all the rest is refused.
    """
    things = believed(measured_g, contents, rules)
    wanted = expected(things, rules)
    tolerance = tolerance_mg(wanted, rules)
    difference = measured_g * MG - wanted.mean_mg
    ok = difference >= -tolerance if wanted.unknown else abs(difference) <= tolerance
    blind = tuple(
        each
        for each in things
        if each.weight and each.part is not Part.CARTON and (wanted.unknown or each.weight.mean_mg <= tolerance)
    )
    return WeightVerdict(
        ok, measured_g, round(wanted.mean_mg / MG), round(tolerance / MG), things, wanted.unknown, blind
    )


def believed(measured_g: int, contents: Iterable[Weighable], rules: WeightRules = RULES) -> Contents:
    """Return *contents* without the weights that a product file must have in another unit.

    Nobody weighed them yet, and the box is five times too light for them, or weighs just what it should if the number
    is one of kilograms. A false stop at every box would be the price of believing them.
    """
    things = tuple(each for each in contents if each.pieces > 0)
    light = tuple(
        _unknown(each) if _told(each) and each.mean_mg >= UNLIKELY * measured_g * MG else each for each in things
    )
    wanted = expected(light, rules)
    if wanted.unknown or abs(measured_g * MG - wanted.mean_mg) <= tolerance_mg(wanted, rules):
        return light
    in_kg = [at for at, each in enumerate(light) if _told(each) and _fits(measured_g, light, at, rules)]
    if len(in_kg) != 1:
        return light
    return tuple(_unknown(each) if at == in_kg[0] else each for at, each in enumerate(light))


def _told(thing: Weighable) -> bool:
    return thing.part is Part.GOODS and thing.weight is not None and thing.weight.count == 0


def _unknown(thing: Weighable) -> Weighable:
    return replace(thing, weight=None)


def _fits(measured_g: int, contents: Contents, at: int, rules: WeightRules) -> bool:
    """Return whether the box is right if the weight of the thing *at* is one of kilograms."""
    thing = contents[at]
    assert thing.weight is not None
    in_g = prior(thing.weight.mean_mg * _KG // MG, rules)
    wanted = expected((*contents[:at], replace(thing, weight=in_g), *contents[at + 1 :]), rules)
    return abs(measured_g * MG - wanted.mean_mg) <= tolerance_mg(wanted, rules)
