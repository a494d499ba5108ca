"""Spreadsheets (XLSX, XLS, ODS) as text: a limited child process judges one and writes its sheets as UTF-8 CSV.

A spreadsheet is a packed program of its own: one of a few kilobytes may unpack to gigabytes, and one cell in the last
corner makes a reader reserve room for all cells before it. So the station's process never opens one. The child may take
:data:`LIMITS` only; what ends it is said as a sentence. Its files lie in a folder that only this user reads, and are
removed when nobody holds the book any more; what a killed program left is removed by the next one (:func:`sweep`).
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from app.errors import FileUnusable
from app.sheets._watch import memory_of

__all__ = ["LIMITS", "Book", "Limits", "Note", "SheetText", "is_book", "read_book", "sweep"]

_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_PREFIX = "kenpin-sheets-"
_YOUNG_SECONDS = 60
"""A folder that was made just now may not be locked yet."""
_CHILD = Path(__file__).with_name("_child.py")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may take, and what a file may be."""

    memory_mb: int = 300
    seconds: int = 10
    """Of the processor's time, where the system limits that: a file is not to blame for a busy computer."""
    patience: int = 10 if sys.platform == "win32" else 30
    """Seconds by the clock after which the child is ended in any case."""
    unpacked_mb: int = 400
    """Sum of what the parts of the file unpack to."""
    entries: int = 2_000
    """Parts of the file."""
    ratio: int = 200
    """How small a large part may be packed: a table packs to a tenth, seldom to a hundredth."""
    rows: int = 200_000
    cells: int = 2_500_000
    """Cells between the outermost ones of a sheet, empty ones too: they all take room."""
    out_mb: int = 400


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Note:
    """A cell that says nothing as it is: a formula whose value was not kept, or an error."""

    row: int
    """As the spreadsheet counts."""
    column: str
    """``A``, ``B`` …"""
    key: str
    said: str
    """The formula or error, which stands in the cell's place."""


@dataclass(frozen=True, slots=True)
class SheetText:
    """One sheet as text."""

    name: str
    path: Path
    """UTF-8 CSV, a line for each row of the sheet; there as long as the book is held."""
    rows: int
    notes: tuple[Note, ...] = ()


@dataclass(eq=False)
class Book:
    """A spreadsheet that was read; its files are removed with it."""

    kind: str
    """``xlsx``, ``xls`` or ``ods``."""
    sheets: tuple[SheetText, ...]
    """Those that are seen and have something in them."""
    peak_mb: float = 0.0
    """Most memory that the child had; 0 where the system does not tell."""
    folder: Path = field(default_factory=Path)

    def __post_init__(self) -> None:
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)


def is_book(start: bytes) -> bool:
    """Whether a file that begins like this is to be read here: a zip, or the container of old Excel files."""
    return start.startswith(_STARTS)


def read_book(path: Path, name: str, limits: Limits = LIMITS) -> Book:
    """Read a spreadsheet; raises :class:`~app.errors.FileUnusable` with what is wrong and what to do.

    :param name: what the file is called in sentences.
    """
    folder = Path(tempfile.mkdtemp(dir=_own_folder()))
    try:
        book = folder / "book"
        shutil.copyfile(path, book)  # it may change while it is read, and its name may end in anything
        told = _told(folder, book, name, limits)
        if "refused" in told:
            raise FileUnusable(told["refused"], **{**told["args"], "file": name, **_shown(limits)})
        (folder / f"book.{told['kind']}").unlink(missing_ok=True)
        sheets = tuple(_sheet(folder, each) for each in told["sheets"])
        if not sheets:
            raise FileUnusable("file.empty", file=name)
        return Book(told["kind"], sheets, told.get("peak_kb", 0) / 1000, folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise FileUnusable("file.unreadable", file=name, reason=error.strerror or str(error)) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _sheet(folder: Path, told: dict[str, Any]) -> SheetText:
    notes = tuple(Note(row, column, key, said) for row, column, key, said in told["notes"])
    return SheetText(told["name"], folder / told["file"], told["rows"], notes)


def _shown(limits: Limits) -> dict[str, str]:
    return {"memory": f"{limits.memory_mb} MB", "seconds": str(limits.seconds)}


def _told(folder: Path, book: Path, name: str, limits: Limits) -> dict[str, Any]:
    """Run the child and return its answer."""
    # -P: the child's own folder is no place to look for modules in.
    command = [sys.executable, "-P", "-X", "utf8", str(_CHILD), str(book), str(folder), json.dumps(asdict(limits))]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "MALLOC_ARENA_MAX": "1"},  # each arena would count against the limit
            creationflags=_NO_WINDOW,
        )
    except OSError as error:
        raise FileUnusable("file.sheet_died", file=name, code=error.strerror or str(error)) from error
    why = _wait(process, limits)
    answer = folder / "told.json"
    if not why and process.returncode == 0 and answer.is_file():
        told: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return told
    # A library that gets no memory ends its process with SIGABRT; SIGXCPU is the limit of time.
    key = why or {-6: "file.sheet_memory", -24: "file.sheet_time"}.get(process.returncode, "file.sheet_died")
    raise FileUnusable(key, file=name, code=str(process.returncode), **_shown(limits))


def _wait(process: subprocess.Popen[bytes], limits: Limits) -> str:
    """Wait for the child; return the key of why it had to be ended, empty where it ended by itself."""
    until = time.monotonic() + limits.patience
    try:
        while True:
            try:
                process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                if time.monotonic() > until:
                    return "file.sheet_time"
                if memory_of(process) > limits.memory_mb * 1_000_000:
                    return "file.sheet_memory"
            else:
                return ""
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


# --- where the files lie ------------------------------------------------------------------------------------------

_lock = threading.Lock()
_mine: tuple[Path, IO[bytes]] | None = None
"""This process's folder, and the file in it that stays locked as long as the process lives."""


def _own_folder() -> Path:
    global _mine  # noqa: PLW0603 - one folder for the whole process
    with _lock:
        if _mine is None or not _mine[0].is_dir():
            sweep()
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            held = (folder / "lock").open("wb")
            _take(held.fileno())
            _mine = folder, held
            atexit.register(_leave, folder, held)
        return _mine[0]


def _leave(folder: Path, held: IO[bytes]) -> None:
    held.close()
    shutil.rmtree(folder, ignore_errors=True)


def sweep() -> int:
    """Remove what programs left that were killed while they held a spreadsheet; return how many."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime < _YOUNG_SECONDS:
                continue
            with (folder / "lock").open("a+b") as held:
                _take(held.fileno())
        except OSError:  # another program of this user lives, or another user's
            continue
        shutil.rmtree(folder, ignore_errors=True)
        removed += 1
    return removed


if sys.platform == "win32":
    import msvcrt

    _NO_WINDOW = subprocess.CREATE_NO_WINDOW

    def _take(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    _NO_WINDOW = 0

    def _take(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
