"""Pictures to codes: the ladder, pictures that are none, and what the figures of the folder must be."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from app.decoders import zbar, zxing
from app.domain.decoding import MATRIX
from app.errors import FileUnusable
from app.services import decoding
from app.services.decoding import MOST_PIXELS, decode, open_picture, plain, read_picture
from tests.bench.decode import by_pyzbar, by_zxing, pictures, same

JAN = "4901234567894"
FORMATS = zxingcpp.BarcodeFormat


def drawn(text: str, form=FORMATS.EAN13, scale: int = 3, **options: object) -> Image.Image:
    """A code on a white ground, in a room of its own."""
    code = memoryview(zxingcpp.create_barcode(text, form, **options).to_image(scale=scale))
    high, wide = code.shape
    ground = Image.new("L", (wide + 240, high + 240), 255)
    ground.paste(Image.frombytes("L", (wide, high), code.tobytes()), (120, 120))
    return ground


def texts(image: Image.Image, *expected: str) -> list[str]:
    return [found.look.text for found in decode(image, frozenset(expected))]


# --- what is read -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("angle", range(0, 180, 15))
def test_bars_are_read_at_every_angle(angle):
    turned = drawn(JAN).rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert texts(turned) == [JAN]


def test_the_first_decoder_alone_does_not_read_slanted_bars():
    turned = drawn(JAN).rotate(45, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert by_zxing(turned) == []


def test_small_and_blurred_bars_are_read():
    small = drawn(JAN, scale=2).resize((420, 300), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1.0))
    assert by_zxing(small) == []
    assert texts(small) == [JAN]


def test_no_short_code_is_read_out_of_a_long_blurred_one():
    small = drawn(JAN, scale=2).resize((300, 214), Image.Resampling.BOX)
    for blur in (0.7, 0.8, 0.9, 1.0):
        assert texts(small.filter(ImageFilter.GaussianBlur(blur))) in ([], [JAN]), blur


def test_a_code_cut_out_without_its_quiet_zone_is_read():
    code = memoryview(zxingcpp.create_barcode("KS-A-01-02", FORMATS.DataMatrix).to_image(add_quiet_zones=False))
    bare = Image.frombytes("L", (code.shape[1], code.shape[0]), code.tobytes())
    assert texts(bare.resize((bare.width * 5, bare.height * 5), Image.Resampling.NEAREST)) == ["KS-A-01-02"]


def test_a_transparent_ground_is_paper():
    code = drawn(JAN)
    clear = Image.merge("LA", (code.point(lambda _: 0), code.point(lambda dot: 255 - dot)))
    assert texts(clear) == [JAN]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I", "I;16", "F"])
def test_every_kind_of_picture_is_read(mode):
    code = drawn(JAN)
    if mode == "I;16":
        deep = Image.frombytes("I;16", code.size, b"".join(struct.pack("<H", dot * 257) for dot in code.tobytes()))
    else:
        deep = code.convert(mode)
    assert texts(deep) == [JAN]


def test_all_codes_of_a_picture_are_reported():
    two = Image.new("L", (800, 900), 255)
    two.paste(drawn(JAN), (0, 0))
    two.paste(drawn("KO-12-034-1", FORMATS.QRCode, scale=6), (0, 420))
    assert sorted(texts(two)) == [JAN, "KO-12-034-1"]


def test_corners_are_where_the_code_is():
    image = drawn(JAN)
    for shown in (image, image.rotate(30, Image.Resampling.BICUBIC, expand=True, fillcolor=255)):
        (found,) = decode(shown)
        middle = [sum(corner[at] for corner in found.look.corners) / 4 for at in (0, 1)]
        assert middle == pytest.approx([shown.width / 2, shown.height / 2], abs=30)


def test_a_book_of_which_the_first_look_sees_the_lower_code_only_is_looked_at_again(monkeypatch):
    two = Image.new("L", (560, 620), 255)
    two.paste(drawn("9784872348880"), (0, 0))
    two.paste(drawn("1920081045006"), (0, 250))
    read = zxing.read

    def lower(view, way=zxing.WAYS[0], **more):
        return [look for look in read(view, way, **more) if look.text.startswith("192")]

    monkeypatch.setattr(zxing, "read", lower)
    assert sorted(texts(two)) == ["1920081045006", "9784872348880"]


SYMBOLS = [
    (FORMATS.Code128, "KO-12-034-1", "code-128"),
    (FORMATS.Code39, "ABC-123", "code-39"),
    (FORMATS.Code93, "ABC-123", "code-93"),
    (FORMATS.Codabar, "A123456789012A", "codabar"),
    (FORMATS.ITF, "14901234567891", "itf"),
    (FORMATS.EAN8, "49123456", "ean-8"),
    (FORMATS.DataBarOmni, "0104901234567894", "databar"),
    (FORMATS.DataBarStk, "0104901234567894", "databar"),
    (FORMATS.DataBarStkOmni, "0104901234567894", "databar"),
    (FORMATS.DataBarLtd, "0104901234567894", "databar-limited"),
    (FORMATS.DataBarExpStk, "(01)04901234567894", "databar-expanded"),
    (FORMATS.QRCode, "KO-12-034-1", "qr"),
    (FORMATS.MicroQRCode, "1234", "micro-qr"),
    (FORMATS.RMQRCode, "KO-12-034-1", "rmqr"),
    (FORMATS.DataMatrix, "KO-12-034-1", "datamatrix"),
    (FORMATS.Aztec, "KO-12-034-1", "aztec"),
    (FORMATS.PDF417, "KO-12-034-1", "pdf417"),
    (FORMATS.MaxiCode, "KO-12-034-1", "maxicode"),
]


@pytest.mark.parametrize(("form", "text", "symbology"), SYMBOLS, ids=lambda value: str(value)[:20])
def test_every_symbol_on_goods_is_read_and_named(form, text, symbology):
    (found,) = decode(drawn(text, form, scale=5))
    assert (found.look.text, found.look.symbology) == (text.replace("(01)", "01"), symbology)
    assert found.proven == (symbology in MATRIX)


# --- texts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [FORMATS.QRCode, FORMATS.DataMatrix])
def test_japanese_text_in_a_2d_code_is_right(form):
    assert texts(drawn("出荷 12-034", form, scale=5)) == ["出荷 12-034"]


@pytest.mark.parametrize(
    ("form", "identifiers"),
    [
        (FORMATS.Code128, {"C1"}),
        (FORMATS.QRCode, {"Q3"}),
        (FORMATS.DataMatrix, {"d2", "d8"}),
        (FORMATS.DataBarExp, {"e0"}),
    ],
)
def test_gs1_comes_with_its_separators_and_identifier(form, identifiers):
    message = "(01)04901234567894(17)261231(10)AB12(21)XYZ"
    (found,) = decode(drawn(message, form, scale=4, gs1=True))
    assert found.look.text == "010490123456789417261231" + "10AB12\x1d21XYZ"
    assert found.look.identifier in identifiers
    said = plain(found)
    assert said["gtin14"] == "04901234567894"
    assert {"lot": "AB12", "serial": "XYZ", "expiry": "2026-12-31"}.items() <= said["kinds"][0].items()


def test_upce_comes_as_the_number_that_it_stands_for():
    for decoder in (zxing, zbar):
        (look,) = decoder.read(decoding.whole(drawn("04965802", FORMATS.UPCE)))
        assert (look.text, look.symbology) == ("0049000006582", "upc-e"), decoder.ID


def test_zbar_is_not_asked_for_what_it_garbles():
    assert zbar.read(decoding.whole(drawn("出荷", FORMATS.QRCode, scale=5))) == []
    assert [look.text for look in zbar.read(decoding.whole(drawn("KP-DONE", FORMATS.QRCode, scale=5)))] == ["KP-DONE"]


# --- trust --------------------------------------------------------------------------------------------------------


def test_bars_are_confirmed_only_by_an_order_that_expects_them():
    image = drawn(JAN)
    assert [found.confirmed for found in decode(image)] == [False]
    assert [found.confirmed for found in decode(image, frozenset({"0" + JAN}))] == [True]
    assert [found.confirmed for found in decode(image, frozenset({"04599990001013"}))] == [False]


def test_a_case_code_is_an_itf_with_fourteen_digits():
    (found,) = decode(drawn("14901234567891", FORMATS.ITF))
    assert plain(found)["gtin14"] == "14901234567891"
    (short,) = decode(drawn("0829220875", FORMATS.ITF))
    assert plain(short)["gtin14"] is None
    assert not short.confirmed


def test_only_the_first_look_is_taken_where_there_is_no_time():
    turned = drawn(JAN).rotate(45, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert decode(turned, patience=0) == ()


def test_without_zbar_the_first_decoder_goes_on_alone(monkeypatch):
    monkeypatch.setattr(decoding, "decoders", lambda: (zxing,))
    turned = drawn(JAN).rotate(45, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert texts(turned) == [JAN]


@given(st.integers(1, 40), st.integers(1, 40), st.binary(min_size=16, max_size=64))
def test_no_small_picture_crashes(width, height, seed):
    image = Image.frombytes("L", (width, height), (seed * (width * height // len(seed) + 1))[: width * height])
    assert all(found.look.symbology in MATRIX or not found.confirmed for found in decode(image, patience=0.2))


# --- files --------------------------------------------------------------------------------------------------------


def _png_header(width: int, height: int) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 99)) + part(b"IEND", b"")


def test_files_that_are_no_usable_picture_are_named_with_the_reason(tmp_path):
    good = tmp_path / "good.png"
    drawn(JAN).save(good)
    cases = {
        "text.png": (b"no picture at all", "picture.unknown"),
        "empty.png": (b"", "picture.unknown"),
        "cut.png": (good.read_bytes()[:-300], "picture.broken"),
        "bomb.png": (_png_header(60_000, 60_000), "picture.too_large"),
        "huge.png": (_png_header(2**31 - 1, 2**31 - 1), "picture.too_large"),
    }
    for name, (content, key) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(FileUnusable) as refused:
            open_picture(path)
        assert refused.value.key == key, name
        assert refused.value.args_["file"] == name
    for missing in (tmp_path / "nothing.png", tmp_path):
        with pytest.raises(FileUnusable) as refused:
            open_picture(missing)
        assert refused.value.key == "file.missing"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.png"
    path.write_bytes(_png_header(8_000, MOST_PIXELS // 8_000 + 1))
    with pytest.raises(FileUnusable) as refused:
        open_picture(path)
    assert refused.value.key == "picture.too_large"


@given(st.data())
def test_a_damaged_file_never_crashes(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "damaged.png"
    good = path.with_name("whole.png")
    if not good.exists():
        drawn(JAN, scale=1).save(good)
    content = bytearray(good.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        image = open_picture(path)
    except FileUnusable:
        return
    decode(image, patience=0)


# --- the folder of pictures ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "barcodes"


@pytest.mark.filterwarnings("ignore:Palette images")
@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(("step", "more"), [(5, (2, 1)), pytest.param(2, (10, 6), marks=pytest.mark.long)])
def test_ours_reads_whatever_either_decoder_reads_and_nothing_where_nothing_may_be_read(folder, step, more):
    read = union = goods = goods_union = 0
    for picture in pictures(folder)[::step]:  # `make bench-decode` has them all
        image = open_picture(folder / picture.file)
        ours = texts(image)
        if not picture.text:
            assert ours == [], picture.file
            continue
        if not picture.known:
            continue
        one = any(same(picture, text) for text in ours)
        either = any(same(picture, text) for text in (*by_zxing(image), *by_pyzbar(image)))
        assert one or not either, picture.file
        read, union = read + one, union + either
        if picture.gtin14:
            goods, goods_union = goods + one, goods_union + either
    assert read - union >= more[0]
    assert goods - goods_union >= more[1]


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("step", [9, pytest.param(3, marks=pytest.mark.long)])
def test_no_wrong_code_is_confirmed_beside_the_true_one(folder, step):
    listed = [each for each in pictures(folder) if each.gtin14]
    every = frozenset(each.gtin14 for each in listed)
    confirmed = 0
    for picture in listed[::step]:
        found = [each for each in read_picture(folder / picture.file, every) if each.confirmed]
        assert all(same(picture, each.look.text) for each in found), picture.file
        confirmed += bool(found)
    assert confirmed > len(listed[::step]) * 0.8
