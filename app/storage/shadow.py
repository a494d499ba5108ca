"""What shadow mode noted: answers that would have stopped the bench, counted from the journal."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.domain.orders import ShipNumber
from app.storage.database import Transaction
from app.storage.tables import journal, orders, parcels, people

__all__ = ["Noted", "Tally", "closed", "noted", "stopped", "tallies"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one answer was noted."""

    key: str
    """Key of the refusal."""
    times: int
    parcels: int
    """Orders that it would have stopped."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One scan that would have been refused."""

    at: int
    """Milliseconds since 1970 UTC."""
    key: str
    answer: str
    """The whole answer as JSON."""
    raw: str
    station: str
    person: str
    number: str
    """The shop's order number; empty where no order was open."""
    ship_number: str


_NOTED = journal.c.level == "noted"


def tallies(tx: Transaction, since: int) -> list[Tally]:
    """Return how often each answer was noted since a time (ms), the most frequent first."""
    times = func.count()
    query = (
        select(journal.c.key, times, func.count(journal.c.order_id.distinct()))
        .where(_NOTED, journal.c.at >= since)
        .group_by(journal.c.key)
        .order_by(times.desc(), journal.c.key)
    )
    return [Tally(row[0], int(row[1]), int(row[2])) for row in tx.connection.execute(query)]


def stopped(tx: Transaction, since: int) -> int:
    """Return how many orders would have been stopped at least once."""
    query = select(func.count(journal.c.order_id.distinct())).where(_NOTED, journal.c.at >= since)
    return int(tx.connection.execute(query).scalar_one())


def closed(tx: Transaction, since: int) -> int:
    """Return how many parcels were closed since a time (ms)."""
    query = select(func.count()).select_from(parcels).where(parcels.c.closed_at >= since)
    return int(tx.connection.execute(query).scalar_one())


def noted(tx: Transaction, since: int, key: str = "", limit: int | None = None) -> list[Noted]:
    """Return what was noted, the newest first.

    :param key: only this answer.
    """
    query = (
        select(
            journal.c.at, journal.c.key, journal.c.answer, journal.c.raw, journal.c.station,
            people.c.name, orders.c.number, orders.c.batch, orders.c.sequence,
        )
        .select_from(
            journal.outerjoin(people, people.c.id == journal.c.person_id).outerjoin(
                orders, orders.c.id == journal.c.order_id
            )
        )
        .where(_NOTED, journal.c.at >= since)
        .order_by(journal.c.id.desc())
    )  # fmt: skip
    if key:
        query = query.where(journal.c.key == key)
    if limit is not None:
        query = query.limit(limit)
    return [
        Noted(*row[:5], row[5] or "", row[6] or "", str(ShipNumber(row[7], row[8] or 0)) if row[7] else "")
        for row in tx.connection.execute(query)
    ]
