"""Options of ``kenpin mail``."""

from __future__ import annotations

from app.cli.options import Commands, json_option, limit_option, number, pieces
from app.domain.mails import KINDS, MailState, Security
from app.text import Texts

__all__ = ["add"]


def add(commands: Commands, words: Texts) -> None:
    """Add the commands about mails to customers."""
    mail = Commands(commands.add("mail"), words, "mail")

    def say(name: str) -> str:
        return words.say(f"cli.option.{name}")

    listing = mail.add("list", "mail.list")
    listing.add_argument("--state", action="append", default=[], choices=tuple(MailState), help=say("mail_state"))
    listing.add_argument("--kind", action="append", default=[], choices=KINDS, help=say("mail_kind"))
    listing.add_argument("--text", metavar="TEXT", default="", help=say("mail_text"))
    limit_option(listing, words)
    json_option(listing, words)
    showing = mail.add("show", "mail.show")
    showing.add_argument("mail_number", metavar="N", type=number, help=say("mail"))
    json_option(showing, words)
    preview = mail.add("preview", "mail.preview")
    preview.add_argument("order", metavar="N", help=say("mail_order"))
    preview.add_argument("kind", choices=KINDS, metavar="KIND", help=f"{say('mail_kind')}: {', '.join(KINDS)}")
    preview.add_argument("--language", choices=("ja", "en"), default="", help=say("mail_language"))
    json_option(preview, words)
    again = mail.add("send-again", "mail.send-again")
    again.add_argument("mail_number", metavar="N", type=number, nargs="+", help=say("mail"))
    again.add_argument("--reason", metavar="TEXT", required=True, help=say("mail_reason"))
    again.add_argument("--to", metavar="ADDRESS", default="", help=say("mail_to"))
    for name in ("arrived", "drop"):
        mail.add(name, f"mail.{name}").add_argument(
            "mail_number", metavar="N", type=number, nargs="+", help=say("mail")
        )
    running = mail.add("run", "mail.run")
    running.add_argument("--seconds", metavar="N", type=number, default=600, help=say("mail_seconds"))
    json_option(running, words)
    trying = mail.add("try", "mail.try")
    trying.add_argument("name", metavar="NAME", help=say("mail_account"))
    trying.add_argument("--to", metavar="ADDRESS", default="", help=say("mail_try_to"))
    password = mail.add("password", "mail.password")
    password.add_argument("name", metavar="NAME", help=say("mail_account"))
    _accounts(Commands(mail.add("accounts", "mail.accounts"), words, "accounts"), words)


def _accounts(accounts: Commands, words: Texts) -> None:
    def say(name: str) -> str:
        return words.say(f"cli.option.{name}")

    json_option(accounts.add("list", "mail.accounts.list"), words)
    for name in ("add", "change"):
        one = accounts.add(name, f"mail.accounts.{name}")
        new = name == "add"
        one.add_argument("name", metavar="NAME", help=say("mail_account"))
        one.add_argument("--address", metavar="ADDRESS", required=new, help=say("mail_address"))
        one.add_argument("--host", metavar="HOST", required=new, help=say("mail_host"))
        one.add_argument("--port", metavar="N", type=number, help=say("mail_port"))
        one.add_argument("--security", choices=tuple(Security), help=say("mail_security"))
        for field in ("sender", "login", "station"):
            one.add_argument(f"--{field}", metavar=field.upper(), help=say(f"mail_{field}"))
        one.add_argument("--per-minute", metavar="N", type=pieces, help=say("mail_rate"))
        if not new:
            one.add_argument("--rename", metavar="NAME", help=say("mail_rename"))
            switch = one.add_mutually_exclusive_group()
            switch.add_argument("--on", action="store_true", help=say("mail_on"))
            switch.add_argument("--off", action="store_true", help=say("mail_off"))
        json_option(one, words)
    accounts.add("remove", "mail.accounts.remove").add_argument("name", metavar="NAME", help=say("mail_account"))
