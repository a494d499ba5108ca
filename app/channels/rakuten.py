"""楽天市場 RMS 受注CSV(通常購入データ): one row per item and ship-to, 158 columns found by name.

The identity of an order here is 注文番号 and 送付先ID, always, so that an order that gains a second ship-to later does
not change the identity of its first. Money that Rakuten has not settled yet is ``-9999`` and never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from app.channels._address import phone_number, postcode
from app.channels._keys import said
from app.channels._orders import Cells, Gathered, Plan, line_reader, stream
from app.channels._rakuten_words import comment_parts, slot, status_code
from app.channels._report import Column, ReportTable, written
from app.channels._source import Columns, SourceFile
from app.domain.intake import Head, ReadOptions, narrow, problem
from app.domain.orders import Address, Hold, IncomingLine, IncomingOrder, Problem, Totals
from app.domain.reports import ReportRow

__all__ = ["ID", "TITLE", "read", "recognise", "report"]

ID = "rakuten"
TITLE = {"ja": "楽天市場（RMS 受注CSV）", "en": "Rakuten Ichiba (RMS order CSV)"}

_REQUIRED = {
    "number": ("注文番号", "受注番号"),
    "name": ("商品名",),
    "quantity": ("個数",),
}
_SHIP_TO = "送付先ID"
_SKU = ("システム連携用SKU番号", "SKU管理番号", "商品番号", "商品管理番号")
"""Where the code of the goods stands, best first. システム連携用SKU番号 is the shop's own code for exactly this use.
SKU管理番号 tells the variants of one page apart, but a page without variants has Rakuten's filler in it. 商品番号 is
the shop's item number; 商品管理番号 is the address of the page, which every page has."""
_FILLER = "normal-inventory"
_LINE = {
    "price": ("商品毎税込価格",),
    "price_plain": ("単価",),
    "tax_rate": ("商品税率",),
    "options": ("項目・選択肢",),
    "line_id": ("商品明細ID",),
}
_ORDER = {
    "status": "ステータス",
    "ordered_at": "注文日時",
    "ordered_day": "注文日",
    "ordered_time": "注文時間",
    "payment": "支払方法名",
    "delivery": "配送方法",
    "cool": "配送区分",
    "several": "複数送付先フラグ",
    "same_person": "送付先一致フラグ",
    "checking": "楽天確認中フラグ",
    "tomorrow": "あす楽希望フラグ",
    "gift": "ギフト配送希望",
    "ship_to_noshi": "のし",
    "wrap1": "ラッピング名1",
    "wrap2": "ラッピング名2",
    "comment": "コメント",
    "wish_slot": "お届け時間帯",
    "wish_day": "お届け日指定",
    "subtotal": "商品合計金額",
    "shipping": "送料合計",
    "fee": "代引料合計",
    "tax": "消費税合計",
    "points": "ポイント利用額",
    "discount": "クーポン利用総額",
    "email": "注文者メールアドレス",
    "island": "離島フラグ",
    "warning": "警告表示タイプ",
    "warning_why": "警告表示タイプ詳細",
    "cancel_until": "キャンセル期限日",
    "ship_to.building": "送付先住所アパートマンション名",
    "total": "請求金額",
    "one.subtotal": "送付先商品合計金額",
    "one.shipping": "送付先送料",
    "one.fee": "送付先代引料",
    "one.tax": "送付先消費税合計",
    "one.total": "送付先合計金額",
} | {
    f"{whose}.{part}": f"{label}{column}"
    for whose, label in (("buyer", "注文者"), ("ship_to", "送付先"))
    for part, column in (
        ("zip1", "郵便番号1"),
        ("zip2", "郵便番号2"),
        ("prefecture", "住所都道府県"),
        ("city", "住所郡市区"),
        ("street", "住所それ以降の住所"),
        ("family", "姓"),
        ("given", "名"),
        ("phone1", "電話番号1"),
        ("phone2", "電話番号2"),
        ("phone3", "電話番号3"),
    )
}
_BEFORE = {
    "status": "受注ステータス",
    "payment": "決済方法",
    "tomorrow": "あす楽希望",
    "gift": "ギフトチェック(0:なし/1:あり)",
    "wrap1": "ラッピング名(包装紙)",
    "wrap2": "ラッピング名(リボン)",
    "subtotal": "合計",
    "shipping": "送料(-99999=無効値)",
    "fee": "代引料(-99999=無効値)",
    "tax": "消費税(-99999=無効値)",
    "total": "請求金額(-99999=無効値)",
    "discount": "クーポン利用額",
    "one.tax": "送付先消費税",
    "email": "メールアドレス",
    "warning": "警告表示フラグ",
} | {
    f"{whose}.{part}": f"{label}{column}"
    for whose, label in (("buyer", "注文者"), ("ship_to", "送付先"))
    for part, column in (
        ("prefecture", "住所:都道府県"),
        ("city", "住所:都市区"),
        ("street", "住所:町以降"),
        ("family", "名字"),
        ("given", "名前"),
    )
}
"""What the layout before 楽天ペイ called a column, where it had another name; in it some names have full-width digits
and signs (formats.md, A3). It has neither 送付先ID nor 商品明細ID."""


def recognise(head: Head) -> int:
    """By the columns no other mall has together; the shop may have left out most of the others."""
    now = head.has("注文番号", _SHIP_TO, "商品名", "個数", "商品明細ID")
    before = head.has("受注番号", "受注ステータス", "送付先名字", "商品名", "個数")
    return 90 if now or before else 0


def read(file: SourceFile, options: ReadOptions) -> Iterator[IncomingOrder | Problem]:
    """Stream the orders of *file*; raises at once where a needed column is missing."""
    columns = Columns(file)
    places = columns.require(_REQUIRED)
    skus = [at for name in _SKU if (at := columns.at(name)) is not None]
    if not skus:
        columns.require({"sku": _SKU[:1]})
    extra = {name: at for name, names in _LINE.items() if (at := columns.at(*names)) is not None}
    names = {name: (column, *filter(None, (_BEFORE.get(name),))) for name, column in _ORDER.items()}
    order = {name: at for name, called in names.items() if (at := columns.at(*called)) is not None}
    ship_to = columns.at(_SHIP_TO)
    if ship_to is None and not file.head.has("受注番号"):
        columns.require({"ship_to_id": (_SHIP_TO,)})
    named = {name: file.header[at] for name, at in (places | extra | order | {"sku": skus[0]}).items()}
    plan = Plan(
        number=places["number"],
        ship_to=() if ship_to is None else (ship_to,),
        fields=tuple(order),
        columns=tuple(order.values()),
        needed=1 + max(places["number"], ship_to or 0, places["quantity"], *skus),
        line=_Lines(file.name, named, places, skus, extra, options),
        order=lambda entry, cells: _order(entry, cells, options),
    )
    wanted = [called[0] for called in (_REQUIRED | _LINE).values()] + [_SHIP_TO, *_ORDER.values(), *_SKU]
    return stream(file, plan, named, options.timezone, list(columns.doubled(tuple(wanted))))


# --- lines ------------------------------------------------------------------------------------------------------


class _Lines:
    """Makes a row's line; the same 商品明細ID twice in one order is the same row pasted in twice."""

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
        self._cells = itemgetter(places["name"], places["quantity"])
        self._skus = skus
        self._extra = tuple(extra.get(at) for at in ("price", "price_plain", "tax_rate", "options", "line_id"))

    def __call__(self, row: list[str], number: int, entry: Gathered) -> IncomingLine | None:
        name, quantity = self._cells(row)
        sku = ""
        for place in self._skus:
            cell = row[place].strip()
            if cell and cell != _FILLER:
                sku = cell
                break
        price, plain, tax, options, line_id = ("" if at is None else row[at] for at in self._extra)
        if line_id and entry.once(line_id):
            column = self._columns["line_id"]
            entry.problems.append(problem(self._file, number, column, line_id, "row.repeated", sku=sku))
            return None
        return self._goods(sku, name, quantity, _settled(price) or _settled(plain), tax, options, number, entry)


def _settled(amount: str) -> str:
    """Return an amount, or nothing where Rakuten says that it is not known yet."""
    return "" if amount.strip() in {"-9999", "-99999"} else amount


# --- orders -----------------------------------------------------------------------------------------------------


def _order(entry: Gathered, cells: Cells, options: ReadOptions) -> IncomingOrder | None:
    status = status_code(cells.raw("status"))
    if status in {"500", "600", "700"}:
        entry.problems.clear()
        cells.say("status", "order.already_shipped", entry.number)
        return None
    buyer, ship_to = _address(cells, "buyer"), _address(cells, "ship_to")
    comment, day, hours = comment_parts(cells.block("comment"))
    remark = said(comment, options.keys)
    wish_day, wish_slot = cells.line("wish_day") or day, slot(cells.line("wish_slot")) or hours
    payment = cells.line("payment")
    several = cells.raw("several").strip() == "1"
    totals = _totals(cells, several=several)
    cod = totals.total if "代金引換" in payment or "代引" in payment else ""
    holds = _holds(cells, status, options.now, remark=bool(remark.rest), cod_split=bool(cod) and several)
    if cells.raw("island").strip() == "1":
        cells.say("island", "order.remote_island", entry.number)
    return IncomingOrder(
        number=entry.number,
        lines=tuple(entry.lines),
        ship_to_key=entry.ship_to_key,
        ordered_at=_ordered_at(cells),
        priority=1 if cells.raw("tomorrow").strip() == "1" else 0,
        cancelled=status in {"800", "900"},
        holds=holds,
        gift=_gift(cells, buyer, ship_to) or remark.gift,
        buyer=buyer,
        ship_to=ship_to,
        note="\n".join(filter(None, (*_presents(cells), *remark.presents, remark.rest))),
        payment=payment,
        cod_amount=cod,
        delivery=" ".join(filter(None, (cells.line("delivery"), _COOL.get(narrow(cells.raw("cool")), "")))),
        wish="\n".join(filter(None, (" ".join(filter(None, (wish_day, wish_slot))), *remark.wish))),
        totals=totals,
        email=cells.email(),
        row=entry.row,
    )


_COOL = {"2": "冷蔵", "3": "冷凍"}


def _ordered_at(cells: Cells) -> int | None:
    if cells.raw("ordered_at").strip() or not cells.raw("ordered_day").strip():
        return cells.moment("ordered_at")
    return cells.moment("ordered_day", value=f"{cells.line('ordered_day')} {cells.line('ordered_time')}")


def _holds(cells: Cells, status: str, now: int, *, remark: bool, cod_split: bool) -> tuple[Hold, ...]:
    """Turn Rakuten's states into holds.

    Statuses 100, 200 and 400 and 楽天確認中 all mean that the mall (or the shop in the mall) has not cleared the
    order yet. *Unpaid* is the hold for them and not *by hand*, because it goes by itself when the next file says
    300 発送待ち. So it is while the customer may still cancel (キャンセル期限日 is to come). What the mall warns of
    (警告表示タイプ) a person reads.
    """
    holds: list[Hold] = []
    checking = cells.raw("checking").strip() == "1"
    if status in {"100", "200", "400"} or checking:
        holds.append(Hold.UNPAID)
        cells.say("checking" if checking else "status", "order.waits_for_shop", status=status)
    elif status not in {"", "300", "800", "900"}:
        holds.append(Hold.BY_HAND)
        cells.say("status", "order.unknown_status")
    elif now and status == "300" and _last_moment(cells) > now:
        holds.append(Hold.UNPAID)
        cells.say("cancel_until", "order.cancel_open")
    if cells.raw("warning").strip() not in {"", "0"}:
        holds.append(Hold.BY_HAND)
        cells.say("warning", "order.mall_warning", cells.line("warning_why") or cells.line("warning"))
    if _awaited(cells):
        holds.append(Hold.ADDRESS_AWAITED)
        cells.say("ship_to.zip1", "order.address_awaited")
    if remark:
        holds.append(Hold.REMARK)
    if cod_split and Hold.BY_HAND not in holds:
        holds.append(Hold.BY_HAND)
        cells.say("payment", "order.cod_split")
    return tuple(holds)


def _last_moment(cells: Cells) -> int:
    """When the customer's right to cancel ends, milliseconds UTC: the end of the day where only a day is given."""
    until = cells.moment("cancel_until")
    if until is None:
        return 0
    return until if ":" in cells.raw("cancel_until") else until + 24 * 3600 * 1000


def _awaited(cells: Cells) -> bool:
    """Whether a social gift's receiver has not given the address yet."""
    zipped = narrow(cells.raw("ship_to.zip1")) + narrow(cells.raw("ship_to.zip2"))
    words = "".join(cells.raw(f"ship_to.{part}") for part in ("family", "given", "prefecture", "city", "street"))
    return zipped == "9999999" or "入力待ち" in words


def _gift(cells: Cells, buyer: Address, ship_to: Address) -> bool:
    """Whether prices stay off the slip: a gift is asked for, or the goods go to somebody who did not pay."""
    if cells.raw("gift").strip() == "1":
        return True
    return cells.raw("same_person").strip() == "0" and buyer.name != ship_to.name


def _presents(cells: Cells) -> Iterator[str]:
    if noshi := cells.line("ship_to_noshi"):
        yield f"のし: {noshi}"
    for wrap in ("wrap1", "wrap2"):
        if name := cells.line(wrap):
            yield f"ラッピング: {name}"


def _totals(cells: Cells, *, several: bool) -> Totals:
    def money(name: str) -> str:
        amount = cells.money(f"one.{name}") if several else ""
        amount = amount or cells.money(name)
        return _settled(amount)

    return Totals(
        subtotal=money("subtotal"),
        shipping=money("shipping"),
        fee=money("fee"),
        discount=_settled(cells.money("discount")),
        points=_settled(cells.money("points")),
        tax=money("tax"),
        total=money("total"),
        currency="JPY",
    )


def _address(cells: Cells, whose: str) -> Address:
    # Each part may have lost its own zeros to a spreadsheet: 001-0001 becomes 1 and 1.
    first, second = narrow(cells.raw(f"{whose}.zip1")), narrow(cells.raw(f"{whose}.zip2"))
    code = first + second
    if first.isdigit() and second.isdigit() and len(first) <= 3 and len(second) <= 4:
        code = first.zfill(3) + second.zfill(4)
        if len(first) < 3 or len(second) < 4:
            cells.say(f"{whose}.zip1", "cell.zeros_restored", f"{first}-{second}", restored=f"{code[:3]}-{code[3:]}")
    phone = narrow("-".join(filter(None, (cells.number(f"{whose}.phone{part}") for part in (1, 2, 3)))))
    if (
        phone
        and phone[0] in "123456789"
        and not phone.startswith("999-9999")
        and phone.replace("-", "").isdigit()
        and phone.count("-") == 2
    ):
        cells.say(f"{whose}.phone1", "cell.zeros_restored", phone, restored=f"0{phone}")
        phone = f"0{phone}"
    return Address(
        name=" ".join(filter(None, (cells.line(f"{whose}.family"), cells.line(f"{whose}.given")))),
        postcode=postcode(code)[0],
        prefecture=cells.line(f"{whose}.prefecture"),
        city=cells.line(f"{whose}.city"),
        street=" ".join(filter(None, (cells.street(f"{whose}.street"), cells.line(f"{whose}.building")))),
        phone=phone_number(phone)[0],
        country="JP",
    )


# --- dispatch report ----------------------------------------------------------------------------------------------

# Exactly these six columns; 発送明細ID is RMS's own and may be empty, 配送会社 is its code (formats.md, A3).
_REPORT = ReportTable(
    (
        Column("注文番号", "order_number"),
        Column("送付先ID", "ship_to_key"),
        Column("発送明細ID"),
        Column("お荷物伝票番号", "tracking"),
        Column("配送会社", "carrier"),
        Column("発送日", "ship_date"),
    ),
    encoding="cp932",
    carriers={
        "yamato_b2": "1001",
        "yamato_b2/yu_packet": "1030",
        "sagawa_e2": "1002",
        "sagawa_e3": "1002",
        "japanpost_clickpost": "1003",
        "japanpost_web": "1003",
        "japanpost_yupri": "1003",
        "other": "1000",
    },
)


def report(rows: Sequence[ReportRow]) -> bytes:
    """Return RMS's 発送完了報告CSV: one row a tracking number."""
    return written(rows, _REPORT)
