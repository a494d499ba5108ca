"""Papers and labels as files in a folder: the way that every station has."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from app.domain.printer_state import PrinterReport, PrinterState, report
from app.domain.printing import Delivery, Fault
from app.errors import PrinterUnreachable
from app.services.printer_languages import language

__all__ = ["FolderWay"]

_ODD = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
"""What no file's name may hold on one system or another."""


class FolderWay:
    """Writes each job as one file, whole or not at all."""

    def __init__(self, folder: Path, tongue: str = "pdf") -> None:
        """
        :param tongue: the language of what comes; its files end as that language's do.
        """
        self._folder = folder
        self._ending = language(tongue).ENDING

    def state(self, seconds: float = 3.0) -> PrinterReport | None:  # noqa: ARG002 # a folder answers at once
        """Say whether files can be written there.

        :raises PrinterUnreachable: ``printers.off.folder``.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PrinterUnreachable("printers.off.folder", folder=str(self._folder), why=_why(error)) from error
        if not os.access(self._folder, os.W_OK | os.X_OK):
            why = os.strerror(errno.EACCES)
            raise PrinterUnreachable("printers.off.folder", folder=str(self._folder), why=why)
        return report({PrinterState.READY}, 0)

    def send(self, title: str, data: bytes, *, seconds: float = 60.0) -> Delivery:  # noqa: ARG002 # as above
        """Write the job as ``<title>.<ending>``; one of the same title is replaced."""
        name = _ODD.sub("_", title)
        target, half = self._folder / f"{name}.{self._ending}", self._folder / f".{name}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
        except OSError as error:
            _forget(half)
            fault = Fault("printers.off.folder", {"folder": str(self._folder), "why": _why(error)})
            return Delivery(0, whole=False, fault=fault, out=False)
        return Delivery(len(data), whole=True, out=True, report=report({PrinterState.READY}, 0), where=str(target))

    def follow(self, delivery: Delivery, seconds: float = 3.0) -> Delivery:  # noqa: ARG002 # as above
        """A file is there or not at once: nothing more becomes known."""
        return delivery


def _why(error: OSError) -> str:
    return error.strerror or str(error)


def _forget(half: Path) -> None:
    try:
        half.unlink(missing_ok=True)
    except OSError:
        return  # the folder is gone or read-only; then so is the file
