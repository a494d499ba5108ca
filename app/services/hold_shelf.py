"""The hold shelf 保留棚: where the goods of an order lie, under its label, while its customer is asked.

They are off their own shelf, so that nobody else is promised them; both ways are moves of the ledger. Everything here
is part of the caller's act.
"""

from __future__ import annotations

from app.domain.stock import RETURN_SHELF, Move, hold_place, shelf_place
from app.services import put_back
from app.services.follow import follow
from app.storage import attention as storage
from app.storage import changes as changes_storage
from app.storage import packing as packing_storage
from app.storage import pulls as pulls_storage
from app.storage import put_back as put_back_storage
from app.storage.database import Transaction
from app.storage.pulls import NewPull

__all__ = ["put_on", "take_off"]


def put_on(tx: Transaction, act: str, contact: int, order: int, shelf: str) -> int:
    """Put what is there of an order on a hold shelf, from its shelves or from where it was picked; return the pieces.

    :param shelf: its label.
    """
    old = changes_storage.known(tx, order)
    assert old is not None
    picked = {each.id: each.picked - each.done for each in put_back_storage.picked_lines(tx, [order])}
    out = put_back.put_back_pieces(tx, act, order, old.lead or order, picked, "", hold_place(shelf))
    goods = storage.shelvable(tx, order)
    lying = [(each, each.pieces - out.get(each.line, 0)) for each in goods]
    moves = [
        Move(each.product, "", shelf_place(each.shelf), hold_place(shelf), rest) for each, rest in lying if rest > 0
    ]
    packing_storage.book(tx, act, order, moves)
    for each in goods:
        if (promised := min(each.pieces, max(each.reserved, 0))) > 0:
            storage.move_reserved(tx, each.line, -promised)
    storage.put_shelf(tx, contact, shelf)
    follow(tx, act, order)
    return sum(each.pieces for each in goods)


def take_off(tx: Transaction, act: str, contact: int, order: int, shelf: str, *, to_return: bool = False) -> None:
    """Take goods off a hold shelf: to their own shelf, so that the order can be packed; nothing where there is none.

    :param to_return: to the return shelf instead, with a row of the pull list each: the order is cancelled.
    """
    if not shelf:
        return
    lying = storage.lying_on(tx, order, hold_place(shelf))
    moves = [
        Move(product, lot, hold_place(shelf), RETURN_SHELF if to_return else shelf_place(home), pieces)
        for product, _, home, lot, pieces in lying
    ]
    packing_storage.book(tx, act, order, moves)
    if to_return:
        rows = [
            NewPull(order, "goods", sku, "pull.cancelled", quantity=pieces, product=product, lot=lot, shelf=home)
            for product, sku, home, lot, pieces in lying
        ]
        pulls_storage.add(tx, act, rows)
    else:
        _promise(tx, order, {product: pieces for product, _, _, _, pieces in lying})
    storage.put_shelf(tx, contact, "")


def _promise(tx: Transaction, order: int, pieces: dict[int, int]) -> None:
    """Promise goods that came back to their shelf to the order they were taken for."""
    for each in storage.shelvable(tx, order):
        room = min(each.pieces - max(each.reserved, 0), pieces.get(each.product, 0))
        if room > 0:
            storage.move_reserved(tx, each.line, room)
            pieces[each.product] -= room
