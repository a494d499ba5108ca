"""What orders were before an import changed them, as rows to keep and to put back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, func, insert, or_, select, update

from app.domain.orders import Hold
from app.storage.database import Transaction
from app.storage.tables import (
    buyers,
    carton_plans,
    contacts,
    extras,
    holds,
    journal,
    lines,
    mails,
    orders,
    parcels,
    photos,
    picks,
    print_jobs,
    pulls,
    report_rows,
    returns,
    steps,
    waybills,
)

__all__ = ["Standing", "remove", "restore", "set_by_hand", "snapshots", "standing"]

_OPEN = ("received", "ready")
_HEAD = tuple(column.name for column in orders.c if column.name not in ("id", "shop_id", "number", "plan", "held"))
"""Columns of an order that are kept; a plan of cartons is worked out anew, holds are counted."""
_LINE = tuple(column.name for column in lines.c if column.name not in ("id", "order_id", "reserved"))
_HOLD = tuple(column.name for column in holds.c if column.name != "order_id")
_HAPPENED = (parcels, steps, waybills, pulls, report_rows, picks, photos, returns, print_jobs)
"""Tables that have rows of an order only where people or machines did something with it."""


def snapshots(tx: Transaction, ids: Iterable[int]) -> dict[int, str]:
    """Return what orders are, as JSON: head, lines and holds; only of those that are not released."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    query = select(orders.c.id, *(orders.c[name] for name in _HEAD)).where(
        orders.c.id.in_(wanted), orders.c.state.in_(_OPEN)
    )
    heads = {row[0]: list(row[1:]) for row in tx.connection.execute(query)}
    if not heads:
        return {}
    of_line = select(lines.c.order_id, *(lines.c[name] for name in _LINE))
    of_hold = select(holds.c.order_id, *(holds.c[name] for name in _HOLD))
    kept_lines: dict[int, list[list[Any]]] = {order: [] for order in heads}
    kept_holds: dict[int, list[list[Any]]] = {order: [] for order in heads}
    asked: dict[int, list[int]] = {order: [] for order in heads}
    of_contact = select(contacts.c.order_id, contacts.c.id).where(contacts.c.order_id.in_(list(heads)))
    for order, contact in tx.connection.execute(of_contact):
        asked[order].append(contact)
    led = select(orders.c.lead_id).where(orders.c.lead_id.in_(list(heads)))
    leading = {row[0] for row in tx.connection.execute(led)}
    for row in tx.connection.execute(of_line.where(lines.c.order_id.in_(list(heads))).order_by(lines.c.id)):
        kept_lines[row[0]].append(list(row[1:]))
    for row in tx.connection.execute(of_hold.where(holds.c.order_id.in_(list(heads))).order_by(holds.c.hold)):
        kept_holds[row[0]].append(list(row[1:]))
    return {
        order: json.dumps(
            {
                "head": dict(zip(_HEAD, head, strict=True)),
                "lines": [dict(zip(_LINE, line, strict=True)) for line in kept_lines[order]],
                "holds": [dict(zip(_HOLD, hold, strict=True)) for hold in kept_holds[order]],
                "contacts": asked[order],
                "led": order in leading,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for order, head in heads.items()
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order that an import touched stands now."""

    id: int
    number: str
    state: str
    merged: bool
    """It shares a parcel with another order."""
    released: bool
    """It was given a ship number."""
    touched: bool
    """A person or a machine did something with it since."""
    mailed: bool
    """The customer was written to."""
    merge_key: str


def standing(tx: Transaction, act: str, ids: Sequence[int]) -> dict[int, Standing]:
    """Lock orders that an import touched and return where they stand; those that are gone are left out.

    :param act: the import's first act; what came after it in the journal happened since.
    """
    since = select(func.coalesce(func.max(journal.c.id), 0)).where(journal.c.act == act).scalar_subquery()
    led = orders.alias("led")
    acted = exists().where(journal.c.order_id == orders.c.id, journal.c.id > since)
    happened = [exists().where(table.c.order_id == orders.c.id) for table in _HAPPENED]
    asked = exists().where(
        contacts.c.order_id == orders.c.id,
        or_(contacts.c.asked != "", contacts.c.answer != "", contacts.c.shelf != "", contacts.c.closed_at.is_not(None)),
    )
    mailed = exists().where(mails.c.order_id == orders.c.id, mails.c.state.not_in(("waiting", "dropped", "failed")))
    query = (
        select(
            orders.c.id,
            orders.c.number,
            orders.c.state,
            or_(orders.c.lead_id.is_not(None), exists().where(led.c.lead_id == orders.c.id)),
            or_(orders.c.batch.is_not(None), orders.c.version > 0),
            or_(acted, asked, orders.c.holder != "", *happened),
            mailed,
            orders.c.merge_key,
        )
        .where(orders.c.id.in_(list(ids)))
        .with_for_update(of=orders)
    )
    found = [Standing(r[0], r[1], r[2], bool(r[3]), bool(r[4]), bool(r[5]), bool(r[6]), r[7])
             for r in tx.connection.execute(query)]  # fmt: skip
    return {each.id: each for each in found}


def set_by_hand(tx: Transaction, ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the holds of orders that a person set or lifted, each with how it stands."""
    query = select(holds.c.order_id, holds.c.hold, holds.c.lifted_at).where(
        holds.c.order_id.in_(list(ids)), or_(holds.c.hold == str(Hold.BY_HAND), holds.c.lifted_at.is_not(None))
    )
    found: dict[int, set[str]] = {}
    for order, hold, lifted in tx.connection.execute(query):
        found.setdefault(order, set()).add(f"{hold} {lifted or ''}")
    return found


def remove(tx: Transaction, ids: Sequence[int]) -> None:
    """Take orders away whole, of which nothing but the import ever happened."""
    if not ids:
        return
    for table in (carton_plans, buyers, holds, extras, contacts, mails, lines):
        tx.connection.execute(delete(table).where(table.c.order_id.in_(list(ids))))
    tx.connection.execute(delete(orders).where(orders.c.id.in_(list(ids))))


def restore(tx: Transaction, order: int, before: str) -> None:
    """Make an order again what it was: head, lines and holds. Its reservation and its cartons are the caller's."""
    body = json.loads(before)
    tx.connection.execute(delete(lines).where(lines.c.order_id == order))
    tx.connection.execute(delete(holds).where(holds.c.order_id == order))
    fresh = delete(contacts).where(contacts.c.order_id == order, contacts.c.closed_at.is_(None))
    tx.connection.execute(fresh.where(contacts.c.id.not_in(body["contacts"])))
    tx.connection.execute(update(orders).where(orders.c.id == order).values(body["head"]))
    if body["lines"]:
        tx.connection.execute(insert(lines), [{"order_id": order, **line} for line in body["lines"]])
    if body["holds"]:
        tx.connection.execute(insert(holds), [{"order_id": order, **hold} for hold in body["holds"]])
