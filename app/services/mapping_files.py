"""Mappings as files: a shop's mapping goes from one house to another as the TOML that it is."""

from __future__ import annotations

from pathlib import Path

from app.channels._draft import draft_of
from app.errors import FileUnusable, SettingsWrong

__all__ = ["read_in", "write_out"]

_MOST_BYTES = 1_000_000
"""A mapping is a few kilobytes; a larger file is something else."""


def read_in(path: Path) -> tuple[str, str]:
    """Return the name of the channel that a file makes, and its TOML.

    :raises SettingsWrong: it cannot be read, or is no TOML; what else is wrong is said when it is kept.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
        if len(raw) > _MOST_BYTES:
            raise SettingsWrong("mapping_file.too_large", file=path.name, mb=_MOST_BYTES // 1_000_000)
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong("mapping.unreadable", mapping=path.name, reason=str(error)) from error
    return draft_of(text, path.stem).name, text


def write_out(folder: Path, name: str, body: str) -> Path:
    """Write a mapping into a folder and return where it is; a file that has its name stays.

    :raises FileUnusable: the folder cannot be written.
    """
    for number in range(1, 1000):
        path = folder / (f"{name}.toml" if number == 1 else f"{name}-{number}.toml")
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(body)
        except FileExistsError:
            continue
        except OSError as error:
            why = error.strerror or str(error)
            raise FileUnusable("mapping_file.not_writable", folder=str(folder), why=why) from error
        return path
    raise FileUnusable("mapping_file.not_writable", folder=str(folder), why=f"{name}-999.toml")
