"""What the bench is told about printing: a printer that went down or a paper that nobody is sure of, once each.

Nothing here stops a scan or stands in its way: it is a strip, gone when the printer is mended or after a while.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.ui.machines import brief, printer_kind, printing_lines
from app.ui.watching import TOLD_MS, Watch

__all__ = ["BOARD_KEY", "PrintWatch"]

BOARD_KEY = "Shift+F9"
"""Key that opens the print board from every screen."""


def _unsure(tx: Any, station: str) -> Any:
    """Return the newest job of a station that nobody is sure of; None where there is none."""
    from app.services import printing

    return next(iter(printing.board(tx, states=("unknown",), station=station, limit=1)), None)


class PrintWatch(Watch):
    """Reads how printing stands for the foot, compares it with how it stood, and says what is new."""

    topics = frozenset({"printing", "printed", "printers"})

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, strip, desk and bridge, and shows the foot."""
        super().__init__(window)
        self.lines: Sequence[Any] = ()
        """The station's printers, each with what waits for it."""
        self.counts: Mapping[str, int] = {}
        """The station's outbox by state."""
        self.down: dict[int, str] = {}
        """State of each printer that is down and was told."""
        self.unsure = 0
        """Papers that nobody was sure of last time."""
        self._unsure_said = False
        """Whether what was said last was of a paper."""

    @staticmethod
    def now(tx: Any, station: str) -> tuple[Mapping[str, int], Sequence[Any]]:
        """Return a station's outbox by state, and its printers with what waits for them."""
        from app.services import printing

        return printing.outbox(tx, station), printing.printer_lines(tx, station)

    def words(self) -> tuple[tuple[str, str], ...]:
        """Return what the foot says about printing."""
        return printing_lines(self.look, self.lines, self.counts)

    @property
    def troubled(self) -> bool:
        """Whether the foot says of printing that something wants a person."""
        return any(kind in ("warning", "error") for kind, _ in self.words())

    def was_read(self, value: tuple[Mapping[str, int], Sequence[Any]]) -> None:
        """Keep it, and say what is new."""
        self.counts, self.lines = value
        self._hear()

    def _hear(self) -> None:
        """Say what is new."""
        lines, counts = self.lines, self.counts
        bad = {line.printer.id: line for line in lines if printer_kind(line.printer) == "error"}
        mended = [line for line in lines if line.printer.id in self.down and line.printer.id not in bad]
        new = [line for each, line in bad.items() if self.down.get(each) != line.printer.state]
        if new and self.kept:
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

    def _tell_down(self, line: Any) -> None:
        from app.ui.printing.printers import printer_words

        say, printer = self.look.say, line.printer
        first = say("board.notice.down", name=brief(printer.name, 24), what=printer_words(self.look, printer))
        if line.takeover_name:
            rest = say("board.notice.takes_over", key=BOARD_KEY, other=brief(line.takeover_name, 24))
        else:
            rest = say("board.notice.go_on")
        self.say("warning", f"{first} {rest}", TOLD_MS)

    def _tell_unsure(self, row: Any) -> None:
        """Say it of the newest one, or how many there are."""
        from app.ui.printing.rows import paper_words, subject_words

        say = self.look.say
        if row is None or not self.unsure or self.kept:
            return
        if self.unsure > 1:
            text = say("board.notice.unsure_many", count=self.unsure, key=BOARD_KEY)
        else:
            paper, subject = paper_words(self.look, row.paper), subject_words(self.look, row)
            text = say("board.notice.unsure", paper=paper, subject=subject, key=BOARD_KEY)
        self.say("warning", text, TOLD_MS)
        self._unsure_said = True

    def _mended(self, line: Any) -> None:
        self.say_mended(self.look.say("board.notice.mended", name=brief(line.printer.name, 24)))

    def say(self, kind: str, text: str, milliseconds: int) -> None:
        """Say something in the strip."""
        self._unsure_said = False
        super().say(kind, text, milliseconds)
