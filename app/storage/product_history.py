"""What people did to one product lately, read from the newest rows of the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from app.storage.database import Transaction
from app.storage.tables import journal, people

__all__ = ["KINDS", "LOOKED_AT", "HistoryRow", "history"]

KINDS = ("products", "listing", "picture")
"""Kinds of acts that change a product."""
LOOKED_AT = 20_000
"""Acts that are looked through, the newest: the journal has no index by product."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One act on a product."""

    id: int
    at: int
    """Milliseconds since 1970 UTC."""
    station: str
    person: str
    """Who was signed in; empty for nobody."""
    kind: str
    """One of :data:`KINDS`."""
    facts: Mapping[str, Any]
    """What the act wrote down."""


def history(tx: Transaction, sku: str, *, limit: int = 100) -> list[HistoryRow]:
    """Return what was done to the product with a SKU among the newest acts of the house, the newest first."""
    newest = tx.connection.execute(select(func.coalesce(func.max(journal.c.id), 0))).scalar_one()
    written = json.dumps(sku, ensure_ascii=False).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    query = (
        select(journal.c.id, journal.c.at, journal.c.station, people.c.name, journal.c.kind, journal.c.facts)
        .select_from(journal.outerjoin(people, people.c.id == journal.c.person_id))
        .where(
            journal.c.id > newest - LOOKED_AT,
            journal.c.kind.in_(KINDS),
            or_(
                journal.c.facts.like(f'%"sku":{written}%', escape="\\"),
                journal.c.facts.like(f'%"skus":[%{written}%', escape="\\"),
            ),
        )
        .order_by(journal.c.id.desc())
        .limit(limit)
    )
    return [
        HistoryRow(row[0], row[1], row[2], row[3] or "", row[4], json.loads(row[5]))
        for row in tx.connection.execute(query)
    ]
