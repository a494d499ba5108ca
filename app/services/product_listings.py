"""Listings 出品: one product, many shops, each with its own code, title and price.

An order of a shop finds its product by the shop's listing first. When a listing comes, goes or moves, the shop's
orders that name its code are read again: some in the act itself, the rest by :func:`follow`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.intake import read_money
from app.domain.listings import Listing, ListingDraft, Wrong, draft_wrongs
from app.domain.people import Right
from app.domain.products import sku_fold
from app.errors import NotAllowed, NotFound
from app.services import acts, gate, reservation, sets
from app.services.desk import Desk, new_act
from app.storage import listings as storage
from app.storage import products as products_storage
from app.storage import reports as reports_storage
from app.storage.database import Transaction

__all__ = [
    "TOPICS",
    "Listing",
    "ListingDraft",
    "Wrong",
    "drop",
    "follow",
    "listings_of",
    "page",
    "put",
    "put_and_follow",
    "reread_codes",
    "reread_in_chunks",
    "shop_named",
    "tidy",
    "wrongs",
]

TOPICS = frozenset({"products", "orders"})
"""What an act on listings changes."""
AT_ONCE = 40
"""Orders that are read again within the act; more of them go in chunks, so that scans pass."""


# --- looking ------------------------------------------------------------------------------------------------------


def listings_of(tx: Transaction, product: int) -> list[Listing]:
    """Return the listings of a product, by shop and code."""
    return storage.of_product(tx, product)


def page(
    tx: Transaction, *, shop: int = 0, text: str = "", errors: bool = False, after: int = 0, limit: int | None = None
) -> list[Listing]:
    """Return listings in the order in which they were entered.

    :param shop: 0 for those of every shop.
    :param text: part of the shop's code, of the title or of the SKU.
    :param errors: only those that the shop refused.
    :param after: only those with a greater id.
    """
    return storage.of_shop(tx, shop, text=text, errors=errors, after=after, limit=limit)


def shop_named(tx: Transaction, name: str) -> int:
    """Return the id of the shop with this name, in any case.

    :raises NotFound: there is none, or several channels have a shop of this name (``listing.no_shop``).
    """
    found = storage.shops_named(tx, name.strip())
    if len(found) != 1:
        raise NotFound("listing.several_shops" if found else "listing.no_shop", name=name[:80])
    return found[0]


def wrongs(tx: Transaction, product: int, shop: int, draft: ListingDraft, listing: int = 0) -> tuple[Wrong, ...]:
    """Return what is wrong with a listing, all at once.

    :param listing: the one that is changed; 0 for a new one.
    """
    found = list(draft_wrongs(draft))
    price = read_money(draft.price)
    if price is None or price.startswith("-"):
        found.append(Wrong("price", "listing.bad_price", (("value", draft.price[:40]),)))
    if draft.code.strip():
        there = storage.named(tx, shop, [draft.code]).get(sku_fold(draft.code.strip()))
        if there is not None and there.id != listing and there.product != product:
            args = (("code", draft.code), ("shop", there.shop_name), ("sku", there.sku))
            found.append(Wrong("code", "listing.code_taken", args))
        other = products_storage.by_skus(tx, [draft.code.strip()]).get(draft.code.strip())
        if other is not None and other[0] != product:
            found.append(Wrong("code", "listing.is_other_sku", (("code", draft.code), ("sku", other[1])), stops=False))
    return tuple(found)


def tidy(draft: ListingDraft) -> ListingDraft:
    """Return a listing without stray spaces, its price as plain decimal text where it is one."""
    price = read_money(draft.price)
    extra = {name.strip(): value.strip() for name, value in draft.extra.items() if name.strip() and value.strip()}
    return replace(
        draft,
        code=draft.code.strip(),
        title=draft.title.strip(),
        price=draft.price if price is None else price,
        extra=extra,
    )


# --- changing -----------------------------------------------------------------------------------------------------


def put(
    tx: Transaction,
    station: str,
    act: str,
    product: int,
    shop: int,
    draft: ListingDraft,
    *,
    listing: int = 0,
    move: bool = False,
) -> int:
    """Enter a listing, or change one; return its id. Some orders that name its code are read again in this act.

    A code that the shop has already is changed where it is the same product's.

    :param listing: the one that is changed, whose code may change too; 0 finds it by its code.
    :param move: a code that is another product's moves to this one.
    :raises NotAllowed: something cannot be right, or the person may not.
    :raises NotFound: there is no such product, shop or listing.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.IMPORT)
    draft = tidy(draft)
    row = products_storage.show(tx, product)
    if row is None:
        raise NotFound("product_edit.not_found", product=product)
    if reports_storage.shop_of(tx, shop) is None:
        raise NotFound("listing.no_shop", name=shop)
    for wrong in wrongs(tx, product, shop, draft, listing):
        if wrong.stops and not (move and wrong.key == "listing.code_taken"):
            raise NotAllowed(wrong.key, **dict(wrong.args))
    there = storage.named(tx, shop, [draft.code]).get(sku_fold(draft.code))
    before = storage.one(tx, listing) if listing else there
    if listing and (before is None or before.shop != shop):
        raise NotFound("listing.not_found", listing=listing)
    if there is not None and before is not None and there.id != before.id:
        storage.drop(tx, there.id)  # its code goes to the one that is changed
    identity = before.id if before is not None else storage.make(tx, shop, product, draft)
    folds = {sku_fold(draft.code)}
    if before is not None:
        storage.change(tx, identity, product, draft)
        folds = folds | {sku_fold(before.code)}
    if before is None or before.product != product or sku_fold(before.code) != sku_fold(draft.code):
        reread_codes(tx, act, shop, folds)
    facts = {"listing": identity, "shop": shop, "code": draft.code, "sku": row.sku, "new": before is None}
    acts.end(tx, state, act, "listing", facts, result=identity)
    return identity


def drop(tx: Transaction, station: str, act: str, listing: int) -> None:
    """Take a listing away; orders that were known by it alone wait again for their product.

    :raises NotFound: there is no such listing.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.IMPORT)
    there = storage.one(tx, listing)
    if there is None:
        raise NotFound("listing.not_found", listing=listing)
    storage.drop(tx, listing)
    reread_codes(tx, act, there.shop, {sku_fold(there.code)})
    acts.end(tx, state, act, "listing", {"listing": listing, "shop": there.shop, "code": there.code, "gone": True})


def reread_codes(
    tx: Transaction, act: str, shop: int, folds: set[str], orders: Sequence[int] | None = None
) -> list[int]:
    """Read a shop's orders with these codes again, in the caller's act; return those that came out otherwise.

    :param orders: which ones; None for the first :data:`AT_ONCE` that name a code.
    """
    found = storage.open_orders(tx, shop, folds)[:AT_ONCE] if orders is None else orders
    changed = sets.reread(tx, found, folds)
    gate.rejudge(tx, act, changed)
    return changed


def follow(desk: Desk, shop: int, codes: Sequence[str]) -> int:
    """Read the rest of a shop's orders with these codes again, in chunks beside the scans, and reserve for them.

    Runs on a worker thread; may be called again. Return how many came out otherwise.
    """
    changed = reread_in_chunks(desk, shop, {sku_fold(code.strip()) for code in codes})
    reservation.reserve_waiting(desk)
    return changed


def reread_in_chunks(desk: Desk, shop: int, folds: set[str]) -> int:
    """Read a shop's orders with these codes again, in chunks beside the scans; return how many came out otherwise."""
    orders = desk.read(storage.open_orders, shop, folds).result()
    changed = 0
    for start in range(0, len(orders), AT_ONCE):
        part = orders[start : start + AT_ONCE]
        changed += desk.chunk(TOPICS, _follow, desk.station, new_act(), shop, folds, part).result()
    return changed


def _follow(tx: Transaction, station: str, act: str, shop: int, folds: set[str], orders: Sequence[int]) -> int:
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    changed = reread_codes(tx, act, shop, folds, orders)
    acts.end(tx, state, act, "reread", {"orders": changed}, result=len(changed))
    return len(changed)


def put_and_follow(
    desk: Desk, product: int, shop: int, draft: ListingDraft, *, listing: int = 0, move: bool = False
) -> int:
    """Enter or change a listing with everything that follows; runs on a worker thread. Return its id.

    :raises NotAllowed: see :func:`put`.
    """
    before = desk.read(storage.one, listing).result() if listing else None
    arguments = (desk.station, new_act(), product, shop, draft)
    identity = desk.do(TOPICS, put, *arguments, listing=listing, move=move).result()
    follow(desk, shop, [draft.code, *([before.code] if before is not None else [])])
    return identity
