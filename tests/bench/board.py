"""A refresh of the leader's board with 100,000 open orders and 1,000,000 past ones, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from app.services.board import board
from app.storage.database import Database, open_database
from tests.bench.measure import Row, interleaved, note
from tests.bench.shop import CONTENT, scratch

OPEN, PAST = 100_000, 1_000_000
MOST = 0.020
"""Seconds a refresh may take."""
_DAY = 86_400_000
_HOUR = 3_600_000
_SHARDS = 12


def measure(quick: bool, seed: int) -> list[Row]:
    """Refresh the board of a shop that has worked for years, with parcels closed in this hour."""
    from tests.postgres import postgres

    size = (10_000, 100_000) if quick else (OPEN, PAST)
    rounds = 50 if quick else 400
    with scratch("board") as folder, postgres() as server:
        at = {
            "sqlite": open_database(f"sqlite:///{folder / 'board.db'}"),
            "postgresql": open_database(server.dsn_for("board")),
        }
        now = int(datetime.now(UTC).timestamp() * 1000)
        for name, database in at.items():
            note(f"building {size[0]:,} open and {size[1]:,} past orders on {name}")
            _build(database, *size, _last_pickup(now), now)
        works = {name: (lambda database=database: _refresh(database, now)) for name, database in at.items()}
        for work in works.values():
            for _ in range(10):
                work()
        found = interleaved(rounds, seed, **works)
        for database in at.values():
            database.close()
    said = f"at {size[0]:,} open and {size[1]:,} past orders"
    return [Row.absolute(f"board refresh {said}, {name}", sample, MOST) for name, sample in found.items()]


def _last_pickup(now: int) -> int:
    """17:00 of today in Japan: the open orders are for today's and tomorrow's pickups, some of yesterday's."""
    today = datetime.fromtimestamp(now / 1000, ZoneInfo("Asia/Tokyo")).replace(hour=17, minute=0, second=0)
    return int((today + timedelta(0)).timestamp() // 60 * 60_000)


def _refresh(database: Database, now: int) -> None:
    with database.reading() as tx:
        shown = board(tx, now)
    assert shown.rows
    assert shown.remaining
    assert shown.pace.last_60


def _build(database: Database, live: int, past: int, pickup: int, now: int) -> None:
    """Three pickups a day of two carriers, a thousand orders a day; one open order in twenty missed an earlier one."""
    total = live + past
    with database.transaction() as tx:
        run = tx.connection.execute
        postgres = tx.dialect == "postgresql"
        if postgres:
            run(text("SET LOCAL statement_timeout = 0"))
        numbers = "generate_series(1, CAST(:total AS bigint)) AS n(i)" if postgres else "n"
        counting = (
            "" if postgres else "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :total) "
        )
        # The counters are filled at once below: a trigger a row would take minutes, and one shard only.
        if postgres:
            run(text("ALTER TABLE orders DISABLE TRIGGER USER"))
        run(text("INSERT INTO shops (id, channel, name, settings) VALUES (1, 'csv', 'bench', '{}')"))
        age = ":past - i"
        cut_off = (
            f"CASE WHEN i <= :past THEN :pickup - (({age}) / 1000 + 1) * {_DAY} - (i % 3) * {3 * _HOUR} "
            f"WHEN i % 20 = 0 THEN :pickup - (i % 7 + 1) * {_DAY} "
            f"WHEN i % 3 = 0 THEN :pickup + {_DAY} ELSE :pickup - (i % 3) * {3 * _HOUR} END"
        )
        state = (
            "CASE WHEN i <= :past THEN CASE i % 2 WHEN 0 THEN 'acknowledged' ELSE 'shipped' END "
            "ELSE CASE i % 5 WHEN 0 THEN 'received' WHEN 1 THEN 'ready' WHEN 2 THEN 'verified' "
            "ELSE 'released' END END"
        )
        run(
            text(
                f"{counting} INSERT INTO orders (id, shop_id, number, ship_to_key, state, held, version, received_at, "
                "ordered_at, cut_off, queue_at, rank, holder, lease_until, line_count, pieces, ship_name, prefecture, "
                "gift, content, digest, carrier, service) "
                f"SELECT i, 1, 'N-' || i, '', {state}, 0, 1, 1, 1, {cut_off}, {cut_off}, 0, '', 0, 3, 4, '佐藤 花子', "
                "'北海道', 0, :content, '', CASE i % 2 WHEN 0 THEN 'yamato_b2' ELSE 'sagawa_e3' END, 'x' "
                f"FROM {numbers}"
            ),
            {"total": total, "past": past, "pickup": pickup, "content": CONTENT},
        )
        closed = f"CASE WHEN i <= :past THEN :now - {_DAY} - ({age}) * 60000 ELSE :now - (i % 10800) * 1000 END"
        run(
            text(
                f"{counting} INSERT INTO parcels (id, order_id, version, state, station, opened_at, closed_at) "
                f"SELECT i, i, 1, 'closed', '1', 1, {closed} FROM {numbers} WHERE i <= :past OR i % 20 = 2"
            ),
            {"total": total, "past": past, "now": now},
        )
        if postgres:
            run(text("ALTER TABLE orders ENABLE TRIGGER USER"))
        run(text("DELETE FROM loads"))
        run(
            text(
                "INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT cut_off, carrier, state, "
                f"'station ' || (id % {_SHARDS}), count(*) FROM orders "
                f"GROUP BY cut_off, carrier, state, 'station ' || (id % {_SHARDS})"
            )
        )
        if postgres:
            run(text("ANALYZE"))
