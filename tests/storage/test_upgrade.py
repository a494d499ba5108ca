"""A database made by an earlier version is brought to today's tables: nothing lost, and work goes on where it stood."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, text

from app.services import packing
from app.storage import migrate, tables, verify
from app.storage.database import open_database
from tests.makers import query
from tests.pickers import PickStation, code_for

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "database"


def make_sqlite(path, revision):
    connection = sqlite3.connect(path)
    connection.executescript((SAMPLES / f"{revision}.sql").read_text(encoding="utf-8"))
    connection.commit()
    connection.close()


def make_postgresql(url, folder, revision):
    """The same rows on a server that is at that revision."""
    make_sqlite(folder / "rows.db", revision)
    rows = sqlite3.connect(folder / "rows.db")
    engine = create_engine(url)
    migrate.upgrade(engine, revision)
    old = MetaData()
    old.reflect(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET session_replication_role = replica")  # the triggers' work is among the rows
        for table in old.sorted_tables:
            if table.name == "alembic_version":
                continue
            names = [column.name for column in table.columns]
            quoted = ", ".join(f'"{name}"' for name in names)
            found = rows.execute(f"SELECT {quoted} FROM {table.name}").fetchall()
            if found:
                connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in found])
            if "id" in names:
                again = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
                connection.execute(text(again))
    engine.dispose()
    rows.close()


@pytest.fixture(
    params=["0001", *(pytest.param(old, marks=pytest.mark.long) for old in ("0002", "0003")), "0004", "0005", "0006"]
)
def revision(request):
    """Revision that the version before left."""
    return request.param


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request, tmp_path, revision):
    """Address of a database that an earlier version left."""
    if request.param == "sqlite":
        make_sqlite(tmp_path / "kenpin.db", revision)
        yield f"sqlite:///{tmp_path / 'kenpin.db'}"
        return
    server = request.getfixturevalue("server")
    url = server.dsn_for("of_an_earlier_version")
    make_postgresql(url, tmp_path, revision)
    yield url
    server.drop("of_an_earlier_version")


def counts_in_sample(revision):
    connection = sqlite3.connect(":memory:")
    connection.executescript((SAMPLES / f"{revision}.sql").read_text(encoding="utf-8"))
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_an_upgrade_keeps_every_row_and_every_check_holds(old_url, revision):
    before = counts_in_sample(revision)
    database = open_database(old_url)
    assert query(database, "SELECT version_num FROM alembic_version") == [(tables.REVISION,)]
    for name, number in before.items():
        if not name.startswith("sqlite_"):
            assert query(database, f"SELECT count(*) FROM {name}") == [(number,)], name
    with database.reading() as tx:
        assert list(verify.faults(tx)) == []
    database.close()


def test_every_ship_number_given_before_is_in_the_releases(old_url, revision):
    database = open_database(old_url)
    given = query(database, "SELECT batch, sequence, id FROM orders WHERE batch IS NOT NULL ORDER BY batch, sequence")
    assert len(given) == {"0001": 6, "0002": 12, "0003": 12, "0004": 18, "0005": 12, "0006": 12}[revision]
    assert query(database, "SELECT batch, sequence, order_id FROM releases ORDER BY batch, sequence") == given
    database.close()


def test_the_bench_goes_on_with_the_order_that_was_open(old_url, revision):
    database = open_database(old_url)
    ((station, order),) = query(database, "SELECT name, order_id FROM stations WHERE order_id IS NOT NULL")
    with database.transaction() as tx:
        standing = packing.look(tx, station)
    assert (standing.order_id, standing.ask["kind"]) == (order, "item")
    code = standing.ask["product_code"] or standing.ask["sku"]
    with database.transaction() as tx:
        answer = packing.scan(tx, station, code, "after-the-upgrade")
    assert (answer.level, answer.key) == ("ok", "order.closed" if revision == "0001" else "pack.all_in")
    with database.reading() as tx:
        assert list(verify.faults(tx)) == []
    database.close()


@pytest.mark.parametrize("revision", ["0004"], indirect=True)
def test_a_job_that_was_half_picked_goes_on_where_it_stood(old_url):
    database = open_database(old_url)
    cart = PickStation(database, "cart-1")
    standing = cart.look()
    assert (standing.job, standing.done, standing.wanted) == ("2-1", 8, 16)
    asked = {name: standing.ask[name] for name in ("kind", "sku", "held", "tote")}
    assert asked == {"kind": "place", "sku": "YUZ-300", "held": 1, "tote": "2-1-4"}  # one piece is in hand
    answer = cart.scan(code_for(standing))
    assert (answer.level, answer.key) == ("ok", "put.order_complete")
    assert query(
        database,
        "SELECT sku, quantity FROM balances JOIN products ON products.id = product_id WHERE place = 'picked:42'",
    ) == [("YUZ-300", 1)]
    said = cart.work(answer)
    assert said[-1] == "pick.finished_short"
    assert query(database, "SELECT state, done, short, pieces FROM jobs") == [("done", 15, 1, 16)]
    uncounted = "SELECT sku, counts.shelf FROM counts JOIN products ON products.id = product_id WHERE done_at IS NULL"
    assert query(database, uncounted) == [("YUZ-150", "A-03-02")]
    with database.reading() as tx:
        assert list(verify.faults(tx)) == []
    database.close()
