"""What every test finds: Qt without a screen, hypothesis as strict as the run asks for, and a database of its own.

A test that takes ``database`` runs twice, on SQLite and on PostgreSQL (of the services only a part each time, see
below). The server starts with the first such test of a worker; every test gets a copy of a migrated template, so that
none sees what another one left.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt

import gc
import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.storage.database import Database, open_database
from tests.makers import Station
from tests.postgres import Server, postgres

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KENPIN_SHARED", str(ROOT.parent / "shared")))
NO_SHARED = "the shared sample data is not here (KENPIN_SHARED names its folder)"

_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "ci", max_examples=80, stateful_step_count=40, derandomize=True, deadline=None, suppress_health_check=_CHECKS
)
settings.register_profile(
    "torture", max_examples=3000, stateful_step_count=100, deadline=None, print_blob=True, suppress_health_check=_CHECKS
)
settings.load_profile(os.environ.get("KENPIN_HYPOTHESIS", "ci"))

_numbers = itertools.count(1)


def _quickest_folder() -> Path:
    """Where the tests' files lie: in memory where the machine has room for them there.

    The databases keep their careful settings and still say when a commit is on the disk; only the disk is quicker.
    """
    memory = Path("/dev/shm")
    enough = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 << 30
    return memory if enough else Path(tempfile.gettempdir())


FILES = Path(os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_quickest_folder())))
"""Parent of every ``tmp_path`` and of the PostgreSQL server's data."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for this worker, started by the first test that asks."""
    with postgres(FILES) as running:
        yield running


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "kenpin.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres_template(server: Server) -> str:
    """Name of a migrated database to copy."""
    open_database(server.dsn_for("template_kenpin")).close()
    return "template_kenpin"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh, migrated database, on each kind of database."""
    if request.param == "sqlite":
        path = tmp_path / "kenpin.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    running: Server = request.getfixturevalue("server")
    name = f"test_{next(_numbers)}"
    yield running.dsn_for(name, template=request.getfixturevalue("postgres_template"))
    running.drop(name)


@pytest.fixture
def open_another(url: str) -> Iterator[Callable[[], Database]]:
    """Open the test's database once more, as another station's program would; all are closed at the end."""
    opened: list[Database] = []

    def another() -> Database:
        opened.append(open_database(url))
        return opened[-1]

    yield another
    for database in opened:
        database.close()


@pytest.fixture
def database(open_another: Callable[[], Database]) -> Database:
    """A fresh database, once on SQLite and once on PostgreSQL."""
    return open_another()


@pytest.fixture
def bench(database: Database) -> Station:
    """Station "1" on a fresh database: scans without a thread between."""
    return Station(database)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared sample data; tests that need it are skipped, and counted, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


_ON_POSTGRESQL = 10
"""Tests of a module of services that always run on PostgreSQL as well."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a long module of services every third further test runs on PostgreSQL each time, the others with ``long``.

    On SQLite every one of them runs each time.
    """
    seen: Counter[str] = Counter()
    for item in items:
        call = getattr(item, "callspec", None)
        if call is None or call.params.get("url") != "postgresql" or "/services/" not in item.nodeid:
            continue
        module = item.nodeid.partition("::")[0]
        seen[module] += 1
        if seen[module] > _ON_POSTGRESQL and seen[module] % 3:
            item.add_marker(pytest.mark.long)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what was loaded until now: it is much, and it stays to the end."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what did not run, so that a green run cannot hide it."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", ()):
        if isinstance(report.longrepr, tuple):
            reasons[str(report.longrepr[2]).removeprefix("Skipped: ")] += 1
    if reasons:
        terminalreporter.section(f"NOT RUN: {sum(reasons.values())}", sep="!")
        for reason, number in reasons.most_common():
            terminalreporter.line(f"{number:5d} × {reason}")
