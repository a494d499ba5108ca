"""What the parsers of all groups of commands share: commands with their sentences, options that several have."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any, cast

from app.text import LANGUAGES, Texts

__all__ = [
    "Commands",
    "common",
    "gap",
    "json_option",
    "limit_option",
    "names_option",
    "number",
    "out_option",
    "pieces",
    "size",
]


class _NotMeant:
    """Stands for a command that nobody called: making the options of all of them takes longer than most commands."""

    def __getattr__(self, _: str) -> Callable[..., Any]:
        return lambda *_, **__: self


class Commands:
    """Adds commands with their sentences and the options that every command takes."""

    def __init__(
        self, parser: argparse.ArgumentParser, words: Texts, name: str, meant: Container[str] | None = None
    ) -> None:
        """Begin the commands of a parser.

        :param meant: only these get their options, the others are named and explained; None for all.
        """
        self._words = words
        self._name = name
        self._meant = meant
        self._sub = parser.add_subparsers(
            dest=name, metavar=words.say("cli.command"), title=words.say("cli.commands"), required=name != "command"
        )

    def add(self, command: str, key: str = "") -> argparse.ArgumentParser:
        """Add a command; its sentence is ``cli.help.<key>``."""
        text = self._words.say(f"cli.help.{key or command}")
        added = self._sub.add_parser(
            command, help=text, description=text, add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if self._meant is not None and command not in self._meant:
            return cast("argparse.ArgumentParser", _NotMeant())
        added.words = self._words  # type: ignore[attr-defined]
        common(added, self._words, argparse.SUPPRESS)
        return added


def common(parser: argparse.ArgumentParser, words: Texts, default: Any = None) -> None:
    """The options of every command; they may stand before or after its name."""
    group = parser.add_argument_group(words.say("cli.common"))

    def add(*names: str, key: str, **more: Any) -> None:
        group.add_argument(*names, help=words.say(f"cli.option.{key}"), **more)

    add("-h", "--help", key="help", action="help")
    add("--data", key="data", metavar="DIR", type=Path, default=default)
    add("--database", key="database", metavar="URL", default=default)
    add("--lang", key="lang", choices=LANGUAGES, default=default)


# --- options that several commands have ---------------------------------------------------------------------------


def json_option(parser: argparse.ArgumentParser, words: Texts) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help=words.say("cli.option.json"))


def number(text: str) -> int:
    """Return a number from 1 on."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 1_000_000_000):
        raise ValueError(text)
    return int(text)


number.__name__ = "1, 2, 3 …"


def pieces(text: str) -> int:
    """Return a number from 0 on."""
    return 0 if text == "0" else number(text)


pieces.__name__ = "0, 1, 2 …"


def size(text: str) -> str:
    """Return a size of a label, ``100x50`` in millimetres."""
    wide, _, high = text.lower().partition("x")
    width, height = float(wide), float(high)
    if not (10 <= width <= 400 and 10 <= height <= 400):
        raise ValueError(text)
    return f"{width:g}x{height:g}"


size.__name__ = "100x50, 62x40 … (10–400 mm)"


def gap(text: str) -> float:
    """Return a gap between labels, millimetres."""
    found = float(text)
    if not 0 <= found <= 30:
        raise ValueError(text)
    return found


gap.__name__ = "0–30"


def limit_option(parser: argparse.ArgumentParser, words: Texts) -> None:
    """Add ``--limit``."""
    parser.add_argument("--limit", metavar="N", type=number, help=words.say("cli.option.limit"))


def names_option(parser: argparse.ArgumentParser, words: Texts, nargs: str = "+") -> None:
    """Add the orders that a command is about."""
    parser.add_argument("order", metavar="N", nargs=nargs, help=words.say("cli.option.order"))


def out_option(parser: argparse.ArgumentParser, words: Texts) -> None:
    """Add ``--out``, the file that is written."""
    parser.add_argument("-o", "--out", metavar="FILE", type=Path, required=True, help=words.say("cli.option.out"))
