"""Small makers of values, and eyes for the papers: text, pictures and bar codes of a PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pypdfium2
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from app.domain.gift_papers import GiftCard, GiftCards, NoshiPaper, NoshiPapers
from app.domain.invoice import InvoiceRules, invoice_of
from app.domain.noshi import Cover, Knot
from app.domain.order_papers import AddressLabel, AddressLabels, ReturnSlip
from app.domain.orders import Address, ShipNumber, Totals
from app.domain.papers import (
    Badge,
    BadgeSheet,
    BreakSheet,
    CommandCard,
    CommandSheet,
    HandoverList,
    HandoverRow,
    PickList,
    PickRow,
    ScannerCard,
    ScannerSheet,
    ShopBlock,
    Slip,
    SlipLine,
    Taker,
)
from app.domain.pick_papers import JobList, ListOrder, ListPart, ListStop, MapStop, PlaceSheet, PlaceUse, WalkMap
from app.domain.place_labels import LabelKind, PlaceLabel, PlaceLabels, Zone, ZoneSigns
from app.text import Texts, texts

JA, EN = texts("ja"), texts("en")
LANGUAGES: tuple[Texts, ...] = (JA, EN)

SHOP = ShopBlock(
    name="くもの雑貨店",
    postcode="1500001",
    address="東京都渋谷区神宮前1-2-3",
    phone="03-1234-5678",
    mail="support@kumo.example",
    registration="T5835678256246",
    message="ありがとうございました。",
)
SHIP_TO = Address(
    name="佐藤 花子", postcode="060-0001", prefecture="北海道", city="札幌市中央区", street="北一条西2丁目1-5"
)
TEA = SlipLine("有機ほうじ茶 30包", "TEA-HJ-30", 2, price="1080", reduced=True)
CLOTH = SlipLine("リネンクロス", "LIN-KC", 1, options="カラー: 藍", price="1650")
SLIP = Slip(
    shop=SHOP,
    number=ShipNumber(12, 34),
    version=1,
    order_number="293847-20260713-0518264937",
    ship_to=SHIP_TO,
    lines=(TEA, CLOTH),
    channel="くもの雑貨店 楽天市場店",
    ordered_on=date(2026, 7, 13),
    issued_on=date(2026, 7, 14),
    delivery="宅急便",
    wish="2026年7月16日 午前中",
    payment="クレジットカード",
    totals=Totals(subtotal="3810", shipping="550", tax="346", total="4360"),
    note="玄関先に置いてください。",
)
ORDERED = replace(
    SLIP,
    lines=(replace(TEA, tax_rate="0.08"), replace(CLOTH, tax_rate="0.1")),
    buyer=Address("株式会社見本商会", "1000001", "東京都", "千代田区", "見本町1-1"),
    totals=Totals(subtotal="3810", shipping="550", tax="360", total="4360"),
)
INVOICE = invoice_of(ORDERED, InvoiceRules(), date(2026, 7, 14))
RETURN_SLIP = ReturnSlip(ORDERED)
ADDRESS_LABELS = AddressLabels((AddressLabel(SHOP, SHIP_TO, SLIP.number, 1, "4360", "午前中", "宅急便"),))
BREAK_SHEET = BreakSheet(
    ShipNumber(12, 34),
    ShipNumber(12, 53),
    20,
    2,
    5,
    carrier="ヤマト運輸（B2クラウド）",
    service="宅急便",
    temperature="冷凍",
)
PICK_LIST = PickList(
    12,
    (
        PickRow(
            "A-01-2",
            "TEA-HJ-30",
            "有機ほうじ茶 30包",
            (Taker(ShipNumber(12, 1), 2), Taker(ShipNumber(12, 34), 5)),
        ),
        PickRow("B-11-1", "LIN-KC", "リネンクロス", (Taker(ShipNumber(12, 34), 1),), "カラー: 藍", "4901234567894"),
    ),
    date(2026, 7, 14),
)
COMMANDS = (
    CommandCard("KP-NEXT", "つぎへ", "F1"),
    CommandCard("KP-DONE", "できた", "F2"),
    CommandCard("KP-UNDO", "ひとつ戻す", "F3"),
    CommandCard("KP-SHORT", "たりない", "F4"),
    CommandCard("KP-CANCEL", "やめる", "Esc"),
    CommandCard("KP-REPRINT", "もう一度印刷", "F6"),
    CommandCard("KP-R-MISSING", "理由：見つからない", "F7"),
    CommandCard("KP-R-DAMAGED", "理由：こわれている", "F8"),
    CommandCard("KP-R-OTHER", "理由：そのほか", "F9"),
    CommandCard("KP-TEACH", "コードを覚えさせる"),
)
COMMAND_SHEET = CommandSheet(COMMANDS)
BADGE_SHEET = BadgeSheet(
    (Badge("佐藤 花子", "0007", "梱包"), Badge("陳 偉", "A1B2C3D4E5", "リーダー"), Badge("Ana", "9")),
    "川崎倉庫",
)
SCANNER_SHEET = ScannerSheet(
    (
        ScannerCard("ean13", "4901234567894", "JAN コード"),
        ScannerCard("code128", "Ab-1_:@]", "Code 128"),
        ScannerCard("gs1_128", "010490123456789410L-1a\x1d212b", "GS1-128"),
        ScannerCard("qr", "Ab:検品", "QR コード"),
    ),
    CommandCard("KP-DONE", "できた"),
)

PLACE_LABELS = PlaceLabels(
    (
        PlaceLabel(LabelKind.SHELF, "A-01-2", "冷蔵", "A", "01", "2", "up"),
        PlaceLabel(LabelKind.TOTE, "T-001"),
        PlaceLabel(LabelKind.CART, "C-02"),
        PlaceLabel(LabelKind.SLOT, "W1-B5", within="W1"),
    )
)
ZONE_SIGNS = ZoneSigns((Zone("冷蔵", ("A", "B"), 120), Zone("2F")))

WALK = WalkMap(
    tuple((x, y) for x in (0.0, 5.0, 10.0) for y in (2.0, 4.0, 6.0, 8.0)),
    ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0), (0.0, 0.0)),
    (MapStop(1, (0.0, 4.0)), MapStop(2, (10.0, 6.0))),
)
JOB_LIST = JobList(
    "12-3",
    (
        ListStop("A-01-2", "TEA-HJ-30", "有機ほうじ茶 30包", 7, code="4901234567894", lot="L-7", expiry="2027-03-31"),
        ListStop("C-11-1", "LIN-KC", "リネンクロス", 1, "カラー: 藍"),
        ListStop("仮置き", "CUP-9", "ガラスのコップ", 2, placed=False),
    ),
    (
        ListOrder("12-001", (ListPart("A-01-2", "TEA-HJ-30", "有機ほうじ茶 30包", 2, lot="L-7"),)),
        ListOrder(
            "12-034",
            (
                ListPart("A-01-2", "TEA-HJ-30", "有機ほうじ茶 30包", 5, lot="L-7"),
                ListPart("C-11-1", "LIN-KC", "リネンクロス", 1, "カラー: 藍"),
                ListPart("仮置き", "CUP-9", "ガラスのコップ", 2),
            ),
        ),
    ),
    "紙のリスト",
    "1F",
    datetime(2026, 7, 14, 14, 0),
    date(2026, 7, 14),
    42.4,
    12.6,
    WALK,
)
PLACE_SHEET = PlaceSheet(
    "12-3",
    (
        PlaceUse(1, "12-001", ("T-001",), 1, 2),
        PlaceUse(2, "12-034", ("T-002", "T-009"), 3, 8),
        PlaceUse(3),
    ),
    cart="C-02",
    issued_on=date(2026, 7, 14),
)


HANDOVER_LIST = HandoverList(
    5,
    "ヤマト運輸（B2クラウド）",
    (
        HandoverRow("12-001", "444413700010"),
        HandoverRow("12-034", "444413700021", piece=1, pieces=2),
        HandoverRow("12-034", "444413700032", piece=2, pieces=2),
        HandoverRow("12-035", "", "293847-20260713-0518264937"),
    ),
    4,
    datetime(2026, 7, 14, 14, 0),
    datetime(2026, 7, 14, 14, 12),
    4,
    "くもの雑貨店",
)


def slip(**changes: object) -> Slip:
    """The ordinary slip with some fields changed."""
    return replace(SLIP, **changes)  # type: ignore[arg-type]


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page, without line ends."""
    with pypdfium2.PdfDocument(pdf) as document:
        return ["".join(page.get_textpage().get_text_range().split("\r\n")) for page in document]


def text_of(pdf: bytes) -> str:
    """The text of all pages."""
    return "".join(page_texts(pdf))


def tight(text: str) -> str:
    """The text without spaces, which a PDF does not keep between pieces drawn apart."""
    return "".join(text.split())


def pictures(pdf: bytes, dpi: int = 203) -> list[Image.Image]:
    """Every page as a printer with *dpi* dots per inch sees it: black and white."""
    with pypdfium2.PdfDocument(pdf) as document:
        grey = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    return [page.convert("L").point(lambda dot: 255 if dot > 127 else 0) for page in grey]


def zxing_codes(picture: Image.Image) -> dict[str, tuple[float, float]]:
    """Texts of the Code 128 symbols that zxing-cpp finds, and their centres in dots."""
    found = {}
    for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128):
        corners = (
            code.position.top_left,
            code.position.top_right,
            code.position.bottom_left,
            code.position.bottom_right,
        )
        found[code.text] = (sum(c.x for c in corners) / 4, sum(c.y for c in corners) / 4)
    return found


def zbar_codes(picture: Image.Image) -> set[str]:
    """Texts of the Code 128 symbols that zbar finds."""
    return {code.data.decode() for code in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.CODE128])}


NOSHI_PAPERS = NoshiPapers(
    (
        NoshiPaper("KN-57", ShipNumber(12, 34), Knot.BOW, "御中元", ("髙橋 花子",)),
        NoshiPaper(
            "KN-1234567", ShipNumber(12, 35), Knot.TIED, "寿", ("佐藤", "\U00020bb7田"), Cover.INNER, "A4", "紛失"
        ),
    )
)
GIFT_CARDS = GiftCards((GiftCard("KN-58", ShipNumber(12, 34), "お誕生日おめでとうございます。\n見本 花子"),))
