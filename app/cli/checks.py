"""``kenpin explain``, ``verify`` and ``doctor``: finding out what is wrong."""

from __future__ import annotations

import argparse

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table
from app.services.answers import sentence
from app.services.explain import Explained, explain
from app.services.verify import verify

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
        for text in _sentences(context, found):
            line(text)
    return 0 if found.reading.kinds else 1


def _sentences(context: Context, found: Explained) -> list[str]:
    say, reading = context.say, found.reading
    out = [say("cli.explain.text", text=reading.text or "–")]
    if reading.widened:
        out.append(say("cli.explain.widened"))
    if reading.symbology:
        out.append(say("cli.explain.symbology", symbology=reading.symbology))
    for kind in found.kinds():
        name = str(kind.pop("kind"))
        details = say("list.comma").join(f"{key} {value}" for key, value in kind.items())
        out.append("  · " + say(f"cli.kind.{name}") + (f": {details}" if details else ""))
    if reading.fault:
        out.append(say(f"cli.fault.{reading.fault}"))
    for sku, product, quantity in found.products:
        out.append(say("cli.explain.product", sku=sku, name=product, quantity=quantity))
    for shop, number, ship, state in found.orders:
        known = {"shop": shop, "number": number, "ship_number": ship or "–", "state": say(f"state.{state}")}
        out.append(say("cli.explain.order", **known))
    if found.person:
        out.append(say("cli.explain.person", name=found.person))
    for key, ship, carrier, state in found.waybills:
        kept = {"key": key, "ship_number": ship, "carrier": carrier, "state": say(f"waybill.state.{state}")}
        out.append(sentence(context.words, "cli.explain.waybill", kept))
    if found.withdrawn:
        out.append(say("cli.explain.taken_back", number=found.withdrawn))
    if reading.kinds and not (found.products or found.orders or found.person or found.waybills or found.withdrawn):
        out.append(say("cli.explain.nothing"))
    return out


# --- verify -------------------------------------------------------------------------------------------------------


def _verify(context: Context, args: argparse.Namespace) -> int:
    figures, faults = context.desk.read(verify).result()
    counts = {name: getattr(figures, name) for name in ("acts", "moves", "balances", "orders", "stations")}
    if args.json:
        said = [{"key": each.key, "text": context.say(each.key, **each.args), **each.args} for each in faults]
        line(as_json({"ok": not faults, **counts, "faults": said}))
        return 1 if faults else 0
    for fault in faults[:_MOST_FAULTS]:
        complain(context.say(fault.key, **fault.args))
    shown = {name: f"{number:,}" for name, number in counts.items()}
    line(context.say("cli.verify.checked", **shown))
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
