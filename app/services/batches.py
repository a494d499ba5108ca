"""The batch view: what became of every release call, carrier by carrier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.orders import ShipNumber
from app.domain.shipping import Fault
from app.errors import NotFound
from app.services.waybills import reason_faults
from app.storage import release as storage
from app.storage import waybills as waybill_storage
from app.storage.database import Transaction
from app.storage.release import BatchRow
from app.storage.waybills import ExportRow

__all__ = ["Batch", "CarrierPart", "Left", "batch", "batches"]


@dataclass(slots=True)
class CarrierPart:
    """One carrier's part of a batch; empty for orders without a carrier. Void waybills are not counted."""

    carrier: str
    orders: int = 0
    """Orders that were not taken back."""
    done: int = 0
    """Of them, verified or further."""
    waybills: int = 0
    """Waybills, one a piece."""
    requested: int = 0
    """Not in a carrier's file yet."""
    exported: int = 0
    """In a carrier's file, now or earlier."""
    accepted: int = 0
    """Taken by the carrier: answered without a number, or with one."""
    rejected: int = 0
    numbered: int = 0
    """With a number, on a parcel or not yet."""
    missing: int = 0
    """In a carrier's file, and nothing came back."""
    attached: int = 0
    """On a parcel, or handed over with it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One release call."""

    number: int
    at: int
    """When, milliseconds since 1970 UTC."""
    station: str
    orders: int
    """Orders that were not taken back."""
    size: int
    """Orders released in it, those taken back since included."""
    parts: tuple[CarrierPart, ...]
    left: tuple[Left, ...] = ()
    """Waybills that need somebody: rejected or not come back; only where one batch was asked for."""
    exports: tuple[ExportRow, ...] = ()
    """Its carrier files; only where one batch was asked for."""


@dataclass(frozen=True, slots=True)
class Left:
    """One waybill that needs somebody."""

    ship_number: str
    number: str
    """The shop's order number."""
    key: str
    carrier: str
    state: str
    """``requested``, ``exported``, ``accepted`` or ``rejected``."""
    reason: str
    """The carrier's own words; empty where :attr:`faults` say it."""
    faults: tuple[Fault, ...] = field(default=())


def batches(tx: Transaction, limit: int | None = 50) -> list[Batch]:
    """Return the newest batches, newest first."""
    rows = storage.batch_rows(tx, limit=limit)
    return _counted(tx, rows)


def batch(tx: Transaction, number: int) -> Batch:
    """Return one batch with what is left to do in it.

    :raises NotFound: there is none of this number.
    """
    rows = storage.batch_rows(tx, number=number)
    if not rows:
        raise NotFound("batch.not_found", batch=number)
    (found,) = _counted(tx, rows)
    left = [row for row in waybill_storage.of_batch(tx, number) if row.state in _UNFINISHED]
    numbers = waybill_storage.order_numbers(tx, list(dict.fromkeys(row.order for row in left)))
    listed = []
    for row in left:
        faults = reason_faults(row.reason)
        ship = str(ShipNumber(row.batch, row.sequence))
        reason = "" if faults else row.reason
        listed.append(Left(ship, numbers[row.order], row.key, row.carrier, row.state, reason, faults))
    files = tuple(waybill_storage.exports_of(tx, number))
    return Batch(found.number, found.at, found.station, found.orders, found.size, found.parts, tuple(listed), files)


_UNFINISHED = ("requested", "exported", "accepted", "rejected")
_DONE = ("verified", "shipped", "reported", "acknowledged", "returned")


def _counted(tx: Transaction, rows: Sequence[BatchRow]) -> list[Batch]:
    if not rows:
        return []
    numbers = [row.number for row in rows]
    parts: dict[int, dict[str, CarrierPart]] = {number: {} for number in numbers}
    for number, carrier, state, count in storage.order_counts(tx, min(numbers), max(numbers)):
        if number in parts:
            part = parts[number].setdefault(carrier, CarrierPart(carrier))
            part.orders += count
            part.done += count * (state in _DONE)
    for number, carrier, state, count, in_file in storage.waybill_counts(tx, min(numbers), max(numbers)):
        if number in parts and state != "void":
            _count(parts[number].setdefault(carrier, CarrierPart(carrier)), state, count, in_file)
    return [
        Batch(
            row.number,
            row.at,
            row.station,
            sum(part.orders for part in parts[row.number].values()),
            row.size,
            tuple(parts[row.number][carrier] for carrier in sorted(parts[row.number], key=lambda c: (not c, c))),
        )
        for row in rows
    ]


def _count(part: CarrierPart, state: str, count: int, in_file: int) -> None:
    part.waybills += count
    part.exported += in_file
    if state == "requested":
        part.requested += count
    elif state == "rejected":
        part.rejected += count
    elif state == "exported":
        part.missing += count
    elif state == "accepted":
        part.accepted += count
        part.missing += count
    else:
        part.accepted += count
        part.numbered += count
        part.attached += count * (state in ("attached", "handed_over"))
