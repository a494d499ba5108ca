"""What the shop decided, as stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import settings, shops

__all__ = ["ShopRow", "read", "read_shop", "shop_list", "write", "write_shop"]

_READ = Prepared(select(settings.c.key, settings.c.value))
_CHANGE = Prepared(update(settings).where(settings.c.key == bindparam("key_")).values(value=bindparam("value")))
_ADD = Prepared(insert(settings).values(key=bindparam("key"), value=bindparam("value")))
_SHOP = Prepared(select(shops.c.settings).where(shops.c.id == bindparam("shop_")))
_CHANGE_SHOP = Prepared(update(shops).where(shops.c.id == bindparam("shop_")).values(settings=bindparam("value")))
_SHOPS = Prepared(select(shops.c.id, shops.c.channel, shops.c.name, shops.c.settings).order_by(shops.c.id))


@dataclass(frozen=True, slots=True)
class ShopRow:
    """One shop."""

    id: int
    channel: str
    name: str
    settings: dict[str, str]
    """What this shop decides otherwise than the house."""


def read(tx: Transaction) -> dict[str, str]:
    """Return every stored setting, without defaults."""
    return dict(tx.rows(_READ))


def write(tx: Transaction, values: Mapping[str, str]) -> None:
    """Store settings; they were checked."""
    for key, value in values.items():
        if not tx.run(_CHANGE, key_=key, value=value):
            tx.run(_ADD, key=key, value=value)


def read_shop(tx: Transaction, shop: int) -> dict[str, str]:
    """Return what one shop decides otherwise than the house."""
    row = tx.one(_SHOP, shop_=shop)
    return json.loads(row[0]) if row else {}


def write_shop(tx: Transaction, shop: int, values: Mapping[str, str]) -> None:
    """Store what one shop decides otherwise, whole; the values were checked."""
    body = json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"))
    tx.run(_CHANGE_SHOP, shop_=shop, value=body)


def shop_list(tx: Transaction) -> list[ShopRow]:
    """Return every shop, oldest first."""
    return [ShopRow(row[0], row[1], row[2], json.loads(row[3])) for row in tx.rows(_SHOPS)]
