"""What may be wrong with a box that weighs something else than it should: the likeliest explanations.

Each explanation says what the box would weigh if it were true. What counts is how well that fits the scale, by the
normal distribution of what the box would weigh then, times how often such a thing happens. Where two explain it nearly
as well, both are told; where none does, none is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.weights import MG, RULES, Contents, KnownWeight, Part, Weighable, WeightRules, expected, tolerance_mg

__all__ = ["Candidate", "Suspect", "Suspicion", "suspects"]

MOST = 3
"""Explanations that are told."""
_NEARLY = 1 / 3
"""Share of the best explanation's chance from which another one is told with it."""


class Suspect(StrEnum):
    """What may have happened."""

    MISSING = "missing"
    """Pieces are not in the box, or an insert, a cold pack, the cushioning."""
    EXTRA = "extra"
    """There are pieces too many."""
    SWAPPED = "swapped"
    """Other goods lie in their place."""
    CARTON = "carton"
    """It is another carton."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may lie in the place of something: goods that look like it or share its code, or another carton."""

    key: str
    name: str
    weight: KnownWeight
    instead_of: str
    """Key of what is in the box by the books."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One explanation."""

    kind: Suspect
    key: str
    """What it is about."""
    name: str
    part: Part
    pieces: int
    """How many are missing, too many, or others."""
    share: float
    """Its chance among all explanations that fit, up to 1."""
    other: str = ""
    """Key of what lies there instead."""
    other_name: str = ""


_ONE, _TWO, _ALL = 1.0, 0.25, 0.2
"""How often one, two or all pieces of a line are missing, against each other."""
_EXTRA, _EXTRA_TWO = 0.8, 0.15
_SWAPPED, _SWAPPED_ALL = 0.5, 0.2
_NO_INSERT, _NO_COLD, _NO_MATERIAL = 1.0, 1.0, 0.7
_NO_CARTON, _OTHER_CARTON = 0.1, 0.6
"""All of these are assumptions, of the same kind as the rates of :mod:`app.domain.mispicks`."""


def suspects(
    measured_g: int, contents: Contents, candidates: Iterable[Candidate] = (), rules: WeightRules = RULES
) -> tuple[Suspicion, ...]:
    """Return what explains a box that is off, the likeliest first; at most three, and none where nothing does.

    :param contents: as :func:`app.domain.weights.judge` gave them back.
    """
    if any(each.weight is None for each in contents):
        return ()
    told = [
        (found, chance)
        for found, often, changed in _explanations(contents, tuple(candidates))
        if (chance := often * _likelihood(measured_g, changed, rules)) > 0
    ]
    if not told:
        return ()
    whole = sum(chance for _, chance in told)
    told.sort(key=lambda each: (-each[1], each[0].kind, each[0].key, each[0].pieces, each[0].other))
    least = told[0][1] * _NEARLY
    return tuple(replace(found, share=chance / whole) for found, chance in told[:MOST] if chance >= least)


def _likelihood(measured_g: int, contents: Sequence[Weighable], rules: WeightRules) -> float:
    """Return how well *contents* explain the scale; 0 where the box would be refused with them, too."""
    would = expected(contents, rules)
    tolerance = tolerance_mg(would, rules)
    off = measured_g * MG - would.mean_mg
    if abs(off) > tolerance:
        return 0.0
    scatter = tolerance / max(1.0, rules.sigmas)
    return math.exp(-((off / scatter) ** 2) / 2) / scatter


_Explained = tuple[Suspicion, float, Contents]


def _explanations(contents: Contents, candidates: Sequence[Candidate]) -> Iterator[_Explained]:
    """Give each explanation, how often it happens, and what would be in the box."""
    for at, thing in enumerate(contents):
        for pieces, often in _missing(thing):
            yield _said(Suspect.MISSING, thing, pieces), often, _with(contents, at, thing.pieces - pieces)
        if thing.part is not Part.CARTON:
            for pieces, often in ((1, _EXTRA), (2, _EXTRA_TWO)):
                yield _said(Suspect.EXTRA, thing, pieces), often, _with(contents, at, thing.pieces + pieces)
        for candidate in candidates:
            if candidate.instead_of == thing.key:
                yield from _swaps(contents, at, candidate)


def _missing(thing: Weighable) -> Iterator[tuple[int, float]]:
    often = {Part.INSERT: _NO_INSERT, Part.COLD: _NO_COLD, Part.MATERIAL: _NO_MATERIAL, Part.CARTON: _NO_CARTON}
    yield 1, often.get(thing.part, _ONE)
    if thing.pieces > 1:
        yield 2, _TWO
    if thing.pieces > 2:
        yield thing.pieces, _ALL


def _swaps(contents: Contents, at: int, candidate: Candidate) -> Iterator[_Explained]:
    thing = contents[at]
    carton = thing.part is Part.CARTON
    kind = Suspect.CARTON if carton else Suspect.SWAPPED
    often = ((1, _OTHER_CARTON),) if carton else ((1, _SWAPPED), (thing.pieces, _SWAPPED_ALL))
    for pieces, chance in dict(often).items():
        said = replace(_said(kind, thing, pieces), other=candidate.key, other_name=candidate.name)
        other = Weighable(candidate.key, candidate.name, candidate.weight, pieces, thing.part)
        yield said, chance, (*_with(contents, at, thing.pieces - pieces), other)


def _said(kind: Suspect, thing: Weighable, pieces: int) -> Suspicion:
    return Suspicion(kind, thing.key, thing.name, thing.part, pieces, 0.0)


def _with(contents: Contents, at: int, pieces: int) -> Contents:
    """Return *contents* with another number of the thing *at*."""
    return (*contents[:at], replace(contents[at], pieces=pieces), *contents[at + 1 :])
