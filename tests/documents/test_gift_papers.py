"""Noshi and cards: written from the top down, long names made smaller, the code on the strip only."""

from dataclasses import replace

import pypdfium2
import pytest
from PIL import ImageChops

from app.documents import render
from app.documents._gift_strip import STRIP
from app.documents.noshi_paper import SIZES
from app.domain.gift_papers import GiftCard, GiftCards, NoshiPaper, NoshiPapers
from app.domain.noshi import LONGEST_MESSAGE, LONGEST_NAME, LONGEST_TITLE, Cover, Knot
from app.domain.orders import ShipNumber
from tests.documents.makers import JA, pictures, zxing_codes

NUMBER = ShipNumber(12, 34)
PAPER = NoshiPaper("KN-57", NUMBER, Knot.BOW, "御祝", ("山田",))


def drawn(**more):
    return render("noshi", NoshiPapers((replace(PAPER, **more),)), JA)


def places(pdf, page=0):
    """Every character with its middle, in millimetres from the top left."""
    text = pypdfium2.PdfDocument(pdf)[page].get_textpage()
    high = pypdfium2.PdfDocument(pdf)[page].get_height()
    found = []
    for at in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(at)
        mm = 25.4 / 72
        found.append((text.get_text_range(at, 1), (left + right) / 2 * mm, (high - (top + bottom) / 2) * mm))
    return found


def face(pdf, size="A5", scale=2.0):
    """The paper without its strip, as a picture."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("RGB")
    return picture.crop((0, 0, picture.width, int(picture.height * (1 - (STRIP + 0.6) / SIZES[size][1]))))


def codes(made):
    """Every code that a reader finds on the paper."""
    return {code for picture in pictures(made.pdf) for code in zxing_codes(picture)}


def red(picture):
    return sum(number for number, (r, g, b) in picture.getcolors(1 << 24) if r > 150 and g < 90 and b < 90)


def test_title_and_name_stand_one_above_the_other_in_the_middle():
    wide, high = SIZES["A5"]
    found = {char: (x, y) for char, x, y in places(drawn().pdf) if y < high - STRIP}
    for char in "御祝山田":
        assert found[char][0] == pytest.approx(wide / 2, abs=1.5)
    heights = [found[char][1] for char in "御祝山田"]
    assert heights == sorted(heights)
    knot = (high - STRIP) / 2
    assert heights[1] < knot - 8
    assert heights[2] > knot + 8


def test_three_names_stand_side_by_side_the_first_at_the_right():
    found = {char: x for char, x, y in places(drawn(names=("髙橋", "鈴木", "田中")).pdf) if y < SIZES["A5"][1] - STRIP}
    assert found["髙"] == pytest.approx(found["橋"], abs=1.0)
    assert found["髙"] > found["鈴"] > found["田"]
    assert found["鈴"] == pytest.approx(SIZES["A5"][0] / 2, abs=1.0)


@pytest.mark.parametrize("size", SIZES)
def test_the_longest_texts_stay_on_the_face_of_every_size(size):
    wide, high = SIZES[size]
    pdf = drawn(size=size, title="祝" * LONGEST_TITLE, names=("山" * LONGEST_NAME,) * 3).pdf
    page = pypdfium2.PdfDocument(pdf)[0]
    assert (page.get_width() * 25.4 / 72, page.get_height() * 25.4 / 72) == pytest.approx((wide, high), abs=0.1)
    on_face = [(x, y) for char, x, y in places(pdf) if char == "山"]
    assert len(on_face) == 3 * LONGEST_NAME
    assert all(wide * 0.3 < x < wide * 0.7 and high * 0.5 < y < high - STRIP for x, y in on_face)


def test_a_long_company_takes_several_columns():
    found = places(drawn(names=("株式会社見本商事 代表取締役 山田太郎",)).pdf)
    x = {char: round(x) for char, x, _ in found}
    assert x["株"] > x["代"] > x["山"]


def test_long_sounds_and_brackets_are_turned():
    """A long sound is a standing stroke: as a picture it is higher than wide."""
    with_bar, without = (face(drawn(knot=Knot.PLAIN, title="", names=(name,)).pdf) for name in ("ー", ""))
    box = ImageChops.difference(with_bar, without).getbbox()
    assert box
    assert box[3] - box[1] > 2 * (box[2] - box[0])
    bracket = ImageChops.difference(face(drawn(knot=Knot.PLAIN, title="", names=("（",)).pdf), without).getbbox()
    assert bracket
    assert bracket[2] - bracket[0] > 1.5 * (bracket[3] - bracket[1])


def test_a_name_with_the_other_form_of_yoshi_is_put_together_and_not_missing():
    made = drawn(names=("\U00020bb7田",))
    assert made.missing == ()
    assert ImageChops.difference(face(made.pdf), face(drawn(names=("吉田",)).pdf)).getbbox()


def test_hostile_names_are_drawn_or_said():
    made = drawn(title="<b>%s&", names=("😀\u202e田\n中", "a" * 30, "）" * 30))
    assert made.missing == ("😀",)
    assert made.pages == 1
    assert codes(made) == {"KN-57"}


@pytest.mark.parametrize(
    ("knot", "title", "is_red"),
    [
        (Knot.BOW, "御祝", True),
        (Knot.TIED, "寿", True),
        (Knot.YELLOW, "志", False),
        (Knot.BLACK, "志", False),
        (Knot.PLAIN, "", False),
    ],
)
def test_only_knots_of_joy_are_red(knot, title, is_red):
    assert (red(face(drawn(knot=knot, title=title).pdf)) > 1000) is is_red


def test_the_sick_get_no_ornament():
    with_one, without = (red(face(drawn(knot=Knot.TIED, title=title, names=()).pdf)) for title in ("快気祝", "御見舞"))
    assert with_one > without


def test_code_and_ship_number_stand_on_the_strip_only():
    made = drawn(cover=Cover.OUTER, copy_reason="紛失")
    assert codes(made) == {"KN-57"}
    top = SIZES["A5"][1] - STRIP
    on_face = [char for char, _, y in places(made.pdf) if y < top and char.strip()]
    assert sorted(on_face) == sorted("御祝山田")


def test_a_batch_is_one_page_a_paper_in_its_sequence():
    made = render(
        "noshi", NoshiPapers((PAPER, replace(PAPER, code="KN-58"), replace(PAPER, code="KN-59", size="A4"))), JA
    )
    assert made.pages == 3
    assert [list(zxing_codes(picture)) for picture in pictures(made.pdf)] == [["KN-57"], ["KN-58"], ["KN-59"]]


def test_the_longest_message_fits_its_card():
    made = render("gift_card", GiftCards((GiftCard("KN-9", NUMBER, "あ" * LONGEST_MESSAGE),)), JA)
    assert sum(char == "あ" for char, _, y in places(made.pdf) if y < 105 - STRIP) == LONGEST_MESSAGE
    assert codes(made) == {"KN-9"}


def test_lines_of_a_message_are_kept():
    made = render("gift_card", GiftCards((GiftCard("KN-9", NUMBER, "おめでとう\n\n見本"),)), JA)
    y = {char: round(y) for char, _, y in places(made.pdf)}
    assert y["見"] > y["お"] + 15
