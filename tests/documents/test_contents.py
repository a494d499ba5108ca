"""What stands on a paper is all of what it was given: on every size, in every language, by every kind of template."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from unicodedata import combining, normalize

import pypdfium2
import pytest
import zxingcpp
from pyzbar import pyzbar

from app import fonts
from app.documents import render
from app.documents._templates import read_of
from app.domain.invoice import InvoiceKind, InvoiceRules, invoice_of
from app.domain.order_papers import ReturnSlip
from app.domain.orders import Address, ShipNumber, Totals
from app.domain.paper_sizes import PaperSize
from app.domain.papers import Rendered, ShopBlock, Slip, SlipLine, SlipPart
from app.domain.templates import COLUMNS, Template
from app.errors import StationError
from app.fonts import printable
from app.services.drawing import Paper
from app.services.looks import for_dots
from app.text import Texts
from tests.documents.makers import JA, LANGUAGES, ORDERED, pictures, text_of

_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What the library that reads texts back makes of a hyphen at the end of a line."""
KINDS = ("packing_slip", "gift_slip", "invoice", "return_slip")
WHOLE = """
qr = "ship_number"
message = "店からのことば。"
footer = "足元のことば"
columns = ["tick", "row", "name", "quantity", "price", "amount"]
line = ["options", "sku", "code", "shelf"]
"""
"""Shows all that a slip can show."""
PLANS = {
    "packing_slip": WHOLE,
    "gift_slip": WHOLE.replace(', "price", "amount"', ""),
    "invoice": WHOLE,
    "return_slip": 'message = "店からのことば。"\nfooter = "足元のことば"\nlogo = "head"\n',
}
RTL = "שלום مرحبا"
HARD = f"\U00020bb7野家 髙橋 {RTL} Ünïcödé 🎁\x07\x00\x1b[31m ﾊﾝｶｸ (1) <b>&amp;</b> ^XA^FS \\n " + "とても長い名前" * 23
"""Characters that the font lacks, right-to-left text, control characters, marks of other languages, 200 of them."""


def line(at: int, name: str, **more: str) -> SlipLine:
    rate = "0.08" if at % 2 else "0.1"
    return SlipLine(f"{name}{at}", f"SKU-{at:03d}", 1 + at % 3, price=str(100 + at), tax_rate=rate, reduced=at % 2 == 1,
                    code=f"49012345{at:05d}", shelf=f"A-{at:02d}", **more)  # fmt: skip


def short() -> Slip:
    return ORDERED


def long() -> Slip:
    lines = tuple(line(at, "ふつうの長さの商品名 ", options="色: 藍") for at in range(30))
    return replace(ORDERED, lines=lines, totals=Totals(), note="備考です。" * 30)


def extreme() -> Slip:
    """Amounts of ten digits, sets, short pieces, names of 200 characters."""
    name = "甲乙丙丁戊己庚辛壬癸" * 20
    parts = tuple(SlipPart(f"部品{at}" + "も" * 40, f"P-{at}", 99_999, short=at) for at in range(4))
    lines = (
        SlipLine(name, "S" * 120, 99_999, "option " * 20, price="99999", tax_rate="0.1", short=12_345),
        SlipLine("詰合せ", "SET", 3, price="9999999999", tax_rate="0.08", reduced=True, parts=parts),
        *(line(at, "品") for at in range(3)),
    )
    to = Address(name, "060-0001", "北海道", "札幌市中央区" * 5, "北一条西2丁目1-5 " * 12, "090", "JP")
    return replace(
        ORDERED, lines=lines, ship_to=to, buyer=replace(to, name="御依頼主" * 50), cod_amount="9999999999",
        totals=Totals(shipping="1234567890", fee="9999999", discount="1"), copy_reason="紙づまり" * 20,
        order_number="N" * 200, delivery="方法" * 60, wish="いつか" * 60, payment="支払い" * 60, channel="店" * 200,
    )  # fmt: skip


def hostile() -> Slip:
    to = Address(HARD, HARD, HARD, HARD, HARD, HARD, "JP")
    shop = ShopBlock(HARD, HARD, HARD, HARD, HARD, HARD, "")
    lines = tuple(replace(line(at, HARD), sku=HARD, options=HARD, code=HARD, shelf=HARD) for at in range(2))
    return replace(
        ORDERED, shop=shop, ship_to=to, buyer=replace(to, name=HARD * 2), lines=lines, order_number=HARD, channel=HARD,
        delivery=HARD, wish=HARD, payment=HARD, note=HARD, copy_reason=HARD, totals=Totals(shipping="1"),
    )  # fmt: skip


CONTENTS = {"short": short, "long": long, "extreme": extreme, "hostile": hostile}


def drawn(kind: str, slip: Slip, size: PaperSize, words: Texts) -> Rendered:
    slip = replace(slip, page=size, gift=kind == "gift_slip", look=read_of(kind, "all", PLANS[kind]).template)
    if kind == "return_slip":
        return render("return_slip", ReturnSlip(slip, look=slip.look), words)
    if kind == "invoice":
        slip = replace(slip, buyer=replace(slip.buyer, street=slip.buyer.street or "1-1"))
        return render("invoice", invoice_of(slip, InvoiceRules(kind=InvoiceKind.INVOICE), date(2026, 7, 14)), words)
    return render("packing_slip", slip, words)


def told(kind: str, slip: Slip) -> list[str]:
    """All that a paper must say of a slip."""
    lines = [text for each in slip.lines for text in (each.name, each.options, each.sku)]
    lines += [text for each in slip.lines for part in each.parts for text in (part.name, part.sku)]
    if kind == "return_slip":
        sold = [text for each in slip.lines if not each.parts for text in (each.name, each.options, each.sku)]
        sold += [text for each in slip.lines for part in each.parts for text in (part.name, part.sku)]
        return [*sold, slip.order_number, slip.channel, slip.ship_to.name]
    said = [slip.order_number, slip.channel, slip.delivery, slip.wish, slip.note, slip.shop.name, slip.shop.address,
            slip.shop.mail, slip.copy_reason, slip.ship_to.name, slip.ship_to.street, slip.buyer.name]  # fmt: skip
    if kind != "gift_slip":
        said.append(slip.payment)
    if kind == "invoice":
        said.append(slip.buyer.street)
    return lines + said + [text for each in slip.lines for text in (each.code, each.shelf)]


def counted(texts: Sequence[str]) -> Counter[str]:
    """How often each character stands on paper, as it is drawn; spaces and marks without a width are not counted."""
    whole = normalize("NFD", "".join(printable(text)[0] for text in texts))
    return Counter(char for char in whole if not char.isspace() and not combining(char))


def check(kind: str, slip: Slip, size: PaperSize, words: Texts) -> Rendered:
    done = drawn(kind, slip, size, words)
    shown = text_of(done.pdf).translate(_HYPHENS)
    lost = counted(told(kind, slip)) - counted([shown])
    assert not lost, (kind, size, dict(lost))
    assert fonts.covers(shown) == ()
    lacking = {char for text in told(kind, slip) for char in printable(text)[1]}
    assert lacking <= set(done.missing)
    inside(done, (kind, size))
    return done


def inside(done: Rendered, of: object) -> None:
    """Nothing stands nearer to an edge than 2 mm, and no page is longer than a metre."""
    with pypdfium2.PdfDocument(done.pdf) as document:
        for page in document:
            width, height = page.get_size()
            assert height <= 1000.1 / 25.4 * 72
            for item in page.get_objects():
                left, bottom, right, top = item.get_bounds()
                assert left >= 6, of
                assert bottom >= 6, of
                assert right <= width - 6, of
                assert top <= height - 6, of


@pytest.mark.parametrize("content", ["extreme", "hostile"])
@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_and_nothing_leaves_the_page(kind: str, size: PaperSize, content: str) -> None:
    check(kind, CONTENTS[content](), size, JA)


@pytest.mark.long
@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("kind", KINDS)
def test_every_content_in_every_language_is_whole_and_its_codes_read(
    kind: str, size: PaperSize, content: str, words: Texts
) -> None:
    done = check(kind, CONTENTS[content](), size, words)
    for dpi in (203, 300):
        assert codes(done, dpi, kind) == (read_by(kind), read_by(kind))


def read_by(kind: str) -> set[str]:
    return {"QR KO-12-034-1"} if kind == "return_slip" else {"QR KO-12-034-1", "128 KO-12-034-1"}


def codes(done: Rendered, dpi: int, kind: str) -> tuple[set[str], set[str]]:
    """What both decoders read on the first page: the kind of each code and its text."""
    picture = pictures(done.pdf, dpi)[0]
    kinds = (zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode)
    by_zxing = {
        f"{'QR' if code.format == zxingcpp.BarcodeFormat.QRCode else '128'} {code.text}"
        for code in zxingcpp.read_barcodes(picture, formats=kinds)
    }
    symbols = [pyzbar.ZBarSymbol.CODE128, pyzbar.ZBarSymbol.QRCODE]
    by_zbar = {
        f"{'QR' if code.type == 'QRCODE' else '128'} {code.data.decode()}" for code in pyzbar.decode(picture, symbols)
    }
    return by_zxing, by_zbar


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("kind", KINDS)
def test_bars_and_qr_codes_read_at_the_dots_of_a_coarse_printer(kind: str, size: PaperSize) -> None:
    done = drawn(kind, short(), size, JA)
    assert codes(done, size.dpi or 203, kind) == (read_by(kind), read_by(kind))


@pytest.mark.parametrize("seed", range(3))
def test_random_contents_are_whole(seed: int) -> None:
    random_contents(random.Random(seed), 2)


@pytest.mark.long
def test_five_hundred_random_contents_of_each_language_are_whole_and_read() -> None:
    chance = random.Random(8)
    for words in LANGUAGES:
        random_contents(chance, 500, words, read=True)


def random_contents(chance: random.Random, number: int, words: Texts = JA, *, read: bool = False) -> None:
    letters = "あア漢ー、。（「AaＺz09 　-_/\n\t\U00020bb7髙🎁שم\u3099\u200d\u0301<&^~\\"

    def text(most: int) -> str:
        return "".join(chance.choice(letters) for _ in range(chance.randint(0, most)))

    for _ in range(number):
        lines = tuple(
            replace(line(at, "名" + text(120)), sku="S" + text(30), options=text(60), code=text(20), shelf=text(12))
            for at in range(chance.randint(1, 12))
        )
        to = Address("受" + text(60), text(9), text(9), text(20), text(60))
        number_ = ShipNumber(chance.randint(1, 10**6), 7)
        slip = replace(ORDERED, lines=lines, ship_to=to, note=text(300), channel=text(60), order_number=text(40),
                       copy_reason=text(30), totals=Totals(), number=number_)  # fmt: skip
        kind, size = chance.choice(KINDS), chance.choice(list(PaperSize))
        done = check(kind, slip, size, words)
        if read:
            wanted = {text.replace("KO-12-034-1", number_.coded(slip.version)) for text in read_by(kind)}
            assert codes(done, size.dpi or 203, kind) == (wanted, wanted), (kind, size, number_)


@pytest.mark.parametrize("size", [PaperSize.A4, PaperSize.ROLL_62])
def test_five_hundred_lines_are_all_there(size: PaperSize) -> None:
    lines = tuple(line(at, "商品") for at in range(500))
    done = check("packing_slip", replace(ORDERED, lines=lines, totals=Totals()), size, JA)
    assert done.pages > 4


def test_a_page_of_a_roll_is_as_long_as_its_content_and_at_most_a_metre() -> None:
    heights = []
    for number in (1, 5, 300):
        lines = tuple(line(at, "商品") for at in range(number))
        done = drawn("packing_slip", replace(ORDERED, lines=lines), PaperSize.ROLL_62, JA)
        with pypdfium2.PdfDocument(done.pdf) as document:
            heights.append([page.get_size()[1] / 72 * 25.4 for page in document])
    (one,), (five,), many = heights
    assert one < five < 400
    assert len(many) > 2
    assert all(height <= 1000 for height in many)
    assert min(many[:-1]) > 950


@pytest.mark.parametrize("size", PaperSize)
def test_a_number_that_fits_no_paper_is_refused_by_name(size: PaperSize) -> None:
    huge = replace(ORDERED, number=ShipNumber(10**70, 1), page=size)
    with pytest.raises(StationError) as refused:
        render("packing_slip", huge, JA)
    said = JA.say(refused.value.key, **refused.value.args_)
    assert "納品書" in said
    assert size.label in said
    assert "KO-1000" in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_logo_that_is_no_picture_is_named_and_the_paper_comes_out(kind: str, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("GIF89a no picture")
    path = str(tmp_path / "logo.png")
    done = drawn(kind, replace(ORDERED, shop=replace(ORDERED.shop, logo=path)), PaperSize.A6, JA)
    assert done.unusable == (path,)


# --- any template -------------------------------------------------------------------------------------------------


def any_template(chance: random.Random, kind: str) -> Template:
    """A template that the reader takes, out of values that it allows."""
    while True:
        body = []
        if kind != "invoice" and chance.random() < 0.5:
            body.append(f'title = "{"題" * chance.randint(1, 30)}"')
        for key, (least, most) in {
            "margin_mm": (3, 20), "body_pt": (5, 14), "qr_mm": (8, 60), "logo_width_mm": (5, 60),
            "logo_height_mm": (3, 40), **({} if kind == "return_slip" else {
                "right_mm": (20, 120), "number_pt": (8, 120), "bars_mm": (5, 40), "label_mm": (8, 60)}),
        }.items():  # fmt: skip
            if chance.random() < 0.5:
                body.append(f"{key} = {chance.uniform(least, most):.1f}")
        if kind != "return_slip":
            columns = ["name", *chance.sample(COLUMNS, chance.randint(0, 5))]
            body.append(f"columns = {list(dict.fromkeys(columns))}".replace("'", '"'))
            body.append(f"stacked = {chance.choice(['true', 'false'])}\nlines = {chance.randint(0, 9)}")
            body.append(f'qr = "{chance.choice(["none", "ship_number", "link"])}"')
            body.append('link = "https://shop.example/{number}?o={order}"')
        body.append(f'footer = "{"足" * chance.randint(0, 120)}"\nmessage = "{"ことば" * chance.randint(0, 90)}"')
        read = read_of(kind, "any", "\n".join(body))
        if not read.faults:
            return read.template


def any_templates(chance: random.Random, number: int) -> None:
    for _ in range(number):
        kind, size = chance.choice(KINDS), chance.choice(list(PaperSize))
        look, make = any_template(chance, kind), chance.choice([short, long, extreme, hostile])
        slip = replace(make(), page=size, gift=kind == "gift_slip", look=look)
        try:
            if kind == "invoice":
                done = render("invoice", invoice_of(slip, InvoiceRules(), date(2026, 7, 14)), JA)
            else:
                value: object = ReturnSlip(slip, look=look) if kind == "return_slip" else slip
                done = render("return_slip" if kind == "return_slip" else "packing_slip", value, JA)
        except StationError as error:
            if error.key not in ("paper.no_room", "paper.page_full"):
                raise
            continue
        shown = text_of(done.pdf).translate(_HYPHENS)
        names = [line.name for line in slip.lines if kind != "return_slip" or not line.parts]
        assert not counted([*names, slip.order_number, slip.ship_to.name]) - counted([shown]), (kind, size)
        inside(done, (kind, str(size), make.__name__))


@pytest.mark.parametrize("seed", range(4))
def test_any_template_gives_whole_papers(seed: int) -> None:
    any_templates(random.Random(seed), 5)


@pytest.mark.long
def test_a_thousand_templates_give_whole_papers() -> None:
    any_templates(random.Random(99), 1000)


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("size", [size for size in PaperSize if size.dpi])
def test_bars_stand_on_the_dots_of_the_printer_that_they_go_to(size: PaperSize, dpi: int) -> None:
    paper = for_dots(Paper("packing_slip", replace(short(), page=size), "ja"), dpi)
    with pypdfium2.PdfDocument(paper.draw().pdf) as document:
        page = document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    (bars,) = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.Code128)
    middle = (bars.position.top_left.y + bars.position.bottom_left.y) // 2
    row = page.crop((bars.position.top_left.x - 2, middle, bars.position.top_right.x + 3, middle + 1)).tobytes()
    assert all(dot < 4 or dot > 251 for dot in row)
