"""Waybills 送り状: requested for a version of an order, exported to the carrier's software, numbered, attached, void.

A waybill scan at the bench verifies and never assigns: a number belongs to one version of one order because it came
back with that version's customer key, or because somebody with the right wrote it in.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.orders import WAYBILL_LIFE, ShipNumber, WaybillEvent, WaybillState
from app.domain.shipping import CustomerKey
from app.errors import NotAllowed
from app.services.settings import all_settings
from app.storage import waybills as storage
from app.storage.database import Transaction
from app.storage.waybills import NewWaybill, OrderHead, WaybillRow, current, of_order

__all__ = [
    "Voided",
    "WaybillRow",
    "attach",
    "current",
    "detach",
    "is_required",
    "of_order",
    "request_for",
    "void_for",
]


@dataclass(frozen=True, slots=True)
class Voided:
    """A waybill that was voided."""

    id: int
    number: str
    """Its tracking number; empty where the carrier had given none."""
    key: str
    """Its customer key."""
    carrier: str
    state_before: str
    piece: int


def is_required(settings: dict[str, str], carrier: str) -> bool:
    """Whether an order of a shop with these settings needs a waybill; without a carrier there is none."""
    return bool(carrier) and settings["waybill.required"] != "off"


def request_for(tx: Transaction, order: int) -> list[int]:
    """Request the waybills of an order's current version, one a piece; return their ids.

    Nothing is requested for an order that is not released, has no carrier, shares another order's parcel, or whose
    shop needs no waybill. Each further request for the same version has a key of its own (``12-034-1-2``).
    """
    found = storage.heads(tx, [order], with_followers=True)
    head = found.get(order)
    if head is None or head.lead is not None:
        return []
    if not is_required(all_settings(tx, head.shop_id), head.carrier):
        return []
    issue = storage.last_issue(tx, order, head.version) + 1
    return storage.add(tx, new_waybills(head, issue, [each for each in found.values() if each.lead == order]))


def new_waybills(head: OrderHead, issue: int, followers: list[OrderHead]) -> list[NewWaybill]:
    """Return the waybills to request for a released order, one a piece; none before its release.

    What a merge collects in cash is the sum over its orders.
    """
    if head.batch is None or head.sequence is None:
        return []
    key = str(CustomerKey(ShipNumber(head.batch, head.sequence, head.version), issue))
    cod = head.cod + sum(each.cod for each in followers)
    pieces = max(1, head.parcel_count)
    return [
        NewWaybill(
            order=head.id,
            batch=head.batch,
            sequence=head.sequence,
            version=head.version,
            issue=issue,
            key=key,
            piece=piece,
            pieces=pieces,
            carrier=head.carrier,
            service=head.service,
            cod=cod,
        )
        for piece in range(1, pieces + 1)
    ]


def void_for(tx: Transaction, order: int, reason: str) -> list[Voided]:
    """Void every waybill of an order that has not left the house; return what was voided.

    Those that were exported or numbered may be on paper already: whoever calls puts them on the pull list.

    :param reason: key or words of why, kept with each.
    """
    living = [row for row in storage.current(tx, order) if _after(row, WaybillEvent.VOID) is not None]
    storage.void_many(tx, [row.id for row in living], reason)
    return [Voided(row.id, row.number, row.key, row.carrier, row.state, row.piece) for row in living]


def attach(tx: Transaction, waybill: int, parcel: int) -> None:
    """Tie a waybill to the parcel that it was scanned for.

    :raises NotAllowed: it is not *numbered* (any more).
    """
    if not storage.attach(tx, waybill, parcel):
        raise _cannot(tx, waybill, "waybill.cannot_attach")


def detach(tx: Transaction, waybill: int) -> None:
    """Take a waybill off its parcel again; it stays numbered.

    :raises NotAllowed: it is not *attached* (any more).
    """
    if not storage.detach(tx, waybill):
        raise _cannot(tx, waybill, "waybill.cannot_detach")


def _after(row: WaybillRow, event: WaybillEvent) -> WaybillState | None:
    return WAYBILL_LIFE.get((WaybillState(row.state), event))


def _cannot(tx: Transaction, waybill: int, key: str) -> NotAllowed:
    row = storage.by_ids(tx, [waybill]).get(waybill)
    return NotAllowed(key, waybill=row.key if row else "?", why=f"waybill.state.{row.state if row else 'void'}")
