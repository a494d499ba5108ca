"""``kenpin decode``: the codes of picture files, and what the station takes them for."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.context import Context
from app.cli.output import as_json, complain, line
from app.domain import barcode
from app.domain.decoding import Found, keys_of
from app.domain.symbologies import symbology_name
from app.errors import StationError
from app.services.answers import of_error
from app.services.decoding import plain, read_picture
from app.services.explain import kind_lines

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Decode every picture; one that cannot be read is named and the others still are."""
    expected = frozenset().union(*(keys_of(code) for code in args.expect))
    usable = 0
    pictures: list[dict[str, object]] = []
    for path in args.picture:
        try:
            found = read_picture(path, expected)
        except StationError as error:
            said = of_error(context.words, error)
            pictures.append({"file": str(path), "codes": [], "error": said})
            if not args.json:
                complain(said)
            continue
        usable += 1
        pictures.append({"file": str(path), "codes": [plain(each) for each in found], "error": None})
        if not args.json:
            _tell(context, path, found)
    if args.json:
        line(as_json({"pictures": pictures}))
    return 0 if usable else 1


def _tell(context: Context, path: Path, found: tuple[Found, ...]) -> None:
    if not found:
        line(context.say("cli.decode.none", file=str(path)))
    for each in found:
        key = "cli.decode.confirmed" if each.confirmed else "cli.decode.unconfirmed"
        reading = barcode.read(each.look.scan_text)
        symbology = symbology_name(each.look.identifier) or each.look.symbology
        line(context.say(key, file=str(path), text=reading.text, symbology=symbology))
        for text in kind_lines(context.words, reading):
            line(text)
