"""What leaders are told of: guards that were let pass, typed numbers, goods counted without their code, late scans."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import bindparam, func, insert, select

from app.domain.facts import Allowed
from app.domain.orders import ShipNumber
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import orders, overrides, people, products

__all__ = ["OverrideRow", "add", "add_late", "counts", "page"]

_NAMES = ("act", "at", "station", "person_id", "leader_id", "order_id", "product_id", "what", "reason", "detail")
_ADD = Prepared(insert(overrides).values({name: bindparam(name) for name in _NAMES}))


def add(tx: Transaction, act: str, station: str, person: int | None, order: int | None, fact: Allowed) -> None:
    """Keep that goods were counted otherwise than by a scan that every guard let pass.

    :param person: who is signed in; *fact* says who vouched for it.
    """
    given = (act, tx.now, station, person, fact.by, order, fact.product, fact.what, fact.reason, fact.detail)
    tx.run(_ADD, **dict(zip(_NAMES, given, strict=True)))


def add_late(tx: Transaction, act: str, station: str, person: int | None, order: int | None, detail: str) -> None:
    """Keep that a station scanned after its order or job had been taken over: leaders look what the goods became.

    :param detail: what was scanned, and in which job.
    """
    given = (act, tx.now, station, person, None, order, None, "late", "", detail)
    tx.run(_ADD, **dict(zip(_NAMES, given, strict=True)))


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """One thing that was let pass."""

    id: int
    at: int
    """Milliseconds since 1970 UTC."""
    station: str
    person: str
    """Who was signed in at the bench; empty for nobody."""
    leader: str
    """Who vouched for it; empty where nobody had to."""
    number: str
    """The shop's number of the order."""
    ship_number: str
    sku: str
    name: str
    name_en: str
    what: str
    """A guard of :data:`app.domain.guards.GUARDS`, ``keyed``, ``no_code``, or ``late``: a scan after a take-over."""
    reason: str
    detail: str


_PERSON, _LEADER = people.alias("person"), people.alias("leader")


def page(tx: Transaction, *, since: int = 0, what: str = "", limit: int | None = None) -> list[OverrideRow]:
    """Return what was let pass, newest first.

    :param since: only from this time on, milliseconds since 1970 UTC.
    :param what: only this guard.
    """
    query = (
        select(
            overrides.c.id,
            overrides.c.at,
            overrides.c.station,
            _PERSON.c.name,
            _LEADER.c.name,
            orders.c.number,
            orders.c.batch,
            orders.c.sequence,
            products.c.sku,
            products.c.name,
            products.c.name_en,
            overrides.c.what,
            overrides.c.reason,
            overrides.c.detail,
        )
        .select_from(
            overrides.outerjoin(_PERSON, _PERSON.c.id == overrides.c.person_id)
            .outerjoin(_LEADER, _LEADER.c.id == overrides.c.leader_id)
            .outerjoin(orders, orders.c.id == overrides.c.order_id)
            .outerjoin(products, products.c.id == overrides.c.product_id)
        )
        .where(overrides.c.at >= since)
        .order_by(overrides.c.at.desc(), overrides.c.id.desc())
    )
    if what:
        query = query.where(overrides.c.what == what)
    if limit is not None:
        query = query.limit(limit)
    return [_row(*row) for row in tx.connection.execute(query)]


def _row(
    id_: int,
    at: int,
    station: str,
    person: str | None,
    leader: str | None,
    number: str | None,
    batch: int | None,
    sequence: int | None,
    *more: str | None,
) -> OverrideRow:
    ship_number = str(ShipNumber(batch, sequence)) if batch is not None and sequence is not None else ""
    sku, name, name_en, what, reason, detail = (text or "" for text in more)
    return OverrideRow(
        id_,
        at,
        station,
        person or "",
        leader or "",
        number or "",
        ship_number,
        sku,
        name,
        name_en,
        what,
        reason,
        detail,
    )


def counts(tx: Transaction, since: int = 0) -> dict[str, Counter[str]]:
    """Return how often something was let pass: by guard (``what``), reason, person at the bench, who vouched.

    :param since: only from this time on, milliseconds since 1970 UTC.
    """
    by = {
        "what": overrides.c.what,
        "reason": overrides.c.reason,
        "person": func.coalesce(_PERSON.c.name, ""),
        "leader": func.coalesce(_LEADER.c.name, ""),
    }
    query = (
        select(*by.values(), func.count())
        .select_from(
            overrides.outerjoin(_PERSON, _PERSON.c.id == overrides.c.person_id).outerjoin(
                _LEADER, _LEADER.c.id == overrides.c.leader_id
            )
        )
        .where(overrides.c.at >= since)
        .group_by(*by.values())
    )
    found = {name: Counter[str]() for name in by}
    for *values, number in tx.connection.execute(query):
        for name, value in zip(by, values, strict=True):
            found[name][value] += number
    return found
