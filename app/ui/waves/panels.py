"""What stands beside the lists of waves: a preview in figures, a wave, a job."""

from __future__ import annotations

from app.services.job_acts import JobDetail
from app.services.wave_board import JobLine, WaveLine
from app.services.waves import ModePreview, WavePreview
from app.ui.listing import Fact
from app.ui.look import Look
from app.ui.waves.rows import job_state, who_has

__all__ = ["job_facts", "preview_facts", "wave_facts"]

_LISTED = 8
"""Shelves named in one sentence."""


def _metres(look: Look, metres: float) -> str:
    return look.say("window.map.metres", metres=f"{metres:,.0f}")


def _minutes(look: Look, seconds: float) -> str:
    return look.say("window.waves.minutes", minutes=f"{seconds / 60:,.0f}")


def _size(look: Look, litres: float, kg: float) -> str:
    """Return volume and weight; a dash for what nobody knows."""
    known = {"litres": f"{litres:,.1f}" if litres else "—", "kg": f"{kg:,.1f}" if kg else "—"}
    return look.say("window.waves.litres_kg", **known)


def preview_facts(look: Look, found: WavePreview) -> list[Fact]:
    """Say what a wave would be to pick, what would be late, and what is left out."""
    say, each = look.say, found.modes[0]
    figures = each.figures
    made = [Fact(say(f"mode.{each.mode}"), head=True)]
    if not figures.orders:
        why = found.release.nothing or ("release.none_may_go" if each.left_out else "wave.nothing_to_pick")
        return [*made, Fact(say(why, clock=found.release.passed), kind="warning"), *_left_facts(look, found, each)]
    made += [
        Fact(say("window.waves.orders"), f"{figures.orders:,}"),
        Fact(say("window.waves.lines_pieces"), f"{figures.lines:,} / {figures.pieces:,}"),
        Fact(say("window.waves.jobs"), f"{figures.jobs:,}"),
        Fact(say("window.waves.way"), _metres(look, figures.mm / 1000)),
        Fact(say("window.waves.work"), _minutes(look, figures.seconds)),
        Fact(say("window.waves.size"), _size(look, figures.volume_mm3 / 1e6, figures.weight_g / 1e3)),
    ]
    for late in each.late:
        words = say("window.waves.late", pickup=look.clock(late.due), orders=late.orders, ready=look.clock(late.ready))
        made.append(Fact(words, kind="error"))
    if not each.late:
        made.append(Fact(say("window.waves.in_time"), kind="ok"))
    if figures.unplaced:
        listed = ", ".join(code or "—" for code in figures.unplaced[:_LISTED])
        listed += " …" if len(figures.unplaced) > _LISTED else ""
        made.append(Fact(say("window.waves.unplaced", shelves=listed), str(len(figures.unplaced)), "warning"))
    return made + _left_facts(look, found, each)


def _left_facts(look: Look, found: WavePreview, mode: ModePreview) -> list[Fact]:
    say, release = look.say, found.release
    made = []
    if release.passed:
        made.append(Fact(say("release.pickup_passed", clock=release.passed), kind="error"))
    made += [
        Fact(say("window.release.stale", shop=each.shop, clock=each.clock), kind="warning", name="stale")
        for each in release.stale
    ]
    left = len(release.left_out) + len(mode.left_out)
    if left:
        made.append(Fact(say("window.release.left_see"), str(left), "error", name="left_out"))
    for hold, number in sorted(release.held.items(), key=lambda item: -item[1]):
        made.append(Fact(say(f"hold.{hold}"), str(number), name="held"))
    return made


def wave_facts(look: Look, wave: WaveLine) -> list[Fact]:
    """Say how far a wave is, and what its ways save."""
    say = look.say
    made = [
        Fact(say("window.waves.title", batch=wave.batch), head=True),
        Fact(say("window.waves.released"), f"{look.clock(wave.at)} {wave.person}".strip()),
        Fact(say("window.waves.orders"), str(wave.orders)),
        Fact(say("window.waves.lines"), say("window.waves.done", done=wave.lines_done, wanted=wave.lines)),
        Fact(say("window.waves.pieces"), say("window.waves.done", done=wave.done, wanted=wave.pieces)),
    ]
    if wave.short:
        made.append(Fact(say("window.waves.short"), str(wave.short), "error"))
    counts = [(state, wave.count(state)) for state in ("active", "paused", "waiting", "done")]
    made += [Fact(say(f"wave.job.{state}"), str(number)) for state, number in counts if number]
    made += [
        Fact(say("window.waves.way"), _metres(look, wave.metres)),
        Fact(say("window.waves.left"), _minutes(look, wave.left_seconds)),
        Fact(say("window.waves.size"), _size(look, wave.litres, wave.kg)),
    ]
    if wave.saved > 0:
        made.append(Fact(say("window.waves.saved", metres=f"{wave.saved:,.0f}"), kind="ok"))
    if wave.unplanned:
        made.append(Fact(say("window.waves.plan_rest"), str(wave.unplanned), "warning", name="wave_plan"))
    return made


def job_facts(look: Look, job: JobLine, detail: JobDetail | None) -> list[Fact]:
    """Say who has a job, how far it is, and what its way saves."""
    say = look.say
    words, kind = job_state(look, job)
    made = [
        Fact(say("window.waves.job_title", job=job.number), head=True),
        Fact(words, who_has(look, job), "" if kind == "quiet" else kind),
        Fact(say("window.waves.pieces"), say("window.waves.done", done=job.done, wanted=job.pieces)),
    ]
    if job.short:
        made.append(Fact(say("window.waves.short"), str(job.short), "error"))
    if job.state not in ("done", "taken_back"):
        made.append(Fact(say("window.waves.left"), _minutes(look, job.left_seconds)))
    if detail is not None:
        apart = [*detail.walk.get("without_place", ()), *detail.walk.get("unreachable", ())]
        if apart:
            listed = ", ".join(str(code) or "—" for code in apart[:_LISTED]) + (" …" if len(apart) > _LISTED else "")
            made.append(Fact(say("window.waves.unplaced", shelves=listed), str(len(apart)), "warning"))
    if job.saved > 0:
        made.append(Fact(say("window.waves.saved", metres=f"{job.saved:,.0f}"), kind="ok"))
    return made
