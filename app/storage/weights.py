"""What is known of weights: product files, the list of cartons, and what the scale has taught."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from app.domain.weights import KnownWeight
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import alikes, carton_weights, cartons, extras, product_weights, products, stations

__all__ = [
    "Heavy",
    "HeavyCarton",
    "WeightRow",
    "alike_goods",
    "all_cartons",
    "forget",
    "keep",
    "keep_cartons",
    "of_product",
    "of_products",
    "page",
    "put_scale",
    "put_told",
    "shown_extras",
]


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


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One product of the list of weights."""

    sku: str
    name: str
    told_g: int | None
    learned: KnownWeight | None


def page(tx: Transaction, text: str, limit: int | None, *, learned: bool, unknown: bool) -> list[WeightRow]:
    """Return products by SKU with what is known of their weights.

    :param learned: only those that the scale has taught of.
    :param unknown: only those of which nobody knows the weight.
    """
    query = select(products.c.sku, *_COLUMNS[1:]).select_from(_JOINED).order_by(products.c.sku)
    if text:
        query = query.where(
            products.c.sku.icontains(text, autoescape=True) | products.c.name.icontains(text, autoescape=True)
        )
    if learned:
        query = query.where(product_weights.c.count.is_not(None))
    if unknown:
        query = query.where(product_weights.c.count.is_(None), products.c.weight_g.is_(None))
    if limit is not None:
        query = query.limit(limit)
    found = [(row[0], _heavy((0, *row[1:]))) for row in tx.connection.execute(query)]
    return [WeightRow(sku, each.name, each.told_g, each.learned) for sku, each in found]


def of_product(tx: Transaction, product: int) -> WeightRow:
    """Return one product with what is known of its weight."""
    query = select(products.c.sku, *_COLUMNS).select_from(_JOINED).where(products.c.id == product)
    row = tx.connection.execute(query).one()
    found = _heavy(row[1:])
    return WeightRow(row[0], found.name, found.told_g, found.learned)


def put_told(tx: Transaction, product: int, grams: int) -> None:
    """Write a weight into the product master."""
    tx.connection.execute(update(products).where(products.c.id == product).values(weight_g=grams))


def forget(tx: Transaction, product: int) -> None:
    """Forget what the scale has taught of a product."""
    tx.connection.execute(product_weights.delete().where(product_weights.c.product_id == product))


def alike_goods(tx: Transaction, ids: Collection[int]) -> list[tuple[int, Heavy]]:
    """Return the goods that look like these, each with the product that it looks like."""
    query = (
        select(alikes.c.product_id, *_COLUMNS)
        .select_from(_JOINED.join(alikes, alikes.c.other_id == products.c.id))
        .where(alikes.c.product_id.in_(sorted(ids)), alikes.c.decided != "no")
        .order_by(alikes.c.product_id, products.c.id)
    )
    return [(row[0], _heavy(row[1:])) for row in tx.connection.execute(query)] if ids else []


@dataclass(frozen=True, slots=True)
class HeavyCarton:
    """What is known of the weight of one carton."""

    code: str
    name: str
    told_g: int
    """What the list of cartons says; 0 for nothing."""
    learned: KnownWeight | None


def all_cartons(tx: Transaction) -> dict[str, HeavyCarton]:
    """Return what is known of the weights of all cartons, by code."""
    w = carton_weights.c
    query = select(
        cartons.c.code, cartons.c.name, cartons.c.tare_g, w.count, w.mean_mg, w.sd_mg, w.doubt_mg
    ).select_from(cartons.outerjoin(carton_weights, w.code == cartons.c.code))
    made = {}
    for row in tx.connection.execute(query):
        known: int | None = row[3]
        learned = KnownWeight(row[4], row[5], known, row[6]) if known is not None else None
        made[row[0]] = HeavyCarton(row[0], row[1], row[2], learned)
    return made


def shown_extras(tx: Transaction, orders: Collection[int]) -> list[tuple[str, int | None, str, int]]:
    """Return what is put in without a scan, such as cushioning: kind, product, name and pieces."""
    query = select(extras.c.kind, extras.c.product_id, extras.c.name, extras.c.wanted).where(
        extras.c.order_id.in_(sorted(orders)), extras.c.shown == literal_column("1")
    )
    return [(row[0], row[1], row[2], row[3]) for row in tx.connection.execute(query)]


def keep(tx: Transaction, learned: Mapping[int, KnownWeight]) -> None:
    """Keep what a weighing has taught, by product; rows in one order, so that two stations never wait crosswise."""
    _keep(tx, product_weights, "product_id", learned)


def keep_cartons(tx: Transaction, learned: Mapping[str, KnownWeight]) -> None:
    """Keep what a weighing has taught of cartons, by their code."""
    _keep(tx, carton_weights, "code", learned)


def _keep(tx: Transaction, table: Table, key: str, learned: Mapping[Any, KnownWeight]) -> None:
    if not learned:
        return
    made = insert_or_change(table).values(
        [
            {
                key: named,
                "count": known.count,
                "mean_mg": known.mean_mg,
                "sd_mg": known.sd_mg,
                "doubt_mg": known.doubt_mg,
                "at": tx.now,
            }
            for named, known in sorted(learned.items())
        ]
    )
    kept = ("count", "mean_mg", "sd_mg", "doubt_mg", "at")
    tx.connection.execute(
        made.on_conflict_do_update(index_elements=[key], set_={name: getattr(made.excluded, name) for name in kept})
    )


_SCALE = Prepared(update(stations).where(stations.c.name == bindparam("name_")).values(scale=bindparam("scale")))


def put_scale(tx: Transaction, station: str, state: str) -> None:
    """Say whether a scale stands at a station: ``ok``, ``fault``, or empty for none."""
    tx.run(_SCALE, name_=station, scale=state)
