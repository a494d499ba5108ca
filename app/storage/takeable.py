"""Pick jobs that wait to be taken, as a screen tells of them while none is open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, bindparam, func, literal_column, select

from app.domain.modes import Stage
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import jobs, picks

__all__ = ["Takeable", "takeable"]


@dataclass(frozen=True, slots=True)
class Takeable:
    """What waits for a picker."""

    waiting: int = 0
    """Jobs that anybody may take."""
    paused: int = 0
    """Those of them that somebody began and handed back."""
    number: str = ""
    """The one that comes next, ``12-3``; empty where none waits."""
    mode: str = ""
    orders: int = 0
    pieces: int = 0
    """Pieces still to take of the next one."""
    due: int = 0
    """Its earliest pickup, milliseconds since 1970 UTC."""


# Written out as in app.storage.picking so that the partial index of takeable jobs is used.
_FREE: tuple[ColumnElement[bool], ...] = (
    literal_column("state IN ('waiting','paused')"),
    literal_column("holder = ''"),
    literal_column("blocked = 0"),
)
_COUNT = Prepared(
    select(func.count(), func.coalesce(func.sum(literal_column("CASE WHEN state = 'paused' THEN 1 ELSE 0 END")), 0))
    .select_from(jobs)
    .where(*_FREE, jobs.c.stage == bindparam("stage_", type_=String))
)
_NEXT = Prepared(
    select(
        jobs.c.batch, jobs.c.sequence, jobs.c.mode, jobs.c.pieces - jobs.c.done - jobs.c.short, jobs.c.due,
        select(func.count(picks.c.order_id.distinct())).where(picks.c.job_id == jobs.c.id).scalar_subquery(),
    )
    .where(*_FREE, jobs.c.stage == bindparam("stage_", type_=String))
    .order_by(jobs.c.due, jobs.c.id)
    .limit(1)
)  # fmt: skip


def takeable(tx: Transaction, stage: Stage) -> Takeable:
    """Return how many jobs of a stage wait, and which one ``KP-NEXT`` would take; nothing is locked."""
    count = tx.one(_COUNT, stage_=str(stage))
    row = tx.one(_NEXT, stage_=str(stage))
    if count is None or row is None:
        return Takeable()
    return Takeable(int(count[0]), int(count[1]), f"{row[0]}-{row[1]}", row[2], int(row[5]), int(row[3]), row[4])
