"""The ZPL printer of the tests itself: by the samples of the guide, and what it does about bytes that are wrong."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageChops

from app.domain.label import Box, Code, Label, Symbology, Text
from app.printers import png, zpl
from app.printers._layout import lay_out
from tests.printers import machines
from tests.printers import zpl as zebra
from tests.printers.making import codes_of, printed, zbar, zxing

HEAD = "^XA^CI28^PON^PMN^LRN^FWN^LH0,0^PW200^LL40\n"
FOOT = "^PQ1^XZ\n"
LABEL = Label(
    100,
    60,
    (
        Box(1, 1, 98, 58),
        Text(3, 3, 60, 6, "有機ほうじ茶", 4),
        Code(3, 12, 94, 14, "KS-A-0123", text_below=False),
        Code(3, 28, 94, 14, "14912345678901", Symbology.ITF14, text_below=False),
        Code(3, 44, 94, 12, "A40156B", Symbology.NW7, text_below=False),
    ),
)


def field(*commands: str, head: str = HEAD) -> np.ndarray:
    """The dots of a label of 200 × 40 with these fields."""
    return zebra.printed((head + "".join(commands) + FOOT).encode(), 203)


def digits(data: str, stride: int) -> list[str]:
    return zebra._unpacked(data, stride * 2)


# --- by the guide -------------------------------------------------------------------------------------------------


def test_counts_repeat_the_next_digit_and_add_up() -> None:
    assert digits("M6A", 4) == ["6666666A"]
    assert digits("hB", 20) == ["B" * 40]
    assert digits("vMBF", 164) == digits("MvBF", 164) == ["B" * 327 + "F"]


def test_the_triangle_of_the_guide_is_the_same_packed_and_plain() -> None:
    plain = "F00000000000FF0000000000FFF000000000FFFFF0000000FFFFFF000000"
    assert digits("F0,FF,FFF0,FFFFF0,FFFFFF,", 6) == digits(plain, 6)
    assert digits("F0!:,:", 2) == ["F0FF", "F0FF", "0000", "0000"]


@pytest.mark.parametrize("data", ["F,", "FFF!", "M6I0", ":", "F:", "F", "g", "FFFFx"])
def test_what_the_guide_does_not_say_of_a_graphic_is_refused(data: str) -> None:
    with pytest.raises(zebra.Refused):
        digits(data, 4)


def test_a_box_is_a_frame_drawn_inwards_from_its_origin() -> None:
    dots = field("^FO3,5^GB20,10,2^FS")
    assert dots.sum() == 20 * 10 - 16 * 6
    assert dots[5:15, 3:23].sum() == dots.sum()
    assert not dots[7:13, 5:21].any()


def test_the_home_of_the_label_moves_every_field() -> None:
    dots = field("^FO3,5^GB1,1,1^FS", head=HEAD.replace("^LH0,0", "^LH10,20"))
    assert np.argwhere(dots).tolist() == [[25, 13]]


def test_the_characters_of_code_128_are_eleven_modules_with_even_bars_and_all_different() -> None:
    patterns = [f"{each:011b}" for each in zebra._CODE128]
    assert len(set(patterns)) == 106
    for pattern in patterns:
        assert pattern[0] == "1"
        assert pattern[-1] == "0"
        assert pattern.count("1") % 2 == 0
        assert len(re.findall("1+|0+", pattern)) == 6


def test_sets_and_their_changes_give_the_symbol_characters() -> None:
    # GS1 General Specifications 5.4.7.3: start C, FNC 1; then to set B and back.
    assert zebra._code128_values(">;>80112>6A>599") == [105, 102, 1, 12, 100, 33, 99, 99]
    assert zebra._code128_values(">:a>0") == [104, 65, 30]


def test_the_check_character_counts_the_start_once_and_each_place_by_its_number() -> None:
    # ISO/IEC 15417, annex A: "AIM1234" in sets B and C.
    assert zebra._check128([104, 33, 41, 45, 99, 12, 34]) == (104 + 33 + 82 + 135 + 396 + 60 + 204) % 103


def test_a_code_is_as_wide_as_its_modules() -> None:
    dots = field("^FO0,0^BY1,3.0,10^BCN,10,N,N,N,N^FD>:A^FS")
    assert np.flatnonzero(dots.any(axis=0)).max() + 1 == 11 * 3 + 13
    assert dots[:10].any(axis=1).all()
    assert not dots[10:].any()


def test_wide_bars_are_the_ratio_times_the_narrow_ones() -> None:
    # Start and stop of interleaved 2 of 5: four narrow, and wide, narrow, narrow; a pair has four wide and six narrow.
    dots = field("^FO0,0^BY2,2.5,10^B2N,10,N,N,N^FD09^FS")
    assert np.flatnonzero(dots.any(axis=0)).max() + 1 == 2 * (4 + 6 + 2) + 5 * (4 + 1)


# --- what is refused ----------------------------------------------------------------------------------------------

BARS = "^BY2,3.0,10^BCN,10,N,N,N,N"


@pytest.mark.parametrize(
    "fields",
    [
        "^FO0,0^A0N,20,20^FDwords^FS",  # a font
        "^FO0,0^FDwords^FS",
        "^FO0,0^GB5,5,1,W^FS",
        "^FO0,0^GB5,5,6^FS",  # thicker than it is wide
        "^FO0,0^GB5,5,1",  # no ^FS
        "^GB5,5,1^FS",  # no ^FO
        "^FO196,0^GB5,5,1^FS",  # over the edge
        "^FO0,36^GB5,5,1^FS",
        "^FO0,0^GB5,5,1^GB5,5,1^FS",
        "^FO0,0^GFA,4,4,2,FFFF^FS",  # a row too few
        "^FO0,0^GFA,2,2,2,FFFFFFFF^FS",  # a row too many
        "^FO0,0^GFA,2,4,2,FFFFFFFF^FS",  # counts that differ
        "^FO0,0^GFB,2,2,2,AB^FS",
        "^FO0,0^GFA,2,2,2,FF~JA^FS",
        "^FO0,0^GFA,2,2,2,FF\nFF^FS",
        f"^FO0,0{BARS}^FS",  # no data
        f"^FO0,0{BARS}^FDA^FS",  # no start character
        f"^FO0,0{BARS}^FD>9A^FS",  # set A
        f"^FO0,0{BARS}^FD>;123^FS",  # half a pair
        f"^FO0,0{BARS}^FD>;1A^FS",
        f"^FO0,0{BARS}^FD>;12>512^FS",  # to the set that it is in
        f"^FO0,0{BARS}^FH_^FD>:_4^FS",
        f"^FO0,0{BARS}^FH_^FD>:_E3_81_82^FS",
        f"^FO0,0{BARS}^FH_^FD_3E:A^FS",
        "^FO0,0^BCN,10,N,N,N,N^FD>:A^FS",  # no ^BY
        "^FO0,0^BY11,3.0,10^BCN,10,N,N,N,N^FD>:A^FS",
        "^FO0,0^BY2,3.0,10^BCN,10,Y,N,N,N^FD>:A^FS",  # letters below
        "^FO0,0^BY2,3.0,10^BCN,10,N,N,N,A^FD12^FS",  # the printer's own choice of sets
        "^FO0,0^BY2,3.0,10^B2N,10,N,N,N^FD123^FS",
        "^FO0,0^BY2,3.0,10^B2N,10,N,N,Y^FD12^FS",  # the printer's own check digit
        "^FO0,0^BY3,2.5,10^B2N,10,N,N,N^FD12^FS",  # a wide bar of 7.5 dots
        "^FO0,0^BY2,3.5,10^B2N,10,N,N,N^FD12^FS",
        "^FO0,0^BY1,3.0,10^B3N,N,10,N,N^FD*A*^FS",
        "^FO0,0^BY1,3.0,10^BKN,N,10,N,N,A,A^FDA1A^FS",
        "^FO0,0^GB5,5,1^FS^LH1,1",  # behind the first field
        "^FO0,0^GB5,5,1^FS^XZ^XA",
    ],
)
def test_any_other_command_value_or_order_is_refused(fields: str) -> None:
    with pytest.raises(zebra.Refused):
        field(fields)


@pytest.mark.parametrize("name", ["CI28", "PON", "PMN", "LRN", "FWN", "LH0,0", "PW200", "LL40"])
def test_what_a_printer_keeps_from_the_label_before_must_be_said_anew(name: str) -> None:
    with pytest.raises(zebra.Refused):
        field("^FO0,0^GB5,5,1^FS", head=HEAD.replace(f"^{name}", ""))


# --- what we write, and faults planted in it ----------------------------------------------------------------------


def written(dpi: int = 203, label: Label = LABEL) -> bytes:
    return printed(zpl, label, dpi)


def planted(right: str, wrong: str | Callable[[re.Match[str]], str]) -> bytes:
    """The label with one place changed."""
    before = written().decode()
    after = re.sub(right, wrong, before, count=1)
    assert after != before, right
    return after.encode()


def differs(other: bytes) -> bool:
    """What the comparison dot by dot says."""
    one, two = (machines.zpl(each, 203) for each in (other, written()))
    return ImageChops.difference(one, two).getbbox() is not None


def test_the_label_itself_prints_and_reads_back() -> None:
    picture = machines.zpl(written(), 203)
    for code in codes_of(LABEL, lay_out(LABEL, 203)):
        assert zxing(picture, code) == zbar(picture, code) == code.text


def test_a_picture_of_more_bytes_than_a_graphic_may_have_comes_in_strips_without_a_seam() -> None:
    label = Label(100, 50, (Code(0, 0, 100, 40, "1", text_below=False),))
    assert written(600, label).count(b"^GFA") > 1
    meant = Image.open(io.BytesIO(printed(png, label, 600))).convert("L")
    assert ImageChops.difference(machines.zpl(written(600, label), 600), meant).getbbox() is None


def test_another_check_character_is_seen_and_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    code = codes_of(LABEL, lay_out(LABEL, 203))[0]
    right = zebra._check128
    meant = machines.zpl(written(), 203)
    monkeypatch.setattr(zebra, "_check128", lambda values: (right(values) + 1) % 103)
    picture = machines.zpl(written(), 203)
    assert ImageChops.difference(picture, meant).getbbox()
    assert zxing(picture, code) is None
    assert zbar(picture, code) is None


def test_another_check_digit_is_seen_and_read() -> None:
    code = codes_of(LABEL, lay_out(LABEL, 203))[1]
    wrong = planted(r"8901\^FS", "8902^FS")
    assert differs(wrong)
    assert zxing(machines.zpl(wrong, 203), code) != code.text


@pytest.mark.parametrize("command", ["GB", "GF", "BY5", "BY4", "BY7"])
def test_a_field_that_is_one_dot_off_is_seen(command: str) -> None:
    assert differs(planted(rf"\^FO(\d+),(\d+)(?=\^{command})", lambda found: f"^FO{int(found[1]) + 1},{found[2]}"))
    assert differs(planted(rf"\^FO(\d+),(\d+)(?=\^{command})", lambda found: f"^FO{found[1]},{int(found[2]) - 1}"))


@pytest.mark.parametrize("by", [-1, 1])
def test_a_run_that_is_one_off_is_refused_or_seen(by: int) -> None:
    runs = list(re.finditer(rb"(?<=[0-9A-F,!:])[H-X](?=[0-9A-F])", written()))
    assert len(runs) > 20
    for run in runs:
        wrong = bytearray(written())
        wrong[run.start()] += by
        try:
            assert differs(bytes(wrong))
        except zebra.Refused:
            continue


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("KS_2DA", "KS_2DB"),
        (r",A,B\^FH", ",A,C^FH"),
        (r"\^GB783", "^GB782"),
        (r"\^BY4,3.0", "^BY4,2.0"),
        (r"\^BY5", "^BY4"),
    ],
)
def test_another_value_is_seen(right: str, wrong: str) -> None:
    assert differs(planted(right, wrong))
