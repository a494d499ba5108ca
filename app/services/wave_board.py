"""The board of waves: how far each one is, who has which job, what is left to walk and to do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.modes import FAR
from app.errors import NotFound
from app.storage import wave_board as storage
from app.storage import waves as waves_storage
from app.storage.database import Transaction
from app.storage.wave_board import JobRow
from app.storage.waves import WaveRow

__all__ = ["JobLine", "WaveLine", "board", "wave"]


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job on the board."""

    id: int
    number: str
    """``12-3``, as on its list."""
    stage: str
    """``pick`` or ``sort``."""
    zone: str
    state: str
    """``waiting``, ``active``, ``paused``, ``done`` or ``taken_back``."""
    waits_for: str
    """Number of the job that must be done before; empty where none must."""
    holder: str
    """Station that has it; empty where none has."""
    person: str
    due: int | None
    """Earliest pickup of its orders, milliseconds since 1970 UTC."""
    slots: int
    """Totes or wall slots."""
    lines: int
    pieces: int
    done: int
    """Pieces taken."""
    short: int
    metres: float
    seconds: int
    """Time that the whole job was planned to take."""
    saved: float
    """Metres that its way saves of the S-shape."""

    @property
    def left_seconds(self) -> int:
        """What is left of the planned time, by the pieces that are left."""
        if self.state in ("done", "taken_back"):
            return 0
        open_ = max(self.pieces - self.done - self.short, 0)
        return round(self.seconds * open_ / self.pieces) if self.pieces else 0


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One wave on the board."""

    batch: int
    at: int
    """When it was released, milliseconds since 1970 UTC."""
    person: str
    """Who released it; empty where nobody was signed in."""
    mode: str
    state: str
    """``open``, ``done`` or ``taken_back``."""
    orders: int
    """Orders (parcels) that its jobs were made for."""
    unplanned: int
    """Orders that are in no job yet: planning was interrupted, or they changed."""
    jobs: tuple[JobLine, ...]
    """Without those that were taken back."""
    lines: int
    lines_done: int
    """Lines picked or short."""
    litres: float
    """Of the goods whose size is known."""
    kg: float
    """Of the goods whose weight is known."""

    def count(self, state: str) -> int:
        """Return how many jobs are in a state."""
        return sum(each.state == state for each in self.jobs)

    @property
    def _picks(self) -> list[JobLine]:
        return [each for each in self.jobs if each.stage == "pick"]

    @property
    def pieces(self) -> int:
        """Pieces to take from the shelves in all."""
        return sum(each.pieces for each in self._picks)

    @property
    def done(self) -> int:
        """Pieces taken from the shelves."""
        return sum(each.done for each in self._picks)

    @property
    def short(self) -> int:
        """Pieces that were not there."""
        return sum(each.short for each in self._picks)

    @property
    def metres(self) -> float:
        """Way of all its walks."""
        return round(sum(each.metres for each in self.jobs), 1)

    @property
    def saved(self) -> float:
        """Metres that its ways save of the S-shape."""
        return round(sum(each.saved for each in self.jobs), 1)

    @property
    def left_seconds(self) -> int:
        """Work that is left, one job after the other."""
        return sum(each.left_seconds for each in self.jobs)

    @property
    def due(self) -> int | None:
        """Earliest pickup of what is not done, milliseconds since 1970 UTC; None where there is none."""
        return min((each.due for each in self.jobs if each.due is not None and each.state != "done"), default=None)


def board(tx: Transaction, *, open_only: bool = True, limit: int | None = 50) -> tuple[WaveLine, ...]:
    """Return waves with their jobs, the newest first.

    :param open_only: only those of which something is to be done.
    """
    return _lines(tx, waves_storage.wave_rows(tx, open_only=open_only, limit=limit))


def wave(tx: Transaction, batch: int) -> WaveLine:
    """Return one wave.

    :raises NotFound: there is none of that number.
    """
    row = waves_storage.wave(tx, batch)
    if row is None:
        raise NotFound("wave.not_found", batch=batch)
    return _lines(tx, [row])[0]


def _lines(tx: Transaction, rows: Sequence[WaveRow]) -> tuple[WaveLine, ...]:
    batches = [row.batch for row in rows]
    of_batch: dict[int, list[JobRow]] = {batch: [] for batch in batches}
    for job in storage.job_rows(tx, batches):
        of_batch[job.batch].append(job)
    unplanned, finished = waves_storage.unplanned_counts(tx, batches), storage.lines_done(tx, batches)
    return tuple(
        _line(row, of_batch[row.batch], unplanned.get(row.batch, 0), finished.get(row.batch, 0)) for row in rows
    )


def _line(row: WaveRow, rows: Sequence[JobRow], unplanned: int, finished: int) -> WaveLine:
    by_id = {each.id: each.number for each in rows}
    live = [each for each in rows if each.state != "taken_back"]
    figures: dict[str, Any] = json.loads(row.figures)
    return WaveLine(
        batch=row.batch,
        at=row.at,
        person=row.person,
        mode=row.mode,
        state=row.state,
        orders=int(figures.get("orders", 0)),
        unplanned=unplanned,
        jobs=tuple(_job(each, by_id) for each in live),
        lines=sum(each.lines for each in live if each.stage == "pick"),
        lines_done=finished,
        litres=float(figures.get("litres", 0)),
        kg=float(figures.get("kg", 0)),
    )


def _job(row: JobRow, by_id: dict[int, str]) -> JobLine:
    walk: dict[str, Any] = json.loads(row.walk)
    return JobLine(
        id=row.id,
        number=row.number,
        stage=row.stage,
        zone=row.zone,
        state=row.state,
        waits_for=by_id.get(row.after, "") if row.blocked and row.after is not None else "",
        holder=row.holder,
        person=row.person if row.state in ("active", "paused", "done") else "",
        due=row.due if row.due < FAR else None,
        slots=row.slots,
        lines=row.lines,
        pieces=row.pieces,
        done=row.done,
        short=row.short,
        metres=float(walk.get("metres", 0)),
        seconds=int(walk.get("seconds", 0)),
        saved=float(walk.get("saved", 0)),
    )
