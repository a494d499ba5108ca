"""Errors a person can mend.

Two families exist. A :class:`StationError` is something the world did (a full disk, a locked database, a broken
file): it carries a text key and arguments, and every front end shows it as one sentence that says what happened and
what to do. Anything else that is raised is a bug and goes to the crash report.
"""

from __future__ import annotations

__all__ = [
    "DatabaseDamaged",
    "DatabaseFull",
    "DatabaseLocked",
    "DatabaseNewer",
    "DatabaseOffline",
    "DatabaseReadOnly",
    "FileUnusable",
    "MailUnreachable",
    "NotAllowed",
    "NotFound",
    "PrinterUnreachable",
    "SettingsWrong",
    "StationError",
]


class StationError(Exception):
    """Something a person can act on; ``key`` names its sentence, ``args_`` fills it."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key, args)
        self.key = key
        """Key of the sentence in the text catalogues, such as ``database.locked``."""
        self.args_ = args
        """Values for the sentence's placeholders."""

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.args_.items())
        return f"{self.key}({inside})"


class DatabaseLocked(StationError):
    """Another program held the database for longer than the busy time-out; the act may be tried again whole."""


class DatabaseReadOnly(StationError):
    """The database file or its folder cannot be written."""


class DatabaseFull(StationError):
    """The disk that holds the database has no room left."""


class DatabaseDamaged(StationError):
    """The file is not a database, is cut short, or fails its check."""


class DatabaseNewer(StationError):
    """The database was written by a newer version of this program."""


class DatabaseOffline(StationError):
    """The database server cannot be reached or broke the connection."""


class PrinterUnreachable(StationError):
    """A printer is off, or cannot be reached under its address."""


class MailUnreachable(StationError):
    """A mail server cannot be reached, is not trusted, or does not let this account in."""


class FileUnusable(StationError):
    """A file that was to be read is empty, binary, too large, cut short, or in an unknown form."""


class SettingsWrong(StationError):
    """One or several settings do not fit; all of them are named at once."""


class NotFound(StationError):
    """What was named does not exist, or more than one thing has that name."""


class NotAllowed(StationError):
    """The rules or the person's rights forbid this act now."""
