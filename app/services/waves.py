"""Waves ウェーブ: looking at what a release would be to pick, releasing it, planning its jobs, taking it back.

Orders are released in chunks and belong to the wave from the moment of their release: the bench leaves them alone.
Their jobs are computed beside the writer and written in chunks, each atomic. A program that dies in between leaves a
wave of which some orders are in no job yet; :func:`plan` goes on with just those, as often as it is called.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from app.domain.modes import JobPlan, Mode
from app.domain.people import Right
from app.domain.waves import Figures, Late, figures, late
from app.errors import NotAllowed, NotFound
from app.services import acts, release
from app.services.aside import Aside
from app.services.desk import Desk, new_act
from app.services.release import Choice, LeftOut, NewWave, Preview, Released, TakenBack
from app.services.settings import all_settings
from app.services.wave_jobs import Chain, Known, Written, chains_of, cut, joined, write
from app.services.wave_plan import Ground, Progress, Task, jobs_of, modes, task_of
from app.storage import waves as storage
from app.storage.database import Transaction
from app.storage.wave_board import job_rows
from app.storage.waves import WaveRow

__all__ = [
    "ModePreview",
    "Planned",
    "Progress",
    "WavePreview",
    "WaveReleased",
    "mode_of",
    "plan",
    "preview",
    "release_wave",
    "take_back",
]

CHUNK_MS = 25
"""Time one chunk of jobs should hold the writer, milliseconds."""
_FIRST_CHUNK, _LARGEST_CHUNK = 60, 600
"""Rows of picks in one chunk."""
_TOPICS = frozenset({"orders", "picking", "printing"})
_LITRE, _KG = 1_000_000, 1000


def _told_to_nobody(_step: str, _done: int, _total: int) -> None:
    pass


def mode_of(tx: Transaction, name: str) -> Mode:
    """Return a way of picking; the shop's usual one where *name* is empty.

    :raises NotFound: there is no such way.
    """
    known = modes()
    chosen = name or all_settings(tx)["pick.mode"]
    if chosen not in known:
        raise NotFound("wave.no_mode", name=chosen, known=", ".join(known))
    return known[chosen]


# --- before the release -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModePreview:
    """What a release would be to pick, in one mode."""

    mode: str
    figures: Figures
    late: tuple[Late, ...]
    """Pickups that would be missed, as far as the pace of the settings tells."""
    left_out: tuple[LeftOut, ...] = ()
    """Orders that the mode cannot pick."""


@dataclass(frozen=True, slots=True)
class WavePreview:
    """What releasing a wave would do."""

    release: Preview
    modes: tuple[ModePreview, ...]


def preview(
    desk: Desk,
    choice: Choice,
    wanted: Sequence[str] = (),
    *,
    stale_ok: bool = False,
    aside: Aside | None = None,
) -> WavePreview:
    """Return what a wave of *choice* would be to pick, by mode; nothing is written.

    :param wanted: modes; none means the shop's usual one.
    :param aside: a process to compute in, so that a scan never waits for it.
    :raises NotFound: there is no such shop or mode.
    """
    chosen = [desk.read(mode_of, name).result() for name in wanted or ("",)]
    found: Preview = desk.read(release.preview, choice, stale_ok=stale_ok, between=desk.give_way).result()
    task: Task = desk.read(task_of, [each.order for each in found.orders if each.lead is None]).result()
    now: int = desk.read(_now).result()
    return WavePreview(found, tuple(_of_mode(found, task, mode, now, aside) for mode in chosen))


def _now(tx: Transaction) -> int:
    return tx.now


def _of_mode(found: Preview, task: Task, mode: Mode, now: int, aside: Aside | None) -> ModePreview:
    left = _not_single(found) if mode.singles else ()
    out = {each.order for each in left}
    fitting = replace(task, orders=tuple(each for each in task.orders if each.id not in out))
    jobs = _computed(fitting, mode, aside, quick=True)
    ground = task.ground
    return ModePreview(
        mode.id,
        figures(jobs, ground.limits, ground.layout.spots.__contains__),
        late(jobs, ground.limits, now),
        left,
    )


def _not_single(found: Preview) -> tuple[LeftOut, ...]:
    """The parcels of more than one piece among what may be released."""
    pieces: dict[int, int] = {}
    for each in found.orders:
        pieces[each.lead or each.order] = pieces.get(each.lead or each.order, 0) + each.pieces
    return tuple(
        LeftOut(each.order, each.number, each.shop, "wave.not_single", {"pieces": pieces[each.lead or each.order]})
        for each in found.orders
        if pieces[each.lead or each.order] != 1
    )


def _computed(
    task: Task, mode: Mode, aside: Aside | None, told: Progress = _told_to_nobody, *, quick: bool = False
) -> tuple[JobPlan, ...]:
    if aside is None:
        return jobs_of(task, mode.id, told, quick=quick)
    beside = partial(jobs_of, quick=quick)
    return aside.run(beside, task, mode.id, here=lambda: jobs_of(task, mode.id, told, quick=quick), told=told)


# --- releasing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
    """What planning a wave did."""

    batch: int
    mode: str
    jobs: int
    """Jobs made by this call."""
    orders: int
    """Orders (parcels) that they have."""
    without_goods: int
    """Orders of which nothing is to be picked, or that are on hold: they went on to the bench."""
    unplaced: tuple[str, ...]
    """Shelves to be visited that have no place on the map, or that nobody can walk to."""
    late: tuple[Late, ...]

    @property
    def nothing(self) -> str:
        """Key of the sentence why there is no job; empty where there is one."""
        return "" if self.jobs else "wave.nothing_to_pick"


@dataclass(frozen=True, slots=True)
class WaveReleased:
    """What releasing a wave did."""

    released: Released
    planned: tuple[Planned, ...] = ()
    """By batch; more than one only where papers had to come out before the call was finished."""
    left_out: tuple[LeftOut, ...] = field(default=())
    """Orders that the mode cannot pick; they were not released."""


def release_wave(
    desk: Desk,
    choice: Choice,
    mode: str = "",
    *,
    act: str = "",
    stale_ok: bool = False,
    progress: Progress = _told_to_nobody,
    cancelled: Callable[[], bool] = lambda: False,
    aside: Aside | None = None,
) -> WaveReleased:
    """Release *choice* as a wave and plan its jobs; runs on a worker thread.

    :param act: id of the call; the same id again goes on with a call that was interrupted.
    :raises NotAllowed: the person signed in may not release.
    :raises NotFound: there is no such shop or mode.
    """
    chosen: Mode = desk.read(mode_of, mode).result()
    left: tuple[LeftOut, ...] = ()
    rule = _rule(choice)
    if chosen.singles:
        found: Preview = desk.read(release.preview, choice, stale_ok=stale_ok, between=desk.give_way).result()
        left = _not_single(found)
        out = {each.order for each in left}
        fitting = tuple(each.order for each in found.orders if each.order not in out)
        # Where none fits nothing is chosen; a call that was interrupted still tells what it did before.
        choice = replace(choice, orders=fitting, limit=None if fitting else 0)
    released = release.release(
        desk,
        choice,
        act=act,
        stale_ok=stale_ok,
        wave=NewWave(chosen.id, rule),
        progress=lambda done, total: progress("release", done, total),
        cancelled=cancelled,
    )
    made = tuple(plan(desk, batch, progress=progress, aside=aside) for batch in released.batches)
    return WaveReleased(released, made, left)


def _rule(choice: Choice) -> str:
    """How a wave's orders were chosen, as JSON without what does not matter."""
    values = {name: getattr(choice, name) for name in Choice.__slots__ if name != "orders"}
    kept: dict[str, object] = {name: value for name, value in values.items() if value not in (None, "", False)}
    if choice.orders:
        kept["orders"] = len(choice.orders)
    return json.dumps(kept, ensure_ascii=False)


# --- planning -----------------------------------------------------------------------------------------------------


def plan(
    desk: Desk,
    batch: int,
    mode: str = "",
    *,
    anew: bool = False,
    progress: Progress = _told_to_nobody,
    aside: Aside | None = None,
) -> Planned:
    """Plan the orders of a wave that are in no job yet; runs on a worker thread. Calling it again does nothing twice.

    A release batch that is no wave becomes one: its orders of which nothing was begun are picked then.

    :param mode: another way of picking, only as long as no job was begun; empty keeps the wave's own.
    :param anew: plan also the jobs that nobody began, as after a change of the map.
    :raises NotFound: there is no such batch or mode.
    :raises NotAllowed: the person signed in may not release, or jobs were begun in another mode.
    """
    call = new_act()
    row: WaveRow = desk.do(_TOPICS, _open, desk.station, call, batch, mode, anew=anew).result()
    chosen = modes()[row.mode]
    run = _Run(batch)
    while waiting := desk.read(storage.to_plan, batch).result():
        task: Task = desk.read(task_of, waiting).result()
        jobs = _computed(task, chosen, aside, progress)
        before = run.orders + run.without_goods
        _write_all(desk, call, run, task, chosen, jobs, progress)
        if run.orders + run.without_goods == before:
            break  # others change these orders just now: their acts plan them anew
    desk.do(_TOPICS, _close, desk.station, f"{call}:end", batch).result()
    ground: Ground | None = run.ground
    return Planned(
        batch,
        row.mode,
        jobs=run.jobs,
        orders=run.orders,
        without_goods=run.without_goods,
        unplaced=figures(run.plans, ground.limits, ground.layout.spots.__contains__).unplaced if ground else (),
        late=late(run.plans, ground.limits, desk.read(_now).result()) if ground else (),
    )


@dataclass(slots=True)
class _Run:
    """One planning call on its way."""

    batch: int
    chunks: int = 0
    jobs: int = 0
    orders: int = 0
    without_goods: int = 0
    ground: Ground | None = None
    plans: list[JobPlan] = field(default_factory=list)


def _open(tx: Transaction, station: str, act: str, batch: int, mode: str, *, anew: bool) -> WaveRow:
    """Make sure that the batch is a wave of this mode, and take its orders in."""
    state = acts.begin(tx, station, act)
    row = storage.wave(tx, batch, lock=True)
    if state is None:
        assert row is not None
        return row
    acts.require(state, Right.RELEASE)
    if row is None:
        if not storage.is_batch(tx, batch):
            raise NotFound("batch.not_found", batch=batch)
        person = state.person.id if state.person else None
        storage.add_wave(tx, batch, act, station, person, mode_of(tx, mode).id, "{}")
    elif mode and mode != row.mode:
        if storage.was_begun(tx, batch):
            raise NotAllowed("wave.other_mode", batch=batch, mode=row.mode)
        storage.drop_waiting(tx, batch)
        storage.set_mode(tx, batch, mode_of(tx, mode).id)
    dropped = storage.drop_waiting(tx, batch) if anew else 0
    adopted = storage.adopt(tx, batch)
    found = storage.wave(tx, batch)
    assert found is not None
    acts.end(tx, state, act, "wave", {"batch": batch, "mode": found.mode, "adopted": adopted, "dropped": dropped})
    return found


def _write_all(
    desk: Desk,
    call: str,
    run: _Run,
    task: Task,
    mode: Mode,
    jobs: Sequence[JobPlan],
    told: Progress,
) -> None:
    """Write jobs in chunks that let scans through; a job and those that wait for it come in one."""
    run.ground = task.ground
    versions = {row.id: row.version for row in task.orders}
    shops = {row.id: row.shop for row in task.orders}
    bare = [row.id for row in task.orders if row.id not in task.wants]
    chains = chains_of(jobs)
    rest: Sequence[Chain] = chains
    size = desk.first_size(_FIRST_CHUNK)
    while rest or bare:
        part, rest = cut(rest, size)
        run.chunks += 1
        done: Written = desk.chunk(
            _TOPICS, write, desk.station, f"{call}:{run.chunks}", run.batch, mode, part,
            Known(versions, shops, task.ground), bare,
        ).result()  # fmt: skip
        run.jobs += done.jobs
        run.orders += done.orders
        run.without_goods += done.bare
        run.plans += joined(part, len(run.plans))
        bare = []
        size = desk.next_size(size, done.took, CHUNK_MS, _LARGEST_CHUNK)
        told("write", len(chains) - len(rest), len(chains))


def _close(tx: Transaction, station: str, act: str, batch: int) -> None:
    """Keep what the plan came to, and bring the wave's state in line."""
    state = acts.begin(tx, station, act)
    if state is None:
        return
    rows = [row for row in job_rows(tx, [batch]) if row.state != "taken_back"]
    walks: list[dict[str, Any]] = [json.loads(row.walk) for row in rows]
    picks = [(row, walk) for row, walk in zip(rows, walks, strict=True) if row.stage == "pick"]
    body = {
        "orders": storage.number_planned(tx, batch),
        "jobs": len(rows),
        "lines": sum(row.lines for row, _ in picks),
        "pieces": sum(row.pieces for row, _ in picks),
        "mm": round(sum(walk.get("metres", 0) for _, walk in picks) * 1000),
        "seconds": sum(walk.get("seconds", 0) for walk in walks),
        "litres": round(sum(walk.get("litres", 0) for _, walk in picks), 1),
        "kg": round(sum(walk.get("kg", 0) for _, walk in picks), 2),
    }
    storage.put_figures(tx, batch, json.dumps(body))
    now = storage.settle(tx, batch)
    acts.end(tx, state, act, "wave_planned", {"batch": batch, "state": now, **body})


# --- taking back --------------------------------------------------------------------------------------------------


def take_back(desk: Desk, batch: int, *, act: str = "") -> TakenBack:
    """Take a wave back: its jobs, the release of its orders, and what was picked of them; runs on a worker thread.

    Jobs that nobody began are gone at once. Picked goods go onto the return shelf in the books and onto the pull list
    for a person; totes are free. An order that a bench has begun stays, with the jobs that it needs.

    :raises NotFound: there is no such wave, or nothing of it is released any more.
    :raises NotAllowed: the person signed in may not release.
    """
    call = act or new_act()
    if desk.read(storage.wave, batch).result() is None:
        raise NotFound("wave.not_found", batch=batch)
    done = release.take_back(desk, batch=batch, act=call)
    desk.do(_TOPICS, _close, desk.station, f"{call}:end", batch).result()
    return done
