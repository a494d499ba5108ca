"""Every shipped template of labels: in every size, language of people and of printers, with any content.

What comes out of each printer is the same dot by dot, and the code reads back by each decoder that knows it.
"""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageChops

from app.documents._templates import shipped, shipped_names
from app.domain.label import DPIS, Symbology
from app.domain.label_dots import BarRow, CellGrid, LaidOut, TextLine
from app.domain.label_template_reader import read_label_template
from app.domain.label_templates import ADDRESS, FIELDS, LABELS, PERSON, PLACE, PRODUCT, STATION, LabelTemplate
from app.printers import escpos, pdf, png, sbpl, tspl, zpl
from app.services.label_drawing import laid
from app.services.label_samples import SAMPLES
from tests.printers import machines
from tests.printers.making import HOSTILE, PLAIN, ZBAR, Expected, zbar, zxing

TEMPLATES = [(paper, name) for paper in LABELS for name in shipped_names(paper)]
CODES = {ADDRESS: "KO-12-034-1", PLACE: "KS-A-01-2", PERSON: "KU-0007", STATION: "KB-PACK-1"}
HARD_CODES = {
    ADDRESS: "KO-1234567-1234-12",
    PLACE: "KS-冷蔵庫の奥-012345678",
    PERSON: "KU-A1B2C3D4E5F6",
    STATION: "KB-梱包台の一番",
}
GS1 = "01049012345678941727033110L2406"
FREE = {"code", "gtin", "gs1", "plain", "up", "down", "shelf", "tote", "cart", "slot", "carton", "rest"}
"""Fields whose text is ours, not a person's."""
NARROW = {
    "ship_number": "1234567-1234",
    "piece": "10 / 12",
    "postcode": "〒150-0001",
    "cod": "¥1,234,567,890",
    "copy": "再発行",
    "lot": "LOT-0123456789ABCDEF",
    "expiry": "2027-03-31",
    "delivery": "宅配便 " * 12,
}
"""Fields that are of some form, in their longest."""


def template_of(paper: str, name: str) -> LabelTemplate:
    body = shipped(paper, name)
    assert body is not None
    read = read_label_template(paper, body, name)
    assert read.faults == ()
    return read.template


def short(paper: str, language: str) -> dict[str, str]:
    """What an ordinary label says."""
    return dict(SAMPLES[paper][language])


def hard(paper: str, dice: random.Random) -> dict[str, str]:
    """What the worst label says: printer commands, 200 characters, characters that no font has."""
    values = {name: dice.choice(HOSTILE) for name in FIELDS[paper] if name not in FREE} | {
        name: text for name, text in NARROW.items() if name in FIELDS[paper]
    }
    if paper == PRODUCT:
        return values | {"gtin": "4901234567894", "gs1": GS1, "price": "¥" + "9" * 40}
    values["code"] = HARD_CODES[paper] if dice.random() < 0.5 else CODES[paper]
    if paper == PLACE:
        values |= {"shown": values["code"][3:], "up": dice.choice(("", "1")), "shelf": "1"}
    return values


def expected(label: LaidOut, values: dict[str, str]) -> Expected | None:
    """The code of a label, at its place."""
    for part in label.parts:
        if isinstance(part, BarRow):
            before, behind = (each * part.module for each in part.bars.quiet)
            box = (part.x - before, part.y, part.x + sum(part.widths) + behind, part.y + part.height)
            return Expected(part.symbology, part.bars.data, box)
        if isinstance(part, CellGrid):
            gs1 = "gs1" in values and len(part.rows) % 2 == 0  # a QR code has an odd number of cells
            quiet = part.cell * (1 if gs1 else 4)
            side = len(part.rows) * part.cell
            box = (part.x - quiet, part.y - quiet, part.x + side + quiet, part.y + side + quiet)
            kind = Symbology.GS1_DATAMATRIX if gs1 else Symbology.QR
            return Expected(kind, values["gs1"] if gs1 else values["code"], box)
    return None


def check(label: LaidOut, values: dict[str, str], *, code: bool) -> None:
    """Print a label in every language."""
    meant = Image.open(io.BytesIO(png.render([label], 1, PLAIN))).convert("L")
    (roll,) = machines.escpos(escpos.render([label], 1, PLAIN))
    printed = {
        "zpl": machines.zpl(zpl.render([label], 1, PLAIN), label.dpi),
        "tspl": machines.tspl(tspl.render([label], 1, PLAIN), label.dpi),
        "sbpl": machines.sbpl(sbpl.render([label], 1, PLAIN), label.dpi, meant.size),
        "escpos": roll.crop((0, 0, *meant.size)),
    }
    for language, picture in printed.items():
        assert picture.size == meant.size, language
        assert ImageChops.difference(picture, meant).getbbox() is None, language
    (page,) = machines.pdf(pdf.render([label], 1, PLAIN), label.dpi)
    assert page.size == meant.size
    found = expected(label, values)
    assert (found is not None) is code
    if found is not None:
        for picture in (meant, page):
            assert zxing(picture, found) == found.text
            if found.symbology in ZBAR:
                assert zbar(picture, found) == found.text


def sizes(template: LabelTemplate) -> list[tuple[float, float]]:
    return [(form.width, form.height) for form in template.forms.values()]


@pytest.mark.parametrize(("paper", "name"), TEMPLATES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_ordinary_label_stands_on_one_label_in_every_size_without_a_remark(
    paper: str, name: str, language: str
) -> None:
    template = template_of(paper, name)
    values = short(paper, language)
    for number, size in enumerate(sizes(template)):
        for dpi in DPIS[number % 2 : number % 2 + 2] if language == "ja" else DPIS[:1]:
            (label,) = laid(template, values, language, dpi, size)
            assert label.faults == ()
            check(label, values, code=True)


@pytest.mark.parametrize("dpi", DPIS)
def test_every_ship_number_finds_its_room_beside_its_code(dpi: int) -> None:
    """Bars and figures are of other widths in each number: the widest must not touch."""
    template = template_of(ADDRESS, "standard")
    for number in [f"{batch}-{sequence:03d}" for batch in (1, 9, 12, 144, 2026) for sequence in (1, 2, 34, 480, 999)]:
        for version in (1, 12):
            values = short(ADDRESS, "ja") | {"ship_number": number, "code": f"KO-{number}-{version}"}
            for size in sizes(template):
                for label in laid(template, values, "ja", dpi, size):
                    assert label.faults == (), (number, version, size, label.faults)


@pytest.mark.parametrize(("paper", "name"), TEMPLATES)
def test_a_hard_label_is_printed_whole_or_says_what_it_cut(paper: str, name: str) -> None:
    template = template_of(paper, name)
    dice = random.Random(f"{paper}{name}")
    for round_ in range(4):
        values = hard(paper, dice)
        size = sizes(template)[round_ % len(sizes(template))]
        found = laid(template, values, "ja", (203, 300)[round_ % 2], size)
        assert all(fault.key in ("label.no_glyph", "label.text_cut", "label.goes_on") for each in found
                   for fault in each.faults)  # fmt: skip
        check(found[0], values, code=True)
        for more in found[1:]:
            check(more, values, code=False)


@pytest.mark.parametrize("size", [(100.0, 150.0), (101.6, 152.4), (62.0, 0.0)])
def test_nothing_of_an_address_is_lost_however_long_it_is(size: tuple[float, float]) -> None:
    template = template_of(ADDRESS, "standard")
    marks = {"address": "丁", "name": "魚", "phone": "8", "sender": "貝", "wish": "犬", "delivery": "鳥"}
    values = short(ADDRESS, "ja") | {field: mark * 400 for field, mark in marks.items()} | {"copy": "再発行"}
    found = laid(template, values, "ja", 203, size)
    words = "".join(part.text for label in found for part in label.parts if isinstance(part, TextLine))
    assert {field: words.count(mark) for field, mark in marks.items()} == dict.fromkeys(marks, 400)
    assert len(found) > 1
    for label in found:
        assert {"12-034", "再発行"} <= {part.text for part in label.parts if isinstance(part, TextLine)}


@pytest.mark.parametrize("size", [(80.0, 50.0), (50.0, 30.0), (100.0, 100.0), (76.2, 50.8), (62.0, 0.0)])
@pytest.mark.parametrize(("paper", "name"), [each for each in TEMPLATES if each[0] != ADDRESS and each[1] != "gs1-128"])
def test_a_label_that_no_template_has_is_stretched(paper: str, name: str, size: tuple[float, float]) -> None:
    template = template_of(paper, name)
    values = short(paper, "ja")
    (label,) = laid(template, values, "ja", 300, size)
    meant = Image.open(io.BytesIO(png.render([label], 1, PLAIN))).convert("L")
    found = expected(label, values)
    assert found is not None
    assert zxing(meant, found) == found.text


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("paper", "name"), TEMPLATES)
def test_every_template_in_every_size_and_resolution_prints_any_content(paper: str, name: str) -> None:
    template = template_of(paper, name)
    dice = random.Random(f"long {paper}{name}")
    for size in [*sizes(template), (100.0, 100.0)]:
        for dpi in DPIS:
            for language in ("ja", "en"):
                for values in (short(paper, language), hard(paper, dice), hard(paper, dice)):
                    found = laid(template, values, language, dpi, size)
                    check(found[0], values, code=True)
