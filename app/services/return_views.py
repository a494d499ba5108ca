"""What screens, the command line and the office read of returns 返品."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.formulas import guarded
from app.domain.return_asking import laid
from app.domain.returns import Grade, Receiver, ReturnRules, shelf_of
from app.errors import NotFound
from app.services import returns
from app.services.settings import all_settings
from app.storage import orders as orders_storage
from app.storage import returns_list as storage
from app.storage.database import Transaction
from app.storage.returns_list import ProductBack, ReturnPiece, ReturnRow
from app.text import Texts

__all__ = [
    "ProductBack",
    "ReturnDetail",
    "ReturnLine",
    "ReturnPiece",
    "ReturnRow",
    "ReturnView",
    "by_product",
    "is_open",
    "listed",
    "products_csv",
    "shown",
    "view",
]

RECENT = 12
"""Returns that the screen lists."""


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """Goods of the open return, as they are listed on its screen."""

    product: int
    sku: str
    name: str
    wanted: int
    """Pieces that left the house."""
    back: int
    good: int
    bad: int
    now: bool = False
    """Pieces of it were taken in by the last act."""
    shelf: str = ""
    """Where they are laid."""


@dataclass(frozen=True, slots=True)
class ReturnView:
    """One reading for a screen."""

    standing: returns.Standing
    lines: tuple[ReturnLine, ...] = ()
    recent: tuple[ReturnRow, ...] = ()
    """Open and recent returns; read only while none is open here."""


@dataclass(frozen=True, slots=True)
class ReturnDetail:
    """One return with its pieces."""

    row: ReturnRow
    pieces: tuple[ReturnPiece, ...]


def view(tx: Transaction, station: str) -> ReturnView:
    """Return where a station stands in its return; nothing is locked."""
    here = returns.standing(tx, station)
    if here.receiver.order is None:
        return ReturnView(here, (), tuple(storage.page(tx, limit=RECENT)))
    rules = ReturnRules(bad_shelf=all_settings(tx)["return.bad_shelf"])
    return ReturnView(here, lines_of(here.receiver, rules))


def lines_of(receiver: Receiver, rules: ReturnRules) -> tuple[ReturnLine, ...]:
    """Return the goods of the open return by product, in the order in which they were packed."""
    order = receiver.order
    if order is None:
        return ()
    came = (*order.before, *receiver.trail)
    last = {step.product: shelf for step, _, shelf in laid(receiver, rules)}
    made: dict[int, ReturnLine] = {}
    for goods in receiver.goods:
        known = made.get(goods.product)
        wanted, back = (known.wanted, known.back) if known else (0, 0)
        mine = [step for step in came if step.product == goods.product]
        grades = {grade: sum(step.quantity for step in mine if step.grade == grade) for grade in Grade}
        made[goods.product] = ReturnLine(
            goods.product, goods.sku, goods.name, wanted + goods.quantity, back + goods.back, grades[Grade.GOOD],
            grades[Grade.BAD], goods.product in last, last.get(goods.product, shelf_of(goods, Grade.GOOD, rules)),
        )  # fmt: skip
    return tuple(made.values())


def is_open(tx: Transaction, station: str) -> bool:
    """Return whether a return is open at a station."""
    return returns.standing(tx, station).receiver.order is not None


def listed(tx: Transaction, *, open_only: bool = False, since: int = 0, limit: int | None = None) -> list[ReturnRow]:
    """Return returns, open ones first, then the newest."""
    return storage.page(tx, open_only=open_only, since=since, limit=limit)


def shown(tx: Transaction, text: str) -> list[ReturnDetail]:
    """Return the returns of the orders that *text* names (ship number, order number, ``SHOP:NUMBER``).

    :raises NotFound: no such order, or none of its goods came back.
    """
    found = storage.page(tx, order=orders) if (orders := orders_storage.find(tx, text)) else []
    if not found:
        raise NotFound("return.none_of", order=text)
    return [ReturnDetail(row, tuple(storage.pieces_of(tx, row.id))) for row in found]


def by_product(tx: Transaction, since: int = 0) -> list[ProductBack]:
    """Return what came back by product and reason, what came back most first."""
    return storage.by_product(tx, since)


_COLUMNS = ("sku", "name", "reason", "pieces", "good", "bad", "orders")


def products_csv(words: Texts, rows: Sequence[ProductBack]) -> bytes:
    """Return what came back by product and reason as CSV that Excel opens: UTF-8 with its mark, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([words.say(f"returns.column.{name}") for name in _COLUMNS])
    for row in rows:
        name = row.name_en if words.language == "en" and row.name_en else row.name
        reason = words.say(f"returns.reason.{row.reason}")
        writer.writerow([guarded(row.sku), guarded(name), reason, row.pieces, row.good, row.bad, row.orders])
    return out.getvalue().encode("utf-8-sig")
