"""BASE 注文CSV: one row a product, and below it one row for each of its options.

A row without 商品ID whose 商品名 is ``商品オプション「…」`` is no goods: it is an option of the product above, and its
価格 is what the option adds to the price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter

from app.channels._keys import said
from app.channels._orders import Cells, Gathered, Plan, line_reader, stream
from app.channels._payment import is_cod
from app.channels._person import is_empty, person
from app.channels._source import Columns, SourceFile
from app.domain.intake import Head, ReadOptions, problem, read_money
from app.domain.orders import Hold, IncomingLine, IncomingOrder, Problem, Totals

__all__ = ["ID", "TITLE", "read", "recognise"]

ID = "base"
TITLE = {"ja": "BASE（注文CSV）", "en": "BASE (order CSV)"}

_REQUIRED = {
    "number": ("注文ID",),
    "name": ("商品名",),
    "item": ("商品ID",),
    "quantity": ("数量",),
}
_SKU = ("種類コード", "商品コード", "種類ID", "商品ID")
"""Where the code of the goods stands, best first: the shop's own codes of variant and product, else BASE's numbers."""
_LINE = {"variant": "バリエーション", "price": "価格", "tax_rate": "税率"}
_ORDER = {
    "ordered_at": "注文日時",
    "status": "発送状況",
    "payment": "支払い方法",
    "total": "合計金額",
    "shipping": "送料",
    "fee": "代引き手数料",
    "adjustment": "調整金額",
    "remark": "備考",
    "memo": "注文メモ",
    "wish_day": "配送日",
    "wish_hours": "配送時間帯",
    "email": "メールアドレス(請求先)",
} | {
    f"{whose}.{part}": f"{column}({label})"
    for whose, label in (("buyer", "請求先"), ("ship_to", "配送先"))
    for part, column in (
        ("family", "氏"),
        ("given", "名"),
        ("zip", "郵便番号"),
        ("prefecture", "都道府県"),
        ("street", "住所"),
        ("street2", "住所2"),
        ("phone", "電話番号"),
    )
}
_OPTION = re.compile(r"商品オプション[「『](.*)[」』]", re.DOTALL)
_OPEN = {"", "未発送", "未対応", "対応中"}
_WAITING = {"入金待ち", "入金待"}
_SHIPPED = {"発送済み", "発送済"}


def recognise(head: Head) -> int:
    """By names in brackets that only BASE writes."""
    return 90 if head.has("注文ID", "商品名", "商品ID", "氏(配送先)", "発送状況") else 0


def read(file: SourceFile, options: ReadOptions) -> Iterator[IncomingOrder | Problem]:
    """Stream the orders of *file*; raises at once where a needed column is missing."""
    columns = Columns(file)
    places = columns.require(_REQUIRED)
    skus = [at for name in _SKU if (at := columns.at(name)) is not None]
    extra = {name: at for name, column in _LINE.items() if (at := columns.at(column)) is not None}
    order = {name: at for name, column in _ORDER.items() if (at := columns.at(column)) is not None}
    named = {name: file.header[at] for name, at in (places | extra | order | {"sku": skus[0]}).items()}
    plan = Plan(
        number=places["number"],
        ship_to=(),
        fields=tuple(order),
        columns=tuple(order.values()),
        needed=1 + max(*places.values(), *skus),
        line=_Lines(file.name, named, places, skus, extra, options),
        order=lambda entry, cells: _order(entry, cells, options),
    )
    wanted = [names[0] for names in _REQUIRED.values()] + list((_LINE | _ORDER).values()) + list(_SKU[:3])
    return stream(file, plan, named, options.timezone, list(columns.doubled(tuple(wanted))))


# --- lines ------------------------------------------------------------------------------------------------------


class _Lines:
    """Makes a product row's line, and adds an option row to the line above it."""

    def __init__(
        self,
        file: str,
        columns: dict[str, str],
        places: dict[str, int],
        skus: list[int],
        extra: dict[str, int],
        options: ReadOptions,
    ) -> None:
        self._file = file
        self._columns = columns
        self._goods = line_reader(file, columns, options.non_goods.__contains__)
        self._cells = itemgetter(places["item"], places["name"], places["quantity"])
        self._skus = skus
        self._extra = tuple(extra.get(at) for at in ("variant", "price", "tax_rate"))

    def __call__(self, row: list[str], number: int, entry: Gathered) -> IncomingLine | None:
        item, name, quantity = self._cells(row)
        variant, price, tax = ("" if at is None else row[at] for at in self._extra)
        option = _OPTION.search(name) if not item.strip() else None
        if option is not None:
            self._option(entry, number, ": ".join(filter(None, (option[1].strip(), variant.strip()))), price)
            return None
        sku = next((cell for at in self._skus if (cell := row[at].strip())), "")
        line = self._goods(sku, name, quantity, price, tax, variant, number, entry)
        entry.kept["above"] = "" if line is None else "line"
        return line

    def _option(self, entry: Gathered, row: int, text: str, price: str) -> None:
        above = entry.kept.get("above")
        if above == "":  # the product itself is left out, and that is said
            return
        if above is None:
            entry.damaged = True
            column = self._columns["name"]
            entry.problems.append(problem(self._file, row, column, text, "line.option_alone"))
            return
        line = entry.lines[-1]
        added = read_money(price)
        if added is None:
            column = self._columns.get("price", "")
            entry.problems.append(problem(self._file, row, column, price, "cell.bad_money"))
        entry.lines[-1] = replace(
            line,
            options="\n".join(filter(None, (line.options, text))),
            price=f"{Decimal(line.price) + Decimal(added):f}" if line.price and added else line.price,
        )


# --- orders -----------------------------------------------------------------------------------------------------


def _order(entry: Gathered, cells: Cells, options: ReadOptions) -> IncomingOrder | None:
    status = cells.line("status")
    if status in _SHIPPED:
        entry.problems.clear()
        cells.say("status", "order.already_shipped", entry.number)
        return None
    buyer, ship_to = person(cells, "buyer"), person(cells, "ship_to")
    payment, fee, total = cells.line("payment"), cells.money("fee"), cells.money("total")
    remark = said("\n".join(filter(None, (cells.block("remark"), cells.block("memo")))), options.keys)
    wish = " ".join(filter(None, (cells.line("wish_day"), cells.line("wish_hours"))))
    adjustment = cells.money("adjustment")
    return IncomingOrder(
        number=entry.number,
        lines=tuple(entry.lines),
        ordered_at=cells.moment("ordered_at"),
        cancelled="キャンセル" in status,
        holds=(*_holds(cells, status), *((Hold.REMARK,) if remark.rest else ())),
        gift=remark.gift,
        buyer=buyer,
        ship_to=buyer if is_empty(ship_to) else ship_to,
        note="\n".join(filter(None, (*remark.presents, remark.rest))),
        payment=payment,
        cod_amount=total if fee.strip("0.") or is_cod(payment) else "",
        wish="\n".join(filter(None, (wish, *remark.wish))),
        totals=Totals(
            shipping=cells.money("shipping"),
            fee=fee,
            discount=f"{-Decimal(adjustment):f}" if adjustment.strip("0.") else "",
            total=total,
            currency="JPY",
        ),
        email=cells.email(),
        row=entry.row,
    )


def _holds(cells: Cells, status: str) -> tuple[Hold, ...]:
    """Turn 発送状況 into holds; while the money is waited for it says so, and a later file frees the order."""
    if status in _WAITING:
        cells.say("status", "order.waits_for_shop", status=status)
        return (Hold.UNPAID,)
    if status not in _OPEN and "キャンセル" not in status:
        cells.say("status", "order.unknown_status")
        return (Hold.BY_HAND,)
    return ()
