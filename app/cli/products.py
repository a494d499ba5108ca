"""``kenpin products``: the product master, taken in, shown, changed and looked through."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from app.cli.context import Context
from app.cli.intake import problems_out, progress, say_problem
from app.cli.output import as_json, complain, line, table
from app.domain.product_texts import Difference
from app.errors import NotAllowed
from app.services import product_diff, product_doubts, product_edit, products
from app.services.desk import new_act
from app.services.product_diff import State
from app.services.product_edit import Wrong
from app.services.products import ProductReport

__all__ = ["pairs", "run"]

_SHOWN = 200


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    if args.products == "pictures":
        from app.cli import proof

        return proof.pictures(context, args)
    commands: dict[str, Callable[[Context, argparse.Namespace], int]] = {
        "import": _import,
        "diff": _diff,
        "list": _list,
        "show": _show,
        "set": _set,
        "add": _set,
        "copy": _copy,
        "retire": _retire,
        "delete": _delete,
        "doubts": _doubts,
    }
    return commands[args.products](context, args)


def pairs(given: Sequence[str]) -> dict[str, str]:
    """Return ``name=value`` arguments as a mapping.

    :raises NotAllowed: one of them has no equals sign.
    """
    found: dict[str, str] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign or not name.strip():
            raise NotAllowed("cli.products.bad_pair", value=each[:80])
        found[name.strip()] = value
    return found


# --- files --------------------------------------------------------------------------------------------------------


def _import(context: Context, args: argparse.Namespace) -> int:
    if args.mapping:
        shown = product_diff.compare(context.desk, args.file, args.mapping, progress=progress())
        report: ProductReport = product_diff.import_shown(context.desk, shown, progress=progress())
    else:
        report = products.import_products(context.desk, args.file, progress=progress())
    if args.json:
        line(as_json(report.plain(say_problem(context))))
    else:
        problems_out(context, report.problems)
        figures = {"added": report.added, "changed": report.changed, "stocked": report.stocked}
        line(context.say("cli.products.done", **{name: f"{figure:,}" for name, figure in figures.items()}))
    return 0 if report.usable else 1


def _diff(context: Context, args: argparse.Namespace) -> int:
    found = product_diff.compare(context.desk, args.file, args.mapping, progress=progress())
    counts = {str(state): found.count(state) for state in State}
    if args.json:
        body = {
            "counts": counts,
            "products": [
                {"sku": each.given.sku, "state": str(each.state), "row": each.given.row, **_plain(each.differences)}
                for each in found.products
                if each.state is not State.SAME
            ],
            "problems": [{"text": say_problem(context)(each), "row": each.row} for each in found.problems],
        }
        line(as_json(body))
        return 0 if found.files else 1
    problems_out(context, found.problems)
    for each in found.products:
        if each.state is not State.SAME:
            line(f"{context.say(f'product_diff.{each.state}')}  {each.given.sku}")
            differences_out(each.differences)
    line(context.say("cli.products.diff", **{name: f"{figure:,}" for name, figure in counts.items()}))
    return 0 if found.files else 1


def _plain(found: Sequence[Difference]) -> dict[str, object]:
    return {"fields": {each.field: {"was": each.was, "will_be": each.will_be} for each in found}}


def differences_out(found: Sequence[Difference]) -> None:
    """Write what will say something else, a line a field."""
    for each in found:
        line(f"    {each.field}: {each.was or '–'} → {each.will_be or '–'}")


# --- lists --------------------------------------------------------------------------------------------------------


def _list(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or (1_000_000 if args.json else _SHOWN)
    wanted = {"text": args.text, "category": args.category, "retired": args.retired}
    rows = context.desk.read(product_edit.page, **wanted, limit=limit + 1).result()
    more, rows = len(rows) > limit, rows[:limit]
    if args.json:
        names = ("sku", "name", "name_en", "shelf", "weight_g", "category", "price", "retired", "changed_at")
        line(as_json([{**{name: getattr(row, name) for name in names}, "code": row.main_code} for row in rows]))
        return 0
    head = [context.say(f"cli.column.{name}") for name in ("sku", "code", "shelf", "name")]
    table(head, [(row.sku, row.main_code, row.shelf, row.name) for row in rows])
    if more:
        complain(context.say("cli.more", shown=limit))
    return 0


def _show(context: Context, args: argparse.Namespace) -> int:
    product = context.desk.read(product_edit.by_sku, args.sku).result()
    full = context.desk.read(product_edit.read, product).result()
    doubts = context.desk.read(product_doubts.doubts, product).result()
    said = [context.say(each.key, **dict(each.args)) for each in doubts]
    if args.json:
        listings = [
            {"shop": each.shop_name, "code": each.code, "title": each.draft.title, "price": each.draft.price,
             "kept_back": each.draft.kept_back, "active": each.draft.active, "error": each.error}
            for each in full.listings
        ]  # fmt: skip
        use = {"on_shelf": full.use.on_shelf, "open_orders": full.use.open_orders, "sets": list(full.use.sets)}
        line(as_json({"fields": dict(full.texts), "listings": listings, "use": use, "doubts": said}))
        return 0
    table(
        [context.say("cli.products.field"), context.say("cli.products.value")],
        [(context.say(f"product.field.{name}"), text) for name, text in full.texts.items() if text],
    )
    for each in full.listings:
        line(f"{each.shop_name}  {each.code}  {each.draft.title}  {each.draft.price}".rstrip())
        if each.error:
            line(f"× {each.error}")
    line(context.say("cli.products.use", pieces=f"{full.use.on_shelf:,}", orders=f"{full.use.open_orders:,}"))
    for text in said:
        line(f"! {text}")
    return 0


def _doubts(context: Context, args: argparse.Namespace) -> int:
    found = product_doubts.find(context.desk, kinds=args.kind)
    limit = args.limit or (len(found) if args.json else _SHOWN)
    shown = [(each, context.say(each.key, **dict(each.args))) for each in found[:limit]]
    if args.json:
        line(as_json([{"sku": each.sku, "kind": each.kind, "field": each.field, "text": text} for each, text in shown]))
        return 0
    for each, text in shown:
        line(f"{each.sku}  {text}")
    line(context.say("cli.products.doubts", number=f"{len(found):,}"))
    return 0


# --- changing -----------------------------------------------------------------------------------------------------


def _set(context: Context, args: argparse.Namespace) -> int:
    texts = pairs(args.value)
    if args.products == "add":
        return _save(context, args, {"sku": args.sku, **texts}, 0)
    return _save(context, args, texts, context.desk.read(product_edit.by_sku, args.sku).result())


def _copy(context: Context, args: argparse.Namespace) -> int:
    product = context.desk.read(product_edit.by_sku, args.sku).result()
    texts = context.desk.read(product_edit.copy_texts, product).result()
    return _save(context, args, texts | pairs(args.value) | {"sku": args.new}, 0)


def _save(context: Context, args: argparse.Namespace, texts: dict[str, str], product: int) -> int:
    found = context.desk.read(product_edit.wrongs, texts, product).result()
    _wrongs_out(context, found)
    if any(each.stops for each in found):
        return 1
    saved = product_edit.edit(context.desk, texts, product)
    full = context.desk.read(product_edit.read, saved).result()
    if args.json:
        line(as_json({"sku": full.sku, "new": not product}))
    else:
        line(context.say("cli.products.saved", sku=full.sku))
    return 0


def _wrongs_out(context: Context, found: Sequence[Wrong]) -> None:
    for each in found:
        sign = "×" if each.stops else "!"
        complain(f"{sign} {each.field}: {context.say(each.key, **dict(each.args))}")


def _retire(context: Context, args: argparse.Namespace) -> int:
    product = context.desk.read(product_edit.by_sku, args.sku).result()
    arguments = (context.desk.station, new_act(), product)
    more = {"back": args.back, "anyway": args.anyway}
    found = context.desk.do(product_edit.TOPICS, product_edit.retire, *arguments, **more).result()
    _wrongs_out(context, found)
    line(context.say("cli.products.back" if args.back else "cli.products.retired", sku=args.sku))
    return 0


def _delete(context: Context, args: argparse.Namespace) -> int:
    product = context.desk.read(product_edit.by_sku, args.sku).result()
    context.desk.do(product_edit.TOPICS, product_edit.delete, context.desk.station, new_act(), product).result()
    line(context.say("cli.products.deleted", sku=args.sku))
    return 0
