"""Finding plug-ins and resources: one file is one plug-in, found by walking its folder.

Knows nothing of what a plug-in does; the floor that loads them says which attributes it needs.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

__all__ = ["Own", "modules_of", "own_folder", "resource_root", "use_own"]


@cache
def modules_of(package: str) -> tuple[ModuleType, ...]:
    """Import every module of the folder of *package* whose name has no leading underscore, sorted by name.

    :param package: dotted name, such as ``app.channels``.
    """
    root = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(root.__path__) if not info.name.startswith("_"))
    return tuple(importlib.import_module(f"{package}.{name}") for name in names)


@cache
def resource_root() -> Path:
    """Folder of texts, fonts, mappings and demo data: inside the package in a wheel, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    packed = here / "resources"
    return packed if packed.is_dir() else here.parent / "resources"


@dataclass(frozen=True, slots=True)
class Own:
    """Where what the shop itself added lies."""

    folder: Path
    """It need not exist."""
    times: int
    """How often it was said: what was read from it is read anew then."""


_own: dict[str, Own] = {}


def use_own(kind: str, folder: Path) -> None:
    """Take what the shop itself added of a kind (``carriers``) from *folder*; said as the program starts."""
    before = _own.get(kind)
    _own[kind] = Own(folder, before.times + 1 if before else 1)


def own_folder(kind: str) -> Own | None:
    """Return the folder of what the shop itself added of a kind; None where it was not said."""
    return _own.get(kind)
