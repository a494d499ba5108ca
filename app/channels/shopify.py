"""Shopify ``orders_export.csv``: one row per line, order fields on the first row of a ``Name`` only.

Columns are found by name with the aliases of older and newer exports; the export's order of columns never matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter

from app.channels._address import is_japan, phone_number, postcode, prefecture
from app.channels._keys import said, said_in_tags
from app.channels._orders import Cells, Gathered, Plan, line_reader, stream
from app.channels._source import Columns, SourceFile
from app.domain.intake import Head, ReadOptions, problem, read_money, read_quantity
from app.domain.orders import Address, Hold, IncomingLine, IncomingOrder, Problem, Totals
from app.domain.wishes import names_delivery

__all__ = ["ID", "TITLE", "read", "recognise"]

ID = "shopify"
TITLE = {"ja": "Shopify（注文エクスポート）", "en": "Shopify (orders export)"}

_REQUIRED = {
    "number": ("Name",),
    "sku": ("Lineitem sku",),
    "name": ("Lineitem name",),
    "quantity": ("Lineitem quantity",),
}
_LINE = {
    "price": ("Lineitem price",),
    "shipping_needed": ("Lineitem requires shipping",),
    "line_status": ("Lineitem fulfillment status",),
    "line_discount": ("Lineitem discount",),
}
_ORDER = {
    "ordered_at": ("Created at",),
    "financial": ("Financial Status",),
    "fulfillment": ("Fulfillment Status",),
    "cancelled": ("Cancelled at", "Canceled at"),
    "payment": ("Payment Method",),
    "outstanding": ("Outstanding Balance",),
    "delivery": ("Shipping Method",),
    "note": ("Notes", "Note"),
    "attributes": ("Note Attributes",),
    "currency": ("Currency",),
    "subtotal": ("Subtotal",),
    "shipping": ("Shipping",),
    "tax": ("Taxes",),
    "discount": ("Discount Amount",),
    "total": ("Total",),
    "phone": ("Phone",),
    "email": ("Email",),
    "tags": ("Tags",),
} | {
    f"{whose}.{part}": (f"{label} {column}",)
    for whose, label in (("buyer", "Billing"), ("ship_to", "Shipping"))
    for part, column in (
        ("name", "Name"),
        ("company", "Company"),
        ("address1", "Address1"),
        ("address2", "Address2"),
        ("street", "Street"),
        ("city", "City"),
        ("zip", "Zip"),
        ("province", "Province"),
        ("province_name", "Province Name"),
        ("country", "Country"),
        ("phone", "Phone"),
    )
}
_COD = re.compile(r"cash on delivery|\bcod\b|代金引換|代引", re.IGNORECASE)
_GIFT_NAME, _GIFT_YES = "(?:gift|ギフト|贈り物)[^:]*: *", "(?:true|yes|1|on|はい|あり|有|希望)"
_GIFT = re.compile(_GIFT_NAME + _GIFT_YES, re.IGNORECASE)
_ONLY_GIFT = re.compile(
    rf"[^:]*{_GIFT_NAME}(?:{_GIFT_YES}|false|no|0|off|いいえ|なし|無し?|不要|希望しない) *", re.IGNORECASE
)
"""A line that says only whether it is a gift; what it says beyond that, a person reads."""
_JAPANESE = re.compile("[぀-ヿ㐀-鿿々]+")


def recognise(head: Head) -> int:
    """Surer than any mapping: no other export calls its columns ``Lineitem …``."""
    return 90 if head.has("Name", "Lineitem quantity", "Lineitem name", "Lineitem sku") else 0


def read(file: SourceFile, options: ReadOptions) -> Iterator[IncomingOrder | Problem]:
    """Stream the orders of *file*; raises at once where a needed column is missing."""
    columns = Columns(file)
    places = columns.require(_REQUIRED)
    extra = {name: columns.at(*names) for name, names in _LINE.items()}
    order = {name: at for name, names in _ORDER.items() if (at := columns.at(*names)) is not None}
    # Order columns missing from the file are simply empty; line columns point at a cell that every row has.
    named = {name: file.header[at] for name, at in (places | order).items()}
    named |= {name: file.header[at] for name, at in extra.items() if at is not None}
    plan = Plan(
        number=places["number"],
        ship_to=(),
        fields=tuple(order),
        columns=tuple(order.values()),
        needed=1 + max(places.values()),
        line=_Lines(file.name, named, places, extra, options),
        order=lambda entry, cells: _order(entry, cells, options),
    )
    notes = list(columns.doubled(tuple(names[0] for names in (_REQUIRED | _LINE | _ORDER).values())))
    return stream(file, plan, named, options.timezone, notes)


# --- lines ------------------------------------------------------------------------------------------------------


class _Lines:
    """Makes a row's line: what needs no shipping or is shipped already is left out, and said."""

    def __init__(
        self,
        file: str,
        columns: dict[str, str],
        places: dict[str, int],
        extra: dict[str, int | None],
        options: ReadOptions,
    ) -> None:
        self._file = file
        self._columns = columns
        self._goods = line_reader(file, columns, options.non_goods.__contains__)
        self._cells = itemgetter(places["sku"], places["name"], places["quantity"])
        self._price, self._needed, self._status, self._discount = (
            extra[at] for at in ("price", "shipping_needed", "line_status", "line_discount")
        )

    def __call__(self, row: list[str], number: int, entry: Gathered) -> IncomingLine | None:
        sku, name, quantity = self._cells(row)
        needed = "" if self._needed is None else row[self._needed].strip().casefold()
        if needed in {"false", "no"}:
            self._say(number, entry, "line.no_shipping_needed", sku or name, "shipping_needed")
            return None
        status = "" if self._status is None else row[self._status].strip().casefold()
        if status == "fulfilled":
            entry.shipped += 1
            self._count_shipped(row, quantity, entry)
            self._say(number, entry, "line.already_shipped", sku or name, "line_status")
            return None
        if status == "partial":  # the export does not say how many pieces are still to go
            entry.damaged = True
            self._say(number, entry, "line.partly_shipped", sku or name, "line_status")
        price = "" if self._price is None else row[self._price]
        return self._goods(sku, name, quantity, price, "", "", number, entry)

    def _count_shipped(self, row: list[str], quantity: str, entry: Gathered) -> None:
        """Add up what was sent before; one amount that cannot be read makes the sum unknown."""
        price, off = ("" if at is None else read_money(row[at]) for at in (self._price, self._discount))
        pieces = read_quantity(quantity)[0]
        before = entry.kept.get("shipped", "0")
        entry.kept["shipped"] = ""
        if before and price and pieces and off is not None:
            entry.kept["shipped"] = str(Decimal(before) + Decimal(price) * pieces - Decimal(off or "0"))

    def _say(self, number: int, entry: Gathered, key: str, value: str, at: str) -> None:
        entry.problems.append(problem(self._file, number, self._columns.get(at, ""), value, key))


# --- orders -----------------------------------------------------------------------------------------------------


def _order(entry: Gathered, cells: Cells, options: ReadOptions) -> IncomingOrder | None:
    if cells.raw("fulfillment").strip().casefold() == "fulfilled" and not cells.raw("cancelled").strip():
        entry.problems.clear()
        cells.say("fulfillment", "order.already_shipped", entry.number)
        return None
    payment = cells.line("payment")
    total = cells.money("total")
    cod, cod_holds = _collect(entry, cells, payment, total)
    remark = said(cells.block("note"), options.keys)
    shown = [line for line in cells.block("attributes").splitlines() if line and not line.startswith("_")]
    chosen = said("\n".join(shown), options.keys)
    tags = said_in_tags(cells.line("tags"), options.keys)
    parts = (remark, chosen, tags)
    wishes = [line for line in chosen.rest.splitlines() if not _ONLY_GIFT.fullmatch(line)]
    wishes += [line for part in parts for line in part.wish]
    wishes += [tag for tag in map(str.strip, cells.line("tags").split(",")) if names_delivery(tag)]
    buyer = _address(cells, "buyer", options)
    ship_to = _address(cells, "ship_to", options)
    return IncomingOrder(
        number=entry.number,
        lines=tuple(entry.lines),
        ordered_at=cells.moment("ordered_at"),
        cancelled=bool(cells.raw("cancelled").strip()),
        holds=(*_holds(cells, cod=bool(cod), note=bool(remark.rest)), *cod_holds),
        gift=any(_GIFT.search(line) for line in chosen.rest.splitlines()) or any(part.gift for part in parts),
        buyer=buyer,
        ship_to=ship_to if ship_to != Address() else buyer,
        note="\n".join([*(line for part in parts for line in part.presents), *filter(None, (remark.rest,))]),
        payment=payment,
        cod_amount=cod,
        delivery=cells.line("delivery"),
        wish="\n".join(dict.fromkeys(wishes)),
        totals=Totals(
            subtotal=cells.money("subtotal"),
            shipping=cells.money("shipping"),
            discount=cells.money("discount"),
            tax=cells.money("tax"),
            total=total,
            currency=cells.line("currency") or "JPY",
        ),
        email=cells.email(),
        row=entry.row,
    )


def _collect(entry: Gathered, cells: Cells, payment: str, total: str) -> tuple[str, tuple[Hold, ...]]:
    """Return the cash to collect, and the hold where it had to be worked out.

    Of an order that was sent in part, nothing of it paid, it is the total without what was sent before (formats.md,
    A1). Whether postage and fee were collected with the first parcel stands in no file: a person looks.
    """
    if not _COD.search(payment):
        return "", ()
    outstanding = cells.money("outstanding")
    cod = outstanding if outstanding.strip("0.") else total
    sent = entry.kept.get("shipped")
    if sent is None or cod != total or not total:
        return cod, ()
    rest = f"{max(Decimal(total) - Decimal(sent), Decimal(0)):f}" if sent else total
    cells.say("payment", "order.cod_rest", entry.number, total=total, amount=rest)
    return rest, (Hold.BY_HAND,)


def _holds(cells: Cells, *, cod: bool, note: bool) -> tuple[Hold, ...]:
    """Turn the payment's state into holds.

    Voided and refunded orders are not cancelled in Shopify's own sense (a refund may be goodwill, a void may be
    replaced by a bank transfer), so a person decides. A partial refund does not lower ``Lineitem quantity``: which
    pieces are no longer wanted stands only in the shop.
    """
    holds: list[Hold] = []
    state = cells.raw("financial").strip().casefold().replace(" ", "_")
    if state in {"pending", "authorized", "partially_paid", "expired", "unpaid", "overdue"} and not cod:
        holds.append(Hold.UNPAID)
    elif state in {"voided", "refunded"}:
        holds.append(Hold.CANCEL_REQUESTED)
        cells.say("financial", "order.cancel_likely")
    elif state == "partially_refunded":
        holds.append(Hold.BY_HAND)
        cells.say("financial", "order.partly_refunded")
    if note:
        holds.append(Hold.REMARK)
    return tuple(holds)


def _address(cells: Cells, whose: str, options: ReadOptions) -> Address:
    country = cells.line(f"{whose}.country")
    japan = is_japan(country)
    name, company = cells.line(f"{whose}.name"), cells.line(f"{whose}.company")
    if options.swap_names and japan:
        name = _family_first(name)
    lines = [cells.street(f"{whose}.address1"), cells.street(f"{whose}.address2")]
    street = " ".join(filter(None, lines)) or cells.street(f"{whose}.street")
    code = cells.number(f"{whose}.zip")
    written_phone = cells.number(f"{whose}.phone") or (cells.number("phone") if street else "")
    zipped, zeros = postcode(code, japan=japan)
    phone, zero = phone_number(written_phone, japan=japan)
    if zeros:
        cells.say(f"{whose}.zip", "cell.zeros_restored", restored=zipped)
    if zero:
        cells.say(f"{whose}.phone", "cell.zeros_restored", written_phone, restored=phone)
    province = cells.line(f"{whose}.province_name") or cells.line(f"{whose}.province")
    if japan and province:
        by_code = prefecture(cells.line(f"{whose}.province"))
        province = by_code if by_code.endswith(("都", "道", "府", "県")) else prefecture(province)
    return Address(
        name=" ".join(filter(None, (company if company != name else "", name))),
        postcode=zipped,
        prefecture=province,
        city=cells.line(f"{whose}.city"),
        street=street,
        phone=phone,
        country=country,
    )


def _family_first(name: str) -> str:
    parts = name.split()
    if len(parts) == 2 and all(_JAPANESE.fullmatch(part) for part in parts):
        return f"{parts[1]} {parts[0]}"
    return name
