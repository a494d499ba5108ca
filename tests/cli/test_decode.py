"""`kenpin decode`: the codes of pictures, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.cli.kenpin import Kenpin

JAN = "4901234567894"


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    return Kenpin(tmp_path / "station")


def picture(path: Path, text: str, form: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.EAN13, **options) -> Path:
    code = memoryview(zxingcpp.create_barcode(text, form, **options).to_image(scale=4))
    high, wide = code.shape
    ground = Image.new("L", (wide + 80, high + 80), 255)
    ground.paste(Image.frombytes("L", (wide, high), code.tobytes()), (40, 40))
    ground.save(path)
    return path


def test_a_code_is_told_with_what_the_station_takes_it_for(kenpin: Kenpin, tmp_path: Path) -> None:
    shown = kenpin("decode", picture(tmp_path / "jan.png", JAN), "--json")
    assert shown.status == 0
    ((found,),) = [each["codes"] for each in shown.json["pictures"]]
    assert (found["text"], found["symbology"], found["gtin14"]) == (JAN, "ean-13", f"0{JAN}")
    assert (found["confirmed"], found["proven"]) == (False, False)
    assert "gtin" in [kind["kind"] for kind in found["kinds"]]
    assert len(found["corners"]) == 4


def test_it_is_confirmed_when_it_is_expected(kenpin: Kenpin, tmp_path: Path) -> None:
    image = picture(tmp_path / "jan.png", JAN)
    for expected, confirmed in ((JAN, True), ("4599990001013", False)):
        shown = kenpin("decode", image, "--json", "--expect", expected, "--expect", "4599990004014")
        assert [each["confirmed"] for each in shown.json["pictures"][0]["codes"]] == [confirmed]


def test_a_gs1_message_is_taken_apart(kenpin: Kenpin, tmp_path: Path) -> None:
    message = "(01)04901234567894(17)261231(10)AB12"
    image = picture(tmp_path / "gs1.png", message, zxingcpp.BarcodeFormat.DataMatrix, gs1=True)
    (found,) = kenpin("decode", image, "--json").json["pictures"][0]["codes"]
    assert found["gtin14"] == f"0{JAN}"
    assert found["proven"]
    (message_kind,) = [kind for kind in found["kinds"] if kind["kind"] == "gs1"]
    assert (message_kind["lot"], message_kind["expiry"]) == ("AB12", "2026-12-31")


def test_pictures_that_cannot_be_read_are_named_and_the_others_still_are(kenpin: Kenpin, tmp_path: Path) -> None:
    good, bad = picture(tmp_path / "jan.png", JAN), tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    shown = kenpin("decode", bad, good, tmp_path / "none.png", "--json")
    assert shown.status == 0
    first, second, third = shown.json["pictures"]
    assert "bad.png" in first["error"]
    assert second["error"] is None
    assert second["codes"][0]["text"] == JAN
    assert "none.png" in third["error"]
    assert kenpin("decode", bad).status == 1
    assert "bad.png" in kenpin("decode", bad).error


def test_in_words_it_says_what_is_not_sure(kenpin: Kenpin, tmp_path: Path) -> None:
    told = kenpin("decode", picture(tmp_path / "jan.png", JAN))
    assert JAN in told.out
    assert "unconfirmed" in told.out
    assert "未確認" in kenpin("--lang", "ja", "decode", tmp_path / "jan.png").out
    proven = kenpin("decode", picture(tmp_path / "slip.png", "KO-12-034-1", zxingcpp.BarcodeFormat.QRCode))
    assert "unconfirmed" not in proven.out
    assert "12-034" in proven.out
    Image.new("L", (100, 100), 255).save(tmp_path / "empty.png")
    assert "no code found" in kenpin("decode", tmp_path / "empty.png").out


def test_it_needs_no_database(kenpin: Kenpin, tmp_path: Path) -> None:
    kenpin("decode", picture(tmp_path / "jan.png", JAN))
    assert not (kenpin.folder / "kenpin.db").exists()
