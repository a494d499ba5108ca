"""What the columns of an unknown file may be: the first draft of its mapping, by the names that shops use.

The names are those of the shops and order managers in formats.md (A1 to A11) and their usual variants. Any guess may be
wrong: a person looks at it before anything is read by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from app.channels._draft import Draft, DraftRule
from app.domain.intake import fold_name, read_moment

__all__ = ["guess_draft", "name_of_file"]

Columns = tuple[str, ...]

# --- names of columns ---------------------------------------------------------------------------------------------

_BUYER: Columns = ("注文者", "ご注文者", "購入者", "注文主", "ご依頼主", "依頼主", "請求先", "受注", "顧客", "会員")
_BUYER += ("billing", "bill", "billto", "buyer", "customer", "orderer")
_SHIP_TO: Columns = ("送付先", "配送先", "お届け先", "お届先", "届け先", "届先", "発送先", "出荷先", "発送", "受取人")
_SHIP_TO += ("shipping", "ship", "shipto", "recipient", "delivery", "receiver")

_PARTS: Mapping[str, tuple[Columns, ...]] = {
    "name": (
        ("お名前姓", "お名前名"),
        ("氏", "名"),
        ("姓", "名"),
        ("名字", "名前"),
        ("lastname", "firstname"),
        ("名1", "名2"),
        ("氏名",),
        ("お名前",),
        ("名前",),
        ("名称",),
        ("様",),
        ("名",),
        ("fullname",),
        ("name",),
    ),
    "postcode": (
        ("郵便番号1", "郵便番号2"),
        ("郵便番号",),
        ("〒",),
        ("zipcode",),
        ("postalcode",),
        ("postcode",),
        ("zip",),
    ),
    "prefecture": (
        ("住所都道府県",),
        ("都道府県名称",),
        ("都道府県名",),
        ("都道府県",),
        ("provincename",),
        ("province",),
        ("prefecture",),
        ("state",),
        ("region",),
    ),
    "city": (
        ("住所郡市区",),
        ("住所都市区",),
        ("住所市区町村",),
        ("市区町村",),
        ("市町村",),
        ("市区郡町村",),
        ("city",),
    ),
    "street": (
        ("住所1", "住所2", "住所3"),
        ("住所1", "住所2"),
        ("住所それ以降の住所",),
        ("住所町以降",),
        ("住所", "住所2"),
        ("番地", "建物名"),
        ("住所", "建物名"),
        ("住所",),
        ("番地",),
        ("address1", "address2", "address3"),
        ("address1", "address2"),
        ("streetaddress",),
        ("street",),
        ("address",),
    ),
    "phone": (
        ("電話番号1", "電話番号2", "電話番号3"),
        ("電話番号",),
        ("電話",),
        ("tel",),
        ("連絡先",),
        ("phonenumber",),
        ("phone",),
    ),
    "country": (("国名",), ("国",), ("country",)),
}
_BARE: Mapping[str, Columns] = {
    "name": ("注文者", "ご注文者", "購入者", "注文主", "氏名", "お名前", "名前", "お客様名", "顧客名", "fullname"),
    "country": ("国", "country"),
}
"""Names that mean the buyer where nothing says whose they are; ``name`` alone is an order's number at Shopify."""
_HYPHENS = frozenset({"postcode", "phone"})
"""What stands in several columns there is joined by hyphens."""

_FIELDS: Mapping[str, tuple[Columns, ...]] = {
    "order.number": (
        *(
            ("注文番号",),
            ("受注番号",),
            ("店舗伝票番号",),
            ("オーダー番号",),
            ("受注コード",),
            ("注文コード",),
            ("注文id",),
        ),
        *(("受注id",), ("注文no",), ("受注no",), ("ご注文番号",), ("orderid",), ("ordernumber",), ("orderno",)),
        *(("order#",), ("order",), ("incrementid",), ("invoiceno",), ("番号",)),
    ),
    "line.sku": (
        *(
            ("システム連携用sku番号",),
            ("sku管理番号",),
            ("商品sku",),
            ("sku",),
            ("商品コード",),
            ("商品番号",),
            ("品番",),
        ),
        *(("商品管理番号",), ("品目コード",), ("アイテムコード",), ("lineitemsku",), ("itemsku",), ("sellersku",)),
        *(("productcode",), ("itemcode",), ("productsku",), ("variantsku",), ("stockcode",), ("itemid",), ("商品id",)),
        *(("jan",), ("janコード",), ("jan/gtin",), ("productid",)),
    ),
    "line.quantity": (
        *(("個数",), ("受注数量",), ("注文数量",), ("数量",), ("注文数",), ("受注数",), ("購入数",), ("購入数量",)),
        *(("quantitytoship",), ("lineitemquantity",), ("itemquantity",), ("quantityordered",), ("quantitypurchased",)),
        *(("quantity",), ("qty",), ("qtyordered",), ("数",)),
    ),
    "order.ordered_at": (
        *(("注文日時",), ("受注日時",), ("購入日時",), ("注文日", "注文時間"), ("注文日", "注文時刻"), ("注文日",)),
        *(("受注日",), ("オーダー日",), ("ご注文日",), ("日付",), ("ordertime",), ("orderdate",), ("purchasedate",)),
        *(("createdat",), ("datecreated",), ("invoicedate",), ("date",)),
    ),
    "order.cut_off": (
        *(
            ("発送期限",),
            ("出荷期限",),
            ("発送期日",),
            ("出荷期日",),
            ("promisedate",),
            ("latestshipdate",),
            ("shipby",),
        ),
    ),
    "order.priority": (("優先度",), ("優先順位",), ("priority",)),
    "order.note": (
        *(("備考",), ("購入者による備考",), ("注文備考",), ("お客様備考",), ("ご要望",), ("コメント",), ("通信欄",)),
        *(("注文メモ",), ("buyercomments",), ("customernote",), ("ordernotes",), ("notes",), ("note",)),
    ),
    "order.payment": (
        *(("支払方法名",), ("支払方法名称",), ("支払方法",), ("お支払方法",), ("お支払い方法",), ("支払い方法",)),
        *(("決済方法",), ("決済手段",), ("paymethodname",), ("paymentmethod",), ("paymentmethodtitle",)),
    ),
    "order.cod_amount": (
        *(("代引金額",), ("代引き金額",), ("代金引換額",), ("代引請求額",), ("codcollectibleamount",), ("codamount",)),
    ),
    "order.delivery": (
        *(
            ("配送方法",),
            ("発送方法",),
            ("お届け方法",),
            ("配送業者名称",),
            ("配送会社",),
            ("配送業者",),
            ("出荷方法",),
        ),
        *(("shippingmethod",), ("shipmethodname",), ("shipservicelevel",), ("deliverymethod",)),
    ),
    "order.wish": (
        *(("お届け日指定", "お届け時間帯"), ("お届け希望日", "お届け希望時間帯"), ("お届け希望日", "お届け時間名称")),
        *(("配送希望日", "配送希望時間帯"), ("配送希望日", "配送希望時間"), ("配達希望日", "配達希望時間帯")),
        *(("配達希望日", "配達希望時間"), ("配送日", "配送時間帯"), ("配達日", "時間帯"), ("日付指定", "時間帯指定")),
        *(("shiprequestdate", "shiprequesttime"), ("scheduleddeliverystartdate", "scheduleddeliveryenddate")),
        *(("お届け希望日",), ("配送希望日",), ("配達希望日",), ("お届け日指定",), ("deliverydate", "deliverytime")),
        *(("deliverydate",), ("時間帯指定",), ("配送時間帯",)),
    ),
    "order.gift_message": (
        *(("熨斗の指定", "ラッピングの指定"), ("のし", "ラッピング"), ("のし",), ("熨斗",), ("ギフトメッセージ",)),
        *(("メッセージカード",), ("giftwrapmessage",), ("giftmessage",), ("ラッピング",)),
    ),
    "order.ship_to_key": (("送付先id",), ("出荷id",), ("配送先id",), ("お届け先id",), ("shipmentid",)),
    "order.email": (
        *(("注文者メールアドレス",), ("購入者メールアドレス",), ("メールアドレス請求先",), ("受注メールアドレス",)),
        *(
            ("メールアドレス",),
            ("billmailaddress",),
            ("buyeremail",),
            ("customeremail",),
            ("billingemail",),
            ("email",),
        ),
        *(("mailaddress",), ("mail",)),
    ),
    "totals.subtotal": (("商品合計金額",), ("商品合計",), ("商品計",), ("小計",), ("subtotal",)),
    "totals.shipping": (
        *(("送料合計",), ("送料",), ("配送料",), ("発送料",), ("shipping",), ("shipcharge",), ("shippingtotal",)),
    ),
    "totals.fee": (
        *(("代引料合計",), ("代引手数料",), ("代引き手数料",), ("手数料",), ("その他手数料",), ("決済手数料",)),
        *(("paycharge",), ("paymentmethodfee",), ("fee",)),
    ),
    "totals.discount": (
        *(("クーポン利用総額",), ("値引き",), ("値引",), ("割引",), ("割引額",), ("discountamount",), ("discount",)),
    ),
    "totals.points": (
        *(("ポイント利用額",), ("ポイント利用",), ("利用ポイント",), ("使用ポイント",), ("ポイント",), ("usepoint",)),
    ),
    "totals.tax": (
        *(("消費税合計",), ("税合計",), ("消費税",), ("税金",), ("税額",), ("内消費税",), ("taxes",), ("tax",)),
    ),
    "totals.total": (
        *(("請求金額",), ("支払合計",), ("お支払い合計",), ("総合計",), ("合計金額",), ("合計",), ("totalprice",)),
        *(("grandtotal",), ("ordertotal",), ("total",)),
    ),
    "totals.currency": (("通貨",), ("currency",)),
    "line.name": (
        *(("商品名",), ("アイテム名",), ("品名",), ("品目名",), ("lineitemname",), ("productname",), ("itemname",)),
        *(("title",), ("product",), ("description",)),
    ),
    "line.price": (
        *(("販売単価",), ("商品単価",), ("単価",), ("商品価格",), ("価格",), ("lineitemprice",), ("unitprice",)),
        *(("itemprice",), ("price",)),
    ),
    "line.tax_rate": (("商品税率",), ("税率",), ("itemtaxratio",), ("taxrate",)),
    "line.options": (
        *(("項目・選択肢",), ("商品オプション",), ("規格分類名1", "規格分類名2"), ("オプション",), ("バリエーション",)),
        *(("明細行備考欄",), ("itemoptionvalue",), ("subcodeoption",), ("variation",), ("options",)),
    ),
}
"""Field -> what its columns may be called, best first; several names belong together. Compared by :func:`_loose`."""

_RULES: Mapping[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "cancelled": (
        *(("伝票ステータス", "注文ステータス", "受注ステータス", "ステータス", "注文状況", "受注状況", "処理状況"),),
        "starts_with",
        ("キャンセル", "注文キャンセル", "取消", "注文取消", "cancel"),
    ),
    "shipped": (
        *(("配送ステータス", "出荷ステータス", "発送状況", "出荷状況", "発送ステータス", "fulfillmentstatus"),),
        "one_of",
        ("発送済", "発送済み", "出荷済", "出荷済み", "出荷完了", "発送完了", "fulfilled", "shipped"),
    ),
    "unpaid": (
        *(("入金状況", "入金ステータス", "支払状況", "決済ステータス", "paymentstatus", "financialstatus"),),
        "one_of",
        ("未入金", "入金待ち", "未払い", "未決済", "pending", "unpaid"),
    ),
    "gift": (
        *(("ギフト配送希望", "ギフトフラグ", "ギフトの指定", "ギフト", "ギフト包装", "gift", "isgift"),),
        "one_of",
        ("1", "あり", "有", "はい", "希望する", "true", "yes"),
    ),
}
"""Rule -> names of its column, test, and values that shops write there."""
_MORE_STATUS = ("発送状況", "対応状況名称", "orderstatus", "status", "state", "cancelled", "canceled")
_COD = ("代引", "代金引換", "商品代引", "cash on delivery", "cod")
_FORMATS = (
    *("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"),
    *("%d.%m.%Y %H:%M", "%d.%m.%Y", "%Y%m%d%H%M%S", "%Y%m%d", "%b %d, %Y", "%d %b %Y"),
)
"""Forms of times that are not year, month, day; in the order of their places where a day could be either."""

_APART = re.compile(r"[-_()\[\]<>（）【】:：、,./・\s]")


def _loose(name: str) -> str:
    """Return a name as it is compared: one width and case, without brackets, hyphens and spaces."""
    return _APART.sub("", fold_name(name))


_LOOSE_FIELDS = {
    field: tuple(tuple(map(_loose, each)) for each in alternatives) for field, alternatives in _FIELDS.items()
}


# --- guessing -----------------------------------------------------------------------------------------------------


class _Names:
    """The columns of a file by their loose names; each is given once."""

    def __init__(self, header: Sequence[str]) -> None:
        self._of: dict[str, str] = {}
        for name in header:
            if name.strip():
                self._of.setdefault(_loose(name), name)
        self._used: set[str] = set()

    def take(self, alternatives: Iterator[Columns]) -> Columns:
        """Return the first of *alternatives* whose columns are all there and free."""
        for names in alternatives:
            if all(name in self._of and name not in self._used for name in names):
                self._used.update(names)
                return tuple(self._of[name] for name in names)
        return ()

    def find(self, names: Sequence[str]) -> str:
        """Return the first of *names* that is there, free or not; empty where none is."""
        return next((self._of[loose] for name in names if (loose := _loose(name)) in self._of), "")


def _address(whose: Sequence[str], part: str) -> Iterator[Columns]:
    for names, owner in product(_PARTS[part], whose):
        yield tuple(f"{owner}{_loose(name)}" for name in names)
        yield tuple(f"{_loose(name)}{owner}" for name in names)


def _bare(part: str) -> Iterator[Columns]:
    if part in _BARE:
        yield from ((_loose(name),) for name in _BARE[part])
        yield from (("お名前姓", "お名前名"), ("姓", "名"), ("氏", "名")) if part == "name" else ()
        return
    yield from (tuple(map(_loose, names)) for names in _PARTS[part])


def guess_draft(
    file: str, header: Sequence[str], rows: Sequence[Sequence[str]], *, header_row: int = 1, sheet: str = ""
) -> Draft:
    """Return what a mapping of a file could be.

    :param file: its name, of which the mapping's is made.
    :param rows: its first rows, by which forms of times are known.
    :param header_row: row of the header; 0: there is none, then only the form of the file is said.
    """
    names = _Names(header)
    fields: dict[str, tuple[str | int, ...]] = {}

    def put(field: str, found: Columns) -> None:
        if found:
            fields[field] = found

    for field in ("order.number", "line.sku", "line.quantity"):
        put(field, names.take(iter(_LOOSE_FIELDS[field])))
    for part in _PARTS:
        put(f"ship_to.{part}", names.take(_address(_SHIP_TO, part)))
        put(f"buyer.{part}", names.take(_address(_BUYER, part)))
    for part in _PARTS:
        if f"buyer.{part}" not in fields:
            put(f"buyer.{part}", names.take(_bare(part)))
    for field, alternatives in _LOOSE_FIELDS.items():
        if field not in fields:
            put(field, names.take(iter(alternatives)))
    rules = _rules(names, fields)
    if "cod" in rules and "order.cod_amount" not in fields and "totals.total" in fields:
        fields["order.cod_amount"] = fields["totals.total"]
    name = name_of_file(file)
    return Draft(
        name=name,
        title=dict.fromkeys(("ja", "en"), name),
        fields=fields,
        joins={field: "-" for field, columns in fields.items() if len(columns) > 1 and field.split(".")[1] in _HYPHENS},
        whole=frozenset(field for field, columns in fields.items() if _is_whole(field, columns, header, rows)),
        recognise=tuple(dict.fromkeys(str(column) for columns in fields.values() for column in columns)),
        sheet=sheet,
        header_row=header_row,
        formats=_formats(fields.get("order.ordered_at", ()), header, rows),
        rules=rules,
    )


def _rules(names: _Names, fields: Mapping[str, tuple[str | int, ...]]) -> dict[str, tuple[DraftRule, ...]]:
    rules: dict[str, tuple[DraftRule, ...]] = {}
    for rule, (columns, test, values) in _RULES.items():
        column = names.find((*columns, *_MORE_STATUS) if rule == "cancelled" else columns)
        if column:
            rules[rule] = (DraftRule(column, values, test),)
    if payment := fields.get("order.payment"):
        rules["cod"] = (DraftRule(payment[0], _COD, "starts_with"),)
    return rules


def _cells(column: str | int, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what stands in a column, empty cells left out."""
    at = header.index(column) if isinstance(column, str) else column - 1
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]


def _is_whole(field: str, columns: Sequence[str | int], header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether every number of a code was written as ``17850.0``."""
    if field not in {"order.number", "line.sku", "buyer.phone", "ship_to.phone", "buyer.postcode", "ship_to.postcode"}:
        return False
    cells = [cell for column in columns for cell in _cells(column, header, rows)]
    return bool(cells) and all(re.fullmatch(r"\d+\.0", cell) for cell in cells)


def _formats(columns: Sequence[str | int], header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the form of times that fits all of them; nothing where they are year, month, day, or of no known form."""
    if len(columns) != 1:
        return ()
    cells = _cells(columns[0], header, rows)
    if not cells or all(read_moment(cell, "Asia/Tokyo") is not None for cell in cells):
        return ()
    for form in _FORMATS:
        if all(read_moment(cell, "Asia/Tokyo", (form,)) is not None for cell in cells):
            return (form,)
    return ()


def name_of_file(file: str) -> str:
    """Return a name for a mapping: that of the file, without its ending, its date and what a name may not have."""
    stem = file.rpartition(".")[0] or file
    plain = re.sub(r"[^\w-]+", "_", stem)
    plain = re.sub(r"[-_]*\d{6,}[-_\d]*", "_", plain)
    return plain.strip("_-")[:40] or "orders"
