"""The camera as a reader; its pictures come from memory and from files, through the same sink as a camera's own."""

from __future__ import annotations

import threading
import time

import pytest
import zxingcpp
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame
from pytestqt.qtbot import QtBot

from app.devices.camera import CameraReader, grey
from app.devices.readers import LOST, OFF, READY
from app.services.readers import Camera

JAN, OTHER = "4901234567894", "4599990001013"
FORMATS = zxingcpp.BarcodeFormat


def picture(*texts: str, angle: float = 0.0, blank: str = "#D8D8D0") -> QImage:
    """What a camera sees: codes on a table, 640 × 480."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor(blank))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for at, text in enumerate(texts):
        form = FORMATS.EAN13 if text.isdigit() else FORMATS.QRCode
        code = memoryview(zxingcpp.create_barcode(text, form).to_image(scale=2 if text.isdigit() else 4))
        high, wide = code.shape
        drawn = QImage(code.tobytes(), wide, high, wide, QImage.Format.Format_Grayscale8).copy()
        painter.save()
        painter.translate(170 + at * 300, 240)
        painter.rotate(angle)
        painter.drawImage(-wide // 2, -high // 2, drawn)
        painter.restore()
    painter.end()
    return image


@pytest.fixture
def camera(qtbot: QtBot):
    reader = CameraReader(Camera(on=True, device="there is no such camera"))
    reader.said = []
    reader.scanned.connect(lambda text, act: reader.said.append((text, act)))
    reader.start()
    yield reader
    reader.stop()
    reader.deleteLater()


def show(qtbot: QtBot, camera: CameraReader, image: QImage, times: int = 1) -> None:
    """Hold a picture before the camera until it was decoded so often."""
    for _ in range(times):
        camera.sink.setVideoFrame(QVideoFrame(image))
        qtbot.waitUntil(lambda: not camera._busy, timeout=10_000)


def test_an_expected_code_is_scanned_once_while_it_is_held(qtbot, camera):
    camera.expected = lambda: frozenset({"0" + JAN})
    show(qtbot, camera, picture(JAN), 4)
    assert [text for text, _ in camera.said] == [f"]E0{JAN}"]


def test_it_is_scanned_again_after_it_left_the_picture(qtbot, camera):
    camera.expected = lambda: frozenset({"0" + JAN})
    show(qtbot, camera, picture(JAN), 2)
    show(qtbot, camera, picture())
    qtbot.wait(750)
    show(qtbot, camera, picture())
    show(qtbot, camera, picture(JAN), 2)
    assert [text for text, _ in camera.said] == [f"]E0{JAN}"] * 2
    assert camera.said[0][1] != camera.said[1][1]


def test_a_slanted_code_is_read(qtbot, camera):
    camera.expected = lambda: frozenset({"0" + JAN})
    show(qtbot, camera, picture(JAN, angle=37), 2)
    assert [text for text, _ in camera.said] == [f"]E0{JAN}"]


def test_a_wrong_piece_is_told_after_three_pictures(qtbot, camera):
    camera.expected = lambda: frozenset({"0" + OTHER})
    show(qtbot, camera, picture(JAN), 2)
    assert camera.said == []
    show(qtbot, camera, picture(JAN), 2)
    assert [text for text, _ in camera.said] == [f"]E0{JAN}"]


def test_a_slip_is_scanned_at_once(qtbot, camera):
    show(qtbot, camera, picture("KO-12-034-1"))
    assert [text for text, _ in camera.said] == ["]Q1KO-12-034-1"]


def test_two_pieces_in_view_are_none(qtbot, camera):
    camera.expected = lambda: frozenset({"0" + JAN, "0" + OTHER})
    show(qtbot, camera, picture(JAN, OTHER), 4)
    assert camera.said == []


def test_the_found_code_is_marked_in_the_live_picture(qtbot, camera):
    camera.expected = lambda: frozenset({"0" + JAN})
    seen = []
    camera.shown.connect(seen.append)
    show(qtbot, camera, picture(JAN), 2)
    assert seen[0].marks == ()
    (mark,) = seen[-1].marks
    assert (mark.text, mark.confirmed) == (JAN, True)
    middle = [sum(corner[at] for corner in mark.corners) / 4 for at in (0, 1)]
    assert middle == pytest.approx([170, 240], abs=20)
    show(qtbot, camera, picture())
    qtbot.wait(450)
    show(qtbot, camera, picture())
    assert seen[-1].marks == ()


def test_only_the_newest_picture_waits(qtbot, camera):
    camera.expected = lambda: frozenset({"0" + JAN})
    decoded = []
    camera._decoder.done.connect(lambda found, _: decoded.append(found), Qt.ConnectionType.DirectConnection)
    for _ in range(30):
        camera.take(picture())
    camera.take(picture(JAN))
    qtbot.waitUntil(lambda: len(decoded) >= 2 and not camera._busy, timeout=10_000)
    qtbot.wait(50)
    assert len(decoded) == 2
    assert decoded[-1][0].look.text == JAN


def test_the_window_goes_on_while_a_picture_is_decoded(qtbot, camera, monkeypatch):
    from app.services import decoding

    begun, free = threading.Event(), threading.Event()

    def slow(*_, **__):
        begun.set()
        free.wait(10)
        return ()

    monkeypatch.setattr(decoding, "decode", slow)
    camera.take(picture(JAN))
    assert begun.wait(10)
    began = time.monotonic()
    for _ in range(20):
        camera.take(picture(JAN))
        QCoreApplication.processEvents()
    assert time.monotonic() - began < 2
    free.set()
    qtbot.waitUntil(lambda: not camera._busy, timeout=10_000)


def test_a_camera_that_is_not_there_is_lost_and_off_when_it_is_stopped(qtbot, camera):
    assert camera.state == LOST
    states = []
    camera.state_changed.connect(states.append)
    show(qtbot, camera, picture())
    camera.stop()
    assert states == [READY, OFF]
    camera.take(picture(JAN))
    assert camera.said == []


def test_a_camera_that_gives_no_pictures_any_more_is_lost(qtbot, camera, monkeypatch):
    from app.devices import camera as module

    show(qtbot, camera, picture())
    assert camera.state == READY
    later = module._now() + 10_000
    monkeypatch.setattr(module, "_now", lambda: later)
    camera._look_for_it()
    assert camera.state == LOST


@pytest.mark.parametrize("form", [QImage.Format.Format_RGB32, QImage.Format.Format_RGB888, QImage.Format.Format_Mono])
def test_grey_bytes_keep_the_rows_of_an_odd_width(form):
    image = picture(JAN).convertToFormat(form).copy(0, 0, 333, 101)
    data, size, row = grey(image)
    assert size == (333, 101)
    assert row >= 333
    assert len(data) == row * 101


def test_it_gives_the_picture_that_it_sees_now_and_none_when_it_stopped_seeing(qtbot, camera, monkeypatch):
    assert camera.picture() is None
    show(qtbot, camera, picture(JAN))
    seen = camera.picture()
    assert (seen.width(), seen.height()) == (640, 480)
    monkeypatch.setattr("app.devices.camera._FRESH_MS", -1)
    assert camera.picture() is None
    monkeypatch.undo()
    camera.stop()
    assert camera.picture() is None
