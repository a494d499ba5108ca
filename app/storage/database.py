"""The one module that opens databases: settings, transactions, and the border where foreign errors are translated.

Transactions begin and end only in :meth:`Database.transaction` (writing) and :meth:`Database.reading` (lists, on
their own connection). SQLite: WAL, ``synchronous=FULL``, foreign keys, ``BEGIN IMMEDIATE`` for writers; PostgreSQL:
time-outs everywhere, ``synchronous_commit=on``. The settings are read back and the program refuses to run otherwise.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, make_url, select
from sqlalchemy.pool import QueuePool

from app.errors import (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseLocked,
    DatabaseNewer,
    DatabaseOffline,
    DatabaseReadOnly,
    StationError,
)
from app.storage.prepared import Prepared, db_now
from app.storage.tables import REVISION

__all__ = ["Database", "Transaction", "open_database"]

BUSY_MS = 4_000
"""How long a writer waits for another process before it gives up, milliseconds."""
_SQLITE_MAGIC = b"SQLite format 3\x00"
_open_here: Counter[Path] = Counter()
"""SQLite files that this process has open. One must not be opened beside SQLite: POSIX lets go of every lock of the
process when any handle of the file is closed, and another program, which believes itself alone then, removes the log
that this one goes on writing to."""
_NOW = Prepared(select(db_now()))


class Transaction:
    """One transaction: runs prepared statements on the driver, or Core statements for lists."""

    __slots__ = ("_cursor", "_dialect", "_now", "connection")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        """SQLAlchemy's connection, for statements that are not prepared."""
        self._dialect = connection.dialect
        driver = connection.connection.driver_connection
        assert driver is not None
        self._cursor = driver.cursor()
        self._now: int | None = None

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._dialect.name

    @property
    def now(self) -> int:
        """The database's clock at the first look in this transaction, milliseconds since 1970 UTC."""
        if self._now is None:
            self._now = int(self.rows(_NOW)[0][0])
        return self._now

    def set_now(self, now: int) -> None:
        """Use a time that another statement of this transaction already brought."""
        self._now = now

    def rows(self, statement: Prepared, **values: Any) -> list[tuple[Any, ...]]:
        """Run a statement that gives rows."""
        text, arguments = statement.arguments(self._dialect, values)
        self._cursor.execute(text, arguments)
        return self._cursor.fetchall()  # type: ignore[no-any-return]

    def one(self, statement: Prepared, **values: Any) -> tuple[Any, ...] | None:
        """Run a statement that gives at most one row."""
        text, arguments = statement.arguments(self._dialect, values)
        self._cursor.execute(text, arguments)
        return self._cursor.fetchone()  # type: ignore[no-any-return]

    def run(self, statement: Prepared, **values: Any) -> int:
        """Run a statement that gives no rows; return how many rows it touched."""
        text, arguments = statement.arguments(self._dialect, values)
        self._cursor.execute(text, arguments)
        return int(self._cursor.rowcount)

    def many(self, statement: Prepared, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement once per row of values."""
        text, names, fixed = statement.sql(self._dialect)
        given: Sequence[Any]
        if names is None:
            given = [{**fixed, **row} for row in rows] if fixed else list(rows)
        elif fixed:
            given = [tuple([row[n] if n in row else fixed[n] for n in names]) for row in rows]
        else:
            given = [tuple([row[n] for n in names]) for row in rows]
        if given:
            self._cursor.executemany(text, given)

    def many_rows(self, statement: Prepared, rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> None:
        """Run a statement once per tuple; *names* says which parameter each place of a tuple is (bulk intake)."""
        text, positional, fixed = statement.sql(self._dialect)
        assert not fixed
        if positional is None:
            self._cursor.executemany(text, [dict(zip(names, row, strict=True)) for row in rows])
        elif tuple(names) == positional:
            self._cursor.executemany(text, rows)
        else:
            places = [list(names).index(name) for name in positional]
            self._cursor.executemany(text, [tuple([row[p] for p in places]) for row in rows])


class Database:
    """One database with its engine. Made by :func:`open_database`."""

    def __init__(self, engine: Engine, path: Path | None) -> None:
        self.engine = engine
        """The SQLAlchemy engine; nothing outside storage uses it."""
        self.path = path
        """The SQLite file; None on PostgreSQL."""
        self._held = threading.local()
        self._writing: Any = None
        if path is not None:
            _open_here[path] += 1
        self._closed = False

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return str(self.path) if self.path else (self.engine.url.database or "PostgreSQL")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a writing transaction; committed at the end of the block, taken back on any error.

        Each thread keeps its connection. :raises StationError: what the database reported, in a person's words.
        """
        with self._translated():
            connection = self._connection()
            try:
                self._writing = connection.connection.driver_connection
                with connection.begin():
                    yield Transaction(connection)
            except BaseException:
                self._forget_if_broken(connection)
                raise
            finally:
                self._writing = None

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open a reading transaction on a connection of its own: one snapshot, no locks that writers wait for."""
        with self._translated(), self.engine.connect() as fresh:
            connection = fresh.execution_options(kenpin_reading=True)
            with connection.begin():
                yield Transaction(connection)

    def close(self) -> None:
        """Give every connection back."""
        held = getattr(self._held, "connection", None)
        if held is not None:
            held.close()
            self._held.connection = None
        self.engine.dispose()
        if self.path is not None and not self._closed:
            _open_here[self.path] -= 1
        self._closed = True

    def cut(self) -> None:
        """Break the connection of the running transaction: a server that went silent would hold it for ever.

        No time-out of the client helps where something on the way still acknowledges packets; shutting the socket
        down does. Called by a watchdog on another thread; the transaction ends with ``DatabaseOffline``.
        """
        driver = self._writing
        if self.path is None and driver is not None and not driver.closed:
            with contextlib.suppress(OSError), socket.socket(fileno=os.dup(driver.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Give this thread's connection back; a thread that writes calls it before it ends."""
        held = getattr(self._held, "connection", None)
        if held is not None:
            held.close()
            self._held.connection = None

    def _connection(self) -> Connection:
        held: Connection | None = getattr(self._held, "connection", None)
        if held is None or held.closed or held.invalidated:
            held = self._held.connection = self.engine.connect()
        return held

    def _forget_if_broken(self, connection: Connection) -> None:
        """A connection that the server or the disk broke is thrown away, so that the next act gets a fresh one."""
        driver = connection.connection.driver_connection if not connection.closed else None
        if self.path is None and (driver is None or getattr(driver, "closed", True) or getattr(driver, "broken", True)):
            connection.invalidate()
            self._held.connection = None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, exc.DBAPIError) as error:
            raise self._translate(error) from error
        except UnicodeDecodeError as error:  # a name inside the file that is no text any more
            raise DatabaseDamaged("database.damaged", name=self.name) from error
        except Exception as error:
            if type(error).__module__.partition(".")[0] == "psycopg":
                raise self._translate(error) from error
            raise

    def _translate(self, error: BaseException) -> BaseException:
        original = error.orig if isinstance(error, exc.DBAPIError) and error.orig else error
        if isinstance(original, sqlite3.Error):
            return _sqlite_error(original, self.name) or error
        return _postgres_error(original, self.name) or error


def _sqlite_error(error: BaseException, name: str) -> StationError | None:
    """Say what a person can do about an SQLite error; None for a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        broken = any(word in str(error) for word in ("malformed", "Could not decode"))
        return DatabaseDamaged("database.damaged", name=name) if broken else None
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseLocked("database.locked", name=name)
        case sqlite3.SQLITE_FULL:
            return DatabaseFull("database.full", name=name)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return DatabaseReadOnly("database.read_only", name=name)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_FORMAT:
            return DatabaseDamaged("database.damaged", name=name)
        case sqlite3.SQLITE_CANTOPEN:
            return DatabaseReadOnly("database.cannot_open", name=name)
        case sqlite3.SQLITE_IOERR:
            return (
                DatabaseFull("database.io", name=name) if _no_room(name) else DatabaseDamaged("database.io", name=name)
            )
    return None


def _no_room(name: str) -> bool:
    import shutil

    try:
        return shutil.disk_usage(Path(name).parent).free < 1 << 20
    except OSError:
        return False


_TRY_AGAIN = {"40001", "40P01", "55P03", "23505"}
"""Serialization, deadlock, lock time-out; and a key that another station wrote at the same moment, which is seen when
the act is run again."""
_REFUSED = re.compile("FATAL: .*(authentication failed|does not exist|pg_hba.conf|permission denied)")
_CONNECTION_LOST = {"57P01", "57P02", "57P03", "57014", "25P03"}
"""The server stopped, is starting, or gave up on us."""


def _postgres_error(error: BaseException, name: str) -> StationError | None:
    state = getattr(error, "sqlstate", None)
    if state in _TRY_AGAIN:
        return DatabaseLocked("database.locked", name=name)
    if state and state[:2] == "53":
        return DatabaseFull("database.full", name=name)
    if state in {"25006", "42501"}:
        return DatabaseReadOnly("database.read_only", name=name)
    if state is None and _REFUSED.search(str(error)):  # the driver gives no state while it connects
        why = str(error).strip().splitlines()[-1]
        return DatabaseOffline("database.refused", name=name, why=why)
    lost = state in _CONNECTION_LOST or (state or "")[:2] == "08"
    if lost or (state is None and type(error).__name__ in {"OperationalError", "InterfaceError"}):
        why = (str(error).strip().splitlines() or [""])[0]
        return DatabaseOffline("database.offline", name=name, why=why)
    return None


def open_database(url: str) -> Database:
    """Open a database, making or upgrading its tables.

    :param url: ``sqlite:///PATH`` or ``postgresql://…``.
    :raises StationError: it is damaged, newer than this program, read-only, out of reach, or wrongly set.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(Path(parsed.database or ""))
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return _open_postgresql(parsed.render_as_string(hide_password=False))


def _open_sqlite(path: Path) -> Database:
    path = path.absolute()
    if not path.exists():
        _make_sqlite(path)
    elif not _open_here[path]:
        _look_at_file(path)
    database = Database(_sqlite_engine(path), path)
    try:
        _check_revision(database)
        with database.reading() as tx:
            _read_back_sqlite(tx)
    except BaseException:
        database.close()
        raise
    return database


def _look_at_file(path: Path) -> None:
    """Never start an empty shop over a damaged file: an empty or foreign one is told apart from a first start."""
    try:
        with path.open("rb") as file:
            head = file.read(20)
    except OSError as error:
        raise DatabaseReadOnly("database.cannot_open", name=str(path)) from error
    if not head:
        raise DatabaseDamaged("database.empty_file", name=str(path))
    if head[:16] != _SQLITE_MAGIC:
        raise DatabaseDamaged("database.foreign", name=str(path))
    if head[18:20] != b"\2\2" and not _is_ours(path):  # ours is in WAL mode; opening another's would put it there
        raise DatabaseDamaged("database.foreign", name=str(path))


def _is_ours(path: Path) -> bool:
    """Look into a file that is not in WAL mode (a copy made by VACUUM INTO, or another program's) without writing."""
    driver = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return driver.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone() is not None
    except sqlite3.Error as error:
        raise _sqlite_error(error, str(path)) or error from error
    finally:
        driver.close()


def _make_sqlite(path: Path) -> None:
    """Make a new database beside its place and rename it, so that a kill half-way leaves no half database."""
    from app.storage.migrate import upgrade

    half = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = _sqlite_engine(half)
        try:
            upgrade(engine)
        finally:
            engine.dispose()
        _put_in_place(half, path)
    except OSError as error:
        raise DatabaseReadOnly("database.cannot_open", name=str(path)) from error
    except exc.DBAPIError as error:
        raise _sqlite_error(error.orig or error, str(path)) or error from error
    finally:
        for left in path.parent.glob(f"{half.name}*"):
            left.unlink(missing_ok=True)


def _put_in_place(half: Path, path: Path) -> None:
    """Give the new file its name unless another program was first: its file is never replaced under it."""
    try:
        os.link(half, path)
    except FileExistsError:
        return
    except OSError:  # a disk without links
        if not path.exists():
            half.replace(path)


def _sqlite_engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", poolclass=QueuePool, pool_size=4, max_overflow=8)

    @event.listens_for(engine, "connect")
    def _connect(driver: sqlite3.Connection, _record: object) -> None:
        # The driver must not begin transactions of its own: we say BEGIN IMMEDIATE ourselves, else a read followed
        # by a write silently loses updates.
        driver.isolation_level = None
        cursor = driver.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA trusted_schema=OFF")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("kenpin_reading")
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("BEGIN" if reading else "BEGIN IMMEDIATE")  # on the driver: a scan begins in a third of the time

    return engine


_WANTED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": BUSY_MS}


def _read_back_sqlite(tx: Transaction) -> None:
    for name, wanted in _WANTED_PRAGMAS.items():
        found = tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        if found != wanted:
            raise DatabaseReadOnly("database.wrong_setting", name=name, found=str(found), wanted=str(wanted))


def _open_postgresql(url: str) -> Database:
    engine = create_engine(
        url,
        pool_size=4,
        max_overflow=8,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 3,
            "options": "-c statement_timeout=10000 -c lock_timeout=5000 "
            "-c idle_in_transaction_session_timeout=10000 -c synchronous_commit=on -c timezone=UTC",
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "tcp_user_timeout": 3000,
        },
    )
    database = Database(engine, None)
    try:
        _check_revision(database)
        with database.reading() as tx:
            for name, wanted in {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}.items():
                found = tx.connection.exec_driver_sql(f"SHOW {name}").scalar()
                if found != wanted:
                    raise DatabaseReadOnly("database.wrong_setting", name=name, found=str(found), wanted=wanted)
    except BaseException:
        database.close()
        raise
    return database


def _check_revision(database: Database) -> None:
    """Upgrade an older database; refuse one that a newer program wrote. Alembic is imported only when needed."""
    found = _revision(database)
    if found == REVISION:
        return
    from app.storage.migrate import known_revisions, upgrade

    if found is not None and found not in known_revisions():
        raise DatabaseNewer("database.newer", name=database.name, revision=found)
    with database._translated():
        upgrade(database.engine)


def _revision(database: Database) -> str | None:
    from sqlalchemy import inspect

    with database.reading() as tx:
        names = inspect(tx.connection).get_table_names()
        if "alembic_version" not in names:
            if names:
                raise DatabaseDamaged("database.foreign", name=database.name)
            return None
        found = tx.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if found is None:
            raise DatabaseDamaged("database.foreign", name=database.name)
        return str(found)
