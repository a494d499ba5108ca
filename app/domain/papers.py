"""Papers: what each paper shows, as plain values without sentences.

A paper takes one of these values and the sentences of a language and gives a :class:`Rendered` PDF. Amounts are
decimal text in the order's currency, as the shop gave them; nothing here is formatted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal

from app.domain.orders import Address, ShipNumber, Totals
from app.domain.paper_sizes import PaperSize
from app.domain.templates import Template

__all__ = [
    "Badge",
    "BadgeSheet",
    "BreakSheet",
    "CommandCard",
    "CommandSheet",
    "HandoverList",
    "HandoverRow",
    "PaperSize",
    "PickList",
    "PickRow",
    "Rendered",
    "ScannerCard",
    "ScannerSheet",
    "ShopBlock",
    "Slip",
    "SlipLine",
    "SlipPart",
    "Taker",
    "is_reduced_rate",
]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished paper, and what of its value could not be shown as it is."""

    pdf: bytes
    """The PDF file; the same value gives the same bytes."""
    pages: int
    """Number of pages."""
    missing: tuple[str, ...] = ()
    """Characters the font lacks, in the order met; each stands on the paper as 〓."""
    unusable: tuple[str, ...] = ()
    """Pictures (logos) that could not be read and were left out."""
    warnings: tuple[str, ...] = ()
    """What a person of the shop should look at, as sentences; never on the paper itself."""


@dataclass(frozen=True, slots=True)
class ShopBlock:
    """Who sends the goods, as printed on the slip."""

    name: str
    """Name of the shop."""
    postcode: str = ""
    """Postcode, without 〒."""
    address: str = ""
    """Address in the shop's own wording; line breaks are kept."""
    phone: str = ""
    """Phone number for questions."""
    mail: str = ""
    """Mail address for questions."""
    registration: str = ""
    """Registration number 登録番号 of the qualified invoice, with its T; empty where there is none."""
    logo: str = ""
    """Path of a picture (PNG or JPEG); empty where there is none."""
    message: str = ""
    """A few words of the shop to its customer; empty where there are none."""


@dataclass(frozen=True, slots=True)
class SlipPart:
    """What a set on a slip has in it; parts have no price."""

    name: str
    """Name of the goods."""
    sku: str
    """The product code."""
    quantity: int
    """Pieces in the parcel's order in all, not in one set."""
    short: int = 0
    """Pieces that are not in the parcel 欠品."""


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of goods on a slip, as it was sold."""

    name: str
    """Name of the goods."""
    sku: str
    """The shop's product code."""
    quantity: int
    """Pieces ordered."""
    options: str = ""
    """Options the buyer chose."""
    price: str = ""
    """Price of one piece as decimal text; empty where unknown."""
    amount: str = ""
    """Amount of the line as decimal text; empty means price times quantity."""
    reduced: bool = False
    """Whether the reduced tax rate applies 軽減税率 (marked ※)."""
    tax_rate: str = ""
    """Tax rate as decimal text such as ``0.08``; empty where unknown."""
    short: int = 0
    """Pieces that are not in the parcel 欠品; of a set, its parts say it."""
    parts: tuple[SlipPart, ...] = ()
    """What is scanned and packed where the line is a set."""
    code: str = ""
    """The goods' own bar code number (JAN)."""
    shelf: str = ""
    """Name of the shelf that they come from."""

    def total(self) -> str:
        """Amount of the line: the one given, or price times quantity; empty where neither is known."""
        if self.amount:
            return self.amount
        try:
            price = Decimal(self.price)
        except InvalidOperation:
            return ""
        return str(price * self.quantity) if price.is_finite() else ""


@dataclass(frozen=True, slots=True)
class Slip:
    """One packing slip 納品書."""

    shop: ShopBlock
    """Who sends."""
    number: ShipNumber
    """The ship number, printed huge."""
    version: int
    """Version of the order that this slip belongs to; part of the bar code."""
    order_number: str
    """The shop's order number."""
    ship_to: Address
    """Who receives."""
    lines: tuple[SlipLine, ...]
    """The goods, in the order to print them."""
    buyer: Address = field(default_factory=Address)
    """Who ordered; printed as ご依頼主 where the name differs from the ship-to's."""
    channel: str = ""
    """Name of the shop on its channel, such as ``Kumo Store 楽天市場店``."""
    ordered_on: date | None = None
    """Day of the order in the shop's time zone."""
    issued_on: date | None = None
    """Day the slip was made; comes in, so that the same slip gives the same bytes."""
    delivery: str = ""
    """Delivery method, as a person reads it."""
    wish: str = ""
    """Wished day and time, as the shop wrote them."""
    payment: str = ""
    """Payment method; never printed on a gift."""
    totals: Totals = field(default_factory=Totals)
    """The channel's own totals; only those given are printed, none on a gift."""
    cod_amount: str = ""
    """Cash to collect on delivery as decimal text; empty where there is none."""
    note: str = ""
    """The customer's remark."""
    gift: bool = False
    """Whether every price, total and payment stays off the paper."""
    copy_reason: str = ""
    """Why the slip is printed again; any text marks the paper as a copy."""
    page: PaperSize = PaperSize.A4
    """Paper to print on."""
    language: str = ""
    """Language of the recipient; empty for the shop's."""
    look: Template | None = None
    """The template that it is drawn by; None for the shipped standard of its paper."""
    dpi: int = 0
    """Dots an inch of the label printer that it goes to; 0 for the usual ones of its size."""


@dataclass(frozen=True, slots=True)
class BreakSheet:
    """One break sheet 仕切り紙: which slips follow it."""

    first: ShipNumber
    """Ship number of the first slip that follows."""
    last: ShipNumber
    """Ship number of the last one before the next break sheet."""
    count: int
    """Slips that follow."""
    place: int
    """Which break sheet of the batch it is, from 1."""
    sheets: int
    """Break sheets of the batch."""
    carrier: str = ""
    """The carrier, in words; empty for none."""
    service: str = ""
    """Its service, in words."""
    temperature: str = ""
    """How cold, in words; empty for parcels that are not."""
    page: PaperSize = PaperSize.A4
    """Paper to print on."""
    look: Template | None = None
    """The template that it is drawn by; None for the shipped standard."""


@dataclass(frozen=True, slots=True)
class Taker:
    """An order that takes some of the pieces of a pick row."""

    number: ShipNumber
    """Its ship number."""
    quantity: int
    """Pieces it takes."""


@dataclass(frozen=True, slots=True)
class PickRow:
    """One product on one shelf."""

    shelf: str
    """Name of the shelf 棚; empty where none is known."""
    sku: str
    """The shop's product code."""
    name: str
    """Name of the goods."""
    takers: tuple[Taker, ...]
    """Which orders take how many."""
    options: str = ""
    """Options, where they tell goods apart."""
    code: str = ""
    """The goods' own bar code number, to compare by eye."""

    @property
    def quantity(self) -> int:
        """Pieces to take from the shelf in all."""
        return sum(taker.quantity for taker in self.takers)


@dataclass(frozen=True, slots=True)
class PickList:
    """The pick list of a batch."""

    batch: int
    """Number of the batch; the paper's code is ``KL-<batch>``."""
    rows: tuple[PickRow, ...]
    """One row per product and shelf, in walking order."""
    issued_on: date | None = None
    """Day the list was made."""
    copy_reason: str = ""
    """Why the list is printed again; any text marks the paper as a copy."""
    look: Template | None = None
    """The template that it is drawn by; None for the shipped standard."""

    @property
    def code(self) -> str:
        """Text of the list's bar code."""
        return f"KL-{self.batch}"


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One piece on a hand-over list."""

    ship_number: str
    """Short number of the order; empty for one that was never released."""
    waybill: str
    """Tracking number, digits without hyphens; empty where the piece has none."""
    number: str = ""
    """The shop's order number, shown where there is no ship number."""
    piece: int = 1
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class HandoverList:
    """What was handed over to a carrier 引渡, for the driver to sign."""

    handover: int
    """Number of the hand-over."""
    carrier: str
    """The carrier's name, in words."""
    rows: tuple[HandoverRow, ...]
    """The pieces, by ship number."""
    counted: int
    """Pieces handed over; a row without a waybill may stand for several."""
    pickup: datetime | None = None
    """When the carrier was to come, in the shop's time zone; None for no pickup in particular."""
    closed_on: datetime | None = None
    """When it was closed out, in the shop's time zone."""
    driver_count: int | None = None
    """The driver's own figure."""
    sender: str = ""
    """Name of the shop or warehouse."""
    copy_reason: str = ""
    """Why the list is printed again; any text marks the paper as a copy."""
    look: Template | None = None
    """The template that it is drawn by; None for the shipped standard."""


@dataclass(frozen=True, slots=True)
class CommandCard:
    """One command to scan."""

    code: str
    """Text of the bar code, such as ``KP-NEXT``."""
    words: str
    """What it does, in plain words of the reader's language."""
    key: str = ""
    """Function key that does the same, such as ``F5``; empty where there is none."""


@dataclass(frozen=True, slots=True)
class CommandSheet:
    """Commands on paper, for scanners that cannot read screens."""

    cards: tuple[CommandCard, ...]
    """The commands, in the order to print them."""


@dataclass(frozen=True, slots=True)
class ScannerCard:
    """One code of the scanner sheet."""

    kind: Literal["ean13", "code128", "gs1_128", "qr"]
    """Kind of bar code."""
    text: str
    """What it says; with the separator of a GS1 message as U+001D."""
    words: str
    """What it is, in words."""


@dataclass(frozen=True, slots=True)
class ScannerSheet:
    """Known codes that tell what is wrong between a scanner and the computer."""

    cards: tuple[ScannerCard, ...]
    """The codes, in the order in which they are scanned."""
    last: CommandCard
    """The command that ends the check."""


@dataclass(frozen=True, slots=True)
class Badge:
    """One person's badge."""

    name: str
    """Name of the person 担当者."""
    code: str
    """The person's code; printed as ``KU-<code>``."""
    role: str = ""
    """What the person does, in words."""


@dataclass(frozen=True, slots=True)
class BadgeSheet:
    """Badges to print and cut."""

    badges: tuple[Badge, ...]
    """The badges, in the order to print them."""
    warehouse: str = ""
    """Name of the warehouse on every badge; empty where there is none."""


def is_reduced_rate(tax_rate: str) -> bool:
    """Whether *tax_rate*, decimal text such as ``0.08``, is Japan's reduced rate."""
    try:
        return Decimal(tax_rate) == Decimal("0.08")
    except InvalidOperation:
        return False
