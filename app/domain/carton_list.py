"""The list of cartons 箱 of a warehouse: what is known of each kind, and what in it cannot be right.

Lengths are mm, weights g, money yen. What a file or a person gives is laid over what is stored; the whole carton is
judged afterwards, so that an outer size that was given alone is compared with the stored inner one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace

from app.domain.carton_plan import OWN
from app.domain.cartons import Carton, CartonKind, Size
from app.domain.intake import fold_name, narrow

__all__ = [
    "FIELDS",
    "KINDS",
    "LONGEST_MM",
    "IncomingCarton",
    "ListedCarton",
    "Wrong",
    "changed_fields",
    "is_code",
    "merged",
    "read_code",
    "read_grams",
    "read_kind",
    "read_mm",
    "read_size",
    "wrongs_of",
]

LONGEST_MM = 3_000
"""No carton that one person packs is longer."""
SHORTEST_MM = 70
"""A carton whose longest side is shorter was written in cm, or in inches."""
THICK_MM = 60
"""Most that inside and outside differ by, on one side: thicker walls are another unit."""
LEAST_CARRIED_G = 100
"""A carton that carries less was written in kg."""
HEAVIEST_G = 100_000
HEAVIEST_TARE_G = 20_000
LONGEST_NAME = 60
LONGEST_CLASS = 20

_CODE = re.compile(r"[A-Z0-9][A-Z0-9._+-]{0,19}")
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,2})?) ?(mm|cm)?", re.IGNORECASE)
_GRAMS = re.compile(r"(\d{1,7}(?:\.\d{1,3})?) ?(g|kg)?", re.IGNORECASE)
_TIMES = re.compile(r"\s*[x*\u00d7]\s*", re.IGNORECASE)
KINDS = {
    "box": CartonKind.BOX,
    "箱": CartonKind.BOX,
    "段ボール": CartonKind.BOX,
    "ダンボール": CartonKind.BOX,
    "mailer": CartonKind.MAILER,
    "メール便箱": CartonKind.MAILER,
    "メール便": CartonKind.MAILER,
    "薄型箱": CartonKind.MAILER,
    "envelope": CartonKind.ENVELOPE,
    "封筒": CartonKind.ENVELOPE,
    "袋": CartonKind.ENVELOPE,
}
"""What a kind of carton may be called, in the form of :func:`app.domain.intake.fold_name`."""
FIELDS = (
    "name",
    "kind",
    "inner_mm",
    "outer_mm",
    "tare_g",
    "max_g",
    "cost_yen",
    "carriage_yen",
    "carrier_class",
    "services",
    "stock",
    "low",
)
"""What may be said of a carton beside its code, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class ListedCarton:
    """One kind of carton as it is kept."""

    code: str
    inner_mm: Size
    outer_mm: Size
    max_g: int
    """Weight of the goods that it carries, without its own."""
    name: str = ""
    kind: CartonKind = CartonKind.BOX
    tare_g: int = 0
    """Its own weight."""
    cost_yen: int = 0
    """What one costs."""
    carriage_yen: int = 0
    """What a parcel in it costs to send, as far as that depends on the carton."""
    carrier_class: str = ""
    """The carrier's class of size, such as ``60``."""
    services: tuple[str, ...] = ()
    """Services that it may go by, as ``carrier/service``; none: by any."""
    stock: int | None = None
    """How many there are; None where nobody counts them."""
    low: int = 0
    """Stock at which the office is told; 0: at none left."""
    retired: bool = False
    """It is proposed no longer."""

    def goes_by(self, service: str) -> bool:
        """Whether it may be sent by *service* (``carrier/service``); empty: nobody carries it, so anything does."""
        return not service or not self.services or service in self.services

    @property
    def is_low(self) -> bool:
        """Whether the office should order more."""
        return not self.retired and self.stock is not None and self.stock <= self.low

    @property
    def carton(self) -> Carton:
        """Return it as the search for a packing sees it."""
        return Carton(
            self.code,
            self.inner_mm,
            self.outer_mm,
            self.tare_g,
            self.max_g,
            self.cost_yen + self.carriage_yen,
            self.kind,
            self.carrier_class,
            self.stock,
        )


@dataclass(frozen=True, slots=True)
class IncomingCarton:
    """One carton as a file or a person gives it; None leaves what is stored as it is."""

    code: str
    name: str | None = None
    kind: CartonKind | None = None
    inner_mm: Size | None = None
    outer_mm: Size | None = None
    tare_g: int | None = None
    max_g: int | None = None
    cost_yen: int | None = None
    carriage_yen: int | None = None
    carrier_class: str | None = None
    services: tuple[str, ...] | None = None
    stock: int | None = None
    """-1: nobody counts it any more."""
    low: int | None = None
    row: int = 0
    """Row in the file, for reports."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing of a carton that cannot be right."""

    field: str
    """One of :data:`FIELDS`."""
    key: str
    """Key of its sentence, which may name the ``value`` beside *args*."""
    value: str
    args: tuple[tuple[str, str], ...] = ()


def merged(before: ListedCarton | None, given: IncomingCarton) -> ListedCarton | None:
    """Return the carton as it is then; None where it is new and its inner size or the weight it carries is not given.

    Where no outer size is known it is the inner one. What is given again is no longer retired.
    """
    values = {
        name: value for name in FIELDS if (value := getattr(given, name)) is not None and (name, value) != ("stock", -1)
    }
    if before is None:
        if given.inner_mm is None or given.max_g is None:
            return None
        before = ListedCarton(given.code, given.inner_mm, given.outer_mm or given.inner_mm, given.max_g)
    elif given.inner_mm is not None and given.outer_mm is None and before.outer_mm == before.inner_mm:
        values["outer_mm"] = given.inner_mm
    if given.stock == -1:
        values["stock"] = None
    return replace(before, retired=False, **values)


def changed_fields(before: ListedCarton, after: ListedCarton) -> tuple[str, ...]:
    """Return the names of what differs, ``retired`` among them."""
    names = (each.name for each in fields(ListedCarton))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def wrongs_of(carton: ListedCarton, services: Collection[str]) -> tuple[Wrong, ...]:
    """Return what cannot be right about a carton, its sizes first.

    :param services: every ``carrier/service`` that there is.
    """
    return (*_sizes(carton), *_weights(carton), *_rest(carton, services))


def _shown(size: Size) -> str:
    return "\u00d7".join(map(str, size))


def _sizes(carton: ListedCarton) -> Iterator[Wrong]:
    inner, outer = carton.inner_mm, carton.outer_mm
    for field, size in (("inner_mm", inner), ("outer_mm", outer)):
        if not all(0 < side <= LONGEST_MM for side in size):
            yield Wrong(field, "carton_list.impossible_size", _shown(size), (("most", str(LONGEST_MM)),))
            return
        if max(size) < SHORTEST_MM:
            cm = _shown((size[0] * 10, size[1] * 10, size[2] * 10))
            yield Wrong(field, "carton_list.size_in_cm", _shown(size), (("mm", cm),))
            return
    ratios = [one / other for one, other in zip(outer, inner, strict=True)]
    if all(each > 5 for each in ratios) or all(each < 0.2 for each in ratios):
        wrong, size = ("outer_mm", outer) if max(outer) < max(inner) else ("inner_mm", inner)
        cm = _shown((size[0] * 10, size[1] * 10, size[2] * 10))
        yield Wrong(wrong, "carton_list.size_in_cm", _shown(size), (("mm", cm),))
    elif any(one < other for one, other in zip(outer, inner, strict=True)):
        yield Wrong("inner_mm", "carton_list.inner_larger", _shown(inner), (("outer", _shown(outer)),))
    elif any(one - other > THICK_MM for one, other in zip(outer, inner, strict=True)):
        args = (("outer", _shown(outer)), ("most", str(THICK_MM)))
        yield Wrong("outer_mm", "carton_list.walls", _shown(inner), args)


def _weights(carton: ListedCarton) -> Iterator[Wrong]:
    if carton.max_g <= 0:
        yield Wrong("max_g", "carton_list.carries_nothing", str(carton.max_g))
    elif carton.max_g < LEAST_CARRIED_G:
        yield Wrong("max_g", "carton_list.weight_in_kg", str(carton.max_g), (("g", str(carton.max_g * 1000)),))
    elif carton.max_g > HEAVIEST_G:
        yield Wrong("max_g", "carton_list.impossible_weight", str(carton.max_g), (("most", str(HEAVIEST_G)),))
    if not 0 <= carton.tare_g <= HEAVIEST_TARE_G:
        yield Wrong("tare_g", "carton_list.impossible_weight", str(carton.tare_g), (("most", str(HEAVIEST_TARE_G)),))


def _rest(carton: ListedCarton, services: Collection[str]) -> Iterator[Wrong]:
    for field in ("cost_yen", "carriage_yen", "low"):
        if getattr(carton, field) < 0:
            yield Wrong(field, "carton_list.below_zero", str(getattr(carton, field)))
    for field, most in (("name", LONGEST_NAME), ("carrier_class", LONGEST_CLASS)):
        if len(getattr(carton, field)) > most:
            yield Wrong(field, "carton_list.too_long", getattr(carton, field), (("most", str(most)),))
    for each in carton.services:
        if each not in services:
            known = ", ".join(sorted(services))
            yield Wrong("services", "carton_list.unknown_service", each, (("known", known),))


# --- what people write --------------------------------------------------------------------------------------------


def read_code(text: str) -> str:
    """Return a carton's code in its one form: half-width capitals, without the ``KX-`` of its label."""
    return narrow(text).upper().removeprefix("KX-")


def is_code(code: str) -> bool:
    """Whether a code can stand on a label and is not the one of the maker's own carton."""
    return _CODE.fullmatch(code) is not None and code != OWN


def read_kind(text: str) -> CartonKind | None:
    """Return the kind of carton that a word means; None for none."""
    return KINDS.get(fold_name(text))


def read_mm(text: str) -> int | None:
    """Return a length in mm, which may name mm or cm; None for no length."""
    matched = _LENGTH.fullmatch(narrow(text).replace(",", ""))
    if matched is None:
        return None
    return round(float(matched[1]) * (10 if (matched[2] or "").casefold() == "cm" else 1))


def read_size(text: str) -> Size | None:
    """Return three sides in mm written as ``300x200x150``; a unit behind the last one holds for all."""
    plain = narrow(text).casefold()
    unit = "cm" if plain.endswith("cm") else ""
    sides = [read_mm(part if part.endswith("m") else part + unit) for part in _TIMES.split(plain)]
    if len(sides) != 3:
        return None
    length, width, height = sides
    return None if length is None or width is None or height is None else (length, width, height)


def read_grams(text: str) -> int | None:
    """Return a weight in g, which may name g or kg; None for no weight."""
    matched = _GRAMS.fullmatch(narrow(text).replace(",", ""))
    if matched is None:
        return None
    return round(float(matched[1]) * (1000 if (matched[2] or "").casefold() == "kg" else 1))
