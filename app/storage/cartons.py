"""Cartons 箱 as rows: the list, its stock, and how often each kind was used and refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, case, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from app.domain.carton_list import ListedCarton
from app.domain.cartons import CartonKind
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import boxes, carton_choices, cartons, parcels

__all__ = ["TOO_SMALL", "Used", "all_cartons", "one", "put", "put_stock", "retire", "used_since"]

TOO_SMALL = ("thick", "no_fit")
"""Reasons of a choice that say that the goods do not go into the proposed carton."""
_SIZES = ("length_mm", "width_mm", "height_mm")
_COLUMNS = (
    cartons.c.code,
    cartons.c.inner_length_mm,
    cartons.c.inner_width_mm,
    cartons.c.inner_height_mm,
    cartons.c.outer_length_mm,
    cartons.c.outer_width_mm,
    cartons.c.outer_height_mm,
    cartons.c.max_g,
    cartons.c.name,
    cartons.c.kind,
    cartons.c.tare_g,
    cartons.c.cost_yen,
    cartons.c.carriage_yen,
    cartons.c.carrier_class,
    cartons.c.services,
    cartons.c.stock,
    cartons.c.low,
    cartons.c.retired,
)
_NAMES = tuple(column.name for column in _COLUMNS)
_ALL = Prepared(select(*_COLUMNS).order_by(cartons.c.code))
_ONE = Prepared(select(*_COLUMNS).where(cartons.c.code == bindparam("code_", type_=String)).with_for_update())
_PUT = Prepared(
    (made := insert_or_change(cartons))
    .values({name: bindparam(name) for name in _NAMES})
    .on_conflict_do_update(
        index_elements=[cartons.c.code], set_={name: made.excluded[name] for name in _NAMES if name != "code"}
    )
)
_STOCK = Prepared(
    update(cartons).where(cartons.c.code == bindparam("code_", type_=String)).values(stock=bindparam("stock"))
)
_RETIRE = Prepared(
    update(cartons).where(cartons.c.code == bindparam("code_", type_=String)).values(retired=bindparam("retired"))
)


@dataclass(frozen=True, slots=True)
class Used:
    """How often a carton was taken."""

    used: int = 0
    """Boxes that were closed in it."""
    refused: int = 0
    """Times that it was proposed and another one was taken."""
    too_small: int = 0
    """Those of them where it was said to be too thick or not to fit."""


def _listed(row: tuple[Any, ...]) -> ListedCarton:
    return ListedCarton(
        code=row[0],
        inner_mm=(row[1], row[2], row[3]),
        outer_mm=(row[4], row[5], row[6]),
        max_g=row[7],
        name=row[8],
        kind=CartonKind(row[9]),
        tare_g=row[10],
        cost_yen=row[11],
        carriage_yen=row[12],
        carrier_class=row[13],
        services=tuple(each for each in row[14].split(",") if each),
        stock=row[15],
        low=row[16],
        retired=bool(row[17]),
    )


def all_cartons(tx: Transaction) -> tuple[ListedCarton, ...]:
    """Return every carton by its code, retired ones too."""
    return tuple(_listed(tuple(row)) for row in tx.rows(_ALL))


def one(tx: Transaction, code: str) -> ListedCarton | None:
    """Return one carton and lock it; None where there is none of that code."""
    row = tx.one(_ONE, code_=code)
    return None if row is None else _listed(tuple(row))


def put(tx: Transaction, carton: ListedCarton) -> None:
    """Keep a carton, new or changed."""
    values: dict[str, Any] = {
        "code": carton.code,
        "max_g": carton.max_g,
        "name": carton.name,
        "kind": str(carton.kind),
        "tare_g": carton.tare_g,
        "cost_yen": carton.cost_yen,
        "carriage_yen": carton.carriage_yen,
        "carrier_class": carton.carrier_class,
        "services": ",".join(carton.services),
        "stock": carton.stock,
        "low": carton.low,
        "retired": int(carton.retired),
    }
    for name, size in (("inner", carton.inner_mm), ("outer", carton.outer_mm)):
        values |= {f"{name}_{side}": mm for side, mm in zip(_SIZES, size, strict=True)}
    tx.run(_PUT, **values)


def put_stock(tx: Transaction, code: str, stock: int | None) -> None:
    """Say how many there are of a carton."""
    tx.run(_STOCK, code_=code, stock=stock)


def retire(tx: Transaction, code: str, *, retired: bool = True) -> None:
    """Propose a carton no longer, or again."""
    tx.run(_RETIRE, code_=code, retired=int(retired))


def used_since(tx: Transaction, since: int) -> Mapping[str, Used]:
    """Return how often each carton was used and refused.

    :param since: milliseconds since 1970 UTC.
    """
    used = (
        select(boxes.c.carton, func.count())
        .select_from(boxes.join(parcels, parcels.c.id == boxes.c.parcel_id))
        .where(parcels.c.closed_at >= since, literal_column("closed_at IS NOT NULL"), boxes.c.carton != "")
        .group_by(boxes.c.carton)
    )
    small = func.sum(case((carton_choices.c.reason.in_(TOO_SMALL), 1), else_=0))
    refused = (
        select(carton_choices.c.proposed, func.count(), small)
        .where(
            carton_choices.c.at >= since,
            carton_choices.c.undone == "",
            carton_choices.c.proposed != "",
            carton_choices.c.proposed != carton_choices.c.chosen,
        )
        .group_by(carton_choices.c.proposed)
    )
    found = {code: Used(int(times)) for code, times in tx.connection.execute(used)}
    for code, times, least in tx.connection.execute(refused):
        found[code] = Used(found[code].used if code in found else 0, int(times), int(least))
    return found
