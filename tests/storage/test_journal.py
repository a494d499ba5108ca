"""The journal and the ledger are append-only, chained and checked: whatever is changed behind their back is named."""

import contextlib
from collections.abc import Callable

import pytest
from sqlalchemy.exc import DBAPIError

from app.storage import stations, triggers, verify
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


def insert_between(database):
    """A forged row is put in after the fourth, its own hash sound, and the later ones are numbered anew."""
    ((last,),) = query(database, "SELECT max(seq) FROM journal WHERE station = '1'")
    for seq in range(last, 4, -1):
        change(database, "UPDATE journal SET seq = seq + 1 WHERE station = '1' AND seq = ?", seq)
    columns = "act, station, at, person_id, order_id, kind, raw, key, level, answer, facts, prev, hash"
    change(database, f"INSERT INTO journal (seq, {columns}) SELECT 5, 'forged', '1', {columns[14:]} FROM journal "
                     "WHERE station = '1' AND seq = 4")  # fmt: skip
    rehash(database, "1", 5, only=1)


def delete_and_renumber(database):
    delete(database)
    for seq in range(5, 9):
        change(database, "UPDATE journal SET seq = seq - 1 WHERE station = '1' AND seq = ?", seq)


def edit_with_its_hash(database):
    edit(database)
    rehash(database, "1", 4, only=1)


def append_forged(database):
    """A row put on the end, its hash sound, that the station knows nothing of."""
    columns = "station, at, person_id, order_id, kind, raw, key, level, answer, facts, prev, hash"
    change(database, f"INSERT INTO journal (act, seq, {columns}) SELECT 'forged', 9, {columns} FROM journal "
                     "WHERE station = '1' AND seq = 8")  # fmt: skip
    rehash(database, "1", 9, only=1)


def rehash(database, station, first, only=None):
    """Make the hashes of a station anew from one row on, as somebody who knows how they are made."""
    ((prev,),) = query(database, "SELECT hash FROM journal WHERE station = ? AND seq = ?", station, first - 1)
    names = stations._CHAINED
    rows = query(database, f"SELECT {', '.join(names)} FROM journal WHERE station = ? AND seq >= ? ORDER BY seq",
                 station, first)  # fmt: skip
    for values in rows[:only]:
        row = dict(zip(names, values, strict=True)) | {"prev": prev}
        new = stations.chain_hash(row)
        change(database, "UPDATE journal SET prev = ?, hash = ? WHERE station = ? AND seq = ?",
               prev, new, station, row["seq"])  # fmt: skip
        prev = new
    if only is None:
        change(database, "UPDATE stations SET head = ? WHERE name = ?", prev, station)


TAMPERING: list[tuple[Callable, str, int]] = [
    (edit, "verify.chain_changed", 4),
    (edit_time, "verify.chain_changed", 4),
    (edit_person, "verify.chain_changed", 4),
    (edit_with_its_hash, "verify.chain_changed", 4),
    (delete, "verify.chain_missing", 4),
    (delete_and_renumber, "verify.chain_missing", 4),
    (reorder, "verify.chain_moved", 4),
    (swap_stations, "verify.chain_swapped", 4),
    (insert_copy, "verify.chain_inserted", 9),
    (insert_between, "verify.chain_inserted", 5),
    (append_forged, "verify.chain_end", 9),
    (cut_tail, "verify.chain_cut", 7),
    (cut_whole_station, "verify.holder", 0),
    (forget_station, "verify.chain_end", 8),
]


@pytest.mark.parametrize(("tamper", "key", "seq"), TAMPERING, ids=[each[0].__name__ for each in TAMPERING])
def test_tampering_with_the_journal_is_found_and_its_first_entry_named(worked, tamper, key, seq):
    without_triggers(worked)
    tamper(worked)
    with worked.reading() as tx:
        first, *_ = verify.faults(tx)
    assert (first.key, first.args.get("seq", 0)) == (key, seq)
    if seq:
        assert first.args["station"] == "1"


def test_a_check_may_stop_at_the_first_fault(worked):
    without_triggers(worked)
    edit(worked)
    with worked.reading() as tx, contextlib.closing(verify.faults(tx)) as found:
        assert next(found).args["seq"] == 4


def test_a_row_that_was_moved_says_where_it_stood(worked):
    without_triggers(worked)
    swap_stations(worked)
    with worked.reading() as tx:
        found = list(verify.faults(tx))
    assert [(each.args["station"], each.args["from"], each.args["old"]) for each in found] == [
        ("1", "2", 4), ("2", "1", 4),
    ]  # fmt: skip


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
