"""Is a file whole? Names of downloads that are not at their end, and programs that still have a file open to write."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Shape", "is_on_its_way", "is_open_elsewhere", "shape_of"]

_ENDINGS = (
    ".part",
    ".partial",
    ".tmp",
    ".temp",
    ".crdownload",
    ".download",
    ".opdownload",
    ".filepart",
    ".swp",
    ".lock",
)
"""What browsers and copying programs call a file until it is whole."""
_BEGINNINGS = (".", "~$", "._")
"""Hidden files, and the lock files of office programs."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What tells that a file was written to between two looks."""

    size: int
    modified: int
    """Nanoseconds."""
    node: int


def shape_of(path: Path) -> Shape | None:
    """Return a file's shape; None where it is none, or is gone.

    :raises OSError: the folder cannot be reached.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return Shape(found.st_size, found.st_mtime_ns, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def is_on_its_way(name: str) -> bool:
    """Whether a file's name says that it is not meant to be read, or not yet."""
    return name.startswith(_BEGINNINGS) or name.lower().endswith(_ENDINGS)


def is_open_elsewhere(path: Path) -> bool:
    """Whether another program has a file open to write to it, as far as the system tells; on a share it may not.

    :raises OSError: the file cannot be opened, and why.
    """
    if sys.platform == "win32":
        return _is_held(path)
    return _is_locked(path) or any(_writers(path))


def _is_held(path: Path) -> bool:
    """Windows refuses to open for writing what another program holds."""
    try:
        os.close(os.open(path, os.O_RDWR))
    except PermissionError:
        return os.access(path, os.W_OK)  # one that may only be read is nobody's
    return False


def _is_locked(path: Path) -> bool:
    import fcntl

    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a file system without locks tells nothing
        return False
    finally:
        os.close(handle)
    return False


def _writers(path: Path) -> Iterator[int]:
    """Yield the programs that have a file open to write, of those that this one may look into (Linux only)."""
    there = os.stat(path)
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            found = os.stat(handle)
            if (found.st_dev, found.st_ino) != (there.st_dev, there.st_ino):
                continue
            told = (handle.parent.parent / "fdinfo" / handle.name).read_text(encoding="ascii")
        except OSError:  # it ended meanwhile, or is another person's
            continue
        flags = next((line.split()[1] for line in told.splitlines() if line.startswith("flags:")), "0")
        if int(flags, 8) & os.O_ACCMODE != os.O_RDONLY:
            yield int(handle.parts[2])
