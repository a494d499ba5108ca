"""Changing one value in a TOML text: comments, order and everything else in it stay as they were written.

Tables and keys are found line by line; what a line means is left to the standard reader of TOML.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["line_of", "put_value", "read_toml", "written"]

Path = tuple[str, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_MOST_LINES = 400
"""Lines of one value, at the most: further ones are not looked for."""
_AT_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table's head, or a key with its value."""

    path: Path
    first: int
    """Its first line, from 0."""
    end: int
    """The line behind its last one."""
    head: bool
    key: str = ""
    """What stands before the equals sign."""


def read_toml(text: str) -> dict[str, Any]:
    """Return what a text says that a person may have written or been sent.

    :raises tomllib.TOMLDecodeError: it is no TOML, is nested without end, or has a number of thousands of digits.
    """
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("nested too deeply") from error
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:
        raise tomllib.TOMLDecodeError(str(error)) from error


def written(value: object, *, top: bool = False) -> str:
    """Return a value as TOML writes it.

    :param top: whether it is a key's own value: then a text of several lines may stand on several.
    :raises TypeError: TOML has nothing for it.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str):
        return _long(value) if top and "\n" in value else _quoted(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(str(name))} = {written(each)}" for name, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(written(each) for each in value)}]"
    raise TypeError(type(value).__name__)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long(text: str) -> str:
    """Return a text of several lines as people write it: each on a line of its own."""
    lines = "\n".join(_quoted(line)[1:-1] for line in text.split("\n"))
    return f'"""\n{lines}"""'


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _lines(text: str) -> list[str]:
    """Return the lines; TOML knows fewer ends of a line than Python."""
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _path_in(text: str) -> Path:
    """Return the path of the one key, or table, that a line of TOML makes."""
    found: list[str] = []
    level: object = tomllib.loads(text)
    while isinstance(level, (dict, list)) and level:
        if isinstance(level, dict):
            name = next(iter(level))
            found.append(name)
            level = level[name]
        else:
            level = level[0]
    return tuple(found)


def _equals(line: str) -> int:
    """Return where the equals sign behind a key stands; -1 where there is none."""
    quote = ""
    for at, char in enumerate(line):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "=":
            return at
    return -1


def _entries(text: str) -> list[_Entry]:
    """Return tables and keys in their order; what cannot be read is left out."""
    lines, found, table, at = _lines(text), list[_Entry](), Path(), 0
    counted: dict[Path, int] = {}
    while at < len(lines):
        line, end = lines[at].strip(), at + 1
        try:
            if line.startswith("["):
                table = _path_in(line)
                if line.startswith("[["):
                    counted[table] = counted.get(table, 0) + 1
                    table = (*table[:-1], f"{table[-1]}[{counted[table]}]")
                found.append(_Entry(table, at, end, head=True))
            elif line and not line.startswith("#"):
                key = lines[at][: _equals(lines[at])]
                path = (*table, *_path_in(f"{key} = 0"))
                end = _end_of(lines, at)
                found.append(_Entry(path, at, end, head=False, key=key.strip()))
        except tomllib.TOMLDecodeError:
            pass
        at = end
    return found


def _end_of(lines: Sequence[str], at: int) -> int:
    """Return the line behind the value that begins on a line."""
    for end in range(at + 1, min(len(lines), at + _MOST_LINES) + 1):
        try:
            tomllib.loads("\n".join(lines[at:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    return at + 1


def _comment(line: str) -> str:
    """Return the comment behind a value on one line, with the blanks before it."""
    for found in re.finditer(r"\s*#", line):
        try:
            tomllib.loads(line[: found.start()])
        except tomllib.TOMLDecodeError:
            continue
        return line[found.start() :]
    return ""


def put_value(text: str, path: Path, value: object) -> str:
    """Return the text with another value at a path; a key or a table that is not there is added.

    :param path: names of the tables and the key: ``("size", "A5", "body_pt")``.
    :raises tomllib.TOMLDecodeError: the text is no TOML.
    """
    tomllib.loads(text)
    entries = _entries(text)
    if isinstance(value, Mapping) and any(each.path[: len(path)] == path and each.path != path for each in entries):
        for name, each in value.items():
            text = put_value(text, (*path, str(name)), each)
        return text
    lines = _lines(text)
    own = next((each for each in entries if each.path == path and not each.head), None)
    if own is not None:
        comment = _comment(lines[own.first]) if own.end == own.first + 1 else ""
        lines[own.first : own.end] = [f"{own.key} = {written(value, top=True)}{comment}"]
        return "\n".join(lines) + "\n"
    above = next(
        (each for each in entries if not each.head and each.path == path[:-1]), None
    )  # the table stands in braces: it is written anew
    if above is not None:
        level: object = tomllib.loads(text)
        for name in above.path:
            assert isinstance(level, dict)
            level = level[name]
        kept = level if isinstance(level, dict) else {}
        return put_value(text, above.path, {**kept, path[-1]: value})
    return _added(lines, entries, path, value)


def _added(lines: list[str], entries: Sequence[_Entry], path: Path, value: object) -> str:
    table, made = path[:-1], f"{_key(path[-1])} = {written(value, top=True)}"
    heads = [each for each in entries if each.head]
    if not table:
        first = heads[0].first if heads else len(lines)
        place = max((each.end for each in entries if not each.head and each.end <= first), default=0)
        if not place:  # behind what is said of the whole file
            while place < first and lines[place].lstrip().startswith("#"):
                place += 1
        lines.insert(place, made)
    elif head := next((each for each in heads if each.path == table), None):
        following = next((each.first for each in heads if each.first > head.first), len(lines))
        place = max((each.end for each in entries if not each.head and head.end <= each.end <= following), default=0)
        lines.insert(max(place, head.end), made)
    else:
        lines += [*([""] if lines and lines[-1].strip() else []), f"[{'.'.join(map(_key, table))}]", made]
    return "\n".join(lines) + "\n"


def line_of(text: str, place: str, said: str = "") -> int:
    """Return the line, from 1, that something is wrong on; 0 where that cannot be told.

    :param place: a key with its tables, such as ``size.A5.body_pt`` or ``fields[2]``; ``ja.body:3`` is the third line
        of a text of several, blank ones before the first not counted; empty where the text is no TOML.
    :param said: what the reader of TOML said.
    """
    if not place:
        found = _AT_LINE.search(said)
        return int(found[1]) if found else 0
    place, _, inner = place.partition(":")
    best, line = 0, 0
    for each in _entries(text):
        path = ".".join(each.path)
        fits = place == path or (place.startswith(path) and place[len(path)] in ".[")
        if fits and len(path) >= best:
            if len(path) == best and line:
                continue
            best, line = len(path), each.first + 1
            if inner.isdecimal() and each.end > line:
                line = _line_within(_lines(text)[each.first : each.end], int(inner)) + each.first
    return line


def _line_within(lines: Sequence[str], number: int) -> int:
    """Return which line of a value, from 1, has the so-manieth line of its text, blank ones before it not counted."""
    begins = lines[0][_equals(lines[0]) + 1 :].strip().lstrip("\"'")
    first = 0 if begins else next((at for at in range(1, len(lines)) if lines[at].strip()), 0)
    return min(len(lines), first + number)
