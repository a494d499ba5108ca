"""A real window over a real desk and a real SQLite file; scans are key strokes into the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.devices.readers import Hub
from app.devices.scanner import WedgeScanner
from app.devices.serial import SerialScanner
from app.services.desk import Desk
from app.services.station import SoundSettings, StationConfig
from app.ui import lettering
from app.ui.play import Player
from app.ui.window import MainWindow
from tests.ui import makers


class SilentSounds:
    """Remembers what would have been heard."""

    def __init__(self) -> None:
        self.played: list[str] = []

    def play(self, kind: str) -> None:
        self.played.append(kind)

    def use(self, settings: SoundSettings) -> None:
        self.settings = settings

    def outputs(self) -> list[str]:
        return []

    def own(self) -> list[str]:
        return []

    def close(self) -> None:
        pass


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = makers.open_desk(tmp_path)
    makers.add_products(desk, tmp_path)
    yield desk
    desk.stop()


@pytest.fixture
def add_orders(desk: Desk, tmp_path: Path) -> Callable[..., None]:
    return lambda *orders, **named: makers.add_orders(desk, tmp_path, *orders, **named)


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is drawn from now on although it does not fit."""
    found: list[str] = []
    real = lettering.draw

    def draw(painter: Any, box: Any, setting: lettering.Setting, *rest: Any, **named: Any) -> Any:
        if setting.cut:
            found.append(setting.shown)
        return real(painter, box, setting, *rest, **named)

    monkeypatch.setattr(lettering, "draw", draw)
    return found


class Screens(dict[str, Any]):
    """The screens of a window, each made when it is asked for: most tests need only one or two of them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.screens)
        self._window = window

    def __missing__(self, name: str) -> Any:
        made = self._window._screen(name)
        if made is None:
            raise KeyError(name)
        return made


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window whose desk is not there yet; its other screens are made when a test asks for them, not beside it."""
    monkeypatch.setattr(MainWindow, "_make_screens", lambda self: None)
    window = MainWindow(StationConfig(tmp_path, name="3"), Hub(WedgeScanner(), SerialScanner), SilentSounds())
    window.screens = Screens(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)  # else every later test styles it as well


@pytest.fixture
def player(window: MainWindow, desk: Desk, request: pytest.FixtureRequest) -> Iterator[Player]:
    """The window at work; orders are taken in by the test before it scans."""
    window.attach(desk)
    player = Player(window)
    player.wait(lambda: window.pack.view.answer is not None)
    yield player
    window.close()  # before the desk ends: nothing may be asked of it any more
