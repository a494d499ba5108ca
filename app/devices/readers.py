"""All readers of the station together: what any of them reads comes to the window by one signal.

Each reader keeps its own characters, so that two never merge. The hub takes off what a reader sends around a code,
mends what is known to be wrong with it, and says which reader it was and how long after that reader's last scan. A
reader that is lost stops nothing: it says so and comes back by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.services.readers import Camera, Readers, ReaderSettings, Serial

__all__ = ["BY_HAND", "LOST", "OFF", "READY", "Hub", "Reader", "Scan", "Trouble", "bare", "fresh_act"]

READY, LOST, OFF = "ready", "lost", "off"
"""States of a reader: it reads, it ought to but cannot, it was not asked to."""

BY_HAND = "hand"
"""Stands for the reader where a person typed the code."""


def fresh_act() -> str:
    """Return an id for a new act."""
    from uuid import uuid4  # takes longer to load than a window may take to show itself

    return str(uuid4())


@dataclass(frozen=True, slots=True)
class Scan:
    """One code as it came in."""

    text: str
    """What is looked up: without what the reader sends around it, mended where that is known."""
    act: str
    """Fresh id of the act."""
    reader: str
    """Id of the reader; :data:`BY_HAND` for a person."""
    since: int | None = None
    """Milliseconds since the scan before: this reader's by its own clock, another one's by when it arrived; None for
    the first one and by hand."""
    raw: str = ""
    """What the reader sent."""
    repaired: tuple[str, ...] = ()
    """What was mended, as the repair names it."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something came that is no scan; the person must know that it did not count."""

    reader: str
    """Id of the reader."""
    key: str
    """Key of the sentence: ``readers.trouble.…``."""
    text: str = ""
    """What came, as far as it helps."""


class Reader(Protocol):
    """What the hub uses of a reader: a ``QObject`` with these, living in the window's thread."""

    id: str
    """Told with every scan; stays the same while the program runs."""
    kind: str
    """``keyboard``, ``serial`` or ``camera``."""
    moment: int
    """When the last scan began: milliseconds by this reader's own clock, which never goes back."""
    scanned: Any
    """``Signal(str, str)``: the text and a fresh act id."""
    state_changed: Any
    """``Signal(str)``: :data:`READY`, :data:`LOST` or :data:`OFF`."""
    trouble: Any
    """``Signal(str, str)``: key of a sentence, and what came."""

    why: str
    """The system's words for why it is lost; empty otherwise."""

    @property
    def state(self) -> str:
        """How it stands."""

    def start(self) -> None:
        """Begin to read."""

    def stop(self) -> None:
        """Read no more and let go of the device."""

    def deleteLater(self) -> None:
        """Be gone soon, on the window's thread."""


Repair = Callable[[str, tuple[str, ...]], tuple[str, tuple[str, ...]]]
"""Takes a text and the known faults of its reader; returns the mended text and what was mended."""


def bare(text: str, settings: ReaderSettings) -> str | None:
    """Return a scan without what its reader sends around it; None where that is missing and must not be.

    :param settings: prefix, suffix, and whether a scan without them is refused.
    """
    prefix, suffix = settings.prefix, settings.suffix
    whole = len(text) >= len(prefix) + len(suffix)
    if whole and text.startswith(prefix) and text.endswith(suffix):
        return text[len(prefix) : len(text) - len(suffix)]
    return None if settings.strict else text


class _Missing(QObject):
    """Stands for a reader whose library this computer lacks: it is lost, and says why."""

    scanned = Signal(str, str)
    state_changed = Signal(str)
    trouble = Signal(str, str)
    moment = 0

    def __init__(self, name: str, kind: str, why: str) -> None:
        super().__init__()
        self.id, self.kind, self.why = name, kind, why
        self.state = OFF

    def start(self) -> None:
        """Say that it is lost."""
        self.state = LOST
        self.state_changed.emit(LOST)

    def stop(self) -> None:
        """Nothing was begun."""
        self.state = OFF


class Hub(QObject):
    """The readers of this station, made from its settings."""

    scanned = Signal(object)
    """A :class:`Scan`."""
    trouble = Signal(object)
    """A :class:`Trouble`."""
    changed = Signal(str, str)
    """Id of a reader and its new state."""

    def __init__(
        self,
        keyboard: Any,
        serial: Callable[[Serial], Reader],
        camera: Callable[[Camera], Reader] | None = None,
        ports: Callable[[], list[tuple[str, str]]] = list,
        parent: QObject | None = None,
    ) -> None:
        """Make the hub.

        :param keyboard: the :class:`~app.devices.scanner.WedgeScanner`, which also hears what a person types.
        :param serial: makes the reader of one serial port.
        :param camera: makes the camera's reader; None where there is none.
        :param ports: returns path and description of each serial port that is there.
        """
        super().__init__(parent)
        self.keyboard = keyboard
        """The keyboard's reader."""
        self.repair: Repair = lambda text, _faults: (text, ())
        """Mends the known faults of a reader."""
        self.expected: Callable[[], frozenset[str]] = frozenset
        """Returns the codes that the open order expects, for a camera; the window says it."""
        self.ports = ports
        """Returns path and description of each serial port that is there."""
        self.settings = Readers()
        """What is in use."""
        self._serial, self._camera = serial, camera
        self._readers: dict[str, Reader] = {}
        self._plans: dict[str, ReaderSettings] = {}
        self._last: dict[str, int] = {}
        self._arrived: dict[str, float] = {}
        self._started = False
        self._add(keyboard, self.settings.keyboard)
        keyboard.entered.connect(lambda text, act: self.scanned.emit(Scan(text, act, BY_HAND, raw=text)))

    # --- who there is ---

    def use(self, settings: Readers) -> None:
        """Work with these settings from now on: begin what is new, end what is gone, leave the rest at work."""
        self.settings = settings
        self.keyboard.use(settings.keyboard)
        self._plans[self.keyboard.id] = settings.keyboard
        wanted: dict[str, tuple[ReaderSettings, Callable[[], Reader]]] = {
            serial.port: (serial, partial(self._serial, serial)) for serial in settings.serial if serial.on
        }
        if settings.camera.on and self._camera is not None:
            wanted["camera"] = (settings.camera, partial(self._camera, settings.camera))
        for name in [*self._readers]:
            if name != self.keyboard.id and (name not in wanted or wanted[name][0] != self._plans[name]):
                self._remove(name)
        for name, (plan, make) in wanted.items():
            if name not in self._readers:
                try:
                    self._add(make(), plan)
                except ImportError as error:  # a system library of it is missing: the others work
                    self._add(_Missing(name, "camera" if name == "camera" else "serial", str(error)), plan)

    def _add(self, reader: Reader, plan: ReaderSettings) -> None:
        self._readers[reader.id], self._plans[reader.id] = reader, plan
        reader.scanned.connect(lambda text, act: self._scanned(reader, text, act))
        reader.trouble.connect(lambda key, text: self.trouble.emit(Trouble(reader.id, key, text)))
        reader.state_changed.connect(lambda state: self.changed.emit(reader.id, state))
        if self._started:
            reader.start()

    def _remove(self, name: str) -> None:
        reader = self._readers.pop(name)
        del self._plans[name]
        self._last.pop(name, None)
        self._arrived.pop(name, None)
        reader.stop()
        reader.deleteLater()  # here: Python would let go of it on whatever thread it tidies up next
        self.changed.emit(name, OFF)

    def start(self) -> None:
        """Begin to read with every reader."""
        self._started = True
        for reader in self._readers.values():
            reader.start()

    def stop(self) -> None:
        """Let go of every device."""
        self._started = False
        for reader in self._readers.values():
            reader.stop()

    @property
    def has_camera(self) -> bool:
        """Whether this program can read by camera."""
        return self._camera is not None

    @property
    def states(self) -> dict[str, str]:
        """How each reader stands, by its id, the keyboard's first."""
        return {name: reader.state for name, reader in self._readers.items()}

    def reader(self, name: str) -> Reader | None:
        """Return a reader by its id: the keyboard's, ``camera``, or the path of a serial port."""
        return self._readers.get(name)

    def picture(self) -> Any:
        """Return what the camera sees now, as a ``QImage``; None where there is no camera, or it gives no pictures."""
        look = getattr(self._readers.get("camera"), "picture", None)
        return look() if look is not None else None

    # --- what they read ---

    def _scanned(self, reader: Reader, text: str, act: str) -> None:
        before, self._last[reader.id] = self._last.get(reader.id), reader.moment
        plan = self._plans.get(reader.id)
        if plan is None:  # its last words while it was being taken away
            return
        inner = bare(text, plan)
        if inner is None:
            self.trouble.emit(Trouble(reader.id, "readers.trouble.affix", text))
            return
        mended, repaired = self.repair(inner, plan.repairs)
        since = self._since(reader, before)
        self.scanned.emit(Scan(mended, act, reader.id, since, text, repaired))

    def _since(self, reader: Reader, before: int | None) -> int | None:
        """Return the time since the scan before, also where a camera and a scanner see the same piece at once."""
        now = time.monotonic()
        others = [int(1000 * (now - at)) for name, at in self._arrived.items() if name != reader.id]
        self._arrived[reader.id] = now
        own = [] if before is None else [reader.moment - before]
        return min([*own, *others], default=None)
