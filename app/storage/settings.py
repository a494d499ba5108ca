"""What the shop decided, as stored."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, insert, select, update

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import settings

__all__ = ["read", "write"]

_READ = Prepared(select(settings.c.key, settings.c.value))
_CHANGE = Prepared(update(settings).where(settings.c.key == bindparam("key_")).values(value=bindparam("value")))
_ADD = Prepared(insert(settings).values(key=bindparam("key"), value=bindparam("value")))


def read(tx: Transaction) -> dict[str, str]:
    """Return every stored setting, without defaults."""
    return dict(tx.rows(_READ))


def write(tx: Transaction, values: Mapping[str, str]) -> None:
    """Store settings; they were checked."""
    for key, value in values.items():
        if not tx.run(_CHANGE, key_=key, value=value):
            tx.run(_ADD, key=key, value=value)
