"""The mail outbox as rows: queueing within an act, taking, saying what became of it.

Every statement that changes a mail says which state it must be in: two programs of a station, the sender and a person
at the screen never undo each other's word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import contacts, holds, mails, marks, orders

__all__ = [
    "Asked",
    "Head",
    "MailRow",
    "NewMail",
    "Settled",
    "add",
    "add_again",
    "contacts_since",
    "drop",
    "drop_waiting",
    "due",
    "free",
    "has_mails",
    "has_on_their_way",
    "heads",
    "lost",
    "named",
    "newest_contact",
    "of_numbers",
    "one",
    "put_off",
    "say",
    "settle",
    "siblings",
    "standing_hold",
    "take",
    "tell_until",
    "together",
    "told_until",
]

_PART = 400
"""Ids in one statement."""


@dataclass(frozen=True, slots=True)
class MailRow:
    """One mail."""

    id: int
    act: str
    at: int
    shop: int
    order: int
    kind: str
    about: str
    """What of the order it is about: a version, a hold; empty where there is one of its kind only."""
    language: str
    account: int | None
    """Account that it was sent by last."""
    recipient: str
    subject: str
    body: str
    """As it was sent; empty before."""
    message_id: str
    state: str
    attempts: int
    not_before: int
    error: str
    """What there is to say about it, as JSON, see :mod:`app.services.print_said`."""
    repeats: int | None
    """Mail that a person sends again with it."""
    sent_at: int | None
    settled_at: int | None
    settled_by: str


_NAMES = {"shop": "shop_id", "order": "order_id", "account": "account_id"}
COLUMNS = tuple(mails.c[_NAMES.get(field.name, field.name)] for field in fields(MailRow))
"""What a :class:`MailRow` is made of, in its order."""


@dataclass(frozen=True, slots=True)
class Head:
    """What decides about an order's mails."""

    id: int
    shop: int
    number: str
    state: str
    version: int
    gift: bool
    ordered_at: int
    rest: bool
    """Whether it was split off for missing goods: no order of a file."""
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail to be queued."""

    shop: int
    order: int
    kind: str
    about: str
    language: str
    recipient: str
    state: str = "waiting"
    not_before: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a mail came to that was offered to a server."""

    state: str
    error: str
    not_before: int
    by: str
    """``server`` where it took the mail."""


_TO_SEND: ColumnElement[bool] = literal_column("mails.state IN ('waiting','failed')")
_OPEN: ColumnElement[bool] = literal_column("mails.state IN ('waiting','sent','unknown','failed')")
"""For the index of the outbox, which holds just these."""
_ID: ColumnElement[bool] = mails.c.id == bindparam("id_", type_=BigInteger)
_NOT_CANCELLED = exists().where(orders.c.id == mails.c.order_id, orders.c.state != literal_column("'cancelled'"))

_ADD = Prepared(
    insert_or_leave(mails)
    .values(
        {
            name: bindparam(name)
            for name in (
                "act", "at", "shop_id", "order_id", "kind", "about", "language", "recipient", "state", "not_before",
                "error", "settled_at",
            )
        }
    )
    .on_conflict_do_nothing()
)  # fmt: skip
_ONE = Prepared(select(*COLUMNS).where(_ID))
_ONE_LOCKED = Prepared(select(*COLUMNS).where(_ID).with_for_update())
_TAKE = Prepared(
    update(mails)
    .where(_ID, _TO_SEND, mails.c.attempts == bindparam("attempts_", type_=Integer), _NOT_CANCELLED)
    .values(
        state=literal_column("'sent'"),
        attempts=mails.c.attempts + 1,
        sent_at=bindparam("now_", type_=BigInteger),
        settled_at=None,
        settled_by=literal_column("''"),
        error=literal_column("''"),
        account_id=bindparam("account_", type_=BigInteger),
        recipient=bindparam("recipient_", type_=String),
        language=bindparam("language_", type_=String),
        subject=bindparam("subject_", type_=String),
        body=bindparam("body_", type_=String),
        message_id=bindparam("message_id_", type_=String),
    )
)
_SETTLE = Prepared(
    update(mails)
    .where(
        _ID,
        mails.c.attempts == bindparam("attempts_", type_=Integer),
        literal_column("mails.state IN ('sent','unknown')"),
        mails.c.settled_by == literal_column("''"),
    )
    .values(
        state=bindparam("state_", type_=String),
        error=bindparam("error_", type_=String),
        not_before=bindparam("not_before_", type_=BigInteger),
        settled_at=bindparam("now_", type_=BigInteger),
        settled_by=bindparam("by_", type_=String),
    )
)
_PUT_OFF = Prepared(
    update(mails)
    .where(_ID, _TO_SEND)
    .values(error=bindparam("error_", type_=String), not_before=bindparam("not_before_", type_=BigInteger))
)
_DROP = Prepared(
    update(mails)
    .where(_ID, _TO_SEND)
    .values(
        state=literal_column("'dropped'"),
        error=bindparam("error_", type_=String),
        settled_at=bindparam("now_", type_=BigInteger),
    )
)
_DROP_WAITING = Prepared(
    update(mails)
    .where(mails.c.order_id == bindparam("order_", type_=BigInteger), _TO_SEND)
    .values(
        state=literal_column("'dropped'"),
        error=bindparam("error_", type_=String),
        settled_at=bindparam("now_", type_=BigInteger),
    )
)
_HAS_MAILS = Prepared(select(mails.c.id).where(mails.c.order_id == bindparam("order_", type_=BigInteger)).limit(1))


def _row(row: Sequence[Any] | None) -> MailRow | None:
    return MailRow(*row) if row is not None else None


# --- queueing -----------------------------------------------------------------------------------------------------


def heads(tx: Transaction, ids: Sequence[int]) -> list[Head]:
    """Return what decides about the mails of orders, by id."""
    found: list[Head] = []
    columns = (
        orders.c.id, orders.c.shop_id, orders.c.number, orders.c.state, orders.c.version, orders.c.gift,
        orders.c.ordered_at, orders.c.digest, orders.c.content,
    )  # fmt: skip
    for start in range(0, len(ids), _PART):
        query = select(*columns).where(orders.c.id.in_(ids[start : start + _PART])).order_by(orders.c.id)
        for id_, shop, number, state, version, gift, at, digest, content in tx.connection.execute(query):
            head = Head(id_, shop, number, state, version, bool(gift), at, "+" in digest, json.loads(content))
            found.append(head)
    return found


def add(tx: Transaction, act: str, new: Iterable[NewMail]) -> None:
    """Queue mails; one of the same kind about the same thing of an order that is there already stays the only one."""
    rows = [
        {
            "act": act, "at": tx.now, "shop_id": each.shop, "order_id": each.order, "kind": each.kind,
            "about": each.about, "language": each.language, "recipient": each.recipient, "state": each.state,
            "not_before": each.not_before, "error": each.error,
            "settled_at": tx.now if each.state == "dropped" else None,
        }
        for each in new
    ]  # fmt: skip
    if rows:
        tx.many(_ADD, rows)


def has_mails(tx: Transaction, order: int) -> bool:
    """Whether anything was ever queued for an order."""
    return tx.one(_HAS_MAILS, order_=order) is not None


def of_numbers(tx: Transaction, shop: int, numbers: Sequence[str], kind: str) -> set[str]:
    """Return those of a shop's order numbers of which a mail of this kind is there already."""
    found: set[str] = set()
    for start in range(0, len(numbers), _PART):
        query = (
            select(orders.c.number)
            .join_from(orders, mails, mails.c.order_id == orders.c.id)
            .where(orders.c.shop_id == shop, orders.c.number.in_(numbers[start : start + _PART]), mails.c.kind == kind)
        )
        found |= set(tx.connection.execute(query).scalars())
    return found


def drop_waiting(tx: Transaction, order: int, error: str) -> int:
    """Take out of the outbox what of an order has not gone out; return how many mails."""
    return tx.run(_DROP_WAITING, order_=order, error_=error, now_=tx.now)


_CONTACTS = "mails.contacts"
"""Mark of the newest contact that was looked at for mails about delays."""
_MARK = Prepared(select(marks.c.value).where(marks.c.name == literal_column(f"'{_CONTACTS}'")))
_SET_MARK = Prepared(
    (marked := insert_or_leave(marks))
    .values(name=literal_column(f"'{_CONTACTS}'"), value=bindparam("value"))
    .on_conflict_do_update(index_elements=[marks.c.name], set_={"value": marked.excluded.value})
)
_NEWEST_CONTACT = Prepared(select(func.coalesce(func.max(contacts.c.id), 0)))


@dataclass(frozen=True, slots=True)
class Asked:
    """An order that came onto the contact list."""

    order: int
    about: str
    """``short`` or ``date``."""


def newest_contact(tx: Transaction) -> int:
    """Return the newest row of the contact list; 0 for none."""
    row = tx.one(_NEWEST_CONTACT)
    return int(row[0]) if row else 0


def told_until(tx: Transaction) -> int:
    """Return the newest contact that was looked at for mails; 0 where none ever was."""
    row = tx.one(_MARK)
    return int(row[0]) if row else 0


def tell_until(tx: Transaction, contact: int) -> None:
    """Say that contacts up to this one were looked at."""
    tx.run(_SET_MARK, value=contact)


def contacts_since(tx: Transaction, contact: int) -> list[Asked]:
    """Return who came onto the contact list after *contact* and is still to be asked, oldest first."""
    query = (
        select(contacts.c.order_id, contacts.c.about)
        .where(contacts.c.id > contact, literal_column("contacts.closed_at IS NULL"))
        .order_by(contacts.c.id)
    )
    return [Asked(int(row[0]), str(row[1])) for row in tx.connection.execute(query)]


# --- what a mail says ---------------------------------------------------------------------------------------------


def siblings(tx: Transaction, order: int) -> list[int]:
    """Return the orders of the same number in the same shop, this one among them: its other ship-tos, without rests."""
    own = select(orders.c.shop_id, orders.c.number).where(orders.c.id == order).subquery()
    query = (
        select(orders.c.id)
        .where(
            orders.c.shop_id == own.c.shop_id,
            orders.c.number == own.c.number,
            (orders.c.id == order) | (~orders.c.digest.like("%+%") & (orders.c.state != "cancelled")),
        )
        .order_by(orders.c.id)
    )
    return list(tx.connection.execute(query).scalars())


def together(tx: Transaction, lead: int) -> list[tuple[int, str, Mapping[str, Any]]]:
    """Return id, number and content of the orders that share a parcel, its own order first."""
    query = (
        select(orders.c.id, orders.c.number, orders.c.content)
        .where((orders.c.id == lead) | (orders.c.lead_id == lead))
        .order_by(orders.c.id)
    )
    rows = [(row[0], row[1], json.loads(row[2])) for row in tx.connection.execute(query)]
    return sorted(rows, key=lambda row: row[0] != lead)


def standing_hold(tx: Transaction, order: int, hold: str) -> str | None:
    """Return the detail of a hold that stands; None where it does not."""
    query = select(holds.c.detail).where(holds.c.order_id == order, holds.c.hold == hold, holds.c.lifted_at.is_(None))
    row = tx.connection.execute(query).first()
    return None if row is None else str(row[0])


# --- sending ------------------------------------------------------------------------------------------------------


def one(tx: Transaction, mail: int, *, lock: bool = False) -> MailRow | None:
    """Return a mail; None where there is no such."""
    return _row(tx.one(_ONE_LOCKED if lock and tx.dialect != "sqlite" else _ONE, id_=mail))


def due(tx: Transaction, shops: Sequence[int], most: int = 1) -> list[MailRow]:
    """Return the oldest mails of some shops that are due, first those that were tried least."""
    if not shops:
        return []
    query = (
        select(*COLUMNS)
        .where(_OPEN, _TO_SEND, mails.c.shop_id.in_(shops), mails.c.not_before <= tx.now)
        .order_by(mails.c.attempts, mails.c.id)
        .limit(most)
    )
    return [MailRow(*row) for row in tx.connection.execute(query)]


def take(
    tx: Transaction, mail: MailRow, *, account: int, recipient: str, language: str, subject: str, body: str,
    message_id: str,
) -> MailRow | None:  # fmt: skip
    """Mark a mail as sent just before it is; None where another program or a person was quicker.

    Or where its order was cancelled meanwhile.
    """
    taken = tx.run(
        _TAKE, id_=mail.id, attempts_=mail.attempts, now_=tx.now, account_=account, recipient_=recipient,
        language_=language, subject_=subject, body_=body, message_id_=message_id,
    )  # fmt: skip
    return one(tx, mail.id) if taken == 1 else None


def settle(tx: Transaction, mail: MailRow, result: Settled) -> bool:
    """Say what became of a mail that was sent; False where a person said so meanwhile."""
    values = {"state_": result.state, "error_": result.error, "not_before_": result.not_before, "by_": result.by}
    return tx.run(_SETTLE, id_=mail.id, attempts_=mail.attempts, now_=tx.now, **values) == 1


def put_off(tx: Transaction, mail: int, error: str, not_before: int) -> bool:
    """Let a mail wait until *not_before* without counting an attempt."""
    return tx.run(_PUT_OFF, id_=mail, error_=error, not_before_=not_before) == 1


def drop(tx: Transaction, mail: int, error: str) -> bool:
    """Say that a mail must not go out any more."""
    return tx.run(_DROP, id_=mail, error_=error, now_=tx.now) == 1


def lost(tx: Transaction, accounts: Sequence[int], error: str, *, before: int | None = None) -> int:
    """Mark what was on its way by some accounts as unknown; return how many mails.

    :param before: only what was sent earlier.
    """
    if not accounts:
        return 0
    query = update(mails).where(
        _OPEN, mails.c.state == "sent", mails.c.settled_at.is_(None), mails.c.account_id.in_(accounts)
    )
    if before is not None:
        query = query.where(mails.c.sent_at < before)
    return tx.connection.execute(query.values(state="unknown", error=error, settled_at=tx.now)).rowcount


def has_on_their_way(tx: Transaction, accounts: Sequence[int], before: int) -> bool:
    """Whether there is something that :func:`lost` would mark."""
    query = select(mails.c.id).where(
        _OPEN,
        mails.c.state == "sent",
        mails.c.settled_at.is_(None),
        mails.c.account_id.in_(accounts),
        mails.c.sent_at < before,
    )
    return tx.connection.execute(query.limit(1)).first() is not None


# --- what people say ----------------------------------------------------------------------------------------------


def say(tx: Transaction, mail: int, state: str, error: str = "") -> None:
    """Keep what a person said of a mail; the row is locked."""
    values = {"state": state, "error": error, "settled_at": tx.now, "settled_by": "person"}
    tx.connection.execute(update(mails).where(mails.c.id == mail).values(values))


def free(tx: Transaction, mail: int, recipient: str) -> None:
    """Let a mail that surely was not taken go out now."""
    values = {"state": "waiting", "not_before": 0, "error": "", "recipient": recipient, "settled_at": None}
    tx.connection.execute(update(mails).where(mails.c.id == mail).values(values))


def add_again(tx: Transaction, act: str, mail: MailRow, recipient: str) -> int:
    """Queue a mail like another one, as its repetition; return its id."""
    values = {
        "act": act, "at": tx.now, "shop_id": mail.shop, "order_id": mail.order, "kind": mail.kind,
        "about": mail.about, "language": mail.language, "recipient": recipient, "repeats": mail.id,
    }  # fmt: skip
    made = insert_or_leave(mails).values(values).returning(mails.c.id)
    return int(tx.connection.execute(made).scalar_one())


def named(tx: Transaction, order: int) -> list[MailRow]:
    """Return every mail of an order, oldest first."""
    query = select(*COLUMNS).where(mails.c.order_id == order).order_by(mails.c.id)
    return [MailRow(*row) for row in tx.connection.execute(query)]
