"""Writing to the terminal: JSON, tables that stay aligned with Japanese in them, and files."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.errors import FileUnusable

__all__ = ["as_json", "cells", "clock", "complain", "fit", "iso", "line", "table", "write", "write_file"]

_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}
"""Characters that some readers take for the end of a line; JSON may hold them escaped."""


def as_json(value: object, *, indent: int | None = 2) -> str:
    """Return *value* as JSON; without *indent* it is exactly one line for every reader."""
    separators = None if indent else (", ", ": ")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators).translate(_BREAKS)


def write(text: str) -> None:
    """Write on standard output."""
    sys.stdout.write(text)


def line(text: str = "") -> None:
    """Write one line on standard output."""
    sys.stdout.write(f"{text}\n")


def complain(text: str) -> None:
    """Write one line on standard error, after what standard output holds already."""
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def cells(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    if text.isascii():
        return len(text)
    width = 0
    for char in text:
        if not unicodedata.combining(char):
            width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return width


def fit(text: str, width: int) -> str:
    """Return *text* in at most *width* columns, with an ellipsis where something is left out."""
    plain = " ".join(text.split())
    if cells(plain) <= width:
        return plain
    kept, used = "", 0
    for char in plain:
        wide = cells(char)
        if used + wide > width - 1:
            break
        kept, used = kept + char, used + wide
    return f"{kept}…"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = (), widest: int = 40) -> None:
    """Write a table.

    :param right: numbers of the columns that are flush right.
    :param widest: a longer cell is shortened, except in the last column.
    """
    last = len(head) - 1
    shown = [tuple(head)]
    shown += [tuple(each if at == last else fit(each, widest) for at, each in enumerate(row)) for row in rows]
    widths = [max(cells(row[at]) for row in shown) for at in range(len(head))]
    for row in shown:
        parts = []
        for at, each in enumerate(row):
            gap = " " * (widths[at] - cells(each))
            parts.append(gap + each if at in right else each + gap)
        line("  ".join(parts).rstrip())


def iso(moment: int | None, zone: str) -> str | None:
    """Return a time as ISO 8601 with the offset of the shop's time zone."""
    if moment is None:
        return None
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def clock(moment: int | None, zone: str) -> str:
    """Return a time for a table: month, day, hour and minute."""
    return (iso(moment, zone) or "")[5:16].replace("T", " ")


def write_file(target: Path, content: bytes) -> None:
    """Write a file whole or not at all; ``-`` is standard output."""
    if str(target) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    half = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        half.write_bytes(content)
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise FileUnusable("file.not_writable", file=str(target), reason=error.strerror or str(error)) from error
