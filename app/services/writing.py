"""Bringing a file that was made in an act to the disk: once, whole, and found again after a crash."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.errors import FileUnusable, NotAllowed

__all__ = ["file_name", "finish", "unnamed", "write_once"]

_HALF = re.compile(r"\.(?P<name>.+)\.(?P<identity>[0-9]+)\.[0-9]+-[0-9]+\.part")


def file_name(what: str, shop: tuple[str, str], day: date, suffix: str) -> str:
    """Return a name that says what a file is and whose; only characters that every disk takes, ``{id}`` to be filled.

    :param shop: channel and name.
    """
    name = re.sub(r"[^\w-]+", "_", shop[1])[:40].strip("_") or "shop"
    return f"{what}_{shop[0]}_{name}_{day:%Y%m%d}_{{id}}{suffix}"


def write_once(
    folder: Path, name: str, identity: int, data: bytes | None, sha256: str, say_written: Callable[[], bool]
) -> Path | None:
    """Write *data* beside its place, let *say_written* tell the database, then give the file its name.

    A program that dies in between leaves either the bytes in the database or the whole file in the folder, and
    :func:`finish` completes it. Return where it is; None where another station was quicker.

    :param identity: the file's number in the database; it tells half files of one name apart.
    :param data: its bytes; None where it is written: perhaps a program died before it was named.
    :raises FileUnusable: the folder cannot be written.
    :raises NotAllowed: *say_written* refuses; nothing is left in the folder.
    """
    if data is None:
        return finish(folder, name, identity, sha256)
    half = folder / f".{name}.{identity}.{os.getpid()}-{threading.get_ident()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise _not_writable(folder / name, error) from error
    try:
        said = say_written()
    except NotAllowed:  # surely not written; after any other error the whole file may be needed
        half.unlink(missing_ok=True)
        raise
    if not said:
        half.unlink(missing_ok=True)
        return None
    return finish(folder, name, identity, sha256) or _named(folder, name, identity, sha256)


def unnamed(folder: Path) -> list[tuple[str, int]]:
    """Return name and number of the files in *folder* that a program died over before it had named them.

    Which of them are whole, and written for the database, is for :func:`finish` and its caller to see.
    """
    found = (_HALF.fullmatch(path.name) for path in sorted(folder.glob(".*.part")))
    return list(dict.fromkeys((each["name"], int(each["identity"])) for each in found if each is not None))


def finish(folder: Path, name: str, identity: int, sha256: str) -> Path | None:
    """Give a file that is written its name; half files of calls that died before go. None where there is none."""
    halves = sorted(folder.glob(f".{name}.{identity}.*.part")) if folder.is_dir() else []
    target = folder / name
    second = folder / f"{target.stem}-{identity}{target.suffix}"
    try:
        whole = [half for half in halves if hashlib.sha256(half.read_bytes()).hexdigest() == sha256]
        if not whole:
            return None
        # Another file that has the name is never written over.
        named = whole[0].replace(second if target.exists() else target)
        for half in halves:
            half.unlink(missing_ok=True)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and (found := _named(folder, name, identity, sha256)):
            return found  # another call gave it its name meanwhile
        raise _not_writable(target, error) from error
    return named


def _named(folder: Path, name: str, identity: int, sha256: str) -> Path | None:
    """Return where a file is that has its name already."""
    target = folder / name
    for path in (folder / f"{target.stem}-{identity}{target.suffix}", target):
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return path
    return None


def _not_writable(path: Path, error: OSError) -> FileUnusable:
    return FileUnusable("file.not_writable", file=str(path), reason=error.strerror or str(error))
