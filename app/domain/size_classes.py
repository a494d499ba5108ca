"""Size classes サイズ区分: which class of a carrier's service a parcel has, or why the service does not take it.

What a service takes is a value that lives with its carrier (:attr:`app.domain.shipping.Service.size`); the numbers
and how sure they are stand in formats.md, C4. Lengths are mm, weights g; a class is the centimetres that price lists
call it by.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["ANY_SIZE", "NO_RULE", "ParcelSize", "SizeClass", "SizeRule", "Unfit", "class_of", "kilo_classes"]

ANY_SIZE = 0
"""Class of a service without classes; in a price list, every class of the service."""

Sides = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class SizeClass:
    """One class of a service."""

    size: int
    """What price lists call it, such as 60."""
    most_g: int
    """Heaviest parcel of this class."""
    most_sum_mm: int = 0
    """Longest sum of three sides; 0: does not matter."""
    most_thick_mm: int = 0
    """Greatest shortest side; 0: does not matter."""


@dataclass(frozen=True, slots=True)
class SizeRule:
    """What a service takes. What is 0 or empty does not matter."""

    classes: tuple[SizeClass, ...] = ()
    """From the smallest to the largest; none: one price for all."""
    most_g: int = 0
    most_side_mm: int = 0
    most_sum_mm: int = 0
    within_mm: tuple[Sides, ...] = ()
    """It goes into one of these, turned as one likes."""
    least_mm: tuple[int, int] = (0, 0)
    """Least length and width, as of an envelope that has to carry the label."""
    cold_most: int = 0
    """Largest class that travels chilled or frozen."""
    own_box: bool = False
    """It goes in the carrier's own box only: a carton that names the service."""

    @property
    def measures(self) -> bool:
        """Whether the parcel's sides matter."""
        return bool(self.classes or self.most_side_mm or self.most_sum_mm or self.within_mm or any(self.least_mm))

    @property
    def weighs(self) -> bool:
        """Whether the parcel's weight matters."""
        return bool(self.classes or self.most_g)


NO_RULE = SizeRule()
"""A service that takes everything at one price, as far as this program knows."""


@dataclass(frozen=True, slots=True)
class ParcelSize:
    """One box as it is handed to a carrier, or as it is expected to be."""

    sides_mm: Sides | None
    """Outside; None: not known."""
    weight_g: int | None
    """With everything in it; None: not known."""
    by: frozenset[str] = field(default_factory=frozenset)
    """Services (``carrier/service``) that its carton names; empty: any, or no carton is proposed yet."""
    real: bool = False
    """It is a carton of the warehouse and no estimate."""
    carton: str = ""
    """Code of the carton; empty where there is none or it is not known."""

    @property
    def sum_mm(self) -> int:
        """Sum of the three sides; 0 where they are not known."""
        return sum(self.sides_mm or ())


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a service does not take a parcel."""

    key: str
    """Key of the sentence."""
    args: tuple[tuple[str, str], ...] = ()


def kilo_classes(*classes: tuple[int, int]) -> tuple[SizeClass, ...]:
    """Return classes from pairs of centimetres and kilograms, the way in which carriers print them."""
    return tuple(SizeClass(size, kilos * 1000, size * 10) for size, kilos in classes)


def class_of(rule: SizeRule, parcel: ParcelSize, service: str, *, cold: bool = False) -> int | Unfit:
    """Return the class that *parcel* has with a service, :data:`ANY_SIZE` for one without classes, or why it has none.

    The class is the smallest one whose sum of sides and whose weight both hold the parcel, so that a heavy small box
    goes up where the carrier says so; where all classes carry the same (ゆうパック) weight raises nothing.

    :param service: ``carrier/service``. A carton that names it is taken at its word as for its form; class and weight
        are the carrier's all the same.
    """
    if parcel.by and service not in parcel.by:
        return Unfit("rates.why.carton", (("carton", parcel.carton),))
    named = service in parcel.by
    if rule.own_box and parcel.real and not named:
        return Unfit("rates.why.own_box", (("carton", parcel.carton),))
    if parcel.sides_mm is None and rule.measures:
        return Unfit("rates.why.no_size")
    if parcel.weight_g is None and rule.weighs:
        return Unfit("rates.why.no_weight")
    if not named and (unfit := _form(rule, parcel)) is not None:
        return unfit
    if rule.most_g and (parcel.weight_g or 0) > rule.most_g:
        return _heavy(parcel.weight_g or 0, rule.most_g)
    return _class(rule, parcel, cold=cold)


def _form(rule: SizeRule, parcel: ParcelSize) -> Unfit | None:
    """Why the sides of a parcel do not suit; None where they do."""
    sides = sorted(parcel.sides_mm or (0, 0, 0), reverse=True)
    if rule.most_side_mm and sides[0] > rule.most_side_mm:
        return Unfit("rates.why.too_long", (("cm", _cm(sides[0])), ("most", _cm(rule.most_side_mm))))
    if rule.within_mm and not any(_inside(sides, box) for box in rule.within_mm):
        form = [sorted(box, reverse=True) for box in rule.within_mm]
        if all(sides[2] > box[2] for box in form):
            most = max(box[2] for box in form)
            return Unfit("rates.why.too_thick", (("cm", _cm(sides[2])), ("most", _cm(most))))
        limits = " / ".join("×".join(map(_cm, box)) for box in form)
        return Unfit("rates.why.too_large", (("cm", "×".join(map(_cm, sides))), ("most", limits)))
    if rule.most_sum_mm and sum(sides) > rule.most_sum_mm:
        return Unfit("rates.why.sum_too_large", (("cm", _cm(sum(sides))), ("most", _cm(rule.most_sum_mm))))
    if parcel.real and (sides[0] < rule.least_mm[0] or sides[1] < rule.least_mm[1]):
        least = "×".join(map(_cm, rule.least_mm))
        return Unfit("rates.why.too_small", (("cm", "×".join(map(_cm, sides))), ("least", least)))
    return None


def _inside(sides: list[int], box: Sides) -> bool:
    return all(one <= other for one, other in zip(sides, sorted(box, reverse=True), strict=True))


def _class(rule: SizeRule, parcel: ParcelSize, *, cold: bool) -> int | Unfit:
    if not rule.classes:
        return ANY_SIZE
    whole, weight, thick = parcel.sum_mm, parcel.weight_g or 0, min(parcel.sides_mm or (0,))
    for each in rule.classes:
        holds = not each.most_sum_mm or whole <= each.most_sum_mm
        if holds and weight <= each.most_g and (not each.most_thick_mm or thick <= each.most_thick_mm):
            if cold and rule.cold_most and each.size > rule.cold_most:
                return Unfit("rates.why.cold_size", (("size", str(each.size)), ("most", str(rule.cold_most))))
            return each.size
    heaviest = max(each.most_g for each in rule.classes)
    if weight > heaviest:
        return _heavy(weight, heaviest)
    last = rule.classes[-1]
    if last.most_thick_mm and thick > last.most_thick_mm:
        return Unfit("rates.why.too_thick", (("cm", _cm(thick)), ("most", _cm(last.most_thick_mm))))
    return Unfit("rates.why.sum_too_large", (("cm", _cm(whole)), ("most", _cm(last.most_sum_mm))))


def _heavy(weight_g: int, most_g: int) -> Unfit:
    return Unfit("rates.why.too_heavy", (("kg", f"{weight_g / 1000:g}"), ("most", f"{most_g / 1000:g}")))


def _cm(mm: int) -> str:
    return f"{mm / 10:g}"
