"""Reads for whoever looks at the mails, and the checks of ``kenpin verify``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, exists, func, literal_column, or_, select

from app.storage.database import Transaction
from app.storage.mails import COLUMNS, MailRow
from app.storage.tables import mail_accounts, mails, orders, shops

__all__ = ["Listed", "check", "counts", "newest_order", "page"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail with the names that belong to it."""

    mail: MailRow
    number: str
    """The shop's number of its order."""
    shop: str
    account: str
    """Account that it was sent by last; empty before."""


def page(
    tx: Transaction,
    *,
    limit: int,
    before: int | None = None,
    states: Sequence[str] = (),
    kinds: Sequence[str] = (),
    shop: int | None = None,
    order: int | None = None,
    text: str = "",
    mail: int | None = None,
) -> list[Listed]:
    """Return mails, newest first.

    :param before: only those older than this mail.
    :param text: only those whose order number or address begins so.
    :param mail: only this one.
    """
    query = (
        select(*COLUMNS, orders.c.number, shops.c.name, func.coalesce(mail_accounts.c.name, ""))
        .select_from(
            mails.join(orders, orders.c.id == mails.c.order_id)
            .join(shops, shops.c.id == mails.c.shop_id)
            .outerjoin(mail_accounts, mail_accounts.c.id == mails.c.account_id)
        )
        .order_by(mails.c.id.desc())
        .limit(limit)
    )
    if mail is not None:
        query = query.where(mails.c.id == mail)
    if before is not None:
        query = query.where(mails.c.id < before)
    if states:
        query = query.where(mails.c.state.in_(states))
        if not {"confirmed", "dropped"} & set(states):
            query = query.where(literal_column("mails.state IN ('waiting','sent','unknown','failed')"))
    if kinds:
        query = query.where(mails.c.kind.in_(kinds))
    if shop is not None:
        query = query.where(mails.c.shop_id == shop)
    if order is not None:
        query = query.where(mails.c.order_id == order)
    if text:
        plain = text.strip()
        query = query.where(
            or_(
                orders.c.number.startswith(plain, autoescape=True),
                mails.c.recipient.startswith(plain.lower(), autoescape=True),
            )
        )
    width = len(COLUMNS)
    return [Listed(MailRow(*row[:width]), *row[width:]) for row in map(tuple, tx.connection.execute(query))]


def counts(tx: Transaction, never: int) -> dict[str, int]:
    """Return how many mails are not done, by state; ``later`` are those whose time has not come.

    :param never: *not before* of a failed mail that only a person sends.
    """
    m = mails.c
    standing = case(
        (and_(m.state == "waiting", m.not_before > tx.now), "later"),
        (and_(m.state == "failed", m.not_before >= never), "stuck"),
        else_=m.state,
    ).label("standing")
    query = (
        select(standing, func.count())
        .where(literal_column("mails.state IN ('waiting','sent','unknown','failed')"))
        .group_by(literal_column("standing"))
    )
    return {str(row[0]): int(row[1]) for row in tx.connection.execute(query)}


def newest_order(tx: Transaction, shop: int | None = None, states: Sequence[str] = ()) -> int | None:
    """Return the order that came in last, to show how a mail looks; None where there is none.

    :param states: only one that stands so.
    """
    query = select(orders.c.id).where(orders.c.state != "cancelled").order_by(orders.c.id.desc()).limit(1)
    if shop is not None:
        query = query.where(orders.c.shop_id == shop)
    if states:
        query = query.where(orders.c.state.in_(states))
    return tx.connection.execute(query).scalar_one_or_none()


def check(tx: Transaction) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each fault of the mail outbox by its key and arguments, for ``kenpin verify``."""
    m = mails.c
    first = mails.alias("first")
    orphan = select(m.id, m.repeats).where(m.repeats.is_not(None), ~exists().where(first.c.id == m.repeats))
    for mail, repeats in tx.connection.execute(orphan.order_by(m.id)):
        yield "verify.mail_repeats", {"mail": mail, "repeats": repeats}
    unsent = select(m.id, m.state).where(
        m.sent_at.is_(None), m.state.in_(("sent", "unknown")) | ((m.state == "confirmed") & (m.settled_by == "server"))
    )
    for mail, state in tx.connection.execute(unsent.order_by(m.id)):
        yield "verify.mail_unsent", {"mail": mail, "state": f"mails.state.{state}"}
    unsaid = select(m.id).where(m.state == "confirmed", m.settled_by == "")
    for mail in tx.connection.execute(unsaid.order_by(m.id)).scalars():
        yield "verify.mail_unsaid", {"mail": mail}
    empty = select(m.id).where(
        m.state.in_(("sent", "unknown", "confirmed")), (m.body == "") | (m.message_id == "") | (m.recipient == "")
    )
    for mail in tx.connection.execute(empty.order_by(m.id)).scalars():
        yield "verify.mail_empty", {"mail": mail}
    twin = (
        select(m.message_id, func.min(m.id), func.max(m.id))
        .where(m.message_id != "")
        .group_by(m.message_id)
        .having(func.count() > 1)
    )
    for _, one, other in tx.connection.execute(twin.order_by(func.min(m.id))):
        yield "verify.mail_twin", {"mail": one, "other": other}
