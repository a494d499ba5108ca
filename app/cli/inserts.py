"""``kenpin inserts`` and ``kenpin gift``: rules of what goes into boxes, why they applied, and wishes for gifts."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table, write_file
from app.cli.usage import Usage
from app.domain.conditions import Reason
from app.domain.insert_draft import FIELDS, texts_of
from app.domain.insert_rules import Judged
from app.domain.intake import placeholders
from app.domain.noshi import NO_GIFT, Cover, GiftWish, Knot, knots_for
from app.errors import NotFound
from app.services import gift_papers, insert_rules, inserts, orders
from app.services.insert_rules import RuleItem

__all__ = ["run"]

_TOPICS = frozenset({"settings", "orders", "printing"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    if args.command == "gift":
        return _gift(context, args)
    group = {
        "rules": _rules, "add": _add, "change": _change, "drop": _drop, "move": _move, "import": _import,
        "why": _why, "list": _list,
    }  # fmt: skip
    return group[args.inserts](context, args)


# --- rules --------------------------------------------------------------------------------------------------------


def _rules(context: Context, args: argparse.Namespace) -> int:
    items: tuple[RuleItem, ...] = context.desk.read(insert_rules.rule_items).result()
    if args.json:
        line(as_json([_plain(each) for each in items]))
        return 0
    if not items:
        complain(context.say("cli.inserts.none"))
        return 0
    say = context.say
    rows = [
        (
            str(place),
            say(f"inserts.{'on' if each.rule.active else 'off'}"),
            each.rule.name,
            say(f"inserts.kind.{each.rule.kind}"),
            each.row.sku,
            f"{each.rule.quantity} / {say(f'inserts.per.{each.rule.per}')}",
            say("inserts.every_shop") if each.rule.conditions.shared else "、".join(each.shops),
            "–" if each.row.stock is None else str(each.row.stock),
            str(each.applied),
        )
        for place, each in enumerate(items, 1)
    ]
    names = ("place", "active", "name", "kind", "sku", "quantity", "shops", "stock", "applied")
    table([say(f"inserts.column.{name}") for name in names], rows, right=(0, 7, 8))
    for each in items:
        if each.is_out and each.rule.active:
            complain(say("inserts.run_out", rule=each.rule.name, sku=each.row.sku, stock=each.row.stock))
    return 0


def _plain(item: RuleItem) -> dict[str, object]:
    return {
        "id": item.rule.id,
        **texts_of(item.draft),
        "active": item.rule.active,
        "stock": item.row.stock,
        "applied_30_days": item.applied,
    }


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


def _id_of(context: Context, name: str) -> int:
    known = context.desk.read(insert_rules.drafts).result()
    if name not in known:
        raise NotFound("inserts.no_rule", name=name, known="、".join(known) or "–")
    return int(known[name].rule.id)


def _kept(context: Context, args: argparse.Namespace, texts: Mapping[str, str], rule: int = 0) -> int:
    wrong = context.desk.read(insert_rules.wrongs, texts, rule).result()
    if wrong:
        for each in wrong:
            complain(context.say("cli.inserts.wrong", field=each.field, text=context.say(each.key, **each.args)))
        return 1
    kept = context.desk.do(_TOPICS, insert_rules.save, context.desk.station, str(uuid4()), texts, rule).result()
    inserts.know_buyers(context.desk)
    if args.json:
        line(as_json({"id": kept}))
    else:
        name = next(each for each, draft in context.desk.read(insert_rules.drafts).result().items()
                    if draft.rule.id == kept)  # fmt: skip
        line(context.say("cli.inserts.kept", name=name))
    return 0


def _add(context: Context, args: argparse.Namespace) -> int:
    named = {"name": args.name, "kind": args.kind, "sku": args.sku, "shops": ";".join(args.shop)}
    return _kept(context, args, {**{key: text for key, text in named.items() if text}, **_texts(context, args.set)})


def _change(context: Context, args: argparse.Namespace) -> int:
    return _kept(context, args, _texts(context, args.set), _id_of(context, args.name))


def _drop(context: Context, args: argparse.Namespace) -> int:
    rule = _id_of(context, args.name)
    context.desk.do(_TOPICS, insert_rules.drop, context.desk.station, str(uuid4()), rule).result()
    line(as_json({"id": rule}) if args.json else context.say("cli.inserts.dropped", name=args.name))
    return 0


def _move(context: Context, args: argparse.Namespace) -> int:
    rule = _id_of(context, args.name)
    context.desk.do(_TOPICS, insert_rules.move, context.desk.station, str(uuid4()), rule, args.place).result()
    return _rules(context, args)


def _import(context: Context, args: argparse.Namespace) -> int:
    report = insert_rules.import_rules(context.desk, args.file, dry_run=args.dry_run)
    if report.written:
        inserts.know_buyers(context.desk)
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


# --- one order ----------------------------------------------------------------------------------------------------


def _why(context: Context, args: argparse.Namespace) -> int:
    order = context.desk.read(orders.find_one, args.order).result()
    found = context.desk.read(inserts.explain, order).result()
    wanted = {each.rule.id: each for each in found.plan.wanted}
    left_out = {each.left_out: each for each in found.plan.clashes}
    if args.json:
        body = {
            "order": found.number,
            "shop": found.shop,
            "rules": [
                {
                    "rule": each.rule.name,
                    "applies": each.applies,
                    "quantity": wanted[each.rule.id].quantity if each.rule.id in wanted else 0,
                    "run_out": each.rule.id in wanted and wanted[each.rule.id].out,
                    "left_out_for": left_out[each.rule.name].taken if each.rule.name in left_out else "",
                    "reasons": [
                        {"condition": why.name, "holds": why.holds, "wanted": why.wanted, "found": why.found,
                         "text": _reason(context, why)}
                        for why in each.reasons
                    ],
                }
                for each in found.plan.judged
            ],
            "gift": found.facts.wish.as_data(),
        }  # fmt: skip
        line(as_json(body))
        return 0
    line(context.say("cli.inserts.of_order", number=found.number, shop=found.shop))
    if not found.plan.judged:
        complain(context.say("cli.inserts.none"))
    for each in found.plan.judged:
        in_box = wanted.get(each.rule.id)
        sign = "✓" if in_box and not in_box.out else "×"
        line(f"{sign} {each.rule.name}  {_verdict(context, each, left_out)}")
        for why in each.reasons:
            line(f"    {'✓' if why.holds else '×'} {_reason(context, why)}")
    return 0


def _verdict(context: Context, judged: Judged, left_out: Mapping[str, object]) -> str:
    clash = left_out.get(judged.rule.name)
    if clash is not None:
        taken, name, key = (getattr(clash, field) for field in ("taken", "left_out", "key"))
        return context.say(key, taken=taken, left_out=name)
    return context.say(f"inserts.{'applies' if judged.applies else 'applies_not'}")


def _reason(context: Context, why: Reason) -> str:
    return context.say(f"inserts.why.{why.name}", wanted=why.wanted, found=why.found or "–")


def _list(context: Context, args: argparse.Namespace) -> int:
    order = context.desk.read(orders.find_one, args.order).result()
    rows = context.desk.read(inserts.extras_of, [order]).result()
    if args.json:
        fields = ("id", "kind", "name", "text", "wanted", "done", "short", "shown", "rule")
        line(as_json([{field: getattr(row, field) for field in fields} for row in rows]))
        return 0
    if not rows:
        complain(context.say("cli.inserts.nothing_on", order=args.order))
        return 0
    shown = [
        (
            f"KN-{row.id}" if row.product is None and not row.shown else "–",
            context.say(f"inserts.kind.{row.kind}"),
            row.name,
            str(row.wanted),
            str(row.done),
            str(row.short),
            context.say(f"inserts.{'shown' if row.shown else 'scanned'}"),
        )
        for row in rows
    ]
    names = ("code", "kind", "name", "wanted", "done", "short", "how")
    table([context.say(f"inserts.column.{name}") for name in names], shown, right=(3, 4, 5))
    return 0


# --- gifts --------------------------------------------------------------------------------------------------------


def _gift(context: Context, args: argparse.Namespace) -> int:
    order = context.desk.read(orders.find_one, args.order).result()
    if args.reprint:
        papers = context.desk.do(
            _TOPICS, gift_papers.reprint, context.desk.station, str(uuid4()), order, args.reprint
        ).result()
        line(as_json({"papers": list(papers)}) if args.json else context.say("cli.gift.reprinted", number=len(papers)))
        return 0
    if args.out is not None:
        return _draw(context, args, order)
    before: GiftWish = context.desk.read(inserts.explain, order).result().facts.wish
    wish = _wished(args, before)
    warned: tuple[str, ...] = ()
    if wish is not None:
        warned = context.desk.do(_TOPICS, inserts.put_gift, context.desk.station, str(uuid4()), order, wish).result()
    shown = wish if wish is not None else before
    if args.json:
        line(as_json({"gift": shown.as_data(), "warnings": list(warned)}))
        return 0
    _say_wish(context, shown)
    for key in warned:
        complain(context.say(key, **inserts.gift_warning(context.say, shown)))
    return 0


def _wished(args: argparse.Namespace, before: GiftWish) -> GiftWish | None:
    """Return what the options make of the wish; None where they change nothing."""
    given = (args.noshi, args.title, args.name, args.cover, args.wrapping, args.message)
    if args.none:
        return NO_GIFT
    if args.accept:
        return replace(before, unread=())
    if all(each is None for each in given):
        return None
    wish = replace(before, unread=())
    if args.noshi == "none":
        wish = replace(wish, noshi=False, knot=None, title="", names=(), cover=Cover.ANY)
    elif any(each is not None for each in given[:4]):
        title = args.title if args.title is not None else wish.title
        usual = knots_for(title)
        knot = Knot(args.noshi) if args.noshi else wish.knot or (usual[0] if usual else None)
        names = tuple(args.name) if args.name is not None else wish.names
        cover = Cover(args.cover) if args.cover is not None else wish.cover
        wish = replace(wish, noshi=True, knot=knot, title=title, names=tuple(filter(None, names)), cover=cover)
    if args.wrapping is not None:
        wish = replace(wish, wrapping=args.wrapping)
    return replace(wish, message=args.message) if args.message is not None else wish


def _say_wish(context: Context, wish: GiftWish) -> None:
    say = context.say
    if not wish.asked:
        line(say("cli.gift.nothing"))
        return
    if wish.noshi:
        kind = say(f"noshi.knot.{wish.knot}") if wish.knot else "?"
        cover = say(f"noshi.cover.{wish.cover}") if wish.cover else "–"
        line(say("cli.gift.noshi", kind=kind, title=wish.title or "–", names="、".join(wish.names) or "–", cover=cover))
    if wish.wrapping:
        line(say("cli.gift.wrapping", text=wish.wrapping))
    if wish.message:
        line(say("cli.gift.message", text=wish.message))
    for each in wish.unread:
        complain(say("cli.gift.unread", text=each))


def _draw(context: Context, args: argparse.Namespace, order: int) -> int:
    papers = context.desk.read(gift_papers.gift_papers, order, context.words).result()
    if not papers:
        raise NotFound("gift.no_papers", number=args.order)
    for place, paper in enumerate(papers):
        target = args.out if not place else args.out.with_name(f"{args.out.stem}-{paper.id}{args.out.suffix}")
        write_file(target, paper.draw().pdf)
        line(context.say("cli.gift.drawn", file=target))
    return 0
