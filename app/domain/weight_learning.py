"""What weighing teaches: the mean and the spread of goods, cartons and inserts, from boxes that were closed.

A box tells one number about a sum. It is shared out by doubt (a Kalman filter over the means): what was never weighed
takes nearly all of a difference, what was weighed a hundred times hardly any. The spread follows from what is left
over, each thing's share of it by its part in the scatter. Readings far out are cut to what is believable, so that one
box with a piece too many, closed within its tolerance or by mistake, moves little. A box that a leader let pass in
spite of its weight teaches nothing but modesty (:func:`doubted`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from app.domain.weights import (
    MG,
    RULES,
    SPREAD_OF_DOUBT,
    UNLIKELY,
    Contents,
    KnownWeight,
    WeightRules,
    expected,
    scale_variance,
)

__all__ = ["WrongUnit", "doubted", "learned", "weighed_alone", "wrong_unit"]

_CUT = 2.5
"""A difference teaches as if it were at most so many standard deviations."""
_CUT_KEEPS = 0.9776
"""Share of the variance of a normal distribution that the cut leaves."""
_BEFORE = 4
"""Weighings that the first guess at a spread counts for."""
_MEMORY = 50
"""Weighings that a spread rests on at most: what is packed otherwise from some day on is learned anew."""
_DRIFT = 0.0005
"""Doubt that a mean gains by each box, as a share of it: makers change their packages."""
_LEAST_SPREAD = 0.002
"""Least spread, as a share of the mean; nothing is made more evenly."""
_LEAST_SPREAD_MG = 300
_FAR = 5.0
"""Of several weighings of one product, one that is so many times the usual difference away is left out."""
_MAD = 1.4826
"""From the median distance to a standard deviation, for a normal distribution."""
_ENOUGH = 2
"""Weighings from which a product file's weight is called wrong."""


def learned(measured_g: int, contents: Contents, rules: WeightRules = RULES) -> dict[str, KnownWeight]:
    """Return what is known of everything in a box after it was closed with *measured_g*, by key.

    One thing without a weight is learned from this box; where there are two, nothing is.

    :param contents: as :func:`app.domain.weights.judge` gave them back.
    """
    wanted = expected(contents, rules)
    if wanted.unknown:
        return _learned_first(measured_g, contents, wanted.unknown, rules)
    far = _CUT * wanted.sd_mg
    off = max(-far, min(far, measured_g * MG - wanted.mean_mg))
    return {each.key: _updated(each.weight, each.pieces, off, wanted.sd_mg**2) for each in contents if each.weight}


def _updated(weight: KnownWeight, pieces: int, off: float, variance: float) -> KnownWeight:
    """Return what is known of one thing after a box that was *off*.

    :param variance: of the whole box, in mg²
    """
    doubt = float(weight.doubt_mg**2)
    gain = pieces * doubt / variance
    mean = max(1, round(weight.mean_mg + gain * off))
    doubt = doubt * (1 - gain * pieces) + (_DRIFT * mean) ** 2
    scatter = pieces * weight.sd_mg**2
    part = scatter / variance
    found = (scatter * (1 - part) + (part * off) ** 2 / _CUT_KEEPS) / pieces
    before = _BEFORE + part * min(weight.count, _MEMORY)
    spread = math.sqrt((before * weight.sd_mg**2 + part * found) / (before + part))
    return KnownWeight(mean, _spread(mean, spread), weight.count + 1, round(math.sqrt(doubt)))


def _spread(mean_mg: int, found_mg: float) -> int:
    return round(max(found_mg, mean_mg * _LEAST_SPREAD, _LEAST_SPREAD_MG))


def _learned_first(
    measured_g: int, contents: Contents, unknown: Contents, rules: WeightRules
) -> dict[str, KnownWeight]:
    """Learn the one thing in a box that has no weight; what it says is believed as a product file would be."""
    if len(unknown) != 1:
        return {}
    thing = unknown[0]
    rest = expected((each for each in contents if each.weight), rules)
    of_all = measured_g * MG - rest.mean_mg
    if of_all <= rest.sd_mg:  # lost in what is not known of the rest
        return {}
    mean = of_all / thing.pieces
    doubt = max(mean * rules.doubt_percent / 100, rest.sd_mg / thing.pieces)
    spread = SPREAD_OF_DOUBT * mean * rules.doubt_percent / 100
    return {thing.key: KnownWeight(round(mean), _spread(round(mean), spread), 1, round(doubt))}


def doubted(contents: Contents, rules: WeightRules = RULES) -> dict[str, KnownWeight]:
    """Return what is known of everything in a box after a leader let it pass in spite of its weight.

    The reading teaches no weight: the box may be wrong. But what is in it is doubted more, at most as a product file
    would be, so that goods in a new package do not stop every box for ever.
    """
    out = {}
    for each in contents:
        if each.weight is not None:
            most = max(each.weight.mean_mg * rules.doubt_percent / 100, rules.least_doubt_g * MG)
            doubt = max(each.weight.doubt_mg, min(most, 2.0 * max(each.weight.doubt_mg, each.weight.sd_mg)))
            out[each.key] = replace(each.weight, doubt_mg=round(doubt))
    return out


def weighed_alone(samples: Sequence[tuple[int, int]], rules: WeightRules = RULES) -> KnownWeight | None:
    """Return the weight of goods that were put on the scale by themselves; it takes the place of what was known.

    :param samples: grams and pieces of each weighing.
    :returns: None where no weighing says anything: no pieces, or nothing on the scale.
    """
    good = [(grams * MG, pieces) for grams, pieces in samples if grams > 0 and pieces > 0]
    if not good:
        return None
    middle = median(grams / pieces for grams, pieces in good)
    usual = _MAD * median(abs(grams / pieces - middle) for grams, pieces in good)
    far = _FAR * max(usual, math.sqrt(scale_variance(rules)), middle * _LEAST_SPREAD)
    good = [(grams, pieces) for grams, pieces in good if abs(grams / pieces - middle) <= far]
    pieces_in_all = sum(pieces for _, pieces in good)
    mean = sum(grams for grams, _ in good) / pieces_in_all
    guess = SPREAD_OF_DOUBT * mean * rules.doubt_percent / 100
    of_scale = scale_variance(rules)
    squares = sum((grams - pieces * mean) ** 2 / pieces for grams, pieces in good)
    free = len(good) - 1
    by_scale = of_scale * sum(1 / pieces for _, pieces in good) * free / len(good)
    spread = math.sqrt((_BEFORE * guess**2 + max(0.0, squares - by_scale)) / (_BEFORE + free))
    doubt = math.sqrt(spread**2 / pieces_in_all + of_scale * len(good) / pieces_in_all**2)
    return KnownWeight(round(mean), _spread(round(mean), spread), len(good), round(doubt))


# --- weights in another unit --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WrongUnit:
    """A product file says something quite different from the scale."""

    told_g: int
    weighed_g: int
    """What should stand there instead."""
    times: float
    """How many times too heavy the file has it; below 1 for too light."""

    @property
    def unit(self) -> str:
        """Which unit the file seems to have: ``mg``, ``kg``, or empty for none; then it may be that of a case."""
        for unit, times in (("mg", 1000.0), ("kg", 0.001)):
            if times / 2 <= self.times <= times * 2:
                return unit
        return ""


def wrong_unit(told_g: int | None, weight: KnownWeight | None) -> WrongUnit | None:
    """Return what is wrong with the weight in a product file, held against what was weighed; None for nothing."""
    if not told_g or told_g < 0 or weight is None or weight.count < _ENOUGH:
        return None
    times = told_g * MG / weight.mean_mg
    if 1 / UNLIKELY < times < UNLIKELY:
        return None
    return WrongUnit(told_g, max(1, round(weight.mean_mg / MG)), times)
