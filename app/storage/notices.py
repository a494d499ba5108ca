"""Hearing of other stations' changes: PostgreSQL by LISTEN, SQLite by polling ``PRAGMA data_version``.

A lost notice only delays: listeners also look by themselves every few seconds.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from app.storage.database import Database, Transaction

__all__ = ["CHANNEL", "notify", "watch"]

CHANNEL = "kenpin"
_POLL_SECONDS = 0.3


def notify(tx: Transaction, payload: dict[str, Any]) -> None:
    """Tell other stations, when this transaction commits; SQLite needs nothing, its file tells."""
    if tx.dialect == "postgresql":
        tx.connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (CHANNEL, json.dumps(payload)))


def watch(database: Database) -> Iterator[dict[str, Any] | None]:
    """Yield a payload for each change heard, ``{}`` where only "something" is known, None at each quiet moment.

    The caller ends by closing the generator; it never holds a transaction open.
    """
    if database.path is None:
        yield from _listen(database)
    else:
        yield from _poll(database)


def _poll(database: Database) -> Iterator[dict[str, Any] | None]:
    raw = database.engine.raw_connection()
    try:
        cursor = raw.cursor()
        last: Any = None
        while True:
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()
            if last is not None and version != last:
                yield {}
            else:
                yield None
            last = version
            time.sleep(_POLL_SECONDS)
    finally:
        raw.close()


def _listen(database: Database) -> Iterator[dict[str, Any] | None]:
    raw = database.engine.raw_connection()
    try:
        driver: Any = raw.driver_connection
        driver.autocommit = True
        driver.execute(f"LISTEN {CHANNEL}")
        while True:
            heard = False
            for notice in driver.notifies(timeout=_POLL_SECONDS, stop_after=50):
                heard = True
                yield json.loads(notice.payload)
            if not heard:
                yield None
    finally:
        raw.invalidate()
