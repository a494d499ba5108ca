"""Where every station's chain ends, and which database this is: what an anchor says."""

from __future__ import annotations

import secrets

from sqlalchemy import insert, literal, select

from app.domain.anchors import Head
from app.storage.database import Transaction
from app.storage.tables import handovers, marks, stations

__all__ = ["closed_out_since", "database_id", "heads", "name_database"]

_NAME = "database"


def heads(tx: Transaction) -> dict[str, Head]:
    """Return number and hash of the last journal row of every station that has one."""
    found = tx.connection.execute(select(stations.c.name, stations.c.seq, stations.c.head).where(stations.c.seq > 0))
    return {name: (int(seq), head) for name, seq, head in found}


def database_id(tx: Transaction) -> str:
    """Return which database this is, as 16 hexadecimal digits; empty where it has no name yet."""
    found = tx.connection.execute(select(marks.c.value).where(marks.c.name == _NAME)).scalar()
    return "" if found is None else f"{int(found):016x}"


def name_database(tx: Transaction) -> str:
    """Give the database a name by which anchors know it, unless it has one; a copy of it keeps the name."""
    known = database_id(tx)
    if known:
        return known
    made = secrets.randbits(62) + 1
    row = select(literal(_NAME), literal(made, marks.c.value.type)).where(
        ~select(marks.c.name).where(marks.c.name == _NAME).exists()
    )
    tx.connection.execute(insert(marks).from_select(["name", "value"], row))
    return database_id(tx)


def closed_out_since(tx: Transaction, moment: int) -> bool:
    """Whether a hand-over was closed out after *moment* (milliseconds since 1970 UTC)."""
    query = select(handovers.c.id).where(handovers.c.closed_at > moment).limit(1)
    return tx.connection.execute(query).first() is not None
