"""``kenpin`` in a process that kills itself at a chosen moment: ``python -m tests.torture.dying MOMENT …``.

Moments are what touches a disk: each statement that SQLite begins, and each file that is opened for writing, renamed
or removed. The process is gone (``kill -9``) just *before* the chosen one, so that every gap between two of them can be
hit: between a commit and its file too. Moment 0 lives to its end and writes to standard error how many there were, and
which was the last rename.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sqlite3.dbapi2
import sys
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND


class _Clock:
    """Counts the moments of this process."""

    def __init__(self, last: int, folder: str) -> None:
        self.last = last
        self.folder = folder
        self.now = 0
        self.last_rename = 0

    def tick(self, *_: object) -> None:
        self.now += 1
        if self.now == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = args
            counts = isinstance(path, str) and path.startswith(self.folder) and bool(flags & _WRITES)
        else:
            counts = event in ("os.rename", "os.remove")
        if counts:
            self.tick()
        if event == "os.rename":
            self.last_rename = self.now


def main() -> int:
    """Run the command line that follows the moment."""
    moment, *arguments = sys.argv[1:]
    clock = _Clock(int(moment), arguments[arguments.index("--data") + 1])
    connect = sqlite3.dbapi2.connect

    def heard(*args: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*args, **named)
        connection.set_trace_callback(clock.tick)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = heard  # type: ignore[attr-defined]
    sys.addaudithook(clock.hear)
    from app.main import main as kenpin

    status = kenpin(arguments)
    if not clock.last:
        print(f"moments {clock.now} {clock.last_rename}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
