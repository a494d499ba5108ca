"""Messages of the Internet Printing Protocol as bytes (RFC 8010): what is asked for is written, any answer is read."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["JOB", "NEWER", "OLDER", "OPERATION", "PRINTER", "Answer", "BadAnswer", "Kind", "Value", "encode", "parse"]

OPERATION, JOB, END, PRINTER = 0x01, 0x02, 0x03, 0x04
"""Tags that begin a group of attributes, and the one that ends the message."""
NEWER, OLDER = (2, 0), (1, 1)
"""Versions of the protocol: the one that is spoken, and the one for printers that know no other."""
_LAST_DELIMITER = 0x0F
_DEPTH = 8
"""Collections within collections; real ones have three."""


class Kind:
    """Tags of values."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RESOLUTION = 0x32
    RANGE = 0x33
    COLLECTION = 0x34
    TEXT_LANGUAGE = 0x35
    NAME_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER = 0x4A


class BadAnswer(ValueError):
    """It is no message of IPP, or is cut short."""


@dataclass(frozen=True, slots=True)
class Value:
    """What is sent in an attribute: its kind and one or several values; of a collection a mapping of such."""

    kind: int
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    """Below 0x0100 it worked."""
    groups: tuple[tuple[int, dict[str, tuple[Any, ...]]], ...]
    """Each group's tag and attributes; every attribute is a tuple of its values, None for one that has no value."""

    @property
    def good(self) -> bool:
        """Whether the printer did what it was asked."""
        return self.status < 0x0100

    def of(self, tag: int) -> dict[str, tuple[Any, ...]]:
        """Return the attributes of the first group of a kind."""
        return next((found for kind, found in self.groups if kind == tag), {})

    def all_of(self, tag: int) -> list[dict[str, tuple[Any, ...]]]:
        """Return the attributes of every group of a kind."""
        return [found for kind, found in self.groups if kind == tag]


# --- writing ------------------------------------------------------------------------------------------------------


def encode(
    operation: int, number: int, groups: Sequence[tuple[int, Mapping[str, Value]]], version: tuple[int, int] = NEWER
) -> bytes:
    """Return a request; a document follows it as it is.

    :param number: comes back in the answer.
    """
    parts = [struct.pack(">BBHI", *version, operation, number)]
    for tag, attributes in groups:
        parts.append(bytes((tag,)))
        for name, value in attributes.items():
            for place, each in enumerate(value.values):
                parts.append(_value(value.kind, "" if place else name, each))
    parts.append(bytes((END,)))
    return b"".join(parts)


def _field(data: bytes) -> bytes:
    return struct.pack(">H", len(data)) + data


def _value(kind: int, name: str, value: object) -> bytes:
    head = bytes((kind,)) + _field(name.encode())
    match value:
        case bool():
            return head + _field(bytes((value,)))
        case int():
            return head + _field(struct.pack(">i", value))
        case str():
            return head + _field(value.encode())
        case Mapping():
            inside = b"".join(
                _value(Kind.MEMBER, "", member) + b"".join(_value(each.kind, "", one) for one in each.values)
                for member, each in value.items()
            )
            return head + _field(b"") + inside + _value(Kind.END_COLLECTION, "", "")
        case _:
            raise TypeError(value)


# --- reading ------------------------------------------------------------------------------------------------------


class _Reader:
    """Takes bytes from the front."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> bytes:
        if self._at + count > len(self._data):
            raise BadAnswer("cut short")
        self._at += count
        return self._data[self._at - count : self._at]

    def byte(self) -> int:
        return self.take(1)[0]

    def field(self) -> bytes:
        return self.take(int.from_bytes(self.take(2), "big"))


def parse(data: bytes) -> Answer:
    """Read an answer.

    :raises BadAnswer: it is none.
    """
    reader = _Reader(data)
    major, _minor, status, _number = struct.unpack(">BBHI", reader.take(8))
    if major not in (1, 2):
        raise BadAnswer("no IPP")
    groups: list[tuple[int, dict[str, tuple[Any, ...]]]] = []
    for tag, name, value in _attributes(reader):
        if name is None:
            groups.append((tag, {}))
            continue
        if not groups:
            raise BadAnswer("an attribute before any group")
        found = groups[-1][1]
        found[name] = (*found.get(name, ()), value)
    return Answer(status, tuple(groups))


def _attributes(reader: _Reader) -> Iterator[tuple[int, str | None, Any]]:
    """Give the tag of every group, without a name, then its attributes, one value at a time."""
    name = ""
    while (tag := reader.byte()) != END:
        if tag <= _LAST_DELIMITER:
            name = ""
            yield tag, None, None
            continue
        given = reader.field().decode("utf-8", "replace")
        name = given or name
        if not name:
            raise BadAnswer("a value without an attribute")
        yield tag, name, _read(reader, tag, reader.field(), 0)


def _read(reader: _Reader, kind: int, data: bytes, depth: int) -> Any:
    if kind == Kind.COLLECTION:
        return _collection(reader, depth + 1)
    if kind < 0x20:  # unsupported, unknown, no-value
        return None
    if kind in (Kind.INTEGER, Kind.ENUM):
        return int.from_bytes(_sized(data, 4), "big", signed=True)
    if kind == Kind.BOOLEAN:
        return _sized(data, 1) != b"\0"
    if kind == Kind.RESOLUTION:
        across, along, unit = struct.unpack(">iib", _sized(data, 9))
        return (across, along) if unit == 3 else (round(across * 2.54), round(along * 2.54))
    if kind == Kind.RANGE:
        return struct.unpack(">ii", _sized(data, 8))
    if kind in (Kind.TEXT_LANGUAGE, Kind.NAME_LANGUAGE):
        inside = _Reader(data)
        inside.field()
        return inside.field().decode("utf-8", "replace")
    if kind >= 0x40:
        return data.decode("utf-8", "replace")
    return data


def _sized(data: bytes, size: int) -> bytes:
    if len(data) != size:
        raise BadAnswer("a value of a wrong size")
    return data


def _collection(reader: _Reader, depth: int) -> dict[str, tuple[Any, ...]]:
    if depth > _DEPTH:
        raise BadAnswer("collections too deep")
    found: dict[str, tuple[Any, ...]] = {}
    member = ""
    while (kind := reader.byte()) != Kind.END_COLLECTION:
        reader.field()
        data = reader.field()
        if kind == Kind.MEMBER:
            member = data.decode("utf-8", "replace")
            found[member] = ()
        elif not member:
            raise BadAnswer("a value without a member")
        else:
            found[member] = (*found[member], _read(reader, kind, data, depth))
    reader.field()
    reader.field()
    return found
