"""Lots ロット in the back office: enter one with its expiry, recall one, see what expires."""

from __future__ import annotations

from app.domain.bench import Details
from app.domain.lots import ledger_lot, parse_day
from app.domain.people import Right
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.storage import lots as storage
from app.storage import products
from app.storage.database import Transaction
from app.storage.lots import LotRow, page

__all__ = ["LotRow", "page", "put", "recall"]


def put(tx: Transaction, station: str, act: str, sku: str, lot: str, expiry: str) -> str:
    """Enter a lot of a product with the day until which it keeps; return the lot as it is kept.

    :param lot: empty for goods that keep only an expiry: the day is their lot.
    :param expiry: a date in any form that stands on goods; empty where the product keeps none.
    :raises NotFound: there is no such product.
    :raises NotAllowed: the date can't be read, or the product keeps no lots.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return str(acts.result_of(tx, act))
    acts.require(state, Right.IMPORT)
    product = _product(tx, sku)
    day = parse_day(expiry) if expiry else ""
    if day is None:
        raise NotAllowed("expiry.unreadable", code=expiry)
    handling = products.handling_of(tx, product)
    kept = ledger_lot(handling, Details(lot, day))
    if not kept:
        raise NotAllowed("lots.none_kept", sku=sku)
    storage.save(tx, product, kept, day)
    acts.end(tx, state, act, "lot", {"sku": sku, "lot": kept, "expiry": day}, result=kept)
    return kept


def recall(tx: Transaction, station: str, act: str, sku: str, lot: str, reason: str, *, recalled: bool = True) -> None:
    """Recall a lot 回収: no bench takes it from now on; or take the recall back.

    :raises NotFound: there is no such product, or no such lot of it.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.HOLD)
    product = _product(tx, sku)
    if recalled:
        # One that nobody booked in may still turn up on a shelf.
        known = any(row.lot == lot for row in storage.page(tx, sku=sku, limit=10_000))
        if not known:
            storage.save(tx, product, lot, "")
    if not storage.recall(tx, product, lot, recalled, reason):
        raise NotFound("lots.unknown", sku=sku, lot=lot)
    acts.end(tx, state, act, "recall", {"sku": sku, "lot": lot, "recalled": recalled, "reason": reason})


def _product(tx: Transaction, sku: str) -> int:
    found = products.by_skus(tx, [sku]).get(sku)
    if found is None:
        raise NotFound("lots.no_product", sku=sku)
    return found[0]
