"""Known orders that come again: what a newer file changes about an order that is already here.

A known order that is not released is replaced when the file says something new; a released one is flagged with a
hold, so that the bench stops and a person looks. Cancelled orders are kept as cancelled, so that an older file cannot
bring them back to life.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.orders import Hold, IncomingOrder, OrderState
from app.services.orders import settle_holds
from app.storage import holds, order_life
from app.storage import intake as storage
from app.storage.database import Transaction
from app.storage.intake import Existing

__all__ = ["Coming", "Outcome", "Rows", "again"]

_OPEN = ("received", "ready")
_IN_WORK = ("released", "picked", "verified")


@dataclass(frozen=True, slots=True)
class Rows:
    """What intake would write for an order, made only where it is needed."""

    holds: Callable[[], tuple[Hold, ...]]
    """Holds that the content itself asks for."""
    head: Callable[[Sequence[Hold]], dict[str, Any]]
    """Columns of the order's head with these holds standing."""
    lines: Callable[[], list[tuple[Any, ...]]]
    """Rows of its lines, as :data:`app.storage.intake.LINE_COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A known order as a file has it now."""

    station: str
    act: str
    """The act that takes the file in; changes are part of it."""
    order: IncomingOrder
    digest: str
    rows: Rows
    dry: bool = False
    """Say what would happen and change nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a known order came to."""

    counted: tuple[str, ...]
    """Names of the import's counts that go up by one."""
    told: tuple[str, ...] = ()
    """Keys of what the report says of it."""
    lines: int = 0
    """Lines that were written anew."""


def again(tx: Transaction, coming: Coming, there: Existing) -> Outcome:
    """Bring a known order in line with what a file says of it now."""
    if coming.order.cancelled:
        return _cancel_again(tx, coming, there)
    if there.digest == coming.digest:
        return Outcome(("same", "held") if there.held else ("same",))
    if there.state in _OPEN:
        return _replace(tx, coming, there)
    if there.state in _IN_WORK:
        return _flag(tx, coming, there, Hold.CHANGED, coming.digest, "order.changed_released")
    if there.state == "cancelled":
        return Outcome(("same", "flagged"), ("order.was_cancelled",))
    return Outcome(("same",))


def _cancel_again(tx: Transaction, coming: Coming, there: Existing) -> Outcome:
    if there.state == "cancelled":
        return Outcome(("same",))
    if there.state in _OPEN:
        if not coming.dry:
            order_life.set_state(tx, there.id, OrderState.CANCELLED)
        return Outcome(("cancelled",))
    if there.state in _IN_WORK:
        return _flag(tx, coming, there, Hold.CANCEL_REQUESTED, "", "order.cancel_released")
    return Outcome(("same", "flagged"), ("order.cancel_shipped",))


def _flag(tx: Transaction, coming: Coming, there: Existing, hold: Hold, digest: str, key: str) -> Outcome:
    """A released order is not changed behind the packer's back: it is held and a person decides."""
    if any(row.hold == hold and row.detail == digest for row in holds.holds_of(tx, there.id)):
        return Outcome(("same", "held") if there.held else ("same",))
    if not coming.dry:
        holds.add_hold(tx, there.id, hold, digest)
        settle_holds(tx, there.id)
    return Outcome(("changed", "flagged", "held"), (key,))


def _replace(tx: Transaction, coming: Coming, there: Existing) -> Outcome:
    standing = coming.rows.holds()
    outcome = Outcome(("changed", "held") if standing else ("changed",), lines=len(coming.order.lines))
    if coming.dry:
        return outcome
    head = coming.rows.head(standing)
    for kept in ("id", "shop_id", "number", "ship_to_key", "version", "received_at", "holder", "lease_until"):
        del head[kept]
    storage.replace_order(tx, there.id, head)
    storage.insert_rows(tx, "lines", coming.rows.lines())
    storage.insert_rows(tx, "holds", [(there.id, str(hold), "", tx.now, None) for hold in standing])
    storage.count_held(tx, there.id)
    settle_holds(tx, there.id)
    return outcome
