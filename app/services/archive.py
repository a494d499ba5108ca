"""Putting files away: into a folder of their day, under their own name, never over another file, and surely."""

from __future__ import annotations

import contextlib
import os
from datetime import date
from pathlib import Path

__all__ = ["put_aside", "put_away"]


def put_away(path: Path, folder: Path, day: date) -> Path:
    """Move a file into the folder of its day; return where it lies.

    :raises OSError: there is no room, no right, or no folder any more; the file is where it was.
    """
    return _move(path, folder / day.isoformat())


def put_aside(path: Path, folder: Path, report: str) -> Path:
    """Move a file aside, with a report beside it; return where it lies.

    :raises OSError: there is no room, no right, or no folder any more; the file is where it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = _free_name(folder, path.name)
    beside = target.with_name(f"{target.name}.txt")
    try:
        with beside.open("w", encoding="utf-8-sig", newline="\r\n") as file:  # for the editors that offices have
            file.write(report)
            file.flush()
            os.fsync(file.fileno())
        _swap(path, target)
    except OSError:
        _drop_empty(target, path)
        with contextlib.suppress(OSError):
            if path.exists():
                beside.unlink(missing_ok=True)
        raise
    return target


def _drop_empty(target: Path, path: Path) -> None:
    """Free a name that was taken for a file which is still where it was."""
    with contextlib.suppress(OSError):
        if path.exists() and target.stat().st_size == 0:
            target.unlink()


def _move(path: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = _free_name(folder, path.name)
    try:
        _swap(path, target)
    except OSError:
        _drop_empty(target, path)
        raise
    return target


def _free_name(folder: Path, name: str) -> Path:
    """Return a name that nobody has, taken by an empty file of ours; ``name (2).csv`` where *name* is taken."""
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while True:
        target = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            number += 1
        else:
            return target


def _swap(path: Path, target: Path) -> None:
    """Move a file over the empty one that keeps its name free, and see to it that a power cut changes nothing."""
    os.replace(path, target)
    for folder in (target.parent, path.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows keeps names by itself
        return
    with contextlib.suppress(OSError):  # a share that cannot: nothing more can be done
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
