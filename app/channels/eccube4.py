"""EC-CUBE 4 受注CSV and 出荷CSV: one row for everything an order is made of, goods, postage, fees, discounts alike.

Only rows of 明細区分 1 商品 are goods. The identity of an order is 注文番号 and 出荷ID, always. The column 送料 occurs
twice, for the order and for the shipment, and a shop may put its columns in any order: the smaller amount is the
shipment's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from operator import itemgetter

from app.channels._keys import said
from app.channels._orders import Cells, Gathered, Plan, Runs, line_reader, mark_of, stream
from app.channels._payment import is_cod, is_prepaid
from app.channels._person import person
from app.channels._report import report_mapping, written
from app.channels._source import Columns, SourceFile
from app.domain.intake import Head, ReadOptions, narrow, problem, read_line, read_money, read_quantity, read_rate
from app.domain.orders import Hold, IncomingLine, IncomingOrder, Problem, Totals
from app.domain.reports import ReportRow

__all__ = ["ID", "TITLE", "read", "recognise", "report"]

ID = "eccube4"
TITLE = {"ja": "EC-CUBE 4（受注CSV・出荷CSV）", "en": "EC-CUBE 4 (order and shipping CSV)"}

_REQUIRED = {
    "number": ("注文番号", "注文ID"),
    "ship_to_id": ("出荷ID",),
    "kind": ("明細区分(ID)", "明細区分(名称)"),
    "sku": ("商品コード",),
    "name": ("商品名",),
    "quantity": ("個数",),
}
_LINE = {
    "line_id": "注文詳細ID",
    "class_id": "商品規格ID",
    "price": "価格",
    "tax_rate": "税率",
    "class1": "規格名1",
    "class1_value": "規格分類名1",
    "class2": "規格名2",
    "class2_value": "規格分類名2",
}
_ORDER = {
    "ordered_at": ("受注日",),
    "status": ("対応状況(ID)", "対応状況(名称)"),
    "payment": ("支払方法(名称)",),
    "paid": ("入金日",),
    "delivery": ("配送業者(名称)",),
    "wish_day": ("お届け希望日",),
    "wish_hours": ("お届け時間(名称)",),
    "remark": ("お問い合わせ", "備考"),
    "memo": ("配達用メモ",),
    "email": ("メールアドレス",),
    "subtotal": ("小計",),
    "discount": ("値引き",),
    "total": ("支払合計", "合計"),
} | {
    f"{whose}.{part}": (f"{label}{column}",)
    for whose, label in (("buyer", ""), ("ship_to", "配送先_"))
    for part, column in (
        ("family", "お名前(姓)"),
        ("given", "お名前(名)"),
        ("company", "会社名"),
        ("zip", "郵便番号"),
        ("prefecture", "都道府県(名称)"),
        ("street", "住所1"),
        ("street2", "住所2"),
        ("phone", "TEL"),
    )
}
_GOODS, _FEE = {"1", "商品"}, {"3", "手数料"}
_OTHER = {"2", "送料", "4", "割引", "5", "税", "6", "ポイント"} | _FEE
_STATUS = {
    "新規受付": "1",
    "注文取消し": "3",
    "対応中": "4",
    "発送済み": "5",
    "入金済み": "6",
    "決済処理中": "7",
    "購入処理中": "8",
    "返品": "9",
}


def recognise(head: Head) -> int:
    """By the kind of row and the shipment's address, which no other shop writes like this."""
    return 90 if head.has("出荷ID", "商品コード", "個数", "配送先_住所1") and head.has("注文ID") else 0


def read(file: SourceFile, options: ReadOptions) -> Iterator[IncomingOrder | Problem]:
    """Stream the orders of *file*; raises at once where a needed column is missing."""
    columns = Columns(file)
    places = columns.require(_REQUIRED)
    extra = {name: at for name, column in _LINE.items() if (at := columns.at(column)) is not None}
    order = {name: at for name, names in _ORDER.items() if (at := columns.at(*names)) is not None}
    order |= {f"shipping#{which}": at for which, at in enumerate(columns.all_at("送料")[:2])}
    named = {name: file.header[at] for name, at in (places | extra | order).items()}
    orders = _whole_orders(file, places, extra)
    plan = Plan(
        number=places["number"],
        ship_to=(places["ship_to_id"],),
        fields=tuple(order),
        columns=tuple(order.values()),
        needed=1 + max(places.values()),
        line=_Lines(file.name, named, places, extra, options),
        order=lambda entry, cells: _order(entry, cells, orders.facts(entry.number), options),
    )
    wanted = [names[0] for names in (_REQUIRED | _ORDER).values()] + list(_LINE.values())
    return stream(orders, plan, named, options.timezone, list(columns.doubled(tuple(wanted))))


# --- what only all rows of an order together say ------------------------------------------------------------------

_ROUNDINGS = ("", ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING)
"""How a price may have become one with tax; empty: it has it already."""


@dataclass(slots=True)
class _Facts:
    """What the rows of all shipments of an order say together."""

    shipment: str = ""
    several: bool = False
    """It goes to several ship-tos."""
    fee: Decimal | None = None
    """Sum of the rows of fees, which belong to no shipment."""
    sums: list[Decimal] = field(default_factory=lambda: [Decimal(0)] * len(_ROUNDINGS))
    """Sum of its goods, for each of :data:`_ROUNDINGS`."""


@lru_cache(maxsize=8192)
def _with_tax(price: str, rate: str, rounding: str) -> Decimal:
    amount = Decimal(price or "0")
    if not rounding:
        return amount
    return (amount * (1 + Decimal(rate or "0"))).quantize(Decimal(1), rounding)


@dataclass(frozen=True, slots=True)
class _Looker:
    """Looks at the rows of an order; damaged ones are judged by whoever reads them again."""

    places: dict[str, int]
    extra: dict[str, int]

    @property
    def cells(self) -> int:
        """Cells that a row must have to be looked at."""
        return 1 + max(*self.places.values(), *self.extra.values(), 0)

    def number(self, row: list[str]) -> str:
        """Number of the order that a row belongs to."""
        return read_line(row[self.places["number"]])[0]

    def look(self, row: list[str], order: _Facts) -> None:
        """Take a row into what is known of its order."""
        places, extra = self.places, self.extra
        shipment = row[places["ship_to_id"]].strip()
        order.several = order.several or bool(shipment and order.shipment and shipment != order.shipment)
        order.shipment = order.shipment or shipment
        kind, pieces = narrow(row[places["kind"]]), read_quantity(row[places["quantity"]])[0]
        price = read_money(row[extra["price"]] if "price" in extra else "")
        if kind in _FEE and price:
            order.fee = (order.fee or Decimal(0)) + Decimal(price) * pieces
        elif kind in _GOODS and price:
            rate = read_rate(row[extra["tax_rate"]] if "tax_rate" in extra else "") or ""
            for at, rounding in enumerate(_ROUNDINGS):
                order.sums[at] += _with_tax(price, rate, rounding) * pieces


@dataclass(frozen=True, slots=True)
class _WholeOrders(SourceFile):
    """The file, each order looked at whole before its rows are given on.

    Only the facts of the order in hand and the one before are kept, and those of orders whose rows stand apart.
    """

    looker: _Looker = field(kw_only=True)
    near: dict[str, _Facts] = field(kw_only=True)
    apart: dict[str, _Facts] = field(kw_only=True)

    def facts(self, number: str) -> _Facts:
        """What the rows of an order say together, whose rows have just been read."""
        return self.apart.get(number) or self.near.get(number) or _Facts()

    def records(self) -> Iterator[list[str]]:
        """The rows as they are in the file."""
        cells, looker = self.looker.cells, self.looker
        number = ""
        rows: list[list[str]] = []
        # super() without arguments does not work in a class that dataclass makes anew for its slots.
        for row in SourceFile.records(self):
            mine = looker.number(row) if len(row) >= cells else number
            if mine != number:
                yield from self._order(number, rows)
                number, rows = mine, []
            rows.append(row)
        yield from self._order(number, rows)

    def _order(self, number: str, rows: list[list[str]]) -> list[list[str]]:
        facts = _Facts()
        for row in rows:
            if len(row) >= self.looker.cells:
                self.looker.look(row, facts)
        self.near.pop(number, None)
        while len(self.near) > 1:
            del self.near[next(iter(self.near))]
        self.near[number] = facts
        return rows


def _whole_orders(file: SourceFile, places: dict[str, int], extra: dict[str, int]) -> _WholeOrders:
    """Return *file* with what the rows of an order say together; it is read once, and twice where rows stand apart."""
    looker = _Looker(places, extra)
    runs, before = Runs(), ""
    for row in file.records():
        if len(row) >= looker.cells and (number := looker.number(row)) != before:
            runs.add(number)
            before = number
    again, apart = runs.again(), dict[str, _Facts]()
    for row in file.records() if again else ():
        if len(row) >= looker.cells and mark_of(number := looker.number(row)) in again:
            looker.look(row, apart.setdefault(number, _Facts()))
    same = {each.name: getattr(file, each.name) for each in fields(SourceFile)}
    return _WholeOrders(**same, looker=looker, near={}, apart=apart)


# --- lines ------------------------------------------------------------------------------------------------------


class _Lines:
    """Makes the line of a row of goods; a product without a code goes by the number of its 規格."""

    def __init__(
        self,
        file: str,
        columns: dict[str, str],
        places: dict[str, int],
        extra: dict[str, int],
        options: ReadOptions,
    ) -> None:
        self._file = file
        self._columns = columns
        self._goods = line_reader(file, columns, options.non_goods.__contains__)
        self._cells = itemgetter(*(places[at] for at in ("kind", "sku", "name", "quantity")))
        self._extra = extra

    def __call__(self, row: list[str], number: int, entry: Gathered) -> IncomingLine | None:
        def cell(name: str) -> str:
            at = self._extra.get(name)
            return "" if at is None else row[at].strip()

        kind, sku, name, quantity = self._cells(row)
        if narrow(kind) not in _GOODS:  # its amount stands in the order's own columns
            if sku.strip() and narrow(kind) not in _OTHER:  # goods whose cells have shifted, or a kind of a plug-in
                column = self._columns["kind"]
                entry.problems.append(problem(self._file, number, column, kind, "row.unknown_kind", sku=sku))
                entry.damaged = True
            return None
        if cell("line_id") and entry.once(cell("line_id")):
            column = self._columns["line_id"]
            entry.problems.append(problem(self._file, number, column, cell("line_id"), "row.repeated", sku=sku))
            return None
        chosen = (
            ": ".join(filter(None, (cell(each), cell(f"{each}_value"))))
            for each in ("class1", "class2")
            if cell(f"{each}_value")
        )
        code = sku.strip() or cell("class_id")
        return self._goods(code, name, quantity, cell("price"), cell("tax_rate"), "\n".join(chosen), number, entry)


# --- orders -----------------------------------------------------------------------------------------------------


def _order(entry: Gathered, cells: Cells, facts: _Facts, options: ReadOptions) -> IncomingOrder | None:
    status = narrow(cells.raw("status")).removesuffix(".0")
    status = _STATUS.get(status, status)
    if not entry.lines and not entry.ship_to_key and not entry.damaged and not entry.problems:
        return None  # fees and discounts, which belong to no shipment
    if status in {"5", "9"}:
        entry.problems.clear()
        cells.say("status", "order.already_shipped", entry.number)
        return None
    if status == "8":  # somebody is still at the till
        entry.problems.clear()
        cells.say("status", "order.not_an_order", entry.number)
        return None
    payment, total = cells.line("payment"), cells.money("total")
    remark = said("\n".join(filter(None, (cells.block("remark"), cells.block("memo")))), options.keys)
    wish = " ".join(filter(None, (cells.line("wish_day").removesuffix(" 00:00:00"), cells.line("wish_hours"))))
    cod = is_cod(payment)
    if cod and facts.several:
        cells.say("payment", "order.cod_split")
    subtotal = cells.money("subtotal")
    return IncomingOrder(
        number=entry.number,
        lines=_priced(entry.lines, subtotal, facts),
        ship_to_key=entry.ship_to_key,
        ordered_at=cells.moment("ordered_at"),
        cancelled=status == "3",
        holds=(
            *_holds(cells, status, payment),
            *((Hold.REMARK,) if remark.rest else ()),
            *((Hold.BY_HAND,) if cod and facts.several else ()),
        ),
        gift=remark.gift,
        buyer=person(cells, "buyer"),
        ship_to=person(cells, "ship_to"),
        note="\n".join(filter(None, (*remark.presents, remark.rest))),
        payment=payment,
        cod_amount=total if cod else "",
        delivery=cells.line("delivery"),
        wish="\n".join(filter(None, (wish, *remark.wish))),
        totals=_totals(cells, subtotal, total, facts),
        email=cells.email(),
        row=entry.row,
    )


def _holds(cells: Cells, status: str, payment: str) -> tuple[Hold, ...]:
    """Turn 対応状況 and the payment into holds: 1 新規受付, 4 対応中 and 6 入金済み are picked."""
    if status == "7":
        cells.say("status", "order.waits_for_shop", status=status)
        return (Hold.UNPAID,)
    if status not in {"1", "3", "4", "6"}:
        cells.say("status", "order.unknown_status")
        return (Hold.BY_HAND,)
    awaited = status == "1" and is_prepaid(payment) and cells.has("paid") and not cells.raw("paid").strip()
    return (Hold.UNPAID,) if awaited else ()


def _priced(lines: Sequence[IncomingLine], subtotal: str, facts: _Facts) -> tuple[IncomingLine, ...]:
    """Return the lines with their prices as the customer saw them, tax included.

    価格 may be with tax or without, and the shop chooses how tax is rounded: whichever adds up to 小計 is right. Where
    none does, the prices are left out.
    """
    wanted = Decimal(subtotal) if subtotal else None
    rounding = next((each for each, added in zip(_ROUNDINGS, facts.sums, strict=True) if added == wanted), None)
    if rounding is None:
        return tuple(replace(line, price="") for line in lines)
    return tuple(
        replace(line, price=f"{_with_tax(line.price, line.tax_rate, rounding):f}" if line.price else "")
        for line in lines
    )


def _totals(cells: Cells, subtotal: str, total: str, facts: _Facts) -> Totals:
    """Return the amounts; of an order to several ship-tos only the postage of this one is known."""
    postage = [amount for which in (0, 1) if (amount := cells.money(f"shipping#{which}"))]
    one: Callable[..., str] = min if facts.several else max
    shipping = one(postage, key=Decimal) if postage else ""
    if facts.several:
        return Totals(shipping=shipping, currency="JPY")
    discount = cells.money("discount")
    return Totals(
        subtotal=subtotal,
        shipping=shipping,
        fee="" if facts.fee is None else f"{facts.fee:f}",
        discount=discount.removeprefix("-"),
        total=total,
        currency="JPY",
    )


# --- dispatch report ----------------------------------------------------------------------------------------------


def report(rows: Sequence[ReportRow]) -> bytes:
    """Return the 出荷CSV登録, which the mapping ``eccube4_shipping`` describes."""
    table = report_mapping("eccube4_shipping").report
    assert table is not None
    return written(rows, table)
