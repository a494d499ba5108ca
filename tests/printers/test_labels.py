"""Random labels in every language: what comes out of the printer is what was laid out, and every code reads back."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageChops

from app.domain.label import Label, PrintOptions
from app.domain.label_dots import LaidOut, stopping
from app.errors import NotAllowed
from app.printers import escpos, pdf, png, sbpl, tspl, zpl
from app.printers._layout import lay_out
from tests.printers import machines
from tests.printers.making import ZBAR, codes_of, printed, random_label, zbar, zxing

PLAIN = PrintOptions()


def usable(seeds: range) -> list[tuple[int, Label, int, LaidOut]]:
    """The labels of these seeds that nothing stops; of every other one the language says the fault by name."""
    found = []
    for seed in seeds:
        label, dpi = random_label(random.Random(seed))
        laid = lay_out(label, dpi)
        fault = stopping(laid.faults)
        if fault is None:
            found.append((seed, label, dpi, laid))
            continue
        with pytest.raises(NotAllowed, match=fault.key):
            printed(zpl, label, dpi)
    assert len(found) > len(seeds) * 0.9
    return found


def looked_at(label: Label, dpi: int) -> Image.Image:
    return Image.open(io.BytesIO(printed(png, label, dpi))).convert("L")


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None


def check(seeds: range) -> int:
    """Print each label in each language, compare dot by dot, and read every code by each decoder that knows it."""
    read = 0
    for seed, label, dpi, laid in usable(seeds):
        meant = looked_at(label, dpi)
        assert same(machines.zpl(printed(zpl, label, dpi), dpi), meant), (seed, "zpl")
        assert same(machines.tspl(printed(tspl, label, dpi), dpi), meant), (seed, "tspl")
        assert same(machines.sbpl(printed(sbpl, label, dpi), dpi, meant.size), meant), (seed, "sbpl")
        (roll,) = machines.escpos(printed(escpos, label, dpi))
        assert same(roll.crop((0, 0, *meant.size)), meant), (seed, "escpos")
        (page,) = machines.pdf(printed(pdf, label, dpi), dpi)
        assert page.size == meant.size, (seed, "pdf")
        for code in codes_of(label, laid):
            assert zxing(meant, code) == code.text, (seed, code)
            assert zxing(page, code) == code.text, (seed, "pdf", code)
            if code.symbology in ZBAR:
                assert zbar(meant, code) == code.text, (seed, code)
            read += 1
    return read


@pytest.mark.parametrize("seeds", [range(100), range(100, 205)])
def test_every_language_prints_the_same_dots_and_500_codes_read_back(seeds: range) -> None:
    # Six languages: four are compared dot by dot with the picture that is read, the PDF is read by itself. It takes
    # some seconds, because 500 codes of each language is what is asked for.
    assert check(seeds) >= 250


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", range(1000, 1600, 100))
def test_600_labels_print_the_same_dots_in_every_language_and_read_back(first: int) -> None:
    assert check(range(first, first + 100)) > 100
