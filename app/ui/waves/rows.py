"""Rows of the board: waves and their pick jobs, and the lines of one job."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.jobs import Pick
from app.services.wave_board import JobLine, WaveLine
from app.services.waves import ModePreview
from app.ui.grid import Cell, Column
from app.ui.look import Look
from app.ui.orders.rows import cut_off_cell

__all__ = [
    "JOBS",
    "LINES",
    "MODES",
    "WAVES",
    "JobRow",
    "LineRow",
    "ModeRow",
    "WaveRow",
    "job_cells",
    "job_state",
    "line_cells",
    "mode_cells",
    "wave_cells",
    "who_has",
]

WAVES = (
    Column("wave", 10),
    Column("mode", 20),
    Column("progress", 18),
    Column("jobs", 9),
    Column("person", 15),
    Column("due", 11),
    Column("metres", 11),
    Column("state", 12),
)
JOBS = (
    Column("job", 9),
    Column("stage", 13),
    Column("progress", 18),
    Column("person", 17),
    Column("due", 11),
    Column("metres", 11),
    Column("state", 16),
)
LINES = (
    Column("shelf", 18),
    Column("goods", 42),
    Column("place", 18),
    Column("progress", 22),
)
MODES = (
    Column("mode", 34),
    Column("jobs", 14),
    Column("metres", 16),
    Column("minutes", 16),
    Column("late", 20),
)
_STATES = {"waiting": "quiet", "active": "info", "paused": "warning", "done": "ok", "taken_back": "error"}


@dataclass(frozen=True, slots=True)
class WaveRow:
    """A wave of the board."""

    id: int
    wave: WaveLine


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job of the chosen wave."""

    id: int
    job: JobLine


@dataclass(frozen=True, slots=True)
class LineRow:
    """What a job takes at one place."""

    id: int
    pick: Pick
    here: bool
    """It comes next."""


@dataclass(frozen=True, slots=True)
class ModeRow:
    """What the chosen orders would be to pick in one mode."""

    id: str
    found: ModePreview


def mode_cells(look: Look, row: ModeRow) -> tuple[Cell, ...]:
    """Return the cells of a mode."""
    figures, late = row.found.figures, sum(each.orders for each in row.found.late)
    return (
        Cell(look.say(f"mode.{row.id}"), bold=True),
        Cell(f"{figures.jobs:,}"),
        Cell(f"{figures.mm / 1000:,.0f}"),
        Cell(f"{figures.seconds / 60:,.0f}"),
        Cell(str(late) if late else "—", "error" if late else "soft", bold=bool(late)),
    )


def _progress(look: Look, done: int, short: int, wanted: int) -> Cell:
    key = "window.waves.done_short" if short else "window.waves.done"
    return Cell(look.say(key, done=done, wanted=wanted, short=short), bold=True, bar=(done, short, wanted))


def _metres(look: Look, metres: float) -> str:
    return look.say("window.map.metres", metres=f"{metres:.0f}") if metres else "—"


def who_has(look: Look, job: JobLine) -> str:
    """Return who has a job: the person, or the station where nobody is signed in; empty for nobody."""
    return job.person or (look.say("window.station", name=job.holder) if job.holder else "")


def _who(look: Look, wave: WaveLine) -> str:
    """Return who walks for a wave now."""
    return ", ".join(dict.fromkeys(who_has(look, each) for each in wave.jobs if each.state == "active")) or "—"


def wave_cells(look: Look, row: WaveRow) -> tuple[Cell, ...]:
    """Return the cells of a wave."""
    wave, say = row.wave, look.say
    pills = [(say(f"wave.state.{wave.state}"), {"open": "info", "done": "ok"}.get(wave.state, "error"))]
    if wave.unplanned:
        pills = [(say("window.waves.unplanned", count=wave.unplanned), "warning")]
    return (
        Cell(str(wave.batch), bold=True),
        Cell(say(f"mode.{wave.mode}")),
        _progress(look, wave.done, wave.short, wave.pieces),
        Cell(f"{wave.count('done')} / {len(wave.jobs)}"),
        Cell(_who(look, wave), least=11),
        cut_off_cell(look, wave.due, urgent=True),
        Cell(_metres(look, wave.metres)),
        Cell(pills=tuple(pills)),
    )


def job_state(look: Look, job: JobLine) -> tuple[str, str]:
    """Return the words of a job's state, and their kind of colour."""
    if job.waits_for:
        return look.say("wave.job.waits_for", job=job.waits_for), "quiet"
    return look.say(f"wave.job.{job.state}"), _STATES[job.state]


def job_cells(look: Look, row: JobRow) -> tuple[Cell, ...]:
    """Return the cells of a job."""
    job = row.job
    stage = " ".join(part for part in (look.say(f"wave.stage.{job.stage}"), job.zone) if part)
    station = look.say("window.station", name=job.holder) if job.holder else ""
    who = " ".join(part for part in (job.person, station) if part)
    return (
        Cell(job.number, bold=True),
        Cell(stage, least=11),
        _progress(look, job.done, job.short, job.pieces),
        Cell(who or "—", "ink" if who else "soft", least=11),
        cut_off_cell(look, job.due, urgent=job.state not in ("done", "taken_back")),
        Cell(_metres(look, job.metres)),
        Cell(pills=(job_state(look, job),)),
    )


def line_cells(look: Look, row: LineRow) -> tuple[Cell, ...]:
    """Return the cells of a line of a job."""
    pick, say = row.pick, look.say
    goods = f"{pick.name} ・ {pick.lot}" if pick.lot else pick.name
    stopped = ((say(f"window.waves.stopped.{pick.stopped}"), "error"),) if pick.stopped else ()
    return (
        Cell(pick.shelf or "—", "ok" if row.here else "ink", bold=True, ends=not row.here),
        Cell(goods, least=11, tip=f"{goods} ({pick.sku})"),
        Cell(say("window.waves.slot", slot=pick.slot) if pick.slot else pick.ship_number or "—", least=11),
        Cell(pills=stopped) if stopped else _progress(look, pick.done, pick.short, pick.wanted),
    )
