"""The parser of ``kenpin``: every command and option.

Knows no service, so that ``kenpin --help`` and a mistyped option cost nothing; who answers a command is
:mod:`app.cli.commands`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app import __version__
from app.cli import options_addresses, options_channels, options_imports, options_mail, options_products, options_rates
from app.cli.options import (
    Commands,
    common,
    gap,
    json_option,
    limit_option,
    names_option,
    number,
    out_option,
    pieces,
    size,
)
from app.domain.cartons import CartonKind
from app.domain.insert_rules import InsertKind
from app.domain.label_forms import LabelForm
from app.domain.label_sets import KINDS
from app.domain.mispicks import CONTROLS
from app.domain.noshi import Knot
from app.domain.people import Role
from app.domain.printing import Transport
from app.text import LANGUAGES, Texts

__all__ = ["ROLES", "STATES", "TRANSPORTS", "build_parser", "globals_of"]

STATES = (
    "open",
    "received",
    "ready",
    "released",
    "picked",
    "verified",
    "shipped",
    "reported",
    "acknowledged",
    "cancelled",
    "returned",
)
"""States to filter orders by; ``open`` is everything that has not left the house."""

TRANSPORTS = tuple(str(transport) for transport in Transport)
"""Ways to printers that ``kenpin printers add`` takes."""

ROLES = tuple(str(role) for role in Role)


_ARGPARSE = {
    "usage: ": "cli.usage.usage",
    "positional arguments": "cli.usage.positional",
    "options": "cli.usage.options",
    "the following arguments are required: %s": "cli.usage.required",
    "unrecognized arguments: %s": "cli.usage.unknown",
    "invalid choice: %(value)r (choose from %(choices)s)": "cli.usage.choice",
    "invalid %(type)s value: %(value)r": "cli.usage.type",
    "expected one argument": "cli.usage.one",
    "expected at least one argument": "cli.usage.some",
    "not allowed with argument %s": "cli.usage.conflict",
}
"""Sentences of :mod:`argparse` that a reader meets, and ours; it fills them by ``%``."""


def _translate(words: Texts) -> None:
    """Let argparse speak the reader's language: it asks a function of its module for every sentence."""
    blanks = {"names": "%s", "other": "%s", "value": "%(value)s", "choices": "%(choices)s", "type": "%(type)s"}

    def said(message: str) -> str:
        return words.say(_ARGPARSE[message], **blanks) if message in _ARGPARSE else message

    if hasattr(argparse, "_"):
        vars(argparse)["_"] = said


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line of the reader's language, then how to learn more."""

    words: Texts

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"kenpin: {message}\n{self.words.say('cli.see_help', command=self.prog)}\n")


def globals_of(arguments: Sequence[str]) -> argparse.Namespace:
    """Return only the language and the folder, before anything can be said about the rest."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--lang", choices=LANGUAGES)
    try:
        return parser.parse_known_args([each for each in arguments if each != "--"])[0]
    except (argparse.ArgumentError, SystemExit):
        return argparse.Namespace(data=None, lang=None)


def build_parser(words: Texts, arguments: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Return the parser with its sentences in one language.

    :param arguments: what it will read; None for anything.
    """
    _translate(words)
    parser = _Parser(prog="kenpin", description=words.say("cli.about"), add_help=False)
    parser.words = words
    common(parser, words)
    parser.add_argument(
        "--version", action="version", version=f"kenpin {__version__}", help=words.say("cli.option.version")
    )
    commands = Commands(parser, words, "command", arguments)
    _demo(commands, words)
    _intake(commands, words)
    options_products.add(commands, words)
    _lots(commands, words)
    _alikes(commands, words)
    _shadow(commands, words)
    _weights(commands, words)
    _people(commands, words)
    _counts(commands, words)
    _returns(commands, words)
    _orders(commands, words)
    _scan(commands, words)
    _print(commands, words)
    _containers(commands, words)
    _settings(commands, words)
    _release(commands, words)
    _waves(commands, words)
    _map(commands, words)
    _cartons(commands, words)
    _inserts(commands, words)
    _templates(commands, words)
    _printers(commands, words)
    _carriers(commands, words)
    _attention(commands, words)
    _stop(commands, words)
    _ship(commands, words)
    _checks(commands, words)
    _proof(commands, words)
    _simulate(commands, words)
    options_addresses.add(commands, words)
    options_channels.add(commands, words)
    options_imports.add(commands, words)
    options_mail.add(commands, words)
    options_rates.add(commands, words)
    return parser


# --- commands -----------------------------------------------------------------------------------------------------


def _demo(commands: Commands, words: Texts) -> None:
    demo = commands.add("demo")
    demo.add_argument("--play", action="store_true", help=words.say("cli.option.play"))


def _intake(commands: Commands, words: Texts) -> None:
    intake = commands.add("import")
    intake.add_argument("file", metavar="FILE", nargs="+", type=Path, help=words.say("cli.option.order_file"))
    intake.add_argument("--channel", metavar="ID", default="", help=words.say("cli.option.channel"))
    intake.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop_of_import"))
    intake.add_argument("--mapping", metavar="TOML", default="", help=words.say("cli.option.mapping"))
    intake.add_argument("--create-products", action="store_true", help=words.say("cli.option.create_products"))
    intake.add_argument("--dry-run", action="store_true", help=words.say("cli.option.dry_run"))
    intake.add_argument(
        "--complete", action="store_const", const=True, default=None, help=words.say("cli.option.complete")
    )
    json_option(intake, words)


def _lots(commands: Commands, words: Texts) -> None:
    lots = Commands(commands.add("lots"), words, "lots")
    listing = lots.add("list", "lots.list")
    listing.add_argument("--sku", metavar="SKU", default="", help=words.say("cli.option.lot_sku"))
    listing.add_argument("--until", metavar="DATE", default="", help=words.say("cli.option.lot_until"))
    listing.add_argument("--recalled", action="store_true", help=words.say("cli.option.lot_recalled"))
    limit_option(listing, words)
    json_option(listing, words)
    putting = lots.add("put", "lots.put")
    putting.add_argument("sku", metavar="SKU", help=words.say("cli.option.lot_sku"))
    putting.add_argument("lot", metavar="LOT", nargs="?", default="", help=words.say("cli.option.lot"))
    putting.add_argument("--expiry", metavar="DATE", default="", help=words.say("cli.option.lot_expiry"))
    json_option(putting, words)
    recalling = lots.add("recall", "lots.recall")
    recalling.add_argument("sku", metavar="SKU", help=words.say("cli.option.lot_sku"))
    recalling.add_argument("lot", metavar="LOT", help=words.say("cli.option.lot"))
    recalling.add_argument("--reason", metavar="TEXT", default="", help=words.say("cli.option.recall_reason"))
    recalling.add_argument("--undo", action="store_true", help=words.say("cli.option.recall_undo"))
    json_option(recalling, words)


def _alikes(commands: Commands, words: Texts) -> None:
    alikes = Commands(commands.add("alikes"), words, "alikes")
    listing = alikes.add("list", "alikes.list")
    listing.add_argument("--text", metavar="TEXT", default="", help=words.say("cli.option.alike_text"))
    listing.add_argument("--decided", choices=("yes", "no", "auto"), help=words.say("cli.option.alike_decided"))
    listing.add_argument("--confused", action="store_true", help=words.say("cli.option.alike_confused"))
    limit_option(listing, words)
    json_option(listing, words)
    json_option(alikes.add("find", "alikes.find"), words)
    deciding = alikes.add("decide", "alikes.decide")
    for name in ("sku", "other"):
        deciding.add_argument(name, metavar="SKU", help=words.say("cli.option.alike_sku"))
    deciding.add_argument("decision", choices=("yes", "no", "auto"), help=words.say("cli.option.alike_decision"))
    json_option(deciding, words)
    overrides = commands.add("overrides")
    overrides.add_argument("--days", metavar="N", type=number, default=30, help=words.say("cli.option.override_days"))
    overrides.add_argument("--what", metavar="GUARD", default="", help=words.say("cli.option.override_what"))
    overrides.add_argument("--counts", action="store_true", help=words.say("cli.option.override_counts"))
    limit_option(overrides, words)
    json_option(overrides, words)


def _weights(commands: Commands, words: Texts) -> None:
    weights = Commands(commands.add("weights"), words, "weights")
    listing = weights.add("list", "weights.list")
    listing.add_argument("--text", metavar="TEXT", default="", help=words.say("cli.option.weight_text"))
    listing.add_argument("--doubtful", action="store_true", help=words.say("cli.option.weight_doubtful"))
    listing.add_argument("--unknown", action="store_true", help=words.say("cli.option.weight_unknown"))
    limit_option(listing, words)
    json_option(listing, words)
    weighing = weights.add("weigh", "weights.weigh")
    weighing.add_argument("sku", metavar="SKU", help=words.say("cli.option.weight_sku"))
    weighing.add_argument("samples", metavar="GRAMS[/PIECES]", nargs="+", help=words.say("cli.option.weight_samples"))
    json_option(weighing, words)
    for name in ("adopt", "forget"):
        one = weights.add(name, f"weights.{name}")
        one.add_argument("sku", metavar="SKU", help=words.say("cli.option.weight_sku"))
        json_option(one, words)


def _shadow(commands: Commands, words: Texts) -> None:
    shadow = commands.add("shadow")
    shadow.add_argument("--days", metavar="N", type=number, default=7, help=words.say("cli.option.override_days"))
    shadow.add_argument("--key", metavar="KEY", default="", help=words.say("cli.option.shadow_key"))
    limit_option(shadow, words)
    json_option(shadow, words)


def _returns(commands: Commands, words: Texts) -> None:
    returns = Commands(commands.add("returns"), words, "returns")
    listing = returns.add("list", "returns.list")
    listing.add_argument("--open", action="store_true", help=words.say("cli.option.returns_open"))
    listing.add_argument("--days", metavar="N", type=int, help=words.say("cli.option.returns_days"))
    listing.add_argument("--limit", metavar="N", type=int, help=words.say("cli.option.limit"))
    json_option(listing, words)
    show = returns.add("show", "returns.show")
    show.add_argument("order", metavar="ORDER", help=words.say("cli.option.order"))
    json_option(show, words)
    reasons = returns.add("reasons", "returns.reasons")
    reasons.add_argument("--days", metavar="N", type=int, help=words.say("cli.option.returns_days"))
    reasons.add_argument("-o", "--output", metavar="FILE", type=Path, help=words.say("cli.option.returns_output"))
    json_option(reasons, words)


def _counts(commands: Commands, words: Texts) -> None:
    counts = Commands(commands.add("counts"), words, "counts")
    listing = counts.add("list", "counts.list")
    limit_option(listing, words)
    json_option(listing, words)
    done = counts.add("done", "counts.done")
    done.add_argument("number", metavar="N", type=number, help=words.say("cli.option.count"))
    done.add_argument("pieces", metavar="PIECES", type=pieces, help=words.say("cli.option.count_pieces"))
    done.add_argument("--lot", metavar="LOT", default="", help=words.say("cli.option.count_lot"))
    json_option(done, words)


def _people(commands: Commands, words: Texts) -> None:
    people = Commands(commands.add("people"), words, "people")
    adding = people.add("add", "people.add")
    adding.add_argument("name", metavar="NAME", help=words.say("cli.option.person_name"))
    adding.add_argument("--code", required=True, metavar="CODE", help=words.say("cli.option.person_code"))
    adding.add_argument("--role", required=True, choices=ROLES, help=words.say("cli.option.role"))
    adding.add_argument("--language", choices=LANGUAGES, default="", help=words.say("cli.option.person_language"))
    json_option(adding, words)
    listing = people.add("list", "people.list")
    listing.add_argument("--role", choices=ROLES, help=words.say("cli.option.role"))
    limit_option(listing, words)
    json_option(listing, words)
    speaking = people.add("language", "people.language")
    speaking.add_argument("code", metavar="CODE", help=words.say("cli.option.person_code"))
    speaking.add_argument("language", choices=LANGUAGES, help=words.say("cli.option.person_language"))
    json_option(speaking, words)
    badges = people.add("badges", "people.badges")
    badges.add_argument("code", metavar="CODE", nargs="*", help=words.say("cli.option.badge_codes"))
    out_option(badges, words)


def _orders(commands: Commands, words: Texts) -> None:
    orders = Commands(commands.add("orders"), words, "orders")
    listing = orders.add("list", "orders.list")
    listing.add_argument(
        "--state", metavar="STATE", choices=STATES, action="append", default=[], help=words.say("cli.option.state")
    )
    listing.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop"))
    listing.add_argument("--text", metavar="TEXT", default="", help=words.say("cli.option.order_text"))
    held = listing.add_mutually_exclusive_group()
    held.add_argument("--held", action="store_const", const=True, help=words.say("cli.option.held"))
    held.add_argument("--free", action="store_const", const=False, dest="held", help=words.say("cli.option.free"))
    limit_option(listing, words)
    json_option(listing, words)

    show = orders.add("show", "orders.show")
    show.add_argument("order", metavar="N", help=words.say("cli.option.order"))
    json_option(show, words)

    hold = orders.add("hold", "orders.hold")
    names_option(hold, words)
    hold.add_argument("--reason", metavar="TEXT", default="", help=words.say("cli.option.hold_reason"))

    lift = orders.add("lift", "orders.lift")
    names_option(lift, words)
    lift.add_argument("--hold", metavar="KEY", action="append", default=[], help=words.say("cli.option.hold_key"))

    release = orders.add("release", "orders.release")
    names_option(release, words, "*")
    release.add_argument("--all", action="store_true", help=words.say("cli.option.release_all"))
    release.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop"))
    limit_option(release, words)
    json_option(release, words)

    cancel = orders.add("cancel", "orders.cancel")
    names_option(cancel, words)


def _scan(commands: Commands, words: Texts) -> None:
    scan = commands.add("scan")
    places = ("pack", "pick", "sort", "return")
    scan.add_argument("--at", choices=places, default="pack", help=words.say("cli.option.at"))
    scan.add_argument("--station", metavar="NAME", default="", help=words.say("cli.option.station"))
    scan.add_argument("--person", metavar="CODE", default="", help=words.say("cli.option.person"))


def _print(commands: Commands, words: Texts) -> None:
    printing = Commands(commands.add("print"), words, "print")
    slip = printing.add("slip", "print.slip")
    slip.add_argument("order", metavar="N", help=words.say("cli.option.order"))
    out_option(slip, words)
    for name, key in (
        ("invoice", "print.invoice"),
        ("return-slip", "print.return_slip"),
        ("address-label", "print.address_label"),
    ):
        paper = printing.add(name, key)
        paper.add_argument("order", metavar="N", help=words.say("cli.option.order"))
        out_option(paper, words)
    slips = printing.add("slips", "print.slips")
    slips.add_argument("batch", metavar="BATCH", type=number, help=words.say("cli.option.batch"))
    out_option(slips, words)
    pick = printing.add("pick-list", "print.pick_list")
    pick.add_argument("batch", metavar="BATCH", type=number, help=words.say("cli.option.batch"))
    out_option(pick, words)
    for name, key in (("job-list", "print.job_list"), ("places", "print.places")):
        of_job = printing.add(name, key)
        of_job.add_argument("job", metavar="JOB", help=words.say("cli.option.pick_job"))
        out_option(of_job, words)
    _labels(printing, words)
    _printer_label(printing, words)
    out_option(printing.add("commands", "print.commands"), words)
    out_option(printing.add("scanner", "print.scanner"), words)
    jobs = printing.add("jobs", "print.jobs")
    jobs.add_argument(
        "--state",
        choices=("waiting", "sent", "unknown", "confirmed", "failed", "dropped"),
        action="append",
        default=[],
        help=words.say("cli.option.job_state"),
    )
    jobs.add_argument("--printer", metavar="NAME", default="", help=words.say("cli.option.job_printer"))
    limit_option(jobs, words)
    json_option(jobs, words)
    _print_acts(printing, words)
    _print_rules(printing, words)


def _print_rules(printing: Commands, words: Texts) -> None:
    rules = Commands(printing.add("rules", "print.rules"), words, "print_rules")
    json_option(rules.add("list", "print.rules.list"), words)
    adding = rules.add("add", "print.rules.add")
    adding.add_argument("name", metavar="NAME", help=words.say("cli.option.print_rule"))
    adding.add_argument("paper", metavar="PAPER", help=words.say("cli.option.print_rule_paper"))
    adding.add_argument("--when", metavar="WHEN", default="", help=words.say("cli.option.print_rule_when"))
    adding.add_argument("--printer", metavar="NAME", default="", help=words.say("cli.option.print_rule_printer"))
    changing = rules.add("change", "print.rules.change")
    changing.add_argument("name", metavar="NAME", help=words.say("cli.option.print_rule"))
    for each in (adding, changing):
        each.add_argument("--set", metavar="FIELD=TEXT", action="append", default=[],
                          help=words.say("cli.option.print_rule_set"))  # fmt: skip
        json_option(each, words)
    for name in ("remove", "move"):
        one = rules.add(name, f"print.rules.{name}")
        one.add_argument("name", metavar="NAME", help=words.say("cli.option.print_rule"))
        if name == "move":
            one.add_argument("place", metavar="N", type=number, help=words.say("cli.option.insert_place"))
        json_option(one, words)
    taking = rules.add("import", "print.rules.import")
    taking.add_argument("file", metavar="FILE", type=Path, help=words.say("cli.option.print_rule_file"))
    taking.add_argument("--dry-run", action="store_true", help=words.say("cli.option.dry_run"))
    json_option(taking, words)
    giving = rules.add("export", "print.rules.export")
    giving.add_argument("file", metavar="FILE", type=Path, help=words.say("cli.option.print_rule_file"))
    why = rules.add("why", "print.rules.why")
    why.add_argument("order", metavar="ORDER", help=words.say("cli.option.order"))
    why.add_argument("--at", metavar="STATION", default="", help=words.say("cli.option.print_rule_at"))
    json_option(why, words)


def _print_acts(printing: Commands, words: Texts) -> None:
    """What people do with print jobs."""
    for name in ("confirm", "retry", "drop"):
        of_jobs = printing.add(name, f"print.{name}")
        of_jobs.add_argument("job", metavar="JOB", type=number, nargs="+", help=words.say("cli.option.print_job"))
    move = printing.add("move", "print.move")
    which = move.add_mutually_exclusive_group(required=True)
    which.add_argument("job", metavar="JOB", type=number, nargs="*", default=[], help=words.say("cli.option.print_job"))
    which.add_argument("--all-of", metavar="NAME", default="", help=words.say("cli.option.move_all_of"))
    move.add_argument("--to", metavar="NAME", default="", help=words.say("cli.option.move_to"))
    again = printing.add("reprint", "print.reprint")
    what = again.add_mutually_exclusive_group(required=True)
    what.add_argument("--job", metavar="JOB", type=number, help=words.say("cli.option.print_job"))
    what.add_argument("--order", metavar="N", default="", help=words.say("cli.option.order"))
    what.add_argument("--batch", metavar="BATCH", type=number, help=words.say("cli.option.batch"))
    again.add_argument("--paper", metavar="PAPER", default="", help=words.say("cli.option.reprint_paper"))
    again.add_argument("--reason", metavar="REASON", required=True, help=words.say("cli.option.reprint_reason"))


def _labels(printing: Commands, words: Texts) -> None:
    shelves = printing.add("shelves", "print.shelves")
    shelves.add_argument("code", metavar="CODE", nargs="*", help=words.say("cli.option.label_code"))
    shelves.add_argument("--zone", metavar="ZONE", default="", help=words.say("cli.option.label_zone"))
    shelves.add_argument("--aisle", metavar="AISLE", default="", help=words.say("cli.option.label_aisle"))
    shelves.add_argument("--no-arrows", action="store_true", help=words.say("cli.option.label_no_arrows"))
    _label_form(shelves, words)
    for name, prefix in (("totes", "T-"), ("carts", "C-")):
        labels = printing.add(name, f"print.{name}")
        labels.add_argument("code", metavar="CODE", nargs="*", help=words.say("cli.option.label_code"))
        labels.add_argument(
            "--from", metavar="N", type=_count, default=1, dest="first", help=words.say("cli.option.label_from")
        )
        labels.add_argument("--count", metavar="N", type=number, help=words.say("cli.option.label_count"))
        labels.add_argument("--prefix", metavar="TEXT", default=prefix, help=words.say("cli.option.label_prefix"))
        labels.add_argument("--digits", metavar="N", type=number, default=3, help=words.say("cli.option.label_digits"))
        _label_form(labels, words)
    wall = printing.add("wall", "print.wall")
    wall.add_argument("--name", metavar="NAME", default="", help=words.say("cli.option.wall_name"))
    wall.add_argument("--rows", metavar="N", type=number, required=True, help=words.say("cli.option.wall_rows"))
    wall.add_argument("--columns", metavar="N", type=number, required=True, help=words.say("cli.option.wall_columns"))
    _label_form(wall, words)
    zones = printing.add("zones", "print.zones")
    zones.add_argument("zone", metavar="ZONE", nargs="*", help=words.say("cli.option.zone_names"))
    out_option(zones, words)


def _printer_label(printing: Commands, words: Texts) -> None:
    label = printing.add("label", "print.label")
    label.add_argument("kind", choices=KINDS, help=words.say("cli.option.printer_kind"))
    label.add_argument("code", metavar="CODE", nargs="+", help=words.say("cli.option.printer_code"))
    label.add_argument("--printer", metavar="NAME", help=words.say("cli.option.printer_name"))
    label.add_argument("--template", metavar="NAME", default="", help=words.say("cli.option.printer_template"))
    label.add_argument("--language", metavar="ID", default="zpl", help=words.say("cli.option.printer_language"))
    label.add_argument("--dpi", metavar="N", type=number, default=203, help=words.say("cli.option.printer_dpi"))
    label.add_argument("--size", metavar="WxH", type=size, help=words.say("cli.option.printer_size"))
    label.add_argument("--copies", metavar="N", type=number, default=1, help=words.say("cli.option.printer_copies"))
    label.add_argument("--gap", metavar="MM", type=gap, help=words.say("cli.option.printer_gap"))
    label.add_argument("--cut", action="store_true", help=words.say("cli.option.printer_cut"))
    label.add_argument("--lot", metavar="LOT", default="", help=words.say("cli.option.lot"))
    label.add_argument("--expiry", metavar="DATE", default="", help=words.say("cli.option.lot_expiry"))
    label.add_argument("--price", metavar="TEXT", default="", help=words.say("cli.option.printer_price"))
    label.add_argument("-o", "--out", metavar="FILE", type=Path, help=words.say("cli.option.out"))


def _label_form(parser: argparse.ArgumentParser, words: Texts) -> None:
    forms = tuple(str(form) for form in LabelForm)
    parser.add_argument("--form", choices=forms, default=forms[0], help=words.say("cli.option.label_form"))
    parser.add_argument("--qr", action="store_true", help=words.say("cli.option.label_qr"))
    out_option(parser, words)


def _containers(commands: Commands, words: Texts) -> None:
    containers = Commands(commands.add("containers"), words, "containers")
    listing = containers.add("list", "containers.list")
    listing.add_argument(
        "--kind", choices=("tote", "cart", "slot"), default="", help=words.say("cli.option.container_kind")
    )
    use = listing.add_mutually_exclusive_group()
    use.add_argument("--used", action="store_true", help=words.say("cli.option.container_used"))
    use.add_argument("--free", action="store_true", help=words.say("cli.option.container_free"))
    limit_option(listing, words)
    json_option(listing, words)
    freeing = containers.add("free", "containers.free")
    freeing.add_argument("code", metavar="CODE", help=words.say("cli.option.container_code"))
    freeing.add_argument("--reason", metavar="TEXT", default="", help=words.say("cli.option.container_reason"))
    json_option(freeing, words)


def _settings(commands: Commands, words: Texts) -> None:
    settings = Commands(commands.add("settings"), words, "settings")
    getting = settings.add("get", "settings.get")
    getting.add_argument("key", metavar="KEY", nargs="*", help=words.say("cli.option.setting_keys"))
    getting.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop_of_setting"))
    json_option(getting, words)
    putting = settings.add("set", "settings.set")
    putting.add_argument("key", metavar="KEY", help=words.say("cli.option.setting_key"))
    putting.add_argument("value", metavar="VALUE", help=words.say("cli.option.setting_value"))
    putting.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop_of_setting"))


def _carriers(commands: Commands, words: Texts) -> None:
    carriers = Commands(commands.add("carriers"), words, "carriers")

    def shop(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop_of_rule"))

    json_option(carriers.add("list", "carriers.list"), words)
    pickups = carriers.add("pickups", "carriers.pickups")
    pickups.add_argument("carrier", metavar="CARRIER", nargs="?", default="", help=words.say("cli.option.rule_carrier"))
    pickups.add_argument("time", metavar="HH:MM", nargs="*", help=words.say("cli.option.pickup_times"))
    pickups.add_argument("--none", action="store_true", help=words.say("cli.option.no_pickups"))
    json_option(pickups, words)
    lead = carriers.add("lead-times", "carriers.lead_times")
    lead.add_argument("file", metavar="FILE", nargs="?", type=Path, help=words.say("cli.option.lead_file"))
    lead.add_argument("--dry-run", action="store_true", help=words.say("cli.option.dry_run"))
    json_option(lead, words)
    closed = carriers.add("closed", "carriers.closed")
    closed.add_argument("--add", metavar="DAY", nargs="+", default=[], help=words.say("cli.option.close_days"))
    closed.add_argument("--remove", metavar="DAY", nargs="+", default=[], help=words.say("cli.option.open_days"))
    shop(closed)
    json_option(closed, words)
    methods = carriers.add("methods", "carriers.methods")
    methods.add_argument(
        "method", metavar="METHOD", nargs="?", default="", help=words.say("cli.option.delivery_method")
    )
    methods.add_argument(
        "service", metavar="CARRIER/SERVICE", nargs="?", default="", help=words.say("cli.option.method_service")
    )
    methods.add_argument("--remove", action="store_true", help=words.say("cli.option.drop_method"))
    shop(methods)
    json_option(methods, words)
    account = carriers.add("account", "carriers.account")
    account.add_argument("carrier", metavar="CARRIER", nargs="?", default="", help=words.say("cli.option.rule_carrier"))
    account.add_argument("value", metavar="NAME=VALUE", nargs="*", help=words.say("cli.option.account_values"))
    shop(account)
    json_option(account, words)
    _waybills(carriers, words)
    choose = carriers.add("choose", "carriers.choose")
    choose.add_argument("service", metavar="CARRIER/SERVICE", help=words.say("cli.option.service_by_hand"))
    names_option(choose, words)
    choose.add_argument("--parcels", metavar="N", type=number, help=words.say("cli.option.parcels"))
    json_option(choose, words)


def _waybills(carriers: Commands, words: Texts) -> None:
    export = carriers.add("export", "carriers.export")
    export.add_argument("--batch", metavar="N", type=number, help=words.say("cli.option.batch"))
    export.add_argument("--open", metavar="CARRIER", default="", help=words.say("cli.option.export_open"))
    export.add_argument("--order", metavar="N", nargs="+", default=[], help=words.say("cli.option.order"))
    export.add_argument("--reason", metavar="TEXT", default="", help=words.say("cli.option.export_reason"))
    export.add_argument("-o", "--out", metavar="DIR", type=Path, help=words.say("cli.option.export_out"))
    json_option(export, words)
    numbers = carriers.add("numbers", "carriers.numbers")
    numbers.add_argument("file", metavar="FILE", nargs="+", type=Path, help=words.say("cli.option.numbers_file"))
    numbers.add_argument("--carrier", metavar="CARRIER", default="", help=words.say("cli.option.numbers_carrier"))
    numbers.add_argument("--accept", action="store_true", help=words.say("cli.option.numbers_accept"))
    numbers.add_argument("--dry-run", action="store_true", help=words.say("cli.option.dry_run"))
    json_option(numbers, words)
    by_hand = carriers.add("by-hand", "carriers.by_hand")
    by_hand.add_argument("order", metavar="N", help=words.say("cli.option.order"))
    by_hand.add_argument("number", metavar="NUMBER", help=words.say("cli.option.waybill_number"))
    json_option(by_hand, words)


def _release(commands: Commands, words: Texts) -> None:
    release = commands.add("release")
    _choice(release, words)
    release.add_argument("--dry-run", action="store_true", help=words.say("cli.option.dry_run"))
    release.add_argument("--back", metavar="N", nargs="+", default=[], help=words.say("cli.option.release_back"))
    json_option(release, words)
    batches = commands.add("batches")
    batches.add_argument("batch", metavar="BATCH", nargs="?", type=number, help=words.say("cli.option.batch"))
    limit_option(batches, words)
    json_option(batches, words)


def _choice(parser: argparse.ArgumentParser, words: Texts) -> None:
    """Which orders a release means."""
    parser.add_argument("--pickup", metavar="HH:MM", default="", help=words.say("cli.option.release_pickup"))
    parser.add_argument("--carrier", metavar="CARRIER", default="", help=words.say("cli.option.release_carrier"))
    parser.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop"))
    parser.add_argument(
        "--cold", choices=("ambient", "chilled", "frozen"), default="", help=words.say("cli.option.release_cold")
    )
    parser.add_argument("--size", metavar="CM", type=number, help=words.say("cli.option.release_size"))
    parser.add_argument("--zone", metavar="ZONE", default="", help=words.say("cli.option.wave_zone"))
    parser.add_argument("--priority", metavar="N", type=number, help=words.say("cli.option.wave_priority"))
    parser.add_argument("--single-line", action="store_true", help=words.say("cli.option.wave_single_line"))
    parser.add_argument("--stale-ok", action="store_true", help=words.say("cli.option.release_stale_ok"))
    limit_option(parser, words)


def _waves(commands: Commands, words: Texts) -> None:
    waves = Commands(commands.add("waves"), words, "waves")

    def mode(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--mode", metavar="MODE", default="", help=words.say("cli.option.wave_mode"))

    def wave(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("batch", metavar="BATCH", type=number, help=words.say("cli.option.batch"))

    preview = waves.add("preview", "waves.preview")
    mode(preview)
    _choice(preview, words)
    json_option(preview, words)
    release = waves.add("release", "waves.release")
    mode(release)
    _choice(release, words)
    json_option(release, words)
    plan = waves.add("plan", "waves.plan")
    wave(plan)
    mode(plan)
    plan.add_argument("--anew", action="store_true", help=words.say("cli.option.wave_anew"))
    json_option(plan, words)
    listing = waves.add("list", "waves.list")
    listing.add_argument("--all", action="store_true", help=words.say("cli.option.wave_all"))
    limit_option(listing, words)
    json_option(listing, words)
    show = waves.add("show", "waves.show")
    wave(show)
    json_option(show, words)
    jobs = waves.add("jobs", "waves.jobs")
    wave(jobs)
    json_option(jobs, words)
    back = waves.add("take-back", "waves.take_back")
    wave(back)
    json_option(back, words)


def _map(commands: Commands, words: Texts) -> None:
    maps = Commands(commands.add("map"), words, "map")
    taking = maps.add("import", "map.import")
    taking.add_argument("file", metavar="FILE", type=Path, help=words.say("cli.option.map_file"))
    taking.add_argument("--dry-run", action="store_true", help=words.say("cli.option.dry_run"))
    json_option(taking, words)
    layout = maps.add("layout", "map.layout")
    layout.add_argument("--aisles", metavar="N", type=number, required=True, help=words.say("cli.option.map_aisles"))
    for name in ("bays", "levels", "cross", "depot"):
        layout.add_argument(f"--{name}", metavar="N", type=number, help=words.say(f"cli.option.map_{name}"))
    for name in ("bay", "aisle", "cross"):
        layout.add_argument(f"--{name}-m", metavar="M", type=_factor, help=words.say(f"cli.option.map_{name}_m"))
    layout.add_argument("--pattern", metavar="TEXT", default="", help=words.say("cli.option.map_pattern"))
    layout.add_argument("--zone", metavar="ZONE", default="", help=words.say("cli.option.map_zone"))
    layout.add_argument("--dry-run", action="store_true", help=words.say("cli.option.dry_run"))
    json_option(layout, words)
    json_option(maps.add("show", "map.show"), words)
    json_option(maps.add("check", "map.check"), words)


def _printers(commands: Commands, words: Texts) -> None:
    printers = Commands(commands.add("printers"), words, "printers")
    json_option(printers.add("list", "printers.list"), words)
    for name in ("add", "change"):
        one = printers.add(name, f"printers.{name}")
        one.add_argument("name", metavar="NAME", help=words.say("cli.option.printers_name"))
        one.add_argument("--transport", choices=TRANSPORTS, default=None if name == "change" else TRANSPORTS[0],
                         help=words.say("cli.option.printers_transport"))  # fmt: skip
        for field in ("address", "language", "media", "station", "takeover"):
            one.add_argument(f"--{field}", metavar=field.upper(), required=name == "add" and field == "address",
                             help=words.say(f"cli.option.printers_{field}"))  # fmt: skip
        one.add_argument("--dpi", metavar="N", type=pieces, help=words.say("cli.option.printers_dpi"))
        one.add_argument("--option", metavar="KEY=VALUE", action="append", default=[],
                         help=words.say("cli.option.printers_option"))  # fmt: skip
        if name == "change":
            one.add_argument("--rename", metavar="NAME", help=words.say("cli.option.printers_rename"))
            switch = one.add_mutually_exclusive_group()
            switch.add_argument("--on", action="store_true", help=words.say("cli.option.printers_on"))
            switch.add_argument("--off", action="store_true", help=words.say("cli.option.printers_off"))
        json_option(one, words)
    for name in ("remove", "move", "test"):
        one = printers.add(name, f"printers.{name}")
        one.add_argument("name", metavar="NAME", help=words.say("cli.option.printers_name"))
        if name == "move":
            one.add_argument("place", metavar="N", type=number, help=words.say("cli.option.printers_place"))
    finding = printers.add("find", "printers.find")
    finding.add_argument("--seconds", metavar="N", type=number, default=8,
                         help=words.say("cli.option.printers_seconds"))  # fmt: skip
    json_option(finding, words)
    asking = printers.add("state", "printers.state")
    asking.add_argument("name", metavar="NAME", nargs="*", help=words.say("cli.option.printers_names"))
    json_option(asking, words)


def _cartons(commands: Commands, words: Texts) -> None:
    cartons = Commands(commands.add("cartons"), words, "cartons")
    listing = cartons.add("list", "cartons.list")
    listing.add_argument("--all", action="store_true", help=words.say("cli.option.cartons_all"))
    json_option(listing, words)
    taking = cartons.add("import", "cartons.import")
    taking.add_argument("file", metavar="FILE", type=Path, help=words.say("cli.option.cartons_file"))
    taking.add_argument("--dry-run", action="store_true", help=words.say("cli.option.dry_run"))
    json_option(taking, words)
    _carton(cartons.add("add", "cartons.add"), words)
    retiring = cartons.add("retire", "cartons.retire")
    retiring.add_argument("code", metavar="CODE", help=words.say("cli.option.cartons_code"))
    retiring.add_argument("--back", action="store_true", help=words.say("cli.option.cartons_back"))
    stock = cartons.add("stock", "cartons.stock")
    stock.add_argument("code", metavar="CODE", help=words.say("cli.option.cartons_code"))
    stock.add_argument("change", metavar="+N|-N|N|none", help=words.say("cli.option.cartons_change"))
    stats = cartons.add("stats", "cartons.stats")
    stats.add_argument("--days", metavar="N", type=number, default=30, help=words.say("cli.option.cartons_days"))
    json_option(stats, words)
    labels = cartons.add("labels", "cartons.labels")
    labels.add_argument("code", metavar="CODE", nargs="*", help=words.say("cli.option.cartons_label"))
    _label_form(labels, words)
    plan = cartons.add("plan", "cartons.plan")
    plan.add_argument("order", metavar="N", nargs="?", help=words.say("cli.option.cartons_order"))
    json_option(plan, words)
    advise = cartons.add("advise", "cartons.advise")
    limit_option(advise, words)
    json_option(advise, words)


def _carton(parser: argparse.ArgumentParser, words: Texts) -> None:
    """What may be said of one carton."""
    parser.add_argument("code", metavar="CODE", help=words.say("cli.option.cartons_code"))
    parser.add_argument("--change", action="store_true", help=words.say("cli.option.cartons_change_one"))
    parser.add_argument("--name", metavar="TEXT", help=words.say("cli.option.cartons_name"))
    parser.add_argument("--kind", choices=[str(each) for each in CartonKind], help=words.say("cli.option.cartons_kind"))
    parser.add_argument("--inner", metavar="LxWxH", help=words.say("cli.option.cartons_inner"))
    parser.add_argument("--outer", metavar="LxWxH", help=words.say("cli.option.cartons_outer"))
    parser.add_argument("--max", metavar="G", help=words.say("cli.option.cartons_max"))
    parser.add_argument("--tare", metavar="G", help=words.say("cli.option.cartons_tare"))
    parser.add_argument("--cost", metavar="YEN", help=words.say("cli.option.cartons_cost"))
    parser.add_argument("--carriage", metavar="YEN", help=words.say("cli.option.cartons_carriage"))
    parser.add_argument("--class", metavar="TEXT", dest="size_class", help=words.say("cli.option.cartons_class"))
    parser.add_argument("--service", metavar="ID", action="append", help=words.say("cli.option.cartons_service"))
    parser.add_argument("--stock", metavar="N", help=words.say("cli.option.cartons_stock"))
    parser.add_argument("--low", metavar="N", help=words.say("cli.option.cartons_low"))


def _inserts(commands: Commands, words: Texts) -> None:
    inserts = Commands(commands.add("inserts"), words, "inserts")
    json_option(inserts.add("rules", "inserts.rules"), words)
    adding = inserts.add("add", "inserts.add")
    adding.add_argument("name", metavar="NAME", help=words.say("cli.option.insert_rule"))
    adding.add_argument("kind", metavar="KIND", choices=[str(each) for each in InsertKind],
                        help=words.say("cli.option.insert_kind"))  # fmt: skip
    adding.add_argument("--sku", metavar="SKU", default="", help=words.say("cli.option.insert_sku"))
    adding.add_argument("--shop", metavar="NAME", action="append", default=[], help=words.say("cli.option.insert_shop"))
    changing = inserts.add("change", "inserts.change")
    changing.add_argument("name", metavar="NAME", help=words.say("cli.option.insert_rule"))
    for each in (adding, changing):
        each.add_argument("--set", metavar="FIELD=TEXT", action="append", default=[],
                          help=words.say("cli.option.insert_set"))  # fmt: skip
        json_option(each, words)
    for name in ("drop", "move"):
        one = inserts.add(name, f"inserts.{name}")
        one.add_argument("name", metavar="NAME", help=words.say("cli.option.insert_rule"))
        if name == "move":
            one.add_argument("place", metavar="N", type=number, help=words.say("cli.option.insert_place"))
        json_option(one, words)
    taking = inserts.add("import", "inserts.import")
    taking.add_argument("file", metavar="FILE", type=Path, help=words.say("cli.option.insert_file"))
    taking.add_argument("--dry-run", action="store_true", help=words.say("cli.option.dry_run"))
    json_option(taking, words)
    for name in ("why", "list"):
        one = inserts.add(name, f"inserts.{name}")
        one.add_argument("order", metavar="ORDER", help=words.say("cli.option.order"))
        json_option(one, words)
    gift = commands.add("gift")
    gift.add_argument("order", metavar="ORDER", help=words.say("cli.option.order"))
    gift.add_argument(
        "--noshi", choices=[*(str(each) for each in Knot), "none"], help=words.say("cli.option.gift_noshi")
    )
    gift.add_argument("--title", metavar="TEXT", help=words.say("cli.option.gift_title"))
    gift.add_argument("--name", metavar="TEXT", action="append", help=words.say("cli.option.gift_name"))
    gift.add_argument("--cover", choices=("inner", "outer"), help=words.say("cli.option.gift_cover"))
    gift.add_argument("--wrapping", metavar="TEXT", help=words.say("cli.option.gift_wrapping"))
    gift.add_argument("--message", metavar="TEXT", help=words.say("cli.option.gift_message"))
    gift.add_argument("--accept", action="store_true", help=words.say("cli.option.gift_accept"))
    gift.add_argument("--none", action="store_true", help=words.say("cli.option.gift_none"))
    gift.add_argument("-o", "--out", metavar="FILE", type=Path, help=words.say("cli.option.gift_out"))
    gift.add_argument("--reprint", metavar="REASON", choices=("missing", "damaged", "other"), default="",
                      help=words.say("cli.option.gift_reprint"))  # fmt: skip
    json_option(gift, words)


def _templates(commands: Commands, words: Texts) -> None:
    templates = Commands(commands.add("templates"), words, "templates")
    listing = templates.add("list", "templates.list")
    listing.add_argument("paper", metavar="PAPER", nargs="?", default="", help=words.say("cli.option.template_paper"))
    json_option(listing, words)
    for name in ("show", "remove", "copy", "save", "check"):
        one = templates.add(name, f"templates.{name}")
        one.add_argument("paper", metavar="PAPER", help=words.say("cli.option.template_paper"))
        if name != "check":
            one.add_argument("name", metavar="NAME", help=words.say("cli.option.template_name"))
        if name == "copy":
            one.add_argument("to", metavar="NEW", help=words.say("cli.option.template_to"))
        if name in ("save", "check"):
            one.add_argument("file", metavar="FILE", type=Path, help=words.say("cli.option.template_file"))
            json_option(one, words)


def _attention(commands: Commands, words: Texts) -> None:
    attention = commands.add("attention")
    attention.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop"))
    attention.add_argument("--hold", metavar="KEY", default="", help=words.say("cli.option.attention_hold"))
    attention.add_argument("--counts", action="store_true", help=words.say("cli.option.attention_counts"))
    attention.add_argument("--lift", metavar="N", nargs="*", help=words.say("cli.option.attention_lift"))
    attention.add_argument("--recheck", action="store_true", help=words.say("cli.option.attention_recheck"))
    limit_option(attention, words)
    json_option(attention, words)
    contacts = commands.add("contacts")
    contacts.add_argument("--about", choices=("short", "date"), default="", help=words.say("cli.option.contact_about"))
    contacts.add_argument("--answer", metavar=("ID", "ANSWER"), nargs=2, help=words.say("cli.option.contact_answer"))
    contacts.add_argument("--due", metavar="DAY", default="", help=words.say("cli.option.contact_due"))
    contacts.add_argument("--sku", metavar="SKU", default="", help=words.say("cli.option.contact_sku"))
    contacts.add_argument("--line", metavar="ID", type=number, help=words.say("cli.option.contact_line"))
    contacts.add_argument("--note", metavar="TEXT", default="", help=words.say("cli.option.contact_note"))
    contacts.add_argument("--shelve", metavar="ID", type=number, help=words.say("cli.option.contact_shelve"))
    contacts.add_argument("--label", metavar="TEXT", default="", help=words.say("cli.option.contact_label"))
    json_option(contacts, words)


def _stop(commands: Commands, words: Texts) -> None:
    stop = Commands(commands.add("stop"), words, "stop")
    finding = stop.add("find", "stop.find")
    finding.add_argument("text", metavar="TEXT", help=words.say("cli.option.stop_text"))
    json_option(finding, words)
    for name in ("hold", "cancel"):
        stopping = stop.add(name, f"stop.{name}")
        names_option(stopping, words)
        stopping.add_argument("--reason", metavar="TEXT", default="", help=words.say("cli.option.stop_reason"))
        json_option(stopping, words)

    pulls = Commands(commands.add("pulls"), words, "pulls")
    json_option(pulls.add("list", "pulls.list"), words)
    scanning = pulls.add("scan", "pulls.scan")
    scanning.add_argument("text", metavar="TEXT", nargs="+", help=words.say("cli.option.pull_text"))
    json_option(scanning, words)
    void = pulls.add("void", "pulls.void")
    void.add_argument("--carrier", metavar="ID", default="", help=words.say("cli.option.pull_carrier"))
    limit_option(void, words)
    json_option(void, words)

    merge = Commands(commands.add("merge"), words, "merge")
    json_option(merge.add("list", "merge.list"), words)
    for name in ("do", "decline"):
        merging = merge.add(name, f"merge.{name}")
        names_option(merging, words)
        json_option(merging, words)
    undo = merge.add("undo", "merge.undo")
    undo.add_argument("order", metavar="N", help=words.say("cli.option.order"))
    json_option(undo, words)


def _ship(commands: Commands, words: Texts) -> None:
    handover = commands.add("handover")
    names_option(handover, words, "*")
    handover.add_argument("--carrier", metavar="ID", default="", help=words.say("cli.option.dock_carrier"))
    handover.add_argument("--pickup", metavar="HH:MM", default="", help=words.say("cli.option.dock_pickup"))
    handover.add_argument("--scan", action="store_true", help=words.say("cli.option.dock_scan"))
    handover.add_argument("--count", metavar="N", type=_count, help=words.say("cli.option.driver_count"))
    handover.add_argument("--check", action="store_true", help=words.say("cli.option.dock_check"))
    handover.add_argument("--close", action="store_true", help=words.say("cli.option.dock_close"))
    handover.add_argument("--list", action="store_true", help=words.say("cli.option.dock_list"))
    handover.add_argument("--paper", metavar="N", type=number, help=words.say("cli.option.dock_paper"))
    handover.add_argument("-o", "--out", metavar="FILE", type=Path, help=words.say("cli.option.out"))
    handover.add_argument("--unlabelled", action="store_true", help=words.say("cli.option.unlabelled"))
    handover.add_argument("--stale-ok", action="store_true", help=words.say("cli.option.dock_stale_ok"))
    limit_option(handover, words)
    json_option(handover, words)

    json_option(commands.add("board"), words)

    report = Commands(commands.add("report"), words, "report")
    listing = report.add("list", "report.list")
    listing.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop"))
    limit_option(listing, words)
    json_option(listing, words)
    writing = report.add("write", "report.write")
    writing.add_argument("--shop", metavar="NAME", default="", help=words.say("cli.option.shop"))
    writing.add_argument("-o", "--out", metavar="DIR", type=Path, help=words.say("cli.option.report_folder"))
    writing.add_argument("--again", metavar="N", type=number, help=words.say("cli.option.report_again"))
    writing.add_argument("--reason", metavar="TEXT", default="", help=words.say("cli.option.report_reason"))
    json_option(writing, words)
    errors = report.add("errors", "report.errors")
    errors.add_argument("file", metavar="FILE", type=Path, help=words.say("cli.option.error_file"))
    errors.add_argument("--shop", metavar="NAME", required=True, help=words.say("cli.option.shop"))
    errors.add_argument("--mapping", metavar="TOML", default="", help=words.say("cli.option.error_mapping"))
    errors.add_argument("--again", action="store_true", help=words.say("cli.option.errors_again"))
    json_option(errors, words)
    taken = report.add("ack", "report.ack")
    taken.add_argument("--shop", metavar="NAME", required=True, help=words.say("cli.option.shop"))
    taken.add_argument("--report", metavar="N", type=number, dest="number", help=words.say("cli.option.report"))
    json_option(taken, words)


def _count(text: str) -> int:
    return 0 if text == "0" else number(text)


_count.__name__ = "0, 1, 2 …"


def _checks(commands: Commands, words: Texts) -> None:
    explain = commands.add("explain")
    explain.add_argument("code", metavar="CODE", help=words.say("cli.option.explain_code"))
    json_option(explain, words)
    decode = commands.add("decode")
    decode.add_argument("picture", metavar="IMAGE", nargs="+", type=Path, help=words.say("cli.option.picture"))
    decode.add_argument("--expect", metavar="CODE", action="append", default=[], help=words.say("cli.option.expect"))
    json_option(decode, words)
    scale = commands.add("scale")
    scale.add_argument("--port", metavar="PORT", default="", help=words.say("cli.option.scale_port"))
    scale.add_argument("--protocol", metavar="ID", default="", help=words.say("cli.option.scale_protocol"))
    scale.add_argument("--once", action="store_true", help=words.say("cli.option.scale_once"))
    json_option(scale, words)
    verify = commands.add("verify")
    verify.add_argument("--anchor", metavar="FILE", type=Path, help=words.say("cli.option.verify_anchor"))
    json_option(verify, words)
    json_option(commands.add("doctor"), words)


def _proof(commands: Commands, words: Texts) -> None:
    proof = commands.add("proof")
    proof.add_argument("order", metavar="N", nargs="?", default="", help=words.say("cli.option.order"))
    proof.add_argument("-o", "--out", metavar="FILE", type=Path, help=words.say("cli.option.proof_out"))
    proof.add_argument("--language", choices=LANGUAGES, default="", help=words.say("cli.option.proof_language"))
    proof.add_argument("--full", action="store_true", help=words.say("cli.option.proof_full"))
    proof.add_argument("--check", metavar="FILE", type=Path, help=words.say("cli.option.proof_check"))
    json_option(proof, words)
    replay = commands.add("replay")
    replay.add_argument("order", metavar="N", help=words.say("cli.option.order"))
    json_option(replay, words)
    photos = Commands(commands.add("photos"), words, "photos")
    listing = photos.add("list", "photos.list")
    listing.add_argument("order", metavar="N", nargs="?", default="", help=words.say("cli.option.order"))
    limit_option(listing, words)
    json_option(listing, words)
    json_option(photos.add("tidy", "photos.tidy"), words)
    export = photos.add("export", "photos.export")
    export.add_argument("order", metavar="N", help=words.say("cli.option.order"))
    export.add_argument("-o", "--out", metavar="DIR", type=Path, required=True, help=words.say("cli.option.photo_out"))
    json_option(export, words)
    anchor = commands.add("anchor")
    anchor.add_argument("--print", action="store_true", help=words.say("cli.option.anchor_print"))
    anchor.add_argument("-o", "--out", metavar="FILE", type=Path, help=words.say("cli.option.anchor_out"))
    json_option(anchor, words)


def _simulate(commands: Commands, words: Texts) -> None:
    simulate = commands.add("simulate")
    simulate.add_argument("--orders", metavar="N", type=number, default=20_000, help=words.say("cli.option.sim_orders"))
    simulate.add_argument("--seed", metavar="N", type=_count, default=1, help=words.say("cli.option.sim_seed"))
    simulate.add_argument(
        "--rules",
        choices=(*(name for name, _ in CONTROLS), "all"),
        default="all",
        help=words.say("cli.option.sim_rules"),
    )
    simulate.add_argument(
        "--rate", metavar="KIND=SHARE", action="append", default=[], help=words.say("cli.option.sim_rate")
    )
    simulate.add_argument("--times", metavar="X", type=_factor, default=1.0, help=words.say("cli.option.sim_times"))
    simulate.add_argument(
        "--habit", metavar="NAME=VALUE", action="append", default=[], help=words.say("cli.option.sim_habit")
    )
    simulate.add_argument("--chart", metavar="FILE.svg", type=Path, help=words.say("cli.option.sim_chart"))
    json_option(simulate, words)


def _factor(text: str) -> float:
    if not 0 <= float(text) <= 1000:
        raise ValueError(text)
    return float(text)


_factor.__name__ = "0 – 1000"
