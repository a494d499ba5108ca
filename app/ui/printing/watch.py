"""What the bench is told about printing: a printer that went down or a paper that nobody is sure of, once each.

Nothing here stops a scan or stands in its way: it is a strip, gone when the printer is mended or after a while.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer

from app.ui.look import Look
from app.ui.machines import brief, printer_kind, printing_lines
from app.ui.notice import Notice

__all__ = ["BOARD_KEY", "PrintWatch"]

BOARD_KEY = "Shift+F9"
"""Key that opens the print board from every screen."""
_TOPICS = frozenset({"printing", "printed", "printers"})
"""What is announced when a paper, or what is known of a printer, changed."""
_SOON_MS = 250
_MENDED_MS = 6_000
_TOLD_MS = 60_000
"""After so long the foot alone goes on telling: the strip takes room from the work."""


def _now(tx: Any, station: str) -> tuple[Mapping[str, int], Sequence[Any]]:
    """Return a station's outbox by state, and its printers with what waits for them."""
    from app.services import printing

    return printing.outbox(tx, station), printing.printer_lines(tx, station)


def _unsure(tx: Any, station: str) -> Any:
    """Return the newest job of a station that nobody is sure of; None where there is none."""
    from app.services import printing

    return next(iter(printing.board(tx, states=("unknown",), station=station, limit=1)), None)


class PrintWatch:
    """Reads how printing stands for the foot, compares it with how it stood, and says what is new."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, strip, desk and bridge, and shows the foot."""
        self._window = window
        self.look: Look = window.look
        self.notice: Notice = window.notice
        self.lines: Sequence[Any] = ()
        """The station's printers, each with what waits for it."""
        self.counts: Mapping[str, int] = {}
        """The station's outbox by state."""
        self.down: dict[int, str] = {}
        """State of each printer that is down and was told."""
        self.unsure = 0
        """Papers that nobody was sure of last time."""
        self._said, self._unsure_said = "", False
        """What was said last from here, and whether it was of a paper."""
        self._soon = QTimer()
        """Gathers what is announced: it is read once for many papers."""
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.read)

    def heard(self, topics: Collection[str]) -> None:
        """Something was announced: read soon, where it is about printing."""
        if (not topics or not _TOPICS.isdisjoint(topics)) and not self._soon.isActive():
            self._soon.start(_SOON_MS)

    def read(self) -> None:
        """Read how printing stands now."""
        desk = self._window.desk
        if desk is not None:
            self._window.bridge.ask(desk.read(_now, desk.station), self._was_read)

    def stop(self) -> None:
        """Read no more: the window is going."""
        self._soon.stop()

    def words(self) -> tuple[tuple[str, str], ...]:
        """Return what the foot says about printing."""
        return printing_lines(self.look, self.lines, self.counts)

    def _was_read(self, read: tuple[Mapping[str, int], Sequence[Any]]) -> None:
        self.counts, self.lines = read
        self._hear()
        self._window.show_state()

    def _hear(self) -> None:
        """Say what is new."""
        lines, counts = self.lines, self.counts
        bad = {line.printer.id: line for line in lines if printer_kind(line.printer) == "error"}
        mended = [line for line in lines if line.printer.id in self.down and line.printer.id not in bad]
        new = [line for each, line in bad.items() if self.down.get(each) != line.printer.state]
        if new and self._kept:
            return
        self.down = {each: line.printer.state for each, line in bad.items()}
        unsure = counts.get("unknown", 0)
        grown, self.unsure = unsure > self.unsure, unsure
        if mended and not bad:
            self._mended(mended[0])
        if self.standing and self._unsure_said and not unsure:
            self.notice.clear()
        if new:
            self._tell_down(new[0])
        elif grown and not self.down:
            desk = self._window.desk
            self._window.bridge.ask(desk.read(_unsure, desk.station), self._tell_unsure)

    @property
    def _kept(self) -> bool:
        """Whether something worse stands in the strip: what is new is told once that is gone."""
        return self.notice.kind == "error" and bool(self.notice.text)

    @property
    def standing(self) -> bool:
        """Whether a sentence from here stands in the strip."""
        return bool(self._said) and self.notice.text == self._said

    def _tell_down(self, line: Any) -> None:
        from app.ui.printing.printers import printer_words

        say, printer = self.look.say, line.printer
        first = say("board.notice.down", name=brief(printer.name, 24), what=printer_words(self.look, printer))
        if line.takeover_name:
            rest = say("board.notice.takes_over", key=BOARD_KEY, other=brief(line.takeover_name, 24))
        else:
            rest = say("board.notice.go_on")
        self._say("warning", f"{first} {rest}", _TOLD_MS)

    def _tell_unsure(self, row: Any) -> None:
        """Say it of the newest one, or how many there are."""
        from app.ui.printing.rows import paper_words, subject_words

        say = self.look.say
        if row is None or not self.unsure or self._kept:
            return
        if self.unsure > 1:
            text = say("board.notice.unsure_many", count=self.unsure, key=BOARD_KEY)
        else:
            paper, subject = paper_words(self.look, row.paper), subject_words(self.look, row)
            text = say("board.notice.unsure", paper=paper, subject=subject, key=BOARD_KEY)
        self._say("warning", text, _TOLD_MS)
        self._unsure_said = True

    def _mended(self, line: Any) -> None:
        name = brief(line.printer.name, 24)
        if self.standing or not self.notice.text:  # whatever else is being said is not pushed away by good news
            self._say("ok", self.look.say("board.notice.mended", name=name), _MENDED_MS)

    def _say(self, kind: str, text: str, milliseconds: int) -> None:
        self._said, self._unsure_said = text, False
        self.notice.say(kind, text, milliseconds)
