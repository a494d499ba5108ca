"""The table of postcodes, read from `resources` when somebody first asks for it."""

from __future__ import annotations

import zlib
from functools import cache

from app.domain.postcodes import Postcodes
from app.plugins import resource_root

__all__ = ["postcodes"]


@cache
def postcodes() -> Postcodes:
    """Return the table of Japan's postcodes; the first call reads it, about 20 ms."""
    return Postcodes(zlib.decompress((resource_root() / "postcodes" / "japan.bin").read_bytes()))
