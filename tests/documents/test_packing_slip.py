"""The packing slip 納品書."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from app.documents import render
from app.domain.order_papers import SlipBatch
from app.domain.orders import Address, ShipNumber, Totals
from app.domain.papers import PaperSize, Rendered, Slip, SlipLine, SlipPart, is_reduced_rate
from app.text import Texts
from tests.documents.makers import (
    CLOTH,
    EN,
    JA,
    LANGUAGES,
    SHIP_TO,
    SHOP,
    SLIP,
    TEA,
    page_texts,
    pictures,
    slip,
    text_of,
    tight,
    zbar_codes,
    zxing_codes,
)

HEADS = {page: "商品金額" if page is PaperSize.ROLL_62 else "商品数量単価金額" for page in PaperSize}
"""What stands above the goods: on a roll the figures are below the names."""


def drawn(value: Slip, words: Texts = JA) -> Rendered:
    return render("packing_slip", value, words)


def text(value: Slip, words: Texts = JA) -> str:
    return text_of(drawn(value, words).pdf)


def test_the_slip_shows_what_the_order_says() -> None:
    shown = text(SLIP)
    for part in (
        "納品書", "12-034", "KO-12-034-1", "293847-20260713-0518264937", "2026年7月13日", "くもの雑貨店 楽天市場店",
        "宅急便", "2026年7月16日 午前中", "クレジットカード", "〒060-0001", "北海道札幌市中央区", "北一条西2丁目1-5",
        "佐藤 花子 様", "〒150-0001", "東京都渋谷区神宮前1-2-3", "03-1234-5678", "support@kumo.example",
        "登録番号 T5835678256246", "有機ほうじ茶 30包 ※", "TEA-HJ-30", "カラー: 藍", "¥1,080", "¥2,160", "¥3,810",
        "¥550", "¥346", "¥4,360", "玄関先に置いてください。", "軽減税率", "1 / 1 ページ", "ありがとうございました。",
    ):  # fmt: skip
        assert part in shown, part


def test_the_slip_speaks_english() -> None:
    shown = text(SLIP, EN)
    for part in ("Packing slip", "Ship to", "July 13, 2026", "Page 1 of 1", "Unit price", "佐藤 花子"):
        assert part in shown, part
    assert "様" not in shown


@pytest.mark.parametrize("page", PaperSize)
def test_the_ship_number_is_read_from_two_metres(page: PaperSize) -> None:
    """Figures at least 1/200 of the distance high: 10 mm."""
    with pypdfium2.PdfDocument(drawn(slip(page=page)).pdf) as document:
        heights = []
        for item in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            _, bottom, _, top = item.get_bounds()
            heights.append((top - bottom) / 72 * 25.4)
    assert max(heights) >= 10


@pytest.mark.parametrize("name", ["佐藤 花子様", "佐藤 花子 様", "佐藤 花子　さま"])
def test_an_honorific_in_the_data_is_not_doubled(name: str) -> None:
    shown = text(slip(ship_to=replace(SHIP_TO, name=name)))
    assert "佐藤 花子 様" in shown
    assert shown.count("様") == 1
    assert "さま" not in shown


def test_a_company_addressed_as_such_gets_no_second_title() -> None:
    shown = text(slip(ship_to=replace(SHIP_TO, name="青空商事 御中")))
    assert "青空商事 御中" in shown
    assert "様" not in shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("株式会社見本商会", "株式会社見本商会 御中"),
        ("見本商会（株）", "見本商会（株） 御中"),
        ("医療法人 見本会", "医療法人 見本会 御中"),
        ("株式会社見本商会 佐藤 花子", "株式会社見本商会 佐藤 花子 様"),
        ("株式会社見本商会 御中", "株式会社見本商会 御中"),
        ("株式 会子", "株式 会子 様"),
    ],
)
def test_a_firm_is_addressed_as_a_firm_and_a_person_in_it_as_a_person(name: str, shown: str) -> None:
    assert shown in text(slip(ship_to=replace(SHIP_TO, name=name)))


def test_the_buyer_is_named_only_where_somebody_else_receives() -> None:
    assert "ご依頼主" not in text(slip(buyer=replace(SHIP_TO, name="佐藤花子様")))
    shown = text(slip(buyer=Address(name="山田 太郎")))
    assert "ご依頼主山田太郎様" in tight(shown)


GIFT = slip(
    gift=True,
    buyer=Address(name="山田 太郎"),
    cod_amount="4360",
    totals=Totals("3810", "550", "330", "100", "50", "346", "4360"),
)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
@pytest.mark.parametrize("page", PaperSize)
def test_a_gift_shows_no_price_and_no_payment(words: Texts, page: PaperSize) -> None:
    shown = text(replace(GIFT, page=page), words)
    for never in (
        "¥",
        "1,080",
        "4,360",
        "クレジットカード",
        "代金引換",
        "Cash",
        "単価",
        "Unit price",
        "合計",
        "Total",
        "※",
    ):
        assert never not in shown, never
    assert "山田 太郎" in shown
    assert "有機ほうじ茶" in shown


def test_an_amount_not_settled_yet_is_never_printed() -> None:
    shown = text(slip(totals=Totals(subtotal="3810", shipping="-9999", total="-9999.00"), cod_amount="-9999"))
    assert "9,999" not in shown
    assert "9999" not in shown
    assert "送料" not in shown
    assert "代金引換" not in shown
    assert "¥3,810" in shown


def test_only_totals_that_the_shop_gave_are_printed() -> None:
    shown = text(slip(totals=Totals(total="4360")))
    assert "¥4,360" in shown
    for label in ("商品合計", "送料", "手数料", "値引き", "ポイント", "消費税"):
        assert label not in shown, label


@pytest.mark.parametrize("given", ["500", "-500"])
def test_a_discount_is_taken_off_whichever_sign_the_shop_writes(given: str) -> None:
    assert "-¥500" in text(slip(totals=replace(SLIP.totals, discount=given)))


def test_money_is_never_rounded_away() -> None:
    totals = Totals(subtotal="2.55", shipping="0.125", total="1234567.8", currency="gbp")
    shown = text(slip(totals=totals), EN)
    for part in ("£2.55", "£0.125", "£1,234,567.80"):
        assert part in shown, part


def test_an_amount_that_is_no_number_is_printed_as_it_came() -> None:
    assert "about 300" in text(slip(totals=Totals(total="about 300")), EN)


def test_cash_on_delivery_is_big() -> None:
    shown = text(slip(cod_amount="4360"))
    assert "代金引換" in shown
    assert shown.count("¥4,360") == 2


def test_missing_pieces_are_said_in_words() -> None:
    assert "欠品 1" in text(slip(lines=(replace(TEA, short=1), CLOTH)))
    assert "short 1" in text(slip(lines=(replace(TEA, short=1), CLOTH)), EN)
    assert "欠品" not in text(SLIP)


@pytest.mark.parametrize(("words", "mark"), [(JA, "再発行"), (EN, "COPY")])
def test_a_copy_is_marked_on_every_page(words: Texts, mark: str) -> None:
    value = slip(copy_reason="紙づまり", lines=(TEA,) * 60)
    pages = page_texts(drawn(value, words).pdf)
    assert len(pages) > 1
    assert all(mark in page for page in pages)
    assert "紙づまり" in pages[0]
    assert mark not in text(SLIP, words)


@pytest.mark.parametrize("page", PaperSize)
def test_two_hundred_lines_flow_over_pages_with_their_header_row(page: PaperSize) -> None:
    lines = tuple(SlipLine(f"商品{n:03d}番", f"SKU-{n:03d}", 1, price="100") for n in range(200))
    done = drawn(slip(lines=lines, page=page))
    pages = page_texts(done.pdf)
    assert done.pages == len(pages) > (2 if page is PaperSize.ROLL_62 else 4)
    for number, shown in enumerate(pages, 1):
        assert f"{number} / {done.pages} ページ" in shown
        assert "12-034" in shown
        assert (HEADS[page] in tight(shown)) == ("番" in shown.replace("番号", ""))
    whole = "".join(pages)
    assert all(f"商品{n:03d}番" in whole and f"SKU-{n:03d}" in whole for n in range(200))


GIFT_BOX = SlipLine(
    "お茶とクロスの詰合せ", "SET-01", 2, price="3240", options="のし: 御礼", reduced=True,
    parts=(SlipPart("有機ほうじ茶 30包", "TEA-HJ-30", 4), SlipPart("リネンクロス", "LIN-KC", 2, short=1)),
)  # fmt: skip


def test_a_set_is_shown_as_sold_with_its_parts_below_it() -> None:
    shown = text(slip(lines=(GIFT_BOX,)))
    order = ["お茶とクロスの詰合せ", "SET-01", "セット内容", "有機ほうじ茶", "TEA-HJ-30", "リネンクロス", "LIN-KC"]
    places = [shown.index(part) for part in order]
    assert places == sorted(places)
    assert shown.count("¥3,240") == 1
    assert shown.count("¥6,480") == 1
    assert "欠品 1" in shown
    assert "In the set" in text(slip(lines=(GIFT_BOX,)), EN)
    assert "セット内容" not in text(SLIP)


def test_a_set_in_a_gift_shows_no_price() -> None:
    shown = text(slip(lines=(GIFT_BOX,), gift=True))
    assert "リネンクロス" in shown
    assert "3,240" not in shown


@pytest.mark.parametrize("page", PaperSize)
def test_a_set_of_many_parts_flows_over_pages(page: PaperSize) -> None:
    parts = tuple(SlipPart(f"部品{n:03d}番" * (30 if n == 7 else 1), f"P-{n:03d}", n + 1, short=n) for n in range(150))
    done = drawn(slip(lines=(replace(GIFT_BOX, parts=parts), TEA), page=page))
    pages = page_texts(done.pdf)
    assert len(pages) > (1 if page is PaperSize.ROLL_62 else 3)
    whole = "".join(pages)
    assert all(f"部品{n:03d}番" in whole and f"P-{n:03d}" in whole for n in range(150))
    assert all(HEADS[page] in tight(shown) for shown in pages if "P-" in shown)


@pytest.mark.parametrize("page", PaperSize)
def test_text_too_long_for_its_box_is_never_cut(page: PaperSize) -> None:
    """Every text is one character many times over; as many must stand on the paper."""
    value = slip(
        page=page,
        order_number="甲" * 800,
        ship_to=replace(SHIP_TO, name="乙" * 400, street="丙" * 1500),
        shop=replace(SHOP, name="丁" * 400, address="戊" * 1500, mail="己" * 800),
        lines=(SlipLine("庚" * 3000, "辛" * 200, 1234567, options="壬" * 300, price="1234567890", short=999),),
        note="癸" * 4000,
        delivery="鼠" * 600,
        copy_reason="牛" * 600,
    )
    done = drawn(value)
    shown = text_of(done.pdf)
    expected = dict(
        zip(
            "甲乙丙丁戊己庚辛壬癸鼠牛",
            (800, 400, 1500, 400, 1500, 800, 3000, 200, 300, 4000, 600, 600),
            strict=True,
        )
    )
    assert {mark: shown.count(mark) for mark in expected} == expected
    with pypdfium2.PdfDocument(done.pdf) as document:
        for sheet in document:
            width, height = sheet.get_size()
            for item in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                left, bottom, right, top = item.get_bounds()
                assert left >= 0
                assert bottom >= 0
                assert right <= width
                assert top <= height


def test_texts_do_not_lie_on_one_another() -> None:
    value = slip(
        lines=(SlipLine("名" * 80, "S" * 50, 12345, price="12345678", short=10), TEA) * 9,
        totals=replace(SLIP.totals, total="123456789", points="10", discount="10", fee="20"),
        copy_reason="紙づまり" * 9,
        cod_amount="123456789",
        buyer=Address(name="長い名前の依頼主" * 5),
        note="備考です。" * 20,
    )
    for page in PaperSize:
        with pypdfium2.PdfDocument(drawn(replace(value, page=page)).pdf) as document:
            for sheet in document:
                boxes = [item.get_bounds() for item in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]
                for at, (left, bottom, right, top) in enumerate(boxes):
                    for other in boxes[:at]:
                        across = min(right, other[2]) - max(left, other[0])
                        down = min(top, other[3]) - max(bottom, other[1])
                        assert min(across, down) < 1.0, (page, boxes[at], other)


def test_characters_the_font_lacks_are_reported_and_seen() -> None:
    done = drawn(slip(ship_to=replace(SHIP_TO, name="𠮷田 花子"), note="😀 です"))
    assert done.missing == ("𠮷", "😀")
    shown = text_of(done.pdf)
    assert "〓田 花子 様" in shown
    assert "〓 です" in shown


def test_the_variant_of_a_name_is_reported_and_its_common_form_drawn() -> None:
    done = drawn(slip(ship_to=replace(SHIP_TO, name="辻\U000e0100 花子")))
    assert done.missing == ("\U000e0100",)
    assert "辻 花子 様" in text_of(done.pdf)


def test_kana_written_in_two_characters_are_joined_but_old_forms_of_names_stay() -> None:
    done = drawn(slip(ship_to=replace(SHIP_TO, name="か\u3099く \ufa19子")))
    assert done.missing == ()
    assert "がく \ufa19子 様" in text_of(done.pdf)


def test_marks_of_a_markup_language_appear_literally() -> None:
    hostile = '<b>太字</b> & <font size="99">&lt;</font>'
    shown = text(slip(note=hostile, lines=(replace(TEA, name=hostile),), ship_to=replace(SHIP_TO, name=hostile)))
    assert shown.count("<b>太字</b>") == 3
    assert shown.count("&lt;") == 3


@pytest.mark.parametrize("name", ["none.png", "broken.png", "empty.png"])
def test_a_logo_that_cannot_be_read_is_left_out_and_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnot a picture")
    (tmp_path / "empty.png").write_bytes(b"")
    path = str(tmp_path / name)
    done = drawn(slip(shop=replace(SHOP, logo=path)))
    assert done.unusable == (path,)
    assert "くもの雑貨店" in text_of(done.pdf)


@pytest.mark.parametrize("size", [(800, 100), (100, 800), (1, 1)])
def test_a_logo_is_drawn_inside_its_place(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "logo.png"
    Image.new("RGBA", size, (18, 59, 93, 128)).save(path)
    done = drawn(slip(shop=replace(SHOP, logo=str(path))))
    assert done.unusable == ()
    assert drawn(slip(shop=replace(SHOP, logo=str(path)))) == done
    with pypdfium2.PdfDocument(done.pdf) as document:
        (logo,) = document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
        left, bottom, right, top = logo.get_bounds()
    assert (right - left) / 72 * 25.4 <= 52
    assert (top - bottom) / 72 * 25.4 <= 13.1


@pytest.mark.parametrize("page", PaperSize)
def test_a_long_ship_number_still_reads(page: PaperSize) -> None:
    value = slip(number=ShipNumber(123456, 1234), version=12, page=page)
    (picture,) = pictures(drawn(value).pdf, 300)
    assert set(zxing_codes(picture)) == zbar_codes(picture) == {"KO-123456-1234-12"}


def test_an_address_abroad_is_written_street_first() -> None:
    abroad = Address("Ann Lee", "SW1A 1AA", "", "London", "10 Long Lane", "", "GB")
    shown = text(slip(ship_to=abroad), EN)
    assert "〒SW1A" not in shown
    assert shown.index("10 Long Lane") < shown.index("London SW1A 1AA") < shown.index("GB")


def test_a_slip_without_lines_or_facts_is_drawn() -> None:
    bare = Slip(SHOP, ShipNumber(1, 1), 1, "", Address(), ())
    assert drawn(bare).pages == 1


def test_a_batch_holds_all_slips_each_with_its_own_page_numbers() -> None:
    longer = slip(number=ShipNumber(12, 2), lines=(TEA,) * 40)
    batch = SlipBatch((slip(number=ShipNumber(12, 1)), longer, slip(number=ShipNumber(12, 3), page=PaperSize.A5)), 12)
    done = render("slips", batch, JA)
    pages = page_texts(done.pdf)
    assert [page.split(" ページ")[0][-5:] for page in pages] == ["1 / 1", "1 / 3", "2 / 3", "3 / 3", "1 / 1"]
    assert [next(n for n in ("12-001", "12-002", "12-003") if n in page) for page in pages] == [
        "12-001", "12-002", "12-002", "12-002", "12-003",
    ]  # fmt: skip
    assert done.pages == 5


def test_a_batch_without_slips_is_an_empty_page() -> None:
    done = render("slips", SlipBatch((), 12), JA)
    assert done.pages == 1
    assert page_texts(done.pdf) == [""]


@pytest.mark.parametrize(
    ("rate", "reduced"), [("0.08", True), ("0.080", True), ("0.1", False), ("", False), ("8%", False)]
)
def test_the_reduced_rate_is_told_from_the_tax_rate(rate: str, reduced: bool) -> None:
    assert is_reduced_rate(rate) is reduced


def test_the_amount_of_a_line_is_the_one_given_or_price_times_quantity() -> None:
    assert TEA.total() == "2160"
    assert replace(TEA, amount="2000").total() == "2000"
    assert replace(TEA, price="").total() == ""
    assert replace(TEA, price="NaN").total() == ""
