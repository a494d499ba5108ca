"""A camera as a reader: it looks all the time, on a thread of its own, and says each code once.

The newest picture is decoded; those that come meanwhile are only shown, so a slow decoder never holds the window up.
Which of the codes in view is a scan is decided in :mod:`app.domain.viewing`. A camera that is pulled, or gives no
pictures, is lost; it is looked for again until it is back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QCameraDevice, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink

from app.devices.readers import LOST, OFF, READY, fresh_act
from app.domain.decoding import Corners, Found, keys_of
from app.domain.viewing import Held, watch
from app.services.readers import Camera

__all__ = ["CameraReader", "Mark", "Shown", "cameras", "grey"]

_PATIENCE = 0.12
"""Seconds of computing for one picture; the next one comes soon."""
_AGAIN_MS = 2_000
"""How often a lost camera is looked for."""
_SILENT_MS = 5_000
"""A camera that gives no picture for this long is lost; some take seconds for their first one."""
_FRESH_MS = 1_500
"""A picture older than this does not show what is there now."""
_MARK_MS = 400
"""How long the outline of a code stays that is not seen any more."""
_BEST = QSize(1280, 720)
"""Resolution asked for: an EAN as wide as a quarter of it still has three pixels a module."""
_ENOUGH_MS = 5_000
_lingering: list[tuple[QThread, QObject]] = []
"""Threads still at a picture when their reader was ended: a thread at work must not be destroyed."""


def _now() -> int:
    return time.monotonic_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A code found in a picture, for its outline."""

    corners: Corners
    text: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture for people."""

    image: QImage
    marks: tuple[Mark, ...]


def grey(image: QImage) -> tuple[bytes, tuple[int, int], int]:
    """Return a picture's grey bytes, its size, and the bytes of a row."""
    flat = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(flat.constBits()), (flat.width(), flat.height()), flat.bytesPerLine()


class _Decoder(QObject):
    """Decodes one picture at a time; lives on the camera's thread."""

    done = Signal(object, object)
    """The picture's :class:`Found` codes, and what was expected."""

    @Slot(object, object)
    def decode(self, image: QImage, expected: frozenset[str]) -> None:
        """Decode a picture."""
        from PIL import Image

        from app.services.decoding import decode

        data, size, row = grey(image)
        picture = Image.frombuffer("L", size, data, "raw", "L", row, 1)
        found = decode(picture, expected, patience=0)
        if not found or any(not each.confirmed and keys_of(each.look.scan_text) & expected for each in found):
            found = decode(picture, expected, patience=_PATIENCE)
        self.done.emit(found, expected)


class CameraReader(QObject):
    """The camera, as the hub knows it."""

    scanned = Signal(str, str)
    """Text with its symbology identifier, and a fresh act id."""
    state_changed = Signal(str)
    """Whether it gives pictures."""
    trouble = Signal(str, str)
    """Key of a sentence, and what came; a camera has nothing to say here."""
    shown = Signal(object)
    """A :class:`Shown`, for a live picture."""
    _wanted = Signal(object, object)

    id = "camera"
    kind = "camera"

    def __init__(
        self,
        settings: Camera,
        expected: Callable[[], frozenset[str]] = frozenset,
        parent: QObject | None = None,
    ) -> None:
        """Make the reader.

        :param expected: returns the codes that the open order expects (:func:`app.services.expected.expected_codes`).
        """
        super().__init__(parent)
        self.settings = settings
        """Which camera."""
        self.expected = expected
        """Returns what the open order expects."""
        self.moment = 0
        """When the code of the last scan was first seen, in milliseconds."""
        self.why = ""
        """The system's words for why it is lost."""
        self._state = OFF
        self._held: dict[str, Held] = {}
        self._marks: tuple[Mark, ...] = ()
        self._marked_at = 0
        self._busy = False
        self._next: QImage | None = None
        self._image: QImage | None = None
        self._seen_at = 0
        self._thread: QThread | None = None
        self._decoder: _Decoder | None = None
        self._camera: QCamera | None = None
        self._session: QMediaCaptureSession | None = None
        self.sink = QVideoSink(self)
        """Takes the camera's pictures; whoever has others gives them here."""
        self.sink.videoFrameChanged.connect(self._frame)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._look_for_it)

    @property
    def state(self) -> str:
        """How it stands."""
        return self._state

    def picture(self) -> QImage | None:
        """Return what it sees now, as large as it gives it; None where it gives no pictures."""
        return self._image if self._state == READY and _now() - self._seen_at <= _FRESH_MS else None

    def start(self) -> None:
        """Begin to look."""
        if self._thread is not None:
            return
        self._thread, self._decoder = QThread(), _Decoder()
        self._thread.setObjectName("kenpin-camera")
        self._decoder.moveToThread(self._thread)
        self._wanted.connect(self._decoder.decode, Qt.ConnectionType.QueuedConnection)
        self._decoder.done.connect(self._decoded, Qt.ConnectionType.QueuedConnection)
        self._thread.start()
        self._open()
        self._again.start()

    def stop(self) -> None:
        """Look no more and let go of the camera."""
        thread, decoder = self._thread, self._decoder
        if thread is None or decoder is None:
            return
        self._thread = self._decoder = None
        self._again.stop()
        self._close()
        self._wanted.disconnect()
        decoder.done.disconnect()
        thread.quit()
        if not thread.wait(_ENOUGH_MS):
            _lingering.append((thread, decoder))
        self._busy, self._next, self._held, self._marks, self._image = False, None, {}, (), None
        self._stands(OFF, "")

    # --- the camera ---

    def _open(self) -> None:
        device = _device(self.settings.device)
        if device is None:
            self._stands(LOST, "")
            return
        self._camera, self._session = QCamera(device, self), QMediaCaptureSession(self)
        form = min(device.videoFormats(), key=_far_from_best, default=None)
        if form is not None:
            self._camera.setCameraFormat(form)
        self._camera.errorOccurred.connect(self._failed)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self.sink)
        self._seen_at = _now()
        self._camera.start()

    def _close(self) -> None:
        camera, session = self._camera, self._session
        self._camera = self._session = None
        if session is not None:
            session.setVideoSink(None)  # type: ignore[arg-type] # None is what takes it away
            session.deleteLater()
        if camera is not None:
            camera.errorOccurred.disconnect()
            camera.stop()
            camera.deleteLater()

    def _failed(self, error: QCamera.Error, words: str) -> None:
        if error != QCamera.Error.NoError:
            self._stands(LOST, words)

    def _look_for_it(self) -> None:
        """Open a lost camera again; say that one is lost that gives no pictures."""
        if self._state == READY and _now() - self._seen_at > _SILENT_MS:
            self._stands(LOST, "")
        elif self._state != READY and (self._camera is None or _now() - self._seen_at > _SILENT_MS):
            self._close()
            self._open()

    # --- its pictures ---

    @Slot(QVideoFrame)
    def _frame(self, frame: QVideoFrame) -> None:
        image = frame.toImage()
        if not image.isNull():
            self.take(image)

    def take(self, image: QImage) -> None:
        """Take a picture: show it, and decode it when the one before is done."""
        if self._thread is None:
            return
        self._seen_at, self._image = _now(), image
        self._stands(READY, "")
        if self._seen_at - self._marked_at > _MARK_MS:
            self._marks = ()
        self.shown.emit(Shown(image, self._marks))
        if self._busy:
            self._next = image
        else:
            self._busy = True
            self._wanted.emit(image, self.expected())

    @Slot(object, object)
    def _decoded(self, found: tuple[Found, ...], expected: frozenset[str]) -> None:
        if self._thread is None:
            return
        now = _now()
        if found:
            self._marks = tuple(Mark(each.look.corners, each.look.text, each.confirmed) for each in found)
            self._marked_at = now
        self._held, scans = watch(self._held, found, expected, now)
        waiting, self._next = self._next, None
        self._busy = waiting is not None
        if waiting is not None:
            self._wanted.emit(waiting, self.expected())
        for text in scans:
            self.moment = now
            self.scanned.emit(text, fresh_act())

    def _stands(self, state: str, why: str) -> None:
        self.why = why
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def cameras() -> list[str]:
    """Return the names of the cameras that are there."""
    return [device.description() for device in QMediaDevices.videoInputs()]


def _device(name: str) -> QCameraDevice | None:
    """Return the camera of that name or system id; the system's first one where no name is given."""
    devices = QMediaDevices.videoInputs()
    if not name:
        return next((device for device in devices if device.isDefault()), devices[0] if devices else None)
    return next((each for each in devices if name in (each.description(), each.id().toStdString())), None)


def _far_from_best(form: object) -> tuple[bool, int]:
    """Sort a camera's formats: enough pictures a second first, then the nearest size."""
    size, rate = form.resolution(), form.maxFrameRate()  # type: ignore[attr-defined]
    return rate < 10, abs(size.width() * size.height() - _BEST.width() * _BEST.height())
