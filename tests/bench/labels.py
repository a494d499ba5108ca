"""Labels: how long one takes to write in each language, and whether the codes on random ones read back.

Times are processor time from the fields of a label to its bytes, of labels as a day has them: each has an address,
names and codes that nobody has drawn before, the shop that sends them and the words of the template stay; the fonts
are loaded, and most characters have been met. A label in ZPL may take 2 ms.

The decode rate counts codes on random labels with hostile content at 203, 300 and 600 dots an inch, looked at as the
printer would print them, by each decoder that knows the symbology; the printers are those of the tests, and what comes
out of TSPL, SBPL and ESC/POS is compared dot by dot with what comes out of ZPL.

The last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import process_time

from PIL import Image, ImageChops

from app.documents._templates import shipped
from app.domain import label_bars
from app.domain.gtin import check_digit
from app.domain.label import Label, PrintOptions
from app.domain.label_dots import LaidOut, stopping
from app.domain.label_template_reader import read_label_template
from app.domain.label_templates import ADDRESS, PLACE, PRODUCT
from app.domain.order_papers import AddressLabel
from app.domain.orders import Address, ShipNumber
from app.domain.papers import ShopBlock
from app.domain.place_labels import LabelKind, PlaceLabel
from app.printers import _ink, _layout, escpos, pdf, png, sbpl, tspl, zpl
from app.printers._layout import lay_out
from app.services import label_drawing, label_values
from app.text import texts
from tests.bench.measure import Row, Sample, note, show
from tests.printers import machines
from tests.printers.making import ZBAR, codes_of, printed, random_label, zbar, zxing

CODES = 10_000
LANGUAGES = {"zpl": zpl, "tspl": tspl, "sbpl": sbpl, "escpos": escpos, "png": png, "pdf": pdf}
MOST_ZPL = 0.002
PLAIN = PrintOptions()
_WORDS = (
    "有機",
    "ほうじ茶",
    "リネン",
    "クロス",
    "ガラス",
    "コップ",
    "木の",
    "お皿",
    "タオル",
    "石けん",
    "はちみつ",
    "玄米",
)


def day_of_labels(dice: random.Random, count: int) -> Iterator[tuple[str, Callable[[], tuple[LaidOut, ...]]]]:
    """Labels as a house prints them by the shipped templates, each with words of its own; called, they are laid out."""
    ja = texts("ja")
    for number in range(count):
        name = " ".join(dice.choices(_WORDS, k=3)) + f" {number}"
        gtin = f"49{number:010d}"
        shelf = PlaceLabel(
            LabelKind.SHELF, f"{dice.choice('ABCD')}-{number:04d}", "A", f"{number % 40:02d}", f"{number % 30:02d}", "3"
        )
        yield "shelf 100 × 50", _laid(PLACE, label_values.of_place(shelf, ja))
        goods = label_values.of_product(
            name, f"SKU-{number}", gtin + check_digit(gtin), lot=f"L{number}", expiry="2027-03-31", price="¥864"
        )
        yield "product 60 × 40", _laid(PRODUCT, goods, "datamatrix")
        yield "address 100 × 150", _laid(ADDRESS, label_values.of_address(_address(dice, number, name), ja))


def _laid(paper: str, values: label_values.Values, name: str = "standard") -> Callable[[], tuple[LaidOut, ...]]:
    body = shipped(paper, name)
    assert body is not None
    template = read_label_template(paper, body).template
    return lambda: label_drawing.laid(template, values, "ja", 203)


def _address(dice: random.Random, number: int, name: str) -> AddressLabel:
    """A full address label: one of several pieces, cash on delivery, a wish, a copy."""
    return AddressLabel(
        ShopBlock("くもの雑貨店", "530-0001", "大阪府大阪市北区梅田 1-1-1", "06-1234-5678"),
        Address(
            f"{dice.choice(_WORDS)} {number}",
            f"150{number:04d}",
            "東京都",
            "渋谷区",
            f"神宮前{dice.randint(1, 9)}-{number % 30}-{dice.randint(1, 99)} {name}ビル {number % 20} 階",
            f"03-{number:04d}-{dice.randint(1000, 9999)}",
        ),
        ShipNumber(12, number + 1),
        1,
        str(1000 + number),
        "7月16日 午前中",
        f"宅配便 {dice.choice((60, 80, 100))} サイズ",
        piece=1,
        pieces=2,
        copy_reason="damaged",
    )


@dataclass
class Found:
    """What came out."""

    times: dict[str, Sample] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    labels: int = 0
    differing: Counter[str] = field(default_factory=Counter)

    @property
    def json(self) -> dict[str, object]:
        return {
            "ms": {name: round(sample.p50 * 1000, 3) for name, sample in self.times.items()},
            "ms_p99": {name: round(sample.p99 * 1000, 3) for name, sample in self.times.items()},
            "bytes": {name: sum(sizes) // len(sizes) for name, sizes in self.sizes.items()},
            "labels": self.labels,
            "codes": sum(self.codes.values()),
            "missed": dict(self.missed),
            "differing": dict(self.differing),
        }


def time_languages(found: Found, count: int, seed: int) -> None:
    """Lay out and write each label once in each language, none of its words or codes known from before."""
    labels = list(day_of_labels(random.Random(seed), count))
    for name, tongue in LANGUAGES.items():
        for _, lay_out_ in labels[:30]:
            tongue.render(lay_out_(), 1, PLAIN)  # fonts, modules
        _forget()
        for kind, lay_out_ in labels[30:]:
            begin = process_time()
            written = tongue.render(lay_out_(), 1, PLAIN)
            took = process_time() - begin
            found.times.setdefault(f"{name} {kind}", Sample()).times.append(took)
            found.sizes.setdefault(f"{name} {kind}", []).append(len(written))


def _forget() -> None:
    """Drop the lines and codes that are kept: another language has just drawn the same ones."""
    for cached in (_layout._matrix, _ink._text, _ink._cells, _ink._shades, label_bars._bars, zpl._packed):
        cached.cache_clear()


def read_codes(found: Found, count: int, seed: int) -> None:
    """Print random labels until *count* codes were looked at."""
    number = seed * 1_000_000
    while sum(found.codes.values()) < count:
        number += 1
        label, dpi = random_label(random.Random(number))
        laid = lay_out(label, dpi)
        if stopping(laid.faults) is None:
            found.labels += 1
            _look(found, label, dpi, laid)
            if found.labels % 500 == 0:
                note(f"{sum(found.codes.values())} codes on {found.labels} labels")


def _look(found: Found, label: Label, dpi: int, laid: LaidOut) -> None:
    shown = machines.zpl(printed(zpl, label, dpi), dpi)
    others = {
        "png": Image.open(io.BytesIO(printed(png, label, dpi))).convert("L"),
        "tspl": machines.tspl(printed(tspl, label, dpi), dpi),
        "sbpl": machines.sbpl(printed(sbpl, label, dpi), dpi, shown.size),
        "escpos": machines.escpos(printed(escpos, label, dpi))[0].crop((0, 0, *shown.size)),
    }
    for name, picture in others.items():
        if picture.size != shown.size or ImageChops.difference(picture, shown).getbbox():
            found.differing[name] += 1
    for code in codes_of(label, laid):
        found.codes[str(code.symbology)] += 1
        if zxing(shown, code) != code.text:
            found.missed[f"zxing {code.symbology}"] += 1
        if code.symbology in ZBAR and zbar(shown, code) != code.text:
            found.missed[f"zbar {code.symbology}"] += 1


def run(quick: bool, seed: int) -> Found:
    """Measure both."""
    found = Found()
    time_languages(found, 20 if quick else 200, seed)
    read_codes(found, 300 if quick else CODES, seed)
    return found


def rows(found: Found) -> list[Row]:
    """The table."""
    out = [
        Row.absolute(f"label in {name}", sample, MOST_ZPL if name.startswith("zpl") else None, by="p50")
        for name, sample in found.times.items()
    ]
    total, missed = sum(found.codes.values()), sum(found.missed.values())
    out.append(
        Row(
            f"codes of {len(found.codes)} symbologies read back", f"{total}, {missed} not", goal="0 not", met=not missed
        )
    )
    wrong = sum(found.differing.values())
    out.append(Row(f"{found.labels} labels, dot by dot in 5 languages", f"{wrong} differ", goal="0", met=not wrong))
    return out


def measure(quick: bool, seed: int) -> list[Row]:
    """For ``make bench``."""
    return rows(run(quick, seed))


def main() -> int:
    """Measure and print the table and the JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    found = run(args.quick, args.seed)
    show(rows(found))
    print(json.dumps(found.json, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
