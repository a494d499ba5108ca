"""What changed about a known order, and which of its goods stay, come or go (DESIGN: the table change × state).

Pure: the order as it is stored and the order as a file has it now go in; what kind of change it is comes out, and for
its lines which stored line becomes which new one, so that what was already packed keeps its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from app.domain.orders import Address, Totals

__all__ = [
    "MATERIAL",
    "Change",
    "ChangeKind",
    "Contents",
    "Kept",
    "KnownLine",
    "LineChange",
    "NewLine",
    "Packed",
    "Removed",
    "Taken",
    "difference",
    "match_lines",
    "surplus_of",
]


class ChangeKind(StrEnum):
    """What kind of change it is; the table change × state has a row for each."""

    CANCEL = "cancel"
    ADDRESS = "address"
    SERVICE = "service"
    COD = "cod"
    PARCELS = "parcels"
    LINES = "lines"
    OTHER = "other"
    """Something that papers show beside it: remark, wish as text, totals, payment."""


MATERIAL = frozenset(ChangeKind) - {ChangeKind.OTHER}
"""Kinds that make what was already packed or labelled wrong."""


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A stored line."""

    id: int
    sku: str
    product: int | None
    wanted: int
    done: int = 0
    """Pieces packed."""
    short: int = 0
    """Pieces declared short."""
    options: str = ""
    said: tuple[object, ...] = ()
    """What else papers say of it: name, price, tax rate, set it was sold in."""


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as a file has it now."""

    sku: str
    product: int | None
    wanted: int
    options: str = ""
    said: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What may change about an order, beside its lines."""

    ship_to: Address = field(default_factory=Address)
    buyer: Address = field(default_factory=Address)
    gift: bool = False
    delivery: str = ""
    """Delivery method as the shop names it."""
    cod: str = ""
    """Cash to collect as decimal text; empty where there is none."""
    note: str = ""
    wish: str = ""
    payment: str = ""
    totals: Totals = field(default_factory=Totals)
    carrier: str = ""
    service: str = ""
    temperature: str = ""
    promise: tuple[str, str] = ("", "")
    """Wished day and time of day as the waybill has them."""
    collect: int = 0
    """Cash on the waybill, yen."""
    parcels: int = 1
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored line that a new one continues."""

    id: int
    new: int
    """Place of the new line in the file's order, from 0."""
    surplus: int = 0
    """Pieces already packed that are no longer wanted."""
    short: int = 0
    """Pieces that stay declared short."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A stored line that no new one continues."""

    id: int
    surplus: int = 0


@dataclass(frozen=True, slots=True)
class LineChange:
    """What becomes of the lines."""

    kept: tuple[Kept, ...] = ()
    added: tuple[int, ...] = ()
    """Places of new lines that no stored one stands for."""
    removed: tuple[Removed, ...] = ()
    goods: bool = False
    """Whether other goods or another number of pieces are wanted."""
    words: bool = False
    """Whether papers say something else of the same goods."""

    @property
    def surplus(self) -> dict[int, int]:
        """Stored line -> pieces to be taken out of the parcel again."""
        touched: tuple[Kept | Removed, ...] = (*self.kept, *self.removed)
        return {each.id: each.surplus for each in touched if each.surplus}


@dataclass(frozen=True, slots=True)
class Change:
    """What changed."""

    kinds: frozenset[ChangeKind] = frozenset()
    lines: LineChange = field(default_factory=LineChange)

    @property
    def material(self) -> bool:
        """Whether what was packed or labelled is wrong now."""
        return bool(self.kinds & MATERIAL)


def difference(
    old: Contents, new: Contents, old_lines: Sequence[KnownLine] = (), new_lines: Sequence[NewLine] = ()
) -> Change:
    """Return what changed from *old* to *new*; an order that is cancelled now changed in nothing else."""
    if new.cancelled:
        return Change(frozenset({ChangeKind.CANCEL}))
    lines = match_lines(old_lines, new_lines)
    gift_sender = (old.gift or new.gift) and (old.gift, old.buyer) != (new.gift, new.buyer)
    by = (old.carrier, old.service, old.temperature, old.promise, old.delivery)
    found = {
        # On a gift the buyer is named as the sender of the waybill.
        ChangeKind.ADDRESS: old.ship_to != new.ship_to or gift_sender,
        ChangeKind.SERVICE: by != (new.carrier, new.service, new.temperature, new.promise, new.delivery),
        ChangeKind.COD: (_amount(old.cod), old.collect) != (_amount(new.cod), new.collect),
        ChangeKind.PARCELS: old.parcels != new.parcels,
        ChangeKind.LINES: lines.goods,
        ChangeKind.OTHER: lines.words
        or (old.note, old.wish, old.payment, old.totals, old.buyer, old.gift)
        != (new.note, new.wish, new.payment, new.totals, new.buyer, new.gift),
    }
    return Change(frozenset(kind for kind, changed in found.items() if changed), lines)


def _amount(text: str) -> Decimal | str:
    try:
        return Decimal(text or "0")
    except InvalidOperation:
        return text


def match_lines(old: Sequence[KnownLine], new: Sequence[NewLine]) -> LineChange:
    """Say which stored line each new one continues: the same goods with the same options first, then the same goods.

    Goods are the same by product, by SKU while the product is unknown. Where one of several lines of the same goods
    goes, the one with the least packed goes, so that as little as possible is taken out.
    """
    free = list(old)
    continued: dict[int, KnownLine] = {}
    for exactly in (True, False):
        for place, line in enumerate(new):
            alike = [each for each in free if place not in continued and _same(each, line, exactly)]
            if alike:
                chosen = max(alike, key=lambda each: (each.wanted == line.wanted, each.done))
                continued[place] = chosen
                free.remove(chosen)
    kept = tuple(_kept(known, place, new[place]) for place, known in sorted(continued.items()))
    added = tuple(place for place in range(len(new)) if place not in continued)
    removed = tuple(Removed(each.id, each.done) for each in free)
    goods = bool(added or removed) or any(known.wanted != new[place].wanted for place, known in continued.items())
    words = any(
        (known.options, known.said) != (new[place].options, new[place].said) for place, known in continued.items()
    )
    moved = [known.id for _, known in sorted(continued.items())] != [each.id for each in old if each not in free]
    return LineChange(kept, added, removed, goods, words or moved)


def _same(known: KnownLine, line: NewLine, exactly: bool) -> bool:
    if exactly and known.options != line.options:
        return False
    if known.product is not None and line.product is not None:
        return known.product == line.product
    return known.sku == line.sku


def _kept(known: KnownLine, place: int, line: NewLine) -> Kept:
    surplus = max(0, known.done - line.wanted)
    return Kept(known.id, place, surplus, min(known.short, line.wanted - known.done + surplus))


# --- taking surplus out of a parcel -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Packed:
    """A standing step that put goods into a parcel."""

    id: int
    line: int
    parcel: int
    product: int
    lot: str
    source: str
    """Place the goods came from; empty where stock is not tracked."""
    quantity: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Goods of one step that come out of the parcel again."""

    step: Packed
    quantity: int

    @property
    def rest(self) -> int:
        """Pieces of the step that stay in the parcel."""
        return self.step.quantity - self.quantity


def surplus_of(steps: Sequence[Packed], surplus: dict[int, int]) -> tuple[Taken, ...]:
    """Say out of which steps the surplus of each line comes: what was packed last comes out first.

    :param steps: standing pack steps, oldest first.
    :param surplus: line -> pieces.
    """
    left = dict(surplus)
    taken = []
    for step in reversed(steps):
        number = min(left.get(step.line, 0), step.quantity)
        if number:
            taken.append(Taken(step, number))
            left[step.line] -= number
    return tuple(taken)
