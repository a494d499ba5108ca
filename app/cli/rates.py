"""``kenpin rates``: the price list, extras, zones, islands; what a parcel costs, and why an order goes as it does."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table, write_file
from app.domain.carton_list import read_grams, read_size
from app.domain.intake import placeholders
from app.domain.rate_choice import Choice
from app.domain.rates import Extra, Island, Rate, Zone
from app.domain.shipping import Temperature
from app.errors import NotAllowed
from app.services import carriers, orders, rates
from app.services.desk import new_act
from app.services.gate import recheck_open
from app.services.rates import RateReport, Wanted
from app.services.rates_said import detail_of, headline, parts_of, reason_of, yen
from app.services.settings import find_shop

__all__ = ["run"]

_MOST = 40
"""Problems and differences listed in a terminal; JSON has them all."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    commands: dict[str, Callable[[Context, argparse.Namespace], int]] = {
        "list": _list,
        "import": _import,
        "extras": _other,
        "zones": _other,
        "islands": _other,
        "export": _export,
        "drop": _drop,
        "why": _why,
        "quote": _quote,
        "sums": _sums,
    }
    return commands[args.rates](context, args)


# --- the list -----------------------------------------------------------------------------------------------------


def _list(context: Context, args: argparse.Namespace) -> int:
    found = [
        each
        for each in context.desk.read(rates.lists).result()
        if args.service in ("", each.carrier, f"{each.carrier}/{each.service}")
    ]
    if args.json:
        line(as_json([_plain(rate) for each in found for rate in each.rates]))
        return 0
    if not found:
        complain(context.say("rates.empty"))
        return 0
    if args.service:
        shown = [_cells(rate) for each in found for rate in each.rates]
        return _table(context, ("carrier", "service", "size", "origin", "zone", "valid_from", "price"), shown, (6,))
    shown = [
        (
            f"{each.carrier}/{each.service}",
            each.valid_from + (" *" if each.now else ""),
            ", ".join(str(size) for size in each.sizes if size) or "–",
            str(len(each.rates)),
            "–".join(map(yen, each.range)),
        )
        for each in found
    ]
    return _table(context, ("service", "valid_from", "size", "rows", "price"), shown, (3, 4))


def _plain(value: Rate | Extra | Zone | Island) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _cells(value: Rate | Extra | Zone | Island) -> tuple[str, ...]:
    return tuple("–" if text in ("", 0) and name != "price" else str(text) for name, text in _plain(value).items())


def _table(context: Context, names: Sequence[str], rows: Sequence[Sequence[str]], right: tuple[int, ...] = ()) -> int:
    table([context.say(f"rates.column.{name}") for name in names], rows, right=right)
    return 0


def _other(context: Context, args: argparse.Namespace) -> int:
    if args.file is not None:
        return _take_in(context, args, args.rates)
    found = context.desk.read(rates.rows, args.rates).result()
    if args.carrier:
        found = [each for each in found if each.carrier == args.carrier]
    if args.json:
        line(as_json([_plain(each) for each in found]))
    elif not found:
        complain(context.say(f"rates.none_{args.rates}"))
    else:
        names: Sequence[str] = {
            "extras": ("carrier", "service", "kind", "size", "up_to", "valid_from", "price"),
            "zones": ("carrier", "prefecture", "zone"),
            "islands": ("carrier", "postcode", "name"),
        }[args.rates]
        return _table(context, names, [_cells(each) for each in found], (6,) if args.rates == "extras" else ())
    return 0


# --- files --------------------------------------------------------------------------------------------------------


def _import(context: Context, args: argparse.Namespace) -> int:
    return _take_in(context, args, "rates")


def _take_in(context: Context, args: argparse.Namespace, kind: str) -> int:
    report = rates.import_file(
        context.desk,
        args.file,
        kind,
        carrier=args.carrier,
        valid_from=getattr(args, "valid_from", ""),
        dry_run=args.dry_run,
    )
    said = [context.say(each.key, **placeholders(each)) for each in report.problems]
    if args.json:
        line(as_json(_report(report, said)))
    else:
        _tell(context, report, said)
    if report.written and (changed := recheck_open(context.desk)):
        complain(context.say("cli.carriers.rechecked", number=changed))
    return 0 if report.usable else 1


def _report(report: RateReport, said: Sequence[str]) -> dict[str, Any]:
    problems = [
        {"row": each.row, "column": each.column, "value": each.value, "key": each.key, "text": text}
        for each, text in zip(report.problems, said, strict=True)
    ]
    return {
        "written": report.written,
        "added": [_plain(each) for each in report.added],
        "changed": [{"before": _plain(each.before), "after": _plain(each.after)} for each in report.changed],
        "removed": [_plain(each) for each in report.removed],
        "same": report.same,
        "zones": [_plain(each) for each in report.zones],
        "problems": problems,
    }


def _tell(context: Context, report: RateReport, said: Sequence[str]) -> None:
    for each, text in list(zip(report.problems, said, strict=True))[:_MOST]:
        complain(context.say("carton_list.problem", row=each.row, column=each.column or "–", text=text))
    for change in report.changed[:_MOST]:
        before, after = (_plain(each) for each in (change.before, change.after))
        what = " ".join(str(value) for name, value in after.items() if value == before[name] and value not in ("", 0))
        told = (f"{before[name]} → {value}" for name, value in after.items() if value != before[name])
        line(f"{what}: {', '.join(told)}")
    for gone in report.removed[:_MOST]:
        line(context.say("rates.removed", what=" ".join(filter(None, map(str, _plain(gone).values())))))
    most = max(len(said), len(report.changed), len(report.removed))
    if most > _MOST:
        complain(context.say("cli.more", shown=_MOST))
    if report.zones and report.usable:
        named = ", ".join(dict.fromkeys(each.carrier for each in report.zones))
        line(context.say("rates.zones_along", carrier=named, count=len(report.zones)))
    counts = {"added": len(report.added), "changed": len(report.changed), "removed": len(report.removed)}
    state = "written" if report.written else "dry" if report.usable else "not_written"
    line(context.say(f"rates.{state}", **counts, same=report.same))


def _export(context: Context, args: argparse.Namespace) -> int:
    data = context.desk.read(rates.export, args.kind).result()
    write_file(args.out, data)
    line(context.say("rates.exported", file=args.out.name, rows=data.count(b"\r\n") - 1))
    return 0


def _drop(context: Context, args: argparse.Namespace) -> int:
    carrier, _, service = args.service.partition("/")
    desk = context.desk
    gone = desk.do(rates.TOPICS, rates.drop, desk.station, new_act(), carrier, service, args.valid_from).result()
    line(context.say("rates.dropped", count=gone, service=args.service, day=args.valid_from))
    if changed := recheck_open(desk):
        complain(context.say("cli.carriers.rechecked", number=changed))
    return 0


# --- asking -------------------------------------------------------------------------------------------------------


def _why(context: Context, args: argparse.Namespace) -> int:
    order = context.desk.read(orders.find_one, args.order).result()
    found = context.desk.read(rates.why, order).result()
    if args.json:
        body = {"number": found.order.number, "carrier": found.order.carrier, "service": found.order.service,
                "by_hand": found.order.service_by == "hand", "rate": found.order.rate}  # fmt: skip
        line(as_json(body | {"choice": _choice(context, found.choice)}))
        return 0
    if found.choice is None:
        names = carriers.short_names(context.words.language)
        name = f"{found.order.carrier}/{found.order.service}"
        service = names.get(name, name) if found.order.carrier else "–"
        key = "rates.by_method" if found.order.rate is None else "rates.by_method_costs"
        line(context.say(key, service=service, yen=yen(found.order.rate or 0)))
        return 0
    line(context.say("rates.boxes_real" if found.choice.real else "rates.boxes_expected", boxes=_boxes(found.choice)))
    _tell_choice(context, found.choice)
    return 0


def _boxes(choice: Choice) -> str:
    return " + ".join(choice.boxes) or "–"


def _tell_choice(context: Context, choice: Choice) -> None:
    names = carriers.short_names(context.words.language)
    line(headline(choice, names, context.say))
    if choice.chosen is not None and (told := parts_of(choice.chosen, context.say)):
        line(f"  {told}")
    for each in choice.candidates:
        if each is not choice.chosen:
            parts = parts_of(each, context.say) if each.possible else ""
            line(f"  {detail_of(each, choice, names, context.say)}" + (f"  [{parts}]" if parts else ""))


def _choice(context: Context, choice: Choice | None) -> dict[str, Any] | None:
    if choice is None:
        return None
    listed = [
        {
            "service": each.name,
            "yen": each.yen,
            "sizes": list(each.sizes),
            "parts": [{"kind": part.kind, "yen": part.yen, "pieces": part.pieces} for part in each.parts],
            "reasons": [{"key": why.key, "text": reason_of(why, context.say)} for why in each.reasons],
        }
        for each in choice.candidates
    ]
    return {"picked": choice.picked, "by": choice.by, "real": choice.real, "day": choice.day,
            "boxes": list(choice.boxes), "candidates": listed}  # fmt: skip


def _quote(context: Context, args: argparse.Namespace) -> int:
    sides = None if args.size is None else read_size(args.size)
    if args.size is not None and sides is None:
        raise NotAllowed("carton_list.bad_size", value=args.size[:40])
    weight = None if args.weight is None else read_grams(args.weight)
    if args.weight is not None and weight is None:
        raise NotAllowed("carton_list.bad_number", value=args.weight[:40])
    wanted = Wanted(
        prefecture=args.prefecture,
        sides_mm=sides,
        weight_g=weight,
        postcode=args.postcode,
        cod=args.cod,
        temperature=Temperature(args.cold or "ambient"),
        day=args.day,
        wish=args.wish,
        shop=context.desk.read(find_shop, args.shop).result().id if args.shop else 0,
    )
    choice = context.desk.read(rates.quote, wanted).result()
    if args.json:
        line(as_json(_choice(context, choice)))
    elif choice is None:
        complain(context.say("rates.nothing_priced"))
    else:
        _tell_choice(context, choice)
    return 0 if choice is not None and choice.rate is not None else 1


def _sums(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(rates.sums, args.first, args.last).result()
    if args.json:
        line(as_json([_plain_sum(each) for each in found]))
        return 0
    if not found:
        complain(context.say("rates.no_sums"))
        return 0
    names = carriers.short_names(context.words.language)
    shown = [
        (each.day, names.get(each.carrier, each.carrier), names.get(f"{each.carrier}/{each.service}", each.service),
         str(each.orders), yen(each.yen), str(each.unpriced) if each.unpriced else "–")
        for each in found
    ]  # fmt: skip
    _table(context, ("day", "carrier", "service", "orders", "yen", "unpriced"), shown, (3, 4, 5))
    line(context.say("rates.sum", orders=sum(each.orders for each in found), yen=yen(sum(each.yen for each in found))))
    return 0


def _plain_sum(each: rates.Sum) -> dict[str, Any]:
    return {name: getattr(each, name) for name in each.__slots__}
