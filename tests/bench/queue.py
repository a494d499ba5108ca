"""The first page of the queue, with few and with very many orders in the file."""

from __future__ import annotations

from app.services import orders
from app.storage.database import Database, open_database
from app.storage.tables import LIVE_STATES
from tests.bench.measure import Row, interleaved
from tests.bench.shop import BIG, LIVE, big_shop, copy_of, scratch

PAGE = 100


def measure(quick: bool, seed: int) -> list[Row]:
    """First page and counts at a million orders against a thousand."""
    big = 100_000 if quick else BIG
    rounds = 100 if quick else 400
    with scratch("queue") as folder:
        files = {"small": copy_of(big_shop(1_000, 1_000), folder)}
        files |= {"big": big_shop(big, LIVE), "all": big_shop(big, big)}
        open_ = {name: open_database(f"sqlite:///{path}") for name, path in files.items()}
        works = {f"page_{name}": (lambda at=at: _page(at)) for name, at in open_.items()}
        works |= {f"counts_{name}": (lambda at=at: _counts(at)) for name, at in open_.items()}
        works |= {f"next_{name}": (lambda at=at: _second_page(at)) for name, at in open_.items()}
        for work in works.values():
            for _ in range(10):
                work()
        found = interleaved(rounds, seed, **works)
        for at in open_.values():
            at.close()
    rows = []
    for name, said in (("big", f"{LIVE:,} live"), ("all", "all live")):
        of = f"at {big:,} orders, {said} / at 1,000"
        rows.append(Row.of(f"first page of the queue {of}", found[f"page_{name}"], found["page_small"], 3.0))
        rows.append(Row.of(f"counts by state {of}", found[f"counts_{name}"], found["counts_small"], 3.0))
        rows.append(Row.of(f"second page {of}", found[f"next_{name}"], found["next_small"], 3.0))
    return rows


def _page(database: Database) -> None:
    with database.reading() as tx:
        assert len(orders.page(tx, states=LIVE_STATES, limit=PAGE)) == PAGE


_SORTS: dict[int, tuple[int, int, int, int]] = {}


def _second_page(database: Database) -> None:
    after = _SORTS.get(id(database))
    with database.reading() as tx:
        if after is None:
            after = _SORTS[id(database)] = orders.page(tx, states=LIVE_STATES, limit=PAGE)[-1].sort
        assert len(orders.page(tx, states=LIVE_STATES, after=after, limit=PAGE)) == PAGE


def _counts(database: Database) -> None:
    with database.reading() as tx:
        assert orders.counts(tx)
