"""Anchors 控え: where the chains ended, written into a file outside the database again and again.

``kenpin verify`` holds the database against that file: entries that were cut off at the end, hashes that were all made
anew, and an old copy that was put back show only there. The file is the setting ``proof.anchor``, else
``anchors.jsonl`` in the station's folder; each line is on the disk before anything goes on. Nothing is written where no
station has moved, and the writer is never held: the heads are read beside it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.anchors import Anchor, Anchored, Head, next_anchor, read_anchors
from app.errors import FileUnusable
from app.services.desk import Desk
from app.storage import anchors as storage
from app.storage import settings as settings_storage
from app.storage.database import Transaction

__all__ = ["EVERY_MS", "FILE", "Kept", "anchor_file", "due", "keep", "read_file", "whole_file"]

FILE = "anchors.jsonl"
"""Name of the file where the shop says none."""
EVERY_MS = 600_000
"""Oldest anchor while stations work."""
_TAIL = 1 << 16
"""Bytes looked at for the newest line: more than a line of many stations takes."""
_PATIENCE_SECONDS = 5.0
"""How long another program may have the file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping an anchor came to."""

    file: Path
    anchor: Anchor | None
    """The newest line; None where no station has done anything yet."""
    new: bool
    """Whether it was written now; else nothing had moved since."""


def anchor_file(tx: Transaction, folder: Path) -> Path:
    """Return the file of anchors: the setting ``proof.anchor``, else in the station's *folder*.

    A setting without a folder of its own is meant to lie in the station's.
    """
    named = settings_storage.read(tx).get("proof.anchor", "").strip()
    return folder / Path(named).expanduser() if named else folder / FILE


def read_file(file: Path, *, must_exist: bool = False) -> Anchored | None:
    """Return what a file of anchors says; None where there is none.

    A last line without its end was being written when the power went, and counts as not written.

    :raises FileUnusable: it cannot be read.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        if must_exist:
            raise FileUnusable("anchor.unreadable", file=str(file), why=error.strerror) from error
        return None
    except OSError as error:
        raise FileUnusable("anchor.unreadable", file=str(file), why=error.strerror or str(error)) from error
    whole = data[: data.rfind(b"\n") + 1]
    return read_anchors(whole.decode("utf-8", "replace").splitlines())


def whole_file(file: Path) -> bytes:
    """Return the file as it is, for a copy that is kept elsewhere; empty where there is none yet.

    :raises FileUnusable: it cannot be read.
    """
    try:
        return file.read_bytes() if file.exists() else b""
    except OSError as error:
        raise FileUnusable("anchor.unreadable", file=str(file), why=error.strerror or str(error)) from error


def due(desk: Desk, folder: Path) -> bool:
    """Whether it is time to keep another one: the newest is old, or a hand-over was closed out since.

    :raises FileUnusable: the file cannot be read.
    """
    last = _last(desk.read(anchor_file, folder).result())
    return desk.read(_is_due, last).result()


def _is_due(tx: Transaction, last: Anchor | None) -> bool:
    if last is not None and tx.now - last.at < EVERY_MS and not storage.closed_out_since(tx, last.at):
        return False
    return storage.heads(tx) != (last.heads if last else {})


def keep(desk: Desk, folder: Path) -> Kept:
    """Write where every station's chain ends now, unless nothing has moved since the newest line.

    :param folder: the station's own folder.
    :raises FileUnusable: the file cannot be written, or belongs to another database.
    """
    name = desk.read(storage.database_id).result() or desk.chunk(frozenset(), storage.name_database).result()
    file = desk.read(anchor_file, folder).result()
    with _alone(file):
        last = _last(file)
        if last is not None and last.database != name:
            raise FileUnusable("anchor.other_database", file=str(file), found=last.database, database=name)
        # Read while nobody else writes the file, so that no line says an older state than the one before it.
        heads, now = desk.read(_heads_now).result()
        if heads == (last.heads if last else {}):
            return Kept(file, last, False)
        made = next_anchor(now, name, heads, last)
        _append(file, made)
    return Kept(file, made, True)


def _heads_now(tx: Transaction) -> tuple[dict[str, Head], int]:
    return storage.heads(tx), tx.now


def _last(file: Path) -> Anchor | None:
    """Return the newest line that is whole; None where there is none."""
    try:
        with file.open("rb") as given:
            size = given.seek(0, os.SEEK_END)
            taken = _TAIL
            while True:
                given.seek(max(0, size - taken))
                data = given.read()
                lines = data[: data.rfind(b"\n") + 1].splitlines()
                if len(lines) > 1 or taken >= size:
                    break
                taken *= 8
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileUnusable("anchor.unreadable", file=str(file), why=error.strerror or str(error)) from error
    return read_anchors([lines[-1].decode("utf-8", "replace")]).last if lines else None


def _append(file: Path, anchor: Anchor) -> None:
    """Add a line; it is on the disk when this returns. A line that broke off before it is written over."""
    with file.open("a+b") as out:
        size = out.seek(0, os.SEEK_END)
        out.seek(max(0, size - _TAIL))
        rest = out.read()
        out.truncate(size - len(rest) + rest.rfind(b"\n") + 1)
        out.write(anchor.line().encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())


@contextlib.contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Have the file for oneself: several programs of one station may keep anchors at the same time."""
    beside = file.with_name(f"{file.name}.lock")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("ab") as lock:
            _wait_for(lock.fileno())
            yield
    except OSError as error:
        raise FileUnusable("anchor.not_writable", file=str(file), why=error.strerror or str(error)) from error


def _wait_for(number: int) -> None:
    """Wait for the lock of an open file; it goes with the file, also when its program is killed."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            _lock(number)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
