"""Which readers this station has and how each sends its codes: the part of ``station.toml`` about scanners.

``[keyboard]`` is the scanner that types, each ``[[serial]]`` is one at a serial port, ``[camera]`` is the camera. All
of a station's readers work at the same time. The devices themselves are in :mod:`app.devices.readers`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, get_args, get_type_hints

__all__ = [
    "BAUDS",
    "ENDS",
    "Camera",
    "Keyboard",
    "ReaderSettings",
    "Readers",
    "Serial",
    "faults",
    "from_toml",
    "shown",
    "to_toml",
    "typed",
]

ENDS = ("line", "tab", "etx", "pause")
"""What ends a code on a serial line: CR, LF or both; a tab; the control character ETX; or only a pause."""
BAUDS = (9600, 19200, 38400, 115200)
"""Speeds on offer; the file may name any other."""
_MOST_SERIAL = 8
_LONGEST_AFFIX = 20


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What every kind of reader can be told."""

    prefix: str = ""
    """Characters that this reader sends before each code; they are taken off."""
    suffix: str = ""
    """Characters that it sends after each code; they are taken off."""
    strict: bool = True
    """A scan that lacks them is refused. Without it a code that itself begins like the prefix would be cut."""
    repairs: tuple[str, ...] = ()
    """Faults of this reader that are known and mended, as the scanner check found them."""


@dataclass(frozen=True, slots=True)
class Keyboard(ReaderSettings):
    """The scanners that type; the computer cannot tell several of them apart."""

    on: bool = True
    """Whether fast typing is taken for scans; keys typed by a person always work."""
    gap: int = 35
    """Longest gap between two keys at the beginning of a scan, in milliseconds."""
    hold: int = 50
    """How long a first key is held back, in milliseconds."""
    pause: int = 150
    """A scan without Enter or Tab ends after this long, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Serial(ReaderSettings):
    """A scanner at a serial port, a USB one that looks like one, or a paired radio one."""

    port: str = ""
    """Path or name of the port; on Linux the one in ``/dev/serial/by-id`` stays the same after plugging in again."""
    name: str = ""
    """What people call it; empty for the end of its path."""
    baud: int = 9600
    """Speed, in bits a second; 8 data bits, no parity, 1 stop bit."""
    end: str = "line"
    """What ends a code, one of :data:`ENDS`."""
    on: bool = True
    """Whether it is opened."""

    @property
    def title(self) -> str:
        """Name for people."""
        return self.name or self.port.replace("\\", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Camera(ReaderSettings):
    """A camera that reads codes held before it."""

    on: bool = False
    """Whether it looks."""
    device: str = ""
    """The system's name of the camera; empty for its first one."""


@dataclass(frozen=True, slots=True)
class Readers:
    """All readers of a station."""

    keyboard: Keyboard = Keyboard()
    serial: tuple[Serial, ...] = ()
    camera: Camera = Camera()

    def of(self, name: str) -> Keyboard | Serial | Camera:
        """Return the settings of one reader: ``keyboard``, ``camera``, or the path of a serial port.

        :raises KeyError: there is no such port.
        """
        ports = {each.port: each for each in self.serial}
        return self.keyboard if name == "keyboard" else self.camera if name == "camera" else ports[name]

    def with_(self, changed: Keyboard | Serial | Camera) -> Readers:
        """Return a copy with one reader's settings changed."""
        match changed:
            case Keyboard():
                return replace(self, keyboard=changed)
            case Camera():
                return replace(self, camera=changed)
            case Serial():
                return self.with_serial(changed)

    def with_serial(self, changed: Serial) -> Readers:
        """Return a copy with this port's settings changed, or with the port added."""
        if any(each.port == changed.port for each in self.serial):
            return replace(self, serial=tuple(changed if x.port == changed.port else x for x in self.serial))
        return replace(self, serial=(*self.serial, changed))

    def without_serial(self, port: str) -> Readers:
        """Return a copy without this port."""
        return replace(self, serial=tuple(each for each in self.serial if each.port != port))


_Settings = TypeVar("_Settings", Keyboard, Serial, Camera)


def from_toml(found: Mapping[str, Any]) -> tuple[Readers, list[str]]:
    """Return the readers that a file names, and every wrong entry as ``section.key = value``.

    :param found: the sections ``keyboard``, ``serial`` and ``camera`` as they stand in the file.
    """
    wrong: list[str] = []
    tables = found.get("serial", [])
    if not isinstance(tables, list):
        wrong.append(f"serial = {tables!r}")
        tables = []
    serial = tuple(_from_table(Serial, "serial", table, wrong) for table in tables)
    readers = Readers(
        _from_table(Keyboard, "keyboard", found.get("keyboard", {}), wrong),
        serial,
        _from_table(Camera, "camera", found.get("camera", {}), wrong),
    )
    return readers, wrong + faults(readers)


def _from_table(kind: type[_Settings], section: str, table: Any, wrong: list[str]) -> _Settings:
    if not isinstance(table, dict):
        wrong.append(f"{section} = {table!r}")
        return kind()
    types, values = get_type_hints(kind), {}
    for key, value in table.items():
        fits: Any = types.get(key)
        given = value
        if fits is not None and get_args(fits) and isinstance(value, list):  # the only lists are lists of texts
            given, fits = tuple(value), tuple if all(isinstance(each, str) for each in value) else None
        if fits is None or type(given) is not fits:  # True is no number here
            wrong.append(f"{section}.{key} = {value!r}")
        else:
            values[key] = given
    return kind(**values)


def faults(readers: Readers) -> list[str]:
    """Return what cannot be in these settings, as ``section.key = value``."""
    keyboard, wrong = readers.keyboard, []
    for key, least, most in (("gap", 5, 500), ("hold", 5, 700), ("pause", 30, 2000)):
        if not least <= getattr(keyboard, key) <= most:
            wrong.append(f"keyboard.{key} = {getattr(keyboard, key)} ({least}–{most})")
    for section, each in (("keyboard", keyboard), ("camera", readers.camera), *(("serial", x) for x in readers.serial)):
        affixes = (("prefix", each.prefix), ("suffix", each.suffix))
        wrong += [f"{section}.{key} = {value!r}" for key, value in affixes if len(value) > _LONGEST_AFFIX]
    for port in readers.serial:
        if not port.port.strip():
            wrong.append(f"serial.port = {port.port!r}")
        if not 110 <= port.baud <= 4_000_000:
            wrong.append(f"serial.baud = {port.baud}")
        if port.end not in ENDS:
            wrong.append(f"serial.end = {port.end!r} ({', '.join(ENDS)})")
    ports = [each.port for each in readers.serial]
    wrong += [f"serial.port = {port!r}" for port in sorted(set(ports)) if ports.count(port) > 1]
    if len(ports) > _MOST_SERIAL:
        wrong.append(f"serial: {len(ports)} ({_MOST_SERIAL})")
    return wrong


def to_toml(readers: Readers) -> str:
    """Return the sections for the file; what is as it comes is left out."""
    parts = [_table("[keyboard]", readers.keyboard), _table("[camera]", readers.camera)]
    parts += [_table("[[serial]]", each) for each in readers.serial]
    return "".join(parts)


def _table(head: str, settings: Keyboard | Serial | Camera) -> str:
    plain = type(settings)()
    lines = [
        f"{field.name} = {_value(getattr(settings, field.name))}\n"
        for field in fields(settings)
        if getattr(settings, field.name) != getattr(plain, field.name)
    ]
    return f"\n{head}\n" + "".join(lines) if lines else ""


def _value(value: object) -> str:
    """Return a value as TOML: its texts are JSON's, but for DEL."""
    kept = list(value) if isinstance(value, tuple) else value
    return json.dumps(kept, ensure_ascii=False).replace("\x7f", "\\u007f")


# --- characters that cannot be typed ---

_NAMES = {"\t": r"\t", "\r": r"\r", "\n": r"\n", "\\": r"\\"}


def shown(text: str) -> str:
    r"""Return a text so that its control characters can be read and typed: ``\t``, ``\r``, ``\n``, ``\x1d``."""

    def mark(char: str) -> str:
        return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"

    return "".join(_NAMES.get(char) or (char if char.isprintable() else mark(char)) for char in text)


def typed(text: str) -> str:
    r"""Return the text that :func:`shown` shows as *text*; what is no such mark stays as it is."""
    marks = {mark: char for char, mark in _NAMES.items()}

    def char(mark: re.Match[str]) -> str:
        return marks.get(mark[0]) or chr(int(mark[1], 16))

    return re.sub(r"\\[trn\\]|\\x([0-9a-fA-F]{2})", char, text)
