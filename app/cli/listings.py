"""``kenpin listings`` and ``kenpin shopfiles``: what shops call products, and the files that shops are given."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace

from app.cli.context import Context
from app.cli.intake import problems_out, say_problem
from app.cli.output import as_json, clock, complain, line, table
from app.cli.products import differences_out, pairs
from app.domain.products import sku_fold
from app.errors import NotFound
from app.services import listing_files, product_edit, product_listings, shop_files
from app.services.desk import new_act
from app.services.product_listings import Listing, ListingDraft
from app.services.settings import all_settings

__all__ = ["run"]

_SHOWN = 200


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of these groups' commands."""
    commands: dict[str, Callable[[Context, argparse.Namespace], int]] = {
        "list": _list,
        "put": _put,
        "drop": _drop,
        "import": _import,
    }
    files: dict[str, Callable[[Context, argparse.Namespace], int]] = {
        "write": _write,
        "errors": _errors,
        "list": _files,
    }
    return (
        commands[args.listings](context, args) if args.command == "listings" else files[args.shopfiles](context, args)
    )


def _shop(context: Context, name: str) -> int:
    found: int = context.desk.read(product_listings.shop_named, name).result() if name else 0
    return found


def _list(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or (None if args.json else _SHOWN)
    wanted = {"shop": _shop(context, args.shop), "text": args.text, "errors": args.errors}
    found = context.desk.read(product_listings.page, **wanted, limit=limit + 1 if limit else None).result()
    more, found = limit is not None and len(found) > limit, found[:limit]
    if args.json:
        line(as_json([_plain(each) for each in found]))
        return 0
    head = [context.say(f"cli.listings.{name}") for name in ("shop", "code", "sku", "price", "kept_back", "error")]
    rows = [
        (each.shop_name, each.code, each.sku, each.draft.price, str(each.draft.kept_back or ""), each.error)
        for each in found
    ]
    table(head, rows)
    if more:
        complain(context.say("cli.more", shown=limit))
    return 0


def _plain(each: Listing) -> dict[str, object]:
    draft = each.draft
    return {
        "shop": each.shop_name,
        "code": each.code,
        "sku": each.sku,
        "title": draft.title,
        "price": draft.price,
        "kept_back": draft.kept_back,
        "active": draft.active,
        "extra": dict(draft.extra),
        "sent_at": each.sent_at,
        "error": each.error,
    }


def _named(context: Context, shop: int, code: str) -> Listing | None:
    found = context.desk.read(product_listings.page, shop=shop, text=code).result()
    return next((each for each in found if sku_fold(each.code) == sku_fold(code)), None)


def _put(context: Context, args: argparse.Namespace) -> int:
    shop = context.desk.read(product_listings.shop_named, args.shop).result()
    product = context.desk.read(product_edit.by_sku, args.sku).result()
    there = _named(context, shop, args.code)
    draft = replace(there.draft, code=args.code) if there is not None else ListingDraft(args.code)
    given = {"title": args.title, "price": args.price, "kept_back": args.keep_back, "active": args.active}
    draft = replace(draft, **{name: value for name, value in given.items() if value is not None})
    draft = replace(draft, extra={**draft.extra, **pairs(args.extra)})
    product_listings.put_and_follow(context.desk, product, shop, draft, move=args.move)
    line(context.say("cli.listings.put", shop=args.shop, code=args.code, sku=args.sku))
    return 0


def _drop(context: Context, args: argparse.Namespace) -> int:
    shop = context.desk.read(product_listings.shop_named, args.shop).result()
    for code in args.code:
        there = _named(context, shop, code)
        if there is None:
            raise NotFound("listing.unknown", code=code, shop=args.shop)
        arguments = (context.desk.station, new_act(), there.id)
        context.desk.do(product_listings.TOPICS, product_listings.drop, *arguments).result()
    product_listings.follow(context.desk, shop, args.code)
    line(context.say("cli.listings.dropped", shop=args.shop, number=len(args.code)))
    return 0


def _import(context: Context, args: argparse.Namespace) -> int:
    shop = context.desk.read(product_listings.shop_named, args.shop).result()
    found = listing_files.compare(context.desk, args.file, shop, args.mapping or listing_files.EXAMPLE)
    counts = {name: found.count(name) for name in ("new", "changed", "same")}
    if not args.dry_run:
        listing_files.import_shown(context.desk, found)
    if args.json:
        problems = [{"text": say_problem(context)(each), "row": each.row} for each in found.problems]
        line(as_json({"counts": counts, "problems": problems, "written": not args.dry_run}))
        return 0
    problems_out(context, found.problems)
    for each in found.changes:
        if each.differences:
            line(f"{each.draft.code}  {each.sku}")
            differences_out(each.differences)
    key = "cli.listings.would" if args.dry_run else "cli.listings.done"
    line(context.say(key, **{name: f"{figure:,}" for name, figure in counts.items()}))
    return 0


# --- files for shops ----------------------------------------------------------------------------------------------


def _write(context: Context, args: argparse.Namespace) -> int:
    shop = context.desk.read(product_listings.shop_named, args.shop).result()
    sent = shop_files.write(context.desk, shop, args.mapping, args.out, every=args.all)
    if args.json:
        left = [{"code": each.code, "sku": each.sku, "text": context.say(each.why)} for each in sent.left_out]
        paths = [str(path) for path in sent.paths]
        line(as_json({"rows": sent.rows, "same": sent.same, "left_out": left, "files": paths}))
        return 0
    for each in sent.left_out:
        line(f"! {each.code} ({each.sku})  {context.say(each.why)}")
    for path in sent.paths:
        line(str(path))
    line(context.say("cli.shopfiles.written", rows=f"{sent.rows:,}", same=f"{sent.same:,}"))
    return 0


def _errors(context: Context, args: argparse.Namespace) -> int:
    shop = context.desk.read(product_listings.shop_named, args.shop).result()
    read = shop_files.read_errors(context.desk, args.file, shop, args.mapping, again=args.again)
    if args.json:
        refused = [{"code": each.code, "sku": each.sku, "reason": each.reason} for each in read.refused]
        problems = [{"text": say_problem(context)(each), "row": each.row} for each in read.problems]
        line(as_json({"refused": refused, "problems": problems}))
        return 0
    for each in read.refused:
        line(f"× {each.code} ({each.sku})  {each.reason}")
    problems_out(context, list(read.problems))
    line(context.say("cli.shopfiles.refused", number=f"{len(read.refused):,}"))
    return 0


def _files(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(shop_files.page, shop=_shop(context, args.shop), limit=args.limit).result()
    if args.json:
        names = ("id", "at", "shop_name", "kind", "mapping", "file", "rows", "errors", "state")
        line(as_json([{name: getattr(each, name) for name in names} for each in found]))
        return 0
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    head = [context.say(f"cli.shopfiles.{name}") for name in ("at", "shop", "file", "rows", "errors", "state")]
    rows = [
        (clock(each.at, zone), each.shop_name, each.file, f"{each.rows:,}", str(each.errors or ""),
         context.say(f"cli.shopfiles.state.{each.state}"))
        for each in found
    ]  # fmt: skip
    table(head, rows, right=(3, 4))
    return 0
