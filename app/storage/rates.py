"""The price list of the house as rows: prices, zones, extras, islands; and what shipping was expected to cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, delete, func, insert, literal_column, or_, select
from sqlalchemy.sql.schema import Table

from app.domain.rates import ANYWHERE, Extra, Island, Rate, RateBook, Zone
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import islands, orders, rate_extras, rate_zones, rates

__all__ = [
    "OrderRate",
    "Shared",
    "Sum",
    "all_rates",
    "book",
    "choice_of",
    "every_island",
    "extras",
    "is_empty",
    "order_rate",
    "put_extras",
    "put_islands",
    "put_rates",
    "put_zones",
    "remove_extras",
    "remove_islands",
    "remove_rates",
    "remove_zones",
    "shared",
    "sums",
    "zones",
]

_MOST = 400
"""Ids in one IN list."""
_RATE = (
    rates.c.carrier,
    rates.c.service,
    rates.c.size,
    rates.c.origin,
    rates.c.zone,
    rates.c.valid_from,
    rates.c.price,
)
_EXTRA = (
    *(rate_extras.c.carrier, rate_extras.c.service, rate_extras.c.kind, rate_extras.c.size, rate_extras.c.up_to),
    *(rate_extras.c.valid_from, rate_extras.c.price),
)
_FROM = Prepared(
    select(*_RATE).where(
        or_(
            rates.c.origin == bindparam("origin_", type_=String),
            rates.c.origin == literal_column(f"'{ANYWHERE}'"),
            rates.c.origin.in_(
                select(rate_zones.c.zone).where(
                    rate_zones.c.prefecture == bindparam("origin_", type_=String),
                    rate_zones.c.carrier == rates.c.carrier,
                )
            ),
        )
    )
)
_ALL = Prepared(
    select(*_RATE).order_by(
        *(rates.c.carrier, rates.c.service, rates.c.size, rates.c.origin, rates.c.zone, rates.c.valid_from)
    )
)
_ANY = Prepared(select(rates.c.carrier).limit(literal_column("1")))
_ZONES = Prepared(
    select(rate_zones.c.carrier, rate_zones.c.prefecture, rate_zones.c.zone).order_by(rate_zones.c.carrier)
)
_EXTRAS = Prepared(select(*_EXTRA).order_by(*_EXTRA[:6]))
_ISLANDS = Prepared(
    select(islands.c.carrier, islands.c.postcode, islands.c.name).order_by(islands.c.carrier, islands.c.postcode)
)
_CHOICE = Prepared(select(orders.c.choice).where(orders.c.id == bindparam("order_")))
_RATE_OF = Prepared(
    select(orders.c.number, orders.c.state, orders.c.carrier, orders.c.service, orders.c.service_by, orders.c.rate,
           orders.c.choice, orders.c.lead_id, orders.c.shop_id).where(orders.c.id == bindparam("order_"))
)  # fmt: skip


# --- reading ------------------------------------------------------------------------------------------------------


def book(tx: Transaction, origin: str) -> RateBook:
    """Return what parcels from one prefecture cost; without prices where the list has none."""
    found = [Rate(*row) for row in tx.rows(_FROM, origin_=origin)]
    if not found:
        return RateBook()
    return RateBook(found, zones(tx), extras(tx), every_island(tx))


def is_empty(tx: Transaction) -> bool:
    """Whether there is no price at all."""
    return tx.one(_ANY) is None


def all_rates(tx: Transaction) -> list[Rate]:
    """Return the whole price list."""
    return [Rate(*row) for row in tx.rows(_ALL)]


def zones(tx: Transaction) -> list[Zone]:
    """Return which zone each prefecture is in, by carrier."""
    return [Zone(*row) for row in tx.rows(_ZONES)]


def extras(tx: Transaction) -> list[Extra]:
    """Return every extra."""
    return [Extra(*row) for row in tx.rows(_EXTRAS)]


def every_island(tx: Transaction) -> list[Island]:
    """Return the first digits of the postcodes of islands."""
    return [Island(*row) for row in tx.rows(_ISLANDS)]


# --- writing ------------------------------------------------------------------------------------------------------


def _upsert(table: Table, key: Sequence[str], values: Sequence[str]) -> Callable[[Transaction, list[Any]], None]:
    """Return what keeps rows of a table: the row of a key is dropped and made anew."""
    drop = Prepared(
        delete(table).where(*(table.c[name] == bindparam(f"{name}_", type_=table.c[name].type) for name in key))
    )
    add = Prepared(insert(table).values({name: bindparam(name) for name in (*key, *values)}))

    def put(tx: Transaction, rows: list[Any]) -> None:
        tx.many(drop, [{f"{name}_": getattr(row, name) for name in key} for row in rows])
        tx.many(add, [{name: getattr(row, name) for name in (*key, *values)} for row in rows])

    return put


_PUT_RATES = _upsert(rates, ("carrier", "service", "size", "origin", "zone", "valid_from"), ("price",))
_PUT_EXTRAS = _upsert(rate_extras, ("carrier", "service", "kind", "size", "up_to", "valid_from"), ("price",))
_EXTRA_KEY = ("carrier", "service", "kind", "size", "up_to", "valid_from")
_DROP_EXTRA = Prepared(
    delete(rate_extras).where(
        *(rate_extras.c[name] == bindparam(f"{name}_", type_=rate_extras.c[name].type) for name in _EXTRA_KEY)
    )
)
_DROP_ZONE = Prepared(
    delete(rate_zones).where(
        rate_zones.c.carrier == bindparam("carrier_", type_=String),
        rate_zones.c.prefecture == bindparam("prefecture_", type_=String),
    )
)
_DROP_ISLAND = Prepared(
    delete(islands).where(
        islands.c.carrier == bindparam("carrier_", type_=String),
        islands.c.postcode == bindparam("postcode_", type_=String),
    )
)
_DROP_RATES = Prepared(
    delete(rates).where(
        rates.c.carrier == bindparam("carrier_", type_=String), rates.c.service == bindparam("service_", type_=String),
        rates.c.valid_from == bindparam("from_", type_=String),
    )
)  # fmt: skip
_PUT_ZONES = _upsert(rate_zones, ("carrier", "prefecture"), ("zone",))
_PUT_ISLANDS = _upsert(islands, ("carrier", "postcode"), ("name",))


def put_rates(tx: Transaction, rows: Iterable[Rate]) -> None:
    """Keep prices, new or changed; others stay."""
    _PUT_RATES(tx, list(rows))


def remove_rates(tx: Transaction, carrier: str, service: str, valid_from: str) -> int:
    """Take the prices of a service from one first day away; return how many there were."""
    return tx.run(_DROP_RATES, carrier_=carrier, service_=service, from_=valid_from)


def put_extras(tx: Transaction, rows: Iterable[Extra]) -> None:
    """Keep extras, new or changed; others stay."""
    _PUT_EXTRAS(tx, list(rows))


def remove_extras(tx: Transaction, rows: Iterable[Extra]) -> None:
    """Take extras away."""
    tx.many(_DROP_EXTRA, [{f"{name}_": getattr(row, name) for name in _EXTRA_KEY} for row in rows])


def put_zones(tx: Transaction, rows: Iterable[Zone]) -> None:
    """Keep zones, new or changed; others stay."""
    _PUT_ZONES(tx, list(rows))


def remove_zones(tx: Transaction, rows: Iterable[Zone]) -> None:
    """Take zones away."""
    tx.many(_DROP_ZONE, [{"carrier_": row.carrier, "prefecture_": row.prefecture} for row in rows])


def put_islands(tx: Transaction, rows: Iterable[Island]) -> None:
    """Keep islands, new or changed; others stay."""
    _PUT_ISLANDS(tx, list(rows))


def remove_islands(tx: Transaction, rows: Iterable[Island]) -> None:
    """Take islands away."""
    tx.many(_DROP_ISLAND, [{"carrier_": row.carrier, "postcode_": row.postcode} for row in rows])


# --- orders -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shared:
    """An order that shares a parcel with others."""

    lead: int | None
    """Order whose parcel it is; None for that order itself."""
    carrier: str
    """What the parcel goes by."""
    service: str


@dataclass(frozen=True, slots=True)
class OrderRate:
    """What sending one order is expected to cost, and why it goes that way."""

    number: str
    state: str
    carrier: str
    service: str
    service_by: str
    rate: int | None
    choice: str
    lead: int | None
    shop: int


def order_rate(tx: Transaction, order: int) -> OrderRate | None:
    """Return it; None where there is no such order."""
    row = tx.one(_RATE_OF, order_=order)
    return None if row is None else OrderRate(*row)


def choice_of(tx: Transaction, order: int) -> str:
    """Return the stored choice of an order; empty for none."""
    row = tx.one(_CHOICE, order_=order)
    return str(row[0]) if row else ""


def shared(tx: Transaction, ids: Sequence[int]) -> dict[int, Shared]:
    """Return those of some orders that share a parcel, with what it goes by."""
    found: dict[int, Shared] = {}
    lead = orders.alias("lead")
    for start in range(0, len(ids), _MOST):
        part = list(ids[start : start + _MOST])
        follows = select(orders.c.id, lead.c.id, lead.c.carrier, lead.c.service).join(
            lead, lead.c.id == orders.c.lead_id
        )
        for row in tx.connection.execute(follows.where(orders.c.id.in_(part))):
            found[row[0]] = Shared(row[1], row[2], row[3])
        leads = select(lead.c.id, lead.c.carrier, lead.c.service).where(
            lead.c.id.in_(part), lead.c.id.in_(select(orders.c.lead_id).where(orders.c.lead_id.in_(part)))
        )
        for order, carrier, service in tx.connection.execute(leads):
            found[order] = Shared(None, carrier, service)
    return found


@dataclass(frozen=True, slots=True)
class Sum:
    """What shipping of one day with one service was expected to cost."""

    day: str
    """Ship date, ``YYYY-MM-DD``."""
    carrier: str
    service: str
    orders: int
    yen: int
    unpriced: int
    """Orders of which no price is known."""


def sums(tx: Transaction, first: str, last: str) -> list[Sum]:
    """Return what shipping was expected to cost by ship date and service; merged orders count as one parcel.

    :param first: first day, ``YYYY-MM-DD``; *last* the last one.
    """
    query = (
        select(
            orders.c.ship_date,
            orders.c.carrier,
            orders.c.service,
            func.count(),
            func.sum(func.coalesce(orders.c.rate, 0)),
            func.count() - func.count(orders.c.rate),
        )
        .where(
            orders.c.ship_date.between(first, last),
            orders.c.carrier != "",
            orders.c.lead_id.is_(None),
            orders.c.state.in_(("released", "picked", "verified", "shipped", "reported", "acknowledged")),
        )
        .group_by(orders.c.ship_date, orders.c.carrier, orders.c.service)
        .order_by(orders.c.ship_date, orders.c.carrier, orders.c.service)
    )
    return [Sum(row[0], row[1], row[2], row[3], int(row[4] or 0), row[5]) for row in tx.connection.execute(query)]
