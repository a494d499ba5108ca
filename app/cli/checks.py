"""``kenpin explain``, ``verify`` and ``doctor``: finding out what is wrong."""

from __future__ import annotations

import argparse

from app.cli.context import Context
from app.cli.output import as_json, complain, iso, line, table
from app.services.answers import sentence
from app.services.explain import explain, sentences
from app.services.settings import all_settings
from app.services.verify import Fault, check

__all__ = ["run"]

_MOST_FAULTS = 50
"""Faults listed in a terminal; JSON has them all."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"explain": _explain, "verify": _verify, "doctor": _doctor}[args.command](context, args)


# --- explain ------------------------------------------------------------------------------------------------------


def _explain(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(explain, args.code).result()
    if args.json:
        line(as_json(found.plain()))
    else:
        for text in sentences(context.words, found):
            line(text)
    return 0 if found.reading.kinds else 1


# --- verify -------------------------------------------------------------------------------------------------------


def _verify(context: Context, args: argparse.Namespace) -> int:
    checked = check(context.desk, context.config.folder, args.anchor)
    figures, faults = checked.figures, checked.faults
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    counts = {name: getattr(figures, name) for name in ("acts", "moves", "balances", "orders", "stations")}

    def said(fault: Fault) -> str:
        times = {"at": iso(int(str(fault.args["at"])), zone)} if "at" in fault.args else {}
        return sentence(context.words, fault.key, {**fault.args, **times})

    if args.json:
        told = [{"key": each.key, "text": said(each), **each.args} for each in faults]
        anchors = {"anchors": checked.lines, "anchor_file": str(checked.anchors) if checked.anchors else None}
        line(as_json({"ok": not faults, **counts, **anchors, "faults": told}))
        return 1 if faults else 0
    for fault in faults[:_MOST_FAULTS]:
        complain(said(fault))
    shown = {name: f"{number:,}" for name, number in counts.items()}
    line(context.say("cli.verify.checked", **shown))
    if checked.anchors is None:
        line(context.say("verify.no_anchor"))
    else:
        line(context.say("verify.anchored", number=f"{checked.lines:,}", file=checked.anchors))
    if faults:
        complain(context.say("cli.verify.faults", number=f"{len(faults):,}"))
        return 1
    line(context.say("cli.verify.ok"))
    return 0


# --- doctor -------------------------------------------------------------------------------------------------------


def _doctor(context: Context, args: argparse.Namespace) -> int:
    from app.services.doctor import examine

    found = examine(context.config, context.config_error)
    if args.json:
        body = [
            {"check": each.check, "ok": each.ok, "value": each.value, "text": context.say(each.key, **each.args)}
            for each in found
        ]
        line(as_json({"ok": all(each.ok for each in found), "checks": body}))
    else:
        table(
            ["", context.say("cli.column.check"), context.say("cli.column.found")],
            [
                ("✓" if each.ok else "×", context.say(f"doctor.{each.check}"), context.say(each.key, **each.args))
                for each in found
            ],
        )
        line(context.say("doctor.summary.ok" if all(each.ok for each in found) else "doctor.summary.wrong"))
    return 0 if all(each.ok or not each.needed for each in found) else 1
