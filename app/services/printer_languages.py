"""Which languages of printers there are: the modules of :mod:`app.printers`. Knows no label and no product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol, cast

from app.domain.label import PrintOptions
from app.domain.label_dots import LaidOut
from app.domain.printer_state import PrinterReport
from app.errors import NotFound
from app.plugins import modules_of

__all__ = ["Language", "language", "languages"]


class Language(Protocol):
    """What a module of :mod:`app.printers` has."""

    ID: str
    TITLE: Mapping[str, str]
    DPIS: tuple[int, ...]
    ENDING: str
    STATUS_QUERY: bytes

    def render(self, labels: Sequence[LaidOut], copies: int, options: PrintOptions) -> bytes:
        """Return the bytes that print the labels, all of one resolution, so many times."""

    def read_status(self, reply: bytes) -> PrinterReport:
        """Return what a printer answered to ``STATUS_QUERY``."""


@cache
def languages() -> Mapping[str, Language]:
    """Return the languages of printers by their id, in the order of their files."""
    return {module.ID: cast("Language", module) for module in modules_of("app.printers")}


def language(name: str) -> Language:
    """Return one language.

    :raises NotFound: ``label.no_language``.
    """
    found = languages().get(name)
    if found is None:
        raise NotFound("label.no_language", language=name, languages=", ".join(languages()))
    return found
