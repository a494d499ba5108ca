"""``kenpin print shelves|totes|carts|wall|zones`` and ``kenpin containers``: labels out, containers known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin
from tests.documents.makers import page_texts, pictures, text_of, zxing_codes


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    return Kenpin(tmp_path)


def test_printing_numbered_totes_makes_them_known(kenpin: Kenpin, tmp_path: Path) -> None:
    target = tmp_path / "totes.pdf"
    done = kenpin("print", "totes", "--from", "7", "--count", "12", "--digits", "2", "-o", target)
    assert (done.status, done.error) == (0, "12 may be used now (12 of them new).\n")
    codes = {code for picture in pictures(target.read_bytes()) for code in zxing_codes(picture)}
    assert codes == {f"KT-T-{n:02d}" for n in range(7, 19)}
    listed = kenpin("containers", "list", "--kind", "tote", "--free", "--json").json
    assert [each["code"] for each in listed] == [f"T-{n:02d}" for n in range(7, 19)]
    assert "1 may be used now (0 of them new)" in kenpin("print", "totes", "T-07", "-o", target).error
    assert kenpin(
        "containers", "list", "--used"
    ).out == "No tote, cart or wall slot yet. Make labels, for instance " + ("by kenpin print totes.\n")


def test_a_wall_has_a_label_for_each_slot(kenpin: Kenpin, tmp_path: Path) -> None:
    target = tmp_path / "wall.pdf"
    assert kenpin("print", "wall", "--rows", "2", "--columns", "5", "--form", "100x50", "-o", target).status == 0
    pages = page_texts(target.read_bytes())
    assert [page.partition("KW-")[2][:2] for page in pages] == [f"{row}{n}" for row in "AB" for n in range(1, 6)]
    assert [each["position"] for each in kenpin("containers", "list", "--json").json] == list(range(1, 11))


def test_labels_speak_the_language_of_the_shop_or_the_one_asked_for(kenpin: Kenpin, tmp_path: Path) -> None:
    target = tmp_path / "carts.pdf"
    assert kenpin("print", "carts", "C-1", "-o", target).status == 0  # --lang en
    assert "Cart" in text_of(target.read_bytes())
    kenpin.before = ()
    assert kenpin("print", "carts", "C-1", "-o", target).status == 0
    assert "カート" in text_of(target.read_bytes())


def test_a_japanese_shelf_is_said_to_have_a_qr_code_only(kenpin: Kenpin, tmp_path: Path) -> None:
    target = tmp_path / "shelves.pdf"
    done = kenpin("print", "shelves", "A-01", "冷蔵-1", "-o", target)
    assert done.status == 0
    assert done.error.startswith("1 have a QR code only (冷蔵-1)")
    assert "冷蔵-1" in text_of(target.read_bytes())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("totes",), "Name the codes, or give --count"),
        (("totes", "A", "--count", "3"), "Name the codes, or give --count"),
        (("totes", "--count", "300000"), "These numbers cannot be made."),
        (("wall", "--rows", "40", "--columns", "2"), "A sorting wall has 1 to 26 rows"),
        (("carts", "x" * 40), "cannot stand on a label"),
        (("shelves",), "There is no such shelf to print."),
        (("zones",), "The map names no zone."),
        (("job-list", "3-1"), 'There is no job "3-1".'),
        (("places", "nonsense"), 'There is no job "nonsense".'),
    ],
)
def test_what_cannot_be_printed_is_said_and_changes_nothing(
    kenpin: Kenpin, tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    done = kenpin("print", *given, "-o", tmp_path / "x.pdf")
    assert done.status != 0
    assert said in done.error
    assert not (tmp_path / "x.pdf").exists()
    assert kenpin("containers", "list", "--json").json == []


def test_a_free_tote_and_an_unknown_one_are_not_freed(kenpin: Kenpin, tmp_path: Path) -> None:
    kenpin("print", "totes", "T-1", "-o", tmp_path / "x.pdf")
    assert "free already" in kenpin("containers", "free", "KT-T-1").error
    assert "There is no tote" in kenpin("containers", "free", "T-2").error
    assert kenpin("verify").status == 0
