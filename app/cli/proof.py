"""``kenpin proof``, ``replay``, ``photos`` and ``anchor``: how a parcel was packed, and that the journal is whole."""

from __future__ import annotations

import argparse

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table, write_file
from app.cli.usage import Usage
from app.errors import FileUnusable
from app.services import anchors, orders, photos, proof, replay
from app.services import pictures as services
from app.services.settings import all_settings
from app.text import texts

__all__ = ["pictures", "run"]

_SHOWN = 40
"""Photos listed in a terminal."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"anchor": _anchor, "photos": _photos, "proof": _proof, "replay": _replay}[args.command](context, args)


def _zone(context: Context) -> str:
    return context.desk.read(all_settings).result()["shop.timezone"]


# --- proofs -------------------------------------------------------------------------------------------------------


def _proof(context: Context, args: argparse.Namespace) -> int:
    chosen = [bool(args.order), args.check is not None]
    if sum(chosen) != 1:
        raise Usage(context.say("proof.order_or_check"))
    if args.check is not None:
        return _check(context, args)
    desk = context.desk
    order = desk.read(orders.find_one, args.order).result()
    if args.out is None and not args.json:
        raise Usage(context.say("proof.needs_out"))
    if args.out is None:
        line(as_json(proof.plain(desk.read(proof.gather, order).result())))
        return 0
    folder = photos.folder_of(context.config.folder)
    drawn = proof.make(desk, order, texts(args.language or context.config.language), folder, full=args.full)
    write_file(args.out, drawn.paper.pdf)
    if args.json:
        hashes = {"sha256": drawn.content, "file": str(args.out), "file_sha256": drawn.file}
        line(as_json(proof.plain(drawn.proof) | hashes | {"pages": drawn.paper.pages}))
    elif str(args.out) != "-":
        said = {"file": args.out, "pages": drawn.paper.pages, "hash": drawn.content}
        line(context.say("proof.made_file", number=drawn.proof.ship_number or drawn.proof.order, **said))
    if drawn.paper.missing:
        complain(context.say("cli.print.missing", characters=" ".join(drawn.paper.missing)))
    return 0


def _check(context: Context, args: argparse.Namespace) -> int:
    try:
        data = args.check.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise FileUnusable("proof.unreadable", file=str(args.check), why=why) from error
    found = context.desk.read(proof.check, data).result()
    made = found.made
    if args.json:
        body: dict[str, object] = {"ok": found.good, "file_sha256": found.file, "number": found.number or None}
        if made is not None:
            row = {"station": made.station, "seq": made.seq, "sound": made.sound}
            body |= {"made_at": iso(made.at, _zone(context)), "journal": row, "sha256": made.content}
            body |= {"current": found.current}
        line(as_json(body))
        return 0 if found.good else 1
    if made is None:
        complain(context.say("proof.unknown_file", file=args.check))
        return 1
    said = {"at": iso(made.at, _zone(context)), "station": made.station, "seq": made.seq, "number": found.number}
    if not made.sound:
        complain(context.say("proof.row_changed", **said))
        return 1
    line(context.say("proof.good_file", **said))
    line(context.say("proof.still" if found.current else "proof.moved_on"))
    return 0


# --- replay -------------------------------------------------------------------------------------------------------


def _replay(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    order = desk.read(orders.find_one, args.order).result()
    played = desk.read(replay.of_order, order).result()
    zone = _zone(context)
    if args.json:
        body = [replay.plain(context.words, each) | {"at": iso(each.entry.at, zone)} for each in played.moments]
        whole = {"order": played.number, "ship_number": played.ship_number, "shop": played.shop, "moments": body}
        line(as_json(whole))
        return 0
    name = " ".join(part for part in (played.ship_number, played.number) if part)
    line(context.say("replay.head", name=name, count=len(played.moments), refused=played.refusals))
    before = ""
    for moment in played.moments:
        entry = moment.entry
        at = iso(entry.at, zone) or ""
        place, station = (
            context.say(f"replay.place.{moment.place}"),
            context.say("proof.station", station=entry.station),
        )
        where = "  ".join(part for part in (at[:10], place, station, entry.person) if part)
        if where != before:
            line(where)
        before = where
        told = [replay.told(context.words, moment)]
        if moment.wanted:
            told.append(f"{moment.done}/{moment.wanted}")
        if moment.undone:
            told.append(f"[{context.say('proof.undone')}]")
        sign = {"ok": "✓", "refused": "×"}.get(entry.level, "·")
        level, pause = context.say(f"proof.level.{entry.level}"), replay.pause_said(context.words, moment.pause_ms)
        line(f"  {at[11:19]} {pause:>8} {sign} {level}  {entry.raw}  {'  '.join(told)}")
    return 0


# --- photos -------------------------------------------------------------------------------------------------------


def _photos(context: Context, args: argparse.Namespace) -> int:
    return {"list": _photos_list, "tidy": _photos_tidy, "export": _photos_export}[args.photos](context, args)


def _photos_list(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    chosen = (desk.read(orders.find_one, args.order).result(),) if args.order else ()
    rows = desk.read(photos.page, chosen, args.limit or (None if args.json else _SHOWN)).result()
    zone = _zone(context)
    if args.json:
        body = [
            {
                "order": row.number, "box": row.box, "at": iso(row.at, zone), "station": row.station, "file": row.file,
                "sha256": row.sha256, "size": row.size, "gone_at": iso(row.gone_at, zone),
            }
            for row in rows
        ]  # fmt: skip
        line(as_json(body))
        return 0
    if not rows:
        line(context.say("photo.none"))
        return 0
    head = [context.say(f"photo.column.{name}") for name in ("time", "order", "box", "station", "size", "file")]
    shown = [
        (clock(row.at, zone), row.number, str(row.box), row.station, f"{row.size // 1024:,} kB", _file(context, row))
        for row in rows
    ]
    table(head, shown, right=(2, 4))
    return 0


def _file(context: Context, row: photos.PhotoRow) -> str:
    return row.file if row.gone_at is None else context.say("proof.photo_gone")


def _photos_tidy(context: Context, args: argparse.Namespace) -> int:
    done = photos.tidy(context.desk, context.config.folder)
    if args.json:
        line(as_json({"gone": done.gone, "bytes": done.bytes, "held": done.held}))
        return 0
    line(context.say("photo.tidied", gone=done.gone, mb=f"{done.bytes / (1 << 20):.1f}", held=done.held))
    return 0


def _photos_export(context: Context, args: argparse.Namespace) -> int:
    order = context.desk.read(orders.find_one, args.order).result()
    made = photos.export(context.desk, context.config.folder, order, args.out)
    if args.json:
        line(as_json([str(path) for path in made]))
    elif made:
        for path in made:
            line(str(path))
    else:
        complain(context.say("photo.none_here"))
    return 0 if made else 1


# --- pictures of products -----------------------------------------------------------------------------------------


def pictures(context: Context, args: argparse.Namespace) -> int:
    """Run ``kenpin products pictures``: those that a camera took and nobody has looked at yet."""
    desk, folder = context.desk, context.config.folder
    settled = [services.keep(desk, folder, sku) for sku in args.ok]
    settled += [services.discard(desk, folder, sku) for sku in args.drop]
    if args.ok or args.drop:
        if args.json:
            line(as_json([{"sku": each.sku, "picture": each.picture or None} for each in settled]))
            return 0
        for each in settled:
            key = "picture.kept" if each.picture else "picture.dropped"
            line(context.say(key, sku=each.sku, file=each.picture))
        return 0
    rows = desk.read(services.unchecked, folder).result()
    if args.json:
        line(as_json([{"sku": row.sku, "name": row.name, "picture": row.picture} for row in rows]))
    elif rows:
        head = [context.say(f"picture.column.{name}") for name in ("sku", "name", "file")]
        table(head, [(row.sku, row.name, row.picture) for row in rows])
    else:
        line(context.say("picture.none"))
    return 0


# --- anchors ------------------------------------------------------------------------------------------------------


def _anchor(context: Context, args: argparse.Namespace) -> int:
    kept = anchors.keep(context.desk, context.config.folder)
    anchor = kept.anchor
    if args.out is not None:
        write_file(args.out, anchors.whole_file(kept.file))
    if args.json:
        body: dict[str, object] = {"file": str(kept.file), "new": kept.new, "copy": str(args.out) if args.out else None}
        if anchor is not None:
            heads = {name: {"seq": seq, "hash": head} for name, (seq, head) in sorted(anchor.heads.items())}
            body |= {"at": iso(anchor.at, _zone(context)), "database": anchor.database, "stations": heads}
            body |= {"hash": anchor.hash}
        line(as_json(body))
        return 0
    if anchor is None:
        line(context.say("anchor.nothing"))
        return 0
    at = iso(anchor.at, _zone(context))
    line(context.say("anchor.kept" if kept.new else "anchor.unmoved", at=at, file=kept.file))
    if args.out is not None and str(args.out) != "-":
        line(context.say("anchor.copied", file=args.out))
    if args.print:
        line(context.say("anchor.print_head", at=at, database=anchor.database))
        for name, (seq, head) in sorted(anchor.heads.items()):
            line(context.say("anchor.print_row", station=name, seq=seq, hash=head))
        line(context.say("anchor.print_hash", hash=anchor.hash))
    return 0
