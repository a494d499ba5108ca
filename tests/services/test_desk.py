"""The desk: scans in their order and before everything else, acts tried again whole, nothing said before it is true."""

import threading
import time
from uuid import uuid4

import pytest

from app.errors import DatabaseLocked, DatabaseOffline
from app.services.desk import Changes, Desk
from app.storage import order_life, packing
from app.storage.database import open_database
from tests.makers import Goods, change, faults_of, incoming, only_on_postgresql, query, stocked

TEA = Goods(1, stock=50)


@pytest.fixture
def desk(database, open_another):
    stocked(database, [TEA], *[incoming(str(1001 + n), ("SKU-1", 20), ordered_at=n) for n in range(3)])
    running = Desk(open_another(), "1")
    yield running
    running.stop()
    assert faults_of(database) == []


def packed(desk):
    return query(desk.database, "SELECT sum(done) FROM order_lines")[0][0]


# --- order and changes --------------------------------------------------------------------------------------------


def test_scans_are_answered_in_their_order(desk):
    desk.scan("1001")
    answers = [each.result() for each in [desk.scan(TEA.piece) for _ in range(15)]]
    assert [each.done for each in answers] == list(range(1, 16))


def test_scans_go_before_office_acts_and_chunks(desk):
    began, go_on, order = threading.Event(), threading.Event(), []

    def slow(tx):
        began.set()
        go_on.wait(5)

    desk.do(frozenset(), slow)
    began.wait(5)
    chunk = threading.Thread(target=lambda: desk.chunk(frozenset(), lambda tx: order.append("chunk")).result())
    chunk.start()
    time.sleep(0.05)
    act = desk.do(frozenset(), lambda tx: order.append("act"))
    scan = desk.scan("1001")
    scan.add_done_callback(lambda _: order.append("scan"))
    go_on.set()
    act.result(5)
    chunk.join(5)
    assert order == ["scan", "act", "chunk"]


def test_changes_are_told_once_after_the_commit(desk):
    heard: list[tuple[Changes, int]] = []
    desk.listen(lambda changes: heard.append((changes, query(desk.database, "SELECT count(*) FROM journal")[0][0])))
    before = query(desk.database, "SELECT count(*) FROM journal")[0][0]
    answer = desk.scan("1001").result()
    desk.look().result()
    assert [(each.station, each.act) for each, _ in heard] == [("1", answer.act)]
    assert heard[0][1] == before + 1


def test_a_failed_act_tells_nobody_and_the_desk_goes_on(desk):
    heard = []
    desk.listen(heard.append)

    def fail(tx):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.do(frozenset({"orders"}), fail).result()
    assert heard == []
    assert desk.scan("1001").result().key == "order.opened"


def test_a_listener_that_fails_does_not_stop_the_desk(desk, caplog):
    def fail(changes):
        raise ZeroDivisionError

    desk.listen(fail)
    assert desk.scan("1001").result(5).key == "order.opened"
    assert desk.scan(TEA.piece).result(5).key == "pack.ok"


def test_other_stations_changes_are_heard(desk, open_another):
    heard = threading.Event()
    other = Desk(open_another(), "2")
    other.listen(lambda changes: heard.set())
    other.watch_others()
    until = time.monotonic() + 10
    while not heard.wait(0.2) and time.monotonic() < until:
        desk.scan("1001").result()
    other.stop()
    assert heard.is_set()


def test_a_stopped_desk_finishes_what_was_begun_and_takes_no_more(database, open_another):
    stocked(database, [TEA], incoming("1", ("SKU-1", 20)))
    desk = Desk(open_another(), "1")
    desk.scan("1")
    futures = [desk.scan(TEA.piece) for _ in range(5)]
    desk.stop()
    assert [each.result().done for each in futures] == [1, 2, 3, 4, 5]
    with pytest.raises(RuntimeError):
        desk.scan(TEA.piece).result()


# --- tried again --------------------------------------------------------------------------------------------------


@only_on_postgresql
def test_a_deadlock_is_tried_again_and_not_shown(desk, open_another):
    other = Desk(open_another(), "2")
    gate = threading.Barrier(2, timeout=10)
    tries = []

    def lock_both(tx, first, second):
        tries.append(first)
        order_life.lock(tx, first)
        if len(tries) <= 2:
            gate.wait()
        order_life.lock(tx, second)
        change_name(tx, first)

    def change_name(tx, order):
        tx.connection.exec_driver_sql("UPDATE orders SET ship_name = ship_name || 'x' WHERE id = %s", (order,))

    ids = [row[0] for row in query(desk.database, "SELECT id FROM orders ORDER BY id LIMIT 2")]
    both = [desk.do(frozenset(), lock_both, *ids), other.do(frozenset(), lock_both, *reversed(ids))]
    assert [each.result(20) for each in both] == [None, None]
    assert len(tries) in (3, 4)
    other.stop()
    assert query(desk.database, "SELECT count(*) FROM orders WHERE ship_name LIKE '%x'") == [(2,)]


def test_a_lock_that_stays_is_said_in_the_end(desk, monkeypatch):
    tries = []

    def locked(tx):
        tries.append(1)
        raise DatabaseLocked("database.locked", name="x")

    with pytest.raises(DatabaseLocked):
        desk.do(frozenset(), locked).result()
    assert 1 <= len(tries) <= 3


# --- the connection breaks ----------------------------------------------------------------------------------------


def breaking(desk, monkeypatch, *, before):
    """Break the connection at the next COMMIT, before it arrives or after it was done; both look the same from here."""
    dialect = desk.database.engine.dialect
    real, broken = dialect.do_commit, []
    watcher = open_database(desk.database.engine.url.render_as_string(hide_password=False))

    def commit(connection):
        if broken:
            return real(connection)
        broken.append(connection)
        if not before:
            real(connection)
        with watcher.transaction() as tx:
            pid = connection.driver_connection.info.backend_pid
            tx.connection.exec_driver_sql("SELECT pg_terminate_backend(%s)", (pid,))
        watcher.close()
        time.sleep(0.05)
        return real(connection) if before else connection.driver_connection.execute("SELECT 1")

    monkeypatch.setattr(dialect, "do_commit", commit)
    return broken


@pytest.mark.parametrize("before", [True, False], ids=["before the commit arrived", "after it was done"])
@pytest.mark.parametrize("kind", ["scan", "open", "close"])
@only_on_postgresql
def test_a_connection_lost_at_the_commit_posts_once(desk, monkeypatch, before, kind):
    change(desk.database, "UPDATE order_lines SET wanted = 1")
    if kind != "open":
        desk.scan("1001").result()
    if kind == "scan":
        change(desk.database, "UPDATE order_lines SET wanted = 20")
    broken = breaking(desk, monkeypatch, before=before)
    act = str(uuid4())
    answer = desk.scan("1001" if kind == "open" else TEA.piece, act).result(20)
    assert broken
    assert answer.key == {"open": "order.opened", "scan": "pack.ok", "close": "order.closed"}[kind]
    assert answer.repeat is (not before)
    assert packed(desk) == (0 if kind == "open" else 1)
    assert query(desk.database, "SELECT count(*) FROM journal WHERE act = ?", act) == [(1,)]


@only_on_postgresql
def test_a_connection_lost_in_the_middle_of_an_act_posts_once(desk, monkeypatch):
    desk.scan("1001").result()
    real, killed = packing.count_lines, []

    def count_lines(tx, changes):
        if not killed:
            killed.append(1)
            pid = tx.connection.connection.driver_connection.info.backend_pid
            thread = threading.Thread(target=change, args=(desk.database, "SELECT pg_terminate_backend(?)", pid))
            thread.start()
            thread.join()
            time.sleep(0.05)
        real(tx, changes)

    monkeypatch.setattr(packing, "count_lines", count_lines)
    assert desk.scan(TEA.piece).result(20).key == "pack.ok"
    assert killed
    assert packed(desk) == 1


@only_on_postgresql
def test_a_connection_that_was_lost_while_nobody_scanned_is_not_noticed(desk):
    desk.scan("1001").result()
    change(desk.database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    time.sleep(0.05)
    assert desk.scan(TEA.piece).result(20).done == 1


@only_on_postgresql
def test_a_killed_server_is_said_and_the_same_act_counts_once_when_it_is_back(desk, server):
    desk.scan("1001").result()
    desk.scan(TEA.piece).result()
    act = str(uuid4())
    server.kill()
    try:
        with pytest.raises(DatabaseOffline):
            desk.scan(TEA.piece, act).result(20)
    finally:
        server.start()
    assert desk.scan(TEA.piece, act).result(20).done == 2
    assert desk.scan(TEA.piece, act).result(20).repeat
    assert packed(desk) == 2


@only_on_postgresql
def test_answers_given_before_a_kill_are_all_there_afterwards(desk, server):
    desk.scan("1001").result()
    futures = [desk.scan(TEA.piece) for _ in range(20)]
    futures[4].result(20)
    server.kill()
    answered = 0
    for each in futures:
        try:
            answered = max(answered, each.result(60).done)
        except DatabaseOffline:
            continue
    server.start()
    assert answered >= 5
    assert answered <= packed(desk) <= answered + 1
