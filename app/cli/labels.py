"""``kenpin print shelves|totes|carts|wall|zones``: labels of places; printing one makes the tote or slot known.

``kenpin print label`` writes one label in the language of a label printer.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import complain
from app.domain.label import Code, PrintOptions
from app.domain.label_designs import ProductCodeKind
from app.domain.label_forms import LabelForm
from app.domain.papers import Rendered
from app.domain.place_labels import LabelKind, PlaceLabel, checked, numbered, wall_slots
from app.errors import NotAllowed
from app.services import carton_list, containers, label_printing, papers, pick_papers
from app.services.containers import NewContainer
from app.services.settings import all_settings
from app.text import texts

__all__ = ["COMMANDS", "draw", "for_printer"]

COMMANDS = ("shelves", "totes", "carts", "wall", "zones")
"""What this module prints."""

_KINDS = {"totes": LabelKind.TOTE, "carts": LabelKind.CART}
_SHOWN = 5
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


def for_printer(context: Context, args: argparse.Namespace) -> bytes:
    """Return one label as the bytes of a printer's language, and say what is not as it was meant."""
    words = texts(args.lang or context.desk.read(all_settings).result()["shop.language"])
    if args.kind == "product":
        label = context.desk.read(
            label_printing.of_product,
            args.code,
            words,
            kind=ProductCodeKind(args.form),
            lot=args.lot,
            expiry=args.expiry,
            size=args.size,
        ).result()
    else:
        place = _place(context, args.kind, args.code)
        label = label_printing.of_place(place, words, args.dpi, args.size)
        if not any(isinstance(item, Code) and not item.symbology.matrix for item in label.items):
            complain(context.say("labels.qr_only", count=1, codes=place.code))
    options = PrintOptions(args.gap, args.cut or None)
    laid = label_printing.laid([label], args.dpi)
    drawn = label_printing.draw(args.language, laid, args.copies, options)
    for note in drawn.notes:
        complain(context.say(note.key, **note.args))
    return drawn.data


def _place(context: Context, kind: str, code: str) -> PlaceLabel:
    match kind:
        case "shelf":
            return context.desk.read(pick_papers.shelf_labels, (code,)).result()[0]
        case "carton":
            return context.desk.read(carton_list.labels_of, (code,)).result()[0]
        case _:
            made = LabelKind(kind)
            return _made_known(context, [NewContainer(made, checked(made, code))])[0]


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
