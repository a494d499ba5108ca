"""Pick jobs follow their order: after a change they take just what it wants now.

Unfinished jobs get fewer pieces, or more as further rows at their end; what was taken stays counted. Of finished jobs
nothing changes: what is missing then is packed from the shelf at the bench. Everything here is part of the caller's
act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain.jobs import JobState
from app.domain.orders import OrderEvent, OrderState, next_state
from app.services import pick_end
from app.services.picking import modes
from app.storage import follow as storage
from app.storage import picking as picking_storage
from app.storage import put_back as put_back_storage
from app.storage import waves as waves_storage
from app.storage.database import Transaction
from app.storage.follow import FollowedLine, FollowedOrder, FollowedPick

__all__ = ["follow"]


def follow(tx: Transaction, act: str, order: int) -> None:
    """Bring the pick jobs of an order, and whether it counts as picked, in line with what it wants now.

    Called at the end of every change of a released order, once its lines and its version are what they are to be and
    surplus goods are taken back (:func:`app.services.put_back.put_back_pieces`).

    :param order: any of the orders that are packed together.
    """
    here = storage.order_of(tx, order)
    if here is None or here.state not in (OrderState.RELEASED, OrderState.PICKED):
        return
    rows = storage.rows_of(tx, here.lead)
    if rows or any(line.picked for line in here.lines) or here.state is OrderState.PICKED:
        _follow(tx, here, rows)
    elif here.picking and storage.is_planned(tx, here.lead):  # nothing of what its job took is wanted any more
        storage.set_picking(tx, here.members, here.state)
    # Else it is in no wave, or its job is still to be planned.
    for job, batch, empty in storage.idle_jobs(tx, here.lead):
        if empty:
            put_back_storage.stand_down(tx, [job])
            waves_storage.settle(tx, batch)
        else:
            _end_if_done(tx, act, job)


def _follow(tx: Transaction, here: FollowedOrder, rows: Sequence[FollowedPick]) -> None:
    live = [row for row in rows if row.live]
    if live:
        _fit(tx, here, rows)
        put_back_storage.recount(tx, sorted({row.job for row in live}))
        live = [row for row in storage.rows_of(tx, here.lead) if row.live]
    if not live:
        storage.set_picking(tx, here.members, _state(here))


def _end_if_done(tx: Transaction, act: str, job: int) -> None:
    """End a job that was begun and of which a change took the last pieces away: no scan would do it."""
    loaded = picking_storage.load_job(tx, job, modes())
    if loaded is None or loaded.job.state not in (JobState.ACTIVE, JobState.PAUSED) or loaded.job.hand is not None:
        return
    if any(each.left > 0 or (each.stopped and not each.told) for each in loaded.job.picks):
        return
    done = replace(loaded.job, state=JobState.DONE)
    picking_storage.save(tx, done, "", 0, loaded.person)
    pick_end.end(tx, act, done)


def _fit(tx: Transaction, here: FollowedOrder, rows: Sequence[FollowedPick]) -> None:
    """Let the rows of unfinished jobs take what the order wants, and no more."""
    wanted: dict[int, int] = {}
    new: list[dict[str, Any]] = []
    lines = {line.id: line for line in here.lines}
    for line in lines.keys() | {row.line for row in rows}:
        walks = [row for row in rows if row.line == line and not row.sorting]
        needs = _needs(lines.get(line))
        more = needs - sum(row.left for row in walks if row.live)
        if more < 0:
            wanted |= _fewer([row for row in walks if row.live], -more)
        elif more > 0:
            new += _more(here, lines[line], rows, more)
        sorts = [row for row in rows if row.line == line and row.sorting and row.live]
        came = sum(row.done for row in walks)
        surplus = sum(row.wanted - row.short for row in sorts if not row.blocked) - came
        if surplus > 0:
            wanted |= _fewer(sorts, surplus)
    storage.put(tx, wanted, here.lead, here.version)
    storage.add(tx, new)
    empty = [row.id for row in rows if row.live and wanted.get(row.id, 1) == 0]
    storage.drop(tx, empty)


def _needs(line: FollowedLine | None) -> int:
    """Return the pieces of a line that are neither picked nor packed nor short; none of one that went elsewhere."""
    return max(line.wanted - max(line.picked, line.done), 0) if line else 0


def _fewer(rows: Sequence[FollowedPick], pieces: int) -> dict[int, int]:
    """Return what rows take when there are fewer pieces to take, the last row giving way first."""
    wanted = {}
    for row in reversed(rows):
        less = min(row.left, pieces)
        if less > 0:
            wanted[row.id] = row.wanted - less
            pieces -= less
    return wanted


def _more(here: FollowedOrder, line: FollowedLine, rows: Sequence[FollowedPick], pieces: int) -> list[dict[str, Any]]:
    """Return the rows by which a walk that is not done takes more of a line, and the sort after it parts that."""
    walk = next((row for row in reversed(rows) if row.live and not row.sorting), None)
    if walk is None or line.product is None:
        return []
    body = {"order_id": here.lead, "line_id": line.id, "product_id": line.product, "version": here.version}
    made: list[dict[str, Any]] = [body | {"job_id": walk.job, "slot": walk.slot, "shelf": line.shelf, "wanted": pieces}]
    sort = next((row for row in rows if row.live and row.bulk == walk.job), None)
    if sort is not None and not any(row.job == sort.job and row.line == line.id for row in rows):
        made.append(body | {"job_id": sort.job, "slot": sort.slot, "wanted": pieces})
    return made


def _state(here: FollowedOrder) -> OrderState:
    """Return whether everything that is wanted was picked; what a change added is missing from it."""
    whole = any(line.picked for line in here.lines) and not any(_needs(line) for line in here.lines)
    event, wanted = (OrderEvent.PICK, OrderState.PICKED) if whole else (OrderEvent.REOPEN, OrderState.RELEASED)
    return here.state if here.state is wanted else next_state(here.state, event) or here.state
