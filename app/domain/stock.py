"""The stock ledger: two-sided moves between places, keyed by product, place and lot.

A move is never edited or deleted; it is corrected by a counter-move. Balances are the sum of moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

__all__ = [
    "ADJUSTMENT",
    "CUSTOMER",
    "RETURN_SHELF",
    "SUPPLIER",
    "Cover",
    "Demand",
    "Move",
    "allocate",
    "balances",
    "bulk_place",
    "counter",
    "hold_place",
    "parcel_place",
    "picked_place",
    "shelf_place",
    "unsaleable_place",
]

SUPPLIER = "supplier"
"""Where received goods come from."""
CUSTOMER = "customer"
"""Where handed-over goods go."""
ADJUSTMENT = "adjustment"
"""The other side of a correction of book stock."""
RETURN_SHELF = "return"
"""Where goods of a parcel that was taken apart wait until a person puts them back on their shelf 戻し棚."""

_NO_SHELF = "shelf:"


def shelf_place(code: str) -> str:
    """Place of a shelf 棚; goods without a shelf lie on the nameless one."""
    return _NO_SHELF + code


def parcel_place(parcel: int) -> str:
    """Place of what has been packed into a parcel 個口."""
    return f"parcel:{parcel}"


def hold_place(text: str) -> str:
    """Place of a labelled hold shelf 保留棚, on which goods wait for a customer's answer; *text* is its label."""
    return f"hold:{text}"


def unsaleable_place(code: str) -> str:
    """Place of a shelf for goods that came back and cannot be sold: no order is promised what lies there."""
    return f"unsaleable:{code}"


def picked_place(order: int) -> str:
    """Place of what has been picked for an order, whatever tote or wall slot it is in, until it is packed.

    *order* is the lead of orders packed together.
    """
    return f"picked:{order}"


def bulk_place(job: int) -> str:
    """Place of what a total pick トータルピック has taken for all orders of a job, until it is sorted to them."""
    return f"bulk:{job}"


@dataclass(frozen=True, slots=True)
class Move:
    """Goods went from one place to another."""

    product: int
    lot: str
    """Lot, or empty where the product keeps none."""
    source: str
    target: str
    quantity: int
    """Pieces, at least 1."""

    def __post_init__(self) -> None:
        """Refuse a move that moves nothing."""
        if self.quantity < 1 or self.source == self.target:
            raise ValueError(f"not a move: {self}")


def counter(move: Move) -> Move:
    """Return the move that takes *move* back."""
    return replace(move, source=move.target, target=move.source)


def balances(moves: Iterable[Move]) -> dict[tuple[int, str, str], int]:
    """Return pieces by product, place and lot; places that came back to nothing are left out."""
    total: dict[tuple[int, str, str], int] = {}
    for move in moves:
        for place, sign in ((move.source, -1), (move.target, 1)):
            key = (move.product, place, move.lot)
            total[key] = total.get(key, 0) + sign * move.quantity
    return {key: number for key, number in total.items() if number}


@dataclass(frozen=True, slots=True)
class Demand:
    """What an order still needs reserved 引当."""

    order: int
    lines: tuple[tuple[int, int, int], ...]
    """Line, product and the pieces it lacks, at least 1."""
    partly: bool = False
    """Take what is there: a person lifted the hold, or the order is in work already."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What an order gets."""

    order: int
    taken: tuple[tuple[int, int], ...]
    """Line and pieces."""
    missing: tuple[tuple[int, int], ...]
    """Product and the pieces that are not there; empty means that the order is covered."""


def allocate(demands: Iterable[Demand], free: Mapping[int, int]) -> list[Cover]:
    """Give the free stock out, first come first served, and whole orders only (but for those that take a part).

    :param demands: in queue order, earliest cut-off first.
    :param free: pieces per product that nobody is promised; a product that is absent has none.
    """
    left = {product: max(pieces, 0) for product, pieces in free.items()}
    covers = []
    for demand in demands:
        needed: dict[int, int] = {}
        for _, product, pieces in demand.lines:
            needed[product] = needed.get(product, 0) + pieces
        missing = tuple((p, pieces - left.get(p, 0)) for p, pieces in needed.items() if pieces > left.get(p, 0))
        taken = []
        if not missing or demand.partly:
            for line, product, pieces in demand.lines:
                got = min(pieces, left.get(product, 0))
                if got:
                    left[product] -= got
                    taken.append((line, got))
        covers.append(Cover(demand.order, tuple(taken), missing))
    return covers
