"""The scale of a station: which protocols there are, which one lines are of, and the part of ``station.toml`` about it.

The device itself is :mod:`app.devices.scale`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import ModuleType
from typing import Any, Protocol, cast

from app.domain.scale import Reading, Wire
from app.plugins import modules_of

__all__ = [
    "AUTO",
    "Heard",
    "Maker",
    "ScaleAccess",
    "ScaleSettings",
    "faults",
    "from_toml",
    "protocol",
    "protocols",
    "recognise",
    "titles",
    "to_toml",
    "wires_of",
]

AUTO = "auto"
"""Stands for the protocol where the lines themselves say which it is."""
_SECTION = "scale"


class Maker(Protocol):
    """What a module of :mod:`app.scales` has."""

    ID: str
    TITLE: Mapping[str, str]
    WIRES: tuple[Wire, ...]
    ASK: bytes
    EXACT: bool

    def read(self, line: bytes) -> Reading | None:
        """Return what a line says, its end taken off; None where it does not fit."""


@dataclass(frozen=True, slots=True)
class ScaleSettings:
    """The scale of a station: the section ``[scale]``."""

    port: str = ""
    """Path or name of its serial port; empty where there is no scale."""
    protocol: str = AUTO
    """How it speaks: the id of a protocol, or ``auto``."""
    baud: int = 0
    """Speed, in bits a second; 0 tries the usual ones of the protocol."""
    division: int = 1
    """Its smallest step, in grams: readings that lie no further apart are the same weight."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of a scale, for whoever follows it."""

    grams: int | None = None
    """What it shows now, in grams."""
    moving: bool = False
    """It is not at rest."""
    weighed: int | None = None
    """A weight that counts, in grams."""
    key: str | None = None
    """Key of the sentence of a trouble that is new; empty when it is over."""
    args: Mapping[str, str] = field(default_factory=dict)
    """Its arguments."""
    found: tuple[str, int] | None = None
    """Protocol and speed, when they are found."""


class ScaleAccess(Protocol):
    """The way to the scales of this computer."""

    def ports(self) -> list[tuple[str, str]]:
        """Return path and description of every serial port that is there."""

    def follow(self, settings: ScaleSettings, tell: Callable[[Heard], bool]) -> None:
        """Hear a scale until *tell* returns False.

        :raises KeyboardInterrupt: a person ended it.
        """


@cache
def protocols() -> tuple[Maker, ...]:
    """Return every protocol, sorted by the name of its module."""
    return tuple(_checked(module) for module in modules_of("app.scales"))


def _checked(module: ModuleType) -> Maker:
    missing = [name for name in ("ID", "TITLE", "WIRES", "ASK", "EXACT", "read") if not hasattr(module, name)]
    if missing:
        raise TypeError(f"{module.__name__} is no protocol of a scale: it lacks {', '.join(missing)}")
    return cast(Maker, module)


def protocol(name: str) -> Maker | None:
    """Return a protocol by its id; None for ``auto`` and for one that is not known."""
    return next((each for each in protocols() if name == each.ID), None)


def titles(language: str) -> dict[str, str]:
    """Return the names of the protocols by id, in a language."""
    return {each.ID: each.TITLE.get(language) or each.TITLE["ja"] for each in protocols()}


def recognise(lines: Iterable[bytes]) -> tuple[Maker, ...]:
    """Return the protocols that every one of these lines fits; none where there is no line."""
    given = tuple(lines)
    return tuple(each for each in protocols() if given and all(each.read(line) is not None for line in given))


def wires_of(settings: ScaleSettings) -> tuple[Wire, ...]:
    """Return the settings of the line that are worth a try, the likeliest first.

    A speed that was set is kept; bits and parity are still those that the protocols use.
    """
    chosen = protocol(settings.protocol)
    if chosen is not None:
        found = list(chosen.WIRES)
    else:  # first what each one leaves the works with, then what else it can be set to
        most = max(len(each.WIRES) for each in protocols())
        found = [each.WIRES[at] for at in range(most) for each in protocols() if at < len(each.WIRES)]
        found.sort(key=lambda wire: (wire.baud not in (9600, 2400, 1200), wire.baud != 9600))
    if settings.baud:
        found = [Wire(settings.baud, wire.bits, wire.parity, wire.stops) for wire in found]
    return tuple(dict.fromkeys(found))


# --- station.toml ---


def from_toml(found: Any) -> tuple[ScaleSettings, list[str]]:
    """Return the settings that the section ``[scale]`` names, and every wrong entry as ``scale.key = value``."""
    if not isinstance(found, Mapping):
        return ScaleSettings(), [f"{_SECTION} = {found!r}"]
    plain, wrong, values = ScaleSettings(), [], {}
    kinds = {each.name: type(getattr(plain, each.name)) for each in fields(plain)}
    for key, value in found.items():
        if type(value) is kinds.get(key):  # True is no number here
            values[key] = value
        else:
            wrong.append(f"{_SECTION}.{key} = {value!r}")
    settings = ScaleSettings(**values)
    return settings, wrong + faults(settings)


def faults(settings: ScaleSettings) -> list[str]:
    """Return what cannot be in these settings, as ``scale.key = value (what can)``."""
    wrong = []
    if settings.protocol != AUTO and protocol(settings.protocol) is None:
        known = ", ".join((AUTO, *(each.ID for each in protocols())))
        wrong.append(f"{_SECTION}.protocol = {settings.protocol!r} ({known})")
    if settings.baud and not 110 <= settings.baud <= 115_200:
        wrong.append(f"{_SECTION}.baud = {settings.baud} (0, 110 – 115200)")
    if not 1 <= settings.division <= 1_000:
        wrong.append(f"{_SECTION}.division = {settings.division} (1 – 1000)")
    return wrong


def to_toml(settings: ScaleSettings) -> str:
    """Return the section for the file; what is as it comes is left out."""
    plain = ScaleSettings()
    lines = [
        f"{each.name} = {json.dumps(getattr(settings, each.name), ensure_ascii=False)}\n".replace("\x7f", "\\u007f")
        for each in fields(settings)
        if getattr(settings, each.name) != getattr(plain, each.name)
    ]
    return f"\n[{_SECTION}]\n" + "".join(lines) if lines else ""
