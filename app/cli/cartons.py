"""``kenpin cartons``: the list of cartons, its stock and labels, what is proposed for orders, and what would pay."""

from __future__ import annotations

import argparse
from typing import Any
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table, write_file
from app.domain.carton_list import IncomingCarton, ListedCarton, read_grams, read_kind, read_size
from app.domain.cartons import Size
from app.domain.intake import placeholders
from app.domain.label_forms import LabelForm
from app.errors import NotAllowed
from app.services import carton_advice, carton_list, carton_plans, orders, papers
from app.services.carton_list import CartonReport, CartonRow
from app.services.carton_plans import GuideData
from app.services.settings import all_settings
from app.text import base_of, texts

__all__ = ["run"]

_MOST_LISTED = 30
"""Problems listed in a terminal; JSON has them all."""
_SHIPPED = 200
"""Orders that are looked at where no number is given."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    commands = {
        "list": _list,
        "import": _import,
        "add": _add,
        "retire": _retire,
        "stock": _stock,
        "stats": _stats,
        "labels": _labels,
        "plan": _plan,
        "advise": _advise,
    }
    return commands[args.cartons](context, args)


def _size(size: Size) -> str:
    return "\u00d7".join(map(str, size))


# --- the list -----------------------------------------------------------------------------------------------------


def _plain(each: ListedCarton) -> dict[str, Any]:
    return {
        "code": each.code,
        "name": each.name,
        "kind": str(each.kind),
        "inner_mm": list(each.inner_mm),
        "outer_mm": list(each.outer_mm),
        "tare_g": each.tare_g,
        "max_g": each.max_g,
        "cost_yen": each.cost_yen,
        "carriage_yen": each.carriage_yen,
        "carrier_class": each.carrier_class,
        "services": list(each.services),
        "stock": each.stock,
        "low": each.low,
        "retired": each.retired,
    }


def _list(context: Context, args: argparse.Namespace) -> int:
    rows: list[CartonRow] = context.desk.read(carton_list.page, retired=args.all).result()
    if args.json:
        line(as_json([_plain(row.carton) | {"low_stock": row.carton.is_low} for row in rows]))
        return 0
    if not rows:
        complain(context.say("carton_list.empty"))
        return 0
    names = ("code", "name", "kind", "inner", "outer", "max", "cost", "stock")
    shown = [
        (
            each.code + (" *" if each.retired else ""),
            each.name,
            context.say(f"carton_list.kind.{each.kind}"),
            _size(each.inner_mm),
            _size(each.outer_mm),
            str(each.max_g),
            str(each.cost_yen + each.carriage_yen),
            "–" if each.stock is None else f"{each.stock}{' !' if each.is_low else ''}",
        )
        for each in (row.carton for row in rows)
    ]
    table([context.say(f"carton_list.column.{name}") for name in names], shown, right=(5, 6, 7))
    if any(row.carton.is_low for row in rows):
        complain(context.say("carton_list.some_low"))
    return 0


def _import(context: Context, args: argparse.Namespace) -> int:
    report: CartonReport = carton_list.import_cartons(context.desk, args.file, dry_run=args.dry_run)
    said = [context.say(each.key, **placeholders(each)) for each in report.problems]
    if args.json:
        body = {
            "written": report.written,
            "added": [each.code for each in report.added],
            "changed": {
                each.after.code: {name: [_value(each.before, name), _value(each.after, name)] for name in each.fields}
                for each in report.changed
            },
            "same": list(report.same),
            "kept": list(report.kept),
            "problems": [
                {"row": each.row, "column": each.column, "value": each.value, "key": each.key, "text": text}
                for each, text in zip(report.problems, said, strict=True)
            ],
        }
        line(as_json(body))
        return 0 if report.usable else 1
    for each, text in list(zip(report.problems, said, strict=True))[:_MOST_LISTED]:
        complain(context.say("carton_list.problem", row=each.row, column=each.column or "–", text=text))
    if len(said) > _MOST_LISTED:
        complain(context.say("cli.more", shown=_MOST_LISTED))
    for change in report.changed[:_MOST_LISTED]:
        for name in change.fields:
            before, after = _value(change.before, name), _value(change.after, name)
            field = context.say(f"carton_list.field.{name}")
            line(context.say("carton_list.difference", code=change.after.code, field=field, before=before, after=after))
    counts = {name: len(getattr(report, name)) for name in ("added", "changed", "same", "kept")}
    state = "written" if report.written else "dry" if report.usable else "not_written"
    line(context.say(f"carton_list.{state}", **counts))
    return 0 if report.usable else 1


def _value(carton: ListedCarton, name: str) -> str:
    value = getattr(carton, name)
    if name in ("inner_mm", "outer_mm"):
        return _size(value)
    if isinstance(value, tuple):
        return ", ".join(value) or "–"
    return "–" if value is None or value == "" else str(value)


def _add(context: Context, args: argparse.Namespace) -> int:
    stock = None if args.stock is None else -1 if args.stock == "none" else _whole(args.stock)
    given = IncomingCarton(
        args.code,
        name=args.name,
        kind=None if args.kind is None else read_kind(args.kind),
        inner_mm=_read_size(args.inner),
        outer_mm=_read_size(args.outer),
        tare_g=_grams(args.tare),
        max_g=_grams(args.max),
        cost_yen=_whole(args.cost),
        carriage_yen=_whole(args.carriage),
        carrier_class=args.size_class,
        services=None if args.service is None else tuple(each for each in args.service if each != "none"),
        stock=stock,
        low=_whole(args.low),
    )
    code = context.desk.do(
        carton_list.TOPICS, carton_list.add, context.desk.station, str(uuid4()), given, new=not args.change
    ).result()
    line(context.say("carton_list.kept_carton", code=code))
    return 0


def _read_size(text: str | None) -> Size | None:
    if text is None:
        return None
    found = read_size(text)
    if found is None:
        raise NotAllowed("carton_list.bad_size", value=text[:40])
    return found


def _grams(text: str | None) -> int | None:
    if text is None:
        return None
    found = read_grams(text)
    if found is None:
        raise NotAllowed("carton_list.bad_number", value=text[:40])
    return found


def _whole(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise NotAllowed("carton_list.bad_number", value=text[:40])
    return int(text)


def _retire(context: Context, args: argparse.Namespace) -> int:
    act = (context.desk.station, str(uuid4()))
    code = context.desk.do(carton_list.TOPICS, carton_list.retire, *act, args.code, back=args.back).result()
    line(context.say("carton_list.back_again" if args.back else "carton_list.retired_now", code=code))
    return 0


def _stock(context: Context, args: argparse.Namespace) -> int:
    act = (context.desk.station, str(uuid4()))
    stock = context.desk.do(carton_list.TOPICS, carton_list.book, *act, args.code, args.change).result()
    key = "carton_list.not_counted" if stock is None else "carton_list.stock_now"
    line(context.say(key, code=args.code, stock=stock))
    return 0


def _stats(context: Context, args: argparse.Namespace) -> int:
    rows: list[CartonRow] = context.desk.read(carton_list.page, retired=True, days=args.days).result()
    if args.json:
        body = [
            {"code": row.carton.code, "used": row.use.used, "refused": row.use.refused, "too_small": row.use.too_small}
            for row in rows
        ]
        line(as_json({"days": args.days, "cartons": body}))
        return 0
    names = ("code", "name", "used", "refused", "too_small")
    shown = [
        (row.carton.code, row.carton.name, str(row.use.used), str(row.use.refused), str(row.use.too_small))
        for row in rows
    ]
    table([context.say(f"carton_list.column.{name}") for name in names], shown, right=(2, 3, 4))
    return 0


def _labels(context: Context, args: argparse.Namespace) -> int:
    labels = context.desk.read(carton_list.labels_of, args.code).result()
    if not labels:
        complain(context.say("carton_list.empty"))
        return 1
    words = texts(args.lang or context.desk.read(all_settings).result()["shop.language"])
    drawn = papers.place_labels(labels, words, LabelForm(args.form), qr=args.qr)
    write_file(args.out, drawn.pdf)
    return 0


# --- proposals ----------------------------------------------------------------------------------------------------


def _plan(context: Context, args: argparse.Namespace) -> int:
    if args.order is None:
        done = carton_plans.settle(context.desk)
        if args.json:
            line(as_json({"orders": done.orders, "computed": done.computed, "without": done.without}))
        else:
            said = {"orders": done.orders, "computed": done.computed, "without": done.without}
            line(context.say("carton_list.planned", **said))
        return 0
    order = context.desk.read(orders.find_one, args.order).result()
    carton_plans.plan_one(context.desk, order)
    guide: GuideData = context.desk.read(carton_plans.read_guide, order, base_of(context.words.language)).result()
    said_problems = [context.say(key, **found) for key, found in guide.problems]
    if args.json:
        line(as_json(_plain_guide(guide, said_problems)))
    else:
        _tell_guide(context, guide, said_problems)
    return 0 if guide.boxes else 1


def _plain_guide(guide: GuideData, problems: list[str]) -> dict[str, Any]:
    boxes = []
    for box in guide.boxes:
        made: dict[str, Any] = {"carton": box.code, "name": box.name, "instead": list(box.instead)}
        made |= {"learned": box.learned, "pieces": [{"key": key, "sku": sku} for key, sku in box.pieces]}
        if box.parcel is not None:
            made["fill_percent"] = round(100 * box.parcel.fill, 1)
            made["weight_g"] = box.parcel.weight_g
            made["placements"] = [
                {"key": one.item.key, "sku": one.item.product, "at": list(one.at), "size": list(one.size)}
                for one in box.parcel.placements
            ]
        boxes.append(made)
    materials = [{"kind": each.kind, "name": each.name, "pieces": each.pieces} for each in guide.materials]
    return {"version": guide.version, "boxes": boxes, "materials": materials, "problems": problems}


def _tell_guide(context: Context, guide: GuideData, problems: list[str]) -> None:
    for number, box in enumerate(guide.boxes, 1):
        name = box.code or "–"
        fill = "–" if box.parcel is None else f"{100 * box.parcel.fill:.0f}"
        line(context.say("carton_list.box", box=number, boxes=len(guide.boxes), carton=name, fill=fill))
        for step, (sku, count) in enumerate(_runs([sku for _, sku in box.pieces]), 1):
            goods = guide.goods[sku].name if sku in guide.goods else sku
            line(f"  {step}. {goods} \u00d7 {count}")
        if box.instead:
            line("  " + context.say("carton_list.instead", cartons=", ".join(box.instead)))
    for each in guide.materials:
        line(f"  + {each.name} \u00d7 {each.pieces}")
    for text in problems:
        complain(text)
    if not guide.boxes and not problems:
        complain(context.say("carton_list.no_plan"))


def _runs(names: list[str]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for name in names:
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + 1)
        else:
            found.append((name, 1))
    return found


def _advise(context: Context, args: argparse.Namespace) -> int:
    found = carton_advice.advise(context.desk, args.limit or _SHIPPED)
    new = found.new
    if args.json:
        body: dict[str, Any] = {
            "orders": found.orders,
            "planned": found.planned,
            "boxes": found.boxes,
            "cost_yen": found.cost_yen,
            "fill_percent": round(found.fill_percent, 1),
            "proposed": dict(found.proposed),
            "unused": list(found.unused),
            "new": None,
        }
        if new is not None:
            body["new"] = {"inner_mm": list(new.inner_mm), "cost_yen": new.cost_yen, "orders": new.orders,
                           "saved_yen": new.saved_yen}  # fmt: skip
        line(as_json(body))
        return 0
    if not found.planned:
        complain(context.say("carton_list.advice_none", orders=found.orders))
        return 0
    each = round(found.cost_yen / found.planned)
    figures = {"planned": found.planned, "orders": found.orders, "boxes": found.boxes, "each": each}
    line(context.say("carton_list.advice", **figures, fill=f"{found.fill_percent:.0f}"))
    if new is None:
        line(context.say("carton_list.advice_no_size"))
    else:
        saved = {"size": _size(new.inner_mm), "orders": new.orders, "saved": new.saved_yen, "cost": new.cost_yen}
        line(context.say("carton_list.advice_size", **saved))
    if found.unused:
        line(context.say("carton_list.advice_unused", cartons=", ".join(found.unused)))
    return 0
