"""Loading what a scan at the bench needs, and recording what it made true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import String, bindparam, case, func, insert, literal_column, or_, select, update

from app.domain.barcode import Gs1, Gtin, OrderCode, PersonCode, Plain, Reading
from app.domain.bench import BenchLine, BenchOrder, Candidate, Step, StepKind
from app.domain.orders import OrderState, ShipNumber
from app.domain.people import Person, Role
from app.domain.products import CodeKind, KnownCode, LotPolicy, sku_fold
from app.domain.stock import Move, counter, parcel_place
from app.storage.database import Transaction
from app.storage.orders import find
from app.storage.prepared import Prepared
from app.storage.tables import (
    batches,
    holds,
    lines,
    moves,
    orders,
    parcels,
    people,
    product_codes,
    products,
    shops,
    steps,
)

__all__ = [
    "Loaded",
    "add_steps",
    "book",
    "candidates",
    "close_parcel",
    "count_lines",
    "find_order_ids",
    "find_person",
    "find_products",
    "hand_back",
    "load_order",
    "load_trail",
    "next_order_id",
    "open_order",
    "renew_lease",
    "reopen_parcel",
    "undo_steps",
    "wanted_elsewhere",
]


@dataclass(frozen=True, slots=True)
class Loaded:
    """An order with its lines, its row locked."""

    order: BenchOrder
    lines: tuple[BenchLine, ...]
    holder: str
    lease_until: int
    held: bool


_ORDER_COLUMNS = (
    orders.c.id,
    orders.c.number,
    orders.c.batch,
    orders.c.sequence,
    orders.c.version,
    orders.c.state,
    orders.c.holder,
    orders.c.lease_until,
    orders.c.held,
    shops.c.name.label("shop"),
    orders.c.ship_to_key,
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
    products.c.lot_policy,
)
_LOAD = Prepared(
    select(*_ORDER_COLUMNS)
    .select_from(
        orders.join(shops, shops.c.id == orders.c.shop_id)
        .join(lines, lines.c.order_id == orders.c.id)
        .outerjoin(products, products.c.id == lines.c.product_id)
    )
    .where(orders.c.id == bindparam("order_"))
    .order_by(lines.c.position)
    .with_for_update(of=orders)
)
_HOLDS = Prepared(
    select(holds.c.hold)
    .where(holds.c.order_id == bindparam("order_"), holds.c.lifted_at.is_(None))
    .order_by(holds.c.at, holds.c.hold)
)
_TRAIL = Prepared(
    select(
        steps.c.act,
        steps.c.kind,
        steps.c.line_id,
        steps.c.product_id,
        steps.c.code,
        steps.c.quantity,
        steps.c.lot,
        steps.c.source,
        steps.c.reason,
    )
    .where(steps.c.order_id == bindparam("order_"), steps.c.undone == literal_column("''"))
    .order_by(steps.c.id)
)
_CODES = Prepared(
    select(
        products.c.id,
        products.c.sku,
        products.c.name,
        product_codes.c.quantity,
        product_codes.c.code,
        product_codes.c.kind,
        products.c.shelf,
        products.c.lot_policy,
    )
    .select_from(product_codes.join(products, products.c.id == product_codes.c.product_id))
    .where(
        or_(
            product_codes.c.code == bindparam("first", type_=String),
            product_codes.c.code == bindparam("second", type_=String),
            product_codes.c.code == bindparam("text_", type_=String),
            product_codes.c.fold == bindparam("fold_", type_=String),
        )
    )
)
# Locked before they are loaded: PostgreSQL would join the order as it is after the wait with its lines of before.
_BY_SHIP_NUMBER = Prepared(
    select(orders.c.id)
    .where(orders.c.batch == bindparam("batch_"), orders.c.sequence == bindparam("sequence_"))
    .with_for_update()
)
_BY_NUMBER = Prepared(
    select(orders.c.id)
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
            literal_column(f"state IN ({states})"),
        )
        .order_by(orders.c.queue_at, orders.c.rank, orders.c.ordered_at, orders.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


_NEXT_READY = _next("'ready','released','picked'")
_NEXT_RELEASED = _next("'released','picked'")


def load_order(tx: Transaction, order: int) -> Loaded | None:
    """Load an order and lock its row; None where it is gone."""
    rows = tx.rows(_LOAD, order_=order)
    if not rows:
        return None
    first = rows[0]
    ship = str(ShipNumber(first[2], first[3])) if first[2] else ""
    found = BenchOrder(first[0], first[1], ship, first[4], OrderState(first[5]), first[9], first[10])
    loaded = tuple(_line(*row[11:]) for row in rows)
    return Loaded(found, loaded, first[6], first[7], bool(first[8]))


def _line(
    line: int,
    sku: str,
    name: str,
    product: int | None,
    wanted: int,
    done: int,
    short: int,
    code: str | None,
    shelf: str | None,
    policy: str | None,
) -> BenchLine:
    kept = LotPolicy(policy or LotPolicy.NONE)
    return BenchLine(line, sku, name, product, wanted, done, short, code or "", shelf or "", kept)


def load_trail(tx: Transaction, order: int) -> tuple[Step, ...]:
    """Return the order's standing steps, oldest first."""
    return tuple(
        Step(r[0], StepKind(r[1]), r[2], r[3], r[4], r[5], r[6], r[7], r[8]) for r in tx.rows(_TRAIL, order_=order)
    )


def find_products(tx: Transaction, reading: Reading, with_sku: bool) -> tuple[KnownCode, ...]:
    """Return the products that have the scanned code; several mean that it is ambiguous.

    GTINs come before other printed codes, those before SKUs; a SKU in another case counts only if it is unique.
    """
    gtins = [kind.gtin14 for kind in reading.kinds if isinstance(kind, (Gtin, Gs1)) and kind.gtin14]
    plain = any(isinstance(kind, Plain) for kind in reading.kinds)
    if not gtins and not plain:
        return ()
    text = reading.text
    first = gtins[0] if gtins else text
    second = gtins[1] if len(gtins) > 1 else first
    rows = tx.rows(_CODES, first=first, second=second, text_=text, fold_=sku_fold(text))
    groups: dict[int, dict[int, KnownCode]] = {}
    for row in rows:
        kind = CodeKind(row[5])
        exact = row[4] in gtins or row[4] == text
        if (kind is CodeKind.SKU and not with_sku) or (not exact and kind is not CodeKind.SKU):
            continue
        rank = 0 if row[4] in gtins else (1 if kind is CodeKind.TEXT else 2 if exact else 3)
        known = KnownCode(row[0], row[1], row[2], row[3], row[4], kind, row[6], LotPolicy(row[7]), exact)
        groups.setdefault(rank, {})[row[0]] = known
    return tuple(groups[min(groups)].values()) if groups else ()


def find_order_ids(tx: Transaction, reading: Reading) -> list[int]:
    """Return the orders that the text names: a ship number, else the shop's order number exactly.

    A ship number without its prefix may be a shop's own number as well: then both are returned, and nothing is guessed.
    """
    for kind in reading.kinds:
        if isinstance(kind, OrderCode):
            ship = kind.ship_number
            released = tx.rows(_BY_SHIP_NUMBER, batch_=ship.batch, sequence_=ship.sequence)
            if released and reading.text[:3].upper() != "KO-":
                released += tx.rows(_BY_NUMBER, number_=reading.text)
            if released:
                return list(dict.fromkeys(row[0] for row in released))
    if not reading.kinds:
        return []
    found = [row[0] for row in tx.rows(_BY_NUMBER, number_=reading.text)]
    if not found and (":" in reading.text or "/" in reading.text):  # typed whole: SHOP:NUMBER/SHIP-TO
        return find(tx, reading.text)
    return found


def next_order_id(tx: Transaction, with_ready: bool) -> int | None:
    """Return the next order of the queue, locked; orders that other stations are just taking are passed over."""
    row = tx.one(_NEXT_READY if with_ready else _NEXT_RELEASED)
    return row[0] if row else None


def candidates(tx: Transaction, ids: Sequence[int], now: int) -> tuple[Candidate, ...]:
    """Load orders that might be opened."""
    made = []
    for order in ids:
        loaded = load_order(tx, order)
        if loaded is None:
            continue
        standing = tuple(row[0] for row in tx.rows(_HOLDS, order_=order)) if loaded.held else ()
        made.append(Candidate(loaded.order, loaded.lines, standing, loaded.holder, loaded.lease_until > now))
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


# --- recording ----------------------------------------------------------------------------------------------------

_NEW_BATCH = Prepared(insert(batches).values(at=bindparam("at"), act=bindparam("act")).returning(batches.c.id))
_RELEASE_OPEN = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(
        state=bindparam("state"),
        version=bindparam("version"),
        batch=bindparam("batch"),
        sequence=bindparam("sequence"),
        holder=bindparam("holder"),
        lease_until=bindparam("lease_until"),
    )
)
_TAKE = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(holder=bindparam("holder"), lease_until=bindparam("lease_until"))
)
_NEW_PARCEL = Prepared(
    insert(parcels)
    .values(
        order_id=bindparam("order_id"),
        version=bindparam("version"),
        state=bindparam("state"),
        station=bindparam("station"),
        opened_at=bindparam("opened_at"),
    )
    .returning(parcels.c.id)
)
_OPEN_PARCEL = Prepared(
    select(parcels.c.id)
    .where(parcels.c.order_id == bindparam("order_"), parcels.c.state == literal_column("'open'"))
    .order_by(parcels.c.id.desc())
    .limit(1)
)
_COUNT = Prepared(
    update(lines)
    .where(lines.c.id == bindparam("line_"))
    .values(done=lines.c.done + bindparam("done_"), short=lines.c.short + bindparam("short_"))
)
_RESET = Prepared(update(lines).where(lines.c.order_id == bindparam("order_")).values(done=0))
_STEP_COLUMNS = (
    "order_id",
    "parcel_id",
    "act",
    "kind",
    "line_id",
    "product_id",
    "code",
    "quantity",
    "lot",
    "source",
    "reason",
    "undone",
)


@lru_cache(maxsize=32)
def _add_steps(number: int) -> Prepared:
    """One statement for the steps of one act: a piece and the close it brings are two of them."""
    rows: list[dict[str, Any]] = [{name: bindparam(f"{name}_{row}") for name in _STEP_COLUMNS} for row in range(number)]
    return Prepared(insert(steps).values(rows))


_UNDO_STEPS = Prepared(
    update(steps)
    .where(
        steps.c.order_id == bindparam("order_"),
        steps.c.act == bindparam("act_", type_=String),
        steps.c.undone == literal_column("''"),
    )
    .values(undone=bindparam("undone_", type_=String))
)
_UNDO_ALL = Prepared(
    update(steps)
    .where(steps.c.order_id == bindparam("order_"), steps.c.undone == literal_column("''"))
    .values(undone=bindparam("undone_", type_=String))
)
_MOVE = Prepared(
    insert(moves).values(
        {
            name: bindparam(name)
            for name in ("act", "at", "product_id", "lot", "source", "target", "quantity", "order_id")
        }
    )
)
_PARCEL_STATE = Prepared(
    update(parcels)
    .where(parcels.c.id == bindparam("parcel_"))
    .values(state=bindparam("state"), closed_at=bindparam("closed_at"))
)
_ORDER_STATE = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(state=bindparam("state"), holder=bindparam("holder"), lease_until=bindparam("lease_until"))
)
_BOTH_STATES = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(state=bindparam("state"), holder=bindparam("holder"), lease_until=bindparam("lease_until"))
    .add_cte(
        update(parcels)
        .where(parcels.c.id == bindparam("parcel_"))
        .values(state=bindparam("parcel_state"), closed_at=bindparam("closed_at"))
        .cte("parcel")
    )
)


def open_order(
    tx: Transaction, candidate: Candidate, *, release: bool, act: str, station: str, lease_until: int
) -> tuple[BenchOrder, int]:
    """Give the order to the station, releasing it first where it was ready; return it and its open parcel."""
    order = candidate.order
    if release:
        made = tx.one(_NEW_BATCH, at=tx.now, act=act)
        assert made is not None
        ship = ShipNumber(made[0], 1)
        order = replace(order, ship_number=str(ship), version=order.version + 1, state=OrderState.RELEASED)
        tx.run(
            _RELEASE_OPEN,
            order_=order.id,
            state="released",
            version=order.version,
            batch=ship.batch,
            sequence=ship.sequence,
            holder=station,
            lease_until=lease_until,
        )
    else:
        tx.run(_TAKE, order_=order.id, holder=station, lease_until=lease_until)
    found = tx.one(_OPEN_PARCEL, order_=order.id) if candidate.holder else None
    if found is None:
        found = tx.one(
            _NEW_PARCEL,
            order_id=order.id,
            version=order.version,
            state="open",
            station=station,
            opened_at=tx.now,
        )
    assert found is not None
    return order, found[0]


def renew_lease(tx: Transaction, order: int, station: str, lease_until: int) -> None:
    """Let the station keep the order longer."""
    tx.run(_TAKE, order_=order, holder=station, lease_until=lease_until)


def count_lines(tx: Transaction, changes: Sequence[tuple[int, int, int]]) -> None:
    """Add to lines: ``(line id, done, short)``, negative to take back."""
    tx.many(_COUNT, [{"line_": line, "done_": done, "short_": short} for line, done, short in changes])


def add_steps(tx: Transaction, order: int, parcel: int, made: Sequence[Step]) -> None:
    """Record what was done to the open order."""
    values: dict[str, Any] = {}
    for row, step in enumerate(made):
        given = (
            *(order, parcel, step.act, str(step.kind), step.line, step.product, step.code, step.quantity),
            *(step.lot, step.source, step.reason, ""),
        )
        values |= {f"{name}_{row}": value for name, value in zip(_STEP_COLUMNS, given, strict=True)}
    tx.run(_add_steps(len(made)), **values)


def undo_steps(tx: Transaction, order: int, undone_act: str, by_act: str) -> None:
    """Mark the steps of one act as taken back by another."""
    tx.run(_UNDO_STEPS, order_=order, act_=undone_act, undone_=by_act)


def book(tx: Transaction, act: str, order: int | None, made: Sequence[Move]) -> None:
    """Write moves into the ledger; the balances follow."""
    tx.many(
        _MOVE,
        [
            {
                "act": act,
                "at": tx.now,
                "product_id": move.product,
                "lot": move.lot,
                "source": move.source,
                "target": move.target,
                "quantity": move.quantity,
                "order_id": order,
            }
            for move in made
        ],
    )


def packed_moves(parcel: int, made: Sequence[Step]) -> list[Move]:
    """Return the moves of pack steps whose stock is tracked."""
    return [
        Move(step.product, step.lot, step.source, parcel_place(parcel), step.quantity)
        for step in made
        if step.kind is StepKind.PACK and step.product is not None and step.source
    ]


def _move_both(
    tx: Transaction,
    order: int,
    state: str,
    holder: str,
    lease_until: int,
    parcel: int,
    parcel_state: str,
    closed_at: int | None,
) -> None:
    """Move an order and its parcel; one statement where the database can."""
    head = {"order_": order, "state": state, "holder": holder, "lease_until": lease_until}
    if tx.dialect == "postgresql":
        tx.run(_BOTH_STATES, **head, parcel_=parcel, parcel_state=parcel_state, closed_at=closed_at)
        return
    tx.run(_PARCEL_STATE, parcel_=parcel, state=parcel_state, closed_at=closed_at)
    tx.run(_ORDER_STATE, **head)


def close_parcel(tx: Transaction, order: int, parcel: int) -> None:
    """The parcel is closed and its order verified; the station lets go of it."""
    _move_both(tx, order, "verified", "", 0, parcel, "closed", tx.now)


def reopen_parcel(tx: Transaction, order: int, parcel: int, station: str, lease_until: int) -> None:
    """Take back a close."""
    _move_both(tx, order, "released", station, lease_until, parcel, "open", None)


def hand_back(tx: Transaction, order: int, parcel: int, act: str, state: OrderState) -> int:
    """Take everything out of the parcel again and end it; return the pieces put back.

    Short marks stay on the lines; they go with the hold that asks about them.
    """
    trail = load_trail(tx, order)
    back = [counter(move) for move in packed_moves(parcel, trail)]
    book(tx, act, order, back)
    tx.run(_RESET, order_=order)
    tx.run(_UNDO_ALL, order_=order, undone_=act)
    _move_both(tx, order, str(state), "", 0, parcel, "pulled", None)
    return sum(step.quantity for step in trail if step.kind is StepKind.PACK)
