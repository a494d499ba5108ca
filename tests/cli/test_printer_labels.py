"""``kenpin print label``: one label in the language of a label printer."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.cli.kenpin import Kenpin
from tests.printers import machines
from tests.printing.raw_printer import RawPrinter

GOODS = "sku,name,jan\nTEA,有機ほうじ茶 30包,4901234567894\nCUP,ガラスのコップ,\n"


@pytest.fixture(scope="module")
def kenpin(tmp_path_factory: pytest.TempPathFactory) -> Kenpin:
    """One house with two products; no test changes what another one looks at."""
    kenpin = Kenpin(tmp_path_factory.mktemp("house"))
    assert kenpin("products", "import", kenpin.file("goods.csv", GOODS)).status == 0
    return kenpin


def read(picture: Image.Image) -> list[str]:
    return sorted(code.text for code in zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain))


def test_a_shelf_label_in_zpl_reads_back(kenpin: Kenpin, tmp_path: Path) -> None:
    target = tmp_path / "shelf.zpl"
    done = kenpin("print", "label", "shelf", "A-01", "--language", "zpl", "--dpi", "203", "-o", target)
    assert (done.status, done.out, done.error) == (0, "", "")
    assert read(machines.zpl(target.read_bytes(), 203)) == ["KS-A-01"]


def test_a_tote_is_made_known_with_its_label(kenpin: Kenpin, tmp_path: Path) -> None:
    target = tmp_path / "tote.tspl"
    done = kenpin("print", "label", "tote", "T-001", "--language", "tspl", "--size", "60x40", "-o", target)
    assert "1 may be used now (1 of them new)" in done.error
    assert read(machines.tspl(target.read_bytes(), 203)) == ["KT-T-001"]


def test_a_long_shelf_gets_a_qr_code_and_it_is_said(kenpin: Kenpin, tmp_path: Path) -> None:
    target = tmp_path / "shelf.png"
    done = kenpin("print", "label", "shelf", "冷蔵-1", "--language", "png", "--dpi", "300", "-o", target)
    assert done.error.startswith("1 have a QR code only (冷蔵-1)")
    assert read(Image.open(io.BytesIO(target.read_bytes()))) == ["KS-冷蔵-1"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ((), "4901234567894"),
        (("--template", "gs1-128", "--size", "100x50", "--lot", "L-7"), "010490123456789410L-7"),
        (("--template", "datamatrix", "--lot", "L-7", "--expiry", "2027年3月31日"), "01049012345678941727033110L-7"),
    ],
)
def test_a_product_gets_its_code(kenpin: Kenpin, tmp_path: Path, more: tuple[str, ...], code: str) -> None:
    target = tmp_path / "tea.zpl"
    done = kenpin("print", "label", "product", "TEA", *more, "-o", target)
    assert (done.status, done.error) == (0, "")
    assert [each.removeprefix("\x1d") for each in read(machines.zpl(target.read_bytes(), 203))] == [code]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("product", "NOPE"), 'There is no product "NOPE"'),
        (("product", "CUP"), "is no GTIN"),
        (("product", "TEA", "--lot", "1"), "has no place for a lot"),
        (("product", "TEA", "--template", "gs1-128", "--expiry", "soon"), "soon"),
        (("product", "TEA", "--template", "gs1-128", "--size", "60x40", "--lot", "L" * 15), "mm too wide at 203 dpi"),
        (("shelf", "A-1", "--language", "pcl"), "There is no printer language"),
        (("shelf", "A-1", "--dpi", "305"), "There are: 203, 300, 600"),
        (("shelf", "A-1", "--copies", "1000"), "Print 1 to 999 copies"),
        (("shelf", "A-1", "--size", "1x1"), "“1x1” is not one of 100x50"),
        (("shelf", "x" * 31), "cannot stand on a label"),
        (("carton", "NOPE"), "NOPE"),
    ],
)
def test_what_cannot_be_printed_is_said_and_writes_nothing(
    kenpin: Kenpin, tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    done = kenpin("print", "label", *given, "-o", tmp_path / "x")
    assert done.status != 0
    assert said in done.error
    assert not (tmp_path / "x").exists()


def test_labels_are_ordered_from_a_printer_of_the_house(kenpin: Kenpin) -> None:
    added = kenpin(
        "printers",
        "add",
        "ラベル機",
        "--address",
        "127.0.0.1:1",
        "--language",
        "zpl",
        "--dpi",
        "203",
        "--media",
        "60x40",
    )
    assert added.status == 0, added.error
    done = kenpin("print", "label", "tote", "T-8", "T-9", "--printer", "ラベル機", "--copies", "2")
    assert (done.status, done.out) == (0, "Labels waiting for ラベル機: 4.\n")
    assert "label" in kenpin("print", "jobs").out


def test_labels_come_out_though_no_window_is_open(kenpin: Kenpin) -> None:
    with RawPrinter("zpl") as printer:
        options = ("--address", printer.address, "--language", "zpl", "--dpi", "203", "--media", "60x40")
        assert kenpin("printers", "add", "二号機", *options).status == 0
        done = kenpin("print", "label", "tote", "T-8", "--printer", "二号機")
        assert (done.status, done.out) == (0, f"Labels waiting for 二号機: 1.\n  {printer.address}\n")
        assert [set(label.codes()) for label in printer.out] == [{"KT-T-8"}]
    job = kenpin("print", "jobs", "--json").json[0]
    assert (job["state"], job["settled_by"]) == ("confirmed", "printer")


@pytest.mark.parametrize(
    ("more", "said"),
    [((), "either --printer"), (("--printer", "x", "-o", "y"), "either --printer"), (("--printer", "x"), "“x”")],
)
def test_labels_want_a_printer_or_a_file(kenpin: Kenpin, more: tuple[str, ...], said: str) -> None:
    done = kenpin("print", "label", "tote", "T-1", *more)
    assert done.status != 0
    assert said in done.error
