"""Mappings that a shop made, as stored: kind, name and their TOML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import folders, mappings, settings, shops

__all__ = ["SavedMapping", "body", "every", "folders_on", "names", "put", "remove", "reports_by", "shops_on"]

_EVERY = Prepared(
    select(mappings.c.name, mappings.c.body).where(mappings.c.kind == bindparam("kind_")).order_by(mappings.c.name)
)
_ONE = Prepared(
    select(mappings.c.body).where(mappings.c.kind == bindparam("kind_"), mappings.c.name == bindparam("name_"))
)
_ADD = Prepared(
    insert(mappings).values(kind=bindparam("kind"), name=bindparam("name"), body=bindparam("body"), at=bindparam("at"))
)
_CHANGE = Prepared(
    update(mappings)
    .where(mappings.c.kind == bindparam("kind_"), mappings.c.name == bindparam("name_"))
    .values(body=bindparam("body"), at=bindparam("at"))
)
_REMOVE = Prepared(delete(mappings).where(mappings.c.kind == bindparam("kind_"), mappings.c.name == bindparam("name_")))
_SHOPS = Prepared(select(shops.c.name).where(shops.c.channel == bindparam("channel_")).order_by(shops.c.name))
_FOLDERS = Prepared(select(folders.c.name, folders.c.channel, folders.c.options).order_by(folders.c.name))
_HOUSE = Prepared(select(settings.c.value).where(settings.c.key == "report.mapping"))
_OF_SHOPS = Prepared(select(shops.c.name, shops.c.settings).order_by(shops.c.name))


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """One mapping."""

    name: str
    body: str
    """TOML."""


def every(tx: Transaction, kind: str) -> list[SavedMapping]:
    """Return the mappings of a kind, by name."""
    return [SavedMapping(name, text) for name, text in tx.rows(_EVERY, kind_=kind)]


def names(tx: Transaction, kind: str) -> list[str]:
    """Return the names of the mappings of a kind, sorted."""
    return [row[0] for row in tx.rows(_EVERY, kind_=kind)]


def body(tx: Transaction, kind: str, name: str) -> str | None:
    """Return a mapping's TOML; None where there is no such mapping."""
    row = tx.one(_ONE, kind_=kind, name_=name)
    return None if row is None else str(row[0])


def put(tx: Transaction, kind: str, name: str, text: str) -> bool:
    """Keep a mapping; return whether it is new."""
    if tx.run(_CHANGE, kind_=kind, name_=name, body=text, at=tx.now):
        return False
    tx.run(_ADD, kind=kind, name=name, body=text, at=tx.now)
    return True


def remove(tx: Transaction, kind: str, name: str) -> bool:
    """Take a mapping away; return whether there was one."""
    return bool(tx.run(_REMOVE, kind_=kind, name_=name))


# --- who uses one -------------------------------------------------------------------------------------------------


def shops_on(tx: Transaction, channel: str) -> list[str]:
    """Return the names of the shops on a channel."""
    return [row[0] for row in tx.rows(_SHOPS, channel_=channel)]


def folders_on(tx: Transaction, name: str) -> list[str]:
    """Return the names of the watched folders whose files are read by the channel or mapping *name*."""
    return [row[0] for row in tx.rows(_FOLDERS) if row[1] == name or _mapping_of(row) == name]


def reports_by(tx: Transaction, name: str) -> tuple[bool, list[str]]:
    """Return whether the house, and which shops, make their dispatch reports by the mapping *name*."""
    house = any(row[0] == name for row in tx.rows(_HOUSE))
    return house, [row[0] for row in tx.rows(_OF_SHOPS) if json.loads(row[1]).get("report.mapping") == name]


def _mapping_of(row: Sequence[str]) -> object:
    options = json.loads(row[2])
    return options.get("mapping") if isinstance(options, dict) else None
