"""Opening a database: the settings that keep a commit, and a sentence of its own for everything that can be wrong."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.errors import (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseLocked,
    DatabaseNewer,
    DatabaseOffline,
    DatabaseReadOnly,
    StationError,
)
from app.storage import database as module
from app.storage.database import open_database
from tests.makers import Goods, Station, change, faults_of, incoming, query, stocked

TEA = Goods(1, stock=20)


@pytest.fixture
def file(tmp_path, sqlite_template):
    path = tmp_path / "kenpin.db"
    shutil.copyfile(sqlite_template, path)
    return path


def opened(path):
    return open_database(f"sqlite:///{path}")


def refused(path):
    """Return the error of opening *path*, having changed nothing."""
    before = {each: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    with pytest.raises(StationError) as caught:
        opened(path).close()
    after = {each: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    assert after == before, "it was changed"
    assert caught.value.args_["name"] == str(path)
    return caught.value


# --- settings -----------------------------------------------------------------------------------------------------


def test_every_sqlite_connection_has_the_settings_that_keep_a_commit(file):
    database = opened(file)
    found = set()

    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout", "trusted_schema")

    def ask():
        for opening in (database.reading, database.transaction):
            with opening() as tx:
                found.add(tuple(tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names))
        database.release()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    database.close()
    assert found == {("wal", 2, 1, 1, module.BUSY_MS, 0)}


def test_a_setting_that_did_not_take_is_refused(file, monkeypatch):
    monkeypatch.setitem(module._WANTED_PRAGMAS, "synchronous", 3)
    with pytest.raises(DatabaseReadOnly, match=r"database\.wrong_setting"):
        opened(file)


def test_a_writer_begins_at_once_and_a_reader_waits_for_nobody(file):
    database, other = opened(file), opened(file)
    with database.transaction() as tx:
        assert tx.connection.connection.driver_connection.in_transaction
        with other.reading() as beside:
            assert beside.connection.exec_driver_sql("SELECT count(*) FROM orders").scalar() == 0
    database.close()
    other.close()


def test_every_postgresql_connection_has_its_time_outs(server, postgres_template):
    database = open_database(server.dsn_for("settings", template=postgres_template))
    wanted = {
        "synchronous_commit": "on", "statement_timeout": "10s", "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "10s", "TimeZone": "UTC",
    }  # fmt: skip
    for opening in (database.reading, database.transaction):
        with opening() as tx:
            assert {name: tx.connection.exec_driver_sql(f"SHOW {name}").scalar() for name in wanted} == wanted
    database.close()


def test_a_server_that_does_not_sync_is_refused(server, postgres_template):
    url = server.dsn_for("careless", template=postgres_template)
    admin = create_engine(server.dsn_for("postgres"), isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(text("ALTER SYSTEM SET full_page_writes = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
            until = time.monotonic() + 5
            while connection.execute(text("SHOW full_page_writes")).scalar() == "on" and time.monotonic() < until:
                time.sleep(0.01)
        with pytest.raises(DatabaseReadOnly, match=r"wrong_setting.*full_page_writes"):
            open_database(url)
    finally:
        with admin.connect() as connection:
            connection.execute(text("ALTER SYSTEM RESET full_page_writes"))
            connection.execute(text("SELECT pg_reload_conf()"))
        admin.dispose()


def test_an_error_half_way_leaves_nothing(database):
    def fail():
        with database.transaction() as tx:
            tx.connection.exec_driver_sql("INSERT INTO settings VALUES ('shop.name', 'x')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert query(database, "SELECT count(*) FROM settings") == [(0,)]


# --- files that are not ours --------------------------------------------------------------------------------------


def test_the_first_start_makes_the_file_and_its_folder(tmp_path):
    path = tmp_path / "新しい 店" / "kenpin.db"
    opened(path).close()
    assert [each.name for each in path.parent.iterdir()] == ["kenpin.db"]


def test_an_empty_file_is_no_first_start(file):
    file.write_bytes(b"")
    error = refused(file)
    assert (type(error), error.key) == (DatabaseDamaged, "database.empty_file")


@pytest.mark.parametrize("content", [b"PK\x03\x04 something else", b"x", b"SQLite format 2\x00" * 100])
def test_a_file_of_another_kind_is_foreign(file, content):
    file.write_bytes(content)
    error = refused(file)
    assert (type(error), error.key) == (DatabaseDamaged, "database.foreign")


def other_program(path, journal):
    path.unlink()
    with sqlite3.connect(path) as driver:
        driver.execute(f"PRAGMA journal_mode={journal}")
        driver.execute("CREATE TABLE notes (body TEXT)")
    driver.close()


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_another_programs_database_is_foreign_and_stays_as_it_is(file, journal):
    other_program(file, journal)
    error = refused(file)
    assert (type(error), error.key) == (DatabaseDamaged, "database.foreign")


def test_a_database_that_alembic_began_and_never_ended_is_foreign(file):
    database = opened(file)
    change(database, "DELETE FROM alembic_version")
    database.close()
    assert refused(file).key == "database.foreign"


def test_a_newer_database_is_refused(file):
    database = opened(file)
    change(database, "UPDATE alembic_version SET version_num = '9999'")
    database.close()
    error = refused(file)
    assert (type(error), error.key, error.args_["revision"]) == (DatabaseNewer, "database.newer", "9999")


def test_a_newer_postgresql_database_is_refused(server, postgres_template):
    url = server.dsn_for("newer", template=postgres_template)
    database = open_database(url)
    change(database, "UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(DatabaseNewer):
        open_database(url)


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def header_only(path):
    path.write_bytes(path.read_bytes()[:100])


def first_page_zeroed(path):
    path.write_bytes(path.read_bytes()[:100] + bytes(3996) + path.read_bytes()[4096:])


def middle_scribbled(path):
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(b ^ 0x5A for b in content[4096:])
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, header_only, first_page_zeroed, middle_scribbled])
def test_a_damaged_file_is_called_damaged(file, damage):
    damage(file)
    error = refused(file)
    assert isinstance(error, DatabaseDamaged)
    assert error.key == "database.damaged"


def test_damage_under_a_running_station_is_called_damaged(file):
    database = opened(file)
    stocked(database, [TEA], incoming("1001", ("SKU-1", 2)))
    database.close()
    content = bytearray(file.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    database = open_database_unchecked(file, content)
    with pytest.raises(DatabaseDamaged):
        Station(database).scan("KP-NEXT")
    database.close()


def open_database_unchecked(path, content):
    """Open while the file is good, then spoil it before anything else is read."""
    database = opened(path)
    database.release()
    database.engine.dispose()
    path.write_bytes(content)
    return database


# --- locked, read-only, full --------------------------------------------------------------------------------------


@contextmanager
def locked_by_another_program(path):
    driver = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    driver.execute("BEGIN EXCLUSIVE")
    try:
        yield driver
    finally:
        driver.close()


def test_a_file_that_another_program_keeps_locked_says_so(file, monkeypatch):
    monkeypatch.setattr(module, "BUSY_MS", 100)
    monkeypatch.setitem(module._WANTED_PRAGMAS, "busy_timeout", 100)
    database = opened(file)
    with locked_by_another_program(file):
        began = time.monotonic()
        with pytest.raises(DatabaseLocked, match=r"database\.locked"):
            Station(database).scan("KP-NEXT")
        assert time.monotonic() - began > 0.09
    assert Station(database).scan("KP-NEXT").key == "next.none"
    database.close()


def test_a_short_lock_is_waited_for(file):
    database = opened(file)
    with locked_by_another_program(file) as driver:
        timer = threading.Timer(0.3, lambda: driver.execute("ROLLBACK"))
        timer.start()
        assert Station(database).scan("KP-NEXT").key == "next.none"
        timer.join()
    database.close()


@contextmanager
def as_another_user():
    """Be somebody for whom the rights of files bind; root is not bound by them."""
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.setegid(nobody.pw_gid)
    os.seteuid(nobody.pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def for_another_user():
    """A folder that another user can enter; only root can try this."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can become another user, for whom a read-only file is read-only")
    with tempfile.TemporaryDirectory(prefix="kenpin-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def test_a_folder_that_cannot_be_written_is_said_at_the_first_start(for_another_user):
    for_another_user.chmod(0o755)
    with as_another_user(), pytest.raises(DatabaseReadOnly, match=r"database\.cannot_open"):
        opened(for_another_user / "kenpin.db")
    assert list(for_another_user.iterdir()) == []


def test_a_read_only_file_is_said_and_not_changed(for_another_user, file):
    path = for_another_user / "kenpin.db"
    shutil.copyfile(file, path)
    path.chmod(0o444)
    for_another_user.chmod(0o755)
    before = path.read_bytes()
    with as_another_user(), pytest.raises(DatabaseReadOnly, match=r"database\.(read_only|cannot_open)"):
        opened(path)
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_read_is_said(for_another_user, file):
    path = for_another_user / "kenpin.db"
    shutil.copyfile(file, path)
    path.chmod(0o000)
    with as_another_user(), pytest.raises(DatabaseReadOnly, match=r"database\.cannot_open"):
        opened(path)


def test_a_file_that_becomes_read_only_is_said_at_the_scan(for_another_user, file):
    path = for_another_user / "kenpin.db"
    shutil.copyfile(file, path)
    path.chmod(0o666)
    with as_another_user():
        database = opened(path)
        assert Station(database).scan("KP-NEXT").key == "next.none"
        database.release()
        database.engine.dispose()
    path.chmod(0o444)
    for_another_user.chmod(0o755)
    with as_another_user(), pytest.raises(DatabaseReadOnly):
        Station(database).scan("KP-NEXT")
    database.close()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 3 MB, where it can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("a small disk cannot be mounted here (needs root)")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(ballast):
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as out:
        while out.write(bytes(4096)):
            pass


def scan_until_it_fails(station, accepted):
    for _ in range(500):
        accepted.append(station.scan(TEA.piece))
        station.scan("KP-UNDO")


def test_a_full_disk_is_said_nothing_is_lost_and_it_goes_on_when_there_is_room(small_disk):
    database = opened(small_disk / "kenpin.db")
    stocked(database, [TEA], incoming("1001", ("SKU-1", 20)))
    station = Station(database)
    station.scan("KP-NEXT")
    ballast = small_disk / "ballast"
    fill(ballast)
    accepted = []
    with pytest.raises(DatabaseFull):
        scan_until_it_fails(station, accepted)
    with database.reading() as tx:
        assert tx.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert query(database, "SELECT count(*) FROM journal WHERE key = 'pack.ok'") == [(len(accepted),)]
    ballast.unlink()
    assert station.scan("KP-NEXT").key == "next.while_open"
    assert faults_of(database) == []
    database.close()


# --- no server ----------------------------------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_offline(tmp_path):
    with pytest.raises(DatabaseOffline, match=r"database\.offline"):
        open_database(f"postgresql://kenpin@/shop?host={tmp_path}&port=5")


def test_a_database_that_the_server_does_not_have_is_refused_by_name(server):
    with pytest.raises(DatabaseOffline, match=r"database\.refused.*nowhere"):
        open_database(server.dsn_for("postgres").replace("/postgres?", "/nowhere?"))


def test_a_new_file_never_takes_the_place_of_one_that_was_made_meanwhile(tmp_path):
    first, second = tmp_path / "kenpin.db", tmp_path / "half"
    first.write_bytes(b"first")
    second.write_bytes(b"second")
    module._put_in_place(second, first)
    assert first.read_bytes() == b"first"


def test_four_programs_starting_at_once_make_one_database(tmp_path):
    path = tmp_path / "kenpin.db"
    script = (
        "import sys; from app.storage.database import open_database\n"
        "d = open_database('sqlite:///' + sys.argv[1])\n"
        "with d.transaction() as tx:\n"
        "    tx.connection.exec_driver_sql('INSERT INTO settings VALUES (?, 1)', (sys.argv[2],))\n"
        "d.close()"
    )
    started = [subprocess.Popen([sys.executable, "-c", script, str(path), str(n)]) for n in range(4)]
    assert [each.wait(60) for each in started] == [0] * 4
    database = opened(path)
    assert query(database, "SELECT count(*) FROM settings") == [(4,)], "somebody wrote into a file that was replaced"
    database.close()
    assert [each.name for each in tmp_path.iterdir()] == ["kenpin.db"]


def test_opening_it_again_here_does_not_let_another_program_take_the_log_away(file):
    """The doctor opens the file that the station works on; a second program comes and goes; the station goes on."""
    station = opened(file)
    query(station, "SELECT 1")
    opened(file).close()
    program = f"from app.storage.database import open_database; open_database('sqlite:///{file}').close()"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
    stocked(station, [TEA])
    with contextlib.closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT count(*) FROM products").fetchone() == (1,)
    reader = (
        "import sqlite3, contextlib\n"
        f"with contextlib.closing(sqlite3.connect('{file}')) as it: "
        "print(it.execute('SELECT count(*) FROM products').fetchone()[0])"
    )
    said = subprocess.run([sys.executable, "-c", reader], check=True, timeout=60, capture_output=True, text=True)
    assert said.stdout.strip() == "1", "what was committed is not in the file"
    station.close()
