"""Orders that are here already, read again when the product master knows more: codes, option texts, sets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from app.domain.orders import Hold
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


def reread(tx: Transaction, orders: Sequence[int], afresh: Collection[str] = ()) -> list[int]:
    """Read the lines of orders again, in the caller's act; return those that came out otherwise.

    Of a released order only lines are read that nobody could scan so far; what is done or short stays as it is.

    :param afresh: folded codes whose listing came, went or moved: their lines are read though they have a product.
    """
    found = storage.load_open(tx, orders)
    of_shop: dict[int, list[str]] = {}
    for order in found:
        codes = of_shop.setdefault(order.shop, [])
        codes += [line.sku for line in order.sold]
        codes += [line.goods.sku for line in order.lines]
    masters = {shop: storage.master_of(tx, codes, shop, afresh) for shop, codes in of_shop.items()}
    changed = []
    for order in found:
        made, sold = read_again(order.lines, order.sold, masters[order.shop], whole=order.whole)
        if storage.rewrite(tx, order, made, Goods((), sold).sold_as_data()):
            changed.append(order.id)
            was_known = all(line.goods.product is not None for line in order.lines)
            if was_known and any(line.product is None for _, line in made):
                holds.add_hold(tx, order.id, Hold.UNKNOWN_PRODUCT)
                holds.settle(tx, order.id)
    for order_id in holds.recheck_unknown(tx, changed):
        holds.settle(tx, order_id)
    return changed
