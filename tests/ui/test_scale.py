"""The scale in the window: its card in the settings, and a weight that is taken while the station asks for one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.devices.readers import Hub
from app.devices.scale import Scale
from app.devices.scanner import WedgeScanner
from app.devices.serial import SerialScanner
from app.services.desk import Desk
from app.services.scales import ScaleSettings
from app.services.station import StationConfig, load
from app.storage.prepared import Prepared
from app.storage.tables import stations
from app.ui.help import HelpDialog
from app.ui.play import Player
from app.ui.settings.scale import ScaleCard
from app.ui.window import MainWindow
from tests.ui.conftest import SilentSounds
from tests.ui.makers import TEA, order

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are needed to play scales")

if os.name == "posix":
    from tests.devices.lines import Line
    from tests.devices.scales import Played


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with a scale that is not set up yet."""
    hub = Hub(WedgeScanner(), SerialScanner)
    window = MainWindow(StationConfig(tmp_path, name="3"), hub, SilentSounds(), scale=Scale())
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def player(window: MainWindow, desk: Desk) -> Iterator[Player]:
    window.attach(desk)
    player = Player(window)
    player.wait(lambda: window.pack.view.answer is not None)
    yield player
    window.close()


@pytest.fixture
def played(tmp_path: Path) -> Iterator["Played"]:  # noqa: UP037 - of POSIX only
    line = Line(tmp_path / "scale")
    made = Played(line, "mt-sics")
    yield made
    made.end()
    line.close()


def card_of(player: Player) -> ScaleCard:
    """The card, on the page that is opened as a person opens it."""
    player.go("settings")
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F9)
    player.rest(0.1)
    return player.window.screens["settings"].readers.scale_card  # type: ignore[no-any-return]


def at_weight(
    player: Player, monkeypatch: pytest.MonkeyPatch, sent: list[str] | None = None, box: int = 1
) -> list[str]:
    """Let the bench ask for a weight; return what it is sent from now on."""
    pack, sent = player.window.pack, [] if sent is None else sent
    player.rest(0.4)  # what the window has asked the desk meanwhile
    monkeypatch.setattr(pack, "look_again", lambda: None)
    monkeypatch.setattr(pack, "scan", lambda text, act, since=None: sent.append(text))
    assert pack.view.answer is not None
    pack.view.answer = replace(pack.view.answer, order_id=1, ask={"kind": "weight", "box": box})
    player.window.answered(pack.view.answer)
    return sent


def test_a_scale_is_set_up_and_its_weight_is_seen(player: Player, played: "Played", tmp_path: Path) -> None:  # noqa: UP037
    played.grams = 532.0
    card = card_of(player)
    assert "使いません" in card.head.accessibleName()
    card.path.setText(str(played.line.path))
    card.add.click()
    player.wait(lambda: "532 g" in card.head.accessibleName())
    assert "準備OK" in card.head.accessibleName()
    assert "メトラー" in card.found.text()
    assert load(tmp_path).scale == ScaleSettings(str(played.line.path))
    chosen = next(row for row in card.makers if "mt-sics" in dict(row.choices))
    chosen.choose("mt-sics")
    card.division.choose("5")
    assert load(tmp_path).scale == ScaleSettings(str(played.line.path), "mt-sics", division=5)
    played.says = lambda: b"S +\r\n"
    player.wait(lambda: "超えて" in card.trouble.text())
    assert "量れません" in card.head.accessibleName()
    card.remove.click()
    assert load(tmp_path).scale == ScaleSettings()
    assert not card.trouble.isVisible()


def test_a_port_that_a_scanner_uses_is_refused_in_words(player: Player, played: "Played") -> None:  # noqa: UP037
    from app.services.readers import Readers, Serial

    port = str(played.line.path)
    player.window.keep_readers(Readers(serial=(Serial(port=port, on=False),)))
    card = card_of(player)
    card.path.setText(port)
    card.add.click()
    assert port in player.window.notice.text
    assert player.window.scale.settings == ScaleSettings()  # type: ignore[union-attr]


def test_a_weight_is_taken_only_while_the_station_asks_for_one(
    player: Player,
    played: Played,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[int] = []
    scale: Any = player.window.scale
    scale.weighed.connect(told.append)
    played.grams = 532.0
    player.window.keep_scale(ScaleSettings(str(played.line.path), "mt-sics"))
    player.wait(lambda: told == [532])
    player.rest(0.3)
    sent = at_weight(player, monkeypatch)
    player.wait(lambda: sent == ["KG-532"])
    player.rest(0.3)
    assert sent == ["KG-532"], "once for each question"
    played.grams = 540.0
    player.wait(lambda: sent == ["KG-532", "KG-540"])


def test_a_weight_waits_until_a_dialog_is_closed(
    player: Player,
    played: Played,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    played.grams = 532.0
    player.window.keep_scale(ScaleSettings(str(played.line.path), "mt-sics"))
    player.window.help()
    sent = at_weight(player, monkeypatch)
    player.rest(1.0)
    assert sent == []
    next(each for each in player.window.findChildren(HelpDialog) if each.isVisible()).close()
    player.wait(lambda: sent == ["KG-532"])


def test_a_box_that_was_an_answer_is_none_for_the_next_box(
    player: Player,
    played: Played,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    played.grams = 532.0
    player.window.keep_scale(ScaleSettings(str(played.line.path), "mt-sics"))
    sent = at_weight(player, monkeypatch)
    player.wait(lambda: sent == ["KG-532"])
    at_weight(player, monkeypatch, sent, box=2)
    player.rest(0.4)
    assert sent == ["KG-532"]
    played.grams = 0.0
    player.rest(0.3)
    played.grams = 532.0
    player.wait(lambda: sent == ["KG-532", "KG-532"])


def test_a_scale_that_is_out_of_order_lets_packing_go_on(
    player: Player,
    played: Played,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scale: Any = player.window.scale
    player.window.keep_scale(ScaleSettings(str(played.line.path), "mt-sics", 9600))
    played.line.pull()
    player.wait(lambda: scale.state == "fault")
    sent = at_weight(player, monkeypatch)
    assert sent == ["KG-FAULT"]
    assert "つながりません" in player.window.notice.text
    assert player.window.pack.view.answer is not None
    player.window.answered(player.window.pack.view.answer)  # the same question stands on
    assert sent == ["KG-FAULT"]
    played.line.plug()
    played.grams = 532.0
    player.wait(lambda: sent[-1] == "KG-532")


def test_what_a_hand_can_mend_gets_time_before_the_box_goes_on_unweighed(
    player: Player,
    played: Played,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    player.window.weighing._mend.setInterval(700)  # type: ignore[union-attr]
    player.window.keep_scale(ScaleSettings(str(played.line.path), "mt-sics", 9600))
    sent = at_weight(player, monkeypatch)
    sound, played.says = played.says, lambda: b"S +\r\n"
    player.wait(lambda: "超えて" in player.window.notice.text)
    assert sent == []
    played.grams, played.says = 532.0, sound
    player.wait(lambda: sent == ["KG-532"])
    player.rest(0.8)
    assert sent == ["KG-532"]
    played.says = lambda: b"S +\r\n"
    player.wait(lambda: sent == ["KG-532", "KG-FAULT"])


SCALE = Prepared(select(stations.c.scale).where(stations.c.name == "3"))


def scale_of(desk: Desk) -> str | None:
    row = desk.read(lambda tx: tx.one(SCALE)).result()
    return None if row is None else str(row[0])


def test_the_database_knows_whether_a_scale_works(player: Player, desk: Desk, played: "Played") -> None:  # noqa: UP037
    player.window.keep_scale(ScaleSettings(str(played.line.path), "mt-sics"))
    player.wait(lambda: scale_of(desk) == "ok")
    played.line.pull()
    player.wait(lambda: scale_of(desk) == "fault")
    played.line.plug()
    player.wait(lambda: scale_of(desk) == "ok")
    player.window.keep_scale(ScaleSettings())
    player.wait(lambda: scale_of(desk) == "")


def test_a_parcel_is_weighed_and_closed(
    player: Player,
    desk: Desk,
    add_orders: Callable[..., None],
    played: "Played",  # noqa: UP037
) -> None:
    """The whole way: pseudo-terminal, port, window, desk, database."""
    add_orders(order("A-1", ("TEA-050", 1)))
    player.window.keep_scale(ScaleSettings(str(played.line.path), "mt-sics"))
    player.wait(lambda: scale_of(desk) == "ok")
    view = player.window.pack.view
    player.key("F2")
    player.wait(lambda: view.answer is not None and view.answer.ask.get("kind") == "item")
    assert player.scan(TEA) == "pack.weigh_now"
    assert view.answer is not None
    assert view.answer.ask["kind"] == "weight"
    played.grams = 95.0
    player.wait(lambda: view.said is not None and view.said.code == "KG-95")
    assert view.said is not None
    assert view.said.level != "refused"
    assert view.said.args["grams"] == 95
