"""The jobs of waves as the board shows them: their state, who has them, how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal_column, select

from app.storage.database import Transaction
from app.storage.tables import jobs, people, picks

__all__ = ["JobRow", "job_rows", "lines_done"]


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job, as lists show it."""

    id: int
    batch: int
    sequence: int
    mode: str
    state: str
    stage: str
    zone: str
    after: int | None
    blocked: bool
    due: int
    holder: str
    lease_until: int
    person: str
    """Name of who took it; empty where nobody was signed in."""
    cart: str
    slots: int
    shelf: str
    walk: str
    """The way with its metres, as JSON."""
    lines: int
    pieces: int
    done: int
    short: int
    started_at: int | None
    done_at: int | None

    @property
    def number(self) -> str:
        """``12-3``, as on its list."""
        return f"{self.batch}-{self.sequence}"


_JOB = (
    jobs.c.id, jobs.c.batch, jobs.c.sequence, jobs.c.mode, jobs.c.state, jobs.c.stage, jobs.c.zone, jobs.c.after_id,
    jobs.c.blocked, jobs.c.due, jobs.c.holder, jobs.c.lease_until, func.coalesce(people.c.name, literal_column("''")),
    jobs.c.cart, jobs.c.slots, jobs.c.shelf, jobs.c.walk, jobs.c.lines, jobs.c.pieces, jobs.c.done, jobs.c.short,
    jobs.c.started_at, jobs.c.done_at,
)  # fmt: skip


def job_rows(tx: Transaction, batches: Sequence[int]) -> list[JobRow]:
    """Return the jobs of waves, by number."""
    query = (
        select(*_JOB)
        .select_from(jobs.outerjoin(people, people.c.id == jobs.c.person_id))
        .where(jobs.c.batch.in_(batches))
        .order_by(jobs.c.batch, jobs.c.sequence)
    )
    made = []
    for row in tx.connection.execute(query):
        values: list[Any] = list(row)
        values[8] = bool(values[8])
        made.append(JobRow(*values))
    return made


def lines_done(tx: Transaction, batches: Sequence[int]) -> dict[int, int]:
    """Return by wave how many lines are done: picked or short, each line counted at the shelves only."""
    query = (
        select(jobs.c.batch, func.count())
        .select_from(picks.join(jobs, jobs.c.id == picks.c.job_id))
        .where(
            jobs.c.batch.in_(batches),
            jobs.c.state != "taken_back",
            jobs.c.stage == "pick",
            picks.c.done + picks.c.short >= picks.c.wanted,
        )
        .group_by(jobs.c.batch)
    )
    return {row[0]: int(row[1]) for row in tx.connection.execute(query)}
