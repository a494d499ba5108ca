"""Options of ``kenpin addresses``."""

from __future__ import annotations

from app.cli.options import Commands, json_option, number
from app.text import Texts

__all__ = ["PARTS", "add"]

PARTS = ("name", "postcode", "prefecture", "city", "street", "phone")
"""Parts of an address that can be corrected."""


def add(commands: Commands, words: Texts) -> None:
    """Add the commands about the addresses that orders go to."""
    addresses = Commands(commands.add("addresses"), words, "addresses")

    def say(name: str) -> str:
        return words.say(f"cli.option.{name}")

    check = addresses.add("check", "addresses.check")
    which = check.add_mutually_exclusive_group(required=True)
    which.add_argument("--order", metavar="NUMBER", default="", help=say("address_order"))
    which.add_argument("--all-held", action="store_true", help=say("address_held"))
    json_option(check, words)
    correct = addresses.add("correct", "addresses.correct")
    correct.add_argument("order", metavar="NUMBER", help=say("address_order"))
    for part in PARTS:
        correct.add_argument(f"--{part}", metavar="TEXT", default=None, help=say("address_part"))
    correct.add_argument("--take", metavar="PROPOSAL", type=number, default=0, help=say("address_take"))
    correct.add_argument("--why", metavar="TEXT", default="", help=say("address_why"))
