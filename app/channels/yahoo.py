"""Yahoo!ショッピング ストアクリエイターPro: a file of orders and a file of items, joined by ``OrderId``.

Columns and their order are the shop's own template: everything is found by its API name, and what a template leaves
out is empty. A template that has order and item columns in one file is read alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from operator import itemgetter

from app.channels._joined import FOUND, JoinedFile, pairs
from app.channels._keys import said
from app.channels._orders import Cells, Gathered, Plan, line_reader, stream
from app.channels._payment import is_cod, is_prepaid
from app.channels._person import is_empty, person
from app.channels._source import Columns, SourceFile
from app.domain.intake import Head, ReadOptions, narrow, problem
from app.domain.orders import Hold, IncomingLine, IncomingOrder, Problem, Totals
from app.errors import FileUnusable

__all__ = ["ID", "TITLE", "read", "recognise", "together"]

ID = "yahoo"
TITLE = {"ja": "Yahoo!ショッピング（注文・商品）", "en": "Yahoo! Shopping Japan (orders and items)"}

_REQUIRED = {"number": ("OrderId",), "sku": ("ItemId",), "quantity": ("Quantity",)}
_LINE = {
    "line_id": "LineId",
    "name": "Title",
    "variant": "SubCode",
    "price": "UnitPrice",
    "tax_rate": "ItemTaxRatio",
    "option_name": "ItemOptionName",
    "option": "ItemOptionValue",
    "sub_option": "SubCodeOption",
    "inscription_name": "InscriptionName",
    "inscription": "InscriptionValue",
}
_ORDER = {
    "ordered_at": "OrderTime",
    "status": "OrderStatus",
    "payment": "PayMethodName",
    "paid": "PayDate",
    "delivery": "ShipMethodName",
    "wish_day": "ShipRequestDate",
    "wish_hours": "ShipRequestTime",
    "comment": "BuyerComments",
    "email": "BillMailAddress",
    "ship_notes": "ShipNotes",
    "wrap": "GiftWrapType",
    "noshi": "GiftWrapPaperType",
    "noshi_name": "GiftWrapName",
    "message": "GiftWrapMessage",
    "need_wrap": "NeedGiftWrap",
    "need_paper": "NeedGiftWrapPaper",
    "need_receipt": "NeedReceipt",
    "need_bill": "NeedBillSlip",
    "need_slip": "NeedDetailedSlip",
    "option1": "Option1Field",
    "option1_value": "Option1Value",
    "option2": "Option2Field",
    "option2_value": "Option2Value",
    "shipping": "ShipCharge",
    "fee": "PayCharge",
    "wrap_fee": "GiftWrapCharge",
    "discount": "Discount",
    "points": "UsePoint",
    "total": "TotalPrice",
} | {
    f"{whose}.{part}": f"{label}{column}"
    for whose, label in (("buyer", "Bill"), ("ship_to", "Ship"))
    for part, column in (
        ("name", "Name"),
        ("family", "LastName"),
        ("given", "FirstName"),
        ("company", "Section1Value"),
        ("section", "Section2Value"),
        ("zip", "ZipCode"),
        ("prefecture", "Prefecture"),
        ("city", "City"),
        ("street", "Address1"),
        ("street2", "Address2"),
        ("phone", "PhoneNumber"),
        ("phone_else", "EmgPhoneNumber"),
    )
}
_ADDRESS = ("ShipName", "ShipLastName", "ShipAddress1", "ShipZipCode")
"""A file with one of these knows where the goods go."""
_STATUS = {"予約中": "1", "処理中": "2", "保留": "3", "キャンセル": "4", "完了": "5"}
_SLIPS = {"納品書": "need_slip", "請求書": "need_bill", "領収書": "need_receipt"}
_YES = {"1", "true", "yes", "y"}


def _has_lines(head: Head) -> bool:
    return head.has("OrderId", "ItemId", "Quantity")


def _has_orders(head: Head) -> bool:
    return head.has("OrderId") and any(head.has(name) for name in _ADDRESS)


def recognise(head: Head) -> int:
    """Either file, by the names of Yahoo's API that every template needs."""
    return 80 if _has_lines(head) or _has_orders(head) else 0


def together(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Join files of items with files of orders; a file that has both stays as it is."""
    whole = [file for file in files if _has_lines(file.head) and _has_orders(file.head)]
    rest = [file for file in files if file not in whole]
    return whole + pairs(rest, lambda file: _has_lines(file.head), "OrderId")


def read(file: SourceFile, options: ReadOptions) -> Iterator[IncomingOrder | Problem]:
    """Stream the orders of *file*; raises at once where its other half or a needed column is missing."""
    if recognise(file.head) and not (_has_lines(file.head) and _has_orders(file.head)):
        other = "ShipName, ShipZipCode …" if _has_lines(file.head) else "ItemId, Quantity …"
        raise FileUnusable("file.needs_other", file=file.name, other=f"OrderId, {other}")
    columns = Columns(file)
    places = columns.require(_REQUIRED)
    extra = {name: at for name, column in _LINE.items() if (at := columns.at(column)) is not None}
    found = {"found": FOUND} if isinstance(file, JoinedFile) else {}
    order = {name: at for name, column in (_ORDER | found).items() if (at := columns.at(column)) is not None}
    named = {name: file.header[at] for name, at in (places | extra | order).items()}
    plan = Plan(
        number=places["number"],
        ship_to=(),
        fields=tuple(order),
        columns=tuple(order.values()),
        needed=1 + max(places.values()),
        line=_Lines(file.name, named, places, extra, options),
        order=lambda entry, cells: _order(entry, cells, file, options),
    )
    wanted = [names[0] for names in _REQUIRED.values()] + list((_LINE | _ORDER).values())
    notes = list(columns.doubled(tuple(wanted)))
    if not isinstance(file, JoinedFile):
        return stream(file, plan, named, options.timezone, notes)
    return chain(stream(file, plan, named, options.timezone, notes + file.problems), file.unused("OrderId"))


# --- lines ------------------------------------------------------------------------------------------------------


class _Lines:
    """Makes a row's line: the variant's code ``SubCode`` is the SKU, without one the item's."""

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
        self._cells = itemgetter(places["sku"], places["quantity"])
        self._extra = extra

    def __call__(self, row: list[str], number: int, entry: Gathered) -> IncomingLine | None:
        def cell(name: str) -> str:
            at = self._extra.get(name)
            return "" if at is None else row[at]

        item, quantity = self._cells(row)
        sku = cell("variant").strip() or item
        line_id = cell("line_id").strip()
        if line_id and entry.once(line_id):
            column = self._columns["line_id"]
            entry.problems.append(problem(self._file, number, column, line_id, "row.repeated", sku=sku))
            return None
        chosen = (
            _said(cell("option_name"), cell("option")),
            cell("sub_option").strip(),
            _said(cell("inscription_name"), cell("inscription")),
        )
        texts = "\n".join(dict.fromkeys(filter(None, chosen)))
        return self._goods(sku, cell("name"), quantity, cell("price"), cell("tax_rate"), texts, number, entry)


def _said(name: str, value: str) -> str:
    """Return ``name: value``; nothing where there is no value."""
    return ": ".join(filter(None, (name.strip(), value.strip()))) if value.strip() else ""


# --- orders -----------------------------------------------------------------------------------------------------


def _order(entry: Gathered, cells: Cells, file: SourceFile, options: ReadOptions) -> IncomingOrder | None:
    status = narrow(cells.raw("status")).removesuffix(".0")
    status = _STATUS.get(status, status)
    if status == "5":
        entry.problems.clear()
        cells.say("status", "order.already_shipped", entry.number)
        return None
    if isinstance(file, JoinedFile) and not cells.raw("found"):
        entry.damaged = True  # nobody knows where it goes
        cells.say("number", "join.not_there", entry.number, other=file.beside.name)
    buyer, ship_to = person(cells, "buyer"), person(cells, "ship_to")
    payment = cells.line("payment")
    total = cells.money("total")
    remarks = [cells.block("comment"), *(_option(cells, name) for name in ("option1", "option2"))]
    remark = said("\n".join(filter(None, remarks)), options.keys)
    presents = [*_presents(cells), *remark.presents]
    slips = [f"{name}: 希望" for name, wanted in _SLIPS.items() if cells.raw(wanted).strip().casefold() in _YES]
    wish = " ".join(filter(None, (_day(cells.line("wish_day")), cells.line("wish_hours"))))
    awaited = is_empty(ship_to) and not entry.damaged
    if awaited:
        cells.say("ship_to.name", "order.address_awaited")
    return IncomingOrder(
        number=entry.number,
        lines=tuple(entry.lines),
        ordered_at=cells.moment("ordered_at"),
        cancelled=status == "4",
        holds=(
            *_holds(cells, status, payment),
            *((Hold.ADDRESS_AWAITED,) if awaited else ()),
            *((Hold.REMARK,) if remark.rest else ()),
        ),
        gift=bool(presents) or remark.gift,
        buyer=buyer,
        ship_to=ship_to,
        note="\n".join(filter(None, (*presents, *slips, cells.block("ship_notes"), remark.rest))),
        payment=payment,
        cod_amount=total if is_cod(payment) else "",
        delivery=cells.line("delivery"),
        wish="\n".join(filter(None, (wish, *remark.wish))),
        totals=Totals(
            shipping=cells.money("shipping"),
            fee=_sum(cells.money("fee"), cells.money("wrap_fee")),
            discount=cells.money("discount"),
            points=cells.money("points"),
            total=total,
            currency="JPY",
        ),
        email=cells.email(),
        row=entry.row,
    )


def _holds(cells: Cells, status: str, payment: str) -> tuple[Hold, ...]:
    """Turn ``OrderStatus`` (1 予約中, 2 処理中, 3 保留, 4 キャンセル, 5 完了) and the payment into holds.

    *Unpaid* is the hold while the mall or the money is waited for, because it goes by itself with a later file.
    """
    if status in {"1", "3"}:
        cells.say("status", "order.waits_for_shop", status=status)
        return (Hold.UNPAID,)
    if status not in {"", "2", "4"}:
        cells.say("status", "order.unknown_status")
        return (Hold.BY_HAND,)
    return (Hold.UNPAID,) if is_prepaid(payment) and cells.has("paid") and not cells.raw("paid").strip() else ()


def _presents(cells: Cells) -> Iterator[str]:
    noshi = " ".join(filter(None, (cells.line("noshi"), cells.line("noshi_name"))))
    if noshi or cells.raw("need_paper").strip().casefold() in _YES:
        yield f"のし: {noshi or '希望'}"
    if cells.line("wrap") or cells.raw("need_wrap").strip().casefold() in _YES:
        yield f"ラッピング: {cells.line('wrap') or '希望'}"
    if message := cells.block("message"):
        yield f"ギフトメッセージ: {message}"


def _option(cells: Cells, name: str) -> str:
    return _said(cells.line(name), cells.line(f"{name}_value"))


def _day(written: str) -> str:
    """Return the wished day; the API's form ``20260919`` is written ``2026-09-19``."""
    plain = narrow(written)
    return f"{plain[:4]}-{plain[4:6]}-{plain[6:]}" if len(plain) == 8 and plain.isdigit() else written


def _sum(*amounts: str) -> str:
    given = [Decimal(amount) for amount in amounts if amount]
    return f"{sum(given):f}" if given else ""
