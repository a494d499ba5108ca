"""``kenpin print rules``: which papers come out when, how often and where, and why."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table, write_file
from app.cli.usage import Usage
from app.domain.conditions import Reason
from app.domain.intake import placeholders
from app.domain.print_draft import FIELDS, texts_of
from app.domain.print_rules import Judged
from app.services import orders
from app.services import print_rule_list as rules
from app.services.print_rule_list import PaperExplained, RuleItem

__all__ = ["run"]

_COLUMNS = ("name", "paper", "when", "copies", "printer", "template")
_OWN = frozenset({*_COLUMNS, "active"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    group = {
        "list": _list, "add": _add, "change": _change, "remove": _remove, "move": _move, "import": _import,
        "export": _export, "why": _why,
    }  # fmt: skip
    return group[args.print_rules](context, args)


def _list(context: Context, args: argparse.Namespace) -> int:
    items: tuple[RuleItem, ...] = context.desk.read(rules.rule_items).result()
    say = context.say
    if args.json:
        line(as_json([
            {"id": each.rule.id, **texts_of(each.draft), "active": each.rule.active, "copies": each.rule.copies,
             "warnings": [{"key": wrong.key, "text": say(wrong.key, **wrong.args)} for wrong in each.warnings]}
            for each in items
        ]))  # fmt: skip
        return 0
    if not items:
        complain(say("cli.print_rules.none"))
        return 0
    rows = []
    for place, each in enumerate(items, 1):
        texts = texts_of(each.draft)
        where = ", ".join(f"{field}={text}" for field, text in texts.items() if field not in _OWN)
        rows.append(
            (
                str(place),
                say(f"print_rules.{'on' if each.rule.active else 'off'}"),
                each.rule.name,
                say(f"board.paper.{each.rule.paper}"),
                say(f"print_rules.when.{each.rule.when or 'settings'}"),
                str(each.rule.copies),
                each.draft.printer or "–",
                each.rule.template or "–",
                where or say("print_rules.always"),
            )
        )
    head = [say(f"print_rules.column.{name}") for name in ("place", "active", *_COLUMNS, "where")]
    table(head, rows, right=(0, 5))
    for each in items:
        for wrong in each.warnings:
            complain(say(wrong.key, **wrong.args))
    return 0


def _texts(context: Context, given: list[str]) -> dict[str, str]:
    """Read ``FIELD=TEXT``, several of one field parted like in a file."""
    made: dict[str, str] = {}
    for each in given:
        name, sign, text = each.partition("=")
        field = next((field for field, names in FIELDS.items() if name.strip() in names), "")
        if not sign or not field:
            raise Usage(context.say("cli.inserts.bad_set", text=each, known=", ".join(FIELDS)))
        made[field] = f"{made[field]};{text}" if field in made else text
    return made


def _kept(context: Context, args: argparse.Namespace, texts: Mapping[str, str], rule: int = 0) -> int:
    wrong = context.desk.read(rules.wrongs, texts, rule).result()
    if wrong:
        for each in wrong:
            complain(context.say("cli.inserts.wrong", field=each.field, text=context.say(each.key, **each.args)))
        return 1
    kept = context.desk.do(rules.TOPICS, rules.save, context.desk.station, str(uuid4()), texts, rule).result()
    item = next(each for each in context.desk.read(rules.rule_items).result() if each.rule.id == kept)
    line(as_json({"id": kept}) if args.json else context.say("cli.print_rules.kept", name=item.rule.name))
    for each in item.warnings:
        complain(context.say(each.key, **each.args))
    return 0


def _add(context: Context, args: argparse.Namespace) -> int:
    named = {"name": args.name, "paper": args.paper, "when": args.when, "printer": args.printer}
    return _kept(context, args, {**{key: text for key, text in named.items() if text}, **_texts(context, args.set)})


def _change(context: Context, args: argparse.Namespace) -> int:
    rule = context.desk.read(rules.id_of, args.name).result()
    return _kept(context, args, _texts(context, args.set), rule)


def _remove(context: Context, args: argparse.Namespace) -> int:
    rule = context.desk.read(rules.id_of, args.name).result()
    context.desk.do(rules.TOPICS, rules.drop, context.desk.station, str(uuid4()), rule).result()
    line(as_json({"id": rule}) if args.json else context.say("cli.print_rules.removed", name=args.name))
    return 0


def _move(context: Context, args: argparse.Namespace) -> int:
    rule = context.desk.read(rules.id_of, args.name).result()
    context.desk.do(rules.TOPICS, rules.move, context.desk.station, str(uuid4()), rule, args.place).result()
    return _list(context, args)


def _import(context: Context, args: argparse.Namespace) -> int:
    report = rules.import_rules(context.desk, args.file, dry_run=args.dry_run)
    said = [context.say(each.key, **placeholders(each)) for each in report.problems]
    if args.json:
        body = {
            "written": report.written,
            "added": list(report.added),
            "changed": list(report.changed),
            "problems": [
                {"row": each.row, "column": each.column, "value": each.value, "key": each.key, "text": text}
                for each, text in zip(report.problems, said, strict=True)
            ],
        }
        line(as_json(body))
        return 0 if report.usable else 1
    for each, text in zip(report.problems, said, strict=True):
        complain(context.say("cli.map.problem", row=each.row, column=each.column or "–", value=each.value, text=text))
    key = "written" if report.written else "dry" if report.usable else "not_written"
    line(context.say(f"cli.inserts.{key}", added=len(report.added), changed=len(report.changed)))
    return 0 if report.usable else 1


def _export(context: Context, args: argparse.Namespace) -> int:
    write_file(args.file, context.desk.read(rules.export).result())
    line(context.say("cli.print_rules.exported", file=str(args.file)))
    return 0


# --- one order ----------------------------------------------------------------------------------------------------


def _why(context: Context, args: argparse.Namespace) -> int:
    order = context.desk.read(orders.find_one, args.order).result()
    found = context.desk.read(rules.explain_order, order, args.at or context.desk.station).result()
    if args.json:
        body = {
            "order": found.number,
            "shop": found.shop,
            "papers": [
                {
                    "paper": each.paper,
                    "when": str(each.ruled.when),
                    "copies": each.ruled.copies,
                    "printer": each.printer,
                    "template": each.ruled.template,
                    "rule": each.ruled.rule.name if each.ruled.rule else "",
                    "rules": [
                        {"rule": judged.rule.name, "applies": judged.applies, "decides": judged.decides,
                         "reasons": [_plain(context, why) for why in judged.reasons]}
                        for judged in each.judged
                    ],
                }
                for each in found.papers
            ],
        }  # fmt: skip
        line(as_json(body))
        return 0
    line(context.say("cli.print_rules.of_order", number=found.number, shop=found.shop))
    for each in found.papers:
        line(_decided(context, each))
        for judged in each.judged:
            _say_rule(context, judged)
    return 0


def _decided(context: Context, each: PaperExplained) -> str:
    say = context.say
    return say(
        f"cli.print_rules.{'by_rule' if each.ruled.rule else 'by_settings'}",
        paper=say(f"board.paper.{each.paper}"),
        when=say(f"print_rules.when.{each.ruled.when}"),
        copies=each.ruled.copies,
        printer=each.printer or say("print_rules.first_printer"),
        **({"rule": each.ruled.rule.name} if each.ruled.rule else {}),
    )


def _say_rule(context: Context, judged: Judged) -> None:
    say = context.say
    verdict = "decides" if judged.decides else "too_late" if judged.applies else "applies_not"
    line(f"    {'✓' if judged.decides else '×'} {judged.rule.name}  {say(f'print_rules.{verdict}')}")
    for why in judged.reasons:
        if not why.holds:
            line(f"        × {_reason(context, why)}")


def _plain(context: Context, why: Reason) -> dict[str, object]:
    return {
        "condition": why.name,
        "holds": why.holds,
        "wanted": why.wanted,
        "found": why.found,
        "text": _reason(context, why),
    }


def _reason(context: Context, why: Reason) -> str:
    return context.say(f"print_rules.why.{why.name}", wanted=why.wanted, found=why.found or "–")
