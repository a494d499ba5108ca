"""Passwords of mail accounts: in the sending station's own folder, or in the environment; never in the database.

The file is readable by its owner only. A password is kept for one server and login: where the account is changed to
another server it is not given to that one.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from app.domain.mails import Account
from app.errors import FileUnusable

__all__ = ["Passwords", "variable_of"]

_FILE = "mail-passwords.json"
_PREFIX = "KENPIN_MAIL_PASSWORD_"
_LONGEST = 1000


def variable_of(account: Account) -> str:
    """Return the name of the environment variable that has an account's password.

    ``KENPIN_MAIL_PASSWORD_`` and its name in capitals where that is plain letters and digits, else its number.
    """
    name = re.sub(r"[ ._-]+", "_", account.name).upper()
    return _PREFIX + (name if re.fullmatch(r"[A-Z0-9_]+", name) and name.strip("_") else str(account.id))


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of one station."""

    folder: Path
    """The station's own folder."""

    def of(self, account: Account) -> str | None:
        """Return an account's password; None where this station has none for its server and login.

        :raises FileUnusable: the file of passwords cannot be read.
        """
        if (found := os.environ.get(variable_of(account))) is not None:
            return found
        kept = self._read().get(str(account.id))
        if not isinstance(kept, dict) or (kept.get("host"), kept.get("login")) != (account.host, account.login):
            return None
        password = kept.get("password")
        return password if isinstance(password, str) else None

    def put(self, account: Account, password: str) -> None:
        """Keep an account's password; an empty one takes it away.

        :raises FileUnusable: it cannot be written.
        """
        known = self._read()
        known.pop(str(account.id), None)
        if password:
            known[str(account.id)] = {"host": account.host, "login": account.login, "password": password[:_LONGEST]}
        self._write(known)

    def _read(self) -> dict[str, object]:
        path = self.folder / _FILE
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise FileUnusable("mails.passwords_unreadable", file=str(path), why=why) from error
        except ValueError:
            # Without the error itself: it may quote what the file holds.
            raise FileUnusable("mails.passwords_damaged", file=str(path)) from None
        if not isinstance(found, dict):
            raise FileUnusable("mails.passwords_damaged", file=str(path))
        return found

    def _write(self, known: dict[str, object]) -> None:
        path = self.folder / _FILE
        half = self.folder / f".{_FILE}.{os.getpid()}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            half.unlink(missing_ok=True)
            # Made for the owner alone from its first byte on.
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
                json.dump(known, out, ensure_ascii=False, indent=1)
                out.flush()
                os.fsync(out.fileno())
            half.replace(path)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise FileUnusable("mails.passwords_unwritable", file=str(path), why=error.strerror or "") from error
