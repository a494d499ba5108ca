"""Options of ``kenpin channels``."""

from __future__ import annotations

from pathlib import Path

from app.cli.options import Commands, json_option
from app.services.channels import MAPPING_KINDS
from app.text import Texts

__all__ = ["add"]


def add(commands: Commands, words: Texts) -> None:
    """Add the commands about the shops' formats and saved mappings."""
    channels = Commands(commands.add("channels"), words, "channels")

    def say(name: str) -> str:
        return words.say(f"cli.option.{name}")

    json_option(channels.add("list", "channels.list"), words)
    for name in ("show", "add", "remove"):
        one = channels.add(name, f"channels.{name}")
        one.add_argument("name", metavar="NAME", help=say("mapping_name"))
        if name == "add":
            one.add_argument("file", metavar="FILE", type=Path, help=say("mapping_file"))
        one.add_argument("--kind", choices=MAPPING_KINDS, default=MAPPING_KINDS[0], help=say("mapping_kind"))
    guess = channels.add("guess", "channels.guess")
    guess.add_argument("file", metavar="FILE", type=Path, help=say("guess_file"))
    guess.add_argument("--sheet", metavar="NAME", default="", help=say("sheet"))
    trial = channels.add("try", "channels.try")
    trial.add_argument("file", metavar="FILE", type=Path, help=say("guess_file"))
    trial.add_argument("--mapping", metavar="TOML", default="", help=say("try_mapping"))
    json_option(trial, words)
