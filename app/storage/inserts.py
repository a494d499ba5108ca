"""Inserts 同梱物 as rows: their rules, what goes into each order's box, and what rules look at in an order.

What is asked for many orders at once is a fixed number of statements for every 400 of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from app.domain.insert_rules import USUAL_SIZE, InsertKind, InsertRule, Per, conditions_from_data
from app.domain.noshi import Knot
from app.storage import settings
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import (
    balances,
    batches,
    buyers,
    extras,
    insert_rules,
    lines,
    marks,
    orders,
    products,
    releases,
    shops,
    steps,
)

__all__ = [
    "SWITCH",
    "ExtraRow",
    "InsertStep",
    "NewExtra",
    "OrderFacts",
    "OrderLine",
    "PaperRow",
    "RuleRow",
    "add",
    "add_rule",
    "applied",
    "boxes_of",
    "counted",
    "drop",
    "drop_rule",
    "extras_of",
    "facts_of",
    "know_buyers",
    "lead_of",
    "lines_of",
    "number_rules",
    "of_buyers",
    "papers_of",
    "products_by_sku",
    "put_content",
    "put_rule",
    "ready_orders",
    "recount",
    "renamed",
    "rule_rows",
    "rules",
    "shop_names",
    "stock_of",
    "touched",
    "undo_steps",
    "unread_from",
]

SWITCH = "inserts.on"
"""Row of ``settings`` that nobody sets by hand: ``on`` while a rule is. A bench gets every row with its station's, so
that opening an order costs a shop without rules no statement."""
_PART = 400


def _parts(ids: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), _PART):
        yield ordered[start : start + _PART]


# --- rules --------------------------------------------------------------------------------------------------------

_RULE = (
    insert_rules.c.id,
    insert_rules.c.position,
    insert_rules.c.name,
    insert_rules.c.kind,
    insert_rules.c.product_id,
    insert_rules.c.quantity,
    insert_rules.c.per,
    insert_rules.c.conditions,
    insert_rules.c.text,
    insert_rules.c.scanned,
    insert_rules.c.active,
    func.coalesce(products.c.name, literal_column("''")),
)
_WITH_PRODUCT = insert_rules.outerjoin(products, products.c.id == insert_rules.c.product_id)
_ACTIVE = Prepared(
    select(*_RULE)
    .select_from(_WITH_PRODUCT)
    .where(insert_rules.c.active == literal_column("1"))
    .order_by(insert_rules.c.position, insert_rules.c.id)
)


def rules(tx: Transaction) -> list[InsertRule]:
    """Return the rules that are on, in their order."""
    return [_rule(row) for row in tx.rows(_ACTIVE)]


def _rule(row: tuple[Any, ...]) -> InsertRule:
    body = json.loads(row[7])
    return InsertRule(
        id=row[0],
        position=row[1],
        name=row[2],
        kind=InsertKind(row[3]),
        product=row[4],
        quantity=row[5],
        per=Per(row[6]),
        conditions=conditions_from_data(body),
        text=row[8],
        size=body.get("size", USUAL_SIZE),
        knots={title: Knot(knot) for title, knot in body.get("knots", {}).items()},
        scanned=bool(row[9]),
        active=bool(row[10]),
        product_name=row[11],
    )


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule with its product."""

    rule: InsertRule
    sku: str = ""
    stock: int | None = None
    """Pieces on shelves; None where it has no product, or one that never had stock."""


def rule_rows(tx: Transaction) -> list[RuleRow]:
    """Return every rule, those that are off too, in their order, with product and stock."""
    query = (
        select(*_RULE, products.c.sku).select_from(_WITH_PRODUCT).order_by(insert_rules.c.position, insert_rules.c.id)
    )
    found = [tuple(row) for row in tx.connection.execute(query)]
    stock = stock_of(tx, [row[4] for row in found if row[4] is not None])
    return [RuleRow(_rule(row), row[12] or "", stock.get(row[4])) for row in found]


def _values(rule: InsertRule) -> dict[str, Any]:
    body = rule.conditions.as_data()
    if rule.size != USUAL_SIZE:
        body["size"] = rule.size
    if rule.knots:
        body["knots"] = {title: str(knot) for title, knot in rule.knots.items()}
    return {
        "name": rule.name,
        "kind": str(rule.kind),
        "product_id": rule.product,
        "quantity": rule.quantity,
        "per": str(rule.per),
        "conditions": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        "text": rule.text,
        "scanned": int(rule.scanned),
        "active": int(rule.active),
    }


def add_rule(tx: Transaction, rule: InsertRule) -> int:
    """Enter a rule behind the others and return its id."""
    last = tx.connection.execute(select(func.coalesce(func.max(insert_rules.c.position), 0))).scalar_one()
    made = insert(insert_rules).values(position=int(last) + 1, **_values(rule)).returning(insert_rules.c.id)
    added = int(tx.connection.execute(made).scalar_one())
    _keep_switch(tx)
    return added


def _keep_switch(tx: Transaction) -> None:
    some = tx.connection.execute(select(insert_rules.c.id).where(insert_rules.c.active == 1).limit(1)).first()
    settings.write(tx, {SWITCH: "on" if some else "off"})


def put_rule(tx: Transaction, rule: InsertRule) -> bool:
    """Change a rule; its place stays. False where it is gone."""
    changed = update(insert_rules).where(insert_rules.c.id == rule.id).values(**_values(rule))
    there = tx.connection.execute(changed).rowcount == 1
    _keep_switch(tx)
    return there


def drop_rule(tx: Transaction, rule: int) -> bool:
    """Take a rule away; what it added stays. False where it is gone."""
    there = tx.connection.execute(delete(insert_rules).where(insert_rules.c.id == rule)).rowcount == 1
    _keep_switch(tx)
    return there


def number_rules(tx: Transaction, ids: Sequence[int]) -> None:
    """Put rules in this order."""
    for place, rule in enumerate(ids, 1):
        tx.connection.execute(update(insert_rules).where(insert_rules.c.id == rule).values(position=place))


def renamed(tx: Transaction, before: str, after: str) -> None:
    """Let the rules that exclude a rule know its new name."""
    for row in rule_rows(tx):
        when = row.rule.conditions
        if before in when.not_with:
            names = tuple(after if each == before else each for each in when.not_with)
            put_rule(tx, replace(row.rule, conditions=replace(when, not_with=names)))


def products_by_sku(tx: Transaction, folds: Iterable[str]) -> dict[str, int]:
    """Return products by their folded SKU; of two that differ in case only the older one."""
    wanted = sorted(set(folds))
    query = select(products.c.fold, products.c.id).where(products.c.fold.in_(wanted)).order_by(products.c.id.desc())
    return {row[0]: row[1] for row in tx.connection.execute(query)} if wanted else {}


def shop_names(tx: Transaction) -> dict[int, tuple[str, str]]:
    """Return channel and name of every shop."""
    query = select(shops.c.id, shops.c.channel, shops.c.name).order_by(shops.c.id)
    return {row[0]: (row[1], row[2]) for row in tx.connection.execute(query)}


def stock_of(tx: Transaction, ids: Iterable[int]) -> dict[int, int]:
    """Return the pieces on shelves of products that ever had stock; others are not in it."""
    found: dict[int, int] = {}
    on_shelf = func.sum(case((balances.c.place.like("shelf:%"), balances.c.quantity), else_=0))
    for part in _parts(ids):
        query = select(balances.c.product_id, on_shelf).where(balances.c.product_id.in_(part))
        rows: list[tuple[Any, ...]] = [
            tuple(row) for row in tx.connection.execute(query.group_by(balances.c.product_id))
        ]
        found |= {row[0]: int(row[1]) for row in rows}
    return found


def applied(tx: Transaction, since: int) -> dict[int, int]:
    """Return in how many orders that were released since a time each rule put something, by rule.

    :param since: milliseconds since 1970 UTC.
    """
    first = select(func.min(batches.c.id)).where(batches.c.at >= since).scalar_subquery()
    query = (
        select(extras.c.rule_id, func.count(extras.c.order_id.distinct()))
        .select_from(releases.join(extras, extras.c.order_id == releases.c.order_id))
        .where(releases.c.batch >= first, releases.c.taken_back.is_(None), extras.c.rule_id.is_not(None))
        .group_by(extras.c.rule_id)
    )
    rows: list[tuple[Any, ...]] = [tuple(row) for row in tx.connection.execute(query)]
    return {row[0]: int(row[1]) for row in rows}


# --- what rules look at -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """The head of an order, as rules need it."""

    id: int
    number: str
    shop: int
    shop_name: str
    state: str
    version: int
    lead: int | None
    ordered_at: int
    ship_date: str
    gift: bool
    temperature: str
    prefecture: str
    carrier: str
    service: str
    cod: int
    parcels: int
    extras: int
    content: dict[str, Any]
    batch: int | None
    sequence: int | None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of an order, as rules need it."""

    sku: str
    wanted: int
    price: str
    options: str
    fragile: bool
    sold: int | None
    short: int = 0


_FACTS = (
    orders.c.id,
    orders.c.number,
    orders.c.shop_id,
    shops.c.name,
    orders.c.state,
    orders.c.version,
    orders.c.lead_id,
    orders.c.ordered_at,
    orders.c.ship_date,
    orders.c.gift,
    orders.c.temperature,
    orders.c.prefecture,
    orders.c.carrier,
    orders.c.service,
    orders.c.cod,
    orders.c.parcel_count,
    orders.c.extras,
    orders.c.content,
    orders.c.batch,
    orders.c.sequence,
)


def facts_of(tx: Transaction, ids: Iterable[int]) -> list[OrderFacts]:
    """Return the heads of orders, by id."""
    found: list[OrderFacts] = []
    for part in _parts(ids):
        query = select(*_FACTS).select_from(orders.join(shops, shops.c.id == orders.c.shop_id))
        for row in tx.connection.execute(query.where(orders.c.id.in_(part)).order_by(orders.c.id)):
            values: list[Any] = list(row)
            values[9], values[17] = bool(values[9]), json.loads(values[17])
            found.append(OrderFacts(*values))
    return found


def lines_of(tx: Transaction, ids: Iterable[int]) -> dict[int, list[OrderLine]]:
    """Return the lines of orders, in their order."""
    found: dict[int, list[OrderLine]] = {}
    for part in _parts(ids):
        query = (
            select(
                lines.c.order_id,
                lines.c.sku,
                lines.c.wanted,
                lines.c.price,
                lines.c.options,
                func.coalesce(products.c.fragile, 0),
                lines.c.sold,
                lines.c.short,
            )
            .select_from(lines.outerjoin(products, products.c.id == lines.c.product_id))
            .where(lines.c.order_id.in_(part))
            .order_by(lines.c.order_id, lines.c.position, lines.c.id)
        )
        for row in tx.connection.execute(query):
            made = OrderLine(row[1], row[2], row[3], row[4], bool(row[5]), row[6], row[7])
            found.setdefault(row[0], []).append(made)
    return found


def boxes_of(tx: Transaction, leads: Iterable[int]) -> dict[int, tuple[int, list[tuple[int, int]]]]:
    """Return for orders that lead a parcel its number of boxes, and every order in it with its shop, the lead first."""
    found: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    for part in _parts(leads):
        lead = func.coalesce(orders.c.lead_id, orders.c.id)
        query = select(lead, orders.c.id, orders.c.shop_id, orders.c.parcel_count)
        query = query.where(or_(orders.c.id.in_(part), orders.c.lead_id.in_(part))).order_by(orders.c.id)
        rows: list[tuple[Any, ...]] = [tuple(row) for row in tx.connection.execute(query)]
        for of, order, shop, parcels in rows:
            boxes, members = found.get(of, (1, []))
            members = [(order, shop), *members] if order == of else [*members, (order, shop)]
            found[of] = (parcels if order == of else boxes, members)
    return found


# --- what goes in -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """Something that goes into an order's box."""

    id: int
    order: int
    position: int
    kind: str
    product: int | None
    name: str
    text: str
    wanted: int
    done: int
    short: int
    shown: bool
    rule: int | None


@dataclass(frozen=True, slots=True)
class NewExtra:
    """Something new that goes into an order's box."""

    order: int
    position: int
    kind: str
    product: int | None
    name: str
    text: str
    wanted: int
    short: int
    shown: bool
    rule: int | None


_EXTRA = (
    extras.c.id,
    extras.c.order_id,
    extras.c.position,
    extras.c.kind,
    extras.c.product_id,
    extras.c.name,
    extras.c.text,
    extras.c.wanted,
    extras.c.done,
    extras.c.short,
    extras.c.shown,
    extras.c.rule_id,
)


def extras_of(tx: Transaction, ids: Iterable[int]) -> list[ExtraRow]:
    """Return what goes into the boxes of orders."""
    found: list[ExtraRow] = []
    for part in _parts(ids):
        query = select(*_EXTRA).where(extras.c.order_id.in_(part)).order_by(extras.c.order_id, extras.c.position)
        for row in tx.connection.execute(query.order_by(extras.c.id)):
            values: list[Any] = list(row)
            values[10] = bool(values[10])
            found.append(ExtraRow(*values))
    return found


@dataclass(frozen=True, slots=True)
class InsertStep:
    """A standing step about an insert."""

    id: int
    order: int
    """Order whose parcel it went into: the lead's."""
    parcel: int
    extra: int
    product: int | None
    quantity: int
    lot: str
    source: str
    packed: bool
    """False where a packer said that it had run out."""
    shelf: str
    sku: str


def touched(tx: Transaction, ids: Iterable[int]) -> list[InsertStep]:
    """Return the standing steps about inserts of orders, and of what shares a parcel with them.

    :param ids: orders, and the leads of those that share another one's parcel.
    """
    found: list[InsertStep] = []
    for part in _parts(ids):
        query = (
            select(
                steps.c.id, steps.c.order_id, steps.c.parcel_id, steps.c.extra_id, steps.c.product_id,
                steps.c.quantity, steps.c.lot, steps.c.source, steps.c.kind,
                func.coalesce(products.c.shelf, ""), func.coalesce(products.c.sku, ""),
            )
            .select_from(steps.outerjoin(products, products.c.id == steps.c.product_id))
            .where(steps.c.order_id.in_(part), steps.c.undone == literal_column("''"), steps.c.extra_id.is_not(None))
            .order_by(steps.c.id)
        )  # fmt: skip
        for row in tx.connection.execute(query):
            values: list[Any] = list(row)
            values[8] = values[8] == "insert"
            found.append(InsertStep(*values))
    return found


def undo_steps(tx: Transaction, ids: Sequence[int], act: str) -> None:
    """Take steps about inserts back; the moves of the goods are the caller's."""
    for part in _parts(ids):
        tx.connection.execute(update(steps).where(steps.c.id.in_(part)).values(undone=act))


_ADD = Prepared(
    insert(extras).values(
        {
            name: bindparam(name)
            for name in ("order_id", "position", "kind", "product_id", "name", "text", "wanted", "short", "shown")
        }
        | {"rule_id": bindparam("rule_id"), "done": literal_column("0")}
    )
)
_RECOUNT = Prepared(update(orders).where(orders.c.id == bindparam("order_")).values(extras=bindparam("number_")))


def add(tx: Transaction, new: Sequence[NewExtra]) -> None:
    """Write what goes into boxes."""
    tx.many(
        _ADD,
        [
            {
                "order_id": each.order,
                "position": each.position,
                "kind": each.kind,
                "product_id": each.product,
                "name": each.name,
                "text": each.text,
                "wanted": each.wanted,
                "short": each.short,
                "shown": int(each.shown),
                "rule_id": each.rule,
            }
            for each in new
        ],
    )


def drop(tx: Transaction, ids: Iterable[int]) -> None:
    """Take away what does not go into a box any more."""
    for part in _parts(ids):
        tx.connection.execute(delete(extras).where(extras.c.id.in_(part)))


def counted(tx: Transaction, extra: int, wanted: int, position: int) -> None:
    """Want another number of pieces of something that is partly in its box."""
    tx.connection.execute(update(extras).where(extras.c.id == extra).values(wanted=wanted, position=position))


def recount(tx: Transaction, numbers: Mapping[int, int]) -> None:
    """Keep on each order how many rows it has."""
    tx.many(_RECOUNT, [{"order_": order, "number_": number} for order, number in sorted(numbers.items())])


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper to be printed for an order."""

    extra: int
    kind: str
    text: str
    """JSON of what it says."""
    order: int
    shop: int
    batch: int
    sequence: int


def papers_of(
    tx: Transaction, kind: str, *, batch: int | None = None, order: int | None = None, without: Iterable[int] = ()
) -> list[PaperRow]:
    """Return the papers of one kind that go into boxes and are not in yet, in the sequence of the ship numbers.

    :param batch: of the orders of this batch.
    :param order: of this order only.
    :param without: orders whose papers come out by themselves.
    """
    query = (
        select(
            extras.c.id, extras.c.kind, extras.c.text, orders.c.id, orders.c.shop_id, orders.c.batch, orders.c.sequence
        )
        .select_from(extras.join(orders, orders.c.id == extras.c.order_id))
        .where(extras.c.kind == kind, extras.c.product_id.is_(None), extras.c.shown == 0)
        .where(orders.c.state != "cancelled", orders.c.batch.is_not(None))
        .order_by(orders.c.batch, orders.c.sequence, extras.c.position, extras.c.id)
    )
    query = query.where(orders.c.batch == batch) if order is None else query.where(orders.c.id == order)
    aside = frozenset(without)
    made: list[tuple[Any, ...]] = [tuple(row) for row in tx.connection.execute(query)]
    return [PaperRow(*row) for row in made if row[3] not in aside]


# --- what the buyer ordered before --------------------------------------------------------------------------------

_MARK = "inserts.buyers"
_AGED_MS = 10_000
"""A row that is younger may have an older one beside it that comes later: PostgreSQL gives ids before the commit."""

_SET_MARK = Prepared(
    (marked := insert_or_change(marks))
    .values(name=bindparam("name"), value=bindparam("value"))
    .on_conflict_do_update(index_elements=[marks.c.name], set_={"value": marked.excluded.value})
)
_KNOWN_BUYER = Prepared(
    insert_or_change(buyers)
    .values(key=bindparam("key"), order_id=bindparam("order_id"))
    .on_conflict_do_nothing(index_elements=[buyers.c.key, buyers.c.order_id])
)


def unread_from(tx: Transaction) -> int:
    """Return the newest order up to which all are known by their buyers."""
    found = tx.connection.execute(select(marks.c.value).where(marks.c.name == _MARK)).scalar_one_or_none()
    return int(found or 0)


def know_buyers(tx: Transaction, limit: int, keys: Callable[[int, str, str, str], tuple[int, ...]]) -> int:
    """Take in the buyers of orders that are not known yet, the oldest first; return how many were looked at.

    :param keys: returns the keys of a buyer from shop, name, phone and postcode.
    """
    query = (
        select(orders.c.id, orders.c.shop_id, orders.c.content, orders.c.received_at)
        .where(orders.c.id > unread_from(tx))
        .order_by(orders.c.id)
        .limit(limit)
    )
    rows: list[tuple[Any, ...]] = [tuple(row) for row in tx.connection.execute(query)]
    if not rows:
        return 0
    made: list[dict[str, Any]] = []
    aged, old = 0, True
    for order, shop, content, received in rows:
        buyer = json.loads(content).get("buyer", {})
        of_buyer = keys(shop, buyer.get("name", ""), buyer.get("phone", ""), buyer.get("postcode", ""))
        made += [{"key": key, "order_id": order} for key in of_buyer]
        old = old and received <= tx.now - _AGED_MS
        aged = order if old else aged
    tx.many(_KNOWN_BUYER, made)
    if aged:
        tx.run(_SET_MARK, name=_MARK, value=aged)
    return len(rows)


def of_buyers(tx: Transaction, keys: Iterable[int]) -> dict[int, list[tuple[int, str, int]]]:
    """Return by key of a buyer his orders that were not cancelled: order, number, when it was ordered."""
    found: dict[int, list[tuple[int, str, int]]] = {}
    for part in _parts(keys):
        query = (
            select(buyers.c.key, orders.c.id, orders.c.number, orders.c.ordered_at)
            .select_from(buyers.join(orders, orders.c.id == buyers.c.order_id))
            .where(buyers.c.key.in_(part), orders.c.state != "cancelled")
        )
        for key, order, number, at in tx.connection.execute(query):
            found.setdefault(int(key), []).append((order, number, at))
    return found


# --- one order ----------------------------------------------------------------------------------------------------

_LEAD = Prepared(select(orders.c.lead_id).where(orders.c.id == bindparam("order_")))
_CONTENT = Prepared(
    update(orders).where(orders.c.id == bindparam("order_")).values(content=bindparam("content_", type_=String))
)


def lead_of(tx: Transaction, order: int) -> int:
    """Return the order whose parcel an order goes in: mostly its own."""
    row = tx.one(_LEAD, order_=order)
    return int(row[0]) if row and row[0] is not None else order


def put_content(tx: Transaction, order: int, content: Mapping[str, Any]) -> None:
    """Write what papers of an order need."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    tx.run(_CONTENT, order_=order, content_=body)


def ready_orders(tx: Transaction, limit: int) -> list[int]:
    """Return the orders that wait for their release or are released, in the order of the queue."""
    live: ColumnElement[bool] = literal_column("state IN ('received','ready','released','picked','verified')")
    query = select(orders.c.id).where(live, orders.c.state.in_(("ready", "released"))).where(
        ~exists().where(steps.c.order_id == orders.c.id, steps.c.undone == literal_column("''"))
    )  # fmt: skip
    query = query.order_by(orders.c.queue_at, orders.c.rank, orders.c.ordered_at, orders.c.id).limit(limit)
    return [row[0] for row in tx.connection.execute(query)]
