"""What the shop has laid down about its carriers: pickups, lead times, closed days, delivery methods, accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import String, bindparam, delete, insert, select, update

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import carrier_accounts, closed_days, delivery_methods, lead_times, pickups

__all__ = [
    "HOUSE",
    "LeadTime",
    "MethodRow",
    "account",
    "accounts",
    "add_closed_days",
    "closed_days_of",
    "drop_closed_days",
    "drop_method",
    "lead_days",
    "lead_table",
    "methods",
    "pickup_times",
    "put_account",
    "put_lead_times",
    "put_method",
    "put_pickups",
]

HOUSE = 0
"""Stands for every shop where a row belongs to none."""


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days from a carrier's pickup to the delivery."""

    carrier: str
    origin: str
    prefecture: str
    days: int


@dataclass(frozen=True, slots=True)
class MethodRow:
    """What a shop's delivery method means."""

    shop: int
    """The shop; 0 for every shop."""
    method: str
    """Folded name."""
    carrier: str
    service: str


_PICKUPS = Prepared(select(pickups.c.carrier, pickups.c.time).order_by(pickups.c.carrier, pickups.c.time))
_DROP_PICKUPS = Prepared(delete(pickups).where(pickups.c.carrier == bindparam("carrier_", type_=String)))
_ADD_PICKUP = Prepared(insert(pickups).values(carrier=bindparam("carrier"), time=bindparam("time")))
_LEAD_DAYS = Prepared(
    select(lead_times.c.carrier, lead_times.c.prefecture, lead_times.c.days).where(
        lead_times.c.origin == bindparam("origin_", type_=String)
    )
)
_LEAD_TABLE = Prepared(
    select(lead_times.c.carrier, lead_times.c.origin, lead_times.c.prefecture, lead_times.c.days).order_by(
        lead_times.c.carrier, lead_times.c.origin, lead_times.c.prefecture
    )
)
_DROP_LEAD = Prepared(
    delete(lead_times).where(
        lead_times.c.carrier == bindparam("carrier_", type_=String),
        lead_times.c.origin == bindparam("origin_", type_=String),
    )
)
_ADD_LEAD = Prepared(
    insert(lead_times).values(
        carrier=bindparam("carrier"),
        origin=bindparam("origin"),
        prefecture=bindparam("prefecture"),
        days=bindparam("days"),
    )
)
_CLOSED = Prepared(
    select(closed_days.c.shop_id, closed_days.c.day)
    .where(closed_days.c.day >= bindparam("from_", type_=String))
    .order_by(closed_days.c.day, closed_days.c.shop_id)
)
_ADD_CLOSED = Prepared(insert(closed_days).values(shop_id=bindparam("shop_id"), day=bindparam("day")))
_DROP_CLOSED = Prepared(
    delete(closed_days).where(
        closed_days.c.shop_id == bindparam("shop_"), closed_days.c.day == bindparam("day_", type_=String)
    )
)
_METHODS = Prepared(
    select(
        delivery_methods.c.shop_id,
        delivery_methods.c.method,
        delivery_methods.c.carrier,
        delivery_methods.c.service,
    ).order_by(delivery_methods.c.shop_id.desc(), delivery_methods.c.method)
)
_OF_METHOD = (
    delivery_methods.c.shop_id == bindparam("shop_"),
    delivery_methods.c.method == bindparam("method_", type_=String),
)
_CHANGE_METHOD = Prepared(
    update(delivery_methods).where(*_OF_METHOD).values(carrier=bindparam("carrier"), service=bindparam("service"))
)
_ADD_METHOD = Prepared(
    insert(delivery_methods).values(
        shop_id=bindparam("shop_"),
        method=bindparam("method_"),
        carrier=bindparam("carrier"),
        service=bindparam("service"),
    )
)
_DROP_METHOD = Prepared(delete(delivery_methods).where(*_OF_METHOD))
_ACCOUNTS = Prepared(
    select(
        carrier_accounts.c.shop_id, carrier_accounts.c.carrier, carrier_accounts.c.name, carrier_accounts.c.value
    ).order_by(carrier_accounts.c.carrier, carrier_accounts.c.shop_id, carrier_accounts.c.name)
)
_OF_ACCOUNT = (
    carrier_accounts.c.shop_id == bindparam("shop_"),
    carrier_accounts.c.carrier == bindparam("carrier_", type_=String),
    carrier_accounts.c.name == bindparam("name_", type_=String),
)
_CHANGE_ACCOUNT = Prepared(update(carrier_accounts).where(*_OF_ACCOUNT).values(value=bindparam("value")))
_ADD_ACCOUNT = Prepared(
    insert(carrier_accounts).values(
        shop_id=bindparam("shop_"),
        carrier=bindparam("carrier_"),
        name=bindparam("name_"),
        value=bindparam("value"),
    )
)
_DROP_ACCOUNT = Prepared(delete(carrier_accounts).where(*_OF_ACCOUNT))


# --- pickups --------------------------------------------------------------------------------------------------------


def pickup_times(tx: Transaction) -> dict[str, tuple[str, ...]]:
    """Return the pickups of each carrier as ``HH:MM`` in the shop's time zone, earliest first."""
    found: dict[str, tuple[str, ...]] = {}
    for carrier, time in tx.rows(_PICKUPS):
        found[carrier] = (*found.get(carrier, ()), time)
    return found


def put_pickups(tx: Transaction, carrier: str, times: Iterable[str]) -> None:
    """Replace a carrier's pickups; none takes them away."""
    tx.run(_DROP_PICKUPS, carrier_=carrier)
    tx.many(_ADD_PICKUP, [{"carrier": carrier, "time": time} for time in dict.fromkeys(times)])


# --- lead times -----------------------------------------------------------------------------------------------------


def lead_days(tx: Transaction, origin: str) -> dict[tuple[str, str], int]:
    """Return the days of parcels from *origin* by carrier and prefecture."""
    return {(carrier, prefecture): days for carrier, prefecture, days in tx.rows(_LEAD_DAYS, origin_=origin)}


def lead_table(tx: Transaction) -> list[LeadTime]:
    """Return the whole table."""
    return [LeadTime(*row) for row in tx.rows(_LEAD_TABLE)]


def put_lead_times(tx: Transaction, rows: Sequence[LeadTime]) -> None:
    """Replace the rows of every carrier and origin that *rows* name; other carriers' and origins' stay."""
    for carrier, origin in dict.fromkeys((row.carrier, row.origin) for row in rows):
        tx.run(_DROP_LEAD, carrier_=carrier, origin_=origin)
    plain = [
        {"carrier": row.carrier, "origin": row.origin, "prefecture": row.prefecture, "days": row.days} for row in rows
    ]
    tx.many(_ADD_LEAD, plain)


# --- closed days ----------------------------------------------------------------------------------------------------


def closed_days_of(tx: Transaction, since: str = "") -> dict[int, tuple[str, ...]]:
    """Return the days without shipping by shop (0 for every shop), as ``YYYY-MM-DD``.

    :param since: only this day and later ones.
    """
    found: dict[int, tuple[str, ...]] = {}
    for shop, day in tx.rows(_CLOSED, from_=since):
        found[shop] = (*found.get(shop, ()), day)
    return found


def add_closed_days(tx: Transaction, shop: int, days: Iterable[str]) -> int:
    """Enter days without shipping; return how many were new."""
    known = set(closed_days_of(tx).get(shop, ()))
    new = [day for day in dict.fromkeys(days) if day not in known]
    tx.many(_ADD_CLOSED, [{"shop_id": shop, "day": day} for day in new])
    return len(new)


def drop_closed_days(tx: Transaction, shop: int, days: Iterable[str]) -> int:
    """Take days without shipping away; return how many were there."""
    return sum(tx.run(_DROP_CLOSED, shop_=shop, day_=day) for day in days)


# --- delivery methods -----------------------------------------------------------------------------------------------


def methods(tx: Transaction) -> list[MethodRow]:
    """Return every shop's delivery methods, the shops' own before those of the house."""
    return [MethodRow(*row) for row in tx.rows(_METHODS)]


def put_method(tx: Transaction, row: MethodRow) -> None:
    """Enter what a delivery method means, or change it."""
    values = {"shop_": row.shop, "method_": row.method, "carrier": row.carrier, "service": row.service}
    if not tx.run(_CHANGE_METHOD, **values):
        tx.run(_ADD_METHOD, **values)


def drop_method(tx: Transaction, shop: int, method: str) -> bool:
    """Take a delivery method away; return whether it was there."""
    return bool(tx.run(_DROP_METHOD, shop_=shop, method_=method))


# --- accounts -------------------------------------------------------------------------------------------------------


def accounts(tx: Transaction) -> dict[tuple[str, int], dict[str, str]]:
    """Return the values of every account by carrier and shop (0 for every shop)."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for shop, carrier, name, value in tx.rows(_ACCOUNTS):
        found.setdefault((carrier, shop), {})[name] = value
    return found


def account(tx: Transaction, carrier: str, shop: int) -> dict[str, str]:
    """Return a shop's account with a carrier: its own values over those of the house."""
    known = accounts(tx)
    return known.get((carrier, HOUSE), {}) | known.get((carrier, shop), {})


def put_account(tx: Transaction, carrier: str, shop: int, values: dict[str, str]) -> None:
    """Enter or change values of an account; an empty value takes one away."""
    for name, value in values.items():
        at = {"shop_": shop, "carrier_": carrier, "name_": name}
        if not value:
            tx.run(_DROP_ACCOUNT, **at)
        elif not tx.run(_CHANGE_ACCOUNT, **at, value=value):
            tx.run(_ADD_ACCOUNT, **at, value=value)
