"""What the bench is told about printing: a printer that went down or a paper that nobody is sure of, once each.

Nothing here stops a scan or stands in its way: it is a strip, gone when the printer is mended or after a while.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.ui.look import Look
from app.ui.machines import brief, printer_kind
from app.ui.notice import Notice

__all__ = ["BOARD_KEY", "PrintWatch"]

BOARD_KEY = "Shift+F9"
"""Key that opens the print board from every screen."""
_MENDED_MS = 6_000
_TOLD_MS = 60_000
"""After so long the foot alone goes on telling: the strip takes room from the work."""


class PrintWatch:
    """Compares how the printers stand with how they stood, and says what is new."""

    def __init__(self, look: Look, notice: Notice) -> None:
        self.look, self.notice = look, notice
        self.down: dict[int, str] = {}
        """State of each printer that is down and was told."""
        self.unsure = 0
        """Papers that nobody was sure of last time."""
        self._said, self._unsure_said = "", False
        """What was said last from here, and whether it was of a paper."""
        self.which: Callable[[Callable[[Any], None]], None] = lambda _then: None
        """Finds the newest job that nobody is sure of, beside the window."""

    def hear(self, lines: Sequence[Any], counts: Mapping[str, int]) -> None:
        """Take how things stand now.

        :param lines: the station's printers, each with what waits for it.
        :param counts: the station's outbox by state.
        """
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
            self.which(self._tell_unsure)

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
