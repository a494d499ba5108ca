"""Amazon.co.jp 未出荷レポート: tabs, one row an item; 注文レポート, taken in with it, adds phone, prices and gifts.

The pieces to pick are ``quantity-to-ship``. The order report alone does not say what is shipped already, so it is read
only beside the unshipped report. Neither file quotes: a quotation mark in a name is a quotation mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from operator import itemgetter
from zoneinfo import ZoneInfo

from app.channels._joined import FOUND, JoinedFile, pairs
from app.channels._orders import Cells, Gathered, Plan, line_reader, stream
from app.channels._person import is_empty, person
from app.channels._report import Column, ReportTable, written
from app.channels._source import Columns, SourceFile
from app.domain.intake import Head, ReadOptions, problem, read_money, read_quantity
from app.domain.orders import Hold, IncomingLine, IncomingOrder, Problem, Totals
from app.domain.reports import ReportRow
from app.errors import FileUnusable

__all__ = ["ID", "REPORT_SUFFIX", "TITLE", "read", "recognise", "report", "together"]

ID = "amazon"
TITLE = {"ja": "Amazon（未出荷レポート・注文レポート）", "en": "Amazon.co.jp (unshipped and order report)"}

_REQUIRED = {
    "number": ("order-id",),
    "line_id": ("order-item-id",),
    "sku": ("sku",),
    "name": ("product-name",),
    "quantity": ("quantity-to-ship",),
}
_LINE = {
    "bought": "quantity-purchased",
    "price": "item-price",
    "postage": "shipping-price",
    "cancel": "is-buyer-requested-cancellation",
    "wrap": "gift-wrap-type",
    "message": "gift-message-text",
    "found": FOUND,
}
_ORDER = {
    "ordered_at": "purchase-date",
    "delivery": "ship-service-level",
    "payment": "payment-method",
    "cod": "cod-collectible-amount",
    "from": "scheduled-delivery-start-date",
    "until": "scheduled-delivery-end-date",
    "prime": "is-prime",
    "email": "buyer-email",
    "buyer.name": "buyer-name",
    "buyer.phone": "buyer-phone-number",
    "ship_to.name": "recipient-name",
    "ship_to.street": "ship-address-1",
    "ship_to.street2": "ship-address-2",
    "ship_to.street3": "ship-address-3",
    "ship_to.city": "ship-city",
    "ship_to.prefecture": "ship-state",
    "ship_to.zip": "ship-postal-code",
    "ship_to.country": "ship-country",
    "ship_to.phone": "ship-phone-number",
    "ship_to.phone_else": "buyer-phone-number",
}
_YES = {"true", "yes", "1", "y"}


def recognise(head: Head) -> int:
    """Either report; no other file names its columns like this."""
    return 90 if head.has("order-id", "sku", "quantity-purchased", "purchase-date") else 0


def _plain(file: SourceFile) -> SourceFile:
    """Return *file* as Amazon writes it, without quoting; a spreadsheet that saved it again may quote its names."""
    if isinstance(file, JoinedFile):  # both were laid out before
        return file
    plain = file.laid_out(quoted=False)
    return plain if plain.head.has("order-id") else file


def _is_unshipped(file: SourceFile) -> bool:
    return file.head.has("quantity-to-ship")


def together(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Join unshipped reports with order reports, by the item or, where one lacks its key, by the SKU."""
    plain = [_plain(file) for file in files]
    by = "order-item-id" if all(file.head.has("order-item-id") for file in plain) else "sku"
    return pairs(plain, _is_unshipped, "order-id", by)


def read(file: SourceFile, options: ReadOptions) -> Iterator[IncomingOrder | Problem]:
    """Stream the orders of *file*; raises at once where it is an order report alone or lacks a needed column."""
    source = _plain(file)
    if recognise(source.head) and not _is_unshipped(source):
        raise FileUnusable("file.needs_other", file=file.name, other="未出荷レポート (quantity-to-ship)")
    columns = Columns(source)
    places = columns.require(_REQUIRED)
    extra = {name: at for name, column in _LINE.items() if (at := columns.at(column)) is not None}
    order = {name: at for name, column in _ORDER.items() if (at := columns.at(column)) is not None}
    named = {name: source.header[at] for name, at in (places | extra | order).items()}
    plan = Plan(
        number=places["number"],
        ship_to=(),
        fields=tuple(order),
        columns=tuple(order.values()),
        needed=1 + max(places.values()),
        line=_Lines(source, named, places, extra, options),
        order=lambda entry, cells: _order(entry, cells, options.timezone),
    )
    wanted = [names[0] for names in _REQUIRED.values()] + list((_LINE | _ORDER).values())
    notes = list(columns.doubled(tuple(dict.fromkeys(wanted))))
    notes += source.problems if isinstance(source, JoinedFile) else []
    # Orders that only the order report has are shipped, or not paid yet: nothing to tell.
    return stream(source, plan, named, options.timezone, notes)


# --- lines ------------------------------------------------------------------------------------------------------


class _Lines:
    """Makes a row's line and keeps what single items say about the order."""

    def __init__(
        self,
        file: SourceFile,
        columns: dict[str, str],
        places: dict[str, int],
        extra: dict[str, int],
        options: ReadOptions,
    ) -> None:
        self._file = file
        self._columns = columns
        self._goods = line_reader(file.name, columns, options.non_goods.__contains__)
        self._cells = itemgetter(*(places[at] for at in ("sku", "name", "quantity", "line_id")))
        self._extra = extra

    def __call__(self, row: list[str], number: int, entry: Gathered) -> IncomingLine | None:
        def cell(name: str) -> str:
            at = self._extra.get(name)
            return "" if at is None else row[at].strip()

        sku, name, quantity, line_id = self._cells(row)
        if line_id.strip() and entry.once(line_id.strip()):
            self._say(number, entry, "line_id", line_id, "row.repeated", sku=sku)
            return None
        if quantity.strip() and read_quantity(quantity)[1] == "line.quantity_zero":
            entry.shipped += 1
            self._say(number, entry, "sku", sku, "line.already_shipped")
            return None
        if cell("cancel").casefold() in _YES:
            entry.kept["cancel"] = cell("cancel")
            self._say(number, entry, "cancel", sku, "order.cancel_asked", number=entry.number)
        if isinstance(self._file, JoinedFile) and not cell("found") and "lost" not in entry.kept:
            entry.kept["lost"] = "1"
            self._say(number, entry, "number", entry.number, "join.not_there", other=self._file.beside.name)
        if postage := read_money(cell("postage")):
            entry.kept["postage"] = str(Decimal(entry.kept.get("postage", "0")) + Decimal(postage))
        if cell("wrap"):
            entry.kept["gift"] = "1"
        if cell("message") and cell("message") not in entry.kept.get("message", ""):
            entry.kept["message"] = "\n".join(filter(None, (entry.kept.get("message"), cell("message"))))
        line = self._goods(sku, name, quantity, cell("price"), "", "", number, entry)
        return line and replace(line, price=self._each(line.price, cell("bought")))

    @staticmethod
    def _each(price: str, bought: str) -> str:
        """Return the price of one piece; ``item-price`` is that of all pieces bought (Amazon's reference)."""
        pieces, _ = read_quantity(bought)
        if not price or not pieces:
            return ""
        each = Decimal(price) / pieces
        return f"{each:f}" if each * pieces == Decimal(price) and each == each.quantize(Decimal("0.01")) else ""

    def _say(self, row: int, entry: Gathered, at: str, value: str, key: str, **args: str) -> None:
        entry.problems.append(problem(self._file.name, row, self._columns.get(at, ""), value, key, **args))


# --- orders -----------------------------------------------------------------------------------------------------


def _order(entry: Gathered, cells: Cells, zone: str) -> IncomingOrder:
    ship_to = person(cells, "ship_to")
    holds: list[Hold] = []
    if "cancel" in entry.kept:
        holds.append(Hold.CANCEL_REQUESTED)
    if is_empty(ship_to):  # the account may not see addresses, or the order is not cleared yet
        holds.append(Hold.ADDRESS_AWAITED)
        cells.say("ship_to.name", "order.address_awaited")
    cod = cells.money("cod")
    message = entry.kept.get("message", "")
    return IncomingOrder(
        number=entry.number,
        lines=tuple(entry.lines),
        ordered_at=cells.moment("ordered_at"),
        priority=1 if cells.raw("prime").strip().casefold() in _YES else 0,
        holds=tuple(holds),
        gift="gift" in entry.kept or bool(message),
        buyer=person(cells, "buyer"),
        ship_to=ship_to,
        note=f"ギフトメッセージ: {message}" if message else "",
        payment=cells.line("payment"),
        cod_amount=cod if cod.strip("0.") else "",
        delivery=cells.line("delivery"),
        wish=_wish(cells, zone),
        totals=Totals(
            subtotal=_sum(entry.lines), shipping=read_money(entry.kept.get("postage", "")) or "", currency="JPY"
        ),
        email=cells.email(),
        row=entry.row,
    )


def _wish(cells: Cells, zone: str) -> str:
    """Return the wished day and hours as a Japanese customer chose them: the report gives them with an offset."""
    start, end = (_local(cells.moment(name), zone) for name in ("from", "until"))
    if start is None:
        return ""
    day = f"{start:%Y-%m-%d}"
    if end is None or end.date() != start.date() or end <= start or (end - start).total_seconds() >= 12 * 3600:
        return day
    return f"{day} {start:%H:%M}-{end:%H:%M}"


def _local(moment: int | None, zone: str) -> datetime | None:
    return None if moment is None else datetime.fromtimestamp(moment / 1000, UTC).astimezone(ZoneInfo(zone))


def _sum(lines: Sequence[IncomingLine]) -> str:
    if not lines or not all(line.price for line in lines):
        return ""
    return read_money(str(sum(Decimal(line.price) * line.quantity for line in lines))) or ""


# --- dispatch report ----------------------------------------------------------------------------------------------

# Amazon's template 出荷通知 (formats.md, A2): two rows that it keeps for itself, then its names; whole orders, so that
# 注文商品番号 and 出荷数 stay empty.
_NAMES = (
    *("order-id", "order-item-id", "quantity", "ship-date", "carrier-code", "carrier-name", "tracking-number"),
    *("ship-method", "cod-collection-method", "transparency_code", "ship_from_address_name"),
    *("ship_from_address_line1", "ship_from_address_line2", "ship_from_address_line3", "ship_from_address_city"),
    *("ship_from_address_county", "ship_from_address_state_or_region", "ship_from_address_postalcode"),
    "ship_from_address_countrycode",
)
_KEEP = "この行はAmazonが使用しますので変更や削除しないでください。"
_LABELS = "注文番号,注文商品番号,出荷数,出荷日,配送業者コード,配送業者名,お問い合わせ伝票番号,配送方法,代金引換"
_ABOVE = (("TemplateType=OrderFulfillment", "Version=2011.1102", _KEEP), tuple(_LABELS.split(",")))
_CODES = {"yamato_b2": "Yamato", "sagawa_e2": "Sagawa", "sagawa_e3": "Sagawa"}
_CODES |= dict.fromkeys(("japanpost_clickpost", "japanpost_web", "japanpost_yupri"), "Japan Post")
_CALLED = {"Yamato": "ヤマト運輸", "Sagawa": "佐川急便", "Japan Post": "日本郵便"}
_METHODS = {"yamato_b2/nekopos": "ネコポス", "yamato_b2/yu_packet": "クロネコゆうパケット"}
_METHODS |= {"japanpost_clickpost": "クリックポスト", "other": "宅配便"}
_HELD = {
    "order-id": Column("order-id", "order_number"),
    "ship-date": Column("ship-date", "ship_date"),
    "carrier-code": Column("carrier-code", "carrier"),
    "carrier-name": Column(
        "carrier-name", "carrier", names={each: _CALLED[code] for each, code in _CODES.items()} | {"other": "その他"}
    ),
    "tracking-number": Column("tracking-number", "tracking"),
    "ship-method": Column("ship-method", "carrier", names=_METHODS),
}
_REPORT = ReportTable(
    tuple(_HELD.get(name, Column(name)) for name in _NAMES),
    above=_ABOVE,
    encoding="cp932",
    delimiter="\t",
    carriers=_CODES | {"other": "Other"},
)


REPORT_SUFFIX = _REPORT.suffix
"""Amazon takes tabs in a ``.txt`` only."""


def report(rows: Sequence[ReportRow]) -> bytes:
    """Return Amazon's 出荷通知: one row a tracking number, for whole orders."""
    return written(rows, _REPORT)
