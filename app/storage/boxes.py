"""Boxes of a parcel and what goes in beside the goods, as they come with the open order and as scans change them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from app.domain.bench import Box, Extra, KnownCarton
from app.domain.carton_plan import OWN
from app.storage.database import Transaction
from app.storage.prepared import Prepared, joined
from app.storage.tables import (
    boxes,
    carton_choices,
    carton_plans,
    cartons,
    extras,
    orders,
    parcels,
    products,
    steps,
)

__all__ = [
    "BOXES",
    "EXTRAS",
    "add_choice",
    "boxes_of",
    "count_extras",
    "drop_box",
    "extras_now",
    "extras_of",
    "fill_cartons",
    "find_carton",
    "forget_choices",
    "forget_filled",
    "move_stock",
    "put_box",
    "put_current",
    "reopen",
]

_SEPARATOR, _END = "\x1f", "\x1e"


def _text(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """Return columns as one text, parted by unit separators."""
    whole: ColumnElement[Any] = cast(columns[0], String)
    for column in columns[1:]:
        whole = whole + literal_column(f"'{_SEPARATOR}'") + cast(column, String)
    return whole


_EMPTY: ColumnElement[str] = literal_column("''")
BOXES = (
    select(
        joined(_text(boxes.c.piece, boxes.c.carton, func.coalesce(cast(boxes.c.weight_g, String), _EMPTY), boxes.c.why))
    )
    .where(boxes.c.parcel_id == parcels.c.id)
    .correlate(parcels)
    .scalar_subquery()
)
"""What is known of the boxes of a parcel, for :func:`boxes_of`."""
EXTRAS = case(
    (
        orders.c.extras > literal_column("0"),
        select(
            joined(
                _text(
                    extras.c.position,
                    extras.c.id,
                    extras.c.kind,
                    extras.c.name,
                    extras.c.wanted,
                    extras.c.done,
                    extras.c.short,
                    func.coalesce(cast(extras.c.product_id, String), _EMPTY),
                    func.coalesce(func.nullif(products.c.main_code, _EMPTY), products.c.sku, _EMPTY),
                    func.coalesce(products.c.shelf, _EMPTY),
                )
            )
        )
        .select_from(extras.outerjoin(products, products.c.id == extras.c.product_id))
        .where(extras.c.order_id == orders.c.id, extras.c.shown == literal_column("0"))
        .correlate(orders)
        .scalar_subquery(),
    ),
    else_=null(),
)
"""What goes into an order's box beside the goods and is scanned, for :func:`extras_of`. Orders without pay nothing."""


def boxes_of(text: str | None) -> tuple[Box, ...]:
    """Return what :data:`BOXES` gave, by the number of the box."""
    found = [row.split(_SEPARATOR) for row in text.split(_END)] if text else []
    made = [Box(int(piece), carton, int(weight) if weight else None, why) for piece, carton, weight, why in found]
    return tuple(sorted(made, key=lambda each: each.piece))


def extras_of(given: Iterable[tuple[int, str | None]]) -> tuple[Extra, ...]:
    """Return what :data:`EXTRAS` gave for orders, in the order of their positions."""
    made = []
    for order, text in given:
        rows = [row.split(_SEPARATOR) for row in text.split(_END)] if text else []
        for row in sorted(rows, key=lambda each: (int(each[0]), int(each[1]))):
            product = int(row[7]) if row[7] else None
            counts = (int(row[4]), int(row[5]), int(row[6]))
            made.append(Extra(int(row[1]), row[2], row[3], *counts, product, row[8], row[9], order))
    return tuple(made)


def extras_now(tx: Transaction, ids: Iterable[int]) -> tuple[Extra, ...]:
    """Return what goes into the box of orders beside the goods and is scanned, as it is now."""
    query = select(orders.c.id, EXTRAS).where(orders.c.id.in_(sorted(ids))).order_by(orders.c.id)
    return extras_of((row[0], row[1]) for row in tx.connection.execute(query))


# --- recording ----------------------------------------------------------------------------------------------------

_BOX = insert_or_change(boxes).values(
    parcel_id=bindparam("parcel_"),
    piece=bindparam("piece_"),
    carton=bindparam("carton"),
    weight_g=bindparam("weight_g"),
    expected_g=bindparam("expected_g"),
    tolerance_g=bindparam("tolerance_g"),
    why=bindparam("why"),
    weighed_at=bindparam("weighed_at"),
)
_KEPT = ("carton", "weight_g", "expected_g", "tolerance_g", "why", "weighed_at")
_PUT_BOX = Prepared(
    _BOX.on_conflict_do_update(
        index_elements=["parcel_id", "piece"], set_={name: getattr(_BOX.excluded, name) for name in _KEPT}
    )
)
_DROP_BOX = Prepared(
    boxes.delete().where(boxes.c.parcel_id == bindparam("parcel_"), boxes.c.piece == bindparam("piece_"))
)
_CURRENT = Prepared(
    update(parcels).where(parcels.c.id == bindparam("parcel_")).values(box=bindparam("box"), free=bindparam("free"))
)


def put_box(
    tx: Transaction,
    parcel: int,
    box: Box,
    expected: int | None = None,
    tolerance: int | None = None,
) -> None:
    """Keep what is now known of a box; of the first one nothing need be known."""
    if box == Box(1):
        tx.run(_DROP_BOX, parcel_=parcel, piece_=1)
        return
    weighed = tx.now if box.weighed else None
    known = {"expected_g": expected, "tolerance_g": tolerance, "why": box.why, "weighed_at": weighed}
    tx.run(_PUT_BOX, parcel_=parcel, piece_=box.piece, carton=box.carton, weight_g=box.weight_g, **known)


def drop_box(tx: Transaction, parcel: int, piece: int) -> None:
    """Forget a box that was opened and is not wanted after all."""
    tx.run(_DROP_BOX, parcel_=parcel, piece_=piece)


def put_current(tx: Transaction, parcel: int, box: int, free: bool) -> None:
    """Say which box is filled now, and whether the packer parts the goods by himself."""
    tx.run(_CURRENT, parcel_=parcel, box=box, free=int(free))


@lru_cache(maxsize=16)
def _count(number: int) -> Prepared:
    def given(name: str) -> ColumnElement[int]:
        cases = [
            (extras.c.id == bindparam(f"extra_{row}"), bindparam(f"{name}_{row}", type_=Integer))
            for row in range(number)
        ]
        return case(*cases, else_=literal_column("0"))

    return Prepared(
        update(extras)
        .where(extras.c.id.in_([bindparam(f"extra_{row}") for row in range(number)]))
        .values(done=extras.c.done + given("done"), short=extras.c.short + given("short"))
    )


def count_extras(tx: Transaction, changes: Sequence[tuple[int, int, int]]) -> None:
    """Add to what goes in beside the goods: ``(extra id, done, short)``, negative to take back."""
    values: dict[str, int] = {}
    for row, (extra, done, short) in enumerate(changes):
        values |= {f"extra_{row}": extra, f"done_{row}": done, f"short_{row}": short}
    tx.run(_count(len(changes)), **values)


# --- cartons ------------------------------------------------------------------------------------------------------

_CARTON = Prepared(
    select(cartons.c.code, cartons.c.name, cartons.c.services).where(
        func.lower(cartons.c.code) == func.lower(bindparam("code_", type_=String)),
        cartons.c.retired == literal_column("0"),
    )
)
_CHOICE = Prepared(
    plain_insert(carton_choices).values(
        at=bindparam("at"),
        act=bindparam("act"),
        station=bindparam("station"),
        person_id=bindparam("person"),
        order_id=bindparam("order_"),
        box=bindparam("box"),
        goods=func.coalesce(
            select(carton_plans.c.goods).where(carton_plans.c.order_id == bindparam("order_")).scalar_subquery(), _EMPTY
        ),
        proposed=bindparam("proposed"),
        chosen=bindparam("chosen"),
        reason=bindparam("reason"),
    )
)
_TAKEN_BACK = Prepared(
    update(carton_choices)
    .where(
        carton_choices.c.order_id == bindparam("order_"),
        carton_choices.c.act == bindparam("act_", type_=String),
        carton_choices.c.undone == literal_column("''"),
    )
    .values(undone=bindparam("undone_", type_=String))
)


def find_carton(tx: Transaction, code: str, service: str) -> KnownCarton | None:
    """Return the carton of the list that has *code* in any case; None where there is none.

    :param service: ``carrier/service`` of the order; empty where it has none.
    """
    if code.upper() == OWN:
        return KnownCarton(OWN, "")
    row = tx.one(_CARTON, code_=code)
    if row is None:
        return None
    listed = tuple(each.strip() for each in row[2].split(",") if each.strip())
    return KnownCarton(row[0], row[1], not listed or not service or service in listed, listed)


def add_choice(tx: Transaction, act: str, given: Mapping[str, Any]) -> None:
    """Keep that another carton was taken than the proposed one: what is learned from."""
    tx.run(_CHOICE, at=tx.now, act=act, **given)


def forget_choices(tx: Transaction, order: int, undone_act: str, act: str) -> None:
    """A choice was taken back."""
    tx.run(_TAKEN_BACK, order_=order, act_=undone_act, undone_=act)


def fill_cartons(tx: Transaction, parcel: int, known: Mapping[int, str]) -> None:
    """At the close: keep in which carton each box went, by its number, and take them from what is counted."""
    made = insert_or_change(boxes).values(
        [{"parcel_id": parcel, "piece": piece, "carton": code} for piece, code in known.items()]
    )
    tx.connection.execute(
        made.on_conflict_do_update(index_elements=["parcel_id", "piece"], set_={"carton": made.excluded.carton})
    )


_FORGET = Prepared(
    update(boxes)
    .where(
        boxes.c.parcel_id == bindparam("parcel_"),
        boxes.c.carton != _EMPTY,
        ~exists().where(
            steps.c.order_id == bindparam("order_"),
            steps.c.parcel_id == boxes.c.parcel_id,
            steps.c.box == boxes.c.piece,
            steps.c.undone == _EMPTY,
            steps.c.kind == literal_column("'carton'"),
        ),
    )
    .values(carton=_EMPTY)
)


def forget_filled(tx: Transaction, order: int, parcel: int) -> None:
    """A close is taken back: forget the cartons that it kept, but for those that a person said."""
    tx.run(_FORGET, order_=order, parcel_=parcel)


def reopen(tx: Transaction, order: int) -> None:
    """A change opens an order's parcels again: cartons of closed ones are given back, and every box is weighed anew."""
    living = select(parcels.c.id, parcels.c.state).where(
        parcels.c.order_id == order, parcels.c.state.in_(("open", "parked", "closed"))
    )
    for parcel, state in tx.connection.execute(living).all():
        known = select(boxes.c.carton, func.count()).where(boxes.c.parcel_id == parcel).group_by(boxes.c.carton)
        found = {row[0]: -row[1] for row in tx.connection.execute(known)}
        if found and state == "closed":
            move_stock(tx, {code: number for code, number in found.items() if code not in ("", OWN)})
            forget_filled(tx, order, parcel)
        if found:
            empty = {"weight_g": None, "expected_g": None, "tolerance_g": None, "why": "", "weighed_at": None}
            tx.connection.execute(update(boxes).where(boxes.c.parcel_id == parcel).values(empty))


def move_stock(tx: Transaction, used: Mapping[str, int]) -> None:
    """Take cartons from those that are counted, by code; negative numbers give them back."""
    if used:
        number = case(*((cartons.c.code == code, number) for code, number in sorted(used.items())), else_=0)
        counted = update(cartons).where(cartons.c.code.in_(sorted(used)), cartons.c.stock.is_not(None))
        tx.connection.execute(counted.values(stock=cartons.c.stock - number))
