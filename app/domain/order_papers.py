"""Papers that go with one order beside its packing slip: which ones, in which language, and what they show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.invoice import Invoice
from app.domain.label_templates import LabelTemplate
from app.domain.orders import Address, ShipNumber
from app.domain.papers import BreakSheet, ShopBlock, Slip
from app.domain.return_asking import CHOICES, REASON_CODES
from app.domain.templates import Template

__all__ = [
    "RETURN_REASONS",
    "AddressLabel",
    "AddressLabels",
    "LabelSize",
    "ReturnSlip",
    "SlipBatch",
    "language_of",
]


RETURN_REASONS = tuple(REASON_CODES[choice] for choice in CHOICES)
"""Reasons on a return slip, in the order of the codes that say them where it comes back: the first is 1."""


class LabelSize(StrEnum):
    """What an address label is printed on, the setting ``address_label.size``."""

    MM_100_150 = "100x150"
    IN_4_6 = "4x6"
    ROLL_62 = "62"
    """A roll of 62 mm; the label is 110 mm long."""


_JAPAN = frozenset({"JP", "JPN", "JAPAN", "日本", "日本国"})


def language_of(setting: str, country: str) -> str:
    """Return the language of an order's papers; empty for the shop's.

    :param setting: ``slip.language``: ``shop`` or ``recipient``.
    :param country: of the ship-to, as the shop gave it; empty is the shop's own.
    """
    country = country.strip().upper()
    if setting != "recipient" or not country:
        return ""
    return "ja" if country in _JAPAN else "en"


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """A form with which the buyer sends goods back 返品用紙; shows no price."""

    slip: Slip
    """The order: its number, who received it, what was in it. Its code opens the return."""
    to: str = ""
    """Where returns go, in the shop's own words; empty for the shop's own address."""
    look: Template | None = None
    """The template that it is drawn by; None for the shipped standard."""

    @property
    def language(self) -> str:
        """Language of the recipient; empty for the shop's."""
        return self.slip.language


@dataclass(frozen=True, slots=True)
class SlipBatch:
    """The sheets of several orders in one file, each with its own page numbers."""

    slips: tuple[Slip | Invoice | ReturnSlip, ...]
    """The sheets, in the order of printing."""
    batch: int
    """Number of the batch, for the file's title."""
    breaks: tuple[tuple[int, BreakSheet], ...] = ()
    """Break sheets, each with the place (from 0) of the sheet that follows it."""
    warnings: tuple[str, ...] = ()
    """What a person should look at, as sentences: such as an order whose slip came out in place of its invoice."""


@dataclass(frozen=True, slots=True)
class AddressLabel:
    """Who a parcel goes to, and who sends it."""

    sender: ShopBlock
    to: Address
    number: ShipNumber
    version: int
    cod_amount: str = ""
    """Cash to collect on delivery, yen as decimal text; empty for none."""
    wish: str = ""
    """Wished day and time, as the shop wrote them."""
    delivery: str = ""
    """Delivery method, as a person reads it."""
    piece: int = 1
    pieces: int = 1
    copy_reason: str = ""
    """Why it is printed again; any text marks it as a copy."""
    language: str = ""
    """Language of the recipient; empty for the shop's."""
    file_copy: bool = False
    """Whether it is a copy beyond the first of one print, for the shop: no second label for the parcel."""


@dataclass(frozen=True, slots=True)
class AddressLabels:
    """Labels of one size, one a page."""

    labels: tuple[AddressLabel, ...]
    size: LabelSize = LabelSize.MM_100_150
    template: LabelTemplate | None = None
    """None for the shipped standard."""
