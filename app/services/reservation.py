"""Reserving stock 引当 for orders: earliest cut-off first, whole orders, beside the scans.

Only goods count that ever had stock booked in. An order that cannot be covered whole takes nothing and gets the hold
*no stock*, which names the goods and the pieces that are missing; the stock goes to the next order that it covers.
Where a person lifts that hold, or the order is in work already, it takes what is there. A scan of real goods never
asks for a reservation: what is scanned is done, and only what is neither done nor reserved is lacking.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.domain.orders import Hold, OrderState
from app.domain.stock import Cover, Demand, allocate
from app.services import acts
from app.services.desk import Desk
from app.services.settings import all_settings
from app.storage import holds
from app.storage import intake as intake_storage
from app.storage import reservation as storage
from app.storage.database import Transaction
from app.storage.reservation import Need, NoStock, Waiting

__all__ = ["Reserved", "check", "cover", "fit", "free", "free_stock", "reserve", "reserve_waiting"]

CHUNK_MS = 30
"""Time one chunk may hold the writer, milliseconds; the size of chunks follows it."""
_FIRST_CHUNK = 40
_LARGEST_CHUNK = 100
_IN_WORK = (OrderState.RELEASED, OrderState.PICKED)

check = storage.check
free_stock = storage.free_stock


@dataclass(frozen=True, slots=True)
class Reserved:
    """What reserving did, as ids of orders in queue order."""

    covered: tuple[int, ...] = ()
    """Orders whose every piece is reserved or not counted here."""
    short: tuple[int, ...] = ()
    """Orders that lack stock; those not in work have the hold *no stock* unless a person lifted it."""


def reserve(tx: Transaction, station: str, act: str, orders: Sequence[int]) -> Reserved:
    """Reserve stock for orders as an act of its own; orders that are finished or gone are passed over."""
    state = acts.begin(tx, station, act)
    if state is None:
        covered, short = acts.result_of(tx, act)
        return Reserved(tuple(covered), tuple(short))
    done = cover(tx, orders)
    result = [list(done.covered), list(done.short)]
    acts.end(tx, state, act, "reserve", {"covered": done.covered, "short": done.short}, result=result)
    return done


def free(tx: Transaction, orders: Sequence[int]) -> None:
    """Take every promise of these orders back, in the caller's act; others get it with the next reservation."""
    storage.free_lines(tx, orders)


def fit(tx: Transaction, orders: Sequence[int]) -> None:
    """Take back what lines are promised beyond what they may still get, after fewer are wanted or some are short."""
    storage.fit(tx, orders)


def cover(tx: Transaction, orders: Sequence[int]) -> Reserved:
    """Reserve stock for orders within the caller's act, earliest cut-off first."""
    heads = storage.lock_orders(tx, orders)
    storage.fit(tx, orders)
    loaded = _load(tx, heads)
    covers = allocate(loaded.demands(), storage.lock_free(tx, loaded.lacking))
    promised = {need.line: max(need.reserved, need.done) for each in loaded.needs.values() for need in each}
    storage.set_reserved(
        tx, [(line, promised[line] + pieces) for each in covers for line, pieces in sorted(each.taken)]
    )
    for head, each in zip(heads, covers, strict=True):
        _settle(tx, loaded, head, each)
    return Reserved(
        tuple(each.order for each in covers if not each.missing), tuple(each.order for each in covers if each.missing)
    )


@dataclass(frozen=True, slots=True)
class _Loaded:
    """Orders that want stock, with what decides about them."""

    heads: tuple[Waiting, ...]
    needs: dict[int, list[Need]]
    counted: set[int]
    """Products whose stock is kept here."""
    no_stock: dict[int, NoStock]

    @property
    def lacking(self) -> set[int]:
        """Products that some order lacks."""
        return {need.product for each in self.needs.values() for need in each if self._counts(need)}

    def _counts(self, need: Need) -> bool:
        return need.lacks > 0 and need.product in self.counted

    def partly(self, head: Waiting) -> bool:
        """Whether an order takes what is there."""
        hold = self.no_stock.get(head.id)
        return head.state in _IN_WORK or (hold is not None and hold.lifted)

    def demands(self) -> list[Demand]:
        """What each order lacks, in queue order."""
        return [
            Demand(
                head.id,
                tuple((n.line, n.product, n.lacks) for n in self.needs.get(head.id, ()) if self._counts(n)),
                self.partly(head),
            )
            for head in self.heads
        ]

    def wanted_detail(self, cover: Cover) -> str | None:
        """The detail of the hold that an order should have; None for no hold."""
        if not cover.missing:
            return None
        skus = {need.product: need.sku for need in self.needs[cover.order]}
        return ", ".join(f"{skus[product]} ×{pieces}" for product, pieces in cover.missing)


def _load(tx: Transaction, heads: Sequence[Waiting]) -> _Loaded:
    ids = [head.id for head in heads]
    needs = storage.needs_of(tx, ids)
    lacking = {need.product for each in needs.values() for need in each if need.lacks}
    tracked = all_settings(tx)["stock.tracked"] == "on"
    counted = storage.booked_in(tx, lacking) if tracked and lacking else set()
    return _Loaded(tuple(heads), needs, counted, storage.no_stock_of(tx, ids))


def _settle(tx: Transaction, loaded: _Loaded, head: Waiting, cover: Cover) -> None:
    """Set or clear the hold *no stock* as the cover demands."""
    stands = loaded.no_stock.get(cover.order)
    detail = loaded.wanted_detail(cover)
    if detail is None:
        if stands is None:
            return
        storage.clear_no_stock(tx, cover.order)
        intake_storage.count_held(tx, cover.order)
    else:
        if loaded.partly(head) or (stands is not None and stands.detail == detail):
            return
        holds.add_hold(tx, cover.order, Hold.NO_STOCK, detail)
    holds.settle(tx, cover.order)


# --- everything that waits ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a reservation of everything will change."""

    touched: tuple[int, ...]
    """Orders to look at under locks, in queue order."""
    short: tuple[int, ...]
    """Orders that lack stock and are held for it rightly already."""


def reserve_waiting(desk: Desk, progress: Callable[[int, int], None] | None = None) -> Reserved:
    """Reserve stock for every order that lacks it, in short chunks beside the scans; runs on a worker thread.

    Run it after orders came in or changed, after stock was booked in, and after an order gave its stock back.

    :param progress: called with orders done and orders in all.
    """
    plan: _Plan = desk.read(_plan).result()
    covered: list[int] = []
    short = list(plan.short)
    size, at = desk.first_size(_FIRST_CHUNK), 0
    while at < len(plan.touched):
        part = plan.touched[at : at + size]
        done, took = desk.chunk(frozenset({"orders"}), _chunk, desk.station, str(uuid4()), part).result()
        covered += done.covered
        short += done.short
        at += len(part)
        size = desk.next_size(size, took, CHUNK_MS, _LARGEST_CHUNK)
        if progress is not None:
            progress(at, len(plan.touched))
    return Reserved(tuple(covered), tuple(short))


def _chunk(tx: Transaction, station: str, act: str, orders: Sequence[int]) -> tuple[Reserved, float]:
    """Reserve for some orders in one transaction; also return the milliseconds it took."""
    began = time.monotonic()
    done = reserve(tx, station, act, orders)
    return done, (time.monotonic() - began) * 1000


def _plan(tx: Transaction) -> _Plan:
    """Work out beside the writer which orders would change, so that the writer looks at those only.

    An order that lacks stock and takes nothing leaves the others' share as it is, so passing it over changes nothing.
    """
    heads, too_much = storage.waiting(tx)
    loaded = _load(tx, heads)
    covers = allocate(loaded.demands(), storage.free_stock(tx, loaded.lacking))
    touched = dict.fromkeys(too_much)
    short = []
    for head, each in zip(heads, covers, strict=True):
        stands, detail = loaded.no_stock.get(each.order), loaded.wanted_detail(each)
        said = detail == (stands.detail if stands else None) or (detail is not None and loaded.partly(head))
        if each.taken or not said:
            touched[each.order] = None
        elif detail is not None:
            short.append(each.order)
    return _Plan(tuple(touched), tuple(short))
