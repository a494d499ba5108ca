"""Mail accounts as rows: without passwords, which no database holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from app.domain.mails import Account
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import mail_accounts, mails

__all__ = ["add", "change", "drop", "every", "note", "used"]

_FIELDS = (
    "id", "name", "address", "host", "port", "security", "sender", "login", "station", "per_minute", "active",
    "state", "told", "seen_at",
)  # fmt: skip
_COLUMNS = tuple(mail_accounts.c[name] for name in _FIELDS)
_EVERY = Prepared(select(*_COLUMNS).order_by(mail_accounts.c.name, mail_accounts.c.id))


def _account(row: Sequence[Any]) -> Account:
    values = dict(zip(_FIELDS, row, strict=True))
    told = json.loads(row[12]) if row[12] else {}
    return Account(**values | {"active": bool(values["active"]), "told": told})


def every(tx: Transaction) -> tuple[Account, ...]:
    """Return every account by name."""
    return tuple(_account(row) for row in tx.rows(_EVERY))


def _values(account: Account) -> dict[str, Any]:
    names = ("name", "address", "host", "port", "sender", "login", "station", "per_minute")
    values: dict[str, Any] = {name: getattr(account, name) for name in names}
    return values | {"security": str(account.security), "active": int(account.active)}


def add(tx: Transaction, account: Account) -> int:
    """Add an account and return its id."""
    values = _values(account)
    if tx.dialect == "sqlite":
        # SQLite gives the id of the last row out again once that is gone: old mails would be another account's.
        used_ids = (mail_accounts.c.id, mails.c.account_id)
        queries = [select(func.coalesce(func.max(column), 0)) for column in used_ids]
        values["id"] = 1 + max(int(tx.connection.execute(query).scalar_one() or 0) for query in queries)
    made = insert(mail_accounts).values(values).returning(mail_accounts.c.id)
    return int(tx.connection.execute(made).scalar_one())


def change(tx: Transaction, account: Account, *, forget: bool) -> None:
    """Change an account.

    :param forget: whether what was said of it was of another server or login.
    """
    values = _values(account)
    if forget:
        values |= {"state": "", "told": "", "seen_at": None}
    tx.connection.execute(update(mail_accounts).where(mail_accounts.c.id == account.id).values(values))


def used(tx: Transaction, account: int) -> bool:
    """Whether any mail was sent by an account."""
    query = select(mails.c.id).where(mails.c.account_id == account).limit(1)
    return tx.connection.execute(query).first() is not None


def drop(tx: Transaction, account: int) -> None:
    """Take an account away that no mail names."""
    tx.connection.execute(delete(mail_accounts).where(mail_accounts.c.id == account))


def note(tx: Transaction, account: int, state: str, told: Mapping[str, str]) -> None:
    """Keep how the server answered last."""
    body = json.dumps(dict(told), ensure_ascii=False, separators=(",", ":")) if told else ""
    values = {"state": state, "told": body, "seen_at": tx.now}
    tx.connection.execute(update(mail_accounts).where(mail_accounts.c.id == account).values(values))
