"""Pages of papers as pictures."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from app.domain.label import Code, Label, Text
from app.errors import FileUnusable
from app.printers import pdf, png
from app.services.pages import each, pages
from app.services.pages import png as png_of
from tests.printers.making import printed

LABEL = Label(60, 40, (Text(2, 2, 56, 8, "有機ほうじ茶", 4), Code(2, 12, 56, 20, "KS-A-01-02-3", text_below=False)))


def test_bars_on_whole_dots_are_drawn_dot_by_dot() -> None:
    for dpi in (203, 300, 600):
        (page,) = pages(printed(pdf, LABEL, dpi), dpi)
        dots = Image.open(io.BytesIO(printed(png, LABEL, dpi))).convert("L")
        row = dots.height // 2
        assert (page.width, page.height) == dots.size
        drawn = page.grey[row * page.width : (row + 1) * page.width]
        assert bytes(0 if dot < 128 else 255 for dot in drawn) == dots.crop((0, row, dots.width, row + 1)).tobytes()
        assert all(dot < 8 or dot > 247 for dot in drawn)


def test_a_picture_of_a_page_is_a_png_of_its_size() -> None:
    made = pages(printed(pdf, LABEL, 203, 3), 100, count=2)
    assert len(made) == 2
    shown = Image.open(io.BytesIO(png_of(made[0])))
    assert shown.size == (made[0].width, made[0].height)
    assert shown.tobytes() == made[0].grey
    assert shown.getextrema() == (0, 255)


def test_only_the_pages_asked_for_are_drawn() -> None:
    paper = printed(pdf, LABEL, 203, 3)
    assert len(pages(paper, 50)) == 3
    assert len(pages(paper, 50, 2, 5)) == 1
    assert pages(paper, 50, 3) == ()
    assert tuple(each(paper, 50)) == pages(paper, 50)


@pytest.mark.parametrize("broken", [b"", b"no paper", b"%PDF-1.4\n", printed(pdf, LABEL, 203)[:300]])
def test_what_is_no_pdf_is_said(broken: bytes) -> None:
    with pytest.raises(FileUnusable, match=r"pages\.unreadable"):
        pages(broken, 203)


def test_a_page_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(FileUnusable, match=r"pages\.large"):
        pages(printed(pdf, LABEL, 203), 20_000)


def test_threads_take_turns() -> None:
    paper = printed(pdf, LABEL, 203, 2)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: pages(paper, 150), range(24)))
    assert all(found == made[0] for found in made)
