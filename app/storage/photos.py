"""Photos of open boxes: which orders want one, what was kept, what may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, exists, func, insert, literal_column, or_, select, update

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import contacts, lines, orders, overrides, parcels, photos, products, returns

__all__ = ["PhotoRow", "Signs", "add", "gone", "kept_size", "may_go", "oldest", "page", "parcel_of", "signs_of"]


@dataclass(frozen=True, slots=True)
class Signs:
    """What of an order may ask for a photo."""

    shop: int
    content: str
    """What papers need, as JSON: the amount is in there."""
    gift: bool
    fragile: bool
    override: bool
    short: bool


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo."""

    id: int
    at: int
    """Milliseconds since 1970 UTC."""
    station: str
    order: int
    number: str
    """The shop's number of the order."""
    box: int
    file: str
    """Its name within the folder of photos."""
    sha256: str
    size: int
    """Bytes."""
    gone_at: int | None


_ANY = orders.alias("any")
_MEMBERS = select(_ANY.c.id).where(or_(_ANY.c.id == bindparam("order_"), _ANY.c.lead_id == bindparam("order_")))
_ITS_LINES = lines.c.order_id.in_(_MEMBERS)
_SIGNS = Prepared(
    select(
        orders.c.shop_id,
        orders.c.content,
        exists(select(_ANY.c.id).where(or_(_ANY.c.id == orders.c.id, _ANY.c.lead_id == orders.c.id), _ANY.c.gift > 0)),
        exists(
            select(lines.c.id)
            .select_from(lines.join(products, products.c.id == lines.c.product_id))
            .where(_ITS_LINES, products.c.fragile > 0)
        ),
        exists(select(overrides.c.id).where(overrides.c.order_id.in_(_MEMBERS))),
        exists(select(lines.c.id).where(_ITS_LINES, lines.c.short > 0)),
    ).where(orders.c.id == bindparam("order_"))
)
_NAMES = ("act", "at", "station", "order_id", "parcel_id", "box", "file", "sha256", "size")
_ADD = Prepared(insert(photos).values({name: bindparam(name) for name in _NAMES}))
_GONE = Prepared(
    update(photos).where(photos.c.id == bindparam("id_"), photos.c.gone_at.is_(None)).values(gone_at=bindparam("at"))
)


def signs_of(tx: Transaction, order: int) -> Signs | None:
    """Return what of an order, and of those that share its parcel, may ask for a photo; None where it is gone."""
    row = tx.one(_SIGNS, order_=order)
    return Signs(row[0], row[1], *(bool(each) for each in row[2:])) if row else None


def parcel_of(tx: Transaction, order: int) -> tuple[int | None, int]:
    """Return the newest parcel of an order, and the box that was filled last in it."""
    query = select(parcels.c.id, parcels.c.box).where(parcels.c.order_id == order).order_by(parcels.c.id.desc())
    found = tx.connection.execute(query.limit(1)).first()
    return (found[0], found[1]) if found else (None, 1)


def add(
    tx: Transaction,
    act: str,
    station: str,
    order: int,
    parcel: int | None,
    box: int,
    file: str,
    sha256: str,
    size: int,
) -> None:
    """Keep that a photo lies in the folder."""
    given = (act, tx.now, station, order, parcel, box, file, sha256, size)
    tx.run(_ADD, **dict(zip(_NAMES, given, strict=True)))


def gone(tx: Transaction, ids: Sequence[int]) -> int:
    """Say that photos were deleted now; return how many that was new for."""
    return sum(tx.run(_GONE, id_=each, at=tx.now) for each in ids)


_COLUMNS = (
    photos.c.id,
    photos.c.at,
    photos.c.station,
    photos.c.order_id,
    orders.c.number,
    photos.c.box,
    photos.c.file,
    photos.c.sha256,
    photos.c.size,
    photos.c.gone_at,
)
_ROWS = select(*_COLUMNS).select_from(photos.join(orders, orders.c.id == photos.c.order_id))


def page(tx: Transaction, *, orders_: Sequence[int] = (), limit: int | None = None) -> list[PhotoRow]:
    """Return photos, newest first.

    :param orders_: of these orders only; empty for all.
    """
    query = _ROWS.where(photos.c.order_id.in_(orders_)) if orders_ else _ROWS
    query = query.order_by(photos.c.at.desc(), photos.c.id.desc())
    if limit is not None:
        query = query.limit(limit)
    return [PhotoRow(*tuple(row)) for row in tx.connection.execute(query)]


def kept_size(tx: Transaction, station: str) -> int:
    """Return how many bytes of photos a station keeps."""
    query = select(func.coalesce(func.sum(photos.c.size), literal_column("0"))).where(
        photos.c.station == station, photos.c.gone_at.is_(None)
    )
    return int(tx.connection.execute(query).scalar_one())


def may_go(tx: Transaction, orders_: Sequence[int]) -> frozenset[int]:
    """Return those of the orders about which nothing is open: no return here, nothing asked of a customer."""
    open_ = [
        select(returns.c.order_id).where(returns.c.order_id.in_(orders_), returns.c.state == "open"),
        select(contacts.c.order_id).where(contacts.c.order_id.in_(orders_), contacts.c.closed_at.is_(None)),
    ]
    busy = {row[0] for query in open_ for row in tx.connection.execute(query)}
    return frozenset(orders_) - busy


def oldest(tx: Transaction, station: str, *, after: tuple[int, int] = (0, 0), limit: int = 200) -> list[PhotoRow]:
    """Return photos that a station keeps, oldest first, those after *after* (time and id)."""
    query = _ROWS.where(
        photos.c.station == station,
        photos.c.gone_at.is_(None),
        or_(photos.c.at > after[0], (photos.c.at == after[0]) & (photos.c.id > after[1])),
    )
    found = tx.connection.execute(query.order_by(photos.c.at, photos.c.id).limit(limit))
    return [PhotoRow(*tuple(row)) for row in found]
