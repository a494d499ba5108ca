"""Wires everything, once: settings, sentences, database, desk, printer; then a command or the window.

Qt is loaded only for the window.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import platform
import re
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app import __version__
from app.cli.parser import build_parser, globals_of
from app.cli.usage import Usage
from app.errors import DatabaseLocked, DatabaseOffline, SettingsWrong, StationError
from app.plugins import use_own
from app.services.answers import of_error
from app.services.station import StationConfig, default_folder, load
from app.text import texts

if TYPE_CHECKING:  # loading them takes longer than answering --help
    from app.devices.readers import Hub, Reader
    from app.services.desk import Desk
    from app.services.folder_watch import FolderWatch
    from app.services.mail_accounts import MailWays
    from app.services.mail_runner import MailRunner
    from app.services.printers import Ways
    from app.services.printing import PrintRunner
    from app.services.readers import Camera, Serial
    from app.services.scales import ScaleAccess
    from app.services.upkeep import Upkeep
    from app.ui.window import MainWindow

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``kenpin``.

    :returns: 0 done (even with problems reported), 1 nothing usable, 2 wrong usage, 130 interrupted.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more can be said, and the last flush must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + getattr(signal, "SIGPIPE", 13)


def _readable(argument: str) -> str:
    """Return an argument that was given in another encoding so that it can be stored; names of files stay."""
    if os.path.exists(argument):
        return argument
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


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
    readable = [_readable(each) for each in arguments]
    args = build_parser(words, readable).parse_args(readable)
    if args.lang:
        config = config.with_(language=args.lang)

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
    words = texts(config.language)
    if args.database is not None:
        if not _is_address(args.database):
            raise Usage(words.say("cli.bad_database", url=_without_password(args.database)))
        config = replace(config, database=args.database)
    elif config.database and not _is_address(config.database):
        raise SettingsWrong("cli.bad_database", url=_without_password(config.database))
    use_own("carriers", config.folder / "carriers")
    if args.command in (None, "demo"):
        return _window(config, demo=args.command == "demo", play=getattr(args, "play", False))
    from app.cli import commands
    from app.cli.context import Context

    context = Context(config, words, _desk, _ways, _scales, _mail_ways, wrong)
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
    return parts.scheme in {"postgresql", "postgresql+psycopg"} and len(parts.path) > 1 and port != 0


def _without_password(url: str) -> str:
    """Return an address as it may be shown."""
    return re.sub(r"(://[^:/@]*):.*@", r"\1:…@", url)


def _desk(config: StationConfig) -> Desk:
    """Open the station's database."""
    from app.services.desk import Desk
    from app.storage.database import open_database

    return Desk(open_database(config.url), config.name)


def _ways(config: Callable[[], StationConfig]) -> Ways:
    """Return the ways to printers; *config* is asked for the station's folder whenever a paper goes there."""
    from app.devices.printing.ways import PrinterWays

    return PrinterWays(lambda: config().papers_folder)


def _mail_ways() -> MailWays:
    """Return the ways to mail servers."""
    from app.devices.mail import SmtpWays

    return SmtpWays()


def _scales() -> ScaleAccess:
    """Return the way to the scales of this computer."""
    from app.devices import scale

    return scale


# --- the window ---------------------------------------------------------------------------------------------------

_OUT = Path("out")
"""Where ``demo --play`` leaves pictures and papers: the folder it was called in."""
_AGAIN_SECONDS = 2.0
"""Pause before a database that was out of reach is tried again."""


class _Backroom:
    """What the window does not wait for: opening the database, filling the demo, printing."""

    def __init__(self, config: StationConfig, demo: bool, ways: Ways) -> None:
        self._config, self._demo, self._ways = config, demo, ways
        self._ending = threading.Event()
        self._desk: Desk | None = None
        self._runner: PrintRunner | None = None
        self._upkeep: Upkeep | None = None
        self._watch: FolderWatch | None = None
        self._mails: MailRunner | None = None
        self._thread = threading.Thread(target=self._open, name="kenpin-opening", daemon=True)
        self.opened: Callable[[Desk], None] = lambda _: None
        """Called on a worker thread when the desk is there."""
        self.failed: Callable[[BaseException], None] = lambda _: None
        """Called on a worker thread when it cannot be; a database out of reach is tried again and again."""

    def begin(self) -> None:
        """Open the database, off the window's thread."""
        self._thread.start()

    def _open(self) -> None:
        while not self._ending.is_set():
            try:
                self._desk = desk = _desk(self._config)
                desk.warm_up()
                importlib.import_module("app.domain.reader_faults")  # else the first scan would wait for it
                if self._demo:
                    from app.services import demo

                    demo.fill(desk, self._config.language)
                from app.services.printing import PrintRunner

                self._runner = PrintRunner(desk, self._ways)
                self._runner.start()
                from app.services.upkeep import Upkeep

                self._upkeep = Upkeep(desk, self._config.folder)
                self._upkeep.start()
                from app.services.folder_watch import FolderWatch

                self._watch = FolderWatch(desk, self._config.folder, self._config.language)
                self._watch.start()
                from app.services.mail_runner import MailRunner

                self._mails = MailRunner(desk, _mail_ways(), self._config.folder)
                self._mails.start()
                desk.watch_others()
                self.opened(desk)
            except Exception as error:  # noqa: BLE001 - shown in the window, whatever it is
                self.failed(error)
                if isinstance(error, (DatabaseOffline, DatabaseLocked)) and self._desk is None:
                    self._ending.wait(_AGAIN_SECONDS)
                    continue
            return

    def end(self) -> None:
        """Finish what was begun; papers that are due still come out."""
        self._ending.set()
        self._thread.join(timeout=30)
        if self._watch is not None:
            self._watch.stop()
        if self._upkeep is not None:
            self._upkeep.stop()
        if self._mails is not None:
            self._mails.stop()
        if self._runner is not None:
            self._runner.stop()
            with contextlib.suppress(StationError):
                self._runner.work_off(30.0)
        if self._desk is not None:
            self._desk.stop()


def _window(config: StationConfig, *, demo: bool, play: bool) -> int:
    """Open the window: first the window itself, then, off its thread, the database."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.devices.scale import Scale
    from app.devices.sound import Sounds
    from app.devices.voice import Voice
    from app.ui.window import MainWindow

    # The bench's answer waits for the writer's turn at the interpreter: five milliseconds, Python's default, is a
    # third of a frame.
    sys.setswitchinterval(0.001)
    application = QApplication(["kenpin"])
    application.setApplicationName("Kenpin")
    ways = _ways(lambda: window.station.config)
    window = MainWindow(config, _hub(), Sounds(config.sound, on=not play), Voice(), Scale(), ways, _mail_ways)
    window.show()
    window.activateWindow()  # without a window manager nothing else gives it the keyboard
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt's loop never looks at Python's handler; nothing is lost by it

    status = [0]

    def crashed(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        report = _crash_report(config.folder, "window", error)
        status[0] = _complain(texts(config.language).say("cli.crash", file=report), 1)
        window.bridge.send(lambda: window.show_error(error))

    sys.excepthook = crashed
    backroom = _Backroom(config, demo, ways)

    def attach(desk: Desk) -> None:
        window.attach(desk)
        if play:
            QTimer.singleShot(0, perform)

    def perform() -> None:
        try:
            _play(window)
        except Exception as error:  # noqa: BLE001 - the play is a check: whatever stops it fails it
            status[0] = _complain(f"demo --play: {''.join(traceback.format_exception(error))}", 1)
        window.close()
        application.quit()

    def failed(error: BaseException) -> None:
        window.show_error(error)
        if play:
            said = of_error(texts(config.language), error) if isinstance(error, StationError) else repr(error)
            status[0] = _complain(said, 1)
            application.quit()

    backroom.opened = lambda desk: window.bridge.send(lambda: attach(desk))
    backroom.failed = lambda error: window.bridge.send(lambda: failed(error))
    QTimer.singleShot(0, backroom.begin)
    application.exec()
    backroom.end()
    if play:
        _leave(config)
    return status[0]


def _hub() -> Hub:
    """Make the hub of all readers; the library of a kind is loaded only where a station has one."""
    from app.devices.readers import Hub
    from app.devices.scanner import WedgeScanner

    def serial(settings: Serial) -> Reader:
        from app.devices.serial import SerialScanner

        return SerialScanner(settings)

    def repair(text: str, faults: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        from app.domain import reader_faults  # loaded beside the opening of the database, see `_Backroom`

        return reader_faults.repair(text, faults)

    def ports() -> list[tuple[str, str]]:
        try:
            from app.devices.serial import ports
        except ImportError:  # a system library is missing; a port that is set up says so itself
            return []
        return ports()

    def expected() -> frozenset[str]:
        return hub.expected()  # the window says it later

    def camera(settings: Camera) -> Reader:
        from app.devices.camera import CameraReader

        return CameraReader(settings, expected)

    hub = Hub(WedgeScanner(), serial, camera, ports)
    hub.repair = repair
    return hub


def _play(window: MainWindow) -> None:
    """Work a short shift by real key events, leaving numbered pictures."""
    from app.ui.play import play

    _OUT.mkdir(parents=True, exist_ok=True)
    play(window, _OUT)


def _leave(config: StationConfig) -> None:
    """Copy the papers to the pictures and say what is there."""
    for paper in sorted(config.papers_folder.glob("*.pdf")):
        shutil.copyfile(paper, _OUT / paper.name)
    for made in sorted(path for path in _OUT.rglob("*") if path.is_file()):
        sys.stdout.write(f"{made}\n")
