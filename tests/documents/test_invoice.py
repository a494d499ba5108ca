"""The invoice and the return slip."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from app.documents import render
from app.domain.invoice import Invoice, InvoiceKind, InvoiceRules, InvoiceTitle, Points, Prices, invoice_of
from app.domain.order_papers import ReturnSlip, SlipBatch
from app.domain.orders import Address, ShipNumber, Totals
from app.domain.papers import PaperSize, Rendered, Slip, SlipLine, SlipPart
from app.text import Texts
from tests.documents.makers import (
    EN,
    INVOICE,
    JA,
    LANGUAGES,
    ORDERED,
    page_texts,
    pictures,
    text_of,
    tight,
    zbar_codes,
    zxing_codes,
)

NUMBER = ShipNumber(12, 34)
HARD = "\U00020bb7野家 髙橋 שלום مرحبا Ünïcödé 🎁 " + "長い名前" * 45


def made(slip: Slip = ORDERED, on: date | None = date(2026, 7, 14), **rules: object) -> Invoice:
    return invoice_of(slip, InvoiceRules(**rules), on)  # type: ignore[arg-type]


def drawn(value: Invoice, words: Texts = JA) -> Rendered:
    return render("invoice", value, words)


def text(value: Invoice, words: Texts = JA) -> str:
    return tight(text_of(drawn(value, words).pdf))


def many(number: int) -> tuple[SlipLine, ...]:
    rates = ("0.1", "0.08", "0")
    return tuple(
        SlipLine(f"品物 {at}", f"SKU-{at}", 1, price=str(1000 + at), tax_rate=rates[at % 3]) for at in range(number)
    )


def qr_codes(picture: Image.Image) -> tuple[set[str], set[str]]:
    """What zxing and zbar read of QR codes."""
    found = {code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)}
    return found, {code.data.decode() for code in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])}


# --- invoice ------------------------------------------------------------------------------------------------------


def test_a_qualified_invoice_shows_everything_that_article_57_4_wants() -> None:
    shown = text(made(kind=InvoiceKind.INVOICE))
    for part in (
        "適格請求書",
        "くもの雑貨店",  # who issues it
        "登録番号T5835678256246",
        "取引年月日2026年7月14日",
        "有機ほうじ茶30包※",  # what was sold, and that the reduced rate applies
        "※は軽減税率(8%)の対象商品です。",
        "10%対象¥2,200¥200",  # amounts by rate, with the rate, and the tax by rate
        "8%対象¥2,160¥160",
        "株式会社見本商会御中",  # who it is for
        "合計(税込)¥4,360",
    ):
        assert part in shown.replace("（", "(").replace("）", ")").replace("％", "%"), part


def test_the_invoice_stands_in_for_the_slip_at_the_bench() -> None:
    shown = text(made())
    assert "12-034" in shown
    for picture in pictures(drawn(made()).pdf):
        assert set(zxing_codes(picture)) == zbar_codes(picture) == {"KO-12-034-1"}


@pytest.mark.parametrize(
    ("payment", "cod", "title", "received"),
    [("クレジットカード", "", "納品書兼領収書", True), ("代金引換", "4360", "納品書（明細）", False),
     ("後払い", "", "納品書兼請求書", False)],
)  # fmt: skip
def test_the_paper_says_that_money_was_received_only_where_it_was(
    payment: str, cod: str, title: str, received: bool
) -> None:
    shown = text(made(replace(ORDERED, payment=payment, cod_amount=cod)))
    assert title in shown
    assert ("正に領収いたしました" in shown) == received
    assert "収入印紙" not in shown


def test_a_receipt_for_much_money_has_a_field_for_the_stamp() -> None:
    dear = (SlipLine("棚", "SHELF", 1, price="55000", tax_rate="0.1"),)
    slip = replace(ORDERED, lines=dear, totals=Totals(), payment="銀行振込")
    assert "収入印紙" in text(made(slip))
    assert "Revenuestamp" in text(made(slip), EN)


def test_discount_and_points_stand_by_rate() -> None:
    slip = replace(ORDERED, totals=Totals("3810", "550", "", "300", "70", "", "3990"))
    shown = text(made(slip)).replace("％", "%")
    assert "10%対象¥2,200-¥187¥2,013¥183" in shown
    assert "8%対象¥2,160-¥183¥1,977¥146" in shown


def test_points_that_are_money_stand_below_the_total() -> None:
    slip = replace(ORDERED, totals=Totals("3810", "550", "", "", "360", "", "4000"))
    shown = text(made(slip, points=Points.PAYMENT))
    assert "ポイントでのお支払い-¥360お支払い額¥4,000" in shown
    assert "値引き・ポイント" not in shown


def test_prices_without_tax_say_so() -> None:
    shown = text(made(replace(ORDERED, totals=Totals(shipping="500")), prices=Prices.WITHOUT_TAX))
    assert "対象額（税抜）" in shown
    assert "うち消費税" not in shown


def carried(page: str, word: str) -> list[str]:
    """The amounts that a page carries on or over."""
    return re.findall(re.escape(word) + r"¥(\d{1,3}(?:,\d{3})*)", page)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
@pytest.mark.parametrize("page", PaperSize)
def test_amounts_are_carried_over_every_page(page: PaperSize, words: Texts) -> None:
    lines = many(200 if page is PaperSize.ROLL_62 else 60)
    slip = replace(ORDERED, lines=lines, page=page, totals=Totals())
    pages = [tight(each) for each in page_texts(drawn(made(slip), words).pdf)]
    on, over = (tight(words.say(key)) for key in ("paper.invoice.carried_on", "paper.invoice.carried_over"))
    assert len(pages) > 2
    sums, taken = ([amount for each in pages for amount in carried(each, word)] for word in (on, over))
    assert sums
    assert sums == taken
    assert f"{sum(int(line.price) for line in lines):,}" in pages[-1] + pages[-2]


def test_every_carried_sum_is_what_stands_above_it() -> None:
    lines = many(60)
    pages = page_texts(drawn(made(replace(ORDERED, lines=lines, totals=Totals()))).pdf)
    count = seen = 0
    for each in pages:
        count += len(re.findall(r"SKU-\d+", each))
        for amount in carried(tight(each), "次ページへ繰越"):
            assert amount == f"{sum(int(line.price) for line in lines[:count]):,}"
            seen += 1
    assert seen


@pytest.mark.parametrize("page", PaperSize)
def test_no_line_of_a_long_invoice_stands_on_another(page: PaperSize) -> None:
    done = drawn(made(replace(ORDERED, lines=many(60), page=page, totals=Totals(discount="100"))))
    with pypdfium2.PdfDocument(done.pdf) as document:
        for each in document:
            boxes = [item.get_bounds() for item in each.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]
            rules = [item.get_bounds() for item in each.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
            foot = min(box[1] for box in rules if box[3] - box[1] < 3)  # the rule above the page number
            for at, (left, bottom, right, top) in enumerate(boxes):
                assert not bottom < foot < top
                for other in boxes[at + 1 :]:
                    wide = min(right, other[2]) - max(left, other[0])
                    high = min(top, other[3]) - max(bottom, other[1])
                    assert wide < 1 or high < 1


def test_goods_at_a_third_rate_name_it() -> None:
    assert "(0%)" in text(made(replace(ORDERED, lines=many(3), totals=Totals())))


def test_a_copy_is_marked_on_every_page() -> None:
    slip = replace(ORDERED, lines=many(60), totals=Totals(), copy_reason="紛失")
    for each in page_texts(drawn(made(slip)).pdf):
        assert "再発行" in each
    assert "COPY" in text(made(slip), EN)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
@pytest.mark.parametrize("page", PaperSize)
@pytest.mark.parametrize("title", InvoiceTitle)
def test_hard_names_and_huge_amounts_stay_on_the_page(page: PaperSize, words: Texts, title: InvoiceTitle) -> None:
    hard = Address(HARD, "150-0001", "東京都", "渋谷区", HARD, "03", "")
    lines = (SlipLine(HARD, "S" * 120, 99999, HARD, "99999", tax_rate="0.08"), *many(4))
    slip = replace(
        ORDERED, lines=lines, page=page, ship_to=hard, buyer=replace(hard, name=HARD * 2), payment=HARD, cod_amount="1",
        order_number="X" * 200, totals=Totals(shipping="99999999", discount="999999999999"), copy_reason=HARD,
    )  # fmt: skip
    value = replace(made(slip), title=title)
    done = drawn(value, words)
    assert "🎁" in done.missing
    _within(done)
    shown = text_of(done.pdf)
    assert shown.count("長い名前") >= 4 * 45


def _within(done: Rendered, edge: float = 8) -> None:
    with pypdfium2.PdfDocument(done.pdf) as document:
        for page in document:
            width, height = page.get_size()
            for item in page.get_objects():
                left, bottom, right, top = item.get_bounds()
                assert left >= edge
                assert bottom >= edge
                assert right <= width - edge
                assert top <= height - edge


# --- return slip --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
@pytest.mark.parametrize("page", PaperSize)
@pytest.mark.parametrize("dpi", [203, 300])
def test_the_return_slip_has_a_code_that_opens_the_return_and_no_price(page: PaperSize, words: Texts, dpi: int) -> None:
    done = render("return_slip", ReturnSlip(replace(ORDERED, page=page)), words)
    assert qr_codes(pictures(done.pdf, dpi)[0]) == ({"KO-12-034-1"}, {"KO-12-034-1"})
    shown = text_of(done.pdf)
    assert "¥" not in shown
    assert "有機ほうじ茶 30包" in shown


def test_the_return_slip_names_the_reasons_as_the_station_numbers_them() -> None:
    shown = tight(text_of(render("return_slip", ReturnSlip(ORDERED), JA).pdf))
    for at, reason in enumerate(
        ("イメージとちがう、不要になった", "不良、破損", "注文とちがう商品が届いた", "受け取れなかった"), 1
    ):
        assert f"{at}{reason}" in shown


def test_the_return_slip_says_where_to_send_it() -> None:
    shop = tight(text_of(render("return_slip", ReturnSlip(ORDERED), JA).pdf))
    assert "東京都渋谷区神宮前1-2-3" in shop
    own = tight(text_of(render("return_slip", ReturnSlip(ORDERED, "〒210-0001 川崎倉庫 返品係"), JA).pdf))
    assert "川崎倉庫返品係" in own
    assert "神宮前" not in own


def test_the_return_slip_lists_the_parts_of_a_set_and_what_was_really_sent() -> None:
    kit = SlipLine("お茶セット", "KIT", 1, parts=(SlipPart("湯のみ", "CUP", 777, 222), SlipPart("急須", "POT", 1)))
    lines = (kit, SlipLine("クロス", "CLOTH", 888, short=222))
    shown = tight(text_of(render("return_slip", ReturnSlip(replace(ORDERED, lines=lines)), JA).pdf))
    for part in ("湯のみ", "CUP", "お茶セット", "急須", "555", "666"):
        assert part in shown
    assert "777" not in shown
    assert "888" not in shown


@pytest.mark.parametrize("page", PaperSize)
def test_a_hard_return_slip_stays_on_its_pages(page: PaperSize) -> None:
    lines = tuple(replace(line, name=HARD if at % 7 == 0 else line.name) for at, line in enumerate(many(60)))
    slip = replace(ORDERED, page=page, lines=lines, order_number="X" * 120, channel=HARD, copy_reason="紛失")
    done = render("return_slip", ReturnSlip(slip, HARD), JA)
    assert done.pages > (1 if page is PaperSize.ROLL_62 else 2)
    _within(done)
    assert text_of(done.pdf).count("SKU-") == 60
    assert all("再発行" in each for each in page_texts(done.pdf))


# --- with the slips -----------------------------------------------------------------------------------------------


def test_the_sheets_of_an_order_come_out_together_each_in_its_language() -> None:
    abroad = replace(ORDERED, language="en")
    batch = SlipBatch((ORDERED, made(abroad), ReturnSlip(abroad)), 12)
    pages = page_texts(render("slips", batch, JA).pdf)
    assert "納品書" in pages[0]
    assert "Delivery note and receipt" in pages[1]
    assert "Return slip" in pages[2]


def test_what_a_person_should_look_at_is_told_and_not_printed() -> None:
    value = made(replace(ORDERED, totals=Totals(total="1")))
    done = drawn(value)
    assert any("3810 円" in warning and "12-034" in warning for warning in done.warnings)
    assert not any("3810 円" in each for each in page_texts(done.pdf))


def test_an_ordinary_invoice_warns_of_nothing() -> None:
    assert render("invoice", INVOICE, JA).warnings == ()
