"""The scanner check: known codes are scanned from a sheet, and what comes of them names the faults and their cures.

Scans made here never reach the bench. The one field that lets an input method work is here, so that it is seen whether
one takes the keys.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain import barcode
from app.domain.barcode import CommandName
from app.domain.reader_faults import Profile, ReaderFault, narrowed, repair
from app.domain.scanner_check import SHEET, Came, Diagnosis, End, Result, diagnose, which
from app.domain.seen import command_of
from app.errors import StationError
from app.services import papers
from app.services.readers import Readers, shown
from app.ui.bar import CommandBar, Entry
from app.ui.dialogs import Dialog
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.machines import reader_title
from app.ui.painted import Painted
from app.ui.settings.findings import Finding, Row
from app.ui.shapes import sign

__all__ = ["DoctorDialog"]

_QUIET_MS = 600
"""What comes within this time after a part of a code belongs to it."""
_FEWEST_SLOW = 3
"""Fewer keys than this, typed slowly, are a person's."""
_ADVICE = (ReaderFault.IDENTIFIER, ReaderFault.JAPANESE)
"""Faults that a station works with."""
_KEYS = {Qt.Key.Key_F5: "again", Qt.Key.Key_F8: "KP-DONE", Qt.Key.Key_F9: "sheet", Qt.Key.Key_Escape: "KP-CANCEL"}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -4, Qt.Key.Key_PageDown: 4}
_SHEET_FILE = "scanner-check.pdf"


class _Target(Painted):
    """Asks for the next code; takes the keys that are too slow for a scan, and what an input method makes of them."""

    typed = Signal(str)
    """One character; CR for Enter and Tab."""
    composed = Signal(str)
    """Everything that an input method shows so far."""
    commanded = Signal(str)
    """What a function key stands for."""
    moved = Signal(int)
    """How many lines up (less than zero) or down a key of the cursor goes."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._kind, self._head, self._under = "info", "", ""
        self._committed = ""
        self._dropping = False

    def ask(self, kind: str, head: str, under: str) -> None:
        """Show a question and what is known so far."""
        self._kind, self._head, self._under = kind, head, under
        self.tell(f"{head} {under}")
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        ink, ground, _ = look.palette.kind(self._kind)
        self.draw_card(painter, box, ground, ink, 2)
        side, gap = float(look.px(56)), float(look.px(22))
        sign(painter, QRectF(box.left() + gap, box.center().y() - side / 2, side, side), self._kind, QColor(ink))
        left = box.left() + gap * 2 + side
        words = QRectF(left, box.top() + look.px(8), box.right() - left - gap, box.height() * 0.54)
        draw_fitted(painter, words, self._head, QColor(ink), look.px(38), look.px(18), most=1, bold=True)
        under = QRectF(left, words.bottom(), words.width(), box.bottom() - words.bottom() - look.px(10))
        draw_fitted(painter, under, self._under, QColor(ink), look.px(21), look.px(14), most=2)

    def forget(self) -> None:
        """Drop what an input method still holds."""
        self._committed, self._dropping = "", True  # what is dropped may come once more as text
        QGuiApplication.inputMethod().reset()
        self._dropping = False

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Let an input method work, so that it is seen."""
        return True if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method makes of the keys."""
        self._committed += event.commitString()
        whole = self._committed + event.preeditString()
        if whole and not self._dropping:
            self.composed.emit(whole)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key that came as slowly as a person's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.typed.emit("\r")
        elif event.key() in _KEYS:
            self.commanded.emit(_KEYS[Qt.Key(event.key())])
        elif event.key() in _STEPS:
            self.moved.emit(_STEPS[Qt.Key(event.key())])
        elif event.text():
            self.typed.emit(event.text())

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab may be the end of a code."""
        return False


class DoctorDialog(Dialog):
    """Takes the codes of the sheet one by one, in any order; ended by its last code, a key or a tap."""

    trying = True
    """Scans come here, not to the bench."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, readers and the station's settings."""
        super().__init__(window.look, window, window.look.say("check.title"))
        self._window = window
        self.came: dict[str, Came] = {}
        """What came of each code, by its id."""
        self.found = Diagnosis()
        """What it proves."""
        self._reader = window.scanner.id
        self._last, self._slow = "", ""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._silence)
        self._build()
        self._collecting, window.scanner.collecting = window.scanner.collecting, False
        self.finished.connect(self._leave)
        self.resize(window.width() - self.look.px(40), window.height() - self.look.px(40))
        self.target.setFocus()
        self._show()

    def _build(self) -> None:
        look = self.look
        edge = look.px(20)
        self.column.setContentsMargins(0, look.px(14), 0, 0)
        self.column.setSpacing(look.px(10))
        self.column.removeWidget(self.head)
        inner = QVBoxLayout()
        inner.setContentsMargins(edge, 0, edge, 0)
        inner.setSpacing(look.px(10))
        inner.addWidget(self.head)
        self.column.addLayout(inner, 1)
        self.target = _Target(look)
        self.target.setFixedHeight(look.px(124))
        self.target.typed.connect(self._typed)
        self.target.composed.connect(self._composed)
        self.target.commanded.connect(self.act)
        self.target.moved.connect(self._scroll)
        inner.addWidget(self.target)
        both = QHBoxLayout()
        both.setSpacing(look.px(20))
        left = QVBoxLayout()
        left.setSpacing(0)
        self.rows = {
            code.id: Row(look, number, look.say(f"reader.code.{code.id}")) for number, code in enumerate(SHEET, 1)
        }
        for row in self.rows.values():
            left.addWidget(row)
        left.addStretch(1)
        both.addLayout(left, 5)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        both.addWidget(self._area, 6)
        inner.addLayout(both, 1)
        self.bar = CommandBar(look)
        self.bar.codes_ready = True
        self.bar.tapped.connect(self.act)
        self.column.addWidget(self.bar)

    # --- what comes ---

    def echo(self, scan: Any) -> None:
        """Take a scan of any reader; *scan* is an :class:`app.devices.readers.Scan`."""
        keyboard = scan.reader == self._window.scanner.id
        end = (End.PAUSE if self._window.scanner.unended else End.KEY) if keyboard else End.OTHER
        self._from(scan.reader, scan.raw, end)

    def echo_trouble(self, trouble: Any) -> None:
        """Take what a reader sent without the prefix or suffix that it used to send."""
        if trouble.key == "readers.trouble.affix":
            self._from(trouble.reader, trouble.text, End.OTHER)

    def _from(self, reader: str, text: str, end: End) -> None:
        if reader != self._reader:  # another reader has other faults
            self.came.clear()
            self._reader = reader
        if not self._commanded(text):
            self._take(text, end)

    def _commanded(self, text: str) -> bool:
        """Do what a command code says, also where it comes spoilt."""
        before, after = self.found.around
        inner = text.removeprefix(before).removesuffix(after)
        for each in (inner, repair(inner, self.found.profile.repairs)[0]):
            command = command_of(barcode.read(each))
            if command in (CommandName.DONE, CommandName.CANCEL):
                self.act(str(command))
                return True
        return False

    def _take(self, text: str, end: End, slow: bool = False) -> None:
        """Take one part of a code: the beginning of one, or more of the last."""
        early, self._slow = self._slow, ""  # keys of the same code that were too slow to be of a scan
        parts: tuple[str, ...] = (early, text) if early else (text,)
        if self._unfinished:
            whole = self.came.pop(self._last)
            parts = (*whole.parts, *parts)
            slow = slow or whole.slow
        self._last = which("".join(parts), self._asked())
        self.came[self._last] = Came(parts, end, slow=slow)
        self._quiet.start(_QUIET_MS)
        self._show()

    def _typed(self, char: str) -> None:
        if char == "\r":
            self._slowly(End.KEY)
        else:
            self._slow += char
            self._quiet.start(_QUIET_MS)

    def _slowly(self, end: End) -> None:
        text, self._slow = self._slow, ""
        if len(text) >= _FEWEST_SLOW or (text and self._unfinished):
            self._take(text, end, slow=len(text) >= _FEWEST_SLOW)

    def _composed(self, text: str) -> None:
        if not self._composing:
            self._last = which(narrowed(text), self._asked())
        self.came[self._last] = Came((text,), composed=True)
        self._quiet.start(_QUIET_MS)
        self._show()

    @property
    def _composing(self) -> bool:
        return self._last in self.came and self.came[self._last].composed

    def _silence(self) -> None:
        """Nothing more of the last code comes."""
        self._slowly(End.PAUSE)
        if self._composing:
            self.target.forget()
        self._quiet.stop()
        self._last = ""

    @property
    def _unfinished(self) -> bool:
        """Whether what came last, just now, is no whole code."""
        return any(x.code == self._last and ReaderFault.OTHER in x.faults for x in self.found.results)

    def _asked(self) -> str:
        return next((code.id for code in SHEET if code.id not in self.came), "")

    # --- showing ---

    def _show(self) -> None:
        self.found = diagnose(self.came)
        say, asked = self.look.say, self._asked()
        results = {result.code: result for result in self.found.results}
        for code, row in self.rows.items():
            row.show_result(*self._verdict(results.get(code)))
        self._show_findings()
        kind, summary = self._summary()
        if asked:
            number = list(self.rows).index(asked) + 1
            head = say("check.ask", number=number)
            under = summary or say("check.from_sheet", code=say(f"reader.code.{asked}"))
            self.target.ask("info", head, under)
        elif kind == "error":
            self.target.ask(kind, summary, say("check.again"))
        else:
            self.target.ask(kind, say("check.every"), summary)
        reader = reader_title(self.look, self._window.readers.settings, self._reader)
        self.head.setText(f"{say('check.title')} — {reader}")
        self.bar.show_entries(
            (
                Entry("KP-DONE", "F8", say("check.act.done"), "KP-DONE"),
                Entry("KP-CANCEL", "Esc", say("check.act.close"), "KP-CANCEL"),
                Entry("again", "F5", say("check.act.again")),
                Entry("sheet", "F9", say("check.act.sheet")),
            )
        )

    def _verdict(self, result: Result | None) -> tuple[str, str, str]:
        say = self.look.say
        if result is None:
            return "", say("check.waiting"), ""
        came = say("check.came", came=shown(result.came))
        if result.good:
            mended = any(fault in self.found.mended for fault in result.faults)
            return "ok", say("check.good_mended" if mended else "check.good"), came
        if result.partly:
            return "warning", say("check.partly", signs=" ".join(self.found.unsure)), came
        return "error", say("check.bad"), came

    def _summary(self) -> tuple[str, str]:
        """Return the kind and the sentence for everything so far; both empty while there is nothing to say."""
        say, found = self.look.say, self.found
        if any(fault not in found.mended and fault not in _ADVICE for fault in found.faults):
            return "error", say("check.must")
        if found.mended:
            return "warning", say("check.can_mend")
        return ("ok", "") if self._asked() else ("ok", say("check.right"))

    def _show_findings(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, self.look.px(10), 0)
        column.setSpacing(0)
        for fault in sorted(self.found.faults, key=self._weight):
            column.addWidget(Finding(self.look, *self._finding(fault)))
        column.addStretch(1)
        self._area.setWidget(inside)

    def _weight(self, fault: ReaderFault) -> int:
        return 0 if fault not in self.found.mended and fault not in _ADVICE else 1 if fault in self.found.mended else 2

    def _finding(self, fault: ReaderFault) -> tuple[str, str, str, str]:
        """Return kind of colour, tag, name and cure of a fault."""
        say, found = self.look.say, self.found
        kind, tag = (("error", "check.fix"), ("warning", "check.mended"), ("info", "check.advice"))[self._weight(fault)]
        profile = found.profile
        said: dict[str, object] = {
            "scanner": say(f"reader.layout.{profile.scanner.removesuffix('_x11')}") if profile.scanner else "",
            "computer": say(f"reader.layout.{profile.computer.removesuffix('_x11')}") if profile.computer else "",
            "came": shown(found.around[fault is ReaderFault.SUFFIX]),
        }
        name = f"reader.fault.{fault}"
        if fault is ReaderFault.SEPARATOR and found.separator:
            name, said["came"] = "reader.separator_other", shown(found.separator)
        return kind, say(tag), say(name, **said), say(f"reader.remedy.{fault}", **said)

    def _scroll(self, lines: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + lines * self.look.px(60))

    # --- commands ---

    def act(self, name: str) -> None:
        """Do what a key, a tap or a command code says."""
        if name == "KP-CANCEL":
            self.reject()
        elif name == "again":
            self.came.clear()
            self._last = self._slow = ""
            self._show()
        elif name == "sheet":
            self._print()
        elif name == "KP-DONE":
            self._keep()

    def _keep(self) -> None:
        """Keep what mends this reader's codes, and end."""
        say = self.look.say
        if not self.came:
            self.target.ask("warning", say("check.nothing_yet"), "")
            return
        every: Readers = self._window.station.config.readers
        now = every.of(self._reader)
        profile, prefix, suffix = self.found.kept(Profile.of(now.repairs), now.prefix, now.suffix)
        changed = replace(now, repairs=profile.repairs, prefix=prefix, suffix=suffix)
        try:
            self._window.keep_readers(every.with_(changed))
        except (StationError, OSError) as error:
            self._window.show_error(error)
            self.reject()
            return
        self.accept()
        mends = changed.repairs or changed.prefix or changed.suffix
        self._window.say("ok", say("check.kept" if mends else "check.kept_nothing"))

    def _print(self) -> None:
        """Write the sheet as a PDF into the papers folder."""
        path = Path(self._window.station.config.papers_folder) / _SHEET_FILE
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(papers.scanner_sheet(self.look.words).pdf)
        except OSError as error:
            self.target.ask("error", self.look.say("check.not_printed"), str(error))
            return
        self.target.ask("ok", self.look.say("check.printed"), str(path))

    def _leave(self) -> None:
        self._quiet.stop()
        self._window.scanner.collecting = self._collecting

    def event(self, event: QEvent) -> bool:
        """Keep the keys here whatever is tapped."""
        if event.type() == QEvent.Type.WindowActivate:
            self.target.setFocus()
        return super().event(event)
