"""Known orders that change: the order as it is stored, its lines in place, goods out of its parcels, its next version.

What changes is decided in :mod:`app.domain.changes`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, delete, func, insert, literal_column, or_, select, update

from app.domain.bench import Step, StepKind
from app.domain.boxes import stale
from app.domain.changes import Contents, KnownLine, Packed, Taken
from app.domain.orders import Address, Totals
from app.storage.database import Transaction
from app.storage.order_life import set_parcel
from app.storage.prepared import Prepared
from app.storage.put_back import drop_picks
from app.storage.tables import contacts, lines, orders, parcels, products, steps, waybills

__all__ = [
    "SAID",
    "KnownOrder",
    "bump_version",
    "contents_of",
    "drop_all_steps",
    "drop_closing_steps",
    "drop_lines",
    "drop_shorts",
    "drop_steps",
    "empty_parcels",
    "give_parcels_to",
    "goods_of",
    "group_of",
    "has_lines_by_hand",
    "known",
    "open_contacts",
    "packed",
    "park",
    "partly_gone",
    "put_head",
    "put_line",
    "rests_of",
    "set_lead",
    "shelves_of",
    "take_out",
    "unpark",
]


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """One order as it is stored, its row locked."""

    id: int
    number: str
    shop: int
    state: str
    held: bool
    version: int
    batch: int | None
    sequence: int | None
    holder: str
    carrier: str
    lead: int | None
    merge_key: str
    service_by: str
    ordered_at: int
    content: dict[str, Any]
    """What papers need, as stored."""
    contents: Contents
    lines: tuple[KnownLine, ...]


_KNOWN = Prepared(
    select(
        orders.c.id,
        orders.c.number,
        orders.c.shop_id,
        orders.c.state,
        orders.c.held,
        orders.c.version,
        orders.c.batch,
        orders.c.sequence,
        orders.c.holder,
        orders.c.carrier,
        orders.c.lead_id,
        orders.c.merge_key,
        orders.c.service_by,
        orders.c.ordered_at,
        orders.c.content,
        orders.c.gift,
        orders.c.service,
        orders.c.temperature,
        orders.c.wish_date,
        orders.c.slot,
        orders.c.cod,
        orders.c.parcel_count,
    )
    .where(orders.c.id == bindparam("order_"))
    .with_for_update()
)
_LINES = Prepared(
    select(
        lines.c.id,
        lines.c.sku,
        lines.c.product_id,
        lines.c.wanted,
        lines.c.done,
        lines.c.short,
        lines.c.options,
        lines.c.name,
        lines.c.price,
        lines.c.tax_rate,
        lines.c.sold,
    )
    .where(lines.c.order_id == bindparam("order_"))
    .order_by(lines.c.position, lines.c.id)
)
SAID = ("name", "price", "tax_rate", "sold")
"""Columns of a line that papers show beside its goods."""


def known(tx: Transaction, order: int) -> KnownOrder | None:
    """Load an order whole and lock its row; None where it is gone."""
    row = tx.one(_KNOWN, order_=order)
    if row is None:
        return None
    found = tx.rows(_LINES, order_=order)
    content = json.loads(row[14])
    contents = contents_of(
        content,
        gift=bool(row[15]),
        carrier=row[9],
        service=row[16],
        temperature=row[17],
        promise=(row[18], row[19]),
        collect=row[20],
        parcels=row[21],
    )
    by_line = tuple(KnownLine(r[0], r[1], r[2], r[3], r[4], r[5], r[6], tuple(r[7:11])) for r in found)
    head: list[Any] = [*row[:4], bool(row[4]), *row[5:14], content, contents, by_line]
    return KnownOrder(*head)


def contents_of(content: Mapping[str, Any], **more: Any) -> Contents:
    """Return what may change about an order from its stored content."""
    return Contents(
        ship_to=Address(**content["ship_to"]),
        buyer=Address(**content["buyer"]),
        delivery=content["delivery"],
        cod=content["cod_amount"],
        note=content["note"],
        wish=content["wish"],
        payment=content["payment"],
        totals=Totals(**content["totals"]),
        **more,
    )


def goods_of(tx: Transaction, order: int) -> list[tuple[int, int]]:
    """Return the known products of an order with the pieces wanted."""
    query = select(lines.c.product_id, lines.c.wanted).where(lines.c.order_id == order, lines.c.product_id.is_not(None))
    return [(row[0] or 0, row[1]) for row in tx.connection.execute(query)]


def put_head(tx: Transaction, order: int, values: Mapping[str, Any]) -> None:
    """Write columns of an order's row."""
    tx.connection.execute(update(orders).where(orders.c.id == order).values(dict(values)))


# --- versions, parcels --------------------------------------------------------------------------------------------

_BUMP = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(version=orders.c.version + literal_column("1"))
    .returning(orders.c.version)
)
_GROUP = Prepared(
    select(orders.c.id)
    .where(or_(orders.c.id == bindparam("lead_"), orders.c.lead_id == bindparam("lead_")))
    .order_by(orders.c.id)
    .with_for_update()
)
_PARTLY_GONE = Prepared(
    select(waybills.c.id)
    .select_from(waybills.join(orders, orders.c.id == waybills.c.order_id))
    .where(
        or_(orders.c.id == bindparam("lead_"), orders.c.lead_id == bindparam("lead_")),
        waybills.c.state == literal_column("'handed_over'"),
    )
    .limit(1)
)
_PARCEL_GONE = Prepared(
    select(parcels.c.id)
    .select_from(parcels.join(orders, orders.c.id == parcels.c.order_id))
    .where(
        or_(orders.c.id == bindparam("lead_"), orders.c.lead_id == bindparam("lead_")),
        parcels.c.state == literal_column("'handed_over'"),
    )
    .limit(1)
)
_PARK_ORDER = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(
        parked=bindparam("parked_"),
        state=bindparam("state_"),
        holder=literal_column("''"),
        lease_until=literal_column("0"),
    )
)
_PARK_PARCELS = Prepared(
    update(parcels)
    .where(parcels.c.order_id == bindparam("order_"), literal_column("parcels.state IN ('open', 'closed', 'parked')"))
    .values(
        state=literal_column("'parked'"),
        closed_at=None,
        unlabelled=literal_column("''"),
        slips=literal_column("''"),
    )
)
_UNPARK = Prepared(update(orders).where(orders.c.id == bindparam("order_")).values(parked=literal_column("0")))
_CLOSING = Prepared(
    update(steps)
    .where(
        steps.c.order_id == bindparam("order_"),
        steps.c.undone == literal_column("''"),
        literal_column("kind IN ('close', 'attach', 'slip', 'weigh')"),
    )
    .values(undone=bindparam("undone_", type_=String))
)
_SET_LEAD = Prepared(update(orders).where(orders.c.id == bindparam("order_")).values(lead_id=bindparam("lead_")))


def bump_version(tx: Transaction, order: int) -> int:
    """Count an order's version up; return the new one."""
    row = tx.one(_BUMP, order_=order)
    assert row is not None
    return int(row[0])


def group_of(tx: Transaction, lead: int) -> list[int]:
    """Return a lead and the orders that share its parcel, their rows locked; just the order where it leads none."""
    return [row[0] for row in tx.rows(_GROUP, lead_=lead)]


def partly_gone(tx: Transaction, lead: int) -> bool:
    """Whether a piece of what a lead and its followers share is with the carrier already."""
    return tx.one(_PARTLY_GONE, lead_=lead) is not None or tx.one(_PARCEL_GONE, lead_=lead) is not None


def park(tx: Transaction, order: int, state: str, *, parked: bool) -> bool:
    """Take an order out of the hands of its station, its boxes parked with what is in them.

    :param parked: whether the queue passes it over until its slip is scanned.
    :returns: whether there was a box.
    """
    tx.run(_PARK_ORDER, order_=order, state_=state, parked_=int(parked))
    return tx.run(_PARK_PARCELS, order_=order) > 0


def unpark(tx: Transaction, order: int) -> None:
    """Let the queue see an order again."""
    tx.run(_UNPARK, order_=order)


def drop_closing_steps(tx: Transaction, order: int, act: str) -> None:
    """Take back the steps that closed a box, weighed it, put a waybill on it or scanned its slip; its goods stay."""
    tx.run(_CLOSING, order_=order, undone_=act)


def set_lead(tx: Transaction, order: int, lead: int | None) -> None:
    """Say whose parcel an order shares; None: it has one of its own."""
    tx.run(_SET_LEAD, order_=order, lead_=lead)


def give_parcels_to(tx: Transaction, order: int, to: int) -> None:
    """Let another order have this one's living boxes and the steps that filled them."""
    living = ("open", "parked", "closed")
    tx.connection.execute(
        update(parcels).where(parcels.c.order_id == order, parcels.c.state.in_(living)).values(order_id=to)
    )
    tx.connection.execute(update(steps).where(steps.c.order_id == order, steps.c.undone == "").values(order_id=to))


# --- goods out of parcels -----------------------------------------------------------------------------------------

_PACKED = Prepared(
    select(
        steps.c.id,
        steps.c.line_id,
        steps.c.parcel_id,
        steps.c.product_id,
        steps.c.lot,
        steps.c.source,
        steps.c.quantity,
    )
    .select_from(steps.join(lines, lines.c.id == steps.c.line_id))
    # By the line: a merged order's goods are in the steps of the order that leads it.
    .where(
        steps.c.order_id.in_(
            select(func.coalesce(orders.c.lead_id, orders.c.id))
            .where(orders.c.id == bindparam("order_"))
            .union_all(select(orders.c.id).where(orders.c.id == bindparam("order_")))
        ),
        lines.c.order_id == bindparam("order_"),
        steps.c.kind == literal_column("'pack'"),
        steps.c.undone == literal_column("''"),
    )
    .order_by(steps.c.id)
)
_STEP_COLUMNS = (
    *("order_id", "parcel_id", "act", "kind", "line_id", "product_id", "code", "lot", "source", "reason"),
    *("waybill_id", "expiry", "serial", "how", "by_person", "box", "extra_id"),
)
_UNDO_STEP = Prepared(
    update(steps).where(steps.c.id == bindparam("step_")).values(undone=bindparam("undone_", type_=String))
)
_REST_OF_STEP = Prepared(
    insert(steps).from_select(
        [*_STEP_COLUMNS, "quantity", "undone"],
        select(
            *(steps.c[name] for name in _STEP_COLUMNS), bindparam("rest_", type_=steps.c.quantity.type),
            literal_column("''"),
        ).where(steps.c.id == bindparam("step_")),
    )
)  # fmt: skip
_LESS_DONE = Prepared(
    update(lines).where(lines.c.id == bindparam("line_")).values(done=lines.c.done - bindparam("pieces_"))
)


def packed(tx: Transaction, order: int) -> tuple[Packed, ...]:
    """Return the standing steps that packed an order's goods, oldest first."""
    return tuple(Packed(r[0], r[1], r[2], r[3], r[4], r[5], r[6]) for r in tx.rows(_PACKED, order_=order))


def take_out(tx: Transaction, taken: Sequence[Taken], act: str) -> None:
    """Take goods of steps back: the lines have less done, a step that keeps some of its goods goes on with the rest.

    The moves of the goods are the caller's.
    """
    for each in taken:
        tx.run(_UNDO_STEP, step_=each.step.id, undone_=act)
        if each.rest:
            tx.run(_REST_OF_STEP, step_=each.step.id, rest_=each.rest)
        tx.run(_LESS_DONE, line_=each.step.line, pieces_=each.quantity)
    _drop_moves(tx, {each.step.line for each in taken}, act)


def _drop_moves(tx: Transaction, line_ids: Iterable[int], act: str) -> None:
    """Take back what says that pieces were moved from box to box where they are in none any more."""
    query = (
        select(steps.c.id, steps.c.kind, steps.c.line_id, steps.c.quantity, steps.c.source, steps.c.box)
        .where(steps.c.line_id.in_(sorted(line_ids)), steps.c.undone == "", steps.c.kind.in_(("pack", "move")))
        .order_by(steps.c.id)
    )
    found = tx.connection.execute(query).all()
    if all(row[1] == "pack" for row in found):
        return
    trail = [Step(str(r[0]), StepKind(r[1]), r[2], quantity=r[3], source=r[4], box=r[5]) for r in found]
    for step in stale(trail):
        tx.run(_UNDO_STEP, step_=int(step.act), undone_=act)


def drop_shorts(tx: Transaction, line_ids: Sequence[int], act: str) -> None:
    """Take back that pieces of lines are missing; what is packed of them stays."""
    if line_ids:
        short = (steps.c.line_id.in_(line_ids), steps.c.undone == "", steps.c.kind == "short")
        tx.connection.execute(update(steps).where(*short).values(undone=act))


def drop_steps(tx: Transaction, line_ids: Sequence[int], act: str) -> None:
    """Take back whatever steps still stand on lines that go, such as a shortage that was declared."""
    if line_ids:
        tx.connection.execute(
            update(steps).where(steps.c.line_id.in_(line_ids), steps.c.undone == "").values(undone=act)
        )


def drop_all_steps(tx: Transaction, order: int, act: str) -> None:
    """Take back whatever steps of an order still stand; its goods are out of the box already."""
    tx.connection.execute(update(steps).where(steps.c.order_id == order, steps.c.undone == "").values(undone=act))


def empty_parcels(tx: Transaction, order: int) -> list[int]:
    """End an order's boxes; return them. What was in them is out already."""
    found = select(parcels.c.id).where(parcels.c.order_id == order, parcels.c.state.in_(("open", "parked", "closed")))
    ids = [row[0] for row in tx.connection.execute(found)]
    for parcel in ids:
        set_parcel(tx, parcel, "pulled")
    return ids


# --- lines --------------------------------------------------------------------------------------------------------


def put_line(tx: Transaction, line: int, values: Mapping[str, Any]) -> None:
    """Write columns of a line."""
    tx.connection.execute(update(lines).where(lines.c.id == line).values(dict(values)))


def drop_lines(tx: Transaction, ids: Sequence[int]) -> None:
    """Take lines away of which nothing is packed nor picked."""
    if ids:
        drop_picks(tx, ids)
        tx.connection.execute(delete(lines).where(lines.c.id.in_(ids)))


def shelves_of(tx: Transaction, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return SKU and shelf of products."""
    wanted = sorted(set(ids))
    query = select(products.c.id, products.c.sku, products.c.shelf).where(products.c.id.in_(wanted))
    return {row[0]: (row[1], row[2]) for row in tx.connection.execute(query)} if wanted else {}


# --- what people did about it -------------------------------------------------------------------------------------


def rests_of(tx: Transaction, order: int) -> list[int]:
    """Return the living orders that were split off from one because its goods were short.

    They have its number, its ship-to with ``+2``, ``+3`` … behind it, and no digest of a file.
    """
    own = select(orders.c.shop_id, orders.c.number, orders.c.ship_to_key).where(orders.c.id == order)
    shop, number, key = tuple(tx.connection.execute(own).one())
    query = select(orders.c.id, orders.c.ship_to_key).where(
        orders.c.shop_id == shop,
        orders.c.number == number,
        orders.c.digest.like("%+%"),
        literal_column("state IN ('received','ready','released','picked','verified')"),
    )
    return [row[0] for row in tx.connection.execute(query.order_by(orders.c.id)) if row[1].rpartition("+")[0] == key]


def has_lines_by_hand(tx: Transaction, order: int) -> bool:
    """Whether a person changed what an order wants, as its customer answered: split off or replaced."""
    query = select(contacts.c.id).where(contacts.c.order_id == order, contacts.c.answer.in_(("split", "substitute")))
    return tx.connection.execute(query.limit(1)).first() is not None


def open_contacts(tx: Transaction, order: int) -> list[tuple[int, str]]:
    """Return the questions to an order's customer that stand, and the hold shelf where its goods lie meanwhile."""
    query = select(contacts.c.id, contacts.c.shelf).where(
        contacts.c.order_id == order, literal_column("contacts.closed_at IS NULL")
    )
    return [(row[0], row[1]) for row in tx.connection.execute(query.order_by(contacts.c.id))]
