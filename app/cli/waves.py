"""``kenpin waves``: looking at a wave, releasing it, its jobs, how far it is, taking it back."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table
from app.cli.release import choice_of, plain_left, say_left
from app.domain.waves import Late
from app.services import wave_board, waves
from app.services.settings import all_settings
from app.services.wave_board import JobLine, WaveLine
from app.services.wave_plan import modes
from app.services.waves import ModePreview, Planned

__all__ = ["run"]

_MOST_LISTED = 30


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {
        "preview": _preview,
        "release": _release,
        "plan": _plan,
        "list": _list,
        "show": _show,
        "jobs": _jobs,
        "take-back": _take_back,
    }[args.waves](context, args)


def _zone(context: Context) -> str:
    return context.desk.read(all_settings).result()["shop.timezone"]


def _progress(context: Context) -> waves.Progress:
    """Show on a terminal how far the work is; elsewhere nothing."""

    def told(step: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        sys.stderr.write(f"\r{context.say(f'wave.step.{step}')} {done} / {total}    ")
        if done >= total:
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    return told


# --- before and at the release ------------------------------------------------------------------------------------


def _preview(context: Context, args: argparse.Namespace) -> int:
    wanted = [args.mode] if args.mode else list(modes())
    found = waves.preview(context.desk, choice_of(context, args), wanted, stale_ok=args.stale_ok)
    zone = _zone(context)
    why = found.release.nothing
    nothing = context.say(why, clock=found.release.passed) if why else ""
    if args.json:
        body = {
            "orders": len(found.release.orders),
            "lines": found.release.lines,
            "pieces": found.release.pieces,
            "modes": [_plain_preview(context, each, zone) for each in found.modes],
            "left_out": plain_left(context, found.release.left_out),
            "held": dict(found.release.held),
            "nothing": context.say(found.release.nothing, clock=found.release.passed)
            if found.release.nothing
            else None,
        }
        line(as_json(body))
        return 1 if nothing else 0
    if nothing:
        say_left(context, found.release.left_out)
        complain(nothing)
        return 1
    names = ("mode", "orders", "lines", "pieces", "litres", "kg", "jobs", "metres", "minutes", "late")
    rows = [
        (
            context.say(f"mode.{each.mode}"),
            *map(str, (each.figures.orders, each.figures.lines, each.figures.pieces)),
            f"{each.figures.volume_mm3 / 1e6:.1f}",
            f"{each.figures.weight_g / 1000:.1f}",
            str(each.figures.jobs),
            f"{each.figures.mm / 1000:.0f}",
            f"{each.figures.seconds / 60:.0f}",
            str(sum(one.orders for one in each.late)),
        )
        for each in found.modes
    ]
    table([context.say(f"wave.column.{name}") for name in names], rows, right=tuple(range(1, 10)))
    say_left(context, found.release.left_out)
    for each in found.modes:
        _say_late(context, each.late, zone, context.say(f"mode.{each.mode}"))
        if each.left_out:
            complain(
                context.say("cli.waves.left_by_mode", mode=context.say(f"mode.{each.mode}"), number=len(each.left_out))
            )
    _say_unplaced(context, found.modes[0].figures.unplaced)
    return 0


def _plain_preview(context: Context, each: ModePreview, zone: str) -> dict[str, object]:
    found = each.figures
    return {
        "mode": each.mode, "orders": found.orders, "lines": found.lines, "pieces": found.pieces, "jobs": found.jobs,
        "litres": round(found.volume_mm3 / 1e6, 1), "kg": round(found.weight_g / 1000, 2),
        "metres": round(found.mm / 1000, 1), "minutes": round(found.seconds / 60, 1),
        "without_place": list(found.unplaced), "late": [_plain_late(late, zone) for late in each.late],
        "left_out": plain_left(context, each.left_out),
    }  # fmt: skip


def _plain_late(late: Late, zone: str) -> dict[str, object]:
    return {"pickup": iso(late.due, zone), "orders": late.orders, "ready": iso(late.ready, zone)}


def _say_late(context: Context, found: tuple[Late, ...], zone: str, mode: str) -> None:
    for each in found:
        times = {"pickup": clock(each.due, zone), "ready": clock(each.ready, zone)}
        complain(context.say("wave.late", mode=mode, orders=each.orders, **times))


def _say_unplaced(context: Context, shelves: tuple[str, ...]) -> None:
    if shelves:
        listed = ", ".join(each or "–" for each in shelves[:_MOST_LISTED]) + (
            " …" if len(shelves) > _MOST_LISTED else ""
        )
        complain(context.say("wave.without_place", number=len(shelves), shelves=listed))


def _release(context: Context, args: argparse.Namespace) -> int:
    done = waves.release_wave(
        context.desk, choice_of(context, args), args.mode, stale_ok=args.stale_ok, progress=_progress(context)
    )
    printed = context.runner().work_off() if done.released.batch is not None else []
    nothing = "" if done.released.batch is not None else "release.none_may_go" if done.left_out else "release.nothing"
    zone = _zone(context)
    if args.json:
        body = {
            "batch": done.released.batch,
            "ship_numbers": list(done.released.ship_numbers),
            "waves": [_plain_planned(each, zone) for each in done.planned],
            "refused": plain_left(context, [*done.released.refused, *done.left_out]),
            "papers": printed,
            "nothing": context.say(nothing) if nothing else None,
        }
        line(as_json(body))
        return 1 if nothing else 0
    say_left(context, [*done.released.refused, *done.left_out])
    if nothing:
        complain(context.say(nothing))
        return 1
    for each in done.planned:
        _say_planned(context, each, zone)
    for paper in printed:
        line(f"  {paper}")
    return 0


def _plan(context: Context, args: argparse.Namespace) -> int:
    done = waves.plan(context.desk, args.batch, args.mode, anew=args.anew, progress=_progress(context))
    printed = context.runner().work_off()
    zone = _zone(context)
    if args.json:
        line(as_json({**_plain_planned(done, zone), "papers": printed}))
    else:
        _say_planned(context, done, zone)
        for paper in printed:
            line(f"  {paper}")
    return 1 if done.nothing and not done.without_goods else 0


def _plain_planned(done: Planned, zone: str) -> dict[str, object]:
    return {
        "batch": done.batch, "mode": done.mode, "jobs": done.jobs, "orders": done.orders,
        "without_goods": done.without_goods, "without_place": list(done.unplaced),
        "late": [_plain_late(each, zone) for each in done.late],
    }  # fmt: skip


def _say_planned(context: Context, done: Planned, zone: str) -> None:
    mode = context.say(f"mode.{done.mode}")
    if done.nothing:
        complain(context.say(done.nothing))
    else:
        line(context.say("cli.waves.planned", batch=done.batch, mode=mode, jobs=done.jobs, orders=done.orders))
    if done.without_goods:
        complain(context.say("wave.without_goods", number=done.without_goods))
    _say_late(context, done.late, zone, mode)
    _say_unplaced(context, done.unplaced)


# --- how far it is ------------------------------------------------------------------------------------------------


def _list(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(wave_board.board, open_only=not args.all, limit=args.limit or 50).result()
    zone = _zone(context)
    if args.json:
        line(as_json([_plain_wave(each, zone) for each in found]))
        return 0
    if not found:
        complain(context.say("wave.none"))
        return 0
    names = ("wave", "mode", "state", "jobs_waiting", "jobs_active", "jobs_paused", "jobs_done", "pieces", "picked",
             "short", "metres", "minutes_left", "due")  # fmt: skip
    rows = [
        (
            str(each.batch), context.say(f"mode.{each.mode}"), context.say(f"wave.state.{each.state}"),
            *(str(each.count(state)) for state in ("waiting", "active", "paused", "done")),
            str(each.pieces), str(each.done), str(each.short), f"{each.metres:.0f}", f"{each.left_seconds / 60:.0f}",
            clock(each.due, zone) or "–",
        )
        for each in found
    ]  # fmt: skip
    table([context.say(f"wave.column.{name}") for name in names], rows, right=tuple(range(3, 12)))
    for each in found:
        if each.unplanned:
            complain(context.say("wave.unplanned", batch=each.batch, number=each.unplanned))
    return 0


def _show(context: Context, args: argparse.Namespace) -> int:
    found: WaveLine = context.desk.read(wave_board.wave, args.batch).result()
    zone = _zone(context)
    if args.json:
        line(as_json({**_plain_wave(found, zone), "jobs": [_plain_job(each, zone) for each in found.jobs]}))
        return 0
    body = _plain_wave(found, zone)
    shown = ("orders", "lines", "lines_done", "pieces", "picked", "short", "litres", "kg", "metres", "saved",
             "minutes_left")  # fmt: skip
    mode, state = context.say(f"mode.{found.mode}"), context.say(f"wave.state.{found.state}")
    line(context.say("cli.waves.head", batch=found.batch, mode=mode, state=state))
    table(
        [context.say(f"wave.column.{name}") for name in shown], [[str(body[name]) for name in shown]], right=range(11)
    )
    line()
    _job_table(context, found, zone)
    if found.unplanned:
        complain(context.say("wave.unplanned", batch=found.batch, number=found.unplanned))
    return 0


def _jobs(context: Context, args: argparse.Namespace) -> int:
    found: WaveLine = context.desk.read(wave_board.wave, args.batch).result()
    zone = _zone(context)
    if args.json:
        line(as_json([_plain_job(each, zone) for each in found.jobs]))
    else:
        _job_table(context, found, zone)
    return 0


def _job_table(context: Context, found: WaveLine, zone: str) -> None:
    names = ("job", "stage", "zone", "state", "station", "person", "due", "totes", "lines", "pieces", "picked", "short",
             "metres", "minutes_left")  # fmt: skip
    rows = [
        (
            each.number, context.say(f"wave.stage.{each.stage}"), each.zone or "–", _state(context, each),
            each.holder or "–", each.person or "–", clock(each.due, zone) or "–",
            *map(str, (each.slots, each.lines, each.pieces, each.done, each.short)), f"{each.metres:.0f}",
            f"{each.left_seconds / 60:.0f}",
        )
        for each in found.jobs
    ]  # fmt: skip
    table([context.say(f"wave.column.{name}") for name in names], rows, right=tuple(range(7, 14)))


def _state(context: Context, job: JobLine) -> str:
    if job.waits_for:
        return context.say("wave.job.waits_for", job=job.waits_for)
    return context.say(f"wave.job.{job.state}")


def _plain_wave(each: WaveLine, zone: str) -> dict[str, object]:
    return {
        "batch": each.batch, "at": iso(each.at, zone), "person": each.person or None, "mode": each.mode,
        "state": each.state, "orders": each.orders, "unplanned": each.unplanned,
        "jobs": {state: each.count(state) for state in ("waiting", "active", "paused", "done")},
        "lines": each.lines, "lines_done": each.lines_done, "pieces": each.pieces, "picked": each.done,
        "short": each.short, "litres": each.litres, "kg": each.kg, "metres": each.metres, "saved": each.saved,
        "minutes_left": round(each.left_seconds / 60, 1), "due": iso(each.due, zone),
    }  # fmt: skip


def _plain_job(each: JobLine, zone: str) -> dict[str, object]:
    body = {**asdict(each), "due": iso(each.due, zone), "minutes_left": round(each.left_seconds / 60, 1)}
    return {name: value for name, value in body.items() if name not in ("id", "seconds")}


# --- taking back --------------------------------------------------------------------------------------------------


def _take_back(context: Context, args: argparse.Namespace) -> int:
    done = waves.take_back(context.desk, args.batch)
    if args.json:
        body = {
            "ship_numbers": list(done.ship_numbers),
            "refused": plain_left(context, done.refused),
            "pulled": list(done.pulled),
        }
        line(as_json(body))
    else:
        say_left(context, done.refused)
        line(context.say("cli.waves.back", batch=args.batch, number=len(done.orders)))
        if done.pulled:
            complain(context.say("cli.release.pulled", number=len(done.pulled)))
    return 0 if done.orders else 1
