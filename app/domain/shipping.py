"""Shipping 出荷: what a carrier is told about a parcel, and what it tells back.

A shipment is one order (or one merge of orders) for one carrier, in one or more pieces 個口. Its customer key is the
ship number with the order's version and, from the second request on, the request's number: ``12-034-1``,
``12-034-1-2``. It comes back with the tracking number, so that a number belongs to one version of one order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.intake import Level
from app.domain.orders import Address, Problem, ShipNumber
from app.domain.size_classes import NO_RULE, SizeRule

__all__ = [
    "MOST_KEY_CHARACTERS",
    "NUMBER_LEVELS",
    "Account",
    "AccountField",
    "CustomerKey",
    "Fault",
    "NumberRow",
    "Service",
    "Shipment",
    "Slot",
    "Temperature",
    "Written",
    "has_good_check_digit",
    "number_level",
    "number_of",
    "read_key",
]

MOST_KEY_CHARACTERS = 15
"""Longest customer key that every carrier takes: お客様側管理番号 of ゆうプリR (formats.md, B3)."""


class Temperature(StrEnum):
    """How cold a parcel travels."""

    AMBIENT = "ambient"
    """常温."""
    CHILLED = "chilled"
    """冷蔵."""
    FROZEN = "frozen"
    """冷凍."""


class Slot(StrEnum):
    """A wished time of day; each carrier has its own codes, and not every carrier has every slot (formats.md, E)."""

    MORNING = "am"
    T12_14 = "12-14"
    T14_16 = "14-16"
    T16_18 = "16-18"
    T18_20 = "18-20"
    T18_21 = "18-21"
    T19_21 = "19-21"
    T20_21 = "20-21"


@dataclass(frozen=True, slots=True)
class Service:
    """One way of sending that a carrier offers, as far as a choice depends on it."""

    id: str
    """Id within the carrier, such as ``takkyubin``."""
    title: Mapping[str, str]
    """Name by language, ``ja`` and ``en``."""
    cash_on_delivery: bool = False
    """Whether it collects cash; the greatest amount is :attr:`most_cod`."""
    cash_only: bool = False
    """Whether it is *only* for cash on delivery."""
    most_cod: int = 0
    """Greatest amount that can be collected, yen with tax."""
    temperatures: frozenset[Temperature] = frozenset({Temperature.AMBIENT})
    dated: bool = True
    """Whether a delivery date can be wished."""
    slots: frozenset[Slot] = frozenset()
    """Times of day that can be wished."""
    most_pieces: int = 1
    """Most pieces under one shipment."""
    tracked: bool = True
    """Whether parcels get a number."""
    phone: bool = True
    """Whether the receiver's phone number is needed."""
    sender: bool = True
    """Whether a sender other than the shop can be named, as on a gift."""
    size: SizeRule = NO_RULE
    """Which parcels it takes, and the class that its price goes by."""


@dataclass(frozen=True, slots=True)
class AccountField:
    """One thing that a carrier's contract gives and its file wants, such as the customer code."""

    name: str
    """Its sentence is ``carrier.<carrier>.<name>``."""
    pattern: str
    """Regular expression that a value must match whole."""
    required: bool = True
    default: str = ""


Account = Mapping[str, str]
"""A shop's values of a carrier's :class:`AccountField` by name."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """One shipment for a carrier's file."""

    key: str
    """Customer key, at most :data:`MOST_KEY_CHARACTERS` ASCII characters; comes back with the number."""
    service: str
    """Id of the carrier's service."""
    ship_on: date
    """Ship date 出荷予定日."""
    to: Address
    sender: Address
    """Who is named as sender: the shop, the buyer on a gift."""
    contents: str
    """品名: what is in the parcel, in words."""
    deliver_on: date | None = None
    """Wished day."""
    slot: Slot | None = None
    temperature: Temperature = Temperature.AMBIENT
    cod: int = 0
    """Cash to collect, yen with tax; 0 for none."""
    cod_tax: int = 0
    """Tax within :attr:`cod`, yen."""
    pieces: int = 1
    remark: str = ""
    """記事: the ship number, readable on the waybill."""
    handling: tuple[str, ...] = ()
    """荷扱い, such as ``fragile`` and ``this_side_up``."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in a shipment (or in a shop's account) that its carrier forbids or cannot hold.

    Its sentence is that of :attr:`key`, with ``field`` filled by the sentence of :attr:`field_key` and the rest by
    :attr:`args`.
    """

    key: str
    """Key of the sentence, such as ``fault.too_long``."""
    field: str
    """What is meant: ``to.phone``, ``slot`` …, or ``<carrier>.<name>`` for a value of the shop's account."""
    args: tuple[tuple[str, str], ...] = ()
    """More placeholders of the sentence, as name and value."""
    level: Level = Level.ERROR
    """An error keeps the shipment out of the file; a warning is written as it stands."""

    @property
    def field_key(self) -> str:
        """Key of the name of :attr:`field`."""
        return f"carrier.{self.field}"


@dataclass(frozen=True, slots=True)
class Written:
    """A carrier's file."""

    name: str
    """Proposed file name, without folder."""
    data: bytes
    rows: int
    """Rows without the header."""


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One row of a file of numbers that came back."""

    row: int
    """Row as a spreadsheet counts."""
    key: str
    """Customer key as the file has it, stripped."""
    number: str
    """Tracking number, digits without hyphens; empty where the carrier gave none (then :attr:`reason` may say why)."""
    reason: str = ""
    """Why the carrier's software rejected the row, in its own words; empty where it did not."""
    service: str = ""
    """Service id that the row was printed for; empty where the file does not say."""
    cod: int | None = None
    """Cash to collect as printed, yen; None where the file does not say."""
    pieces: int | None = None
    """Pieces under this number as printed; None where the file does not say."""
    doubtful: bool = False
    """The number is not 12 digits with a good check digit; mail services may have such numbers (formats.md, H)."""


NUMBER_LEVELS: Mapping[str, Level] = {
    "number.row_short": Level.ERROR,
    "number.row_long": Level.ERROR,
    "number.row_broken": Level.ERROR,
    "number.row_unfinished": Level.ERROR,
    "number.no_key": Level.WARNING,
    "number.key_damaged": Level.ERROR,
    "number.excel_damage": Level.ERROR,
    "number.unreadable": Level.ERROR,
    "number.zeros_restored": Level.INFO,
    "number.check_digit": Level.WARNING,
    "number.bad_amount": Level.WARNING,
    "number.row_repeated": Level.INFO,
    "number.on_two_keys": Level.WARNING,
}
"""Every key of a problem that the reader of a file of numbers can report, and how much it matters."""


def number_level(found: Problem) -> Level:
    """How much *found* matters; a key that is not in :data:`NUMBER_LEVELS` counts as an error."""
    return NUMBER_LEVELS.get(found.key, Level.ERROR)


@dataclass(frozen=True, slots=True)
class CustomerKey:
    """A customer key taken apart."""

    ship_number: ShipNumber
    """With the order's version."""
    issue: int = 1
    """Which request of this version it is."""

    def __str__(self) -> str:
        text = f"{self.ship_number}-{self.ship_number.version}"
        return text if self.issue == 1 else f"{text}-{self.issue}"


_KEY = re.compile(r"(\d{1,9})-(\d{1,6})-(\d{1,3})(?:-(\d{1,3}))?")


def read_key(text: str) -> CustomerKey | None:
    """Return the key that *text* is; None where it is none of ours."""
    found = _KEY.fullmatch(text.strip()) if text.isascii() else None
    if found is None or int(found[2]) == 0:
        return None
    return CustomerKey(ShipNumber(int(found[1]), int(found[2]), int(found[3])), int(found[4] or 1))


_STRIPPED = re.compile(r"[A-Da-d]?([0-9-]+)[A-Da-d]?")


def number_of(text: str) -> str:
    """Return a tracking number as it is stored: without the start and stop letters of NW-7 and without hyphens.

    Other texts (S10 numbers of parcels abroad) come back as they are, in capitals.
    """
    found = _STRIPPED.fullmatch(text.strip())
    return found[1].replace("-", "") if found else text.strip().upper()


def has_good_check_digit(number: str) -> bool:
    """Whether *number* is 12 digits of which the last is the first eleven modulo 7 (7DR; formats.md, B4)."""
    return len(number) == 12 and number.isascii() and number.isdigit() and int(number[:11]) % 7 == int(number[11])
