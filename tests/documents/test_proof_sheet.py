"""The proof as a PDF: one page with much on it, a code that says order and hash, both languages."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from app.documents import proof_sheet
from app.domain.proof import Proof, ProofChain, ProofLine, ProofRow, ProofSheet, code_of, digest
from app.text import texts

HASH = "ab" * 32


WRONG = "違う商品です。箱に入れないでください。正しい商品をスキャンすると続きます。"
RIGHT = "有機抹茶パウダー 50g × 1（箱 2）"
FACTS = (
    ("店舗", "くもの雑貨店"),
    ("注文番号", "A-2001"),
    ("お届け先", "見＊＊＊　東京都渋谷区"),
    ("状態", "検品済み"),
)


def row(at):
    """One scan; every seventh is refused."""
    wrong = at % 7 == 6
    moment, where = 1_780_000_000_000 + 3000 * at, "検品台　台「3」　佐藤 美咲"
    return ProofRow(moment, "refused" if wrong else "ok", WRONG if wrong else RIGHT, "4599000000999", where=where)


def box(number):
    return (str(number), "60サイズ", "1,234 g", "1,228 ± 24 g", f"ヤマト 4444-1370-001{number}", "14")


def sheet_of(scans=40, lines=6, boxes=3, pictures=()):
    """A proof with every seventh scan refused."""
    goods = tuple(ProofLine(f"SKU-{n}", f"品物 {n}", f"Thing {n}", 7, 7 - (n == 1), int(n == 1)) for n in range(lines))
    whole = Proof(
        order="A-2001", ship_number="12-034", version=1, shop="くもの雑貨店", state="verified", receiver="見＊＊＊",
        town="東京都渋谷区", parcel=1, station="3", opened_at=1, closed_at=2, packers=("佐藤",), orders=("A-2001",),
        lines=goods, extras=(), boxes=(), waybills=(), unlabelled="", scans=(), overrides=(), papers=(), photos=(),
        handover=None, chains=(ProofChain("3", 2, 52, HASH),),
    )  # fmt: skip
    return ProofSheet(
        proof=whole,
        digest=digest(whole),
        code=code_of(whole),
        zone="Asia/Tokyo",
        rows=tuple(row(at) for at in range(scans)),
        facts=FACTS,
        boxes=tuple(box(number) for number in range(boxes)),
        notes=(("欠品", "ガラス茶漉し × 1", True), ("印刷した紙", "納品書", False)),
        pictures=pictures,
    )


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as opened:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)


def picture_of(pdf, scale=3):
    with pypdfium2.PdfDocument(pdf) as opened:
        return opened[0].render(scale=scale).to_pil()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_forty_scans_and_three_boxes_are_one_page(language):
    drawn = proof_sheet.render(sheet_of(), texts(language))
    assert drawn.pages == 1
    assert drawn.missing == ()
    text = text_of(drawn.pdf)
    assert text.count("4599000000999") == 5  # the refused ones say what was scanned
    assert digest(sheet_of().proof) in text.replace("\r\n", "")
    assert "2–52" in text or "2～52" in text


def test_a_word_stands_with_every_sign():
    text = text_of(proof_sheet.render(sheet_of(14), texts("ja")).pdf)
    assert (text.count("不可"), text.count("OK")) == (3, 12)  # one of each in the counts or the heading


def test_the_code_says_the_order_and_the_hash():
    value = sheet_of()
    found = zxingcpp.read_barcodes(picture_of(proof_sheet.render(value, texts("ja")).pdf))
    assert [each.text for each in found] == [value.code]


def test_the_same_value_gives_the_same_bytes():
    assert proof_sheet.render(sheet_of(), texts("ja")).pdf == proof_sheet.render(sheet_of(), texts("ja")).pdf


def test_very_many_scans_are_set_smaller_and_go_on_on_a_second_page_without_losing_one():
    few, many = proof_sheet.render(sheet_of(90), texts("ja")), proof_sheet.render(sheet_of(400, 40), texts("ja"))
    assert few.pages == 1
    assert many.pages > 1
    assert text_of(many.pdf).count("4599000000999") == 57
    assert text_of(many.pdf).count("有機抹茶パウダー 50g") == 343


def test_a_parcel_without_scans_or_boxes_is_still_a_page():
    assert proof_sheet.render(replace(sheet_of(0, 0, 0), notes=()), texts("en")).pages == 1


def test_a_picture_that_cannot_be_read_is_left_out_with_its_words(tmp_path):
    broken = tmp_path / "x.jpg"
    broken.write_bytes(b"no picture")
    drawn = proof_sheet.render(sheet_of(pictures=((str(broken), "箱 1"), ("", "箱 2　別の台に保存"))), texts("ja"))
    assert drawn.unusable == (str(broken),)
    assert "別の台に保存" in text_of(drawn.pdf)


def test_long_texts_stay_on_the_page():
    value = sheet_of()
    long = "とても長い名前" * 30
    value = replace(
        value, facts=(("店舗", long), *value.facts[1:]), boxes=((*value.boxes[0][:1], long, *value.boxes[0][2:]),)
    )
    picture = picture_of(proof_sheet.render(value, texts("ja")).pdf, 1).convert("L")
    wide = picture.size[0]
    edge = picture.crop((wide - int(11 / 210 * wide), 0, wide, picture.size[1]))
    assert edge.getextrema() == (255, 255)
