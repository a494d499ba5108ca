"""Watched folders as stored, and how the last look into each went."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.storage.database import Transaction
from app.storage.tables import folders

__all__ = ["Watched", "add", "as_text", "change", "drop", "list_all", "load", "say"]


@dataclass(frozen=True, slots=True)
class Watched:
    """One watched folder."""

    id: int
    name: str
    kind: str
    path: str
    station: str
    channel: str
    shop: str
    options: Mapping[str, Any]
    active: bool
    state: str
    told: Mapping[str, Any]
    seen_at: int | None


_ALL = select(
    folders.c.id,
    folders.c.name,
    folders.c.kind,
    folders.c.path,
    folders.c.station,
    folders.c.channel,
    folders.c.shop,
    folders.c.options,
    folders.c.active,
    folders.c.state,
    folders.c.told,
    folders.c.seen_at,
).order_by(folders.c.name)


def _watched(row: Any) -> Watched:
    told = json.loads(row[10]) if row[10] else {}
    values: list[Any] = [*row[:7], json.loads(row[7]), bool(row[8]), row[9], told, row[11]]
    return Watched(*values)


def list_all(tx: Transaction, station: str = "") -> list[Watched]:
    """Return watched folders by name.

    :param station: only those that this station looks into; empty for all.
    """
    query = _ALL.where(folders.c.station == station) if station else _ALL
    return [_watched(row) for row in tx.connection.execute(query)]


def load(tx: Transaction, folder: int) -> Watched | None:
    """Return one watched folder; None where there is none."""
    row = tx.connection.execute(_ALL.where(folders.c.id == folder)).first()
    return _watched(row) if row is not None else None


def add(tx: Transaction, **values: Any) -> int:
    """Put a watched folder on record; return its id."""
    return int(tx.connection.execute(insert(folders).values(values).returning(folders.c.id)).scalar_one())


def change(tx: Transaction, folder: int, **values: Any) -> None:
    """Write columns of a watched folder."""
    tx.connection.execute(update(folders).where(folders.c.id == folder).values(values))


def say(tx: Transaction, folder: int, state: str, told: Mapping[str, Any]) -> None:
    """Keep how the last look into a folder went."""
    change(tx, folder, state=state, told=as_text(told) if told else "", seen_at=tx.now)


def as_text(values: Mapping[str, Any]) -> str:
    """Return plain values as they are stored."""
    return json.dumps(values, ensure_ascii=False)


def drop(tx: Transaction, folder: int) -> None:
    """Forget a watched folder; its files and its imports stay."""
    tx.connection.execute(delete(folders).where(folders.c.id == folder))
