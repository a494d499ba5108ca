"""What differs per station 台: its name, database, folders, readers, scale, sounds …, kept in ``station.toml``.

What the shop decides is in the database instead (:mod:`app.settings`), so that all stations agree.
"""

from __future__ import annotations

import json
import tomllib
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.errors import SettingsWrong
from app.services import scales
from app.services.readers import Readers, faults, from_toml, to_toml
from app.text import LANGUAGES

__all__ = ["PITCHES", "THEMES", "SoundSettings", "StationConfig", "default_folder", "load"]

THEMES = ("light", "dark")
_FILE = "station.toml"
_KEYS = ("name", "language", "theme", "database", "papers", "volume", "pitch", "output", "sounds", "voice")
_SWITCH = ("off", "on")

PITCHES = (-5, -1, 3, -3, 1, 5)
"""Semitones of each bench's own pitch: neighbours are a third or more apart, also the last and the first."""
_SECTIONS = ("keyboard", "serial", "camera")
_SCALE = "scale"


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """How a station sounds."""

    volume: int = 80
    """Loudness in percent; 0 is silent."""
    pitch: int = 0
    """Place of its own pitch in :data:`PITCHES`."""
    output: str = ""
    """Name of the device that sound comes out of; empty leaves it to the computer."""
    folder: str = ""
    """Folder with the shop's own sounds, ``<signal>.wav``; empty for none."""


@dataclass(frozen=True, slots=True)
class StationConfig:
    """One station's own settings."""

    folder: Path
    """Folder with ``station.toml`` and, on SQLite, the database."""
    name: str = "1"
    """Name of the station; one of many on a shared database."""
    language: str = "ja"
    theme: str = "light"
    database: str = ""
    """Database address; empty means the SQLite file in the folder."""
    papers: str = ""
    """Folder that PDF papers are written to; empty means ``papers`` in the folder."""
    volume: str = "80"
    """Loudness of sounds in percent; ``0`` is silent."""
    pitch: str = "auto"
    """``auto`` takes it from the name, so that neighbours differ; else the number of a pitch, from 1."""
    output: str = ""
    """Device that sound comes out of, as the system names it; empty leaves it to the computer."""
    sounds: str = ""
    """Folder with the shop's own sounds; empty for none."""
    voice: str = "off"
    """Whether a voice reads the next shelf and count aloud."""
    readers: Readers = field(default_factory=Readers)
    """Scanners and camera."""
    scale: scales.ScaleSettings = field(default_factory=scales.ScaleSettings)
    """The scale; its port is empty where there is none."""

    @property
    def url(self) -> str:
        """Address of the database."""
        return self.database or f"sqlite:///{self.folder / 'kenpin.db'}"

    @property
    def papers_folder(self) -> Path:
        """Folder that PDF papers are written to."""
        return Path(self.papers) if self.papers else self.folder / "papers"

    @property
    def sound(self) -> SoundSettings:
        """How the station sounds."""
        if self.pitch == "auto":
            digits = "".join(sign for sign in self.name if sign.isdecimal())
            number = int(digits) - 1 if digits else zlib.crc32(self.name.encode())
        else:
            number = int(self.pitch) - 1
        return SoundSettings(int(self.volume), number % len(PITCHES), self.output, self.sounds)

    def save(self) -> None:
        """Write ``station.toml``; whole or not at all."""
        values = {key: getattr(self, key) for key in _KEYS}
        text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
        text += to_toml(self.readers) + scales.to_toml(self.scale)
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / f"{_FILE}.part"
        half.write_text(text, encoding="utf-8")
        half.replace(self.folder / _FILE)

    def with_(self, **changes: str | Readers | scales.ScaleSettings) -> StationConfig:
        """Return a changed copy, checked like a file.

        :raises SettingsWrong: a value is not allowed.
        """
        return _checked(replace(self, **changes), str(self.folder / _FILE))  # type: ignore[arg-type]


def default_folder() -> Path:
    """Return the folder for this user's station."""
    from platformdirs import user_data_path

    return user_data_path("kenpin", appauthor=False)


def load(folder: Path) -> StationConfig:
    """Read ``station.toml`` of *folder*; a missing file gives the defaults.

    :raises SettingsWrong: it cannot be read; all wrong settings are named at once.
    """
    path = folder / _FILE
    if not path.exists():
        return StationConfig(folder)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsWrong("station.unreadable", file=str(path), why=str(error)) from error
    readers, wrong = from_toml({key: value for key, value in found.items() if key in _SECTIONS})
    scale, wrong_scale = scales.from_toml(found.get(_SCALE, {}))
    wrong += wrong_scale
    own = {key: value for key, value in found.items() if key not in (*_SECTIONS, _SCALE)}
    wrong += [f"{key} = {value!r}" for key, value in own.items() if key not in _KEYS or not isinstance(value, str)]
    if wrong:
        raise _wrong(str(path), wrong)
    return _checked(StationConfig(folder, **own, readers=readers, scale=scale), str(path))


def _wrong(file: str, wrong: list[str]) -> SettingsWrong:
    known = ", ".join((*_KEYS, *_SECTIONS, _SCALE))
    return SettingsWrong("station.wrong", file=file, wrong="; ".join(wrong), known=known)


def _checked(config: StationConfig, file: str) -> StationConfig:
    wrong = faults(config.readers) + scales.faults(config.scale)
    if config.scale.port and config.scale.port in [each.port for each in config.readers.serial]:
        wrong.append(f"scale.port = {config.scale.port!r} (serial.port)")  # two cannot read one port
    if not config.name.strip() or len(config.name) > 40:
        wrong.append(f"name = {config.name!r}")
    if config.language not in LANGUAGES:
        wrong.append(f"language = {config.language!r} ({', '.join(LANGUAGES)})")
    if config.theme not in THEMES:
        wrong.append(f"theme = {config.theme!r} ({', '.join(THEMES)})")
    if not _within(config.volume, 0, 100):
        wrong.append(f"volume = {config.volume!r} (0 – 100)")
    if config.pitch != "auto" and not _within(config.pitch, 1, len(PITCHES)):
        wrong.append(f"pitch = {config.pitch!r} (auto, 1 – {len(PITCHES)})")
    if config.voice not in _SWITCH:
        wrong.append(f"voice = {config.voice!r} ({', '.join(_SWITCH)})")
    if wrong:
        raise _wrong(file, wrong)
    return config


def _within(text: str, low: int, high: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 3 and low <= int(text) <= high
