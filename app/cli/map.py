"""``kenpin map``: the map of the warehouse, from a file or a few numbers, shown and checked."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table
from app.domain.intake import placeholders
from app.domain.warehouse import Shelf
from app.domain.warehouse_layout import Parameters
from app.services import warehouse
from app.services.warehouse import MapReport, WarehouseMap

__all__ = ["run"]

_MOST_LISTED = 30
"""Shelves and problems listed in a terminal; JSON has them all."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"import": _import, "layout": _layout, "show": _show, "check": _check}[args.map](context, args)


def _import(context: Context, args: argparse.Namespace) -> int:
    return _tell(context, args, warehouse.import_map(context.desk, args.file, dry_run=args.dry_run))


def _layout(context: Context, args: argparse.Namespace) -> int:
    usual = Parameters()
    wanted = Parameters(
        aisles=args.aisles,
        bays=args.bays or usual.bays,
        levels=args.levels or usual.levels,
        bay=_mm(args.bay_m, usual.bay),
        apart=_mm(args.aisle_m, usual.apart),
        cross_aisles=args.cross or usual.cross_aisles,
        cross_width=_mm(args.cross_m, usual.cross_width),
        pattern=args.pattern or usual.pattern,
        zone=args.zone,
        depot=args.depot or usual.depot,
    )
    return _tell(context, args, warehouse.lay_out(context.desk, wanted, dry_run=args.dry_run))


def _mm(metres: float | None, usual: int) -> int:
    return usual if metres is None else round(metres * 1000)


def _tell(context: Context, args: argparse.Namespace, report: MapReport) -> int:
    said = [context.say(each.key, **placeholders(each)) for each in report.problems]
    if args.json:
        body = {
            "written": report.written,
            "added": list(report.added),
            "changed": list(report.changed),
            "removed": list(report.removed),
            "problems": [
                {"row": each.row, "column": each.column, "value": each.value, "key": each.key, "text": text}
                for each, text in zip(report.problems, said, strict=True)
            ],
            **_faults(report.map),
        }
        line(as_json(body))
        return 0 if report.usable else 1
    for each, text in list(zip(report.problems, said, strict=True))[:_MOST_LISTED]:
        complain(context.say("cli.map.problem", row=each.row, column=each.column or "–", value=each.value, text=text))
    if len(said) > _MOST_LISTED:
        complain(context.say("cli.more", shown=_MOST_LISTED))
    counts = {name: len(getattr(report, name)) for name in ("added", "changed", "removed")}
    key = "cli.map.written" if report.written else "cli.map.dry" if report.usable else "cli.map.not_written"
    line(context.say(key, shelves=len(report.map.shelves), **counts))
    _say_faults(context, report.map)
    return 0 if report.usable else 1


def _faults(found: WarehouseMap) -> dict[str, object]:
    return {
        "without_place": list(found.unplaced),
        "unreachable": list(found.unreachable),
        "not_on_map": list(found.missing),
    }


def _say_faults(context: Context, found: WarehouseMap) -> bool:
    """Say what is wrong with a map; return whether anything is."""
    some = False
    for key, codes in (
        ("map.without_place", found.unplaced),
        ("map.unreachable", found.unreachable),
        ("map.not_on_map", found.missing),
    ):
        if codes:
            some = True
            complain(context.say(key, number=len(codes), shelves=_listed(codes)))
    return some


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_MOST_LISTED]) + (" …" if len(codes) > _MOST_LISTED else "")


def _show(context: Context, args: argparse.Namespace) -> int:
    found: WarehouseMap = context.desk.read(warehouse.warehouse_map).result()
    layout = found.layout
    if args.json:
        body = {
            "shelves": [_plain(each) for each in found.shelves],
            "aisles": [
                {"name": each.name, "x": each.x / 1000, "front": each.front / 1000, "back": each.back / 1000,
                 "one_way": each.one_way}
                for each in layout.aisles
            ],
            "cross_aisles": [each.y / 1000 for each in layout.cross_aisles],
            "depot": {"x": layout.depot.x / 1000, "cross_aisle": layout.depot.row + 1,
                      "approach": layout.depot.approach / 1000},
            "turned": layout.turned,
            **_faults(found),
        }  # fmt: skip
        line(as_json(body))
        return 0
    if not found.shelves:
        complain(context.say("map.empty"))
        return 1
    by_aisle: dict[str, list[Shelf]] = {}
    for each in found.shelves:
        if each.code in layout.spots:
            by_aisle.setdefault(layout.aisles[layout.spots[each.code].aisle].name, []).append(each)
    rows = [
        (aisle.name, f"{aisle.x / 1000:.1f}", str(len(by_aisle.get(aisle.name, ()))), ("", "→", "←")[aisle.one_way])
        for aisle in layout.aisles
    ]
    table([context.say(f"map.column.{name}") for name in ("aisle", "x", "shelves", "one_way")], rows, right=(1, 2))
    crosses = ", ".join(f"{each.y / 1000:.1f}" for each in layout.cross_aisles)
    depot = f"{layout.depot.x / 1000:.1f}"
    line(context.say("cli.map.ground", cross=crosses, depot=depot, row=layout.depot.row + 1))
    _say_faults(context, found)
    return 0


def _plain(each: Shelf) -> dict[str, object]:
    return {
        "code": each.code, "zone": each.zone, "aisle": each.aisle, "bay": each.bay, "level": each.level,
        "x": None if each.x is None else each.x / 1000, "y": None if each.y is None else each.y / 1000,
    }  # fmt: skip


def _check(context: Context, args: argparse.Namespace) -> int:
    found: WarehouseMap = context.desk.read(warehouse.warehouse_map).result()
    if args.json:
        line(as_json({"shelves": len(found.shelves), **_faults(found)}))
        return 1 if found.unplaced or found.unreachable or found.missing else 0
    if not found.shelves:
        complain(context.say("map.empty"))
        return 1
    if _say_faults(context, found):
        return 1
    line(context.say("cli.map.fine", shelves=len(found.shelves)))
    return 0
