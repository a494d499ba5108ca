"""The picker's screen: sends the scan, shows the outcome, refreshes when told, changes language; nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.modes import Stage
from app.services.answers import Answer
from app.services.commands import command_at
from app.services.signals import signal_of
from app.ui.bar import Entry
from app.ui.bridge import DeskLike
from app.ui.pack.asked import PRESSED
from app.ui.pack.state import COMMANDS
from app.ui.pick.band import PickBand
from app.ui.pick.header import JobHeader
from app.ui.pick.prompt import PickPrompt
from app.ui.pick.red import STOPPED, PickRefused
from app.ui.pick.side import SidePanel
from app.ui.pick.state import JobView, choices_of, commands_now, words_of
from app.ui.pick.steps import StopSteps

if TYPE_CHECKING:  # these come with the database's library, which is loaded after the first paint
    from app.services.products import ProductRow
    from app.ui.floor_plan import FloorPlan
    from app.ui.pick.reading import JobRead

__all__ = ["PickScreen"]

_MOST_FIGURES = 4
"""Figures of the largest number of pieces."""
_SLOW_MS = 350
"""An answer that takes longer is said to be awaited."""


class PickScreen(QWidget):
    """Where to go, what to take, where to put it, the last scan; the wall derives from it."""

    stage = Stage.PICK
    """Which jobs are taken here."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """Make the screen; *window* is the :class:`app.ui.window.MainWindow`."""
        super().__init__()
        self.look, self.window_ = window.look, window
        self.view = JobView(self.stage)
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

    def _build(self) -> None:
        look = self.look
        self.header, self.prompt, self.steps = JobHeader(look), PickPrompt(look), StopSteps(look)
        self.band, self.refused = PickBand(look), PickRefused(look)
        self._asked, self._right = QVBoxLayout(), QStackedWidget()
        left = QWidget()
        self._asked = QVBoxLayout(left)
        self._asked.setContentsMargins(0, 0, 0, 0)
        self._asked.addWidget(self.prompt, 1)
        self._asked.addWidget(self.steps)
        self._asked.addWidget(self.band)
        self._left = QStackedWidget()
        self._left.addWidget(left)
        self._left.addWidget(self.refused)
        self._body = QHBoxLayout()
        self.side = self._make_side()
        self._arrange()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addLayout(self._body, 1)
        self.prompt.tapped.connect(self._tapped)

    def _make_side(self) -> Any:
        """Make what stands beside the question."""
        return SidePanel(self.look)

    def _arrange(self) -> None:
        self._body.addWidget(self._left, 57)
        self._body.addWidget(self.side, 43)

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again: after an answer, and when language, colours or size change."""
        look, view = self.look, self.view
        self.header.setFixedHeight(look.px(60))
        self.band.setFixedHeight(look.px(112))
        self.steps.setFixedHeight(look.px(84))
        self._body.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        self._body.setSpacing(look.px(16))
        self._asked.setSpacing(look.px(12))
        self.header.show_view(view, self.who)
        self.prompt.show_view(view)
        self.steps.show_view(view)
        self.band.show_view(view)
        self.refused.show_view(view)
        self.side.show_view(view)
        self._left.setCurrentIndex(1 if view.error is not None and not view.refused_here else 0)
        self.window_.show_entries()

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        return tuple(Entry(code, COMMANDS[code], say(words_of(code)), code) for code in commands_now(self.view))

    def code_of(self, key: str) -> str:
        """Return the command code that a function key (``F7``) means now: what is shown with it goes first."""
        shown = (*choices_of(self.view), *commands_now(self.view))
        return next((code for code in shown if COMMANDS[code] == key), "") or str(command_at(key, self.view.ask) or "")

    @property
    def settled(self) -> bool:
        """Whether everything that was answered is read and shown."""
        return not self._waiting and self._read == self._reading

    def act(self, name: str) -> None:
        """Do what an entry of the bar says; all of them are command codes here."""

    def type(self, text: str) -> None:
        """Show what a person has typed so far."""
        self.view.typed = text
        self.prompt.show_view(self.view)
        self.refused.show_view(self.view)

    def _tapped(self, name: str) -> None:
        """A code beside the question was tapped, or a key of the drawn keyboard."""
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
        future = self._desk.scan(raw, act, since, at=Work(self.stage))
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
            self._bridge.ask(self._desk.look(at=Work(self.stage)), self._looked, self.window_.show_error)

    def refresh(self) -> None:
        """Read where the station stands: at the start, and after another act, or another screen, changed something."""
        if not self._waiting:
            self._read_job()

    def refuse_here(self, key: str, **args: object) -> None:
        """Show a refusal of the window's own; the job is untouched."""
        self.view.refused_here, self.view.refused_args = key, args
        self.window_.sound(signal_of("refused", key))
        self.render_all()

    # --- answers ---

    def _answered(self, answer: Answer) -> None:
        self._forget_waiting(answer.code)
        view = self.view
        view.refused_here, view.refused_args = "", {}
        view.said = answer
        view.error = answer if answer.level == "refused" or answer.key in STOPPED else None
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
        self._read_job()

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

    def _read_job(self) -> None:
        from app.ui.pick.reading import read_job

        if self._live:
            self._reading += 1
            number = self._reading
            future = self._desk.read(read_job, self._desk.station, str(self.stage), frozenset(self.view.goods))
            self._bridge.ask(future, lambda read: self._job_read(number, read))

    def _job_read(self, number: int, read: JobRead) -> None:
        if number != self._reading or self._waiting:  # something newer is on its way
            return
        self._read = number
        self.view.hold(read)
        job = read.view.standing.picker.job
        if job is not None and job.open and job.stage is not self.stage and self.window_.work is self:
            self.window_.go(str(job.stage))  # the work that is open here is done there
            return
        self.render_all()
        if read.view.standing.walk and not self.side.has_hall:
            self._read_hall()

    def _read_hall(self) -> None:
        from app.ui.pick.reading import read_hall

        self.side.has_hall = True
        self._bridge.ask(self._desk.read(read_hall), self._hall_read)

    def _hall_read(self, plan: FloorPlan) -> None:
        self.side.put_hall(plan)
        self.side.show_view(self.view)

    def _read_scanned(self, answer: Answer) -> None:
        code = str(answer.args.get("item_code", ""))
        if answer.level != "refused" or not code:
            return
        from app.services import products

        self._bridge.ask(self._desk.read(products.by_code, code), self._scanned_read)

    def _scanned_read(self, product: ProductRow | None) -> None:
        if self.view.error is not None and product is not None:
            self.view.scanned = product
            self.refused.show_view(self.view)
