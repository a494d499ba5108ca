"""``kenpin simulate``: which mispicks of a modelled packer the real rules of the bench catch, and which go out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from app.cli.context import Context
from app.cli.output import as_json, line, table, write_file
from app.cli.simulate_chart import draw
from app.cli.usage import Usage
from app.domain.mispicks import MISPICKS, Mispick, RuleSet, rule_sets
from app.services.simulate.packer import HABITS, Habits
from app.services.simulate.run import Result, rates_of, simulate

__all__ = ["run"]

_DAY = date(2026, 4, 1)
"""Day of every simulated shift, so that a seed gives the same figures on any day."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Simulate, and show what came out."""
    if args.chart is not None and args.chart.suffix.lower() != ".svg":
        raise Usage(context.say("simulate.chart_suffix", file=str(args.chart)))
    given = {Mispick(name): share for name, share in _pairs(context, args.rate, list(Mispick), most=1.0).items()}
    rates = rates_of(given, args.times)
    habits = replace(HABITS, **_habits(context, args.habit))
    chosen = [each for each in rule_sets() if args.rules in ("all", each.name)]
    results = [_simulated(context, rules, rates, habits, args) for rules in chosen]
    if args.json:
        line(as_json(_plain(results, rates, habits, args)))
    elif len(results) == 1:
        _show_one(context, results[0], rates)
    else:
        _show_all(context, results)
    if args.chart is not None:
        write_file(args.chart, draw(context.words, results).encode())
        if not args.json:
            line(context.say("simulate.chart_written", file=str(args.chart)))
    return 0


def _simulated(
    context: Context, rules: RuleSet, rates: Mapping[Mispick, float], habits: Habits, args: argparse.Namespace
) -> Result:
    progress = _progress(context, rules, args.orders) if sys.stderr.isatty() else None
    done = simulate(rules, rates, orders=args.orders, seed=args.seed, today=_DAY, habits=habits, progress=progress)
    if progress is not None:
        progress(0)
    return done


def _progress(context: Context, rules: RuleSet, orders: int) -> Callable[[int], None]:
    """Say on a terminal how far it is; 0 clears the line."""
    name = context.say(f"simulate.rules.{rules.name}")

    def show(done: int) -> None:
        sys.stderr.write(f"\r\x1b[K{name} {done:,} / {orders:,}" if done else "\r\x1b[K")
        sys.stderr.flush()

    return show


# --- options ------------------------------------------------------------------------------------------------------


def _pairs(context: Context, given: Sequence[str], known: Sequence[str], most: float) -> dict[str, float]:
    """Return ``NAME=NUMBER`` pairs; every name must be *known*, every number from 0 to *most*."""
    out = {}
    for text in given:
        name, _, number = text.partition("=")
        if name not in known:
            raise Usage(context.say("simulate.unknown_name", name=name, known=", ".join(known)))
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if not 0.0 <= value <= most:
            raise Usage(context.say("simulate.bad_number", text=text, most=f"{most:g}"))
        out[name] = value
    return out


def _habits(context: Context, given: Sequence[str]) -> dict[str, float]:
    shares = [each.name for each in fields(Habits)]
    out = _pairs(context, given, shares, most=60_000)
    for name, value in out.items():
        if name == "lift_ms" and value < 1:
            raise Usage(context.say("simulate.bad_lift", text=f"{value:g}"))
        if name != "lift_ms" and value > 1:
            raise Usage(context.say("simulate.bad_number", text=f"{name}={value:g}", most="1"))
    return out


# --- what is shown ------------------------------------------------------------------------------------------------


def _percent(share: float, digits: int = 3) -> str:
    return f"{100 * share:.{digits}f} %"


def _span(result: Result) -> str:
    low, high = result.interval
    return f"{100 * low:.3f} – {100 * high:.3f} %"


def _show_one(context: Context, result: Result, rates: Mapping[Mispick, float]) -> None:
    """One set of rules: what became of each kind of mispick."""
    say, rules = context.say, result.rules
    line(say(f"simulate.rules.{rules.name}"))
    line()
    head = ["№", *(say(f"simulate.column.{name}") for name in _COLUMNS)]
    rows = []
    for kind, about in MISPICKS.items():
        fate = result.fates[kind]
        stopped = about.caught_by if rules.catches(kind) else None
        numbers = (fate.made, fate.caught, fate.missed, fate.harmless)
        by = say(f"simulate.control.{stopped}") if stopped else "–"
        rows.append(
            [str(about.number), say(f"simulate.kind.{kind}"), f"{rates[kind]:g}", *map(_thousands, numbers), by]
        )
    table(head, rows, right=(0, 2, 3, 4, 5, 6))
    line()
    _summary(context, result)
    if rules.controls:
        line()
        line(say("simulate.cannot"))


_COLUMNS = ("kind", "rate", "made", "caught", "missed", "harmless", "stopped_by")


def _thousands(number: int) -> str:
    return f"{number:,}"


def _summary(context: Context, result: Result) -> None:
    say = context.say
    line(
        say(
            "simulate.wrong",
            wrong=_thousands(result.wrong),
            orders=_thousands(result.orders),
            share=_percent(result.rate),
            span=_span(result),
        )
    )
    line(
        say(
            "simulate.effort",
            scans=f"{result.scans / result.orders:.2f}",
            pieces=f"{result.pieces / result.orders:.2f}",
        )
    )
    line(say("simulate.false_alarms", alarms=_thousands(_right_refused(result))))
    for key, times in result.alarms.most_common():
        line(f"  {key} {times:,}")
    if result.weighed:
        _say_weighed(context, result)
    line(say("simulate.asked", asked=_thousands(result.asked.total())))
    for kind, times in result.asked.most_common():
        line("  " + say(f"simulate.question.{kind}", times=_thousands(times)))
    if result.stuck:
        line(say("simulate.stuck", stuck=_thousands(result.stuck)))


def _right_refused(result: Result) -> int:
    return result.alarms.total() + result.false_stops


def _say_weighed(context: Context, result: Result) -> None:
    """Say what the scale stopped, right and wrong."""
    numbers = {
        "boxes": result.weighed,
        "wrong": result.wrong_weighed,
        "found": result.found,
        "false": result.false_stops,
    }
    share = _percent(result.false_stops / (result.weighed - result.wrong_weighed or 1), 2)
    line(context.say("simulate.weighed", share=share, **{name: _thousands(each) for name, each in numbers.items()}))


def _show_all(context: Context, results: Sequence[Result]) -> None:
    """All sets of rules side by side: wrong parcels and effort, then what each lets out."""
    say = context.say
    names = ("rules", "wrong", "share", "span", "scans", "alarms", "asked")
    rows = [
        [
            say(f"simulate.rules.{each.rules.name}"),
            _thousands(each.wrong),
            _percent(each.rate),
            _span(each),
            f"{each.scans / each.orders:.2f}",
            _thousands(_right_refused(each)),
            _thousands(each.asked.total()),
        ]
        for each in results
    ]
    table([say(f"simulate.column.{name}") for name in names], rows, right=(1, 2, 3, 4, 5, 6))
    line()
    line(say("simulate.went_out", orders=_thousands(results[0].orders)))
    head = ["№", say("simulate.column.kind"), *(say(f"simulate.short.{each.rules.name}") for each in results)]
    kinds = [
        [
            str(about.number),
            say(f"simulate.kind.{kind}"),
            *(_thousands(each.fates[kind].missed) if each.fates[kind].made else "–" for each in results),
        ]
        for kind, about in MISPICKS.items()
    ]
    table(head, kinds, right=(0, *range(2, len(head))))
    line()
    for each in results:
        if each.weighed:
            _say_weighed(context, each)
    line(say("simulate.cannot"))


def _plain(
    results: Sequence[Result], rates: Mapping[Mispick, float], habits: Habits, args: argparse.Namespace
) -> dict[str, Any]:
    return {
        "orders": args.orders,
        "seed": args.seed,
        "rates": {str(kind): rate for kind, rate in rates.items()},
        "habits": asdict(habits),
        "rule_sets": [_plain_result(each) for each in results],
    }


def _plain_result(result: Result) -> dict[str, Any]:
    low, high = result.interval
    return {
        "rules": result.rules.name,
        "controls": sorted(result.rules.controls),
        "orders": result.orders,
        "lines": result.lines,
        "pieces": result.pieces,
        "scans": result.scans,
        "scans_per_order": round(result.scans / result.orders, 3),
        "wrong_parcels": result.wrong,
        "wrong_share": result.rate,
        "interval_95": [low, high],
        "false_alarms": dict(result.alarms),
        "asked_though_right": dict(result.asked),
        "scale": {
            "boxes": result.weighed,
            "wrong": result.wrong_weighed,
            "wrong_stopped": result.found,
            "right_stopped": result.false_stops,
        },
        "stuck": result.stuck,
        "mispicks": {
            str(kind): {
                "number": about.number,
                "caught_by": about.caught_by,
                "caught_here": result.rules.catches(kind),
                "made": result.fates[kind].made,
                "caught": result.fates[kind].caught,
                "missed": result.fates[kind].missed,
                "harmless": result.fates[kind].harmless,
                "let_pass": result.fates[kind].let,
            }
            for kind, about in MISPICKS.items()
        },
    }
