"""Options of ``kenpin imports`` and ``kenpin folders``."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.options import Commands, json_option, limit_option, number
from app.domain.intake import Level
from app.services.folders import FOLDER_KINDS
from app.text import Texts

__all__ = ["add"]

_KINDS = ("orders", "products", "numbers", "errors", "refused")
_SORTS = ("row", "level", "column", "key", "number")


def add(commands: Commands, words: Texts) -> None:
    """Add the commands about what was taken in, and about the folders that are watched for it."""
    _imports(Commands(commands.add("imports"), words, "imports"), words)
    _folders(Commands(commands.add("folders"), words, "folders"), words)


def _imports(imports: Commands, words: Texts) -> None:
    def say(name: str) -> str:
        return words.say(f"cli.option.{name}")

    listed = imports.add("list", "imports.list")
    listed.add_argument("--kind", choices=_KINDS, default="", help=say("import_kind"))
    listed.add_argument("--text", metavar="TEXT", default="", help=say("import_text"))
    limit_option(listed, words)
    json_option(listed, words)
    for name in ("show", "problems", "again", "back"):
        one = imports.add(name, f"imports.{name}")
        one.add_argument("id", metavar="ID", type=number, help=say("import_id"))
        if name == "problems":
            one.add_argument("--level", choices=[str(each) for each in Level], default="", help=say("import_level"))
            one.add_argument("--sort", choices=_SORTS, default=_SORTS[0], help=say("import_sort"))
            one.add_argument("--open", action="store_true", help=say("import_open"))
            limit_option(one, words)
        if name == "again":
            one.add_argument("--file", metavar="FILE", type=Path, nargs="+", default=(), help=say("import_file"))
        json_option(one, words)
    for name in ("mend", "remedy", "aside"):
        one = imports.add(name, f"imports.{name}")
        one.add_argument("problem", metavar="ID", type=number, help=say("problem_id"))
        if name == "remedy":
            one.add_argument("name", metavar="NAME", help=say("remedy_name"))
            one.add_argument("value", metavar="VALUE", nargs="?", default="", help=say("remedy_value"))
        if name == "mend":
            one.add_argument("value", metavar="VALUE", help=say("mend_value"))


def _folders(folders: Commands, words: Texts) -> None:
    json_option(folders.add("list", "folders.list"), words)
    new = folders.add("add", "folders.add")
    new.add_argument("name", metavar="NAME", help=words.say("cli.option.folder_name"))
    new.add_argument("path", metavar="DIR", type=Path, help=words.say("cli.option.folder_path"))
    _draft(new, words, "orders")
    change = folders.add("change", "folders.change")
    change.add_argument("name", metavar="NAME", help=words.say("cli.option.folder_name"))
    change.add_argument("--path", metavar="DIR", type=Path, default=None, help=words.say("cli.option.folder_path"))
    change.add_argument(
        "--name", metavar="NAME", dest="new_name", default=None, help=words.say("cli.option.folder_new")
    )
    _draft(change, words, None)
    remove = folders.add("remove", "folders.remove")
    remove.add_argument("name", metavar="NAME", help=words.say("cli.option.folder_name"))
    json_option(folders.add("look", "folders.look"), words)


def _draft(parser: argparse.ArgumentParser, words: Texts, kind: str | None) -> None:
    def say(name: str) -> str:
        return words.say(f"cli.option.{name}")

    parser.add_argument("--kind", choices=FOLDER_KINDS, default=kind, help=say("folder_kind"))
    for name in ("channel", "shop", "mapping", "station"):
        parser.add_argument(f"--{name}", metavar="NAME", default=None, help=say(f"folder_{name}"))
    parser.add_argument(
        "--create-products", action=argparse.BooleanOptionalAction, default=None, help=say("create_products")
    )
    parser.add_argument("--active", action=argparse.BooleanOptionalAction, default=None, help=say("folder_active"))
