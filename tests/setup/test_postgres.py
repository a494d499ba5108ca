import pytest
from sqlalchemy import create_engine, text

from tests.postgres import postgres


@pytest.fixture(scope="module")
def server():
    with postgres() as running:
        yield running


def test_it_makes_databases_by_name_and_copies_them(server):
    engine = create_engine(server.dsn_for("first"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shelf (name text)"))
        connection.execute(text("INSERT INTO shelf VALUES ('棚')"))
    engine.dispose()
    copy = create_engine(server.dsn_for("second", template="first"))
    with copy.begin() as connection:
        assert connection.execute(text("SELECT name FROM shelf")).scalar_one() == "棚"
        assert connection.execute(text("SHOW fsync")).scalar_one() == "on"
    copy.dispose()


def test_what_was_committed_outlives_a_killed_server(server):
    engine = create_engine(server.dsn_for("killed"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE fact AS SELECT 1 AS n"))
    engine.dispose()
    server.kill()
    server.start()
    with engine.begin() as connection:
        assert connection.execute(text("SELECT n FROM fact")).scalar_one() == 1
    engine.dispose()
