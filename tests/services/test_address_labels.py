"""Address labels by the shipped template: on paper, in every printer language, and what does not fit."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from pyzbar import pyzbar

from app.domain.order_papers import AddressLabel, AddressLabels, LabelSize
from app.domain.orders import Address, ShipNumber
from app.domain.papers import Rendered
from app.services.label_drawing import rendered
from app.text import Texts
from tests.documents.makers import (
    LANGUAGES,
    SHIP_TO,
    SHOP,
    pictures,
    text_of,
    tight,
)

NUMBER = ShipNumber(12, 34)
LABEL = AddressLabel(SHOP, replace(SHIP_TO, phone="011-000-0000"), NUMBER, 1, "4360", "7月16日 午前中", "宅急便")
HARD = "\U00020bb7野家 髙橋 שלום مرحبا Ünïcödé 🎁 " + "長い名前" * 45


def _within(done: Rendered, edge: float = 2) -> None:
    with pypdfium2.PdfDocument(done.pdf) as document:
        for page in document:
            width, height = page.get_size()
            for item in page.get_objects():
                left, bottom, right, top = item.get_bounds()
                assert min(left, bottom, width - right, height - top) >= edge - 0.6


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
@pytest.mark.parametrize("size", LabelSize)
def test_the_address_label_says_who_what_and_when(size: LabelSize, words: Texts) -> None:
    done = rendered(AddressLabels((LABEL,), size), words.language)
    shown = tight(text_of(done.pdf))
    for part in ("〒060-0001", "北海道札幌市中央区", "佐藤花子", "¥4,360", "7月16日午前中", "くもの雑貨店", "12-034",
                 "011-000-0000"):  # fmt: skip
        assert part in shown, part
    assert done.pages == 1


@pytest.mark.parametrize("number", [ShipNumber(12, 34), ShipNumber(1234567, 1234)])
@pytest.mark.parametrize("size", LabelSize)
def test_the_code_of_the_label_is_read_off_the_printers_own_dots(size: LabelSize, number: ShipNumber) -> None:
    done = rendered(AddressLabels((replace(LABEL, number=number, version=12),), size), "ja")
    picture = pictures(done.pdf, 300 if size is LabelSize.ROLL_62 else 203)[0]
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [number.coded(12)]
    assert {code.data.decode() for code in pyzbar.decode(picture)} == {number.coded(12)}


@pytest.mark.parametrize("size", LabelSize)
def test_what_does_not_fit_a_label_goes_on_on_another_one(size: LabelSize) -> None:
    hard = Address("名" * 400, "1500001", "東京都", "渋谷区", "丁" * 400, "0" * 60)
    done = rendered(AddressLabels((replace(LABEL, to=hard, wish="希" * 300),), size), "ja")
    shown = tight(text_of(done.pdf))
    assert (shown.count("名"), shown.count("丁"), shown.count("希")) == (400, 400, 302)  # twice in its own label
    assert done.pages > 1
    _within(done)


@pytest.mark.parametrize("size", LabelSize)
def test_hard_addresses_stay_on_the_label(size: LabelSize) -> None:
    hard = replace(SHIP_TO, name=HARD, street=HARD)
    label = replace(
        LABEL, to=hard, piece=10, pieces=12, copy_reason="紛失", delivery=HARD, sender=replace(SHOP, name=HARD)
    )
    done = rendered(AddressLabels((label,), size), "en")
    assert "🎁" in done.missing
    _within(done)


def test_an_address_abroad_is_written_street_first() -> None:
    abroad = Address("Ann Lee", "94103", "CA", "San Francisco", "1 Market St", "", "US")
    shown = text_of(rendered(AddressLabels((replace(LABEL, to=abroad, language="en"),)), "ja").pdf)
    assert "San Francisco CA 94103" in shown
    assert "Cash on delivery" in shown
