"""Every text on every screen, in both themes, stands out from its ground: 7 in what the bench asks and says, else 4.5.

Measured on what was really drawn (WCAG 2.2, success criteria 1.4.6 and 1.4.3), not on the list of colours.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.band import AnswerBand
from app.ui.look import PALETTES
from app.ui.pack.prompt import Prompt
from app.ui.pack.red import RedPanel
from app.ui.pick.prompt import PickPrompt
from app.ui.pick.steps import StopSteps
from app.ui.play import Player
from app.ui.returns.prompt import ReturnsPrompt
from tests.services.shipping import Warehouse
from tests.ui.box_shop import care, more
from tests.ui.test_loop import desk, house  # noqa: F401 - fixtures
from tests.ui.tour import bench, contrast, guards, others, texts_of, typed

PROMPTS = (Prompt, PickPrompt, ReturnsPrompt, StopSteps, AnswerBand, RedPanel)
PICTURES = os.environ.get("KENPIN_PICTURES", "")
"""Folder that pictures of every state are kept in, for whoever wants to look."""


def front(player: Player) -> QWidget:
    return QApplication.activeModalWidget() or player.window


def too_faint(widget: QWidget, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for text, grounds in texts_of(widget, monkeypatch):
        least = 7.0 if isinstance(text.widget, PROMPTS) else 4.5
        worst = min(grounds, key=lambda ground: contrast(text.ink, ground))
        if contrast(text.ink, worst) < least:
            found = f"{contrast(text.ink, worst):.2f} < {least}"
            yield f"{type(text.widget).__name__} “{text.words}” {text.ink.name()} on {worst.name()}: {found}"
    for each, words, ink, ground in typed(widget):
        if contrast(ink, ground) < 4.5:
            yield f"{type(each).__name__} “{words}” {ink.name()} on {ground.name()}: {contrast(ink, ground):.2f} < 4.5"


@pytest.mark.parametrize(
    "walk", [bench, *(pytest.param(each, marks=pytest.mark.long) for each in (guards, others, care, more))]
)
def test_every_text_stands_out_from_its_ground(
    player: Player,
    house: Warehouse,  # noqa: F811
    walk: Callable[[Player, Warehouse], Iterator[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    faint: dict[str, list[str]] = {}
    checked = 0
    for state in walk(player, house):
        for theme in PALETTES:
            player.window.wear(theme)
            player.rest(0.05)
            if PICTURES:
                player.window.grab().save(str(Path(PICTURES) / f"{state.replace(' ', '_')}_{theme}.png"))
            checked += 1
            if found := sorted(set(too_faint(front(player), monkeypatch))):
                faint[f"{state}, {theme}"] = found
    assert checked >= 2 * 8
    assert not faint, "\n".join(f"{state}: {line}" for state, lines in faint.items() for line in lines)


def test_a_faint_text_would_be_found(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPainter

    from app.ui.lettering import draw_fitted
    from app.ui.look import Look
    from app.ui.painted import Painted

    class Faint(Painted):
        def draw(self, painter: QPainter, box: QRectF) -> None:
            painter.fillRect(box, QColor("#FFFFFF"))
            draw_fitted(painter, box, "かすれた文字", QColor("#888888"), 30, 20)

    widget = Faint(Look("ja", "light"))
    qtbot.addWidget(widget)
    widget.resize(300, 60)
    widget.show()
    assert any("かすれた文字" in line for line in too_faint(widget, monkeypatch))
