"""Jobs of labels for the rig's printers, each label with a code of its own, and a way to hurry real waits."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from unittest import mock

from app.domain.label import Code, Label, PrintOptions, Symbology, Text
from app.domain.label_dots import LaidOut
from app.printers._layout import checked
from app.services.label_printing import language
from tests.printing.raw_printer import RawPrinter

__all__ = ["HURRY", "SIZE", "codes_of_job", "hurried", "job_of", "printer_of"]

HURRY = 16
"""So many times shorter are the waits of the real program while :func:`hurried` holds; a printer starts up as much
faster."""
_LABEL_MM = (50.0, 25.0)
SIZE = (round(_LABEL_MM[0] * 203 / 25.4), round(_LABEL_MM[1] * 203 / 25.4))
"""Dots of these labels at 203 dpi."""


def codes_of_job(name: str, labels: int) -> list[str]:
    """The codes on the labels of a job."""
    return [f"{name}-{number}" for number in range(1, labels + 1)]


def _laid(code: str) -> LaidOut:
    items = (Code(1, 1, 22, 22, code, Symbology.QR), Text(25, 3, 24, 8, code, 3.0))
    return checked(Label(*_LABEL_MM, items), 203)


def job_of(tongue: str, name: str, labels: int = 1, copies: int = 1) -> bytes:
    """Return the bytes of a job of labels in a language."""
    return language(tongue).render([_laid(code) for code in codes_of_job(name, labels)], copies, PrintOptions())


def printer_of(tongue: str, **more: object) -> RawPrinter:
    """A printer of the rig that takes such labels."""
    return RawPrinter(tongue, 203, SIZE, **more)  # type: ignore[arg-type]


@contextlib.contextmanager
def hurried(times: float = HURRY) -> Iterator[None]:
    """Let the ways to printers wait so many times shorter than they do in a warehouse; the ratios stay."""
    from app.devices.printing import _talk

    waits = {name: getattr(_talk, name) / times for name in ("_BEFORE", "_PERHAPS", "_AFTER", "_AGAIN", "_AWAY")}
    waits["_CONNECT"] = _talk._CONNECT / times + 0.1
    waits["_BEFORE"] += 0.05
    waits["_PERHAPS"] += 0.05
    with mock.patch.multiple(_talk, **waits):
        yield
