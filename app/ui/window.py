"""The window: the rail, the screens, the command bar; who gets a scan, and what is said when none can be taken.

It can be made before the database is opened: ``MainWindow(config, readers, sounds)`` shows itself at once,
:meth:`MainWindow.attach` brings the desk, and scans made before that are kept and sent then.

Where a scan goes is decided in :meth:`MainWindow._scanned`, and nowhere else:

* a dialog or the screen in front tries readers out: shown there, counted nowhere;
* another dialog is open: refused in words, in the dialog and in the band; no order changes;
* no desk yet: kept, and sent when it comes;
* the screen in front takes scans itself (hand-over, pull list, stop): there;
* else: to the work (shelves, wall, bench) that is in front or was last, which comes to the front, whatever screen was
  there and whatever had the focus.

What a picture file shows that is dropped on the window goes the same way (:mod:`app.ui.sight`); other files are taken
in (:mod:`app.ui.intake.arrivals`).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.errors import (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseLocked,
    DatabaseOffline,
    DatabaseReadOnly,
    StationError,
)
from app.services.answers import Answer, of_error
from app.ui.bar import STATE, CommandBar, Entry
from app.ui.bridge import Bridge, DeskLike
from app.ui.feedback import Feedback, Sounds, Voice
from app.ui.fields import Segments
from app.ui.intake.arrivals import Arrivals
from app.ui.look import Look, register_fonts
from app.ui.machines import Keys, Pressed, Readers, ScaleLike, ScanLike, reader_line, reader_title
from app.ui.mail.watch import MailWatch
from app.ui.notice import Notice, OverNotice
from app.ui.pack.screen import PackScreen
from app.ui.pack.state import COMMANDS
from app.ui.photographer import Photographer
from app.ui.printing.watch import PrintWatch
from app.ui.rail import Rail
from app.ui.sight import Sight
from app.ui.station import GROUPS, SCREENS, WORK, Station, entry_of
from app.ui.weighing import Weighing

__all__ = ["MainWindow"]

log = logging.getLogger(__name__)

_KEYS: dict[int, str] = {
    getattr(Qt.Key, f"Key_{key.replace('Esc', 'Escape')}").value: key for key in set(COMMANDS.values())
}
"""Function keys of the bench by Qt's number."""
_AWAY = (DatabaseLocked, DatabaseOffline, DatabaseFull, DatabaseReadOnly, DatabaseDamaged)
_MAILED = frozenset({"mailed"})
_AGAIN_MS = 2_000
_TICK_MS = 30_000
_LOOK_MS = 1_000
_SILENT_SECONDS = 3.0
"""An act that takes longer has lost its database; the person is told while it is still being tried."""


def _open_stage(tx: Any, station: str) -> str:
    """Return the work that is open at a station, a pick job or a return; what it needs loads on the reader's thread."""
    from app.services.pick_views import open_stage
    from app.services.return_views import is_open

    return open_stage(tx, station) or ("returns" if is_open(tx, station) else "")


class MainWindow(QMainWindow):
    """The station's only window."""

    def __init__(
        self,
        config: Any,
        readers: Readers,
        sounds: Sounds,
        voice: Voice | None = None,
        scale: ScaleLike | None = None,
        ways: Any = None,
        mail_ways: Any = None,
    ) -> None:
        """Make the window; *config* is an :class:`app.services.station.StationConfig`.

        :param ways: the ways to printers, :class:`app.services.printers.Ways`; None where printers are not asked.
        :param mail_ways: gives the ways to mail servers, :class:`app.services.mail_accounts.MailWays`, when one is
            tried; None where none is.
        """
        super().__init__()
        register_fonts()
        self.look = Look(config.language, config.theme)
        self.bridge = Bridge(self)
        self.bridge.on_error = self.show_error
        self.station = Station(config)
        self.desk: DeskLike | None = None
        self.readers, self._sounds, self.scale = readers, sounds, scale
        self.ways, self.mail_ways = ways, mail_ways
        self.feedback = Feedback(self.look, self.station, sounds, voice)
        self.scanner: Keys = readers.keyboard
        self._early: list[ScanLike] = []
        self._gone: set[str] = set()
        self._mended: set[str] = set()
        self._over: OverNotice | None = None
        self._away = False
        self._build()
        self.sight = Sight(self)
        self.photographer = Photographer(self)
        self.weighing = Weighing(self) if scale is not None else None
        self.watch, self.mail_watch = PrintWatch(self), MailWatch(self)
        readers.expected = lambda: self.sight.expected
        readers.scanned.connect(self._scanned)
        readers.trouble.connect(self._troubled)
        readers.changed.connect(self._reader_changed)
        self.scanner.typed.connect(self._typed)
        self.scanner.command = self._command_key
        readers.use(config.readers)
        if scale is not None:
            scale.shown.connect(self.pack.show_weight)
            scale.use(config.scale)
        self._again = QTimer(self)
        self._again.timeout.connect(self._look_again)
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start(_TICK_MS)
        self._silence = QTimer(self)
        self._silence.timeout.connect(self._say_silence)
        self._silent = False
        self.resize(1366, 768)
        self.setMinimumSize(1024, 600)
        self.go("pack")
        self.restyle()

    def _build(self) -> None:
        self.rail, self.bar = Rail(self.look), CommandBar(self.look)
        self.notice, self.typing_strip = Notice(self.look), Notice(self.look)
        self.typing_strip.pausing = True
        self.pack = PackScreen(self.look, self.bridge, self._sounds.play)
        self.pack.changed = self.show_entries
        self.pack.sent = self.answered
        self.pack.failed = self.show_error
        self.pack.command = self.send_command
        self.stack = QStackedWidget()
        self.stack.addWidget(self.pack)
        self.screens: dict[str, Any] = {"pack": self.pack}
        self._working = "pack"
        self._in_group = {group: within[0] for group, within in GROUPS.items()}
        self.tabs = Segments(self.look)
        self.tabs.roomy = True
        self.tabs.chosen.connect(self.go)
        self.arrivals = Arrivals(self)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part, share in (
            (self.notice, 0),
            (self.arrivals.strip, 0),
            (self.typing_strip, 0),
            (self.stack, 1),
            (self.bar, 0),
        ):
            right.addWidget(part, share)
        ground = QWidget()
        ground.setObjectName("ground")
        whole = QHBoxLayout(ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)
        self.setCentralWidget(ground)
        self.rail.tapped.connect(self._rail_tapped)
        self.bar.tapped.connect(self._bar_tapped)

    # --- look ---

    def restyle(self) -> None:
        """Show everything in the language, colours and size in use."""
        ground = QPalette()
        ground.setColor(QPalette.ColorRole.Window, self.look.colour("ground"))
        self.setPalette(ground)
        self._put_on()
        self.setWindowTitle(self.look.say("window.title", station=self.station.config.name))
        self._name_who()
        self.rail.names = self.station.entries()
        self.rail.restyle()
        for name, screen in self.screens.items():
            screen.render_all()
            if screen is self.stack.currentWidget():
                self._show_tabs(name)
        self.show_entries()
        self.show_state()
        self._read_watches()
        self.arrivals.read()
        if self.typing_strip.text:
            self._say_typing(True)

    def _name_who(self) -> None:
        """Tell the screens of work who is at the station."""
        for name in WORK:
            if name in self.screens:
                self.screens[name].who = self.station.who(self.look)

    def _put_on(self) -> None:
        """Style the standard widgets; the bench paints itself, so this waits until others are made."""
        application = QApplication.instance()
        if isinstance(application, QApplication) and len(self.screens) > 1:
            from app.ui.sheet import style_sheet

            sheet = style_sheet(self.look)
            if sheet != application.styleSheet():  # every widget is styled anew, half a second in all
                application.setStyleSheet(sheet)

    def speak(self, language: str) -> None:
        """Switch the language of everything at once."""
        if language and language != self.look.language:
            self.look.speak(language)
            self.restyle()

    def wear(self, theme: str) -> None:
        """Switch the colours of everything at once."""
        if theme != self.look.theme:
            self.look.wear(theme)
            self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let everything grow with the window."""
        super().resizeEvent(event)
        if self.look.fit(self.width(), self.height()):
            self.restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the 2-D codes once the window is painted."""
        super().showEvent(event)
        QTimer.singleShot(0, self.readers.start)
        if self.scale is not None:
            QTimer.singleShot(0, self.scale.start)
        QTimer.singleShot(60, self._after_paint)

    def _after_paint(self) -> None:
        self.bar.codes_ready = True
        self.bar.update()
        self.pack.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the devices; the desk is ended by whoever began it."""
        for screen in self.screens.values():
            screen.stop()
        for timer in (self._tick, self._again, self._silence):
            timer.stop()
        self.watch.stop()
        self.mail_watch.stop()
        self.arrivals.stop()
        self.desk = None
        self.readers.stop()
        if self.scale is not None and self.weighing is not None:
            self.weighing.stop()
            self.scale.stop()
        self.feedback.close()
        self.bridge.close()
        super().closeEvent(event)

    # --- the desk ---

    def _read_watches(self) -> None:
        self.watch.read()
        self.mail_watch.read()

    def _look_again(self) -> None:
        self.work.look_again()

    @property
    def work(self) -> Any:
        """The screen that scans go to: that of the work in front, else of the one that was in front last."""
        return self.screens[self._working]

    @property
    def at_work(self) -> bool:
        """Whether work is in front."""
        return self.stack.currentWidget() is self.work

    def attach(self, desk: DeskLike) -> None:
        """Work with *desk* from now on, and send the scans that came before it."""
        self.desk = desk
        desk.listen(lambda changes: self.bridge.send(lambda: self._changed(changes)))
        self.pack.attach(desk)
        self._read_zone()
        self._silence.start(_LOOK_MS)
        early, self._early = self._early, []
        for scan in early:
            self.pack.scan(scan.text, scan.act, scan.since)
        self._read_watches()
        self.arrivals.read()
        self.sight.refresh()
        if self.weighing is not None:
            self.weighing.keep_state()
        QTimer.singleShot(200, self._make_screens)
        QTimer.singleShot(200, self._resume)

    def _resume(self) -> None:
        """A pick job that was open here when the program ended comes to the front, unless somebody was faster."""

        def resume(stage: str) -> None:
            if stage and self.stack.currentWidget() is self.pack and not self.pack.view.open_now:
                self.go(stage)

        if self.desk is not None:
            self.bridge.ask(self.desk.read(_open_stage, self.desk.station), resume)

    def _read_zone(self) -> None:
        from app.services.settings import all_settings

        def take(values: dict[str, str]) -> None:
            try:
                self.look.zone = ZoneInfo(values["shop.timezone"])
            except (ZoneInfoNotFoundError, ValueError):  # a wrong one is named by the import and by `kenpin doctor`
                self.look.zone = None

        if self.desk is not None:
            self.bridge.ask(self.desk.read(all_settings), take)

    def _make_screens(self) -> None:
        """Make the other screens while nobody waits for them, one at a time."""
        for name in SCREENS:
            if name not in self.screens:
                self._screen(name)
                QTimer.singleShot(100, self._make_screens)
                return

    def _screen(self, name: str) -> Any:
        if name not in self.screens and self.desk is not None:
            made = getattr(import_module(f"app.ui.{name}.screen"), f"{name.title()}Screen")(self, self.desk)
            self.screens[name] = made
            self.stack.addWidget(made)
            self._name_who()
            self._put_on()
        return self.screens.get(name)

    def _rail_tapped(self, entry: str) -> None:
        """A group leads to the screen of it that was in front last."""
        self.go(self._in_group.get(entry, entry))

    def _show_tabs(self, name: str) -> None:
        """Mark a screen in the rail, and among those it shares its entry with."""
        entry = entry_of(name)
        self.rail.choose(entry)
        if entry != name:
            self._in_group[entry] = name
            within = (each for each in GROUPS[entry] if self.station.opens(each))
            self.tabs.offer(tuple((each, self.look.say(f"window.nav.{each}")) for each in within), name)
            self.screens[name].lead_with(self.tabs)

    def go(self, name: str) -> None:
        """Bring a screen to the front."""
        screen = self._screen(name)
        if screen is None or not self.station.opens(name):
            return
        if name in WORK:
            self._working = name
        self.stack.setCurrentWidget(screen)
        self._show_tabs(name)
        self.scanner.collecting = name in WORK
        screen.refresh()
        screen.setFocus()
        self.show_entries()

    def _changed(self, changes: Any) -> None:
        """Another act changed something: the screen in front looks now, the others when they are shown."""
        topics = changes.topics
        screen: Any = self.stack.currentWidget()
        mine = self.desk is not None and changes.station == self.desk.station
        if topics and topics <= _MAILED:  # twice for every mail: only who shows mails looks, and only at them
            if hasattr(screen, "mailed"):
                screen.mailed()
        elif not self.at_work or not mine or "picking" in topics:  # a wave that is released here is no scan
            screen.refresh()
        self.watch.heard(topics)
        self.mail_watch.heard(topics)
        self.arrivals.heard(topics)
        if not topics or "settings" in topics:
            self._read_zone()

    # --- scans ---

    def take(self, scan: ScanLike) -> None:
        """Take what stands for a scan: a command key, a tap, a picture."""
        self._scanned(scan)

    def _scanned(self, scan: ScanLike) -> None:
        modal, trying = QApplication.activeModalWidget(), self._trying()
        if trying is not None and not isinstance(scan, Pressed):
            trying.echo(scan)
        elif modal is not None:
            self._refuse_in_dialog(modal, scan.text)
        elif self.desk is None:
            self._early.append(scan)
            self.pack.view.pending = scan.text
            self.pack.render_all()
        elif not self._taken_in_front(scan):
            if not self.at_work:
                self.go(self._working)
            self.work.scan(scan.text, scan.act, scan.since)
        self._say_mended(scan)

    def _say_mended(self, scan: ScanLike) -> None:
        """What was mended in a scan is said once; the scanner check says how to set the scanner right."""
        new = set(getattr(scan, "repaired", ())) - self._mended
        self._mended |= new
        if new:
            said = " ".join(self.look.say(f"readers.mended.{fault}") for fault in sorted(new))
            self.notice.say("info", said, 8_000)

    def _trying(self) -> Any:
        """Return the dialog, or the screen in front, that tries readers out."""
        front: Any = QApplication.activeModalWidget() or self.stack.currentWidget()
        return front if getattr(front, "trying", False) else None

    def _taken_in_front(self, scan: ScanLike) -> bool:
        """The hand-over and the lists of what must be found take scans themselves while they are in front."""
        screen: Any = self.stack.currentWidget()
        return not self.at_work and hasattr(screen, "scan") and bool(screen.scan(scan.text, scan.act))

    def _troubled(self, trouble: Any) -> None:
        """Something came from a reader that is no scan: say so where the person looks."""
        trying = self._trying()
        if trying is not None:
            trying.echo_trouble(trouble)
            return
        name = reader_title(self.look, self.readers.settings, trouble.reader)
        said = {"reader": name, "code": trouble.text[:40]}
        self.work.refuse_here(trouble.key, **said)
        if not self.at_work:
            self.notice.say("error", self.look.say(trouble.key, **said), 8_000)

    def _reader_changed(self, name: str, state: str) -> None:
        """A reader went away or came back: the foot says how it stands, and a strip says so once."""
        gone = name in self._gone
        if state == "lost" and not gone and name != "keyboard":
            self._gone.add(name)
            self._say_reader("warning", "readers.lost", name)
        elif state != "lost" and gone:
            self._gone.discard(name)
            if state == "ready":
                self._say_reader("ok", "readers.back", name)
        self.show_state()

    def keep_readers(self, settings: Any) -> None:
        """Keep settings of readers in the station's file, and work by them.

        :raises StationError: they cannot be.
        :raises OSError: the file cannot be written.
        """
        self.station.change(readers=settings)
        self.readers.use(settings)

    def keep_scale(self, settings: Any) -> None:
        """Keep settings of the scale in the station's file, and work by them; what cannot be is said in words."""
        try:
            self.station.change(scale=settings)
        except (StationError, OSError) as error:
            self.show_error(error)
        else:
            self.say("ok", self.look.say("window.settings.saved"))
            if self.scale is not None:
                self.scale.use(settings)
        screen: Any = self.stack.currentWidget()
        screen.refresh()

    def _say_reader(self, kind: str, key: str, name: str) -> None:
        if not self._away:
            title = reader_title(self.look, self.readers.settings, name)
            self.notice.say(kind, self.look.say(key, reader=title), 10_000)

    def _refuse_in_dialog(self, modal: QWidget, raw: str) -> None:
        if self._over is None or self._over.parent() is not modal:
            self._over = OverNotice(self.look, modal)
            modal.destroyed.connect(self._forget_over)
        self._over.say("error", self.look.say("window.scan_in_dialog", code=raw[:40]), 6_000)
        self.work.refuse_here("window.scan_in_dialog", code=raw[:40])

    def _forget_over(self) -> None:
        self._over = None

    def _command_key(self, key: int) -> bool:
        """A function key at work is the same as scanning its code; other screens have their own keys."""
        if QApplication.activeModalWidget() is not None or self.scanner.in_field:
            return False
        if key == Qt.Key.Key_F1.value:
            self.help()
            return True
        if key == Qt.Key.Key_F9.value and QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.go("printing")
            return True
        screen: Any = self.stack.currentWidget()
        name = _KEYS.get(key, "")
        if self.at_work or name == COMMANDS["KP-NEXT"]:
            code = screen.code_of(name) if self.at_work else "KP-NEXT"
            if code:
                self.send_command(code)
            return bool(code)
        return bool(screen.command_key(key))

    def help(self) -> None:
        """Show what keys and colours mean, and what to do when stuck."""
        from app.ui.help import HelpDialog

        HelpDialog(self.look, self, self.check_scanner).open()

    def check_scanner(self) -> None:
        """Find out with a sheet of known codes what is wrong between a scanner and the computer."""
        from app.ui.settings.doctor import DoctorDialog

        DoctorDialog(self).open()

    def send_command(self, code: str) -> None:
        """Do what scanning a command code does."""
        from uuid import uuid4

        self.scanner.drop_typed()
        self._scanned(Pressed(code, str(uuid4())))

    def _typed(self, text: str) -> None:
        self.bar.typed = text
        self.bar.update()
        self.work.type(text)

    def answered(self, answer: Answer) -> None:
        """Do what an answer of the desk asks of the window: who is here, what is heard, that the database is back."""
        if self._away:
            self._away = False
            self._again.stop()
            self.notice.clear()
        if answer.person != self.station.person:
            self._signed_in(answer.person)
        self.feedback.answered(answer)
        self.photographer.answered(answer)
        self.sight.refresh()
        if self.weighing is not None:
            self.weighing.answered(answer)

    def _signed_in(self, person: Mapping[str, str]) -> None:
        """Another person is at the station, also after a restart: their language, and the screens of their role."""
        self.station.person = person
        self.look.speak(person.get("language") or self.station.config.language)
        self.restyle()
        front = next((name for name, each in self.screens.items() if each is self.stack.currentWidget()), "pack")
        if not self.station.opens(front):
            self.go(self._working)

    # --- the bar ---

    def show_entries(self) -> None:
        """Show the commands of the screen in front."""
        if not hasattr(self, "stack"):
            return
        screen: Any = self.stack.currentWidget()
        entries: tuple[Entry, ...] = screen.entries() if screen is not None else ()
        self.bar.show_entries(entries)

    def _bar_tapped(self, name: str) -> None:
        screen: Any = self.stack.currentWidget()
        if name in COMMANDS:
            self.send_command(name)
        elif name == STATE:
            only_mails = self.mail_watch.words() and not self.watch.troubled
            self.go("mail" if only_mails and self.station.opens("mail") else "printing")
        else:
            screen.act(name)

    def show_state(self) -> None:
        """Show what the machines say in the foot."""
        readers, printing = reader_line(self.look, self.readers), self.watch.words()
        mails = self.mail_watch.words() if self.station.leads else ()
        said = (readers, *printing[:1], *mails, *printing[1:], ("info", self.look.say("window.state.help")))
        self.bar.state = said[:3]
        self.bar.update()

    def _say_silence(self) -> None:
        """Say that the database does not answer, and take it back when it does."""
        silent = self.desk is not None and self.desk.busy_seconds() > _SILENT_SECONDS
        if silent and not self._silent:
            self.notice.say("error", self.look.say("window.silent"), 0)
        elif self._silent and not silent and not self._away:
            self.notice.clear()
        self._silent = silent

    def _on_tick(self) -> None:
        """Times to the cut-off go on."""
        self.work.header.update()
        self._read_watches()

    # --- errors and typing ---

    def show_error(self, error: BaseException) -> None:
        """Say what happened and what to do; a scan that could not be taken is refused in the band as well."""
        if isinstance(error, StationError):
            text = of_error(self.look.words, error)
        else:
            log.error("unexpected", exc_info=error)
            text = self.look.say("window.error.bug", what=type(error).__name__)
        self.notice.say("error", text, 0 if isinstance(error, _AWAY) else 12_000)
        if isinstance(error, _AWAY):
            self._away = True
            self._again.start(_AGAIN_MS)

    def sound(self, kind: str) -> None:
        """Play the sound of an answer: ``ok``, ``refused``."""
        self._sounds.play(kind)

    def say(self, kind: str, text: str) -> None:
        """Say something for a moment."""
        self.notice.say(kind, text, 6_000)

    def begin(self) -> None:
        """A field takes keys: say that the scanner is paused."""
        self.scanner.in_field = True
        self._say_typing(True)

    def end(self) -> None:
        """The field was left."""
        self.scanner.in_field = False
        self._say_typing(False)

    def _say_typing(self, on: bool) -> None:
        if on:
            self.typing_strip.say("warning", self.look.say("window.typing"))
        else:
            self.typing_strip.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Drop a half-typed number when the window loses the keyboard."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.scanner.drop_typed()
