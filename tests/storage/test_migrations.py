"""Migrations: from nothing to exactly the tables of the code, on both databases, all or nothing."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, create_engine, inspect, text

from app.storage import migrate, tables, triggers
from app.storage.database import open_database
from tests.makers import query


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    """Address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server = request.getfixturevalue("server")
    yield server.dsn_for("from_nothing")
    server.drop("from_nothing")


def test_the_migrations_give_exactly_the_tables_of_the_code(empty_url):
    open_database(empty_url).close()
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={  # SQLite does not tell an identity from a default
                "compare_type": True,
                "compare_server_default": engine.dialect.name == "postgresql",
                "target_metadata": tables.metadata,
            },
        )
        assert compare_metadata(context, tables.metadata) == []
        found = set(inspect(connection).get_table_names())
    engine.dispose()
    assert found == {*tables.metadata.tables, "alembic_version"}


def names_of_triggers(database):
    if database.path is None:
        return {name for (name,) in query(database, "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")}
    return {name for (name,) in query(database, "SELECT name FROM sqlite_master WHERE type = 'trigger'")}


def test_every_trigger_exists(database):
    made = [each.split() for each in triggers.statements("postgresql" if database.path is None else "sqlite")]
    assert names_of_triggers(database) == {words[2] for words in made if words[1] == "TRIGGER"}
    assert len(names_of_triggers(database)) >= 4


def test_checks_and_partial_indexes_are_in_the_database(database):
    with database.reading() as tx:
        found = inspect(tx.connection)
        checks = {each["name"] for name in found.get_table_names() for each in found.get_check_constraints(name)}
        indexes = {each["name"] for name in found.get_table_names() for each in found.get_indexes(name)}
    known = tables.metadata.tables.values()
    assert {rule.name for table in known for rule in table.constraints if isinstance(rule, CheckConstraint)} <= checks
    assert {index.name for table in known for index in table.indexes} <= indexes


def test_the_revision_of_the_tables_is_the_newest_script():
    scripts = ScriptDirectory.from_config(migrate.config())
    assert scripts.get_heads() == [tables.REVISION]
    assert tables.REVISION in migrate.known_revisions()


def test_a_second_start_changes_nothing(empty_url):
    open_database(empty_url).close()
    database = open_database(empty_url)
    assert query(database, "SELECT version_num FROM alembic_version") == [(tables.REVISION,)]
    database.close()


class Killed(BaseException):
    pass


@pytest.mark.parametrize(
    "statement", [pytest.param(0, marks=pytest.mark.long), 1, pytest.param(3, marks=pytest.mark.long), -1]
)
@pytest.mark.parametrize("part", ["first", "shipping", "promises"])
def test_an_upgrade_that_ends_half_way_leaves_nothing(empty_url, monkeypatch, statement, part, tmp_path):
    made = getattr(triggers, part)

    def broken(dialect, *given):
        good = made(dialect, *given)
        return [*good[: len(good) if statement < 0 else statement], "CREATE NONSENSE"]

    monkeypatch.setattr(triggers, part, broken)
    with pytest.raises(Exception, match=r"(?i)syntax error"):
        open_database(empty_url)
    left_nothing(empty_url, tmp_path)
    monkeypatch.undo()
    open_database(empty_url).close()


def test_a_kill_during_the_upgrade_leaves_nothing(empty_url, monkeypatch, tmp_path):
    real = migrate.command.upgrade

    def killed(config, revision):
        real(config, revision)
        raise Killed

    monkeypatch.setattr(migrate.command, "upgrade", killed)
    with pytest.raises(Killed):
        open_database(empty_url)
    left_nothing(empty_url, tmp_path)
    monkeypatch.undo()
    open_database(empty_url).close()


def left_nothing(url, folder):
    if url.startswith("sqlite"):
        assert list(folder.iterdir()) == []
        return
    engine = create_engine(url)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
        assert connection.execute(text("SELECT count(*) FROM pg_proc WHERE proname LIKE 'kenpin%'")).scalar() == 0
    engine.dispose()


def test_two_stations_starting_on_an_empty_server_upgrade_it_once(server):
    import threading

    url = server.dsn_for("two_starts")
    failed = []

    def start():
        try:
            open_database(url).close()
        except Exception as error:  # noqa: BLE001 - whatever it is, the other start must not cause it
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    server.drop("two_starts")


def test_a_leftover_of_a_killed_start_is_not_in_the_way(tmp_path):
    (tmp_path / "kenpin.db.1.new").write_bytes(b"half")
    open_database(f"sqlite:///{tmp_path / 'kenpin.db'}").close()
    assert (tmp_path / "kenpin.db").read_bytes().startswith(b"SQLite format 3")
