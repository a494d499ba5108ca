"""``kenpin explain``: what the station understands, in words, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.gtin import check_digit
from tests.cli.kenpin import Kenpin

GS1 = "]C1010459999000101315270400" + "3103000500" + "10ABC121" + "7261231"
CODES = [
    GS1,
    "4599990001013",
    "14599990001010",
    "2123450003505"[:12] + check_digit("212345000350"),
    "491012345678" + check_digit("491012345678") + "01234",
    "192019301200" + check_digit("192019301200"),
    "https://id.gs1.org/01/04599990001013/10/A1",
    "02045999900010133712",
    "00106141412345678908",
    "KP-DONE",
    "KO-12-034-1",
    "KS-A-01",
    "KU-101",
    "A444413758703A",
    "SKU-1",
    "]C1010459999000101310" + "A" * 30,
    "010459999000101330" + "0",
]


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    return Kenpin(tmp_path)


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.long)])
def test_every_kind_of_code_is_told_in_words(kenpin: Kenpin, language: str) -> None:
    kenpin("products", "import", kenpin.file("p.csv", "sku,name,code\nT-1,Tea,4599990001013\nF-1,Fish,2123450000009\n"))
    kenpin.before = ("--lang", language)
    for code in CODES:
        told = kenpin("explain", code)
        for key in ("cli.", "explain.", "command.", "{"):
            assert key not in told.out, told.out
        assert told.out.count("\n") >= 2


def test_a_message_is_told_element_by_element(kenpin: Kenpin) -> None:
    kenpin("products", "import", kenpin.file("p.csv", "sku,name,code\nT-1,Tea,4599990001013\n"))
    told = kenpin("explain", GS1).out
    assert "GS1-128" in told
    assert "(15) best before: 270400 = 2027-04-30" in told
    assert "(3103) net weight (kg): 000500 = 0.500" in told
    assert "(10)ABC12(17)261231" in told
    assert "T-1" in told


def test_a_code_on_two_products_is_told(kenpin: Kenpin) -> None:
    kenpin("products", "import", kenpin.file("p.csv", "sku,name,code\nA,Tea,4599990001013\nB,Cup,4599990001013\n"))
    told = kenpin("explain", "4599990001013").out
    assert "Several products have this code" in told
