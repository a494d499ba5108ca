"""What the bench shows of a parcel beside its lines, read apart from the scans: boxes, what goes in with the goods."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, literal_column, or_, select

from app.domain.bench import Box
from app.storage.database import Transaction
from app.storage.tables import boxes, extras, journal, orders, parcels, products, stations, steps

__all__ = ["ExtraRow", "ParcelRow", "cold_since", "extras_of", "instructions", "parcel_of"]


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """The parcel that is or was packed for an order."""

    box: int = 1
    """The box being filled."""
    free: bool = False
    """The packer parts the goods otherwise than it was proposed."""
    boxes: tuple[Box, ...] = ()
    """Boxes of which something is known."""
    scale: bool = False
    """Whether a scale that works stands where it is packed."""


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """Something that goes into the box beside what was sold."""

    id: int
    order: int
    kind: str
    """``insert``, ``sample``, ``card``, ``noshi``, ``wrap``, ``cold`` or ``material``."""
    name: str
    wanted: int
    done: int
    short: int
    shown: bool
    """It is only shown, not scanned."""
    name_en: str = ""
    picture: str = ""


def parcel_of(tx: Transaction, order: int) -> ParcelRow:
    """Return what is known of the last parcel of *order*; nothing where it was never opened."""
    query = (
        select(parcels.c.id, parcels.c.box, parcels.c.free, stations.c.scale)
        .select_from(parcels.outerjoin(stations, stations.c.name == parcels.c.station))
        .where(parcels.c.order_id == order)
        .order_by(parcels.c.id.desc())
        .limit(1)
    )
    row = tx.connection.execute(query).first()
    if row is None:
        return ParcelRow()
    of_it = (
        select(boxes.c.piece, boxes.c.carton, boxes.c.weight_g, boxes.c.why)
        .where(boxes.c.parcel_id == row[0])
        .order_by(boxes.c.piece)
    )
    known = tuple(Box(*each) for each in tx.connection.execute(of_it))
    return ParcelRow(row[1], bool(row[2]), known, row[3] == "ok")


def extras_of(tx: Transaction, order: int) -> tuple[ExtraRow, ...]:
    """Return what goes in beside the goods of *order* and of those that share its parcel, in its order."""
    query = (
        select(
            extras.c.id,
            extras.c.order_id,
            extras.c.kind,
            extras.c.name,
            extras.c.wanted,
            extras.c.done,
            extras.c.short,
            extras.c.shown,
            func.coalesce(products.c.name_en, literal_column("''")),
            func.coalesce(products.c.picture, literal_column("''")),
        )
        .select_from(
            extras.join(orders, orders.c.id == extras.c.order_id).outerjoin(
                products, products.c.id == extras.c.product_id
            )
        )
        .where(or_(orders.c.id == order, orders.c.lead_id == order))
        .order_by(extras.c.position, extras.c.id)
    )
    return tuple(ExtraRow(*row[:7], bool(row[7]), row[8], row[9]) for row in tx.connection.execute(query))


def cold_since(tx: Transaction, order: int) -> int | None:
    """Return when the first piece that belongs in the cold was scanned into the box, ms since 1970 UTC; else None."""
    query = (
        select(func.min(journal.c.at))
        .select_from(
            steps.join(products, products.c.id == steps.c.product_id).join(journal, journal.c.act == steps.c.act)
        )
        .where(
            steps.c.order_id == order,
            steps.c.kind == literal_column("'pack'"),
            steps.c.undone == literal_column("''"),
            products.c.temperature != literal_column("'ambient'"),
        )
    )
    found = tx.connection.execute(query).scalar()
    return int(found) if found is not None else None


def instructions(tx: Transaction, ids: Collection[int]) -> dict[int, str]:
    """Return the picture of how it is packed of each product that has one."""
    query = select(products.c.id, products.c.pack_picture).where(
        products.c.id.in_(ids), products.c.pack_picture != literal_column("''")
    )
    return {row[0]: row[1] for row in tx.connection.execute(query)}
