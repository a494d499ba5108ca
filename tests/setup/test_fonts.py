import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from app import fonts


@pytest.mark.parametrize("path", [fonts.regular(), fonts.bold(), fonts.fixed()], ids=lambda path: path.stem)
def test_own_reader_of_the_character_table_agrees_with_reportlab(path):
    known = TTFontFile(str(path)).charToGlyph
    starts, ends = fonts._ranges(path)
    mine = {code for start, end in zip(starts, ends, strict=True) for code in range(start, end + 1)}
    assert mine == {code for code, glyph in known.items() if glyph}


def test_every_sentence_of_a_slip_is_covered():
    assert fonts.covers("納品書 株式会社 髙﨑様 〒100-0001 東京都千代田区①-２〜３～４ ￥1,234 ㈱\n") == ()


def test_characters_the_font_lacks_are_named_once_and_in_order():
    assert fonts.covers("葛\U000e0100飾 𠮷野家の𠮷 📦") == ("\U000e0100", "𠮷", "📦")


def test_the_licence_travels_with_the_fonts():
    assert "SIL OPEN FONT LICENSE" in fonts.licence().read_text(encoding="utf-8")
    assert {path.name for path in fonts.licence().parent.glob("*.ttf")} == set(fonts.FILES)
