"""Options of ``kenpin products``, ``kenpin listings`` and ``kenpin shopfiles``."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.options import Commands, json_option, limit_option, number, pieces
from app.domain.product_doubts import KINDS
from app.text import Texts

__all__ = ["add"]


def add(commands: Commands, words: Texts) -> None:
    """Add the commands about the product master and what shops are given of it."""
    _products(Commands(commands.add("products"), words, "products"), words)
    _listings(Commands(commands.add("listings"), words, "listings"), words)
    _shop_files(Commands(commands.add("shopfiles"), words, "shopfiles"), words)


def _products(products: Commands, words: Texts) -> None:
    def say(name: str) -> str:
        return words.say(f"cli.option.{name}")

    for name in ("import", "diff"):
        taking = products.add(name, f"products.{name}")
        taking.add_argument("file", metavar="FILE", nargs="+", type=Path, help=say("product_file"))
        taking.add_argument("--mapping", metavar="NAME", default="", help=say("product_mapping"))
        json_option(taking, words)
    listing = products.add("list", "products.list")
    listing.add_argument("--text", metavar="TEXT", default="", help=say("product_text"))
    listing.add_argument("--category", metavar="NAME", default="", help=say("product_category"))
    listing.add_argument("--retired", action="store_true", help=say("product_retired"))
    limit_option(listing, words)
    json_option(listing, words)
    showing = products.add("show", "products.show")
    _sku(showing, words)
    json_option(showing, words)
    for name in ("set", "add"):
        changing = products.add(name, f"products.{name}")
        _sku(changing, words)
        changing.add_argument(
            "value", metavar="FIELD=VALUE", nargs="+" if name == "set" else "*", help=say("product_value")
        )
        json_option(changing, words)
    copying = products.add("copy", "products.copy")
    _sku(copying, words)
    copying.add_argument("new", metavar="NEW-SKU", help=say("product_new"))
    copying.add_argument("value", metavar="FIELD=VALUE", nargs="*", help=say("product_value"))
    json_option(copying, words)
    retiring = products.add("retire", "products.retire")
    _sku(retiring, words)
    retiring.add_argument("--back", action="store_true", help=say("product_back"))
    retiring.add_argument("--anyway", action="store_true", help=say("product_anyway"))
    _sku(products.add("delete", "products.delete"), words)
    doubting = products.add("doubts", "products.doubts")
    doubting.add_argument(
        "--kind",
        action="append",
        default=[],
        choices=KINDS,
        metavar="KIND",
        help=f"{say('doubt_kind')}: {' '.join(KINDS)}",
    )
    limit_option(doubting, words)
    json_option(doubting, words)
    pictures = products.add("pictures", "products.pictures")
    pictures.add_argument("--ok", metavar="SKU", nargs="+", default=[], help=say("picture_ok"))
    pictures.add_argument("--drop", metavar="SKU", nargs="+", default=[], help=say("picture_drop"))
    json_option(pictures, words)


def _sku(parser: argparse.ArgumentParser, words: Texts) -> None:
    parser.add_argument("sku", metavar="SKU", help=words.say("cli.option.product_sku"))


def _listings(listings: Commands, words: Texts) -> None:
    def say(name: str) -> str:
        return words.say(f"cli.option.{name}")

    listing = listings.add("list", "listings.list")
    listing.add_argument("--shop", metavar="NAME", default="", help=say("listing_shop"))
    listing.add_argument("--text", metavar="TEXT", default="", help=say("listing_text"))
    listing.add_argument("--errors", action="store_true", help=say("listing_errors"))
    limit_option(listing, words)
    json_option(listing, words)
    putting = listings.add("put", "listings.put")
    putting.add_argument("shop", metavar="SHOP", help=say("listing_shop"))
    putting.add_argument("code", metavar="CODE", help=say("listing_code"))
    _sku(putting, words)
    putting.add_argument("--title", metavar="TEXT", help=say("listing_title"))
    putting.add_argument("--price", metavar="YEN", help=say("listing_price"))
    putting.add_argument("--keep-back", metavar="N", type=pieces, help=say("listing_keep_back"))
    putting.add_argument("--extra", metavar="NAME=VALUE", action="append", default=[], help=say("listing_extra"))
    switch = putting.add_mutually_exclusive_group()
    switch.add_argument("--on", dest="active", action="store_const", const=True, help=say("listing_on"))
    switch.add_argument("--off", dest="active", action="store_const", const=False, help=say("listing_off"))
    putting.add_argument("--move", action="store_true", help=say("listing_move"))
    dropping = listings.add("drop", "listings.drop")
    dropping.add_argument("shop", metavar="SHOP", help=say("listing_shop"))
    dropping.add_argument("code", metavar="CODE", nargs="+", help=say("listing_code"))
    taking = listings.add("import", "listings.import")
    taking.add_argument("shop", metavar="SHOP", help=say("listing_shop"))
    taking.add_argument("file", metavar="FILE", type=Path, help=say("listing_file"))
    taking.add_argument("--mapping", metavar="NAME", default="", help=say("shop_mapping"))
    taking.add_argument("--dry-run", action="store_true", help=say("listing_dry"))
    json_option(taking, words)


def _shop_files(files: Commands, words: Texts) -> None:
    def say(name: str) -> str:
        return words.say(f"cli.option.{name}")

    writing = files.add("write", "shopfiles.write")
    writing.add_argument("shop", metavar="SHOP", help=say("listing_shop"))
    writing.add_argument("mapping", metavar="MAPPING", help=say("shop_mapping"))
    writing.add_argument("-o", "--out", metavar="DIR", type=Path, required=True, help=say("shop_out"))
    writing.add_argument("--all", action="store_true", help=say("shop_all"))
    json_option(writing, words)
    errors = files.add("errors", "shopfiles.errors")
    errors.add_argument("shop", metavar="SHOP", help=say("listing_shop"))
    errors.add_argument("mapping", metavar="MAPPING", help=say("shop_mapping"))
    errors.add_argument("file", metavar="FILE", type=Path, help=say("shop_errors"))
    errors.add_argument("--again", action="store_true", help=say("shop_again"))
    json_option(errors, words)
    listing = files.add("list", "shopfiles.list")
    listing.add_argument("--shop", metavar="NAME", default="", help=say("listing_shop"))
    listing.add_argument("--limit", metavar="N", type=number, default=30, help=say("limit"))
    json_option(listing, words)
