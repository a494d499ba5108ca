"""Options of ``kenpin rates``."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.options import Commands, json_option, number
from app.text import Texts

__all__ = ["add"]


def add(commands: Commands, words: Texts) -> None:
    """Add the commands about the price list and the choice of a service."""
    rates = Commands(commands.add("rates"), words, "rates")

    def say(name: str) -> str:
        return words.say(f"cli.option.rates.{name}")

    listing = rates.add("list", "rates.list")
    listing.add_argument("--service", metavar="CARRIER/SERVICE", default="", help=say("service"))
    json_option(listing, words)
    for kind in ("import", "extras", "zones", "islands"):
        taking = rates.add(kind, f"rates.{kind}")
        taking.add_argument(
            "file", metavar="FILE", nargs=None if kind == "import" else "?", type=Path, help=say("file")
        )
        _file_options(taking, words, dated=kind in ("import", "extras"))
    exporting = rates.add("export", "rates.export")
    exporting.add_argument("kind", choices=("rates", "extras", "zones", "islands"), metavar="KIND", help=say("kind"))
    exporting.add_argument("-o", "--out", metavar="FILE", type=Path, required=True, help=words.say("cli.option.out"))
    dropping = rates.add("drop", "rates.drop")
    dropping.add_argument("service", metavar="CARRIER/SERVICE", help=say("service"))
    dropping.add_argument("valid_from", metavar="DAY", help=say("valid_from"))
    why = rates.add("why", "rates.why")
    why.add_argument("order", metavar="N", help=words.say("cli.option.order"))
    json_option(why, words)
    _quote(rates.add("quote", "rates.quote"), words)
    sums = rates.add("sums", "rates.sums")
    sums.add_argument("--from", dest="first", metavar="DAY", default="", help=say("first"))
    sums.add_argument("--to", dest="last", metavar="DAY", default="", help=say("last"))
    json_option(sums, words)


def _file_options(parser: argparse.ArgumentParser, words: Texts, *, dated: bool) -> None:
    parser.add_argument("--carrier", metavar="CARRIER", default="", help=words.say("cli.option.rates.carrier"))
    if dated:
        parser.add_argument("--from", dest="valid_from", metavar="DAY", default="",
                            help=words.say("cli.option.rates.valid_from"))  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=words.say("cli.option.rates.dry"))
    json_option(parser, words)


def _quote(parser: argparse.ArgumentParser, words: Texts) -> None:
    def say(name: str) -> str:
        return words.say(f"cli.option.rates.{name}")

    parser.add_argument("--to", dest="prefecture", metavar="PREFECTURE", required=True, help=say("prefecture"))
    parser.add_argument("--postcode", metavar="DIGITS", default="", help=say("postcode"))
    parser.add_argument("--size", metavar="300x200x150", help=say("size"))
    parser.add_argument("--weight", metavar="1.2kg", help=say("weight"))
    parser.add_argument("--cod", metavar="YEN", type=number, default=0, help=say("cod"))
    parser.add_argument("--cold", choices=("chilled", "frozen"), metavar="chilled|frozen", default="", help=say("cold"))
    parser.add_argument("--day", metavar="DAY", default="", help=say("day"))
    parser.add_argument("--wish", metavar="TEXT", default="", help=say("wish"))
    parser.add_argument("--shop", metavar="NAME", default="", help=say("shop"))
    json_option(parser, words)
