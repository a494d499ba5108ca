"""Proposed cartons as rows: which orders want a proposal, what goes into them, and what was proposed and chosen."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from app.storage.cartons import TOO_SMALL
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import (
    boxes,
    carton_choices,
    carton_plans,
    extras,
    lines,
    marks,
    orders,
    parcels,
    products,
    steps,
)

__all__ = [
    "ChoiceRow",
    "ExtraRow",
    "LineRow",
    "NewPlan",
    "OrderRow",
    "PlanRow",
    "ShippedRow",
    "bodies",
    "chosen_for",
    "claim",
    "due",
    "due_of",
    "extras_of",
    "forget",
    "forget_orders",
    "forget_products",
    "forget_without_stock",
    "fresh",
    "is_due",
    "is_proposed",
    "lines_of",
    "list_changed",
    "orders_of",
    "refused_for",
    "release_claim",
    "save",
    "shipped",
]

_PAGE = 400
_CHANGED, _CLAIMED = "cartons.changed", "cartons.claimed"
"""Marks: when the list of cartons, or what is decided about them, changed last; when a station began to plan."""
_CLAIM_MS = 120_000
"""How long other stations leave the work to the one that began it."""
_OPEN: ColumnElement[bool] = literal_column("orders.state IN ('ready','released','picked')")
_LEADS: ColumnElement[bool] = literal_column("orders.lead_id IS NULL")
_followers = orders.alias("followers")
_VERSION = (
    orders.c.version
    + select(func.coalesce(func.sum(_followers.c.version + literal_column("1")), literal_column("0")))
    .where(_followers.c.lead_id == orders.c.id)
    .scalar_subquery()
)
"""Version of everything that shares the parcel: another one where any of it changes, joins or leaves."""
_BEGUN = exists(
    select(steps.c.id).where(
        steps.c.order_id == orders.c.id, literal_column("steps.undone = ''"), literal_column("steps.kind <> 'slip'")
    )
).correlate(orders)
"""Something is in its box, or a packer decided about it."""
_MARK = Prepared(select(marks.c.value).where(marks.c.name == bindparam("name_", type_=String)))
_SET_MARK = Prepared(
    (marked := insert_or_change(marks))
    .values(name=bindparam("name"), value=bindparam("value"))
    .on_conflict_do_update(index_elements=[marks.c.name], set_={"value": marked.excluded.value})
)
_SINCE = func.coalesce(
    select(marks.c.value).where(marks.c.name == literal_column(f"'{_CHANGED}'")).scalar_subquery(), literal_column("0")
)
_STALE = or_(carton_plans.c.order_id.is_(None), carton_plans.c.version != _VERSION, carton_plans.c.at < _SINCE)
_WITH_PLANS = orders.outerjoin(carton_plans, carton_plans.c.order_id == orders.c.id)
_DUE = Prepared(
    select(orders.c.id)
    .select_from(_WITH_PLANS)
    .where(_OPEN, _LEADS, _STALE, ~_BEGUN)
    .order_by(orders.c.queue_at, orders.c.rank, orders.c.ordered_at, orders.c.id)
    .limit(bindparam("limit_", type_=Integer))
)
_IS_DUE = Prepared(
    select(orders.c.id)
    .select_from(_WITH_PLANS)
    .where(orders.c.id == bindparam("order_"), _OPEN, _LEADS, _STALE, ~_BEGUN)
)
_PUT = Prepared(
    (made := insert_or_change(carton_plans))
    .values(
        order_id=bindparam("order_id"),
        version=bindparam("version"),
        at=bindparam("at", type_=BigInteger),
        goods=bindparam("goods"),
        body=bindparam("body"),
    )
    .on_conflict_do_update(
        index_elements=[carton_plans.c.order_id],
        set_={name: made.excluded[name] for name in ("version", "at", "goods", "body")},
    )
)
_PLAN = Prepared(update(orders).where(orders.c.id == bindparam("order_")).values(plan=bindparam("plan_", type_=String)))
_PIECES = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"), literal_column("orders.state = 'ready'"))
    .values(parcel_count=bindparam("pieces"))
)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order that wants a proposal."""

    id: int
    version: int
    """Of everything that shares its parcel."""
    state: str
    carrier: str
    service: str
    service_by: str
    temperature: str
    cod: int
    parcel_count: int
    begun: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of what goes into a parcel, with what is known of its product."""

    order: int
    """Order whose parcel it goes into."""
    id: int
    product: int | None
    sku: str
    name: str
    name_en: str
    pieces: int
    """Pieces that are wanted and not short."""
    size_mm: tuple[int, int, int]
    """0 for what is not known."""
    weight_g: int
    """0: not known."""
    temperature: str
    fragile: bool
    orientation: str
    liquid: bool
    dangerous: bool
    pressed_mm: int | None
    cushion_mm: int | None
    own_carton: bool
    picture: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What was proposed for an order."""

    order: int
    version: int
    at: int
    goods: str
    body: str


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """What a packer took for one box."""

    goods: str
    box: int
    chosen: str


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A proposal to be kept."""

    order: int
    version: int
    goods: str
    body: str
    plan: str
    """Text for ``orders.plan``."""
    pieces: int | None = None
    """Pieces that the shipment is to have from now on; None leaves them."""


def _pages(ids: Iterable[int]) -> Iterable[list[int]]:
    whole = sorted(set(ids))
    return (whole[start : start + _PAGE] for start in range(0, len(whole), _PAGE))


# --- what is wanted -----------------------------------------------------------------------------------------------


def due(tx: Transaction, limit: int) -> list[int]:
    """Return orders that nothing is packed of yet and that want a proposal, those with the earliest pickup first."""
    return [row[0] for row in tx.rows(_DUE, limit_=limit)]


def due_of(tx: Transaction, ids: Collection[int]) -> list[int]:
    """Return those of some orders that want a proposal."""
    found = []
    for page in _pages(ids):
        query = (
            select(orders.c.id).select_from(_WITH_PLANS).where(orders.c.id.in_(page), _OPEN, _LEADS, _STALE, ~_BEGUN)
        )
        found += [row[0] for row in tx.connection.execute(query)]
    return found


def is_due(tx: Transaction, order: int) -> bool:
    """Whether one order wants a proposal."""
    return tx.one(_IS_DUE, order_=order) is not None


def list_changed(tx: Transaction) -> None:
    """Every proposal is to be made again: the cartons or what is decided about them changed."""
    tx.run(_SET_MARK, name=_CHANGED, value=tx.now)


def forget_products(tx: Transaction, changed: Collection[int]) -> None:
    """What was proposed for open orders of these products is to be made again: they have other sizes or other care."""
    for page in _pages(changed):
        lead = func.coalesce(orders.c.lead_id, orders.c.id)
        found = (
            select(lead)
            .select_from(lines.join(orders, orders.c.id == lines.c.order_id))
            .where(lines.c.product_id.in_(page), _OPEN)
        )
        tx.connection.execute(update(carton_plans).where(carton_plans.c.order_id.in_(found)).values(at=0))


def forget_orders(tx: Transaction, changed: Collection[int]) -> None:
    """What was proposed for these orders is to be made again: they have other goods, or go by another service."""
    for page in _pages(changed):
        tx.connection.execute(update(carton_plans).where(carton_plans.c.order_id.in_(page)).values(at=0))


def _proposed_in(code: str) -> ColumnElement[bool]:
    """Whether an order that nothing is packed of yet has a box in this carton by its proposal."""
    boxed = orders.c.plan.contains(json.dumps([code], ensure_ascii=False)[:-1] + ",[", autoescape=True)
    return and_(_OPEN, boxed, ~_BEGUN)


def is_proposed(tx: Transaction, code: str) -> bool:
    """Whether a carton is proposed for an order that nothing is packed of yet."""
    return tx.connection.execute(select(orders.c.id).where(_proposed_in(code)).limit(1)).first() is not None


def forget_without_stock(tx: Transaction, codes: Iterable[str]) -> None:
    """What was proposed in cartons of which none are left is to be made again."""
    for code in codes:
        wanting = select(orders.c.id).where(_proposed_in(code))
        tx.connection.execute(update(carton_plans).where(carton_plans.c.order_id.in_(wanting)).values(at=0))


def forget(tx: Transaction, order: int) -> None:
    """There is no proposal for an order any more."""
    tx.connection.execute(delete(carton_plans).where(carton_plans.c.order_id == order))
    tx.run(_PLAN, order_=order, plan_="")


def claim(tx: Transaction) -> bool:
    """Take the work of planning, unless another station took it a moment ago."""
    row = tx.one(_MARK, name_=_CLAIMED)
    if row is not None and tx.now - _CLAIM_MS < row[0] <= tx.now:
        return False
    tx.run(_SET_MARK, name=_CLAIMED, value=tx.now)
    return True


def release_claim(tx: Transaction) -> None:
    """Leave the work of planning to whoever wants it."""
    tx.run(_SET_MARK, name=_CLAIMED, value=0)


# --- what goes into it --------------------------------------------------------------------------------------------


def orders_of(tx: Transaction, ids: Collection[int], *, lock: bool = False) -> list[OrderRow]:
    """Return orders that have a parcel of their own.

    :param lock: lock their rows, so that nobody begins to pack them meanwhile.
    """
    found = []
    for page in _pages(ids):
        query = select(
            orders.c.id,
            _VERSION,
            orders.c.state,
            orders.c.carrier,
            orders.c.service,
            orders.c.service_by,
            orders.c.temperature,
            orders.c.cod,
            orders.c.parcel_count,
            _BEGUN,
        ).where(orders.c.id.in_(page), _LEADS)
        if lock:
            query = query.order_by(orders.c.id).with_for_update(of=orders)
        found += [OrderRow(*row[:9], bool(row[9])) for row in tx.connection.execute(query)]
    return found


def lines_of(tx: Transaction, ids: Collection[int]) -> list[LineRow]:
    """Return what goes into the parcels of these orders, merged ones' lines too, by order and position."""
    found = []
    lead = func.coalesce(orders.c.lead_id, orders.c.id)
    for page in _pages(ids):
        query = (
            select(
                lead,
                lines.c.id,
                lines.c.product_id,
                func.coalesce(products.c.sku, lines.c.sku),
                func.coalesce(func.nullif(products.c.name, ""), lines.c.name),
                func.coalesce(products.c.name_en, ""),
                lines.c.wanted - lines.c.short,
                products.c.length_mm,
                products.c.width_mm,
                products.c.height_mm,
                products.c.weight_g,
                products.c.temperature,
                products.c.fragile,
                products.c.orientation,
                products.c.liquid,
                products.c.dangerous,
                products.c.pressed_mm,
                products.c.cushion_mm,
                products.c.own_carton,
                products.c.picture,
            )
            .select_from(
                lines.join(orders, orders.c.id == lines.c.order_id).outerjoin(
                    products, products.c.id == lines.c.product_id
                )
            )
            .where(or_(orders.c.id.in_(page), orders.c.lead_id.in_(page)))
            .order_by(lead, orders.c.id, lines.c.position, lines.c.id)
        )
        found += [
            LineRow(
                order=row[0],
                id=row[1],
                product=row[2],
                sku=row[3],
                name=row[4],
                name_en=row[5],
                pieces=row[6],
                size_mm=(row[7] or 0, row[8] or 0, row[9] or 0),
                weight_g=row[10] or 0,
                temperature=row[11] or "ambient",
                fragile=bool(row[12]),
                orientation=row[13] or "any",
                liquid=bool(row[14]),
                dangerous=bool(row[15]),
                pressed_mm=row[16],
                cushion_mm=row[17],
                own_carton=bool(row[18]),
                picture=row[19] or "",
            )
            for row in tx.connection.execute(query)
        ]
    return found


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """Protection, wrapping or cold packs that go into an order's box."""

    kind: str
    name: str
    wanted: int


def extras_of(tx: Transaction, order: int) -> list[ExtraRow]:
    """Return the material, wrapping and cold packs of an order and of what shares its parcel."""
    query = (
        select(extras.c.kind, extras.c.name, extras.c.wanted - extras.c.short)
        .select_from(extras.join(orders, orders.c.id == extras.c.order_id))
        .where(or_(orders.c.id == order, orders.c.lead_id == order), extras.c.kind.in_(("material", "wrap", "cold")))
        .order_by(extras.c.position, extras.c.id)
    )
    return [ExtraRow(*row) for row in tx.connection.execute(query) if row[2] > 0]


# --- what was proposed and chosen ---------------------------------------------------------------------------------


def fresh(tx: Transaction, ids: Collection[int]) -> dict[int, PlanRow]:
    """Return what was proposed and still holds, by order."""
    found = {}
    columns = (carton_plans.c.order_id, carton_plans.c.version, carton_plans.c.at, carton_plans.c.goods,
               carton_plans.c.body)  # fmt: skip
    for page in _pages(ids):
        query = select(*columns).select_from(_WITH_PLANS).where(orders.c.id.in_(page), ~_STALE)
        for row in tx.connection.execute(query):
            found[row[0]] = PlanRow(*row)
    return found


def bodies(tx: Transaction, ids: Collection[int]) -> dict[int, PlanRow]:
    """Return what was proposed, by order."""
    found = {}
    columns = (carton_plans.c.order_id, carton_plans.c.version, carton_plans.c.at, carton_plans.c.goods,
               carton_plans.c.body)  # fmt: skip
    for page in _pages(ids):
        for row in tx.connection.execute(select(*columns).where(carton_plans.c.order_id.in_(page))):
            found[row[0]] = PlanRow(*row)
    return found


def chosen_for(tx: Transaction, goods: Collection[str]) -> list[ChoiceRow]:
    """Return what packers took for these goods, the last choice of each box of an order, newest first."""
    found = []
    whole = sorted(set(goods) - {""})
    for start in range(0, len(whole), _PAGE):
        last = (
            select(func.max(carton_choices.c.id))
            .where(carton_choices.c.undone == "", carton_choices.c.goods.in_(whole[start : start + _PAGE]))
            .group_by(carton_choices.c.order_id, carton_choices.c.box)
        )
        query = (
            select(carton_choices.c.goods, carton_choices.c.box, carton_choices.c.chosen)
            .where(carton_choices.c.id.in_(last))
            .order_by(carton_choices.c.id.desc())
        )
        found += [ChoiceRow(*row) for row in tx.connection.execute(query)]
    return found


def refused_for(tx: Transaction, ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Return the cartons that packers said to be too small for what is in an order, by order."""
    found: dict[int, set[str]] = {}
    for page in _pages(ids):
        query = select(carton_choices.c.order_id, carton_choices.c.proposed).where(
            carton_choices.c.order_id.in_(page),
            carton_choices.c.undone == "",
            carton_choices.c.reason.in_(TOO_SMALL),
            carton_choices.c.proposed != "",
        )
        for order, code in tx.connection.execute(query):
            found.setdefault(order, set()).add(code)
    return {order: frozenset(codes) for order, codes in found.items()}


def save(tx: Transaction, given: Sequence[NewPlan]) -> None:
    """Keep proposals; whoever calls has locked the orders."""
    tx.many(
        _PUT,
        [
            {"order_id": each.order, "version": each.version, "at": tx.now, "goods": each.goods, "body": each.body}
            for each in given
        ],
    )
    tx.many(_PLAN, [{"order_": each.order, "plan_": each.plan} for each in given])
    tx.many(_PIECES, [{"order_": each.order, "pieces": each.pieces} for each in given if each.pieces is not None])


# --- what was shipped ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShippedRow:
    """An order that has left the bench, with the cartons that it went in."""

    order: int
    closed_at: int
    cartons: tuple[str, ...]
    """Codes by box; empty where nothing was recorded."""


def shipped(tx: Transaction, limit: int) -> list[ShippedRow]:
    """Return the orders that were packed last, the newest first."""
    last = (
        select(
            parcels.c.order_id, func.max(parcels.c.id).label("parcel"), func.max(parcels.c.closed_at).label("closed")
        )
        .where(and_(literal_column("closed_at IS NOT NULL"), parcels.c.state == "closed"))
        .group_by(parcels.c.order_id)
        .order_by(func.max(parcels.c.closed_at).desc())
        .limit(limit)
        .subquery()
    )
    codes: dict[int, list[str]] = {}
    rows = tx.connection.execute(select(last.c.order_id, last.c.parcel, last.c.closed)).all()
    for page in _pages(row[1] for row in rows):
        query = select(boxes.c.parcel_id, boxes.c.carton).where(boxes.c.parcel_id.in_(page)).order_by(boxes.c.piece)
        for parcel, code in tx.connection.execute(query):
            if code:
                codes.setdefault(parcel, []).append(code)
    return [ShippedRow(row[0], row[2], tuple(codes.get(row[1], ()))) for row in rows]
