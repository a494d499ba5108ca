"""``kenpin scale``: what the scale weighs now, or what is wrong with it and what to do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

from app.cli.context import Context
from app.cli.output import as_json, complain, line
from app.cli.usage import Usage
from app.services.scales import AUTO, Heard, ScaleSettings, faults, protocols, titles

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Follow the scale; with ``--once`` until a weight stands (0) or it cannot weigh (1)."""
    settings = _settings(context, args)
    status = 0

    def tell(heard: Heard) -> bool:
        nonlocal status
        say(heard)
        if heard.key:
            status = 1
        elif heard.weighed is not None:
            status = 0
        return not (args.once and (heard.key or heard.weighed is not None))

    say = _as_json(context) if args.json else _in_words(context, live=not args.once)
    context.scales().follow(settings, tell)
    return status


def _settings(context: Context, args: argparse.Namespace) -> ScaleSettings:
    kept = context.config.scale
    settings = replace(kept, port=args.port or kept.port, protocol=args.protocol or kept.protocol)
    if faults(settings):
        known = ", ".join((AUTO, *(each.ID for each in protocols())))
        raise Usage(context.say("cli.scale.no_protocol", value=settings.protocol, known=known))
    if not settings.port:
        names = [f"{path} ({words})" if words else path for path, words in context.scales().ports()]
        raise Usage(context.say("cli.scale.no_port", ports=", ".join(names) or context.say("cli.scale.no_ports")))
    return settings


def _as_json(context: Context) -> Callable[[Heard], None]:
    """One object a line for each weight that counts and each trouble; what moves is not told."""

    def say(heard: Heard) -> None:
        if heard.weighed is not None:
            _line(as_json({"grams": heard.weighed, "key": None, "text": ""}, indent=None))
        elif heard.key is not None:
            text = context.say(heard.key, **heard.args) if heard.key else ""
            _line(as_json({"grams": None, "key": heard.key or None, "text": text}, indent=None))

    return say


def _in_words(context: Context, live: bool) -> Callable[[Heard], None]:
    """A line for each weight that is shown, where it is another one, and for each trouble."""
    last: Heard | None = None

    def say(heard: Heard) -> None:
        nonlocal last
        if heard.found is not None:
            maker, baud = heard.found
            complain(context.say("cli.scale.found", maker=titles(context.words.locale)[maker], baud=baud))
        elif heard.key is not None:
            complain(context.say(heard.key, **heard.args) if heard.key else context.say("cli.scale.fine"))
        elif live and heard.grams is not None and heard != last:
            last = heard
            _line(context.say("cli.scale.moving" if heard.moving else "cli.scale.weight", grams=f"{heard.grams:,}"))
        elif not live and heard.weighed is not None:
            _line(context.say("cli.scale.weight", grams=f"{heard.weighed:,}"))

    return say


def _line(text: str) -> None:
    line(text)
    sys.stdout.flush()  # whoever reads it wants it now
