"""Loading what a scan at the bench needs: the open order with its parcel, what a code may mean, the printed stack."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import String, and_, bindparam, case, cast, func, literal_column, null, or_, select

from app.domain.asking import rank_of
from app.domain.barcode import CartCode, ListCode, OrderCode, PersonCode, Reading, ToteCode, WallCode
from app.domain.bench import (
    BenchLine,
    BenchOrder,
    BenchWaybill,
    Box,
    Candidate,
    Extra,
    InPick,
    PickedGoods,
    Withdrawn,
    papers_of,
)
from app.domain.carton_plan import plan_of
from app.domain.orders import OrderState, ShipNumber
from app.domain.people import Person, Role
from app.domain.print_rules import NO_FACTS, OF_ORDER, PrintFacts, PrintRule, outs_of
from app.domain.products import PLAIN
from app.domain.stock import picked_place
from app.settings import words
from app.storage import boxes as boxes_storage
from app.storage import picked, print_rules
from app.storage.database import Transaction
from app.storage.goods import HANDLING, handling
from app.storage.labels import WAITING, current_waybills
from app.storage.orders import find
from app.storage.prepared import Prepared, joined
from app.storage.tables import (
    balances,
    containers,
    holds,
    lines,
    orders,
    parcels,
    people,
    products,
    releases,
    shops,
)

__all__ = [
    "Loaded",
    "candidates",
    "find_order_ids",
    "find_person",
    "load_order",
    "next_order_id",
    "parcel_of",
    "wanted_elsewhere",
    "withdrawn",
]

_HOUSE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Loaded:
    """An order with its lines and those of the orders that share its parcel; the rows of all of them are locked."""

    order: BenchOrder
    lines: tuple[BenchLine, ...]
    holder: str
    lease_until: int
    held: bool
    """A hold stands on one of them."""
    followers: tuple[BenchOrder, ...] = ()
    parked: bool = False
    parcel: int | None = None
    """Parcel that is open or parked."""
    parcel_version: int = 0
    """Version of the order that was opened."""
    slips: tuple[str, ...] = ()
    """Slips scanned for that parcel."""
    goods: tuple[PickedGoods, ...] = ()
    """What was picked for it and is not packed yet."""
    extras: tuple[Extra, ...] = ()
    """What goes in beside the goods and is scanned."""
    boxes: tuple[Box, ...] = ()
    box: int = 1
    free: bool = False


_SEPARATOR, _END = "\x1f", "\x1e"
# Only lines that were picked look anything up: other orders pay nothing for it.
_PICKED_LOTS = case(
    (
        lines.c.picked > literal_column("0"),
        select(joined(balances.c.lot + literal_column(f"'{_SEPARATOR}'") + cast(balances.c.quantity, String)))
        .where(
            balances.c.product_id == lines.c.product_id,
            balances.c.place == bindparam("place_", type_=String),
            balances.c.quantity > literal_column("0"),
        )
        .scalar_subquery(),
    ),
    else_=null(),
)
_TOTES = case(
    (
        lines.c.picked > literal_column("0"),
        select(joined(containers.c.code)).where(containers.c.order_id == bindparam("order_")).scalar_subquery(),
    ),
    else_=null(),
)
_ORDER_COLUMNS = (
    orders.c.id,
    orders.c.number,
    orders.c.batch,
    orders.c.sequence,
    orders.c.version,
    orders.c.state,
    shops.c.name.label("shop"),
    orders.c.ship_to_key,
    orders.c.carrier,
    orders.c.service,
    orders.c.cod,
    orders.c.parcel_count,
    orders.c.temperature,
    shops.c.settings,
    orders.c.holder,
    orders.c.lease_until,
    orders.c.held,
    orders.c.parked,
    parcels.c.id.label("parcel"),
    parcels.c.version.label("parcel_version"),
    parcels.c.slips,
    orders.c.picking,
    _PICKED_LOTS.label("lots"),
    _TOTES.label("totes"),
    orders.c.plan,
    parcels.c.box,
    parcels.c.free,
    boxes_storage.BOXES.label("boxes"),
    boxes_storage.EXTRAS.label("extras"),
    lines.c.id.label("line_id"),
    lines.c.sku,
    # The master's name: it is what the shelf and the wrong-item panel say, shops decorate theirs.
    func.coalesce(products.c.name, lines.c.name),
    lines.c.product_id,
    lines.c.wanted,
    lines.c.done,
    lines.c.short,
    products.c.main_code,
    products.c.shelf,
    lines.c.picked,
    func.coalesce(products.c.pack_note, literal_column("''")),
    func.coalesce(products.c.fragile, literal_column("0")),
    func.coalesce(products.c.weight_g, literal_column("0")),
    func.coalesce(products.c.temperature, literal_column("'ambient'")),
    case((lines.c.sold.is_not(None), lines.c.sold), else_=null()),
    case((lines.c.sold.is_not(None), orders.c.content), else_=null()),
    *HANDLING,
)
_LINE = 29
"""First column of its line."""
_PRODUCT = 32
"""Column of the product's id."""
_LOAD = Prepared(
    select(*_ORDER_COLUMNS)
    .select_from(
        orders.join(shops, shops.c.id == orders.c.shop_id)
        .join(lines, lines.c.order_id == orders.c.id)
        .outerjoin(products, products.c.id == lines.c.product_id)
        .outerjoin(
            parcels,
            and_(parcels.c.order_id == bindparam("order_"), literal_column("parcels.state IN ('open','parked')")),
        )
    )
    .where(or_(orders.c.id == bindparam("order_"), orders.c.lead_id == bindparam("order_")))
    .order_by(case((orders.c.id == bindparam("order_"), 0), else_=1), orders.c.id, lines.c.position)
    .with_for_update(of=orders)
)
_HOLDS = Prepared(
    select(holds.c.hold)
    .select_from(holds.join(orders, orders.c.id == holds.c.order_id))
    .where(
        or_(orders.c.id == bindparam("order_"), orders.c.lead_id == bindparam("order_")), holds.c.lifted_at.is_(None)
    )
    .order_by(holds.c.at, holds.c.hold)
)
# Locked before they are loaded: PostgreSQL would join the order as it is after the wait with its lines of before.
_BY_SHIP_NUMBER = Prepared(
    select(orders.c.id, orders.c.lead_id)
    .where(orders.c.batch == bindparam("batch_"), orders.c.sequence == bindparam("sequence_"))
    .with_for_update()
)
_BY_NUMBER = Prepared(
    select(orders.c.id, orders.c.lead_id)
    .where(orders.c.number == bindparam("number_", type_=String))
    .order_by(orders.c.id)
    .limit(20)
    .with_for_update()
)
_PERSON = Prepared(
    select(people.c.id, people.c.code, people.c.name, people.c.role, people.c.language).where(
        people.c.code == bindparam("code_", type_=String)
    )
)
_ELSEWHERE = Prepared(
    select(orders.c.batch, orders.c.sequence)
    .select_from(lines.join(orders, orders.c.id == lines.c.order_id))
    .where(
        lines.c.product_id == bindparam("product_"),
        lines.c.done + lines.c.short < lines.c.wanted,
        # The few orders in work first, by their partial index: the lines of a product are without number.
        literal_column("orders.id IN (SELECT id FROM orders WHERE state IN ('released','picked'))"),
        orders.c.id != bindparam("order_"),
    )
    .order_by(case((orders.c.holder != literal_column("''"), 0), else_=1), orders.c.queue_at, orders.c.id)
    .limit(1)
)


def _next(states: str) -> Prepared:
    return Prepared(
        select(orders.c.id)
        .where(
            # Written out so that the partial index of takeable orders is used.
            literal_column("state IN ('ready','released','picked')"),
            literal_column("held = 0"),
            literal_column("holder = ''"),
            literal_column("parked = 0"),
            literal_column("lead_id IS NULL"),
            literal_column("picking = 0"),
            literal_column(f"state IN ({states})"),
        )
        .order_by(orders.c.queue_at, orders.c.rank, orders.c.ordered_at, orders.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


_NEXT_READY = _next("'ready','released','picked'")
_NEXT_RELEASED = _next("'released','picked'")
_NEXT_OF_LIST = Prepared(
    select(orders.c.id).where(*WAITING).order_by(orders.c.sequence).limit(1).with_for_update(skip_locked=True)
)
_TAKEN_BACK = Prepared(
    select(orders.c.number, orders.c.batch, orders.c.sequence, releases.c.taken_back)
    .select_from(releases.join(orders, orders.c.id == releases.c.order_id))
    .where(releases.c.batch == bindparam("batch_"), releases.c.sequence == bindparam("sequence_"))
)
_PARCEL = Prepared(
    select(parcels.c.id, parcels.c.state)
    .where(parcels.c.order_id == bindparam("order_"))
    .order_by(parcels.c.id.desc())
    .limit(1)
)


def load_order(tx: Transaction, order: int, house: Mapping[str, str] = _HOUSE, station: str = "") -> Loaded | None:
    """Load an order with everything that goes into its parcel and lock its row; None where it is gone.

    :param house: what the house decided; the shop's own settings, which come with the order, go before it.
    :param station: where its papers come out.
    """
    rows = tx.rows(_LOAD, order_=order, place_=picked_place(order))
    if not rows:
        return None
    first = rows[0]
    members = {row[0]: row for row in rows}
    totes = _totes(rows)
    rules = [rule for rule in print_rules.current(tx, house) if rule.paper in OF_ORDER]
    facts = print_rules.facts_of_parcel(tx, order, station) if rules else {}
    made = [replace(_order(row, house, rules, facts.get(row[0], NO_FACTS)), totes=totes) for row in members.values()]
    return Loaded(
        order=made[0],
        lines=_lines(rows, settings_of(first, house)),
        holder=first[14],
        lease_until=first[15],
        held=any(row[16] for row in members.values()),
        followers=tuple(made[1:]),
        parked=bool(first[17]),
        parcel=first[18],
        parcel_version=first[19] or 0,
        slips=tuple(first[20].split(",")) if first[20] else (),
        goods=_goods(rows),
        extras=boxes_storage.extras_of((row[0], row[28]) for row in members.values()),
        boxes=boxes_storage.boxes_of(first[27]),
        box=first[25] or 1,
        free=bool(first[26]),
    )


def _totes(rows: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    """Return the totes and wall slots of an order in which something waits to be packed."""
    found = next((row[23] for row in rows if row[23]), "")
    return tuple(sorted(found.split(_END))) if found else ()


def _goods(rows: Sequence[Sequence[Any]]) -> tuple[PickedGoods, ...]:
    """Return what was picked and is not packed yet, by product and lot; lines of one product see the same goods."""
    found = {}
    for row in rows:
        for pair in row[22].split(_END) if row[22] else ():
            lot, _, pieces = pair.partition(_SEPARATOR)
            found[row[_PRODUCT], lot] = PickedGoods(row[_PRODUCT], lot, int(pieces))
    return tuple(found.values())


def _order(row: Sequence[Any], house: Mapping[str, str], rules: Sequence[PrintRule], facts: PrintFacts) -> BenchOrder:
    ship = str(ShipNumber(row[2], row[3])) if row[2] else ""
    settings = settings_of(row, house)
    return BenchOrder(
        id=row[0],
        number=row[1],
        ship_number=ship,
        version=row[4],
        state=OrderState(row[5]),
        shop=row[6],
        ship_to=row[7],
        carrier=row[8],
        service=row[9],
        cod=row[10],
        parcel_count=row[11],
        temperature=row[12],
        papers=papers_of(settings, row[8], outs_of(rules, settings, facts)),
        min_days=int(settings.get("expiry.min_days", "0")),
        picking=bool(row[21]),
        pack_scan=settings.get("pack.scan", "unit"),
        weight_check=settings.get("weight.check", "refuse"),
        plan=plan_of(row[24]),
    )


def settings_of(row: Sequence[Any], house: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the house decided, and the shop of an order's row otherwise."""
    return house if row[13] == "{}" else {**house, **json.loads(row[13])}


def _lines(rows: Sequence[Sequence[Any]], settings: Mapping[str, str]) -> tuple[BenchLine, ...]:
    order = words(settings.get("pack.order", ""))
    sold: dict[int, Sequence[Mapping[str, Any]]] = {}
    made = []
    for row in rows:
        note, fragile, weight, temperature, at, content = row[_LINE + 10 : _LINE + 16]
        name = ""
        if at is not None:
            of_order = sold.get(row[0])
            if of_order is None:
                of_order = sold[row[0]] = json.loads(content).get("sold", ())
            name = str(of_order[at]["name"]) if at < len(of_order) else ""
        line, sku, said, product, wanted, done, short, code, shelf, taken = row[_LINE : _LINE + 10]
        kept = handling(*row[_LINE + 16 :]) if product is not None else PLAIN
        told = (note, rank_of(order, fragile, weight, temperature), name)
        counts = (wanted, done, short)
        made.append(BenchLine(line, sku, said, product, *counts, code or "", shelf or "", kept, taken, *told))
    return tuple(made)


def parcel_of(tx: Transaction, order: int) -> tuple[int, str] | None:
    """Return the order's newest parcel and its state; None where it never had one."""
    row = tx.one(_PARCEL, order_=order)
    return (row[0], row[1]) if row else None


# --- what a code may mean -----------------------------------------------------------------------------------------


def find_order_ids(tx: Transaction, reading: Reading) -> list[int]:
    """Return the orders that the text names: a ship number, else the shop's order number exactly.

    A ship number without its prefix may be a shop's own number as well: then both are returned, and nothing is
    guessed. An order that shares another one's parcel stands for its lead. A pick list means the next order on it, a
    tote, a wall slot or a cart those whose goods are in it.
    """
    for kind in reading.kinds:
        if isinstance(kind, OrderCode):
            ship = kind.ship_number
            released = tx.rows(_BY_SHIP_NUMBER, batch_=ship.batch, sequence_=ship.sequence)
            if released and reading.text[:3].upper() != "KO-":
                released += tx.rows(_BY_NUMBER, number_=reading.text)
            if released:
                return _leads(released)
        if isinstance(kind, ListCode) and kind.code.isascii() and kind.code.isdigit() and len(kind.code) < 10:
            return [row[0] for row in tx.rows(_NEXT_OF_LIST, batch_=int(kind.code), sequence_=0)]
        if isinstance(kind, (ListCode, ToteCode, WallCode, CartCode)):
            return picked.orders_named(tx, kind)
    if not reading.kinds:
        return []
    found = _leads(tx.rows(_BY_NUMBER, number_=reading.text))
    if not found and (":" in reading.text or "/" in reading.text):  # typed whole: SHOP:NUMBER/SHIP-TO
        return find(tx, reading.text)
    return found


def _leads(rows: Sequence[Sequence[Any]]) -> list[int]:
    return list(dict.fromkeys(row[0] if row[1] is None else row[1] for row in rows))


def withdrawn(tx: Transaction, reading: Reading) -> Withdrawn | None:
    """Return the release that was taken back, whose slip this is; None where there was none."""
    ship = next((kind.ship_number for kind in reading.kinds if isinstance(kind, OrderCode)), None)
    row = tx.one(_TAKEN_BACK, batch_=ship.batch, sequence_=ship.sequence) if ship else None
    if ship is None or row is None or row[3] is None:
        return None
    current = str(ShipNumber(row[1], row[2])) if row[1] else ""
    return Withdrawn(f"{ship.batch}-{ship.sequence:03d}", row[0], current)


def next_order_id(tx: Transaction, with_ready: bool) -> int | None:
    """Return the next order of the queue, locked; orders that other stations are just taking are passed over."""
    row = tx.one(_NEXT_READY if with_ready else _NEXT_RELEASED)
    return row[0] if row else None


def candidates(
    tx: Transaction,
    ids: Sequence[int],
    now: int,
    house: Mapping[str, str] = _HOUSE,
    scanning: Collection[str] = (),
    station: str = "",
) -> tuple[Candidate, ...]:
    """Load orders that might be opened.

    :param scanning: ways of picking in which the goods are scanned at their shelf.
    """
    made = []
    for order in ids:
        loaded = load_order(tx, order, house, station)
        if loaded is None:
            continue
        standing = tuple(row[0] for row in tx.rows(_HOLDS, order_=order)) if loaded.held else ()
        parcel = loaded.parcel
        members = (loaded.order, *loaded.followers)
        in_pick = None
        if any(each.picking for each in members):  # of a wave that is just being planned no job has it yet
            in_pick = picked.in_pick(tx, order) or InPick(str(loaded.order.place[0]))
        waits = loaded.goods
        if scanning and loaded.order.scan == "off" and parcel is None:
            waits = picked.proven(tx, order, scanning)
        labels: tuple[BenchWaybill, ...] = ()
        unlabelled = False
        if loaded.order.state is OrderState.VERIFIED and loaded.order.papers.waybill:
            labels = current_waybills(tx, loaded.order)
            newest = parcel_of(tx, order)
            parcel = newest[0] if newest and newest[1] == "closed" else None
            unlabelled = parcel is not None and (not labels or not all(each.attached for each in labels))
        made.append(
            Candidate(
                loaded.order,
                loaded.lines,
                standing,
                loaded.holder,
                loaded.lease_until > now,
                loaded.followers,
                loaded.parked,
                parcel,
                loaded.slips,
                waybills=labels,
                unlabelled=unlabelled,
                in_pick=in_pick,
                goods=waits,
                extras=loaded.extras,
                boxes=loaded.boxes,
                box=loaded.box,
                free=loaded.free,
            )
        )
    return tuple(made)


def find_person(tx: Transaction, reading: Reading) -> Person | None:
    """Return the person whose badge was scanned."""
    code = next((kind.code for kind in reading.kinds if isinstance(kind, PersonCode)), None)
    row = tx.one(_PERSON, code_=code) if code else None
    return Person(row[0], row[1], row[2], Role(row[3]), row[4]) if row else None


def wanted_elsewhere(tx: Transaction, product: int, order: int) -> str:
    """Return the ship number of another released order that still wants *product*; empty for none."""
    row = tx.one(_ELSEWHERE, product_=product, order_=order)
    return str(ShipNumber(row[0], row[1])) if row and row[0] else ""
