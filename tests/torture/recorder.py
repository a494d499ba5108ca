"""What a program writes below a folder, in order: a library in front of libc writes every call down.

From the record the disk can be rebuilt as it may look after a power cut at any point (:mod:`tests.torture.powercut`).
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["NoRecorder", "Operation", "compiled", "operations", "recorded", "why_not"]

HERE = Path(__file__).parent


class NoRecorder(Exception):
    """This machine cannot record; says why."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: ``W`` write, ``T`` truncate, ``S`` sync of a file, ``D`` of a folder, ``U`` unlink, ``R`` rename,
    ``A`` a write on standard output, which is what the program promises."""

    kind: str
    path: str
    """Name of the file."""
    offset: int = 0
    data: bytes = b""


def why_not() -> str:
    """Why this machine cannot record; empty where it can."""
    if not sys.platform.startswith("linux"):
        return "LD_PRELOAD needs Linux"
    return "" if shutil.which("gcc") else "gcc is not installed"


@cache
def compiled(name: str) -> Path:
    """Compile one of the libraries of this folder, once a run of the tests."""
    if why := why_not():
        raise NoRecorder(why)
    folder = Path(tempfile.mkdtemp(prefix="kenpin-rig-"))
    target = folder / f"{name}.so"
    command = ["gcc", "-O1", "-shared", "-fPIC", "-o", str(target), str(HERE / f"{name}.c"), "-ldl"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise NoRecorder(f"gcc failed: {made.stderr.strip()[:300]}")
    return target


@contextmanager
def recording(folder: Path) -> Iterator[tuple[dict[str, str], Path]]:
    """Give the environment under which a program is recorded, and the file of the record."""
    with tempfile.TemporaryDirectory(prefix="kenpin-record-") as away:
        log = Path(away) / "record"
        more = {"LD_PRELOAD": str(compiled("iolog")), "IOLOG": str(log), "IOLOG_DIR": str(folder)}
        yield {**more, "IOLOG_NOSYNC": "1"}, log


def recorded(
    command: Sequence[str], folder: Path, *, more: Mapping[str, str] | None = None, feed: bytes = b""
) -> list[Operation]:
    """Run a program to its end and return what it wrote below *folder*."""
    with recording(folder) as (environment, log):
        full = {**os.environ, **environment, **(more or {})}
        subprocess.run(list(command), env=full, input=feed, capture_output=True, check=True)
        return operations(log)


def operations(log: Path) -> list[Operation]:
    """Read a record."""
    raw = log.read_bytes()
    found, at = [], 0
    while at < len(raw):
        kind = chr(raw[at])
        path_length, offset, length = struct.unpack_from("<HQQ", raw, at + 1)
        at += 19
        path = os.path.basename(raw[at : at + path_length].decode())
        at += path_length
        data = b""
        if kind in "WAR":
            data = raw[at : at + length]
            at += length
        if not path.endswith("-shm"):
            found.append(Operation(kind, path, offset, data))
    return found
