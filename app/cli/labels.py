"""``kenpin print shelves|totes|carts|wall|zones``: labels of places; printing one makes the tote or slot known.

``kenpin print label`` brings labels out of a printer, or writes them in the language of one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import complain, line, write_file
from app.domain.label import LabelFault, PrintOptions
from app.domain.label_dots import BarRow, LaidOut
from app.domain.label_forms import LabelForm
from app.domain.label_sets import CONTAINERS, LabelSet
from app.domain.papers import Rendered
from app.domain.place_labels import LabelKind, PlaceLabel, checked, numbered, wall_slots
from app.errors import NotAllowed
from app.services import containers, label_drawing, label_jobs, label_printing, papers, pick_papers, printers
from app.services.containers import NewContainer
from app.services.label_jobs import LabelWish
from app.services.settings import all_settings
from app.text import texts

__all__ = ["COMMANDS", "draw", "for_printer"]

COMMANDS = ("shelves", "totes", "carts", "wall", "zones")
"""What this module prints."""

_KINDS = {"totes": LabelKind.TOTE, "carts": LabelKind.CART}
_SHOWN = 5
_PRINTING_SECONDS = 60.0
"""How long a printer may take before the command ends; what is left waits for the window."""
_CHUNK = 400
"""Made known in one act, so that a scan never waits for long."""


def draw(context: Context, args: argparse.Namespace) -> Rendered:
    """Draw what is asked for, in the shop's language or that of ``--lang``."""
    words = texts(args.lang or context.desk.read(all_settings).result()["shop.language"])
    if args.print == "zones":
        return papers.zone_signs(context.desk.read(pick_papers.zones, args.zone).result(), words)
    if args.print == "shelves":
        labels = context.desk.read(
            pick_papers.shelf_labels, args.code, zone=args.zone, aisle=args.aisle, pointing=not args.no_arrows
        ).result()
    else:
        labels = _made_known(context, _walls(args) if args.print == "wall" else _wanted(args))
    form = LabelForm(args.form)
    if without := papers.without_bars(labels, form):
        names = ", ".join(without[:_SHOWN]) + (" …" if len(without) > _SHOWN else "")
        complain(context.say("labels.qr_only", count=len(without), codes=names))
    return papers.place_labels(labels, words, form, qr=args.qr)


def for_printer(context: Context, args: argparse.Namespace) -> int:
    """Bring labels out of a printer of the house, or write them to a file in the language of one."""
    if (args.printer is None) == (args.out is None):
        raise NotAllowed("labels.out_or_printer")
    if args.kind in CONTAINERS and args.printer is None:
        kind = LabelKind(args.kind)
        _made_known(context, [NewContainer(kind, checked(kind, code)) for code in args.code])
    wish = LabelWish(
        args.kind,
        tuple(args.code),
        lot=args.lot,
        expiry=args.expiry,
        price=args.price,
        template=args.template,
        copies=args.copies,
        size=args.size or "",
        language=args.lang or "",
    )
    printer = context.desk.read(printers.named, args.printer).result() if args.printer is not None else None
    paper = context.desk.read(label_jobs.paper_of, wish).result()
    value = paper.value
    assert isinstance(value, LabelSet)
    known = printer is not None and printer.language != "pdf"
    dpi = (printer.dpi if printer is not None and known else 0) or args.dpi
    laid = label_drawing.laid_of(value, paper.language, dpi, printer.media if printer is not None else "")
    _say_qr(context, args.kind, value, laid)
    if printer is None:
        options = PrintOptions(args.gap, args.cut or None)
        drawn = label_printing.draw(args.language, laid, args.copies, options)
        _say_notes(context, drawn.notes)
        write_file(args.out, drawn.data)
        return 0
    _say_notes(context, [fault for label in laid for fault in label.faults])
    desk = context.desk
    act = str(uuid4())
    desk.do(frozenset({"printing"}), label_jobs.order, desk.station, act, wish, printer.id).result()
    line(context.say("labels.ordered", count=len(args.code) * args.copies, printer=printer.name))
    for where in context.runner().work_off(_PRINTING_SECONDS):  # the window may be closed: nobody else would send them
        line(f"  {where}")
    return 0


def _say_qr(context: Context, kind: str, value: LabelSet, laid: Sequence[LaidOut]) -> None:
    """Say which places have a QR code only: scanners for bars do not read it."""
    if kind == "product" or len(laid) != len(value.labels):
        return
    without = [
        fields["plain"]
        for fields, label in zip(value.labels, laid, strict=True)
        if not any(isinstance(part, BarRow) for part in label.parts)
    ]
    if without:
        names = ", ".join(without[:_SHOWN]) + (" …" if len(without) > _SHOWN else "")
        complain(context.say("labels.qr_only", count=len(without), codes=names))


def _say_notes(context: Context, notes: Iterable[LabelFault]) -> None:
    for note in notes:
        complain(context.say(note.key, **note.args))


def _wanted(args: argparse.Namespace) -> list[NewContainer]:
    """The totes or carts that are named, or numbered."""
    if bool(args.code) == (args.count is not None):
        raise NotAllowed("labels.codes_or_count")
    kind = _KINDS[args.print]
    codes: Sequence[str] = args.code or numbered(args.prefix, args.first, args.count, args.digits)
    return [NewContainer(kind, code) for code in dict.fromkeys(checked(kind, code) for code in codes)]


def _walls(args: argparse.Namespace) -> list[NewContainer]:
    slots = wall_slots(args.name, args.rows, args.columns)
    return [NewContainer(LabelKind.SLOT, slot.code, slot.within, slot.position) for slot in slots]


def _made_known(context: Context, given: list[NewContainer]) -> tuple[PlaceLabel, ...]:
    desk = context.desk
    topics = frozenset({"picking"})
    new = 0
    for start in range(0, len(given), _CHUNK):
        chunk = given[start : start + _CHUNK]
        new += desk.do(topics, containers.make_known, desk.station, str(uuid4()), chunk).result()
    complain(context.say("labels.made_known", count=len(given), new=new))
    return pick_papers.container_labels(given)
