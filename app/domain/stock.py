"""The stock ledger: two-sided moves between places, keyed by product, place and lot.

A move is never edited or deleted; it is corrected by a counter-move. Balances are the sum of moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

__all__ = [
    "ADJUSTMENT",
    "CUSTOMER",
    "RETURN_SHELF",
    "SUPPLIER",
    "Move",
    "balances",
    "counter",
    "hold_place",
    "parcel_place",
    "shelf_place",
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
