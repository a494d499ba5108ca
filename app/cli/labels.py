"""``kenpin print shelves|totes|carts|wall|zones``: labels of places; printing one makes the tote or slot known."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import complain
from app.domain.label_forms import LabelForm
from app.domain.papers import Rendered
from app.domain.place_labels import LabelKind, PlaceLabel, checked, numbered, wall_slots
from app.errors import NotAllowed
from app.services import containers, papers, pick_papers
from app.services.containers import NewContainer
from app.services.settings import all_settings
from app.text import texts

__all__ = ["COMMANDS", "draw"]

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
