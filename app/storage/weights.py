"""What is known of weights: product files, the list of cartons, and what the scale has taught."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from app.domain.weights import KnownWeight
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import alikes, cartons, extras, product_weights, products, stations

__all__ = ["Heavy", "alike_goods", "all_cartons", "keep", "of_products", "put_scale", "shown_extras"]


@dataclass(frozen=True, slots=True)
class Heavy:
    """What is known of the weight of one product."""

    product: int
    name: str
    told_g: int | None
    """What the product file says."""
    learned: KnownWeight | None
    """What the scale has taught."""


_COLUMNS = (
    products.c.id,
    products.c.name,
    products.c.weight_g,
    product_weights.c.count,
    product_weights.c.mean_mg,
    product_weights.c.sd_mg,
    product_weights.c.doubt_mg,
)
_JOINED = products.outerjoin(product_weights, product_weights.c.product_id == products.c.id)


def _heavy(row: Sequence[Any]) -> Heavy:
    learned = KnownWeight(row[4], row[5], row[3], row[6]) if row[3] is not None else None
    return Heavy(row[0], row[1], row[2], learned)


def of_products(tx: Transaction, ids: Collection[int]) -> dict[int, Heavy]:
    """Return what is known of the weights of products, by id."""
    query = select(*_COLUMNS).select_from(_JOINED).where(products.c.id.in_(sorted(ids)))
    return {row[0]: _heavy(row) for row in tx.connection.execute(query)} if ids else {}


def alike_goods(tx: Transaction, ids: Collection[int]) -> list[tuple[int, Heavy]]:
    """Return the goods that look like these, each with the product that it looks like."""
    query = (
        select(alikes.c.product_id, *_COLUMNS)
        .select_from(_JOINED.join(alikes, alikes.c.other_id == products.c.id))
        .where(alikes.c.product_id.in_(sorted(ids)), alikes.c.decided != "no")
        .order_by(alikes.c.product_id, products.c.id)
    )
    return [(row[0], _heavy(row[1:])) for row in tx.connection.execute(query)] if ids else []


def all_cartons(tx: Transaction) -> dict[str, tuple[str, int]]:
    """Return name and own weight (g) of every carton, by code."""
    query = select(cartons.c.code, cartons.c.name, cartons.c.tare_g)
    return {row[0]: (row[1], row[2]) for row in tx.connection.execute(query)}


def shown_extras(tx: Transaction, order: int) -> list[tuple[str, int | None, str, int]]:
    """Return what is put in without a scan, such as cushioning: kind, product, name and pieces."""
    query = select(extras.c.kind, extras.c.product_id, extras.c.name, extras.c.wanted).where(
        extras.c.order_id == order, extras.c.shown == literal_column("1")
    )
    return [(row[0], row[1], row[2], row[3]) for row in tx.connection.execute(query)]


def keep(tx: Transaction, learned: Mapping[int, KnownWeight]) -> None:
    """Keep what a weighing has taught, by product; rows in one order, so that two stations never wait crosswise."""
    if not learned:
        return
    made = insert_or_change(product_weights).values(
        [
            {
                "product_id": product,
                "count": known.count,
                "mean_mg": known.mean_mg,
                "sd_mg": known.sd_mg,
                "doubt_mg": known.doubt_mg,
                "at": tx.now,
            }
            for product, known in sorted(learned.items())
        ]
    )
    kept = ("count", "mean_mg", "sd_mg", "doubt_mg", "at")
    tx.connection.execute(
        made.on_conflict_do_update(
            index_elements=["product_id"], set_={name: getattr(made.excluded, name) for name in kept}
        )
    )


_SCALE = Prepared(update(stations).where(stations.c.name == bindparam("name_")).values(scale=bindparam("scale")))


def put_scale(tx: Transaction, station: str, state: str) -> None:
    """Say whether a scale stands at a station: ``ok``, ``fault``, or empty for none."""
    tx.run(_SCALE, name_=station, scale=state)
