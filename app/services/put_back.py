"""Putting back 棚戻し: goods that were picked for orders which are not picked any more go back to their shelves.

In the ledger they go onto the return shelf at once, wherever they are: in a tote, in a slot of the wall, or on the cart
of a total pick. A person puts each on its shelf and scans it out of the pull list.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.stock import RETURN_SHELF, Move
from app.storage import packing as packing_storage
from app.storage import pulls as pulls_storage
from app.storage import put_back as storage
from app.storage.database import Transaction
from app.storage.pulls import NewPull

__all__ = ["put_back", "stand_down"]


def put_back(tx: Transaction, act: str, orders: Sequence[int], reason: str) -> list[int]:
    """Take back what was picked for locked *orders*, within the caller's act; return the jobs that they were in.

    Nothing of them may be in a parcel. Once their state has changed, :func:`stand_down` ends the jobs that have nothing
    left to do.

    :param reason: key of why, for the pull list.
    """
    if not orders:
        return []
    jobs = storage.jobs_of(tx, orders)
    steps = storage.put_steps(tx, orders)
    lying: dict[tuple[int, str, int, str], int] = {}
    for step in steps:
        for place, sign in ((step.source, -1), (step.target, 1)):
            if place.startswith(("picked:", "bulk:")):
                key = (step.order, place, step.product, step.lot)
                lying[key] = lying.get(key, 0) + sign * step.quantity
    of_product = {step.product: (step.sku, step.shelf) for step in steps}
    booked = storage.balances_at(tx, [place for _, place, _, _ in lying])
    listed: dict[tuple[int, int, str], int] = {}
    for (order, place, product, lot), pieces in sorted(lying.items()):
        if pieces <= 0:
            continue
        listed[order, product, lot] = listed.get((order, product, lot), 0) + pieces
        # Where stock is not tracked there is nothing in the books, and still goods in a tote.
        moved = min(pieces, booked.get((place, product, lot), 0))
        if moved:
            booked[place, product, lot] -= moved
            packing_storage.book(tx, act, order, [Move(product, lot, place, RETURN_SHELF, moved)])
    pulls_storage.add(
        tx,
        act,
        [
            NewPull(order, "goods", sku, reason, quantity=pieces, product=product, lot=lot, shelf=shelf)
            for (order, product, lot), pieces in listed.items()
            for sku, shelf in [of_product[product]]
        ],
    )
    storage.forget(tx, orders, act)
    return jobs


stand_down = storage.stand_down
