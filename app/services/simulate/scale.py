"""The scale of the simulation: what goods and cartons really weigh, and a station that learns it box by box.

True weights are drawn from a seed of their own, so that goods and orders are the same with and without a scale. What
the product file says of them is off, as such files are; every box has tape and paper in it that nobody counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from app.domain.weight_learning import doubted, learned
from app.domain.weight_suspects import Candidate
from app.domain.weights import (
    MG,
    RULES,
    KnownWeight,
    Part,
    Weighable,
    WeightRules,
    WeightVerdict,
    judge,
    prior,
)

__all__ = ["CLASSES", "Scale", "TrueWeight", "WeightClass"]


@dataclass(frozen=True, slots=True)
class WeightClass:
    """Goods of about one weight."""

    name: str
    low_g: float
    high_g: float
    share: float
    """Of all products."""


CLASSES = (
    WeightClass("under 10 g", 2, 10, 0.08),
    WeightClass("10 – 50 g", 10, 50, 0.17),
    WeightClass("50 – 200 g", 50, 200, 0.30),
    WeightClass("200 g – 1 kg", 200, 1000, 0.33),
    WeightClass("1 – 5 kg", 1000, 5000, 0.12),
)
"""What the goods of a shop weigh; shares are assumptions, as the rates of mispicks are."""

_FILE_OFF = 0.03
"""How far the weights in the product file are off: their standard deviation."""
_SPREADS = (0.003, 0.005, 0.01, 0.02)
"""From one piece to the next, as a share of the weight: from printed books to fruit in jars."""
_CARTONS = ((300, 45), (1500, 160), (4000, 320), (10_000, 520), (10**9, 800))
"""Goods up to so many grams go into a carton of so many grams."""
_CARTON = "carton "
_CARTON_OFF, _CARTON_SPREAD = 0.04, 0.015
_TAPE_G = (3.0, 1.0)
"""Tape, paper and label of a box: mean and standard deviation."""
_NEAR = 0.004
"""Two variants under one code differ by about so much."""
_ALIKE_G = (12, 62, 112)
"""The pack of a look-alike, and the pack with its 50 g or 100 g."""


@dataclass(frozen=True, slots=True)
class TrueWeight:
    """What one thing really weighs, and what the shop was told."""

    mean_mg: float
    spread_mg: float
    told_g: int


class Scale:
    """A scale at a bench, what lies on it, and what the station knows of weights by now."""

    def __init__(self, seed: int, products: Iterable[int], rules: WeightRules = RULES) -> None:
        """Draw the true weights.

        :param products: ids of the shop's goods.
        """
        self.rules = rules
        self._chance = chance = Random(seed * 7_368_787 + 1)
        self.true: dict[int, TrueWeight] = {}
        for product in products:
            low = chance.choices(CLASSES, [each.share for each in CLASSES])[0]
            mean = low.low_g * (low.high_g / low.low_g) ** chance.random() * MG
            self.true[product] = self._made(mean, mean * chance.choice(_SPREADS), _FILE_OFF)
        self.cartons = tuple(self._made(tare * MG, tare * MG * _CARTON_SPREAD, _CARTON_OFF) for _, tare in _CARTONS)
        self.known: dict[str, KnownWeight] = {}
        """What the station knows, by key."""
        for product, true in self.true.items():
            self._tell(str(product), true)
        for at, true in enumerate(self.cartons):
            self._tell(f"{_CARTON}{at}", true)

    def _made(self, mean_mg: float, spread_mg: float, off: float) -> TrueWeight:
        true = self._chance.gauss(mean_mg, off * mean_mg)
        return TrueWeight(true, spread_mg, max(1, round(mean_mg / MG)))

    def _tell(self, key: str, true: TrueWeight) -> None:
        told = prior(true.told_g, self.rules)
        assert told is not None
        self.known[key] = told

    def alike(self, one: int, other: int) -> None:
        """Make two products what look-alikes are: one pack, with 50 g in it or with 100 g."""
        pack, half, whole = _ALIKE_G
        for product, grams in ((one, half), (other, whole)):
            self.true[product] = self._made(grams * MG, pack * MG * 0.05, _FILE_OFF)
            self._tell(str(product), self.true[product])

    def near(self, one: int, other: int) -> None:
        """Make two products weigh nearly the same: two colours of one thing."""
        like = self.true[one]
        mean = like.mean_mg * (1 + self._chance.gauss(0, _NEAR))
        self.true[other] = TrueWeight(mean, like.spread_mg, like.told_g)
        self._tell(str(other), self.true[other])

    # --- a box ---

    def put(self, wanted: Mapping[int, int], pieces: Mapping[int, int], chance: Random) -> int:
        """Put a box with *pieces* on the scale, in the carton that is right for what is *wanted*; return its grams."""
        carton = self.cartons[self._carton(wanted)]
        weight = chance.gauss(carton.mean_mg, carton.spread_mg)
        weight += chance.gauss(*_TAPE_G) * MG
        for product, number in pieces.items():
            true = self.true[product]
            weight += chance.gauss(number * true.mean_mg, number**0.5 * true.spread_mg)
        return max(0, round(weight / MG))

    def _carton(self, wanted: Mapping[int, int]) -> int:
        """Return which carton of the list goods go into, by the weights that the shop was told."""
        told = sum(number * self.true[product].told_g for product, number in wanted.items())
        return next(at for at, (most, _) in enumerate(_CARTONS) if told <= most)

    def judge(self, wanted: Mapping[int, int], grams: int) -> WeightVerdict:
        """Hold a box against what should be in it, by what the station knows."""
        goods = [Weighable(str(each), str(each), self.known[str(each)], number) for each, number in wanted.items()]
        key = f"{_CARTON}{self._carton(wanted)}"
        return judge(grams, (*goods, Weighable(key, key, self.known[key], 1, Part.CARTON)), self.rules)

    def accept(self, verdict: WeightVerdict) -> None:
        """A box was closed on this verdict: learn from it."""
        self._learn(learned(verdict.measured_g, verdict.contents, self.rules))

    def let_pass(self, verdict: WeightVerdict) -> None:
        """A leader let a box pass in spite of its weight."""
        self._learn(doubted(verdict.contents, self.rules))

    def _learn(self, found: Mapping[str, KnownWeight]) -> None:
        """Keep what was learned of goods; a carton stays as the list has it, as in the shop's database."""
        self.known.update((key, weight) for key, weight in found.items() if not key.startswith(_CARTON))

    def candidate(self, product: int, instead_of: int) -> Candidate:
        """Return *product* as what may lie in the place of another one."""
        return Candidate(str(product), str(product), self.known[str(product)], str(instead_of))

    def class_of(self, product: int) -> WeightClass:
        """Return the class that *product* is in by its true weight."""
        grams = self.true[product].mean_mg / MG
        return next((each for each in CLASSES if grams < each.high_g), CLASSES[-1])
