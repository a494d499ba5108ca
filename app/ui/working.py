"""The base of the screens of work beside the bench: sends the scan, shows the outcome, refreshes when told."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.services.answers import Answer
from app.services.commands import command_at
from app.services.signals import signal_of
from app.ui.bar import Entry
from app.ui.bridge import DeskLike
from app.ui.pack.asked import PRESSED
from app.ui.pack.state import COMMANDS

__all__ = ["WorkScreen"]

_MOST_FIGURES = 4
"""Figures of the largest number of pieces."""
_SLOW_MS = 350
"""An answer that takes longer is said to be awaited."""


class WorkScreen(QWidget):
    """One work of a station: a scan goes out, its answer is shown, and what belongs to it is read beside the scans."""

    place = ""
    """Where it is done, a value of :class:`app.services.desk.Work`."""

    def __init__(self, window: Any, desk: DeskLike, view: Any) -> None:
        """Make the screen; *window* is the :class:`app.ui.window.MainWindow`, *view* what is shown."""
        super().__init__()
        self.look, self.window_ = window.look, window
        self.view = view
        """What is shown."""
        self.who = ""
        """Person and station."""
        self._bridge, self._desk = window.bridge, desk
        self._live = True
        self._reading = self._read = 0
        self._waiting: list[str] = []
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(self._say_slow)
        self._build()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a plain widget: an input method takes nothing here
        self.render_all()
        self.refresh()

    # --- what each work does its own way ---

    def _build(self) -> None:
        """Make the widgets."""
        raise NotImplementedError

    def render_all(self) -> None:
        """Show everything again: after an answer, and when language, colours or size change."""
        raise NotImplementedError

    def _render_typed(self) -> None:
        """Show what a person has typed so far."""
        raise NotImplementedError

    def _ask_for(self) -> Future[Any]:
        """Ask for what the screen shows beside the answer."""
        raise NotImplementedError

    def _hold(self, read: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def shown_codes(self) -> tuple[str, ...]:
        """Return the command codes that stand beside the question."""
        raise NotImplementedError

    def bar_codes(self) -> tuple[str, ...]:
        """Return the command codes that stand in the bar."""
        raise NotImplementedError

    def words_of(self, code: str) -> str:
        """Return the key of a command's words."""
        return f"command.{code}"

    def key_of(self, code: str) -> str:
        """Return the function key of a command code."""
        return COMMANDS.get(code, "")

    def stops(self, answer: Answer) -> bool:
        """Return whether an answer stops the hand: it is shown as a full red panel."""
        return answer.level == "refused"

    # --- showing ---

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        return tuple(Entry(code, self.key_of(code), say(self.words_of(code)), code) for code in self.bar_codes())

    def code_of(self, key: str) -> str:
        """Return the command code that a function key (``F7``) means now: what is shown with it goes first."""
        shown = (*self.shown_codes(), *self.bar_codes())
        found = next((code for code in shown if self.key_of(code) == key), "")
        return found or str(command_at(key, self.view.ask) or "")

    @property
    def settled(self) -> bool:
        """Whether everything that was answered is read and shown."""
        return not self._waiting and self._read == self._reading

    def act(self, name: str) -> None:
        """Do what an entry of the bar says; all of them are command codes here."""

    def type(self, text: str) -> None:
        """Show what a person has typed so far."""
        self.view.typed = text
        self._render_typed()

    def tapped(self, name: str) -> None:
        """Take a tap: a code beside the question, or a key of the drawn keyboard."""
        if not name.startswith(PRESSED):
            self.window_.send_command(name)
            return
        figure, typed = name.removeprefix(PRESSED), self.view.typed
        if figure != "OK":
            self.type(typed[:-1] if figure == "←" else (typed + figure)[:_MOST_FIGURES])
        elif typed:
            self.type("")
            self.window_.send_command(typed)

    # --- sending ---

    def scan(self, raw: str, act: str, since: int | None = None) -> bool:
        """Send a scan; answers come in the order of the scans.

        :param since: milliseconds since the scan before, by the reader's own clock; None where there is no such clock.
        """
        from app.services.desk import Work

        self._waiting.append(raw)
        self._slow.start(_SLOW_MS)
        future = self._desk.scan(raw, act, since, at=Work(self.place))
        self._bridge.ask(future, self._answered, lambda error: self._not_answered(raw, error))
        return True

    def stop(self) -> None:
        """Ask nothing any more: the window is going."""
        self._slow.stop()
        self._live = False

    def look_again(self) -> None:
        """Ask where the station stands: after the database was away."""
        from app.services.desk import Work

        if self._live:
            self._bridge.ask(self._desk.look(at=Work(self.place)), self._looked, self.window_.show_error)

    def refresh(self) -> None:
        """Read where the station stands: at the start, and after another act, or another screen, changed something."""
        if not self._waiting:
            self._read_again()

    def refuse_here(self, key: str, **args: object) -> None:
        """Show a refusal of the window's own; what is open is untouched."""
        self.view.refused_here, self.view.refused_args = key, args
        self.window_.sound(signal_of("refused", key))
        self.render_all()

    # --- answers ---

    def _answered(self, answer: Answer) -> None:
        self._forget_waiting(answer.code)
        view = self.view
        view.refused_here, view.refused_args = "", {}
        view.said = answer
        view.error = answer if self.stops(answer) else None
        view.scanned = None
        self._take(answer)
        self.window_.sound(signal_of(answer.level, answer.key))
        self._read_scanned(answer)
        self.window_.answered(answer)

    def _looked(self, answer: Answer) -> None:
        self._take(answer)
        self.window_.answered(answer)

    def _not_answered(self, raw: str, error: BaseException) -> None:
        self._forget_waiting(raw)
        self.window_.show_error(error)
        self.refuse_here("window.scan_refused", code=raw)

    def _take(self, answer: Answer) -> None:
        self.view.take(answer)
        self.render_all()
        self._read_again()

    def _forget_waiting(self, raw: str) -> None:
        if raw in self._waiting:
            self._waiting.remove(raw)
        if not self._waiting:
            self._slow.stop()
            self.view.pending = ""

    def _say_slow(self) -> None:
        if self._waiting:
            self.view.pending = self._waiting[0]
            self.view.refused_here = ""
            self.render_all()

    # --- readings ---

    def _read_again(self) -> None:
        if self._live:
            self._reading += 1
            number = self._reading
            self._bridge.ask(self._ask_for(), lambda read: self._was_read(number, read))

    def _was_read(self, number: int, read: Any) -> None:
        if number != self._reading or self._waiting:  # something newer is on its way
            return
        self._read = number
        self._hold(read)

    def _read_scanned(self, answer: Answer) -> None:
        """Read the product of a refused scan, for its picture and its name in the reader's language."""
        code = str(answer.args.get("item_code", ""))
        if answer.level != "refused" or not code:
            return
        from app.services import products

        self._bridge.ask(self._desk.read(products.by_code, code), self._scanned_read)

    def _scanned_read(self, product: Any) -> None:
        if self.view.error is not None and product is not None:
            self.view.scanned = product
            self._render_typed()
