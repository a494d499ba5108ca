"""Puts as many of some pieces into one space as will go in: each at its best place, those that do not fit left out."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.cartons import Care, Size
from app.services.cartons.search import Placed
from app.services.cartons.shapes import Box, Piece
from app.services.cartons.spaces import ORDERS, RANKS, Order, Rank, cut, places, spares, stands, whole

__all__ = ["fill", "fullest"]


def fill(pieces: Sequence[Piece], space: Size, max_g: int | None, care: Care, rank: Rank = RANKS[0]) -> list[Placed]:
    """Return where those of *pieces* lie that go into *space*, tried in their order.

    :param max_g: weight that they may have together; None for no limit
    """
    spaces = whole(space)
    lying: list[tuple[Piece, Box]] = []
    weight = 0
    thinnest = [0] * (len(pieces) + 1)
    for at in range(len(pieces) - 1, -1, -1):
        least = min(min(size) for size in pieces[at].sizes)
        thinnest[at] = min(least, thinnest[at + 1]) if at + 1 < len(pieces) else least
    refused: set[tuple[Size, ...]] = set()
    for at, piece in enumerate(pieces):
        if piece.sizes in refused or (max_g is not None and weight + piece.weight > max_g):
            continue
        box = _first(piece, places(piece, spaces, rank), lying, care)
        if box is None:
            if not care.support_percent and not any(each.fragile for each in pieces):
                refused.add(piece.sizes)  # the spaces only get smaller
            continue
        lying.append((piece, box))
        weight += piece.weight
        spaces = cut(spaces, box, thinnest[at + 1])
    return [Placed(piece.number, box) for piece, box in lying]


def _first(piece: Piece, boxes: Sequence[Box], lying: list[tuple[Piece, Box]], care: Care) -> Box | None:
    breakable = piece.fragile or any(other.fragile for other, _ in lying)
    others = [box for _, box in lying]
    for box in boxes:
        if stands(box, others, care.support_percent) and (
            not breakable or spares([*lying, (piece, box)], care.light_g)
        ):
            return box
    return None


def fullest(
    pieces: Sequence[Piece], space: Size, max_g: int | None, care: Care, orders: Sequence[Order] = ORDERS
) -> list[Placed]:
    """Return the filling with the largest volume over some orders of the pieces and ranks of places."""
    volume = {piece.number: piece.volume for piece in pieces}
    best: list[Placed] = []
    most = 0
    for order in orders:
        ordered = sorted(pieces, key=order)
        for rank in RANKS:
            found = fill(ordered, space, max_g, care, rank)
            filled = sum(volume[placed.number] for placed in found)
            if filled > most:
                best, most = found, filled
                if len(best) == len(pieces):
                    return best
    return best
