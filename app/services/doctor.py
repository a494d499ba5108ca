"""Looking the installation over: what ``kenpin doctor`` checks, and what to do about what is missing.

Every check is told, good or bad, so that a report sent to somebody says what was looked at.
"""

from __future__ import annotations

import importlib
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app import fonts
from app.errors import StationError
from app.services.answers import of_error
from app.services.settings import all_settings
from app.services.station import StationConfig
from app.storage.database import Database, open_database
from app.text import LANGUAGES, texts

__all__ = ["Check", "examine"]

_LEAST_FREE = 1 << 30
"""Bytes that ought to be free beside the database."""
_OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    check: str
    """Its id; ``doctor.<check>`` names it."""
    ok: bool
    key: str
    """Key of the sentence: what was found, and what to do where it is not good."""
    args: dict[str, object] = field(default_factory=dict)
    needed: bool = True
    """False where the station works without it."""

    @property
    def value(self) -> str:
        """What was found, for a program."""
        return str(self.args.get("found", ""))


def examine(config: StationConfig, config_error: StationError | None = None) -> list[Check]:
    """Look everything over; a check never raises, it reports."""
    return [
        _python(),
        *_libraries(),
        _fonts(),
        _texts(),
        _config(config, config_error),
        _papers(config),
        _room(config),
        *_database(config),
    ]


def _python() -> Check:
    found = platform.python_version()
    ok = sys.version_info[:2] >= _OLDEST
    return Check("python", ok, "doctor.python.ok" if ok else "doctor.python.old", {"found": found})


_LIBRARIES = (
    ("qt", "PySide6.QtWidgets", True),
    ("reportlab", "reportlab.pdfgen.canvas", True),
    ("postgresql", "psycopg", False),
    ("zxing", "zxingcpp", False),
    ("zbar", "pyzbar.pyzbar", False),
)


def _libraries() -> Iterator[Check]:
    for name, module, needed in _LIBRARIES:
        try:
            importlib.import_module(module)
        except Exception as error:  # noqa: BLE001 - a missing system library comes as almost anything
            why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            yield Check(name, False, f"doctor.{name}.missing", {"found": "", "why": why}, needed)
        else:
            yield Check(name, True, "doctor.library.ok", {"found": module})


def _fonts() -> Check:
    lacking = [name for name in fonts.FILES if not fonts.regular().with_name(name).is_file()]
    if lacking:
        return Check("fonts", False, "doctor.fonts.missing", {"found": ", ".join(lacking)})
    return Check("fonts", True, "doctor.fonts.ok", {"found": fonts.FAMILY})


def _texts() -> Check:
    """Whether every language has the sentences; which keys there are is the tests' business."""
    try:
        empty = [language for language in LANGUAGES if not texts(language).has("cli.about")]
    except (OSError, ValueError) as error:
        return Check("texts", False, "doctor.texts.missing", {"found": str(error)})
    if empty:
        return Check("texts", False, "doctor.texts.missing", {"found": ", ".join(empty)})
    return Check("texts", True, "doctor.texts.ok", {"found": ", ".join(LANGUAGES)})


def _config(config: StationConfig, error: StationError | None) -> Check:
    if error is not None:
        why = of_error(texts(config.language), error)
        return Check("station", False, "doctor.station.wrong", {"found": str(config.folder), "why": why})
    return Check("station", True, "doctor.station.ok", {"found": str(config.folder), "name": config.name})


def _papers(config: StationConfig) -> Check:
    folder = config.papers_folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        why = error.strerror or str(error)
        return Check("papers", False, "doctor.papers.unwritable", {"found": str(folder), "why": why})
    return Check("papers", True, "doctor.papers.ok", {"found": str(folder)})


def _room(config: StationConfig) -> Check:
    folder = config.folder
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check("room", False, "doctor.room.unknown", {"found": error.strerror or str(error)}, needed=False)
    ok = free >= _LEAST_FREE
    key = "doctor.room.ok" if ok else "doctor.room.little"
    return Check("room", ok, key, {"found": f"{free / (1 << 30):,.1f} GiB"})


def _database(config: StationConfig) -> Iterator[Check]:
    """Open it (which reads its settings back), and compare its clock and time zone with this computer's."""
    words = texts(config.language)
    if not config.database and not (config.folder / "kenpin.db").exists():
        yield Check("database", True, "doctor.database.absent", {"found": config.url})
        return
    try:
        database = open_database(config.url)
    except StationError as error:
        yield Check("database", False, "doctor.database.wrong", {"found": of_error(words, error)})
        return
    except Exception as error:  # noqa: BLE001 - a driver that is not there, an address it cannot read
        yield Check("database", False, "doctor.database.wrong", {"found": f"{type(error).__name__}: {error}"})
        return
    try:
        yield Check("database", True, "doctor.database.ok", {"found": database.name})
        yield from _clock(database)
    except StationError as error:
        yield Check("clock", False, "doctor.database.wrong", {"found": of_error(words, error)})
    finally:
        database.close()


def _clock(database: Database) -> Iterator[Check]:
    with database.reading() as tx:
        before = time.time()
        apart = tx.now / 1000 - before
        zone = all_settings(tx)["shop.timezone"]
    try:
        here = datetime.now(UTC).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Check("timezone", False, "doctor.timezone.unknown", {"found": zone})
    else:
        yield Check("timezone", True, "doctor.timezone.ok", {"found": f"{zone} {here:%Y-%m-%d %H:%M}"})
    ok = abs(apart) < 60 and here_is_sane()
    yield Check("clock", ok, "doctor.clock.ok" if ok else "doctor.clock.apart", {"found": f"{abs(apart):.1f} s"})


def here_is_sane(now: Callable[[], float] = time.time) -> bool:
    """Whether this computer's clock shows a year in which the program can be running."""
    return 2026 <= datetime.fromtimestamp(now(), UTC).year <= 2100
