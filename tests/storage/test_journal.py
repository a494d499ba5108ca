"""The journal and the ledger are append-only, chained and checked: whatever is changed behind their back is named."""

import contextlib
from collections.abc import Callable

import pytest
from sqlalchemy.exc import DBAPIError

from app.storage import triggers, verify
from tests.makers import Goods, Station, change, faults_of, incoming, query, stocked

TEA, CUP = Goods(1, stock=20), Goods(2, stock=20)


@pytest.fixture
def worked(database):
    """Two stations that packed, were refused, undid and closed."""
    stocked(database, [TEA, CUP], *[incoming(str(1001 + n), ("SKU-1", 2), ("SKU-2", 1)) for n in range(4)])
    for name in ("1", "2"):
        Station(database, name).scans(
            "KP-NEXT", TEA.piece, "nonsense", TEA.piece, "KP-UNDO", TEA.piece, CUP.piece, "KP-NEXT"
        )
    assert faults_of(database) == []
    return database


def without_triggers(database):
    """As somebody with the file in hand would do it."""
    for table in triggers.APPEND_ONLY:
        if database.path is None:
            change(database, f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            for event in ("update", "delete"):
                change(database, f"DROP TRIGGER {table}_no_{event}")


@pytest.mark.parametrize("table", triggers.APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET act = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_changes(worked, table, statement):
    with pytest.raises(DBAPIError, match="append-only"):
        change(worked, statement.format(table))
    assert faults_of(worked) == []


def test_there_is_one_row_an_act_refused_ones_too(worked):
    assert query(worked, "SELECT station, count(*), max(seq) FROM journal GROUP BY 1 ORDER BY 1") == [
        ("1", 8, 8), ("2", 8, 8), ("office", 1, 1),
    ]  # fmt: skip
    assert query(worked, "SELECT count(*) FROM journal WHERE level = 'refused'") == [(2,)]


def edit(database):
    change(database, "UPDATE journal SET facts = '[]' WHERE station = '1' AND seq = 4")


def edit_time(database):
    change(database, "UPDATE journal SET at = at + 1 WHERE station = '1' AND seq = 4")


def edit_person(database):
    change(database, "UPDATE journal SET person_id = 7 WHERE station = '1' AND seq = 4")


def delete(database):
    change(database, "DELETE FROM journal WHERE station = '1' AND seq = 4")


def reorder(database):
    change(database, "UPDATE journal SET seq = -1 WHERE station = '1' AND seq = 4")
    change(database, "UPDATE journal SET seq = 4 WHERE station = '1' AND seq = 5")
    change(database, "UPDATE journal SET seq = 5 WHERE station = '1' AND seq = -1")


def swap_stations(database):
    change(database, "UPDATE journal SET station = 'x' WHERE station = '1' AND seq = 4")
    change(database, "UPDATE journal SET station = '1' WHERE station = '2' AND seq = 4")
    change(database, "UPDATE journal SET station = '2' WHERE station = 'x'")


def cut_tail(database):
    change(database, "DELETE FROM journal WHERE station = '1' AND seq >= 7")


def cut_whole_station(database):
    change(database, "DELETE FROM journal WHERE station = '1'")
    change(database, "DELETE FROM stations WHERE name = '1'")


def forget_station(database):
    change(database, "UPDATE orders SET holder = '' WHERE holder = '1'")
    change(database, "DELETE FROM stations WHERE name = '1'")


def insert_copy(database):
    columns = "station, at, person_id, order_id, kind, raw, key, level, answer, facts, prev, hash"
    change(database, f"INSERT INTO journal (act, seq, {columns}) SELECT 'copy', 9, {columns} FROM journal "
                     "WHERE station = '1' AND seq = 8")  # fmt: skip


TAMPERING: list[tuple[Callable, str]] = [
    (edit, "verify.chain"),
    (edit_time, "verify.chain"),
    (edit_person, "verify.chain"),
    (delete, "verify.chain"),
    (reorder, "verify.chain"),
    (swap_stations, "verify.chain"),
    (cut_tail, "verify.chain_end"),
    (cut_whole_station, "verify.holder"),
    (forget_station, "verify.chain_end"),
    (insert_copy, "verify.chain"),
]


@pytest.mark.parametrize(("tamper", "key"), TAMPERING, ids=lambda each: getattr(each, "__name__", each))
def test_tampering_with_the_journal_is_found(worked, tamper, key):
    without_triggers(worked)
    tamper(worked)
    assert faults_of(worked)[0] == key


def test_the_first_bad_entry_is_named(worked):
    without_triggers(worked)
    edit(worked)
    with worked.reading() as tx, contextlib.closing(verify.faults(tx)) as found:
        first = next(found)
    assert (first.args["station"], first.args["seq"]) == ("1", 4)


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("UPDATE moves SET quantity = quantity + 1 WHERE id = 3", "verify.balance"),
        ("DELETE FROM moves WHERE id = 3", "verify.balance"),
        ("UPDATE moves SET lot = 'x' WHERE id = 3", "verify.balance"),
        ("UPDATE balances SET quantity = quantity + 1 WHERE place = 'shelf:A-01'", "verify.balance"),
        ("DELETE FROM balances WHERE place = 'shelf:A-01'", "verify.balance"),
        ("UPDATE order_lines SET done = 1 WHERE id = (SELECT min(id) FROM order_lines)", "verify.line"),
        ("UPDATE steps SET undone = 'x' WHERE id = (SELECT min(id) FROM steps)", "verify.line"),
        ("UPDATE stations SET order_id = NULL WHERE name = '1'", "verify.holder"),
        ("UPDATE tallies SET number = number + 1 WHERE state = 'ready'", "verify.tally"),
    ],
)
def test_changed_figures_are_found(worked, statement, key):
    without_triggers(worked)
    assert change(worked, statement)
    assert key in faults_of(worked)


def test_only_the_database_keeps_a_line_from_more_than_wanted(worked):
    with pytest.raises(DBAPIError, match="counts"):
        change(worked, "UPDATE order_lines SET done = 3")


def test_one_balance_never_disagrees_with_its_moves(worked):
    """Opposite ends of every move sum to nothing, product by product."""
    assert all(total == 0 for (total,) in query(worked, "SELECT sum(quantity) FROM balances GROUP BY product_id, lot"))
