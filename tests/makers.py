"""Small makers: goods, lines, orders and scans as values, and a shop of them in a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from app.domain.barcode import read
from app.domain.bench import (
    Bench,
    BenchLine,
    BenchOrder,
    BenchWaybill,
    Candidate,
    Extra,
    FoundWaybill,
    KnownCarton,
    Papers,
    Seen,
    Weighing,
)
from app.domain.carton_plan import Plan, PlannedBox
from app.domain.gtin import check_digit
from app.domain.orders import IncomingLine, IncomingOrder, OrderState, WaybillState
from app.domain.products import CodeKind, IncomingProduct, KnownCode, ProductCode
from app.domain.stock import SUPPLIER, Move, shelf_place
from app.domain.weight_suspects import Suspicion
from app.domain.weights import WeightVerdict
from app.services import intake, packing
from app.services.answers import Answer
from app.storage import packing as packing_storage
from app.storage import products as products_storage
from app.storage import settings as settings_storage
from app.storage import verify
from app.storage.database import Database, Transaction

only_on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""For a test of something that PostgreSQL does not have."""
only_on_postgresql = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
"""For a test of something that a file does not have, such as a connection that is lost."""

# --- values -------------------------------------------------------------------------------------------------------


def ean(number: int) -> str:
    """Return a good EAN-13 of no real goods (in the range for samples)."""
    body = f"4599{number:08d}"
    return body + check_digit(body)


def itf(number: int) -> str:
    """Return a good ITF-14, as on a case of :func:`ean`'s goods."""
    body = f"1459{number:09d}"
    return body + check_digit(body)


def line(
    number: int = 1, product: int | None = None, wanted: int = 1, done: int = 0, short: int = 0, **more: Any
) -> BenchLine:
    """Return a line of an open order; its product has the line's number unless another is given."""
    product = number if product is None else product
    usual: dict[str, Any] = {
        "sku": f"SKU-{product}", "name": f"Thing {product}", "code": "0" + ean(product), "shelf": f"A-{product:02d}"
    }  # fmt: skip
    return BenchLine(id=number, product=product, wanted=wanted, done=done, short=short, **(usual | more))


def order(state: OrderState = OrderState.RELEASED, **more: Any) -> BenchOrder:
    """Return an order on the bench."""
    usual: dict[str, Any] = {"id": 7, "number": "A-1001", "ship_number": "12-034", "version": 1, "shop": "shop"}
    return BenchOrder(state=state, **(usual | more))


def on_bench(*lines: BenchLine, state: OrderState = OrderState.RELEASED, **more: Any) -> Bench:
    """Return a bench with an open order of *lines*."""
    return Bench(order=order(state), lines=lines or (line(wanted=2),), **more)


def candidate(*lines: BenchLine, state: OrderState = OrderState.READY, **more: Any) -> Candidate:
    """Return an order that might be opened; what is no field of the candidate goes to its order."""
    names = ("holds", "holder", "leased", "followers", "parked", "parcel", "slips", "trail", "waybills", "unlabelled")
    names += ("in_pick", "goods", "extras", "boxes", "box", "free")
    own = {name: more.pop(name) for name in names if name in more}
    return Candidate(order(state, **more), lines or (line(wanted=2),), **own)


SLIP_AND_WAYBILL = Papers(slip=True, waybill=True)
"""What an order that goes by a carrier must have scanned."""


def tracking(number: int) -> str:
    """Return a good tracking number of no real parcel."""
    return f"{44400000000 + number:011d}{(44400000000 + number) % 7}"


def waybill(which: int = 34, piece: int = 1, **more: Any) -> BenchWaybill:
    """Return a numbered waybill of the order of :func:`order`; *which* makes its tracking number."""
    usual: dict[str, Any] = {
        "id": which * 10 + piece, "order": 7, "ship_number": "12-034", "version": 1, "key": "12-034-1",
        "piece": piece, "pieces": 1, "carrier": "yamato_b2", "state": WaybillState.NUMBERED,
        "number": tracking(which * 10 + piece),
    }  # fmt: skip
    return BenchWaybill(**(usual | more))


def with_papers(*lines: BenchLine, waybills: tuple[BenchWaybill, ...] = (), **more: Any) -> Bench:
    """Return a bench with an open order that goes by a carrier, its slip scanned."""
    own = {name: more.pop(name) for name in ("carrier", "cod", "parcel_count", "state", "papers") if name in more}
    usual: dict[str, Any] = {"carrier": "yamato_b2", "papers": SLIP_AND_WAYBILL}
    usual |= own
    bench: dict[str, Any] = {"slips": ("12-034-1",), "waybills": waybills or (waybill(),)} | more
    return Bench(order=order(**usual), lines=lines or (line(done=1),), **bench)


def found(waybill_: BenchWaybill, **more: Any) -> FoundWaybill:
    """Return a waybill that another order has."""
    usual: dict[str, Any] = {"order_state": OrderState.RELEASED, "order_version": waybill_.version}
    return FoundWaybill(waybill_, **(usual | more))


def known(product: int = 1, quantity: int = 1, **more: Any) -> KnownCode:
    """Return a product found for a code."""
    code = "0" + ean(product) if quantity == 1 else itf(product)
    usual: dict[str, Any] = {
        "sku": f"SKU-{product}", "name": f"Thing {product}", "code": code, "kind": CodeKind.GTIN,
        "shelf": f"A-{product:02d}",
    }  # fmt: skip
    return KnownCode(product=product, quantity=quantity, **(usual | more))


def extra(number: int = 57, product: int | None = None, wanted: int = 1, **more: Any) -> Extra:
    """Return what goes in beside the goods: a paper ``KN-57``, or pieces of *product*."""
    name = f"Paper {number}" if product is None else f"Thing {product}"
    usual: dict[str, Any] = {"kind": "noshi" if product is None else "insert", "name": name, "order": 7}
    if product is not None:
        usual |= {"code": "0" + ean(product), "shelf": f"A-{product:02d}"}
    return Extra(number, wanted=wanted, product=product, **(usual | more))


def plan(*boxes_: tuple[str, Sequence[tuple[int, int]]], instead: tuple[str, ...] = ()) -> Plan:
    """Return proposed cartons, each with its pieces: ``plan(("60", [(1, 2)]))``."""
    return Plan(tuple(PlannedBox(code, tuple(pieces), instead) for code, pieces in boxes_))


def carton(code: str, **more: Any) -> Seen:
    """Return a scanned carton of the list."""
    return Seen(read(f"KX-{code}"), carton=KnownCarton(code, f"Carton {code}", **more))


def weighed(grams: int, expected: int = 500, tolerance: int = 20, suspects: tuple[Suspicion, ...] = ()) -> Seen:
    """Return what the scale says of a box that should weigh *expected* ± *tolerance* grams."""
    verdict = WeightVerdict(abs(grams - expected) <= tolerance, grams, expected, tolerance, (), (), ())
    return Seen(read(f"KG-{grams}"), weighing=Weighing(verdict, suspects))


def text(raw: str, **more: Any) -> Seen:
    """Return a code as read, with nothing found for it."""
    return Seen(read(raw), **more)


def goods(product: int = 1, quantity: int = 1, raw: str = "", **more: Any) -> Seen:
    """Return a scanned product."""
    found = known(product, quantity)
    return Seen(read(raw or found.code), products=(found,), **more)


def command(name: str) -> Seen:
    """Return a command code: ``command("undo")``."""
    return Seen(read(f"KP-{name.upper()}"))


# --- a database with goods and orders -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Goods:
    """A product for the database: its pieces scan as :attr:`piece`, its case of :attr:`per_case` as :attr:`case`."""

    number: int
    per_case: int = 0
    stock: int = 0
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def sku(self) -> str:
        return f"SKU-{self.number}"

    @property
    def piece(self) -> str:
        return ean(self.number)

    @property
    def case(self) -> str:
        return itf(self.number)


def product(sku: str, *codes: ProductCode, **more: Any) -> IncomingProduct:
    """Return a product as a file gives it."""
    return IncomingProduct(sku, name=more.pop("name", f"Thing {sku}"), codes=codes, **more)


def incoming(number: str, *wanted: tuple[str, int], **more: Any) -> IncomingOrder:
    """Return an order as a shop gives it: ``incoming("1001", ("SKU-1", 2))``."""
    lines = tuple(IncomingLine(sku, f"Thing {sku}", quantity, price="100") for sku, quantity in wanted)
    return IncomingOrder(number, lines, ordered_at=more.pop("ordered_at", 1_700_000_000_000), **more)


def add_goods(tx: Transaction, *given: Goods) -> dict[int, int]:
    """Enter products with their codes and opening stock; return their ids by number."""
    ids = {}
    for each in given:
        codes = [ProductCode("0" + each.piece)]
        if each.per_case:
            codes.append(ProductCode(each.case, each.per_case))
        shelf = f"A-{each.number:02d}"
        made = IncomingProduct(each.sku, name=f"Thing {each.number}", codes=tuple(codes), shelf=shelf)
        ids[each.number], _ = products_storage.save(tx, replace(made, **each.more))
        if each.stock:
            move = Move(ids[each.number], "", SUPPLIER, shelf_place(shelf), each.stock)
            packing_storage.book(tx, str(uuid4()), None, [move])
    return ids


def take_in(
    tx: Transaction, *orders: IncomingOrder, create: bool = False, dry: bool = False, shop: str = "shop"
) -> intake.Report:
    """Take orders in by the code that files go through, without a file."""
    file: Any = SimpleNamespace(name="made.csv", size=1, header=())
    record = intake.Record("office", file.name, (), file.size, "csv", shop)
    run = intake._Run("office", file, "csv", shop, create, dry, intake.Report(), record)
    intake._chunk(tx, run, run.mark(), list(orders), str(uuid4()))
    return run.report


def stocked(database: Database, goods_: Iterable[Goods], *orders: IncomingOrder) -> None:
    """Fill a database with goods and orders."""
    with database.transaction() as tx:
        add_goods(tx, *goods_)
        if orders:
            take_in(tx, *orders)


def set_to(database: Database, **values: str) -> None:
    """Change settings; ``release_at_open="off"`` is ``release.at_open``."""
    with database.transaction() as tx:
        settings_storage.write(tx, {key.replace("_", ".", 1): value for key, value in values.items()})


class Station:
    """A station without threads: each scan is one transaction on this thread."""

    def __init__(self, database: Database, name: str = "1") -> None:
        self.database = database
        self.name = name

    def scan(self, raw: str, act: str | None = None, since: int | None = None) -> Answer:
        """Scan one code, *since* milliseconds after the one before."""
        with self.database.transaction() as tx:
            return packing.scan(tx, self.name, raw, act or str(uuid4()), since)

    def scans(self, *raws: str) -> list[str]:
        """Scan several codes and return the keys of the answers."""
        return [self.scan(raw).key for raw in raws]

    def look(self) -> Answer:
        """Return where the station stands."""
        with self.database.transaction() as tx:
            return packing.look(tx, self.name)


def faults_of(database: Database) -> list[str]:
    """Return what ``verify`` finds, as keys."""
    with database.reading() as tx:
        return [fault.key for fault in verify.faults(tx)]


def query(database: Database, statement: str, *values: Any) -> Sequence[Any]:
    """Run plain SQL and return its rows; values stand as ``?``."""
    with database.reading() as tx:
        found = tx.connection.exec_driver_sql(_own_marks(tx, statement), values)
        return [tuple(row) for row in found]


def change(database: Database, statement: str, *values: Any) -> int:
    """Run plain SQL that changes something; values stand as ``?``."""
    with database.transaction() as tx:
        return tx.connection.exec_driver_sql(_own_marks(tx, statement), values).rowcount


def _own_marks(tx: Transaction, statement: str) -> str:
    return statement if tx.dialect == "sqlite" else statement.replace("%", "%%").replace("?", "%s")
