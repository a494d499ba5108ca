"""Rates 運賃: what sending boxes costs by the price list of the house, part by part.

A price is found by carrier, service, class of size, where the parcel leaves, where it goes, and the day it leaves
(formats.md, E). Where several rows fit, the one that says more goes first: within the same prefecture (``=``), then the
prefecture, then its zone, then anywhere (``*``); the class before the one price for all. Of a row with several first
days the newest one that has come counts. What the list does not name is not offered: neither a price, nor an extra for
cold, cash or an island that the parcel needs (0 where it costs nothing). Money is yen with tax, whole; days are
``YYYY-MM-DD``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.addresses import PREFECTURES
from app.domain.shipping import Temperature
from app.domain.size_classes import ANY_SIZE, Unfit

__all__ = [
    "ANYWHERE",
    "KINDS",
    "SAME_PREFECTURE",
    "Extra",
    "Island",
    "Journey",
    "Part",
    "Quote",
    "Rate",
    "RateBook",
    "Zone",
]

SAME_PREFECTURE = "="
"""Stands as the zone of a row that counts within one prefecture. Where there is none (Okinawa at Yamato) the zone's
row counts."""
ANYWHERE = "*"
"""Stands for every zone, on either end."""
KINDS = ("chilled", "frozen", "cod", "island", "pieces", "discount")
"""Extras that are known: by temperature, for cash by steps of the amount, on islands, in several pieces, always. A
kind of another name counts for every box, as a discount does."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of the price list."""

    carrier: str
    service: str
    size: int
    """Class; :data:`~app.domain.size_classes.ANY_SIZE` for every one."""
    origin: str
    """Zone or prefecture, or :data:`ANYWHERE`."""
    zone: str
    """Zone or prefecture, :data:`SAME_PREFECTURE` or :data:`ANYWHERE`."""
    valid_from: str
    price: int

    @property
    def key(self) -> tuple[str, str, int, str, str, str]:
        """What no other row has."""
        return self.carrier, self.service, self.size, self.origin, self.zone, self.valid_from


@dataclass(frozen=True, slots=True)
class Zone:
    """Which zone of a carrier a prefecture is in."""

    carrier: str
    prefecture: str
    zone: str


@dataclass(frozen=True, slots=True)
class Extra:
    """What is added to the price of a box, or taken off it below zero."""

    carrier: str
    service: str
    """Empty for every one of the carrier."""
    kind: str
    size: int
    up_to: int
    """Largest amount of a step of cash on delivery; 0 for any amount."""
    valid_from: str
    price: int

    @property
    def key(self) -> tuple[str, str, str, int, int, str]:
        """What no other extra has."""
        return self.carrier, self.service, self.kind, self.size, self.up_to, self.valid_from


@dataclass(frozen=True, slots=True)
class Island:
    """A remote island 離島 by the first digits of its postcodes."""

    carrier: str
    """Empty: for every carrier."""
    postcode: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """What a shipment's price depends on beside its service and its boxes."""

    origin: str
    """Prefecture."""
    prefecture: str
    day: str
    """Day on which it leaves."""
    postcode: str = ""
    """Seven digits."""
    temperature: Temperature = Temperature.AMBIENT
    cod: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a price."""

    kind: str
    """``base``, one of :data:`KINDS`, or what the list calls it."""
    yen: int
    pieces: int = 1
    """How many boxes it is for."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a shipment costs."""

    yen: int
    parts: tuple[Part, ...]


_NEEDED = frozenset({"chilled", "frozen", "cod", "island"})
"""Extras that a parcel has or has not; where it has one, the list must name it."""
_Dated = list[tuple[str, int]]
"""First days with their prices, the newest first."""


@dataclass(slots=True)
class RateBook:
    """The price list, ready to be asked many times."""

    rates: Iterable[Rate] = ()
    zones: Iterable[Zone] = ()
    extras: Iterable[Extra] = ()
    islands: Iterable[Island] = ()
    _prices: dict[tuple[str, str, int, str, str], _Dated] = field(default_factory=dict, init=False)
    _zones: dict[tuple[str, str], str] = field(default_factory=dict, init=False)
    _extras: dict[tuple[str, str, str, int], list[Extra]] = field(default_factory=dict, init=False)
    _kinds: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False)
    _islands: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False)
    services: Mapping[tuple[str, str], bool] = field(default_factory=dict, init=False)
    """Every carrier and service that has a price."""

    def __post_init__(self) -> None:
        """Sort everything by what it is asked for."""
        for rate in self.rates:
            key = (rate.carrier, rate.service, rate.size, rate.origin, rate.zone)
            self._prices.setdefault(key, []).append((rate.valid_from, rate.price))
        for dated in self._prices.values():
            dated.sort(reverse=True)
        self._zones = {(each.carrier, each.prefecture): each.zone for each in self.zones}
        for extra in self.extras:
            self._extras.setdefault((extra.carrier, extra.kind, extra.service, extra.size), []).append(extra)
        for carrier, kind, _, _ in self._extras:
            self._kinds[carrier] = tuple(dict.fromkeys((*self._kinds.get(carrier, ()), kind)))
        for island in self.islands:
            self._islands[island.carrier] = (*self._islands.get(island.carrier, ()), island.postcode)
        self.services = dict.fromkeys((key[:2] for key in self._prices), True)

    def __bool__(self) -> bool:
        """Whether there is any price."""
        return bool(self._prices)

    def zone_of(self, carrier: str, prefecture: str) -> str:
        """Return the zone of a prefecture; empty where the list has none."""
        return self._zones.get((carrier, prefecture), "")

    def is_island(self, carrier: str, postcode: str) -> bool:
        """Whether parcels of *carrier* to this postcode go to a remote island."""
        known = (*self._islands.get("", ()), *self._islands.get(carrier, ()))
        return bool(postcode) and postcode.startswith(known)

    def base(self, carrier: str, service: str, size: int, journey: Journey) -> int | None:
        """Return the price of one box without extras; None where the list has none."""
        origin = (journey.origin, self.zone_of(carrier, journey.origin), ANYWHERE)
        there = journey.prefecture
        ends = [there, self.zone_of(carrier, there), ANYWHERE]
        if there == journey.origin and there:
            ends.insert(0, SAME_PREFECTURE)
        for end in ends:
            for begin in origin:
                if not begin or not end:
                    continue
                for each in (size, ANY_SIZE) if size else (ANY_SIZE,):
                    price = _at(self._prices.get((carrier, service, each, begin, end)), journey.day)
                    if price is not None:
                        return price
        return None

    def extra(self, carrier: str, service: str, kind: str, size: int, journey: Journey) -> int | None:
        """Return what the list says of an extra: what names service and class before what does not; None for nothing.

        Cash above the largest step has none.
        """
        for named in (service, ""):
            for each in (size, ANY_SIZE) if size else (ANY_SIZE,):
                rows = self._extras.get((carrier, kind, named, each))
                if rows and (price := _step(rows, journey.day, journey.cod if kind == "cod" else 0)) is not None:
                    return price
        return None

    def quote(self, carrier: str, service: str, sizes: Sequence[int], journey: Journey) -> Quote | Unfit:
        """Return what boxes of these classes cost together, or why the list does not say."""
        if not journey.origin:
            return Unfit("rates.why.no_origin")
        if journey.prefecture not in PREFECTURES:
            return Unfit("rates.why.no_prefecture")
        added: dict[str, list[int]] = {}
        for size in sizes:
            base = self.base(carrier, service, size, journey)
            if base is None:
                return Unfit("rates.why.no_price", (("size", str(size or "–")), ("to", journey.prefecture)))
            added.setdefault("base", []).append(base)
            unfit = self._add_extras(added, carrier, service, size, journey, several=len(sizes) > 1)
            if unfit is not None:
                return unfit
        if journey.cod:
            largest = max(sizes, default=ANY_SIZE)
            fee = self.extra(carrier, service, "cod", largest, journey)
            if fee is None:
                known = self._knows(carrier, service, "cod", largest, journey.day)
                return Unfit("rates.why.cod_step" if known else "rates.why.no_cod_price", (("cod", str(journey.cod)),))
            added["cod"] = [fee]
        parts = tuple(Part(kind, sum(each), len(each)) for kind, each in added.items())
        return Quote(max(0, sum(part.yen for part in parts)), parts)

    def _add_extras(
        self, added: dict[str, list[int]], carrier: str, service: str, size: int, journey: Journey, *, several: bool
    ) -> Unfit | None:
        """Add what one box costs beside its price; return why it has no price after all."""
        needed = []
        if journey.temperature is not Temperature.AMBIENT:
            needed.append(str(journey.temperature))
        if self.is_island(carrier, journey.postcode):
            needed.append("island")
        of_all = (
            kind for kind in self._kinds.get(carrier, ()) if kind not in _NEEDED and (several or kind != "pieces")
        )
        for kind in (*needed, *of_all):
            price = self.extra(carrier, service, kind, size, journey)
            if price is not None:
                added.setdefault(kind, []).append(price)
            elif kind in needed:
                return Unfit(f"rates.why.no_{kind}_price", (("postcode", journey.postcode),))
        return None

    def _knows(self, carrier: str, service: str, kind: str, size: int, day: str) -> bool:
        """Whether the list says anything of an extra for this service and class on that day."""
        return any(
            row.valid_from <= day
            for named in (service, "")
            for each in (size, ANY_SIZE)
            for row in self._extras.get((carrier, kind, named, each), ())
        )


def _at(dated: _Dated | None, day: str) -> int | None:
    """Return the price of the newest first day that has come."""
    return next((price for first, price in dated or () if first <= day), None)


def _step(rows: Iterable[Extra], day: str, amount: int) -> int | None:
    """Return the price of the smallest step that holds an amount, of the newest first day that has come.

    Steps of one first day belong together: a newer list of steps takes the place of the older one as a whole.
    """
    come = [row for row in rows if row.valid_from <= day]
    newest = max((row.valid_from for row in come), default="")
    steps = sorted((row.up_to or _NO_END, row.price) for row in come if row.valid_from == newest)
    return next((price for up_to, price in steps if amount <= up_to), None)


_NO_END = 10**12
