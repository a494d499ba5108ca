"""Papers as dots: bars to the dot, small grey text whole, pictures scattered, nothing light lost."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.domain.label import Code, Label, Symbology
from app.domain.label_dots import Dots, LaidOut
from app.errors import NotAllowed
from app.printers import pdf, png
from app.printers._ink import drawn
from app.printers._pages import dotted
from app.services.label_printing import of_pages
from app.services.pages import pages
from tests.printers.making import printed


def black(label: LaidOut) -> np.ndarray:
    return ~np.asarray(drawn(label).convert("1"))


def paper(draw, width: float = 50.0, height: float = 30.0) -> bytes:
    """A page of so many mm, and what *draw* puts on it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(width * 72 / 25.4, height * 72 / 25.4), invariant=True)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_bars_on_whole_dots_come_out_as_they_were_laid_out(dpi: int) -> None:
    codes = (
        Code(1, 1, 58, 14, "KO-12-034-1", text_below=False),
        Code(1, 16, 24, 23, "KO-12-034-1", Symbology.QR),
        Code(30, 16, 24, 23, "0104901234567894", Symbology.GS1_DATAMATRIX),
    )
    label = Label(60, 40, codes)
    meant = ~np.asarray(Image.open(io.BytesIO(printed(png, label, dpi))).convert("1"))
    (found,) = of_pages(pages(printed(pdf, label, dpi), dpi), dpi)
    assert (black(found) == meant).all()


def test_light_ink_is_scattered_and_dark_grey_is_black() -> None:
    def draw(canvas: Canvas) -> None:
        for number, shade in enumerate((0.33, 0.85, 0.96)):
            canvas.setFillGray(shade)
            canvas.rect(10 + number * 40, 20, 30, 30, stroke=0, fill=1)

    (found,) = of_pages(pages(paper(draw), 203), 203)
    dots = black(found)
    shares = [dots[-130:-70, round(x * 203 / 72) : round((x + 28) * 203 / 72)].mean() for x in (11, 51, 91)]
    assert shares[0] == 1
    assert 0.1 < shares[1] < 0.3
    assert shares[2] == 0


def test_a_picture_is_scattered_also_where_it_is_dark() -> None:
    slope = Image.fromarray(np.tile(np.linspace(0, 255, 100, dtype=np.uint8), (50, 1)))
    made = paper(lambda canvas: canvas.drawImage(ImageReader(slope), 20, 20, 100, 50))
    (page,) = pages(made, 203)
    ((left, top, right, bottom),) = page.pictures
    dots = black(of_pages([page], 203)[0])[top:bottom, left:right]
    quarters = [dots[:, at : at + dots.shape[1] // 4].mean() for at in range(0, dots.shape[1] - 8, dots.shape[1] // 4)]
    assert quarters == sorted(quarters, reverse=True)
    assert quarters[1] == pytest.approx(0.62, abs=0.06)


def test_an_empty_page_is_a_label_without_ink() -> None:
    (found,) = of_pages(pages(paper(lambda canvas: None), 203), 203)
    assert found.parts == ()
    assert (found.width, found.height) == (400, 240)


def test_white_between_what_is_printed_is_not_sent() -> None:
    grey = np.full((400, 300), 255, dtype=np.uint8)
    grey[10:20, 40:50] = 0
    grey[300:305, 100:290] = 0
    made = dotted(300, 400, grey.tobytes(), 203)
    assert [(part.x, part.y, part.width, part.height) for part in made.parts if isinstance(part, Dots)] == [
        (40, 10, 10, 10),
        (100, 300, 190, 5),
    ]


@pytest.mark.parametrize(
    ("media", "fits"), [("", True), ("50x30", True), ("62", True), ("60x25", False), ("40", False)]
)
def test_a_page_must_fit_the_labels_in_the_printer(media: str, fits: bool) -> None:
    found = pages(paper(lambda canvas: None), 203)
    if fits:
        assert len(of_pages(found, 203, media)) == 1
        return
    with pytest.raises(NotAllowed, match=r"label\.page_large"):
        of_pages(found, 203, media)
