"""A paper on screen is what the printer gets: its dots, its pages, and what must be said about it."""

from __future__ import annotations

import io
import threading

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.documents import render
from app.domain.papers import CommandCard, CommandSheet
from app.errors import FileUnusable
from app.text import texts
from app.ui.bridge import Bridge
from app.ui.look import Look
from app.ui.preview import Preview, Sheet, Shown, sheet_of_png, shown_of


@pytest.fixture
def preview(qtbot: QtBot) -> Preview:
    made = Preview(Look("ja", "light"), Bridge())
    qtbot.addWidget(made)
    made.resize(400, 520)
    made.show()
    return made


def shown(preview: Preview, qtbot: QtBot) -> Sheet:
    qtbot.waitUntil(lambda: preview.ready)
    assert preview.state.sheet is not None
    return preview.state.sheet


def stripes(number: int) -> Sheet:
    """A label of black and white columns; its number is how many dots each is wide."""
    row = bytes(255 * (x // number % 2) for x in range(120))
    return Sheet(120, 80, row * 80, 203)


def test_a_dot_is_a_pixel_where_it_is_asked_for(preview: Preview, qtbot: QtBot) -> None:
    preview.show_shown(lambda: Shown.of([stripes(1)]))
    shown(preview, qtbot)
    QTest.keyClick(preview, Qt.Key.Key_F7)
    image = preview.canvas.grab().toImage()
    left = (preview.canvas.width() - 120) // 2
    y = preview.canvas.height() // 2
    seen = [image.pixelColor(left + x, y).lightness() for x in range(120)]
    assert seen == list(stripes(1).grey[:120])


def test_pages_turn_by_keys_and_are_drawn_when_they_are_turned_to(preview: Preview, qtbot: QtBot) -> None:
    drawn: list[int] = []

    def page(place: int) -> Sheet:
        drawn.append(place)
        return stripes(place + 1)

    preview.show_shown(lambda: Shown(500, page))
    assert shown(preview, qtbot) == stripes(1)
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert shown(preview, qtbot) == stripes(2)
    QTest.keyClick(preview, Qt.Key.Key_Right)
    QTest.keyClick(preview, Qt.Key.Key_Right)  # while the one before is drawn, a page is not asked for twice
    assert shown(preview, qtbot) == stripes(3)
    QTest.keyClick(preview, Qt.Key.Key_PageUp)
    shown(preview, qtbot)
    assert drawn == [0, 1, 2, 1]
    assert "2 / 500" in preview.place.accessibleName()


def test_the_newest_request_wins(preview: Preview, qtbot: QtBot) -> None:
    free = threading.Event()
    preview.show_shown(lambda: Shown.of([stripes(9 if free.wait(5) else 8)]))
    preview.show_shown(lambda: Shown.of([stripes(2)]))
    assert shown(preview, qtbot) == stripes(2)
    free.set()
    qtbot.wait(60)
    assert preview.state.sheet == stripes(2)


def test_what_cannot_be_drawn_is_said_in_words_and_the_page_before_stays(preview: Preview, qtbot: QtBot) -> None:
    preview.show_shown(lambda: Shown.of([stripes(2)]))
    shown(preview, qtbot)

    def broken() -> Shown:
        raise FileUnusable("pages.large", page=1, dpi=600)

    preview.show_shown(broken)
    assert shown(preview, qtbot) == stripes(2)
    assert preview.state.problem == preview.look.say("pages.large", page=1, dpi=600)


def test_a_real_paper_says_what_its_font_lacks(preview: Preview, qtbot: QtBot) -> None:
    sheet = CommandSheet((CommandCard("KP-NEXT", "次 \U0001f600", "F2"),))
    rendered = render("command_sheet", sheet, texts("ja"))
    assert rendered.missing
    preview.show_shown(lambda: shown_of(preview.look, rendered))
    found = shown(preview, qtbot)
    assert [round(each) for each in found.size_mm] == [210, 297]
    assert min(found.grey) == 0
    assert max(found.grey) == 255
    assert "〓" in preview.told.accessibleName()


def test_a_picture_of_a_label_keeps_its_dots() -> None:
    file = io.BytesIO()
    Image.frombytes("L", (121, 2), bytes(x % 256 for x in range(242))).save(file, "PNG")
    assert sheet_of_png(file.getvalue(), 203) == Sheet(121, 2, bytes(x % 256 for x in range(242)), 203)
    with pytest.raises(ValueError, match="picture"):
        sheet_of_png(b"none", 203)
