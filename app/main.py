"""Wires everything, once: settings, sentences, database, desk, printer; then a command or the window.

Qt is loaded only for the window.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app import __version__
from app.cli.parser import build_parser, globals_of
from app.errors import SettingsWrong, StationError
from app.services.answers import of_error
from app.services.station import StationConfig, default_folder, load
from app.text import texts

if TYPE_CHECKING:  # loading them takes longer than answering --help
    from app.services.desk import Desk
    from app.services.printing import Sender

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``kenpin``.

    :returns: 0 done (even with problems reported), 1 nothing usable, 2 wrong usage, 130 interrupted.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more can be said, and the last flush must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + getattr(signal, "SIGPIPE", 13)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _run(arguments: Sequence[str]) -> int:
    early = globals_of(arguments)
    folder = (early.data or default_folder()).expanduser()
    config, wrong = StationConfig(folder), None
    try:
        config = load(folder)
    except SettingsWrong as error:
        wrong = error
    words = texts(early.lang or config.language)
    args = build_parser(words).parse_args(arguments)
    if args.lang:
        config = config.with_(language=args.lang)

    from app.cli.context import Usage

    try:
        if wrong is not None and args.command != "doctor":
            raise wrong
        return _command(config, args, wrong)
    except Usage as error:
        return _complain(str(error), 2)
    except StationError as error:
        status = 2 if error.key == "order.several_found" else 1
        return _complain(of_error(words, error), status)
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - a bug: told in one line, with a report for whoever mends it
        return _complain(words.say("cli.crash", file=_crash_report(folder, args.command or "window", error)), 1)


def _complain(text: str, status: int) -> int:
    from app.cli.output import complain

    complain(f"kenpin: {text}")
    return status


def _crash_report(folder: Path, command: str, error: BaseException) -> str:
    """Write what a developer needs, without names of people or goods, and return where it is."""
    now = datetime.now(UTC)
    text = "".join(
        (
            f"Kenpin {__version__}, Python {platform.python_version()}, {platform.platform()}\n",
            f"{now.isoformat(timespec='seconds')}  kenpin {command}\n\n",
            *traceback.format_exception(error),
        )
    )
    target = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError:
        sys.stderr.write(text)
        return "–"
    return str(target)


def _command(config: StationConfig, args: argparse.Namespace, wrong: SettingsWrong | None) -> int:
    """Run a command with everything it needs handed in."""
    from app.cli import commands
    from app.cli.context import Context, Usage

    words = texts(config.language)
    if args.database is not None:
        if not _is_address(args.database):
            raise Usage(words.say("cli.bad_database", url=args.database))
        config = replace(config, database=args.database)
    elif config.database and not _is_address(config.database):
        raise SettingsWrong("cli.bad_database", url=config.database)
    if args.command in (None, "demo"):
        return _window(config, demo=args.command == "demo", play=getattr(args, "play", False))
    context = Context(config, words, _desk, _sender, wrong)
    try:
        return commands.run(context, args)
    finally:
        context.close()


def _is_address(url: str) -> bool:
    """Whether *url* names a database of a kind that Kenpin works with."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme == "sqlite":
        return not parts.netloc and len(parts.path) > 1
    return parts.scheme == "postgresql" and len(parts.path) > 1 and port != 0


def _desk(config: StationConfig) -> Desk:
    """Open the station's database."""
    from app.services.desk import Desk
    from app.storage.database import open_database

    return Desk(open_database(config.url), config.name)


def _sender(config: StationConfig) -> Sender:
    """Return the way to the station's printer."""
    from app.devices.paper_folder import PaperFolder

    return PaperFolder(config.papers_folder)


def _window(config: StationConfig, *, demo: bool, play: bool) -> int:
    """Open the window."""
    raise NotImplementedError
