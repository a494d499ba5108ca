"""A camera at the bench, and picture files dropped on the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.devices.camera import CameraReader
from app.devices.readers import Hub
from app.devices.scanner import WedgeScanner
from app.devices.serial import SerialScanner
from app.services.readers import Camera, Readers
from app.services.station import StationConfig
from app.ui.play import Player
from app.ui.sight import sorted_out
from app.ui.window import MainWindow
from tests.ui.conftest import SilentSounds
from tests.ui.makers import CUP, TEA, order

Add = Callable[..., None]
FORMATS = zxingcpp.BarcodeFormat


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window that can have a camera."""

    def expected() -> frozenset[str]:
        return hub.expected()

    hub = Hub(WedgeScanner(), SerialScanner, lambda settings: CameraReader(settings, expected))
    made = MainWindow(StationConfig(tmp_path, name="3"), hub, SilentSounds())
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)


def photograph(path: Path, *texts: str) -> Path:
    """A picture file with codes beside each other."""
    ground = Image.new("L", (40 + 380 * len(texts), 360), 205)
    for at, text in enumerate(texts):
        form = FORMATS.EAN13 if text.isdigit() else FORMATS.QRCode
        code = memoryview(zxingcpp.create_barcode(text, form).to_image(scale=3 if text.isdigit() else 6))
        high, wide = code.shape
        ground.paste(Image.frombytes("L", (wide, high), code.tobytes()), (20 + 380 * at, 30))
    ground.save(path)
    return path


def drop(player: Player, *paths: Path) -> bool:
    """Drag files over the window and let them go; returns whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(400, 300), action, data, button, key)
    QApplication.sendEvent(player.window, enters)
    if not enters.isAccepted():
        return False
    QApplication.sendEvent(player.window, QDropEvent(QPointF(400, 300), action, data, button, key))
    player.wait(lambda: player.window.notice.kind != "info" or not player.window.notice.isVisible())
    return True


def test_a_dropped_picture_of_an_expected_piece_counts(player: Player, add_orders: Add, tmp_path: Path) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    assert drop(player, photograph(tmp_path / "tea.png", TEA))
    player.wait(lambda: player.window.pack.view.said.key == "pack.ok")
    assert player.window.pack.view.answer.done == 1


def test_two_dropped_pictures_count_twice(player: Player, add_orders: Add, tmp_path: Path) -> None:
    add_orders(order("A-1", ("TEA-050", 1), ("CUP-BLU", 2)))
    player.key("F2")
    drop(player, photograph(tmp_path / "a.png", TEA), photograph(tmp_path / "b.png", CUP))
    player.wait(lambda: player.window.pack.view.answer.done == 2)


def test_another_piece_in_a_picture_is_named_as_not_sure_and_nothing_is_done(
    player: Player, add_orders: Add, tmp_path: Path
) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    said = player.window.pack.view.said
    drop(player, photograph(tmp_path / "cup.png", CUP))
    notice = player.window.notice
    assert notice.kind == "warning"
    assert CUP in notice.text
    assert "未確認" in notice.text
    assert player.window.pack.view.said is said


def test_bars_without_an_open_order_are_not_sure_but_a_slip_proves_itself(
    player: Player, add_orders: Add, tmp_path: Path
) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    number = player.window.pack.view.answer.ship_number
    player.key("Esc")
    player.wait(lambda: not player.window.pack.view.answer.ship_number)
    drop(player, photograph(tmp_path / "tea.png", TEA))
    assert player.window.notice.kind == "warning"
    drop(player, photograph(tmp_path / "slip.png", f"KO-{number}-1"))
    player.wait(lambda: player.window.pack.view.answer.ship_number == number)


def test_several_codes_in_one_picture_are_none(player: Player, add_orders: Add, tmp_path: Path) -> None:
    add_orders(order("A-1", ("TEA-050", 2), ("CUP-BLU", 1)))
    player.key("F2")
    drop(player, photograph(tmp_path / "both.png", TEA, CUP))
    assert player.window.notice.kind == "warning"
    assert player.window.pack.view.answer.done == 0


def test_a_file_that_is_no_picture_is_named(player: Player, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n nothing")
    assert drop(player, broken)
    player.wait(lambda: player.window.notice.kind == "error")
    assert "broken.png" in player.window.notice.text
    empty = tmp_path / "empty.png"
    Image.new("L", (300, 300), 255).save(empty)
    drop(player, empty)
    assert "empty.png" in player.window.notice.text


def test_pictures_are_read_and_other_files_of_this_computer_taken_in(tmp_path: Path) -> None:
    picture, orders = tmp_path / "tea.PNG", tmp_path / "orders.csv"
    here, away = QMimeData(), QMimeData()
    here.setUrls([QUrl.fromLocalFile(str(path)) for path in (orders, picture)])
    away.setUrls([QUrl("https://example.com/tea.png")])
    assert sorted_out(here) == ([picture], [orders])
    assert sorted_out(away) == ([], [])
    assert sorted_out(QMimeData()) == ([], [])


# --- the camera ---------------------------------------------------------------------------------------------------


@pytest.fixture
def camera(player: Player) -> Iterator[CameraReader]:
    """The window with a camera, whose pictures the test gives."""
    window = player.window
    window.keep_readers(Readers(window.readers.settings.keyboard, (), Camera(on=True, device="a camera of the test")))
    reader = window.readers.reader("camera")
    yield reader
    window.readers.use(Readers())


def look_at(player: Player, camera: CameraReader, path: Path, times: int = 1) -> None:
    """Hold a picture before the camera until it was decoded so often."""
    for _ in range(times):
        camera.sink.setVideoFrame(QVideoFrame(QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)))
        player.wait(lambda: not camera._busy)


def test_what_the_camera_sees_goes_to_the_bench_and_counts_once(
    player: Player, add_orders: Add, camera: CameraReader, tmp_path: Path
) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    player.wait(lambda: f"0{TEA}" in player.window.sight.expected)
    tea = photograph(tmp_path / "tea.png", TEA)
    look_at(player, camera, tea, 4)
    player.wait(lambda: player.window.pack.view.said.key == "pack.ok")
    look_at(player, camera, tea, 4)
    assert player.window.pack.view.answer.done == 1


def test_a_wrong_piece_before_the_camera_is_refused(
    player: Player, add_orders: Add, camera: CameraReader, tmp_path: Path
) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    player.wait(lambda: f"0{TEA}" in player.window.sight.expected)
    look_at(player, camera, photograph(tmp_path / "cup.png", CUP), 4)
    player.wait(lambda: player.window.pack.view.answer.level == "refused")
    assert player.window.pack.view.answer.done == 0


def test_what_is_expected_follows_the_order(player: Player, add_orders: Add, camera: CameraReader) -> None:
    add_orders(order("A-1", ("TEA-050", 1), ("CUP-BLU", 1)))
    player.wait(lambda: player.window.sight.expected == frozenset())
    player.key("F2")
    player.wait(lambda: {f"0{TEA}", f"0{CUP}", "TEA-050"} <= player.window.sight.expected)
    player.burst(TEA)
    player.wait(lambda: f"0{TEA}" not in player.window.sight.expected)
    assert f"0{CUP}" in player.window.sight.expected


def test_the_live_picture_is_on_the_page_of_readers(player: Player, camera: CameraReader, tmp_path: Path) -> None:
    from tests.ui.test_readers import page_of

    page = page_of(player)
    look_at(player, camera, photograph(tmp_path / "tea.png", TEA), 3)
    assert page.live.isVisible()
    assert TEA in page.live.accessibleName()
    assert "未確認" in page.live.accessibleName()
    player.wait(lambda: page.echo_card.code.text.endswith(TEA))


def test_the_live_picture_stands_in_the_corner_of_the_bench_and_nowhere_else(
    player: Player, add_orders: Add, camera: CameraReader, tmp_path: Path
) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    player.wait(lambda: f"0{TEA}" in player.window.sight.expected)
    look_at(player, camera, photograph(tmp_path / "tea.png", TEA), 2)
    window = player.window
    live = window.sight.live
    assert live.isVisible()
    assert live.accessibleName() == TEA
    place = live.geometry()
    assert window.centralWidget().rect().contains(place)
    assert not place.intersects(window.bar.geometry().translated(window.stack.x(), 0))
    green = live.grab().toImage()
    drawn = {green.pixelColor(x, y).name() for x in range(green.width()) for y in range(green.height())}
    assert window.look.colour("ok").name() in drawn
    QTest.mouseClick(live, Qt.MouseButton.LeftButton, pos=live.rect().center())
    assert live.width() < place.width() / 2
    assert live.geometry().bottomLeft() == place.bottomLeft()
    player.go("orders")
    assert not live.isVisible()
    player.go("pack")
    assert live.isVisible()
    window.keep_readers(Readers())
    assert not live.isVisible()
