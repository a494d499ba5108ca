"""Orders that are here already, read again when the product master knows more: codes, option texts, sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.products import sku_fold
from app.domain.sets import Goods, read_again
from app.storage import holds
from app.storage import sets as storage
from app.storage.database import Transaction

__all__ = ["free_waiting", "reread"]


def free_waiting(tx: Transaction, skus: Iterable[str]) -> list[int]:
    """Tie waiting lines to products that became known, and let orders go that waited for nothing else.

    :param skus: codes that are known now, in whatever case: SKUs, and shops' codes with option texts.
    :return: orders whose lines changed.
    """
    return reread(tx, storage.waiting_for(tx, map(sku_fold, skus)))


def reread(tx: Transaction, orders: Sequence[int]) -> list[int]:
    """Read the lines of orders again, in the caller's act; return those that came out otherwise.

    Of a released order only lines are read that nobody could scan so far; what is done or short stays as it is.
    """
    found = storage.load_open(tx, orders)
    codes = [line.sku for order in found for line in order.sold]
    codes += [line.goods.sku for order in found for line in order.lines]
    master = storage.master_of(tx, codes)
    changed = []
    for order in found:
        made, sold = read_again(order.lines, order.sold, master, whole=order.whole)
        if storage.rewrite(tx, order, made, Goods((), sold).sold_as_data()):
            changed.append(order.id)
    for order_id in holds.recheck_unknown(tx, changed):
        holds.settle(tx, order_id)
    return changed
